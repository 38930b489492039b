#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The samples keep what their READMEs promise.
load helper
load samples

# commands FILE: the lines of its ```sh blocks that call bpr.
commands() {
	awk '/^```sh$/ { on = 1; next } /^```/ { on = 0 } on && /^bpr / { print }' "$1"
}

run_commands() {
	mkdir -p "$BATS_TEST_TMPDIR/bin" && ln -sf "$BPR" "$BATS_TEST_TMPDIR/bin/bpr"
	# In a folder of its own: what a command writes does not end up among the sources.
	ln -sfn "$abs_top_srcdir/samples" "$BATS_TEST_TMPDIR/samples"
	cd "$BATS_TEST_TMPDIR" || return 1
	local count=0 line
	while read -r line; do
		count=$((count + 1))
		echo "\$ $line"
		PATH=$BATS_TEST_TMPDIR/bin:$PATH bash -c "$line" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || [ $? -eq "${2-0}" ]
		case $line in *' -o '*) [ -s "${line##* -o }" ] ;; *) [ -s "$BATS_TEST_TMPDIR/out" ] ;; esac
		# What --watch shows goes to standard error; anything else there is a complaint.
		if [[ $line == *' --watch'* ]]; then
			[ -s "$BATS_TEST_TMPDIR/err" ]
		elif [ -s "$BATS_TEST_TMPDIR/err" ]; then
			cat "$BATS_TEST_TMPDIR/err"
			return 1
		fi
	done < <(commands "$1")
	[ "$count" -gt 0 ]
}

@test "commands of samples/README.md" { run_commands "$samples/README.md"; }
@test "commands of samples/kitami" { run_commands "$samples/kitami/README.md"; }
@test "commands of samples/minamisoma" { run_commands "$samples/minamisoma/README.md"; }
@test "commands of samples/chiba" { run_commands "$samples/chiba/README.md"; }
@test "commands of samples/life-events" { run_commands "$samples/life-events/README.md"; }
@test "commands of samples/internal" { run_commands "$samples/internal/README.md"; }
@test "commands of samples/share" { run_commands "$samples/share/README.md"; }
@test "commands of samples/morning" { run_commands "$samples/morning/README.md"; }
@test "commands of samples/peak" { run_commands "$samples/peak/README.md"; }
@test "commands of samples/drill" { run_commands "$samples/drill/README.md"; }
@test "commands of samples/evidence" { run_commands "$samples/evidence/README.md"; }
@test "commands of samples/smells" { run_commands "$samples/smells/README.md"; }
@test "commands of samples/table" { run_commands "$samples/table/README.md"; }
@test "commands of samples/unsound" { run_commands "$samples/unsound/README.md" 1; }

@test "every folder of samples has a README and stands in the overview" {
	for dir in "$samples"/*/; do
		name=$(basename "$dir")
		[ -s "$dir/README.md" ]
		grep -q "($name/README.md)" "$samples/README.md"
	done
}

@test "samples are sound: check finds no error and no warning" {
	need_python
	for f in "$samples"/*/*.bpmn "$samples"/*/*.csv; do
		is_flow "$f" || continue
		case $f in
		*/smells/* | */unsound/*) continue ;;
		esac
		"$BPR" check --format json "$f" >"$BATS_TEST_TMPDIR/check.json"
		"$python" "$abs_top_srcdir/tests/lib/json_check.py" 'all(f["severity"] == "info" for f in report["findings"])' <"$BATS_TEST_TMPDIR/check.json"
	done
}

# Cases go through t1 and t2 1/0.8 times; 6 cases on 243 days are 1,458 a year.
@test "smells: what is wrong on purpose is found, with its figures" {
	json_of check --format json --lang en "$samples/smells/flow.csv" -- \
		'sorted(set(f["code"] for f in report["findings"])) == ["A019"] + ["P%03d" % n for n in (2, 5, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 22, 23, 24, 26, 27, 28, 52, 56)]' \
		'[f["where"] for f in report["findings"] if f["severity"] != "info"] == ["書記"]' \
		'[f["message"] for f in report["findings"] if f["code"] == "P016"] == ["\u0027不備があるか\u0027 leads back to \u0027移設の届出書と位置図を書く\u0027, and nothing limits how often: 0.25 rounds a case, 364 a year"]' \
		'[f["message"] for f in report["findings"] if f["code"] == "P008"] == ["the citizen is sent back to the counter \u0027みどり係窓口\u0027 at \u0027納付書を確認し本人確認をする\u0027: 2 extra visits a case, 2,916 a year"]'
}

# The improved flows say less than those before.
@test "samples: every after has fewer points to make easier than its before" {
	need_python
	for before in "$samples"/*/*before.csv; do
		after=${before%before.csv}after.csv
		[ -f "$after" ] || continue
		for f in "$before" "$after"; do "$BPR" check --format json "$f" >"$BATS_TEST_TMPDIR/$(basename "$f").json"; done
		"$python" -c 'import json, sys
n = [sum(f["code"][0] == "P" and f["code"] < "P05" for f in json.load(open(p))["findings"]) for p in sys.argv[1:]]
sys.exit(0 if n[1] < n[0] else "%s: %s" % (sys.argv[1], n))' "$BATS_TEST_TMPDIR/$(basename "$before").json" "$BATS_TEST_TMPDIR/$(basename "$after").json"
	done
}


