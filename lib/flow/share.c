/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits, joins, and the probabilities of arcs, starts and boundary events; what was not written is divided equally. */
#include "config.h"
#include "flow/builder_i.h"
#include "base/num_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Sums of shares that differ from 1 by no more than this are rounding of binary fractions, not the user's. */
#define ROUNDING 1e-12

struct number { char text[32]; };

static struct number number(double x)
{
	struct number n = { "" };

	(void)bpr_i_num_format(n.text, sizeof(n.text), round(x * 1e9) / 1e9);
	return n;
}

/* A share as people say it: 33.3%. */
static struct number percent(double x)
{
	struct number n = { "" };
	size_t end;

	(void)bpr_i_num_format(n.text, sizeof(n.text) - 1, round(x * 1000) / 10);
	end = strlen(n.text);
	n.text[end] = '%';
	n.text[end + 1] = '\0';
	return n;
}

static struct number whole(size_t x)
{
	struct number n = { "" };

	(void)snprintf(n.text, sizeof(n.text), "%zu", x);
	return n;
}

/* Shares of one choice: what was written, how much it is. */
struct tally {
	size_t count, given;
	double sum;
	bool percent; /* all that were written are percentages */
};

static struct tally tally(const struct bpr_arc *arcs, size_t count)
{
	struct tally t = { .count = count, .percent = true };

	for (size_t i = 0; i < count; i++) {
		if (isnan(arcs[i].prob))
			continue;
		t.given++;
		t.sum += arcs[i].prob;
		t.percent &= arcs[i].given; /* until shares are settled, `given` holds "percentage" */
	}
	return t;
}

/* Within what the contract forgives: 1e-6, or 1 % where all are percentages. */
static bool forgiven(const struct tally *t)
{
	double off = fabs(t->sum - 1);

	return off <= BPR_I_SHARE_TOLERANCE + ROUNDING || (t->percent && off <= 0.01 + BPR_I_SHARE_TOLERANCE);
}

static void split_node(struct bpr_builder *b, size_t i)
{
	struct bpr_node *node = &b->flow->nodes[i];
	struct bpr_place place = bpr_i_build_place(b, i);

	if (!(b->flags[i] & BPR_DRAFT_JOIN))
		node->join = node->kind == BPR_NODE_AND ? BPR_JOIN_AND : node->kind == BPR_NODE_OR ? BPR_JOIN_OR : BPR_JOIN_XOR;
	if (b->flags[i] & BPR_DRAFT_SPLIT)
		return;
	node->split = BPR_SPLIT_XOR;
	if (node->kind == BPR_NODE_AND || node->kind == BPR_NODE_OR) {
		node->split = node->kind == BPR_NODE_AND ? BPR_SPLIT_AND : BPR_SPLIT_OR;
		return;
	}
	if (node->kind == BPR_NODE_XOR || node->out_count < 2 || b->flags[i] & BPR_DRAFT_EXCLUSIVE)
		return;
	if (tally(b->flow->arcs + node->first_out, node->out_count).given)
		return;
	node->split = BPR_SPLIT_AND;
	if (!(b->flags[i] & BPR_DRAFT_BROKEN) && node->kind != BPR_NODE_END)
		bpr_i_build_note(b, BPR_I_F010, &place, place.where, NULL, NULL, NULL);
}

void bpr_i_build_splits(struct bpr_builder *b)
{
	for (size_t i = 0; i < b->flow->node_count; i++)
		split_node(b, i);
}

static void settle(struct bpr_arc *arcs, size_t count, double missing, double scale)
{
	for (size_t i = 0; i < count; i++) {
		arcs[i].given = !isnan(arcs[i].prob);
		arcs[i].prob = arcs[i].given ? arcs[i].prob * scale : missing;
	}
}

/* What makes a sum that is wrong 1, for a flow that is used all the same; all equal where all are 0. */
static double forced(struct bpr_arc *arcs, struct tally *t)
{
	for (size_t i = 0; i < t->count && !(t->sum > 0); i++)
		arcs[i].prob = 1;
	return 1 / (t->sum > 0 ? t->sum : (double)t->count);
}

