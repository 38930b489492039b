/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who stands in which lane: by flowNodeRef. Some programs write none and only draw the lanes; then the diagram tells, by the
 * lane whose bounds hold a node's centre. Only for such files is the diagram looked at, so the others do not pay for it.
 */
#include "config.h"
#include "base/num_i.h"
#include "read/bpmn_i.h"
#include <math.h>
#include <string.h>

#define BPMN_DC_NS "http://www.omg.org/spec/DD/20100524/DC"

/* Beyond so many comparisons of a lane and a node the drawing is not asked: no office has a thousand lanes. */
#define MOST_COMPARISONS 1e8

enum { MOST_ELEMENTS = 10000000 };

static size_t lane_depth(const struct bpmn_file *file, size_t lane)
{
	size_t depth = 0;

	for (; lane != BPR_NONE; lane = file->items[lane].parent)
		depth++;
	return depth;
}

/* What a lane lists that is no step of its process: gone, data, or elsewhere. */
static void note_stranger(struct bpmn_file *file, size_t lane, const struct bpr_xml_node *ref, const char *text, size_t at)
{
	const char *what = at == BPR_NONE ? "-" : file->items[at].element->name;
	bool gone = at == BPR_NONE;

	bpr_i_bpmn_note(file, gone ? BPR_I_X097 : BPR_I_X105, ref, file->items[lane].id, bpr_i_bpmn_label(file, lane), text, what);
}

static void stand_in_lane(struct bpmn_file *file, size_t lane, const struct bpr_xml_node *ref, const char *text, size_t length)
{
	size_t at = bpr_i_bpmn_find(file, text, length);
	struct bpmn_item *item;
	size_t old, now;

	if (at == BPR_NONE || !bpr_i_bpmn_is_node(&file->items[at]) || file->items[at].process != file->items[lane].process) {
		note_stranger(file, lane, ref, text, at);
		return;
	}
	file->processes[file->items[lane].process].lanes_listed = true;
	item = &file->items[at];
	old = lane_depth(file, item->lane);
	now = lane_depth(file, lane);
	if (now > old)
		item->lane = lane;
	else if (now == old && item->lane != lane)
		bpr_i_bpmn_note(file, BPR_I_X043, ref, NULL, bpr_i_bpmn_label(file, at), bpr_i_bpmn_label(file, item->lane), NULL);
}

static void fill_lane(struct bpmn_file *file, size_t lane, struct bpr_buf *buf)
{
	struct bpmn_item *item = &file->items[lane];
	const struct bpr_xml_attr *unit = bpr_i_xml_attr_ns(item->xml, BPMN_BPR_NS, "unit");
	const char *name = unit ? unit->value : bpr_i_bpmn_name(file, item->xml);
	bool listed = false;

	file->processes[item->process].lanes = true;
	BPR_I_XML_EACH(child, item->xml) {
		if (!bpr_i_xml_is(child, BPMN_NS, "flowNodeRef"))
			continue;
		bpr_i_buf_clear(buf);
		bpr_i_xml_text(buf, child);
		file->nomem |= buf->failed != BPR_OK;
		if (buf->length)
			stand_in_lane(file, lane, child, buf->data, buf->length);
		listed = true;
	}
	if (name && !*name && listed)
		bpr_i_bpmn_note(file, BPR_I_X096, item->xml, NULL, item->id, NULL, NULL);
}

/* ---- from the drawing ---- */

struct box { size_t item; double x, y, width, height; };
struct boxes { struct box *items; size_t count, capacity; };

static bool number_of(const struct bpr_xml_node *bounds, const char *name, double *value)
{
	size_t length;
	const char *text = bpr_i_xml_value(bounds, name, &length);

	return text && bpr_i_num_parse(text, length, value);
}

/* The bounds of a shape whose element is a lane, or stands directly in a process whose lanes list nothing. What is in a sub-process may be drawn on a plane of its own. */
static bool box_of(const struct bpmn_file *file, const struct bpr_xml_node *shape, struct box *box)
{
	const struct bpr_xml_node *bounds = bpr_i_xml_child(shape, BPMN_DC_NS, "Bounds");
	bool written;

	box->item = bpr_i_bpmn_find_attr_as(file, shape, "bpmnElement", BPMN_NODES | 1u << BPMN_LANE, &written);
	if (!bounds || box->item == BPR_NONE || file->items[box->item].process == BPR_NONE ||
	    file->processes[file->items[box->item].process].lanes_listed ||
	    (bpr_i_bpmn_is_node(&file->items[box->item]) && file->items[box->item].parent != BPR_NONE))
		return false;
	return number_of(bounds, "x", &box->x) && number_of(bounds, "y", &box->y) && number_of(bounds, "width", &box->width) &&
	       number_of(bounds, "height", &box->height);
}

