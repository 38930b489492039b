/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers on seals, signatures and identity checks. */
#include "config.h"
#include "improve/lever_i.h"
#include "table/table_i.h"
#include <string.h>

static bool has_seal(const struct bpr_node *node)
{
	return node->seals > 0 || (node->rules & BPR_RULE_SEAL);
}

static void take_seal(struct lever_work *work, size_t step)
{
	struct bpr_node *node = bpr_i_edit_node(work->edit, step);

	node->seals = 0;
	node->rules &= ~(unsigned)BPR_RULE_SEAL;
}

bool bpr_i_lever_drop_seals(struct lever_work *work)
{
	size_t *steps, count, dropped = 0;

	if (!bpr_i_lever_no_value(work) || !bpr_i_lever_steps(work, work->action->target, &steps, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		dropped += has_seal(bpr_i_edit_node(work->edit, steps[i]));
		take_seal(work, steps[i]);
	}
	return dropped > 0 || bpr_i_lever_refuse(work, BPR_I_K070, work->action->target, NULL, NULL);
}

/* The form asks for the field, once. */
static bool ask_for(struct lever_work *work, size_t form, size_t field)
{
	const struct bpr_form *f = bpr_i_edit_form_at(work->edit, form);
	struct bpr_form_field *fields = bpr_i_arena_raw(&work->scratch, f->field_count + 1, sizeof(*fields));
	size_t count = f->field_count;

	if (!fields)
		return bpr_i_lever_nomem(work);
	for (size_t i = 0; i < count; i++) {
		if (f->fields[i].field == field)
			return true;
		fields[i] = f->fields[i];
	}
	fields[count++] = (struct bpr_form_field){ field, 1, false };
	return bpr_i_edit_form_fields(work->edit, form, fields, count) || bpr_i_lever_nomem(work);
}

/* Whether all things of the target are forms. False: out of memory. */
static bool names_forms(struct lever_work *work, bool *yes)
{
	const char *const *items;
	size_t count;

	if (!bpr_i_table_list(&work->scratch, work->action->target, &items, &count))
		return bpr_i_lever_nomem(work);
	*yes = count > 0;
	for (size_t i = 0; i < count; i++)
		*yes &= bpr_i_edit_form_find(work->edit, items[i]) != BPR_NONE && bpr_i_edit_find(work->edit, items[i]) == BPR_NONE;
	return true;
}

/* Forms that are named ask for the signature; no seal is put where they are written. */
static bool sign_forms(struct lever_work *work, const char *name)
{
	const size_t nodes = bpr_i_edit_node_count(work->edit), field = bpr_i_edit_field(work->edit, name, "署名");
	size_t *forms, count;

	if (!bpr_i_lever_forms(work, work->action->target, &forms, &count))
		return false;
	if (field == BPR_NONE)
		return bpr_i_lever_nomem(work);
	for (size_t k = 0; k < count; k++) {
		if (!ask_for(work, forms[k], field))
			return false;
		for (size_t i = 0; i < nodes; i++)
			if (bpr_i_edit_node(work->edit, i) && bpr_i_edit_list_has(work->edit, i, BPR_EDIT_WRITES, forms[k]))
				take_seal(work, i);
	}
	return true;
}

bool bpr_i_lever_sign(struct lever_work *work)
{
	static const char *const keys[] = { "field|項目" };
	const char *value, *bare;
	size_t *steps, count, done = 0, field;
	bool forms = false;

	if (!bpr_i_lever_values(work, work->action->value, keys, 1, &value, &bare) || !names_forms(work, &forms))
		return false;
	value = value ? value : bare ? bare : "署名";
	if (forms)
		return sign_forms(work, value);
	if (!bpr_i_lever_steps(work, work->action->target, &steps, &count))
		return false;
	field = bpr_i_edit_field_find(work->edit, value);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(work->edit, steps[i]);

		if (!has_seal(node) || !node->write_count)
			continue;
		if (field == BPR_NONE)
			field = bpr_i_edit_field(work->edit, value, "署名");
		if (field == BPR_NONE)
			return bpr_i_lever_nomem(work);
		for (size_t k = 0; k < node->write_count; k++)
			if (!ask_for(work, node->writes[k], field))
				return false;
		take_seal(work, steps[i]);
		done++;
	}
	return done > 0 || bpr_i_lever_refuse(work, BPR_I_K071, work->action->target, NULL, NULL);
}

bool bpr_i_lever_unify_id_checks(struct lever_work *work)
{
	size_t *steps, all, count = 0, fallen = 0;
	bool *first;

	if (!bpr_i_lever_no_value(work) || !bpr_i_lever_steps(work, work->action->target, &steps, &all))
		return false;
	for (size_t i = 0; i < all; i++)
		if (bpr_i_edit_node(work->edit, steps[i])->id_checks > 0)
			steps[count++] = steps[i];
	first = bpr_i_arena_alloc(&work->scratch, count + 1, sizeof(*first));
	if (!first)
		return bpr_i_lever_nomem(work);
	if (!bpr_i_lever_first(work, steps, count, first))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (first[i])
			continue;
		bpr_i_edit_node(work->edit, steps[i])->id_checks = 0;
		fallen++;
	}
	return fallen > 0 || bpr_i_lever_refuse(work, count ? BPR_I_K073 : BPR_I_K072, work->action->target, NULL, NULL);
}
