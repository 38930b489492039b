/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to look at first: findings, each with what to do about it. */
#include "config.h"
#include "study/front_i.h"
#include "base/text_i.h"
#include <bpr/check.h>
#include <stdint.h>
#include <string.h>

enum { SMELLS = 3 };

/* Smells in the order in which they are worth a look: what citizens write and carry, what is done twice, what waits. */
static const char *const order[] = { "P001", "P002", "P003", "P005", "P004", "P026", "P018", "P019", "P011", "P012", "P013", "P016", "P008",
				     "P007", "P006", "P014", "P015", "P021", "P027", "P009", "P017", "P022", "P028", "P024", "P020", "P025" };

/* The first of its code with its line, and how many more there are. */
static const char *message(const struct bpr_front *f, const bpr_problems *problems, const struct bpr_problem *p)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t alike = 0;
	char text[2048];

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem other = bpr_problems_get(problems, i);

		alike += other.code == p->code && other.severity == p->severity;
	}
	(void)bpr_problem_message(p, f->doc->lang, text, sizeof(text));
	if (p->line)
		bpr_i_buf_puts(&buf, bpr_i_doc_fill(f->doc, N_("line {1}: "), bpr_i_say_count(f->doc, (double)p->line), NULL, NULL, NULL));
	bpr_i_buf_puts(&buf, text);
	bpr_i_buf_printf(&buf, " [%s]", p->code->code);
	if (alike > 1)
		bpr_i_buf_puts(&buf, bpr_i_doc_fill(f->doc, N_(" (and {1} more like it)"), bpr_i_say_count(f->doc, (double)(alike - 1)), NULL, NULL, NULL));
	return bpr_i_doc_keep(f->doc, &buf);
}

static void row(const struct bpr_front *f, struct bpr_doc_table *table, const bpr_problems *problems, const struct bpr_problem *p)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(f->doc, table);
	struct bpr_buf hint = BPR_BUF_INIT;
	char text[2048];

	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(message(f, problems, p));
	if (p->severity == BPR_SEVERITY_ERROR)
		cells[0].tone = BPR_DOC_WORSE;
	(void)bpr_problem_hint(p, f->doc->lang, text, sizeof(text));
	bpr_i_buf_puts(&hint, text);
	cells[1] = bpr_i_cell_text(bpr_i_doc_keep(f->doc, &hint));
}

static struct bpr_doc_table *table_of(const struct bpr_front *f)
{
	struct bpr_doc_table *table = bpr_i_doc_table(f->doc);

	bpr_i_doc_column(f->doc, table, N_("What was found"), false, 20);
	bpr_i_doc_column(f->doc, table, N_("What to do"), false, 16);
	return table;
}

size_t bpr_i_front_findings(const struct bpr_front *f, const bpr_problems *problems, enum bpr_severity severity, size_t most, bpr_study_wanted *wanted)
{
	const struct bpr_code *told[BPR_STUDY_PROBLEMS];
	struct bpr_doc_table *table = NULL;
	size_t count = 0;

	most = most < BPR_STUDY_PROBLEMS ? most : BPR_STUDY_PROBLEMS;
	for (size_t i = 0; i < bpr_problems_count(problems) && count < most; i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);
		bool known = p.severity != severity || (wanted && !wanted(p.code));

		for (size_t k = 0; k < count; k++)
			known |= told[k] == p.code;
		if (known)
			continue;
		if (!table)
			table = table_of(f);
		row(f, table, problems, &p);
		told[count++] = p.code;
	}
	return count;
}

/* What judging the flow finds, as bpr check would say it. NULL where that is not known. */
static bpr_problems *judge(const struct bpr_front *f)
{
	bpr_flow *flows[1] = { (bpr_flow *)(uintptr_t)f->flow }; /* read only */
	const struct bpr_flows all = { .items = flows, .count = 1 };
	const struct bpr_check_input input = { .flows = &all, .flow = 0, .analysis = f->subject->analysis };
	const struct bpr_check_options options = BPR_CHECK_OPTIONS_INIT;
	bpr_problems *problems = NULL;
	bpr_status status = bpr_problems_new(&problems, NULL);

	if (!status)
		status = bpr_check(&input, &options, problems, NULL);
	f->doc->failed |= status == BPR_ENOMEM;
	if (!status)
		return problems;
	bpr_problems_free(problems);
	return NULL;
}

void bpr_i_front_smells(const struct bpr_front *f)
{
	bpr_problems *problems = f->doc->failed ? NULL : judge(f);
	struct bpr_doc_table *table = NULL;
	size_t count = 0;

	for (size_t k = 0; problems && k < sizeof(order) / sizeof(order[0]) && count < SMELLS; k++)
		for (size_t i = 0; i < bpr_problems_count(problems); i++) {
			struct bpr_problem p = bpr_problems_get(problems, i);

			if (strcmp(p.code->code, order[k]) != 0)
				continue;
			if (!table) {
				bpr_i_doc_heading_aside(f->doc, bpr_i_doc_text(f->doc, N_("What to look at first")),
							bpr_i_doc_text(f->doc, N_("'bpr check' lists all of it")));
				table = table_of(f);
			}
			row(f, table, problems, &p);
			count++;
			break;
		}
	bpr_problems_free(problems);
}
