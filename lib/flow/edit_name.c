/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units, counters, forms, fields, pools, systems of an edit: found by name, made where new. Origins. */
#include "config.h"
#include "flow/edit_inside_i.h"
#include "base/utf8_i.h"
#include <string.h>

const char *bpr_i_edit_text(struct bpr_edit *e, const char *text)
{
	size_t length = bpr_i_utf8_trim(&text, strlen(text));

	return length ? bpr_i_arena_strndup(&e->shared->arena, text, length) : "";
}

/* The name is the first member of all of these; of a form that is its id. */
static const char *name_at(const struct bpr_edit *e, enum edit_array array, size_t i)
{
	const struct edit_items *a = &e->array[array];

	return *(const char *const *)(const void *)((const char *)a->items + i * a->size);
}

bool bpr_i_edit_name_add(struct bpr_edit *e, enum edit_array array, const char *name, size_t index)
{
	struct edit_names *names = &e->names[array];
	size_t at;

	if (!bpr_i_grow(&names->at, &names->room, names->names.count + 1, sizeof(*names->at)))
		return false;
	at = bpr_i_names_add(&names->names, name, strlen(name), NULL);
	if (at == BPR_NONE)
		return false;
	names->at[at] = index;
	return true;
}

/* Backwards, so that of two forms with a name the first one is found; ids before names. */
static bool make(struct bpr_edit *e, enum edit_array array)
{
	const struct bpr_form *forms = e->array[EDIT_FORMS].items;
	size_t count = edit_count(e, array);

	if (e->names[array].made)
		return true;
	for (size_t i = count; array == EDIT_FORMS && i-- > 0;)
		if (*forms[i].name && !bpr_i_edit_name_add(e, array, forms[i].name, i))
			return false;
	for (size_t i = count; i-- > 0;)
		if (!bpr_i_edit_name_add(e, array, name_at(e, array, i), i))
			return false;
	e->names[array].made = true;
	return true;
}

size_t bpr_i_edit_name_find(struct bpr_edit *e, enum edit_array array, const char *name, bool *nomem)
{
	const char *text = name;
	size_t length = bpr_i_utf8_trim(&text, strlen(name));
	const struct bpr_form *forms = e->array[EDIT_FORMS].items;
	size_t at, i;

	*nomem = !make(e, array);
	if (*nomem)
		return BPR_NONE;
	at = bpr_i_names_find(&e->names[array].names, text, length);
	i = at == BPR_NONE ? BPR_NONE : e->names[array].at[at];
	if (i == BPR_NONE || i >= edit_count(e, array))
		return BPR_NONE;
	if (strlen(name_at(e, array, i)) == length && !memcmp(name_at(e, array, i), text, length))
		return i;
	return array == EDIT_FORMS && strlen(forms[i].name) == length && !memcmp(forms[i].name, text, length) ? i : BPR_NONE;
}

static size_t find(const struct bpr_edit *e, enum edit_array array, const char *name)
{
	struct bpr_edit *own = (struct bpr_edit *)(uintptr_t)e; /* the index is made when first asked */
	bool nomem;
	size_t at = bpr_i_edit_name_find(own, array, name, &nomem);

	own->nomem |= nomem;
	return at;
}

size_t bpr_i_edit_counter_find(const bpr_edit *e, const char *name)
{
	return find(e, EDIT_COUNTERS, name);
}

size_t bpr_i_edit_unit_find(const bpr_edit *e, const char *name)
{
	return find(e, EDIT_UNITS, name);
}

size_t bpr_i_edit_pool_find(const bpr_edit *e, const char *name)
{
	return find(e, EDIT_POOLS, name);
}

size_t bpr_i_edit_field_find(const bpr_edit *e, const char *name)
{
	return find(e, EDIT_FIELDS, name);
}

size_t bpr_i_edit_form_find(const bpr_edit *e, const char *id_or_name)
{
	return find(e, EDIT_FORMS, id_or_name);
}

/* By name, or a new item: its index, and *added with room for it. */
static size_t intern(struct bpr_edit *e, enum edit_array array, const char *name, const char **kept, void **added)
{
	bool nomem;
	size_t at = bpr_i_edit_name_find(e, array, name, &nomem);

	*added = NULL;
	if (at != BPR_NONE || nomem)
		return at;
	*kept = bpr_i_edit_text(e, name);
	at = edit_count(e, array);
	if (!*kept || !bpr_i_edit_name_add(e, array, *kept, at))
		return BPR_NONE;
	*added = bpr_i_edit_more(e, array);
	return *added ? at : BPR_NONE;
}

size_t bpr_i_edit_unit(bpr_edit *e, const char *name)
{
	const char *kept;
	void *added;
	size_t at = intern(e, EDIT_UNITS, name, &kept, &added);

	if (added)
		*(struct bpr_unit *)added = (struct bpr_unit){ kept, BPR_NONE };
	return at;
}

size_t bpr_i_edit_counter(bpr_edit *e, const char *name)
{
	const char *kept;
	void *added;
	size_t at = intern(e, EDIT_COUNTERS, name, &kept, &added);

	if (added)
		*(struct bpr_counter *)added = (struct bpr_counter){ .name = kept, .building = "", .floor = "", .open.text = "" };
	return at;
}

size_t bpr_i_edit_pool(bpr_edit *e, const char *name)
{
	const char *kept;
	void *added;
	size_t at = intern(e, EDIT_POOLS, name, &kept, &added);

	if (added)
		*(struct bpr_pool *)added = (struct bpr_pool){ .name = kept, .hours = "", .unit = BPR_NONE };
	return at;
}

