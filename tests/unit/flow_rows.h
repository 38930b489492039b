/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TEST_FLOW_ROWS_H
#define BPR_TEST_FLOW_ROWS_H
/* Flows written as rows of a table, and what is asked of them: for the tests of building. */
#include "unit/flow_build.h"

static inline const struct bpr_node *node(const struct test_flow *t, const char *id)
{
	size_t at = bpr_flow_find(t->flow, id);

	if (at == BPR_NONE)
		print_error("no node '%s'\n", id);
	assert_true(at != BPR_NONE);
	return bpr_flow_node(t->flow, at);
}

static inline const struct bpr_arc *out(const struct test_flow *t, const char *id, size_t i)
{
	assert_true(i < node(t, id)->out_count);
	return bpr_flow_arc(t->flow, node(t, id)->first_out + i);
}

static inline const char *to(const struct test_flow *t, const char *id, size_t i)
{
	return bpr_flow_node(t->flow, out(t, id, i)->to)->id;
}

static inline void print_problems(const struct test_flow *t)
{
	char text[512];

	for (size_t i = 0; i < bpr_problems_count(t->problems); i++) {
		struct bpr_problem p = bpr_problems_get(t->problems, i);

		(void)bpr_problem_message(&p, BPR_LANG_EN, text, sizeof(text));
		print_error("# %s %s:%zu %s: %s\n", p.code->code, p.file, p.line, p.where, text);
	}
}

static inline void rows(struct test_flow *t, const char *const *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		test_row(t, text[i], i + 2);
}
#define ROWS(t, ...) rows(t, (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static inline void finish_well(struct test_flow *t)
{
	test_finish(t);
	if (t->status != BPR_OK)
		print_problems(t);
	assert_int_equal(t->status, BPR_OK);
}
#define BUILD(t, ...) do { test_begin(t); ROWS(t, __VA_ARGS__); finish_well(t); } while (0)

/* The flow is refused with exactly this error among the rest, at this line. */
static inline void refuse(struct test_flow *t, const char *code, size_t line, const char *message)
{
	char text[512] = "";

	test_finish(t);
	if (t->status != BPR_ESYNTAX || test_count(t, code, text) != 1)
		print_problems(t);
	assert_int_equal(t->status, BPR_ESYNTAX);
	assert_int_equal(test_count(t, code, text), 1);
	if (message)
		assert_string_equal(text, message);
	for (size_t i = 0; i < bpr_problems_count(t->problems); i++)
		if (!strcmp(bpr_problems_get(t->problems, i).code->code, code)) {
			assert_int_equal(bpr_problems_get(t->problems, i).line, line);
			assert_string_equal(bpr_problems_get(t->problems, i).file, "f.csv");
		}
	test_end(t);
}
#define REFUSE(code, line, message, ...) \
	do { struct test_flow bad_flow; test_begin(&bad_flow); ROWS(&bad_flow, __VA_ARGS__); refuse(&bad_flow, code, line, message); } while (0)

/* The flow is taken, with this warning. */
static inline void warn(struct test_flow *t, const char *code, const char *message)
{
	char text[512] = "";

	if (test_count(t, code, text) != 1)
		print_problems(t);
	assert_int_equal(test_count(t, code, text), 1);
	if (message)
		assert_string_equal(text, message);
}

static inline void is(double a, double b)
{
	assert_rel(a, b, 1e-15);
}
#endif
