/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_CLERK_I_H
#define BPR_STUDY_CLERK_I_H
/* The page for those who do the work, in pieces. */
#include "study/handout_i.h"
#include "study/ways_i.h"

struct bpr_clerk {
	struct bpr_handout h;      /* measures and flows */
	struct bpr_document *doc;
	const bpr_flow *flow;      /* the after */
	const bpr_analysis *analysis;
	struct bpr_order order;
	bool counters;             /* the after has some */
	bool *fronts;              /* [unit count]: units that have a counter */
};

/* pages_clerk.c: a step that its reader does or sees done: at a counter, or where there is none by staff. */
bool bpr_i_clerk_sees(const struct bpr_clerk *c, size_t node);
/* pages_change.c: what changes and what does not. */
void bpr_i_clerk_changes(struct bpr_clerk *c);
/* pages_practice.c: what to ask, when stuck, cases to practise with. */
void bpr_i_clerk_asks(struct bpr_clerk *c);
void bpr_i_clerk_practice(struct bpr_clerk *c);
#endif
