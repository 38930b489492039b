/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ids and what they refer to. An id may be used twice: a reference then means the first element of the kind that can stand
 * there, and a second step or process gets an id of its own. bpr:id is what the model calls a node whose own name is no id of XML.
 */
#include "config.h"
#include "read/bpmn_i.h"
#include <stdio.h>
#include <string.h>

enum { LONGEST_CHAIN = 8 };

bool bpr_i_bpmn_is_node(const struct bpmn_item *item)
{
	return (BPMN_NODES >> item->element->role & 1) != 0;
}

/* Of the elements of one id the first of these roles; else the first of all. */
static size_t choose(const struct bpmn_file *file, const struct bpmn_id *id, unsigned roles)
{
	size_t at = id->first;

	if (roles == BPMN_NODES)
		return id->node != BPR_NONE ? id->node : at;
	if (roles & 1u << BPMN_PROCESS && id->process != BPR_NONE)
		return id->process;
	for (size_t i = 0; i < LONGEST_CHAIN && at != BPR_NONE; i++) {
		if (roles >> file->items[at].element->role & 1)
			return at;
		at = file->items[at].same;
	}
	return id->first;
}

size_t bpr_i_bpmn_find_as(const struct bpmn_file *file, const char *ref, size_t length, unsigned roles)
{
	size_t at;

	length = bpr_i_xml_trim(&ref, length);
	if (!length)
		return BPR_NONE;
	at = bpr_i_names_find(&file->names, ref, length);
	if (at == BPR_NONE && memchr(ref, ':', length)) {
		length = bpr_i_xml_strip_prefix(&ref, length);
		at = bpr_i_names_find(&file->names, ref, length);
	}
	return at == BPR_NONE ? BPR_NONE : choose(file, &file->ids[at], roles);
}

size_t bpr_i_bpmn_find(const struct bpmn_file *file, const char *ref, size_t length)
{
	return bpr_i_bpmn_find_as(file, ref, length, BPMN_NODES);
}

size_t bpr_i_bpmn_find_attr_as(const struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr, unsigned roles, bool *written)
{
	size_t length;
	const char *ref = bpr_i_xml_value(xml, attr, &length);

	*written = ref != NULL;
	return ref ? bpr_i_bpmn_find_as(file, ref, length, roles) : BPR_NONE;
}

size_t bpr_i_bpmn_find_attr(const struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr, bool *written)
{
	return bpr_i_bpmn_find_attr_as(file, xml, attr, BPMN_NODES, written);
}

/* A value without white space at its ends, as a text of its own; NULL none. */
static const char *trimmed(struct bpmn_file *file, const struct bpr_xml_attr *attr, size_t *length)
{
	const char *value = attr ? attr->value : NULL;

	*length = attr ? bpr_i_xml_trim(&value, attr->length) : 0;
	if (*length && value[*length]) {
		value = bpr_i_arena_strndup(&file->xml.arena, value, *length);
		file->nomem |= !value;
	}
	return *length ? value : NULL;
}

static bool is_process(const struct bpmn_item *item)
{
	return item->element->role == BPMN_PROCESS;
}

static size_t new_id(struct bpmn_file *file, const char *id, size_t length, size_t at)
{
	size_t name;

	if (!bpr_i_grow(&file->ids, &file->id_capacity, file->names.count + 1, sizeof(*file->ids)))
		return BPR_NONE;
	name = bpr_i_names_add(&file->names, id, length, NULL);
	if (name != BPR_NONE)
		file->ids[name] = (struct bpmn_id){ at, at, BPR_NONE, BPR_NONE, 1 };
	return name;
}

/* An id that is in use already: references mean the first of the kind. Two steps or processes: the second is a twin. */
static void use_again(struct bpmn_file *file, struct bpmn_id *id, size_t at)
{
	struct bpmn_item *item = &file->items[at];
	size_t twin = bpr_i_bpmn_is_node(item) ? id->node : is_process(item) ? id->process : BPR_NONE;
	char line[32];

	if (twin != BPR_NONE) {
		item->twin_of = twin;
		file->twins = true;
		return;
	}
	file->items[id->last].same = at;
	id->last = at;
	(void)snprintf(line, sizeof(line), "%u", (unsigned)file->items[id->first].xml->line);
	bpr_i_bpmn_note(file, BPR_I_X057, item->xml, NULL, item->id, line, NULL);
}

