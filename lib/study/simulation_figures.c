/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a simulated case: with their intervals, split into where the time goes, beside what formulas give. */
#include "config.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdio.h>

/* ---- words ---- */

const char *bpr_i_say_sim(struct bpr_document *doc, size_t key, double x)
{
	const struct bpr_metric_info *info = bpr_sim_key_get(key);
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_words_quantity(&buf, (struct bpr_words){ .lang = doc->lang }, info->quantity, bpr_text(doc->lang, info->unit), x);
	return bpr_i_doc_keep(doc, &buf);
}

struct bpr_doc_cell bpr_i_cell_sim(const struct bpr_document *doc, size_t key, double x)
{
	const struct bpr_metric_info *info = bpr_sim_key_get(key);
	struct bpr_doc_cell cell = bpr_i_cell_number(bpr_i_cell_value(info->quantity), x);

	cell.text = bpr_text(doc->lang, info->unit);
	return cell;
}

const char *bpr_i_say_sim_interval(struct bpr_document *doc, size_t key, bool known, double low, double high)
{
	struct bpr_said_pair pair;

	if (!known)
		return "";
	if (bpr_sim_key_get(key)->quantity == BPR_QUANTITY_MINUTES)
		pair = bpr_i_say_minutes_pair(doc, low, high);
	else
		pair = (struct bpr_said_pair){ bpr_i_say_sim(doc, key, low), bpr_i_say_sim(doc, key, high) };
	return bpr_i_doc_fill(doc, N_("{1} to {2}"), pair.before, pair.after, NULL, NULL);
}

const char *bpr_i_say_clock(struct bpr_document *doc, double minutes)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	long whole = lrint(minutes);

	bpr_i_buf_printf(&buf, "%ld:%02ld", whole / 60, whole % 60);
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_say_date(struct bpr_document *doc, long date)
{
	static const char *const months[] = { N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
					      N_("August"), N_("September"), N_("October"), N_("November"), N_("December") };
	int year, month, day;
	char d[16], y[16];

	bpr_date_parts(date, &year, &month, &day);
	(void)snprintf(d, sizeof(d), "%d", day);
	(void)snprintf(y, sizeof(y), "%d", year);
	/* TRANSLATORS: a date: day, month, year, weekday (1970-01-01 was a Thursday) */
	return bpr_i_doc_fill(doc, N_("{4}, {1} {2} {3}"), d, bpr_i_doc_text(doc, months[(month + 11) % 12]), y,
			      bpr_i_doc_text(doc, bpr_i_weekday_name((size_t)(((date + 3) % 7 + 7) % 7))));
}

/* ---- figures ---- */

/* The lead time of an analysis knows no queues; beside a time that does that must be said. */
static const char *label(const struct sim_study *s, size_t key)
{
	return bpr_i_doc_text(s->doc, key == BPR_METRIC_LEAD_MINUTES ? N_("Elapsed time, queues left out") : bpr_sim_key_get(key)->label);
}

static bool asked(const struct sim_study *s, size_t key)
{
	for (size_t i = 0; i < s->options->key_count; i++)
		if (s->options->keys[i] == key)
			return true;
	return false;
}

static bool is_part(size_t key)
{
	return key == BPR_SIM_CYCLE_WORK || key == BPR_SIM_CYCLE_QUEUE || key == BPR_SIM_CYCLE_PROCESS || key == BPR_SIM_CYCLE_CLOSED;
}

/* Those asked for; else what one looks for first, in full all. Parts of the cycle have a table of their own. */
static bool wanted(const struct sim_study *s, size_t key)
{
	const struct bpr_sim_figure *f = bpr_simulation_figure(s->sim, key);

	if (s->options->key_count)
		return asked(s, key);
	if (is_part(key) || !f->known)
		return false;
	if (key == BPR_SIM_ABANDONED)
		return f->mean > 0 || s->options->full;
	return s->options->full || key >= BPR_METRIC_COUNT || key == BPR_METRIC_LEAD_MINUTES || key == BPR_METRIC_WORK_MINUTES ||
	       (key == BPR_METRIC_COST_YEN && f->max > 0);
}

