/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An override of an edit goes through a builder that knows the names of the edit, and the one thing that the override is about:
 * what the cell says then is taken over. Memory of what is new is the edit's from the beginning.
 */
#include "config.h"
#include "flow/edit_set_i.h"
#include "flow/edit_inside_i.h"
#include "flow/schedule_i.h"
#include <math.h>
#include <string.h>

struct thaw {
	struct bpr_edit *edit;
	struct bpr_edit_set *set;
	struct bpr_builder *b;
	size_t *nodes;            /* [builder's nodes]: those of the edit */
};

static bool begin(struct thaw *t)
{
	const struct bpr_build_options options = { .max_nodes = (size_t)-1, .max_field = (size_t)1 << 16 };

	if (bpr_i_builder_new(&t->b, t->set->place.file, "", "", &options, t->set->problems, NULL))
		return false;
	(void)bpr_i_builder_from(t->b, "set");
	return true;
}

/* The builder goes, what it made stays with the edit. False: out of memory. */
static bool end(struct thaw *t)
{
	bool ok = t->b && !t->b->nomem;

	if (!t->b)
		return false;
	bpr_i_arena_join(&t->edit->shared->arena, &t->b->flow->arena);
	bpr_i_builder_free(t->b);
	bpr_i_free(t->nodes);
	t->b = NULL;
	t->nodes = NULL;
	return ok;
}

/* ---- what the builder must know ---- */

static bool know_names(struct thaw *t)
{
	struct bpr_edit *e = t->edit;
	const struct bpr_unit *units = e->array[EDIT_UNITS].items;
	const struct bpr_system *systems = e->array[EDIT_SYSTEMS].items;
	const struct bpr_field *fields = e->array[EDIT_FIELDS].items;
	bool ok = true;

	for (size_t i = 0; i < edit_count(e, EDIT_UNITS) && ok; i++)
		ok = bpr_i_builder_unit(t->b, units[i].name, strlen(units[i].name), BPR_NONE) == i;
	for (size_t i = 0; i < edit_count(e, EDIT_SYSTEMS) && ok; i++)
		ok = bpr_i_build_system(t->b, systems[i].name, strlen(systems[i].name)) == i;
	for (size_t i = 0; i < edit_count(e, EDIT_FIELDS) && ok; i++)
		ok = bpr_i_build_field(t->b, fields[i].name, strlen(fields[i].name)) == i;
	for (size_t i = 0; i < bpr_i_edit_counter_count(e) && ok; i++) {
		const struct bpr_counter *counter = bpr_i_edit_counter_at(e, i);

		ok = bpr_i_builder_counter(t->b, counter->name, strlen(counter->name)) == i;
		if (ok)
			t->b->flow->counters[i] = *counter;
	}
	for (size_t i = 0; i < bpr_i_edit_form_count(e) && ok; i++) {
		const struct bpr_form *form = bpr_i_edit_form_at(e, i);

		ok = bpr_i_builder_form_named(t->b, form->id, strlen(form->id), "", 0) == i;
	}
	return ok;
}

/* Shifts as drafts, as if the rows of a table had been read. */
static bool know_pools(struct thaw *t)
{
	struct bpr_builder *b = t->b;
	bool ok = true;

	for (size_t i = 0; i < bpr_i_edit_pool_count(t->edit) && ok; i++) {
		const struct bpr_pool *pool = bpr_i_edit_pool_at(t->edit, i);
		struct bpr_draft_pool draft = { BPR_NONE, BPR_NONE, pool->shift_count, "table", NULL };

		ok = bpr_i_builder_pool(b, pool->name, strlen(pool->name)) == i &&
		     bpr_i_grow(&b->pool_drafts, &b->pool_draft_capacity, i + 1, sizeof(*b->pool_drafts)) &&
		     bpr_i_grow(&b->shifts, &b->shift_capacity, b->shift_count + pool->shift_count, sizeof(*b->shifts));
		if (!ok)
			break;
		b->flow->pools[i] = *pool;
		b->flow->pools[i].count = 0; /* their sum again, in the end */
		if (pool->shift_count) {
			draft.first = b->shift_count;
			draft.last = b->shift_count + pool->shift_count - 1;
		}
		for (size_t k = 0; k < pool->shift_count; k++)
			b->shifts[b->shift_count + k] = (struct bpr_draft_shift){ pool->shifts[k], k + 1 < pool->shift_count ? b->shift_count + k + 1 : BPR_NONE };
		b->shift_count += pool->shift_count;
		b->pool_drafts[i] = draft;
		b->pool_draft_count = i + 1;
	}
	return ok;
}

