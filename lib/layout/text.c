/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How wide a text is drawn, and where it may be broken: without a font, so that every machine draws the same. */
#include "config.h"
#include "layout/sheet_i.h"
#include "base/utf8_i.h"
#include <string.h>
#include <unilbrk.h>
#include <unistr.h>
#include <uniwidth.h>

/* In em, rather above than below what Arial, Helvetica, Noto Sans and (most of the time) DejaVu Sans take. */
static double narrow_width(unsigned c)
{
	if (c < 0x20)
		return 0;
	if (c > 0x7e)
		return 0.7;
	if (strchr("mwMW@%", (int)c))
		return c == 'm' || c == 'w' ? 0.92 : 1.0;
	if (strchr("&#+<=>^~", (int)c))
		return 0.8;
	if (strchr(" !'(),-./:;I[\\]`fijlrt|{}", (int)c))
		return 0.36;
	return c >= 'A' && c <= 'Z' ? 0.75 : 0.6;
}

/* Half-width katakana are half an em. */
static double char_width(unsigned c)
{
	int columns;

	if (bpr_i_utf8_unseen(c))
		return 1; /* of the sign that stands for it */
	if (c < 0x7f)
		return narrow_width(c);
	if (c >= 0xff61 && c <= 0xffdc)
		return 0.5;
	columns = uc_width((ucs4_t)c, "EUC-JP");
	return columns <= 0 ? 0 : columns == 1 ? narrow_width(c) : 1;
}

double bpr_i_layout_text_width(const char *text, size_t length, double font_size)
{
	double sum = 0;
	size_t pos = 0;

	while (pos < length)
		sum += char_width(bpr_i_utf8_next(text, length, &pos));
	return sum * font_size;
}

