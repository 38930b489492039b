/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the frozen flow to the flat arrays of the engine. */
#include "config.h"
#include "simulate/reach_i.h"
#include "base/alloc_i.h"
#include <math.h>
#include <string.h>

struct run_memory { struct bpr_arena arena; };

static void *take(struct run_plan *plan, size_t count, size_t size)
{
	return bpr_i_arena_alloc(&plan->memory->arena, count ? count : 1, size);
}

static uint32_t index_of(size_t index)
{
	return index == BPR_NONE ? RUN_NONE : (uint32_t)index;
}

/* A boundary event that goes by the clock: how long it takes is said, how often it happens is not. */
static bool is_timer(const struct bpr_node *event)
{
	return !(event->prob > 0) && event->wait && (!event->trigger || strcmp(event->trigger, "timer") == 0);
}

/* ---- nodes ---- */

static bool staffed(const struct run_plan *plan, const struct bpr_node *node)
{
	for (size_t i = 0; i < node->need_count; i++)
		if (bpr_flow_pool(plan->flow, node->needs[i].pool)->count)
			return true;
	return false;
}

static uint32_t work_traits(const struct run_plan *plan, const struct bpr_node *node)
{
	uint32_t t = 0;
	bool staff = staffed(plan, node);

	if (bpr_node_is_step(node))
		t |= RUN_STEP;
	if (node->work || node->need_count)
		t |= RUN_WORK;
	if (node->wait && node->host == BPR_NONE) /* the wait of a boundary timer is the time until it strikes */
		t |= RUN_WAIT;
	if (node->wait && node->host != BPR_NONE && !is_timer(node))
		t |= RUN_WAIT;
	if (staff)
		t |= RUN_NEEDS;
	else if (node->work && node->actor == BPR_ACTOR_STAFF && plan->closes)
		t |= RUN_OFFICE;
	if (node->batch > 1)
		t |= RUN_BATCH;
	if (node->patience)
		t |= RUN_PATIENCE;
	if (node->counter != BPR_NONE && (t & RUN_STEP) &&
	    (plan->closes || bpr_flow_counter(plan->flow, node->counter)->open.rule_count || bpr_flow_counter(plan->flow, node->counter)->seats))
		t |= RUN_AT_COUNTER;
	if (plan->options.closing == BPR_CLOSING_SERVE && (node->away || (node->counter != BPR_NONE && (t & RUN_STEP))))
		t |= RUN_BUILDING;
	return t;
}

/* Tokens of a scope leave it together, also those that come to its exit one after the other over the same arc. */
static bool gathers(const struct run_plan *plan, size_t node, const struct bpr_node *n)
{
	return n->scope != BPR_NONE && plan->scope[n->scope].exit == node;
}

static uint32_t way_traits(const struct run_plan *plan, size_t at, const struct bpr_node *node, size_t in_count)
{
	uint32_t t = 0;

	if (in_count > 1 || gathers(plan, at, node))
		t |= node->join == BPR_JOIN_AND ? RUN_JOIN_AND : node->join == BPR_JOIN_OR ? RUN_JOIN_OR : 0;
	if (node->out_count > 1)
		t |= node->split == BPR_SPLIT_AND ? RUN_SPLIT_AND : node->split == BPR_SPLIT_OR ? RUN_SPLIT_OR : RUN_CHOICE;
	if (!node->out_count)
		t |= RUN_END;
	if (node->terminate)
		t |= RUN_TERMINATE;
	if (node->repeat > 1)
		t |= RUN_REPEAT;
	if (node->loop_prob > 0)
		t |= RUN_LOOP;
	if (node->silent)
		t |= RUN_SILENT;
	if (node->scope != BPR_NONE && plan->scope[node->scope].repeat > 1) {
		t |= plan->scope[node->scope].entry == at ? RUN_ENTRY : 0;
		t |= plan->scope[node->scope].exit == at ? RUN_EXIT : 0;
	}
	return t;
}

static uint32_t add_sampler(struct run_plan *plan, const struct bpr_dist *dist)
{
	if (!dist)
		return RUN_NONE;
	plan->sampler[plan->sampler_count] = bpr_i_run_sampler(dist);
	return (uint32_t)plan->sampler_count++;
}

static void add_needs(struct run_plan *plan, struct run_node *to, const struct bpr_node *node, size_t *at)
{
	to->first_need = (uint32_t)*at;
	to->pool = RUN_NONE;
	for (size_t i = 0; i < node->need_count; i++) {
		if (!bpr_flow_pool(plan->flow, node->needs[i].pool)->count)
			continue;
		plan->need[(*at)++] = (struct run_need){ (uint32_t)node->needs[i].pool, (uint32_t)node->needs[i].count };
	}
	to->need_count = (uint32_t)*at - to->first_need;
	if (to->need_count == 1 && plan->need[to->first_need].count == 1)
		to->pool = plan->need[to->first_need].pool;
}

