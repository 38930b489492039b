#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What bpr convert writes as BPMN: the file itself with what it lacked, valid against the schemas of the OMG.
load helper
load samples

figures() {
	"$BPR" analyze -q --samples 200 -f json "$1" | sed -e 's/"source": "[^"]*"//' -e '/^  "warnings": /,$d'
}

@test "BPMN to BPMN: the output alone gives the figures of the input with its tables" {
	for f in "$samples"/*/*.bpmn "$abs_top_srcdir"/tests/cli/data/*.bpmn; do
		rm -rf alone
		mkdir alone
		"$BPR" convert -q "$f" -o alone/f.bpmn
		figures "$f" >with
		figures alone/f.bpmn >without
		cmp with without
	done
}

@test "BPMN to BPMN: what lacks nothing comes out byte for byte" {
	for f in "$samples"/*/*.bpmn "$abs_top_srcdir"/tests/browser/everything.bpmn; do
		rm -rf alone
		mkdir alone
		"$BPR" convert -q "$f" -o alone/once.bpmn
		"$BPR" convert -q alone/once.bpmn -o alone/twice.bpmn
		cmp alone/once.bpmn alone/twice.bpmn
	done
}

@test "BPMN to BPMN: what modellers refuse is mended, and the figures stay" {
	run -0 --separate-stderr "$BPR" convert --lang en "$abs_top_srcdir"/tests/cli/data/mend.bpmn -o out.bpmn
	for code in W044 W045 W046 W047 W048 W049; do
		[[ $stderr == *"[$code]"* ]] || fail "no $code: $stderr"
	done
	[[ $stderr == *"5 ids that are no ids of XML"* ]]
	figures "$abs_top_srcdir"/tests/cli/data/mend.bpmn >with
	figures out.bpmn >without
	cmp with without
	grep -q '<task id="_2" name="Take the form" bpr:id="2"/>' out.bpmn
	grep -q '<process id="process_1" bpr:id="process 1">' out.bpmn
	grep -q '<sequenceFlow id="twice" sourceRef="_1" targetRef="_2"/>' out.bpmn
	grep -q '<sequenceFlow id="twice_2" sourceRef="_2" targetRef="_3" bpr:id="twice"/>' out.bpmn
	grep -q '<bpmndi:BPMNEdge id="edge_2" bpmnElement="twice_2">' out.bpmn
	grep -q 'bpmnElement="process_1"' out.bpmn
	grep -q 'bpmnElement="t:_2"' out.bpmn
	grep -q '<flowNodeRef>_2</flowNodeRef>' out.bpmn
	run -1 grep -E 'ghost|gone|no_style|loose|"open"|shape_2_again|edge_3' out.bpmn
	# once mended there is nothing left to mend
	run -0 --separate-stderr "$BPR" convert --lang en out.bpmn -o twice.bpmn
	[ -z "$stderr" ]
	cmp out.bpmn twice.bpmn
	[ ! -f "${BPR_BPMN_XSD-}/BPMN20.xsd" ] || xmllint --nonet --noout --schema "$BPR_BPMN_XSD/BPMN20.xsd" out.bpmn
}

@test "BPMN to BPMN: one id of several kinds of elements" {
	run -0 --separate-stderr "$BPR" convert --lang en "$abs_top_srcdir"/tests/cli/data/mend-twins.bpmn -o out.bpmn
	[[ $stderr == *"the id 'p' is another element's too: this one is 'p_2' now (and 2 more like it)"* ]]
	figures "$abs_top_srcdir"/tests/cli/data/mend-twins.bpmn >with
	figures out.bpmn >without
	cmp with without
	[ -z "$(grep -o ' id="[^"]*"' out.bpmn | sort | uniq -d)" ]
	[ -z "$(grep -o 'bpmnElement="[^"]*"' out.bpmn | sort | uniq -d)" ]
	grep -q '<participant id="p_2" processRef="p"/>' out.bpmn
	"$BPR" convert -q out.bpmn -o twice.bpmn
	cmp out.bpmn twice.bpmn
}

@test "an override becomes a value of the file" {
	mkdir alone
	"$BPR" convert -q "$samples"/kitami/after.bpmn --set demand.per_day=7 -o alone/f.bpmn
	grep -q '<bpr:demand key="per_day" value="7"/>' alone/f.bpmn
	"$BPR" analyze -q -f json --set demand.per_day=7 "$samples"/kitami/after.bpmn | sed 's/"source": "[^"]*"//; /^  "warnings": /,$d' >with
	figures alone/f.bpmn >without
	sed -i 's/"samples": [0-9]*//' with without
	cmp with without
}

@test "a report beside a model is not taken for simulation data" {
	"$BPR" convert -q "$samples"/kitami/after.bpmn -o f.bpmn
	run -0 --separate-stderr "$BPR" analyze -q -f json f.bpmn
	"$BPR" analyze -q -f json f.bpmn >f.json
	"$BPR" analyze -q -f json f.bpmn >again
	cmp f.json again
}

@test "what is written is valid against the schemas of the OMG" {
	[ -f "${BPR_BPMN_XSD-}/BPMN20.xsd" ] || skip 'BPR_BPMN_XSD names no folder with BPMN20.xsd: it is not ours to ship'
	for f in "$samples"/*/*.csv "$samples"/*/*.bpmn "$abs_top_srcdir"/tests/browser/everything.bpmn; do
		is_flow "$f" || continue
		"$BPR" convert -q "$f" -o out.bpmn
		xmllint --nonet --noout --schema "$BPR_BPMN_XSD/BPMN20.xsd" out.bpmn
		"$BPR" convert -q "$f" -o out.json
		"$BPR" convert -q out.json -o out.bpmn
		xmllint --nonet --noout --schema "$BPR_BPMN_XSD/BPMN20.xsd" out.bpmn
		rm -f out.*
	done
}
