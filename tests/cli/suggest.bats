#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr suggest: what it finds, chooses and plans, against figures worked out by hand.
load helper
load samples

# 1000 cases a year; staff at 3000 yen an hour do 12 + 6 + 3 minutes: 200, 100 and 50 hours, 600,000, 300,000 and 150,000 yen.
setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	cat >f.csv <<'END'
id,name,kind,unit,staff,work,next
s,,start,,,,a
a,転記,task,市民課,P,12,b
b,確認,task,市民課,P,6,c
c,保管,task,総務課,P,3,e
e,,end,,,,
END
	echo 'pool,count,yen_per_hour
P,2,3000' >f.staff.csv
	echo 'key,value
per_year,1000' >f.demand.csv
	cat >l.csv <<'END'
id,name,lever,target,value,cost,yearly_cost,effort_days,ease,needs,excludes,year
L1,転記をやめる,speed_up,a,0,1000000,100000,10,3,,,
L2,確認を省く,speed_up,b,0,0,0,5,4,L1,,
L3,保管を省く,speed_up,c,0,200000,0,20,2,,,2028
L4,知らない工程,speed_up,zz,0,0,0,1,5,,,
END
}

# EXPRESSION of the JSON report `r`, which must be true.
json() {
	need_python
	"$python" -c 'import json, sys
r = json.load(open("r.json", encoding="utf-8"))
lever = {x["id"]: x for x in r["levers"]}
near = lambda a, b: abs(a - b) <= 1e-9 * max(1, abs(b))
for e in sys.argv[1:]:
    if not eval(e): sys.exit("not so: " + e)' "$@"
}

@test "each lever alone, by hours of staff, yen, and for a day of work" {
	run -0 --separate-stderr "$BPR" suggest --by staff --with l.csv f.csv -f json -o r.json
	has 'l.csv:5' "$stderr"
	json 'near(lever["L1"]["alone"]["gain"], 200)' 'near(lever["L2"]["alone"]["gain"], 100)' 'near(lever["L3"]["alone"]["gain"], 50)' \
		'near(lever["L1"]["alone"]["gains"]["yen"], 500000)' 'near(lever["L2"]["gain_per_day"], 20)' 'near(lever["L3"]["gain_per_day"], 2.5)' \
		'not lever["L4"]["fits"] and lever["L4"]["refusal"] and lever["L4"]["alone"] is None' \
		'sorted((x["rank"] or 9) for x in r["levers"]) == [1, 2, 3, 9]' 'r["cases_per_year"] == 1000' \
		'near(r["best"]["value"]["gain"], 350) and r["best"]["levers"] == ["L1", "L2", "L3"]' 'r["choice"]["proven"]' 'r["roadmap"] is None'
}

@test "the best set within a budget, days, with what must be and what must not" {
	run -0 "$BPR" suggest -q --by staff --with l.csv --budget 100万 f.csv -f json -o r.json
	json 'r["best"]["levers"] == ["L1", "L2"]' 'near(r["unlimited"]["value"]["gain"], 350)' 'r["options"]["budget"] == 1000000'
	run -0 "$BPR" suggest -q --by staff --with l.csv --max-days 20 f.csv -f json -o r.json
	json 'r["best"]["levers"] == ["L1", "L2"]'
	run -0 "$BPR" suggest -q --by staff --with l.csv --budget 100万 --must L3 f.csv -f json -o r.json
	json 'r["best"]["levers"] == ["L3"]'
	run -0 "$BPR" suggest -q --by staff --with l.csv --never 転記をやめる f.csv -f json -o r.json
	json 'r["best"]["levers"] == ["L3"]' 'r["options"]["never"] == ["L1"]'
}

@test "nothing within the limits: exit 1, and a report that says so" {
	run -1 "$BPR" suggest -q --by staff --with l.csv --budget 0 f.csv
	has 'Nothing is chosen' "$output"
	run -1 --separate-stderr "$BPR" suggest -q --with l.csv --budget 10 --must L1 f.csv
	has '[K203]' "$stderr"
	run -1 --separate-stderr "$BPR" suggest -q --with l.csv --years 2026 --budget-per-year 10 --must L1 f.csv
	has '[K302]' "$stderr"
}

