# SPDX-License-Identifier: GPL-3.0-or-later
# po/ja.po -> C table of (id, text), sorted by id as strcmp() sorts. POSIX awk, LC_ALL=C.
# Fuzzy, obsolete and empty entries are left out; the header entry too.
function unquote(line) { sub(/^[^"]*"/, "", line); sub(/"[ \t\r]*$/, "", line); return line }
function key(s) { gsub(/\\n/, "\001", s); gsub(/\\t/, "\002", s); gsub(/\\"/, "\"", s); gsub(/\\\\/, "\\", s); return s }
function flush_entry() {
	if (id != "" && text != "" && !fuzzy) { n++; ids[n] = id; texts[n] = text; keys[n] = key(id) }
	id = text = ""; fuzzy = next_fuzzy; next_fuzzy = 0; state = ""
}
function sift(root, last,   child, t) {
	while ((child = 2 * root) <= last) {
		if (child < last && keys[order[child]] < keys[order[child + 1]]) child++
		if (!(keys[order[root]] < keys[order[child]])) return
		t = order[root]; order[root] = order[child]; order[child] = t; root = child
	}
}
/^#,.*fuzzy/ { next_fuzzy = 1; next }
/^#/ { next }
/^msgid "/ { flush_entry(); state = "id"; id = unquote($0); next }
/^msgstr "/ { state = "text"; text = unquote($0); next }
/^"/ { if (state == "id") id = id unquote($0); else if (state == "text") text = text unquote($0); next }
END {
	flush_entry()
	for (i = 1; i <= n; i++) order[i] = i
	for (i = int(n / 2); i >= 1; i--) sift(i, n)
	for (i = n; i > 1; i--) { t = order[1]; order[1] = order[i]; order[i] = t; sift(1, i - 1) }
	print "/* Generated from po/ja.po by po/catalog.awk. */"
	print "#include \"config.h\""
	print "#include \"base/text_i.h\""
	print "const struct bpr_catalog_entry bpr_i_catalog_ja[] = {"
	for (i = 1; i <= n; i++)
		if (i == 1 || keys[order[i]] != keys[order[i - 1]])
			{ printf "\t{ \"%s\",\n\t  \"%s\" },\n", ids[order[i]], texts[order[i]]; m++ }
	print "\t{ 0, 0 }"
	print "};"
	printf "const size_t bpr_i_catalog_ja_count = %d;\n", m
}
