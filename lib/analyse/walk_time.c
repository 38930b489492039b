/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock of the timed walk: steps being worked on, each with the minutes it still needs. */
#include "config.h"
#include "analyse/walk_move_i.h"
#include <math.h>
#include <string.h>

/* Finishes this close together are one moment: 0.1 + 0.2 and 0.3 are. */
#define SAME_MOMENT 1e-9

bool bpr_i_walk_constant(const struct bpr_walk *walk, size_t node, double *minutes)
{
	const struct bpr_plan *plan = walk->plan;

	*minutes = (plan->work_mean[node] + plan->wait_mean[node])
		* (plan->node[node]->repeat_parallel ? 1 : bpr_i_plan_repeat(plan, node));
	if (plan->work_var[node] > 0 || plan->wait_var[node] > 0)
		return false;
	return true;
}

static double cell_minutes(const struct bpr_cell_list *cell)
{
	uint64_t bits = ((uint64_t)cell->x << 32) | cell->y;
	double minutes;

	memcpy(&minutes, &bits, sizeof(minutes));
	return minutes;
}

uint32_t bpr_i_walk_add_busy(struct bpr_walk *walk, uint32_t busy, uint32_t node, double minutes)
{
	uint64_t bits;

	memcpy(&bits, &minutes, sizeof(bits));
	return bpr_i_cells_push(&walk->cells, node, (uint32_t)(bits >> 32), (uint32_t)bits, busy);
}

size_t bpr_i_walk_tick(struct bpr_walk *walk, struct bpr_cursor *c)
{
	size_t count = 0, done = 0, node;
	double least = (double)INFINITY;

	for (uint32_t at = c->busy; at; at = walk->cells.items[at].next) {
		if (!bpr_i_walk_remember(walk, count++, at))
			return BPR_NONE;
		least = fmin(least, cell_minutes(&walk->cells.items[at]));
	}
	/* Older ones come later in the list: of those that finish together, the first as written. */
	for (size_t i = 0; i < count; i++)
		if (cell_minutes(&walk->cells.items[walk->scratch[i]]) <= least + SAME_MOMENT * (1 + least))
			done = i;
	node = walk->cells.items[walk->scratch[done]].key;
	c->busy = 0;
	while (count-- > 0) {
		const struct bpr_cell_list cell = walk->cells.items[walk->scratch[count]];
		double rest = cell_minutes(&cell) - least;

		if (count == done)
			continue;
		c->busy = bpr_i_walk_add_busy(walk, c->busy, cell.key, rest > SAME_MOMENT * (1 + least) ? rest : 0);
		if (c->busy == BPR_CELLS_FAILED)
			return BPR_NONE;
	}
	c->minutes += least;
	return node;
}
