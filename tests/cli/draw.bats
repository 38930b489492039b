#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr draw: the picture is SVG that stands alone, says everything once, obeys nothing, and is the same every time.
load helper
load samples

well_formed() {
	if command -v xmllint >/dev/null 2>&1; then
		xmllint --nonet --noout "$1"
	else
		grep -q '</svg>' "$1"
	fi
}

@test "a picture is SVG with every step, unit and share, and nothing from outside" {
	small_flow a
	run -0 "$BPR" draw a.csv -o a.svg
	[ -z "$output" ]
	well_formed a.svg
	for name in 受付 交付 市民課 税務課 25% 75%; do grep -q ">$name<" a.svg; done
	run ! grep -E '<script|href=|@import|url\(h|<image|<foreignObject|on[a-z]+=' a.svg
	grep -q 'xmlns="http://www.w3.org/2000/svg"' a.svg
	run ! grep -iE 'nan|inf"' a.svg
}

@test "the same flow gives the same bytes, on standard output too, in both languages" {
	small_flow a
	"$BPR" draw a.csv -o 1.svg
	"$BPR" draw a.csv >2.svg
	"$BPR" draw - <a.csv >3.svg 2>/dev/null || true
	cmp 1.svg 2.svg
	"$BPR" draw --lang ja a.csv -o ja.svg
	grep -q 'xml:lang="ja"' ja.svg
	grep -q '業務フロー図（プール 1、レーン 2、作業 2）' ja.svg
	grep -q 'Swimlane diagram: pools 1, lanes 2, steps 2.' 1.svg
}

@test "names of an input are text, whatever they look like" {
	cat >a.csv <<'END'
id,name,kind,unit,next
S,,start,,A
A,"<script>alert(1)</script>&amp;""]]>",task,"</style><b>課",E
E,"'end' ${x}",end,,
END
	printf 'B,\342\200\256evil\001,task,x,E\n' >>a.csv
	sed -i 's/,A$/,A;B/' a.csv
	"$BPR" draw -q a.csv -o a.svg
	well_formed a.svg
	run ! grep -F '<script' a.svg
	run ! grep -F '<b>' a.svg
	grep -q '&lt;script&gt;' a.svg
	run ! grep "$(printf '\342\200\256')" a.svg
	run ! grep "$(printf '\001')" a.svg
}

@test "the format is that of the ending; another ending is told" {
	small_flow a
	run -2 --separate-stderr "$BPR" draw a.csv -o a.gif
	has 'U108' "$stderr"
	has 'svg' "$stderr"
	[ ! -e a.gif ]
	run -2 --separate-stderr "$BPR" draw -f gif a.csv
	run -0 "$BPR" draw -f svg a.csv -o a.picture
	well_formed a.picture
}

@test "a run is marked and numbered; an id that is not there is told" {
	small_flow a
	"$BPR" draw --run S,A,G,A,G,B,E a.csv -o run.svg
	well_formed run.svg
	[ "$(grep -c 'class="flow run"' run.svg)" = 5 ]
	grep -q '>2, 4<' run.svg
	run -2 --separate-stderr "$BPR" draw --run S,nowhere a.csv -o other.svg
	has 'G001' "$stderr"
	has "'nowhere'" "$stderr"
	[ ! -e other.svg ]
}

@test "a fault of soundness is marked with the run into it" {
	cat >a.csv <<'END'
id,name,kind,unit,next
S,,start,u,X
X,choice,xor,u,A;B
A,left,task,u,J
B,right,task,u,J
J,,and,u,E
E,,end,u,
END
	run -0 --separate-stderr "$BPR" draw -q --fault 1 a.csv -o a.svg
	well_formed a.svg
	grep -q 'class="gate faulty"' a.svg
	grep -q 'class="flow run"' a.svg
	run -2 --separate-stderr "$BPR" draw -q --fault 9 a.csv -o b.svg
	has 'G002' "$stderr"
	run -2 --separate-stderr "$BPR" draw -q --fault 1 --run S a.csv -o b.svg
	has 'G003' "$stderr"
	[ ! -e b.svg ]
}

