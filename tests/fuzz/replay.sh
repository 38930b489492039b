#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every target over its corpus: inputs that once found a fault, and seeds that reach far.
# The sanitizers of the build, if any, watch; without them, a crash or a failed check is what shows.
n=0
bad=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
for source in "$abs_top_srcdir"/tests/fuzz/fuzz_*.c; do
	name=$(basename "$source" .c)
	target=${name#fuzz_}
	n=$((n + 1))
	set -- "$abs_top_srcdir/tests/fuzz/corpus/$target"/*
	if [ ! -f "$1" ]; then
		echo "not ok $n - $target has a corpus"
		bad=1
	elif "$abs_top_builddir/fuzz-$target" "$@" >"$tmp/log" 2>"$tmp/err"; then
		echo "ok $n - $target: $# inputs"
	else
		sed 's/^/# /' "$tmp/err" | head -n 40
		echo "# at $(tail -n 1 "$tmp/log")"
		echo "not ok $n - $target: $# inputs"
		bad=1
	fi
done
echo "1..$n"
exit $bad
