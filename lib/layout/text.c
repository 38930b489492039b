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
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Where the line that begins at `start` ends; *next is where the next one begins. */
static size_t line_end(struct wrap *w, size_t start, size_t *next)
{
	size_t pos = start, fit = BPR_NONE, end;
	double sum = 0;

	while (pos < w->length) {
		size_t here = pos;
		unsigned c = bpr_i_utf8_next(w->text, w->length, &pos);

		if (w->breaks[here] == UC_BREAK_MANDATORY) { /* of a line end itself */
			fit = here;
			break;
		}
		if (here > start && w->breaks[here] == UC_BREAK_POSSIBLE)
			fit = here;
		sum += char_width(c) * w->size;
		if (sum > w->width && here > start && c > ' ') {
			if (fit == BPR_NONE) {
				fit = here;
				w->cut++;
			}
			break;
		}
		if (pos >= w->length)
			fit = w->length;
	}
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

	w->cut = 0;

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
	*w = (struct wrap){ text, length, *breaks, size, bpr_i_larger(width, size), 0 };
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
	size_t n, cut;

	*count = 0;
	*widest = 0;
	if (!begin(&w, text, width, size, &breaks))
		return NULL;
	n = count_lines(&w, most);
	cut = w.cut;
	/* The narrowest that takes no more lines: "書類に不備が" / "ありますか" rather than a last line of two characters. */
	for (double least = width / 2; n <= most && n > 1 && w.width - size / 2 >= least;) {
		w.width -= size / 2;
		if (count_lines(&w, most) > n || w.cut > cut) {
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
