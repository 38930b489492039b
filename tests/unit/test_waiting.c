/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page about waiting: its figures are those of the simulation, of the formulas; what is missing, worse or not known is said. */
#include "config.h"
#include "pages_made.h"
#include "flow_build.h"
#include "study/waiting_i.h"

/* ---- reading a document ---- */

static const struct bpr_doc_figure *figure_of(const struct bpr_document *doc, enum bpr_figure_kind kind)
{
	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].kind == BPR_DOC_FIGURE && doc->blocks[i].figure->kind == kind)
			return doc->blocks[i].figure;
	return NULL;
}

static bool says(const struct bpr_document *doc, const char *text)
{
	for (size_t i = 0; i < doc->block_count; i++) {
		const struct bpr_doc_table *t = doc->blocks[i].table;

		if (doc->blocks[i].text && strstr(doc->blocks[i].text, text))
			return true;
		for (size_t k = 0; t && k < t->row_count * t->column_count; k++)
			if (t->cells[k].text && strstr(t->cells[k].text, text))
				return true;
	}
	return false;
}

struct pair { struct bpr_flows before, after; struct made m; };

static void begin(struct pair *p, const char *before, const char *after, double days, size_t replications)
{
	*p = (struct pair){ .m = { .comparison = NULL } };
	made_read(before, &p->before);
	if (after)
		made_read(after, &p->after);
	made_of(&p->m, p->before.items[0], after ? p->after.items[0] : NULL, days, replications);
}

static void end(struct pair *p)
{
	made_release(&p->m);
	bpr_flows_release(&p->before);
	bpr_flows_release(&p->after);
}

/* ---- distribution ---- */

static void check_series(const struct bpr_doc_figure *f, const struct bpr_series *series, const bpr_simulation *sim, double minutes)
{
	const struct bpr_sim_figure *wait = bpr_simulation_figure(sim, BPR_SIM_WAIT);
	double sum = 0;

	for (size_t i = 0; i < f->bin_count; i++) {
		double from = i ? bpr_simulation_share_within(sim, BPR_SIM_WAIT, f->edges[i] * minutes) : 0;
		double to = i + 1 < f->bin_count ? bpr_simulation_share_within(sim, BPR_SIM_WAIT, f->edges[i + 1] * minutes) : 1;

		assert_true(fabs(series->values[i] - (to - from)) < 1e-12);
		sum += series->values[i];
	}
	assert_rel(sum, 1, 1e-12);
	assert_int_equal(series->mark_count, 2);
	assert_rel(series->marks[0].at * minutes, wait->p50, 1e-12);
	assert_rel(series->marks[1].at * minutes, wait->p90, 1e-12);
	/* those that are longer than the mark are 1 in 10 */
	assert_true(bpr_simulation_share_within(sim, BPR_SIM_WAIT, wait->p90) >= 0.9 - 1e-3);
}

static void bins_hold_the_shares_of_the_simulation(void **state)
{
	struct pair p;
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);
	const struct bpr_doc_figure *f;

	(void)state;
	begin(&p, "samples/kitami/before.csv", "samples/kitami/after.csv", 5, 4);
	made_pages(&doc, &p.m, "waiting");
	f = figure_of(&doc, BPR_FIGURE_HISTOGRAM);
	assert_non_null(f);
	assert_int_equal(f->series_count, 2);
	assert_true(f->open && f->bin_count >= 5 && f->bin_count <= 25);
	assert_true(!(f->edges[0] > 0));
	for (size_t i = 1; i <= f->bin_count; i++) /* all as wide as the first */
		assert_rel(f->edges[i] - f->edges[i - 1], f->edges[1], 1e-9);
	check_series(f, &f->series[0], p.m.trial.before, 1);
	check_series(f, &f->series[1], p.m.trial.after, 1);
	assert_true(says(&doc, "1 visitor in 10 waits longer than"));
	bpr_i_doc_release(&doc);
	end(&p);
}

