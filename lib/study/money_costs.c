/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reform costs, what the time is worth, and when the one has paid for the other. */
#include "config.h"
#include "study/money_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

/* Yen a year. */
struct worth {
	double staff;           /* staff time that comes free, at the rates of the pools */
	double other;           /* other cost of cases that falls away */
	double rate;            /* the only one that there is, or 0 */
	bool rates;             /* any pool has a rate */
};

/* Staff cost of a case, from the minutes of the pools; *rate: NAN where there are several. */
static double staff_cost(const bpr_flow *flow, const bpr_analysis *analysis, double *rate, bool *any)
{
	const struct bpr_pool_result *r = bpr_analysis_pools(analysis);
	double yen = 0;

	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const struct bpr_pool *p = bpr_flow_pool(flow, i);

		yen += r[i].minutes * p->yen_per_hour / 60;
		if (!(r[i].minutes > 0))
			continue;
		*any |= p->yen_per_hour > 0;
		if (fabs(*rate) <= 0)
			*rate = p->yen_per_hour;
		else if (fabs(*rate - p->yen_per_hour) > 1e-9 * p->yen_per_hour)
			*rate = (double)NAN;
	}
	return yen;
}

static struct worth worth_of(const struct bpr_money *m)
{
	const struct bpr_subject *s = m->subject;
	const struct bpr_kpi *cost = bpr_comparison_kpi(s->comparison, BPR_METRIC_COST_YEN);
	const struct bpr_kpi *work = bpr_comparison_kpi(s->comparison, BPR_METRIC_WORK_MINUTES);
	struct worth w = { 0 };
	double staff = staff_cost(s->flow, s->analysis, &w.rate, &w.rates) - staff_cost(s->after_flow, s->after_analysis, &w.rate, &w.rates);

	w.staff = staff * m->cases;
	w.other = (-cost->change - staff) * m->cases;
	if (fabs(w.other) <= 1e-9 * (fabs(cost->before) + fabs(cost->after)) * m->cases) {
		w.other = 0;
		w.staff = -cost->change * m->cases; /* to the last digit what other pages say */
	}
	/* Said as hours times rate only where that is what it is: everybody alone, one rate, everybody has it. */
	if (!isfinite(w.rate) || fabs(-work->change / 60 * w.rate - staff) > 1e-9 * fmax(fabs(cost->before), 1))
		w.rate = 0;
	return w;
}

static void row(const struct bpr_money *m, struct bpr_doc_table *table, const char *what, double yen, bool strong)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(m->doc, table);

	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(what);
	cells[1] = bpr_i_cell_number(BPR_DOC_YEN, yen);
	cells[1].year = true;
	if (strong)
		cells[0].tone = cells[1].tone = BPR_DOC_STRONG;
}

static const char *say_months(const struct bpr_money *m, double months)
{
	if (!(months > 0))
		return bpr_i_doc_text(m->doc, N_("at once"));
	if (months < 24)
		return bpr_i_say_plural(m->doc, ceil(months - 1e-9), N_("about 1 month"), N_("about {1} months"));
	return bpr_i_doc_fill(m->doc, N_("about {1} years"), bpr_i_say_count(m->doc, nearbyint(months / 1.2) / 10), NULL, NULL, NULL);
}

/* The last row: what is paid back when. */
static void payback(const struct bpr_money *m, struct bpr_doc_table *table, double saved)
{
	double initial = m->pages->page->initial_cost, yearly = isfinite(m->pages->page->yearly_cost) ? m->pages->page->yearly_cost : 0;
	struct bpr_doc_cell *cells;

	if (!isfinite(initial))
		return;
	cells = bpr_i_doc_row(m->doc, table);
	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(bpr_i_doc_fill(m->doc, N_("paid back after ({1} / ({2} - {3}))"), bpr_i_say_year_yen(m->doc, initial),
						  bpr_i_say_year_yen(m->doc, saved), bpr_i_say_year_yen(m->doc, yearly), NULL));
	cells[1] = bpr_i_cell_text(saved - yearly > 0 ? say_months(m, 12 * initial / (saved - yearly))
						      : bpr_i_doc_text(m->doc, N_("never")));
	cells[0].tone = cells[1].tone = BPR_DOC_STRONG;
}

static const char *say_time(const struct bpr_money *m, const struct worth *w, double minutes)
{
	const char *hours = bpr_i_money_time(m, fabs(minutes));
	const char *rate = w->rate > 0 ? bpr_i_say_metric(m->doc, BPR_METRIC_COST_YEN, w->rate, false) : NULL;

	if (rate)
		return bpr_i_doc_fill(m->doc, minutes < 0 ? N_("staff time that is needed in addition, a year ({1} at {2} an hour)")
							  : N_("staff time that comes free, a year ({1} at {2} an hour)"), hours, rate, NULL, NULL);
	return bpr_i_doc_fill(m->doc, minutes < 0 ? N_("staff time that is needed in addition, a year ({1} at the rates of the staff)")
						  : N_("staff time that comes free, a year ({1} at the rates of the staff)"), hours, NULL, NULL, NULL);
}

