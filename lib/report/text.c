/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A document for a terminal or a mail: plain text, columns aligned by the width characters take there, no locale
 * needed. Rules are ASCII, because terminals disagree about the width of box drawing.
 */
#include "config.h"
#include "report/render_i.h"
#include "base/alloc_i.h"
#include "base/utf8_i.h"
#include "study/words_i.h"
#include <string.h>
#include <unigbrk.h>
#include <unilbrk.h>

enum { GAP = 2, NARROWEST = 40, WIDEST = 1000 };

struct text {
	struct bpr_buf *out;
	enum bpr_lang lang;
	size_t width;
	bool color;
};

/* A text being broken into lines. */
struct lines {
	const char *text;
	size_t length, at;
	char *breaks; /* [length]: may a line end before this byte? */
};

static const char *encoding(enum bpr_lang lang)
{
	return lang == BPR_LANG_JA ? "EUC-JP" : "UTF-8"; /* as bpr_i_utf8_width() counts */
}

static bool lines_init(struct lines *lines, const char *text, size_t length, enum bpr_lang lang)
{
	*lines = (struct lines){ text, length, 0, bpr_i_calloc(length + 1, 1) };
	if (!lines->breaks)
		return false;
	if (length)
		u8_possible_linebreaks((const uint8_t *)text, length, encoding(lang), lines->breaks);
	for (size_t i = 1; i < length; i++) { /* a number and what it counts stay together (12分), and so does bpr:share */
		bool counted = text[i - 1] >= '0' && text[i - 1] <= '9' && (text[i] & 0x80);
		bool named = text[i - 1] == ':' && !(text[i] & 0x80) && text[i] != ' ';
		bool option = i > 1 && text[i - 1] == '-' && text[i - 2] == '-'; /* --from */

		if (lines->breaks[i] == UC_BREAK_POSSIBLE && (counted || named || option))
			lines->breaks[i] = UC_BREAK_PROHIBITED;
	}
	return true;
}

static bool lines_left(const struct lines *lines)
{
	return lines->at < lines->length;
}

/* The next line, at most `width` columns, without blanks at its end: its length; the text moves on. */
static size_t next_line(struct lines *lines, size_t width, enum bpr_lang lang, const char **line)
{
	const char *start = lines->text + lines->at;
	size_t left = lines->length - lines->at;
	size_t fits = bpr_i_utf8_cut(start, left, width, lang);
	size_t end = fits;

	if (fits < left) {
		while (end && lines->breaks[lines->at + end] != UC_BREAK_POSSIBLE && start[end] != ' ')
			end--;
		if (!end) /* no place to break: cut, but take one character at least */
			end = fits ? fits
				   : (size_t)(u8_grapheme_next((const uint8_t *)start, (const uint8_t *)start + left) -
					      (const uint8_t *)start);
	}
	lines->at += end;
	while (lines->at < lines->length && lines->text[lines->at] == ' ')
		lines->at++;
	while (end && start[end - 1] == ' ')
		end--;
	*line = start;
	return end;
}

static void tone_on(struct text *t, enum bpr_doc_tone tone)
{
	static const char *const codes[] = { [BPR_DOC_PLAIN] = "", [BPR_DOC_BETTER] = "\033[32m", [BPR_DOC_WORSE] = "\033[31m",
					     [BPR_DOC_STRONG] = "\033[1m", [BPR_DOC_FAINT] = "\033[2m" };

	if (t->color)
		bpr_i_buf_puts(t->out, codes[tone]);
}

static void tone_off(struct text *t, enum bpr_doc_tone tone)
{
	if (t->color && tone != BPR_DOC_PLAIN)
		bpr_i_buf_puts(t->out, "\033[0m");
}

/* Lines of a text, the first after `first`, the others under it. */
static void wrapped(struct text *t, const char *text, const char *first, enum bpr_doc_tone tone)
{
	size_t indent = strlen(first);
	struct bpr_buf safe = BPR_BUF_INIT;
	struct lines lines = { 0 };
	bool more = false;

	bpr_i_utf8_safe(&safe, text, strlen(text));
	if (safe.failed || !lines_init(&lines, safe.data ? safe.data : "", safe.length, t->lang)) {
		t->out->failed = BPR_ENOMEM;
		goto out;
	}
	while (lines_left(&lines)) {
		const char *line;
		size_t length = next_line(&lines, t->width - indent, t->lang, &line);

		if (more)
			bpr_i_buf_pad(t->out, ' ', indent);
		else
			bpr_i_buf_puts(t->out, first);
		more = true;
		tone_on(t, tone);
		bpr_i_buf_add(t->out, line, length);
		tone_off(t, tone);
		bpr_i_buf_putc(t->out, '\n');
	}
out:
	bpr_i_free(lines.breaks);
	bpr_i_buf_release(&safe);
}

