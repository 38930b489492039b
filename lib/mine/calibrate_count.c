/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the aligned cases decided, as shares: of ways, of one more round, of events, of starts. */
#include "config.h"
#include "mine/calibrate_i.h"
#include <stdio.h>
#include <string.h>

/* ---- counting ---- */

static void decide(struct bpr_decided *d, const struct bpr_mnet_fire *f, uint64_t cases)
{
	switch ((enum bpr_choice)f->choice) {
	case BPR_CHOICE_ARC: d->taken[f->arc] += cases; break;
	case BPR_CHOICE_SKIP: d->skipped[f->arc] += cases; break;
	case BPR_CHOICE_LOOP: d->again[f->arc] += cases; break;
	case BPR_CHOICE_ON: d->on[f->arc] += cases; break;
	case BPR_CHOICE_EVENT: d->event[f->arc] += cases; break;
	case BPR_CHOICE_START: d->start[f->arc] += cases; break;
	case BPR_CHOICE_NONE: break;
	}
}

/* A fused transition does what its parts do; they are few, and fused from the back. */
static void fire(struct bpr_decided *d, const struct bpr_mnet *net, uint32_t number, uint64_t cases)
{
	uint32_t stack[128] = { number };
	size_t count = 1;

	while (count) {
		const struct bpr_mnet_fire *f = &net->fire[stack[--count]];

		if (f->after == BPR_MNET_NONE) {
			decide(d, f, cases);
		} else if (count + 2 <= sizeof(stack) / sizeof(stack[0])) {
			stack[count++] = f->first;
			stack[count++] = f->after;
		}
	}
}

bool bpr_i_decided_count(struct bpr_decided *d, const bpr_conformance *c)
{
	size_t n = bpr_flow_node_count(c->flow), arcs = bpr_flow_arc_count(c->flow);

	*d = (struct bpr_decided){ bpr_i_calloc(arcs + 1, sizeof(uint64_t)), bpr_i_calloc(arcs + 1, sizeof(uint64_t)),
				   bpr_i_calloc(n + 1, sizeof(uint64_t)), bpr_i_calloc(n + 1, sizeof(uint64_t)),
				   bpr_i_calloc(n + 1, sizeof(uint64_t)), bpr_i_calloc(n + 1, sizeof(uint64_t)) };
	if (!d->taken || !d->skipped || !d->again || !d->on || !d->event || !d->start)
		return false;
	for (size_t i = 0; i < c->variant_count; i++)
		for (size_t k = 0; k < c->alignment[i].count; k++)
			if (c->alignment[i].step[k].fire != BPR_MNET_NONE)
				fire(d, c->net, c->alignment[i].step[k].fire, c->variant[i].count);
	return true;
}

void bpr_i_decided_release(struct bpr_decided *d)
{
	bpr_i_free(d->taken);
	bpr_i_free(d->skipped);
	bpr_i_free(d->again);
	bpr_i_free(d->on);
	bpr_i_free(d->event);
	bpr_i_free(d->start);
	*d = (struct bpr_decided){ 0 };
}

/* ---- shares ---- */

static const char *name_of(const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	return *n->name ? n->name : n->id;
}

/* "0.25 (3/12)": the value and what it was counted from. */
static bool note(struct bpr_calibration *k, enum bpr_origin_of of, const char *element, const char *key, uint64_t part, uint64_t whole)
{
	char value[96];

	(void)snprintf(value, sizeof(value), "%.6g (%llu/%llu)", (double)part / (double)whole, (unsigned long long)part, (unsigned long long)whole);
	k->shares++;
	return bpr_i_flow_edit_origin(k->out, of, element, key, value, "measured");
}

