/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ring of nodes to look at: what changes at one is carried to the next, whatever the order in which they were written. */
#include "config.h"
#include "queueing/queueing_i.h"

bool bpr_i_agenda_new(struct bpr_i_agenda *agenda, size_t n)
{
	*agenda = (struct bpr_i_agenda){ .n = n };
	agenda->node = bpr_i_calloc(n, sizeof(*agenda->node));
	agenda->waiting = bpr_i_calloc(n, sizeof(*agenda->waiting));
	if (agenda->node && agenda->waiting)
		return true;
	bpr_i_agenda_free(agenda);
	return false;
}

void bpr_i_agenda_free(struct bpr_i_agenda *agenda)
{
	bpr_i_free(agenda->node);
	bpr_i_free(agenda->waiting);
	*agenda = (struct bpr_i_agenda){ 0 };
}

void bpr_i_agenda_add(struct bpr_i_agenda *agenda, size_t node)
{
	if (agenda->waiting[node])
		return;
	agenda->waiting[node] = 1;
	agenda->node[(agenda->first + agenda->count++) % agenda->n] = node;
}

size_t bpr_i_agenda_next(struct bpr_i_agenda *agenda)
{
	size_t node;

	if (!agenda->count)
		return BPR_NONE;
	node = agenda->node[agenda->first];
	agenda->first = (agenda->first + 1) % agenda->n;
	agenda->count--;
	agenda->waiting[node] = 0;
	return node;
}
