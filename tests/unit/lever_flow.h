/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_LEVER_FLOW_H
#define BPR_TESTS_UNIT_LEVER_FLOW_H
/* Flows and tables of levers from texts in a test; what a flow becomes beside the same flow edited by hand. */
#include "unit/flow_build.h"
#include <bpr/lever.h>
#include <bpr/read.h>
#include <bpr/write.h>
#include <stdlib.h>

/* Rows as "id|kind|next|column=value|…"; companions as "forms: form=A|field=x", in the same list. NULL at the end. */
static inline void lever_flow(struct test_flow *t, const char *const rows[])
{
	static const struct { const char *word; enum bpr_table table; } tables[] = {
		{ "forms: ", BPR_TABLE_FORMS }, { "counters: ", BPR_TABLE_COUNTERS }, { "staff: ", BPR_TABLE_STAFF }, { "demand: ", BPR_TABLE_DEMAND },
	};

	test_begin(t);
	for (size_t i = 0; rows[i]; i++) {
		size_t k = 0;

		while (k < 4 && strncmp(rows[i], tables[k].word, strlen(tables[k].word)) != 0)
			k++;
		if (k < 4)
			test_companion(t, tables[k].table, rows[i] + strlen(tables[k].word), i + 2);
		else
			test_row(t, rows[i], i + 2);
	}
	test_finish(t);
	for (size_t i = 0; t->status && i < bpr_problems_count(t->problems); i++)
		print_error("# %s %s\n", bpr_problems_get(t->problems, i).code->code, bpr_problems_get(t->problems, i).where);
	assert_int_equal(t->status, BPR_OK);
}
#define FLOW(t, ...) lever_flow(t, (const char *const[]){ __VA_ARGS__, NULL })

static inline void lever_print(const bpr_problems *problems)
{
	char text[512];

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);

		(void)bpr_problem_message(&p, BPR_LANG_EN, text, sizeof(text));
		print_error("# %s %s:%zu %s: %s\n", p.code->code, p.file, p.line, p.where, text);
	}
}

/* A table from rows of CSV below these headings. */
static inline bpr_levers *lever_table(const char *rows)
{
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_error err = { 0 };
	bpr_problems *problems = NULL;
	bpr_levers *levers = NULL;
	bpr_status status;

	bpr_i_buf_puts(&text, "id,lever,target,value,needs,excludes\n");
	bpr_i_buf_puts(&text, rows);
	assert_int_equal(bpr_problems_new(&problems, &err), BPR_OK);
	status = bpr_levers_read_memory("levers.csv", text.data, text.length, NULL, &levers, problems, &err);
	if (status)
		lever_print(problems);
	assert_int_equal(status, BPR_OK);
	bpr_problems_free(problems);
	bpr_i_buf_release(&text);
	return levers;
}

/* What the flow becomes; the first refusal's code, or "". */
static inline bpr_flow *lever_after(const bpr_flow *flow, const char *rows, char code[8], const bool *chosen)
{
	bpr_levers *levers = lever_table(rows);
	struct bpr_error err = { 0 };
	bpr_problems *problems = NULL;
	bpr_flow *after = NULL;
	bpr_status status;

	assert_int_equal(bpr_problems_new(&problems, &err), BPR_OK);
	status = bpr_levers_apply(flow, levers, chosen, NULL, &after, problems, &err);
	if (status)
		print_error("# %s\n", err.message);
	assert_int_equal(status, BPR_OK);
	(void)snprintf(code, 8, "%s", bpr_problems_count(problems) ? bpr_problems_get(problems, bpr_problems_count(problems) - 1).code->code : "");
	if (!*code && bpr_problems_count(problems))
		lever_print(problems);
	bpr_problems_free(problems);
	bpr_levers_free(levers);
	return after;
}

/* The flow as JSON, without its name and source. Free with free(). */
static inline char *lever_json(const bpr_flow *flow)
{
	bpr_flow *item = (bpr_flow *)(uintptr_t)flow;
	struct bpr_flows flows = { .items = &item, .count = 1 };
	struct bpr_files files = { 0 };
	struct bpr_error err = { 0 };
	struct bpr_write_options options = BPR_WRITE_OPTIONS_INIT;
	const size_t first = 0;
	bpr_problems *problems = NULL;
	char *text;

	assert_int_equal(bpr_problems_new(&problems, &err), BPR_OK);
	assert_int_equal(bpr_write(&flows, &first, 1, BPR_WRITE_JSON, &options, &files, problems, &err), BPR_OK);
	text = malloc(files.items[0].length + 1);
	assert_non_null(text);
	memcpy(text, files.items[0].data, files.items[0].length);
	text[files.items[0].length] = '\0';
	bpr_files_release(&files);
	bpr_problems_free(problems);
	return text;
}

/* The levers make of the flow exactly what stands there. */
static inline void lever_same(const bpr_flow *after, const bpr_flow *expected)
{
	if (bpr_flow_hash(after) != bpr_flow_hash(expected)) {
		char *a = lever_json(after), *b = lever_json(expected);

		print_error("# is\n%s\n# expected\n%s\n", a, b);
		free(a);
		free(b);
	}
	assert_true(bpr_flow_hash(after) == bpr_flow_hash(expected));
}

static inline void lever_makes(const struct test_flow *before, const char *rows, const struct test_flow *expected)
{
	char code[8];
	bpr_flow *after = lever_after(before->flow, rows, code, NULL);

	if (*code)
		print_error("# refused: %s\n", code);
	assert_string_equal(code, "");
	lever_same(after, expected->flow);
	bpr_flow_free(after);
}

/* The lever is refused for that, and the flow stays. */
static inline void lever_refused(const struct test_flow *before, const char *rows, const char *expected)
{
	char code[8];
	bpr_flow *after = lever_after(before->flow, rows, code, NULL);

	assert_string_equal(code, expected);
	lever_same(after, before->flow);
	bpr_flow_free(after);
}
#endif
