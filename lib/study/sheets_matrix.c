/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which form asks for which item, and which unit hands over to which: a row and a column for each. */
#include "config.h"
#include "study/sheets_i.h"
#include "base/text_i.h"
#include <string.h>

/* More than these are no matrix that anybody reads; the lists have them all. */
enum { MOST_FORMS = 250, MOST_UNITS = 250 };

struct side { const bpr_flow *flow; const bpr_analysis *analysis; };

/* ---- forms and items ---- */

struct asked { size_t form; double times; bool prefilled; };
struct forms {
	struct side side;
	size_t *fields;                /* [rows] */
	size_t *first; struct asked *asked; /* of field i: asked[first[i]] to asked[first[i + 1]] */
	size_t *column;                /* [form count] where it stands, or BPR_NONE */
	size_t columns;                /* forms shown */
};

enum { ITEM, GROUP, TOTAL, FORMS };

static void fill_form_row(void *context, size_t row, struct bpr_doc_cell *cells)
{
	const struct forms *f = context;
	size_t field = f->fields[row];
	const struct bpr_field *info = bpr_flow_field(f->side.flow, field);
	const struct bpr_form_result *forms = bpr_analysis_forms(f->side.analysis);

	cells[ITEM] = bpr_i_cell_text(info->name);
	if (*info->group)
		cells[GROUP] = bpr_i_cell_text(info->group);
	cells[TOTAL] = bpr_i_cell_number(BPR_DOC_COUNT, bpr_analysis_fields(f->side.analysis)[field].written);
	cells[TOTAL].tone = BPR_DOC_STRONG;
	for (size_t i = f->first[field]; i < f->first[field + 1]; i++) {
		const struct asked *a = &f->asked[i];
		struct bpr_doc_cell *cell = &cells[FORMS + f->column[a->form]];

		if (f->column[a->form] == BPR_NONE)
			continue;
		*cell = bpr_i_cell_number(BPR_DOC_COUNT, cell->number + forms[a->form].written * a->times);
		cell->tone = a->prefilled ? BPR_DOC_FAINT : BPR_DOC_PLAIN;
	}
}

/* Fills f->first and f->asked. */
static bool index_fields(struct bpr_sheets *s, struct forms *f)
{
	const bpr_flow *flow = f->side.flow;
	size_t count = bpr_flow_field_count(flow), total = 0;
	size_t *next;

	f->first = bpr_i_sheet_memory(s, count + 2, sizeof(*f->first));
	if (!f->first)
		return false;
	for (size_t i = 0; i < bpr_flow_form_count(flow); i++) {
		const struct bpr_form *form = bpr_flow_form(flow, i);

		for (size_t k = 0; k < form->field_count; k++)
			f->first[form->fields[k].field + 2]++;
		total += form->field_count;
	}
	for (size_t i = 0; i <= count; i++)
		f->first[i + 1] += f->first[i];
	f->asked = bpr_i_sheet_memory(s, total, sizeof(*f->asked));
	next = f->first + 1;
	for (size_t i = 0; f->asked && i < bpr_flow_form_count(flow); i++) {
		const struct bpr_form *form = bpr_flow_form(flow, i);

		for (size_t k = 0; k < form->field_count; k++)
			f->asked[next[form->fields[k].field]++] =
				(struct asked){ i, form->fields[k].times, form->fields[k].prefilled };
	}
	return f->asked != NULL;
}

/* On a form that is filled in at all. */
static bool is_asked(const struct forms *f, size_t field)
{
	for (size_t i = f->first[field]; i < f->first[field + 1]; i++)
		if (f->column[f->asked[i].form] != BPR_NONE)
			return true;
	return false;
}

static void form_columns(struct bpr_sheets *s, const struct forms *f, struct bpr_sheet_column *columns)
{
	columns[ITEM] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, N_("Item")), .value = BPR_DOC_TEXT, .width = 26 };
	columns[GROUP] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, N_("Group")), .value = BPR_DOC_TEXT, .width = 12 };
	columns[TOTAL] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, N_("Written per case")), .value = BPR_DOC_COUNT, .width = 10 };
	for (size_t i = 0; i < bpr_flow_form_count(f->side.flow); i++) {
		const struct bpr_form *form = bpr_flow_form(f->side.flow, i);

		if (f->column[i] != BPR_NONE)
			columns[FORMS + f->column[i]] = (struct bpr_sheet_column){ .title = *form->name ? form->name : form->id,
										  .value = BPR_DOC_COUNT, .width = 12 };
	}
}

