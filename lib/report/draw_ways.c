/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways between counters as a picture of its own: one flow below the other, as the reports draw each. */
#include "config.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "report/draw_i.h"
#include "report/render_i.h"
#include "study/ribbon_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 760, TITLE = 30, GAP = 18, MOST = 64 };

struct ways {
	struct bpr_document doc;
	const struct bpr_doc_figure *figures[MOST];
	const char *names[MOST];
	size_t count, drawn; /* figures: NULL where there is no way to draw */
};

/* The figure that the reports have, made for this flow alone. */
static void add_way(struct picture *p, struct ways *w, size_t index)
{
	static const enum bpr_side sides[] = { BPR_SIDE_BEFORE, BPR_SIDE_AFTER };
	size_t at = p->chosen ? p->chosen[index] : index, first = w->doc.block_count;
	const bpr_flow *flow = p->flows->items[at];
	struct bpr_subject subject = { .flow = flow, .analysis = p->options->analyses[at] };
	struct bpr_page_options none = BPR_PAGE_OPTIONS_INIT;
	struct bpr_pages pages = { .doc = &w->doc, .kind = BPR_REPORT_ANALYSIS, .subject = &subject, .page = &none };
	struct bpr_sided sided[2];

	if (w->count == MOST || !bpr_i_sides(&pages, sided))
		return;
	if (p->comparison && index < 2)
		sided[0].side = sides[index];
	bpr_i_way(&pages, &sided[0]);
	for (size_t i = first; i < w->doc.block_count; i++)
		if (w->doc.blocks[i].figure && w->doc.blocks[i].figure->kind == BPR_FIGURE_MAP) {
			w->figures[w->count] = w->doc.blocks[i].figure;
			w->drawn++;
		}
	w->names[w->count++] = bpr_i_picture_name(p, index, *bpr_flow_name(flow) ? bpr_flow_name(flow) : bpr_flow_id(flow));
}

/* Height of an <svg> as its viewBox says. */
static double height_of(const char *svg)
{
	const char *view = strstr(svg, "viewBox=\"0 0 760 ");
	double height = 0;

	for (view = view ? view + strlen("viewBox=\"0 0 760 ") : ""; *view >= '0' && *view <= '9'; view++)
		height = 10 * height + (*view - '0');
	return height + 1;
}

static void put_way(const struct ways *w, size_t i, double *top, enum bpr_lang lang, struct bpr_buf *out)
{
	struct bpr_buf inner = BPR_BUF_INIT;
	char prefix[24];
	struct bpr_buf name = BPR_BUF_ON(prefix);

	bpr_i_buf_printf(&name, "w%zu", i);
	bpr_i_buf_printf(out, "<text x=\"8\" y=\"%d\" font-size=\"14\" font-weight=\"bold\" fill=\"#1f2933\">", (int)*top + 20);
	bpr_i_escape_svg(out, w->names[i], strlen(w->names[i]));
	bpr_i_buf_puts(out, "</text>\n");
	*top += TITLE;
	if (!w->figures[i]) {
		const char *none = bpr_text(lang, N_("Fewer than two counters are visited: there is no way between them."));

		bpr_i_buf_printf(out, "<text x=\"8\" y=\"%d\" font-size=\"12\" fill=\"#52606d\">", (int)*top + 14);
		bpr_i_escape_svg(out, none, strlen(none));
		bpr_i_buf_puts(out, "</text>\n");
		*top += TITLE + GAP;
		return;
	}
	bpr_i_chart_svg(w->figures[i], lang, prefix, &inner);
	if (inner.length > 5) {
		double height = height_of(inner.data);

		bpr_i_buf_printf(out, "<svg y=\"%d\" width=\"%d\" height=\"%d\"", (int)*top, (int)WIDTH, (int)height);
		bpr_i_buf_add(out, inner.data + 4, inner.length - 4); /* behind its own "<svg" */
		*top += height + GAP;
	}
	out->failed = out->failed ? out->failed : inner.failed;
	bpr_i_buf_release(&inner);
}

static void put_ways(const struct picture *p, bool alone, struct bpr_buf *out)
{
	const struct ways *w = p->ways;
	enum bpr_lang lang = p->options->lang;
	struct bpr_buf body = BPR_BUF_INIT;
	double top = 4;

	for (size_t i = 0; i < w->count; i++)
		put_way(w, i, &top, lang, &body);
	bpr_i_buf_puts(out, alone ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" : "");
	bpr_i_buf_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"group\" "
			      "aria-labelledby=\"t\" xml:lang=\"%s\" font-family=\"" DRAW_FONTS "\">\n<title id=\"t\">",
			 (int)(WIDTH * 1.5), (int)(top * 1.5), (int)WIDTH, (int)top, lang == BPR_LANG_JA ? "ja" : "en");
	for (size_t i = 0; i < w->count; i++) {
		bpr_i_buf_puts(out, i ? " / " : "");
		bpr_i_escape_svg(out, w->names[i], strlen(w->names[i]));
	}
	bpr_i_buf_puts(out, "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
	if (body.data)
		bpr_i_buf_add(out, body.data, body.length);
	bpr_i_buf_puts(out, "</svg>\n");
	out->failed = out->failed ? out->failed : body.failed;
	bpr_i_buf_release(&body);
}

bpr_status bpr_i_draw_map(struct picture *p, struct bpr_buf *out, struct bpr_error *err)
{
	struct ways ways = { .doc = BPR_DOCUMENT_INIT(p->options->lang) };
	bpr_status status = BPR_OK;

	p->words.lang = p->options->lang;
	for (size_t i = 0; i < p->count && !ways.doc.failed; i++)
		add_way(p, &ways, i);
	if (ways.doc.failed || p->failed) {
		status = bpr_i_nomem(err);
	} else if (!ways.drawn) {
		status = bpr_i_fail(err, BPR_EUNSUPPORTED, BPR_I_G005, NULL, 0, NULL, NULL);
	} else {
		p->ways = &ways;
		if (p->options->page)
			bpr_i_picture_html(p, put_ways, out);
		else
			put_ways(p, true, out);
		p->ways = NULL;
	}
	bpr_i_doc_release(&ways.doc);
	return status;
}
