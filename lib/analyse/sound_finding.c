/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of soundness as findings of a check, each said once. */
#include "config.h"
#include "analyse/sound_i.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include <string.h>

enum { MOST_NAMES = 5, LONGEST_NAME = 60 };

struct report {
	const struct bpr_soundness *soundness;
	const struct bpr_flows *flows;
	const struct bpr_soundness *const *alone;
	bpr_problems *problems;
	uint8_t **dead, **linked;  /* [flows][nodes], NULL where not needed */
};

static const struct bpr_node *node_of(const struct report *r, const struct bpr_sound_step *step)
{
	return bpr_flow_node(r->flows->items[step->flow], step->node);
}

/* What a person calls the node: silent nodes at the edges of a sub-process go by its name. */
static const char *label(const struct report *r, const struct bpr_sound_step *step)
{
	const struct bpr_node *n = node_of(r, step);
	const bpr_flow *flow = r->flows->items[step->flow];

	if (n->name && *n->name)
		return n->name;
	if (n->silent && n->scope != BPR_NONE && (bpr_flow_scope(flow, n->scope)->entry == step->node || bpr_flow_scope(flow, n->scope)->exit == step->node)
	    && *bpr_flow_scope(flow, n->scope)->name)
		return bpr_flow_scope(flow, n->scope)->name;
	return n->id;
}

static void add_names(const struct report *r, const struct bpr_sound_fault *fault, struct bpr_buf *buf)
{
	for (size_t i = 0; i < fault->other_count; i++) {
		const char *name = label(r, &fault->others[i]);
		size_t length = strlen(name);
		size_t shown = bpr_i_utf8_cut(name, length, LONGEST_NAME, BPR_LANG_JA);

		if (i == MOST_NAMES) {
			bpr_i_buf_puts(buf, " / …");
			return;
		}
		bpr_i_buf_puts(buf, i ? " / " : "");
		bpr_i_buf_add(buf, name, shown);
		bpr_i_buf_puts(buf, shown < length ? "…" : "");
	}
}

static bool add(const struct report *r, enum bpr_code_id id, const struct bpr_sound_step *at, const char *second)
{
	struct bpr_place place = { bpr_flow_source(r->flows->items[at->flow]), node_of(r, at)->line, 0, node_of(r, at)->id };

	return bpr_i_problem(r->problems, id, &place, true, label(r, at), second, NULL, NULL);
}

/* Deadlock at the very node: that says why it is dead. */
static bool told(const struct report *r, const struct bpr_sound_step *at)
{
	for (size_t i = 0; i < r->soundness->fault_count; i++) {
		const struct bpr_sound_fault *f = &r->soundness->faults[i];

		if (f->kind == BPR_SOUND_DEADLOCK && f->at.flow == at->flow && f->at.node == at->node)
			return true;
	}
	return false;
}

/* The process by itself has the fault already. */
static bool known_alone(const struct report *r, const struct bpr_sound_fault *fault)
{
	const struct bpr_soundness *s = r->alone ? r->alone[fault->at.flow] : NULL;

	for (size_t i = 0; s && i < s->fault_count; i++)
		if (s->faults[i].kind == fault->kind && s->faults[i].at.node == fault->at.node)
			return true;
	return false;
}

static bool undecided(const struct bpr_soundness *s)
{
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++)
		if (s->verdict[p] == BPR_VERDICT_UNDECIDED)
			return true;
	return false;
}

/* ---- dead activities: the first of each dead part, and only where arrows lead there (else A001 says so) ---- */

static bool mark_linked(const bpr_flow *flow, uint8_t *seen)
{
	size_t n = bpr_flow_node_count(flow), count = 0;
	uint32_t *queue = bpr_i_calloc(n, sizeof(*queue));

	for (size_t i = 0; queue && i < n; i++)
		if (bpr_flow_node(flow, i)->kind == BPR_NODE_START && bpr_flow_node(flow, i)->scope == BPR_NONE) {
			seen[i] = 1;
			queue[count++] = (uint32_t)i;
		}
	for (size_t at = 0; at < count; at++) {
		const struct bpr_node *node = bpr_flow_node(flow, queue[at]);
		size_t events;
		const size_t *event = bpr_flow_boundary(flow, queue[at], &events);

		for (size_t i = 0; i < node->out_count + events; i++) {
			size_t to = i < node->out_count ? bpr_flow_arc(flow, node->first_out + i)->to : event[i - node->out_count];

			if (!seen[to]) {
				seen[to] = 1;
				queue[count++] = (uint32_t)to;
			}
		}
	}
	bpr_i_free(queue);
	return queue != NULL;
}

