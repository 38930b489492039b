#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Hostile inputs: no crash, no hang, bounded memory; refused with one line, or answered.
load ../cli/helper
load ../cli/samples
load fail

# bounded COMMAND...: at most 10 seconds of the processor (a sanitized build: 60) and 2 GiB; never a signal. The clock may
# take longer: the machine may be busy.
bounded() {
	if grep -q '^SAN_CFLAGS = .*fsanitize' "$abs_top_builddir/Makefile"; then
		run --separate-stderr bash -c 'ulimit -t 60; exec timeout -k 5 300 "$@"' - "$program" "$@"
	else
		run --separate-stderr bash -c 'ulimit -t 10; ulimit -v 2097152; exec timeout -k 5 100 "$@"' - "$program" "$@"
	fi
	echo "status $status"
	[ "$status" -lt 64 ]
}

# refused COMMAND...: status 3, one short line and at most a hint, nothing on standard output.
refused() {
	bounded "$@"
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[ "${#stderr}" -le 4096 ]
	[[ $stderr == bpr:* ]]
}

limited() {
	bounded "$@"
	[ "$status" -eq 5 ]
	[ -z "$output" ]
	[[ $stderr == bpr:* ]]
}

# without PATTERN TEXT: it does not occur.
without() {
	if LC_ALL=C grep -qE "$1" <<<"$2"; then
		return 1
	fi
}

in_test() { echo "$BATS_TEST_TMPDIR/$1"; }

@test "a chain of 200,000 steps" {
	awk 'BEGIN { print "id,next,work"; for (i = 1; i < 200000; i++) printf "%d,%d,1\n", i, i + 1; print "200000,,1" }' >"$(in_test chain.csv)"
	bounded analyze --format json "$(in_test chain.csv)"
	[ "$status" -eq 0 ]
	"$program" analyze --format json "$(in_test chain.csv)" >"$(in_test out.json)"
	need_python
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" 'mean("steps") == 200000' 'mean("lead_minutes") == 200000' <"$(in_test out.json)" 2>/dev/null
}

@test "a ladder of 5,000 rework loops" {
	awk 'BEGIN { print "id,kind,next,work"; for (i = 1; i <= 5000; i++) printf "%d,task,x%d,1\nx%d,xor,%d:50%%;%d:50%%,\n", i, i, i, (i > 1 ? i - 1 : 1), i + 1; print "5001,end,," }' >"$(in_test ladder.csv)"
	bounded analyze --format json "$(in_test ladder.csv)"
	[ "$status" -eq 0 ]
	"$program" analyze --format json "$(in_test ladder.csv)" >"$(in_test out.json)"
	need_python
	# Steps to climb n rungs by fair steps with a floor: n (n + 1).
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" 'near(mean("steps"), 5000 * 5001, 1e-9)' <"$(in_test out.json)" 2>/dev/null
}

@test "2^60 paths" {
	awk 'BEGIN { print "id,kind,next,work"; for (i = 0; i < 60; i++) printf "x%d,xor,a%d:50%%;b%d:50%%,\na%d,task,x%d,1\nb%d,task,x%d,3\n", i, i, i, i, i + 1, i, i + 1; print "x60,end,," }' >"$(in_test paths.csv)"
	bounded analyze --format json --distribution steps "$(in_test paths.csv)"
	[ "$status" -eq 0 ]
	json_of analyze --format json "$(in_test paths.csv)" -- 'near(mean("lead_minutes"), 120)' 'near(report["case"]["lead_minutes"]["sd"], math.sqrt(60))'
}

@test "2^60 paths past 60 counters and forms: sets of what was visited" {
	awk 'BEGIN { print "id,kind,next,work,counter,writes,unit"; for (i = 0; i < 60; i++) printf "x%d,xor,a%d:50%%;x%d:50%%,,,,\na%d,task,x%d,1,c%d,f%d,u%d\n", i, i, i + 1, i, i + 1, i, i, i; print "x60,end,,,,," }' >"$(in_test sets.csv)"
	bounded analyze --format json "$(in_test sets.csv)"
	[ "$status" -eq 0 ]
	json_of analyze -q --format json "$(in_test sets.csv)" -- 'near(mean("distinct_counters"), 30)' 'near(mean("counter_visits"), 30)'
}