@test "a roadmap: years, net, payback, tornado" {
	run -0 "$BPR" suggest -q --by staff --with l.csv --years R8-R10 f.csv -f json -o r.json
	json '[(x["lever"], x["year"]) for x in r["roadmap"]["starts"]] == [("L1", 2026), ("L2", 2026), ("L3", 2028)]' \
		'[x["year"] for x in r["roadmap"]["years"]] == [2026, 2027, 2028]' \
		'all(near(x["net"], y) for x, y in zip(r["roadmap"]["years"], [-600000, 800000, 675000]))' \
		'near(r["roadmap"]["years"][2]["cumulated_net"], 875000)' 'near(r["roadmap"]["years"][2]["cumulated_hours"], 775)' \
		'r["roadmap"]["payback_year"] == 2027 and near(r["roadmap"]["payback_years"], 1.75)' 'r["roadmap"]["proven"]' \
		'any(t["of"] == "cases" and near(t["net_at_low"], 875000 - 0.2 * 2325000) for t in r["roadmap"]["tornado"])'
	run -0 "$BPR" suggest -q --lang ja --by staff --with l.csv --years 令和8-令和10 f.csv
	has '令和9年度に回収' "$output"
	has '令和10年度' "$output"
	run -0 "$BPR" suggest -q --by staff --with l.csv --years 2026-2028 --days-per-year 12 f.csv -f json -o r.json
	json '[(x["lever"], x["year"]) for x in r["roadmap"]["starts"]] == [("L1", 2026), ("L2", 2027)]' 'r["roadmap"]["left_out"] == ["L3"]'
	run -0 "$BPR" suggest -q --by staff --with l.csv --years 2026-2028 --first-year 1 --discount 0.25 f.csv -f json -o r.json
	json 'all(near(x["net"], y) for x, y in zip(r["roadmap"]["years"], [-200000, 800000 * 0.8, 750000 * 0.64]))'
}

@test "without a demand: figures of a case, said so; no roadmap" {
	rm f.demand.csv
	run -0 "$BPR" suggest -q --by staff --with l.csv f.csv
	has 'all figures are of one case' "$output"
	has '12 min' "$output"
	run -3 --separate-stderr "$BPR" suggest -q --with l.csv --years 2026-2028 f.csv
	has '[K300]' "$stderr"
}

@test "-o levers.csv: the table comes back as it was, with years, or only what is chosen" {
	run -0 "$BPR" suggest -q --by staff --with l.csv f.csv -o back.csv
	run -0 "$BPR" suggest -q --by staff --with l.csv f.csv -f json -o a.json
	run -0 "$BPR" suggest -q --by staff --with back.csv f.csv -f json -o b.json
	diff <(sed 's/back.csv/l.csv/' b.json) a.json
	run -0 "$BPR" suggest -q --by staff --with l.csv --years 2027-2029 --budget 100万 f.csv -o back.csv
	grep -q '^L1,.*,2027,' back.csv
	grep -q '^L3,.*,2028,' back.csv
	run -0 "$BPR" suggest -q --by staff --with l.csv --years 2027-2029 --budget 100万 --chosen f.csv -o chosen.csv
	[ "$(grep -c '^L' chosen.csv)" = 2 ]
	run -0 "$BPR" compare -q -r 'work_minutes=3' f.csv --with chosen.csv
	run -0 "$BPR" suggest -q --with l.csv f.csv -f csv -o figures.csv
	[ "$(head -n 1 figures.csv)" = 'source,flow,section,id,name,measure,value' ]
	run -2 --separate-stderr "$BPR" suggest -q --with l.csv --chosen f.csv -o r.html
	has '[U213]' "$stderr"
}

@test "only the front of effect, cost and ease" {
	cat >>l.csv <<'END'
L5,高くて効かない,speed_up,c,-10%,900000,0,40,1,,L3,
END
	run -0 "$BPR" suggest -q --by staff --with l.csv --pareto --lang ja f.csv
	has_not '高くて効かない' "$(sed -n '/^施策の一覧/,/^選定した施策/p' <<<"$output")"
	run -0 "$BPR" suggest -q --by staff --with l.csv --lang ja f.csv
	has '高くて効かない' "$(sed -n '/^施策の一覧/,/^選定した施策/p' <<<"$output")"
}

