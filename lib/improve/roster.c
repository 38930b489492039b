/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The week in blocks: weekdays that are alike together, hours by the clock, and how many people are there now. Days are those of
 * an ordinary week; holidays and seasons come in where a staffing is simulated.
 */
#include "config.h"
#include "improve/improve_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = 1440, EDGES = 256 };

/* One weekday as the calendar has it. */
struct weekday {
	struct bpr_span office[BPR_SPANS_MAX]; size_t office_count;
	struct bpr_rate rates[BPR_RATES_MAX]; size_t rate_count;
};

struct stretch { double from, to, people; };

/* ---- who is there now ---- */

static double overlap(double a_from, double a_to, double b_from, double b_to)
{
	return fmax(0, fmin(a_to, b_to) - fmax(a_from, b_from));
}

/* Stretches of all shifts of a pool on the day, one after another. */
static size_t duty_of(const bpr_calendar *calendar, const bpr_flow *flow, size_t pool, long day, struct stretch *out, size_t most)
{
	size_t count = 0;

	for (size_t s = 0; s < bpr_flow_pool(flow, pool)->shift_count; s++) {
		struct bpr_span spans[BPR_SPANS_MAX];
		size_t people[BPR_SPANS_MAX];
		size_t n = bpr_calendar_shift(calendar, pool, s, day, spans, people);

		for (size_t i = 0; i < n && count < most; i++)
			out[count++] = (struct stretch){ spans[i].from, spans[i].to, (double)people[i] };
	}
	return count;
}

/* Mean people on duty between two times of a day. */
static double mean_duty(const bpr_calendar *calendar, const bpr_flow *flow, size_t pool, long day, double from, double to)
{
	struct stretch stretches[EDGES];
	size_t n = duty_of(calendar, flow, pool, day, stretches, EDGES);
	double minutes = 0;

	for (size_t i = 0; i < n; i++)
		minutes += stretches[i].people * overlap(stretches[i].from, stretches[i].to, from, to);
	return minutes / (to - from);
}

/* ---- weekdays that are alike ---- */

static void read_weekday(const bpr_calendar *calendar, long day, struct weekday *out)
{
	*out = (struct weekday){ .office_count = 0 };
	out->office_count = bpr_calendar_office(calendar, day, out->office);
	out->rate_count = bpr_calendar_rates(calendar, day, out->rates);
}

