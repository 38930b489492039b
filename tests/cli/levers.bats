#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# --with: a flow becomes what a table of levers makes of it, in every command that takes flows.
load helper

# $1: folder of samples.
same_as_drawn() {
	local d="$abs_top_srcdir/samples/$1"

	"$BPR" compare -q -f json --with "$d/levers.csv" "$d/before.csv" -o made.json
	"$BPR" compare -q -f json "$d/before.csv" "$d/after.csv" -o drawn.json
	"$BPR" convert -q --with "$d/levers.csv" "$d/before.csv" -o made.csv
	"$BPR" compare -q -f json made.csv "$d/after.csv" -o match.json
	python3 "$abs_top_srcdir/tests/lib/levers_same.py" made.json drawn.json match.json
}

table() {
	printf 'id,name,lever,target,value,needs,excludes\n' >levers.csv
	cat >>levers.csv
}

@test "Kitami: before with its levers is after" { same_as_drawn kitami; }
@test "Minamisoma: before with its levers is after" { same_as_drawn minamisoma; }
@test "Chiba: before with its levers is after" { same_as_drawn chiba; }

@test "compare with one flow makes the after, and says of what" {
	small_flow f
	table <<'END'
1,一つの窓口に,merge_counters,*,総合窓口,,
2,,speed_up,B,-20%,,
END
	run -0 "$BPR" compare -q --lang en --with levers.csv f.csv
	has 'The after is a plan: the flow with the levers of levers.csv.' "$output"
	has '一つの窓口に' "$output"
	has 'speed up: B' "$output"
	run -0 "$BPR" compare -q --lang ja --with levers.csv f.csv
	has '施策' "$output"
	has '時間短縮' "$output"
	"$BPR" compare -q -f json --with levers.csv f.csv -o a.json
	grep -q '"levers"' a.json
	grep -q '"lever": "merge_counters"' a.json
	"$BPR" compare -q -f html --with levers.csv f.csv -o a.html
	grep -q '一つの窓口に' a.html
	# The figures are those of the flow that was converted.
	"$BPR" convert -q --with levers.csv f.csv -o g.csv
	"$BPR" compare -q -f csv f.csv g.csv | grep -v '^source' >drawn
	"$BPR" compare -q -f csv --with levers.csv f.csv | grep -v '^source' >made
	[ "$(grep -c . made)" -gt 10 ]
	diff <(grep '^metric' drawn) <(grep '^metric' made)
}

@test "only some levers, by id or name" {
	small_flow f
	table <<'END'
a,窓口,merge_counters,*,総合窓口,,
b,速く,speed_up,B,0分,,
END
	[ "$("$BPR" compare -q -f json --with levers.csv --levers a f.csv | grep -c '"lever":')" = 1 ]
	[ "$("$BPR" compare -q -f json --with levers.csv --levers 速く,a f.csv | grep -c '"lever":')" = 2 ]
	run -2 "$BPR" compare -q --with levers.csv --levers 速 f.csv
	has U20 "$output"
	run -2 "$BPR" compare -q --lang en --with levers.csv --levers aa f.csv
	has "did you mean 'a'" "$output"
	run -2 "$BPR" analyze -q --levers a f.csv
	has U120 "$output"
}

@test "every command takes levers, and reads from standard input" {
	small_flow f
	table <<'END'
1,,remove,B,,,
END
	"$BPR" analyze -q -f json --with levers.csv f.csv -o a.json
	none grep -q '"id": "B"' a.json
	grep -q '"levers"' a.json
	"$BPR" check -q -f json --with levers.csv f.csv -o c.json
	grep -q '"levers"' c.json
	"$BPR" simulate -q -f json --set demand.per_day=20 --with levers.csv f.csv -o s.json
	grep -q '"levers"' s.json
	"$BPR" draw -q --with levers.csv f.csv -o d.svg
	none grep -q '交付' d.svg
	"$BPR" convert -q --with levers.csv f.csv -o b.bpmn
	none grep -q 'name="交付"' b.bpmn
	"$BPR" analyze -q -f json b.bpmn -o b.json
	[ "$(grep -A1 '"steps"' a.json | grep mean)" = "$(grep -A1 '"steps"' b.json | grep mean)" ]
	"$BPR" compare -q --with - f.csv <levers.csv >/dev/null
	"$BPR" compare -q --with levers.csv - <f.csv >/dev/null
}

