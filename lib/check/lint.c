/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elements of a BPMN file as the rules want them: one list, with who follows whom. */
#include "config.h"
#include "check/lint_i.h"
#include <stdlib.h>
#include <string.h>

/* Sorted by name. */
static const struct lint_type types[] = {
	{ "adHocSubProcess", LINT_SUB, LINT_ADHOC },
	{ "association", LINT_ASSOCIATION, 0 },
	{ "boundaryEvent", LINT_EVENT, LINT_BOUNDARY },
	{ "businessRuleTask", LINT_TASK, 0 },
	{ "callActivity", LINT_CALL, 0 },
	{ "cancelEventDefinition", LINT_DEFINITION, LINT_CANCEL },
	{ "childLaneSet", LINT_HOLDER, 0 },
	{ "collaboration", LINT_HOLDER, 0 },
	{ "compensateEventDefinition", LINT_DEFINITION, LINT_COMPENSATE },
	{ "complexGateway", LINT_GATEWAY, LINT_COMPLEX },
	{ "conditionalEventDefinition", LINT_DEFINITION, LINT_CONDITIONAL },
	{ "dataObject", LINT_DATA, 0 },
	{ "dataObjectReference", LINT_DATA, 0 },
	{ "dataStore", LINT_DATA, 0 },
	{ "dataStoreReference", LINT_DATA, 0 },
	{ "endEvent", LINT_EVENT, LINT_END | LINT_THROW },
	{ "error", LINT_GLOBAL, LINT_ERROR },
	{ "errorEventDefinition", LINT_DEFINITION, LINT_ERROR },
	{ "escalation", LINT_GLOBAL, LINT_ESCALATION },
	{ "escalationEventDefinition", LINT_DEFINITION, LINT_ESCALATION },
	{ "eventBasedGateway", LINT_GATEWAY, LINT_EVENT_BASED },
	{ "exclusiveGateway", LINT_GATEWAY, LINT_XOR },
	{ "group", LINT_OTHER, 0 },
	{ "implicitThrowEvent", LINT_OTHER, 0 },
	{ "inclusiveGateway", LINT_GATEWAY, LINT_OR },
	{ "intermediateCatchEvent", LINT_EVENT, LINT_CATCH },
	{ "intermediateThrowEvent", LINT_EVENT, LINT_THROW },
	{ "lane", LINT_LANE, 0 },
	{ "laneSet", LINT_HOLDER, 0 },
	{ "linkEventDefinition", LINT_DEFINITION, LINT_LINK },
	{ "manualTask", LINT_TASK, 0 },
	{ "message", LINT_GLOBAL, LINT_MESSAGE },
	{ "messageEventDefinition", LINT_DEFINITION, LINT_MESSAGE },
	{ "messageFlow", LINT_MESSAGE_FLOW, 0 },
	{ "parallelGateway", LINT_GATEWAY, LINT_AND },
	{ "participant", LINT_PARTICIPANT, 0 },
	{ "process", LINT_PROCESS, 0 },
	{ "receiveTask", LINT_TASK, LINT_RECEIVE },
	{ "scriptTask", LINT_TASK, 0 },
	{ "sendTask", LINT_TASK, LINT_SEND },
	{ "sequenceFlow", LINT_FLOW, 0 },
	{ "serviceTask", LINT_TASK, 0 },
	{ "signal", LINT_GLOBAL, LINT_SIGNAL },
	{ "signalEventDefinition", LINT_DEFINITION, LINT_SIGNAL },
	{ "startEvent", LINT_EVENT, LINT_START | LINT_CATCH },
	{ "subProcess", LINT_SUB, 0 },
	{ "task", LINT_TASK, 0 },
	{ "terminateEventDefinition", LINT_DEFINITION, LINT_TERMINATE },
	{ "textAnnotation", LINT_OTHER, 0 },
	{ "timerEventDefinition", LINT_DEFINITION, LINT_TIMER },
	{ "transaction", LINT_SUB, LINT_TRANSACTION },
	{ "userTask", LINT_TASK, 0 },
};

static int compare(const void *key, const void *row)
{
	const char *name = key;
	const struct lint_type *type = row;

	return strcmp(name, type->name);
}

