/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mending a BPMN file so that modellers open it without a warning; see mend_i.h. Elements first, then what refers to them. */
#include "config.h"
#include "read/source_i.h"
#include "write/mend_i.h"
#include "write/model_i.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an element can be to a reference. */
enum { OTHER = 1, NODE = 2, FLOW = 4, LINK = 8, ROOT = 16 };

/* An element with an id. */
struct def {
	const struct bpr_xml_node *xml;
	const char *id;            /* as it is, white space at the ends cut */
	const char *now;           /* as it will be */
	unsigned kind;
	size_t next;               /* of the same id, or BPR_NONE */
	size_t last;               /* at the first of an id: the last one of it */
	const struct bpr_xml_node *plane; /* on which it was drawn last */
	bool gone;
};

struct mending {
	struct bpr_writing *w;
	struct bpr_xml_edit *edit;
	const struct bpmn_file *file;
	const char *prefix;        /* of bpr: */
	struct def *defs; size_t count, capacity;
	struct bpr_names ids;      /* of defs */
	size_t *first; size_t first_capacity; /* by id: def */
	struct bpr_names taken;    /* every id, old and new */
	const struct bpmn_item **items; /* by address of their element */
	struct bpr_arena arena;
	size_t replaced, dropped;  /* ids; references */
	const char *example, *instead; /* of those ids */
	size_t *drawings, drawing_count, drawing_capacity; /* in the order of the file: def that is shown, BPR_NONE: removed */
	bool imports;              /* ends may be in another file */
	bool nomem;
};

static const struct bpr_xml_node *after(const struct bpr_xml_node *node, bool inside)
{
	const struct bpr_xml_node *found = inside ? bpr_i_xml_element(node->first) : NULL;

	while (!found && node) {
		found = bpr_i_xml_element(node->next);
		node = node->parent;
	}
	return found;
}

static bool is_bpmn(const struct bpr_xml_node *xml)
{
	return !strcmp(xml->ns, BPMN_NS);
}

static bool is_di(const struct bpr_xml_node *xml)
{
	return !strcmp(xml->ns, BPMN_DI_NS);
}

static void warn(struct mending *m, enum bpr_code_id id, const struct bpr_xml_node *at, const char *a1, const char *a2)
{
	const struct bpr_place place = { .file = m->w->flows->source->name, .line = at->line, .column = at->column, .where = a1 };

	m->nomem |= !bpr_i_problem(m->w->problems, id, &place, true, a1, a2, NULL, NULL);
}

/* ---- elements with ids ---- */

static unsigned kind_of(const struct bpr_xml_node *xml)
{
	const struct bpmn_element *element = is_bpmn(xml) ? bpr_i_bpmn_element(xml->name) : NULL;

	if (!is_bpmn(xml))
		return OTHER;
	if (!strcmp(xml->name, "messageFlow") || !strcmp(xml->name, "association"))
		return LINK;
	if (!element)
		return OTHER;
	if (BPMN_NODES >> element->role & 1)
		return NODE;
	if (element->role == BPMN_PROCESS || element->role == BPMN_COLLABORATION || element->role == BPMN_GLOBAL_TASK)
		return ROOT;
	return element->role == BPMN_FLOW ? FLOW : OTHER;
}

static const char *kept(struct mending *m, const char *text, size_t length)
{
	const char *copy = bpr_i_arena_strndup(&m->arena, text, length);

	m->nomem |= !copy;
	return copy;
}

static void add_def(struct mending *m, const struct bpr_xml_node *xml)
{
	size_t length, name;
	const char *value = bpr_i_xml_value(xml, "id", &length);
	const char *id = value ? kept(m, value, length) : NULL;
	bool added = false;

	if (!id)
		return;
	if (!bpr_i_grow(&m->defs, &m->capacity, m->count + 1, sizeof(*m->defs)) ||
	    !bpr_i_grow(&m->first, &m->first_capacity, m->ids.count + 1, sizeof(*m->first)) ||
	    bpr_i_names_add(&m->taken, id, length, NULL) == BPR_NONE) {
		m->nomem = true;
		return;
	}
	name = bpr_i_names_add(&m->ids, id, length, &added);
	if (name == BPR_NONE) {
		m->nomem = true;
		return;
	}
	m->defs[m->count] = (struct def){ .xml = xml, .id = id, .now = id, .kind = kind_of(xml), .next = BPR_NONE, .last = m->count };
	if (added) {
		m->first[name] = m->count++;
		return;
	}
	name = m->first[name];
	m->defs[m->defs[name].last].next = m->count;
	m->defs[name].last = m->count++;
}

