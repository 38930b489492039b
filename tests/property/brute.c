/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "property/brute.h"
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#define MAX_TOKENS 24
#define MAX_FIELDS 16

struct token {
	double time;
	uint16_t where;
	bool enters;            /* into node `where`; else it is on arc `where` */
	uint64_t last;          /* the steps that had it last, as bits of nodes */
};

/* Everything about a run so far; copied where it forks. */
struct run {
	double prob;
	struct token pending[MAX_TOKENS]; int pending_count; /* the last one moves next */
	struct token waiting[MAX_TOKENS]; int waiting_count; /* where: the arc; in order of coming */
	int place;
	bool overflow;          /* more tokens than this test holds: the run counts as lost */
	double x[BPR_METRIC_COUNT], lead;
	uint16_t executions[BRUTE_NODES], arcs[BRUTE_ARCS];
	double field[MAX_FIELDS];
	unsigned counters;
	uint16_t handoff[BRUTE_UNITS][BRUTE_UNITS];
};

struct brute {
	const bpr_flow *flow;
	double cutoff;
	size_t max_runs;
	struct brute_result *out;
	bool without[BRUTE_NODES], around[BRUTE_NODES][BRUTE_NODES]; /* what is reached without passing a node */
};

static void step_on(struct brute *b, struct run *r);
static void stopped(struct brute *b, struct run *r);

static size_t in_count(const struct brute *b, size_t node)
{
	size_t count;

	(void)bpr_flow_arcs_in(b->flow, node, &count);
	return count;
}

static bool walkable(const struct brute *b, size_t arc)
{
	return bpr_flow_arc(b->flow, arc)->prob > 0;
}

/* Is there a way from a start to the node that does not pass `without`? */
static void flood(const struct brute *b, size_t from, size_t without, bool *seen)
{
	const struct bpr_node *node = bpr_flow_node(b->flow, from);
	size_t count;
	const size_t *events = bpr_flow_boundary(b->flow, from, &count);

	if (from == without || seen[from])
		return;
	seen[from] = true;
	for (size_t i = 0; i < node->out_count; i++)
		if (walkable(b, node->first_out + i))
			flood(b, bpr_flow_arc(b->flow, node->first_out + i)->to, without, seen);
	for (size_t i = 0; i < count; i++)
		if (bpr_flow_node(b->flow, events[i])->prob > 0)
			flood(b, events[i], without, seen);
}

static bool dominates(struct brute *b, size_t above, size_t node)
{
	if (!b->without[above]) {
		b->without[above] = true;
		for (size_t i = 0; i < bpr_flow_node_count(b->flow); i++)
			if (bpr_flow_node(b->flow, i)->kind == BPR_NODE_START)
				flood(b, i, above, b->around[above]);
	}
	return !b->around[above][node];
}

/* Depth first over everything that can be taken, but not back to the head of a loop around the join, nor through the join. */
static bool can_get(struct brute *b, size_t from, size_t to, bool *seen)
{
	const struct bpr_node *node = bpr_flow_node(b->flow, from);
	size_t count;
	const size_t *events = bpr_flow_boundary(b->flow, from, &count);

	if (from == to)
		return true;
	if (seen[from])
		return false;
	seen[from] = true;
	for (size_t i = 0; i < node->out_count; i++) {
		size_t next = bpr_flow_arc(b->flow, node->first_out + i)->to;
		bool back = dominates(b, next, from) && dominates(b, next, to);

		if (walkable(b, node->first_out + i) && !back && can_get(b, next, to, seen))
			return true;
	}
	for (size_t i = 0; i < count; i++)
		if (bpr_flow_node(b->flow, events[i])->prob > 0 && can_get(b, events[i], to, seen))
			return true;
	return false;
}

static void push(struct run *r, struct token t)
{
	if (r->pending_count < MAX_TOKENS)
		r->pending[r->pending_count++] = t;
	else
		r->overflow = true;
}

/* ---- a step is done ---- */

