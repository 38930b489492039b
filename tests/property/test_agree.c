/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures that must agree: with a dense solver, with the timed game, with themselves after changes that mean nothing. */
#include "config.h"
#include "test.h"
#include "analyse/game_i.h"
#include "property/random_flow.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static struct draft draft, other;

static bpr_analysis *analyse(const bpr_flow *flow)
{
	bpr_analysis *a = NULL;
	struct bpr_error err;

	if (bpr_analyse(flow, NULL, &a, NULL, &err) != BPR_OK) {
		print_error("%s %s\n", err.code, err.message);
		return NULL;
	}
	return a;
}

/* ---- traffic equations by Gauss in long double ---- */

#define MAX 48

/* v = s + A v: shares at splits, one token in each way of a parallel join. */
static void traffic(const bpr_flow *flow, long double *v)
{
	static long double a[MAX][MAX + 1];
	size_t n = bpr_flow_node_count(flow);

	memset(a, 0, sizeof(a));
	for (size_t i = 0; i < n; i++) {
		const struct bpr_node *node = bpr_flow_node(flow, i);
		long double leave = 1.0L - (long double)node->loop_prob;

		a[i][i] += 1;
		if (node->kind == BPR_NODE_START)
			a[i][n] = (long double)node->prob;
		a[i][i] -= (long double)node->loop_prob;
		for (size_t k = 0; k < node->out_count; k++) {
			const struct bpr_arc *arc = bpr_flow_arc(flow, node->first_out + k);
			size_t in;

			(void)bpr_flow_arcs_in(flow, arc->to, &in);
			a[arc->to][i] -= leave * (long double)arc->prob / (bpr_flow_node(flow, arc->to)->join == BPR_JOIN_AND ? (long double)in : 1);
		}
	}
	for (size_t c = 0; c < n; c++) {
		size_t best = c;

		for (size_t r = c + 1; r < n; r++)
			if (fabsl(a[r][c]) > fabsl(a[best][c]))
				best = r;
		for (size_t k = c; k <= n; k++) {
			long double swap = a[c][k];

			a[c][k] = a[best][k];
			a[best][k] = swap;
		}
		for (size_t r = 0; r < n; r++) {
			long double f = r == c ? 0 : a[r][c] / a[c][c];

			for (size_t k = c; f != 0 && k <= n; k++)
				a[r][k] -= f * a[c][k];
		}
	}
	for (size_t i = 0; i < n; i++)
		v[i] = a[i][n] / a[i][i];
}

static size_t against_traffic(void)
{
	long double v[MAX];
	bpr_flow *flow = draft_build(&draft, NULL);
	bpr_analysis *a = flow ? analyse(flow) : NULL;
	double ends = 0;

	if (!a) {
		bpr_flow_free(flow);
		return 0;
	}
	traffic(flow, v);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		double visits = bpr_analysis_nodes(a)[i].visits;

		assert_true(fabs(visits - (double)v[i] * (double)bpr_flow_node(flow, i)->repeat) <= 1e-9 * (1 + visits));
		ends += bpr_flow_node(flow, i)->kind == BPR_NODE_END ? visits : 0;
	}
	assert_rel(ends, 1, 1e-9);
	bpr_analysis_free(a);
	bpr_flow_free(flow);
	return 1;
}

static void visits_solve_the_traffic_equations(void **state)
{
	size_t solved = 0;

	(void)state;
	for (unsigned long long seed = 0; seed < 400; seed++) {
		draft_tangle(&draft, seed + 1000, 10 + seed % 30);
		solved += against_traffic();
	}
	assert_true(solved > 150); /* in the others a case can be caught */
	for (unsigned long long seed = 0; seed < 400; seed++) {
		draft_blocks(&draft, seed, SHAPE_AND | SHAPE_LOOPS, 40);
		solved += against_traffic();
	}
	assert_true(solved > 450);
}

/* ---- the timed game ---- */

static void within(const char *what, double sampled, double exact, double sd, double n, unsigned long long seed)
{
	if (fabs(sampled - exact) <= 5 * sd / sqrt(n) + 1e-9 * (1 + fabs(exact)))
		return;
	print_error("%s: sampled %g, exact %g, sd %g, seed %llu\n", what, sampled, exact, sd, seed);
	fail();
}

#define CASES 4000

