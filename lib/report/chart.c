/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as SVG, one row of the table each. */
#include "config.h"
#include "report/draw_i.h"
#include "report/render_i.h"
#include <string.h>

void bpr_i_chart_svg(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out)
{
	(void)lang;
	(void)prefix;
	bpr_i_buf_puts(out, "<p>");
	bpr_i_escape_svg(out, figure->description, strlen(figure->description));
	bpr_i_buf_puts(out, "</p>\n");
}
