/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Overrides, --set KEY=VALUE: demand.KEY, staff.POOL[.COLUMN], counter.NAME.COLUMN, step.ID.COLUMN. They go the way of
 * cells, so that the same values are understood. Names may contain dots: the longest that fits is meant.
 */
#include "config.h"
#include "flow/builder_i.h"
#include <stdio.h>
#include <string.h>

enum fit { FIT_NOT, FIT_DONE, FIT_NOTED };

struct set {
	const char *key, *value;   /* behind the first dot; behind '=' */
	size_t key_length, value_length;
	struct bpr_place place;    /* where: "--set KEY" */
};

/* Names that would fit, for a message: as many as go into it. */
struct list { char text[160]; size_t length; };

static void list_add(struct list *list, const char *name)
{
	int n = snprintf(list->text + list->length, sizeof(list->text) - list->length, "%s%s", list->length ? ", " : "", name);

	if (n < 0 || (size_t)n >= sizeof(list->text) - list->length) {
		list->text[list->length] = '\0'; /* whole names only */
		if (list->length + 5 < sizeof(list->text))
			(void)snprintf(list->text + list->length, sizeof(list->text) - list->length, " …");
		list->length = sizeof(list->text) - 1;
	} else {
		list->length += (size_t)n;
	}
}

static struct list column_list(enum bpr_table table)
{
	struct list list = { "", 0 };
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(table, &count);

	for (size_t i = 0; i < count && list.length < sizeof(list.text) - 1; i++)
		list_add(&list, columns[i].key);
	return list;
}

enum area { AREA_DEMAND = 0, AREA_STAFF, AREA_COUNTER, AREA_STEP, AREA_NONE };
static const char *const areas[] = { "demand.", "staff.", "counter.", "step." };

static enum area area_of(const char *text)
{
	size_t i = 0;

	while (i < AREA_NONE && strncmp(text, areas[i], strlen(areas[i])) != 0)
		i++;
	return (enum area)i;
}

/* Adds the names of a flow to which such an override could go. */
static void list_flow(struct list *list, const bpr_flow *flow, enum area area)
{
	size_t count = area == AREA_STAFF ? flow->pool_count : area == AREA_COUNTER ? flow->counter_count : flow->node_count;

	for (size_t i = 0; i < count && list->length < sizeof(list->text) - 1; i++) {
		if (area == AREA_STAFF)
			list_add(list, flow->pools[i].name);
		else if (area == AREA_COUNTER)
			list_add(list, flow->counters[i].name);
		else if (!flow->nodes[i].silent && *flow->nodes[i].id)
			list_add(list, flow->nodes[i].id);
	}
}

/* Length of the name in front of the last dot at or before `end`; 0 where there is none. */
static size_t last_dot(const char *key, size_t end)
{
	while (end && key[end - 1] != '.')
		end--;
	return end ? end - 1 : 0;
}

/* shift: behind the '/' of POOL/SHIFT, up to the end of the name; NULL none. */
static void companion(struct bpr_builder *b, enum bpr_table table, const char *name, size_t name_length, const char *shift,
		      const struct bpr_column *column, const struct set *set)
{
	size_t count;
	size_t own = shift ? (size_t)(shift - 1 - name) : name_length;
	struct bpr_cell cells[3] = {
		{ name ? &bpr_i_columns(table, &count)[0] : NULL, name, own },
		{ column, set->value, set->value_length },
		{ shift ? bpr_i_column_find(table, "shift", 5) : NULL, shift, shift ? name_length - own - 1 : 0 },
	};

	(void)bpr_i_builder_companion(b, table, cells, 3, &set->place);
}

static enum fit set_demand(struct bpr_builder *b, const struct set *set)
{
	const struct bpr_column *column = bpr_i_column_find(BPR_TABLE_DEMAND, set->key, set->key_length);

	if (!column) {
		bpr_i_build_note(b, BPR_I_U004, &set->place, set->place.where, bpr_i_short(set->key, set->key_length).text,
				 column_list(BPR_TABLE_DEMAND).text, NULL);
		return FIT_NOTED;
	}
	companion(b, BPR_TABLE_DEMAND, NULL, 0, NULL, column, set);
	return FIT_DONE;
}

/* The name that was meant: without the column behind the last dot, which a pool need not have. */
static size_t meant_name(const char *key, size_t length, enum area area)
{
	size_t dot = area == AREA_STAFF ? 0 : last_dot(key, length);

	return dot ? dot : length;
}

static void no_such(struct bpr_builder *b, const struct set *set, enum area area)
{
	size_t length = meant_name(set->key, set->key_length, area);
	struct list list = { "", 0 };

	list_flow(&list, b->flow, area);
	bpr_i_build_note(b, BPR_I_U002, &set->place, set->place.where, bpr_i_short(set->key, length).text, *list.text ? list.text : "-", NULL);
}

