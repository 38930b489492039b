/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes back, and who hands over to whom: units, and people of whom enough cases tell. */
#include "config.h"
#include "study/mining_i.h"
#include "base/text_i.h"

void bpr_i_mining_loops(const struct bpr_mining_study *s)
{
	size_t count, shown = 0, left = 0, most = s->options->full ? SIZE_MAX : BPR_STUDY_ROWS;
	const struct bpr_mine_loop *loops = bpr_mining_loops(s->mining, &count);
	struct bpr_doc_table *table = NULL;
	uint64_t rest = 0, rest_count = 0;

	if (!count)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Where it goes back: rework")));
	for (size_t i = 0; i < count; i++) {
		struct bpr_doc_cell *cells;

		if (loops[i].cases < s->k) {
			rest++;
			rest_count += loops[i].count;
			continue;
		}
		if (shown == most) {
			left++;
			continue;
		}
		if (!table) {
			table = bpr_i_doc_table(s->doc);
			bpr_i_doc_column(s->doc, table, N_("From activity"), false, 14);
			bpr_i_doc_column(s->doc, table, N_("Back to"), false, 14);
			bpr_i_doc_column(s->doc, table, N_("Times"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Way back, mean"), true, 0);
		}
		cells = bpr_i_doc_row(s->doc, table);
		if (!cells)
			return;
		shown++;
		cells[0] = bpr_i_cell_text(bpr_i_say_activity(s->log, loops[i].from));
		cells[1] = bpr_i_cell_text(loops[i].from == loops[i].to ? bpr_i_doc_text(s->doc, N_("itself")) : bpr_i_say_activity(s->log, loops[i].to));
		cells[2] = bpr_i_mining_count(s, loops[i].count);
		cells[3] = bpr_i_mining_count(s, loops[i].cases);
		cells[4] = bpr_i_cell_number(BPR_DOC_MINUTES, loops[i].mean_minutes);
	}
	bpr_i_study_more(s->doc, left);
	bpr_i_mining_together(s, N_("Put together: {1} further ways back, each of fewer than {3} cases; gone {2} times in all."), rest, rest_count);
}

static void handovers(const struct bpr_mining_study *s, bool units)
{
	size_t count, shown = 0, left = 0, most = s->options->full ? SIZE_MAX : BPR_STUDY_ROWS;
	const struct bpr_mine_handover *list = bpr_mining_handovers(s->mining, units, &count);
	unsigned names = units ? BPR_LOG_UNIT : BPR_LOG_RESOURCE;
	struct bpr_doc_table *table = NULL;
	uint64_t rest = 0, rest_count = 0;

	if (!count)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, units ? N_("Handovers between units") : N_("Handovers between people")));
	for (size_t i = 0; i < count; i++) {
		struct bpr_doc_cell *cells;

		if (list[i].from == list[i].to)
			continue;
		if (list[i].cases < s->k) {
			rest++;
			rest_count += list[i].count;
			continue;
		}
		if (shown == most) {
			left++;
			continue;
		}
		if (!table) {
			table = bpr_i_doc_table(s->doc);
			bpr_i_doc_column(s->doc, table, N_("From"), false, 14);
			bpr_i_doc_column(s->doc, table, N_("To"), false, 14);
			bpr_i_doc_column(s->doc, table, N_("Times"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
		}
		cells = bpr_i_doc_row(s->doc, table);
		if (!cells)
			return;
		shown++;
		cells[0] = bpr_i_cell_text(bpr_log_name(s->log, names, list[i].from));
		cells[1] = bpr_i_cell_text(bpr_log_name(s->log, names, list[i].to));
		cells[2] = bpr_i_mining_count(s, list[i].count);
		cells[3] = bpr_i_mining_count(s, list[i].cases);
	}
	bpr_i_study_more(s->doc, left);
	bpr_i_mining_together(s, N_("Put together: {1} further handovers from one to another, each of fewer than {3} cases; {2} times in all."), rest, rest_count);
}

void bpr_i_mining_people(const struct bpr_mining_study *s)
{
	handovers(s, true);
	handovers(s, false);
}
