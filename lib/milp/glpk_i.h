/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MILP_GLPK_I_H
#define BPR_MILP_GLPK_I_H
/* What GLPK is asked and answers, inside lib/milp. */
#include "milp/milp_i.h"

/* One solution, in a thread of its own. The programme is valid: milp.c has looked. */
struct bpr_milp_job {
	const struct bpr_milp *milp;
	double *values;              /* as GLPK gives them */
	double bound;                /* in: the sum of the best ends of all columns */
	enum bpr_milp_end end;
	bpr_status status;
	bool nomem;                  /* GLPK said that memory ran out */
	char said[100];              /* its last words */
};
/* pthread_create()'s. */
void *bpr_i_milp_glpk(void *job);
#endif
