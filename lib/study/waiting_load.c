/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How busy the people of each pool are, and the step before which one waits longest. */
#include "config.h"
#include "study/simulation_i.h"
#include "study/waiting_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdlib.h>

enum { MOST_BARS = 12 };

bool bpr_i_waiting_busy(const struct bpr_visit_source *source, size_t pool, double *busy)
{
	bool known = false;

	*busy = 0;
	if (source->simulation && bpr_simulation_pools(source->simulation)[pool].utilisation.known) {
		*busy = bpr_simulation_pools(source->simulation)[pool].utilisation.mean;
		known = true;
	} else if (source->queueing && bpr_queueing_known(source->queueing) &&
		   bpr_queueing_pools(source->queueing)[pool].known) {
		*busy = bpr_queueing_pools(source->queueing)[pool].utilisation;
		known = true;
	} else if (source->analysis && bpr_analysis_pools(source->analysis)[pool].utilisation_known) {
		*busy = bpr_analysis_pools(source->analysis)[pool].utilisation;
		known = true;
	}
	return known && isfinite(*busy) && bpr_flow_pool(source->flow, pool)->count > 0;
}

/* ---- bars ---- */

struct load {
	size_t pool;
	double busy;
};

static int busiest_first(const void *x, const void *y)
{
	const struct load *a = x, *b = y;

	if (a->busy > b->busy || a->busy < b->busy)
		return a->busy > b->busy ? -1 : 1;
	return (a->pool > b->pool) - (a->pool < b->pool);
}

struct loads {
	struct load *items;
	size_t count;
};

static struct loads loads_of(const struct bpr_waiting *w, const struct bpr_sided *side)
{
	size_t pools = bpr_flow_pool_count(side->source.flow);
	struct loads out = { bpr_i_arena_alloc(&w->doc->arena, pools + 1, sizeof(*out.items)), 0 };
	double busy;

	w->doc->failed = w->doc->failed || !out.items;
	for (size_t i = 0; out.items && i < pools; i++)
		if (bpr_i_waiting_busy(&side->source, i, &busy))
			out.items[out.count++] = (struct load){ i, busy };
	if (out.count)
		qsort(out.items, out.count, sizeof(*out.items), busiest_first);
	return out;
}

static void add_bars(const struct bpr_waiting *w, const struct bpr_sided *side, const struct loads *loads,
		     struct bpr_doc_figure *figure, struct bpr_bar *bars)
{
	for (size_t i = 0; i < loads->count && i < MOST_BARS; i++) {
		const struct bpr_pool *pool = bpr_flow_pool(side->source.flow, loads->items[i].pool);

		bars[figure->bar_count++] = (struct bpr_bar){
			.side = side->side,
			.value = loads->items[i].busy,
			.label = bpr_i_doc_fill(w->doc,
						pool->count == 1 ? N_("{1} (1 person)") : N_("{1} ({2} people)"),
						pool->name, bpr_i_say_count(w->doc, (double)pool->count), NULL, NULL),
			.said = bpr_i_say_prob(w->doc, loads->items[i].busy),
			.tone = loads->items[i].busy > BPR_WAITING_ZONE ? BPR_DOC_WORSE : BPR_DOC_PLAIN
		};
	}
}

static const char *described(const struct bpr_waiting *w, const struct bpr_doc_figure *figure)
{
	const char **items = bpr_i_arena_alloc(&w->doc->arena, figure->bar_count + 1, sizeof(*items));

	if (!items) {
		w->doc->failed = true;
		return "";
	}
	for (size_t i = 0; i < figure->bar_count; i++) {
		const struct bpr_bar *b = &figure->bars[i];

		items[i] = b->side == BPR_SIDE_ONLY
				   ? bpr_i_doc_fill(w->doc, N_("{1}: {2}"), b->label, b->said, NULL, NULL)
				   : bpr_i_doc_fill(w->doc, N_("{1}, {2}: {3}"),
						    w->sides[b->side == BPR_SIDE_AFTER].label, b->label, b->said, NULL);
	}
	return bpr_i_say_list(w->doc, items, figure->bar_count);
}

/* ---- words ---- */

/* Names of the pools in the zone. */
static const char *critical(const struct bpr_waiting *w, const struct bpr_sided *side, const struct loads *loads)
{
	const char *names[MOST_BARS];
	size_t count = 0;

	for (size_t i = 0; i < loads->count && count < MOST_BARS; i++)
		if (loads->items[i].busy > BPR_WAITING_ZONE)
			names[count++] = bpr_i_doc_fill(w->doc, N_("'{1}' ({2})"),
							bpr_flow_pool(side->source.flow, loads->items[i].pool)->name,
							bpr_i_say_prob(w->doc, loads->items[i].busy), NULL, NULL);
	return count ? bpr_i_say_list(w->doc, names, count) : NULL;
}

