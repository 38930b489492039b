# SPDX-License-Identifier: GPL-3.0-or-later
# C without comments and without the inside of strings, line by line: what the compiler acts on.
{
	out = ""; i = 1; n = length($0)
	while (i <= n) {
		two = substr($0, i, 2); c = substr($0, i, 1)
		if (comment) { if (two == "*/") { comment = 0; i += 2; out = out " " } else i++; continue }
		if (two == "/*") { comment = 1; i += 2; continue }
		if (two == "//") break
		if (c == "\"" || c == "'") {
			quote = c; i++
			while (i <= n && substr($0, i, 1) != quote) i += (substr($0, i, 1) == "\\") ? 2 : 1
			i++; out = out quote quote; continue
		}
		out = out c; i++
	}
	print FILENAME ":" FNR ": " out
}
