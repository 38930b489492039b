/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of workbooks: what each kind of cell gives, number formats, dates, and what is refused. */
#include "config.h"
#include "test.h"
#include "base/num_i.h"
#include "base/record_i.h"
#include "workbook_test.h"
#include "xlsx/reading_i.h"
#include <bpr/init.h>
#include <stdlib.h>

static const struct bpr_xlsx_options limits = { (size_t)1 << 26, 1 << 16 };

/* The first sheet as text, '|' between cells and '/' in front of rows; or "CODE" and the fault's row. */
static void text_of(const struct bpr_buf *bytes, char *to, size_t size)
{
	struct bpr_fault fault = { .status = BPR_OK };
	struct bpr_xlsx_text text = { .text = BPR_BUF_INIT };
	bpr_xlsx *book = NULL;
	bpr_status status = bpr_i_xlsx_open(&book, bytes->data, bytes->length, &limits, &fault);

	if (!status)
		status = bpr_i_xlsx_text(&text, book, 0, limits.max_bytes, &fault);
	if (status) {
		(void)snprintf(to, size, "%s %zu %s", bpr_code_at((size_t)fault.id)->code, fault.line, fault.args[0]);
		assert_int_equal(status, fault.status);
	} else {
		assert_true(text.text.length < size);
		for (size_t i = 0; i < text.text.length; i++)
			to[i] = text.text.data[i] == BPR_I_UNIT ? '|' : text.text.data[i] == BPR_I_RECORD ? '/' : text.text.data[i];
		to[text.text.length] = '\0';
	}
	bpr_i_xlsx_text_release(&text);
	bpr_i_xlsx_close(book);
}

static void gives(const struct book *book, const char *expected)
{
	static char text[1 << 16];
	struct bpr_buf bytes = book_make(book);

	text_of(&bytes, text, sizeof(text));
	assert_string_equal(text, expected);
	bpr_i_buf_release(&bytes);
}

#define SHEET(rows) { .names = { "a" }, .sheets = { "<sheetData>" rows "</sheetData>" } }
/* The same with shared texts and styles: 1 date, 2 time, 3 percent, 4 date with time, 5 three digits, 6 elapsed hours. */
#define FULL(rows) { .names = { "a" }, .sheets = { "<sheetData>" rows "</sheetData>" }, \
	.strings = "<si><t>plain</t></si><si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r></si>" \
		   "<si><t>北見</t><rPh sb=\"0\" eb=\"2\"><t>キタミ</t></rPh><phoneticPr fontId=\"1\"/></si><si/>" \
		   "<si><t xml:space=\"preserve\"> a_x000D__x0041_b_x </t></si><si><t>R&amp;D &lt;b&gt;</t></si>", \
	.styles = "<numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>" \
		  "<numFmt numFmtId=\"177\" formatCode=\"000\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>" \
		  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf numFmtId=\"21\"/><xf numFmtId=\"9\"/><xf numFmtId=\"22\"/>" \
		  "<xf numFmtId=\"177\"/><xf numFmtId=\"46\"/></cellXfs>" }

