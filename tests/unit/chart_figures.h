/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_CHART_FIGURES_H
#define BPR_TESTS_UNIT_CHART_FIGURES_H
/* Figures made by hand and by chance, to draw. */
#include "study/figure_i.h"
#include <stdint.h>

/* Figure i made by hand, in a language; NULL behind the last. Static. */
const struct bpr_doc_figure *chart_figure(size_t i, enum bpr_lang lang);
#endif