/* Work of cases in days: the scale is in days too, and so are the marks. */
static void long_times_are_in_larger_units(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|b|unit=X|work=1|wait=exp(3000)", "b|task|e|unit=X|work=1", "e|end|", NULL };
	struct test_flow t;
	struct made m;
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);
	const struct bpr_doc_figure *f;
	const struct bpr_sim_figure *cycle;

	(void)state;
	test_begin(&t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&t, rows[i], i + 2);
	test_companion(&t, BPR_TABLE_DEMAND, "arrivals=exp(100)", 2);
	test_finish(&t);
	assert_int_equal(t.status, BPR_OK);
	made_of(&m, t.flow, NULL, 20, 4);
	made_pages(&doc, &m, "waiting");
	f = figure_of(&doc, BPR_FIGURE_HISTOGRAM);
	cycle = bpr_simulation_figure(m.simulation, BPR_SIM_CYCLE);
	assert_non_null(f);
	assert_string_equal(f->unit, "days");
	assert_rel(f->series[0].marks[1].at * 1440, cycle->p90, 1e-12); /* nobody queues: it is the time a case takes */
	assert_true(says(&doc, "1 case in 10 takes longer than"));
	bpr_i_doc_release(&doc);
	made_release(&m);
	test_end(&t);
}

/* ---- load ---- */

static double busy_of(const struct bpr_doc_figure *f, enum bpr_side side, const char *name)
{
	for (size_t i = 0; i < f->bar_count; i++)
		if (f->bars[i].side == side && !strncmp(f->bars[i].label, name, strlen(name)))
			return f->bars[i].value;
	fail_msg("no bar %s", name);
	return 0;
}

static void check_loads(const struct bpr_doc_figure *f)
{
	assert_non_null(f);
	assert_rel(f->zone, 0.85, 1e-12);
	for (size_t i = 0; i < f->bar_count; i++) {
		assert_true(f->bars[i].value >= 0 && isfinite(f->bars[i].value));
		assert_true((f->bars[i].tone == BPR_DOC_WORSE) == (f->bars[i].value > f->zone));
		if (i && f->bars[i].side == f->bars[i - 1].side)
			assert_true(f->bars[i].value <= f->bars[i - 1].value);
	}
}

static void loads_are_those_of_the_simulation(void **state)
{
	struct pair p;
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
	const struct bpr_doc_figure *f;

	(void)state;
	begin(&p, "samples/kitami/before.csv", "samples/kitami/after.csv", 5, 4);
	made_pages(&doc, &p.m, "waiting");
	f = figure_of(&doc, BPR_FIGURE_LOAD);
	check_loads(f);
	for (size_t i = 0; i < bpr_flow_pool_count(p.m.subject.flow); i++)
		assert_rel(busy_of(f, BPR_SIDE_BEFORE, bpr_flow_pool(p.m.subject.flow, i)->name), bpr_simulation_pools(p.m.trial.before)[i].utilisation.mean, 1e-12);
	for (size_t i = 0; i < bpr_flow_pool_count(p.m.subject.after_flow); i++)
		assert_rel(busy_of(f, BPR_SIDE_AFTER, bpr_flow_pool(p.m.subject.after_flow, i)->name), bpr_simulation_pools(p.m.trial.after)[i].utilisation.mean, 1e-12);
	bpr_i_doc_release(&doc);
	end(&p);
}

/* Two people, 0.4 a minute, 4.5 minutes each: 90 %, in the zone; by formula and by simulation. */
static void a_pool_in_the_zone_stands_out(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|e|actor=staff|counter=A|work=exp(4.5)|staff=P", "e|end|", NULL };

	(void)state;
	for (int days = 0; days <= 20; days += 20) {
		struct test_flow t;
		struct made m;
		struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);
		const struct bpr_doc_figure *f;

		test_begin(&t);
		for (size_t i = 0; rows[i]; i++)
			test_row(&t, rows[i], i + 2);
		test_companion(&t, BPR_TABLE_STAFF, "pool=P|count=2", 2);
		test_companion(&t, BPR_TABLE_DEMAND, "arrivals=exp(2.5)", 2);
		test_finish(&t);
		made_of(&m, t.flow, NULL, days, 8);
		made_pages(&doc, &m, "waiting");
		f = figure_of(&doc, BPR_FIGURE_LOAD);
		assert_non_null(f);
		check_loads(f);
		assert_int_equal(f->bar_count, 1);
		assert_rel(f->bars[0].value, 0.9, days ? 0.05 : 1e-12);
		assert_true(says(&doc, "In that range: 'P'"));
		assert_true(says(&doc, "The longest queue is before 'a (A)'"));
		if (!days) {
			/* Erlang C: C(2, 1.8) = 0.8526, Wq = C * 4.5 / (2 - 1.8) = 19.18 minutes */
			f = figure_of(&doc, BPR_FIGURE_BARS);
			assert_non_null(f);
			assert_rel(f->bars[0].value, 19.18421052631579, 1e-9);
			assert_true(says(&doc, "bpr simulate f.csv -o report.html"));
		}
		bpr_i_doc_release(&doc);
		made_release(&m);
		test_end(&t);
	}
}