static void table_of(const struct bpr_money *m, const struct worth *w)
{
	struct bpr_doc_table *table = bpr_i_doc_table(m->doc);
	const struct bpr_page_options *page = m->pages->page;
	double minutes = -bpr_comparison_kpi(m->subject->comparison, BPR_METRIC_WORK_MINUTES)->change;

	bpr_i_doc_column(m->doc, table, N_("Cost and saving"), false, 12);
	bpr_i_doc_column(m->doc, table, N_("Yen"), true, 0);
	if (isfinite(page->initial_cost))
		row(m, table, bpr_i_doc_text(m->doc, N_("cost at the beginning")), page->initial_cost, false);
	if (isfinite(page->yearly_cost))
		row(m, table, bpr_i_doc_text(m->doc, N_("cost of every year")), page->yearly_cost, false);
	row(m, table, say_time(m, w, minutes), w->staff, false);
	if (fabs(w->other) > 0)
		row(m, table, bpr_i_doc_text(m->doc, N_("other cost of cases that falls away, a year")), w->other, false);
	payback(m, table, w->staff + w->other);
}

/* What is missing, or was taken as 0. */
static void missing(const struct bpr_money *m)
{
	bool initial = isfinite(m->pages->page->initial_cost), yearly = isfinite(m->pages->page->yearly_cost);

	if (!initial && !yearly)
		bpr_i_doc_note(m->doc, bpr_i_doc_text(m->doc, N_("What the reform costs is not given. With --initial-cost YEN and --yearly-cost YEN this table also says when it is paid back.")));
	else if (!initial)
		bpr_i_doc_note(m->doc, bpr_i_doc_text(m->doc, N_("The cost at the beginning is not given (--initial-cost YEN), so this does not say when it is paid back.")));
	else if (!yearly)
		bpr_i_doc_note(m->doc, bpr_i_doc_text(m->doc, N_("No cost of every year is given (--yearly-cost YEN); it counts as 0.")));
}

/* Rates and where they come from. */
static const char *origin_of(const bpr_flow *flow, const char *pool)
{
	for (size_t i = 0; i < bpr_flow_origin_count(flow); i++) {
		const struct bpr_origin *o = bpr_flow_origin(flow, i);

		if (o->of == BPR_ORIGIN_STAFF && !strcmp(o->element, pool) && !strcmp(o->key, "yen_per_hour") && *o->file)
			return o->file;
	}
	return NULL;
}

static void rates(const struct bpr_money *m)
{
	enum { MOST = 6 };
	const bpr_flow *flows[2] = { m->subject->flow, m->subject->after_flow };
	const char *texts[MOST], *names[MOST];
	double yen[MOST];
	size_t count = 0;

	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < bpr_flow_pool_count(flows[side]) && count < MOST; i++) {
			const struct bpr_pool *p = bpr_flow_pool(flows[side], i);
			const char *file = origin_of(flows[side], p->name), *said;
			bool known = !(p->yen_per_hour > 0);

			for (size_t k = 0; k < count; k++)
				known |= !strcmp(names[k], p->name) && fabs(yen[k] - p->yen_per_hour) <= 0;
			if (known)
				continue;
			said = bpr_i_say_metric(m->doc, BPR_METRIC_COST_YEN, p->yen_per_hour, false);
			names[count] = p->name;
			yen[count] = p->yen_per_hour;
			texts[count++] = file ? bpr_i_doc_fill(m->doc, N_("{1} ({2}; {3})"), p->name, said, file, NULL)
					      : bpr_i_doc_fill(m->doc, N_("{1} ({2})"), p->name, said, NULL, NULL);
		}
	if (count)
		bpr_i_doc_note(m->doc, bpr_i_doc_fill(m->doc, bpr_comparison_kpi(m->subject->comparison, BPR_METRIC_WORK_MINUTES)->change > 0
								 ? N_("Rates an hour, as given with the staff: {1}.")
								 : N_("Rates an hour, as given with the staff: {1}. It is no cut in staff: the hours are there for other work."),
						      bpr_i_say_list(m->doc, texts, count), NULL, NULL, NULL));
}

void bpr_i_money_costs(const struct bpr_money *m)
{
	struct worth w = worth_of(m);

	bpr_i_doc_heading(m->doc, 2, bpr_i_doc_text(m->doc, N_("Cost and payback")));
	if (!(m->cases > 0)) {
		bpr_i_doc_paragraph(m->doc, bpr_i_doc_text(m->doc, N_("What is missing: the number of cases a year. Without it nothing can be said of money in a year.")));
		return;
	}
	if (!w.rates && !(fabs(w.other) > 0)) {
		bpr_i_doc_paragraph(m->doc, bpr_i_doc_text(m->doc, N_("What is missing: what an hour of staff costs. With it (column 'yen_per_hour' of the staff table) the hours are also told in yen.")));
		return;
	}
	table_of(m, &w);
	missing(m);
	rates(m);
}
