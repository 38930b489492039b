/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that has an id, in the order of the file; processes, pools, lanes and who stands in them. */
#include "config.h"
#include "read/bpmn_i.h"
#include <stdio.h>
#include <string.h>

void bpr_i_bpmn_note(struct bpmn_file *file, enum bpr_code_id id, const struct bpr_xml_node *at, const char *where,
		     const char *a1, const char *a2, const char *a3)
{
	const struct bpr_place place = { file->reader->name, at ? at->line : 0, at ? at->column : 0, where };
	bool error = bpr_code_at((size_t)id)->severity == BPR_SEVERITY_ERROR;

	file->error_count += error;
	if (!bpr_i_problem(file->reader->problems, id, &place, !error, a1, a2, a3, NULL))
		file->nomem = true;
}

size_t bpr_i_bpmn_find(const struct bpmn_file *file, const char *ref, size_t length)
{
	size_t at;

	length = bpr_i_xml_trim(&ref, length);
	if (!length)
		return BPR_NONE;
	at = bpr_i_names_find(&file->ids, ref, length);
	if (at == BPR_NONE && memchr(ref, ':', length)) {
		length = bpr_i_xml_strip_prefix(&ref, length);
		at = bpr_i_names_find(&file->ids, ref, length);
	}
	return at == BPR_NONE ? BPR_NONE : file->id_items[at];
}

size_t bpr_i_bpmn_find_attr(const struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr, bool *written)
{
	size_t length;
	const char *ref = bpr_i_xml_value(xml, attr, &length);

	*written = ref != NULL;
	return ref ? bpr_i_bpmn_find(file, ref, length) : BPR_NONE;
}

bool bpr_i_bpmn_is_node(const struct bpmn_item *item)
{
	enum bpmn_role role = item->element->role;

	return role == BPMN_TASK || role == BPMN_GATEWAY || role == BPMN_EVENT || role == BPMN_SUBPROCESS || role == BPMN_CALL;
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
	char *copy;
	size_t to = 0;

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

/* The id without white space at its ends; NULL none. */
static const char *own_id(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t *length)
{
	const char *value = bpr_i_xml_value(xml, "id", length);

	if (value && value[*length]) {
		value = bpr_i_arena_strndup(&file->xml.arena, value, *length);
		file->nomem |= !value;
	}
	return value;
}

/* Two elements of one id: which of them a reference means is open. Among nodes that is an error; elsewhere the first counts. */
static void same_id(struct bpmn_file *file, size_t first, const struct bpmn_item *item)
{
	char line[32];
	bool matters = bpr_i_bpmn_is_node(item) || bpr_i_bpmn_is_node(&file->items[first]) || item->element->role == BPMN_PROCESS;

	(void)snprintf(line, sizeof(line), "%u", (unsigned)file->items[first].xml->line);
	bpr_i_bpmn_note(file, matters ? BPR_I_X024 : BPR_I_X057, item->xml, matters ? item->id : NULL, item->id, line, NULL);
}

/* A new item under its id; BPR_NONE where it has no id or memory is out. */
static size_t add_item(struct bpmn_file *file, const struct bpr_xml_node *xml, const struct bpmn_element *element, size_t process,
		       size_t parent)
{
	size_t length;
	const char *id = own_id(file, xml, &length);
	size_t at = file->item_count;
	size_t known = id ? bpr_i_names_find(&file->ids, id, length) : BPR_NONE;

	if (!bpr_i_grow(&file->items, &file->item_capacity, at + 1, sizeof(*file->items)) ||
	    !bpr_i_grow(&file->id_items, &file->id_capacity, file->ids.count + 1, sizeof(*file->id_items))) {
		file->nomem = true;
		return BPR_NONE;
	}
	file->items[at] = (struct bpmn_item){
		.xml = xml, .element = element, .id = id ? id : "", .process = process, .parent = parent, .end = at + 1,
		.lane = BPR_NONE, .target = BPR_NONE, .boundary = BPR_NONE, .next_boundary = BPR_NONE,
	};
	if (parent != BPR_NONE)
		file->items[at].marks = file->items[parent].marks & BPMN_SKIPPED;
	file->item_count++;
	if (known != BPR_NONE) {
		same_id(file, file->id_items[known], &file->items[at]);
	} else if (id) {
		known = bpr_i_names_add(&file->ids, id, length, NULL);
		if (known == BPR_NONE)
			file->nomem = true;
		else
			file->id_items[known] = at;
	}
	return file->nomem ? BPR_NONE : at;
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
		item->marks |= BPMN_SKIPPED;
		bpr_i_bpmn_note(file, BPR_I_X035, xml, NULL, bpr_i_bpmn_label(file, at), NULL, NULL);
	} else if (bpr_i_xml_bool(xml, "isForCompensation", false)) {
		item->marks |= BPMN_SKIPPED;
		bpr_i_bpmn_note(file, BPR_I_X036, xml, NULL, bpr_i_bpmn_label(file, at), NULL, NULL);
	}
	if (item->element->flags & BPMN_IS_COMPLEX)
		bpr_i_bpmn_note(file, BPR_I_X033, xml, NULL, bpr_i_bpmn_label(file, at), NULL, NULL);
	if (item->element->flags & BPMN_IS_SPECIAL)
		bpr_i_bpmn_note(file, BPR_I_X034, xml, NULL, bpr_i_bpmn_label(file, at), item->element->name, NULL);
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
	struct bpmn_arc arc = { .xml = xml, .from = BPR_NONE, .to = BPR_NONE };
	size_t length;
	size_t at = BPR_NONE;

	if (bpr_i_xml_value(xml, "id", &length)) {
		at = add_item(file, xml, element, process, BPR_NONE);
		if (at == BPR_NONE)
			return BPR_ENOMEM;
		file->items[at].target = file->arc_count;
		arc.id = file->items[at].id;
	}
	if (!bpr_i_grow(&file->arcs, &file->arc_capacity, file->arc_count + 1, sizeof(*file->arcs)))
		return BPR_ENOMEM;
	file->arcs[file->arc_count++] = arc;
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
	struct bpmn_process empty = { .participant = BPR_NONE };
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
	}
	return BPR_OK;
}

