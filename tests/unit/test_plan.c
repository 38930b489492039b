/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Roadmaps: years of levers against every schedule there is, of made-up worths and of a flow; what the years cost and bring, when it is paid
 * back and how far it moves, against numbers worked out by hand.
 */
#include "config.h"
#include "test.h"
#include "improve_flow.h"
#include "improve/plan_i.h"
#include <stdlib.h>

enum { MOST = 6 };

/* A generator of our own: the same instances everywhere. */
static unsigned long long seed;
static double random_unit(void)
{
	seed = seed * 6364136223846793005ull + 1442695040888963407ull;
	return (double)(seed >> 33) / 2147483648.0;
}

/* ---- made-up worths: singles, pairs, triples, and sets that do not fit ---- */

struct made {
	size_t count;
	double one[MOST], two[MOST][MOST], three;
	size_t clash[2]; /* a pair that does not fit; equal: none */
	size_t asked;
};

static bpr_status made_worth(void *context, const bool *chosen, struct bpr_i_plan_worth *out, struct bpr_error *err)
{
	struct made *m = context;

	(void)err;
	m->asked++;
	*out = (struct bpr_i_plan_worth){ .fits = true };
	for (size_t i = 0; i < m->count; i++)
		for (size_t k = i; chosen[i] && k < m->count; k++)
			if (chosen[k])
				out->gain += k == i ? m->one[i] : m->two[i][k];
	if (m->count > 2 && chosen[0] && chosen[1] && chosen[2])
		out->gain += m->three;
	if (m->clash[0] != m->clash[1] && chosen[m->clash[0]] && chosen[m->clash[1]])
		*out = (struct bpr_i_plan_worth){ .fits = false };
	return BPR_OK;
}

struct instance {
	struct made made;
	struct bpr_i_schedule_lever levers[MOST];
	size_t needs[MOST][1], excludes[MOST][1];
	struct bpr_i_schedule s;
};

static void make_instance(struct instance *in, unsigned long long number, bool triple)
{
	struct made *m = &in->made;

	seed = number * 7919 + 17;
	memset(in, 0, sizeof(*in));
	m->count = 2 + (size_t)(random_unit() * 4); /* 2 to 5 */
	for (size_t i = 0; i < m->count; i++) {
		m->one[i] = 100 * random_unit() - 15;
		for (size_t k = i + 1; k < m->count; k++)
			m->two[i][k] = random_unit() < 0.5 ? 60 * random_unit() - 40 : 0;
		in->levers[i] = (struct bpr_i_schedule_lever){ .cost = floor(100 * random_unit()), .yearly = floor(20 * random_unit()), .days = floor(30 * random_unit()),
							       .earliest = random_unit() < 0.3 ? 1 : 0 };
	}
	m->three = triple ? 80 * random_unit() - 40 : 0;
	if (random_unit() < 0.3) /* one of the first two does not fit with the last */
		m->clash[0] = 0, m->clash[1] = m->count - 1;
	if (random_unit() < 0.5) {
		in->needs[1][0] = 0;
		in->levers[1].needs = in->needs[1];
		in->levers[1].need_count = 1;
	}
	if (m->count > 3 && random_unit() < 0.5) { /* said by one of the two only */
		in->excludes[2][0] = 3;
		in->excludes[3][0] = 2;
		for (size_t i = 2; i < 4; i++) {
			in->levers[i].excludes = in->excludes[i];
			in->levers[i].exclude_count = 1;
		}
	}
	in->s = (struct bpr_i_schedule){ .levers = in->levers, .count = m->count, .years = 1 + (size_t)(random_unit() * 3), .share = 0.5, .budget = (double)INFINITY,
					 .max_days = (double)INFINITY, .budget_per_year = (double)INFINITY, .days_per_year = (double)INFINITY,
					 .oracle = made_worth, .context = m };
	if (random_unit() < 0.7)
		in->s.budget_per_year = 40 + 120 * random_unit();
	if (random_unit() < 0.5)
		in->s.days_per_year = 10 + 30 * random_unit();
	if (random_unit() < 0.3)
		in->s.budget = 80 + 120 * random_unit();
	if (random_unit() < 0.3)
		in->s.max_days = 20 + 50 * random_unit();
	if (random_unit() < 0.3)
		in->s.discount = 0.1;
	in->s.net = random_unit() < 0.4;
}

