# SPDX-License-Identifier: GPL-3.0-or-later
# Before and after simulated in pairs: what is shown, what is not, and in which words.
load helper

# One counter, 2 people; $2 minutes of work on the average.
office() {
	cat >"$1.csv" <<END
id,name,kind,unit,counter,work,staff,next
S,,start,,,,,A
A,受付,task,市民課,1番,exp($2),窓口職員,E
E,,end,,,,,
END
	printf 'pool,count\n窓口職員,2\n' >"$1.staff.csv"
	printf 'key,value\nper_day,60\nopen,8:30-17:15\n' >"$1.demand.csv"
}

kpi() {
	/usr/bin/python3 -c 'import json, sys
k = {k["key"]: k for k in json.load(open(sys.argv[1]))["kpis"]}[sys.argv[2]]
print(*[k.get(x) for x in sys.argv[3:]])' "$@"
}

@test "a difference that is shown has its interval, text and JSON say the same" {
	office a 12
	office b 8
	run -0 --separate-stderr "$BPR" compare --simulate a.csv b.csv
	has 'Simulated, a case waits' "$output"
	has 'less (95% interval)' "$output"
	has 'With queues, simulated: before and after' "$output"
	has_not 'Waiting in queues, which depends on staffing' "$output"
	has_not 'All figures shown are computed exactly' "$output"
	has 'pairs of runs' "$output"
	"$BPR" compare --simulate -f json a.csv b.csv >c.json
	/usr/bin/python3 - <<'END'
import json
d = json.load(open("c.json"))
k = {k["key"]: k for k in d["kpis"]}
for key in "wait_minutes", "cycle_minutes":
    w = k[key]
    low, high = w["ci95"]
    assert low < w["change"] < high < 0 and w["shown"] and w["better"] is True and w["method"] == "simulated", w
    assert abs(w["after"] - w["before"] - w["change"]) < 1e-9 and w["p_value"] < 0.01, w
    assert w["correlation"] > (0.5 if key == "wait_minutes" else 0), w
assert k["work_minutes"]["method"] == "exact"
assert d["simulation"]["replications"] == 30 and d["simulation"]["before"]["cases"] > 1000
END
}

@test "where nothing differs it says so in those words, in both languages" {
	office a 8
	cp a.csv b.csv; cp a.staff.csv b.staff.csv; cp a.demand.csv b.demand.csv
	run -0 "$BPR" compare --simulate -f md a.csv b.csv
	has 'no difference shown' "$output"
	has 'exactly 0' "$output"
	run -0 "$BPR" compare --simulate -f md --lang ja a.csv b.csv
	has '差は示されなかった' "$output"
	"$BPR" compare --simulate -f json a.csv b.csv >c.json
	[ "$(kpi c.json wait_minutes change ci95 shown better)" = "0 [0, 0] False None" ]
}

@test "a difference within the luck of the runs is not shown" {
	office a 8
	office b 8
	sed -i 's/exp(8)/"gamma(8,8.05)"/' b.csv
	run -0 "$BPR" compare --simulate -f md --replications 3 --days 1 a.csv b.csv
	has 'no difference shown' "$output"
	run -0 "$BPR" compare --simulate -f md --replications 1 a.csv b.csv
	has 'one run shows nothing' "$output"
}

@test "threads change no byte, seeds do" {
	office a 9
	office b 8
	"$BPR" compare --simulate -f json -j 1 a.csv b.csv >1.json
	"$BPR" compare --simulate -f json -j 3 a.csv b.csv >3.json
	cmp 1.json 3.json
	"$BPR" compare --simulate -f json --seed 2 a.csv b.csv >s.json
	none cmp -s 1.json s.json
}

