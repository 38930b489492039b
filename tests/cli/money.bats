#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The page about hours and money: what a reform saves, what moves that, when its cost is paid back.
load helper

# A step of 10 minutes becomes one of 4, done 1/(1 - 0.2) times; 1,200 cases, 3,000 yen an hour: 150 hours, 450,000 yen a year.
pair() {
	local side

	for side in before after; do
		cat >"$side.csv" <<'END'
id,name,kind,work,staff,next
S,,start,,,A
A,受付,task,3,P,B
B,審査,task,10,P,G
G,,xor,,,A:20%;E:80%
E,,end,,,
END
		printf 'pool,count,yen_per_hour\nP,2,3000\n' >"$side.staff.csv"
		printf 'key,value\nper_year,1200\n' >"$side.demand.csv"
	done
	sed -i 's/審査,task,10/審査,task,4/' after.csv
}

page() {
	"$BPR" compare -q --lang en -f html --parts money "$@" before.csv after.csv -o page.html
}

# Texts of the figures, one a line; the cells and sentences.
texts() {
	grep -o '<text[^>]*>[^<]*' page.html | sed 's/.*>//'
}

# What stands above the last bar of the waterfall.
total() {
	texts | grep -x -B1 total | head -1
}

@test "the bars add up to what the reform saves" {
	pair
	page
	[ "$(total)" = 150 ]
	texts | grep -qx '+150'
	texts | grep -qx 'steps that get faster'
	grep -q '¥450,000' page.html
}

@test "an assumption moved is the flow changed with --set" {
	pair
	page
	texts >figures
	grep -q 'cases a year, 960 to 1,440' figures
	grep -q "sent back to &#39;受付&#39;, 10% to 30%" figures
	for end in '120 demand.per_year=960' '180 demand.per_year=1440' '133 step.G.next=A:10%;E:90%' '171 step.G.next=A:30%;E:70%'; do
		grep -qx "${end%% *}" figures
		page --set "${end#* }"
		[ "$(total)" = "${end%% *}" ]
	done
}

@test "the cost is paid back after so many months" {
	pair
	page --initial-cost 30万 --yearly-cost 90,000
	grep -q 'paid back after (¥300,000 / (¥450,000 - ¥90,000))' page.html
	grep -q 'about 10 months' page.html
	page --initial-cost 300000 --yearly-cost 9万円
	grep -q 'about 10 months' page.html
	page --initial-cost=1億 --yearly-cost=45万
	grep -q '>never *<' page.html
	page --initial-cost 30万
	grep -q 'it counts as 0' page.html
	grep -q 'about 8 months' page.html
	page
	run ! grep -q 'paid back after' page.html
	grep -q -e '--initial-cost YEN' page.html
}

@test "in Japanese, as offices write it" {
	pair
	"$BPR" compare -q --lang ja -f html --parts money --initial-cost 30万 --yearly-cost 9万 before.csv after.csv -o page.html
	for said in うまれる職員の時間 前提が変わったら 費用と回収 約10か月 '150時間' 住民の時間 始めたあとに測ること; do
		grep -q "$said" page.html
	done
	grep -q '人を減らす金額ではありません' page.html
}

@test "costs that are none, and costs without pages" {
	pair
	for wrong in -5 abc '' 3時間 nan; do
		run --separate-stderr -2 "$BPR" compare --lang en -f html --initial-cost "$wrong" before.csv after.csv
		[[ $stderr == *"option '--initial-cost'"*"is no amount of money"*U125* ]]
	done
	run --separate-stderr -2 "$BPR" compare --lang en --yearly-cost 5 before.csv after.csv
	[[ $stderr == *"'--yearly-cost'"*U123* ]]
	run --separate-stderr -2 "$BPR" analyze --lang en -f html --yearly-cost 5 before.csv
	[[ $stderr == *yearly-cost* ]]
}

@test "the first page of one flow" {
	pair
	"$BPR" analyze -q --lang en -f html --parts front before.csv -o page.html
	# 1.25 times 3 and 10 minutes, 1,200 times
	grep -q '<b>325 h</b>' page.html
	texts | grep -q '^審査'
	texts | grep -q '^250 h (77%)$'
	"$BPR" check -q --lang en -f html --parts front before.csv -o page.html
	grep -q '<b>sound</b>' page.html
	run "$BPR" check -q --lang en -f html --parts front "$abs_top_srcdir/samples/unsound/deadlock.csv"
	[ "$status" -eq 1 ]
	[[ $output == *"not sound"* ]]
	[[ $output == *"What to mend first"* ]]
	printf 'key,value\nper_day,20\nopen,9:00-12:00\n' >after.demand.csv
	"$BPR" simulate -q --lang en -f html --parts front --days 2 --replications 3 after.csv -o page.html
	grep -q 'All of it is simulated: 3 runs of 2 working days each' page.html
}
