/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_CSV_PARTS_I_H
#define BPR_REPORT_CSV_PARTS_I_H
/* Cells and rows of the CSV reports. */
#include "base/buf_i.h"
#include <bpr/report.h>
#include <stdbool.h>

/* A table being written: the columns that stand in front of every row are kept. */
struct bpr_csv_out {
	struct bpr_buf *out;
	const char *first, *second; /* files and flows */
	bool started;               /* a cell stands in this row */
};
void bpr_i_csv_text(struct bpr_csv_out *csv, const char *text);
/* Empty where not finite. */
void bpr_i_csv_number(struct bpr_csv_out *csv, double x);
void bpr_i_csv_end_row(struct bpr_csv_out *csv);
/* The two in front, then what the row is about. */
void bpr_i_csv_begin_row(struct bpr_csv_out *csv, const char *section, const char *id, const char *name, const char *measure);
/* The whole table of a simulation; csv_simulation.c. */
void bpr_i_csv_simulation(struct bpr_buf *out, const struct bpr_subject *subject, const struct bpr_report_options *options, bool first);
/* The whole table of a log; csv_mining.c. */
void bpr_i_csv_mining(struct bpr_buf *out, const struct bpr_subject *subject, const struct bpr_report_options *options, bool first);
/* The whole table of two logs; csv_evidence.c. */
void bpr_i_csv_evidence(struct bpr_buf *out, const struct bpr_subject *subject, const struct bpr_report_options *options, bool first);
/* The whole tables of check sheets and of what households need; csv_checksheet.c. */
void bpr_i_csv_checksheet(struct bpr_buf *out, const struct bpr_subject *subject, bool first);
void bpr_i_csv_mix(struct bpr_buf *out, const struct bpr_subject *subject, bool first);
/* The whole table of levers; csv_suggestion.c. */
void bpr_i_csv_suggestion(struct bpr_buf *out, const struct bpr_subject *subject, const struct bpr_report_options *options, bool first);
/* csv_improve.c: what would help, where it was asked for. */
void bpr_i_csv_improvement(struct bpr_csv_out *csv, const struct bpr_subject *subject);
#endif
