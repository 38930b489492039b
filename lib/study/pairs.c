/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before and after of things that are known by name: item groups, fields, counters, forms, units. */
#include "config.h"
#include "study/study_i.h"
#include "base/alloc_i.h"
#include <string.h>

struct side { const bpr_flow *flow; const bpr_analysis *analysis; };

/* How many of them a side has. */
static size_t count_of(const struct side *s, enum bpr_pairs_of of)
{
	size_t count = 0;

	switch (of) {
	case BPR_PAIRS_GROUPS:
		(void)bpr_analysis_groups(s->analysis, &count);
		break;
	case BPR_PAIRS_FIELDS: count = bpr_flow_field_count(s->flow); break;
	case BPR_PAIRS_COUNTERS: count = bpr_flow_counter_count(s->flow); break;
	case BPR_PAIRS_FORMS: count = bpr_flow_form_count(s->flow); break;
	case BPR_PAIRS_UNITS: count = bpr_flow_unit_count(s->flow); break;
	case BPR_PAIRS_HANDOFFS:
		(void)bpr_analysis_handoffs(s->analysis, &count);
		break;
	}
	return count;
}

/* Name (names) and value of the i-th: `before` is filled. */
static struct bpr_pair item_of(const struct side *s, enum bpr_pairs_of of, size_t i)
{
	struct bpr_pair item = { 0 };
	const struct bpr_handoff *handoff;
	const struct bpr_form *form;
	size_t count;

	switch (of) {
	case BPR_PAIRS_GROUPS:
		item.before = bpr_analysis_groups(s->analysis, &count)[i].written;
		item.name = bpr_analysis_groups(s->analysis, &count)[i].name;
		break;
	case BPR_PAIRS_FIELDS:
		item.before = bpr_analysis_fields(s->analysis)[i].written;
		item.name = bpr_flow_field(s->flow, i)->name;
		break;
	case BPR_PAIRS_COUNTERS:
		item.before = bpr_analysis_counters(s->analysis)[i].visits;
		item.name = bpr_flow_counter(s->flow, i)->name;
		break;
	case BPR_PAIRS_FORMS:
		form = bpr_flow_form(s->flow, i);
		item.before = bpr_analysis_forms(s->analysis)[i].written;
		item.name = *form->name ? form->name : form->id;
		break;
	case BPR_PAIRS_UNITS:
		item.before = bpr_analysis_units(s->analysis)[i].work_minutes;
		item.name = bpr_flow_unit(s->flow, i)->name;
		break;
	case BPR_PAIRS_HANDOFFS:
		handoff = &bpr_analysis_handoffs(s->analysis, &count)[i];
		item.before = handoff->count;
		item.name = bpr_i_name_unit(s->flow, handoff->from);
		item.to = bpr_i_name_unit(s->flow, handoff->to);
		break;
	}
	return item;
}

/* What tells it from the others; NULL when out of memory. */
static const char *key_of(struct bpr_arena *arena, const struct bpr_pair *item)
{
	size_t length = strlen(item->name);
	char *key;

	if (!item->to)
		return item->name;
	key = bpr_i_arena_raw(arena, length + strlen(item->to) + 2, 1);
	if (key) {
		memcpy(key, item->name, length);
		key[length] = '\x1f';
		memcpy(key + length + 1, item->to, strlen(item->to) + 1);
	}
	return key;
}

/* Adds a side's value to its pair. */
static bool add(struct bpr_arena *arena, struct bpr_names *names, struct bpr_pairs *out, const struct bpr_pair *item, bool after)
{
	const char *key = key_of(arena, item);
	size_t at = key ? bpr_i_names_add(names, key, strlen(key), NULL) : BPR_NONE;

	if (at == BPR_NONE)
		return false;
	out->items[at].name = item->name;
	out->items[at].to = item->to;
	*(after ? &out->items[at].after : &out->items[at].before) += item->before;
	return true;
}

bool bpr_i_pairs(struct bpr_arena *arena, const struct bpr_subject *subject, enum bpr_pairs_of of, struct bpr_pairs *out)
{
	const struct side sides[2] = { { subject->flow, subject->analysis }, { subject->after_flow, subject->after_analysis } };
	struct bpr_names names = { 0 };
	bool ok;

	*out = (struct bpr_pairs){ 0 };
	out->items = bpr_i_arena_alloc(arena, count_of(&sides[0], of) + count_of(&sides[1], of), sizeof(*out->items));
	ok = out->items != NULL;
	for (size_t side = 0; ok && side < 2; side++) {
		size_t count = count_of(&sides[side], of);

		for (size_t i = 0; ok && i < count; i++) {
			struct bpr_pair item = item_of(&sides[side], of, i);

			ok = add(arena, &names, out, &item, side == 1);
		}
	}
	out->count = names.count;
	bpr_i_names_release(&names);
	return ok;
}
