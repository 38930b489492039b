/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coordinates: columns and gaps, then rows, bands and pools, then every box and every point of an arc. */
#include "config.h"
#include "layout/sheet_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

enum {
	MARGIN = 20, HEADER = 30, GROUP_PAD = 18, THIN = 4, POOL_GAP = 40, BLACK_BOX = 60
};

static bool is_top(const struct sheet *s)
{
	return s->group == BPR_NONE;
}

static struct body *body_of(const struct sheet *s, size_t item)
{
	return &s->run->bodies[s->items[item].node];
}

/* ---- columns ---- */

static double even(double x)
{
	return ceil(x / 2) * 2;
}

static bool measure_columns(struct sheet *s)
{
	s->columns = bpr_i_arena_alloc(&s->arena, s->layer_count + 1, sizeof(*s->columns));
	if (!s->columns)
		return false;
	for (size_t i = 0; i < s->real_count; i++) {
		struct column *c = &s->columns[s->items[i].layer];
		struct body *body = body_of(s, i);

		body->width = even(body->width);
		body->height = even(body->height);
		bpr_i_body_room(s->run, s->items[i].node);
		c->left = bpr_i_larger(c->left, ceil(body->left));
		c->right = bpr_i_larger(c->right, ceil(body->right));
	}
	return true;
}

/* Arcs to data and notes: at the height that these have now. */
static void find_riders(struct sheet *s)
{
	for (size_t i = 0; i < s->wire_count; i++) {
		const struct wire *w = &s->wires[i];

		for (int k = 0; k < 2 && w->seg_count; k++) {
			const struct end *end = k ? &w->b : &w->a;
			struct seg *seg = &s->segs[k ? w->first_seg + w->seg_count - 1 : w->first_seg];

			if ((k ? w->to : w->from) != BPR_NONE && seg->place == SEG_ROW && end->side == SIDE_ANY &&
			    s->run->bodies[end->node].carrier != BPR_NONE && s->run->graph->nodes[end->node].host == BPR_NONE)
				seg->offset = s->run->bodies[end->node].dy;
		}
	}
}

/* How far an arc's label starts behind the middle of its column: the node itself, or a corner of the arc. */
static double label_start(const struct sheet *s, const struct wire *w)
{
	const struct seg *seg = &s->segs[w->label_seg];

	if (w->label_seg > w->first_seg && s->segs[w->label_seg - 1].place == SEG_COLUMN)
		return s->segs[w->label_seg - 1].offset + 6;
	if (seg->place == SEG_ROW)
		return body_of(s, w->from)->right + 3;
	return 0;
}

static void make_label_room(struct sheet *s)
{
	for (size_t i = 0; i < s->wire_count; i++) {
		const struct wire *w = &s->wires[i];
		const struct seg *seg;
		struct gap *gap;

		if (w->label_seg == BPR_NONE || w->label_width <= 0)
			continue;
		seg = &s->segs[w->label_seg];
		if (seg->place == SEG_ROW) {
			struct row *row = &s->rows[seg->at];

			gap = &s->gaps[s->items[w->from].layer + 1];
			row->label_up = bpr_i_larger(row->label_up, w->label_height + 6);
			if (w->label_late)
				gap->late = bpr_i_larger(gap->late, w->label_width + 8);
			else
				gap->early = bpr_i_larger(gap->early, label_start(s, w) + w->label_width + 6 -
							  s->columns[s->items[w->from].layer].right);
		} else if (seg->place == SEG_COLUMN) {
			struct column *c = &s->columns[seg->at];

			c->right = bpr_i_larger(c->right, seg->offset + w->label_width + 6);
		}
	}
}

static double gap_width(const struct bpr_layout_measure *m, const struct gap *gap, bool outer)
{
	double width = gap->early + gap->late;

	if (gap->tracks)
		width += m->before_tracks + m->behind_tracks + m->track * (double)(gap->tracks - 1);
	else if (gap->early + gap->late > 0)
		width += m->column_gap / 2;
	return outer ? width : bpr_i_larger(width, m->column_gap);
}

