/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_JSON_CONFORMANCE_I_H
#define BPR_REPORT_JSON_CONFORMANCE_I_H
/* What bpr.mining/1 and the table of a log say of a drawn flow held against it; nothing where the subject has none. */
#include "report/csv_parts_i.h"
#include "report/json_parts_i.h"

void bpr_i_put_conformance(struct bpr_json *j, const struct bpr_subject *subject, const struct bpr_report_options *options);
void bpr_i_csv_conformance(struct bpr_csv_out *csv, const struct bpr_subject *subject, const struct bpr_report_options *options);
#endif
