/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The events of one case in the order of time, and beginnings and ends that the log has as events of their own put together. Nearly
 * all cases are in order as they come; a case of millions of events in any order costs n log n.
 */
#include "config.h"
#include "mine/log_order_i.h"
#include "base/alloc_i.h"
#include <string.h>

static int64_t begin_of(const struct bpr_log_event *e)
{
	return e->start != BPR_LOG_NO_TIME ? e->start : e->end;
}

/* Whether a stands before b: by start (else end), then by end. */
static bool before(const struct bpr_log_event *a, const struct bpr_log_event *b)
{
	const int64_t x = begin_of(a), y = begin_of(b);

	return x != y ? x < y : a->end < b->end;
}

/* By activity, then time; of the same moment the beginning first, then as in the log. */
static bool before_join(const struct bpr_log_event *a, const struct bpr_log_event *b)
{
	const bool x = a->flags & BPR_LOG_STARTED, y = b->flags & BPR_LOG_STARTED;

	if (a->activity != b->activity)
		return a->activity < b->activity;
	return a->end != b->end ? a->end < b->end : x && !y;
}

struct bpr_log_item { struct bpr_log_event event; size_t place; };

/* Merges two runs that are in order, [from, middle) and [middle, to), of `a` into `b`. */
static void merge(const struct bpr_log_item *a, struct bpr_log_item *b, size_t from, size_t middle, size_t to, bpr_log_before *first)
{
	size_t i = from, k = middle;

	for (size_t at = from; at < to; at++) {
		const bool right = i == middle || (k < to && first(&a[k].event, &a[i].event));

		b[at] = right ? a[k++] : a[i++];
	}
}

/* Stable, from runs of one upwards. The result stands in *a. */
static void sort(struct bpr_log_item **a, struct bpr_log_item **b, size_t count, bpr_log_before *first)
{
	for (size_t run = 1; run < count; run *= 2) {
		struct bpr_log_item *swap = *a;

		for (size_t from = 0; from < count; from += 2 * run) {
			const size_t middle = from + run < count ? from + run : count;

			merge(*a, *b, from, middle, middle + run < count ? middle + run : count, first);
		}
		*a = *b;
		*b = swap;
	}
}

static bool make_room(struct bpr_log_sorting *s, size_t count)
{
	if (count <= s->capacity)
		return true;
	bpr_i_free(s->items);
	bpr_i_free(s->spare);
	s->items = bpr_i_realloc(NULL, count, sizeof(*s->items));
	s->spare = bpr_i_realloc(NULL, count, sizeof(*s->spare));
	s->capacity = s->items && s->spare ? count : 0;
	return s->capacity > 0;
}

void bpr_i_log_sorting_release(struct bpr_log_sorting *s)
{
	bpr_i_free(s->items);
	bpr_i_free(s->spare);
	*s = (struct bpr_log_sorting){ NULL, NULL, 0 };
}

bool bpr_i_log_order(struct bpr_log_sorting *s, struct bpr_log_event *events, size_t count, size_t *moved)
{
	size_t last = 0;

	*moved = 0;
	for (size_t i = 1; i < count; i++) {
		if (before(&events[i], &events[last]))
			++*moved;
		else
			last = i;
	}
	if (!*moved)
		return true;
	if (!make_room(s, count))
		return false;
	for (size_t i = 0; i < count; i++)
		s->items[i] = (struct bpr_log_item){ events[i], i };
	sort(&s->items, &s->spare, count, before);
	for (size_t i = 0; i < count; i++)
		events[i] = s->items[i].event;
	return true;
}

/* Beginnings to the ends of the same activity that follow: the first to the first. What has been joined loses its activity. */
static void join(struct bpr_log_item *items, size_t count)
{
	size_t open = 0; /* the first beginning that may still be open */

	for (size_t i = 0; i < count; i++) {
		struct bpr_log_event *end = &items[i].event;

		if (end->flags & BPR_LOG_STARTED || end->start != BPR_LOG_NO_TIME)
			continue;
		while (open < i && (items[open].event.activity != end->activity || !(items[open].event.flags & BPR_LOG_STARTED)))
			open++;
		if (open == i)
			continue;
		end->start = items[open].event.end;
		if (end->resource == BPR_LOG_NONE)
			end->resource = items[open].event.resource;
		items[open++].event.activity = BPR_LOG_NONE;
	}
}

bool bpr_i_log_join(struct bpr_log_sorting *s, struct bpr_log_event *events, size_t *count)
{
	const size_t all = *count;
	struct bpr_log_item *swap;

	if (!make_room(s, all))
		return false;
	for (size_t i = 0; i < all; i++)
		s->items[i] = (struct bpr_log_item){ events[i], i };
	sort(&s->items, &s->spare, all, before_join);
	join(s->items, all);
	for (size_t i = 0; i < all; i++) /* back to where they stood */
		s->spare[s->items[i].place] = s->items[i];
	swap = s->items;
	s->items = s->spare;
	s->spare = swap;
	*count = 0;
	for (size_t i = 0; i < all; i++) {
		struct bpr_log_event e = s->items[i].event;

		if (e.activity == BPR_LOG_NONE)
			continue;
		if (e.flags & BPR_LOG_STARTED) {
			e.flags = (uint16_t)((e.flags & ~BPR_LOG_STARTED) | BPR_LOG_OPEN);
			e.start = e.end;
		}
		events[(*count)++] = e;
	}
	return true;
}
