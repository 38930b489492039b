/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_CSV_QUEUEING_I_H
#define BPR_REPORT_CSV_QUEUEING_I_H
/* Waiting by formula as rows of the analysis table. */
#include "report/csv_parts_i.h"
#include <bpr/queueing.h>

/* Rows of the sections queue (the whole flow), step, pool and hour. */
void bpr_i_csv_queueing(struct bpr_csv_out *csv, const bpr_flow *flow, const bpr_queueing *queueing);
#endif
