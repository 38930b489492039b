/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports as workbooks, opened again with the reader of this library: each number of the results stands where its heading says. */
#include "config.h"
#include "test.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include "pages_pair.h"
#include "xlsx/read_i.h"
#include <bpr/report.h>
#include <bpr/text.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_UNITS = 32767 };

/* ---- what a workbook holds ---- */

struct entry { size_t sheet, row, column; enum bpr_xlsx_kind kind; char *text; };
struct book {
	bpr_xlsx *own;
	struct bpr_output file;
	enum bpr_lang lang;
	struct entry *cells; size_t count, capacity;
	size_t sheet;
};
/* A table: its row of headings. */
struct area { const struct book *book; size_t sheet, head; };

static bpr_status take(void *data, size_t row, const struct bpr_xlsx_cell *cells, size_t count)
{
	struct book *book = data;

	for (size_t i = 0; i < count; i++) {
		struct entry *e;

		assert_true(bpr_i_grow(&book->cells, &book->capacity, book->count + 1, sizeof(*book->cells)));
		e = &book->cells[book->count++];
		*e = (struct entry){ book->sheet, row, cells[i].column, cells[i].kind, malloc(cells[i].length + 1) };
		assert_non_null(e->text);
		memcpy(e->text, cells[i].text, cells[i].length);
		e->text[cells[i].length] = '\0';
	}
	return BPR_OK;
}

static void book_open(struct book *book, enum bpr_report_kind kind, enum bpr_lang lang, const struct bpr_subject *subject)
{
	const struct bpr_xlsx_options options = { (size_t)1 << 30, 1 << 20 };
	struct bpr_report_options how = BPR_REPORT_OPTIONS_INIT;
	struct bpr_fault fault;

	*book = (struct book){ .lang = how.lang = lang };
	assert_int_equal(bpr_report(kind, BPR_FORMAT_XLSX, subject, &how, true, &book->file, NULL), BPR_OK);
	assert_int_equal(bpr_i_xlsx_open(&book->own, book->file.data, book->file.length, &options, &fault), BPR_OK);
	for (; book->sheet < bpr_i_xlsx_count(book->own); book->sheet++)
		assert_int_equal(bpr_i_xlsx_rows(book->own, book->sheet, take, book, NULL, &fault), BPR_OK);
	assert_true(book->count > 100);
}

static void book_close(struct book *book)
{
	for (size_t i = 0; i < book->count; i++)
		free(book->cells[i].text);
	bpr_i_free(book->cells);
	bpr_i_xlsx_close(book->own);
	bpr_output_release(&book->file);
}

static const struct entry *cell_at(const struct book *book, size_t sheet, size_t row, size_t column)
{
	for (size_t i = 0; i < book->count; i++)
		if (book->cells[i].sheet == sheet && book->cells[i].row == row && book->cells[i].column == column)
			return &book->cells[i];
	return NULL;
}

static bool is_text(const struct entry *e, const char *text)
{
	return e && e->kind == BPR_XLSX_TEXT && !strcmp(e->text, text);
}

/* The first table of a sheet with these first two headings (message ids), below a heading where one is given. */
static struct area table(const struct book *book, const char *sheet, const char *below, const char *first, const char *second)
{
	struct area area = { book, 0, 0 };
	bool open = !below;
	bool hidden;

	while (area.sheet < bpr_i_xlsx_count(book->own) && strcmp(bpr_i_xlsx_name(book->own, area.sheet, &hidden), bpr_text(book->lang, sheet)) != 0)
		area.sheet++;
	for (size_t i = 0; i < book->count && !area.head; i++) {
		const struct entry *e = &book->cells[i];

		if (e->sheet != area.sheet || e->column != 1)
			continue;
		open = open || is_text(e, bpr_text(book->lang, below));
		if (open && is_text(e, bpr_text(book->lang, first)) && is_text(cell_at(book, area.sheet, e->row, 2), bpr_text(book->lang, second)))
			area.head = e->row;
	}
	if (!area.head)
		fail_msg("sheet %s: no table '%s', '%s' below '%s'", sheet, first, second, below ? below : "");
	return area;
}

/* Column of a heading as it stands there. */
static size_t column_titled(const struct area *area, const char *title)
{
	for (size_t c = 1; cell_at(area->book, area->sheet, area->head, c); c++)
		if (is_text(cell_at(area->book, area->sheet, area->head, c), title))
			return c;
	fail_msg("no column '%s'", title);
	return 0;
}

