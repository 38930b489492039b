# SPDX-License-Identifier: GPL-3.0-or-later
# Where a report goes: whole or absent, never over an input, and every failed write shows.
load helper

@test "-o: the format follows the ending" {
	small_flow a
	for f in md json csv; do
		run --separate-stderr -0 "$BPR" analyze -q a.csv -o "r.$f"
		[ -z "$output" ]
		[ "$(cat "r.$f")" = "$("$BPR" analyze -q -f "$f" a.csv)" ]
	done
	"$BPR" analyze -q a.csv -o r.txt
	"$BPR" analyze -q a.csv -o report
	cmp r.txt report
	[ "$(cat report)" = "$("$BPR" analyze -q a.csv)" ]
}

@test "-f wins over the ending; an ending without a format is refused before any work" {
	small_flow a
	"$BPR" analyze -q a.csv -f json -o r.md
	grep -q '"schema"' r.md
	run -2 "$BPR" analyze -q a.csv -o r.doc
	has '[U108]' "$output"
	has 'text, md, json, csv' "$output"
	[ ! -e r.doc ]
}

@test "the mode of a new file follows the umask" {
	small_flow a
	(umask 027 && "$BPR" analyze -q a.csv -o r.csv)
	[ "$(stat -c %a r.csv)" = 640 ]
	(umask 022 && "$BPR" analyze -q a.csv -o s.csv)
	[ "$(stat -c %a s.csv)" = 644 ]
}

@test "an old report survives a failed run, and no temporary file is left" {
	small_flow a
	echo old >r.json
	run -3 "$BPR" analyze -q missing.csv -o r.json
	[ "$(cat r.json)" = old ]
	[ "$(find . -name '.bpr-*' | wc -l)" -eq 0 ]
	"$BPR" analyze -q a.csv -o r.json
	grep -q '"schema"' r.json
	[ "$(find . -name '.bpr-*' | wc -l)" -eq 0 ]
}

@test "a new report is absent after a failed run" {
	run -3 "$BPR" analyze missing.csv -o r.json
	[ ! -e r.json ]
	run -3 "$BPR" compare missing.csv missing2.csv -o r.json
	[ ! -e r.json ]
}

@test "an input is never overwritten, by whatever name, nor a table beside it" {
	small_flow a
	cp a.csv before
	ln -s a.csv link.csv
	ln a.csv hard.csv
	for o in a.csv ./a.csv link.csv hard.csv a.forms.csv "$PWD/a.csv"; do
		run -2 "$BPR" analyze a.csv -o "$o"
		has '[U110]' "$output"
	done
	better_flow b
	run -2 "$BPR" compare a.csv b.csv -o b.csv
	has '[U110]' "$output"
	cmp a.csv before
}

@test "a symbolic link stays one; its target is replaced" {
	small_flow a
	mkdir d
	echo old >d/r.csv
	ln -s d/r.csv r.csv
	"$BPR" analyze -q a.csv -o r.csv
	[ -L r.csv ]
	grep -q , d/r.csv
}

@test "a folder, a missing folder, a forbidden one: exit 4, told" {
	small_flow a
	mkdir d
	run -4 "$BPR" analyze -q a.csv -o d
	has 'the output is a folder [O102]' "$output"
	run -4 "$BPR" analyze -q a.csv -o none/r.csv
	has 'no such file or folder [O101]' "$output"
	[ "$(id -u)" -ne 0 ] || skip 'root may write anywhere'
	chmod 555 d
	run -4 "$BPR" analyze -q a.csv -o d/r.csv
	has 'permission denied [O101]' "$output"
}

@test "a full disk is exit 4, on standard output and by -o" {
	[ -w /dev/full ] || skip 'no /dev/full'
	small_flow a
	better_flow b
	for c in 'analyze a.csv' 'check a.csv' 'compare a.csv b.csv'; do
		run -4 bash -c "'$BPR' $c -q >/dev/full"
		has 'no space left on the device [O103]' "$output"
		run -4 "$BPR" $c -q -o /dev/full
		has 'no space left on the device [O101]' "$output"
	done
}

@test "closed standard output is exit 4; a closed pipe too, quietly" {
	small_flow a
	run -4 bash -c "'$BPR' analyze -q a.csv >&-"
	has '[O103]' "$output"
	run -0 bash -c "{ '$BPR' analyze -q a.csv 2>err; echo \$? >status; } | true"
	[ ! -s err ]
	[ "$(cat status)" = 4 ] || [ "$(cat status)" = 0 ]
	for i in $(seq 300); do cp a.csv "f$i.csv"; done
	run -0 bash -c "{ '$BPR' analyze -q f*.csv 2>err; echo \$? >status; } | head -n 1 >first"
	[ ! -s err ]
	[ "$(cat status)" = 4 ]
}

@test "closed standard descriptors are not taken by files" {
	small_flow a
	cp a.csv before
	run bash -c "'$BPR' analyze a.csv >&- 2>&- <&-"
	[ "$status" -eq 4 ]
	cmp a.csv before
}

@test "devices are written straight" {
	small_flow a
	run -0 "$BPR" analyze -q a.csv -o /dev/null
	[ -c /dev/null ]
	run -0 bash -c "'$BPR' analyze -q a.csv -f csv -o /dev/stdout | cat"
	has , "$output"
}

@test "an interrupt is exit 130 and leaves neither a report nor a temporary file" {
	mkfifo list
	exec 9<>list
	run -130 timeout --preserve-status -s INT 0.3 "$BPR" analyze -q --files-from - -o r.json <list
	exec 9>&-
	[ -z "$output" ]
	[ ! -e r.json ]
	[ "$(find . -name '.bpr-*' | wc -l)" -eq 0 ]
}

@test "interrupted while it writes: the old report stays whole" {
	small_flow a
	for i in $(seq 300); do ln a.csv "f$i.csv"; done
	interrupted=0
	for delay in 0.005 0.01 0.02 0.04 0.08 0.16; do
		echo old >r.json
		rc=0
		timeout --preserve-status -s INT $delay "$BPR" analyze -q f*.csv f*.csv f*.csv f*.csv -o r.json || rc=$?
		[ $rc -eq 130 ] || [ $rc -eq 0 ]
		if [ $rc -eq 130 ]; then
			interrupted=1
			[ "$(cat r.json)" = old ]
		else
			/usr/bin/python3 -m json.tool r.json >/dev/null
		fi
		[ "$(find . -name '.bpr-*' | wc -l)" -eq 0 ]
	done
	[ $interrupted -eq 1 ]
}

@test "colours: never off a terminal, unless asked for; NO_COLOR is honoured" {
	small_flow a
	has_not $'\033' "$("$BPR" analyze -q a.csv)"
	has_not $'\033' "$(CLICOLOR_FORCE=1 NO_COLOR=1 "$BPR" analyze -q a.csv)"
	has_not $'\033' "$(CLICOLOR_FORCE=1 "$BPR" analyze -q --color never a.csv)"
	has_not $'\033' "$("$BPR" analyze -q -f json --color always a.csv)"
}
