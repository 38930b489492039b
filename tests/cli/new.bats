# SPDX-License-Identifier: GPL-3.0-or-later
# bpr new: what it writes is read by the other commands, and is written whole or not at all.
load helper
load samples

@test "new flow: headings alone say that nothing is filled in; the example has no warning and the same figures in both languages" {
	need_python
	for l in en ja; do
		run -0 "$BPR" new flow --lang $l -o empty-$l.csv
		[ -z "$output" ]
		run -3 "$BPR" analyze --lang en empty-$l.csv
		has 'no row below the headings [T019]' "$output"
		run -0 "$BPR" new flow --example --lang $l -o full-$l.csv
		[ -e full-$l.forms.csv ] && [ -e full-$l.counters.csv ] && [ -e full-$l.staff.csv ] && [ -e full-$l.demand.csv ]
		run -0 --separate-stderr "$BPR" analyze full-$l.csv
		[ -z "$stderr" ]
		"$BPR" check -f json full-$l.csv >check.json
		"$python" -c 'import json; assert not [f for f in json.load(open("check.json"))["findings"] if f["severity"] != "info"]'
		"$BPR" analyze -f json full-$l.csv >$l.json
	done
	# The example of the workbook is the same flow.
	"$BPR" new workbook --example --lang ja -o rei.xlsx
	"$BPR" analyze -f json rei.xlsx >book.json
	"$python" - <<-'END'
		import json
		en, ja, book = (json.load(open(name + '.json'))['case'] for name in ('en', 'ja', 'book'))
		assert en == ja == book
	END
	# A heading of each column stands in the empty table, too.
	[ "$(head -n1 empty-en.csv | tr ',' '\n' | wc -l)" -eq 22 ]
	[ "$(sed -n 2p full-en.csv)" = "$(head -n1 empty-en.csv | sed 's/^\xef\xbb\xbf//')" ]
}

@test "new bpmn: valid, with a diagram, no warning" {
	for l in en ja; do
		"$BPR" new bpmn --lang $l -o d-$l.bpmn
		run -0 --separate-stderr "$BPR" analyze d-$l.bpmn
		[ -z "$stderr" ]
		grep -q 'BPMNShape' d-$l.bpmn
		xmllint --noout d-$l.bpmn
		run -0 "$BPR" draw d-$l.bpmn -o d-$l.svg
	done
}

@test "new levers, new procedures: read without a word; a lever of each kind, the seven life events" {
	for l in en ja; do
		"$BPR" new levers --lang $l -o levers-$l.csv
		"$BPR" new procedures --lang $l -o procedures-$l.csv
		[ "$(wc -l <levers-$l.csv)" -eq 23 ]
		[ "$(tail -n +2 levers-$l.csv | cut -d, -f3 | sort -u | wc -l)" -eq 22 ]
		[ "$(head -n1 levers-$l.csv | tr ',' '\n' | wc -l)" -eq 13 ]
	done
	for event in 転入 転居 転出 婚姻 出生 離婚 死亡; do
		grep -q "^[0-9]*,[^,]*$event" procedures-ja.csv
	done
}

@test "new sample: every command of its README does what it says" {
	for l in en ja; do
		"$BPR" new sample --lang $l -o rensyu-$l
		cd rensyu-$l || return 1
		grep -o '^bpr [^#]*' README.md >../commands
		[ "$(wc -l <../commands)" -ge 5 ]
		run -0 --separate-stderr "$BPR" analyze before.csv
		[ -z "$stderr" ]
		run -0 --separate-stderr "$BPR" compare before.csv --with levers.csv
		[ -z "$stderr" ]
		run -0 "$BPR" compare before.csv after.csv -o report.html
		run -0 "$BPR" new handout before.csv after.csv -o handout.html
		run -0 --separate-stderr "$BPR" new handout before.csv --procedures procedures.csv --households households.json -o training.html
		[ -z "$stderr" ]
		cd "$BATS_TEST_TMPDIR" || return 1
	done
	# The flows are those of the samples that are installed.
	for f in before after; do
		"$BPR" convert rensyu-ja/$f.csv -f json >a.json
		"$BPR" convert "$abs_top_srcdir"/samples/kitami/$f.csv -f json >b.json
		[ "$(grep -o '"hash": *"[^"]*"' a.json)" = "$(grep -o '"hash": *"[^"]*"' b.json)" ]
	done
}

