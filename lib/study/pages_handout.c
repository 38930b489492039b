/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page that can be given out alone: one sentence, four figures, the forms, for whom what changes, what is to be decided. */
#include "config.h"
#include "study/comparison_i.h"
#include "study/evidence_i.h"
#include "study/handout_i.h"
#include "study/trial_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { CLAUSES = 4, WORSE_CLAUSES = 3, TILES = 4, DUMBBELL_ROWS = 7, DUMBBELL_LEAST = 5 };

/* ---- what the pieces share ---- */

void bpr_i_line(struct bpr_lines *lines, const char *text)
{
	if (lines->count == BPR_LINES || !text || !*text)
		return;
	lines->worse[lines->count] = false;
	lines->items[lines->count++] = text;
}

void bpr_i_line_worse(struct bpr_lines *lines, const char *text)
{
	size_t count = lines->count;

	bpr_i_line(lines, text);
	if (lines->count > count)
		lines->worse[count] = true;
}

void bpr_i_lines_cut(struct bpr_lines *lines, size_t most)
{
	while (lines->count > most) {
		size_t at = lines->count;

		while (at > 0 && lines->worse[at - 1])
			at--;
		at = at ? at - 1 : lines->count - 1;
		for (lines->count--; at < lines->count; at++) {
			lines->items[at] = lines->items[at + 1];
			lines->worse[at] = lines->worse[at + 1];
		}
	}
}

const struct bpr_measure *bpr_i_handout_find(const struct bpr_handout *h, enum bpr_measure_kind kind)
{
	return bpr_i_measure_find(h->measures, h->count, kind);
}

void bpr_i_handout_begin(struct bpr_handout *h, struct bpr_pages *pages)
{
	*h = (struct bpr_handout){ .pages = pages, .doc = pages->doc, .s = pages->subject, .comparison = pages->subject->comparison };
	h->untimed = bpr_i_untimed(h->s->flow) || bpr_i_untimed(h->s->after_flow);
	h->count = bpr_i_measures(pages, h->measures);
}

static const struct bpr_kpi *kpi(const struct bpr_handout *h, enum bpr_metric metric)
{
	return bpr_comparison_kpi(h->comparison, metric);
}

/* Money and rules are told in their own way; of what is too small to notice nothing is said here. */
static bool is_spoken_of(const struct bpr_measure *m, int better)
{
	return m->better == better && m->kind != BPR_MEASURE_COST && m->kind != BPR_MEASURE_ANALOGUE && m->score > 0;
}

/* The `most` of the measures that became better (or worse) that say most, in their own order. */
static size_t choose(const struct bpr_handout *h, int better, bool without_work, const struct bpr_measure *out[], size_t most)
{
	bool taken[BPR_MEASURE_COUNT] = { false };
	size_t count = 0;

	for (size_t round = 0; round < most; round++) {
		size_t best = h->count;

		for (size_t i = 0; i < h->count; i++)
			if (!taken[i] && is_spoken_of(&h->measures[i], better) && !(without_work && h->measures[i].kind == BPR_MEASURE_WORK) &&
			    (best == h->count || h->measures[i].score > h->measures[best].score))
				best = i;
		if (best < h->count)
			taken[best] = true;
	}
	for (size_t i = 0; i < h->count; i++)
		if (taken[i])
			out[count++] = &h->measures[i];
	return count;
}

/* ---- the sentences ---- */

static struct bpr_doc_rich clause(const struct bpr_handout *h, const struct bpr_measure *m)
{
	struct bpr_doc_rich pieces[2];

	/* TRANSLATORS: a measure, before its figures: "visits to counters from 3 to 1" */
	pieces[0] = bpr_i_rich(h->doc, bpr_i_doc_fill(h->doc, N_("{1} "), m->in_sentence, NULL, NULL, NULL), false);
	pieces[1] = bpr_i_rich(h->doc, bpr_i_measure_from_to(h->doc, m), true);
	return bpr_i_rich_join(h->doc, pieces, 2, "", "");
}

static struct bpr_doc_rich clauses(const struct bpr_handout *h, const struct bpr_measure *const chosen[], size_t count)
{
	struct bpr_doc_rich items[BPR_MEASURE_COUNT];

