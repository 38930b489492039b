/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_LEVER_I_H
#define BPR_IMPROVE_LEVER_I_H
/* Inside of levers: one function and one row (lever_kind.c) a kind. */
#include "base/near_i.h"
#include "base/problem_i.h"
#include "flow/edit_i.h"
#include <bpr/lever.h>

/* A list: texts, actions and indices live in the arena. */
struct bpr_levers {
	struct bpr_arena arena;
	const char *source;
	struct bpr_lever *items;
	size_t count, capacity;
	struct bpr_names ids;
};

/* A lever being applied. */
struct lever_work {
	bpr_edit *edit;
	const bpr_flow *flow;            /* as it was before all levers */
	const struct bpr_lever *lever;
	const struct bpr_lever_action *action;
	const char *file;                /* of the table */
	bpr_problems *problems;          /* or NULL */
	bool nomem;
	struct bpr_arena scratch;        /* for the call */
};
/*
 * Applies one action. False: it was refused (bpr_i_lever_refuse() told why) or memory ran out (work->nomem); the caller rolls back.
 */
typedef bool bpr_lever_fn(struct lever_work *work);

/* Tells why the lever does not fit; always false. */
bool bpr_i_lever_refuse(struct lever_work *work, enum bpr_code_id id, const char *a1, const char *a2, const char *a3);
/* Out of memory; always false. */
bool bpr_i_lever_nomem(struct lever_work *work);

/*
 * Targets: a list, each an id of a step, the name of one (where it is unique), or one of `窓口=名`, `担当=名`, `職種=名`, `counter=`, `unit=`,
 * `pool=` for all steps there, or `*` for all. Refuses what names nothing. Kept by the scratch arena.
 */
bool bpr_i_lever_steps(struct lever_work *work, const char *text, size_t **nodes, size_t *count);
/* Forms by id or name. */
bool bpr_i_lever_forms(struct lever_work *work, const char *text, size_t **forms, size_t *count);
bool bpr_i_lever_counters(struct lever_work *work, const char *text, size_t **counters, size_t *count);
/* `key=value; key=value` with words of `keys` (as bpr_i_table_word); values[i] NULL where not given; `bare` the piece without a key, or NULL. */
bool bpr_i_lever_values(struct lever_work *work, const char *text, const char *const *keys, size_t key_count, const char **values, const char **bare);
/* The only thing of the list of values that has no key; refuses a value of a lever that takes none. */
bool bpr_i_lever_no_value(struct lever_work *work);
/* A share (30%, 0.3, 3割), a duration; refuse what is none. */
bool bpr_i_lever_share(struct lever_work *work, const char *text, double *out);
bool bpr_i_lever_duration(struct lever_work *work, const char *text, struct bpr_dist *out);

/* What was meant, as argument of a message: did you mean one of the names, or which there are (as many as fit). */
struct lever_names {
	struct bpr_near near;
	struct bpr_buf list;
	char room[150], text[200];
};
void bpr_i_lever_names_begin(struct lever_names *names, const char *typed);
void bpr_i_lever_names_offer(struct lever_names *names, const char *name);
const char *bpr_i_lever_names_text(struct lever_names *names);

/* Of a step: its id, with its name behind where it has one. Kept by the scratch arena; "" out of memory. */
const char *bpr_i_lever_step_text(struct lever_work *work, size_t node);

/* ---- lever_way.c: questions about ways, on the flow as it is now ---- */

/*
 * Which of some nodes a case may get to without having passed another one of them: first[i] for nodes[i]. Boundary events count as ways
 * out of the node that they sit on. True: done, false: out of memory.
 */
bool bpr_i_lever_first(struct lever_work *work, const size_t *nodes, size_t count, bool *first);
/*
 * reached[node]: a case at `from` may come there without passing one of `stops` (which it may stand on); `from` itself counts. Kept by the
 * scratch arena, NULL out of memory.
 */
bool *bpr_i_lever_reach(struct lever_work *work, size_t from, const size_t *stops, size_t count);
/* Whether one of the nodes is an end. */
bool bpr_i_lever_ends(struct lever_work *work, const bool *reached);

/*
 * The last node before each that every case has passed: of a start, and of what has different starts, the number of nodes (a root above all);
 * BPR_NONE where no case comes. Cooper, Harvey & Kennedy, Softw. Pract. Exper. 4 (2001). Kept by the scratch arena, NULL out of memory.
 */
size_t *bpr_i_lever_dominators(struct lever_work *work);
/* Whether every case that comes to `node` has passed `above`, by the table of dominators. */
bool bpr_i_lever_dominates(const size_t *idom, size_t root, size_t above, size_t node);
/* The last node that every case passes before both; root: none. Both are reached. */
size_t bpr_i_lever_common(const size_t *idom, size_t root, size_t a, size_t b);

/* Tells where a value comes from now: this lever. False: out of memory. */
bool bpr_i_lever_origin(struct lever_work *work, enum bpr_origin_of of, const char *element, const char *key, const char *value);
/* Of the step's work or wait as it is now. */
bool bpr_i_lever_duration_origin(struct lever_work *work, size_t step, bool hands_on);
/* As --set KEY=VALUE; an empty key: the value is KEY=VALUE. */
bool bpr_i_lever_put(struct lever_work *work, const char *key, const char *value);

/* lever_form.c */
bool bpr_i_lever_merge_forms(struct lever_work *work);
bool bpr_i_lever_prefill(struct lever_work *work);
bool bpr_i_lever_drop_fields(struct lever_work *work);
bool bpr_i_lever_drop_seals(struct lever_work *work);
bool bpr_i_lever_sign(struct lever_work *work);
bool bpr_i_lever_unify_id_checks(struct lever_work *work);
/* lever_value.c */
bool bpr_i_lever_check_sheet(struct lever_work *work);
bool bpr_i_lever_reassign(struct lever_work *work);
bool bpr_i_lever_speed_up(struct lever_work *work);
bool bpr_i_lever_add_staff(struct lever_work *work);
bool bpr_i_lever_hours(struct lever_work *work);
bool bpr_i_lever_appointments(struct lever_work *work);
bool bpr_i_lever_unbatch(struct lever_work *work);
bool bpr_i_lever_set(struct lever_work *work);
/* lever_counter.c, lever_shape.c, lever_channel.c, lever_automate.c */
bool bpr_i_lever_merge_counters(struct lever_work *work);
bool bpr_i_lever_online(struct lever_work *work);
bool bpr_i_lever_automate(struct lever_work *work);
bool bpr_i_lever_parallel(struct lever_work *work);
bool bpr_i_lever_remove(struct lever_work *work);
bool bpr_i_lever_merge_steps(struct lever_work *work);
bool bpr_i_lever_reorder(struct lever_work *work);
bool bpr_i_lever_channel(struct lever_work *work);
#endif
