# SPDX-License-Identifier: GPL-3.0-or-later
# Logs in tables: the samples, the examples of bpr-log(5), what is told and what is refused.
load helper
load samples

logs=$abs_top_srcdir/samples/evidence/logs

page() {
	for d in "$abs_top_builddir" "$abs_top_srcdir"; do
		[ -f "$d/man/$1" ] && echo "$d/man/$1" && return 0
	done
	return 1
}

@test "the tickets of the sample become events, cases and activities" {
	json_of mine -q -f json --k 1 "$logs/ticket.csv" -- "report['log']['cases'] == 90" "report['log']['rejected'] == 0" \
		"{a['name'] for a in report['activities']} == {'発券', '受付', '交付', '呼出'}" \
		"[a['count'] for a in report['activities'] if a['name'] == '発券'] == [90]"
}

@test "an approval system's table has an activity for each of its columns of times" {
	json_of mine -q -f json "$logs/approval.csv" -- "report['log']['cases'] == 24" \
		"{a['name'] for a in report['activities']} == {'起案', '係長決裁', '課長決裁', '審査', '部長決裁', '施行'}"
}

@test "the sheet of a walk has an event for each station" {
	json_of mine -q -f json "$logs/walk.csv" -- "report['log']['cases'] == 2" "report['log']['events'] == 10" "report['log']['first'].startswith('2024-10-08')"
}

@test "the tables of bpr-log(5) work as shown, in both languages" {
	for l in '' ja/; do
		awk '/^\.Bd -literal/ { n++; on = 1; next } /^\.Ed/ { on = 0 } on { print >("table" n ".csv") }' "$(page "${l}bpr-log.5")"
		[ -f table4.csv ] && [ ! -f table5.csv ]
		for f in table?.csv; do
			run -0 --separate-stderr "$BPR" mine --strict -f json "$f"
			[[ $output = *'"rejected": 0'* ]]
		done
		rm table?.csv
	done
}

@test "every heading of the table is in the manual" {
	for l in '' ja/; do
		p=$(page "${l}bpr-log.5")
		for k in case:concept:name concept:name time:timestamp start_timestamp org:resource org:group counter result date lifecycle:transition; do
			grep -qx ".It Cm \\\\&$k" "$p"
		done
		grep -q '発券時刻' "$p"
	done
}

@test "bad rows are told with their lines, and are an error under --strict" {
	printf 'case,activity,time\n1,a,2024-04-01 09:00\n1,b,soon\n,c,2024-04-01 09:00\n1,d,later\n' >log.csv
	run -0 --separate-stderr "$BPR" mine --lang en -f json log.csv
	[[ $output = *'"rejected": 3'* ]]
	[[ $stderr = *"such as 'soon' in 'time', left out: 2 (lines 3, 5)"* ]]
	[[ $stderr = *'without a case, left out: 1 (lines 4)'* ]]
	run -3 --separate-stderr "$BPR" mine --lang en --strict log.csv
	[[ $stderr = *"log.csv:3: the time 'soon' in 'time' is not understood"* ]]
	run -3 --separate-stderr "$BPR" mine --lang ja --strict log.csv
	[[ $stderr = *'「time」の日時「soon」を理解できません'* ]]
}

@test "columns that are missing are named with the headings that are there" {
	printf 'no,what,when\n1,a,2024-04-01\n' >log.csv
	run -3 --separate-stderr "$BPR" mine --lang en log.csv
	[[ $stderr = *'the headings are: no, what, when'* ]]
	run -0 --separate-stderr "$BPR" mine -q --case no --activity what --time when -f json log.csv
	[[ $output = *'"events": 1'* ]]
	run -3 --separate-stderr "$BPR" mine --lang en --case nummer --activity what --time when log.csv
	[[ $stderr = *"there is no column 'nummer'"* ]]
}

@test "the log of a simulation is read as it is" {
	printf 'id,name,work,next\nA,受付,5分,B\nB,交付,3分,\n' >f.csv
	printf 'key,value\nper_day,40\nopen,8:30-17:15\n' >f.demand.csv
	run -0 "$BPR" simulate -q --replications 2 --days 2 --log log.csv -o out.txt f.csv
	json_of mine -q -f json log.csv -- "{a['name'] for a in report['activities']} >= {'受付', '交付'}" "report['log']['rejected'] == 0"
}

@test "the published log of a loan process: its rows, all with beginning and end" {
	[ -n "${BPR_LOGS-}" ] || skip 'BPR_LOGS names no folder of public logs'
	for f in loan-few-9-5-timers loan-unlimited-24-7; do
		rows=$(($(wc -l <"$BPR_LOGS/$f.csv") - 1))
		json_of mine -q -f json "$BPR_LOGS/$f.csv" -- "report['log']['events'] == $rows" "report['log']['rejected'] == 0"
	done
}
