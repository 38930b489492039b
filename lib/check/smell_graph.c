/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flow as a case can go: arcs, boundary events, exits of sub-processes; and the order of its steps. */
#include "config.h"
#include "check/smell_i.h"

/* Successor number `at` of a node, BPR_NONE where no case takes that way; false behind the last. */
static bool successor(const struct bpr_smell *s, size_t from, size_t at, size_t *to)
{
	const struct bpr_node *node = bpr_flow_node(s->flow, from);
	size_t events;
	const size_t *event;

	if (at < node->out_count) {
		const struct bpr_arc *arc = bpr_flow_arc(s->flow, node->first_out + at);
		bool never = s->arcs ? !(s->arcs[node->first_out + at] > 0) : arc->given && !(arc->prob > 0);

		*to = never ? BPR_NONE : arc->to;
		return true;
	}
	event = bpr_flow_boundary(s->flow, from, &events);
	at -= node->out_count;
	if (at < events) {
		*to = bpr_flow_node(s->flow, event[at])->prob > 0 ? event[at] : BPR_NONE;
		return true;
	}
	*to = node->kind == BPR_NODE_END && node->scope != BPR_NONE ? bpr_flow_scope(s->flow, node->scope)->exit : BPR_NONE;
	return at == events;
}

static bool fill_rows(struct bpr_smell *s)
{
	size_t count = 0, to;

	s->row = bpr_i_calloc(s->n + 1, sizeof(*s->row));
	if (!s->row)
		return false;
	for (size_t i = 0; i < s->n; i++)
		for (size_t at = 0; successor(s, i, at, &to); at++)
			count += to != BPR_NONE;
	s->col = bpr_i_calloc(count, sizeof(*s->col));
	if (!s->col)
		return false;
	count = 0;
	for (size_t i = 0; i < s->n; i++) {
		s->row[i] = count;
		for (size_t at = 0; successor(s, i, at, &to); at++)
			if (to != BPR_NONE)
				s->col[count++] = to;
	}
	s->row[s->n] = count;
	return true;
}

/* Depth first from a start; a node that is done stands in front of all that were done before it. */
static void visit(struct bpr_smell *s, size_t start, size_t *stack, size_t *next, size_t *left)
{
	size_t depth = 0;

	s->pos[start] = 0;
	stack[depth++] = start;
	while (depth) {
		size_t node = stack[depth - 1];
		size_t at = next[node];

		if (at == s->row[node + 1]) {
			s->order[--*left] = node;
			depth--;
			continue;
		}
		next[node]++;
		if (s->pos[s->col[at]] == BPR_NONE) {
			s->pos[s->col[at]] = 0;
			stack[depth++] = s->col[at];
		}
	}
}

/*
 * The last way out of a node is taken first, so that what is written first comes first in the order: ways back are then
 * those that lead to what stands before them in the file.
 */
static void reverse_rows(const struct bpr_smell *s)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t a = s->row[i], b = s->row[i + 1]; a + 1 < b; a++) {
			size_t swap = s->col[a];

			b--;
			s->col[a] = s->col[b];
			s->col[b] = swap;
		}
}

bool bpr_i_smell_graph(struct bpr_smell *s)
{
	size_t *stack = bpr_i_calloc(s->n, sizeof(*stack));
	size_t *next = bpr_i_calloc(s->n, sizeof(*next));
	size_t left = s->n;
	bool ok = stack && next && fill_rows(s);

	s->order = bpr_i_calloc(s->n, sizeof(*s->order));
	s->pos = bpr_i_calloc(s->n, sizeof(*s->pos));
	ok = ok && s->order && s->pos;
	if (ok) {
		reverse_rows(s);
		for (size_t i = 0; i < s->n; i++) {
			s->pos[i] = BPR_NONE;
			next[i] = s->row[i];
		}
		/* The last start first, for the same reason. */
		for (size_t i = s->n; i > 0; i--)
			if (bpr_flow_node(s->flow, i - 1)->kind == BPR_NODE_START && bpr_flow_node(s->flow, i - 1)->scope == BPR_NONE
			    && s->pos[i - 1] == BPR_NONE)
				visit(s, i - 1, stack, next, &left);
		s->order_count = s->n - left;
		for (size_t i = 0; left && i < s->order_count; i++)
			s->order[i] = s->order[left + i];
		for (size_t i = 0; i < s->order_count; i++)
			s->pos[s->order[i]] = i;
	}
	bpr_i_free(stack);
	bpr_i_free(next);
	return ok;
}
