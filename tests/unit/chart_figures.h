/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_CHART_FIGURES_H
#define BPR_TESTS_UNIT_CHART_FIGURES_H
/* Figures made by hand and by chance, to draw. */
#include "study/figure_i.h"
#include <stdint.h>

/* Figure i made by hand, in a language; NULL behind the last. Static. */
const struct bpr_doc_figure *chart_figure(size_t i, enum bpr_lang lang);
/* The one of an id. */
const struct bpr_doc_figure *chart_figure_named(const char *id, enum bpr_lang lang);

enum { CHART_MOST = 40, CHART_SERIES = 3 };

/* A figure of a kind by chance: nothing to many rows, hostile texts, numbers that are none, tiny, huge, negative, all the same. */
struct chart_chance {
	struct bpr_doc_figure figure;
	uint64_t rng;
	char *endless;                /* 10,000 characters */
	struct bpr_dumbbell_row rows[CHART_MOST];
	struct bpr_form_paper papers[2][CHART_MOST];
	struct bpr_form_paper_field fields[CHART_MOST];
	struct bpr_ribbon ribbons[3];
	struct bpr_visit_piece pieces[3][CHART_MOST];
	const char *counters[CHART_MOST];
	struct bpr_series series[CHART_SERIES];
	struct bpr_mark marks[CHART_SERIES][4];
	double values[CHART_SERIES][CHART_MOST], edges[CHART_MOST + 1];
	struct bpr_bar bars[CHART_MOST];
	struct bpr_tornado_row turns[CHART_MOST];
	struct bpr_step_card cards[CHART_MOST];
};
/* NULL when out of memory. */
struct chart_chance *chart_chance_new(enum bpr_figure_kind kind, uint64_t seed);
void chart_chance_free(struct chart_chance *chance);
#endif
