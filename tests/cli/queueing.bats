#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Waiting by formula, through the command line: published stations and networks, what is said where, in every format.
load helper
load samples

# One pool of $2 people, time between cases $3, work $4; further conditions behind.
station() {
	local dir=$BATS_TEST_TMPDIR/$1 people=$2 between=$3 work=$4
	shift 4
	mkdir -p "$dir"
	printf 'id,kind,next,work,staff\nS,start,A,,\nA,task,E,"%s",P\nE,end,,,\n' "$work" >"$dir/q.csv"
	printf 'pool,count\nP,%s\n' "$people" >"$dir/q.staff.csv"
	printf 'key,value\narrivals,"%s"\n' "$between" >"$dir/q.demand.csv"
	json_of analyze --format json "$dir/q.csv" -- "$@"
}

# Bronson, Operations Research, 1982, 23.3: L 4, W 1/6 h.
@test "Q1: M/M/1, 24 an hour, 30 an hour" {
	station q1 1 'exp(2.5)' 'exp(2)' 'near(pool("P")["wait_minutes"], 8)' 'near(pool("P")["queue"], 3.2)' \
		'near(report["queueing"]["cycle_minutes"], 10)' 'near(report["queueing"]["in_process"], 4)' \
		'pool("P")["method"] == "exact"' 'pool("P")["reasons"] == []' 'near(pool("P")["wait_prob"], 0.8)'
}

@test "Q2: M/M/1, 30 an hour, 1.5 minutes" {
	station q2 1 'exp(2)' 'exp(1.5)' 'near(pool("P")["queue"], 2.25)' 'near(pool("P")["wait_minutes"], 4.5)' \
		'near(pool("P")["utilisation"], 0.75)'
}

@test "Q4: M/M/3, 300 a year, 182.5 a year each" {
	station q4 3 'exp(29.2h)' 'exp(48h)' 'abs(pool("P")["queue"] - 0.3524259) < 1e-7' \
		'abs(report["queueing"]["in_process"] - 1.9962615) < 1e-7' 'near(pool("P")["utilisation"], 300 / 547.5)'
}

@test "Q5: M/M/2, 20 an hour, 2 minutes" {
	station q5 2 'exp(3)' 'exp(2)' 'near(report["queueing"]["in_process"], 0.75)'
}

@test "Q6: M/M/1, 1.25 between arrivals, 1 of service" {
	station q6 1 'exp(1.25)' 'exp(1)' 'near(pool("P")["wait_minutes"], 4)' 'near(report["queueing"]["cycle_minutes"], 5)' \
		'near(pool("P")["queue"], 3.2)' 'near(report["queueing"]["in_process"], 4)'
}

# Kelton, Sadowski & Zupick, Simulation with Arena, 2-6-3: Pollaczek and Khinchine.
@test "Q8: M/G/1 by a triangular time is exact" {
	station q8 1 'exp(1.25)' 'tri(0.1,1,1.9)' 'near(pool("P")["wait_minutes"], 2.27)' 'near(report["queueing"]["cycle_minutes"], 3.27)' \
		'near(pool("P")["queue"], 1.816)' 'near(report["queueing"]["in_process"], 2.616)' 'pool("P")["method"] == "exact"'
}

@test "Q9: M/M/3, 1.25 between arrivals, 3 of service" {
	station q9 3 'exp(1.25)' 'exp(3)' 'abs(pool("P")["wait_minutes"] - 3.2359551) < 5e-8' \
		'abs(report["queueing"]["in_process"] - 4.9887640) < 5e-8'
}

# Two people and a triangular time: no closed form is known.
@test "what is not exact says so, and why" {
	station approximate 2 'exp(1.25)' 'tri(0.1,1,1.9)' 'pool("P")["method"] == "approximate"' 'pool("P")["reasons"] == ["service"]' \
		'report["queueing"]["method"] == "approximate"'
	station arrivals 2 'unif(1,2)' 'exp(1)' 'pool("P")["reasons"] == ["arrivals"]'
}

@test "a pool without end has no wait, and is named" {
	station endless 1 'exp(2)' 'exp(3)' 'pool("P")["wait_minutes"] is None' 'pool("P")["queue"] is None' 'near(pool("P")["utilisation"], 1.5)' \
		'report["queueing"]["wait_minutes"] is None' 'report["queueing"]["method"] is None' 'pool("P")["people_needed"] == 2' \
		'report["warnings"][0]["code"] == "Q001"' 'report["warnings"][0]["where"] == "P"'
}

