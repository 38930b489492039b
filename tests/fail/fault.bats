#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Out of memory and failed writes end cleanly: a status, a message, the old report or the new one, never a part.
load ../cli/helper
load ../cli/samples
load fail

setup() {
	export NO_COLOR=1
}

# small.csv and small.bpmn: a branch, a loop, a parallel block, forms.
make_table() {
	table small >/dev/null <<-'EOT'
		id,name,kind,next,unit,counter,work,writes,actor
		A,受付,task,X,市民課,1番窓口,tri(1;2;6),,
		X,,xor,A:20%;S:80%,,,,,
		S,,and,B;C,,,,,
		B,作成,task,J,税務課,,5,,
		C,記入,task,J,,2番窓口,3,様式1,citizen
		J,,and,E,,,,,
		E,,end,,,,,,
	EOT
	sed -i 's/tri(1;2;6)/"tri(1,2,6)"/' "$BATS_TEST_TMPDIR/small.csv"
	printf 'form,field,times,group\n様式1,氏名,2,氏名\n' >"$BATS_TEST_TMPDIR/small.forms.csv"
}

# sweep STEP SUFFIX COMMAND...: fails allocation 1, 1 + STEP, 1 + 2 STEP ... until none is left to fail.
sweep() {
	local step=$1 suffix=$2 n=$((1 - $1)) status
	need_fault
	shift 2
	"$program" "$@" >"$BATS_TEST_TMPDIR/expected"
	while :; do
		n=$((n + step))
		status=0
		faulted "alloc:$n$suffix" "$@" || status=$?
		case $status in
		0) cmp "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/stdout" || break ;;
		5) [[ ! -s "$BATS_TEST_TMPDIR/stdout" && $(<"$BATS_TEST_TMPDIR/stderr") == *I001* ]] || break ;;
		*) break ;;
		esac
		if [ $struck = no ]; then
			echo "# $((n - step)) allocations" >&3
			[ $n -gt 20 ]
			return
		fi
	done
	echo "allocation $n$suffix: status $status"
	cat "$BATS_TEST_TMPDIR/stderr"
	return 1
}

@test "analyze of a table: each allocation fails once" {
	make_table
	sweep 1 '' analyze -j 1 --format json "$BATS_TEST_TMPDIR/small.csv"
}

@test "analyze of a table: every allocation fails from the n-th on" {
	make_table
	sweep 1 + analyze -j 1 --format json "$BATS_TEST_TMPDIR/small.csv"
}

@test "analyze of BPMN: each allocation fails once" {
	sweep 1 '' analyze -j 1 --format md "$abs_top_srcdir/tests/cli/data/technical-support.bpmn"
}

@test "analyze of BPMN: every allocation fails from the n-th on" {
	sweep 1 + analyze -j 1 --format md "$abs_top_srcdir/tests/cli/data/technical-support.bpmn"
}

@test "compare: every seventh allocation fails once" {
	make_table
	sed 's/,5,,$/,4,,/' "$BATS_TEST_TMPDIR/small.csv" >"$BATS_TEST_TMPDIR/other.csv"
	sweep 7 '' compare --lang ja "$BATS_TEST_TMPDIR/small.csv" "$BATS_TEST_TMPDIR/other.csv"
}

@test "convert to JSON and BPMN, and from JSON: each allocation fails once" {
	make_table
	sweep 1 '' convert -q -f json "$BATS_TEST_TMPDIR/small.csv"
	sweep 3 '' convert -q -f bpmn "$BATS_TEST_TMPDIR/small.csv"
	"$BPR" convert -q -f json "$BATS_TEST_TMPDIR/small.csv" >"$BATS_TEST_TMPDIR/small.json"
	sweep 1 '' convert -q -f dot "$BATS_TEST_TMPDIR/small.json"
	sweep 1 + convert -q -f json "$BATS_TEST_TMPDIR/small.json"
}

@test "check: each allocation fails once" {
	make_table
	sweep 1 '' check -j 1 --format csv "$BATS_TEST_TMPDIR/small.csv"
}

# The old report survives every failed call; a temporary file is not left behind.
@test "each open, write, fsync, close and rename of the output fails" {
	need_preload
	make_table
	mkdir "$BATS_TEST_TMPDIR/out"
	local report=$BATS_TEST_TMPDIR/out/report.json status points=0
	"$program" analyze --format json "$BATS_TEST_TMPDIR/small.csv" >"$BATS_TEST_TMPDIR/new"
	for call in open write fsync close rename; do
		n=0
		while :; do
			n=$((n + 1))
			echo old >"$report"
			status=0
			faulted "$call:$n" analyze -o "$report" "$BATS_TEST_TMPDIR/small.csv" || status=$?
			[ $struck = yes ] || break
			points=$((points + 1))
			echo "$call:$n status $status"
			if [ $status -eq 0 ]; then
				cmp "$report" "$BATS_TEST_TMPDIR/new"
			else
				[ $status -eq 4 ]
				[ -s "$BATS_TEST_TMPDIR/stderr" ]
				[ "$(cat "$report")" = old ] || cmp "$report" "$BATS_TEST_TMPDIR/new"
			fi
			[ "$(ls -A "$BATS_TEST_TMPDIR/out")" = report.json ]
			[ $n -lt 50 ]
		done
	done
	[ $points -ge 5 ]
}

