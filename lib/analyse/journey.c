/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the citizen goes: visits to counters, trips, moves between buildings. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/problem_i.h"

/* Comings to each counter: what flows into its steps from elsewhere. */
static void count_comings(struct bpr_job *job, const struct bpr_solution *s)
{
	const struct bpr_chain *chain = &s->walk.chain;
	double reward[BPR_REWARD_MAX];

	for (size_t i = 0; i < chain->n; i++)
		for (size_t a = chain->row[i]; a < chain->row[i + 1]; a++) {
			const struct bpr_state *to = &s->walk.state[chain->col[a]];

			if (to->phase != BPR_PHASE_ENTER || !(s->plan->trait[to->node] & BPR_TRAIT_PLACE)
			    || s->plan->node[to->node]->counter == BPR_NONE)
				continue;
			(void)bpr_i_policy_reward(&s->policy, s->walk.before[a], to->node, reward);
			job->a->counters[s->plan->node[to->node]->counter].visits +=
				s->visits[i] * chain->prob[a] * reward[BPR_PLACE_VISITS];
		}
	for (size_t i = 0; i < s->walk.begin_count; i++) {
		size_t node = s->walk.state[s->walk.begin[i].state].node, counter = s->plan->node[node]->counter;

		if (!(s->plan->trait[node] & BPR_TRAIT_PLACE) || counter == BPR_NONE)
			continue;
		(void)bpr_i_policy_reward(&s->policy, s->walk.begin[i].before, node, reward);
		job->a->counters[counter].visits += s->walk.begin[i].prob * reward[BPR_PLACE_VISITS];
	}
}

bpr_status bpr_i_analyse_journey(struct bpr_job *job)
{
	struct bpr_solve_options options = { .kind = BPR_POLICY_PLACE, .max_states = job->options.max_states };
	struct bpr_collector collector = { BPR_REWARD_MAX, NULL, bpr_i_solution_policy_move, NULL };
	static const enum bpr_metric metric[BPR_REWARD_MAX] = {
		[BPR_PLACE_VISITS] = BPR_METRIC_COUNTER_VISITS,
		[BPR_PLACE_TRIPS] = BPR_METRIC_TRIPS,
		[BPR_PLACE_MOVES] = BPR_METRIC_BUILDING_MOVES,
	};
	double mean[BPR_COLLECT_MAX] = { 0 }, var[BPR_COLLECT_MAX] = { 0 };
	struct bpr_solution own = { 0 }, *s = &job->base;
	bpr_status status = BPR_OK;
	bool failed = false, any = bpr_flow_counter_count(job->flow) > 0;

	if (!bpr_i_wanted(job, BPR_METRIC_COUNTER_VISITS) && !bpr_i_wanted(job, BPR_METRIC_TRIPS) && !bpr_i_wanted(job, BPR_METRIC_BUILDING_MOVES))
		return BPR_OK;
	if (any && !bpr_i_solution_overlay(&job->base, BPR_POLICY_PLACE, &failed)) {
		s = &own;
		status = failed ? bpr_i_nomem(job->err) : bpr_i_solution_new(job->plan, &options, &own, job->err);
	}
	if (any && status == BPR_OK) {
		count_comings(job, s);
		status = bpr_i_solution_moments(s, &collector, mean, job->options.means_only ? NULL : var, job->err);
	}
	bpr_i_solution_release(&own);
	bpr_i_solution_bare(&job->base);
	if (status == BPR_ELIMIT)
		return BPR_OK; /* stays without a method: named as not known */
	for (size_t i = 0; status == BPR_OK && i < BPR_REWARD_MAX; i++)
		bpr_i_figure_exact(job, metric[i], mean[i], var[i]);
	return status;
}
