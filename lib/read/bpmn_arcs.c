/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who follows whom: sequence flows, boundary events, calls. Only sequenceFlow decides; what the nodes themselves list
 * as incoming and outgoing is compared and then forgotten (3,600 of 11,000 files in the wild have none, 88 disagree).
 */
#include "config.h"
#include "read/bpmn_i.h"
#include <math.h>
#include <string.h>

/* What to call a flow in a message: its id, its name, else its ends: "A → ". */
static const char *arc_label(struct bpmn_file *file, const struct bpmn_arc *arc)
{
	const char *name = arc->id ? arc->id : bpr_i_bpmn_name(file, arc->xml);
	const struct bpr_xml_attr *from, *to;
	struct bpr_buf text = BPR_BUF_INIT;

	if (name && *name)
		return name;
	from = bpr_i_xml_attr(arc->xml, "sourceRef");
	to = bpr_i_xml_attr(arc->xml, "targetRef");
	bpr_i_buf_puts(&text, from ? from->value : "");
	bpr_i_buf_puts(&text, " → ");
	bpr_i_buf_puts(&text, to ? to->value : "");
	name = text.failed ? NULL : bpr_i_arena_strndup(&file->xml.arena, text.data, text.length);
	bpr_i_buf_release(&text);
	file->nomem |= !name;
	return name ? name : "";
}

/* The other end of a flow, as people know it. */
static const char *other_end(struct bpmn_file *file, const struct bpmn_arc *arc, const char *attr)
{
	bool written;
	size_t at = bpr_i_bpmn_find_attr(file, arc->xml, strcmp(attr, "sourceRef") ? "sourceRef" : "targetRef", &written);

	return at == BPR_NONE ? "-" : bpr_i_bpmn_label(file, at);
}

/* One end of a sequence flow: an item that is a node, or BPR_NONE with the reason noted. */
static size_t end_of(struct bpmn_file *file, const struct bpmn_arc *arc, const char *attr)
{
	const struct bpr_xml_attr *ref = bpr_i_xml_attr(arc->xml, attr);
	bool written;
	size_t at = bpr_i_bpmn_find_attr(file, arc->xml, attr, &written);
	const char *args[4] = { NULL, attr, NULL, NULL };

	if (at != BPR_NONE && bpr_i_bpmn_is_node(&file->items[at]))
		return at;
	args[0] = arc_label(file, arc);
	args[2] = !written ? other_end(file, arc, attr) : at == BPR_NONE ? ref->value : file->items[at].element->name;
	args[3] = other_end(file, arc, attr);
	bpr_i_bpmn_note_all(file, !written ? BPR_I_X025 : at == BPR_NONE ? BPR_I_X026 : BPR_I_X027, arc->xml, arc->id, args);
	return BPR_NONE;
}

/* The scopes around an item, itself first, that stand in `scope`: the one that stands directly in it. */
static size_t lift(const struct bpmn_file *file, size_t item, size_t scope)
{
	while (file->items[item].parent != scope)
		item = file->items[item].parent;
	return item;
}

static size_t depth_of(const struct bpmn_file *file, size_t item)
{
	size_t depth = 0;

	for (; item != BPR_NONE; item = file->items[item].parent)
		depth++;
	return depth;
}

/* The innermost scope that both stand in. */
static size_t common_scope(const struct bpmn_file *file, size_t a, size_t b)
{
	size_t deep = depth_of(file, a), other = depth_of(file, b);

	a = file->items[a].parent;
	b = file->items[b].parent;
	for (; deep > other; deep--)
		a = file->items[a].parent;
	for (; other > deep; other--)
		b = file->items[b].parent;
	while (a != b) {
		a = file->items[a].parent;
		b = file->items[b].parent;
	}
	return a;
}

static void note_crossing(struct bpmn_file *file, const struct bpmn_arc *arc, enum bpr_code_id id, size_t from, size_t to)
{
	const char *args[4] = { arc_label(file, arc), bpr_i_bpmn_label(file, arc->from), bpr_i_bpmn_label(file, arc->to), NULL };
	struct bpr_buf text = BPR_BUF_INIT;

	bpr_i_buf_puts(&text, bpr_i_bpmn_label(file, from));
	bpr_i_buf_puts(&text, " → ");
	bpr_i_buf_puts(&text, bpr_i_bpmn_label(file, to));
	file->nomem |= text.failed != BPR_OK;
	args[3] = text.failed ? "" : text.data;
	bpr_i_bpmn_note_all(file, id, arc->xml, arc->id, args);
	bpr_i_buf_release(&text);
}

/*
 * Both ends are known: do they stand in one scope, and do they count? A flow across the border of a sub-process is taken to
 * lead to the border, where BPMN would have it; one that leaves its process cannot be followed.
 */
