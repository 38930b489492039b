# SPDX-License-Identifier: GPL-3.0-or-later
# What pages for people say beyond the figures: title, office, date, stamp, parts, languages, the command that makes them again.
load helper

pair() {
	small_flow before
	better_flow after
}

@test "title, office, date and stamp stand on the page, as they were given" {
	pair
	run -0 --separate-stderr "$BPR" compare before.csv after.csv --lang ja --title '書かない窓口へ' --office 'みほん市' --date 2026-12-01 --stamp '見本' -o r.html
	page=$(cat r.html)
	for text in '書かない窓口へ' 'みほん市' '2026年12月1日' '見本'; do has "$text" "$page"; done
}

@test "what is given is text, not markup" {
	pair
	"$BPR" compare before.csv after.csv -q --title '<script>alert(1)</script>' --office '<b>&amp;' --stamp '"><img>' -o r.html
	has_not '<script>alert' "$(cat r.html)"
	has_not '<img>' "$(cat r.html)"
	has '&lt;script&gt;' "$(cat r.html)"
}

@test "the date: none by itself, that of SOURCE_DATE_EPOCH in UTC, or what is given" {
	pair
	"$BPR" compare before.csv after.csv -q -o none.html
	SOURCE_DATE_EPOCH=1796083200 "$BPR" compare before.csv after.csv -q -o epoch.html
	has '1 December 2026' "$(cat epoch.html)"
	has_not 'December' "$(cat none.html)"
	SOURCE_DATE_EPOCH=1796083200 "$BPR" compare before.csv after.csv -q --date 'autumn 2026' -o given.html
	has 'autumn 2026' "$(cat given.html)"
	has_not 'December' "$(cat given.html)"
	SOURCE_DATE_EPOCH=soon "$BPR" compare before.csv after.csv -q -o soon.html
	cmp none.html soon.html
}

