/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The citizen on the way: what the moves of the token game mean for somebody who goes through them. */
#include "config.h"
#include <bpr/walk.h>
#include "analyse/guide_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "flow/dist_i.h"
#include <stdio.h>
#include <string.h>

#define MOST_NODES 10000

enum phase { PHASE_TURN, PHASE_ENTERED, PHASE_ARRIVED, PHASE_CHOICE, PHASE_OVER };
enum purpose { PURPOSE_WAY = 1, PURPOSE_TIME };

struct bpr_walk {
	const bpr_flow *flow;
	struct bpr_walk_options options;
	struct bpr_guide *guide;
	struct bpr_rng ways, times;
	struct bpr_walk_totals totals;
	enum phase phase;
	enum bpr_outcome outcome;
	size_t node;                    /* entered last, or BPR_NONE */
	size_t place;                   /* the citizen's counter, or BPR_NONE */
	size_t entered;
	size_t *visits;                 /* [node] executions so far */
	double *written;                /* [field] times so far */
	bool *been;                     /* [counter] */
	struct bpr_walk_way *way; size_t way_count, way_capacity;
	struct bpr_walk_event *story; size_t told, told_capacity;
};

bpr_status bpr_walk_new(const bpr_flow *flow, const struct bpr_walk_options *options, bpr_walk **out, struct bpr_error *err)
{
	struct bpr_walk *w = bpr_i_calloc(1, sizeof(*w));
	struct bpr_walk_options defaults = BPR_WALK_OPTIONS_INIT;
	bpr_status status = BPR_OK;

	*out = NULL;
	if (!w)
		return bpr_i_nomem(err);
	w->options = defaults;
	(void)bpr_i_options(&w->options, options);
	w->flow = flow;
	w->visits = bpr_i_calloc(bpr_flow_node_count(flow), sizeof(*w->visits));
	w->written = bpr_i_calloc(bpr_flow_field_count(flow), sizeof(*w->written));
	w->been = bpr_i_calloc(bpr_flow_counter_count(flow), sizeof(*w->been));
	if (!w->visits || !w->written || !w->been)
		status = bpr_i_nomem(err);
	if (!status)
		status = bpr_i_guide_new(flow, &w->guide, err);
	if (status) {
		bpr_walk_free(w);
		return status;
	}
	bpr_walk_again(w, w->options.seed);
	*out = w;
	return BPR_OK;
}

void bpr_walk_free(bpr_walk *w)
{
	if (!w)
		return;
	bpr_i_guide_free(w->guide);
	bpr_i_free(w->visits);
	bpr_i_free(w->written);
	bpr_i_free(w->been);
	bpr_i_free(w->way);
	bpr_i_free(w->story);
	bpr_i_free(w);
}

void bpr_walk_again(bpr_walk *w, unsigned long long seed)
{
	w->options.seed = seed;
	bpr_i_rng_seed(&w->ways, seed, 0, 0, PURPOSE_WAY);
	bpr_i_rng_seed(&w->times, seed, 0, 0, PURPOSE_TIME);
	w->totals = (struct bpr_walk_totals){ { 0 } };
	w->phase = PHASE_TURN;
	w->outcome = BPR_OUTCOME_DONE;
	w->node = w->place = BPR_NONE;
	w->entered = 0;
	w->way_count = w->told = 0;
	if (bpr_flow_node_count(w->flow))
		memset(w->visits, 0, bpr_flow_node_count(w->flow) * sizeof(*w->visits));
	for (size_t i = 0; i < bpr_flow_field_count(w->flow); i++)
		w->written[i] = 0;
	for (size_t i = 0; i < bpr_flow_counter_count(w->flow); i++)
		w->been[i] = false;
	bpr_i_guide_begin(w->guide);
}

struct bpr_walk_totals bpr_walk_totals_get(const bpr_walk *w)
{
	return w->totals;
}

const struct bpr_walk_event *bpr_walk_story(const bpr_walk *w, size_t *count)
{
	*count = w->told;
	return w->story;
}

static bpr_status tell(struct bpr_walk *w, const struct bpr_walk_event *e, struct bpr_error *err)
{
	if (!bpr_i_grow(&w->story, &w->told_capacity, w->told + 1, sizeof(*w->story)))
		return bpr_i_nomem(err);
	w->story[w->told] = *e;
	w->story[w->told].ways = NULL;
	w->story[w->told++].way_count = 0;
	return BPR_OK;
}

/* ---- what entering a node adds up to ---- */

static void write_form(struct bpr_walk *w, size_t form, double times, double *fields)
{
	const struct bpr_form *f = bpr_flow_form(w->flow, form);
	double *at = w->totals.at;

	at[BPR_WALK_FORMS] += times;
	for (size_t i = 0; i < f->field_count; i++) {
		const struct bpr_form_field *line = &f->fields[i];
		double n = line->prefilled ? 0 : line->times * times;

		*fields += n;
		w->written[line->field] += n;
		if (bpr_field_is_name(bpr_flow_field(w->flow, line->field)))
			at[BPR_WALK_NAMES] += n;
	}
}

