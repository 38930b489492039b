/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_LEVER_I_H
#define BPR_IMPROVE_LEVER_I_H
/* Inside of levers: one function and one row (lever_kind.c) a kind. */
#include "base/problem_i.h"
#include "flow/edit_i.h"
#include <bpr/lever.h>

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
/* A share (30%, 0.3, 3割), a duration; refuse what is none. */
bool bpr_i_lever_share(struct lever_work *work, const char *text, double *out);
bool bpr_i_lever_duration(struct lever_work *work, const char *text, struct bpr_dist *out);

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
