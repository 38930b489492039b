/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What levers that change the shape have in common: names that they make, durations that grow, steps that may be moved. */
#include "config.h"
#include "improve/lever_shape_i.h"
#include <math.h>
#include <string.h>

bool bpr_i_lever_tidy(struct lever_work *work)
{
	bool starts, ends;

	if (!bpr_i_edit_tidy(work->edit, &starts, &ends))
		return bpr_i_lever_nomem(work);
	return (starts && ends) || bpr_i_lever_refuse(work, BPR_I_K142, work->action->target, NULL, NULL);
}

bool bpr_i_lever_is_japanese(const struct bpr_node *node)
{
	const char *text = *node->name ? node->name : node->id;

	while (*text && (unsigned char)*text < 0x80)
		text++;
	return *text != '\0';
}

const char *bpr_i_lever_make_name(struct lever_work *work, const char *before, const struct bpr_node *node, const char *behind)
{
	struct bpr_buf name = BPR_BUF_INIT;
	const char *kept;

	bpr_i_buf_puts(&name, before);
	bpr_i_buf_puts(&name, *node->name ? node->name : node->id);
	bpr_i_buf_puts(&name, behind);
	kept = name.failed ? NULL : bpr_i_arena_strdup(&work->scratch, name.data);
	bpr_i_buf_release(&name);
	if (!kept)
		(void)bpr_i_lever_nomem(work);
	return kept;
}

/* ---- steps ---- */

bool bpr_i_lever_has_events(struct lever_work *work, size_t node)
{
	const size_t count = bpr_i_edit_node_count(work->edit);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = bpr_i_edit_node(work->edit, i);

		if (n && n->host == node)
			return true;
	}
	return false;
}

bool bpr_i_lever_movable(struct lever_work *work, size_t node)
{
	const struct bpr_node *n = bpr_i_edit_node(work->edit, node);
	size_t count;

	(void)bpr_i_edit_out(work->edit, node, &count);
	if (!bpr_node_is_step(n) || n->host != BPR_NONE)
		return bpr_i_lever_refuse(work, BPR_I_K120, bpr_i_lever_step_text(work, node), NULL, NULL);
	if (count != 1)
		return bpr_i_lever_refuse(work, BPR_I_K121, bpr_i_lever_step_text(work, node), NULL, NULL);
	if (bpr_i_lever_has_events(work, node))
		return bpr_i_lever_refuse(work, BPR_I_K122, bpr_i_lever_step_text(work, node), NULL, NULL);
	return true;
}

size_t bpr_i_lever_needs_form(struct lever_work *work, size_t earlier, size_t later)
{
	const struct bpr_node *n = bpr_i_edit_node(work->edit, later);

	for (size_t i = 0; i < n->read_count; i++)
		if (bpr_i_edit_list_has(work->edit, earlier, BPR_EDIT_ISSUES, n->reads[i]) ||
		    bpr_i_edit_list_has(work->edit, earlier, BPR_EDIT_WRITES, n->reads[i]))
			return n->reads[i];
	return BPR_NONE;
}

/* ---- durations ---- */

static bool is_fixed(const struct bpr_dist *d)
{
	return d->kind == BPR_DIST_CONSTANT;
}

/* Whether all draws so many minutes later are draws of the same kind; then it is so moved. */
static bool move(struct lever_work *work, struct bpr_dist *d, double minutes)
{
	double *values;

	switch (d->kind) {
	case BPR_DIST_TRI:
	case BPR_DIST_PERT:
		d->c += minutes;
		d->b += minutes;
		d->a += minutes;
		return true;
	case BPR_DIST_UNIF:
		d->b += minutes;
		d->a += minutes;
		return true;
	case BPR_DIST_CONSTANT:
		d->a += minutes;
		return true;
	case BPR_DIST_EMP:
		values = bpr_i_arena_raw(&work->scratch, d->value_count, sizeof(*values));
		if (!values)
			return bpr_i_lever_nomem(work);
		for (size_t i = 0; i < d->value_count; i++)
			values[i] = d->values[i] + minutes;
		d->values = values;
		d->source = NULL;
		return true;
	case BPR_DIST_EXP: case BPR_DIST_NORM: case BPR_DIST_LOGNORM: case BPR_DIST_GAMMA: case BPR_DIST_ERLANG: case BPR_DIST_WEIBULL: break;
	}
	return false;
}

static struct bpr_dist with_moments(double mean, double var)
{
	if (var > 0)
		return (struct bpr_dist){ .kind = BPR_DIST_GAMMA, .a = mean, .b = sqrt(var) };
	return (struct bpr_dist){ .kind = BPR_DIST_CONSTANT, .a = mean };
}

bool bpr_i_lever_lengthen(struct lever_work *work, size_t step, bool hands_on, const struct bpr_dist *by)
{
	const struct bpr_node *n = bpr_i_edit_node(work->edit, step);
	const struct bpr_dist *old = hands_on ? n->work : n->wait;
	struct bpr_dist sum = old ? *old : *by;
	bool done = !old;

	if (!done && is_fixed(by))
		done = move(work, &sum, by->a);
	if (!done && is_fixed(old)) {
		sum = *by;
		done = move(work, &sum, old->a);
	}
	if (!done) {
		sum = with_moments(bpr_dist_mean(old) + bpr_dist_mean(by), bpr_dist_var(old) + bpr_dist_var(by));
		sum.working_days = old->working_days && by->working_days;
	}
	if (work->nomem)
		return false;
	return (bpr_i_edit_duration(work->edit, step, hands_on, &sum) || bpr_i_lever_nomem(work)) && bpr_i_lever_duration_origin(work, step, hands_on);
}

bool bpr_i_lever_put_duration(struct lever_work *work, size_t step, bool hands_on, const char *text)
{
	struct bpr_dist dist;

	return bpr_i_lever_duration(work, text, &dist) && (bpr_i_edit_duration(work->edit, step, hands_on, &dist) || bpr_i_lever_nomem(work)) &&
	       bpr_i_lever_duration_origin(work, step, hands_on);
}