/* An exclusive choice: shares sum to 1; those that are missing divide what is left. */
static void share_xor(struct bpr_builder *b, size_t i)
{
	struct bpr_node *node = &b->flow->nodes[i];
	struct bpr_arc *arcs = b->flow->arcs + node->first_out;
	struct tally t = tally(arcs, node->out_count);
	struct bpr_place place = bpr_i_build_place(b, i);
	double missing = 0;
	double scale = 1;

	if (t.given == t.count) {
		if (!forgiven(&t)) {
			bpr_i_build_note(b, BPR_I_F008, &place, place.where, number(t.sum).text, NULL, NULL);
			scale = forced(arcs, &t);
		} else {
			if (fabs(t.sum - 1) > ROUNDING)
				bpr_i_build_note(b, BPR_I_F015, &place, place.where, number(t.sum).text, NULL, NULL);
			scale = fabs(t.sum - 1) > ROUNDING ? 1 / t.sum : 1; /* shares that were written out come back as they are */
		}
	} else if (t.sum >= 1 - ROUNDING && t.given) {
		if (t.sum > 1 + ROUNDING) {
			bpr_i_build_note(b, BPR_I_F008, &place, place.where, number(t.sum).text, NULL, NULL);
			scale = forced(arcs, &t);
		} else
			bpr_i_build_note(b, BPR_I_F021, &place, place.where, NULL, NULL, NULL);
	} else {
		missing = (1 - t.sum) / (double)(t.count - t.given);
		if (t.count > 1)
			bpr_i_build_note(b, BPR_I_F009, &place, place.where, whole(t.count - t.given).text, whole(t.count).text,
					 percent(missing).text);
	}
	settle(arcs, node->out_count, missing, scale);
}

/* An inclusive choice: each way by its own probability, taken for certain where none is written. */
static void share_or(struct bpr_builder *b, size_t i)
{
	struct bpr_node *node = &b->flow->nodes[i];
	struct bpr_arc *arcs = b->flow->arcs + node->first_out;
	struct tally t = tally(arcs, node->out_count);
	struct bpr_place place = bpr_i_build_place(b, i);

	if (t.count > 1 && t.given < t.count)
		bpr_i_build_note(b, BPR_I_F019, &place, place.where, whole(t.count - t.given).text, whole(t.count).text, NULL);
	if (t.count && t.given == t.count && !(t.sum > 0)) {
		bpr_i_build_note(b, BPR_I_F020, &place, place.where, NULL, NULL, NULL);
		for (size_t k = 0; k < t.count; k++)
			arcs[k].prob = (double)NAN;
	}
	settle(arcs, node->out_count, 1, 1);
	if (t.count == 1)
		arcs[0].prob = 1;
}

static void share_and(struct bpr_builder *b, size_t i)
{
	struct bpr_node *node = &b->flow->nodes[i];
	struct bpr_arc *arcs = b->flow->arcs + node->first_out;
	struct tally t = tally(arcs, node->out_count);
	struct bpr_place place = bpr_i_build_place(b, i);

	/* Shares at a parallel split mean something else than the split does, unless they say "always". */
	if (t.given && t.sum < (double)t.given - BPR_I_SHARE_TOLERANCE)
		bpr_i_build_note(b, BPR_I_F026, &place, place.where, NULL, NULL, NULL);
	settle(arcs, node->out_count, 1, 0);
	for (size_t k = 0; k < node->out_count; k++)
		arcs[k].prob = 1;
}

struct starts { size_t count, given, first; double sum; };

static struct starts tally_starts(const struct bpr_flow *flow)
{
	struct starts t = { 0, 0, BPR_NONE, 0 };

	for (size_t i = 0; i < flow->node_count; i++) {
		const struct bpr_node *node = &flow->nodes[i];

		if (node->kind != BPR_NODE_START)
			continue;
		if (!t.count++)
			t.first = i;
		if (!isnan(node->prob)) {
			t.given++;
			t.sum += node->prob;
		}
	}
	return t;
}

