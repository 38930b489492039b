/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Parallel branches as if they were walked one after the other, as written, whatever the clock made of them.
 *
 * Each token of a case stands in a segment; the segments of a case form a list in the order of that walk. A split puts those of
 * its branches behind the one of the token that splits; what goes on behind a join goes on in the last of those that merge. Of
 * a segment it is enough to know where the citizen came first and is last: what happened in between was counted at once, and
 * where the first place is come to from is counted when the segments before it are complete. A segment without a token is
 * put together with the one behind it, so that there are hardly more of them than tokens.
 *
 * Handoffs are pairs of a step with each of the steps before it: behind a join a token carries a list of steps, each with
 * how often it was done (rounds side by side each did their own).
 */
#include "config.h"
#include "simulate/recorder_i.h"
#include "base/alloc_i.h"
#include <stdlib.h>

struct segment {
	uint32_t next, before;
	uint32_t first;         /* node at which the citizen's place changes first; RUN_NONE: nowhere */
	uint32_t last;          /* place behind it: 0 none, counter + 1 */
	bool dead, marked;
};

struct members { uint32_t refs, next; size_t count, capacity; uint32_t *pair; /* node, times; by node */ };

/* ---- segments ---- */

static uint32_t new_segment(struct record *r)
{
	uint32_t at = r->free_segment;

	if (at != RUN_NONE) {
		r->free_segment = r->segment[at].next;
	} else {
		if (!bpr_i_grow(&r->segment, &r->segment_capacity, r->segment_count + 1, sizeof(*r->segment)))
			return RUN_NONE;
		at = (uint32_t)r->segment_count++;
	}
	r->segment[at] = (struct segment){ RUN_NONE, RUN_NONE, RUN_NONE, 0, false, false };
	return at;
}

static void free_segment(struct record *r, uint32_t at)
{
	r->segment[at].next = r->free_segment;
	r->free_segment = at;
}

static void put_behind(struct record *r, uint32_t at, uint32_t new)
{
	struct segment *s = &r->segment[new];

	s->before = at;
	s->next = r->segment[at].next;
	r->segment[at].next = new;
	if (s->next != RUN_NONE)
		r->segment[s->next].before = new;
}

/* A segment that is complete, and the one behind it, become one. */
static void fold(struct run *run, uint32_t of_case, uint32_t at)
{
	struct record *r = run->record;
	struct segment *s = &r->segment[at], *behind = &r->segment[s->next];
	struct tally *t = tally_of(run, of_case);

	if (s->first != RUN_NONE) {
		if (behind->first != RUN_NONE)
			bpr_i_record_move(run, of_case, s->last, &r->plan->node[behind->first]);
		else
			behind->last = s->last;
		behind->first = s->first;
	}
	behind->before = s->before;
	if (s->before == RUN_NONE)
		t->first_segment = s->next;
	else
		r->segment[s->before].next = s->next;
	free_segment(r, at);
}

/* ---- lists of steps ---- */

static struct members *list_of(const struct run *run, uint32_t unit)
{
	return unit > run->plan->node_count ? &run->record->members[unit - run->plan->node_count - 1] : NULL;
}

static void drop_list(struct run *run, uint32_t unit)
{
	struct record *r = run->record;
	struct members *m = list_of(run, unit);

	if (!m || --m->refs)
		return;
	m->next = r->free_members;
	r->free_members = (uint32_t)(m - r->members);
}

static uint32_t copy_list(struct run *run, uint32_t unit)
{
	struct members *m = list_of(run, unit);

	if (m)
		m->refs++;
	return unit;
}

static uint32_t new_list(struct run *run, const uint32_t *pair, size_t count)
{
	struct record *r = run->record;
	uint32_t at = r->free_members;
	struct members *m;

	if (at != RUN_NONE) {
		r->free_members = r->members[at].next;
	} else {
		if (!bpr_i_grow(&r->members, &r->member_capacity, r->member_count + 1, sizeof(*r->members)))
			return RUN_NONE;
		at = (uint32_t)r->member_count++;
		r->members[at] = (struct members){ 0 };
	}
	m = &r->members[at];
	if (!bpr_i_grow(&m->pair, &m->capacity, 2 * count, sizeof(*m->pair))) {
		m->next = r->free_members;
		r->free_members = at;
		return RUN_NONE;
	}
	memcpy(m->pair, pair, 2 * count * sizeof(*pair));
	m->count = count;
	m->refs = 1;
	return (uint32_t)run->plan->node_count + 1 + at;
}

