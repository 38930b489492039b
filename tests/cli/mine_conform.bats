# SPDX-License-Identifier: GPL-3.0-or-later
# bpr mine --conform: a drawn flow held against the log.

setup() {
	load helper
	cd "$BATS_TEST_TMPDIR" || return 1
	samples=$abs_top_srcdir/samples
	cat >flow.csv <<-'END'
		id,kind,next,name
		s,start,A,
		A,task,B,受付
		B,task,C,審査
		C,task,e,交付
		e,end,,
	END
	{
		echo case,activity,complete
		for i in 1 2 3 4 5 6 7 8; do
			printf '%s,受付,2024-04-01 09:0%s\n%s,審査,2024-04-01 10:0%s\n%s,交付,2024-04-01 11:0%s\n' $i $i $i $i $i $i
		done
		printf '9,受付,2024-04-01 09:00\n9,交付,2024-04-01 12:00\n'
		printf '10,受付,2024-04-01 09:00\n10,確認,2024-04-01 09:30\n10,審査,2024-04-01 10:00\n10,交付,2024-04-01 12:00\n'
	} >log.csv
}

# VALUE of the member of conformance: with a filter of python.
of() {
	python3 -c 'import json, sys; c = json.load(sys.stdin)["conformance"]; print('"$1"')' <out.json
}

mine() {
	run -0 --separate-stderr "$BPR" mine --no-waits -f json -o out.json "$@"
}

@test "figures, deviations and steps, by hand" {
	mine --conform flow.csv log.csv
	[ "$(of 'c["cases"], c["fitting"], c["unmapped_events"]')" = "10 8 1" ]
	[ "$(of 'abs(c["fitness"] - (8 + (1 - 1 / 5) + (1 - 1 / 7)) / 10) < 1e-12')" = True ]
	[ "$(of 'sorted((d["move"], d.get("node"), d.get("activity"), d.get("behind"), d["count"]) for d in c["deviations"])[1]')" = "('log', None, '確認', 'A', 1)" ]
	[ "$(of '[(s["node"], s["done"], s["skipped"]) for s in c["steps"]]')" = "[('A', 10, 0), ('B', 9, 1), ('C', 10, 0)]" ]
	[[ "$stderr" == *"activity '確認' (1 events) is no step of the flow"*"[L600]"* ]]
}

@test "no simulated case of a sample that came to its end leaves the flow that it was simulated from" {
	for flow in chiba/before.csv chiba/after.csv internal/before.csv internal/after.csv kitami/before.bpmn kitami/after.bpmn \
		life-events/shibo-before.csv life-events/tennyu-before.csv minamisoma/before.csv morning/flow.csv table/flow.csv; do
		"$BPR" simulate -q --set demand.per_day=60 --cases 1000 --replications 1 --log log.csv -f csv -o sim.csv "$samples/$flow"
		"$BPR" mine -q --no-waits -f json -o out.json --conform "$samples/$flow" log.csv
		echo "$flow: $(of 'c["cases"], c["fitting"], c["bounded"]')"
		[ "$(of 'c["fitting"] >= 1000 and c["bounded"] == 0')" = True ]
	done
}

@test "--min-fitness: exit status 1 below it" {
	run -0 "$BPR" mine -q --no-waits --conform flow.csv --min-fitness 0.9 log.csv
	run -1 --separate-stderr "$BPR" mine --no-waits --conform flow.csv --min-fitness 0.99 log.csv
	[[ "$stderr" == *"fitness is 0.9657, below 0.99"*"[U182]"* ]]
	run -2 --separate-stderr "$BPR" mine --min-fitness 0.9 log.csv
	[[ "$stderr" == *"[U120]"* ]]
}

@test "--map: names that differ, one by one and from a table" {
	mine --conform flow.csv --map 確認=審査 log.csv
	[ "$(of 'c["unmapped_events"]')" = 0 ]
	printf '作業,手順\n確認,審査\n' >map.csv
	mine --conform flow.csv --map map.csv log.csv
	[ "$(of 'c["unmapped_events"]')" = 0 ]
	run -2 --separate-stderr "$BPR" mine --conform flow.csv --map 確認=無い log.csv
	[[ "$stderr" == *"[L607]"* ]]
	run -2 --separate-stderr "$BPR" mine --conform flow.csv --map 無い=審査 log.csv
	[[ "$stderr" == *"[L606]"* ]]
}