/* ---- hours ---- */

/* Over the week's tables, day by day: minutes waited over waits. */
static double wait_of_hour(const bpr_flow *flow, const bpr_simulation *sim, size_t hour)
{
	double waited = 0, waits = 0;

	for (size_t day = 0; day < 7; day++)
		for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
			const struct bpr_sim_place_hour *at = &bpr_simulation_pool_waits(sim, i)[day * 24 + hour];
			double days = (double)bpr_simulation_hours(sim)[day * 24 + hour].days;

			waits += days * at->waits;
			waited += days * at->waits * at->wait;
		}
	return waits > 0 ? waited / waits : 0;
}

static void hours_are_those_of_the_simulation(void **state)
{
	struct pair p;
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
	const struct bpr_doc_figure *f;

	(void)state;
	begin(&p, "samples/morning/flow.csv", NULL, 5, 4);
	made_pages(&doc, &p.m, "waiting");
	f = figure_of(&doc, BPR_FIGURE_HOURS);
	assert_non_null(f);
	assert_string_equal(f->unit, "分");
	assert_true(f->bin_count >= 8);
	for (size_t i = 0; i < f->bin_count; i++) {
		size_t hour = (size_t)(f->edges[i] / 60 + 0.5);

		assert_rel(f->series[0].values[i], wait_of_hour(p.m.subject.flow, p.m.simulation, hour), 1e-9);
	}
	bpr_i_doc_release(&doc);
	end(&p);
}

/* ---- what is missing ---- */

static void what_is_missing_is_said_with_its_remedy(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|b|actor=staff|counter=A", "b|task|e|actor=staff|work=2", "e|end|", NULL };
	struct test_flow t;
	struct made m;
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);

	(void)state;
	test_begin(&t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&t, rows[i], i + 2);
	test_finish(&t);
	made_of(&m, t.flow, NULL, 0, 0);
	made_pages(&doc, &m, "waiting");
	assert_true(says(&doc, "'per_day' (or 'per_year') in NAME.demand.csv"));
	assert_true(says(&doc, "in NAME.staff.csv"));
	assert_true(says(&doc, "'open' in NAME.demand.csv"));
	assert_true(says(&doc, "how long 1 step of staff takes"));
	assert_true(says(&doc, "Write 'per_year' or 'per_day' into NAME.demand.csv"));
	assert_null(figure_of(&doc, BPR_FIGURE_HISTOGRAM));
	assert_null(figure_of(&doc, BPR_FIGURE_LOAD));
	assert_null(figure_of(&doc, BPR_FIGURE_HOURS));
	bpr_i_doc_release(&doc);
	made_release(&m);
	test_end(&t);
}

static void distributions_that_were_asked_for_are_shown(void **state)
{
	struct pair p;
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);
	struct bpr_distribution d;
	struct bpr_study_options options = { .seed = 1, .distributions = &d, .distribution_count = 1 };
	struct bpr_page_options page = BPR_PAGE_OPTIONS_INIT;
	const struct bpr_doc_figure *f;
	double sum = 0, mean = 0;

	(void)state;
	begin(&p, "samples/kitami/before.csv", NULL, 0, 0);
	assert_int_equal(bpr_analyse_distribution(p.m.subject.flow, BPR_METRIC_FORMS_WRITTEN, NULL, &d, NULL), BPR_OK);
	for (size_t i = 0; bpr_part_get(i); i++)
		page.parts |= !strcmp(bpr_part_get(i), "waiting") ? 1ull << i : 0;
	bpr_i_study_pages(&doc, p.m.kind, &p.m.subject, &options, &page);
	f = figure_of(&doc, BPR_FIGURE_HISTOGRAM);
	assert_non_null(f);
	for (size_t i = 0; i < f->bin_count; i++) {
		sum += f->series[0].values[i];
		mean += f->series[0].values[i] * f->edges[i];
	}
	assert_rel(sum, 1, 1e-9);
	assert_rel(mean, bpr_analysis_figure(p.m.subject.analysis, BPR_METRIC_FORMS_WRITTEN)->mean, 1e-6);
	bpr_distribution_release(&d);
	bpr_i_doc_release(&doc);
	end(&p);
}

