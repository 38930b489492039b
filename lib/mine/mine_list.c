/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of the result, made of what was counted. */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include <stdlib.h>

/* By count, then as first met. */
static int by_count(uint64_t a, uint64_t b, size_t first, size_t second)
{
	if (a != b)
		return a > b ? -1 : 1;
	return first < second ? -1 : first > second;
}

static int by_names(uint64_t a, uint64_t b, uint32_t from_a, uint32_t from_b, uint32_t to_a, uint32_t to_b)
{
	return a != b || from_a != from_b ? by_count(a, b, from_a, from_b) : by_count(0, 0, to_a, to_b);
}

static int compare_arcs(const void *x, const void *y)
{
	const struct bpr_mine_arc *a = x, *b = y;

	return by_names(a->count, b->count, a->from, b->from, a->to, b->to);
}

static int compare_loops(const void *x, const void *y)
{
	const struct bpr_mine_loop *a = x, *b = y;

	return by_names(a->count, b->count, a->from, b->from, a->to, b->to);
}

static int compare_handovers(const void *x, const void *y)
{
	const struct bpr_mine_handover *a = x, *b = y;

	return by_names(a->count, b->count, a->from, b->from, a->to, b->to);
}

static bool list_arcs(struct bpr_mine_work *w)
{
	bpr_mining *m = w->out;
	struct bpr_mine_arc_item *items = (struct bpr_mine_arc_item *)(void *)w->arcs.items;

	m->arcs = bpr_i_calloc(w->arcs.count, sizeof(*m->arcs));
	m->loops = bpr_i_calloc(w->arcs.count, sizeof(*m->loops));
	if (!m->arcs || !m->loops)
		return false;
	for (uint32_t i = 0; i < w->arcs.count; i++) {
		struct bpr_mine_arc_item *a = &items[i];

		m->arcs[i] = (struct bpr_mine_arc){ .from = a->pair.from, .to = a->pair.to, .count = a->pair.count, .cases = a->pair.cases };
		if (!bpr_i_mine_figure_stat(&a->minutes, BPR_I_MINE_MINUTE, &m->arcs[i].minutes))
			return false;
		m->totals.pairs += a->pair.count;
		if (a->loops)
			m->loops[m->loop_count++] = (struct bpr_mine_loop){ a->pair.from, a->pair.to, a->loops, a->loop_cases,
				bpr_i_mine_wide_mean(a->loop_way, a->loops) / BPR_I_MINE_MINUTE,
				bpr_i_mine_wide_mean(a->loop_round, a->loops) / BPR_I_MINE_MINUTE };
	}
	m->arc_count = w->arcs.count;
	qsort(m->arcs, m->arc_count, sizeof(*m->arcs), compare_arcs);
	qsort(m->loops, m->loop_count, sizeof(*m->loops), compare_loops);
	return true;
}

static bool list_handovers(struct bpr_mine_work *w, bool units)
{
	const struct bpr_mine_pairs *pairs = units ? &w->units : &w->resources;
	const struct bpr_mine_pair *items = (const struct bpr_mine_pair *)(const void *)pairs->items;
	struct bpr_mine_handover *list = bpr_i_calloc(pairs->count, sizeof(*list));
	uint64_t *total = units ? &w->out->totals.handovers_unit : &w->out->totals.handovers_resource;

	w->out->handovers[units] = list;
	if (!list)
		return false;
	for (uint32_t i = 0; i < pairs->count; i++) {
		list[i] = (struct bpr_mine_handover){ items[i].from, items[i].to, items[i].count, items[i].cases };
		*total += items[i].from != items[i].to ? items[i].count : 0;
	}
	qsort(list, pairs->count, sizeof(*list), compare_handovers);
	w->out->handover_count[units] = pairs->count;
	return true;
}

/* ---- what stands on the arcs to an activity, or from it: put together arc by arc ---- */

static bool stat_arcs(struct bpr_mine_work *w, const uint32_t *arcs, size_t count, struct bpr_mine_stat *out)
{
	struct bpr_mine_arc_item *items = (struct bpr_mine_arc_item *)(void *)w->arcs.items;
	struct bpr_mine_figure all = { 0 };
	bool ok;

	bpr_i_mine_figure_begin(&all, w->options->samples / 4);
	for (size_t i = 0; i < count; i++)
		bpr_i_mine_figure_merge(&all, &items[arcs[i]].minutes);
	ok = bpr_i_mine_figure_stat(&all, BPR_I_MINE_MINUTE, out);
	bpr_i_sketch_release(&all.values);
	return ok;
}

