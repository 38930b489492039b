# SPDX-License-Identifier: GPL-3.0-or-later
# Text files -> their lines as C strings: awk -f samples.awk ROOT FILE..., names without ROOT/. POSIX awk, LC_ALL=C.
BEGIN {
	root = ARGV[1] "/"
	ARGV[1] = ""
	print "/* SPDX-License-Identifier: GPL-3.0-or-later */"
	print "/* Generated from samples/ by lib/write/samples.awk. */"
	print "#include \"config.h\""
	print "#include \"write/samples_i.h\""
	print "const struct bpr_sample_line bpr_i_sample_lines[] = {"
}
FNR == 1 {
	name = FILENAME
	if (index(name, root) == 1)
		name = substr(name, length(root) + 1)
	printf "\t{ \"%s\", 0 },\n", name
}
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	gsub(/\t/, "\\t")
	gsub(/\?\?/, "?\\?")
	printf "\t{ 0, \"%s\\n\" },\n", $0
}
END {
	print "\t{ 0, 0 }"
	print "};"
}
