#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Workbooks: what they hold, as other programs read them, and how they come to be.
load helper

samples=$abs_top_srcdir/samples
# shellcheck source=/dev/null
. "$abs_top_srcdir/tests/lib/is-flow.sh"

need_openpyxl() {
	for python in /usr/bin/python3 python3; do
		"$python" -c 'import openpyxl' 2>/dev/null && return
	done
	skip 'no Python with openpyxl'
}

book_check() {
	"$python" "$abs_top_srcdir/tests/lib/book_check.py" "$@"
}

@test "every kind of report is a workbook that spreadsheet programs take" {
	need_openpyxl
	for l in en ja; do
		"$BPR" compare -q --lang $l "$samples"/kitami/{before,after}.csv -o "compare.$l.xlsx"
		"$BPR" compare -q --lang $l --simulate --days 5 --replications 3 "$samples"/minamisoma/{before,after}.csv -o "trial.$l.xlsx"
		"$BPR" analyze -q --lang $l "$samples/peak/flow.csv" -o "analyze.$l.xlsx"
		"$BPR" simulate -q --lang $l --days 5 --replications 3 "$samples/peak/flow.csv" -o "simulate.$l.xlsx"
		"$BPR" check -q --lang $l "$samples/smells/flow.csv" -o "check.$l.xlsx" || [ $? -eq 1 ]
		for f in compare trial analyze simulate check; do book_check plain "$f.$l.xlsx"; done
	done
	[ "$(book_check charts compare.en.xlsx)" -ge 2 ]
	run -0 book_check sheets compare.ja.xlsx
	has '概要' "$output"
	has 'グラフのデータ' "$output"
}

@test "the figures are those of JSON" {
	need_openpyxl
	for s in kitami chiba minamisoma internal; do
		"$BPR" compare -q --lang en "$samples/$s"/{before,after}.csv -o book.xlsx
		"$BPR" compare -q "$samples/$s"/{before,after}.csv -f json -o book.json
		book_check comparison book.xlsx book.json
	done
	for s in peak morning; do
		"$BPR" simulate -q --lang en --days 5 --replications 3 "$samples/$s/flow.csv" -o book.xlsx
		"$BPR" simulate -q --days 5 --replications 3 "$samples/$s/flow.csv" -f json -o book.json
		book_check simulation book.xlsx book.json
	done
}

@test "both languages stand in one workbook" {
	need_openpyxl
	"$BPR" analyze -q --lang ja,en "$samples/kitami/before.csv" -o both.xlsx
	run -0 book_check sheets both.xlsx
	has '概要' "$output"
	has 'Summary' "$output"
	book_check plain both.xlsx
}

@test "the same bytes at another time, in another zone, language, folder, with other threads" {
	"$BPR" compare -q --lang ja "$samples"/kitami/{before,after}.csv -o a.xlsx
	sleep 2.1
	mkdir sub
	(cd sub && TZ=Asia/Tokyo LC_ALL=de_DE.UTF-8 TMPDIR=. "$BPR" compare -q --lang ja -j 1 "$samples"/kitami/{before,after}.csv -o ../b.xlsx)
	cmp a.xlsx b.xlsx
	"$BPR" compare -q --lang ja "$samples"/kitami/{before,after}.csv -f xlsx >c.xlsx
	cmp a.xlsx c.xlsx
}

