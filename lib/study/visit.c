/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One visit from door to door: parts by step, held against the figures that are known of the whole. */
#include "config.h"
#include "study/visit_i.h"
#include <math.h>

struct work {
	struct bpr_arena *arena;
	const struct bpr_visit_source *s;
	struct bpr_visit *out;
	struct bpr_visit_order order;
	struct bpr_visit_places places;
	double *visits, *passages;
	struct bpr_visit_beside beside;
	size_t capacity;
};

/* Differences of this share are what a simulation draws, not what runs side by side. */
static const double NOISE = 0.02;

/* ---- how often ---- */

static void take_visits(struct work *w)
{
	const bpr_flow *flow = w->s->flow;
	const struct bpr_node_result *exact = w->s->analysis ? bpr_analysis_nodes(w->s->analysis) : NULL;
	const struct bpr_sim_node *sim = w->s->simulation ? bpr_simulation_nodes(w->s->simulation) : NULL;
	const double *arcs = w->s->analysis ? bpr_analysis_arcs(w->s->analysis) : NULL;

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		w->visits[i] = exact ? exact[i].visits : 0;
		if (sim && sim[i].visits.known)
			w->visits[i] = sim[i].visits.mean;
	}
	for (size_t i = 0; i < bpr_flow_arc_count(flow); i++) {
		const struct bpr_arc *arc = bpr_flow_arc(flow, i);
		double repeat = (double)bpr_flow_node(flow, arc->from)->repeat;

		w->passages[i] = arcs ? arcs[i] : w->visits[arc->from] / repeat * arc->prob;
	}
}

/* ---- parts ---- */

static void add(struct work *w, enum bpr_visit_kind kind, enum bpr_visit_time time, size_t node, double minutes)
{
	const struct bpr_node *n = bpr_flow_node(w->s->flow, node);
	struct bpr_visit_part *part = &w->out->parts[w->out->part_count];

	if (!(minutes > 0) || !isfinite(minutes) || w->out->part_count == w->capacity)
		return;
	*part = (struct bpr_visit_part){ kind, time, minutes, node, w->out->citizens ? n->counter : n->unit };
	w->out->part_count++;
}

static enum bpr_visit_kind kind_of(const struct work *w, const struct bpr_node *n)
{
	if (n->actor == BPR_ACTOR_CITIZEN) {
		if (n->write_count)
			return BPR_VISIT_WRITE;
		return bpr_i_visit_is_way(n) ? BPR_VISIT_WALK : BPR_VISIT_OWN;
	}
	if (!w->out->citizens)
		return BPR_VISIT_SERVICE;
	return n->actor == BPR_ACTOR_STAFF && n->counter != BPR_NONE ? BPR_VISIT_SERVICE : BPR_VISIT_WAIT;
}

static double walk_to(const bpr_flow *flow, size_t counter)
{
	const struct bpr_counter *c = counter == BPR_NONE ? NULL : bpr_flow_counter(flow, counter);

	if (!c)
		return 0;
	return c->walk_given ? c->walk_minutes : bpr_flow_demand(flow)->walk_minutes;
}

static double queue_at(const struct work *w, size_t node)
{
	const struct bpr_sim_node *sim = w->s->simulation ? &bpr_simulation_nodes(w->s->simulation)[node] : NULL;

	if (sim)
		return sim->wait.known ? sim->wait.mean * w->visits[node] : 0;
	if (w->out->basis != BPR_VISIT_FORMULA)
		return 0;
	return bpr_queueing_nodes(w->s->queueing)[node].known ? bpr_queueing_nodes(w->s->queueing)[node].wait_per_case
							      : 0;
}

static void add_step(struct work *w, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(w->s->flow, node);
	const struct bpr_sim_node *sim = w->s->simulation ? &bpr_simulation_nodes(w->s->simulation)[node] : NULL;
	double work = sim && sim->work.known ? sim->work.mean : bpr_dist_mean(n->work), done = w->visits[node];

	if (sim && sim->abandoned.known) /* who gives up is never served */
		done *= 1 - sim->abandoned.mean;

	if (w->out->citizens)
		add(w, BPR_VISIT_WALK, BPR_VISIT_OF_WALK, node,
		    w->places.walks[node] * walk_to(w->s->flow, n->counter));
	add(w, BPR_VISIT_WAIT, BPR_VISIT_OF_QUEUE, node, queue_at(w, node));
	add(w, BPR_VISIT_WAIT, BPR_VISIT_OF_PROCESS, node, done * bpr_dist_mean(n->wait));
	add(w, kind_of(w, n), BPR_VISIT_OF_WORK, node, done * work);
}

