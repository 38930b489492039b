/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staff time that comes free is made of: by hand, and that the parts add up for any pair; the page about it. */
#include "config.h"
#include "test.h"
#include "pair_recipe.h"
#include "fail_alloc.h"
#include "study/money_i.h"
#include "study/savings_i.h"
#include <bpr/comparison.h>
#include <stdlib.h>

static size_t calls_left = SIZE_MAX;

static bool fails(void)
{
	if (calls_left == SIZE_MAX)
		return false;
	if (calls_left)
		calls_left--;
	return !calls_left;
}

struct side { struct test_flow t; bpr_analysis *analysis; };
struct pair { struct side before, after; bpr_comparison *comparison; struct bpr_subject subject; };

static void analyse(struct side *s)
{
	assert_int_equal(bpr_analyse(s->t.flow, NULL, &s->analysis, s->t.problems, NULL), BPR_OK);
}

static void join(struct pair *p)
{
	assert_int_equal(bpr_compare(p->before.t.flow, p->before.analysis, p->after.t.flow, p->after.analysis, &p->comparison, NULL), BPR_OK);
	p->subject = (struct bpr_subject){ .flow = p->before.t.flow, .analysis = p->before.analysis, .problems = p->before.t.problems,
					   .after_flow = p->after.t.flow, .after_analysis = p->after.analysis, .after_problems = p->after.t.problems,
					   .comparison = p->comparison };
}

static void make_rows(struct side *s, const char *const rows[], const char *staff, const char *demand)
{
	test_begin(&s->t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&s->t, rows[i], i + 2);
	if (staff)
		test_companion(&s->t, BPR_TABLE_STAFF, staff, 2);
	if (demand)
		test_companion(&s->t, BPR_TABLE_DEMAND, demand, 2);
	test_finish(&s->t);
	assert_int_equal(s->t.status, BPR_OK);
	analyse(s);
}

static void end(struct pair *p)
{
	bpr_comparison_free(p->comparison);
	bpr_analysis_free(p->before.analysis);
	bpr_analysis_free(p->after.analysis);
	test_end(&p->before.t);
	test_end(&p->after.t);
}

static const char *const before_rows[] = {
	"s|start|b", "b|task|x|work=10|counter=K|staff=P", "x|xor|b:0.2;c:0.8", "c|task|d|work=5|copies=3|staff=P", "d|task|i|work=3|counter=L|staff=P",
	"i|task|g|work=2|counter=K|id_checks=1|staff=P", "g|task|h|work=4|staff=P", "h|task|e|work=6|staff=P", "e|end|", NULL,
};
static const char *const after_rows[] = {
	"s|start|b", "b|task|x|work=8|counter=K|staff=P", "x|xor|b:0.1;n:0.9", "n|task|m|work=4|counter=K|staff=P", "m|task|h|work=1|staff=P",
	"h|task|e|work=6|actor=citizen", "e|end|", NULL,
};

/*
 * b: 1.25 times 10 min, then 1/0.9 times 8: faster (10 - 8)(1.25 + 1.111…)/2, done again less (0.25 - 0.111…) 9. c copied; d's counter
 * is not visited any more; i checked identity at a counter that is; g simply went; h is done by the citizen now; n and m are new.
 */
