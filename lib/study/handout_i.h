/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_HANDOUT_I_H
#define BPR_STUDY_HANDOUT_I_H
/* The page to hand out, in pieces. */
#include "study/measure_i.h"

struct bpr_handout {
	struct bpr_pages *pages;
	struct bpr_document *doc;
	const struct bpr_subject *s;
	const bpr_comparison *comparison;
	struct bpr_measure measures[BPR_MEASURE_COUNT];
	size_t count;
	bool untimed; /* one of the flows has no durations at all */
};

/* Lines that come one by one, kept by the document. */
enum { BPR_LINES = 12 };
struct bpr_lines { const char *items[BPR_LINES]; bool worse[BPR_LINES]; size_t count; };
void bpr_i_line(struct bpr_lines *lines, const char *text);
/* One that says what gets worse: it is not left out before others are. */
void bpr_i_line_worse(struct bpr_lines *lines, const char *text);
/* Leaves `most` lines, the last ones out first. */
void bpr_i_lines_cut(struct bpr_lines *lines, size_t most);

void bpr_i_handout_begin(struct bpr_handout *h, struct bpr_pages *pages);
/* pages_forms.c: forms before and after as papers. */
void bpr_i_handout_forms(struct bpr_handout *h);
/* pages_whom.c: for whom what changes. */
void bpr_i_handout_whom(struct bpr_handout *h);
/* pages_decide.c: decisions asked for. */
void bpr_i_handout_decide(struct bpr_handout *h);
/* Measure of that kind, or NULL. */
const struct bpr_measure *bpr_i_handout_find(const struct bpr_handout *h, enum bpr_measure_kind kind);
/* A form is filled in as often as this, a case; the forms that are, before or after. */
double bpr_i_form_written(const struct bpr_subject *s, enum bpr_side side, size_t form);
/* The same form, by name, on the other side, or BPR_NONE. */
size_t bpr_i_form_on(const bpr_flow *flow, const char *name);
const char *bpr_i_form_name(const bpr_flow *flow, size_t form);
#endif
