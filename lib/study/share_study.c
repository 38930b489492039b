/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several municipalities on the same measures, as a document. */
#include "config.h"
#include "study/share_study_i.h"
#include "base/text_i.h"

enum { BEFORE = 1, AFTER, CHANGE, PERCENT, PER_YEAR, COLUMNS };

static struct bpr_doc_cell figure(enum bpr_metric metric, double x, bool change, bool year)
{
	const struct bpr_metric_info *info = bpr_metric_get(metric);
	struct bpr_doc_cell cell = bpr_i_cell_number(bpr_i_cell_value(info->quantity), x);

	cell.change = change;
	cell.year = year;
	if (change && info->better && (x > 0 || x < 0))
		cell.tone = (x > 0) == (info->better > 0) ? BPR_DOC_BETTER : BPR_DOC_WORSE;
	return cell;
}

/* Per 10,000 residents and year: minutes were kept as hours. */
static double in_units(enum bpr_metric metric, double x)
{
	return bpr_metric_get(metric)->quantity == BPR_QUANTITY_MINUTES ? x * 60 : x;
}

static void town_row(struct bpr_document *doc, struct bpr_doc_table *table, const bpr_share_table *t, size_t town, size_t index)
{
	const struct bpr_share_figure *f = bpr_share_table_figure(t, town, index);
	struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);
	enum bpr_metric metric = bpr_share_metric(index);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_share_about(bpr_share_table_share(t, town))->municipality);
	if (f->known)
		row[BEFORE] = figure(metric, f->before, false, false);
	if (f->after_known) {
		row[AFTER] = figure(metric, f->after, false, false);
		row[CHANGE] = figure(metric, f->change, true, false);
		if (f->before > 0) {
			row[PERCENT] = bpr_i_cell_number(BPR_DOC_PERCENT, 100 * f->change / f->before);
			row[PERCENT].change = true;
			row[PERCENT].tone = row[CHANGE].tone;
		}
		if (f->per_known)
			row[PER_YEAR] = figure(metric, in_units(metric, f->per_change), true, true);
	}
}

static double point_of(const struct bpr_share_quartiles *q, size_t which)
{
	const double points[] = { q->min, q->q1, q->median, q->q3, q->max };

	return points[which];
}

static void quartile_rows(struct bpr_document *doc, struct bpr_doc_table *table, const bpr_share_table *t, size_t index)
{
	static const char *const names[] = { N_("least"), N_("lower quartile"), N_("median"), N_("upper quartile"), N_("most") };
	static const struct { enum bpr_share_view view; size_t column; bool change; } views[] = {
		{ BPR_SHARE_BEFORE, BEFORE, false }, { BPR_SHARE_AFTER, AFTER, false }, { BPR_SHARE_CHANGE, CHANGE, true },
		{ BPR_SHARE_CHANGE_PER, PER_YEAR, true },
	};
	enum bpr_metric metric = bpr_share_metric(index);

	for (size_t p = 0; p < sizeof(names) / sizeof(names[0]); p++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_i_doc_text(doc, names[p]));
		row[0].tone = BPR_DOC_FAINT;
		for (size_t v = 0; v < sizeof(views) / sizeof(views[0]); v++) {
			struct bpr_share_quartiles q = bpr_share_table_quartiles(t, index, views[v].view);
			double x = point_of(&q, p);

			if (!q.known)
				continue;
			row[views[v].column] = figure(metric, views[v].column == PER_YEAR ? in_units(metric, x) : x, views[v].change, views[v].column == PER_YEAR);
			row[views[v].column].tone = BPR_DOC_FAINT;
		}
	}
}

static bool is_used(const bpr_share_table *t, size_t index)
{
	for (size_t i = 0; i < bpr_share_table_count(t); i++) {
		const struct bpr_share_figure *f = bpr_share_table_figure(t, i, index);

		if (f->known && (f->before > 0 || f->after > 0))
			return true;
	}
	return false;
}

static void measures(struct bpr_document *doc, const bpr_share_table *t)
{
	for (size_t i = 0; i < BPR_SHARE_METRIC_COUNT; i++) {
		struct bpr_doc_table *table;

		if (!is_used(t, i))
			continue;
		bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, bpr_metric_get(bpr_share_metric(i))->label));
		table = bpr_i_doc_table(doc);
		bpr_i_doc_column(doc, table, N_("Municipality"), false, 12);
		bpr_i_doc_column(doc, table, N_("Before"), true, 0);
		bpr_i_doc_column(doc, table, N_("After"), true, 0);
		bpr_i_doc_column(doc, table, N_("Change"), true, 0);
		bpr_i_doc_column(doc, table, N_("Change in %"), true, 0);
		bpr_i_doc_column(doc, table, N_("Change a year, per 10,000 residents"), true, 0);
		for (size_t k = 0; k < bpr_share_table_count(t); k++)
			town_row(doc, table, t, k, i);
		quartile_rows(doc, table, t, i);
	}
}

