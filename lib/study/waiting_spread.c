/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many wait how long: the whole distribution where it was simulated, means by formula else, or what is missing for either. */
#include "config.h"
#include "study/simulation_i.h"
#include "study/waiting_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { MOST_BINS = 24, MOST_MARKS = 2, MOST_ROWS = 12 };

/* ---- bins ---- */

/* Round widths, minutes. */
static double width_of(double range)
{
	static const double widths[] = { 1. / 12, 1. / 6, .25, .5,  1,   2,    5,    10,   15,   30,
					 60,      120,    240, 480, 720, 1440, 2880, 7200, 14400 };
	double width = widths[0];

	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]) && range > MOST_BINS * width; i++)
		width = widths[i];
	while (range > MOST_BINS * width)
		width *= 2;
	return width;
}

static const struct bpr_sim_figure *figure_of(const struct bpr_sided *side, size_t key)
{
	return bpr_simulation_figure(side->source.simulation, key);
}

/* Waiting where anybody waits, else how long it takes. */
static size_t key_of(const struct bpr_waiting *w)
{
	for (size_t i = 0; i < w->count; i++)
		if (figure_of(&w->sides[i], BPR_SIM_WAIT)->known && figure_of(&w->sides[i], BPR_SIM_WAIT)->p99 > 0)
			return BPR_SIM_WAIT;
	return BPR_SIM_CYCLE;
}

static const double *edges_of(const struct bpr_waiting *w, size_t key, struct bpr_scale *scale, size_t *bins)
{
	double most = 0, width, *edges;

	for (size_t i = 0; i < w->count; i++)
		most = fmax(most, figure_of(&w->sides[i], key)->p99);
	if (!(most > 0) || !isfinite(most))
		return NULL;
	width = width_of(most);
	*scale = bpr_i_scale(w->doc, width < 0.5 ? width : most);
	*bins = (size_t)ceil(most / width) + 1;
	edges = bpr_i_arena_alloc(&w->doc->arena, *bins + 1, sizeof(*edges));
	for (size_t i = 0; edges && i <= *bins; i++)
		edges[i] = (double)i * width / scale->minutes;
	w->doc->failed = w->doc->failed || !edges;
	return edges;
}

/* ---- series ---- */

static const char *mark_label(const struct bpr_waiting *w, const struct bpr_sided *side, const char *text,
			      const char *both, size_t key, double x)
{
	const char *said = bpr_i_say_sim(w->doc, key, x);

	return side->side == BPR_SIDE_ONLY ? bpr_i_doc_fill(w->doc, text, said, NULL, NULL, NULL)
					   : bpr_i_doc_fill(w->doc, both, side->label, said, NULL, NULL);
}

static void fill_series(const struct bpr_waiting *w, const struct bpr_sided *side, size_t key, const double *edges,
			size_t bins, struct bpr_scale scale, struct bpr_series *out)
{
	const struct bpr_sim_figure *f = figure_of(side, key);
	double *values = bpr_i_arena_alloc(&w->doc->arena, bins, sizeof(*values)), below = 0;
	struct bpr_mark *marks = bpr_i_arena_alloc(&w->doc->arena, MOST_MARKS, sizeof(*marks));

	*out = (struct bpr_series){
		.side = side->side, .label = side->label, .values = values, .marks = marks, .mark_count = MOST_MARKS
	};
	if (!values || !marks) {
		w->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < bins; i++) {
		double within = i + 1 < bins ? bpr_simulation_share_within(side->source.simulation, key,
									   edges[i + 1] * scale.minutes)
					     : 1;

		values[i] = fmax(0, within - below);
		below = fmax(below, within);
	}
	marks[0] = (struct bpr_mark){ f->p50 / scale.minutes,
				      mark_label(w, side, N_("median {1}"), N_("{1}: median {2}"), key, f->p50),
				      side->side };
	out->mark_count -= !(f->p90 > 0); /* beside a median of 0 it says nothing */
	marks[1] = (struct bpr_mark){ f->p90 / scale.minutes,
				      w->citizens ? mark_label(w, side, N_("1 visitor in 10 longer: {1}"),
							       N_("{1}: 1 visitor in 10 longer: {2}"), key, f->p90)
						  : mark_label(w, side, N_("1 case in 10 longer: {1}"),
							       N_("{1}: 1 case in 10 longer: {2}"), key, f->p90),
				      side->side };
}

/* ---- words ---- */