/* ---- what gets worse ---- */

static void build(struct test_flow *t, const char *const rows[])
{
	test_begin(t);
	for (size_t i = 0; rows[i]; i++)
		test_row(t, rows[i], i + 2);
	test_companion(t, BPR_TABLE_DEMAND, "per_year=1200", 2);
	test_finish(t);
	assert_int_equal(t->status, BPR_OK);
}

static void what_gets_worse_is_told(void **state)
{
	static const char *const before_rows[] = {
		"s|start|a", "a|task|b|name=受付|unit=市民課|counter=A|work=10", "b|task|e|name=審査|unit=税務課|work=5", "e|end|", NULL };
	static const char *const after_rows[] = {
		"s|start|a", "a|task|n|name=受付|unit=市民課|counter=A|work=2", "n|task|b|name=聞き取り|unit=市民課|counter=A|work=3", "b|task|e|name=審査|unit=税務課|work=9",
		"e|end|", NULL };
	struct test_flow before, after;
	struct made m;
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);

	(void)state;
	build(&before, before_rows);
	build(&after, after_rows);
	made_of(&m, before.flow, after.flow, 0, 0);
	made_pages(&doc, &m, "waiting");
	assert_true(says(&doc, "'税務課' has more work"));
	assert_true(says(&doc, "+4 min a case, +80 h a year"));
	assert_true(says(&doc, "'審査' takes longer"));
	assert_true(says(&doc, "'聞き取り' is new work"));
	assert_true(says(&doc, "+3 min a case (in all -1 min)"));
	assert_false(says(&doc, "'市民課' has more work"));
	assert_false(says(&doc, "'受付'"));
	assert_false(says(&doc, "gets worse."));
	assert_true(says(&doc, "Figures of the after are a forecast"));
	bpr_i_doc_release(&doc);
	made_release(&m);
	test_end(&before);
	test_end(&after);
}

static void where_nothing_gets_worse_it_says_so(void **state)
{
	struct pair p;
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);

	(void)state;
	begin(&p, "samples/internal/before.csv", "samples/internal/before.csv", 0, 0);
	made_pages(&doc, &p.m, "waiting");
	assert_true(says(&doc, "No figure, no unit and no step gets worse."));
	assert_false(says(&doc, "Kagoshima")); /* nobody comes to a counter */
	bpr_i_doc_release(&doc);
	end(&p);
}

/* ---- every sample ---- */

static void check_number(double x)
{
	assert_true(isfinite(x));
}

static void check_figure(const struct bpr_doc_figure *f)
{
	assert_true(f->id && *f->id && f->title && *f->title && f->description && *f->description);
	for (size_t r = 0; r < f->ribbon_count; r++)
		for (size_t i = 0; i < f->ribbons[r].piece_count; i++)
			check_number(f->ribbons[r].pieces[i].minutes);
	for (size_t i = 0; f->edges && i <= f->bin_count; i++)
		check_number(f->edges[i]);
	for (size_t s = 0; s < f->series_count; s++) {
		for (size_t i = 0; i < f->bin_count; i++)
			check_number(f->series[s].values[i]);
		for (size_t i = 0; i < f->series[s].mark_count; i++)
			check_number(f->series[s].marks[i].at);
	}
	for (size_t i = 0; i < f->bar_count; i++)
		check_number(f->bars[i].value);
	for (size_t i = 0; i < f->move_count; i++) {
		check_number(f->moves[i].count);
		assert_true(f->moves[i].from == BPR_NONE || f->moves[i].from < f->place_count);
		assert_true(f->moves[i].to == BPR_NONE || f->moves[i].to < f->place_count);
	}
}

/* Words in Latin letters that a Japanese page may have: commands, keys, names of files, sources. */
static bool is_plain(const char *word, size_t length)
{
	static const char *const plain[] = { "bpr", "simulate", "sticking", "target", "wait", "min", "compare", "html", "csv", "demand", "staff", "forms", "open",
					     "per", "day", "year", "tri", "from", "TBS", "newsdig", "tbs", "co", "jp", "articles", "nordot", "app", "Yahoo",
					     "article", "yahoo", "detail", "chibanippo", "chunichi", "flow" };

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (length == strlen(plain[i]) && !strncmp(word, plain[i], length))
			return true;
	return false;
}