/* What a schedule is worth, written out again: year by year, with its part of a year. -INFINITY: not allowed. */
static double worth_by_hand(struct instance *in, const size_t *start)
{
	const struct bpr_i_schedule *s = &in->s;
	double sum = 0, before = 0, all_cost = 0, all_days = 0;

	for (size_t t = 0; t < s->years; t++) {
		struct bpr_i_plan_worth w;
		bool running[MOST] = { false };
		double money = 0, days = 0, factor = 1;

		for (size_t k = 0; k < t; k++)
			factor /= 1 + s->discount;
		for (size_t i = 0; i < s->count; i++) {
			const struct bpr_i_schedule_lever *l = &s->levers[i];

			running[i] = start[i] <= t;
			if (!running[i])
				continue;
			if (start[i] < l->earliest)
				return -(double)INFINITY;
			for (size_t k = 0; k < l->need_count; k++)
				if (start[l->needs[k]] > start[i])
					return -(double)INFINITY;
			for (size_t k = 0; k < l->exclude_count; k++)
				if (start[l->excludes[k]] < s->years)
					return -(double)INFINITY;
			if (start[i] == t) {
				money += l->cost + s->share * l->yearly;
				days += l->days;
				all_cost += l->cost;
				all_days += l->days;
				sum -= s->net ? factor * l->cost : 0;
			} else {
				money += l->yearly;
			}
		}
		(void)made_worth(&in->made, running, &w, NULL);
		if (!w.fits || money > s->budget_per_year || days > s->days_per_year)
			return -(double)INFINITY;
		sum += factor * (before + s->share * (w.gain - before));
		before = w.gain;
	}
	return all_cost > s->budget || all_days > s->max_days ? -(double)INFINITY : sum;
}

/* Every schedule. */
static double best_by_hand(struct instance *in)
{
	size_t start[MOST], choices = in->s.years + 1, all = 1;
	double best = -(double)INFINITY;

	for (size_t i = 0; i < in->s.count; i++)
		all *= choices;
	for (size_t code = 0; code < all; code++) {
		size_t rest = code;

		for (size_t i = 0; i < in->s.count; i++, rest /= choices)
			start[i] = rest % choices < in->s.years ? rest % choices : BPR_NONE;
		best = fmax(best, worth_by_hand(in, start));
	}
	return best;
}

static void every_schedule(void **state)
{
	size_t changed = 0;

	(void)state;
	for (unsigned long long number = 0; number < 400; number++) {
		struct instance in;
		size_t start[MOST];
		struct bpr_i_schedule_result out = { .start = start };
		double best;

		make_instance(&in, number, true);
		best = best_by_hand(&in);
		assert_true(isfinite(best)); /* nothing at all is always a plan */
		assert_int_equal(bpr_i_schedule_solve(&in.s, &out, NULL), BPR_OK);
		assert_true(out.found && out.proven && !out.timed_out);
		if (fabs(out.objective - best) > 1e-9 * (1 + fabs(best)) || fabs(worth_by_hand(&in, start) - best) > 1e-9 * (1 + fabs(best)))
			fail_msg("instance %llu: %.12g, of the schedule %.12g, expected %.12g", number, out.objective, worth_by_hand(&in, start), best);
		assert_true(out.bound >= out.objective);
		changed += best > 0;
	}
	assert_true(changed > 200);
}

/* The programme knows singles and pairs exactly, so it must find the best where there is nothing more to know. */
static void every_schedule_by_programme(void **state)
{
	(void)state;
	for (unsigned long long number = 0; number < 150; number++) {
		struct instance in;
		size_t start[MOST];
		struct bpr_i_schedule_result out = { .start = start };
		double best;

		make_instance(&in, number, false);
		in.s.lazy = true;
		best = best_by_hand(&in);
		assert_int_equal(bpr_i_schedule_solve(&in.s, &out, NULL), BPR_OK);
		assert_true(out.found && !out.proven);
		if (fabs(out.objective - best) > 1e-6 * (1 + fabs(best)) || fabs(worth_by_hand(&in, start) - out.objective) > 1e-9 * (1 + fabs(best)))
			fail_msg("instance %llu: %.12g, of the schedule %.12g, expected %.12g", number, out.objective, worth_by_hand(&in, start), best);
		assert_true(out.bound >= out.objective);
	}
}

