/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of a workbook: over the width of the sheet, as high as their lines. */
#include "config.h"
#include "report/xlsx_i.h"
#include "base/utf8_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { INK = 0x1f2933, FAINT = 0x52606d, ACCENT = 0x0b6e99, WORSE = 0xb4213b, PAPER = 0xeef4f7, LINE_HEIGHT = 18 };

static size_t style(struct bpr_pen *x, struct bpr_book_style looks)
{
	if (!looks.ink)
		looks.ink = INK;
	return bpr_i_book_style(x->book, &looks);
}

static double width_of(const struct bpr_pen *x)
{
	double sum = 0;

	for (size_t i = 0; i <= x->last; i++)
		sum += x->widths[i];
	return sum;
}

/* Lines that a text takes where a line holds so many characters. */
static size_t lines_of(const char *text, double width)
{
	size_t length = strlen(text), lines = 0;

	for (size_t at = 0; at <= length;) {
		const char *end = memchr(text + at, '\n', length - at);
		size_t n = end ? (size_t)(end - text) - at : length - at;
		double wide = (double)bpr_i_utf8_width(text + at, n, BPR_LANG_JA);

		lines += wide > width ? (size_t)ceil(wide / width) : 1;
		at += n + 1;
	}
	return lines;
}

double bpr_i_pen_height(const char *text, double width)
{
	size_t lines = strlen(text) <= (size_t)width && !strchr(text, '\n') ? 1 : lines_of(text, width * 0.98);

	return lines > 1 ? (double)lines * LINE_HEIGHT + 2 : 0;
}

/* size: of the font, in points. */
static void line(struct bpr_pen *x, const char *text, struct bpr_book_style looks)
{
	double points = looks.size ? looks.size : 11;
	/* Japanese signs take a little more than two digits of the standard font. */
	double width = (width_of(x) - 2 * looks.indent - 2) * 11 / points * 0.88;

	if (!*text)
		return;
	looks.wrap = true;
	bpr_i_book_row(x->book, x->sheet, x->row, (double)lines_of(text, width) * LINE_HEIGHT * points / 11 + 3);
	bpr_i_book_wide(x->book, x->sheet, x->row++, 0, x->last, style(x, looks), text);
}

void bpr_i_pen_title(struct bpr_pen *x, const char *text)
{
	line(x, text, (struct bpr_book_style){ .bold = true, .size = 16, .ink = ACCENT });
}

static void heading(struct bpr_pen *x, const struct bpr_doc_block *block)
{
	const char *text = block->text;

	if (block->aside && *block->aside) {
		bpr_i_buf_clear(&x->text);
		bpr_i_buf_puts(&x->text, block->text);
		bpr_i_buf_puts(&x->text, "  ");
		bpr_i_buf_puts(&x->text, block->aside);
		text = x->text.data && !x->text.failed ? x->text.data : block->text;
	}
	if (block->level <= 1) {
		line(x, text, (struct bpr_book_style){ .bold = true, .size = 14 });
		return;
	}
	x->row++;
	if (block->level == 2)
		line(x, text, (struct bpr_book_style){ .bold = true, .size = 12, .ink = ACCENT, .under = ACCENT });
	else
		line(x, text, (struct bpr_book_style){ .bold = true });
}

static void item(struct bpr_pen *x, const char *mark, const char *text, struct bpr_book_style looks)
{
	bpr_i_buf_clear(&x->text);
	bpr_i_buf_puts(&x->text, mark);
	bpr_i_buf_puts(&x->text, text);
	line(x, x->text.data && !x->text.failed ? x->text.data : text, looks);
}

static const char *bullet(const struct bpr_pen *x)
{
	return x->lang == BPR_LANG_JA ? "・" : "• ";
}

static void cards(struct bpr_pen *x, const struct bpr_doc_block *block)
{
	for (size_t i = 0; i < block->card_count; i++) {
		const struct bpr_doc_card *card = &block->cards[i];

		if (card->title)
			line(x, card->title, (struct bpr_book_style){ .bold = true });
		for (size_t k = 0; k < card->line_count; k++) {
			char number[24];

			(void)snprintf(number, sizeof(number), "%zu. ", k + 1);
			item(x, block->kind == BPR_DOC_BOX ? number : bullet(x), card->lines[k],
			     (struct bpr_book_style){ .indent = 1, .paper = block->kind == BPR_DOC_BOX ? PAPER : 0 });
		}
	}
}

static struct bpr_book_style toned(enum bpr_doc_tone tone)
{
	return (struct bpr_book_style){ .indent = 1, .ink = tone == BPR_DOC_WORSE ? WORSE : tone == BPR_DOC_BETTER ? ACCENT :
							     tone == BPR_DOC_FAINT ? FAINT : 0,
					.bold = tone == BPR_DOC_STRONG };
}

void bpr_i_pen_block(struct bpr_pen *x, const struct bpr_doc_block *block)
{
	switch (block->kind) {
	case BPR_DOC_HEADING:
		heading(x, block);
		return;
	case BPR_DOC_LEAD:
		line(x, block->text, (struct bpr_book_style){ .bold = true, .size = 12 });
		return;
	case BPR_DOC_PARAGRAPH:
		line(x, block->text, (struct bpr_book_style){ .ink = INK });
		return;
	case BPR_DOC_ITEM:
		item(x, block->level > 1 ? "  - " : bullet(x), block->text, toned(block->tone));
		return;
	case BPR_DOC_NOTE: case BPR_DOC_READING:
		line(x, block->text, (struct bpr_book_style){ .size = 9, .ink = FAINT });
		return;
	case BPR_DOC_COMMAND:
		line(x, block->text, (struct bpr_book_style){ .size = 10, .paper = PAPER });
		return;
	case BPR_DOC_CARDS: case BPR_DOC_BOX:
		cards(x, block);
		return;
	case BPR_DOC_TILES:          /* their figures stand in the table of measures */
	case BPR_DOC_PAGE: case BPR_DOC_FIGURE: case BPR_DOC_TABLE: case BPR_DOC_COLUMNS: case BPR_DOC_COLUMNS_END:
		return;
	}
}
