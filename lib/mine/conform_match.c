/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which activity of a log is which step of a flow. */
#include "config.h"
#include "mine/conform_i.h"
#include "base/utf8_i.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of what fits nothing, so many are listed one by one. */
#define LISTED 8
/* Names longer than this are not looked at for likeness. */
#define LONGEST 64

struct finder {
	const bpr_log *log;
	const bpr_flow *flow;
	struct bpr_dict names;            /* folded names of steps */
	uint32_t *first, *next;           /* lists of nodes by name, number + 1 */
	struct bpr_next *pair; size_t pair_count, pair_capacity; /* fire: activity, marking: node */
	struct bpr_buf buf;
	bool *mapped;                     /* [activity] a mapping says what it is */
	bool nomem;
};

/* As names are compared: width folded, no blanks, ASCII in lower case. */
static void fold(struct bpr_buf *buf, const char *text, size_t length)
{
	size_t kept = 0;

	bpr_i_buf_clear(buf);
	bpr_i_utf8_fold(buf, text, length);
	for (size_t i = 0; i < buf->length; i++) {
		char c = buf->data[i];

		if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
			continue;
		buf->data[kept++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	if (buf->data)
		buf->data[kept] = '\0';
	buf->length = kept;
}

static bool is_gateway(const struct bpr_node *n)
{
	return n->kind == BPR_NODE_XOR || n->kind == BPR_NODE_AND || n->kind == BPR_NODE_OR;
}

static void link_up(struct finder *f, uint32_t activity, size_t node)
{
	if (!bpr_i_grow(&f->pair, &f->pair_capacity, f->pair_count + 1, sizeof(*f->pair))) {
		f->nomem = true;
		return;
	}
	f->pair[f->pair_count++] = (struct bpr_next){ activity, (uint32_t)node };
}

/* ---- names of the flow ---- */

static bool index_nodes(struct finder *f)
{
	size_t n = bpr_flow_node_count(f->flow);

	f->first = bpr_i_calloc(n + 1, sizeof(*f->first));
	f->next = bpr_i_calloc(n + 1, sizeof(*f->next));
	if (!f->first || !f->next)
		return false;
	for (size_t i = n; i-- > 0;) {
		const struct bpr_node *node = bpr_flow_node(f->flow, i);
		uint32_t name;

		if (is_gateway(node) || node->silent || !*node->name)
			continue;
		fold(&f->buf, node->name, strlen(node->name));
		if (f->buf.failed)
			return false;
		if (!f->buf.length)
			continue;
		name = bpr_i_dict_add(&f->names, f->buf.data, f->buf.length);
		if (name == BPR_DICT_NONE)
			return false;
		f->next[i] = f->first[name];
		f->first[name] = (uint32_t)i + 1;
	}
	return true;
}

/* Links the activity to all nodes of the name that are steps, or, where none is, to starts and ends of it. False: there is none. */
static bool link_by_name(struct finder *f, uint32_t activity, const char *text, size_t length)
{
	uint32_t name;
	size_t node;
	bool any = false;

	fold(&f->buf, text, length);
	name = f->buf.length ? bpr_i_dict_find(&f->names, f->buf.data, f->buf.length) : BPR_DICT_NONE;
	for (int turn = 0; turn < 2 && !any && name != BPR_DICT_NONE; turn++)
		for (uint32_t i = f->first[name]; i; i = f->next[i - 1])
			if (turn || bpr_node_is_step(bpr_flow_node(f->flow, i - 1))) {
				link_up(f, activity, i - 1);
				any = true;
			}
	if (any)
		return true;
	bpr_i_buf_clear(&f->buf);
	for (size_t i = 0; i < length; i++)
		bpr_i_buf_putc(&f->buf, text[i]);
	node = f->buf.failed || !f->buf.length ? BPR_NONE : bpr_flow_find(f->flow, f->buf.data);
	if (node == BPR_NONE || is_gateway(bpr_flow_node(f->flow, node)))
		return false;
	link_up(f, activity, node);
	return true;
}

/* ---- mappings ---- */

static uint32_t find_activity(struct finder *f, const char *text, size_t length)
{
	uint32_t count = bpr_log_name_count(f->log, BPR_LOG_ACTIVITY), found = BPR_LOG_NONE;
	struct bpr_buf want = BPR_BUF_INIT;

	for (uint32_t i = 0; i < count; i++) /* as it stands first */
		if (strlen(bpr_log_name(f->log, BPR_LOG_ACTIVITY, i)) == length && !strncmp(bpr_log_name(f->log, BPR_LOG_ACTIVITY, i), text, length))
			return i;
	fold(&want, text, length);
	for (uint32_t i = 0; i < count && found == BPR_LOG_NONE && want.length; i++) {
		const char *name = bpr_log_name(f->log, BPR_LOG_ACTIVITY, i);

		fold(&f->buf, name, strlen(name));
		if (f->buf.length == want.length && !memcmp(f->buf.data, want.data, want.length))
			found = i;
	}
	f->nomem |= want.failed || f->buf.failed;
	bpr_i_buf_release(&want);
	return found;
}

static bpr_status bad_map(struct bpr_error *err, enum bpr_code_id id, const char *map, const char *text, size_t length)
{
	char name[200];

	(void)snprintf(name, sizeof(name), "%.*s", (int)(length < sizeof(name) ? length : sizeof(name) - 1), text);
	return bpr_i_fail(err, BPR_EINVAL, id, map, 0, map, name);
}

/* Names may hold '=': the first one that parts an activity from a step counts. */
static bpr_status use_map(struct finder *f, const char *map, struct bpr_error *err)
{
	const char *first = strchr(map, '='), *equals = first;
	uint32_t activity = BPR_LOG_NONE;

	if (!equals)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_L605, map, 0, map, NULL);
	for (; equals && activity == BPR_LOG_NONE; equals = strchr(equals + 1, '=')) {
		activity = find_activity(f, map, (size_t)(equals - map));
		if (activity != BPR_LOG_NONE)
			break;
	}
	if (f->nomem)
		return bpr_i_nomem(err);
	if (activity == BPR_LOG_NONE)
		return bad_map(err, BPR_I_L606, map, map, (size_t)(first - map));
	if (!link_by_name(f, activity, equals + 1, strlen(equals + 1)))
		return f->nomem || f->buf.failed ? bpr_i_nomem(err) : bad_map(err, BPR_I_L607, map, equals + 1, strlen(equals + 1));
	f->mapped[activity] = true;
	return f->nomem ? bpr_i_nomem(err) : BPR_OK;
}

/* ---- what is linked ---- */

static int by_pair(const void *a, const void *b)
{
	const struct bpr_next *x = a, *y = b;

	if (x->fire != y->fire)
		return x->fire < y->fire ? -1 : 1;
	return x->marking < y->marking ? -1 : x->marking > y->marking;
}

static uint32_t root(uint32_t *parent, uint32_t at)
{
	while (parent[at] != at)
		at = parent[at] = parent[parent[at]];
	return at;
}

static bool classify(struct bpr_match *match, const struct finder *f)
{
	size_t activities = match->activity_count, n = match->node_count;
	uint32_t *parent = bpr_i_calloc(activities + n + 1, sizeof(*parent)), *number = bpr_i_calloc(activities + n + 1, sizeof(*number));
	bool ok = parent && number;

	for (uint32_t i = 0; ok && i < activities + n; i++) {
		parent[i] = i;
		number[i] = BPR_MNET_NONE;
	}
	for (size_t i = 0; ok && i < f->pair_count; i++)
		parent[root(parent, f->pair[i].fire)] = root(parent, (uint32_t)activities + f->pair[i].marking);
	for (size_t i = 0; ok && i < n; i++) {
		uint32_t *class = &number[root(parent, (uint32_t)(activities + i))];

		if (match->visible[i] && *class == BPR_MNET_NONE)
			*class = match->class_count++;
		match->node_class[i] = match->visible[i] ? *class : BPR_MNET_NONE;
	}
	for (uint32_t i = 0; ok && i < activities; i++)
		match->activity_class[i] = match->row[i + 1] > match->row[i] ? number[root(parent, i)] : BPR_MNET_NONE;
	bpr_i_free(parent);
	bpr_i_free(number);
	return ok;
}

static bool link_all(struct bpr_match *match, struct finder *f)
{
	match->row = bpr_i_calloc(match->activity_count + 2, sizeof(*match->row));
	match->node = bpr_i_calloc(f->pair_count + 1, sizeof(*match->node));
	match->activity_class = bpr_i_calloc(match->activity_count + 1, sizeof(*match->activity_class));
	match->node_class = bpr_i_calloc(match->node_count + 1, sizeof(*match->node_class));
	match->visible = bpr_i_calloc(match->node_count + 1, sizeof(*match->visible));
	if (!match->row || !match->node || !match->activity_class || !match->node_class || !match->visible)
		return false;
	if (f->pair_count)
		qsort(f->pair, f->pair_count, sizeof(*f->pair), by_pair);
	for (size_t i = 0, count = 0; i < f->pair_count; i++) {
		if (i && !by_pair(&f->pair[i - 1], &f->pair[i]))
			continue;
		match->node[count++] = f->pair[i].marking;
		match->row[f->pair[i].fire + 1] = (uint32_t)count;
		match->visible[f->pair[i].marking] = true;
	}
	for (size_t i = 0; i < match->activity_count; i++)
		if (match->row[i + 1] < match->row[i])
			match->row[i + 1] = match->row[i];
	for (size_t i = 0; i < match->node_count; i++)
		match->visible[i] |= bpr_node_is_step(bpr_flow_node(f->flow, i)) && *bpr_flow_node(f->flow, i)->name;
	return classify(match, f);
}

bpr_status bpr_i_match_new(struct bpr_match *match, const bpr_log *log, const bpr_flow *flow, const struct bpr_conform_options *options,
			   struct bpr_error *err)
{
	struct finder f = { .log = log, .flow = flow, .buf = BPR_BUF_INIT };
	bpr_status status = BPR_OK;

	*match = (struct bpr_match){ .activity_count = bpr_log_name_count(log, BPR_LOG_ACTIVITY), .node_count = bpr_flow_node_count(flow) };
	f.mapped = bpr_i_calloc(match->activity_count + 1, sizeof(*f.mapped));
	if (!f.mapped || !index_nodes(&f))
		status = bpr_i_nomem(err);
	for (size_t i = 0; status == BPR_OK && i < options->map_count; i++)
		status = use_map(&f, options->map[i], err);
	for (uint32_t i = 0; status == BPR_OK && i < match->activity_count; i++) {
		const char *name = bpr_log_name(log, BPR_LOG_ACTIVITY, i);

		if (!f.mapped[i])
			(void)link_by_name(&f, i, name, strlen(name));
	}
	if (status == BPR_OK && (f.nomem || f.buf.failed || !link_all(match, &f)))
		status = bpr_i_nomem(err);
	bpr_i_dict_release(&f.names);
	bpr_i_free(f.first);
	bpr_i_free(f.next);
	bpr_i_free(f.pair);
	bpr_i_free(f.mapped);
	bpr_i_buf_release(&f.buf);
	if (status != BPR_OK)
		bpr_i_match_release(match);
	return status;
}

void bpr_i_match_release(struct bpr_match *match)
{
	bpr_i_free(match->row);
	bpr_i_free(match->node);
	bpr_i_free(match->activity_class);
	bpr_i_free(match->node_class);
	bpr_i_free(match->visible);
	*match = (struct bpr_match){ 0 };
}

/* ---- what fits nothing ---- */

struct letters { unsigned code[LONGEST]; size_t count; };

static bool spell(struct letters *l, struct bpr_buf *buf, const char *text)
{
	size_t pos = 0;

	fold(buf, text, strlen(text));
	l->count = 0;
	while (pos < buf->length && l->count < LONGEST)
		l->code[l->count++] = bpr_i_utf8_next(buf->data, buf->length, &pos);
	return pos == buf->length && l->count;
}

/* Changes of one letter that lead from one to the other (Levenshtein 1966). */
static size_t distance(const struct letters *a, const struct letters *b)
{
	size_t row[LONGEST + 1];

	for (size_t k = 0; k <= b->count; k++)
		row[k] = k;
	for (size_t i = 1; i <= a->count; i++) {
		size_t before = row[0];

		row[0] = i;
		for (size_t k = 1; k <= b->count; k++) {
			size_t change = before + (a->code[i - 1] != b->code[k - 1]), best = row[k] < row[k - 1] ? row[k] + 1 : row[k - 1] + 1;

			before = row[k];
			row[k] = change < best ? change : best;
		}
	}
	return row[b->count];
}

/* The step whose name is most like it: at most a third of its letters differ, or one name holds the other. */
static const char *nearest(const bpr_flow *flow, const char *name, struct bpr_buf *buf)
{
	struct letters own, other;
	const char *best = NULL;
	size_t least = SIZE_MAX;

	if (!spell(&own, buf, name))
		return NULL;
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);
		size_t d, most;

		if (!bpr_node_is_step(n) || !spell(&other, buf, n->name))
			continue;
		d = distance(&own, &other);
		most = own.count > other.count ? own.count : other.count;
		if (d < least && d * 3 <= most) {
			least = d;
			best = n->name;
		}
	}
	return best;
}

