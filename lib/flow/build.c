/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder: nodes, arcs, names. What a cell means is in cell.c and companion.c, what follows from all of them in finish.c. */
#include "config.h"
#include "flow/builder_i.h"
#include "base/utf8_i.h"
#include <bpr/init.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_BLOCK = 65536, NOTED_SEPARATELY = 20 };

bpr_status bpr_i_builder_new(bpr_builder **out, const char *file, const char *id, const char *name,
			     const struct bpr_build_options *options, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_builder *b;

	bpr_init();
	*out = NULL;
	b = bpr_i_calloc(1, sizeof(*b));
	if (!b)
		return bpr_i_nomem(err);
	b->flow = bpr_i_calloc(1, sizeof(*b->flow));
	if (!b->flow)
		goto nomem;
	b->flow->source = bpr_i_arena_strdup(&b->flow->arena, file ? file : "");
	b->flow->id = bpr_i_arena_strdup(&b->flow->arena, id ? id : "");
	b->flow->name = bpr_i_arena_strdup(&b->flow->arena, name ? name : "");
	b->flow->demand = (struct bpr_demand){ .open_days = 243, .first = -1, .closed = "", .peaks = "", .open.text = "",
						    .closed_days.text = "", .weekdays.text = "", .profile.text = "", .seasons.text = "",
						    .windows.text = "" };
	if (!b->flow->source || !b->flow->id || !b->flow->name)
		goto nomem;
	b->options = *options;
	b->source = "table";
	b->strict = !options->lenient;
	b->problems = problems;
	b->problems_from = bpr_problems_count(problems);
	*out = b;
	return BPR_OK;
nomem:
	bpr_i_builder_free(b);
	return bpr_i_nomem(err);
}

void bpr_i_builder_free(bpr_builder *b)
{
	if (!b)
		return;
	bpr_flow_free(b->flow);
	bpr_i_free(b->cache);
	bpr_i_free(b->flags);
	bpr_i_free(b->arcs);
	bpr_i_free(b->places);
	bpr_i_names_release(&b->scope_names);
	bpr_i_free(b->named_scopes);
	bpr_i_free(b->scope_drafts);
	bpr_i_free(b->forms);
	bpr_i_free(b->shifts);
	bpr_i_free(b->pool_drafts);
	bpr_i_names_release(&b->unit_names);
	bpr_i_names_release(&b->counter_names);
	bpr_i_names_release(&b->field_names);
	bpr_i_names_release(&b->form_names);
	bpr_i_names_release(&b->form_aliases);
	bpr_i_free(b->alias_forms);
	bpr_i_names_release(&b->pool_names);
	bpr_i_names_release(&b->system_names);
	bpr_i_names_release(&b->folded);
	bpr_i_free(b->folded_nodes);
	bpr_i_free(b);
}

bpr_status bpr_i_build_status(const struct bpr_builder *b)
{
	return b->nomem ? BPR_ENOMEM : BPR_OK;
}

void bpr_i_build_note(struct bpr_builder *b, enum bpr_code_id id, const struct bpr_place *place, const char *a1,
		      const char *a2, const char *a3, const char *a4)
{
	struct bpr_place at = place ? *place : (struct bpr_place){ 0 };
	bool group = b->noted[id] >= NOTED_SEPARATELY;

	if (bpr_code_at((size_t)id)->severity == BPR_SEVERITY_ERROR)
		b->error_count++;
	if (!at.file)
		at.file = b->flow->source;
	if (group)
		at.where = NULL;
	else
		b->noted[id]++;
	if (!bpr_i_problem(b->problems, id, &at, group, a1, a2, a3, a4))
		b->nomem = true;
}

bool bpr_i_build_forgives(const struct bpr_builder *b)
{
	return !b->strict;
}

bool bpr_i_builder_strict(bpr_builder *b, bool strict)
{
	bool before = b->strict;

	strict = strict || !b->options.lenient;
	if (strict && !before)
		b->forgiven += b->error_count - b->lenient_from;
	else if (!strict && before)
		b->lenient_from = b->error_count;
	b->strict = strict;
	return before;
}

size_t bpr_i_builder_forgiven(const bpr_builder *b)
{
	return b->forgiven + (b->strict ? 0 : b->error_count - b->lenient_from);
}

struct bpr_place bpr_i_build_place(const struct bpr_builder *b, size_t node)
{
	const struct bpr_node *n = &b->flow->nodes[node];

