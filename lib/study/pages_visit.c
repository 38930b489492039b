/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the visit: from door to door, the flows with their heat, the way between the counters. */
#include "config.h"
#include "study/ribbon_i.h"
#include "base/text_i.h"
#include <math.h>

/* ---- flows ---- */

/* How many ways lead back, a case. */
static double sent_back(struct bpr_document *doc, const struct bpr_sided *side)
{
	struct bpr_visit_order order;
	const double *arcs = side->source.analysis ? bpr_analysis_arcs(side->source.analysis) : NULL;
	double sum = 0;

	if (doc->failed || !bpr_i_visit_order(&doc->arena, side->source.flow, &order)) {
		doc->failed = true;
		return 0;
	}
	for (size_t i = 0; arcs && i < bpr_flow_arc_count(side->source.flow); i++)
		if (order.back[i])
			sum += arcs[i];
	return sum;
}

static const char *figure_said(struct bpr_document *doc, const struct bpr_sided *side, enum bpr_metric metric)
{
	const struct bpr_figure *f = side->source.analysis ? bpr_analysis_figure(side->source.analysis, metric) : NULL;

	return f && f->method != BPR_METHOD_NONE ? bpr_i_say_length(doc, f->mean) : NULL;
}

/* "counters 6 · forms 8 · written 11 · sent back 0.09 times", what there is of it. */
static const char *aside_of(struct bpr_document *doc, const struct bpr_sided *side)
{
	static const struct {
		enum bpr_metric metric;
		const char *text;
	} told[] = { { BPR_METRIC_COUNTER_VISITS, N_("counter visits {1}") },
		     { BPR_METRIC_FORMS_WRITTEN, N_("forms {1}") },
		     { BPR_METRIC_FIELDS_WRITTEN, N_("fields written {1}") },
		     { BPR_METRIC_HANDOFFS, N_("handoffs {1}") } };
	double back = sent_back(doc, side);
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t count = 0;

	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		const char *said = figure_said(doc, side, told[i].metric);

		if (!said || bpr_analysis_figure(side->source.analysis, told[i].metric)->mean <= 0 ||
		    (told[i].metric == BPR_METRIC_HANDOFFS && side->visit.citizens))
			continue;
		bpr_i_buf_puts(&buf, count++ ? bpr_i_doc_text(doc, N_(" · ")) : "");
		bpr_i_buf_puts(&buf, bpr_i_doc_fill(doc, told[i].text, said, NULL, NULL, NULL));
	}
	if (back >= 0.0005) {
		bpr_i_buf_puts(&buf, count++ ? bpr_i_doc_text(doc, N_(" · ")) : "");
		bpr_i_buf_puts(&buf, bpr_i_doc_fill(doc, N_("sent back {1} times"), bpr_i_say_count(doc, back), NULL,
						    NULL, NULL));
	}
	return bpr_i_doc_keep(doc, &buf);
}

/* Waiting where any is known, else work, else how often. */
static enum bpr_heat heat_of(const struct bpr_sided *sides, size_t count)
{
	enum bpr_heat heat = BPR_HEAT_VISITS;

	for (size_t i = 0; i < count; i++) {
		const struct bpr_visit *v = &sides[i].visit;

		if (v->of_time[BPR_VISIT_OF_PROCESS] + v->of_time[BPR_VISIT_OF_QUEUE] > 0)
			return BPR_HEAT_WAIT;
		if (v->of_time[BPR_VISIT_OF_WORK] > 0)
			heat = BPR_HEAT_WORK;
	}
	return heat;
}

static void flow_figure(struct bpr_pages *pages, const struct bpr_sided *side, const struct bpr_sided *other,
			enum bpr_heat heat)
{
	static const char *const ids[] = {
		[BPR_SIDE_BEFORE] = "flow-before", [BPR_SIDE_AFTER] = "flow-after", [BPR_SIDE_ONLY] = "flow"
	};
	static const char *const titles[] = { [BPR_SIDE_BEFORE] = N_("The flow now"),
					      [BPR_SIDE_AFTER] = N_("The flow after the reform"),
					      [BPR_SIDE_ONLY] = N_("The flow") };
	struct bpr_document *doc = pages->doc;
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_FLOW,
					 .id = ids[side->side],
					 .side = side->side,
					 .flow = side->source.flow,
					 .analysis = side->source.analysis,
					 .heat = side->source.analysis ? heat : BPR_HEAT_NONE,
					 .other = other ? other->source.flow : NULL,
					 .comparison = other ? pages->subject->comparison : NULL };
	const char *aside = aside_of(doc, side);

	figure.title = bpr_i_doc_text(doc, titles[side->side]);
	figure.description = bpr_i_doc_fill(doc, N_("Swimlanes of '{1}', from left to right. {2}"),
					    bpr_i_say_flow(doc, side->source.flow), aside, NULL, NULL);
	if (figure.heat != BPR_HEAT_NONE)
		figure.heat_values = bpr_i_study_heat(&doc->arena, heat, side->source.flow, side->source.analysis,
						      side->source.queueing, side->source.simulation);
	if (figure.heat_values) { /* the same classes on both sides */
		const double *others = other && other->source.analysis
					       ? bpr_i_study_heat(&doc->arena, heat, other->source.flow,
								  other->source.analysis, other->source.queueing,
								  other->source.simulation)
					       : NULL;

		bpr_i_study_heat_limits(heat, figure.heat_values, bpr_flow_node_count(figure.flow), others,
					others ? bpr_flow_node_count(other->source.flow) : 0, figure.heat_limits);
	}
	doc->failed = doc->failed || (figure.heat != BPR_HEAT_NONE && !figure.heat_values);
	bpr_i_doc_heading_aside(doc, figure.title, *aside ? aside : NULL);
	if (!doc->failed)
		bpr_i_doc_figure(doc, &figure);
}

