/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The diagram: whether it shows what the model says. Coordinates are those of the file; y grows downwards. */
#include "config.h"
#include "base/num_i.h"
#include "check/lint_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLACK = 2,               /* so far may a shape stand out of what it stands in */
	LOOSE = 12,              /* so far from its node an arrow is still taken to be joined */
	MOST_LOOSE = 200,        /* so many loose arrows are looked at closely */
	MOST_PAIRS = 200         /* shapes that one is compared with, on average */
};

/* A shape of a plane. */
struct box {
	size_t item;
	size_t plane;
	double left, top, right, bottom;
};

struct drawing {
	struct lint *lint;
	struct box *boxes; size_t count, capacity;
	size_t *box_of;          /* of an item: one more than its first box */
	size_t plane, planes;
	size_t loose;
	struct bpr_names strange; /* ids that the list does not know, with what draws them */
	const struct bpr_xml_node **strangers; size_t stranger_capacity;
};

static bool number(const struct bpr_xml_node *xml, const char *name, double *out)
{
	size_t length;
	const char *text = bpr_i_xml_value(xml, name, &length);

	return text && bpr_i_num_parse(text, length, out);
}

/* Bounds and waypoints stand in a namespace that files declare in several ways: the local name is enough. */
static const struct bpr_xml_node *child_named(const struct bpr_xml_node *xml, const char *name)
{
	BPR_I_XML_EACH(child, xml)
		if (!strcmp(child->name, name))
			return child;
	return NULL;
}

static void add_box(struct drawing *d, const struct bpr_xml_node *shape, size_t item)
{
	const struct bpr_xml_node *bounds = child_named(shape, "Bounds");
	struct box box = { .item = item, .plane = d->plane };
	double width, height;

	if (!bounds || !number(bounds, "x", &box.left) || !number(bounds, "y", &box.top) || !number(bounds, "width", &width) ||
	    !number(bounds, "height", &height) || !(width > 0) || !(height > 0)) {
		bpr_i_lint_note_at(d->lint, BPR_I_M108, shape, d->lint->items[item].id, bpr_i_lint_label(&d->lint->items[item]), NULL, NULL);
		return;
	}
	box.right = box.left + width;
	box.bottom = box.top + height;
	if (d->box_of[item] && d->boxes[d->box_of[item] - 1].plane == d->plane) {
		bpr_i_lint_note_at(d->lint, BPR_I_M102, shape, d->lint->items[item].id, bpr_i_lint_label(&d->lint->items[item]), NULL, NULL);
		return;
	}
	if (!bpr_i_grow(&d->boxes, &d->capacity, d->count + 1, sizeof(*d->boxes))) {
		d->lint->check->nomem = true;
		return;
	}
	d->boxes[d->count++] = box;
	if (!d->box_of[item])
		d->box_of[item] = d->count;
}

/* What the list does not hold may still be in the file: data associations, choreographies. */
static void add_stranger(struct drawing *d, const struct bpr_xml_node *xml)
{
	size_t length, at;
	const char *ref = bpr_i_xml_value(xml, "bpmnElement", &length);
	bool added;

	length = bpr_i_xml_strip_prefix(&ref, length);
	at = bpr_i_names_add(&d->strange, ref, length, &added);
	if (at == BPR_NONE || !bpr_i_grow(&d->strangers, &d->stranger_capacity, at + 1, sizeof(struct bpr_xml_node *)))
		d->lint->check->nomem = true;
	else if (added)
		d->strangers[at] = xml;
}

/* Only where there are any: goes through the whole file once. */
static void strangers(struct drawing *d)
{
	const struct bpr_xml_node *top = d->lint->root;

	for (const struct bpr_xml_node *xml = d->strange.count ? top : NULL; xml;) {
		size_t length = 0;
		const char *id = xml->name ? bpr_i_xml_value(xml, "id", &length) : NULL;
		size_t at = id && strcmp(xml->ns, BPMN_DI_NS) != 0 ? bpr_i_names_find(&d->strange, id, length) : BPR_NONE;

		if (at != BPR_NONE)
			d->strangers[at] = NULL;
		if (xml->name && xml->first) {
			xml = xml->first;
			continue;
		}
		while (xml != top && !xml->next)
			xml = xml->parent;
		xml = xml == top ? NULL : xml->next;
	}
	for (size_t i = 0; i < d->strange.count; i++) {
		const struct bpr_xml_attr *ref = d->strangers[i] ? bpr_i_xml_attr(d->strangers[i], "bpmnElement") : NULL;

		if (ref)
			bpr_i_lint_note_at(d->lint, BPR_I_M103, d->strangers[i], ref->value, ref->value, NULL, NULL);
	}
}

