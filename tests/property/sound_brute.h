/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_SOUND_BRUTE_H
#define BPR_TESTS_PROPERTY_SOUND_BRUTE_H
/*
 * The token game once more, written down from the definitions in soundness.h and flow.h and from nothing else: every marking
 * is an array with a number for each thing, every marking that follows is a copy, found by comparing. No reductions.
 */
#include <bpr/soundness.h>

enum { BRUTE_TOKENS = 4 };

struct sound_brute {
	enum bpr_verdict verdict[BPR_SOUND_COUNT];
	size_t states;
	bool complete;                     /* nothing was cut off */
	bool deadlock;
	size_t run[BPR_SOUND_COUNT];       /* executions of a shortest run into a fault of that property; deadlocks before livelocks */
	size_t unplayed[BPR_SOUND_COUNT];  /* runs of `soundness` that cannot be played, or lead to no such fault */
	bool *dead;                        /* [nodes of all flows in a row] */
};

/* flow: BPR_NONE for all flows together, with their messages. soundness: its runs are played; may be NULL. */
void sound_brute(const struct bpr_flows *flows, size_t flow, size_t max_states, const struct bpr_soundness *soundness, struct sound_brute *out);
void sound_brute_release(struct sound_brute *out);
#endif