/* With more than pairs it never says more than there is, keeps every limit, and nearly always finds the best. */
static void programme_with_triples(void **state)
{
	size_t best_found = 0, count = 150;

	(void)state;
	for (unsigned long long number = 0; number < count; number++) {
		struct instance in;
		size_t start[MOST];
		struct bpr_i_schedule_result out = { .start = start };
		double best;

		make_instance(&in, 5000 + number, true);
		in.s.lazy = true;
		best = best_by_hand(&in);
		assert_int_equal(bpr_i_schedule_solve(&in.s, &out, NULL), BPR_OK);
		assert_true(out.found && out.objective <= best + 1e-9 * (1 + fabs(best)));
		assert_rel(worth_by_hand(&in, start), out.objective, 1e-9);
		best_found += out.objective >= best - 1e-6 * (1 + fabs(best));
	}
	print_message("# the best of all schedules found in %zu of %zu\n", best_found, count);
	assert_true(best_found * 10 >= count * 9);
}

/* What must be done is done although it costs; where it cannot be, that is said. */
static void must_be_done(void **state)
{
	struct instance in;
	size_t start[MOST];
	struct bpr_i_schedule_result out = { .start = start };

	(void)state;
	for (int lazy = 0; lazy < 2; lazy++) {
		memset(&in, 0, sizeof(in));
		in.made = (struct made){ .count = 2, .one = { 10, -5 } };
		in.levers[0].cost = in.levers[1].cost = 60;
		in.levers[1].must = true;
		in.s = (struct bpr_i_schedule){ .levers = in.levers, .count = 2, .years = 2, .share = 0.5, .budget = 100, .max_days = (double)INFINITY,
						.budget_per_year = (double)INFINITY, .days_per_year = (double)INFINITY, .lazy = lazy, .oracle = made_worth, .context = &in.made };
		assert_int_equal(bpr_i_schedule_solve(&in.s, &out, NULL), BPR_OK);
		assert_true(out.found);
		assert_int_equal(start[0], BPR_NONE); /* both would cost more than there is */
		assert_int_equal(start[1], 1);        /* as late as it can be: it costs */
		assert_rel(out.objective, -2.5, 1e-12);
		in.s.budget = 50;
		assert_int_equal(bpr_i_schedule_solve(&in.s, &out, NULL), BPR_OK);
		assert_false(out.found);
	}
}

/* ---- of a flow, by hand ---- */

/* 1000 cases a year; staff at 3000 yen an hour do 12 + 6 + 3 minutes a case. */
static void counter(struct test_flow *t, const char *cases)
{
	const char *rows[] = { "s|start|a", "a|task|b|name=Copy|work=12|staff=P", "b|task|c|name=Check|work=6|staff=P", "c|task|e|name=File|work=3|staff=P", "e|end|", NULL };
	const char *staff[] = { "pool=P|count=2|yen_per_hour=3000", NULL };
	const char *demand[] = { cases, NULL };

	improve_flow(t, rows, staff, cases ? demand : NULL);
}

static const char table[] = "id,lever,target,value,cost,yearly_cost,effort_days,needs,excludes,year\n"
			    "L1,speed_up,a,0,1000000,100000,10,,,\n"
			    "L2,speed_up,b,0,0,0,5,L1,,\n"
			    "L3,speed_up,c,0,200000,0,20,,,2028\n";

struct planned {
	struct test_flow flow;
	bpr_levers *levers;
	struct bpr_suggested items[8];
	bool chosen[8];
	struct bpr_suggestion suggestion;
	struct bpr_suggest_options how;
	struct bpr_plan_options options;
	struct bpr_plan plan;
	struct bpr_error err;
};