@test "names of a hostile flow are texts" {
	need_openpyxl
	long=$(printf '長%.0s' {1..10000})
	printf 'id,name,kind,unit,counter,work,writes,next\nS,,start,,,,,A\nA,%s,task,%s,%s,3,F,B\n' '"=1+1"' '"=cmd|x"' '"@SUM(A1)"' >h.csv
	printf 'B,"<script>&amp;]]>%s",task,%s,窓,5,,C\nC,"_x0041_ \xf0\xa0\xae\xb7\xe2\x80\xae\xcc\x81",task,"-2+3",窓,5,,D\n' "'" '"+1"' >>h.csv
	printf 'D,%s,task,"[a]:*?/\\",窓,1,,E\nE,,end,,,,,\n' "$long" >>h.csv
	printf 'form,name,field\nF,"=HYPERLINK(""http://x"")","+氏名"\n' >h.forms.csv
	sed 's/,3,F,B/,1,F,B/' h.csv >g.csv
	cp h.forms.csv g.forms.csv
	"$BPR" compare -q h.csv g.csv -o h.xlsx
	book_check hostile h.xlsx
	book_check has h.xlsx '=1+1' '@SUM(A1)' '<script>&amp;]]>' '=HYPERLINK("http://x")' '_x0041_' "$long"
	"$BPR" analyze -q h.csv -o i.xlsx
	book_check hostile i.xlsx
	mkdir x
	(cd x && unzip -q ../h.xlsx && for f in xl/worksheets/*.xml xl/charts/*.xml xl/workbook.xml docProps/*.xml; do [ ! -e "$f" ] || xmllint --noout "$f"; done)
}

@test "one workbook takes one report: several inputs and several processes are told so" {
	small_flow a
	small_flow b
	run -2 "$BPR" analyze -q a.csv b.csv -o r.xlsx
	has '[U128]' "$output"
	[ ! -e r.xlsx ]
	run -2 "$BPR" analyze -q "$samples/unsound/messages.bpmn" -o r.xlsx
	has '[U128]' "$output"
	[ ! -e r.xlsx ]
}

@test "a terminal gets no workbook" {
	command -v script >/dev/null || skip 'no script(1)'
	small_flow a
	for words in 'analyze -q a.csv -f xlsx' 'compare -q a.csv a.csv -f xlsx' 'convert -q a.csv -f xlsx' 'new workbook'; do
		run script -qec "'$BPR' $words" /dev/null
		echo "$words: $output"
		has '[U129]' "$output"
		[ "$status" -eq 2 ]
	done
}

@test "no temporary file is left, also when interrupted or without room" {
	mkdir t
	TMPDIR=$PWD/t "$BPR" compare -q "$samples"/kitami/{before,after}.csv -o r.xlsx
	[ -z "$(ls -A t)" ]
	LC_ALL=C awk 'BEGIN { print "id,name,kind,work,next"; for (i = 1; i < 30000; i++) printf "n%d,step %d,task,%d,n%d\n", i, i, i % 7, i + 1; print "n30000,last,task,1," }' >long.csv
	for after in 0.1 0.2 0.3 0.5 0.8; do
		TMPDIR=$PWD/t run timeout --preserve-status -s INT $after "$BPR" convert -q long.csv -o long.xlsx
		[ -z "$(ls -A t)" ]
		[ -z "$(find . -name '*.bpr-*')" ]
	done
	rm -f long.xlsx
	run bash -c "trap '' XFSZ; ulimit -f 16; TMPDIR='$PWD/t' exec '$BPR' convert -q long.csv -o long.xlsx"
	[ "$status" -ne 0 ]
	[ ! -e long.xlsx ]
	[ -z "$(ls -A t)" ]
}

@test "a flow as a workbook reads back as the same flow, every sample, in both languages" {
	for f in "$samples"/*/*.csv; do
		is_flow "$f" || continue
		name=$(basename "$f" .csv)
		"$BPR" convert -q -f json "$f" | grep -v '"source"' >was.json
		for l in en ja; do
			rm -rf "$l"
			mkdir "$l"
			"$BPR" convert -q --headings $l "$f" -o "$l/$name.xlsx"
			"$BPR" convert -q -f json "$l/$name.xlsx" | grep -v '"source"' >is.json
			cmp was.json is.json
		done
	done
}

@test "LibreOffice shows the figures and the charts" {
	command -v soffice >/dev/null || skip 'no LibreOffice'
	command -v pdftotext >/dev/null || skip 'no pdftotext'
	"$BPR" compare -q --lang ja "$samples"/kitami/{before,after}.csv -o compare.xlsx
	"$BPR" analyze -q --lang en "$samples/peak/flow.csv" -o analyze.xlsx
	"$BPR" check -q --lang en "$samples/smells/flow.csv" -o check.xlsx || [ $? -eq 1 ]
	"$BPR" convert -q --headings ja "$samples/kitami/before.csv" -o flow.xlsx
	HOME=$PWD timeout 240 soffice "-env:UserInstallation=file://$PWD/office" --headless --convert-to pdf compare.xlsx analyze.xlsx check.xlsx flow.xlsx >log 2>&1
	HOME=$PWD timeout 240 soffice "-env:UserInstallation=file://$PWD/office" --headless --convert-to ods compare.xlsx >>log 2>&1
	for f in compare analyze check flow; do
		pdftotext -layout "$f.pdf" "$f.txt"
		none grep -E '#(REF|NAME|VALUE|DIV/0|N/A)|Err:[0-9]' "$f.txt"
	done
	for figure in '-70.6%' '24.12' '-4,202時間' '1,040' '窓口を回る回数'; do
		has "$figure" "$(cat compare.txt)"
	done
	has '業務' "$(cat flow.txt)"
	[ "$(unzip -l compare.ods | grep -cE ' Object [0-9]+/content.xml')" -ge 2 ]
}
