/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a node is with its label, the events on its border, and the data and notes above it. */
#include "config.h"
#include "layout/sheet_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

enum {
	DATA_WIDTH = 36, DATA_HEIGHT = 50, STORE = 50, NOTE_WIDTH = 150, NOTE_LINES = 12,
	MARK = 14, RIDER_GAP = 28, SLOT_GAP = 10, LABEL_GAP = 4, TASK_STEP = 20
};

const struct bpr_layout_measure bpr_i_layout_usual = {
	.task_width = 100, .task_height = 80, .task_widest = 160, .task_lines = 10, .event = 36, .gateway = 50,
	.label_width = 104, .label_lines = 5, .font = 12, .label_font = 11, .line = 15, .label_line = 14,
	.column_gap = 44, .track = 12, .before_tracks = 18, .behind_tracks = 24, .row_gap = 26, .pad = 16, .lane_least = 100,
};

/* For a picture as wide as a page of text. */
const struct bpr_layout_measure bpr_i_layout_compact = {
	.task_width = 72, .task_height = 34, .task_widest = 112, .task_lines = 3, .event = 20, .gateway = 22,
	.label_width = 76, .label_lines = 3, .font = 11, .label_font = 10, .line = 13, .label_line = 12,
	.column_gap = 20, .track = 8, .before_tracks = 8, .behind_tracks = 12, .row_gap = 12, .pad = 8, .lane_least = 44,
};

/* Wide enough for four lines if that can be, else higher; past ten lines the rest is cut. */
static bool size_task(struct run *run, struct bpr_layout_node *node, struct body *body)
{
	const struct bpr_layout_measure *m = run->measure;
	double widest, longest, value = 0;
	size_t lines = 0, tall;

	if (!bpr_i_layout_word(node->text, m->font, &longest))
		return false;
	for (size_t i = 0; i < node->value_count; i++)
		value = bpr_i_larger(value, bpr_i_layout_text_width(node->values[i], strlen(node->values[i]), m->label_font));
	longest = bpr_i_larger(longest, value);
	body->width = m->task_width;
	for (;;) {
		double inside = body->width - 14;

		node->label.lines = bpr_i_layout_label(&run->out->arena, node->text, inside, m->font, m->task_lines, &lines, &widest);
		if (!node->label.lines)
			return false;
		if (body->width >= m->task_widest || (lines <= 4 && lines < m->task_lines && longest <= inside))
			break;
		body->width += TASK_STEP;
	}
	/* Values are never broken or cut. */
	body->width = bpr_i_larger(body->width, ceil(value) + 10);
	node->label.line_count = lines;
	tall = lines + node->value_count;
	body->height = bpr_i_larger(m->task_height, (double)tall * m->line + (m == &bpr_i_layout_compact ? 8 : 20) +
				    (node->mark_above && tall > 2 ? MARK + 4 : 0) + (node->mark_below && (tall > 2 || m == &bpr_i_layout_compact) ? MARK : 0));
	return true;
}

static bool size_note(struct run *run, struct bpr_layout_node *node, struct body *body)
{
	double widest;

	node->label.lines = bpr_i_layout_label(&run->out->arena, node->text, NOTE_WIDTH, run->measure->font, NOTE_LINES,
					       &node->label.line_count, &widest);
	body->width = bpr_i_larger(60, widest + 16);
	body->height = bpr_i_larger(30, (double)node->label.line_count * run->measure->line + 10);
	return node->label.lines;
}

static bool size_outside(struct run *run, struct bpr_layout_node *node, struct body *body, double width, double height)
{
	double widest;

	body->width = width;
	body->height = height;
	node->label.lines = bpr_i_layout_label(&run->out->arena, node->text, run->measure->label_width, run->measure->label_font,
					       run->measure->label_lines, &node->label.line_count, &widest);
	body->label_width = node->label.line_count ? ceil(widest * 1.06 + 3) : 0;
	body->label_height = (double)node->label.line_count * run->measure->label_line;
	return node->label.lines;
}

static bool size_node(struct run *run, struct bpr_layout_node *node, struct body *body)
{
	switch (node->shape) {
	case BPR_SHAPE_TASK: return size_task(run, node, body);
	case BPR_SHAPE_EVENT: return size_outside(run, node, body, run->measure->event, run->measure->event);
	case BPR_SHAPE_GATEWAY: return size_outside(run, node, body, run->measure->gateway, run->measure->gateway);
	case BPR_SHAPE_DATA: return size_outside(run, node, body, DATA_WIDTH, DATA_HEIGHT);
	case BPR_SHAPE_STORE: return size_outside(run, node, body, STORE, STORE);
	case BPR_SHAPE_NOTE: return size_note(run, node, body);
	case BPR_SHAPE_GROUP: return true; /* when its inside is known */
	}
	return true;
}

