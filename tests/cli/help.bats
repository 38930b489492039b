# SPDX-License-Identifier: GPL-3.0-or-later
# Help, version, explain: complete, in both languages, within 79 columns.
load helper

# Columns of each line of standard input; a wide character takes two (Python's own tables, not ours).
too_wide() {
	/usr/bin/python3 -c '
import sys, unicodedata
bad = 0
for line in sys.stdin.buffer.read().decode("utf-8").split("\n"):
    w = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
    if w > 79:
        print(w, line); bad = 1
sys.exit(bad)'
}

@test "--help of every command: status 0, on standard output, within 79 columns" {
	for l in en ja; do
		for c in '' $("$BPR" help --words); do
			run --separate-stderr -0 "$BPR" $c --help --lang $l
			[ -z "$stderr" ]
			[ -n "$output" ]
			printf '%s\n' "$output" | too_wide
		done
	done
}

@test "every option of every command is in its help, in both languages" {
	for l in en ja; do
		for c in $("$BPR" help --words); do
			for w in $("$BPR" help --words "$c"); do
				"$BPR" "$c" --help --lang $l | grep -qF -- "${w%=}" || { echo "$c $w"; return 1; }
			done
		done
	done
}

@test "help COMMAND is what COMMAND --help says" {
	for c in $("$BPR" help --words); do
		[ "$("$BPR" help "$c")" = "$("$BPR" "$c" --help)" ]
	done
}

@test "help begins with what the command answers, then examples" {
	run -0 "$BPR" help compare
	has 'What changes from before to after?' "${lines[0]}"
	has $'Examples:\n  bpr compare before.bpmn after.bpmn' "$output"
	run -0 "$BPR" help compare --lang ja
	has '改善前と改善後で何が変わるか' "${lines[0]}"
}

@test "the list of commands has each with its summary" {
	run -0 "$BPR" help
	for c in $("$BPR" help --words); do
		grep -q "^  $c  *[a-z]" <<<"$output"
	done
	run -0 "$BPR" help --lang ja
	has 'コマンド一覧' "$output"
	has_not 'what changes' "$output"
}

@test "nothing of the Japanese help is left in English" {
	for c in $("$BPR" help --words); do
		run -0 "$BPR" help "$c" --lang ja
		# A help text is a sentence: four words of Latin letters in a row give it away.
		grep -vE '^ *(source|bpr) ' <<<"$output" >text
		none grep -E '[a-z]+ [a-z]+ [a-z]+ [a-z]+' text
	done
}

@test "help of no command: exit 2, suggestion" {
	run -2 "$BPR" help comparee
	has "did you mean 'bpr compare'?" "$output"
}

@test "--version names the version and the licence" {
	run -0 "$BPR" --version
	[[ ${lines[0]} =~ ^bpr\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	has 'GPL-3.0-or-later' "$output"
	run -0 "$BPR" analyze --version
	[[ ${lines[0]} =~ ^bpr\ [0-9] ]]
}

@test "help and version on a full disk are exit 4" {
	[ -w /dev/full ] || skip 'no /dev/full'
	for a in help --version 'explain' 'completion bash'; do
		run -4 bash -c "'$BPR' $a >/dev/full"
		has '[O103]' "$output"
	done
}

@test "explain: a code, whatever its case" {
	run -0 "$BPR" explain i002
	has 'I002 (error): cannot open the file' "${lines[0]}"
	has 'hint: ' "$output"
}

@test "explain: a metric, a column by key or by heading, a word of the glossary" {
	run -0 "$BPR" explain counter_visits
	has 'counter_visits: ' "${lines[0]}"
	run -0 "$BPR" explain work
	has 'work: column of the flow table' "$output"
	has '処理時間' "$output"
	run -0 "$BPR" explain 処理時間 --lang ja
	has 'work: フロー表の列' "$output"
	run -0 "$BPR" explain handoff
	has '引き継ぎ' "$output"
	run -0 "$BPR" explain 手戻り
	has 'rework' "$output"
	for word in MSER-5 median 'common random numbers' 中央値 ウォームアップ 共通乱数; do
		run -0 "$BPR" explain --lang en "$word"
		has '  ' "${lines[-1]}"
	done
	run -0 "$BPR" explain --lang ja 中央値
	has '10件中9件がその値以下になる値' "$(printf %s "$output" | tr -d '\n ')"
}

@test "explain: every code, metric and column that it lists is explained, in both languages" {
	"$BPR" explain >all
	awk '/^Metrics:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' all >words
	awk '/^Columns:/ { on = 1; next } /^$/ { on = 0 } on { print $2 }' all >>words
	grep -oE '^  [A-Z][0-9]{3} ' all >>words
	[ "$(wc -l <words)" -gt 60 ]
	for l in en ja; do
		xargs "$BPR" explain --lang $l <words >out
		has_not '{1}' "$(cat out)"
	done
	# The Japanese of an explanation is Japanese.
	none grep -E '[a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+' out
}

@test "explain: an unknown word is exit 2; the known ones beside it are still explained" {
	run --separate-stderr -2 "$BPR" explain counter_vists steps
	has "did you mean 'counter_visits'?" "$stderr"
	has 'steps: ' "$output"
}
