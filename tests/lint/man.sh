#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Manual pages are well-formed, in both languages, and each English page has its Japanese one.
if ! command -v mandoc >/dev/null 2>&1; then
	echo '1..0 # SKIP mandoc is not installed (Debian: mandoc)'
	exit 0
fi
n=0
bad=0
pages=$(find "$abs_top_srcdir/man" "$abs_top_builddir/man" -name '*.[1-9]' 2>/dev/null | LC_ALL=C sort -u)
[ -n "$pages" ] || {
	echo '1..0 # SKIP no manual page was built'
	exit 0
}
for page in $pages; do
	n=$((n + 1))
	name=${page##*/man/}
	# A page without a date is meant: its bytes do not depend on the day of the build.
	known='missing date\|cannot parse date\|outdated mandoc.db\|referenced manual not found'
	# A heading in Japanese is none that the linter knows.
	case $page in
	*/ja/*) known="$known"'\|first section is not "NAME"\|description line outside NAME' ;;
	esac
	if mandoc -Kutf-8 -Tlint -Wwarning "$page" | grep -v "$known" | sed 's/^/# /' | grep .; then
		echo "not ok $n - $name"
		bad=1
	else echo "ok $n - $name"; fi
done
for page in $pages; do
	case $page in
	*/ja/*) continue ;;
	esac
	n=$((n + 1))
	base=${page##*/}
	if echo "$pages" | grep -q "/ja/\(man[0-9]/\)\{0,1\}$base\$"; then echo "ok $n - $base in Japanese"; else
		echo "not ok $n - $base in Japanese"
		bad=1
	fi
done
echo "1..$n"
exit $bad
