#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `bpr draw` writes, opened in a browser: see draw.mjs. Skipped, with the reason, where a tool is missing.
# shellcheck disable=SC2034,SC2154 # set for tools.sh, and by it
modules_needed='puppeteer-core axe-core html-validate'
# shellcheck source=/dev/null
. "$abs_top_srcdir/tests/browser/tools.sh"
set_of=

# NAME.FORMAT OPERANDS...: a picture, or a page to move about in it.
draw() {
	name=$1
	shift
	"$BPR" draw -q "$@" -o "$work/$name" >/dev/null 2>"$work/$name.err"
	[ -s "$work/$name" ] || sed 's/^/# /' "$work/$name.err"
	set_of="$set_of $work/$name"
}

awk -f "$here/hostile.awk" -v texts="$work/texts" >"$work/hostile.csv"
sed 's/,5,/,3,/' "$work/hostile.csv" >"$work/hostile2.csv"
kitami=$samples/kitami
for format in html svg; do
	draw "flow.$format" --lang ja "$kitami/before.csv"
	draw "pair.$format" --lang ja --heat wait "$kitami/before.csv" "$kitami/after.csv"
	draw "map.$format" --lang ja --map "$kitami/before.csv"
	draw "map-pair.$format" --map "$kitami/before.csv" "$kitami/after.csv"
	draw "follows.$format" --follows "$kitami/before.csv"
	draw "follows-pair.$format" --lang ja --follows --heat visits "$samples/minamisoma/before.csv" "$samples/minamisoma/after.csv"
	draw "hostile.$format" "$work/hostile.csv" "$work/hostile2.csv"
done
draw heat.html --heat writing "$samples/chiba/before.csv"
draw messages.html "$samples/unsound/messages.bpmn"

# What the test itself must find: each page has one fault. NAME WORDS SED: words of what must be said of it.
spoil() {
	sed "$3" "$work/pair.html" >"$work/wrong-$1.html"
	echo "$2" >"$work/wrong-$1.txt"
	set_of="$set_of !$work/wrong-$1.html=$work/wrong-$1.txt"
}
free='s|<meta http-equiv="Content-Security-Policy"[^>]*>||'
spoil hash 'console: ' "s|'use strict'|'use strict';|"
spoil policy 'another script runs' "$free"
spoil request 'asks for http://example.test/c.png' "$free; s|</main>|<img src=\"http://example.test/c.png\" alt=\"a\"/></main>|"
spoil larger 'button larger: ' "$free; s|set(z\\*1.25)|set(z*1.2)|"
spoil told 'told 1' "$free; s|Math.round(z\\*100)|Math.round(z*100+1)|"
spoil whole 'button all of it: ' "$free; s|\\*0.995|*0.7|"
spoil keys 'key -: ' "$free; s|'-':'out'|'_':'out'|"
spoil wheel 'comes under the pointer' "$free; s|px\\*z-x|px*z-x-9|"
spoil drag 'dragged by 70, 40' "$free; s|s.scrollLeft=from\\[0\\]|s.scrollLeft=9+from[0]|"
spoil follow 'follows a pointer that let go' "$free; s|'pointerup',drop|'dblclick',drop|"
spoil pinch 'two fingers: ' "$free; s|z/apart(e)\\[0\\]|z*2/apart(e)[0]|"
spoil reached 'cannot be reached with the keyboard' 's| tabindex="0"| tabindex="-1"|'
spoil hidden 'buttons that do nothing' 's| hidden="hidden"||g'
spoil still 'without script: the picture is not shown' 's|</style>|#stage svg{margin-top:400px}</style>|'
spoil unnamed 'axe button-name' 's|<header>|<header><button type="button"></button>|'
spoil unclosed 'html-validate close-order' 's|</header>||'
sed 's|</svg>$|<text x="200" y="60">one</text><text x="208" y="60">two</text></svg>|' "$work/pair.svg" >"$work/wrong.svg"
echo 'lie on each other' >"$work/wrong.txt"
set_of="$set_of !$work/wrong.svg=$work/wrong.txt"
# shellcheck disable=SC2086 # names without blanks, made here
node "$here/draw.mjs" "$modules" "$browser" $set_of
