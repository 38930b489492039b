/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cuts: the activities in parts that are a choice, a sequence, concurrent or a loop, by what follows what directly. Definitions 1 to
 * 4 of Leemans et al. (2013); parts of a sequence that are left out together stay together (Leemans, Robust Process Mining with
 * Guarantees, 2017, page 233). Parts come in the order of their first activities, those of a sequence in its order.
 */
#include "config.h"
#include "mine/tree_i.h"
#include <string.h>

struct finder {
	const struct bpr_dfg *dfg;
	uint32_t *root;          /* union-find */
	uint64_t *reach;         /* [n * words] what can follow at all; for sequences */
	size_t words;
	uint32_t *part;          /* [n] */
	uint32_t *room;          /* [n] */
	unsigned char *marks;    /* [n] */
	int64_t *from, *to;      /* [n] */
	int64_t *skips;          /* [n + 1] */
};

static bool follows(const struct finder *f, uint32_t a, uint32_t b)
{
	return f->dfg->follows[(size_t)a * f->dfg->n + b] > 0;
}

static uint32_t root(struct finder *f, uint32_t a)
{
	while (f->root[a] != a) {
		f->root[a] = f->root[f->root[a]];
		a = f->root[a];
	}
	return a;
}

/* The smaller one leads: parts are called by their first activity. */
static void join(struct finder *f, uint32_t a, uint32_t b)
{
	a = root(f, a);
	b = root(f, b);
	f->root[a > b ? a : b] = a > b ? b : a;
}

static void apart(struct finder *f)
{
	for (uint32_t a = 0; a < f->dfg->n; a++)
		f->root[a] = a;
}

/* Numbers the parts in order of their first activities, from `number`; activities marked take part 0 where that is reserved. */
static uint32_t number_parts(struct finder *f, uint32_t number, bool body)
{
	for (uint32_t a = 0; a < f->dfg->n; a++) {
		if (body && f->marks[a])
			f->part[a] = 0;
		else
			f->part[a] = root(f, a) == a ? number++ : f->part[root(f, a)];
	}
	return number;
}

static uint32_t find_xor(struct finder *f)
{
	uint32_t n = f->dfg->n;

	apart(f);
	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < n; b++)
			if (follows(f, a, b))
				join(f, a, b);
	return number_parts(f, 0, false);
}

/* ---- sequence ---- */

static bool reaches(const struct finder *f, uint32_t a, uint32_t b)
{
	return f->reach[a * f->words + b / 64] >> b % 64 & 1;
}

/* Transitive closure, a row of bits at a time (Warshall). */
static void close_reach(struct finder *f)
{
	uint32_t n = f->dfg->n;

	memset(f->reach, 0, n * f->words * sizeof(*f->reach));
	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < n; b++)
			f->reach[a * f->words + b / 64] |= (uint64_t)follows(f, a, b) << b % 64;
	for (uint32_t via = 0; via < n; via++)
		for (uint32_t a = 0; a < n; a++)
			for (size_t w = 0; reaches(f, a, via) && w < f->words; w++)
				f->reach[a * f->words + w] |= f->reach[via * f->words + w];
}

/* Order of the parts: each is reached from all before it, so it stands behind as many. */
static void order_parts(struct finder *f, uint32_t parts)
{
	uint32_t n = f->dfg->n;

	for (uint32_t p = 0, first = 0; p < parts; p++) {
		while (f->part[first] != p)
			first++;
		f->room[p] = first;
	}
	for (uint32_t p = 0; p < parts; p++) {
		uint32_t before = 0;

		for (uint32_t q = 0; q < parts; q++)
			before += q != p && reaches(f, f->room[q], f->room[p]);
		f->to[p] = before;
	}
	for (uint32_t a = 0; a < n; a++)
		f->part[a] = (uint32_t)f->to[f->part[a]];
}

/* Traces can leave out the parts between two that follow each other: counted as differences in room[0 … parts]. */
static void skip_between(struct finder *f, int64_t before, int64_t behind)
{
	if (behind - before < 2)
		return;
	f->skips[before + 1]++;
	f->skips[behind]--;
}

