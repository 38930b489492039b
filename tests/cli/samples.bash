# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of numbers share: samples, and checks of JSON by expressions.
samples=$abs_top_srcdir/samples
schemas=$abs_top_srcdir/lib/schema
python=/usr/bin/python3
# shellcheck source=/dev/null
. "$abs_top_srcdir/tests/lib/is-flow.sh"

need_python() {
	"$python" -c 'import json' 2>/dev/null || skip 'python3 is not installed'
}

need_jsonschema() {
	"$python" -c 'import jsonschema' 2>/dev/null || skip 'jsonschema is not installed (Debian: python3-jsonschema)'
}

# json_of COMMAND... -- EXPRESSION...: runs bpr; what it prints is JSON for which every expression holds.
json_of() {
	local words=()
	while [ "$1" != -- ]; do
		words+=("$1")
		shift
	done
	shift
	need_python
	"$BPR" "${words[@]}" >"$BATS_TEST_TMPDIR/out.json"
	"$python" "$abs_top_srcdir/tests/lib/json_check.py" "$@" <"$BATS_TEST_TMPDIR/out.json"
}

# Writes a flow table of rows to NAME.csv of the test's folder, prints its name.
table() {
	cat >"$BATS_TEST_TMPDIR/$1.csv"
	echo "$BATS_TEST_TMPDIR/$1.csv"
}
