/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_FAULT_I_H
#define BPR_BASE_FAULT_I_H
/*
 * Why the layers below a reader (file, encoding, rows) failed, without a list of problems at hand: the reader knows
 * the file's name and whether it matters. Fixed size, nothing to free.
 */
#include "base/problem_i.h"

struct bpr_fault {
	bpr_status status;
	enum bpr_code_id id;
	size_t line, column; /* 0: none */
	char args[3][200];    /* "" unused */
};

/* Fills the fault and returns the status. Arguments are copied (cut at a character) and may be NULL. */
bpr_status bpr_i_fault(struct bpr_fault *fault, bpr_status status, enum bpr_code_id id, size_t line, const char *a1,
		       const char *a2, const char *a3);
#endif
