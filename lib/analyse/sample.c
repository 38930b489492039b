/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "analyse/analysis_i.h"

bpr_status bpr_i_analyse_sample(struct bpr_job *job)
{
	(void)job;
	return BPR_OK;
}
#include "analyse/sample_i.h"
#include "base/problem_i.h"
bpr_status bpr_i_sample_distribution(struct bpr_job *job, enum bpr_metric metric, struct bpr_distribution *out)
{
	(void)out;
	return bpr_i_fail(job->err, BPR_EUNSUPPORTED, BPR_I_A012, NULL, 0, bpr_metric_get(metric)->key, NULL);
}
