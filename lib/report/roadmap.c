/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports that are one picture: of a log what follows what, of levers the roadmap, or without years their effect against cost. */
#include "config.h"
#include "report/render_i.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"
#include <string.h>

/* A figure as a file: white behind it, for viewers whose paper is not. */
static void put_alone(const char *svg, struct bpr_buf *out)
{
	const char *head = strstr(svg, "</desc>\n");

	head = head ? head + strlen("</desc>\n") : strstr(svg, "</title>\n");
	if (!head)
		head = svg;
	else if (!strncmp(head, "</title>\n", strlen("</title>\n")))
		head += strlen("</title>\n");
	bpr_i_buf_add(out, svg, (size_t)(head - svg));
	bpr_i_buf_puts(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
	bpr_i_buf_puts(out, head);
}

static bpr_status render_suggestion(const struct bpr_subject *subject, const struct bpr_report_options *options, struct bpr_buf *out)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(options->lang);
	struct bpr_study_options study = { .full = options->full };
	struct bpr_suggestion_study st = bpr_i_suggestion_study(&doc, subject, &study);
	struct bpr_buf svg = BPR_BUF_INIT;
	struct bpr_doc_figure figure;

	if (st.order && !bpr_i_roadmap_gantt(&st, &figure) && !bpr_i_suggestion_front_figure(&st, &figure))
		figure.title = bpr_i_doc_text(&doc, N_("There are fewer than two levers to be put beside each other."));
	if (!doc.failed)
		bpr_i_chart_svg(&figure, options->lang, "p", &svg);
	if (svg.data && !svg.failed)
		put_alone(svg.data, out);
	else
		out->failed = svg.failed ? svg.failed : BPR_ENOMEM;
	bpr_i_buf_release(&svg);
	bpr_i_doc_release(&doc);
	return out->failed;
}

bpr_status bpr_i_render_svg(enum bpr_report_kind kind, const struct bpr_subject *subject, const struct bpr_report_options *options, bool first, struct bpr_buf *out)
{
	if (kind == BPR_REPORT_SUGGESTION)
		return render_suggestion(subject, options, out);
	return bpr_i_render_follows(kind, subject, options, first, out);
}
