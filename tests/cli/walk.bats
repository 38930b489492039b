#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Being the citizen: dialogue in a terminal, answers of a script, the record, the sheet.
load helper
load samples

# Two counters in two buildings, one form with the name twice, sent back in a quarter of the cases.
errand() {
	cat >"$1.csv" <<'END'
id,name,kind,unit,counter,actor,work,wait,writes,id_checks,seals,next
S,,start,,,,,,,,,A
A,届を書く,task,市民課,,住民,4,,F,,,B
B,受付,task,市民課,1番,,3,5,,1,,G
G,不備があるか,xor,,,,,,,,,A:25%;C:75%
C,交付,task,税務課,2番,,5,,,,2,E
E,,end,,,,,,,,,
END
	cat >"$1.forms.csv" <<'END'
form,name,field,group,times
F,申請書,届出人,氏名,2
F,申請書,住所,,1
F,申請書,電話,,1
END
	printf 'counter,building,floor,walk_minutes\n1番,本庁舎,1階,1\n2番,分庁舎,2階,6\n' >"$1.counters.csv"
	printf 'key,value\nper_year,1200\nwrite_seconds_per_field,20\n' >"$1.demand.csv"
}

# The same without going back, everything at one counter, the name printed already.
easier() {
	errand "$1"
	sed -i 's/A:25%;C:75%/A:0%;C:100%/; s/2番/1番/' "$1.csv"
	sed -i 's/times/times,prefilled/; s/氏名,2/氏名,2,○/; s/,1$/,1,/' "$1.forms.csv"
}

terminal() {
	need_python
	"$python" "$abs_top_srcdir/tests/lib/terminal.py" "$@"
}

@test "answers of a script: the story, and the figures beside what is expected" {
	errand f
	run -0 --separate-stderr "$BPR" walk --lang en --speed 0 --name 北見花子 --answers 1,2 f.csv
	has 'Visits to counters                               2             2' "$output" || has 'Visits to counters' "$output"
	has 'Times the name is written' "$output"
	has 'Steps done again                                 2             0.7' "$output"
	has 'Welcome, 北見花子.' "$stderr"
	has '[ 1番 ] 本庁舎 1階' "$stderr"
	has 'Back again' "$stderr"
	has 'The next counter is in another building.' "$stderr"
	has 'You put your seal: 2 times.' "$stderr"
	[ "$(grep -c 'Name > 北見花子' <<<"$stderr")" -eq 4 ]
}

@test "JSON: totals written out by hand, valid against the schema" {
	need_python
	need_jsonschema
	errand f
	"$BPR" walk -q --speed 0 --name x --answers 1,2 -f json f.csv 2>/dev/null |
		"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'report["schema"] == "bpr.walk/1"' \
			'report["walks"][0]["totals"]["counter_visits"] == 2' 'report["walks"][0]["totals"]["names_written"] == 4' \
			'report["walks"][0]["totals"]["fields_written"] == 8' 'report["walks"][0]["totals"]["revisits"] == 2' \
			'report["walks"][0]["totals"]["building_moves"] == 1' 'report["walks"][0]["totals"]["id_checks"] == 2' \
			'report["walks"][0]["totals"]["seals"] == 2' 'report["walks"][0]["totals"]["minutes"] == 4*2 + 8*2 + 5 + 7' \
			'abs(report["walks"][0]["expected"]["names_written"] - 8/3) < 1e-9' 'report["walks"][0]["outcome"] == "done"' \
			'[e["way"]["to"] for e in report["walks"][0]["events"] if e["what"] == "choice"] == ["A", "C"]'
}

@test "two flows: side by side, with what a mayor asks; the schema holds" {
	need_python
	need_jsonschema
	errand f
	easier g
	run -0 --separate-stderr "$BPR" walk -q --lang en --speed 0 --name x --answers 2 f.csv g.csv
	has 'One citizen is spared writing the name 2 times, 1 counters and' "$output"
	has 'The name was written 2 times before, 0 times after.' "$output"
	has 'With 1200 cases a year' "$output"
	has 'Now the same errand as it is to be, x.' "$stderr"
	"$BPR" walk -q --speed 0 --name x --answers 2 -f json f.csv g.csv 2>/dev/null |
		"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'len(report["walks"]) == 2'
	run -0 --separate-stderr "$BPR" walk -q --lang ja --speed 0 --name 花子 --answers 2 f.csv g.csv
	has '氏名を書いた回数は、見直し前2回、見直し後0回です。' "$output"
	has '花子さん、ようこそ。' "$stderr"
}

@test "the after is what levers make of the flow" {
	errand f
	printf '番号,施策,対象,値\n1,窓口統合,*,総合窓口\n2,印字,*,\n' >levers.csv
	run -0 --separate-stderr "$BPR" walk -q --lang en --speed 0 --name x --answers 2,2 --with levers.csv f.csv
	has '[ 総合窓口 ]' "$stderr"
	has 'The name was written 2 times before, 0 times after.' "$output"
	has 'Counters: 2 visits before, 1 after.' "$output"
	printf '番号,施策,対象,値\n1,廃止,ない工程,\n' >bad.csv
	run -3 "$BPR" walk -q --name x --answers 2,2 --with bad.csv f.csv
}