struct frequent { uint32_t activity; uint64_t events; };

static int by_events(const void *a, const void *b)
{
	const struct frequent *x = a, *y = b;

	if (x->events != y->events)
		return x->events > y->events ? -1 : 1;
	return x->activity < y->activity ? -1 : x->activity > y->activity;
}

static bool tell_activities(const struct bpr_match *match, const bpr_log *log, const bpr_flow *flow, const uint64_t *events, bpr_problems *problems)
{
	struct frequent *all = bpr_i_calloc(match->activity_count + 1, sizeof(*all));
	struct bpr_buf buf = BPR_BUF_INIT;
	uint64_t others = 0;
	size_t count = 0;
	char number[2][32];
	bool ok = all != NULL;

	for (uint32_t i = 0; ok && i < match->activity_count; i++)
		if (match->row[i + 1] == match->row[i] && events[i])
			all[count++] = (struct frequent){ i, events[i] };
	if (ok && count)
		qsort(all, count, sizeof(*all), by_events);
	for (size_t i = 0; ok && i < count; i++) {
		const char *name = bpr_log_name(log, BPR_LOG_ACTIVITY, all[i].activity), *near = i < LISTED ? nearest(flow, name, &buf) : NULL;

		if (i >= LISTED) {
			others += all[i].events;
			continue;
		}
		(void)snprintf(number[0], sizeof(number[0]), "%llu", (unsigned long long)all[i].events);
		ok = bpr_i_problem(problems, near ? BPR_I_L601 : BPR_I_L600, NULL, false, name, number[0], near, NULL);
	}
	if (ok && count > LISTED) {
		(void)snprintf(number[0], sizeof(number[0]), "%zu", count - LISTED);
		(void)snprintf(number[1], sizeof(number[1]), "%llu", (unsigned long long)others);
		ok = bpr_i_problem(problems, BPR_I_L602, NULL, false, number[0], number[1], NULL, NULL);
	}
	ok &= !buf.failed;
	bpr_i_buf_release(&buf);
	bpr_i_free(all);
	return ok;
}

