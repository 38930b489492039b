/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MILP_MILP_I_H
#define BPR_MILP_MILP_I_H
/*
 * Mixed-integer programmes, maximised, by GLPK: its only caller. Nothing is printed, nothing aborts, no state is left behind: the solver
 * has a thread of its own and with it an environment of its own, so a host program that uses GLPK too keeps its problems.
 */
#include "base/alloc_i.h"
#include <bpr/error.h>

/* low and high are finite, so that no programme is unbounded. */
struct bpr_milp_column { double objective, low, high; bool integer; };
struct bpr_milp_entry { size_t column; double value; };
/* low <= sum <= high; -INFINITY, INFINITY: no such side. Each column once. */
struct bpr_milp_row { const struct bpr_milp_entry *entries; size_t count; double low, high; };
struct bpr_milp {
	const struct bpr_milp_column *columns; size_t column_count;
	const struct bpr_milp_row *rows; size_t row_count;
	double seconds;        /* wall clock at most; 0: no limit */
	size_t megabytes;      /* memory of the solver at most; 0: BPR_MILP_MEGABYTES */
};
#define BPR_MILP_MEGABYTES 1024
enum bpr_milp_end { BPR_MILP_BEST = 0, BPR_MILP_FEASIBLE /* the time was up; a solution is there */, BPR_MILP_NONE /* there is none */, BPR_MILP_UNKNOWN /* the time was up before any */ };
struct bpr_milp_result {
	enum bpr_milp_end end;
	double objective, bound; /* gap: (bound - objective) / |objective|; equal where BEST. NONE: both 0; UNKNOWN: the bound alone */
};
/*
 * values: [column_count] out, integers exact; 0 where there is no solution. Rows are kept to within 1e-6 of their size: who needs them exactly checks
 * the answer. BPR_ENOMEM (of the system or the limit), BPR_EINVAL (a number that is not finite, an index out of range), BPR_ENOCONV (numbers
 * too far apart). Deterministic unless the time is up. Thread safety: safe.
 */
BPR_MUST_CHECK bpr_status bpr_i_milp_solve(const struct bpr_milp *milp, double *values, struct bpr_milp_result *result, struct bpr_error *err);
#endif