@test "all processes stand in one picture with their messages; --process chooses" {
	cat >a.bpmn <<'END'
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
<collaboration id="c">
<participant id="p0" name="住民"/><participant id="p1" name="市民課" processRef="a"/><participant id="p2" name="税務課" processRef="b"/>
<messageFlow id="m1" name="申請書" sourceRef="p0" targetRef="s1"/><messageFlow id="m2" name="照会" sourceRef="t1" targetRef="s2"/>
<messageFlow id="m3" sourceRef="t2" targetRef="p0"/>
</collaboration>
<process id="a"><startEvent id="s1"/><task id="t1" name="受付"/><endEvent id="e1"/>
<sequenceFlow id="f1" sourceRef="s1" targetRef="t1"/><sequenceFlow id="f2" sourceRef="t1" targetRef="e1"/></process>
<process id="b"><startEvent id="s2"/><task id="t2" name="回答"/><endEvent id="e2"/>
<sequenceFlow id="f3" sourceRef="s2" targetRef="t2"/><sequenceFlow id="f4" sourceRef="t2" targetRef="e2"/></process>
</definitions>
END
	"$BPR" draw -q a.bpmn -o all.svg
	well_formed all.svg
	[ "$(grep -c 'class="pool"' all.svg)" = 3 ]
	[ "$(grep -c 'class="message"' all.svg)" = 3 ]
	for name in 住民 申請書 照会 回答; do grep -q ">$name<" all.svg; done
	"$BPR" draw -q --process b a.bpmn -o one.svg
	[ "$(grep -c 'class="pool"' one.svg)" = 2 ]
	[ "$(grep -c 'class="task"' one.svg)" = 1 ]
}

@test "every sample can be drawn" {
	for f in "$abs_top_srcdir"/samples/*/*.csv "$abs_top_srcdir"/samples/*/*.bpmn; do
		is_flow "$f" || continue
		"$BPR" draw -q --lang ja "$f" -o s.svg || return 1
		well_formed s.svg
	done
}

@test "the picture in the README is what draw draws" {
	cd "$abs_top_srcdir/samples/kitami"
	"$BPR" draw --lang ja after.csv >"$BATS_TEST_TMPDIR/after.svg"
	cmp "$BATS_TEST_TMPDIR/after.svg" after.svg
}

@test "the number of a step leaves the name above a gateway readable" {
	need_python
	run -0 --separate-stderr "$BPR" draw -q --fault 1 "$abs_top_srcdir/samples/unsound/unsafe.csv" -o n.svg
	"$python" - <<-'END'
		import re
		svg = open("n.svg", encoding="utf-8").read()
		name = next(t for t in re.findall(r"<text.*?</text>", svg, re.S) if "確認の合流" in t)
		x, y = (float(re.search(r'\b%s="([0-9.]+)"' % axis, name)[1]) for axis in "xy")
		badges = [[float(re.search(r'\b%s="([0-9.]+)"' % k, b)[1]) for k in ("x", "y", "width", "height")]
		          for b in re.findall(r'<rect[^>]*class="badge"[^>]*>', svg)]
		assert len(badges) == 5, badges
		for bx, by, w, h in badges:
		    assert not (bx < x + 30 and x - 30 < bx + w and by < y + 3 and y - 9 < by + h), (x, y, bx, by)
	END
}

# A flow with figures that can be told by hand: one in five comes back.
office() {
	cat >o.csv <<'END'
id,name,kind,next,unit,counter,actor,work,wait,staff,writes,cost
S,,start,A,課,,,,,,,
A,書く,task,B,課,,citizen,4,,,f1;f2,
B,受付,task,X,課,一番,staff,6,2,p,,100
X,,xor,A:20%;C:80%,課,,,,,,,
C,審査,task,E,課,二番,staff,10,60,p:2,,
E,,end,,課,,,,,,,
END
	printf 'pool,count,yen_per_hour\np,3,3000\n' >o.staff.csv
	printf 'form,field,times,prefilled\nf1,氏名,2,\nf1,住所,1,\nf1,番号,1,yes\nf2,氏名,1,\n' >o.forms.csv
	printf 'key,value\nper_day,20\nopen,08:30-17:15\n' >o.demand.csv
}

