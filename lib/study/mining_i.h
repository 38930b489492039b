/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_MINING_I_H
#define BPR_STUDY_MINING_I_H
/*
 * What a log says really happened, in the order in which a person reads it. mining.c is the frame: each section has a file of its
 * own (mining_WHAT.c) and adds nothing where the subject does not hold what it tells.
 */
#include "study/pages_i.h"
#include "study/study_i.h"

void bpr_i_study_mining(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);

/* Name of a log for a heading: its file without the folder. */
const char *bpr_i_say_log(struct bpr_document *doc, const bpr_log *log);
/* What stands in reports for fewer than so many cases is put together; at least 1. */
size_t bpr_i_mining_k(const struct bpr_study_options *options);

/*
 * Sections of other features: declared and called from mining.c and the pages once they exist.
 *   bpr_i_study_mining_waits()        waits in working time, and why (mining_waits.c)
 *   bpr_i_study_mining_conformance()  the drawn flow held against the log (mining_conformance.c)
 *   bpr_i_study_evidence()            the whole report of two logs (evidence_study.c)
 */
#endif
