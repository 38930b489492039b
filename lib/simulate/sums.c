/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of replications: made, cleared, added up. */
#include "config.h"
#include "simulate/sums_i.h"
#include "base/alloc_i.h"
#include <math.h>

/* Waits of one step that are kept for exact quantiles. */
#define NODE_SAMPLES 1024

void bpr_i_moments_merge(struct moments *m, const struct moments *from)
{
	double n = m->n + from->n, off = from->mean - m->mean;

	if (!(from->n > 0))
		return;
	if (!(m->n > 0)) {
		*m = *from;
		return;
	}
	m->m2 += from->m2 + off * off * (m->n * from->n / n);
	m->mean += off * (from->n / n);
	m->n = n;
	m->min = from->min < m->min ? from->min : m->min;
	m->max = from->max > m->max ? from->max : m->max;
}

void bpr_i_moments_add(struct moments *m, const double *x, size_t count)
{
	struct moments block = { (double)count, 0, 0, x[0], x[0] };
	double sum = 0, rest = 0;

	for (size_t i = 0; i < count; i++) {
		sum += x[i];
		block.min = x[i] < block.min ? x[i] : block.min;
		block.max = x[i] > block.max ? x[i] : block.max;
	}
	block.mean = sum / block.n;
	for (size_t i = 0; i < count; i++) {
		double off = x[i] - block.mean;

		block.m2 += off * off;
		rest += off;
	}
	block.m2 -= rest * rest / block.n;
	block.m2 = block.m2 > 0 ? block.m2 : 0;
	bpr_i_moments_merge(m, &block);
}

bool bpr_i_sums_init(struct sums *s, const bpr_flow *flow, const struct columns *columns, size_t samples)
{
	memset(s, 0, sizeof(*s));
	s->columns = columns;
	s->node_count = bpr_flow_node_count(flow);
	s->pool_count = bpr_flow_pool_count(flow);
	s->counter_count = bpr_flow_counter_count(flow);
	s->node_waits = bpr_i_calloc(s->node_count, sizeof(*s->node_waits));
	s->node = bpr_i_calloc(s->node_count, sizeof(*s->node));
	s->pool = bpr_i_calloc(s->pool_count, sizeof(*s->pool));
	s->counter = bpr_i_calloc(s->counter_count, sizeof(*s->counter));
	s->pool_hour = bpr_i_calloc(s->pool_count * BPR_SIM_HOURS, sizeof(*s->pool_hour));
	s->duty_hour = bpr_i_calloc(s->pool_count * BPR_SIM_HOURS, sizeof(*s->duty_hour));
	s->counter_hour = bpr_i_calloc(s->counter_count * BPR_SIM_HOURS, sizeof(*s->counter_hour));
	if (!s->node_waits || !s->node || !s->pool || !s->counter || !s->pool_hour || !s->duty_hour || !s->counter_hour)
		return false;
	for (size_t i = 0; i < s->node_count; i++)
		s->node_waits[i].keep = samples < NODE_SAMPLES ? samples : NODE_SAMPLES;
	for (size_t i = 0; i < columns->count; i++) {
		s->values[i].keep = columns->whole[i] ? 0 : samples; /* whole numbers are told apart in the bins as well */
		s->values[i].whole = columns->whole[i];
	}
	return true;
}

void bpr_i_sums_clear(struct sums *s)
{
	for (size_t i = 0; i < s->columns->count; i++)
		bpr_i_sketch_clear(&s->values[i]);
	for (size_t i = 0; i < s->node_count; i++)
		bpr_i_sketch_clear(&s->node_waits[i]);
	memset(s->moments, 0, sizeof(s->moments));
	memset(s->node, 0, s->node_count * sizeof(*s->node));
	memset(s->pool, 0, s->pool_count * sizeof(*s->pool));
	memset(s->counter, 0, s->counter_count * sizeof(*s->counter));
	memset(s->hour, 0, sizeof(s->hour));
	memset(s->limit, 0, sizeof(s->limit));
	memset(s->pool_hour, 0, s->pool_count * BPR_SIM_HOURS * sizeof(*s->pool_hour));
	memset(s->duty_hour, 0, s->pool_count * BPR_SIM_HOURS * sizeof(*s->duty_hour));
	memset(s->counter_hour, 0, s->counter_count * BPR_SIM_HOURS * sizeof(*s->counter_hour));
	s->arrived = s->finished = s->cases = s->abandoned = s->events = s->unfinished = s->days = s->minutes = s->warmup = 0;
}

