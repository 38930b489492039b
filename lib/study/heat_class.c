/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes of a heat with round limits, and their words. */
#include "config.h"
#include "study/figure_i.h"
#include "study/words_i.h"
#include "base/text_i.h"
#include <bpr/text.h>
#include <math.h>
#include <stdlib.h>

enum { LIMITS = BPR_HEAT_CLASSES - 1, DECADES = 16 };

/* Durations that people count in: from 6 seconds to 100 days. */
static const double round_minutes[] = { 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 360, 720, 1440, 2880, 7200, 14400, 28800, 72000, 144000 };
enum { ROUND_MINUTES = sizeof(round_minutes) / sizeof(round_minutes[0]) };

static bool in_minutes(enum bpr_heat heat)
{
	return heat == BPR_HEAT_WAIT || heat == BPR_HEAT_WORK;
}

static size_t round_count(enum bpr_heat heat)
{
	return in_minutes(heat) ? ROUND_MINUTES : 3 * (size_t)DECADES;
}

/* The i-th of a row of round numbers. */
static double round_number(enum bpr_heat heat, size_t i)
{
	static const double digits[] = { 1, 2, 5 };

	return in_minutes(heat) ? round_minutes[i] : digits[i % 3] * pow(10, (double)(i / 3) - 3);
}

/* What is too little to be told apart from nothing. */
static double nothing(enum bpr_heat heat)
{
	return in_minutes(heat) ? 0.05 : heat == BPR_HEAT_COST ? 0.5 : 0.0005;
}

/* A quarter is round too where steps of it make classes. */
static double round_step(enum bpr_heat heat, double least)
{
	size_t i = 0, count = round_count(heat);

	while (i + 1 < count && round_number(heat, i) < least) {
		double quarter = round_number(heat, i) * 1.25;

		if (!in_minutes(heat) && i % 3 == 1 && quarter >= least)
			return quarter;
		if (in_minutes(heat) && least > 1 && least <= 3 && !(least > 1.5 && least <= 2))
			return least <= 1.5 ? 1.5 : 3;
		i++;
	}
	return round_number(heat, i);
}

struct spread { double least, most, sum; size_t count; };

/* Of waits and work, what takes seconds needs no class of its own. */
static void add_values(struct spread *s, enum bpr_heat heat, const double *values, size_t count)
{
	for (size_t i = 0; values && i < count; i++) {
		if (!bpr_i_study_heat_shown(heat, values[i]) || isinf(values[i]))
			continue;
		s->most = fmax(s->most, values[i]);
		if (in_minutes(heat) && values[i] < 0.5)
			continue;
		s->least = s->count ? fmin(s->least, values[i]) : values[i];
		s->sum += log(values[i]);
		s->count++;
	}
}

/* Limits that grow by about the same factor: where a few steps take far more than most. */
static void by_factor(enum bpr_heat heat, const struct spread *s, double limits[LIMITS])
{
	size_t top = 0, count = round_count(heat), stride = 1;

	while (top + 1 < count && round_number(heat, top + 1) <= s->most / 1.5)
		top++;
	while (stride < 3 && top >= LIMITS * stride && round_number(heat, top - (LIMITS - 1) * stride) > 2 * s->least)
		stride++;
	while (stride > 1 && top < (LIMITS - 1) * stride)
		stride--;
	if (top < LIMITS - 1)
		top = LIMITS - 1;
	for (size_t i = 0; i < LIMITS; i++)
		limits[i] = round_number(heat, top - (LIMITS - 1 - i) * stride);
}

void bpr_i_study_heat_limits(enum bpr_heat heat, const double *a, size_t a_count, const double *b, size_t b_count, double limits[LIMITS])
{
	struct spread s = { 0, 0, 0, 0 };

	add_values(&s, heat, a, a_count);
	add_values(&s, heat, b, b_count);
	for (size_t i = 0; i < LIMITS; i++)
		limits[i] = 0;
	if (!(s.most > 0))
		return;
	if (s.count && s.most > 20 * exp(s.sum / (double)s.count)) {
		by_factor(heat, &s, limits);
		return;
	}
	for (size_t i = 0; i < LIMITS; i++)
		limits[i] = (double)(i + 1) * round_step(heat, s.most * (1 - 1e-12) / BPR_HEAT_CLASSES);
}

