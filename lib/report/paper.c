/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of paper and what is drawn on them; see paper_i.h. */
#include "config.h"
#include "base/num_i.h"
#include "report/paper_line_i.h"
#include <string.h>

static const struct { double width, height; } sizes[BPR_PAGE_SIZE_COUNT] = {
	[BPR_PAGE_A4] = { 210, 297 }, [BPR_PAGE_A5] = { 148, 210 }, [BPR_PAGE_A6] = { 105, 148 },
	[BPR_PAGE_A4_LANDSCAPE] = { 297, 210 }, [BPR_PAGE_A3_LANDSCAPE] = { 420, 297 },
};

double bpr_i_paper_width(enum bpr_paper_size size)
{
	return sizes[size].width;
}

double bpr_i_paper_height(enum bpr_paper_size size)
{
	return sizes[size].height;
}

void bpr_i_paper_release(struct bpr_paper *paper)
{
	for (size_t i = 0; i < paper->count; i++)
		bpr_i_buf_release(&paper->pages[i].svg);
	bpr_i_free(paper->pages);
	bpr_i_arena_release(&paper->arena);
	*paper = (struct bpr_paper){ .lang = paper->lang };
}

struct bpr_paper_page *bpr_i_paper_page(struct bpr_paper *paper, enum bpr_paper_size size, const char *title)
{
	struct bpr_paper_page *page;

	if (paper->failed)
		return NULL;
	title = bpr_i_arena_strdup(&paper->arena, title ? title : "");
	if (!title || !bpr_i_grow(&paper->pages, &paper->capacity, paper->count + 1, sizeof(*paper->pages))) {
		paper->failed = true;
		return NULL;
	}
	page = &paper->pages[paper->count++];
	*page = (struct bpr_paper_page){ .size = size, .title = title, .svg = BPR_BUF_INIT };
	return page;
}

/* ---- shapes ---- */

static void put_stroke(struct bpr_buf *out, double line, const char *fill)
{
	bpr_i_buf_printf(out, " fill=\"%s\"", fill ? fill : "none");
	if (line > 0) {
		bpr_i_buf_puts(out, " stroke=\"#222\"");
		bpr_i_paper_number(out, "stroke-width", line);
	}
}

void bpr_i_paper_box(struct bpr_paper_page *page, double x, double y, double width, double height, double line, const char *fill, double radius)
{
	struct bpr_buf *out = page ? &page->svg : NULL;

	if (!out)
		return;
	bpr_i_buf_puts(out, "<rect");
	bpr_i_paper_number(out, "x", x);
	bpr_i_paper_number(out, "y", y);
	bpr_i_paper_number(out, "width", width);
	bpr_i_paper_number(out, "height", height);
	if (radius > 0)
		bpr_i_paper_number(out, "rx", radius);
	put_stroke(out, line, fill);
	bpr_i_buf_puts(out, "/>\n");
}

void bpr_i_paper_line(struct bpr_paper_page *page, double x1, double y1, double x2, double y2, double line, bool dashed)
{
	struct bpr_buf *out = page ? &page->svg : NULL;

	if (!out)
		return;
	bpr_i_buf_puts(out, "<line");
	bpr_i_paper_number(out, "x1", x1);
	bpr_i_paper_number(out, "y1", y1);
	bpr_i_paper_number(out, "x2", x2);
	bpr_i_paper_number(out, "y2", y2);
	put_stroke(out, line, NULL);
	bpr_i_buf_puts(out, dashed ? " stroke-dasharray=\"1.5 1.2\"/>\n" : "/>\n");
}

void bpr_i_paper_dot(struct bpr_paper_page *page, double x, double y, double radius, bool filled)
{
	struct bpr_buf *out = page ? &page->svg : NULL;

	if (!out)
		return;
	bpr_i_buf_puts(out, "<circle");
	bpr_i_paper_number(out, "cx", x);
	bpr_i_paper_number(out, "cy", y);
	bpr_i_paper_number(out, "r", radius);
	put_stroke(out, filled ? 0 : 0.25, filled ? "#222" : NULL);
	bpr_i_buf_puts(out, "/>\n");
}

void bpr_i_paper_tick(struct bpr_paper_page *page, double x, double y, double size)
{
	bpr_i_paper_box(page, x, y, size, size, 0.3, "#ffffff", size * 0.1);
}

/* ---- pictures ---- */

/* Width and height of the picture's own units. */
static bool view_box(const char *svg, double *width, double *height)
{
	const char *at = strstr(svg, "viewBox=\"0 0 "), *end = strchr(svg, '>');
	size_t n;

	if (!at || !end || at > end)
		return false;
	at += strlen("viewBox=\"0 0 ");
	n = strcspn(at, " \"");
	if (!bpr_i_num_parse(at, n, width) || at[n] != ' ')
		return false;
	at += n + 1;
	return bpr_i_num_parse(at, strcspn(at, " \""), height) && *width > 0 && *height > 0;
}

/* The tag without the size that it says of itself. */
static void put_tag(struct bpr_buf *out, const char *tag, const char *end)
{
	while (tag < end) {
		size_t skip = !strncmp(tag, " width=\"", 8) ? 8 : !strncmp(tag, " height=\"", 9) ? 9 : 0;
		const char *quote = skip ? memchr(tag + skip, '"', (size_t)(end - tag) - skip) : NULL;

		if (quote) {
			tag = quote + 1;
			continue;
		}
		bpr_i_buf_putc(out, *tag++);
	}
}

const char *bpr_i_paper_picture_end(const char *svg)
{
	const char *at = strstr(svg, "<svg");
	size_t depth = 0;

	while (at) {
		const char *open = strstr(at, "<svg"), *close = strstr(at, "</svg>");

		if (!close)
			break;
		if (open && open < close) {
			depth++;
			at = open + 4;
			continue;
		}
		at = close + strlen("</svg>");
		if (!--depth)
			return at;
	}
	return svg + strlen(svg);
}

double bpr_i_paper_picture(struct bpr_paper_page *page, double x, double y, double width, const char *svg)
{
	const char *start = strstr(svg, "<svg"), *end = start ? strchr(start, '>') : NULL;
	struct bpr_buf *out = page ? &page->svg : NULL;
	double w, h;

	if (!end || !view_box(start, &w, &h))
		return 0;
	if (!out)
		return h * width / w;
	bpr_i_buf_puts(out, "<svg");
	bpr_i_paper_number(out, "x", x);
	bpr_i_paper_number(out, "y", y);
	bpr_i_paper_number(out, "width", width);
	bpr_i_paper_number(out, "height", h * width / w);
	put_tag(out, start + 4, end);
	bpr_i_buf_add(out, end, (size_t)(bpr_i_paper_picture_end(start) - end));
	bpr_i_buf_putc(out, '\n');
	return h * width / w;
}
