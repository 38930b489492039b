/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that has an id, in the order of the file; processes, pools, lanes and who stands in them. */
#include "config.h"
#include "read/bpmn_i.h"
#include <stdio.h>
#include <string.h>

/* Problems of one code that are listed each, with their element; the others are one line with a count. */
enum { LISTED = 20 };

/* A circle of calls has no size; a scenario that was asked for and is not there gives other figures than those asked for. */
static bool refuses(enum bpr_code_id id)
{
	return id == BPR_I_X030 || id == BPR_I_X071 || id == BPR_I_X093 || id == BPR_I_X130;
}

void bpr_i_bpmn_note_all(struct bpmn_file *file, enum bpr_code_id id, const struct bpr_xml_node *at, const char *where,
			 const char *const args[4])
{
	bool error = bpr_code_at((size_t)id)->severity == BPR_SEVERITY_ERROR;
	bool listed = file->noted[id] < LISTED;
	bool group = !error || !listed;
	const struct bpr_xml_attr *own = at && at->name && !where && listed ? bpr_i_xml_attr(at, "id") : NULL;
	const struct bpr_place place = { file->side ? file->side : file->reader->name, at ? at->line : 0, at ? at->column : 0,
					 own ? own->value : error && group ? NULL : where };

	file->error_count += error;
	file->noted[id] += !group || own;
	if (refuses(id) && !file->refused)
		file->refused = id;
	if (!bpr_i_problem(file->reader->problems, id, &place, group, args[0], args[1], args[2], args[3]))
		file->nomem = true;
}

void bpr_i_bpmn_note(struct bpmn_file *file, enum bpr_code_id id, const struct bpr_xml_node *at, const char *where,
		     const char *a1, const char *a2, const char *a3)
{
	const char *const args[4] = { a1, a2, a3, NULL };

	bpr_i_bpmn_note_all(file, id, at, where, args);
}

size_t bpr_i_bpmn_next(const struct bpmn_file *file, size_t process, size_t parent, size_t item)
{
	size_t top = parent != BPR_NONE ? parent : file->processes[process].item;
	size_t end = file->items[top].end;
	size_t at = item == top ? top + 1 : file->items[item].end;

	while (at < end && (file->items[at].parent != parent || !bpr_i_bpmn_is_node(&file->items[at])))
		at = file->items[at].end;
	return at < end ? at : BPR_NONE;
}

size_t bpr_i_bpmn_first(const struct bpmn_file *file, size_t process, size_t parent)
{
	return bpr_i_bpmn_next(file, process, parent, parent != BPR_NONE ? parent : file->processes[process].item);
}

const char *bpr_i_bpmn_name(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	size_t length;
	const char *value = bpr_i_xml_value(xml, "name", &length);
	const struct bpr_xml_attr *exact = bpr_i_xml_attr_ns(xml, BPMN_BPR_NS, "name");
	char *copy;
	size_t to = 0;

	if (exact) /* with its line ends, or none where BPMN needed one */
		return exact->value;
	if (!value)
		return "";
	if (!value[length] && !memchr(value, '\n', length) && !memchr(value, '\t', length) && !memchr(value, '\r', length))
		return value;
	copy = bpr_i_arena_strndup(&file->xml.arena, value, length);
	if (!copy) {
		file->nomem = true;
		return NULL;
	}
	for (size_t i = 0; i < length; i++) {
		bool space = copy[i] == '\n' || copy[i] == '\t' || copy[i] == '\r' || copy[i] == ' ';

		if (!space)
			copy[to++] = copy[i];
		else if (to && copy[to - 1] != ' ')
			copy[to++] = ' ';
	}
	copy[to] = '\0';
	return copy;
}

const char *bpr_i_bpmn_label(struct bpmn_file *file, size_t item)
{
	const char *name = bpr_i_bpmn_name(file, file->items[item].xml);

	return name && *name ? name : file->items[item].id;
}