/* One text on its way into lines. */
struct wrap {
	const char *text; size_t length;
	const char *breaks;     /* of each byte: may a line begin there */
	double size, width;
	size_t cut;             /* words that were longer than a line, so far */
	size_t rough;           /* lines that end within a phrase, so far */
	bool nice;              /* rather shorter lines than words broken in two */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

enum script { SCRIPT_OTHER = 0, SCRIPT_HIRAGANA, SCRIPT_KATAKANA, SCRIPT_KANJI };

static enum script script_of(unsigned c)
{
	if (c >= 0x3041 && c <= 0x309f)
		return SCRIPT_HIRAGANA;
	if ((c >= 0x30a1 && c <= 0x30fa) || c == 0x30fc)
		return SCRIPT_KATAKANA;
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || c == 0x3005 ? SCRIPT_KANJI : SCRIPT_OTHER;
}

static bool is_among(unsigned c, const unsigned *list)
{
	while (*list && *list != c)
		list++;
	return *list;
}

/* Between two phrases of Japanese, as far as the characters tell: behind a mark, before a bracket, where kana end. */
static bool is_phrase_end(unsigned before, unsigned behind)
{
	static const unsigned closing[] = { ' ', 0x3000, 0x30fb, 0x3001, 0x3002, 0xff0c, 0xff0e, ')', 0xff09, 0x300d, 0x300f, 0x3011,
					    0xff1a, ':', '/', 0xff0f, 0 };
	static const unsigned opening[] = { '(', 0xff08, 0x300c, 0x300e, 0x3010, 0 };
	enum script a = script_of(before), b = script_of(behind);

	if (is_among(before, closing) || is_among(behind, opening))
		return true;
	if (a == SCRIPT_HIRAGANA)
		return b != SCRIPT_HIRAGANA;
	return (a == SCRIPT_KATAKANA && b == SCRIPT_KANJI) || (a == SCRIPT_KANJI && b == SCRIPT_KATAKANA);
}

/* Where the line that begins at `start` ends; *next is where the next one begins. */
static size_t line_end(struct wrap *w, size_t start, size_t *next)
{
	size_t pos = start, fit = BPR_NONE, phrase = BPR_NONE, end;
	unsigned before = 0;
	double sum = 0;

	while (pos < w->length) {
		size_t here = pos;
		unsigned c = bpr_i_utf8_next(w->text, w->length, &pos);

		if (w->breaks[here] == UC_BREAK_MANDATORY) { /* of a line end itself */
			fit = here;
			phrase = BPR_NONE;
			break;
		}
		if (here > start && w->breaks[here] == UC_BREAK_POSSIBLE) {
			fit = here;
			if (w->nice && is_phrase_end(before, c) && sum > w->width * 0.4)
				phrase = here;
		}
		before = c;
		sum += char_width(c) * w->size;
		if (sum > w->width && here > start && c > ' ') {
			if (fit == BPR_NONE) {
				fit = here;
				w->cut++;
			}
			break;
		}
		if (pos >= w->length) {
			fit = w->length;
			phrase = BPR_NONE;
		}
	}
	if (phrase != BPR_NONE)
		fit = phrase;
	else if (fit != BPR_NONE && fit < w->length && w->breaks[fit] == UC_BREAK_POSSIBLE)
		w->rough++;
	end = fit == BPR_NONE ? w->length : fit;
	*next = end;
	while (end > start && is_blank(w->text[end - 1]))
		end--;
	while (*next < w->length && (is_blank(w->text[*next]) || w->breaks[*next] == UC_BREAK_MANDATORY))
		(void)bpr_i_utf8_next(w->text, w->length, next);
	return end;
}

static size_t count_lines(struct wrap *w, size_t most)
{
	size_t start = 0, n = 0;

	w->cut = w->rough = 0;

	while (start < w->length && n <= most) {
		(void)line_end(w, start, &start);
		n++;
	}
	return n;
}

/* The last line that there is room for, with … at its end. */
static char *cut_line(struct bpr_arena *arena, const struct wrap *w, size_t start)
{
	static const char more[] = "…";
	size_t pos = start, end = start;
	double sum = w->size;
	char *line;

	while (pos < w->length) {
		size_t here = pos;
		unsigned c = bpr_i_utf8_next(w->text, w->length, &pos);

		sum += char_width(c) * w->size;
		if (sum > w->width || w->breaks[here] == UC_BREAK_MANDATORY)
			break;
		end = pos;
	}
	while (end > start && is_blank(w->text[end - 1]))
		end--;
	line = bpr_i_arena_raw(arena, end - start + sizeof(more), 1);
	if (line) {
		memcpy(line, w->text + start, end - start);
		memcpy(line + (end - start), more, sizeof(more));
	}
	return line;
}

static const char *const *write_lines(struct bpr_arena *arena, struct wrap *w, size_t most, size_t *count)
{
	size_t n = count_lines(w, most), start = 0;
	bool all = n <= most;
	const char **lines = bpr_i_arena_alloc(arena, (all ? n : most) + 1, sizeof(*lines));

	*count = 0;
	while (lines && start < w->length && *count < most) {
		size_t from = start;
		size_t end = line_end(w, from, &start);

		lines[*count] = !all && *count + 1 == most ? cut_line(arena, w, from)
							   : bpr_i_arena_strndup(arena, w->text + from, end - from);
		if (!lines[*count])
			return NULL;
		(*count)++;
	}
	return lines;
}

static bool begin(struct wrap *w, const char *text, double width, double size, char **breaks)
{
	size_t length = bpr_i_utf8_trim(&text, strlen(text));

	*breaks = bpr_i_calloc(length + 1, 1);
	if (!*breaks)
		return false;
	u8_possible_linebreaks((const uint8_t *)text, length, "UTF-8", *breaks);
	*w = (struct wrap){ text, length, *breaks, size, bpr_i_larger(width, size), 0, 0, false };
	return true;
}

const char *const *bpr_i_layout_wrap(struct bpr_arena *arena, const char *text, double width, double font_size, size_t most,
				     size_t *line_count)
{
	struct wrap w;
	char *breaks;
	const char *const *lines;

	*line_count = 0;
	if (!begin(&w, text, width, font_size, &breaks))
		return NULL;
	lines = write_lines(arena, &w, most ? most : 1, line_count);
	bpr_i_free(breaks);
	return lines;
}

const char *const *bpr_i_layout_label(struct bpr_arena *arena, const char *text, double width, double size, size_t most,
				      size_t *count, double *widest)
{
	struct wrap w;
	char *breaks;
	const char *const *lines = NULL;
	size_t n, cut, rough;

	*count = 0;
	*widest = 0;
	if (!begin(&w, text, width, size, &breaks))
		return NULL;
	n = count_lines(&w, most);
	cut = w.cut;
	if (n > 1 && n <= most) { /* whole phrases, for one line more at most */
		size_t phrases;

		w.nice = true;
		phrases = count_lines(&w, most);
		w.nice = phrases <= most && phrases <= n + (n < 4) && w.cut <= cut;
		n = w.nice ? phrases : n;
	}
	(void)count_lines(&w, most);
	rough = w.rough;
	/* The narrowest that takes no more lines: "書類に不備が" / "ありますか" rather than a last line of two characters. */
	for (double least = width / 2; n <= most && n > 1 && w.width - size / 2 >= least;) {
		w.width -= size / 2;
		if (count_lines(&w, most) > n || w.cut > cut || (w.nice && w.rough > rough)) {
			w.width += size / 2;
			break;
		}
	}
	lines = write_lines(arena, &w, most, count);
	for (size_t i = 0; lines && i < *count; i++)
		*widest = bpr_i_larger(*widest, bpr_i_layout_text_width(lines[i], strlen(lines[i]), size));
	bpr_i_free(breaks);
	return lines;
}

bool bpr_i_layout_word(const char *text, double size, double *longest)
{
	struct wrap w;
	char *breaks;
	double sum = 0;
	size_t pos = 0;

	*longest = 0;
	if (!begin(&w, text, size, size, &breaks))
		return false;
	while (pos < w.length) {
		if (breaks[pos] == UC_BREAK_POSSIBLE || breaks[pos] == UC_BREAK_MANDATORY)
			sum = 0;
		sum += char_width(bpr_i_utf8_next(w.text, w.length, &pos)) * size;
		*longest = bpr_i_larger(*longest, sum);
	}
	bpr_i_free(breaks);
	return true;
}
