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
#include <unistr.h>

/* An item that begins so is to be ticked. */
#define TICK "☐ "

enum { GAP = 2, NARROWEST = 40, WIDEST = 1000 };

struct text {
	struct bpr_buf *out;
	enum bpr_lang lang;
	size_t width;
	bool color, blocks;
};

/* A text being broken into lines. */
struct lines {
	const char *text;
	size_t length, at;
	char *breaks; /* [length]: may a line end before this byte? GOOD_BREAK: and no word is torn */
};

enum { GOOD_BREAK = 127 };

/* How much of a line may stay empty so that no Japanese word is torn: tenths that must be full. */
enum { FULL_PROSE = 8, FULL_CELL = 4 };

static const char *encoding(enum bpr_lang lang)
{
	return lang == BPR_LANG_JA ? "EUC-JP" : "UTF-8"; /* as bpr_i_utf8_width() counts */
}

enum script { SCRIPT_NONE = 0, SCRIPT_LATIN, SCRIPT_KANJI, SCRIPT_KATAKANA, SCRIPT_HIRAGANA, SCRIPT_OPEN, SCRIPT_CLOSE };

static enum script script_of(ucs4_t c)
{
	static const ucs4_t open[] = { 0x300c, 0x300e, 0x3010, 0xff08, '(', '[', 0 };

	for (size_t i = 0; open[i]; i++)
		if (c == open[i])
			return SCRIPT_OPEN;
	if (c < 0x300)
		return c > ' ' ? SCRIPT_LATIN : SCRIPT_NONE;
	if (c >= 0x3041 && c <= 0x309f)
		return SCRIPT_HIRAGANA;
	if ((c >= 0x30a1 && c <= 0x30fa) || c == 0x30fc)
		return SCRIPT_KATAKANA;
	if ((c >= 0x3001 && c <= 0x303f && c != 0x3005) || c == 0x30fb || (c >= 0xff01 && c <= 0xff0f))
		return SCRIPT_CLOSE;
	return SCRIPT_KANJI;
}

/*
 * Where a Japanese word ends, without a dictionary: 平均待ち|時間, 転入後の|手続きの|案内と|交付. After hiragana, where
 * a word is inflected or a particle stands, and between scripts, never before hiragana.
 */
static bool is_word_end(ucs4_t before, ucs4_t after)
{
	enum script was = script_of(before);
	enum script is = script_of(after);

	if (before == ' ' || was == SCRIPT_CLOSE || is == SCRIPT_OPEN)
		return true;
	if (before < 0x300 && after < 0x300)
		return true;
	return was != is && is != SCRIPT_HIRAGANA && is != SCRIPT_CLOSE && was != SCRIPT_OPEN;
}

static void mark_words(struct lines *lines)
{
	const uint8_t *text = (const uint8_t *)lines->text;
	ucs4_t before = ' ';
	int step = 0;

	for (size_t i = 0; i < lines->length; i += (size_t)step) {
		ucs4_t c;

		step = u8_mbtouc(&c, text + i, lines->length - i);
		if (i && i + (size_t)step < lines->length && lines->breaks[i] == UC_BREAK_POSSIBLE && is_word_end(before, c))
			lines->breaks[i] = GOOD_BREAK;
		before = c;
	}
}

static bool is_break(char what)
{
	return what == UC_BREAK_POSSIBLE || what == GOOD_BREAK;
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
	mark_words(lines);
	return true;
}

static bool lines_left(const struct lines *lines)
{
	return lines->at < lines->length;
}

/* Where a line of at most `fits` bytes ends: no word torn, unless less than `full` tenths would be used; 0: nowhere. */
static size_t line_end(const struct lines *lines, size_t fits, unsigned full)
{
	const char *breaks = lines->breaks + lines->at;
	const char *start = lines->text + lines->at;
	size_t any = 0;

	for (size_t end = fits; end; end--) {
		if (breaks[end] == GOOD_BREAK || start[end] == ' ')
			return !any || end * 10 >= fits * full ? end : any;
		if (!any && is_break(breaks[end]))
			any = end;
	}
	return any;
}

