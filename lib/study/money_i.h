/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_MONEY_I_H
#define BPR_STUDY_MONEY_I_H
/* The page about hours and money of a comparison; its parts. */
#include "study/pages_i.h"

struct bpr_money {
	struct bpr_pages *pages;
	struct bpr_document *doc;
	const struct bpr_subject *subject;
	double cases;           /* a year; 0 unknown: everything is said of one case */
	bool timed;             /* both flows say how long things take */
};

/* In the unit of the page's figures: hours a year, or minutes a case. */
double bpr_i_money_scale(const struct bpr_money *m, double minutes);
/* Such a number without its unit, rounded for reading; change: with its sign. */
const char *bpr_i_money_said(const struct bpr_money *m, double x, bool change);
/* The same as a text with its unit: "1,960 h", "1,960時間", "12 min". */
const char *bpr_i_money_time(const struct bpr_money *m, double minutes);
/* Message id of the unit of axes. */
const char *bpr_i_money_unit(const struct bpr_money *m);

void bpr_i_money_waterfall(const struct bpr_money *m);  /* money_waterfall.c */
void bpr_i_money_tornado(const struct bpr_money *m);    /* money_tornado.c */
void bpr_i_money_costs(const struct bpr_money *m);      /* money_costs.c: what it costs, when it is paid back */
void bpr_i_money_citizens(const struct bpr_money *m);   /* money_citizens.c */
void bpr_i_money_measures(const struct bpr_money *m);   /* money_measures.c: before, forecast, and room for what is measured */
#endif
