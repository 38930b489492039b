/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One file for each rule of modelling where it fires, and the same without the fault, where it must not. The file says in its
 * third line what must be found: code, element, and what stands in the tag at whose '<' the finding must be placed (else the
 * element's own). Line and column are counted here, not by the reader.
 */
#include "test.h"
#include <bpr/bpr.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct wish {
	char code[8], where[32], at[64];
	size_t line, column;
};

static char *slurp(const char *name)
{
	char path[4096];
	const char *folder = getenv("abs_top_srcdir");
	char *text;
	FILE *file;
	size_t n;

	(void)snprintf(path, sizeof(path), "%s/tests/unit/lint/%s", folder ? folder : ".", name);
	file = fopen(path, "rb");
	if (!file)
		fail_msg("%s cannot be opened", path);
	text = calloc(1, 1 << 16);
	assert_non_null(text);
	n = fread(text, 1, (1 << 16) - 1, file);
	(void)fclose(file);
	assert_true(n > 0);
	return text;
}

static void read_wish(const char *text, struct wish *wish)
{
	char mark[80];
	const char *comment = strstr(text, "<!-- M");
	const char *at;

	assert_non_null(comment);
	*wish = (struct wish){ .line = 1, .column = 1 };
	assert_true(sscanf(comment, "<!-- %7s %31s at %63s", wish->code, wish->where, wish->at) >= 2);
	if (!strcmp(wish->where, "-"))
		wish->where[0] = '\0';
	if (!*wish->at || strcmp(wish->at, "-->") == 0)
		(void)snprintf(mark, sizeof(mark), " id=\"%s\"", wish->where);
	else if (strstr(wish->at, "_di"))
		(void)snprintf(mark, sizeof(mark), " id=\"%s\"", wish->at);
	else
		(void)snprintf(mark, sizeof(mark), "<%s", wish->at);
	at = strstr(comment + 6, mark);
	if (!at)
		fail_msg("%s: no %s", wish->code, mark);
	while (*at != '<')
		at--;
	for (const char *s = text; s < at; s++) {
		wish->column = *s == '\n' ? 1 : wish->column + 1;
		wish->line += *s == '\n';
	}
}

/* How often the code was found; those at the place wished for. */
static void find(const char *name, const char *text, const struct wish *wish, size_t *found, size_t *placed)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_check_input input = { .flow = BPR_NONE };
	struct bpr_flows flows = { 0 };
	bpr_problems *problems = NULL;
	struct bpr_error err = { 0 };

	options.source = true;
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	if (bpr_read_memory(name, text, strlen(text), &options, &flows, problems, &err))
		fail_msg("%s: %s [%s]", name, err.message, err.code);
	input.flows = &flows;
	assert_int_equal(bpr_check(&input, NULL, problems, NULL), BPR_OK);
	*found = *placed = 0;
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);
		char message[512];

		if (strcmp(p.code->code, wish->code) != 0)
			continue;
		++*found;
		*placed += !strcmp(p.where, wish->where) && p.line == wish->line && p.column == wish->column;
		(void)bpr_problem_message(&p, BPR_LANG_JA, message, sizeof(message));
		assert_null(strstr(message, "{"));
		assert_non_null(p.code->hint);
	}
	bpr_problems_free(problems);
	bpr_flows_release(&flows);
}

static void test_pair(const char *bad_name)
{
	char good_name[64];
	struct wish wish;
	size_t found, placed;
	char *text = slurp(bad_name);

	read_wish(text, &wish);
	assert_memory_equal(bad_name, wish.code, 4);
	find(bad_name, text, &wish, &found, &placed);
	if (placed != 1)
		fail_msg("%s: %zu findings, %zu at %s, line %zu, column %zu", bad_name, found, placed, wish.where, wish.line, wish.column);
	free(text);
	(void)snprintf(good_name, sizeof(good_name), "%.4s-good.bpmn", bad_name);
	text = slurp(good_name);
	find(good_name, text, &wish, &found, &placed);
	if (found)
		fail_msg("%s: %zu findings of %s", good_name, found, wish.code);
	free(text);
}

/* Every code of the area has its pair of files. */
static void every_rule_fires_where_it_must_and_nowhere_else(void **state)
{
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < bpr_code_count(); i++) {
		char name[64];

		if (bpr_code_at(i)->code[0] != 'M')
			continue;
		(void)snprintf(name, sizeof(name), "%.4s-bad.bpmn", bpr_code_at(i)->code);
		test_pair(name);
		count++;
	}
	assert_true(count >= 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_rule_fires_where_it_must_and_nowhere_else) };

	return cmocka_run_group_tests_name("lint", tests, NULL, NULL);
}
