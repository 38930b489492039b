#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr checksheet: sheets against those written out by hand, formats, views, what it refuses.
load helper
load samples

procedures=$abs_top_srcdir/samples/procedures/procedures.csv
by_hand=$abs_top_srcdir/tests/cli/data/checksheet

# A table so small that one sees all of it.
small_table() {
	cat >p.csv <<'END'
番号,ライフイベント,手続き,やさしい日本語,条件,窓口,階,順番,様式,持ち物,期限,根拠,代理人,オンライン,ワンストップ,所要時間,漏れ率
1,転入,転入届,ひっこしを つたえる,,市民課,1階,1,異動届,本人確認書類,14日,住基法22条,可,否,可,10,
2,転入,国保の加入,国保に はいる,保険=国保,保険課,2階,2,国保届,本人確認書類;通帳,14日,,否,否,可,15,50%
3,転入,犬の登録,いぬの とうろく,犬,環境課,3階,3,犬の届,鑑札,30日,,可,可,否,5,50%
END
}

@test "the sheets of 20 households, seven life events, written out by hand from the table" {
	need_python
	"$BPR" checksheet -q -f json "$procedures" "$samples/procedures/households.json" >out.json
	for i in $(seq 20); do
		"$python" "$abs_top_srcdir/tests/lib/sheet_lines.py" "$i" <out.json | diff "$by_hand/$(printf %02d "$i").txt" - || return 1
	done
	[ "$(cat "$by_hand"/[0-9]*.txt | grep -cE '^[A-Z][0-9]{2}')" -gt 150 ]
	for event in 転入 転居 転出 婚姻 出生 離婚 死亡; do
		grep -q "^[0-9]* .* $event 20" "$by_hand"/*.txt
	done
}

@test "the table of the sample is sound: nothing unreachable, nothing wrong" {
	run -0 --separate-stderr "$BPR" checksheet "$procedures" --event 転入 --date 2027-03-29
	[ -z "$stderr" ]
}

@test "JSON is valid against its schema" {
	need_python
	need_jsonschema
	"$BPR" checksheet -q -f json "$procedures" "$samples/procedures/households.json" >out.json
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'report["schema"] == "bpr.checksheet/1"' 'len(report["sheets"]) == 20' <out.json
	"$BPR" checksheet -q -f json "$procedures" --mix "$samples/procedures/mix.csv" >out.json
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'report["schema"] == "bpr.household-mix/1"' 'len(report["events"]) == 7' \
		'all(e["any_omitted_sheet"] < e["any_omitted"] for e in report["events"])' <out.json
}

@test "what is not known is on the sheet, marked, and asked for" {
	small_table
	run -0 "$BPR" checksheet --lang en p.csv --date 2027-03-29
	has '1 procedure, and 2 to be confirmed' "$output"
	has '[ ] 2. To be confirmed: 国保の加入' "$output"
	has '[ ] 3. To be confirmed: 犬の登録' "$output"
	has 'To be confirmed at the counter' "$output"
	run -0 "$BPR" checksheet --lang en p.csv --date 2027-03-29 --fact 犬=いいえ --member '母:保険=国保' --member 子:保険=社保
	has '[ ] 2. 国保の加入' "$output"
	has 'for: 母' "$output"
	has_not '犬の登録' "$output"
	has_not 'to be confirmed' "$output"
	has '2 procedures at 2 counters.' "$output"
}

@test "deadlines are days with their weekday, in Japanese with the era; a holiday moves them" {
	small_table
	run -0 "$BPR" checksheet --lang ja p.csv --date 2027-03-29 --fact 保険=国保 --fact 犬=いいえ
	has '令和9年4月12日（月）まで' "$output"
	run -0 "$BPR" checksheet --lang en p.csv --date 令和9年4月20日 --fact 保険=社保 --fact 犬=いいえ
	has 'by Thursday, 6 May 2027' "$output"
	run -0 "$BPR" checksheet --lang en p.csv --fact 保険=社保 --fact 犬=いいえ
	has '    14日' "$output"
}

@test "one-stop: what is done there comes first, other counters fall away" {
	small_table
	run -0 "$BPR" checksheet --lang en p.csv --date 2027-03-29 --fact 保険=国保 --fact 犬=はい
	has 'With the one-stop counter: 2 counters instead of 3 counters.' "$output"
	run -0 "$BPR" checksheet --lang en --one-stop p.csv --date 2027-03-29 --fact 保険=国保 --fact 犬=はい
	has '3 procedures at 2 counters.' "$output"
	has '1. One-stop counter: 市民課 (1階)' "$output"
	has 'You need not go to: 保険課.' "$output"
	has_not '保険課 (2階)' "$output"
	has '2. 環境課 (3階)' "$output"
}

@test "a decision table (DMN) without life events, and its household" {
	run -0 "$BPR" checksheet -q --lang en "$samples/procedures/small.dmn" --date 2027-03-29 --fact 保険=国保 --fact 年齢=40 --fact 犬=はい
	[ "${lines[0]}" = 'Check sheet of procedures' ]
	has '3 procedures at 3 counters.' "$output"
	has '国民健康保険の加入' "$output"
	has '犬の登録事項の変更' "$output"
	has_not '児童手当' "$output"
}

@test "what to bring stands once, with what it is for" {
	small_table
	run -0 "$BPR" checksheet -f csv p.csv --date 2027-03-29 --fact 保険=国保 --fact 犬=はい
	[ "${#lines[@]}" -eq 4 ]
	has '2,2,2,国保の加入' "$output"
	run -0 "$BPR" checksheet --lang en p.csv --date 2027-03-29 --fact 保険=国保 --fact 犬=はい
	[ "$(grep -c '本人確認書類' <<<"$output")" -eq 1 ]
	has '[ ] 本人確認書類 (1, 2)' "$output"
}

@test "proxy, plain language, a blank sheet for each event" {
	small_table
	run -0 "$BPR" checksheet --lang en --proxy p.csv --fact 保険=国保 --fact 犬=いいえ
	has 'the person must come' "$output"
	has 'What a proxy cannot do' "$output"
	run -0 "$BPR" checksheet --lang ja --plain p.csv --fact 保険=国保 --fact 犬=いいえ
	has 'この まちに ひっこして きた とき やること' "$output"
	has '国保に はいる' "$output"
	has 'あなたが きて ください' "$output"
	has_not '住基法' "$output"
	run -0 "$BPR" checksheet --lang ja --blank -f csv "$procedures"
	run -0 "$BPR" checksheet --lang ja --blank "$procedures"
	[ "$(grep -c '^手続きチェックシート：' <<<"$output")" -eq 7 ]
	has '転出届' "$output"
	has_not '要確認' "$output"
}

@test "HTML: boxes with names, both languages, large print, each household a part; nothing from an input is markup" {
	command -v xmllint >/dev/null || skip 'xmllint is not installed'
	"$BPR" checksheet -q --lang ja,en "$procedures" "$samples/procedures/households.json" -o s.html
	xmllint --noout s.html
	[ "$(xmllint --xpath 'count(//section)' s.html)" -eq 40 ]
	[ "$(xmllint --xpath 'count(//input[@type="checkbox"][not(@aria-label)][not(parent::label)])' s.html)" -eq 0 ]
	small_table
	sed -i 's/犬の登録,/<script>alert(1)<\/script>,/' p.csv
	"$BPR" checksheet -q --large --lang en p.csv --fact 保険=国保 --fact 犬=はい --name '<b>x' -o l.html
	xmllint --noout l.html
	[ "$(xmllint --xpath 'count(//script|//b[.="x"])' l.html)" -eq 0 ]
	grep -q '<html lang="en" class="large">' l.html
	# three procedures, three things
	[ "$(xmllint --xpath 'count(//label/input[@type="checkbox"])' l.html)" -eq 6 ]
}

@test "PDF: A4, one sheet a household, large print takes more; the same bytes again" {
	command -v pdfinfo >/dev/null || skip 'pdfinfo is not installed (Debian: poppler-utils)'
	small_table
	"$BPR" checksheet -q --lang ja p.csv --date 2027-03-29 --fact 保険=国保 --fact 犬=はい -o a.pdf || skip 'librsvg is not installed'
	"$BPR" checksheet -q --lang ja p.csv --date 2027-03-29 --fact 保険=国保 --fact 犬=はい -o b.pdf
	cmp a.pdf b.pdf
	has 'A4' "$(pdfinfo a.pdf)"
	[ "$(pdfinfo a.pdf | sed -n 's/^Pages: *//p')" -eq 1 ]
	"$BPR" checksheet -q --lang ja "$procedures" "$samples/procedures/households.json" -o all.pdf
	[ "$(pdfinfo all.pdf | sed -n 's/^Pages: *//p')" -ge 20 ]
}