/* The element that a shape or an edge draws; BPR_NONE where it is none of the list. */
static size_t drawn_item(struct drawing *d, const struct bpr_xml_node *xml)
{
	bool written;
	size_t at = bpr_i_lint_find_attr(d->lint, xml, "bpmnElement", &written);

	if (at == BPR_NONE && written) {
		add_stranger(d, xml);
	} else if (at != BPR_NONE) {
		if (d->lint->items[at].marks & LINT_DRAWN && d->lint->items[at].type->class == LINT_FLOW)
			bpr_i_lint_note_at(d->lint, BPR_I_M102, xml, d->lint->items[at].id, bpr_i_lint_label(&d->lint->items[at]), NULL, NULL);
		d->lint->items[at].marks |= LINT_DRAWN;
	}
	return at;
}

static void read_planes(struct drawing *d)
{
	BPR_I_XML_EACH(diagram, d->lint->root) {
		if (!bpr_i_xml_is(diagram, BPMN_DI_NS, "BPMNDiagram"))
			continue;
		BPR_I_XML_EACH(plane, diagram) {
			if (!bpr_i_xml_is(plane, BPMN_DI_NS, "BPMNPlane"))
				continue;
			d->plane = d->planes++;
			BPR_I_XML_EACH(shape, plane) {
				size_t item;

				if (strcmp(shape->ns, BPMN_DI_NS) != 0)
					continue;
				item = drawn_item(d, shape);
				if (item != BPR_NONE && !strcmp(shape->name, "BPMNShape"))
					add_box(d, shape, item);
			}
		}
	}
}

/* ---- what is not drawn ---- */

/* Scopes of which nothing is drawn, such as a sub-process that is drawn closed, are no gap but a decision. */
static void missing(struct drawing *d)
{
	struct lint *lint = d->lint;
	bool *shown = bpr_i_calloc(lint->count, sizeof(*shown));

	if (!shown) {
		lint->check->nomem = true;
		return;
	}
	for (size_t i = 0; i < lint->count; i++)
		if (lint->items[i].marks & LINT_DRAWN && lint->items[i].scope != BPR_NONE)
			shown[lint->items[i].scope] = true;
	for (size_t i = 0; i < lint->count; i++) {
		const struct lint_item *item = &lint->items[i];
		bool needed = bpr_i_lint_is_node(item) || item->type->class == LINT_FLOW || item->type->class == LINT_LANE;

		if (item->type->class == LINT_PROCESS)
			needed = item->nodes && !shown[i];
		else if (item->scope != BPR_NONE)
			needed = needed && shown[item->scope];
		else
			needed = item->type->class == LINT_PARTICIPANT || item->type->class == LINT_MESSAGE_FLOW;
		if (item->type->class == LINT_FLOW && item->from == BPR_NONE)
			continue; /* there is nothing to draw it between */
		if (needed && !(item->marks & LINT_DRAWN))
			bpr_i_lint_note(lint, BPR_I_M101, i, bpr_i_lint_label(item), NULL, NULL);
	}
	bpr_i_free(shown);
}

/* ---- what stands where ---- */

static bool overlap(const struct box *a, const struct box *b)
{
	return a->left < b->right - SLACK && b->left < a->right - SLACK && a->top < b->bottom - SLACK && b->top < a->bottom - SLACK;
}

/* Siblings that have no business on top of each other; a boundary event sits on its host, and close to others there. */
static bool are_apart(const struct lint *lint, const struct box *a, const struct box *b)
{
	const struct lint_item *x = &lint->items[a->item];
	const struct lint_item *y = &lint->items[b->item];

	if (x->type->class == LINT_PARTICIPANT || y->type->class == LINT_PARTICIPANT)
		return x->type->class == y->type->class;
	return x->scope == y->scope;
}

static bool is_solid(const struct lint_item *item)
{
	return item->type->class == LINT_PARTICIPANT ||
	       (bpr_i_lint_is_node(item) && !(item->type->class == LINT_EVENT && item->type->flags & LINT_BOUNDARY));
}

