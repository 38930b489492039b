/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A log and what it says happened, as one flat table, a row for each value: source, flow (the drawn one it was held against), section,
 * id, name, measure, value. Of what goes from one thing to another, id is the one and name the other.
 */
#include "config.h"
#include "report/csv_parts_i.h"

void bpr_i_csv_mining(struct bpr_buf *out, const struct bpr_subject *s, const struct bpr_report_options *options, bool first)
{
	struct bpr_csv_out csv = { .out = out, .first = bpr_log_info(s->log).name, .second = "" };

	(void)options;
	if (first)
		bpr_i_buf_puts(out, "source,flow,section,id,name,measure,value\n");
	bpr_i_csv_begin_row(&csv, "log", "", "", "cases");
	bpr_i_csv_number(&csv, (double)bpr_log_info(s->log).cases);
	bpr_i_csv_end_row(&csv);
	/* sections of other features: worktime (bpr_i_csv_worktime), conformance (bpr_i_csv_conformance) add their call here */
}
