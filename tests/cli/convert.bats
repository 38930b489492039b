#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr convert: the same flow in another format, and nothing lost between tables, JSON and BPMN.
load helper
load samples

# figures FILE: the analysis without what may differ: where it came from, and what was said on the way.
figures() {
	"$BPR" analyze -q --samples 200 -f json "$1" | sed -e 's/"source": "[^"]*"//' -e '/^  "warnings": /,$d'
}

# same_tables A B: the same tables under two names, byte by byte.
same_tables() {
	local f a=("$1"*.csv) b=("$2"*.csv)
	[ "${#a[@]}" -eq "${#b[@]}" ]
	for f in "${a[@]}"; do
		cmp "$f" "$2${f#"$1"}"
	done
}

sample_flows() {
	for f in "$samples"/*/*.csv "$samples"/*/*.bpmn; do
		if is_flow "$f"; then echo "$f"; fi
	done
}

@test "every sample: the same figures after any chain, the same bytes again" {
	sample_flows | while read -r f; do
		s=$(basename "${f%.*}")
		rm -rf 1 2 3 4 5
		mkdir 1 2 3 4 5
		if [ "$(grep -cE '<([a-z]+:)?process ' "$f")" -gt 1 ]; then # no table holds them
			"$BPR" convert -q "$f" -o 1/$s.json
			"$BPR" convert -q 1/$s.json -o 2/$s.bpmn
			"$BPR" convert -q 2/$s.bpmn -f json | sed 's/"source": "[^"]*"//' >a
			sed 's/"source": "[^"]*"//' 1/$s.json >b
			cmp a b
			continue
		fi
		"$BPR" convert -q "$f" -o 1/$s.csv
		"$BPR" convert -q 1/$s.csv -o 2/$s.json
		"$BPR" convert -q 2/$s.json -o 3/$s.bpmn
		"$BPR" convert -q 3/$s.bpmn -o 4/$s.csv
		"$BPR" convert -q "$f" -o 5/$s.json
		figures "$f" >first
		for g in 1/$s.csv 2/$s.json 3/$s.bpmn 4/$s.csv 5/$s.json; do
			figures "$g" >again
			cmp first again
		done
		same_tables 1/$s 4/$s
		"$BPR" convert -q 3/$s.bpmn -f json | sed 's/"source": "[^"]*"//' >a
		sed 's/"source": "[^"]*"//' 2/$s.json >b
		cmp a b
	done
}

@test "a plain table comes back plain from BPMN" {
	small_flow f
	mkdir out
	"$BPR" convert -q --headings en f.csv -o out/f.bpmn
	"$BPR" convert -q --headings en out/f.bpmn -o out/f.csv
	[ "$(head -1 out/f.csv)" = id,name,kind,next,unit,counter,work,writes ]
	grep -qx 'G,,xor,A:0.25;B:0.75,,,,' out/f.csv
}

@test "sub-processes, boundary events and loops stand in a table" {
	cat >s.csv <<'END'
id,kind,next,scope,silent,on,prob,interrupting,repeat,loop_prob,terminate
S,start,P,,,,,,,,
P,xor,A,P,yes,,,,,,
A,task,P/exit,P,,,,,2,,
P/exit,xor,Q,P,yes,,,,,,
Q,task,E,,,,,,,0.5,
B,event,E,,,Q,0.25,no,,,
E,end,,,,,,,,,
END
	printf 'scope,name,repeat,parallel\nP,審査,3,yes\n' >s.scopes.csv
	json_of analyze -q -f json s.csv -- 'near(node("A")["visits"], 6)' 'near(node("Q")["visits"], 2)' 'near(node("B")["visits"], 0.25)'
	mkdir out
	"$BPR" convert -q --headings en s.csv -o out/s.csv
	"$BPR" convert -q --headings en out/s.csv -o out/t.json
	"$BPR" convert -q --headings en out/t.json -o out/t.csv
	cmp out/s.csv out/t.csv
	cmp out/s.scopes.csv out/t.scopes.csv
	figures s.csv >a
	figures out/t.json >b
	cmp a b
}

