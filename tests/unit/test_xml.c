/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "xml/xml_i.h"
#include <bpr/init.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct bpr_xml_options plain = { 200, 100000, NULL, 0 };

struct fixture {
	struct bpr_xml xml;
	bpr_problems *problems;
	struct bpr_error err;
	struct bpr_buf buf;
};

static int open_fixture(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f || bpr_problems_new(&f->problems, NULL))
		return -1;
	f->buf = (struct bpr_buf)BPR_BUF_INIT;
	*state = f;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *f = *state;

	bpr_i_xml_release(&f->xml);
	bpr_problems_free(f->problems);
	bpr_i_buf_release(&f->buf);
	free(f);
	return 0;
}

static bpr_status parse(struct fixture *f, const char *data, size_t length, const struct bpr_xml_options *options)
{
	bpr_i_xml_release(&f->xml);
	bpr_problems_free(f->problems);
	assert_int_equal(bpr_problems_new(&f->problems, NULL), BPR_OK);
	f->err = (struct bpr_error){ 0 };
	return bpr_i_xml_parse(&f->xml, "f.bpmn", data, length, options, f->problems, &f->err);
}

static bpr_status parse_text(struct fixture *f, const char *text)
{
	return parse(f, text, strlen(text), &plain);
}

/* One error, with this code, at this place; column 0: not looked at. */
static void refused(struct fixture *f, const char *text, size_t length, bpr_status status, const char *code, size_t line, size_t column)
{
	struct bpr_problem p;

	assert_int_equal(parse(f, text, length, &plain), status);
	assert_null(f->xml.root);
	assert_int_equal(bpr_problems_count(f->problems), 1);
	p = bpr_problems_get(f->problems, 0);
	assert_string_equal(p.code->code, code);
	assert_string_equal(f->err.code, code);
	assert_string_equal(p.file, "f.bpmn");
	assert_int_equal(p.line, line);
	if (column)
		assert_int_equal(p.column, column);
}

static void refused_text(struct fixture *f, const char *text, const char *code, size_t line, size_t column)
{
	refused(f, text, strlen(text), BPR_ESYNTAX, code, line, column);
}

static const char *text_of(struct fixture *f, const struct bpr_xml_node *node)
{
	bpr_i_buf_clear(&f->buf);
	bpr_i_xml_text(&f->buf, node);
	return f->buf.length ? f->buf.data : "";
}

static void a_tree_is_found_by_namespace_and_name(void **state)
{
	struct fixture *f = *state;
	const struct bpr_xml_node *root, *b;
	size_t length;

	assert_int_equal(parse_text(f, "<?xml version='1.0'?>\n<!-- c --><p:a xmlns:p='urn:x' xmlns='urn:y'>\n <b\n  x='1'\n  p:x='2'>t</b>\n"
				       "<q:b xmlns:q='urn:x' id=' n1\n'/></p:a>"), BPR_OK);
	root = f->xml.root;
	assert_true(bpr_i_xml_is(root, "urn:x", "a"));
	assert_false(bpr_i_xml_is(root, "urn:y", "a"));
	assert_int_equal(root->line, 2);
	b = bpr_i_xml_child(root, "urn:y", "b");
	assert_non_null(b);
	assert_int_equal(b->line, 3);
	assert_string_equal(bpr_i_xml_attr(b, "x")->value, "1");
	assert_string_equal(bpr_i_xml_attr_ns(b, "urn:x", "x")->value, "2");
	assert_null(bpr_i_xml_attr(b, "y"));
	b = bpr_i_xml_child(root, "urn:x", "b");
	assert_non_null(b);
	assert_int_equal(b->line, 6);
	assert_memory_equal(bpr_i_xml_value(b, "id", &length), "n1", 2);
	assert_int_equal(length, 2);
	assert_null(bpr_i_xml_element(b->next));
}