/* Where the name of a shift begins in POOL/SHIFT; NULL where the name is no pool with a shift behind it. */
static const char *shift_of(const struct bpr_names *names, enum bpr_table table, const char *name, size_t length)
{
	for (size_t i = length; table == BPR_TABLE_STAFF && i-- > 1;)
		if (name[i] == '/' && i + 1 < length && bpr_i_names_find(names, name, i) != BPR_NONE)
			return name + i + 1;
	return NULL;
}

static bool is_name(const struct bpr_names *names, enum bpr_table table, const char *name, size_t length, const char **shift)
{
	*shift = NULL;
	if (!length)
		return false;
	if (bpr_i_names_find(names, name, length) != BPR_NONE)
		return true;
	*shift = shift_of(names, table, name, length);
	return *shift != NULL;
}

/* NAME.COLUMN with a name of `names`; *column NULL where the whole key is a name. False: not found. */
static bool split_name(const struct bpr_names *names, enum bpr_table table, const struct set *set, size_t *name_length,
		       const struct bpr_column **column, const char **shift)
{
	const char *whole_shift;
	size_t dot = last_dot(set->key, set->key_length);

	*column = NULL;
	*name_length = set->key_length;
	if (is_name(names, table, set->key, set->key_length, shift) && !*shift)
		return true;
	whole_shift = *shift;
	/* A shift may have a dot in its name; a column behind it is meant rather. */
	*name_length = dot;
	*column = dot ? bpr_i_column_find(table, set->key + dot + 1, set->key_length - dot - 1) : NULL;
	if (dot && is_name(names, table, set->key, dot, shift) && (*column || !whole_shift))
		return true;
	*column = NULL;
	*name_length = set->key_length;
	*shift = whole_shift;
	return whole_shift != NULL;
}

static enum fit set_named(struct bpr_builder *b, const struct set *set, enum area area)
{
	const struct bpr_names *names = area == AREA_STAFF ? &b->pool_names : &b->counter_names;
	enum bpr_table table = area == AREA_STAFF ? BPR_TABLE_STAFF : BPR_TABLE_COUNTERS;
	const char *whole_column = area == AREA_STAFF ? "count" : NULL;
	const struct bpr_column *column;
	const char *shift;
	size_t name_length;

	if (!split_name(names, table, set, &name_length, &column, &shift)) {
		if (b->options.set_used)
			return FIT_NOT;
		no_such(b, set, area);
		return FIT_NOTED;
	}
	if (name_length == set->key_length && whole_column)
		column = bpr_i_column_find(table, whole_column, strlen(whole_column));
	/* What a row is about is no value. */
	if (!column || column->store == BPR_STORE_POOL || column->store == BPR_STORE_SHIFT || column->store == BPR_STORE_COUNTER_NAME) {
		bpr_i_build_note(b, BPR_I_U003, &set->place, set->place.where,
				 bpr_i_short(set->key + name_length, set->key_length - name_length).text, column_list(table).text, NULL);
		return FIT_NOTED;
	}
	companion(b, table, set->key, name_length, shift, column, set);
	return FIT_DONE;
}

static void drop_arcs(struct bpr_builder *b, size_t node)
{
	for (size_t i = 0; i < b->arc_count; i++)
		if (b->arcs[i].from == node)
			b->arcs[i].flags |= BPR_ARC_DROPPED;
}

static void clear_cell(struct bpr_builder *b, size_t node, enum bpr_store store)
{
	struct bpr_node *n = &b->flow->nodes[node];

	switch ((int)store) {
	case BPR_STORE_NEXT: drop_arcs(b, node); break;
	case BPR_STORE_STAFF: n->need_count = 0; break;
	case BPR_STORE_WRITES: n->write_count = 0; break;
	case BPR_STORE_READS: n->read_count = 0; break;
	case BPR_STORE_ISSUES: n->issue_count = 0; break;
	case BPR_STORE_RULES: n->rules = 0; break;
	case BPR_STORE_UNIT: n->unit = BPR_NONE; break;
	case BPR_STORE_COUNTER: n->counter = BPR_NONE; break;
	case BPR_STORE_SYSTEM: n->system = BPR_NONE; break;
	case BPR_STORE_WORK: n->work = NULL; break;
	case BPR_STORE_WAIT: n->wait = NULL; break;
	case BPR_STORE_SEALS: n->seals = 0; break;
	case BPR_STORE_ID_CHECKS: n->id_checks = 0; break;
	case BPR_STORE_COPIES: n->copies = 0; break;
	case BPR_STORE_COST: n->cost = 0; break;
	case BPR_STORE_AWAY: n->away = false; break;
	case BPR_STORE_NOTE: n->note = NULL; break;
	case BPR_STORE_NAME: n->name = ""; break;
	case BPR_STORE_REPEAT: n->repeat = 1; break;
	case BPR_STORE_PRIORITY: n->priority = 0; break;
	case BPR_STORE_PATIENCE: n->patience = NULL; break;
	case BPR_STORE_BATCH:
		n->batch = 1;
		n->batch_wait = 0;
		break;
	case BPR_STORE_LOOP_PROB: n->loop_prob = 0; break;
	case BPR_STORE_SCOPE: n->scope = BPR_NONE; break;
	case BPR_STORE_TYPE: n->type = NULL; break;
	case BPR_STORE_TRIGGER: n->trigger = NULL; break;
	case BPR_STORE_ON:
		n->host = BPR_NONE;
		b->flags[node] &= (unsigned char)~BPR_DRAFT_HOST;
		break;
	default: break;
	}
}