# 30 branches of 10 steps: (300)! / (10!)^30, more than 10^400 orders.
@test "10^30 interleavings" {
	awk 'BEGIN { print "id,kind,next,work"; printf "S,and,"; for (i = 0; i < 30; i++) printf "%sb%d_0", (i ? ";" : ""), i; print ",";
		for (i = 0; i < 30; i++) for (k = 0; k < 10; k++) printf "b%d_%d,task,%s,%d\n", i, k, (k < 9 ? "b" i "_" (k + 1) : "J"), 1 + i; print "J,and,E,"; print "E,end,," }' >"$(in_test parallel.csv)"
	bounded analyze --format json "$(in_test parallel.csv)"
	[ "$status" -eq 0 ]
	json_of analyze -q --format json "$(in_test parallel.csv)" -- 'mean("steps") == 300' 'near(mean("lead_minutes"), 300)'
}

@test "nested choices inside many parallel branches" {
	awk 'BEGIN { print "id,kind,next,work"; printf "S,and,"; for (i = 0; i < 40; i++) printf "%sx%d", (i ? ";" : ""), i; print ",";
		for (i = 0; i < 40; i++) printf "x%d,xor,a%d:50%%;b%d:50%%,\na%d,task,J,%d\nb%d,task,m%d,exp(%d)\nm%d,task,J,1\n", i, i, i, i, i + 1, i, i, i + 1, i; print "J,and,E,"; print "E,end,," }' >"$(in_test choices.csv)"
	# J waits for one token on each of its 80 ways in and gets 40: it never fires, in 2^40 ways.
	bounded analyze --format json "$(in_test choices.csv)"
	[ "$status" -eq 3 ] || [ "$status" -eq 5 ]
	[[ $stderr == bpr:* ]]
	without inf\|nan "$output"
}

bpmn_head='<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">'

@test "calls that double 2^60 times" {
	{
		echo "$bpmn_head"
		for i in $(seq 0 59); do
			echo "<process id='p$i'><startEvent id='s$i'/><callActivity id='a$i' calledElement='p$((i + 1))'/><callActivity id='b$i' calledElement='p$((i + 1))'/><endEvent id='e$i'/>"
			echo "<sequenceFlow id='f$i' sourceRef='s$i' targetRef='a$i'/><sequenceFlow id='g$i' sourceRef='a$i' targetRef='b$i'/><sequenceFlow id='h$i' sourceRef='b$i' targetRef='e$i'/></process>"
		done
		echo "<process id='p60'><startEvent id='s'/><task id='t'/><endEvent id='e'/><sequenceFlow id='f' sourceRef='s' targetRef='t'/><sequenceFlow id='g' sourceRef='t' targetRef='e'/></process></definitions>"
	} >"$(in_test calls.bpmn)"
	limited analyze --format json "$(in_test calls.bpmn)"
}

@test "a cycle of calls is named" {
	echo "$bpmn_head<process id='p'><startEvent id='s'/><callActivity id='a' calledElement='q'/><endEvent id='e'/><sequenceFlow id='f' sourceRef='s' targetRef='a'/><sequenceFlow id='g' sourceRef='a' targetRef='e'/></process><process id='q'><startEvent id='s2'/><callActivity id='b' calledElement='p'/><endEvent id='e2'/><sequenceFlow id='f2' sourceRef='s2' targetRef='b'/><sequenceFlow id='g2' sourceRef='b' targetRef='e2'/></process></definitions>" >"$(in_test cycle.bpmn)"
	refused analyze "$(in_test cycle.bpmn)"
	[[ $stderr == *p* && $stderr == *q* ]]
}

@test "100,000 attributes on one element" {
	{
		echo "$bpmn_head<process id='p' "
		awk 'BEGIN { for (i = 0; i < 100000; i++) printf "a%d=\"x\" ", i }'
		echo '/></definitions>'
	} >"$(in_test attributes.bpmn)"
	bounded analyze "$(in_test attributes.bpmn)"
	[ "$status" -eq 3 ] || [ "$status" -eq 5 ]
}

@test "elements 100,000 deep" {
	{
		echo "$bpmn_head<process id='p'>"
		awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<subProcess id=\"s%d\">", i; for (i = 0; i < 100000; i++) printf "</subProcess>" }'
		echo '</process></definitions>'
	} >"$(in_test deep.bpmn)"
	bounded analyze "$(in_test deep.bpmn)"
	[ "$status" -eq 3 ] || [ "$status" -eq 5 ]
}

@test "a DTD, an entity, an external file: refused, and nothing is read" {
	echo canary-in-a-file >"$(in_test canary)"
	mkfifo "$(in_test pipe)"
	for doctype in '<!DOCTYPE definitions>' "<!DOCTYPE d [<!ENTITY x SYSTEM '$(in_test canary)'>]>" "<!DOCTYPE d SYSTEM '$(in_test pipe)'>" \
		'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'; do
		echo "<?xml version='1.0'?>$doctype<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='t'><process id='p' name='&x;'/></definitions>" >"$(in_test dtd.bpmn)"
		refused analyze "$(in_test dtd.bpmn)"
		[[ $stderr != *canary-in-a-file* ]]
	done
}