static void towns(struct bpr_document *doc, const bpr_share_table *t)
{
	struct bpr_doc_table *table = bpr_i_doc_table(doc);

	bpr_i_doc_column(doc, table, N_("Municipality"), false, 12);
	bpr_i_doc_column(doc, table, N_("Population"), true, 0);
	bpr_i_doc_column(doc, table, N_("Cases a year"), true, 0);
	bpr_i_doc_column(doc, table, N_("Cases per 10,000 residents"), true, 0);
	bpr_i_doc_column(doc, table, N_("After"), false, 8);
	bpr_i_doc_column(doc, table, N_("Licence"), false, 8);
	for (size_t i = 0; i < bpr_share_table_count(t); i++) {
		const bpr_share *s = bpr_share_table_share(t, i);
		struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);
		double cases = bpr_share_table_cases(t, i);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_share_about(s)->municipality);
		row[1] = bpr_i_cell_number(BPR_DOC_COUNT, bpr_share_population(s));
		if (cases > 0) {
			row[2] = bpr_i_cell_number(BPR_DOC_COUNT, cases);
			row[3] = bpr_i_cell_number(BPR_DOC_COUNT, cases * 10000 / bpr_share_population(s));
		}
		row[4] = bpr_i_cell_text(bpr_i_doc_text(doc, !bpr_share_after(s) ? N_("none") : bpr_share_after_by_levers(s) ? N_("by its levers") : N_("a flow")));
		row[5] = bpr_i_cell_text(bpr_share_about(s)->licence);
	}
}

static struct bpr_doc_cell gain(enum bpr_doc_value value, double x)
{
	struct bpr_doc_cell cell = bpr_i_cell_number(value, -x);

	cell.change = true;
	cell.tone = x > 0 ? BPR_DOC_BETTER : x < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
	return cell;
}

static void effect_row(struct bpr_document *doc, struct bpr_doc_table *table, const bpr_share_table *t, size_t town, const struct bpr_share_lever_effect *e)
{
	struct bpr_doc_cell *row = e->used ? bpr_i_doc_row(doc, table) : NULL;

	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_share_about(bpr_share_table_share(t, town))->municipality);
	if (!e->fits) {
		row[1] = bpr_i_cell_text(bpr_i_doc_text(doc, N_("does not fit alone")));
		return;
	}
	row[1] = gain(BPR_DOC_COUNT, e->visits);
	row[2] = gain(BPR_DOC_COUNT, e->fields);
	row[3] = gain(BPR_DOC_COUNT, e->seals);
	row[4] = gain(BPR_DOC_MINUTES, e->minutes_citizen);
	row[5] = gain(BPR_DOC_MINUTES, e->minutes_staff);
	if (bpr_share_table_cases(t, town) > 0) {
		row[6] = gain(BPR_DOC_MINUTES, e->hours_per_10000 * 60);
		row[6].year = true;
	}
}

static void levers(struct bpr_document *doc, const bpr_share_table *t)
{
	if (!bpr_share_table_lever_count(t))
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("The same lever in each municipality")));
	bpr_i_doc_paragraph(doc, bpr_i_doc_text(doc, N_("What the levers of one kind change alone, each municipality's own levers on its own flow.")));
	for (size_t k = 0; k < bpr_share_table_lever_count(t); k++) {
		struct bpr_doc_table *table;

		bpr_i_doc_heading(doc, 3, bpr_i_doc_text(doc, bpr_lever_kind_get(bpr_share_table_lever(t, k))->label));
		table = bpr_i_doc_table(doc);
		bpr_i_doc_column(doc, table, N_("Municipality"), false, 12);
		bpr_i_doc_column(doc, table, N_("Visits"), true, 0);
		bpr_i_doc_column(doc, table, N_("Fields"), true, 0);
		bpr_i_doc_column(doc, table, N_("Seals"), true, 0);
		bpr_i_doc_column(doc, table, N_("Citizen's time"), true, 0);
		bpr_i_doc_column(doc, table, N_("Staff's time"), true, 0);
		bpr_i_doc_column(doc, table, N_("A year, per 10,000 residents"), true, 0);
		for (size_t i = 0; i < bpr_share_table_count(t); i++)
			effect_row(doc, table, t, i, bpr_share_table_effect(t, k, i));
	}
}

