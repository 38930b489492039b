/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a walk came to: beside what is expected of any case, what was unusual about it, and what the after flow makes of it. */
#include "config.h"
#include "stroll.h"
#include <math.h>
#include <string.h>

enum { FIGURE = 14, LABEL = 34 };

/* A figure that nobody asks about where it is 0 everywhere. */
static const struct { enum bpr_walk_total total; bool always; } rows[] = {
	{ BPR_WALK_COUNTER_VISITS, true }, { BPR_WALK_TRIPS, true }, { BPR_WALK_BUILDING_MOVES, false }, { BPR_WALK_FORMS, true },
	{ BPR_WALK_FIELDS, true }, { BPR_WALK_NAMES, true }, { BPR_WALK_SEALS, false }, { BPR_WALK_ID_CHECKS, false },
	{ BPR_WALK_REVISITS, false }, { BPR_WALK_WALK_MINUTES, false }, { BPR_WALK_WAIT_MINUTES, false },
	{ BPR_WALK_CITIZEN_MINUTES, true }, { BPR_WALK_WORK_MINUTES, true }, { BPR_WALK_MINUTES, true },
};

struct sides { struct bpr_walk_totals own[2], expected[2]; bool known[2][BPR_WALK_TOTAL_COUNT]; size_t count; };

static void add_padded(struct text *out, const char *text, size_t columns, bool right)
{
	size_t used = bpr_text_width(text, strlen(text), lang());
	int pad = used < columns ? (int)(columns - used) : 0;

	if (right)
		text_printf(out, "%*s%s", pad, "", text);
	else
		text_printf(out, "%s%*s", text, pad, "");
}

static void add_figure(struct text *out, enum bpr_walk_total total, double x, bool known)
{
	struct stroll_words words;

	(void)(bpr_walk_total_is_minutes(total) ? stroll_minutes(&words, x) : stroll_number(&words, x));
	text_puts(out, "  ");
	add_padded(out, known ? words.text : "-", FIGURE, true);
}

static void add_table(struct text *out, const struct sides *s)
{
	add_padded(out, "", LABEL, false);
	for (size_t k = 0; k < s->count; k++) {
		text_puts(out, "  ");
		add_padded(out, tr(s->count < 2 ? N_("you") : k ? N_("you, after") : N_("you, before")), FIGURE, true);
		text_puts(out, "  ");
		add_padded(out, tr(N_("expected")), FIGURE, true);
	}
	text_puts(out, "\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum bpr_walk_total t = rows[i].total;
		double most = 0;

		for (size_t k = 0; k < s->count; k++)
			most = fmax(most, fmax(s->own[k].at[t], s->expected[k].at[t]));
		if (!rows[i].always && !(most > 0))
			continue;
		add_padded(out, tr(bpr_walk_total_label(t)), LABEL, false);
		for (size_t k = 0; k < s->count; k++) {
			add_figure(out, t, s->own[k].at[t], true);
			add_figure(out, t, s->expected[k].at[t], s->known[k][t]);
		}
		text_puts(out, "\n");
	}
}

/* ---- what was unusual ---- */

static void add_oddity(struct text *out, const bpr_flow *flow, const struct bpr_walk_oddity *o)
{
	struct stroll_words way, share, value, label;
	struct text line = { 0 };

	(void)stroll_percent(&share, o->share);
	switch (o->kind) {
	case BPR_WALK_RARE_WAY:
		text_fill(&line, N_("- only {2} go this way: {1}"), stroll_way(&way, flow, &o->way), share.text, NULL);
		break;
	case BPR_WALK_MANY:
	case BPR_WALK_FEW:
		text_fill(&line, o->kind == BPR_WALK_MANY ? N_("- {1}: {2}; only {3} of cases have as many") : N_("- {1}: {2}; only {3} of cases have as few"),
			  stroll_safe(&label, tr(bpr_walk_total_label(o->total))), stroll_number(&value, o->value), share.text);
		break;
	case BPR_WALK_ENDED_SO:
		if (o->outcome == BPR_OUTCOME_REJECTED)
			text_puts(&line, tr(N_("- the application was turned down")));
		else
			text_fill(&line, N_("- something was missed at the end, as in {1} of cases"), share.text, NULL, NULL);
		break;
	}
	text_wrap(out, line.data, 0, 2, 80);
	text_release(&line);
}

static bpr_status add_oddities(struct text *out, const struct bpr_walk_told *told, struct bpr_error *err)
{
	struct bpr_walk_oddity list[BPR_WALK_ODDITY_MAX];
	size_t count;
	bpr_status status = bpr_walk_oddities(told, list, &count, err);

	if (status)
		return status;
	if (!count)
		text_wrap(out, tr(N_("Nothing about your case was unusual: this is what most citizens go through.")), 0, 0, 80);
	else
		text_wrap(out, tr(N_("What was unusual about your case:")), 0, 0, 80);
	for (size_t i = 0; i < count; i++)
		add_oddity(out, told->flow, &list[i]);
	return BPR_OK;
}

