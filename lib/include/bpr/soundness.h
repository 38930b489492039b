/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SOUNDNESS_H
#define BPR_SOUNDNESS_H
/**
 * @file soundness.h
 * Is a process sound? Decided by the token game over everything that its cases can do, with a shortest run into each fault.
 *
 * The four properties are those by which van der Aalst et al. define soundness ("Soundness of workflow nets: classification,
 * decidability, and analysis", Formal Aspects of Computing 23, 2011), carried over to BPMN as Corradini, Fornari, Polini, Re
 * and Tiezzi ("A formal approach to modeling and verification of business process collaborations", Science of Computer
 * Programming 166, 2018) and Kräuter's rust_bpmn_analyzer define them:
 *
 * - safe: no sequence flow ever holds more than one token, no activity or sub-process runs twice at the same time;
 * - option to complete: wherever a case has come to, it can still complete, which is when no token is left;
 * - proper completion: no case reaches the same end event twice (an end inside a sub-process: within one run of it);
 * - no dead activities: every element is executed in some case.
 *
 * The game (BPMN 2.0.2, chapter 13): choices are free, whatever their probabilities; each start event alone begins a case;
 * an inclusive join goes on when every token that can get to a way in without a token can also get to one that has one
 * (13.4.3; Dumas, Grosskopf, Hettel and Wynn 2007); a sub-process completes when no token is left inside; a terminate end
 * takes all tokens of its process or sub-process; an interrupting boundary event or event sub-process can happen whenever its
 * activity runs, any other at most once in each run of it; a repeated or multiple activity is executed once. A process alone gets
 * every message that it waits for. In a collaboration a message that comes from a node of another process has to be sent
 * first, one from a pool without contents is always there; messages that nobody takes do not keep a collaboration from
 * completing; cases that messages begin come one after the other.
 */
#include <bpr/read.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_verdict { BPR_VERDICT_UNDECIDED = 0, BPR_VERDICT_YES, BPR_VERDICT_NO };

enum bpr_sound_property {
	BPR_SOUND_SAFE = 0,
	BPR_SOUND_OPTION_TO_COMPLETE,
	BPR_SOUND_PROPER_COMPLETION,
	BPR_SOUND_NO_DEAD_ACTIVITIES,
	BPR_SOUND_COUNT
};

enum bpr_sound_kind {
	BPR_SOUND_SECOND_TOKEN = 0, /**< safe: the node sends a second token after one that has not gone on */
	BPR_SOUND_DEADLOCK,         /**< option to complete: the node waits for ever, nothing can move */
	BPR_SOUND_LIVELOCK,         /**< option to complete: the case goes on for ever around the node */
	BPR_SOUND_SECOND_END,       /**< proper completion: the end is reached twice */
	BPR_SOUND_DEAD              /**< no dead activities: the node is never executed */
};

/** A node of one of the flows. */
struct bpr_sound_step { size_t flow, node; };

struct bpr_sound_fault {
	enum bpr_sound_property property;
	enum bpr_sound_kind kind;
	struct bpr_sound_step at;              /**< the element at fault */
	const struct bpr_sound_step *run; size_t run_count;       /**< nodes executed, in order: a shortest run into the fault; none for DEAD */
	/** DEADLOCK: the nodes before the join from which nothing comes; LIVELOCK: nodes that go on for ever; SECOND_TOKEN: the next node. */
	const struct bpr_sound_step *others; size_t other_count;
};

struct bpr_soundness {
	enum bpr_verdict verdict[BPR_SOUND_COUNT];
	size_t states;                         /**< situations looked at after the reductions */
	bool reduced;                          /**< the reductions alone decided: nothing was left but ways from starts to ends */
	bool limited;                          /**< a limit was reached: what is undecided is so because of that */
	const struct bpr_sound_fault *faults; size_t fault_count; /**< by property; of dead activities each one */
};

struct bpr_soundness_options {
	size_t size;
	size_t max_states;                     /**< default 1,000,000 */
	size_t max_bytes;                      /**< of memory for states; default 1 GiB */
	bool unreduced;                        /**< no structural reductions: for measuring */
};
#define BPR_SOUNDNESS_OPTIONS_INIT { sizeof(struct bpr_soundness_options), 1000000, (size_t)1 << 30, false }

/**
 * Soundness of one process by itself.
 *
 * @param flows    as read; borrowed
 * @param flow     index into flows->items; BPR_NONE: the collaboration of all processes that messages link
 * @param options  NULL: the defaults
 * @param out      release with bpr_soundness_free(); NULL on failure, and where a collaboration was asked for
 *                 that does not exist: fewer than two processes are linked
 * @retval BPR_OK      also where a limit left verdicts undecided
 * @retval BPR_ENOMEM
 * Thread safety: safe; no shared state.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_soundness_check(const struct bpr_flows *flows, size_t flow,
	const struct bpr_soundness_options *options, struct bpr_soundness **out, struct bpr_error *err);
BPR_API void bpr_soundness_free(struct bpr_soundness *soundness);

/**
 * Adds a finding for each fault to @p problems, and takes those of the analysis out of it that say the same with less
 * (A002, A003, A004: a case never ends, a join waits for ever, branches without end).
 * @param flow  as it was checked
 * @param alone of a collaboration: [flows->count] each process by itself (or NULL), whose faults are not said again; may be NULL
 * @retval BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_soundness_report(const struct bpr_soundness *soundness, const struct bpr_flows *flows,
	size_t flow, const struct bpr_soundness *const *alone, bpr_problems *problems, struct bpr_error *err);

/** "safe", "option_to_complete", "proper_completion", "no_dead_activities"; static. */
BPR_API const char *bpr_sound_property_name(enum bpr_sound_property property);

#ifdef __cplusplus
}
#endif
#endif