/* Arcs in order of the activity at that end. at: [activities + 2], where each begins. */
static bool group_arcs(const struct bpr_mine_work *w, bool leaving, uint32_t *order, size_t *at)
{
	const struct bpr_mine_arc_item *items = (const struct bpr_mine_arc_item *)(const void *)w->arcs.items;
	const size_t activities = w->out->activity_count;

	if (!order || !at)
		return false;
	for (uint32_t i = 0; i < w->arcs.count; i++)
		at[(leaving ? items[i].pair.from : items[i].pair.to) + 2]++;
	for (size_t i = 2; i < activities + 2; i++)
		at[i] += at[i - 1];
	for (uint32_t i = 0; i < w->arcs.count; i++)
		order[at[(leaving ? items[i].pair.from : items[i].pair.to) + 1]++] = i;
	return true;
}

bool bpr_i_mine_arc_stats(struct bpr_mine_work *w, bool leaving, struct bpr_mine_stat *stats)
{
	uint32_t *order = bpr_i_calloc(w->arcs.count, sizeof(*order));
	size_t *at = bpr_i_calloc(w->out->activity_count + 2, sizeof(*at));
	bool ok = group_arcs(w, leaving, order, at);

	for (size_t i = 0; ok && i < w->out->activity_count; i++)
		ok = stat_arcs(w, order + at[i], at[i + 1] - at[i], &stats[i]);
	bpr_i_free(order);
	bpr_i_free(at);
	return ok;
}

/* ---- activities ---- */

/* How many different ones do it: the log's kinds of events are all that there are. */
static bool count_doers(struct bpr_mine_work *w, bool units)
{
	const bpr_log *log = w->log;
	uint64_t *keys = bpr_i_calloc(log->kind_count, sizeof(*keys));
	size_t count = 0;

	if (!keys)
		return false;
	for (uint32_t i = 0; i < log->kind_count; i++) {
		const uint32_t doer = units ? log->kinds[i].unit : log->kinds[i].resource;

		if (doer != BPR_LOG_NONE && w->role[log->kinds[i].activity] & BPR_I_MINE_ONLY)
			keys[count++] = (uint64_t)log->kinds[i].activity << 32 | doer;
	}
	if (!bpr_i_mine_sort(keys, count, 0)) {
		bpr_i_free(keys);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		struct bpr_mine_activity *a = &w->out->activities[keys[i] >> 32];

		if (!i || keys[i] != keys[i - 1])
			++*(units ? &a->units : &a->resources);
	}
	bpr_i_free(keys);
	return true;
}

static bool list_activities(struct bpr_mine_work *w)
{
	bpr_mining *m = w->out;
	struct bpr_mine_stat *before = bpr_i_calloc(m->activity_count, sizeof(*before));
	bool ok = before && bpr_i_mine_arc_stats(w, false, before);

	for (size_t i = 0; ok && i < m->activity_count; i++) {
		struct bpr_mine_activity_item *a = &w->activities[i];
		struct bpr_mine_activity *to = &m->activities[i];

		*to = (struct bpr_mine_activity){ .activity = (uint32_t)i, .count = a->count, .cases = a->cases, .starts = a->starts, .ends = a->ends,
						  .repeated = a->repeated, .self_loops = a->self_loops, .before = before[i] };
		ok = bpr_i_mine_figure_stat(&a->service, BPR_I_MINE_MINUTE, &to->service) &&
		     bpr_i_mine_figure_stat(&a->estimated, BPR_I_MINE_MINUTE, &to->estimated);
	}
	bpr_i_free(before);
	return ok && count_doers(w, false) && count_doers(w, true);
}

/* ---- variants ---- */

static int compare_variants(const void *x, const void *y)
{
	const struct bpr_mine_variant *a = x, *b = y;

	return by_count(a->count, b->count, a->example, b->example);
}