static void by_hand(void **state)
{
	struct bpr_arena arena = { 0 };
	struct bpr_savings s;
	struct pair p;
	double sum = 0;

	(void)state;
	make_rows(&p.before, before_rows, NULL, NULL);
	make_rows(&p.after, after_rows, NULL, NULL);
	join(&p);
	assert_true(bpr_i_savings(&arena, &p.subject, &s));
	assert_rel(s.minutes[BPR_SAVING_FASTER], 1.25 + 1 / 0.9, 1e-12);
	assert_rel(s.minutes[BPR_SAVING_AGAIN], (0.25 - 0.1 / 0.9) * 9, 1e-12);
	assert_rel(s.minutes[BPR_SAVING_COPYING], 5, 1e-12);
	assert_rel(s.minutes[BPR_SAVING_COUNTERS], 3, 1e-12);
	assert_rel(s.minutes[BPR_SAVING_CHECKS], 2, 1e-12);
	assert_rel(s.minutes[BPR_SAVING_STEPS], 10, 1e-12);
	assert_rel(s.minutes[BPR_SAVING_NEW_DESK], -4, 1e-12);
	assert_rel(s.minutes[BPR_SAVING_NEW], -1, 1e-12);
	assert_rel(s.total, 12.5 + 20 - 8 / 0.9 - 5, 1e-12);
	for (size_t i = 0; i < BPR_SAVING_KINDS; i++)
		sum += s.minutes[i];
	assert_rel(sum, s.total, 1e-12);
	assert_true(fabs(s.minutes[BPR_SAVING_OTHER]) <= 0);
	/* steps, the most saving first: h 6, c 5, g 4, b 3.6, d 3, i 2, then m -1, n -4 */
	assert_int_equal(s.step_count, 8);
	assert_rel(s.steps[0].minutes, 6, 1e-12);
	assert_rel(s.steps[3].minutes, 12.5 - 8 / 0.9, 1e-12);
	assert_rel(s.steps[7].minutes, -4, 1e-12);
	bpr_i_arena_release(&arena);
	end(&p);
}

static const struct bpr_doc_figure *figure_of(const struct bpr_document *doc, enum bpr_figure_kind kind)
{
	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].kind == BPR_DOC_FIGURE && doc->blocks[i].figure->kind == kind)
			return doc->blocks[i].figure;
	return NULL;
}

static void add_page(struct bpr_document *doc, const struct pair *p, const struct bpr_page_options *page)
{
	static const struct bpr_study_options options = { .seed = 1 };
	struct bpr_pages pages = { .doc = doc, .kind = BPR_REPORT_COMPARISON, .subject = &p->subject, .options = &options, .page = page,
				   .cases = bpr_comparison_cases_per_year(p->comparison) };

	bpr_i_page_money(&pages);
}

/* The bars but the last add up to the last, which is the change of the measure. */
static void check_waterfall(const struct bpr_document *doc, const struct pair *p)
{
	const struct bpr_doc_figure *f = figure_of(doc, BPR_FIGURE_WATERFALL);
	const struct bpr_kpi *k = bpr_comparison_kpi(p->comparison, BPR_METRIC_WORK_MINUTES);
	double sum = 0, scale = bpr_comparison_cases_per_year(p->comparison) / 60;

	assert_non_null(f);
	assert_true(f->bar_count >= 2 && f->bar_count <= 8);
	for (size_t i = 0; i + 1 < f->bar_count; i++) {
		sum += f->bars[i].value;
		assert_false(f->bars[i].total);
		assert_true((f->bars[i].tone == BPR_DOC_WORSE) == (f->bars[i].value < 0));
	}
	assert_true(f->bars[f->bar_count - 1].total);
	assert_true(fabs(sum - f->bars[f->bar_count - 1].value) <= 1e-9 * (k->before + k->after) * scale);
	assert_rel(f->bars[f->bar_count - 1].value, -k->change * scale, 1e-9);
}

static void any_pair(void **state)
{
	static const struct bpr_page_options page = BPR_PAGE_OPTIONS_INIT;
	size_t used[BPR_SAVING_KINDS] = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(seed % 2 ? BPR_LANG_EN : BPR_LANG_JA);
		uint64_t random = seed;
		struct recipe r = recipe_new(&random), less = recipe_reform(&r, &random);
		struct bpr_arena arena = { 0 };
		struct bpr_savings s;
		double sum = 0;
		struct pair p;

		recipe_make(&r, &p.before.t);
		recipe_make(&less, &p.after.t);
		analyse(&p.before);
		analyse(&p.after);
		join(&p);
		assert_true(bpr_i_savings(&arena, &p.subject, &s));
		for (size_t i = 0; i < BPR_SAVING_KINDS; i++) {
			sum += s.minutes[i];
			used[i] += fabs(s.minutes[i]) > 0;
		}
		assert_true(fabs(sum - s.total) <= 1e-9 * bpr_analysis_figure(p.before.analysis, BPR_METRIC_WORK_MINUTES)->mean);
		add_page(&doc, &p, &page);
		assert_false(doc.failed);
		if (fabs(bpr_comparison_kpi(p.comparison, BPR_METRIC_WORK_MINUTES)->change) > 0)
			check_waterfall(&doc, &p);
		bpr_i_doc_release(&doc);
		bpr_i_arena_release(&arena);
		end(&p);
	}
	for (size_t i = 0; i < BPR_SAVING_KINDS; i++)
		assert_true(used[i] || i == BPR_SAVING_CHECKS || i == BPR_SAVING_PAPERS || i == BPR_SAVING_OTHER);
}