static size_t column(const struct area *area, const char *id)
{
	return column_titled(area, bpr_text(area->book->lang, id));
}

/* "Work (minutes)". */
static size_t column_in(const struct area *area, const char *id, const char *unit)
{
	enum bpr_lang lang = area->book->lang;
	const char *const args[4] = { bpr_text(lang, id), bpr_text(lang, unit), NULL, NULL };
	char title[200];

	(void)bpr_text_fill(title, sizeof(title), bpr_text(lang, N_("{1} ({2})")), args);
	return column_titled(area, title);
}

/* Row of a table whose cell of that column has the text; 0 where there is none. */
static size_t row_of(const struct area *area, size_t column, const char *text)
{
	for (size_t row = area->head + 1; cell_at(area->book, area->sheet, row, 1); row++)
		if (is_text(cell_at(area->book, area->sheet, row, column), text))
			return row;
	return 0;
}

static size_t rows_of(const struct area *area)
{
	size_t row = area->head + 1;

	while (cell_at(area->book, area->sheet, row, 1))
		row++;
	return row - area->head - 1;
}

static size_t compared;

static void assert_number(const struct area *area, size_t row, size_t column, double expected, const char *what)
{
	const struct entry *e = cell_at(area->book, area->sheet, row, column);
	double x;

	if (!e || e->kind != BPR_XLSX_NUMBER || !bpr_i_num_parse(e->text, strlen(e->text), &x) || !(fabs(x - expected) <= 1e-9 * fmax(fabs(expected), 1e-9)))
		fail_msg("%s: row %zu, column %zu: '%s', expected %.17g", what, row, column, e ? e->text : "(nothing)", expected);
	compared++;
}

static void assert_blank(const struct area *area, size_t row, size_t column, const char *what)
{
	const struct entry *e = cell_at(area->book, area->sheet, row, column);

	if (e)
		fail_msg("%s: '%s' where nothing is known", what, e->text);
}

/* Blank where it is 0: so sheets of steps are. */
static void assert_some(const struct area *area, size_t row, size_t column, double expected, const char *what)
{
	if (expected > 0)
		assert_number(area, row, column, expected, what);
	else
		assert_blank(area, row, column, what);
}

/* ---- flows ---- */

static void read_sample(struct bpr_flows *out, const char *sample, const char *file)
{
	char path[1024];
	struct bpr_buf text = BPR_BUF_ON(path);
	const char *root = getenv("abs_top_srcdir");
	bpr_problems *problems;

	bpr_i_buf_printf(&text, "%s/samples/%s/%s", root ? root : ".", sample, file);
	*out = (struct bpr_flows){ 0 };
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_read(path, NULL, out, problems, NULL), BPR_OK);
	assert_int_equal(out->count, 1);
	bpr_problems_free(problems);
}

/* ---- two flows ---- */

static double of_a_year(const struct bpr_metric_info *info, double x)
{
	return info->quantity == BPR_QUANTITY_MINUTES ? x / 60 : x; /* in hours */
}

static void kpis_are(const struct book *book, const bpr_comparison *comparison)
{
	struct area t = table(book, "Measures", NULL, "Measure", "Unit of measure");

	assert_int_equal(rows_of(&t), BPR_METRIC_COUNT);
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_kpi *k = bpr_comparison_kpi(comparison, (enum bpr_metric)i);
		const struct bpr_metric_info *info = bpr_metric_get((enum bpr_metric)i);
		bool prob = info->quantity == BPR_QUANTITY_PROB;
		size_t row = row_of(&t, 1, bpr_text(book->lang, info->label));

		assert_int_not_equal(row, 0);
		assert_true(k->before_known && k->after_known);
		assert_number(&t, row, column(&t, "Before"), k->before, info->key);
		assert_number(&t, row, column(&t, "After"), k->after, info->key);
		assert_number(&t, row, column(&t, "Change"), (k->after - k->before) * (prob ? 100 : 1), info->key);
		if (k->change_pct_known && !prob)
			assert_number(&t, row, column(&t, "Percent"), k->change_pct / 100, info->key);
		else
			assert_blank(&t, row, column(&t, "Percent"), info->key);
		if (k->per_year_known && i != BPR_METRIC_LEAD_MINUTES)
			assert_number(&t, row, column(&t, "Per year"), of_a_year(info, k->per_year), info->key);
		else
			assert_blank(&t, row, column(&t, "Per year"), info->key);
	}
}