static void place_columns(struct sheet *s)
{
	const struct bpr_layout_measure *m = s->run->measure;
	double x = s->left_room;

	for (size_t c = 0; c <= s->layer_count; c++) {
		struct gap *gap = &s->gaps[c];
		double width = gap_width(m, gap, !c || c == s->layer_count);

		gap->x = x + ceil(gap->early) + m->before_tracks;
		/* Where no label wants room, lines stand in the middle. */
		if (gap->tracks && gap->early <= 0 && gap->late <= 0)
			gap->x = x + floor((width - m->track * (double)(gap->tracks - 1)) / 2) - 2;
		x += ceil(width);
		if (c == s->layer_count)
			break;
		s->columns[c].x = x + s->columns[c].left;
		x += s->columns[c].left + s->columns[c].right;
	}
	s->width = x;
	for (size_t i = 0; i < s->seg_count; i++) {
		struct seg *seg = &s->segs[i];

		if (seg->place == SEG_GAP)
			seg->place_xy = s->gaps[seg->at].x + m->track * (double)seg->track;
		else if (seg->place == SEG_COLUMN)
			seg->place_xy = s->columns[seg->at].x + floor(seg->offset);
	}
}

/* ---- rows ---- */

static void measure_rows(struct sheet *s)
{
	for (size_t r = 0; r < s->row_count; r++) {
		s->rows[r].up = bpr_i_larger(s->rows[r].label_up, THIN);
		s->rows[r].down = THIN;
		if (s->bands[s->rows[r].band].black_box)
			s->rows[r].up = s->rows[r].down = BLACK_BOX / 2.0;
	}
	for (size_t i = 0; i < s->real_count; i++) {
		struct row *row = &s->rows[s->items[i].row];

		row->up = bpr_i_larger(row->up, ceil(body_of(s, i)->up));
		row->down = bpr_i_larger(row->down, ceil(body_of(s, i)->down));
	}
}

/* Height that a lane or pool needs for its name, which stands upright in two lines. */
static double name_height(const char *text, double font)
{
	double width = bpr_i_layout_text_width(text, strlen(text), font);

	return bpr_i_smaller(240, even(width <= 130 ? width : width / 2 + 2 * font) + 16);
}

static double place_band(struct sheet *s, struct band *band, double y)
{
	const struct bpr_layout_measure *m = s->run->measure;
	double start = y, pad = is_top(s) ? m->pad : 0, least = is_top(s) && band->lane != BPR_NONE ? m->lane_least : 0;

	/* Names stand upright in their headers; a compact picture has them elsewhere. */
	if (m == &bpr_i_layout_compact)
		least = band->lane != BPR_NONE || band->pool != BPR_NONE ? m->lane_least : 0;
	else if (band->lane != BPR_NONE)
		least = bpr_i_larger(least, name_height(s->run->graph->lanes[band->lane].text, m->font));
	else if (band->pool != BPR_NONE)
		least = bpr_i_larger(band->black_box ? 0 : m->lane_least, name_height(s->run->graph->pools[band->pool].text, m->font));
	if (band->black_box)
		pad = least = 0;
	y += pad;
	for (size_t r = band->first_row; r < band->first_row + band->row_count; r++) {
		struct row *row = &s->rows[r];

		if (r > band->first_row)
			y += m->row_gap;
		row->y = y + bpr_i_larger(row->up, row->over);
		y = row->y + bpr_i_larger(row->down, row->under);
	}
	y += pad;
	if (y - start < least) {
		double down = floor((least - (y - start)) / 2);

		for (size_t r = band->first_row; r < band->first_row + band->row_count; r++)
			s->rows[r].y += down;
		y = start + least;
	}
	band->y = start;
	band->height = y - start;
	return y;
}

/* A lane's name in its header: as long as the lane is high. */
static bool place_name(struct run *run, const char *text, const struct bpr_box *box, struct bpr_label *label)
{
	double widest;

	label->lines = bpr_i_layout_label(&run->out->arena, text, box->height - 8, run->measure->font, 2, &label->line_count, &widest);
	label->box = (struct bpr_box){ box->x, box->y, HEADER, box->height };
	return label->lines;
}

/* A pool without contents has its name in the middle. */
static bool place_box_name(struct run *run, struct bpr_layout_pool *pool)
{
	pool->label.lines = bpr_i_layout_wrap(&run->out->arena, pool->text, pool->box.width - 20, run->measure->font, 2, &pool->label.line_count);
	pool->label.box = (struct bpr_box){ pool->box.x, pool->box.y, 0, 0 };
	return pool->label.lines;
}

static size_t lane_depth(const struct bpr_layout_graph *g, size_t lane)
{
	size_t depth = 0;

	for (; lane != BPR_NONE; lane = g->lanes[lane].parent)
		depth++;
	return depth;
}

