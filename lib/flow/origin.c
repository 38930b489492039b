/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where each value of a flow comes from, where that was asked for: noted as values come in, each told once in the end. */
#include "config.h"
#include "flow/builder_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <math.h>
#include <string.h>

const char *bpr_i_builder_from(bpr_builder *b, const char *source)
{
	const char *before = b->source;

	b->source = source;
	return before;
}

static const char *keep(struct bpr_builder *b, const char *text)
{
	const char *kept = bpr_i_builder_text(b, text, strlen(text));

	return kept ? kept : "";
}

static void note(struct bpr_builder *b, enum bpr_origin_of of, const char *element, const char *key, const char *value,
		 const struct bpr_place *place)
{
	struct bpr_flow *flow = b->flow;
	const char *file = place && place->file ? place->file : "";

	if (!strcmp(b->source, "set") || !strcmp(b->source, "assumed"))
		file = "";
	if (!b->origin_file || strcmp(b->origin_file, file) != 0)
		b->origin_file = *file ? keep(b, file) : "";
	if (!bpr_i_grow(&flow->origins, &b->origin_capacity, flow->origin_count + 1, sizeof(*flow->origins))) {
		b->nomem = true;
		return;
	}
	flow->origins[flow->origin_count++] = (struct bpr_origin){
		of, keep(b, element), keep(b, key), keep(b, value), b->source, b->origin_file, *file && place ? place->line : 0,
	};
}

/* What a node is and what it is called comes from where the node comes from. */
static bool told(const struct bpr_column *column)
{
	return column->store != BPR_STORE_ID && column->store != BPR_STORE_NAME && column->store != BPR_STORE_KIND &&
	       column->store != BPR_STORE_NEXT && column->store != BPR_STORE_NOTE;
}

void bpr_i_build_origin(struct bpr_builder *b, enum bpr_origin_of of, const char *element, const struct bpr_cell *cell,
			const struct bpr_place *place)
{
	const char *text = cell->text;
	size_t length = bpr_i_utf8_trim(&text, cell->length);

	if (b->options.origins && told(cell->column) && (length || !strcmp(b->source, "set")))
		note(b, of, element, cell->column->key, bpr_i_short(text, length).text, place);
}

void bpr_i_builder_origin(bpr_builder *b, size_t node, const char *key, const char *value, const struct bpr_place *place)
{
	if (b->options.origins)
		note(b, BPR_ORIGIN_STEP, b->flow->nodes[node].id, key, value, place);
}

/* The id of an arc, or "FROM -> TO". False when out of memory. */
static bool name_arc(struct bpr_builder *b, struct bpr_buf *name, const char *id, const char *from, const char *to, size_t to_length)
{
	if (id && *id) {
		bpr_i_buf_puts(name, id);
	} else {
		bpr_i_buf_puts(name, from);
		bpr_i_buf_puts(name, " -> ");
		bpr_i_buf_add(name, to, to_length);
	}
	b->nomem |= name->failed != BPR_OK;
	return name->failed == BPR_OK;
}

static void note_share(struct bpr_builder *b, const char *name, double share, bool percent, const struct bpr_place *place)
{
	char text[34];
	size_t length;

	(void)bpr_i_num_format(text, sizeof(text) - 2, round((percent ? 100 : 1) * share * 1e9) / 1e9);
	length = strlen(text);
	if (percent)
		memcpy(text + length, "%", 2);
	note(b, BPR_ORIGIN_ARC, name, "share", text, place);
}

void bpr_i_build_origin_arc(struct bpr_builder *b, const struct bpr_draft_arc *arc, const char *to, size_t to_length,
			    const struct bpr_place *place)
{
	struct bpr_buf name = BPR_BUF_INIT;

	if (!b->options.origins || isnan(arc->share))
		return;
	if (name_arc(b, &name, arc->id, b->flow->nodes[arc->from].id, to, to_length))
		note_share(b, name.data, arc->share, arc->flags & BPR_ARC_PERCENT, place);
	bpr_i_buf_release(&name);
}

void bpr_i_build_origin_forget(struct bpr_builder *b, size_t node)
{
	const char *id = b->flow->nodes[node].id;
	size_t length = strlen(id);
	size_t kept = 0;

	for (size_t i = 0; i < b->flow->origin_count; i++) {
		const struct bpr_origin *o = &b->flow->origins[i];

		if (o->of != BPR_ORIGIN_ARC || strncmp(o->element, id, length) != 0 || strncmp(o->element + length, " -> ", 4) != 0)
			b->flow->origins[kept++] = *o;
	}
	b->flow->origin_count = kept;
}

/* ---- at the end ---- */

/* Shares that were divided, since nobody gave any. */
static void assumed_shares(struct bpr_builder *b)
{
	const struct bpr_flow *flow = b->flow;

	for (size_t i = 0; i < flow->arc_count && !b->nomem; i++) {
		const struct bpr_arc *arc = &flow->arcs[i];
		const struct bpr_node *from = &flow->nodes[arc->from];
		const char *to = flow->nodes[arc->to].id;
		struct bpr_buf name = BPR_BUF_INIT;

		if (arc->given || from->split == BPR_SPLIT_AND || from->out_count < 2)
			continue;
		if (name_arc(b, &name, arc->id, from->id, to, strlen(to)))
			note_share(b, name.data, arc->prob, false, NULL);
		bpr_i_buf_release(&name);
	}
}

/* Each value once: the last one, where the first one stood. */
static bool once(struct bpr_flow *flow, struct bpr_arena *arena, struct bpr_names *names)
{
	struct bpr_origin *origins = flow->origins;
	size_t kept = 0;

	for (size_t i = 0; i < flow->origin_count; i++) {
		const struct bpr_origin *o = &origins[i];
		bool many = o->of == BPR_ORIGIN_FORM; /* a row a field */
		struct bpr_buf key = BPR_BUF_INIT;
		const char *text;
		bool added;
		size_t at;

		bpr_i_buf_putc(&key, (char)('0' + (int)o->of));
		bpr_i_buf_puts(&key, o->element);
		bpr_i_buf_putc(&key, '\0');
		bpr_i_buf_puts(&key, o->key);
		if (many)
			bpr_i_buf_puts(&key, o->value);
		text = key.failed ? NULL : bpr_i_arena_strndup(arena, key.data, key.length);
		at = text ? bpr_i_names_add(names, text, key.length, &added) : BPR_NONE;
		bpr_i_buf_release(&key);
		if (at == BPR_NONE)
			return false;
		origins[at] = *o;
		kept = names->count;
	}
	flow->origin_count = kept;
	return true;
}

void bpr_i_build_origins(struct bpr_builder *b)
{
	struct bpr_arena arena = { 0 };
	struct bpr_names names = { 0 };

	if (!b->options.origins)
		return;
	assumed_shares(b);
	if (!once(b->flow, &arena, &names))
		b->nomem = true;
	bpr_i_names_release(&names);
	bpr_i_arena_release(&arena);
}
