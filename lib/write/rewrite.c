/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a BPMN file does not say by itself: the file is read alone, and where its flows differ from those that are to be
 * written (companions, overrides, side files, another scenario) the difference is said by the bpr extension.
 */
#include "config.h"
#include "flow/format_i.h"
#include "read/source_i.h"
#include "write/rewrite_i.h"
#include <string.h>

struct rewriting {
	struct bpr_writing *w;
	struct bpr_xml_edit *edit;
	const struct bpmn_file *file;
	const char *prefix;        /* of bpr: */
	struct bpr_names nodes;    /* "PROCESS ID" → item */
	size_t *node_items; size_t node_capacity;
	struct bpr_names said;     /* "ELEMENT COLUMN=VALUE" and "ELEMENT COLUMN": what was set */
	struct bpr_arena arena;
	bool lost;                 /* something could not be said */
	bool nomem;
};

/* One flow of both. */
struct pair {
	struct bpr_formatting now, alone;
	size_t process;
};

/* ---- elements of nodes ---- */

static size_t add_key(struct rewriting *r, struct bpr_names *names, struct bpr_buf *key, bool *added)
{
	char *kept = key->failed ? NULL : bpr_i_arena_strndup(&r->arena, key->data, key->length);
	size_t at = kept ? bpr_i_names_add(names, kept, key->length, added) : BPR_NONE;

	r->nomem |= at == BPR_NONE;
	return at;
}

static void index_nodes(struct rewriting *r)
{
	struct bpr_buf key = BPR_BUF_INIT;

	for (size_t i = 0; i < r->file->item_count && !r->nomem; i++) {
		const struct bpmn_item *item = &r->file->items[i];
		bool added = false;

		if (!bpr_i_bpmn_is_node(item))
			continue;
		bpr_i_buf_clear(&key);
		bpr_i_buf_printf(&key, "%zu ", item->process);
		bpr_i_buf_puts(&key, item->id);
		if (!bpr_i_grow(&r->node_items, &r->node_capacity, r->nodes.count + 1, sizeof(size_t)))
			r->nomem = true;
		else if (add_key(r, &r->nodes, &key, &added) != BPR_NONE && added)
			r->node_items[r->nodes.count - 1] = i;
	}
	bpr_i_buf_release(&key);
}

static size_t find_node(struct rewriting *r, size_t process, const char *id, size_t length)
{
	struct bpr_buf key = BPR_BUF_INIT;
	size_t at = BPR_NONE;

	bpr_i_buf_printf(&key, "%zu ", process);
	bpr_i_buf_add(&key, id, length);
	if (!key.failed)
		at = bpr_i_names_find(&r->nodes, key.data, key.length);
	r->nomem |= key.failed != BPR_OK;
	bpr_i_buf_release(&key);
	return at == BPR_NONE ? BPR_NONE : r->node_items[at];
}

/* The element of a node: "CALL/ID" is in the process that CALL calls. */
static size_t item_of(struct rewriting *r, size_t process, const char *id)
{
	const char *slash = id;

	while (id) {
		size_t at = find_node(r, process, id, strlen(id));

		if (at != BPR_NONE)
			return at;
		slash = strchr(slash, '/');
		if (!slash)
			return BPR_NONE;
		at = find_node(r, process, id, (size_t)(slash - id));
		slash++;
		if (at == BPR_NONE || r->file->items[at].element->role != BPMN_CALL || r->file->items[at].target == BPR_NONE)
			continue;
		process = r->file->items[at].target;
		id = slash;
	}
	return BPR_NONE;
}

/* ---- values ---- */

static bool first_time(struct rewriting *r, const struct bpr_xml_node *xml, const char *name, const char *value)
{
	struct bpr_buf key = BPR_BUF_INIT;
	bool added = false, same = false;
	size_t length;

	bpr_i_buf_printf(&key, "%p ", (const void *)xml);
	bpr_i_buf_puts(&key, name);
	(void)add_key(r, &r->said, &key, &added);
	bpr_i_buf_putc(&key, '=');
	bpr_i_buf_puts(&key, value);
	length = key.length;
	if (!added && !key.failed)
		same = bpr_i_names_find(&r->said, key.data, length) != BPR_NONE;
	else
		(void)add_key(r, &r->said, &key, NULL);
	if (!added && !same) /* two calls of one process that differ */
		r->lost = true;
	bpr_i_buf_release(&key);
	return added;
}

static void say(struct rewriting *r, const struct bpr_xml_node *xml, const char *name, const char *value)
{
	if (!r->prefix)
		r->prefix = bpr_i_xml_edit_prefix(r->edit, BPMN_BPR_NS, "bpr");
	if (first_time(r, xml, name, value))
		bpr_i_xml_edit_attr(r->edit, xml, BPMN_BPR_NS, r->prefix, name, value, strlen(value));
}