static double header_room(const struct sheet *s)
{
	const struct bpr_layout_graph *g = s->run->graph;
	size_t deepest = 0;

	for (size_t l = 0; l < g->lane_count; l++)
		if (lane_depth(g, l) > deepest)
			deepest = lane_depth(g, l);
	return MARGIN + (g->pool_count || deepest ? HEADER * (double)(deepest + 1) + s->run->measure->pad + 4 : 0);
}

static double place_bands(struct sheet *s, double y)
{
	for (size_t b = 0; b < s->band_count; b++) {
		if (b && is_top(s) && s->bands[b].pool != s->bands[b - 1].pool)
			y += POOL_GAP;
		y = place_band(s, &s->bands[b], y);
	}
	for (size_t i = 0; i < s->seg_count; i++) {
		struct seg *seg = &s->segs[i];
		const struct row *row = &s->rows[seg->at];

		if (seg->place == SEG_ROW)
			seg->place_xy = row->y + floor(seg->offset);
		else if (seg->place == SEG_ROW_TOP)
			seg->place_xy = row->y - seg->distance;
		else if (seg->place == SEG_ROW_BOTTOM)
			seg->place_xy = row->y + seg->distance;
	}
	return y;
}

/* A lane spans the bands of all that is in it, down to the next lane beside it. */
static void stretch(struct bpr_box *box, const struct band *band)
{
	double bottom = band->y + band->height;

	if (box->height <= 0) {
		box->y = band->y;
		box->height = band->height;
		return;
	}
	box->height = bpr_i_larger(box->y + box->height, bottom) - bpr_i_smaller(box->y, band->y);
	box->y = bpr_i_smaller(box->y, band->y);
}

static bool place_pools(struct sheet *s)
{
	struct bpr_layout_graph *g = s->run->graph;
	double right = s->width;

	for (size_t p = 0; p < g->pool_count; p++)
		g->pools[p].box = (struct bpr_box){ MARGIN, 0, right - MARGIN, 0 };
	for (size_t l = 0; l < g->lane_count; l++) {
		double x = MARGIN + HEADER * (double)lane_depth(g, l);

		g->lanes[l].box = (struct bpr_box){ x, 0, right - x, 0 };
	}
	for (size_t b = 0; b < s->band_count; b++) {
		const struct band *band = &s->bands[b];

		if (band->pool != BPR_NONE)
			stretch(&g->pools[band->pool].box, band);
		for (size_t l = band->lane; l != BPR_NONE; l = g->lanes[l].parent)
			stretch(&g->lanes[l].box, band);
	}
	for (size_t p = 0; p < g->pool_count; p++)
		if (g->pools[p].black_box ? !place_box_name(s->run, &g->pools[p])
					  : !place_name(s->run, g->pools[p].text, &g->pools[p].box, &g->pools[p].label))
			return false;
	for (size_t l = 0; l < g->lane_count; l++)
		if (!place_name(s->run, g->lanes[l].text, &g->lanes[l].box, &g->lanes[l].label))
			return false;
	return true;
}

/* ---- nodes ---- */

static void place_node(struct sheet *s, size_t node, double x, double y)
{
	struct bpr_layout_node *n = &s->run->graph->nodes[node];
	const struct body *body = &s->run->bodies[node];

	n->box = (struct bpr_box){ floor(x - body->width / 2), floor(y - body->height / 2), ceil(body->width), ceil(body->height) };
	if (body->label_width > 0 && n->shape != BPR_SHAPE_GROUP)
		n->label.box = (struct bpr_box){ floor(x + body->label_x), floor(y + body->label_y), ceil(body->label_width),
						 ceil(body->label_height) };
	else
		n->label.box = (struct bpr_box){ x, y, 0, 0 };
}

static void place_nodes(struct sheet *s)
{
	for (size_t i = 0; i < s->real_count; i++) {
		double x = s->columns[s->items[i].layer].x, y = s->rows[s->items[i].row].y;

		place_node(s, s->items[i].node, x, y);
		for (size_t r = body_of(s, i)->first_rider; r != BPR_NONE; r = s->run->bodies[r].next_rider)
			place_node(s, r, x + floor(s->run->bodies[r].dx), y + floor(s->run->bodies[r].dy));
	}
}

/* ---- arcs ---- */

