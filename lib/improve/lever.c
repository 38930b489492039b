/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of levers, and applying them: each one whole or not at all. */
#include "config.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "improve/lever_i.h"
#include <math.h>
#include <string.h>

/* ---- lists ---- */

bpr_status bpr_levers_new(const char *source, bpr_levers **out, struct bpr_error *err)
{
	bpr_levers *levers = bpr_i_calloc(1, sizeof(*levers));

	*out = NULL;
	if (!levers)
		return bpr_i_nomem(err);
	levers->source = bpr_i_arena_strdup(&levers->arena, source ? source : "");
	if (!levers->source) {
		bpr_levers_free(levers);
		return bpr_i_nomem(err);
	}
	*out = levers;
	return BPR_OK;
}

void bpr_levers_free(bpr_levers *levers)
{
	if (!levers)
		return;
	bpr_i_names_release(&levers->ids);
	bpr_i_free(levers->items);
	bpr_i_arena_release(&levers->arena);
	bpr_i_free(levers);
}

size_t bpr_levers_count(const bpr_levers *levers)
{
	return levers->count;
}

const struct bpr_lever *bpr_levers_get(const bpr_levers *levers, size_t index)
{
	return &levers->items[index];
}

size_t bpr_levers_find(const bpr_levers *levers, const char *id)
{
	return bpr_i_names_find(&levers->ids, id, strlen(id));
}

const char *bpr_levers_source(const bpr_levers *levers)
{
	return levers->source;
}

static const char *kept(bpr_levers *levers, const char *text, bool *ok)
{
	const char *copy = text && *text ? bpr_i_arena_strdup(&levers->arena, text) : "";

	*ok &= copy != NULL;
	return copy;
}

static const size_t *kept_indices(bpr_levers *levers, const size_t *items, size_t count, bool *ok)
{
	size_t *copy = count ? bpr_i_arena_raw(&levers->arena, count, sizeof(*copy)) : NULL;

	if (!count)
		return NULL;
	*ok &= copy != NULL;
	if (copy)
		memcpy(copy, items, count * sizeof(*copy));
	return copy;
}

static const struct bpr_lever_action *kept_actions(bpr_levers *levers, const struct bpr_lever *lever, bool *ok)
{
	struct bpr_lever_action *copy = bpr_i_arena_alloc(&levers->arena, lever->action_count, sizeof(*copy));

	*ok &= copy != NULL;
	for (size_t i = 0; copy && i < lever->action_count; i++) {
		copy[i].kind = lever->actions[i].kind;
		copy[i].line = lever->actions[i].line;
		copy[i].target = kept(levers, lever->actions[i].target, ok);
		copy[i].value = kept(levers, lever->actions[i].value, ok);
	}
	return copy;
}

bpr_status bpr_levers_add(bpr_levers *levers, const struct bpr_lever *lever, struct bpr_error *err)
{
	struct bpr_lever copy = *lever;
	bool ok = true, added = false;

	if (!lever->id || !*lever->id || !lever->action_count || bpr_levers_find(levers, lever->id) != BPR_NONE)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_K005, lever->id, lever->line, lever->id ? lever->id : "", NULL);
	if (!bpr_i_grow(&levers->items, &levers->capacity, levers->count + 1, sizeof(*levers->items)))
		return bpr_i_nomem(err);
	copy.id = kept(levers, lever->id, &ok);
	copy.name = kept(levers, lever->name, &ok);
	copy.note = kept(levers, lever->note, &ok);
	copy.finding = kept(levers, lever->finding, &ok);
	copy.where = kept(levers, lever->where, &ok);
	copy.actions = kept_actions(levers, lever, &ok);
	copy.needs = kept_indices(levers, lever->needs, lever->need_count, &ok);
	copy.excludes = kept_indices(levers, lever->excludes, lever->exclude_count, &ok);
	if (!ok || bpr_i_names_add(&levers->ids, copy.id, strlen(copy.id), &added) == BPR_NONE)
		return bpr_i_nomem(err);
	levers->items[levers->count++] = copy;
	return BPR_OK;
}

