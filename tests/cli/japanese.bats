#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# No English in a Japanese report and no Japanese in an English one, but what the input says.
load helper
load samples

# words LANGUAGE REPORT [INPUT...]: words of the other language in a report.
words() {
	"$python" "$abs_top_srcdir/tests/lib/words_check.py" "$@"
}

# sample FROM TO: a sample with its companions here, by a name that is no word.
sample() {
	local f
	rm -f "$2".csv "$2".*.csv
	for f in "$samples/$1".csv "$samples/$1".*.csv; do
		[ ! -f "$f" ] || cp "$f" "$2${f#"$samples/$1"}"
	done
}

# reports LANGUAGE NAME COMMAND... -- INPUT...: every form of a report, and no word of the other language in any.
reports() {
	local language=$1 name=$2 command=() f
	shift 2
	while [ "$1" != -- ]; do
		command+=("$1")
		shift
	done
	shift
	for f in ${forms:-text md html xlsx}; do
		# Findings are no failure here, a report that cannot be written is.
		"$BPR" "${command[@]}" -q --lang "$language" -f "$f" -o "$name.$f" 2>err || [ $? -eq 1 ]
		[ -s "$name.$f" ]
		words "$language" "$name.$f" "$@"
	done
}

# One office, two counters: everything that somebody wrote is ASCII.
ascii_flow() {
	cat >"$1.csv" <<'END'
id,name,kind,unit,counter,actor,work,wait,staff,writes,seals,id_checks,copies,rules,next
S,Visit,start,,,,,,,,,,,,A
A,Fill in,task,Residents,,citizen,6,,,Change notice,,,,,B
B,Reception,task,Residents,Desk 1,staff,5,10,Clerks,,1,1,3,seal,G
G,Complete?,xor,Residents,,,,,,,,,,,A:10%;C:90%
C,Tax,task,Taxes,Desk 2,staff,7,5,Clerks,Tax slip,1,1,,,D
D,Hand over,task,Residents,Desk 1,staff,2,,Clerks,,,,,,E
E,Done,end,,,,,,,,,,,,
END
	cat >"$1.forms.csv" <<'END'
form,name,field,times,group
Change notice,Notice of change,Name,2,name
Change notice,Notice of change,Address,1,address
Tax slip,Tax slip,Name,1,name
END
	printf 'counter,building,floor,walk_minutes\nDesk 1,Hall,1,1\nDesk 2,Annex,2,4\n' >"$1.counters.csv"
	printf 'pool,count,yen_per_hour\nClerks,2,2500\n' >"$1.staff.csv"
	printf 'key,value\nper_day,40\nopen,8:30-17:15\n' >"$1.demand.csv"
}

# The same with one counter.
ascii_better() {
	ascii_flow "$1"
	sed -i 's/Desk 2/Desk 1/; s/A:10%;C:90%/A:2%;C:98%/; s/,Change notice,/,/' "$1.csv"
	sed -i 's/,,,,,B$/,,,,,,B/' "$1.csv"
}

@test "reports on one flow say nothing in English" {
	need_python
	local s
	for s in peak smells morning table; do
		sample $s/flow a
		reports ja r analyze a.csv -- a*.csv
		reports ja r check -v a.csv -- a*.csv
	done
	for s in peak smells; do
		sample $s/flow a
		reports ja r simulate --days 5 --replications 3 a.csv -- a*.csv
	done
	for s in dead deadlock unsafe; do
		sample unsound/$s a
		reports ja r check -v a.csv -- a*.csv
	done
}

@test "comparisons say nothing in English" {
	need_python
	local s
	for s in kitami minamisoma chiba internal; do
		sample $s/before a
		sample $s/after b
		reports ja r compare a.csv b.csv -- a*.csv b*.csv
	done
	for s in konin rikon shibo shussei tenkyo tennyu tenshutsu; do
		sample life-events/$s-before a
		sample life-events/$s-after b
		reports ja r compare a.csv b.csv -- a*.csv b*.csv
	done
	sample kitami/before a
	sample kitami/after b
	reports ja r compare --simulate --days 5 --replications 3 a.csv b.csv -- a*.csv b*.csv
	forms='html xlsx' reports ja r compare --initial-cost 4200000 --yearly-cost 600000 a.csv b.csv -- a*.csv b*.csv
}

@test "pictures say nothing in English" {
	need_python
	local heat
	sample smells/flow a
	for heat in visits wait work cost rework writing; do
		"$BPR" draw -q --lang ja --heat $heat a.csv -o heat.svg
		words ja heat.svg a*.csv
	done
	"$BPR" draw -q --lang ja "$samples"/kitami/{before,after}.csv -o both.svg
	words ja both.svg "$samples"/kitami/*.csv
}

@test "a page in two languages has each in its own" {
	need_python
	"$BPR" compare -q --lang ja,en "$samples"/kitami/{before,after}.csv -o both.html
	words ja both.html "$samples"/kitami/*.csv
}

@test "reports on an English flow say nothing in Japanese" {
	need_python
	local heat
	ascii_flow a
	ascii_better b
	reports en analyze analyze a.csv --
	reports en check check -v a.csv --
	reports en simulate simulate --days 5 --replications 3 a.csv --
	reports en compare compare a.csv b.csv --
	reports en simulated compare --simulate --days 5 --replications 3 a.csv b.csv --
	forms='html xlsx' reports en costs compare --initial-cost 4200000 --yearly-cost 600000 a.csv b.csv --
	for heat in visits wait work cost rework writing; do
		"$BPR" draw -q --lang en --heat $heat a.csv -o heat.svg
		words en heat.svg
	done
}

@test "an English flow in a Japanese report: only its own words" {
	need_python
	ascii_flow a
	ascii_better b
	reports ja analyze analyze a.csv -- a*.csv
	reports ja compare compare a.csv b.csv -- a*.csv b*.csv
}

# planted LANGUAGE WORD REPORT: the word is found where it was put.
planted() {
	local output
	if output=$(words "$1" "$3" p*.csv); then
		printf 'not found: %s in %s\n' "$2" "$3"
		return 1
	fi
	has "$2" "$output"
}

@test "a word that leaks is found" {
	need_python
	local f
	sample peak/flow p
	"$BPR" analyze -q --lang ja p.csv -o page.html
	words ja page.html p*.csv
	sed 's/<\/main>/<p>the counter<\/p><\/main>/' page.html >text.html
	planted ja 'the counter' text.html
	sed '0,/<svg /s//<svg aria-label="Waiting" /' page.html >label.html
	planted ja Waiting label.html
	sed '0,/<desc[^>]*>/s//&Bars of /' page.html >desc.html
	planted ja 'Bars of' desc.html
	sed '0,/<title>/s//&Report /' page.html >title.html
	planted ja Report title.html
	for f in text md; do
		"$BPR" analyze -q --lang ja p.csv -f $f -o page.$f
		words ja page.$f p*.csv
		echo '平均 minutes 5' >>page.$f
		planted ja minutes page.$f
	done
	# The wrong language as a whole: every form is full of it.
	for f in text md html xlsx; do
		"$BPR" analyze -q --lang en p.csv -f $f -o wrong.$f
		planted ja Analysis wrong.$f
		"$BPR" analyze -q --lang ja p.csv -f $f -o wrong.$f
		planted en 分析 wrong.$f
	done
}
