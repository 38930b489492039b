/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of a sheet: how wide they are, where their lines break, and how they are written. */
#include "config.h"
#include "base/utf8_i.h"
#include "layout/layout_i.h"
#include "report/draw_i.h"
#include "report/paper_line_i.h"
#include <string.h>
#include <unictype.h>
#include <unilbrk.h>

/* Bytes of a line at the longest; how far behind it is looked whether it may end there; marks on a letter. */
enum { LONGEST = 2000, AHEAD = 32, MARKS = 3 };
/* Latin letters are wider when bold; ideographs are not. */
static const double BOLD = 1.08, LINE = 1.5, BASE = 1.11;

static bool is_blank(unsigned c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == 0x3000;
}

static bool is_among(unsigned c, const unsigned *list)
{
	while (*list && *list != c)
		list++;
	return *list;
}

/* ---- width ---- */

static double wide(const struct bpr_paper_font *font, unsigned c, const char *at, size_t length)
{
	double width = bpr_i_layout_text_width(at, length, font->size);

	return font->bold && c < 0x2000 ? width * BOLD : width;
}

static double width_of(const struct bpr_paper_font *font, const char *text, size_t length)
{
	double sum = 0;
	size_t pos = 0;

	while (pos < length) {
		size_t here = pos;
		unsigned c = bpr_i_utf8_next(text, length, &pos);

		sum += wide(font, c, text + here, pos - here);
	}
	return sum;
}

double bpr_i_paper_text_width(const struct bpr_paper_font *font, const char *text)
{
	return width_of(font, text, strlen(text));
}

double bpr_i_paper_line_height(const struct bpr_paper_font *font)
{
	return font->size * LINE;
}

/* ---- lines ---- */

enum script { SCRIPT_OTHER = 0, SCRIPT_LATIN, SCRIPT_HIRAGANA, SCRIPT_KATAKANA, SCRIPT_KANJI };

static enum script script_of(unsigned c)
{
	if (c < 0x300)
		return SCRIPT_LATIN;
	if (c >= 0x3041 && c <= 0x309f)
		return SCRIPT_HIRAGANA;
	if ((c >= 0x30a1 && c <= 0x30fa) || c == 0x30fc)
		return SCRIPT_KATAKANA;
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || c == 0x3005 ? SCRIPT_KANJI : SCRIPT_OTHER;
}

/* What no line begins with (行頭禁則), what none ends with (行末禁則). */
static const unsigned no_begin[] = {
	0x3001, 0x3002, 0xff0c, 0xff0e, 0x30fb, 0xff1a, 0xff1b, 0xff1f, 0xff01, 0xff09, 0x300d, 0x300f, 0x3011, 0x3015, 0x3009, 0x300b,
	0x2019, 0x201d, 0x2026, 0x2025, 0x30fc, 0x3005, 0x309d, 0x309e, 0x30fd, 0x30fe, 0x301c, 0xff5e, 0x3041, 0x3043, 0x3045, 0x3047,
	0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308e, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30c3, 0x30e3, 0x30e5, 0x30e7, 0x30ee,
	0x30f5, 0x30f6, ',', '.', ':', ';', '!', '?', ')', ']', '}', '%', 0xff05, 0xff3d, 0xff5d, 0
};
static const unsigned no_end[] = { 0xff08, 0x300c, 0x300e, 0x3010, 0x3014, 0x3008, 0x300a, 0x2018, 0x201c, 0xff3b, 0xff5b, '(', '[', '{', 0xffe5, 0 };

static bool may_break(unsigned before, unsigned behind)
{
	bool counted = before >= '0' && before <= '9' && behind >= 0x80 && !is_blank(behind);

	return !counted && !is_among(behind, no_begin) && !is_among(before, no_end);
}