const struct lint_type *bpr_i_lint_type(const char *name)
{
	return bsearch(name, types, sizeof(types) / sizeof(types[0]), sizeof(types[0]), compare);
}

bool bpr_i_lint_is_node(const struct lint_item *item)
{
	return item->type->class >= LINT_TASK && item->type->class <= LINT_EVENT;
}

bool bpr_i_lint_is_activity(const struct lint_item *item)
{
	return item->type->class >= LINT_TASK && item->type->class <= LINT_SUB;
}

bool bpr_i_lint_is_scope(const struct lint_item *item)
{
	return item->type->class == LINT_PROCESS || item->type->class == LINT_SUB;
}

size_t bpr_i_lint_find(const struct lint *lint, const char *ref, size_t length)
{
	size_t at;

	length = bpr_i_xml_trim(&ref, length);
	if (!length)
		return BPR_NONE;
	at = bpr_i_names_find(&lint->ids, ref, length);
	if (at == BPR_NONE && memchr(ref, ':', length)) {
		length = bpr_i_xml_strip_prefix(&ref, length);
		at = bpr_i_names_find(&lint->ids, ref, length);
	}
	return at == BPR_NONE ? BPR_NONE : lint->id_items[at];
}

size_t bpr_i_lint_find_attr(const struct lint *lint, const struct bpr_xml_node *xml, const char *attr, bool *written)
{
	size_t length;
	const char *ref = bpr_i_xml_value(xml, attr, &length);

	if (written)
		*written = ref != NULL;
	return ref ? bpr_i_lint_find(lint, ref, length) : BPR_NONE;
}

static bool is_blank(const char *text, size_t length)
{
	return !bpr_i_xml_trim(&text, length);
}

const char *bpr_i_lint_label(const struct lint_item *item)
{
	const struct bpr_xml_attr *name = bpr_i_xml_attr(item->xml, "name");

	if (name && !is_blank(name->value, name->length))
		return name->value;
	return *item->id ? item->id : item->type->name;
}

void bpr_i_lint_note_at(struct lint *lint, enum bpr_code_id id, const struct bpr_xml_node *xml, const char *where, const char *a1,
			const char *a2, const char *a3)
{
	const struct bpr_place place = { lint->check->source->name, xml->line, xml->column, where };

	bpr_i_check_note(lint->check, id, &place, a1, a2, a3);
}

void bpr_i_lint_note(struct lint *lint, enum bpr_code_id id, size_t item, const char *a1, const char *a2, const char *a3)
{
	bpr_i_lint_note_at(lint, id, lint->items[item].xml, lint->items[item].id, a1, a2, a3);
}

/* ---- the list ---- */

static bool add_id(struct lint *lint, size_t at)
{
	struct lint_item *item = &lint->items[at];
	size_t length, known;
	const char *id = bpr_i_xml_value(item->xml, "id", &length);
	bool added;

	item->id = "";
	if (!id)
		return true;
	item->id = id;
	item->id_length = length;
	if (!bpr_i_grow(&lint->id_items, &lint->id_capacity, lint->ids.count + 1, sizeof(*lint->id_items)))
		return false;
	known = bpr_i_names_add(&lint->ids, id, length, &added);
	if (known != BPR_NONE && added)
		lint->id_items[known] = at;
	return known != BPR_NONE;
}

static bool add_item(struct lint *lint, const struct bpr_xml_node *xml, const struct lint_type *type, size_t scope, size_t *at)
{
	const struct bpr_xml_attr *name = bpr_i_xml_attr(xml, "name");
	struct lint_item *item;

	if (!bpr_i_grow(&lint->items, &lint->capacity, lint->count + 1, sizeof(*lint->items)))
		return false;
	*at = lint->count++;
	item = &lint->items[*at];
	*item = (struct lint_item){ .xml = xml, .type = type, .scope = scope, .process = BPR_NONE, .from = BPR_NONE, .to = BPR_NONE,
				    .lane = BPR_NONE };
	if (name && !is_blank(name->value, name->length))
		item->marks |= LINT_NAMED;
	if (type->class == LINT_PROCESS)
		item->process = *at;
	else if (scope != BPR_NONE)
		item->process = lint->items[scope].process;
	return add_id(lint, *at);
}

