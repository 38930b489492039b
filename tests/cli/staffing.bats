# SPDX-License-Identifier: GPL-3.0-or-later
# What would help: one more person, a faster step, the fewest staff for a promise.
load helper

# One counter; $2 people, $3 cases a day.
office() {
	cat >"$1.csv" <<END
id,name,kind,unit,counter,work,staff,next
S,,start,,,,,A
A,受付,task,市民課,1番,exp(8),窓口職員,B
B,審査,task,市民課,,2,,E
E,,end,,,,,
END
	printf 'pool,count\n窓口職員,%s\n' "$2" >"$1.staff.csv"
	printf 'key,value\nper_day,%s\nopen,8:30-17:15\n' "$3" >"$1.demand.csv"
}

valid() {
	/usr/bin/python3 -c 'import jsonschema' 2>/dev/null || skip 'python3-jsonschema is not installed'
	/usr/bin/python3 -c 'import json, jsonschema, sys
jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' "$1" "$abs_top_srcdir/lib/schema/simulation-1.schema.json"
}

@test "one more person: a sentence, its interval, ranked; JSON and CSV have the same" {
	office a 2 100
	run -0 "$BPR" simulate -q -f md --sticking a.csv
	has 'Where it sticks, and what it would take' "$output"
	has "One more person at '窓口職員' between" "$output"
	has 'would cut the wait of a case from' "$output"
	has '95% interval:' "$output"
	has 'What each step brings that gets one tenth faster' "$output"
	run -0 "$BPR" simulate -q -f md --lang ja --sticking a.csv
	has '「窓口職員」を' "$output"
	has '1人増やすと、1件の待ちは' "$output"
	"$BPR" simulate -q -f json --sticking a.csv >s.json
	valid s.json
	"$BPR" simulate -q -f csv --sticking a.csv >s.csv
	/usr/bin/python3 - <<'END'
import csv, json
d = json.load(open("s.json"))
s = d["sticking"]
assert 2 <= len(s) <= 8 and s[0]["shown"] and s[0]["change"] < 0
assert [x["rank"] for x in s] == list(range(1, len(s) + 1))
for x in s:
    low, high = x["ci95"]
    assert low <= x["change"] <= high and abs(x["wait_after"] - x["wait_before"] - x["change"]) < 1e-9
    assert abs(x["wait_before"] - d["case"]["wait_minutes"]["mean"]) < 1e-9
shown = [x["change"] for x in s if x["shown"]]
assert shown == sorted(shown)
f = d["sensitivity"]
assert f[0]["node"] == "A" and f[0]["change"] < -0.8 and f[0]["shown"]
b = [x for x in f if x["node"] == "B"][0]  # nobody waits for B: a tenth of two minutes, and nothing else
assert abs(b["change"] + 0.2) < 0.02, b
rows = [r for r in csv.reader(open("s.csv", encoding="utf-8")) if r[2] == "sticking" and r[5] == "change"]
assert len(rows) == len(s) and abs(float(rows[0][6]) - s[0]["change"]) < 1e-9
END
}

@test "a promise that can be kept: hours, people, rows that keep it when they are put into the staff table" {
	office a 2 100
	run -0 "$BPR" simulate -q -f md --block 2h --target 'wait<=10min@90%' a.csv
	has 'So that 90% of cases wait 10 min at most' "$output"
	has 'Who is needed when' "$output"
	run -0 "$BPR" simulate -q -f md --lang ja --block 2h --target 'wait<=10min@90%' a.csv
	has '約束を守るための最少人員' "$output"
	"$BPR" simulate -q -f json --block 2h --target 'wait<=10min@90%' a.csv >s.json
	valid s.json
	/usr/bin/python3 - <<'END'
import csv, json
s = json.load(open("s.json"))["staffing"]
t = s["targets"][0]
assert s["reached"] and t["low"] >= 0.9 and t["low"] <= t["share"] <= t["best"] <= 1 and t["now"] < 0.9
minutes = lambda x: int(x.split(":")[0]) * 60 + int(x.split(":")[1])
hours = sum((minutes(b["to"]) - minutes(b["from"])) / 60 * b["people"] for b in s["blocks"])
assert abs(hours - s["hours"]) < 1e-9 and s["hours"] > s["hours_now"] == 2 * 8.75 * 5
with open("b.staff.csv", "w", encoding="utf-8") as out:
    w = csv.writer(out)
    w.writerow(["pool", "shift", "count", "hours"])
    for i, r in enumerate(s["rows"]):
        w.writerow([r["pool"], i + 1, r["count"], r["hours"]])
END
	cp a.csv b.csv
	cp a.demand.csv b.demand.csv
	"$BPR" simulate -q -f json --seed 99 --replications 100 b.csv >b.json
	/usr/bin/python3 - <<'END'
import json
assert json.load(open("b.json"))["case"]["wait_minutes"]["p90"] <= 10.5
END
}

@test "a promise that cannot be kept: exit status 1, and why" {
	office a 2 60
	run -1 --separate-stderr "$BPR" simulate -f md --target 'cycle<=1min@90%' a.csv
	has '[E004]' "$stderr"
	has 'cannot be reached by more staff' "$stderr"
	has 'was not reached' "$output"
	run -1 --separate-stderr "$BPR" simulate -f md --lang ja --target 'cycle<=1min@90%' a.csv
	has '職員を増やしても達成できません' "$stderr"
	office a 1 100
	run -1 --separate-stderr "$BPR" simulate --max-people 1 --target 'wait<=1min@95%' a.csv
	has '[E006]' "$stderr"
}

@test "slips in a target are wrong usage" {
	office a 2 60
	run -2 --separate-stderr "$BPR" simulate --target 'wait<15@90%' a.csv
	has '[E001]' "$stderr"
	has "wait<=15min@90%" "$stderr"
	run -2 --separate-stderr "$BPR" simulate --target 'wait@係長<=15min@90%' a.csv
	has '[E002]' "$stderr"
	has '窓口職員' "$stderr"
	run -2 --separate-stderr "$BPR" simulate --block 1min --target 'wait<=15min@90%' a.csv
	has '[U162]' "$stderr"
	run -2 --separate-stderr "$BPR" simulate --block 1h a.csv
	has '[U120]' "$stderr"
	printf 'pool,count\n窓口職員,\n' >a.staff.csv
	run -3 --separate-stderr "$BPR" simulate --target 'wait<=15min@90%' a.csv
	has '[E003]' "$stderr"
}

@test "threads change no byte of a search" {
	office a 2 80
	"$BPR" simulate -q -f json -j 1 --block 3h --sticking --target 'wait<=10min@90%' a.csv >1.json
	"$BPR" simulate -q -f json -j 3 --block 3h --sticking --target 'wait<=10min@90%' a.csv >3.json
	cmp 1.json 3.json
}

@test "a search that may not go on says that fewer hours may do" {
	office a 2 100
	run -0 --separate-stderr "$BPR" simulate --lang en --replications 4 --max-runs 3 --target 'wait<=60min@50%' a.csv
	has 'there may be a staffing with fewer hours [E005]' "$stderr"
	run -0 --separate-stderr "$BPR" simulate --lang en --replications 4 --block 8h --target 'wait<=60min@50%' a.csv
	has_not 'E005' "$stderr"
}