@test "names: empty and wrong ones are asked again, blanks between do not matter" {
	errand f
	printf '北見 太郎\n\n別人\n北見太郎\n北見　太郎\n2\n' >answers
	run -0 --separate-stderr "$BPR" walk -q --lang en --speed 0 --answers answers f.csv
	has 'The box for the name is still empty.' "$stderr"
	has 'This is not the name that we have here' "$stderr"
	run -0 --separate-stderr sh -c '"$1" walk -q --lang en --speed 0 f.csv <answers' - "$BPR"
	has 'The box for the name is still empty.' "$stderr"
}

@test "answers that end too early, or fit nothing: said where, and nothing is written" {
	errand f
	run -3 --separate-stderr "$BPR" walk -q --lang en --speed 0 --name x --answers 1 --record log.csv -o out.txt f.csv
	has "the answers end before the walk does, at '受付' [U231]" "$stderr"
	[ ! -e log.csv ]
	[ ! -e out.txt ]
	run -3 --separate-stderr "$BPR" walk -q --lang en --speed 0 --name x --answers 3 f.csv
	has "answer 1 is '3'; expected the number of a way, 1 to 2 [U233]" "$stderr"
	run -3 --separate-stderr sh -c '"$1" walk -q --lang en --speed 0 f.csv </dev/null' - "$BPR"
	has '[U231]' "$stderr"
	mkdir folder
	run -3 --separate-stderr "$BPR" walk -q --lang en --speed 0 --answers folder f.csv
	has 'cannot read the answers' "$stderr"
}

@test "ways by their words" {
	errand f
	run -0 --separate-stderr "$BPR" walk -q --lang en --speed 0 --name x --answers 届を書く,交付 f.csv
	has 'Back again' "$stderr"
}

@test "drawn: the same seed gives the same bytes, and all draws differ" {
	errand f
	for s in 1 2 3 4 5 6 7 8; do
		"$BPR" walk -q --speed 0 --draw --name x --seed $s f.csv >a$s 2>b$s
		"$BPR" walk -q --speed 0 --draw --name x --seed $s f.csv >c 2>d
		cmp a$s c
		cmp b$s d
	done
	[ "$(cat b? | sort | uniq | wc -l)" -gt 10 ]
	[ "$(md5sum a? | cut -c 1-32 | sort -u | wc -l)" -gt 1 ]
}

@test "the record: mine reads it, and its facts are those of the walk" {
	errand f
	"$BPR" walk -q --speed 0 --name x --answers 1,2 --record log.csv --date 2027-04-01 f.csv >/dev/null 2>&1
	run -0 "$BPR" mine -q -f json -o mined.json log.csv
	need_python
	"$python" - <<-'EOT'
		import json
		m = json.load(open("mined.json"))
		assert m["log"]["cases"] == 1 and m["log"]["events"] == 5, m["log"]
		assert m["log"]["first"].startswith("2027-04-01T09:00"), m["log"]["first"]
		assert {a["name"]: a["count"] for a in m["activities"]} == {"届を書く": 2, "受付": 2, "交付": 1}
	EOT
	run -0 "$BPR" mine -q -o flow.csv log.csv
	run -0 "$BPR" analyze -q -f json flow.csv
	"$BPR" analyze -q -f json flow.csv >measured.json
	"$python" - <<-'EOT'
		import json
		case = json.load(open("measured.json"))["case"]
		for key, value in {"steps": 5, "fields_written": 8, "id_checks": 2, "seals": 2, "counter_visits": 2}.items():
		    assert abs(case[key]["mean"] - value) < 1e-6, (key, case[key])
	EOT
	run -0 "$BPR" mine -q --onto f.csv -o onto.csv log.csv
	run -0 "$BPR" analyze -q onto.csv
	easier g
	"$BPR" walk -q --lang ja --speed 0 --name x --answers 2 --record both.csv f.csv g.csv >/dev/null 2>&1
	"$BPR" mine -q -f json both.csv >both.json
	[ "$("$python" -c 'import json; print(json.load(open("both.json"))["log"]["cases"])')" = 2 ]
}

@test "the sheet: every format in both languages; filled in, mine reads it back" {
	errand f
	for l in en ja; do
		run -0 --separate-stderr "$BPR" walk --lang $l --sheet --rows 2 f.csv
		has '1番' "$output"
		"$BPR" walk --lang $l --sheet --rows 2 -o s.csv f.csv
		grep -q '^,1,1番,本庁舎 1階,受付,,,,,,,,,,,$' s.csv
		[ "$(grep -c '^,[0-9]' s.csv)" -eq 4 ]
		sed '/^,1,/s/.*/1班,1,1番,本庁舎 1階,受付,9:00,9:05,9:10,申請書,2,1,4,,1,,迷った/; /^,2,/s/.*/,2,2番,分庁舎 2階,交付,9:16,,9:21,,,,,2,,,/' s.csv >filled.csv
		"$BPR" mine -q -f json filled.csv >m.json
		grep -q '"cases": 1' m.json
		grep -q '"events": 2' m.json
		"$BPR" mine -q -o flow.csv filled.csv
		grep -q '申請書' flow.csv
		"$BPR" mine -q --onto f.csv -o onto.csv filled.csv
		"$BPR" walk --lang $l --sheet -o s.html f.csv
		grep -q '1番' s.html
		none grep -q '<script' s.html
	done
}

