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

@test "the format is svg; another ending is told" {
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
		case $f in *.forms.csv | *.staff.csv | *.counters.csv | *.demand.csv) continue ;; esac
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
