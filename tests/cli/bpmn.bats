# SPDX-License-Identifier: GPL-3.0-or-later
# BPMN files as they are found, through the program: what is refused, what is said, and what goes on.
load helper

HEAD='<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpr="urn:bpr:flow:1" targetNamespace="urn:t">'
BODY='<process id="p"><startEvent id="s"/><task id="a" name="受付" bpr:work="5"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="e"/>'

document() {
	printf '%s\n' "$HEAD$BODY" "$@" '</process></definitions>'
}

@test "what cannot be followed is a finding, and the rest is analysed" {
	document '<sequenceFlow id="x" sourceRef="a"/>' '<task id="a" bpr:work="-1"/>' >d.bpmn
	run --separate-stderr "$BPR" analyze --color never d.bpmn
	[ "$status" -eq 0 ]
	has "Staff spend 5 min" "$output"
	has "bpr: d.bpmn:3: warning: sequence flow 'x' has no targetRef: it is left out" "$stderr"
	has "id 'a' is used twice (first in line 1): references mean the first, this one goes by 'a_2'" "$stderr"
	has "d.bpmn:4: warning: '-1' in 'work' is negative" "$stderr"
	run --separate-stderr "$BPR" check -f json d.bpmn
	[ "$status" -eq 1 ]
	for code in X024 X025 X102 D003; do has "\"code\": \"$code\"" "$output"; done
	run --separate-stderr "$BPR" analyze --set step.a.work=-1 d.bpmn
	[ "$status" -eq 3 ]
}

@test "every encoding gives the same flow" {
	command -v iconv >/dev/null || skip "iconv is not installed (Debian: libc-bin)"
	document >u.bpmn
	"$BPR" analyze -q -f json u.bpmn | sed 's/u\.bpmn/F/' >expected
	grep -q 受付 expected
	while read -r label name mark; do
		{ [ -n "$mark" ] || printf '<?xml version="1.0" encoding="%s"?>\n' "$label"; document; } | iconv -f UTF-8 -t "$name" >i.bpmn
		if [ -n "$mark" ]; then { printf '%b' "$mark"; cat i.bpmn; } >m.bpmn; else cp i.bpmn m.bpmn; fi
		"$BPR" analyze -q -f json m.bpmn | sed 's/m\.bpmn/F/; s/"line": [0-9]*/"line": 0/' >got
		sed 's/"line": [0-9]*/"line": 0/' expected | cmp - got || { echo "$label $mark"; return 1; }
	done <<-'END'
	UTF-8 UTF-8
	UTF-8 UTF-8 \0357\0273\0277
	UTF-16 UTF-16LE \0377\0376
	UTF-16 UTF-16BE \0376\0377
	Shift_JIS CP932
	Windows-31J CP932
	EUC-JP EUC-JP
	ISO-2022-JP ISO-2022-JP
	END
	# Single bytes: the same character by each of its names.
	while read -r label bytes; do
		{ printf '<?xml version="1.0" encoding="%s"?>\n' "$label"; document | sed "s/受付/@/"; } | sed "s/@/$(printf '%b' "$bytes")/" >l.bpmn
		has 'é' "$("$BPR" analyze -q -f json l.bpmn)"
	done <<-'END'
	ISO-8859-1 \0351
	ISO-8859-15 \0351
	windows-1252 \0351
	WINDOWS-1250 \0351
	MacRoman \0216
	END
}

@test "an encoding that is not read is named, with those that are" {
	{ printf '<?xml version="1.0" encoding="IBM037"?>\n'; document; } >e.bpmn
	run --separate-stderr "$BPR" analyze e.bpmn
	[ "$status" -eq 3 ]
	has "encoding 'IBM037' is not read" "$stderr"
	has "Shift_JIS" "$("$BPR" explain X008)"
}

@test "the inventory counts what another reader counts" {
	command -v xmllint >/dev/null || skip "xmllint is not installed (Debian: libxml2-utils)"
	command -v python3 >/dev/null || skip "python3 is not installed"
	for file in "$abs_top_srcdir"/tests/cli/data/technical-support.bpmn "$abs_top_srcdir"/samples/kitami/before.bpmn; do
		"$BPR" check -v -f json "$file" >check.json || [ $? -eq 1 ]
		python3 -c 'import json, sys
for name, count in sorted(json.load(open("check.json"))["inventory"].items()): print(name, count)' >got
		[ -s got ]
		while read -r name count; do
			own=$(xmllint --xpath "count(//*[local-name()='$name' and starts-with(namespace-uri(), 'http://www.omg.org/spec/BPMN/20100524/') and not(ancestor::*[local-name()='extensionElements'])])" "$file")
			[ "$own" = "$count" ] || { echo "$file: $name: $count, xmllint $own"; return 1; }
		done <got
		all=$(xmllint --xpath "count(//*[starts-with(namespace-uri(), 'http://www.omg.org/spec/BPMN/20100524/') and not(ancestor::*[local-name()='extensionElements'])])" "$file")
		[ "$(awk '{ n += $2 } END { print n }' got)" = "$all" ]
	done
}

@test "lanes without references are read from the diagram" {
	cat >g.bpmn <<-END
	$HEAD<process id="p"><laneSet id="ls"><lane id="l" name="市民課"/><lane id="m" name="税務課"/></laneSet><startEvent id="s"/><task id="a"/><task id="b"/><endEvent id="e"/>
	<sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="b"/><sequenceFlow id="h" sourceRef="b" targetRef="e"/></process>
	<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:c="http://www.omg.org/spec/DD/20100524/DC"><d:BPMNPlane bpmnElement="p">
	<d:BPMNShape bpmnElement="l"><c:Bounds x="0" y="0" width="500" height="100"/></d:BPMNShape><d:BPMNShape bpmnElement="m"><c:Bounds x="0" y="100" width="500" height="100"/></d:BPMNShape>
	<d:BPMNShape bpmnElement="a"><c:Bounds x="50" y="10" width="100" height="80"/></d:BPMNShape><d:BPMNShape bpmnElement="b"><c:Bounds x="250" y="110" width="100" height="80"/></d:BPMNShape>
	</d:BPMNPlane></d:BPMNDiagram></definitions>
	END
	run --separate-stderr "$BPR" analyze -v g.bpmn
	[ "$status" -eq 0 ]
	has "税務課" "$output"
	has "who stands in which lane is taken from the diagram" "$stderr"
}
