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

/* Who catches what, by scope, kind and code; the first of each counts. */
struct catchers {
	struct bpr_names names;
	size_t *items;
	size_t capacity;
};

/* "SIDE KIND SCOPE CODE": of an event sub-process of a scope ('S') or a boundary event on it ('B'); a prefix of the code is cut. */
static void make_key(struct bpr_buf *key, char side, size_t kind, size_t process, size_t scope, const char *code, size_t length)
{
	bpr_i_buf_clear(key);
	bpr_i_buf_printf(key, "%c%zu %zu %zu ", side, kind, process, scope);
	length = bpr_i_xml_strip_prefix(&code, length);
	bpr_i_buf_add(key, code, length);
}

/* An event that interrupts and catches something of the kind. */
static void add_catcher(struct bpmn_file *file, struct catchers *all, size_t event, size_t kind, struct bpr_buf *key)
{
	const struct bpmn_item *item = &file->items[event];
	const struct bpr_xml_node *definition = bpr_i_bpmn_definition(file, item->xml, kinds[kind].trigger);
	bool start = item->marks & BPMN_TRIGGERS;
	size_t scope = start ? file->items[item->parent].parent : item->target;
	size_t length, at;
	const char *code, *kept;
	bool added;

	if (!definition || !bpr_i_xml_bool(item->xml, start ? "isInterrupting" : "cancelActivity", true))
		return;
	code = bpr_i_xml_value(definition, kinds[kind].ref, &length);
	make_key(key, start ? 'S' : 'B', kind, item->process, scope, code ? code : "", length);
	kept = key->failed ? NULL : bpr_i_arena_strndup(&file->xml.arena, key->data, key->length);
	at = kept ? bpr_i_names_add(&all->names, kept, key->length, &added) : BPR_NONE;
	if (at == BPR_NONE || !bpr_i_grow(&all->items, &all->capacity, all->names.count, sizeof(*all->items)))
		file->nomem = true;
	else if (added)
		all->items[at] = event;
}

static void gather_catchers(struct bpmn_file *file, struct catchers *all, struct bpr_buf *key)
{
	for (size_t i = 0; i < file->item_count && !file->nomem; i++) {
		const struct bpmn_item *item = &file->items[i];
		bool boundary = item->element->flags & BPMN_IS_BOUNDARY && item->target != BPR_NONE;

		if (item->marks & BPMN_SKIPPED || (!boundary && !(item->marks & BPMN_TRIGGERS)))
			continue;
		for (size_t k = 0; k < KINDS; k++)
			if (item->triggers & kinds[k].trigger)
				add_catcher(file, all, i, k, key);
	}
}

static size_t look(const struct catchers *all, struct bpr_buf *key, char side, size_t kind, const struct bpmn_item *end, size_t scope,
		   const char *code, size_t length)
{
	size_t at;

	make_key(key, side, kind, end->process, scope, code, length);
	at = key->failed ? BPR_NONE : bpr_i_names_find(&all->names, key->data, key->length);
	return at == BPR_NONE ? BPR_NONE : all->items[at];
}

/* In one scope: its event sub-processes but the one that throws, then the boundary events on it; by code, then of any. */
static size_t catcher_here(const struct bpmn_file *file, const struct catchers *all, struct bpr_buf *key, const struct bpmn_item *end,
			   const struct bpr_xml_node *thrown, size_t kind, size_t scope, size_t inner)
{
	size_t length;
	const char *code = bpr_i_xml_value(thrown, kinds[kind].ref, &length);
	const struct { char side; const char *code; size_t length; } ways[] = {
		{ 'S', code ? code : "", length }, { 'S', "", 0 }, { 'B', code ? code : "", length }, { 'B', "", 0 },
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		size_t found = ways[i].side == 'B' && scope == BPR_NONE ? BPR_NONE :
			       look(all, key, ways[i].side, kind, end, scope, ways[i].code, ways[i].length);

		if (found != BPR_NONE && !(ways[i].side == 'S' && file->items[found].parent == inner))
			return found;
	}
	return BPR_NONE;
}

/* The event that catches what an end event throws, in its scope or further out; or BPR_NONE. */
static size_t catcher(const struct bpmn_file *file, const struct catchers *all, struct bpr_buf *key, size_t at)
{
	const struct bpmn_item *end = &file->items[at];

	for (size_t k = 0; k < KINDS; k++) {
		const struct bpr_xml_node *thrown = end->triggers & kinds[k].trigger ? bpr_i_bpmn_definition(file, end->xml, kinds[k].trigger) : NULL;
		size_t scope = end->parent, inner = at;

		while (thrown) {
			size_t found = catcher_here(file, all, key, end, thrown, k, scope, inner);

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
	struct catchers all = { 0 };
	struct bpr_buf key = BPR_BUF_INIT;

	gather_catchers(file, &all, &key);
	for (size_t i = 0; i < file->item_count && all.items && !file->nomem; i++) {
		struct bpmn_item *item = &file->items[i];

		if (!(item->element->flags & BPMN_IS_END) || item->marks & BPMN_SKIPPED || !(item->triggers & (BPMN_ERROR | BPMN_CANCEL | BPMN_ESCALATION)))
			continue;
		item->target = catcher(file, &all, &key, i);
		if (item->target == BPR_NONE)
			continue;
		item->marks |= BPMN_THROWS;
		file->items[item->target].in++;
	}
	file->nomem |= key.failed != BPR_OK;
	bpr_i_buf_release(&key);
	bpr_i_names_release(&all.names);
	bpr_i_free(all.items);
}