# A network: rows of the flow on standard input, pools and demand as arguments.
network() {
	local dir=$BATS_TEST_TMPDIR/$1 between=$2 pools=$3
	shift 3
	mkdir -p "$dir"
	cat >"$dir/n.csv"
	printf 'pool,count\n%s\n' "$(tr ' ' '\n' <<<"$pools")" >"$dir/n.staff.csv"
	printf 'key,value\narrivals,"exp(%s)"\n' "$between" >"$dir/n.demand.csv"
	json_of analyze --format json "$dir/n.csv" -- "$@"
}

# Bolch et al., Queueing Networks and Markov Chains, example 7.4.
@test "N1: Jackson's network of four nodes" {
	network n1 0.25 'p1,1 p2,1 p3,1 p4,1' \
		'all(near(pool(p)["requests_per_minute"], x) for p, x in zip(["p1", "p2", "p3", "p4"], [20, 10, 10, 4]))' \
		'all(near(pool(p)["utilisation"], x) for p, x in zip(["p1", "p2", "p3", "p4"], [.8, .3, .6, .2]))' \
		'all(near(pool(p)["wait_minutes"] + pool(p)["service_minutes"], x) for p, x in zip(["p1", "p2", "p3", "p4"], [.2, .03 / .7, .15, .0625]))' \
		'all(near(pool(p)["queue"] + pool(p)["utilisation"], x) for p, x in zip(["p1", "p2", "p3", "p4"], [4, 3 / 7, 1.5, .25]))' \
		'report["queueing"]["method"] == "exact"' <<-'EOT'
		id,kind,next,work,staff
		S,start,n4,,
		n4,task,n1,exp(0.05),p4
		n1,task,x,exp(0.04),p1
		x,xor,n2:50%;n3:50%,,
		n2,task,n1,exp(0.03),p2
		n3,task,n1:60%;E:40%,exp(0.06),p3
		E,end,,,
	EOT
}

# Lazowska et al., Quantitative System Performance, p. 113.
@test "N3: a central server, 121 visits" {
	network n3 3.3333333333333335 'cpu,1 d1,1 d2,1' 'near(pool("cpu")["utilisation"], 0.1815)' \
		'near(pool("cpu")["requests_per_minute"], 36.3)' 'near(pool("cpu")["queue"] + 0.1815, 0.1815 / 0.8185)' \
		'abs(report["queueing"]["cycle_minutes"] - 8.683740) < 5e-7' 'near(node("d1")["visits"], 70)' <<-EOT
		id,kind,next,work,staff
		S,start,c,,
		c,task,d1:$(awk 'BEGIN { printf "%.17g", 70 / 121 }');d2:$(awk 'BEGIN { printf "%.17g", 50 / 121 }');E:$(awk 'BEGIN { printf "%.17g", 1 / 121 }'),exp(0.005),cpu
		d1,task,c,exp(0.03),d1
		d2,task,c,exp(0.027),d2
		E,end,,,
	EOT
}

# Durrett, Essentials of Stochastic Processes, 4.29; cases come at the first three desks: 3.8 an hour in all.
@test "N6: a government agency of three desks" {
	network n6 15.789473684210526 'p1,1 p2,1 p3,1' \
		'all(near(60 * pool(p)["requests_per_minute"], x) for p, x in zip(["p1", "p2", "p3"], [4.5, 3.5, 1.75]))' \
		'all(near(pool(p)["queue"] + pool(p)["utilisation"], x) for p, x in zip(["p1", "p2", "p3"], [1, 1, 1 / 3]))' \
		'near(report["queueing"]["cycle_minutes"] / 60, 7 / 3 / 3.8)' 'abs(report["queueing"]["cycle_minutes"] / 60 - 0.6140351) < 5e-8' <<-'EOT'
		id,kind,next,work,staff
		S,start,a,,
		a,task,b:70%;E:30%,exp(6.666666666666667),p1
		b,task,c:50%;a:20%;E:30%,exp(8.571428571428571),p2
		c,task,b:20%;E:80%,exp(8.571428571428571),p3
		E,end,,,
	EOT
}

# Gunther, Perl::PDQ, listing 5.1: a passport office, seconds made minutes.
@test "N7: a passport office of four windows" {
	network n7 4 'w1,1 w2,1 w3,1 w4,1' 'abs(node("b")["visits"] - 0.3775510) < 5e-8' 'abs(node("c")["visits"] - 0.7755102) < 5e-8' \
		'all(abs(pool(p)["utilisation"] - x) < 5e-6 for p, x in zip(["w1", "w2", "w3", "w4"], [.08333, .94388, .96939, .25]))' \
		'abs(report["queueing"]["cycle_minutes"] - 195.63636) < 5e-6' 'abs(report["queueing"]["in_process"] - 48.90909) < 5e-6' <<-'EOT'
		id,kind,next,work,staff
		S,start,a,,
		a,task,b:30%;c:70%,exp(20s),w1
		b,task,c:20%;d:80%,exp(600s),w2
		c,task,b:10%;d:90%,exp(300s),w3
		d,task,E,exp(60s),w4
		E,end,,,
	EOT
}