/* All nodes by their ids; only the one that is meant has its values. */
static bool know_nodes(struct thaw *t)
{
	const size_t count = bpr_i_edit_node_count(t->edit);
	size_t made;

	t->nodes = bpr_i_calloc(count + 1, sizeof(*t->nodes));
	for (size_t i = 0; t->nodes && i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(t->edit, i);

		if (!node)
			continue;
		if (bpr_i_builder_node(t->b, node->kind, node->id, strlen(node->id), NULL, &made))
			return false;
		t->nodes[made] = i;
		t->b->flow->nodes[made].silent = node->silent;
	}
	return t->nodes != NULL;
}

/* ---- what comes back ---- */

/* The same thing of the edit: names that are new are made there. BPR_NONE stays. */
static bool take_index(struct thaw *t, size_t *index, size_t (*make)(bpr_edit *, const char *), const struct bpr_names *names)
{
	if (*index == BPR_NONE)
		return true;
	*index = make(t->edit, names->items[*index].key);
	return *index != BPR_NONE;
}

static size_t make_form(bpr_edit *edit, const char *name)
{
	return bpr_i_edit_form(edit, name, "");
}

static bool take_forms(struct thaw *t, size_t node, enum bpr_edit_list list, const size_t *forms, size_t count)
{
	size_t *own = bpr_i_arena_raw(&t->b->flow->arena, count + 1, sizeof(*own));
	bool ok = own != NULL;

	for (size_t i = 0; i < count && ok; i++) {
		own[i] = forms[i];
		ok = take_index(t, &own[i], make_form, &t->b->form_names);
	}
	return ok && bpr_i_edit_list_set(t->edit, node, list, own, count);
}

static bool take_needs(struct thaw *t, size_t node, const struct bpr_need *needs, size_t count)
{
	struct bpr_need *own = bpr_i_arena_raw(&t->b->flow->arena, count + 1, sizeof(*own));
	bool ok = own != NULL;

	for (size_t i = 0; i < count && ok; i++) {
		own[i] = needs[i];
		ok = take_index(t, &own[i].pool, bpr_i_edit_pool, &t->b->pool_names);
	}
	return ok && bpr_i_edit_needs_set(t->edit, node, own, count);
}

/* Ways of the node as the cell has them, with shares checked and divided as ever. */
static bool take_next(struct thaw *t, size_t made)
{
	const struct bpr_node *from = &t->b->flow->nodes[made];
	const size_t node = t->nodes[made];
	size_t count;
	const size_t *out = bpr_i_edit_out(t->edit, node, &count);

	while (count) {
		bpr_i_edit_arc_drop(t->edit, out[0]);
		out = bpr_i_edit_out(t->edit, node, &count);
	}
	for (size_t i = 0; i < from->out_count; i++) {
		const struct bpr_arc *arc = &t->b->flow->arcs[from->first_out + i];
		const size_t at = bpr_i_edit_arc_add(t->edit, node, t->nodes[arc->to], arc->prob);

		if (at == BPR_NONE)
			return false;
		bpr_i_edit_arc(t->edit, at)->given = arc->given;
	}
	bpr_i_edit_node(t->edit, node)->split = from->split;
	return true;
}

static bool take_step(struct thaw *t, size_t made, enum bpr_store store)
{
	const struct bpr_node from = t->b->flow->nodes[made];
	const size_t node = t->nodes[made];
	struct bpr_node *n = bpr_i_edit_node(t->edit, node);
	size_t index;

	switch ((int)store) {
	case BPR_STORE_NEXT: return take_next(t, made);
	case BPR_STORE_WRITES: return take_forms(t, node, BPR_EDIT_WRITES, from.writes, from.write_count);
	case BPR_STORE_READS: return take_forms(t, node, BPR_EDIT_READS, from.reads, from.read_count);
	case BPR_STORE_ISSUES: return take_forms(t, node, BPR_EDIT_ISSUES, from.issues, from.issue_count);
	case BPR_STORE_STAFF: return take_needs(t, node, from.needs, from.need_count);
	case BPR_STORE_UNIT:
		index = from.unit;
		return take_index(t, &index, bpr_i_edit_unit, &t->b->unit_names) && (bpr_i_edit_node(t->edit, node)->unit = index, true);
	case BPR_STORE_COUNTER:
		index = from.counter;
		return take_index(t, &index, bpr_i_edit_counter, &t->b->counter_names) && (bpr_i_edit_node(t->edit, node)->counter = index, true);
	case BPR_STORE_SYSTEM:
		index = from.system;
		return take_index(t, &index, bpr_i_edit_system, &t->b->system_names) && (bpr_i_edit_node(t->edit, node)->system = index, true);
	case BPR_STORE_NAME: n->name = from.name; break;
	case BPR_STORE_ACTOR: n->actor = from.actor; break;
	case BPR_STORE_WORK: n->work = from.work; break;
	case BPR_STORE_WAIT: n->wait = from.wait; break;
	case BPR_STORE_SEALS: n->seals = from.seals; break;
	case BPR_STORE_ID_CHECKS: n->id_checks = from.id_checks; break;
	case BPR_STORE_COPIES: n->copies = from.copies; break;
	case BPR_STORE_RULES: n->rules = from.rules; break;
	case BPR_STORE_AWAY: n->away = from.away; break;
	case BPR_STORE_COST: n->cost = from.cost; break;
	case BPR_STORE_PROB: n->prob = from.prob; break;
	case BPR_STORE_OUTCOME: n->outcome = from.outcome; break;
	case BPR_STORE_LOOP_PROB: n->loop_prob = from.loop_prob; break;
	case BPR_STORE_REPEAT: n->repeat = from.repeat; break;
	case BPR_STORE_PARALLEL: n->repeat_parallel = from.repeat_parallel; break;
	case BPR_STORE_PRIORITY: n->priority = from.priority; break;
	case BPR_STORE_PATIENCE: n->patience = from.patience; break;
	case BPR_STORE_BATCH:
		n->batch = from.batch;
		n->batch_wait = from.batch_wait;
		break;
	case BPR_STORE_NOTE: n->note = from.note; break;
	default: break;
	}
	return true;
}