bool bpr_i_study_heat_shown(enum bpr_heat heat, double value)
{
	return value >= nothing(heat);
}

size_t bpr_i_study_heat_class(const double limits[LIMITS], double value)
{
	size_t class = 0;

	while (class < LIMITS && limits[class] > 0 && value >= limits[class] * (1 - 1e-9))
		class++;
	return isinf(value) ? LIMITS : class;
}

/* ---- words ---- */

static void put(struct bpr_buf *out, enum bpr_lang lang, const char *id, const char *a, const char *b)
{
	const char *const args[4] = { a, b, NULL, NULL };
	char text[200];

	(void)bpr_text_fill(text, sizeof(text), bpr_text(lang, id), args);
	bpr_i_buf_puts(out, text);
}

/* A value with its unit. */
static void put_value(struct bpr_buf *out, enum bpr_lang lang, enum bpr_heat heat, double x)
{
	struct bpr_words how = { .lang = lang };
	char number[80];
	struct bpr_buf n = BPR_BUF_ON(number);

	if (in_minutes(heat)) {
		bpr_i_words_minutes(out, how, x);
	} else if (heat == BPR_HEAT_COST) {
		bpr_i_words_yen(out, how, x);
	} else {
		bpr_i_words_count(&n, how, x);
		put(out, lang, heat == BPR_HEAT_WRITING ? N_("{1} items") : N_("{1} times"), number, NULL);
	}
}

void bpr_i_study_heat_words(struct bpr_buf *out, enum bpr_lang lang, enum bpr_heat heat, double value)
{
	static const char *const ids[BPR_HEAT_COUNT] = {
		[BPR_HEAT_VISITS] = "{1}", [BPR_HEAT_WAIT] = N_("wait {1}"), [BPR_HEAT_WORK] = N_("work {1}"),
		[BPR_HEAT_COST] = N_("costs {1}"), [BPR_HEAT_REWORK] = N_("again {1}"), [BPR_HEAT_WRITING] = N_("writes {1}"),
	};
	char said[120];
	struct bpr_buf words = BPR_BUF_ON(said);

	if (!bpr_i_study_heat_shown(heat, value) || !ids[heat])
		return;
	if (isinf(value)) {
		bpr_i_buf_puts(out, bpr_text(lang, N_("queue grows")));
		return;
	}
	put_value(&words, lang, heat, value);
	put(out, lang, ids[heat], said, NULL);
}

const char *bpr_i_study_heat_title(enum bpr_lang lang, enum bpr_heat heat)
{
	static const char *const ids[BPR_HEAT_COUNT] = {
		[BPR_HEAT_NONE] = "",
		[BPR_HEAT_VISITS] = N_("Colour: how often a case gets there"),
		[BPR_HEAT_WAIT] = N_("Colour: waiting there, per case"),
		[BPR_HEAT_WORK] = N_("Colour: staff work there, per case"),
		[BPR_HEAT_COST] = N_("Colour: cost there, per case"),
		[BPR_HEAT_REWORK] = N_("Colour: how often it is done again, per case"),
		[BPR_HEAT_WRITING] = N_("Colour: items written there by hand, per case"),
	};

	return *ids[heat] ? bpr_text(lang, ids[heat]) : "";
}

void bpr_i_study_heat_range(struct bpr_buf *out, enum bpr_lang lang, enum bpr_heat heat, const double limits[LIMITS], size_t class)
{
	char from[120], to[120];
	struct bpr_buf a = BPR_BUF_ON(from), b = BPR_BUF_ON(to);

	if (class)
		put_value(&a, lang, heat, limits[class - 1]);
	if (class < LIMITS)
		put_value(&b, lang, heat, limits[class]);
	put(out, lang, !class ? N_("under {2}") : class < LIMITS ? N_("{1} to {2}") : N_("{1} or more"), class ? from : "",
	    class < LIMITS ? to : "");
}
