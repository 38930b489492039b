#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr check: what is found where, how grave it is, and how it is told.
load helper
load samples

# Two processes and something of the file itself; every place is known.
two_processes() {
	cat >two.bpmn <<-'END'
		<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpr="urn:bpr:flow:1">
		  <message id="m1" name="M"/>
		  <process id="p" name="P">
		    <startEvent id="S" name="S"/><task id="A"/><endEvent id="E" name="E"/>
		    <sequenceFlow id="f1" sourceRef="S" targetRef="A"/><sequenceFlow id="f2" sourceRef="A" targetRef="E"/>
		    <sequenceFlow id="f3" sourceRef="A" targetRef="E"/>
		  </process>
		  <process id="q" name="Q">
		    <startEvent id="qS" name="S"/><task id="qA" name="A"/>
		    <sequenceFlow id="q1" sourceRef="qS" targetRef="qA"/>
		  </process>
		</definitions>
	END
}

@test "what concerns the file is told with its first process in JSON, each process with its own findings" {
	two_processes
	json_of check --format json two.bpmn -- \
		'[(f["code"], f["column"]) for f in reports[0]["findings"] if f["where"] == "A"] == [("F010", 34), ("M020", 34)]' \
		'[r["flow"]["id"] for r in reports] == ["p", "q"]' \
		'sorted(f["code"] for f in reports[0]["findings"] if f["code"][0] == "M") == ["M012", "M013", "M020", "M070", "M100"]' \
		'not any(f["code"] in ("M070", "M100") for f in reports[1]["findings"])' \
		'{("M020", "A", 4, 34), ("M013", "f3", 6, 5), ("M012", "E", 4, 48)} <= {(f["code"], f["where"], f["line"], f["column"]) for f in reports[0]["findings"]}' \
		'[(f["code"], f["where"]) for f in reports[1]["findings"] if f["code"] in ("M002", "M005", "X041")] == [("M002", "q"), ("M005", "qA")]'
	run -0 "$BPR" check two.bpmn
	[ "$(grep -c '\[M070\]' <<<"$output")" = 1 ]
	# One process of them: what concerns the file is told with it, what concerns the other is not.
	json_of check --process q --format json two.bpmn -- 'len(reports) == 1' \
		'{"M070", "M002"} <= {f["code"] for f in report["findings"]}' '"M013" not in {f["code"] for f in report["findings"]}'
}

@test "findings are sorted: the gravest first, then by line and column" {
	two_processes
	sed -i 's/<task id="qA" name="A"\/>/<task id="qA" name="A"\/><task id="qB"\/>/' two.bpmn
	need_python
	"$BPR" check --rule A001=warning --rule soundness=info --format json two.bpmn >sorted.json
	"$python" - <<-'END'
		import json
		grave = {"info": 2, "warning": 1, "error": 0}
		for report in json.load(open("sorted.json")):
		    keys = [(grave[f["severity"]], f["line"] or 0, f["column"] or 0) for f in report["findings"]]
		    assert keys == sorted(keys), keys
	END
}

@test "--rule: a code, letters, a group; the last one that fits counts; the exit status goes by what is left" {
	two_processes
	run -0 "$BPR" check -f short two.bpmn
	has 'two.bpmn:6:5: warning: ' "$output"
	run -1 "$BPR" check -f short --rule M013=error two.bpmn
	has 'two.bpmn:6:5: error: ' "$output"
	run -1 "$BPR" check -f short --rule model=error two.bpmn
	[ "$(grep -c '\[M' <<<"$output")" = "$(grep -c 'error: .*\[M' <<<"$output")" ]
	run -0 "$BPR" check -f short --rule M=error --rule model=off two.bpmn
	[ "$(grep -c '\[M' <<<"$output")" = 0 ]
	run -0 "$BPR" check -f short --rule model=off --rule m013=info two.bpmn
	[ "$(grep '\[M' <<<"$output" | sed 's/.*\[//')" = 'M013]' ]
	has 'two.bpmn:6:5: info: ' "$output"
	printf 'id,name,kind,work,next\nS,,start,,A\nA,x,task,1,E\nU,never,task,1,E\nE,,end,,\n' >unreachable.csv
	run -1 "$BPR" check unreachable.csv
	run -0 "$BPR" check --rule A001=warning --rule soundness=off unreachable.csv
	run -0 "$BPR" check --rule A001=off --rule S=off unreachable.csv
	[[ "$output" != *A001* ]]
	# A file that is no flow stays one that cannot be read.
	printf 'id,name,work,next\nA,x,1,NOWHERE\n' >bad.csv
	run -3 "$BPR" check --rule flow=info bad.csv
}