@test "tables one after the other" {
	small_flow f
	table <<'END'
1,,speed_up,B,4分,,
END
	mv levers.csv one.csv
	table <<'END'
1,,speed_up,B,-50%,,
END
	"$BPR" convert -q -f csv --with one.csv --with levers.csv f.csv -o g.csv
	grep -q '^B,.*,2,' g.csv
	"$BPR" convert -q -f csv --with levers.csv --with one.csv f.csv -o g.csv
	grep -q '^B,.*,4,' g.csv
}

@test "a lever that does not fit leaves no report, and says why" {
	small_flow f
	table <<'END'
1,,remove,Z,,,
2,,speed_up,B,-20%,1,
END
	run -3 --separate-stderr "$BPR" compare --lang en --with levers.csv f.csv
	[ -z "$output" ]
	# shellcheck disable=SC2154
	has "levers.csv:2: no step is called 'Z'" "$stderr"
	has '[K045]' "$stderr"
	has "levers.csv:3: the lever needs '1', which does not fit" "$stderr"
	run -3 "$BPR" convert -q --with levers.csv f.csv -o g.csv
	[ ! -e g.csv ]
	run -3 --separate-stderr "$BPR" analyze --lang ja --with levers.csv f.csv
	has '[K045]' "$stderr"
}

@test "what is wrong with a table is told with its line and what was meant" {
	small_flow f
	table <<'END'
1,,marge_forms,*,,,
2,,drop_seals,*,,9,
END
	run -3 "$BPR" compare --lang en --with levers.csv f.csv
	has "levers.csv:2: 'marge_forms' is no kind of lever; did you mean 'merge_forms'?" "$output"
	has "levers.csv:3: '9' is no lever of this table" "$output"
	table <<'END'
1,,drop_seals,*,,2,
2,,drop_seals,*,,1,
END
	run -3 "$BPR" compare --lang en --with levers.csv f.csv
	has K003 "$output"
	run -3 "$BPR" compare --with nosuch.csv f.csv
	has nosuch.csv "$output"
	run -3 "$BPR" compare --with f.csv f.csv
	has B001 "$output"
}

@test "the levers of a workbook stand in its sheet, beside its flow" {
	small_flow f
	table <<'END'
1,,speed_up,B,-20%,,
END
	python3 "$abs_top_srcdir/tests/lib/make_xlsx.py" book.xlsx 業務フロー=f.csv 様式=f.forms.csv 施策=levers.csv
	"$BPR" compare -q -f json --with levers.csv f.csv | grep -v '"source"\|"file"\|"hash"\|"id": "f"\|"id": "book"' >plain
	run -0 --separate-stderr "$BPR" compare -f json --with book.xlsx book.xlsx
	[ -z "$stderr" ] || printf '%s\n' "$stderr"
	[ -z "$stderr" ]
	diff plain <(printf '%s\n' "$output" | grep -v '"source"\|"file"\|"hash"\|"id": "f"\|"id": "book"')
	run -0 "$BPR" analyze -q --with book.xlsx book.xlsx
}

@test "the output never overwrites the table of levers" {
	small_flow f
	table <<'END'
1,,speed_up,B,4分,,
END
	cp levers.csv before
	run -2 "$BPR" convert -q -f csv --with levers.csv f.csv -o levers.csv
	cmp levers.csv before
	run -2 "$BPR" compare -q -f csv --with levers.csv f.csv -o levers.csv
	cmp levers.csv before
	run -2 "$BPR" analyze -q -f csv --with levers.csv f.csv -o levers.csv
	cmp levers.csv before
}
