/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of what was there before: interned bits, cut down to what can still matter. */
#include "config.h"
#include "analyse/sets_i.h"
#include "analyse/cells_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "markov/chain_i.h"
#include <string.h>

/* ---- where a case can go ---- */

struct links { size_t *row, *col, count; };

/* Where a token or the tokens it makes can go next, rounds and boundary events included; col NULL only counts. */
static void link_node(const struct bpr_plan *plan, struct links *l, size_t i)
{
	const struct bpr_node *node = plan->node[i];
	size_t to[2], extra = 0;

	if (plan->trait[i] & BPR_TRAIT_LOOP)
		to[extra++] = i;
	if (plan->trait[i] & BPR_TRAIT_EXIT)
		to[extra++] = bpr_flow_scope(plan->flow, plan->scope_at[i])->entry;
	else if ((plan->trait[i] & BPR_TRAIT_TERMINATE) && node->scope != BPR_NONE
		 && bpr_flow_scope(plan->flow, node->scope)->exit < plan->n)
		to[extra++] = bpr_flow_scope(plan->flow, node->scope)->exit;
	for (size_t k = 0; k < node->out_count; k++, l->count++)
		if (l->col)
			l->col[l->count] = plan->arc_to[node->first_out + k];
	for (size_t k = plan->edge_row[i]; k < plan->edge_row[i + 1]; k++, l->count++)
		if (l->col)
			l->col[l->count] = plan->edge[k];
	for (size_t k = 0; k < extra; k++, l->count++)
		if (l->col)
			l->col[l->count] = to[k];
}

static bool make_links(const struct bpr_plan *plan, struct links *l)
{
	l->row = bpr_i_calloc(plan->n + 1, sizeof(*l->row));
	if (!l->row)
		return false;
	for (int pass = 0; pass < 2; pass++) {
		l->count = 0;
		for (size_t i = 0; i < plan->n; i++) {
			l->row[i] = l->count;
			link_node(plan, l, i);
		}
		l->row[plan->n] = l->count;
		if (pass == 0 && !(l->col = bpr_i_calloc(l->count, sizeof(*l->col))))
			return false;
	}
	return true;
}

/* ---- what touches what ---- */

static bool touch(struct bpr_sets *s, size_t from, uint32_t element, double times, double weight)
{
	for (size_t i = from; element != BPR_SET_ONCE && i < s->touch_count; i++)
		if (s->touch[i].element == element) {
			s->touch[i].times += times;
			return true;
		}
	if (!bpr_i_grow(&s->touch, &s->touch_capacity, s->touch_count + 1, sizeof(*s->touch)))
		return false;
	s->touch[s->touch_count++] = (struct bpr_set_touch){ element, times, weight };
	return true;
}

static bool touch_forms(struct bpr_sets *s, const struct bpr_writing *w, const struct bpr_node *node)
{
	size_t from = s->touch_count;

	for (size_t i = 0; i < node->write_count; i++)
		for (size_t k = w->form_row[node->writes[i]]; k < w->form_row[node->writes[i] + 1]; k++)
			if (!touch(s, from, w->form[k].class, w->form[k].times * (double)node->repeat, w->weight[w->form[k].class]))
				return false;
	return true;
}

static bool add_touches(struct bpr_sets *s, const struct bpr_plan *plan, const struct bpr_writing *w, enum bpr_metric metric)
{
	bool ok = true;

	for (size_t i = 0; ok && i < plan->n; i++) {
		const struct bpr_node *node = plan->node[i];

		s->row[i] = s->touch_count;
		if (metric == BPR_METRIC_DISTINCT_COUNTERS) {
			if ((plan->trait[i] & BPR_TRAIT_PLACE) && node->counter != BPR_NONE)
				ok = touch(s, s->touch_count, (uint32_t)node->counter, 1, 1);
		} else if (metric == BPR_METRIC_REPEATED_FIELDS) {
			ok = touch_forms(s, w, node);
		} else if (plan->trait[i] & BPR_TRAIT_STEP) {
			/* Outside of loops and parallel parts a step is entered once: nothing to remember. */
			bool again = plan->parallel || s->cyclic[s->component[i]];

			ok = touch(s, s->touch_count, again ? (uint32_t)s->element_count++ : BPR_SET_ONCE, (double)node->repeat, 1);
		}
	}
	s->row[plan->n] = s->touch_count;
	return ok;
}

/* ---- what can still come up ---- */