/* The next line, at most `width` columns, without blanks at its end: its length; the text moves on. */
static size_t next_line(struct lines *lines, size_t width, unsigned full, enum bpr_lang lang, const char **line)
{
	const char *start = lines->text + lines->at;
	size_t left = lines->length - lines->at;
	size_t fits = bpr_i_utf8_cut(start, left, width, lang);
	size_t end = fits;

	if (fits < left) {
		end = line_end(lines, fits, full);
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
		size_t length = next_line(&lines, t->width - indent, FULL_PROSE, t->lang, &line);

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

/* A cell ready for the terminal. */
struct cell {
	struct bpr_buf text;
	enum bpr_doc_tone tone;
	enum bpr_lang widths; /* bars are narrow everywhere: a terminal that has block characters draws them so */
};

static enum bpr_lang widths_of(const struct text *t, const struct bpr_doc_cell *cell)
{
	return cell->value == BPR_DOC_BAR ? BPR_LANG_EN : t->lang;
}

/* What stands in a cell, ready for the terminal. */
static void cell_text(struct bpr_buf *into, const struct text *t, const struct bpr_doc_cell *cell)
{
	struct bpr_buf words = BPR_BUF_INIT;

	bpr_i_buf_clear(into);
	if (t->blocks && cell->value == BPR_DOC_BAR)
		bpr_i_words_blocks(&words, cell->number);
	else if (cell->value == BPR_DOC_TICK)
		bpr_i_buf_puts(&words, "[ ]"); /* not every terminal has the box */
	else
		bpr_i_words_cell(&words, t->lang, cell);
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

/* The widest part of a text that cannot be broken, or (words) that holds whole words. */
static size_t longest_part(struct text *t, const char *text, bool words)
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

		if (i < length && !(words ? lines.breaks[i] == GOOD_BREAK : is_break(lines.breaks[i])))
			continue;
		width = bpr_i_utf8_width(text + start, i - start - (text[i - 1] == ' '), t->lang);
		longest = width > longest ? width : longest;
		start = i;
	}
	bpr_i_free(lines.breaks);
	return longest;
}

/* Widths that every column wants, and those below which it may not go (whole: without tearing a word of a title). */
static void measure(struct text *t, const struct bpr_doc_table *table, bool whole, size_t want[], size_t least[])
{
	struct bpr_buf buf = BPR_BUF_INIT;

	for (size_t c = 0; c < table->column_count; c++) {
		const struct bpr_doc_column *column = &table->columns[c];
		size_t title, cells = 0;

		for (size_t r = 0; r < table->row_count; r++) {
			size_t width;

			cell_text(&buf, t, &table->cells[r * table->column_count + c]);
			width = bpr_i_utf8_width(buf.data ? buf.data : "", buf.length,
						 widths_of(t, &table->cells[r * table->column_count + c]));
			cells = width > cells ? width : cells;
		}
		title_text(&buf, column->title);
		title = bpr_i_utf8_width(buf.data ? buf.data : "", buf.length, t->lang);
		want[c] = title > cells ? title : cells;
		least[c] = column->narrow && cells > column->narrow ? column->narrow : cells;
		title = longest_part(t, buf.data ? buf.data : "", whole);
		least[c] = title > least[c] ? title : least[c];
	}
	if (buf.failed)
		t->out->failed = buf.failed;
	bpr_i_buf_release(&buf);
}

/* Takes columns from the widest that can give until the table fits (true), or none can give. */
static bool shrink(const struct text *t, size_t count, size_t want[], const size_t least[])
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
			return false;
		take = want[widest] > second ? want[widest] - second : 1;
		take = take < over ? take : over;
		take = take < want[widest] - least[widest] ? take : want[widest] - least[widest];
		want[widest] -= take;
		total -= take;
	}
	return true;
}

/* Pads a piece of a cell to its column; nothing is padded at the end of a line. */
static void put_piece(struct text *t, const char *line, size_t length, size_t width, bool right, size_t *pending,
		      const struct cell *cell)
{
	size_t used = bpr_i_utf8_width(line, length, cell->widths);
	size_t pad = used < width ? width - used : 0;

	if (length) {
		bpr_i_buf_pad(t->out, ' ', *pending + (right ? pad : 0));
		tone_on(t, cell->tone);
		bpr_i_buf_add(t->out, line, length);
		tone_off(t, cell->tone);
		*pending = right ? 0 : pad;
	} else {
		*pending += width;
	}
	*pending += GAP;
}

/* One row whose cells are texts, each over as many lines as it needs. */
static void put_row(struct text *t, const struct bpr_doc_table *table, const struct cell cells[], const size_t width[])
{
	struct lines lines[MAX_COLUMNS] = { 0 };
	bool left = true;

	for (size_t c = 0; c < table->column_count; c++)
		if (cells[c].text.failed ||
		    !lines_init(&lines[c], cells[c].text.data ? cells[c].text.data : "", cells[c].text.length, t->lang))
			t->out->failed = BPR_ENOMEM;
	while (left && !t->out->failed) {
		size_t pending = 0;

		left = false;
		for (size_t c = 0; c < table->column_count; c++) {
			const char *line = "";
			size_t length = lines_left(&lines[c]) ? next_line(&lines[c], width[c], FULL_CELL, cells[c].widths, &line) : 0;

			put_piece(t, line, length, width[c], table->columns[c].right, &pending, &cells[c]);
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
	struct cell cells[MAX_COLUMNS];
	size_t count = table->column_count;

	if (!count || count > MAX_COLUMNS)
		return;
	measure(t, table, true, width, least);
	if (!shrink(t, count, width, least)) {
		measure(t, table, false, width, least);
		(void)shrink(t, count, width, least);
	}
	for (size_t c = 0; c < count; c++) {
		cells[c] = (struct cell){ BPR_BUF_INIT, BPR_DOC_STRONG, t->lang };
		title_text(&cells[c].text, table->columns[c].title);
	}
	put_row(t, table, cells, width);
	for (size_t c = 0; c < count; c++) {
		bpr_i_buf_pad(t->out, '-', width[c]);
		bpr_i_buf_pad(t->out, ' ', c + 1 < count ? GAP : 0);
	}
	bpr_i_buf_putc(t->out, '\n');
	for (size_t r = 0; r < table->row_count && !t->out->failed; r++) {
		for (size_t c = 0; c < count; c++) {
			const struct bpr_doc_cell *cell = &table->cells[r * count + c];

			cell_text(&cells[c].text, t, cell);
			cells[c].tone = cell->tone;
			cells[c].widths = widths_of(t, cell);
		}
		put_row(t, table, cells, width);
	}
	for (size_t c = 0; c < count; c++)
		bpr_i_buf_release(&cells[c].text);
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
	struct text t = { out, doc->lang, options->width, options->color, options->blocks };

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
			if (!strncmp(block->text, TICK, strlen(TICK)))
				wrapped(&t, block->text + strlen(TICK), "[ ] ", block->tone);
			else
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