static const char *basis(const struct bpr_waiting *w)
{
	const bpr_simulation *sim = w->sides[0].source.simulation;
	struct bpr_buf seed = BPR_BUF_INIT;

	bpr_i_buf_printf(&seed, "%llu", w->pages->options->seed);
	return bpr_i_doc_fill(w->doc, N_("Simulated: {1} working days, {2} times, seed {3}"),
			      bpr_i_say_count(w->doc, nearbyint(bpr_simulation_days(sim))),
			      bpr_i_say_count(w->doc, (double)bpr_simulation_replications(sim)),
			      bpr_i_doc_keep(w->doc, &seed), NULL);
}

static void reading(const struct bpr_waiting *w, size_t key)
{
	const struct bpr_sim_figure *a = figure_of(&w->sides[0], key), *b = figure_of(&w->sides[w->count - 1], key);
	bool wait = key == BPR_SIM_WAIT;
	struct bpr_said_pair p90 = bpr_i_say_minutes_pair(w->doc, a->p90, b->p90);
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *text;

	bpr_i_say_on(w->doc, &buf,
		     bpr_i_doc_text(w->doc,
				    !wait ? N_("How to read it: the higher a bar, the more cases take that long.")
				    : w->citizens
					    ? N_("How to read it: the higher a bar, the more visitors wait that long.")
					    : N_("How to read it: the higher a bar, the more cases wait that long.")));
	if (!(a->p90 > 0) && !(b->p90 > 0))
		text = w->citizens ? N_("9 visitors in 10 do not wait at all.")
				   : N_("9 cases in 10 do not wait at all.");
	else if (w->count == 1)
		text = !wait         ? N_("1 case in 10 takes longer than {1}.")
		       : w->citizens ? N_("1 visitor in 10 waits longer than {1}.")
				     : N_("1 case in 10 waits longer than {1}.");
	else
		text = !wait ? N_("Now 1 case in 10 takes longer than {1}, after the reform longer than {2}.")
		       : w->citizens
			       ? N_("Now 1 visitor in 10 waits longer than {1}, after the reform longer than {2}.")
			       : N_("Now 1 case in 10 waits longer than {1}, after the reform longer than {2}.");
	bpr_i_say_on(w->doc, &buf, bpr_i_doc_fill(w->doc, text, p90.before, p90.after, NULL, NULL));
	bpr_i_doc_reading(w->doc, bpr_i_doc_keep(w->doc, &buf));
}

static const char *described(const struct bpr_waiting *w, size_t key)
{
	const char *items[2] = { "", "" };

	for (size_t i = 0; i < w->count; i++) {
		const struct bpr_sim_figure *f = figure_of(&w->sides[i], key);

		items[i] = bpr_i_doc_fill(w->doc, N_("mean {1}, half at most {2}, 9 in 10 at most {3}"),
					  bpr_i_say_sim(w->doc, key, f->mean), bpr_i_say_sim(w->doc, key, f->p50),
					  bpr_i_say_sim(w->doc, key, f->p90), NULL);
		if (w->count == 2)
			items[i] = bpr_i_doc_fill(w->doc, N_("{1}: {2}"), w->sides[i].label, items[i], NULL, NULL);
	}
	return w->count == 2 ? bpr_i_doc_fill(w->doc, N_("{1}. {2}."), items[0], items[1], NULL, NULL) : items[0];
}

static void simulated(const struct bpr_waiting *w)
{
	size_t key = key_of(w), bins = 0;
	struct bpr_scale scale = { 1, "" };
	const double *edges = edges_of(w, key, &scale, &bins);
	struct bpr_series *series = bpr_i_arena_alloc(&w->doc->arena, 2, sizeof(*series));
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_HISTOGRAM,
					 .id = "spread",
					 .series = series,
					 .series_count = w->count,
					 .edges = edges,
					 .open = true,
					 .note = basis(w) };
	bool wait = key == BPR_SIM_WAIT;

	if (!edges || !series) {
		w->doc->failed = w->doc->failed || !series;
		bpr_i_doc_paragraph(w->doc, bpr_i_doc_text(w->doc, N_("Simulated, nobody waits and no time passes.")));
		return;
	}
	figure.bin_count = bins;
	for (size_t i = 0; i < w->count; i++)
		fill_series(w, &w->sides[i], key, edges, bins, scale, &series[i]);
	figure.title = bpr_i_doc_text(w->doc,
				      wait ? N_("Shares by waiting time") : N_("Shares by the time a case takes"));
	figure.description = described(w, key);
	figure.unit = scale.name;
	figure.across = bpr_i_doc_fill(w->doc,
				       wait ? w->citizens ? N_("waiting in one visit, all queues together ({1})")
							  : N_("waiting of a case, all queues together ({1})")
					    : N_("from arrival to end of a case ({1})"),
				       scale.name, NULL, NULL, NULL);
	figure.upward = bpr_i_doc_text(w->doc, w->citizens ? N_("share of visitors") : N_("share of cases"));
	bpr_i_doc_figure(w->doc, &figure);
	reading(w, key);
}

