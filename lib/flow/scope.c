/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sub-processes put in place, boundary events, names and ids of arcs: what rows say by name, known once all rows are. */
#include "config.h"
#include "flow/builder_i.h"
#include "flow/format_i.h"
#include "base/utf8_i.h"
#include <string.h>

/* ---- sub-processes ---- */

static size_t add_scope(struct bpr_builder *b, const struct bpr_scope *scope, bool named)
{
	struct bpr_flow *flow = b->flow;
	size_t at = flow->scope_count;

	if (!bpr_i_grow(&flow->scopes, &b->scope_capacity, at + 1, sizeof(*flow->scopes)) ||
	    !bpr_i_grow(&b->scope_drafts, &b->scope_draft_capacity, at + 1, sizeof(*b->scope_drafts))) {
		b->nomem = true;
		return BPR_NONE;
	}
	flow->scopes[at] = *scope;
	if (!flow->scopes[at].repeat)
		flow->scopes[at].repeat = 1;
	b->scope_drafts[at] = (struct bpr_draft_scope){ BPR_NONE, BPR_NONE, named, false };
	flow->scope_count++;
	return at;
}

size_t bpr_i_builder_scope(bpr_builder *b, const struct bpr_scope *scope)
{
	return add_scope(b, scope, false);
}

struct bpr_scope *bpr_i_builder_scope_draft(bpr_builder *b, size_t scope)
{
	return &b->flow->scopes[scope];
}

size_t bpr_i_build_scope(struct bpr_builder *b, const char *key, size_t length)
{
	struct bpr_scope scope = { .name = "", .parent = BPR_NONE, .entry = BPR_NONE, .exit = BPR_NONE, .repeat = 1 };
	size_t at = bpr_i_names_find(&b->scope_names, key, length);
	size_t made;

	if (at != BPR_NONE)
		return b->named_scopes[at];
	scope.id = bpr_i_builder_text(b, key, length);
	if (!scope.id || !bpr_i_grow(&b->named_scopes, &b->named_scope_capacity, b->scope_names.count + 1, sizeof(size_t)))
		goto nomem;
	made = add_scope(b, &scope, true);
	at = made == BPR_NONE ? BPR_NONE : bpr_i_names_add(&b->scope_names, scope.id, length, NULL);
	if (at == BPR_NONE)
		goto nomem;
	b->named_scopes[at] = made;
	return made;
nomem:
	b->nomem = true;
	return BPR_NONE;
}

/* The row that a sub-process names, or the one called `KEY` with `tail` behind it. An error where there is none. */
static size_t edge_of(struct bpr_builder *b, size_t scope, size_t named, const char *tail)
{
	const struct bpr_scope *s = &b->flow->scopes[scope];
	struct bpr_place place = { .file = b->flow->source, .where = s->id };
	struct bpr_buf id = BPR_BUF_INIT;
	size_t node = BPR_NONE;

	if (named == BPR_NONE) {
		bpr_i_buf_puts(&id, s->id);
		bpr_i_buf_puts(&id, tail);
		named = id.failed ? BPR_NONE : bpr_i_build_id(b, id.data, id.length);
	}
	if (named == BPR_NONE)
		b->nomem = true;
	else
		node = bpr_i_build_find(b, named);
	bpr_i_buf_release(&id);
	if (b->nomem)
		return BPR_NONE;
	if (node == BPR_NONE)
		bpr_i_build_note(b, BPR_I_F044, &place, s->id, bpr_i_short(b->flow->ids.items[named].key, b->flow->ids.items[named].length).text,
				 *tail ? "exit" : "entry", NULL);
	else if (b->flow->nodes[node].scope != scope)
		bpr_i_build_note(b, BPR_I_F045, &place, s->id, b->flow->nodes[node].id, *tail ? "exit" : "entry", NULL);
	return node;
}

static bool within_itself(const struct bpr_flow *flow, size_t scope)
{
	size_t up = flow->scopes[scope].parent;

	for (size_t i = 0; up != BPR_NONE && i < flow->scope_count; i++) {
		if (up == scope)
			return true;
		up = flow->scopes[up].parent;
	}
	return false;
}

void bpr_i_build_scopes(struct bpr_builder *b)
{
	for (size_t i = 0; i < b->flow->scope_count && !b->nomem; i++) {
		struct bpr_place place = { .file = b->flow->source, .where = b->flow->scopes[i].id };
		struct bpr_draft_scope draft = b->scope_drafts[i];

		if (!draft.named)
			continue;
		b->flow->scopes[i].entry = edge_of(b, i, draft.entry, "");
		b->flow->scopes[i].exit = edge_of(b, i, draft.exit, "/exit");
		if (within_itself(b->flow, i))
			bpr_i_build_note(b, BPR_I_F046, &place, b->flow->scopes[i].id, NULL, NULL, NULL);
	}
}

