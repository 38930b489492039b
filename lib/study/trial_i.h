/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_TRIAL_I_H
#define BPR_STUDY_TRIAL_I_H
/* Before and after simulated in pairs: what a report of a comparison says of it. trial_study.c */
#include "study/study_i.h"

/* Both sides were simulated. */
bool bpr_i_trial_known(const struct bpr_subject *subject);
/* What becomes of the wait, in one sentence each. `cases`: a year, 0 unknown. */
void bpr_i_trial_lead(struct bpr_document *doc, const struct bpr_subject *subject, double cases);
void bpr_i_trial_figures(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
void bpr_i_trial_places(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
/* Items of what the figures rest on. */
void bpr_i_trial_basis(struct bpr_document *doc, const struct bpr_subject *subject);
/* "7 to 11 minutes less", "from 1 minute less to 2 minutes more": an interval of a change of a figure of enum bpr_sim_key. */
const char *bpr_i_say_change(struct bpr_document *doc, size_t key, double low, double high);
#endif
