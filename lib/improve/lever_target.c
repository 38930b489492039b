/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What levers are said of: steps, forms, counters; values with keys; why one does not fit. */
#include "config.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "flow/build_i.h"
#include "improve/lever_i.h"
#include "table/table_i.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool bpr_i_lever_refuse(struct lever_work *work, enum bpr_code_id id, const char *a1, const char *a2, const char *a3)
{
	const struct bpr_place place = { .file = *work->file ? work->file : NULL, .line = work->action->line, .where = work->lever->id };

	(void)bpr_i_problem(work->problems, id, &place, false, a1, a2, a3, NULL);
	return false;
}

bool bpr_i_lever_nomem(struct lever_work *work)
{
	work->nomem = true;
	return false;
}

/* ---- names ---- */

void bpr_i_lever_names_begin(struct lever_names *names, const char *typed)
{
	bpr_i_near_begin(&names->near, typed);
	names->room[0] = '\0';
	names->list = (struct bpr_buf)BPR_BUF_ON(names->room);
	names->list.max = sizeof(names->room) - 5; /* room for the dots */
}

/* Whole names only. */
void bpr_i_lever_names_offer(struct lever_names *names, const char *name)
{
	const size_t before = names->list.length;

	bpr_i_near_offer(&names->near, name);
	if (names->list.failed)
		return;
	if (before)
		bpr_i_buf_puts(&names->list, ", ");
	bpr_i_buf_puts(&names->list, name);
	if (names->list.failed)
		memcpy(names->room + before, " …", sizeof(" …"));
}

const char *bpr_i_lever_names_text(struct lever_names *names)
{
	if (names->near.best)
		(void)snprintf(names->text, sizeof(names->text), BPR_I_ARG "%s" BPR_I_ARG_NEXT "%.120s", N_("did you mean '{1}'?"), names->near.best);
	else
		(void)snprintf(names->text, sizeof(names->text), BPR_I_ARG "%s" BPR_I_ARG_NEXT "%s", N_("there is: {1}"), *names->room ? names->room : "-");
	return names->text;
}

const char *bpr_i_lever_step_text(struct lever_work *work, size_t node)
{
	const struct bpr_node *n = bpr_i_edit_node(work->edit, node);
	struct bpr_buf text = BPR_BUF_MAX(150);
	const char *kept;

	if (!n)
		return "";
	bpr_i_buf_puts(&text, n->id);
	if (*n->name) {
		bpr_i_buf_puts(&text, " ");
		bpr_i_buf_puts(&text, n->name);
	}
	kept = bpr_i_arena_strdup(&work->scratch, text.data && !text.failed ? text.data : n->id);
	bpr_i_buf_release(&text);
	return kept ? kept : "";
}

/* ---- steps ---- */

enum group { GROUP_NONE = 0, GROUP_COUNTER, GROUP_UNIT, GROUP_POOL };

/* Which group the item names, its name behind the '='. */
static enum group group_of(const char *item, const char **name)
{
	static const char *const words[] = { "counter|窓口|場所", "unit|担当|担当課|部署|係", "pool|staff|職種|要員" };
	const char *equals = strpbrk(item, "=");
	const char *wide = strstr(item, "＝");
	char key[48];
	size_t n, which;

	if (wide && (!equals || wide < equals))
		equals = wide;
	if (!equals || (size_t)(equals - item) >= sizeof(key))
		return GROUP_NONE;
	n = (size_t)(equals - item);
	memcpy(key, item, n);
	key[n] = '\0';
	which = bpr_i_table_word(words, sizeof(words) / sizeof(words[0]), key);
	*name = equals + (*equals == '=' ? 1 : strlen("＝"));
	while (**name == ' ')
		++*name;
	return which == BPR_NONE ? GROUP_NONE : (enum group)(which + 1);
}

static bool is_in(const struct bpr_node *node, enum group group, size_t index)
{
	if (group == GROUP_COUNTER)
		return node->counter == index;
	if (group == GROUP_UNIT)
		return node->unit == index;
	for (size_t i = 0; i < node->need_count; i++)
		if (node->needs[i].pool == index)
			return true;
	return false;
}

/* A list of nodes without repeats; room for all. */
struct nodes { size_t *items; size_t count; bool *taken; };