static int by_left(const void *a, const void *b)
{
	const struct box *x = a;
	const struct box *y = b;

	if (x->plane != y->plane)
		return x->plane < y->plane ? -1 : 1;
	if (x->left < y->left || x->left > y->left)
		return x->left < y->left ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

static int by_top(const void *a, const void *b)
{
	const struct box *x = a;
	const struct box *y = b;

	if (x->plane != y->plane)
		return x->plane < y->plane ? -1 : 1;
	if (x->top < y->top || x->top > y->top)
		return x->top < y->top ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

/* Whether the diagram is higher than wide: sorted along the long side, few shapes lie beside each other. */
static bool is_high(const struct box *boxes, size_t count)
{
	double left = HUGE_VAL, right = -HUGE_VAL, top = HUGE_VAL, bottom = -HUGE_VAL;

	for (size_t i = 0; i < count; i++) {
		left = fmin(left, boxes[i].left);
		right = fmax(right, boxes[i].right);
		top = fmin(top, boxes[i].top);
		bottom = fmax(bottom, boxes[i].bottom);
	}
	return bottom - top > right - left;
}

static void overlaps(struct drawing *d)
{
	struct box *sorted = bpr_i_calloc(d->count, sizeof(*sorted));
	size_t count = 0, pairs = 0;
	bool high;

	if (!sorted) {
		d->lint->check->nomem = true;
		return;
	}
	for (size_t i = 0; i < d->count; i++)
		if (is_solid(&d->lint->items[d->boxes[i].item]))
			sorted[count++] = d->boxes[i];
	high = is_high(sorted, count);
	if (count)
		qsort(sorted, count, sizeof(*sorted), high ? by_top : by_left);
	for (size_t i = 0; i < count && pairs < MOST_PAIRS * count; i++)
		for (size_t k = i + 1; k < count && sorted[k].plane == sorted[i].plane; k++) {
			if (high ? sorted[k].top >= sorted[i].bottom : sorted[k].left >= sorted[i].right)
				break;
			pairs++;
			if (!are_apart(d->lint, &sorted[i], &sorted[k]) || !overlap(&sorted[i], &sorted[k]))
				continue;
			bpr_i_lint_note(d->lint, BPR_I_M104, sorted[k].item, bpr_i_lint_label(&d->lint->items[sorted[k].item]),
					bpr_i_lint_label(&d->lint->items[sorted[i].item]), NULL);
			break;
		}
	bpr_i_free(sorted);
}

static const struct box *box_on(const struct drawing *d, size_t item, size_t plane)
{
	const struct box *box = item != BPR_NONE && d->box_of[item] ? &d->boxes[d->box_of[item] - 1] : NULL;

	return box && box->plane == plane ? box : NULL;
}

static bool is_inside(const struct box *in, const struct box *out)
{
	return in->left >= out->left - SLACK && in->right <= out->right + SLACK && in->top >= out->top - SLACK && in->bottom <= out->bottom + SLACK;
}

static bool holds_middle(const struct box *in, const struct box *out)
{
	double x = (in->left + in->right) / 2;
	double y = (in->top + in->bottom) / 2;

	return x >= out->left && x <= out->right && y >= out->top && y <= out->bottom;
}

/* pools: of each item that is a process, its pool. */
static void surroundings(struct drawing *d, const size_t *pools)
{
	struct lint *lint = d->lint;

	for (size_t i = 0; i < d->count; i++) {
		const struct box *box = &d->boxes[i];
		const struct lint_item *item = &lint->items[box->item];
		const struct box *around, *lane;

		if (!bpr_i_lint_is_node(item) || item->scope == BPR_NONE)
			continue;
		if (item->type->class == LINT_EVENT && item->type->flags & LINT_BOUNDARY) {
			around = box_on(d, item->to, box->plane);
			if (around && !overlap(box, &(struct box){ .left = around->left - SLACK, .right = around->right + SLACK,
								    .top = around->top - SLACK, .bottom = around->bottom + SLACK }))
				bpr_i_lint_note(lint, BPR_I_M107, box->item, bpr_i_lint_label(item), bpr_i_lint_label(&lint->items[item->to]), NULL);
			continue;
		}
		around = box_on(d, lint->items[item->scope].type->class == LINT_SUB ? item->scope : pools[item->scope], box->plane);
		if (around && !is_inside(box, around)) {
			bpr_i_lint_note(lint, BPR_I_M105, box->item, bpr_i_lint_label(item), bpr_i_lint_label(&lint->items[around->item]), NULL);
			continue;
		}
		lane = box_on(d, item->lane, box->plane);
		if (lane && !holds_middle(box, lane))
			bpr_i_lint_note(lint, BPR_I_M109, box->item, bpr_i_lint_label(item), bpr_i_lint_label(&lint->items[item->lane]), NULL);
	}
}

/* ---- arrows ---- */

static double distance(const struct box *box, double x, double y)
{
	double dx = x < box->left ? box->left - x : x > box->right ? x - box->right : 0;
	double dy = y < box->top ? box->top - y : y > box->bottom ? y - box->bottom : 0;

	return hypot(dx, dy);
}

/* The node that the loose end of an arrow touches instead, or BPR_NONE. */
static size_t touched(const struct drawing *d, size_t plane, double x, double y)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct box *box = &d->boxes[i];

		if (box->plane == plane && bpr_i_lint_is_node(&d->lint->items[box->item]) && !d->lint->items[box->item].nodes &&
		    !(distance(box, x, y) > SLACK))
			return box->item;
	}
	return BPR_NONE;
}

