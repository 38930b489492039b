/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_WALK_SHEET_I_H
#define BPR_REPORT_WALK_SHEET_I_H
/* The blank sheet of a walk-through survey: its columns and rows, whatever it is written as. */
#include "base/buf_i.h"
#include <bpr/walk.h>

/* A station: texts of the flow, borrowed; all NULL: empty, to be filled in. */
struct bpr_survey_row { const char *counter, *building, *floor, *action; };
struct bpr_survey_rows { struct bpr_survey_row *items; size_t count, capacity; };

enum bpr_survey_column {
	BPR_SURVEY_NUMBER = 0, BPR_SURVEY_COUNTER, BPR_SURVEY_PLACE, BPR_SURVEY_ACTION, BPR_SURVEY_ARRIVED, BPR_SURVEY_CALLED, BPR_SURVEY_FINISHED,
	BPR_SURVEY_WRITES, BPR_SURVEY_NAMES, BPR_SURVEY_ADDRESSES, BPR_SURVEY_FIELDS, BPR_SURVEY_SEALS, BPR_SURVEY_ID_CHECKS, BPR_SURVEY_NOTE,
	BPR_SURVEY_COLUMNS
};
/* Heading as people read it, a message id; share of the width of a page. */
struct bpr_survey_heading { const char *label; double width; };
const struct bpr_survey_heading *bpr_i_survey_heading(enum bpr_survey_column column);

/* "Building, floor" as far as it is said; borrowed from buf. */
const char *bpr_i_survey_place(struct bpr_buf *buf, const struct bpr_survey_row *station);
/* The stations of the flow's likeliest way, and so many empty rows; to be freed. BPR_ENOMEM, or what the walk returned. */
bpr_status bpr_i_survey_rows(const bpr_flow *flow, size_t empty, struct bpr_survey_rows *out, struct bpr_error *err);
/* paper_walk.c: behind the other pages of a paper. */
struct bpr_paper;
void bpr_i_walk_draw(struct bpr_paper *paper, const struct bpr_survey_rows *list, const char *title);
/* As pages of their own. */
bpr_status bpr_i_walk_pages(const struct bpr_survey_rows *list, const char *title, const struct bpr_walk_sheet_options *options,
			    struct bpr_buf *out, bpr_problems *problems, struct bpr_error *err);
#endif
