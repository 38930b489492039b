/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_FRONT_I_H
#define BPR_STUDY_FRONT_I_H
/* The first page about one flow. */
#include "study/pages_i.h"

enum { BPR_FRONT_TILES = 4 };

struct bpr_front {
	struct bpr_pages *pages;
	struct bpr_document *doc;
	const struct bpr_subject *subject;
	const bpr_flow *flow;
	double cases;           /* a year; 0 unknown */
};

void bpr_i_front_analysis(struct bpr_front *f);   /* front_analysis.c */
void bpr_i_front_simulation(struct bpr_front *f); /* front_simulation.c */
void bpr_i_front_check(struct bpr_front *f);      /* front_check.c */
void bpr_i_front_evidence(struct bpr_front *f);   /* front_evidence.c */

/* A sentence of the lead in which the arguments are strong; NULL where fewer. */
void bpr_i_front_say(const struct bpr_front *f, const char *id, const char *a1, const char *a2, const char *a3, const char *a4);
/* A tile of one figure, where there is room. */
struct bpr_front_tiles { struct bpr_doc_tile items[BPR_FRONT_TILES]; size_t count; };
void bpr_i_front_tile(struct bpr_front_tiles *tiles, const char *label, const char *figure, const char *unit, const char *beside);

/* ---- front_work.c: where the time of staff goes, what is written again ---- */
void bpr_i_front_work(const struct bpr_front *f);
void bpr_i_front_writing(const struct bpr_front *f);
/* ---- front_first.c: what to look at first ---- */
void bpr_i_front_smells(const struct bpr_front *f);
/* Problems as a table: what was found, what to do; one row a code, at most `most`. Number of rows. */
size_t bpr_i_front_findings(const struct bpr_front *f, const bpr_problems *problems, enum bpr_severity severity, size_t most,
			    bpr_study_wanted *wanted);
#endif
