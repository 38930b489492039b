#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every text that a person reads is translated: files are listed, the catalogue is valid, complete and free of leftovers.
cd "$abs_top_srcdir" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0
point() {
	n=$((n + 1))
	if [ -s "$tmp/found" ]; then
		sed 's/^/# /' "$tmp/found"
		echo "not ok $n - $1"
		bad=1
	else echo "ok $n - $1"; fi
}
skip() {
	n=$((n + 1))
	echo "ok $n - $1 # SKIP gettext is not installed"
}
# The header that defines the macro is the one place that needs no translation.
find lib cmd \( -name '*.[ch]' -o -name '*.def' \) -exec grep -lE '(^|[^A-Za-z0-9_])N?_\("' {} + | LC_ALL=C sort >"$tmp/marked"
grep -v '^#' po/POTFILES.in | sed '/^$/d' | LC_ALL=C sort >"$tmp/listed"
LC_ALL=C comm -23 "$tmp/marked" "$tmp/listed" | sed 's/$/ has texts, but is not in po\/POTFILES.in/' >"$tmp/found"
point 'files with texts are listed'
while read -r f; do [ -f "$f" ] || echo "$f is listed, but does not exist"; done <"$tmp/listed" >"$tmp/found"
point 'listed files exist'
uniq -d "$tmp/listed" >"$tmp/found"
point 'no file is listed twice'
# shellcheck disable=SC2016 # awk's own $0
# {1} to {4} of a message stand in its translation, and none else.
${AWK:-awk} '
	function marks(s,   m) { m = ""; for (k = 1; k <= 9; k++) if (index(s, "{" k "}")) m = m k; return m }
	function done() { if (id != "" && text != "" && marks(id) != marks(text)) print "arguments differ: " id; id = text = "" }
	function inside(line) { sub(/^[^"]*"/, "", line); sub(/"[ \t]*$/, "", line); return line }
	/^msgid "/ { done(); state = 1; id = inside($0); next }
	/^msgstr "/ { state = 2; text = inside($0); next }
	/^"/ { if (state == 1) id = id inside($0); else text = text inside($0) }
	END { done() }' po/ja.po >"$tmp/found"
point 'arguments of messages are those of their translations'
# A guess is no translation: msgmerge marks what it guessed, and nobody has read it.
grep -n '^#,.*fuzzy' po/ja.po >"$tmp/found"
point 'no translation is a guess'
if [ -n "$MSGFMT" ]; then
	# The header of a catalogue that nobody mails around needs no addresses.
	"$MSGFMT" -c -o /dev/null po/ja.po 2>&1 | grep -v 'header field' >"$tmp/found"
	point 'msgfmt -c finds nothing'
else skip 'msgfmt -c finds nothing'; fi
if command -v xgettext >/dev/null 2>&1 && command -v msgmerge >/dev/null 2>&1; then
	# bpr_text() too: a literal given to it must be known.
	xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=bpr_text:2 --no-location \
		--files-from=po/POTFILES.in --output="$tmp/bpr.pot" 2>"$tmp/xgettext" || cat "$tmp/xgettext" >"$tmp/found"
	if [ -s "$tmp/bpr.pot" ]; then
		msgmerge --quiet --no-fuzzy-matching --no-location --no-wrap -o "$tmp/ja.po" po/ja.po "$tmp/bpr.pot" 2>"$tmp/found"
		msgattrib --untranslated --no-obsolete --no-wrap "$tmp/ja.po" |
			${AWK:-awk} 'BEGIN { RS = "" } !/Project-Id-Version/ { print }' >>"$tmp/found"
	fi
	point 'every text has its Japanese translation'
	msgattrib --only-obsolete --no-wrap "$tmp/ja.po" 2>/dev/null | grep '^#~ msgid' >"$tmp/found"
	point 'every translation has its text'
else
	skip 'every text has its Japanese translation'
	skip 'every translation has its text'
fi
echo "1..$n"
exit $bad
