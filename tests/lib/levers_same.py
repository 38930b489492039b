# SPDX-License-Identifier: GPL-3.0-or-later
"""What levers make of a flow beside the flow that was drawn by hand: two comparisons of `bpr compare -f json` (before with levers;
before and after) and one of the flow that the levers make with the after. Every figure agrees to 1e-9, steps match one to one."""
import json
import sys


def close(a, b):
    return (a is None) == (b is None) and (a is None or abs(a - b) <= 1e-9 * max(1, abs(b)))


def table(side, name):
    return {(p.get("name") or p.get("from"), p.get("to")): p["after"] for p in side[name] if p["after"] > 1e-12}


def main():
    made, drawn, match = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:4])
    bad = []
    for a, b in zip(made["kpis"], drawn["kpis"], strict=True):
        bad += [(a["key"], side, a.get(side), b.get(side)) for side in ("before", "after") if not close(a.get(side), b.get(side))]
    for name in ("counters", "forms", "fields", "groups", "units", "handoffs"):
        a, b = table(made, name), table(drawn, name)
        if a.keys() != b.keys() or any(not close(a[k], b[k]) for k in a):
            bad.append((name, a, b))
    bad += [(change, step) for change, steps in match["steps"].items() for step in steps]
    for line in bad:
        print(line)
    if not drawn["kpis"] or not any(k["before"] != k["after"] for k in drawn["kpis"]):
        bad.append("nothing was compared")
    return 1 if bad else 0


sys.exit(main())
