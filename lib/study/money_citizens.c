/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What citizens gain: minutes of each, hours of a year. */
#include "config.h"
#include "study/money_i.h"
#include "study/ribbon_i.h"
#include "base/text_i.h"
#include <math.h>

static void row(const struct bpr_money *m, struct bpr_doc_table *table, const char *what, double minutes)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(m->doc, table);
	size_t c = 0;

	if (!cells)
		return;
	cells[c++] = bpr_i_cell_text(what);
	cells[c++] = bpr_i_cell_number(BPR_DOC_MINUTES, minutes);
	if (!(m->cases > 0))
		return;
	cells[c] = bpr_i_cell_number(BPR_DOC_MINUTES, minutes * m->cases);
	cells[c].year = true;
	cells[c].tone = minutes > 0 ? BPR_DOC_STRONG : BPR_DOC_WORSE;
}

/* Of the whole stay, where both flows were simulated and the difference is more than luck. */
static const struct bpr_sim_difference *stay(const struct bpr_money *m)
{
	const struct bpr_sim_difference *d = bpr_comparison_difference(m->subject->comparison, BPR_SIM_CYCLE);

	return d && d->known && d->shown ? d : NULL;
}

void bpr_i_money_citizens(const struct bpr_money *m)
{
	const struct bpr_kpi *k = bpr_comparison_kpi(m->subject->comparison, BPR_METRIC_CITIZEN_MINUTES);
	const struct bpr_sim_difference *d = stay(m);
	struct bpr_doc_table *table;
	double minutes;

	bpr_i_doc_heading(m->doc, 2, bpr_i_doc_text(m->doc, N_("Citizens' time")));
	if (k->method == BPR_METHOD_NONE || !(fabs(k->change) > 0 || d)) {
		bpr_i_doc_paragraph(m->doc, bpr_i_doc_text(m->doc, N_("The time that citizens spend does not change.")));
		return;
	}
	table = bpr_i_doc_table(m->doc);
	bpr_i_doc_column(m->doc, table, N_("Time of citizens"), false, 12);
	bpr_i_doc_column(m->doc, table, N_("Less, each"), true, 0);
	if (m->cases > 0)
		bpr_i_doc_column(m->doc, table, N_("Less, a year"), true, 0);
	row(m, table, bpr_i_doc_text(m->doc, N_("at counters and writing")), -k->change);
	if (d)
		row(m, table,
		    bpr_i_doc_text(m->doc, bpr_i_walks(m->pages) ? N_("from arrival to end, with queues, without walking (simulated)")
								 : N_("from arrival to end, with queues (simulated)")),
		    -d->change);
	minutes = d ? -d->change : -k->change;
	if (m->cases > 0)
		bpr_i_doc_note(m->doc, bpr_i_doc_fill(m->doc, minutes > 0 ? N_("With {1} cases a year. For each of them it is {2} less.")
									  : N_("With {1} cases a year. For each of them it is {2} more."),
						      bpr_i_say_metric(m->doc, BPR_METRIC_INCOMPLETE, m->cases, true),
						      bpr_i_say_minutes(m->doc, fabs(minutes)), NULL, NULL));
	if (!d)
		bpr_i_doc_note(m->doc, bpr_i_doc_text(m->doc, N_("Waiting in queues is not in it; compare --simulate adds it.")));
}