# The benchmark: two independent solvers agree to nine digits.
@test "N11: dept5" {
	network n11 1 'Intake,2 Legal,1 Review,3 Approve,1 Dispatch,1' \
		'all(abs(node(n)["visits"] - x) < 1e-9 for n, x in zip(["a", "l", "r", "p", "d"], [1.277777778, .383333333, 1.388888889, 1.111111111, 1]))' \
		'all(abs(pool(p)["utilisation"] - x) < 5e-8 for p, x in zip(["Intake", "Legal", "Review", "Approve", "Dispatch"], [.7666667, .69, .8333333, .8, .6]))' \
		'all(abs(pool(p)["wait_minutes"] - x) < 5e-10 for p, x in zip(["Intake", "Legal", "Review", "Approve", "Dispatch"], [1.711051213, 4.006451613, 2.528089888, 2.88, .9]))' \
		'abs(report["queueing"]["cycle_minutes"] - 17.456718957) < 5e-9' 'all(p["method"] == "exact" for p in report["pools"])' <<-'EOT'
		id,kind,next,work,staff
		S,start,a,,
		a,task,l:30%;r:70%,exp(1.2),Intake
		l,task,r,exp(1.8),Legal
		r,task,p:80%;a:20%,exp(1.8),Review
		p,task,d:90%;r:10%,exp(0.72),Approve
		d,task,E,exp(0.6),Dispatch
		E,end,,,
	EOT
}

# Anupindi et al.: 12 000 claims a year, three weeks each, 50 weeks a year.
@test "F8: 720 claims in process, by Little's law" {
	mkdir f8
	printf 'id,kind,next,wait\nS,start,A,\nA,task,E,21d\nE,end,,\n' >f8/f.csv
	printf 'key,value\nper_year,12000\nopen_days,350\n' >f8/f.demand.csv
	json_of analyze --format json f8/f.csv -- 'near(report["queueing"]["in_process"], 720)' 'report["queueing"]["in_process_while"] == "always"'
}

@test "the peaks of a demand are in none of the figures of an ordinary week, and that is said" {
	station peaks 2 'exp(1)' 'exp(1)'
	printf 'key,value\nper_day,100\nopen,8:30-17:15\n' >peaks/q.demand.csv
	run -0 "$BPR" analyze --lang en peaks/q.csv
	has_not 'peaks' "$(printf '%s' "$output" | sed 's/^Analysis.*//; s/^- Flow.*//')"
	run -0 "$BPR" analyze --lang en --set demand.peaks=3/20-4/5:3 peaks/q.csv
	has 'the peaks of the demand' "$output"
	run -0 "$BPR" analyze --lang ja --set demand.peaks=3/20-4/5:3 peaks/q.csv
	has '繁忙期の増加分' "$output"
}

# What fails of the assumptions is named, each by itself: two clerks, a case every two minutes, two minutes of work.
@test "every assumption that fails has its name in the JSON" {
	local why of
	mkdir why
	cd why || return 1
	printf 'id,kind,next,counter,work,staff\nS,start,A,,,\nA,task,E,c,exp(2),P\nE,end,,,,\n' >q.csv
	printf 'pool,count\nP,2\nQ,1\n' >q.staff.csv
	printf 'key,value\narrivals,exp(2)\n' >q.demand.csv
	json_of analyze -q --format json q.csv -- 'pool("P")["reasons"] == []' 'pool("P")["method"] == "exact"'
	while read -r why of; do
		json_of analyze -q --format json --set "$of" q.csv -- "pool('P')['reasons'] == ['$why']" 'pool("P")["method"] == "approximate"'
	done <<-'EOT'
		discipline staff.P.discipline=lifo
		discipline staff.P.discipline=shortest
		discipline staff.P.discipline=priority
		leaving step.A.patience=5
		leaving counter.c.seats=3
		batch step.A.batch=2
		skills staff.Q.also=P
		skills staff.P.also=Q
		hours staff.P.hours=9:00-17:00
		hours demand.open=9:00-17:00
		hours counter.c.open=9:00-17:00
		arrivals demand.arrivals=unif(1,3)
		arrivals demand.group=2
		service step.A.work=tri(1,2,3)
	EOT
}