@test "XLSX and Markdown" {
	small_table
	"$BPR" checksheet -q p.csv --fact 保険=国保 --fact 犬=はい -o s.xlsx
	[ -s s.xlsx ]
	run -0 "$BPR" checksheet -f md --lang en p.csv --fact 保険=国保 --fact 犬=はい
	has '☐ 1' "$output"
}

@test "a household saved is the household read" {
	small_table
	"$BPR" checksheet -q p.csv --date 2027-03-29 --name 家族 --fact 犬=はい --member '母 "A":保険=国保' --save h.json -f csv >a.csv
	"$BPR" checksheet -q p.csv h.json -f csv >b.csv
	cmp a.csv b.csv
	grep -q '"date": "2027-03-29"' h.json
}

@test "wrong usage says what would be right, and writes nothing" {
	small_table
	sed 's/転入/転出/' p.csv | tail -n 3 >more.csv
	cat more.csv >>p.csv
	run -2 --separate-stderr "$BPR" checksheet --lang en p.csv
	has '[U225]' "$stderr"
	has '転入, 転出' "$stderr"
	run -2 --separate-stderr "$BPR" checksheet p.csv --event 結婚式 -o x.html
	[ ! -e x.html ]
	run -2 --separate-stderr "$BPR" checksheet p.csv --event 転入 --date someday
	has '[U227]' "$stderr"
	run -2 --separate-stderr "$BPR" checksheet p.csv --event 転入 --member '母:=42'
	has '[U226]' "$stderr"
	run -2 --separate-stderr "$BPR" checksheet p.csv --event 転入 --ask </dev/null
	has '[U228]' "$stderr"
	run -2 --separate-stderr "$BPR" checksheet p.csv --mix m.csv --plain
	has '[U229]' "$stderr"
	run -2 --separate-stderr "$BPR" checksheet p.csv --event 転入 --levers l.csv
	has '[U120]' "$stderr"
	run -3 "$BPR" checksheet none.csv --event 転入
	run -2 --separate-stderr "$BPR" checksheet p.csv --event 転入 --issued 2027-01-01
	has '[U123]' "$stderr"
}

