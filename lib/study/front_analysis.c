/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page of an analysis: what one case asks of the citizen and of the staff, and what a year makes of it. */
#include "config.h"
#include "study/analysis_i.h"
#include "study/comparison_i.h"
#include "study/front_i.h"
#include "study/measure_i.h"
#include "base/text_i.h"
#include <math.h>

static double mean(const struct bpr_front *f, enum bpr_metric metric)
{
	const struct bpr_figure *figure = bpr_analysis_figure(f->subject->analysis, metric);

	return figure->method == BPR_METHOD_NONE ? 0 : figure->mean;
}

/* "3.4 times", 3.4回. */
static const char *times(const struct bpr_front *f, enum bpr_metric metric)
{
	return bpr_i_say_plural(f->doc, nearbyint(10 * mean(f, metric)) / 10, N_("once"), N_("{1} times"));
}

static const char *items(const struct bpr_front *f)
{
	return bpr_i_say_plural(f->doc, nearbyint(10 * mean(f, BPR_METRIC_FIELDS_WRITTEN)) / 10, N_("1 item"), N_("{1} items"));
}

static const char *work(const struct bpr_front *f)
{
	return bpr_i_say_minutes(f->doc, mean(f, BPR_METRIC_WORK_MINUTES));
}

/* ---- the sentences ---- */

static void say_case(const struct bpr_front *f)
{
	double visits = mean(f, BPR_METRIC_COUNTER_VISITS), written = mean(f, BPR_METRIC_FIELDS_WRITTEN);
	bool staff = mean(f, BPR_METRIC_WORK_MINUTES) > 0;

	if (visits > 0 && written > 0)
		bpr_i_front_say(f, N_("In one case the citizen goes to a counter {1} and writes {2} by hand."), times(f, BPR_METRIC_COUNTER_VISITS), items(f),
				NULL, NULL);
	else if (visits > 0)
		bpr_i_front_say(f, N_("In one case the citizen goes to a counter {1}; there is nothing to write."), times(f, BPR_METRIC_COUNTER_VISITS), NULL,
				NULL, NULL);
	else if (written > 0)
		bpr_i_front_say(f, N_("In one case {1} are written by hand; nobody comes to a counter."), items(f), NULL, NULL, NULL);
	else if (mean(f, BPR_METRIC_HANDOFFS) > 0)
		bpr_i_front_say(f, N_("One case takes {1} and is handed over {2} between units."),
				bpr_i_say_plural(f->doc, nearbyint(10 * mean(f, BPR_METRIC_STEPS)) / 10, N_("1 step"), N_("{1} steps")),
				times(f, BPR_METRIC_HANDOFFS), NULL, NULL);
	else
		bpr_i_front_say(f, N_("One case takes {1}."),
				bpr_i_say_plural(f->doc, nearbyint(10 * mean(f, BPR_METRIC_STEPS)) / 10, N_("1 step"), N_("{1} steps")), NULL, NULL, NULL);
	if (staff && f->cases > 0)
		bpr_i_front_say(f, N_("Staff work {1} on it, which with {2} cases a year makes {3}."), work(f),
				bpr_i_say_metric(f->doc, BPR_METRIC_INCOMPLETE, f->cases, true),
				bpr_i_say_year_minutes(f->doc, mean(f, BPR_METRIC_WORK_MINUTES) * f->cases), NULL);
	else if (staff)
		bpr_i_front_say(f, N_("Staff work {1} on it."), work(f), NULL, NULL, NULL);
}

/* Who or what the next trouble comes from: a pool without time to spare, else what is written again. */
static void say_trouble(const struct bpr_front *f)
{
	const struct bpr_pool_result *pools = bpr_analysis_pools(f->subject->analysis);
	double again = mean(f, BPR_METRIC_REPEATED_FIELDS);
	size_t busiest = BPR_NONE;

	for (size_t i = 0; i < bpr_flow_pool_count(f->flow); i++)
		if (pools[i].utilisation_known && (busiest == BPR_NONE || pools[i].utilisation > pools[busiest].utilisation))
			busiest = i;
	if (busiest != BPR_NONE && pools[busiest].utilisation > 1)
		bpr_i_front_say(f, N_("{1} cannot keep up: the work is {2} of the hours."), bpr_flow_pool(f->flow, busiest)->name,
				bpr_i_say_prob(f->doc, pools[busiest].utilisation), NULL, NULL);
	else if (busiest != BPR_NONE && pools[busiest].utilisation > 0.85)
		bpr_i_front_say(f, N_("{1} is busy {2} of the hours, where queues grow quickly."), bpr_flow_pool(f->flow, busiest)->name,
				bpr_i_say_prob(f->doc, pools[busiest].utilisation), NULL, NULL);
	else if (again > 0.05 * mean(f, BPR_METRIC_FIELDS_WRITTEN) && again > 0.5)
		bpr_i_front_say(f, N_("Of what is written, {1} ask for what was written before."),
				bpr_i_say_plural(f->doc, nearbyint(10 * again) / 10, N_("1 item"), N_("{1} items")), NULL, NULL, NULL);
}

/* ---- tiles ---- */