@test "new: nothing is replaced, nothing is left half done" {
	"$BPR" new flow -o t.csv
	echo mine >t.staff.csv
	rm t.csv t.forms.csv t.counters.csv t.demand.csv
	run -4 "$BPR" new flow -o t.csv
	has "'t.staff.csv' stands there already [U170]" "$output"
	[ ! -e t.csv ] && [ ! -e t.forms.csv ]
	[ "$(cat t.staff.csv)" = mine ]
	"$BPR" new flow -o t.csv --force
	[ "$(head -c3 t.staff.csv)" = $'\xef\xbb\xbf' ]
	mkdir s && echo mine >s/after.csv
	run -4 "$BPR" new sample -o s
	has 's/after.csv' "$output"
	[ "$(ls s)" = after.csv ]
	run -4 "$BPR" new sample -o no/such/folder
	[ ! -e no ]
	# Something in the way of one of the files: the others go again.
	mkdir -p w/levers.csv
	run -4 "$BPR" new sample -o w
	[ "$(ls w)" = levers.csv ]
	[ -z "$(find . -name '.bpr-*')" ]
}

@test "new: what belongs to another kind, or has no place, is wrong usage" {
	run -2 "$BPR" new flow
	has '[U243]' "$output"
	run -2 "$BPR" new sample
	has '[U243]' "$output"
	run -2 "$BPR" new handout
	has '[U240]' "$output"
	run -2 "$BPR" new levers x.csv
	has '[U106]' "$output"
	run -2 "$BPR" new levers -o x.txt
	has '[U245]' "$output"
	run -2 "$BPR" new bpmn --office x -o b.bpmn
	has '[U241]' "$output"
	run -2 "$BPR" new levers --lang ja,en -o l.csv
	has '[U242]' "$output"
	run -3 "$BPR" new handout no-such.csv -o h.pdf
	[ ! -e h.pdf ]
	[ -z "$(ls)" ]
}

@test "new: the same bytes each time" {
	for kind in flow bpmn levers procedures; do
		mkdir -p a b
		ext=csv
		[ $kind = bpmn ] && ext=bpmn
		"$BPR" new $kind --example -o a/x.$ext --force
		"$BPR" new $kind --example -o b/x.$ext --force
	done
	"$BPR" new sample -o a/s
	"$BPR" new sample -o b/s
	diff -r a b
	"$BPR" new levers >l.csv
	cmp l.csv <("$BPR" new levers)
}

# ---- handout ----

handout_pair() {
	"$BPR" new sample --lang ja -o s
}