static void cells_give_their_texts(void **state)
{
	static const struct book shared = FULL("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>"
					       "<c r=\"D1\" t=\"s\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>4</v></c><c r=\"F1\" t=\"s\"><v>5</v></c></row>");
	static const struct book inside = SHEET("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></is></c>"
						"<c r=\"B1\" t=\"str\"><f>A1&amp;\"x\"</f><v>inlinex</v></c><c r=\"C1\" t=\"b\"><v>1</v></c><c r=\"D1\" t=\"b\"><v>0</v></c>"
						"<c r=\"E1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"F1\"><f>1+1</f><v>2</v></c></row>");
	static const struct book numbers = SHEET("<row r=\"1\"><c r=\"A1\"><v>12</v></c><c r=\"B1\"><v>0.69999999999999996</v></c><c r=\"C1\"><v>1E5</v></c>"
						 "<c r=\"D1\"><v>0.30000000000000004</v></c><c r=\"E1\" t=\"n\"><v>-1.50</v></c><c r=\"F1\"><v>1e-7</v></c>"
						 "<c r=\"G1\"><v>123456789012345678</v></c></row>");
	static const struct book dates = FULL("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>46467</v></c><c r=\"B1\" s=\"2\"><v>3.1250000000000002E-3</v></c><c r=\"C1\" s=\"3\"><v>0.7</v></c>"
					      "<c r=\"D1\" s=\"4\"><v>46467.354166666664</v></c><c r=\"E1\" s=\"5\"><v>7</v></c><c r=\"F1\" s=\"6\"><v>1.5</v></c>"
					      "<c r=\"G1\" s=\"2\"><v>46467.5</v></c><c r=\"H1\" s=\"99\"><v>5</v></c><c r=\"I1\" t=\"d\"><v>2027-03-21T00:00:00</v></c></row>");

	(void)state;
	gives(&shared, "/plain|rich text|北見|| aAb_x |R&D <b>");
	gives(&inside, "/inline|inlinex|TRUE|FALSE||2");
	gives(&numbers, "/12|0.7|100000|0.3|-1.5|1e-07|1.23456789012346e+17");
	/* 46467 is 2027-03-21 in Excel and LibreOffice. */
	gives(&dates, "/2027-03-21|0:04:30|0.7|2027-03-21 8:30|007|36:00:00|2027-03-21 12:00|5|2027-03-21");
}

static void cells_stand_where_they_say(void **state)
{
	static const struct book gaps = SHEET("<row r=\"2\"><c r=\"B2\"><v>1</v></c></row><row r=\"4\"/><row r=\"5\"><c r=\"A5\"><v>2</v></c><c r=\"D5\"><v>3</v></c><c r=\"E5\"/></row>");
	static const struct book nowhere = SHEET("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c r=\"D2\"><v>4</v></c><c><v>5</v></c></row>");
	static const struct book turned = SHEET("<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c></row>");
	static const struct book last = SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\" s=\"3\"/></row>");
	static const struct book foreign = SHEET("<row r=\"1\" xmlns:x=\"urn:x\"><x:c r=\"A1\"><x:v>9</x:v></x:c><c r=\"A1\"><v>1</v><extLst><x:v>7</x:v></extLst></c></row>");

	(void)state;
	gives(&gaps, "//|1///2|||3");
	gives(&nowhere, "/1|2/3|||4|5");
	gives(&turned, "/1||3");
	gives(&last, "/1"); /* rows without a value cost nothing */
	gives(&foreign, "/1");
}

static void strict_workbooks_are_the_same(void **state)
{
	struct book book = FULL("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>1</v></c></row>");

	(void)state;
	book.strict = true;
	gives(&book, "/rich text|1900-01-01");
	book.properties = "date1904=\"1\"";
	gives(&book, "/rich text|1904-01-02");
}