	return (struct bpr_place){ b->flow->source, n->line, 0, n->id };
}

/* Short texts share blocks: an arena rounds each allocation up to 16 bytes. */
char *bpr_i_builder_text(bpr_builder *b, const char *text, size_t length)
{
	char *p;

	if (length >= TEXT_BLOCK / 16) {
		p = bpr_i_arena_strndup(&b->flow->arena, text, length);
		b->nomem |= !p;
		return p;
	}
	if (b->text_left <= length) {
		b->text_at = bpr_i_arena_raw(&b->flow->arena, TEXT_BLOCK, 1);
		b->text_left = b->text_at ? TEXT_BLOCK : 0;
		if (!b->text_at) {
			b->nomem = true;
			return NULL;
		}
	}
	p = b->text_at;
	if (length)
		memcpy(p, text, length);
	p[length] = '\0';
	b->text_at += length + 1;
	b->text_left -= length + 1;
	return p;
}

/* Index of a name, its text kept where it is new. *added tells so. Blanks at its ends are no part of it. */
static size_t intern(struct bpr_builder *b, struct bpr_names *names, const char *name, size_t length, bool *added)
{
	const char *kept;
	size_t at;

	length = bpr_i_utf8_trim(&name, length);
	at = bpr_i_names_find(names, name, length);
	*added = false;
	if (at != BPR_NONE)
		return at;
	kept = bpr_i_builder_text(b, name, length);
	at = kept ? bpr_i_names_add(names, kept, length, added) : BPR_NONE;
	b->nomem |= at == BPR_NONE;
	return at;
}

/* The same for a table of things: *items has room for the new one, cleared. */
static size_t intern_item(struct bpr_builder *b, struct bpr_names *names, const char *name, size_t length, void *items,
			  size_t *capacity, size_t size, bool *added)
{
	void **at = items;
	size_t index;

	*added = false;
	if (!bpr_i_grow(items, capacity, names->count + 1, size)) {
		b->nomem = true;
		return BPR_NONE;
	}
	index = intern(b, names, name, length, added);
	if (*added)
		memset((char *)*at + index * size, 0, size);
	return index;
}

size_t bpr_i_build_id(struct bpr_builder *b, const char *id, size_t length)
{
	struct bpr_flow *flow = b->flow;
	bool added;
	size_t at;

	if (!bpr_i_grow(&flow->id_nodes, &b->id_capacity, flow->ids.count + 1, sizeof(*flow->id_nodes))) {
		b->nomem = true;
		return BPR_NONE;
	}
	at = intern(b, &flow->ids, id, length, &added);
	if (added)
		flow->id_nodes[at] = BPR_NONE;
	return at;
}

/* "ID (2)", "ID (3)" …: the first that no node has; BPR_NONE out of memory. */
static size_t another_id(struct bpr_builder *b, const char *id, size_t length)
{
	size_t at = BPR_NONE;

	for (size_t i = 2; at == BPR_NONE || b->flow->id_nodes[at] != BPR_NONE; i++) {
		struct bpr_buf text = BPR_BUF_INIT;

		bpr_i_buf_add(&text, id, length);
		bpr_i_buf_printf(&text, " (%zu)", i);
		at = text.failed ? BPR_NONE : bpr_i_build_id(b, text.data, text.length);
		b->nomem |= at == BPR_NONE;
		bpr_i_buf_release(&text);
		if (at == BPR_NONE)
			break;
	}
	return at;
}

/* Gives the node its id; a problem where it has none or another has it. */
static void name_node(struct bpr_builder *b, size_t node, const char *id, size_t length, const struct bpr_place *place)
{
	struct bpr_node *n = &b->flow->nodes[node];
	size_t at;

	length = bpr_i_utf8_trim(&id, length);
	if (!length) {
		bpr_i_build_note(b, BPR_I_F002, place, NULL, NULL, NULL, NULL);
		return;
	}
	at = bpr_i_build_id(b, id, length);
	if (at == BPR_NONE)
		return;
	if (b->flow->id_nodes[at] != BPR_NONE) {
		char line[32];

		(void)snprintf(line, sizeof(line), "%zu", b->flow->nodes[b->flow->id_nodes[at]].line);
		bpr_i_build_note(b, BPR_I_F001, place, bpr_i_short(id, length).text, line, NULL, NULL);
		at = bpr_i_build_forgives(b) ? another_id(b, id, length) : BPR_NONE;
		if (at == BPR_NONE)
			return;
	}
	b->flow->id_nodes[at] = node;
	b->flags[node] &= (unsigned char)~BPR_DRAFT_NAMELESS;
	n->id = b->flow->ids.items[at].key;
}

