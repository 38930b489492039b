/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_SEARCH_I_H
#define BPR_IMPROVE_SEARCH_I_H
/* The search for the fewest staff hours: what is tried, what came of it. */
#include "improve/improve_i.h"

/* What a simulation says of a staffing. */
struct verdict {
	double share[BPR_SIM_LIMITS]; /* of cases that keep each target, those put off to another day not among them */
	double low[BPR_SIM_LIMITS];   /* lower end of the 95 % interval */
	double lack;            /* sum of what the targets (with their margins) lack; 0: all are kept */
};

struct search {
	struct roster roster;
	const struct bpr_target *targets; size_t target_count;
	struct bpr_staffing_options options;
	struct bpr_sim_limit limits[BPR_SIM_LIMITS];
	double margin[BPR_SIM_LIMITS];  /* asked for beyond the share, so that the verification holds */
	struct bpr_arena arena;
	size_t *now, *ample, *start, *people; /* [cells] staffings; `people` is the best so far */
	size_t *trial;                  /* [cells] */
	double *pressure;               /* [cells] person-minutes waited in the block, of the last run, per hour of staff */
	double *ranked, *kept_pressure; /* [cells] of the staffing that a step starts from; of the best one it found */
	size_t *order;                  /* [cells] */
	/* Staffings that keep too little: neither does any that is smaller everywhere. Margins only grow, so that this stays true. */
	size_t *failed; size_t failed_count, failed_capacity; /* [failed_count * cells] */
	double night;                   /* minutes that a case put off to another day loses at least; 0 never closes */
	double *closed; size_t closed_count; /* [replications] closed minutes of a case where staff is ample */
	size_t runs;
	size_t replications;
	size_t round;
	size_t verify_factor;           /* how many times as many replications a verification has */
	bool spent;                     /* the runs were used up */
	bool capped;                    /* ample staff would be more than may be planned */
	struct bpr_error *err;
};

/* ---- evaluate.c ---- */
/* Simulates; `verify`: other seeds and more replications. */
bpr_status bpr_i_search_evaluate(struct search *s, const size_t *people, bool verify, struct verdict *out);
/* Remembers the closed hours of a case with ample staff, by which those put off are told. */
bpr_status bpr_i_search_ample(struct search *s, bool verify, struct verdict *out);
double bpr_i_search_hours(const struct search *s, const size_t *people);

/* ---- start.c ---- */
/* Fills now, start, ample. */
bpr_status bpr_i_search_start(struct search *s);

/* ---- search.c ---- */
/* Improves s->people until the targets (with margins) are kept by as few hours as can be found. *kept: they are. */
bpr_status bpr_i_search_mend(struct search *s, bool *kept);
bpr_status bpr_i_search_pare(struct search *s);
/* ---- exact.c ---- */
/* Tries every smaller staffing where these are few. *all: there is none that was not tried or ruled out. */
bpr_status bpr_i_search_exact(struct search *s, bool *all);

/* A staffing that the verification refused: the next search goes on from there. False: out of memory. */
bool bpr_i_search_refuse(struct search *s, const size_t *people);
/* Tries s->trial: BPR_OK and *kept. What is known to fail is not simulated; `spent` once there are no runs left (then not kept). */
bpr_status bpr_i_search_try(struct search *s, bool *kept, double *lack);
#endif