static void find_defs(struct mending *m)
{
	for (const struct bpr_xml_node *xml = m->edit->xml->root; xml && !m->nomem; xml = after(xml, true)) {
		if (is_bpmn(xml) || is_di(xml))
			add_def(m, xml);
		m->imports |= bpr_i_xml_is(xml, BPMN_NS, "import");
	}
}

/* What a reference means: of several of one id the first of these kinds, in their order of bits from NODE on. */
static struct def *find(const struct mending *m, const char *ref, size_t length, unsigned kinds)
{
	size_t name, at;

	length = bpr_i_xml_trim(&ref, length);
	name = length ? bpr_i_names_find(&m->ids, ref, length) : BPR_NONE;
	if (name == BPR_NONE && length && memchr(ref, ':', length)) {
		length = bpr_i_xml_strip_prefix(&ref, length);
		name = bpr_i_names_find(&m->ids, ref, length);
	}
	if (name == BPR_NONE)
		return NULL;
	for (unsigned kind = NODE; kind <= ROOT; kind <<= 1)
		for (at = m->first[name]; kinds & kind && at != BPR_NONE; at = m->defs[at].next)
			if (m->defs[at].kind == kind && !m->defs[at].gone)
				return &m->defs[at];
	return &m->defs[m->first[name]];
}

static struct def *find_attr(const struct mending *m, const struct bpr_xml_node *xml, const char *name, unsigned kinds)
{
	size_t length;
	const char *ref = bpr_i_xml_value(xml, name, &length);

	return ref ? find(m, ref, length, kinds) : NULL;
}

/* ---- ids ---- */

static int by_xml(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t)(*(const struct bpmn_item *const *)a)->xml;
	uintptr_t y = (uintptr_t)(*(const struct bpmn_item *const *)b)->xml;

	return x < y ? -1 : x > y;
}

/* The items, so that elements find theirs. */
static bool index_items(struct mending *m)
{
	m->items = bpr_i_calloc(m->file->item_count + 1, sizeof(const struct bpmn_item *));
	if (!m->items)
		return false;
	for (size_t i = 0; i < m->file->item_count; i++)
		m->items[i] = &m->file->items[i];
	qsort((void *)m->items, m->file->item_count, sizeof(const struct bpmn_item *), by_xml);
	return true;
}

/* What the model calls an element: steps, processes and sequence flows have a bpr:id; NULL for others. */
static const char *model_id(const struct mending *m, const struct def *def)
{
	const struct bpmn_item key = { .xml = def->xml };
	const struct bpmn_item *wanted = &key;
	const struct bpmn_item *const *item;

	if (bpr_i_xml_attr_ns(def->xml, BPMN_BPR_NS, "id"))
		return NULL;
	if (def->kind == FLOW)
		return def->id;
	item = bsearch((const void *)&wanted, (const void *)m->items, m->file->item_count, sizeof(const struct bpmn_item *), by_xml);
	return item && (def->kind == NODE || (*item)->element->role == BPMN_PROCESS) ? (*item)->id : NULL;
}

static bool is_taken(const struct mending *m, const char *id)
{
	return bpr_i_names_find(&m->taken, id, strlen(id)) != BPR_NONE;
}

/* An id of XML like `text` that nothing has. *number: where to begin to count. */
static const char *new_id(struct mending *m, const char *text, size_t *number)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *id = NULL;
	size_t stem;

	if (!bpr_i_model_is_id((char[]){ *text, '\0' }))
		bpr_i_buf_putc(&buf, '_');
	for (; *text; text++) {
		bool fits = bpr_i_model_is_id((char[]){ '_', *text, '\0' });

		if (fits || (buf.length && buf.data[buf.length - 1] != '_'))
			bpr_i_buf_putc(&buf, fits ? *text : '_');
	}
	stem = buf.length;
	while (!buf.failed && is_taken(m, buf.data)) {
		buf.length = stem;
		bpr_i_buf_printf(&buf, "_%zu", (*number)++);
	}
	if (!buf.failed)
		id = kept(m, buf.data, buf.length);
	m->nomem |= !id || bpr_i_names_add(&m->taken, id, strlen(id), NULL) == BPR_NONE;
	bpr_i_buf_release(&buf);
	return id ? id : "";
}

