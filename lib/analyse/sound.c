/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Soundness of a process or a collaboration: reduce, explore, judge; once more with several tokens a place if need be. */
#include "config.h"
#include "analyse/sound_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"

/*
 * Two tokens on one arc: that is decided, and the rest goes by markings without. What they leave undecided, markings of up to
 * three tokens a place decide, within so many states.
 */
enum { TOKENS = 3, MESSAGES = 3, STATES_WITH_MORE = 16384 };

struct held {
	struct bpr_soundness soundness;
	struct bpr_arena arena;
};

struct turn {
	const struct bpr_flows *flows;
	size_t flow;
	const struct bpr_soundness_options *options;
	struct held *held;
};

/* One exploration. *out stays as it was where there is nothing to explore, or too much to begin with. */
static bpr_status explore(const struct turn *turn, uint8_t cap, size_t max_states, struct bpr_judgement *out, bool *empty)
{
	struct bpr_net net;
	struct bpr_space space = { 0 };
	struct bpr_space_options options = { max_states, turn->options->max_bytes, cap, MESSAGES };
	bool too_large = false;
	bpr_status status = bpr_i_net_new(&net, turn->flows, turn->flow, empty);

	if (status)
		return status;
	if (!*empty && !turn->options->unreduced)
		status = bpr_i_net_reduce(&net, cap == 1);
	if (!status && !*empty) {
		turn->held->soundness.reduced |= bpr_i_net_is_plain(&net);
		status = bpr_i_net_finish(&net, turn->options->max_bytes, &too_large);
	}
	if (!status && !*empty && !too_large) {
		status = bpr_i_space_explore(&space, &net, &options);
		if (!status)
			status = bpr_i_space_judge(&space, &turn->held->arena, out);
		turn->held->soundness.states += space.store.count;
		bpr_i_space_release(&space);
	}
	bpr_i_net_release(&net);
	return status;
}

static size_t count_of(const struct bpr_judgement *j, enum bpr_sound_property property)
{
	size_t count = 0;

	for (size_t i = 0; i < j->fault_count; i++)
		count += j->faults[i].property == property;
	return count;
}

/* What markings of more tokens decide is decided; else what those of one say. */
static bpr_status put_together(struct held *held, const struct bpr_judgement *one, const struct bpr_judgement *more)
{
	struct bpr_soundness *s = &held->soundness;
	const struct bpr_judgement *by[BPR_SOUND_COUNT];
	struct bpr_sound_fault *faults;
	size_t count = 0;

	for (size_t p = 0; p < BPR_SOUND_COUNT; p++) {
		by[p] = more->verdict[p] != BPR_VERDICT_UNDECIDED ? more : one;
		s->verdict[p] = by[p]->verdict[p];
		s->limited |= s->verdict[p] == BPR_VERDICT_UNDECIDED;
		count += count_of(by[p], (enum bpr_sound_property)p);
	}
	faults = bpr_i_arena_alloc(&held->arena, count, sizeof(*faults));
	if (!faults)
		return BPR_ENOMEM;
	s->faults = faults;
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++)
		for (size_t i = 0; i < by[p]->fault_count; i++)
			if (by[p]->faults[i].property == (enum bpr_sound_property)p)
				faults[s->fault_count++] = by[p]->faults[i];
	return BPR_OK;
}

bpr_status bpr_soundness_check(const struct bpr_flows *flows, size_t flow, const struct bpr_soundness_options *options,
			       struct bpr_soundness **out, struct bpr_error *err)
{
	struct bpr_soundness_options complete = BPR_SOUNDNESS_OPTIONS_INIT;
	struct bpr_judgement one = { 0 }, more = { 0 };
	struct turn turn = { flows, flow, &complete, NULL };
	size_t most;
	bool empty = false;
	bpr_status status;

	*out = NULL;
	if (!bpr_i_options(&complete, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	most = complete.max_states;
	turn.held = bpr_i_calloc(1, sizeof(*turn.held));
	if (!turn.held)
		return bpr_i_nomem(err);
	status = explore(&turn, 1, most, &one, &empty);
	if (!status && one.verdict[BPR_SOUND_SAFE] == BPR_VERDICT_NO)
		status = explore(&turn, TOKENS, most < STATES_WITH_MORE ? most : STATES_WITH_MORE, &more, &empty);
	if (!status && !empty)
		status = put_together(turn.held, &one, &more);
	bpr_i_free(one.faults);
	bpr_i_free(more.faults);
	if (status || empty) {
		bpr_soundness_free(&turn.held->soundness);
		return status ? bpr_i_nomem(err) : BPR_OK;
	}
	*out = &turn.held->soundness;
	return BPR_OK;
}

void bpr_soundness_free(struct bpr_soundness *soundness)
{
	struct held *held = (struct held *)(void *)soundness; /* its first member */

	if (!held)
		return;
	bpr_i_arena_release(&held->arena);
	bpr_i_free(held);
}

const char *bpr_sound_property_name(enum bpr_sound_property property)
{
	static const char *const names[] = { "safe", "option_to_complete", "proper_completion", "no_dead_activities" };

	return names[property];
}