static void differences_are(const struct book *book, const struct bpr_sim_difference *differences)
{
	struct area t = table(book, "Measures", "With queues, simulated: before and after", "Measure", "Unit of measure");
	size_t known = 0;

	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_sim_difference *d = &differences[key];
		const struct bpr_metric_info *info = bpr_sim_key_get(key);
		double times = info->quantity == BPR_QUANTITY_PROB ? 100 : 1;
		size_t row;

		if (!d->known)
			continue;
		known++;
		row = row_of(&t, 1, bpr_text(book->lang, info->label));
		assert_int_not_equal(row, 0);
		assert_number(&t, row, column(&t, "Before"), d->before, info->key);
		assert_number(&t, row, column(&t, "After"), d->after, info->key);
		assert_number(&t, row, column(&t, "Change"), d->change * times, info->key);
		if (d->ci_known) {
			assert_number(&t, row, column(&t, "Change: 95% from"), d->ci95_low * times, info->key);
			assert_number(&t, row, column(&t, "95% up to"), d->ci95_high * times, info->key);
		}
	}
	assert_int_equal(rows_of(&t), known);
}

static double mean_of(const struct bpr_dist *dist)
{
	return dist ? bpr_dist_mean(dist) : 0;
}

static void side_is(const struct area *t, size_t row, const bpr_flow *flow, const bpr_analysis *analysis, size_t node, bool after)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	assert_number(t, row, column(t, after ? "Times a case, after" : "Times a case, before"), bpr_analysis_nodes(analysis)[node].visits, n->name);
	assert_some(t, row, column(t, after ? "Work after (minutes)" : "Work before (minutes)"), mean_of(n->work), n->name);
	assert_some(t, row, column(t, after ? "Wait after (minutes)" : "Wait before (minutes)"), mean_of(n->wait), n->name);
}

static void step_pairs_are(const struct book *book, const struct pages_pair *p)
{
	static const char *const changes[] = { [BPR_STEP_SAME] = "as before", [BPR_STEP_REMOVED] = "goes", [BPR_STEP_ADDED] = "new", [BPR_STEP_CHANGED] = "changes" };
	struct area t = table(book, "Steps of work", NULL, "Change", "Step");
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(p->comparison, &count);

	assert_int_equal(rows_of(&t), count);
	for (size_t i = 0; i < count; i++) {
		size_t row = t.head + 1 + i;
		const bpr_flow *flow = p->flows[pairs[i].after != BPR_NONE];
		const struct bpr_node *n = bpr_flow_node(flow, pairs[i].after != BPR_NONE ? pairs[i].after : pairs[i].before);

		assert_true(is_text(cell_at(book, t.sheet, row, 1), bpr_text(book->lang, changes[pairs[i].change])));
		assert_true(is_text(cell_at(book, t.sheet, row, 2), n->name));
		if (pairs[i].before != BPR_NONE)
			side_is(&t, row, p->flows[0], p->analyses[0], pairs[i].before, false);
		else
			assert_blank(&t, row, column(&t, "Times a case, before"), n->name);
		if (pairs[i].after != BPR_NONE)
			side_is(&t, row, p->flows[1], p->analyses[1], pairs[i].after, true);
		else
			assert_blank(&t, row, column(&t, "Times a case, after"), n->name);
	}
}

/* ---- one flow ---- */

static void figures_are(const struct book *book, const bpr_simulation *sim, const char *below)
{
	struct area t = table(book, "Measures", below, "Measure", "Unit of measure");
	size_t known = 0;

	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_sim_figure *f = bpr_simulation_figure(sim, key);
		const struct bpr_metric_info *info = bpr_sim_key_get(key);
		size_t row;

		if (!f->known)
			continue;
		known++;
		row = row_of(&t, 1, bpr_text(book->lang, info->label));
		assert_int_not_equal(row, 0);
		assert_number(&t, row, column(&t, "Mean"), f->mean, info->key);
		if (f->ci_known) {
			assert_number(&t, row, column(&t, "Mean: 95% from"), f->ci95_low, info->key);
			assert_number(&t, row, column(&t, "95% up to"), f->ci95_high, info->key);
		}
		if (info->quantity == BPR_QUANTITY_PROB)
			continue;
		assert_number(&t, row, column(&t, "Median"), f->p50, info->key);
		assert_number(&t, row, column(&t, "9 in 10 at most"), f->p90, info->key);
		assert_number(&t, row, column(&t, "95% at most"), f->p95, info->key);
		assert_number(&t, row, column(&t, "99% at most"), f->p99, info->key);
		assert_number(&t, row, column(&t, "Largest"), f->max, info->key);
		assert_number(&t, row, column(&t, "Standard deviation"), f->sd, info->key);
	}
	assert_int_equal(rows_of(&t), known);
}

