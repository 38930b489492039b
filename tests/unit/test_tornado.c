/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a result does when assumptions move: against the flow made again with the assumption changed, and analysed from scratch. */
#include "config.h"
#include "test.h"
#include "pair_recipe.h"
#include "fail_alloc.h"
#include "improve/tornado_i.h"
#include <stdlib.h>

static size_t calls_left = SIZE_MAX;

static bool fails(void)
{
	if (calls_left == SIZE_MAX)
		return false;
	if (calls_left)
		calls_left--;
	return !calls_left;
}

struct side { struct test_flow t; bpr_analysis *analysis; };

static void analyse(struct side *s)
{
	assert_int_equal(bpr_analyse(s->t.flow, NULL, &s->analysis, s->t.problems, NULL), BPR_OK);
}

static void make(struct side *s, const struct recipe *r)
{
	recipe_make(r, &s->t);
	analyse(s);
}

static void make_rows(struct side *s, const char *const rows[], const char *staff)
{
	test_begin(&s->t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&s->t, rows[i], i + 2);
	if (staff)
		test_companion(&s->t, BPR_TABLE_STAFF, staff, 2);
	test_finish(&s->t);
	assert_int_equal(s->t.status, BPR_OK);
	analyse(s);
}

static void end(struct side *s)
{
	bpr_analysis_free(s->analysis);
	test_end(&s->t);
}

static struct bpr_tornado tornado(const struct side *before, const struct side *after, const struct bpr_tornado_options *options)
{
	struct bpr_tornado out;

	assert_int_equal(bpr_improve_tornado(before->t.flow, before->analysis, after->t.flow, after->analysis, options, &out, NULL), BPR_OK);
	return out;
}

static const struct bpr_turn *find(const struct bpr_tornado *t, enum bpr_turn_of of)
{
	const struct bpr_turn *found = NULL;

	for (size_t i = 0; i < t->count; i++)
		if (t->turns[i].of == of) {
			assert_null(found);
			found = &t->turns[i];
		}
	assert_non_null(found);
	return found;
}

/*
 * By hand. Before: a (10 min) is done 1/(1 - 0.2) = 1.25 times: 12.5 min. After: 8 min, 1/(1 - 0.1) times: 8.888…. With 900 cases
 * 900 (12.5 - 80/9) = 3250 min are saved.
 */
static void by_hand(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|x|work=10", "x|xor|a:0.2;e:0.8", "e|end|", NULL };
	static const char *const less[] = { "s|start|a", "a|task|x|work=8", "x|xor|a:0.1;e:0.9", "e|end|", NULL };
	struct bpr_tornado_options o = BPR_TORNADO_OPTIONS_INIT;
	struct side before, after;
	struct bpr_tornado t;

	(void)state;
	make_rows(&before, rows, NULL);
	make_rows(&after, less, NULL);
	o.cases = 900;
	t = tornado(&before, &after, &o);
	assert_int_equal(t.count, 5);
	assert_false(t.shares_left_out);
	assert_rel(t.centre, 3250, 1e-12);
	assert_rel(find(&t, BPR_TURN_CASES)->at_low, 2600, 1e-12);
	assert_rel(find(&t, BPR_TURN_CASES)->at_high, 3900, 1e-12);
	for (size_t i = 0; i < t.count; i++) {
		const struct bpr_turn *turn = &t.turns[i];
		bool first = turn->before != BPR_NONE;

		if (turn->of == BPR_TURN_CASES)
			continue;
		assert_true(first != (turn->after != BPR_NONE)); /* other minutes, other shares: not the same assumption */
		if (turn->of == BPR_TURN_WORK) {
			assert_rel(turn->high, first ? 12 : 9.6, 1e-12);
			assert_rel(turn->at_high, first ? 900 * (15 - 80.0 / 9) : 900 * (12.5 - 9.6 / 0.9), 1e-12);
		} else {
			assert_int_equal(turn->of, BPR_TURN_SHARE);
			assert_true(turn->back);
			assert_rel(turn->low, first ? 0.1 : 0.05, 1e-12);
			assert_rel(turn->at_low, first ? 900 * (10 / 0.9 - 80.0 / 9) : 900 * (12.5 - 8 / 0.95), 1e-12);
		}
	}
	for (size_t i = 1; i < t.count; i++)
		assert_true(fabs(t.turns[i - 1].at_high - t.turns[i - 1].at_low) >= fabs(t.turns[i].at_high - t.turns[i].at_low));
	bpr_tornado_release(&t);
	end(&before);
	end(&after);
}

