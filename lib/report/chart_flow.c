/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures that are a picture of a flow, each an <svg> of its own. */
#include "config.h"
#include "report/chart_i.h"
#include "report/draw_i.h"
#include <string.h>

static void put_words(const struct bpr_doc_figure *figure, struct bpr_buf *out)
{
	const char *text = figure->description ? figure->description : "";

	bpr_i_buf_puts(out, "<p>");
	bpr_i_escape_svg(out, text, strlen(text));
	bpr_i_buf_puts(out, "</p>\n");
}

void bpr_i_chart_map(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out)
{
	(void)lang;
	(void)prefix;
	put_words(figure, out);
}