static void check_japanese(const char *text)
{
	while (text && *text) {
		size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

		if (n > 1 && strcspn(text, "0123456789") >= n && !is_plain(text, n))
			fail_msg("English in a Japanese page: %.*s", (int)n + 20, text);
		text += n ? n : 1;
	}
}

static void check_page(const struct bpr_document *doc)
{
	for (size_t i = 0; i < doc->block_count; i++) {
		const struct bpr_doc_block *b = &doc->blocks[i];

		if (b->kind == BPR_DOC_FIGURE)
			check_figure(b->figure);
		for (size_t k = 0; b->table && k < b->table->row_count * b->table->column_count; k++)
			check_number(b->table->cells[k].number);
		if (doc->lang != BPR_LANG_JA || b->kind == BPR_DOC_COMMAND)
			continue;
		check_japanese(b->text);
		check_japanese(b->aside);
		if (b->kind == BPR_DOC_FIGURE) {
			check_japanese(b->figure->description);
			check_japanese(b->figure->note);
			check_japanese(b->figure->unit);
			check_japanese(b->figure->across);
			check_japanese(b->figure->upward);
		}
		for (size_t k = 0; b->table && k < b->table->row_count * b->table->column_count; k++)
			check_japanese(b->table->cells[k].text);
	}
}

static void every_sample_makes_its_pages(void **state)
{
	static const struct { const char *before, *after; double days; } samples[] = {
		{ "samples/kitami/before.csv", "samples/kitami/after.csv", 3 }, { "samples/kitami/before.bpmn", "samples/kitami/after.bpmn", 0 },
		{ "samples/minamisoma/before.csv", "samples/minamisoma/after.csv", 0 }, { "samples/chiba/before.csv", "samples/chiba/after.csv", 0 },
		{ "samples/internal/before.csv", "samples/internal/after.csv", 3 },
		{ "samples/life-events/konin-before.csv", "samples/life-events/konin-after.csv", 0 },
		{ "samples/life-events/rikon-before.csv", "samples/life-events/rikon-after.csv", 0 },
		{ "samples/life-events/shibo-before.csv", "samples/life-events/shibo-after.csv", 0 },
		{ "samples/life-events/shussei-before.csv", "samples/life-events/shussei-after.csv", 0 },
		{ "samples/life-events/tenkyo-before.csv", "samples/life-events/tenkyo-after.csv", 0 },
		{ "samples/life-events/tennyu-before.csv", "samples/life-events/tennyu-after.csv", 0 },
		{ "samples/life-events/tenshutsu-before.csv", "samples/life-events/tenshutsu-after.csv", 0 },
		{ "samples/table/flow.csv", NULL, 0 }, { "samples/morning/flow.csv", NULL, 3 }, { "samples/peak/flow.csv", NULL, 3 },
		{ "samples/kitami/before.csv", NULL, 0 }, { "samples/smells/flow.csv", NULL, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct pair p;

		begin(&p, samples[i].before, samples[i].after, samples[i].days, 2);
		for (int lang = 0; lang < BPR_LANG_COUNT; lang++) {
			static const char *const parts[] = { "visit", "waiting" };

			for (size_t k = 0; k < 2; k++) {
				struct bpr_document doc = BPR_DOCUMENT_INIT((enum bpr_lang)lang);

				made_pages(&doc, &p.m, parts[k]);
				assert_true(doc.block_count > 3);
				assert_int_equal(doc.blocks[0].kind, BPR_DOC_PAGE);
				check_page(&doc);
				bpr_i_doc_release(&doc);
			}
		}
		end(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bins_hold_the_shares_of_the_simulation),
		cmocka_unit_test(long_times_are_in_larger_units),
		cmocka_unit_test(loads_are_those_of_the_simulation),
		cmocka_unit_test(a_pool_in_the_zone_stands_out),
		cmocka_unit_test(hours_are_those_of_the_simulation),
		cmocka_unit_test(what_is_missing_is_said_with_its_remedy),
		cmocka_unit_test(distributions_that_were_asked_for_are_shown),
		cmocka_unit_test(what_gets_worse_is_told),
		cmocka_unit_test(where_nothing_gets_worse_it_says_so),
		cmocka_unit_test(every_sample_makes_its_pages),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