/* Between two phrases of Japanese, as far as the characters tell. */
static bool is_phrase_end(unsigned before, unsigned behind)
{
	enum script a = script_of(before), b = script_of(behind);

	if (is_blank(before) || is_among(before, no_begin + 0) || is_among(behind, no_end))
		return a != SCRIPT_HIRAGANA || b != SCRIPT_HIRAGANA;
	if (a == SCRIPT_LATIN && b == SCRIPT_LATIN)
		return true;
	return a != b && b != SCRIPT_HIRAGANA;
}

/* Where a line from `start` must end at the latest, and whether it does there because its paragraph ends. */
static size_t latest(const struct paper_lines *l, size_t start, bool *ends)
{
	size_t pos = start;
	double sum = 0;

	*ends = false;
	while (pos < l->length) {
		size_t here = pos;
		unsigned c = bpr_i_utf8_next(l->text, l->length, &pos);

		if (c == '\n') {
			*ends = true;
			return here;
		}
		sum += wide(l->font, c, l->text + here, pos - here);
		if ((sum > l->width * (1 + 1e-9) && here > start && !is_blank(c)) || here - start > LONGEST)
			return here;
	}
	*ends = true;
	return l->length;
}

/* The last place before `stop` where the line may end: behind a phrase, unless it were rather empty then. */
static size_t find_break(const struct paper_lines *l, size_t start, size_t stop)
{
	char breaks[LONGEST + AHEAD + 8];
	size_t length = stop - start + AHEAD, pos = 0, any = 0, phrase = 0;
	/* Lines of prose are filled, in narrow boxes a word is rather not torn. */
	double full = l->width > 24 * l->font->size ? 0.85 : 0.5, sum = 0, at_phrase = 0;
	unsigned before = 0;

	if (length > l->length - start)
		length = l->length - start;
	while (length && start + length < l->length && ((unsigned char)l->text[start + length] & 0xc0) == 0x80)
		length--;
	u8_possible_linebreaks((const uint8_t *)l->text + start, length, "UTF-8", breaks);
	while (pos <= stop - start && pos < length) {
		size_t here = pos;
		unsigned c = bpr_i_utf8_next(l->text + start, length, &pos);

		if (here && breaks[here] == UC_BREAK_POSSIBLE && may_break(before, c)) {
			any = here;
			if (is_phrase_end(before, c)) {
				phrase = here;
				at_phrase = sum;
			}
		}
		sum += wide(l->font, c, l->text + start + here, pos - here);
		before = c;
	}
	if (phrase && at_phrase >= full * l->width)
		return start + phrase;
	return any ? start + any : stop;
}

void bpr_i_paper_lines(struct paper_lines *lines, double width, const struct bpr_paper_font *font, const char *text)
{
	size_t length = bpr_i_utf8_trim(&text, strlen(text));

	*lines = (struct paper_lines){ .font = font, .width = width, .text = text, .length = length };
}

bool bpr_i_paper_lines_next(struct paper_lines *l, struct paper_line *line)
{
	size_t start = l->at, stop, end;
	bool ends;

	if (l->done)
		return false;
	stop = latest(l, start, &ends);
	end = ends ? stop : find_break(l, start, stop);
	l->at = end;
	if (ends && end < l->length) { /* the line end itself */
		l->at++;
	} else {
		while (l->at < l->length && (l->text[l->at] == ' ' || l->text[l->at] == '\t' || l->text[l->at] == '\r'))
			l->at++;
		if (l->at < l->length && !ends && l->text[l->at] == '\n')
			l->at++;
	}
	l->done = ends ? end >= l->length : l->at >= l->length;
	line->text = l->text + start;
	line->length = bpr_i_utf8_trim(&line->text, end - start);
	line->width = width_of(l->font, line->text, line->length);
	return true;
}

size_t bpr_i_paper_lines_count(double width, const struct bpr_paper_font *font, const char *text)
{
	struct paper_lines lines;
	struct paper_line line;
	size_t n = 0;

	bpr_i_paper_lines(&lines, width, font, text);
	while (bpr_i_paper_lines_next(&lines, &line))
		n++;
	return n;
}

/* ---- writing ---- */

