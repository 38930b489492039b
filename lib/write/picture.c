/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The diagram of a document: a layout for each picture that has none, shapes beside what is drawn where only some are missing. */
#include "config.h"
#include "read/bpmn_i.h"
#include "write/picture_i.h"
#include <string.h>

/* Shown in this picture's layout? */
static bool shown(const struct pictures *p, const struct picture_item *item, size_t picture)
{
	(void)p;
	return item->picture == picture && item->role != PICTURE_ROOT && !item->drawn && !item->hidden;
}

struct numbers { size_t nodes, edges, lanes, pools; };

static struct numbers count(struct pictures *p, size_t picture)
{
	struct numbers n = { 0 };

	for (size_t i = 0; i < p->item_count; i++) {
		struct picture_item *item = &p->items[i];
		size_t *of = item->role == PICTURE_NODE ? &n.nodes : item->role == PICTURE_LANE ? &n.lanes :
			     item->role == PICTURE_POOL ? &n.pools : &n.edges;

		if (shown(p, item, picture))
			item->at = (*of)++;
	}
	return n;
}

static size_t place(const struct pictures *p, size_t item)
{
	return item == BPR_NONE ? BPR_NONE : p->items[item].at;
}

static void add_node(const struct pictures *p, const struct picture_item *item, size_t loose_pool, struct bpr_layout_graph *graph)
{
	graph->nodes[item->at] = (struct bpr_layout_node){
		.shape = item->shape, .text = item->text, .parent = place(p, item->parent), .lane = place(p, item->lane),
		.pool = item->pool != BPR_NONE ? place(p, item->pool) : item->lane != BPR_NONE ? loose_pool : BPR_NONE,
		.host = place(p, item->host), .mark_above = bpr_i_picture_marked(item),
	};
}

static void add_edge(const struct pictures *p, const struct picture_item *item, struct bpr_layout_graph *graph)
{
	bool from_pool = p->items[item->from].role == PICTURE_POOL;
	bool to_pool = p->items[item->to].role == PICTURE_POOL;

	graph->edges[item->at] = (struct bpr_layout_edge){
		.kind = item->kind, .text = item->text,
		.from = from_pool ? BPR_NONE : place(p, item->from), .to = to_pool ? BPR_NONE : place(p, item->to),
		.from_pool = from_pool ? place(p, item->from) : BPR_NONE, .to_pool = to_pool ? place(p, item->to) : BPR_NONE,
	};
}

static bool is_black_box(const struct pictures *p, const struct picture_item *pool)
{
	return pool->process == BPR_NONE || (!p->processes[pool->process].node_count && !p->processes[pool->process].lane_count);
}

static void fill(const struct pictures *p, size_t picture, size_t loose_pool, struct bpr_layout_graph *graph)
{
	for (size_t i = 0; i < p->item_count; i++) {
		const struct picture_item *item = &p->items[i];

		if (!shown(p, item, picture))
			continue;
		if (item->role == PICTURE_NODE)
			add_node(p, item, loose_pool, graph);
		else if (item->role == PICTURE_EDGE)
			add_edge(p, item, graph);
		else if (item->role == PICTURE_POOL)
			graph->pools[item->at] = (struct bpr_layout_pool){ .text = item->text, .black_box = is_black_box(p, item) };
		else
			graph->lanes[item->at] = (struct bpr_layout_lane){
				.text = item->text, .parent = place(p, item->parent),
				.pool = item->pool == BPR_NONE ? loose_pool : place(p, item->pool),
			};
	}
}

static void release(struct bpr_layout_graph *graph)
{
	bpr_i_free(graph->nodes);
	bpr_i_free(graph->edges);
	bpr_i_free(graph->lanes);
	bpr_i_free(graph->pools);
}

/* What is missing of one picture, as a graph. Lanes of a process without a pool stand in one that is not drawn. */
static bpr_status make_graph(struct pictures *p, size_t picture, struct bpr_layout_graph *graph)
{
	struct numbers n = count(p, picture);

	*graph = (struct bpr_layout_graph){ .node_count = n.nodes, .edge_count = n.edges, .lane_count = n.lanes, .pool_count = n.pools };
	graph->nodes = bpr_i_calloc(n.nodes, sizeof(*graph->nodes));
	graph->edges = bpr_i_calloc(n.edges, sizeof(*graph->edges));
	graph->lanes = bpr_i_calloc(n.lanes, sizeof(*graph->lanes));
	graph->pools = bpr_i_calloc(n.pools + 1, sizeof(*graph->pools));
	if (!graph->nodes || !graph->edges || !graph->lanes || !graph->pools)
		return BPR_ENOMEM;
	if (n.lanes && !n.pools) {
		graph->pools[0] = (struct bpr_layout_pool){ .text = "" };
		graph->pool_count = 1;
	}
	fill(p, picture, n.pools ? BPR_NONE : 0, graph);
	return BPR_OK;
}

/* All of a picture by the layout. */
static bpr_status whole(struct pictures *p, size_t picture, struct bpr_buf *out, struct bpr_error *err)
{
	struct bpr_layout_graph graph;
	struct bpr_layout layout = { 0 };
	bpr_status status = make_graph(p, picture, &graph);

	if (!status)
		status = bpr_i_layout(&graph, &layout, err);
	if (!status)
		bpr_i_picture_markup(p, picture, &graph, out);
	bpr_i_layout_release(&layout);
	release(&graph);
	return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
}