@test "what a spreadsheet would compute is text, and comes back as it was" {
	printf 'id,name,kind,next\n1,'"'"'=HYPERLINK(1),task,2\n2,'"'"'〃,task,\n' >f.csv
	"$BPR" convert -q --headings en f.csv -f csv >g.csv
	cmp f.csv g.csv
	run "$BPR" convert -q -f json f.csv
	has '"name": "=HYPERLINK(1)"' "$output"
	has '"name": "〃"' "$output"
}

@test "names with separators stand in quotes in lists" {
	cat >f.csv <<'END'
id,next,writes,staff
"a;b","""c:1"":0.5;d:0.5","""x;y"";z","""p:1"":2"
c:1,,,
d,,,
END
	json_of convert -q -f json f.csv -- 'report["flows"][0]["nodes"][0]["next"][0]["to"] == "c:1"' \
		'report["flows"][0]["nodes"][0]["writes"] == ["x;y", "z"]' 'report["flows"][0]["nodes"][0]["staff"] == [{"pool": "p:1", "count": 2}]'
}

@test "measured values inside the cell" {
	printf 'id,work\nA,emp([3 4.5分 7])\n' >f.csv
	json_of analyze -q -f json f.csv -- 'near(mean("work_minutes"), 14.5 / 3)'
	json_of convert -q -f json f.csv -- 'report["flows"][0]["nodes"][0]["work"] == {"kind": "emp", "values": [3, 4.5, 7]}'
	printf 'id,work\nA,emp([3 x])\n' >g.csv
	run -3 "$BPR" analyze g.csv
	has '[D002]' "$output"
	printf 'id,work\nA,emp([])\n' >g.csv
	run -3 "$BPR" analyze g.csv
	has '[D006]' "$output"
}

@test "a file of measured values goes inside" {
	printf 'id,work\nA,emp(m.csv)\n' >f.csv
	printf '7\n3\n4.5\n' >m.csv
	mkdir out
	"$BPR" convert -q --headings en f.csv -o out/f.csv
	grep -qx 'A,,task,,emp(\[3 4.5 7\])' out/f.csv
}

@test "JSON is valid against its schema, for every sample" {
	need_python
	need_jsonschema
	sample_flows | while read -r f; do
		"$BPR" convert -q "$f" -f json | "$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'report["schema"] == "bpr.flow/1"'
	done
}

@test "every command reads JSON, by content, also from standard input" {
	small_flow f
	"$BPR" convert -q f.csv -f json >x.dat
	figures f.csv | sed 's/"id": "f"//' >a
	figures x.dat | sed 's/"id": "f"//' >b
	cmp a b
	"$BPR" analyze -q - <x.dat >/dev/null
	"$BPR" check -q x.dat >/dev/null || [ $? -eq 1 ]
	"$BPR" compare -q f.csv x.dat >/dev/null
}

@test "messages between processes stay in JSON and BPMN, and a table says that it has none" {
	f=$samples/kitami/after.bpmn
	json_of convert -q "$f" -f json -- 'len(report["messages"]) > 0'
	"$BPR" convert -q "$f" -o 1.json
	"$BPR" convert -q 1.json -o 2.bpmn
	"$BPR" convert -q 2.bpmn -f json | grep -c '"name": "用件"'
	run --separate-stderr "$BPR" convert "$f" -o 3.csv
	has '[W010]' "$stderr"
	has '[W011]' "$stderr"
}

