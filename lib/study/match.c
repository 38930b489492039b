/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which step of the after is which step of the before: by id, then by name and place, then by a name that only one step
 * on each side has. Each pass takes only steps that are still alone; equal keys are paired in their order.
 */
#include "config.h"
#include "study/comparison_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum key { KEY_ID, KEY_NAME_COUNTER, KEY_NAME_UNIT, KEY_NAME };

struct match {
	const bpr_flow *flow[2];           /* before, after */
	const struct bpr_node_result *result[2];
	size_t count[2];
	size_t *partner[2];                /* [count]: node on the other side, or BPR_NONE */
	struct bpr_arena keys;             /* of the pass that runs */
};

const char *bpr_step_difference_name(size_t bit)
{
	static const char *const names[BPR_DIFFERS_COUNT] = { "name", "unit", "counter", "actor", "work", "wait", "writes",
							      "seals", "id_checks", "copies", "rules", "visits", "cost",
							      "staff", "system" };

	return bit < BPR_DIFFERS_COUNT ? names[bit] : NULL;
}

static const char *unit_name(const bpr_flow *flow, size_t unit)
{
	return unit == BPR_NONE ? "" : bpr_flow_unit(flow, unit)->name;
}

static const char *counter_name(const bpr_flow *flow, size_t counter)
{
	return counter == BPR_NONE ? "" : bpr_flow_counter(flow, counter)->name;
}

/* ---- passes ---- */

/* Key of a step in this pass, kept in the arena unless it is the flow's own; "" where it has none. NULL: out of memory. */
static const char *key_of(struct match *m, size_t side, size_t node, enum key key)
{
	const struct bpr_node *n = bpr_flow_node(m->flow[side], node);
	const char *place;
	size_t name_length = strlen(n->name);
	char *text;

	if (key == KEY_ID)
		return n->id;
	if (key == KEY_NAME || !name_length)
		return n->name;
	place = key == KEY_NAME_COUNTER ? counter_name(m->flow[side], n->counter) : unit_name(m->flow[side], n->unit);
	if (!*place)
		return "";
	text = bpr_i_arena_raw(&m->keys, name_length + strlen(place) + 2, 1);
	if (!text)
		return NULL;
	memcpy(text, n->name, name_length);
	text[name_length] = '\x1f';
	memcpy(text + name_length + 1, place, strlen(place) + 1);
	return text;
}

static bool is_alone(const struct match *m, size_t side, size_t node)
{
	return m->partner[side][node] == BPR_NONE && bpr_node_is_step(bpr_flow_node(m->flow[side], node));
}

/* Steps of one side by key: the first one of each, and the next one with the same key. */
struct index {
	struct bpr_names names;
	size_t *first, *last, *uses; /* by name */
	size_t *next;                /* by node */
};

static void index_release(struct index *index)
{
	bpr_i_names_release(&index->names);
	bpr_i_free(index->first);
	bpr_i_free(index->last);
	bpr_i_free(index->uses);
	bpr_i_free(index->next);
}

static bool index_build(struct index *index, struct match *m, size_t side, enum key key)
{
	size_t count = m->count[side];

	*index = (struct index){ .first = bpr_i_calloc(count, sizeof(size_t)), .last = bpr_i_calloc(count, sizeof(size_t)),
				 .uses = bpr_i_calloc(count, sizeof(size_t)), .next = bpr_i_calloc(count, sizeof(size_t)) };
	if (!index->first || !index->last || !index->uses || !index->next)
		return false;
	for (size_t node = 0; node < count; node++) {
		const char *text;
		size_t name;
		bool added;

		if (!is_alone(m, side, node))
			continue;
		text = key_of(m, side, node, key);
		if (!text)
			return false;
		if (!*text)
			continue;
		name = bpr_i_names_add(&index->names, text, strlen(text), &added);
		if (name == BPR_NONE)
			return false;
		if (added)
			index->first[name] = node;
		else
			index->next[index->last[name]] = node;
		index->last[name] = node;
		index->next[node] = BPR_NONE;
		index->uses[name]++;
	}
	return true;
}