static bool tell_steps(const struct bpr_match *match, const bpr_flow *flow, bpr_problems *problems)
{
	bool *seen = bpr_i_calloc((size_t)match->class_count + 1, sizeof(*seen)), ok = seen != NULL;
	size_t count = 0;
	char number[32];

	for (size_t i = 0; ok && i < match->activity_count; i++)
		if (match->activity_class[i] != BPR_MNET_NONE)
			seen[match->activity_class[i]] = true;
	for (size_t i = 0; ok && i < match->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		if (!match->visible[i] || seen[match->node_class[i]])
			continue;
		if (count++ < LISTED)
			ok = bpr_i_problem(problems, BPR_I_L603, &(struct bpr_place){ .where = n->id }, false, *n->name ? n->name : n->id, NULL, NULL, NULL);
	}
	if (ok && count > LISTED) {
		(void)snprintf(number, sizeof(number), "%zu", count - LISTED);
		ok = bpr_i_problem(problems, BPR_I_L604, NULL, false, number, NULL, NULL, NULL);
	}
	bpr_i_free(seen);
	return ok;
}

bool bpr_i_match_tell(const struct bpr_match *match, const bpr_log *log, const bpr_flow *flow, const uint64_t *events, bpr_problems *problems)
{
	char number[32];

	if (!tell_activities(match, log, flow, events, problems) || !tell_steps(match, flow, problems))
		return false;
	for (uint32_t i = 0, told = 0; i < match->activity_count && told < LISTED; i++) {
		uint32_t steps = match->row[i + 1] - match->row[i];

		if (steps < 2 || !events[i])
			continue;
		told++;
		(void)snprintf(number, sizeof(number), "%u", (unsigned)steps);
		if (!bpr_i_problem(problems, BPR_I_L613, NULL, false, bpr_log_name(log, BPR_LOG_ACTIVITY, i), number, NULL, NULL))
			return false;
	}
	return true;
}
