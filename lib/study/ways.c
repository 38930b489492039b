/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "study/ways_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

/* ---- the order of the steps ---- */

struct frame { size_t node, next; };
struct walk { const bpr_flow *flow; const struct bpr_node_result *results; struct frame *stack; char *seen; size_t *post, count; };

static bool enters(struct walk *w, size_t node)
{
	if (w->seen[node] || !(w->results[node].reach > 0))
		return false;
	w->seen[node] = 1;
	return true;
}

/* Reverse postorder of a depth-first walk; what is written first comes first. */
static void walk(struct walk *w, size_t start)
{
	size_t depth = 0;

	if (!enters(w, start))
		return;
	w->stack[depth++] = (struct frame){ start, bpr_flow_node(w->flow, start)->out_count };
	while (depth) {
		struct frame *f = &w->stack[depth - 1];
		const struct bpr_node *n = bpr_flow_node(w->flow, f->node);
		size_t to;

		if (!f->next) {
			w->post[w->count++] = f->node;
			depth--;
			continue;
		}
		to = bpr_flow_arc(w->flow, n->first_out + --f->next)->to;
		if (enters(w, to))
			w->stack[depth++] = (struct frame){ to, bpr_flow_node(w->flow, to)->out_count };
	}
}

bool bpr_i_order(struct bpr_arena *arena, const bpr_flow *flow, const bpr_analysis *analysis, struct bpr_order *out)
{
	size_t n = bpr_flow_node_count(flow);
	struct walk w = { .flow = flow, .results = bpr_analysis_nodes(analysis), .stack = bpr_i_arena_alloc(arena, n + 1, sizeof(struct frame)),
			  .seen = bpr_i_arena_alloc(arena, n + 1, 1), .post = bpr_i_arena_alloc(arena, n + 1, sizeof(size_t)) };

	*out = (struct bpr_order){ .nodes = bpr_i_arena_alloc(arena, n + 1, sizeof(*out->nodes)),
				   .place = bpr_i_arena_alloc(arena, n + 1, sizeof(*out->place)) };
	if (!w.stack || !w.seen || !w.post || !out->nodes || !out->place)
		return false;
	/* The last start is walked first, so that the first one ends up in front; boundary events are starts of what follows them. */
	for (size_t i = n; i-- > 0;)
		if (bpr_flow_node(flow, i)->host != BPR_NONE)
			walk(&w, i);
	for (size_t i = n; i-- > 0;)
		if (bpr_flow_node(flow, i)->kind == BPR_NODE_START)
			walk(&w, i);
	for (size_t i = n; i-- > 0;)
		walk(&w, i);
	for (size_t i = 0; i < n; i++)
		out->place[i] = BPR_NONE;
	for (size_t i = 0; i < w.count; i++) {
		out->nodes[i] = w.post[w.count - 1 - i];
		out->place[out->nodes[i]] = i;
	}
	out->count = w.count;
	return true;
}

bool bpr_i_leads_back(const struct bpr_order *order, const struct bpr_arc *arc)
{
	return order->place[arc->from] != BPR_NONE && order->place[arc->to] != BPR_NONE && order->place[arc->to] <= order->place[arc->from];
}

/* ---- what follows ---- */

size_t bpr_i_first_step(const bpr_flow *flow, size_t node)
{
	/* A ring of nodes that are no steps is left after as many as there are. */
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, node);

		if (bpr_node_is_step(n))
			return node;
		if (n->out_count != 1 && !(n->out_count > 1 && n->split == BPR_SPLIT_AND))
			return BPR_NONE;
		node = bpr_flow_arc(flow, n->first_out)->to;
	}
	return BPR_NONE;
}

