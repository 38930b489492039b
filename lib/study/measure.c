/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measures of a pair, each a row of one table; see measure_i.h. */
#include "config.h"
#include "study/measure_i.h"
#include "study/ribbon_i.h"
#include "study/trial_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

/* weight: how much people ask for it, 1 most. */
static const struct row { enum bpr_metric metric; const char *label, *unit; double weight; } rows[BPR_MEASURE_COUNT] = {
	[BPR_MEASURE_VISITS] = { BPR_METRIC_COUNTER_VISITS, N_("Visits to counters"), N_("times"), 1 },
	[BPR_MEASURE_TRIPS] = { BPR_METRIC_TRIPS, N_("Trips to the office"), N_("times"), 0.9 },
	[BPR_MEASURE_FORMS] = { BPR_METRIC_FORMS_WRITTEN, N_("Forms to fill in"), N_("forms"), 0.8 },
	[BPR_MEASURE_WRITTEN] = { BPR_METRIC_FIELDS_WRITTEN, N_("Fields to write by hand"), N_("fields"), 0.95 },
	[BPR_MEASURE_WAIT] = { BPR_METRIC_COUNT, N_("Waiting in queues"), "", 0.9 },
	[BPR_MEASURE_STAY] = { BPR_METRIC_CITIZEN_MINUTES, N_("Citizen's time, without queues"), "", 0.95 },
	[BPR_MEASURE_LEAD] = { BPR_METRIC_LEAD_MINUTES, N_("Time from start to end"), "", 0.6 },
	[BPR_MEASURE_WORK] = { BPR_METRIC_WORK_MINUTES, N_("Staff work for one case"), "", 0.85 },
	[BPR_MEASURE_REWORK] = { BPR_METRIC_REVISITS, N_("Steps done again"), N_("times"), 0.45 },
	[BPR_MEASURE_INCOMPLETE] = { BPR_METRIC_INCOMPLETE, N_("Ends with something missed"), "", 0.6 },
	[BPR_MEASURE_HANDOFFS] = { BPR_METRIC_HANDOFFS, N_("Handoffs between units"), N_("times"), 0.45 },
	[BPR_MEASURE_ID_CHECKS] = { BPR_METRIC_ID_CHECKS, N_("Identity checks"), N_("times"), 0.5 },
	[BPR_MEASURE_COPIES] = { BPR_METRIC_COPIES, N_("Items copied by hand"), N_("items"), 0.55 },
	[BPR_MEASURE_SEALS] = { BPR_METRIC_SEALS, N_("Seals"), N_("seals"), 0.4 },
	[BPR_MEASURE_COST] = { BPR_METRIC_COST_YEN, N_("Cost of one case"), "", 0.5 },
	[BPR_MEASURE_ANALOGUE] = { BPR_METRIC_ANALOGUE_STEPS, N_("Steps under analogue rules"), N_("steps"), 0.3 },
};

