/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers into words; see words_i.h. Each unit is a message id, so that a language can put it where it belongs. */
#include "config.h"
#include "study/words_i.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 420, BAR = 20 };

/* Whole within what rounding in a sum of some thousand terms can do. */
static bool is_whole(double x)
{
	return fabs(x - nearbyint(x)) <= 1e-9 * fmax(1, fabs(x));
}

/* Fixed decimals without zeros at the end. */
static void trimmed(char *out, double x, int decimals)
{
	size_t n = bpr_i_num_fixed(out, LONGEST, x, decimals, true);

	if (!decimals || n >= LONGEST)
		return;
	while (n && out[n - 1] == '0')
		out[--n] = '\0';
	if (n && out[n - 1] == '.')
		out[--n] = '\0';
}

static const char *sign(struct bpr_words how, double x)
{
	return x < 0 ? "-" : how.change && x > 0 ? "+" : "";
}

/* Fills {1} of a unit's message id with sign and number. */
static void put(struct bpr_buf *buf, struct bpr_words how, double x, const char *number, const char *id)
{
	char signed_number[LONGEST + 2];
	char text[2 * LONGEST];
	const char *args[4] = { signed_number, NULL, NULL, NULL };

	(void)snprintf(signed_number, sizeof(signed_number), "%s%s", sign(how, x), number);
	(void)bpr_i_text_fill(text, sizeof(text), bpr_text(how.lang, id), args);
	bpr_i_buf_puts(buf, text);
}

/* Decimals that leave about three digits that matter. */
static int decimals_of(double a)
{
	if (is_whole(a) || a >= 100)
		return 0;
	if (a >= 10)
		return 1;
	if (a >= 0.0995)
		return 2;
	return a >= 0.00995 ? 3 : a >= 0.000995 ? 4 : 6;
}

void bpr_i_words_count(struct bpr_buf *buf, struct bpr_words how, double x)
{
	char number[LONGEST];
	double a = fabs(x);

	if (a > 0 && a < 5e-7 && !(a < 1e-12)) {
		bpr_i_buf_puts(buf, x < 0 ? ">-0.000001" : "<0.000001");
		return;
	}
	trimmed(number, a, decimals_of(a));
	if (!strcmp(number, "0"))
		x = 0;
	bpr_i_buf_puts(buf, sign(how, x));
	bpr_i_buf_puts(buf, number);
}

static void hours_and_minutes(struct bpr_buf *buf, struct bpr_words how, double x)
{
	double minutes = nearbyint(fabs(x));
	double hours = floor(minutes / 60);
	char h[LONGEST];
	char m[LONGEST];
	char text[2 * LONGEST];
	const char *args[4] = { h, m, NULL, NULL };

	trimmed(h, hours, 0);
	trimmed(m, minutes - 60 * hours, 0);
	if (!strcmp(m, "0")) {
		put(buf, how, x, h, N_("{1} h"));
		return;
	}
	bpr_i_buf_puts(buf, sign(how, x));
	(void)bpr_i_text_fill(text, sizeof(text), bpr_text(how.lang, N_("{1} h {2} min")), args);
	bpr_i_buf_puts(buf, text);
}

void bpr_i_words_minutes(struct bpr_buf *buf, struct bpr_words how, double x)
{
	char number[LONGEST];
	double a = fabs(x);

	if (how.year) {
		trimmed(number, a / 60, a < 599.7 ? 1 : 0);
		put(buf, how, strcmp(number, "0") ? x : 0, number, N_("{1} h"));
	} else if (a < 1e-9) {
		put(buf, how, 0, "0", N_("{1} min"));
	} else if (a < (how.change ? 0.05 : 0.9995)) { /* a change is read beside values in minutes */
		trimmed(number, a * 60, a * 60 >= 10 ? 0 : 1);
		put(buf, how, x, number, N_("{1} s"));
	} else if (a < 120) {
		trimmed(number, a, 1);
		put(buf, how, x, number, N_("{1} min"));
	} else if (a < 1440) {
		hours_and_minutes(buf, how, x);
	} else {
		trimmed(number, a / 1440, a < 144000 ? 1 : 0);
		put(buf, how, x, number, strcmp(number, "1") ? N_("{1} days") : N_("{1} day"));
	}
}

/* 約608万円, 約1億2,300万円: to the nearest 10,000 yen, "about" unless it is exact. */
static void yen_in_ten_thousands(struct bpr_buf *buf, struct bpr_words how, double x)
{
	double units = fabs(x) / 1e4;
	double whole = nearbyint(units);
	double oku = floor(whole / 1e4);
	char number[LONGEST];

	if (!is_whole(units) && !how.change)
		bpr_i_buf_puts(buf, "約");
	bpr_i_buf_puts(buf, sign(how, x));
	if (oku > 0) {
		trimmed(number, oku, 0);
		bpr_i_buf_puts(buf, number);
		bpr_i_buf_puts(buf, "億");
		whole -= 1e4 * oku;
	}
	if (whole > 0 || !(oku > 0)) {
		trimmed(number, oku > 0 ? whole : units, oku > 0 || units >= 10 ? 0 : 1);
		bpr_i_buf_puts(buf, number);
		bpr_i_buf_puts(buf, "万");
	}
	bpr_i_buf_puts(buf, "円");
}