static bool joins(struct bpmn_file *file, struct bpmn_arc *arc)
{
	const struct bpmn_item *from = &file->items[arc->from];
	const struct bpmn_item *to = &file->items[arc->to];
	size_t outer, a, b;

	if (from->process == to->process && from->parent == to->parent && !((from->marks | to->marks) & BPMN_EVENT_SUB))
		return true;
	if (from->process != to->process) {
		note_crossing(file, arc, BPR_I_X028, arc->from, arc->to);
		return false;
	}
	outer = common_scope(file, arc->from, arc->to);
	a = lift(file, arc->from, outer);
	b = lift(file, arc->to, outer);
	if (a == b || (file->items[a].marks | file->items[b].marks) & BPMN_EVENT_SUB) {
		note_crossing(file, arc, BPR_I_X028, a, b);
		return false;
	}
	note_crossing(file, arc, BPR_I_X083, a, b);
	if (file->items[a].lifted == b) /* two ways over one border are one way to it */
		return false;
	file->items[a].lifted = b;
	arc->from = a;
	arc->to = b;
	return true;
}

static bool has_condition(const struct bpr_xml_node *xml)
{
	return bpr_i_xml_child(xml, BPMN_NS, "conditionExpression") != NULL;
}

static void resolve(struct bpmn_file *file, struct bpmn_arc *arc)
{
	size_t from = end_of(file, arc, "sourceRef");
	size_t to = end_of(file, arc, "targetRef");
	bool dead;

	arc->share = (double)NAN;
	if (from == BPR_NONE || to == BPR_NONE)
		return;
	arc->from = from;
	arc->to = to;
	dead = ((file->items[from].marks | file->items[to].marks) & BPMN_SKIPPED) != 0;
	if (!dead && file->items[to].element->flags & BPMN_IS_BOUNDARY) {
		bpr_i_bpmn_note(file, BPR_I_X088, arc->xml, arc->id, arc_label(file, arc), bpr_i_bpmn_label(file, to), NULL);
		dead = true;
	}
	if (dead || !joins(file, arc)) {
		arc->from = arc->to = BPR_NONE;
		return;
	}
	from = arc->from;
	to = arc->to;
	arc->condition = has_condition(arc->xml);
	arc->share = bpr_i_bpmn_share(file, arc->xml, "share", &arc->percent);
	file->items[from].out++;
	file->items[to].in++;
}

/* Arcs in the process of their ends, whichever process element holds them; the order of the file within. */
static bpr_status bucket(struct bpmn_file *file)
{
	size_t *at = bpr_i_calloc(file->process_count + 1, sizeof(*at));
	struct bpmn_arc *sorted = bpr_i_calloc(file->arc_count, sizeof(*sorted));
	size_t sum = 0;

	if (!at || !sorted) {
		bpr_i_free(at);
		bpr_i_free(sorted);
		return BPR_ENOMEM;
	}
	for (size_t i = 0; i < file->arc_count; i++)
		if (file->arcs[i].from != BPR_NONE)
			at[file->items[file->arcs[i].from].process]++;
	for (size_t i = 0; i < file->process_count; i++) {
		size_t count = at[i];

		file->processes[i].first_arc = at[i] = sum;
		sum += count;
		file->processes[i].end_arc = sum;
	}
	for (size_t i = 0; i < file->arc_count; i++)
		if (file->arcs[i].from != BPR_NONE)
			sorted[at[file->items[file->arcs[i].from].process]++] = file->arcs[i];
	bpr_i_free(file->arcs);
	file->arcs = sorted;
	file->arc_count = file->arc_capacity = sum;
	bpr_i_free(at);
	for (size_t i = 0; i < file->item_count; i++)
		if (file->items[i].element->role == BPMN_FLOW)
			file->items[i].target = BPR_NONE;
	for (size_t i = 0; i < sum; i++) {
		if (file->arcs[i].item != BPR_NONE)
			file->items[file->arcs[i].item].target = i;
	}
	return BPR_OK;
}

/* `default` of gateways and activities. */
static void defaults(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++) {
		struct bpmn_item *item = &file->items[i];
		bool written;
		size_t flow;

		if (!bpr_i_bpmn_is_node(item))
			continue;
		flow = bpr_i_bpmn_find_attr_as(file, item->xml, "default", 1u << BPMN_FLOW, &written);
		if (!written)
			continue;
		if (flow == BPR_NONE || file->items[flow].element->role != BPMN_FLOW || file->items[flow].target == BPR_NONE ||
		    file->arcs[file->items[flow].target].from != i) {
			bpr_i_bpmn_note(file, BPR_I_X056, item->xml, NULL, item->id, bpr_i_xml_attr(item->xml, "default")->value, NULL);
			continue;
		}
		file->arcs[file->items[flow].target].is_default = true;
	}
	for (size_t i = 0; i < file->arc_count; i++)
		file->items[file->arcs[i].from].conditions += file->arcs[i].condition || file->arcs[i].is_default;
}

