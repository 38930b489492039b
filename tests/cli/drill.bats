#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Exercises: each is solved by the commands here, and a wrong answer is told what is wrong with it.
load helper
load samples

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	run -0 "$BPR" new drill -o enshu
	cd enshu || return 1
}

@test "the list, the text of an exercise, both languages" {
	run -0 "$BPR" drill
	has '[ ] 1' "$output"
	has '0 of 6 passed.' "$output"
	has 'Go on with: bpr drill 1' "$output"
	run -0 "$BPR" drill --lang ja 3
	has '4枚の申請書を1枚にする' "$output"
	has 'bpr drill 3 --answer' "$output"
	cd ..
	run -0 "$BPR" drill enshu
	has 'bpr drill enshu 1' "$output"
	run -0 "$BPR" drill enshu/pack.ini 2
	has 'enshu/morning.csv' "$output"
}

@test "1: a number; too small, too large, right" {
	run -1 "$BPR" drill 1 --answer 3
	has 'It is more than 3.' "$output"
	run -1 "$BPR" drill 1 --answer 5
	has 'It is less than 5.' "$output"
	n=$("$BPR" analyze -f json certificates.csv | "$python" -c 'import json,sys; print("%.2f" % json.load(sys.stdin)["case"]["counter_visits"]["mean"])')
	run -0 "$BPR" drill 1 --answer "$n"
	has 'Passed: exercise 1.' "$output"
	run -3 "$BPR" drill 1 --answer 三回
	has 'N115' "$output"
}

