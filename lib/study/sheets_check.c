/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a check found, a row for each; and where everything comes from. */
#include "config.h"
#include "study/sheets_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <stdio.h>
#include <string.h>

/* ---- findings ---- */

struct findings {
	const struct bpr_sheets *s;
	const bpr_problems *problems;
	char message[2000], hint[2000];
};

enum { SEVERITY, CODE, MESSAGE, HINT, FILE_NAME, LINE, ELEMENT, TIMES, COLUMNS };

static void fill_finding(void *context, size_t row, struct bpr_doc_cell *cells)
{
	static const char *const names[] = { [BPR_SEVERITY_INFO] = N_("note"), [BPR_SEVERITY_WARNING] = N_("warning"), [BPR_SEVERITY_ERROR] = N_("error") };
	struct findings *f = context;
	struct bpr_problem p = bpr_problems_get(f->problems, row);

	(void)bpr_problem_message(&p, f->s->doc.lang, f->message, sizeof(f->message));
	(void)bpr_problem_hint(&p, f->s->doc.lang, f->hint, sizeof(f->hint));
	cells[SEVERITY] = bpr_i_cell_text(bpr_i_doc_text(&f->s->doc, names[p.severity]));
	cells[SEVERITY].tone = p.severity == BPR_SEVERITY_ERROR ? BPR_DOC_WORSE : p.severity == BPR_SEVERITY_WARNING ? BPR_DOC_STRONG : BPR_DOC_PLAIN;
	cells[CODE] = bpr_i_cell_text(p.code->code);
	cells[MESSAGE] = bpr_i_cell_text(f->message);
	cells[HINT] = bpr_i_cell_text(f->hint);
	if (p.file)
		cells[FILE_NAME] = bpr_i_cell_text(p.file);
	if (p.line)
		cells[LINE] = bpr_i_cell_number(BPR_DOC_COUNT, (double)p.line);
	if (*p.where)
		cells[ELEMENT] = bpr_i_cell_text(p.where);
	cells[TIMES] = bpr_i_cell_number(BPR_DOC_COUNT, (double)p.count);
}

void bpr_i_sheets_check(struct bpr_sheets *s)
{
	static const struct { const char *title; enum bpr_doc_value value; double width; } all[COLUMNS] = {
		[SEVERITY] = { N_("Severity"), BPR_DOC_TEXT, 10 }, [CODE] = { N_("Code"), BPR_DOC_TEXT, 8 }, [MESSAGE] = { N_("What was found"), BPR_DOC_TEXT, 48 },
		[HINT] = { N_("What to do"), BPR_DOC_TEXT, 40 }, [FILE_NAME] = { N_("File"), BPR_DOC_TEXT, 20 }, [LINE] = { N_("Line"), BPR_DOC_COUNT, 8 },
		[ELEMENT] = { N_("Element"), BPR_DOC_TEXT, 16 }, [TIMES] = { N_("Times found"), BPR_DOC_COUNT, 8 },
	};
	struct findings *f;
	struct bpr_sheet_column columns[COLUMNS];
	struct bpr_sheet_rows rows = { .columns = columns, .column_count = COLUMNS, .fill = fill_finding, .main = true };

	if (s->kind != BPR_REPORT_CHECK || !s->subject->problems || !bpr_problems_count(s->subject->problems))
		return;
	f = bpr_i_sheet_memory(s, 1, sizeof(*f));
	if (!f)
		return;
	f->s = s;
	f->problems = s->subject->problems;
	rows.context = f;
	rows.row_count = bpr_problems_count(f->problems);
	for (size_t i = 0; i < COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, all[i].title), .value = all[i].value, .width = all[i].width,
							.whole = true };
	bpr_i_sheet_heading(s, BPR_SHEET_DETAILS, N_("Findings"));
	bpr_i_sheet_list(s, BPR_SHEET_DETAILS, &rows, NULL);
}