@test "the encoding that spreadsheets want, and what it cannot hold" {
	small_flow f
	mkdir out
	"$BPR" convert -q f.csv --output-encoding cp932 --headings ja -o out/f.csv
	[ "$(iconv -f CP932 -t UTF-8 out/f.csv | head -1)" = ID,作業名,種別,次,担当,窓口,処理時間,記入 ]
	figures f.csv >a
	figures out/f.csv >b
	cmp a b
	"$BPR" convert -q f.csv --output-encoding utf-8-bom -o out/g.csv
	[ "$(head -c 3 out/g.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
	printf 'id,name\n1,絵文字😀\n' >h.csv
	run -4 --separate-stderr "$BPR" convert h.csv --output-encoding cp932 -o out/h.csv
	has '[W013]' "$stderr"
	has 😀 "$stderr"
	[ ! -e out/h.csv ]
}

@test "standard output takes one file" {
	small_flow f
	run -2 --separate-stderr "$BPR" convert f.csv -f csv
	[ -z "$output" ]
	has '[U153]' "$stderr"
	"$BPR" convert -q f.csv -f json | grep -q '"schema": "bpr.flow/1"'
	# The id of a flow alone does not refuse it.
	printf 'id,next\n1,2\n2,\n' >p.csv
	"$BPR" convert -q p.csv -o q.bpmn
	run -0 --separate-stderr "$BPR" convert --headings en -f csv q.bpmn
	has '1,' "$output"
	has '[U157]' "$stderr"
	run -0 --separate-stderr "$BPR" convert --headings en -f csv p.csv
	[[ $stderr != *U157* ]]
	run -2 "$BPR" convert f.csv
	has '[U150]' "$output"
	run -2 "$BPR" convert f.csv -o f.docx
	has '[U108]' "$output"
}

@test "converting a model twice: its tables beside it stand there already" {
	small_flow f
	"$BPR" convert -q f.csv -o m.bpmn
	rm f.csv f.forms.csv
	"$BPR" convert -q m.bpmn -o m.csv
	cp m.csv first
	cp m.forms.csv forms
	"$BPR" convert -q m.bpmn -o m.csv
	cmp m.csv first
	cmp m.forms.csv forms
	# A table that would change is an input all the same.
	printf 'form,name,field\nF,,氏名\n\n' >m.forms.csv
	cp m.forms.csv forms
	run -2 "$BPR" convert m.bpmn -o m.csv
	has '[U110]' "$output"
	cmp m.forms.csv forms
}

@test "the tables of scopes and units say where their values come from" {
	printf 'id,kind,next,unit,scope,silent\nP,xor,A,,P,yes\nA,task,P/exit,係,P,\nP/exit,xor,,,P,yes\n' >s.csv
	printf 'scope,name,repeat\nP,審査,3\n' >s.scopes.csv
	printf 'unit,parent\n係,課\n' >s.units.csv
	"$BPR" check -v -f json s.csv >o.json || [ $? -eq 1 ]
	python3 - <<'END'
import json
o = {(x["of"], x["element"], x["key"]): x for x in json.load(open("o.json"))["origins"]}
assert o["scope", "P", "repeat"]["file"] == "s.scopes.csv", o
assert o["unit", "係", "parent"]["value"] == "課", o
END
}

@test "inputs, and tables beside them, are never overwritten" {
	small_flow f
	cp f.csv before
	run -2 "$BPR" convert f.csv -o f.csv
	has '[U110]' "$output"
	run -2 "$BPR" convert f.csv -o f.forms.csv
	cmp f.csv before
	mkdir out
	"$BPR" convert -q f.csv -o out/f.csv
	rm f.forms.csv
	sed -i 's/,F,G/,,G/' f.csv
	run -2 "$BPR" convert f.csv -o out/f.csv
	has '[U152]' "$output"
	rm out/f.forms.csv
	"$BPR" convert -q f.csv -o out/f.csv
}

@test "several inputs and several processes go into a folder" {
	small_flow a
	better_flow b
	mkdir out
	run -2 "$BPR" convert a.csv b.csv -o out.json
	has '[U155]' "$output"
	"$BPR" convert -q a.csv b.csv -f json -o out/
	[ -s out/a.json ] && [ -s out/b.json ]
	cat >two.bpmn <<'END'
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="P"><task id="A"/></process><process id="../Q"><task id="B"/></process></definitions>
END
	run -2 "$BPR" convert two.bpmn -o two.csv
	has '[U154]' "$output"
	"$BPR" convert -q two.bpmn -f csv -o out
	[ -s out/two-P.csv ] && [ -s out/two-_._Q.csv ]
	"$BPR" convert -q --process P two.bpmn -o one.csv
	json_of convert -q two.bpmn -f json -- 'len(report["flows"]) == 2'
	mkdir x
	cp a.csv x/a.csv
	run -2 "$BPR" convert a.csv x/a.csv -f bpmn -o out/
	has '[U151]' "$output"
}

@test "one bad input does not stop the others" {
	small_flow a
	echo '{' >bad.json
	mkdir out
	run -3 "$BPR" convert bad.json a.csv -f bpmn -o out/
	has '[I020]' "$output"
	[ -s out/a.bpmn ]
}

@test "overrides go into the copy" {
	small_flow f
	mkdir out
	"$BPR" convert -q --set step.A.work=30 --set demand.per_day=12 f.csv -o out/f.json
	json_of analyze -q -f json out/f.json -- 'node("A")["work_minutes"] >= 30'
	grep -q '"per_day": 12' out/f.json
	run -2 "$BPR" convert --set nonsense f.csv -f json
}

@test "JSON that is none, or something else" {
	echo '{"schema": "bpr.analysis/1"}' >a.json
	run -3 "$BPR" analyze a.json
	has '[J001]' "$output"
	echo '{"schema": "bpr.flow/1", "flows": [{"id": "f", "nodes": [{"id": "A", "kind": "task", "work": true, "colour": 1}]}]}' >b.json
	run -3 --separate-stderr "$BPR" analyze b.json
	has "'flows[0].nodes[0].work' is true or false" "$stderr"
	has '[J003]' "$stderr"
	sed -i 's/true/5/' b.json
	run -0 --separate-stderr "$BPR" analyze b.json
	has "'flows[0].nodes[0].colour'" "$stderr"
	has '[J004]' "$stderr"
	echo '{"schema": "bpr.flow/1", "schema": "bpr.flow/1"}' >c.json
	run -3 "$BPR" analyze c.json
	has '[I020]' "$output"
	printf '{"schema": "bpr.flow/1",\n "flows": [\n {"nodes": 5}]}' >d.json
	run -3 "$BPR" analyze d.json
	has 'd.json:3: ' "$output"
	echo '{"schema": "bpr.flow/1"}' >e.json
	run -3 "$BPR" analyze e.json
	has '[J002]' "$output"
}

@test "DOT is a digraph whose labels are text" {
	printf 'id,name,unit,next\nA,"x""]; evil [label=""\\N",課,B\nB,,課,\n' >f.csv
	run "$BPR" convert -q -f dot f.csv
	has 'digraph "f" {' "$output"
	has 'label="x\"]; evil [label=\"\\N"' "$output"
	has 'subgraph cluster_0_lane0 {' "$output"
	if command -v dot >/dev/null; then
		dot -Tsvg <<<"$output" | grep -q '</svg>'
	fi
}

@test "a folder is made, one level, once there is something to put into it" {
	printf 'id,next\nA,\n' >f.csv
	run -3 "$BPR" convert -f json none.csv -o made/
	[ ! -e made ]
	run -0 "$BPR" convert -f json f.csv -o made/
	[ -s made/f.json ]
	run -4 "$BPR" convert -f json f.csv -o not/there/
	has 'not/there/: cannot write the output' "$output"
	[ ! -e not ]
}

@test "control characters go into a file, and never to a terminal" {
	need_python
	printf 'id,name,next\nA,x\033[31m\302\233y,\n' >esc.csv
	cat >term.py <<-'END'
		import os, pty, sys
		print("exit status %d" % os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
	END
	for format in csv json dot; do
		"$python" term.py "$BPR" convert -f "$format" esc.csv >seen </dev/null
		has_not $'\033' "$(cat seen)"
		has_not $'\302\233' "$(cat seen)"
	done
	"$python" term.py "$BPR" convert -f csv esc.csv >seen </dev/null
	has '[U156]' "$(cat seen)"
	has 'exit status 4' "$(cat seen)"
	run -0 --separate-stderr "$BPR" convert -f csv esc.csv
	has $'\033[31m\302\233y' "$output"
}
