/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_PAPER_LINE_I_H
#define BPR_REPORT_PAPER_LINE_I_H
/* A text on its way into lines of a sheet; allocates nothing. */
#include "report/paper_i.h"

struct paper_lines {
	const struct bpr_paper_font *font;
	double width;
	const char *text; size_t length, at;
	bool done;
};
struct paper_line { const char *text; size_t length; double width; };

void bpr_i_paper_lines(struct paper_lines *lines, double width, const struct bpr_paper_font *font, const char *text);
/* The next line, without blanks at its ends; false behind the last. An empty text has one empty line. */
bool bpr_i_paper_lines_next(struct paper_lines *lines, struct paper_line *line);
size_t bpr_i_paper_lines_count(double width, const struct bpr_paper_font *font, const char *text);
/* One line with its top at y. Strong pieces of the text (runs, or NULL) are bold: `from` is where the line begins in them. */
struct paper_runs { const struct bpr_doc_run *runs; size_t count, from; };
void bpr_i_paper_put_line(struct bpr_paper_page *page, double x, double y, double width, const struct bpr_paper_font *font,
			  const struct paper_line *line, const struct paper_runs *runs);
/* " name=\"12.34\"" */
void bpr_i_paper_number(struct bpr_buf *out, const char *name, double x);
/* Text of an element or attribute: escaped, at most three marks on a letter. */
void bpr_i_paper_escape(struct bpr_buf *out, const char *text, size_t length);
#endif
