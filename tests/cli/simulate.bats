# SPDX-License-Identifier: GPL-3.0-or-later
# bpr simulate: its options, what it says where something is wrong, its formats, watching, logs, terminals.
load helper
load samples

# Three clerks, a case a minute, two minutes each: M/M/3, whose wait is known.
office() {
	cat >"$1.csv" <<'END'
id,name,kind,next,counter,work,staff
S,来庁,start,A,,,
A,受付,task,E,1番,exp(2),窓口職員
E,帰る,end,,,,
END
	printf 'pool,count\n窓口職員,%s\n' "${2:-3}" >"$1.staff.csv"
	printf 'key,value\narrivals,exp(1)\n' >"$1.demand.csv"
}

# The same with opening hours: 50 cases a day.
day_office() {
	office "$1" "${2:-1}"
	sed -i 's/exp(2)/exp(8)/' "$1.csv"
	printf 'key,value\nper_day,%s\nopen,9:00-17:00\n' "${3:-50}" >"$1.demand.csv"
}

terminal() {
	need_python
	"$python" "$abs_top_srcdir/tests/lib/terminal.py" "$@"
}

@test "a queue whose wait is known: the exact value stands beside, and in the interval" {
	office o
	# Erlang C for rho = 2/3 and three clerks: 4/9; wait 4/9 * 2 / (3 - 2).
	json_of simulate -q -f json o.csv -- 'report["schema"] == "bpr.simulation/1"' 'report["replications"] == 10' 'report["cases"] == 100000' \
		'report["events"] >= 200000' 'near(report["case"]["wait_minutes"]["exact"]["value"], 8 / 9)' \
		'report["case"]["wait_minutes"]["exact"]["method"] == "exact"' 'report["case"]["wait_minutes"]["exact"]["in_ci95"]' \
		'abs(mean("wait_minutes") - 8 / 9) < 0.1' 'near(report["case"]["cycle_minutes"]["exact"]["value"], 8 / 9 + 2)' \
		'near(report["pools"][0]["utilisation"]["exact"]["value"], 2 / 3)' 'abs(report["pools"][0]["utilisation"]["mean"] - 2 / 3) < 0.02' \
		'report["case"]["wait_minutes"]["p50"] == 0' 'report["case"]["wait_minutes"]["p90"] > 2' 'report["from"] is None'
	run -0 "$BPR" simulate -q o.csv
	has 'A visit takes 2.' "$output"
	has 'Half do not wait at all; 1 in 10 waits longer than' "$output"
	has 'Simulated, and by formula' "$output"
	has '53 s  exact     yes' "$output"
}

@test "same bytes whatever the number of threads, and for each seed its own" {
	office o
	for f in text json csv md; do
		"$BPR" simulate -q -f $f -j 1 --log one.csv -o one o.csv
		for j in 2 5; do
			"$BPR" simulate -q -f $f -j $j --log two.csv -o two o.csv
			cmp one two
			cmp one.csv two.csv
		done
	done
	"$BPR" simulate -q -f json --seed 2 -o two o.csv
	none cmp -s one two
	"$BPR" simulate -q -f json --seed 1 -o one o.csv
	"$BPR" simulate -q -f json -o two o.csv
	cmp one two
}

@test "many inputs beside each other, or one by one: the same" {
	for i in 1 2 3 4; do day_office f$i $i; done
	"$BPR" simulate -q -f json -j 1 -o one f?.csv
	"$BPR" simulate -q -f json -j 2 -o two f?.csv
	"$BPR" simulate -q -f json -j 8 -o three f?.csv
	cmp one two
	cmp one three
	json_of simulate -q -f json f1.csv f2.csv -- 'len(reports) == 2' 'reports[0]["pools"][0]["count"] == 1' 'reports[1]["pools"][0]["count"] == 2'
	run -3 --separate-stderr "$BPR" simulate -q -f csv f1.csv gone.csv f2.csv
	has 'gone.csv: cannot open the file' "$stderr"
	has 'f1.csv,' "$output"
	has 'f2.csv,' "$output"
	[ "$(grep -c '^source,' <<<"$output")" -eq 1 ]
}