static void count_step(struct brute *b, struct run *r, size_t index, struct token *t)
{
	const struct bpr_node *node = bpr_flow_node(b->flow, index);
	bool gateway = node->kind == BPR_NODE_XOR || node->kind == BPR_NODE_AND || node->kind == BPR_NODE_OR;
	bool step = (node->kind == BPR_NODE_TASK || node->kind == BPR_NODE_EVENT) && !node->silent;

	r->executions[index]++;
	r->x[BPR_METRIC_STEPS] += step;
	r->x[BPR_METRIC_REVISITS] += step && r->executions[index] > 1;
	r->x[BPR_METRIC_SEALS] += node->seals;
	r->x[BPR_METRIC_ID_CHECKS] += node->id_checks;
	r->x[BPR_METRIC_COPIES] += node->copies;
	r->x[BPR_METRIC_ANALOGUE_STEPS] += step && node->rules;
	r->x[BPR_METRIC_COST_YEN] += node->cost;
	r->x[BPR_METRIC_WORK_MINUTES] += node->actor == BPR_ACTOR_STAFF ? bpr_dist_mean(node->work) : 0;
	if (node->actor == BPR_ACTOR_CITIZEN || (node->actor == BPR_ACTOR_STAFF && node->counter != BPR_NONE))
		r->x[BPR_METRIC_CITIZEN_MINUTES] += bpr_dist_mean(node->work);
	t->time += bpr_dist_mean(node->work) + bpr_dist_mean(node->wait);
	if (node->kind == BPR_NODE_END && node->outcome == BPR_OUTCOME_INCOMPLETE)
		r->x[BPR_METRIC_INCOMPLETE] = 1;
	for (size_t i = 0; i < node->write_count; i++) {
		const struct bpr_form *form = bpr_flow_form(b->flow, node->writes[i]);

		r->x[BPR_METRIC_FORMS_WRITTEN]++;
		for (size_t k = 0; k < form->field_count; k++)
			if (!form->fields[k].prefilled) {
				r->x[BPR_METRIC_FIELDS_WRITTEN] += form->fields[k].times;
				r->field[form->fields[k].field] += form->fields[k].times;
			}
	}
	if (!gateway && node->counter != BPR_NONE) {
		int here = (int)node->counter + 1;

		r->counters |= 1u << node->counter;
		r->x[BPR_METRIC_COUNTER_VISITS] += r->place != here;
		r->x[BPR_METRIC_TRIPS] += r->place == 0;
		r->x[BPR_METRIC_BUILDING_MOVES] += r->place != 0 && strcmp(bpr_flow_counter(b->flow, (size_t)r->place - 1)->building,
									   bpr_flow_counter(b->flow, node->counter)->building) != 0;
		r->place = here;
	}
	if (!gateway && node->away)
		r->place = 0;
	if (step && node->unit != BPR_NONE) {
		for (size_t i = 0; i < bpr_flow_node_count(b->flow); i++) {
			size_t unit = bpr_flow_node(b->flow, i)->unit;

			if (!(t->last >> i & 1) || unit == node->unit)
				continue;
			r->x[BPR_METRIC_HANDOFFS]++;
			r->handoff[unit][node->unit]++;
		}
		t->last = (uint64_t)1 << index;
	}
}

/* ---- where it goes ---- */

static void over(struct brute *b, struct run *r, size_t arc, struct token t)
{
	t.enters = false;
	t.where = (uint16_t)arc;
	(void)b;
	push(r, t);
}

/* Non-interrupting events in every combination; the first of them lies on top, the branch itself under them. */
static void spawn(struct brute *b, const struct run *before, size_t index, struct token t, size_t k, int kept, bool ended)
{
	size_t count;
	const size_t *events = bpr_flow_boundary(b->flow, index, &count);
	struct run r = *before;
	struct token e = t;
	double p;

	while (k < count && (bpr_flow_node(b->flow, events[k])->interrupting || !(bpr_flow_node(b->flow, events[k])->prob > 0)))
		k++;
	if (k == count) {
		if (ended && r.pending_count == kept)
			stopped(b, &r);
		else
			step_on(b, &r);
		return;
	}
	p = bpr_flow_node(b->flow, events[k])->prob;
	r.prob = before->prob * (1 - p);
	if (p < 1)
		spawn(b, &r, index, t, k + 1, kept, ended);
	r = *before;
	r.prob = before->prob * p;
	e.enters = true;
	e.where = (uint16_t)events[k];
	if (r.pending_count == MAX_TOKENS) {
		b->out->lost += r.prob;
		return;
	}
	memmove(&r.pending[kept + 1], &r.pending[kept], (size_t)(r.pending_count - kept) * sizeof(r.pending[0]));
	r.pending[kept] = e;
	r.pending_count++;
	spawn(b, &r, index, t, k + 1, kept, ended);
}

static void or_split(struct brute *b, const struct run *before, size_t index, struct token t)
{
	const struct bpr_node *node = bpr_flow_node(b->flow, index);
	double none = 1;

	for (size_t i = 0; i < node->out_count; i++)
		none *= 1 - bpr_flow_arc(b->flow, node->first_out + i)->prob;
	for (unsigned set = 1; set < 1u << node->out_count; set++) {
		struct run r = *before;
		double p = 1 / (1 - none);

		for (size_t i = node->out_count; i-- > 0;) {
			double own = bpr_flow_arc(b->flow, node->first_out + i)->prob;

			p *= set >> i & 1 ? own : 1 - own;
			if (set >> i & 1)
				over(b, &r, node->first_out + i, t);
		}
		r.prob *= p;
		if (p > 0)
			spawn(b, &r, index, t, 0, r.pending_count, false);
	}
}

