/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_CHOOSE_I_H
#define BPR_IMPROVE_CHOOSE_I_H
/*
 * The best set of levers, whatever a set is worth: the worth comes from a function of the caller, here a black box.
 *
 * A model of it is kept: gains alone, interactions of pairs, and terms of more levers where the worth of a set was not their sum (the
 * multilinear form of a function of sets: Hammer & Rudeanu, Boolean Methods in Operations Research, 1968). The model's best set
 * comes from a mixed-integer programme in which each product of levers is a column (Fortet 1960); that set is valued, the model is made to agree
 * with its value, and so on until the model's best set is worth what the model says. What the model underestimates it would never
 * choose, so the neighbours of the best set are valued too. Where few sets keep the limits, all are valued.
 */
#include "base/alloc_i.h"
#include <bpr/error.h>
#include <stdint.h>

struct bpr_choice_lever {
	double cost, days;                               /* >= 0 */
	const size_t *needs; size_t need_count;
	const size_t *excludes; size_t exclude_count;
	bool must, never;
};
/* As of bpr_i_valuer_run(). */
struct bpr_choice_batch {
	const bool *const *sets; size_t count;
	double until;
	double *gains;           /* [count] out; NAN: does not fit together */
	size_t done;             /* out: the first so many were valued; fewer than count where the time was up */
};
typedef bpr_status bpr_choice_worth(void *data, struct bpr_choice_batch *batch, struct bpr_error *err);

struct bpr_choice_limits { double budget, days; double until; /* bpr_i_value_now(); 0 no end */ bool model_only; /* sets are not listed: tests */ };
struct bpr_choice_result {
	bool *chosen;            /* [levers], the caller's */
	double gain, bound;
	bool found;              /* false: no set keeps the limits */
	bool proven, settled, timed_out;
	size_t rounds;
};
typedef struct bpr_choice bpr_choice;

enum { BPR_CHOICE_LISTED = 4096 /* sets that are valued outright */, BPR_CHOICE_PAIRS = 4000, BPR_CHOICE_TRIPLES = 500, BPR_CHOICE_SWAPS = 400, BPR_CHOICE_ROUNDS = 500,
	BPR_CHOICE_TRIES = 12 /* sets of the model behind its best */ };

bpr_status bpr_i_choice_new(const struct bpr_choice_lever *levers, size_t count, bpr_choice_worth *worth, void *data, bpr_choice **out, struct bpr_error *err);
void bpr_i_choice_free(bpr_choice *choice);
/* Values each lever beside what it needs. Without an end. */
bpr_status bpr_i_choice_alone(bpr_choice *choice, struct bpr_error *err);
/* The best set; may be called again with other limits, and keeps what it knows. */
bpr_status bpr_i_choice_run(bpr_choice *choice, const struct bpr_choice_limits *limits, struct bpr_choice_result *result, struct bpr_error *err);
/* Of one lever beside what it needs; NAN: does not fit. */
double bpr_i_choice_gain(const bpr_choice *choice, size_t lever);
/* Adds what the lever needs, itself included; false: something of it excludes something of the set, or may never be. */
bool bpr_i_choice_add(const bpr_choice *choice, bool *set, size_t lever);
/* Takes the lever out, and all that needs it. */
void bpr_i_choice_drop(const bpr_choice *choice, bool *set, size_t lever);
/* Gains of sets, those of earlier ones from memory; NAN also where the time was up (done 0). */
bpr_status bpr_i_choice_values(bpr_choice *choice, struct bpr_choice_batch *batch, struct bpr_error *err);
/* The best sets valued so far that keep the limits, best first: [most][levers]; returns how many. NULL memory: 0 and *nomem. */
size_t bpr_i_choice_top(const bpr_choice *choice, const struct bpr_choice_limits *limits, size_t most, bool *sets, bool *nomem);
size_t bpr_i_choice_valued(const bpr_choice *choice); /* sets so far */

/* ---- inside: choose_*.c ---- */

