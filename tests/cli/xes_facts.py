# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what `bpr mine -f json` says of an XES log against another reading of it, and against what its publisher wrote into its header.

Usage: xes_facts.py LOG REPORT.json. Reads the whole by ElementTree; steps of start and complete are not joined, so for logs of
completions only. Prints what differs, and exits with 1.
"""
import collections
import datetime
import gzip
import json
import sys
import xml.etree.ElementTree as ET

log, report = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
faults = []


def same(what, got, want):
    if got != want:
        faults.append("%s: %r, expected %r" % (what, got, want))


with (gzip.open if log.endswith(".gz") else open)(log, "rb") as f:
    root = ET.parse(f).getroot()
ns = root.tag[: -len("log")]
cases = []
for trace in root.iter(ns + "trace"):
    events = []
    for event in trace.iter(ns + "event"):
        a = {x.get("key"): x.get("value") for x in event}
        time = datetime.datetime.fromisoformat(a["time:timestamp"].replace("Z", "+00:00"))
        events.append((time, a["concept:name"], a.get("org:resource"), a.get("org:group")))
    events.sort(key=lambda e: e[0])
    cases.append(events)

count = collections.Counter(e[1] for c in cases for e in c)
arcs = collections.Counter((a[1], b[1]) for c in cases for a, b in zip(c, c[1:]))
people = collections.Counter((a[2], b[2]) for c in cases for a, b in zip(c, c[1:]) if a[2] and b[2])
units = collections.Counter((a[3], b[3]) for c in cases for a, b in zip(c, c[1:]) if a[3] and b[3])
same("cases", report["log"]["cases"], len(cases))
same("events", report["log"]["events"], sum(map(len, cases)))
same("rejected", report["log"]["rejected"], 0)
same("activities", {a["name"]: a["count"] for a in report["activities"]}, dict(count))
same("arcs", {(a["from"], a["to"]): a["count"] for a in report["arcs"]}, dict(arcs))
same("people", {(h["from"], h["to"]): h["count"] for h in report["handovers"] if h["by"] == "resource"}, dict(people))
same("units", {(h["from"], h["to"]): h["count"] for h in report["handovers"] if h["by"] == "unit"}, dict(units))
length = [(c[-1][0] - c[0][0]).total_seconds() / 60 for c in cases]
mean = sum(length) / len(length)
if abs(report["case_minutes"]["mean"] - mean) > 1e-12 * mean:
    faults.append("mean length: %r, expected %r" % (report["case_minutes"]["mean"], mean))

# The header: totals with one attribute for each name below them. A log that was cut to some of its cases keeps that of the whole.
for meta in root:
    if meta.get("key") == "meta_concept:named_events_total" and int(meta.get("value")) == sum(count.values()):
        same("header, activities", {a["name"]: a["count"] for a in report["activities"]}, {x.get("key"): int(x.get("value")) for x in meta})
        print("header held against")
print("\n".join(faults))
sys.exit(1 if faults else 0)
