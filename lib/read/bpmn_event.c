/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What events wait for or throw: their own definitions and those of the file that they refer to. */
#include "config.h"
#include "read/bpmn_i.h"
#include <string.h>

static const struct { const char *element, *name; unsigned trigger; } triggers[] = {
	{ "messageEventDefinition", "message", BPMN_MESSAGE }, { "timerEventDefinition", "timer", BPMN_TIMER },
	{ "signalEventDefinition", "signal", BPMN_SIGNAL }, { "errorEventDefinition", "error", BPMN_ERROR },
	{ "escalationEventDefinition", "escalation", BPMN_ESCALATION }, { "conditionalEventDefinition", "conditional", BPMN_CONDITIONAL },
	{ "linkEventDefinition", "link", BPMN_LINKED }, { "compensateEventDefinition", "compensate", BPMN_COMPENSATE },
	{ "cancelEventDefinition", "cancel", BPMN_CANCEL }, { "terminateEventDefinition", "terminate", BPMN_TERMINATE },
};
enum { TRIGGERS = sizeof(triggers) / sizeof(triggers[0]) };

/* What a child of an event defines: itself, or what <eventDefinitionRef> names; NULL where it is something else. */
static const struct bpr_xml_node *defines(const struct bpmn_file *file, const struct bpr_xml_node *child)
{
	size_t length, at;
	const char *ref;

	if (!bpr_i_xml_is(child, BPMN_NS, "eventDefinitionRef"))
		return strcmp(child->ns, BPMN_NS) ? NULL : child;
	ref = bpr_i_xml_simple_text(child, &length);
	at = ref ? bpr_i_bpmn_find_as(file, ref, length, 1u << BPMN_DEFINITION) : BPR_NONE;
	return at == BPR_NONE ? NULL : file->items[at].xml;
}

static unsigned trigger_of(const struct bpr_xml_node *definition)
{
	for (size_t i = 0; definition && i < TRIGGERS; i++)
		if (!strcmp(definition->name, triggers[i].element))
			return triggers[i].trigger;
	return 0;
}

const struct bpr_xml_node *bpr_i_bpmn_definition(const struct bpmn_file *file, const struct bpr_xml_node *event, unsigned trigger)
{
	BPR_I_XML_EACH(child, event) {
		const struct bpr_xml_node *definition = defines(file, child);

		if (trigger_of(definition) == trigger)
			return definition;
	}
	return NULL;
}

const char *bpr_i_bpmn_trigger_name(unsigned set)
{
	for (size_t i = 0; i < TRIGGERS; i++)
		if (set == triggers[i].trigger)
			return triggers[i].name;
	return set ? "multiple" : NULL;
}

static void skip(struct bpmn_file *file, size_t at)
{
	for (size_t i = at; i < file->items[at].end; i++)
		file->items[i].marks |= BPMN_SKIPPED;
}

/* Compensation stands beside the normal way: the event, what it is joined to, the event sub-process that it starts. */
static void compensation(struct bpmn_file *file, size_t at)
{
	const struct bpmn_item *item = &file->items[at];
	bool boundary = item->element->flags & BPMN_IS_BOUNDARY;

	if (item->triggers != BPMN_COMPENSATE || (!boundary && !(item->marks & BPMN_TRIGGERS)))
		return;
	skip(file, boundary ? at : item->parent);
	file->compensates = true;
	bpr_i_bpmn_note(file, BPR_I_X036, item->xml, NULL, bpr_i_bpmn_label(file, boundary ? at : item->parent), NULL, NULL);
}

/* What an association joins to an event of compensation undoes, whether it is marked so or not. */
static void compensators(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->association_count; i++) {
		const struct bpr_xml_node *xml = file->associations[i];
		bool written;
		size_t from = bpr_i_bpmn_find_attr(file, xml, "sourceRef", &written);
		size_t to = bpr_i_bpmn_find_attr(file, xml, "targetRef", &written);

		if (from == BPR_NONE || to == BPR_NONE || !(file->items[from].element->flags & BPMN_IS_BOUNDARY) ||
		    file->items[from].triggers != BPMN_COMPENSATE || !bpr_i_bpmn_is_node(&file->items[to]) || file->items[to].marks & BPMN_SKIPPED)
			continue;
		skip(file, to);
		bpr_i_bpmn_note(file, BPR_I_X036, file->items[to].xml, NULL, bpr_i_bpmn_label(file, to), NULL, NULL);
	}
}

/* Event sub-processes know their scope, and it knows them; the last of the file first. */
static void join_event_subs(struct bpmn_file *file)
{
	for (size_t i = file->item_count; i-- > 0;) {
		struct bpmn_item *item = &file->items[i];
		size_t *first;

		if (!(item->marks & BPMN_EVENT_SUB) || item->marks & BPMN_SKIPPED)
			continue;
		first = item->parent != BPR_NONE ? &file->items[item->parent].event_sub : &file->processes[item->process].event_sub;
		item->next_boundary = *first;
		*first = i;
	}
}

bpr_status bpr_i_bpmn_events(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++) {
		struct bpmn_item *item = &file->items[i];

		if (item->element->role != BPMN_EVENT)
			continue;
		BPR_I_XML_EACH(child, item->xml)
			item->triggers |= trigger_of(defines(file, child));
		compensation(file, i);
		if (item->element->flags & BPMN_IS_END && item->triggers & BPMN_TERMINATE)
			item->marks |= BPMN_TERMINATES;
		if (item->triggers & (item->triggers - 1))
			bpr_i_bpmn_note(file, BPR_I_X103, item->xml, NULL, bpr_i_bpmn_label(file, i), NULL, NULL);
	}
	if (file->compensates)
		compensators(file);
	join_event_subs(file);
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}