void bpr_i_paper_number(struct bpr_buf *out, const char *name, double x)
{
	bpr_i_buf_printf(out, " %s=\"%.2f\"", name, x);
}

void bpr_i_paper_escape(struct bpr_buf *out, const char *text, size_t length)
{
	size_t pos = 0, marks = 0;

	while (pos < length) {
		size_t here = pos;
		unsigned c = bpr_i_utf8_next(text, length, &pos);

		marks = uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me) ? marks + 1 : 0;
		if (marks <= MARKS)
			bpr_i_escape_svg(out, text + here, pos - here);
	}
}

/* The pieces of a line, strong ones bold. */
static void put_pieces(struct bpr_buf *out, const struct paper_line *line, const struct paper_runs *runs)
{
	size_t at = 0, to = runs->from + line->length;

	for (size_t i = 0; i < runs->count; i++) {
		size_t length = strlen(runs->runs[i].text), begin = at > runs->from ? at : runs->from;
		size_t end = at + length < to ? at + length : to;

		at += length;
		if (begin >= end)
			continue;
		if (runs->runs[i].strong)
			bpr_i_buf_puts(out, "<tspan font-weight=\"bold\">");
		bpr_i_paper_escape(out, line->text + (begin - runs->from), end - begin);
		if (runs->runs[i].strong)
			bpr_i_buf_puts(out, "</tspan>");
	}
}

void bpr_i_paper_put_line(struct bpr_paper_page *page, double x, double y, double width, const struct bpr_paper_font *font,
			  const struct paper_line *line, const struct paper_runs *runs)
{
	static const char *const anchors[] = { "", " text-anchor=\"middle\"", " text-anchor=\"end\"" };
	struct bpr_buf *out = page ? &page->svg : NULL;

	if (!out || !line->length)
		return;
	bpr_i_buf_puts(out, "<text");
	bpr_i_paper_number(out, "x", x + width * (double)font->align / 2);
	bpr_i_paper_number(out, "y", y + BASE * font->size);
	bpr_i_paper_number(out, "font-size", font->size);
	bpr_i_buf_printf(out, "%s%s", anchors[font->align], font->bold ? " font-weight=\"bold\"" : "");
	if (font->ink || font->grey)
		bpr_i_buf_printf(out, " fill=\"%s\"", font->ink ? font->ink : "#52606d");
	bpr_i_buf_putc(out, '>');
	if (runs && runs->count)
		put_pieces(out, line, runs);
	else
		bpr_i_paper_escape(out, line->text, line->length);
	bpr_i_buf_puts(out, "</text>\n");
}

double bpr_i_paper_text(struct bpr_paper_page *page, double x, double y, double width, const struct bpr_paper_font *font, const char *text)
{
	double step = bpr_i_paper_line_height(font), at = y;
	struct paper_lines lines;
	struct paper_line line;

	if (!text || !*text)
		return 0;
	bpr_i_paper_lines(&lines, width, font, text);
	for (; bpr_i_paper_lines_next(&lines, &line); at += step)
		bpr_i_paper_put_line(page, x, at, width, font, &line, NULL);
	return at - y;
}

/* Whether it fits at that size, no word torn. */
static bool fits(const double box[4], const struct bpr_paper_font *font, const char *text)
{
	return (double)bpr_i_paper_lines_count(box[2], font, text) * bpr_i_paper_line_height(font) <= box[3] + 1e-9;
}

double bpr_i_paper_fit(struct bpr_paper_page *page, const double box[4], const struct bpr_paper_font *font, const char *text)
{
	struct bpr_paper_font at = *font;
	double height;

	if (!text || !*text)
		return font->size;
	while (at.size > 0.5 && !fits(box, &at, text))
		at.size *= 0.96;
	height = bpr_i_paper_text(NULL, 0, 0, box[2], &at, text);
	(void)bpr_i_paper_text(page, box[0], box[1] + (box[3] - height) / 2, box[2], &at, text);
	return at.size;
}
