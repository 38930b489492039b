/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_GRAPH_GRAPH_I_H
#define BPR_GRAPH_GRAPH_I_H
/*
 * Questions about directed graphs, some answered by igraph behind its guard (guard_i.h); bpr_init() was called before.
 * A graph is n nodes and rows of successors: those of node i are col[row[i]] ... col[row[i + 1] - 1]; self loops and
 * parallel arcs are allowed. Safe for several threads, one after the other. Statuses: BPR_OK, BPR_ENOMEM, BPR_EINVAL (no
 * such root, successor out of range), BPR_ELIMIT (more than igraph's numbers hold). Outputs are undefined on failure.
 */
#include <bpr/error.h>
#include <stddef.h>

/*
 * Immediate dominators: idom[i] is the last node before i that is on every way from root to i (Lengauer & Tarjan, ACM
 * TOPLAS 1, 1979; O(arcs log n)). idom[root] = root; BPR_NONE where no way leads to i. idom is [n].
 */
BPR_MUST_CHECK bpr_status bpr_i_graph_dominators(size_t n, const size_t *row, const size_t *col, size_t root, size_t *idom,
						 struct bpr_error *err);

/*
 * Immediate post-dominators: ipdom[i] is the first node behind i that is on every way from i to an end (ends[i] != 0; an
 * end may have successors). n where there is no such node; BPR_NONE where no way leads to an end. ipdom is [n].
 */
BPR_MUST_CHECK bpr_status bpr_i_graph_post_dominators(size_t n, const size_t *row, const size_t *col,
						      const unsigned char *ends, size_t *ipdom, struct bpr_error *err);

/*
 * must[i] = 1 for the nodes that are on every way from a start to an end, else 0; all 0 where no way leads there.
 * Arrays of n. O(n + arcs), without igraph and its lock.
 */
BPR_MUST_CHECK bpr_status bpr_i_graph_must_pass(size_t n, const size_t *row, const size_t *col, const unsigned char *starts,
						const unsigned char *ends, unsigned char *must, struct bpr_error *err);
/*
 * Arcs without which the graph has no circle, rather few of them: removed[arc] = 1, else 0; self loops are always among them
 * (Eades, Lin & Smyth, Inf. Proc. Letters 47, 1993). removed is [row[n]]. O(n^2 + arcs) for a tangle.
 */
BPR_MUST_CHECK bpr_status bpr_i_graph_feedback_arcs(size_t n, const size_t *row, const size_t *col, unsigned char *removed,
						    struct bpr_error *err);
#endif
