#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Two event logs compared, one log split at a date, and what was promised beside what came.
load helper
load samples

setup() {
	reform="$samples/evidence/reform"
	log="$BATS_TEST_TMPDIR/log"
}

# One ticket an hour from 9 to 16, of so many days from a Monday on: made FILE DATE DAYS MINUTES…
made() {
	awk -v first="$2" -v days="$3" -v minutes="$4" 'BEGIN {
		print "case,activity,start,time"
		srand(7)
		for (d = 0; d < days; d++) for (h = 9; h < 17; h++) {
			t = first + d * 86400 + h * 3600
			m = int(minutes * (0.5 + rand()) * 60)
			for (k = 0; k < 2; k++) {
				s = t + k * 60
				printf "%d,%s,%s,%s\n", d * 100 + h, k ? "serve" : "ticket", strftime("%Y-%m-%dT%H:%M:%S", s, 1), strftime("%Y-%m-%dT%H:%M:%S", k ? s + m : s, 1)
			}
		}
	}' >"$1"
}

@test "what was promised, and what came: 10 to 6 promised, 8 came" {
	run -0 "$BPR" compare --measured "$reform/tickets-after.csv" "$reform/before.csv" "$reform/after.csv"
	[[ "$output" == *"6 min instead of 10 min was"* ]]
	[[ "$output" == *"8 min came (7.6 min to 8.4 min, 95% interval): 50% of what was"* ]]
	run -0 "$BPR" compare --lang ja --measured "$reform/tickets-after.csv" "$reform/before.csv" "$reform/after.csv"
	[[ "$output" == *"10分から6分になる"* ]]
	[[ "$output" == *"50%にとどまりました"* ]]
}

@test "what was promised, and what came: the measured before takes the place of the flow's" {
	"$BPR" compare -f json --measured "$reform/tickets-after.csv" --measured-before "$reform/tickets-before.csv" "$reform/before.csv" "$reform/after.csv" >"$log"
	need_python
	"$python" - "$log" <<-'EOT'
		import json, sys
		m = json.load(open(sys.argv[1], encoding="utf-8"))["measured"]
		row = m["forecast"][0]
		assert row["key"] == "cycle_minutes" and row["before"] == 10 and row["forecast"] == 6, row
		assert abs(row["measured"]["value"] - 8) < 0.05 and abs(row["before_measured"]["value"] - 10) < 0.05, row
		assert abs(row["reached"]["value"] - (row["measured"]["value"] - row["before_measured"]["value"]) / -4) < 1e-9
		assert all(f["key"] != "work_minutes" for f in m["forecast"]), "not every event tells its start"
		assert m["before"]["cases"] == 339 and m["after"]["cases"] == 306
	EOT
}

@test "the pages of a comparison hold what was measured" {
	"$BPR" compare --measured "$reform/tickets-after.csv" -f html "$reform/before.csv" "$reform/after.csv" >"$log"
	grep -q 'What was promised, and what came' "$log"
	! grep -q '______' "$log" || grep -q 'Measured' "$log"
}

@test "two logs: what changed, in both languages, the same bytes for any number of threads" {
	run -0 "$BPR" compare "$reform/tickets-before.csv" "$reform/tickets-after.csv"
	[[ "$output" == *"Cases take 1.7 min less: the median went from 9.1 min to 7.4 min."* ]]
	[[ "$output" == *"What is not known"* ]]
	run -0 "$BPR" compare --lang ja "$reform/tickets-before.csv" "$reform/tickets-after.csv"
	[[ "$output" == *"中央値は9.1分から7.4分"* ]]
	for format in text md json csv html xlsx; do
		"$BPR" compare -f $format -j 1 -o "$log.1" --force "$reform/tickets-before.csv" "$reform/tickets-after.csv" 2>/dev/null ||
			"$BPR" compare -f $format -j 1 -o "$log.1" "$reform/tickets-before.csv" "$reform/tickets-after.csv"
		"$BPR" compare -f $format -j 4 -o "$log.4" "$reform/tickets-before.csv" "$reform/tickets-after.csv"
		cmp <(sed 's/-j [14]//; s/log\.[14]//' "$log.1") <(sed 's/-j [14]//; s/log\.[14]//' "$log.4")
	done
}

@test "two logs that do not differ: a difference is not shown" {
	made "$log.a" 1767571200 40 20
	run -0 "$BPR" compare "$log.a" "$log.a"
	[[ "$output" == *"is not shown"* ]]
	[[ "$output" == *"would have been shown in four of five comparisons"* ]]
	run -0 "$BPR" compare --lang ja "$log.a" "$log.a"
	[[ "$output" == *"差があるとは言えません"* ]]
}

@test "two logs as JSON are valid against the schema" {
	need_python
	need_jsonschema
	made "$log.a" 1767571200 150 20
	"$BPR" compare -q -f json --change-date 2026-03-16 "$log.a" >"$log"
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'report["schema"] == "bpr.evidence/1"' 'len(report["series"]) > 0' <"$log"
	"$BPR" compare -q -f json "$reform/tickets-before.csv" "$reform/tickets-after.csv" >"$log"
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'report["strata"]["weekday"] is True' 'report["figures"][0]["verdict"] == "better"' <"$log"
	"$BPR" compare -q -f json --measured "$reform/tickets-after.csv" "$reform/before.csv" "$reform/after.csv" >"$log"
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'report["measured"]["before"] is None' <"$log"
}

