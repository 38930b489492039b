# SPDX-License-Identifier: GPL-3.0-or-later
# One input, many inputs, none: order, threads, statuses.
load helper

@test "one bad input is told and the others are still done; the highest status wins" {
	small_flow a
	better_flow b
	run --separate-stderr -3 "$BPR" analyze -q a.csv missing.csv b.csv -f csv
	[ "$output" = "$("$BPR" analyze -q -f csv a.csv b.csv)" ]
	has 'bpr: missing.csv: ' "$stderr"
	has '[I002]' "$stderr"
}

@test "reports come in the order of the inputs, whatever the number of threads" {
	for i in $(seq 40); do small_flow "f$i"; done
	one=$("$BPR" analyze -q -j1 -f json f*.csv 2>&1 | grep -v forms)
	for j in 2 3 8; do
		[ "$("$BPR" analyze -q -j$j -f json f*.csv 2>&1 | grep -v forms)" = "$one" ]
	done
}

@test "several inputs: JSON is an array, one input an object; CSV has one header" {
	small_flow a
	better_flow b
	"$BPR" analyze -q -f json a.csv b.csv | /usr/bin/python3 -c 'import json, sys; d = json.load(sys.stdin); assert isinstance(d, list) and len(d) == 2'
	"$BPR" analyze -q -f json a.csv | /usr/bin/python3 -c 'import json, sys; assert isinstance(json.load(sys.stdin), dict)'
	"$BPR" analyze -q -f json a.csv missing.csv 2>err | /usr/bin/python3 -c 'import json, sys; assert len(json.load(sys.stdin)) == 1'
	header=$("$BPR" analyze -q -f csv a.csv | head -n 1)
	[ "$("$BPR" analyze -q -f csv a.csv b.csv | grep -cxF "$header")" -eq 1 ]
	# The header comes with the first report that there is.
	[ "$("$BPR" analyze -q -f csv missing.csv b.csv 2>/dev/null | head -n 1)" = "$header" ]
}

@test "--files-from and @LIST: one name a line, any line end, a mark in front" {
	small_flow a
	better_flow b
	printf '\357\273\277a.csv\r\n\r\nb.csv' >list
	both=$("$BPR" analyze -q -f csv a.csv b.csv)
	[ "$("$BPR" analyze -q -f csv --files-from list)" = "$both" ]
	[ "$("$BPR" analyze -q -f csv @list)" = "$both" ]
	[ "$("$BPR" analyze -q -f csv --files-from - <list)" = "$both" ]
	[ "$("$BPR" analyze -q -f csv @- <list)" = "$both" ]
	run -3 "$BPR" analyze @missing
	has 'missing: the list of inputs cannot be read: no such file or folder [U118]' "$output"
	mkdir d
	run -3 "$BPR" analyze --files-from d
	has '[U118]' "$output"
	: >empty
	run -2 "$BPR" analyze --files-from empty
	has '[U117]' "$output"
}

@test "standard input: '-', once" {
	small_flow a
	run -0 bash -c "'$BPR' analyze -q -f csv - <a.csv"
	run -2 "$BPR" analyze - -
	has '[U109]' "$output"
	run -2 "$BPR" compare - -
	has '[U109]' "$output"
	run -2 bash -c "'$BPR' analyze --files-from - - </dev/null"
	has '[U109]' "$output"
}

@test "standard input and the file give the same report but for its name" {
	small_flow a
	rm a.forms.csv
	"$BPR" analyze -q -f csv a.csv >one
	"$BPR" analyze -q -f csv - <a.csv >two
	[ "$(wc -l <one)" = "$(wc -l <two)" ]
}

@test "a thousand inputs in one call" {
	small_flow a
	for i in $(seq 1000); do ln a.csv "f$i.csv"; done
	run -0 "$BPR" analyze -q -f csv f*.csv
	ls f*.csv >list
	[ "$("$BPR" analyze -q -f csv --files-from list)" = "$output" ]
}

@test "progress is on standard error and asked for off a terminal" {
	small_flow a
	better_flow b
	run --separate-stderr -0 "$BPR" analyze -q a.csv b.csv
	[ -z "$stderr" ]
}

@test "at most 20 problems of an input are listed" {
	{
		echo id,name,work,next
		for i in $(seq 30); do echo "T$i,x,-$i,"; done
	} >bad.csv
	run -3 "$BPR" analyze bad.csv
	[ "$(grep -c '^bpr: bad.csv' <<<"$output")" -le 20 ]
}

@test "warnings: on standard error, not with -q; they change no status" {
	printf 'id,name,unknown,next\nA,x,1,B\nB,y,2,\n' >w.csv
	run --separate-stderr -0 "$BPR" analyze w.csv
	has 'bpr: w.csv:' "$stderr"
	has 'warning: ' "$stderr"
	run --separate-stderr -0 "$BPR" analyze -q w.csv
	[ -z "$stderr" ]
	run --separate-stderr -0 "$BPR" analyze --lang ja w.csv
	has '警告: ' "$stderr"
}