/* Marks that are written at the element or right inside it. */
static void read_marks(struct lint_item *item)
{
	switch (item->type->class) {
	case LINT_SUB:
		if (bpr_i_xml_bool(item->xml, "triggeredByEvent", false))
			item->marks |= LINT_BY_EVENT;
		if (bpr_i_xml_bool(item->xml, "isForCompensation", false))
			item->marks |= LINT_COMPENSATION;
		break;
	case LINT_TASK:
	case LINT_CALL:
		if (bpr_i_xml_bool(item->xml, "isForCompensation", false))
			item->marks |= LINT_COMPENSATION;
		break;
	case LINT_FLOW:
		if (bpr_i_xml_child(item->xml, BPMN_NS, "conditionExpression"))
			item->marks |= LINT_CONDITION;
		break;
	case LINT_EVENT:
		BPR_I_XML_EACH(child, item->xml) {
			const struct lint_type *type = !strcmp(child->ns, BPMN_NS) ? bpr_i_lint_type(child->name) : NULL;

			if (!type || type->class != LINT_DEFINITION)
				continue;
			item->definitions |= type->flags;
			item->definition_count++;
			if (!item->definition)
				item->definition = child;
		}
		break;
	case LINT_OTHER:
	case LINT_GATEWAY:
	case LINT_PROCESS:
	case LINT_PARTICIPANT:
	case LINT_MESSAGE_FLOW:
	case LINT_LANE:
	case LINT_ASSOCIATION:
	case LINT_GLOBAL:
	case LINT_DEFINITION:
	case LINT_DATA:
	case LINT_HOLDER:
		break;
	}
}

static bool is_looked_into(const struct lint_type *type)
{
	return type->class == LINT_PROCESS || type->class == LINT_SUB || type->class == LINT_LANE || type->class == LINT_HOLDER;
}

/* The contents of an element; the depth is that of the XML, which is limited. */
static bool walk(struct lint *lint, const struct bpr_xml_node *xml, size_t scope)
{
	BPR_I_XML_EACH(child, xml) {
		const struct lint_type *type = !strcmp(child->ns, BPMN_NS) ? bpr_i_lint_type(child->name) : NULL;
		size_t at = scope;

		if (!type)
			continue;
		if (type->class != LINT_HOLDER) {
			if (!add_item(lint, child, type, scope, &at))
				return false;
			read_marks(&lint->items[at]);
		}
		if (is_looked_into(type) && !walk(lint, child, type->class == LINT_PROCESS || type->class == LINT_SUB ? at : scope))
			return false;
	}
	return true;
}

/* ---- who follows whom ---- */

/* An end of a sequence flow counts where it is a node of the same scope; the reader tells of all others. */
static void join(struct lint *lint, size_t at)
{
	struct lint_item *flow = &lint->items[at];
	size_t from = bpr_i_lint_find_attr(lint, flow->xml, "sourceRef", NULL);
	size_t to = bpr_i_lint_find_attr(lint, flow->xml, "targetRef", NULL);

	if (from == BPR_NONE || to == BPR_NONE || !bpr_i_lint_is_node(&lint->items[from]) || !bpr_i_lint_is_node(&lint->items[to]))
		return;
	flow->from = from;
	flow->to = to;
	lint->items[from].out++;
	lint->items[from].conditions += (flow->marks & LINT_CONDITION) != 0;
	lint->items[to].in++;
}

static bool make_lists(struct lint *lint)
{
	size_t in = 0, out = 0;

	for (size_t i = 0; i < lint->count; i++)
		if (lint->items[i].type->class == LINT_FLOW)
			join(lint, i);
	for (size_t i = 0; i < lint->count; i++) {
		struct lint_item *item = &lint->items[i];

		item->first_in = in;
		item->first_out = out;
		in += item->in;
		out += item->out;
		item->in = item->out = 0;
	}
	lint->in = bpr_i_calloc(in, sizeof(*lint->in));
	lint->out = bpr_i_calloc(out, sizeof(*lint->out));
	if (!lint->in || !lint->out)
		return false;
	for (size_t i = 0; i < lint->count; i++) {
		struct lint_item *flow = &lint->items[i];
		struct lint_item *from, *to;

		if (flow->type->class != LINT_FLOW || flow->from == BPR_NONE)
			continue;
		from = &lint->items[flow->from];
		to = &lint->items[flow->to];
		lint->out[from->first_out + from->out++] = i;
		lint->in[to->first_in + to->in++] = i;
	}
	return true;
}

