# SPDX-License-Identifier: GPL-3.0-or-later
# Files -> their lines as C strings, each file under its name without folders. POSIX awk, LC_ALL=C.
BEGIN {
	print "/* SPDX-License-Identifier: GPL-3.0-or-later */"
	print "/* Generated from samples/kitami and lib/write/template by lib/write/template_files.awk. */"
	print "#include \"config.h\""
	print "#include \"write/template_i.h\""
}
FNR == 1 {
	if (count)
		print "\t0\n};"
	names[count++] = FILENAME
	printf "static const char *const file_%d[] = {\n", count
}
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	gsub(/\t/, "\\t")
	printf "\t\"%s\\n\",\n", $0
}
END {
	print "\t0\n};"
	print "const struct bpr_template_file bpr_i_template_files[] = {"
	for (i = 0; i < count; i++) {
		sub(/.*\//, "", names[i])
		printf "\t{ \"%s\", file_%d },\n", names[i], i + 1
	}
	print "\t{ 0, 0 }\n};"
}