static void forms(struct bpr_sheets *s, const struct side *side, const char *heading, bool main)
{
	size_t forms = bpr_flow_form_count(side->flow), fields = bpr_flow_field_count(side->flow);
	struct forms *f = bpr_i_sheet_memory(s, 1, sizeof(*f));
	struct bpr_sheet_rows rows = { .fill = fill_form_row, .context = f, .freeze = 1, .main = main };
	struct bpr_sheet_column *columns;

	if (!f || !forms || !fields)
		return;
	*f = (struct forms){ .side = *side, .fields = bpr_i_sheet_memory(s, fields, sizeof(*f->fields)),
			     .column = bpr_i_sheet_memory(s, forms, sizeof(*f->column)) };
	if (!f->column || !f->fields || !index_fields(s, f))
		return;
	for (size_t i = 0; i < forms; i++)
		f->column[i] = bpr_analysis_forms(side->analysis)[i].written > 1e-12 && f->columns < MOST_FORMS ? f->columns++ : BPR_NONE;
	for (size_t i = 0; i < fields; i++)
		if (is_asked(f, i))
			f->fields[rows.row_count++] = i;
	rows.column_count = FORMS + f->columns;
	columns = bpr_i_sheet_memory(s, rows.column_count, sizeof(*columns));
	if (!columns || !f->columns || !rows.row_count)
		return;
	form_columns(s, f, columns);
	rows.columns = columns;
	bpr_i_sheet_heading(s, BPR_SHEET_FORMS, heading);
	bpr_i_sheet_note(s, BPR_SHEET_FORMS, N_("How often each form asks for each item, per case. Pale figures: printed already, not written."));
	bpr_i_sheet_list(s, BPR_SHEET_FORMS, &rows, NULL);
}

/* ---- handoffs ---- */

struct handoffs {
	struct side side;
	size_t *units; size_t count;   /* that hand over or take over */
	double *counts;                /* [count * count] */
};

static void fill_handoff_row(void *context, size_t row, struct bpr_doc_cell *cells)
{
	const struct handoffs *h = context;
	double sum = 0;

	cells[0] = bpr_i_cell_text(bpr_i_name_unit(h->side.flow, h->units[row]));
	for (size_t i = 0; i < h->count; i++) {
		double x = h->counts[row * h->count + i];

		if (x > 0)
			cells[1 + i] = bpr_i_cell_number(BPR_DOC_COUNT, x);
		sum += x;
	}
	cells[1 + h->count] = bpr_i_cell_number(BPR_DOC_COUNT, sum);
	cells[1 + h->count].tone = BPR_DOC_STRONG;
}

/* Units that take part, in the order of the flow; `at` [unit count] tells where. */
static bool find_units(struct bpr_sheets *s, struct handoffs *h, size_t *at)
{
	size_t count, units = bpr_flow_unit_count(h->side.flow);
	const struct bpr_handoff *list = bpr_analysis_handoffs(h->side.analysis, &count);

	for (size_t i = 0; i < count; i++)
		at[list[i].from] = at[list[i].to] = 1;
	h->units = bpr_i_sheet_memory(s, units, sizeof(*h->units));
	for (size_t i = 0; h->units && i < units; i++) {
		bool takes_part = at[i] && h->count < MOST_UNITS;

		at[i] = takes_part ? h->count : BPR_NONE;
		if (takes_part)
			h->units[h->count++] = i;
	}
	h->counts = bpr_i_sheet_memory(s, h->count * h->count, sizeof(*h->counts));
	for (size_t i = 0; h->counts && i < count; i++)
		if (at[list[i].from] != BPR_NONE && at[list[i].to] != BPR_NONE)
			h->counts[at[list[i].from] * h->count + at[list[i].to]] += list[i].count;
	return h->counts != NULL;
}

static void handoffs(struct bpr_sheets *s, const struct side *side, const char *heading, bool main)
{
	size_t units = bpr_flow_unit_count(side->flow), count;
	struct handoffs *h = bpr_i_sheet_memory(s, 1, sizeof(*h));
	size_t *at = bpr_i_sheet_memory(s, units, sizeof(*at));
	struct bpr_sheet_rows rows = { .fill = fill_handoff_row, .context = h, .freeze = 1, .main = main };
	struct bpr_sheet_column *columns;

	(void)bpr_analysis_handoffs(side->analysis, &count);
	if (!h || !at || !count)
		return;
	*h = (struct handoffs){ .side = *side };
	if (!find_units(s, h, at))
		return;
	rows.row_count = h->count;
	rows.column_count = h->count + 2;
	columns = bpr_i_sheet_memory(s, rows.column_count, sizeof(*columns));
	if (!columns)
		return;
	columns[0] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, N_("From (rows), to (columns)")), .value = BPR_DOC_TEXT, .width = 22 };
	for (size_t i = 0; i < h->count; i++)
		columns[1 + i] = (struct bpr_sheet_column){ .title = bpr_i_name_unit(side->flow, h->units[i]), .value = BPR_DOC_COUNT, .width = 12 };
	columns[1 + h->count] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, N_("In all")), .value = BPR_DOC_COUNT, .width = 10 };
	rows.columns = columns;
	bpr_i_sheet_heading(s, BPR_SHEET_HANDOFFS, heading);
	bpr_i_sheet_note(s, BPR_SHEET_HANDOFFS, N_("How often the unit of a row hands over to the unit of a column, per case."));
	bpr_i_sheet_list(s, BPR_SHEET_HANDOFFS, &rows, NULL);
}

void bpr_i_sheets_matrices(struct bpr_sheets *s)
{
	const struct side before = { s->subject->flow, s->subject->analysis };
	const struct side after = { s->subject->after_flow, s->subject->after_analysis };

	if (s->kind == BPR_REPORT_COMPARISON) {
		forms(s, &before, N_("Forms and items, before"), true);
		forms(s, &after, N_("Forms and items, after"), false);
		handoffs(s, &before, N_("Handoffs before"), true);
		handoffs(s, &after, N_("Handoffs after"), false);
	} else if (s->kind == BPR_REPORT_ANALYSIS) {
		forms(s, &before, N_("Forms and items"), true);
		handoffs(s, &before, N_("Handoffs"), true);
	}
}