static void heading(struct text *t, const struct bpr_doc_block *block)
{
	struct bpr_buf safe = BPR_BUF_INIT;
	size_t width;

	wrapped(t, block->text, "", BPR_DOC_STRONG);
	if (block->level > 2)
		return;
	bpr_i_utf8_safe(&safe, block->text, strlen(block->text));
	if (safe.failed)
		t->out->failed = safe.failed;
	width = bpr_i_utf8_width(safe.data ? safe.data : "", safe.length, t->lang);
	bpr_i_buf_pad(t->out, block->level == 1 ? '=' : '-', width < t->width ? width : t->width);
	bpr_i_buf_putc(t->out, '\n');
	if (safe.failed)
		t->out->failed = safe.failed;
	bpr_i_buf_release(&safe);
}

/* ---- tables ---- */

enum { MAX_COLUMNS = 16 };

/* What stands in a cell, ready for the terminal. */
static void cell_text(struct bpr_buf *into, enum bpr_lang lang, const struct bpr_doc_cell *cell)
{
	struct bpr_buf words = BPR_BUF_INIT;

	bpr_i_buf_clear(into);
	bpr_i_words_cell(&words, lang, cell);
	bpr_i_utf8_safe(into, words.data ? words.data : "", words.length);
	if (words.failed)
		into->failed = words.failed;
	bpr_i_buf_release(&words);
}

/* The title of a column, ready for the terminal: it may be the name of something. */
static void title_text(struct bpr_buf *into, const char *title)
{
	bpr_i_buf_clear(into);
	bpr_i_utf8_safe(into, title, strlen(title));
}

/* The widest part of a text that cannot be broken. */
static size_t longest_part(struct text *t, const char *text)
{
	struct lines lines;
	size_t length = strlen(text);
	size_t longest = 0;
	size_t start = 0;

	if (!lines_init(&lines, text, length, t->lang)) {
		t->out->failed = BPR_ENOMEM;
		return 0;
	}
	for (size_t i = 1; i <= length; i++) {
		size_t width;

		if (i < length && lines.breaks[i] != UC_BREAK_POSSIBLE)
			continue;
		width = bpr_i_utf8_width(text + start, i - start - (text[i - 1] == ' '), t->lang);
		longest = width > longest ? width : longest;
		start = i;
	}
	bpr_i_free(lines.breaks);
	return longest;
}

/* Widths that every column wants, and those below which it may not go. */
static void measure(struct text *t, const struct bpr_doc_table *table, size_t want[], size_t least[])
{
	struct bpr_buf buf = BPR_BUF_INIT;

	for (size_t c = 0; c < table->column_count; c++) {
		const struct bpr_doc_column *column = &table->columns[c];
		size_t title, cells = 0;

		for (size_t r = 0; r < table->row_count; r++) {
			size_t width;

			cell_text(&buf, t->lang, &table->cells[r * table->column_count + c]);
			width = bpr_i_utf8_width(buf.data ? buf.data : "", buf.length, t->lang);
			cells = width > cells ? width : cells;
		}
		title_text(&buf, column->title);
		title = bpr_i_utf8_width(buf.data ? buf.data : "", buf.length, t->lang);
		want[c] = title > cells ? title : cells;
		least[c] = column->narrow && cells > column->narrow ? column->narrow : cells;
		title = longest_part(t, buf.data ? buf.data : "");
		least[c] = title > least[c] ? title : least[c];
	}
	if (buf.failed)
		t->out->failed = buf.failed;
	bpr_i_buf_release(&buf);
}

/* Takes columns from the widest that can give until the table fits, or none can give. */
static void shrink(const struct text *t, size_t count, size_t want[], const size_t least[])
{
	size_t total = GAP * (count - 1);

	for (size_t c = 0; c < count; c++)
		total += want[c];
	while (total > t->width) {
		size_t widest = count;
		size_t over = total - t->width;
		size_t second = 0;
		size_t take;

		for (size_t c = 0; c < count; c++) {
			if (want[c] <= least[c])
				continue;
			if (widest == count || want[c] > want[widest]) {
				second = widest == count ? second : want[widest];
				widest = c;
			} else if (want[c] > second) {
				second = want[c];
			}
		}
		if (widest == count)
			return;
		take = want[widest] > second ? want[widest] - second : 1;
		take = take < over ? take : over;
		take = take < want[widest] - least[widest] ? take : want[widest] - least[widest];
		want[widest] -= take;
		total -= take;
	}
}

/* Pads a piece of a cell to its column; nothing is padded at the end of a line. */
static void put_piece(struct text *t, const char *line, size_t length, size_t width, bool right, size_t *pending,
		      enum bpr_doc_tone tone)
{
	size_t used = bpr_i_utf8_width(line, length, t->lang);
	size_t pad = used < width ? width - used : 0;

	if (length) {
		bpr_i_buf_pad(t->out, ' ', *pending + (right ? pad : 0));
		tone_on(t, tone);
		bpr_i_buf_add(t->out, line, length);
		tone_off(t, tone);
		*pending = right ? 0 : pad;
	} else {
		*pending += width;
	}
	*pending += GAP;
}

