/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message flows: between nodes, pools and processes of the file; and then between the flows that were built of it. */
#include "config.h"
#include "read/bpmn_i.h"
#include <string.h>

/* What an end stands for: a node, a pool, a process (a lane is its process); else BPR_NONE. */
static size_t end_of(const struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr)
{
	bool written;
	size_t at = bpr_i_bpmn_find_attr_as(file, xml, attr, BPMN_NODES, &written);
	enum bpmn_role role = at == BPR_NONE ? BPMN_OTHER : file->items[at].element->role;

	if (role == BPMN_LANE)
		return file->processes[file->items[at].process].item;
	if (role == BPMN_PARTICIPANT || role == BPMN_PROCESS || (role != BPMN_OTHER && bpr_i_bpmn_is_node(&file->items[at])))
		return at;
	return BPR_NONE;
}

static bpr_status add_message(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	const struct bpr_xml_attr *id = bpr_i_xml_attr(xml, "id");
	const struct bpmn_message message = { xml, end_of(file, xml, "sourceRef"), end_of(file, xml, "targetRef") };

	if (message.from == BPR_NONE || message.to == BPR_NONE) {
		bpr_i_bpmn_note(file, BPR_I_X046, xml, NULL, id ? id->value : "", NULL, NULL);
		return BPR_OK;
	}
	if (!bpr_i_grow(&file->messages, &file->message_capacity, file->message_count + 1, sizeof(*file->messages)))
		return BPR_ENOMEM;
	file->messages[file->message_count++] = message;
	return BPR_OK;
}

bpr_status bpr_i_bpmn_messages(struct bpmn_file *file)
{
	BPR_I_XML_EACH(child, file->xml.root) {
		const struct bpmn_element *element = !strcmp(child->ns, BPMN_NS) ? bpr_i_bpmn_element(child->name) : NULL;

		if (!element || element->role != BPMN_COLLABORATION)
			continue;
		BPR_I_XML_EACH(xml, child) {
			bpr_status status = bpr_i_xml_is(xml, BPMN_NS, "messageFlow") ? add_message(file, xml) : BPR_OK;

			if (status)
				return status;
		}
	}
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}

/* Flow and node of an end. */
static void place_end(const struct bpmn_file *file, size_t item, const size_t *flow_of, const struct bpr_flows *flows, size_t *flow,
		      size_t *node)
{
	const struct bpmn_item *it = &file->items[item];

	*flow = it->process == BPR_NONE ? BPR_NONE : flow_of[it->process];
	*node = *flow == BPR_NONE || !bpr_i_bpmn_is_node(it) ? BPR_NONE : bpr_flow_find(flows->items[*flow], it->id);
}

static size_t text_size(const struct bpr_xml_node *xml, const char *name)
{
	const struct bpr_xml_attr *attr = xml ? bpr_i_xml_attr(xml, name) : NULL;

	return attr ? attr->length + 1 : 0;
}

static const char *keep(char **room, const struct bpr_xml_node *xml, const char *name)
{
	const struct bpr_xml_attr *attr = xml ? bpr_i_xml_attr(xml, name) : NULL;
	char *text = *room;

	if (!attr)
		return "";
	memcpy(text, attr->value, attr->length);
	text[attr->length] = '\0';
	*room += attr->length + 1;
	return text;
}

/* A pool that no flow stands for, or NULL. */
static const struct bpr_xml_node *outside(const struct bpmn_file *file, size_t item, const size_t *flow_of)
{
	const struct bpmn_item *it = &file->items[item];

	return it->element->role == BPMN_PARTICIPANT && (it->process == BPR_NONE || flow_of[it->process] == BPR_NONE) ? it->xml : NULL;
}

/* One block, the texts behind the messages: it outlives the file. */
bpr_status bpr_i_bpmn_tell_messages(const struct bpmn_file *file, const size_t *flow_of, struct bpr_flows *out)
{
	size_t size = file->message_count * sizeof(struct bpr_message);
	char *room;

	if (!file->message_count)
		return BPR_OK;
	for (size_t i = 0; i < file->message_count; i++)
		size += text_size(file->messages[i].xml, "id") + text_size(file->messages[i].xml, "name") +
			text_size(outside(file, file->messages[i].from, flow_of), "name") + text_size(outside(file, file->messages[i].to, flow_of), "name");
	out->messages = bpr_i_realloc(NULL, size, 1);
	if (!out->messages)
		return BPR_ENOMEM;
	room = (char *)(out->messages + file->message_count);
	for (size_t i = 0; i < file->message_count; i++) {
		const struct bpmn_message *from = &file->messages[i];
		struct bpr_message *to = &out->messages[i];

		to->id = keep(&room, from->xml, "id");
		to->name = keep(&room, from->xml, "name");
		to->from_pool = keep(&room, outside(file, from->from, flow_of), "name");
		to->to_pool = keep(&room, outside(file, from->to, flow_of), "name");
		to->line = from->xml->line;
		place_end(file, from->from, flow_of, out, &to->from_flow, &to->from_node);
		place_end(file, from->to, flow_of, out, &to->to_flow, &to->to_node);
	}
	out->message_count = file->message_count;
	return BPR_OK;
}