static void against_game(unsigned long long seed)
{
	bpr_flow *flow = draft_build(&draft, NULL);
	bpr_analysis *a = analyse(flow);
	struct bpr_job job = { .flow = flow };
	struct bpr_solve_options options = { 0 };
	struct bpr_policy policy;
	struct bpr_game_options game_options = { .seed = 7, .max_moves = 1000000 };
	struct bpr_case c;
	bpr_game *game;
	double lead = 0, handoffs = 0, incomplete = 0, *visits = calloc(bpr_flow_node_count(flow), sizeof(*visits));
	const struct bpr_figure *f;

	assert_non_null(a);
	assert_int_equal(bpr_i_plan_new(flow, &job.plan, NULL), BPR_OK);
	assert_int_equal(bpr_i_solution_new(job.plan, &options, &job.base, NULL), BPR_OK);
	bpr_i_policy_init(&policy, BPR_POLICY_UNIT, job.plan);
	assert_int_equal(bpr_i_game_new(&job.base.walk, &policy, &game_options, &game, NULL), BPR_OK);
	for (unsigned long long i = 0; i < CASES; i++) {
		assert_int_equal(bpr_i_game_play(game, i, &c), BPR_OK);
		lead += c.lead;
		handoffs += c.handoffs;
		incomplete += c.incomplete;
		for (size_t k = 0; k < c.touched_count; k++)
			visits[c.touched[k]] += c.executions[c.touched[k]];
	}
	f = bpr_analysis_figure(a, BPR_METRIC_LEAD_MINUTES);
	within("lead", lead / CASES, f->mean, f->method == BPR_METHOD_EXACT ? f->sd : 2 * f->sd, CASES, seed);
	f = bpr_analysis_figure(a, BPR_METRIC_HANDOFFS);
	within("handoffs", handoffs / CASES, f->mean, f->sd, CASES, seed);
	f = bpr_analysis_figure(a, BPR_METRIC_INCOMPLETE);
	within("incomplete", incomplete / CASES, f->mean, f->sd, CASES, seed);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		within(bpr_flow_node(flow, i)->id, visits[i] / CASES, bpr_analysis_nodes(a)[i].visits, bpr_analysis_nodes(a)[i].visits_sd,
		       CASES, seed);
	free(visits);
	bpr_i_game_free(game);
	bpr_i_policy_release(&policy);
	bpr_i_solution_release(&job.base);
	bpr_i_plan_free(job.plan);
	bpr_analysis_free(a);
	bpr_flow_free(flow);
}

static void the_game_agrees(void **state)
{
	static const unsigned shapes[] = {
		SHAPE_AND | SHAPE_EDGES, SHAPE_OR | SHAPE_LOOPS, SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_REPEAT | SHAPE_EDGES,
		SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT | SHAPE_RANDOM_TIMES, SHAPE_AND | SHAPE_RANDOM_TIMES,
		SHAPE_AND | SHAPE_OR | SHAPE_LOOSE_AND | SHAPE_RANDOM_TIMES | SHAPE_EDGES,
	};

	(void)state;
	for (size_t s = 0; s < sizeof(shapes) / sizeof(shapes[0]); s++)
		for (unsigned long long seed = 0; seed < 12; seed++) {
			draft_blocks(&draft, seed + 77, shapes[s], 14);
			against_game(seed + 77);
		}
}

/* ---- changes that mean nothing ---- */

static bool changed_figures(const bpr_analysis *a, const bpr_analysis *b, bool steps)
{
	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		const struct bpr_figure *f = bpr_analysis_figure(a, (enum bpr_metric)m), *g = bpr_analysis_figure(b, (enum bpr_metric)m);

		bool skip = !steps && (m == BPR_METRIC_STEPS || m == BPR_METRIC_REVISITS);
		double slack = f->method == BPR_METHOD_SIMULATED ? 5 * (f->sd + g->sd) / sqrt(20000) : 0;

		if (skip)
			continue;
		if (fabs(f->mean - g->mean) > slack + 1e-9 * (1 + fabs(f->mean)) || f->method != g->method
		    || (f->sd_method == BPR_METHOD_EXACT && fabs(f->sd - g->sd) > 1e-7 * (1 + f->sd))) {
			print_error("%s: %.15g (%g), then %.15g (%g)\n", bpr_metric_get((enum bpr_metric)m)->key, f->mean, f->sd, g->mean, g->sd);
			return true;
		}
	}
	return false;
}

static void same(const size_t *order, bool steps, unsigned long long seed)
{
	bpr_flow *before = draft_build(&draft, NULL), *after = draft_build(&other, order);
	bpr_analysis *a, *b;

	assert_non_null(before);
	assert_non_null(after);
	a = analyse(before);
	b = analyse(after);
	assert_non_null(a);
	assert_non_null(b);
	if (changed_figures(a, b, steps)) {
		print_error("seed %llu\n", seed);
		fail();
	}
	bpr_analysis_free(a);
	bpr_analysis_free(b);
	bpr_flow_free(before);
	bpr_flow_free(after);
}

