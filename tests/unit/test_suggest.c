/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions against every set of levers, applied and analysed one by one by the test. */
#include "lib/test.h"
#include "suggest_world.h"

/* Hours a year of a set, and whether it can be; by the public functions alone. */
static bool hours_of(const struct world *w, size_t mask, double *hours)
{
	bool chosen[WORLD_LEVERS] = { false }, refused[WORLD_LEVERS];
	static const enum bpr_metric of[] = { BPR_METRIC_WORK_MINUTES, BPR_METRIC_CITIZEN_MINUTES };
	bpr_flow *after = NULL;
	bpr_analysis *b = NULL, *a = NULL;
	bool fits = true;

	for (size_t i = 0; i < w->n; i++)
		chosen[i] = mask >> i & 1;
	assert_int_equal(bpr_levers_apply(w->flow.flow, w->levers, chosen, refused, &after, NULL, NULL), BPR_OK);
	for (size_t i = 0; i < w->n; i++)
		fits &= !chosen[i] || !refused[i];
	*hours = 0;
	if (fits) {
		assert_int_equal(bpr_analyse(w->flow.flow, NULL, &b, NULL, NULL), BPR_OK);
		assert_int_equal(bpr_analyse(after, NULL, &a, NULL, NULL), BPR_OK);
		for (size_t i = 0; i < 2; i++)
			*hours += (bpr_analysis_figure(b, of[i])->mean - bpr_analysis_figure(a, of[i])->mean) / 60 * 6000;
	}
	bpr_analysis_free(a);
	bpr_analysis_free(b);
	bpr_flow_free(after);
	return fits;
}

static bool has(const size_t *list, size_t count, size_t mask, bool all)
{
	for (size_t i = 0; i < count; i++)
		if ((mask >> list[i] & 1) != all)
			return false;
	return true;
}

static bool keeps(const struct world *w, const struct bpr_suggest_options *o, size_t mask)
{
	double cost = 0, days = 0;

	for (size_t i = 0; i < w->n; i++) {
		const struct bpr_lever *l = bpr_levers_get(w->levers, i);

		if (!(mask >> i & 1))
			continue;
		cost += l->cost;
		days += l->effort_days;
		if (!has(l->needs, l->need_count, mask, true) || !has(l->excludes, l->exclude_count, mask, false))
			return false;
	}
	return cost <= o->budget && days <= o->max_days && has(o->must, o->must_count, mask, true) && has(o->never, o->never_count, mask, false);
}

static size_t mask_of(const bool *set, size_t n)
{
	size_t mask = 0;

	for (size_t i = 0; i < n; i++)
		mask |= set[i] ? (size_t)1 << i : 0;
	return mask;
}

/* Every set is worth what the test finds: those alone and the chosen one. */
static void check_values(const struct world *w, const struct bpr_suggestion *s)
{
	double hours, without;

	assert_true(hours_of(w, mask_of(s->best.chosen, w->n), &hours));
	assert_true(fabs(s->best.value.gain - hours) <= 1e-7 * (1 + fabs(hours)));
	for (size_t i = 0; i < w->n; i++) {
		const struct bpr_lever *l = bpr_levers_get(w->levers, i);
		const struct bpr_suggested *item = &s->items[i];

		if (!l->need_count) {
			assert_int_equal(hours_of(w, (size_t)1 << i, &hours), item->alone.fits);
			assert_true(fabs(item->alone.gain - hours) <= 1e-7 * (1 + fabs(hours)));
		}
		/* What the chosen set loses without a lever that nothing else in it needs. */
		if (!item->chosen)
			continue;
		assert_true(hours_of(w, mask_of(s->best.chosen, w->n), &hours));
		if (hours_of(w, mask_of(s->best.chosen, w->n) & ~((size_t)1 << i), &without))
			assert_true(fabs(item->marginal - (hours - without)) <= 1e-7 * (1 + fabs(hours)));
	}
}

