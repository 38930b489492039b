/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distribution of a whole reward collected until exit.
 *
 * Moves that yield nothing form a chain of their own, factored once. Mass that arrives at total t is spread over it
 * (expected visits at this level), leaves for good by the exits, or moves on to the totals t + step. Only states with
 * mass are touched: components of the level wait in a heap, by topological number, and mass for later levels in a ring
 * of lists. Each number is a sum of products of probabilities; nothing is subtracted.
 */
#include "config.h"
#include "markov/factor_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"

/* What is left over when the rest of a distribution is not worth another level. */
static const double least_rest = 1e-13;
/* Masses waiting for their level: half a GiB. */
static const size_t max_waiting = (size_t)1 << 25;

struct parcel {
	size_t state;
	double mass;
};

struct bucket {
	struct parcel *list;
	size_t count, capacity;
};

struct walk {
	const struct bpr_chain *chain;  /* the whole chain */
	const uint32_t *step, *step_exit;
	struct bpr_chain still;         /* its moves that yield nothing */
	bpr_factor *factor;             /* of these */
	double *x, *y;                  /* mass by state; room for one component */
	unsigned char *waits;           /* component is in the heap */
	size_t *heap, heap_count, heap_capacity;
	struct bucket *ring;
	size_t ring_size, waiting;
	size_t *slot;                   /* of a state while a bucket is tidied, + 1 */
	double rest, rest_low;          /* mass in the ring, in two parts so that it can go down to 0 */
	size_t limit, count, capacity;
	double *prob, tail;
	bpr_status status;
};

/* rest += x without rounding loss (Knuth's two-sum). */
static void change_rest(struct walk *w, double x)
{
	double sum = w->rest + x, part = sum - w->rest;

	w->rest_low += (w->rest - (sum - part)) + (x - part);
	w->rest = sum;
}

static void finish_at(struct walk *w, size_t total, double mass)
{
	if (total >= w->limit) {
		w->tail += mass;
		return;
	}
	if (!bpr_i_grow(&w->prob, &w->capacity, total + 1, sizeof(*w->prob))) {
		w->status = BPR_ENOMEM;
		return;
	}
	while (w->count <= total)
		w->prob[w->count++] = 0;
	w->prob[total] += mass;
}

/* One parcel a state. */
static void tidy(struct walk *w, struct bucket *b)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->count; i++) {
		struct parcel p = b->list[i];

		if (w->slot[p.state]) {
			b->list[w->slot[p.state] - 1].mass += p.mass;
		} else {
			b->list[kept++] = p;
			w->slot[p.state] = kept;
		}
	}
	w->waiting -= b->count - kept;
	b->count = kept;
	for (size_t i = 0; i < kept; i++)
		w->slot[b->list[i].state] = 0;
}

static void send(struct walk *w, size_t total, size_t state, double mass)
{
	struct bucket *b;

	if (!(mass > 0))
		return;
	if (total >= w->limit) {
		w->tail += mass;
		return;
	}
	b = &w->ring[total % w->ring_size];
	if (b->count == b->capacity && b->count >= 2 * w->chain->n)
		tidy(w, b);
	if (w->waiting >= max_waiting)
		w->status = BPR_ELIMIT;
	else if (!bpr_i_grow(&b->list, &b->capacity, b->count + 1, sizeof(*b->list)))
		w->status = BPR_ENOMEM;
	if (w->status)
		return;
	b->list[b->count++] = (struct parcel){ state, mass };
	w->waiting++;
	change_rest(w, mass);
}

static void heap_push(struct walk *w, size_t component)
{
	size_t at = w->heap_count;

	if (!bpr_i_grow(&w->heap, &w->heap_capacity, at + 1, sizeof(*w->heap))) {
		w->status = BPR_ENOMEM;
		return;
	}
	w->heap_count++;
	for (; at && w->heap[(at - 1) / 2] > component; at = (at - 1) / 2)
		w->heap[at] = w->heap[(at - 1) / 2];
	w->heap[at] = component;
	w->waits[component] = 1;
}