static void rename_def(struct mending *m, struct def *def)
{
	const char *model = model_id(m, def);

	bpr_i_xml_edit_attr(m->edit, def->xml, "", "", "id", def->now, strlen(def->now));
	if (!model || !strcmp(model, def->now))
		return;
	if (!m->prefix)
		m->prefix = bpr_i_xml_edit_prefix(m->edit, BPMN_BPR_NS, "bpr");
	bpr_i_xml_edit_attr(m->edit, def->xml, BPMN_BPR_NS, m->prefix, "id", model, strlen(model));
}

/* One id: what it means first keeps it, if it is an id of XML at all; the others get one each. */
static void one_id(struct mending *m, size_t name)
{
	const char *id = m->defs[m->first[name]].id;
	struct def *keeps = find(m, id, strlen(id), NODE | FLOW | LINK | ROOT);
	bool valid = bpr_i_model_is_id(id);
	size_t number = 2;

	for (size_t at = m->first[name]; at != BPR_NONE && !m->nomem; at = m->defs[at].next) {
		struct def *def = &m->defs[at];
		const char *model = def != keeps ? model_id(m, def) : NULL;

		if (def->gone)
			continue;
		if (!valid || def != keeps) {
			bool free_one = model && bpr_i_model_is_id(model) && !is_taken(m, model);

			def->now = new_id(m, free_one ? model : id, &number);
		}
		if (!valid && !m->replaced++) {
			m->example = def->id;
			m->instead = def->now;
		}
		if (valid && def != keeps)
			warn(m, BPR_I_W045, def->xml, id, def->now);
		if (def->now != id || bpr_i_xml_attr(def->xml, "id")->length != strlen(id))
			rename_def(m, def);
	}
}

/* ---- what goes ---- */

static void remove_def(struct mending *m, struct def *def)
{
	def->gone = true;
	bpr_i_xml_edit_remove(m->edit, def->xml);
}

/* An end that does not exist. A sequence flow needs steps; others may connect anything. */
static bool lacks(const struct mending *m, const struct def *def, const char *attr)
{
	const struct def *end = find_attr(m, def->xml, attr, def->kind == FLOW ? NODE : NODE | FLOW | LINK | ROOT);

	return !end || (def->kind == FLOW && end->kind != NODE);
}

static void loose_flows(struct mending *m)
{
	for (size_t i = 0; i < m->count && !m->imports; i++) {
		struct def *def = &m->defs[i];

		if (def->kind != FLOW && def->kind != LINK)
			continue;
		if (lacks(m, def, "sourceRef") || lacks(m, def, "targetRef")) {
			warn(m, BPR_I_W048, def->xml, def->id, def->xml->name);
			remove_def(m, def);
		}
	}
}

static bool is_drawing(const struct bpr_xml_node *xml)
{
	return bpr_i_xml_is(xml, BPMN_DI_NS, "BPMNShape") || bpr_i_xml_is(xml, BPMN_DI_NS, "BPMNEdge");
}

static unsigned drawn_kinds(const struct bpr_xml_node *drawing)
{
	if (!strcmp(drawing->name, "BPMNEdge"))
		return FLOW | LINK;
	return !strcmp(drawing->name, "BPMNPlane") ? ROOT | NODE : NODE;
}

/* What a drawing shows: of several of one id the first that is not drawn on this plane yet; NULL: nothing that exists. */
static struct def *shown(const struct mending *m, const struct bpr_xml_node *drawing)
{
	struct def *def = find_attr(m, drawing, "bpmnElement", drawn_kinds(drawing));

	if (!def)
		return NULL;
	if (def->plane == drawing->parent)
		for (size_t at = m->first[bpr_i_names_find(&m->ids, def->id, strlen(def->id))]; at != BPR_NONE; at = m->defs[at].next)
			if (!m->defs[at].gone && m->defs[at].plane != drawing->parent && m->defs[at].kind & drawn_kinds(drawing))
				return &m->defs[at];
	return def->gone ? NULL : def;
}

/* The drawing may have an id of its own, which nothing may refer to any more. */
static void remove_drawing(struct mending *m, const struct bpr_xml_node *drawing)
{
	for (struct def *def = find_attr(m, drawing, "id", OTHER); def; def = def->next == BPR_NONE ? NULL : &m->defs[def->next])
		if (def->xml == drawing)
			def->gone = true;
	bpr_i_xml_edit_remove(m->edit, drawing);
}