/* The name, or one made of the first action, as far as it is short. */
size_t bpr_lever_name(const struct bpr_lever *lever, enum bpr_lang lang, char *buf, size_t size)
{
	const char *args[4] = { lever->name, NULL, NULL, NULL };
	const struct bpr_lever_action *action = &lever->actions[0];
	const struct bpr_lever_kind_info *info = bpr_lever_kind_get(action->kind);
	const char *label = bpr_text(lang, info->label);
	const char *const made[4] = { label, action->target, NULL, NULL };

	if (*lever->name)
		return bpr_i_text_fill(buf, size, "{1}", args);
	if (!*action->target || !strcmp(action->target, "*"))
		return bpr_i_text_fill(buf, size, "{1}", made);
	return bpr_i_text_fill(buf, size, bpr_text(lang, N_("{1}: {2}")), made);
}

/* ---- applying ---- */

static bpr_lever_fn *const functions[BPR_LEVER_KIND_COUNT] = {
	[BPR_LEVER_MERGE_FORMS] = bpr_i_lever_merge_forms, [BPR_LEVER_PREFILL] = bpr_i_lever_prefill,
	[BPR_LEVER_DROP_FIELDS] = bpr_i_lever_drop_fields, [BPR_LEVER_DROP_SEALS] = bpr_i_lever_drop_seals,
	[BPR_LEVER_SIGN] = bpr_i_lever_sign, [BPR_LEVER_UNIFY_ID_CHECKS] = bpr_i_lever_unify_id_checks,
	[BPR_LEVER_CHECK_SHEET] = bpr_i_lever_check_sheet, [BPR_LEVER_REASSIGN] = bpr_i_lever_reassign,
	[BPR_LEVER_SPEED_UP] = bpr_i_lever_speed_up, [BPR_LEVER_ADD_STAFF] = bpr_i_lever_add_staff,
	[BPR_LEVER_HOURS] = bpr_i_lever_hours, [BPR_LEVER_APPOINTMENTS] = bpr_i_lever_appointments,
	[BPR_LEVER_UNBATCH] = bpr_i_lever_unbatch, [BPR_LEVER_SET] = bpr_i_lever_set,
	[BPR_LEVER_MERGE_COUNTERS] = bpr_i_lever_merge_counters, [BPR_LEVER_ONLINE] = bpr_i_lever_online,
	[BPR_LEVER_AUTOMATE] = bpr_i_lever_automate, [BPR_LEVER_PARALLEL] = bpr_i_lever_parallel,
	[BPR_LEVER_REMOVE] = bpr_i_lever_remove, [BPR_LEVER_MERGE_STEPS] = bpr_i_lever_merge_steps,
	[BPR_LEVER_REORDER] = bpr_i_lever_reorder, [BPR_LEVER_CHANNEL] = bpr_i_lever_channel,
};

enum fate { FATE_OUT = 0, FATE_WAITS, FATE_DONE, FATE_REFUSED };

/* A call. */
struct applying {
	const bpr_levers *levers;
	struct lever_work work;
	unsigned char *fates; /* [count] enum fate */
	size_t left;          /* that wait */
};

/* One action after the other; all is taken back where one does not fit. */
static bool act(struct applying *a, const struct bpr_lever *lever)
{
	struct lever_work *work = &a->work;

	if (!bpr_i_edit_mark(work->edit))
		return bpr_i_lever_nomem(work);
	for (size_t i = 0; i < lever->action_count; i++) {
		work->action = &lever->actions[i];
		if (functions[lever->actions[i].kind](work))
			continue;
		if (!work->nomem && !bpr_i_edit_rollback(work->edit))
			return bpr_i_lever_nomem(work);
		return false;
	}
	return true;
}

