# SPDX-License-Identifier: GPL-3.0-or-later
# bpr mine LOG -o FLOW: what a log says, as a flow that the other commands read.
load helper
load samples

# Three kinds of cases with known shares: 60 of them skip the check, 20 are checked twice.
shares_log() {
	"$python" - >"$1" <<'END'
print("case,activity,start,complete,resource,unit")
def at(case, minute):
    day, place = divmod(case, 25)
    total = 9 * 60 + place * 15 + minute
    days = [2 + d for d in range(30) if (1 + d) % 7 not in (5, 6)]
    return "2024-09-%02dT%02d:%02d:00" % (days[day % len(days)], total // 60, total % 60)
for case in range(100):
    minute = 0
    for activity in ["受付"] + (["審査"] if 60 <= case < 80 else ["審査", "審査"] if case >= 80 else []) + ["交付"]:
        print("%d,%s,%s,%s,%s,市民課" % (case, activity, at(case, minute), at(case, minute + 4), "佐藤" if case % 2 else "鈴木"))
        minute += 4
END
}

# visits and work of a step by its name, out of the JSON of analyze
step() {
	"$python" - "$1" "$2" <<'END'
import json, sys
result = json.load(open(sys.argv[1]))
for node in result["nodes"]:
    if node["name"] == sys.argv[2]:
        print("%.6g %.6g" % (node["visits"], node.get("work_minutes") or 0))
END
}

@test "visits and durations of the measured flow are those of the log" {
	need_python
	shares_log log.csv
	run --separate-stderr "$BPR" mine --noise 0 -o flow.csv log.csv
	[ "$status" -eq 0 ]
	[ "$output" = "" ]
	[ "$stderr" = "" ]
	"$BPR" analyze -f json flow.csv >flow.json
	[ "$(step flow.json 受付)" = "1 4" ]
	[ "$(step flow.json 審査)" = "0.6 4" ]
	[ "$(step flow.json 交付)" = "1 4" ]
	run -0 "$BPR" check flow.csv
	grep -q '^市民課,1' flow.staff.csv || grep -q '^市民課,2' flow.staff.csv
	grep -q 'per_day\|1日件数' flow.demand.csv
}

@test "the same as BPMN, and the same bytes again" {
	need_python
	shares_log log.csv
	"$BPR" mine --noise 0 -o a.bpmn log.csv
	"$BPR" mine --noise 0 -o b.bpmn log.csv
	sed 's/"a"/"b"/g; s/a\.bpmn/b.bpmn/g' a.bpmn | cmp - b.bpmn
	"$BPR" analyze -f json a.bpmn >flow.json
	[ "$(step flow.json 審査)" = "0.6 4" ]
	run -0 "$BPR" check a.bpmn
}

@test "--durations, --no-pools and --no-demand leave out what they say" {
	need_python
	shares_log log.csv
	"$BPR" mine --no-pools --no-demand --durations mean -o flow.csv log.csv
	[ ! -e flow.staff.csv ]
	[ ! -e flow.demand.csv ]
	"$BPR" mine --durations emp -o emp.csv log.csv
	"$BPR" analyze -f json emp.csv >emp.json
	[ "$(step emp.json 受付)" = "1 4" ]
}

@test "-f csv is the report, not the flow" {
	need_python
	shares_log log.csv
	"$BPR" mine -f csv -o report.csv log.csv
	run -1 grep -q '受付,task' report.csv
}

@test "what cannot be asked for is said" {
	need_python
	shares_log log.csv
	run -2 "$BPR" mine -o flow.csv log.csv log.csv
	has "one log" "$output"
	run -2 "$BPR" mine --noise 1.5 -o flow.csv log.csv
	run -2 "$BPR" mine --ends nothing -o flow.csv log.csv
	run -3 "$BPR" mine -o flow.csv missing.csv
	[ ! -e flow.csv ]
}

@test "what is left out as infrequent is told" {
	need_python
	{
		echo "case,activity,time"
		for i in $(seq 1 100); do
			printf '%s,a,2024-09-02 09:00\n%s,b,2024-09-02 09:10\n%s,c,2024-09-02 09:20\n' "$i" "$i" "$i"
		done
		printf 'x,c,2024-09-02 09:00\nx,a,2024-09-02 09:10\n'
	} >log.csv
	run -0 "$BPR" mine -o flow.csv log.csv
	has "L501" "$output"
	run -0 "$BPR" mine --noise 0 -o all.csv log.csv
	case $output in *L501*) false ;; esac
	run -0 "$BPR" mine --lang ja -o flow.csv log.csv
	has "実測フロー" "$output"
}