static void simulated_places_are(const struct book *book, const bpr_flow *flow, const bpr_simulation *sim)
{
	struct area staff = table(book, "Waiting", "Staff", "Pool", "People");
	struct area counters = table(book, "Waiting", "Waiting at the counters", "Counter", "Mean wait");

	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const struct bpr_sim_pool *p = &bpr_simulation_pools(sim)[i];
		const char *name = bpr_flow_pool(flow, i)->name;
		size_t row = row_of(&staff, 1, name);

		assert_int_not_equal(row, 0);
		assert_number(&staff, row, column(&staff, "People"), (double)bpr_flow_pool(flow, i)->count, name);
		assert_true(p->utilisation.known && p->wait.known);
		assert_number(&staff, row, column(&staff, "Busy"), p->utilisation.mean, name);
		assert_number(&staff, row, column(&staff, "Wait for them"), p->wait.mean, name);
		assert_number(&staff, row, column(&staff, "9 in 10 at most"), p->wait_p90, name);
	}
	for (size_t i = 0; i < bpr_flow_counter_count(flow); i++) {
		const struct bpr_sim_counter *c = &bpr_simulation_counters(sim)[i];
		const char *name = bpr_flow_counter(flow, i)->name;
		size_t row = row_of(&counters, 1, name);

		assert_int_not_equal(row, 0);
		if (!c->wait.known)
			continue;
		assert_number(&counters, row, column(&counters, "Mean wait"), c->wait.mean, name);
		assert_number(&counters, row, column(&counters, "Median"), c->wait_p50, name);
		assert_number(&counters, row, column(&counters, "9 in 10 at most"), c->wait_p90, name);
		assert_number(&counters, row, column(&counters, "Longest wait"), c->wait_max, name);
	}
}

/* Steps of one flow, analysed or simulated. */
static void steps_are(const struct book *book, const struct bpr_subject *subject)
{
	struct area t = table(book, "Steps of work", NULL, "ID", "Step");
	size_t steps = 0;

	for (size_t i = 0; i < bpr_flow_node_count(subject->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(subject->flow, i);
		size_t row;

		if (!bpr_node_is_step(n))
			continue;
		row = t.head + 1 + steps++;
		assert_true(is_text(cell_at(book, t.sheet, row, 1), n->id));
		assert_true(is_text(cell_at(book, t.sheet, row, 2), n->name));
		assert_some(&t, row, column_in(&t, "Work", "minutes"), mean_of(n->work), n->id);
		assert_some(&t, row, column_in(&t, "Wait", "minutes"), mean_of(n->wait), n->id);
		if (subject->simulation) {
			const struct bpr_sim_node *r = &bpr_simulation_nodes(subject->simulation)[i];

			assert_number(&t, row, column_in(&t, "Times per case", "times"), r->visits.mean, n->id);
			assert_some(&t, row, column_in(&t, "Queue", "minutes"), r->wait.known ? r->wait.mean : 0, n->id);
		} else {
			assert_number(&t, row, column_in(&t, "Times per case", "times"), bpr_analysis_nodes(subject->analysis)[i].visits, n->id);
			assert_number(&t, row, column(&t, "Cases that pass"), bpr_analysis_nodes(subject->analysis)[i].reach, n->id);
		}
	}
	assert_int_equal(rows_of(&t), steps);
	assert_true(steps > 0);
}

static void analysis_is(const struct book *book, const bpr_flow *flow, const bpr_analysis *analysis)
{
	struct area t = table(book, "Measures", "Figures of a case", "Measure", "Mean");
	struct area pools = table(book, "Waiting", "Staff pools", "Pool", "People");

	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_metric_info *info = bpr_metric_get((enum bpr_metric)i);
		size_t row = row_of(&t, 1, bpr_text(book->lang, info->label));

		assert_int_not_equal(row, 0);
		assert_number(&t, row, column(&t, "Mean"), bpr_analysis_figure(analysis, (enum bpr_metric)i)->mean, info->key);
	}
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const char *name = bpr_flow_pool(flow, i)->name;
		size_t row = row_of(&pools, 1, name);

		assert_int_not_equal(row, 0);
		assert_number(&pools, row, column(&pools, "Staff time per case"), bpr_analysis_pools(analysis)[i].minutes, name);
		assert_true(bpr_analysis_pools(analysis)[i].utilisation_known);
		assert_number(&pools, row, column(&pools, "Utilisation"), bpr_analysis_pools(analysis)[i].utilisation, name);
	}
}