/* BPMN's own: neither companions nor overrides change it. */
static bool structural(const char *key)
{
	static const char *const keys[] = {
		"id", "kind", "next", "conditions", "flows", "on", "interrupting", "terminate", "type", "trigger", "scope", "silent", "split", "join",
		"parallel",
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!strcmp(key, keys[i]))
			return true;
	return false;
}

/* A note adds up with what the file says. */
static const char *added_note(struct rewriting *r, const struct bpr_xml_node *xml, const char *now, const char *alone)
{
	size_t length = strlen(alone);

	if (bpr_i_xml_attr_ns(xml, BPMN_BPR_NS, "note") || (length && (strncmp(now, alone, length) != 0 || strncmp(now + length, "; ", 2) != 0))) {
		r->lost = true;
		return NULL;
	}
	return length ? now + length + 2 : now;
}

static void say_cell(struct rewriting *r, const struct pair *pair, size_t node, const char *key, const char *now, const char *alone)
{
	const struct bpr_node *n = bpr_flow_node(pair->now.flow, node);
	size_t item = item_of(r, pair->process, n->id);
	const struct bpr_xml_node *xml = item == BPR_NONE ? NULL : r->file->items[item].xml;

	if (!xml) {
		r->lost = true;
		return;
	}
	if (!strcmp(key, "note"))
		now = added_note(r, xml, now, alone);
	else if (!strcmp(key, "actor"))
		now = bpr_actor_name(n->actor);
	else if (!strcmp(key, "outcome"))
		now = bpr_outcome_name(n->outcome);
	else if (!strcmp(key, "away"))
		now = n->away ? "yes" : "no";
	if (now)
		say(r, xml, key, now);
}

static const char *text_of(const struct bpr_buf *buf)
{
	return buf->data ? buf->data : "";
}

static void node_cells(struct rewriting *r, const struct pair *pair, size_t node, struct bpr_buf *now, struct bpr_buf *alone)
{
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(BPR_TABLE_FLOW, &count);

	for (size_t i = 0; i < count; i++) {
		if (structural(columns[i].key))
			continue;
		bpr_i_buf_clear(now);
		bpr_i_buf_clear(alone);
		(void)bpr_i_format_cell(&pair->now, node, &columns[i], now);
		(void)bpr_i_format_cell(&pair->alone, node, &columns[i], alone);
		if (!now->failed && !alone->failed && (now->length != alone->length || strcmp(text_of(now), text_of(alone)) != 0))
			say_cell(r, pair, node, columns[i].key, text_of(now), text_of(alone));
	}
}

/* ---- shares ---- */

static bool same_share(const struct bpr_arc *a, const struct bpr_arc *b)
{
	return a->given == b->given && memcmp(&a->prob, &b->prob, sizeof(a->prob)) == 0;
}

/* The element that carries the share of an arc, and under which name; NULL where there is none. */
static const struct bpr_xml_node *share_holder(struct rewriting *r, const struct pair *pair, size_t arc, const char **name)
{
	const struct bpr_arc *a = bpr_flow_arc(pair->now.flow, arc);
	const struct bpr_node *from = bpr_flow_node(pair->now.flow, a->from);
	const struct bpr_scope *scope = from->scope == BPR_NONE ? NULL : bpr_flow_scope(pair->now.flow, from->scope);
	size_t item = a->id ? bpr_i_bpmn_find(r->file, a->id, strlen(a->id)) : BPR_NONE;

	*name = "share";
	if (item != BPR_NONE && r->file->items[item].element->role == BPMN_FLOW)
		return r->file->items[item].xml;
	if (scope && scope->entry == a->from) {
		item = item_of(r, pair->process, bpr_flow_node(pair->now.flow, a->to)->id);
		*name = "prob";
		return item == BPR_NONE ? NULL : r->file->items[item].xml;
	}
	for (size_t i = 0; !a->id && i < r->file->arc_count; i++) {
		const struct bpmn_arc *it = &r->file->arcs[i];

		if (!it->id && !strcmp(r->file->items[it->from].id, from->id) &&
		    !strcmp(r->file->items[it->to].id, bpr_flow_node(pair->now.flow, a->to)->id))
			return it->xml;
	}
	return NULL;
}

