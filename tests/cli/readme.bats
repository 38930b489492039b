# SPDX-License-Identifier: GPL-3.0-or-later
# What the documents show is what bpr prints.
load helper

@test "README.md shows what its commands print" {
	sh "$abs_top_srcdir/tests/lib/console.sh" README.md >now
	diff -u "$abs_top_srcdir/README.md" now
}

@test "README.ja.md shows what its commands print" {
	sh "$abs_top_srcdir/tests/lib/console.sh" README.ja.md >now
	diff -u "$abs_top_srcdir/README.ja.md" now
}

@test "both have the same commands, apart from the language" {
	commands() { sed -n 's/^\$ //p' "$1" | sed 's/ --lang [a-z]*//; s/ | head.*//'; }
	[ "$(commands "$abs_top_srcdir/README.md")" = "$(commands "$abs_top_srcdir/README.ja.md")" ]
	[ "$(commands "$abs_top_srcdir/README.md" | wc -l)" -ge 4 ]
}