/* ---- tests ---- */

static void a_pair_comes_back(void **state)
{
	struct bpr_flows flows[2];
	struct pages_pair pair;

	(void)state;
	read_sample(&flows[0], "kitami", "before.csv");
	read_sample(&flows[1], "kitami", "after.csv");
	assert_true(pages_begin(&pair, flows[0].items[0], flows[1].items[0]));
	assert_true(pages_simulate(&pair, 3));
	for (int lang = 0; lang < 2; lang++) {
		struct book book;

		compared = 0;
		book_open(&book, BPR_REPORT_COMPARISON, lang ? BPR_LANG_JA : BPR_LANG_EN, &pair.subject);
		kpis_are(&book, pair.comparison);
		differences_are(&book, pair.subject.differences);
		figures_are(&book, pair.subject.simulation, "Simulated: before");
		figures_are(&book, pair.subject.after_simulation, "Simulated: after");
		step_pairs_are(&book, &pair);
		assert_true(compared > 300);
		book_close(&book);
	}
	pages_end(&pair);
	for (size_t i = 0; i < 2; i++)
		bpr_flows_release(&flows[i]);
}

static void one_flow_comes_back(void **state)
{
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	struct bpr_sim_options how = BPR_SIM_OPTIONS_INIT;
	struct bpr_subject analysed = { 0 }, simulated = { 0 };
	bpr_analysis *analysis;
	bpr_simulation *simulation;
	bpr_problems *problems;
	bpr_queueing *queueing;
	struct bpr_flows flows;

	(void)state;
	read_sample(&flows, "peak", "flow.csv");
	how.days = 2;
	how.replications = 3;
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_analyse(flows.items[0], &options, &analysis, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_simulate(flows.items[0], &how, &simulation, problems, NULL), BPR_OK);
	queueing = pages_queueing(flows.items[0], analysis);
	analysed = (struct bpr_subject){ .flow = flows.items[0], .analysis = analysis, .queueing = queueing, .problems = problems };
	simulated = (struct bpr_subject){ .flow = flows.items[0], .simulation = simulation, .problems = problems };
	for (int lang = 0; lang < 2; lang++) {
		struct book book;

		compared = 0;
		book_open(&book, BPR_REPORT_ANALYSIS, lang ? BPR_LANG_JA : BPR_LANG_EN, &analysed);
		analysis_is(&book, analysed.flow, analysis);
		steps_are(&book, &analysed);
		book_close(&book);
		book_open(&book, BPR_REPORT_SIMULATION, lang ? BPR_LANG_JA : BPR_LANG_EN, &simulated);
		figures_are(&book, simulation, NULL);
		simulated_places_are(&book, simulated.flow, simulation);
		steps_are(&book, &simulated);
		book_close(&book);
		assert_true(compared > 200);
	}
	bpr_queueing_free(queueing);
	bpr_simulation_free(simulation);
	bpr_analysis_free(analysis);
	bpr_problems_free(problems);
	bpr_flows_release(&flows);
}

/* ---- names that try everything ---- */

static const struct { const char *name, *read; } hostile[] = {
	{ "=1+1", "=1+1" }, { "+81-1", "+81-1" }, { "-2+3", "-2+3" }, { "@SUM(A1)", "@SUM(A1)" }, { "=HYPERLINK(\"http://example.test\")", "=HYPERLINK(\"http://example.test\")" },
	{ "0123", "0123" }, { "1e5", "1e5" }, { "TRUE", "TRUE" }, { "_x0041_", "_x0041_" }, { "<script>&amp;]]></t>", "<script>&amp;]]></t>" },
	{ "𠮷野家 🏛️ é か゚", "𠮷野家 🏛️ é か゚" }, { "שלום سلام", "שלום سلام" }, { "{1} %s &R", "{1} %s &R" },
	{ "esc \033[31m bell \007", NULL }, { "bidi \342\200\256x\342\201\246y", NULL },
};
enum { HOSTILE = sizeof(hostile) / sizeof(hostile[0]), LONG = 40000 };