/* ---- by formula ---- */

static bool by_formula(const struct bpr_sided *side)
{
	return side->source.queueing && bpr_queueing_known(side->source.queueing);
}

static size_t formula_bars(const struct bpr_waiting *w, const struct bpr_sided *side, struct bpr_bar *bars)
{
	size_t count = 0;

	for (size_t p = 0; by_formula(side) && p < bpr_flow_pool_count(side->source.flow) && count < MOST_ROWS; p++) {
		const struct bpr_queue_pool *pool = &bpr_queueing_pools(side->source.queueing)[p];

		if (!pool->known || !pool->stable || !isfinite(pool->wait))
			continue;
		bars[count++] = (struct bpr_bar){ .side = side->side,
						  .label = bpr_flow_pool(side->source.flow, p)->name,
						  .said = bpr_i_say_minutes(w->doc, pool->wait),
						  .value = pool->wait };
	}
	return count;
}

static void formula(const struct bpr_waiting *w)
{
	struct bpr_bar *bars = bpr_i_arena_alloc(&w->doc->arena, 2 * (size_t)MOST_ROWS, sizeof(*bars));
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_BARS, .id = "waits", .bars = bars };

	if (!bars) {
		w->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < w->count; i++)
		figure.bar_count += formula_bars(w, &w->sides[i], &bars[figure.bar_count]);
	if (!figure.bar_count)
		return;
	for (size_t i = 0; i < w->count && w->count == 2; i++)
		figure.captions[i] = w->sides[i].label;
	figure.title = bpr_i_doc_text(w->doc, N_("Mean wait for the people of each pool"));
	figure.description = figure.title;
	figure.unit = bpr_i_doc_text(w->doc, N_("min"));
	figure.note = bpr_i_doc_text(w->doc, N_("By formula, for an ordinary week: the mean wait for one step."));
	bpr_i_doc_figure(w->doc, &figure);
	bpr_i_doc_reading(
		w->doc,
		bpr_i_doc_text(
			w->doc,
			N_("How to read it: the longer a bar, the longer one waits for these people on average. How the waits spread, a simulation tells.")));
}

/* ---- what is missing ---- */

size_t bpr_i_waiting_lacks(struct bpr_document *doc, const bpr_flow *flow, const char *out[4])
{
	const struct bpr_demand *d = bpr_flow_demand(flow);
	bool people = false;
	size_t count = 0, silent = 0;

	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++)
		people = people || bpr_flow_pool(flow, i)->count > 0;
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		silent += bpr_node_is_step(n) && n->kind == BPR_NODE_TASK && n->actor == BPR_ACTOR_STAFF && !n->work;
	}
	if (!d->per_day_given && !d->per_year_given && !d->arrivals && !d->time_count && !d->windows.rule_count)
		out[count++] = bpr_i_doc_text(doc,
					      N_("how many cases come: 'per_day' (or 'per_year') in NAME.demand.csv"));
	if (!people)
		out[count++] = bpr_i_doc_text(
			doc,
			N_("how many people work there: a row for each pool in NAME.staff.csv, and the pool of each step in the column 'staff'"));
	if (!d->open.rule_count)
		out[count++] = bpr_i_doc_text(
			doc, N_("when the office is open: 'open' in NAME.demand.csv, for example 8:30-17:15"));
	if (silent)
		out[count++] = bpr_i_say_plural(doc, (double)silent,
						N_("how long {1} step of staff takes: the column 'work'"),
						N_("how long {1} steps of staff take: the column 'work'"));
	return count;
}

/* A file's name on a command line: in quotes where a shell would take it apart. */
static void add_file(struct bpr_buf *buf, const char *name)
{
	bool plain = *name && *name != '-';

	for (const char *c = name; *c; c++)
		plain = plain && ((unsigned char)*c >= 0x80 ||
				  strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+,:", *c));
	bpr_i_buf_puts(buf, plain ? " " : " '");
	for (const char *c = name; *c; c++)
		bpr_i_buf_puts(buf, *c == '\'' ? "'\\''" : (const char[]){ *c, '\0' });
	bpr_i_buf_puts(buf, plain ? "" : "'");
}

static void how_to_simulate(const struct bpr_waiting *w)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_buf_puts(&buf, w->count == 2 ? "bpr compare --simulate" : "bpr simulate");
	for (size_t i = 0; i < w->count; i++)
		add_file(&buf, bpr_flow_source(w->sides[i].source.flow));
	bpr_i_buf_puts(&buf, " -o report.html");
	bpr_i_doc_command(w->doc, bpr_i_doc_keep(w->doc, &buf));
}