static bool is_same(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

/* ---- words ---- */

const char *bpr_i_say_lower(struct bpr_document *doc, const char *text)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	if (!(text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z'))
		return text;
	bpr_i_buf_putc(&buf, (char)(text[0] - 'A' + 'a'));
	bpr_i_buf_puts(&buf, text + 1);
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_say_short(struct bpr_document *doc, double x)
{
	double a = fabs(x);

	if (a >= 0.95 && a < 100)
		x = round(x * 10) / 10;
	else if (a >= 0.01 && a < 0.95)
		x = round(x * 100) / 100;
	else if (a >= 100)
		x = round(x);
	return bpr_i_say_count(doc, x);
}

/* Two counts beside each other: what differs looks different. */
static struct bpr_said_pair short_pair(struct bpr_document *doc, double before, double after)
{
	struct bpr_said_pair said = { bpr_i_say_short(doc, before), bpr_i_say_short(doc, after) };

	if (!is_same(before, after) && !strcmp(said.before, said.after))
		return (struct bpr_said_pair){ bpr_i_say_count(doc, before), bpr_i_say_count(doc, after) };
	return said;
}

/* Minutes as a bare number while that is how one says them, else with their units inside. */
static void say_minutes(struct bpr_document *doc, struct bpr_measure *m)
{
	struct bpr_said_pair said;
	double least = fmin(m->before > 0 ? m->before : m->after, m->after > 0 ? m->after : m->before);

	if (fmax(m->before, m->after) < 300 && least >= 0.95) {
		said = short_pair(doc, m->before, m->after);
		m->unit = bpr_i_doc_text(doc, N_("min"));
	} else if (least >= 30 && fmax(m->before, m->after) < 7200) {
		said = short_pair(doc, m->before / 60, m->after / 60);
		m->unit = bpr_i_doc_text(doc, N_("h"));
	} else if (least >= 720) {
		said = short_pair(doc, m->before / 1440, m->after / 1440);
		m->unit = bpr_i_doc_text(doc, N_("days"));
	} else {
		said = bpr_i_say_minutes_pair(doc, m->before, m->after);
		m->unit = "";
	}
	m->said_before = said.before;
	m->said_after = said.after;
}

static void say_figures(struct bpr_document *doc, struct bpr_measure *m, const char *unit)
{
	struct bpr_said_pair said = short_pair(doc, m->before, m->after);

	switch (m->quantity) {
	case BPR_QUANTITY_MINUTES:
		say_minutes(doc, m);
		return;
	case BPR_QUANTITY_YEN:
	case BPR_QUANTITY_PROB:
		said = bpr_i_say_metric_pair(doc, rows[m->kind].metric, m->before, m->after);
		break;
	case BPR_QUANTITY_COUNT:
		break;
	}
	m->said_before = said.before;
	m->said_after = said.after;
	m->unit = *unit && doc->lang == BPR_LANG_JA ? bpr_i_doc_text(doc, unit) : ""; /* English labels say what is counted */
}

/* A number and its unit as the language sets them. */
static const char *with_unit(struct bpr_document *doc, const char *number, const char *unit)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	if (!*unit)
		return number;
	bpr_i_buf_puts(&buf, number);
	if (doc->lang != BPR_LANG_JA)
		bpr_i_buf_putc(&buf, ' ');
	bpr_i_buf_puts(&buf, unit);
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_measure_said(struct bpr_document *doc, const struct bpr_measure *measure, bool after)
{
	return with_unit(doc, after ? measure->said_after : measure->said_before, measure->unit);
}

const char *bpr_i_measure_from_to(struct bpr_document *doc, const struct bpr_measure *measure)
{
	const char *before = doc->lang == BPR_LANG_JA ? bpr_i_measure_said(doc, measure, false) : measure->said_before;

	/* TRANSLATORS: two figures, before and after */
	return bpr_i_doc_fill(doc, N_("from {1} to {2}"), before, bpr_i_measure_said(doc, measure, true), NULL, NULL);
}

const char *bpr_i_measure_change(struct bpr_document *doc, const struct bpr_measure *measure)
{
	double change = measure->after - measure->before, pct = measure->before > 0 ? 100 * change / measure->before : 0;
	struct bpr_words how = { doc->lang, true, false };
	struct bpr_buf buf = BPR_BUF_INIT;

	if (is_same(measure->before, measure->after))
		return bpr_i_doc_text(doc, N_("unchanged"));
	if (measure->quantity == BPR_QUANTITY_PROB)
		bpr_i_words_prob(&buf, how, change);
	else if (measure->quantity != BPR_QUANTITY_COUNT && measure->before > 0)
		bpr_i_words_percent(&buf, how, fabs(pct) >= 10 ? round(pct) : pct);
	else if (measure->quantity == BPR_QUANTITY_MINUTES)
		bpr_i_words_minutes(&buf, how, change);
	else if (measure->quantity == BPR_QUANTITY_YEN)
		bpr_i_words_yen(&buf, how, change);
	else
		bpr_i_words_count(&buf, how, fabs(change) >= 0.95 && fabs(change) < 100 ? round(change * 10) / 10 : change);
	return bpr_i_doc_keep(doc, &buf);
}

/* ---- where each comes from ---- */

static bool from_kpi(struct bpr_pages *p, struct bpr_measure *m, enum bpr_metric metric)
{
	const struct bpr_kpi *k = bpr_comparison_kpi(p->subject->comparison, metric);

	if (k->method == BPR_METHOD_NONE)
		return false;
	m->quantity = bpr_metric_get(metric)->quantity;
	m->before = k->before;
	m->after = k->after;
	m->better = k->better;
	return true;
}

static bool from_simulation(struct bpr_pages *p, struct bpr_measure *m, size_t key)
{
	const struct bpr_sim_difference *d = bpr_comparison_difference(p->subject->comparison, key);
	const struct bpr_sim_figure *sides[2];

	if (!bpr_i_trial_known(p->subject) || !d || !d->known)
		return false;
	sides[0] = bpr_simulation_figure(p->subject->simulation, key);
	sides[1] = bpr_simulation_figure(p->subject->after_simulation, key);
	m->simulated = true;
	m->quantity = BPR_QUANTITY_MINUTES;
	m->before = d->before;
	m->after = d->after;
	m->better = d->better;
	m->band_before_known = sides[0]->ci_known;
	m->band_after_known = sides[1]->ci_known;
	if (m->band_before_known)
		memcpy(m->band_before, (double[2]){ fmax(0, sides[0]->ci95_low), sides[0]->ci95_high }, sizeof(m->band_before));
	if (m->band_after_known)
		memcpy(m->band_after, (double[2]){ fmax(0, sides[1]->ci95_low), sides[1]->ci95_high }, sizeof(m->band_after));
	return true;
}

static bool from_formula(struct bpr_pages *p, struct bpr_measure *m)
{
	const bpr_queueing *q[2] = { p->subject->queueing, p->subject->after_queueing };
	enum bpr_queue_method methods[2];

	for (size_t i = 0; i < 2; i++)
		if (!q[i] || !bpr_queueing_known(q[i]))
			return false;
	m->before = bpr_queueing_wait(q[0], &methods[0]);
	m->after = bpr_queueing_wait(q[1], &methods[1]);
	if (methods[0] == BPR_QUEUE_NONE || methods[1] == BPR_QUEUE_NONE)
		return false;
	m->formula = true;
	m->quantity = BPR_QUANTITY_MINUTES;
	if (!is_same(m->before, m->after))
		m->better = m->after < m->before ? 1 : -1;
	return true;
}

/* The citizen is in the building from the arrival to the end: comes once to counters, and no step sends anybody away. */
static bool is_visit(const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_node_result *nodes = bpr_analysis_nodes(analysis);

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (bpr_flow_node(flow, i)->away && nodes[i].reach > 0)
			return false;
	return bpr_analysis_figure(analysis, BPR_METRIC_COUNTER_VISITS)->mean > 0;
}

static bool are_visits(const struct bpr_pages *p)
{
	return is_visit(p->subject->flow, p->subject->analysis) && is_visit(p->subject->after_flow, p->subject->after_analysis);
}

/* Groups of fields that are written most, before or after, together while they go together. */
static bool from_groups(struct bpr_pages *p, struct bpr_measure *m)
{
	struct bpr_pairs pairs;
	const struct bpr_pair *top = NULL;
	const char *names = NULL;

	if (p->doc->failed || !bpr_i_pairs(&p->doc->arena, p->subject, BPR_PAIRS_GROUPS, &pairs)) {
		p->doc->failed = true;
		return false;
	}
	for (size_t i = 0; i < pairs.count; i++) {
		const struct bpr_pair *pair = &pairs.items[i];

		if (!bpr_i_name_is_rest(pair->name) && *pair->name && (!top || fmax(pair->before, pair->after) > fmax(top->before, top->after)))
			top = pair;
	}
	if (!top || !(top->before > 0 || top->after > 0))
		return false;
	for (size_t i = 0, joined = 0; i < pairs.count && joined < 2; i++)
		if (!bpr_i_name_is_rest(pairs.items[i].name) && is_same(pairs.items[i].before, top->before) && is_same(pairs.items[i].after, top->after)) {
			/* TRANSLATORS: names of things written equally often: 氏名・住所 */
			names = joined++ ? bpr_i_doc_fill(p->doc, N_("{1} and {2}"), names, pairs.items[i].name, NULL, NULL) : pairs.items[i].name;
		}
	m->quantity = BPR_QUANTITY_COUNT;
	m->before = top->before;
	m->after = top->after;
	m->better = is_same(m->before, m->after) ? 0 : m->after < m->before ? 1 : -1;
	m->label = bpr_i_doc_fill(p->doc, N_("Writing '{1}'"), names, NULL, NULL, NULL);
	return true;
}

/* Each of these fills the figures and, where they are not the row's own, label and unit. False: not known, or nothing special. */

static bool take_visits(struct bpr_pages *p, struct bpr_measure *m, const char **unit)
{
	const struct bpr_kpi *distinct = bpr_comparison_kpi(p->subject->comparison, BPR_METRIC_DISTINCT_COUNTERS);

	if (!from_kpi(p, m, BPR_METRIC_COUNTER_VISITS))
		return false;
	if (distinct->method != BPR_METHOD_NONE && is_same(distinct->before, m->before) && is_same(distinct->after, m->after)) {
		m->label = bpr_i_doc_text(p->doc, N_("Counters to visit"));
		*unit = N_("counters");
	}
	return true;
}

static bool take_written(struct bpr_pages *p, struct bpr_measure *m, const char **unit)
{
	if (!from_groups(p, m))
		return from_kpi(p, m, BPR_METRIC_FIELDS_WRITTEN);
	*unit = N_("times");
	return true;
}

static bool take_wait(struct bpr_pages *p, struct bpr_measure *m, const char **unit)
{
	(void)unit;
	if (from_simulation(p, m, BPR_SIM_WAIT))
		m->label = bpr_i_doc_text(p->doc, N_("Waiting in queues (mean)"));
	else if (from_formula(p, m))
		m->label = bpr_i_doc_text(p->doc, N_("Waiting in queues (by formula)"));
	else
		return false;
	return true;
}

static bool take_stay(struct bpr_pages *p, struct bpr_measure *m, const char **unit)
{
	(void)unit;
	if (!are_visits(p) || !from_simulation(p, m, BPR_SIM_CYCLE))
		return from_kpi(p, m, BPR_METRIC_CITIZEN_MINUTES);
	m->label = bpr_i_doc_text(p->doc, bpr_i_walks(p) ? N_("Time in the building, without walking (mean)") : N_("Time in the building (mean)"));
	return true;
}

static bool take_lead(struct bpr_pages *p, struct bpr_measure *m, const char **unit)
{
	(void)unit;
	if (!from_simulation(p, m, BPR_SIM_CYCLE))
		return from_kpi(p, m, BPR_METRIC_LEAD_MINUTES);
	if (are_visits(p)) /* that is the time in the building */
		return false;
	m->label = bpr_i_doc_text(p->doc, N_("Time from arrival to end (mean)"));
	return true;
}

static bool take(struct bpr_pages *p, struct bpr_measure *m, const char **unit)
{
	static bool (*const special[BPR_MEASURE_COUNT])(struct bpr_pages *, struct bpr_measure *, const char **) = {
		[BPR_MEASURE_VISITS] = take_visits, [BPR_MEASURE_WRITTEN] = take_written, [BPR_MEASURE_WAIT] = take_wait,
		[BPR_MEASURE_STAY] = take_stay, [BPR_MEASURE_LEAD] = take_lead,
	};

	return special[m->kind] ? special[m->kind](p, m, unit) : from_kpi(p, m, rows[m->kind].metric);
}

/* Of seconds nobody speaks. */
static double score_of(const struct bpr_measure *m, double weight)
{
	double most = fmax(m->before, m->after);

	if (!(most > 0) || (m->quantity == BPR_QUANTITY_MINUTES && most < 1))
		return 0;
	return weight * fabs(m->after - m->before) / most;
}

size_t bpr_i_measures(struct bpr_pages *pages, struct bpr_measure out[BPR_MEASURE_COUNT])
{
	const struct bpr_kpi *visits = bpr_comparison_kpi(pages->subject->comparison, BPR_METRIC_COUNTER_VISITS);
	bool inside = !(visits->before > 0 || visits->after > 0); /* a flow that citizens never see is about time and handoffs */
	size_t count = 0;

	for (size_t i = 0; i < BPR_MEASURE_COUNT; i++) {
		struct bpr_measure m = { .kind = (enum bpr_measure_kind)i, .label = bpr_i_doc_text(pages->doc, rows[i].label) };
		const char *unit = rows[i].unit;

		if (!take(pages, &m, &unit) || !(m.before > 0 || m.after > 0) || !isfinite(m.before) || !isfinite(m.after))
			continue;
		m.in_sentence = bpr_i_say_lower(pages->doc, m.label);
		say_figures(pages->doc, &m, unit);
		m.score = score_of(&m, inside && (i == BPR_MEASURE_LEAD || i == BPR_MEASURE_HANDOFFS) ? 1 : rows[i].weight);
		out[count++] = m;
	}
	return count;
}

const struct bpr_measure *bpr_i_measure_find(const struct bpr_measure measures[], size_t count, enum bpr_measure_kind kind)
{
	for (size_t i = 0; i < count; i++)
		if (measures[i].kind == kind)
			return &measures[i];
	return NULL;
}
