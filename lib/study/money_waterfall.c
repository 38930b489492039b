/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the staff time that comes free is made of, as bars that add up to it. */
#include "config.h"
#include "study/money_i.h"
#include "study/savings_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { MOST = 7 }; /* bars beside the total */
#define SMALL 0.005 /* of everything that moves: told among the others */

struct part { const char *name; double minutes; };

/* Those that save first, the greatest first; those that cost last, the greatest last: so the way goes up and then down. */
static bool comes_before(const struct part *a, const struct part *b)
{
	return a->minutes > b->minutes;
}

static void sort(struct part *parts, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k && comes_before(&parts[k], &parts[k - 1]); k--) {
			struct part swap = parts[k];

			parts[k] = parts[k - 1];
			parts[k - 1] = swap;
		}
}

static size_t smallest(const struct part *parts, size_t count)
{
	size_t at = 0;

	for (size_t i = 1; i < count; i++)
		if (fabs(parts[i].minutes) < fabs(parts[at].minutes))
			at = i;
	return at;
}

/* Takes out what is small or too much; the sum of it. */
static double fold(struct part *parts, size_t *count)
{
	double all = 0, other = 0;

	for (size_t i = 0; i < *count; i++)
		all += fabs(parts[i].minutes);
	while (*count > 1) {
		size_t at = smallest(parts, *count);

		if (*count <= MOST - 1 && fabs(parts[at].minutes) >= SMALL * all)
			break;
		if (*count == MOST && fabs(other) <= 0 && fabs(parts[at].minutes) >= SMALL * all)
			break;
		other += parts[at].minutes;
		parts[at] = parts[--*count];
	}
	return other;
}

/* By what became of the steps. */
static size_t by_kind(const struct bpr_money *m, const struct bpr_savings *savings, struct part *parts)
{
	size_t count = 0;

	for (size_t i = 0; i < BPR_SAVING_OTHER; i++)
		if (fabs(savings->minutes[i]) > 1e-9 * fabs(savings->total))
			parts[count++] = (struct part){ bpr_i_doc_text(m->doc, bpr_i_saving_name((enum bpr_saving)i)), savings->minutes[i] };
	return count;
}

/* By who works less or more. */
static size_t by_unit(const struct bpr_money *m, const struct bpr_savings *savings, struct part **parts)
{
	struct bpr_pairs units;
	size_t count = 0;

	if (m->doc->failed || !bpr_i_pairs(&m->doc->arena, m->subject, BPR_PAIRS_UNITS, &units))
		goto failed;
	*parts = bpr_i_arena_alloc(&m->doc->arena, units.count + 1, sizeof(**parts));
	if (!*parts)
		goto failed;
	for (size_t i = 0; i < units.count; i++)
		if (fabs(units.items[i].before - units.items[i].after) > 1e-9 * fabs(savings->total))
			(*parts)[count++] = (struct part){ units.items[i].name, units.items[i].before - units.items[i].after };
	return count;
failed:
	m->doc->failed = true;
	*parts = NULL;
	return 0;
}

/* By the steps themselves. */
static size_t by_step(const struct bpr_money *m, const struct bpr_savings *savings, struct part **parts)
{
	*parts = bpr_i_arena_alloc(&m->doc->arena, savings->step_count + 1, sizeof(**parts));
	if (!*parts) {
		m->doc->failed = true;
		return 0;
	}
	for (size_t i = 0; i < savings->step_count; i++) {
		const struct bpr_saving_step *step = &savings->steps[i];

		(*parts)[i].name = step->before != BPR_NONE ? bpr_i_name_node(m->subject->flow, step->before)
							    : bpr_i_name_node(m->subject->after_flow, step->after);
		(*parts)[i].minutes = step->minutes;
	}
	return savings->step_count;
}

enum by { BY_KIND, BY_UNIT, BY_STEP };

/* Where what became of the steps tells little (old ones all gone, new ones all come), who works less tells more, or the steps themselves. */
static struct part *parts_of(const struct bpr_money *m, const struct bpr_savings *savings, size_t *count, enum by *by)
{
	struct part *parts = bpr_i_arena_alloc(&m->doc->arena, BPR_SAVING_KINDS + 1, sizeof(*parts)), *units, *steps;
	size_t kind_count, unit_count, step_count;

	if (!parts) {
		m->doc->failed = true;
		return NULL;
	}
	*by = BY_KIND;
	*count = kind_count = by_kind(m, savings, parts);
	if (kind_count > 2)
		return parts;
	unit_count = by_unit(m, savings, &units);
	if (unit_count > 2) {
		*by = BY_UNIT;
		*count = unit_count;
		return units;
	}
	step_count = by_step(m, savings, &steps);
	if (step_count <= kind_count)
		return parts;
	*by = BY_STEP;
	*count = step_count;
	return steps;
}

static struct bpr_bar bar_of(const struct bpr_money *m, const char *name, double minutes)
{
	double x = bpr_i_money_scale(m, minutes);

	return (struct bpr_bar){ .side = BPR_SIDE_AFTER, .label = name, .said = bpr_i_money_said(m, x, true), .value = x,
				 .tone = minutes < 0 ? BPR_DOC_WORSE : BPR_DOC_BETTER };
}

/* The figure in words. */
static const char *describe(const struct bpr_money *m, const struct bpr_bar *bars, size_t count)
{
	const char *texts[MOST + 2];

	for (size_t i = 0; i < count; i++)
		texts[i] = bpr_i_doc_fill(m->doc, N_("{1} ({2})"), bars[i].label, bars[i].said, NULL, NULL);
	return bpr_i_doc_fill(m->doc, N_("{1}; in all {2} ({3})."), bpr_i_say_list(m->doc, texts, count), bars[count].said,
			      bpr_i_doc_text(m->doc, bpr_i_money_unit(m)), NULL);
}

