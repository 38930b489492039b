/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers on fields of forms: printed ones, dropped ones. */
#include "config.h"
#include "improve/lever_i.h"
#include "table/table_i.h"
#include <string.h>

/* Fields that a target means: marks[first[form] + i] for the i-th field of a form. */
struct fields { bool *marks; size_t *first; };

static bool fields_begin(struct lever_work *work, struct fields *fields)
{
	const size_t forms = bpr_i_edit_form_count(work->edit);
	size_t total = 0;

	fields->first = bpr_i_arena_raw(&work->scratch, forms + 1, sizeof(*fields->first));
	if (!fields->first)
		return bpr_i_lever_nomem(work);
	for (size_t i = 0; i < forms; i++) {
		fields->first[i] = total;
		total += bpr_i_edit_form_at(work->edit, i)->field_count;
	}
	fields->marks = bpr_i_arena_alloc(&work->scratch, total + 1, sizeof(*fields->marks));
	return fields->marks || bpr_i_lever_nomem(work);
}

/* Fields of one form (BPR_NONE: all) that are `field`, or of the group; both NULL: all. How many. */
static size_t mark(struct lever_work *work, struct fields *fields, size_t only, const char *field, const char *group)
{
	const size_t forms = bpr_i_edit_form_count(work->edit);
	size_t found = 0;

	for (size_t f = only == BPR_NONE ? 0 : only; f < forms && (only == BPR_NONE || f == only); f++) {
		const struct bpr_form *form = bpr_i_edit_form_at(work->edit, f);

		for (size_t i = 0; i < form->field_count; i++) {
			const struct bpr_field *it = bpr_i_edit_field_at(work->edit, form->fields[i].field);

			if ((field && strcmp(it->name, field) != 0) || (group && strcmp(it->group, group) != 0))
				continue;
			fields->marks[fields->first[f] + i] = true;
			found++;
		}
	}
	return found;
}

/* FORM.FIELD at one of its dots; BPR_NONE: no such form. *field is behind the dot. */
static size_t split_field(struct lever_work *work, const char *item, const char **field)
{
	char name[256];

	for (const char *dot = item; *dot; dot++) {
		const size_t width = *dot == '.' ? 1 : !strncmp(dot, "．", 3) ? 3 : 0;
		const size_t n = (size_t)(dot - item);
		size_t form;

		if (!width || n >= sizeof(name))
			continue;
		memcpy(name, item, n);
		name[n] = '\0';
		form = bpr_i_edit_form_find(work->edit, name);
		*field = dot + width;
		if (form != BPR_NONE)
			return form;
	}
	return BPR_NONE;
}

static bool no_field(struct lever_work *work, size_t form, const char *name, bool group)
{
	struct lever_names names;

	bpr_i_lever_names_begin(&names, name);
	for (size_t i = 0; form != BPR_NONE && i < bpr_i_edit_form_at(work->edit, form)->field_count; i++)
		bpr_i_lever_names_offer(&names, bpr_i_edit_field_at(work->edit, bpr_i_edit_form_at(work->edit, form)->fields[i].field)->name);
	for (size_t i = 0; form == BPR_NONE && i < bpr_i_edit_field_count(work->edit); i++) {
		const struct bpr_field *field = bpr_i_edit_field_at(work->edit, i);
		bool known = false;

		for (size_t k = 0; group && k < i && !known; k++)
			known = !strcmp(bpr_i_edit_field_at(work->edit, k)->group, field->group);
		if (!known && (!group || *field->group))
			bpr_i_lever_names_offer(&names, group ? field->group : field->name);
	}
	return bpr_i_lever_refuse(work, group ? BPR_I_K063 : BPR_I_K062, name, bpr_i_lever_names_text(&names), NULL);
}

