#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr mine: opening hours, waits in working time and their causes, the standard processing period.
load helper
load samples

# One person, one case beside the other: 2025-06-02 is a Monday.
counter_log() {
	cat >log.csv <<-'END'
		case,activity,start,complete,resource,unit
		1,受付,2025-06-02T09:00:00,2025-06-02T09:10:00,佐藤,市民課
		1,交付,2025-06-02T13:30:00,2025-06-02T13:40:00,鈴木,税務課
		2,受付,2025-06-02T09:10:00,2025-06-02T09:20:00,佐藤,市民課
		2,交付,2025-06-02T13:40:00,2025-06-02T13:50:00,鈴木,税務課
		3,受付,2025-06-02T16:50:00,2025-06-02T17:00:00,佐藤,市民課
		3,交付,2025-06-04T09:00:00,2025-06-04T09:10:00,鈴木,税務課
	END
}

# Prints an expression of the object `worktime` of standard input.
of() {
	"$python" -c 'import json, sys; w = json.load(sys.stdin)["worktime"]; print(eval(sys.argv[1]))' "$1"
}

@test "hours of the office and of one unit; every minute has one cause" {
	need_python
	counter_log
	"$BPR" mine -f json --open '8:30-17:15' --open '税務課=9:00-12:00 13:00-16:00' log.csv >out.json
	[ "$(of 'w["basis"]["hours"]' <out.json)" = given ]
	# 1: 9:10-12:00 and 13:00-13:30; 2: 9:20-12:00, 13:00-13:40; 3: a whole Tuesday of six hours
	[ "$(of 'round(w["total"]["working_minutes"]["mean"] * 3, 6)' <out.json)" = 760.0 ]
	[ "$(of 'round(sum(w["total"]["cause_minutes"].values()))' <out.json)" = "$(of 'round(w["total"]["clock_minutes"]["mean"] * 3)' <out.json)" ]
	# 鈴木 is not there until 13:30, and not on Tuesday; case 2 waits ten minutes for case 1
	[ "$(of 'w["total"]["cause_minutes"]["absent"]' <out.json)" = 750 ]
	[ "$(of 'w["total"]["cause_minutes"]["busy"]' <out.json)" = 10 ]
	[ "$(of '[h["open_minutes_per_week"] for h in w["hours"] if h["unit"] == "税務課"]' <out.json)" = '[1800]' ]
}

@test "the same hours from a table, in either encoding; the command line wins" {
	need_python
	counter_log
	printf '担当課,メモ,開庁時間,閉庁日\n,,8:30-17:15,\n税務課,,9:00-12:00 13:00-16:00,土日祝\n' >hours.csv
	"$BPR" mine -f json --hours hours.csv log.csv >out.json
	[ "$(of 'round(w["total"]["working_minutes"]["mean"] * 3, 6)' <out.json)" = 760.0 ]
	iconv -f utf-8 -t cp932 hours.csv >sjis.csv
	"$BPR" mine -f json --hours sjis.csv log.csv | cmp - out.json
	"$BPR" mine -f json --hours hours.csv --closed '税務課=土日、火' log.csv >out.json
	[ "$(of 'round(w["total"]["working_minutes"]["mean"] * 3, 6)' <out.json)" = 400.0 ]
}

@test "without a calendar clock and working time are the same" {
	need_python
	counter_log
	"$BPR" mine -f json --clock log.csv >out.json
	[ "$(of 'w["total"]["working_minutes"]["mean"] == w["total"]["clock_minutes"]["mean"]' <out.json)" = True ]
	[ "$(of 'w["total"]["cause_minutes"]["closed"]' <out.json)" = 0 ]
	"$BPR" mine -f json --no-waits log.csv >out.json
	run of 'w' <out.json
	[ "$status" -ne 0 ]
}

@test "hours that are not understood, options that contradict each other" {
	counter_log
	run -3 "$BPR" mine --lang en --open 'いつでも' log.csv
	has D017 "$output"
	run -2 "$BPR" mine --lang en --clock --open 9:00-17:00 log.csv
	has U160 "$output"
	run -2 "$BPR" mine --lang en --standard soon log.csv
	has U176 "$output"
	run -2 "$BPR" mine --lang en --standard-to 交付 log.csv
	has U120 "$output"
	run -2 "$BPR" mine --lang en --standard 3wd --standard-to 発送 log.csv
	has L402 "$output"
	run -0 "$BPR" mine --lang en --open '水道課=9:00-16:00' --open 9:00-17:00 log.csv
	has L400 "$output"
	printf '課名,色\n水道課,青\n' >bad.csv
	run -3 "$BPR" mine --lang en --hours bad.csv log.csv
	has L404 "$output"
	run -3 "$BPR" mine --lang en --hours missing.csv log.csv
	has missing.csv "$output"
}

@test "the standard processing period, in office days" {
	need_python
	counter_log
	"$BPR" mine -f json --open 8:30-17:15 --standard 1wd --standard-from 受付 --standard-to 交付 log.csv >out.json
	[ "$(of '[w["standard_period"][k] for k in ("cases", "finished", "within", "unfinished")]' <out.json)" = '[3, 3, 2, 0]' ]
	[ "$(of 'w["standard_period"]["taken_office_days"]["max"]' <out.json)" = 2 ]
	run -0 "$BPR" mine --lang ja --k 1 --open 8:30-17:15 --standard 1営業日 log.csv
	has 標準処理期間 "$output"
	has 66.7% "$output"
}