static bool take_pool(struct thaw *t, size_t i)
{
	const struct bpr_pool from = t->b->flow->pools[i];
	struct bpr_pool *pool = bpr_i_edit_pool_at(t->edit, i);
	struct bpr_shift *shifts = bpr_i_arena_raw(&t->b->flow->arena, from.shift_count + 1, sizeof(*shifts));
	size_t unit = from.unit;
	bool ok = shifts && take_index(t, &unit, bpr_i_edit_unit, &t->b->unit_names);

	for (size_t k = 0; k < from.shift_count && ok; k++) {
		size_t *also = bpr_i_arena_raw(&t->b->flow->arena, from.shifts[k].also_count + 1, sizeof(*also));

		shifts[k] = from.shifts[k];
		ok = also != NULL;
		for (size_t j = 0; j < from.shifts[k].also_count && ok; j++) {
			also[j] = from.shifts[k].also[j];
			ok = take_index(t, &also[j], bpr_i_edit_pool, &t->b->pool_names);
		}
		shifts[k].also = also;
	}
	if (!ok || !bpr_i_edit_pool_shifts(t->edit, i, shifts, from.shift_count))
		return false;
	pool = bpr_i_edit_pool_at(t->edit, i);
	pool->hours = from.hours;
	pool->yen_per_hour = from.yen_per_hour;
	pool->rate_given = from.rate_given;
	pool->discipline = from.discipline;
	pool->unit = unit;
	return true;
}

/* ---- one override ---- */

/* Columns that levers of shape change. */
static bool is_shape(enum bpr_store store)
{
	static const enum bpr_store stores[] = { BPR_STORE_ID, BPR_STORE_KIND, BPR_STORE_CONDITIONS, BPR_STORE_FLOWS, BPR_STORE_ON, BPR_STORE_INTERRUPTING,
		BPR_STORE_TERMINATE, BPR_STORE_TYPE, BPR_STORE_TRIGGER, BPR_STORE_SCOPE, BPR_STORE_SILENT, BPR_STORE_SPLIT, BPR_STORE_JOIN };

	for (size_t i = 0; i < sizeof(stores) / sizeof(stores[0]); i++)
		if (stores[i] == store)
			return true;
	return false;
}

/* The step and column that step.ID.COLUMN names; false where set.c is to say what is wrong. */
static bool find_step(struct thaw *t, const char *key, size_t length, size_t *made, const struct bpr_column **column)
{
	size_t dot = length, id;

	while (dot && key[dot - 1] != '.')
		dot--;
	if (!dot)
		return false;
	id = bpr_i_names_find(&t->b->flow->ids, key, dot - 1);
	*made = id == BPR_NONE ? BPR_NONE : t->b->flow->id_nodes[id];
	*column = bpr_i_column_find(BPR_TABLE_FLOW, key + dot, length - dot);
	return *made != BPR_NONE && *column;
}