@test "parts: only those, in their own order; a wrong name is told, with the right ones" {
	pair
	"$BPR" compare before.csv after.csv -q --parts source,handout -o r.html
	[ "$(grep -c 'id="[^"]*handout"' r.html)" -ge 1 ]
	has_not 'To the staff' "$(cat r.html)"
	has 'How the figures were made' "$(cat r.html)"
	run -2 "$BPR" compare before.csv after.csv --parts handuot -o x.html
	[ "${lines[0]}" = "bpr: compare: option '--parts': 'handuot' is none of handout, visit, waiting, money, clerk, details, source [U104]" ]
	[ "${lines[1]}" = "  hint: did you mean 'handout'?" ]
	[ ! -e x.html ]
	run -2 "$BPR" compare before.csv after.csv --parts handout,,source -o x.html
	run -2 "$BPR" compare before.csv after.csv --parts '' -o x.html
}

@test "parts that a kind of report does not have are told with those that it has" {
	small_flow a
	run -2 "$BPR" analyze a.csv --parts handout -o x.html
	has "'handout' is none of front, visit, waiting, details, source [U104]" "$output"
	run -2 "$BPR" check a.csv --parts front,money -o x.html
	has "'money' is none of front, details, source [U104]" "$output"
}

@test "a part that has nothing to show says so" {
	cat >bare.csv <<'END'
id,name,kind,next
S,,start,A
A,work,task,E
E,,end,
END
	for part in visit waiting money clerk; do
		"$BPR" compare bare.csv bare.csv -q --lang en --parts $part -o r.html
		[ "$(grep -o '<h1' r.html | wc -l)" -eq 1 ]
		grep -q '<p' r.html
	done
}

@test "options about pages are refused where there is none" {
	pair
	for option in --title=x --office=x --date=2026-12-01 --stamp=x --parts=handout; do
		for format in text md json csv; do
			run -2 --separate-stderr "$BPR" compare before.csv after.csv -f $format $option
			[ -z "$output" ]
			has "[U123]" "$stderr"
			has "html" "$stderr"
		done
	done
	for command in analyze check; do
		run -2 "$BPR" $command before.csv --title x
		has "option '--title' says something only in a report with pages" "$output"
	done
	run -0 "$BPR" explain U123
	run -0 "$BPR" explain U124
}

@test "two languages: one page with both, messages in the first" {
	pair
	"$BPR" compare before.csv after.csv -q --lang ja,en -o ja.html
	"$BPR" compare before.csv after.csv -q --lang en,ja -o en.html
	for f in ja.html en.html; do
		has '1件あたり' "$(cat $f)"
		has 'For one case' "$(cat $f)"
	done
	none cmp -s ja.html en.html
	run -2 "$BPR" compare before.csv after.csv --lang ja,en
	has '複数の言語' "$output"
	has '[U124]' "$output"
	run -2 "$BPR" analyze before.csv --lang en,ja -f json
	has 'several languages' "$output"
	run -2 "$BPR" compare before.csv after.csv --lang ja,fr -o x.html
	has "fr" "$output"
	"$BPR" compare before.csv after.csv -q --lang ja,ja -o twice.html # named twice is once
	"$BPR" compare before.csv after.csv -q --lang ja -o once.html
	cmp twice.html once.html
}

# The command line on the last page, as a shell has to read it.
command_of() {
	grep -o 'bpr compare [^<]*-o report\.html[^<]*' "$1" | head -n 1 | sed "s/&#39;/'/g; s/&apos;/'/g; s/&quot;/\"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g"
}

@test "the command on the last page makes the same report again, whatever is in it" {
	pair
	mv before.csv "it's a flow.csv"
	mv before.forms.csv "it's a flow.forms.csv"
	mkdir bin
	ln -s "$BPR" bin/bpr
	# shellcheck disable=SC2016 # that is the point
	"$BPR" compare "it's a flow.csv" after.csv -q --lang=ja,en --title='a "b" $HOME `c` \d & 窓口' --office "x'y" --full --set demand.per_year=1000 --parts handout,source \
		--stamp '見本  二' -o first.html
	line=$(command_of first.html)
	has "bpr compare 'it'\\''s a flow.csv' after.csv" "$line"
	has '--set demand.per_year=1000' "$line"
	PATH=$PWD/bin:$PATH sh -c "$line -q"
	cmp first.html report.html
}

@test "threads, progress and the name of the output do not change the report" {
	pair
	"$BPR" compare before.csv after.csv -q -o a.html
	"$BPR" compare before.csv after.csv -q --jobs 2 --progress never --color never -o b.html
	"$BPR" compare before.csv after.csv -q -f html >c.html
	cmp a.html b.html
	cmp a.html c.html
}

@test "pages of analyze, check and simulate take the same options" {
	small_flow a
	"$BPR" analyze a.csv -q --lang ja,en --title T1 --stamp S1 -o a.html
	"$BPR" check a.csv -q --lang ja,en --title T1 --stamp S1 -o c.html
	"$BPR" simulate a.csv -q --set demand.per_day=20 --set demand.open=9:00-17:00 --days 1 --replications 2 --lang ja,en --title T1 --stamp S1 -o s.html
	for f in a.html c.html s.html; do
		has T1 "$(cat $f)"
		has S1 "$(cat $f)"
	done
}

@test "steps that go, and nothing else: said, not called no change, and no empty table" {
	printf 'id,name,next\n1,receive,2\n2,examine,3\n3,hand out,\n' >before.csv
	printf 'id,name,next\n1,receive,3\n3,hand out,\n' >after.csv
	run -0 "$BPR" compare --lang en before.csv after.csv -f html
	has 'The steps of a case go from 3 to 2.' "$output"
	has "Which steps go, come or change stands under" "$output"
	has_not 'No figure of a case changes.' "$output"
	has_not 'What to measure once it has begun' "$output"
	has_not 'Kind of work' "$output"
	has 'No longer done by staff: examine.' "$output"
}
