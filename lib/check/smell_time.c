/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting, ways back, steps that do nothing, pools. */
#include "config.h"
#include "check/smell_i.h"
#include <math.h>

static double mean_of(const struct bpr_dist *dist)
{
	return dist ? bpr_dist_mean(dist) : 0;
}

/* ---- waiting ---- */

static bool dwarfs(double wait, double work)
{
	return work > 0 && wait >= BPR_SMELL_WAIT_TIMES * work && wait >= BPR_SMELL_WAIT_MINUTES;
}

static void find_waiting(struct bpr_smell *s)
{
	double work = 0, wait = 0;
	struct bpr_smell_text waits, works, share;

	for (size_t i = 0; i < s->n; i++) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);

		work += bpr_i_smell_visits(s, i) * mean_of(node->work);
		wait += bpr_i_smell_visits(s, i) * mean_of(node->wait);
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);
		struct bpr_smell_text effect = { "" };

		if (!node->work || !dwarfs(mean_of(node->wait), mean_of(node->work)) || !bpr_i_smell_happens(s, i))
			continue;
		if (wait > 0) {
			share = bpr_i_smell_percent(bpr_i_smell_visits(s, i) * mean_of(node->wait) / (wait + work));
			effect = bpr_i_smell_with(N_(": {1} of all the time of a case"), share.text);
		}
		waits = bpr_i_smell_number(mean_of(node->wait));
		works = bpr_i_smell_number(mean_of(node->work));
		bpr_i_smell_note(s, BPR_I_P014, i, (const char *[]){ bpr_i_smell_name(s->flow, i), waits.text, works.text, effect.text });
	}
	if (!dwarfs(wait, work))
		return;
	waits = bpr_i_smell_number(wait);
	works = bpr_i_smell_number(work);
	share = bpr_i_smell_percent(wait / (wait + work));
	bpr_i_smell_note(s, BPR_I_P015, BPR_NONE, (const char *[]){ waits.text, works.text, share.text, NULL });
}

/* ---- ways back ---- */

/* The node itself where it has a name or is a step; else the step behind it. */
static size_t named(const struct bpr_smell *s, size_t node)
{
	for (size_t hops = 0; hops < 8; hops++) {
		const struct bpr_node *n = bpr_flow_node(s->flow, node);

		if (*n->name || bpr_node_is_step(n) || s->row[node + 1] == s->row[node])
			break;
		node = s->col[s->row[node + 1] - 1];
	}
	return node;
}

static void say_loop(struct bpr_smell *s, size_t from, size_t to, double rounds)
{
	struct bpr_smell_text effect = bpr_i_smell_effect(s, N_(": {1} rounds a case"), N_(": {1} rounds a case, {2} a year"), rounds);

	bpr_i_smell_note(s, BPR_I_P016, from, (const char *[]){ bpr_i_smell_name(s->flow, from), bpr_i_smell_name(s->flow, named(s, to)),
								effect.text, NULL });
}

static void find_loops(struct bpr_smell *s)
{
	for (size_t at = 0; at < s->order_count; at++) {
		size_t i = s->order[at];
		const struct bpr_node *node = bpr_flow_node(s->flow, i);

		if (node->loop_prob >= BPR_SMELL_LOOP_SHARE && bpr_i_smell_happens(s, i))
			say_loop(s, i, i, bpr_i_smell_visits(s, i) * node->loop_prob);
		for (size_t a = node->first_out; a < node->first_out + node->out_count; a++) {
			const struct bpr_arc *arc = bpr_flow_arc(s->flow, a);

			if (s->pos[arc->to] == BPR_NONE || !bpr_i_smell_back(s, i, arc->to))
				continue;
			if ((s->arcs ? s->arcs[a] : arc->prob) >= BPR_SMELL_LOOP_SHARE)
				say_loop(s, i, arc->to, s->arcs ? s->arcs[a] : 0);
		}
	}
}

/* ---- steps that do nothing ---- */

static bool is_empty(const struct bpr_node *node)
{
	return node->kind == BPR_NODE_TASK && !node->silent && !node->work && !node->wait && !node->write_count && !node->read_count
	       && !node->issue_count && !(node->seals > 0) && !(node->id_checks > 0) && !(node->copies > 0) && !(node->cost > 0)
	       && !node->rules && !node->away && !node->need_count && node->counter == BPR_NONE && node->system == BPR_NONE;
}

static void find_empty(struct bpr_smell *s)
{
	size_t empty = 0, steps = 0;

	for (size_t i = 0; i < s->n; i++) {
		steps += bpr_node_is_step(bpr_flow_node(s->flow, i));
		empty += is_empty(bpr_flow_node(s->flow, i));
	}
	if (!s->nodes || !((double)empty <= BPR_SMELL_EMPTY_SHARE * (double)steps))
		return;
	for (size_t i = 0; empty && i < s->n; i++)
		if (is_empty(bpr_flow_node(s->flow, i)) && s->nodes[i].reach >= 1 - BPR_SMELL_EPSILON)
			bpr_i_smell_note(s, BPR_I_P020, i, (const char *[]){ bpr_i_smell_name(s->flow, i), NULL, NULL, NULL });
}

/* ---- pools ---- */

static bool find_pools(struct bpr_smell *s)
{
	size_t count = bpr_flow_pool_count(s->flow);
	double *reach = bpr_i_calloc(count, sizeof(*reach)); /* of the step that most cases come to; -1: no step */

	if (!reach)
		return false;
	for (size_t p = 0; p < count; p++)
		reach[p] = -1;
	for (size_t i = 0; count && i < s->n; i++) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);

		for (size_t k = 0; k < node->need_count; k++)
			reach[node->needs[k].pool] = fmax(reach[node->needs[k].pool], s->nodes ? s->nodes[i].reach : 0);
	}
	for (size_t p = 0; p < count; p++) {
		const struct bpr_pool *pool = bpr_flow_pool(s->flow, p);
		struct bpr_place place = { bpr_flow_source(s->flow), 0, 0, pool->name };
		const struct bpr_pool_result *r = s->nodes ? &bpr_analysis_pools(s->check->analysis)[p] : NULL;
		struct bpr_smell_text effect = { "" };

		if (reach[p] < 0)
			bpr_i_smell_note_at(s, BPR_I_P023, &place, (const char *[]){ pool->name, NULL, NULL, NULL });
		if (pool->count != 1 || reach[p] < 1 - BPR_SMELL_EPSILON)
			continue;
		if (r && r->utilisation_known)
			effect = bpr_i_smell_with(N_(": busy {1} of the opening hours"), bpr_i_smell_percent(r->utilisation).text);
		bpr_i_smell_note_at(s, BPR_I_P022, &place, (const char *[]){ pool->name, effect.text, NULL, NULL });
	}
	bpr_i_free(reach);
	return true;
}

bool bpr_i_smell_time(struct bpr_smell *s)
{
	find_waiting(s);
	find_loops(s);
	find_empty(s);
	return find_pools(s);
}