static void as_exhaustive_search(void **state)
{
	uint64_t seed = 2026;
	size_t limited = 0;

	(void)state;
	for (size_t k = 0; k < 200; k++) {
		struct world w;
		struct bpr_suggest_options o = BPR_SUGGEST_OPTIONS_INIT;
		struct bpr_suggestion s;
		double best = 0, hours;
		size_t must, never;

		world_begin(&w, &seed);
		o.budget = world_between(&seed, 0, 3) ? world_between(&seed, 2, 25) * 100000.0 : (double)INFINITY;
		o.max_days = world_between(&seed, 0, 1) ? world_between(&seed, 10, 60) : (double)INFINITY;
		o.seconds = 0;
		must = never = 0;
		if (world_next(&seed) % 4 == 0) {
			never = world_between(&seed, 1, 3);
			o.never = &never;
			o.never_count = 1;
		}
		for (size_t m = 0; m < (size_t)1 << w.n; m++)
			if (keeps(&w, &o, m) && hours_of(&w, m, &hours))
				best = fmax(best, hours);
		assert_int_equal(bpr_suggest(w.flow.flow, w.levers, &o, &s, NULL, NULL), BPR_OK);
		assert_true(keeps(&w, &o, mask_of(s.best.chosen, w.n)));
		assert_true(fabs(s.best.value.gain - best) <= 1e-7 * (1 + best));
		assert_true(s.proven);
		assert_true(fabs(s.bound - s.best.value.gain) <= 1e-9 * (1 + best));
		assert_true(s.all.value.gain >= s.best.value.gain - 1e-9 * (1 + best));
		limited += s.all.value.gain > s.best.value.gain * (1 + 1e-9);
		if (k % 10 == 0)
			check_values(&w, &s);
		/* What may be beside it must be: nothing worse comes of a must that was chosen anyway. */
		for (size_t i = 0; i < w.n; i++)
			must = s.best.chosen[i] ? i : must;
		if (s.best.count) {
			struct bpr_suggestion again;

			o.must = &must;
			o.must_count = 1;
			assert_int_equal(bpr_suggest(w.flow.flow, w.levers, &o, &again, NULL, NULL), BPR_OK);
			assert_true(again.best.chosen[must]);
			assert_true(fabs(again.best.value.gain - best) <= 1e-7 * (1 + best));
			bpr_suggestion_release(&again);
		}
		bpr_suggestion_release(&s);
		world_end(&w);
	}
	/* Limits bind in many of them, or the test says little. */
	assert_true(limited > 60);
}

static bool pushes_out(const struct bpr_suggested *a, const struct bpr_suggested *b)
{
	return a->alone.gain >= b->alone.gain && a->cost <= b->cost && a->ease >= b->ease &&
		(a->alone.gain > b->alone.gain || a->cost < b->cost || a->ease > b->ease);
}

static void front_and_rank(void **state)
{
	uint64_t seed = 5;
	size_t on = 0, off = 0;

	(void)state;
	for (size_t k = 0; k < 40; k++) {
		struct world w;
		struct bpr_suggestion s;
		bool seen[WORLD_LEVERS + 1] = { false };

		world_begin(&w, &seed);
		assert_int_equal(bpr_suggest(w.flow.flow, w.levers, NULL, &s, NULL, NULL), BPR_OK);
		for (size_t i = 0; i < w.n; i++) {
			const struct bpr_suggested *a = &s.items[i];
			bool front = a->alone.fits && a->alone.gain > 0;

			for (size_t m = 0; m < w.n; m++) {
				const struct bpr_suggested *b = &s.items[m];

				front &= !b->alone.fits || !(b->alone.gain > 0) || !pushes_out(b, a);
				/* Who stands first has no less for a day. */
				if (a->alone.fits && b->alone.fits && a->rank < b->rank)
					assert_true(a->per_day >= b->per_day);
				if (a->alone.fits && !b->alone.fits)
					assert_true(a->rank < b->rank);
			}
			assert_int_equal(a->front, front);
			on += front;
			off += !front;
			assert_true(a->rank >= 1 && a->rank <= w.n && !seen[a->rank]);
			seen[a->rank] = true;
		}
		bpr_suggestion_release(&s);
		world_end(&w);
	}
	assert_true(on > 40 && off > 40);
}

static bool is_same(const struct bpr_suggestion *a, const struct bpr_suggestion *b)
{
	bool same = a->count == b->count && a->rounds == b->rounds && a->sets == b->sets && memcmp(&a->bound, &b->bound, sizeof(double)) == 0 &&
		memcmp(&a->best.value.gain, &b->best.value.gain, sizeof(double)) == 0;

	for (size_t i = 0; i < a->count && same; i++)
		same = a->best.chosen[i] == b->best.chosen[i] && memcmp(&a->items[i].alone.gain, &b->items[i].alone.gain, sizeof(double)) == 0 &&
			memcmp(&a->items[i].marginal, &b->items[i].marginal, sizeof(double)) == 0 && a->items[i].rank == b->items[i].rank;
	return same;
}

static void threads(void **state)
{
	uint64_t seed = 31;

	(void)state;
	for (size_t k = 0; k < 5; k++) {
		struct world w;
		struct bpr_suggestion s[3];

		world_begin(&w, &seed);
		for (size_t i = 0; i < 3; i++) {
			struct bpr_suggest_options o = BPR_SUGGEST_OPTIONS_INIT;

			o.jobs = i == 2 ? 7 : i + 1;
			o.budget = 1200000;
			o.seconds = 0;
			assert_int_equal(bpr_suggest(w.flow.flow, w.levers, &o, &s[i], NULL, NULL), BPR_OK);
		}
		assert_true(is_same(&s[0], &s[1]));
		assert_true(is_same(&s[0], &s[2]));
		for (size_t i = 0; i < 3; i++)
			bpr_suggestion_release(&s[i]);
		world_end(&w);
	}
}

