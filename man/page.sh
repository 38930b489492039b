#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a manual page: page.sh BPR PAGE.in. A line '@PART@' is what 'bpr help --mdoc PART' prints, so that options,
# metrics, columns and codes stand in one table only; '@include NAME@' is a file beside the page.
bpr=$1
case $2 in
*/ja/*) lang=ja ;;
*) lang=en ;;
esac

page() {
	while IFS= read -r line; do
		case $line in
		@include\ *@)
			name=${line#@include }
			(page "$(dirname "$1")/${name%@}") || return 1
			;;
		@*@)
			part=${line#@}
			"$bpr" help --mdoc "${part%@}" --lang "$lang" || return 1
			;;
		*) printf '%s\n' "$line" ;;
		esac
	done <"$1"
}
page "$2"