@test "the sheet as PDF has its pages, the counters in it" {
	errand f
	"$BPR" walk --lang ja --sheet -o s.pdf f.csv || skip 'no PDF without librsvg'
	head -c 5 s.pdf | grep -q '%PDF-'
	command -v pdftotext >/dev/null || skip 'pdftotext is not installed'
	pdftotext s.pdf - | grep -q '2番'
	[ "$(pdfinfo s.pdf | sed -n 's/^Pages: *//p')" -ge 2 ]
	"$BPR" walk --lang ja --sheet -o t.pdf f.csv
	cmp s.pdf t.pdf
}

@test "options that do not go together" {
	errand f
	run -2 "$BPR" walk --sheet --draw f.csv
	has "[U160]" "$output"
	run -2 "$BPR" walk --sheet f.csv f.csv
	has "[U234]" "$output"
	run -2 "$BPR" walk -f csv f.csv
	has "[U235]" "$output"
	run -2 "$BPR" walk --sheet -f json f.csv
	has "[U236]" "$output"
	run -2 "$BPR" walk --date never --name x f.csv
	has "[U161]" "$output"
	run -2 "$BPR" walk --speed -1 f.csv
	run -3 "$BPR" walk none.csv
	run -2 "$BPR" walk --draw --name x --record f.csv f.csv
	has "[U110]" "$output"
}

@test "a flow that never ends, a case that is stuck: said, not walked for ever" {
	printf 'id,kind,next\nS,start,A\nA,task,A\nE,end,\n' >loop.csv
	run -3 --separate-stderr timeout 20 "$BPR" walk -q --draw --name x loop.csv
}

@test "names of the flow and answers obey nothing on the terminal" {
	errand f
	sed -i "s/受付/受$(printf '\033[31m')付/" f.csv
	run --separate-stderr "$BPR" walk -q --lang en --speed 0 --name "$(printf 'a\033]0;b')" --answers 2 f.csv
	has_not $'\033' "$output$stderr"
}

@test "a terminal: the whole dialogue" {
	errand f
	run -0 terminal -o out 'Your name=北見 花子^M' 'Name > =^M' 'still empty=北見花子^M' 'trouble=北見花子^M' 'Number=9^M' 'Please choose=2^M' -- \
		"$BPR" walk -q --lang en --speed 0 f.csv
	has 'Please choose a number from 1 to 2' "$output"
	has 'Thank you for coming' "$output"
	has 'Times the name is written' "$(cat out)"
}

@test "a terminal: end of input, Ctrl-C, a narrow window, a window that changes" {
	errand f
	run -3 terminal -o out 'Your name=x^M' 'Name > =^D' -- "$BPR" walk -q --lang en --speed 0 --record log.csv f.csv
	has "the walk was given up at '届を書く' [U232]" "$output"
	[ ! -e log.csv ]
	run -130 terminal -o out 'Your name=^C' -- "$BPR" walk -q --lang en f.csv
	run -130 terminal -o out 'Name > =x^Mx^M' 'more fields=^C' -- "$BPR" walk -q --lang en --name x --speed 0.01 --record log.csv f.csv
	[ ! -e log.csv ]
	[ -z "$(ls .bpr-* 2>/dev/null)" ]
	run -0 terminal -o out 'Your name=30x10' 'Your name=x^M' 'Name > =x^M' 'Name > =70x20' 'Name > =x^M' 'Number=2^M' -- \
		"$BPR" walk -q --lang en --speed 0 f.csv
	has 'Today you are' "$output"
}

@test "a terminal: colours unless NO_COLOR, TERM=dumb or --color never" {
	errand f
	export TERM=xterm
	run -0 env -u NO_COLOR "$python" "$abs_top_srcdir/tests/lib/terminal.py" -o out 'Name > =x^Mx^M' 'Number=2^M' -- "$BPR" walk -q --lang en --name x --speed 0 f.csv
	has $'\033[1m' "$output"
	for e in NO_COLOR=1 TERM=dumb; do
		run -0 env $e "$python" "$abs_top_srcdir/tests/lib/terminal.py" -o out 'Name > =x^Mx^M' 'Number=2^M' -- "$BPR" walk -q --lang en --name x --speed 0 f.csv
		has_not $'\033' "$output"
	done
}

@test "every sample can be walked, drawn" {
	for f in "$samples"/*/before.csv "$samples"/*/after.csv "$samples"/life-events/*-before.csv "$samples"/kitami/*.bpmn "$samples"/peak/flow.csv; do
		for s in 1 2 3; do
			"$BPR" walk -q --speed 0 --draw --name x --seed $s "$f" >/dev/null 2>&1
		done
	done
}
