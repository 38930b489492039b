#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bpr draw as PNG and PDF: as large as asked for, the same every time, with text that can be searched, and fonts that are missed.
load helper
load samples

# Width and height of a PNG, from its header.
size_of() {
	od -An -tu1 -j16 -N8 "$1" | awk '{ print ($1 * 256 + $2) * 65536 + $3 * 256 + $4, ($5 * 256 + $6) * 65536 + $7 * 256 + $8 }'
}

view_box() {
	sed -n 's/.*viewBox="0 0 \([0-9.]*\) \([0-9.]*\)".*/\1 \2/p;q' <(grep viewBox "$1")
}

@test "a PNG has the size that was asked for, and says how many dots an inch has" {
	small_flow a
	"$BPR" draw a.csv -o a.svg
	read -r width height <<<"$(view_box a.svg)"
	"$BPR" draw --dpi 96 a.csv -o a.png
	[ "$(od -An -tx1 -N8 a.png | tr -d ' ')" = 89504e470d0a1a0a ]
	[ "$(size_of a.png)" = "$width $height" ]
	# pHYs: 3780 dots a metre are 96 dpi
	[ "$(od -An -tx1 -j37 -N13 a.png | tr -d ' ')" = 7048597300000ec400000ec401 ]
	"$BPR" draw a.csv -o b.png
	[ "$(size_of b.png)" = "$(awk "BEGIN { w = $width * 1.5; h = $height * 1.5; print int(w + 0.9999), int(h + 0.9999) }")" ]
	"$BPR" draw --width 640 a.csv -o c.png
	[ "$(size_of c.png | cut -d' ' -f1)" = 640 ]
	if command -v pngcheck >/dev/null 2>&1; then pngcheck -q a.png b.png c.png; fi
}

@test "a terminal gets no PNG and no PDF" {
	command -v script >/dev/null || skip 'no script(1)'
	small_flow a
	for format in png pdf; do
		run script -qec "'$BPR' draw -q -f $format a.csv" /dev/null
		has '[U129]' "$output"
		has_not IHDR "$output"
		[ "$status" -eq 2 ]
	done
	run script -qec "'$BPR' draw -q -f svg a.csv" /dev/null
	has '</svg>' "$output"
	[ "$status" -eq 0 ]
}

@test "the same picture gives the same bytes, and a date only where SOURCE_DATE_EPOCH says one" {
	small_flow a
	for format in png pdf; do
		"$BPR" draw a.csv -o 1.$format
		"$BPR" draw -f $format a.csv >2.$format
		cmp 1.$format 2.$format
		sleep 1.1
		"$BPR" draw a.csv -o 3.$format
		cmp 1.$format 3.$format
	done
	run ! grep -a CreationDate 1.pdf
	SOURCE_DATE_EPOCH=1700000000 "$BPR" draw a.csv -o d.pdf
	if command -v pdfinfo >/dev/null 2>&1; then
		TZ=UTC pdfinfo d.pdf | grep -q 'CreationDate: *Tue Nov 14 22:13:20 2023'
		TZ=UTC pdfinfo 1.pdf >info
		run ! grep Date info
	else
		echo "# pdfinfo is not here: the date is not read" >&3
	fi
}

@test "the text of a PDF can be searched" {
	command -v pdftotext >/dev/null 2>&1 || skip "pdftotext is not installed (Debian: poppler-utils)"
	fc-list :lang=ja 2>/dev/null | grep -q . || skip "no Japanese font is installed (Debian: fonts-noto-cjk)"
	small_flow a
	run -0 --separate-stderr "$BPR" draw a.csv -o a.pdf
	[ -z "$stderr" ]
	pdftotext a.pdf a.txt
	for name in 受付 交付 市民課 税務課 25% 75%; do grep -q "$name" a.txt; done
}

@test "a picture is fitted on paper, turned as it fits better" {
	command -v pdfinfo >/dev/null 2>&1 || skip "pdfinfo is not installed (Debian: poppler-utils)"
	small_flow a
	for size in 'a4 841.89 x 595.276' 'a3 1190.55 x 841.89'; do
		"$BPR" draw --paper "${size%% *}" a.csv -o a.pdf
		pdfinfo a.pdf >info
		grep -q "Page size: *${size#* } pts" info
		grep -q 'Pages: *1$' info
	done
	"$BPR" draw a.csv -o a.svg
	read -r width height <<<"$(view_box a.svg)"
	"$BPR" draw a.csv -o a.pdf
	pdfinfo a.pdf | awk -v w="$width" -v h="$height" '/Page size/ { exit !($3 - w * 0.75 < 0.01 && w * 0.75 - $3 < 0.01 && $5 - h * 0.75 < 0.01) }'
}

@test "fonts that lack Japanese are told, with a package that has them" {
	small_flow a
	echo '<fontconfig></fontconfig>' >none.conf
	FONTCONFIG_FILE=$PWD/none.conf run -0 --separate-stderr "$BPR" draw a.csv -o a.png
	has 'G022' "$stderr"
	has "'市民課税務'" "$stderr"
	FONTCONFIG_FILE=$PWD/none.conf run -0 --separate-stderr "$BPR" draw -q a.csv -o a.png
	[ -z "$stderr" ]
	run -0 "$BPR" explain G022
	has 'fonts-noto-cjk' "$output"
}

@test "what is too large for a PNG is told, and goes as PDF" {
	small_flow a
	run -5 --separate-stderr "$BPR" draw --dpi 2400 --width 32767 a.csv -o a.png
	has 'G021' "$stderr"
	has '32767' "$stderr"
	[ ! -e a.png ]
	"$BPR" draw a.csv -o a.pdf
	[ "$(head -c 5 a.pdf)" = '%PDF-' ]
}

@test "options of one format are not taken for another" {
	small_flow a
	for line in '--dpi 96 -o a.pdf' '--width 99 -o a.svg' '--paper a4 -o a.png' '--paper a4 -o a.svg'; do
		# shellcheck disable=SC2086 # several words
		run -2 --separate-stderr "$BPR" draw $line a.csv
		has 'G025' "$stderr"
	done
	run -2 --separate-stderr "$BPR" draw --paper a9 a.csv -o a.pdf
	has 'a4' "$stderr"
}

@test "names of an input are text in a PNG and PDF too" {
	printf 'id,name,kind,unit,next\nS,,start,,A\nA,"</text><image href=""file:///etc/passwd""/>&amp;\033[31m",task,<b>課,E\nE,,end,,\n' >a.csv
	for format in png pdf; do
		run -0 "$BPR" draw -q a.csv -o a.$format
		[ -s a.$format ]
	done
}
