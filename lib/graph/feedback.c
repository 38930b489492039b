/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to turn round so that a graph has an order: an aid for drawing, not "the" rework of a process. */
#include "config.h"
#include "graph/graph_i.h"
#include "graph/guard_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <igraph.h>
#include <stdio.h>

static bpr_status refuse(struct bpr_error *err, bpr_status status, const char *message)
{
	if (err) {
		*err = (struct bpr_error){ .status = status };
		(void)snprintf(err->message, sizeof(err->message), "%s", message);
	}
	return status;
}

/* Arcs as igraph takes them; its ids of arcs are then ours. NULL: said why. */
static igraph_integer_t *list_arcs(size_t n, const size_t *row, const size_t *col, bpr_status *status, struct bpr_error *err)
{
	const size_t most = (size_t)IGRAPH_INTEGER_MAX / 8;
	igraph_integer_t *list;
	size_t count = 0;

	if (n >= most || row[n] >= most) {
		*status = refuse(err, BPR_ELIMIT, "graph has too many nodes or arcs");
		return NULL;
	}
	list = bpr_i_calloc(row[n] + 1, 2 * sizeof(*list));
	if (!list) {
		*status = bpr_i_nomem(err);
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t arc = row[i]; arc < row[i + 1]; arc++) {
			if (col[arc] >= n) {
				*status = refuse(err, BPR_EINVAL, "arc leads to no node");
				bpr_i_free(list);
				return NULL;
			}
			list[count++] = (igraph_integer_t)i;
			list[count++] = (igraph_integer_t)col[arc];
		}
	}
	return list;
}

bpr_status bpr_i_graph_feedback_arcs(size_t n, const size_t *row, const size_t *col, unsigned char *removed,
				     struct bpr_error *err)
{
	bpr_status status = BPR_OK;
	igraph_integer_t *list;
	igraph_vector_int_t edges, found;
	igraph_t graph;
	bool has_graph = false, has_found = false, done = false;

	if (!n)
		return BPR_OK;
	list = list_arcs(n, row, col, &status, err);
	if (!list)
		return status;
	bpr_i_graph_begin();
	if (igraph_vector_int_init(&found, 0) == IGRAPH_SUCCESS) {
		has_found = true;
		has_graph = igraph_create(&graph, igraph_vector_int_view(&edges, list, (igraph_integer_t)(2 * row[n])),
					  (igraph_integer_t)n, IGRAPH_DIRECTED) == IGRAPH_SUCCESS;
	}
	if (has_graph)
		done = igraph_feedback_arc_set(&graph, &found, NULL, IGRAPH_FAS_APPROX_EADES) == IGRAPH_SUCCESS;
	for (size_t arc = 0; arc < row[n]; arc++)
		removed[arc] = 0;
	for (igraph_integer_t i = 0; done && i < igraph_vector_int_size(&found); i++)
		removed[VECTOR(found)[i]] = 1;
	if (has_graph)
		igraph_destroy(&graph);
	if (has_found)
		igraph_vector_int_destroy(&found);
	status = bpr_i_graph_end(!done, err);
	bpr_i_free(list);
	return status;
}
