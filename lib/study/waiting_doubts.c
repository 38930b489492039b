/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What gets worse and what is not known: each with its size and with what can be done about it. */
#include "config.h"
#include "study/waiting_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdlib.h>

enum { MOST_WORSE = 8, MOST_OF_KIND = 3 };

struct doubts {
	const struct bpr_waiting *w;
	struct bpr_doc_table *table;
	size_t worse;
};

static void row(struct doubts *d, bool worse, const char *text, const char *size, const char *remedy)
{
	struct bpr_doc_cell *cells;

	if (worse && d->worse >= MOST_WORSE)
		return;
	if (!d->table) {
		d->table = bpr_i_doc_table(d->w->doc);
		bpr_i_doc_column(d->w->doc, d->table, N_("What"), false, 20);
		bpr_i_doc_column(d->w->doc, d->table, N_("How much"), true, 0);
		bpr_i_doc_column(d->w->doc, d->table, N_("What to do about it"), false, 20);
	}
	cells = bpr_i_doc_row(d->w->doc, d->table);
	if (!cells)
		return;
	d->worse += worse;
	cells[0] = bpr_i_cell_text(
		bpr_i_doc_fill(d->w->doc, worse ? N_("▲ {1}") : N_("? {1}"), text, NULL, NULL, NULL));
	cells[0].tone = worse ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
	cells[1] = bpr_i_cell_text(size);
	cells[2] = bpr_i_cell_text(bpr_i_doc_text(d->w->doc, remedy));
}

static const char *signed_minutes(struct bpr_document *doc, double minutes)
{
	return bpr_i_doc_fill(doc, minutes < 0 ? "-{1}" : "+{1}", bpr_i_say_minutes(doc, fabs(minutes)), NULL, NULL,
			      NULL);
}

/* "+3 min a case (in all -12 min)" */
static const char *more_of_all(const struct doubts *d, double minutes, enum bpr_metric metric)
{
	const struct bpr_kpi *k = bpr_comparison_kpi(d->w->pages->subject->comparison, metric);
	struct bpr_document *doc = d->w->doc;

	return bpr_i_doc_fill(doc, N_("{1} a case (in all {2})"), signed_minutes(doc, minutes),
			      signed_minutes(doc, k->change), NULL, NULL);
}

/* "+3 min a case, +80 h a year" */
static const char *more_minutes(const struct doubts *d, double minutes)
{
	struct bpr_document *doc = d->w->doc;

	if (d->w->pages->cases > 0)
		return bpr_i_doc_fill(doc, N_("{1} a case, +{2} a year"), signed_minutes(doc, minutes),
				      bpr_i_say_year_minutes(doc, minutes * d->w->pages->cases), NULL, NULL);
	return bpr_i_doc_fill(doc, N_("{1} a case"), signed_minutes(doc, minutes), NULL, NULL, NULL);
}

/* ---- what gets worse ---- */

/* What can be done where a figure gets worse. */
static const char *remedy_of(enum bpr_metric metric)
{
	switch (metric) {
	case BPR_METRIC_COUNTER_VISITS:
	case BPR_METRIC_DISTINCT_COUNTERS:
	case BPR_METRIC_BUILDING_MOVES:
	case BPR_METRIC_TRIPS:
		return N_("Let the case move instead of the citizen: one counter takes it, the others work behind it");
	case BPR_METRIC_FORMS_WRITTEN:
	case BPR_METRIC_FIELDS_WRITTEN:
	case BPR_METRIC_REPEATED_FIELDS:
		return N_("Print what is known already, and ask for it once");
	case BPR_METRIC_HANDOFFS:
		return N_("Hand over through the system, with a list of what belongs to a case");
	case BPR_METRIC_REVISITS:
	case BPR_METRIC_INCOMPLETE:
		return N_("Check papers and entries at the first contact");
	case BPR_METRIC_SEALS:
	case BPR_METRIC_ANALOGUE_STEPS:
	case BPR_METRIC_ID_CHECKS:
	case BPR_METRIC_COPIES:
		return N_("Ask which rule demands it, and whether the rule can change");
	case BPR_METRIC_WORK_MINUTES:
	case BPR_METRIC_COST_YEN:
		return N_("Set it against what citizens save; look where the minutes go");
	case BPR_METRIC_STEPS:
	case BPR_METRIC_CITIZEN_MINUTES:
	case BPR_METRIC_LEAD_MINUTES:
	case BPR_METRIC_COUNT:
	default:
		return N_("Look at the longest steps of the flow first");
	}
}

