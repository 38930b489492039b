/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates of a flow: noted by the makers, tried, and those kept that fit and change something. */
#include "config.h"
#include "improve/candidate_i.h"
#include "improve/value_i.h"
#include "base/num_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 240 };

/* ---- for the makers ---- */

size_t bpr_i_candidate_find(const struct maker *m, const char *code, size_t from)
{
	for (size_t i = from; i < bpr_problems_count(m->findings); i++)
		if (!strcmp(bpr_problems_get(m->findings, i).code->code, code))
			return i;
	return BPR_NONE;
}

size_t bpr_i_candidate_any(const struct maker *m, const char *const *codes, const char **code)
{
	for (size_t i = 0; codes[i]; i++) {
		size_t found = bpr_i_candidate_find(m, codes[i], 0);

		*code = codes[i];
		if (found != BPR_NONE)
			return found;
	}
	*code = "";
	return BPR_NONE;
}

size_t bpr_i_candidate_node(const struct maker *m, size_t finding)
{
	return finding == BPR_NONE ? BPR_NONE : bpr_flow_find(m->flow, bpr_problems_get(m->findings, finding).where);
}

static const char *keep(struct maker *m, const char *text)
{
	const char *kept = bpr_i_arena_strdup(&m->arena, text ? text : "");

	if (kept)
		return kept;
	m->nomem = true;
	return "";
}

struct candidate *bpr_i_candidate_add(struct maker *m, const char *code, const char *where, const char *name, const char *arg)
{
	char text[LONGEST_NAME];
	struct candidate *c;

	if (m->nomem || !bpr_i_grow(&m->items, &m->capacity, m->count + 1, sizeof(*m->items))) {
		m->nomem = true;
		return NULL;
	}
	(void)bpr_i_text_fill(text, sizeof(text), bpr_text(m->lang, name), (const char *const[4]){ arg, NULL, NULL, NULL });
	c = &m->items[m->count++];
	*c = (struct candidate){ .name = keep(m, text), .note = "", .finding = code, .where = keep(m, where), .yearly_cost = (double)NAN, .keep = true };
	return m->nomem ? NULL : c;
}

void bpr_i_candidate_act(struct maker *m, struct candidate *c, enum bpr_lever_kind kind, const char *target, const char *value)
{
	if (!c)
		return;
	if (c->action_count == CANDIDATE_ACTIONS) {
		c->keep = false;
		return;
	}
	c->actions[c->action_count++] = (struct bpr_lever_action){ kind, keep(m, target), keep(m, value), 0 };
}

void bpr_i_candidate_scale(struct maker *m, struct candidate *c, const char *step, double factor)
{
	char value[48] = "";
	double percent = round((factor - 1) * 1000) / 10;

	(void)bpr_i_num_fixed(value + 1, sizeof(value) - 2, fabs(percent), 1, false);
	value[0] = percent < 0 ? '-' : '+';
	value[strlen(value)] = '%';
	bpr_i_candidate_act(m, c, BPR_LEVER_SPEED_UP, step, value);
}

void bpr_i_candidate_note(struct maker *m, struct candidate *c, const char *note)
{
	struct bpr_buf both = BPR_BUF_INIT;

	if (!c)
		return;
	bpr_i_buf_puts(&both, c->note);
	if (*c->note && m->lang == BPR_LANG_EN)
		bpr_i_buf_putc(&both, ' ');
	bpr_i_buf_puts(&both, bpr_text(m->lang, note));
	m->nomem |= both.failed != BPR_OK;
	if (!both.failed)
		c->note = keep(m, both.data);
	bpr_i_buf_release(&both);
}

void bpr_i_candidate_exclude(struct candidate *c, size_t other)
{
	if (c && other != BPR_NONE && c->exclude_count < CANDIDATE_LINKS)
		c->excludes[c->exclude_count++] = other;
}

struct bpr_buf *bpr_i_candidate_join(struct bpr_buf *list, const char *item)
{
	if (list->length)
		bpr_i_buf_puts(list, "; ");
	bpr_i_buf_puts(list, item);
	return list;
}

const char *bpr_i_candidate_step(const struct maker *m, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, node);

	return n->name && *n->name ? n->name : n->id;
}

/* ---- levers of candidates ---- */

static bpr_status add_lever(const struct maker *m, const struct candidate *c, size_t number, const size_t *numbers, bpr_levers *levers)
{
	char id[24];
	size_t needs[CANDIDATE_LINKS], excludes[CANDIDATE_LINKS];
	struct bpr_lever lever = {
		.id = id, .name = c->name, .note = c->note, .actions = c->actions, .action_count = c->action_count, .cost = (double)NAN,
		.yearly_cost = c->yearly_cost, .effort_days = (double)NAN, .ease = (double)NAN, .needs = needs, .excludes = excludes,
		.finding = c->finding, .where = c->where,
	};

	(void)snprintf(id, sizeof(id), "%zu", number);
	for (size_t i = 0; i < c->need_count; i++)
		if (numbers[c->needs[i]] != BPR_NONE)
			needs[lever.need_count++] = numbers[c->needs[i]];
	for (size_t i = 0; i < c->exclude_count; i++)
		if (numbers[c->excludes[i]] != BPR_NONE)
			excludes[lever.exclude_count++] = numbers[c->excludes[i]];
	return bpr_levers_add(levers, &lever, m->err);
}

