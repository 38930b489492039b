#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr checksheet --ask on a pseudo-terminal: only what matters is asked; back, skip, help, end of input, interrupt, a window that changes.
load helper
load samples

terminal() {
	"$python" "$abs_top_srcdir/tests/lib/terminal.py" "$@"
}

setup() {
	need_python
	cd "$BATS_TEST_TMPDIR" || return 1
	cat >p.csv <<'END'
番号,ライフイベント,手続き,条件,窓口,期限
1,転入,転入届,,市民課,14日
2,転入,国保の加入,保険=国保,保険課,14日
3,転入,犬の登録,犬 かつ 庭=いいえ,環境課,30日
4,転出,転出届,,市民課,前日まで
5,質問,犬,世帯 はい・いいえ,,
6,質問,庭,世帯 はい・いいえ,,
END
	sed -i '1s/条件/条件/' p.csv
}

ask() {
	terminal -o out "$@" -- "$BPR" checksheet -q --lang en p.csv --ask
}

@test "event, day, members, facts; the sheet at the end" {
	run -0 ask 'What is it about=1^M' 'On which day=2027-03-29^M' 'Who belongs=母^M' '2) =^M' '1. 母: =1^M' '2. =y^M' '3. =n^M'
	has '国保の加入' "$(cat out)"
	has '犬の登録' "$(cat out)"
	has 'by Monday, 12 April 2027' "$(cat out)"
	has_not 'To be confirmed' "$(cat out)"
}

@test "a fact is asked only while it can still change the sheet" {
	# no dog: the garden does not matter
	run -0 ask 'What is it about=1^M' 'On which day=^M' 'Who belongs=^M' '1. =2^M' '2. =n^M'
	has_not '3. ' "$output"
	has_not '犬の登録' "$(cat out)"
	# moving out: nothing is asked but the beginning
	run -0 ask 'What is it about=2^M' 'On which day=^M' 'Who belongs=^M'
	has_not '1. ' "$output"
	has '転出届' "$(cat out)"
}

@test "help, a word that is no answer, back, skip" {
	run -0 ask 'What is it about=転入^M' 'On which day=?^M' 'deadlines are counted=someday^M' 'type a date=^M' 'Who belongs=^M' '1. =1^M' '2. =perhaps^M' \
		'answer yes=?^M' 'It decides about: 犬の登録=<^M' 'none of these=^M' '2. =^M' '3. =^M'
	has 'Enter alone' "$output"
	run -0 ask 'What is it about=1^M' 'On which day=^M' 'Who belongs=^M' '1. =^M' '2. =^M' '3. =^M'
	has 'To be confirmed: 国保の加入' "$(cat out)"
	has 'To be confirmed: 犬の登録' "$(cat out)"
}

@test "end of input makes the sheet with what is known" {
	run -0 ask 'What is it about=1^M' 'On which day=2027-03-29^M' 'Who belongs=^D'
	has '転入届' "$(cat out)"
	has 'To be confirmed: 国保の加入' "$(cat out)"
	run -130 ask 'What is it about=^D'
	[ ! -s out ]
}

@test "Ctrl-C: exit 130, the terminal as it was, nothing written" {
	run -130 terminal 'What is it about=1^M' 'On which day=^C' -- "$BPR" checksheet -q --lang en p.csv --ask -o sheet.html --save h.json
	[ ! -e sheet.html ]
	[ ! -e h.json ]
	[ -z "$(ls .bpr-* 2>/dev/null)" ]
}

@test "a window that changes its size does no harm" {
	run -0 ask 'What is it about=40x10' '> =1^M' 'On which day=^M' 'Who belongs=100x30' '1) =^M' '1. =2^M' '2. =n^M'
	has '転入届' "$(cat out)"
}

@test "answers are saved and read again" {
	run -0 terminal -o out 'What is it about=1^M' 'On which day=2027-03-29^M' 'Who belongs=母^M' '2) =^M' '1. 母: =1^M' '2. =n^M' -- \
		"$BPR" checksheet -q --lang en p.csv --ask --save h.json
	"$BPR" checksheet -q --lang en p.csv h.json >again
	cmp out again
}
