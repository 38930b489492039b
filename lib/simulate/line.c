/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of tokens in a total order: rank, then sequence. First (last) come first served is a list, kept in order by where it is
 * added to; priority and shortest work are a heap of four, with each token's place in token->next, so that who gives up is
 * taken out of the middle in O(log n): 100,000 in a line cost no more than a few hundred.
 */
#include "config.h"
#include "simulate/staff_i.h"
#include "base/alloc_i.h"
#include <math.h>

enum { HEAP_WIDTH = 4, HEAP_FIRST = 64 };

static bool is_list(enum bpr_discipline discipline)
{
	return discipline == BPR_DISCIPLINE_FIFO || discipline == BPR_DISCIPLINE_LIFO;
}

double bpr_i_line_rank(const struct run *run, uint32_t token, enum bpr_discipline discipline)
{
	const struct run_token *t = &run->token[token];
	const struct staff_token *s = &run->staff->token[token];

	if (t->phase == RUN_INTERRUPTED)
		return -(double)INFINITY;
	switch (discipline) {
	case BPR_DISCIPLINE_PRIORITY:
		return -(double)bpr_i_run_node_of(run, token)->priority;
	case BPR_DISCIPLINE_SHORTEST:
		return run->staff->plan->node[t->node].batch > 1 ? s->sum : t->work;
	case BPR_DISCIPLINE_LIFO:
		return -(double)s->sequence;
	case BPR_DISCIPLINE_FIFO:
		break;
	}
	return 0;
}

/* ---- the list ---- */

static bool token_before(const struct run *run, uint32_t a, uint32_t b)
{
	double ra = run->token[a].rank, rb = run->token[b].rank;

	return ra < rb || (!(rb < ra) && run->staff->token[a].sequence < run->staff->token[b].sequence);
}

/* Puts it behind `before` (RUN_NONE: at the head). */
static void list_put(struct run *run, struct staff_line *line, uint32_t token, uint32_t before)
{
	struct run_token *t = &run->token[token];

	t->before = before;
	t->next = before == RUN_NONE ? line->head : run->token[before].next;
	if (before == RUN_NONE)
		line->head = token;
	else
		run->token[before].next = token;
	if (t->next == RUN_NONE)
		line->tail = token;
	else
		run->token[t->next].before = token;
}

/* Only those that were interrupted, as many as people serve here at most, are passed: the rest is in order as it comes. */
static void list_add(struct run *run, struct staff_line *line, uint32_t token)
{
	uint32_t before = line->tail;

	if (before != RUN_NONE && token_before(run, token, before)) {
		uint32_t at = line->head;

		before = RUN_NONE;
		while (token_before(run, at, token)) {
			before = at;
			at = run->token[at].next;
		}
	}
	list_put(run, line, token, before);
}

static void list_remove(struct run *run, struct staff_line *line, uint32_t token)
{
	struct run_token *t = &run->token[token];

	if (t->before == RUN_NONE)
		line->head = t->next;
	else
		run->token[t->before].next = t->next;
	if (t->next == RUN_NONE)
		line->tail = t->before;
	else
		run->token[t->next].before = t->before;
}

/* ---- the heap ---- */

static bool entry_before(const struct staff_entry *a, const struct staff_entry *b)
{
	return a->rank < b->rank || (!(b->rank < a->rank) && a->sequence < b->sequence);
}

static void heap_set(struct run *run, struct staff_line *line, size_t at, struct staff_entry entry)
{
	line->heap[at] = entry;
	run->token[entry.token].next = (uint32_t)at;
}

static void heap_up(struct run *run, struct staff_line *line, size_t at, struct staff_entry entry)
{
	while (at) {
		size_t up = (at - 1) / HEAP_WIDTH;

		if (!entry_before(&entry, &line->heap[up]))
			break;
		heap_set(run, line, at, line->heap[up]);
		at = up;
	}
	heap_set(run, line, at, entry);
}

static void heap_down(struct run *run, struct staff_line *line, size_t at, struct staff_entry entry)
{
	for (;;) {
		size_t child = at * HEAP_WIDTH + 1, end = child + HEAP_WIDTH < line->count ? child + HEAP_WIDTH : line->count, best = child;

		if (child >= line->count)
			break;
		for (size_t i = child + 1; i < end; i++)
			if (entry_before(&line->heap[i], &line->heap[best]))
				best = i;
		if (!entry_before(&line->heap[best], &entry))
			break;
		heap_set(run, line, at, line->heap[best]);
		at = best;
	}
	heap_set(run, line, at, entry);
}

static void heap_remove(struct run *run, struct staff_line *line, size_t at)
{
	struct staff_entry last = line->heap[--line->count];

	if (at == line->count)
		return;
	if (at && entry_before(&last, &line->heap[(at - 1) / HEAP_WIDTH]))
		heap_up(run, line, at, last);
	else
		heap_down(run, line, at, last);
}

/* ---- either ---- */

static void count_queued(struct staff *s, uint32_t line, uint32_t by)
{
	const struct staff_kind *kind = &s->plan->kind[line];

	for (uint32_t i = 0; i < kind->need_count; i++)
		s->people[s->plan->need[kind->first_need + i].pool].queued += by;
}

bool bpr_i_line_add(struct run *run, uint32_t line, uint32_t token)
{
	struct staff_line *l = &run->staff->line[line];
	enum bpr_discipline discipline = run->staff->plan->kind[line].discipline;
	double rank = bpr_i_line_rank(run, token, discipline);

	run->token[token].rank = rank;
	count_queued(run->staff, line, 1);
	if (is_list(discipline)) {
		list_add(run, l, token);
		return true;
	}
	if (!bpr_i_grow(&l->heap, &l->capacity, l->count + 1 > HEAP_FIRST ? l->count + 1 : HEAP_FIRST, sizeof(*l->heap)))
		return bpr_i_run_nomem(run);
	heap_up(run, l, l->count++, (struct staff_entry){ rank, run->staff->token[token].sequence, token });
	return true;
}

void bpr_i_line_remove(struct run *run, uint32_t line, uint32_t token)
{
	struct staff_line *l = &run->staff->line[line];

	count_queued(run->staff, line, UINT32_MAX);
	if (is_list(run->staff->plan->kind[line].discipline))
		list_remove(run, l, token);
	else
		heap_remove(run, l, run->token[token].next);
}

/* `by` takes the place of the token, though it came later: another of the same batch. */
void bpr_i_line_replace(struct run *run, uint32_t line, uint32_t token, uint32_t by)
{
	struct staff_line *l = &run->staff->line[line];
	struct run_token *from = &run->token[token], *to = &run->token[by];

	to->rank = from->rank;
	run->staff->token[by].sequence = run->staff->token[token].sequence;
	if (!is_list(run->staff->plan->kind[line].discipline)) {
		to->next = from->next;
		l->heap[from->next].token = by;
		return;
	}
	to->next = from->next;
	to->before = from->before;
	if (to->before == RUN_NONE)
		l->head = by;
	else
		run->token[to->before].next = by;
	if (to->next == RUN_NONE)
		l->tail = by;
	else
		run->token[to->next].before = by;
}