/* Sets that were asked for, each once. */
enum bpr_set_state { BPR_SET_ASKED = 0, BPR_SET_FITS, BPR_SET_REFUSED };
struct bpr_sets {
	size_t n, words;
	uint64_t *bits; double *gain; unsigned char *state;
	size_t count, bits_capacity, gain_capacity, state_capacity;
	size_t *slots, slot_count;
	size_t asked;            /* the first that is not valued yet, all before it are */
};
/* Index of the set, new or old; BPR_NONE: out of memory. */
size_t bpr_i_sets_add(struct bpr_sets *sets, const bool *set);
void bpr_i_sets_get(const struct bpr_sets *sets, size_t index, bool *set);
void bpr_i_sets_release(struct bpr_sets *sets);

/* A product of levers. */
struct bpr_term { const size_t *members; size_t count; double value; };

struct bpr_choice {
	struct bpr_arena arena;
	const struct bpr_choice_lever *levers; size_t n;
	bpr_choice_worth *worth; void *data;
	size_t *clash; size_t clash_count; /* pairs that exclude each other */
	size_t *needed_row, *needed_by; /* [n + 1], who needs the lever */
	bool *usable;            /* [n] with all that it needs: no clash, nothing that is never */
	bool *must;              /* [n] all musts with what they need */
	size_t *stack; bool *work; /* [n] scratch */
	struct bpr_sets sets;
	double *linear;          /* [n] of the model */
	double *alone;           /* [n] NAN: does not fit */
	struct bpr_term *terms; size_t term_count, term_capacity;
	struct bpr_term *rows; size_t row_count, row_capacity; /* conflicts: sum of members <= count - 1 */
	struct bpr_term *rescues; size_t rescue_count, rescue_capacity; /* members[0] only with one of the others */
	size_t *refused; size_t refused_count, refused_capacity; /* sets that did not fit though the programme chose them */
	double scale;            /* largest gain seen */
	bool paired;
};

/* choose_model.c */
double bpr_i_choice_model(const bpr_choice *choice, const bool *set);
bool bpr_i_choice_term(bpr_choice *choice, const bool *set, double value);
bool bpr_i_choice_row(bpr_choice *choice, struct bpr_term **list, size_t *count, size_t *capacity, const size_t *members, size_t member_count);
/* covers: sets that cost too much after all, with all above them; tried: sets that are not wanted again. */
struct bpr_choice_asked {
	const struct bpr_choice_limits *limits;
	const size_t *covers; size_t cover_count;
	const size_t *tried; size_t tried_count;
	double seconds;
};
struct bpr_choice_answer { bool found, best; double bound; };
bpr_status bpr_i_choice_solve(bpr_choice *choice, const struct bpr_choice_asked *asked, bool *set, struct bpr_choice_answer *answer, struct bpr_error *err);

/* choose_pairs.c: the first model. */
bpr_status bpr_i_choice_pairs(bpr_choice *choice, double until, bool *all, struct bpr_error *err);
/* Makes the model agree with the value of the set, by terms as small as can be found. */
bpr_status bpr_i_choice_correct(bpr_choice *choice, const bool *set, double until, struct bpr_error *err);

/* choose_list.c: all sets that keep the limits. *all false: they are more than BPR_CHOICE_LISTED, or the time was up. */
bpr_status bpr_i_choice_list(bpr_choice *choice, const struct bpr_choice_limits *limits, size_t *best, bool *all, struct bpr_error *err);

/* suggest_choose.c */
bool bpr_i_choice_keeps(const bpr_choice *choice, const struct bpr_choice_limits *limits, const bool *set);
/* Less than nothing: a is better. Total, so that the order of valuing never matters. */
int bpr_i_choice_order(const bpr_choice *choice, size_t a, size_t b);
/* Values what was asked; *all false: the time was up. */
bpr_status bpr_i_choice_flush(bpr_choice *choice, double until, bool *all, struct bpr_error *err);
bool bpr_i_choice_differs(const bpr_choice *choice, double a, double b);
#endif
