/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of a document in its text: what is not changed stays byte for byte. */
#include "config.h"
#include "test.h"
#include "xml/edit_i.h"
#include <string.h>

struct fixture {
	struct bpr_xml xml;
	struct bpr_xml_edit edit;
	struct bpr_buf out;
};

static struct fixture f;

static void open_text(const char *text)
{
	static const char *const nothing[] = { NULL };
	const struct bpr_xml_options options = { .max_depth = 100, .max_nodes = 1000, .skip = nothing, .max_value = 1000 };

	assert_int_equal(bpr_i_xml_parse(&f.xml, "f", text, strlen(text), &options, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_i_xml_edit_open(&f.edit, &f.xml, text, strlen(text), NULL), BPR_OK);
	f.out = (struct bpr_buf)BPR_BUF_INIT;
}

static void gives(const char *expected)
{
	assert_int_equal(bpr_i_xml_edit_apply(&f.edit, &f.out, NULL), BPR_OK);
	assert_string_equal(f.out.data, expected);
	bpr_i_buf_release(&f.out);
	bpr_i_xml_edit_release(&f.edit);
	bpr_i_xml_release(&f.xml);
}

/* The n-th element in the order of the document, from 0. */
static const struct bpr_xml_node *element(size_t n)
{
	const struct bpr_xml_node *node = f.xml.root;

	while (n--) {
		const struct bpr_xml_node *next = bpr_i_xml_element(node->first);

		while (!next && node) {
			next = bpr_i_xml_element(node->next);
			node = node->parent;
		}
		node = next;
		assert_non_null(node);
	}
	return node;
}

static void nothing_changes_nothing(void **state)
{
	static const char text[] = "<?xml version='1.0'?>\n<!-- <a> -->\n<?pi <b> ?><r a='>' b=\"x'y\"\n  xmlns:p='urn:p'><![CDATA[<no>]]>\t<p:a />"
				   "<b><!-- </b> --></b >text &lt; &#x3042;</r>\n<!-- end -->\n";

	(void)state;
	open_text(text);
	gives(text);
}

static void attributes(void **state)
{
	(void)state;
	open_text("<r><a x='1' y = \"2\"/><b/><c\n/></r>");
	bpr_i_xml_edit_attr(&f.edit, element(1), "", "", "y", "<&\"\n>", 5);
	bpr_i_xml_edit_attr(&f.edit, element(1), "", "", "x", "1", 1);
	bpr_i_xml_edit_attr(&f.edit, element(2), "", "", "z", "", 0);
	bpr_i_xml_edit_attr(&f.edit, element(3), "", "", "z", "3", 1);
	gives("<r><a x='1' y = \"&lt;&amp;&quot;&#10;&gt;\"/><b z=\"\"/><c z=\"3\"\n/></r>");
}

static void namespaces(void **state)
{
	(void)state;
	open_text("<q:r xmlns:q='urn:q'><q:a q:x='1' x='2'/></q:r>");
	assert_string_equal(bpr_i_xml_edit_prefix(&f.edit, "urn:q", "other"), "q");
	assert_string_equal(bpr_i_xml_edit_own_prefix(&f.edit, element(1)), "q:");
	bpr_i_xml_edit_attr(&f.edit, element(1), "urn:q", "q", "x", "new", 3);
	assert_string_equal(bpr_i_xml_edit_prefix(&f.edit, "urn:n", "q"), "q1");
	assert_string_equal(bpr_i_xml_edit_prefix(&f.edit, "urn:n", "q"), "q1");
	gives("<q:r xmlns:q='urn:q' xmlns:q1=\"urn:n\"><q:a q:x=\"new\" x='2'/></q:r>");
	/* A prefix that something inside declares again cannot be trusted. */
	open_text("<r xmlns:q='urn:q'><a xmlns:q='urn:z'/></r>");
	assert_string_equal(bpr_i_xml_edit_prefix(&f.edit, "urn:q", "q"), "q1");
	gives("<r xmlns:q='urn:q' xmlns:q1=\"urn:q\"><a xmlns:q='urn:z'/></r>");
}

static void children(void **state)
{
	(void)state;
	open_text("<r>\n\t<a>\n\t\t<b/>\n\t</a>\n\t<p:c xmlns:p='urn:p' />\n</r>");
	bpr_i_xml_edit_first(&f.edit, element(1), "<first/>", 8);
	bpr_i_xml_edit_last(&f.edit, element(1), "<last>\n</last>", 14);
	bpr_i_xml_edit_before(&f.edit, element(3), "<before/>", 9);
	bpr_i_xml_edit_after(&f.edit, element(3), "<after/>", 8);
	bpr_i_xml_edit_last(&f.edit, element(3), "<x/>", 4);
	bpr_i_xml_edit_last(&f.edit, element(3), "<y/>", 4);
	bpr_i_xml_edit_attr(&f.edit, element(3), "", "", "k", "v", 1);
	gives("<r>\n\t<a>\n\t\t<first/>\n\t\t<b/>\n\t\t<last>\n\t\t</last>\n\t</a>\n\t<before/>\n\t<p:c xmlns:p='urn:p' k=\"v\" >\n\t  <x/>\n\t  <y/>\n\t</p:c>"
	      "\n\t<after/>\n</r>");
}

static void removing(void **state)
{
	(void)state;
	open_text("<r>\n  <a/>\n  <b>text</b>\n  <c/>\n</r>");
	bpr_i_xml_edit_remove(&f.edit, element(2));
	gives("<r>\n  <a/>\n  <c/>\n</r>");
}

static void line_ends(void **state)
{
	(void)state;
	open_text("<r>\r\n  <a/>\r\n</r>\r\n");
	bpr_i_xml_edit_last(&f.edit, element(0), "<b>\n</b>", 8);
	gives("<r>\r\n  <a/>\r\n  <b>\r\n  </b>\r\n</r>\r\n");
}

static void declaration(void **state)
{
	(void)state;
	/* The tree may come from the same text with another declaration: it was decoded in between. */
	open_text("<?xml version=\"1.0\" encoding=\"US-ASCII\" standalone='yes'?><r/>");
	bpr_i_xml_edit_utf8(&f.edit);
	gives("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='yes'?><r/>");
	open_text("<?xml version='1.0' encoding='utf-8'?><r/>");
	bpr_i_xml_edit_utf8(&f.edit);
	gives("<?xml version='1.0' encoding='utf-8'?><r/>");
	open_text("<r/>");
	bpr_i_xml_edit_utf8(&f.edit);
	gives("<r/>");
}

static void another_document(void **state)
{
	static const char *const nothing[] = { NULL };
	const struct bpr_xml_options options = { .max_depth = 100, .max_nodes = 1000, .skip = nothing, .max_value = 1000 };
	static const char *const others[] = { "<r><b/></r>", "<r><a/><a/></r>", "<r/>", "<r><a>", "" };

	(void)state;
	assert_int_equal(bpr_i_xml_parse(&f.xml, "f", "<r><a/></r>", 11, &options, NULL, NULL), BPR_OK);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_int_equal(bpr_i_xml_edit_open(&f.edit, &f.xml, others[i], strlen(others[i]), NULL), BPR_EINVAL);
		bpr_i_xml_edit_release(&f.edit);
	}
	bpr_i_xml_release(&f.xml);
}