/* What bpr_suggest() would say of costs and ranks, without it. */
static void begin(struct planned *p, const char *levers, const char *cases)
{
	memset(p, 0, sizeof(*p));
	counter(&p->flow, cases);
	assert_int_equal(bpr_levers_read_memory("levers.csv", levers, strlen(levers), NULL, &p->levers, p->flow.problems, &p->err), BPR_OK);
	p->suggestion = (struct bpr_suggestion){ .items = p->items, .count = bpr_levers_count(p->levers), .best = { .chosen = p->chosen }, .all = { .chosen = p->chosen } };
	for (size_t i = 0; i < p->suggestion.count; i++) {
		const struct bpr_lever *l = bpr_levers_get(p->levers, i);

		p->items[i] = (struct bpr_suggested){ .lever = i, .alone = { .fits = true, .gain = 1 }, .cost = l->cost, .yearly_cost = l->yearly_cost,
						      .effort_days = l->effort_days, .ease = 3, .rank = i + 1 };
	}
	p->how = (struct bpr_suggest_options)BPR_SUGGEST_OPTIONS_INIT;
	p->options = (struct bpr_plan_options)BPR_PLAN_OPTIONS_INIT;
	p->options.first = 2026;
	p->options.last = 2028;
}

static void plan(struct planned *p)
{
	bpr_status status = bpr_plan_make(p->flow.flow, p->levers, &p->suggestion, &p->how, &p->options, &p->plan, &p->err);

	if (status)
		fail_msg("%s %s", p->err.code, p->err.message);
}

static void end(struct planned *p)
{
	bpr_plan_release(&p->plan);
	bpr_levers_free(p->levers);
	test_end(&p->flow);
}

/*
 * Hours of a year: L1 200, L2 100, L3 50; yen 600,000, 300,000, 150,000. All begin as early as they can, in the first year with half of
 * the effect: L3 not before 2028.
 */
static void years_by_hand(void **state)
{
	struct planned p;

	(void)state;
	begin(&p, table, "per_year=1000");
	plan(&p);
	assert_int_equal(p.plan.count, 3);
	assert_true(p.plan.proven);
	assert_int_equal(p.plan.items[0].lever, 0);
	assert_int_equal(p.plan.items[1].lever, 1);
	assert_int_equal(p.plan.items[0].year, 2026);
	assert_int_equal(p.plan.items[1].year, 2026);
	assert_int_equal(p.plan.items[2].year, 2028);
	assert_rel(p.plan.items[0].hours, 200, 1e-12);
	assert_rel(p.plan.items[1].hours, 100, 1e-12);
	assert_rel(p.plan.items[2].yen, 150000, 1e-12);
	assert_int_equal(p.plan.year_count, 3);
	/* 2026: half of 300 h; half of 900,000 yen less half of 100,000 and 1,000,000 */
	assert_rel(p.plan.years[0].hours, 150, 1e-12);
	assert_rel(p.plan.years[0].cost, 1000000, 1e-12);
	assert_rel(p.plan.years[0].yearly_cost, 50000, 1e-12);
	assert_rel(p.plan.years[0].effort_days, 15, 1e-12);
	assert_rel(p.plan.years[0].net, -600000, 1e-12);
	/* 2027: 300 h; 900,000 - 100,000 */
	assert_rel(p.plan.years[1].net, 800000, 1e-12);
	assert_rel(p.plan.years[1].cumulated_net, 200000, 1e-12);
	assert_rel(p.plan.years[1].cumulated_hours, 450, 1e-12);
	/* 2028: 325 h; 975,000 - 100,000 - 200,000 */
	assert_rel(p.plan.years[2].net, 675000, 1e-12);
	assert_rel(p.plan.years[2].cumulated_net, 875000, 1e-12);
	assert_rel(p.plan.years[2].cumulated_yen, 450000 + 900000 + 975000, 1e-12);
	assert_int_equal(p.plan.payback, 2027);
	assert_rel(p.plan.payback_years, 1.75, 1e-12); /* 600,000 of the 800,000 of the second year */
	assert_rel(p.plan.objective, 150 + 300 + 325, 1e-12);
	assert_int_equal(p.plan.left_count, 0);
	end(&p);
}