	for (size_t i = 0; i < count; i++)
		items[i] = clause(h, chosen[i]);
	return bpr_i_rich_list(h->doc, items, count);
}

static void say(const struct bpr_handout *h, const char *id, struct bpr_doc_rich a1, struct bpr_doc_rich a2)
{
	const struct bpr_doc_rich args[4] = { a1, a2 };

	bpr_i_doc_say(h->doc, BPR_DOC_LEAD, bpr_i_rich_fill(h->doc, id, args));
}

/* Staff time of a year that becomes free, or is needed more, and what it is in money. */
static void say_year(const struct bpr_handout *h)
{
	const struct bpr_kpi *work = kpi(h, BPR_METRIC_WORK_MINUTES), *cost = kpi(h, BPR_METRIC_COST_YEN);
	struct bpr_doc_rich hours, yen;

	if (!work->per_year_known || !(fabs(work->per_year) > 0) || !work->better)
		return;
	hours = bpr_i_rich(h->doc, bpr_i_say_year_minutes(h->doc, fabs(work->per_year)), true);
	yen = bpr_i_rich(h->doc, cost->per_year_known ? bpr_i_say_year_yen(h->doc, fabs(cost->per_year)) : "", true);
	if (!cost->per_year_known || !cost->better)
		say(h, work->better > 0 ? N_("Staff time of {1} a year becomes free for other work.") : N_("Staff work {1} more a year."), hours, yen);
	else if (cost->better == work->better)
		say(h, work->better > 0 ? N_("Staff time of {1} a year (worth {2}) becomes free for other work.")
					: N_("Staff work {1} more a year (worth {2})."), hours, yen);
	else
		say(h, work->better > 0 ? N_("Staff time of {1} a year becomes free for other work, while cost rises by {2} a year.")
					: N_("Staff work {1} more a year, while cost falls by {2} a year."), hours, yen);
}

/* None of the measures changes: then steps may, which say little by themselves. */
static void lead_of_steps(const struct bpr_handout *h)
{
	const struct bpr_kpi *steps = kpi(h, BPR_METRIC_STEPS);
	struct bpr_said_pair said = bpr_i_say_metric_pair(h->doc, BPR_METRIC_STEPS, steps->before, steps->after);

	bpr_i_doc_lead(h->doc, steps->better ? bpr_i_doc_fill(h->doc, N_("The steps of a case go from {1} to {2}. No other figure on this page changes."), said.before, said.after, NULL, NULL)
					     : bpr_i_doc_text(h->doc, N_("No figure of a case changes.")));
}

static void lead(const struct bpr_handout *h)
{
	const struct bpr_measure *better[BPR_MEASURE_COUNT], *worse[BPR_MEASURE_COUNT];
	bool year = kpi(h, BPR_METRIC_WORK_MINUTES)->per_year_known && kpi(h, BPR_METRIC_WORK_MINUTES)->better;
	size_t good = choose(h, 1, year, better, year ? CLAUSES - 1 : CLAUSES);
	size_t bad = choose(h, -1, year, worse, WORSE_CLAUSES);

	if (good)
		say(h, N_("For one case, {1}."), clauses(h, better, good), (struct bpr_doc_rich){ NULL, 0 });
	else if (bad || year)
		bpr_i_doc_lead(h->doc, bpr_i_doc_text(h->doc, N_("No figure of a case gets better.")));
	else
		lead_of_steps(h);
	say_year(h);
	if (bad)
		say(h, good ? N_("On the other hand, these get worse: {1}.") : N_("These get worse: {1}."), clauses(h, worse, bad), (struct bpr_doc_rich){ NULL, 0 });
}

/* ---- tiles ---- */

static struct bpr_doc_tile tile_of(const struct bpr_handout *h, const struct bpr_measure *m)
{
	return (struct bpr_doc_tile){
		.label = m->label, .before = m->said_before, .after = m->said_after, .unit = m->unit,
		.change = bpr_i_measure_change(h->doc, m),
		.tone = m->better > 0 ? BPR_DOC_BETTER : m->better < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN,
	};
}

