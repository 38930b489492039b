/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn flow with what a log says of its steps: shares, durations, people, demand. What the log does not show stays as drawn. */
#include "config.h"
#include "mine/calibrate_i.h"
#include "base/options_i.h"
#include "flow/build_i.h"
#include "flow/format_i.h"
#include <stdio.h>
#include <string.h>

/* Events before one that are looked at for what it had to wait for. */
#define LOOKED_BACK 64

/* ---- measuring ---- */

/* When the last of what came before it had ended. */
static int64_t ended_before(const struct bpr_log_case *one, size_t at)
{
	int64_t begin = one->events[at].start != BPR_LOG_NO_TIME ? one->events[at].start : one->events[at].end, best = BPR_LOG_NO_TIME;

	for (size_t i = at; i-- > 0 && at - i <= LOOKED_BACK;)
		if (one->events[i].end <= begin && one->events[i].end > best)
			best = one->events[i].end;
	return best;
}

static bool measure_case(const struct bpr_calibration *k, bpr_measure *m, const struct bpr_log_case *one)
{
	size_t variant = bpr_conformance_of_case(k->c, one->index), at = 0;
	const struct bpr_conform_variant *v = variant == BPR_NONE ? NULL : &k->c->variant[variant];

	for (size_t i = 0; v && i < v->move_count && at < one->count; i++) {
		if (v->moves[i].move == BPR_MOVE_BOTH && !bpr_i_measure_event(m, v->moves[i].node, &one->events[at], ended_before(one, at)))
			return false;
		at += v->moves[i].move != BPR_MOVE_FLOW;
	}
	return true;
}

/* All cases, their events too or not. */
static bpr_status walk(const struct bpr_calibration *k, bpr_measure *m, bool events, struct bpr_error *err)
{
	bpr_log_walk *walk = NULL;
	const struct bpr_log_case *one = NULL;
	bpr_status status = bpr_log_walk_new(k->c->log, &walk, err);

	while (status == BPR_OK) {
		status = bpr_log_walk_next(walk, &one, err);
		if (status != BPR_OK || !one)
			break;
		if (!(events ? measure_case(k, m, one) : bpr_i_measure_case(m, one)))
			status = bpr_i_nomem(err);
	}
	bpr_log_walk_free(walk);
	return status;
}

/* ---- steps ---- */

static bool put_duration(struct bpr_calibration *k, size_t node, bool work, const struct bpr_dist *dist)
{
	struct bpr_buf text = BPR_BUF_INIT;
	bool ok;

	bpr_i_format_dist(&text, dist);
	if (text.length > 200)
		text.data[text.length = 200] = '\0';
	ok = !text.failed && bpr_i_flow_edit_duration(k->out, node, work, dist)
		&& bpr_i_flow_edit_origin(k->out, BPR_ORIGIN_STEP, bpr_flow_node(k->flow, node)->id, work ? "work" : "wait", text.data ? text.data : "",
					  "measured");
	bpr_i_buf_release(&text);
	k->durations++;
	return ok;
}

struct untold { size_t count; const char *first; };

static void count_untold(struct untold *u, const char *name)
{
	u->first = u->count++ ? u->first : name;
}

static bool tell_untold(struct bpr_calibration *k, enum bpr_code_id id, const struct untold *u)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%zu", u->count);
	return !u->count || bpr_i_problem(k->problems, id, NULL, false, number, u->first, NULL, NULL);
}

static bool put_steps(struct bpr_calibration *k, const bpr_measure *m)
{
	struct untold never = { 0 }, startless = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < bpr_flow_node_count(k->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(k->flow, i);
		const struct bpr_measured_step *step = bpr_i_measured_step(m, i);

		if (!bpr_node_is_step(n) || !k->c->match.visible[i])
			continue;
		if (!step->events)
			count_untold(&never, *n->name ? n->name : n->id);
		else if (step->work_known && step->work)
			ok = put_duration(k, i, true, step->work);
		else if (!step->work_known && (n->work || n->wait))
			count_untold(&startless, *n->name ? n->name : n->id);
		else if (!step->work_known && step->wait)
			ok = put_duration(k, i, false, step->wait);
	}
	return ok && tell_untold(k, BPR_I_L622, &never) && tell_untold(k, BPR_I_L623, &startless);
}

/* ---- people and demand: what is written as rows is read by the builder, in a flow of its own ---- */

static bpr_status add_pool(bpr_builder *b, const struct bpr_measured_pool *pool)
{
	char number[32];
	int length = snprintf(number, sizeof(number), "%zu", pool->count);
	const struct bpr_cell cells[] = { { bpr_i_column_find(BPR_TABLE_STAFF, "pool", 4), pool->name, strlen(pool->name) },
					  { bpr_i_column_find(BPR_TABLE_STAFF, "count", 5), number, (size_t)length } };

	return bpr_i_builder_companion(b, BPR_TABLE_STAFF, cells, 2, NULL);
}