static void texts_are_whole(void **state)
{
	struct fixture *f = *state;
	const struct bpr_xml_node *only;
	size_t length;

	assert_int_equal(parse_text(f, "<a>\n <b> x &amp; &amp; <![CDATA[<y>]]>&#x5E02; </b><c> <d>in</d>side</c><e/></a>"), BPR_OK);
	assert_string_equal(text_of(f, f->xml.root->first), "x & & <y>市");
	assert_string_equal(text_of(f, f->xml.root->first->next), "inside");
	assert_string_equal(text_of(f, f->xml.root->first->next->next), "");
	only = f->xml.root->first->next->first;
	assert_memory_equal(bpr_i_xml_simple_text(only, &length), "in", 2);
	assert_int_equal(length, 2);
	assert_null(bpr_i_xml_simple_text(f->xml.root, &length));
	assert_int_equal(parse_text(f, "<a v='a &amp; b &#38; &lt;&#10;&quot; &amp;#38;'/>"), BPR_OK);
	assert_string_equal(bpr_i_xml_attr(f->xml.root, "v")->value, "a & b & <\n\" &#38;");
	assert_int_equal(bpr_i_xml_attr(f->xml.root, "v")->length, strlen("a & b & <\n\" &#38;"));
}

static void small_helpers(void **state)
{
	struct fixture *f = *state;
	const char *name = "tns:msg";
	const char *bare = "msg";

	assert_int_equal(bpr_i_xml_strip_prefix(&name, 7), 3);
	assert_string_equal(name, "msg");
	assert_int_equal(bpr_i_xml_strip_prefix(&bare, 3), 3);
	assert_int_equal(parse_text(f, "<a t=' true ' o='1' f='false' z='0' n='maybe'/>"), BPR_OK);
	assert_true(bpr_i_xml_bool(f->xml.root, "t", false));
	assert_true(bpr_i_xml_bool(f->xml.root, "o", false));
	assert_false(bpr_i_xml_bool(f->xml.root, "f", true));
	assert_false(bpr_i_xml_bool(f->xml.root, "z", true));
	assert_true(bpr_i_xml_bool(f->xml.root, "n", true));
	assert_false(bpr_i_xml_bool(f->xml.root, "absent", false));
}

static void other_namespaces_may_be_left_out(void **state)
{
	static const char *const skip[] = { "urn:di", NULL };
	static const struct bpr_xml_options options = { 200, 4, skip, 0 };
	static const char text[] = "<a><b/><d:x xmlns:d='urn:di'>t<a><d:y/></a></d:x><c>t</c></a>";
	struct fixture *f = *state;

	assert_int_equal(parse(f, text, strlen(text), &options), BPR_OK);
	assert_int_equal(f->xml.node_count, 4);
	assert_string_equal(f->xml.root->first->next->name, "c");
	assert_int_equal(parse(f, text, strlen(text), &(struct bpr_xml_options){ 200, 3, skip, 0 }), BPR_ELIMIT);
	assert_string_equal(f->err.code, "X016");
}

static void an_undeclared_prefix_is_named(void **state)
{
	struct fixture *f = *state;
	struct bpr_problem p;

	assert_int_equal(parse_text(f, "<a>\n<x:b y:c='1'/><x:b/></a>"), BPR_OK);
	assert_int_equal(bpr_problems_count(f->problems), 1);
	p = bpr_problems_get(f->problems, 0);
	assert_string_equal(p.code->code, "X017");
	assert_int_equal(p.line, 2);
	assert_false(bpr_i_xml_is(f->xml.root->first, "", "b"));
	assert_null(bpr_i_xml_attr(f->xml.root->first, "c"));
}

static void what_is_wrong_is_named_with_its_place(void **state)
{
	struct fixture *f = *state;

	refused(f, "", 0, BPR_ESYNTAX, "I004", 0, 0);
	refused_text(f, "id,name\n1,x\n", "X001", 1, 1);
	refused_text(f, "PK\003\004", "X001", 1, 1);
	refused_text(f, "<a>\n<b></a>", "X004", 2, 0);
	refused_text(f, "<a>\n&nbsp;</a>", "X005", 2, 0);
	refused_text(f, "<a/>\n<b/>", "X013", 2, 0);
	refused_text(f, "<a>\n\n\001</a>", "X014", 3, 0);
	refused_text(f, "<a>\n<b x='1' x='2'/></a>", "X015", 2, 0);
	refused_text(f, "<a>\n<b x=1/></a>", "X002", 2, 0);
	refused_text(f, "<a>\n<b x='<'/></a>", "X002", 2, 0);
	refused_text(f, "<a><b>\n", "X003", 2, 0);
	refused(f, "<a>\0</a>", 8, BPR_ESYNTAX, "X014", 1, 0);
}