/* ---- boundary events ---- */

static void resolve_host(struct bpr_builder *b, size_t i)
{
	struct bpr_node *node = &b->flow->nodes[i];
	struct bpr_place place = bpr_i_build_place(b, i);
	size_t id = node->host;
	size_t host = bpr_i_build_find(b, id);

	node->host = BPR_NONE;
	if (host == BPR_NONE) {
		bpr_i_build_note(b, BPR_I_F047, &place, place.where, bpr_i_short(b->flow->ids.items[id].key, b->flow->ids.items[id].length).text,
				 NULL, NULL);
		return;
	}
	if (node->kind == BPR_NODE_TASK) /* nothing else sits on a border */
		node->kind = BPR_NODE_EVENT;
	if (node->kind != BPR_NODE_EVENT || b->flow->nodes[host].kind != BPR_NODE_TASK || b->flags[host] & BPR_DRAFT_HOST || host == i) {
		bpr_i_build_note(b, BPR_I_F048, &place, place.where, b->flow->nodes[host].id, NULL, NULL);
		return;
	}
	node->host = host;
	if (!(b->flags[i] & BPR_DRAFT_INTERRUPTING))
		node->interrupting = true;
}

void bpr_i_build_hosts(struct bpr_builder *b)
{
	for (size_t i = 0; i < b->flow->node_count && !b->nomem; i++)
		if (b->flags[i] & BPR_DRAFT_HOST)
			resolve_host(b, i);
}

/* ---- names and ids of arcs ---- */

bpr_status bpr_i_build_places(struct bpr_builder *b, size_t node, bool ids, const char *text, size_t length, const struct bpr_place *place)
{
	const char *kept = bpr_i_builder_text(b, text, length);

	if (!kept || !bpr_i_grow(&b->places, &b->place_capacity, b->place_count + 1, sizeof(*b->places))) {
		b->nomem = true;
		return BPR_ENOMEM;
	}
	b->places[b->place_count++] = (struct bpr_draft_places){ node, kept, length, place->line < UINT32_MAX ? (uint32_t)place->line : 0, ids };
	return BPR_OK;
}

static void label(struct bpr_builder *b, const struct bpr_draft_places *p)
{
	const struct bpr_node *node = &b->flow->nodes[p->node];
	struct bpr_place place = bpr_i_build_place(b, p->node);
	const char *text = p->text;
	size_t length = p->length;
	const char *item;
	size_t n;

	if (p->line)
		place.line = p->line;
	for (size_t i = 0; bpr_i_next_place(&text, &length, &item, &n) && !b->nomem; i++) {
		struct bpr_arc *arc;
		const char *kept;

		n = bpr_i_unquote(b, &item, n);
		if (!n)
			continue;
		if (i >= node->out_count) {
			bpr_i_build_note(b, BPR_I_F049, &place, place.where, p->ids ? "flows" : "conditions", NULL, NULL);
			return;
		}
		arc = &b->flow->arcs[node->first_out + i];
		kept = bpr_i_builder_text(b, item, n);
		if (p->ids)
			arc->id = kept;
		else
			arc->name = kept;
	}
}

void bpr_i_build_labels(struct bpr_builder *b)
{
	for (size_t i = 0; i < b->place_count && !b->nomem; i++)
		label(b, &b->places[i]);
}

/* ---- texts ---- */

/* Blanks at the ends are no part of a text; without them nothing is copied. `none`: what an empty text becomes. */
static void trim(struct bpr_builder *b, const char **text, const char *none)
{
	const char *from = *text;
	size_t whole = from ? strlen(from) : 0;
	size_t length = from ? bpr_i_utf8_trim(&from, whole) : 0;

	if (!length)
		*text = none;
	else if (length == whole)
		return;
	else if (from + length == *text + whole)
		*text = from;
	else
		*text = bpr_i_builder_text(b, from, length);
}

bool bpr_i_build_texts(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;

	trim(b, &flow->name, "");
	for (size_t i = 0; i < flow->node_count; i++) {
		struct bpr_node *n = &flow->nodes[i];

		trim(b, &n->name, "");
		trim(b, &n->note, NULL);
		trim(b, &n->trigger, NULL);
		if (!n->type) /* so that a flow is the same whether it went through BPMN or not */
			n->type = bpr_i_plain_type(n);
	}
	for (size_t i = 0; i < flow->arc_count; i++) {
		trim(b, &flow->arcs[i].id, NULL);
		trim(b, &flow->arcs[i].name, NULL);
	}
	for (size_t i = 0; i < flow->scope_count; i++) {
		trim(b, &flow->scopes[i].name, "");
		if (!flow->scopes[i].type)
			flow->scopes[i].type = "subProcess";
	}
	return !b->nomem;
}