static bpr_status build_rows(const struct bpr_calibration *k, const bpr_measure *m, bpr_flow **out, struct bpr_error *err)
{
	const struct bpr_build_options building = { .max_nodes = 10, .max_field = (size_t)1 << 20 };
	size_t from = 0, to = 0, count;
	const struct bpr_measured_pool *pools = bpr_i_measured_pools(m, &count);
	const struct bpr_measured_row *rows;
	bpr_builder *b = NULL;
	bpr_status status = bpr_i_builder_new(&b, bpr_log_info(k->c->log).name, "measured", "", &building, NULL, err);

	if (status == BPR_OK)
		status = bpr_i_builder_node(b, BPR_NODE_START, "start", 5, NULL, &from);
	if (status == BPR_OK)
		status = bpr_i_builder_node(b, BPR_NODE_END, "end", 3, NULL, &to);
	if (status == BPR_OK)
		status = bpr_i_builder_arc(b, from, to, 1, NULL, NULL, NULL);
	for (size_t i = 0; status == BPR_OK && i < count; i++)
		status = add_pool(b, &pools[i]);
	rows = bpr_i_measured_demand(m, &count);
	for (size_t i = 0; status == BPR_OK && i < count; i++) {
		const struct bpr_cell cell = { bpr_i_column_find(BPR_TABLE_DEMAND, rows[i].key, strlen(rows[i].key)), rows[i].value, strlen(rows[i].value) };

		status = bpr_i_builder_companion(b, BPR_TABLE_DEMAND, &cell, 1, NULL);
	}
	if (status == BPR_OK)
		status = bpr_i_builder_finish(b, out, err);
	bpr_i_builder_free(b);
	return status;
}

static bool is_row(const struct bpr_measured_row *rows, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(rows[i].key, key))
			return true;
	return false;
}

/* Key by key; how many come is said in one way only. */
static bool put_demand(struct bpr_calibration *k, const bpr_measure *m, const bpr_flow *built)
{
	const struct bpr_demand *from = bpr_flow_demand(built);
	struct bpr_demand *to = bpr_i_flow_edit_demand(k->out);
	size_t count;
	const struct bpr_measured_row *rows = bpr_i_measured_demand(m, &count);
	bool ok = true;

	if (is_row(rows, count, "per_day") || is_row(rows, count, "arrivals")) {
		to->per_day = from->per_day;
		to->per_day_given = from->per_day_given;
		to->per_year = 0;
		to->per_year_given = false;
		to->arrivals = from->arrivals;
		to->first = from->first;
		to->times = NULL;
		to->time_count = 0;
		to->times_source = NULL;
		to->windows = from->windows;
	}
	if (is_row(rows, count, "open")) {
		to->open_from = from->open_from;
		to->open_to = from->open_to;
		to->open = from->open;
	}
	if (is_row(rows, count, "closed")) {
		to->closed_days = from->closed_days;
		to->closed = from->closed;
		to->closed_given = from->closed_given;
	}
	to->weekdays = is_row(rows, count, "weekdays") ? from->weekdays : to->weekdays;
	to->profile = is_row(rows, count, "profile") ? from->profile : to->profile;
	to->seasons = is_row(rows, count, "peaks") ? from->seasons : to->seasons;
	to->peaks = is_row(rows, count, "peaks") ? from->peaks : to->peaks;
	for (size_t i = 0; ok && i < count; i++)
		ok = bpr_i_flow_edit_origin(k->out, BPR_ORIGIN_DEMAND, "demand", rows[i].key, rows[i].value, "measured");
	k->demands = count;
	return ok;
}

static bool note_count(struct bpr_calibration *k, const char *pool, size_t count)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%zu", count);
	k->pools++;
	return bpr_i_flow_edit_origin(k->out, BPR_ORIGIN_STAFF, pool, "count", number, "measured");
}

/* Drawn without people: those that were seen, with the steps that they do. */
static bool new_pools(struct bpr_calibration *k, const bpr_measure *m, const bpr_flow *built)
{
	size_t count;
	const struct bpr_measured_pool *pools = bpr_i_measured_pools(m, &count);
	bool ok = bpr_i_flow_edit_pools(k->out, built);

	for (size_t i = 0; ok && i < bpr_flow_node_count(k->flow); i++) {
		const struct bpr_measured_step *step = bpr_i_measured_step(m, i);

		if (!step->events || step->pool == BPR_NONE || bpr_flow_node(k->flow, i)->actor != BPR_ACTOR_STAFF)
			continue;
		for (size_t p = 0; ok && p < bpr_flow_pool_count(built); p++)
			if (!strcmp(bpr_flow_pool(built, p)->name, pools[step->pool].name))
				ok = bpr_i_flow_edit_need(k->out, i, p, step->people);
	}
	for (size_t p = 0; ok && p < count; p++)
		ok = note_count(k, pools[p].name, pools[p].count);
	return ok;
}

