/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Levers that change the shape, on random sound flows: what is not refused leaves a sound flow, in which every other step is done as often
 * as before. Every one of them is applied somewhere, and refused somewhere.
 */
#include "config.h"
#include "test.h"
#include "property/random_flow.h"
#include "property/sound_random.h"
#include <bpr/analysis.h>
#include <bpr/init.h>
#include <bpr/lever.h>
#include <bpr/soundness.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FLOWS = 1000, TRIES = 14, KINDS = 8 };

static const enum bpr_lever_kind kinds[KINDS] = {
	BPR_LEVER_MERGE_COUNTERS, BPR_LEVER_ONLINE, BPR_LEVER_AUTOMATE, BPR_LEVER_PARALLEL, BPR_LEVER_REMOVE, BPR_LEVER_MERGE_STEPS, BPR_LEVER_REORDER,
	BPR_LEVER_CHANNEL,
};

static uint64_t rng;

static size_t below(size_t n)
{
	uint64_t z = rng += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (size_t)((z ^ z >> 31) % n);
}

static bool is_sound(const bpr_flow *flow)
{
	bpr_flow *items[1] = { (bpr_flow *)(uintptr_t)flow };
	struct bpr_flows flows = { .items = items, .count = 1 };
	struct bpr_soundness *s = NULL;
	bool sound = true;

	assert_int_equal(bpr_soundness_check(&flows, 0, NULL, &s, NULL), BPR_OK);
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++)
		sound &= s->verdict[p] == BPR_VERDICT_YES;
	bpr_soundness_free(s);
	return sound;
}

/* A third of them come from drafts, a third have sub-processes and boundary events. NULL: not sound, or nothing to change. */
static bpr_flow *some_flow(uint64_t seed, struct bpr_flows *read)
{
	static struct sound_random file;
	struct draft d;
	bpr_flow *flow = NULL;

	*read = (struct bpr_flows){ 0 };
	if (seed % 3) {
		draft_blocks(&d, seed, seed % 2 ? SHAPE_AND | SHAPE_LOOPS | SHAPE_REPEAT : SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES, 6 + seed % 24);
		flow = draft_build(&d, NULL);
	} else {
		sound_random_blocks(&file, seed, SOUND_EDGES | SOUND_SCOPES | (seed % 2 ? SOUND_OR : 0), 6 + seed % 16);
		if (bpr_read_memory("r.bpmn", file.text, file.length, NULL, read, NULL, NULL) == BPR_OK)
			flow = read->items[0];
	}
	if (flow && is_sound(flow))
		return flow;
	if (!read->count)
		bpr_flow_free(flow);
	bpr_flows_release(read);
	return NULL;
}

static const char *some_id(const bpr_flow *flow)
{
	for (size_t tries = 0;; tries++) {
		const struct bpr_node *n = bpr_flow_node(flow, below(bpr_flow_node_count(flow)));

		if (bpr_node_is_step(n) || tries > 40)
			return n->id;
	}
}

/* The step behind it, where it is a step. */
static const char *next_id(const bpr_flow *flow, const char *id)
{
	const struct bpr_node *n = bpr_flow_node(flow, bpr_flow_find(flow, id));

	return n->out_count ? bpr_flow_node(flow, bpr_flow_arc(flow, n->first_out)->to)->id : id;
}

static struct bpr_lever_action some_action(const bpr_flow *flow, enum bpr_lever_kind kind, char target[200], char value[200])
{
	const char *a = some_id(flow), *b = below(2) ? next_id(flow, a) : some_id(flow), *c = next_id(flow, b);

