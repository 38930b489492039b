/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of checks, one row each. */
#include "config.h"
#include "check/check_i.h"
#include "check/lint_i.h"
#include <string.h>

typedef bpr_status check_group(struct bpr_check *check);

static check_group *const groups[] = {
	bpr_i_check_smells,
	bpr_i_lint,      /* the BPMN file as a whole */
	bpr_i_lint_flow, /* a flow table */
	bpr_i_check_sheets,
	NULL, /* behind the last */
};

void bpr_i_check_note(struct bpr_check *check, enum bpr_code_id id, const struct bpr_place *place, const char *a1,
		      const char *a2, const char *a3)
{
	if (!bpr_i_problem(check->problems, id, place, true, a1, a2, a3, NULL))
		check->nomem = true;
}

bpr_status bpr_check(const struct bpr_check_input *input, const struct bpr_check_options *options, bpr_problems *problems,
		     struct bpr_error *err)
{
	struct bpr_check check = {
		.input = input,
		.source = input->flows->source,
		.analysis = input->analysis,
		.problems = problems,
		.err = err,
	};

	(void)options;
	if (input->flow != BPR_NONE) {
		check.flow = input->flows->items[input->flow];
		check.file = bpr_flow_source(check.flow);
	}
	for (size_t i = 0; groups[i]; i++) {
		bpr_status status = groups[i](&check);

		if (status)
			return status;
	}
	return check.nomem ? bpr_i_nomem(err) : BPR_OK;
}