static void add_nodes(struct run_plan *plan)
{
	size_t need = 0, cut = 0;

	for (size_t i = 0; i < plan->node_count; i++) {
		const struct bpr_node *node = bpr_flow_node(plan->flow, i);
		struct run_node *to = &plan->node[i];
		size_t in_count;

		(void)bpr_flow_arcs_in(plan->flow, i, &in_count);
		to->traits = work_traits(plan, node) | way_traits(plan, i, node, in_count);
		to->work = add_sampler(plan, node->work);
		to->wait = add_sampler(plan, node->wait);
		to->patience = add_sampler(plan, node->patience);
		to->first_out = (uint32_t)node->first_out;
		to->out_count = (uint32_t)node->out_count;
		to->in_count = (uint32_t)in_count;
		to->counter = index_of(node->counter);
		to->scope = index_of(node->scope);
		to->stream = (uint32_t)(i * RUN_PURPOSES);
		to->repeat = node->repeat < UINT32_MAX ? (uint32_t)node->repeat : UINT32_MAX;
		to->repeat_parallel = node->repeat_parallel;
		to->priority = (float)node->priority;
		to->loop_prob = node->loop_prob;
		to->normal = 1;
		add_needs(plan, to, node, &need);
		if (node->terminate) {
			to->cut = (uint32_t)cut;
			plan->cut[cut++] = bpr_i_scope_cut(plan, i);
		}
	}
}

/* ---- ways on ---- */

static void add_choice(struct run_plan *plan, const struct bpr_node *node)
{
	double sum = 0, before = 0;
	size_t last = 0;

	for (size_t k = 0; k < node->out_count; k++) {
		double p = bpr_flow_arc(plan->flow, node->first_out + k)->prob;

		sum += p;
		last = p > 0 ? k : last;
	}
	for (size_t k = 0; k < node->out_count; k++) {
		before += bpr_flow_arc(plan->flow, node->first_out + k)->prob;
		/* Rounding at the end of the shares never takes a way that has none. */
		plan->arc_until[node->first_out + k] = k >= last ? 2 : sum > 0 ? before / sum : 0;
	}
}

static void add_arcs(struct run_plan *plan)
{
	for (size_t i = 0; i < plan->arc_count; i++)
		plan->arc_to[i] = (uint32_t)bpr_flow_arc(plan->flow, i)->to;
	for (size_t i = 0; i < plan->node_count; i++) {
		const struct bpr_node *node = bpr_flow_node(plan->flow, i);
		double any = 0;

		if (node->split == BPR_SPLIT_XOR) {
			add_choice(plan, node);
			continue;
		}
		for (size_t k = node->out_count; k-- > 0;) {
			double p = node->split == BPR_SPLIT_AND ? 1 : bpr_flow_arc(plan->flow, node->first_out + k)->prob;

			any = p + (1 - p) * any;
			plan->arc_until[node->first_out + k] = p;
			plan->arc_any[node->first_out + k] = any > 0 ? p / any : 1;
		}
	}
}

/* 0: interrupts by probability; 1: starts a path by probability; 2: by the clock; 3: never happens. */
static int edge_class(const struct bpr_node *event)
{
	return event->prob > 0 ? event->interrupting ? 0 : 1 : is_timer(event) ? 2 : 3;
}

/* On a step; or on the silent node behind the exit of a sub-process, whose clock starts at the entry. */
static void add_timer(struct run_plan *plan, size_t host)
{
	for (size_t i = 0; i < plan->scope_count; i++) {
		struct run_scope *s = &plan->scope[i];
		const struct bpr_node *exit = s->entry == RUN_NONE || s->exit == RUN_NONE ? NULL : bpr_flow_node(plan->flow, s->exit);

		if (!exit || exit->out_count != 1 || bpr_flow_arc(plan->flow, exit->first_out)->to != host || !(plan->node[host].traits & RUN_SILENT))
			continue;
		s->timed = (uint32_t)host;
		plan->node[s->entry].traits |= RUN_CLOCK_ON;
		plan->node[host].traits |= RUN_CLOCK_OFF;
		return;
	}
	plan->node[host].traits |= RUN_TIMED;
}