/* The step with most of the heat while anybody is in the building. */
static size_t hottest(struct bpr_document *doc, const struct bpr_sided *side, enum bpr_heat heat, double *value)
{
	const double *values = side->source.analysis && !doc->failed
				       ? bpr_i_study_heat(&doc->arena, heat, side->source.flow, side->source.analysis,
							  side->source.queueing, side->source.simulation)
				       : NULL;
	size_t best = BPR_NONE;

	*value = 0;
	for (size_t i = 0; values && i < bpr_flow_node_count(side->source.flow); i++)
		if (bpr_node_is_step(bpr_flow_node(side->source.flow, i)) &&
		    !bpr_flow_node(side->source.flow, i)->away && isfinite(values[i]) && values[i] > *value) {
			*value = values[i];
			best = i;
		}
	return best;
}

static void flow_reading(struct bpr_pages *pages, const struct bpr_sided *sides, size_t count, enum bpr_heat heat)
{
	static const char *const meanings[BPR_HEAT_COUNT] = {
		[BPR_HEAT_VISITS] = N_(
			"How to read it: each band is a unit. The darker a box, the more often a case gets there."),
		[BPR_HEAT_WAIT] = N_(
			"How to read it: each band is a unit. The darker a box, the longer one waits before it."),
		[BPR_HEAT_WORK] = N_(
			"How to read it: each band is a unit. The darker a box, the more work is done there.")
	};
	struct bpr_document *doc = pages->doc;
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_say_on(doc, &buf, bpr_i_doc_text(doc, meanings[heat]));
	for (size_t i = 0; i < count && heat != BPR_HEAT_VISITS; i++) {
		static const char *const most[3][2] = {
			[BPR_SIDE_BEFORE] = { N_("Now one waits longest before '{1}' ({2})."),
					      N_("Now most work is in '{1}' ({2}).") },
			[BPR_SIDE_AFTER] = { N_("After the reform one waits longest before '{1}' ({2})."),
					     N_("After the reform most work is in '{1}' ({2}).") },
			[BPR_SIDE_ONLY] = { N_("One waits longest before '{1}' ({2})."),
					    N_("Most work is in '{1}' ({2}).") }
		};
		double value;
		size_t node = hottest(doc, &sides[i], heat, &value);

		if (node == BPR_NONE)
			continue;
		bpr_i_say_on(doc, &buf,
			     bpr_i_doc_fill(doc, most[sides[i].side][heat == BPR_HEAT_WORK],
					    bpr_i_say_step(doc, sides[i].source.flow, node),
					    bpr_i_say_minutes(doc, value), NULL, NULL));
	}
	bpr_i_doc_reading(doc, bpr_i_doc_keep(doc, &buf));
}

/* ---- page ---- */

void bpr_i_page_visit(struct bpr_pages *pages)
{
	struct bpr_document *doc = pages->doc;
	struct bpr_sided sides[2];
	size_t count = bpr_i_sides(pages, sides);
	enum bpr_heat heat;
	bool citizens = false;

	for (size_t i = 0; i < count; i++)
		citizens = citizens || sides[i].visit.citizens;
	bpr_i_doc_page(doc, "visit",
		       bpr_i_doc_text(doc, citizens ? N_("The visit and the flow") : N_("Time and the flow")));
	if (!count)
		return;
	bpr_i_ribbon(pages, sides, count);
	heat = heat_of(sides, count);
	for (size_t i = 0; i < count; i++)
		flow_figure(pages, &sides[i], count == 2 ? &sides[1 - i] : NULL, heat);
	flow_reading(pages, sides, count, heat);
	for (size_t i = 0; i < count; i++)
		bpr_i_way(pages, &sides[i]);
}
