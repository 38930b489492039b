#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Hours, shifts, seasons, arrivals from files: written back as read, errors that name file, row and column.
load helper
load samples

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	cat >f.csv <<-'EOT'
		id,name,next,counter,staff,work,priority,patience,batch
		A,受付,B,窓口,窓口職員,"tri(2,3,5)",2,30min,
		B,審査,,,審査,exp(4),,,10/60min
	EOT
	cat >f.staff.csv <<-'EOT'
		職種,シフト,人数,時間単価,勤務時間,休憩,兼務,呼出順
		窓口職員,早番,3,2500,8:30-16:00,60分@11:30-13:30,審査,優先順
		窓口職員,遅番,2,,10:00-17:15; 土 9:00-12:00,13:00-14:00,,
		審査,,2,2800,,12:00-13:00,,
	EOT
	cat >f.counters.csv <<-'EOT'
		窓口,受付時間,待合席
		窓口,9:00-17:00; 木 9:00-19:00,20
	EOT
	cat >f.demand.csv <<-'EOT'
		キー,値
		1日件数,80
		開庁時間,8:30-17:15; 土 9:00-12:00
		閉庁日,土日祝、12/29-1/3
		曜日別,月:1.4; 金:0.9
		時間帯別,10:00-12:00:1.5 12:00-13:00:0.6
		繁忙期,3/20-4/5:3
		同時来庁人数,emp([1 1 1 2])
	EOT
}

@test "what is said of people, hours and demand comes back from every format" {
	"$BPR" convert -f json -o f.json f.csv
	"$BPR" convert -f bpmn -o f.bpmn f.csv
	mkdir a b c
	"$BPR" convert --lang ja -f csv -o a/f.csv f.csv
	"$BPR" convert --lang ja -f csv -o b/f.csv f.json
	"$BPR" convert --lang ja -f csv -o c/f.csv f.bpmn
	for table in staff counters demand; do
		diff a/f.$table.csv b/f.$table.csv
		diff a/f.$table.csv c/f.$table.csv
	done
	grep -F '窓口職員,遅番,2,,10:00-17:15; 土 9:00-12:00,13:00-14:00' a/f.staff.csv
	grep -F '時間帯別,10:00-12:00:1.5 12:00-13:00:0.6' a/f.demand.csv
}

@test "the JSON of such a flow fits its schema" {
	need_python
	need_jsonschema
	"$BPR" convert -f json f.csv >f.json
	"$python" -c 'import json, sys, jsonschema
jsonschema.Draft202012Validator(json.load(open(sys.argv[1]))).validate(json.load(open(sys.argv[2])))' \
		"$abs_top_srcdir/lib/schema/flow-1.schema.json" f.json
	grep -F '"breaks": "60分@11:30-13:30"' f.json
}

@test "a schedule that is not understood is refused by file, row and column" {
	sed -i 's/1日件数,80/1日件数,80\n到着間隔,8:30-10:00/; s/3\/20-4\/5:3/3月下旬/' f.demand.csv
	sed -i 's/9:00-17:00; 木 9:00-19:00/9時から/; ' f.counters.csv
	sed -i 's/,13:00-14:00,,/,60分@13:00-13:30,,/' f.staff.csv
	run -3 "$BPR" analyze --lang en f.csv
	[[ $output == *"f.demand.csv:8:"*"'3月下旬' in 'peaks' is no factor for days or times"*"[D021]"* ]]
	[[ $output == *"f.counters.csv:2:"*"'9時から' in 'open' are not times of day"*"[D017]"* ]]
	[[ $output == *"f.staff.csv:3:"*"'60分@13:00-13:30' in 'breaks' is no break"*"[D024]"* ]]
}

@test "an override of a pool with several shifts names the shift" {
	run -3 "$BPR" analyze --lang en --set staff.窓口職員=4 f.csv
	[[ $output == *"the pool '窓口職員' has several shifts: 早番, 遅番 [U005]"* ]]
	[[ $output == *"hint: name the shift that is meant: staff.POOL/SHIFT.COLUMN=VALUE"* ]]
	"$BPR" convert --lang ja -f csv -o out.csv --set staff.窓口職員/早番.count=4 --set demand.peaks=4月:2 --set counter.窓口.open=9:00-12:00 f.csv
	grep -F '窓口職員,早番,4' out.staff.csv
	grep -F '繁忙期,4月:2' out.demand.csv
	grep -F '窓口,9:00-12:00,20' out.counters.csv
}

