/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problems as a list: those of one code together, the first in full. */
#include "config.h"
#include "study/study_i.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include <string.h>

enum { MOST_ALIKE = 3 }; /* problems of a code that are shown unless all are */

/* home: the file that needs not be named, or NULL. */
static const char *message(struct bpr_document *doc, const struct bpr_problem *p, const char *home, bool with_code)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	bool at_home = home && !strcmp(p->file, home);
	char text[2048], cell[40];

	(void)bpr_problem_message(p, doc->lang, text, sizeof(text));
	if (*p->file && !at_home) {
		bpr_i_place_text(&buf, p->file, p->line, p->column);
		bpr_i_buf_puts(&buf, ": ");
	} else if (p->line && bpr_i_place_sheet(p->file)) {
		(void)bpr_i_num_cell(cell, sizeof(cell), p->line, p->column);
		bpr_i_buf_puts(&buf, bpr_i_doc_fill(doc, p->column ? N_("cell {1}: ") : N_("row {1}: "), cell, NULL, NULL, NULL));
	} else if (p->line) {
		bpr_i_buf_puts(&buf, bpr_i_doc_fill(doc, N_("line {1}: "), bpr_i_say_count(doc, (double)p->line), NULL, NULL, NULL));
	}
	bpr_i_buf_puts(&buf, text);
	if (with_code)
		bpr_i_buf_printf(&buf, " [%s]", p->code->code);
	return bpr_i_doc_keep(doc, &buf);
}

/* The others of the code of the one at `at`; number of those left out. */
static size_t others(struct bpr_document *doc, const bpr_problems *problems, size_t at, size_t most)
{
	const struct bpr_problem first = bpr_problems_get(problems, at);
	size_t found = 1;

	for (size_t i = at + 1; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);

		if (p.code != first.code || p.severity != first.severity)
			continue;
		if (found++ < most)
			bpr_i_doc_item(doc, 2, BPR_DOC_PLAIN, message(doc, &p, first.file, false));
	}
	if (found <= most)
		return 0;
	bpr_i_doc_item(doc, 2, BPR_DOC_FAINT,
		       bpr_i_say_plural(doc, (double)(found - most), N_("and {1} more like it"), N_("and {1} more like these")));
	return found - most;
}

static size_t code_index(const struct bpr_problem *p)
{
	return (size_t)(p->code - bpr_code_at(0));
}

size_t bpr_i_study_problems(struct bpr_document *doc, const bpr_problems *problems, enum bpr_severity severity, size_t most,
			    const char *home, bpr_study_wanted *wanted)
{
	size_t alike = most == BPR_NONE ? BPR_NONE : MOST_ALIKE;
	bool *told = bpr_i_calloc(bpr_code_count(), sizeof(*told));
	size_t codes = 0, hidden = 0;
	char text[2048];

	if (!told) {
		doc->failed = true;
		return 0;
	}
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);

		if (p.severity != severity || (wanted && !wanted(p.code)))
			continue;
		if (told[code_index(&p)])
			continue;
		if (codes == most) {
			hidden++;
			continue;
		}
		codes++;
		told[code_index(&p)] = true;
		bpr_i_doc_item(doc, 1, severity == BPR_SEVERITY_ERROR ? BPR_DOC_WORSE : BPR_DOC_PLAIN, message(doc, &p, home, true));
		hidden += others(doc, problems, i, alike);
		if (bpr_problem_hint(&p, doc->lang, text, sizeof(text)))
			bpr_i_doc_item(doc, 2, BPR_DOC_FAINT, bpr_i_doc_fill(doc, N_("What to do: {1}"), text, NULL, NULL, NULL));
	}
	bpr_i_free(told);
	return hidden;
}

void bpr_i_study_warnings(struct bpr_document *doc, const bpr_problems *problems, bool full)
{
	size_t most = full ? BPR_NONE : BPR_STUDY_PROBLEMS;
	size_t hidden = 0;

	if (!bpr_problems_count_severity(problems, full ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING))
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Points to check in the input")));
	hidden += bpr_i_study_problems(doc, problems, BPR_SEVERITY_ERROR, most, NULL, NULL);
	hidden += bpr_i_study_problems(doc, problems, BPR_SEVERITY_WARNING, most, NULL, NULL);
	if (full)
		hidden += bpr_i_study_problems(doc, problems, BPR_SEVERITY_INFO, most, NULL, NULL);
	bpr_i_study_more(doc, hidden);
}