# A flow with shares and times, simulated, its log mined: the figures come back within five standard errors.
@test "round trip: simulate, mine, analyze" {
	need_python
	cat >truth.csv <<'END'
id,name,kind,unit,work,wait,staff,next
S,,start,,,,,A
A,受付,task,市民課,exp(4),,窓口,G
G,,xor,,,,,B:0.3;C:0.7
B,補正,task,市民課,"unif(2,6)",,窓口,A
C,審査,task,審査課,"gamma(8,4)",,審査,D
D,交付,task,市民課,"lognorm(3,1)",,窓口,E
E,,end,,,,,
END
	printf 'pool,count\n窓口,3\n審査,2\n' >truth.staff.csv
	printf 'key,value\nper_day,60\nopen,8:30-17:15\n' >truth.demand.csv
	"$BPR" simulate --days 40 --replications 1 --from 2024-09-02 --log log.csv truth.csv >/dev/null 2>&1
	"$BPR" mine --noise 0 -o flow.csv log.csv
	"$BPR" analyze -f json truth.csv >truth.json
	"$BPR" analyze -f json flow.csv >flow.json
	"$python" - <<'END'
import json, math
truth = {n["name"]: n for n in json.load(open("truth.json"))["nodes"] if n["name"]}
flow = {n["name"]: n for n in json.load(open("flow.json"))["nodes"] if n["name"]}
cases = 2400
assert set(truth) == set(flow), (set(truth), set(flow))
sd = {"受付": 4, "補正": 4 / math.sqrt(12), "審査": 4, "交付": 1}
for name in truth:
    v, w = truth[name]["visits"], flow[name]["visits"]
    # rounds are geometric: variance of the visits of a case is v (v - 1) or v + v^2
    assert abs(v - w) <= 5 * math.sqrt((v + v * v) / cases), (name, v, w)
    a, b = truth[name]["work_minutes"], flow[name]["work_minutes"]
    assert abs(a - b) <= 5 * sd[name] / math.sqrt(cases * v) + 0.02 * a, (name, a, b)
END
	grep -q '^窓口\|^市民課' flow.staff.csv
	run -0 "$BPR" simulate --days 5 --replications 2 flow.csv
}

@test "public logs: municipal permits become flows that are sound" {
	need_python
	[ -n "$BPR_LOGS" ] || skip "BPR_LOGS does not name the folder of the public logs"
	for name in receipt BPIC15_1; do
		run -0 "$BPR" mine --noise 0 -o "$name.bpmn" "$BPR_LOGS/$name.xes.gz"
		"$BPR" check -f json "$name.bpmn" >check.json
		"$python" -c 'import json; s = json.load(open("check.json"))["soundness"]; assert all(s[k] for k in ("safe", "option_to_complete", "proper_completion", "no_dead_activities")), s'
	done
}

# Simulated elsewhere (QBP) from a model with known shares and times: 6000 events and more.
@test "public logs: a loan process comes back with its shares and times" {
	need_python
	[ -n "$BPR_LOGS" ] || skip "BPR_LOGS does not name the folder of the public logs"
	"$BPR" mine --noise 0 -o flow.csv "$BPR_LOGS/loan-unlimited-24-7.csv"
	"$BPR" analyze -f json "$BPR_LOGS/loan-unlimited-24-7.bpmn" >truth.json
	"$BPR" analyze -f json flow.csv >flow.json
	"$python" - "$BPR_LOGS/loan-unlimited-24-7.csv" <<'END'
import csv, json, math, sys
cases = len({row["case_id"] for row in csv.DictReader(open(sys.argv[1]))})
def tasks(name):
    return {" ".join(n["name"].split()): n for n in json.load(open(name))["nodes"] if n["kind"] == "task"}
truth, flow = tasks("truth.json"), tasks("flow.json")
assert set(truth) == set(flow), set(truth) ^ set(flow)
for name in truth:
    v, w = truth[name]["visits"], flow[name]["visits"]
    assert abs(v - w) <= 5 * math.sqrt((v + v * v) / cases), (name, v, w)
    a, b = truth[name].get("work_minutes") or 0, flow[name].get("work_minutes") or 0
    assert abs(a - b) <= 0.15 * a, (name, a, b)
END
}

@test "one person whose name is numbered is of a kind; a way always taken has share 1" {
	{
		echo case,activity,start,time,resource
		for i in 1 2 3 4 5 6 7 8 9; do
			printf '%d,A,2026-04-0%d 09:00,2026-04-0%d 09:10,Clerk-00000%d\n' $i $i $i $((i % 3 + 1))
			printf '%d,B,2026-04-0%d 09:10,2026-04-0%d 09:30,Appraiser-000001\n' $i $i $i
			if [ $((i % 3)) = 0 ]; then
				printf '%d,C,2026-04-0%d 09:12,2026-04-0%d 09:20,Clerk-000002\n' $i $i $i
			fi
		done
	} >people.csv
	"$BPR" mine -q -o kinds.csv people.csv
	grep -qx 'Appraiser,1' kinds.staff.csv
	grep -q '^Clerk,' kinds.staff.csv
	cat >drawn.csv <<'END'
id,name,kind,work,next
s,,start,,a
a,A,task,5,o
o,,or,,b:0.9;c:0.5
b,B,task,5,j
c,C,task,5,j
j,,or,,e
e,,end,,
END
	"$BPR" mine -q --onto drawn.csv -o onto.csv people.csv
	grep -q '^o,.*b:1;c:0.333' onto.csv
}
