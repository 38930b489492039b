/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log into a measured flow: distinct traces in one walk, their tree, what steps carry in another walk, the flow. */
#include "config.h"
#include "mine/discover_build_i.h"
#include "mine/discover_case_i.h"
#include <stdio.h>
#include <string.h>

/* Activities of all distinct traces together: 128 MiB. Traces that are new behind that are counted, told and left out. */
#define MAX_EVENTS ((size_t)32 << 20)

struct discovery {
	const bpr_log *log;
	const struct bpr_discovery_options *options;
	bpr_problems *problems;
	struct bpr_error *err;
	struct bpr_arena arena;
	struct bpr_selected cases_of;       /* the walks */
	struct bpr_traces traces;
	uint32_t *piece; size_t piece_capacity;
	uint64_t cases, events, beyond;  /* looked at; cases left out as too many different ones */
	uint64_t unfinished;             /* cases left out as not over */
	struct bpr_tree *tree;
	struct bpr_tree_told told;
	uint32_t activity_count;
	uint64_t *beside; size_t words;  /* [activity_count * words] bits: activities that can go on at the same time */
	bpr_measure *m;
};

/* ---- distinct traces ---- */

static bool add_case(struct discovery *d, const struct bpr_log_case *c)
{
	if (!bpr_i_grow(&d->piece, &d->piece_capacity, c->count, sizeof(*d->piece)))
		return false;
	for (size_t i = 0; i < c->count; i++)
		d->piece[i] = c->events[i].activity;
	if (d->traces.event_count + c->count > MAX_EVENTS && bpr_i_traces_find(&d->traces, d->piece, c->count) == SIZE_MAX) {
		d->beyond++;
		return true;
	}
	d->cases++;
	d->events += c->count;
	return bpr_i_traces_add(&d->traces, d->piece, c->count, 1);
}

static bpr_status collect(struct discovery *d)
{
	const struct bpr_log_case *c;
	bpr_status status = bpr_i_selected_begin(&d->cases_of, d->log, d->options->mine, d->problems, d->err);

	while (status == BPR_OK && (status = bpr_i_selected_next(&d->cases_of, &c, d->err)) == BPR_OK && c)
		if (!add_case(d, c))
			status = bpr_i_nomem(d->err);
	d->unfinished = d->cases_of.unfinished;
	return status;
}

/* ---- what steps carry ---- */

/* Marks the leaves of a part. */
static void mark_leaves(const struct bpr_tree *tree, uint64_t *leaves)
{
	if (tree->kind == BPR_TREE_LEAF)
		leaves[tree->activity / 64] |= (uint64_t)1 << tree->activity % 64;
	for (size_t i = 0; i < tree->child_count; i++)
		mark_leaves(tree->children[i], leaves);
}

static void add_beside(struct discovery *d, const struct bpr_tree *tree, const uint64_t *others)
{
	if (tree->kind == BPR_TREE_LEAF)
		for (size_t w = 0; w < d->words; w++)
			d->beside[tree->activity * d->words + w] |= others[w];
	for (size_t i = 0; i < tree->child_count; i++)
		add_beside(d, tree->children[i], others);
}

/* Leaves of different children of concurrency are beside each other. others: room. */
static void find_beside(struct discovery *d, const struct bpr_tree *tree, uint64_t *others)
{
	for (size_t i = 0; tree->kind == BPR_TREE_AND && i < tree->child_count; i++) {
		memset(others, 0, d->words * sizeof(*others));
		for (size_t k = 0; k < tree->child_count; k++)
			if (k != i)
				mark_leaves(tree->children[k], others);
		add_beside(d, tree->children[i], others);
	}
	for (size_t i = 0; i < tree->child_count; i++)
		find_beside(d, tree->children[i], others);
}

static bool measure_case(struct discovery *d, const struct bpr_log_case *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const uint64_t *beside = d->beside + c->events[i].activity * d->words;
		size_t k = i;

		/* What it had to wait for: the event before it that is not done at the same time. */
		while (k > 0 && beside[c->events[k - 1].activity / 64] >> c->events[k - 1].activity % 64 & 1)
			k--;
		if (!bpr_i_measure_event(d->m, c->events[i].activity, &c->events[i], k ? c->events[k - 1].end : BPR_LOG_NO_TIME))
			return false;
	}
	return true;
}

