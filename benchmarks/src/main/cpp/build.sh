#!/bin/sh
# Compiles the reference kernels with the flags of native's kernels: build.sh OBJECT_DIR. OBJECT_DIR/objects.txt lists them, for the linker.
set -eu

objects=$1
sources=$(cd "$(dirname "$0")" && pwd)
native=$sources/../../../../native/src/main/cpp/build.sh
compiler=${CXX:-g++}
mkdir -p "$objects"

compile() { # OBJECT SOURCE FLAGS...
    object=$1
    source=$2
    shift 2
    "$compiler" "$@" -c "$sources/$source" -o "$objects/$object.o"
    echo "\"$objects/$object.o\"" >>"$objects/objects.part"
}

: >"$objects/objects.part"
# Flags are words without blanks in them, which the shell parts.
# shellcheck disable=SC2046
compile dispatch reference_dispatch.cpp $("$native" --flags portable)
level=0
for set in $("$native" --sets); do
    # shellcheck disable=SC2046
    compile "$set" reference.cpp $("$native" --flags "$set") "-DREFERENCE_ISA=$set" "-DREFERENCE_LEVEL=$level"
    level=$((level + 1))
done
mv "$objects/objects.part" "$objects/objects.txt"