static bool set_step(struct thaw *t, const char *text, size_t key_length)
{
	struct bpr_builder *b = t->b;
	const struct bpr_column *column = NULL;
	size_t made = BPR_NONE;

	if (!know_nodes(t))
		return false;
	if (find_step(t, text + 5, key_length - 5, &made, &column)) {
		const struct bpr_node *node = bpr_i_edit_node(t->edit, t->nodes[made]);
		const char *id = b->flow->nodes[made].id;

		if (is_shape((enum bpr_store)column->store)) {
			bpr_i_build_note(b, BPR_I_K086, &t->set->place, column->key, NULL, NULL, NULL);
			return true;
		}
		b->flow->nodes[made] = *node;
		b->flow->nodes[made].id = id;
		b->flow->nodes[made].host = BPR_NONE;
		if (column->store == BPR_STORE_NEXT)
			b->flow->nodes[made].prob = (double)NAN;
	}
	bpr_i_build_set(b, text, &t->set->place);
	if (b->error_count || b->nomem || made == BPR_NONE || !column)
		return !b->nomem;
	if (column->store == BPR_STORE_NEXT) {
		bpr_i_build_resolve(b);
		bpr_i_build_arcs(b);
		bpr_i_build_splits(b);
		(void)bpr_i_builder_from(b, "set");
		bpr_i_build_shares(b);
		if (b->error_count || b->nomem)
			return !b->nomem;
	}
	return take_step(t, made, (enum bpr_store)column->store);
}

static bool set_pools(struct thaw *t, const char *text)
{
	struct bpr_builder *b = t->b;
	bool ok = true;

	bpr_i_build_set(b, text, &t->set->place);
	bpr_i_build_staffing(b);
	if (b->error_count || b->nomem)
		return !b->nomem;
	for (size_t i = 0; i < bpr_i_edit_pool_count(t->edit) && i < b->pool_names.count && ok; i++)
		ok = take_pool(t, i);
	return ok;
}

static bool set_other(struct thaw *t, const char *text)
{
	struct bpr_builder *b = t->b;

	b->flow->demand = *bpr_i_edit_demand(t->edit);
	b->demand_source = "table";
	bpr_i_build_set(b, text, &t->set->place);
	if (b->error_count || b->nomem)
		return !b->nomem;
	*bpr_i_edit_demand(t->edit) = b->flow->demand;
	for (size_t i = 0; i < bpr_i_edit_counter_count(t->edit); i++) {
		struct bpr_counter *counter = bpr_i_edit_counter_at(t->edit, i);
		const char *name = counter->name;

		*counter = b->flow->counters[i];
		counter->name = name;
	}
	return true;
}

/* What was set, for lists of assumptions: the element and the column of the key. */
static bool tell_origin(struct thaw *t, const char *text)
{
	static const struct { const char *area; enum bpr_origin_of of; } areas[] = {
		{ "demand.", BPR_ORIGIN_DEMAND }, { "staff.", BPR_ORIGIN_STAFF }, { "counter.", BPR_ORIGIN_COUNTER }, { "step.", BPR_ORIGIN_STEP },
	};
	const size_t equals = strcspn(text, "=");
	const char *value = text + equals + (text[equals] == '=');
	bool ok = true;

	for (size_t i = 0; i < sizeof(areas) / sizeof(areas[0]) && ok; i++) {
		const size_t n = strlen(areas[i].area);
		size_t dot = equals;
		struct bpr_short element, key;

		if (strncmp(text, areas[i].area, n) != 0)
			continue;
		while (dot > n && text[dot - 1] != '.')
			dot--;
		element = dot > n ? bpr_i_short(text + n, dot - 1 - n) : areas[i].of == BPR_ORIGIN_DEMAND ? bpr_i_short("demand", 6) :
			bpr_i_short(text + n, equals - n);
		key = dot > n || areas[i].of == BPR_ORIGIN_DEMAND ? bpr_i_short(text + dot, equals - dot) : bpr_i_short("count", 5);
		ok = bpr_i_edit_origin(t->edit, areas[i].of, element.text, key.text, value, t->set->lever);
	}
	return ok;
}

bool bpr_i_edit_set(bpr_edit *edit, const char *text, struct bpr_edit_set *set)
{
	struct thaw t = { .edit = edit, .set = set };
	bool ok;

	set->fits = false;
	if (!begin(&t))
		return false;
	ok = know_names(&t) && know_pools(&t);
	if (ok && !strncmp(text, "step.", 5))
		ok = set_step(&t, text, strcspn(text, "="));
	else if (ok && !strncmp(text, "staff.", 6))
		ok = set_pools(&t, text);
	else if (ok)
		ok = set_other(&t, text);
	set->fits = ok && !t.b->error_count;
	ok = end(&t) && ok;
	return ok && (!set->fits || tell_origin(&t, text));
}

bool bpr_i_edit_hours(bpr_edit *edit, const char *text, struct bpr_schedule *out, struct bpr_edit_set *set)
{
	struct thaw t = { .edit = edit, .set = set };
	struct bpr_place place = set->place;

	set->fits = false;
	if (!begin(&t))
		return false;
	place.where = "hours";
	set->fits = bpr_i_build_schedule(t.b, BPR_I_HOURS, text, strlen(text), &place, out);
	return end(&t);
}