static const struct bpr_turn_range *turn(const struct bpr_plan *plan, const char *of, size_t lever)
{
	for (size_t i = 0; i < plan->turn_count; i++)
		if (!strcmp(plan->turns[i].of, of) && plan->turns[i].lever == lever)
			return &plan->turns[i];
	fail_msg("no turn of %s", of);
	return NULL;
}

/* Of the plan above: net 875,000; yen of all years 2,325,000, all of it time of staff. */
static void tornado_by_hand(void **state)
{
	const struct bpr_turn_range *t;
	struct planned p;

	(void)state;
	begin(&p, table, "per_year=1000");
	p.items[0].cost_assumed = true;
	p.options.most = 20;
	plan(&p);
	t = turn(&p.plan, "cases", BPR_NONE);
	assert_rel(t->low, 800, 1e-12);
	assert_rel(t->at_low, 875000 - 0.2 * 2325000, 1e-12);
	assert_rel(t->at_high, 875000 + 0.2 * 2325000, 1e-12);
	t = turn(&p.plan, "rates", BPR_NONE);
	assert_rel(t->at_low, 875000 - 0.2 * 2325000, 1e-12);
	/* L1: half a year and two years of 600,000; its cost 1,000,000 and 2.5 times 100,000, assumed and so by half */
	t = turn(&p.plan, "effect", 0);
	assert_rel(t->at_high, 875000 + 0.2 * 2.5 * 600000, 1e-12);
	t = turn(&p.plan, "cost", 0);
	assert_rel(t->at_high, 875000 - 0.5 * 1250000, 1e-12);
	t = turn(&p.plan, "cost", 2);
	assert_rel(t->at_low, 875000 + 0.2 * 200000, 1e-12);
	/* A year later: L1 and L2 one and a half years, L3 out of sight with its cost */
	t = turn(&p.plan, "delay", BPR_NONE);
	assert_rel(t->at_high, 1.5 * 900000 - 1000000 - 1.5 * 100000, 1e-12);
	for (size_t i = 1; i < p.plan.turn_count; i++)
		assert_true(fabs(p.plan.turns[i].at_high - p.plan.turns[i].at_low) <= fabs(p.plan.turns[i - 1].at_high - p.plan.turns[i - 1].at_low) + 1e-6);
	end(&p);
}

/* 12 days a year: L1 (10) and then L2 (5), which needs it; L3 (20) never. */
static void days_of_a_year(void **state)
{
	struct planned p;

	(void)state;
	begin(&p, table, "per_year=1000");
	p.options.days_per_year = 12;
	plan(&p);
	assert_int_equal(p.plan.count, 2);
	assert_int_equal(p.plan.items[0].year, 2026);
	assert_int_equal(p.plan.items[1].lever, 1);
	assert_int_equal(p.plan.items[1].year, 2027);
	assert_int_equal(p.plan.left_count, 1);
	assert_int_equal(p.plan.left_out[0], 2);
	end(&p);
}

/* What saves less in these years than it costs is not begun for yen, but is for hours. */
static void by_yen(void **state)
{
	struct planned p;

	(void)state;
	begin(&p, table, "per_year=1000");
	p.options.last = 2027;
	p.how.gain = BPR_GAIN_YEN;
	plan(&p);
	/* L1: 1.5 * (600,000 - 100,000) - 1,000,000 < 0, but L2 needs it: 1.5 * 300,000 makes it worth while: +200,000 */
	assert_int_equal(p.plan.count, 2);
	assert_rel(p.plan.objective, 200000, 1e-9);
	assert_rel(p.plan.years[1].cumulated_net, p.plan.objective, 1e-9);
	end(&p);
	begin(&p, table, "per_year=500");
	p.options.last = 2027;
	p.how.gain = BPR_GAIN_YEN;
	plan(&p);
	assert_int_equal(p.plan.count, 0);
	assert_true(isnan(p.plan.payback_years));
	end(&p);
}