/* ---- before and after ---- */

static double less(const struct sides *s, enum bpr_walk_total t)
{
	return s->own[0].at[t] - s->own[1].at[t];
}

static void add_pair(struct text *out, const struct sides *s, enum bpr_walk_total t, const char *id)
{
	struct stroll_words before, after;
	struct text line = { 0 };

	if (bpr_walk_total_is_minutes(t)) {
		(void)stroll_minutes(&before, s->own[0].at[t]);
		(void)stroll_minutes(&after, s->own[1].at[t]);
	} else {
		(void)stroll_number(&before, s->own[0].at[t]);
		(void)stroll_number(&after, s->own[1].at[t]);
	}
	text_fill(&line, id, before.text, after.text, NULL);
	text_wrap(out, line.data, 0, 0, 80);
	text_release(&line);
}

/* A year of all citizens, by the exact expectation: what a mayor asks. */
static void add_year(struct text *out, const struct sides *s, const bpr_flow *before)
{
	double cases = bpr_flow_cases_per_year(before), hours;
	struct stroll_words a, b;
	struct text line = { 0 };
	enum bpr_walk_total t = BPR_WALK_CITIZEN_MINUTES;

	if (!(cases > 0) || !s->known[0][t] || !s->known[1][t])
		return;
	hours = (s->expected[0].at[t] + s->expected[0].at[BPR_WALK_WALK_MINUTES] - s->expected[1].at[t] - s->expected[1].at[BPR_WALK_WALK_MINUTES])
		* cases / 60;
	if (!(hours >= 1))
		return;
	text_fill(&line, N_("With {1} cases a year, citizens are spared {2} hours at the counters and on the way, waiting in queues not counted."),
		  stroll_number(&a, floor(cases + 0.5)), stroll_number(&b, floor(hours + 0.5)), NULL);
	text_wrap(out, line.data, 0, 0, 80);
	text_release(&line);
}

static void add_change(struct text *out, const struct sides *s, const bpr_flow *before)
{
	struct stroll_words names, counters, minutes;
	struct text line = { 0 };
	double saved = less(s, BPR_WALK_MINUTES);

	text_wrap(out, tr(N_("The same errand, before and after:")), 0, 0, 80);
	if (less(s, BPR_WALK_NAMES) > 0 && less(s, BPR_WALK_COUNTER_VISITS) > 0 && saved > 0) {
		text_fill(&line, N_("One citizen is spared writing the name {1} times, {2} counters and {3}."),
			  stroll_number(&names, less(s, BPR_WALK_NAMES)), stroll_number(&counters, less(s, BPR_WALK_COUNTER_VISITS)),
			  stroll_minutes(&minutes, saved));
		text_wrap(out, line.data, 0, 0, 80);
		text_release(&line);
	}
	add_pair(out, s, BPR_WALK_NAMES, N_("The name was written {1} times before, {2} times after."));
	add_pair(out, s, BPR_WALK_COUNTER_VISITS, N_("Counters: {1} visits before, {2} after."));
	add_pair(out, s, BPR_WALK_MINUTES, N_("Time in all: {1} before, {2} after."));
	add_year(out, s, before);
}

bpr_status stroll_report(struct text *out, const struct bpr_walk_told *walks, size_t count, struct bpr_error *err)
{
	struct sides s = { .count = count };
	bpr_status status = BPR_OK;

	for (size_t k = 0; k < count; k++) {
		s.own[k] = bpr_walk_totals_get(walks[k].walk);
		s.expected[k] = bpr_walk_expected(walks[k].flow, walks[k].analysis, s.known[k]);
	}
	for (size_t k = 0; k < count; k++) {
		struct stroll_words name;
		const char *title = *bpr_flow_name(walks[k].flow) ? bpr_flow_name(walks[k].flow) : bpr_flow_id(walks[k].flow);

		if (count > 1)
			text_fill(out, k ? N_("After: {1}") : N_("Before: {1}"), stroll_safe(&name, title), NULL, NULL);
		else
			text_puts(out, stroll_safe(&name, title));
		text_puts(out, "\n");
	}
	text_puts(out, "\n");
	add_table(out, &s);
	text_puts(out, "\n");
	if (count > 1) {
		add_change(out, &s, walks[0].flow);
		return BPR_OK;
	}
	status = add_oddities(out, &walks[0], err);
	return status;
}
