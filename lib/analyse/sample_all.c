/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a terminate end cuts branches off, how far they have come depends on time: every figure from the timed game. */
#include "config.h"
#include "analyse/game_i.h"
#include "analyse/sample_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct whole {
	struct bpr_job *job;
	struct bpr_policy unit, place;
	struct bpr_tally tally;
	struct bpr_running figure[BPR_METRIC_COUNT];
	double *square;                 /* [n] of executions */
	double *pair; size_t units;     /* [units][units], where they are few */
	uint32_t at;                    /* the citizen's place */
	double comings[BPR_REWARD_MAX]; /* of this case */
};

/* A matrix of so many units is kept whole; of more, only the total of handoffs is given. */
#define MAX_UNITS 1000

static void entered(void *data, size_t node, uint32_t attr)
{
	struct whole *w = data;
	struct bpr_unit_members members = { &w->unit, attr };
	double reward[BPR_REWARD_MAX];
	size_t unit, count;

	(void)bpr_i_policy_reward(&w->place, w->at, node, reward);
	for (size_t i = 0; i < BPR_REWARD_MAX; i++)
		w->comings[i] += reward[i];
	if (reward[BPR_PLACE_VISITS] > 0)
		w->job->a->counters[w->job->plan->node[node]->counter].visits += reward[BPR_PLACE_VISITS];
	w->at = bpr_i_policy_enter(&w->place, w->at, node);
	if (!w->pair || !(w->job->plan->trait[node] & BPR_TRAIT_UNIT))
		return;
	while (bpr_i_policy_next_unit(&members, &unit, &count))
		if (unit != w->job->plan->node[node]->unit) {
			w->pair[unit * w->units + w->job->plan->node[node]->unit] += (double)count;
			w->job->handed[node] += (double)count;
		}
}

static void passed(void *data, size_t arc)
{
	struct whole *w = data;

	w->job->a->arcs[arc] += 1;
}

static void count_case(struct whole *w, const struct bpr_case *c)
{
	struct bpr_job *job = w->job;
	double x[BPR_METRIC_COUNT];

	bpr_i_tally_case(&w->tally, c->touched, c->touched_count, c->executions, c->work, x);
	for (size_t i = 0; i < w->tally.counter_count; i++)
		job->a->counters[w->tally.counters[i]].reach += 1;
	for (size_t i = 0; i < w->tally.class_count; i++)
		job->class_reach[w->tally.classes[i]] += 1;
	bpr_i_tally_clear(&w->tally);
	x[BPR_METRIC_COUNTER_VISITS] = w->comings[BPR_PLACE_VISITS];
	x[BPR_METRIC_TRIPS] = w->comings[BPR_PLACE_TRIPS];
	x[BPR_METRIC_BUILDING_MOVES] = w->comings[BPR_PLACE_MOVES];
	x[BPR_METRIC_HANDOFFS] = c->handoffs;
	x[BPR_METRIC_INCOMPLETE] = c->incomplete;
	x[BPR_METRIC_LEAD_MINUTES] = c->lead;
	for (size_t m = 0; m < BPR_METRIC_COUNT; m++)
		bpr_i_running_add(&w->figure[m], x[m]);
	for (size_t i = 0; i < c->touched_count; i++) {
		double n = c->executions[c->touched[i]];

		job->a->nodes[c->touched[i]].visits += n;
		job->a->nodes[c->touched[i]].reach += 1;
		w->square[c->touched[i]] += n * n;
	}
	for (size_t at = c->last; at != BPR_NONE; at = c->path[at].prev)
		job->critical[c->path[at].node] += c->path[at].work;
}

static int most_first(const void *x, const void *y)
{
	const struct bpr_handoff *a = x, *b = y;

	if (a->count > b->count || a->count < b->count)
		return a->count > b->count ? -1 : 1;
	return a->from != b->from ? (a->from < b->from ? -1 : 1) : (a->to > b->to) - (a->to < b->to);
}

static bool list_pairs(struct whole *w, double n)
{
	struct bpr_analysis *a = w->job->a;
	size_t all = w->units * w->units, count = 0;

	for (size_t i = 0; w->pair && i < all; i++)
		count += w->pair[i] > 0;
	a->handoffs = bpr_i_arena_alloc(&a->arena, count, sizeof(*a->handoffs));
	if (!a->handoffs)
		return false;
	for (size_t i = 0; w->pair && i < all; i++)
		if (w->pair[i] > 0)
			a->handoffs[a->handoff_count++] = (struct bpr_handoff){ i / w->units, i % w->units, w->pair[i] / n };
	if (a->handoff_count)
		qsort(a->handoffs, a->handoff_count, sizeof(*a->handoffs), most_first);
	return true;
}

