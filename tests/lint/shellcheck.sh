#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$abs_top_srcdir" || exit 1
if ! command -v shellcheck >/dev/null 2>&1; then
	echo '1..0 # SKIP shellcheck is not installed (Debian: shellcheck)'
	exit 0
fi
n=0
bad=0
# SC2086: word splitting of CC and lists is wanted; SC2154: the harness sets these variables.
for f in bootstrap .ci/* tests/lib/run-bats $(find tests \( -name '*.sh' -o -name '*.bats' -o -name '*.bash' \) | LC_ALL=C sort); do
	[ -f "$f" ] || continue
	case $f in
	*.bats | *.bash) set -- -s bats -e SC2016,SC2030,SC2031,SC2034,SC2086,SC2154,SC1091,SC2317 ;;
	*) set -- -s sh -e SC2046,SC2086,SC2154,SC1091 ;;
	esac
	n=$((n + 1))
	if shellcheck "$@" "$f" | sed 's/^/# /' | grep .; then
		echo "not ok $n - $f"
		bad=1
	else echo "ok $n - $f"; fi
done
echo "1..$n"
exit $bad
