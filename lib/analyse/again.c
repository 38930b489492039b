/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is counted once, or every time but the first: probabilities of reaching sets of steps, exact at any size. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "analyse/sets_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

/* Sets of nodes, one after the other. */
struct node_sets { size_t *row; uint32_t *node; size_t count, used, row_capacity, node_capacity; };

static bool open_set(struct node_sets *s)
{
	if (!bpr_i_grow(&s->row, &s->row_capacity, s->count + 2, sizeof(*s->row)))
		return false;
	s->row[s->count++] = s->used;
	s->row[s->count] = s->used;
	return true;
}

static bool add_node(struct node_sets *s, size_t node)
{
	if (!bpr_i_grow(&s->node, &s->node_capacity, s->used + 1, sizeof(*s->node)))
		return false;
	s->node[s->used++] = (uint32_t)node;
	s->row[s->count] = s->used;
	return true;
}

/* Nodes by key, in two passes: CSR of counter to nodes, or form to nodes. */
struct index { size_t *row; uint32_t *node; };

static size_t keys_of(const struct bpr_plan *plan, size_t node, bool forms, size_t k)
{
	const struct bpr_node *n = plan->node[node];

	if (forms)
		return k < n->write_count ? n->writes[k] : BPR_NONE;
	return k == 0 && (plan->trait[node] & BPR_TRAIT_PLACE) ? n->counter : BPR_NONE;
}

static bool make_index(const struct bpr_job *job, bool forms, size_t key_count, struct index *x)
{
	x->row = bpr_i_calloc(key_count + 2, sizeof(*x->row));
	if (!x->row)
		return false;
	for (size_t i = 0; i < job->plan->n; i++)
		for (size_t k = 0, key; (key = keys_of(job->plan, i, forms, k)) != BPR_NONE; k++)
			x->row[key + 2]++;
	for (size_t i = 0; i < key_count; i++)
		x->row[i + 2] += x->row[i + 1];
	x->node = bpr_i_calloc(x->row[key_count + 1], sizeof(*x->node));
	if (!x->node)
		return false;
	for (size_t i = 0; i < job->plan->n; i++)
		for (size_t k = 0, key; (key = keys_of(job->plan, i, forms, k)) != BPR_NONE; k++)
			x->node[x->row[key + 1]++] = (uint32_t)i;
	return true;
}

/* Adds a set for each class of fields: the nodes of every form that has a field of it, "on" being the nodes of each form. */
static bool collect_classes(const struct bpr_writing *w, size_t forms, const struct index *on, struct node_sets *s)
{
	size_t *class_row = bpr_i_calloc(w->class_count + 2, sizeof(*class_row));
	uint32_t *class_form = bpr_i_calloc(w->form_row[forms], sizeof(*class_form));
	bool ok = class_row && class_form;

	for (size_t i = 0; ok && i < w->form_row[forms]; i++)
		class_row[w->form[i].class + 2]++;
	for (size_t c = 0; ok && c < w->class_count; c++)
		class_row[c + 2] += class_row[c + 1];
	for (size_t f = 0; ok && f < forms; f++)
		for (size_t i = w->form_row[f]; i < w->form_row[f + 1]; i++)
			class_form[class_row[w->form[i].class + 1]++] = (uint32_t)f;
	for (size_t c = 0; ok && c < w->class_count; c++) {
		ok = open_set(s);
		for (size_t i = class_row[c]; ok && i < class_row[c + 1]; i++)
			for (size_t k = on->row[class_form[i]]; ok && k < on->row[class_form[i] + 1]; k++)
				ok = add_node(s, on->node[k]);
	}
	bpr_i_free(class_row);
	bpr_i_free(class_form);
	return ok;
}

/* Set 0: incomplete ends; then one a counter; then one a class of fields. */
static bool collect_sets(const struct bpr_job *job, struct node_sets *s)
{
	size_t counters = bpr_flow_counter_count(job->flow), forms = bpr_flow_form_count(job->flow);
	struct index at = { 0 }, on = { 0 };
	bool ok = make_index(job, false, counters, &at) && make_index(job, true, forms, &on) && open_set(s);

	for (size_t i = 0; ok && i < job->plan->n; i++)
		if (job->plan->trait[i] & BPR_TRAIT_INCOMPLETE)
			ok = add_node(s, i);
	for (size_t c = 0; ok && c < counters; c++) {
		ok = open_set(s);
		for (size_t k = at.row[c]; ok && k < at.row[c + 1]; k++)
			ok = add_node(s, at.node[k]);
	}
	ok = ok && collect_classes(job->writing, forms, &on, s);
	bpr_i_free(at.row);
	bpr_i_free(at.node);
	bpr_i_free(on.row);
	bpr_i_free(on.node);
	return ok;
}

/* Empty sets are never reached, one place may be known already: the others are solved together. */
static bpr_status solve_sets(struct bpr_job *job, const struct node_sets *s, double *prob)
{
	struct node_sets open = { 0 };
	double *solved = bpr_i_calloc(s->count, sizeof(*solved));
	bool ok = solved != NULL;
	bpr_status status;

	for (size_t i = 0; ok && i < s->count; i++) {
		prob[i] = 0;
		if (s->row[i + 1] == s->row[i] + 1 && !job->reach_missing) {
			prob[i] = job->a->nodes[s->node[s->row[i]]].reach;
			continue;
		}
		if (s->row[i + 1] == s->row[i])
			continue;
		prob[i] = -1;
		ok = open_set(&open);
		for (size_t k = s->row[i]; ok && k < s->row[i + 1]; k++)
			ok = add_node(&open, s->node[k]);
	}
	status = ok ? BPR_OK : bpr_i_nomem(job->err);
	if (status == BPR_OK && open.count)
		status = bpr_i_solution_reach(&job->base, open.count, open.row, open.node, solved, job->err);
	for (size_t i = 0, k = 0; status == BPR_OK && i < s->count; i++)
		if (prob[i] < 0)
			prob[i] = solved[k++];
	bpr_i_free(open.row);
	bpr_i_free(open.node);
	bpr_i_free(solved);
	return status;
}

