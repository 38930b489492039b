# SPDX-License-Identifier: GPL-3.0-or-later
# XES, OCEL and packed logs through the command: published facts, another reading, packing, standard input, pseudonyms.
load helper
load samples

@test "public logs: counts, connections and handovers as an XML library reads them, and as their headers say" {
	[ -n "${BPR_LOGS:-}" ] || skip "BPR_LOGS names no folder of public logs"
	need_python
	for log in receipt.xes.gz BPIC15_1.xes.gz running-example.xes roadtraffic100traces.xes; do
		"$BPR" mine -q -f json --k 1 "$BPR_LOGS/$log" >report.json
		"$python" "$abs_top_srcdir/tests/cli/xes_facts.py" "$BPR_LOGS/$log" report.json
	done
}

# A log of three cases; the offset changes within the second.
small_log() {
	{
		echo '<log xmlns="http://www.xes-standard.org/">'
		for case in 1 2 3; do
			echo "<trace><string key=\"concept:name\" value=\"$case\"/>"
			for event in "受付 2024-03-30T09:00:00+01:00 佐藤" "審査 2024-04-0${case}T10:30:00.500+02:00 鈴木" "交付 2024-04-0${case}T11:00:00+02:00 佐藤"; do
				set -- $event
				echo "<event><string key=\"concept:name\" value=\"$1\"/><date key=\"time:timestamp\" value=\"$2\"/><string key=\"org:resource\" value=\"$3\"/></event>"
			done
			echo '</trace>'
		done
		echo '</log>'
	} >small.xes
}

@test "a log is the same however it is packed, and from standard input" {
	small_log
	need_python
	"$BPR" mine -q -f json small.xes >small.json
	"$python" "$abs_top_srcdir/tests/cli/xes_facts.py" small.xes small.json
	gzip -k small.xes
	bzip2 -k small.xes
	xz -k small.xes
	zstd -q small.xes
	for packed in small.xes.gz small.xes.bz2 small.xes.xz small.xes.zst; do
		"$BPR" mine -q -f json "$packed" | sed "s/$packed/small.xes/" | cmp - small.json
		"$BPR" mine -q -f json - <"$packed" | sed 's/"name": "-"/"name": "small.xes"/' | cmp - small.json
		head -c 100 "$packed" >short
		run -3 "$BPR" mine short
		has '[L004]' "$output"
	done
	tee pipe.xes <small.xes | "$BPR" mine -q -f json - | sed 's/"name": "-"/"name": "small.xes"/' | cmp - small.json
	"$python" -c 'import zipfile; z = zipfile.ZipFile("small.zip", "w", zipfile.ZIP_DEFLATED); z.write("small.xes"); z.writestr("README", "x")'
	"$BPR" mine -q -f json small.zip | sed 's/small.zip/small.xes/' | cmp - small.json
	tee pipe.zip <small.zip | "$BPR" mine -q -f json - | sed 's/"name": "-"/"name": "small.xes"/' | cmp - small.json
	"$python" -c 'import zipfile; z = zipfile.ZipFile("two.zip", "w"); z.write("small.xes"); z.write("small.xes", "other.xes")'
	run -3 "$BPR" mine two.zip
	has 'small.xes, other.xes' "$output"
	gzip -c small.xes.gz >twice.gz
	run -3 "$BPR" mine twice.gz
	has '[L008]' "$output"
}

