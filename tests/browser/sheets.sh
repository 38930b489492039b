#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sheets of paper as HTML, opened and printed in a browser: see sheets.mjs. Skipped, with the reason, where a tool is missing.
# shellcheck disable=SC2034,SC2154 # set for tools.sh, and by it
modules_needed='puppeteer-core axe-core html-validate'
# shellcheck source=/dev/null
. "$abs_top_srcdir/tests/browser/tools.sh"
set_of=

# NAME OPERANDS...: the sheets of a training.
handout() {
	name=$1
	shift
	"$BPR" new handout -q "$@" -o "$work/$name.html" >/dev/null 2>"$work/$name.err"
	[ -s "$work/$name.html" ] || sed 's/^/# /' "$work/$name.err"
	set_of="$set_of $work/$name.html"
}

for before in "$samples"/*/*before.csv; do
	folder=${before%/*}
	name=$(basename "$before")
	name=${name%before.csv}
	[ "${folder##*/}" = reform ] || handout "${folder##*/}${name:+-${name%-}}" --lang ja "$before" "${before%before.csv}after.csv"
done
handout both --lang ja,en --office 'みほん市' --families 7 "$samples/kitami/before.bpmn" "$samples/kitami/after.bpmn"
handout alone --lang en "$samples/minamisoma/before.csv"
awk -f "$here/hostile.awk" -v texts="$work/texts" >"$work/hostile.csv"
handout hostile --office '<script>alert(1)</script>' "$work/hostile.csv"
"$BPR" walk --sheet --lang ja -o "$work/walk.html" "$samples/minamisoma/before.csv" >/dev/null && set_of="$set_of $work/walk.html"

# What the test itself must find: each page has one fault. NAME WORDS SED: words of what must be said of it.
spoil() {
	sed "$3" "$work/alone.html" >"$work/wrong-$1.html"
	echo "$2" >"$work/wrong-$1.txt"
	set_of="$set_of !$work/wrong-$1.html=$work/wrong-$1.txt"
}
spoil outside 'is not on it' 's|</svg>|<text x="190" y="50" font-size="4">leaves the sheet</text></svg>|'
spoil small ' mm high' 's|</svg>|<text x="20" y="292" font-size="1">tiny</text></svg>|'
spoil over 'lie on each other' 's|</svg>|<text x="60" y="292" font-size="4">one text</text><text x="62" y="292" font-size="4">another</text></svg>|'
spoil pages 'print as' 's|height:296.9mm|height:310mm|'
spoil size 'not 148 x 210' 's|@page a5{size:148mm 210mm|@page a5{size:210mm 297mm|'
spoil nameless 'has no name of its own' 's|aria-label="[^"]*"|aria-label="same"|'
# shellcheck disable=SC2086 # names without blanks, made here
node "$here/sheets.mjs" "$modules" "$browser" $set_of
