/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events to come.
 *
 * Measured on one core of a busy machine (add and take, ns an event; exponential times, 24 bytes an event):
 *
 *   pending      9     32     64   1,000   10,000   100,000
 *   heap of 4   21     34     43      76      100       177
 *   sorted      15     20     28     230        -         -
 *   calendar    23     23     24      23       29       101   (its width told beforehand)
 *   this one    15     20     35      40       47       168
 *
 * An office has some tens of events pending, one a person at work and the next arrival: there a sorted array wins, as inserting moves
 * a few lines of the cache and taking moves nothing, and it is right for any times. Beyond some 50 a calendar queue (Brown, Comm. ACM
 * 31(10), 1988) wins, but only as long as its width fits: a `wait` of ten days among services of minutes ruins it. So far events go into a ladder
 * (Tang, Goh & Thng, ACM Trans. Model. Comput. Simul. 15(3), 2005): what is far away is not ordered at all, a stretch is divided into
 * buckets when its turn comes, a bucket that is too full is divided again, and the few events of a bucket are sorted into the array
 * that all are taken from. Every event is moved a constant number of times, whatever their distribution.
 *
 * Which bucket a time belongs to is always the same monotone function of it, clamped to the rung, so that rounding never puts
 * an event behind a later one. The order is total: time, kind, number; nothing depends on the structure.
 */
#include "config.h"
#include "simulate/run_i.h"
#include "base/alloc_i.h"
#include <float.h>
#include <math.h>
#include <string.h>

/* A bucket of more events is divided, where a rung is left. */
#define MAX_BUCKET 40
/* Mean events of a bucket. */
#define PER_BUCKET 8

static bool sooner(const struct run_event *a, const struct run_event *b)
{
	return a->time < b->time || (!(b->time < a->time) && a->order < b->order);
}

/* ---- cells ---- */

static bool put_cell(struct run_queue *q, uint32_t *list, const struct run_event *event)
{
	uint32_t c = q->free_cell;

	if (c == RUN_NONE) {
		if (q->cell_count >= RUN_NONE - 1 || !bpr_i_grow(&q->cell, &q->cell_capacity, q->cell_count + 1, sizeof(*q->cell)))
			return false;
		c = (uint32_t)q->cell_count++;
	} else {
		q->free_cell = q->cell[c].next;
	}
	q->cell[c] = (struct queue_cell){ *event, *list };
	*list = c;
	return true;
}

static bool put_top(struct run_queue *q, const struct run_event *event)
{
	if (!put_cell(q, &q->top, event))
		return false;
	if (!q->top_count || event->time < q->top_from)
		q->top_from = event->time;
	if (!q->top_count || event->time > q->top_until)
		q->top_until = event->time;
	q->top_count++;
	return true;
}

/* ---- rungs ---- */

static size_t bucket_of(const struct queue_rung *rung, double time)
{
	double place = (time - rung->start) * rung->per_minute;

	if (!(place > 0))
		return 0;
	return place < (double)(rung->count - 1) ? (size_t)place : rung->count - 1;
}

/* One more rung, for so many events from `from` to `until`. False: out of memory, or these times cannot be told apart. */
static bool open_rung(struct run_queue *q, double from, double until, size_t events, bool *failed)
{
	struct queue_rung *rung = &q->rung[q->rung_count];
	size_t count = events / PER_BUCKET + 1;
	double per_minute = (double)count / (until - from);

	if (q->rung_count == QUEUE_RUNGS || !(until > from) || !(per_minute < 1e300))
		return false;
	if (!bpr_i_grow(&rung->bucket, &rung->capacity, count, sizeof(*rung->bucket))) {
		*failed = true;
		return false;
	}
	memset(rung->bucket, 0xff, count * sizeof(*rung->bucket));
	rung->start = from;
	rung->per_minute = per_minute;
	rung->count = count;
	rung->at = 0;
	q->rung_count++;
	return true;
}

static void spread(struct run_queue *q, uint32_t list)
{
	struct queue_rung *rung = &q->rung[q->rung_count - 1];

	while (list != RUN_NONE) {
		uint32_t next = q->cell[list].next;
		size_t b = bucket_of(rung, q->cell[list].event.time);

		q->cell[list].next = rung->bucket[b];
		rung->bucket[b] = list;
		list = next;
	}
}

/* ---- near ---- */

static void sift(struct run_event *e, size_t at, size_t count)
{
	struct run_event moved = e[at];
	size_t child;

	while ((child = 2 * at + 1) < count) {
		child += child + 1 < count && sooner(&e[child + 1], &e[child]);
		if (!sooner(&e[child], &moved))
			break;
		e[at] = e[child];
		at = child;
	}
	e[at] = moved;
}

/* The last one first. Few by insertion; many (at one moment, which no width divides) by a heap. */
static void sort_near(struct run_queue *q)
{
	struct run_event *e = q->near;
	size_t n = q->near_count;

	if (n <= 2 * MAX_BUCKET) {
		for (size_t i = 1; i < n; i++) {
			struct run_event moved = e[i];
			size_t at = i;

			for (; at && sooner(&e[at - 1], &moved); at--)
				e[at] = e[at - 1];
			e[at] = moved;
		}
		return;
	}
	for (size_t i = n / 2; i-- > 0;)
		sift(e, i, n);
	while (n > 1) {
		struct run_event first = e[0];

		e[0] = e[--n];
		e[n] = first;
		sift(e, 0, n);
	}
}

static bool make_room(struct run_queue *q, size_t room)
{
	if (!bpr_i_grow(&q->near, &q->near_capacity, room, sizeof(*q->near)))
		return false;
	q->near_room = room;
	return true;
}