static void add_live(struct bpr_sets *s, const struct links *l, size_t i)
{
	uint64_t *mine = &s->live[s->component[i] * s->words];

	for (size_t k = l->row[i]; k < l->row[i + 1]; k++) {
		size_t to = l->col[k];
		const uint64_t *its = &s->live[s->component[to] * s->words];

		for (size_t t = s->row[to]; t < s->row[to + 1]; t++)
			if (s->touch[t].element != BPR_SET_ONCE)
				mine[s->touch[t].element / 64] |= (uint64_t)1 << (s->touch[t].element % 64);
		for (size_t word = 0; word < s->words; word++)
			mine[word] |= its[word];
	}
}

/* Components in topological order, so that from the last to the first each finds its successors done. */
static bool order_nodes(const struct bpr_sets *s, size_t n, size_t *order)
{
	size_t *at = bpr_i_calloc(s->component_count + 1, sizeof(*at));

	if (!at)
		return false;
	for (size_t i = 0; i < n; i++)
		at[s->component[i] + 1]++;
	for (size_t c = 0; c < s->component_count; c++)
		at[c + 1] += at[c];
	for (size_t i = 0; i < n; i++)
		order[at[s->component[i]]++] = i;
	bpr_i_free(at);
	return true;
}

static bpr_status find_live(struct bpr_sets *s, const struct links *l, size_t n)
{
	size_t *order;

	if (s->words && s->component_count > s->max_bytes / 8 / s->words)
		return BPR_EUNSUPPORTED;
	s->live = bpr_i_calloc(s->component_count * s->words, sizeof(*s->live));
	order = bpr_i_calloc(n, sizeof(*order));
	if (!s->live || !order || !order_nodes(s, n, order)) {
		bpr_i_free(order);
		return BPR_ENOMEM;
	}
	for (size_t i = n; i-- > 0;)
		add_live(s, l, order[i]);
	bpr_i_free(order);
	return BPR_OK;
}

static bool find_components(struct bpr_sets *s, const struct links *l, size_t n)
{
	size_t *size;

	s->component = bpr_i_calloc(n, sizeof(*s->component));
	if (!s->component || (s->component_count = bpr_i_scc(n, l->row, l->col, s->component)) == BPR_NONE)
		return false;
	s->cyclic = bpr_i_calloc(s->component_count, 1);
	size = bpr_i_calloc(s->component_count, sizeof(*size));
	for (size_t i = 0; s->cyclic && size && i < n; i++) {
		s->cyclic[s->component[i]] |= ++size[s->component[i]] > 1;
		for (size_t k = l->row[i]; k < l->row[i + 1]; k++)
			s->cyclic[s->component[i]] |= l->col[k] == i;
	}
	bpr_i_free(size);
	return s->cyclic && size;
}

bpr_status bpr_i_sets_new(const struct bpr_plan *plan, const struct bpr_writing *writing, enum bpr_metric metric,
			  size_t max_bytes, struct bpr_sets **out, struct bpr_error *err)
{
	struct bpr_sets *s = bpr_i_calloc(1, sizeof(*s));
	struct links l = { 0 };
	bpr_status status = BPR_ENOMEM;

	*out = NULL;
	if (!s || !(s->row = bpr_i_calloc(plan->n + 1, sizeof(*s->row))))
		goto out;
	s->max_bytes = max_bytes;
	s->again = metric != BPR_METRIC_DISTINCT_COUNTERS;
	s->element_count = metric == BPR_METRIC_DISTINCT_COUNTERS ? bpr_flow_counter_count(plan->flow)
		: metric == BPR_METRIC_REPEATED_FIELDS ? writing->class_count : 0;
	if (!make_links(plan, &l) || !find_components(s, &l, plan->n) || !add_touches(s, plan, writing, metric))
		goto out;
	s->words = (s->element_count + 63) / 64;
	s->scratch = bpr_i_calloc(s->words, sizeof(*s->scratch));
	s->alive = bpr_i_calloc(s->words, sizeof(*s->alive));
	if (s->scratch && s->alive)
		status = find_live(s, &l, plan->n);
out:
	bpr_i_free(l.row);
	bpr_i_free(l.col);
	if (status == BPR_OK) {
		*out = s;
		return BPR_OK;
	}
	bpr_i_sets_free(s);
	return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
}

void bpr_i_sets_free(struct bpr_sets *s)
{
	if (!s)
		return;
	bpr_i_free(s->row);
	bpr_i_free(s->touch);
	bpr_i_free(s->live);
	bpr_i_free(s->component);
	bpr_i_free(s->cyclic);
	bpr_i_free(s->sets);
	bpr_i_free(s->slots);
	bpr_i_free(s->scratch);
	bpr_i_free(s->alive);
	bpr_i_free(s);
}

