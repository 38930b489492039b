#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The library exports exactly lib/libbpr.sym: an addition to the ABI is a reviewed line.
so=$abs_top_builddir/.libs/libbpr.so
if ! command -v nm >/dev/null 2>&1; then
	echo '1..0 # SKIP nm is not installed (Debian: binutils)'
	exit 0
fi
if [ ! -f "$so" ]; then
	echo '1..0 # SKIP no shared library was built'
	exit 0
fi
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
# Names that begin with an underscore are the compiler's and the sanitizers'.
nm -D --defined-only "$so" | awk '$2 ~ /^[A-Z]$/ && $3 !~ /^_/ { print $3 }' | LC_ALL=C sort >"$tmp/exported"
grep -v '^#' "$abs_top_srcdir/lib/libbpr.sym" >"$tmp/listed"
echo 1..3
if LC_ALL=C sort -c -u "$tmp/listed" 2>"$tmp/why"; then echo 'ok 1 - lib/libbpr.sym is sorted'; else
	sed 's/^/# /' "$tmp/why"
	echo 'not ok 1 - lib/libbpr.sym is sorted'
	bad=1
fi
LC_ALL=C sort -u "$tmp/listed" >"$tmp/sorted"
if diff -u "$tmp/sorted" "$tmp/exported" >"$tmp/diff"; then echo 'ok 2 - exported names are those of lib/libbpr.sym'; else
	sed 's/^/# /' "$tmp/diff"
	echo 'not ok 2 - exported names are those of lib/libbpr.sym'
	bad=1
fi
if grep -v '^bpr_' "$tmp/exported" >"$tmp/foreign"; then
	sed 's/^/# /' "$tmp/foreign"
	echo 'not ok 3 - every exported name begins with bpr_'
	bad=1
else echo 'ok 3 - every exported name begins with bpr_'; fi
exit $bad