/* The same step with the same duration is one assumption: it moves in both, and what it does to one it does to the other. */
static void shared(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|b|work=tri(2,4,9)", "b|task|e|work=7", "e|end|", NULL };
	static const char *const less[] = { "s|start|a", "a|task|e|work=tri(2,4,9)", "e|end|", NULL };
	struct side before, after;
	struct bpr_tornado t;

	(void)state;
	make_rows(&before, rows, NULL);
	make_rows(&after, less, NULL);
	t = tornado(&before, &after, NULL);
	/* a moves nothing: only b is left */
	assert_int_equal(t.count, 1);
	assert_rel(t.centre, 7, 1e-12);
	assert_rel(t.turns[0].at_low, 5.6, 1e-12);
	bpr_tornado_release(&t);
	/* the other way round the duration's own ends are those between which it moves */
	end(&after);
	make_rows(&after, (const char *const[]){ "s|start|b", "b|task|e|work=7", "e|end|", NULL }, NULL);
	t = tornado(&before, &after, NULL);
	assert_int_equal(t.count, 1);
	assert_rel(t.turns[0].low, 2, 1e-12);
	assert_rel(t.turns[0].at_high, 9, 1e-12);
	bpr_tornado_release(&t);
	end(&before);
	end(&after);
}

/* ---- against flows made again ---- */

static struct recipe_step *step_of(struct recipe *r, const char *id)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->steps[i].id == strtoul(id + 1, NULL, 10))
			return &r->steps[i];
	fail_msg("no step %s", id);
	return NULL;
}

/* The recipe with the assumption at `to`. */
static void change(struct recipe *r, const bpr_flow *flow, const struct bpr_turn *turn, size_t at, double to)
{
	const struct bpr_arc *arc;
	struct recipe_step *s;

	if (turn->of == BPR_TURN_RATE)
		r->rate = to;
	if (turn->of == BPR_TURN_RATE || at == BPR_NONE)
		return;
	if (turn->of == BPR_TURN_SHARE) {
		arc = bpr_flow_arc(flow, at);
		s = step_of(r, bpr_flow_node(flow, arc->from)->id);
		/* the way back is written first */
		assert_true(turn->back == (at == bpr_flow_node(flow, arc->from)->first_out));
		s->back = turn->back ? to : 1 - to;
		return;
	}
	s = step_of(r, bpr_flow_node(flow, at)->id);
	if (turn->of == BPR_TURN_LOOP) {
		s->loop = to;
	} else if (bpr_flow_node(flow, at)->id[0] == 'f') {
		s->fix = to;
	} else {
		s->work = to;
		s->low = s->high = 0;
	}
}

static double again(const struct recipe *before, const struct recipe *after, enum bpr_metric metric, double cases)
{
	struct side b, a;
	double result;

	make(&b, before);
	make(&a, after);
	result = cases * (bpr_analysis_figure(b.analysis, metric)->mean - bpr_analysis_figure(a.analysis, metric)->mean);
	end(&b);
	end(&a);
	return result;
}

/* How far two ways of computing may lie apart: of the totals, which the result is a difference of. */
static void assert_near(double a, double b, double of)
{
	if (!(fabs(a - b) <= 1e-9 * of))
		fail_msg("%.17g, expected %.17g", a, b);
}

static void check_pair(uint64_t seed, enum bpr_metric metric, size_t kinds[])
{
	struct bpr_tornado_options o = BPR_TORNADO_OPTIONS_INIT;
	uint64_t random = seed;
	struct recipe before = recipe_new(&random), after = recipe_reform(&before, &random);
	struct side b, a;
	struct bpr_tornado t;
	double of;

	make(&b, &before);
	make(&a, &after);
	o.metric = metric;
	o.cases = before.cases;
	o.most = 100;
	t = tornado(&b, &a, &o);
	of = o.cases * (bpr_analysis_figure(b.analysis, metric)->mean + bpr_analysis_figure(a.analysis, metric)->mean) * 2;
	assert_near(t.centre, again(&before, &after, metric, before.cases), of);
	for (size_t i = 0; i < t.count; i++) {
		const struct bpr_turn *turn = &t.turns[i];
		const double ends[2] = { turn->low, turn->high }, results[2] = { turn->at_low, turn->at_high };

		kinds[turn->of]++;
		assert_true(turn->low < turn->value && turn->value < turn->high);
		for (size_t k = 0; k < 2; k++) {
			struct recipe changed[2] = { before, after };

			change(&changed[0], b.t.flow, turn, turn->before, ends[k]);
			change(&changed[1], a.t.flow, turn, turn->after, ends[k]);
			assert_near(results[k], again(&changed[0], &changed[1], metric, turn->of == BPR_TURN_CASES ? ends[k] : before.cases), 2 * of);
		}
	}
	bpr_tornado_release(&t);
	end(&b);
	end(&a);
}

static void made_again(void **state)
{
	size_t kinds[BPR_TURN_RATE + 1] = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 120; seed++) {
		check_pair(seed, BPR_METRIC_WORK_MINUTES, kinds);
		check_pair(seed, BPR_METRIC_COST_YEN, kinds);
	}
	assert_true(kinds[BPR_TURN_CASES] && kinds[BPR_TURN_WORK] && kinds[BPR_TURN_SHARE] && kinds[BPR_TURN_LOOP] && kinds[BPR_TURN_RATE]);
}

