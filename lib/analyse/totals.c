/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics that add up along the way, exact in mean and deviation; and the same sums by form, unit, pool and rule. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/problem_i.h"
#include <string.h>

static double fields_at(const struct bpr_job *job, const struct bpr_node *node)
{
	double fields = 0;

	for (size_t i = 0; i < node->write_count; i++)
		fields += job->writing->form_fields[node->writes[i]];
	return fields;
}

/* Yen of one minute of work there: all people whom the step needs, at their pools' rates. */
static double rate_at(const struct bpr_job *job, const struct bpr_node *node)
{
	double rate = 0;

	for (size_t i = 0; i < node->need_count; i++)
		rate += (double)node->needs[i].count * bpr_flow_pool(job->flow, node->needs[i].pool)->yen_per_hour / 60;
	return rate;
}

static void minutes(const struct bpr_job *job, size_t node, bool counts, double *mean, double *var)
{
	*mean = counts ? job->plan->work_mean[node] : 0;
	*var = counts ? job->plan->work_var[node] : 0;
}

bool bpr_i_additive(const struct bpr_job *job, enum bpr_metric metric, size_t i, double *mean, double *var)
{
	const struct bpr_node *node = job->plan->node[i];
	bool step = job->plan->trait[i] & BPR_TRAIT_STEP;
	double rate;

	*var = 0;
	switch (metric) {
	case BPR_METRIC_STEPS:
		*mean = step;
		return true;
	case BPR_METRIC_FORMS_WRITTEN:
		*mean = (double)node->write_count;
		return true;
	case BPR_METRIC_FIELDS_WRITTEN:
		*mean = fields_at(job, node);
		return true;
	case BPR_METRIC_SEALS:
		*mean = node->seals;
		return true;
	case BPR_METRIC_ID_CHECKS:
		*mean = node->id_checks;
		return true;
	case BPR_METRIC_COPIES:
		*mean = node->copies;
		return true;
	case BPR_METRIC_ANALOGUE_STEPS:
		*mean = step && node->rules;
		return true;
	case BPR_METRIC_WORK_MINUTES:
		minutes(job, i, node->actor == BPR_ACTOR_STAFF, mean, var);
		return true;
	case BPR_METRIC_CITIZEN_MINUTES:
		minutes(job, i, node->actor == BPR_ACTOR_CITIZEN
			|| (node->actor == BPR_ACTOR_STAFF && node->counter != BPR_NONE), mean, var);
		return true;
	case BPR_METRIC_LEAD_MINUTES: /* where one token is on its way */
		*mean = job->plan->work_mean[i] + job->plan->wait_mean[i];
		*var = job->plan->work_var[i] + job->plan->wait_var[i];
		return true;
	case BPR_METRIC_COST_YEN:
		rate = rate_at(job, node);
		*mean = job->plan->work_mean[i] * rate + node->cost;
		*var = job->plan->work_var[i] * rate * rate;
		return true;
	case BPR_METRIC_COUNTER_VISITS:
	case BPR_METRIC_DISTINCT_COUNTERS:
	case BPR_METRIC_BUILDING_MOVES:
	case BPR_METRIC_TRIPS:
	case BPR_METRIC_REPEATED_FIELDS:
	case BPR_METRIC_HANDOFFS:
	case BPR_METRIC_REVISITS:
	case BPR_METRIC_INCOMPLETE:
	case BPR_METRIC_COUNT:
	default:
		*mean = 0;
		return false;
	}
}

struct batch { const struct bpr_job *job; enum bpr_metric metric[BPR_COLLECT_MAX]; size_t count; };

static void stay(const void *data, const struct bpr_solution *s, size_t state, double *mean, double *var)
{
	const struct batch *b = data;
	size_t node = s->walk.state[state].node;
	double repeat = bpr_i_plan_repeat(s->plan, node);

	if (s->walk.state[state].phase != BPR_PHASE_ENTER)
		return;
	for (size_t q = 0; q < b->count; q++) {
		(void)bpr_i_additive(b->job, b->metric[q], node, &mean[q], &var[q]);
		mean[q] *= repeat;
		var[q] *= repeat;
	}
}

static bpr_status run(struct bpr_job *job, struct batch *b)
{
	struct bpr_collector collector = { b->count, stay, NULL, b };
	double mean[BPR_COLLECT_MAX], var[BPR_COLLECT_MAX] = { 0 };
	bpr_status status = b->count ? bpr_i_solution_moments(&job->base, &collector, mean, job->options.means_only ? NULL : var, job->err) :
				     BPR_OK;

	for (size_t q = 0; status == BPR_OK && q < b->count; q++)
		bpr_i_figure_exact(job, b->metric[q], mean[q], var[q]);
	b->count = 0;
	return status;
}

