# SPDX-License-Identifier: GPL-3.0-or-later
# Each limit has an option, and its message names it: exit 5.
load helper

# told OPTION COMMAND...: exit 5, the option named in a line with a code, in both languages.
told() {
	local option=$1
	shift
	run --separate-stderr -5 "$BPR" "$@"
	[ -z "$output" ]
	[[ $stderr == *"$option"* ]]
	[[ ${stderr_lines[0]} =~ ^'bpr: '.*' ['[A-Z][0-9]{3}']'$ ]]
	run --separate-stderr -5 "$BPR" "$@" --lang ja
	[[ $stderr == *"$option"* ]]
	has_not ' than ' "$stderr"
}

@test "--max-bytes: of a file and of standard input" {
	small_flow a
	told --max-bytes analyze --max-bytes=10 a.csv
	run -5 bash -c "'$BPR' analyze --max-bytes=10 - <a.csv"
	has '[I005]' "$output"
	run -0 "$BPR" analyze -q --max-bytes=1K a.csv
}

@test "--max-nodes: of a table and of a BPMN file" {
	small_flow a
	told --max-nodes analyze --max-nodes=4 a.csv
	told --max-nodes analyze --max-nodes=4 "$abs_top_srcdir/samples/kitami/before.bpmn"
	run -0 "$BPR" analyze -q --max-nodes=5 a.csv
}

@test "--max-depth: of BPMN" {
	told --max-depth analyze --max-depth=2 "$abs_top_srcdir/samples/kitami/before.bpmn"
}

@test "--max-field: of a cell" {
	small_flow a
	told --max-field analyze --max-field=3 a.csv
}

@test "--max-states" {
	told --max-states analyze --max-states=1 "$abs_top_srcdir/samples/kitami/before.csv"
}

@test "one input past a limit, others done: the highest status wins" {
	small_flow a
	run --separate-stderr -5 "$BPR" analyze -q -f csv --max-nodes=5 a.csv "$abs_top_srcdir/samples/kitami/before.csv" missing.csv
	[ "$output" = "$("$BPR" analyze -q -f csv a.csv)" ]
}
