/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures as SVG, read back with libxml2: what they show against their data, that nothing leaves the picture and no two texts
 * overlap, for figures made by hand and by chance. BPR_GALLERY=FILE writes those made by hand as a page to look at.
 */
#include "config.h"
#include "test.h"
#include "chart_figures.h"
#include "chart_shapes.h"
#include "fail_alloc.h"
#include "report/render_i.h"
#include <bpr/bpr.h>
#include <stdlib.h>
#include <string.h>

enum { CHANCES = 400 };

static size_t left = SIZE_MAX;

/* From the n-th on all fail. */
static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	if (left) {
		left--;
		return false;
	}
	return true;
}

static const enum bpr_figure_kind kinds[] = {
	BPR_FIGURE_DUMBBELL, BPR_FIGURE_FORMS, BPR_FIGURE_RIBBON, BPR_FIGURE_HISTOGRAM, BPR_FIGURE_LOAD, BPR_FIGURE_WATERFALL, BPR_FIGURE_TORNADO,
	BPR_FIGURE_STEPS, BPR_FIGURE_BARS, BPR_FIGURE_HOURS
};

/* Drawn and read back. */
static void see(const struct bpr_doc_figure *figure, enum bpr_lang lang, struct chart_shapes *shapes)
{
	struct bpr_buf svg = BPR_BUF_INIT;

	bpr_i_chart_svg(figure, lang, "p1", &svg);
	assert_int_equal(svg.failed, BPR_OK);
	assert_non_null(svg.data);
	if (!chart_shapes_read(shapes, svg.data, svg.length))
		fail_msg("%s is not well-formed:\n%.2000s", figure->id, svg.data);
	bpr_i_buf_release(&svg);
}

static void see_named(const char *id, enum bpr_lang lang, struct chart_shapes *shapes)
{
	const struct bpr_doc_figure *figure = chart_figure_named(id, lang);

	assert_non_null(figure);
	see(figure, lang, shapes);
}

static double end_of(const struct chart_shape *s)
{
	assert_non_null(s);
	return s->x + s->width;
}

static double middle_of(const struct chart_shape *s)
{
	assert_non_null(s);
	return s->x + s->width / 2;
}

