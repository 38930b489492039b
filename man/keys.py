#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of the JSON reports for the manual, from the schemas: keys.py SCHEMA [TRANSLATIONS] >keys-NAME.inc

TRANSLATIONS holds an English description and a tab and its translation on each line. A key without a description, or a
description without a translation, is an error: the manual would be silent about it.
"""
import json
import sys

HEAD = '.\\" SPDX-License-Identifier: GPL-3.0-or-later\n.\\" Written by man/keys.py from %s; do not edit.\n'


def resolve(schema, root):
	while "$ref" in schema:
		target = root
		for part in schema["$ref"].split("/")[1:]:
			target = target[part]
		schema = {**target, **{k: v for k, v in schema.items() if k != "$ref"}}
	return schema


def branches(schema, root):
	"""The forms a value can have, null aside."""
	schema = resolve(schema, root)
	forms = schema.get("oneOf") or schema.get("anyOf") or [schema]
	return [f for f in (resolve(f, root) for f in forms) if f.get("type") != "null"]


def is_metrics(properties):
	return "counter_visits" in properties and "lead_minutes" in properties


def keys(schema, root, path, out):
	for form in branches(schema, root):
		if "items" in form:
			keys(form["items"], root, path + "[]" if path else "", out)
		properties = form.get("properties", {})
		if is_metrics(properties):
			properties = {"METRIC": {**properties["steps"], "description": "a key of bpr-metrics(7)"}}
		for name, value in properties.items():
			where = f"{path}.{name}" if path else name
			if where not in out:
				out[where] = resolve(value, root).get("description", "")
			keys(value, root, where, out)


def main(argv):
	with open(argv[0], encoding="utf-8") as file:
		root = json.load(file)
	out = {}
	keys(root, root, "", out)
	# What has the same keys as another one is told once: both sides of a comparison, soundness of one process and of all.
	if "before.flow" in out or "before.finished" in out:
		out = {k: v for k, v in out.items() if not k.startswith("after.")}
	out = {k: v for k, v in out.items() if not k.startswith("collaboration.")}
	# A value with its interval is one thing; what a comparison of flows tells of logs beyond the forecast is bpr.evidence/1.
	if "before.finished" in out or "measured" in out:
		out = {k: v for k, v in out.items() if k.rsplit(".", 1)[-1] not in ("value", "low", "high") or k.rsplit(".", 1)[0] + ".low" not in out}
	out = {k: v for k, v in out.items() if not k.startswith("measured.") or k.startswith("measured.forecast")}
	words = None
	if len(argv) > 1:
		with open(argv[1], encoding="utf-8") as file:
			words = dict(line.rstrip("\n").split("\t", 1) for line in file if "\t" in line)
	print(HEAD % ("lib/schema/" + argv[0].rsplit("/", 1)[-1]), end="")
	print(".Bl -tag -width Ds -compact")
	bad = 0
	for key, text in out.items():
		if not text or (words is not None and text not in words):
			print(f"{argv[0]}: nothing is said about {key}: {text}", file=sys.stderr)
			bad = 1
			continue
		print(f".It Cm \\&{key}\n\\&{words[text] if words is not None else text}")
	print(".El")
	return bad


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