/* Staff time of a year. */
static bool tile_of_year(const struct bpr_handout *h, struct bpr_doc_tile *out)
{
	const struct bpr_kpi *work = kpi(h, BPR_METRIC_WORK_MINUTES), *cost = kpi(h, BPR_METRIC_COST_YEN);
	bool money = cost->per_year_known && cost->better == work->better;

	if (!work->per_year_known || !work->better)
		return false;
	*out = (struct bpr_doc_tile){
		.label = bpr_i_doc_text(h->doc, work->better > 0 ? N_("Staff time that becomes free") : N_("Staff time needed more")),
		.after = bpr_i_say_count(h->doc, nearbyint(fabs(work->per_year) / 60)), .unit = bpr_i_doc_text(h->doc, N_("hours a year")),
		.change = money ? bpr_i_doc_fill(h->doc, N_("worth {1}"), bpr_i_say_year_yen(h->doc, fabs(cost->per_year)), NULL, NULL, NULL) : NULL,
		.tone = work->better > 0 ? BPR_DOC_BETTER : BPR_DOC_WORSE,
	};
	return true;
}

static void tiles(const struct bpr_handout *h)
{
	const struct bpr_measure *better[BPR_MEASURE_COUNT], *worse[BPR_MEASURE_COUNT];
	struct bpr_doc_tile list[TILES];
	struct bpr_doc_tile year;
	bool has_year = tile_of_year(h, &year);
	size_t bad = choose(h, -1, has_year, worse, 1);
	size_t good = choose(h, 1, has_year, better, TILES - has_year - bad);
	size_t count = 0;

	if (bad && !good) /* nothing else is to be said */
		bad = choose(h, -1, has_year, worse, TILES - has_year);
	for (size_t i = 0; i < good; i++)
		list[count++] = tile_of(h, better[i]);
	for (size_t i = 0; i < bad; i++)
		list[count++] = tile_of(h, worse[i]);
	if (has_year)
		list[count++] = year;
	if (count)
		bpr_i_doc_tiles(h->doc, list, count);
}

/* ---- measures on one scale ---- */

static struct bpr_dumbbell_row dumbbell_row(const struct bpr_measure *m)
{
	struct bpr_dumbbell_row row = {
		.label = m->label, .scaled = m->before > 0, .said_before = m->said_before, .said_after = m->said_after, .unit = m->unit,
		.better = m->better, .band_before_known = m->band_before_known && m->before > 0,
		.band_after_known = m->band_after_known && m->before > 0,
	};

	if (!row.scaled)
		return row;
	row.after = 100 * m->after / m->before;
	for (size_t i = 0; i < 2; i++) {
		row.band_before[i] = row.band_before_known ? 100 * m->band_before[i] / m->before : 0;
		row.band_after[i] = row.band_after_known ? 100 * m->band_after[i] / m->before : 0;
	}
	return row;
}

/* What changes, worst first where not all fits; then what does not change, until there are enough to look at. */
static size_t dumbbell_rows(const struct bpr_handout *h, struct bpr_dumbbell_row rows[DUMBBELL_ROWS])
{
	bool taken[BPR_MEASURE_COUNT] = { false };
	size_t count = 0, filled = 0;

	for (int pass = 0; pass < 3; pass++)
		for (size_t i = 0; i < h->count; i++) {
			const struct bpr_measure *m = &h->measures[i];
			bool wanted = pass == 0 ? m->better < 0 : pass == 1 ? m->better > 0 : count < DUMBBELL_LEAST;

			/* a change of seconds would stretch the scale for nothing */
			if (!taken[i] && wanted && count < DUMBBELL_ROWS && m->kind != BPR_MEASURE_ANALOGUE && (m->score > 0 || (pass == 2 && !m->better))) {
				taken[i] = true;
				count++;
			}
		}
	for (size_t i = 0; i < h->count; i++)
		if (taken[i])
			rows[filled++] = dumbbell_row(&h->measures[i]);
	return filled;
}

static const char *dumbbell_description(const struct bpr_handout *h, const struct bpr_dumbbell_row *rows, size_t count)
{
	const char *texts[DUMBBELL_ROWS];

	for (size_t i = 0; i < count; i++)
		texts[i] = bpr_i_doc_fill(h->doc, N_("{1} from {2} to {3} {4}"), rows[i].label, rows[i].said_before, rows[i].said_after, rows[i].unit);
	return bpr_i_doc_fill(h->doc, N_("Before and after: {1}."), bpr_i_say_list(h->doc, texts, count), NULL, NULL, NULL);
}