/* Comings to counters as the analysis (or the simulation) counts them; where places were not followed, before the first step there. */
static void hold_comings(struct work *w)
{
	const bpr_flow *flow = w->s->flow;

	for (size_t c = 0; c < bpr_flow_counter_count(flow); c++) {
		double sum = 0, known = w->s->analysis ? bpr_analysis_counters(w->s->analysis)[c].visits : 0;
		size_t first = BPR_NONE;

		if (w->s->simulation && bpr_simulation_counters(w->s->simulation)[c].visits.known)
			known = bpr_simulation_counters(w->s->simulation)[c].visits.mean;
		for (size_t i = 0; i < w->order.count; i++) {
			size_t node = w->order.nodes[i];

			if (bpr_flow_node(flow, node)->counter != c)
				continue;
			first = first == BPR_NONE ? node : first;
			sum += w->places.comings[node];
		}
		for (size_t i = 0; sum > 0 && known > 0 && i < w->order.count; i++)
			if (bpr_flow_node(flow, w->order.nodes[i])->counter == c)
				w->places.walks[w->order.nodes[i]] *= known / sum;
		for (size_t i = 0; w->places.moves && sum > 0 && known > 0 && i <= bpr_flow_counter_count(flow); i++)
			w->places.moves[i * (bpr_flow_counter_count(flow) + 1) + c] *= known / sum;
		if (!(sum > 0) && first != BPR_NONE)
			w->places.walks[first] = known;
	}
}

/* ---- held against the whole ---- */

static double sum_of(const struct work *w, unsigned times)
{
	double sum = 0;

	for (size_t i = 0; i < w->out->part_count; i++)
		if (times >> w->out->parts[i].time & 1u)
			sum += w->out->parts[i].minutes;
	return sum;
}

/* Takes off so much, in proportion, from the parts of those times that are inside and of those kinds; what is left to take off. */
static double shorten(struct work *w, unsigned times, unsigned kinds, bool inside, double minutes)
{
	double sum = 0, keep;

	for (size_t i = 0; i < w->out->part_count; i++) {
		const struct bpr_visit_part *p = &w->out->parts[i];

		if (times >> p->time & 1u && kinds >> p->kind & 1u && (!inside || w->beside.inside[p->node]))
			sum += p->minutes;
	}
	if (!(sum > 0) || !(minutes > 0))
		return minutes;
	keep = minutes < sum ? 1 - minutes / sum : 0;
	for (size_t i = 0; i < w->out->part_count; i++) {
		struct bpr_visit_part *p = &w->out->parts[i];

		if (times >> p->time & 1u && kinds >> p->kind & 1u && (!inside || w->beside.inside[p->node]))
			p->minutes *= keep;
	}
	return minutes < sum ? 0 : minutes - sum;
}

static void scale(struct work *w, unsigned times, double factor)
{
	for (size_t i = 0; i < w->out->part_count; i++)
		if (times >> w->out->parts[i].time & 1u)
			w->out->parts[i].minutes *= factor;
}

static bool any_beside(const struct work *w)
{
	bool any = false;

	for (size_t i = 0; i < w->out->part_count; i++)
		any = any || w->beside.inside[w->out->parts[i].node];
	return any;
}

/* What is known of the sum of some times of a case; parts beside longer branches give way, waiting first. */
static void hold(struct work *w, unsigned times, double known)
{
	const unsigned all = (1u << BPR_VISIT_KINDS) - 1;
	double sum = sum_of(w, times), over = sum - known, left;

	if (!isfinite(known) || !(sum > 0) || fabs(over) <= 1e-9 * sum)
		return;
	if (over > 0) {
		left = shorten(w, times, 1u << BPR_VISIT_WAIT, true, over);
		if (!w->out->citizens)
			left = shorten(w, times, all, true, left);
		w->out->aside += over - left;
		over = left;
		sum = sum_of(w, times);
	}
	/* what is left is chance where it is small, or waiting of those who gave up, which no served step has */
	if ((fabs(over) <= NOISE * sum && (w->s->simulation || w->out->sampled)) ||
	    (w->s->simulation && (times == 1u << BPR_VISIT_OF_QUEUE || !any_beside(w))))
		scale(w, times, (sum - over) / sum);
	else if (over > 0)
		w->out->twice += over;
	else if (w->out->part_count) /* waiting for others that no step names: a batch that fills */
		add(w, BPR_VISIT_WAIT, BPR_VISIT_OF_PROCESS, w->out->parts[w->out->part_count - 1].node, -over);
}

