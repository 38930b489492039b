/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks written out by hand: what happens in which order, what it adds up to, what is refused. */
#include "config.h"
#include "test.h"
#include "flow_build.h"
#include <bpr/walk.h>

static const char *id(const bpr_flow *flow, size_t node)
{
	return node == BPR_NONE ? "-" : bpr_flow_node(flow, node)->id;
}

/* "move:b step:b choice:x …" until the end, taking the ways as the digits of `ways` say (d: drawn). */
static void story(bpr_walk *walk, const bpr_flow *flow, const char *ways, char *out, size_t size)
{
	static const char *const names[] = { "step", "move", "choice", "end" };
	struct bpr_walk_event e;
	struct bpr_error err;
	size_t used = 0;

	out[0] = '\0';
	do {
		if (bpr_walk_next(walk, &e, &err) != BPR_OK)
			fail_msg("%s", err.message);
		used += (size_t)snprintf(out + used, size - used, "%s%s:%s", used ? " " : "", names[e.what], id(flow, e.node));
		assert_true(used < size);
		if (e.what == BPR_WALK_CHOICE) {
			assert_true(*ways != '\0');
			assert_int_equal(bpr_walk_choose(walk, *ways == 'd' ? BPR_NONE : (size_t)(*ways - '0'), NULL, &err), BPR_OK);
			ways++;
		}
	} while (e.what != BPR_WALK_END);
	assert_true(*ways == '\0');
}

static void make(struct test_flow *t, const char *const *rows, size_t count)
{
	test_begin(t);
	for (size_t i = 0; i < count; i++)
		test_row(t, rows[i], i + 2);
}

#define MAKE(t, rows) make(t, rows, sizeof(rows) / sizeof((rows)[0]))

static double total(const bpr_walk *walk, enum bpr_walk_total which)
{
	return bpr_walk_totals_get(walk).at[which];
}

/* Counter 1, sent back once, counter 2 in another building, home, back to counter 1. */
static void a_visit(void **state)
{
	static const char *const rows[] = {
		"s|start|a", "a|task|x|counter=1|writes=F1|work=3|actor=citizen", "x|xor|b:0.8;h:0.2", "h|task|a|away=yes|wait=10",
		"b|task|c|counter=2|work=5|id_checks=1|writes=F1;F2|seals=2|repeat=2", "c|task|e|counter=1|work=1", "e|end|",
	};
	struct test_flow t;
	bpr_walk *walk;
	char out[512];

	(void)state;
	MAKE(&t, rows);
	test_companion(&t, BPR_TABLE_COUNTERS, "counter=1|building=A|walk_minutes=1", 2);
	test_companion(&t, BPR_TABLE_COUNTERS, "counter=2|building=B|walk_minutes=4", 3);
	test_companion(&t, BPR_TABLE_FORMS, "form=F1|field=氏名|group=氏名|times=2", 2);
	test_companion(&t, BPR_TABLE_FORMS, "form=F1|field=住所", 3);
	test_companion(&t, BPR_TABLE_FORMS, "form=F2|field=氏名|group=氏名", 4);
	test_companion(&t, BPR_TABLE_FORMS, "form=F2|field=電話|prefilled=yes", 5);
	test_finish(&t);
	assert_non_null(t.flow);
	assert_int_equal(bpr_walk_new(t.flow, NULL, &walk, NULL), BPR_OK);
	story(walk, t.flow, "10", out, sizeof(out));
	assert_string_equal(out, "move:a step:a choice:x step:h move:a step:a choice:x move:b step:b move:c step:c end:-");
	assert_rel(total(walk, BPR_WALK_COUNTER_VISITS), 4, 0);
	assert_rel(total(walk, BPR_WALK_DISTINCT_COUNTERS), 2, 0);
	assert_rel(total(walk, BPR_WALK_TRIPS), 2, 0);
	assert_rel(total(walk, BPR_WALK_BUILDING_MOVES), 2, 0);
	assert_rel(total(walk, BPR_WALK_FORMS), 2 + 2 * 2, 0);
	assert_rel(total(walk, BPR_WALK_FIELDS), 2 * 3 + 2 * (3 + 1), 0);
	assert_rel(total(walk, BPR_WALK_NAMES), 2 * 2 + 2 * (2 + 1), 0);
	assert_rel(total(walk, BPR_WALK_SEALS), 4, 0);
	assert_rel(total(walk, BPR_WALK_ID_CHECKS), 2, 0);
	assert_rel(total(walk, BPR_WALK_STEPS), 2 + 1 + 2 + 1, 0);
	assert_rel(total(walk, BPR_WALK_REVISITS), 1 + 1, 0);
	assert_rel(total(walk, BPR_WALK_WORK_MINUTES), 2 * 5 + 1, 0);
	assert_rel(total(walk, BPR_WALK_CITIZEN_MINUTES), 2 * 3 + 2 * 5 + 1, 0);
	assert_rel(total(walk, BPR_WALK_WAIT_MINUTES), 10, 0);
	assert_rel(total(walk, BPR_WALK_WALK_MINUTES), 1 + 1 + 4 + 1, 0);
	assert_rel(total(walk, BPR_WALK_MINUTES), 6 + 10 + 10 + 1 + 7, 0);
	bpr_walk_again(walk, 1);
	story(walk, t.flow, "0", out, sizeof(out));
	assert_string_equal(out, "move:a step:a choice:x move:b step:b move:c step:c end:-");
	assert_rel(total(walk, BPR_WALK_COUNTER_VISITS), 3, 0);
	assert_rel(total(walk, BPR_WALK_REVISITS), 1, 0);
	bpr_walk_free(walk);
	test_end(&t);
}