@test "samples are sound: the token game says so of every one but those that are not" {
	need_python
	sound='all(s[p] is True for s in [report["soundness"]] for p in ("safe", "option_to_complete", "proper_completion", "no_dead_activities"))'
	for f in "$samples"/*/*.bpmn "$samples"/*/*.csv; do
		is_flow "$f" || continue
		case $f in
		*/unsound/*) continue ;;
		esac
		"$BPR" check --format json "$f" >"$BATS_TEST_TMPDIR/check.json" || [ $? -eq 1 ]
		"$python" "$abs_top_srcdir/tests/lib/json_check.py" "$sound" 'report["soundness"]["faults"] == []' <"$BATS_TEST_TMPDIR/check.json"
	done
}

@test "unsound: each fault with its element and the shortest way into it" {
	need_python
	check() {
		"$BPR" check --format json "$samples/unsound/$1" >"$BATS_TEST_TMPDIR/check.json" || [ $? -eq 1 ]
		shift
		"$python" "$abs_top_srcdir/tests/lib/json_check.py" "$@" <"$BATS_TEST_TMPDIR/check.json"
	}
	check deadlock.csv '[*report["soundness"].values()][:4] == [True, False, True, False]' \
		'report["soundness"]["witness"] == ["S", "K", "X", "A"]' \
		'report["soundness"]["faults"][0] == {"property": "option_to_complete", "node": "J", "witness": ["S", "K", "X", "A"]}' \
		'[f["code"] for f in report["findings"] if f["severity"] == "error"] == ["S002"]'
	check unsafe.csv '[*report["soundness"].values()][:4] == [False, True, False, True]' \
		'report["soundness"]["witness"] == ["S", "P", "A", "J", "B", "J"]' \
		'{f["code"] for f in report["findings"] if f["severity"] != "info"} == {"S001", "S004"}'
	check dead.csv 'report["soundness"]["option_to_complete"] is True and report["soundness"]["no_dead_activities"] is False' \
		'report["soundness"]["witness"] == []' '[f["node"] for f in report["soundness"]["faults"]] == ["N", "O"]' \
		'[f["code"] for f in report["findings"] if f["severity"] == "error"] == ["A001", "A001"]'
	check messages.bpmn 'reports[0]["collaboration"]["option_to_complete"] is False' \
		'reports[0]["collaboration"]["witness"] == ["s1", "ask", "asked", "known", "e3"]' \
		'all(r["soundness"]["option_to_complete"] is True for r in reports)' \
		'[f["code"] for r in reports for f in r["findings"] if f["severity"] == "error"] == ["S006"]'
	run -1 "$BPR" check "$samples/unsound/messages.bpmn"
	has 'The processes together are not sound' "$output"
	has_not 'Nothing was found.' "$output"
}

@test "check --max-states: what is not decided is null, and said" {
	need_python
	{
		echo 'id,name,kind,next'
		echo 'S,s,start,P'
		printf 'P,p,and,%s\n' "$(seq -s ';' -f 'A%g' 12)"
		for i in $(seq 12); do
			printf 'A%s,a%s,task,%s\n' "$i" "$i" "$([ "$i" -lt 12 ] && echo "J;K" || echo J)"
		done
		echo 'J,j,and,E'
		echo 'K,k,and,F'
		echo 'E,e,end,'
		echo 'F,f,end,'
	} >"$BATS_TEST_TMPDIR/wide.csv"
	"$BPR" check --max-states 100 --format json "$BATS_TEST_TMPDIR/wide.csv" >"$BATS_TEST_TMPDIR/check.json" || [ $? -eq 1 ]
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" 'report["soundness"]["option_to_complete"] is None and report["soundness"]["states"] == 100' \
		'"S007" in [f["code"] for f in report["findings"]]' <"$BATS_TEST_TMPDIR/check.json"
	# What is undecided is said beside a fault too.
	sed 's/^P,p,and,/&T;U;/; $a T,t,task,F\nU,u,task,F' "$BATS_TEST_TMPDIR/wide.csv" >"$BATS_TEST_TMPDIR/fault.csv"
	"$BPR" check --max-states 1500 --format json "$BATS_TEST_TMPDIR/fault.csv" >"$BATS_TEST_TMPDIR/check.json" || [ $? -eq 1 ]
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" 'report["soundness"]["proper_completion"] is False' \
		'report["soundness"]["option_to_complete"] is None' '{"S004", "S007"} <= {f["code"] for f in report["findings"]}' \
		<"$BATS_TEST_TMPDIR/check.json"
	"$BPR" check --format json "$BATS_TEST_TMPDIR/wide.csv" >"$BATS_TEST_TMPDIR/check.json" || [ $? -eq 1 ]
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" 'report["soundness"]["option_to_complete"] is True' <"$BATS_TEST_TMPDIR/check.json"
}

@test "kitami: the BPMN and the table of a flow give the same figures" {
	need_python
	for side in before after; do
		"$BPR" analyze --format json "$samples/kitami/$side.bpmn" "$samples/kitami/$side.csv" >"$BATS_TEST_TMPDIR/both.json"
		"$python" "$abs_top_srcdir/tests/lib/json_check.py" 'len(reports) == 2' \
			'reports[0]["case"] == reports[1]["case"]' \
			'reports[0]["nodes"] == reports[1]["nodes"]' \
			'reports[0]["arcs"] == reports[1]["arcs"]' \
			'sorted((c["name"], c["visits"], c["reach"]) for c in reports[0]["counters"]) == sorted((c["name"], c["visits"], c["reach"]) for c in reports[1]["counters"])' \
			'reports[0]["forms"] == reports[1]["forms"]' \
			'reports[0]["fields"] == reports[1]["fields"]' \
			'reports[0]["groups"] == reports[1]["groups"]' \
			'reports[0]["units"] == reports[1]["units"]' \
			'reports[0]["handoffs"] == reports[1]["handoffs"]' \
			'reports[0]["pools"] == reports[1]["pools"]' <"$BATS_TEST_TMPDIR/both.json"
	done
}

# Each rework loop of 15 % multiplies its steps by 1/0.85; certificates are wanted with 1, 0.6, 0.3 and 0.5.
@test "kitami: figures of before by hand" {
	json_of analyze --format json "$samples/kitami/before.bpmn" -- \
		'near(node("J1")["visits"], 1 / 0.85)' 'near(node("K1")["visits"], 0.3 / 0.85)' 'near(node("Z5")["visits"], 0.5)' \
		'near(mean("forms_written"), 2.4 / 0.85)' 'near(mean("distinct_counters"), 1 + 0.6 + 0.3 + 0.5 + 0.5)' \
		'near(mean("counter_visits"), 1 + 0.6 + 0.3 + 3 * 0.5)' 'near(mean("trips"), 1)' 'near(mean("building_moves"), 0)' \
		'near(mean("fields_written"), (9 + 0.6 * 8 + 0.3 * 9 + 0.5 * 8) / 0.85)' \
		'near(mean("id_checks"), 2.4 / 0.85)' 'near(mean("copies"), 3 + 0.6 * 2 + 0.3 * 4 + 0.5 * 3)' \
		'near(mean("seals"), 2.4 + 1.4 / 0.85)'
}

@test "kitami: after is one place, one sheet, one time" {
	json_of analyze --format json "$samples/kitami/after.bpmn" -- \
		'mean("counter_visits") == 1' 'mean("distinct_counters") == 1' 'near(mean("forms_written"), 1 / 0.97)' \
		'near(mean("fields_written"), 1 / 0.97)' 'mean("seals") == 0' 'mean("copies") == 0'
}

# 福島テレビ 2024-03-27: 3 stops in 2 sections and 2 buildings, name 26, address 17, birth date 13, 82 minutes.
@test "minamisoma: before has the published figures exactly" {
	json_of analyze --format json "$samples/minamisoma/before.csv" -- \
		'mean("counter_visits") == 3' 'mean("distinct_counters") == 2' 'mean("building_moves") == 2' 'mean("trips") == 1' \
		'group("氏名") == 26' 'group("住所") == 17' 'group("生年月日") == 13' 'mean("fields_written") == 56' 'mean("lead_minutes") == 82' \
		'report["case"]["lead_minutes"]["sd"] == 0' 'len([u for u in report["units"]]) == 2'
}

@test "minamisoma: after is one visit and one signature" {
	json_of analyze --format json "$samples/minamisoma/after.csv" -- \
		'mean("counter_visits") == 1' 'mean("fields_written") == 1' 'group("署名") == 1' 'mean("forms_written") == 1' 'mean("seals") == 0'
}

# 千葉日報 2025-11-13: 35 entries to 6; 1 - 6/35 is 82.9 %.
@test "chiba: 35 entries become 6" {
	json_of compare --format json "$samples/chiba/before.csv" "$samples/chiba/after.csv" -- \
		'kpi("fields_written")["before"] == 35' 'kpi("fields_written")["after"] == 6' \
		'round(kpi("fields_written")["change_pct"], 1) == -82.9'
}

# 田辺市: 12 counters, about 180 minutes.
@test "life-events: moving in passes 12 counters in 180 minutes" {
	json_of analyze --format json "$samples/life-events/tennyu-before.csv" -- \
		'mean("distinct_counters") == 12' 'mean("lead_minutes") == 180'
}

# 中日新聞 2020-07-07 (小松市): 3 stops, 2 sections, 60 minutes to 1 stop, 30 minutes.
@test "life-events: birth falls from three stops and 60 minutes to one and 30" {
	json_of compare --format json "$samples/life-events/shussei-before.csv" "$samples/life-events/shussei-after.csv" -- \
		'kpi("counter_visits")["before"] == 3' 'kpi("distinct_counters")["before"] == 2' 'kpi("lead_minutes")["before"] == 60' \
		'kpi("counter_visits")["after"] == 1' 'kpi("lead_minutes")["after"] == 30'
}

# 別府市: mean 5 to 6 sections and about 15 documents, at most 13 sections; after, one desk and about 60 minutes.
@test "life-events: bereavement has mean 5 to 6 sections, maximum 13, and the distribution between" {
	json_of analyze --format json --distribution distinct_counters "$samples/life-events/shibo-before.csv" -- \
		'near(mean("distinct_counters"), 5.5)' 'near(mean("forms_written"), 15)' \
		'report["distributions"][0]["key"] == "distinct_counters"' 'report["distributions"][0]["maximum"] == 13' 'report["distributions"][0]["minimum"] == 1' \
		'near(sum(p for _, p in report["distributions"][0]["prob"]), 1, 1e-9)' \
		'near(report["distributions"][0]["prob"][0][1], 0.05 * 0.3 * 0.4 * 0.5 * 0.6**2 * 0.75 * 0.9**2 * 0.85**2 * 0.8)' \
		'near(report["distributions"][0]["prob"][-1][1], 0.95 * 0.7 * 0.6 * 0.5 * 0.4**2 * 0.25 * 0.1**2 * 0.15**2 * 0.2, 1e-9)' \
		'near(report["case"]["distinct_counters"]["sd"]**2, sum(p * (k - 5.5)**2 for k, p in report["distributions"][0]["prob"]), 1e-9)'
}

@test "life-events: bereavement after needs one desk and 60 minutes" {
	json_of analyze --format json "$samples/life-events/shibo-after.csv" -- \
		'mean("distinct_counters") == 1' 'mean("counter_visits") == 1' 'mean("lead_minutes") == 60' 'mean("forms_written") == 1'
}

@test "life-events: every after is better for the citizen and leaves less behind" {
	for event in tennyu tenkyo tenshutsu konin shussei rikon shibo; do
		"$BPR" compare --require 'change.counter_visits<0' --require 'change.fields_written<0' --require 'change.citizen_minutes<0' \
			--require 'change.incomplete<=0.01' "$samples/life-events/$event-before.csv" "$samples/life-events/$event-after.csv" >/dev/null
	done
}

@test "internal: no citizen, six seals become none" {
	json_of compare --format json "$samples/internal/before.csv" "$samples/internal/after.csv" -- \
		'kpi("counter_visits")["before"] == 0' 'kpi("trips")["before"] == 0' 'kpi("citizen_minutes")["before"] == 0' \
		'near(kpi("seals")["before"], 4 + 2 / 0.9)' 'kpi("seals")["after"] == 0' 'kpi("lead_minutes")["after"] < kpi("lead_minutes")["before"] / 2'
}

# Rework of 10 %: the writing is done 1/0.9 times, the waits are 5 to 10 minutes.
@test "table: CP932 with titles, full-width digits and repeat marks" {
	json_of analyze --format json "$samples/table/flow.csv" -- \
		'near(node("１")["visits"], 1 / 0.9)' 'node("５")["name"] == "交付・手数料"' 'node("２")["unit"] == "市民課"' \
		'near(mean("lead_minutes"), (3 + 2 + 7.5) / 0.9 + 4.5 + 2)' 'near(group("氏名"), 2 / 0.9)' 'report["warnings"] == []'
}