@test "heat: the figure stands in the box, the legend says what it is, in both languages" {
	office
	for heat in visits wait work cost rework writing; do
		run -0 "$BPR" draw -q --heat "$heat" o.csv -o "$heat.svg"
		well_formed "$heat.svg"
		[ "$(grep -c '<rect class="task heat' "$heat.svg")" -gt 4 ]
	done
	grep -q '>work 7.5 min<' work.svg
	grep -q '>work 10 min<' work.svg
	grep -q '>1.25 times<' visits.svg
	grep -q '>20% (0.25 times)<' visits.svg
	grep -q '>costs ¥1,000<' cost.svg
	grep -q '>again 0.25 times<' rework.svg
	grep -q '>writes 5 items<' writing.svg
	grep -q '>Colour: waiting there, per case<' wait.svg
	grep -q 'computed by formula' wait.svg
	"$BPR" draw -q --lang ja --heat work o.csv -o ja.svg
	grep -q '>作業 7.5分<' ja.svg
	grep -q '>色＝1件あたりの職員の作業時間<' ja.svg
	rm o.demand.csv
	"$BPR" draw -q --heat wait o.csv -o alone.svg
	grep -q 'Queues are not in it' alone.svg
	grep -q '>wait 2.5 min<' alone.svg
	run -2 --separate-stderr "$BPR" draw --heat colour o.csv
	has 'visits' "$stderr"
}

@test "before and after stand in one picture; what differs is marked and said" {
	office
	sed 's/,staff,6,2,/,staff,3,2,/; s/^C,審査/D,新しい審査/; s/C:80/D:80/' o.csv >after.csv
	for kind in staff forms demand; do cp "o.$kind.csv" "after.$kind.csv"; done
	run -0 "$BPR" draw -q o.csv after.csv -o pair.svg
	well_formed pair.svg
	[ "$(grep -c 'class="pool"' pair.svg)" = 2 ]
	grep -q '>Before: o<' pair.svg
	grep -q '>After: after<' pair.svg
	[ "$(grep -c '<rect class="task gone"' pair.svg)" = 2 ]     # one step, one in the legend
	[ "$(grep -c '<rect class="task fresh"' pair.svg)" = 2 ]
	[ "$(grep -c '<path class="cross"' pair.svg)" = 2 ]
	[ "$(grep -c '<rect class="task other"' pair.svg)" = 3 ]
	grep -q '>work: 6 min to 3 min<' pair.svg
	# With heat the classes are those of both.
	run -0 "$BPR" draw -q --heat work --lang ja o.csv after.csv -o pair.html
	grep -q '>処理時間：6分から3分に<' pair.html
	run -2 --separate-stderr "$BPR" draw -q --run S o.csv after.csv
	has 'G004' "$stderr"
	run -2 --separate-stderr "$BPR" draw -q - - </dev/null
	has 'U109' "$stderr"
}

@test "the page has the picture without its script, fetches nothing, and allows its own script only" {
	need_python
	office
	run -0 "$BPR" draw -q --heat visits o.csv -o page.html
	"$BPR" draw -q --heat visits o.csv -o o.svg
	run ! grep -E 'https?://[^w]|src=|@import|url\(h|<link' page.html
	"$python" - <<-'END'
		import base64, hashlib, re
		page = open("page.html", encoding="utf-8").read()
		svg = open("o.svg", encoding="utf-8").read().split("\n", 1)[1]
		assert svg in page
		script = re.search(r"<script>(.*?)</script>", page, re.S)[1]
		assert page.count("<script") == 1
		allowed = re.search(r"script-src '(sha256-[^']*)'", page)[1]
		assert allowed == "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(), allowed
		assert "default-src 'none'" in page
	END
	run -0 "$BPR" draw -q -f html o.csv -o page.picture
	grep -q '<!DOCTYPE html>' page.picture
}

@test "what follows what, and the way between counters" {
	office
	run -0 "$BPR" draw -q --follows o.csv -o f.svg
	well_formed f.svg
	run ! grep -q 'class="gate' f.svg
	[ "$(grep -c 'class="flow"' f.svg)" = 5 ]
	grep -q '>0.25 times<' f.svg
	run -0 "$BPR" draw -q --lang ja --map o.csv -o m.svg
	well_formed m.svg
	for name in 一番 二番 入口 出口; do grep -q ">$name<" m.svg; done
	run -0 "$BPR" draw -q --map -f html o.csv
	sed 's/二番/一番/' o.csv >one.csv
	run -3 --separate-stderr "$BPR" draw -q --map one.csv
	has 'G005' "$stderr"
	run -2 --separate-stderr "$BPR" draw -q --map --follows o.csv
	has 'G006' "$stderr"
	run -2 --separate-stderr "$BPR" draw -q --follows --run S o.csv
	has 'G006' "$stderr"
}

@test "every sample can be drawn as a pair, with heat, on a page" {
	for f in "$abs_top_srcdir"/samples/*/*before.csv; do
		run -0 "$BPR" draw -q --lang ja --heat wait "$f" "${f%before.csv}after.csv" -o s.svg
		well_formed s.svg
		run -0 "$BPR" draw -q --follows --heat visits "$f" -o s.svg
		well_formed s.svg
	done
}

@test "heat that no step has says what is not given" {
	printf 'id,name,kind,next\na,A,task,b\nb,B,task,\n' >bare.csv
	for h in cost work writing; do
		run -0 "$BPR" draw -q --lang en --heat $h bare.csv
		has 'No step has any' "$output"
		run -0 "$BPR" draw -q --lang ja --heat $h bare.csv
		has 'どの工程にもありません。' "$output"
	done
	run -0 "$BPR" draw -q --lang en --heat cost "$samples/kitami/before.csv"
	[[ $output != *'No step has any'* ]]
}