/* Shares of starts that are wrong, for a flow that is used all the same. */
static void force_starts(struct bpr_flow *flow, const struct starts *t)
{
	for (size_t i = 0; i < flow->node_count; i++) {
		struct bpr_node *node = &flow->nodes[i];

		if (node->kind == BPR_NODE_START)
			node->prob = !(t->sum > 0) ? 1 / (double)t->count : isnan(node->prob) ? 0 : node->prob / t->sum;
	}
}

/* Several starts: by share, equal where silent. */
static void share_starts(struct bpr_builder *b)
{
	struct starts t = tally_starts(b->flow);
	bool all = t.given == t.count;
	struct bpr_place place;
	double missing;

	if (!t.count)
		return;
	place = bpr_i_build_place(b, t.first);
	if ((all && fabs(t.sum - 1) > BPR_I_SHARE_TOLERANCE + ROUNDING) || t.sum > 1 + BPR_I_SHARE_TOLERANCE + ROUNDING) {
		bpr_i_build_note(b, BPR_I_F033, &place, number(t.sum).text, NULL, NULL, NULL);
		force_starts(b->flow, &t);
		return;
	}
	missing = all || t.sum > 1 ? 0 : (1 - t.sum) / (double)(t.count - t.given);
	if (all && fabs(t.sum - 1) > ROUNDING)
		bpr_i_build_note(b, BPR_I_F015, &place, place.where, number(t.sum).text, NULL, NULL);
	else if (t.given && !all)
		bpr_i_build_note(b, BPR_I_F034, &place, whole(t.count - t.given).text, whole(t.count).text, percent(missing).text, NULL);
	for (size_t i = 0; i < b->flow->node_count; i++) {
		struct bpr_node *node = &b->flow->nodes[i];

		if (node->kind == BPR_NODE_START && isnan(node->prob) && t.count > 1)
			bpr_i_builder_origin(b, i, "prob", number(missing).text, NULL);
		if (node->kind == BPR_NODE_START)
			node->prob = isnan(node->prob) ? missing : all && fabs(t.sum - 1) > ROUNDING ? node->prob / t.sum : node->prob;
	}
}

/* Boundary events: never where nothing is said; those that interrupt exclude each other. */
static void share_boundary(struct bpr_builder *b, size_t host)
{
	size_t count;
	const size_t *events = bpr_flow_boundary(b->flow, host, &count);
	struct bpr_place place;
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		struct bpr_node *event = &b->flow->nodes[events[i]];

		if (isnan(event->prob)) {
			place = bpr_i_build_place(b, events[i]);
			bpr_i_build_note(b, BPR_I_F016, &place, place.where, b->flow->nodes[host].id, NULL, NULL);
			event->prob = 0;
			bpr_i_builder_origin(b, events[i], "prob", "0", &place);
		}
		sum += event->interrupting ? event->prob : 0;
	}
	if (sum > 1 + ROUNDING) {
		place = bpr_i_build_place(b, host);
		bpr_i_build_note(b, BPR_I_F017, &place, place.where, number(sum).text, NULL, NULL);
		for (size_t i = 0; i < count; i++)
			if (b->flow->nodes[events[i]].interrupting)
				b->flow->nodes[events[i]].prob /= sum;
	}
}

static void share_node(struct bpr_builder *b, size_t i)
{
	struct bpr_node *node = &b->flow->nodes[i];
	struct bpr_place place = bpr_i_build_place(b, i);

	if (b->flow->boundary_first)
		share_boundary(b, i);
	if (node->kind != BPR_NODE_START && node->host == BPR_NONE) {
		if (!isnan(node->prob))
			bpr_i_build_note(b, BPR_I_F028, &place, place.where, "prob", NULL, NULL);
		node->prob = 1;
	}
	if (b->flags[i] & BPR_DRAFT_BROKEN || !node->out_count)
		return;
	switch (node->split) {
	case BPR_SPLIT_XOR: share_xor(b, i); break;
	case BPR_SPLIT_AND: share_and(b, i); break;
	case BPR_SPLIT_OR: share_or(b, i); break;
	}
}

void bpr_i_build_shares(struct bpr_builder *b)
{
	(void)bpr_i_builder_from(b, "assumed");
	share_starts(b);
	for (size_t i = 0; i < b->flow->node_count; i++)
		share_node(b, i);
}
