/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a BPMN file can be drawn: its elements in the order of the file, who refers to whom, and what is drawn already. */
#include "config.h"
#include "base/num_i.h"
#include "read/bpmn_i.h"
#include "write/picture_i.h"
#include <stdio.h>
#include <string.h>

static bool is_bpmn(const struct bpr_xml_node *xml)
{
	return !strcmp(xml->ns, BPMN_NS);
}

/* A text with blanks for line ends, blanks at its ends cut. */
static const char *one_line(struct pictures *p, const char *text, size_t length)
{
	char *copy;
	size_t to = 0;

	length = bpr_i_xml_trim(&text, length);
	copy = bpr_i_arena_strndup(&p->arena, text, length);
	p->nomem |= !copy;
	for (size_t i = 0; copy && i < length; i++) {
		bool space = copy[i] == '\n' || copy[i] == '\t' || copy[i] == '\r' || copy[i] == ' ';

		if (!space || (to && copy[to - 1] != ' '))
			copy[to++] = space ? ' ' : copy[i];
	}
	if (copy)
		copy[to] = '\0';
	return copy ? copy : "";
}

static const char *label_of(struct pictures *p, const struct bpr_xml_node *xml)
{
	const struct bpr_xml_attr *name = bpr_i_xml_attr(xml, "name");

	return name ? one_line(p, name->value, name->length) : "";
}

static const char *id_of(struct pictures *p, const struct bpr_xml_node *xml)
{
	size_t length;
	const char *id = bpr_i_xml_value(xml, "id", &length);
	char *copy = id ? bpr_i_arena_strndup(&p->arena, id, length) : NULL;

	p->nomem |= id && !copy;
	return copy;
}

size_t bpr_i_picture_find(const struct pictures *p, const char *ref, size_t length)
{
	size_t at;

	length = bpr_i_xml_trim(&ref, length);
	at = length ? bpr_i_names_find(&p->ids, ref, length) : BPR_NONE;
	if (at == BPR_NONE && length && memchr(ref, ':', length)) {
		length = bpr_i_xml_strip_prefix(&ref, length);
		at = bpr_i_names_find(&p->ids, ref, length);
	}
	return at == BPR_NONE ? BPR_NONE : p->id_items[at];
}

static size_t find_attr(const struct pictures *p, const struct bpr_xml_node *xml, const char *attr)
{
	size_t length;
	const char *ref = bpr_i_xml_value(xml, attr, &length);

	return ref ? bpr_i_picture_find(p, ref, length) : BPR_NONE;
}

const char *bpr_i_picture_new_id(struct pictures *p, const char *stem)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	char *kept = NULL;

	bpr_i_buf_puts(&buf, stem);
	for (size_t i = 2; !buf.failed && bpr_i_names_find(&p->taken, buf.data, buf.length) != BPR_NONE; i++) {
		bpr_i_buf_clear(&buf);
		bpr_i_buf_printf(&buf, "%s_%zu", stem, i);
	}
	if (!buf.failed)
		kept = bpr_i_arena_strndup(&p->arena, buf.data, buf.length);
	if (!kept || bpr_i_names_add(&p->taken, kept, buf.length, NULL) == BPR_NONE)
		p->nomem = true;
	bpr_i_buf_release(&buf);
	return kept ? kept : "";
}

/* Every id of the document, of whatever it is: new ones must differ. */
static void take_ids(struct pictures *p)
{
	const struct bpr_xml_node *top = p->xml->root;
	const struct bpr_xml_node *xml = top;

	while (xml && !p->nomem) {
		const struct bpr_xml_attr *id = xml->name ? bpr_i_xml_attr(xml, "id") : NULL;

		if (id && id->length && bpr_i_names_add(&p->taken, id->value, id->length, NULL) == BPR_NONE)
			p->nomem = true;
		if (xml->name && xml->first) {
			xml = xml->first;
			continue;
		}
		while (xml != top && !xml->next)
			xml = xml->parent;
		xml = xml == top ? NULL : xml->next;
	}
}

/* ---- items ---- */

static struct picture_item *add(struct pictures *p, const struct bpr_xml_node *xml, enum picture_role role, size_t process)
{
	struct picture_item *item;
	size_t at = p->item_count;
	bool added = false;
	size_t name;

