/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_FLOW_BUILD_H
#define BPR_TESTS_UNIT_FLOW_BUILD_H
/* Flows from rows of text in a test, without a reader: "id|kind|next|column=value|…", one string a row. */
#include "base/problem_i.h"
#include "flow/build_i.h"
#include <stdbool.h>
#include <string.h>

struct test_flow {
	bpr_builder *builder;
	bpr_problems *problems;
	bpr_flow *flow;
	bpr_status status;
	struct bpr_error err;
};

static inline struct bpr_place test_place(size_t line)
{
	return (struct bpr_place){ "f.csv", line, 0, NULL };
}

static inline void test_cell(struct test_flow *t, size_t node, const char *column, const char *text, size_t length, size_t line)
{
	const struct bpr_column *c = bpr_i_column_find(BPR_TABLE_FLOW, column, strlen(column));
	struct bpr_place place = test_place(line);

	assert_non_null(c);
	assert_int_equal(bpr_i_builder_cell(t->builder, node, c, text, length, &place), BPR_OK);
}

static inline void test_row(struct test_flow *t, const char *row, size_t line)
{
	static const char *const front[] = { "", "kind", "next" };
	struct bpr_place place = test_place(line);
	size_t node = 0;
	size_t at = 0;

	for (const char *s = row; s; at++) {
		const char *end = strchr(s, '|');
		size_t n = end ? (size_t)(end - s) : strlen(s);

		if (!at)
			assert_int_equal(bpr_i_builder_node(t->builder, BPR_NODE_TASK, s, n, &place, &node), BPR_OK);
		else if (at < 3)
			test_cell(t, node, front[at], s, n, line);
		else {
			const char *equals = memchr(s, '=', n);
			char column[64] = "";

			assert_non_null(equals);
			memcpy(column, s, (size_t)(equals - s));
			test_cell(t, node, column, equals + 1, n - (size_t)(equals + 1 - s), line);
		}
		s = end ? end + 1 : NULL;
	}
}

/* "key=value;…" of a companion. */
static inline void test_companion(struct test_flow *t, enum bpr_table table, const char *row, size_t line)
{
	struct bpr_cell cells[8];
	struct bpr_place place = test_place(line);
	size_t count = 0;

	for (const char *s = row; s; count++) {
		const char *end = strchr(s, '|');
		const char *equals = strchr(s, '=');
		size_t n = end ? (size_t)(end - s) : strlen(s);

		assert_non_null(equals);
		cells[count].column = bpr_i_column_find(table, s, (size_t)(equals - s));
		assert_non_null(cells[count].column);
		cells[count].text = equals + 1;
		cells[count].length = n - (size_t)(equals + 1 - s);
		s = end ? end + 1 : NULL;
	}
	assert_int_equal(bpr_i_builder_companion(t->builder, table, cells, count, &place), BPR_OK);
}

static inline void test_begin_with(struct test_flow *t, const struct bpr_build_options *options)
{
	memset(t, 0, sizeof(*t));
	assert_int_equal(bpr_problems_new(&t->problems, NULL), BPR_OK);
	assert_int_equal(bpr_i_builder_new(&t->builder, "f.csv", "f", "", options, t->problems, &t->err), BPR_OK);
}

static inline void test_begin(struct test_flow *t)
{
	static const struct bpr_build_options options = { .max_nodes = 1000, .max_field = 10000 };

	test_begin_with(t, &options);
}

static inline void test_finish(struct test_flow *t)
{
	t->status = bpr_i_builder_finish(t->builder, &t->flow, &t->err);
	assert_true((t->status == BPR_OK) == (t->flow != NULL));
}

static inline void test_end(struct test_flow *t)
{
	bpr_flow_free(t->flow);
	bpr_i_builder_free(t->builder);
	bpr_problems_free(t->problems);
}

/* Number of entries of the code in the list; *message (may be NULL) gets the text of the first. */
static inline size_t test_count(const struct test_flow *t, const char *code, char message[512])
{
	size_t n = 0;

	for (size_t i = 0; i < bpr_problems_count(t->problems); i++) {
		struct bpr_problem p = bpr_problems_get(t->problems, i);

		if (strcmp(p.code->code, code))
			continue;
		if (!n++ && message)
			(void)bpr_problem_message(&p, BPR_LANG_EN, message, 512);
	}
	return n;
}
#endif