static void set_mean(struct bpr_job *job, enum bpr_metric metric, double mean)
{
	job->a->figure[metric] = (struct bpr_figure){ .mean = mean, .method = BPR_METHOD_EXACT };
	if (mean < 1e-12) {
		/* What is never negative and 0 in the mean is always 0. */
		job->a->figure[metric].mean = 0;
		job->a->figure[metric].sd_method = BPR_METHOD_EXACT;
	}
}

static void use_probabilities(struct bpr_job *job, const double *prob)
{
	struct bpr_analysis *a = job->a;
	size_t counters = bpr_flow_counter_count(job->flow);
	double distinct = 0, repeated = 0, again = 0;

	job->incomplete = prob[0];
	bpr_i_figure_exact(job, BPR_METRIC_INCOMPLETE, prob[0], prob[0] * (1 - prob[0]));
	for (size_t c = 0; c < counters; c++) {
		a->counters[c].reach = prob[1 + c];
		distinct += prob[1 + c];
	}
	for (size_t c = 0; c < job->writing->class_count; c++)
		job->class_reach[c] = prob[1 + counters + c];
	for (size_t i = 0; i < bpr_flow_field_count(job->flow); i++) {
		double once = job->writing->class_of[i] == BPR_CLASS_NONE ? 0 : job->class_reach[job->writing->class_of[i]];
		double more = a->fields[i].written - once;

		a->fields[i].repeated = fabs(more) > 1e-12 * (1 + a->fields[i].written) ? more : 0;
		repeated += a->fields[i].repeated;
	}
	for (size_t i = 0; i < job->plan->n; i++) {
		double more = a->nodes[i].visits - a->nodes[i].reach;

		if ((job->plan->trait[i] & BPR_TRAIT_STEP) && more > 1e-12 * (1 + a->nodes[i].visits))
			again += more;
	}
	set_mean(job, BPR_METRIC_DISTINCT_COUNTERS, distinct);
	set_mean(job, BPR_METRIC_REPEATED_FIELDS, repeated);
	if (!job->reach_missing)
		set_mean(job, BPR_METRIC_REVISITS, again);
}

bpr_status bpr_i_analyse_reach(struct bpr_job *job)
{
	struct node_sets s = { 0 };
	double *prob = NULL;
	bpr_status status = BPR_OK;

	if (!bpr_i_wanted(job, BPR_METRIC_DISTINCT_COUNTERS) && !bpr_i_wanted(job, BPR_METRIC_REPEATED_FIELDS) &&
	    !bpr_i_wanted(job, BPR_METRIC_REVISITS) && !bpr_i_wanted(job, BPR_METRIC_INCOMPLETE))
		return BPR_OK;
	job->class_reach = bpr_i_calloc(job->writing->class_count, sizeof(*job->class_reach));
	if (!job->class_reach || !collect_sets(job, &s) || !(prob = bpr_i_calloc(s.count, sizeof(*prob))))
		status = bpr_i_nomem(job->err);
	if (status == BPR_OK)
		status = solve_sets(job, &s, prob);
	if (status == BPR_OK)
		use_probabilities(job, prob);
	bpr_i_free(s.row);
	bpr_i_free(s.node);
	bpr_i_free(prob);
	return status;
}

/* ---- deviations ---- */

/* Bits of what can still come up, for all places together. */
#define MAX_SET_BYTES ((size_t)64 << 20)

static bpr_status spread_of(struct bpr_job *job, enum bpr_metric metric)
{
	struct bpr_figure *f = &job->a->figure[metric];
	struct bpr_solve_options options = { .kind = BPR_POLICY_SET, .max_states = job->options.max_fine_states,
		.reverse = job->base.walk.reverse };
	struct bpr_collector collector = { 1, NULL, bpr_i_solution_policy_move, NULL };
	double mean[BPR_COLLECT_MAX], var[BPR_COLLECT_MAX];
	struct bpr_solution s = { 0 };
	bpr_status status;

	if (job->options.means_only || f->method == BPR_METHOD_NONE || f->sd_method != BPR_METHOD_NONE
	    || job->base.walk.state_count > job->options.max_fine_states)
		return BPR_OK;
	status = bpr_i_sets_new(job->plan, job->writing, metric, MAX_SET_BYTES, &options.sets, job->err);
	if (status == BPR_OK)
		status = bpr_i_solution_new(job->plan, &options, &s, job->err);
	if (status == BPR_OK)
		status = bpr_i_solution_moments(&s, &collector, mean, var, job->err);
	if (status == BPR_OK) {
		f->sd = bpr_i_clean_sd(mean[0], var[0]);
		f->sd_method = BPR_METHOD_EXACT;
	}
	bpr_i_solution_release(&s);
	bpr_i_sets_free(options.sets);
	return status == BPR_ELIMIT || status == BPR_EUNSUPPORTED ? BPR_OK : status;
}

bpr_status bpr_i_analyse_spread(struct bpr_job *job)
{
	bpr_status status = spread_of(job, BPR_METRIC_DISTINCT_COUNTERS);

	if (status == BPR_OK)
		status = spread_of(job, BPR_METRIC_REPEATED_FIELDS);
	return status == BPR_OK ? spread_of(job, BPR_METRIC_REVISITS) : status;
}
