#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `bpr convert` writes, opened in bpmn-js from npm: see open.mjs. Skipped, with the reason, where a tool is missing.
# shellcheck disable=SC2034,SC2154 # set for tools.sh, and by it
modules_needed='bpmn-js'
# shellcheck source=/dev/null
. "$abs_top_srcdir/tests/browser/tools.sh"
# shellcheck source=/dev/null
. "$abs_top_srcdir/tests/lib/is-flow.sh"

# From tables, from JSON, from BPMN without a diagram; a picture of everything that BPMN has; random flows.
write() {
	"$BPR" convert -q "$1" -o "$work/$2.bpmn" && "$BPR" check -q -v --format json "$work/$2.bpmn" >"$work/counts/$2.json" 2>/dev/null
	[ -s "$work/$2.bpmn" ] && [ -s "$work/counts/$2.json" ] || echo "# $1 could not be written"
	set_of="$set_of $work/$2.bpmn=$work/counts/$2.json"
}
mkdir "$work/counts" # not beside the files: there it would be read as simulation parameters
set_of=
for file in "$abs_top_srcdir"/samples/*/*.csv; do
	is_flow "$file" || continue
	folder=${file%/*}
	write "$file" "${folder##*/}-$(basename "$file" .csv)"
done
for file in "$abs_top_srcdir"/samples/*/*.bpmn "$here"/*.bpmn; do
	folder=${file%/*}
	write "$file" "${folder##*/}-$(basename "$file" .bpmn)-as-bpmn"
	"$BPR" convert -q "$file" -o "$work/flow.json" && write "$work/flow.json" "${folder##*/}-$(basename "$file" .bpmn)-as-json"
done
mkdir "$work/random"
if BPR_TEST_KEEP=$work/random "$abs_top_builddir/test-bpmn-random" >/dev/null 2>&1; then
	for file in "$work"/random/*[05].bpmn; do
		set_of="$set_of $file"
	done
fi
# What the test itself must find: each file has one fault.
sound=$work/kitami-after-as-bpmn.bpmn
awk '/<bpmndi:BPMNShape /&&!done{skip=1} !skip{print} /<\/bpmndi:BPMNShape>/{if(skip)done=1; skip=0}' "$sound" >"$work/undrawn.bpmn"
sed '0,/<di:waypoint x="/s//<di:waypoint x="9/' "$sound" >"$work/adrift.bpmn"
sed 's/ bpmnElement="[^"]*"/ bpmnElement="nobody"/' "$sound" >"$work/nobody.bpmn"
set_of="$set_of !$work/undrawn.bpmn=$work/counts/kitami-after-as-bpmn.json !$work/adrift.bpmn !$work/nobody.bpmn"
# shellcheck disable=SC2086 # names without blanks, made here
node "$here/open.mjs" "$modules" "$browser" $set_of
