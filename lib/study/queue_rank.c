/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bottlenecks through all lenses: those of the analysis, with the steps before which a case waits longest put among them. */
#include "config.h"
#include "study/study_i.h"
#include <stdlib.h>

#define MOST 1000 /* as many as any other lens lists */

static int longest_first(const void *x, const void *y)
{
	const struct bpr_bottleneck *a = x, *b = y;

	if (a->value > b->value || a->value < b->value)
		return a->value > b->value ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

/* Steps with a wait, in order; their number. */
static size_t waits(const struct bpr_subject *subject, struct bpr_bottleneck *out)
{
	const struct bpr_queue_node *nodes = bpr_queueing_nodes(subject->queueing);
	size_t count = 0;
	double total = 0;

	for (size_t i = 0; i < bpr_flow_node_count(subject->flow); i++) {
		if (!nodes[i].known || !(nodes[i].wait_per_case > 0))
			continue;
		out[count++] = (struct bpr_bottleneck){ 0, BPR_LENS_WAIT, i, BPR_NONE, nodes[i].wait_per_case, 0, false };
		total += nodes[i].wait_per_case;
	}
	if (count)
		qsort(out, count, sizeof(*out), longest_first);
	count = count < MOST ? count : MOST;
	for (size_t i = 0; i < count; i++) {
		out[i].rank = i + 1;
		out[i].share = out[i].value / total;
	}
	return count;
}

const struct bpr_bottleneck *bpr_i_study_bottlenecks(struct bpr_arena *arena, const struct bpr_subject *subject, size_t *count)
{
	size_t old, found, at = 0;
	const struct bpr_bottleneck *list = bpr_analysis_bottlenecks(subject->analysis, &old);
	struct bpr_bottleneck *all;

	*count = old;
	if (!subject->queueing || !bpr_queueing_known(subject->queueing))
		return list;
	all = bpr_i_arena_alloc(arena, old + bpr_flow_node_count(subject->flow), sizeof(*all));
	if (!all)
		return NULL;
	while (at < old && list[at].lens <= BPR_LENS_WAIT) {
		all[at] = list[at];
		at++;
	}
	found = waits(subject, &all[at]);
	for (size_t i = at; i < old; i++)
		all[i + found] = list[i];
	*count = old + found;
	return all;
}