bpr_flow *bpr_i_candidate_apply(struct maker *m, const struct candidate *c)
{
	struct candidate alone = *c;
	bpr_levers *levers = NULL;
	bpr_flow *after = NULL;
	bool refused = false;
	const size_t none = BPR_NONE;
	bpr_status status;

	if (m->nomem || !c->action_count)
		return NULL;
	alone.need_count = alone.exclude_count = 0;
	status = bpr_levers_new("", &levers, NULL);
	if (!status)
		status = add_lever(m, &alone, 1, &none, levers);
	if (!status)
		status = bpr_levers_apply(m->flow, levers, NULL, &refused, &after, NULL, NULL);
	bpr_levers_free(levers);
	m->nomem |= status == BPR_ENOMEM;
	if (!status && !refused)
		return after;
	bpr_flow_free(after);
	return NULL;
}

/* ---- the way along the flow ---- */

struct walker { struct maker *m; size_t *stack, *arc; unsigned char *seen; size_t depth, left; };

/* Depth first; places are given from the end, when a node is left. */
static void walk(struct walker *w, size_t start)
{
	w->seen[start] = 1;
	w->stack[w->depth++] = start;
	while (w->depth) {
		size_t at = w->stack[w->depth - 1];
		const struct bpr_node *node = bpr_flow_node(w->m->flow, at);

		if (w->arc[at] < node->out_count) {
			/* The last way first, so that those written first come first in the order. */
			size_t to = bpr_flow_arc(w->m->flow, node->first_out + node->out_count - 1 - w->arc[at]++)->to;

			if (w->seen[to])
				continue;
			w->seen[to] = 1;
			w->stack[w->depth++] = to;
			continue;
		}
		w->m->order[at] = --w->left;
		w->depth--;
	}
}

static bool find_order(struct maker *m)
{
	struct walker w = { .m = m, .left = m->n };

	m->order = bpr_i_arena_alloc(&m->arena, m->n + 1, sizeof(*m->order));
	w.stack = bpr_i_arena_alloc(&m->arena, m->n + 1, sizeof(*w.stack));
	w.arc = bpr_i_arena_alloc(&m->arena, m->n + 1, sizeof(*w.arc));
	w.seen = bpr_i_arena_alloc(&m->arena, m->n + 1, 1);
	if (!m->order || !w.stack || !w.arc || !w.seen)
		return false;
	for (size_t kind = 0; kind < 2; kind++)
		for (size_t i = m->n; i > 0; i--)
			if (!w.seen[i - 1] && (kind || bpr_flow_node(m->flow, i - 1)->kind == BPR_NODE_START))
				walk(&w, i - 1);
	return true;
}

/* ---- which are kept ---- */

/* Only time can show what these bring. */
static bool needs_queues(const struct candidate *c)
{
	for (size_t i = 0; i < c->action_count; i++)
		if (c->actions[i].kind == BPR_LEVER_ADD_STAFF || c->actions[i].kind == BPR_LEVER_APPOINTMENTS || c->actions[i].kind == BPR_LEVER_UNBATCH)
			return true;
	return false;
}

static bool changes(const struct bpr_lever_value *v)
{
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		if (v->known[i] && fabs(v->change[i]) > 1e-12)
			return true;
	return false;
}

/* Those that stay, numbered; others BPR_NONE. */
static size_t number(const struct maker *m, size_t *numbers)
{
	size_t count = 0;

	for (size_t i = 0; i < m->count; i++)
		numbers[i] = m->items[i].keep ? count++ : BPR_NONE;
	return count;
}

static bpr_status list_all(const struct maker *m, const size_t *numbers, bpr_levers **out)
{
	bpr_status status = bpr_levers_new("", out, m->err);

	for (size_t i = 0; i < m->count && !status; i++)
		if (numbers[i] != BPR_NONE)
			status = add_lever(m, &m->items[i], numbers[i] + 1, numbers, *out);
	return status;
}

