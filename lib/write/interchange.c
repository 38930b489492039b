/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapes and edges as markup (BPMN 2.0.2, chapter 12): pools, then lanes, then nodes with what is inside behind them, then edges. */
#include "config.h"
#include "write/picture_i.h"
#include <math.h>
#include <string.h>

/* A value of a document's own, escaped. */
static void quoted(struct bpr_buf *out, const char *name, const char *value)
{
	bpr_i_buf_printf(out, " %s=\"", name);
	(void)bpr_i_xml_escape(out, value, strlen(value), true);
	bpr_i_buf_putc(out, '"');
}

static void coordinate(struct bpr_buf *out, const char *name, double x)
{
	bpr_i_buf_printf(out, " %s=\"", name);
	bpr_i_buf_number(out, round(x) + 0.0);
	bpr_i_buf_putc(out, '"');
}

static void bounds(const struct pictures *p, struct bpr_buf *out, const char *indent, const struct bpr_box *box)
{
	bpr_i_buf_printf(out, "%s<%s:Bounds", indent, p->dc);
	coordinate(out, "x", box->x);
	coordinate(out, "y", box->y);
	coordinate(out, "width", box->width);
	coordinate(out, "height", box->height);
	bpr_i_buf_puts(out, "/>\n");
}

static void label(const struct pictures *p, struct bpr_buf *out, const struct bpr_label *text)
{
	if (!text || !(text->box.width > 0) || !text->line_count)
		return;
	bpr_i_buf_printf(out, "  <%s:BPMNLabel>\n", p->bpmndi);
	bounds(p, out, "    ", &text->box);
	bpr_i_buf_printf(out, "  </%s:BPMNLabel>\n", p->bpmndi);
}

/* The id of a shape: that of its element with "_di" behind it, as modellers write it. */
static void open_tag(struct pictures *p, struct bpr_buf *out, const char *tag, const struct picture_item *item)
{
	struct bpr_buf stem = BPR_BUF_INIT;

	bpr_i_buf_puts(&stem, item->id);
	bpr_i_buf_puts(&stem, "_di");
	p->nomem |= stem.failed != BPR_OK;
	bpr_i_buf_printf(out, "<%s:%s", p->bpmndi, tag);
	quoted(out, "id", stem.failed ? "" : bpr_i_picture_new_id(p, stem.data));
	quoted(out, "bpmnElement", item->id);
	bpr_i_buf_release(&stem);
}

static void shape(struct pictures *p, struct bpr_buf *out, const struct picture_item *item, const struct bpr_box *box,
		  const struct bpr_label *text)
{
	if (!(box->width > 0)) /* no place was found */
		return;
	open_tag(p, out, "BPMNShape", item);
	if (item->role == PICTURE_POOL || item->role == PICTURE_LANE)
		bpr_i_buf_puts(out, " isHorizontal=\"true\"");
	else if (item->shape == BPR_SHAPE_GROUP)
		bpr_i_buf_puts(out, " isExpanded=\"true\"");
	else if (item->collapsed)
		bpr_i_buf_puts(out, " isExpanded=\"false\"");
	else if (!strcmp(item->xml->name, "exclusiveGateway"))
		bpr_i_buf_puts(out, " isMarkerVisible=\"true\"");
	bpr_i_buf_puts(out, ">\n");
	bounds(p, out, "  ", box);
	label(p, out, text);
	bpr_i_buf_printf(out, "</%s:BPMNShape>\n", p->bpmndi);
}

static void edge(struct pictures *p, struct bpr_buf *out, const struct picture_item *item, const struct bpr_layout_edge *drawn)
{
	if (drawn->point_count < 2)
		return;
	open_tag(p, out, "BPMNEdge", item);
	bpr_i_buf_puts(out, ">\n");
	for (size_t i = 0; i < drawn->point_count; i++) {
		bpr_i_buf_printf(out, "  <%s:waypoint", p->di);
		coordinate(out, "x", drawn->points[i].x);
		coordinate(out, "y", drawn->points[i].y);
		bpr_i_buf_puts(out, "/>\n");
	}
	label(p, out, &drawn->label);
	bpr_i_buf_printf(out, "</%s:BPMNEdge>\n", p->bpmndi);
}

void bpr_i_picture_markup(struct pictures *p, size_t picture, const struct bpr_layout_graph *graph, struct bpr_buf *out)
{
	static const enum picture_role order[] = { PICTURE_POOL, PICTURE_LANE, PICTURE_NODE, PICTURE_EDGE };

	for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++)
		for (size_t i = 0; i < p->item_count; i++) {
			const struct picture_item *item = &p->items[i];

			if (item->picture != picture || item->role != order[k] || item->drawn || item->hidden)
				continue;
			switch (item->role) {
			case PICTURE_POOL: shape(p, out, item, &graph->pools[item->at].box, NULL); break;
			case PICTURE_LANE: shape(p, out, item, &graph->lanes[item->at].box, NULL); break;
			case PICTURE_NODE: shape(p, out, item, &graph->nodes[item->at].box, &graph->nodes[item->at].label); break;
			case PICTURE_EDGE: edge(p, out, item, &graph->edges[item->at]); break;
			case PICTURE_ROOT: break;
			}
		}
}
