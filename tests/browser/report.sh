#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reports in HTML, opened in a browser as their readers do: see report.mjs. Skipped, with the reason, where a tool is missing.
# shellcheck disable=SC2034,SC2154 # set for tools.sh, and by it
modules_needed='puppeteer-core axe-core html-validate'
# shellcheck source=/dev/null
. "$abs_top_srcdir/tests/browser/tools.sh"
set_of=

# NAME[=TEXTS] COMMAND...: a report in both languages.
make_report() {
	name=${1%%=*}
	texts=${1#"$name"}
	shift
	case $1 in checksheet) dated=--issued ;; *) dated=--date ;; esac
	"$BPR" "$@" -q --lang ja,en --office 'みほん市 DX推進課' $dated 2026-07-01 -o "$work/$name.html" >/dev/null 2>"$work/$name.err"
	[ -s "$work/$name.html" ] || sed 's/^/# /' "$work/$name.err"
	set_of="$set_of $work/$name.html$texts"
}

for before in "$samples"/*/*before.csv; do
	folder=${before%/*}
	name=$(basename "$before")
	name=${name%before.csv}
	make_report "compare-${folder##*/}${name:+-${name%-}}" compare "$before" "${before%before.csv}after.csv"
done
make_report compare-simulated compare --simulate --days 2 --replications 4 "$samples/kitami/before.csv" "$samples/kitami/after.csv"
make_report compare-bpmn compare "$samples/kitami/before.bpmn" "$samples/kitami/after.bpmn"
make_report analyze-minamisoma analyze "$samples/minamisoma/before.csv"
make_report analyze-table analyze "$samples/table/flow.csv"
make_report analyze-many analyze "$samples/chiba/before.csv" "$samples/internal/before.csv" "$samples/unsound/messages.bpmn"
make_report simulate-morning simulate --days 2 --replications 4 "$samples/morning/flow.csv"
make_report check-smells check "$samples/smells/flow.csv"
make_report check-unsound check "$samples/unsound/deadlock.csv"
make_report check-messages check "$samples/unsound/messages.bpmn"
# Levers and their years: found in the flow, and of a table; without years, without a demand.
make_report suggest-kitami suggest --years R8-R12 --budget-per-year 200万 --days-per-year 60 "$samples/kitami/before.csv"
make_report suggest-set suggest --by citizen "$samples/minamisoma/before.csv"
make_report suggest-long suggest --years 2026-2045 --first-year 1 "$samples/life-events/tennyu-before.csv"
printf 'id,name,kind,next,work\ns,,start,a,\na,写す,task,b,4\nb,見る,task,e,3\ne,,end,,\n' >"$work/plain.csv"
printf 'id,name,lever,target,value\nL1,写さない,speed_up,a,0\nL2,見ない,speed_up,b,0\nL3,無い,speed_up,z,0\n' >"$work/plain-levers.csv"
make_report suggest-plain suggest --with "$work/plain-levers.csv" "$work/plain.csv"
# Logs: what happened, a drawing held against it, what a reform changed.
for log in counter-before ticket walk; do
	make_report "mine-$log" mine "$samples/evidence/logs/$log.csv"
done
make_report mine-approval mine --open 8:30-17:15 --standard 5wd "$samples/evidence/logs/approval.csv"
make_report mine-conform mine --conform "$samples/kitami/before.csv" "$samples/evidence/logs/counter-after.csv"
make_report evidence-counter compare "$samples/evidence/logs/counter-before.csv" "$samples/evidence/logs/counter-after.csv"
make_report evidence-tickets compare "$samples/evidence/reform/tickets-before.csv" "$samples/evidence/reform/tickets-after.csv"
make_report evidence-measured compare "$samples/evidence/reform/before.csv" "$samples/evidence/reform/after.csv" \
	--measured "$samples/evidence/reform/tickets-after.csv"

# Check sheets: to be ticked, in plain words and large print, what households need.
procedures=$samples/procedures/procedures.csv
make_report checksheet-one checksheet --event 転入 --member 母:年齢=42,保険=国保 --member 子:年齢=7 "$procedures"
make_report checksheet-plain checksheet --plain --large --one-stop --event 死亡 "$procedures"
make_report checksheet-blank checksheet --blank --event 転居 "$procedures"
make_report checksheet-households checksheet "$procedures" "$samples/procedures/households.json"
make_report checksheet-mix checksheet --mix "$samples/procedures/mix.csv" "$procedures"