static const unsigned any_shape = SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT;

static void order_and_names_do_not_matter(void **state)
{
	(void)state;
	for (unsigned long long seed = 0; seed < 150; seed++) {
		size_t order[DRAFT_NODES];

		draft_blocks(&draft, seed, any_shape, 14);
		other = draft;
		for (size_t i = 0; i < draft.count; i++) {
			size_t k = draft_below(&other, i + 1);

			order[i] = order[k];
			order[k] = i;
			(void)snprintf(other.node[i].id, sizeof(other.node[i].id), "x%zu", 1000 - i);
		}
		/* Events of one host stay in their order: it is part of what was written. */
		same(order, true, seed);
	}
}

/* The first half keeps everything but the rest of the work. */
static void a_task_in_two_halves(void **state)
{
	(void)state;
	for (unsigned long long seed = 0; seed < 150; seed++) {
		size_t task = DRAFT_NODES;

		draft_blocks(&draft, seed, SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES, 12);
		other = draft;
		for (size_t i = 0; i < draft.count; i++) {
			bool host = false;

			for (size_t k = 0; k < draft.count; k++)
				host |= draft.node[k].host == i;
			if (draft.node[i].kind == BPR_NODE_TASK && !host && draft.node[i].work > 0)
				task = i;
		}
		if (task == DRAFT_NODES || draft.count + 1 >= DRAFT_NODES)
			continue;
		other.node[other.count] = draft.node[task];
		memset(other.node[other.count].writes, 0, sizeof(other.node[0].writes));
		other.node[other.count].seals = other.node[other.count].id_checks = other.node[other.count].copies = 0;
		other.node[other.count].wait = other.node[other.count].cost = other.node[other.count].rules = 0;
		other.node[other.count].work /= 2;
		other.node[other.count].away = draft.node[task].away;
		other.node[task].away = false;
		other.node[task].work /= 2;
		other.node[task].to[0] = other.count;
		(void)snprintf(other.node[other.count].id, sizeof(other.node[0].id), "half");
		other.count++;
		same(NULL, false, seed);
	}
}

static void a_way_never_taken(void **state)
{
	(void)state;
	for (unsigned long long seed = 0; seed < 150; seed++) {
		size_t at = DRAFT_NODES;

		draft_blocks(&draft, seed, any_shape, 12);
		other = draft;
		for (size_t i = 0; i < draft.count; i++)
			if (draft.node[i].kind == BPR_NODE_XOR && draft.node[i].out_count > 1 && draft.node[i].out_count < DRAFT_OUT)
				at = i;
		if (at == DRAFT_NODES || draft.count + 2 >= DRAFT_NODES)
			continue;
		other.node[at].to[other.node[at].out_count] = other.count;
		other.node[at].share[other.node[at].out_count++] = 0;
		other.node[other.count] = draft.node[0];
		other.node[other.count].kind = BPR_NODE_TASK;
		other.node[other.count].seals = 5;
		other.node[other.count].to[0] = other.count + 1;
		(void)snprintf(other.node[other.count].id, sizeof(other.node[0].id), "never");
		other.node[other.count + 1] = draft.node[0];
		other.node[other.count + 1].kind = BPR_NODE_END;
		other.node[other.count + 1].out_count = 0;
		(void)snprintf(other.node[other.count + 1].id, sizeof(other.node[0].id), "nowhere");
		other.count += 2;
		same(NULL, true, seed);
	}
}

/* Three rounds of what stands between two nodes are three copies of it; side by side, three branches of a split. */
static bpr_flow *rounds(unsigned long long seed, bool parallel, bool copies);

static bool splits(const bpr_flow *flow)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (bpr_flow_node(flow, i)->kind == BPR_NODE_AND)
			return true;
	return false;
}

