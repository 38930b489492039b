/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other programs keep in the file: one line a namespace, or a name that is written as BPMN and is none, with how often. */
#include "config.h"
#include "read/bpmn_i.h"
#include <stdlib.h>
#include <string.h>

/* Elements of BPMN 2.0 (Semantic.xsd) that have no row in the table of elements. Sorted by bytes. */
static const char *const others[] = {
	"activationCondition", "activity", "artifact", "assignment", "auditing", "baseElement",
	"baseElementWithMixedContent", "callChoreography", "callConversation", "callableElement", "catchEvent",
	"category", "categoryValue", "categoryValueRef", "childLaneSet", "choreography", "choreographyActivity",
	"choreographyRef", "choreographyTask", "completionCondition", "complexBehaviorDefinition", "condition",
	"conditionExpression", "conversation", "conversationAssociation", "conversationLink", "conversationNode",
	"correlationKey", "correlationProperty", "correlationPropertyBinding", "correlationPropertyRef",
	"correlationPropertyRetrievalExpression", "correlationSubscription", "dataAssociation",
	"dataInputAssociation", "dataInputRefs", "dataOutputAssociation", "dataOutputRefs", "dataPath", "dataState",
	"definitions", "documentation", "endPoint", "endPointRef", "error", "errorRef", "escalation", "event",
	"eventDefinition", "eventDefinitionRef", "expression", "extension", "extensionElements", "flowElement",
	"flowNode", "flowNodeRef", "formalExpression", "from", "gateway", "globalChoreographyTask",
	"globalConversation", "group", "humanPerformer", "import", "inMessageRef", "incoming", "innerParticipantRef",
	"inputDataItem", "inputSet", "inputSetRefs", "interface", "interfaceRef", "ioBinding", "itemDefinition",
	"loopCardinality", "loopCharacteristics", "loopCondition", "loopDataInputRef", "loopDataOutputRef", "message",
	"messageFlowAssociation", "messageFlowRef", "messagePath", "monitoring", "multiInstanceLoopCharacteristics",
	"operation", "operationRef", "optionalInputRefs", "optionalOutputRefs", "outMessageRef",
	"outerParticipantRef", "outgoing", "outputDataItem", "outputSet", "outputSetRefs", "participantAssociation",
	"participantMultiplicity", "participantRef", "partitionElement", "partnerEntity", "partnerRole", "performer",
	"potentialOwner", "property", "relationship", "rendering", "resourceAssignmentExpression",
	"resourceParameter", "resourceParameterBinding", "resourceRef", "resourceRole", "rootElement", "script",
	"signal", "source", "sourceRef", "standardLoopCharacteristics", "subChoreography", "subConversation",
	"supportedInterfaceRef", "supports", "target", "targetRef", "text", "textAnnotation", "throwEvent",
	"timeCycle", "timeDate", "timeDuration", "to", "transformation", "whileExecutingInputRefs",
	"whileExecutingOutputRefs",
};

static int compare(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

static bool is_bpmn(const char *name)
{
	return bpr_i_bpmn_element(name) || bsearch(name, others, sizeof(others) / sizeof(others[0]), sizeof(others[0]), compare);
}

/* Names are one copy each: known ones are found again by their address. */
struct known {
	const char *names[256];
};

static bool is_known(struct known *known, const char *name)
{
	const char **slot = &known->names[((uintptr_t)name >> 4) % (sizeof(known->names) / sizeof(known->names[0]))];

	if (*slot == name)
		return true;
	if (!is_bpmn(name))
		return false;
	*slot = name;
	return true;
}

static bool starts(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static bool understood(const struct bpr_xml_node *xml)
{
	return !strcmp(xml->ns, BPMN_DI_NS) || !strcmp(xml->ns, BPMN_BPR_NS) || !strcmp(xml->ns, "undeclared") ||
	       starts(xml->ns, "http://www.bpsim.org/schemas/") || starts(xml->ns, "http://www.qbp-simulator.com/") ||
	       starts(xml->ns, "http://www.omg.org/spec/DD/");
}

/* Notes an element that is not understood; true where what is inside of it is worth a look. */
static bool look(struct bpmn_file *file, struct known *known, const struct bpr_xml_node *xml)
{
	if (!xml->name)
		return false;
	if (!strcmp(xml->ns, BPMN_NS)) {
		if (is_known(known, xml->name))
			return true;
		bpr_i_bpmn_note(file, BPR_I_X092, xml, xml->name, xml->name, NULL, NULL);
		return false;
	}
	if (understood(xml))
		return true;
	bpr_i_bpmn_note(file, BPR_I_X063, xml, xml->ns, *xml->ns ? xml->ns : "-", xml->name, NULL);
	return false;
}

void bpr_i_bpmn_vendors(struct bpmn_file *file)
{
	const struct bpr_xml_node *top = file->xml.root;
	const struct bpr_xml_node *xml = top;
	struct known known = { { NULL } };

	while (xml) {
		if (look(file, &known, xml) && xml->first) {
			xml = xml->first;
			continue;
		}
		while (xml != top && !xml->next)
			xml = xml->parent;
		xml = xml == top ? NULL : xml->next;
	}
}