/* A new item under its id; BPR_NONE where memory is out. */
static size_t add_item(struct bpmn_file *file, const struct bpr_xml_node *xml, const struct bpmn_element *element, size_t process,
		       size_t parent)
{
	size_t at = file->item_count;

	if (!bpr_i_grow(&file->items, &file->item_capacity, at + 1, sizeof(*file->items))) {
		file->nomem = true;
		return BPR_NONE;
	}
	file->items[at] = (struct bpmn_item){
		.xml = xml, .element = element, .process = process, .parent = parent, .end = at + 1, .lane = BPR_NONE, .target = BPR_NONE,
		.same = BPR_NONE, .twin_of = BPR_NONE, .boundary = BPR_NONE, .next_boundary = BPR_NONE,
		.event_sub = BPR_NONE, .lifted = BPR_NONE,
	};
	if (parent != BPR_NONE)
		file->items[at].marks = file->items[parent].marks & BPMN_SKIPPED;
	file->item_count++;
	file->model_ids = file->model_ids || bpr_i_xml_attr_ns(xml, BPMN_BPR_NS, "id") != NULL;
	return bpr_i_bpmn_register(file, at) ? at : BPR_NONE;
}

static bpr_status walk(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t process, size_t parent);

static bpr_status walk_lanes(struct bpmn_file *file, const struct bpr_xml_node *set, size_t process, size_t around)
{
	BPR_I_XML_EACH(xml, set) {
		const struct bpmn_element *element = !strcmp(xml->ns, BPMN_NS) ? bpr_i_bpmn_element(xml->name) : NULL;
		bpr_status status;
		size_t lane;

		if (!element || element->role != BPMN_LANE)
			continue;
		lane = add_item(file, xml, element, process, around);
		if (lane == BPR_NONE)
			return BPR_ENOMEM;
		BPR_I_XML_EACH(child, xml)
			if (bpr_i_xml_is(child, BPMN_NS, "childLaneSet")) {
				status = walk_lanes(file, child, process, lane);
				if (status)
					return status;
			}
	}
	return BPR_OK;
}

static void mark_node(struct bpmn_file *file, size_t at)
{
	struct bpmn_item *item = &file->items[at];
	const struct bpr_xml_node *xml = item->xml;

	if (item->element->role == BPMN_SUBPROCESS && bpr_i_xml_bool(xml, "triggeredByEvent", false)) {
		item->marks |= BPMN_EVENT_SUB;
	} else if (bpr_i_xml_bool(xml, "isForCompensation", false)) {
		item->marks |= BPMN_SKIPPED;
		bpr_i_bpmn_note(file, BPR_I_X036, xml, NULL, bpr_i_bpmn_label(file, at), NULL, NULL);
	}
	if (item->element->flags & BPMN_IS_COMPLEX)
		bpr_i_bpmn_note(file, BPR_I_X033, xml, NULL, bpr_i_bpmn_label(file, at), NULL, NULL);
	if (item->element->flags & BPMN_IS_SPECIAL)
		bpr_i_bpmn_note(file, strcmp(item->element->name, "transaction") ? BPR_I_X086 : BPR_I_X034, xml, NULL,
				bpr_i_bpmn_label(file, at), item->element->name, NULL);
	if (item->element->flags & BPMN_IS_START && item->parent != BPR_NONE && file->items[item->parent].marks & BPMN_EVENT_SUB) {
		item->marks |= BPMN_TRIGGERS;
		if (file->items[item->parent].target == BPR_NONE)
			file->items[item->parent].target = at;
	}
}

static bpr_status walk_node(struct bpmn_file *file, const struct bpr_xml_node *xml, const struct bpmn_element *element,
			    size_t process, size_t parent)
{
	size_t length;
	bpr_status status = BPR_OK;
	size_t at;

	if (!bpr_i_xml_value(xml, "id", &length)) {
		bpr_i_bpmn_note(file, BPR_I_X053, xml, NULL, element->name, NULL, NULL);
		return BPR_OK;
	}
	at = add_item(file, xml, element, process, parent);
	if (at == BPR_NONE)
		return BPR_ENOMEM;
	file->processes[process].node_count++;
	mark_node(file, at);
	if (element->role == BPMN_SUBPROCESS)
		status = walk(file, xml, process, at);
	file->items[at].end = file->item_count;
	if (parent != BPR_NONE)
		file->items[parent].marks |= BPMN_EXPANDED;
	return status;
}