/* What nodes say about their flows, against the flows. Only nodes that say something. */
static void compare_lists(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++) {
		const struct bpmn_item *item = &file->items[i];
		size_t in = 0, out = 0;

		if (!bpr_i_bpmn_is_node(item) || item->marks & BPMN_SKIPPED)
			continue;
		BPR_I_XML_EACH(child, item->xml) {
			in += bpr_i_xml_is(child, BPMN_NS, "incoming");
			out += bpr_i_xml_is(child, BPMN_NS, "outgoing");
		}
		if ((in || out) && (in != item->in || out != item->out))
			bpr_i_bpmn_note(file, BPR_I_X029, item->xml, NULL, item->id, NULL, NULL);
	}
}

static bool is_activity(const struct bpmn_item *item)
{
	return item->element->role == BPMN_TASK || item->element->role == BPMN_SUBPROCESS || item->element->role == BPMN_CALL;
}

static void attach(struct bpmn_file *file, size_t at)
{
	struct bpmn_item *item = &file->items[at];
	const struct bpr_xml_attr *ref = bpr_i_xml_attr(item->xml, "attachedToRef");
	bool written;
	size_t host = bpr_i_bpmn_find_attr(file, item->xml, "attachedToRef", &written);

	if (host == BPR_NONE || !is_activity(&file->items[host]) || file->items[host].parent != item->parent ||
	    file->items[host].process != item->process) {
		bpr_i_bpmn_note(file, BPR_I_X039, item->xml, item->id, item->id, ref ? ref->value : "", NULL);
		return;
	}
	if (file->items[host].marks & BPMN_SKIPPED) {
		item->marks |= BPMN_SKIPPED;
		return;
	}
	item->target = host;
	item->next_boundary = file->items[host].boundary;
	file->items[host].boundary = at;
}

static size_t called_process(struct bpmn_file *file, size_t at)
{
	const struct bpmn_item *item = &file->items[at];
	bool written;
	size_t target = bpr_i_bpmn_find_attr_as(file, item->xml, "calledElement", 1u << BPMN_PROCESS | 1u << BPMN_GLOBAL_TASK, &written);
	enum bpmn_role role = target == BPR_NONE ? BPMN_OTHER : file->items[target].element->role;

	if (role == BPMN_PROCESS && file->processes[file->items[target].process].node_count)
		return file->items[target].process;
	if (role == BPMN_GLOBAL_TASK && file->items[target].element->flags & BPMN_IS_SYSTEM)
		file->items[at].marks |= BPMN_CALLS_SYSTEM;
	if (!written)
		bpr_i_bpmn_note(file, BPR_I_X090, item->xml, NULL, bpr_i_bpmn_label(file, at), NULL, NULL);
	else if (role != BPMN_GLOBAL_TASK && role != BPMN_PROCESS)
		bpr_i_bpmn_note(file, BPR_I_X032, item->xml, NULL, bpr_i_bpmn_label(file, at),
				bpr_i_xml_attr(item->xml, "calledElement")->value, NULL);
	return BPR_NONE;
}

/* Can more than one token be in the scope that `at` stands in, because of it? */
static bool spreads(const struct bpmn_item *item)
{
	if (item->element->flags & BPMN_IS_BOUNDARY && !bpr_i_xml_bool(item->xml, "cancelActivity", true))
		return true;
	if (item->out < 2 || item->element->kind == BPR_NODE_XOR)
		return false;
	if (item->element->role == BPMN_GATEWAY)
		return true;
	return item->conditions < item->out;
}

static void mark_spread(struct bpmn_file *file, const struct bpmn_item *item)
{
	if (item->parent != BPR_NONE)
		file->items[item->parent].marks |= BPMN_SEVERAL_TOKENS;
	else
		file->processes[item->process].several_tokens = true;
}

static void find_spreads(struct bpmn_file *file)
{
	for (size_t i = 0; i < file->item_count; i++) {
		const struct bpmn_item *item = &file->items[i];

		if (!bpr_i_bpmn_is_node(item) || item->marks & BPMN_SKIPPED)
			continue;
		if (spreads(item))
			mark_spread(file, item);
		if (item->marks & BPMN_TRIGGERS && !bpr_i_xml_bool(item->xml, "isInterrupting", true))
			mark_spread(file, &file->items[item->parent]); /* its sub-process runs beside what stands around it */
	}
}

bpr_status bpr_i_bpmn_arcs(struct bpmn_file *file)
{
	bpr_status status;

	for (size_t i = 0; i < file->arc_count; i++)
		resolve(file, &file->arcs[i]);
	status = bucket(file);
	if (status)
		return status;
	defaults(file);
	for (size_t i = 0; i < file->item_count; i++)
		if (file->items[i].element->flags & BPMN_IS_BOUNDARY && !(file->items[i].marks & BPMN_SKIPPED))
			attach(file, i);
	compare_lists(file);
	for (size_t i = 0; i < file->item_count; i++) {
		if (file->items[i].marks & BPMN_SKIPPED)
			continue;
		if (file->items[i].element->role == BPMN_CALL)
			file->items[i].target = called_process(file, i);
	}
	status = bpr_i_bpmn_links(file);
	if (status)
		return status;
	bpr_i_bpmn_throws(file);
	find_spreads(file);
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}