	if (!bpr_i_grow(&p->items, &p->item_capacity, at + 1, sizeof(*p->items)) ||
	    !bpr_i_grow(&p->id_items, &p->id_capacity, p->ids.count + 1, sizeof(*p->id_items))) {
		p->nomem = true;
		return NULL;
	}
	item = &p->items[at];
	*item = (struct picture_item){ .xml = xml, .id = id_of(p, xml), .role = role, .process = process, .picture = BPR_NONE, .parent = BPR_NONE,
				       .lane = BPR_NONE, .pool = BPR_NONE, .host = BPR_NONE, .from = BPR_NONE, .to = BPR_NONE, .text = "" };
	p->item_count++;
	if (!item->id) {
		item->nameless = true;
		return item;
	}
	name = bpr_i_names_add(&p->ids, item->id, strlen(item->id), &added);
	p->nomem |= name == BPR_NONE;
	if (added)
		p->id_items[name] = at;
	else
		item->twin = true;
	return item;
}

static void add_edge(struct pictures *p, const struct bpr_xml_node *xml, enum bpr_edge_kind kind, size_t process, size_t activity)
{
	struct picture_item *item = add(p, xml, PICTURE_EDGE, process);

	if (!item)
		return;
	item->kind = kind;
	item->parent = activity; /* of a data association: who puts in or takes out */
	if (kind != BPR_EDGE_ASSOCIATION)
		item->text = label_of(p, xml);
}

static void add_note(struct pictures *p, const struct bpr_xml_node *xml, size_t process, size_t parent)
{
	const struct bpr_xml_node *child = bpr_i_xml_child(xml, BPMN_NS, "text");
	struct bpr_buf text = BPR_BUF_INIT;
	struct picture_item *item = add(p, xml, PICTURE_NODE, process);

	if (!item)
		return;
	item->shape = BPR_SHAPE_NOTE;
	item->parent = parent;
	if (child)
		bpr_i_xml_text(&text, child);
	p->nomem |= text.failed != BPR_OK;
	item->text = one_line(p, text.data ? text.data : "", text.length);
	bpr_i_buf_release(&text);
}

static void add_data(struct pictures *p, const struct bpr_xml_node *xml, size_t process, size_t parent)
{
	struct picture_item *item = add(p, xml, PICTURE_NODE, process);

	if (!item)
		return;
	item->shape = !strcmp(xml->name, "dataStoreReference") ? BPR_SHAPE_STORE : BPR_SHAPE_DATA;
	item->parent = parent;
	item->text = label_of(p, xml);
}

static enum bpr_shape shape_of(enum bpmn_role role)
{
	return role == BPMN_EVENT ? BPR_SHAPE_EVENT : role == BPMN_GATEWAY ? BPR_SHAPE_GATEWAY : BPR_SHAPE_TASK;
}

static void contents(struct pictures *p, const struct bpr_xml_node *xml, size_t process, size_t parent);

static void add_node(struct pictures *p, const struct bpr_xml_node *xml, const struct bpmn_element *element, size_t process, size_t parent)
{
	struct picture_item *item = add(p, xml, PICTURE_NODE, process);
	size_t at = p->item_count - 1;
	size_t before;

	if (!item)
		return;
	item->shape = shape_of(element->role);
	item->parent = parent;
	item->text = label_of(p, xml);
	item->event_border = element->flags & BPMN_IS_BOUNDARY;
	p->processes[process].node_count++;
	if (element->role == BPMN_SUBPROCESS) {
		before = p->processes[process].node_count;
		contents(p, xml, process, at);
		if (p->processes[process].node_count > before)
			p->items[at].shape = BPR_SHAPE_GROUP;
		else
			p->items[at].collapsed = true;
		p->items[at].end = p->item_count;
	}
	BPR_I_XML_EACH(child, xml)
		if (is_bpmn(child) && (!strcmp(child->name, "dataInputAssociation") || !strcmp(child->name, "dataOutputAssociation")))
			add_edge(p, child, BPR_EDGE_ASSOCIATION, process, at);
}

static void add_lanes(struct pictures *p, const struct bpr_xml_node *set, size_t process, size_t around)
{
	BPR_I_XML_EACH(xml, set) {
		struct picture_item *item;
		size_t at = p->item_count;

		if (!bpr_i_xml_is(xml, BPMN_NS, "lane"))
			continue;
		item = add(p, xml, PICTURE_LANE, process);
		if (!item)
			return;
		item->parent = around;
		item->text = label_of(p, xml);
		p->processes[process].lane_count++;
		BPR_I_XML_EACH(child, xml)
			if (bpr_i_xml_is(child, BPMN_NS, "childLaneSet"))
				add_lanes(p, child, process, at);
	}
}