/* The def that a drawing shows; BPR_NONE where it goes. */
static size_t take_drawing(struct mending *m, const struct bpr_xml_node *drawing)
{
	const struct bpr_xml_attr *ref = bpr_i_xml_attr(drawing, "bpmnElement");
	const struct bpr_xml_attr *id = bpr_i_xml_attr(drawing, "id");
	struct def *def = shown(m, drawing);
	bool again = def && def->plane == drawing->parent;

	if (def && !again) {
		def->plane = drawing->parent;
		return (size_t)(def - m->defs);
	}
	if (def || !m->imports) {
		warn(m, again ? BPR_I_W047 : BPR_I_W046, drawing, id ? id->value : drawing->name, ref ? ref->value : "");
		remove_drawing(m, drawing);
	}
	return BPR_NONE;
}

static void find_drawings(struct mending *m)
{
	for (const struct bpr_xml_node *xml = m->edit->xml->root; xml && !m->nomem; xml = after(xml, true)) {
		if (!is_drawing(xml))
			continue;
		if (bpr_i_grow(&m->drawings, &m->drawing_capacity, m->drawing_count + 1, sizeof(*m->drawings)))
			m->drawings[m->drawing_count++] = take_drawing(m, xml);
		else
			m->nomem = true;
	}
}

/* ---- references ---- */

/* Where the schema wants the id alone, without a prefix of a namespace. */
static bool is_idref(const struct bpr_xml_node *xml, const char *name)
{
	if (!is_bpmn(xml))
		return false;
	if (!strcmp(xml->name, "sequenceFlow"))
		return !strcmp(name, "sourceRef") || !strcmp(name, "targetRef");
	return !strcmp(name, "default") || !strcmp(name, "flowNodeRef") || !strcmp(name, "dataObjectRef");
}

static void set_ref(struct mending *m, const struct bpr_xml_node *xml, const struct bpr_xml_attr *attr, const struct def *def)
{
	const char *ref = attr->value;
	size_t length = bpr_i_xml_trim(&ref, attr->length);
	size_t prefix = length > strlen(def->id) ? length - strlen(def->id) : 0;
	struct bpr_buf buf = BPR_BUF_INIT;

	if (prefix && is_idref(xml, attr->name)) {
		ref += prefix;
		length -= prefix;
		prefix = 0;
	}
	if (def->now == def->id && length == attr->length)
		return;
	bpr_i_buf_add(&buf, ref, prefix);
	bpr_i_buf_puts(&buf, def->now);
	m->nomem |= buf.failed != BPR_OK;
	if (!buf.failed)
		bpr_i_xml_edit_attr(m->edit, xml, attr->ns, "", attr->name, buf.data, buf.length);
	bpr_i_buf_release(&buf);
}

static bool ends_with(const char *name, const char *end)
{
	size_t length = strlen(name), n = strlen(end);

	return length >= n && !strcmp(name + length - n, end);
}

static bool among(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(name, *names))
			return true;
	return false;
}

/* An attribute that holds an id: of BPMN and its diagrams, and of the parameters of simulators. */
static bool is_ref(const struct bpr_xml_node *xml, const struct bpr_xml_attr *attr)
{
	static const char *const own[] = { "default", "calledElement", "bpmnElement", "sourceElement", "targetElement", "labelStyle",
					   "choreographyActivityShape", NULL };
	static const char *const simulators[] = { "elementRef", "elementId", NULL };

	if (*attr->ns)
		return false;
	if (is_bpmn(xml) || is_di(xml))
		return ends_with(attr->name, "Ref") || among(attr->name, own);
	return among(attr->name, simulators);
}

static unsigned ref_kinds(const struct bpr_xml_node *xml, const char *name)
{
	if (!strcmp(name, "processRef") || !strcmp(name, "calledElement"))
		return ROOT;
	if (!strcmp(name, "incoming") || !strcmp(name, "outgoing") || !strcmp(name, "default"))
		return FLOW;
	if (!strcmp(name, "bpmnElement"))
		return drawn_kinds(xml);
	return NODE | FLOW | LINK | ROOT;
}