const char *bpr_i_say_arc(struct bpr_document *doc, const struct bpr_arc *arc)
{
	size_t length = arc->name ? strlen(arc->name) : 0, end = length;
	struct bpr_buf buf = BPR_BUF_INIT;

	if (end && arc->name[end - 1] == '%')
		end--;
	else if (end > 3 && !strcmp(arc->name + end - 3, "％"))
		end -= 3;
	if (end < length) {
		while (end && ((arc->name[end - 1] >= '0' && arc->name[end - 1] <= '9') || arc->name[end - 1] == '.' || arc->name[end - 1] == ' '))
			end--;
		length = end ? end : length;
	}
	bpr_i_buf_add(&buf, length ? arc->name : "", length);
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_say_choice(struct bpr_document *doc, const bpr_flow *flow, const struct bpr_arc *arc)
{
	const struct bpr_node *n = bpr_flow_node(flow, arc->from);
	const char *said = bpr_i_say_arc(doc, arc);
	size_t step;

	if (*said)
		return *n->name ? bpr_i_doc_fill(doc, N_("{1}: {2}"), n->name, said, NULL, NULL) : said;
	step = bpr_i_first_step(flow, arc->to);
	return step == BPR_NONE ? NULL : bpr_i_name_node(flow, step);
}

/* ---- ways ---- */

enum { OPEN = 64, MOST_PASSES = 4096 };

struct open { struct bpr_way way; size_t node; bool done; };

static bool is_choice(const struct bpr_node *n)
{
	return n->split != BPR_SPLIT_AND && n->out_count > 1;
}

/* Arcs of a choice that lead on. */
static double onward(const bpr_flow *flow, const struct bpr_order *order, const struct bpr_node *n)
{
	double sum = 0;

	for (size_t i = 0; i < n->out_count; i++)
		if (!bpr_i_leads_back(order, bpr_flow_arc(flow, n->first_out + i)))
			sum += bpr_flow_arc(flow, n->first_out + i)->prob;
	return sum;
}

/* The way goes on along the arc. */
static struct open along(struct bpr_document *doc, const bpr_flow *flow, const struct open *from, const struct bpr_arc *arc, double share)
{
	const char *said = share < 1 - 1e-12 ? bpr_i_say_choice(doc, flow, arc) : NULL;
	struct open next = *from;

	next.node = arc->to;
	next.way.share *= share;
	if (said && next.way.choice_count < BPR_WAY_CHOICES)
		next.way.choices[next.way.choice_count++] = said;
	return next;
}

/* Keeps the likeliest. */
static void put(struct open *list, size_t *count, const struct open *item)
{
	size_t least = 0;

	if (!(item->way.share > 0))
		return;
	if (*count < OPEN) {
		list[(*count)++] = *item;
		return;
	}
	for (size_t i = 1; i < *count; i++)
		if (list[i].way.share < list[least].way.share)
			least = i;
	if (list[least].way.share < item->way.share)
		list[least] = *item;
}

/* One node further; what cannot go on is done. */
static void step_on(struct bpr_document *doc, const bpr_flow *flow, const struct bpr_order *order, struct open *list, size_t *count, size_t at)
{
	const struct open now = list[at];
	const struct bpr_node *n = bpr_flow_node(flow, now.node);
	double sum = is_choice(n) ? onward(flow, order, n) : 1;
	size_t taken = 0;

	list[at].done = true;
	for (size_t i = 0; i < n->out_count && (is_choice(n) || !taken); i++) {
		const struct bpr_arc *arc = bpr_flow_arc(flow, n->first_out + i);
		struct open next;

		if (bpr_i_leads_back(order, arc) || !(sum > 0) || (is_choice(n) && !(arc->prob > 0)))
			continue;
		next = along(doc, flow, &now, arc, is_choice(n) ? arc->prob / sum : 1);
		if (!taken++)
			list[at] = next;
		else
			put(list, count, &next);
	}
}

static bool same_choices(const struct bpr_way *a, const struct bpr_way *b)
{
	if (a->choice_count != b->choice_count)
		return false;
	for (size_t i = 0; i < a->choice_count; i++)
		if (strcmp(a->choices[i], b->choices[i]))
			return false;
	return true;
}

size_t bpr_i_ways(struct bpr_document *doc, const bpr_flow *flow, const struct bpr_order *order, struct bpr_way *out, size_t most)
{
	struct open list[OPEN];
	size_t count = 0, found = 0;

	for (size_t i = 0; i < order->count; i++) {
		const struct bpr_node *n = bpr_flow_node(flow, order->nodes[i]);

		if (n->kind == BPR_NODE_START && n->prob > 0)
			put(list, &count, &(struct open){ .way = { .share = n->prob }, .node = order->nodes[i] });
	}
	for (size_t pass = 0; pass < MOST_PASSES; pass++) {
		size_t at = 0;

		while (at < count && list[at].done)
			at++;
		if (at == count)
			break;
		step_on(doc, flow, order, list, &count, at);
	}
	for (; found < most; found++) {
		size_t best = BPR_NONE;

		for (size_t i = 0; i < count; i++)
			for (size_t k = i + 1; k < count; k++)
				if (list[i].way.share > 0 && list[k].way.share > 0 && same_choices(&list[i].way, &list[k].way)) {
					list[i].way.share += list[k].way.share;
					list[k].way.share = 0;
				}
		for (size_t i = 0; i < count; i++)
			if (list[i].done && list[i].way.share > 0 && (best == BPR_NONE || list[i].way.share > list[best].way.share))
				best = i;
		if (best == BPR_NONE)
			break;
		out[found] = list[best].way;
		list[best].way.share = 0;
	}
	return found;
}