@test "levers of its own: each names what led to it, costs are assumed" {
	run -0 "$BPR" suggest -q "$samples/kitami/before.csv" -f json -o r.json
	json 'len(r["levers"]) >= 5' 'all(x["finding"] and x["fits"] for x in r["levers"])' 'r["source"] is None' 'all(x["cost_assumed"] for x in r["levers"])' \
		'r["best"]["value"]["gain"] > 0' 'len(r["rpa"]) >= 1'
	run -0 "$BPR" suggest -q "$samples/kitami/before.csv" -o mine.csv
	run -0 "$BPR" suggest -q --with mine.csv "$samples/kitami/before.csv" -f json -o s.json
	need_python
	"$python" -c 'import json
a, b = (json.load(open(n, encoding="utf-8")) for n in ("r.json", "s.json"))
assert [x["alone"]["gain"] for x in a["levers"]] == [x["alone"]["gain"] for x in b["levers"]]
assert a["best"] == b["best"]'
}

@test "every format, in both languages, the same bytes for any number of threads" {
	for l in ja en; do
		for f in text md json csv html xlsx svg; do
			"$BPR" suggest -q --lang $l --by staff --with l.csv --years R8-R12 -j 1 f.csv -f $f -o one.$f
			"$BPR" suggest -q --lang $l --by staff --with l.csv --years R8-R12 -j 4 f.csv -f $f -o four.$f
			[ -s one.$f ]
			cmp one.$f four.$f
		done
	done
	command -v xmllint >/dev/null || skip 'xmllint is not installed'
	xmllint --noout one.svg one.html
}

@test "the picture is the roadmap, or effect against cost" {
	run -0 "$BPR" suggest -q --lang ja --with l.csv --years R8-R12 f.csv -o r.svg
	grep -q 'chart-gantt' r.svg
	grep -q '令和8年度' r.svg
	run -0 "$BPR" suggest -q --with l.csv f.csv -o p.svg
	grep -q 'chart-scatter' p.svg
}

@test "the workbook has the sheets 施策, 工程表 and 前提, with charts" {
	command -v unzip >/dev/null || skip 'unzip is not installed'
	run -0 "$BPR" suggest -q --lang ja --with l.csv --years R8-R12 f.csv -o r.xlsx
	unzip -p r.xlsx xl/workbook.xml | grep -o 'name="[^"]*"' >names
	for s in 施策 工程表 前提; do grep -q "$s" names; done
	[ "$(unzip -l r.xlsx | grep -c 'xl/charts/chart')" -ge 4 ]
}

@test "names that try everything are text, and no formula" {
	printf 'id,name,lever,target,value,cost,effort_days\nL1,"<script>alert(1)</script>",speed_up,a,0,1,1\nL2,"=cmd|x",speed_up,b,0,1,1\n' >h.csv
	run -0 "$BPR" suggest -q --with h.csv --years R8-R9 f.csv -o h.html
	none grep -q '<script' h.html
	run -0 "$BPR" suggest -q --with h.csv f.csv -o h2.csv
	grep -q "^L2,'=cmd" h2.csv
	run -0 "$BPR" suggest -q --with h.csv --years R8 f.csv -o h.svg
	none grep -q '<script' h.svg
}

@test "usage" {
	run -2 "$BPR" suggest
	has '[U107]' "$output"
	run -2 "$BPR" suggest -q --years 2030-2026 f.csv
	has '[U210]' "$output"
	run -2 "$BPR" suggest -q --years 26 f.csv
	has '[U210]' "$output"
	run -2 "$BPR" suggest -q --budget-per-year 5 f.csv
	has '[U120]' "$output"
	run -2 "$BPR" suggest -q --days 3 f.csv
	has '[U120]' "$output"
	run -2 "$BPR" suggest -q --budget some f.csv
	has '[U125]' "$output"
	run -2 "$BPR" suggest -q --with l.csv --must L9 f.csv
	has '[U211]' "$output"
	run -2 "$BPR" suggest -q --with l.csv --never L22 f.csv
	has "did you mean 'L2'" "$output"
	run -2 "$BPR" suggest -q --by happiness f.csv
	run -2 "$BPR" suggest -q --most 5 --with l.csv f.csv
	has '[U160]' "$output"
	run -3 "$BPR" suggest -q --with nothing.csv f.csv
	run -4 "$BPR" suggest -q --with l.csv f.csv -o /dev/full
}