# 10 households: 6 with 国保 (forget 2 with 50 %), 2 of them with a dog (forget 3 with 50 %); 1 is never forgotten.
mix() {
	small_table
	sed -i 's/^1,\(.*\),$/1,\1,0%/' p.csv
	printf '世帯,ライフイベント,件数,事実,世帯員\na,転入,4,犬,本人(保険=国保)\nb,転入,2,,本人(保険=国保)\nc,転入,4,,本人(保険=社保)\n' >m.csv
}

@test "on average: by hand" {
	mix
	# procedures (4*3 + 2*2 + 4*1) / 10; any omitted (4*0.75 + 2*0.5) / 10; with the sheet, which prevents 0.8, p = 0.1: (4*0.19 + 2*0.1) / 10
	json_of checksheet -q -f json p.csv --mix m.csv -- 'abs(report["procedures"] - 2.0) < 1e-9' 'abs(report["counters"] - 2.0) < 1e-9' \
		'abs(report["counters_one_stop"] - 1.4) < 1e-9' 'abs(report["any_omitted"] - 0.4) < 1e-9' 'abs(report["any_omitted_sheet"] - 0.096) < 1e-9' \
		'abs(report["omitted"] - 0.5) < 1e-9' 'abs(report["events"][0]["any_omitted_sheet"] - 0.096) < 1e-9'
	for f in text md csv; do
		"$BPR" checksheet -q -f $f p.csv --mix m.csv >out
		[ -s out ]
	done
	for f in html xlsx; do
		"$BPR" checksheet -q p.csv --mix m.csv -o out.$f
		[ -s out.$f ]
	done
}

@test "fed back: the lever makes what is incomplete rarer by what the sheet prevents" {
	mix
	cat >f.csv <<'END'
id,name,kind,counter,work,next,outcome
S,,start,,,A,
A,受付,task,1番,3,G,
G,,xor,,,X:40%;E:60%,
E,,end,,,,
X,,end,,,,incomplete
END
	"$BPR" checksheet -q p.csv --mix m.csv --levers levers.csv --flow f.csv --after after.csv >report.txt
	# 1 - 0.096 / 0.4 = 76 %: 40 % become 9.6 %
	grep -q '76' levers.csv
	json_of compare -q -f json f.csv --with levers.csv -- 'abs(kpi("incomplete")["before"] - 0.4) < 1e-9' 'abs(kpi("incomplete")["after"] - 0.096) < 1e-9'
	json_of analyze -q -f json after.csv -- 'abs(report["case"]["incomplete"]["mean"] - 0.096) < 1e-9'
	grep -q '9.6' report.txt
	# where nothing can be forgotten there is nothing that the lever fits
	printf 'id,next\nA,\n' >one.csv
	run -3 --separate-stderr "$BPR" checksheet p.csv --mix m.csv --flow one.csv
	has 'K' "$stderr"
}
