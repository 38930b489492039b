# SPDX-License-Identifier: GPL-3.0-or-later
# The option table: what is accepted, and what a wrong option is told.
load helper

@test "no command: exit 2 and a hint" {
	run --separate-stderr -2 "$BPR"
	[ -z "$output" ]
	has 'COMMAND is missing [U107]' "$stderr"
	has "  hint: 'bpr help' lists the commands" "$stderr"
}

@test "an unknown command suggests the nearest, and does not run it" {
	small_flow a
	run --separate-stderr -2 "$BPR" anaylze a.csv
	[ -z "$output" ]
	[ "${stderr_lines[0]}" = "bpr: 'anaylze' is not a command of bpr [U100]" ]
	[ "${stderr_lines[1]}" = "  hint: did you mean 'bpr analyze'?" ]
}

@test "commands are not abbreviated" {
	run -2 "$BPR" anal a.csv
}

@test "commands of later versions are unknown ones" {
	for c in batch merge; do
		run -2 "$BPR" "$c"
		has "[U100]" "$output"
	done
}

@test "an unknown option suggests the nearest" {
	run -2 "$BPR" analyze --formt json a.csv
	[ "${lines[0]}" = "bpr: analyze: unknown option '--formt' [U101]" ]
	[ "${lines[1]}" = "  hint: did you mean '--format'?" ]
}

@test "long names are not abbreviated" {
	for o in --form=json '--form json' --qui --max-byt=3; do
		run -2 "$BPR" analyze $o a.csv
		has "[U101]" "$output"
	done
}

@test "unknown letters are named" {
	run -2 "$BPR" analyze -qx a.csv
	has "unknown option '-x' [U101]" "$output"
}

@test "an option in front of the command is told where it belongs" {
	run -2 "$BPR" -q analyze a.csv
	has 'options stand behind the command' "$output"
}

@test "a missing value is named with what it is" {
	run -2 "$BPR" analyze --output
	has "option '--output' needs a value (FILE) [U102]" "$output"
	run -2 "$BPR" analyze -o
	has "option '--output' needs a value (FILE) [U102]" "$output"
}

@test "a switch takes no value" {
	run -2 "$BPR" analyze --quiet=yes a.csv
	has "option '--quiet' takes no value [U103]" "$output"
}

@test "a wrong choice lists the choices and suggests one" {
	run -2 "$BPR" analyze -f jsn a.csv
	has "'jsn' is none of text, md, json, csv, html" "$output"
	has "did you mean 'json'?" "$output"
}

@test "choices have other spellings: case, '-' and '_' do not matter" {
	small_flow a
	for e in UTF-8 utf8 Utf_8 CP932 Shift_JIS sjis windows-31j AUTO; do
		run "$BPR" analyze -q --encoding "$e" a.csv
		has_not '[U104]' "$output"
	done
}

@test "numbers out of range are told the range" {
	for v in -1 x 1.5 '' 1e3 0x10 99999999999999999999 ' 1' 1K; do
		run -2 "$BPR" analyze "--seed=$v" a.csv
		has '[U105]' "$output"
		has '0 - 9007199254740991' "$output"
	done
	run -2 "$BPR" analyze -j0 a.csv
	has '1 - 1024' "$output"
}

@test "sizes in bytes take K, M, G" {
	small_flow a
	for v in 64K 1m 2G 100000; do
		run -0 "$BPR" analyze -q "--max-bytes=$v" a.csv
	done
	for v in 5X K 1KK -5K 99999999T; do
		run -2 "$BPR" analyze "--max-bytes=$v" a.csv
	done
}

@test "real numbers: no locale, no infinity, no hex" {
	small_flow a
	for v in nan inf 1,5 0x1p3 ''; do
		run -2 "$BPR" analyze -d counter_visits "--above=$v" a.csv
		has '[U105]' "$output"
	done
	run -0 "$BPR" analyze -q -d counter_visits --above=1.5 a.csv
}

@test "--distribution takes counts only, and suggests" {
	run -2 "$BPR" analyze -d counter_vists a.csv
	has "did you mean 'counter_visits'?" "$output"
	run -2 "$BPR" analyze -d lead_minutes a.csv
	has '[U104]' "$output"
}

@test "'--' ends the options; options may follow inputs; values follow '=' or stand alone" {
	small_flow x
	mv x.csv ./-x.csv
	mv x.forms.csv ./-x.forms.csv
	run -0 "$BPR" analyze -q -- -x.csv
	small_flow a
	run -0 "$BPR" analyze a.csv -q --format=csv
	one=$output
	run -0 "$BPR" analyze -qf csv a.csv
	[ "$output" = "$one" ]
	run -0 "$BPR" analyze -q --format csv a.csv
	[ "$output" = "$one" ]
}

@test "one operand too many, one missing" {
	run -2 "$BPR" compare a.csv
	has 'AFTER is missing [U107]' "$output"
	run -2 "$BPR" compare a.csv b.csv c.csv
	has "one operand too many: 'c.csv' [U106]" "$output"
	run -2 "$BPR" analyze
	has 'no input given [U117]' "$output"
}

@test "the last of an option wins" {
	small_flow a
	run -0 "$BPR" analyze -q -f json -f csv a.csv
	has_not '{' "$output"
}

@test "typed control characters do not reach the terminal" {
	run -2 "$BPR" $'an\033[31m\xc2\x9bx'
	has_not $'\033' "$output"
	has_not $'\xc2\x9b' "$output"
	run -2 "$BPR" analyze "--seed=$(printf '\033]0;x\007')" a.csv
	has_not $'\033' "$output"
	run -2 "$BPR" analyze $'--\033[2J' a.csv
	has_not $'\033' "$output"
	run -3 "$BPR" analyze $'no\033[2J.csv'
	has_not $'\033' "$output"
}

@test "every usage error is one line with a code, in both languages" {
	for l in en ja; do
		for args in analyz 'analyze --bogus' 'analyze -f x a' 'analyze --seed x a' 'compare a' 'compare a b c' 'analyze' 'explain zzzz' \
			'compare -r x a b' 'compare -r zz<=1 a b' 'analyze -o x.docx a' 'analyze - -' 'completion' 'completion tcsh' 'help zzzz'; do
			run --separate-stderr -2 "$BPR" $args --lang $l
			[ -z "$output" ]
			[[ ${stderr_lines[0]} =~ ^'bpr: '.*' ['[UO][0-9]{3}']'$ ]] || {
				echo "$args: $stderr"
				return 1
			}
			for line in "${stderr_lines[@]:1}"; do
				[[ $line == '  hint: '* || $line == '  ヒント: '* ]]
			done
		done
	done
}
