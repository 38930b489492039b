/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One node into a builder: its id, name and place; loops, timers, counters, parameters. */
#include "config.h"
#include "base/num_i.h"
#include "read/bpmn_i.h"
#include "read/sim_i.h"
#include <math.h>
#include <string.h>

enum { MOST_ROUNDS = 1000000 };

static size_t lane_unit(struct bpmn_frame *frame, size_t lane)
{
	const struct bpmn_item *item = &frame->file->items[lane];
	size_t parent = item->parent == BPR_NONE ? BPR_NONE : lane_unit(frame, item->parent);
	const struct bpr_xml_attr *unit = bpr_i_xml_attr_ns(item->xml, BPMN_BPR_NS, "unit");
	const char *name = unit ? unit->value : bpr_i_bpmn_name(frame->file, item->xml);

	return name && *name ? bpr_i_builder_unit(frame->b, name, strlen(name), parent) : parent;
}

/* Innermost lane that lists the item or a sub-process around it; BPR_NONE. */
static size_t lane_of(const struct bpmn_file *file, size_t item)
{
	while (item != BPR_NONE && file->items[item].lane == BPR_NONE)
		item = file->items[item].parent;
	return item == BPR_NONE ? BPR_NONE : file->items[item].lane;
}

size_t bpr_i_bpmn_unit(struct bpmn_frame *frame, size_t item)
{
	size_t lane = lane_of(frame->file, item);
	size_t unit = lane == BPR_NONE ? BPR_NONE : lane_unit(frame, lane);

	return unit == BPR_NONE ? frame->unit : unit;
}

const char *bpr_i_bpmn_place_name(struct bpmn_file *file, size_t item)
{
	const struct bpmn_process *p = &file->processes[file->items[item].process];
	const char *name = NULL;

	for (size_t lane = lane_of(file, item); lane != BPR_NONE && (!name || !*name); lane = file->items[lane].parent)
		name = bpr_i_bpmn_name(file, file->items[lane].xml);
	if ((!name || !*name) && p->participant != BPR_NONE)
		name = bpr_i_bpmn_name(file, file->items[p->participant].xml);
	return name && *name ? name : bpr_i_bpmn_label(file, p->item);
}

bpr_status bpr_i_bpmn_add(struct bpmn_frame *frame, size_t item, enum bpr_node_kind kind, const char *suffix, bool silent,
			  size_t scope, size_t *node)
{
	const struct bpmn_item *it = &frame->file->items[item];
	const char *name = bpr_i_bpmn_name(frame->file, it->xml);
	struct bpr_buf id = BPR_BUF_INIT;
	struct bpr_place place = { frame->file->reader->name, it->xml->line, it->xml->column, NULL };
	bpr_status status = BPR_ENOMEM;
	const struct bpr_xml_attr *type;
	struct bpr_node *draft;

	bpr_i_buf_puts(&id, frame->prefix);
	bpr_i_buf_puts(&id, it->id);
	bpr_i_buf_puts(&id, suffix);
	if (id.failed || !name)
		goto out;
	place.where = id.data;
	status = bpr_i_builder_node(frame->b, kind, id.data, id.length, &place, node);
	if (status)
		goto out;
	type = bpr_i_xml_attr_ns(it->xml, BPMN_BPR_NS, "type");
	draft = bpr_i_builder_draft(frame->b, *node);
	draft->name = *suffix || !*name ? "" : bpr_i_builder_text(frame->b, name, strlen(name));
	draft->type = it->element->name;
	if (type && type->length && it->element->role == BPMN_SUBPROCESS)
		draft->type = bpr_i_builder_text(frame->b, type->value, type->length);
	draft->trigger = *suffix ? NULL : bpr_i_bpmn_trigger_name(it->triggers);
	draft->silent = silent;
	draft->scope = scope;
	draft->unit = silent ? BPR_NONE : bpr_i_bpmn_unit(frame, item);
	status = draft->name && draft->type ? BPR_OK : BPR_ENOMEM;
out:
	bpr_i_buf_release(&id);
	return status;
}

/* A whole number in the text of a child or in an attribute; 0 where it is something else. */
static size_t count_of(const char *text, size_t length)
{
	size_t count;

	length = text ? bpr_i_xml_trim(&text, length) : 0;
	return length && bpr_i_num_parse_size(text, length, MOST_ROUNDS, &count) ? count : 0;
}

bpr_status bpr_i_bpmn_loop(struct bpmn_file *file, size_t item, struct bpmn_loop *loop)
{
	const struct bpr_xml_node *xml = file->items[item].xml;
	const struct bpr_xml_node *standard = bpr_i_xml_child(xml, BPMN_NS, "standardLoopCharacteristics");
	const struct bpr_xml_node *multi = bpr_i_xml_child(xml, BPMN_NS, "multiInstanceLoopCharacteristics");
	const struct bpr_xml_node *cardinality = multi ? bpr_i_xml_child(multi, BPMN_NS, "loopCardinality") : NULL;
	size_t length;
	const char *text;
	bool percent;

	loop->prob = bpr_i_bpmn_share(file, xml, "loop_prob", &percent);
	loop->repeat = bpr_i_bpmn_repeat(file, xml);
	loop->parallel = multi && !bpr_i_xml_bool(multi, "isSequential", false);
	if (standard && !loop->repeat && isnan(loop->prob)) {
		text = bpr_i_xml_value(standard, "loopMaximum", &length);
		loop->repeat = count_of(text, length);
		if (loop->repeat)
			bpr_i_bpmn_note(file, BPR_I_X058, xml, NULL, bpr_i_bpmn_label(file, item), NULL, NULL);
	}
	if (cardinality && !loop->repeat) {
		text = bpr_i_xml_simple_text(cardinality, &length);
		loop->repeat = count_of(text, length);
	}
	if ((standard || multi) && !loop->repeat && isnan(loop->prob))
		bpr_i_bpmn_note(file, BPR_I_X037, xml, NULL, bpr_i_bpmn_label(file, item), NULL, NULL);
	if (loop->prob >= 1) {
		bpr_i_bpmn_note(file, BPR_I_X061, xml, "loop_prob", bpr_i_bpmn_label(file, item), NULL, NULL);
		loop->prob = 0;
	}
	if (isnan(loop->prob))
		loop->prob = 0;
	if (!loop->repeat || loop->prob > 0)
		loop->repeat = 1;
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}