static void what_is_no_cell_is_refused(void **state)
{
	static const struct { struct book book; const char *fault; } bad[] = {
		{ SHEET("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>"), "T053 1 XFE1" },
		{ SHEET("<row r=\"1048577\"><c><v>1</v></c></row>"), "T053 0 1048577" },
		{ SHEET("<row r=\"0\"/>"), "T053 0 0" },
		{ SHEET("<row r=\"2\"/><row r=\"1\"/>"), "T053 2 1" },
		{ SHEET("<row r=\"7\"><c r=\"A8\"><v>1</v></c></row>"), "T053 7 A8" },
		{ SHEET("<row r=\"7\"><c r=\"7A\"><v>1</v></c></row>"), "T053 7 7A" },
		{ SHEET("<row r=\"7\"><c r=\"B7\"><v>1</v></c><c r=\"B7\"><v>2</v></c></row>"), "T053 7 B7" },
		{ SHEET("<row r=\"7\"><c r=\"B7\"><v>x</v></c></row>"), "T053 7 B7" },
		{ SHEET("<row r=\"7\"><c r=\"B7\"><v>0x10</v></c></row>"), "T053 7 B7" },
		{ SHEET("<row r=\"7\"><c r=\"B7\"><v>1e999</v></c></row>"), "T053 7 B7" },
		{ SHEET("<row r=\"7\"><c r=\"B7\" t=\"s\"><v>0</v></c></row>"), "T053 7 B7" },
		{ SHEET("<row r=\"7\"><c r=\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1\"/></row>"), "T053 7 AAAAAAAAAAAAAAAAAAAA" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		gives(&bad[i].book, bad[i].fault);
}

/* ---- number formats ---- */

static void formats_say_what_a_number_is(void **state)
{
	static const struct { const char *code; unsigned char shows, width; } codes[] = {
		{ "General", BPR_XLSX_AS_NUMBER, 0 }, { "0", BPR_XLSX_AS_NUMBER, 0 }, { "0.00", BPR_XLSX_AS_NUMBER, 0 }, { "#,##0", BPR_XLSX_AS_NUMBER, 0 },
		{ "0%", BPR_XLSX_AS_NUMBER, 0 }, { "0.00E+00", BPR_XLSX_AS_NUMBER, 0 }, { "##0.0E+0", BPR_XLSX_AS_NUMBER, 0 }, { "@", BPR_XLSX_AS_NUMBER, 0 },
		{ "000", BPR_XLSX_AS_NUMBER, 3 }, { "0000", BPR_XLSX_AS_NUMBER, 4 }, { "0\"分\"", BPR_XLSX_AS_NUMBER, 0 }, { "0\"min\"", BPR_XLSX_AS_NUMBER, 0 },
		{ "[Red]0;[Blue]-0", BPR_XLSX_AS_NUMBER, 0 }, { "\"日時\"0", BPR_XLSX_AS_NUMBER, 0 }, { "\\d0", BPR_XLSX_AS_NUMBER, 0 }, { "0_d", BPR_XLSX_AS_NUMBER, 0 },
		{ "#,##0;[Red]\\-#,##0", BPR_XLSX_AS_NUMBER, 0 }, { "[$¥-411]#,##0", BPR_XLSX_AS_NUMBER, 0 }, { "0;\"h\"", BPR_XLSX_AS_NUMBER, 0 },
		{ "yyyy/m/d", BPR_XLSX_AS_DATE, 0 }, { "yyyy\"年\"m\"月\"d\"日\"", BPR_XLSX_AS_DATE, 0 }, { "m/d", BPR_XLSX_AS_DATE, 0 }, { "mmm", BPR_XLSX_AS_DATE, 0 },
		{ "[$-411]ge.m.d;@", BPR_XLSX_AS_DATE, 0 }, { "[$-411]ggge\"年\"m\"月\"d\"日\"", BPR_XLSX_AS_DATE, 0 }, { "aaa", BPR_XLSX_AS_DATE, 0 },
		{ "[$-F800]dddd, mmmm dd, yyyy", BPR_XLSX_AS_DATE, 0 }, { "DD/MM/YY", BPR_XLSX_AS_DATE, 0 },
		{ "h:mm", BPR_XLSX_AS_TIME, 0 }, { "h:mm:ss", BPR_XLSX_AS_TIME, 0 }, { "[h]:mm:ss", BPR_XLSX_AS_TIME, 0 }, { "mm:ss.0", BPR_XLSX_AS_TIME, 0 },
		{ "[mm]:ss", BPR_XLSX_AS_TIME, 0 }, { "[m]", BPR_XLSX_AS_TIME, 0 }, { "[ss]", BPR_XLSX_AS_TIME, 0 }, { "h\"時\"mm\"分\"", BPR_XLSX_AS_TIME, 0 },
		{ "h:mm AM/PM", BPR_XLSX_AS_TIME, 0 }, { "[$-409]h:mm AM/PM;@", BPR_XLSX_AS_TIME, 0 },
		{ "yyyy/m/d h:mm", BPR_XLSX_AS_MOMENT, 0 }, { "m/d/yy h:mm", BPR_XLSX_AS_MOMENT, 0 },
		/* cut off in the middle */
		{ "\"yyyy", BPR_XLSX_AS_NUMBER, 0 }, { "[h", BPR_XLSX_AS_NUMBER, 0 }, { "\\", BPR_XLSX_AS_NUMBER, 0 }, { "", BPR_XLSX_AS_NUMBER, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		struct bpr_xlsx_format f = bpr_i_xlsx_format(codes[i].code, strlen(codes[i].code));

		if (f.shows != codes[i].shows || f.width != codes[i].width)
			print_error("%s: shows %d, width %d\n", codes[i].code, f.shows, f.width);
		assert_int_equal(f.shows, codes[i].shows);
		assert_int_equal(f.width, codes[i].width);
	}
	assert_int_equal(bpr_i_xlsx_built_in(14).shows, BPR_XLSX_AS_DATE);
	assert_int_equal(bpr_i_xlsx_built_in(22).shows, BPR_XLSX_AS_MOMENT);
	assert_int_equal(bpr_i_xlsx_built_in(46).shows, BPR_XLSX_AS_TIME);
	assert_int_equal(bpr_i_xlsx_built_in(57).shows, BPR_XLSX_AS_DATE);
	assert_int_equal(bpr_i_xlsx_built_in(0).shows, BPR_XLSX_AS_NUMBER);
	assert_int_equal(bpr_i_xlsx_built_in(37).shows, BPR_XLSX_AS_NUMBER);
	assert_int_equal(bpr_i_xlsx_built_in(270).shows, BPR_XLSX_AS_NUMBER); /* 14 + 256 */
}

static void number_is(const char *text, unsigned char shows, bool from_1904, const char *expected)
{
	struct bpr_buf out = BPR_BUF_INIT;

	assert_true(bpr_i_xlsx_number(&out, text, strlen(text), (struct bpr_xlsx_format){ shows, 0 }, from_1904));
	assert_string_equal(out.data, expected);
	bpr_i_buf_release(&out);
}

static void days_are_counted_as_spreadsheets_do(void **state)
{
	(void)state;
	/* What Excel shows for these numbers; 60 is the day that 1900 did not have. */
	number_is("1", BPR_XLSX_AS_DATE, false, "1900-01-01");
	number_is("59", BPR_XLSX_AS_DATE, false, "1900-02-28");
	number_is("60", BPR_XLSX_AS_DATE, false, "1900-02-29");
	number_is("61", BPR_XLSX_AS_DATE, false, "1900-03-01");
	number_is("25569", BPR_XLSX_AS_DATE, false, "1970-01-01");
	number_is("36585", BPR_XLSX_AS_DATE, false, "2000-02-29");
	number_is("43586", BPR_XLSX_AS_DATE, false, "2019-05-01"); /* the first day of 令和 */
	number_is("2958465", BPR_XLSX_AS_DATE, false, "9999-12-31");
	number_is("2958466", BPR_XLSX_AS_DATE, false, "2958466"); /* Excel shows #### */
	number_is("-1", BPR_XLSX_AS_DATE, false, "-1");
	number_is("0", BPR_XLSX_AS_DATE, true, "1904-01-01");
	number_is("24107", BPR_XLSX_AS_DATE, true, "1970-01-01");
	number_is("0.35416666666666669", BPR_XLSX_AS_TIME, false, "8:30:00");
	number_is("0.0034722222222222", BPR_XLSX_AS_TIME, false, "0:05:00");
	number_is("0.999999999", BPR_XLSX_AS_TIME, false, "24:00:00"); /* rounded to a thousandth of a second, never 23:59:60 */
	number_is("5.2083333333333336E-5", BPR_XLSX_AS_TIME, false, "0:00:04.5");
	number_is("0.5", BPR_XLSX_AS_MOMENT, false, "12:00:00");
	number_is("44000.25", BPR_XLSX_AS_MOMENT, false, "2020-06-18 6:00");
	/* The two ways of counting are 1462 days apart. */
	for (int day = 61; day < 2900000; day += 977) {
		char text[32];
		struct bpr_buf new = BPR_BUF_INIT, old = BPR_BUF_INIT;
		const struct bpr_xlsx_format date = { BPR_XLSX_AS_DATE, 0 };

		assert_true(bpr_i_xlsx_number(&new, text, (size_t)snprintf(text, sizeof(text), "%d", day), date, true));
		assert_true(bpr_i_xlsx_number(&old, text, (size_t)snprintf(text, sizeof(text), "%d", day + 1462), date, false));
		assert_string_equal(new.data, old.data);
		bpr_i_buf_release(&new);
		bpr_i_buf_release(&old);
	}
}

/* ---- archives ---- */

static const struct book small = FULL("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>2</v></c><c r=\"B1\" s=\"1\"><v>46467</v></c></row>");

static void an_archive_that_is_cut_is_refused(void **state)
{
	struct bpr_buf bytes = book_make(&small);
	char text[200];

	(void)state;
	for (size_t n = 0; n < bytes.length; n++) {
		struct bpr_buf cut = { bytes.data, n, 0, 0, BPR_OK };
		char *copy = malloc(n + 1); /* so that a read behind the end shows */

		assert_non_null(copy);
		memcpy(copy, bytes.data, n);
		cut.data = copy;
		text_of(&cut, text, sizeof(text));
		if (memcmp(text, "T041", 4) != 0)
			print_error("%zu of %zu bytes: %s\n", n, bytes.length, text);
		assert_memory_equal(text, "T041", 4);
		free(copy);
	}
	bpr_i_buf_release(&bytes);
}

/* Each byte changed: refused, or (where it does not matter, as in dates of parts) the same text. */
static void an_archive_that_is_damaged_is_refused_or_the_same(void **state)
{
	struct bpr_buf bytes = book_make(&small);
	size_t refused = 0;
	char text[1000];

	(void)state;
	for (size_t i = 0; i < bytes.length; i++)
		for (unsigned bit = 0; bit < 8; bit += 3) {
			bytes.data[i] = (char)((unsigned char)bytes.data[i] ^ 1u << bit);
			text_of(&bytes, text, sizeof(text));
			bytes.data[i] = (char)((unsigned char)bytes.data[i] ^ 1u << bit);
			if (text[0] == 'T' && text[1] == '0')
				refused++;
			else if (strcmp(text, "/北見|2027-03-21") != 0 && strncmp(text, "/北見|46467", 11) != 0 && strcmp(text, "I001") != 0)
				/* A part that a workbook can be without may get another name. */
				fail_msg("byte %zu bit %u: %s", i, bit, text);
		}
	assert_in_range(refused, bytes.length * 2, bytes.length * 3);
	bpr_i_buf_release(&bytes);
}

static void archive_gives(struct archive *a, const char *expected)
{
	char text[300];

	archive_end(a);
	text_of(&a->out, text, sizeof(text));
	assert_string_equal(text, expected);
	bpr_i_buf_release(&a->out);
	*a = (struct archive)ARCHIVE_INIT;
}

static void hostile_archives_are_refused(void **state)
{
	struct archive a = ARCHIVE_INIT;

	(void)state;
	book_add(&a, &small);
	archive_add(&a, "XL/Workbook.xml", "x", 1);
	archive_gives(&a, "T041 0 \001two parts have the same name");
	a.crc_change = 1;
	book_add(&a, &small);
	archive_gives(&a, "T041 0 \001a part of it has a wrong check sum");
	a.flags = 1;
	book_add(&a, &small);
	archive_gives(&a, "T042 0 ");
	a.method = 12;
	book_add(&a, &small);
	archive_gives(&a, "T041 0 \001a part of it is packed by an unknown method");
	archive_add(&a, "word/document.xml", "<a/>", 4);
	archive_gives(&a, "T040 0 \001a document of Word (.docx)");
	archive_add(&a, "../../etc/passwd", "x", 1); /* a name is never a path */
	archive_gives(&a, "T040 0 \001an archive (.zip)");
	archive_gives(&a, "T041 0 \001its end is missing, as when a download was cut off"); /* of nothing */
}

static void part_gives(const char *sheet, const char *expected)
{
	struct archive a = ARCHIVE_INIT;
	struct book book = SHEET("");

	book.names[0] = NULL; /* no sheet of its own */
	book_add(&a, &book);
	a = (struct archive){ BPR_BUF_INIT, BPR_BUF_INIT, 0, 0, 0, 0 };
	add_part(&a, "xl/workbook.xml", "workbook", "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
		 "<sheets><sheet name=\"a\" r:id=\"x\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"/></sheets>");
	add_part(&a, "xl/_rels/workbook.xml.rels", "Relationships", RELATIONS, "<Relationship Id=\"x\" Target=\"s.xml\" Type=\"t/worksheet\"/>");
	archive_add(&a, "xl/s.xml", sheet, strlen(sheet));
	archive_gives(&a, expected);
}

#define NOT_XML "T041 0 \001a part of it is not the XML that it should be"
#define ROOT "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"

static void hostile_xml_is_refused(void **state)
{
	struct bpr_buf deep = BPR_BUF_INIT, many = BPR_BUF_INIT, list = BPR_BUF_INIT;

	(void)state;
	part_gives(ROOT "<sheetData><row><c><v>1</v></c></row></sheetData></worksheet>", "/1");
	part_gives("\xef\xbb\xbf<?xml version=\"1.0\"?><!-- -- ><a> --><?x <!DOCTYPE a>?>" ROOT "<sheetData><row><c t=\"str\"><v><![CDATA[<!DOCTYPE]]>&#x41;</v></c></row></sheetData></worksheet>",
		   NOT_XML); /* "--" in a comment */
	part_gives("\xef\xbb\xbf<?xml version=\"1.0\"?><!-- > <a> --><?x <!DOCTYPE a>?>" ROOT "<sheetData><row><c t=\"str\"><v><![CDATA[<!DOCTYPE]]>&#x41;</v></c></row></sheetData></worksheet>",
		   "/<!DOCTYPEA");
	part_gives("<!DOCTYPE x [<!ENTITY a \"b\">]>" ROOT "<sheetData><row><c t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>", NOT_XML);
	part_gives("<!DOCTYPE worksheet SYSTEM \"file:///etc/passwd\">" ROOT "</worksheet>", NOT_XML);
	part_gives(ROOT "<sheetData><row><c t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>", NOT_XML);
	part_gives(ROOT "<sheetData><row><c><v>1</v></c></row>", NOT_XML);
	part_gives("", NOT_XML);
	part_gives("\xff\xfe<\0", NOT_XML);
	part_gives(ROOT "<sheetData><row><c t=\"str\"><v>\xff</v></c></row></sheetData></worksheet>", NOT_XML);
	bpr_i_buf_puts(&deep, ROOT);
	for (int i = 0; i < 100; i++)
		bpr_i_buf_puts(&deep, "<a>");
	part_gives(deep.data, NOT_XML);
	bpr_i_buf_puts(&many, "<worksheet");
	for (int i = 0; i < 1100; i++)
		bpr_i_buf_printf(&many, " a%d=\"\"", i);
	bpr_i_buf_puts(&many, "/>");
	part_gives(many.data, NOT_XML);
	bpr_i_buf_puts(&list, "<worksheet a=\"");
	bpr_i_buf_pad(&list, 'x', 3 << 20);
	bpr_i_buf_puts(&list, "\"/>");
	part_gives(list.data, NOT_XML);
	bpr_i_buf_release(&deep);
	bpr_i_buf_release(&many);
	bpr_i_buf_release(&list);
}

static void what_unpacks_too_large_is_refused(void **state)
{
	struct bpr_buf bytes = book_make(&small);
	struct bpr_xlsx_options few = { 300, 1 << 16 };
	struct bpr_fault fault;
	bpr_xlsx *book;
	struct book shared = FULL("<row r=\"1\"><c t=\"s\"><v>1</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>1</v></c></row>");
	struct bpr_xlsx_text text;

	(void)state;
	assert_int_equal(bpr_i_xlsx_open(&book, bytes.data, bytes.length, &few, &fault), BPR_ELIMIT);
	assert_int_equal(fault.id, BPR_I_T043);
	assert_null(book);
	few = (struct bpr_xlsx_options){ 1 << 20, 3 }; /* "plain" is longer */
	assert_int_equal(bpr_i_xlsx_open(&book, bytes.data, bytes.length, &few, &fault), BPR_ELIMIT);
	assert_int_equal(fault.id, BPR_I_T003);
	bpr_i_buf_release(&bytes);
	/* One text in many cells: what comes out is counted, too. */
	bytes = book_make(&shared);
	assert_int_equal(bpr_i_xlsx_open(&book, bytes.data, bytes.length, &limits, &fault), BPR_OK);
	assert_int_equal(bpr_i_xlsx_text(&text, book, 0, 25, &fault), BPR_ELIMIT);
	assert_int_equal(fault.id, BPR_I_T057);
	bpr_i_xlsx_text_release(&text);
	assert_int_equal(bpr_i_xlsx_text(&text, book, 0, 30, &fault), BPR_OK);
	bpr_i_xlsx_text_release(&text);
	bpr_i_xlsx_close(book);
	bpr_i_buf_release(&bytes);
}

/* ---- merged cells ---- */

static void filled(const char *rows, const char *merges, size_t last_row, const char *expected, const char *first)
{
	struct bpr_buf sheet = BPR_BUF_INIT, out = BPR_BUF_INIT;
	struct book book = { .names = { "a" } };
	struct bpr_xlsx_text text;
	struct bpr_xlsx_merge merge;
	struct bpr_buf bytes;
	struct bpr_fault fault;
	bpr_xlsx *opened;
	char ref[40] = "";

	bpr_i_buf_puts(&sheet, "<sheetData>");
	bpr_i_buf_puts(&sheet, rows);
	bpr_i_buf_puts(&sheet, "</sheetData><mergeCells>");
	bpr_i_buf_puts(&sheet, merges);
	bpr_i_buf_puts(&sheet, "</mergeCells>");
	book.sheets[0] = sheet.data;
	bytes = book_make(&book);
	assert_int_equal(bpr_i_xlsx_open(&opened, bytes.data, bytes.length, &limits, &fault), BPR_OK);
	assert_int_equal(bpr_i_xlsx_text(&text, opened, 0, 1 << 20, &fault), BPR_OK);
	assert_int_equal(bpr_i_xlsx_fill(&text, last_row, &out, &merge), BPR_OK);
	for (size_t i = 0; i < out.length; i++)
		out.data[i] = out.data[i] == BPR_I_UNIT ? '|' : out.data[i] == BPR_I_RECORD ? '/' : out.data[i];
	assert_string_equal(out.length ? out.data : "", expected);
	if (merge.row)
		(void)bpr_i_num_cell(ref, sizeof(ref), merge.row, merge.column);
	assert_string_equal(ref, first);
	bpr_i_xlsx_text_release(&text);
	bpr_i_xlsx_close(opened);
	bpr_i_buf_release(&bytes);
	bpr_i_buf_release(&sheet);
	bpr_i_buf_release(&out);
}

#define TEXT(ref, text) "<c r=\"" ref "\" t=\"str\"><v>" text "</v></c>"

static void merged_headings_count_for_all_their_cells(void **state)
{
	(void)state;
	/* A heading over two rows, and one over two columns that have headings of their own below. */
	filled("<row r=\"1\">" TEXT("A1", "id") TEXT("B1", "time") "</row><row r=\"2\">" TEXT("B2", "work") TEXT("C2", "wait") "</row><row r=\"3\">" TEXT("A3", "x") "</row>",
	       "<mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/>", 2, "/id|time|time/id|work|wait/x", "A1");
	/* A title over the table stays one text. */
	filled("<row r=\"1\">" TEXT("A1", "title") "</row><row r=\"2\">" TEXT("A2", "id") "</row>", "<mergeCell ref=\"A1:E1\"/>", 2, "/title/id", "");
	/* Rows below stay as they are, and so does what reaches into them. */
	filled("<row r=\"1\">" TEXT("A1", "id") "</row><row r=\"2\">" TEXT("A2", "x") "</row>", "<mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B1:B9\"/>", 1, "/id/x", "");
	filled("<row r=\"1\">" TEXT("A1", "id") "</row><row r=\"3\">" TEXT("B3", "x") "</row>", "<mergeCell ref=\"A1:A1048576\"/>", 2, "/id/id/|x", "A1");
	/* Nonsense does nothing. */
	filled("<row r=\"1\">" TEXT("A1", "id") "</row>", "<mergeCell ref=\"B2:A1\"/><mergeCell ref=\"A1\"/><mergeCell/><mergeCell ref=\"A1:XFD1048576x\"/><mergeCell ref=\"Z9:Z10\"/>",
	       5, "/id", "");
	filled("", "<mergeCell ref=\"A1:A2\"/>", 5, "", "");
}

static void formulas_without_a_value_are_told(void **state)
{
	static const struct book book = SHEET("<row r=\"3\"><c r=\"B3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"C3\"><f>A1</f></c><c r=\"D3\"><f>A1</f><v/></c></row>");
	struct bpr_buf bytes = book_make(&book);
	struct bpr_xlsx_text text;
	struct bpr_fault fault;
	bpr_xlsx *opened;

	(void)state;
	assert_int_equal(bpr_i_xlsx_open(&opened, bytes.data, bytes.length, &limits, &fault), BPR_OK);
	assert_int_equal(bpr_i_xlsx_text(&text, opened, 0, 1 << 20, &fault), BPR_OK);
	assert_int_equal(text.trouble_count, 3);
	assert_int_equal(text.troubles[0].row, 3);
	assert_int_equal(text.troubles[0].column, 2);
	assert_string_equal(text.troubles[0].text, "#DIV/0!");
	assert_false(text.troubles[0].unsaved);
	assert_true(text.troubles[1].unsaved && text.troubles[2].unsaved);
	assert_int_equal(text.troubles[2].column, 4);
	bpr_i_xlsx_text_release(&text);
	bpr_i_xlsx_close(opened);
	bpr_i_buf_release(&bytes);
}

static void old_and_locked_files_are_known(void **state)
{
	static const char xls[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....W\0o\0r\0k\0b\0o\0o\0k\0";
	static const char locked[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
	static const char doc[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....W\0o\0r\0d\0D\0o\0c\0";
	enum bpr_code_id code = BPR_I_I001;

	(void)state;
	assert_true(bpr_i_xlsx_old(xls, sizeof(xls), &code));
	assert_int_equal(code, BPR_I_T051);
	assert_true(bpr_i_xlsx_old(locked, sizeof(locked), &code));
	assert_int_equal(code, BPR_I_T042);
	assert_false(bpr_i_xlsx_old(doc, sizeof(doc), &code));
	assert_false(bpr_i_xlsx_old(xls, 7, &code));
	assert_false(bpr_i_xlsx_old("PK\3\4....", 8, &code));
	assert_true(bpr_i_xlsx_likely("PK\3\4", 4));
	assert_false(bpr_i_xlsx_likely("PK\3", 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_give_their_texts),
		cmocka_unit_test(cells_stand_where_they_say),
		cmocka_unit_test(strict_workbooks_are_the_same),
		cmocka_unit_test(what_is_no_cell_is_refused),
		cmocka_unit_test(formats_say_what_a_number_is),
		cmocka_unit_test(days_are_counted_as_spreadsheets_do),
		cmocka_unit_test(an_archive_that_is_cut_is_refused),
		cmocka_unit_test(an_archive_that_is_damaged_is_refused_or_the_same),
		cmocka_unit_test(hostile_archives_are_refused),
		cmocka_unit_test(hostile_xml_is_refused),
		cmocka_unit_test(what_unpacks_too_large_is_refused),
		cmocka_unit_test(merged_headings_count_for_all_their_cells),
		cmocka_unit_test(formulas_without_a_value_are_told),
		cmocka_unit_test(old_and_locked_files_are_known),
	};

	bpr_init();
	return cmocka_run_group_tests_name("xlsx-read", tests, NULL, NULL);
}