@test "2: the bottleneck, by name or as the report says" {
	run -1 "$BPR" drill 2 --answer 会計職員
	has 'another one' "$output"
	name=$("$BPR" analyze -f json morning.csv | "$python" -c '
import json, sys
print([b["pool"] for b in json.load(sys.stdin)["bottlenecks"] if b["lens"] == "utilisation" and b["rank"] == 1][0])')
	run -0 "$BPR" drill 2 --answer "$name"
}

@test "3: one form; by levers, and what falls short is named" {
	printf '施策,対象,値\n様式統合,住民票の写し等交付申請書;印鑑登録証明書交付申請書;戸籍証明書等交付申請書;税証明交付申請書,証明書等交付申請書\n' >levers.csv
	run -0 "$BPR" convert -q certificates.csv --with levers.csv -o mine.csv
	run -0 "$BPR" drill 3 --answer mine.csv
	# The flow as it is has too many forms, and everything else.
	run -1 "$BPR" drill --lang ja 3 --answer certificates.csv
	has '4つの条件のうち2つ' "$output"
	has '申請書を書いています' "$output"
	# Whoever takes the certificates away does not pass.
	printf '番号,作業名,種別,次\ns,来る,開始,e\ne,帰る,終了,\n' >empty.csv
	run -1 "$BPR" drill 3 --answer empty.csv
	has 'no longer handed out' "$output"
	run -3 "$BPR" drill 3 --answer nowhere.csv
}

@test "4: the check sheet of a family; what is missing and what is too much" {
	run -0 "$BPR" checksheet -q procedures.csv household.json -f csv -o sheet.csv
	run -0 "$BPR" drill 4 --answer sheet.csv
	sed '2d' sheet.csv >less.csv
	run -1 "$BPR" drill 4 --answer less.csv
	has 'the list lacks: 1.' "$output"
	run -1 "$BPR" drill 4 -f json --answer less.csv
	n=$(printf '%s' "$output" | "$python" -c 'import json,sys; r=json.load(sys.stdin); print(len(r["missing"]), len(r["extra"]), r["passed"])')
	[ "$n" = '1 0 False' ]
}

@test "5: one more person at the right place, not at the wrong one" {
	for f in morning.csv morning.demand.csv; do cp $f my${f#morning}; done
	sed 's/^窓口職員,5/窓口職員,6/' morning.staff.csv >my.staff.csv
	run -0 "$BPR" drill 5 --answer my.csv
	sed 's/^会計職員,1/会計職員,2/' morning.staff.csv >my.staff.csv
	run -1 "$BPR" drill 5 --answer my.csv
	has 'still waits' "$output"
	sed 's/^窓口職員,5/窓口職員,9/' morning.staff.csv >my.staff.csv
	run -1 "$BPR" drill 5 --answer my.csv
	has 'There are 10 people.' "$output"
	sed 's/^per_day,105/per_day,50/' morning.demand.csv >my.demand.csv
	cp morning.staff.csv my.staff.csv
	run -1 "$BPR" drill 5 --answer my.csv
	has 'The demand has changed' "$output"
}

@test "6: the best choice within the budget; a dear one, a poor one, an invented one" {
	run -0 "$BPR" suggest -q certificates.csv --with choices.csv --budget 300万 --max-days 60 --chosen -o answer.csv
	run -0 "$BPR" drill 6 --answer answer.csv
	run -1 "$BPR" drill 6 --answer choices.csv
	has 'more than the budget' "$output"
	head -1 choices.csv >poor.csv
	sed -n 2p choices.csv >>poor.csv
	grep '^4,' choices.csv >>poor.csv
	run -1 "$BPR" drill 6 --answer poor.csv
	has 'Another choice brings more' "$output"
	sed '/^1,/s/20万/0/' choices.csv | head -3 >cheap.csv
	run -3 "$BPR" drill 6 --answer cheap.csv
	has 'N116' "$output"
}

@test "progress: kept, not counted twice, hashed; hints one by one" {
	run -0 "$BPR" drill 1 --hint --team 赤組
	run -0 "$BPR" drill 1 --hint
	[ "$(printf '%s\n' "$output" | grep -c 'analyze certificates.csv')" -eq 1 ]
	run -1 "$BPR" drill 1 --answer 2
	run -1 "$BPR" drill 1 --answer 2
	run -0 "$BPR" drill -f json
	printf '%s' "$output" | check_schema_file
	n=$(printf '%s' "$output" | "$python" -c 'import json,sys; r=json.load(sys.stdin); x=r["exercises"][0]; print(r["team"], x["attempts"], x["hints"], x["passed"])')
	[ "$n" = '赤組 1 2 False' ]
	none grep -q '"2"' progress.json
	check_schema_file <progress.json
	echo '{}' >progress.json
	run -3 "$BPR" drill
	has 'N121' "$output"
	run -0 "$BPR" drill --record other.json
}

check_schema_file() {
	need_jsonschema
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$abs_top_srcdir/lib/schema"
}

@test "a class: ranked, in every format, whatever lies in the folder" {
	cd ..
	mkdir -p teams/blue
	for t in red blue; do
		"$BPR" drill enshu 1 --answer 3.4 --team $t --record $t.json >out
	done
	"$BPR" drill enshu 2 --answer 窓口職員 --record blue.json >out
	mv red.json teams/red.json
	cp enshu/household.json enshu/*.csv teams/blue/
	mv blue.json teams/blue/progress.json
	run -0 "$BPR" drill enshu --class teams
	has 'Scoreboard' "$output"
	[ "$("$BPR" drill enshu --class teams -f csv | sed -n 2p)" = '1,blue,1,yes,1,0' ]
	"$BPR" drill enshu --class teams -f json >class.json
	check_schema_file <class.json
	run -0 "$BPR" drill enshu --class teams -f html -o board.html --lang ja
	has '得点表' "$(cat board.html)"
	echo '[1' >teams/broken.json
	run -3 "$BPR" drill enshu --class teams -f md
	has '| ' "$output"
	has 'broken.json' "$output"
	mkdir none
	run -3 "$BPR" drill enshu --class none
	has 'U256' "$output"
}

@test "watch: grades when the file is saved, ends when it passes" {
	timeout 60 "$BPR" drill 2>watch.err 3 --watch --answer mine.csv >watch.out &
	pid=$!
	cp certificates.forms.csv mine.forms.csv
	cp certificates.csv mine.tmp
	mv mine.tmp mine.csv
	for _ in $(seq 100); do
		grep -q 'requirements are met' watch.out 2>/dev/null && break
		sleep 0.1
	done
	grep -q 'requirements are met' watch.out
	printf '施策,対象,値\n様式統合,住民票の写し等交付申請書;印鑑登録証明書交付申請書;戸籍証明書等交付申請書;税証明交付申請書,証明書等交付申請書\n' >levers.csv
	"$BPR" convert -q certificates.csv --with levers.csv -o good.csv
	mv good.forms.csv mine.forms.csv
	mv good.csv mine.csv
	wait $pid
	grep -q 'Passed: exercise 3.' watch.out
}

@test "what cannot be" {
	run -2 "$BPR" drill --answer 3
	has 'U250' "$output"
	run -2 "$BPR" drill 3 --watch
	has 'U251' "$output"
	run -2 "$BPR" drill 1 -f html
	has 'U252' "$output"
	run -2 "$BPR" drill 9
	has 'U254' "$output"
	run -3 "$BPR" drill "$BATS_TEST_TMPDIR"
	has 'U253' "$output"
	run -2 "$BPR" drill 1 --hint --answer 3
	printf '[pack]\nid=x\n[1]\ntitle=t\ntext=t\ntask=flow\ninput=../../etc/passwd\nrequire=sound\n' >pack.ini
	run -3 "$BPR" drill
	has 'pack.ini:7' "$output"
	has 'N107' "$output"
}