static bpr_status add_arc(struct bpmn_file *file, const struct bpr_xml_node *xml, const struct bpmn_element *element, size_t process)
{
	struct bpmn_arc arc = { .xml = xml, .item = BPR_NONE, .from = BPR_NONE, .to = BPR_NONE };
	size_t length;
	size_t at = BPR_NONE;

	if (bpr_i_xml_value(xml, "id", &length)) {
		at = add_item(file, xml, element, process, BPR_NONE);
		if (at == BPR_NONE)
			return BPR_ENOMEM;
		file->items[at].target = file->arc_count;
		arc.item = at;
		arc.id = file->items[at].id;
	}
	if (!bpr_i_grow(&file->arcs, &file->arc_capacity, file->arc_count + 1, sizeof(*file->arcs)))
		return BPR_ENOMEM;
	file->arcs[file->arc_count++] = arc;
	return BPR_OK;
}

static bpr_status add_association(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	if (!bpr_i_grow(&file->associations, &file->association_capacity, file->association_count + 1, sizeof(*file->associations)))
		return BPR_ENOMEM;
	file->associations[file->association_count++] = xml;
	return BPR_OK;
}

/* What comes into a process and what leaves it. */
static bpr_status walk_data(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t process)
{
	BPR_I_XML_EACH(child, xml) {
		const struct bpmn_element *element = !strcmp(child->ns, BPMN_NS) ? bpr_i_bpmn_element(child->name) : NULL;

		if (element && element->role == BPMN_DATA && add_item(file, child, element, process, BPR_NONE) == BPR_NONE)
			return BPR_ENOMEM;
	}
	return BPR_OK;
}

/* The contents of a process or of a sub-process. */
static bpr_status walk(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t process, size_t parent)
{
	BPR_I_XML_EACH(child, xml) {
		const struct bpmn_element *element = !strcmp(child->ns, BPMN_NS) ? bpr_i_bpmn_element(child->name) : NULL;
		bpr_status status = BPR_OK;

		switch (element ? element->role : BPMN_OTHER) {
		case BPMN_TASK:
		case BPMN_GATEWAY:
		case BPMN_EVENT:
		case BPMN_SUBPROCESS:
		case BPMN_CALL:
			status = walk_node(file, child, element, process, parent);
			break;
		case BPMN_FLOW:
			status = add_arc(file, child, element, process);
			break;
		case BPMN_LANE_SET:
			status = walk_lanes(file, child, process, BPR_NONE);
			break;
		case BPMN_DATA:
		case BPMN_DATA_REF:
			if (add_item(file, child, element, process, BPR_NONE) == BPR_NONE)
				status = BPR_ENOMEM;
			break;
		case BPMN_ASSOCIATION:
			status = add_association(file, child);
			break;
		case BPMN_IO:
			status = walk_data(file, child, process);
			break;
		case BPMN_OTHER:
		case BPMN_LANE:
		case BPMN_PROCESS:
		case BPMN_GLOBAL_TASK:
		case BPMN_COLLABORATION:
		case BPMN_PARTICIPANT:
		case BPMN_MESSAGE_FLOW:
		case BPMN_RESOURCE:
		case BPMN_DEFINITION:
			break;
		}
		if (status)
			return status;
	}
	return BPR_OK;
}

