#!/bin/sh
# Compiles the CPU kernels to position-independent objects: build.sh OBJECT_DIR [EXTRA_FLAGS...]
# OBJECT_DIR/objects.txt then lists them, for the linker. build.sh --check only looks for the compiler, --sets prints the instruction
# sets that kernels are compiled for, --flags SET the compiler's flags for one of them.
# Needs a C++17 compiler ($CXX, default g++), coreutils and awk. Two compilations run at once. Objects newer than every
# source and made with the same flags are kept; when all are, nothing is printed.
set -eu

if [ $# -lt 1 ]; then
    echo "build.sh: an object folder must be given, got none; usage: build.sh OBJECT_DIR [EXTRA_FLAGS...]" >&2
    exit 2
fi
objects=$1
shift
sources=$(cd "$(dirname "$0")" && pwd)
compiler=${CXX:-g++}
if ! command -v "$compiler" >/dev/null 2>&1; then
    echo "build.sh: a C++17 compiler must be on the path, got none named $compiler; on Debian install the package g++" >&2
    exit 1
fi
if [ "$objects" = --check ]; then exit 0; fi
# GCC 12 calls the undefined operands inside its own AVX-512 intrinsics uninitialised, hence -Wno-maybe-uninitialized.
# Vectors wider than a register are only ever passed to functions that are inlined, hence -Wno-psabi.
common="-std=c++17 -O3 -fPIC -fno-math-errno -fno-trapping-math -ffp-contract=off -fvisibility=hidden -fno-exceptions -fno-rtti -Wall -Wextra -Wno-maybe-uninitialized -Wno-uninitialized -Wno-psabi"
kernels="table unary unary_backward binary reduce gemm rows dropout softmax cross_entropy optimizer"
avx2="-mavx2 -mfma"
avx512="-mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma -mavx2 -mprefer-vector-width=512"
generics="unary binary elements assign convert reduce gemm rows along softmax optimizer"

case $("$compiler" -dumpmachine) in
x86_64*) sets="portable avx2 avx512" ;;
*) sets="portable" ;;
esac
case $objects in
--sets)
    echo "$sets"
    exit 0
    ;;
--flags)
    case $1 in
    avx2) echo "$common $avx2" ;;
    avx512) echo "$common $avx512" ;;
    *) echo "$common" ;;
    esac
    exit 0
    ;;
esac

mkdir -p "$objects"

# One line an object: OBJECT SOURCE FLAGS...
plan() {
    for name in dispatch dispatch_dropout dispatch_matrices dispatch_training float_views isa memory permutation program_check program_create program_run; do echo "$name $name.cpp"; done
    for name in $generics; do echo "generic_$name generic_$name.cpp"; done
    for name in $kernels; do echo "portable_$name $name.cpp -DDP_ISA_NAME=portable -DDP_ISA_LEVEL=0"; done
    case $sets in
    *avx512*)
        for name in $kernels; do
            echo "avx2_$name $name.cpp -DDP_ISA_NAME=avx2 -DDP_ISA_LEVEL=1 $avx2"
            echo "avx512_$name $name.cpp -DDP_ISA_NAME=avx512 -DDP_ISA_LEVEL=2 $avx512"
        done
        ;;
    esac
}

flags="$("$compiler" --version | head -n 1) $common $*"
if [ ! -f "$objects/flags" ] || [ "$(cat "$objects/flags")" != "$flags" ]; then
    rm -f "$objects"/*.o
    echo "$flags" >"$objects/flags"
fi
newest=$(ls -t "$sources"/*.cpp "$sources"/*.h "$sources"/build.sh | head -n 1)

compile() {
    object=$1
    source=$2
    shift 2
    # Renamed when whole, so that an interrupted compilation leaves nothing that looks like an object.
    "$compiler" $common "$@" -c "$sources/$source" -o "$objects/$object.part" && mv "$objects/$object.part" "$objects/$object.o"
}

# `wait` without a number waits for both but tells of neither, so each writes down its failure.
rm -f "$objects/failed"
built=0
running=0
plan >"$objects/plan"
while read -r object source extra; do
    if [ -f "$objects/$object.o" ] && [ "$objects/$object.o" -nt "$newest" ]; then continue; fi
    { compile "$object" "$source" $extra "$@" || echo "$object" >>"$objects/failed"; } </dev/null &
    built=$((built + 1))
    running=$((running + 1))
    if [ $running -eq 2 ]; then
        wait
        running=0
    fi
done <"$objects/plan"
wait
if [ -f "$objects/failed" ]; then
    echo "build.sh: every source must compile, got errors in $(tr '\n' ' ' <"$objects/failed")" >&2
    exit 1
fi
# Quoted, because the compiler parts the names at blanks.
awk -v folder="$objects" '{ print "\"" folder "/" $1 ".o\"" }' "$objects/plan" >"$objects/objects.txt"
if [ $built -gt 0 ]; then echo "native kernels: $built objects compiled by $compiler"; fi
