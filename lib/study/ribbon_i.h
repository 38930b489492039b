/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_RIBBON_I_H
#define BPR_STUDY_RIBBON_I_H
/* The visit of each flow as a ribbon, and in words. */
#include "study/pages_i.h"
#include "study/visit_i.h"

/* One flow of the pages, or both. */
struct bpr_sided {
	enum bpr_side side;
	const char *label; /* "before" */
	struct bpr_visit_source source;
	struct bpr_visit visit;
};
/* The flows that the pages are about, with their visits; their number (1 or 2). 0: out of memory. */
size_t bpr_i_sides(struct bpr_pages *pages, struct bpr_sided out[2]);
/* Do people walk between counters for long enough to be told? Figures of cases know no ways: their names say so. */
bool bpr_i_walks(struct bpr_pages *pages);
/* The figure, its heading, what it rests on and how to read it. */
void bpr_i_ribbon(struct bpr_pages *pages, const struct bpr_sided *sides, size_t count);
/* way.c: the way between the counters; nothing where there are fewer than two. */
void bpr_i_way(struct bpr_pages *pages, const struct bpr_sided *side);
/* What a scale of time counts in, so that the longest has a few dozen of them. */
struct bpr_scale {
	double minutes;
	const char *name;
};
struct bpr_scale bpr_i_scale(const struct bpr_document *doc, double most);
/* A length of time as a few digits: whole from 10 on, else one digit behind the point. */
const char *bpr_i_say_length(struct bpr_document *doc, double x);
/* One more sentence behind others. */
void bpr_i_say_on(const struct bpr_document *doc, struct bpr_buf *buf, const char *sentence);
#endif
