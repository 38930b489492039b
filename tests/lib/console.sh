#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the commands of a document and prints it with what they print now: in blocks that begin with ```console, each line
# after '$ ' is run in the top folder of the sources, with bpr in the PATH. The same text comes out where all is true.
file=$1
cd "$(dirname "$0")/../.." || exit 1
: "${BPR:?run through make check}"
PATH=$(dirname "$BPR"):$PATH
export PATH
inside=no
while IFS= read -r line || [ -n "$line" ]; do
	case $inside,$line in
	*,'```console') inside=yes ;;
	yes,'```' | skip,'```') inside=no ;;
	yes,'$ '* | skip,'$ '*)
		printf '%s\n' "$line"
		sh -c "${line#\$ }" 2>&1 </dev/null
		inside=skip
		continue
		;;
	skip,*) continue ;;
	esac
	printf '%s\n' "$line"
done <"$file"
