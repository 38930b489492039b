/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_PROBLEM_I_H
#define BPR_BASE_PROBLEM_I_H
/* Adding to a list of problems; the codes themselves; errors with a code. */
#include "base/buf_i.h"
#include <bpr/problem.h>
#include <stdbool.h>

/* One enumerator a code: BPR_I_F012 … . The .def files hold X(CODE, SEVERITY, message, hint or NULL, explanation). */
enum bpr_code_id {
#define X(code, severity, message, hint, explain) BPR_I_##code,
#include "base/codes/all.def"
#undef X
	BPR_I_CODE_COUNT
};

/* At most so many errors of one input are collected; then a reader gives up. */
#define BPR_I_MAX_ERRORS 20

struct bpr_place {
	const char *file;    /* NULL none */
	size_t line, column; /* 0 none */
	const char *where;   /* element id or column name; NULL none */
};

/*
 * A sheet of a workbook is a file in messages, "book.xlsx!SHEET", and its places are cells: "book.xlsx!SHEET!D7".
 * Whether the file is one.
 */
bool bpr_i_place_sheet(const char *file);
/* "FILE:LINE" or "FILE!SHEET!D7", as far as there is one; not made safe for a terminal. */
void bpr_i_place_text(struct bpr_buf *buf, const char *file, size_t line, size_t column);

/*
 * Adds a problem; strings are copied (cut at 200 bytes each). The same code at the same file and `where` with
 * group = true is counted instead of listed again. Args may be NULL from the first unused one on.
 * `problems` may be NULL. False when out of memory.
 */
bool bpr_i_problem(bpr_problems *problems, enum bpr_code_id id, const struct bpr_place *place, bool group,
		   const char *a1, const char *a2, const char *a3, const char *a4);
/* True once a problem could not be added for lack of memory, or was this very lack (I001): what stands in the list is not all. */
bool bpr_i_problems_nomem(const bpr_problems *problems);
/* True once BPR_I_MAX_ERRORS errors stand in the list since `from` (a count taken before). */
bool bpr_i_problems_full(const bpr_problems *problems, size_t from);

/* bpr_problems_arrange() of those that `wanted` wants (NULL: all), each told by its index; the copy may be completed. */
typedef bool bpr_problem_wanted(void *context, struct bpr_problem *problem, size_t index);
bpr_status bpr_i_problems_arrange(const bpr_problems *problems, bpr_problem_wanted *wanted, void *context,
				  const struct bpr_override *overrides, size_t override_count, bpr_problems **out,
				  struct bpr_error *err);

/* Takes out every entry of the code: another says the same better. */
void bpr_i_problems_drop(bpr_problems *problems, enum bpr_code_id id);

/* Fills err (may be NULL) from a code and its arguments, and returns the status. */
bpr_status bpr_i_fail(struct bpr_error *err, bpr_status status, enum bpr_code_id id, const char *element, size_t line,
		      const char *a1, const char *a2);
/* Out of memory. Inline, so that compilers and analysers see that it is never BPR_OK. */
static inline bpr_status bpr_i_nomem(struct bpr_error *err)
{
	(void)bpr_i_fail(err, BPR_ENOMEM, BPR_I_I001, NULL, 0, NULL, NULL);
	return BPR_ENOMEM;
}

/* Fills {1} to {4} of a message id already translated; size as snprintf. */
size_t bpr_i_text_fill(char *buf, size_t size, const char *text, const char *const args[4]);
#endif