@test "what fewer than k have in common is left out" {
	counter_log
	run -0 "$BPR" mine --lang en --open 8:30-17:15 log.csv
	has_not 佐藤 "$output"
	has_not 'People beside each other' "$output"
	run -0 "$BPR" mine --lang en --k 1 --open 8:30-17:15 log.csv
	has 'People beside each other' "$output"
	run -0 "$BPR" mine -f csv --k 5 --open 8:30-17:15 log.csv
	has_not ',batch,' "$output"
	has_not ',staff,税務課' "$output"
}

@test "a simulation knows why its cases wait, and its log says the same" {
	need_python
	cat >sim.csv <<-'END'
		id,name,kind,unit,counter,work,staff,next
		S,,start,,,,,A
		A,受付,task,市民課,1番,exp(4),窓口職員,B
		B,審査,task,市民課,,exp(9),審査職員,E
		E,,end,,,,,
	END
	printf 'pool,count\n窓口職員,2\n審査職員,3\n' >sim.staff.csv
	printf 'key,value\nper_day,80\nopen,8:30-12:00 13:00-17:15\n' >sim.demand.csv
	"$BPR" simulate -q --days 100 --replications 1 --closing finish --from 2027-04-01 --log log.csv -f json sim.csv >sim.json
	"$BPR" mine -q -f json --open '8:30-12:00 13:00-17:15' log.csv >out.json
	# The wait before the first step is in the simulation alone: nothing stands before it in the log.
	"$python" - <<-'EOT'
		import json
		w = json.load(open("out.json"))["worktime"]
		cause = w["total"]["cause_minutes"]
		assert w["basis"]["without_start"] == 0, w["basis"]
		# every minute of waiting in opening hours is staff at work, as many as the simulation counted in the queue
		sim = json.load(open("sim.json"))
		queue = [n["wait_minutes"]["mean"] for n in sim["nodes"] if n["id"] == "B"][0] * sim["cases"]
		assert queue > 5000, queue
		assert abs(cause["busy"] / queue - 1) < 1e-6, (cause, queue)
		assert cause["batch"] == cause["absent"] == cause["rest"] == cause["elsewhere"] == 0, cause
		people = [s for s in w["staff"] if s["unit"] == "市民課"][0]
		assert people["people"] == 5 and people["most_busy"] == 5, people
	EOT
}

@test "hours of a public log with time tables are those of its model" {
	need_python
	[ -n "${BPR_LOGS:-}" ] || skip 'BPR_LOGS names no folder of public logs'
	"$BPR" mine -q -f json "$BPR_LOGS/loan-few-9-5-timers.csv" >out.json
	# 9 to 17 on weekdays: 480 minutes each
	[ "$(of 'w["hours"][0]["open_minutes_per_week"]' <out.json)" = 2400 ]
	[ "$(of '[d["days_seen"] > 0 for d in w["hours"][0]["weekdays"]]' <out.json)" = '[True, True, True, True, True, False, False]' ]
	[ "$(of 'all(540 <= d["from_minutes"] <= 555 and 1005 <= d["to_minutes"] <= 1020 for d in w["hours"][0]["weekdays"][:5])' <out.json)" = True ]
	# few people: who waits in opening hours, waits for them
	[ "$(of 'w["total"]["cause_minutes"]["busy"] > 0.99 * sum(v for k, v in w["total"]["cause_minutes"].items() if k != "closed")' <out.json)" = True ]
}

@test "times with offsets that change: what is closed and what is open add up" {
	need_python
	[ -n "${BPR_LOGS:-}" ] || skip 'BPR_LOGS names no folder of public logs'
	"$BPR" mine -q -f json "$BPR_LOGS/receipt.xes.gz" >out.json
	[ "$(of 'w["basis"]["waits"]' <out.json)" = 7143 ]
	[ "$(of 'abs(sum(w["total"]["cause_minutes"].values()) / (w["total"]["clock_minutes"]["mean"] * 7143) - 1) < 1e-9' <out.json)" = True ]
	[ "$(of 'w["total"]["without_start"]' <out.json)" = 7143 ]
}

@test "who keeps the standard period least stands first, by attribute and by unit" {
	need_python
	{
		echo case,activity,complete,unit,区分
		for i in 1 2 3 4 5 6; do
			echo "$i,受付,2025-06-02T09:00:00,市民課,$((i % 2 ? 1 : 2))種"
			echo "$i,交付,2025-06-0$((i % 2 ? 3 : 4 + i / 6))T09:00:00,$([ $i -gt 3 ] && echo 税務課 || echo 市民課),$((i % 2 ? 1 : 2))種"
		done
	} | sed 's/,1種/,新規/; s/,2種/,更新/' >log.csv
	"$BPR" mine -f json --by 区分 --open 8:30-17:15 --standard 1 log.csv >out.json
	[ "$(of '[(g["by"], g["value"], g["cases"], g["within"], g["median_office_days"]) for g in w["standard_period"]["groups"]]' <out.json)" = \
		"[('区分', '更新', 3, 0, 2), ('区分', '新規', 3, 3, 1), ('unit', '税務課', 3, 1, 2), ('unit', '市民課', 3, 2, 1)]" ]
	run -0 "$BPR" mine --lang ja --k 3 --by 区分 --open 8:30-17:15 --standard 1 log.csv
	has 更新 "$output"
	run -0 "$BPR" mine --lang ja --k 4 --by 区分 --open 8:30-17:15 --standard 1 log.csv
	has_not 更新 "$output"
}