@test "days, cases, replications, warm-up, precision, figures" {
	day_office d
	json_of simulate -q -f json --closing finish d.csv -- 'report["replications"] == 30' 'report["days"] == 5' 'report["warmup_minutes"] == 0' \
		'sum(h["arrivals"] for h in report["hours"] if h["weekday"] == 1) > 45' 'sum(h["arrivals"] for h in report["hours"] if h["weekday"] == 1) < 55' \
		'report["weekdays"][0]["weekday"] == 1' 'len(report["weekdays"]) == 5' 'set(h["hour"] for h in report["pools"][0]["hours"]) - set((17,)) == set((9, 10, 11, 12, 13, 14, 15, 16))'
	json_of simulate -q -f json --days 2 --replications 7 d.csv -- 'report["replications"] == 7' 'report["days"] == 2' 'len(report["weekdays"]) == 2'
	office o
	json_of simulate -q -f json --cases 500 --replications 3 --warmup 0 o.csv -- 'report["cases"] == 1500' 'report["warmup_minutes"] == 0' 'report["replications"] == 3'
	json_of simulate -q -f json --cases 500 --replications 3 --warmup 8h o.csv -- 'report["cases"] == 1500' 'report["warmup_minutes"] == 480'
	json_of simulate -q -f json --cases 500 --warmup 2時間 o.csv -- 'report["warmup_minutes"] == 120' 'report["replications"] == 10'
	json_of simulate -q -f json --precision 2% --cases 2000 --key cycle_minutes o.csv -- \
		'report["case"]["cycle_minutes"]["ci95"][1] - report["case"]["cycle_minutes"]["ci95"][0] <= 2 * 0.02 * mean("cycle_minutes")'
	json_of simulate -q -f json --precision 10 --cases 2000 --key cycle_minutes o.csv -- 'report["replications"] <= 20'
	run -0 --separate-stderr "$BPR" simulate --precision 0.1% --cases 100 --replications 5 o.csv
	has 'V0' "$stderr"
	run -0 "$BPR" simulate -q --key steps --key wait_minutes o.csv
	has 'Steps' "$output"
	has_not 'Staff working time  ' "$(sed -n '/^Figures/,/^Where/p' <<<"$output")"
}

@test "one run alone has no interval, and says so" {
	office o
	run -0 --separate-stderr "$BPR" simulate --replications 1 o.csv
	has '[V032]' "$stderr"
	has 'One run gives no interval.' "$output"
	json_of simulate -q -f json --replications 1 o.csv -- 'report["case"]["wait_minutes"]["ci95"] is None' '"exact" not in report["case"]["wait_minutes"]'
}

@test "quantiles are exact while all values are kept, else their error is said" {
	office o
	json_of simulate -q -f json --cases 200 --replications 2 o.csv -- 'report["case"]["cycle_minutes"]["quantile_error"] == 0'
	json_of simulate -q -f json --cases 2000 --replications 2 --samples 100 o.csv -- '0 < report["case"]["cycle_minutes"]["quantile_error"] <= 1 / 1024'
	run -0 "$BPR" simulate -q --cases 2000 --replications 2 --samples 100 o.csv
	has 'may be off by 0.1%' "$output"
}

@test "closing: who is inside is served, work is finished, or rests until its people are back" {
	day_office d 1 58
	json_of simulate -q -f json d.csv -- 'report["closing"] == "serve"' 'report["case"]["cycle_closed_minutes"]["max"] == 0'
	json_of simulate -q -f json --closing finish d.csv -- 'report["closing"] == "finish"' 'report["pools"][0]["overtime_minutes"] > 0'
	json_of simulate -q -f json --closing interrupt d.csv -- 'report["closing"] == "interrupt"' 'report["pools"][0]["overtime_minutes"] == 0'
	run -0 "$BPR" simulate -q --closing interrupt d.csv
	has 'rests until they are back' "$output"
	has 'Closed hours, and breaks in which nobody serves, are not counted there' "$output"
	json_of simulate -q -f json --closing serve d.csv -- 'report["closing"] == "serve"' 'report["case"]["cycle_closed_minutes"]["max"] == 0'
	run -0 "$BPR" simulate -q --closing serve d.csv
	has 'in the building when the office closes is served first' "$output"
}

