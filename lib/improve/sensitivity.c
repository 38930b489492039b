/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much a case's cycle time falls when one step gets faster, queues and all: each step is tried by simulation with the streams of the
 * base, so that every draw of its work is the same but for the factor.
 */
#include "config.h"
#include "improve/improve_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "flow/view_i.h"
#include <stdlib.h>

struct step { size_t node; double work; };

static int most_work(const void *a, const void *b)
{
	const struct step *x = a, *y = b;

	if (x->work < y->work || x->work > y->work)
		return x->work > y->work ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

static int greatest_fall(const void *a, const void *b)
{
	const struct bpr_sensitivity *x = a, *y = b;

	if (x->change < y->change || x->change > y->change)
		return x->change < y->change ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

/* The same duration times a factor; `values` holds measured ones. */
static bpr_status scale(const struct bpr_dist *from, double factor, struct bpr_dist *out, double **values, struct bpr_error *err)
{
	*values = NULL;
	*out = *from;
	switch (from->kind) {
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EXP:
		out->a *= factor;
		break;
	case BPR_DIST_UNIF:
	case BPR_DIST_NORM:
	case BPR_DIST_LOGNORM:
	case BPR_DIST_GAMMA:
		out->a *= factor;
		out->b *= factor;
		break;
	case BPR_DIST_TRI:
	case BPR_DIST_PERT:
		out->a *= factor;
		out->b *= factor;
		out->c *= factor;
		break;
	case BPR_DIST_ERLANG:  /* a is how many phases */
	case BPR_DIST_WEIBULL: /* a is the shape */
		out->b *= factor;
		break;
	case BPR_DIST_EMP:
		*values = bpr_i_calloc(from->value_count, sizeof(**values));
		if (!*values)
			return bpr_i_nomem(err);
		for (size_t i = 0; i < from->value_count; i++)
			(*values)[i] = from->values[i] * factor;
		out->values = *values;
		break;
	}
	return BPR_OK;
}

static bpr_status try_step(const bpr_flow *flow, size_t node, double factor, const struct bpr_sim_options *options,
			   const bpr_simulation *base, struct bpr_sensitivity *out, struct bpr_error *err)
{
	struct bpr_sim_difference differences[BPR_SIM_KEY_COUNT];
	const struct bpr_sim_difference *cycle = &differences[BPR_SIM_CYCLE];
	bpr_simulation *with = NULL;
	bpr_flow *view = NULL;
	struct bpr_dist work;
	double *values;
	bpr_status status = scale(bpr_flow_node(flow, node)->work, factor, &work, &values, err);

	if (!status)
		status = bpr_i_flow_view(flow, &(struct bpr_flow_change){ .work = &work, .node = node }, &view, err);
	if (!status)
		status = bpr_simulate(view, options, &with, NULL, err);
	if (!status)
		status = bpr_simulation_compare(base, with, differences, err);
	if (!status)
		*out = (struct bpr_sensitivity){ node, cycle->change, cycle->ci_known, cycle->ci95_low, cycle->ci95_high, cycle->shown,
						 differences[BPR_SIM_WAIT].change };
	bpr_simulation_free(with);
	bpr_i_flow_view_free(view);
	bpr_i_free(values);
	return status;
}

/* Steps in order of the work that a case makes there. */
static struct step *steps_of(const bpr_flow *flow, const bpr_simulation *base, size_t *count)
{
	const struct bpr_sim_node *nodes = bpr_simulation_nodes(base);
	struct step *steps = bpr_i_calloc(bpr_flow_node_count(flow), sizeof(*steps));

	*count = 0;
	for (size_t i = 0; steps && i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);
		double work = n->work ? nodes[i].visits.mean * bpr_dist_mean(n->work) : 0;

		if (work > 0)
			steps[(*count)++] = (struct step){ i, work };
	}
	if (steps && *count)
		qsort(steps, *count, sizeof(*steps), most_work);
	return steps;
}

static bpr_status try_steps(const bpr_flow *flow, const struct bpr_sensitivity_options *o, const bpr_simulation *base,
			    struct bpr_sensitivity **out, size_t *count, struct bpr_error *err)
{
	struct bpr_sim_options run = bpr_i_quiet(&o->simulation);
	size_t found;
	struct step *steps = steps_of(flow, base, &found);
	bpr_status status = BPR_OK;

	found = found < o->most ? found : o->most;
	*out = steps ? bpr_i_calloc(found, sizeof(**out)) : NULL;
	if (!*out)
		status = bpr_i_nomem(err);
	run.replications = bpr_simulation_replications(base);
	for (size_t i = 0; i < found && !status; i++) {
		status = try_step(flow, steps[i].node, 1 - o->faster, &run, base, &(*out)[i], err);
		if (!status && o->simulation.progress && !o->simulation.progress(o->simulation.progress_data, (double)(i + 1) / (double)found, 0))
			status = BPR_ECANCELLED;
	}
	if (!status && found)
		qsort(*out, found, sizeof(**out), greatest_fall);
	*count = status ? 0 : found;
	bpr_i_free(steps);
	return status;
}

bpr_status bpr_improve_sensitivity(const bpr_flow *flow, const struct bpr_sensitivity_options *options, const bpr_simulation *base,
				   struct bpr_sensitivity **out, size_t *count, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_sensitivity_options o = BPR_SENSITIVITY_OPTIONS_INIT;
	bpr_simulation *own = NULL;
	bpr_status status = BPR_OK;

	*out = NULL;
	*count = 0;
	if (!bpr_i_options(&o, options) || !(o.faster > 0 && o.faster < 1))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	if (!base) {
		status = bpr_simulate(flow, &o.simulation, &own, problems, err);
		base = own;
	}
	if (!status)
		status = try_steps(flow, &o, base, out, count, err);
	if (status) {
		bpr_i_free(*out);
		*out = NULL;
	}
	bpr_simulation_free(own);
	return status;
}
