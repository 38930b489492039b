/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_CANDIDATE_I_H
#define BPR_IMPROVE_CANDIDATE_I_H
/*
 * Candidates: what a person who has read the findings would propose. Each maker looks for its findings in the flow and notes levers;
 * whether they fit, and what they bring, is found out afterwards by applying them.
 */
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/text_i.h"
#include <bpr/suggest.h>

/* Shares and minutes that candidates put into their values: assumptions, all of them, named in the notes and in bpr-suggest(1). */
#define BPR_ASSUMED_SHEET "50%"        /* of returns and omissions, prevented by a check sheet */
#define BPR_ASSUMED_WAIT "-50%"        /* of a long wait, where its reason is found */
#define BPR_ASSUMED_ERRORS "5%"        /* of automated cases, put right by hand */
#define BPR_ASSUMED_CHANNEL "30%"      /* of citizens, who fetch a certificate elsewhere */
#define BPR_ASSUMED_BOOKED "50%"       /* of citizens, who come by appointment */
#define BPR_ASSUMED_ID_MINUTES 1.0     /* of one check of identity */
#define BPR_BUSY 0.8                   /* of its time: a pool where cases queue (K220) */

enum { CANDIDATE_ACTIONS = 12, CANDIDATE_LINKS = 24 };

struct candidate {
	const char *name, *note;
	const char *finding, *where;
	struct bpr_lever_action actions[CANDIDATE_ACTIONS]; size_t action_count;
	double yearly_cost;                  /* NAN: as assumed */
	const bool *touched;                 /* [nodes] steps whose writing it changes; or NULL */
	size_t excludes[CANDIDATE_LINKS], exclude_count, needs[CANDIDATE_LINKS], need_count; /* candidates before it */
	double gain;
	bool keep;
};
struct maker {
	const bpr_flow *flow;
	const bpr_analysis *analysis;
	const bpr_problems *findings;
	enum bpr_lang lang;
	struct bpr_arena arena;
	struct candidate *items; size_t count, capacity;
	size_t *order;                       /* [nodes] place on the way from the start; later where ways back are left out */
	size_t n;
	bool nomem;
	bpr_status status; struct bpr_error *err; /* of applying on the way */
};

/* ---- candidate.c ---- */
/* First finding with the code from `from` on; BPR_NONE: none. */
size_t bpr_i_candidate_find(const struct maker *m, const char *code, size_t from);
/* The first of several codes, NULL at the end; *code which. "" and BPR_NONE: none. */
size_t bpr_i_candidate_any(const struct maker *m, const char *const *codes, const char **code);
/* Node of a finding, or BPR_NONE. */
size_t bpr_i_candidate_node(const struct maker *m, size_t finding);
/* A new candidate, its name from a message id and an argument; NULL: out of memory. Valid until the next one. */
struct candidate *bpr_i_candidate_add(struct maker *m, const char *code, const char *where, const char *name, const char *arg);
/* Texts are copied. More than CANDIDATE_ACTIONS: the candidate is given up. */
void bpr_i_candidate_act(struct maker *m, struct candidate *c, enum bpr_lever_kind kind, const char *target, const char *value);
/* Work of the step times `factor`. */
void bpr_i_candidate_scale(struct maker *m, struct candidate *c, const char *step, double factor);
void bpr_i_candidate_note(struct maker *m, struct candidate *c, const char *note);
void bpr_i_candidate_exclude(struct candidate *c, size_t other);
/* A list of ids or names with ';' between, as targets have them. */
struct bpr_buf *bpr_i_candidate_join(struct bpr_buf *list, const char *item);
/* Name of a step for a reader. */
const char *bpr_i_candidate_step(const struct maker *m, size_t node);
/* A word of the language. */
static inline const char *bpr_i_candidate_word(const struct maker *m, const char *en, const char *ja)
{
	return m->lang == BPR_LANG_JA ? ja : en;
}
static inline bool bpr_i_candidate_happens(const struct maker *m, size_t node)
{
	return bpr_analysis_nodes(m->analysis)[node].visits > 1e-9;
}
/* The flow with the candidate's actions so far; NULL: it does not fit, or m->nomem. */
bpr_flow *bpr_i_candidate_apply(struct maker *m, const struct candidate *c);

/* ---- makers ---- */
void bpr_i_candidates_writing(struct maker *m);  /* candidate_write.c */
void bpr_i_candidates_counters(struct maker *m); /* candidate_counter.c */
void bpr_i_candidates_citizens(struct maker *m); /* candidate_counter.c */
void bpr_i_candidates_seals(struct maker *m);    /* candidate_step.c */
void bpr_i_candidates_steps(struct maker *m);    /* candidate_step.c */
void bpr_i_candidates_waits(struct maker *m);    /* candidate_wait.c */
#endif