void bpr_i_words_yen(struct bpr_buf *buf, struct bpr_words how, double x)
{
	char number[LONGEST];
	double a = fabs(x);

	if (how.lang == BPR_LANG_JA && a >= (how.year ? 9999.5 : 999999.5)) {
		yen_in_ten_thousands(buf, how, x);
	} else if (a >= 999500) {
		trimmed(number, a / 1e6, a < 9.995e6 ? 2 : a < 9.995e7 ? 1 : 0);
		bpr_i_buf_puts(buf, sign(how, x));
		bpr_i_buf_puts(buf, "¥");
		bpr_i_buf_puts(buf, number);
		bpr_i_buf_puts(buf, " million");
	} else {
		trimmed(number, a, a < 99.95 ? 1 : 0);
		if (!strcmp(number, "0"))
			x = 0;
		if (how.lang == BPR_LANG_JA) {
			put(buf, how, x, number, N_("{1} yen"));
		} else {
			bpr_i_buf_puts(buf, sign(how, x));
			bpr_i_buf_puts(buf, "¥");
			bpr_i_buf_puts(buf, number);
		}
	}
}

void bpr_i_words_percent(struct bpr_buf *buf, struct bpr_words how, double x)
{
	char number[LONGEST];

	trimmed(number, fabs(x), fabs(x) >= 999.95 ? 0 : 1);
	bpr_i_buf_puts(buf, sign(how, strcmp(number, "0") ? x : 0));
	bpr_i_buf_puts(buf, number);
	bpr_i_buf_putc(buf, '%');
}

void bpr_i_words_prob(struct bpr_buf *buf, struct bpr_words how, double x)
{
	double percent = 100 * fabs(x);
	double edge = how.change ? percent : fmin(percent, 100 - percent);
	char number[LONGEST];
	int decimals = 1;

	while (decimals < 8 && edge > 1e-10 && edge < 0.5 * pow(10, -decimals))
		decimals++;
	trimmed(number, percent, decimals);
	if (how.change) {
		put(buf, how, strcmp(number, "0") ? x : 0, number, N_("{1} points"));
		return;
	}
	bpr_i_buf_puts(buf, number);
	bpr_i_buf_putc(buf, '%');
}

void bpr_i_words_share(struct bpr_buf *buf, enum bpr_lang lang, double x)
{
	struct bpr_words how = { .lang = lang };
	double n = x > 0 ? nearbyint(1 / x) : 0;
	char number[LONGEST];

	if (!(n >= 2 && n <= 10000 && fabs(1 / n - x) <= 0.05 * x)) {
		bpr_i_words_prob(buf, how, x);
		return;
	}
	if (n > 100) /* two digits are as much as anyone remembers */
		n = nearbyint(n / 10) * 10;
	trimmed(number, n, 0);
	put(buf, how, 1, number, N_("1 in {1}"));
}

void bpr_i_words_quantity(struct bpr_buf *buf, struct bpr_words how, enum bpr_quantity quantity, const char *unit, double x)
{
	switch (quantity) {
	case BPR_QUANTITY_MINUTES:
		bpr_i_words_minutes(buf, how, x);
		return;
	case BPR_QUANTITY_YEN:
		bpr_i_words_yen(buf, how, x);
		return;
	case BPR_QUANTITY_PROB:
		if (!how.year) {
			bpr_i_words_prob(buf, how, x);
			return;
		}
		unit = bpr_text(how.lang, N_("cases"));
		break;
	case BPR_QUANTITY_COUNT:
		break;
	}
	if (how.year && fabs(x) >= 10)
		x = nearbyint(x);
	bpr_i_words_count(buf, how, x);
	if (unit && *unit && how.lang == BPR_LANG_JA) /* English labels say what is counted */
		bpr_i_buf_puts(buf, unit);
}

static const char *method_text(enum bpr_method method)
{
	switch (method) {
	case BPR_METHOD_EXACT: return N_("exact");
	case BPR_METHOD_SIMULATED: return N_("sampled");
	case BPR_METHOD_NONE: break;
	}
	return N_("not known");
}

void bpr_i_words_blocks(struct bpr_buf *buf, double length)
{
	size_t eighths = length > 0 ? (size_t)fmax(1, nearbyint(8 * BAR * fmin(1, length))) : 0;

	for (; eighths >= 8; eighths -= 8)
		bpr_i_buf_puts(buf, "\u2588");
	if (eighths) { /* U+258F is one eighth, U+2589 seven */
		static const char *const parts[] = { "", "\u258f", "\u258e", "\u258d", "\u258c", "\u258b", "\u258a", "\u2589" };

		bpr_i_buf_puts(buf, parts[eighths]);
	}
}

void bpr_i_words_cell(struct bpr_buf *buf, enum bpr_lang lang, const struct bpr_doc_cell *cell)
{
	struct bpr_words how = { lang, cell->change, cell->year };

	switch (cell->value) {
	case BPR_DOC_EMPTY:
		return;
	case BPR_DOC_TEXT:
		bpr_i_buf_puts(buf, cell->text);
		return;
	case BPR_DOC_COUNT:
		bpr_i_words_quantity(buf, how, BPR_QUANTITY_COUNT, cell->text, cell->number);
		return;
	case BPR_DOC_MINUTES:
		bpr_i_words_minutes(buf, how, cell->number);
		return;
	case BPR_DOC_YEN:
		bpr_i_words_yen(buf, how, cell->number);
		return;
	case BPR_DOC_PERCENT:
		bpr_i_words_percent(buf, how, cell->number);
		return;
	case BPR_DOC_PROB:
		bpr_i_words_quantity(buf, how, BPR_QUANTITY_PROB, NULL, cell->number);
		return;
	case BPR_DOC_BAR: /* ASCII: not everybody who gets a report has block characters */
		bpr_i_buf_pad(buf, '#', cell->number > 0 ? (size_t)fmax(1, nearbyint(BAR * fmin(1, cell->number))) : 0);
		return;
	case BPR_DOC_METHOD:
		bpr_i_buf_puts(buf, bpr_text(lang, method_text((enum bpr_method)cell->number)));
		return;
	case BPR_DOC_TICK:
		bpr_i_buf_puts(buf, "☐");
		return;
	}
}