# Names that try everything; all of it must be read as text.
awk -f "$here/hostile.awk" -v texts="$work/texts" >"$work/hostile.csv"
sed 's/,5,/,3,/' "$work/hostile.csv" >"$work/hostile2.csv"
make_report "hostile-analyze=$work/texts" analyze "$work/hostile.csv"
make_report "hostile-compare=$work/texts" compare "$work/hostile.csv" "$work/hostile2.csv"
{
	echo 'id,name,lever,target,value,cost,effort_days'
	awk '{ gsub(/"/, "\"\""); printf "L%d,\"%s\",speed_up,*,-%d%%,%d,3\n", NR, $0, 2 + NR, NR * 100000 }' "$work/texts"
} >"$work/hostile-levers.csv"
make_report "hostile-suggest=$work/texts" suggest --set demand.per_year=1000 --years R8-R9 --with "$work/hostile-levers.csv" "$work/hostile.csv"
make_report hostile-check check "$work/hostile.csv"

# What the test itself must find: each page has one fault. NAME WORDS SED: words of what must be said of it.
sound=$work/check-unsound.html
spoil() {
	sed "$3" "$sound" >"$work/wrong-$1.html"
	echo "$2" >"$work/wrong-$1.txt"
	set_of="$set_of !$work/wrong-$1.html=$work/wrong-$1.txt"
}
spoil image 'src leads to' \
	's|</main>|<img src="http://example.test/a.png" alt="a"/></main>|'
spoil request 'asks for http://example.test/c.png' \
	's|<meta http-equiv="Content-Security-Policy"[^>]*>||; s|</main>|<img src="http://example.test/c.png" alt="a"/></main>|'
spoil script '<script> is in the page' \
	's|</main>|<script>window.ran = 1</script></main>|'
spoil handler 'onclick is in the page' \
	's|<main>|<main onclick="a()">|'
spoil wide '3000 wide on a screen' \
	's|</main>|<p class="broad">wide</p></main>|; s|</style>|.broad{width:3000px}</style>|'
spoil cut 'is cut off' \
	's|</main>|<p class="lead cutoff">a line that has no room at all in here</p></main>|; s|</style>|.cutoff{width:60px;overflow:hidden;white-space:nowrap}</style>|'
spoil overlap 'lie on each other' \
	's|</main>|<p>one text</p><p class="moved">on the other</p></main>|; s|</style>|.moved{position:relative;top:-3rem}</style>|'
spoil picture 'lie on each other' \
	's|</main>|<svg viewBox="0 0 760 60" role="img" aria-label="a"><text x="50" y="30">one</text><text x="60" y="30">two</text></svg></main>|'
spoil outside 'leaves its picture' \
	's|</main>|<svg viewBox="0 0 760 60" role="img" aria-label="a"><text x="740" y="30">leaves it</text></svg></main>|'
spoil tight 'wider than its box' \
	's|</main>|<svg viewBox="0 0 760 60" role="img" aria-label="a"><rect x="30" y="5" width="40" height="40" fill="#eeeeee"/><text x="50" y="30" text-anchor="middle">wider than that</text></svg></main>|'
spoil small 'px small' \
	's|</main>|<p class="tiny">hardly to be read</p></main>|; s|</style>|.tiny{font-size:7px}</style>|'
spoil pale 'is too pale' \
	's|</main>|<svg viewBox="0 0 760 60" role="img" aria-label="a"><text x="50" y="30" fill="#999999">pale</text></svg></main>|'
spoil grey 'axe color-contrast' \
	's|--faint:#52606d|--faint:#b0b8c0|'
spoil unnamed 'axe button-name' \
	's|<main>|<main><button type="button"></button>|'
spoil unclosed 'html-validate close-order' \
	's|</footer>||'
spoil console 'console: ' 's|</main>|<p style="background:url(http://example.test/b.png)">x</p></main>|'
spoil twice 'html-validate no-dup' \
	's|id="front"|id="front" id="front"|; s|id="details"|id="front"|'
# shellcheck disable=SC2086 # names without blanks, made here
node "$here/report.mjs" "$modules" "$browser" $set_of