static bpr_status gather(const struct bpmn_file *file, const struct bpr_xml_node *root, struct boxes *lanes, struct boxes *nodes)
{
	BPR_I_XML_EACH(diagram, root) {
		const struct bpr_xml_node *plane = bpr_i_xml_is(diagram, BPMN_DI_NS, "BPMNDiagram") ? bpr_i_xml_child(diagram, BPMN_DI_NS, "BPMNPlane") : NULL;

		if (!plane)
			continue;
		BPR_I_XML_EACH(shape, plane) {
			struct box box;
			struct boxes *to;

			if (!bpr_i_xml_is(shape, BPMN_DI_NS, "BPMNShape") || !box_of(file, shape, &box))
				continue;
			to = file->items[box.item].element->role == BPMN_LANE ? lanes : nodes;
			if (!bpr_i_grow(&to->items, &to->capacity, to->count + 1, sizeof(box)))
				return BPR_ENOMEM;
			to->items[to->count++] = box;
		}
	}
	return BPR_OK;
}

static bool holds(const struct box *lane, const struct box *node)
{
	double x = node->x + node->width / 2, y = node->y + node->height / 2;

	return x >= lane->x && x <= lane->x + lane->width && y >= lane->y && y <= lane->y + lane->height;
}

/* The innermost lane of the node's process that holds its centre. */
static void stand_where_drawn(struct bpmn_file *file, const struct boxes *lanes, const struct box *node)
{
	struct bpmn_item *item = &file->items[node->item];

	if (item->lane != BPR_NONE) /* drawn twice: the first counts */
		return;
	for (size_t i = 0; i < lanes->count; i++) {
		const struct box *lane = &lanes->items[i];

		if (file->items[lane->item].process == item->process && holds(lane, node) &&
		    lane_depth(file, lane->item) > lane_depth(file, item->lane))
			item->lane = lane->item;
	}
	if (item->lane != BPR_NONE)
		file->processes[item->process].lanes_drawn = true;
}

static bpr_status ask_drawing(struct bpmn_file *file, const struct bpr_xml_node *root)
{
	struct boxes lanes = { 0 }, nodes = { 0 };
	bpr_status status = gather(file, root, &lanes, &nodes);

	if (!status && (double)lanes.count * (double)nodes.count < MOST_COMPARISONS)
		for (size_t i = 0; i < nodes.count; i++)
			stand_where_drawn(file, &lanes, &nodes.items[i]);
	bpr_i_free(lanes.items);
	bpr_i_free(nodes.items);
	return status;
}

/* Where the diagram was passed over, the file is read once more with it. */
static bpr_status ask_bytes(struct bpmn_file *file, const char *data, size_t length)
{
	static const char *const skip[] = { BPMN_BPR_NS, NULL };
	const struct bpr_xml_options options = { file->reader->options->max_depth, MOST_ELEMENTS, skip, 0 };
	struct bpr_xml xml;
	bpr_status status;

	if (!file->xml.skipped)
		return ask_drawing(file, file->xml.root);
	status = bpr_i_xml_parse(&xml, file->reader->name, data, length, &options, NULL, file->reader->err);

	if (!status)
		status = ask_drawing(file, xml.root);
	bpr_i_xml_release(&xml);
	return status;
}

static void tell(struct bpmn_file *file, const struct bpmn_process *p)
{
	const struct bpmn_item *item = &file->items[p->item];
	const char *label = bpr_i_bpmn_label(file, p->item);

	if (!p->lanes || !p->node_count)
		return;
	if (!p->lanes_listed)
		bpr_i_bpmn_note(file, p->lanes_drawn ? BPR_I_X100 : BPR_I_X101, item->xml, item->id, label, NULL, NULL);
	for (size_t i = p->item + 1; i < item->end && (p->lanes_listed || p->lanes_drawn); i++) {
		const struct bpmn_item *node = &file->items[i];

		if (bpr_i_bpmn_is_node(node) && node->parent == BPR_NONE && node->lane == BPR_NONE && node->element->role != BPMN_GATEWAY &&
		    !(node->element->flags & (BPMN_IS_START | BPMN_IS_END | BPMN_IS_BOUNDARY)) && !(node->marks & BPMN_SKIPPED))
			bpr_i_bpmn_note(file, BPR_I_X095, node->xml, NULL, bpr_i_bpmn_label(file, i), NULL, NULL);
	}
}

bpr_status bpr_i_bpmn_lanes(struct bpmn_file *file, const char *data, size_t length)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	bpr_status status = BPR_OK;
	bool ask = false;

	for (size_t i = 0; i < file->item_count; i++)
		if (file->items[i].element->role == BPMN_LANE)
			fill_lane(file, i, &buf);
	bpr_i_buf_release(&buf);
	for (size_t i = 0; i < file->process_count; i++)
		ask = ask || (file->processes[i].lanes && !file->processes[i].lanes_listed && file->processes[i].node_count);
	if (ask)
		status = ask_bytes(file, data, length);
	for (size_t i = 0; i < file->process_count && !status; i++)
		tell(file, &file->processes[i]);
	return status ? status : file->nomem ? BPR_ENOMEM : BPR_OK;
}