static bool mark_item(struct lever_work *work, struct fields *fields, const char *item)
{
	static const char *const keys[] = { "group|項目群", "field|項目" };
	const char *values[2], *bare, *field = "";
	size_t form = bpr_i_edit_form_find(work->edit, item), *all, count;

	if (form != BPR_NONE) {
		(void)mark(work, fields, form, NULL, NULL);
		return true;
	}
	if (!strcmp(item, "*") || !strcmp(item, "＊"))
		return mark(work, fields, BPR_NONE, NULL, NULL) > 0 || bpr_i_lever_refuse(work, BPR_I_K053, NULL, NULL, NULL);
	form = split_field(work, item, &field);
	if (form != BPR_NONE)
		return mark(work, fields, form, field, NULL) > 0 || no_field(work, form, field, false);
	if (strchr(item, '=') || strstr(item, "＝")) {
		if (!bpr_i_lever_values(work, item, keys, 2, values, &bare))
			return false;
		return mark(work, fields, BPR_NONE, values[1], values[0]) > 0 || no_field(work, BPR_NONE, values[0] ? values[0] : values[1], values[0] != NULL);
	}
	return bpr_i_lever_forms(work, item, &all, &count); /* which says why there is none */
}

static bool mark_target(struct lever_work *work, struct fields *fields)
{
	const char *const *items;
	size_t count;

	if (!fields_begin(work, fields))
		return false;
	if (!bpr_i_table_list(&work->scratch, work->action->target, &items, &count))
		return bpr_i_lever_nomem(work);
	if (!count)
		return bpr_i_lever_refuse(work, BPR_I_K050, NULL, NULL, NULL);
	for (size_t i = 0; i < count; i++)
		if (!mark_item(work, fields, items[i]))
			return false;
	return true;
}

/* A copy of the form's fields, to be changed. */
static struct bpr_form_field *copy_fields(struct lever_work *work, const struct bpr_form *form)
{
	struct bpr_form_field *copy = bpr_i_arena_raw(&work->scratch, form->field_count + 1, sizeof(*copy));

	if (!copy)
		(void)bpr_i_lever_nomem(work);
	else if (form->field_count)
		memcpy(copy, form->fields, form->field_count * sizeof(*copy));
	return copy;
}

bool bpr_i_lever_prefill(struct lever_work *work)
{
	const size_t forms = bpr_i_edit_form_count(work->edit);
	struct fields fields;
	bool any = false;

	if (!bpr_i_lever_no_value(work) || !mark_target(work, &fields))
		return false;
	for (size_t f = 0; f < forms; f++) {
		const struct bpr_form *form = bpr_i_edit_form_at(work->edit, f);
		const size_t count = form->field_count;
		struct bpr_form_field *copy = copy_fields(work, form);
		bool changed = false;

		if (!copy)
			return false;
		for (size_t i = 0; i < count; i++) {
			if (!fields.marks[fields.first[f] + i] || copy[i].prefilled)
				continue;
			copy[i].prefilled = changed = true;
		}
		any |= changed;
		if (changed && !bpr_i_edit_form_fields(work->edit, f, copy, count))
			return bpr_i_lever_nomem(work);
	}
	return any || bpr_i_lever_refuse(work, BPR_I_K064, work->action->target, NULL, NULL);
}

/* Nobody writes or reads it any more. */
static void drop_form(struct lever_work *work, size_t form)
{
	const size_t count = bpr_i_edit_node_count(work->edit);

	for (size_t i = 0; i < count; i++) {
		if (!bpr_i_edit_node(work->edit, i))
			continue;
		bpr_i_edit_list_drop(work->edit, i, BPR_EDIT_WRITES, form);
		bpr_i_edit_list_drop(work->edit, i, BPR_EDIT_READS, form);
	}
}

bool bpr_i_lever_drop_fields(struct lever_work *work)
{
	const size_t forms = bpr_i_edit_form_count(work->edit);
	struct fields fields;

	if (!bpr_i_lever_no_value(work) || !mark_target(work, &fields))
		return false;
	for (size_t f = 0; f < forms; f++) {
		const struct bpr_form *form = bpr_i_edit_form_at(work->edit, f);
		const size_t count = form->field_count;
		struct bpr_form_field *copy = copy_fields(work, form);
		size_t left = 0;

		if (!copy)
			return false;
		for (size_t i = 0; i < count; i++)
			if (!fields.marks[fields.first[f] + i])
				copy[left++] = copy[i];
		if (!left && count)
			drop_form(work, f);
		else if (left < count && !bpr_i_edit_form_fields(work->edit, f, copy, left))
			return bpr_i_lever_nomem(work);
	}
	return true;
}