static double most(double a, double b)
{
	return b > a ? b : a;
}

static void merge_places(struct sums *s, const struct sums *from)
{
	for (size_t i = 0; i < s->node_count; i++) {
		struct node_sums *a = &s->node[i];
		const struct node_sums *b = &from->node[i];

		*a = (struct node_sums){ a->entries + b->entries, a->begun + b->begun, a->wait + b->wait, most(a->wait_max, b->wait_max),
			a->executed + b->executed, a->work + b->work, a->gave_up + b->gave_up, most(a->longest, b->longest), a->lost + b->lost,
			a->left + b->left };
	}
	for (size_t i = 0; i < s->pool_count; i++) {
		struct pool_sums *a = &s->pool[i];
		const struct pool_sums *b = &from->pool[i];

		*a = (struct pool_sums){ a->busy + b->busy, a->duty + b->duty, a->open + b->open, a->over + b->over,
			most(a->longest, b->longest), a->backlog + b->backlog };
	}
	for (size_t i = 0; i < s->counter_count; i++) {
		struct counter_sums *a = &s->counter[i];
		const struct counter_sums *b = &from->counter[i];

		*a = (struct counter_sums){ a->comings + b->comings, a->open + b->open, most(a->longest, b->longest) };
	}
}

static void merge_waits(struct wait_sums *a, const struct wait_sums *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		a[i] = (struct wait_sums){ a[i].begun + b[i].begun, a[i].wait + b[i].wait, most(a[i].max, b[i].max), a[i].lost + b[i].lost };
}

static void merge_hours(struct sums *s, const struct sums *from)
{
	for (size_t i = 0; i < BPR_SIM_HOURS; i++) {
		s->hour[i].minutes += from->hour[i].minutes;
		s->hour[i].arrivals += from->hour[i].arrivals;
		s->hour[i].present += from->hour[i].present;
	}
	for (size_t i = 0; i < s->pool_count * BPR_SIM_HOURS; i++) {
		s->duty_hour[i].busy += from->duty_hour[i].busy;
		s->duty_hour[i].duty += from->duty_hour[i].duty;
	}
	merge_waits(s->pool_hour, from->pool_hour, s->pool_count * BPR_SIM_HOURS);
	merge_waits(s->counter_hour, from->counter_hour, s->counter_count * BPR_SIM_HOURS);
}

bool bpr_i_sums_merge(struct sums *s, const struct sums *from)
{
	bool ok = true;

	for (size_t i = 0; i < s->columns->count; i++) {
		bpr_i_moments_merge(&s->moments[i], &from->moments[i]);
		bpr_i_sketch_merge(&s->values[i], &from->values[i]);
		ok = ok && !s->values[i].failed;
	}
	for (size_t i = 0; i < s->node_count; i++) {
		bpr_i_sketch_merge(&s->node_waits[i], &from->node_waits[i]);
		ok = ok && !s->node_waits[i].failed;
	}
	merge_places(s, from);
	merge_hours(s, from);
	for (size_t i = 0; i < BPR_SIM_LIMITS; i++)
		s->limit[i] = (struct limit_sums){ s->limit[i].kept + from->limit[i].kept, s->limit[i].of + from->limit[i].of };
	s->arrived += from->arrived;
	s->finished += from->finished;
	s->cases += from->cases;
	s->abandoned += from->abandoned;
	s->events += from->events;
	s->unfinished += from->unfinished;
	s->days += from->days;
	s->minutes += from->minutes;
	s->warmup += from->warmup;
	return ok;
}

void bpr_i_sums_release(struct sums *s)
{
	for (size_t i = 0; s->columns && i < s->columns->count; i++)
		bpr_i_sketch_release(&s->values[i]);
	for (size_t i = 0; s->node_waits && i < s->node_count; i++)
		bpr_i_sketch_release(&s->node_waits[i]);
	bpr_i_free(s->node_waits);
	bpr_i_free(s->node);
	bpr_i_free(s->pool);
	bpr_i_free(s->counter);
	bpr_i_free(s->pool_hour);
	bpr_i_free(s->duty_hour);
	bpr_i_free(s->counter_hour);
	memset(s, 0, sizeof(*s));
}