static void figure_row(const struct sim_study *s, struct bpr_doc_table *table, size_t key)
{
	const struct bpr_metric_info *info = bpr_sim_key_get(key);
	const struct bpr_sim_figure *f = bpr_simulation_figure(s->sim, key);
	/* An event either happens or not: its spread tells nobody anything. */
	bool spread = f->known && info->quantity != BPR_QUANTITY_PROB;
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(label(s, key));
	if (f->known)
		row[1] = bpr_i_cell_sim(s->doc, key, f->mean);
	row[1].tone = key == BPR_SIM_CYCLE || key == BPR_SIM_WAIT ? BPR_DOC_STRONG : BPR_DOC_PLAIN;
	row[2] = bpr_i_cell_text(bpr_i_say_sim_interval(s->doc, key, f->known && f->ci_known, f->ci95_low, f->ci95_high));
	if (!spread)
		return;
	row[3] = bpr_i_cell_sim(s->doc, key, f->p50);
	row[4] = bpr_i_cell_sim(s->doc, key, f->p90);
	row[5] = bpr_i_cell_sim(s->doc, key, f->sd);
	if (s->options->full)
		row[6] = bpr_i_cell_sim(s->doc, key, f->max);
}

void bpr_i_sim_figures(const struct sim_study *s)
{
	/* Queues first: that is what one simulates for. */
	static const size_t first[] = { BPR_SIM_CYCLE, BPR_SIM_WAIT, BPR_SIM_ABANDONED };
	struct bpr_doc_table *table;

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Figures of a case")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Measure"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Mean"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("95% interval"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Median"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("9 in 10 at most"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Standard deviation"), true, 0);
	if (s->options->full)
		bpr_i_doc_column(s->doc, table, N_("Most"), true, 0);
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		if (wanted(s, first[i]))
			figure_row(s, table, first[i]);
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++)
		if (key != BPR_SIM_CYCLE && key != BPR_SIM_WAIT && key != BPR_SIM_ABANDONED && wanted(s, key))
			figure_row(s, table, key);
}

/* ---- where the time goes ---- */

void bpr_i_sim_split(const struct sim_study *s)
{
	static const struct { size_t key; const char *name; } parts[] = {
		{ BPR_SIM_CYCLE_WORK, N_("Work") }, { BPR_SIM_CYCLE_QUEUE, N_("Waiting in queues") },
		{ BPR_SIM_CYCLE_PROCESS, N_("Waiting that the process asks for") }, { BPR_SIM_CYCLE_CLOSED, N_("Closed hours") },
	};
	const struct bpr_sim_figure *cycle = bpr_simulation_figure(s->sim, BPR_SIM_CYCLE);
	struct bpr_doc_table *table;

	if (!cycle->known || !(cycle->mean > 0) || !bpr_simulation_figure(s->sim, BPR_SIM_CYCLE_WORK)->known)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Where the time goes")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Part of the time"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Mean"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("95% interval"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Share"), true, 0);
	bpr_i_doc_column(s->doc, table, "", false, 0);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const struct bpr_sim_figure *f = bpr_simulation_figure(s->sim, parts[i].key);
		/* What rounding leaves of a part that is not there is no part. */
		struct bpr_doc_cell *row = f->max > 1e-6 || s->options->full ? bpr_i_doc_row(s->doc, table) : NULL;

		if (!row)
			continue;
		row[0] = bpr_i_cell_text(bpr_i_doc_text(s->doc, parts[i].name));
		row[1] = bpr_i_cell_sim(s->doc, parts[i].key, f->mean);
		row[2] = bpr_i_cell_text(bpr_i_say_sim_interval(s->doc, parts[i].key, f->ci_known, f->ci95_low, f->ci95_high));
		row[3] = bpr_i_cell_number(BPR_DOC_PROB, f->mean / cycle->mean);
		row[4] = bpr_i_cell_number(BPR_DOC_BAR, f->mean / cycle->mean);
	}
}

/* ---- beside formulas ---- */

struct beside_table {
	const struct sim_study *s;
	struct bpr_doc_table *table;
	size_t within, exact, left_out;
};

static void begin_beside(struct beside_table *t)
{
	struct bpr_document *doc = t->s->doc;

	if (t->table)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Simulated, and by formula")));
	t->table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, t->table, N_("Measure"), false, 16);
	bpr_i_doc_column(doc, t->table, N_("Simulated"), true, 0);
	bpr_i_doc_column(doc, t->table, N_("95% interval"), true, 0);
	bpr_i_doc_column(doc, t->table, N_("By formula"), true, 0);
	bpr_i_doc_column(doc, t->table, N_("The formula is"), false, 0);
	bpr_i_doc_column(doc, t->table, N_("In the interval"), false, 0);
}