static void add_edges(struct run_plan *plan)
{
	uint32_t at = 0;

	for (size_t i = 0; i < plan->node_count; i++) {
		size_t count;
		const size_t *events = bpr_flow_boundary(plan->flow, i, &count);
		double leave = 0;

		plan->host_first[i] = plan->host_spawn[i] = plan->host_timer[i] = at;
		for (int pass = 0; pass < 3; pass++)
			for (size_t k = 0; k < count; k++) {
				const struct bpr_node *event = bpr_flow_node(plan->flow, events[k]);

				if (edge_class(event) != pass)
					continue;
				plan->host_event[at++] = (uint32_t)events[k];
				if (pass == 2)
					add_timer(plan, i);
				else
					plan->node[i].traits |= RUN_BOUNDARY;
				leave += pass == 0 ? event->prob : 0;
				plan->host_spawn[i] += pass < 1;
				plan->host_timer[i] += pass < 2;
			}
		plan->node[i].normal = leave < 1 ? 1 - leave : 0;
	}
	plan->host_first[plan->node_count] = at;
}

static void add_starts(struct run_plan *plan)
{
	double sum = 0, before = 0;

	for (size_t i = 0; i < plan->node_count; i++) {
		const struct bpr_node *node = bpr_flow_node(plan->flow, i);

		if (node->kind != BPR_NODE_START || node->scope != BPR_NONE || !(node->prob > 0))
			continue;
		plan->start[plan->start_count] = (uint32_t)i;
		plan->start_until[plan->start_count++] = sum += node->prob;
	}
	for (size_t i = 0; i < plan->start_count; i++) {
		before = plan->start_until[i] / sum;
		plan->start_until[i] = i + 1 == plan->start_count ? 2 : before;
	}
}

/* One token a case, wherever it goes: nothing of the bookkeeping for several is needed. */
static bool is_single(const struct run_plan *plan)
{
	static const uint32_t several = RUN_SPLIT_AND | RUN_SPLIT_OR | RUN_TIMED | RUN_CLOCK_ON | RUN_ENTRY | RUN_TERMINATE | RUN_JOINS;

	for (size_t i = 0; i < plan->node_count; i++)
		if (plan->node[i].traits & several || plan->host_spawn[i] < plan->host_timer[i] ||
		    (plan->node[i].traits & RUN_REPEAT && plan->node[i].repeat_parallel))
			return false;
	return true;
}

static void add_streams(struct run_plan *plan)
{
	for (size_t i = 0; i < plan->node_count; i++) {
		const char *id = bpr_flow_node(plan->flow, i)->id;
		uint64_t key = bpr_i_hash(BPR_I_HASH_START, id, strlen(id));

		for (size_t k = 0; k < RUN_PURPOSES; k++)
			plan->stream_key[i * RUN_PURPOSES + k] = key;
	}
	for (size_t k = 0; k < RUN_PURPOSES; k++)
		plan->stream_key[plan->node_count * RUN_PURPOSES + k] = bpr_i_hash(BPR_I_HASH_START, "arrivals", 8);
}

/* ---- the whole ---- */

static size_t need_count(const bpr_flow *flow, size_t node_count, size_t *cuts)
{
	size_t count = 0;

	*cuts = 0;
	for (size_t i = 0; i < node_count; i++) {
		count += bpr_flow_node(flow, i)->need_count;
		*cuts += bpr_flow_node(flow, i)->terminate;
	}
	return count;
}

static bool allocate(struct run_plan *plan)
{
	size_t n = plan->node_count, m = plan->arc_count, cuts, needs = need_count(plan->flow, n, &cuts);

	plan->stream_count = (n + 1) * RUN_PURPOSES;
	return (plan->node = take(plan, n, sizeof(*plan->node))) && (plan->arc_to = take(plan, m, sizeof(*plan->arc_to))) &&
	       (plan->arc_until = take(plan, m, sizeof(double))) && (plan->arc_any = take(plan, m, sizeof(double))) &&
	       (plan->scope = take(plan, plan->scope_count, sizeof(*plan->scope))) && (plan->cut = take(plan, cuts, sizeof(*plan->cut))) &&
	       (plan->need = take(plan, needs, sizeof(*plan->need))) && (plan->sampler = take(plan, 3 * n, sizeof(*plan->sampler))) &&
	       (plan->start = take(plan, n, sizeof(*plan->start))) && (plan->start_until = take(plan, n, sizeof(double))) &&
	       (plan->host_first = take(plan, n + 1, sizeof(uint32_t))) && (plan->host_event = take(plan, n, sizeof(uint32_t))) &&
	       (plan->host_spawn = take(plan, n, sizeof(uint32_t))) && (plan->host_timer = take(plan, n, sizeof(uint32_t))) &&
	       (plan->stream_key = take(plan, plan->stream_count, sizeof(uint64_t)));
}

/* What a boundary event sits on, as people know it: of a sub-process its own id. */
static const char *host_id(const struct run_plan *plan, size_t host)
{
	for (size_t i = 0; i < plan->scope_count; i++)
		if (plan->scope[i].timed == host)
			return bpr_flow_scope(plan->flow, i)->id;
	return bpr_flow_node(plan->flow, host)->id;
}