/* Events that name a definition which stands elsewhere. */
static void borrow_definitions(struct lint *lint, struct lint_item *event)
{
	BPR_I_XML_EACH(child, event->xml) {
		size_t length, at;
		const char *ref;

		if (!bpr_i_xml_is(child, BPMN_NS, "eventDefinitionRef"))
			continue;
		ref = bpr_i_xml_simple_text(child, &length);
		at = ref ? bpr_i_lint_find(lint, ref, length) : BPR_NONE;
		event->definition_count++;
		if (at == BPR_NONE || lint->items[at].type->class != LINT_DEFINITION)
			continue;
		event->definitions |= lint->items[at].type->flags;
		lint->items[at].marks |= LINT_USED;
		if (!event->definition)
			event->definition = lint->items[at].xml;
	}
}

static void mark_ref(struct lint *lint, const struct bpr_xml_node *xml, const char *attr, unsigned mark)
{
	size_t at = bpr_i_lint_find_attr(lint, xml, attr, NULL);

	if (at != BPR_NONE)
		lint->items[at].marks |= mark;
}

/* References of one item to others. */
static void refer(struct lint *lint, size_t at)
{
	struct lint_item *item = &lint->items[at];
	size_t flow;

	if (item->type->class == LINT_EVENT)
		borrow_definitions(lint, item);
	if (item->type->flags & LINT_BOUNDARY && item->type->class == LINT_EVENT)
		item->to = bpr_i_lint_find_attr(lint, item->xml, "attachedToRef", NULL);
	if (bpr_i_lint_is_node(item)) {
		flow = bpr_i_lint_find_attr(lint, item->xml, "default", NULL);
		if (flow != BPR_NONE && lint->items[flow].from == at)
			lint->items[flow].marks |= LINT_DEFAULT;
	}
	if (item->type->class == LINT_ASSOCIATION) {
		mark_ref(lint, item->xml, "sourceRef", LINT_LINKED);
		mark_ref(lint, item->xml, "targetRef", LINT_LINKED);
	}
	lint->several_pools |= item->type->class == LINT_PARTICIPANT;
}

static void count_scope(struct lint *lint, const struct lint_item *item)
{
	struct lint_item *scope = &lint->items[item->scope];

	scope->nodes++;
	if (item->type->class != LINT_EVENT)
		return;
	scope->ends += (item->type->flags & LINT_END) != 0;
	if (item->type->flags & LINT_START) {
		scope->starts++;
		scope->blank_starts += !item->definition_count;
	}
}

static bool build(struct lint *lint)
{
	if (!walk(lint, lint->root, BPR_NONE) || !make_lists(lint))
		return false;
	for (size_t i = 0; i < lint->count; i++)
		refer(lint, i);
	for (size_t i = 0; i < lint->count; i++)
		if (bpr_i_lint_is_node(&lint->items[i]) && lint->items[i].scope != BPR_NONE)
			count_scope(lint, &lint->items[i]);
	return true;
}

bpr_status bpr_i_lint(struct bpr_check *check)
{
	static void (*const parts[])(struct lint *lint) = {
		bpr_i_lint_scopes, bpr_i_lint_nodes, bpr_i_lint_gateways, bpr_i_lint_events, bpr_i_lint_pools, bpr_i_lint_globals,
		bpr_i_lint_drawing,
	};
	struct lint lint = { .check = check };
	bool built;

	if (check->flow || !check->source || !check->source->bpmn)
		return BPR_OK;
	lint.root = check->source->bpmn->xml.root;
	built = build(&lint);
	for (size_t i = 0; built && i < sizeof(parts) / sizeof(parts[0]); i++)
		parts[i](&lint);
	bpr_i_free(lint.items);
	bpr_i_free(lint.id_items);
	bpr_i_free(lint.in);
	bpr_i_free(lint.out);
	bpr_i_names_release(&lint.ids);
	return built && !check->nomem ? BPR_OK : bpr_i_nomem(check->err);
}
