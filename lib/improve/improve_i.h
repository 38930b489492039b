/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_IMPROVE_I_H
#define BPR_IMPROVE_IMPROVE_I_H
/*
 * Trying things out: a change is a view of the flow (flow/view_i.h) that is simulated with the seed of the base, so that what
 * differs is the change and not the luck.
 */
#include "base/alloc_i.h"
#include <bpr/improve.h>

/* Options of a run that is one of many: nobody watches, nothing is logged, no precision is waited for. */
struct bpr_sim_options bpr_i_quiet(const struct bpr_sim_options *options);

/* ---- the week in blocks: roster.c ---- */

/* The same hours of several weekdays. */
struct roster_block {
	unsigned weekdays;      /* bits 0 Monday to 6 Sunday */
	double from, to;        /* minutes after midnight */
	double days;            /* how many weekdays */
	bool open;              /* the office is open, for some of it at least */
};

/* People of the pools that are planned, by block: cell [planned * block_count + block]. */
struct roster {
	const bpr_flow *flow;
	struct bpr_arena arena;
	struct roster_block *blocks; size_t block_count;
	size_t *pools; size_t planned; /* pools that are planned */
	double *duty;           /* [cells] mean people on duty now */
	size_t *floor;          /* [cells] fewest that may be planned */
	size_t cells;
	bool flat;              /* never closes, nothing changes over the week: one block */
};

/* `planned` [pool count]. `block`: minutes. */
bpr_status bpr_i_roster_new(const bpr_flow *flow, const bool *planned, double block, struct roster *out, struct bpr_error *err);
void bpr_i_roster_release(struct roster *roster);
/* Staff hours a week of one person in the cell. */
double bpr_i_roster_hours(const struct roster *roster, size_t cell);
/* People as shifts of the staff table: by level, so that who works on past the end of a block is not counted twice. */
bpr_status bpr_i_roster_rows(const struct roster *roster, const size_t *people, struct bpr_arena *arena, struct bpr_staffing_row **rows,
			     size_t *count, struct bpr_error *err);
/* The flow with these people; bpr_i_roster_flow_free(). */
struct roster_flow { bpr_flow *view; struct bpr_arena arena; };
bpr_status bpr_i_roster_flow(const struct roster *roster, const size_t *people, struct roster_flow *out, struct bpr_error *err);
void bpr_i_roster_flow_free(struct roster_flow *flow);
#endif
