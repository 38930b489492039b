/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CHECK_CHECK_I_H
#define BPR_CHECK_CHECK_I_H
/*
 * Groups of checks. Each adds problems by bpr_i_problem() and knows nothing of the others; check.c has the table.
 * A group is one file here and one row there.
 */
#include "base/problem_i.h"
#include <bpr/check.h>

struct bpr_check {
	const struct bpr_check_input *input;
	const bpr_flow *flow;      /* input->flows->items[input->flow], or NULL */
	const bpr_source *source;  /* or NULL */
	const bpr_analysis *analysis; /* or NULL */
	const char *file;          /* as the user named it */
	bpr_problems *problems;
	struct bpr_error *err;
	bool nomem;                /* a problem could not be noted */
};
/* Notes a finding at a place; a1 to a3 may be NULL. */
void bpr_i_check_note(struct bpr_check *check, enum bpr_code_id id, const struct bpr_place *place, const char *a1,
		      const char *a2, const char *a3);

/* ---- the groups ---- */
bpr_status bpr_i_check_smells(struct bpr_check *check); /* smell.c: smells, words of analogue rules, missing numbers */
bpr_status bpr_i_check_sheets(struct bpr_check *check); /* sheet.c: the ministry's rules for tables, of the file */
#endif
