/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every way from a start to an end must pass, without a dominator tree: only nodes of one shortest way can be that.
 * Going along it, all that is reached around it is searched once, and the furthest place where a detour comes back is kept:
 * a node is passed by all if no detour from before it comes back behind it.
 */
#include "config.h"
#include "graph/graph_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"

struct search {
	const size_t *row, *col;
	const unsigned char *ends;
	size_t *from;        /* node + 1 from which a node was first reached; 0 not reached; itself + 1 a start */
	size_t *place;       /* on the way found, from 1; 0 beside it */
	size_t *list, count; /* nodes waiting */
	size_t length, far;  /* nodes on the way; furthest place come back to, length + 1 for an end */
};

/* Breadth first; the end that was found, or BPR_NONE. */
static size_t find_way(struct search *s, size_t n, const unsigned char *starts)
{
	for (size_t i = 0; i < n; i++)
		if (starts[i]) {
			s->from[i] = i + 1;
			s->list[s->count++] = i;
		}
	for (size_t next = 0; next < s->count; next++) {
		size_t node = s->list[next];

		if (s->ends[node])
			return node;
		for (size_t arc = s->row[node]; arc < s->row[node + 1]; arc++)
			if (!s->from[s->col[arc]]) {
				s->from[s->col[arc]] = node + 1;
				s->list[s->count++] = s->col[arc];
			}
	}
	return BPR_NONE;
}

/* The way to an end into list, its places into place; all else counts as not reached again. */
static void trace_way(struct search *s, size_t n, size_t end)
{
	size_t node = end;

	s->length = 1;
	for (; s->from[node] != node + 1; node = s->from[node] - 1)
		s->length++;
	node = end;
	for (size_t at = s->length; at > 0; at--) {
		s->place[node] = at;
		node = s->from[node] - 1;
	}
	for (size_t i = 0; i < n; i++)
		s->from[i] = 0;
	s->count = 0;
}

static void come_to(struct search *s, size_t node)
{
	if (s->place[node] > s->far) {
		s->far = s->place[node];
	} else if (!s->place[node] && !s->from[node]) {
		s->from[node] = 1;
		s->list[s->count++] = node;
	}
}

static void leave(struct search *s, size_t node)
{
	if (s->ends[node])
		s->far = s->length + 1;
	for (size_t arc = s->row[node]; arc < s->row[node + 1]; arc++)
		come_to(s, s->col[arc]);
}

static void explore(struct search *s)
{
	while (s->count)
		leave(s, s->list[--s->count]);
}

bpr_status bpr_i_graph_must_pass(size_t n, const size_t *row, const size_t *col, const unsigned char *starts,
				 const unsigned char *ends, unsigned char *must, struct bpr_error *err)
{
	struct search s = { .row = row, .col = col, .ends = ends };
	size_t *way = bpr_i_calloc(n, sizeof(*way)), end;
	bpr_status status = BPR_OK;

	s.from = bpr_i_calloc(n, sizeof(*s.from));
	s.place = bpr_i_calloc(n, sizeof(*s.place));
	s.list = bpr_i_calloc(n, sizeof(*s.list));
	if (!way || !s.from || !s.place || !s.list) {
		status = bpr_i_nomem(err);
		goto out;
	}
	for (size_t i = 0; i < n; i++)
		must[i] = 0;
	end = find_way(&s, n, starts);
	if (end == BPR_NONE)
		goto out;
	trace_way(&s, n, end);
	for (size_t i = 0; i < n; i++)
		if (s.place[i])
			way[s.place[i] - 1] = i;
	for (size_t i = 0; i < n; i++)
		if (starts[i])
			come_to(&s, i);
	for (size_t at = 1; at <= s.length; at++) {
		explore(&s);
		must[way[at - 1]] = s.far == at;
		leave(&s, way[at - 1]);
	}
out:
	bpr_i_free(s.list);
	bpr_i_free(s.place);
	bpr_i_free(s.from);
	bpr_i_free(way);
	return status;
}