static void say_side(const struct bpr_waiting *w, const struct bpr_sided *side, const struct loads *loads,
		     struct bpr_buf *buf)
{
	static const char *const in[] = { [BPR_SIDE_BEFORE] = N_("In that range now: {1}."),
					  [BPR_SIDE_AFTER] = N_("In that range after the reform: {1}."),
					  [BPR_SIDE_ONLY] = N_("In that range: {1}.") };
	static const char *const below[] = {
		[BPR_SIDE_BEFORE] = N_("Now all are below that range; the busiest is '{1}' ({2})."),
		[BPR_SIDE_AFTER] = N_("After the reform all are below that range; the busiest is '{1}' ({2})."),
		[BPR_SIDE_ONLY] = N_("All are below that range; the busiest is '{1}' ({2}).")
	};
	const char *names = critical(w, side, loads);

	if (names)
		bpr_i_say_on(w->doc, buf, bpr_i_doc_fill(w->doc, in[side->side], names, NULL, NULL, NULL));
	else if (loads->count)
		bpr_i_say_on(w->doc, buf,
			     bpr_i_doc_fill(w->doc, below[side->side],
					    bpr_flow_pool(side->source.flow, loads->items[0].pool)->name,
					    bpr_i_say_prob(w->doc, loads->items[0].busy), NULL, NULL));
}

struct peak {
	size_t pool, hour;
	double busy;
};

/* The busiest hour of the day of any pool, as simulated. */
static struct peak simulated_peak(const struct bpr_sided *side)
{
	const struct bpr_subject subject = { .flow = side->source.flow, .simulation = side->source.simulation };
	struct peak best = { BPR_NONE, 0, 0 };

	for (size_t i = 0; i < bpr_flow_pool_count(side->source.flow); i++) {
		struct bpr_hour_sum hour[24];

		if (!bpr_flow_pool(side->source.flow, i)->count)
			continue;
		bpr_i_hours_of_day(&subject, BPR_HOURS_POOL, i, hour);
		for (size_t h = 0; h < 24; h++)
			if (hour[h].on_duty > 0 && hour[h].busy / hour[h].on_duty > best.busy)
				best = (struct peak){ i, h, hour[h].busy / hour[h].on_duty };
	}
	return best;
}

/* The same by formula, for an ordinary week. */
static struct peak formula_peak(const struct bpr_sided *side)
{
	const bpr_queueing *q = side->source.queueing;
	struct peak best = { BPR_NONE, 0, 0 };

	for (size_t i = 0; q && bpr_queueing_known(q) && i < bpr_flow_pool_count(side->source.flow); i++) {
		const struct bpr_queue_pool *p = &bpr_queueing_pools(q)[i];

		if (p->known && p->stable && p->peak_utilisation > 1.05 * p->utilisation &&
		    p->peak_utilisation > best.busy)
			best = (struct peak){ i, 0, p->peak_utilisation };
	}
	return best;
}

/* The mean hides the busiest hour. */
static void say_peak(const struct bpr_waiting *w, const struct bpr_sided *side, struct bpr_buf *buf)
{
	static const char *const formula[] = {
		[BPR_SIDE_BEFORE] = N_("Now '{1}' reaches {2} in its busiest hour, by formula."),
		[BPR_SIDE_AFTER] = N_("After the reform '{1}' reaches {2} in its busiest hour, by formula."),
		[BPR_SIDE_ONLY] = N_("'{1}' reaches {2} in its busiest hour, by formula.")
	};
	static const char *const simulated[] = { [BPR_SIDE_BEFORE] = N_("Now '{1}' reaches {2} from {3}."),
						 [BPR_SIDE_AFTER] = N_("After the reform '{1}' reaches {2} from {3}."),
						 [BPR_SIDE_ONLY] = N_("'{1}' reaches {2} from {3}.") };
	struct peak peak = side->source.simulation ? simulated_peak(side) : formula_peak(side);
	const char *name, *busy;

	if (peak.pool == BPR_NONE || !(peak.busy > BPR_WAITING_ZONE))
		return;
	name = bpr_flow_pool(side->source.flow, peak.pool)->name;
	busy = bpr_i_say_prob(w->doc, peak.busy);
	bpr_i_say_on(w->doc, buf,
		     side->source.simulation
			     ? bpr_i_doc_fill(w->doc, simulated[side->side], name, busy,
					      bpr_i_doc_fill(w->doc, N_("{1} to {2}"),
							     bpr_i_say_clock(w->doc, 60. * (double)peak.hour),
							     bpr_i_say_clock(w->doc, 60. * (double)(peak.hour + 1)),
							     NULL, NULL),
					      NULL)
			     : bpr_i_doc_fill(w->doc, formula[side->side], name, busy, NULL, NULL));
}

static const char *source_text(const struct bpr_waiting *w)
{
	const struct bpr_visit_source *s = &w->sides[0].source;

	if (w->simulated)
		return N_("Share of the hours on duty that work takes, simulated.");
	return s->queueing && bpr_queueing_known(s->queueing)
		       ? N_("Share of the hours on duty that work takes in an ordinary week, computed.")
		       : N_("Share of the opening hours that work takes, computed.");
}