@test "the same bytes for any number of threads" {
	mine --conform flow.csv -j 1 log.csv
	mv out.json one.json
	mine --conform flow.csv -j 3 log.csv
	cmp one.json out.json
}

@test "reports for people name nothing that fewer than k cases have in common" {
	run -0 --separate-stderr "$BPR" mine -q --no-waits --conform flow.csv --lang en log.csv
	[[ "$output" == *"80% of the cases (8 of 10) follow the drawing exactly."* ]]
	[[ "$output" == *"Put together: 2 further kinds of deviations"* ]]
	[[ "$output" != *"comes in behind"* ]]
	run -0 --separate-stderr "$BPR" mine -q --no-waits --conform flow.csv --lang ja --k 1 log.csv
	[[ "$output" == *"「受付」の後に「確認」が入る"* ]]
}

@test "a flow without a run is no flow to be held against anything" {
	run -3 --separate-stderr "$BPR" mine --no-waits --conform "$samples/unsound/deadlock.csv" log.csv
	[[ "$stderr" == *"[L609]"* ]]
}

# Visits of the steps of a flow: "ID VISITS" a line.
visits() {
	"$BPR" analyze -q -f json "$1" | python3 -c 'import json, sys
for n in json.load(sys.stdin)["nodes"]: print(n["id"], n["visits"])'
}

@test "--onto: a drawn flow gets the shares that its log was simulated with, and keeps its shape" {
	"$BPR" simulate -q --cases 4000 --replications 1 --log log.csv -f csv -o sim.csv "$samples/kitami/before.bpmn"
	cp "$samples"/kitami/before.* .
	for out in out.bpmn out.csv; do
		run -0 --separate-stderr "$BPR" mine --onto before.bpmn -o "$out" log.csv
		visits before.bpmn >drawn
		visits "$out" >measured
		python3 - <<-'END'
			drawn, measured = ([l.split() for l in open(f)] for f in ("drawn", "measured"))
			assert [x[0] for x in drawn] == [x[0] for x in measured] and len(drawn) > 10
			for (name, a), (_, b) in zip(drawn, measured): assert abs(float(a) - float(b)) < 0.08 * max(1, float(a)), (name, a, b)
		END
	done
}

@test "--onto: shares are counts; ways that nobody took are told; what the log does not show stays" {
	cat >drawn.csv <<-'END'
		id,kind,next,name,work
		s,start,X,,
		X,xor,A:0.5;B:0.4;C:0.1,,
		A,task,e,a,7
		B,task,e,b,
		C,task,e,c,9
		e,end,,,
	END
	{
		echo case,activity,start,complete
		for i in 1 2 3 4 5 6 7 8; do
			[ "$i" -lt 7 ] && what=a || what=b
			printf '%s,%s,2024-04-01 09:0%s:00,2024-04-01 09:1%s:00\n' $i $what $i $i
		done
	} >log.csv
	run -0 --separate-stderr "$BPR" mine --onto drawn.csv --durations mean -o out.csv log.csv
	[[ "$stderr" == *"no case took the way from 'X' to 'c': its share is 0"*"[L620]"* ]]
	[[ "$stderr" == *"1 steps were never done in the log: they stay as they were drawn ('c')"*"[L622]"* ]]
	grep -x 'X,,xor,A:0.75;B:0.25;C:0,' out.csv
	grep -x 'A,a,task,e,10' out.csv
	grep -x 'C,c,task,e,9' out.csv
	run -2 --separate-stderr "$BPR" mine --onto drawn.csv log.csv
	[[ "$stderr" == *"[U183]"* ]]
}

@test "Japanese: steps are 工程 as everywhere else, and no number stands apart" {
	run -0 --separate-stderr "$BPR" mine --lang ja --conform "$abs_top_srcdir/samples/kitami/before.csv" "$abs_top_srcdir/samples/evidence/logs/counter-before.csv"
	[[ "$output" == *適合度は1.000です* ]]
	[[ "$stderr" == *工程がフローに4つあります* ]]
	[[ "$output$stderr" != *手順* ]]
	run -2 "$BPR" mine --lang ja
	[[ "$output" == *イベントログ* ]]
}