static void discounted(void **state)
{
	struct planned p;

	(void)state;
	begin(&p, table, "per_year=1000");
	p.options.discount = 0.25;
	plan(&p);
	assert_rel(p.plan.years[0].net, -600000, 1e-12);
	assert_rel(p.plan.years[1].net, 800000 * 0.8, 1e-12);
	assert_rel(p.plan.years[2].net, 675000 * 0.64, 1e-12);
	assert_rel(p.plan.years[2].cumulated_net, -600000 + 640000 + 432000, 1e-12);
	assert_rel(p.plan.turns[0].at_low < p.plan.turns[0].at_high ? 1 : 0, 1, 0);
	end(&p);
}

/* Two levers for one thing: the better one, or where there is too little money the other. */
static void excluded(void **state)
{
	static const char either[] = "id,lever,target,value,cost,effort_days,excludes\nL1,speed_up,a,0,900000,1,L2\nL2,speed_up,a,-50%,100000,1,\n";
	struct planned p;

	(void)state;
	begin(&p, either, "per_year=1000");
	plan(&p);
	assert_int_equal(p.plan.count, 1);
	assert_int_equal(p.plan.items[0].lever, 0);
	end(&p);
	begin(&p, either, "per_year=1000");
	p.options.budget_per_year = 500000;
	plan(&p);
	assert_int_equal(p.plan.count, 1);
	assert_int_equal(p.plan.items[0].lever, 1);
	end(&p);
	begin(&p, either, "per_year=1000");
	p.how.must = (const size_t[]){ 0 };
	p.how.must_count = 1;
	p.options.budget_per_year = 500000;
	assert_int_equal(bpr_plan_make(p.flow.flow, p.levers, &p.suggestion, &p.how, &p.options, &p.plan, &p.err), BPR_EINVAL);
	assert_string_equal(p.err.code, "K302");
	assert_null(p.plan.items);
	end(&p);
}

static void refused(void **state)
{
	struct planned p;

	(void)state;
	begin(&p, table, NULL);
	assert_int_equal(bpr_plan_make(p.flow.flow, p.levers, &p.suggestion, &p.how, &p.options, &p.plan, &p.err), BPR_EINVAL);
	assert_string_equal(p.err.code, "K300");
	end(&p);
	begin(&p, table, "per_year=1000");
	p.options.last = 2025;
	assert_int_equal(bpr_plan_make(p.flow.flow, p.levers, &p.suggestion, &p.how, &p.options, &p.plan, &p.err), BPR_EINVAL);
	assert_string_equal(p.err.code, "K301");
	p.options.last = 2056;
	assert_int_equal(bpr_plan_make(p.flow.flow, p.levers, &p.suggestion, &p.how, &p.options, &p.plan, &p.err), BPR_EINVAL);
	end(&p);
}

/* Never paid back, and paid back beyond the last year. */
static void payback(void **state)
{
	static const char dear[] = "id,lever,target,value,cost,yearly_cost,effort_days\nL1,speed_up,a,0,3000000,0,1\n";
	static const char runs[] = "id,lever,target,value,cost,yearly_cost,effort_days\nL1,speed_up,a,0,0,700000,1\n";
	struct planned p;

	(void)state;
	begin(&p, dear, "per_year=1000");
	plan(&p);
	assert_int_equal(p.plan.payback, 0);
	assert_rel(p.plan.payback_years, 3 + (3000000 - 2.5 * 600000) / 600000, 1e-12);
	end(&p);
	begin(&p, runs, "per_year=1000");
	plan(&p);
	assert_int_equal(p.plan.payback, 0);
	assert_true(isinf(p.plan.payback_years));
	end(&p);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_schedule), cmocka_unit_test(every_schedule_by_programme), cmocka_unit_test(programme_with_triples), cmocka_unit_test(must_be_done),
		cmocka_unit_test(years_by_hand), cmocka_unit_test(tornado_by_hand), cmocka_unit_test(days_of_a_year), cmocka_unit_test(by_yen),
		cmocka_unit_test(discounted), cmocka_unit_test(excluded), cmocka_unit_test(refused), cmocka_unit_test(payback),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