static void dumbbell(const struct bpr_handout *h)
{
	struct bpr_dumbbell_row rows[DUMBBELL_ROWS], *kept;
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_DUMBBELL, .id = "dumbbell" };
	size_t count = dumbbell_rows(h, rows);

	if (!count)
		return;
	kept = h->doc->failed ? NULL : bpr_i_arena_alloc(&h->doc->arena, count, sizeof(*kept));
	if (!kept) {
		h->doc->failed = true;
		return;
	}
	memcpy(kept, rows, count * sizeof(*kept));
	figure.rows = kept;
	figure.row_count = count;
	figure.title = bpr_i_say_plural(h->doc, (double)count, N_("Before and after on one measure"), N_("Before and after on {1} measures"));
	figure.description = dumbbell_description(h, rows, count);
	figure.unit = bpr_i_doc_text(h->doc, N_("(before = 100)"));
	bpr_i_doc_heading_aside(h->doc, figure.title, bpr_i_doc_text(h->doc, N_("mean of one case; further to the left is less")));
	bpr_i_doc_figure(h->doc, &figure);
}

/* ---- what is missing ---- */

static void missing(const struct bpr_handout *h)
{
	struct bpr_lines lines = { .count = 0 };
	bool many = bpr_flow_cases_per_year(h->s->flow) > 0 && bpr_flow_cases_per_year(h->s->after_flow) > 0;
	const bpr_queueing *q[2] = { h->s->queueing, h->s->after_queueing };

	if (h->untimed)
		bpr_i_line(&lines, bpr_i_doc_text(h->doc, N_("Times and yen are not compared: no step of one of the flows says how long it takes (column work of the flow table).")));
	else if (!(kpi(h, BPR_METRIC_COST_YEN)->before > 0) && !(kpi(h, BPR_METRIC_COST_YEN)->after > 0))
		bpr_i_line(&lines, bpr_i_doc_text(h->doc, N_("Yen are not stated: give the pay of an hour (column yen_per_hour of the staff table).")));
	if (!(h->pages->cases > 0))
		bpr_i_line(&lines, bpr_i_doc_text(h->doc, many ? N_("What it makes in a year is not stated: before and after assume different numbers of cases (per_day or per_year of the demand table).")
							       : N_("What it makes in a year is not stated: the number of cases is not given (per_day or per_year of the demand table).")));
	if (!h->untimed && !bpr_i_trial_known(h->s) && !(q[0] && q[1] && bpr_queueing_known(q[0]) && bpr_queueing_known(q[1])))
		bpr_i_line(&lines, bpr_i_doc_text(h->doc, N_("Waiting in queues is not in these figures: it needs cases and opening hours (demand table), the number of staff (staff table), and 'compare --simulate'.")));
	for (size_t i = 0; i < lines.count; i++)
		bpr_i_doc_note(h->doc, lines.items[i]);
}

void bpr_i_page_handout(struct bpr_pages *pages)
{
	struct bpr_document *doc = pages->doc;
	const char *before = bpr_i_say_flow(doc, pages->subject->flow), *after = bpr_i_say_flow(doc, pages->subject->after_flow);
	const char *pair = strcmp(before, after) ? bpr_i_doc_fill(doc, N_("{1} compared with {2}"), before, after, NULL, NULL) : before;
	struct bpr_handout h;

	bpr_i_handout_begin(&h, pages);
	if (pages->page->title) {
		bpr_i_doc_page(doc, "handout", pages->page->title);
		bpr_i_doc_paragraph(doc, pair);
	} else {
		bpr_i_doc_page(doc, "handout", bpr_i_doc_fill(doc, N_("Before and after: {1}"), before, NULL, NULL, NULL));
		if (strcmp(before, after))
			bpr_i_doc_paragraph(doc, pair);
	}
	if (pages->subject->evidence)
		bpr_i_forecast_lead(doc, pages->subject);
	lead(&h);
	tiles(&h);
	if (pages->subject->evidence) {
		bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("What was promised, and what came")));
		bpr_i_forecast_table(doc, pages->subject);
	}
	dumbbell(&h);
	bpr_i_handout_forms(&h);
	bpr_i_handout_whom(&h);
	bpr_i_handout_decide(&h);
	missing(&h);
}
