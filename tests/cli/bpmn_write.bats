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
		case $f in *.forms.csv | *.counters.csv | *.staff.csv | *.demand.csv) continue ;; esac
		"$BPR" convert -q "$f" -o out.bpmn
		xmllint --nonet --noout --schema "$BPR_BPMN_XSD/BPMN20.xsd" out.bpmn
		"$BPR" convert -q "$f" -o out.json
		"$BPR" convert -q out.json -o out.bpmn
		xmllint --nonet --noout --schema "$BPR_BPMN_XSD/BPMN20.xsd" out.bpmn
		rm -f out.*
	done
}