/* Two steps of 6 and 4 minutes, 6,000 cases: figures that can be done in the head. */
static void by_hand(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|b|work=6|staff=P|unit=A", "b|task|e|work=4|staff=P|unit=B|copies=8|system=S", "e|end|", NULL };
	static const char *const staff[] = { "pool=P|count=2|yen_per_hour=3000", NULL };
	static const char *const demand[] = { "per_year=6000", NULL };
	static const char table[] = "id,lever,target,value,cost,yearly_cost,effort_days,ease,needs\n"
				    "half,speed_up,a,-50%,0,0,2,5,\n"
				    "both,speed_up,a;b,-50%,500000,100000,10,3,\n"
				    "b,speed_up,b,-25%,0,0,0,4,\n"
				    "slow,speed_up,b,8,0,0,1,5,\n"
				    "none,speed_up,nowhere,-10%,,,,,\n"
				    "after,speed_up,b,-50%,0,0,4,5,half\n";
	struct test_flow t;
	bpr_levers *levers;
	struct bpr_suggest_options o = BPR_SUGGEST_OPTIONS_INIT;
	struct bpr_suggestion s;
	bool chosen[6] = { true, true, false, false, false, false };
	struct bpr_lever_value v;

	(void)state;
	improve_flow(&t, rows, staff, demand);
	assert_int_equal(bpr_levers_read_memory("l.csv", table, sizeof(table) - 1, NULL, &levers, t.problems, NULL), BPR_OK);
	o.gain = BPR_GAIN_STAFF;
	assert_int_equal(bpr_suggest(t.flow, levers, &o, &s, t.problems, NULL), BPR_OK);
	assert_int_equal(s.count, 6);
	assert_rel(s.cases, 6000, 1e-12);
	assert_rel(s.items[0].alone.gain, 300, 1e-9);
	assert_rel(s.items[1].alone.gain, 500, 1e-9);
	assert_rel(s.items[2].alone.gain, 100, 1e-9);
	assert_rel(s.items[3].alone.gain, -400, 1e-9);
	assert_false(s.items[4].alone.fits);
	/* Beside the one that it needs. */
	assert_rel(s.items[5].alone.gain, 200, 1e-9);
	assert_rel(s.items[1].alone.gains[BPR_GAIN_YEN], 5.0 / 60 * 3000 * 6000 - 100000, 1e-9);
	assert_rel(s.items[0].alone.change[BPR_METRIC_WORK_MINUTES], -3, 1e-9);
	assert_rel(s.items[0].per_day, 150, 1e-9);
	assert_true(isinf(s.items[2].per_day));
	assert_int_equal(s.items[2].rank, 1);
	assert_int_equal(s.items[0].rank, 2);
	assert_int_equal(s.items[4].rank, 6);
	/* One unit, no money, two days. */
	assert_true(s.items[0].tomorrow);
	assert_int_equal(s.items[0].units, 1);
	assert_string_equal(bpr_flow_unit(t.flow, s.items[0].unit)->name, "A");
	assert_false(s.items[1].tomorrow);
	assert_int_equal(s.items[1].units, 2);
	assert_false(s.items[3].tomorrow);
	assert_false(s.items[5].tomorrow);
	assert_true(test_count(&t, "K207", NULL) == 0);
	/* Everything but the slow one: 6 to 1.5, 4 to 0.75. */
	assert_rel(s.best.value.gain, (6 - 1.5 + 4 - 0.75) * 100, 1e-9);
	assert_true(s.proven);
	assert_int_equal(s.rpa_count, 1);
	assert_int_equal(s.rpa[0].node, bpr_flow_find(t.flow, "b"));
	assert_true(s.rpa[0].is[BPR_RPA_REPETITIVE] && s.rpa[0].is[BPR_RPA_VOLUME] && s.rpa[0].is[BPR_RPA_RULES]);
	assert_false(s.rpa[0].is[BPR_RPA_SYSTEMS] || s.rpa[0].is[BPR_RPA_PAPER]);
	assert_rel(s.rpa[0].hours, 400, 1e-9);
	bpr_suggestion_release(&s);
	assert_int_equal(bpr_suggest_value(t.flow, levers, chosen, &o, &v, NULL), BPR_OK);
	assert_rel(v.gain, (6 - 1.5 + 2) * 100, 1e-9);
	bpr_levers_free(levers);
	test_end(&t);
}