@test "arrivals come from a list and from a log beside the flow, from nowhere else" {
	printf 'id,work\nA,0\n' >g.csv
	printf '時刻\n8:30\n8:45:30\n10:00\n' >times.csv
	printf 'case,activity,start\n1,x,2027-03-29 9:00\n1,y,2027-03-29 9:30\n2,x,2027-03-29 8:40\n3,x,2027-03-30T10:00:00\n' >log.csv
	printf 'key,value\nopen,8:30-17:15\narrival_times,"list(times.csv,時刻)"\n' >g.demand.csv
	run -0 --separate-stderr "$BPR" simulate --lang en --days 2 --replications 2 -f json g.csv
	[[ $output == *'"cases": 12,'* ]]
	"$BPR" convert --lang ja -f csv -o h.csv g.csv
	grep -F '到着時刻,8:30 8:45.5 10:00' h.demand.csv
	printf 'key,value\nopen,8:30-17:15\narrival_times,log(log.csv)\n' >g.demand.csv
	run -0 --separate-stderr "$BPR" simulate --lang en --days 2 --replications 2 -f json g.csv
	[[ $output == *'"cases": 6,'* ]]
	"$BPR" convert --lang ja -f csv -o h.csv g.csv
	grep -F '到着時刻,2027-03-29 8:40 9:00 2027-03-30 10:00' h.demand.csv
	for name in ../log.csv /etc/passwd; do
		printf 'key,value\narrival_times,list(%s)\n' "$name" >g.demand.csv
		run -3 "$BPR" simulate --lang en g.csv
		[[ $output == *"[T022]"* ]]
	done
	printf '8:30\n2027-03-29 9:00\n' >times.csv
	printf 'key,value\narrival_times,list(times.csv)\n' >g.demand.csv
	run -3 "$BPR" simulate --lang en g.csv
	[[ $output == *"times.csv:2:"*"is no time of arrival"*"[T032]"* ]]
}

@test "two ways to say how many come: one counts, and that is said" {
	printf 'キー,値\n到着間隔,exp(3)\n1日件数,80\n' >f.demand.csv
	run -0 --separate-stderr "$BPR" check --lang en f.csv
	[[ $output == *"the demand is said in two ways: per_day counts, arrivals does not [F054]"* ]]
	run -0 --separate-stderr "$BPR" check --lang en --set 'demand.arrivals=exp(3)' f.csv
	[[ $output != *"F054"* ]]
}

@test "shifts: one that nobody works in is named, more than a thousand are refused" {
	printf 'id,work,staff\nA,5,P\n' >s.csv
	printf 'pool,shift,count\nP,早番,2\nP,遅番,\n' >s.staff.csv
	run -0 --separate-stderr "$BPR" analyze --lang en s.csv
	[[ $stderr == *"the shift '遅番' of the pool 'P' has no count; nobody works in it [F051]"* ]]
	{
		echo 'pool,shift,count'
		for i in {1..1001}; do echo "P,$i,1"; done
	} >s.staff.csv
	run -3 "$BPR" analyze --lang en s.csv
	[[ $output == *"s.staff.csv:1002:"*"the pool 'P' has more than 1000 shifts [F053]"* ]]
}

@test "factors of cases a day that nothing is multiplied by are named" {
	printf 'id,work\nA,5\n' >t.csv
	printf 'key,value\narrivals,exp(5)\nweekdays,月:2\n' >t.demand.csv
	run -0 --separate-stderr "$BPR" analyze --lang en t.csv
	[[ $stderr == *"the demand is said in two ways: arrivals counts, weekdays does not [F054]"* ]]
	printf 'key,value\nper_day,50\nweekdays,月:2\n' >t.demand.csv
	run -0 --separate-stderr "$BPR" analyze --lang en t.csv
	[[ $stderr != *F054* ]]
	printf 'key,value\nper_day,50\nfirst,0\n' >t.demand.csv
	run -0 --separate-stderr "$BPR" analyze --lang en t.csv
	[[ $stderr == *"the demand is said in two ways: per_day counts, first does not [F054]"* ]]
	printf 'key,value\narrivals,24\nfirst,0\n' >t.demand.csv
	run -0 --separate-stderr "$BPR" analyze --lang en t.csv
	[[ $stderr != *F054* ]]
}