/* A row: its value by formula is a number of the kind that the simulated one is. Not worth a row: it is only counted. */
static void put_beside(struct beside_table *t, const char *name, struct bpr_doc_cell simulated, const char *interval,
		       const struct bpr_beside *b, bool worth)
{
	struct bpr_doc_cell formula = simulated;
	struct bpr_doc_cell *row;

	formula.number = b->value;

	if (b->method == BPR_QUEUE_EXACT) {
		t->exact++;
		t->within += b->within;
	}
	if (!worth) {
		t->left_out++;
		return;
	}
	begin_beside(t);
	row = bpr_i_doc_row(t->s->doc, t->table);
	if (!row)
		return;
	row[0] = bpr_i_cell_text(name);
	row[1] = simulated;
	row[2] = bpr_i_cell_text(interval);
	row[3] = formula;
	row[4] = bpr_i_cell_text(bpr_i_doc_text(t->s->doc, b->method == BPR_QUEUE_EXACT ? N_("exact") : N_("an approximation")));
	row[5] = bpr_i_cell_text(bpr_i_doc_text(t->s->doc, b->within ? N_("yes") : N_("no")));
	row[5].tone = b->within || b->method != BPR_QUEUE_EXACT ? BPR_DOC_PLAIN : BPR_DOC_WORSE;
}

static void beside_figure(struct beside_table *t, size_t key)
{
	const struct bpr_sim_figure *f = bpr_simulation_figure(t->s->sim, key);
	struct bpr_beside b = bpr_i_beside_figure(t->s->subject, key);
	struct bpr_document *doc = t->s->doc;

	/* What is always the same, or never happens, says nothing about either way. */
	if (!b.known || (!t->s->options->full && !(f->ci95_high > f->ci95_low)))
		return;
	put_beside(t, label(t->s, key), bpr_i_cell_sim(doc, key, f->mean),
		   bpr_i_say_sim_interval(doc, key, true, f->ci95_low, f->ci95_high), &b,
		   t->s->options->full || !b.within || key >= BPR_METRIC_COUNT || key == BPR_METRIC_LEAD_MINUTES || key == BPR_METRIC_WORK_MINUTES);
}

static const char *share_interval(struct bpr_document *doc, const struct bpr_sim_mean *m)
{
	return bpr_i_doc_fill(doc, N_("{1} to {2}"), bpr_i_say_prob(doc, m->ci95_low), bpr_i_say_prob(doc, m->ci95_high), NULL, NULL);
}

static void beside_pools(struct beside_table *t)
{
	struct bpr_document *doc = t->s->doc;

	for (size_t i = 0; i < bpr_flow_pool_count(t->s->flow); i++) {
		const struct bpr_sim_pool *p = &bpr_simulation_pools(t->s->sim)[i];
		const char *name = bpr_flow_pool(t->s->flow, i)->name;
		struct bpr_beside busy = bpr_i_beside_utilisation(t->s->subject, i);
		struct bpr_beside wait = bpr_i_beside_pool_wait(t->s->subject, i);

		if (busy.known)
			put_beside(t, bpr_i_doc_fill(doc, N_("{1}: busy"), name, NULL, NULL, NULL),
				   bpr_i_cell_number(BPR_DOC_PROB, p->utilisation.mean), share_interval(doc, &p->utilisation), &busy, true);
		if (wait.known)
			put_beside(t, bpr_i_doc_fill(doc, N_("{1}: wait"), name, NULL, NULL, NULL),
				   bpr_i_cell_number(BPR_DOC_MINUTES, p->wait.mean),
				   bpr_i_say_sim_interval(doc, BPR_SIM_WAIT, true, p->wait.ci95_low, p->wait.ci95_high), &wait, true);
	}
}

void bpr_i_sim_beside(const struct sim_study *s)
{
	struct beside_table t = { .s = s };

	beside_figure(&t, BPR_SIM_CYCLE);
	beside_figure(&t, BPR_SIM_WAIT);
	beside_pools(&t);
	for (size_t key = 0; key < BPR_METRIC_COUNT; key++)
		beside_figure(&t, key);
	if (s->subject->analysis && !bpr_i_beside_known(s->subject) && t.table)
		bpr_i_doc_note(s->doc, bpr_i_doc_text(s->doc, N_("Formulas know nothing of people who give up or of timers that strike while one waits, so no exact figures of a case stand here.")));
	if (!t.exact)
		return;
	bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, t.left_out ? N_("{1} exact values were compared, these among them; {2} lie in their interval. 19 in 20 is what a right simulation shows.")
								: N_("{2} of {1} exact values lie in their interval; 19 in 20 is what a right simulation shows."),
					      bpr_i_say_count(s->doc, (double)t.exact), bpr_i_say_count(s->doc, (double)t.within), NULL, NULL));
}