/* The contents of a process or sub-process. Lanes inside of a sub-process are not drawn. */
static void contents(struct pictures *p, const struct bpr_xml_node *xml, size_t process, size_t parent)
{
	BPR_I_XML_EACH(child, xml) {
		const struct bpmn_element *element = is_bpmn(child) ? bpr_i_bpmn_element(child->name) : NULL;
		enum bpmn_role role = element ? element->role : BPMN_OTHER;

		if (role == BPMN_TASK || role == BPMN_GATEWAY || role == BPMN_EVENT || role == BPMN_SUBPROCESS || role == BPMN_CALL)
			add_node(p, child, element, process, parent);
		else if (role == BPMN_FLOW)
			add_edge(p, child, BPR_EDGE_SEQUENCE, process, BPR_NONE);
		else if (role == BPMN_DATA_REF)
			add_data(p, child, process, parent);
		else if (role == BPMN_LANE_SET && parent == BPR_NONE)
			add_lanes(p, child, process, BPR_NONE);
		else if (bpr_i_xml_is(child, BPMN_NS, "textAnnotation"))
			add_note(p, child, process, parent);
		else if (bpr_i_xml_is(child, BPMN_NS, "association"))
			add_edge(p, child, BPR_EDGE_ASSOCIATION, process, BPR_NONE);
	}
}

static void collaboration(struct pictures *p, const struct bpr_xml_node *xml)
{
	BPR_I_XML_EACH(child, xml) {
		struct picture_item *item;

		if (bpr_i_xml_is(child, BPMN_NS, "messageFlow"))
			add_edge(p, child, BPR_EDGE_MESSAGE, BPR_NONE, BPR_NONE);
		else if (bpr_i_xml_is(child, BPMN_NS, "association"))
			add_edge(p, child, BPR_EDGE_ASSOCIATION, BPR_NONE, BPR_NONE);
		else if (bpr_i_xml_is(child, BPMN_NS, "textAnnotation"))
			add_note(p, child, BPR_NONE, BPR_NONE);
		if (!bpr_i_xml_is(child, BPMN_NS, "participant"))
			continue;
		item = add(p, child, PICTURE_POOL, BPR_NONE);
		if (item)
			item->text = label_of(p, child);
	}
}

/* A process or collaboration as an item, so that pools and planes find it. */
static struct picture_item *add_root(struct pictures *p, const struct bpr_xml_node *xml, size_t process)
{
	struct picture_item *item = add(p, xml, PICTURE_ROOT, process);

	return item && item->id ? item : NULL;
}

static size_t new_picture(struct pictures *p, const char *id)
{
	if (!bpr_i_grow(&p->all, &p->capacity, p->count + 1, sizeof(*p->all))) {
		p->nomem = true;
		return BPR_NONE;
	}
	p->all[p->count] = (struct picture){ .id = id, .left = 1e7, .right = -1e7, .bottom = -1e7 };
	return p->count++;
}

/* A pool shows its process. Two of one process: the first one. */
static void join_pool(struct pictures *p, size_t pool)
{
	struct picture_item *item = &p->items[pool];
	size_t root = find_attr(p, item->xml, "processRef");
	size_t process = root != BPR_NONE && p->items[root].role == PICTURE_ROOT ? p->items[root].process : BPR_NONE;

	if (process == BPR_NONE || p->processes[process].pool != BPR_NONE || item->twin)
		return;
	item->process = process;
	p->processes[process].pool = pool;
	p->processes[process].picture = item->picture;
}

static void add_process(struct pictures *p, const struct bpr_xml_node *xml)
{
	size_t process = p->process_count;

	if (!bpr_i_grow(&p->processes, &p->process_capacity, process + 1, sizeof(*p->processes))) {
		p->nomem = true;
		return;
	}
	p->processes[p->process_count++] = (struct picture_process){ .xml = xml, .picture = BPR_NONE, .pool = BPR_NONE };
	(void)add_root(p, xml, process);
	contents(p, xml, process, BPR_NONE);
}

static void add_collaboration(struct pictures *p, const struct bpr_xml_node *xml)
{
	struct picture_item *root = add_root(p, xml, BPR_NONE);
	size_t picture = root ? new_picture(p, root->id) : BPR_NONE;
	size_t from = p->item_count;

	if (picture == BPR_NONE)
		return;
	root->picture = picture;
	collaboration(p, xml);
	for (size_t i = from; i < p->item_count; i++)
		p->items[i].picture = picture;
	for (size_t i = from; i < p->item_count; i++)
		if (p->items[i].role == PICTURE_POOL)
			join_pool(p, i);
}

