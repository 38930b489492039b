/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log into a measured flow: distinct traces in one walk, their tree, what steps carry in another walk, the flow. */
#include "config.h"
#include "mine/discover_build_i.h"
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
	struct bpr_traces traces;
	uint32_t *piece; size_t piece_capacity;
	uint64_t cases, events, beyond;  /* looked at; cases left out as too many different ones */
	struct bpr_tree *tree;
	struct bpr_tree_told told;
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
	bpr_log_walk *walk;
	const struct bpr_log_case *c;
	bpr_status status = bpr_log_walk_new(d->log, &walk, d->err);

	while (status == BPR_OK && (status = bpr_log_walk_next(walk, &c, d->err)) == BPR_OK && c)
		if (!add_case(d, c))
			status = bpr_i_nomem(d->err);
	bpr_log_walk_free(walk);
	return status;
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
	if (d->beyond)
		tell(d, BPR_I_L503, d->beyond, d->beyond + d->cases);
	if (d->told.events)
		tell(d, BPR_I_L501, d->told.events, d->events);
	if (d->told.flower_activities)
		tell(d, BPR_I_L502, d->told.flower_activities, bpr_log_name_count(d->log, BPR_LOG_ACTIVITY));
}

static bpr_status mine_tree(struct discovery *d)
{
	bpr_status status = bpr_i_tree_mine(&d->traces, bpr_log_name_count(d->log, BPR_LOG_ACTIVITY), d->options->noise, &d->arena, &d->tree,
					    &d->told);
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
	struct discovery d = { .log = log, .options = options ? options : &defaults, .problems = problems, .err = err };
	bpr_status status;

	*out = NULL;
	if (!(d.options->noise >= 0 && d.options->noise <= 1))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_L505, NULL, 0, NULL, NULL);
	status = collect(&d);
	if (status == BPR_OK)
		status = mine_tree(&d);
	if (status == BPR_OK) {
		tell_all(&d);
		status = bpr_i_discover_build(log, d.tree, NULL, d.options, out, problems, err);
	}
	bpr_i_traces_release(&d.traces);
	bpr_i_free(d.piece);
	bpr_i_arena_release(&d.arena);
	return status;
}