	(void)snprintf(target, 200, below(3) ? "%s;%s" : "%s;%s;%s", a, b, c);
	value[0] = '\0';
	switch ((int)kind) {
	case BPR_LEVER_MERGE_COUNTERS:
		(void)snprintf(target, 200, "*");
		(void)snprintf(value, 200, "One;move=1");
		break;
	case BPR_LEVER_ONLINE: (void)snprintf(target, 200, "%s", a); break;
	case BPR_LEVER_REMOVE: (void)snprintf(target, 200, "%s", below(4) ? a : next_id(flow, a)); break;
	case BPR_LEVER_AUTOMATE:
		(void)snprintf(target, 200, "%s", a);
		(void)snprintf(value, 200, below(2) ? "1;error=10%%;rework=2" : "1");
		break;
	case BPR_LEVER_REORDER:
		(void)snprintf(target, 200, "%s", a);
		(void)snprintf(value, 200, below(2) ? "before=%s" : "after=%s", below(3) ? b : c);
		break;
	case BPR_LEVER_CHANNEL:
		(void)snprintf(target, 200, "%s", below(4) ? a : "");
		(void)snprintf(value, 200, below(2) ? "25%%;to=%s" : "25%%", b);
		break;
	default: break;
	}
	return (struct bpr_lever_action){ kind, target, value, 2 };
}

static bpr_flow *apply(const bpr_flow *flow, const struct bpr_lever_action *action, bool *refused)
{
	struct bpr_lever lever = { .id = "1", .name = "", .note = "", .actions = action, .action_count = 1, .cost = (double)NAN, .finding = "", .where = "",
				   .yearly_cost = (double)NAN, .effort_days = (double)NAN, .ease = (double)NAN };
	bpr_levers *levers = NULL;
	bpr_flow *out = NULL;

	assert_int_equal(bpr_levers_new("l", &levers, NULL), BPR_OK);
	assert_int_equal(bpr_levers_add(levers, &lever, NULL), BPR_OK);
	assert_int_equal(bpr_levers_apply(flow, levers, NULL, refused, &out, NULL, NULL), BPR_OK);
	bpr_levers_free(levers);
	return out;
}

static bpr_analysis *means(const bpr_flow *flow)
{
	struct bpr_analysis_options o = BPR_ANALYSIS_OPTIONS_INIT;
	bpr_analysis *a = NULL;

	o.means_only = true;
	o.metrics = 1ul << BPR_METRIC_STEPS;
	o.samples = 200; /* where a terminate end makes counts depend on time */
	return bpr_analyse(flow, &o, &a, NULL, NULL) ? NULL : a;
}

/* An event that interrupted a step has gone with it: more cases go on than before. */
static bool lost_interruption(const bpr_flow *before, const bpr_flow *after)
{
	for (size_t i = 0; i < bpr_flow_node_count(before); i++) {
		const struct bpr_node *n = bpr_flow_node(before, i);

		if (n->host != BPR_NONE && n->interrupting && bpr_flow_find(after, n->id) == BPR_NONE)
			return true;
	}
	return false;
}

/* The first step that is in both flows and not done as often; NULL: there is none. */
static const char *other_visits(const bpr_flow *before, const bpr_flow *after)
{
	bpr_analysis *a = means(before), *b = means(after);
	const char *other = NULL;

	if (a && !b)
		other = "(not analysed)";
	for (size_t i = 0; a && b && !other && i < bpr_flow_node_count(before); i++) {
		const struct bpr_node *n = bpr_flow_node(before, i);
		const size_t at = bpr_flow_find(after, n->id);
		double x = bpr_analysis_nodes(a)[i].visits;

		if (bpr_node_is_step(n) && at != BPR_NONE && !(fabs(bpr_analysis_nodes(b)[at].visits - x) <= 1e-9 * (1 + x)))
			other = n->id;
	}
	bpr_analysis_free(a);
	bpr_analysis_free(b);
	return other;
}

