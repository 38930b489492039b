/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours and yen of a year: what they are made of, how far they move, when the cost comes back. */
#include "config.h"
#include "study/comparison_i.h"
#include "study/money_i.h"
#include "base/text_i.h"
#include <math.h>

double bpr_i_money_scale(const struct bpr_money *m, double minutes)
{
	return m->cases > 0 ? minutes * m->cases / 60 : minutes;
}

const char *bpr_i_money_said(const struct bpr_money *m, double x, bool change)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	double rounded = fabs(x) >= 100 ? nearbyint(x) : nearbyint(10 * x) / 10;

	bpr_i_words_count(&buf, (struct bpr_words){ .lang = m->doc->lang, .change = change }, rounded);
	return bpr_i_doc_keep(m->doc, &buf);
}

const char *bpr_i_money_time(const struct bpr_money *m, double minutes)
{
	return m->cases > 0 ? bpr_i_say_year_minutes(m->doc, minutes * m->cases) : bpr_i_say_minutes(m->doc, minutes);
}

const char *bpr_i_money_unit(const struct bpr_money *m)
{
	return m->cases > 0 ? N_("hours/year") : N_("minutes/case");
}

/* Nothing of a year can be said: why, and what to do about it. */
static void missing_demand(const struct bpr_money *m)
{
	double before = bpr_flow_cases_per_year(m->subject->flow), after = bpr_flow_cases_per_year(m->subject->after_flow);

	if (before > 0 && after > 0)
		bpr_i_doc_note(m->doc, bpr_i_doc_fill(m->doc, N_("Before and after say different numbers of cases a year ({1} and {2}), so these figures are of one case. With the same number on both sides (--set demand.per_year=N) they are those of a year."),
						      bpr_i_say_metric(m->doc, BPR_METRIC_INCOMPLETE, before, true),
						      bpr_i_say_metric(m->doc, BPR_METRIC_INCOMPLETE, after, true), NULL, NULL));
	else
		bpr_i_doc_note(m->doc, bpr_i_doc_text(m->doc, N_("The number of cases is not given, so these figures are of one case. With it (--set demand.per_year=N) they are those of a year.")));
}

void bpr_i_page_money(struct bpr_pages *pages)
{
	const struct bpr_subject *s = pages->subject;
	struct bpr_money m = { pages, pages->doc, s, pages->cases, false };

	m.timed = !bpr_i_untimed(s->flow) && !bpr_i_untimed(s->after_flow);
	bpr_i_doc_page(m.doc, "money", bpr_i_doc_text(m.doc, N_("Hours and money")));
	if (!m.timed) {
		bpr_i_doc_heading(m.doc, 2, bpr_i_doc_text(m.doc, N_("Staff time that comes free")));
		bpr_i_doc_paragraph(m.doc, bpr_i_doc_text(m.doc, N_("What is missing: no step of one of the flows says how long it takes. With the minutes of each step (column 'work') this page tells the hours of staff that come free, what they are worth, and when the cost is paid back.")));
		bpr_i_money_measures(&m);
		return;
	}
	bpr_i_money_waterfall(&m);
	if (!(m.cases > 0))
		missing_demand(&m);
	bpr_i_money_tornado(&m);
	bpr_i_doc_columns(m.doc, true);
	bpr_i_money_costs(&m);
	bpr_i_money_citizens(&m);
	bpr_i_doc_columns(m.doc, false);
	bpr_i_money_measures(&m);
}
