/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_SAMPLE_I_H
#define BPR_ANALYSE_SAMPLE_I_H
#include "analyse/analysis_i.h"

/* Distribution of a count from sampled cases. BPR_EUNSUPPORTED where options ask for no samples. */
bpr_status bpr_i_sample_distribution(struct bpr_job *job, enum bpr_metric metric, struct bpr_distribution *out);
#endif