/* Into the plane that is there, or into a diagram of its own: behind the other ones, and before relationships. */
static void into_document(struct pictures *p, size_t picture, const struct bpr_buf *shapes)
{
	const struct bpr_xml_node *root = p->xml->root;
	const struct bpr_xml_node *behind = NULL;
	struct bpr_buf out = BPR_BUF_INIT;
	const char *text = shapes->data ? shapes->data : "";

	if (p->all[picture].plane) {
		bpr_i_xml_edit_last(p->edit, p->all[picture].plane, text, shapes->length ? shapes->length - 1 : 0);
		return;
	}
	bpr_i_buf_printf(&out, "<%s:BPMNDiagram id=\"%s\">\n", p->bpmndi, bpr_i_picture_new_id(p, "BPMNDiagram_1"));
	bpr_i_buf_printf(&out, "  <%s:BPMNPlane id=\"%s\" bpmnElement=\"", p->bpmndi, bpr_i_picture_new_id(p, "BPMNPlane_1"));
	(void)bpr_i_xml_escape(&out, p->all[picture].id, strlen(p->all[picture].id), true);
	bpr_i_buf_puts(&out, "\">\n");
	for (const char *line = text; *line;) {
		const char *end = strchr(line, '\n');
		size_t length = end ? (size_t)(end - line) + 1 : strlen(line);

		bpr_i_buf_puts(&out, "    ");
		bpr_i_buf_add(&out, line, length);
		line += length;
	}
	bpr_i_buf_printf(&out, "  </%s:BPMNPlane>\n</%s:BPMNDiagram>", p->bpmndi, p->bpmndi);
	BPR_I_XML_EACH(child, root)
		if (!bpr_i_xml_is(child, BPMN_NS, "relationship"))
			behind = child;
	p->nomem |= out.failed != BPR_OK;
	if (!out.failed && behind)
		bpr_i_xml_edit_after(p->edit, behind, out.data, out.length);
	bpr_i_buf_release(&out);
}

/* Planes that do not say what they show: by what is in them, or (nothing at all) the first picture. */
static void adopt_planes(struct pictures *p)
{
	bool any = false;

	for (size_t i = 0; i < p->count; i++)
		any |= p->all[i].plane != NULL;
	BPR_I_XML_EACH(diagram, p->xml->root) {
		const struct bpr_xml_node *plane = bpr_i_xml_is(diagram, BPMN_DI_NS, "BPMNDiagram") ? bpr_i_xml_child(diagram, BPMN_DI_NS, "BPMNPlane") : NULL;

		if (any || !plane || !p->count || bpr_i_xml_element(plane->first))
			continue;
		p->all[0].plane = plane;
		p->all[0].adopted = any = true;
	}
	for (size_t i = 0; i < p->count; i++)
		if (p->all[i].adopted)
			bpr_i_xml_edit_attr(p->edit, p->all[i].plane, "", "", "bpmnElement", p->all[i].id, strlen(p->all[i].id));
}

/* Items without an id get one: a shape refers to its element by it. */
static void name_items(struct pictures *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		struct picture_item *item = &p->items[i];

		if (!item->nameless || item->picture == BPR_NONE || item->role == PICTURE_ROOT)
			continue;
		item->id = bpr_i_picture_new_id(p, item->xml->name);
		bpr_i_xml_edit_attr(p->edit, item->xml, "", "", "id", item->id, strlen(item->id));
	}
}

static bpr_status draw(struct pictures *p, size_t picture, size_t *extended, struct bpr_error *err)
{
	struct bpr_buf shapes = BPR_BUF_INIT;
	bpr_status status;

	if (p->all[picture].drawn) {
		*extended += p->all[picture].missing;
		status = bpr_i_picture_extend(p, picture, &shapes, err);
	} else {
		status = whole(p, picture, &shapes, err);
	}
	if (!status && shapes.failed)
		status = bpr_i_nomem(err);
	if (!status && shapes.length)
		into_document(p, picture, &shapes);
	bpr_i_buf_release(&shapes);
	return status;
}

static void find_prefixes(struct pictures *p)
{
	p->bpmndi = bpr_i_xml_edit_prefix(p->edit, BPMN_DI_NS, "bpmndi");
	p->dc = bpr_i_xml_edit_prefix(p->edit, "http://www.omg.org/spec/DD/20100524/DC", "dc");
	p->di = bpr_i_xml_edit_prefix(p->edit, "http://www.omg.org/spec/DD/20100524/DI", "di");
}

bpr_status bpr_i_picture_draw(struct bpr_xml_edit *edit, size_t *added, size_t *extended, struct bpr_error *err)
{
	struct pictures p = { .edit = edit, .xml = edit->xml };
	bpr_status status = bpr_i_picture_gather(&p);

	*added = *extended = 0;
	if (!status)
		status = bpr_i_picture_place(&p);
	for (size_t i = 0; i < p.count; i++)
		*added += p.all[i].missing;
	if (!status)
		adopt_planes(&p);
	if (!status && *added) {
		find_prefixes(&p);
		name_items(&p);
	}
	for (size_t i = 0; i < p.count && !status; i++)
		if (p.all[i].missing)
			status = draw(&p, i, extended, err);
	if (p.nomem)
		status = BPR_ENOMEM;
	bpr_i_free(p.items);
	bpr_i_free(p.id_items);
	bpr_i_free(p.processes);
	bpr_i_free(p.all);
	bpr_i_names_release(&p.ids);
	bpr_i_names_release(&p.taken);
	bpr_i_arena_release(&p.arena);
	return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
}