/* ---- where it comes from ---- */

enum { WHAT, VALUE, SOURCE_COLUMNS, MOST_SOURCES = 32 };

struct sources { struct bpr_doc_cell *cells; size_t count; };

static void put(struct bpr_sheets *s, struct sources *to, const char *what, struct bpr_doc_cell value)
{
	if (to->count >= MOST_SOURCES)
		return;
	to->cells[to->count * SOURCE_COLUMNS + WHAT] = bpr_i_cell_text(bpr_i_doc_text(&s->doc, what));
	to->cells[to->count++ * SOURCE_COLUMNS + VALUE] = value;
}

static void put_text(struct bpr_sheets *s, struct sources *to, const char *what, const char *value)
{
	if (value && *value)
		put(s, to, what, bpr_i_cell_text(value));
}

static void put_flow(struct bpr_sheets *s, struct sources *to, const bpr_flow *flow, const char *side)
{
	struct bpr_buf hash = BPR_BUF_INIT;
	size_t steps = 0;

	if (!flow)
		return;
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		steps += bpr_node_is_step(bpr_flow_node(flow, i));
	if (side)
		put(s, to, side, (struct bpr_doc_cell){ .value = BPR_DOC_EMPTY });
	put_text(s, to, N_("Flow"), bpr_i_say_flow(&s->doc, flow));
	put_text(s, to, N_("File"), bpr_flow_source(flow));
	bpr_i_buf_printf(&hash, "%016llx", bpr_flow_hash(flow));
	put_text(s, to, N_("Content"), bpr_i_doc_keep(&s->doc, &hash));
	put(s, to, N_("Number of steps"), bpr_i_cell_number(BPR_DOC_COUNT, (double)steps));
	if (bpr_flow_cases_per_year(flow) > 0)
		put(s, to, N_("Cases a year"), bpr_i_cell_number(BPR_DOC_COUNT, bpr_flow_cases_per_year(flow)));
}

void bpr_i_sheets_source(struct bpr_sheets *s)
{
	struct bpr_sheet_cells *cells = bpr_i_sheet_memory(s, 1, sizeof(*cells));
	struct sources to = { .cells = bpr_i_sheet_memory(s, MOST_SOURCES * SOURCE_COLUMNS, sizeof(*to.cells)) };
	const struct bpr_sheet_column columns[SOURCE_COLUMNS] = {
		{ .title = bpr_i_doc_text(&s->doc, N_("What")), .value = BPR_DOC_TEXT, .width = 24 },
		{ .title = bpr_i_doc_text(&s->doc, N_("Value")), .value = BPR_DOC_EMPTY, .width = 60 },
	};
	bool pair = s->kind == BPR_REPORT_COMPARISON;

	if (!cells || !to.cells)
		return;
	put_text(s, &to, N_("Office"), s->page->office);
	put_text(s, &to, N_("Date"), s->page->date);
	put_flow(s, &to, s->subject->flow, pair ? N_("Before") : NULL);
	put_flow(s, &to, s->subject->after_flow, pair ? N_("After") : NULL);
	put_text(s, &to, N_("Made by"), bpr_i_doc_fill(&s->doc, "bpr {1}", bpr_version(), NULL, NULL, NULL));
	put(s, &to, N_("Seed"), bpr_i_cell_number(BPR_DOC_COUNT, (double)s->options->seed));
	put_text(s, &to, N_("Command"), s->page->command);
	*cells = (struct bpr_sheet_cells){ to.cells, SOURCE_COLUMNS };
	bpr_i_sheet_heading(s, BPR_SHEET_SOURCE, N_("Where the figures come from"));
	bpr_i_sheet_list(s, BPR_SHEET_SOURCE, &(struct bpr_sheet_rows){ .columns = columns, .column_count = SOURCE_COLUMNS, .row_count = to.count,
									.fill = bpr_i_sheet_fill_cells, .context = cells }, NULL);
}
