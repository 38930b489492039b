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
	at = ref ? bpr_i_bpmn_find(file, ref, length) : BPR_NONE;
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

bpr_status bpr_i_bpmn_events(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++) {
		struct bpmn_item *item = &file->items[i];

		if (item->element->role != BPMN_EVENT)
			continue;
		BPR_I_XML_EACH(child, item->xml)
			item->triggers |= trigger_of(defines(file, child));
		if (item->element->flags & BPMN_IS_BOUNDARY && item->triggers == BPMN_COMPENSATE) {
			item->marks |= BPMN_SKIPPED;
			bpr_i_bpmn_note(file, BPR_I_X036, item->xml, NULL, bpr_i_bpmn_label(file, i), NULL, NULL);
		}
		if (item->element->flags & BPMN_IS_END && item->triggers & BPMN_TERMINATE)
			item->marks |= BPMN_TERMINATES;
	}
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}