static void a_document_cut_anywhere_is_refused(void **state)
{
	static const char text[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- x --><d xmlns=\"urn:x\">\n<t name=\"窓口\">&amp;<![CDATA[y]]>\n</t></d>";
	struct fixture *f = *state;

	for (size_t n = 0; n < sizeof(text) - 1; n++) {
		assert_int_equal(parse(f, text, n, &plain), BPR_ESYNTAX);
		assert_int_equal(bpr_problems_count_severity(f->problems, BPR_SEVERITY_ERROR), 1);
		assert_true(f->err.code[0] == 'X' || n == 0);
		if (n > 64)
			assert_true(bpr_problems_get(f->problems, 0).line >= 2);
	}
	assert_int_equal(parse(f, text, sizeof(text) - 1, &plain), BPR_OK);
}

static void a_doctype_is_refused(void **state)
{
	struct fixture *f = *state;

	refused_text(f, "<?xml version='1.0'?>\n<!DOCTYPE a>\n<a/>", "X009", 2, 1);
	refused_text(f, "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "X009", 1, 1);
	refused_text(f, "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>\n<l>&b;</l>", "X009", 1, 1);
	/* Only as markup: in a comment or a text it is harmless. */
	assert_int_equal(parse_text(f, "<!-- <!DOCTYPE a> --><a><![CDATA[<!DOCTYPE a>]]></a>"), BPR_OK);
	/* In another encoding too. */
	refused(f, "\xff\xfe<\0!\0D\0O\0C\0T\0Y\0P\0E\0 \0a\0>\0<\0a\0/\0>\0", 34, BPR_ESYNTAX, "X009", 1, 1);
}

static void nothing_outside_is_touched(void **state)
{
	struct fixture *f = *state;
	char dir[] = "xml-canary-XXXXXX";
	char path[64], text[400];
	struct stat st;
	int n;

	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/fifo", dir);
	assert_int_equal(mkfifo(path, 0600), 0); /* whoever opened it would hang */
	n = snprintf(text, sizeof(text), "<!DOCTYPE a [<!ENTITY x SYSTEM \"%s\">]><a>&x;</a>", path);
	assert_int_equal(parse(f, text, (size_t)n, &plain), BPR_ESYNTAX);
	n = snprintf(text, sizeof(text), "<!DOCTYPE a SYSTEM \"%s\"><a/>", path);
	assert_int_equal(parse(f, text, (size_t)n, &plain), BPR_ESYNTAX);
	n = snprintf(text, sizeof(text), "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"%s\"/></a>", path);
	assert_int_equal(parse(f, text, (size_t)n, &plain), BPR_OK);
	assert_null(f->xml.root->first->first);
	n = snprintf(text, sizeof(text), "<?xml-stylesheet href=\"%s\"?><a xsi:schemaLocation=\"u %s\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"/>", path, path);
	assert_int_equal(parse(f, text, (size_t)n, &plain), BPR_OK);
	assert_int_equal(stat(path, &st), 0);
	(void)unlink(path);
	(void)rmdir(dir);
}

/* head, `count` times the piece with its number where '#' stands, tail */
static void many(struct bpr_buf *buf, const char *head, const char *piece, size_t count, const char *tail)
{
	bpr_i_buf_clear(buf);
	bpr_i_buf_puts(buf, head);
	for (size_t i = 0; i < count; i++)
		for (const char *c = piece; *c; c++)
			if (*c == '#')
				bpr_i_buf_printf(buf, "%zu", i);
			else
				bpr_i_buf_putc(buf, *c);
	bpr_i_buf_puts(buf, tail);
	assert_int_equal(buf->failed, BPR_OK);
}

static void hostile_sizes_are_refused_at_once(void **state)
{
	struct fixture *f = *state;
	struct bpr_buf big = BPR_BUF_INIT;
	clock_t start = clock();

	many(&big, "<a>\n<b", " a#=\"\"", 100000, "/></a>");
	refused(f, big.data, big.length, BPR_ELIMIT, "X010", 2, 1);
	many(&big, "<a", " xmlns:p#='u'", 10001, "/>");
	refused(f, big.data, big.length, BPR_ELIMIT, "X010", 1, 1);
	many(&big, "<a", " b#='x>'", 3000, "/>");
	assert_int_equal(parse(f, big.data, big.length, &plain), BPR_OK);
	assert_int_equal(f->xml.root->count, 3000);
	many(&big, "<a b='", "0123456789", 110000, "'/>");
	refused(f, big.data, big.length, BPR_ELIMIT, "X011", 1, 1);
	many(&big, "", "<a>", 201, "");
	refused(f, big.data, big.length, BPR_ELIMIT, "X012", 1, 601);
	many(&big, "", "<a>\n", 1000000, "");
	refused(f, big.data, big.length, BPR_ELIMIT, "X012", 201, 1);
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
	bpr_i_buf_release(&big);
}

static void long_texts_take_linear_time(void **state)
{
	struct fixture *f = *state;
	struct bpr_buf big = BPR_BUF_INIT;
	clock_t start = clock();

	many(&big, "<a>", "窓口&amp;", 300000, "</a>");
	assert_int_equal(parse(f, big.data, big.length, &plain), BPR_OK);
	assert_int_equal(strlen(text_of(f, f->xml.root)), 7 * 300000);
	many(&big, "<a>", "x<b/>", 45000, "</a>");
	assert_int_equal(parse(f, big.data, big.length, &plain), BPR_OK);
	assert_int_equal(strlen(text_of(f, f->xml.root)), 45000);
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
	bpr_i_buf_release(&big);
}

static void lines_go_beyond_sixteen_bits(void **state)
{
	struct fixture *f = *state;
	struct bpr_buf big = BPR_BUF_INIT;

	many(&big, "<a>", "\n", 70000, "<b\nc='\n'\n/></a>");
	assert_int_equal(parse(f, big.data, big.length, &plain), BPR_OK);
	assert_int_equal(f->xml.root->first->line, 70001);
	many(&big, "<a>", "\n", 70000, "</b>");
	refused(f, big.data, big.length, BPR_ESYNTAX, "X004", 70001, 0);
	bpr_i_buf_release(&big);
}

static void check_encoding(struct fixture *f, const char *data, size_t length, const char *expected)
{
	assert_int_equal(parse(f, data, length, &plain), BPR_OK);
	assert_string_equal(bpr_i_xml_attr(f->xml.root, "n")->value, expected);
}

static void encodings(void **state)
{
	struct fixture *f = *state;
	static const char utf16le[] = "\xff\xfe<\0a\0 \0n\0=\0'\0\x93\x7a\xe3\x53'\0/\0>\0";
	static const char utf16be[] = "\xfe\xff\0<\0a\0 \0n\0=\0'\x7a\x93\x53\xe3\0'\0/\0>";
#define CHECK(text, expected) check_encoding(f, text, sizeof(text) - 1, expected)
	CHECK("\xef\xbb\xbf<a n='窓口'/>", "窓口");
	CHECK("<?xml version='1.0' encoding='utf-8'?><a n='①㈱髙'/>", "①㈱髙");
	CHECK("<?xml version='1.0' encoding=\"Shift_JIS\"?><a n='\x91\x8b\x8c\xfb\x87\x40\x87\x8a\xfb\xfc'/>", "窓口①㈱髙");
	CHECK("<?xml version='1.0' encoding='Windows-31J'?><a n='\x91\x8b\x8c\xfb'/>", "窓口");
	CHECK("<?xml version='1.0' encoding='EUC-JP'?><a n='\xc1\xeb\xb8\xfd'/>", "窓口");
	CHECK("<?xml version='1.0' encoding='ISO-2022-JP'?><a n='\033$BAk8}\033(B'/>", "窓口");
	CHECK("<?xml version='1.0' encoding='ISO-8859-1'?><a n='\xe9'/>", "é");
	CHECK("<?xml version='1.0' encoding='iso-8859-1'?><a n='\xfc\xdf'/>", "üß");
	/* Windows characters where it has them, else the control that ISO-8859-1 says. */
	CHECK("<?xml version='1.0' encoding='ISO-8859-1'?><a n='\x80\x81\x8d\x8f\x90\x9d\xe9'/>", "€\xc2\x81\xc2\x8d\xc2\x8f\xc2\x90\xc2\x9d\xc3\xa9");
	CHECK("<?xml version='1.0' encoding='ISO-8859-15'?><a n='\xa4'/>", "€");
	CHECK("<?xml version='1.0' encoding='ISO-8859-2'?><a n='\xb9'/>", "š");
	CHECK("<?xml version='1.0' encoding='windows-1252'?><a n='\x80'/>", "€");
	CHECK("<?xml version='1.0' encoding='WINDOWS-1252'?><a n='\x96\xe9'/>", "–é");
	CHECK("<?xml version='1.0' encoding='CP932'?><a n='\x83\\'/>", "ソ");
	CHECK("<?xml version='1.0' encoding='x-sjis'?><a n='\x90\x5c\x90\xbf'/>", "申請");
	CHECK("<a n='窓'/>", "窓");
	CHECK("\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?><a n='窓口'/>", "窓口"); /* the mark wins */
	CHECK("<?xml version='1.0' encoding='MacRoman'?><a n='\x8e'/>", "é");
	CHECK("<?xml version='1.0' encoding='US-ASCII'?><a n='x'/>", "x");
	CHECK("<?xml version='1.0' encoding='UTF-16'?><a n='窓'/>", "窓");
	check_encoding(f, utf16le, sizeof(utf16le) - 1, "窓口");
	check_encoding(f, utf16be, sizeof(utf16be) - 1, "窓口");
#undef CHECK
}

static void check_guess(struct fixture *f, const char *text, const char *code, const char *second)
{
	struct bpr_problem p;

	assert_int_equal(parse(f, text, strlen(text), &plain), BPR_ESYNTAX);
	p = bpr_problems_get(f->problems, 0);
	assert_string_equal(p.code->code, code);
	assert_string_equal(p.args[1], second);
}

static void wrong_encodings_are_named(void **state)
{
	struct fixture *f = *state;
	struct bpr_problem p;
	static const char latin[] = "<?xml version='1.0' encoding='UTF-8'?>\n<a n='caf\xe9'/>";
	static const char sjis[] = "<?xml version='1.0' encoding='Shift_JIS'?>\n<a n='\x91'/>";

	refused(f, latin, sizeof(latin) - 1, BPR_ESYNTAX, "X006", 2, 10);
	p = bpr_problems_get(f->problems, 0);
	assert_string_equal(p.args[0], "49 (0xE9)");
	assert_string_equal(p.args[1], "windows-1252");
	/* What it looks like, instead. */
	check_guess(f, "<?xml version='1.0'?><a n='\x91\x8b\x8c\xfb\x82\xcc\x90\x5c\x90\xbf'/>", "X006", "Shift_JIS");
	check_guess(f, "<?xml version='1.0'?><a n='\xc1\xeb\xb8\xfd\xa4\xce\xbf\xbd\xc0\xc1'/>", "X006", "EUC-JP");
	check_guess(f, "<a n='F\xe9vrier' m='\xe0 No\xebl'/>", "X006", "windows-1252");
	check_guess(f, "<a n='窓口の受付\xe3\x81'/>", "X107", "");
	check_guess(f, "<?xml version='1.0' encoding='EUC-JP'?><a n='\x91\x8b\x8c\xfb\x82\xcc'/>", "X007", "EUC-JP");
	assert_string_equal(bpr_problems_get(f->problems, 0).args[2], "Shift_JIS");
	check_guess(f, "<?xml version='1.0' encoding='Shift_JIS'?><a n='é–'/>", "X007", "CP932");
	assert_string_equal(bpr_problems_get(f->problems, 0).args[2], "UTF-8");
	refused(f, sjis, sizeof(sjis) - 1, BPR_ESYNTAX, "X007", 2, 0);
	refused(f, "<?xml version='1.0' encoding='UTF-7'?><a/>", 42, BPR_EUNSUPPORTED, "X008", 1, 0);
	refused(f, "<?xml version='1.0' encoding='IBM037'?><a/>", 43, BPR_EUNSUPPORTED, "X008", 1, 0);
	refused(f, "\x4c\x6f\xa7\x94\x93", 5, BPR_EUNSUPPORTED, "X008", 1, 0);
	refused(f, "\xff\xfe\0\0<\0\0\0", 8, BPR_EUNSUPPORTED, "X008", 1, 0);
	refused(f, "+ADw-a+AD4-", 11, BPR_EUNSUPPORTED, "X008", 1, 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)
	const struct CMUnitTest tests[] = {
		T(a_tree_is_found_by_namespace_and_name), T(texts_are_whole), T(small_helpers), T(other_namespaces_may_be_left_out),
		T(an_undeclared_prefix_is_named), T(what_is_wrong_is_named_with_its_place), T(a_document_cut_anywhere_is_refused),
		T(a_doctype_is_refused), T(nothing_outside_is_touched), T(hostile_sizes_are_refused_at_once),
		T(long_texts_take_linear_time), T(lines_go_beyond_sixteen_bits), T(encodings), T(wrong_encodings_are_named),
	};

	return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