bpr_status bpr_i_builder_node(bpr_builder *b, enum bpr_node_kind kind, const char *id, size_t id_length,
			      const struct bpr_place *place, size_t *node)
{
	struct bpr_flow *flow = b->flow;
	size_t at = flow->node_count;
	char limit[32];

	if (at >= b->options.max_nodes) {
		(void)snprintf(limit, sizeof(limit), "%zu", b->options.max_nodes);
		bpr_i_build_note(b, BPR_I_F022, place, limit, NULL, NULL, NULL);
		return b->nomem ? BPR_ENOMEM : BPR_ELIMIT;
	}
	if (!bpr_i_grow(&flow->nodes, &b->node_capacity, at + 1, sizeof(*flow->nodes)) ||
	    !bpr_i_grow(&b->flags, &b->flag_capacity, at + 1, 1)) {
		b->nomem = true;
		return BPR_ENOMEM;
	}
	flow->nodes[at] = (struct bpr_node){
		.id = "", .name = "", .line = place ? place->line : 0, .kind = kind, .prob = (double)NAN, .repeat = 1, .batch = 1, .host = BPR_NONE,
		.scope = BPR_NONE, .unit = BPR_NONE, .counter = BPR_NONE, .system = BPR_NONE,
	};
	b->flags[at] = BPR_DRAFT_NAMELESS;
	flow->node_count++;
	name_node(b, at, id, id_length, place);
	if (node)
		*node = at;
	return bpr_i_build_status(b);
}

struct bpr_node *bpr_i_builder_draft(bpr_builder *b, size_t node)
{
	return &b->flow->nodes[node];
}

void bpr_i_builder_exclusive(bpr_builder *b, size_t node)
{
	b->flags[node] |= BPR_DRAFT_EXCLUSIVE;
}

static bpr_status add_arc(struct bpr_builder *b, const struct bpr_draft_arc *arc)
{
	if (!bpr_i_grow(&b->arcs, &b->arc_capacity, b->arc_count + 1, sizeof(*b->arcs))) {
		b->nomem = true;
		return BPR_ENOMEM;
	}
	b->arcs[b->arc_count++] = *arc;
	return bpr_i_build_status(b);
}

static uint32_t short_line(size_t line)
{
	return line < UINT32_MAX ? (uint32_t)line : 0;
}

bpr_status bpr_i_builder_arc(bpr_builder *b, size_t from, size_t to, double share, const char *id, const char *name,
			     const struct bpr_place *place)
{
	struct bpr_draft_arc arc = { .from = from, .to = to, .share = share, .line = short_line(place ? place->line : 0) };

	if (id)
		arc.id = bpr_i_builder_text(b, id, strlen(id));
	if (name)
		arc.name = bpr_i_builder_text(b, name, strlen(name));
	bpr_i_build_origin_arc(b, &arc, b->flow->nodes[to].id, strlen(b->flow->nodes[to].id), place);
	return add_arc(b, &arc);
}

void bpr_i_builder_percent(bpr_builder *b)
{
	if (b->arc_count)
		b->arcs[b->arc_count - 1].flags |= BPR_ARC_PERCENT;
}

/* Does it look like a share? Only then is what stands behind a colon not a part of the id. */
static bool starts_like_number(const char *text, size_t length)
{
	static const char *const signs[] = { "▲", "△", "−", "約", "．", "－" };

	if (!length)
		return false;
	if ((text[0] >= '0' && text[0] <= '9') || text[0] == '.' || text[0] == '-' || text[0] == '+')
		return true;
	if (length < 3)
		return false;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (!memcmp(text, signs[i], 3))
			return true;
	return !memcmp(text, "\xef\xbc", 2) && (unsigned char)text[2] >= 0x90 && (unsigned char)text[2] <= 0x99; /* ０ to ９ */
}

