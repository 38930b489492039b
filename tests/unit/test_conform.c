/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flow held against a log: names, mappings, deviations, cases under way, events and rounds, limits, hostile flows. */
#include "config.h"
#include "lib/log.h"
#include "unit/flow_build.h"
#include <bpr/conformance.h>
#include <bpr/mining.h>
#include <stdio.h>

static void flow_of(struct test_flow *t, const char *const *rows)
{
	test_begin(t);
	for (size_t i = 0; rows[i]; i++)
		test_row(t, rows[i], i + 2);
	test_finish(t);
	assert_int_equal(t->status, BPR_OK);
}

static bpr_conformance *conform(const bpr_log *log, const struct test_flow *t, const struct bpr_conform_options *options)
{
	bpr_conformance *c = NULL;
	struct bpr_error err = { 0 };

	if (bpr_conform(log, t->flow, options, &c, t->problems, &err) != BPR_OK)
		fail_msg("%s", err.message);
	assert_non_null(c);
	return c;
}

static uint64_t fitting(const char *const *rows, const char *traces)
{
	struct test_flow t;
	bpr_log *log = log_of(traces);
	bpr_conformance *c;
	uint64_t count;

	flow_of(&t, rows);
	c = conform(log, &t, NULL);
	count = bpr_conformance_totals(c)->fitting;
	bpr_conformance_free(c);
	bpr_log_free(log);
	test_end(&t);
	return count;
}

static const char *const plain[] = { "s|start|A", "A|task|B|name=a", "B|task|C|name=b", "C|task|e|name=c", "e|end|", NULL };

/* Worked out by hand: 3 abc fit; acb costs 2 (b skipped, b inserted); abxc 1. Shortest run 3. */
static void figures(void **state)
{
	struct test_flow t;
	bpr_log *log = log_of("3*abc|acb|abxc");
	bpr_conformance *c;
	const struct bpr_conform_totals *totals;
	const struct bpr_deviation *d;
	const struct bpr_conform_step *steps;
	size_t count;

	(void)state;
	flow_of(&t, plain);
	c = conform(log, &t, NULL);
	totals = bpr_conformance_totals(c);
	assert_int_equal(totals->cases, 5);
	assert_int_equal(totals->fitting, 3);
	assert_int_equal(totals->variants, 3);
	assert_int_equal(totals->unmapped, 1);
	assert_rel(totals->shortest, 3, 0);
	assert_rel(totals->fitness_low, (3 + (1 - 2 / 6.0) + (1 - 1 / 7.0)) / 5, 1e-15);
	assert_rel(totals->fitness_high, totals->fitness_low, 0);
	assert_rel(totals->trace_fitness, 1 - 3 / (3 * 6 + 6 + 7.0), 1e-15);
	assert_rel(totals->precision, 1, 0);
	d = bpr_conformance_deviations(c, &count);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(d[i].count, 1);
		assert_int_equal(d[i].cases, 1);
	}
	steps = bpr_conformance_steps(c, &count);
	assert_int_equal(count, 3);
	assert_int_equal(steps[0].done, 5);
	assert_int_equal(steps[1].done + steps[1].skipped + steps[2].done + steps[2].skipped, 10);
	assert_int_equal(steps[1].skipped + steps[2].skipped, 1);
	assert_int_equal(bpr_conformance_of_case(c, 4), 2);
	assert_int_equal(test_count(&t, "L600", NULL), 1);
	bpr_conformance_free(c);
	bpr_log_free(log);
	test_end(&t);
}

static void names(void **state)
{
	static const char *const rows[] = { "s|start|A", "A|task|B|name=受付 １", "B|task|C|name=Check", "C|task|e|name=審査", "e|end|", NULL };
	static const char *const map[] = { "shinsa=審査" };
	static const char *const wrong[] = { "nobody=審査", "shinsa=nowhere", "shinsa" };
	static const bpr_status status[] = { BPR_EINVAL, BPR_EINVAL, BPR_EINVAL };
	struct bpr_conform_options options = BPR_CONFORM_OPTIONS_INIT;
	struct test_flow t;
	bpr_log *log = log_begin(0);
	bpr_conformance *c;
	char message[512];

	(void)state;
	log_event(log, "1", "受付1", BPR_LOG_NO_TIME, 1, NULL, NULL);
	log_event(log, "1", " check", BPR_LOG_NO_TIME, 2, NULL, NULL);
	log_event(log, "1", "shinsa", BPR_LOG_NO_TIME, 3, NULL, NULL);
	log_event(log, "2", "受付2", BPR_LOG_NO_TIME, 4, NULL, NULL);
	log_event(log, "2", "b", BPR_LOG_NO_TIME, 5, NULL, NULL);
	log_event(log, "2", "C", BPR_LOG_NO_TIME, 6, NULL, NULL); /* by its id */
	log = log_end(log);
	flow_of(&t, rows);
	options.map = map;
	options.map_count = 1;
	c = conform(log, &t, &options);
	assert_int_equal(bpr_conformance_totals(c)->fitting, 1);
	assert_int_equal(bpr_conformance_totals(c)->unmapped, 2);
	assert_int_equal(test_count(&t, "L601", message), 1); /* 受付2 is near 受付 １ */
	assert_non_null(strstr(message, "受付 １"));
	assert_int_equal(test_count(&t, "L600", NULL), 1);
	bpr_conformance_free(c);
	for (size_t i = 0; i < 3; i++) {
		struct bpr_error err = { 0 };

		options.map = &wrong[i];
		assert_int_equal(bpr_conform(log, t.flow, &options, &c, NULL, &err), status[i]);
		assert_null(c);
		assert_non_null(strstr(err.message, "mapping"));
	}
	bpr_log_free(log);
	test_end(&t);
}

