/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways that cases really go. */
#include "config.h"
#include "study/mining_i.h"
#include "base/text_i.h"

enum { STEPS_SHOWN = 12 };

size_t bpr_i_mining_variants(const struct bpr_mining_study *s, const struct bpr_mine_variant **list, uint64_t *rest, uint64_t *rest_cases)
{
	size_t count, shown = 0;
	uint64_t told = 0;

	*list = bpr_mining_variants(s->mining, &count);
	while (shown < count && (*list)[shown].count >= s->k)
		told += (*list)[shown++].count;
	*rest = s->totals->variants - shown;
	*rest_cases = s->totals->cases - told;
	return shown;
}

static void columns(const struct bpr_mining_study *s, struct bpr_doc_table *table)
{
	bpr_i_doc_column(s->doc, table, N_("Way"), false, 24);
	bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Share"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Added up"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Median"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Mean"), true, 0);
}

void bpr_i_mining_ways(const struct bpr_mining_study *s)
{
	const struct bpr_mine_variant *list;
	uint64_t rest, rest_cases, sum = 0;
	size_t count = bpr_i_mining_variants(s, &list, &rest, &rest_cases), rows = bpr_i_mining_rows(s, count);
	double cases = (double)s->totals->cases;
	struct bpr_doc_table *table;

	if (!s->totals->variants)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("The ways that cases go")));
	if (count) {
		table = bpr_i_doc_table(s->doc);
		columns(s, table);
		for (size_t i = 0; i < rows; i++) {
			const struct bpr_mine_variant *v = &list[i];
			const char *way = bpr_i_say_way(s->doc, s->log, v->activities, v->length, s->options->full ? SIZE_MAX : STEPS_SHOWN);
			struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

			if (!row)
				return;
			sum += v->count;
			row[0] = bpr_i_cell_text(way);
			row[1] = bpr_i_mining_count(s, v->count);
			row[2] = bpr_i_cell_number(BPR_DOC_PROB, (double)v->count / cases);
			row[3] = bpr_i_cell_number(BPR_DOC_PROB, (double)sum / cases);
			row[4] = bpr_i_cell_number(BPR_DOC_MINUTES, v->median_minutes);
			row[5] = bpr_i_cell_number(BPR_DOC_MINUTES, v->mean_minutes);
		}
		bpr_i_study_more(s->doc, count - rows);
	}
	bpr_i_mining_together(s, N_("Put together: {1} further ways, each gone by fewer than {3} cases; {2} cases in all."), rest, rest_cases);
}