static bool find_dead(struct report *r)
{
	for (size_t i = 0; i < r->soundness->fault_count; i++) {
		const struct bpr_sound_fault *f = &r->soundness->faults[i];
		const bpr_flow *flow = r->flows->items[f->at.flow];

		if (f->kind != BPR_SOUND_DEAD)
			continue;
		if (!r->dead[f->at.flow]) {
			r->dead[f->at.flow] = bpr_i_calloc(bpr_flow_node_count(flow), 1);
			r->linked[f->at.flow] = bpr_i_calloc(bpr_flow_node_count(flow), 1);
			if (!r->dead[f->at.flow] || !r->linked[f->at.flow] || !mark_linked(flow, r->linked[f->at.flow]))
				return false;
		}
		r->dead[f->at.flow][f->at.node] = 1;
	}
	return true;
}

static bool first_dead(const struct report *r, const struct bpr_sound_step *at)
{
	const bpr_flow *flow = r->flows->items[at->flow];
	const struct bpr_node *n = node_of(r, at);
	size_t count;
	const size_t *in = bpr_flow_arcs_in(flow, at->node, &count);

	if (!r->linked[at->flow][at->node])
		return false;
	for (size_t i = 0; i < count; i++)
		if (!r->dead[at->flow][bpr_flow_arc(flow, in[i])->from])
			return true;
	return n->kind == BPR_NODE_START || (n->host != BPR_NONE && !r->dead[at->flow][n->host]);
}

/* ---- all of them ---- */

static bool add_fault(const struct report *r, const struct bpr_sound_fault *f)
{
	struct bpr_buf names = BPR_BUF_INIT;
	bool ok = true;

	if (known_alone(r, f))
		return true;
	add_names(r, f, &names);
	switch (f->kind) {
	case BPR_SOUND_SECOND_TOKEN:
		ok = add(r, BPR_I_S001, &f->at, label(r, f->other_count ? &f->others[0] : &f->at));
		break;
	case BPR_SOUND_DEADLOCK:
		ok = add(r, f->other_count ? BPR_I_S002 : BPR_I_S006, &f->at, names.data);
		break;
	case BPR_SOUND_LIVELOCK:
		ok = add(r, BPR_I_S003, &f->at, names.data);
		break;
	case BPR_SOUND_SECOND_END:
		ok = add(r, BPR_I_S004, &f->at, NULL);
		break;
	case BPR_SOUND_DEAD:
		if (first_dead(r, &f->at) && !told(r, &f->at))
			ok = add(r, BPR_I_S005, &f->at, NULL);
		break;
	}
	ok = ok && !names.failed;
	bpr_i_buf_release(&names);
	return ok;
}

bpr_status bpr_soundness_report(const struct bpr_soundness *soundness, const struct bpr_flows *flows, size_t flow,
				const struct bpr_soundness *const *alone, bpr_problems *problems, struct bpr_error *err)
{
	struct report r = { .soundness = soundness, .flows = flows, .alone = alone, .problems = problems };
	char states[400];
	bool ok;

	r.dead = bpr_i_calloc(flows->count, sizeof(*r.dead));
	r.linked = bpr_i_calloc(flows->count, sizeof(*r.linked));
	ok = r.dead && r.linked && find_dead(&r);
	for (size_t i = 0; ok && i < soundness->fault_count; i++)
		ok = add_fault(&r, &soundness->faults[i]);
	if (ok && soundness->limited && undecided(soundness)) {
		struct bpr_place place = { .file = flow == BPR_NONE ? bpr_flow_source(flows->items[0]) : bpr_flow_source(flows->items[flow]) };

		(void)bpr_i_num_fixed(states, sizeof(states), (double)soundness->states, 0, true);
		ok = bpr_i_problem(problems, BPR_I_S007, &place, false, states, NULL, NULL, NULL);
	}
	/* The same with less: the analysis follows one order of the branches only, and stops at the first fault. */
	if (ok && soundness->verdict[BPR_SOUND_OPTION_TO_COMPLETE] == BPR_VERDICT_NO) {
		bpr_i_problems_drop(problems, BPR_I_A002);
		bpr_i_problems_drop(problems, BPR_I_A003);
	}
	if (ok && soundness->verdict[BPR_SOUND_SAFE] == BPR_VERDICT_NO)
		bpr_i_problems_drop(problems, BPR_I_A004);
	for (size_t f = 0; f < flows->count; f++) {
		bpr_i_free(r.dead ? r.dead[f] : NULL);
		bpr_i_free(r.linked ? r.linked[f] : NULL);
	}
	bpr_i_free(r.dead);
	bpr_i_free(r.linked);
	return ok ? BPR_OK : bpr_i_nomem(err);
}
