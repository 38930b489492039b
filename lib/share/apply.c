/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The after of a pack that has levers and no after of its own: the before with all of them. */
#include "config.h"
#include "share/share_i.h"

/* Levers that do not fit are told, not fatal: the giver's bpr may have been another version. */
static bool tell(const bpr_share *s, const bool *refused, bpr_problems *problems)
{
	struct bpr_place place = { s->name, 0, 0, NULL };
	bool ok = true;

	for (size_t i = 0; i < bpr_levers_count(s->levers) && ok; i++)
		if (refused[i])
			ok = bpr_i_problem(problems, BPR_I_Z018, &place, false, bpr_levers_get(s->levers, i)->id, NULL, NULL, NULL);
	return ok;
}

bpr_status bpr_i_share_apply(bpr_share *s, bpr_problems *problems, struct bpr_error *err)
{
	size_t count = s->levers ? bpr_levers_count(s->levers) : 0;
	bpr_flow *made = NULL;
	bool *refused;
	bpr_status status;

	if (!count || s->after.count)
		return BPR_OK;
	refused = bpr_i_calloc(count, sizeof(*refused));
	if (!refused)
		return bpr_i_nomem(err);
	status = bpr_levers_apply(bpr_share_before(s), s->levers, NULL, refused, &made, NULL, err);
	if (!status && !tell(s, refused, problems))
		status = bpr_i_nomem(err);
	if (status == BPR_EINVAL) { /* together they leave no flow: then there is no after */
		struct bpr_place place = { s->name, 0, 0, NULL };

		status = bpr_i_problem(problems, BPR_I_Z018, &place, false, "levers.csv", NULL, NULL, NULL) ? BPR_OK : bpr_i_nomem(err);
	}
	bpr_i_free(refused);
	if (status) {
		bpr_flow_free(made);
		return status;
	}
	bpr_flow_free(s->now[1]);
	s->now[1] = made;
	s->by_levers = made != NULL;
	return BPR_OK;
}