/* A boundary event: t is interrupted by it in 30 % of its executions, and then c follows. */
static void events(void **state)
{
	static const char *const rows[] = { "s|start|t", "t|task|e|work=10", "v|event|c|on=t|prob=0.3", "c|task|e|work=6", "e|end|", NULL };
	static const char *const none[] = { "s|start|t", "t|task|e|work=10", "e|end|", NULL };
	struct side before, after;
	struct bpr_tornado t;
	const struct bpr_turn *turn;

	(void)state;
	make_rows(&before, rows, NULL);
	make_rows(&after, none, NULL);
	t = tornado(&before, &after, NULL);
	turn = find(&t, BPR_TURN_EVENT);
	assert_rel(turn->low, 0.15, 1e-12);
	assert_rel(turn->high, 0.45, 1e-12);
	assert_rel(turn->at_low, 0.9, 1e-12);
	assert_rel(turn->at_high, 2.7, 1e-12);
	bpr_tornado_release(&t);
	end(&before);
	end(&after);
}

/* Ways back: at once, by way of a correcting step, out of an inner circle; ways on within a circle are none. */
static void ways_back(void **state)
{
	static const char *const rows[] = {
		"s|start|a", "a|task|x", "x|xor|f:0.1;b:0.9", "f|task|a", "b|task|y", "y|xor|b:0.2;c:0.8", "c|task|z", "z|xor|a:0.3;d:0.5;e:0.2", "d|task|e",
		"e|end|", NULL,
	};
	static const char *const back_to[] = { "f", "b", "a" };
	unsigned char back[32] = { 0 };
	size_t found = 0;
	struct side s;

	(void)state;
	make_rows(&s, rows, NULL);
	assert_true(bpr_flow_arc_count(s.t.flow) <= sizeof(back));
	assert_int_equal(bpr_i_turn_back(s.t.flow, back, NULL), BPR_OK);
	for (size_t i = 0; i < bpr_flow_arc_count(s.t.flow); i++) {
		const struct bpr_arc *arc = bpr_flow_arc(s.t.flow, i);
		const char *from = bpr_flow_node(s.t.flow, arc->from)->id, *to = bpr_flow_node(s.t.flow, arc->to)->id;

		if (bpr_flow_node(s.t.flow, arc->from)->out_count < 2) /* the only way of f */
			continue;
		if (back[i]) {
			assert_true(found < 3);
			assert_string_equal(to, back_to[found++]);
		} else {
			assert_true(!strcmp(to, "b") || !strcmp(to, "c") || !strcmp(to, "d") || !strcmp(to, "e"));
			assert_true(strcmp(from, "y") != 0 || !strcmp(to, "c"));
		}
	}
	assert_int_equal(found, 3);
	end(&s);
}

/* Few states allowed: shares stay where they are and that is said; times and cases move all the same. */
static void limits(void **state)
{
	uint64_t random = 7;
	struct recipe r = recipe_new(&random), less = recipe_reform(&r, &random);
	struct bpr_tornado_options o = BPR_TORNADO_OPTIONS_INIT;
	struct side b, a;
	struct bpr_tornado t;

	(void)state;
	make(&b, &r);
	make(&a, &less);
	o.max_states = 1;
	t = tornado(&b, &a, &o);
	assert_true(t.shares_left_out);
	assert_true(t.count > 0);
	for (size_t i = 0; i < t.count; i++)
		assert_int_equal(t.turns[i].of, BPR_TURN_WORK);
	bpr_tornado_release(&t);
	o = (struct bpr_tornado_options)BPR_TORNADO_OPTIONS_INIT;
	o.most = 2;
	t = tornado(&b, &a, &o);
	assert_int_equal(t.count, 2);
	bpr_tornado_release(&t);
	o.range = 1.5;
	assert_int_equal(bpr_improve_tornado(b.t.flow, b.analysis, a.t.flow, a.analysis, &o, &t, NULL), BPR_EINVAL);
	o.range = 0.2;
	o.metric = BPR_METRIC_SEALS;
	assert_int_equal(bpr_improve_tornado(b.t.flow, b.analysis, a.t.flow, a.analysis, &o, &t, NULL), BPR_EINVAL);
	assert_int_equal(bpr_improve_tornado(b.t.flow, a.analysis, a.t.flow, a.analysis, NULL, &t, NULL), BPR_EINVAL);
	assert_true(!t.turns && !t.count);
	end(&b);
	end(&a);
}

static void no_memory(void **state)
{
	uint64_t random = 11;
	struct recipe r = recipe_new(&random), less = recipe_reform(&r, &random);
	struct side b, a;
	struct bpr_tornado t;
	bpr_status status = BPR_ENOMEM;
	size_t n = 1;

	(void)state;
	make(&b, &r);
	make(&a, &less);
	for (; status; n++) {
		assert_true(n < 100000);
		calls_left = n;
		status = bpr_improve_tornado(b.t.flow, b.analysis, a.t.flow, a.analysis, NULL, &t, NULL);
		calls_left = SIZE_MAX;
		assert_true(status == BPR_OK || status == BPR_ENOMEM);
		if (status)
			assert_true(!t.turns && !t.memory);
	}
	assert_true(n > 10);
	bpr_tornado_release(&t);
	end(&b);
	end(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand), cmocka_unit_test(shared), cmocka_unit_test(made_again), cmocka_unit_test(events), cmocka_unit_test(ways_back),
		cmocka_unit_test(limits), cmocka_unit_test(no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