/* All of a list becomes `near`, which is empty. */
static bool bring_near(struct run_queue *q, uint32_t list, size_t count)
{
	if (!make_room(q, count > QUEUE_NEAR ? count : QUEUE_NEAR))
		return false;
	while (list != RUN_NONE) {
		uint32_t next = q->cell[list].next;

		q->near[q->near_count++] = q->cell[list].event;
		q->cell[list].next = q->free_cell;
		q->free_cell = list;
		list = next;
	}
	sort_near(q);
	q->near_until = q->near[0].time;
	return true;
}

static bool refill_from_top(struct run_queue *q, bool *failed)
{
	uint32_t list = q->top;
	size_t count = q->top_count;

	q->top = RUN_NONE;
	q->top_count = 0;
	if (count > MAX_BUCKET && open_rung(q, q->top_from, q->top_until, count, failed)) {
		q->top_start = nextafter(q->top_until, (double)INFINITY);
		spread(q, list);
		return true;
	}
	*failed = *failed || !bring_near(q, list, count);
	if (*failed)
		return false;
	/* Nothing is far: whatever comes is near. */
	q->near_until = q->top_start = DBL_MAX;
	return true;
}

/* A bucket that is too full becomes a rung of its own; false where it cannot. */
static bool divide(struct run_queue *q, uint32_t list, size_t count, bool *failed)
{
	double from = q->cell[list].event.time, until = from;

	for (uint32_t at = list; at != RUN_NONE; at = q->cell[at].next) {
		double time = q->cell[at].event.time;

		from = time < from ? time : from;
		until = time > until ? time : until;
	}
	if (!open_rung(q, from, until, count, failed))
		return false;
	spread(q, list);
	return true;
}

static bool refill(struct run_queue *q, bool *failed)
{
	while (!q->near_count && !*failed) {
		struct queue_rung *rung = q->rung_count ? &q->rung[q->rung_count - 1] : NULL;
		size_t count = 0;
		uint32_t list;

		if (!rung) {
			if (!q->top_count || !refill_from_top(q, failed))
				return false;
			continue;
		}
		while (rung->at < rung->count && rung->bucket[rung->at] == RUN_NONE)
			rung->at++;
		if (rung->at == rung->count) {
			q->rung_count--;
			continue;
		}
		list = rung->bucket[rung->at++];
		for (uint32_t at = list; at != RUN_NONE; at = q->cell[at].next)
			count++;
		if (count > MAX_BUCKET && divide(q, list, count, failed))
			continue;
		if (!*failed)
			*failed = !bring_near(q, list, count);
	}
	return !*failed;
}

bool bpr_i_queue_refill(struct run_queue *q)
{
	return refill(q, &q->failed);
}

/* ---- far ---- */

/* `near` is full: its later half goes where it will be looked for when its turn comes. */
static bool spill(struct run_queue *q)
{
	size_t keep = q->near_count / 2, moved;
	bool failed = false;

	/* Those of one moment stay together: another of a kind that comes first may still be planned. */
	while (keep && !(q->near[q->near_count - keep].time < q->near[q->near_count - keep - 1].time))
		keep--;
	if (!keep)
		return make_room(q, 2 * q->near_count);
	moved = q->near_count - keep;
	if (!q->rung_count && !q->top_count) {
		for (size_t i = 0; i < moved; i++)
			if (!put_top(q, &q->near[i]))
				return false;
		q->top_start = q->near[moved - 1].time;
	} else {
		uint32_t list = RUN_NONE;

		if (!open_rung(q, q->near[moved - 1].time, q->near[0].time, moved, &failed))
			return !failed && make_room(q, 2 * q->near_count);
		for (size_t i = 0; i < moved; i++)
			if (!put_cell(q, &list, &q->near[i]))
				return false;
		spread(q, list);
	}
	memmove(q->near, q->near + moved, keep * sizeof(*q->near));
	q->near_count = keep;
	q->near_until = q->near[0].time;
	return true;
}

static void insert(struct run_queue *q, const struct run_event *event)
{
	size_t at = q->near_count++;

	for (; at && sooner(&q->near[at - 1], event); at--)
		q->near[at] = q->near[at - 1];
	q->near[at] = *event;
}

bool bpr_i_queue_far(struct run_queue *q, struct run_event event)
{
	if (!(event.time < (double)INFINITY))
		return true;
	if (!q->near_room && !make_room(q, QUEUE_NEAR))
		return false;
	if (event.time <= q->near_until && q->near_count >= q->near_room && !spill(q))
		return false;
	if (event.time <= q->near_until) {
		insert(q, &event);
		return true;
	}
	if (event.time >= q->top_start)
		return put_top(q, &event);
	for (size_t i = 0; i < q->rung_count; i++) {
		size_t b = bucket_of(&q->rung[i], event.time);

		if (event.time >= q->rung[i].start && b >= q->rung[i].at)
			return put_cell(q, &q->rung[i].bucket[b], &event);
	}
	/* Later than all that is near, sooner than all that is not. */
	if (q->near_count >= q->near_room && !make_room(q, 2 * q->near_count))
		return false;
	insert(q, &event);
	q->near_until = event.time;
	return true;
}

void bpr_i_queue_clear(struct run_queue *q)
{
	q->near_count = q->rung_count = q->top_count = q->cell_count = 0;
	q->near_until = q->top_start = DBL_MAX;
	q->near_room = q->near_capacity < QUEUE_NEAR ? q->near_capacity : QUEUE_NEAR;
	q->sequence = 0;
	q->failed = false;
	q->top = q->free_cell = RUN_NONE;
}

void bpr_i_queue_release(struct run_queue *q)
{
	for (size_t i = 0; i < QUEUE_RUNGS; i++)
		bpr_i_free(q->rung[i].bucket);
	bpr_i_free(q->near);
	bpr_i_free(q->cell);
	memset(q, 0, sizeof(*q));
}