static void go_out(struct brute *b, struct run *r, size_t index, struct token t)
{
	const struct bpr_node *node = bpr_flow_node(b->flow, index);

	if (node->out_count > 1 && node->split == BPR_SPLIT_OR) {
		or_split(b, r, index, t);
		return;
	}
	if (node->out_count > 1 && node->split == BPR_SPLIT_XOR) {
		for (size_t i = 0; i < node->out_count; i++) {
			struct run fork = *r;

			fork.prob *= bpr_flow_arc(b->flow, node->first_out + i)->prob;
			over(b, &fork, node->first_out + i, t);
			spawn(b, &fork, index, t, 0, fork.pending_count, false);
		}
		return;
	}
	for (size_t i = node->out_count; i-- > 0;)
		over(b, r, node->first_out + i, t);
	if (!node->out_count)
		r->lead = fmax(r->lead, t.time);
	spawn(b, r, index, t, 0, r->pending_count, !node->out_count);
}

static void do_node(struct brute *b, struct run *r, size_t index, struct token t)
{
	const struct bpr_node *node = bpr_flow_node(b->flow, index);
	size_t count;
	const size_t *events = bpr_flow_boundary(b->flow, index, &count);
	double normal = 1;
	struct run fork;

	if (!(r->prob > b->cutoff) || b->out->runs >= b->max_runs || r->overflow) {
		b->out->lost += r->prob;
		return;
	}
	for (size_t i = 0; i < node->repeat; i++)
		count_step(b, r, index, &t);
	if (node->loop_prob > 0) {
		fork = *r;
		fork.prob *= node->loop_prob;
		do_node(b, &fork, index, t);
		r->prob *= 1 - node->loop_prob;
	}
	for (size_t i = 0; i < count; i++)
		if (bpr_flow_node(b->flow, events[i])->interrupting && bpr_flow_node(b->flow, events[i])->prob > 0) {
			struct token e = t;

			e.enters = true;
			e.where = (uint16_t)events[i];
			fork = *r;
			fork.prob *= bpr_flow_node(b->flow, events[i])->prob;
			push(&fork, e);
			spawn(b, &fork, index, t, 0, fork.pending_count, false);
			normal -= bpr_flow_node(b->flow, events[i])->prob;
		}
	r->prob *= normal;
	if (r->prob > 0)
		go_out(b, r, index, t);
}

/* ---- joins ---- */

static void take(struct run *r, int at, struct token *into)
{
	into->last |= r->waiting[at].last;
	into->time = fmax(into->time, r->waiting[at].time);
	memmove(&r->waiting[at], &r->waiting[at + 1], (size_t)(r->waiting_count - at - 1) * sizeof(r->waiting[0]));
	r->waiting_count--;
}

static bool and_fires(struct brute *b, struct run *r, size_t join, struct token *out)
{
	size_t count;
	const size_t *in = bpr_flow_arcs_in(b->flow, join, &count);

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < count; i++) {
		int k = 0;

		while (k < r->waiting_count && r->waiting[k].where != in[i])
			k++;
		if (k == r->waiting_count)
			return false;
	}
	for (size_t i = 0; i < count; i++) {
		int k = 0;

		while (r->waiting[k].where != in[i])
			k++;
		take(r, k, out);
	}
	return true;
}

/* forced 0: nothing else can get there; 1: no other OR join with tokens can; 2: anyway. */
static bool or_fires(struct brute *b, struct run *r, size_t join, int forced)
{
	for (int i = 0; i < r->pending_count && !forced; i++) {
		bool seen[BRUTE_NODES] = { false };
		size_t at = r->pending[i].enters ? r->pending[i].where : bpr_flow_arc(b->flow, r->pending[i].where)->to;

		if (can_get(b, at, join, seen))
			return false;
	}
	for (int i = 0; i < r->waiting_count && forced < 2; i++) {
		bool seen[BRUTE_NODES] = { false };
		size_t at = bpr_flow_arc(b->flow, r->waiting[i].where)->to;

		if (at != join && (!forced || bpr_flow_node(b->flow, at)->join == BPR_JOIN_OR) && can_get(b, at, join, seen))
			return false;
	}
	return true;
}

