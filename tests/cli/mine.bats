#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr mine: its reports, what they hide, what it refuses. Numbers against a count of their own: tests/lib/recount.py.
load helper
load samples

# Six cases that go one way, three another, one a third; persons with few cases.
small_log() {
	echo case,activity,time,resource,unit
	for i in 1 2 3 4 5 6; do
		printf 'c%d,受付,2026-04-0%d 09:00,職員甲,市民課\nc%d,交付,2026-04-0%d 09:30,職員乙,税務課\n' $i $i $i $i
	done
	for i in 7 8 9; do
		printf 'c%d,受付,2026-04-0%d 10:00,職員甲,市民課\nc%d,審査,2026-04-0%d 11:00,職員丙,市民課\nc%d,交付,2026-04-0%d 12:00,職員乙,税務課\n' $i $i $i $i $i $i
	done
	printf 'secret-case,受付,2026-04-10 09:00,職員丁,市民課\nsecret-case,秘密の作業,2026-04-10 18:00,職員丁,市民課\n'
}

@test "the sample logs, recounted by brute force" {
	need_python
	for f in before after; do
		"$BPR" mine -q -f json "$samples/evidence/logs/counter-$f.csv" >$f.json
		"$python" "$abs_top_srcdir/tests/lib/recount.py" "$samples/evidence/logs/counter-$f.csv" $f.json
	done
}