@test "no connection is made for a DTD, a schema location or an import" {
	need_python
	"$python" - "$program" "$BATS_TEST_TMPDIR" <<-'EOT'
		import socket, subprocess, sys
		program, folder = sys.argv[1:]
		s = socket.socket()
		s.bind(("127.0.0.1", 0))
		s.listen()
		s.settimeout(0.2)
		url = "http://127.0.0.1:%d/x" % s.getsockname()[1]
		model = "http://www.omg.org/spec/BPMN/20100524/MODEL"
		body = "<definitions xmlns='%s' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='%s %s' targetNamespace='t'>" \
		    "<import importType='%s' location='%s' namespace='n'/><process id='p'><startEvent id='s'/><endEvent id='e'/>" \
		    "<sequenceFlow id='f' sourceRef='s' targetRef='e'/></process></definitions>" % (model, model, url, model, url)
		for head, expected in (("", 0), ("<!DOCTYPE definitions SYSTEM '%s'>" % url, 3), ("<!DOCTYPE d [<!ENTITY %% e SYSTEM '%s'> %%e;]>" % url, 3)):
		    path = folder + "/net.bpmn"
		    open(path, "w").write(head + body)
		    status = subprocess.run([program, "analyze", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
		    assert status == expected, (head, status)
		try:
		    s.accept()
		    sys.exit("somebody connected")
		except TimeoutError:
		    pass
	EOT
}

@test "XInclude and imports are not followed" {
	mkfifo "$(in_test pipe)"
	echo "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='t' xmlns:xi='http://www.w3.org/2001/XInclude'><import importType='http://www.omg.org/spec/BPMN/20100524/MODEL' location='$(in_test pipe)' namespace='n'/><xi:include href='$(in_test pipe)'/><process id='p'><startEvent id='s'/><task id='t'/><endEvent id='e'/><sequenceFlow id='f' sourceRef='s' targetRef='t'/><sequenceFlow id='g' sourceRef='t' targetRef='e'/></process></definitions>" >"$(in_test include.bpmn)"
	bounded analyze --format json "$(in_test include.bpmn)"
	[ "$status" -eq 0 ]
}

@test "what is no regular file is refused at once" {
	mkdir "$(in_test folder.csv)"
	mkfifo "$(in_test fifo.csv)"
	ln -s loop.csv "$(in_test loop.csv)"
	refused analyze "$(in_test folder.csv)"
	refused analyze "$(in_test fifo.csv)"
	refused analyze "$(in_test loop.csv)"
	refused analyze /dev/zero
	refused analyze "$(in_test "$(printf 'x%.0s' $(seq 300)).csv")"
	if [ -x /usr/bin/python3 ]; then
		# The path of a socket is short.
		(cd "$BATS_TEST_TMPDIR" && /usr/bin/python3 -c 'import socket; s = socket.socket(socket.AF_UNIX); s.bind("socket.csv")')
		refused analyze "$(in_test socket.csv)"
	fi
}

@test "a FIFO beside the input is not opened as its companion" {
	printf 'id,next\nA,\n' >"$(in_test flow.csv)"
	mkfifo "$(in_test flow.forms.csv)"
	bounded analyze "$(in_test flow.csv)"
	[ "$status" -eq 3 ]
}

@test "a sparse file of 5 GiB is refused by its size" {
	truncate -s 5G "$(in_test sparse.csv)" || skip 'no sparse files here'
	limited analyze "$(in_test sparse.csv)"
	[[ $stderr == *--max-bytes* ]]
}

@test "an unreadable file is refused" {
	[ "$(id -u)" -ne 0 ] || skip 'root may read everything'
	printf 'id\nA\n' >"$(in_test secret.csv)"
	chmod 0 "$(in_test secret.csv)"
	refused analyze "$(in_test secret.csv)"
}

@test "truncated at every offset: refused or read, never a crash" {
	local size step
	for f in "$samples/table/flow.csv" "$abs_top_srcdir/tests/cli/data/technical-support.bpmn"; do
		size=$(wc -c <"$f")
		step=$((size / 60))
		for ((n = 0; n < size; n += step)); do
			head -c "$n" "$f" >"$(in_test "cut.${f##*.}")"
			bounded analyze "$(in_test "cut.${f##*.}")"
			[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
			[ "${#stderr}" -le 65536 ]
		done
	done
}

@test "one error in 100,000 rows is one line with a count" {
	awk 'BEGIN { print "id,next,work"; for (i = 1; i <= 100000; i++) printf "%d,%d,-5\n", i, i + 1; print "100001,,1" }' >"$(in_test rows.csv)"
	refused analyze "$(in_test rows.csv)"
	[ "$(wc -l <<<"$stderr")" -le 42 ]
}

@test "names with controls, bidi and forged lines reach no terminal" {
	printf 'id,name,next\nA,"\033]0;title\007\302\233 31m\342\200\256evil\nbpr: forged: line [I001]",B\nB,"\033[2J",\n' >"$(in_test names.csv)"
	for format in text md; do
		bounded analyze --full --format $format "$(in_test names.csv)"
		[ "$status" -eq 0 ]
		without $'\033|\007|\302\233|\342\200\256' "$output$stderr"
		without '^bpr: forged' "$output"$'\n'"$stderr"
	done
	printf 'id,name,next,work\nA,x,"B\033[2J\nbpr: forged: line [I001]",5\n' >"$(in_test dangling.csv)"
	refused analyze "$(in_test dangling.csv)"
	without $'\033' "$stderr"
	without '^bpr: forged' "$stderr"
}

@test "formulas in names are text in CSV reports" {
	printf 'id,name,next\nA,"=1+1",B\nB,"@SUM(A1)",C\nC,+cmd,D\nD,-2+3,\n' >"$(in_test formulas.csv)"
	bounded analyze --full --format csv "$(in_test formulas.csv)"
	[ "$status" -eq 0 ]
	without '(^|,)"?[=@+][A-Za-z0-9]' "$output"
}

@test "the same bytes in other locales, folders and time zones" {
	for f in "$samples/kitami/before.bpmn" "$samples/life-events/rikon-before.csv"; do
		"$program" analyze --format json --lang ja "$f" >"$(in_test expected)"
		for locale in C POSIX C.UTF-8 de_DE.UTF-8 fr_FR.UTF-8 tr_TR.UTF-8 fa_IR.UTF-8 ja_JP.UTF-8 xx_YY; do
			(cd "$BATS_TEST_TMPDIR" && umask 077 && HOME=/nonexistent TZ=Asia/Tokyo LC_ALL=$locale "$program" analyze --format json --lang ja "$f") >"$(in_test other)"
			cmp "$(in_test expected)" "$(in_test other)"
		done
	done
}

@test "JSON: nested without end, huge numbers, bad UTF-8, no numbers, keys twice" {
	head -c 1000000 /dev/zero | tr '\0' '[' >"$(in_test deep.json)"
	limited analyze "$(in_test deep.json)"
	printf '{"schema":"bpr.flow/1","flows":[{"nodes":[{"id":"A","work":1e999}]}]}' >"$(in_test huge.json)"
	refused analyze "$(in_test huge.json)"
	printf '{"schema":"bpr.flow/1","flows":[{"nodes":[{"id":"A","seals":1e300,"cost":-1}]}]}' >"$(in_test large.json)"
	refused analyze "$(in_test large.json)"
	printf '{"schema":"bpr.flow/1","flows":[{"nodes":[{"id":"A\xff\xfe"}]}]}' >"$(in_test bytes.json)"
	refused analyze "$(in_test bytes.json)"
	printf '{"schema":"bpr.flow/1","flows":[{"nodes":[{"id":"A","work":NaN}]}]}' >"$(in_test nan.json)"
	refused analyze "$(in_test nan.json)"
	printf '{"schema":"bpr.flow/1","flows":[{"nodes":[{"id":"A","id":"B"}]}]}' >"$(in_test twice.json)"
	refused analyze "$(in_test twice.json)"
	printf '{"schema":"bpr.flow/1","flows":[{"nodes":[{"id":"A\\u0000B"}]}]}' >"$(in_test nul.json)"
	refused analyze "$(in_test nul.json)"
}

@test "JSON: 100,000 unknown keys, and 100,000 wrong types" {
	{
		printf '{"schema":"bpr.flow/1","flows":[{"nodes":[{"id":"A"'
		awk 'BEGIN { for (i = 0; i < 100000; i++) printf ",\"k%d\":%d", i, i }'
		printf '}]}]}'
	} >"$(in_test keys.json)"
	bounded analyze -q --format json "$(in_test keys.json)"
	[ "$status" -eq 0 ]
	{
		printf '{"schema":"bpr.flow/1","flows":[{"nodes":[{"id":"A"}'
		awk 'BEGIN { for (i = 0; i < 100000; i++) printf ",{\"id\":%d,\"work\":true}", i }'
		printf ']}]}'
	} >"$(in_test types.json)"
	refused analyze "$(in_test types.json)"
}