/* Gain of each beside what it needs; those that do not fit go. */
static bpr_status try_all(struct maker *m, bpr_valuer *valuer, const size_t *numbers, size_t count)
{
	bool *flat = bpr_i_arena_alloc(&m->arena, count * count + 1, 1);
	const bool **sets = bpr_i_arena_alloc(&m->arena, count + 1, sizeof(*sets));
	struct bpr_lever_value *values = bpr_i_arena_alloc(&m->arena, count + 1, sizeof(*values));
	bpr_status status;

	if (!flat || !sets || !values)
		return bpr_i_nomem(m->err);
	for (size_t i = 0; i < m->count; i++) {
		if (numbers[i] == BPR_NONE)
			continue;
		sets[numbers[i]] = flat + numbers[i] * count;
		flat[numbers[i] * count + numbers[i]] = true;
		/* What is needed comes before, and needs nothing itself. */
		for (size_t k = 0; k < m->items[i].need_count; k++)
			if (numbers[m->items[i].needs[k]] != BPR_NONE)
				flat[numbers[i] * count + numbers[m->items[i].needs[k]]] = true;
	}
	status = bpr_i_valuer_run(valuer, &(struct bpr_value_batch){ .sets = sets, .count = count, .values = values }, m->err);
	for (size_t i = 0; i < m->count && !status; i++) {
		const struct bpr_lever_value *v = numbers[i] == BPR_NONE ? NULL : &values[numbers[i]];

		m->items[i].keep = v && v->fits && (changes(v) || needs_queues(&m->items[i]));
		m->items[i].gain = v ? v->gain : 0;
	}
	return status;
}

static int most_first(const void *x, const void *y)
{
	const struct candidate *const *a = x, *const *b = y;

	if ((*a)->gain < (*b)->gain || (*a)->gain > (*b)->gain)
		return (*a)->gain > (*b)->gain ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

/* Those behind the first `most` go, and what needs one that went. */
static bool cut(struct maker *m, size_t most)
{
	const struct candidate **list = bpr_i_arena_alloc(&m->arena, m->count + 1, sizeof(*list));
	size_t count = 0;

	if (!list)
		return false;
	for (size_t i = 0; i < m->count; i++)
		if (m->items[i].keep)
			list[count++] = &m->items[i];
	if (count)
		qsort(list, count, sizeof(*list), most_first);
	for (size_t i = most; i < count; i++)
		m->items[list[i] - m->items].keep = false;
	for (size_t i = 0; i < m->count; i++)
		for (size_t k = 0; k < m->items[i].need_count; k++)
			m->items[i].keep &= m->items[m->items[i].needs[k]].keep;
	return true;
}

static bpr_status choose(struct maker *m, const struct bpr_candidate_options *options, bpr_levers **out)
{
	size_t *numbers = bpr_i_arena_alloc(&m->arena, m->count + 1, sizeof(*numbers));
	struct bpr_suggest_options how = BPR_SUGGEST_OPTIONS_INIT;
	bpr_levers *all = NULL;
	bpr_valuer *valuer = NULL;
	size_t count;
	bpr_status status;

	if (!numbers)
		return bpr_i_nomem(m->err);
	/* Which one changes anything is asked of what is known without chance. */
	how.analysis.samples = 0;
	count = number(m, numbers);
	status = list_all(m, numbers, &all);
	if (!status)
		status = bpr_i_valuer_new(m->flow, all, &how, &valuer, m->err);
	if (!status)
		status = try_all(m, valuer, numbers, count);
	bpr_i_valuer_free(valuer);
	bpr_levers_free(all);
	if (status)
		return status;
	if (!cut(m, options->most))
		return bpr_i_nomem(m->err);
	(void)number(m, numbers);
	return list_all(m, numbers, out);
}

static bpr_status make(struct maker *m, const struct bpr_candidate_options *options, bpr_levers **out)
{
	static void (*const makers[])(struct maker *) = {
		bpr_i_candidates_writing, bpr_i_candidates_counters, bpr_i_candidates_seals, bpr_i_candidates_steps, bpr_i_candidates_citizens,
		bpr_i_candidates_waits,
	};

	if (!find_order(m))
		return bpr_i_nomem(m->err);
	for (size_t i = 0; i < sizeof(makers) / sizeof(*makers) && !m->nomem; i++)
		makers[i](m);
	if (m->nomem)
		return bpr_i_nomem(m->err);
	return choose(m, options, out);
}

bpr_status bpr_suggest_candidates(const bpr_flow *flow, const bpr_analysis *analysis, const bpr_problems *findings,
				  const struct bpr_candidate_options *options, bpr_levers **out, struct bpr_error *err)
{
	struct bpr_candidate_options how = BPR_CANDIDATE_OPTIONS_INIT;
	struct maker m = { .flow = flow, .analysis = analysis, .findings = findings, .n = bpr_flow_node_count(flow), .err = err };
	bpr_status status;

	*out = NULL;
	if (!bpr_i_options(&how, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	if (bpr_analysis_flow_hash(analysis) != bpr_flow_hash(flow))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R003, NULL, 0, bpr_flow_id(flow), NULL);
	m.lang = how.lang;
	status = make(&m, &how, out);
	if (status) {
		bpr_levers_free(*out);
		*out = NULL;
	}
	bpr_i_free(m.items);
	bpr_i_arena_release(&m.arena);
	return status;
}