@test "--rule: what is wrong with it is said, with what may have been meant" {
	run -2 "$BPR" check --rule smell=off x.csv
	has "did you mean 'smells'?" "$output"
	run -2 "$BPR" check --rule M01=loud x.csv
	has '[U121]' "$output"
	run -2 "$BPR" check --rule M013 x.csv
	has '[U121]' "$output"
	run -2 "$BPR" check --rule U100=off x.csv
	has '[U122]' "$output"
	run -2 "$BPR" check --rule =off x.csv
	has '[U121]' "$output"
}

@test "--rules lists every code that a check can find, once, in both languages" {
	"$BPR" check --rules >rules.en
	"$BPR" check --rules --lang ja >rules.ja
	for f in rules.en rules.ja; do
		sed -n 's/^  \([A-Z][0-9][0-9][0-9]\)  \(info\|warning\|error\) .*/\1 \2/p' "$f" | sort >"$f.codes"
	done
	cmp rules.en.codes rules.ja.codes
	cat "$abs_top_srcdir"/lib/base/codes/*.def | sed -n 's/^X(\([A-TV-Z][0-9]*\), \(INFO\|WARNING\|ERROR\),.*/\1 \2/p' |
		grep -v '^[EOQRV]' | tr '[:upper:]' '[:lower:]' | sed 's/^./\U&/' | sort >table
	diff rules.en.codes table
	grep -q '^model:$' rules.en
	# Each group can be named.
	small_flow a
	sed -n 's/^\([a-z]*\):$/\1/p' rules.en >groups
	[ "$(wc -l <groups)" -ge 10 ]
	while read -r group; do
		"$BPR" check -f short --rule "$group=off" a.csv >"group.$group" || return 1
	done <groups
}

@test "-f short: one line a finding, with line and column 1 where there is none" {
	two_processes
	"$BPR" check -f short two.bpmn >lines.en
	[ "$(grep -vc '^two\.bpmn:[1-9][0-9]*:[1-9][0-9]*: \(info\|warning\|error\): .* \[[A-Z][0-9]\{3\}\]$' lines.en)" = 0 ]
	grep -q '^two.bpmn:1:1: info: no demand is given' lines.en
	"$BPR" check -f short --lang ja two.bpmn >lines.ja
	[ "$(wc -l <lines.en)" = "$(wc -l <lines.ja)" ]
	[ "$(cut -d: -f1-4 lines.en)" = "$(cut -d: -f1-4 lines.ja)" ]
	small_flow clean
	"$BPR" check -f short --rule M=off --rule A=off --rule P=off --rule F=off --rule T=off clean.csv >none
	[ ! -s none ]
	run -2 "$BPR" analyze -f short two.bpmn
	has 'none of text, md, json, csv' "$output"
}

@test "the text names a code once, with the others of it, and says how many are not shown" {
	{
		printf 'id,name,kind,work,next\nS,,start,,A1\n'
		for i in 1 2 3 4 5 6 7; do
			printf 'A%s,,task,1,A%s\n' "$i" $((i + 1))
		done
		printf 'A8,,task,1,E\nE,,end,,\n'
	} >nameless.csv
	run -0 "$BPR" check nameless.csv
	[ "$(grep -c '\[M020\]' <<<"$output")" = 1 ]
	has 'and 5 more like these' "$output"
	has '5 findings are not shown; -v shows all.' "$output"
	run -0 "$BPR" check -v nameless.csv
	[ "$(grep -c 'has no name' <<<"$output")" = 8 ]
	[[ "$output" != *'not shown'* ]]
	run -0 "$BPR" check --lang ja nameless.csv
	has 'ほかに5件の指摘があります。' "$output"
}

@test "no line is wider than the terminal, in Japanese either" {
	two_processes
	for lang in en ja; do
		"$BPR" check -v --lang "$lang" two.bpmn >text
		"$python" - "$lang" <<-'END'
			import sys, unicodedata
			for line in open("text", encoding="utf-8"):
			    wide = "WFA" if sys.argv[1] == "ja" else "WF"
			    width = sum(2 if unicodedata.east_asian_width(c) in wide else 1 for c in line.rstrip("\n"))
			    assert width <= 80, (width, line)
		END
	done
}