@test "requirements may be about simulated figures" {
	office a 12
	office b 8
	run -0 "$BPR" compare -q --simulate -r 'change.wait_minutes<0' -r 'before.cycle_minutes>12' -r 'change_pct.wait_minutes<=-30' a.csv b.csv
	run -1 --separate-stderr "$BPR" compare -q --simulate -r 'change.wait_minutes<=-500' a.csv b.csv
	has 'change.wait_minutes<=-500' "$stderr"
	run -2 --separate-stderr "$BPR" compare -q -r 'change.wait_minutes<=-5' a.csv b.csv
	has '[E009]' "$stderr"
	has 'give --simulate too' "$stderr"
	run -2 --separate-stderr "$BPR" compare -q --simulate -r 'wait_minute<=5' a.csv b.csv
	has "did you mean 'wait_minutes'" "$stderr"
}

@test "options of a simulation need --simulate" {
	office a 12
	for o in --days=3 --cases=9 --replications=2 --precision=5% --warmup=0 --closing=interrupt --from=2027-03-22; do
		run -2 --separate-stderr "$BPR" compare $o a.csv a.csv
		has '[U120]' "$stderr"
	done
	run -2 --separate-stderr "$BPR" compare --simulate --days 3 --cases 9 a.csv a.csv
	has '[U160]' "$stderr"
}

@test "demand of one side is taken for both, and said; without any there is nothing to simulate" {
	office a 12
	office b 8
	rm b.demand.csv
	run -0 --separate-stderr "$BPR" compare --simulate a.csv b.csv
	has 'only the before says how many cases come' "$stderr"
	has '[E007]' "$stderr"
	run -0 --separate-stderr "$BPR" compare --simulate --lang ja a.csv b.csv
	has '件数が書かれているのは改善前だけです' "$stderr"
	rm a.demand.csv
	run -3 "$BPR" compare --simulate a.csv b.csv
	office b 8
	office a 12
	sed -i 's/60/50/' b.demand.csv
	run -0 --separate-stderr "$BPR" compare --simulate a.csv b.csv
	has '[E008]' "$stderr"
}

@test "what common random numbers brought is told in full; Kitami's pairs are narrower than single runs" {
	k=$abs_top_srcdir/samples/kitami
	run -0 "$BPR" compare -q --simulate --full "$k/before.csv" "$k/after.csv"
	has 'What common random numbers brought' "$output"
	has 'times as many runs would be needed' "$output"
	"$BPR" compare -q --simulate -f json "$k/before.csv" "$k/after.csv" >c.json
	"$BPR" simulate -q -f json "$k/before.csv" >b.json
	"$BPR" simulate -q -f json "$k/after.csv" >a.json
	/usr/bin/python3 - <<'END'
import json, math
c = {k["key"]: k for k in json.load(open("c.json"))["kpis"]}
b, a = (json.load(open(n))["case"] for n in ("b.json", "a.json"))
half = lambda x: (x[1] - x[0]) / 2
for key in "wait_minutes", "cycle_minutes":
    assert abs(c[key]["before"] - b[key]["mean"]) < 1e-9 and abs(c[key]["after"] - a[key]["mean"]) < 1e-9
    alone = math.hypot(half(b[key]["ci95"]), half(a[key]["ci95"]))
    print(f"# {key}: {half(c[key]['ci95']):.4f} in pairs, {alone:.4f} without")
    assert half(c[key]["ci95"]) < alone
END
}

@test "the CSV has the ends of the interval as rows of as many columns" {
	office a 12
	office b 8
	"$BPR" compare -q --simulate -f csv a.csv b.csv >c.csv
	/usr/bin/python3 - <<'END'
import csv
rows = list(csv.reader(open("c.csv", encoding="utf-8")))
assert len({len(r) for r in rows}) == 1
w = {r[5]: r for r in rows if r[3] == "wait_minutes"}
assert float(w["ci95_low"][8]) < float(w["mean"][8]) < float(w["ci95_high"][8]) < 0
assert w["mean"][11] == "better" and w["mean"][12] == "simulated"
END
}

@test "a change of some seconds is said in seconds, as its interval is" {
	k=$abs_top_srcdir/samples/kitami
	"$BPR" compare --simulate -q --lang ja --replications 5 "$k/before.csv" "$k/after.csv" >seconds.txt
	grep -q '^順番待ち  *[0-9.]*秒  *[0-9.]*秒  *+[0-9.]*秒  *[0-9.]*秒～[0-9.]*秒の増' seconds.txt
}
