#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bpr.checksheet/1 as the lines of tests/cli/data/checksheet: sheet_lines.py N <JSON prints the N-th sheet (from 1)."""
import json
import sys


def lines(sheet):
	yield " ".join(filter(None, (sheet["name"], sheet["event"], sheet["date"])))
	items = {p["number"]: p for p in sheet["procedures"]}
	for counter in sheet["counters"]:
		yield f"[{counter['counter']}]"
		for number in counter["procedures"]:
			p = items.pop(number)
			who = [m["name"] for m in p["members"]]
			yield " ".join([p["id"] + ("?" if p["confirm"] else ""), p["deadline"] or "-"] + who)
	for p in items.values():
		yield p["id"] + " has no counter"
	yield f"counters {sheet['counter_visits']} one-stop {sheet['counter_visits_one_stop']}"
	for thing in sheet["bring"]:
		yield "bring " + thing["name"]
	names = {m["number"]: m["name"] for m in sheet["members"]}
	for u in sheet["unknown"]:
		yield " ".join(["unknown", u["fact"]] + ([names[u["member"]]] if u["member"] else []))


if __name__ == "__main__":
	for line in lines(json.load(sys.stdin)["sheets"][int(sys.argv[1]) - 1]):
		print(line)
