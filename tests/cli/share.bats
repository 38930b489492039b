#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Packs: made, looked into, unpacked, rescaled, set side by side; whatever is personal or hostile refused.
load helper
load samples

packed() {
	"$BPR" share pack --lang en -q --municipality "$1" --population "$2" --licence CC-BY-4.0 --levers "$samples/share/$3.levers.csv" \
		"$samples/share/$3.csv" -o "$4"
}

town() {
	packed 北野町 9800 kitamachi small.zip
}

city() {
	packed 大橋市 325000 oohashi large.zip
}

@test "the same inputs make the same bytes; the archive is a plain zip" {
	town
	cp small.zip one.zip
	sleep 1.1
	TZ=Asia/Tokyo LC_ALL=C "$BPR" share pack -q --lang en --municipality 北野町 --population 9800 --licence CC-BY-4.0 \
		--levers "$samples/share/kitamachi.levers.csv" "$samples/share/kitamachi.csv" -o small.zip
	cmp one.zip small.zip
	need_python
	"$python" - <<-'EOT'
		import hashlib, json, zipfile
		z = zipfile.ZipFile("small.zip")
		assert z.testzip() is None
		assert z.namelist() == sorted(z.namelist())
		assert {i.date_time for i in z.infolist()} == {(1980, 1, 1, 0, 0, 0)}
		m = json.loads(z.read("manifest.json"))
		assert m["schema"] == "bpr.share/1" and m["licence"] == "CC-BY-4.0" and m["population"] == 9800
		assert {f["name"] for f in m["files"]} | {"manifest.json"} == set(z.namelist())
		for f in m["files"]:
		    assert hashlib.sha256(z.read(f["name"])).hexdigest() == f["sha256"], f
	EOT
}

@test "manifest, open and compare keep their schemas" {
	need_python
	need_jsonschema
	town
	city
	"$python" -c 'import zipfile; print(zipfile.ZipFile("small.zip").read("manifest.json").decode(), end="")' >manifest.json
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'report["municipality"] == "北野町"' <manifest.json
	"$BPR" share open -q -f json --population 83000 small.zip >open.json
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'report["after"] == "levers"' 'report["levers"] == 4' \
		'report["rescaled_to"] == 83000' '[c["is"] for c in report["changes"] if c["key"] == "staff.職員"] == [17]' <open.json
	"$BPR" share compare -q -f json large.zip small.zip >compare.json
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" --schema "$schemas" 'len(report["municipalities"]) == 2' \
		'len(report["levers"]) == 4' 'report["quartiles"]["counter_visits"]["before"]["count"] == 2' <compare.json
}

@test "figures of a comparison are those of analyze, and 10,000 residents worked out" {
	need_python
	town
	city
	for s in small:kitamachi:9800 large:oohashi:325000; do
		IFS=: read -r zip name people <<<"$s"
		"$BPR" share open -q -o "d-$zip" "$zip.zip" >/dev/null
		"$BPR" analyze -q -f json "$samples/share/$name.csv" >before.json
		"$BPR" analyze -q -f json "d-$zip/after.json" >after.json
		"$BPR" share compare -q -f json large.zip small.zip >compare.json
		"$python" - "$zip.zip" "$people" <<-'EOT'
			import json, sys
			town = [t for t in json.load(open("compare.json"))["municipalities"] if t["pack"] == sys.argv[1]][0]
			before, after = json.load(open("before.json"))["case"], json.load(open("after.json"))["case"]
			assert town["population"] == int(sys.argv[2])
			for key, f in town["figures"].items():
			    b, a = before[key]["mean"], after[key]["mean"]
			    unit = 60 if key.endswith("minutes") else 1
			    per = (a - b) * town["cases_per_year"] * 10000 / town["population"] / unit
			    for got, want in ((f["before"], b), (f["after"], a), (f["change"], a - b), (f["year_per_10000_change"], per)):
			        assert abs(got - want) <= 1e-9 * (1 + abs(want)), (key, got, want)
		EOT
	done
}

@test "compare: every format, in both languages, the same bytes twice" {
	town
	city
	for l in en ja; do
		for f in text md json csv html xlsx; do
			"$BPR" share compare -q --lang $l -f $f -o "a.$f" large.zip small.zip
			"$BPR" share compare -q --lang $l -f $f -o "b.$f" large.zip small.zip
			cmp "a.$f" "b.$f"
			[ -s "a.$f" ]
		done
		none grep -q '<script src\|http://\|https://' a.html
	done
	run -0 "$BPR" share compare -q --lang ja large.zip small.zip
	has '大橋市' "$output"
	has '住民1万人' "$output"
	has '同じ施策の自治体ごとの効果' "$output"
	[ "$(wc -l <a.csv)" -eq 17 ]
	run -3 "$BPR" share compare large.zip none.zip
	run -2 "$BPR" share compare -f json -o x large.zip --licence X
	has '[U264]' "$output"
}