/* Coordinates are rounded to hundredths. */
#define assert_near(a, b) assert_within((a), (b), 0.02)
#define assert_within(a, b, most) \
	do { \
		double test_a = (a), test_b = (b); \
		if (!(fabs(test_a - test_b) <= (most))) \
			fail_msg("%s = %.9g, expected %.9g", #a, test_a, test_b); \
	} while (0)

/* ---- by hand ---- */

static void test_faultless(void **state)
{
	static const enum bpr_lang langs[] = { BPR_LANG_EN, BPR_LANG_JA };
	const struct bpr_doc_figure *figure;

	(void)state;
	for (size_t l = 0; l < 2; l++) {
		for (size_t i = 0; (figure = chart_figure(i, langs[l])); i++) {
			struct chart_shapes shapes;

			see(figure, langs[l], &shapes);
			if (shapes.not_numbers || shapes.outside || shapes.overlaps)
				fail_msg("%s: %zu not numbers, %zu outside, %zu overlaps; %s", figure->id, shapes.not_numbers, shapes.outside, shapes.overlaps,
					 shapes.first);
			chart_shapes_release(&shapes);
		}
	}
}

static void test_dumbbell(void **state)
{
	const struct bpr_doc_figure *figure = chart_figure_named("dumbbell", BPR_LANG_JA);
	struct chart_shapes s;
	double zero, hundred;

	(void)state;
	see(figure, BPR_LANG_JA, &s);
	zero = middle_of(chart_shapes_text(&s, "0"));
	hundred = middle_of(chart_shapes_text(&s, "100"));
	for (size_t i = 0; i < figure->row_count; i++) {
		const struct chart_shape *disc = chart_shapes_find(&s, SHAPE_CIRCLE, "k-after", i);
		const struct bpr_dumbbell_row *row = &figure->rows[i];

		assert_near(middle_of(disc), zero + row->after / 100 * (hundred - zero));
		assert_non_null(chart_shapes_text(&s, row->label));
	}
	/* Intervals: the one of the mean wait, 30 to 39, with 3 pixels more on each side. */
	assert_near(chart_shapes_find(&s, SHAPE_RECT, "k-band", 0)->x + 3, zero + 0.30 * (hundred - zero));
	assert_near(end_of(chart_shapes_find(&s, SHAPE_RECT, "k-band", 0)) - 3, zero + 0.39 * (hundred - zero));
	assert_null(chart_shapes_find(&s, SHAPE_POLYGON, "k-worse", 0));
	assert_non_null(chart_shapes_text(&s, "6 → 1 か所"));
	assert_non_null(chart_shapes_text(&s, "9 → 3%"));
	chart_shapes_release(&s);
}

static void test_dumbbell_worse(void **state)
{
	struct chart_shapes s;
	double zero, hundred;
	size_t diamonds = 0, tips = 0;

	(void)state;
	see_named("dumbbell", BPR_LANG_EN, &s);
	zero = middle_of(chart_shapes_text(&s, "0"));
	hundred = middle_of(chart_shapes_text(&s, "100"));
	for (size_t i = 0; i < s.count; i++) {
		if (s.items[i].kind != SHAPE_POLYGON || strcmp(s.items[i].class, "k-worse") != 0)
			continue;
		if (s.items[i].width > 13) { /* a diamond: of 170.7, and the one of the legend */
			if (!diamonds++)
				assert_near(middle_of(&s.items[i]), zero + 1.707 * (hundred - zero));
		} else {
			tips++;
		}
	}
	assert_int_equal(diamonds, 2);
	assert_int_equal(tips, 3); /* one on the way to it, two where 2,000,000,000 leaves the scale */
	assert_non_null(chart_shapes_text(&s, "new: there was none before"));
	chart_shapes_release(&s);
}

static void test_forms(void **state)
{
	struct chart_shapes s;

	(void)state;
	see_named("forms", BPR_LANG_JA, &s);
	assert_int_equal(chart_shapes_count(&s, SHAPE_RECT, "k-paper"), 5);
	assert_int_equal(chart_shapes_count(&s, SHAPE_PATH, "k-ink"), 4 * 3 + 1 + 1); /* fields, signature, legend */
	assert_int_equal(chart_shapes_count(&s, SHAPE_RECT, "k-print"), 4 + 1);
	assert_non_null(chart_shapes_text(&s, "×1.2"));
	assert_non_null(chart_shapes_text(&s, "ほか2項目"));
	chart_shapes_release(&s);
	see_named("forms", BPR_LANG_EN, &s);
	assert_int_equal(chart_shapes_count(&s, SHAPE_RECT, "k-paper"), 11 + 1);
	assert_non_null(chart_shapes_text(&s, "and 6 more"));
	chart_shapes_release(&s);
}

static void test_ribbon(void **state)
{
	static const char *const classes[] = { "k-walk", "k-write", "k-wait", "k-serve" };
	const struct bpr_doc_figure *figure = chart_figure_named("ribbon", BPR_LANG_JA);
	struct chart_shapes s;
	double zero, minute, at;
	size_t seen[4] = { 0 };

	(void)state;
	see(figure, BPR_LANG_JA, &s);
	zero = middle_of(chart_shapes_text(&s, "0"));
	minute = (middle_of(chart_shapes_text(&s, "100")) - zero) / 100;
	for (size_t r = 0; r < 2; r++) {
		const struct bpr_ribbon *band = &figure->ribbons[r];

		at = 0;
		for (size_t i = 0; i < band->piece_count; i++) {
			const struct bpr_visit_piece *p = &band->pieces[i];
			const struct chart_shape *rect = NULL;

			do /* not the ground of a number on stripes */
				rect = chart_shapes_find(&s, SHAPE_RECT, classes[p->kind], seen[p->kind]++);
			while (rect && rect->height < 40);
			assert_non_null(rect);
			assert_near(rect->x, zero + at * minute);
			at += p->minutes;
			assert_within(end_of(rect), zero + at * minute, 1.02); /* a gap of a pixel between two */
		}
	}
	assert_non_null(chart_shapes_text(&s, "①住民課"));
	assert_non_null(chart_shapes_text(&s, "⑥"));
	chart_shapes_release(&s);
}

static void test_ribbon_away(void **state)
{
	struct chart_shapes s;

	(void)state;
	see_named("ribbon", BPR_LANG_EN, &s);
	/* Three days at home would leave nothing of the rest: 40 minutes are the scale. */
	assert_null(chart_shapes_text(&s, "4000"));
	assert_non_null(chart_shapes_text(&s, "40"));
	assert_non_null(chart_shapes_text(&s, "4320 minutes"));
	assert_non_null(chart_shapes_text(&s, "(25)"));
	chart_shapes_release(&s);
}

static void test_histogram(void **state)
{
	const struct bpr_doc_figure *figure = chart_figure_named("waits", BPR_LANG_JA);
	struct chart_shapes s;
	double base, unit, zero, bin;

	(void)state;
	see(figure, BPR_LANG_JA, &s);
	base = chart_shapes_find(&s, SHAPE_RECT, "k-walk", 0)->y + chart_shapes_find(&s, SHAPE_RECT, "k-walk", 0)->height;
	unit = chart_shapes_find(&s, SHAPE_RECT, "k-walk", 5)->height / 0.108;
	for (size_t i = 0; i < 22; i++) {
		const struct chart_shape *bar = chart_shapes_find(&s, SHAPE_RECT, "k-walk", i);

		assert_near(bar->y + bar->height, base);
		assert_within(bar->height, figure->series[0].values[i] * unit, 0.05);
	}
	for (size_t i = 0; i < 12; i++)
		assert_within(chart_shapes_find(&s, SHAPE_RECT, "k-after", i)->height, figure->series[1].values[i] * unit, 0.05);
	/* A mark at 36 stands where 36 is on the axis: 6.2 of the way from 30 to 40 ... */
	zero = middle_of(chart_shapes_text(&s, "0"));
	bin = (middle_of(chart_shapes_text(&s, "90")) - zero) / 18;
	for (size_t i = 0, found = 0; found < 4; i++) {
		const struct chart_shape *dash = chart_shapes_find(&s, SHAPE_LINE, NULL, i);
		static const double at[] = { 12, 25, 36, 68 };

		assert_non_null(dash);
		if (dash->width > 0 || !strcmp(dash->class, "k-back") || dash->height < 190)
			continue;
		assert_within(dash->x, zero + at[found++] / 5 * bin, 0.05);
	}
	assert_non_null(chart_shapes_text(&s, "105～"));
	chart_shapes_release(&s);
}

static void test_bars(void **state)
{
	const struct bpr_doc_figure *figure = chart_figure_named("load", BPR_LANG_JA);
	struct chart_shapes s;
	double zero, whole;

	(void)state;
	see(figure, BPR_LANG_JA, &s);
	zero = middle_of(chart_shapes_text(&s, "0%"));
	whole = middle_of(chart_shapes_text(&s, "100%")) - zero;
	assert_near(end_of(chart_shapes_find(&s, SHAPE_RECT, "k-worse", 0)), zero + 0.92 * whole);
	assert_near(end_of(chart_shapes_find(&s, SHAPE_RECT, "k-before", 1)), zero + 0.02 * whole);
	assert_near(end_of(chart_shapes_find(&s, SHAPE_RECT, "k-after", 0)), zero + 0.78 * whole);
	assert_near(chart_shapes_find(&s, SHAPE_RECT, "k-zone", 0)->x, zero + 0.85 * whole);
	chart_shapes_release(&s);
	figure = chart_figure_named("bars", BPR_LANG_EN);
	see(figure, BPR_LANG_EN, &s);
	zero = middle_of(chart_shapes_text(&s, "0"));
	whole = middle_of(chart_shapes_text(&s, "1,000")) - zero;
	assert_near(chart_shapes_find(&s, SHAPE_RECT, "k-after", 1)->width, 2.8 * whole);
	assert_near(chart_shapes_find(&s, SHAPE_RECT, "k-worse", 0)->width, 0.08 * whole);
	assert_near(end_of(chart_shapes_find(&s, SHAPE_RECT, "k-worse", 0)), zero); /* to the left of zero */
	chart_shapes_release(&s);
}

static void test_waterfall(void **state)
{
	const struct bpr_doc_figure *figure = chart_figure_named("gain", BPR_LANG_JA);
	struct chart_shapes s;
	const struct chart_shape *total, *first, *last, *minus;
	double hour;

	(void)state;
	see(figure, BPR_LANG_JA, &s);
	total = chart_shapes_find(&s, SHAPE_RECT, "k-total", 0);
	first = chart_shapes_find(&s, SHAPE_RECT, "k-after", 0);
	last = chart_shapes_find(&s, SHAPE_RECT, "k-after", 3);
	minus = chart_shapes_find(&s, SHAPE_RECT, "k-worse", 0);
	hour = total->height / 1960;
	assert_near(first->height, 610 * hour);
	assert_near(first->y + first->height, total->y + total->height);
	assert_near(minus->y, last->y); /* it begins where the sum is, and ends at the total */
	assert_near(minus->y + minus->height, total->y);
	chart_shapes_release(&s);
	/* Many of them lie, a row each. */
	see_named("gain-many", BPR_LANG_EN, &s);
	first = chart_shapes_find(&s, SHAPE_RECT, "k-after", 0);
	last = chart_shapes_find(&s, SHAPE_RECT, "k-after", 1);
	total = chart_shapes_find(&s, SHAPE_RECT, "k-total", 0);
	assert_near(end_of(first), last->x);
	assert_near(last->width / first->width * 12, 30);
	assert_near(total->x, first->x);
	assert_within(total->width / first->width * 12, 94.5, 0.05);
	chart_shapes_release(&s);
}

static void test_tornado(void **state)
{
	struct chart_shapes s;
	const struct chart_shape *low, *high;
	double hour, from;

	(void)state;
	see_named("turn", BPR_LANG_JA, &s);
	from = middle_of(chart_shapes_text(&s, "1,200"));
	hour = (middle_of(chart_shapes_text(&s, "2,200")) - from) / 1000;
	low = chart_shapes_find(&s, SHAPE_RECT, "k-walk", 0);
	high = chart_shapes_find(&s, SHAPE_RECT, "k-after", 0);
	assert_near(low->x, from + 170 * hour);
	assert_near(end_of(low), from + 760 * hour);
	assert_near(high->x, from + 760 * hour);
	assert_near(end_of(high), from + 1180 * hour);
	chart_shapes_release(&s);
}

static void test_steps(void **state)
{
	struct chart_shapes s;

	(void)state;
	see_named("steps", BPR_LANG_EN, &s);
	assert_int_equal(chart_shapes_count(&s, SHAPE_RECT, "k-card"), 7);
	assert_int_equal(chart_shapes_count(&s, SHAPE_CIRCLE, "k-after"), 7);
	assert_int_equal(chart_shapes_count(&s, SHAPE_POLYGON, "k-after"), 6); /* arrows */
	for (size_t i = 0; i < 7; i++) {
		const struct chart_shape *card = chart_shapes_find(&s, SHAPE_RECT, "k-card", i);

		assert_true(card->width > 100);
		assert_true(i == 4 ? card->y > chart_shapes_find(&s, SHAPE_RECT, "k-card", 0)->y + 100 : true);
	}
	chart_shapes_release(&s);
}

static void test_gallery(void **state)
{
	static const enum bpr_lang langs[] = { BPR_LANG_JA, BPR_LANG_EN };
	const char *path = getenv("BPR_GALLERY");
	const struct bpr_doc_figure *figure;
	struct bpr_buf page = BPR_BUF_INIT;
	FILE *file;

	(void)state;
	bpr_i_buf_puts(&page, "<!doctype html><meta charset=utf-8><style>body{width:760px;margin:20px auto}svg{outline:1px dotted #ccc}</style>\n");
	for (size_t l = 0; l < 2; l++) {
		for (size_t i = 0; (figure = chart_figure(i, langs[l])); i++) {
			bpr_i_buf_printf(&page, "<h2>%s</h2>\n", figure->title);
			bpr_i_chart_svg(figure, langs[l], l ? "en" : "ja", &page);
		}
	}
	assert_int_equal(page.failed, BPR_OK);
	assert_non_null(page.data);
	if (path) {
		file = fopen(path, "w");
		assert_non_null(file);
		assert_true(fwrite(page.data, 1, page.length, file) == page.length);
		assert_int_equal(fclose(file), 0);
	}
	bpr_i_buf_release(&page);
}

/* ---- by chance ---- */

static void test_chances(void **state)
{
	size_t faults = 0, told = 0;

	(void)state;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++, told = 0) {
		for (uint64_t seed = 0; seed < CHANCES; seed++) {
			struct chart_chance *chance = chart_chance_new(kinds[k], seed);
			struct chart_shapes s;

			assert_non_null(chance);
			see(&chance->figure, seed % 2 ? BPR_LANG_JA : BPR_LANG_EN, &s);
			faults += s.not_numbers + s.outside + s.overlaps;
			if (s.not_numbers + s.outside + s.overlaps && told++ < 2)
				print_error("kind %d seed %d: %zu not numbers, %zu outside, %zu overlaps; %s\n", (int)kinds[k], (int)seed, s.not_numbers,
					    s.outside, s.overlaps, s.first);
			assert_true(s.height > 0 && s.height < 20000);
			chart_shapes_release(&s);
			chart_chance_free(chance);
		}
	}
	assert_int_equal(faults, 0);
}