static bool same(const char *const a[], size_t a_count, const char *const b[], size_t b_count)
{
	bool alike = a_count == b_count;

	for (size_t i = 0; alike && i < a_count; i++)
		alike = !strcmp(a[i], b[i]);
	return alike;
}

static void missing(const struct bpr_waiting *w)
{
	const char *lacks[4], *others[4];
	bool any = false, alike = w->count == 1;

	if (w->count == 2)
		alike = same(lacks, bpr_i_waiting_lacks(w->doc, w->sides[0].source.flow, lacks), others,
			     bpr_i_waiting_lacks(w->doc, w->sides[1].source.flow, others));
	for (size_t i = 0; i < (alike ? 1 : w->count); i++) {
		const struct bpr_sided *side = &w->sides[i];
		size_t count = bpr_i_waiting_lacks(w->doc, side->source.flow, lacks);

		if (count)
			bpr_i_doc_paragraph(
				w->doc,
				alike ? bpr_i_doc_text(
						w->doc,
						N_("How long one waits in queues cannot be told; this is missing:"))
				      : bpr_i_doc_fill(
						w->doc,
						N_("{1}: how long one waits in queues cannot be told; this is missing:"),
						side->label, NULL, NULL, NULL));
		for (size_t k = 0; k < count; k++)
			bpr_i_doc_item(w->doc, 1, BPR_DOC_PLAIN, lacks[k]);
		any = any || count;
	}
	bpr_i_doc_note(w->doc, bpr_i_doc_text(w->doc, any ? N_("With that, a simulation tells how many wait how long:")
							  : N_("How many wait how long, a simulation tells:")));
	how_to_simulate(w);
}

/* ---- counts ---- */

/* A distribution of a count that was asked for. */
static void count_figure(const struct bpr_waiting *w, const struct bpr_distribution *d, const char *id)
{
	size_t shown = d->count < 40 ? d->count : 40;
	double *values = bpr_i_arena_alloc(&w->doc->arena, shown + 2, sizeof(*values)),
	       *edges = bpr_i_arena_alloc(&w->doc->arena, shown + 2, sizeof(*edges));
	struct bpr_series *series = bpr_i_arena_alloc(&w->doc->arena, 1, sizeof(*series));
	struct bpr_doc_figure figure = {
		.kind = BPR_FIGURE_HISTOGRAM, .id = id, .series = series, .series_count = 1, .edges = edges
	};
	double listed = 0;

	if (!values || !edges || !series) {
		w->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < shown; i++) {
		values[i] = d->prob[i];
		listed += values[i];
	}
	figure.open = d->tail > 0 || shown < d->count;
	figure.bin_count = shown;
	if (figure.open)
		values[figure.bin_count++] = fmax(0, 1 - listed);
	for (size_t i = 0; i <= figure.bin_count; i++)
		edges[i] = (double)(d->first + i);
	*series = (struct bpr_series){ .side = BPR_SIDE_ONLY, .label = "", .values = values };
	figure.title = bpr_i_doc_text(w->doc, bpr_metric_get(d->metric)->label);
	figure.description = bpr_i_doc_fill(w->doc, N_("Shares of cases by '{1}'."), figure.title, NULL, NULL, NULL);
	figure.unit = bpr_i_doc_text(w->doc, bpr_metric_get(d->metric)->unit);
	figure.across = bpr_i_doc_fill(w->doc, N_("{1} ({2})"), figure.title, figure.unit, NULL, NULL);
	figure.upward = bpr_i_doc_text(w->doc, N_("share of cases"));
	figure.note = d->method == BPR_METHOD_EXACT ? bpr_i_doc_text(w->doc, N_("Exact"))
						    : bpr_i_doc_text(w->doc, N_("Sampled"));
	bpr_i_doc_figure(w->doc, &figure);
}

static void counts(const struct bpr_waiting *w)
{
	static const char *const ids[] = { "count-1", "count-2", "count-3", "count-4", "count-5", "count-6" };
	const struct bpr_study_options *o = w->pages->options;

	if (!o->distribution_count)
		return;
	bpr_i_doc_heading(w->doc, 2, bpr_i_doc_text(w->doc, N_("How cases differ")));
	for (size_t i = 0; i < o->distribution_count && i < sizeof(ids) / sizeof(ids[0]); i++)
		count_figure(w, &o->distributions[i], ids[i]);
}

void bpr_i_waiting_spread(const struct bpr_waiting *w)
{
	bpr_i_doc_heading_aside(w->doc,
				bpr_i_doc_text(w->doc, w->simulated ? N_("How waiting times spread")
								    : N_("How long one waits in queues")),
				w->simulated ? bpr_i_doc_text(w->doc, N_("what a mean does not show")) : NULL);
	if (w->simulated) {
		simulated(w);
	} else {
		formula(w);
		missing(w);
	}
	counts(w);
}