static void rounds_are_copies(void **state)
{
	(void)state;
	for (unsigned long long seed = 0; seed < 60; seed++)
		for (int parallel = 0; parallel < 2; parallel++) {
			bpr_flow *once = rounds(seed, parallel, false), *copies = rounds(seed, parallel, true);
			bpr_analysis *a = analyse(once), *b = analyse(copies);

			assert_non_null(a);
			assert_non_null(b);
			for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
				const struct bpr_figure *f = bpr_analysis_figure(a, (enum bpr_metric)m);
				const struct bpr_figure *g = bpr_analysis_figure(b, (enum bpr_metric)m);
				double slack = f->method == BPR_METHOD_SIMULATED ? 5 * f->sd / sqrt(20000) : 0;

				/* Copies are steps of their own, also where a round finds what an earlier one has left. */
				if (m == BPR_METRIC_REVISITS || (m == BPR_METRIC_HANDOFFS && !parallel && splits(once)))
					continue;
				if (fabs(f->mean - g->mean) > slack + 1e-9 * (1 + g->mean))
					print_error("%s: %g in rounds, %g in copies, seed %llu %d\n", bpr_metric_get((enum bpr_metric)m)->key,
						    f->mean, g->mean, seed, parallel);
				assert_true(fabs(f->mean - g->mean) <= slack + 1e-9 * (1 + g->mean));
				if (f->sd_method == BPR_METHOD_EXACT && g->sd_method == BPR_METHOD_EXACT)
					assert_true(fabs(f->sd - g->sd) <= 1e-6 * (1 + g->sd));
			}
			bpr_analysis_free(a);
			bpr_analysis_free(b);
			bpr_flow_free(once);
			bpr_flow_free(copies);
		}
}

static bpr_flow *rounds(unsigned long long seed, bool parallel, bool copies)
{
	static struct draft body, all;
	size_t count = copies ? 3 : 1, split, join;
	bpr_flow *flow;

	draft_blocks(&body, seed, SHAPE_LOOPS | SHAPE_AND, 5);
	while (body.node[body.count - 1].kind != BPR_NODE_END || body.count > 13)
		draft_blocks(&body, seed += 1000, SHAPE_LOOPS | SHAPE_AND, 5);
	for (size_t i = 0; i + 1 < body.count; i++)
		if (body.node[i].kind == BPR_NODE_END) /* only bodies with one way out */
			return rounds(seed + 1000, parallel, copies);
	memset(&all, 0, sizeof(all));
	draft_plain(&all, BPR_NODE_START, "s");
	split = draft_plain(&all, parallel && copies ? BPR_NODE_AND : BPR_NODE_XOR, "in");
	join = draft_plain(&all, parallel && copies ? BPR_NODE_AND : BPR_NODE_XOR, "out");
	draft_plain(&all, BPR_NODE_END, "e");
	draft_link(&all, 0, split);
	draft_link(&all, join, 3);
	for (size_t c = 0; c < count; c++) {
		size_t from = all.count;

		for (size_t i = 1; i + 1 < body.count; i++) {
			struct draft_node *n = &all.node[all.count];

			*n = body.node[i];
			(void)snprintf(n->id, sizeof(n->id), "c%zun%zu", c, i);
			for (size_t k = 0; k < n->out_count; k++)
				n->to[k] = n->to[k] == body.count - 1 ? (parallel || c + 1 == count ? join : from + body.count - 2) : n->to[k] - 1 + from;
			all.count++;
		}
		if (parallel || !c)
			draft_link(&all, split, from);
	}
	if (copies)
		return draft_build(&all, NULL);
	flow = draft_build_scope(&all, split, join, 3, parallel);
	return flow;
}

/* ---- threads ---- */

struct task { const bpr_flow *flow; bpr_analysis *a; bpr_status status; };

static void *in_thread(void *data)
{
	struct task *t = data;

	t->status = bpr_analyse(t->flow, NULL, &t->a, NULL, NULL);
	return NULL;
}

/* One flow in four threads at once: the same bits, sampled figures included. */
static void threads_see_the_same(void **state)
{
	struct task t[4];
	pthread_t thread[4];
	bpr_flow *flow;

	(void)state;
	draft_blocks(&draft, 5, any_shape | SHAPE_RANDOM_TIMES, 24);
	flow = draft_build(&draft, NULL);
	assert_non_null(flow);
	for (size_t i = 0; i < 4; i++) {
		t[i] = (struct task){ flow, NULL, BPR_OK };
		assert_int_equal(pthread_create(&thread[i], NULL, in_thread, &t[i]), 0);
	}
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(thread[i], NULL), 0);
		assert_int_equal(t[i].status, BPR_OK);
		for (size_t m = 0; m < BPR_METRIC_COUNT; m++)
			assert_memory_equal(bpr_analysis_figure(t[i].a, (enum bpr_metric)m), bpr_analysis_figure(t[0].a, (enum bpr_metric)m),
					    sizeof(struct bpr_figure));
	}
	for (size_t i = 0; i < 4; i++)
		bpr_analysis_free(t[i].a);
	bpr_flow_free(flow);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(visits_solve_the_traffic_equations),
		cmocka_unit_test(the_game_agrees),
		cmocka_unit_test(order_and_names_do_not_matter),
		cmocka_unit_test(a_task_in_two_halves),
		cmocka_unit_test(a_way_never_taken),
		cmocka_unit_test(rounds_are_copies),
		cmocka_unit_test(threads_see_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
