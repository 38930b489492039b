/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standard processing period: how many cases were done in time, those that are not over told apart. */
#include "config.h"
#include "study/mining_waits_i.h"
#include "base/text_i.h"
#include <math.h>

static const char *days(const struct bpr_waits_study *s, double x)
{
	return bpr_i_say_plural(s->doc, x, N_("{1} office day"), N_("{1} office days"));
}

static void share(const struct bpr_waits_study *s, const struct bpr_worktime_standard *p)
{
	bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("{1} of {2} cases were done within {3}: {4}."), bpr_i_say_count(s->doc, (double)p->within),
						   bpr_i_say_count(s->doc, (double)(p->finished + p->late)), days(s, p->days), bpr_i_say_prob(s->doc, p->share)));
	bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("If chance decided anew, this share would lie between {1} and {2} (95% interval)."),
						   bpr_i_say_prob(s->doc, p->low), bpr_i_say_prob(s->doc, p->high), NULL, NULL));
	if (p->open)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("{1} cases are not over yet; {2} of them are beyond the period already and count as not in time. With those under way taken into account as far as they have got (Kaplan-Meier), {3} are done in time."),
							   bpr_i_say_count(s->doc, (double)p->open), bpr_i_say_count(s->doc, (double)p->late),
							   bpr_i_say_prob(s->doc, p->km_share), NULL));
}

static struct bpr_doc_cell cell(const struct bpr_waits_study *s, double x)
{
	return bpr_i_cell_text(days(s, round(x * 10) / 10));
}

/* One table for each thing that cases have in common; where all have the same there is nothing to tell. */
static void grouped(const struct bpr_waits_study *s, const struct bpr_worktime_group *list, size_t count)
{
	const bool unit = list[0].by == BPR_NONE;
	struct bpr_doc_table *table;
	size_t left = 0, shown = 0;

	for (size_t i = 0; i < count; i++)
		left += list[i].finished + list[i].late >= s->k;
	if (left < 2)
		return;
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, unit ? N_("Unit with the last step") : bpr_log_by(s->log, list[0].by), false, 8);
	bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("In time"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("95% interval"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Median"), true, 0);
	for (size_t i = 0; i < count && (s->options->full || shown < BPR_STUDY_ROWS); i++) {
		struct bpr_doc_cell *cells = list[i].finished + list[i].late >= s->k ? bpr_i_doc_row(s->doc, table) : NULL;
		const char *name = bpr_log_name(s->log, unit ? BPR_LOG_UNIT : BPR_LOG_BY + (unsigned)list[i].by, list[i].value);

		if (!cells)
			continue;
		shown++;
		cells[0] = bpr_i_cell_text(*name ? name : bpr_i_doc_text(s->doc, N_("not said")));
		cells[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)(list[i].finished + list[i].late));
		cells[2] = bpr_i_cell_number(BPR_DOC_PROB, list[i].share);
		cells[3] = bpr_i_cell_text(bpr_i_doc_fill(s->doc, N_("{1} to {2}"), bpr_i_say_prob(s->doc, list[i].low), bpr_i_say_prob(s->doc, list[i].high), NULL, NULL));
		if (list[i].finished >= s->k)
			cells[4] = cell(s, list[i].median_days);
	}
	bpr_i_study_more(s->doc, left - shown);
}

static void groups(const struct bpr_waits_study *s)
{
	size_t count;
	const struct bpr_worktime_group *list = bpr_worktime_standard_groups(s->worktime, &count);

	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && list[to].by == list[from].by; to++)
			;
		grouped(s, &list[from], to - from);
	}
}

void bpr_i_study_mining_standard(const struct bpr_waits_study *s)
{
	const struct bpr_worktime_standard *p = bpr_worktime_standard(s->worktime);
	struct bpr_doc_table *table;
	struct bpr_doc_cell *cells;

	if (!p)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Standard processing period")));
	if (p->finished + p->late < s->k) {
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_text(s->doc, N_("Too few cases have come to an end to say how many keep the period.")));
		return;
	}
	share(s, p);
	if (p->taken.count >= s->k) {
		table = bpr_i_doc_table(s->doc);
		bpr_i_doc_column(s->doc, table, N_("Finished cases"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Median"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Mean"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("9 in 10 at most"), true, 0);
		cells = bpr_i_doc_row(s->doc, table);
		if (!cells)
			return;
		cells[0] = bpr_i_cell_number(BPR_DOC_COUNT, (double)p->taken.count);
		cells[1] = cell(s, p->taken.p50);
		cells[2] = cell(s, p->taken.mean);
		cells[3] = cell(s, p->taken.p90);
	}
	groups(s);
	bpr_i_doc_note(s->doc, bpr_i_doc_text(s->doc, N_("Days on which the office works, from the day after the case came in to the day on which it is done. Time in which the applicant puts something right is not known to the log and is not taken out.")));
}