/* Two at a desk that is busy most of the day: a third person shortens the queue, which only a simulation shows. */
static void with_queues(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|b|work=exp(5)|staff=P|unit=A|counter=C", "b|task|e|work=3|unit=A", "e|end|", NULL };
	static const char *const staff[] = { "pool=P|count=2|yen_per_hour=3000", NULL };
	static const char *const demand[] = { "per_day=160", "open=8:30-17:15", NULL };
	static const char table[] = "id,lever,target,value,cost,yearly_cost,effort_days,ease\n"
				    "more,add_staff,P,+1,0,6000000,5,3\n"
				    "fast,speed_up,a,-20%,0,0,5,3\n"
				    "back,speed_up,b,-50%,0,0,5,3\n";
	struct test_flow t;
	bpr_levers *levers;
	struct bpr_suggestion s[2];
	struct bpr_trial trial;
	bpr_flow *after;
	bool chosen[3] = { true, false, false };
	double wait;

	(void)state;
	improve_flow(&t, rows, staff, demand);
	assert_int_equal(bpr_levers_read_memory("l.csv", table, sizeof(table) - 1, NULL, &levers, t.problems, NULL), BPR_OK);
	for (size_t i = 0; i < 2; i++) {
		struct bpr_suggest_options o = BPR_SUGGEST_OPTIONS_INIT;

		o.gain = BPR_GAIN_CITIZEN;
		o.simulate = true;
		o.simulation.days = 3;
		o.simulation.replications = 8;
		o.jobs = i + 1;
		o.seconds = 0;
		assert_int_equal(bpr_suggest(t.flow, levers, &o, &s[i], t.problems, NULL), BPR_OK);
		/* By hand: the pair of simulations, the same seed. */
		if (i)
			continue;
		assert_int_equal(bpr_levers_apply(t.flow, levers, chosen, NULL, &after, NULL, NULL), BPR_OK);
		assert_int_equal(bpr_trial_run(t.flow, after, &o.simulation, &trial, NULL, NULL, NULL), BPR_OK);
		wait = trial.differences[BPR_SIM_WAIT].change;
		assert_true(wait < -1);
		assert_true(s[0].items[0].alone.simulated && s[0].items[0].alone.wait_ci_known);
		assert_rel(s[0].items[0].alone.wait_change, wait, 1e-9);
		assert_rel(s[0].items[0].alone.wait_low, trial.differences[BPR_SIM_WAIT].ci95_low, 1e-9);
		/* The only step at which anybody waits is at the counter. */
		assert_rel(s[0].items[0].alone.gain, -wait / 60 * s[0].cases, 1e-6);
		bpr_trial_release(&trial);
		bpr_flow_free(after);
	}
	assert_true(s[0].items[1].alone.wait_change < 0);
	assert_true(fabs(s[0].items[2].alone.wait_change) < 1e-9);
	/* What is simulated is never proven: other sets were not. */
	assert_false(s[0].proven);
	assert_true(s[0].best.value.simulated && s[0].best.chosen[1]);
	assert_true(is_same(&s[0], &s[1]));
	bpr_suggestion_release(&s[0]);
	bpr_suggestion_release(&s[1]);
	bpr_levers_free(levers);
	test_end(&t);
}

static void refused(void **state)
{
	struct world w;
	uint64_t seed = 3;
	struct bpr_suggest_options o = BPR_SUGGEST_OPTIONS_INIT, bad;
	struct bpr_suggestion s;
	struct bpr_error err = { 0 };
	size_t one = 1, far = 99;

	(void)state;
	world_begin(&w, &seed);
	bad = o;
	bad.budget = -1;
	assert_int_equal(bpr_suggest(w.flow.flow, w.levers, &bad, &s, NULL, &err), BPR_EINVAL);
	bad = o;
	bad.max_days = (double)NAN;
	assert_int_equal(bpr_suggest(w.flow.flow, w.levers, &bad, &s, NULL, &err), BPR_EINVAL);
	bad = o;
	bad.must = &far;
	bad.must_count = 1;
	assert_int_equal(bpr_suggest(w.flow.flow, w.levers, &bad, &s, NULL, &err), BPR_EINVAL);
	assert_string_equal(err.code, "K204");
	bad.must = bad.never = &one;
	bad.never_count = 1;
	assert_int_equal(bpr_suggest(w.flow.flow, w.levers, &bad, &s, NULL, &err), BPR_EINVAL);
	assert_string_equal(err.code, "K203");
	assert_null(s.items);
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_exhaustive_search), cmocka_unit_test(front_and_rank), cmocka_unit_test(threads), cmocka_unit_test(by_hand),
		cmocka_unit_test(with_queues), cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
