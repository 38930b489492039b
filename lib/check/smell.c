/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Smells of a process: the graph once, then each kind of smell. */
#include "config.h"
#include "check/smell_i.h"
#include <stdio.h>

typedef bool smell_group(struct bpr_smell *s);

static smell_group *const groups[] = {
	bpr_i_smell_writing, bpr_i_smell_identity, bpr_i_smell_counters, bpr_i_smell_units, bpr_i_smell_paper, bpr_i_smell_time,
	bpr_i_smell_words, bpr_i_smell_weak,
};

/* How many findings of a code were not listed. */
static void say_left(struct bpr_smell *s)
{
	for (size_t i = 0; i < BPR_I_CODE_COUNT; i++) {
		char left[32];

		if (s->listed[i] <= BPR_SMELL_LISTED)
			continue;
		(void)snprintf(left, sizeof(left), "%zu", s->listed[i] - BPR_SMELL_LISTED);
		/* Each is a finding of its own: the code is what it is about. */
		s->first_left[i].where = bpr_code_at(i)->code;
		if (!bpr_i_problem(s->check->problems, BPR_I_P030, &s->first_left[i], false, left, bpr_code_at(i)->code, NULL, NULL))
			s->check->nomem = true;
	}
}

bpr_status bpr_i_check_smells(struct bpr_check *check)
{
	struct bpr_smell *s;
	bool ok;

	if (!check->flow)
		return BPR_OK;
	s = bpr_i_calloc(1, sizeof(*s));
	if (!s)
		return bpr_i_nomem(check->err);
	s->check = check;
	s->flow = check->flow;
	s->n = bpr_flow_node_count(check->flow);
	s->cases = bpr_flow_cases_per_year(check->flow);
	if (check->analysis) {
		s->nodes = bpr_analysis_nodes(check->analysis);
		s->arcs = bpr_analysis_arcs(check->analysis);
	}
	ok = bpr_i_smell_graph(s);
	for (size_t i = 0; ok && i < sizeof(groups) / sizeof(groups[0]); i++)
		ok = groups[i](s);
	if (ok)
		say_left(s);
	bpr_i_free(s->returned);
	bpr_i_free(s->row);
	bpr_i_free(s->col);
	bpr_i_free(s->order);
	bpr_i_free(s->pos);
	bpr_i_free(s);
	return ok ? BPR_OK : bpr_i_nomem(check->err);
}
