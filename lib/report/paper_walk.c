/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet of a walk on paper: A4 across, a table of stations, and a last page for the route and what it came to. */
#include "config.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "report/paper_i.h"
#include "report/walk_sheet_i.h"

#define MARGIN 12.0
#define WIDE 273.0  /* between the margins */
#define HIGH 186.0
#define HEAD 13.0   /* of the table */
#define ROW 12.0
#define LINE 0.2

static const struct bpr_paper_font title_font = { 5.5, true, false, BPR_PAPER_LEFT, NULL };
static const struct bpr_paper_font small_font = { 2.9, false, false, BPR_PAPER_LEFT, NULL };
static const struct bpr_paper_font head_font = { 2.9, true, false, BPR_PAPER_CENTRE, NULL };
static const struct bpr_paper_font cell_font = { 3.2, false, false, BPR_PAPER_LEFT, NULL };
static const struct bpr_paper_font grey_font = { 2.9, false, true, BPR_PAPER_LEFT, NULL };
static const struct bpr_paper_font number_font = { 3.2, false, true, BPR_PAPER_CENTRE, NULL };
static const struct bpr_paper_font count_font = { 2.9, false, true, BPR_PAPER_RIGHT, NULL };

/* `first`: the pages of the paper before this sheet. */
static struct bpr_paper_page *new_page(struct bpr_paper *paper, size_t first, const char *title)
{
	struct bpr_paper_page *page = bpr_i_paper_page(paper, BPR_PAGE_A4_LANDSCAPE, title);
	char number[32] = "";
	struct bpr_buf text = BPR_BUF_ON(number);

	bpr_i_buf_printf(&text, "%zu", paper->count - first);
	(void)bpr_i_paper_text(page, MARGIN, MARGIN, WIDE, &count_font, number);
	(void)bpr_i_paper_text(page, MARGIN, MARGIN - 1, WIDE - 20, &title_font,
			       bpr_text(paper->lang, N_("Walk-through survey of the counters: record sheet")));
	return page;
}

/* A field with its label in the corner. */
static void field(struct bpr_paper *paper, struct bpr_paper_page *page, const double box[4], const char *label)
{
	bpr_i_paper_box(page, box[0], box[1], box[2], box[3], LINE, NULL, 0);
	(void)bpr_i_paper_text(page, box[0] + 1, box[1] + 0.8, box[2] - 2, &grey_font, bpr_text(paper->lang, label));
}

/* What the survey is about: on the first page only. Returns where the table begins. */
static double first_lines(struct bpr_paper *paper, struct bpr_paper_page *page, const char *flow)
{
	double y = MARGIN + 8;

	y += bpr_i_paper_text(page, MARGIN, y, WIDE, &cell_font, flow) + 1;
	field(paper, page, (double[]){ MARGIN, y, 45, 11 }, N_("Date"));
	field(paper, page, (double[]){ MARGIN + 45, y, 62, 11 }, N_("Who walks (team)"));
	field(paper, page, (double[]){ MARGIN + 107, y, 56, 11 }, N_("Observer"));
	field(paper, page, (double[]){ MARGIN + 163, y, WIDE - 163, 11 }, N_("Household to be played"));
	y += 12.5;
	y += bpr_i_paper_text(page, MARGIN, y, WIDE, &small_font,
		bpr_text(paper->lang, N_("Go through the counters as a citizen would, without preparing. One row for each station: when you came, were called and were done, what you had to write and how often, and what you noticed. Counters that are not listed go into the empty rows.")));
	return y + 2;
}

static void table_head(struct bpr_paper *paper, struct bpr_paper_page *page, double y)
{
	double x = MARGIN;

	bpr_i_paper_box(page, MARGIN, y, WIDE, HEAD, LINE, "#e8eef4", 0);
	for (int c = 0; c < BPR_SURVEY_COLUMNS; c++) {
		const struct bpr_survey_heading *h = bpr_i_survey_heading((enum bpr_survey_column)c);

		(void)bpr_i_paper_text(page, x + 0.5, y + 1.5, h->width - 1, &head_font, bpr_text(paper->lang, h->label));
		x += h->width;
	}
}