/* Drawn people keep their name; how many there are is known where all of their steps are done by one kind of people of the log. */
static bool count_pools(struct bpr_calibration *k, const bpr_measure *m)
{
	size_t count;
	const struct bpr_measured_pool *pools = bpr_i_measured_pools(m, &count);
	bool ok = true;

	for (size_t p = 0; ok && p < bpr_flow_pool_count(k->flow); p++) {
		size_t seen = BPR_NONE;
		bool one = true;

		for (size_t i = 0; i < bpr_flow_node_count(k->flow); i++) {
			const struct bpr_node *n = bpr_flow_node(k->flow, i);
			const struct bpr_measured_step *step = bpr_i_measured_step(m, i);

			if (n->need_count != 1 || n->needs[0].pool != p || !step->events)
				continue;
			one &= step->pool != BPR_NONE && (seen == BPR_NONE || seen == step->pool);
			seen = step->pool;
		}
		if (one && seen != BPR_NONE && bpr_flow_pool(k->flow, p)->shift_count <= 1 && pools[seen].count)
			ok = bpr_i_flow_edit_count(k->out, p, pools[seen].count) && note_count(k, bpr_flow_pool(k->flow, p)->name, pools[seen].count);
	}
	return ok;
}

static bpr_status put_tables(struct bpr_calibration *k, const bpr_measure *m, const struct bpr_discovery_options *o, struct bpr_error *err)
{
	bpr_flow *built = NULL;
	bpr_status status = build_rows(k, m, &built, err);
	bool ok = true;

	if (status != BPR_OK)
		return status;
	bpr_i_flow_keep(k->out, built);
	if (o->pools)
		ok = bpr_flow_pool_count(k->flow) ? count_pools(k, m) : new_pools(k, m, built);
	if (ok && o->demand)
		ok = put_demand(k, m, built);
	return ok ? BPR_OK : bpr_i_nomem(err);
}

/* ---- all of it ---- */

static bool tell_filled(const struct bpr_calibration *k)
{
	char text[4][32];
	const size_t values[4] = { k->shares, k->durations, k->pools, k->demands };

	for (size_t i = 0; i < 4; i++)
		(void)snprintf(text[i], sizeof(text[i]), "%zu", values[i]);
	return bpr_i_problem(k->problems, BPR_I_L624, NULL, false, text[0], text[1], text[2], text[3]);
}

static bpr_status fill(struct bpr_calibration *k, const struct bpr_discovery_options *o, struct bpr_error *err)
{
	bpr_measure *m = bpr_i_measure_new(k->c->log, bpr_flow_node_count(k->flow), o);
	bpr_status status = m ? walk(k, m, false, err) : bpr_i_nomem(err);

	if (status == BPR_OK && !bpr_i_measure_hours(m))
		status = bpr_i_nomem(err);
	if (status == BPR_OK)
		status = walk(k, m, true, err);
	if (status == BPR_OK)
		status = bpr_i_measure_finish(m, k->problems, err);
	if (status == BPR_OK && (!bpr_i_decided_count(&k->decided, k->c) || !bpr_i_calibrate_shares(k) || !put_steps(k, m)))
		status = bpr_i_nomem(err);
	if (status == BPR_OK)
		status = put_tables(k, m, o, err);
	bpr_i_measure_free(m);
	return status;
}

bpr_status bpr_calibrate(const bpr_log *log, const bpr_flow *flow, const bpr_conformance *conformance, const struct bpr_discovery_options *options,
			 bpr_flow **out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_discovery_options o = BPR_DISCOVERY_OPTIONS_INIT;
	struct bpr_calibration k = { .c = conformance, .flow = flow, .problems = problems };
	bpr_status status;

	*out = NULL;
	if (!bpr_i_options(&o, options) || conformance->log != log || conformance->flow != flow)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	status = bpr_i_flow_derive(flow, &k.out, err);
	if (status != BPR_OK)
		return status;
	status = fill(&k, &o, err);
	if (status == BPR_OK && !tell_filled(&k))
		status = bpr_i_nomem(err);
	bpr_i_decided_release(&k.decided);
	if (status != BPR_OK) {
		bpr_flow_free(k.out);
		return status;
	}
	bpr_i_flow_settle(k.out);
	*out = k.out;
	return BPR_OK;
}