/* From where a part is entered and where it leaves to, and which ones are left out: before the start and behind the end is nothing. */
static void look_at_parts(struct finder *f, uint32_t parts)
{
	const struct bpr_dfg *dfg = f->dfg;

	memset(f->skips, 0, (parts + 1) * sizeof(*f->skips));
	for (uint32_t p = 0; p < parts; p++) {
		f->from[p] = INT64_MAX;
		f->to[p] = INT64_MIN;
	}
	for (uint32_t a = 0; a < dfg->n; a++) {
		uint32_t p = f->part[a];

		if (dfg->starts[a]) {
			f->from[p] = INT64_MIN;
			skip_between(f, -1, p);
		}
		if (dfg->ends[a]) {
			f->to[p] = INT64_MAX;
			skip_between(f, p, parts);
		}
		for (uint32_t b = 0; b < dfg->n; b++)
			if (follows(f, a, b)) {
				uint32_t q = f->part[b];

				f->from[q] = p < f->from[q] ? p : f->from[q];
				f->to[p] = q > f->to[p] ? q : f->to[p];
				skip_between(f, p, q);
			}
	}
}

/* Parts that are entered from a part that can be left out alone, or leave to it alone, are left out with it: one part. */
static uint32_t keep_together(struct finder *f, uint32_t parts)
{
	int64_t skips = 0;

	look_at_parts(f, parts);
	memset(f->room, 0, parts * sizeof(*f->room)); /* room[p]: part p belongs to the one before it */
	for (uint32_t p = 0; p < parts; p++) {
		skips += f->skips[p];
		if (!skips)
			continue;
		for (uint32_t q = p; q > 0 && f->to[q - 1] <= p; q--)
			f->room[q] = 1;
		for (uint32_t q = p + 1; q < parts && f->from[q] >= p; q++)
			f->room[q] = 1;
	}
	for (uint32_t p = 0, number = 0; p < parts; p++) {
		number += p > 0 && !f->room[p];
		f->room[p] = number;
	}
	for (uint32_t a = 0; a < f->dfg->n; a++)
		f->part[a] = f->room[f->part[a]];
	return f->room[parts - 1] + 1;
}

static uint32_t find_sequence(struct finder *f)
{
	uint32_t n = f->dfg->n;
	uint32_t parts;

	close_reach(f);
	apart(f);
	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < a; b++)
			if (reaches(f, a, b) == reaches(f, b, a))
				join(f, a, b);
	parts = number_parts(f, 0, false);
	if (parts < 2)
		return parts;
	order_parts(f, parts);
	return keep_together(f, parts);
}

/* ---- concurrency ---- */

/* Parts need a start and an end each: the ones without are joined, in pairs that have both where there are. */
static void complete_parts(struct finder *f, uint32_t parts)
{
	const struct bpr_dfg *dfg = f->dfg;
	uint32_t whole = UINT32_MAX, open[4] = { UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX };

	memset(f->marks, 0, dfg->n);
	for (uint32_t a = 0; a < dfg->n; a++)
		f->marks[root(f, a)] |= (unsigned char)((dfg->starts[a] > 0) | (dfg->ends[a] > 0) << 1);
	for (uint32_t a = 0; a < dfg->n && parts; a++) {
		unsigned has = f->marks[a];

		if (root(f, a) != a)
			continue;
		if (has == 3) {
			whole = whole == UINT32_MAX ? a : whole;
		} else if (has && open[3 - has] != UINT32_MAX) { /* one with a start and one with an end */
			join(f, a, open[3 - has]);
			whole = whole == UINT32_MAX ? a : whole;
			open[3 - has] = UINT32_MAX;
		} else if (open[has] == UINT32_MAX) {
			open[has] = a;
		} else {
			join(f, a, open[has]);
		}
	}
	for (unsigned has = 0; has < 3; has++)
		if (open[has] != UINT32_MAX)
			join(f, open[has], whole == UINT32_MAX ? 0 : whole);
}

static uint32_t find_and(struct finder *f)
{
	uint32_t n = f->dfg->n;
	uint32_t parts;

	apart(f);
	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < a; b++)
			if (!follows(f, a, b) || !follows(f, b, a))
				join(f, a, b);
	parts = number_parts(f, 0, false);
	if (parts < 2)
		return parts;
	complete_parts(f, parts);
	return number_parts(f, 0, false);
}