/* From sums over the cases to means. */
static bpr_status finish(struct whole *w, double n)
{
	struct bpr_job *job = w->job;
	struct bpr_analysis *a = job->a;

	for (size_t m = 0; m < BPR_METRIC_COUNT; m++)
		a->figure[m] = bpr_i_running_figure(&w->figure[m]);
	for (size_t i = 0; i < job->plan->n; i++) {
		double v = a->nodes[i].visits / n;

		a->nodes[i] = (struct bpr_node_result){ v, a->nodes[i].reach / n, sqrt(fmax(0, w->square[i] / n - v * v)) };
		job->entries[i] = v / bpr_i_plan_repeat(job->plan, i);
		job->critical[i] /= n;
		job->handed[i] /= n;
	}
	for (size_t i = 0; i < job->plan->arc_count; i++)
		a->arcs[i] /= n;
	for (size_t i = 0; i < bpr_flow_counter_count(job->flow); i++) {
		a->counters[i].visits /= n;
		a->counters[i].reach /= n;
	}
	for (size_t i = 0; i < job->writing->class_count; i++)
		job->class_reach[i] /= n;
	if (!list_pairs(w, n))
		return bpr_i_nomem(job->err);
	return bpr_i_sum_parts(job);
}

static bool allocate(struct whole *w)
{
	struct bpr_job *job = w->job;
	size_t n = job->plan->n;

	w->units = bpr_flow_unit_count(job->flow);
	if (w->units > 1 && w->units <= MAX_UNITS && !(w->pair = bpr_i_calloc(w->units * w->units, sizeof(*w->pair))))
		return false;
	w->square = bpr_i_calloc(n, sizeof(*w->square));
	job->entries = bpr_i_calloc(n, sizeof(*job->entries));
	job->handed = bpr_i_calloc(n, sizeof(*job->handed));
	job->critical = bpr_i_calloc(n, sizeof(*job->critical));
	job->class_reach = bpr_i_calloc(job->writing->class_count, sizeof(*job->class_reach));
	return bpr_i_tally_init(&w->tally, job) && w->square && job->entries && job->handed && job->critical && job->class_reach;
}

bpr_status bpr_i_sample_all(struct bpr_job *job)
{
	struct whole w = { .job = job };
	struct bpr_game_options options = { job->options.seed, (size_t)1 << 28, entered, passed, &w };
	size_t cases = bpr_i_sample_size(job, BPR_MOVES_FOR_MEANS);
	struct bpr_case c;
	bpr_game *game = NULL;
	bpr_status status = BPR_OK;

	job->sampled = cases;
	bpr_i_policy_init(&w.unit, BPR_POLICY_UNIT, job->plan);
	bpr_i_policy_init(&w.place, BPR_POLICY_PLACE, job->plan);
	if (!cases)
		status = bpr_i_fail(job->err, BPR_EUNSUPPORTED, BPR_I_A012, NULL, 0, "steps", NULL);
	else if (!allocate(&w))
		status = bpr_i_nomem(job->err);
	if (status == BPR_OK)
		status = bpr_i_game_new(&job->base.walk, &w.unit, &options, &game, job->err);
	for (size_t i = 0; status == BPR_OK && i < cases; i++) {
		w.at = 0;
		memset(w.comings, 0, sizeof(w.comings));
		status = bpr_i_game_play(game, i, &c);
		if (status == BPR_OK)
			count_case(&w, &c);
		else
			status = status == BPR_ENOMEM ? bpr_i_nomem(job->err)
				: bpr_i_fail(job->err, status, BPR_I_A012, NULL, 0, "steps", NULL);
	}
	if (status == BPR_OK)
		status = finish(&w, (double)cases);
	bpr_i_game_free(game);
	bpr_i_policy_release(&w.unit);
	bpr_i_policy_release(&w.place);
	bpr_i_tally_release(&w.tally);
	bpr_i_free(w.square);
	bpr_i_free(w.pair);
	return status;
}

/* ---- distributions ---- */

struct counts { size_t *of; size_t size, capacity; };