static double minutes_of(struct bpr_walk *w, const struct bpr_dist *dist, size_t times)
{
	double sum = 0;

	if (!w->options.drawn)
		return bpr_dist_mean(dist) * (double)times;
	for (size_t i = 0; i < times; i++)
		sum += bpr_i_dist_draw(dist, &w->times);
	return sum;
}

/* The definitions of bpr-metrics(7), one entering at a time. */
static void take_step(struct bpr_walk *w, const struct bpr_node *n, struct bpr_walk_event *e)
{
	double *at = w->totals.at, times = (double)n->repeat;
	bool at_counter = n->actor == BPR_ACTOR_STAFF && n->counter != BPR_NONE;

	e->what = BPR_WALK_STEP;
	e->node = w->node;
	e->counter = w->place;
	e->back = w->visits[w->node] > 0;
	e->citizen = n->actor == BPR_ACTOR_CITIZEN || n->counter != BPR_NONE || n->write_count;
	e->times = n->repeat;
	e->work_minutes = minutes_of(w, n->work, n->repeat);
	e->wait_minutes = minutes_of(w, n->wait, n->repeat);
	for (size_t i = 0; i < n->write_count; i++)
		write_form(w, n->writes[i], times, &e->fields);
	at[BPR_WALK_FIELDS] += e->fields;
	at[BPR_WALK_SEALS] += n->seals * times;
	at[BPR_WALK_ID_CHECKS] += n->id_checks * times;
	if (bpr_node_is_step(n)) {
		at[BPR_WALK_STEPS] += times;
		at[BPR_WALK_REVISITS] += w->visits[w->node] ? times : times - 1;
	}
	at[BPR_WALK_WORK_MINUTES] += n->actor == BPR_ACTOR_STAFF ? e->work_minutes : 0;
	at[BPR_WALK_CITIZEN_MINUTES] += n->actor == BPR_ACTOR_CITIZEN || at_counter ? e->work_minutes : 0;
	at[BPR_WALK_WAIT_MINUTES] += e->wait_minutes;
	at[BPR_WALK_MINUTES] += e->work_minutes + e->wait_minutes;
	w->visits[w->node] += n->repeat;
}

/* Each further execution of a step that sends the citizen home is a visit and a trip of its own. */
static bool move(struct bpr_walk *w, const struct bpr_node *n, struct bpr_walk_event *e)
{
	const struct bpr_counter *c;
	double *at = w->totals.at, more = n->away ? (double)(n->repeat - 1) : 0;
	bool first = w->place == BPR_NONE, building = false, moved;

	if (!bpr_i_guide_is_place(w->guide, w->node))
		return false;
	if (n->counter == BPR_NONE) {
		w->place = BPR_NONE;
		return false;
	}
	c = bpr_flow_counter(w->flow, n->counter);
	moved = w->place != n->counter;
	building = moved && !first && !bpr_i_guide_same_building(w->guide, w->place, n->counter);
	*e = (struct bpr_walk_event){ .what = BPR_WALK_MOVE, .node = w->node, .counter = n->counter, .from = w->place, .times = 1,
		.back = w->visits[w->node] > 0, .trip = first, .building = building };
	e->walk_minutes = (c->walk_given ? c->walk_minutes : bpr_flow_demand(w->flow)->walk_minutes) * (moved + more);
	at[BPR_WALK_COUNTER_VISITS] += moved + more;
	at[BPR_WALK_TRIPS] += first + more;
	at[BPR_WALK_BUILDING_MOVES] += building;
	at[BPR_WALK_DISTINCT_COUNTERS] += !w->been[n->counter];
	at[BPR_WALK_WALK_MINUTES] += e->walk_minutes;
	at[BPR_WALK_MINUTES] += e->walk_minutes;
	w->been[n->counter] = true;
	w->place = n->counter;
	return moved;
}

/* ---- from node to node ---- */

static bpr_status enter(struct bpr_walk *w, size_t node, struct bpr_error *err)
{
	char limit[32];

	w->phase = PHASE_TURN;
	if (node == BPR_NONE)
		return BPR_OK;
	w->node = node;
	w->phase = PHASE_ENTERED;
	if (++w->entered <= MOST_NODES)
		return BPR_OK;
	(void)snprintf(limit, sizeof(limit), "%d", MOST_NODES);
	w->phase = PHASE_OVER;
	return bpr_i_fail(err, BPR_ELIMIT, BPR_I_Y001, bpr_flow_node(w->flow, node)->id, 0, limit, bpr_flow_node(w->flow, node)->id);
}