/* Pairs steps of equal keys, one after the other; unique: only where each side has one. */
static void pair_up(struct match *m, struct index *before, struct index *after, bool unique)
{
	for (size_t name = 0; name < before->names.count; name++) {
		size_t other = bpr_i_names_find(&after->names, before->names.items[name].key, before->names.items[name].length);
		size_t b = before->first[name];
		size_t a;

		if (other == BPR_NONE || (unique && (before->uses[name] != 1 || after->uses[other] != 1)))
			continue;
		for (a = after->first[other]; a != BPR_NONE && b != BPR_NONE; a = after->next[a], b = before->next[b]) {
			m->partner[0][b] = a;
			m->partner[1][a] = b;
		}
	}
}

static bool pass(struct match *m, enum key key)
{
	struct index before = { 0 };
	struct index after = { 0 };
	bool ok = index_build(&before, m, 0, key) && index_build(&after, m, 1, key);

	if (ok)
		pair_up(m, &before, &after, key == KEY_NAME);
	index_release(&before);
	index_release(&after);
	bpr_i_arena_release(&m->keys);
	m->keys = (struct bpr_arena){ 0 };
	return ok;
}

/* ---- differences ---- */

static bool differs(double a, double b)
{
	return fabs(a - b) > 1e-9 * fmax(fabs(a), fabs(b));
}

static bool dist_differs(const struct bpr_dist *a, const struct bpr_dist *b)
{
	return differs(bpr_dist_mean(a), bpr_dist_mean(b)) || differs(bpr_dist_var(a), bpr_dist_var(b)) ||
	       (a && b && a->kind != b->kind);
}

/* Fields that a citizen writes on a form, in all. */
static double fields_of(const struct bpr_form *form)
{
	double fields = 0;

	for (size_t i = 0; i < form->field_count; i++)
		fields += form->fields[i].prefilled ? 0 : form->fields[i].times;
	return fields;
}

static bool writes_differ(const bpr_flow *bf, const struct bpr_node *b, const bpr_flow *af, const struct bpr_node *a)
{
	if (b->write_count != a->write_count)
		return true;
	for (size_t i = 0; i < b->write_count; i++) {
		const struct bpr_form *x = bpr_flow_form(bf, b->writes[i]);
		bool found = false;

		for (size_t k = 0; k < a->write_count && !found; k++) {
			const struct bpr_form *y = bpr_flow_form(af, a->writes[k]);

			found = !strcmp(x->id, y->id) && !differs(fields_of(x), fields_of(y));
		}
		if (!found)
			return true;
	}
	return false;
}

static bool staff_differs(const bpr_flow *bf, const struct bpr_node *b, const bpr_flow *af, const struct bpr_node *a)
{
	if (b->need_count != a->need_count)
		return true;
	for (size_t i = 0; i < b->need_count; i++)
		if (b->needs[i].count != a->needs[i].count ||
		    strcmp(bpr_flow_pool(bf, b->needs[i].pool)->name, bpr_flow_pool(af, a->needs[i].pool)->name) != 0)
			return true;
	return false;
}

static const char *system_name(const bpr_flow *flow, size_t system)
{
	return system == BPR_NONE ? "" : bpr_flow_system(flow, system)->name;
}

