#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts an event log anew, by brute force, and compares with bpr: recount.py LOG.csv REPORT.json

The log has the columns 受付番号, 作業, 開始, 終了, 担当者, 担当課. Nothing of bpr is used: what differs is a fault of one of both.
"""
import csv
import json
import statistics
import sys
from collections import Counter, defaultdict
from datetime import datetime


def quantile(values, p):
	"""Definition 7 of Hyndman and Fan."""
	values = sorted(values)
	at = p * (len(values) - 1)
	low = int(at)
	high = min(low + 1, len(values) - 1)
	return values[low] + (at - low) * (values[high] - values[low])


def near(a, b):
	return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))


def read(path):
	cases = defaultdict(list)
	with open(path, encoding="utf-8-sig", newline="") as file:
		for at, row in enumerate(csv.DictReader(file)):
			begin, end = (datetime.fromisoformat(row[k]) for k in ("開始", "終了"))
			cases[row["受付番号"]].append((begin, at, end, row["作業"], row["担当者"], row["担当課"]))
	return {case: sorted(events, key=lambda e: e[:2]) for case, events in cases.items()}


def minutes(begin, end):
	return max(0, (end - begin).total_seconds() / 60)


def main(argv):
	cases = read(argv[0])
	with open(argv[1], encoding="utf-8") as file:
		report = json.load(file)
	arcs, arc_minutes, arc_cases = Counter(), defaultdict(list), defaultdict(set)
	units, people, ways, lengths = Counter(), Counter(), Counter(), []
	service, done, seen = defaultdict(list), Counter(), defaultdict(set)
	starts, ends, days, hours = Counter(), Counter(), Counter(), Counter()
	for case, events in cases.items():
		ways[tuple(e[3] for e in events)] += 1
		lengths.append(minutes(events[0][0], max(e[2] for e in events)))
		starts[events[0][3]] += 1
		ends[events[-1][3]] += 1
		days[events[0][0].date().isoformat()] += 1
		hours[(events[0][0].isoweekday(), events[0][0].hour)] += 1
		for e in events:
			done[e[3]] += 1
			seen[e[3]].add(case)
			service[e[3]].append(minutes(e[0], e[2]))
		for a, b in zip(events, events[1:]):
			arcs[a[3], b[3]] += 1
			arc_cases[a[3], b[3]].add(case)
			arc_minutes[a[3], b[3]].append(minutes(a[2], b[0]))
			if a[4] and b[4]:
				people[a[4], b[4]] += 1
			if a[5] and b[5]:
				units[a[5], b[5]] += 1
	log = report["log"]
	assert (log["cases"], log["events"], log["activities"]) == (len(cases), sum(done.values()), len(done)), log
	assert {a["name"]: (a["count"], a["cases"]) for a in report["activities"]} == {n: (c, len(seen[n])) for n, c in done.items()}
	for a in report["activities"]:
		assert near(a["service_minutes"]["mean"], statistics.fmean(service[a["name"]])), a
		assert near(a["service_minutes"]["p50"], statistics.median(service[a["name"]])), a
	assert {(a["from"], a["to"]): (a["count"], a["cases"]) for a in report["arcs"]} == {k: (c, len(arc_cases[k])) for k, c in arcs.items()}
	assert [a["count"] for a in report["arcs"]] == sorted(arcs.values(), reverse=True)
	for a in report["arcs"]:
		values = arc_minutes[a["from"], a["to"]]
		assert near(a["mean_minutes"], statistics.fmean(values)) and near(a["median_minutes"], statistics.median(values)), a
	assert {tuple(v["activities"]): v["count"] for v in report["variants"]} == ways
	assert {s["name"]: s["count"] for s in report["starts"]} == starts
	assert {s["name"]: s["count"] for s in report["ends"]} == ends
	stat = report["case_minutes"]
	assert stat["count"] == len(lengths)
	assert near(stat["mean"], statistics.fmean(lengths)) and near(stat["sd"], statistics.stdev(lengths))
	for key, p in (("min", 0), ("p10", 0.1), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("max", 1)):
		assert near(stat[key], quantile(lengths, p)), (key, stat[key], quantile(lengths, p))
	for by, counted in (("resource", people), ("unit", units)):
		assert {(h["from"], h["to"]): h["count"] for h in report["handovers"] if h["by"] == by} == counted, by
	assert {d["date"]: d["arrived"] for d in report["days"] if d["arrived"]} == days
	assert sum(m["arrived"] for m in report["months"]) == len(cases)
	# one week is in the log: means are counts
	assert {(h["weekday"], h["hour"]): h["arrivals"] for h in report["hours"] if h["arrivals"]} == hours
	assert report["totals"]["cases_repeated"] == sum(len(set(way)) < len(way) and count for way, count in ways.items())
	assert report["totals"]["finished"] + report["totals"]["unfinished"] + report["totals"]["cancelled"] == len(cases)
	return 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
