/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of elements: what each element of the BPMN namespace is to us. Sorted by name. A new one is one row. */
#include "config.h"
#include "read/bpmn_i.h"
#include <stdlib.h>
#include <string.h>

#define TASK(name, flags) { name, BPMN_TASK, BPR_NODE_TASK, flags }
#define GATEWAY(name, kind, flags) { name, BPMN_GATEWAY, kind, flags }
#define EVENT(name, kind, flags) { name, BPMN_EVENT, kind, flags }
#define SUB(name, flags) { name, BPMN_SUBPROCESS, BPR_NODE_TASK, flags }
#define ROLE(name, role) { name, role, BPR_NODE_TASK, 0 }

static const struct bpmn_element elements[] = {
	SUB("adHocSubProcess", BPMN_IS_SPECIAL),
	ROLE("association", BPMN_ASSOCIATION),
	EVENT("boundaryEvent", BPR_NODE_EVENT, BPMN_IS_BOUNDARY),
	TASK("businessRuleTask", BPMN_IS_SYSTEM),
	{ "callActivity", BPMN_CALL, BPR_NODE_TASK, 0 },
	ROLE("cancelEventDefinition", BPMN_DEFINITION),
	ROLE("collaboration", BPMN_COLLABORATION),
	ROLE("compensateEventDefinition", BPMN_DEFINITION),
	GATEWAY("complexGateway", BPR_NODE_OR, BPMN_IS_COMPLEX),
	ROLE("conditionalEventDefinition", BPMN_DEFINITION),
	ROLE("dataInput", BPMN_DATA),
	ROLE("dataObject", BPMN_DATA),
	ROLE("dataObjectReference", BPMN_DATA_REF),
	ROLE("dataOutput", BPMN_DATA),
	ROLE("dataStore", BPMN_DATA),
	ROLE("dataStoreReference", BPMN_DATA_REF),
	EVENT("endEvent", BPR_NODE_END, BPMN_IS_END | BPMN_IS_THROW),
	ROLE("errorEventDefinition", BPMN_DEFINITION),
	ROLE("escalationEventDefinition", BPMN_DEFINITION),
	GATEWAY("eventBasedGateway", BPR_NODE_XOR, 0),
	GATEWAY("exclusiveGateway", BPR_NODE_XOR, 0),
	{ "globalBusinessRuleTask", BPMN_GLOBAL_TASK, BPR_NODE_TASK, BPMN_IS_SYSTEM },
	ROLE("globalManualTask", BPMN_GLOBAL_TASK),
	{ "globalScriptTask", BPMN_GLOBAL_TASK, BPR_NODE_TASK, BPMN_IS_SYSTEM },
	ROLE("globalTask", BPMN_GLOBAL_TASK),
	ROLE("globalUserTask", BPMN_GLOBAL_TASK),
	EVENT("implicitThrowEvent", BPR_NODE_EVENT, BPMN_IS_THROW),
	GATEWAY("inclusiveGateway", BPR_NODE_OR, 0),
	EVENT("intermediateCatchEvent", BPR_NODE_EVENT, 0),
	EVENT("intermediateThrowEvent", BPR_NODE_EVENT, BPMN_IS_THROW),
	ROLE("ioSpecification", BPMN_IO),
	ROLE("lane", BPMN_LANE),
	ROLE("laneSet", BPMN_LANE_SET),
	ROLE("linkEventDefinition", BPMN_DEFINITION),
	TASK("manualTask", 0),
	ROLE("messageEventDefinition", BPMN_DEFINITION),
	ROLE("messageFlow", BPMN_MESSAGE_FLOW),
	GATEWAY("parallelGateway", BPR_NODE_AND, 0),
	ROLE("participant", BPMN_PARTICIPANT),
	ROLE("process", BPMN_PROCESS),
	TASK("receiveTask", 0),
	ROLE("resource", BPMN_RESOURCE),
	TASK("scriptTask", BPMN_IS_SYSTEM),
	TASK("sendTask", 0),
	ROLE("sequenceFlow", BPMN_FLOW),
	TASK("serviceTask", BPMN_IS_SYSTEM),
	ROLE("signalEventDefinition", BPMN_DEFINITION),
	EVENT("startEvent", BPR_NODE_START, BPMN_IS_START),
	SUB("subProcess", 0),
	TASK("task", 0),
	ROLE("terminateEventDefinition", BPMN_DEFINITION),
	ROLE("timerEventDefinition", BPMN_DEFINITION),
	SUB("transaction", BPMN_IS_SPECIAL),
	TASK("userTask", 0),
};

static int compare(const void *key, const void *row)
{
	const char *name = key;
	const struct bpmn_element *element = row;

	return strcmp(name, element->name);
}

const struct bpmn_element *bpr_i_bpmn_element(const char *name)
{
	return bsearch(name, elements, sizeof(elements) / sizeof(elements[0]), sizeof(elements[0]), compare);
}