/* Whether nothing that it needs is still to come. */
static bool is_ready(const struct applying *a, const struct bpr_lever *lever)
{
	for (size_t i = 0; i < lever->need_count; i++)
		if (lever->needs[i] < a->levers->count && a->fates[lever->needs[i]] == FATE_WAITS)
			return false;
	return true;
}

static bool excludes(const struct bpr_lever *lever, size_t other)
{
	for (size_t i = 0; i < lever->exclude_count; i++)
		if (lever->excludes[i] == other)
			return true;
	return false;
}

/* What it needs is done, and nothing that goes not with it. */
static bool is_allowed(struct applying *a, const struct bpr_lever *lever, size_t index)
{
	for (size_t i = 0; i < lever->need_count; i++) {
		const size_t need = lever->needs[i];

		if (need >= a->levers->count)
			return bpr_i_lever_refuse(&a->work, BPR_I_K042, "-", NULL, NULL);
		if (a->fates[need] != FATE_DONE)
			return bpr_i_lever_refuse(&a->work, a->fates[need] == FATE_OUT ? BPR_I_K042 : BPR_I_K043, a->levers->items[need].id, NULL, NULL);
	}
	for (size_t i = 0; i < a->levers->count; i++)
		if (i != index && a->fates[i] == FATE_DONE && (excludes(lever, i) || excludes(&a->levers->items[i], index)))
			return bpr_i_lever_refuse(&a->work, BPR_I_K044, a->levers->items[i].id, NULL, NULL);
	return true;
}

static void apply_one(struct applying *a, size_t index)
{
	const struct bpr_lever *lever = &a->levers->items[index];
	bool fits;

	a->work.lever = lever;
	a->work.action = &lever->actions[0];
	fits = is_allowed(a, lever, index) && act(a, lever);
	a->fates[index] = fits ? FATE_DONE : FATE_REFUSED;
	a->left--;
	bpr_i_arena_release(&a->work.scratch);
	a->work.scratch = (struct bpr_arena){ 0 };
}

/* In the order of the table; one that needs a later one waits for it. What waits for itself never is. */
static void apply_all(struct applying *a)
{
	size_t before;

	do {
		before = a->left;
		for (size_t i = 0; i < a->levers->count && !a->work.nomem; i++)
			if (a->fates[i] == FATE_WAITS && is_ready(a, &a->levers->items[i]))
				apply_one(a, i);
	} while (a->left && a->left < before && !a->work.nomem);
	for (size_t i = 0; i < a->levers->count && !a->work.nomem; i++) {
		if (a->fates[i] != FATE_WAITS)
			continue;
		a->work.lever = &a->levers->items[i];
		a->work.action = &a->work.lever->actions[0];
		(void)bpr_i_lever_refuse(&a->work, BPR_I_K043, a->levers->items[a->work.lever->needs[0]].id, NULL, NULL);
		a->fates[i] = FATE_REFUSED;
	}
}

bpr_status bpr_levers_apply(const bpr_flow *flow, const bpr_levers *levers, const bool *chosen, bool *refused, bpr_flow **out,
			    bpr_problems *problems, struct bpr_error *err)
{
	struct applying a = { .levers = levers, .work = { .flow = flow, .file = levers->source, .problems = problems } };
	bpr_status status;

	*out = NULL;
	a.fates = bpr_i_calloc(levers->count + 1, 1);
	if (!a.fates)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < levers->count; i++)
		if (!chosen || chosen[i]) {
			a.fates[i] = FATE_WAITS;
			a.left++;
		}
	status = bpr_i_edit_begin(flow, &a.work.edit, err);
	if (!status) {
		apply_all(&a);
		status = a.work.nomem || (problems && bpr_i_problems_nomem(problems)) ? bpr_i_nomem(err) : bpr_i_edit_freeze(a.work.edit, out, err);
	}
	for (size_t i = 0; i < levers->count && refused; i++)
		refused[i] = a.fates[i] == FATE_REFUSED;
	bpr_i_arena_release(&a.work.scratch);
	bpr_i_edit_free(a.work.edit);
	bpr_i_free(a.fates);
	return status;
}