@test "new handout: pages, sizes and texts of the PDF; the same bytes twice" {
	handout_pair
	run -0 --separate-stderr "$BPR" new handout s/before.csv s/after.csv --lang ja -o h.pdf
	[ -z "$stderr" ]
	"$BPR" new handout s/before.csv s/after.csv --lang ja >h2.pdf
	cmp h.pdf h2.pdf
	SOURCE_DATE_EPOCH=1000000000 "$BPR" new handout s/before.csv s/after.csv --lang ja,en -o both.pdf
	if ! command -v pdfinfo >/dev/null; then
		skip 'no pdfinfo'
	fi
	pages=$(pdfinfo h.pdf | sed -n 's/^Pages: *//p')
	[ "$(pdfinfo both.pdf | sed -n 's/^Pages: *//p')" -gt "$pages" ]
	TZ=UTC pdfinfo both.pdf | grep -q 'CreationDate:.*2001'
	pdfinfo -f 1 -l "$pages" h.pdf | sed -n 's/^Page *[0-9]* size: *\([0-9]*\).* x \([0-9]*\).*/\1x\2/p' | sort -u >sizes
	# A4 upright and across, A5, A6
	[ "$(tr '\n' ' ' <sizes)" = '297x419 419x595 595x841 841x595 ' ]
	pdftotext -layout h.pdf h.txt
	tr -d ' \n' <h.txt >squeezed
	for text in 進行役の手引き 家族カード 役割カード 窓口の後ろの事務 住民票の写し等交付申請書 証明書等交付申請書（統合様式） 印字済み くじ 会場図 ふりかえり 修了証 隣の窓口のせいにしましたか; do
		grep -q "$text" squeezed
	done
	# What the room should measure is what analyze says.
	"$BPR" analyze --lang ja s/before.csv >analysis.txt
	grep -q '窓口を回る回数\|窓口訪問' analysis.txt
}

@test "new handout: expected figures are those of the exact analysis" {
	need_python
	handout_pair
	"$BPR" analyze -f json s/before.csv >before.json
	"$BPR" analyze -f json s/after.csv >after.json
	"$BPR" new handout s/before.csv s/after.csv --lang en -o h.html
	"$python" - <<-'END'
		import json, re, html
		page = open('h.html', encoding='utf-8').read()
		first = page.split('</section>')
		text = ' '.join(html.unescape(t) for s in first[:4] for t in re.findall(r'<text[^>]*>([^<]*)</text>', s))
		for name in ('before', 'after'):
		    case = json.load(open(name + '.json'))['case']
		    for key in ('counter_visits', 'forms_written'):
		        x = case[key]['mean']
		        assert re.search(r'(?<![\d.])' + re.escape('%.3g' % x) + r'(?![\d.])', text), (name, key, x)
	END
}

@test "new handout: without an after the room gets blank sheets; a folder has a file for each part" {
	handout_pair
	"$BPR" new handout s/before.csv --lang en -o h.html
	grep -q 'Form of our own design' h.html
	grep -q 'Sign of our own design' h.html
	"$BPR" new handout s/before.csv s/after.csv --lang en -o two.html
	! grep -q 'own design' two.html || false
	run -0 "$BPR" new handout s/before.csv s/after.csv -o parts
	[ "$(find parts -type f | wc -l)" -eq 11 ]
	[ -s parts/01-trainer.pdf ] && [ -s parts/handout.html ]
	run -4 "$BPR" new handout s/before.csv -o parts
	has '[U170]' "$output"
	# A flow in which nobody is sent back draws no lots.
	printf 'id,name,next,counter,writes,actor,work\n1,write,2,,form,citizen,2\n2,take,3,counter,,,3\n3,give,,counter,,,1\n' >plain.csv
	run -0 "$BPR" new handout -q plain.csv -o plain
	[ ! -e plain/04-lots.pdf ]
	[ -e plain/05-forms.pdf ]
}

@test "new handout: families, and hostile names are only names" {
	handout_pair
	"$BPR" new handout s/before.csv --families 7 --lang en -o h.html
	[ "$(grep -c 'Family card' h.html)" -ge 7 ]
	run -2 "$BPR" new handout s/before.csv --families 25 -o x.html
	printf '%s\n' 'id,name,next,counter,writes,actor' '1,<script>alert(1)</script>,2,,"<img src=x onerror=alert(2)>",citizen' '2,"&lt;b&gt; ""q""",3,"</svg><script>",,' '3,end,,,,' >evil.csv
	"$BPR" new handout -q evil.csv --office '<script>alert(3)</script>' -o evil.html
	! grep -q '<script\|<img' evil.html || false
	if command -v xmllint >/dev/null; then
		tail -n +2 evil.html | xmllint --noout -
	fi
}