bpr_status bpr_i_build_next(struct bpr_builder *b, size_t node, const char *text, size_t length, const struct bpr_place *place)
{
	const char *item;
	size_t n;

	while (bpr_i_next_item(&text, &length, &item, &n)) {
		struct bpr_draft_arc arc = { .from = node, .share = (double)NAN, .line = short_line(place->line), .flags = BPR_ARC_NAMED };
		const char *tail;
		size_t name_length;
		size_t tail_length;
		struct bpr_short whole;
		bool percent;

		whole = bpr_i_short(item, n);
		bpr_i_split_colon(item, n, &name_length, &tail, &tail_length);
		if (tail)
			tail_length = bpr_i_utf8_trim(&tail, tail_length);
		if (tail && starts_like_number(tail, tail_length)) {
			if (!bpr_i_parse_share(tail, tail_length, &arc.share, &percent, b->problems, place))
				b->error_count++;
			else if (percent)
				arc.flags |= BPR_ARC_PERCENT;
			n = bpr_i_utf8_trim(&item, name_length);
		}
		n = bpr_i_unquote(b, &item, n);
		if (!n) {
			bpr_i_build_note(b, BPR_I_F027, place, whole.text, place->where, NULL, NULL);
			continue;
		}
		arc.to = bpr_i_build_id(b, item, n);
		bpr_i_build_origin_arc(b, &arc, item, n, place);
		if (arc.to == BPR_NONE || add_arc(b, &arc) != BPR_OK)
			return BPR_ENOMEM;
	}
	return bpr_i_build_status(b);
}

size_t bpr_i_builder_unit(bpr_builder *b, const char *name, size_t length, size_t parent)
{
	bool added;
	size_t at = intern_item(b, &b->unit_names, name, length, &b->flow->units, &b->unit_capacity, sizeof(*b->flow->units), &added);

	if (added)
		b->flow->units[at] = (struct bpr_unit){ b->unit_names.items[at].key, parent };
	else if (at != BPR_NONE && parent != BPR_NONE && b->flow->units[at].parent == BPR_NONE && parent != at)
		b->flow->units[at].parent = parent;
	return at;
}

size_t bpr_i_builder_counter(bpr_builder *b, const char *name, size_t length)
{
	bool added;
	size_t at = intern_item(b, &b->counter_names, name, length, &b->flow->counters, &b->counter_capacity, sizeof(*b->flow->counters), &added);

	if (added)
		b->flow->counters[at] = (struct bpr_counter){ .name = b->counter_names.items[at].key, .building = "", .floor = "", .open.text = "" };
	return at;
}

static size_t add_form(struct bpr_builder *b, const char *id, size_t length)
{
	bool added;
	size_t at = intern_item(b, &b->form_names, id, length, &b->forms, &b->form_capacity, sizeof(*b->forms), &added);

	if (added)
		b->forms[at].form = (struct bpr_form){ .id = b->form_names.items[at].key, .name = "" };
	return at;
}

/* Form that goes by this id or name, or BPR_NONE. *alias: by another than its own. */
static size_t find_form(const struct bpr_builder *b, const char *id, size_t length, size_t *alias)
{
	size_t at = bpr_i_names_find(&b->form_names, id, length);

	*alias = at == BPR_NONE ? bpr_i_names_find(&b->form_aliases, id, length) : BPR_NONE;
	return *alias == BPR_NONE ? at : b->alias_forms[*alias];
}

size_t bpr_i_builder_form(bpr_builder *b, const char *id, size_t length)
{
	size_t alias;
	size_t at = find_form(b, id, length, &alias);
	struct bpr_form *form;

	if (at == BPR_NONE)
		return add_form(b, id, length);
	form = &b->forms[at].form;
	if (alias != BPR_NONE && form->id == b->form_names.items[at].key) {
		form->id = b->form_aliases.items[alias].key;
		form->name = *form->name ? form->name : b->form_names.items[at].key;
	}
	return at;
}

static void add_alias(struct bpr_builder *b, size_t form, const char *text, size_t length)
{
	size_t alias;
	bool added;

	if (!length || find_form(b, text, length, &alias) != BPR_NONE)
		return;
	alias = intern_item(b, &b->form_aliases, text, length, &b->alias_forms, &b->alias_capacity, sizeof(*b->alias_forms), &added);
	if (alias != BPR_NONE)
		b->alias_forms[alias] = form;
}

size_t bpr_i_builder_form_named(bpr_builder *b, const char *id, size_t id_length, const char *name, size_t name_length)
{
	size_t alias;
	size_t at = find_form(b, id, id_length, &alias);

	if (at == BPR_NONE && name_length)
		at = find_form(b, name, name_length, &alias);
	if (at == BPR_NONE)
		at = name_length ? add_form(b, name, name_length) : add_form(b, id, id_length);
	if (at == BPR_NONE)
		return BPR_NONE;
	add_alias(b, at, id, id_length);
	if (name_length && find_form(b, name, name_length, &alias) == BPR_NONE && !*b->forms[at].form.name)
		b->forms[at].form.name = bpr_i_builder_text(b, name, name_length);
	add_alias(b, at, name, name_length);
	return b->nomem ? BPR_NONE : at;
}

