# SPDX-License-Identifier: GPL-3.0-or-later
# Language and locale: chosen without any installed locale; numbers and bytes never depend on them.
load helper

@test "the language: --lang, BPR_LANG, LC_ALL, LC_MESSAGES, LANG, in this order" {
	ja() { has '使い方:' "$(env -u LC_ALL -u LC_MESSAGES -u LANG "$@" "$BPR" help)"; }
	en() { has 'Usage:' "$(env -u LC_ALL -u LC_MESSAGES -u LANG "$@" "$BPR" help)"; }
	en A=1
	ja LANG=ja_JP.UTF-8
	ja LANG=ja
	en LANG=java
	ja LC_MESSAGES=ja_JP.UTF-8 LANG=en_US.UTF-8
	en LC_ALL=C LC_MESSAGES=ja_JP.UTF-8 LANG=ja_JP.UTF-8
	ja BPR_LANG=ja LC_ALL=C
	en BPR_LANG=en LC_ALL=ja_JP.UTF-8
	has '使い方:' "$(BPR_LANG=en "$BPR" help --lang ja)"
	has 'Usage:' "$(BPR_LANG=ja "$BPR" help --lang en)"
	has '使い方:' "$("$BPR" --lang ja --help)"
}

@test "Japanese needs no Japanese locale" {
	run -2 env LC_ALL=C LANG=C LOCPATH=/nonexistent "$BPR" compre --lang ja
	has '「compre」というコマンドはありません [U100]' "$output"
}

@test "JSON and CSV have the same bytes in every locale" {
	small_flow a
	sed -i 's/,3,F/,"3.5",F/' a.csv
	json=$(LC_ALL=C "$BPR" analyze -q -f json a.csv)
	csv=$(LC_ALL=C "$BPR" analyze -q -f csv a.csv)
	has 3.5 "$json"
	for l in de_DE.UTF-8 fr_FR.UTF-8 tr_TR.UTF-8 fa_IR.UTF-8 ja_JP.UTF-8 ja_JP.EUC-JP POSIX xx_YY; do
		# LC_ALL decides the language too: only the bytes of machine formats are the same.
		[ "$(LC_ALL=$l BPR_LANG=en "$BPR" analyze -q -f json a.csv)" = "$json" ]
		[ "$(LC_ALL=$l BPR_LANG=en "$BPR" analyze -q -f csv a.csv)" = "$csv" ]
	done
}

@test "two runs give the same bytes, in another folder, time zone, home and umask" {
	small_flow a
	for f in text md json csv; do
		one=$("$BPR" analyze -q -f $f a.csv | md5sum)
		mkdir -p "other$f"
		two=$(umask 077 && TZ=Asia/Tokyo HOME=/nonexistent COLUMNS=33 "$BPR" analyze -q -f $f a.csv | md5sum)
		[ "$one" = "$two" ]
	done
}

@test "a CSV for Excel begins with a byte order mark, once" {
	small_flow a
	small_flow b
	"$BPR" analyze -q -f csv a.csv b.csv >plain.csv
	for name in utf-8-bom utf8-bom; do
		"$BPR" analyze -q --encoding $name -f csv a.csv b.csv >bom.csv
		printf '\357\273\277' | cat - plain.csv | cmp - bom.csv
	done
	run -0 "$BPR" analyze -q --encoding utf8-bom -f json a.csv
	[ "${output:0:1}" = '{' ]
	better_flow c
	"$BPR" compare -q --encoding utf8-bom a.csv c.csv -o pair.csv
	[ "$(head -c 3 pair.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
	iconv -f UTF-8 -t CP932 a.csv >sjis.csv
	run -0 "$BPR" analyze -q --encoding utf8-bom -f csv sjis.csv
	has 受付 "$output"
}