static size_t heap_pop(struct walk *w)
{
	size_t top = w->heap[0], last = w->heap[--w->heap_count], at = 0, child = 1;

	while (child < w->heap_count) {
		if (child + 1 < w->heap_count && w->heap[child + 1] < w->heap[child])
			child++;
		if (w->heap[child] >= last)
			break;
		w->heap[at] = w->heap[child];
		at = child;
		child = 2 * at + 1;
	}
	w->heap[at] = last;
	w->waits[top] = 0;
	return top;
}

static void arrive(struct walk *w, size_t state, double mass)
{
	size_t component = w->factor->component[state];

	w->x[state] += mass;
	if (!w->waits[component])
		heap_push(w, component);
}

/* A state of the component that is left at this level, entered `visits` times at it. */
static void leave_state(struct walk *w, size_t total, size_t state, double visits)
{
	const struct bpr_chain *chain = w->chain;
	size_t component = w->factor->component[state];

	if (!(visits > 0))
		return;
	if (chain->exit[state] > 0)
		finish_at(w, total + (w->step_exit ? w->step_exit[state] : 0), visits * chain->exit[state]);
	for (size_t arc = chain->row[state]; arc < chain->row[state + 1]; arc++) {
		size_t next = chain->col[arc];

		if (w->step[arc])
			send(w, total + w->step[arc], next, visits * chain->prob[arc]);
		else if (w->factor->component[next] != component)
			arrive(w, next, visits * chain->prob[arc]);
	}
}

static void pass(struct walk *w, size_t total, size_t component)
{
	const bpr_factor *f = w->factor;
	size_t from = f->first[component], size = f->first[component + 1] - from;
	const size_t *states = f->order + from;

	if (size == 1) {
		double visits = w->x[*states] / f->pivot[from];

		w->x[*states] = 0;
		leave_state(w, total, *states, visits);
		return;
	}
	for (size_t i = 0; i < size; i++) {
		w->y[i] = w->x[states[i]];
		w->x[states[i]] = 0;
	}
	bpr_i_gth_forward(f, component, bpr_i_factor_values(f, component), w->y, 1);
	for (size_t i = 0; i < size; i++)
		leave_state(w, total, states[i], w->y[i]);
}

static void pass_level(struct walk *w, size_t total)
{
	struct bucket *b = &w->ring[total % w->ring_size];

	for (size_t i = 0; i < b->count; i++) {
		change_rest(w, -b->list[i].mass);
		arrive(w, b->list[i].state, b->list[i].mass);
	}
	w->waiting -= b->count;
	b->count = 0;
	while (w->heap_count && !w->status)
		pass(w, total, heap_pop(w));
}

static void pass_levels(struct walk *w)
{
	for (size_t total = 0; total < w->limit && w->waiting && !w->status; total++) {
		if (w->ring[total % w->ring_size].count)
			pass_level(w, total);
		if (w->rest + w->rest_low < least_rest)
			break;
	}
	for (size_t i = 0; i < w->ring_size; i++)
		for (size_t p = 0; p < w->ring[i].count; p++)
			w->tail += w->ring[i].list[p].mass;
}

static bool make_still(struct walk *w)
{
	const struct bpr_chain *chain = w->chain;
	struct bpr_chain *still = &w->still;
	size_t arcs = 0;

	for (size_t arc = 0; arc < chain->row[chain->n]; arc++)
		arcs += w->step[arc] == 0;
	still->n = chain->n;
	still->row = bpr_i_calloc(chain->n + 1, sizeof(*still->row));
	still->col = bpr_i_calloc(arcs, sizeof(*still->col));
	still->prob = bpr_i_calloc(arcs, sizeof(*still->prob));
	still->exit = bpr_i_calloc(chain->n, sizeof(*still->exit));
	if (!still->row || !still->col || !still->prob || !still->exit)
		return false;
	arcs = 0;
	for (size_t i = 0; i < chain->n; i++) {
		still->exit[i] = chain->exit[i];
		for (size_t arc = chain->row[i]; arc < chain->row[i + 1]; arc++) {
			if (w->step[arc]) {
				still->exit[i] += chain->prob[arc];
				continue;
			}
			still->col[arcs] = chain->col[arc];
			still->prob[arcs++] = chain->prob[arc];
		}
		still->row[i + 1] = arcs;
	}
	return true;
}