@test "with a date public holidays count, by law or from a file" {
	day_office d
	# Friday 2 May 2025, then four closed days to Tuesday, 6 May (substitute holiday), then Wednesday.
	json_of simulate -q -f json --from 2025-05-02 --days 2 d.csv -- 'report["from"] == "2025-05-02"' \
		'[w["weekday"] for w in report["weekdays"]] == [3, 5]'
	json_of simulate -q -f json --from 令和7年5月2日 --days 2 d.csv -- 'report["from"] == "2025-05-02"'
	json_of simulate -q -f json --from R7.5.2 --days 2 d.csv -- 'report["from"] == "2025-05-02"'
	# A list that knows of one other day only: the rules do not count in its year.
	printf '2025/1/1,元日\n2025/12/30,職員の日\n' >list.csv
	json_of simulate -q -f json --from 2025-05-02 --holidays list.csv --days 2 d.csv -- '[w["weekday"] for w in report["weekdays"]] == [1, 5]'
	run -0 "$BPR" simulate -q --from 2025-05-02 --days 2 d.csv
	has 'from Friday, 2 May 2025 on' "$output"
	run -0 "$BPR" simulate -q --from 2025-05-02 --days 2 --lang ja d.csv
	has '2025年5月2日（金曜日）' "$output"
	run -3 --separate-stderr "$BPR" simulate --from 2025-05-02 --holidays gone.csv d.csv
	has 'gone.csv: cannot open the file' "$stderr"
	printf 'a,b\nc,d\n' >bad.csv
	run -3 --separate-stderr "$BPR" simulate --from 2025-05-02 --holidays bad.csv d.csv
	has 'bpr: bad.csv:' "$stderr"
}

@test "what contradicts itself is wrong usage, in both languages" {
	office o
	while read -r code args; do
		for l in en ja; do
			# shellcheck disable=SC2086
			run --separate-stderr -2 "$BPR" simulate --lang $l $args o.csv
			[ -z "$output" ]
			has "[$code]" "$stderr"
			[ "$(grep -c '^bpr: ' <<<"$stderr")" -eq 1 ]
		done
	done <<-'END'
		U160 --days 3 --cases 100
		U160 --precision 1% --replications 1
		U160 --days 2 --warmup 2d
		U160 --log l.csv --log-replications 4 --replications 3
		U120 --log-replications 2
		U120 --watch-step 10min
		U120 --holidays list.csv
		U161 --from 2027-02-30
		U161 --from tomorrow
		U161 --from 1900-01-01
		U161 --from 2151-01-01
		U162 --warmup soon
		U162 --warmup -5
		U162 --watch --watch-step 0
		U162 --watch --watch-step often
		U163 --precision 0%
		U163 --precision 100%
		U163 --precision narrow
		U163 --precision %
		U165 --log same.csv -o same.csv
		U165 --log -
		U104 --closing maybe
		U104 --key wait
		U105 --days 0
		U105 --cases 0
		U105 --replications 0
		U105 --max-events 0
	END
	run --separate-stderr -2 "$BPR" simulate --log l.csv o.csv o.csv
	has '[U164]' "$stderr"
	[ ! -e l.csv ]
	run --separate-stderr -2 "$BPR" simulate --log o.csv o.csv
	has '[U110]' "$stderr"
	run --separate-stderr -2 "$BPR" simulate
	has '[U117]' "$stderr"
}

@test "a log of a file with several processes needs one chosen" {
	cat >two.bpmn <<'END'
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="P"><startEvent id="S"/><endEvent id="E"/><sequenceFlow id="f" sourceRef="S" targetRef="E"/></process>
<process id="Q"><startEvent id="S2"/><endEvent id="E2"/><sequenceFlow id="f2" sourceRef="S2" targetRef="E2"/></process></definitions>
END
	run --separate-stderr -2 "$BPR" simulate -q --set demand.per_day=5 --log l.csv two.bpmn
	has '[U164]' "$stderr"
	[ ! -e l.csv ]
	run -0 "$BPR" simulate -q --set demand.per_day=5 --log l.csv --process Q two.bpmn
	[ -e l.csv ]
}

@test "a flow without a demand cannot be simulated, and limits name their option" {
	small_flow a
	run --separate-stderr -3 "$BPR" simulate -q a.csv
	has "nobody ever comes to 'a.csv'" "$stderr"
	has 'say how many come' "$stderr"
	office o 1
	run --separate-stderr -5 "$BPR" simulate --max-in-process 50 o.csv
	has '--max-in-process' "$stderr"
	has '窓口職員' "$stderr"
	office o
	run --separate-stderr -5 "$BPR" simulate --max-events 1000 o.csv
	has '--max-events' "$stderr"
	[ -z "$output" ]
}