/* Collaborations first: their pictures show the processes of their pools. */
static void roots(struct pictures *p)
{
	BPR_I_XML_EACH(xml, p->xml->root)
		if (bpr_i_xml_is(xml, BPMN_NS, "process"))
			add_process(p, xml);
	BPR_I_XML_EACH(xml, p->xml->root)
		if (bpr_i_xml_is(xml, BPMN_NS, "collaboration") && bpr_i_xml_child(xml, BPMN_NS, "participant"))
			add_collaboration(p, xml);
	for (size_t i = 0; i < p->item_count; i++) {
		const struct picture_item *item = &p->items[i];
		struct picture_process *process = item->role == PICTURE_ROOT && item->process != BPR_NONE ? &p->processes[item->process] : NULL;

		if (process && item->id && process->pool == BPR_NONE && process->node_count)
			process->picture = new_picture(p, item->id);
	}
}

/* ---- references ---- */

static size_t text_ref(struct pictures *p, const struct bpr_xml_node *xml, const char *name)
{
	const struct bpr_xml_node *child = bpr_i_xml_child(xml, BPMN_NS, name);
	struct bpr_buf text = BPR_BUF_INIT;
	size_t at;

	if (!child)
		return BPR_NONE;
	bpr_i_xml_text(&text, child);
	p->nomem |= text.failed != BPR_OK;
	at = text.length ? bpr_i_picture_find(p, text.data, text.length) : BPR_NONE;
	bpr_i_buf_release(&text);
	return at;
}

static bool can_end(const struct pictures *p, size_t at)
{
	return at != BPR_NONE && (p->items[at].role == PICTURE_NODE || p->items[at].role == PICTURE_POOL);
}

static void resolve_edge(struct pictures *p, struct picture_item *edge)
{
	size_t activity = edge->parent;

	edge->parent = BPR_NONE;
	if (activity != BPR_NONE && !strcmp(edge->xml->name, "dataInputAssociation")) {
		edge->from = text_ref(p, edge->xml, "sourceRef");
		edge->to = activity;
	} else if (activity != BPR_NONE) {
		edge->from = activity;
		edge->to = text_ref(p, edge->xml, "targetRef");
	} else {
		edge->from = find_attr(p, edge->xml, "sourceRef");
		edge->to = find_attr(p, edge->xml, "targetRef");
	}
	if (edge->twin || !can_end(p, edge->from) || !can_end(p, edge->to) ||
	    p->items[edge->from].picture != p->items[edge->to].picture)
		edge->picture = BPR_NONE;
	else
		edge->picture = p->items[edge->from].picture;
}

static void resolve(struct pictures *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		struct picture_item *item = &p->items[i];

		if (item->process != BPR_NONE && item->role != PICTURE_ROOT) {
			item->picture = p->processes[item->process].picture;
			if (item->role != PICTURE_POOL)
				item->pool = p->processes[item->process].pool;
		}
		if (!item->event_border)
			continue;
		item->host = find_attr(p, item->xml, "attachedToRef");
		if (item->host != BPR_NONE && (p->items[item->host].role != PICTURE_NODE || p->items[item->host].host != BPR_NONE ||
					       p->items[item->host].parent != item->parent || p->items[item->host].event_border))
			item->host = BPR_NONE;
	}
	for (size_t i = 0; i < p->item_count; i++) { /* with all that is inside of it, which follows */
		struct picture_item *item = &p->items[i];
		bool inside = item->parent != BPR_NONE && (item->role == PICTURE_NODE || item->role == PICTURE_LANE);

		if (item->twin || (inside && p->items[item->parent].picture == BPR_NONE))
			item->picture = BPR_NONE;
	}
	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].role == PICTURE_EDGE)
			resolve_edge(p, &p->items[i]);
}

/* ---- what is drawn already ---- */

static double number(const struct bpr_xml_node *xml, const char *name)
{
	size_t length;
	const char *text = bpr_i_xml_value(xml, name, &length);
	double x;

	return text && bpr_i_num_parse(text, length, &x) && x >= -1e7 && x <= 1e7 ? x : 0;
}

static void reach(struct picture *picture, double x, double y)
{
	if (x < picture->left)
		picture->left = x;
	if (x > picture->right)
		picture->right = x;
	if (y > picture->bottom)
		picture->bottom = y;
}

