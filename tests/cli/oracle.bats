#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Published cases with known answers, through the command line.
load helper
load samples

# Dumas et al., Fundamentals of Business Process Management, ch. 7: flow analysis.
@test "F1: A 10, then an even choice of B 20 and C 10 takes 25" {
	json_of analyze --format json "$(table f1 <<-'EOT'
		id,kind,next,work
		A,task,X,10
		X,xor,B:50%;C:50%,
		B,task,,20
		C,task,,10
	EOT
	)" -- 'near(mean("lead_minutes"), 25)' 'near(report["case"]["lead_minutes"]["sd"], 5)' 'report["case"]["lead_minutes"]["method"] == "exact"'
}

@test "F2: the same with 90 % takes 29" {
	json_of analyze --format json "$(table f2 <<-'EOT'
		id,kind,next,work
		A,task,X,10
		X,xor,B:90%;C:10%,
		B,task,,20
		C,task,,10
	EOT
	)" -- 'near(mean("lead_minutes"), 29)'
}

@test "F3: A 10, then B 20 and C 10 in parallel takes 30" {
	json_of analyze --format json "$(table f3 <<-'EOT'
		id,kind,next,work
		A,task,X,10
		X,and,B;C,
		B,task,Y,20
		C,task,Y,10
		Y,and,,
	EOT
	)" -- 'near(mean("lead_minutes"), 30)' 'report["case"]["lead_minutes"]["method"] == "exact"' 'near(mean("work_minutes"), 40)'
}

# 10 + 20/(1 - r).
@test "F4: a rework loop of 0, 20 and 99 % takes 30, 35 and 2010" {
	for case in 0:100:30 20:80:35 99:1:2010; do
		IFS=: read -r r stop expected <<<"$case"
		json_of analyze --format json "$(table f4 <<-EOT
			id,kind,next,work
			A,task,B,10
			B,task,X,20
			X,xor,B:$r%;E:$stop%,
			E,end,,
		EOT
		)" -- "near(mean('lead_minutes'), $expected)" "near(node('B')['visits'], 1 / (1 - $r / 100))"
	done
}

# octave-queueing 1.2.7, dtmcmtta: birth-death with p = 1/2, both ends absorbing.
@test "F9: five states: steps 3, 4, 3; absorbed below with 3/4, 1/2, 1/4" {
	for case in 2:3:0.75 3:4:0.5 4:3:0.25; do
		IFS=: read -r from steps low <<<"$case"
		json_of analyze --format json "$(table f9 <<-EOT
			id,kind,next,outcome
			S,start,$from,
			2,task,1:50%;3:50%,
			3,task,2:50%;4:50%,
			4,task,3:50%;5:50%,
			1,end,,done
			5,end,,incomplete
		EOT
		)" -- "near(mean('steps'), $steps)" "near(mean('incomplete'), 1 - $low)" "near(node('1')['reach'], $low)"
	done
}

@test "F10: six states: steps 4, 6, 6, 4; absorbed below with .8 .6 .4 .2" {
	for case in 2:4:0.8 3:6:0.6 4:6:0.4 5:4:0.2; do
		IFS=: read -r from steps low <<<"$case"
		json_of analyze --format json "$(table f10 <<-EOT
			id,kind,next,outcome
			S,start,$from,
			2,task,1:50%;3:50%,
			3,task,2:50%;4:50%,
			4,task,3:50%;5:50%,
			5,task,4:50%;6:50%,
			1,end,,done
			6,end,,incomplete
		EOT
		)" -- "near(mean('steps'), $steps)" "near(mean('incomplete'), 1 - $low)" "near(node('1')['reach'], $low)"
	done
}

# Facts of the "Technical Support Process v2.0.0" of BusinessProcessSimulation/BPSim (WfMC, CC-BY 3.0); the diagram is not theirs.
# Every round ends at the closing: g = 1 + .85 g visits of Get issue, .4 g of the 1st level, .3 of those of the 2nd, .2 of those of the supplier.
@test "F14: technical support: 6.6667, 2.6667, 0.8 and 0.16 visits" {
	json_of analyze --format json "$(table f14 <<-'EOT'
		id,name,kind,next
		receive,Receive call,start,get
		get,Get issue,task,solved
		solved,Solved at once?,xor,close:60%;first:40%
		first,1st level,task,first_solved
		first_solved,Solved?,xor,close:70%;second:30%
		second,2nd level,task,second_solved
		second_solved,Solved?,xor,close:80%;supplier:20%
		supplier,Supplier,task,close
		close,Closed?,xor,end:15%;get:85%
		end,,end,
	EOT
	)" -- 'near(node("get")["visits"], 20 / 3)' 'near(node("first")["visits"], 8 / 3)' 'near(node("second")["visits"], 0.8)' \
		'near(node("supplier")["visits"], 0.16)' '2.653 <= node("first")["visits"] <= 2.673' '0.799 <= node("second")["visits"] <= 0.802' \
		'0.158 <= node("supplier")["visits"] <= 0.1601'
}

@test "F14 as BPMN with BPSim parameters gives the same" {
	json_of analyze --format json "$abs_top_srcdir/tests/cli/data/technical-support.bpmn" -- \
		'near(node("get")["visits"], 20 / 3)' 'near(node("first")["visits"], 8 / 3)' 'near(node("second")["visits"], 0.8)' \
		'near(node("supplier")["visits"], 0.16)'
}
