/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long somebody had more in hand than when a case was begun, during the wait of that case: one sweep over all beginnings and
 * ends of work, with the open time so far by the number of cases at work in a Fenwick tree (Fenwick, Softw. Pract. Exper. 24, 1994).
 * Many waits at once over much work at once cost O(log n) each and not their product.
 */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include <string.h>

struct sweep {
	struct wt_group *g;
	size_t levels;           /* 0 to levels - 1 at work */
	size_t at_work, started, ended;
	int64_t open;            /* before where the sweep has got to */
};

static void tree_add(struct sweep *s, size_t level, int64_t time)
{
	for (size_t i = level + 1; i <= s->levels; i += i & -i)
		s->g->levels[i] += time;
}

/* Open time so far with at most so many at work. */
static int64_t tree_sum(const struct sweep *s, size_t level)
{
	int64_t sum = 0;

	for (size_t i = level + 1 < s->levels ? level + 1 : s->levels; i; i -= i & -i)
		sum += s->g->levels[i];
	return sum;
}

static void go_to(struct sweep *s, int64_t local)
{
	const int64_t open = bpr_i_wt_open(&s->g->w->days, s->g->calendar, local);

	if (open > s->open && s->at_work)
		tree_add(s, s->at_work, open - s->open);
	s->open = open;
}

/* Past all that begins or ends until then. */
static void work_until(struct sweep *s, int64_t local)
{
	struct wt_group *g = s->g;

	while (s->ended < g->running) {
		const bool starts = s->started < g->running && g->starts[s->started] <= g->ends[s->ended];
		const int64_t next = starts ? g->starts[s->started] : g->ends[s->ended];

		if (next > local)
			break;
		go_to(s, next);
		s->at_work += starts ? 1 : (size_t)-1;
		s->started += starts;
		s->ended += !starts;
	}
	go_to(s, local);
}

/* Open time so far with more than `beside` at work. */
static int64_t above(const struct sweep *s, uint32_t beside)
{
	return tree_sum(s, s->levels) - tree_sum(s, beside);
}

static size_t most_at_once(const struct wt_group *g)
{
	size_t most = 0, ended = 0;

	for (size_t i = 0; i < g->running; i++) {
		while (g->ends[ended] < g->starts[i])
			ended++;
		most = i + 1 - ended > most ? i + 1 - ended : most;
	}
	return most;
}

static bool asked(const struct wt_group *g, uint32_t i)
{
	const struct wt_record *r = &g->records[i];

	return r->calendar == g->calendar && r->flags & WT_WAITS && r->flags & WT_STARTED && g->from[i] < r->begin;
}

bool bpr_i_wt_busy(struct wt_group *g)
{
	struct sweep s = { .g = g, .levels = most_at_once(g) + 2 };
	size_t begin = 0, from = 0;

	if (!bpr_i_grow(&g->levels, &g->level_capacity, s.levels + 1, sizeof(*g->levels)))
		return false;
	memset(g->levels, 0, (s.levels + 1) * sizeof(*g->levels));
	for (size_t i = 0; i < g->count; i++)
		if (g->records[i].calendar == g->calendar)
			g->busy[i] = 0;
	while (begin < g->count) {
		const bool opens = from < g->count && g->from[g->later[from]] <= g->records[g->order[begin]].begin;
		const uint32_t i = opens ? g->later[from++] : g->order[begin++];

		if (!asked(g, i))
			continue;
		work_until(&s, opens ? g->from[i] : g->records[i].begin);
		g->busy[i] += opens ? -above(&s, g->beside[i]) : above(&s, g->beside[i]);
	}
	return true;
}
