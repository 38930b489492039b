/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Strongly connected components in topological order: Tarjan's algorithm in Pearce's form (Inf. Process. Lett. 116,
 * 2016), which needs one number a state, and with a stack of our own instead of recursion. O(n + arcs).
 */
#include "config.h"
#include "markov/factor_i.h"
#include "base/alloc_i.h"

struct search {
	const size_t *row, *col;
	const double *prob;
	size_t *mark;         /* 0 not seen, then number of visit, then 1 + number of component */
	size_t *next;         /* arc to look at when the search is back at a state */
	size_t *stack;        /* from the left: path of the search; from the right: states whose component is open */
	unsigned char *root;  /* no state seen earlier was reached from here */
	size_t depth, open;   /* length of the left part, start of the right part */
	size_t index, number; /* next number of visit, next number of a component (downwards) */
};

static void enter(struct search *s, size_t state)
{
	s->mark[state] = s->index++;
	s->root[state] = 1;
	s->next[state] = s->row[state];
	s->stack[s->depth++] = state;
}

static void leave(struct search *s, size_t state, size_t n)
{
	s->depth--;
	if (!s->root[state]) {
		s->stack[--s->open] = state;
		return;
	}
	s->index--;
	while (s->open < n && s->mark[state] <= s->mark[s->stack[s->open]]) {
		s->mark[s->stack[s->open++]] = s->number;
		s->index--;
	}
	s->mark[state] = s->number--;
}

static void visit(struct search *s, size_t start, size_t n)
{
	enter(s, start);
	while (s->depth) {
		size_t state = s->stack[s->depth - 1];
		size_t *arc = &s->next[state];
		bool down = false;

		for (; *arc < s->row[state + 1]; ++*arc) {
			size_t to = s->col[*arc];

			if (s->prob && !(s->prob[*arc] > 0))
				continue;
			if (!s->mark[to]) {
				enter(s, to); /* the same arc is looked at again on the way back */
				down = true;
				break;
			}
			if (s->mark[to] < s->mark[state]) {
				s->mark[state] = s->mark[to];
				s->root[state] = 0;
			}
		}
		if (!down)
			leave(s, state, n);
	}
}

size_t bpr_i_scc_arcs(size_t n, const size_t *row, const size_t *col, const double *prob, size_t *component)
{
	struct search s = { .row = row, .col = col, .prob = prob, .mark = component, .open = n, .index = 1, .number = n };

	s.next = bpr_i_calloc(n, sizeof(*s.next));
	s.stack = bpr_i_calloc(n, sizeof(*s.stack));
	s.root = bpr_i_calloc(n, 1);
	if (s.next && s.stack && s.root) {
		for (size_t i = 0; i < n; i++)
			component[i] = 0;
		for (size_t i = 0; i < n; i++)
			if (!component[i])
				visit(&s, i, n);
		for (size_t i = 0; i < n; i++)
			component[i] -= s.number + 1;
		s.number = n - s.number;
	} else {
		s.number = BPR_NONE;
	}
	bpr_i_free(s.root);
	bpr_i_free(s.stack);
	bpr_i_free(s.next);
	return s.number;
}

size_t bpr_i_scc(size_t n, const size_t *row, const size_t *col, size_t *component)
{
	return bpr_i_scc_arcs(n, row, col, NULL, component);
}
