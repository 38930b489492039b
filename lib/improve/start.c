/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the search begins: each pool and block by itself, by formula. The wait of M/M/c with first come, first served is exponential
 * beyond 0 (Erlang C); service that varies less or more than exponentially shortens or lengthens it by (1 + scv) / 2 (Allen & Cunneen).
 * Work that a block cannot clear is carried into the next one.
 */
#include "config.h"
#include "improve/search_i.h"
#include "base/problem_i.h"
#include <bpr/analysis.h>
#include <bpr/queueing.h>
#include <math.h>
#include <string.h>

/* Executions at a pool in one case, and how long one takes. */
struct load { double requests, service, scv, together; };

static struct load load_of(const bpr_flow *flow, const bpr_analysis *analysis, size_t pool)
{
	const struct bpr_node_result *nodes = bpr_analysis_nodes(analysis);
	struct load l = { .together = 1 };
	double work = 0, square = 0, people = 0;

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);
		double mean = n->work ? bpr_dist_mean(n->work) : 0;

		for (size_t k = 0; k < n->need_count; k++) {
			if (n->needs[k].pool != pool)
				continue;
			l.requests += nodes[i].visits;
			people += nodes[i].visits * (double)n->needs[k].count;
			work += nodes[i].visits * mean;
			square += nodes[i].visits * (mean * mean + (n->work ? bpr_dist_var(n->work) : 0));
		}
	}
	if (!(l.requests > 0))
		return l;
	l.together = people / l.requests;
	l.service = work / l.requests;
	l.scv = l.service > 0 ? square / l.requests / (l.service * l.service) - 1 : 0;
	return l;
}

/* Mean cases a minute in the block, over the days that are simulated. */
static double rate_of(const bpr_calendar *calendar, const struct roster_block *block, long days)
{
	struct bpr_rate rates[BPR_RATES_MAX];
	double cases = 0, minutes = 0;

	for (long day = 0; day < days; day++) {
		size_t n;

		if (!(block->weekdays >> bpr_calendar_weekday(calendar, day) & 1u) || !bpr_calendar_works(calendar, day))
			continue;
		n = bpr_calendar_rates(calendar, day, rates);
		for (size_t i = 0; i < n; i++)
			cases += rates[i].per_minute * fmax(0, fmin(rates[i].to, block->to) - fmax(rates[i].from, block->from));
		minutes += block->to - block->from;
	}
	return minutes > 0 ? cases / minutes : 0;
}

/* The hardest limit for waits at a pool; false: no target is about it. */
static bool limit_of(const struct search *s, size_t pool, double lead, double *limit, double *share)
{
	bool any = false;

	for (size_t t = 0; t < s->target_count; t++) {
		const struct bpr_target *target = &s->targets[t];
		double most = target->key == BPR_SIM_CYCLE ? fmax(0, target->limit - lead) : target->limit;

		if (target->pool != BPR_NONE && target->pool != pool)
			continue;
		*limit = any ? fmin(*limit, most) : most;
		*share = any ? fmax(*share, target->share) : target->share;
		any = true;
	}
	return any;
}

/* Fewest people whose waits keep the limit in the steady state of the block and who leave no work over. */
static size_t fewest(const struct search *s, const struct load *l, double rate, double minutes, double limit, double share, double *carry)
{
	double arrivals = rate * l->requests;
	double effective = limit * 2 / fmax(1 + l->scv, 0.1);
	double work = arrivals * l->service * minutes + *carry;
	size_t servers = 1, people;

	if (!(work > 0))
		return 0;
	while (servers < s->options.most_people &&
	       ((double)servers * minutes < work ||
		(arrivals > 0 && bpr_mmc_wait_above(servers, arrivals, l->service, effective) > 1 - share)))
		servers++;
	people = (size_t)ceil((double)servers * l->together - 1e-9);
	*carry = fmax(0, work - (double)servers * minutes);
	return people < s->options.most_people ? people : s->options.most_people;
}

static void fill_pool(struct search *s, const bpr_calendar *calendar, const struct load *l, size_t p, double lead)
{
	const struct roster *r = &s->roster;
	long days = s->options.simulation.calendar.dated ? (long)fmax(7, fmin(366, 7 * ceil(s->options.simulation.days / 5))) : 7;
	double limit = 0, share = 0.9, carry = 0;
	bool about = limit_of(s, r->pools[p], lead, &limit, &share);

	for (size_t b = 0; b < r->block_count; b++) {
		size_t cell = p * r->block_count + b;
		const struct roster_block *block = &r->blocks[b];
		size_t most = s->options.most_people;
		size_t offered;

		if (!b || block->weekdays != r->blocks[b - 1].weekdays)
			carry = 0;
		s->now[cell] = (size_t)ceil(r->duty[cell] - 1e-9);
		s->start[cell] = about ? fewest(s, l, rate_of(calendar, block, days), block->to - block->from, limit, share, &carry) : s->now[cell];
		if (s->start[cell] < r->floor[cell])
			s->start[cell] = r->floor[cell];
		offered = 2 * s->start[cell] + 10;
		if (!block->open && !(r->duty[cell] > 0))
			offered = 0;
		s->ample[cell] = offered < most ? offered : most;
		s->capped |= offered > most;
		if (s->ample[cell] < s->now[cell])
			s->ample[cell] = s->now[cell];
	}
}

bpr_status bpr_i_search_start(struct search *s)
{
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	const struct bpr_figure *lead;
	bpr_calendar *calendar = NULL;
	bpr_analysis *analysis = NULL;
	bpr_status status;

	options.samples = 0;
	status = bpr_analyse(s->roster.flow, &options, &analysis, NULL, s->err);
	if (!status)
		status = bpr_calendar_new(s->roster.flow, &s->options.simulation.calendar, &calendar, s->err);
	if (!status) {
		lead = bpr_analysis_figure(analysis, BPR_METRIC_LEAD_MINUTES);
		for (size_t p = 0; p < s->roster.planned; p++) {
			struct load l = load_of(s->roster.flow, analysis, s->roster.pools[p]);

			fill_pool(s, calendar, &l, p, lead->method == BPR_METHOD_NONE ? 0 : lead->mean);
		}
	}
	bpr_calendar_free(calendar);
	bpr_analysis_free(analysis);
	return status;
}