static void worse_figures(struct doubts *d)
{
	struct bpr_document *doc = d->w->doc;

	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_kpi *k = bpr_comparison_kpi(d->w->pages->subject->comparison, (enum bpr_metric)i);
		struct bpr_said_pair said;

		if (k->better >= 0 || k->method == BPR_METHOD_NONE || i == BPR_METRIC_STEPS ||
		    (k->ci95_known && k->ci95_low <= 0))
			continue;
		said = bpr_i_say_metric_pair(doc, (enum bpr_metric)i, k->before, k->after);
		row(d, true,
		    bpr_i_doc_fill(doc, N_("{1}: worse than before"),
				   bpr_i_doc_text(doc, bpr_metric_get((enum bpr_metric)i)->label), NULL, NULL, NULL),
		    bpr_i_doc_fill(doc, N_("{1} to {2} a case"), said.before, said.after, NULL, NULL),
		    remedy_of((enum bpr_metric)i));
	}
}

static void worse_simulated(struct doubts *d)
{
	struct bpr_document *doc = d->w->doc;
	const struct bpr_subject *s = d->w->pages->subject;

	for (size_t key = BPR_SIM_CYCLE; s->differences && key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_sim_difference *x = &s->differences[key];

		if (!x->known || !x->shown || x->better >= 0 ||
		    (key != BPR_SIM_CYCLE && key != BPR_SIM_WAIT && key != BPR_SIM_ABANDONED))
			continue;
		row(d, true,
		    bpr_i_doc_fill(doc, N_("{1}: worse than before"), bpr_i_doc_text(doc, bpr_sim_key_get(key)->label),
				   NULL, NULL, NULL),
		    bpr_i_doc_fill(doc, N_("{1} to {2} a case"), bpr_i_say_minutes(doc, x->before),
				   bpr_i_say_minutes(doc, x->after), NULL, NULL),
		    N_("Try one more person where it sticks: bpr simulate --sticking"));
	}
}

static int most_first(const void *x, const void *y)
{
	const struct bpr_pair *a = x, *b = y;
	double more_a = a->after - a->before, more_b = b->after - b->before;

	return (more_a < more_b) - (more_a > more_b);
}

static void worse_units(struct doubts *d)
{
	struct bpr_document *doc = d->w->doc;
	struct bpr_pairs pairs;
	size_t told = 0;

	if (doc->failed || !bpr_i_pairs(&doc->arena, d->w->pages->subject, BPR_PAIRS_UNITS, &pairs)) {
		doc->failed = true;
		return;
	}
	if (pairs.count)
		qsort(pairs.items, pairs.count, sizeof(*pairs.items), most_first);
	for (size_t i = 0; i < pairs.count && told < MOST_OF_KIND; i++) {
		double more = pairs.items[i].after - pairs.items[i].before;

		if (!(more >= 0.05) || !*pairs.items[i].name || !(pairs.items[i].before > 0))
			continue; /* of a unit that is new its steps are told */
		told++;
		row(d, true, bpr_i_doc_fill(doc, N_("'{1}' has more work"), pairs.items[i].name, NULL, NULL, NULL),
		    more_minutes(d, more), N_("Move people or tasks with the work, before it begins"));
	}
}

struct longer {
	size_t node;
	double more;
	bool added;
};

