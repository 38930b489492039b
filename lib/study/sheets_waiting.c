/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where it takes time or gets stuck, through each lens, in numbers. */
#include "config.h"
#include "study/sheets_i.h"
#include "base/text_i.h"

struct bottlenecks {
	const struct bpr_sheets *s;
	const bpr_flow *flow;
	struct bpr_bottleneck *list; /* the first of each lens */
	struct bpr_document words;
};

/* Further down nothing is stuck. */
enum { MOST_RANKS = 50, LENSES = BPR_LENS_STRUCTURE + 1 };

enum { LENS, RANK, WHERE, PLACE, VALUE, MEANING, SHARE, COLUMNS };

static const char *lens_text(const struct bpr_sheets *s, enum bpr_lens lens)
{
	static const char *const names[] = {
		[BPR_LENS_UTILISATION] = N_("staff that is busiest"), [BPR_LENS_WAIT] = N_("waits that are longest"),
		[BPR_LENS_SENSITIVITY] = N_("steps that hold up the case"), [BPR_LENS_STRUCTURE] = N_("steps that take most of the time"),
	};

	return bpr_i_doc_text(&s->doc, names[lens]);
}

static const char *meaning(const struct bpr_sheets *s, enum bpr_lens lens)
{
	static const char *const texts[] = {
		[BPR_LENS_UTILISATION] = N_("share of the opening hours at work"), [BPR_LENS_WAIT] = N_("minutes of waiting a case"),
		[BPR_LENS_SENSITIVITY] = N_("minutes earlier done, with 10% less work there"), [BPR_LENS_STRUCTURE] = N_("minutes a case spends there"),
	};

	return bpr_i_doc_text(&s->doc, texts[lens]);
}

static void fill_row(void *context, size_t row, struct bpr_doc_cell *cells)
{
	const struct bottlenecks *b = context;
	const struct bpr_bottleneck *item = &b->list[row];

	cells[LENS] = bpr_i_cell_text(lens_text(b->s, item->lens));
	cells[RANK] = bpr_i_cell_number(BPR_DOC_COUNT, (double)item->rank);
	if (item->pool != BPR_NONE) {
		cells[WHERE] = bpr_i_cell_text(bpr_flow_pool(b->flow, item->pool)->name);
	} else if (item->node != BPR_NONE) {
		cells[WHERE] = bpr_i_cell_text(bpr_i_name_node(b->flow, item->node));
		cells[PLACE] = bpr_i_cell_text(bpr_i_name_place(b->flow, item->node));
	}
	cells[VALUE] = bpr_i_cell_number(item->lens == BPR_LENS_UTILISATION ? BPR_DOC_PROB : BPR_DOC_MINUTES, item->value);
	if (item->lens == BPR_LENS_UTILISATION && item->value > 0.85)
		cells[VALUE].tone = BPR_DOC_WORSE;
	cells[MEANING] = bpr_i_cell_text(meaning(b->s, item->lens));
	if (item->lens != BPR_LENS_UTILISATION)
		cells[SHARE] = bpr_i_cell_number(BPR_DOC_PROB, item->share);
}

static void table(struct bpr_sheets *s, const struct bpr_subject *subject, const char *heading, bool main)
{
	static const struct { const char *title; enum bpr_doc_value value; double width; bool whole; } all[COLUMNS] = {
		[LENS] = { N_("Looking for"), BPR_DOC_TEXT, 26, false }, [RANK] = { N_("Rank"), BPR_DOC_COUNT, 8, true },
		[WHERE] = { N_("Step or staff"), BPR_DOC_TEXT, 30, false }, [PLACE] = { N_("Place"), BPR_DOC_TEXT, 18, false },
		[VALUE] = { N_("Value"), BPR_DOC_EMPTY, 10, false }, [MEANING] = { N_("What it is"), BPR_DOC_TEXT, 34, false },
		[SHARE] = { N_("Share of all"), BPR_DOC_PROB, 10, false },
	};
	struct bottlenecks *b = bpr_i_sheet_memory(s, 1, sizeof(*b));
	const struct bpr_bottleneck *list;
	struct bpr_sheet_column columns[COLUMNS];
	size_t count = 0;
	struct bpr_sheet_rows rows = { .columns = columns, .column_count = COLUMNS, .fill = fill_row, .context = b, .main = main };

	if (!b)
		return;
	*b = (struct bottlenecks){ .s = s, .flow = subject->flow, .list = bpr_i_sheet_memory(s, MOST_RANKS * LENSES, sizeof(*b->list)) };
	list = bpr_i_study_bottlenecks(&s->doc.arena, subject, &count);
	if (!list)
		s->doc.failed = true;
	for (size_t i = 0; !s->doc.failed && i < count; i++)
		if (list[i].rank <= MOST_RANKS && rows.row_count < MOST_RANKS * LENSES)
			b->list[rows.row_count++] = list[i];
	if (!rows.row_count)
		return;
	for (size_t i = 0; i < COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, all[i].title), .value = all[i].value,
							.width = all[i].width, .whole = all[i].whole };
	bpr_i_sheet_heading(s, BPR_SHEET_BOTTLENECKS, heading);
	bpr_i_sheet_list(s, BPR_SHEET_BOTTLENECKS, &rows, NULL);
}

void bpr_i_sheets_bottlenecks(struct bpr_sheets *s)
{
	const struct bpr_subject after = { .flow = s->subject->after_flow, .analysis = s->subject->after_analysis,
					   .queueing = s->subject->after_queueing };

	if (s->kind == BPR_REPORT_COMPARISON) {
		table(s, s->subject, N_("Bottlenecks before"), true);
		table(s, &after, N_("Bottlenecks after"), false);
	} else if (s->kind == BPR_REPORT_ANALYSIS) {
		table(s, s->subject, N_("Bottlenecks"), true);
	}
}
