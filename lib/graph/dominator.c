/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dominator trees: what every way to a node, or from it to an end, must pass. */
#include "config.h"
#include "graph/graph_i.h"
#include "graph/guard_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <igraph.h>
#include <stdio.h>

/* Arcs as igraph takes them, from and to in turn. */
struct arcs {
	size_t nodes, count, capacity;
	igraph_integer_t *list;
};

static bpr_status refuse(struct bpr_error *err, bpr_status status, const char *message)
{
	if (err) {
		*err = (struct bpr_error){ .status = status };
		(void)snprintf(err->message, sizeof(err->message), "%s", message);
	}
	return status;
}

static void add(struct arcs *a, size_t from, size_t to)
{
	a->list[a->count++] = (igraph_integer_t)from;
	a->list[a->count++] = (igraph_integer_t)to;
}

/* The graph's arcs, and from the ends (unless NULL) to a node `n`. */
static bpr_status collect(struct arcs *a, size_t n, const size_t *row, const size_t *col, const unsigned char *ends,
			  struct bpr_error *err)
{
	const size_t most = (size_t)IGRAPH_INTEGER_MAX / 8;
	size_t arcs;

	if (n >= most || row[n] >= most)
		return refuse(err, BPR_ELIMIT, "graph has too many nodes or arcs");
	arcs = row[n];
	a->nodes = n + (ends != NULL);
	a->list = bpr_i_calloc(arcs + (ends ? n : 0), 2 * sizeof(*a->list));
	if (!a->list)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < n; i++) {
		if (ends && ends[i])
			add(a, i, n);
		for (size_t arc = row[i]; arc < row[i + 1]; arc++) {
			if (col[arc] >= n)
				return refuse(err, BPR_EINVAL, "arc leads to no node");
			add(a, i, col[arc]);
		}
	}
	return BPR_OK;
}

/* Frees the arcs. idom is [n], without the node behind the ends. */
static bpr_status dominate(struct arcs *a, size_t root, igraph_neimode_t mode, size_t n, size_t *idom,
			   struct bpr_error *err)
{
	igraph_t graph;
	igraph_vector_int_t edges, dom;
	bool has_graph = false, has_dom = false, done = false;

	bpr_i_graph_begin();
	if (igraph_vector_int_init(&dom, 0) == IGRAPH_SUCCESS) {
		has_dom = true;
		has_graph = igraph_create(&graph, igraph_vector_int_view(&edges, a->list, (igraph_integer_t)a->count),
					  (igraph_integer_t)a->nodes, IGRAPH_DIRECTED) == IGRAPH_SUCCESS;
		bpr_i_free(a->list);
		a->list = NULL;
	}
	if (has_graph)
		done = igraph_dominator_tree(&graph, (igraph_integer_t)root, &dom, NULL, NULL, mode) == IGRAPH_SUCCESS;
	for (size_t i = 0; done && i < n; i++) {
		igraph_integer_t d = VECTOR(dom)[i];

		/* igraph: -1 the root, -2 not reached. */
		idom[i] = d >= 0 ? (size_t)d : i == root ? root : BPR_NONE;
	}
	if (has_graph)
		igraph_destroy(&graph);
	if (has_dom)
		igraph_vector_int_destroy(&dom);
	return bpr_i_graph_end(!done, err);
}

bpr_status bpr_i_graph_dominators(size_t n, const size_t *row, const size_t *col, size_t root, size_t *idom,
				  struct bpr_error *err)
{
	struct arcs a = { .list = NULL };
	bpr_status status;

	if (root >= n)
		return refuse(err, BPR_EINVAL, "root is no node of the graph");
	status = collect(&a, n, row, col, NULL, err);
	if (!status)
		status = dominate(&a, root, IGRAPH_OUT, n, idom, err);
	bpr_i_free(a.list);
	return status;
}

bpr_status bpr_i_graph_post_dominators(size_t n, const size_t *row, const size_t *col, const unsigned char *ends,
				       size_t *ipdom, struct bpr_error *err)
{
	struct arcs a = { .list = NULL };
	bpr_status status;

	if (!n)
		return BPR_OK;
	status = collect(&a, n, row, col, ends, err);
	if (!status)
		status = dominate(&a, n, IGRAPH_IN, n, ipdom, err);
	bpr_i_free(a.list);
	return status;
}
