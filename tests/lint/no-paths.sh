#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing in the tree knows the machine on which it was written.
cd "$abs_top_srcdir" || exit 1
echo 1..1
found=$(find cmd lib man po samples tests .ci bootstrap configure.ac Makefile.am README.md README.ja.md NEWS.md CONTRIBUTING.md -type f \
	! -path 'tests/fuzz/corpus/*' ! -path 'tests/lint/no-paths.sh' -exec grep -nE '(^|[^A-Za-z0-9_./$}])/(work|home|root|Users|tmp)/[A-Za-z0-9]' {} + 2>/dev/null | cut -c1-160)
if [ -n "$found" ]; then
	echo "$found" | sed 's/^/# /'
	echo 'not ok 1 - no path of a machine'
	exit 1
fi
echo 'ok 1 - no path of a machine'
