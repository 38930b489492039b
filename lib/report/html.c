/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as a page for a browser: self-contained, nothing from outside, no script. */
#include "config.h"
#include "report/draw_i.h"
#include "report/render_i.h"
#include "study/words_i.h"
#include <string.h>

static void element(struct bpr_buf *out, const char *open, const char *text, const char *close)
{
	bpr_i_buf_puts(out, open);
	bpr_i_escape_svg(out, text, strlen(text));
	bpr_i_buf_puts(out, close);
}

static void block(struct bpr_buf *out, const struct bpr_document *doc, const struct bpr_doc_block *b)
{
	if (b->kind == BPR_DOC_FIGURE)
		bpr_i_chart_svg(b->figure, doc->lang, "f", out);
	else if (b->text)
		element(out, "<p>", b->text, "</p>\n");
}

void bpr_i_render_html(const struct bpr_document *docs, size_t count, const struct bpr_report_options *options, struct bpr_buf *out)
{
	(void)options;
	bpr_i_buf_puts(out, "<!DOCTYPE html>\n");
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < docs[i].block_count; k++)
			block(out, &docs[i], &docs[i].blocks[k]);
}