static bpr_status walk_process(struct bpmn_file *file, const struct bpr_xml_node *xml, const struct bpmn_element *element)
{
	size_t process = file->process_count;
	struct bpmn_process empty = { .participant = BPR_NONE, .event_sub = BPR_NONE };
	bpr_status status;

	if (!bpr_i_grow(&file->processes, &file->process_capacity, process + 1, sizeof(*file->processes)))
		return BPR_ENOMEM;
	empty.item = file->item_count;
	empty.first_arc = file->arc_count;
	file->processes[file->process_count++] = empty;
	if (add_item(file, xml, element, process, BPR_NONE) == BPR_NONE)
		return BPR_ENOMEM;
	status = walk(file, xml, process, BPR_NONE);
	file->items[file->processes[process].item].end = file->item_count;
	file->processes[process].end_arc = file->arc_count;
	return status;
}

static bpr_status walk_collaboration(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	BPR_I_XML_EACH(child, xml) {
		const struct bpmn_element *element = !strcmp(child->ns, BPMN_NS) ? bpr_i_bpmn_element(child->name) : NULL;

		if (element && element->role == BPMN_PARTICIPANT && add_item(file, child, element, BPR_NONE, BPR_NONE) == BPR_NONE)
			return BPR_ENOMEM;
		if (element && element->role == BPMN_ASSOCIATION && add_association(file, child))
			return BPR_ENOMEM;
	}
	return BPR_OK;
}

/* Participants and their processes know each other. */
static void join_pool(struct bpmn_file *file, size_t at)
{
	struct bpmn_item *item = &file->items[at];
	const char *label = bpr_i_bpmn_label(file, at);
	bool written;
	size_t target = bpr_i_bpmn_find_attr_as(file, item->xml, "processRef", 1u << BPMN_PROCESS, &written);
	struct bpmn_process *process;

	if (bpr_i_xml_child(item->xml, BPMN_NS, "participantMultiplicity"))
		bpr_i_bpmn_note(file, BPR_I_X098, item->xml, NULL, label, NULL, NULL);
	if (target == BPR_NONE || file->items[target].element->role != BPMN_PROCESS) {
		if (written)
			bpr_i_bpmn_note(file, BPR_I_X099, item->xml, NULL, label, bpr_i_xml_attr(item->xml, "processRef")->value, NULL);
		return;
	}
	item->process = file->items[target].process;
	process = &file->processes[item->process];
	if (process->participant == BPR_NONE)
		process->participant = at;
	else
		bpr_i_bpmn_note(file, BPR_I_X104, item->xml, NULL, label, bpr_i_bpmn_label(file, process->participant), NULL);
}

static void join_pools(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++)
		if (file->items[i].element->role == BPMN_PARTICIPANT)
			join_pool(file, i);
}

bpr_status bpr_i_bpmn_index(struct bpmn_file *file)
{
	bpr_status status;

	BPR_I_XML_EACH(child, file->xml.root) {
		const struct bpmn_element *element = !strcmp(child->ns, BPMN_NS) ? bpr_i_bpmn_element(child->name) : NULL;

		status = BPR_OK;
		switch (element ? element->role : BPMN_OTHER) {
		case BPMN_PROCESS:
			status = walk_process(file, child, element);
			break;
		case BPMN_COLLABORATION:
			status = walk_collaboration(file, child);
			break;
		case BPMN_GLOBAL_TASK:
		case BPMN_DATA:
		case BPMN_RESOURCE:
		case BPMN_DEFINITION:
			if (add_item(file, child, element, BPR_NONE, BPR_NONE) == BPR_NONE)
				status = BPR_ENOMEM;
			break;
		case BPMN_OTHER:
		case BPMN_TASK:
		case BPMN_GATEWAY:
		case BPMN_EVENT:
		case BPMN_SUBPROCESS:
		case BPMN_CALL:
		case BPMN_FLOW:
		case BPMN_LANE_SET:
		case BPMN_LANE:
		case BPMN_DATA_REF:
		case BPMN_IO:
		case BPMN_PARTICIPANT:
		case BPMN_MESSAGE_FLOW:
		case BPMN_ASSOCIATION:
			break;
		}
		if (status)
			return status;
	}
	bpr_i_bpmn_vendors(file);
	status = bpr_i_bpmn_ids(file);
	join_pools(file);
	return status ? status : file->nomem ? BPR_ENOMEM : BPR_OK;
}
