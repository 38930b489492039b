/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading JSON: limits, lines, and what is wrong with a text. */
#include "config.h"
#include "test.h"
#include "json/json_i.h"
#include <bpr/init.h>
#include <string.h>

static const struct bpr_json_options plain = { 10, 20, 100 };

static bpr_status load(struct bpr_json_doc *json, const char *text, struct bpr_fault *fault)
{
	*fault = (struct bpr_fault){ 0 };
	return bpr_i_json_load(json, text, strlen(text), &plain, fault);
}

static void test_lines(void **state)
{
	struct bpr_json_doc json;
	struct bpr_fault fault;
	json_t *b;

	(void)state;
	bpr_init();
	assert_int_equal(load(&json, "\xef\xbb\xbf{\n \"a{[\": 1e3, \"b\":\n [2,\n  {\"c\": \"\\\"}\\\\\"}, {}]}\n", &fault), BPR_OK);
	b = json_object_get(json.root, "b");
	assert_int_equal(bpr_i_json_line(&json, json.root), 1);
	assert_int_equal(bpr_i_json_line(&json, b), 3);
	assert_int_equal(bpr_i_json_line(&json, json_array_get(b, 1)), 4);
	assert_int_equal(bpr_i_json_line(&json, json_array_get(b, 2)), 4);
	assert_int_equal(bpr_i_json_line(&json, json_array_get(b, 0)), 0);
	assert_int_equal(bpr_i_json_line(&json, NULL), 0);
	assert_true(json_is_real(json_array_get(b, 0)));
	assert_string_equal(json_string_value(json_object_get(json_array_get(b, 1), "c")), "\"}\\");
	bpr_i_json_release(&json);
}

static void refused(const char *text, bpr_status status, enum bpr_code_id id, size_t line)
{
	struct bpr_json_doc json;
	struct bpr_fault fault;

	assert_int_equal(load(&json, text, &fault), status);
	assert_null(json.root);
	assert_int_equal(fault.id, id);
	assert_int_equal(fault.line, line);
}

static void test_refused(void **state)
{
	(void)state;
	refused("{\n\"a\": }", BPR_ESYNTAX, BPR_I_I020, 2);
	refused("{\"a\": 1, \"a\": 2}", BPR_ESYNTAX, BPR_I_I020, 1);
	refused("[1e400]", BPR_ESYNTAX, BPR_I_I020, 1);
	refused("[NaN]", BPR_ESYNTAX, BPR_I_I020, 1);
	refused("[1] x", BPR_ESYNTAX, BPR_I_I020, 1);
	refused("[\"\xff\"]", BPR_ESYNTAX, BPR_I_I020, 1);
	refused("[\"abc", BPR_ESYNTAX, BPR_I_I020, 1);
	refused("\"\\", BPR_ESYNTAX, BPR_I_I020, 1);
	refused("", BPR_ESYNTAX, BPR_I_I020, 1);
	refused("[[[[[[[[[[[", BPR_ELIMIT, BPR_I_I021, 1);
	refused("[1,\n\"123456789012345678901\"]", BPR_ELIMIT, BPR_I_I022, 2);
	refused(",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,",
		BPR_ELIMIT, BPR_I_I023, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_lines), cmocka_unit_test(test_refused) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
