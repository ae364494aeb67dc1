#!/bin/sh
# Builds and runs the tests of the CPU kernels: run.sh BUILD_DIR [plain|sanitize|valgrind]     (default: sanitize)
#   plain      the kernels as they are shipped
#   sanitize   AddressSanitizer and UndefinedBehaviorSanitizer, -O1
#   valgrind   the shipped kernels under memcheck, without AVX-512, which Valgrind does not know
# The last line is `N passed, M failed`; exit 1 when anything failed. DIAPASON_TEST_SETS and DIAPASON_TEST_SEED: see
# kernels_test.cpp.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "run.sh: a build folder and at most a mode must be given, got $# arguments; usage: run.sh BUILD_DIR [plain|sanitize|valgrind]" >&2
    exit 2
fi
mode=${2:-sanitize}
case $mode in
plain | valgrind) kind=plain extra="" ;;
sanitize) kind=sanitize extra="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer" ;;
*)
    echo "run.sh: the mode must be plain, sanitize or valgrind, got $mode" >&2
    exit 2
    ;;
esac
tests=$(cd "$(dirname "$0")" && pwd)
main=$tests/../../main/cpp
mkdir -p "$1/$kind"
build=$(cd "$1/$kind" && pwd)

"$main/build.sh" "$build/kernels" $extra

# A symbol that objects of several instruction sets share could be taken from the wrong one by the linker.
if [ "$kind" = plain ]; then
    for set in portable avx2 avx512; do
        for object in "$build/kernels/${set}"_*.o; do
            [ -f "$object" ] || continue
            shared=$(nm -C --defined-only "$object" | awk -v own="diapason::${set}::" '$2 ~ /^[A-Zuvw]$/ && index($0, own) == 0')
            if [ -n "$shared" ]; then
                echo "run.sh: every symbol of $object must be in diapason::$set, got $shared" >&2
                exit 1
            fi
        done
    done
fi

program=$build/kernels_test
newest=$(ls -t "$tests"/*_test.cpp "$tests"/*.h "$main"/*.h "$build/kernels"/*.o "$tests/run.sh" | head -n 1)
if [ ! -x "$program" ] || [ ! "$program" -nt "$newest" ]; then
    objects=""
    running=0
    rm -f "$build/failed"
    for source in "$tests"/*_test.cpp; do
        object=$build/$(basename "$source" .cpp).o
        objects="$objects $object"
        { ${CXX:-g++} -std=c++17 -O1 -Wall -Wextra -ffp-contract=off $extra -I"$main" -c "$source" -o "$object" || echo "$source" >>"$build/failed"; } &
        running=$((running + 1))
        if [ $((running % 2)) -eq 0 ]; then wait; fi
    done
    wait
    if [ -f "$build/failed" ]; then
        echo "run.sh: every test must compile, got errors in $(tr '\n' ' ' <"$build/failed")" >&2
        exit 1
    fi
    ${CXX:-g++} -pthread $extra $objects "$build/kernels"/*.o -o "$program"
fi

if [ "$mode" = valgrind ]; then
    DIAPASON_ISA=avx2 DIAPASON_TEST_VALGRIND=1 DIAPASON_TEST_SETS=${DIAPASON_TEST_SETS:-portable,avx2} \
        valgrind --quiet --error-exitcode=1 --leak-check=full --max-stackframe=4000000 "$program"
else
    "$program"
fi
