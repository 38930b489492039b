#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Every JSON output is valid against its installed schema, and the schemas are schemas.
load helper
load samples

check_schema() {
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" "$@"
}

setup() {
	need_python
	need_jsonschema
}

@test "the schemas are valid schemas" {
	"$python" - "$schemas" <<-'EOT'
		import glob, json, sys, jsonschema
		names = glob.glob(sys.argv[1] + "/*.json")
		assert len(names) >= 3, names
		for name in names:
		    schema = json.load(open(name, encoding="utf-8"))
		    jsonschema.validators.validator_for(schema).check_schema(schema)
	EOT
}

@test "analyze: every sample" {
	for f in "$samples"/kitami/*.bpmn "$samples"/*/before.csv "$samples"/*/after.csv "$samples"/life-events/*-{before,after}.csv "$samples"/table/flow.csv; do
		"$BPR" analyze --format json "$f" >"$BATS_TEST_TMPDIR/out.json"
		check_schema 'report["schema"] == "bpr.analysis/1"' 'len(report["case"]) == 19' <"$BATS_TEST_TMPDIR/out.json"
	done
}

@test "analyze: with every distribution" {
	for key in steps counter_visits distinct_counters building_moves trips forms_written fields_written seals id_checks copies handoffs revisits analogue_steps; do
		"$BPR" analyze --format json --distribution $key "$samples/life-events/tenkyo-before.csv" >"$BATS_TEST_TMPDIR/out.json"
		check_schema <"$BATS_TEST_TMPDIR/out.json"
	done
}

@test "analyze: several inputs are an array" {
	"$BPR" analyze --format json "$samples/chiba/before.csv" "$samples/chiba/after.csv" >"$BATS_TEST_TMPDIR/out.json"
	check_schema 'len(reports) == 2' <"$BATS_TEST_TMPDIR/out.json"
}

@test "compare: every pair of samples" {
	for pair in "$samples"/kitami/%s.bpmn "$samples"/{kitami,minamisoma,chiba,internal}/%s.csv "$samples"/life-events/{tennyu,tenkyo,tenshutsu,konin,shussei,rikon,shibo}-%s.csv; do
		"$BPR" compare --format json "${pair/\%s/before}" "${pair/\%s/after}" >"$BATS_TEST_TMPDIR/out.json"
		check_schema 'report["schema"] == "bpr.comparison/1"' 'len(report["kpis"]) == 19' <"$BATS_TEST_TMPDIR/out.json"
	done
}

@test "simulate: every sample, a week with dates, one run, several inputs" {
	for f in "$samples"/kitami/*.bpmn "$samples"/*/before.csv "$samples"/*/after.csv "$samples"/life-events/*-{before,after}.csv; do
		"$BPR" simulate -q --days 2 --replications 3 --format json "$f" >"$BATS_TEST_TMPDIR/out.json"
		check_schema 'report["schema"] == "bpr.simulation/1"' 'len(report["case"]) == 26' 'report["cases"] > 0' <"$BATS_TEST_TMPDIR/out.json"
	done
	"$BPR" simulate -q --from 2027-03-22 --days 3 --replications 1 --format json "$samples/kitami/after.csv" >"$BATS_TEST_TMPDIR/out.json"
	check_schema 'report["from"] == "2027-03-22"' 'report["case"]["wait_minutes"]["ci95"] is None' <"$BATS_TEST_TMPDIR/out.json"
	"$BPR" simulate -q --days 1 --format json "$samples/chiba/before.csv" "$samples/chiba/after.csv" >"$BATS_TEST_TMPDIR/out.json"
	check_schema 'len(reports) == 2' <"$BATS_TEST_TMPDIR/out.json"
}

@test "comparison by simulation: figures with their intervals, or without where one run gives none" {
	for runs in 1 3; do
		"$BPR" compare -q --simulate --days 1 --replications $runs --format json "$samples"/chiba/before.csv "$samples"/chiba/after.csv >"$BATS_TEST_TMPDIR/out.json"
		check_schema 'report["schema"] == "bpr.comparison/1"' "report['simulation']['replications'] == $runs" \
			"(kpi('wait_minutes').get('ci95') is None) == ($runs == 1)" <"$BATS_TEST_TMPDIR/out.json"
	done
}

@test "check: samples and faulty flows" {
	"$BPR" check --format json "$samples/kitami/before.bpmn" >"$BATS_TEST_TMPDIR/out.json"
	check_schema 'report["schema"] == "bpr.check/1"' <"$BATS_TEST_TMPDIR/out.json"
	# J waits for F, which nothing leads to.
	table dead >/dev/null <<-'EOT'
		id,kind,next
		S,and,A;B
		A,task,J
		B,task,E
		J,and,E
		E,end,
		F,task,J
	EOT
	run -1 --separate-stderr "$BPR" check --format json "$BATS_TEST_TMPDIR/dead.csv"
	check_schema 'any(f["severity"] == "error" for f in report["findings"])' <<<"$output"
}

@test "check -v tells where values come from" {
	cd "$BATS_TEST_TMPDIR"
	printf 'id,next,work\na,b:0.3;c,5\nb,d,6\nc,d,7\nd,,\n' >f.csv
	printf 'pool,count\nP,2\n' >f.staff.csv
	"$BPR" check -v -f json --set step.c.work=9 f.csv >out.json
	check_schema <out.json
	"$python" - out.json <<-'EOT'
		import json, sys
		o = {(x["of"], x["element"], x["key"]): (x["value"], x["source"], x["line"]) for x in json.load(open(sys.argv[1]))["origins"]}
		assert o["step", "a", "work"] == ("5", "table", 2), o
		assert o["step", "c", "work"] == ("9", "set", None), o
		assert o["arc", "a -> b", "share"] == ("0.3", "table", 2), o
		assert o["arc", "a -> c", "share"] == ("0.7", "assumed", None), o
		assert o["staff", "P", "count"] == ("2", "companion", 2), o
	EOT
	run -0 "$BPR" check -f json f.csv
	[[ $output != *origins* ]]
	run -0 "$BPR" check -v f.csv
	[[ $output == *"Where the values come from"* ]]
}

@test "suggest: levers found and given, with years and without, with queues, without a demand" {
	cd "$BATS_TEST_TMPDIR"
	"$BPR" suggest -q -f json "$samples/kitami/before.csv" >out.json
	check_schema 'report["schema"] == "bpr.suggestion/1"' 'report["roadmap"] is None' 'len(report["levers"]) > 0' <out.json
	"$BPR" suggest -q -f json --years 2026-2030 --budget-per-year 200万 --lang ja "$samples/minamisoma/before.csv" >out.json
	check_schema 'len(report["roadmap"]["years"]) == 5' 'report["options"]["gain"] == "hours"' <out.json
	"$BPR" suggest -q -f json --most 4 --simulate --days 1 --replications 2 "$samples/kitami/before.csv" >out.json
	check_schema 'report["best"]["value"]["wait_change"] is not None' <out.json
	printf 'id,next,work\na,b,5\nb,,6\n' >f.csv
	printf 'lever,target,value\nspeed_up,a,-20%%\nspeed_up,z,-20%%\n' >l.csv
	"$BPR" suggest -q -f json --with l.csv f.csv >out.json
	check_schema 'report["cases_per_year"] is None' 'report["levers"][1]["alone"] is None' 'report["levers"][1]["refusal"]' <out.json
}