/* Side by side where several executions at once are no longer than one: then time does not add up. */
static bool lead_adds_up(const struct bpr_job *job)
{
	if (!job->sequential)
		return false;
	for (size_t i = 0; i < job->plan->n; i++) {
		const struct bpr_node *node = job->plan->node[i];

		if (node->repeat > 1 && node->repeat_parallel && job->entries[i] > 0)
			return false;
	}
	for (size_t i = 0; i < bpr_flow_scope_count(job->flow); i++) {
		const struct bpr_scope *scope = bpr_flow_scope(job->flow, i);

		if (scope->repeat > 1 && scope->repeat_parallel)
			return false;
	}
	return true;
}

static bpr_status sum_metrics(struct bpr_job *job)
{
	struct batch b = { .job = job };
	bool lead = job->lead_adds_up = lead_adds_up(job);
	bpr_status status = BPR_OK;

	for (size_t m = 0; status == BPR_OK && m < BPR_METRIC_COUNT; m++) {
		double mean, var;
		bool any = false;

		if (job->plan->n && !bpr_i_additive(job, (enum bpr_metric)m, 0, &mean, &var))
			continue;
		if ((m == BPR_METRIC_LEAD_MINUTES && !lead) || !bpr_i_wanted(job, (enum bpr_metric)m))
			continue;
		for (size_t i = 0; i < job->plan->n && !any; i++) {
			(void)bpr_i_additive(job, (enum bpr_metric)m, i, &mean, &var);
			any = (mean > 0 || var > 0) && job->entries[i] > 0;
		}
		if (!any) {
			bpr_i_figure_exact(job, (enum bpr_metric)m, 0, 0);
			continue;
		}
		b.metric[b.count++] = (enum bpr_metric)m;
		if (b.count == BPR_COLLECT_MAX)
			status = run(job, &b);
	}
	return status == BPR_OK ? run(job, &b) : status;
}

static void sum_nodes(struct bpr_job *job)
{
	struct bpr_analysis *a = job->a;

	for (size_t i = 0; i < job->plan->n; i++) {
		const struct bpr_node *node = job->plan->node[i];
		double v = a->nodes[i].visits, work = v * job->plan->work_mean[i];

		for (size_t k = 0; k < node->write_count; k++)
			a->forms[node->writes[k]].written += v;
		for (size_t k = 0; k < node->need_count; k++)
			a->pools[node->needs[k].pool].minutes += work * (double)node->needs[k].count;
		if (node->unit != BPR_NONE && node->actor == BPR_ACTOR_STAFF)
			a->units[node->unit].work_minutes += work;
		for (size_t bit = 0; bit < BPR_RULE_COUNT; bit++)
			if ((job->plan->trait[i] & BPR_TRAIT_STEP) && (node->rules >> bit & 1))
				a->rules[bit].steps += v;
	}
	for (size_t f = 0; f < bpr_flow_form_count(job->flow); f++) {
		const struct bpr_form *form = bpr_flow_form(job->flow, f);

		a->forms[f].fields = a->forms[f].written * job->writing->form_fields[f];
		for (size_t k = 0; k < form->field_count; k++)
			if (!form->fields[k].prefilled)
				a->fields[form->fields[k].field].written += a->forms[f].written * form->fields[k].times;
	}
}

/* Groups in the order in which the fields name them. */
static bool sum_groups(struct bpr_job *job)
{
	struct bpr_analysis *a = job->a;
	size_t count = bpr_flow_field_count(job->flow);
	struct bpr_names names = { 0 };
	bool ok = true;

	a->groups = bpr_i_arena_alloc(&a->arena, count, sizeof(*a->groups));
	if (!a->groups)
		return false;
	for (size_t i = 0; ok && i < count; i++) {
		const char *group = bpr_flow_field(job->flow, i)->group;
		size_t index;
		bool added;

		if (!group || !*group)
			continue;
		index = bpr_i_names_add(&names, group, strlen(group), &added);
		ok = index != BPR_NONE;
		if (ok && added)
			ok = (a->groups[index].name = bpr_i_arena_strdup(&a->arena, group)) != NULL;
		if (ok)
			a->groups[index].written += a->fields[i].written;
	}
	a->group_count = names.count;
	bpr_i_names_release(&names);
	return ok;
}

bpr_status bpr_i_sum_parts(struct bpr_job *job)
{
	sum_nodes(job);
	return sum_groups(job) ? BPR_OK : bpr_i_nomem(job->err);
}

bpr_status bpr_i_analyse_totals(struct bpr_job *job)
{
	bpr_status status = sum_metrics(job);

	if (status != BPR_OK)
		return status;
	return bpr_i_sum_parts(job);
}
