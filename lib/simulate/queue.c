/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events to come: a heap of four children, in total order of time, kind and sequence. */
#include "config.h"
#include "simulate/run_i.h"
#include "base/alloc_i.h"

static bool sooner(const struct run_event *a, const struct run_event *b)
{
	return a->time < b->time || (!(b->time < a->time) && a->order < b->order);
}

bool bpr_i_queue_add(struct run_queue *q, double time, unsigned kind, uint32_t id, uint32_t stamp)
{
	struct run_event e = { time, (uint64_t)kind << RUN_KIND_SHIFT | q->sequence++, id, stamp };
	size_t at = q->count;

	if (at == q->capacity && !bpr_i_grow(&q->items, &q->capacity, at + 64, sizeof(*q->items)))
		return false;
	q->count++;
	for (; at && sooner(&e, &q->items[(at - 1) / 4]); at = (at - 1) / 4)
		q->items[at] = q->items[(at - 1) / 4];
	q->items[at] = e;
	return true;
}

bool bpr_i_queue_take(struct run_queue *q, struct run_event *out)
{
	struct run_event last;
	size_t at = 0, child;

	if (!q->count)
		return false;
	*out = q->items[0];
	last = q->items[--q->count];
	while ((child = 4 * at + 1) < q->count) {
		size_t end = child + 4 < q->count ? child + 4 : q->count;

		for (size_t k = child + 1; k < end; k++)
			child = sooner(&q->items[k], &q->items[child]) ? k : child;
		if (!sooner(&q->items[child], &last))
			break;
		q->items[at] = q->items[child];
		at = child;
	}
	q->items[at] = last;
	return true;
}

void bpr_i_queue_clear(struct run_queue *q)
{
	q->count = 0;
	q->sequence = 0;
}

void bpr_i_queue_release(struct run_queue *q)
{
	bpr_i_free(q->items);
	*q = (struct run_queue){ 0 };
}
