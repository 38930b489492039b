/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_WORKSHOP_I_H
#define BPR_REPORT_WORKSHOP_I_H
/* The sheets of a training: what its parts share. */
#include "report/paper_i.h"
#include "study/figure_i.h"
#include <bpr/workshop.h>

enum { WORKSHOP_LOTS = 20, WORKSHOP_MOST = 24 };

/* A family: who they are, and which way they go at each choice of the flows. */
struct workshop_answer { const char *question, *answer; };
struct workshop_family {
	const char *name;                    /* of who comes */
	const char *const *lines; size_t line_count; /* "住所：…" */
	struct workshop_answer *answers; size_t answer_count;
	double procedures, counters;         /* of the check sheet; NAN not known */
};

/* Where somebody stands: a counter, or an office behind them. Indices of the flow. */
struct workshop_place { size_t counter, unit; /* one of them, or neither: nobody said which */ };

/* One language of it. */
struct workshop {
	const bpr_flow *flow[2];
	const bpr_analysis *analysis[2];
	size_t sides;                        /* 1: there is no after yet */
	const struct bpr_workshop_options *options;
	struct bpr_paper *paper;
	enum bpr_lang lang;
	struct bpr_document words;           /* texts that live as long as the sheets are drawn */
	double second;                       /* seconds in the room for a minute of the flow */
	struct workshop_family *families; size_t family_count;
};

/* ---- workshop_plan.c: who plays what ---- */
/* A choice that sends the case back: some ways out lead to it again, others do not. */
bool bpr_i_workshop_is_return(const bpr_flow *flow, size_t node);
/* The next thing with a name behind an arc: a step, an end, or another choice. */
size_t bpr_i_workshop_next(const bpr_flow *flow, size_t node);
/* Counters and offices in the order in which a case first gets to them; NULL out of memory. */
struct workshop_place *bpr_i_workshop_places(struct workshop *w, size_t side, size_t *count);
bool bpr_i_workshop_is_at(const bpr_flow *flow, size_t node, const struct workshop_place *place);
const char *bpr_i_workshop_place_name(struct workshop *w, size_t side, const struct workshop_place *place);
/* Lots of 20 that send back, 1 to 19. */
size_t bpr_i_workshop_lots(double share);
/* Families with their answers, in the language. */
void bpr_i_workshop_families(struct workshop *w);
/* workshop_household.c: a family that was given. */
void bpr_i_workshop_household(struct workshop *w, struct workshop_family *family, const bpr_household *household, size_t k);
/* How many copies of a form the room needs. */
size_t bpr_i_workshop_copies(const struct workshop *w, size_t side, size_t form);
/* Forms that are filled in at all. */
bool bpr_i_workshop_is_written(const struct workshop *w, size_t side, size_t form);
const char *bpr_i_workshop_name(const bpr_flow *flow); /* of the flow: its name, or its id */

/* ---- the parts ---- */
void bpr_i_workshop_trainer(struct workshop *w);
void bpr_i_workshop_family_cards(struct workshop *w);
void bpr_i_workshop_role_cards(struct workshop *w);
void bpr_i_workshop_lot_sheet(struct workshop *w);
void bpr_i_workshop_forms(struct workshop *w);
void bpr_i_workshop_signs(struct workshop *w);
void bpr_i_workshop_room(struct workshop *w);
void bpr_i_workshop_observer(struct workshop *w);
void bpr_i_workshop_debrief(struct workshop *w);
void bpr_i_workshop_certificate(struct workshop *w);

/* ---- texts, kept until the end ---- */
const char *bpr_i_workshop_say(struct workshop *w, const char *id, const char *a1, const char *a2, const char *a3);
const char *bpr_i_workshop_number(struct workshop *w, double x);
const char *bpr_i_workshop_text(const struct workshop *w, const char *id);
const char *bpr_i_workshop_side(const struct workshop *w, size_t side); /* "before", "after" */
#endif