static enum fit set_step(struct bpr_builder *b, const struct set *set)
{
	size_t name_length = last_dot(set->key, set->key_length);
	size_t id = name_length ? bpr_i_names_find(&b->flow->ids, set->key, name_length) : BPR_NONE;
	size_t node = id == BPR_NONE ? BPR_NONE : b->flow->id_nodes[id];
	const struct bpr_column *column;

	if (node == BPR_NONE) {
		if (b->options.set_used)
			return FIT_NOT;
		no_such(b, set, AREA_STEP);
		return FIT_NOTED;
	}
	column = bpr_i_column_find(BPR_TABLE_FLOW, set->key + name_length + 1, set->key_length - name_length - 1);
	if (!column || column->store == BPR_STORE_ID) {
		bpr_i_build_note(b, BPR_I_U003, &set->place, set->place.where,
				 bpr_i_short(set->key + name_length + 1, set->key_length - name_length - 1).text,
				 column_list(BPR_TABLE_FLOW).text, NULL);
		return FIT_NOTED;
	}
	clear_cell(b, node, (enum bpr_store)column->store);
	if (column->store == BPR_STORE_NEXT)
		bpr_i_build_origin_forget(b, node);
	bpr_i_build_origin(b, BPR_ORIGIN_STEP, b->flow->nodes[node].id, &(struct bpr_cell){ column, "", 0 }, &set->place);
	(void)bpr_i_builder_cell(b, node, column, set->value, set->value_length, &set->place);
	return FIT_DONE;
}

/* from: where the override stands; NULL: on the command line. */
static enum fit apply(struct bpr_builder *b, const char *text, const struct bpr_place *from)
{
	char where[224];
	const char *equals = strchr(text, '=');
	const char *dot = strchr(text, '.');
	struct set set = { .place = from ? *from : (struct bpr_place){ .file = b->flow->source } };
	struct bpr_short key = bpr_i_short(text, equals ? (size_t)(equals - text) : strlen(text));

	(void)snprintf(where, sizeof(where), "%s%s", from ? "" : "--set ", key.text);
	set.place.where = where;
	if (!equals || !dot || dot > equals) {
		bpr_i_build_note(b, BPR_I_U001, &set.place, text, NULL, NULL, NULL);
		return FIT_NOTED;
	}
	set.key = dot + 1;
	set.key_length = (size_t)(equals - set.key);
	set.value = equals + 1;
	set.value_length = strlen(set.value);
	switch (area_of(text)) {
	case AREA_DEMAND: return set_demand(b, &set);
	case AREA_STAFF: return set_named(b, &set, AREA_STAFF);
	case AREA_COUNTER: return set_named(b, &set, AREA_COUNTER);
	case AREA_STEP: return set_step(b, &set);
	case AREA_NONE: break;
	}
	bpr_i_build_note(b, BPR_I_U001, &set.place, text, NULL, NULL, NULL);
	return FIT_NOTED;
}

void bpr_i_build_set(struct bpr_builder *b, const char *text, const struct bpr_place *place)
{
	(void)apply(b, text, place);
}

void bpr_i_build_sets(struct bpr_builder *b)
{
	(void)bpr_i_builder_from(b, "set");
	for (size_t i = 0; i < b->options.set_count; i++)
		if (apply(b, b->options.sets[i], NULL) != FIT_NOT && b->options.set_used)
			b->options.set_used[i] = 1;
}

void bpr_i_set_unused(const struct bpr_build_options *options, bpr_flow *const *flows, size_t count, bpr_problems *problems)
{
	for (size_t i = 0; i < options->set_count; i++) {
		struct bpr_short key = bpr_i_short(options->sets[i], strcspn(options->sets[i], "="));
		enum area area = area_of(options->sets[i]);
		const char *name = key.text + strcspn(key.text, ".");
		struct list list = { "", 0 };
		char where[224];
		struct bpr_place place = { .file = count ? flows[0]->source : NULL, .where = where };

		if (!options->set_used || options->set_used[i])
			continue;
		(void)snprintf(where, sizeof(where), "--set %s", key.text);
		for (size_t k = 0; k < count; k++)
			list_flow(&list, flows[k], area);
		name += *name == '.';
		(void)bpr_i_problem(problems, BPR_I_U002, &place, false, where, bpr_i_short(name, meant_name(name, strlen(name), area)).text,
				    *list.text ? list.text : "-", NULL);
	}
}