@test "the event log: a row a step that was done, in CSV and in XES" {
	day_office d
	"$BPR" simulate -q --days 1 --log l.csv --log-replications 3 -f json -o r.json d.csv
	"$python" - <<'END'
import csv, datetime
rows = list(csv.DictReader(open("l.csv", encoding="utf-8")))
assert {r["replication"] for r in rows} == {"1", "2", "3"}, rows[0]
assert 90 < len(rows) < 220, len(rows)
for r in rows:
    a, s, c = (datetime.datetime.fromisoformat(r[k]) for k in ("arrive", "start", "complete"))
    assert a <= s <= c and r["activity"] == "受付" and r["counter"] == "1番", r
    assert a.weekday() < 5 and 9 <= a.hour < 17 and a.year == 2001, r
END
	"$BPR" simulate -q --days 1 --log l.xes -f json -o r.json d.csv
	xmllint --noout l.xes
	[ "$(grep -c '<trace>' l.xes)" -gt 30 ]
	"$BPR" simulate -q --days 1 --from 2027-03-23 --log - -o r.json d.csv >l2.csv
	has ',2027-03-23T09:' "$(sed -n 2p l2.csv)"
}

@test "reports and logs that cannot be written: exit 4, and nothing is left" {
	office o
	run --separate-stderr -4 "$BPR" simulate -q --log gone/l.csv o.csv
	has '[O101]' "$stderr"
	run --separate-stderr -4 "$BPR" simulate -q --log /dev/full -o r.txt o.csv
	has '[O101]' "$stderr"
	[ ! -e r.txt ]
	run --separate-stderr -4 "$BPR" simulate -q --log l.csv -o gone/r.txt o.csv
	[ ! -e l.csv ]
	run --separate-stderr -5 "$BPR" simulate -q --max-events 1000 --log l.csv -o r.txt o.csv
	[ ! -e l.csv ]
	[ ! -e r.txt ]
	[ "$(find . -name '.bpr-*' | wc -l)" -eq 0 ]
}

@test "an interrupt: exit 130, neither report nor log, an old one stays whole" {
	office o
	echo old >r.json
	run -130 timeout --preserve-status -s INT 0.5 "$BPR" simulate -q --cases 1000000000 --log l.csv -o r.json o.csv
	[ "$(cat r.json)" = old ]
	[ ! -e l.csv ]
	[ "$(find . -name '.bpr-*' | wc -l)" -eq 0 ]
}

@test "formats follow the ending; Markdown and CSV are what they are" {
	day_office d 1 40
	for f in md json csv txt; do "$BPR" simulate -q -o r.$f d.csv; done
	has '# Simulation of a flow: d' "$(head -n 1 r.md)"
	has '| Pool | People | Busy | 95% interval |' "$(cat r.md)"
	"$python" - <<'END'
import csv
rows = list(csv.DictReader(open("r.csv", encoding="utf-8")))
assert list(rows[0]) == "source flow section id name measure value ci95_low ci95_high exact method in_ci95".split()
by = {(r["section"], r["id"], r["name"], r["measure"]): r for r in rows}
assert by["run", "", "", "replications"]["value"] == "30"
w = by["case", "wait_minutes", "Waiting in queues", "mean"]
assert float(w["ci95_low"]) <= float(w["value"]) <= float(w["ci95_high"]) and w["method"] == "approximate", w
assert by["pool", "", "窓口職員", "wait_minutes"]["exact"]
# Overtime is not in the share that is busy, but is in the formula: these two are not held against each other.
assert float(by["pool", "", "窓口職員", "overtime_minutes"]["value"]) > 0 and not by["pool", "", "窓口職員", "utilisation"]["exact"]
assert float(by["pool_hour", "1 09:00", "窓口職員", "on_duty"]["value"]) == 1
assert {r["section"] for r in rows} >= {"run", "case", "step", "pool", "counter", "hour", "weekday", "pool_hour", "counter_hour"}
END
	run -2 "$BPR" simulate -o r.doc d.csv
}

@test "the automatic warm-up leaves something of a short run" {
	office o
	printf 'key,value\nper_day,20\n' >o.demand.csv
	run -0 --separate-stderr "$BPR" simulate -f json --days 2 --replications 3 o.csv
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" 'report["cases"] > 20' 'report["warmup_minutes"] <= 1440' <<<"$output"
}

# Nothing random in it, so that only the layout matters.
clockwork() {
	cat >"$1.csv" <<'END'
id,name,kind,next,unit,counter,actor,work,wait,staff
S,来庁,start,A,市民課,,,,,
A,申請書を書く,task,B,市民課,,住民,4分,,
B,受付・本人確認,task,C,市民課,総合窓口,,7分,,窓口職員
C,証明書の作成,task,D,市民課,,,6分,10分,後方職員
D,交付,task,E,市民課,総合窓口,,3分,,窓口職員
E,帰る,end,,市民課,,,,,
END
	printf '職種,人数,時間単価\n窓口職員,2,2400\n後方職員,1,1800\n' >"$1.staff.csv"
	printf 'key,value\narrivals,6分\nopen,9:00-12:00\n' >"$1.demand.csv"
	printf '窓口,庁舎,階\n総合窓口,本庁舎,1\n' >"$1.counters.csv"
}