bpr_status bpr_i_layout_bodies(struct run *run)
{
	for (size_t i = 0; i < run->graph->node_count; i++) {
		run->graph->nodes[i].label = (struct bpr_label){ 0 };
		if (!size_node(run, &run->graph->nodes[i], &run->bodies[i]))
			return bpr_i_nomem(run->err);
	}
	return BPR_OK;
}

static bool on_border(const struct run *run, size_t rider)
{
	return run->graph->nodes[rider].host != BPR_NONE;
}

/* An event on the border needs room for its circle, and for its label at the right of the line that leaves it. */
static double slot_width(const struct run *run, const struct body *rider)
{
	double event = run->measure->event;

	return bpr_i_larger(event + SLOT_GAP, event / 2 + 6 + rider->label_width + SLOT_GAP);
}

void bpr_i_body_ride(struct run *run, size_t node)
{
	struct body *body = &run->bodies[node];
	double sum = 0, last = 0, x, event = run->measure->event;

	for (size_t r = body->first_rider; r != BPR_NONE; r = run->bodies[r].next_rider) {
		if (!on_border(run, r)) {
			body->top_taken = true;
			continue;
		}
		body->bottom_taken = true;
		sum += last;
		last = slot_width(run, &run->bodies[r]);
	}
	if (last <= 0)
		return;
	/* The last label may stand out at the right. */
	sum += event + 16;
	body->width = bpr_i_larger(body->width, ceil(sum / 2) * 2);
	x = body->width / 2 - sum + 8 + event / 2;
	for (size_t r = body->first_rider; r != BPR_NONE; r = run->bodies[r].next_rider) {
		if (!on_border(run, r))
			continue;
		run->bodies[r].dx = x;
		run->bodies[r].dy = body->height / 2;
		run->bodies[r].label_x = 6;
		run->bodies[r].label_y = event / 2 + 2;
		x += slot_width(run, &run->bodies[r]);
	}
}

/* Label of an event, gateway, data object: below or above, wherever no line docks; else at the left of the upper line. */
static void place_label(const struct run *run, size_t node, struct body *body)
{
	bool above = run->graph->nodes[node].shape == BPR_SHAPE_GATEWAY;
	double half = body->height / 2;

	if (above ? body->top_taken : body->bottom_taken)
		above = !above;
	body->label_x = -body->label_width / 2;
	body->label_y = above ? -half - LABEL_GAP - body->label_height : half + LABEL_GAP;
	if (body->top_taken && body->bottom_taken) {
		body->label_x = -body->label_width - 6;
		body->label_y = -half * 0.6 - LABEL_GAP - body->label_height;
	}
}

static void take_room(struct body *body, double x, double y, double width, double height)
{
	body->left = bpr_i_larger(body->left, -x);
	body->right = bpr_i_larger(body->right, x + width);
	body->up = bpr_i_larger(body->up, -y);
	body->down = bpr_i_larger(body->down, y + height);
}

/* Data and notes side by side above the node, labels above them. */
static void place_above(struct run *run, struct body *body)
{
	double total = 0, x, bottom = -body->up - RIDER_GAP;

	for (size_t r = body->first_rider; r != BPR_NONE; r = run->bodies[r].next_rider)
		if (!on_border(run, r))
			total += bpr_i_larger(run->bodies[r].width, run->bodies[r].label_width) + SLOT_GAP;
	if (total <= 0)
		return;
	x = -(total - SLOT_GAP) / 2;
	for (size_t r = body->first_rider; r != BPR_NONE; r = run->bodies[r].next_rider) {
		struct body *rider = &run->bodies[r];
		double slot = bpr_i_larger(rider->width, rider->label_width);

		if (on_border(run, r))
			continue;
		rider->dx = floor(x + slot / 2);
		rider->dy = bottom - floor(rider->height / 2);
		rider->label_x = -rider->label_width / 2;
		rider->label_y = -rider->height / 2 - 2 - rider->label_height;
		x += slot + SLOT_GAP;
	}
}

void bpr_i_body_room(struct run *run, size_t node)
{
	struct body *body = &run->bodies[node];

	body->left = body->right = body->width / 2;
	body->up = body->down = body->height / 2;
	if (body->label_width > 0 && run->graph->nodes[node].shape != BPR_SHAPE_TASK) {
		place_label(run, node, body);
		take_room(body, body->label_x, body->label_y, body->label_width, body->label_height);
	}
	place_above(run, body);
	for (size_t r = body->first_rider; r != BPR_NONE; r = run->bodies[r].next_rider) {
		const struct body *rider = &run->bodies[r];

		take_room(body, rider->dx - rider->width / 2, rider->dy - rider->height / 2, rider->width, rider->height);
		if (rider->label_width > 0)
			take_room(body, rider->dx + rider->label_x, rider->dy + rider->label_y, rider->label_width,
				  rider->label_height);
	}
}
