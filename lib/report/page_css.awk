# SPDX-License-Identifier: GPL-3.0-or-later
# lib/report/page.css -> its lines as C strings, without comments and blank lines. POSIX awk, LC_ALL=C.
BEGIN {
	print "/* SPDX-License-Identifier: GPL-3.0-or-later */"
	print "/* Generated from lib/report/page.css by lib/report/page_css.awk. */"
	print "#include \"config.h\""
	print "#include \"report/html_i.h\""
	print "const char *const bpr_i_page_css[] = {"
}
/^[ \t]*\/\*.*\*\/[ \t]*$/ || /^[ \t]*$/ { next }
{
	sub(/^[ \t]+/, "")
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	printf "\t\"%s\\n\",\n", $0
}
END {
	print "\t0"
	print "};"
}