static bpr_status measure(struct discovery *d)
{
	uint64_t *others;
	const struct bpr_log_case *c;
	bpr_status status;

	d->words = ((size_t)d->activity_count + 63) / 64;
	d->beside = bpr_i_calloc(d->activity_count * d->words, sizeof(*d->beside));
	others = bpr_i_calloc(d->words, sizeof(*others));
	d->m = bpr_i_measure_new(d->log, d->activity_count, d->options);
	status = d->beside && others && d->m ? bpr_i_selected_rewind(&d->cases_of, d->err) : bpr_i_nomem(d->err);
	if (status == BPR_OK)
		find_beside(d, d->tree, others);
	while (status == BPR_OK && (status = bpr_i_selected_next(&d->cases_of, &c, d->err)) == BPR_OK && c)
		if (!bpr_i_measure_case(d->m, c))
			status = bpr_i_nomem(d->err);
	if (status == BPR_OK)
		status = bpr_i_measure_hours(d->m) ? bpr_i_selected_rewind(&d->cases_of, d->err) : bpr_i_nomem(d->err);
	while (status == BPR_OK && (status = bpr_i_selected_next(&d->cases_of, &c, d->err)) == BPR_OK && c)
		if (!measure_case(d, c))
			status = bpr_i_nomem(d->err);
	bpr_i_free(others);
	return status == BPR_OK ? bpr_i_measure_finish(d->m, d->problems, d->err) : status;
}

/* ---- what is told ---- */

static void percent(char text[32], uint64_t some, uint64_t all)
{
	struct bpr_buf buf = { text, 0, 32, 31, BPR_OK };

	bpr_i_buf_printf(&buf, "%.2g", all ? 100 * (double)some / (double)all : 0);
}

static void tell(struct discovery *d, enum bpr_code_id id, uint64_t some, uint64_t all)
{
	struct bpr_place place = { .file = bpr_log_info(d->log).name };
	char count[32], share[32];

	(void)snprintf(count, sizeof(count), "%llu", (unsigned long long)some);
	percent(share, some, all);
	(void)bpr_i_problem(d->problems, id, &place, false, count, share, NULL, NULL);
}

static void tell_all(struct discovery *d)
{
	if (d->unfinished)
		tell(d, BPR_I_L507, d->unfinished, d->unfinished + d->cases + d->beyond);
	if (d->beyond)
		tell(d, BPR_I_L503, d->beyond, d->beyond + d->cases);
	if (d->told.events)
		tell(d, BPR_I_L501, d->told.events, d->events);
	if (d->told.skips + d->told.repeats)
		tell(d, BPR_I_L509, d->told.skips + d->told.repeats, d->events);
	if (d->told.limited)
		tell(d, BPR_I_L508, 0, 0);
	if (d->told.flower_activities)
		tell(d, BPR_I_L502, d->told.flower_activities, d->activity_count);
}

static bpr_status mine_tree(struct discovery *d)
{
	bpr_status status = bpr_i_tree_mine(&d->traces, d->activity_count, d->options->noise, &d->arena, &d->tree, &d->told);
	char limit[32];

	if (status == BPR_ENOMEM)
		return bpr_i_nomem(d->err);
	if (status == BPR_EINVAL)
		return bpr_i_fail(d->err, status, BPR_I_L500, bpr_log_info(d->log).name, 0, NULL, NULL);
	(void)snprintf(limit, sizeof(limit), "%d", BPR_I_TREE_ACTIVITIES);
	return status == BPR_OK ? BPR_OK : bpr_i_fail(d->err, status, BPR_I_L504, bpr_log_info(d->log).name, 0, limit, NULL);
}

bpr_status bpr_discover(const bpr_log *log, const struct bpr_discovery_options *options, bpr_flow **out, bpr_problems *problems,
			struct bpr_error *err)
{
	static const struct bpr_discovery_options defaults = BPR_DISCOVERY_OPTIONS_INIT;
	struct discovery d = { .log = log, .options = options ? options : &defaults, .problems = problems, .err = err,
			       .activity_count = bpr_log_name_count(log, BPR_LOG_ACTIVITY) };
	bpr_status status;

	*out = NULL;
	if (!(d.options->noise >= 0 && d.options->noise <= 1))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_L505, NULL, 0, NULL, NULL);
	status = collect(&d);
	if (status == BPR_OK)
		status = mine_tree(&d);
	if (status == BPR_OK) {
		tell_all(&d);
		status = measure(&d);
	}
	if (status == BPR_OK)
		status = bpr_i_discover_build(log, d.tree, d.m, d.options, out, problems, err);
	bpr_i_measure_free(d.m);
	bpr_i_free(d.beside);
	bpr_i_selected_release(&d.cases_of);
	bpr_i_traces_release(&d.traces);
	bpr_i_free(d.piece);
	bpr_i_arena_release(&d.arena);
	return status;
}
