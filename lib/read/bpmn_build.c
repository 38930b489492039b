/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One process into a builder. Sub-processes and calls are put in place: a silent node where a case enters (it carries the
 * sub-process's id), one where it leaves ("ID/exit"), both inside the scope; starts and ends inside become silent passes.
 * What comes behind the scope as a whole (boundary events, a loop, an implicit split) hangs on a silent "ID/after".
 * A terminate end inside is a silent pass with `terminate`: it ends everything else in its scope and goes on to the exit.
 * An event sub-process is taken to start when its scope does: its start event is a boundary event of a silent "ID/events"
 * behind the entry of the scope (behind the start of the process), and leads to what stands inside.
 */
#include "config.h"
#include "read/bpmn_i.h"
#include "read/sim_i.h"
#include <math.h>
#include <string.h>

static bpr_status contents(struct bpmn_frame *frame, size_t parent, size_t scope);
static bpr_status wire(struct bpmn_frame *frame, size_t parent, size_t entry, size_t front, size_t exit);
static bpr_status add_arcs(struct bpmn_frame *frame);

static bpr_status frame_open(struct bpmn_frame *frame)
{
	const struct bpmn_process *p = &frame->file->processes[frame->process];
	size_t count = frame->file->items[p->item].end - p->item;

	frame->first = p->item;
	frame->entry = bpr_i_calloc(count, sizeof(size_t));
	frame->leave = bpr_i_calloc(count, sizeof(size_t));
	if (!frame->entry || !frame->leave)
		return BPR_ENOMEM;
	for (size_t i = 0; i < count; i++)
		frame->entry[i] = frame->leave[i] = BPR_NONE;
	return BPR_OK;
}

static void frame_close(struct bpmn_frame *frame)
{
	bpr_i_free(frame->entry);
	bpr_i_free(frame->leave);
}

static size_t next_in(const struct bpmn_frame *frame, size_t parent, size_t item)
{
	const struct bpmn_file *file = frame->file;

	do
		item = item == BPR_NONE ? bpr_i_bpmn_first(file, frame->process, parent) : bpr_i_bpmn_next(file, frame->process, parent, item);
	while (item != BPR_NONE && file->items[item].marks & BPMN_SKIPPED);
	return item;
}
/* NOLINTBEGIN(bugprone-macro-parentheses): `item` is a name, declared here */
#define EACH_IN(item, frame, parent) \
	for (size_t item = next_in(frame, parent, BPR_NONE); item != BPR_NONE; item = next_in(frame, parent, item))
/* NOLINTEND(bugprone-macro-parentheses) */

/* Without start events a scope starts at everything that nothing leads to and nothing else starts. */
static bool is_loose(const struct bpmn_item *item)
{
	return !item->in && !(item->element->flags & BPMN_IS_BOUNDARY) && !(item->marks & (BPMN_EVENT_SUB | BPMN_TRIGGERS)) &&
	       (!(item->marks & BPMN_LINK) || item->element->flags & BPMN_IS_THROW);
}

/* Where a token of the scope starts: at start events, without one at everything loose. */
static size_t count_starts(const struct bpmn_frame *frame, size_t parent, bool *events)
{
	size_t starts = 0;
	size_t loose = 0;

	EACH_IN(i, frame, parent) {
		const struct bpmn_item *item = &frame->file->items[i];

		starts += (item->element->flags & BPMN_IS_START) != 0;
		loose += is_loose(item);
	}
	*events = starts > 0;
	return starts ? starts : loose;
}

static bool is_start(const struct bpmn_item *item, bool events)
{
	return events ? (item->element->flags & BPMN_IS_START) != 0 : is_loose(item);
}

static bool inner(const struct bpmn_frame *frame, size_t parent)
{
	return frame->called || parent != BPR_NONE;
}

/* A pass, and in front of it what is executed again with probability `prob`. */
static bpr_status add_after(struct bpmn_frame *frame, size_t item, size_t scope, double prob, size_t entry, size_t exit, size_t *after)
{
	size_t loop = exit;
	bpr_status status = BPR_OK;

	if (prob > 0) {
		status = bpr_i_bpmn_add(frame, item, BPR_NODE_XOR, "/loop", true, scope, &loop);
		if (!status)
			status = bpr_i_builder_arc(frame->b, exit, loop, (double)NAN, NULL, NULL, NULL);
		if (!status)
			status = bpr_i_builder_arc(frame->b, loop, entry, prob, NULL, NULL, NULL);
	}
	if (!status)
		status = bpr_i_bpmn_add(frame, item, BPR_NODE_TASK, "/after", true, scope, after);
	if (!status)
		status = bpr_i_builder_arc(frame->b, loop, *after, prob > 0 ? 1 - prob : (double)NAN, NULL, NULL, NULL);
	return status;
}

static size_t event_subs(const struct bpmn_frame *frame, size_t parent)
{
	return parent != BPR_NONE ? frame->file->items[parent].event_sub : frame->file->processes[frame->process].event_sub;
}

/*
 * What event sub-processes of a scope sit on (*host), behind *front; behind it, where a token goes several ways from there, a
 * node of `kind`. Nothing where there are none.
 */
static bpr_status add_front(struct bpmn_frame *frame, size_t item, size_t scope, size_t ways, enum bpr_node_kind kind, size_t *host,
			    size_t *front)
{
	size_t split;
	bpr_status status = bpr_i_bpmn_add(frame, item, BPR_NODE_TASK, "/events", true, scope, host);

	if (!status)
		status = bpr_i_builder_arc(frame->b, *front, *host, (double)NAN, NULL, NULL, NULL);
	*front = *host;
	if (status || ways < 2)
		return status;
	status = bpr_i_bpmn_add(frame, item, kind, "/begin", true, scope, &split);
	if (!status)
		status = bpr_i_builder_arc(frame->b, *host, split, (double)NAN, NULL, NULL, NULL);
	*front = split;
	return status;
}

/* Start events of the scope's event sub-processes sit on `host`; one without a start event never starts. */
static bpr_status host_events(struct bpmn_frame *frame, size_t parent, size_t host)
{
	struct bpmn_file *file = frame->file;

	for (size_t sub = event_subs(frame, parent); sub != BPR_NONE; sub = file->items[sub].next_boundary) {
		const struct bpr_xml_node *xml = file->items[sub].xml;
		bool percent, said = false;
		double prob = bpr_i_bpmn_share(file, xml, "prob", &percent);

		EACH_IN(i, frame, sub) {
			struct bpr_node *draft;

			if (!(file->items[i].marks & BPMN_TRIGGERS))
				continue;
			draft = bpr_i_builder_draft(frame->b, frame->entry[i - frame->first]);
			draft->host = host;
			if (isnan(draft->prob))
				draft->prob = prob;
			said = said || !isnan(draft->prob) || file->items[i].in;
			if (isnan(draft->prob))
				draft->prob = 0;
		}
		bpr_i_bpmn_note(file, file->items[sub].target == BPR_NONE ? BPR_I_X106 : said ? BPR_I_X085 : BPR_I_X035, xml, file->items[sub].id,
				bpr_i_bpmn_label(file, sub), NULL, NULL);
	}
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}

/* What stands inside goes between entry and exit: the sub-process's own contents, or the called process's. */
static bpr_status fill(struct bpmn_frame *frame, size_t item, size_t scope, size_t entry, size_t *exit)
{
	const struct bpmn_item *it = &frame->file->items[item];
	const struct bpmn_file *file = frame->file;
	struct bpmn_frame called = *frame;
	struct bpr_buf prefix = BPR_BUF_INIT;
	struct bpmn_frame *in = frame;
	size_t parent = item;
	bool several = it->marks & BPMN_SEVERAL_TOKENS;
	bool events;
	size_t starts, front = entry, host = BPR_NONE;
	bpr_status status = BPR_OK;

	if (it->element->role == BPMN_CALL) {
		bpr_i_buf_puts(&prefix, frame->prefix);
		bpr_i_buf_puts(&prefix, it->id);
		bpr_i_buf_puts(&prefix, "/");
		called.process = it->target;
		called.prefix = prefix.data;
		called.unit = bpr_i_bpmn_unit(frame, item);
		called.called = true;
		called.entry = called.leave = NULL;
		in = &called;
		parent = BPR_NONE;
		several = file->processes[it->target].several_tokens;
		status = prefix.failed ? BPR_ENOMEM : frame_open(&called);
	}
	starts = status ? 0 : count_starts(in, parent, &events);
	several = several || (!events && starts > 1);
	if (!status && event_subs(in, parent) != BPR_NONE)
		status = add_front(frame, item, scope, starts, events ? BPR_NODE_XOR : BPR_NODE_AND, &host, &front);
	else if (!status && !events && starts > 1)
		bpr_i_builder_draft(frame->b, entry)->kind = BPR_NODE_AND;
	if (!status && events && starts > 1 && !(it->marks & BPMN_EVENT_SUB))
		bpr_i_bpmn_note(frame->file, BPR_I_X042, it->xml, NULL, bpr_i_bpmn_label(frame->file, item), NULL, NULL);
	if (!status)
		status = contents(in, parent, scope);
	if (!status)
		status = bpr_i_bpmn_add(frame, item, several ? BPR_NODE_OR : BPR_NODE_XOR, "/exit", true, scope, exit);
	if (!status)
		status = wire(in, parent, entry, front, *exit);
	if (!status)
		status = host_events(in, parent, host);
	if (!status && in == &called)
		status = add_arcs(&called);
	if (in == &called)
		frame_close(&called);
	bpr_i_buf_release(&prefix);
	return status;
}

static bpr_status scope_texts(struct bpmn_frame *frame, size_t item, struct bpr_scope *scope)
{
	const struct bpmn_item *it = &frame->file->items[item];
	const char *name = bpr_i_bpmn_name(frame->file, it->xml);

	scope->id = bpr_i_builder_draft(frame->b, scope->entry)->id;
	scope->name = name ? bpr_i_builder_text(frame->b, name, strlen(name)) : NULL;
	scope->type = bpr_i_builder_draft(frame->b, scope->entry)->type;
	return scope->name ? BPR_OK : BPR_ENOMEM;
}

static bpr_status put_in_place(struct bpmn_frame *frame, size_t item, size_t around)
{
	struct bpmn_file *file = frame->file;
	const struct bpmn_item *it = &file->items[item];
	struct bpr_scope scope = { .parent = around, .exit = BPR_NONE };
	struct bpmn_loop loop;
	size_t at = BPR_NONE, exit = BPR_NONE, after;
	bpr_status status = bpr_i_bpmn_loop(file, item, &loop);

	if (bpr_i_bpmn_has_cells(it->xml, it->marks & BPMN_EVENT_SUB) || bpr_i_sim_has(file, item))
		bpr_i_bpmn_note(file, BPR_I_X051, it->xml, NULL, bpr_i_bpmn_label(file, item), NULL, NULL);
	if (!status)
		status = bpr_i_bpmn_add(frame, item, BPR_NODE_XOR, "", true, BPR_NONE, &scope.entry);
	if (!status)
		status = scope_texts(frame, item, &scope);
	if (status)
		return status;
	scope.repeat = loop.repeat;
	scope.repeat_parallel = loop.parallel && loop.repeat > 1;
	at = bpr_i_builder_scope(frame->b, &scope);
	if (at == BPR_NONE)
		return BPR_ENOMEM;
	bpr_i_builder_draft(frame->b, scope.entry)->scope = at;
	status = fill(frame, item, at, scope.entry, &exit);
	if (status)
		return status;
	bpr_i_builder_scope_draft(frame->b, at)->exit = exit;
	after = exit;
	if (loop.prob > 0 || it->boundary != BPR_NONE || it->out > 1)
		status = add_after(frame, item, around, loop.prob, scope.entry, exit, &after);
	frame->entry[item - frame->first] = scope.entry;
	frame->leave[item - frame->first] = after;
	return status;
}

static bpr_status plain_node(struct bpmn_frame *frame, size_t item, size_t parent, size_t scope)
{
	const struct bpmn_item *it = &frame->file->items[item];
	unsigned edge = it->element->flags & (BPMN_IS_START | BPMN_IS_END);
	bool trigger = it->marks & BPMN_TRIGGERS;
	bool goes_on = edge & BPMN_IS_END && it->out;
	bool pass = edge && !trigger && (inner(frame, parent) || it->marks & BPMN_THROWS || (edge & BPMN_IS_START && frame->starts_pass));
	bool silent = pass || it->marks & BPMN_LINK;
	enum bpr_node_kind kind = pass || trigger || goes_on ? BPR_NODE_EVENT : it->element->kind;
	size_t node;
	bpr_status status;

	if (goes_on)
		bpr_i_bpmn_note(frame->file, BPR_I_X084, it->xml, it->id, bpr_i_bpmn_label(frame->file, item), NULL, NULL);
	if (trigger)
		scope = bpr_i_builder_scope_draft(frame->b, scope)->parent;
	status = bpr_i_bpmn_add(frame, item, kind, "", silent, scope, &node);

	if (!status)
		status = bpr_i_bpmn_carry(frame, item, node);
	if (status)
		return status;
	if ((it->marks & BPMN_TERMINATES && !goes_on) || (it->marks & BPMN_THROWS && pass))
		bpr_i_builder_draft(frame->b, node)->terminate = true;
	if (trigger)
		bpr_i_builder_draft(frame->b, node)->interrupting = bpr_i_xml_bool(it->xml, "isInterrupting", true);
	frame->entry[item - frame->first] = frame->leave[item - frame->first] = node;
	return BPR_OK;
}

static bpr_status contents(struct bpmn_frame *frame, size_t parent, size_t scope)
{
	EACH_IN(i, frame, parent) {
		const struct bpmn_item *item = &frame->file->items[i];
		bool empty = item->element->role == BPMN_SUBPROCESS && !(item->marks & BPMN_EXPANDED);
		bool opens = (item->element->role == BPMN_SUBPROCESS && item->marks & BPMN_EXPANDED) ||
			     (item->element->role == BPMN_CALL && item->target != BPR_NONE);
		bpr_status status = opens ? put_in_place(frame, i, scope) : plain_node(frame, i, parent, scope);

		if (empty)
			bpr_i_bpmn_note(frame->file, BPR_I_X091, item->xml, NULL, bpr_i_bpmn_label(frame->file, i), NULL, NULL);

		if (status)
			return status;
	}
	return BPR_OK;
}

static size_t entry_of(const struct bpmn_frame *frame, size_t item)
{
	return frame->entry[item - frame->first];
}

static size_t leave_of(const struct bpmn_frame *frame, size_t item)
{
	return frame->leave[item - frame->first];
}

/*
 * The scope's entry to one of its starts; a share said at an inner start event goes onto the arc. The start event of an event
 * sub-process stands outside and leads to the entry; what it leads to in the drawing comes behind.
 */
static bpr_status wire_start(struct bpmn_frame *frame, size_t entry, size_t from, size_t item)
{
	struct bpr_node *draft = bpr_i_builder_draft(frame->b, entry_of(frame, item));
	double share = draft->prob;

	if (frame->file->items[item].marks & BPMN_TRIGGERS) {
		if (frame->file->items[item].out > 1) /* as behind an event: all of them, unless conditions choose */
			bpr_i_builder_draft(frame->b, from)->kind = BPR_NODE_TASK;
		frame->leave[item - frame->first] = from;
		return bpr_i_builder_arc(frame->b, entry_of(frame, item), entry, (double)NAN, NULL, NULL, NULL);
	}
	draft->prob = (double)NAN;
	return bpr_i_builder_arc(frame->b, from, entry_of(frame, item), share, NULL, NULL, NULL);
}

static void host(struct bpmn_frame *frame, size_t item)
{
	const struct bpmn_item *it = &frame->file->items[item];
	struct bpr_node *draft = bpr_i_builder_draft(frame->b, entry_of(frame, item));

	draft->host = leave_of(frame, it->target);
	if (it->in && isnan(draft->prob)) /* reached by the error that is thrown inside, not by chance */
		draft->prob = 0;
}

/* Ends and starts of a scope's contents to its exit and entry; links; hosts of boundary events. Not for the process itself. */
static bpr_status wire_item(struct bpmn_frame *frame, size_t item, size_t exit)
{
	const struct bpmn_item *it = &frame->file->items[item];
	size_t to = exit;

	if (it->element->flags & BPMN_IS_BOUNDARY && it->target != BPR_NONE)
		host(frame, item);
	if (it->marks & BPMN_LINK && it->element->flags & BPMN_IS_THROW && it->target != BPR_NONE)
		to = entry_of(frame, it->target);
	else if (it->out || it->marks & BPMN_THROWS)
		return BPR_OK;
	if (to == BPR_NONE)
		return BPR_OK;
	return bpr_i_builder_arc(frame->b, leave_of(frame, item), to, (double)NAN, NULL, NULL, NULL);
}

static bpr_status wire(struct bpmn_frame *frame, size_t parent, size_t entry, size_t front, size_t exit)
{
	bool events;
	size_t starts = count_starts(frame, parent, &events);
	bool first = true;

	EACH_IN(i, frame, parent) {
		bpr_status status = BPR_OK;

		if (is_start(&frame->file->items[i], events) || (!starts && first && !(frame->file->items[i].marks & BPMN_EVENT_SUB)))
			status = wire_start(frame, entry, front, i);
		if (!status)
			status = wire_item(frame, i, exit);
		if (status)
			return status;
		first = first && frame->file->items[i].marks & BPMN_EVENT_SUB;
	}
	/* Nothing inside but what is not on the normal way. */
	return starts || !first ? BPR_OK : bpr_i_builder_arc(frame->b, front, exit, (double)NAN, NULL, NULL, NULL);
}

static bool mixed_split(const struct bpmn_item *item)
{
	return item->element->role != BPMN_GATEWAY && item->out > 1 && item->conditions && item->conditions < item->out;
}

/*
 * Implicit splits. All ways with a condition (or the default one): exactly one is taken, as people draw it. Some with, some
 * without: those without always, the others by their share, so an inclusive split of its own behind the node.
 */
static bpr_status add_splits(struct bpmn_frame *frame)
{
	const struct bpmn_file *file = frame->file;
	size_t end = file->items[frame->first].end;

	for (size_t i = frame->first + 1; i < end; i++) {
		const struct bpmn_item *item = &file->items[i];
		size_t leave = bpr_i_bpmn_is_node(item) ? leave_of(frame, i) : BPR_NONE;
		size_t split;
		bpr_status status;

		if (leave == BPR_NONE || item->element->role == BPMN_GATEWAY || item->out < 2)
			continue;
		if (item->conditions >= item->out)
			bpr_i_builder_exclusive(frame->b, leave);
		if (!mixed_split(item))
			continue;
		bpr_i_bpmn_note(frame->file, BPR_I_X054, item->xml, NULL, bpr_i_bpmn_label(frame->file, i), NULL, NULL);
		status = bpr_i_bpmn_add(frame, i, BPR_NODE_OR, "/split", true, bpr_i_builder_draft(frame->b, leave)->scope, &split);
		if (!status)
			status = bpr_i_builder_arc(frame->b, leave, split, (double)NAN, NULL, NULL, NULL);
		if (status)
			return status;
		frame->leave[i - frame->first] = split;
	}
	return BPR_OK;
}

/* From the ends that throw to the boundary events that catch, which stand outside and may be written later. */
static bpr_status add_throws(struct bpmn_frame *frame)
{
	const struct bpmn_file *file = frame->file;
	bpr_status status = BPR_OK;

	for (size_t i = frame->first + 1; i < file->items[frame->first].end && !status; i++)
		if (file->items[i].marks & BPMN_THROWS && leave_of(frame, i) != BPR_NONE)
			status = bpr_i_builder_arc(frame->b, leave_of(frame, i), entry_of(frame, file->items[i].target), (double)NAN, NULL, NULL, NULL);
	return status;
}

static double arc_share(const struct bpmn_file *file, const struct bpmn_arc *arc)
{
	const struct bpmn_item *from = &file->items[arc->from];

	if (!mixed_split(from))
		return from->element->kind == BPR_NODE_AND ? (double)NAN : arc->share;
	if (!isnan(arc->share))
		return arc->share;
	return arc->condition ? 0.5 : arc->is_default ? 0 : 1;
}

/* What the model calls it: bpr:id, which is empty where BPMN needed an id that the model has not. */
static const char *model_id(const struct bpmn_arc *arc)
{
	const struct bpr_xml_attr *id = bpr_i_xml_attr_ns(arc->xml, BPMN_BPR_NS, "id");

	return !id ? arc->id : id->length ? id->value : NULL;
}

static bpr_status add_arcs(struct bpmn_frame *frame)
{
	struct bpmn_file *file = frame->file;
	const struct bpmn_process *p = &file->processes[frame->process];
	bpr_status status = add_splits(frame);

	if (!status)
		status = add_throws(frame);
	for (size_t i = p->first_arc; i < p->end_arc && !status; i++) {
		const struct bpmn_arc *arc = &file->arcs[i];
		const char *name = bpr_i_bpmn_name(file, arc->xml);
		const struct sim_from *from = arc->from_sim;
		const struct bpr_place place = {
			from && from->file ? from->file : file->reader->name, from ? from->line : arc->xml->line, from ? 0 : arc->xml->column, arc->id,
		};
		const char *before;

		if (leave_of(frame, arc->from) == BPR_NONE || entry_of(frame, arc->to) == BPR_NONE)
			continue;
		before = bpr_i_builder_from(frame->b, from ? from->source : "bpr");
		status = bpr_i_builder_arc(frame->b, leave_of(frame, arc->from), entry_of(frame, arc->to), arc_share(file, arc), model_id(arc),
					   name && *name ? name : NULL, &place);
		(void)bpr_i_builder_from(frame->b, before);
		if (!status && arc->percent)
			bpr_i_builder_percent(frame->b);
	}
	return status;
}

/*
 * A silent start in front of everything that nothing leads to, or of the first node where all stand in a circle; or of several
 * start events, where event sub-processes need one place to sit on: *host.
 */
static bpr_status add_start(struct bpmn_frame *frame, size_t starts, bool events, size_t *host)
{
	struct bpmn_file *file = frame->file;
	size_t process = file->processes[frame->process].item;
	bool first = true;
	size_t start, front;
	bpr_status status = bpr_i_bpmn_add(frame, process, BPR_NODE_START, "/start", true, BPR_NONE, &start);

	front = start;
	if (!status && event_subs(frame, BPR_NONE) != BPR_NONE)
		status = add_front(frame, process, BPR_NONE, starts, events ? BPR_NODE_XOR : BPR_NODE_AND, host, &front);
	EACH_IN(i, frame, BPR_NONE) {
		bool sub = file->items[i].marks & BPMN_EVENT_SUB;

		if (status)
			return status;
		if (starts ? is_start(&file->items[i], events) : first && !sub) {
			if (!events)
				bpr_i_bpmn_note(file, BPR_I_X040, file->items[process].xml, file->items[process].id,
						bpr_i_bpmn_label(file, process), bpr_i_bpmn_label(file, i), NULL);
			status = wire_start(frame, start, front, i);
		}
		first = first && sub;
	}
	return status;
}

/* One silent end behind all nodes that nothing follows. */
static bpr_status add_ends(struct bpmn_frame *frame)
{
	struct bpmn_file *file = frame->file;
	size_t end = BPR_NONE;
	bpr_status status = BPR_OK;

	EACH_IN(i, frame, BPR_NONE) {
		const struct bpmn_item *item = &file->items[i];

		if (!item->out && !(item->element->flags & BPMN_IS_END)) {
			if (end == BPR_NONE)
				status = bpr_i_bpmn_add(frame, file->processes[frame->process].item, BPR_NODE_END, "/end", true, BPR_NONE, &end);
			if (!(item->marks & BPMN_EVENT_SUB))
				bpr_i_bpmn_note(file, BPR_I_X041, item->xml, NULL, bpr_i_bpmn_label(file, i), NULL, NULL);
			if (!status)
				status = bpr_i_builder_arc(frame->b, leave_of(frame, i), end, (double)NAN, NULL, NULL, NULL);
		} else if (item->element->flags & BPMN_IS_BOUNDARY || item->marks & BPMN_LINK) {
			status = wire_item(frame, i, BPR_NONE);
		}
		if (status)
			return status;
		if (item->element->flags & BPMN_IS_BOUNDARY && item->target != BPR_NONE)
			host(frame, i);
	}
	return BPR_OK;
}

/* Event sub-processes of a process with one start event sit behind it. */
static bpr_status front_of_start(struct bpmn_frame *frame, size_t *host)
{
	const struct bpmn_file *file = frame->file;
	bpr_status status = BPR_OK;

	EACH_IN(i, frame, BPR_NONE) {
		size_t front = leave_of(frame, i);

		if (!is_start(&file->items[i], true))
			continue;
		status = add_front(frame, file->processes[frame->process].item, BPR_NONE, 1, BPR_NODE_AND, host, &front);
		frame->leave[i - frame->first] = front;
	}
	return status;
}

bpr_status bpr_i_bpmn_build(struct bpmn_file *file, size_t process, bpr_builder *b)
{
	struct bpmn_frame frame = { .file = file, .b = b, .process = process, .prefix = "", .unit = BPR_NONE };
	bool events;
	size_t starts = count_starts(&frame, BPR_NONE, &events);
	bool event_sub = event_subs(&frame, BPR_NONE) != BPR_NONE;
	size_t host = BPR_NONE;
	bpr_status status = frame_open(&frame);

	frame.starts_pass = event_sub && events && starts > 1;
	if (!status)
		status = contents(&frame, BPR_NONE, BPR_NONE);
	if (!status && (!events || frame.starts_pass))
		status = add_start(&frame, starts, events, &host);
	else if (!status && event_sub)
		status = front_of_start(&frame, &host);
	if (!status && event_sub)
		status = host_events(&frame, BPR_NONE, host);
	if (!status)
		status = add_ends(&frame);
	if (!status)
		status = add_arcs(&frame);
	frame_close(&frame);
	return status;
}