/* The ring holds the furthest level that a level can send to, and no level past the limit. */
static bool make_ring(struct walk *w, const double *e, const uint32_t *step_start)
{
	const struct bpr_chain *chain = w->chain;
	uint32_t furthest = 0;

	for (size_t arc = 0; arc < chain->row[chain->n]; arc++)
		if (w->step[arc] > furthest)
			furthest = w->step[arc];
	for (size_t i = 0; step_start && i < chain->n; i++)
		if (e[i] > 0 && step_start[i] > furthest)
			furthest = step_start[i];
	w->ring_size = (furthest < w->limit ? furthest : w->limit) + 1;
	w->ring = bpr_i_calloc(w->ring_size, sizeof(*w->ring));
	w->slot = bpr_i_calloc(chain->n, sizeof(*w->slot));
	w->x = bpr_i_calloc(chain->n, sizeof(*w->x));
	w->y = bpr_i_calloc(w->factor->widest, sizeof(*w->y));
	w->waits = bpr_i_calloc(w->factor->count, 1);
	return w->ring && w->slot && w->x && w->y && w->waits;
}

static void release(struct walk *w)
{
	for (size_t i = 0; w->ring && i < w->ring_size; i++)
		bpr_i_free(w->ring[i].list);
	bpr_i_free(w->ring);
	bpr_i_free(w->heap);
	bpr_i_free(w->waits);
	bpr_i_free(w->slot);
	bpr_i_free(w->y);
	bpr_i_free(w->x);
	bpr_i_factor_free(w->factor);
	bpr_i_free(w->still.exit);
	bpr_i_free(w->still.prob);
	bpr_i_free(w->still.col);
	bpr_i_free(w->still.row);
	bpr_i_free(w->prob);
}

static bpr_status run(struct walk *w, const double *e, const uint32_t *step_start, struct bpr_error *err)
{
	bpr_status status;

	if (!make_still(w))
		return bpr_i_nomem(err);
	status = bpr_i_factor_new(&w->still, &w->factor, NULL, err);
	if (status)
		return status;
	if (!w->factor || !make_ring(w, e, step_start) || !bpr_i_grow(&w->prob, &w->capacity, 1, sizeof(*w->prob)))
		return bpr_i_nomem(err);
	for (size_t i = 0; i < w->chain->n; i++)
		send(w, step_start ? step_start[i] : 0, i, e[i]);
	pass_levels(w);
	if (w->status == BPR_ENOMEM)
		return bpr_i_nomem(err);
	if (w->status)
		return bpr_i_fail(err, w->status, BPR_I_A018, NULL, 0, NULL, NULL);
	return BPR_OK;
}

bpr_status bpr_i_chain_distribution(const struct bpr_chain *chain, const double *e, const uint32_t *step,
				    const uint32_t *step_exit, const uint32_t *step_start, size_t limit, double **prob,
				    size_t *count, double *tail, struct bpr_error *err)
{
	struct walk w = { .chain = chain, .step = step, .step_exit = step_exit, .limit = limit };
	bpr_status status;

	*prob = NULL;
	*count = 0;
	*tail = 0;
	status = run(&w, e, step_start, err);
	if (!status) {
		*prob = w.prob;
		*count = w.count;
		*tail = w.tail;
		w.prob = NULL;
	}
	release(&w);
	return status;
}