static bool is_upright(const struct seg *seg)
{
	return seg->place == SEG_COLUMN || seg->place == SEG_GAP;
}

/* Where the first (last) piece meets its node. `far` is where it goes to along itself. */
static struct bpr_point meet(const struct sheet *s, const struct seg *seg, const struct end *end, double far)
{
	const struct bpr_box *box = &s->run->graph->nodes[end->node].box;
	double x = box->x + box->width / 2, y = box->y + box->height / 2;

	if (is_upright(seg))
		return (struct bpr_point){ seg->place_xy, far < y ? box->y : box->y + box->height };
	return (struct bpr_point){ far < x ? box->x : box->x + box->width, seg->place_xy };
}

/* Height of the edge of a pool, or of this group, at which an arc ends. */
static double edge_height(const struct sheet *s, const struct wire *w, const struct end *end, bool outward)
{
	const struct bpr_box *box;

	if (outward)
		return w->out_side == SIDE_BOTTOM ? s->height : 0;
	box = &s->run->graph->pools[end->pool].box;
	return w->out_side == SIDE_TOP ? box->y : box->y + box->height;
}

static double along(const struct seg *seg)
{
	return seg->place_xy;
}

static void find_points(const struct sheet *s, const struct wire *w, struct bpr_point *out)
{
	const struct seg *first = &s->segs[w->first_seg], *last = first + w->seg_count - 1;
	double start_far, end_far;
	size_t n = 0;

	/* What a single straight piece goes to is the other node itself. */
	if (first == last && w->from != BPR_NONE && w->to != BPR_NONE) {
		const struct bpr_box *a = &s->run->graph->nodes[w->a.node].box, *b = &s->run->graph->nodes[w->b.node].box;

		start_far = is_upright(first) ? b->y + b->height / 2 : b->x + b->width / 2;
		end_far = is_upright(first) ? a->y + a->height / 2 : a->x + a->width / 2;
	} else {
		start_far = w->to == BPR_NONE && first == last ? edge_height(s, w, &w->b, w->leaves) : along(first + 1 - (first == last));
		end_far = w->from == BPR_NONE && first == last ? edge_height(s, w, &w->a, w->enters) : along(last - 1 + (first == last));
	}
	if (w->from == BPR_NONE)
		out[n++] = (struct bpr_point){ first->place_xy, edge_height(s, w, &w->a, w->enters) };
	else
		out[n++] = meet(s, first, &w->a, start_far);
	for (const struct seg *seg = first; seg < last; seg++)
		out[n++] = is_upright(seg) ? (struct bpr_point){ seg->place_xy, seg[1].place_xy }
					   : (struct bpr_point){ seg[1].place_xy, seg->place_xy };
	if (w->to == BPR_NONE)
		out[n] = (struct bpr_point){ last->place_xy, edge_height(s, w, &w->b, w->leaves) };
	else
		out[n] = meet(s, last, &w->b, end_far);
}

/* Two pools: from the nearer edge of the one to that of the other. */
static void between_pools(const struct sheet *s, const struct wire *w, struct bpr_point *out)
{
	const struct bpr_box *a = &s->run->graph->pools[w->a.pool].box, *b = &s->run->graph->pools[w->b.pool].box;
	bool down = a->y < b->y;
	double x = s->segs[w->first_seg].place_xy;

	out[0] = (struct bpr_point){ x, down ? a->y + a->height : a->y };
	out[1] = (struct bpr_point){ x, down ? b->y : b->y + b->height };
}

/* From data or a note down to the node that it hangs on, with a bend where it does not stand above it. */
static size_t ride(const struct sheet *s, const struct wire *w, struct bpr_point *out)
{
	const struct bpr_layout_graph *g = s->run->graph;
	bool reverse = s->run->bodies[w->a.node].carrier == BPR_NONE || g->nodes[w->a.node].host != BPR_NONE;
	const struct bpr_box *rider = &g->nodes[reverse ? w->b.node : w->a.node].box;
	const struct bpr_box *node = &g->nodes[reverse ? w->a.node : w->b.node].box;
	double x = rider->x + floor(rider->width / 2), to = x, from_y = rider->y + rider->height, least, most;
	size_t n = 0;
	double inset = g->nodes[reverse ? w->a.node : w->b.node].shape <= BPR_SHAPE_GROUP && node->width > 60 ? 6 : node->width / 2;

	least = node->x + inset;
	most = node->x + node->width - inset;
	to = bpr_i_larger(least, bpr_i_smaller(most, x));
	out[n++] = (struct bpr_point){ x, from_y };
	if (to < x || to > x) {
		double y = floor((from_y + node->y) / 2);

		out[n++] = (struct bpr_point){ x, y };
		out[n++] = (struct bpr_point){ to, y };
	}
	out[n++] = (struct bpr_point){ to, node->y };
	for (size_t i = 0; reverse && i < n / 2; i++) {
		struct bpr_point p = out[i];

		out[i] = out[n - 1 - i];
		out[n - 1 - i] = p;
	}
	return n;
}

