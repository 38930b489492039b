/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets as files: one as SVG, all as PDF, all as a page for a browser that prints one a sheet. */
#include "config.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "raster/raster_i.h"
#include "report/html_i.h"
#include "report/paper_line_i.h"
#include <bpr/init.h>
#include <stdio.h>
#include <string.h>

static const char fonts[] =
	"'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Hiragino Kaku Gothic ProN','Yu Gothic',Meiryo,"
	"'BIZ UDPGothic','IPAexGothic',Arial,sans-serif";

/* How sheets of a size are called in the style sheet. */
static const char *const names[BPR_PAGE_SIZE_COUNT] = { "a4", "a5", "a6", "a4l", "a3l" };

/* The element; of a file (else of a page) it says its size and its namespace. */
static void put_svg(struct bpr_buf *out, const struct bpr_paper_page *page, bool alone)
{
	double width = bpr_i_paper_width(page->size), height = bpr_i_paper_height(page->size);

	bpr_i_buf_puts(out, "<svg");
	if (alone)
		bpr_i_buf_printf(out, " xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0fmm\" height=\"%.0fmm\"", width, height);
	bpr_i_buf_printf(out, " viewBox=\"0 0 %.0f %.0f\" font-family=\"%s\" fill=\"#111\">\n<title>", width, height, fonts);
	bpr_i_paper_escape(out, page->title, strlen(page->title));
	bpr_i_buf_puts(out, "</title>\n");
	if (alone)
		bpr_i_buf_printf(out, "<rect width=\"%.0f\" height=\"%.0f\" fill=\"#fff\"/>\n", width, height);
	bpr_i_buf_add(out, page->svg.data ? page->svg.data : "", page->svg.length);
	bpr_i_buf_puts(out, "</svg>\n");
	if (page->svg.failed)
		out->failed = page->svg.failed;
}

void bpr_i_paper_svg(const struct bpr_paper *paper, size_t page, struct bpr_buf *out)
{
	put_svg(out, &paper->pages[page], true);
	if (paper->failed)
		out->failed = BPR_ENOMEM;
}

/* ---- PDF ---- */

static size_t page_count(const struct bpr_paper *papers, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += papers[i].count;
	return n;
}

bpr_status bpr_i_paper_pdf(const struct bpr_paper *papers, size_t count, const char *date, struct bpr_buf *out, bpr_problems *problems,
			   struct bpr_error *err)
{
	size_t n = page_count(papers, count), at = 0;
	struct bpr_raster_page *pages = bpr_i_calloc(n, sizeof(*pages));
	struct bpr_buf *svgs = bpr_i_calloc(n, sizeof(*svgs));
	struct bpr_raster_book book = { .pages = pages, .count = n, .title = papers[0].title, .date = date };
	char creator[64];
	bpr_status status = pages && svgs ? BPR_OK : BPR_ENOMEM;

	(void)snprintf(creator, sizeof(creator), "bpr %s", bpr_version());
	book.creator = creator;
	for (size_t i = 0; i < count && !status; i++)
		for (size_t k = 0; k < papers[i].count && !status; k++, at++) {
			const struct bpr_paper_page *page = &papers[i].pages[k];

			svgs[at] = (struct bpr_buf)BPR_BUF_INIT;
			bpr_i_paper_svg(&papers[i], k, &svgs[at]);
			status = svgs[at].failed;
			pages[at] = (struct bpr_raster_page){ svgs[at].data, svgs[at].length, bpr_i_paper_width(page->size),
							      bpr_i_paper_height(page->size), page->title };
		}
	if (!status)
		status = bpr_i_raster_book(&book, out, problems, err);
	for (size_t i = 0; svgs && i < n; i++)
		bpr_i_buf_release(&svgs[i]);
	bpr_i_free(svgs);
	bpr_i_free(pages);
	return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
}

/* ---- HTML ---- */

static const char style[] =
	"html{background:#d9dee3}body{margin:0;color:#111}h1{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
	"main{display:flex;flex-wrap:wrap;gap:6mm;justify-content:center;align-items:flex-start;padding:6mm}"
	"section{background:#fff;box-shadow:0 1px 4px rgba(0,0,0,.35);overflow:hidden}section svg{display:block;width:100%;height:100%}"
	"@media print{html{background:#fff}main{display:block;padding:0}section{box-shadow:none;break-after:page;break-inside:avoid}"
	"section:last-of-type{break-after:auto}}\n";

/* A named page for each size; a sheet is a hair lower than its page, or rounding would put an empty one behind it. */
static void put_sizes(struct bpr_buf *out)
{
	for (size_t i = 0; i < BPR_PAGE_SIZE_COUNT; i++) {
		double width = bpr_i_paper_width((enum bpr_paper_size)i), height = bpr_i_paper_height((enum bpr_paper_size)i);

		bpr_i_buf_printf(out, "@page %s{size:%.0fmm %.0fmm;margin:0}.%s{page:%s;width:%.0fmm;max-width:100%%;aspect-ratio:%.0f/%.0f}"
				      "@media print{.%s{height:%.1fmm}}\n", names[i], width, height, names[i], names[i], width, width, height,
				 names[i], height - 0.1);
	}
}

/* Sheets of one title are told apart by their number. */
static void put_sheet(struct bpr_buf *out, const struct bpr_paper *paper, size_t index, size_t number)
{
	const struct bpr_paper_page *page = &paper->pages[index];
	const char *lang = bpr_i_html_lang(paper->lang);

	bpr_i_buf_printf(out, "<section class=\"%s\" lang=\"%s\" aria-label=\"", names[page->size], lang);
	bpr_i_paper_escape(out, page->title, strlen(page->title));
	bpr_i_buf_printf(out, " (%zu)\">\n", number);
	put_svg(out, page, false);
	bpr_i_buf_puts(out, "</section>\n");
}

void bpr_i_paper_html(const struct bpr_paper *papers, size_t count, struct bpr_buf *out)
{
	const char *title = papers[0].title ? papers[0].title : "bpr";
	size_t number = 0;

	bpr_i_html_in(out, "<!DOCTYPE html>\n<html lang=\"", bpr_i_html_lang(papers[0].lang), "\">\n<head>\n<meta charset=\"utf-8\"/>\n");
	bpr_i_buf_puts(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
			    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
	bpr_i_html_in(out, "<meta name=\"generator\" content=\"bpr ", bpr_version(), "\"/>\n");
	bpr_i_html_in(out, "<title>", title, "</title>\n<style>\n");
	bpr_i_buf_puts(out, style);
	put_sizes(out);
	bpr_i_html_in(out, "</style>\n</head>\n<body>\n<main>\n<h1>", title, "</h1>\n");
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < papers[i].count; k++)
			put_sheet(out, &papers[i], k, ++number);
		if (papers[i].failed)
			out->failed = BPR_ENOMEM;
	}
	bpr_i_buf_puts(out, "</main>\n</body>\n</html>\n");
}