static int longest_first(const void *x, const void *y)
{
	const struct longer *a = x, *b = y;

	if (a->more > b->more || a->more < b->more)
		return a->more > b->more ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

/* Steps that people do for longer than before, or that are new. */
static void worse_steps(struct doubts *d)
{
	struct bpr_document *doc = d->w->doc;
	const struct bpr_subject *s = d->w->pages->subject;
	const struct bpr_node_result *before = bpr_analysis_nodes(s->analysis),
				     *after = bpr_analysis_nodes(s->after_analysis);
	size_t count, found = 0;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(s->comparison, &count);
	struct longer *items = bpr_i_arena_alloc(&doc->arena, count + 1, sizeof(*items));

	doc->failed = doc->failed || !items;
	for (size_t i = 0; items && i < count; i++) {
		const struct bpr_node *n = pairs[i].after == BPR_NONE ? NULL
								      : bpr_flow_node(s->after_flow, pairs[i].after);
		double was = 0, is = n ? after[pairs[i].after].visits * bpr_dist_mean(n->work) : 0;

		if (!n || n->actor == BPR_ACTOR_SYSTEM)
			continue;
		if (pairs[i].before != BPR_NONE)
			was = before[pairs[i].before].visits *
			      bpr_dist_mean(bpr_flow_node(s->flow, pairs[i].before)->work);
		if (is - was >= 0.05)
			items[found++] = (struct longer){ pairs[i].after, is - was, pairs[i].before == BPR_NONE };
	}
	if (found)
		qsort(items, found, sizeof(*items), longest_first);
	for (size_t i = 0; i < found && i < MOST_OF_KIND; i++)
		row(d, true,
		    bpr_i_doc_fill(doc, items[i].added ? N_("'{1}' is new work") : N_("'{1}' takes longer"),
				   bpr_i_name_node(s->after_flow, items[i].node), NULL, NULL, NULL),
		    more_of_all(d, items[i].more,
				bpr_flow_node(s->after_flow, items[i].node)->actor == BPR_ACTOR_CITIZEN
					? BPR_METRIC_CITIZEN_MINUTES
					: BPR_METRIC_WORK_MINUTES),
		    items[i].added ? N_("Prepare a script or a checklist, and practise it")
				   : N_("Look what makes it longer, and measure it in a trial"));
}

static void worse_load(struct doubts *d)
{
	const struct bpr_sided *side = &d->w->sides[1];

	for (size_t i = 0; i < bpr_flow_pool_count(side->source.flow); i++) {
		struct bpr_document *doc = d->w->doc;
		double busy;

		if (bpr_i_waiting_busy(&side->source, i, &busy) && busy > BPR_WAITING_ZONE)
			row(d, true,
			    bpr_i_doc_fill(doc, N_("'{1}' has hardly any slack after the reform"),
					   bpr_flow_pool(side->source.flow, i)->name, NULL, NULL, NULL),
			    bpr_i_doc_fill(doc, N_("{1} busy"), bpr_i_say_prob(doc, busy), NULL, NULL, NULL),
			    N_("Plan people by hour: bpr simulate --target 'wait<=15min@90%'"));
	}
}

/* ---- what is not known ---- */

static const char *named(const struct doubts *d, const struct bpr_sided *side, const char *text)
{
	if (side->side == BPR_SIDE_ONLY)
		return text;
	return bpr_i_doc_fill(d->w->doc, N_("{1}: {2}"), side->label, text, NULL, NULL);
}

/* What an input leaves open, in the order of the table below. */
enum open_question { OPEN_SILENT = 0, OPEN_FIXED, OPEN_EQUAL, OPEN_FIELDS, OPEN_SEASONS, OPEN_COUNT };

static const struct {
	const char *text, *one, *many, *remedy;
} questions[OPEN_COUNT] = {
	[OPEN_SILENT] = { N_("Steps without a duration"), N_("{1} step"), N_("{1} steps"),
			  N_("Measure ten cases and write the minutes into the column 'work'") },
	[OPEN_FIXED] = { N_("Durations given as one number: how they spread is not known"), N_("{1} step"),
			 N_("{1} steps"), N_("Write least, usual and most: tri(3,5,9), or give the measured values") },
	[OPEN_EQUAL] = { N_("Shares of branches are not given and were divided equally"), N_("{1} branch"),
			 N_("{1} branches"), N_("Count how many cases of a month take each way") },
	[OPEN_FIELDS] = { N_("Fields of forms are not listed; each form counts as one field"), N_("{1} form"),
			  N_("{1} forms"), N_("List the fields in NAME.forms.csv") },
	[OPEN_SEASONS] = { N_("The peak season is not in these figures"), "", "",
			   N_("Simulate its days: bpr simulate --from DATE") },
};

static void look(const struct bpr_visit_source *source, size_t open[OPEN_COUNT])
{
	const bpr_flow *flow = source->flow;

	open[OPEN_SEASONS] = bpr_flow_demand(flow)->seasons.rule_count > 0 && !source->simulation;
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);
		bool works = bpr_node_is_step(n) && n->kind == BPR_NODE_TASK && n->actor != BPR_ACTOR_SYSTEM,
		     given = false;

		open[OPEN_SILENT] += works && !n->work && !n->wait;
		open[OPEN_FIXED] += works && n->work && n->work->kind == BPR_DIST_CONSTANT;
		for (size_t k = 0; k < n->out_count; k++)
			given = given || bpr_flow_arc(flow, n->first_out + k)->given;
		open[OPEN_EQUAL] += n->split == BPR_SPLIT_XOR && n->out_count > 1 && !given;
	}
	for (size_t i = 0; source->analysis && i < bpr_flow_form_count(flow); i++)
		open[OPEN_FIELDS] += bpr_flow_form(flow, i)->assumed &&
				     bpr_analysis_forms(source->analysis)[i].written > 0;
}

static const char *said(struct bpr_document *doc, size_t question, size_t count)
{
	return *questions[question].many
		       ? bpr_i_say_plural(doc, (double)count, questions[question].one, questions[question].many)
		       : "";
}