static void append_piece(struct piece **list, struct piece *piece)
{
	while (*list)
		list = &(*list)->next;
	*list = piece;
}

/* The end inside is drawn: from now on the arc starts (or ends) at the edge of the group. */
static void move_end(struct sheet *s, const struct wire *w, double x)
{
	struct edge_state *state = &s->run->edges[w->edge];
	struct end *end = w->leaves ? &state->from : &state->to;

	*end = (struct end){ .node = s->group, .pool = BPR_NONE, .side = w->out_side, .dx = x };
}

static bool place_arc(struct sheet *s, const struct wire *w, size_t sheet)
{
	struct edge_state *state = &s->run->edges[w->edge];
	struct piece *piece = bpr_i_arena_alloc(&s->run->arena, 1, sizeof(*piece));
	struct bpr_point *points = bpr_i_arena_alloc(&s->run->arena, w->seg_count + 4, sizeof(*points));

	if (!piece || !points)
		return false;
	*piece = (struct piece){ points, w->seg_count + 1, sheet, NULL };
	if (w->rides) {
		piece->count = ride(s, w, points);
	} else if (w->from == BPR_NONE && w->to == BPR_NONE) {
		between_pools(s, w, points);
	} else {
		find_points(s, w, points);
	}
	if (w->leaves) {
		append_piece(&state->from_pieces, piece);
		move_end(s, w, points[piece->count - 1].x);
	} else if (w->enters) {
		piece->next = state->to_pieces;
		state->to_pieces = piece;
		move_end(s, w, points[0].x);
	} else {
		append_piece(&state->from_pieces, piece);
		s->run->graph->edges[w->edge].back = w->back;
	}
	return true;
}

/* ---- all ---- */

/* A group is as large as what is in it and its name. */
static bool close_group(struct sheet *s)
{
	struct bpr_layout_node *node = &s->run->graph->nodes[s->group];
	struct body *body = &s->run->bodies[s->group];
	double widest;

	body->width = even(bpr_i_larger(s->width + GROUP_PAD, 140));
	node->label.lines = bpr_i_layout_label(&s->run->out->arena, node->text, body->width - 20, s->run->measure->font, 2,
					       &node->label.line_count, &widest);
	body->height = even(s->height);
	s->run->origin[s->group] = (struct bpr_point){ 0, 0 };
	return node->label.lines;
}

static double group_top(const struct sheet *s)
{
	return s->run->graph->nodes[s->group].text[0] ? 34 : GROUP_PAD;
}

bpr_status bpr_i_sheet_place(struct sheet *s)
{
	size_t sheet = is_top(s) ? s->run->graph->node_count : s->group;
	bpr_status status;
	bool done = true;

	if (!measure_columns(s))
		return bpr_i_nomem(s->run->err);
	find_riders(s);
	make_label_room(s);
	s->left_room = is_top(s) ? header_room(s) : GROUP_PAD;
	place_columns(s);
	measure_rows(s);
	status = bpr_i_sheet_row_tracks(s);
	if (status)
		return status;
	s->height = place_bands(s, is_top(s) ? MARGIN : group_top(s));
	if (is_top(s)) {
		s->width += s->run->graph->pool_count ? s->run->measure->pad : 0;
		done = place_pools(s);
		s->run->out->width = s->width + MARGIN;
		s->run->out->height = s->height + MARGIN;
	} else {
		s->height += GROUP_PAD;
		done = close_group(s);
		s->width = s->run->bodies[s->group].width;
		s->height = s->run->bodies[s->group].height;
	}
	place_nodes(s);
	for (size_t i = 0; done && i < s->wire_count; i++)
		done = place_arc(s, &s->wires[i], sheet);
	return done ? BPR_OK : bpr_i_nomem(s->run->err);
}