static bool same_number(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static bool same_duty(const bpr_calendar *calendar, const struct roster *r, long a, long b)
{
	struct stretch of_a[EDGES], of_b[EDGES];

	for (size_t p = 0; p < r->planned; p++) {
		size_t n = duty_of(calendar, r->flow, r->pools[p], a, of_a, EDGES);

		if (n != duty_of(calendar, r->flow, r->pools[p], b, of_b, EDGES))
			return false;
		for (size_t i = 0; i < n; i++)
			if (!same_number(of_a[i].from, of_b[i].from) || !same_number(of_a[i].to, of_b[i].to) ||
			    !same_number(of_a[i].people, of_b[i].people))
				return false;
	}
	return true;
}

static bool same_day(const struct weekday *a, const struct weekday *b)
{
	if (a->office_count != b->office_count || a->rate_count != b->rate_count)
		return false;
	for (size_t i = 0; i < a->office_count; i++)
		if (!same_number(a->office[i].from, b->office[i].from) || !same_number(a->office[i].to, b->office[i].to))
			return false;
	for (size_t i = 0; i < a->rate_count; i++)
		if (!same_number(a->rates[i].from, b->rates[i].from) || !same_number(a->rates[i].to, b->rates[i].to) ||
		    !same_number(a->rates[i].per_minute, b->rates[i].per_minute))
			return false;
	return true;
}

/* ---- blocks ---- */

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Edges that must be: opening and closing, and where people come or go outside of the opening hours. */
static size_t hard_edges(const bpr_calendar *calendar, const struct roster *r, const struct weekday *w, long day, double edges[EDGES])
{
	struct stretch stretches[EDGES];
	double first = DAY, last = 0;
	size_t count = 0;

	for (size_t i = 0; i < w->office_count; i++) {
		edges[count++] = w->office[i].from;
		edges[count++] = w->office[i].to;
		first = fmin(first, w->office[i].from);
		last = fmax(last, w->office[i].to);
	}
	for (size_t p = 0; p < r->planned; p++) {
		size_t n = duty_of(calendar, r->flow, r->pools[p], day, stretches, EDGES);
		double early = first, late = last;

		for (size_t i = 0; i < n; i++) {
			early = fmin(early, stretches[i].from);
			late = fmax(late, stretches[i].to);
		}
		if (early < first && count + 2 < EDGES)
			edges[count++] = early;
		if (late > last && count + 2 < EDGES)
			edges[count++] = late;
	}
	qsort(edges, count, sizeof(edges[0]), ascending);
	return count;
}

/* Full hours (of `block` minutes) between two hard edges; a piece shorter than half a block goes to its neighbour. */
static size_t soft_edges(double from, double to, double block, double *out, size_t most)
{
	size_t count = 0;

	for (double at = (floor(from / block) + 1) * block; at < to && count < most; at += block)
		if (at - from >= block / 2 - 1e-9 && to - at >= block / 2 - 1e-9)
			out[count++] = at;
	return count;
}

static bool touches_office(const struct weekday *w, double from, double to)
{
	for (size_t i = 0; i < w->office_count; i++)
		if (overlap(w->office[i].from, w->office[i].to, from, to) > 0)
			return true;
	return false;
}

static bool add_block(struct roster *r, size_t *capacity, unsigned weekdays, double from, double to, bool open)
{
	double days = 0;

	for (unsigned d = 0; d < 7; d++)
		days += weekdays >> d & 1u;
	if (!bpr_i_grow(&r->blocks, capacity, r->block_count + 1, sizeof(*r->blocks)))
		return false;
	r->blocks[r->block_count++] = (struct roster_block){ weekdays, from, to, days, open };
	return true;
}

/* Is anybody of the planned pools there, or the office open? */
static bool is_used(const bpr_calendar *calendar, const struct roster *r, const struct weekday *w, long day, double from, double to)
{
	if (touches_office(w, from, to))
		return true;
	for (size_t p = 0; p < r->planned; p++)
		if (mean_duty(calendar, r->flow, r->pools[p], day, from, to) > 0)
			return true;
	return false;
}

static bool blocks_of_day(const bpr_calendar *calendar, struct roster *r, size_t *capacity, const struct weekday *w, long day,
			  unsigned weekdays, double block)
{
	double hard[EDGES], soft[EDGES];
	size_t n = hard_edges(calendar, r, w, day, hard);

	for (size_t i = 0; i + 1 < n; i++) {
		double from = hard[i];
		size_t m;

		if (!(hard[i] < hard[i + 1]) || !is_used(calendar, r, w, day, hard[i], hard[i + 1]))
			continue;
		m = soft_edges(hard[i], hard[i + 1], block, soft, EDGES);
		for (size_t k = 0; k <= m; k++) {
			double to = k < m ? soft[k] : hard[i + 1];

			if (!add_block(r, capacity, weekdays, from, to, touches_office(w, from, to)))
				return false;
			from = to;
		}
	}
	return true;
}

/* Never closes, and no hour differs from another: demand and people are the same all week. */
static bool is_flat(const bpr_calendar *calendar, const struct roster *r, const struct weekday week[7])
{
	struct stretch stretches[EDGES];

	if (!bpr_calendar_always_open(calendar))
		return false;
	for (long day = 0; day < 7; day++)
		for (size_t i = 0; i < week[day].rate_count; i++)
			if (!same_number(week[day].rates[i].per_minute, week[0].rates[0].per_minute))
				return false;
	for (size_t p = 0; p < r->planned; p++) {
		size_t n = duty_of(calendar, r->flow, r->pools[p], 0, stretches, EDGES);

		for (size_t i = 0; i < n; i++)
			if (stretches[i].from > 0 || stretches[i].to < DAY)
				return false;
		for (long day = 1; day < 7; day++)
			if (!same_duty(calendar, r, 0, day))
				return false;
	}
	return true;
}

static bool make_blocks(const bpr_calendar *calendar, struct roster *r, double block)
{
	struct weekday week[7];
	size_t capacity = 0;
	unsigned done = 0;

	for (long day = 0; day < 7; day++)
		read_weekday(calendar, day, &week[day]);
	r->flat = is_flat(calendar, r, week);
	if (r->flat)
		return add_block(r, &capacity, 127, 0, DAY, true);
	for (long day = 0; day < 7; day++) {
		unsigned weekdays = 0;

		if (done >> day & 1u || !week[day].office_count)
			continue;
		for (long other = day; other < 7; other++)
			if (same_day(&week[day], &week[other]) && same_duty(calendar, r, day, other))
				weekdays |= 1u << other;
		done |= weekdays;
		if (!blocks_of_day(calendar, r, &capacity, &week[day], day, weekdays, block))
			return false;
	}
	return true;
}

/* ---- cells ---- */

static long first_day(unsigned weekdays)
{
	long day = 0;

	while (day < 6 && !(weekdays >> day & 1u))
		day++;
	return day;
}

/* People that the step that takes most of them needs at once. */
static size_t needed_at_once(const bpr_flow *flow, size_t pool)
{
	size_t most = 1;

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		for (size_t k = 0; k < n->need_count; k++)
			if (n->needs[k].pool == pool && n->needs[k].count > most)
				most = n->needs[k].count;
	}
	return most;
}