/* All ways of a parallel split, one after the other; of an inclusive one those that are taken, the last forced. */
static void gateways(void **state)
{
	static const char *const rows[] = {
		"s|start|p", "p|and|a;b", "a|task|j", "b|task|j", "j|and|o", "o|or|c:0.5;d:0.5", "c|task|k", "d|task|k", "k|or|e", "e|end||outcome=incomplete",
	};
	struct bpr_walk_event e;
	struct test_flow t;
	bpr_walk *walk;
	char out[512];

	(void)state;
	MAKE(&t, rows);
	test_finish(&t);
	assert_non_null(t.flow);
	assert_int_equal(bpr_walk_new(t.flow, NULL, &walk, NULL), BPR_OK);
	story(walk, t.flow, "00", out, sizeof(out));
	assert_string_equal(out, "step:a step:b choice:o step:c choice:c step:d end:-");
	bpr_walk_again(walk, 1);
	story(walk, t.flow, "1", out, sizeof(out)); /* not c: then d, without being asked */
	assert_string_equal(out, "step:a step:b choice:o step:d end:-");
	assert_int_equal(bpr_walk_next(walk, &e, NULL), BPR_OK);
	assert_int_equal(e.what, BPR_WALK_END);
	assert_int_equal(e.outcome, BPR_OUTCOME_INCOMPLETE);
	bpr_walk_free(walk);
	test_end(&t);
}

/* Given that one is taken at least, the first of two halves is taken in two of three cases; ways are told with that share. */
static void shares(void **state)
{
	static const char *const rows[] = { "s|start|o", "o|or|c:0.5;d:0.5", "c|task|k", "d|task|k", "k|or|e", "e|end|" };
	struct bpr_walk_event e;
	struct test_flow t;
	bpr_walk *walk;

	(void)state;
	MAKE(&t, rows);
	test_finish(&t);
	assert_int_equal(bpr_walk_new(t.flow, NULL, &walk, NULL), BPR_OK);
	assert_int_equal(bpr_walk_next(walk, &e, NULL), BPR_OK);
	assert_int_equal(e.what, BPR_WALK_CHOICE);
	assert_int_equal(e.way_count, 2);
	assert_int_equal(e.ways[0].kind, BPR_WALK_WAY_OUT);
	assert_int_equal(e.ways[1].kind, BPR_WALK_WAY_NOT);
	assert_rel(e.ways[0].share, 2.0 / 3, 1e-15);
	assert_rel(e.ways[0].share + e.ways[1].share, 1, 1e-15);
	bpr_walk_free(walk);
	test_end(&t);
}

/* A boundary event takes the case away; a loop asks for another round. */
static void events_and_loops(void **state)
{
	static const char *const rows[] = {
		"s|start|a", "a|task|e|loop_prob=0.5", "t|event|b|on=a|interrupting=yes|prob=0.25", "b|task|e", "e|end|",
	};
	struct bpr_walk_event e;
	struct test_flow t;
	bpr_walk *walk;
	char out[512];

	(void)state;
	MAKE(&t, rows);
	test_finish(&t);
	assert_non_null(t.flow);
	assert_int_equal(bpr_walk_new(t.flow, NULL, &walk, NULL), BPR_OK);
	assert_int_equal(bpr_walk_next(walk, &e, NULL), BPR_OK);
	assert_int_equal(bpr_walk_next(walk, &e, NULL), BPR_OK);
	assert_int_equal(e.way_count, 3);
	assert_int_equal(e.ways[0].kind, BPR_WALK_WAY_AGAIN);
	assert_int_equal(e.ways[1].kind, BPR_WALK_WAY_HAPPENS);
	assert_int_equal(e.ways[2].kind, BPR_WALK_WAY_ON);
	assert_rel(e.ways[0].share, 0.5, 1e-15);
	assert_rel(e.ways[1].share, 0.125, 1e-15);
	assert_rel(e.ways[2].share, 0.375, 1e-15);
	bpr_walk_again(walk, 1);
	story(walk, t.flow, "01", out, sizeof(out));
	assert_string_equal(out, "step:a choice:a step:a choice:a step:t step:b end:-");
	bpr_walk_free(walk);
	test_end(&t);
}