bool bpr_i_bpmn_register(struct bpmn_file *file, size_t at)
{
	struct bpmn_item *item = &file->items[at];
	size_t length;
	const char *id = trimmed(file, bpr_i_xml_attr(item->xml, "id"), &length);
	size_t name = id ? bpr_i_names_find(&file->names, id, length) : BPR_NONE;

	item->id = id ? id : "";
	if (name != BPR_NONE) {
		use_again(file, &file->ids[name], at);
	} else if (id) {
		name = new_id(file, id, length, at);
		file->nomem |= name == BPR_NONE;
	}
	if (file->nomem)
		return false;
	if (name == BPR_NONE || item->twin_of != BPR_NONE)
		return true;
	if (bpr_i_bpmn_is_node(item))
		file->ids[name].node = at;
	if (is_process(item))
		file->ids[name].process = at;
	return true;
}

/* "ID_2", "ID_3" …: the first that is free in the file. */
static bool name_twin(struct bpmn_file *file, size_t at)
{
	struct bpmn_item *item = &file->items[at];
	size_t first = bpr_i_names_find(&file->names, item->id, strlen(item->id));
	size_t name = first;
	struct bpr_buf text = BPR_BUF_INIT;
	char line[32];

	while (name != BPR_NONE && !text.failed) {
		bpr_i_buf_clear(&text);
		bpr_i_buf_printf(&text, "%s_%zu", item->id, ++file->ids[first].copies);
		name = bpr_i_names_find(&file->names, text.data, text.length);
	}
	if (!text.failed) {
		const char *id = bpr_i_arena_strndup(&file->xml.arena, text.data, text.length);
		const char *args[4] = { item->id, line, id, NULL };

		(void)snprintf(line, sizeof(line), "%u", (unsigned)file->items[item->twin_of].xml->line);
		file->nomem |= !id || new_id(file, id, text.length, at) == BPR_NONE;
		if (id)
			bpr_i_bpmn_note_all(file, BPR_I_X024, item->xml, item->id, args);
		item->id = id ? id : "";
	}
	file->nomem |= text.failed != BPR_OK;
	bpr_i_buf_release(&text);
	return !file->nomem;
}

/* Whether no node of the same process has this id yet. */
static bool take(struct bpmn_file *file, struct bpr_names *taken, size_t process, const char *id)
{
	struct bpr_buf key = BPR_BUF_INIT;
	const char *kept = NULL;
	bool added = false;

	bpr_i_buf_printf(&key, "%zu %s", process, id);
	if (!key.failed)
		kept = bpr_i_arena_strndup(&file->xml.arena, key.data, key.length);
	if (!kept || bpr_i_names_add(taken, kept, key.length, &added) == BPR_NONE)
		file->nomem = true;
	bpr_i_buf_release(&key);
	return added;
}

static const char *model_id(struct bpmn_file *file, const struct bpmn_item *item)
{
	size_t length;

	return trimmed(file, bpr_i_xml_attr_ns(item->xml, BPMN_BPR_NS, "id"), &length);
}

/* bpr:id replaces the id; not where another node of the process has it already. */
static void model_ids(struct bpmn_file *file)
{
	struct bpr_names taken = { 0 };

	for (size_t i = 0; i < file->item_count; i++)
		if (bpr_i_bpmn_is_node(&file->items[i]) && !model_id(file, &file->items[i]))
			(void)take(file, &taken, file->items[i].process, file->items[i].id);
	for (size_t i = 0; i < file->item_count && !file->nomem; i++) {
		struct bpmn_item *item = &file->items[i];
		const char *id = model_id(file, item);

		if (!id || (!bpr_i_bpmn_is_node(item) && !is_process(item)))
			continue;
		if (is_process(item) || take(file, &taken, item->process, id))
			item->id = id;
		else
			bpr_i_bpmn_note(file, BPR_I_X094, item->xml, NULL, id, item->id, NULL);
	}
	bpr_i_names_release(&taken);
}

bpr_status bpr_i_bpmn_ids(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count && file->twins; i++)
		if (file->items[i].twin_of != BPR_NONE && !name_twin(file, i))
			return BPR_ENOMEM;
	for (size_t i = 0; i < file->process_count; i++) {
		struct bpmn_item *item = &file->items[file->processes[i].item];
		char id[32];

		if (*item->id)
			continue;
		(void)snprintf(id, sizeof(id), "Process_%zu", i + 1);
		item->id = bpr_i_arena_strdup(&file->xml.arena, id);
		if (!item->id)
			return BPR_ENOMEM;
	}
	if (file->model_ids)
		model_ids(file);
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}