static bool add_count(struct counts *k, double x)
{
	size_t value = x > 0 ? (size_t)(x + 0.5) : 0;

	if (value >= BPR_DISTRIBUTION_MAX)
		value = BPR_DISTRIBUTION_MAX; /* counted in the tail */
	if (!bpr_i_grow(&k->of, &k->capacity, value + 1, sizeof(*k->of)))
		return false;
	while (k->size <= value)
		k->of[k->size++] = 0;
	k->of[value]++;
	return true;
}

static bool list_counts(const struct counts *k, double cases, struct bpr_distribution *out)
{
	size_t end = k->size > BPR_DISTRIBUTION_MAX ? BPR_DISTRIBUTION_MAX : k->size;

	while (out->first < end && !k->of[out->first])
		out->first++;
	out->count = end - out->first;
	out->prob = bpr_i_calloc(out->count, sizeof(*out->prob));
	if (!out->prob)
		return false;
	for (size_t i = 0; i < out->count; i++)
		out->prob[i] = (double)k->of[out->first + i] / cases;
	out->minimum = out->first;
	out->maximum = k->size ? k->size - 1 : 0;
	out->tail = k->size > end ? (double)k->of[end] / cases : 0;
	out->method = BPR_METHOD_SIMULATED;
	return true;
}

/* The metric of one sampled case: by the chain where counts do not depend on time, else by the game. */
static bpr_status one_case(struct whole *w, bpr_game *game, struct bpr_chain_case *chain, size_t index, double *x)
{
	struct bpr_case c;
	bpr_status status;

	w->at = 0;
	memset(w->comings, 0, sizeof(w->comings));
	if (!game) {
		status = bpr_i_chain_case_walk(chain, w->job, index);
		bpr_i_tally_case(&w->tally, chain->nodes, chain->count, chain->executions, NULL, x);
	} else if ((status = bpr_i_game_play(game, index, &c)) == BPR_OK) {
		bpr_i_tally_case(&w->tally, c.touched, c.touched_count, c.executions, NULL, x);
		x[BPR_METRIC_HANDOFFS] = c.handoffs;
		x[BPR_METRIC_COUNTER_VISITS] = w->comings[BPR_PLACE_VISITS];
		x[BPR_METRIC_TRIPS] = w->comings[BPR_PLACE_TRIPS];
		x[BPR_METRIC_BUILDING_MOVES] = w->comings[BPR_PLACE_MOVES];
	}
	bpr_i_tally_clear(&w->tally);
	return status;
}

bpr_status bpr_i_sample_distribution(struct bpr_job *job, enum bpr_metric metric, struct bpr_distribution *out)
{
	struct whole w = { .job = job };
	struct bpr_game_options options = { job->options.seed, (size_t)1 << 28, entered, NULL, &w };
	struct bpr_analysis scratch = { 0 };
	struct bpr_chain_case chain = { 0 };
	struct counts counts = { 0 };
	size_t cases = bpr_i_sample_size(job, BPR_MOVES_FOR_MEANS);
	double x[BPR_METRIC_COUNT];
	bpr_game *game = NULL;
	bool ok;
	bpr_status status = BPR_OK;

	if (!cases)
		return bpr_i_fail(job->err, BPR_EUNSUPPORTED, BPR_I_A012, NULL, 0, bpr_metric_get(metric)->key, NULL);
	bpr_i_policy_init(&w.unit, BPR_POLICY_UNIT, job->plan);
	bpr_i_policy_init(&w.place, BPR_POLICY_PLACE, job->plan);
	scratch.counters = bpr_i_calloc(bpr_flow_counter_count(job->flow), sizeof(*scratch.counters));
	job->a = &scratch;
	ok = bpr_i_tally_init(&w.tally, job) && scratch.counters;
	ok = bpr_i_chain_case_init(&chain, job) && ok;
	if (ok && (job->timed_counts || metric == BPR_METRIC_HANDOFFS))
		status = bpr_i_game_new(&job->base.walk, &w.unit, &options, &game, job->err);
	for (size_t i = 0; status == BPR_OK && ok && i < cases; i++) {
		status = one_case(&w, game, &chain, i, x);
		if (status == BPR_OK)
			ok = add_count(&counts, x[metric]);
	}
	if (status == BPR_OK)
		status = ok && list_counts(&counts, (double)cases, out) ? BPR_OK : bpr_i_nomem(job->err);
	bpr_i_game_free(game);
	bpr_i_policy_release(&w.unit);
	bpr_i_policy_release(&w.place);
	bpr_i_tally_release(&w.tally);
	bpr_i_chain_case_release(&chain);
	bpr_i_free(scratch.counters);
	bpr_i_free(counts.of);
	job->a = NULL;
	return status;
}