@test "killed at each open, write, fsync, close and rename: the old report or the new one" {
	need_preload
	make_table
	mkdir "$BATS_TEST_TMPDIR/out"
	local report=$BATS_TEST_TMPDIR/out/report.json status points=0
	"$program" analyze --format json "$BATS_TEST_TMPDIR/small.csv" >"$BATS_TEST_TMPDIR/new"
	for call in open write fsync close rename; do
		n=0
		while :; do
			n=$((n + 1))
			echo old >"$report"
			status=0
			faulted "$call:$n!" analyze -o "$report" "$BATS_TEST_TMPDIR/small.csv" || status=$?
			[ $struck = yes ] || break
			points=$((points + 1))
			[ $status -eq 137 ]
			[ "$(cat "$report")" = old ] || cmp "$report" "$BATS_TEST_TMPDIR/new"
			[ $n -lt 50 ]
		done
	done
	[ $points -ge 5 ]
}

@test "a full disk shows in the status, on standard output and in a file" {
	[ -w /dev/full ] || skip 'no /dev/full'
	make_table
	for format in text md json csv; do
		status=0
		"$program" analyze --format $format "$BATS_TEST_TMPDIR/small.csv" >/dev/full 2>"$BATS_TEST_TMPDIR/stderr" || status=$?
		[ $status -eq 4 ]
		[ -s "$BATS_TEST_TMPDIR/stderr" ]
	done
	run -4 "$program" analyze -o /dev/full --format json "$BATS_TEST_TMPDIR/small.csv"
	run -4 bash -c "'$program' help >/dev/full"
	run -4 bash -c "'$program' --version >/dev/full"
}

@test "closed standard output shows in the status" {
	make_table
	run -4 bash -c "'$program' analyze --format json '$BATS_TEST_TMPDIR/small.csv' >&-"
}

@test "a closed pipe ends quietly" {
	make_table
	run bash -c "set -o pipefail; '$program' analyze --format json '$BATS_TEST_TMPDIR/small.csv' | true"
	[ "$status" -eq 4 ] || [ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "an output that cannot be written is refused with its name" {
	make_table
	run -4 "$program" analyze -o "$BATS_TEST_TMPDIR/none/report.json" "$BATS_TEST_TMPDIR/small.csv"
	[[ $output == *none/report.json* ]]
	mkdir "$BATS_TEST_TMPDIR/folder.json"
	run -4 "$program" analyze -o "$BATS_TEST_TMPDIR/folder.json" "$BATS_TEST_TMPDIR/small.csv"
	[[ $output == *folder.json* ]]
}

@test "a folder without the right to write is refused" {
	[ "$(id -u)" -ne 0 ] || skip 'root may write everywhere'
	make_table
	mkdir -m 555 "$BATS_TEST_TMPDIR/locked"
	run -4 "$program" analyze -o "$BATS_TEST_TMPDIR/locked/report.json" "$BATS_TEST_TMPDIR/small.csv"
}

@test "an input and its companions are never overwritten" {
	make_table
	cp "$BATS_TEST_TMPDIR/small.csv" "$BATS_TEST_TMPDIR/copy"
	run -2 "$program" analyze -o "$BATS_TEST_TMPDIR/small.csv" "$BATS_TEST_TMPDIR/small.csv"
	cmp "$BATS_TEST_TMPDIR/small.csv" "$BATS_TEST_TMPDIR/copy"
	ln "$BATS_TEST_TMPDIR/small.csv" "$BATS_TEST_TMPDIR/other-name.csv"
	run -2 "$program" analyze -o "$BATS_TEST_TMPDIR/other-name.csv" "$BATS_TEST_TMPDIR/small.csv"
	cmp "$BATS_TEST_TMPDIR/small.csv" "$BATS_TEST_TMPDIR/copy"
	cp "$BATS_TEST_TMPDIR/small.forms.csv" "$BATS_TEST_TMPDIR/copy"
	run -2 "$program" analyze --format csv -o "$BATS_TEST_TMPDIR/small.forms.csv" "$BATS_TEST_TMPDIR/small.csv"
	cmp "$BATS_TEST_TMPDIR/small.forms.csv" "$BATS_TEST_TMPDIR/copy"
}

@test "memory limits end cleanly" {
	need_fault
	make_table
	for f in "$BATS_TEST_TMPDIR/small.csv" "$samples/kitami/before.bpmn"; do
		"$program" analyze -j 1 --format json "$f" >"$BATS_TEST_TMPDIR/expected"
		for kib in 40000 60000 80000 100000 150000 200000; do
			status=0
			(ulimit -v $kib && "$program" analyze -j 1 --format json "$f") >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" || status=$?
			# 127: so little that not even the libraries can be loaded.
			echo "$kib KiB: $status"
			case $status in
			0) cmp "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/stdout" ;;
			5 | 127) [ ! -s "$BATS_TEST_TMPDIR/stdout" ] ;;
			*) false ;;
			esac
		done
	done
}

@test "a workbook is whole or absent, however little memory there is" {
	need_fault
	local refused=0 status kib
	cd "$BATS_TEST_TMPDIR"
	"$program" analyze -q "$samples/kitami/before.csv" -o kept.xlsx
	for kib in $(seq 64000 4000 132000); do
		rm -f whole.xlsx
		status=0
		(ulimit -v "$kib" && "$program" analyze -q "$samples/kitami/before.csv" -o whole.xlsx) 2>said || status=$?
		echo "$kib KiB: $status"
		case $status in
		0) cmp whole.xlsx kept.xlsx ;;
		5)
			[ ! -e whole.xlsx ]
			grep -q I001 said
			refused=$((refused + 1))
			;;
		127) ;;
		*) false ;;
		esac
	done
	[ "$refused" -gt 0 ]
}
