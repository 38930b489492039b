/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases by their sequences of activities. */
#include "config.h"
#include "mine/conform_i.h"
#include <stdlib.h>
#include <string.h>

struct counted { uint64_t count; uint32_t number; };

static int by_count(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

struct gather {
	bpr_conformance *c;
	const bpr_mining *mining;
	uint64_t *events;
	struct bpr_dict sequences;
	uint64_t *count; size_t count_capacity;
	uint32_t *buf; size_t buf_capacity;
};

static bool add_case(struct gather *g, const struct bpr_log_case *one)
{
	uint32_t number, before = g->sequences.count;

	if (!bpr_i_grow(&g->buf, &g->buf_capacity, one->count + 1, sizeof(*g->buf)))
		return false;
	for (size_t i = 0; i < one->count; i++) {
		g->buf[i] = one->events[i].activity;
		g->events[g->buf[i]]++;
	}
	/* Behind the sequence: whether the case is under way (or was given up), so that it need not have come to an end. */
	g->buf[one->count] = g->mining && bpr_mining_case_state(g->mining, one->index) != BPR_MINE_FINISHED;
	number = bpr_i_dict_add(&g->sequences, (const char *)g->buf, (one->count + 1) * sizeof(*g->buf));
	if (number == BPR_DICT_NONE || !bpr_i_grow(&g->count, &g->count_capacity, (size_t)number + 1, sizeof(*g->count)))
		return false;
	if (number == before)
		g->count[number] = 0;
	g->count[number]++;
	g->c->of_case[one->index] = number;
	g->c->totals.cases++;
	return true;
}

static bpr_status walk(struct gather *g, struct bpr_error *err)
{
	bpr_log_walk *walk = NULL;
	const struct bpr_log_case *one = NULL;
	bpr_status status = bpr_log_walk_new(g->c->log, &walk, err);

	while (status == BPR_OK) {
		status = bpr_log_walk_next(walk, &one, err);
		if (status != BPR_OK || !one)
			break;
		if (!add_case(g, one))
			status = bpr_i_nomem(err);
	}
	bpr_log_walk_free(walk);
	return status;
}

static bool arrange(struct gather *g)
{
	bpr_conformance *c = g->c;
	size_t n = g->sequences.count, total = 0, at = 0;
	struct counted *order = bpr_i_calloc(n + 1, sizeof(*order));
	uint32_t *rank = bpr_i_calloc(n + 1, sizeof(*rank));
	bool ok = order && rank;

	for (uint32_t i = 0; ok && i < n; i++) {
		order[i] = (struct counted){ g->count[i], i };
		total += g->sequences.names[i].length / sizeof(uint32_t);
	}
	if (ok) {
		c->sequence = bpr_i_calloc(total + 1, sizeof(*c->sequence));
		c->variant = bpr_i_calloc(n + 1, sizeof(*c->variant));
		c->alignment = bpr_i_calloc(n + 1, sizeof(*c->alignment));
		ok = c->sequence && c->variant && c->alignment;
	}
	if (ok && n)
		qsort(order, n, sizeof(*order), by_count);
	for (size_t i = 0; ok && i < n; i++) {
		const struct bpr_dict_name *name = &g->sequences.names[order[i].number];

		rank[order[i].number] = (uint32_t)i;
		memcpy(c->sequence + at, name->text, name->length);
		c->variant[i].activities = c->sequence + at;
		c->variant[i].length = name->length / sizeof(uint32_t) - 1;
		c->variant[i].open = c->sequence[at + c->variant[i].length] != 0;
		c->variant[i].count = order[i].count;
		at += c->variant[i].length + 1;
	}
	for (size_t i = 0; ok && i < c->case_count; i++)
		if (c->of_case[i] != UINT32_MAX)
			c->of_case[i] = rank[c->of_case[i]];
	c->variant_count = ok ? n : 0;
	bpr_i_free(order);
	bpr_i_free(rank);
	return ok;
}

bpr_status bpr_i_conform_variants(bpr_conformance *c, const bpr_mining *mining, uint64_t *events, struct bpr_error *err)
{
	struct gather g = { .c = c, .mining = mining, .events = events };
	bpr_status status;

	c->case_count = bpr_log_name_count(c->log, BPR_LOG_CASE);
	c->of_case = bpr_i_calloc(c->case_count + 1, sizeof(*c->of_case));
	if (!c->of_case)
		return bpr_i_nomem(err);
	memset(c->of_case, 0xff, c->case_count * sizeof(*c->of_case));
	status = walk(&g, err);
	if (status == BPR_OK && !arrange(&g))
		status = bpr_i_nomem(err);
	bpr_i_dict_release(&g.sequences);
	bpr_i_free(g.count);
	bpr_i_free(g.buf);
	return status;
}