static void draw(const struct bpr_money *m, const struct bpr_savings *savings, struct part *parts, size_t count)
{
	struct bpr_bar *bars = bpr_i_arena_alloc(&m->doc->arena, MOST + 2, sizeof(*bars));
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_WATERFALL, .id = "waterfall", .bars = bars };
	double other = fold(parts, &count), said = 0;
	double yen = bpr_comparison_kpi(m->subject->comparison, BPR_METRIC_COST_YEN)->per_year;
	size_t n = 0;

	if (!bars) {
		m->doc->failed = true;
		return;
	}
	sort(parts, count);
	for (size_t i = 0; i < count; i++) {
		bars[n++] = bar_of(m, parts[i].name, parts[i].minutes);
		said += parts[i].minutes;
	}
	other = savings->total - said; /* what was folded and what sampling leaves over: the bars add up exactly */
	if (fabs(other) > 1e-9 * (fabs(said) + fabs(savings->total)))
		bars[n++] = bar_of(m, bpr_i_doc_text(m->doc, N_("other")), other);
	bars[n] = bar_of(m, bpr_i_doc_text(m->doc, N_("total")), savings->total);
	bars[n].total = true;
	bars[n].said = bpr_i_money_said(m, bars[n].value, false);
	figure.bar_count = n + 1;
	figure.title = bpr_i_doc_text(m->doc, savings->total < 0 ? N_("What the staff time that is needed in addition is made of")
								 : N_("What the staff time that comes free is made of"));
	figure.description = describe(m, bars, n);
	figure.unit = bpr_i_doc_text(m->doc, bpr_i_money_unit(m));
	if (m->cases > 0 && fabs(yen) > 0)
		figure.note = bpr_i_doc_fill(m->doc, yen < 0 ? N_("At the hourly rates of the staff this is worth {1} a year.")
							      : N_("With the hourly rates of the staff it costs {1} more a year."),
					     bpr_i_say_year_yen(m->doc, fabs(yen)), NULL, NULL, NULL);
	bpr_i_doc_figure(m->doc, &figure);
}

/* The steps behind the bars: those that save most and the one that costs most. */
static void most(const struct bpr_money *m, const struct bpr_savings *s)
{
	enum { SAID = 3 };
	const struct bpr_saving_step *last = s->step_count ? &s->steps[s->step_count - 1] : NULL;
	const char *texts[SAID], *saves, *costs = NULL;
	size_t count = 0;

	for (; count < SAID && count < s->step_count && s->steps[count].minutes > 0.02 * fabs(s->total); count++) {
		const struct bpr_saving_step *step = &s->steps[count];

		texts[count] = bpr_i_doc_fill(m->doc, N_("'{1}' {2}"),
					      step->before != BPR_NONE ? bpr_i_say_step(m->doc, m->subject->flow, step->before)
								       : bpr_i_say_step(m->doc, m->subject->after_flow, step->after),
					      bpr_i_money_time(m, step->minutes), NULL, NULL);
	}
	if (last && last->minutes < 0)
		costs = bpr_i_doc_fill(m->doc, N_("'{1}' {2}"),
				       last->after != BPR_NONE ? bpr_i_say_step(m->doc, m->subject->after_flow, last->after)
							       : bpr_i_say_step(m->doc, m->subject->flow, last->before),
				       bpr_i_money_time(m, -last->minutes), NULL, NULL);
	saves = bpr_i_say_list(m->doc, texts, count);
	if (count && costs)
		bpr_i_doc_note(m->doc, bpr_i_doc_fill(m->doc, N_("Steps that save most: {1}. The one that takes most in addition: {2}."), saves, costs, NULL, NULL));
	else if (count)
		bpr_i_doc_note(m->doc, bpr_i_doc_fill(m->doc, N_("Steps that save most: {1}."), saves, NULL, NULL, NULL));
	else if (costs)
		bpr_i_doc_note(m->doc, bpr_i_doc_fill(m->doc, N_("The step that takes most in addition: {1}."), costs, NULL, NULL, NULL));
}

void bpr_i_money_waterfall(const struct bpr_money *m)
{
	static const char *const asides[] = { [BY_KIND] = N_("what it is made of; overlaps are taken off"), [BY_UNIT] = N_("by unit"), [BY_STEP] = N_("by step") };
	struct bpr_savings savings;
	struct part *parts;
	size_t count = 0;
	enum by by = BY_KIND;

	if (m->doc->failed || !bpr_i_savings(&m->doc->arena, m->subject, &savings)) {
		m->doc->failed = true;
		return;
	}
	parts = parts_of(m, &savings, &count, &by);
	bpr_i_doc_heading_aside(m->doc, bpr_i_doc_text(m->doc, savings.total < 0 ? N_("Staff time that is needed in addition") : N_("Staff time that comes free")),
				bpr_i_doc_text(m->doc, asides[by]));
	if (!count || !parts) {
		bpr_i_doc_paragraph(m->doc, bpr_i_doc_text(m->doc, N_("The staff time of a case does not change.")));
		return;
	}
	draw(m, &savings, parts, count);
	bpr_i_doc_reading(m->doc, bpr_i_doc_text(m->doc, N_("How to read: each bar begins where the one before it ends. Red ones go down: they are work that is added.")));
	most(m, &savings);
}