size_t bpr_i_builder_pool(bpr_builder *b, const char *name, size_t length)
{
	bool added;
	size_t at = intern_item(b, &b->pool_names, name, length, &b->flow->pools, &b->pool_capacity, sizeof(*b->flow->pools), &added);

	if (added)
		b->flow->pools[at] = (struct bpr_pool){ .name = b->pool_names.items[at].key, .hours = "", .unit = BPR_NONE };
	return at;
}

size_t bpr_i_build_field(struct bpr_builder *b, const char *name, size_t length)
{
	bool added;
	size_t at = intern_item(b, &b->field_names, name, length, &b->flow->fields, &b->field_capacity, sizeof(*b->flow->fields), &added);

	if (added)
		b->flow->fields[at] = (struct bpr_field){ b->field_names.items[at].key, "" };
	return at;
}

size_t bpr_i_build_system(struct bpr_builder *b, const char *name, size_t length)
{
	bool added;
	size_t at = intern_item(b, &b->system_names, name, length, &b->flow->systems, &b->system_capacity, sizeof(*b->flow->systems), &added);

	if (added)
		b->flow->systems[at] = (struct bpr_system){ b->system_names.items[at].key };
	return at;
}

/*
 * Room for one more behind `count` items; *list is only replaced where count is 0 or a power of two, so that long lists
 * cost no more than twice their length. What stands there twice is taken out at the end.
 */
static void *append(struct bpr_builder *b, const void *list, size_t count, size_t size)
{
	void *more;

	if (count & (count - 1))
		return (void *)(uintptr_t)list; /* const for readers; made here */
	more = bpr_i_arena_raw(&b->flow->arena, count ? 2 * count : 1, size);
	if (!more)
		b->nomem = true;
	else if (count)
		memcpy(more, list, count * size);
	return more;
}

bpr_status bpr_i_builder_use_form(bpr_builder *b, size_t node, enum bpr_form_use use, size_t form)
{
	struct bpr_node *n = &b->flow->nodes[node];
	const size_t **list = use == BPR_FORM_WRITES ? &n->writes : use == BPR_FORM_READS ? &n->reads : &n->issues;
	size_t *count = use == BPR_FORM_WRITES ? &n->write_count : use == BPR_FORM_READS ? &n->read_count : &n->issue_count;
	size_t *more = append(b, *list, *count, sizeof(*more));

	if (more) {
		more[(*count)++] = form;
		*list = more;
	}
	return bpr_i_build_status(b);
}

bpr_status bpr_i_builder_need(bpr_builder *b, size_t node, size_t pool, size_t count)
{
	struct bpr_node *n = &b->flow->nodes[node];
	struct bpr_need *more = append(b, n->needs, n->need_count, sizeof(*more));

	if (more) {
		more[n->need_count++] = (struct bpr_need){ pool, count ? count : 1 };
		n->needs = more;
	}
	return bpr_i_build_status(b);
}

bpr_status bpr_i_builder_duration(bpr_builder *b, size_t node, bool work, const struct bpr_dist *dist)
{
	struct bpr_dist *copy = bpr_i_arena_alloc(&b->flow->arena, 1, sizeof(*copy));
	double *values = NULL;

	if (!copy)
		goto nomem;
	*copy = *dist;
	if (dist->value_count) {
		values = bpr_i_arena_raw(&b->flow->arena, dist->value_count, sizeof(*values));
		if (!values)
			goto nomem;
		memcpy(values, dist->values, dist->value_count * sizeof(*values));
		copy->values = values;
	}
	if (dist->source) {
		copy->source = bpr_i_builder_text(b, dist->source, strlen(dist->source));
		if (!copy->source)
			goto nomem;
	}
	if (work)
		b->flow->nodes[node].work = copy;
	else
		b->flow->nodes[node].wait = copy;
	return bpr_i_build_status(b);
nomem:
	b->nomem = true;
	return BPR_ENOMEM;
}

struct bpr_demand *bpr_i_builder_demand(bpr_builder *b)
{
	return &b->flow->demand;
}

void bpr_i_builder_first_source(bpr_builder *b, const char *text, size_t length)
{
	b->flow->first_source = bpr_i_builder_text(b, text, length);
}