/* An element whose text is an id. */
static void text_ref(struct mending *m, const struct bpr_xml_node *xml)
{
	static const char *const more[] = { "incoming", "outgoing", "source", "target", NULL };
	static const char *const lists[] = { "incoming", "outgoing", "flowNodeRef", NULL };
	const struct bpr_xml_node *only = xml->first;
	const struct def *def;
	size_t length, whole, prefix;
	const char *ref;
	struct bpr_buf buf = BPR_BUF_INIT;

	if (!is_bpmn(xml) || (!ends_with(xml->name, "Ref") && !ends_with(xml->name, "Refs") && !among(xml->name, more)))
		return;
	ref = bpr_i_xml_simple_text(xml, &length);
	def = ref ? find(m, ref, length, ref_kinds(xml, xml->name)) : NULL;
	if (among(xml->name, lists) && !m->imports && (!def || def->gone)) {
		m->dropped++;
		bpr_i_xml_edit_remove(m->edit, xml);
		return;
	}
	whole = only && !only->name && !only->next ? only->count : length;
	if (!def)
		return;
	prefix = length > strlen(def->id) && !is_idref(xml, xml->name) ? length - strlen(def->id) : 0;
	if (def->now == def->id && whole == strlen(def->id) + prefix)
		return;
	bpr_i_buf_add(&buf, ref, prefix);
	bpr_i_buf_puts(&buf, def->now);
	m->nomem |= buf.failed != BPR_OK;
	if (!buf.failed)
		bpr_i_xml_edit_text(m->edit, xml, buf.data, buf.length);
	bpr_i_buf_release(&buf);
}

static void drop_ref(struct mending *m, const struct bpr_xml_node *xml, const struct bpr_xml_attr *attr)
{
	m->dropped++;
	bpr_i_xml_edit_drop(m->edit, xml, attr->name);
}

/* References of one element. drawn: what a drawing shows, else BPR_NONE. */
static void one_element(struct mending *m, const struct bpr_xml_node *xml, size_t drawn)
{
	for (size_t i = 0; i < xml->count; i++) {
		const struct bpr_xml_attr *attr = &xml->attrs[i];
		const struct def *def;

		if (!is_ref(xml, attr))
			continue;
		if (drawn != BPR_NONE && !strcmp(attr->name, "bpmnElement"))
			def = &m->defs[drawn];
		else
			def = find(m, attr->value, attr->length, ref_kinds(xml, attr->name));
		if (def && !def->gone)
			set_ref(m, xml, attr, def);
		else if (!strcmp(attr->name, "labelStyle") || (!strcmp(attr->name, "default") && !m->imports))
			drop_ref(m, xml, attr);
	}
	text_ref(m, xml);
}

static void references(struct mending *m)
{
	size_t drawing = 0;

	for (const struct bpr_xml_node *xml = m->edit->xml->root; xml && !m->nomem; xml = after(xml, true))
		one_element(m, xml, is_drawing(xml) ? m->drawings[drawing++] : BPR_NONE);
}

static void tell_counts(struct mending *m)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%zu", m->replaced);
	if (m->replaced)
		bpr_i_writing_note(m->w, BPR_I_W044, bpr_i_writing_flow(m->w, 0), NULL, number, m->example, m->instead);
	(void)snprintf(number, sizeof(number), "%zu", m->dropped);
	if (m->dropped)
		bpr_i_writing_note(m->w, BPR_I_W049, bpr_i_writing_flow(m->w, 0), NULL, number, NULL, NULL);
}

bpr_status bpr_i_mend(struct bpr_writing *w, struct bpr_xml_edit *edit)
{
	struct mending m = { .w = w, .edit = edit, .file = w->flows->source->bpmn };

	find_defs(&m);
	m.nomem |= !index_items(&m);
	if (!m.nomem)
		loose_flows(&m);
	if (!m.nomem)
		find_drawings(&m);
	for (size_t name = 0; name < m.ids.count && !m.nomem; name++)
		one_id(&m, name);
	if (!m.nomem)
		references(&m);
	if (!m.nomem)
		tell_counts(&m);
	bpr_i_free(m.defs);
	bpr_i_free(m.first);
	bpr_i_free(m.drawings);
	bpr_i_free((void *)m.items);
	bpr_i_names_release(&m.ids);
	bpr_i_names_release(&m.taken);
	bpr_i_arena_release(&m.arena);
	return m.nomem || w->nomem ? BPR_ENOMEM : BPR_OK;
}