@test "one log is split at the day of the change" {
	made "$log.a" 1767571200 70 30
	made "$log.b" 1773619200 70 18
	{ cat "$log.a"; tail -n +2 "$log.b" | sed 's/^/b/'; } >"$log.csv"
	run -0 "$BPR" compare --change-date 2026-03-16 "$log.csv"
	[[ "$output" == *"was the trend broken?"* ]]
	[[ "$output" == *"On the day of the change the mean went from"* ]]
	run -0 "$BPR" compare -q -r 'cycle_minutes.level.high<0' -r 'change.cycle_minutes.p50.high<-5' --change-date 2026-03-16 "$log.csv" "$log.csv"
	run -2 "$BPR" compare "$log.csv"
	[[ "$output" == *"nothing stands beside it"* ]]
	run -2 "$BPR" compare --change-date yesterday "$log.csv"
	[[ "$output" == *"is no date"* ]]
	run -3 "$BPR" compare --change-date 2020-01-01 "$log.csv"
	[[ "$output" == *"begin on the day of the change or later"* ]]
}

@test "a gate on two logs" {
	run -0 "$BPR" compare -q -r 'cycle_minutes.p50<=8' -r 'cycle_minutes.shown=1' -r 'change.cycle_minutes.high<0' "$reform/tickets-before.csv" "$reform/tickets-after.csv"
	run -1 "$BPR" compare -q -r 'cycle_minutes.p50<=7' "$reform/tickets-before.csv" "$reform/tickets-after.csv"
	[[ "$output" == *"requirement not met: cycle_minutes.p50<=7 (it is 7.4"* ]]
	run -2 "$BPR" compare -q -r 'nothing<=7' "$reform/tickets-before.csv" "$reform/tickets-after.csv"
	[[ "$output" == *"names no figure of logs"* ]]
	run -1 "$BPR" compare -q -r 'measured.cycle_minutes<=6' --measured "$reform/tickets-after.csv" "$reform/before.csv" "$reform/after.csv"
	run -0 "$BPR" compare -q -r 'measured.cycle_minutes<=8.5' --measured "$reform/tickets-after.csv" "$reform/before.csv" "$reform/after.csv"
}

@test "like is compared with like" {
	run -0 "$BPR" compare --by 業務区分 "$reform/tickets-before.csv" "$reform/tickets-after.csv"
	[[ "$output" == *"Like compared with like"* ]]
	[[ "$output" == *"業務区分"* ]]
	run -0 "$BPR" compare --unadjusted "$reform/tickets-before.csv" "$reform/tickets-after.csv"
	[[ "$output" != *"Like compared with like"* ]]
}

@test "the standard processing period, and waits in working time" {
	"$BPR" compare -q -f json --standard 1wd --open 8:30-17:15 "$reform/tickets-before.csv" "$reform/tickets-after.csv" >"$log"
	grep -q '"key": "within_standard"' "$log"
	need_python
	made "$log.a" 1767571200 20 30
	"$BPR" compare -q -f json --open 9:00-9:30 "$log.a" "$log.a" >"$log"
	"$BPR" compare -q -f json "$log.a" "$log.a" >"$log.clock"
	"$python" - "$log" "$log.clock" <<-'EOT'
		import json, sys
		mean = [next(f for f in json.load(open(p))["figures"] if f["key"] == "wait_minutes")["mean"]["after"]["value"] for p in sys.argv[1:]]
		# the minute between ticket and service, of one hour of eight
		assert abs(mean[1] - 1) < 1e-9 and 0 < mean[0] < 0.13, mean
	EOT
}

@test "a log and a flow cannot be compared, and how they can is said" {
	run -2 "$BPR" compare "$reform/tickets-before.csv" "$reform/after.csv"
	[[ "$output" == *"tickets-before.csv' is an event log"* ]]
	[[ "$output" == *"--measured"* ]]
	run -2 "$BPR" compare --measured "$reform/tickets-after.csv" "$reform/tickets-before.csv" "$reform/tickets-after.csv"
	[[ "$output" == *"--measured needs two flows"* ]]
	run -2 "$BPR" compare --simulate "$reform/tickets-before.csv" "$reform/tickets-after.csv"
	[[ "$output" == *"is about flows"* ]]
	run -2 "$BPR" compare --by x "$reform/before.csv" "$reform/after.csv"
	[[ "$output" == *"only together with '--measured'"* ]]
	run -2 "$BPR" compare "$reform/before.csv"
	[[ "$output" == *"AFTER is missing"* ]]
}

@test "which cases are over is what bpr mine says of each log" {
	need_python
	logs=$samples/evidence/logs
	"$BPR" compare -f json "$logs/counter-before.csv" "$logs/counter-after.csv" >compared.json
	"$BPR" mine -q -f json "$logs/counter-before.csv" "$logs/counter-after.csv" >mined.json
	"$python" - <<-'EOT'
		import json
		compared, mined = json.load(open("compared.json")), json.load(open("mined.json"))
		for side, log in zip(("before", "after"), mined):
		    for key in ("finished", "unfinished", "cancelled"):
		        assert compared[side][key] == log["totals"][key], (side, key, compared[side], log["totals"][key])
	EOT
}
