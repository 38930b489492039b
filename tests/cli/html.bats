# SPDX-License-Identifier: GPL-3.0-or-later
# HTML of several flows: one page, its list first. What a page shows is tested in tests/browser.
load helper

kitami=$abs_top_srcdir/samples/kitami/before.csv

# How often a pattern stands in a file.
times() { grep -o -- "$1" "$2" | wc -l; }

well_formed() {
	if command -v xmllint >/dev/null; then
		xmllint --noout --huge "$1"
	else
		echo '# xmllint is not installed: not checked whether the page is well-formed' >&3
	fi
}

@test "one flow is a page of its own" {
	"$BPR" analyze -q -o one.html "$kitami"
	[ "$(times '<!DOCTYPE html>' one.html)" -eq 1 ]
	[ "$(times 'class="flows' one.html)" -eq 0 ]
	grep -q 'id="front"' one.html
	[ "$(tail -n 1 one.html)" = '</html>' ]
}

@test "several inputs are one page with a list" {
	cp "$kitami" a.csv
	cp "$abs_top_srcdir/samples/chiba/before.csv" b.csv
	"$BPR" analyze -q --jobs 1 -o one.html a.csv b.csv
	[ "$(times '<!DOCTYPE html>' one.html)" -eq 1 ]
	[ "$(times '<title>2 flows</title>' one.html)" -eq 1 ]
	[ "$(times '<li><a href="#f[12]-1-top">' one.html)" -eq 2 ]
	[ "$(times 'id="f[12]-1-top"' one.html)" -eq 2 ]
	grep -q '<small class="faint">b.csv</small>' one.html
	well_formed one.html
}

@test "the same for any number of jobs, on standard output too" {
	for i in 1 2 3 4 5 6; do cp "$kitami" $i.csv; done
	"$BPR" check -q --jobs 1 -o one.html ./?.csv
	"$BPR" check -q --jobs 3 -f html ./?.csv >three.html
	cmp one.html three.html
	[ "$(times '<li><a href="#f[1-6]-1-top">' one.html)" -eq 6 ]
}

@test "the processes of one file share a page" {
	"$BPR" check -q --lang ja,en -o both.html "$abs_top_srcdir/samples/unsound/messages.bpmn" || [ $? -eq 1 ]
	[ "$(times '<!DOCTYPE html>' both.html)" -eq 1 ]
	[ "$(times '<nav ' both.html)" -eq 2 ]
	well_formed both.html
}

@test "more than memory is meant to hold goes through a file" {
	for i in $(seq 1 130); do cp "$kitami" "$i.csv"; done
	"$BPR" analyze -q --lang ja,en -o all.html ./*.csv
	[ "$(wc -c <all.html)" -gt 17000000 ]
	[ "$(times '<li><a href="#f[0-9]*-1-top">' all.html)" -eq 130 ]
	[ "$(times 'id="f[0-9]*-1-details"' all.html)" -eq 130 ]
	[ "$(times 'id="f[0-9]*-1-en-details"' all.html)" -eq 130 ]
	well_formed all.html
}

@test "a full disk is told" {
	[ -c /dev/full ] || skip '/dev/full is missing'
	cp "$kitami" a.csv
	run "$BPR" analyze -q -f html -o /dev/full a.csv "$kitami"
	[ "$status" -eq 4 ]
}

@test "an input that cannot be read leaves a page of the others" {
	echo nothing >bad.csv
	run "$BPR" analyze -q -o some.html "$kitami" bad.csv "$abs_top_srcdir/samples/chiba/before.csv"
	[ "$status" -eq 3 ]
	[ "$(times '<li><a href="#f[0-9]*-1-top">' some.html)" -eq 2 ]
	well_formed some.html
}