static void finish(struct brute *b, struct run *r)
{
	struct brute_result *out = b->out;

	out->runs++;
	out->ends += r->prob;
	for (size_t i = 0; i < MAX_FIELDS; i++)
		r->x[BPR_METRIC_REPEATED_FIELDS] += r->field[i] > 0 ? r->field[i] - 1 : 0;
	for (unsigned c = r->counters; c; c &= c - 1)
		r->x[BPR_METRIC_DISTINCT_COUNTERS]++;
	r->x[BPR_METRIC_LEAD_MINUTES] = r->lead;
	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		size_t bin = r->x[m] < BRUTE_HIST - 1 ? (size_t)r->x[m] : BRUTE_HIST - 1;

		if (out->runs == 1)
			out->pivot[m] = r->x[m];
		out->sum[m] += r->prob * r->x[m];
		out->square[m] += r->prob * (r->x[m] - out->pivot[m]) * (r->x[m] - out->pivot[m]);
		out->hist[m][bin] += r->prob;
	}
	for (size_t i = 0; i < bpr_flow_node_count(b->flow); i++) {
		out->visits[i] += r->prob * r->executions[i];
		out->visits_square[i] += r->prob * r->executions[i] * r->executions[i];
		out->reach[i] += r->executions[i] ? r->prob : 0;
	}
	for (size_t i = 0; i < bpr_flow_arc_count(b->flow); i++)
		out->arcs[i] += r->prob * r->arcs[i];
	for (size_t u = 0; u < BRUTE_UNITS; u++)
		for (size_t v = 0; v < BRUTE_UNITS; v++)
			out->handoff[u][v] += r->prob * r->handoff[u][v];
}

/* The OR join with the lowest number that can go on, or BPR_NONE. */
static size_t next_or(struct brute *b, struct run *r, int forced)
{
	size_t best = BPR_NONE;

	for (int i = 0; i < r->waiting_count; i++) {
		size_t join = bpr_flow_arc(b->flow, r->waiting[i].where)->to;

		if (bpr_flow_node(b->flow, join)->join == BPR_JOIN_OR && join < best && or_fires(b, r, join, forced))
			best = join;
	}
	return best;
}

/* A token waits or has ended: an OR join that nothing more can get to goes first, then the next branch as written. */
static void stopped(struct brute *b, struct run *r)
{
	for (int forced = 0; forced < 3; forced++) {
		size_t join = next_or(b, r, forced);

		if (join != BPR_NONE) {
			struct token t;

			memset(&t, 0, sizeof(t));
			for (int k = r->waiting_count; k-- > 0;)
				if (bpr_flow_arc(b->flow, r->waiting[k].where)->to == join)
					take(r, k, &t);
			do_node(b, r, join, t);
			return;
		}
		if (r->pending_count) {
			step_on(b, r);
			return;
		}
	}
	if (r->waiting_count)
		b->out->deadlock = true;
	else
		finish(b, r);
}

static void step_on(struct brute *b, struct run *r)
{
	struct token t;
	size_t to;

	if (!(r->prob > b->cutoff) || b->out->runs >= b->max_runs || r->overflow) {
		b->out->lost += r->prob;
		return;
	}
	if (!r->pending_count) {
		stopped(b, r);
		return;
	}
	t = r->pending[--r->pending_count];
	to = t.where;
	if (!t.enters) {
		r->arcs[t.where]++;
		to = bpr_flow_arc(b->flow, t.where)->to;
		if (bpr_flow_node(b->flow, to)->join != BPR_JOIN_XOR && in_count(b, to) > 1) {
			if (r->waiting_count == MAX_TOKENS) {
				b->out->lost += r->prob;
				return;
			}
			r->waiting[r->waiting_count++] = t;
			if (bpr_flow_node(b->flow, to)->join == BPR_JOIN_OR || !and_fires(b, r, to, &t)) {
				stopped(b, r);
				return;
			}
		}
	}
	do_node(b, r, to, t);
}

void brute_force(const bpr_flow *flow, double cutoff, size_t max_runs, struct brute_result *out)
{
	struct brute b = { .flow = flow, .cutoff = cutoff, .max_runs = max_runs, .out = out };

	memset(out, 0, sizeof(*out));
	assert(bpr_flow_node_count(flow) <= BRUTE_NODES && bpr_flow_arc_count(flow) <= BRUTE_ARCS);
	assert(bpr_flow_unit_count(flow) <= BRUTE_UNITS && bpr_flow_field_count(flow) <= MAX_FIELDS);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		struct run r;
		struct token t = { .enters = true, .where = (uint16_t)i };

		if (bpr_flow_node(flow, i)->kind != BPR_NODE_START || !(bpr_flow_node(flow, i)->prob > 0))
			continue;
		memset(&r, 0, sizeof(r));
		r.prob = bpr_flow_node(flow, i)->prob;
		push(&r, t);
		step_on(&b, &r);
	}
}
