# SPDX-License-Identifier: GPL-3.0-or-later
# What wrong input gets: the whole line, the status, no output file.
load helper

# refused STATUS LINE FILE [OPTION]...: the first line on standard error; nothing is written.
refused() {
	local status_wanted=$1 line=$2 file=$3
	shift 3
	run --separate-stderr "-$status_wanted" "$BPR" analyze -q "$@" -o out.json "$file"
	[ -z "$output" ]
	[ ! -e out.json ]
	if [ "${stderr%%$'\n'*}" != "$line" ]; then
		printf 'expected: %s\ngot:      %s\n' "$line" "$stderr"
		return 1
	fi
}

bpmn() {
	printf '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">\n%s\n</definitions>\n' "$1"
}

# A process of one call: process ID calls ID.
caller() {
	printf '<process id="%s"><startEvent id="%ss"/><callActivity id="%sc" calledElement="%s"/><endEvent id="%se"/>' "$1" "$1" "$1" "$2" "$1"
	printf '<sequenceFlow id="%sf" sourceRef="%ss" targetRef="%sc"/><sequenceFlow id="%sg" sourceRef="%sc" targetRef="%se"/></process>\n' \
		"$1" "$1" "$1" "$1" "$1" "$1"
}

@test "files that are none" {
	refused 3 "bpr: none.csv: cannot open the file: no such file [I002]" none.csv
	mkdir folder
	refused 3 "bpr: folder: is a directory, not a file [I003]" folder
	: >empty.csv
	refused 3 "bpr: empty.csv: the file is empty [I004]" empty.csv
}

@test "XML that is none, or no BPMN" {
	printf 'hello' >x.bpmn
	refused 3 "bpr: x.bpmn:1: is not XML [X001]" x.bpmn
	printf '<a/>' >a.bpmn
	refused 3 "bpr: a.bpmn:1: is XML, but not BPMN 2.0: its root element is 'a' of namespace '-' [X020]" a.bpmn
	printf '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' >d.bpmn
	refused 3 "bpr: d.bpmn:1: has a DOCTYPE, which is refused [X009]" d.bpmn
	bpmn '<process id="p">' | head -n 2 >cut.bpmn
	refused 3 "bpr: cut.bpmn:3: ends in the middle: element 'process' is not closed [X003]" cut.bpmn
}

@test "wrong encodings name the byte" {
	printf '<?xml version="1.0" encoding="UTF-8"?>\n' >l.bpmn
	bpmn "$(printf '<process id="p" name="Pr\374fung"/>')" >>l.bpmn
	refused 3 "bpr: l.bpmn:3: byte 130 (0xFC) is not UTF-8, which the file claims to be; it looks like windows-1252 [X006]" l.bpmn
	printf 'id,next\nA,B\nB,\202\377x\n' >s.csv
	refused 3 "bpr: s.csv:3: byte 0x82 at offset 14 is not valid CP932 [I010]" s.csv
}

@test "numbers that cannot be" {
	printf 'id,next\nA,B:1.5\nB,\n' >over.csv
	refused 3 "bpr: over.csv:2: '1.5' in 'next' is outside 0 to 1; expected a share such as 0.3 or 30% [D009]" over.csv
	printf 'id,work\nA,-5\n' >neg.csv
	refused 3 "bpr: neg.csv:2: '-5' in 'work' is negative; expected 0 or more [D003]" neg.csv
	printf 'id,work\nA,inf\n' >inf.csv
	refused 3 "bpr: inf.csv:2: 'inf' in 'work' is not a finite number; expected a plain number up to 1e9 [D004]" inf.csv
	printf 'id,next\nA,B:0.7;C:0.2\nB,\nC,\n' >sum.csv
	refused 3 "bpr: sum.csv:2: the shares of the ways out of 'A' sum to 0.9; expected 1 [F008]" sum.csv
}

@test "rows that do not fit together" {
	printf 'id,kind\nA,tsk\n' >kind.csv
	refused 3 "bpr: kind.csv:2: unknown kind 'tsk' in 'kind'; expected task 作業, start 開始, end 終了, xor 分岐, and 並行, or 包含, event イベント or merge 合流 [F003]" kind.csv
	printf 'id,next\nA,B\nB,\nB,\n' >twice.csv
	refused 3 "bpr: twice.csv:4: duplicate id 'B'; line 3 has it already [F001]" twice.csv
	printf 'id,next\nA,Z\n' >dangling.csv
	refused 3 "bpr: dangling.csv:2: 'A' goes on to 'Z', which is no id of this flow [F007]" dangling.csv
	printf 'id,next,work\nA,B,1\nB,,2,9,extra\n' >ragged.csv
	refused 3 "bpr: ragged.csv:3: there is text in cell 4 of the row, but there are only 3 headings [T017]" ragged.csv
	{ printf '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">\n'; caller p q; caller q p; printf '</definitions>'; } >c.bpmn
	refused 3 "bpr: c.bpmn:3: processes call each other in a circle: p → q → p (qc) [X030]" c.bpmn
}

@test "cases that never end" {
	printf 'id,next\nA,B\nB,A\n' >loop.csv
	refused 3 "bpr: loop.csv:2: no end can be reached from any start (A) [F013]" loop.csv
	printf 'id,kind,next\ns,start,x\nx,xor,a:0.5;e:0.5\na,task,b\nb,task,a\ne,end,\n' >trap.csv
	refused 3 "bpr: trap.csv:4: a case that gets to 'a' never ends; it goes round among 'a / b' [A002]" trap.csv
	printf 'id,kind,next\ns,start,x\nx,xor,a:0.5;b:0.5\na,task,j\nb,task,j\nj,and,e\ne,end,\n' >join.csv
	refused 3 "bpr: join.csv:6: 'j' waits for ever: nothing comes from 'b' [A003]" join.csv
}

@test "limits name their option" {
	small_flow a
	refused 5 "bpr: a.csv: the file is larger than 5 bytes (--max-bytes) [I005]" a.csv --max-bytes 5
	run --separate-stderr -5 "$BPR" analyze -q --max-nodes 2 a.csv
	has '(--max-nodes)' "$stderr"
	run --separate-stderr -5 "$BPR" analyze -q --max-states 2 a.csv
	has '--max-states' "$stderr"
}
