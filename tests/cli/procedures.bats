#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr check of tables of procedures and of decision tables: known by their headings, findings in every format, exit status.
load helper
load samples

table() {
	printf '%s\n' "$@" >t.csv
}

@test "a table of procedures is known by its headings; what contradicts itself is an error" {
	table '番号,ライフイベント,手続き,条件' '1,転入,a,' '2,転入,b,いずれか(年齢 < 6 かつ 年齢 >= 15)' '3,転入,c,車' '4,転入,c,犬'
	run -1 --separate-stderr "$BPR" check -f short t.csv
	[[ ${lines[0]} == 't.csv:3:1: error: '*'[H060]' ]]
	[[ ${lines[1]} == 't.csv:5:1: warning: '*'[H062]' ]]
	[[ ${lines[1]} == *'車=○, 犬=○'* ]]
	[ "${#lines[@]}" -eq 2 ]
	run -0 "$BPR" check --rule H060=warning t.csv
	[[ $output == *'t.csv'* ]]
}

@test "a gap is told with a household, in JSON as in text" {
	table 'ライフイベント,手続き,条件' '転入,a,車' '転入,b,子ども'
	json_of check --format json t.csv -- \
		'[f["code"] for f in reports[0]["findings"]] == ["H063"]' \
		'"[年齢=" not in reports[0]["findings"][0]["message"] and "車=×" in reports[0]["findings"][0]["message"]'
	run -0 "$BPR" check --lang ja t.csv
	[[ $output == *'どの手続きにも当てはまらない世帯があります'* ]]
}

@test "a condition that cannot be read is a finding with its character, and exit status 3" {
	table 'ライフイベント,手続き,条件' '転入,a,車 adn 犬'
	run -3 --separate-stderr "$BPR" check t.csv
	[[ $output == *"'adn' at character 3 is no operator; did you mean 'and'?"* ]]
	run -3 --separate-stderr "$BPR" check --lang ja t.csv
	[[ $output == *'条件の3文字目の「adn」は演算子ではありません'* ]]
}

@test "decision tables of DMN are checked as well" {
	cat >t.dmn <<-'END'
		<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
		<decision name="d"><decisionTable hitPolicy="FIRST">
		<input><inputExpression typeRef="number"><text>台数</text></inputExpression></input><output name="procedure"/>
		<rule><inputEntry><text>&gt;= 3</text></inputEntry><outputEntry><text>"a"</text></outputEntry></rule>
		<rule><inputEntry><text>&gt;= 5</text></inputEntry><outputEntry><text>"b"</text></outputEntry></rule>
		<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"c"</text></outputEntry></rule>
		</decisionTable></decision></definitions>
	END
	run -1 --separate-stderr "$BPR" check -f short t.dmn
	[ "${#lines[@]}" -eq 1 ]
	[[ ${lines[0]} == 't.dmn:5:1: error: '*'[H061]' ]]
	sed -i 's/FIRST/PRIORITY/' t.dmn
	run -3 "$BPR" check t.dmn
	[[ $output == *H202* ]]
}

@test "a question that is not decided within the limit says so" {
	table '手続き,条件,期限' 'a,(甲 or 乙) and (丙 or 丁) and not (甲 and 丙) and not (乙 and 丁),'
	run -0 "$BPR" check --max-states 2 t.csv
	[[ $output == *H072* ]]
}

@test "a flow table with a column of that name stays a flow" {
	printf '%s\n' 'id,name,procedure,work' '1,受付,転入,5' >f.csv
	run -0 "$BPR" check f.csv
	[[ $output != *'table of procedures'* ]]
}

@test "the sample has nothing wrong" {
	run -0 "$BPR" check "$samples/procedures/procedures.csv"
	[[ $output == *'Nothing was found.'* ]]
}
