#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make bench: case N11 in SimPy and in bpr simulate, CPU seconds of both in one run, best of three.
# Usage: simpy.sh SOURCEDIR BUILDDIR [CASES]
top=$1
build=$2
cases=${3:-100000}
program=$build/.libs/bpr
[ -x "$program" ] || program=$build/bpr
LD_LIBRARY_PATH=$build/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
python=
for p in /usr/bin/python3 python3; do
	if "$p" -c 'import simpy' 2>/dev/null || "$p" -c 'import SimPy' 2>/dev/null; then
		python=$p
		break
	fi
done
if [ -z "$python" ]; then
	echo 'N11 in SimPy: not run, no SimPy here (Debian package python3-simpy)'
	exit 0
fi
best_of_three() {
	{ "$@" && "$@" && "$@"; } | LC_ALL=C sort -n | head -n 1
}
seconds_of_simpy() {
	"$python" "$top/tests/bench/simpy_n11.py" "$cases" | {
		read -r events cycle cpu version
		echo "$cpu $events $cycle $version"
	}
}
seconds_of_bpr() {
	"$build/bench-run" "$program" simulate -q --cases "$cases" --replications 1 --jobs 1 --warmup 0 -o /dev/null \
		"$top/tests/bench/n11.csv" 2>/dev/null | {
		read -r clock cpu memory status
		[ "$status" = 0 ] && echo "$cpu $clock $memory"
	}
}
simpy=$(best_of_three seconds_of_simpy) && bpr=$(best_of_three seconds_of_bpr) || exit 1
# shellcheck disable=SC2016
echo "$cases $simpy $bpr" | ${AWK:-awk} '{
	printf "N11, %d cases: SimPy %s %.2f s (%.2f M events/s, cycle %.2f), bpr simulate %.3f s with reading and report, %.0f times as fast\n",
		$1, $5, $2, $3 / $2 / 1e6, $4, $6, $2 / $6
}'
