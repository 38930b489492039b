#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What a process does, against figures worked out by hand.
load helper
load samples

# bpmn NAME: a file of the process elements on standard input.
bpmn() {
	{
		printf '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpr="urn:bpr:flow:1">\n'
		cat
		printf '</definitions>\n'
	} >"$1.bpmn"
}

# a takes 3 and ends the sub-process, b would take 9: after 3 minutes Z goes on and takes 1.
@test "a terminate end of a sub-process ends the sub-process, not the case" {
	bpmn sub <<-'END'
		<process id="p"><startEvent id="S"/><subProcess id="P"><startEvent id="s"/><parallelGateway id="x"/>
		<task id="a" bpr:work="3"/><task id="b" bpr:work="9"/><endEvent id="e1"><terminateEventDefinition/></endEvent><endEvent id="e2"/>
		<sequenceFlow id="f1" sourceRef="s" targetRef="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="a"/>
		<sequenceFlow id="f3" sourceRef="x" targetRef="b"/><sequenceFlow id="f4" sourceRef="a" targetRef="e1"/>
		<sequenceFlow id="f5" sourceRef="b" targetRef="e2"/></subProcess><task id="Z" bpr:work="1"/><endEvent id="E"/>
		<sequenceFlow id="f6" sourceRef="S" targetRef="P"/><sequenceFlow id="f7" sourceRef="P" targetRef="Z"/>
		<sequenceFlow id="f8" sourceRef="Z" targetRef="E"/></process>
	END
	json_of analyze --format json sub.bpmn -- 'mean("lead_minutes") == 4' 'mean("steps") == 3' 'node("Z")["visits"] == 1'
}

@test "check names the analogue rules, and each flow of a file has its own findings" {
	small_flow plain
	printf 'key,value\nper_day,10\n' >plain.demand.csv
	json_of check --format json plain.csv -- '[f for f in report["findings"] if f["code"][0] not in "PT"] == []'
	sed 's/work,writes,next/work,writes,next,rules/; s/,G$/,G,目視;押印/; s/5,,E$/5,,E,目視/' plain.csv >ruled.csv
	cp plain.forms.csv ruled.forms.csv
	cp plain.demand.csv ruled.demand.csv
	json_of check --format json ruled.csv -- \
		'[f["code"] + f["where"] + f["severity"] for f in report["findings"] if f["code"][0] == "A"] == ["A019Ainfo", "A019Ainfo"]'
	run -0 "$BPR" check --lang ja ruled.csv
	has "「目視」" "$output"
	bpmn two <<-'END'
		<process id="p"><startEvent id="S"/><task id="A"/><endEvent id="E"/>
		<sequenceFlow id="f1" sourceRef="S" targetRef="A"/><sequenceFlow id="f2" sourceRef="A" targetRef="E"/></process>
		<process id="q"><startEvent id="qS"/><task id="qA"/><endEvent id="qE"/>
		<sequenceFlow id="q1" sourceRef="qS" targetRef="qA"/><sequenceFlow id="q2" sourceRef="qA" targetRef="qE"/></process>
	END
	json_of check --format json two.bpmn -- '[[f["code"] for f in flow["findings"] if f["code"][0] != "M"] for flow in reports] == [["A008", "P071", "P073"], ["A008", "P071", "P073"]]'
}

@test "a join that waits for ever does not hide a step that nothing leads to" {
	cat >both.csv <<-'END'
		id,kind,next
		S,start,X
		X,xor,A:0.5;B:0.5
		A,task,J
		B,task,J
		J,and,E
		L,task,E
		E,end,
	END
	run -1 "$BPR" check both.csv
	has "line 6: 'J' can wait for ever: nothing comes from 'B' [S002]" "$output"
	has "line 7: no case can get to 'L' [A001]" "$output"
}

@test "a companion beside a BPMN file wins over the rows inside it" {
	bpmn beside <<-'END'
		<process id="p"><extensionElements><bpr:forms form="F" field="氏名" times="2"/><bpr:forms form="F" field="住所"/>
		<bpr:forms form="G" field="氏名"/></extensionElements><startEvent id="S"/><task id="A" bpr:work="1" bpr:writes="F;G"/><endEvent id="E"/>
		<sequenceFlow id="f1" sourceRef="S" targetRef="A"/><sequenceFlow id="f2" sourceRef="A" targetRef="E"/></process>
	END
	json_of analyze --format json beside.bpmn -- 'mean("fields_written") == 4'
	printf 'form,field\nF,電話\nF,住所\n' >beside.forms.csv
	json_of analyze --format json beside.bpmn -- 'mean("fields_written") == 3' 'mean("repeated_fields") == 0'
}

@test "what is no override is wrong usage; one that the flow does not know is a fault of the input" {
	small_flow f
	run -2 "$BPR" analyze --set demand f.csv
	has "is not an override" "$output"
	run -2 "$BPR" analyze --set foo.bar=1 f.csv
	run -3 "$BPR" analyze --set step.Q.work=1 f.csv
}