static void node_shares(struct rewriting *r, const struct pair *pair, size_t node, struct bpr_buf *text)
{
	const struct bpr_node *n = bpr_flow_node(pair->now.flow, node);
	bool differs = false;

	for (size_t k = 0; k < n->out_count; k++)
		differs |= !same_share(bpr_flow_arc(pair->now.flow, n->first_out + k), bpr_flow_arc(pair->alone.flow, n->first_out + k));
	for (size_t k = 0; differs && n->split != BPR_SPLIT_AND && k < n->out_count; k++) {
		const struct bpr_arc *arc = bpr_flow_arc(pair->now.flow, n->first_out + k);
		const char *name;
		const struct bpr_xml_node *xml = share_holder(r, pair, n->first_out + k, &name);

		bpr_i_buf_clear(text);
		bpr_i_buf_number(text, arc->prob);
		if (!xml || !arc->given)
			r->lost |= arc->given;
		else if (!text->failed)
			say(r, xml, name, text->data);
	}
}

/* ---- companions ---- */

static void row_markup(struct rewriting *r, const struct bpr_formatting *f, enum bpr_table table, const struct bpr_format_row *at,
		       struct bpr_buf *out)
{
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(table, &count);
	struct bpr_buf text = BPR_BUF_INIT;

	if (!r->prefix)
		r->prefix = bpr_i_xml_edit_prefix(r->edit, BPMN_BPR_NS, "bpr");
	bpr_i_buf_printf(out, "<%s:%s", r->prefix, bpr_i_table_name(table));
	for (size_t i = 0; i < count; i++) {
		bpr_i_buf_clear(&text);
		if ((table == BPR_TABLE_DEMAND && i != at->at) || !bpr_i_format_row_cell(f, table, at, &columns[i], &text) || text.failed)
			continue;
		bpr_i_buf_printf(out, table == BPR_TABLE_DEMAND ? " key=\"%s\" value=\"" : " %s=\"", columns[i].key);
		(void)bpr_i_xml_escape(out, text_of(&text), text.length, true);
		bpr_i_buf_putc(out, '"');
	}
	bpr_i_buf_puts(out, "/>\n");
	r->nomem |= text.failed != BPR_OK;
	bpr_i_buf_release(&text);
}

/* Rows of a table as markup; those of `known` are left out where it is given. */
static void rows(struct rewriting *r, const struct bpr_formatting *f, enum bpr_table table, const struct bpr_names *known,
		 struct bpr_names *all, struct bpr_buf *out)
{
	struct bpr_format_row at = { 0 };
	struct bpr_buf one = BPR_BUF_INIT;

	while (bpr_i_format_next_row(f, table, &at) && !r->nomem) {
		bpr_i_buf_clear(&one);
		row_markup(r, f, table, &at, &one);
		if (one.failed || (known && bpr_i_names_find(known, one.data, one.length) != BPR_NONE))
			continue;
		bpr_i_buf_add(out, one.data, one.length);
		if (all)
			(void)add_key(r, all, &one, NULL);
	}
	r->nomem |= one.failed != BPR_OK;
	bpr_i_buf_release(&one);
}

/* Into the process's extensionElements; where there are none, behind its documentation. */
static void extend(struct rewriting *r, size_t process, const struct bpr_buf *markup)
{
	const struct bpr_xml_node *xml = r->file->items[r->file->processes[process].item].xml;
	const struct bpr_xml_node *extensions = bpr_i_xml_child(xml, BPMN_NS, "extensionElements");
	const struct bpr_xml_node *behind = NULL;
	const char *own = bpr_i_xml_edit_own_prefix(r->edit, xml);
	struct bpr_buf out = BPR_BUF_INIT;

	if (extensions) {
		bpr_i_xml_edit_last(r->edit, extensions, markup->data, markup->length - 1);
		return;
	}
	bpr_i_buf_printf(&out, "<%sextensionElements>\n", own);
	for (const char *line = markup->data; *line;) {
		size_t length = (size_t)(strchr(line, '\n') - line) + 1;

		bpr_i_buf_puts(&out, "  ");
		bpr_i_buf_add(&out, line, length);
		line += length;
	}
	bpr_i_buf_printf(&out, "</%sextensionElements>", own);
	BPR_I_XML_EACH(child, xml)
		if (bpr_i_xml_is(child, BPMN_NS, "documentation"))
			behind = child;
	r->nomem |= out.failed != BPR_OK;
	if (!out.failed && behind)
		bpr_i_xml_edit_after(r->edit, behind, out.data, out.length);
	else if (!out.failed)
		bpr_i_xml_edit_first(r->edit, xml, out.data, out.length);
	bpr_i_buf_release(&out);
}

static void remove_rows(struct rewriting *r, const struct bpr_xml_node *holder, const char *name)
{
	const struct bpr_xml_node *extensions = bpr_i_xml_child(holder, BPMN_NS, "extensionElements");

	if (extensions)
		BPR_I_XML_EACH(child, extensions)
			if (bpr_i_xml_is(child, BPMN_BPR_NS, name))
				bpr_i_xml_edit_remove(r->edit, child);
}