static void take(struct nodes *nodes, size_t node)
{
	if (!nodes->taken[node])
		nodes->items[nodes->count++] = node;
	nodes->taken[node] = true;
}

/* The unit, counter or pool of the item; refuses what names none. */
static size_t find_group(struct lever_work *work, enum group group, const char *name)
{
	struct lever_names names;
	size_t found, count;

	if (group == GROUP_COUNTER)
		found = bpr_i_edit_counter_find(work->edit, name);
	else if (group == GROUP_UNIT)
		found = bpr_i_edit_unit_find(work->edit, name);
	else
		found = bpr_i_edit_pool_find(work->edit, name);
	if (found != BPR_NONE)
		return found;
	bpr_i_lever_names_begin(&names, name);
	count = group == GROUP_COUNTER ? bpr_i_edit_counter_count(work->edit) : group == GROUP_POOL ? bpr_i_edit_pool_count(work->edit) :
		bpr_flow_unit_count(work->flow);
	for (size_t i = 0; i < count; i++)
		bpr_i_lever_names_offer(&names, group == GROUP_COUNTER ? bpr_i_edit_counter_at(work->edit, i)->name :
					group == GROUP_POOL ? bpr_i_edit_pool_at(work->edit, i)->name : bpr_flow_unit(work->flow, i)->name);
	(void)bpr_i_lever_refuse(work, group == GROUP_COUNTER ? BPR_I_K047 : group == GROUP_POOL ? BPR_I_K049 : BPR_I_K048, name,
				 bpr_i_lever_names_text(&names), NULL);
	return BPR_NONE;
}

static bool take_group(struct lever_work *work, struct nodes *nodes, const char *item, enum group group, const char *name)
{
	const size_t index = group == GROUP_NONE ? 0 : find_group(work, group, name);
	const size_t before = nodes->count, count = bpr_i_edit_node_count(work->edit);

	if (index == BPR_NONE)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(work->edit, i);

		if (node && bpr_node_is_step(node) && (group == GROUP_NONE || is_in(node, group, index)))
			take(nodes, i);
	}
	return nodes->count > before || bpr_i_lever_refuse(work, BPR_I_K051, item, NULL, NULL);
}

static bool no_step(struct lever_work *work, const char *item)
{
	const size_t count = bpr_i_edit_node_count(work->edit);
	struct lever_names names;

	bpr_i_lever_names_begin(&names, item);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(work->edit, i);

		if (!node || node->silent)
			continue;
		bpr_i_lever_names_offer(&names, node->id);
		if (*node->name)
			bpr_i_near_offer(&names.near, node->name);
	}
	return bpr_i_lever_refuse(work, BPR_I_K045, item, bpr_i_lever_names_text(&names), NULL);
}

/* By its name, which only one may have. */
static bool take_named(struct lever_work *work, struct nodes *nodes, const char *item)
{
	const size_t count = bpr_i_edit_node_count(work->edit);
	struct lever_names names;
	size_t found = BPR_NONE, times = 0;

	bpr_i_lever_names_begin(&names, "");
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(work->edit, i);

		if (!node || node->silent || strcmp(node->name, item) != 0)
			continue;
		found = i;
		times++;
		bpr_i_lever_names_offer(&names, node->id);
	}
	if (!times)
		return no_step(work, item);
	if (times > 1)
		return bpr_i_lever_refuse(work, BPR_I_K046, item, names.room, NULL);
	take(nodes, found);
	return true;
}

bool bpr_i_lever_steps(struct lever_work *work, const char *text, size_t **nodes, size_t *count)
{
	const size_t all = bpr_i_edit_node_count(work->edit);
	struct nodes list = { .count = 0 };
	const char *const *items, *name = "";
	size_t item_count;

	list.items = bpr_i_arena_raw(&work->scratch, all + 1, sizeof(*list.items));
	list.taken = bpr_i_arena_alloc(&work->scratch, all + 1, sizeof(*list.taken));
	if (!list.items || !list.taken || !bpr_i_table_list(&work->scratch, text, &items, &item_count))
		return bpr_i_lever_nomem(work);
	if (!item_count)
		return bpr_i_lever_refuse(work, BPR_I_K050, NULL, NULL, NULL);
	for (size_t i = 0; i < item_count; i++) {
		const size_t node = bpr_i_edit_find(work->edit, items[i]);
		const enum group group = group_of(items[i], &name);
		bool fits = true;

		if (node != BPR_NONE)
			take(&list, node);
		else if (!strcmp(items[i], "*") || !strcmp(items[i], "＊"))
			fits = take_group(work, &list, items[i], GROUP_NONE, name);
		else
			fits = group != GROUP_NONE ? take_group(work, &list, items[i], group, name) : take_named(work, &list, items[i]);
		if (!fits)
			return false;
	}
	*nodes = list.items;
	*count = list.count;
	return true;
}