/* A timer that is written as a plain duration is what the event waits. */
static bpr_status timer(struct bpmn_frame *frame, size_t item, size_t node)
{
	const struct bpmn_item *it = &frame->file->items[item];
	const struct bpr_xml_node *definition = bpr_i_bpmn_definition(frame->file, it->xml, BPMN_TIMER);
	const struct bpr_xml_node *duration = definition ? bpr_i_xml_child(definition, BPMN_NS, "timeDuration") : NULL;
	struct bpr_dist wait = { .kind = BPR_DIST_CONSTANT };
	size_t length;
	const char *text;

	if (!duration || it->element->flags & (BPMN_IS_BOUNDARY | BPMN_IS_START))
		return BPR_OK;
	text = bpr_i_xml_simple_text(duration, &length);
	if (text && length && *text == 'P' && bpr_i_parse_minutes(text, length, &wait.a, NULL, NULL))
		return bpr_i_builder_duration(frame->b, node, false, &wait);
	bpr_i_bpmn_note(frame->file, BPR_I_X062, it->xml, NULL, bpr_i_bpmn_label(frame->file, item), NULL, NULL);
	return BPR_OK;
}

static bpr_status documentation(struct bpmn_frame *frame, size_t item, size_t node)
{
	const struct bpr_xml_node *xml = bpr_i_xml_child(frame->file->items[item].xml, BPMN_NS, "documentation");
	struct bpr_buf text = BPR_BUF_INIT;
	bpr_status status = BPR_OK;

	if (!xml)
		return BPR_OK;
	bpr_i_xml_text(&text, xml);
	if (text.failed) {
		status = BPR_ENOMEM;
	} else if (text.length > frame->file->reader->options->max_field) {
		char limit[32];

		(void)bpr_i_num_format(limit, sizeof(limit), (double)frame->file->reader->options->max_field);
		status = bpr_i_reader_fail(frame->file->reader, BPR_ELIMIT, BPR_I_X093, xml->line, "documentation", limit);
	} else if (text.length) {
		char *kept = bpr_i_builder_text(frame->b, text.data, text.length);

		bpr_i_builder_draft(frame->b, node)->note = kept;
		status = kept ? BPR_OK : BPR_ENOMEM;
	}
	bpr_i_buf_release(&text);
	return status;
}

static bool is_step(const struct bpmn_item *item)
{
	return item->element->role != BPMN_GATEWAY && !(item->element->flags & (BPMN_IS_START | BPMN_IS_END));
}

/* The counter at which a step meets the citizen, unless bpr:counter says another one, or (empty) none. */
static bpr_status counter(struct bpmn_frame *frame, size_t item, size_t node)
{
	struct bpmn_file *file = frame->file;
	const struct bpr_xml_attr *said = bpr_i_xml_attr_ns(file->items[item].xml, BPMN_BPR_NS, "counter");
	struct bpr_node *draft = bpr_i_builder_draft(frame->b, node);
	const char *name;

	if (said || !(file->items[item].marks & BPMN_MEETS_CITIZEN) || draft->actor == BPR_ACTOR_CITIZEN || draft->counter != BPR_NONE)
		return BPR_OK;
	name = bpr_i_bpmn_place_name(file, item);
	draft->counter = bpr_i_builder_counter(frame->b, name, strlen(name));
	return draft->counter == BPR_NONE ? BPR_ENOMEM : BPR_OK;
}

static bpr_status rounds(struct bpmn_frame *frame, size_t item, size_t node)
{
	struct bpmn_loop loop;
	bpr_status status = bpr_i_bpmn_loop(frame->file, item, &loop);
	struct bpr_node *draft = bpr_i_builder_draft(frame->b, node);

	draft->repeat = loop.repeat;
	draft->repeat_parallel = loop.parallel && loop.repeat > 1;
	draft->loop_prob = loop.prob;
	return status;
}

bpr_status bpr_i_bpmn_carry(struct bpmn_frame *frame, size_t item, size_t node)
{
	const struct bpmn_item *it = &frame->file->items[item];
	struct bpr_node *draft = bpr_i_builder_draft(frame->b, node);
	bool step = is_step(it);
	bpr_status status;

	if (frame->file->processes[it->process].citizen)
		draft->actor = BPR_ACTOR_CITIZEN;
	else if (it->element->flags & BPMN_IS_SYSTEM || it->marks & BPMN_CALLS_SYSTEM)
		draft->actor = BPR_ACTOR_SYSTEM;
	draft->interrupting = it->element->flags & BPMN_IS_BOUNDARY && bpr_i_xml_bool(it->xml, "cancelActivity", true);
	status = documentation(frame, item, node);
	if (!status && it->element->role == BPMN_EVENT)
		status = timer(frame, item, node);
	if (!status && step && it->element->role != BPMN_EVENT)
		status = rounds(frame, item, node);
	if (!status)
		status = bpr_i_sim_node(frame, item, node);
	if (!status)
		status = bpr_i_bpmn_cells(frame, item, node);
	if (!status && step)
		status = counter(frame, item, node);
	return status || !step ? status : bpr_i_bpmn_forms(frame, item, node);
}