/* ---- interning ---- */

static size_t set_hash(const struct bpr_sets *s, const uint64_t *bits)
{
	return (size_t)bpr_i_hash(BPR_I_HASH_START, bits, s->words * sizeof(*bits));
}

static bool make_room(struct bpr_sets *s)
{
	size_t count = s->slot_count ? s->slot_count * 2 : 64;
	uint32_t *slots;

	if (s->words && s->set_count > s->max_bytes / 8 / s->words) {
		s->full = true;
		return false;
	}
	if (!bpr_i_grow(&s->sets, &s->set_capacity, (s->set_count + 2) * s->words, sizeof(*s->sets)))
		return false;
	if (!s->set_count) {
		memset(s->sets, 0, s->words * sizeof(*s->sets));
		s->set_count = 1;
	}
	if (s->set_count * 2 < s->slot_count)
		return true;
	slots = bpr_i_calloc(count, sizeof(*slots));
	if (!slots)
		return false;
	for (size_t i = 1; i < s->set_count; i++) {
		size_t at = set_hash(s, &s->sets[i * s->words]) & (count - 1);

		while (slots[at])
			at = (at + 1) & (count - 1);
		slots[at] = (uint32_t)i;
	}
	bpr_i_free(s->slots);
	s->slots = slots;
	s->slot_count = count;
	return true;
}

static uint32_t intern(struct bpr_sets *s, const uint64_t *bits)
{
	size_t at;
	bool empty = true;

	for (size_t i = 0; i < s->words && empty; i++)
		empty = !bits[i];
	if (empty)
		return 0;
	if (s->set_count >= UINT32_MAX - 1 || !make_room(s))
		return BPR_CELLS_FAILED;
	for (at = set_hash(s, bits) & (s->slot_count - 1); s->slots[at]; at = (at + 1) & (s->slot_count - 1))
		if (!memcmp(&s->sets[s->slots[at] * s->words], bits, s->words * sizeof(*bits)))
			return s->slots[at];
	memcpy(&s->sets[s->set_count * s->words], bits, s->words * sizeof(*bits));
	s->slots[at] = (uint32_t)s->set_count;
	return (uint32_t)s->set_count++;
}

static bool has(const struct bpr_sets *s, uint32_t set, uint32_t element)
{
	return set && element != BPR_SET_ONCE && (s->sets[set * s->words + element / 64] >> (element % 64) & 1);
}

uint32_t bpr_i_sets_enter(struct bpr_sets *s, uint32_t set, size_t node)
{
	if (s->row[node] == s->row[node + 1])
		return set;
	if (set)
		memcpy(s->scratch, &s->sets[set * s->words], s->words * sizeof(*s->scratch));
	else
		memset(s->scratch, 0, s->words * sizeof(*s->scratch));
	for (size_t i = s->row[node]; i < s->row[node + 1]; i++)
		if (s->touch[i].element != BPR_SET_ONCE)
			s->scratch[s->touch[i].element / 64] |= (uint64_t)1 << (s->touch[i].element % 64);
	return intern(s, s->scratch);
}

double bpr_i_sets_reward(const struct bpr_sets *s, uint32_t set, size_t node)
{
	double reward = 0;

	for (size_t i = s->row[node]; i < s->row[node + 1]; i++) {
		const struct bpr_set_touch *t = &s->touch[i];
		bool first = !has(s, set, t->element);

		reward += t->weight * (s->again ? t->times - first : first);
	}
	return reward;
}

void bpr_i_sets_live(struct bpr_sets *s, size_t node, bool fresh)
{
	const uint64_t *live = &s->live[s->component[node] * s->words];

	for (size_t i = 0; i < s->words; i++)
		s->alive[i] = live[i] | (fresh ? 0 : s->alive[i]);
}

void bpr_i_sets_live_self(struct bpr_sets *s, size_t node)
{
	for (size_t i = s->row[node]; i < s->row[node + 1]; i++)
		if (s->touch[i].element != BPR_SET_ONCE)
			s->alive[s->touch[i].element / 64] |= (uint64_t)1 << (s->touch[i].element % 64);
}

uint32_t bpr_i_sets_trim(struct bpr_sets *s, uint32_t set)
{
	if (!set)
		return 0;
	for (size_t i = 0; i < s->words; i++)
		s->scratch[i] = s->sets[set * s->words + i] & s->alive[i];
	return intern(s, s->scratch);
}
