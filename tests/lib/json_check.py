#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks bpr's JSON: json_check.py [--schema DIR] EXPRESSION... <JSON. Names what does not hold."""
import json
import math
import os
import sys


def refuse(constant):
	raise ValueError(f"{constant} in JSON")


def main(argv):
	schemas = None
	if argv[:1] == ["--schema"]:
		schemas, argv = argv[1], argv[2:]
	text = sys.stdin.buffer.read().decode("utf-8")
	document = json.loads(text, parse_constant=refuse)
	reports = document if isinstance(document, list) else [document]
	if schemas:
		validate(schemas, reports)
	report = reports[0] if reports else {}
	names = {
		"reports": reports, "report": report, "near": near, "math": math, "len": len, "sum": sum, "abs": abs, "all": all,
		"any": any, "set": set, "sorted": sorted, "round": round, "max": max, "min": min, "zip": zip,
		"mean": lambda key, r=report: r["case"][key]["mean"],
		"group": lambda name, r=report: next(g["written"] for g in r["groups"] if g["name"] == name),
		"node": lambda id, r=report: next(n for n in r["nodes"] if n["id"] == id),
		"pool": lambda name, r=report: next(p for p in r["pools"] if p["name"] == name),
		"kpi": lambda key, r=report: next(k for k in r["kpis"] if k["key"] == key),
	}
	bad = 0
	for expression in argv:
		if not eval(expression, {"__builtins__": {}, **names}):  # the tests' own expressions
			print(f"does not hold: {expression}", file=sys.stderr)
			bad = 1
	if bad:
		print(text[:4000], file=sys.stderr)
	return bad


def near(a, b, relative=1e-12):
	return math.isclose(a, b, rel_tol=relative, abs_tol=1e-12)


def validate(folder, reports):
	import jsonschema
	for report in reports:
		name = report["schema"].removeprefix("bpr.").replace("/", "-")  # bpr.analysis/1 is in analysis-1.schema.json
		with open(os.path.join(folder, name + ".schema.json"), encoding="utf-8") as f:
			jsonschema.validate(report, json.load(f))


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
