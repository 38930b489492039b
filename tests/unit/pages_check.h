/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_PAGES_CHECK_H
#define BPR_TESTS_UNIT_PAGES_CHECK_H
/* What must hold of the pages of any report, whatever the flows: nothing unnamed, nothing without a number where one is drawn. */
#include "study/pages_i.h"
#include <string.h>

#define PAGES_FINITE(x, of) \
	do { \
		if (!isfinite(x)) \
			fail_msg("%s: a number of figure %s is not finite", #x, of); \
	} while (0)

static inline void check_numbers(const struct bpr_doc_figure *f)
{
	for (size_t i = 0; i < f->row_count; i++) {
		const struct bpr_dumbbell_row *r = &f->rows[i];

		assert_true(r->label && *r->label && r->said_before && *r->said_before && r->said_after && *r->said_after && r->unit);
		PAGES_FINITE(r->after, f->id);
		assert_true(r->after >= 0);
		for (size_t k = 0; k < 2; k++) {
			PAGES_FINITE(r->band_before[k], f->id);
			PAGES_FINITE(r->band_after[k], f->id);
		}
		assert_true(!r->band_after_known || r->band_after[0] <= r->after * (1 + 1e-9));
		assert_true(!r->band_after_known || r->band_after[1] >= r->after * (1 - 1e-9));
	}
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < f->paper_count[side]; i++) {
			const struct bpr_form_paper *p = &f->papers[side][i];

			assert_true(p->name && *p->name && p->written > 0);
			PAGES_FINITE(p->written, f->id);
			for (size_t k = 0; k < p->field_count; k++) {
				assert_true(p->fields[k].name && *p->fields[k].name && p->fields[k].times > 0);
				PAGES_FINITE(p->fields[k].times, f->id);
			}
		}
	for (size_t i = 0; i < f->ribbon_count; i++)
		for (size_t k = 0; k < f->ribbons[i].piece_count; k++) {
			PAGES_FINITE(f->ribbons[i].pieces[k].minutes, f->id);
			assert_true(f->ribbons[i].pieces[k].minutes >= 0 && f->ribbons[i].pieces[k].counter <= f->ribbons[i].counter_count);
		}
	for (size_t i = 0; i < f->series_count; i++) {
		for (size_t k = 0; k < f->bin_count; k++)
			PAGES_FINITE(f->series[i].values[k], f->id);
		for (size_t k = 0; k < f->series[i].mark_count; k++)
			PAGES_FINITE(f->series[i].marks[k].at, f->id);
	}
	for (size_t i = 0; i < f->bar_count; i++) {
		PAGES_FINITE(f->bars[i].value, f->id);
		assert_true(f->bars[i].label && f->bars[i].said);
	}
	for (size_t i = 0; i < f->turn_count; i++) {
		PAGES_FINITE(f->turns[i].low, f->id);
		PAGES_FINITE(f->turns[i].high, f->id);
	}
	for (size_t i = 0; i < f->card_count; i++)
		assert_true(f->cards[i].title && *f->cards[i].title && f->cards[i].said && f->cards[i].note);
	PAGES_FINITE(f->zone, f->id);
	PAGES_FINITE(f->centre, f->id);
}

static inline void check_figure(const struct bpr_document *doc, size_t at)
{
	const struct bpr_doc_figure *f = doc->blocks[at].figure;

	assert_non_null(f);
	assert_true(f->kind < BPR_FIGURE_COUNT);
	assert_true(f->id && *f->id && f->title && *f->title);
	if (!f->description || !*f->description)
		fail_msg("figure %s has no description", f->id);
	for (const char *c = f->id; *c; c++)
		assert_true((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '-');
	for (size_t i = 0; i < at; i++)
		if (doc->blocks[i].kind == BPR_DOC_FIGURE && !strcmp(doc->blocks[i].figure->id, f->id))
			fail_msg("two figures are called %s", f->id);
	check_numbers(f);
}

static inline bool is_part(const char *name)
{
	for (size_t i = 0; bpr_part_get(i); i++)
		if (!strcmp(bpr_part_get(i), name))
			return true;
	return false;
}

static inline void check_block(const struct bpr_document *doc, size_t at)
{
	const struct bpr_doc_block *b = &doc->blocks[at];
	size_t open = 0;

	assert_true(b->kind == BPR_DOC_TABLE || b->text);
	switch (b->kind) {
	case BPR_DOC_PAGE:
		assert_true(*b->text && b->name && is_part(b->name));
		for (size_t i = 0; i < at; i++)
			assert_true(doc->blocks[i].kind != BPR_DOC_PAGE || strcmp(doc->blocks[i].name, b->name) != 0);
		break;
	case BPR_DOC_FIGURE: check_figure(doc, at); break;
	case BPR_DOC_TABLE: assert_true(b->table && b->table->column_count > 0); break;
	case BPR_DOC_TILES:
		assert_true(b->tile_count > 0);
		for (size_t i = 0; i < b->tile_count; i++)
			assert_true(b->tiles[i].label && *b->tiles[i].label && b->tiles[i].after && *b->tiles[i].after && b->tiles[i].unit);
		break;
	case BPR_DOC_CARDS:
	case BPR_DOC_BOX:
		assert_true(b->card_count > 0);
		for (size_t i = 0; i < b->card_count; i++)
			for (size_t k = 0; k < b->cards[i].line_count; k++)
				assert_true(b->cards[i].line_count > 0 && b->cards[i].lines[k] && *b->cards[i].lines[k]);
		break;
	case BPR_DOC_COLUMNS_END:
		for (size_t i = 0; i < at; i++)
			open += doc->blocks[i].kind == BPR_DOC_COLUMNS ? 1 : doc->blocks[i].kind == BPR_DOC_COLUMNS_END ? (size_t)-1 : 0;
		assert_int_equal(open, 1);
		break;
	case BPR_DOC_HEADING: case BPR_DOC_LEAD: case BPR_DOC_PARAGRAPH: case BPR_DOC_ITEM: case BPR_DOC_NOTE: case BPR_DOC_READING:
	case BPR_DOC_COMMAND: case BPR_DOC_COLUMNS:
		break;
	}
	for (size_t i = 0; i < b->run_count; i++)
		assert_non_null(b->runs[i].text);
	/* A place in a sentence that nothing came into. */
	if (b->text && (strstr(b->text, "{1}") || strstr(b->text, "{2}") || strstr(b->text, "{3}") || strstr(b->text, "{4}")))
		fail_msg("not filled in: %s", b->text);
}

static inline void check_pages(const struct bpr_document *doc)
{
	assert_false(doc->failed);
	for (size_t i = 0; i < doc->block_count; i++)
		check_block(doc, i);
}
#endif