/* A later row wins over an earlier one but for the fields of a form, which add up: those are written anew. */
static void companions(struct rewriting *r, const struct pair *pair, struct bpr_buf *out)
{
	for (enum bpr_table table = BPR_TABLE_FORMS; table < BPR_TABLE_COUNT; table++) {
		struct bpr_names known = { 0 };
		struct bpr_buf alone = BPR_BUF_INIT, now = BPR_BUF_INIT;
		bool whole = table == BPR_TABLE_FORMS;

		if (table == BPR_TABLE_SCOPES)
			continue;
		rows(r, &pair->alone, table, NULL, whole ? NULL : &known, &alone);
		rows(r, &pair->now, table, whole ? NULL : &known, NULL, &now);
		if (whole && !now.failed && !alone.failed && !strcmp(text_of(&now), text_of(&alone)))
			bpr_i_buf_clear(&now);
		if (whole && now.length)
			remove_rows(r, r->file->items[r->file->processes[pair->process].item].xml, bpr_i_table_name(table));
		if (now.length)
			bpr_i_buf_add(out, now.data, now.length);
		r->nomem |= now.failed || alone.failed;
		bpr_i_names_release(&known);
		bpr_i_buf_release(&alone);
		bpr_i_buf_release(&now);
	}
}

/* ---- flows ---- */

static bool comparable(const bpr_flow *now, const bpr_flow *alone)
{
	if (bpr_flow_node_count(now) != bpr_flow_node_count(alone) || bpr_flow_arc_count(now) != bpr_flow_arc_count(alone))
		return false;
	for (size_t i = 0; i < bpr_flow_node_count(now); i++)
		if (strcmp(bpr_flow_node(now, i)->id, bpr_flow_node(alone, i)->id) != 0)
			return false;
	return true;
}

static void pair_values(struct rewriting *r, const struct pair *pair)
{
	struct bpr_buf now = BPR_BUF_INIT, alone = BPR_BUF_INIT, added = BPR_BUF_INIT;

	for (size_t i = 0; i < bpr_flow_node_count(pair->now.flow) && !r->nomem; i++) {
		node_cells(r, pair, i, &now, &alone);
		node_shares(r, pair, i, &now);
	}
	companions(r, pair, &added);
	r->nomem |= now.failed || alone.failed || added.failed;
	if (!r->nomem && added.length)
		extend(r, pair->process, &added);
	bpr_i_buf_release(&now);
	bpr_i_buf_release(&alone);
	bpr_i_buf_release(&added);
}

static void one_flow(struct rewriting *r, const bpr_flow *now, const bpr_flow *alone, size_t process)
{
	struct pair pair = { .process = process };

	if (bpr_flow_hash(now) == bpr_flow_hash(alone))
		return;
	if (!comparable(now, alone)) {
		r->lost = true;
		return;
	}
	if (!bpr_i_format_begin(&pair.now, now, false)) {
		r->nomem = true;
		return;
	}
	if (bpr_i_format_begin(&pair.alone, alone, false)) {
		pair_values(r, &pair);
		bpr_i_format_end(&pair.alone);
	} else {
		r->nomem = true;
	}
	bpr_i_format_end(&pair.now);
}

static void all_flows(struct rewriting *r, const struct bpr_flows *alone)
{
	size_t flow = 0;

	if (alone->count != r->w->flows->count) {
		r->lost = true;
		return;
	}
	index_nodes(r);
	for (size_t i = 0; i < r->file->process_count && flow < alone->count && !r->nomem; i++)
		if (r->file->processes[i].node_count) { /* one flow each, in the order of the file */
			one_flow(r, r->w->flows->items[flow], alone->items[flow], i);
			flow++;
		}
}

bpr_status bpr_i_rewrite_values(struct bpr_writing *w, const struct bpr_source *source, struct bpr_xml_edit *edit)
{
	struct rewriting r = { .w = w, .edit = edit, .file = source->bpmn };
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_flows alone = { 0 };
	bpr_status status;

	options.input = BPR_INPUT_BPMN;
	options.companions = false;
	options.max_bytes = options.max_nodes = options.max_field = (size_t)-1 / 4;
	status = bpr_read_memory(source->name, source->text, source->length, &options, &alone, NULL, w->err);
	if (!status)
		all_flows(&r, &alone);
	if (r.lost)
		bpr_i_writing_note(w, BPR_I_W043, bpr_i_writing_flow(w, 0), NULL, NULL, NULL, NULL);
	bpr_flows_release(&alone);
	bpr_i_free(r.node_items);
	bpr_i_names_release(&r.nodes);
	bpr_i_names_release(&r.said);
	bpr_i_arena_release(&r.arena);
	return status == BPR_ENOMEM || r.nomem ? BPR_ENOMEM : BPR_OK;
}
