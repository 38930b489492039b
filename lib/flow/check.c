/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left to find once a flow is complete: ends, values where none belong, forms without fields, names that lead nowhere. */
#include "config.h"
#include "flow/builder_i.h"
#include <string.h>

/* Marks what cases can get to, ignoring probabilities; true where an end is among it. */
static bool reaches_end(const struct bpr_flow *flow, unsigned char *seen, size_t *queue)
{
	size_t head = 0;
	size_t tail = 0;
	bool end = false;

	for (size_t i = 0; i < flow->node_count; i++)
		if (flow->nodes[i].kind == BPR_NODE_START) {
			seen[i] = 1;
			queue[tail++] = i;
		}
	while (head < tail) {
		const struct bpr_node *node = &flow->nodes[queue[head]];
		size_t count;
		const size_t *events = bpr_flow_boundary(flow, queue[head++], &count);

		end |= node->kind == BPR_NODE_END;
		for (size_t i = 0; i < node->out_count + count; i++) {
			size_t to = i < node->out_count ? flow->arcs[node->first_out + i].to : events[i - node->out_count];

			if (!seen[to]) {
				seen[to] = 1;
				queue[tail++] = to;
			}
		}
	}
	return end;
}

/* At the first step that a case gets to and cannot end after. */
static void note_no_end(struct bpr_builder *b, const unsigned char *seen)
{
	size_t at = 0;
	struct bpr_place place;

	while (at < b->flow->node_count && (!seen[at] || b->flow->nodes[at].kind == BPR_NODE_START))
		at++;
	if (at < b->flow->node_count)
		place = bpr_i_build_place(b, at);
	bpr_i_build_note(b, BPR_I_F013, at < b->flow->node_count ? &place : NULL, NULL, NULL, NULL, NULL);
}

static void check_ends(struct bpr_builder *b)
{
	size_t n = b->flow->node_count;
	unsigned char *seen = bpr_i_calloc(n, 1);
	size_t *queue = bpr_i_calloc(n, sizeof(*queue));

	if (!seen || !queue)
		b->nomem = true;
	else if ((!b->error_count || bpr_i_build_forgives(b)) && !reaches_end(b->flow, seen, queue))
		note_no_end(b, seen);
	bpr_i_free(seen);
	bpr_i_free(queue);
}

/* The first column with a value that only a step can carry, or NULL. */
static const char *step_value(const struct bpr_node *n)
{
	const struct { const char *column; bool given; } values[] = {
		{ "work", n->work }, { "wait", n->wait }, { "staff", n->need_count }, { "counter", n->counter != BPR_NONE },
		{ "writes", n->write_count }, { "reads", n->read_count }, { "issues", n->issue_count }, { "seals", n->seals > 0 },
		{ "id_checks", n->id_checks > 0 }, { "copies", n->copies > 0 }, { "rules", n->rules }, { "system", n->system != BPR_NONE },
		{ "away", n->away }, { "cost", n->cost > 0 }, { "priority", n->priority > 0 }, { "patience", n->patience }, { "batch", n->batch > 1 },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (values[i].given)
			return values[i].column;
	return NULL;
}

/* Takes them off, so that no analysis need ask. */
static void strip(struct bpr_node *n)
{
	n->work = n->wait = n->patience = NULL;
	n->priority = n->batch_wait = 0;
	n->batch = 1;
	n->need_count = n->write_count = n->read_count = n->issue_count = 0;
	n->counter = n->system = BPR_NONE;
	n->seals = n->id_checks = n->copies = n->cost = 0;
	n->rules = 0;
	n->away = false;
}

static void check_node(struct bpr_builder *b, size_t i)
{
	struct bpr_node *node = &b->flow->nodes[i];
	bool step = node->kind == BPR_NODE_TASK || node->kind == BPR_NODE_EVENT;
	const char *column = step ? NULL : step_value(node);
	struct bpr_place place = bpr_i_build_place(b, i);
	size_t count;

	if (column) {
		bpr_i_build_note(b, BPR_I_F028, &place, place.where, column, NULL, NULL);
		strip(node);
	}
	if (node->kind == BPR_NODE_END && node->out_count && !(b->flags[i] & BPR_DRAFT_BROKEN))
		bpr_i_build_note(b, BPR_I_F012, &place, place.where, b->flow->nodes[b->flow->arcs[node->first_out].to].id, NULL, NULL);
	if (node->kind == BPR_NODE_START && (bpr_flow_arcs_in(b->flow, i, &count), count))
		bpr_i_build_note(b, BPR_I_F025, &place, place.where, NULL, NULL, NULL);
}

/* Pools that steps need, where a staff table names others: a slip of the pen makes a pool without limit. */
static void check_pools(struct bpr_builder *b)
{
	bool table = false;

	for (size_t i = 0; i < b->pool_names.count; i++)
		table |= b->flow->pools[i].count > 0;
	for (size_t i = 0; table && i < b->pool_names.count; i++) {
		struct bpr_place place = { .file = b->flow->source, .where = b->flow->pools[i].name };

		if (!b->flow->pools[i].count)
			bpr_i_build_note(b, BPR_I_F032, &place, b->flow->pools[i].name, NULL, NULL, NULL);
	}
}

/* Counters of the companion that no step names: most likely written differently. */
static void check_counters(struct bpr_builder *b)
{
	size_t count = b->counter_names.count;
	unsigned char *used = bpr_i_calloc(count, 1);

	if (!used) {
		b->nomem = true;
		return;
	}
	for (size_t i = 0; i < b->flow->node_count; i++)
		if (b->flow->nodes[i].counter != BPR_NONE)
			used[b->flow->nodes[i].counter] = 1;
	for (size_t i = 0; i < count; i++) {
		struct bpr_place place = { .file = b->flow->source, .where = b->flow->counters[i].name };

		if (!used[i])
			bpr_i_build_note(b, BPR_I_F031, &place, b->flow->counters[i].name, NULL, NULL, NULL);
	}
	bpr_i_free(used);
}

void bpr_i_build_check(struct bpr_builder *b)
{
	for (size_t i = 0; i < b->flow->node_count; i++)
		check_node(b, i);
	check_ends(b);
	check_pools(b);
	check_counters(b);
	bpr_i_build_demand(b);
}

/* The one field of a form that lists none: named as the form, or so that no other field has the name. */
static bool assume_field(struct bpr_builder *b, struct bpr_draft_form *form)
{
	struct bpr_form_field *fields = bpr_i_arena_alloc(&b->flow->arena, 1, sizeof(*fields));
	struct bpr_buf name = BPR_BUF_INIT;

	if (!fields)
		return false;
	bpr_i_buf_puts(&name, form->form.id);
	while (!name.failed && bpr_i_names_find(&b->field_names, name.data ? name.data : "", name.length) != BPR_NONE)
		bpr_i_buf_puts(&name, " *");
	fields[0] = (struct bpr_form_field){ name.failed ? BPR_NONE : bpr_i_build_field(b, name.data ? name.data : "", name.length), 1, false };
	bpr_i_buf_release(&name);
	form->fields = fields;
	form->form.field_count = 1;
	form->form.assumed = true;
	return fields[0].field != BPR_NONE;
}

/* Each index once, in the order of first mention. `stamp` holds no `mark` yet. */
static size_t once(const size_t *list, size_t count, size_t *stamp, size_t mark)
{
	size_t *items = (size_t *)(uintptr_t)list; /* const for readers; made here */
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (stamp[items[i]] == mark)
			continue;
		stamp[items[i]] = mark;
		items[kept++] = items[i];
	}
	return kept;
}