static void refused(void **state)
{
	static const char *const rows[] = { "s|start|x", "x|xor|a:0.5;e:0.5", "a|task|x", "e|end|" };
	struct bpr_walk_event e;
	struct bpr_error err;
	struct test_flow t;
	bpr_walk *walk;
	bpr_status status = BPR_OK;

	(void)state;
	MAKE(&t, rows);
	test_finish(&t);
	assert_int_equal(bpr_walk_new(t.flow, NULL, &walk, NULL), BPR_OK);
	assert_int_equal(bpr_walk_choose(walk, 0, NULL, &err), BPR_EINVAL);
	assert_string_equal(err.code, "Y003");
	assert_int_equal(bpr_walk_next(walk, &e, NULL), BPR_OK);
	assert_int_equal(e.what, BPR_WALK_CHOICE);
	assert_int_equal(bpr_walk_next(walk, &e, &err), BPR_EINVAL);
	assert_string_equal(err.code, "Y002");
	assert_int_equal(bpr_walk_choose(walk, 2, NULL, &err), BPR_EINVAL);
	assert_string_equal(err.code, "Y003");
	for (size_t i = 0; i < 20000 && !status; i++) { /* round and round */
		status = bpr_walk_choose(walk, 0, NULL, &err);
		while (!status && (status = bpr_walk_next(walk, &e, &err)) == BPR_OK && e.what != BPR_WALK_CHOICE)
			;
	}
	assert_int_equal(status, BPR_ELIMIT);
	assert_string_equal(err.code, "Y001");
	bpr_walk_free(walk);
	test_end(&t);
}

/* The same seed gives the same walk; another one another. */
static void seeds(void **state)
{
	static const char *const rows[] = { "s|start|x", "x|xor|a:0.9;e:0.1", "a|task|x|work=exp(3)", "e|end|" };
	struct bpr_walk_options options = BPR_WALK_OPTIONS_INIT;
	double minutes[3];
	struct test_flow t;
	bpr_walk *walk;

	(void)state;
	MAKE(&t, rows);
	test_finish(&t);
	options.drawn = true;
	assert_int_equal(bpr_walk_new(t.flow, &options, &walk, NULL), BPR_OK);
	for (size_t i = 0; i < 3; i++) {
		struct bpr_walk_event e;

		bpr_walk_again(walk, i < 2 ? 5 : 6);
		do {
			assert_int_equal(bpr_walk_next(walk, &e, NULL), BPR_OK);
			if (e.what == BPR_WALK_CHOICE)
				assert_int_equal(bpr_walk_choose(walk, BPR_NONE, NULL, NULL), BPR_OK);
		} while (e.what != BPR_WALK_END);
		minutes[i] = total(walk, BPR_WALK_MINUTES);
	}
	assert_true(minutes[0] > 0);
	assert_rel(minutes[1], minutes[0], 0);
	assert_true(fabs(minutes[2] - minutes[0]) > 1e-9);
	bpr_walk_free(walk);
	test_end(&t);
}

static void names(void **state)
{
	(void)state;
	for (size_t i = 0; i < BPR_WALK_TOTAL_COUNT; i++) {
		assert_true(*bpr_walk_total_key((enum bpr_walk_total)i) && *bpr_walk_total_label((enum bpr_walk_total)i));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(bpr_walk_total_key((enum bpr_walk_total)i), bpr_walk_total_key((enum bpr_walk_total)k));
	}
	assert_true(bpr_field_is_name(&(struct bpr_field){ "届出人氏名", "氏名" }));
	assert_true(bpr_field_is_name(&(struct bpr_field){ "氏名", "" }));
	assert_false(bpr_field_is_name(&(struct bpr_field){ "氏名", "世帯主" }));
	assert_false(bpr_field_is_name(&(struct bpr_field){ "住所", "" }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_visit), cmocka_unit_test(gateways), cmocka_unit_test(shares), cmocka_unit_test(events_and_loops),
		cmocka_unit_test(refused), cmocka_unit_test(seeds), cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
