/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_QUEUE_I_H
#define BPR_SIMULATE_QUEUE_I_H
/*
 * Events to come, owned by queue.c: nobody else looks inside. Included by run_i.h.
 *
 * Few events: one array sorted from the last to the first, the next one at its end. Many: only the next few stand there (`near`); the
 * others lie in buckets of a ladder, each as wide as a few of them, and are sorted when their bucket's turn comes.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct run_event { double time; uint64_t order; uint32_t id, stamp; }; /* order: kind << RUN_KIND_SHIFT, then a sequence number */
#define RUN_KIND_SHIFT 60

struct queue_cell { struct run_event event; uint32_t next; };
/* A stretch of time in buckets of one width; those before `at` have been taken. */
struct queue_rung { double start, per_minute; uint32_t *bucket; size_t count, at, capacity; };
enum { QUEUE_RUNGS = 8 };

struct run_queue {
	struct run_event *near; size_t near_count, near_capacity;
	size_t near_room;       /* how many may stand there, <= near_capacity */
	double near_until;      /* whatever is not later belongs into `near`; whatever lies elsewhere is later */
	uint64_t sequence;
	bool failed;            /* memory ran out while bringing events near: there are more than are left */
	struct queue_rung rung[QUEUE_RUNGS]; size_t rung_count; /* each divides a bucket of the one before it */
	uint32_t top; size_t top_count; double top_from, top_until; /* later than every rung: a list; times of its first and last */
	double top_start;       /* where it begins: above every rung */
	struct queue_cell *cell; size_t cell_count, cell_capacity; uint32_t free_cell;
};

/* False: out of memory. An event at INFINITY never happens, and is forgotten. */
bool bpr_i_queue_far(struct run_queue *queue, struct run_event event);
bool bpr_i_queue_refill(struct run_queue *queue);  /* brings the next events near; false: there are none, or out of memory */
void bpr_i_queue_clear(struct run_queue *queue);
void bpr_i_queue_release(struct run_queue *queue);

/* At most so many stand near: inserting costs about as much as the ladder then. */
enum { QUEUE_NEAR = 48 };

static inline bool bpr_i_queue_add(struct run_queue *q, double time, unsigned kind, uint32_t id, uint32_t stamp)
{
	struct run_event e = { time, (uint64_t)kind << RUN_KIND_SHIFT | q->sequence++, id, stamp };
	size_t at = q->near_count;

	if (__builtin_expect(!(time <= q->near_until) || at >= q->near_room, 0))
		return bpr_i_queue_far(q, e);
	q->near_count++;
	for (; at && (q->near[at - 1].time < time || (!(time < q->near[at - 1].time) && q->near[at - 1].order < e.order)); at--)
		q->near[at] = q->near[at - 1];
	q->near[at] = e;
	return true;
}

/* False: nothing is left, or `failed`. */
static inline bool bpr_i_queue_take(struct run_queue *q, struct run_event *out)
{
	if (__builtin_expect(!q->near_count, 0) && !bpr_i_queue_refill(q))
		return false;
	*out = q->near[--q->near_count];
	return true;
}
#endif
