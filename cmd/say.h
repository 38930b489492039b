/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_SAY_H
#define BPR_CMD_SAY_H
/* Messages on standard error: one line each, a hint below. Workers collect theirs in a text, printed in order. */
#include "text.h"
#include <bpr/problem.h>
#include <stdbool.h>

/* At most so many problems of one input are listed. */
#define SAY_MOST 20

/* A message of the command line itself, by code; the subject may be NULL. */
void say(const char *code, const char *file, const char *a1, const char *a2, const char *a3);
/* The same into a text. */
void say_to(struct text *notes, const char *code, const char *file, const char *a1, const char *a2, const char *a3);
/* "bpr: did you mean …" as a hint line, where something near was found. */
void say_hint(const char *id, const char *a1);
/* The reason of an errno, in the reader's language. */
const char *say_errno(int error);

/*
 * Problems [from, end) of the list: those that are at least as severe as `least`, said to be no worse than `most`
 * (what did not stop the work is a warning). Hints stand below errors.
 */
void say_problems(struct text *notes, const bpr_problems *problems, size_t from, enum bpr_severity least, enum bpr_severity most);
/* A failed call: the error itself, unless the list has one of its own since `from`. */
void say_failure(struct text *notes, const struct bpr_error *err, const char *file, const bpr_problems *problems, size_t from);
#endif
