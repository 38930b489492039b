# SPDX-License-Identifier: GPL-3.0-or-later
# Workbooks as input, and the blank one: the same figures as from CSV, messages with sheet and cell, hostile files.
load helper
load samples

# book OUT WORD...: a workbook that is not made by our own writer.
book() {
	need_python
	"$python" "$abs_top_srcdir/tests/lib/make_xlsx.py" "$@"
}

# tables NAME: the sheets of NAME.csv and the tables beside it as words for book().
tables() {
	local t
	printf '%s\n' "業務フロー=$1.csv"
	for t in forms:様式 counters:窓口 staff:職員 demand:需要 scopes:サブプロセス units:組織; do
		[ ! -f "$1.${t%%:*}.csv" ] || printf '%s\n' "${t#*:}=$1.${t%%:*}.csv"
	done
}

# without_source FILE: a report in JSON but for the name of the file.
without_source() {
	sed 's/"file": "[^"]*", //' "$1" | grep -v '"source":'
}

@test "samples give the same analysis from a workbook as from CSV files" {
	n=0
	for f in "$samples"/*/*.csv; do
		is_flow "$f" || continue
		case $f in
		*/table/*) continue ;;
		esac
		name=$(basename "$f" .csv)
		mapfile -t words < <(tables "${f%.csv}")
		shared=()
		[ $((n % 2)) -eq 0 ] || shared=(--shared)
		book "$name.xlsx" "${shared[@]}" "${words[@]}"
		a=0 b=0
		"$BPR" analyze -q -f json "$f" >csv.json || a=$?
		"$BPR" analyze -q -f json "$name.xlsx" >xlsx.json || b=$?
		[ "$a" -eq "$b" ]
		diff <(without_source csv.json) <(without_source xlsx.json)
		n=$((n + 1))
	done
	[ "$n" -ge 20 ]
}

@test "a workbook is read from standard input, and whatever its name is" {
	small_flow a
	book a.xlsx flow=a.csv forms=a.forms.csv
	cp a.xlsx a.dat
	"$BPR" analyze -q -f csv a.xlsx | tail -n +2 | cut -d, -f2- >one
	"$BPR" analyze -q -f csv a.dat | tail -n +2 | cut -d, -f2- >two
	"$BPR" analyze -q -f csv - <a.xlsx | tail -n +2 | cut -d, -f2- >three
	[ -s one ]
	cmp one two
	[ "$(wc -l <one)" -eq "$(wc -l <three)" ]
}

@test "messages name file, sheet and cell, in both languages" {
	printf '%s\n' '転入届,,' '番号,次,処理時間' 'a,b,5' 'b,,すぐ' >f.csv
	printf '%s\n' 職種,人数 窓口,多数 >s.csv
	printf '%s\n' 項目,値 開庁時間,いつでも 謎,1 >d.csv
	book 業務量調査.xlsx 転入=f.csv 職員=s.csv 需要=d.csv
	run -3 "$BPR" analyze 業務量調査.xlsx
	has "bpr: 業務量調査.xlsx!転入!C4: 'すぐ' in '処理時間' is not a duration" "$output"
	has "bpr: 業務量調査.xlsx!職員!B2: " "$output"
	has "bpr: 業務量調査.xlsx!需要!B2: " "$output"
	run -3 "$BPR" analyze --lang ja 業務量調査.xlsx
	has "bpr: 業務量調査.xlsx!転入!C4: " "$output"
	# Compilers' format, and JSON: the sheet is part of the file, line and column are row and column.
	run "$BPR" check -f short 業務量調査.xlsx
	sed -i 's/すぐ/4/' f.csv
	printf '%s\n' 職種,人数 窓口,2 >s.csv
	sed -i 's/いつでも/8:30-17:15/' d.csv
	book 業務量調査.xlsx 転入=f.csv 職員=s.csv 需要=d.csv
	run "$BPR" check -f short 業務量調査.xlsx
	has '業務量調査.xlsx!需要!A3: warning: ' "$output"
	json_of check -f json 業務量調査.xlsx -- 'any(f["file"] == "業務量調査.xlsx!需要" and f["line"] == 3 for f in report["findings"])'
	# A file whose name has an exclamation mark is no sheet.
	cp f.csv 'a!b.csv'
	echo 'x,nowhere,' >>'a!b.csv'
	run -3 "$BPR" analyze 'a!b.csv'
	has 'bpr: a!b.csv:5: ' "$output"
}

@test "formulas without a value are errors of their cells; errors elsewhere do not matter" {
	printf '%s\n' id,next,work a,b,=!#N/A b,,=? >f.csv
	printf '%s\n' 'memo,=!#REF!' >m.csv
	book f.xlsx flow=f.csv memo=m.csv
	run -3 "$BPR" analyze f.xlsx
	has 'bpr: f.xlsx!flow!C2: the formula gives the error #N/A [T048]' "$output"
	has 'bpr: f.xlsx!flow!C3: the formula has no saved value [T049]' "$output"
	has_not 'REF' "$output"
}

@test "times are durations, dates are dates" {
	# 0.003125 days are 4 minutes 30 seconds.
	printf '%s\n' id,next,work,note a,b,=T0.003125,=D46467 b,,=T0.0625, >f.csv
	book f.xlsx flow=f.csv
	json_of analyze -q -f json f.xlsx -- 'report["nodes"][1]["work_minutes"] == 4.5 or report["nodes"][0]["work_minutes"] == 4.5' \
		'sum(n.get("work_minutes") or 0 for n in report["nodes"]) == 94.5'
	run "$BPR" convert -f csv -o - f.xlsx
	has 2027-03-21 "$output"
}

@test "several flows: chosen by the name of the sheet, with tables of their own or shared" {
	small_flow a
	better_flow b
	printf '%s\n' key,value per_day,10 >d.csv
	book both.xlsx 現行=a.csv 見直し後=b.csv 様式=a.forms.csv demand=d.csv
	run -0 "$BPR" analyze -q --process 現行 -f csv both.xlsx
	run -2 "$BPR" compare both.xlsx both.xlsx
	has 'the file has 2 processes: 現行, 見直し後 [U111]' "$output"
	"$BPR" compare -q --process 現行 --process 見直し後 both.xlsx both.xlsx -f json >two.json
	cp d.csv a.demand.csv
	cp d.csv b.demand.csv
	"$BPR" compare -q a.csv b.csv -f json >csv.json
	"$python" - <<-'END'
		import json
		two, csv = json.load(open('two.json')), json.load(open('csv.json'))
		assert two['kpis'] == csv['kpis'] and len(csv['kpis']) > 5
	END
	# Forms of one flow only.
	printf '%s\n' form,name,field F,申請書,氏名 >own.csv
	book both.xlsx 現行=a.csv 見直し後=b.csv 現行.様式=own.csv '様式（見直し後）=a.forms.csv'
	json_of analyze -q -f json --process 現行 both.xlsx -- '[f["name"] for f in report["fields"]] == ["氏名"]'
	json_of analyze -q -f json --process 見直し後 both.xlsx -- '[f["name"] for f in report["fields"]] == ["氏名", "住所"]'
	book both.xlsx 現行=a.csv 様式=own.csv forms=a.forms.csv
	run -3 "$BPR" analyze both.xlsx
	has "[T055]" "$output"
}

@test "sheets that are no table, and hidden ones, are left out and named with -v" {
	small_flow a
	printf '%s\n' 職員名簿,,, 氏名,内線 山田,11 >x.csv
	book a.xlsx 表紙=x.csv flow=a.csv forms=a.forms.csv 旧=a.csv --hide 旧
	run -0 "$BPR" analyze a.xlsx
	has_not T046 "$output"
	run -0 "$BPR" check -v a.xlsx
	has 'sheets that are not used: 表紙 [T046]' "$output"
	has 'hidden sheets are not read: 旧 [T047]' "$output"
	book a.xlsx 表紙=x.csv メモ=x.csv
	run -3 "$BPR" analyze a.xlsx
	has 'no sheet of the workbook is a flow table; its sheets are 表紙, メモ [T045]' "$output"
}

@test "merged headings are understood; merged cells below are warned about" {
	printf '%s\n' '手続き,,,' '番号,時間,,次' ',処理時間,待ち時間,' 'a,5,1,b' 'b,3,,' >f.csv
	book f.xlsx --merge 'flow!A1:D1' --merge 'flow!A2:A3' --merge 'flow!B2:C2' --merge 'flow!D2:D3' flow=f.csv
	json_of analyze -q -f json f.xlsx -- 'report["flow"]["name"] == "手続き"' \
		'[n["id"] for n in report["nodes"] if n["kind"] == "task"] == ["a", "b"] or len(report["nodes"]) >= 2'
	run -0 "$BPR" check -v f.xlsx
	has 'merged headings (A2:A3) count for each of their cells [T054]' "$output"
	has_not T050 "$output"
	book f.xlsx --merge 'flow!B4:B5' --merge 'flow!A2:A3' --merge 'flow!D2:D3' flow=f.csv
	run -0 "$BPR" analyze f.xlsx
	has 'f.xlsx!flow!B4: warning: merged cells below the headings (B4:B5) count for their first cell only [T050]' "$output"
}

@test "what is no workbook, or a damaged one, is refused with what to do" {
	small_flow a
	book a.xlsx flow=a.csv
	head -c 700 a.xlsx >cut.xlsx
	run -3 "$BPR" analyze cut.xlsx
	has '[T041]' "$output"
	printf '\320\317\021\340\241\261\032\341%s' "$(printf 'x%.0s' $(seq 600))" >w.xls
	printf 'W\0o\0r\0k\0b\0o\0o\0k\0' >>w.xls
	run -3 "$BPR" analyze w.xls
	has 'this is a workbook of the old kind (.xls) [T051]' "$output"
	has 'save it as an Excel workbook (.xlsx)' "$output"
	printf '\320\317\021\340\241\261\032\341' >p.xlsx
	printf 'E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0' >>p.xlsx
	run -3 "$BPR" analyze p.xlsx
	has 'the workbook is protected by a password [T042]' "$output"
	"$python" -c 'import zipfile; zipfile.ZipFile("d.docx", "w").writestr("word/document.xml", "<a/>")'
	run -3 "$BPR" analyze d.docx
	has 'it is a document of Word (.docx) [T040]' "$output"
}

@test "archives made to fill a machine are stopped early" {
	small_flow a
	book a.xlsx flow=a.csv
	# A sheet of 300 MB of blanks packs into 300 kB.
	"$python" - <<-'END'
		import zipfile
		with zipfile.ZipFile('a.xlsx') as old, zipfile.ZipFile('bomb.xlsx', 'w', zipfile.ZIP_DEFLATED) as new:
		    for name in old.namelist():
		        text = old.read(name)
		        if name.endswith('sheet1.xml'):
		            text = text.replace(b'<sheetData>', b'<sheetData>' + b' ' * 300000000)
		        new.writestr(name, text)
	END
	[ "$(stat -c %s bomb.xlsx)" -lt 1000000 ]
	run -5 timeout 20 "$BPR" analyze bomb.xlsx
	has 'unpacks to more than 256 times its size [T044]' "$output"
	run -5 "$BPR" analyze --max-bytes 100k bomb.xlsx
	has '[I005]' "$output"
	run -5 "$BPR" analyze --max-bytes 600 a.xlsx
	has '--max-bytes' "$output"
	# One long text in a million cells.
	"$python" - <<-'END'
		import csv
		with open('many.csv', 'w', newline='') as f:
		    w = csv.writer(f)
		    w.writerow(['id', 'note'])
		    for i in range(3000):
		        w.writerow([f't{i}', 'x' * 3000])
	END
	book many.xlsx --shared flow=many.csv
	run -5 "$BPR" analyze --max-bytes 1M many.xlsx
	has '[T057]' "$output"
}

@test "rows that are empty to the end of the sheet cost nothing" {
	need_python
	small_flow a
	book a.xlsx flow=a.csv forms=a.forms.csv
	"$python" - <<-'END'
		import zipfile
		with zipfile.ZipFile('a.xlsx') as old, zipfile.ZipFile('rows.xlsx', 'w', zipfile.ZIP_DEFLATED) as new:
		    for name in old.namelist():
		        text = old.read(name)
		        if name.endswith('sheet1.xml'):
		            rows = ''.join(f'<row r="{r}" spans="1:8"><c r="A{r}" s="1"/></row>' for r in range(100, 1048577))
		            text = text.replace(b'</sheetData>', rows.encode() + b'</sheetData>')
		        new.writestr(name, text)
	END
	"$BPR" analyze -q -f json a.xlsx | grep -v source >one
	(
		# An address sanitizer maps terabytes: then only the result is looked at.
		(ulimit -v 400000 && "$BPR" --version) >/dev/null 2>&1 && ulimit -v 400000
		"$BPR" analyze -q -f json rows.xlsx
	) | grep -v -e source -e '"id": "rows"' >two
	diff <(grep -v '"id": "a"' one) two
}

@test "LibreOffice's own workbook of the same tables reads the same" {
	command -v soffice >/dev/null || skip 'LibreOffice is not installed'
	mapfile -t words < <(tables "$samples/kitami/before")
	book before.xlsx "${words[@]}"
	mkdir again
	timeout 120 soffice --headless "-env:UserInstallation=file://$BATS_TEST_TMPDIR/profile" --convert-to xlsx --outdir again before.xlsx >log 2>&1 ||
		skip 'LibreOffice does not run here'
	[ -f again/before.xlsx ] || cat log
	"$BPR" analyze -q -f json before.xlsx | grep -v source >one
	"$BPR" analyze -q -f json again/before.xlsx | grep -v source >two
	[ -s one ]
	cmp one two
}

@test "what convert and analyze write as workbooks is read again" {
	need_python
	run "$BPR" convert "$samples/kitami/before.csv" -o before.xlsx
	[ "$status" -eq 0 ] || skip 'this version writes no workbooks'
	"$BPR" analyze -q -f json "$samples/kitami/before.csv" >one
	"$BPR" analyze -q -f json before.xlsx >two
	diff <(without_source one) <(without_source two)
	# A report is no flow, though it has a sheet of steps.
	"$BPR" analyze -q before.xlsx -o report.xlsx || skip 'this version writes no reports as workbooks'
	run -3 "$BPR" analyze --lang en report.xlsx
	has 'this is a report of bpr, not a flow [T061]' "$output"
	has "'Assumptions and sources'" "$output"
	"$BPR" compare -q --lang ja before.xlsx "$samples/kitami/after.csv" -o pair.xlsx
	run -3 "$BPR" analyze --lang ja pair.xlsx
	has '[T061]' "$output"
}

# ---- bpr new workbook ----

@test "new workbook: empty, it says that nothing is filled in" {
	for l in en ja; do
		run -0 "$BPR" new workbook --lang $l -o $l.xlsx
		[ -z "$output" ]
		run -3 "$BPR" analyze --lang en $l.xlsx
		has 'nothing is filled in yet' "$output"
		has 'bpr new workbook --example' "$output"
		[ "$(printf '%s\n' "$output" | wc -l)" -eq 2 ]
	done
	run -3 "$BPR" analyze --lang ja ja.xlsx
	has 'bpr: ja.xlsx: まだ何も記入されていません：シート「業務フロー」には見出しだけがあります [T059]' "$output"
}

@test "new workbook --example: a report without a warning, the same in both languages" {
	need_python
	for l in en ja; do
		"$BPR" new workbook --example --lang $l -o $l.xlsx
		run -0 --separate-stderr "$BPR" analyze $l.xlsx
		[ -z "$stderr" ]
		"$BPR" check -f json $l.xlsx >check.json
		"$BPR" analyze -f json $l.xlsx >$l.json
		"$python" -c 'import json; assert not [f for f in json.load(open("check.json"))["findings"] if f["severity"] != "info"]'
	done
	"$python" - <<-'END'
		import json
		en, ja = json.load(open('en.json')), json.load(open('ja.json'))
		assert en['case'] == ja['case'] and en['flow']['nodes'] == 7
		assert abs(en['case']['forms_written']['mean'] - 1 / 0.9) < 1e-12
	END
	# The grey sheets of the empty workbook are the same example.
	"$BPR" new workbook -o blank.xlsx
	"$python" - <<-'END'
		import re, zipfile
		a = zipfile.ZipFile('blank.xlsx')
		text = a.read('xl/workbook.xml').decode()
		names = re.findall(r'<sheet name="([^"]*)"', text)
		assert names[:6] == ['how to', 'flow', 'forms', 'counters', 'staff', 'demand'] and names[6] == 'example.flow', names
		rules = a.read('xl/worksheets/sheet2.xml').decode()
		assert 'task,start,end,xor,and,or,event,merge' in rules and "counters'!$A$2" in rules.replace('counters!$A$2', "counters'!$A$2"), rules[-3000:]
	END
}

@test "new workbook: every word of a drop-down is read as what it says" {
	need_python
	for l in en ja; do
		"$BPR" new workbook --lang $l -o b.xlsx --force
		"$python" - >words <<-'END'
			import re, zipfile
			text = zipfile.ZipFile('b.xlsx').read('xl/worksheets/sheet2.xml').decode()
			for area, words in re.findall(r'<dataValidation [^>]*sqref="([A-Z]+)3:[^>]*>\s*<formula1>(?:&quot;|")([^<]*)(?:&quot;|")</formula1>', text):
			    for word in words.split(','):
			        print(area, word)
		END
		[ "$(wc -l <words)" -ge 20 ]
		while read -r column word; do
			heading=
			case $column in
			C) heading=kind ;; G) heading=actor ;; *) continue ;;
			esac
			printf '%s\n' "id,next,$heading" "s,a," "a,b;c,$word" "b,," "c,," >w.csv
			run "$BPR" check -f json w.csv
			has_not D016 "$output"
			has_not 'is none of' "$output"
		done <words
	done
}

@test "new: never over a file that stands there, the same bytes each time, no terminal" {
	"$BPR" new workbook -o a.xlsx
	"$BPR" new workbook -o b.xlsx
	cmp a.xlsx b.xlsx
	"$BPR" new workbook >c.xlsx
	cmp a.xlsx c.xlsx
	echo mine >a.xlsx
	run -4 "$BPR" new workbook -o a.xlsx
	has "'a.xlsx' stands there already [U170]" "$output"
	[ "$(cat a.xlsx)" = mine ]
	"$BPR" new workbook -o a.xlsx --force
	cmp a.xlsx b.xlsx
	run -2 "$BPR" new
	has '[U107]' "$output"
	run -2 "$BPR" new nonsense
	has "'nonsense' is none of workbook" "$output"
	run -4 "$BPR" new workbook -o no/such/folder.xlsx
	for name in d.csv d folder.xlsx/d; do
		run -2 "$BPR" new workbook -o "$name"
		has "'$name'" "$output"
		has '[U172]' "$output"
		[ ! -e "$name" ]
	done
	"$BPR" new workbook -o D.XLSX
}
