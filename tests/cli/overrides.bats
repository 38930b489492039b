# SPDX-License-Identifier: GPL-3.0-or-later
# What --set says of demand, staff, counters and steps counts in a simulation: a day whose every minute is known.
load helper
load samples

# Two cases, at 9:00 and 9:01; A and then B take ten minutes each and are done by the one person of p.
setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	cat >f.csv <<'END'
id,kind,next,counter,work,staff
S,start,A,,,
A,task,B,c,10,p
B,task,E,c,10,p
E,end,,,,
END
	printf 'pool,count\np,1\nq,1\n' >f.staff.csv
	printf 'key,value\narrival_times,9:00 9:01\nopen,8:30-17:15\n' >f.demand.csv
}

# A day with the overrides given, then expressions that hold of its JSON.
day() {
	local set=()
	while [ "$1" != -- ]; do
		set+=(--set "$1")
		shift
	done
	shift
	json_of simulate -q -f json --days 1 --replications 1 "${set[@]}" f.csv -- "$@"
}

cycle() { # mean minutes from arrival to end, then overrides
	local minutes=$1
	shift
	day "$@" -- "near(mean('cycle_minutes'), $minutes)"
}

@test "people: number, hours, breaks, wage, order of serving, whom they help" {
	local three='demand.arrival_times=9:00 9:01 9:02'

	cycle 34.5 # A of the first 9:00, A of the second 9:10, B 9:20 and 9:30
	cycle 20 staff.p=2
	cycle 20 staff.p.count=2
	cycle 94.5 staff.p.hours=10:00-17:00
	cycle 44.5 staff.p.breaks=9:10-9:20
	# With a third one at 9:02. Who is free takes one who waits before the case just served comes to its next step.
	cycle 49 "$three" # A of all three, then B of all three
	cycle 42.333333333333336 "$three" staff.p.discipline=lifo # A1 A3 B1 B3 A2 B2: done after 30, 40 and 60 minutes
	cycle 42.333333333333336 "$three" staff.p.discipline=priority step.B.priority=9 # A1 A2 B1 B2 A3 B3
	cycle 49 "$three" staff.p.discipline=priority
	cycle 39 "$three" step.B.work=5
	cycle 32.333333333333336 "$three" staff.p.discipline=shortest step.B.work=5 # A1 A2 B1 B2 A3 B3
	cycle 24.5 step.B.staff=q
	cycle 25.5 step.B.staff=q staff.q.also=p # q is still at A of the second when B of the first comes
	day staff.p.yen_per_hour=600 -- 'near(mean("cost_yen"), 200)'
	day -- 'mean("cost_yen") == 0'
}

@test "counters and steps: opening hours, seats, patience, rounds of several" {
	cycle 64.5 counter.c.open=9:30-17:00
	cycle 35.5 step.A.batch=2 # both from 9:01 to 9:11, then B one after the other
	day step.A.patience=5 -- 'near(mean("abandoned"), 0.5)'
	day step.A.patience=10 -- 'mean("abandoned") == 0'
	day 'demand.arrival_times=9:00 9:01 9:02' counter.c.seats=1 -- 'near(mean("abandoned"), 1 / 3)'
	day 'demand.arrival_times=9:00 9:01 9:02' -- 'mean("abandoned") == 0'
}

@test "demand: times, groups, time between two, windows, the first one" {
	cycle 20 'demand.arrival_times=9:00 10:00'
	day demand.group=3 -- 'report["cases"] == 6'
	sed -i '/arrival_times/d' f.demand.csv
	day demand.arrivals=60 demand.open=9:00-12:00 -- 'report["cases"] == 3'
	day demand.arrivals=60 demand.open=9:00-12:00 demand.first=0 -- 'report["cases"] == 4'
	day 'demand.arrivals=9:00-10:00=20; 10:00-12:00=60' -- 'report["cases"] == 5'
	day 'demand.arrivals=emp([30 30])' demand.open=9:00-12:00 -- 'report["cases"] == 6'
	printf 'minutes\n45\n45\n' >gaps.csv
	day 'demand.arrivals=emp(gaps.csv,minutes)' demand.open=9:00-12:00 -- 'report["cases"] == 4'
}

came() { # hours in which somebody came, of the weekday given or of any
	printf 'sorted({h["hour"] for h in report["hours"] if h["arrivals"] > 0 and h["weekday"] in %s})' "${1:-[1, 2, 3, 4, 5, 6, 7]}"
}

@test "demand by day and year: weekdays, times of day, seasons, closed days" {
	sed -i '/arrival_times/d' f.demand.csv
	played() { json_of simulate -q -f json --replications 2 --set staff.p=9 "$@"; }
	played --set demand.per_day=200 f.csv -- "$(came) == [8, 9, 10, 11, 12, 13, 14, 15, 16, 17]" 'abs(report["cases"] - 2000) < 200' \
		'[d["weekday"] for d in report["weekdays"]] == [1, 2, 3, 4, 5]'
	played --set demand.per_year=48600 f.csv -- 'abs(report["cases"] - 2000) < 200'
	played --set demand.per_day=200 --set demand.profile=9:00-12:00:0 f.csv -- "$(came) == [8, 12, 13, 14, 15, 16, 17]" 'abs(report["cases"] - 2000) < 200'
	played --set demand.per_day=200 --set demand.weekdays=月:0 f.csv -- "$(came '[1]') == []" 'abs(report["cases"] - 1600) < 160'
	played --set demand.per_day=200 --set demand.closed=水 f.csv -- '[d["weekday"] for d in report["weekdays"]] == [1, 2, 4, 5, 6]'
	played --set demand.per_day=200 --set demand.peaks=4/1:0 --from 2027-04-01 --days 2 f.csv -- "$(came '[4]') == []" "$(came '[5]') == [8, 9, 10, 11, 12, 13, 14, 15, 16, 17]"
}

@test "nobody ever comes: refused, and said what to look at" {
	sed -i '/arrival_times/d' f.demand.csv
	run --separate-stderr -3 "$BPR" simulate --lang en --set demand.per_day=5 --set demand.weekdays=月-金:0 f.csv
	has 'nobody ever comes' "$stderr"
	has '[F050]' "$stderr"
}