/* One row whose cells are texts, each over as many lines as it needs. */
static void put_row(struct text *t, const struct bpr_doc_table *table, const struct bpr_buf texts[], const size_t width[],
		    const enum bpr_doc_tone tones[])
{
	struct lines lines[MAX_COLUMNS] = { 0 };
	bool left = true;

	for (size_t c = 0; c < table->column_count; c++)
		if (texts[c].failed || !lines_init(&lines[c], texts[c].data ? texts[c].data : "", texts[c].length, t->lang))
			t->out->failed = BPR_ENOMEM;
	while (left && !t->out->failed) {
		size_t pending = 0;

		left = false;
		for (size_t c = 0; c < table->column_count; c++) {
			const char *line = "";
			size_t length = lines_left(&lines[c]) ? next_line(&lines[c], width[c], t->lang, &line) : 0;

			put_piece(t, line, length, width[c], table->columns[c].right, &pending, tones[c]);
			left = left || lines_left(&lines[c]);
		}
		bpr_i_buf_putc(t->out, '\n');
	}
	for (size_t c = 0; c < table->column_count; c++)
		bpr_i_free(lines[c].breaks);
}

static void table(struct text *t, const struct bpr_doc_table *table)
{
	size_t width[MAX_COLUMNS];
	size_t least[MAX_COLUMNS];
	struct bpr_buf texts[MAX_COLUMNS];
	enum bpr_doc_tone tones[MAX_COLUMNS];
	size_t count = table->column_count;

	if (!count || count > MAX_COLUMNS)
		return;
	measure(t, table, width, least);
	shrink(t, count, width, least);
	for (size_t c = 0; c < count; c++) {
		texts[c] = (struct bpr_buf)BPR_BUF_INIT;
		tones[c] = BPR_DOC_STRONG;
		title_text(&texts[c], table->columns[c].title);
	}
	put_row(t, table, texts, width, tones);
	for (size_t c = 0; c < count; c++) {
		bpr_i_buf_pad(t->out, '-', width[c]);
		bpr_i_buf_pad(t->out, ' ', c + 1 < count ? GAP : 0);
	}
	bpr_i_buf_putc(t->out, '\n');
	for (size_t r = 0; r < table->row_count && !t->out->failed; r++) {
		for (size_t c = 0; c < count; c++) {
			cell_text(&texts[c], t->lang, &table->cells[r * count + c]);
			tones[c] = table->cells[r * count + c].tone;
		}
		put_row(t, table, texts, width, tones);
	}
	for (size_t c = 0; c < count; c++)
		bpr_i_buf_release(&texts[c]);
}

/* A blank line stands between blocks, but not between a heading and its text, nor between the items of a list. */
static bool blank_before(const struct bpr_document *doc, size_t i)
{
	if (!i)
		return false;
	if (doc->blocks[i - 1].kind == BPR_DOC_HEADING)
		return doc->blocks[i - 1].level == 1;
	return doc->blocks[i].kind != BPR_DOC_ITEM || doc->blocks[i - 1].kind != BPR_DOC_ITEM;
}

void bpr_i_render_text(const struct bpr_document *doc, const struct bpr_report_options *options, struct bpr_buf *out)
{
	struct text t = { out, doc->lang, options->width, options->color };

	t.width = t.width < NARROWEST ? NARROWEST : t.width > WIDEST ? WIDEST : t.width;
	for (size_t i = 0; i < doc->block_count && !out->failed; i++) {
		const struct bpr_doc_block *block = &doc->blocks[i];

		if (blank_before(doc, i))
			bpr_i_buf_putc(out, '\n');
		switch (block->kind) {
		case BPR_DOC_HEADING:
			heading(&t, block);
			break;
		case BPR_DOC_LEAD:
			wrapped(&t, block->text, "", BPR_DOC_STRONG);
			break;
		case BPR_DOC_PARAGRAPH:
			wrapped(&t, block->text, "", BPR_DOC_PLAIN);
			break;
		case BPR_DOC_ITEM:
			wrapped(&t, block->text, block->level > 1 ? "    " : "- ", block->tone);
			break;
		case BPR_DOC_NOTE:
			wrapped(&t, block->text, "", BPR_DOC_FAINT);
			break;
		case BPR_DOC_PAGE:
		case BPR_DOC_FIGURE:
		case BPR_DOC_TILES:
		case BPR_DOC_CARDS:
		case BPR_DOC_BOX:
		case BPR_DOC_READING:
		case BPR_DOC_COMMAND:
		case BPR_DOC_COLUMNS:
		case BPR_DOC_COLUMNS_END:
			break; /* of pages, which are not written in this format */
		case BPR_DOC_TABLE:
			table(&t, block->table);
			break;
		}
	}
}