/* ---- forms, counters ---- */

static bool is_all(const char *item)
{
	return !strcmp(item, "*") || !strcmp(item, "＊") || !strcmp(item, "すべて") || !strcmp(item, "全て");
}

static void add_index(size_t *list, size_t *count, size_t index)
{
	for (size_t i = 0; i < *count; i++)
		if (list[i] == index)
			return;
	list[(*count)++] = index;
}

static bool no_form(struct lever_work *work, const char *item)
{
	struct lever_names names;

	bpr_i_lever_names_begin(&names, item);
	for (size_t i = 0; i < bpr_i_edit_form_count(work->edit); i++) {
		const struct bpr_form *form = bpr_i_edit_form_at(work->edit, i);

		bpr_i_lever_names_offer(&names, form->id);
		if (*form->name)
			bpr_i_near_offer(&names.near, form->name);
	}
	return bpr_i_lever_refuse(work, BPR_I_K052, item, bpr_i_lever_names_text(&names), NULL);
}

/* Whether a step that is there writes the form. */
static bool is_written(struct lever_work *work, size_t form)
{
	const size_t count = bpr_i_edit_node_count(work->edit);

	for (size_t i = 0; i < count; i++)
		if (bpr_i_edit_node(work->edit, i) && bpr_i_edit_list_has(work->edit, i, BPR_EDIT_WRITES, form))
			return true;
	return false;
}

bool bpr_i_lever_forms(struct lever_work *work, const char *text, size_t **forms, size_t *count)
{
	const size_t all = bpr_i_edit_form_count(work->edit);
	const char *const *items;
	size_t item_count;

	*count = 0;
	*forms = bpr_i_arena_raw(&work->scratch, all + 1, sizeof(**forms));
	if (!*forms || !bpr_i_table_list(&work->scratch, text, &items, &item_count))
		return bpr_i_lever_nomem(work);
	if (!item_count)
		return bpr_i_lever_refuse(work, BPR_I_K050, NULL, NULL, NULL);
	for (size_t i = 0; i < item_count; i++) {
		const size_t form = bpr_i_edit_form_find(work->edit, items[i]);

		if (form != BPR_NONE) {
			add_index(*forms, count, form);
			continue;
		}
		if (!is_all(items[i]))
			return no_form(work, items[i]);
		for (size_t k = 0; k < all; k++)
			if (is_written(work, k))
				add_index(*forms, count, k);
	}
	return *count > 0 || bpr_i_lever_refuse(work, BPR_I_K053, NULL, NULL, NULL);
}

bool bpr_i_lever_counters(struct lever_work *work, const char *text, size_t **counters, size_t *count)
{
	const size_t all = bpr_i_edit_counter_count(work->edit), nodes = bpr_i_edit_node_count(work->edit);
	const char *const *items, *name;
	size_t item_count;

	*count = 0;
	*counters = bpr_i_arena_raw(&work->scratch, all + 1, sizeof(**counters));
	if (!*counters || !bpr_i_table_list(&work->scratch, text, &items, &item_count))
		return bpr_i_lever_nomem(work);
	if (!item_count)
		return bpr_i_lever_refuse(work, BPR_I_K050, NULL, NULL, NULL);
	for (size_t i = 0; i < item_count; i++) {
		size_t index;

		if (is_all(items[i])) {
			for (size_t k = 0; k < nodes; k++) {
				const struct bpr_node *node = bpr_i_edit_node(work->edit, k);

				if (node && node->counter != BPR_NONE)
					add_index(*counters, count, node->counter);
			}
			continue;
		}
		name = items[i];
		if (group_of(items[i], &name) != GROUP_COUNTER)
			name = items[i];
		index = find_group(work, GROUP_COUNTER, name);
		if (index == BPR_NONE)
			return false;
		add_index(*counters, count, index);
	}
	return *count > 0 || bpr_i_lever_refuse(work, BPR_I_K051, text, NULL, NULL);
}