static double median(const uint64_t *sorted, size_t count)
{
	const double middle = (double)sorted[count / 2];

	return count % 2 ? middle : ((double)sorted[count / 2 - 1] + middle) / 2;
}

/* Lengths of all cases, those of one variant behind each other. at: [variants + 1]. */
static bool lengths_by_variant(const struct bpr_mine_work *w, size_t *at, uint64_t *lengths)
{
	const struct bpr_mine_cases *c = &w->cases;
	const uint32_t variants = w->out->sequences.count;

	for (size_t i = 0; i < c->count; i++)
		if (c->variant[i] != BPR_LOG_NONE)
			at[c->variant[i] + 2]++;
	for (size_t i = 2; i < (size_t)variants + 2; i++)
		at[i] += at[i - 1];
	for (size_t i = 0; i < c->count; i++)
		if (c->variant[i] != BPR_LOG_NONE)
			lengths[at[c->variant[i] + 1]++] = bpr_i_mine_span(c->begin[i], c->end[i]);
	for (uint32_t i = 0; i < variants; i++)
		if (!bpr_i_mine_sort(lengths + at[i], at[i + 1] - at[i], 0))
			return false;
	return true;
}

static bool list_variants(struct bpr_mine_work *w)
{
	bpr_mining *m = w->out;
	const size_t count = w->out->sequences.count;
	size_t *at = bpr_i_calloc(count + 2, sizeof(*at));
	uint64_t *lengths = bpr_i_calloc(w->cases.count, sizeof(*lengths));
	bool ok;

	m->variants = bpr_i_calloc(count, sizeof(*m->variants));
	ok = at && lengths && m->variants && lengths_by_variant(w, at, lengths);
	for (size_t i = 0; ok && i < count; i++) {
		const struct bpr_mine_variant_item *item = &w->out->sequences.items[i];
		struct bpr_mine_wide sum = { 0 };

		for (size_t k = at[i]; k < at[i + 1]; k++)
			bpr_i_mine_wide_add(&sum, lengths[k]);
		m->variants[i] = (struct bpr_mine_variant){ item->steps, item->length, item->count,
			bpr_i_mine_wide_mean(sum, item->count) / BPR_I_MINE_MINUTE,
			median(lengths + at[i], at[i + 1] - at[i]) / BPR_I_MINE_MINUTE, item->example };
		m->totals.variants_once += item->count == 1;
	}
	bpr_i_free(at);
	bpr_i_free(lengths);
	if (!ok)
		return false;
	m->variant_count = m->totals.variants = count;
	m->totals.variants_rest = w->out->sequences.rest;
	qsort(m->variants, count, sizeof(*m->variants), compare_variants);
	return true;
}

bool bpr_i_mine_lists(struct bpr_mine_work *w)
{
	return list_arcs(w) && list_activities(w) && list_handovers(w, false) && list_handovers(w, true) && list_variants(w);
}

bool bpr_i_mine_lengths(struct bpr_mine_work *w)
{
	const struct bpr_mine_cases *c = &w->cases;
	struct bpr_mine_totals *t = &w->out->totals;
	struct bpr_mine_figure all = { 0 }, finished = { 0 };
	bool ok;

	bpr_i_mine_figure_begin(&all, w->options->samples);
	bpr_i_mine_figure_begin(&finished, w->options->samples);
	for (size_t i = 0; i < c->count; i++) {
		const uint64_t length = bpr_i_mine_span(c->begin[i], c->end[i]);

		bpr_i_mine_figure_add(&all, length);
		if (bpr_i_mine_finished(c, i) && !(c->flags[i] & BPR_I_MINE_HEADLESS))
			bpr_i_mine_figure_add(&finished, length);
	}
	t->cases = c->count;
	ok = bpr_i_mine_figure_stat(&all, BPR_I_MINE_MINUTE, &t->minutes) &&
	     bpr_i_mine_figure_stat(&finished, BPR_I_MINE_MINUTE, &t->finished_minutes) && bpr_i_mine_figure_stat(&w->length, 1, &t->length) &&
	     bpr_i_mine_figure_stat(&w->work, BPR_I_MINE_MINUTE, &t->work);
	bpr_i_sketch_release(&all.values);
	bpr_i_sketch_release(&finished.values);
	return ok;
}
