/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_SUGGESTION_I_H
#define BPR_STUDY_SUGGESTION_I_H
/* The study of which levers first, and in which year: sentences, tables and figures that its formats share. */
#include "study/figure_i.h"
#include "study/pages_i.h"
#include "study/study_i.h"

struct bpr_suggestion_study {
	struct bpr_document *doc;
	const struct bpr_subject *subject;
	const bpr_levers *levers;
	const struct bpr_suggestion *s;
	struct bpr_suggest_options how;       /* limits; defaults where not said */
	const struct bpr_plan *plan;          /* or NULL */
	struct bpr_plan_options limits;       /* of it */
	double cases;                         /* a year; 0: figures are of one case */
	bool full;
	const size_t *order; size_t fitting;  /* levers that are listed, by rank: those that fit, or the front of them */
	size_t fits;                          /* levers that fit */
	size_t chosen;                        /* levers that are chosen: of the plan where there is one */
};
/* order NULL: out of memory (the document has failed). */
struct bpr_suggestion_study bpr_i_suggestion_study(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);

/* ---- suggestion_words.c ---- */
const char *bpr_i_say_lever(const struct bpr_suggestion_study *st, size_t lever);
/* "1,960 h a year", "12 min a case": a gain of the objective, or of any. */
const char *bpr_i_say_gain_of(const struct bpr_suggestion_study *st, enum bpr_gain gain, double x);
const char *bpr_i_say_gain(const struct bpr_suggestion_study *st, double x);
/* The same without the time: for columns whose title tells it. */
const char *bpr_i_say_gain_bare(const struct bpr_suggestion_study *st, double x);
/* "1,960 h a year of staff time". */
const char *bpr_i_say_gain_what(const struct bpr_suggestion_study *st, double x);
/* "Staff time, a year": of the objective, for columns and axes. */
const char *bpr_i_say_gain_title(const struct bpr_suggestion_study *st);
/* Unit of the axis of gains: "hours/year". */
const char *bpr_i_say_gain_unit(const struct bpr_suggestion_study *st);
/* The number that stands on that axis. */
double bpr_i_gain_scaled(const struct bpr_suggestion_study *st, double x);
/* Yen as people write them; "*" behind what is assumed. */
const char *bpr_i_say_cost(const struct bpr_suggestion_study *st, double yen, bool assumed);
const char *bpr_i_say_days(const struct bpr_suggestion_study *st, double days, bool assumed);
/* "easy", "middling", "hard": message id; from 3.5 and 2.5 up. */
const char *bpr_i_ease_word(double ease);
size_t bpr_i_ease_class(double ease); /* 0 easy, 1, 2 hard */
const char *bpr_i_say_fiscal_year(const struct bpr_suggestion_study *st, int year);
/* Index among the plan's items, or BPR_NONE. */
size_t bpr_i_plan_item_of(const struct bpr_suggestion_study *st, size_t lever);
bool bpr_i_suggestion_chosen(const struct bpr_suggestion_study *st, size_t lever);
/* When it starts, in a word: "tomorrow", "FY2027", "chosen", "". */
const char *bpr_i_say_start(const struct bpr_suggestion_study *st, size_t lever);
/* Why it does not fit, as it was refused; "" not known. */
const char *bpr_i_say_refusal(const struct bpr_suggestion_study *st, size_t lever);
/* Anything assumed among what is shown? */
bool bpr_i_suggestion_assumed(const struct bpr_suggestion_study *st);

/* ---- suggestion_tables.c: blocks with their headings; nothing where there is nothing to say ---- */
void bpr_i_suggestion_levers(const struct bpr_suggestion_study *st, size_t most); /* without a heading */
void bpr_i_suggestion_refused(const struct bpr_suggestion_study *st);
void bpr_i_suggestion_rpa(const struct bpr_suggestion_study *st);
void bpr_i_suggestion_basis(const struct bpr_suggestion_study *st); /* what was assumed, how sure */
void bpr_i_suggestion_together(const struct bpr_suggestion_study *st); /* alone and together */

/* ---- suggestion_roadmap.c ---- */
void bpr_i_roadmap_years(const struct bpr_suggestion_study *st);
void bpr_i_roadmap_turns(const struct bpr_suggestion_study *st);
void bpr_i_roadmap_rest(const struct bpr_suggestion_study *st);
/* When the cost has come back, in a sentence. */
const char *bpr_i_say_payback(const struct bpr_suggestion_study *st);
const char *bpr_i_say_turn_range(const struct bpr_suggestion_study *st, const struct bpr_turn_range *turn);

/* ---- suggestion_figures.c; false: there is none ---- */
bool bpr_i_suggestion_front_figure(const struct bpr_suggestion_study *st, struct bpr_doc_figure *out);
bool bpr_i_roadmap_gantt(const struct bpr_suggestion_study *st, struct bpr_doc_figure *out);
bool bpr_i_roadmap_tornado(const struct bpr_suggestion_study *st, struct bpr_doc_figure *out);

/* ---- suggestion_study.c ---- */
void bpr_i_study_suggestion(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
/* The sentences that stand first: rich ones on pages, plain ones elsewhere. */
void bpr_i_suggestion_lead(const struct bpr_suggestion_study *st);

/* ---- pages_suggestion.c, sheets_suggestion.c ---- */
struct bpr_front;
struct bpr_sheets;
void bpr_i_front_suggestion(struct bpr_front *f);
void bpr_i_page_levers(struct bpr_pages *pages);
void bpr_i_page_roadmap(struct bpr_pages *pages);
void bpr_i_sheets_suggestion(struct bpr_sheets *s);
#endif