static void read_shape(struct pictures *p, struct picture *picture, const struct bpr_xml_node *xml)
{
	const struct bpr_xml_node *bounds = NULL;
	size_t at = find_attr(p, xml, "bpmnElement");

	BPR_I_XML_EACH(child, xml)
		if (!strcmp(child->name, "Bounds"))
			bounds = child;
		else if (!strcmp(child->name, "waypoint"))
			reach(picture, number(child, "x"), number(child, "y"));
	if (bounds)
		reach(picture, number(bounds, "x"), number(bounds, "y"));
	if (bounds)
		reach(picture, number(bounds, "x") + number(bounds, "width"), number(bounds, "y") + number(bounds, "height"));
	if (at == BPR_NONE || p->items[at].drawn)
		return;
	p->items[at].drawn = true;
	p->items[at].expanded = bpr_i_xml_bool(xml, "isExpanded", false);
	p->items[at].bounds = bounds;
	if (bounds)
		p->items[at].box = (struct bpr_box){ number(bounds, "x"), number(bounds, "y"), number(bounds, "width"), number(bounds, "height") };
}

/* The picture that a plane shows, also where it names a process that stands in a pool. */
static struct picture *picture_of(struct pictures *p, const struct bpr_xml_node *plane)
{
	size_t at = find_attr(p, plane, "bpmnElement");
	size_t picture = BPR_NONE;

	if (at != BPR_NONE && p->items[at].role == PICTURE_ROOT)
		picture = p->items[at].process == BPR_NONE ? p->items[at].picture : p->processes[p->items[at].process].picture;
	return picture == BPR_NONE ? NULL : &p->all[picture];
}

/* A plane that does not say what it shows: the picture of the first thing in it. */
static struct picture *picture_in(struct pictures *p, const struct bpr_xml_node *plane)
{
	BPR_I_XML_EACH(xml, plane) {
		size_t at = find_attr(p, xml, "bpmnElement");

		if (at != BPR_NONE && p->items[at].role != PICTURE_ROOT && p->items[at].picture != BPR_NONE)
			return &p->all[p->items[at].picture];
	}
	return NULL;
}

static void read_plane(struct pictures *p, const struct bpr_xml_node *plane)
{
	struct picture nowhere = { 0 };
	struct picture *picture = picture_of(p, plane);
	bool adopted = !picture && find_attr(p, plane, "bpmnElement") == BPR_NONE;

	if (adopted)
		picture = picture_in(p, plane);
	if (picture && !picture->plane) {
		picture->plane = plane;
		picture->adopted = adopted;
	}
	BPR_I_XML_EACH(xml, plane)
		if (bpr_i_xml_is(xml, BPMN_DI_NS, "BPMNShape") || bpr_i_xml_is(xml, BPMN_DI_NS, "BPMNEdge"))
			read_shape(p, picture ? picture : &nowhere, xml);
}

static void read_diagrams(struct pictures *p)
{
	BPR_I_XML_EACH(diagram, p->xml->root) {
		if (!bpr_i_xml_is(diagram, BPMN_DI_NS, "BPMNDiagram"))
			continue;
		BPR_I_XML_EACH(plane, diagram)
			if (bpr_i_xml_is(plane, BPMN_DI_NS, "BPMNPlane"))
				read_plane(p, plane);
	}
}

/* What stands in a sub-process that is drawn is drawn too, or its author shows the sub-process closed. */
static void hide(struct pictures *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		struct picture_item *item = &p->items[i];

		if (item->role == PICTURE_NODE && item->parent != BPR_NONE && !item->drawn)
			item->hidden = p->items[item->parent].drawn || p->items[item->parent].hidden;
	}
	for (size_t i = 0; i < p->item_count; i++) {
		struct picture_item *item = &p->items[i];

		if (item->role == PICTURE_EDGE && item->picture != BPR_NONE && !item->drawn)
			item->hidden = p->items[item->from].hidden || p->items[item->to].hidden;
	}
}

static void count(struct pictures *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		const struct picture_item *item = &p->items[i];

		if (item->picture == BPR_NONE || item->role == PICTURE_ROOT || item->hidden)
			continue;
		p->all[item->picture].drawn += item->drawn;
		p->all[item->picture].missing += !item->drawn;
	}
}

bpr_status bpr_i_picture_gather(struct pictures *p)
{
	take_ids(p);
	roots(p);
	if (!p->nomem)
		resolve(p);
	if (!p->nomem) {
		read_diagrams(p);
		hide(p);
		count(p);
	}
	return p->nomem ? BPR_ENOMEM : BPR_OK;
}
