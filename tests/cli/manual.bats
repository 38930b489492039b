# SPDX-License-Identifier: GPL-3.0-or-later
# The manual: complete, in both languages, and its examples work.
load helper

page() {
	local d
	for d in "$abs_top_builddir" "$abs_top_srcdir"; do
		if [ -f "$d/man/$1" ]; then
			echo "$d/man/$1"
			return 0
		fi
	done
	echo "no page $1"
	return 1
}

@test "every command has its page, in both languages, with every option" {
	for c in $("$BPR" help --words); do
		for l in '' ja/; do
			p=$(page "${l}bpr-$c.1")
			for w in $("$BPR" help --words "$c"); do
				w=${w#--}
				sed 's/\\-/-/g' "$p" | grep -qE -- "Fl -${w%=}( |$)" || { echo "$p $w"; return 1; }
			done
		done
	done
}

@test "every metric is in bpr-metrics, every column in bpr-flow" {
	"$BPR" explain >all
	for l in '' ja/; do
		m=$(page "${l}bpr-metrics.7")
		awk '/^Metrics:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' all | while read -r k; do grep -qx ".It Cm $k" "$m"; done
		f=$(page "${l}bpr-flow.5")
		awk '/^Columns:/ { on = 1; next } /^$/ { on = 0 } on { print $2 }' all | while read -r k; do grep -qx ".It Cm \\\\&$k" "$f"; done
	done
}

@test "every command and exit status is in bpr(1)" {
	for l in '' ja/; do
		p=$(page "${l}bpr.1")
		for c in $("$BPR" help --words); do grep -qx ".It Ic $c" "$p"; done
		for s in 0 1 2 3 4 5 70 130; do grep -qx ".It $s" "$p"; done
	done
}

@test "no placeholder is left in a page" {
	for p in "$abs_top_srcdir"/man/*.in "$abs_top_srcdir"/man/ja/*.in; do
		n=${p#"$abs_top_srcdir/man/"}
		q=$(page "${n%.in}")
		none grep -nE '^@([a-z-]*|include .*)@$' "$q"
	done
}

@test "the table of bpr-flow(5) works as shown" {
	for l in '' ja/; do
		sed -n '/^\.Bd -literal/,/^\.Ed/p' "$(page "${l}bpr-flow.5")" | sed '/^\.[BE]d/d' >flow.csv
		run -0 "$BPR" check -q flow.csv
		"$BPR" analyze -q -f json flow.csv | grep -q '"nodes": *5\|"nodes":5'
	done
}

@test "the program of libbpr(3) compiles and says what bpr says" {
	cc=${CC:-cc}
	small_flow a
	sed -n '/^\.Bd -literal/,/^\.Ed/p' "$(page libbpr.3)" | sed '/^\.[BE]d/d; s/\\e/\\/g' >example.c
	$cc $CFLAGS -I"$abs_top_srcdir/lib/include" -I"$abs_top_builddir/lib/include" example.c -o example \
		-L"$abs_top_builddir/.libs" -Wl,-rpath,"$abs_top_builddir/.libs" -lbpr || skip 'the compiler cannot link against the uninstalled library'
	run -0 ./example a.csv
	has 'visits to counters' "$output"
}

@test "the keys of the JSON reports are those of the schemas, in both languages" {
	/usr/bin/python3 -c 'import json' 2>/dev/null || skip 'python3 is not installed'
	for n in analysis check comparison simulation suggestion walk; do
		schema=$abs_top_srcdir/lib/schema/$n-1.schema.json
		/usr/bin/python3 "$abs_top_srcdir/man/keys.py" "$schema" | diff "$abs_top_srcdir/man/keys-$n.inc" -
		/usr/bin/python3 "$abs_top_srcdir/man/keys.py" "$schema" "$abs_top_srcdir/man/ja/keys.txt" |
			diff "$abs_top_srcdir/man/ja/keys-$n.inc" -
	done
}

@test "thresholds of bpr-check are those of the code" {
	for page in "$abs_top_srcdir"/man/bpr-check.1.in "$abs_top_srcdir"/man/ja/bpr-check.1.in; do
		sed -n 's,^#define BPR_SMELL_[A-Z_]* *\([0-9.]*\) */\* \(P[0-9]*\).*,\2 \1,p' "$abs_top_srcdir/lib/check/smell_i.h" >thresholds
		[ "$(wc -l <thresholds)" -ge 8 ]
		while read -r code value; do
			grep -q "^.It $code.* Ta ${value%.0}\$" "$page"
		done <thresholds
	done
}