/* Every allocation fails once: the picture says so, and nothing else happens. */
static void test_nomem(void **state)
{
	const struct bpr_doc_figure *figure;

	(void)state;
	for (size_t i = 0; (figure = chart_figure(i, BPR_LANG_EN)); i++) {
		for (size_t n = 0;; n++) {
			struct bpr_buf svg = BPR_BUF_INIT;
			bpr_status failed;

			left = n;
			bpr_i_chart_svg(figure, BPR_LANG_EN, "p1", &svg);
			failed = svg.failed;
			left = SIZE_MAX;
			bpr_i_buf_release(&svg);
			if (!failed)
				break;
			assert_int_equal(failed, BPR_ENOMEM);
			assert_true(n < 5000);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gallery),   cmocka_unit_test(test_faultless), cmocka_unit_test(test_dumbbell), cmocka_unit_test(test_dumbbell_worse),
		cmocka_unit_test(test_forms),     cmocka_unit_test(test_ribbon),    cmocka_unit_test(test_ribbon_away), cmocka_unit_test(test_histogram),
		cmocka_unit_test(test_bars),      cmocka_unit_test(test_waterfall), cmocka_unit_test(test_tornado),  cmocka_unit_test(test_steps),
		cmocka_unit_test(test_chances),   cmocka_unit_test(test_nomem),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