double bpr_i_trail_unit(struct run *run, uint32_t token, uint32_t node)
{
	const struct record_plan *plan = run->record->plan;
	struct walker *w = &run->record->walker[token];
	const struct members *m = list_of(run, w->unit);
	uint32_t here = plan->node[node].unit;
	double count = 0;

	if (!m) {
		count = w->unit && plan->node[w->unit - 1].unit != here;
	} else {
		for (size_t i = 0; i < m->count; i++)
			count += plan->node[m->pair[2 * i]].unit != here ? (double)m->pair[2 * i + 1] : 0;
		drop_list(run, w->unit);
	}
	w->unit = node + 1;
	return count;
}

static bool in_scope(const struct run_plan *plan, uint32_t node, uint32_t scope)
{
	uint32_t inner = scope == RUN_NONE ? RUN_NONE : plan->node[node].scope;

	return inner != RUN_NONE && plan->scope[inner].first >= plan->scope[scope].first
		&& plan->scope[inner].first < plan->scope[scope].last;
}

static int by_node(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return a[0] != b[0] ? (a[0] > b[0] ? 1 : -1) : (a[1] < b[1]) - (a[1] > b[1]);
}

static bool add_pair(struct record *r, size_t *count, uint32_t node, uint32_t times)
{
	if (!bpr_i_grow(&r->scratch, &r->scratch_capacity, 2 * *count + 2, sizeof(*r->scratch)))
		return false;
	r->scratch[2 * *count] = node;
	r->scratch[2 * (*count)++ + 1] = times;
	return true;
}

/* The steps of all tokens; of one that several bring the most, of rounds side by side their sum. */
static uint32_t merge_units(struct run *run, const uint32_t *tokens, size_t count, uint32_t scope)
{
	struct record *r = run->record;
	size_t pairs = 0, kept = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t unit = r->walker[tokens[i]].unit;
		const struct members *m = list_of(run, unit);

		if (!unit)
			continue;
		if (!m && !add_pair(r, &pairs, unit - 1, 1))
			return RUN_NONE;
		for (size_t k = 0; m && k < m->count; k++)
			if (!add_pair(r, &pairs, m->pair[2 * k], m->pair[2 * k + 1]))
				return RUN_NONE;
	}
	if (!pairs)
		return 0;
	qsort(r->scratch, pairs, 2 * sizeof(*r->scratch), by_node);
	for (size_t i = 0; i < pairs; i++) {
		uint32_t *p = &r->scratch[2 * i], *last = kept ? &r->scratch[2 * kept - 2] : NULL;

		if (last && last[0] == p[0]) {
			last[1] += in_scope(run->plan, p[0], scope) ? p[1] : 0;
			continue;
		}
		r->scratch[2 * kept] = p[0];
		r->scratch[2 * kept++ + 1] = p[1];
	}
	return kept == 1 && r->scratch[1] == 1 ? r->scratch[0] + 1 : new_list(run, r->scratch, kept);
}

/* ---- tokens ---- */

static bool room_for(struct record *r, uint32_t token)
{
	return bpr_i_grow(&r->walker, &r->walker_capacity, (size_t)token + 1, sizeof(*r->walker));
}

bool bpr_i_trail_begin(struct run *run, uint32_t token)
{
	struct record *r = run->record;
	uint32_t segment = new_segment(r);

	tally_of(run, run->token[token].of_case)->first_segment = segment;
	if (!room_for(r, token) || segment == RUN_NONE)
		return false;
	r->walker[token] = (struct walker){ .segment = segment };
	return true;
}

void bpr_i_trail_place(struct run *run, uint32_t token, uint32_t node)
{
	struct record *r = run->record;
	const struct record_node *n = &r->plan->node[node];
	struct segment *s = &r->segment[r->walker[token].segment];

	if (s->first == RUN_NONE)
		s->first = node;
	else
		bpr_i_record_move(run, run->token[token].of_case, s->last, n);
	s->last = n->away || n->counter == RUN_NONE ? 0 : n->counter + 1;
}