/* Each pool once, with the count that was given last. place[pool] - 1 is where it stands in the list being made. */
static size_t once_need(const struct bpr_need *list, size_t count, size_t *place)
{
	struct bpr_need *items = (struct bpr_need *)(uintptr_t)list;
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		size_t at = place[items[i].pool];

		if (at) {
			items[at - 1].count = items[i].count;
			continue;
		}
		items[kept++] = items[i];
		place[items[i].pool] = kept;
	}
	for (size_t i = 0; i < kept; i++)
		place[items[i].pool] = 0;
	return kept;
}

static bool lists_once(struct bpr_builder *b)
{
	size_t *stamp = bpr_i_calloc(b->form_names.count, sizeof(*stamp));
	size_t *place = bpr_i_calloc(b->pool_names.count, sizeof(*place));
	bool ok = stamp && place;

	for (size_t i = 0; ok && i < b->flow->node_count; i++) {
		struct bpr_node *n = &b->flow->nodes[i];

		if (n->write_count > 1)
			n->write_count = once(n->writes, n->write_count, stamp, 3 * i + 1);
		if (n->read_count > 1)
			n->read_count = once(n->reads, n->read_count, stamp, 3 * i + 2);
		if (n->issue_count > 1)
			n->issue_count = once(n->issues, n->issue_count, stamp, 3 * i + 3);
		if (n->need_count > 1)
			n->need_count = once_need(n->needs, n->need_count, place);
	}
	bpr_i_free(stamp);
	bpr_i_free(place);
	return ok;
}

enum { FORM_USED = 1, FORM_WRITTEN = 2 };

static void mark_forms(const struct bpr_flow *flow, unsigned char *used)
{
	for (size_t i = 0; i < flow->node_count; i++) {
		const struct bpr_node *n = &flow->nodes[i];

		for (size_t k = 0; k < n->write_count; k++)
			used[n->writes[k]] |= FORM_USED | FORM_WRITTEN;
		for (size_t k = 0; k < n->read_count; k++)
			used[n->reads[k]] |= FORM_USED;
		for (size_t k = 0; k < n->issue_count; k++)
			used[n->issues[k]] |= FORM_USED;
	}
}

void bpr_i_build_forms(struct bpr_builder *b)
{
	size_t count = b->form_names.count;
	unsigned char *used = bpr_i_calloc(count, 1);

	if (!used || !lists_once(b)) {
		bpr_i_free(used);
		b->nomem = true;
		return;
	}
	mark_forms(b->flow, used);
	for (size_t i = 0; i < count && !b->nomem; i++) {
		struct bpr_place place = { .file = b->flow->source, .where = b->forms[i].form.id };

		if (!used[i])
			bpr_i_build_note(b, BPR_I_F036, &place, b->forms[i].form.id, NULL, NULL, NULL);
		if (b->forms[i].form.field_count)
			continue;
		if (!assume_field(b, &b->forms[i]))
			b->nomem = true;
		if (used[i] & FORM_WRITTEN) /* forms that are only read or handed out need no fields */
			bpr_i_build_note(b, BPR_I_F018, &place, b->forms[i].form.id, NULL, NULL, NULL);
	}
	bpr_i_free(used);
}
