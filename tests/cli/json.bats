# SPDX-License-Identifier: GPL-3.0-or-later
# What bpr prints as JSON is what the schemas in lib/schema/ say, for every sample.
# shellcheck disable=SC1091
source "${abs_top_srcdir:?run through make check}/tests/cli/helper.bash"

setup() {
	samples=$abs_top_srcdir/samples
	python=
	for p in /usr/bin/python3 python3; do
		if "$p" -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null; then
			python=$p
			break
		fi
	done
	[ -n "$python" ] || skip 'python3-jsonschema (4 or later) is not installed'
}

# valid SCHEMA FILE: the file, an object or an array of such, is valid.
valid() {
	"$python" - "$abs_top_srcdir/lib/schema/$1.schema.json" "$2" <<-'END'
		import json, sys, jsonschema
		schema = json.load(open(sys.argv[1], encoding="utf-8"))
		def no(x): raise ValueError(x + " is no JSON")
		data = json.load(open(sys.argv[2], encoding="utf-8"), parse_constant=no)
		validator = jsonschema.Draft202012Validator(schema)
		bad = 0
		for item in data if isinstance(data, list) else [data]:
		    for e in validator.iter_errors(item):
		        print("/".join(map(str, e.path)), e.message[:300])
		        bad = 1
		sys.exit(bad)
	END
}

@test 'the schemas are schemas' {
	for s in analysis check comparison; do
		"$python" -c 'import json, sys, jsonschema; jsonschema.Draft202012Validator.check_schema(json.load(open(sys.argv[1])))' \
			"$abs_top_srcdir/lib/schema/$s-1.schema.json"
	done
}

@test 'a schema refuses what is not of it' {
	echo '{"schema": "bpr.check/1", "bpr": "0.1.0", "flow": null, "soundness": {}, "findings": []}' >"$BATS_TEST_TMPDIR/bad.json"
	run valid check-1 "$BATS_TEST_TMPDIR/bad.json"
	[ "$status" -eq 1 ]
}

@test 'analyses of the samples' {
	for before in "$samples"/*/*before.csv "$samples"/*/before.bpmn; do
		[ -f "$before" ] || continue
		"$BPR" analyze -f json "$before" >"$BATS_TEST_TMPDIR/out.json"
		valid analysis-1 "$BATS_TEST_TMPDIR/out.json"
	done
}

@test 'an analysis with distributions' {
	"$BPR" analyze -f json --distribution counter_visits --above 3 "$samples/kitami/before.csv" >"$BATS_TEST_TMPDIR/out.json"
	valid analysis-1 "$BATS_TEST_TMPDIR/out.json"
	"$python" - "$BATS_TEST_TMPDIR/out.json" <<-'END'
		import json, sys
		d = json.load(open(sys.argv[1]))
		dist = d["distributions"][0]
		assert dist["key"] == "counter_visits"
		total = sum(p for _, p in dist["prob"]) + dist["tail"]
		mean = sum(v * p for v, p in dist["prob"])
		above = dist["above"]
		assert abs(above["prob"] - sum(p for v, p in dist["prob"] if v > 3)) < 1e-9 and above["value"] == 3
		assert abs(total - 1) < 1e-9, total
		assert abs(mean - d["case"]["counter_visits"]["mean"]) < 1e-6 * mean, mean
	END
}

@test 'CSV tells the share above a value too' {
	"$BPR" analyze -f csv --distribution counter_visits --above 3 "$samples/kitami/before.csv" >"$BATS_TEST_TMPDIR/out.csv"
	"$python" - "$BATS_TEST_TMPDIR/out.csv" <<-'END'
		import csv, sys
		rows = [r for r in csv.DictReader(open(sys.argv[1], encoding="utf-8")) if r["section"] == "distribution"]
		above = [float(r["value"]) for r in rows if r["measure"] == "above"]
		assert len(above) == 1
		assert abs(above[0] - sum(float(r["value"]) for r in rows if r["measure"] == "prob" and int(r["name"]) > 3)) < 1e-9
	END
}

@test 'comparisons of the samples' {
	for before in "$samples"/*/*before.csv "$samples"/*/before.bpmn; do
		[ -f "$before" ] || continue
		after=${before%before.*}after.${before##*.}
		"$BPR" compare -f json "$before" "$after" >"$BATS_TEST_TMPDIR/out.json"
		valid comparison-1 "$BATS_TEST_TMPDIR/out.json"
	done
}

@test 'checks of the samples' {
	for before in "$samples"/*/*before.csv "$samples"/*/before.bpmn; do
		[ -f "$before" ] || continue
		"$BPR" check -f json "$before" >"$BATS_TEST_TMPDIR/out.json"
		valid check-1 "$BATS_TEST_TMPDIR/out.json"
	done
}

@test 'a name full of tricks stays valid JSON' {
	printf 'id,name,next\na,"x\033[31m ""<b>"" \\ \342\200\256",b\nb,=1+1,\n' >"$BATS_TEST_TMPDIR/tricks.csv"
	"$BPR" analyze -f json "$BATS_TEST_TMPDIR/tricks.csv" >"$BATS_TEST_TMPDIR/out.json"
	valid analysis-1 "$BATS_TEST_TMPDIR/out.json"
	run ! grep -q "$(printf '\033')" "$BATS_TEST_TMPDIR/out.json"
}

@test 'several flows are an array' {
	"$BPR" analyze -f json "$samples/kitami/before.csv" "$samples/kitami/after.csv" >"$BATS_TEST_TMPDIR/out.json"
	valid analysis-1 "$BATS_TEST_TMPDIR/out.json"
	"$python" -c 'import json, sys; assert len(json.load(open(sys.argv[1]))) == 2' "$BATS_TEST_TMPDIR/out.json"
}