static void table_row(struct bpr_paper *paper, struct bpr_paper_page *page, double y, size_t index, const struct bpr_survey_row *s)
{
	struct bpr_buf place = BPR_BUF_INIT;
	char number[32] = "";
	struct bpr_buf digits = BPR_BUF_ON(number);
	double x = MARGIN;

	bpr_i_buf_printf(&digits, "%zu", index + 1);
	for (int c = 0; c < BPR_SURVEY_COLUMNS; c++) {
		double width = bpr_i_survey_heading((enum bpr_survey_column)c)->width;
		const char *text = c == BPR_SURVEY_NUMBER ? number : c == BPR_SURVEY_COUNTER ? s->counter
			: c == BPR_SURVEY_PLACE ? bpr_i_survey_place(&place, s) : c == BPR_SURVEY_ACTION ? s->action : NULL;

		bpr_i_paper_box(page, x, y, width, ROW, LINE, NULL, 0);
		if (text)
			(void)bpr_i_paper_text(page, x + 0.8, y + 1.2, width - 1.6, c == BPR_SURVEY_NUMBER ? &number_font : &cell_font, text);
		else if (c >= BPR_SURVEY_ARRIVED && c <= BPR_SURVEY_FINISHED)
			(void)bpr_i_paper_text(page, x, y + 5, width, &number_font, ":");
		x += width;
	}
	if (place.failed)
		paper->failed = true;
	bpr_i_buf_release(&place);
}

/* The route as it was gone, what it came to, what to say about it. */
static void last_page(struct bpr_paper *paper, size_t first, const char *flow)
{
	static const char *const sums[] = {
		N_("Counters gone to"), N_("Forms written"), N_("Name written (times)"), N_("Address written (times)"), N_("Minutes waited"),
		N_("Minutes in all, door to door"),
	};
	struct bpr_paper_page *page = new_page(paper, first, bpr_text(paper->lang, N_("Route and summary")));
	double y = MARGIN + 8, each = WIDE / (double)(sizeof(sums) / sizeof(sums[0]));

	y += bpr_i_paper_text(page, MARGIN, y, WIDE, &cell_font, flow) + 1;
	field(paper, page, (double[]){ MARGIN, y, WIDE, 78 }, N_("Route: draw the entrance and the counters, and the way you went between them"));
	y += 80;
	for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++)
		field(paper, page, (double[]){ MARGIN + (double)i * each, y, each, 18 }, sums[i]);
	y += 20;
	field(paper, page, (double[]){ MARGIN, y, WIDE / 2, MARGIN + HIGH - y }, N_("Where I did not know what to do, or wrote the same again"));
	field(paper, page, (double[]){ MARGIN + WIDE / 2, y, WIDE / 2, MARGIN + HIGH - y }, N_("What I would change first"));
}

void bpr_i_walk_draw(struct bpr_paper *paper, const struct bpr_survey_rows *list, const char *title)
{
	size_t first = paper->count;

	for (size_t i = 0; i < list->count && !paper->failed;) {
		struct bpr_paper_page *page = new_page(paper, first, bpr_text(paper->lang, N_("Stations")));
		double y = i ? MARGIN + 10 : first_lines(paper, page, title);

		table_head(paper, page, y);
		for (y += HEAD; i < list->count && y + ROW <= MARGIN + HIGH && !paper->failed; y += ROW, i++)
			table_row(paper, page, y, i, &list->items[i]);
	}
	last_page(paper, first, title);
}

bpr_status bpr_i_walk_pages(const struct bpr_survey_rows *list, const char *title, const struct bpr_walk_sheet_options *options,
			    struct bpr_buf *out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_paper paper = BPR_PAPER_INIT(options->lang);
	bpr_status status = BPR_OK;

	paper.title = title;
	bpr_i_walk_draw(&paper, list, title);
	if (options->format == BPR_WALK_SHEET_PDF)
		status = bpr_i_paper_pdf(&paper, 1, options->date, out, problems, err);
	else
		bpr_i_paper_html(&paper, 1, out);
	if (!status && (paper.failed || out->failed))
		status = bpr_i_nomem(err);
	bpr_i_paper_release(&paper);
	return status;
}
