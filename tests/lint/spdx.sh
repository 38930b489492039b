#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The licence stands on top of each source, as its SPDX line.
cd "$abs_top_srcdir" || exit 1
n=0
bad=0
for dir in . cmd lib man po samples tests .ci; do
	[ -d "$dir" ] || continue
	depth=
	[ "$dir" = . ] && depth='-maxdepth 1'
	n=$((n + 1))
	missing=$(find "$dir" $depth -type f \( -name '*.[ch]' -o -name '*.h.in' -o -name '*.def' -o -name '*.sh' -o -name '*.bats' -o -name '*.bash' \
		-o -name '*.mk' -o -name '*.awk' -o -name '*.po' -o -name '*.ac' -o -name '*.am' -o -name '*.bpmn' -o -name '*.py' -o -name '*.[1-9].in' \
		-o -name run -o -name run-bats -o -name bootstrap \) ! -path 'tests/fuzz/corpus/*' ! -path '*/data/*' ! -name 'catalog_ja.c' ! -name 'config.h*' ! -name 'aclocal*' |
		LC_ALL=C sort | while read -r f; do
		head -n 5 "$f" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || echo "# $f"
	done)
	if [ -n "$missing" ]; then
		echo "$missing"
		echo "not ok $n - sources in $dir have the SPDX line"
		bad=1
	else echo "ok $n - sources in $dir have the SPDX line"; fi
done
echo "1..$n"
exit $bad