/* ---- loop ---- */

/* Does any start (or any end) lack the arc that another one has with x? */
static bool partial(const struct finder *f, uint32_t x, bool to_starts)
{
	const struct bpr_dfg *dfg = f->dfg;
	bool some = false, all = true;

	for (uint32_t s = 0; s < dfg->n; s++) {
		if (!(to_starts ? dfg->starts : dfg->ends)[s])
			continue;
		if (to_starts ? follows(f, x, s) : follows(f, s, x))
			some = true;
		else
			all = false;
	}
	return some && !all;
}

/* Whether x is entered from what is no end, or goes on to what is no start: then it belongs to the body. */
static bool inside(const struct finder *f, uint32_t x)
{
	const struct bpr_dfg *dfg = f->dfg;

	for (uint32_t s = 0; s < dfg->n; s++) {
		if (!dfg->starts[s] && !dfg->ends[s])
			continue;
		if ((follows(f, s, x) && !dfg->ends[s]) || (follows(f, x, s) && !dfg->starts[s]))
			return true;
	}
	return partial(f, x, true) || partial(f, x, false);
}

static uint32_t find_loop(struct finder *f)
{
	const struct bpr_dfg *dfg = f->dfg;
	uint32_t n = dfg->n;

	apart(f);
	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < n; b++)
			if (follows(f, a, b) && !dfg->starts[a] && !dfg->ends[a] && !dfg->starts[b] && !dfg->ends[b])
				join(f, a, b);
	memset(f->marks, 0, n);
	for (uint32_t a = 0; a < n; a++)
		if (dfg->starts[a] || dfg->ends[a] || inside(f, a))
			f->marks[root(f, a)] = 1;
	for (uint32_t a = 0; a < n; a++)
		f->marks[a] = f->marks[root(f, a)];
	return number_parts(f, 1, true);
}

/* ---- all of them ---- */

static bool prepare(struct finder *f, const struct bpr_dfg *dfg)
{
	*f = (struct finder){ .dfg = dfg, .words = ((size_t)dfg->n + 63) / 64 };
	f->root = bpr_i_calloc(dfg->n, sizeof(*f->root));
	f->reach = bpr_i_calloc(dfg->n * f->words, sizeof(*f->reach));
	f->part = bpr_i_calloc(dfg->n, sizeof(*f->part));
	f->room = bpr_i_calloc(dfg->n, sizeof(*f->room));
	f->marks = bpr_i_calloc(dfg->n, 1);
	f->from = bpr_i_calloc(dfg->n, sizeof(*f->from));
	f->to = bpr_i_calloc(dfg->n, sizeof(*f->to));
	f->skips = bpr_i_calloc((size_t)dfg->n + 1, sizeof(*f->skips));
	return f->root && f->reach && f->part && f->room && f->marks && f->from && f->to && f->skips;
}

bool bpr_i_cut_find(const struct bpr_dfg *dfg, struct bpr_cut *cut)
{
	static const struct {
		enum bpr_tree_kind kind;
		uint32_t (*find)(struct finder *f);
	} kinds[] = { { BPR_TREE_XOR, find_xor }, { BPR_TREE_SEQUENCE, find_sequence }, { BPR_TREE_AND, find_and }, { BPR_TREE_LOOP, find_loop } };
	struct finder f;
	bool prepared = prepare(&f, dfg);

	*cut = (struct bpr_cut){ 0 };
	for (size_t i = 0; prepared && dfg->n > 1 && cut->parts < 2 && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		*cut = (struct bpr_cut){ kinds[i].kind, kinds[i].find(&f), NULL };
	if (cut->parts < 2) {
		*cut = (struct bpr_cut){ 0 };
	} else {
		cut->part = f.part;
		f.part = NULL;
	}
	bpr_i_free(f.root);
	bpr_i_free(f.reach);
	bpr_i_free(f.part);
	bpr_i_free(f.room);
	bpr_i_free(f.marks);
	bpr_i_free(f.from);
	bpr_i_free(f.to);
	bpr_i_free(f.skips);
	return prepared;
}