/* Boundary timers are news to who knows the exact figures, where they never happen. */
static bool tell_timers(const struct run_plan *plan, bpr_problems *problems)
{
	for (size_t i = 0; i < plan->node_count; i++)
		for (size_t k = plan->host_timer[i]; k < plan->host_first[i + 1]; k++) {
			const struct bpr_node *event = bpr_flow_node(plan->flow, plan->host_event[k]);
			const struct bpr_place place = { bpr_flow_source(plan->flow), event->line, 0, event->id };

			if (!bpr_i_problem(problems, BPR_I_V012, &place, false, event->id, host_id(plan, i), NULL, NULL))
				return false;
		}
	return true;
}

static bpr_status build(struct run_plan *plan, bpr_problems *problems, struct bpr_error *err)
{
	bpr_status status;

	plan->node_count = bpr_flow_node_count(plan->flow);
	plan->arc_count = bpr_flow_arc_count(plan->flow);
	plan->pool_count = bpr_flow_pool_count(plan->flow);
	plan->counter_count = bpr_flow_counter_count(plan->flow);
	plan->scope_count = bpr_flow_scope_count(plan->flow);
	if (plan->node_count >= UINT32_MAX / 64 || plan->arc_count >= UINT32_MAX / 64)
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_V013, NULL, 0, "67108863", NULL);
	status = bpr_calendar_new(plan->flow, &plan->options.calendar, &plan->calendar_own, err);
	if (status != BPR_OK)
		return status;
	plan->calendar = plan->calendar_own;
	plan->closes = !bpr_calendar_always_open(plan->calendar);
	if (!allocate(plan))
		return bpr_i_nomem(err);
	bpr_i_scope_plan(plan);
	add_nodes(plan);
	add_arcs(plan);
	add_edges(plan);
	add_starts(plan);
	add_streams(plan);
	plan->single = is_single(plan);
	if (!plan->start_count)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_A014, NULL, 0, NULL, NULL);
	if (!tell_timers(plan, problems))
		return bpr_i_nomem(err);
	return bpr_i_reach_plan(plan, err);
}

/* Nodes that quick.c knows: asked for once staff_plan.c has said which pools are fast. */
static void add_plain(struct run_plan *plan)
{
	static const uint32_t more = RUN_WAIT | RUN_REPEAT | RUN_TIMED | RUN_BATCH | RUN_PATIENCE | RUN_JOINS | RUN_ENTRY | RUN_EXIT | RUN_LOOP |
		RUN_CLOCK_ON | RUN_CLOCK_OFF | RUN_BOUNDARY | RUN_TERMINATE | RUN_SPLIT_AND | RUN_SPLIT_OR | RUN_END | RUN_BUILDING;

	for (size_t i = 0; i < plan->node_count; i++)
		if ((plan->node[i].traits & (RUN_FAST | RUN_STEP)) == (RUN_FAST | RUN_STEP) && !(plan->node[i].traits & more))
			plan->node[i].traits |= RUN_PLAIN;
}

bpr_status bpr_i_run_plan_new(const bpr_flow *flow, const struct bpr_sim_options *options, struct run_plan **out, bpr_problems *problems,
			      struct bpr_error *err)
{
	struct run_plan *plan = bpr_i_calloc(1, sizeof(*plan));
	bpr_status status;

	*out = NULL;
	if (!plan || !(plan->memory = bpr_i_calloc(1, sizeof(*plan->memory)))) {
		bpr_i_free(plan);
		return bpr_i_nomem(err);
	}
	plan->flow = flow;
	plan->options = *options;
	status = build(plan, problems, err);
	if (status == BPR_OK)
		status = bpr_i_arrive_plan(plan, problems, err);
	if (status == BPR_OK)
		status = bpr_i_staff_plan(plan, problems, err);
	if (status == BPR_OK) {
		add_plain(plan);
		status = bpr_i_record_plan(plan, err);
	}
	if (status != BPR_OK) {
		bpr_i_run_plan_free(plan);
		return status;
	}
	*out = plan;
	return BPR_OK;
}

void bpr_i_run_plan_free(struct run_plan *plan)
{
	if (!plan)
		return;
	bpr_i_record_plan_free(plan);
	bpr_i_staff_plan_free(plan);
	bpr_i_arrive_plan_free(plan);
	bpr_i_reach_plan_free(plan);
	bpr_calendar_free(plan->calendar_own);
	bpr_i_arena_release(&plan->memory->arena);
	bpr_i_free(plan->memory);
	bpr_i_free(plan);
}
