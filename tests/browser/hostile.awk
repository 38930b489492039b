# SPDX-License-Identifier: GPL-3.0-or-later
# A flow table whose names try everything on a page. texts: gets the lines that must be read in it, as they are shown.
function quoted(s) { gsub(/"/, "\"\"", s); return "\"" s "\"" }
function step(id, name, to,   unit) {
	unit = units[count % 3 + 1]
	count++
	print id "," quoted(name) "," quoted(unit) ",5," to
}
function shown(name) { print name >texts; return name }
BEGIN {
	units[1] = "<b>unit</b>"
	units[2] = "=HYPERLINK(\"http://example.test\")"
	units[3] = "課&係"
	long = ""
	for (i = 0; i < 1000; i++) long = long "長いなまえabcd "
	solid = ""
	for (i = 0; i < 500; i++) solid = solid "0123456789abcdefghij"
	print "id,name,unit,work,next"
	step("a", shown("<script>window.ran=1</script>"), "b")
	step("b", shown("<img src=x onerror=window.ran=1>"), "c")
	step("c", shown("\"onmouseover=\"window.ran=1"), "d")
	step("d", shown("]]></style></title><script>window.ran=1</script>"), "e")
	step("e", shown("javascript:window.ran=1 &amp; &lt;b&gt; &#x41;"), "f")
	step("f", shown("=1+1 @SUM(A1) +81 -1"), "g")
	step("g", "\033[2J\033[31mred\007 tab\there", "h")
	step("h", "\342\200\256evil\342\200\254 \342\201\246in\342\201\251 \342\200\217mark", "i")
	step("i", shown("\327\251\327\234\327\225\327\235 \330\263\331\204\330\247\331\205 123"), "j")
	step("j", shown("\360\240\256\267\351\207\216\345\256\266 \360\237\217\233\357\270\217 \360\237\221\250\342\200\215\360\237\221\251\342\200\215\360\237\221\247"), "k")
	step("k", shown("e\314\201\314\202\314\203\314\204 \343\201\213\343\202\231 Z\315\221\315\242\315\240"), "l")
	step("l", long, "m")
	step("m", solid, "n")
	step("n", shown("{{7*7}} ${7*7} <%= 7*7 %> {1} {2} %s %n"), "o")
	step("o", "", "")
}
