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
