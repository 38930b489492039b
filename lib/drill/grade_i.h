/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_DRILL_GRADE_I_H
#define BPR_DRILL_GRADE_I_H
/* An answer being graded: what is measured goes into the grade one item after the other. */
#include "drill/pack_i.h"
#include <bpr/lever.h>
#include <bpr/suggest.h>

struct grading {
	const bpr_pack *pack;
	const struct bpr_exercise *exercise;
	const char *answer;
	const struct bpr_grade_options *options;
	struct bpr_grade *grade;
	struct bpr_arena *arena;     /* of the grade */
	bpr_problems *problems;
	struct bpr_error *err;
};

/* A flow with its analysis, read from a file. */
struct measured_flow { struct bpr_flows flows; bpr_flow *made; const bpr_flow *flow; bpr_analysis *analysis; };
/* A file of the pack (given) or the answer. Analyses. Released in any case. */
bpr_status bpr_i_grade_open(struct grading *g, const char *path, bool given, struct measured_flow *out);
bpr_status bpr_i_grade_analyse(struct grading *g, struct measured_flow *flow);
void bpr_i_grade_close(struct measured_flow *flow);
/* Puts in an item; `check` NULL: of the measure. */
bpr_status bpr_i_grade_item(struct grading *g, const struct bpr_drill_check *check, bool met, bool known, double actual, double limit);
/* All that the checks need to know. */
struct checked {
	const struct measured_flow *before, *after;
	const bpr_comparison *comparison;
	double cost, days, best;     /* of levers; NAN: not known */
};
bpr_status bpr_i_grade_checks(struct grading *g, const struct checked *checked);

bpr_status bpr_i_grade_value(struct grading *g);
bpr_status bpr_i_grade_word(struct grading *g);
bpr_status bpr_i_grade_flow(struct grading *g);
bpr_status bpr_i_grade_levers(struct grading *g);
bpr_status bpr_i_grade_sheet(struct grading *g);
#endif