void bpr_i_record_split(struct run *run, uint32_t parent, uint32_t child, uint32_t branch)
{
	struct record *r = run->record;
	uint32_t segment = new_segment(r), old;

	if (segment == RUN_NONE || !room_for(r, child)) {
		(void)bpr_i_run_nomem(run);
		return;
	}
	old = r->walker[parent].segment;
	put_behind(r, branch > 1 ? r->split_behind : old, segment);
	r->split_behind = segment;
	if (child == parent) {
		r->walker[parent].segment = segment;
		fold(run, run->token[parent].of_case, old);
		return;
	}
	run->token[child].trail = 0;
	r->walker[child] = r->walker[parent];
	r->walker[child].segment = segment;
	(void)copy_list(run, r->walker[child].unit);
}

/* The last, in the order of the walk, of the segments in which the tokens stand. */
static uint32_t last_of(struct run *run, const uint32_t *tokens, size_t count)
{
	struct record *r = run->record;
	size_t left = count;
	uint32_t at = tally_of(run, run->token[tokens[0]].of_case)->first_segment, last = at;

	for (size_t i = 0; i < count; i++)
		r->segment[r->walker[tokens[i]].segment].marked = true;
	for (; at != RUN_NONE && left; at = r->segment[at].next)
		if (r->segment[at].marked) {
			last = at;
			left--;
			r->segment[at].marked = false;
		}
	return last;
}

void bpr_i_record_merge(struct run *run, uint32_t into, const uint32_t *tokens, size_t count, uint32_t scope)
{
	struct record *r = run->record;
	uint32_t last = last_of(run, tokens, count), unit = merge_units(run, tokens, count, scope);
	struct walker *w = &r->walker[into];
	double lead = 0;

	if (unit == RUN_NONE) {
		(void)bpr_i_run_nomem(run);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct walker *other = &r->walker[tokens[i]];

		lead = other->lead > lead ? other->lead : lead;
		if (other->segment == last && tokens[i] != into) {
			other->segment = w->segment;
			w->segment = last;
		}
	}
	/* Whoever came last has gone the way that took longest; the others waited for it. */
	w->work = r->walker[tokens[count - 1]].work;
	w->queue = r->walker[tokens[count - 1]].queue;
	w->closed = r->walker[tokens[count - 1]].closed;
	w->lead = lead;
	drop_list(run, w->unit);
	w->unit = unit;
}

void bpr_i_record_gone(struct run *run, uint32_t token)
{
	struct record *r = run->record;
	struct walker *w = &r->walker[token];
	uint32_t of_case = run->token[token].of_case;
	struct segment *s = &r->segment[w->segment];

	drop_list(run, w->unit);
	w->unit = 0;
	if (s->next != RUN_NONE)
		fold(run, of_case, w->segment);
	else
		s->dead = true;
}

void bpr_i_trail_end(struct run *run, uint32_t of_case)
{
	struct record *r = run->record;
	uint32_t place = 0, next;

	for (uint32_t at = tally_of(run, of_case)->first_segment; at != RUN_NONE; at = next) {
		struct segment *s = &r->segment[at];

		next = s->next;
		if (s->first != RUN_NONE) {
			bpr_i_record_move(run, of_case, place, &r->plan->node[s->first]);
			place = s->last;
		}
		free_segment(r, at);
	}
}

void bpr_i_trail_clear(struct record *r)
{
	r->segment_count = 0;
	r->free_segment = r->free_members = RUN_NONE;
	for (size_t i = r->member_count; i-- > 0;) {
		r->members[i].next = r->free_members;
		r->free_members = (uint32_t)i;
	}
}

void bpr_i_trail_release(struct record *r)
{
	for (size_t i = 0; i < r->member_count; i++)
		bpr_i_free(r->members[i].pair);
	bpr_i_free(r->members);
	bpr_i_free(r->segment);
	bpr_i_free(r->walker);
	bpr_i_free(r->scratch);
}