static void escapes(const char *text, size_t length, bool attribute, const char *expected, bool whole)
{
	struct bpr_buf out = BPR_BUF_INIT;

	assert_int_equal(bpr_i_xml_escape(&out, text, length, attribute), whole);
	assert_string_equal(out.data, expected);
	bpr_i_buf_release(&out);
}

static void escaping(void **state)
{
	(void)state;
	escapes("a<b>&\"']]>", 10, false, "a&lt;b&gt;&amp;\"']]&gt;", true);
	escapes("\"\t\n\r", 4, true, "&quot;&#9;&#10;&#13;", true);
	escapes("\t\n\r", 3, false, "\t\n&#13;", true);
	escapes("a\1b\x1b[0m\x7f", 8, false, "a\xef\xbf\xbd" "b\xef\xbf\xbd[0m\x7f", false);
	escapes("\xef\xbf\xbe|\xef\xbf\xbf|\xef\xbf\xbd", 11, false, "\xef\xbf\xbd|\xef\xbf\xbd|\xef\xbf\xbd", false);
	escapes("\xed\xa0\x80", 3, false, "\xef\xbf\xbd", false); /* half a surrogate pair */
	escapes("\xf0\x9f\x98\x80あ", 7, true, "\xf0\x9f\x98\x80あ", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_changes_nothing), cmocka_unit_test(attributes), cmocka_unit_test(namespaces), cmocka_unit_test(children),
		cmocka_unit_test(removing), cmocka_unit_test(line_ends), cmocka_unit_test(declaration), cmocka_unit_test(another_document),
		cmocka_unit_test(escaping),
	};

	return cmocka_run_group_tests_name("xml-edit", tests, NULL, NULL);
}