/* Minutes of a case that are waited before a node; process waits where nothing is known of queues. */
static double waited_at(const struct bpr_visit_source *s, size_t node)
{
	if (s->simulation) {
		const struct bpr_sim_node *n = &bpr_simulation_nodes(s->simulation)[node];

		return n->wait.known && n->visits.known ? n->wait.mean * n->visits.mean : 0;
	}
	if (s->queueing && bpr_queueing_known(s->queueing))
		return bpr_queueing_nodes(s->queueing)[node].known ? bpr_queueing_nodes(s->queueing)[node].wait_per_case
								   : 0;
	return s->analysis ? bpr_analysis_nodes(s->analysis)[node].visits *
				     bpr_dist_mean(bpr_flow_node(s->flow, node)->wait)
			   : 0;
}

static bool knows_queues(const struct bpr_visit_source *s)
{
	return s->simulation || (s->queueing && bpr_queueing_known(s->queueing));
}

/* The step before which one waits longest, and its share of all waiting. */
static void bottleneck(const struct bpr_waiting *w, const struct bpr_sided *side)
{
	static const char *const texts[][2] = {
		[BPR_SIDE_BEFORE] = { N_("Now the longest wait is before '{1}': {2} a case, {3} of all waiting."),
				      N_("Now the longest queue is before '{1}': {2} a case, {3} of all waiting in queues.") },
		[BPR_SIDE_AFTER] = { N_("After the reform the longest wait is before '{1}': {2} a case, {3} of all waiting."),
				     N_("After the reform the longest queue is before '{1}': {2} a case, {3} of all waiting in queues.") },
		[BPR_SIDE_ONLY] = { N_("The longest wait is before '{1}': {2} a case, {3} of all waiting."),
				    N_("The longest queue is before '{1}': {2} a case, {3} of all waiting in queues.") }
	};
	double sum = 0, most = 0;
	size_t best = BPR_NONE;

	for (size_t i = 0; i < bpr_flow_node_count(side->source.flow); i++) {
		double minutes = waited_at(&side->source, i);

		if (!(minutes > 0) || !isfinite(minutes))
			continue;
		sum += minutes;
		if (minutes > most) {
			most = minutes;
			best = i;
		}
	}
	if (best != BPR_NONE && most >= 0.05)
		bpr_i_doc_paragraph(w->doc, bpr_i_doc_fill(w->doc, texts[side->side][knows_queues(&side->source)],
							   bpr_i_say_step(w->doc, side->source.flow, best),
							   bpr_i_say_minutes(w->doc, most),
							   bpr_i_say_prob(w->doc, most / sum), NULL));
}

/* What is missing was told above. */
static void missing(const struct bpr_waiting *w)
{
	const char *lacks[4];
	size_t count = 0;

	for (size_t i = 0; i < w->count; i++)
		count += bpr_i_waiting_lacks(w->doc, w->sides[i].source.flow, lacks);
	if (count)
		bpr_i_doc_note(
			w->doc,
			bpr_i_doc_text(w->doc,
				       N_("How busy people are cannot be told either without what is missing above.")));
}

void bpr_i_waiting_load(const struct bpr_waiting *w)
{
	struct bpr_bar *bars = bpr_i_arena_alloc(&w->doc->arena, 2 * (size_t)MOST_BARS, sizeof(*bars));
	struct bpr_doc_figure figure = {
		.kind = BPR_FIGURE_LOAD, .id = "load", .bars = bars, .zone = BPR_WAITING_ZONE
	};
	struct loads loads[2] = { { NULL, 0 }, { NULL, 0 } };
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t left_out = 0;

	bpr_i_doc_heading(w->doc, 2, bpr_i_doc_text(w->doc, N_("Where it gets stuck")));
	for (size_t i = 0; i < w->count; i++)
		bottleneck(w, &w->sides[i]);
	for (size_t i = 0; bars && i < w->count; i++) {
		loads[i] = loads_of(w, &w->sides[i]);
		add_bars(w, &w->sides[i], &loads[i], &figure, bars);
		figure.captions[i] = w->count == 2 ? w->sides[i].label : NULL;
	}
	w->doc->failed = w->doc->failed || !bars;
	if (!figure.bar_count) {
		missing(w);
		return;
	}
	figure.zone_label = bpr_i_doc_text(w->doc, N_("queues grow fast"));
	figure.title = bpr_i_doc_text(w->doc, N_("How busy the people of each pool are"));
	figure.description = described(w, &figure);
	figure.note = bpr_i_doc_text(w->doc, source_text(w));
	bpr_i_doc_figure(w->doc, &figure);
	bpr_i_say_on(
		w->doc, &buf,
		bpr_i_doc_text(
			w->doc,
			N_("How to read it: above 85% a small delay makes the queue grow fast (waiting grows like 1 / (1 - load), Kingman's formula: at 95% it is about three times as long as at 85%).")));
	for (size_t i = 0; i < w->count; i++) {
		say_side(w, &w->sides[i], &loads[i], &buf);
		say_peak(w, &w->sides[i], &buf);
	}
	bpr_i_doc_reading(w->doc, bpr_i_doc_keep(w->doc, &buf));
	for (size_t i = 0; i < w->count; i++)
		left_out += loads[i].count > MOST_BARS ? loads[i].count - MOST_BARS : 0;
	bpr_i_study_more(w->doc, left_out);
}