static void dock(struct drawing *d, size_t flow, size_t end, const struct bpr_xml_node *waypoint)
{
	struct lint *lint = d->lint;
	const struct box *box = box_on(d, end, d->plane);
	double x, y;
	size_t other;

	if (!box || !number(waypoint, "x", &x) || !number(waypoint, "y", &y) || !(distance(box, x, y) > LOOSE))
		return;
	other = d->loose++ < MOST_LOOSE ? touched(d, d->plane, x, y) : BPR_NONE;
	if (other != BPR_NONE && other != end)
		bpr_i_lint_note(lint, BPR_I_M110, flow, bpr_i_lint_label(&lint->items[flow]), bpr_i_lint_label(&lint->items[other]),
				bpr_i_lint_label(&lint->items[end]));
	else
		bpr_i_lint_note(lint, BPR_I_M106, flow, bpr_i_lint_label(&lint->items[flow]), bpr_i_lint_label(&lint->items[end]), NULL);
}

static void arrow(struct drawing *d, const struct bpr_xml_node *edge, size_t flow)
{
	const struct bpr_xml_node *first = NULL, *last = NULL;
	size_t count = 0;

	BPR_I_XML_EACH(point, edge) {
		if (strcmp(point->name, "waypoint") != 0)
			continue;
		first = first ? first : point;
		last = point;
		count++;
	}
	if (count < 2) {
		bpr_i_lint_note_at(d->lint, BPR_I_M108, edge, d->lint->items[flow].id, bpr_i_lint_label(&d->lint->items[flow]), NULL, NULL);
		return;
	}
	if (d->lint->items[flow].from == BPR_NONE)
		return;
	dock(d, flow, d->lint->items[flow].from, first);
	dock(d, flow, d->lint->items[flow].to, last);
}

static void arrows(struct drawing *d)
{
	size_t plane_number = 0;

	BPR_I_XML_EACH(diagram, d->lint->root) {
		if (!bpr_i_xml_is(diagram, BPMN_DI_NS, "BPMNDiagram"))
			continue;
		BPR_I_XML_EACH(plane, diagram) {
			if (!bpr_i_xml_is(plane, BPMN_DI_NS, "BPMNPlane"))
				continue;
			d->plane = plane_number++;
			BPR_I_XML_EACH(edge, plane) {
				size_t flow = bpr_i_xml_is(edge, BPMN_DI_NS, "BPMNEdge") ?
						      bpr_i_lint_find_attr(d->lint, edge, "bpmnElement", NULL) : BPR_NONE;

				if (flow != BPR_NONE && d->lint->items[flow].type->class == LINT_FLOW)
					arrow(d, edge, flow);
			}
		}
	}
}

static void judge(struct drawing *d)
{
	struct lint *lint = d->lint;
	size_t *pools = bpr_i_calloc(lint->count, sizeof(*pools));

	if (!pools) {
		lint->check->nomem = true;
		return;
	}
	for (size_t i = 0; i < lint->count; i++)
		pools[i] = BPR_NONE;
	for (size_t i = 0; i < lint->count; i++) {
		size_t process = lint->items[i].type->class == LINT_PARTICIPANT ?
					 bpr_i_lint_find_attr(lint, lint->items[i].xml, "processRef", NULL) : BPR_NONE;

		if (process != BPR_NONE)
			pools[process] = i;
	}
	missing(d);
	overlaps(d);
	surroundings(d, pools);
	arrows(d);
	bpr_i_free(pools);
}

void bpr_i_lint_drawing(struct lint *lint)
{
	struct drawing d = { .lint = lint };
	bool drawn = false;

	d.box_of = bpr_i_calloc(lint->count, sizeof(*d.box_of));
	if (!d.box_of) {
		lint->check->nomem = true;
		return;
	}
	read_planes(&d);
	for (size_t i = 0; i < lint->count && !drawn; i++)
		drawn = lint->items[i].marks & LINT_DRAWN;
	if (drawn && !lint->check->nomem) {
		strangers(&d);
		judge(&d);
	}
	if (!drawn)
		bpr_i_lint_note_at(lint, BPR_I_M100, lint->root, NULL, NULL, NULL, NULL);
	bpr_i_names_release(&d.strange);
	bpr_i_free(d.strangers);
	bpr_i_free(d.box_of);
	bpr_i_free(d.boxes);
}