/* ---- payback ---- */

/* Text of the cell behind the one that holds `what`; NULL: no such cell. */
static const struct bpr_doc_cell *beside(const struct bpr_document *doc, const char *what)
{
	for (size_t i = 0; i < doc->block_count; i++) {
		const struct bpr_doc_table *t = doc->blocks[i].table;

		for (size_t k = 0; t && k < t->row_count; k++)
			if (t->cells[k * t->column_count].value == BPR_DOC_TEXT && strstr(t->cells[k * t->column_count].text, what))
				return &t->cells[k * t->column_count + 1];
	}
	return NULL;
}

static bool says(const struct bpr_document *doc, const char *what)
{
	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].text && strstr(doc->blocks[i].text, what))
			return true;
	return false;
}

/* 600 cases lose 20 of 30 min: 200 h at 3,000 yen are 600,000 yen a year. */
static void payback(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|e|work=30|staff=P", "e|end|", NULL };
	static const char *const less[] = { "s|start|a", "a|task|e|work=10|staff=P", "e|end|", NULL };
	static const struct { double initial, yearly; const char *said; } tries[] = {
		{ 300000, 0, "about 6 months" }, { 500000, 100000, "about 12 months" }, { 1500000, 100000, "about 3 years" }, { 1, 700000, "never" },
		{ 1, 600000, "never" }, { 0, 0, "at once" }, { 50000, (double)NAN, "about 1 month" },
	};
	struct bpr_page_options page = BPR_PAGE_OPTIONS_INIT;
	struct pair p;

	(void)state;
	make_rows(&p.before, rows, "pool=P|yen_per_hour=3000", "per_year=600");
	make_rows(&p.after, less, "pool=P|yen_per_hour=3000", "per_year=600");
	join(&p);
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);

		page.initial_cost = tries[i].initial;
		page.yearly_cost = tries[i].yearly;
		add_page(&doc, &p, &page);
		assert_false(doc.failed);
		assert_non_null(beside(&doc, "paid back after"));
		assert_string_equal(beside(&doc, "paid back after")->text, tries[i].said);
		assert_rel(beside(&doc, "staff time that comes free")->number, 600000, 1e-12);
		assert_true(says(&doc, "counts as 0") == !isfinite(tries[i].yearly));
		bpr_i_doc_release(&doc);
	}
	page = (struct bpr_page_options)BPR_PAGE_OPTIONS_INIT;
	for (int only = 0; only < 2; only++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);

		page.yearly_cost = only ? 5 : (double)NAN;
		add_page(&doc, &p, &page);
		assert_null(beside(&doc, "paid back after"));
		assert_true(says(&doc, only ? "The cost at the beginning is not given" : "What the reform costs is not given"));
		bpr_i_doc_release(&doc);
	}
	end(&p);
}