static bool note_arc(struct bpr_calibration *k, size_t arc, uint64_t part, uint64_t whole)
{
	const struct bpr_arc *a = bpr_flow_arc(k->flow, arc);
	struct bpr_buf text = BPR_BUF_INIT;
	bool ok;

	if (a->id)
		return note(k, BPR_ORIGIN_ARC, a->id, "share", part, whole);
	bpr_i_buf_puts(&text, bpr_flow_node(k->flow, a->from)->id);
	bpr_i_buf_puts(&text, " -> ");
	bpr_i_buf_puts(&text, bpr_flow_node(k->flow, a->to)->id);
	ok = !text.failed && note(k, BPR_ORIGIN_ARC, text.data, "share", part, whole);
	bpr_i_buf_release(&text);
	return ok;
}

static bool tell_way(struct bpr_calibration *k, const struct bpr_arc *a)
{
	return bpr_i_problem(k->problems, BPR_I_L620, &(struct bpr_place){ .where = bpr_flow_node(k->flow, a->from)->id }, false,
			     name_of(k->flow, a->from), name_of(k->flow, a->to), NULL, NULL);
}

static bool unseen(struct bpr_calibration *k, size_t node)
{
	return bpr_i_problem(k->problems, BPR_I_L621, &(struct bpr_place){ .where = bpr_flow_node(k->flow, node)->id }, false,
			     name_of(k->flow, node), NULL, NULL, NULL);
}

static bool exclusive(struct bpr_calibration *k, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(k->flow, node);
	uint64_t whole = 0;
	bool ok = true;

	for (size_t i = 0; i < n->out_count; i++)
		whole += k->decided.taken[n->first_out + i];
	if (!whole)
		return unseen(k, node);
	for (size_t i = 0; ok && i < n->out_count; i++) {
		size_t arc = n->first_out + i;

		bpr_i_flow_edit_arc(k->out, arc)->prob = (double)k->decided.taken[arc] / (double)whole;
		bpr_i_flow_edit_arc(k->out, arc)->given = true;
		ok = note_arc(k, arc, k->decided.taken[arc], whole);
		if (ok && !k->decided.taken[arc])
			ok = tell_way(k, bpr_flow_arc(k->flow, arc));
	}
	return ok;
}

/*
 * Each way out by its own probability, drawn again while none is taken: a way seen with frequency f_i has p_i = f_i P, where
 * P = 1 - prod (1 - f_i P) is the probability that a draw takes any. P is the root in (0, 1] beside 0; there is one where more than
 * one way is taken on average.
 */
static double any_way(const double *f, size_t count)
{
	double low = 0, high = 1, sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += f[i];
	if (!(sum > 1 + 1e-9))
		return 1e-3; /* never two together: as good as a choice */
	for (size_t i = 0; i < count; i++)
		if (f[i] >= 1) /* always taken: no rounding */
			return 1;
	for (int turn = 0; turn < 100; turn++) {
		double p = (low + high) / 2, none = 1;

		for (size_t i = 0; i < count; i++)
			none *= 1 - f[i] * p;
		if (1 - none > p)
			low = p;
		else
			high = p;
	}
	return high;
}

static bool inclusive(struct bpr_calibration *k, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(k->flow, node);
	uint64_t whole = k->decided.taken[n->first_out] + k->decided.skipped[n->first_out];
	double *f = bpr_i_calloc(n->out_count, sizeof(*f)), any;
	bool ok = f != NULL;

	if (!ok || !whole) {
		bpr_i_free(f);
		return ok && unseen(k, node);
	}
	for (size_t i = 0; i < n->out_count; i++)
		f[i] = (double)k->decided.taken[n->first_out + i] / (double)whole;
	any = any_way(f, n->out_count);
	for (size_t i = 0; ok && i < n->out_count; i++) {
		bpr_i_flow_edit_arc(k->out, n->first_out + i)->prob = f[i] * any;
		bpr_i_flow_edit_arc(k->out, n->first_out + i)->given = true;
		ok = note_arc(k, n->first_out + i, k->decided.taken[n->first_out + i], whole);
		if (ok && !k->decided.taken[n->first_out + i])
			ok = tell_way(k, bpr_flow_arc(k->flow, n->first_out + i));
	}
	bpr_i_free(f);
	return ok;
}

