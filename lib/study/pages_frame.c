/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the pages: the title of the whole, who reports, where the figures come from. */
#include "config.h"
#include "study/checksheet_i.h"
#include "study/mining_i.h"
#include "study/pages_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <stdio.h>
#include <string.h>

static const char *whole_title(struct bpr_pages *pages)
{
	const struct bpr_subject *s = pages->subject;
	struct bpr_document *doc = pages->doc;
	const char *name = s->flow ? bpr_i_say_flow(doc, s->flow) : "";

	if (pages->page->title)
		return pages->page->title;
	switch (pages->kind) {
	case BPR_REPORT_ANALYSIS:
		return bpr_i_doc_fill(doc, N_("Analysis of a flow: {1}"), name, NULL, NULL, NULL);
	case BPR_REPORT_COMPARISON:
		return bpr_i_doc_fill(doc, N_("Before and after: {1}"), name, NULL, NULL, NULL);
	case BPR_REPORT_SIMULATION:
		return bpr_i_doc_fill(doc, N_("Simulation of a flow: {1}"), name, NULL, NULL, NULL);
	case BPR_REPORT_MINING:
		return bpr_i_doc_fill(doc, N_("What happened, by a log: {1}"), bpr_i_say_log(doc, s->log), NULL, NULL, NULL);
	case BPR_REPORT_EVIDENCE:
		return bpr_i_doc_text(doc, N_("Before and after, measured"));
	case BPR_REPORT_CHECKSHEET:
		return bpr_i_checksheets_title(doc, s);
	case BPR_REPORT_MIX:
		return bpr_i_mix_title(doc, s);
	case BPR_REPORT_SUGGESTION:
		return bpr_i_doc_fill(doc, N_("Which changes first: {1}"), name, NULL, NULL, NULL);
	case BPR_REPORT_CHECK:
		break;
	}
	return s->flow ? bpr_i_doc_fill(doc, N_("Check of a flow: {1}"), name, NULL, NULL, NULL) : bpr_i_doc_text(doc, N_("Check of a file"));
}

static const char *head(struct bpr_pages *pages, const char *title)
{
	const char *parts[3] = { pages->page->office, title, pages->page->date };
	struct bpr_buf buf = BPR_BUF_INIT;

	for (size_t i = 0; i < 3; i++) {
		if (!parts[i] || !*parts[i])
			continue;
		bpr_i_buf_puts(&buf, buf.length ? " · " : "");
		bpr_i_buf_puts(&buf, parts[i]);
	}
	return bpr_i_doc_keep(pages->doc, &buf);
}

/* "before.csv 3f9c02a1" */
static void add_flow(struct bpr_buf *buf, const bpr_flow *flow)
{
	const char *source = bpr_flow_source(flow);
	const char *slash = strrchr(source, '/');
	char hash[20];

	(void)snprintf(hash, sizeof(hash), "%08llx", bpr_flow_hash(flow) >> 32);
	bpr_i_buf_puts(buf, slash ? slash + 1 : source);
	bpr_i_buf_puts(buf, *source ? " " : "");
	bpr_i_buf_puts(buf, hash);
}

static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static const char *foot(struct bpr_pages *pages)
{
	const struct bpr_subject *s = pages->subject;
	struct bpr_buf buf = BPR_BUF_INIT, logs = BPR_BUF_INIT;
	const char *flows;
	char seed[24];

	if (s->flow)
		add_flow(&buf, s->flow);
	if (s->after_flow) {
		bpr_i_buf_puts(&buf, " → ");
		add_flow(&buf, s->after_flow);
	}
	flows = bpr_i_doc_keep(pages->doc, &buf);
	(void)snprintf(seed, sizeof(seed), "%llu", pages->options->seed);
	if (pages->kind == BPR_REPORT_EVIDENCE && s->log && s->after_log) {
		bpr_i_buf_printf(&logs, "%s → %s", bpr_i_say_log(pages->doc, s->log), bpr_i_say_log(pages->doc, s->after_log));
		return bpr_i_doc_fill(pages->doc, N_("made by bpr {1} from {2}"), bpr_version(), bpr_i_doc_keep(pages->doc, &logs), NULL, NULL);
	}
	if (pages->kind == BPR_REPORT_MINING)
		return bpr_i_doc_fill(pages->doc, N_("made by bpr {1} from {2}"), bpr_version(), bpr_i_say_log(pages->doc, s->log), NULL, NULL);
	if (s->procedures)
		return bpr_i_doc_fill(pages->doc, N_("made by bpr {1} from {2}"), bpr_version(), file_name(bpr_procedures_source(s->procedures)), NULL, NULL);
	if (!*flows)
		return bpr_i_doc_fill(pages->doc, N_("made by bpr {1}"), bpr_version(), NULL, NULL, NULL);
	return bpr_i_doc_fill(pages->doc, N_("made by bpr {1} from {2}, seed {3}"), bpr_version(), flows, seed, NULL);
}

void bpr_i_pages_frame(struct bpr_pages *pages)
{
	const char *title = whole_title(pages);

	pages->doc->frame = (struct bpr_doc_frame){ .title = title, .head = head(pages, title), .stamp = pages->page->stamp, .foot = foot(pages),
						    .large = pages->subject->sheet_view && pages->subject->sheet_view->large,
						    .plain = pages->subject->sheet_view && pages->subject->sheet_view->plain };
}