/* Two steps of one name: whichever fits. */
static void same_names(void **state)
{
	static const char *const rows[] = { "s|start|A", "A|task|B|name=a", "B|task|C|name=b", "C|task|e|name=a", "e|end|", NULL };

	(void)state;
	assert_int_equal(fitting(rows, "aba"), 1);
	assert_int_equal(fitting(rows, "ab|ba|aa"), 0);
}

/* Events, rounds, loops, ends that take others with them: what they allow and what not. */
static void behaviour(void **state)
{
	static const char *const boundary[] = { "s|start|A", "A|task|B|name=a", "B|task|e|name=b", "X|event|C|name=x|on=A|prob=0.2", "C|task|f|name=c",
						"e|end|", "f|end|", NULL };
	static const char *const beside[] = { "s|start|A", "A|task|B|name=a", "B|task|e|name=b", "X|event|f|name=x|on=A|prob=0.2|interrupting=no",
					      "e|end|", "f|end|", NULL };
	static const char *const thrice[] = { "s|start|A", "A|task|e|name=a|repeat=3", "e|end|", NULL };
	static const char *const again[] = { "s|start|A", "A|task|e|name=a|loop_prob=0.5", "e|end|", NULL };
	static const char *const terminate[] = { "s|start|G", "G|and|A;B", "A|task|C|name=a", "C|task|e|name=c", "B|task|f|name=b", "e|end|",
						 "f|end||terminate=yes", NULL };
	static const char *const inclusive[] = { "s|start|G", "G|or|A:0.5;B:0.5;C:0.5", "A|task|J|name=a", "B|task|J|name=b", "C|task|J|name=c", "J|or|D",
						 "D|task|e|name=d", "e|end|", NULL };
	static const char *const starts[] = { "s|start|A|prob=0.5", "t|start|B|prob=0.5", "A|task|e|name=a", "B|task|e|name=b", "e|end|", NULL };

	(void)state;
	assert_int_equal(fitting(boundary, "ab|axc|xc|axb|ac|abx"), 3);
	assert_int_equal(fitting(beside, "ab|axb|abx|xab|axxb|ax"), 4);
	assert_int_equal(fitting(thrice, "aaa|aa|aaaa"), 1);
	assert_int_equal(fitting(again, "a|aaaa|ab"), 2);
	/* what was begun before the end goes on until it comes */
	assert_int_equal(fitting(terminate, "b|ab|acb|bac|abc|ac"), 5);
	assert_int_equal(fitting(inclusive, "ad|cad|abcd|d|abdc|bda"), 3);
	assert_int_equal(fitting(starts, "a|b|ab"), 2);
}