@test "a simulated log says the same as XES and as CSV" {
	small_flow f
	"$BPR" simulate -q --set demand.per_day=80 --cases 300 --replications 1 --log f.xes -o f.txt f.csv
	"$BPR" simulate -q --set demand.per_day=80 --cases 300 --replications 1 --log f-log.csv -o f.txt f.csv
	need_python
	"$BPR" mine -q -f json f.xes >xes.json
	"$BPR" mine -q -f json f-log.csv >csv.json
	"$python" - <<-'END'
		import json
		a, b = (json.load(open(name, encoding="utf-8")) for name in ("xes.json", "csv.json"))
		assert a["log"]["cases"] == b["log"]["cases"] >= 300, (a["log"], b["log"])
		assert a["log"]["with_start"] == b["log"]["with_start"] == a["log"]["events"] == b["log"]["events"]
		counts = [{x["name"]: x["count"] for x in r["activities"]} for r in (a, b)]
		assert counts[0] == counts[1] and counts[0], counts
		arcs = [{(x["from"], x["to"]): x["count"] for x in r["arcs"]} for r in (a, b)]
		assert arcs[0] == arcs[1] and arcs[0], arcs
		assert abs(a["case_minutes"]["mean"] - b["case_minutes"]["mean"]) < 1e-6 * a["case_minutes"]["mean"]
	END
}

@test "pseudonyms: no name of a person is left, the same key gives the same names" {
	small_log
	printf '0123456789abcdef\n' >key
	printf 'fedcba9876543210' >other
	"$BPR" mine -q -f json --k 1 --pseudonymise key small.xes >one.json
	"$BPR" mine -q -f json --k 1 --pseudonymise=key small.xes | cmp - one.json
	none grep -q '佐藤\|鈴木' one.json
	# What openssl makes of it.
	has "$(printf '佐藤' | openssl dgst -sha256 -hmac 0123456789abcdef | sed 's/.*= //' | cut -c1-16)" "$(cat one.json)"
	"$BPR" mine -q -f json --k 1 --pseudonymise other small.xes >two.json
	none cmp -s one.json two.json
	printf 'short' >short
	run -3 "$BPR" mine --pseudonymise short small.xes
	has '[U174]' "$output"
	run -3 "$BPR" mine --pseudonymise nowhere small.xes
	has '[U173]' "$output"
}

@test "OCEL: the type of object must be chosen, and what is multiplied is told" {
	cat >o.json <<-'END'
		{"objectTypes":[],"eventTypes":[],"objects":[{"id":"o1","type":"order"},{"id":"i1","type":"item"},{"id":"i2","type":"item"}],
		"events":[{"id":"a","type":"place","time":"2024-04-01T09:00:00Z","relationships":[{"objectId":"o1","qualifier":""},{"objectId":"i1","qualifier":""},{"objectId":"i2","qualifier":""}]},
		{"id":"b","type":"pick","time":"2024-04-01T10:00:00Z","relationships":[{"objectId":"i1","qualifier":""}]}]}
	END
	run -3 "$BPR" mine o.json
	has 'order (1), item (2)' "$output"
	has --object-type "$output"
	run -0 --separate-stderr "$BPR" mine --object-type item -f json o.json
	has '[L239]' "$stderr"
	json_of mine -q --object-type item -f json o.json -- "report['log']['events'] == 3" "report['log']['cases'] == 2" "report['log']['format'] == 'ocel'"
	json_of mine -q --object-type order -f json o.json -- "report['log']['events'] == 1"
}

@test "classifiers, attributes, strictness" {
	small_log
	sed 's|<log[^>]*>|&<classifier name="Who does what" keys="concept:name org:resource"/>|' small.xes >c.xes
	json_of mine -q -f json --k 1 --classifier 'Who does what' c.xes -- "{a['name'] for a in report['activities']} == {'受付+佐藤', '審査+鈴木', '交付+佐藤'}"
	json_of mine -q -f json --k 1 --activity org:resource c.xes -- "{a['name'] for a in report['activities']} == {'佐藤', '鈴木'}"
	run -3 "$BPR" mine --classifier none c.xes
	has 'Who does what' "$output"
	sed '0,/time:timestamp/s//other/' small.xes >bad.xes
	run -0 --separate-stderr "$BPR" mine -f json bad.xes
	has 'bad.xes:3: warning' "$stderr"
	run -3 "$BPR" mine --strict bad.xes
	has 'bad.xes:3:' "$output"
	has '[L221]' "$output"
}