@test "JSON is valid against its schema, with and without --k, several logs are an array" {
	need_python
	need_jsonschema
	check() { "$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" "$@"; }
	"$BPR" mine -q -f json "$samples/evidence/logs/counter-before.csv" >out.json
	check 'report["schema"] == "bpr.mining/1"' '"k" not in report' <out.json
	"$BPR" mine -q -f json --k 7 --standard 5wd "$samples/evidence/logs/counter-before.csv" >out.json
	check 'report["k"] == 7' 'all(v["count"] >= 7 for v in report["variants"])' \
		'sum(v["count"] for v in report["variants"]) + report["variants_rest"]["count"] == 155' \
		'all(a["cases"] >= 7 for a in report["arcs"])' 'all("example" not in v for v in report["variants"])' \
		'report["case_minutes"]["max"] is None' <out.json
	"$BPR" mine -q -f json --conform "$samples/kitami/before.csv" "$samples/evidence/logs/counter-before.csv" >out.json
	check 'report["conformance"]["cases"] == 155' <out.json
	for f in "$samples"/evidence/logs/*.csv; do
		"$BPR" mine -q -f json "$f" >out.json
		check 'report["log"]["cases"] > 0' <out.json
	done
	"$BPR" mine -q -f json "$samples/evidence/logs/counter-before.csv" "$samples/evidence/logs/counter-after.csv" >out.json
	check 'len(reports) == 2' <out.json
}

@test "reports for people name no case and nothing of fewer than five" {
	small_log >log.csv
	for f in text md html svg; do
		"$BPR" mine -q -f $f --full log.csv >out
		has_not secret-case "$(cat out)"
		has_not 秘密の作業 "$(cat out)"
		has_not 職員丁 "$(cat out)"
		has_not 職員丙 "$(cat out)"
		has 交付 "$(cat out)"
	done
	"$BPR" mine -q -f text log.csv >out
	has '2 further ways' "$(cat out)"
	"$BPR" mine -q -f text --full --k 1 log.csv >out
	has 秘密の作業 "$(cat out)"
	has 職員丙 "$(cat out)"
	has 'personal data' "$(cat out)"
	has_not secret-case "$(cat out)"
}

@test "JSON and CSV hold everything unless --k is given" {
	small_log >log.csv
	for f in json csv; do
		"$BPR" mine -q -f $f log.csv >out
		has 秘密の作業 "$(cat out)"
		has 職員丙 "$(cat out)"
		"$BPR" mine -q -f $f --k 5 log.csv >out
		has_not 秘密の作業 "$(cat out)"
		has_not 職員丙 "$(cat out)"
		has_not 職員丁 "$(cat out)"
		has_not secret-case "$(cat out)"
	done
}

@test "a workbook keeps them back too, and opens" {
	need_python
	"$python" -c 'import openpyxl' 2>/dev/null || skip 'openpyxl is not installed (Debian: python3-openpyxl)'
	small_log >log.csv
	"$BPR" mine -q -o out.xlsx log.csv
	"$python" - out.xlsx <<-'EOT'
		import sys, openpyxl
		book = openpyxl.load_workbook(sys.argv[1])
		texts = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
		for hidden in ("secret-case", "秘密の作業", "職員丁", "職員丙"):
		    assert not any(hidden in t for t in texts), hidden
		assert any("交付" in t for t in texts)
	EOT
}

@test "a short log, worked out by hand" {
	small_log >log.csv
	json_of mine -q -f json log.csv -- 'report["log"]["cases"] == 10' 'report["log"]["events"] == 23' \
		'report["case_minutes"]["p50"] == 30' 'report["case_minutes"]["max"] == 540' \
		'[v["count"] for v in report["variants"]] == [6, 3, 1]' \
		'[(a["from"], a["to"], a["count"]) for a in report["arcs"]][0] == ("受付", "交付", 6)' \
		'report["log"]["first"] == "2026-04-01T09:00:00"' 'report["totals"]["handovers_unit"] == 9'
	"$BPR" mine -q --ends 交付 log.csv >out
	has 'Half of the finished ones take 30 min at most' "$(cat out)"
	has '10% of the cases (1) are not finished' "$(cat out)"
}

@test "options that fit no log or contradict the format" {
	small_log >log.csv
	run -2 "$BPR" mine --ends ない log.csv
	has ない "$output"
	run -2 "$BPR" mine -f svg log.csv log.csv
	has U188 "$output"
	run -2 "$BPR" mine -f json --arcs 50 log.csv
	has U123 "$output"
	run -2 "$BPR" mine --k 0 log.csv
	run -2 "$BPR" mine
	run -3 "$BPR" mine missing.csv
	run -4 "$BPR" mine -o /missing/out.txt log.csv
}

@test "one bad log is told, the others are done" {
	small_log >log.csv
	echo nonsense >bad.csv
	run -3 "$BPR" mine -q log.csv bad.csv
	has 'What happened, by a log: log.csv' "$output"
	has bad.csv "$output"
}

@test "names from a log are never markup, formula or terminal control" {
	printf 'case,activity,time,resource\n' >log.csv
	for i in 1 2 3 4 5 6; do
		printf '%d,<script>alert(1)</script>,2026-04-01 09:0%d,=cmd\n%d,"=1+1 ]]> & \033[31mred",2026-04-01 10:0%d,"@x"\n' $i $i $i $i >>log.csv
	done
	for f in text md html svg csv json; do
		"$BPR" mine -q -f $f log.csv >out
		none grep -q $'\033' out
	done
	"$BPR" mine -q -f html log.csv >out
	none grep -q '<script' out
	"$BPR" mine -q -f svg log.csv >out.svg
	none grep -q '<script' out.svg
	xmllint --noout out.svg
	"$BPR" mine -q -f csv log.csv >out
	none grep -qE '(^|,)"?[=@]' out
}

@test "the same bytes whatever the number of threads" {
	for f in json csv html svg; do
		"$BPR" mine -q -j 1 -f $f "$samples/evidence/logs/counter-before.csv" >one
		"$BPR" mine -q -j 4 -f $f "$samples/evidence/logs/counter-before.csv" >four
		# the command line to make it again stands in the pages
		cmp one four
	done
}

@test "an empty log and a log of one event are told as such" {
	echo case,activity,time >log.csv
	run "$BPR" mine -q log.csv
	[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
	echo a,受付,2026-04-01 09:00 >>log.csv
	run -0 "$BPR" mine -q -f html log.csv
	run -0 "$BPR" mine -q -f svg log.csv
	has '<svg' "$output"
	run -0 "$BPR" mine -q log.csv
	has '1 case on' "$output"
}

@test "pages in both languages have their figures" {
	"$BPR" mine -q --lang ja,en -f html "$samples/evidence/logs/counter-before.csv" >out
	for kind in follows week histogram; do
		[ "$(grep -c "chart-$kind" out)" -ge 2 ] || { echo $kind; return 1; }
	done
	"$BPR" mine -q --k 1 -f html "$samples/evidence/logs/approval.csv" >out
	grep -q chart-days out
}

@test "--arcs shows as much as it says" {
	"$BPR" mine -q -f svg --arcs 100 --k 1 "$samples/evidence/logs/counter-before.csv" >all
	has 'All activities and connections are shown' "$(cat all)"
	"$BPR" mine -q -f svg --arcs 50 "$samples/evidence/logs/counter-before.csv" >half
	[ "$(grep -c '<path' half)" -lt "$(grep -c '<path' all)" ]
	has 'the most frequent connections' "$(tr '\n' ' ' <half)" || has 'most frequent' "$(cat half)"
}

@test "public logs have their published facts" {
	[ -n "${BPR_LOGS:-}" ] || skip 'BPR_LOGS does not name the folder of the public logs'
	json_of mine -q -f json --no-waits "$BPR_LOGS/receipt.xes.gz" -- 'report["log"]["cases"] == 1434' 'report["log"]["events"] == 8577' \
		'report["log"]["activities"] == 27' 'len(report["variants"]) == 116' 'len(report["arcs"]) == 99' \
		'sum(a["count"] for a in report["arcs"]) == 7143' 'len(report["starts"]) == 1' 'len(report["ends"]) == 14' \
		'abs(report["case_minutes"]["mean"] * 60 - 467263.915) < 0.001' 'abs(report["case_minutes"]["p50"] * 60 - 2868.58) < 0.01' \
		'len([h for h in report["handovers"] if h["by"] == "resource"]) == 286' 'report["totals"]["handovers_resource"] == 1208' \
		'len([h for h in report["handovers"] if h["by"] == "unit"]) == 47' 'report["totals"]["handovers_unit"] == 5440' 'report["totals"]["cases_repeated"] == 91'
}

@test "a workbook has a sheet for each list, charts, and numbers that are numbers" {
	need_python
	"$python" -c 'import openpyxl' 2>/dev/null || skip 'openpyxl is not installed (Debian: python3-openpyxl)'
	"$BPR" mine -q --lang en -o out.xlsx "$samples/evidence/logs/counter-before.csv"
	"$BPR" mine -q -f json "$samples/evidence/logs/counter-before.csv" >out.json
	"$python" - out.xlsx out.json <<-'EOT'
		import json, sys, openpyxl
		book = openpyxl.load_workbook(sys.argv[1])
		report = json.load(open(sys.argv[2], encoding="utf-8"))
		names = book.sheetnames
		for name in ("Summary", "Measures", "Ways of cases", "Steps of work", "What follows what", "Hours and days", "Handoffs", "Waiting"):
		    assert name in names, (name, names)
		assert sum(len(s._charts) for s in book) >= 3
		cells = [c for row in book["Hours and days"].iter_rows() for c in row]
		numbers = [c.value for c in cells if isinstance(c.value, (int, float))]
		# the hours of the one week add up to all cases: a week's column, and its days
		assert abs(sum(h["arrivals"] for h in report["hours"]) - 155) < 1e-9
		assert max(d["in_process"] for d in report["days"]) in numbers
		steps = {str(r[0].value): r for r in book["Steps of work"].iter_rows()}
		for a in report["activities"]:
		    if a["cases"] >= 5:
		        assert steps[a["name"]][1].value == a["count"] and steps[a["name"]][2].value == a["cases"], a["name"]
	EOT
}

@test "a ticket that was drawn and never called is given up, not done in no time" {
	need_python
	{
		printf '\357\273\277番号札;日付;発券時刻;呼出時刻;受付開始;受付終了;交付時刻;備考\r\n'
		for d in 1 2 3 4 5; do
			for n in 1 2 3 4 5; do
				printf 'A%d;R6.4.%d;9:%d0;9:%d5;9:%d6;10:%d0;10:%d5;\r\n' $n $d $n $n $n $n $n
			done
			printf 'A6;R6.4.%d;9:55;;;;;来なかった\r\n' $d
		done
	} >tickets.csv
	"$BPR" mine -f json tickets.csv >tickets.json
	# The last one was drawn five minutes before the log's last call, but an hour before its last event.
	"$python" - <<-'EOF'
		import json
		t = json.load(open("tickets.json"))["totals"]
		assert (t["finished"], t["unfinished"], t["cancelled"]) == (25, 0, 5), t
	EOF
	# While nobody has waited that long yet, it waits.
	sed '$d' tickets.csv >soon.csv
	printf 'A6;R6.4.5;10:54;;;;;\r\n' >>soon.csv
	"$BPR" mine -f json soon.csv >soon.json
	"$python" - <<-'EOF'
		import json
		t = json.load(open("soon.json"))["totals"]
		assert (t["finished"], t["unfinished"], t["cancelled"]) == (25, 1, 4), t
	EOF
}

@test "times that are all midnight are days" {
	for i in 1 2 3 4 5 6; do
		printf '%d,受付,2024/4/%d 0:00:00,佐藤\n%d,交付,2024/4/%d 0:00:00,鈴木\n' $i $i $i $((i + 3))
	done | { echo 案件番号,作業,日時,担当者氏名; cat; } >days.csv
	run -0 --separate-stderr "$BPR" mine days.csv
	[[ "$output" == *"days without a time of day"* ]]
	[[ "$output" != *"Hours in which work was seen"* ]]
	# 担当者氏名 is who did it.
	[[ "$output" == *"Handovers between people"* ]]
	sed 's/0:00:00,鈴木/9:00:00,鈴木/' days.csv >times.csv
	run -0 --separate-stderr "$BPR" mine times.csv
	[[ "$output" != *"days without a time of day"* ]]
}

@test "logs that have no rows have events; headings of tables say what is in them" {
	printf '%s' '<log xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="1"/><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2024-04-01T09:00:00+09:00"/></event></trace></log>' >one.xes
	run -0 --separate-stderr "$BPR" mine --k 1 one.xes
	[[ "$output" == *"(XES), 1 events read"* ]]
	[[ "$output" == *"Every event was understood."* ]]
	run -0 --separate-stderr "$BPR" mine --lang ja "$samples/evidence/logs/counter-before.csv"
	[[ "$output" == *"対象                      件数"* ]]
	[[ "$output" != *"該当する工程"* ]]
}
