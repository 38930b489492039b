/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings as compilers print them, one a line: editors and build logs know how to read that. */
#include "config.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include "report/render_i.h"
#include <string.h>

const char *bpr_i_severity_name(enum bpr_severity severity)
{
	static const char *const names[] = { [BPR_SEVERITY_INFO] = "info", [BPR_SEVERITY_WARNING] = "warning", [BPR_SEVERITY_ERROR] = "error" };

	return names[severity];
}

bpr_status bpr_i_render_short(enum bpr_report_kind kind, const struct bpr_subject *subject,
			      const struct bpr_report_options *options, bool first, struct bpr_buf *out)
{
	(void)kind;
	(void)first;
	for (size_t i = 0; i < bpr_problems_count(subject->problems); i++) {
		struct bpr_problem p = bpr_problems_get(subject->problems, i);
		char text[2048];

		bpr_i_utf8_safe(out, p.file, strlen(p.file));
		if (bpr_i_place_sheet(p.file)) {
			(void)bpr_i_num_cell(text, sizeof(text), p.line ? p.line : 1, p.column ? p.column : 1);
			bpr_i_buf_printf(out, "!%s: %s: ", text, bpr_i_severity_name(p.severity));
		} else {
			bpr_i_buf_printf(out, ":%zu:%zu: %s: ", p.line ? p.line : 1, p.column ? p.column : 1, bpr_i_severity_name(p.severity));
		}
		(void)bpr_problem_message(&p, options->lang, text, sizeof(text));
		bpr_i_utf8_safe(out, text, strlen(text));
		bpr_i_buf_printf(out, " [%s]\n", p.code->code);
	}
	return out->failed;
}