static bool loop(struct bpr_calibration *k, size_t node)
{
	uint64_t again = k->decided.again[node], whole = again + k->decided.on[node];

	if (!k->decided.on[node])
		return unseen(k, node);
	bpr_i_flow_edit_node(k->out, node)->loop_prob = (double)again / (double)whole;
	return note(k, BPR_ORIGIN_STEP, bpr_flow_node(k->flow, node)->id, "loop_prob", again, whole);
}

/* The node that counts how often what an event hangs on was left: the step, or the exit of the sub-process before a silent one. */
static size_t left_at(const bpr_flow *flow, size_t host)
{
	size_t at = host;

	for (int steps = 0; steps < 2 && bpr_flow_node(flow, at)->silent; steps++) {
		size_t count, before, scope;
		const size_t *in = bpr_flow_arcs_in(flow, at, &count);

		if (count != 1)
			break;
		before = bpr_flow_arc(flow, in[0])->from;
		scope = bpr_flow_node(flow, before)->scope;
		if (scope != BPR_NONE && bpr_flow_scope(flow, scope)->exit == before)
			return before;
		at = before;
	}
	return host;
}

static bool events(struct bpr_calibration *k, size_t host)
{
	size_t count;
	const size_t *list = bpr_flow_boundary(k->flow, host, &count);
	uint64_t whole = k->decided.on[left_at(k->flow, host)];
	bool ok = true, seen = false;

	for (size_t i = 0; i < count; i++) {
		seen |= k->decided.event[list[i]] > 0;
		whole += bpr_flow_node(k->flow, list[i])->interrupting ? k->decided.event[list[i]] : 0;
	}
	for (size_t i = 0; ok && i < count; i++) {
		const struct bpr_node *e = bpr_flow_node(k->flow, list[i]);
		size_t in;

		(void)bpr_flow_arcs_in(k->flow, list[i], &in);
		if (in)
			continue; /* thrown inside: others decide */
		if ((e->wait && !(e->prob > 0)) || (e->type && !strcmp(e->type, "startEvent"))) {
			ok = bpr_i_problem(k->problems, BPR_I_L625, &(struct bpr_place){ .where = e->id }, false, name_of(k->flow, list[i]), NULL, NULL, NULL);
		} else if (!whole || k->decided.event[list[i]] > whole) {
			ok = seen || unseen(k, list[i]);
		} else {
			bpr_i_flow_edit_node(k->out, list[i])->prob = (double)k->decided.event[list[i]] / (double)whole;
			ok = note(k, BPR_ORIGIN_STEP, e->id, "prob", k->decided.event[list[i]], whole);
		}
	}
	return ok;
}

static bool starts(struct bpr_calibration *k)
{
	size_t n = bpr_flow_node_count(k->flow);
	uint64_t whole = 0;
	bool ok = true;

	for (size_t i = 0; i < n; i++)
		whole += k->decided.start[i];
	for (size_t i = 0; ok && whole && i < n; i++) {
		const struct bpr_node *node = bpr_flow_node(k->flow, i);

		if (node->kind != BPR_NODE_START || node->scope != BPR_NONE)
			continue;
		bpr_i_flow_edit_node(k->out, i)->prob = (double)k->decided.start[i] / (double)whole;
		ok = note(k, BPR_ORIGIN_STEP, node->id, "prob", k->decided.start[i], whole);
	}
	return ok;
}

bool bpr_i_calibrate_shares(struct bpr_calibration *k)
{
	bool ok = starts(k);

	for (size_t i = 0; ok && i < bpr_flow_node_count(k->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(k->flow, i);
		size_t count;

		(void)bpr_flow_boundary(k->flow, i, &count);
		if (n->out_count > 1 && n->split == BPR_SPLIT_XOR)
			ok = exclusive(k, i);
		else if (n->out_count > 1 && n->split == BPR_SPLIT_OR)
			ok = inclusive(k, i);
		if (ok && n->loop_prob > 0)
			ok = loop(k, i);
		if (ok && count)
			ok = events(k, i);
	}
	return ok;
}
