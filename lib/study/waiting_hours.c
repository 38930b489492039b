/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long one waits who asks for somebody at which hour of the day, all pools together, as simulated. */
#include "config.h"
#include "study/waiting_i.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <math.h>

enum { HOURS = 24 };
#define FEW 0.002    /* share of a day that no hour is shown for, unless cases come in it */
#define NOTICED 0.05 /* minutes of wait that anybody would notice */

struct day {
	struct bpr_hour_sum hour[HOURS];
	size_t first, end;
	double most;
	size_t worst;
};

static void read_day(const struct bpr_sided *side, struct day *out)
{
	const struct bpr_subject s = { .flow = side->source.flow, .simulation = side->source.simulation };

	double all = 0;

	*out = (struct day){ .first = HOURS };
	for (size_t p = 0; p < bpr_flow_pool_count(s.flow); p++) {
		struct bpr_hour_sum hour[HOURS];

		bpr_i_hours_of_day(&s, BPR_HOURS_POOL, p, hour);
		for (size_t h = 0; h < HOURS; h++) {
			out->hour[h].arrivals = hour[h].arrivals;
			out->hour[h].wait += hour[h].waits > 0 ? hour[h].waits * hour[h].wait : 0;
			out->hour[h].waits += hour[h].waits;
		}
	}
	for (size_t h = 0; h < HOURS; h++)
		all += out->hour[h].waits;
	for (size_t h = 0; h < HOURS; h++) {
		if (!(out->hour[h].waits > FEW * all) && !(out->hour[h].arrivals > 0))
			continue;
		out->hour[h].wait /= out->hour[h].waits > 0 ? out->hour[h].waits : 1;
		out->first = out->first < h ? out->first : h;
		out->end = h + 1;
		if (out->hour[h].waits > FEW * all && out->hour[h].wait > out->most) {
			out->most = out->hour[h].wait;
			out->worst = h;
		}
	}
}

static const char *span(const struct bpr_waiting *w, size_t hour)
{
	return bpr_i_doc_fill(w->doc, N_("{1} to {2}"), bpr_i_say_clock(w->doc, 60. * (double)hour),
			      bpr_i_say_clock(w->doc, 60. * (double)(hour + 1)), NULL, NULL);
}

static const double *values_of(const struct bpr_waiting *w, const struct day *day, size_t first, size_t count,
			       double minutes)
{
	double *values = bpr_i_arena_alloc(&w->doc->arena, count + 1, sizeof(*values));

	w->doc->failed = w->doc->failed || !values;
	for (size_t i = 0; values && i < count; i++)
		values[i] = day->hour[first + i].waits > 0 ? day->hour[first + i].wait / minutes : 0;
	return values;
}

static void worst(const struct bpr_waiting *w, const struct bpr_sided *side, const struct day *day, struct bpr_buf *buf)
{
	static const char *const texts[] = {
		[BPR_SIDE_BEFORE] = N_("Now who comes from {1} waits longest, {2} on average."),
		[BPR_SIDE_AFTER] = N_("After the reform who comes from {1} waits longest, {2} on average."),
		[BPR_SIDE_ONLY] = N_("Who comes from {1} waits longest, {2} on average.")
	};

	if (day->most >= NOTICED)
		bpr_i_say_on(w->doc, buf,
			     bpr_i_doc_fill(w->doc, texts[side->side], span(w, day->worst),
					    bpr_i_say_minutes(w->doc, day->most), NULL, NULL));
}

static const char *described(const struct bpr_waiting *w, const struct day days[2])
{
	struct bpr_buf buf = BPR_BUF_INIT;

	for (size_t i = 0; i < w->count; i++)
		worst(w, &w->sides[i], &days[i], &buf);
	return bpr_i_doc_keep(w->doc, &buf);
}

void bpr_i_waiting_hours(const struct bpr_waiting *w)
{
	struct day days[2];
	struct bpr_series *series = bpr_i_arena_alloc(&w->doc->arena, 2, sizeof(*series));
	struct bpr_doc_figure figure = {
		.kind = BPR_FIGURE_HOURS, .id = "hours", .series = series, .series_count = w->count
	};
	size_t first = HOURS, end = 0;
	struct bpr_scale scale;
	double most = 0, *edges;

	if (!w->simulated || !series) {
		w->doc->failed = w->doc->failed || !series;
		return;
	}
	for (size_t i = 0; i < w->count; i++) {
		read_day(&w->sides[i], &days[i]);
		first = days[i].first < first ? days[i].first : first;
		end = days[i].end > end ? days[i].end : end;
		most = fmax(most, days[i].most);
	}
	if (end < first + 2 || !(most >= NOTICED))
		return;
	scale = bpr_i_scale(w->doc, most);
	edges = bpr_i_arena_alloc(&w->doc->arena, HOURS + 1, sizeof(*edges));
	w->doc->failed = w->doc->failed || !edges;
	for (size_t h = first; edges && h <= end; h++)
		edges[h - first] = 60. * (double)h;
	for (size_t i = 0; i < w->count; i++)
		series[i] = (struct bpr_series){ .side = w->sides[i].side,
						 .label = w->sides[i].label,
						 .values = values_of(w, &days[i], first, end - first, scale.minutes) };
	figure.edges = edges;
	figure.bin_count = end - first;
	figure.title = bpr_i_doc_text(w->doc, N_("Waiting through the day"));
	figure.description = described(w, days);
	figure.unit = scale.name;
	figure.across = bpr_i_doc_text(w->doc, N_("hour in which one joins the queue"));
	figure.upward = bpr_i_doc_fill(w->doc, N_("mean wait for one step ({1})"), scale.name, NULL, NULL, NULL);
	bpr_i_doc_heading(w->doc, 2, figure.title);
	if (!w->doc->failed)
		bpr_i_doc_figure(w->doc, &figure);
	bpr_i_doc_reading(
		w->doc,
		bpr_i_doc_fill(w->doc,
			       N_("How to read it: the higher, the longer one waits who comes at that hour. {1}"),
			       figure.description, NULL, NULL, NULL));
}
