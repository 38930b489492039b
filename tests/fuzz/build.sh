#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make fuzz: the library and its fuzz targets with clang, libFuzzer and the sanitizers, into fuzz/ of the build folder.
# Usage: build.sh SOURCEDIR 'CPPFLAGS AND CFLAGS' 'LIBS' SOURCE...
set -e
top=$1
flags=$2
libs=$3
shift 3
clang=${FUZZ_CC:-clang}
common="-g -O1 -std=c17 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-unknown-warning-option"
mkdir -p fuzz/obj
objects=
for source; do
	case $source in
	*.c) ;;
	*) continue ;;
	esac
	object=fuzz/obj/$(echo "${source%.c}" | tr / _).o
	path=$source
	[ -f "$path" ] || path=$top/$source
	objects="$objects $object"
	if [ ! -f "$object" ] || [ -n "$(find "$path" "$top"/lib "$top"/po \( -name '*.h' -o -name '*.def' -o -path "$path" \) -newer "$object" | head -n 1)" ]; then
		echo "  CLANG    $source"
		$clang $common -fsanitize=fuzzer-no-link $flags -c "$path" -o "$object"
	fi
done
for source in "$top"/tests/fuzz/fuzz_*.c; do
	target=$(basename "$source" .c)
	target=${target#fuzz_}
	echo "  FUZZER   fuzz/$target"
	$clang $common -fsanitize=fuzzer $flags "$source" $objects $libs -o "fuzz/$target"
done
cat <<'EOT'
Run one, new inputs into a folder of your own, for example:
  mkdir -p found && fuzz/csv -max_total_time=600 -rss_limit_mb=2048 -timeout=10 found CORPUS/csv
then put what faulted, and what is small and reaches far, into tests/fuzz/corpus/.
EOT
