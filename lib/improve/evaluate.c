/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a staffing makes of the targets: simulation with the same streams every time, so that staffings differ by their people alone. */
#include "config.h"
#include "improve/search_i.h"
#include "base/problem_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* Far from the seeds that users count up from. */
#define VERIFY_SEED 1000003u

double bpr_i_search_hours(const struct search *s, const size_t *people)
{
	double hours = 0;

	for (size_t i = 0; i < s->roster.cells; i++)
		hours += (double)people[i] * bpr_i_roster_hours(&s->roster, i);
	return hours;
}

/* ---- how far it is ---- */

struct meter { const struct search *s; };

static bool tell(void *data, double done, double estimate)
{
	const struct meter *m = data;
	const struct bpr_sim_options *o = &m->s->options.simulation;
	double part = ((double)m->s->runs + done) / (double)m->s->options.most_runs;

	return !o->progress || o->progress(o->progress_data, fmin(part, 1), estimate);
}

static bpr_status simulate(struct search *s, const size_t *people, bool verify, bpr_simulation **out)
{
	struct meter meter = { s };
	struct bpr_sim_options options = bpr_i_quiet(&s->options.simulation);
	struct roster_flow flow;
	bpr_status status = bpr_i_roster_flow(&s->roster, people, &flow, s->err);

	*out = NULL;
	if (status)
		return status;
	options.limits = s->limits;
	options.limit_count = s->target_count;
	options.progress = s->options.simulation.progress ? tell : NULL;
	options.progress_data = &meter;
	if (verify) {
		options.seed += VERIFY_SEED;
		options.replications = s->verify_factor * s->replications;
	}
	status = bpr_simulate(flow.view, &options, out, NULL, s->err);
	s->runs++;
	bpr_i_roster_flow_free(&flow);
	return status;
}

/* ---- shares ---- */

/*
 * Is any case put off to another day that would not have been with ample staff? Each such case has a night more of closed hours; those
 * count as not kept, though nobody waits while nobody is there.
 */
static const double *put_off(const struct search *s, const bpr_simulation *simulation)
{
	const double *closed = bpr_simulation_means(simulation, BPR_SIM_CYCLE_CLOSED);
	double more = 0;

	if (!(s->night > 0) || !closed || s->closed_count != bpr_simulation_replications(simulation))
		return NULL;
	for (size_t i = 0; i < s->closed_count; i++)
		more += closed[i] - s->closed[i];
	return more > 0 ? closed : NULL;
}

static void share_of(const struct search *s, const bpr_simulation *simulation, size_t target, struct verdict *out)
{
	const double *within = bpr_simulation_within(simulation, target);
	const double *closed = put_off(s, simulation);
	size_t n = 0;
	double mean = 0, squares = 0;

	for (size_t i = 0; within && i < bpr_simulation_replications(simulation); i++) {
		double share = within[i] - (closed ? (closed[i] - s->closed[i]) / s->night : 0);
		double step = share - mean;

		mean += step / (double)++n;
		squares += step * (share - mean);
	}
	out->share[target] = n ? mean : 1; /* nobody came: nobody waited */
	out->low[target] = n > 1 ? mean - gsl_cdf_tdist_Pinv(0.975, (double)n - 1) * sqrt(squares / ((double)n - 1) / (double)n)
				 : out->share[target];
}

static void judge(const struct search *s, const bpr_simulation *simulation, struct verdict *out)
{
	out->lack = 0;
	for (size_t t = 0; t < s->target_count; t++) {
		double asked = fmin(s->targets[t].share + s->margin[t], 1);

		if (simulation)
			share_of(s, simulation, t, out);
		out->lack += fmax(0, asked - out->share[t]);
	}
}

/* ---- where it presses ---- */

/* Person-minutes of waiting of those who came in the block. */
static double waited_in(const struct search *s, const bpr_simulation *simulation, size_t cell)
{
	const struct roster *r = &s->roster;
	const struct roster_block *b = &r->blocks[cell % r->block_count];
	const struct bpr_sim_place_hour *hours = bpr_simulation_pool_waits(simulation, r->pools[cell / r->block_count]);
	double minutes = 0;

	for (size_t i = 0; hours && i < BPR_SIM_HOURS; i++) {
		double from = (double)(i % 24) * 60;
		double part = fmax(0, fmin(b->to, from + 60) - fmax(b->from, from)) / 60;

		if (b->weekdays >> i / 24 & 1u && part > 0 && hours[i].waits > 0)
			minutes += part * hours[i].waits * hours[i].wait;
	}
	return minutes;
}

bpr_status bpr_i_search_evaluate(struct search *s, const size_t *people, bool verify, struct verdict *out)
{
	bpr_simulation *simulation = NULL;
	bpr_status status = simulate(s, people, verify, &simulation);

	*out = (struct verdict){ .lack = 0 };
	if (status == BPR_ELIMIT) { /* a queue without end: nobody keeps anything */
		status = BPR_OK;
		judge(s, NULL, out);
		for (size_t i = 0; i < s->roster.cells; i++)
			s->pressure[i] = 1 / bpr_i_roster_hours(&s->roster, i);
	} else if (!status) {
		if (!s->replications)
			s->replications = bpr_simulation_replications(simulation);
		judge(s, simulation, out);
		for (size_t i = 0; i < s->roster.cells; i++)
			s->pressure[i] = waited_in(s, simulation, i) / bpr_i_roster_hours(&s->roster, i);
	}
	bpr_simulation_free(simulation);
	return status;
}

bpr_status bpr_i_search_ample(struct search *s, bool verify, struct verdict *out)
{
	bpr_simulation *simulation = NULL;
	bpr_status status;
	const double *closed;

	bpr_i_free(s->closed);
	s->closed = NULL;
	s->closed_count = 0;
	*out = (struct verdict){ .lack = 0 };
	status = simulate(s, s->ample, verify, &simulation);
	if (status)
		return status;
	if (!s->replications)
		s->replications = bpr_simulation_replications(simulation);
	judge(s, simulation, out);
	closed = bpr_simulation_means(simulation, BPR_SIM_CYCLE_CLOSED);
	if (closed) {
		s->closed_count = bpr_simulation_replications(simulation);
		s->closed = bpr_i_calloc(s->closed_count, sizeof(*s->closed));
		if (!s->closed)
			status = bpr_i_nomem(s->err);
		else
			memcpy(s->closed, closed, s->closed_count * sizeof(*closed));
	}
	bpr_simulation_free(simulation);
	return status;
}