/* ---- values ---- */

/* The next piece: up to a ; that stands in no brackets (tri(3;5) is none, but tri(3,5,9) has commas). */
static size_t piece_length(const char *text, size_t *width)
{
	size_t depth = 0, n = 0;

	*width = 0;
	while (text[n]) {
		const bool wide = !strncmp(text + n, "；", 3) || !strncmp(text + n, "、", 3);

		if (text[n] == '(' || text[n] == '[')
			depth++;
		else if ((text[n] == ')' || text[n] == ']') && depth)
			depth--;
		if (!depth && (text[n] == ';' || wide)) {
			*width = wide ? 3 : 1;
			break;
		}
		n++;
	}
	return n;
}

/* Where the '=' of a key stands; NULL: the piece has no key. What looks like one but is none of `keys` is refused by the caller. */
static const char *equals_of(const char *piece)
{
	const char *plain = strchr(piece, '='), *wide = strstr(piece, "＝");

	return !wide || (plain && plain < wide) ? plain : wide;
}

static bool take_value(struct lever_work *work, char *piece, const char *const *keys, size_t key_count, const char **values, const char **bare)
{
	const char *equals = equals_of(piece), *value, *trimmed;
	struct lever_names names;
	size_t which, n;

	if (!equals) {
		if (!bare || *bare)
			return bpr_i_lever_refuse(work, BPR_I_K054, piece, work->action->value, NULL);
		*bare = piece;
		return true;
	}
	value = equals + (*equals == '=' ? 1 : 3);
	piece[equals - piece] = '\0';
	trimmed = value;
	n = bpr_i_utf8_trim(&trimmed, strlen(value));
	value = bpr_i_arena_strndup(&work->scratch, trimmed, n);
	if (!value)
		return bpr_i_lever_nomem(work);
	which = bpr_i_table_word(keys, key_count, piece);
	if (which != BPR_NONE) {
		values[which] = value;
		return true;
	}
	bpr_i_lever_names_begin(&names, piece);
	for (size_t i = 0; i < key_count; i++) {
		char word[48];

		(void)snprintf(word, sizeof(word), "%.*s", (int)strcspn(keys[i], "|"), keys[i]);
		bpr_i_lever_names_offer(&names, word);
		names.near.best = NULL; /* points to a text that goes */
	}
	return bpr_i_lever_refuse(work, BPR_I_K055, piece, bpr_i_lever_names_text(&names), NULL);
}

bool bpr_i_lever_values(struct lever_work *work, const char *text, const char *const *keys, size_t key_count, const char **values, const char **bare)
{
	for (size_t i = 0; i < key_count; i++)
		values[i] = NULL;
	if (bare)
		*bare = NULL;
	while (*text) {
		const char *start = text;
		size_t width, n = piece_length(text, &width), length;
		char *piece;

		text += n + width;
		length = bpr_i_utf8_trim(&start, n);
		if (!length)
			continue;
		piece = bpr_i_arena_strndup(&work->scratch, start, length);
		if (!piece)
			return bpr_i_lever_nomem(work);
		if (!take_value(work, piece, keys, key_count, values, bare))
			return false;
	}
	return true;
}

bool bpr_i_lever_no_value(struct lever_work *work)
{
	return !*work->action->value || bpr_i_lever_refuse(work, BPR_I_K056, work->action->value, NULL, NULL);
}

bool bpr_i_lever_share(struct lever_work *work, const char *text, double *out)
{
	bool percent;

	if (text && bpr_i_parse_share(text, strlen(text), out, &percent, NULL, NULL))
		return true;
	return bpr_i_lever_refuse(work, BPR_I_K057, text ? text : "", NULL, NULL);
}

static int compare_doubles(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

bool bpr_i_lever_duration(struct lever_work *work, const char *text, struct bpr_dist *out)
{
	if (text && bpr_i_parse_dist(text, strlen(text), &work->scratch, out, NULL, NULL) && !out->source) {
		if (out->value_count) /* made just now, as they were written */
			qsort((double *)(uintptr_t)out->values, out->value_count, sizeof(double), compare_doubles);
		return true;
	}
	return bpr_i_lever_refuse(work, BPR_I_K058, text ? text : "", NULL, NULL);
}