/* What is not known is said, and nothing is made up for it. */
static void missing(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|e|work=30|staff=P", "e|end|", NULL };
	static const char *const less[] = { "s|start|a", "a|task|e|work=10|staff=P", "e|end|", NULL };
	static const char *const untimed[] = { "s|start|a", "a|task|e|staff=P", "e|end|", NULL };
	static const struct { const char *const *rows; const char *staff, *demand, *other_demand, *says; bool waterfall; } tries[] = {
		{ rows, NULL, "per_year=600", "per_year=600", "what an hour of staff costs", true },
		{ rows, "pool=P|yen_per_hour=3000", NULL, NULL, "the number of cases a year", true },
		{ rows, "pool=P|yen_per_hour=3000", "per_year=600", "per_year=700", "different numbers of cases", true },
		{ untimed, NULL, NULL, NULL, "no step of one of the flows says how long it takes", false },
	};
	static const struct bpr_page_options page = BPR_PAGE_OPTIONS_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);
		const struct bpr_doc_figure *f;
		struct pair p;

		make_rows(&p.before, tries[i].rows, tries[i].staff, tries[i].demand);
		make_rows(&p.after, less, tries[i].staff, tries[i].other_demand);
		join(&p);
		add_page(&doc, &p, &page);
		assert_false(doc.failed);
		assert_true(says(&doc, tries[i].says));
		f = figure_of(&doc, BPR_FIGURE_WATERFALL);
		assert_true((f != NULL) == tries[i].waterfall);
		if (f && !(bpr_comparison_cases_per_year(p.comparison) > 0)) {
			assert_string_equal(f->unit, "minutes/case");
			assert_rel(f->bars[f->bar_count - 1].value, 20, 1e-12);
		}
		bpr_i_doc_release(&doc);
		end(&p);
	}
}

static void no_memory(void **state)
{
	static const struct bpr_page_options page = { .size = sizeof(page), .initial_cost = 1e6, .yearly_cost = 1e5 };
	bool failed = true;
	struct pair p;
	size_t n = 1;

	(void)state;
	make_rows(&p.before, before_rows, "pool=P|yen_per_hour=3000", "per_year=600");
	make_rows(&p.after, after_rows, "pool=P|yen_per_hour=3000", "per_year=600");
	join(&p);
	for (; failed; n++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);

		assert_true(n < 100000);
		calls_left = n;
		add_page(&doc, &p, &page);
		calls_left = SIZE_MAX;
		failed = doc.failed;
		bpr_i_doc_release(&doc);
	}
	assert_true(n > 20);
	end(&p);
}

/* The first page of one flow: its bars are the staff time of its steps, and memory may run out anywhere. */
static void front(void **state)
{
	static const struct bpr_page_options page = BPR_PAGE_OPTIONS_INIT;
	static const struct bpr_study_options options = { .seed = 1 };
	bool failed = true;
	struct pair p;
	size_t n = 1;

	(void)state;
	make_rows(&p.before, before_rows, "pool=P|yen_per_hour=3000", "per_year=600");
	make_rows(&p.after, after_rows, NULL, NULL);
	join(&p);
	for (; failed; n++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
		struct bpr_pages pages = { .doc = &doc, .kind = BPR_REPORT_ANALYSIS, .options = &options, .page = &page, .cases = 600 };
		const struct bpr_subject subject = { .flow = p.before.t.flow, .analysis = p.before.analysis, .problems = p.before.t.problems };
		const struct bpr_doc_figure *f;
		double sum = 0;

		assert_true(n < 100000);
		pages.subject = &subject;
		calls_left = n;
		bpr_i_page_front(&pages);
		calls_left = SIZE_MAX;
		failed = doc.failed;
		f = figure_of(&doc, BPR_FIGURE_BARS);
		if (!failed) {
			assert_non_null(f);
			assert_int_equal(f->bar_count, 6);
			for (size_t i = 0; i < f->bar_count; i++)
				sum += f->bars[i].value;
			assert_rel(sum, 600 * 32.5 / 60, 1e-12); /* 12.5 + 5 + 3 + 2 + 4 + 6 */
			assert_rel(f->bars[0].value, 600 * 12.5 / 60, 1e-12);
		}
		bpr_i_doc_release(&doc);
	}
	assert_true(n > 20);
	end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand), cmocka_unit_test(any_pair), cmocka_unit_test(payback), cmocka_unit_test(missing), cmocka_unit_test(no_memory),
		cmocka_unit_test(front),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