static void put_quoted(struct bpr_buf *out, const char *text)
{
	bpr_i_buf_putc(out, '"');
	for (; *text; text++) {
		if (*text == '"')
			bpr_i_buf_putc(out, '"');
		bpr_i_buf_putc(out, *text);
	}
	bpr_i_buf_putc(out, '"');
}

static void make_hostile(struct bpr_flows *out, size_t work)
{
	struct bpr_buf text = BPR_BUF_INIT;
	bpr_problems *problems;

	bpr_i_buf_puts(&text, "id,name,unit,work,next\n");
	for (size_t i = 0; i < HOSTILE; i++) {
		bpr_i_buf_printf(&text, "n%zu,", i);
		put_quoted(&text, hostile[i].name);
		bpr_i_buf_putc(&text, ',');
		put_quoted(&text, hostile[(i + 1) % HOSTILE].name);
		bpr_i_buf_printf(&text, ",%zu,n%zu\n", work + i, i + 1);
	}
	bpr_i_buf_printf(&text, "n%d,", (int)HOSTILE);
	for (size_t i = 0; i < LONG; i++)
		bpr_i_buf_puts(&text, "長");
	bpr_i_buf_puts(&text, ",u,1,\n");
	*out = (struct bpr_flows){ 0 };
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_read_memory("hostile.csv", text.data, text.length, NULL, out, problems, NULL), BPR_OK);
	assert_int_equal(out->count, 1);
	bpr_problems_free(problems);
	bpr_i_buf_release(&text);
}

/* Nothing turns or hides text, no cell is longer than spreadsheet programs have. */
static void texts_are_plain(const struct book *book)
{
	for (size_t i = 0; i < book->count; i++) {
		const struct entry *e = &book->cells[i];
		size_t units = 0;

		assert_true(e->kind == BPR_XLSX_TEXT || e->kind == BPR_XLSX_NUMBER);
		for (const unsigned char *p = (const unsigned char *)e->text; *p; p++) {
			units += *p >= 0xf0 ? 2 : *p < 0x80 || *p >= 0xc0;
			assert_true((*p >= 0x20 && *p != 0x7f) || *p == '\n' || *p == '\t');
			assert_false(p[0] == 0xe2 && p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae);
			assert_false(p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9);
		}
		assert_true(units <= TEXT_UNITS);
	}
}

static void names_stand(const struct book *book, struct area t)
{
	const struct entry *cut = cell_at(book, t.sheet, t.head + 1 + HOSTILE, 2);

	for (size_t i = 0; i < HOSTILE; i++) {
		const struct entry *e = cell_at(book, t.sheet, t.head + 1 + i, 2);

		assert_non_null(e);
		assert_int_equal(e->kind, BPR_XLSX_TEXT);
		if (hostile[i].read)
			assert_string_equal(e->text, hostile[i].read);
		else
			assert_non_null(strstr(e->text, "\357\277\275"));
	}
	/* The long one ends where a cell does. */
	assert_non_null(cut);
	assert_int_equal(strlen(cut->text), (size_t)3 * TEXT_UNITS);
	assert_string_equal(cut->text + 3 * (TEXT_UNITS - 1), "…");
}

static void hostile_names_come_back_as_text(void **state)
{
	struct bpr_flows flows[2];
	struct bpr_subject one;
	struct pages_pair pair;
	struct book book;

	(void)state;
	make_hostile(&flows[0], 5);
	make_hostile(&flows[1], 3);
	assert_true(pages_begin(&pair, flows[0].items[0], flows[1].items[0]));
	book_open(&book, BPR_REPORT_COMPARISON, BPR_LANG_EN, &pair.subject);
	texts_are_plain(&book);
	names_stand(&book, table(&book, "Steps of work", NULL, "Change", "Step"));
	kpis_are(&book, pair.comparison);
	book_close(&book);
	one = (struct bpr_subject){ .flow = pair.flows[0], .analysis = pair.analyses[0], .queueing = pair.queueing[0], .problems = pair.problems };
	book_open(&book, BPR_REPORT_ANALYSIS, BPR_LANG_JA, &one);
	texts_are_plain(&book);
	names_stand(&book, table(&book, "Steps of work", NULL, "ID", "Step"));
	book_close(&book);
	pages_end(&pair);
	for (size_t i = 0; i < 2; i++)
		bpr_flows_release(&flows[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_comes_back), cmocka_unit_test(one_flow_comes_back), cmocka_unit_test(hostile_names_come_back_as_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