static void print_flow(const char *what, const bpr_flow *flow)
{
	bpr_flow *items[1] = { (bpr_flow *)(uintptr_t)flow };
	struct bpr_flows flows = { .items = items, .count = 1 };
	struct bpr_soundness *s = NULL;

	print_error("%s\n", what);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		print_error(" %s %s%s in %zd:", n->id, bpr_node_kind_name(n->kind), n->silent ? " silent" : "", (ptrdiff_t)n->scope);
		for (size_t k = 0; k < n->out_count; k++)
			print_error(" %s:%g", bpr_flow_node(flow, bpr_flow_arc(flow, n->first_out + k)->to)->id, bpr_flow_arc(flow, n->first_out + k)->prob);
		print_error("%s%s\n", n->host == BPR_NONE ? "" : n->interrupting ? " interrupts " : " beside ",
			    n->host == BPR_NONE ? "" : bpr_flow_node(flow, n->host)->id);
	}
	assert_int_equal(bpr_soundness_check(&flows, 0, NULL, &s, NULL), BPR_OK);
	for (size_t i = 0; i < s->fault_count; i++) {
		print_error(" fault %d at %s:", (int)s->faults[i].kind, bpr_flow_node(flow, s->faults[i].at.node)->id);
		for (size_t k = 0; k < s->faults[i].run_count; k++)
			print_error(" %s", bpr_flow_node(flow, s->faults[i].run[k].node)->id);
		print_error("\n");
	}
	bpr_soundness_free(s);
}

static void hold(const bpr_flow *before, const bpr_flow *after, const struct bpr_lever_action *action, uint64_t seed)
{
	const char *other = action->kind == BPR_LEVER_CHANNEL || lost_interruption(before, after) ? NULL : other_visits(before, after);

	if (is_sound(after) && !other)
		return;
	print_flow("before", before);
	print_flow("after", after);
	fail_msg("seed %llu: %s '%s' '%s': %s", (unsigned long long)seed, bpr_lever_kind_get(action->kind)->key, action->target, action->value,
		 other ? other : "not sound");
}

/* One lever after the other, on what the one before has left. */
static void change(const bpr_flow *flow, uint64_t seed, size_t applied[KINDS], size_t refusals[KINDS])
{
	bpr_flow *kept[TRIES] = { NULL };
	const bpr_flow *now = flow;
	size_t made = 0;

	for (size_t i = 0; i < TRIES; i++) {
		size_t kind = below(KINDS);
		char target[200], value[200];
		struct bpr_lever_action action = some_action(now, kinds[kind], target, value);
		bool refused = false;
		bpr_flow *out = apply(now, &action, &refused);

		assert_non_null(out);
		++*(refused ? &refusals[kind] : &applied[kind]);
		if (refused) {
			assert_int_equal(bpr_flow_hash(out), bpr_flow_hash(now));
			bpr_flow_free(out);
			continue;
		}
		hold(now, out, &action, seed);
		kept[made++] = out; /* the next one borrows from it */
		if (below(2))
			now = out;
	}
	while (made)
		bpr_flow_free(kept[--made]);
}

static void stays_sound(void **state)
{
	size_t applied[KINDS] = { 0 }, refusals[KINDS] = { 0 }, flows = 0;

	(void)state;
	for (uint64_t seed = 1; flows < FLOWS && seed < 10 * FLOWS; seed++) {
		struct bpr_flows read;
		bpr_flow *flow = some_flow(seed, &read);

		if (!flow)
			continue;
		flows++;
		rng = seed;
		change(flow, seed, applied, refusals);
		if (!read.count)
			bpr_flow_free(flow);
		bpr_flows_release(&read);
	}
	assert_int_equal(flows, FLOWS);
	for (size_t k = 0; k < KINDS; k++) {
		print_message("# %s: applied %zu, refused %zu\n", bpr_lever_kind_get(kinds[k])->key, applied[k], refusals[k]);
		assert_true(applied[k] >= 20 && refusals[k] >= 20);
	}
}

static int set_up(void **state)
{
	(void)state;
	bpr_init();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(stays_sound) };

	return cmocka_run_group_tests(tests, set_up, NULL);
}