@test "unpacked whole into a new folder, as inputs of other commands" {
	town
	"$BPR" share open -q -o out small.zip >/dev/null
	run -0 "$BPR" analyze -q out/before.json
	run -0 "$BPR" analyze -q out/before.csv
	run -0 "$BPR" compare -q out/before.csv out/after.csv
	[ -f out/manifest.json ] && [ -f out/levers.csv ]
	run -4 "$BPR" share open -o out small.zip
	has '[U266]' "$output"
	mkdir empty
	"$BPR" share open -q -o empty small.zip >/dev/null
	[ -f empty/before.json ]
	run -4 "$BPR" share open -o missing/folder small.zip
	[ -z "$(find . -name '.bpr-*')" ]
	"$BPR" share open -q --population 19600 -o twice small.zip >/dev/null
	run -0 "$BPR" analyze -q -f json twice/before.csv
	grep -q '620' twice/before.demand.csv
	grep -q '職員,4' twice/before.staff.csv
	run -0 "$BPR" share open --lang en --set demand.per_year=500 --population 19600 small.zip
	has 'demand.per_year' "$output"
	has '1,000' "$output"
}

@test "what is personal is refused with its place, and let through by name only" {
	cp "$samples"/share/kitamachi.* .
	sed -i '1s/$/ 担当：佐藤/; s/転入の受付/転入の受付（連絡先 0157-23-7111）/' kitamachi.csv
	run -3 "$BPR" share pack --lang en -q --municipality M --population 10 --licence L -o p.zip kitamachi.csv
	has "r1: this could be a number of a telephone: '0157-23-7111' [Z022]" "$output"
	has "[Z020]" "$output"
	[ ! -e p.zip ]
	run -3 "$BPR" share pack --lang en -q --municipality M --population 10 --licence L --allow Z022 -o p.zip kitamachi.csv
	[ ! -e p.zip ]
	run -0 "$BPR" share pack --lang en --municipality M --population 10 --licence L --allow Z022 --allow Z020 -o p.zip kitamachi.csv
	has 'let through by --allow Z02' "$output"
	run -0 "$BPR" share open --lang en p.zip
	has 'Let through by its maker' "$output"
	has 'Z022' "$output"
	has 'Z020' "$output"
	run -2 "$BPR" share pack --municipality M --population 10 --licence L --allow Z001 -o q.zip kitamachi.csv
	has '[U263]' "$output"
}

@test "measured results: sums of a log, no people" {
	printf 'case,activity,start,complete,resource\n' >log.csv
	for i in 1 2 3 4 5 6; do
		printf '%s,受付,2024-04-01 09:0%s,2024-04-01 09:1%s,佐藤\n%s,交付,2024-04-01 10:0%s,2024-04-01 10:1%s,鈴木\n' $i $i $i $i $i $i
	done >>log.csv
	printf '7,特別,2024-04-02 09:00,2024-04-02 09:10,佐藤\n' >>log.csv
	run -3 "$BPR" share pack --lang en -q --municipality M --population 10 --licence L --measured log.csv -o p.zip "$samples/share/kitamachi.csv"
	has '[Z024]' "$output"
	has 'handovers[0]' "$output"
	"$BPR" share pack -q --municipality M --population 10 --licence L --measured log.csv --allow Z024 -o p.zip "$samples/share/kitamachi.csv"
	need_python
	"$python" -c 'import zipfile; print(zipfile.ZipFile("p.zip").read("measured.json").decode())' >m.json
	grep -q '受付' m.json
	none grep -q '佐藤\|鈴木\|特別' m.json
	sed 's/,resource//; s/,佐藤//; s/,鈴木//' log.csv >nobody.csv
	"$BPR" mine -q -f json -o mined.json nobody.csv
	"$BPR" share pack -q --municipality M --population 10 --licence L --measured mined.json -o q.zip "$samples/share/kitamachi.csv"
	run -3 "$BPR" share pack --lang en -q --municipality M --population 10 --licence L --measured m.json -o r.zip "$samples/share/kitamachi.csv"
	has '[Z013]' "$output"
}

@test "hostile packs are refused with one line" {
	for f in "$abs_top_srcdir"/tests/fuzz/corpus/share/{traversal,absolute,link,bomb,duplicate,nomanifest,emptymanifest,wronghash,missing,truncated}.zip; do
		run timeout 20 "$BPR" share open --lang en -o out "$f"
		[ "$status" -eq 3 ] || [ "$status" -eq 5 ]
		has '[Z0' "$output"
		[ ! -e out ]
		[ -z "$(find . -name '.bpr-*')" ]
	done
	printf 'no zip' >n.zip
	run -3 "$BPR" share open n.zip
	run -3 "$BPR" share open none.zip
	run -5 "$BPR" share open --max-bytes 100 "$abs_top_srcdir/tests/fuzz/corpus/share/good.zip"
}

@test "what a pack must say" {
	for o in '--municipality M --population 10' '--municipality M --licence L' '--population 10 --licence L'; do
		# shellcheck disable=SC2086 # words
		run -2 "$BPR" share pack $o -o p.zip "$samples/share/kitamachi.csv"
		has '[U262]' "$output"
	done
	run -2 "$BPR" share pack --municipality M --population 10 --licence L "$samples/share/kitamachi.csv"
	run -2 "$BPR" share pack --municipality M --population 0 --licence L -o p.zip "$samples/share/kitamachi.csv"
	run -2 "$BPR" share open
	has '[U260]' "$output"
	run -2 "$BPR" share open a b
	has '[U261]' "$output"
	run -2 "$BPR" share give x
}
