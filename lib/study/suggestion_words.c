/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gains, costs, days and years of levers in words. */
#include "config.h"
#include "study/suggestion_i.h"
#include "base/options_i.h"
#include "base/text_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct ranked { size_t lever, rank; };

static int by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->lever > y->lever) - (x->lever < y->lever);
}

static const size_t *order_of(struct bpr_suggestion_study *st)
{
	struct ranked *list = bpr_i_arena_alloc(&st->doc->arena, st->s->count + 1, sizeof(*list));
	size_t *order = bpr_i_arena_alloc(&st->doc->arena, st->s->count + 1, sizeof(*order));

	if (!list || !order) {
		st->doc->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < st->s->count; i++)
		if (st->s->items[i].alone.fits)
			st->fits++;
	for (size_t i = 0; i < st->s->count; i++)
		if (st->s->items[i].alone.fits && (!st->subject->front_only || st->s->items[i].front))
			list[st->fitting++] = (struct ranked){ i, st->s->items[i].rank };
	if (st->fitting)
		qsort(list, st->fitting, sizeof(*list), by_rank);
	for (size_t i = 0; i < st->fitting; i++)
		order[i] = list[i].lever;
	return order;
}

struct bpr_suggestion_study bpr_i_suggestion_study(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	struct bpr_suggestion_study st = { .doc = doc, .subject = subject, .levers = subject->levers, .s = subject->suggestion,
					   .how = BPR_SUGGEST_OPTIONS_INIT, .plan = subject->plan, .limits = BPR_PLAN_OPTIONS_INIT, .full = options->full };

	(void)bpr_i_options(&st.how, subject->suggest_options);
	(void)bpr_i_options(&st.limits, subject->plan_options);
	st.cases = st.s->cases;
	st.order = order_of(&st);
	for (size_t i = 0; i < st.s->count; i++)
		st.chosen += bpr_i_suggestion_chosen(&st, i);
	return st;
}

const char *bpr_i_say_lever(const struct bpr_suggestion_study *st, size_t lever)
{
	const struct bpr_lever *l = bpr_levers_get(st->levers, lever);
	size_t length = bpr_lever_name(l, st->doc->lang, NULL, 0);
	char *name = bpr_i_arena_alloc(&st->doc->arena, length + 1, 1);

	if (!name) {
		st->doc->failed = true;
		return "";
	}
	(void)bpr_lever_name(l, st->doc->lang, name, length + 1);
	return *name ? name : l->id;
}

/* ---- gains ---- */

struct gain_words {
	const char *what;  /* {1}: how much */
	const char *title; /* in a column; behind it the time */
	const char *unit;  /* {1}: a count; NULL: hours or yen */
	const char *axis_year, *axis_case;
};
static const struct gain_words words[BPR_GAIN_COUNT] = {
	[BPR_GAIN_HOURS] = { N_("{1} of staff's and citizens' time"), N_("Staff's and citizens' time saved"), NULL, N_("hours/year"), N_("minutes/case") },
	[BPR_GAIN_STAFF] = { N_("{1} of staff time"), N_("Staff time saved"), NULL, N_("hours/year"), N_("minutes/case") },
	[BPR_GAIN_CITIZEN] = { N_("{1} of citizens' time"), N_("Citizens' time saved"), NULL, N_("hours/year"), N_("minutes/case") },
	[BPR_GAIN_YEN] = { N_("{1} of cost"), N_("Yen saved"), NULL, N_("10,000 yen/year"), N_("yen/case") },
	[BPR_GAIN_LEAD] = { N_("{1} from start to end"), N_("Time from start to end saved"), NULL, N_("hours/year"), N_("minutes/case") },
	[BPR_GAIN_VISITS] = { N_("{1} to counters"), N_("Visits to counters saved"), N_("{1} visits"), N_("visits/year"), N_("visits/case") },
	[BPR_GAIN_WRITING] = { N_("{1} by hand"), N_("Items written by hand saved"), N_("{1} items"), N_("items/year"), N_("items/case") },
};

static const char *bare(const struct bpr_suggestion_study *st, enum bpr_gain gain, double x)
{
	struct bpr_document *doc = st->doc;

	if (words[gain].unit)
		return bpr_i_doc_fill(doc, words[gain].unit, bpr_i_say_count(doc, st->cases > 0 && fabs(x) >= 10 ? nearbyint(x) : x), NULL, NULL, NULL);
	if (gain == BPR_GAIN_YEN)
		return st->cases > 0 ? bpr_i_say_year_yen(doc, x) : bpr_i_say_metric(doc, BPR_METRIC_COST_YEN, x, false);
	return st->cases > 0 ? bpr_i_say_year_minutes(doc, 60 * x) : bpr_i_say_minutes(doc, 60 * x);
}

const char *bpr_i_say_gain_of(const struct bpr_suggestion_study *st, enum bpr_gain gain, double x)
{
	return bpr_i_doc_fill(st->doc, st->cases > 0 ? N_("{1} a year") : N_("{1} a case"), bare(st, gain, x), NULL, NULL, NULL);
}