static struct bpr_walk_way way_of(const struct bpr_turn *turn)
{
	static const enum bpr_walk_way_kind kinds[] = {
		[BPR_TURN_ON] = BPR_WALK_WAY_ON, [BPR_TURN_START] = BPR_WALK_WAY_START, [BPR_TURN_AGAIN] = BPR_WALK_WAY_AGAIN,
		[BPR_TURN_EVENT] = BPR_WALK_WAY_HAPPENS, [BPR_TURN_NO_EVENT] = BPR_WALK_WAY_HAPPENS_NOT,
		[BPR_TURN_ARC] = BPR_WALK_WAY_OUT, [BPR_TURN_NO_ARC] = BPR_WALK_WAY_NOT,
	};
	bool arc = turn->kind == BPR_TURN_ARC || turn->kind == BPR_TURN_NO_ARC;

	return (struct bpr_walk_way){ kinds[turn->kind], arc ? turn->where : BPR_NONE, arc ? BPR_NONE : turn->where, turn->prob };
}

static bpr_status turn(struct bpr_walk *w, struct bpr_error *err)
{
	const struct bpr_turn *turns;
	size_t count;
	bpr_status status = bpr_i_guide_turns(w->guide, &turns, &count, err);

	if (status || !count) {
		w->phase = PHASE_OVER;
		return status;
	}
	if (count == 1)
		return enter(w, bpr_i_guide_follow(w->guide, 0), err);
	if (!bpr_i_grow(&w->way, &w->way_capacity, count, sizeof(*w->way)))
		return bpr_i_nomem(err);
	for (size_t i = 0; i < count; i++)
		w->way[i] = way_of(&turns[i]);
	w->way_count = count;
	w->phase = PHASE_CHOICE;
	return BPR_OK;
}

/* A node that was entered: true where something has to be told. */
static bool arrive(struct bpr_walk *w, struct bpr_walk_event *out)
{
	const struct bpr_node *n = bpr_flow_node(w->flow, w->node);

	if (w->phase == PHASE_ENTERED) {
		w->phase = PHASE_ARRIVED;
		if (move(w, n, out))
			return true;
		*out = (struct bpr_walk_event){ .node = BPR_NONE, .counter = BPR_NONE, .from = BPR_NONE };
	}
	w->phase = PHASE_TURN;
	if (n->kind == BPR_NODE_END && n->outcome != BPR_OUTCOME_DONE && w->outcome != BPR_OUTCOME_INCOMPLETE)
		w->outcome = n->outcome;
	take_step(w, n, out);
	if (n->away)
		w->place = BPR_NONE;
	return bpr_node_is_step(n);
}

bpr_status bpr_walk_next(bpr_walk *w, struct bpr_walk_event *out, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	*out = (struct bpr_walk_event){ .node = BPR_NONE, .counter = BPR_NONE, .from = BPR_NONE };
	if (w->phase == PHASE_CHOICE)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_Y002, NULL, 0, NULL, NULL);
	while (!status) {
		switch (w->phase) {
		case PHASE_ENTERED:
		case PHASE_ARRIVED:
			if (arrive(w, out))
				return tell(w, out, err);
			*out = (struct bpr_walk_event){ .node = BPR_NONE, .counter = BPR_NONE, .from = BPR_NONE };
			break;
		case PHASE_CHOICE:
			out->what = BPR_WALK_CHOICE;
			out->node = w->node;
			out->counter = w->place;
			out->ways = w->way;
			out->way_count = w->way_count;
			return tell(w, out, err);
		case PHASE_OVER:
			out->what = BPR_WALK_END;
			out->outcome = w->outcome;
			return w->told && w->story[w->told - 1].what == BPR_WALK_END ? BPR_OK : tell(w, out, err);
		case PHASE_TURN:
		default:
			status = turn(w, err);
		}
	}
	return status;
}

static size_t draw(struct bpr_walk *w)
{
	double u = bpr_i_rng_uniform(&w->ways);
	size_t i = 0;

	while (i + 1 < w->way_count && !(u < w->way[i].share))
		u -= w->way[i++].share;
	return i;
}

bpr_status bpr_walk_choose(bpr_walk *w, size_t index, size_t *taken, struct bpr_error *err)
{
	char most[32], asked[32];

	if (w->phase != PHASE_CHOICE || (index != BPR_NONE && index >= w->way_count)) {
		(void)snprintf(asked, sizeof(asked), "%zu", index == BPR_NONE ? 0 : index + 1);
		(void)snprintf(most, sizeof(most), "%zu", w->phase == PHASE_CHOICE ? w->way_count : 0);
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_Y003, NULL, 0, asked, most);
	}
	if (index == BPR_NONE)
		index = draw(w);
	if (taken)
		*taken = index;
	if (w->told && w->story[w->told - 1].what == BPR_WALK_CHOICE)
		w->story[w->told - 1].taken = w->way[index];
	return enter(w, bpr_i_guide_follow(w->guide, index), err);
}
