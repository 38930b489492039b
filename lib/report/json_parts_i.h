/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_JSON_PARTS_I_H
#define BPR_REPORT_JSON_PARTS_I_H
/* Members that the JSON objects of several reports share. */
#include "base/json_i.h"
#include <bpr/flow.h>
#include <bpr/problem.h>
#include <bpr/report.h>

/* Begins the object of a report: its schema, the version of bpr. */
void bpr_i_put_begin(struct bpr_json *j, const char *schema);
/* null where it is not known. */
void bpr_i_put_known(struct bpr_json *j, const char *name, double x, bool known);
/* NULL for "". */
const char *bpr_i_name_or_null(const char *name);
/* "levers": those that made the flow; nothing where there are none. */
void bpr_i_put_levers(struct bpr_json *j, const struct bpr_subject *subject, enum bpr_lang lang);
void bpr_i_put_flow(struct bpr_json *j, const bpr_flow *flow);
/* One problem; findings of a check tell their severity and what to do too. */
void bpr_i_put_problem(struct bpr_json *j, const struct bpr_problem *p, enum bpr_lang lang, bool finding);
void bpr_i_put_warnings(struct bpr_json *j, const bpr_problems *problems, enum bpr_lang lang);
/* The whole object bpr.simulation/1; json_simulation.c. */
void bpr_i_put_simulation(struct bpr_json *j, const struct bpr_subject *subject, const struct bpr_report_options *options);
/* The whole object bpr.mining/1; json_mining.c. */
void bpr_i_put_mining(struct bpr_json *j, const struct bpr_subject *subject, const struct bpr_report_options *options);
/* The whole object bpr.evidence/1; the member "measured" of a comparison of flows, where there is one; json_evidence.c. */
void bpr_i_put_evidence(struct bpr_json *j, const struct bpr_subject *subject, const struct bpr_report_options *options);
void bpr_i_put_measured(struct bpr_json *j, const struct bpr_subject *subject);
/* The whole objects bpr.checksheet/1 and bpr.household-mix/1; json_checksheet.c. */
void bpr_i_put_checksheet(struct bpr_json *j, const struct bpr_subject *subject, const struct bpr_report_options *options);
void bpr_i_put_mix(struct bpr_json *j, const struct bpr_subject *subject, const struct bpr_report_options *options);
/* The whole object bpr.suggestion/1; json_suggestion.c. */
void bpr_i_put_suggestion(struct bpr_json *j, const struct bpr_subject *subject, const struct bpr_report_options *options);
/* json_improve.c: what would help, where it was asked for. */
void bpr_i_put_improvement(struct bpr_json *j, const struct bpr_subject *subject, enum bpr_lang lang);
#endif
