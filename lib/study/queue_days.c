/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days on which a pool looks alike hour by hour, so that an ordinary week is told in one table instead of five. */
#include "config.h"
#include "study/study_i.h"
#include <math.h>

static bool same_hour(const bpr_queueing *q, size_t pool, size_t a, size_t b)
{
	size_t total;
	const struct bpr_queue_hour *x = &bpr_queueing_hours(q, &total)[a], *y = &bpr_queueing_hours(q, &total)[b];
	const struct bpr_queue_pool_hour *at = bpr_queueing_pool_hours(q, pool);

	return !(fabs(x->from - y->from) > 1e-9) && !(fabs(x->to - y->to) > 1e-9) && !(fabs(x->arrivals - y->arrivals) > 1e-9 * x->arrivals) &&
	       !(fabs(at[a].servers - at[b].servers) > 1e-9) && !(fabs(at[a].wait - at[b].wait) > 1e-6) &&
	       !(fabs(at[a].backlog - at[b].backlog) > 1e-6);
}

static bool same_day(const bpr_queueing *q, size_t pool, const struct bpr_queue_days *d, size_t a, size_t b)
{
	size_t length = d->first[a + 1] - d->first[a];

	if (d->first[b + 1] - d->first[b] != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!same_hour(q, pool, d->first[a] + i, d->first[b] + i))
			return false;
	return true;
}

size_t bpr_i_study_alike(const bpr_queueing *queueing, size_t pool, size_t from, size_t end)
{
	size_t total, to = from + 1;
	const struct bpr_queue_hour *h = bpr_queueing_hours(queueing, &total);
	const struct bpr_queue_pool_hour *at = bpr_queueing_pool_hours(queueing, pool);

	while (to < end && !(fabs(h[to].from - h[to - 1].to) > 1e-9) && !(fabs(at[to].servers - at[from].servers) > 1e-9) &&
	       !(fabs(at[to].utilisation - at[from].utilisation) > 1e-9) && !(fabs(at[to].wait - at[from].wait) > 1e-6) &&
	       !(fabs(at[to].backlog - at[from].backlog) > 1e-6))
		to++;
	return to;
}

bool bpr_i_study_days(struct bpr_arena *arena, const bpr_queueing *queueing, size_t pool, struct bpr_queue_days *out)
{
	size_t total;
	const struct bpr_queue_hour *h = bpr_queueing_hours(queueing, &total);

	out->count = 0;
	for (size_t i = 0; i < total; i++)
		out->count += !i || h[i].day != h[i - 1].day;
	out->first = bpr_i_arena_alloc(arena, out->count + 1, sizeof(*out->first));
	out->like = bpr_i_arena_alloc(arena, out->count, sizeof(*out->like));
	if (!out->first || !out->like)
		return false;
	for (size_t i = 0, day = 0; i < total; i++)
		if (!i || h[i].day != h[i - 1].day)
			out->first[day++] = i;
	out->first[out->count] = total;
	for (size_t i = 0; i < out->count; i++) {
		out->like[i] = i;
		for (size_t k = 0; k < i && out->like[i] == i; k++)
			if (out->like[k] == k && same_day(queueing, pool, out, k, i))
				out->like[i] = k;
	}
	return true;
}