@test "the report looks as it should, in both languages, at both lengths" {
	clockwork c
	for l in en ja; do
		"$BPR" simulate -q --lang $l --days 2 --replications 2 c.csv | sed '/(content\|（照合値\|bpr [0-9]/d' >simulation-$l.txt
		"$BPR" simulate -q --lang $l --days 2 --replications 2 --full c.csv | sed '/(content\|（照合値\|bpr [0-9]/d' >simulation-full-$l.txt
		for g in simulation simulation-full; do
			# BPR_GOLDEN=update takes what it prints now (developers).
			if [ "${BPR_GOLDEN:-}" = update ]; then cp $g-$l.txt "$abs_top_srcdir/tests/golden/"; fi
			diff -u "$abs_top_srcdir/tests/golden/$g-$l.txt" $g-$l.txt
		done
	done
}

@test "--full shows every table" {
	day_office d
	run -0 "$BPR" simulate -q d.csv
	has_not 'How busy the people of each pool are' "$output"
	run -0 "$BPR" simulate -q --full d.csv
	has 'How busy the people of each pool are' "$output"
	has 'Through the week' "$output"
	has 'Counter visits' "$output"
}

@test "the language does not need its locale; every line is in it" {
	day_office d 1 58
	for l in en ja; do LC_ALL=C "$BPR" simulate -q --full --lang $l --from 2027-03-22 d.csv >$l.txt; done
	has '用件が済むまで平均' "$(cat ja.txt)"
	# Units and names of the flow aside, no English is left in the Japanese report, and the other way round.
	none grep -nE '[A-Za-z]{4,}' <(sed 's/--[a-z]*//g; s/d\.csv\|bpr\|[0-9a-f]\{16\}//g' ja.txt)
	none grep -nP '\p{Hiragana}' <(sed 's/窓口職員\|受付\|来庁\|帰る//g' en.txt)
}

@test "--watch off a terminal: a line an hour, on standard error; nights are left out" {
	day_office d
	"$BPR" simulate -q --watch --days 1 -f json -o r.json d.csv 2>watch
	"$BPR" simulate -q --days 1 -f json -o plain.json d.csv
	cmp r.json plain.json
	grep -qE '^day 1 Mon  9:00  in process [0-9]+; waiting: 1番 [0-9]+; busy: 窓口職員 [01]/1$' watch
	[ "$(wc -l <watch)" -ge 8 ]
	[ "$(wc -l <watch)" -le 12 ]
	none grep -q $'\033' watch
	"$BPR" simulate -q --watch --watch-step 30min --days 1 --from 2027-03-23 -o r.txt d.csv 2>watch
	grep -q '^2027-03-23 Tue  9:30  ' watch
	"$BPR" simulate -q --watch --days 1 --lang ja -o r.txt d.csv 2>watch
	grep -q '^1日目 月 10:00  手続き中' watch
}

@test "names full of tricks do not reach the terminal" {
	day_office d
	sed -i 's/1番/1\x1b[31m番/; s/窓口職員/窓\xe2\x80\xae口/' d.csv d.staff.csv
	"$BPR" simulate -q --full --watch --days 1 d.csv >out 2>watch
	none grep -q $'\033' watch out
	none grep -q $'\xe2\x80\xae' watch out
	terminal -o out 'space=q' -- "$BPR" simulate -q --watch --days 1 d.csv >seen
	none grep -qF $'\033[31m' seen
}

@test "--watch on a terminal: bars, keys, and the terminal as it was" {
	day_office d 1 58
	terminal -o out 'faster=+' 'slower=q' -- "$BPR" simulate --watch --days 1 d.csv >seen
	grep -q 'day 1 Mon  9:00' seen
	grep -q '1番' seen
	grep -q 'Simulation of a flow: d' out
	# Paused, one step, on, to the end.
	terminal -o out 'day 1=  ' 'go on=n' '9:20=n' '9:30= ' 'faster=q' -- "$BPR" simulate --watch --days 1 d.csv >seen
	grep -q '\[space\] go on' seen
	run -130 terminal -o out 'space=^C' -- "$BPR" simulate --watch --days 1 d.csv
	[ ! -s out ]
}