@test "-v: the inventory counts what stands in the file" {
	two_processes
	json_of check -v --format json two.bpmn -- \
		'reports[0]["inventory"] == {"definitions": 1, "message": 1, "process": 2, "startEvent": 2, "task": 2, "endEvent": 1, "sequenceFlow": 4}' \
		'reports[1]["inventory"] == reports[0]["inventory"]'
	json_of check --format json two.bpmn -- '"inventory" not in reports[0]'
	json_of check -v --process p --format json two.bpmn -- 'report["inventory"]["task"] == 2'
	# A drawing without steps is no flow, yet BPMN: its elements can be counted all the same.
	sed 's/<\(startEvent\|task\|endEvent\|sequenceFlow\)[^>]*>//g' two.bpmn >none.bpmn
	run -3 --separate-stderr "$BPR" check -v --format json none.bpmn
	grep -A4 '"inventory"' <<<"$output" | grep -q '"process": 2'
}

@test "a flow that cannot be analysed for its states or for sampling is still checked" {
	two_processes
	{
		printf '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/><parallelGateway id="x"/>\n'
		printf '<task id="a"/><task id="b"/><endEvent id="e"><terminateEventDefinition/></endEvent>\n'
		printf '<sequenceFlow id="f1" sourceRef="s" targetRef="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="a"/>\n'
		printf '<sequenceFlow id="f3" sourceRef="x" targetRef="b"/><sequenceFlow id="f4" sourceRef="a" targetRef="e"/>\n'
		printf '<sequenceFlow id="f5" sourceRef="b" targetRef="e"/></process></definitions>\n'
	} >terminate.bpmn
	run -0 --separate-stderr "$BPR" check -f short terminate.bpmn
	has '[M020]' "$output"
	[ -z "$stderr" ]
}

@test "--set with what cannot be set anywhere is wrong usage, in check too" {
	small_flow a
	for set in foo=1 demand.foo=1 demand.per_day; do
		run -2 "$BPR" check --set "$set" a.csv
		run -2 "$BPR" analyze --set "$set" a.csv
	done
	run -2 "$BPR" check --set demand.foo=1 a.csv
	has "'foo' is no key of the demand" "$output"
	run -2 "$BPR" analyze --above 2 a.csv
	has '[U120]' "$output"
	run -0 "$BPR" analyze --above 2 -d counter_visits a.csv
}

@test "compare: durations that differ look different, and a side without one says so" {
	printf 'id,name,kind,work,wait,next\nS,,start,,,A\nA,審査,task,1d,,E\nE,,end,,,\n' >b.csv
	printf 'id,name,kind,work,wait,next\nS,,start,,,A\nA,審査,task,1441min,5,E\nE,,end,,,\n' >a.csv
	run -0 "$BPR" compare b.csv a.csv
	has '1440 min to 1441 min' "$(tr -s ' \n' ' ' <<<"$output" | tr -d ,)"
	has 'not given to 5 min' "$(tr -s ' \n' ' ' <<<"$output")"
}

@test "the rules of modelling that make sense for a table are asked of a table" {
	cat >faults.csv <<-'END'
		id,name,kind,next
		S,,start,A
		A,,task,X
		X,どちらか,xor,B:0.5;B:0.5
		B,審査,task,Y
		Y,,xor,O
		O,すべて,or,C:0.5;D:0.5
		C,通知,task,J
		D,控え,task,J
		J,,or,Z
		Z,,xor,E:0.5;A:0.5
		E,,end,
	END
	"$BPR" check -f short faults.csv >lines || [ $? -le 1 ]
	grep -q '^faults.csv:3:1: warning: .*\[M020\]$' lines
	grep -q '^faults.csv:4:1: warning: .*\[M013\]$' lines
	grep -q '^faults.csv:6:1: info: .*\[M011\]$' lines
	grep -q '^faults.csv:7:1: info: .*\[M014\]$' lines
	[ "$(grep -c '\[M020\]' lines)" = 1 ]
	small_flow clean
	"$BPR" check -f short clean.csv >lines
	[ "$(grep -c '\[M' lines)" = 0 ]
}
