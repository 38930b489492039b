# SPDX-License-Identifier: GPL-3.0-or-later
# compare --require and check as gates of scripts.
load helper

# Half of the cases get into a circle that has no way out.
trap_flow() {
	cat >trap.csv <<'END'
id,name,kind,work,next
S,,start,,A
A,x,task,1,T:50%;E:50%
T,turn,task,1,R
R,round,task,1,T
E,,end,,
END
}

@test "a requirement that holds is exit 0, one that does not is exit 1 and told, and the report is made" {
	small_flow a
	better_flow b
	run --separate-stderr -0 "$BPR" compare -q -r 'counter_visits<=1' a.csv b.csv
	[ -z "$stderr" ]
	[ -n "$output" ]
	report=$output
	run --separate-stderr -1 "$BPR" compare -q -r 'counter_visits<=1' -r 'forms_written<=0.5' a.csv b.csv
	[ "$output" = "$report" ]
	[ "${#stderr_lines[@]}" -eq 1 ]
	[ "${stderr_lines[0]}" = 'bpr: requirement not met: forms_written<=0.5 (it is 1) [U115]' ]
}

@test "before, change and change_pct; every operator" {
	small_flow a
	better_flow b
	# Before: the form is written 1/(1-0.25) = 4/3 times, two counters; after: once, one counter.
	for r in 'before.counter_visits=2' 'change.counter_visits<0' 'change.counter_visits<=-1' 'change_pct.counter_visits=-50' \
		'counter_visits>=1' 'counter_visits>0.5' 'after.counter_visits=1' 'before.forms_written>1.33' 'before.forms_written<1.34'; do
		run -0 "$BPR" compare -q -r "$r" a.csv b.csv
	done
	for r in 'before.counter_visits<2' 'change.counter_visits>0' 'counter_visits>1' 'counter_visits<1' 'change_pct.forms_written>-24'; do
		run -1 "$BPR" compare -q -r "$r" a.csv b.csv
	done
}

@test "a requirement that cannot be read is told before any file is read" {
	for r in '' counter_visits 'counter_visits<=' 'counter_visits<=x' '<=3' 'counter_visits==1' 'counter_visits<>1' 'counter_visits<=1,5' \
		'steps<=nan' 'bogus.steps<=1'; do
		run -2 "$BPR" compare -r "$r" missing.csv missing.csv
		[[ $output == *'[U113]'* || $output == *'[U114]'* ]]
	done
	run -2 "$BPR" compare -r 'counter_vists<=1' missing.csv missing.csv
	has "did you mean 'counter_visits'?" "$output"
}

@test "compare: both inputs are told when both are bad" {
	run -3 "$BPR" compare missing1.csv missing2.csv
	has missing1.csv "$output"
	has missing2.csv "$output"
}

@test "check: 0 without errors, 1 with one, 3 for what is no flow" {
	small_flow a
	run -0 "$BPR" check a.csv
	printf 'id,name,kind,work,next\nS,,start,,A\nA,x,task,1,E\nU,never,task,1,E\nE,,end,,\n' >unreachable.csv
	run -1 "$BPR" check unreachable.csv
	has never "$output"
	trap_flow
	run -1 "$BPR" check trap.csv
	printf 'id,name,work,next\nA,x,1,NOWHERE\n' >bad.csv
	run --separate-stderr -3 "$BPR" check bad.csv
	has NOWHERE "$output"
	[ -z "$stderr" ]
	run --separate-stderr -3 "$BPR" check missing.csv
	[ -z "$output" ]
	has '[I002]' "$stderr"
	run -3 "$BPR" check a.csv bad.csv trap.csv
	"$BPR" check -f json a.csv bad.csv trap.csv >all.json || [ $? -eq 3 ]
	/usr/bin/python3 -c '
import json
a, b, c = json.load(open("all.json"))
assert a["flow"]["id"] == "a" and not [f for f in a["findings"] if f["severity"] == "error"]
assert b["flow"] is None and [f["severity"] for f in b["findings"]].count("error") == 1
assert c["flow"]["id"] == "trap" and [f for f in c["findings"] if f["severity"] == "error"]'
}

@test "analyze refuses a flow that never ends, and names where" {
	trap_flow
	run --separate-stderr -3 "$BPR" analyze trap.csv
	[ -z "$output" ]
	[[ $stderr == *turn* || $stderr == *round* ]]
}

@test "analyze --above: the share of cases above a value, in text and JSON" {
	# A quarter of the cases writes again each time: P(more than n) = 0.25^n.
	small_flow a
	run -0 "$BPR" analyze -q -d forms_written --above 1 a.csv
	has 'Cases above 1: 25%.' "$output"
	"$BPR" analyze -q -d forms_written --above 2 -f json a.csv | /usr/bin/python3 -c '
import json, sys
a = json.load(sys.stdin)["distributions"][0]["above"]
assert a["value"] == 2 and abs(a["prob"] - 0.0625) < 1e-12, a'
	has_not 'Cases above 1:' "$("$BPR" analyze -q -d forms_written a.csv)"
}
