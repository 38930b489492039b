#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A part includes only what stands below it; third-party libraries have one caller each; cmd/ sees the public headers only.
cd "$abs_top_srcdir" || exit 1
n=0
bad=0

# Where each public header belongs.
layer_of() {
	case $1 in
	error.h | init.h | version.h | problem.h | text.h) echo base ;;
	calendar.h | column.h | dist.h | flow.h | metric.h) echo flow ;;
	queueing.h) echo queueing ;;
	simulate.h) echo simulate ;;
	improve.h | lever.h | suggest.h) echo improve ;;
	procedure.h) echo procedure ;;
	walk.h) echo walk ;;
	share.h) echo share ;;
	drill.h) echo drill ;;
	conformance.h | discovery.h | evidence.h | log.h | mining.h | worktime.h) echo mine ;;
	read.h) echo read ;;
	check.h) echo check ;;
	write.h | template.h) echo write ;;
	soundness.h) echo analyse ;;
	draw.h | picture.h) echo report ;;
	analysis.h) echo analyse ;;
	comparison.h | study.h) echo study ;;
	report.h | workshop.h) echo report ;;
	*) echo none ;;
	esac
}

below='base flow xml csv json archive xlsx read graph markov analyse queueing simulate mine improve check layout table milp procedure walk share'
allowed() {
	case $1 in
	base) echo base ;;
	flow) echo base flow ;;
	xml | csv | json | graph | queueing) echo base flow "$1" ;;
	archive) echo base archive ;;
	mine) echo base flow xml csv json archive graph markov analyse mine ;;
	simulate) echo base flow simulate ;;
	xlsx) echo base xml xlsx ;;
	read) echo base flow xml csv json xlsx read ;;
	markov) echo base flow graph markov ;;
	analyse) echo base flow graph markov analyse ;;
	check) echo base flow xml csv json xlsx read graph markov analyse check ;;
	layout) echo base graph layout ;;
	table) echo base csv xml xlsx table ;;
	milp) echo base milp ;;
	improve) echo base flow table milp graph markov analyse queueing simulate improve ;;
	procedure) echo base flow table csv xml xlsx json procedure ;;
	walk) echo base flow graph markov analyse walk ;;
	share) echo base flow table json archive xlsx read write graph markov analyse queueing simulate improve share ;;
	study) echo "$below" study ;;
	drill) echo "$below" study report drill ;;
	raster) echo base raster ;;
	report) echo "$below" raster study report ;;
	write) echo base flow xml xlsx read graph layout write ;;
	*) echo ;;
	esac
}

check_folder() {
	ok=' '$(allowed "$1")' '
	faults=
	[ "$ok" = '  ' ] && faults="# lib/$1 has no place in the order of the layers (tests/lint/layers.sh)"
	for file in lib/"$1"/*.[ch]; do
		[ -f "$file" ] || continue
		# shellcheck disable=SC2013 # names of headers have no blanks
		for inc in $(sed -n 's/^[ 	]*#[ 	]*include[ 	]*["<]\([^">]*\)[">].*/\1/p' "$file"); do
			part=
			case $inc in
			bpr/bpr.h) part=none ;;
			bpr/*) part=$(layer_of "${inc#bpr/}") ;;
			*_i.h) part=${inc%%/*} ;;
			igraph/*) [ "$1" = graph ] || part="igraph, whose only includer is lib/graph" ;;
			libxml/parser.h | libxml/SAX2.h | libxml/xmlreader.h)
				[ "$1" = xml ] || part="libxml2's parser, whose only caller is lib/xml" ;;
			jansson.h) [ "$1" = json ] || part="jansson, whose only includer is lib/json" ;;
			xlsxwriter.h | minizip/* | unzip.h | zip.h) [ "$1" = xlsx ] || part="libxlsxwriter and minizip, whose only includer is lib/xlsx" ;;
			librsvg/* | pango/* | cairo*) [ "$1" = raster ] || part="librsvg, pango and cairo, whose only includer is lib/raster" ;;
			archive.h | archive_entry.h) [ "$1" = archive ] || part="libarchive, whose only caller is lib/archive" ;;
			zlib.h) [ "$1" = archive ] || part="zlib, whose only caller is lib/archive" ;;
			xxhash.h) [ "$1" = mine ] || part="xxHash, whose only includer is lib/mine" ;;
			nettle/*) [ "$1" = mine ] || [ "$1" = share ] || part="nettle, whose only includers are lib/mine and lib/share" ;;
			glpk.h) [ "$1" = milp ] || part="GLPK, whose only caller is lib/milp" ;;
			csv.h) [ "$1" = csv ] || part="libcsv, whose only caller is lib/csv" ;;
			esac
			[ -n "$part" ] || continue
			case $ok in
			*" $part "*) ;;
			*) faults="$faults
# $file includes <$inc>: lib/$1 may not see $part" ;;
			esac
		done
	done
	point "lib/$1 sees only what stands below it" "$faults"
}

point() {
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
	else
		echo "$2" | sed '/^$/d'
		echo "not ok $n - $1"
		bad=1
	fi
}

for dir in lib/*/; do
	part=$(basename "$dir")
	case $part in
	include | schema) ;;
	*) check_folder "$part" ;;
	esac
done

faults=$(grep -nE '^[ 	]*#[ 	]*include[ 	]*("[^"]*_i\.h"|"\.\./|<(igraph|gsl|libxml|librsvg|pango|minizip|nettle)/|<(archive|xxhash|csv|jansson|xlsxwriter|cairo)\.h>)' cmd/*.[ch] 2>/dev/null | sed 's/^/# /')
point 'cmd/ includes the public headers only' "$faults"
faults=$(grep -nE '^[ 	]*#[ 	]*include[ 	]*("|<(igraph|gsl|libxml)/|<(csv|jansson)\.h>)' lib/include/bpr/*.h lib/include/bpr/*.h.in | sed 's/^/# /')
point 'public headers include public headers and the C library only' "$faults"
echo "1..$n"
exit $bad