/* A number and its unit by themselves: in English the label says what is counted. */
static void tile_of(const struct bpr_front *f, struct bpr_front_tiles *tiles, enum bpr_metric metric, const char *unit)
{
	const char *beside = NULL;
	double x = mean(f, metric);

	if (!(x > 0) || tiles->count == BPR_FRONT_TILES)
		return;
	if (metric == BPR_METRIC_FIELDS_WRITTEN && mean(f, BPR_METRIC_REPEATED_FIELDS) > 0)
		beside = bpr_i_doc_fill(f->doc, N_("{1} of them again"), bpr_i_say_short(f->doc, mean(f, BPR_METRIC_REPEATED_FIELDS)), NULL, NULL, NULL);
	if (bpr_metric_get(metric)->quantity == BPR_QUANTITY_MINUTES && x >= 1 && x < 300)
		bpr_i_front_tile(tiles, bpr_i_doc_text(f->doc, bpr_metric_get(metric)->label), bpr_i_say_short(f->doc, x), bpr_i_doc_text(f->doc, N_("min")),
				 beside);
	else if (bpr_metric_get(metric)->quantity == BPR_QUANTITY_COUNT)
		bpr_i_front_tile(tiles, bpr_i_doc_text(f->doc, bpr_metric_get(metric)->label), bpr_i_say_short(f->doc, x),
				 f->doc->lang == BPR_LANG_JA ? bpr_i_doc_text(f->doc, unit) : "", beside);
	else
		bpr_i_front_tile(tiles, bpr_i_doc_text(f->doc, bpr_metric_get(metric)->label), bpr_i_say_metric(f->doc, metric, x, false), "", beside);
}

static void tiles(const struct bpr_front *f)
{
	struct bpr_front_tiles t = { .count = 0 };
	double year = mean(f, BPR_METRIC_WORK_MINUTES) * f->cases, yen = mean(f, BPR_METRIC_COST_YEN) * f->cases;
	bool has_year = year > 0;

	tile_of(f, &t, BPR_METRIC_COUNTER_VISITS, N_("times"));
	tile_of(f, &t, BPR_METRIC_FIELDS_WRITTEN, N_("items"));
	if (t.count < 2)
		tile_of(f, &t, BPR_METRIC_HANDOFFS, N_("times"));
	if (!t.count)
		tile_of(f, &t, BPR_METRIC_STEPS, N_("steps"));
	tile_of(f, &t, mean(f, BPR_METRIC_COUNTER_VISITS) > 0 ? BPR_METRIC_CITIZEN_MINUTES : BPR_METRIC_LEAD_MINUTES, N_("min"));
	if (!has_year)
		tile_of(f, &t, BPR_METRIC_WORK_MINUTES, N_("min"));
	else
		bpr_i_front_tile(&t, bpr_i_doc_text(f->doc, N_("Staff time of a year")), bpr_i_say_count(f->doc, nearbyint(year / 60)),
				 bpr_i_doc_text(f->doc, N_("hours a year")), yen > 0 ? bpr_i_say_year_yen(f->doc, yen) : NULL);
	if (t.count)
		bpr_i_doc_tiles(f->doc, t.items, t.count);
}

/* ---- where it sticks ---- */

static void bottlenecks(const struct bpr_front *f)
{
	enum { EACH = 1 };
	const struct study study = { f->doc, f->flow, f->subject->analysis, f->pages->options, f->cases, f->subject->queueing };
	size_t count;
	const struct bpr_bottleneck *list = f->doc->failed ? NULL : bpr_i_study_bottlenecks(&f->doc->arena, f->subject, &count);
	bool any = false;

	if (!list) {
		f->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (list[i].rank > EACH || !bpr_i_study_sticks(&list[i]))
			continue;
		if (!any)
			bpr_i_doc_heading_aside(f->doc, bpr_i_doc_text(f->doc, N_("Where it takes time or gets stuck")),
						bpr_i_doc_text(f->doc, N_("seen in several ways: who is busy, where one waits, what would be faster, what every case needs")));
		any = true;
		bpr_i_doc_item(f->doc, 1, list[i].lens == BPR_LENS_UTILISATION && list[i].value > 0.85 ? BPR_DOC_WORSE : BPR_DOC_PLAIN,
			       bpr_i_study_bottleneck(&study, &list[i]));
	}
}

static void missing(const struct bpr_front *f)
{
	if (bpr_i_untimed(f->flow))
		bpr_i_doc_note(f->doc, bpr_i_doc_text(f->doc, N_("What is missing: no step says how long it takes (column 'work'), so nothing is said of time.")));
	if (!(f->cases > 0))
		bpr_i_doc_note(f->doc, bpr_i_doc_text(f->doc, N_("What is missing: the number of cases. With it (--set demand.per_year=N) the figures of a year are told too.")));
}

void bpr_i_front_analysis(struct bpr_front *f)
{
	say_case(f);
	say_trouble(f);
	tiles(f);
	missing(f);
	bpr_i_front_work(f);
	bpr_i_front_writing(f);
	bottlenecks(f);
	bpr_i_front_smells(f);
}