/* One row a question, for both sides. */
static void unknown_input(struct doubts *d)
{
	struct bpr_document *doc = d->w->doc;
	size_t open[2][OPEN_COUNT] = { { 0 }, { 0 } };

	for (size_t i = 0; i < d->w->count; i++)
		look(&d->w->sides[i].source, open[i]);
	for (size_t q = 0; q < OPEN_COUNT; q++) {
		const char *text = bpr_i_doc_text(doc, questions[q].text), *size = said(doc, q, open[0][q]);
		bool both = open[0][q] && open[1][q];

		if (!open[0][q] && !open[1][q])
			continue;
		if (both && *size)
			size = bpr_i_doc_fill(doc, N_("{1} {2}, {3} {4}"), d->w->sides[0].label, size,
					      d->w->sides[1].label, said(doc, q, open[1][q]));
		else if (!both)
			size = said(doc, q, open[0][q] + open[1][q]);
		row(d, false, both ? text : named(d, &d->w->sides[open[1][q] > 0], text), size, questions[q].remedy);
	}
}

static void unknown_load(struct doubts *d, const struct bpr_sided *side)
{
	const struct bpr_visit_source *s = &side->source;

	for (size_t i = 0;
	     !s->simulation && s->queueing && bpr_queueing_known(s->queueing) && i < bpr_flow_pool_count(s->flow);
	     i++) {
		const struct bpr_queue_pool *p = &bpr_queueing_pools(s->queueing)[i];

		if (p->known && !p->stable)
			row(d, false,
			    named(d, side,
				  bpr_i_doc_fill(d->w->doc,
						 N_("The queue of '{1}' grows without end: no wait can be given"),
						 bpr_flow_pool(s->flow, i)->name, NULL, NULL, NULL)),
			    bpr_i_doc_fill(d->w->doc, N_("{1} people at least"),
					   bpr_i_say_count(d->w->doc, (double)p->people_needed), NULL, NULL, NULL),
			    N_("Check people and cases in the input, or add people"));
	}
}

static void unknown_sampled(struct doubts *d, const struct bpr_sided *side)
{
	struct bpr_document *doc = d->w->doc;

	for (size_t i = 0; side->source.analysis && i < BPR_METRIC_COUNT; i++) {
		const struct bpr_figure *f = bpr_analysis_figure(side->source.analysis, (enum bpr_metric)i);

		if (f->method != BPR_METHOD_SIMULATED)
			continue;
		row(d, false,
		    named(d, side,
			  bpr_i_doc_fill(doc, N_("{1} is sampled"),
					 bpr_i_doc_text(doc, bpr_metric_get((enum bpr_metric)i)->label), NULL, NULL,
					 NULL)),
		    bpr_i_doc_fill(doc, N_("{1} to {2}"), bpr_i_say_metric(doc, (enum bpr_metric)i, f->ci95_low, false),
				   bpr_i_say_metric(doc, (enum bpr_metric)i, f->ci95_high, false), NULL, NULL),
		    N_("More samples narrow it: --samples"));
	}
}

static void unknown_whole(struct doubts *d)
{
	struct bpr_document *doc = d->w->doc;
	bool formula = false;

	for (size_t i = 0; i < d->w->count; i++)
		formula = formula || d->w->sides[i].visit.basis == BPR_VISIT_FORMULA;
	if (!(d->w->pages->cases > 0))
		row(d, false, bpr_i_doc_text(doc, N_("How many cases come")),
		    bpr_i_doc_text(doc, N_("nothing for a year")),
		    N_("Write 'per_year' or 'per_day' into NAME.demand.csv"));
	if (formula)
		row(d, false, bpr_i_doc_text(doc, N_("Waiting is computed by a formula")),
		    bpr_i_doc_text(doc, N_("approximate")),
		    N_("Simulate it: that tells the spread and the interval, too"));
	if (d->w->count == 2)
		row(d, false, bpr_i_doc_text(doc, N_("Figures of the after are a forecast")),
		    bpr_i_doc_text(doc, N_("not measured")),
		    N_("Try it, measure again, and make this report again with what was measured"));
}

/* ---- the table ---- */

void bpr_i_waiting_doubts(const struct bpr_waiting *w)
{
	struct bpr_document *doc = w->doc;
	struct doubts d = { w, NULL, 0 };

	bpr_i_doc_heading(doc, 2,
			  bpr_i_doc_text(doc, w->count == 2 ? N_("What gets worse, what is not known yet")
							    : N_("What is not known yet")));
	if (w->count == 2) {
		worse_figures(&d);
		worse_simulated(&d);
		worse_units(&d);
		worse_steps(&d);
		worse_load(&d);
	}
	unknown_input(&d);
	for (size_t i = 0; i < w->count; i++) {
		unknown_load(&d, &w->sides[i]);
		unknown_sampled(&d, &w->sides[i]);
	}
	unknown_whole(&d);
	if (w->count == 2 && !d.worse)
		bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("No figure, no unit and no step gets worse.")));
	if (!d.table)
		bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("Nothing that the figures rest on is missing.")));
}