void bpr_i_study_share(struct bpr_document *doc, const bpr_share_table *t)
{
	doc->frame.title = bpr_i_doc_text(doc, N_("Municipalities side by side"));
	bpr_i_doc_heading(doc, 1, doc->frame.title);
	towns(doc, t);
	measures(doc, t);
	levers(doc, t);
	bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("Figures of a case are exact expectations without queueing. A year, per 10,000 residents: the change of a case, times the cases a year of the before, times 10,000, divided by the residents; citizens' and staff's time together for levers.")));
	bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("Quartiles over the municipalities: definition 7 of Hyndman and Fan (1996), as in Excel and R; each municipality counts once, whatever its size.")));
}

/* ---- what is in one pack ---- */

static void fact(struct bpr_document *doc, struct bpr_doc_table *table, const char *label, const char *text)
{
	struct bpr_doc_cell *row = text && *text ? bpr_i_doc_row(doc, table) : NULL;

	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_i_doc_text(doc, label));
	row[1] = bpr_i_cell_text(text);
}

static void size_of(struct bpr_document *doc, struct bpr_doc_table *table, const char *label, double x)
{
	struct bpr_buf text = BPR_BUF_INIT;

	if (x > 0) {
		bpr_i_buf_number(&text, x);
		fact(doc, table, label, bpr_i_doc_keep(doc, &text));
	}
}

static void facts(struct bpr_document *doc, const bpr_share *s)
{
	const struct bpr_share_about *a = bpr_share_about(s);
	struct bpr_doc_table *table = bpr_i_doc_table(doc);

	bpr_i_doc_column(doc, table, N_("Pack"), false, 12);
	bpr_i_doc_column(doc, table, "", false, 20);
	fact(doc, table, N_("Municipality"), a->municipality);
	fact(doc, table, N_("Licence"), a->licence);
	size_of(doc, table, N_("Population"), a->population);
	size_of(doc, table, N_("Households"), a->households);
	size_of(doc, table, N_("Area in square kilometres"), a->area_km2);
	fact(doc, table, N_("What it is"), a->title);
	fact(doc, table, N_("Note"), a->note);
	fact(doc, table, N_("Date"), a->date);
	for (size_t i = 0; i < a->source_count; i++)
		fact(doc, table, N_("Source"), a->sources[i]);
	fact(doc, table, N_("Made by bpr"), bpr_share_version(s));
	for (size_t i = 0; i < bpr_share_allowed_count(s); i++)
		fact(doc, table, N_("Let through by its maker"), bpr_share_allowed(s, i));
}

static void files(struct bpr_document *doc, const bpr_share *s)
{
	struct bpr_doc_table *table;

	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Files, as the manifest has them")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("File"), false, 12);
	bpr_i_doc_column(doc, table, N_("What it holds"), false, 10);
	bpr_i_doc_column(doc, table, N_("Bytes"), true, 0);
	for (size_t i = 0; i < bpr_share_file_count(s); i++) {
		struct bpr_share_file f = bpr_share_file(s, i);
		struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(f.name);
		row[1] = bpr_i_cell_text(f.role);
		row[2] = bpr_i_cell_number(BPR_DOC_COUNT, (double)f.length);
	}
}

static void changes(struct bpr_document *doc, const bpr_share *s)
{
	struct bpr_doc_table *table;

	if (!bpr_share_change_count(s))
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Rescaled")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Flow"), false, 8);
	bpr_i_doc_column(doc, table, N_("Value"), false, 16);
	bpr_i_doc_column(doc, table, N_("Was"), true, 0);
	bpr_i_doc_column(doc, table, N_("Is"), true, 0);
	for (size_t i = 0; i < bpr_share_change_count(s); i++) {
		struct bpr_share_change c = bpr_share_change(s, i);
		struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_i_doc_text(doc, c.after ? N_("After") : N_("Before")));
		row[1] = bpr_i_cell_text(c.key);
		row[2] = bpr_i_cell_number(BPR_DOC_COUNT, c.was);
		row[3] = bpr_i_cell_number(BPR_DOC_COUNT, c.is);
	}
}

void bpr_i_study_pack(struct bpr_document *doc, const bpr_share *share)
{
	bpr_i_doc_heading(doc, 1, bpr_i_doc_fill(doc, N_("What {1} shares"), bpr_share_about(share)->municipality, NULL, NULL, NULL));
	facts(doc, share);
	files(doc, share);
	changes(doc, share);
}