size_t bpr_i_edit_system(bpr_edit *e, const char *name)
{
	const char *kept;
	void *added;
	size_t at = intern(e, EDIT_SYSTEMS, name, &kept, &added);

	if (added)
		*(struct bpr_system *)added = (struct bpr_system){ kept };
	return at;
}

size_t bpr_i_edit_field(bpr_edit *e, const char *name, const char *group)
{
	const char *kept;
	void *added;
	size_t at = intern(e, EDIT_FIELDS, name, &kept, &added);
	const char *text = group && *group ? bpr_i_edit_text(e, group) : "";

	if (!text)
		return BPR_NONE;
	if (added)
		*(struct bpr_field *)added = (struct bpr_field){ kept, text };
	return at;
}

size_t bpr_i_edit_form(bpr_edit *e, const char *id, const char *name)
{
	const char *kept, *text;
	void *added;
	size_t at = intern(e, EDIT_FORMS, id, &kept, &added);

	if (!added)
		return at;
	text = name && *name && strcmp(name, id) != 0 ? bpr_i_edit_text(e, name) : "";
	*(struct bpr_form *)added = (struct bpr_form){ .id = kept, .name = text ? text : "" };
	if (text && *text && find(e, EDIT_FORMS, text) == BPR_NONE && !bpr_i_edit_name_add(e, EDIT_FORMS, text, at))
		text = NULL;
	return text ? at : BPR_NONE;
}

/* ---- items ---- */

struct bpr_counter *bpr_i_edit_counter_at(bpr_edit *e, size_t counter)
{
	return (struct bpr_counter *)e->array[EDIT_COUNTERS].items + counter;
}

struct bpr_pool *bpr_i_edit_pool_at(bpr_edit *e, size_t pool)
{
	return (struct bpr_pool *)e->array[EDIT_POOLS].items + pool;
}

struct bpr_demand *bpr_i_edit_demand(bpr_edit *e)
{
	return &e->head.demand;
}

struct bpr_form *bpr_i_edit_form_in(struct bpr_edit *e, size_t form)
{
	return (struct bpr_form *)e->array[EDIT_FORMS].items + form;
}

const struct bpr_form *bpr_i_edit_form_at(const bpr_edit *e, size_t form)
{
	return (const struct bpr_form *)e->array[EDIT_FORMS].items + form;
}

const struct bpr_field *bpr_i_edit_field_at(const bpr_edit *e, size_t field)
{
	return (const struct bpr_field *)e->array[EDIT_FIELDS].items + field;
}

size_t bpr_i_edit_form_count(const bpr_edit *e)
{
	return edit_count(e, EDIT_FORMS);
}

size_t bpr_i_edit_counter_count(const bpr_edit *e)
{
	return edit_count(e, EDIT_COUNTERS);
}

size_t bpr_i_edit_pool_count(const bpr_edit *e)
{
	return edit_count(e, EDIT_POOLS);
}

size_t bpr_i_edit_field_count(const bpr_edit *e)
{
	return edit_count(e, EDIT_FIELDS);
}

bool bpr_i_edit_form_fields(bpr_edit *e, size_t form, const struct bpr_form_field *fields, size_t count)
{
	struct bpr_form *f = bpr_i_edit_form_in(e, form);
	struct bpr_form_field *copy = bpr_i_arena_alloc(&e->shared->arena, count, sizeof(*copy));

	if (!copy)
		return false;
	if (count)
		memcpy(copy, fields, count * sizeof(*copy));
	f->fields = copy;
	f->field_count = count;
	f->assumed = false;
	return true;
}

bool bpr_i_edit_pool_shifts(bpr_edit *e, size_t pool, const struct bpr_shift *shifts, size_t count)
{
	struct bpr_pool *p = bpr_i_edit_pool_at(e, pool);
	struct bpr_shift *copy = bpr_i_arena_alloc(&e->shared->arena, count, sizeof(*copy));

	if (!copy)
		return false;
	if (count)
		memcpy(copy, shifts, count * sizeof(*copy));
	p->shifts = copy;
	p->shift_count = count;
	p->count = 0;
	for (size_t i = 0; i < count; i++)
		p->count += shifts[i].count;
	return true;
}

/* ---- origins ---- */

bool bpr_i_edit_origin(bpr_edit *e, enum bpr_origin_of of, const char *element, const char *key, const char *value, const char *lever)
{
	struct bpr_arena *arena = &e->shared->arena;
	struct bpr_origin origin = { .of = of, .source = "lever" };
	struct bpr_origin *origins = e->array[EDIT_ORIGINS].items;
	size_t at = 0, count = edit_count(e, EDIT_ORIGINS);

	if (!e->flow->origin_count) /* nobody asked for them */
		return true;
	origin.element = bpr_i_arena_strdup(arena, element);
	origin.key = bpr_i_arena_strdup(arena, key);
	origin.value = bpr_i_arena_strdup(arena, value);
	origin.file = lever ? bpr_i_arena_strdup(arena, lever) : "";
	if (!origin.element || !origin.key || !origin.value || !origin.file)
		return false;
	while (at < count && (origins[at].of != of || strcmp(origins[at].element, element) != 0 || strcmp(origins[at].key, key) != 0))
		at++;
	if (at == count && !bpr_i_edit_more(e, EDIT_ORIGINS))
		return false;
	((struct bpr_origin *)e->array[EDIT_ORIGINS].items)[at] = origin;
	return true;
}