static void hold_simulated(struct work *w)
{
	static const struct {
		enum bpr_visit_time time;
		size_t key;
	} held[] = { { BPR_VISIT_OF_WORK, BPR_SIM_CYCLE_WORK },
		     { BPR_VISIT_OF_QUEUE, BPR_SIM_CYCLE_QUEUE },
		     { BPR_VISIT_OF_PROCESS, BPR_SIM_CYCLE_PROCESS } };
	const struct bpr_sim_figure *closed = bpr_simulation_figure(w->s->simulation, BPR_SIM_CYCLE_CLOSED);

	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++) {
		const struct bpr_sim_figure *f = bpr_simulation_figure(w->s->simulation, held[i].key);

		if (f->known)
			hold(w, 1u << held[i].time, f->mean);
	}
	w->out->closed = closed->known ? closed->mean : 0;
}

static void hold_whole(struct work *w)
{
	const struct bpr_figure *lead = w->s->analysis ? bpr_analysis_figure(w->s->analysis, BPR_METRIC_LEAD_MINUTES)
						       : NULL;

	if (w->s->simulation) {
		hold_simulated(w);
	} else if (lead && lead->method != BPR_METHOD_NONE) {
		w->out->sampled = lead->method == BPR_METHOD_SIMULATED;
		hold(w, 1u << BPR_VISIT_OF_WORK | 1u << BPR_VISIT_OF_PROCESS, lead->mean);
	}
}

/* What goes on while the citizen is not in the building is no part of the visit. */
static void leave_out_away(struct work *w)
{
	struct bpr_visit *v = w->out;
	size_t kept = 0;

	for (size_t i = 0; i < v->part_count; i++) {
		struct bpr_visit_part part = v->parts[i];
		double away = v->citizens && part.time != BPR_VISIT_OF_WALK ? w->places.away[part.node] * part.minutes
									    : 0;

		if (v->citizens && part.time == BPR_VISIT_OF_PROCESS &&
		    bpr_i_visit_waits_at_home(bpr_flow_node(w->s->flow, part.node)))
			away = part.minutes;

		v->away += away;
		part.minutes -= away;
		if (!(part.minutes > 0))
			continue;
		v->total += part.minutes;
		v->of[part.kind] += part.minutes;
		v->of_time[part.time] += part.minutes;
		v->parts[kept++] = part;
	}
	v->part_count = kept;
	v->known = v->total > 0;
}

/* ---- all of it ---- */

static void look(struct work *w)
{
	const bpr_flow *flow = w->s->flow;
	enum bpr_queue_method method = BPR_QUEUE_NONE;

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		w->out->citizens = w->out->citizens || (n->counter != BPR_NONE && w->visits[i] > 0);
		w->out->way_named = w->out->way_named || (w->visits[i] > 0 && bpr_i_visit_is_way(n));
	}
	if (w->s->simulation) {
		w->out->basis = BPR_VISIT_SIMULATED;
	} else if (w->s->queueing && bpr_queueing_known(w->s->queueing)) {
		(void)bpr_queueing_wait(w->s->queueing, &method);
		w->out->basis = method == BPR_QUEUE_NONE ? BPR_VISIT_ENDLESS : BPR_VISIT_FORMULA;
	}
}

bool bpr_i_visit(struct bpr_arena *arena, const struct bpr_visit_source *source, struct bpr_visit *out)
{
	size_t n = bpr_flow_node_count(source->flow);
	struct work w = { .arena = arena, .s = source, .out = out, .capacity = 4 * n + 4 };

	*out = (struct bpr_visit){ .parts = bpr_i_arena_alloc(arena, w.capacity, sizeof(*out->parts)) };
	w.visits = bpr_i_arena_alloc(arena, n + 1, sizeof(*w.visits));
	w.passages = bpr_i_arena_alloc(arena, bpr_flow_arc_count(source->flow) + 1, sizeof(*w.passages));
	if (!out->parts || !w.visits || !w.passages)
		return false;
	take_visits(&w);
	look(&w);
	if (!bpr_i_visit_order(arena, source->flow, &w.order) || !bpr_i_visit_beside(arena, source->flow, &w.beside) ||
	    !bpr_i_visit_places(arena, source->flow, w.visits, w.passages, &w.order, &w.beside, &w.places))
		return false;
	hold_comings(&w);
	out->moves = out->citizens ? w.places.moves : NULL;
	for (size_t i = 0; i < w.order.count; i++)
		if (w.visits[w.order.nodes[i]] > 0)
			add_step(&w, w.order.nodes[i]);
	hold_whole(&w);
	leave_out_away(&w);
	return true;
}
