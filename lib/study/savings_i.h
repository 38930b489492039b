/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_SAVINGS_I_H
#define BPR_STUDY_SAVINGS_I_H
/*
 * What the change of staff time is made of: every step of both flows adds its part, by what became of it, and the parts add up to the
 * change of work_minutes.
 *
 * A step in both flows gives two or three parts: (m - m')(v + v')/2 for its time and (v - v')(m + m')/2 for how often it is done, m its
 * minutes and v its executions before, m' and v' after; the second is divided again into executions beyond the first (done again) and
 * cases that get there at all.
 */
#include "study/study_i.h"

enum bpr_saving {
	BPR_SAVING_COUNTERS = 0, /* steps at counters that nobody has to go to any more */
	BPR_SAVING_COPYING,     /* steps given up at which something is copied or sealed */
	BPR_SAVING_CHECKS,      /* ... identity is checked */
	BPR_SAVING_PAPERS,      /* ... forms are received */
	BPR_SAVING_STEPS,       /* other steps given up */
	BPR_SAVING_FASTER,      /* steps that take less time */
	BPR_SAVING_AGAIN,       /* done again less often */
	BPR_SAVING_FEWER,       /* needed in fewer cases */
	BPR_SAVING_SLOWER,      /* what costs time */
	BPR_SAVING_MORE_AGAIN,
	BPR_SAVING_MORE,
	BPR_SAVING_NEW_DESK,    /* new steps at counters */
	BPR_SAVING_NEW,         /* other new steps */
	BPR_SAVING_OTHER,       /* what sampling leaves over */
	BPR_SAVING_KINDS
};
/* Message id: "counters no longer visited". */
const char *bpr_i_saving_name(enum bpr_saving kind);

/* One step: minutes a case that it saves (negative: costs), all parts together. */
struct bpr_saving_step { size_t before, after; double minutes; };

struct bpr_savings {
	double minutes[BPR_SAVING_KINDS];   /* a case; they add up to `total` */
	double total;                       /* before minus after of work_minutes */
	struct bpr_saving_step *steps; size_t step_count; /* of both flows, those that change nothing left out; the most saving first */
};
/* Kept by the arena. False: out of memory. */
bool bpr_i_savings(struct bpr_arena *arena, const struct bpr_subject *subject, struct bpr_savings *out);
#endif