@test "progress: on a terminal after half a second, gone at the end; none off it" {
	office o
	terminal -o out -- "$BPR" simulate -q --cases 400000 --replications 20 --log l.csv o.csv >seen
	grep -qE 'bpr: simulating, [0-9]+ % done' seen
	[ "$(tail -c 4 seen)" = $'\r\033[K' ]
	rm l.csv
	run -0 --separate-stderr "$BPR" simulate -q --cases 100000 o.csv
	[ -z "$stderr" ]
	terminal -o out -- "$BPR" simulate -q --progress never --cases 200000 --log l.csv o.csv >seen
	[ ! -s seen ]
}

# 3 to 5 May 2027 are holidays: whoever comes at 8:30 on every working day comes on the 6th, not on the 3rd.
@test "simulate: a list of times of day begins on the first working day" {
	printf '%s\n' '番号,作業名,種別,次,窓口,実施者,処理時間,要員' 's,,開始,a,,,,' 'a,対応,作業,e,市民課,職員,5分,職員' 'e,,終了,,,,,' >golden.csv
	printf '%s\n' '職種,人数' '職員,1' >golden.staff.csv
	printf '%s\n' key,value 'arrival_times,8:30 9:00' 'open,8:30-17:15' >golden.demand.csv
	"$BPR" simulate -q --from 2027-05-03 --days 1 --replications 1 -o golden.txt --log golden-log.csv golden.csv
	[ "$(cut -d, -f4 golden-log.csv | tail -n +2)" = "$(printf '%s\n' 2027-05-06T08:30:00.000 2027-05-06T09:00:00.000)" ]
}

# A day worked out by hand: 8:30 to 12:00 and 13:00 to 17:15 are 465 minutes, of which 225 are worked; the hours are full, never fuller.
@test "simulate: nobody is busier than all of an hour, overtime left out; the last day is a whole day" {
	printf '%s\n' '番号,作業名,種別,次,窓口,実施者,処理時間,要員' 's,,開始,a,,,,' 'a,対応,作業,e,市民課,職員,60分,職員' 'e,,終了,,,,,' >day.csv
	printf '%s\n' '職種,人数,hours' '職員,1,8:30-12:00 13:00-17:15' >day.staff.csv
	printf '%s\n' key,value 'arrival_times,8:30 8:40 11:30 11:50 17:00' 'open,8:30-17:15' >day.demand.csv
	"$BPR" simulate -f json --full --days 2 --replications 2 --set 'demand.arrival_times=8:30 8:40 11:30 11:50 17:00' day.csv >late.json
	"$BPR" simulate -f json --full --days 2 --replications 2 --set 'demand.arrival_times=8:30 8:40' day.csv >early.json
	/usr/bin/python3 - <<'END_PYTHON'
import json
for name, worked in ("late.json", 225), ("early.json", 120):
    d = json.load(open(name))
    pool = d["pools"][0]
    assert abs(pool["utilisation"]["mean"] - worked / 465) < 1e-9, (name, pool["utilisation"])
    hours = pool["hours"]
    assert all(h["busy"] <= h["on_duty"] + 1e-9 for h in hours), hours
    assert abs(sum(h["on_duty"] for h in hours) * 60 - 2 * 465) < 1e-6, hours
    assert abs(sum(h["busy"] for h in hours) * 60 - 2 * worked) < 1e-6, hours
END_PYTHON
}

@test "simulate: where 9 in 10 do not wait, nobody reads 'longer than 0 min'" {
	"$BPR" simulate -q --lang ja "$abs_top_srcdir/samples/internal/before.csv" | tr -d "\n" >seldom.txt
	grep -q "。9割は待ちません。残りの1割" seldom.txt
	grep -q '手が空くまでで、平均[0-9.]*秒です。9割は待ちませんが' seldom.txt
	[ "$(grep -c '0分より長' seldom.txt)" = 0 ]
}

@test "bars are blocks on a terminal that has them, ASCII elsewhere" {
	day_office d
	LC_ALL=C.UTF-8 terminal -- "$BPR" simulate -q --lang en d.csv >blocks
	grep -q '█' blocks
	LC_ALL=C terminal -- "$BPR" simulate -q --lang en d.csv >ascii
	run ! grep -q '█' ascii
	grep -q '####' ascii
	LC_ALL=C.UTF-8 "$BPR" simulate -q --lang en d.csv >piped
	run ! grep -q '█' piped
	grep '#' piped >bars
	LC_ALL=C run ! grep -q '[^ -~]' bars
}