static unsigned differences(const struct match *m, size_t before, size_t after)
{
	const bpr_flow *bf = m->flow[0];
	const bpr_flow *af = m->flow[1];
	const struct bpr_node *b = bpr_flow_node(bf, before);
	const struct bpr_node *a = bpr_flow_node(af, after);
	unsigned bits = 0;

	bits |= strcmp(b->name, a->name) ? BPR_DIFFERS_NAME : 0;
	bits |= strcmp(unit_name(bf, b->unit), unit_name(af, a->unit)) ? BPR_DIFFERS_UNIT : 0;
	bits |= strcmp(counter_name(bf, b->counter), counter_name(af, a->counter)) ? BPR_DIFFERS_COUNTER : 0;
	bits |= b->actor != a->actor ? BPR_DIFFERS_ACTOR : 0;
	bits |= dist_differs(b->work, a->work) ? BPR_DIFFERS_WORK : 0;
	bits |= dist_differs(b->wait, a->wait) ? BPR_DIFFERS_WAIT : 0;
	bits |= writes_differ(bf, b, af, a) ? BPR_DIFFERS_WRITES : 0;
	bits |= differs(b->seals, a->seals) ? BPR_DIFFERS_SEALS : 0;
	bits |= differs(b->id_checks, a->id_checks) ? BPR_DIFFERS_ID_CHECKS : 0;
	bits |= differs(b->copies, a->copies) ? BPR_DIFFERS_COPIES : 0;
	bits |= b->rules != a->rules ? BPR_DIFFERS_RULES : 0;
	bits |= differs(m->result[0][before].visits, m->result[1][after].visits) ? BPR_DIFFERS_VISITS : 0;
	bits |= differs(b->cost, a->cost) ? BPR_DIFFERS_COST : 0;
	bits |= staff_differs(bf, b, af, a) ? BPR_DIFFERS_STAFF : 0;
	bits |= strcmp(system_name(bf, b->system), system_name(af, a->system)) ? BPR_DIFFERS_SYSTEM : 0;
	return bits;
}

/* ---- the list ---- */

static void list_pairs(const struct match *m, bpr_comparison *c)
{
	for (size_t node = 0; node < m->count[0]; node++) {
		struct bpr_step_pair pair = { BPR_STEP_REMOVED, node, m->partner[0][node], 0 };

		if (!bpr_node_is_step(bpr_flow_node(m->flow[0], node)))
			continue;
		if (pair.after != BPR_NONE) {
			pair.differs = differences(m, node, pair.after);
			pair.change = pair.differs ? BPR_STEP_CHANGED : BPR_STEP_SAME;
		}
		c->pairs[c->pair_count++] = pair;
	}
	for (size_t node = 0; node < m->count[1]; node++)
		if (is_alone(m, 1, node))
			c->pairs[c->pair_count++] = (struct bpr_step_pair){ BPR_STEP_ADDED, BPR_NONE, node, 0 };
}

bpr_status bpr_i_comparison_match(bpr_comparison *c, const bpr_flow *before, const bpr_analysis *before_analysis,
				  const bpr_flow *after, const bpr_analysis *after_analysis)
{
	struct match m = { .flow = { before, after },
			   .result = { bpr_analysis_nodes(before_analysis), bpr_analysis_nodes(after_analysis) },
			   .count = { bpr_flow_node_count(before), bpr_flow_node_count(after) } };
	bpr_status status = BPR_ENOMEM;

	c->pairs = bpr_i_calloc(m.count[0] + m.count[1], sizeof(*c->pairs));
	for (size_t side = 0; side < 2; side++) {
		m.partner[side] = bpr_i_calloc(m.count[side], sizeof(size_t));
		for (size_t node = 0; m.partner[side] && node < m.count[side]; node++)
			m.partner[side][node] = BPR_NONE;
	}
	if (!c->pairs || !m.partner[0] || !m.partner[1])
		goto out;
	if (pass(&m, KEY_ID) && pass(&m, KEY_NAME_COUNTER) && pass(&m, KEY_NAME_UNIT) && pass(&m, KEY_NAME)) {
		list_pairs(&m, c);
		status = BPR_OK;
	}
out:
	bpr_i_free(m.partner[0]);
	bpr_i_free(m.partner[1]);
	bpr_i_arena_release(&m.keys);
	return status;
}