static bool make_cells(const bpr_calendar *calendar, struct roster *r)
{
	r->cells = r->planned * r->block_count;
	r->duty = bpr_i_arena_alloc(&r->arena, r->cells, sizeof(*r->duty));
	r->floor = bpr_i_arena_alloc(&r->arena, r->cells, sizeof(*r->floor));
	if (!r->duty || !r->floor)
		return false;
	for (size_t p = 0; p < r->planned; p++) {
		size_t least = needed_at_once(r->flow, r->pools[p]);
		bool somewhere = false;

		for (size_t b = 0; b < r->block_count; b++) {
			const struct roster_block *block = &r->blocks[b];
			double duty = mean_duty(calendar, r->flow, r->pools[p], first_day(block->weekdays), block->from, block->to);

			r->duty[p * r->block_count + b] = duty;
			r->floor[p * r->block_count + b] = block->open && duty > 0 ? least : 0;
			somewhere |= block->open && duty > 0;
		}
		for (size_t b = 0; b < r->block_count && !somewhere; b++)
			r->floor[p * r->block_count + b] = r->blocks[b].open ? least : 0;
	}
	return true;
}

bpr_status bpr_i_roster_new(const bpr_flow *flow, const bool *planned, double block, struct roster *out, struct bpr_error *err)
{
	struct bpr_calendar_options week = BPR_CALENDAR_OPTIONS_INIT;
	bpr_calendar *calendar = NULL;
	bpr_status status;

	*out = (struct roster){ .flow = flow };
	out->pools = bpr_i_arena_alloc(&out->arena, bpr_flow_pool_count(flow), sizeof(*out->pools));
	if (!out->pools)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++)
		if (planned[i] && bpr_flow_pool(flow, i)->count)
			out->pools[out->planned++] = i;
	status = bpr_calendar_new(flow, &week, &calendar, err);
	if (!status && (!make_blocks(calendar, out, block) || !make_cells(calendar, out)))
		status = bpr_i_nomem(err);
	bpr_calendar_free(calendar);
	if (status)
		bpr_i_roster_release(out);
	return status;
}

void bpr_i_roster_release(struct roster *roster)
{
	bpr_i_free(roster->blocks);
	bpr_i_arena_release(&roster->arena);
	*roster = (struct roster){ 0 };
}

double bpr_i_roster_hours(const struct roster *roster, size_t cell)
{
	const struct roster_block *b = &roster->blocks[cell % roster->block_count];

	return (b->to - b->from) / 60 * b->days;
}