/* A case under way is not blamed for what is still to come; one that left something out is. */
static void under_way(void **state)
{
	struct bpr_mine_options mine = BPR_MINE_OPTIONS_INIT;
	struct bpr_conform_options options = BPR_CONFORM_OPTIONS_INIT;
	static const char *const ends[] = { "c" };
	struct test_flow t;
	bpr_log *log = log_of("abc|ab|b");
	bpr_mining *m;
	bpr_conformance *c;
	const struct bpr_conform_variant *v;
	size_t count;

	(void)state;
	flow_of(&t, plain);
	mine.ends = ends;
	mine.end_count = 1;
	assert_int_equal(bpr_mine(log, &mine, &m, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_mining_case_state(m, 0), BPR_MINE_FINISHED);
	assert_int_equal(bpr_mining_case_state(m, 1), BPR_MINE_OPEN);
	options.mining = m;
	c = conform(log, &t, &options);
	assert_int_equal(bpr_conformance_totals(c)->fitting, 2);
	assert_int_equal(bpr_conformance_totals(c)->open, 2);
	v = bpr_conformance_variants(c, &count);
	v += bpr_conformance_of_case(c, 2);
	assert_true(v->open);
	assert_rel(v->cost_low, 1, 0);
	assert_rel(v->fitness_low, 0, 0); /* as bad as one event can be */
	bpr_conformance_free(c);
	bpr_mining_free(m);
	bpr_log_free(log);
	test_end(&t);
}

/* ---- limits ---- */

static bpr_status status_of(const char *const *rows, const char *traces, size_t max_states)
{
	struct bpr_conform_options options = BPR_CONFORM_OPTIONS_INIT;
	struct test_flow t;
	bpr_log *log = log_of(traces);
	bpr_conformance *c;
	bpr_status status;

	flow_of(&t, rows);
	options.max_states = max_states;
	status = bpr_conform(log, t.flow, &options, &c, NULL, NULL);
	assert_true((status == BPR_OK) == (c != NULL));
	bpr_conformance_free(c);
	bpr_log_free(log);
	test_end(&t);
	return status;
}

static void no_run(void **state)
{
	static const char *const deadlock[] = { "s|start|G", "G|xor|A:0.5;B:0.5", "A|task|J|name=a", "B|task|J|name=b", "J|and|e", "e|end|", NULL };
	static const char *const multiply[] = { "s|start|A", "A|task|G|name=a", "G|and|A;B", "B|task|e|name=b", "e|end|", NULL };

	(void)state;
	assert_int_equal(status_of(deadlock, "a", 1000), BPR_ENOEXIT);
	assert_int_equal(status_of(multiply, "a", 1000), BPR_ELIMIT);
}

/* A ladder of silent choices, and many branches beside each other that can be left out: neither costs more than it must. */
static void hostile(void **state)
{
	static char texts[4200][64];
	static const char *rows[4200];
	struct test_flow t;
	bpr_log *log = log_of("a|b|ab");
	bpr_conformance *c;
	size_t n = 0;

	(void)state;
	rows[n] = "s|start|X0";
	n++;
	for (unsigned i = 0; i < 2000; i++) {
		(void)snprintf(texts[n], sizeof(texts[n]), "X%u|xor|X%u:0.5;Y%u:0.5", i, i + 1, i);
		rows[n] = texts[n];
		n++;
		(void)snprintf(texts[n], sizeof(texts[n]), "Y%u|xor|X%u", i, i + 1);
		rows[n] = texts[n];
		n++;
	}
	rows[n++] = "X2000|task|e|name=a";
	rows[n++] = "e|end|";
	rows[n] = NULL;
	{
		static const struct bpr_build_options options = { .max_nodes = 10000, .max_field = 10000 };

		test_begin_with(&t, &options);
	}
	for (size_t i = 0; rows[i]; i++)
		test_row(&t, rows[i], i + 2);
	test_finish(&t);
	assert_int_equal(t.status, BPR_OK);
	c = conform(log, &t, NULL);
	assert_int_equal(bpr_conformance_totals(c)->fitting, 1);
	assert_int_equal(bpr_conformance_totals(c)->bounded, 0);
	bpr_conformance_free(c);
	bpr_log_free(log);
	test_end(&t);
}

static void many_branches(void **state)
{
	static char texts[100][400];
	const char *rows[100];
	struct test_flow t;
	bpr_log *log = log_of("gacz|z|zb");
	bpr_conformance *c;
	size_t n = 0, used;

	(void)state;
	rows[n++] = "s|start|G";
	used = (size_t)snprintf(texts[n], sizeof(texts[n]), "G|and|");
	for (unsigned i = 0; i < 24; i++)
		used += (size_t)snprintf(texts[n] + used, sizeof(texts[n]) - used, "%sX%u", i ? ";" : "", i);
	rows[n] = texts[n];
	n++;
	for (unsigned i = 0; i < 24; i++) {
		(void)snprintf(texts[n], sizeof(texts[n]), "X%u|xor|T%u:0.5;M%u:0.5", i, i, i);
		rows[n] = texts[n];
		n++;
		(void)snprintf(texts[n], sizeof(texts[n]), "M%u|xor|J", i);
		rows[n] = texts[n];
		n++;
		(void)snprintf(texts[n], sizeof(texts[n]), "T%u|task|M%u|name=%c", i, i, 'a' + (int)i);
		rows[n] = texts[n];
		n++;
	}
	rows[n++] = "J|and|Z";
	rows[n++] = "Z|task|e|name=z";
	rows[n++] = "e|end|";
	rows[n] = NULL;
	flow_of(&t, rows);
	c = conform(log, &t, NULL);
	assert_int_equal(bpr_conformance_totals(c)->fitting, 2);
	assert_int_equal(bpr_conformance_totals(c)->bounded, 0);
	bpr_conformance_free(c);
	bpr_log_free(log);
	test_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures),	 cmocka_unit_test(names),	cmocka_unit_test(same_names), cmocka_unit_test(behaviour),
		cmocka_unit_test(under_way),	 cmocka_unit_test(no_run),	cmocka_unit_test(hostile),    cmocka_unit_test(many_branches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