const char *bpr_i_say_gain(const struct bpr_suggestion_study *st, double x)
{
	return bpr_i_say_gain_of(st, st->how.gain, x);
}

const char *bpr_i_say_gain_bare(const struct bpr_suggestion_study *st, double x)
{
	return bare(st, st->how.gain, x);
}

const char *bpr_i_say_gain_what(const struct bpr_suggestion_study *st, double x)
{
	return bpr_i_doc_fill(st->doc, words[st->how.gain].what, bpr_i_say_gain(st, x), NULL, NULL, NULL);
}

const char *bpr_i_say_gain_title(const struct bpr_suggestion_study *st)
{
	return bpr_i_doc_fill(st->doc, st->cases > 0 ? N_("{1} in a year") : N_("{1} in a case"), bpr_i_doc_text(st->doc, words[st->how.gain].title), NULL, NULL, NULL);
}

const char *bpr_i_say_gain_unit(const struct bpr_suggestion_study *st)
{
	return bpr_i_doc_text(st->doc, st->cases > 0 ? words[st->how.gain].axis_year : words[st->how.gain].axis_case);
}

double bpr_i_gain_scaled(const struct bpr_suggestion_study *st, double x)
{
	if (st->how.gain == BPR_GAIN_YEN)
		return st->cases > 0 ? x / 1e4 : x;
	return st->cases > 0 || words[st->how.gain].unit ? x : 60 * x;
}

/* ---- costs, days, ease, years ---- */

static const char *starred(struct bpr_document *doc, const char *text, bool assumed)
{
	return assumed ? bpr_i_doc_fill(doc, "{1}*", text, NULL, NULL, NULL) : text;
}

const char *bpr_i_say_cost(const struct bpr_suggestion_study *st, double yen, bool assumed)
{
	return starred(st->doc, bpr_i_say_year_yen(st->doc, yen > 0 ? yen : 0), assumed);
}

const char *bpr_i_say_days(const struct bpr_suggestion_study *st, double days, bool assumed)
{
	return starred(st->doc, bpr_i_say_plural(st->doc, days > 0 ? days : 0, N_("1 person-day"), N_("{1} person-days")), assumed);
}

size_t bpr_i_ease_class(double ease)
{
	return ease >= 3.5 ? 0 : ease >= 2.5 ? 1 : 2;
}

const char *bpr_i_ease_word(double ease)
{
	static const char *const ids[] = { N_("easy"), N_("middling"), N_("hard") };

	return ids[bpr_i_ease_class(ease)];
}

const char *bpr_i_say_fiscal_year(const struct bpr_suggestion_study *st, int year)
{
	char text[40];

	(void)bpr_fiscal_year_name(year, st->doc->lang, text, sizeof(text));
	return bpr_i_doc_fill(st->doc, "{1}", text, NULL, NULL, NULL);
}

size_t bpr_i_plan_item_of(const struct bpr_suggestion_study *st, size_t lever)
{
	for (size_t i = 0; st->plan && i < st->plan->count; i++)
		if (st->plan->items[i].lever == lever)
			return i;
	return BPR_NONE;
}

bool bpr_i_suggestion_chosen(const struct bpr_suggestion_study *st, size_t lever)
{
	return st->plan ? bpr_i_plan_item_of(st, lever) != BPR_NONE : st->s->items[lever].chosen;
}

const char *bpr_i_say_start(const struct bpr_suggestion_study *st, size_t lever)
{
	size_t item = bpr_i_plan_item_of(st, lever);

	if (item != BPR_NONE)
		return bpr_i_say_fiscal_year(st, st->plan->items[item].year);
	if (!bpr_i_suggestion_chosen(st, lever))
		return "";
	return bpr_i_doc_text(st->doc, st->s->items[lever].tomorrow ? N_("tomorrow") : N_("chosen"));
}

const char *bpr_i_say_refusal(const struct bpr_suggestion_study *st, size_t lever)
{
	const char *id = bpr_levers_get(st->levers, lever)->id;

	for (size_t i = 0; st->subject->refusals && i < bpr_problems_count(st->subject->refusals); i++) {
		struct bpr_problem p = bpr_problems_get(st->subject->refusals, i);
		struct bpr_buf buf = BPR_BUF_INIT;
		char text[1024];

		if (p.code->code[0] != 'K' || strcmp(p.where, id) != 0)
			continue;
		(void)bpr_problem_message(&p, st->doc->lang, text, sizeof(text));
		bpr_i_buf_puts(&buf, text);
		return bpr_i_doc_keep(st->doc, &buf);
	}
	return "";
}

bool bpr_i_suggestion_assumed(const struct bpr_suggestion_study *st)
{
	for (size_t i = 0; i < st->fitting; i++) {
		const struct bpr_suggested *l = &st->s->items[st->order[i]];

		if (l->cost_assumed || (l->yearly_assumed && l->yearly_cost > 0) || l->effort_assumed || l->ease_assumed)
			return true;
	}
	return false;
}
