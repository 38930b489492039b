#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make bench: how fast and how big, against what is promised. Never part of make check: a busy machine proves nothing.
# Usage: bench.sh SOURCEDIR BUILDDIR; the program without libtool's wrapper, in a folder of its own.
top=$1
build=$2
program=$build/.libs/bpr
[ -x "$program" ] || program=$build/bpr
LD_LIBRARY_PATH=$build/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
LC_ALL=C
export LD_LIBRARY_PATH LC_ALL
dir=$build/bench
mkdir -p "$dir/flows" || exit 1
make_input() { ${AWK:-awk} -v what="$1" -v n="$2" -f "$top/tests/bench/generate.awk"; }
[ -s "$dir/million.csv" ] || make_input table 1000000 >"$dir/million.csv"
[ -s "$dir/loop.csv" ] || make_input loop 100000 >"$dir/loop.csv"
[ -s "$dir/large.bpmn" ] || make_input bpmn 19000 >"$dir/large.bpmn"
if [ ! -s "$dir/flows/10000.csv" ]; then
	i=0
	make_input small 0 >"$dir/small.csv"
	while [ $i -lt 10 ]; do
		make_input small $i >"$dir/flows/$i.csv"
		i=$((i + 1))
	done
	while [ $i -le 10000 ]; do
		cp "$dir/flows/$((i % 10)).csv" "$dir/flows/$i.csv"
		i=$((i + 1))
	done
	rm "$dir/flows/0.csv"
fi
if [ ! -s "$dir/office/1000.bpmn" ]; then
	mkdir -p "$dir/office" || exit 1
	i=1
	while [ $i -le 10 ]; do
		make_input office $i >"$dir/office/$i.bpmn"
		i=$((i + 1))
	done
	while [ $i -le 1000 ]; do
		cp "$dir/office/$((i % 10 + 1)).bpmn" "$dir/office/$i.bpmn"
		i=$((i + 1))
	done
fi
if [ ! -s "$dir/pair/after.csv" ]; then
	mkdir -p "$dir/pair" || exit 1
	make_input table 100 >"$dir/pair/before.csv"
	make_input table 70 >"$dir/pair/after.csv"
fi
# best of K runs: a busy machine only ever adds.
row() {
	label=$1
	promise=$2
	runs=$3
	shift 3
	k=0
	while [ $k -lt "$runs" ]; do
		"$build/bench-run" "$@" 2>"$dir/stderr"
		k=$((k + 1))
	done >"$dir/figures"
	LC_ALL=C sort -n "$dir/figures" | head -n 1 | {
		read -r clock cpu memory status
		[ "$status" = 0 ] || label="$label: status $status, $(head -n 1 "$dir/stderr")"
		printf '%10s %10s %10s  %-18s %s\n' "$clock" "$cpu" "$memory" "$promise" "$label"
	}
}
printf '%10s %10s %10s  %-18s %s\n' 'clock s' 'cpu s' 'MiB' 'promised' 'what'
row '1,000,000 steps with branches and rework' '< 3 s, < 1024 MiB' 3 "$program" analyze -q -o "$dir/out.txt" "$dir/million.csv"
row 'the same, every node in JSON' '' 1 "$program" analyze -q -o "$dir/out.json" "$dir/million.csv"
row 'the same, table to table' 'some seconds' 1 "$program" convert -q --headings en -o "$dir/out.csv" "$dir/million.csv"
row 'the same, table to JSON' 'some seconds' 1 "$program" convert -q -o "$dir/flow.json" "$dir/million.csv"
row 'the same, JSON to table' 'some seconds' 1 "$program" convert -q --headings en -o "$dir/out.csv" "$dir/flow.json"
[ -s "$dir/rows.csv" ] || make_input table 300000 >"$dir/rows.csv"
row '300,000 steps, table to workbook' 'about 2 s' 3 "$program" convert -q --headings en -o "$dir/out.xlsx" "$dir/rows.csv"
rm -f "$dir/out.csv" "$dir/flow.json" "$dir/out.xlsx"
row 'one loop around 100,000 steps' 'about 1 s' 3 "$program" analyze -q -o "$dir/out.txt" "$dir/loop.csv"
row '50 steps, the whole process' '< 0.015 s' 20 "$program" analyze -q -o "$dir/out.txt" "$dir/small.csv"
row 'HTML of a pair of 100 and 70 steps, analysed' '< 0.05 s' 20 "$program" compare -q --lang ja -o "$dir/out.html" "$dir/pair/before.csv" "$dir/pair/after.csv"
row 'the same in two languages' '' 20 "$program" compare -q --lang ja,en -o "$dir/out.html" "$dir/pair/before.csv" "$dir/pair/after.csv"
row 'BPMN of 10 MB' '< 0.5 s' 5 "$program" analyze -q -o "$dir/out.txt" "$dir/large.bpmn"
rm -f "$dir/out.json"
cd "$dir/flows" || exit 1
row '10,000 flows of 50 steps, --jobs 1' '' 2 "$program" analyze -q --jobs 1 -o "$dir/out.txt" ./*.csv
row '10,000 flows of 50 steps, --jobs 2' '< 5 s' 2 "$program" analyze -q --jobs 2 -o "$dir/out.txt" ./*.csv
cd "$dir/office" || exit 1
row '1,000 BPMN files of 100 KB, analyze --jobs 1' '< 4 s, with check' 2 "$program" analyze -q --jobs 1 -o "$dir/out.txt" ./*.bpmn
row 'the same, check --jobs 1' '' 2 "$program" check -q --jobs 1 -o "$dir/out.txt" ./*.bpmn
cd "$dir/flows" || exit 1
row '1,000 flows of 50 steps in one HTML page' '' 1 "$program" analyze -q -o "$dir/out.html" ./[1-9][0-9][0-9].csv ./1000.csv ./[1-9][0-9].csv ./[1-9].csv
rm -f "$dir/out.html"
# Pictures: a table of so many steps with branches and rework, laid out and written.
for n in 1000 10000; do
	[ -s "$dir/draw$n.csv" ] || make_input table $n >"$dir/draw$n.csv"
done
row 'draw: 1,000 steps as SVG' '< 1 s' 5 "$program" draw -q -o "$dir/out.svg" "$dir/draw1000.csv"
row 'the same, --heat visits' '< 1 s' 5 "$program" draw -q --heat visits -o "$dir/out.svg" "$dir/draw1000.csv"
row 'the same, --follows' '< 1 s' 5 "$program" draw -q --follows -o "$dir/out.svg" "$dir/draw1000.csv"
row 'draw: 10,000 steps, --heat visits' 'some seconds' 3 "$program" draw -q --heat visits -o "$dir/out.svg" "$dir/draw10000.csv"
rm -f "$dir/out.svg"