/* Participants and their processes know each other. */
static void join_pools(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++) {
		struct bpmn_item *item = &file->items[i];
		bool written;
		size_t target;

		if (item->element->role != BPMN_PARTICIPANT)
			continue;
		target = bpr_i_bpmn_find_attr(file, item->xml, "processRef", &written);
		if (target == BPR_NONE || file->items[target].element->role != BPMN_PROCESS)
			continue;
		item->process = file->items[target].process;
		if (file->processes[item->process].participant == BPR_NONE)
			file->processes[item->process].participant = i;
	}
}

static size_t lane_depth(const struct bpmn_file *file, size_t lane)
{
	size_t depth = 0;

	for (; lane != BPR_NONE; lane = file->items[lane].parent)
		depth++;
	return depth;
}

static void stand_in_lane(struct bpmn_file *file, size_t lane, const struct bpr_xml_node *ref, const char *text, size_t length)
{
	size_t at = bpr_i_bpmn_find(file, text, length);
	struct bpmn_item *item;
	size_t old, now;

	if (at == BPR_NONE || !bpr_i_bpmn_is_node(&file->items[at]))
		return; /* data, annotations, or gone: a lane that lists them changes nothing */
	item = &file->items[at];
	old = lane_depth(file, item->lane);
	now = lane_depth(file, lane);
	if (now > old)
		item->lane = lane;
	else if (now == old && item->lane != lane)
		bpr_i_bpmn_note(file, BPR_I_X043, ref, NULL, bpr_i_bpmn_label(file, at), bpr_i_bpmn_label(file, item->lane), NULL);
}

static bpr_status fill_lanes(struct bpmn_file *file)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	for (size_t i = 0; i < file->item_count; i++) {
		if (file->items[i].element->role != BPMN_LANE)
			continue;
		BPR_I_XML_EACH(child, file->items[i].xml) {
			if (!bpr_i_xml_is(child, BPMN_NS, "flowNodeRef"))
				continue;
			bpr_i_buf_clear(&buf);
			bpr_i_xml_text(&buf, child);
			file->nomem |= buf.failed != BPR_OK;
			if (buf.length)
				stand_in_lane(file, i, child, buf.data, buf.length);
		}
	}
	bpr_i_buf_release(&buf);
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}

static bool understood(const struct bpr_xml_node *xml)
{
	static const char bpsim[] = "http://www.bpsim.org/schemas/";
	static const char drawing[] = "http://www.omg.org/spec/DD/";

	return !xml->name || !strcmp(xml->ns, BPMN_NS) || !strcmp(xml->ns, BPMN_DI_NS) || !strcmp(xml->ns, BPMN_BPR_NS) || !strcmp(xml->ns, "undeclared") ||
	       !strncmp(xml->ns, bpsim, sizeof(bpsim) - 1) || !strncmp(xml->ns, drawing, sizeof(drawing) - 1);
}

/* Content of other programs: one line a namespace, with how often it occurs. What is inside of it is not counted again. */
static void name_extensions(struct bpmn_file *file)
{
	const struct bpr_xml_node *top = file->xml.root;
	const struct bpr_xml_node *xml = top;

	while (xml) {
		bool known = understood(xml);

		if (!known)
			bpr_i_bpmn_note(file, BPR_I_X063, xml, xml->ns, *xml->ns ? xml->ns : "-", NULL, NULL);
		if (known && xml->name && xml->first) {
			xml = xml->first;
			continue;
		}
		while (xml != top && !xml->next)
			xml = xml->parent;
		xml = xml == top ? NULL : xml->next;
	}
}

bpr_status bpr_i_bpmn_index(struct bpmn_file *file)
{
	BPR_I_XML_EACH(child, file->xml.root) {
		const struct bpmn_element *element = !strcmp(child->ns, BPMN_NS) ? bpr_i_bpmn_element(child->name) : NULL;
		bpr_status status = BPR_OK;

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
			break;
		}
		if (status)
			return status;
	}
	name_extensions(file);
	join_pools(file);
	return fill_lanes(file);
}
