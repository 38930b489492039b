/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways that no arrow draws: from a throwing link to the catching one, from an end that throws to the event that catches. */
#include "config.h"
#include "read/bpmn_i.h"
#include <string.h>

/* What names a link: its scope and its name. Owned by the caller. */
static char *link_key(const struct bpmn_file *file, const struct bpmn_item *item, size_t *length)
{
	const struct bpr_xml_node *link = bpr_i_bpmn_definition(file, item->xml, BPMN_LINKED);
	size_t n;
	const char *name = bpr_i_xml_value(link, "name", &n);
	struct bpr_buf key = BPR_BUF_INIT;

	if (!name) /* many programs write it at the event alone */
		name = bpr_i_xml_value(item->xml, "name", &n);
	bpr_i_buf_printf(&key, "%zu %zu ", item->process, item->parent);
	if (name)
		bpr_i_buf_add(&key, name, n);
	*length = key.length;
	return bpr_i_buf_take(&key);
}

static bool is_link(const struct bpmn_item *item)
{
	return item->triggers & BPMN_LINKED && !(item->marks & BPMN_SKIPPED);
}

/* Catching links by their key; the keys are in the XML's arena. */
static bpr_status gather_links(struct bpmn_file *file, struct bpr_names *names, size_t **items)
{
	size_t capacity = 0;

	for (size_t i = 0; i < file->item_count; i++) {
		bool added;
		size_t length, at;
		char *key, *kept;

		if (!is_link(&file->items[i]))
			continue;
		file->items[i].marks |= BPMN_LINK;
		if (file->items[i].element->flags & BPMN_IS_THROW)
			continue;
		key = link_key(file, &file->items[i], &length);
		kept = key ? bpr_i_arena_strndup(&file->xml.arena, key, length) : NULL;
		bpr_i_free(key);
		at = kept ? bpr_i_names_add(names, kept, length, &added) : BPR_NONE;
		if (at == BPR_NONE || !bpr_i_grow(items, &capacity, names->count, sizeof(**items)))
			return BPR_ENOMEM;
		if (added)
			(*items)[at] = i;
	}
	return BPR_OK;
}

/* A catching link that no throwing one leads to. */
static void note_alone(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++) {
		const struct bpmn_item *item = &file->items[i];

		if (item->marks & BPMN_LINK && !(item->element->flags & BPMN_IS_THROW) && !item->in)
			bpr_i_bpmn_note(file, BPR_I_X087, item->xml, item->id, bpr_i_bpmn_label(file, i), NULL, NULL);
	}
}

bpr_status bpr_i_bpmn_links(struct bpmn_file *file)
{
	struct bpr_names names = { 0 };
	size_t *items = NULL;
	bpr_status status = gather_links(file, &names, &items);

	for (size_t i = 0; i < file->item_count && !status; i++) {
		struct bpmn_item *item = &file->items[i];
		size_t length, at;
		char *key;

		if (!(item->marks & BPMN_LINK) || !(item->element->flags & BPMN_IS_THROW) || item->element->flags & BPMN_IS_END)
			continue;
		key = link_key(file, item, &length);
		at = key ? bpr_i_names_find(&names, key, length) : BPR_NONE;
		status = key ? BPR_OK : BPR_ENOMEM;
		bpr_i_free(key);
		if (at == BPR_NONE || !items) {
			bpr_i_bpmn_note(file, BPR_I_X038, item->xml, NULL, bpr_i_bpmn_label(file, i), NULL, NULL);
			continue;
		}
		item->target = items[at];
		item->out++;
		file->items[item->target].in++;
	}
	if (!status)
		note_alone(file);
	bpr_i_names_release(&names);
	bpr_i_free(items);
	return status;
}

/* What end events throw, and the attribute that names which. */
static const struct { unsigned trigger; const char *ref; } kinds[] = {
	{ BPMN_ERROR, "errorRef" }, { BPMN_CANCEL, "" }, { BPMN_ESCALATION, "escalationRef" },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* Whether `event` catches what was thrown: everything of its kind, or the same error by its code's id, prefix or not. */
static bool catches(const struct bpmn_file *file, size_t event, size_t kind, const struct bpr_xml_node *thrown)
{
	const struct bpr_xml_node *caught = bpr_i_bpmn_definition(file, file->items[event].xml, kinds[kind].trigger);
	size_t what_length, which_length;
	const char *what = bpr_i_xml_value(thrown, kinds[kind].ref, &what_length);
	const char *which = caught ? bpr_i_xml_value(caught, kinds[kind].ref, &which_length) : NULL;

	if (!caught || !which || !what)
		return caught && !which;
	what_length = bpr_i_xml_strip_prefix(&what, what_length);
	which_length = bpr_i_xml_strip_prefix(&which, which_length);
	return what_length == which_length && !memcmp(what, which, what_length);
}

/* In one scope: its event sub-processes but the one that throws, then the boundary events on it; those that interrupt. */
static size_t catcher_here(const struct bpmn_file *file, const struct bpmn_item *end, size_t scope, size_t inner, size_t kind,
			   const struct bpr_xml_node *thrown)
{
	size_t sub = scope != BPR_NONE ? file->items[scope].event_sub : file->processes[end->process].event_sub;

	for (; sub != BPR_NONE; sub = file->items[sub].next_boundary) {
		size_t start = file->items[sub].target;

		if (sub != inner && start != BPR_NONE && bpr_i_xml_bool(file->items[start].xml, "isInterrupting", true) &&
		    catches(file, start, kind, thrown))
			return start;
	}
	for (size_t i = scope != BPR_NONE ? file->items[scope].boundary : BPR_NONE; i != BPR_NONE; i = file->items[i].next_boundary)
		if (bpr_i_xml_bool(file->items[i].xml, "cancelActivity", true) && catches(file, i, kind, thrown))
			return i;
	return BPR_NONE;
}

/* The event that catches what an end event throws, in its scope or further out; or BPR_NONE. */
static size_t catcher(const struct bpmn_file *file, size_t at)
{
	const struct bpmn_item *end = &file->items[at];

	for (size_t k = 0; k < KINDS; k++) {
		const struct bpr_xml_node *thrown = end->triggers & kinds[k].trigger ? bpr_i_bpmn_definition(file, end->xml, kinds[k].trigger) : NULL;
		size_t scope = end->parent, inner = at;

		while (thrown) {
			size_t found = catcher_here(file, end, scope, inner, k, thrown);

			if (found != BPR_NONE)
				return found;
			if (scope == BPR_NONE)
				break;
			inner = scope;
			scope = file->items[scope].parent;
		}
	}
	return BPR_NONE;
}

void bpr_i_bpmn_throws(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++) {
		struct bpmn_item *item = &file->items[i];

		if (!(item->element->flags & BPMN_IS_END) || item->marks & BPMN_SKIPPED || !(item->triggers & (BPMN_ERROR | BPMN_CANCEL | BPMN_ESCALATION)))
			continue;
		item->target = catcher(file, i);
		if (item->target == BPR_NONE)
			continue;
		item->marks |= BPMN_THROWS;
		file->items[item->target].in++;
	}
}
