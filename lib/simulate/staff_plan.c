/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People, lines and doors of a flow as flat arrays: what staff.c and its neighbours need, once for all replications. */
#include "config.h"
#include "simulate/staff_i.h"
#include "base/alloc_i.h"
#include <string.h>

struct making {
	struct run_plan *run;
	struct staff_plan *plan;
	const struct run_plan *of;
	struct run_need *sorted;  /* needs of one node, each pool once */
};

static void *take(struct making *m, size_t count, size_t size)
{
	return bpr_i_arena_alloc(m->plan->arena, count ? count : 1, size);
}

/* ---- people ---- */

static bool has_rules(const struct bpr_shift *shift)
{
	return shift->hours.rule_count || shift->breaks.rule_count || shift->turn_minutes > 0;
}

/* Everybody is known by a number: some 16 bytes a person and thread. */
enum { MOST_PEOPLE = 10000000 };

static bool count_people(struct making *m, bpr_status *status, struct bpr_error *err)
{
	size_t left = MOST_PEOPLE;

	for (size_t i = 0; i < m->of->pool_count; i++) {
		const struct bpr_pool *pool = bpr_flow_pool(m->of->flow, i);

		for (size_t k = 0; pool->count && k < pool->shift_count; k++) {
			if (pool->shifts[k].count > left) {
				*status = bpr_i_fail(err, BPR_ELIMIT, BPR_I_V020, pool->name, 0, "10000000", NULL);
				return false;
			}
			left -= pool->shifts[k].count;
		}
	}
	return true;
}

static bool size_people(struct making *m)
{
	struct staff_plan *p = m->plan;
	size_t persons = 1, crews = 0, also = 0;

	for (size_t i = 0; i < m->of->pool_count; i++) {
		const struct bpr_pool *pool = bpr_flow_pool(m->of->flow, i);

		for (size_t k = 0; pool->count && k < pool->shift_count; k++, crews++) {
			persons += pool->shifts[k].count;
			also += pool->shifts[k].also_count;
		}
	}
	p->person_count = (uint32_t)persons;
	return (p->pool = take(m, m->of->pool_count, sizeof(*p->pool))) && (p->crew = take(m, crews, sizeof(*p->crew))) &&
	       (p->also = take(m, also, sizeof(uint32_t))) && (p->helper = take(m, also, sizeof(uint32_t))) &&
	       (p->person_crew = take(m, persons, sizeof(uint32_t)));
}

static void add_crew(struct making *m, size_t pool, size_t shift, uint32_t *person, uint32_t *also)
{
	struct staff_plan *p = m->plan;
	const struct bpr_shift *of = &bpr_flow_pool(m->of->flow, pool)->shifts[shift];
	struct staff_crew *crew = &p->crew[p->crew_count];

	*crew = (struct staff_crew){ .pool = (uint32_t)pool, .shift = (uint32_t)shift, .count = (uint32_t)of->count, .first_person = *person,
		.first_also = *also, .first_word = p->word_count, .changes = m->of->closes || has_rules(of) };
	for (uint32_t k = 0; k < crew->count; k++)
		p->person_crew[*person + k] = p->crew_count;
	for (size_t k = 0; k < of->also_count; k++)
		if (of->also[k] != pool && bpr_flow_pool(m->of->flow, of->also[k])->count)
			p->also[(*also)++] = (uint32_t)of->also[k];
	crew->also_count = *also - crew->first_also;
	*person += crew->count;
	p->word_count += (crew->count + 63) / 64;
	p->clock |= crew->changes;
	p->crew_count++;
}

static bool helps(const struct staff_plan *p, const struct staff_crew *crew, uint32_t pool)
{
	for (uint32_t k = 0; k < crew->also_count; k++)
		if (p->also[crew->first_also + k] == pool)
			return true;
	return false;
}

static void add_people(struct making *m)
{
	struct staff_plan *p = m->plan;
	uint32_t person = 1, also = 0, helper = 0;

	for (size_t i = 0; i < m->of->pool_count; i++) {
		const struct bpr_pool *pool = bpr_flow_pool(m->of->flow, i);

		p->pool[i] = (struct staff_pool){ .count = (uint32_t)pool->count, .first_crew = p->crew_count, .discipline = pool->discipline };
		for (size_t k = 0; pool->count && k < pool->shift_count; k++)
			add_crew(m, i, k, &person, &also);
		p->pool[i].crew_count = p->crew_count - p->pool[i].first_crew;
	}
	for (uint32_t i = 0; i < m->of->pool_count; i++) {
		p->pool[i].first_helper = helper;
		for (uint32_t c = 0; c < p->crew_count; c++)
			if (helps(p, &p->crew[c], i))
				p->helper[helper++] = c;
		p->pool[i].helper_count = helper - p->pool[i].first_helper;
	}
}

/* ---- doors ---- */

static void add_doors(struct making *m, uint32_t *door_of)
{
	struct staff_plan *p = m->plan;
	uint32_t office = RUN_NONE;

	for (size_t i = 0; i < m->of->counter_count; i++) {
		const struct bpr_counter *counter = bpr_flow_counter(m->of->flow, i);

		p->seats[i] = counter->seats < UINT32_MAX ? (uint32_t)counter->seats : 0;
		door_of[i] = RUN_NONE;
		if (counter->open.rule_count) {
			p->door[p->door_count] = (uint32_t)i;
			door_of[i] = p->door_count++;
		} else if (m->of->closes) {
			if (office == RUN_NONE) {
				office = p->door_count;
				p->door[p->door_count++] = (uint32_t)i;
			}
			door_of[i] = office;
		}
	}
	p->clock |= p->door_count > 0;
}

/* ---- lines ---- */

/* Needs of a node, each pool once, in the order written; the line it stands in, new or old. */
static uint32_t find_line(struct making *m, const struct run_node *node, uint32_t door, uint32_t *need_at)
{
	struct staff_plan *p = m->plan;
	struct staff_kind *kind = &p->kind[p->line_count];
	struct run_need *need = &p->need[*need_at];
	uint32_t count = 0;

	for (uint32_t i = 0; i < node->need_count; i++) {
		const struct run_need *n = &m->of->need[node->first_need + i];
		uint32_t k = 0;

		while (k < count && need[k].pool != n->pool)
			k++;
		if (k == count)
			need[count++] = *n;
		else
			need[k].count += n->count;
	}
	for (uint32_t l = 0; l < p->line_count; l++)
		if (p->kind[l].door == door && p->kind[l].need_count == count &&
		    (!count || !memcmp(&p->need[p->kind[l].first_need], need, count * sizeof(*need))))
			return l;
	*kind = (struct staff_kind){ .first_need = *need_at, .need_count = count, .door = door, .part = RUN_NONE,
		.discipline = count ? p->pool[need[0].pool].discipline : BPR_DISCIPLINE_FIFO };
	*need_at += count;
	return p->line_count++;
}

static void add_lines(struct making *m, const uint32_t *door_of)
{
	struct staff_plan *p = m->plan;
	uint32_t need = 0;

	for (size_t i = 0; i < m->of->node_count; i++) {
		const struct run_node *node = &m->of->node[i];
		const struct bpr_node *of = bpr_flow_node(m->of->flow, i);
		struct staff_node *to = &p->node[i];
		bool at_counter = node->traits & RUN_AT_COUNTER;

		*to = (struct staff_node){ RUN_NONE, 1, RUN_NONE, 0 };
		if (!(node->traits & RUN_ASKS))
			continue;
		to->line = find_line(m, node, at_counter ? door_of[node->counter] : RUN_NONE, &need);
		to->batch = of->batch > 1 ? of->batch < UINT32_MAX ? (uint32_t)of->batch : UINT32_MAX : 1;
		to->batch_wait = of->batch_wait;
		to->seats_at = node->counter != RUN_NONE && p->seats[node->counter] ? node->counter : RUN_NONE;
		p->batches |= to->batch > 1;
	}
}

/* ---- parts: pools that belong together ---- */

static uint32_t root(uint32_t *up, uint32_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

static void join(uint32_t *up, uint32_t a, uint32_t b)
{
	a = root(up, a);
	b = root(up, b);
	if (a < b)
		up[b] = a;
	else
		up[a] = b;
}

static void add_parts(struct making *m, uint32_t *up)
{
	struct staff_plan *p = m->plan;
	uint32_t pools = (uint32_t)m->of->pool_count, at = 0;

	for (uint32_t i = 0; i < pools; i++)
		up[i] = i;
	for (uint32_t l = 0; l < p->line_count; l++)
		for (uint32_t k = 1; k < p->kind[l].need_count; k++)
			join(up, p->need[p->kind[l].first_need].pool, p->need[p->kind[l].first_need + k].pool);
	for (uint32_t c = 0; c < p->crew_count; c++)
		for (uint32_t k = 0; k < p->crew[c].also_count; k++)
			join(up, p->crew[c].pool, p->also[p->crew[c].first_also + k]);
	for (uint32_t i = 0; i < pools; i++) {
		struct staff_part *part = &p->part[p->part_count];

		if (root(up, i) != i)
			continue;
		*part = (struct staff_part){ .first_pool = at };
		for (uint32_t k = i; k < pools; k++) {
			if (root(up, k) != i)
				continue;
			p->pool[k].part = p->part_count;
			p->part_pool[at++] = k;
			part->helps |= p->pool[k].helper_count > 0;
		}
		part->pool_count = at - part->first_pool;
		p->part_count++;
	}
}

static void tie_lines(struct making *m)
{
	struct staff_plan *p = m->plan;
	uint32_t at = 0;

	for (uint32_t i = 0; i < m->of->pool_count; i++) {
		p->pool[i].first_line = at;
		for (uint32_t l = 0; l < p->line_count; l++)
			for (uint32_t k = 0; k < p->kind[l].need_count; k++) {
				if (p->need[p->kind[l].first_need + k].pool != i)
					continue;
				p->kind[l].part = p->pool[i].part;
				p->pool_line[at++] = l;
			}
		p->pool[i].line_count = at - p->pool[i].first_line;
	}
}

/* ---- the common case ---- */

static bool plain_pool(const struct making *m, const struct staff_pool *pool)
{
	const struct staff_plan *p = m->plan;

	return pool->count && pool->count <= STAFF_FAST_MAX && pool->crew_count == 1 && !p->crew[pool->first_crew].changes &&
	       pool->discipline == BPR_DISCIPLINE_FIFO && pool->line_count == 1 && p->part[pool->part].pool_count == 1;
}

static void find_fast(struct making *m)
{
	static const uint32_t special = RUN_AT_COUNTER | RUN_BATCH | RUN_PATIENCE;
	struct staff_plan *p = m->plan;

	for (size_t i = 0; i < m->of->pool_count; i++)
		p->pool[i].fast = plain_pool(m, &p->pool[i]);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < m->of->node_count; i++) {
			struct run_node *node = &m->run->node[i];
			bool one = node->pool != RUN_NONE && !(node->traits & special);

			if (!(node->traits & RUN_ASKS))
				continue;
			for (uint32_t k = 0; !one && !pass && k < node->need_count; k++)
				p->pool[m->of->need[node->first_need + k].pool].fast = false;
			if (pass && one && p->pool[node->pool].fast)
				node->traits |= RUN_FAST;
			else if (pass)
				p->slow = true;
		}
}

/* ---- what can never be ---- */

/* Everybody who could come, of the pool itself and of those who help it. */
static uint64_t whoever(const struct staff_plan *p, uint32_t pool)
{
	uint64_t sum = p->pool[pool].count;

	for (uint32_t k = 0; k < p->pool[pool].helper_count; k++)
		sum += p->crew[p->helper[p->pool[pool].first_helper + k]].count;
	return sum;
}

static bpr_status check_needs(const struct making *m, struct bpr_error *err)
{
	const struct staff_plan *p = m->plan;

	for (size_t i = 0; i < m->of->node_count; i++) {
		const struct staff_kind *kind = p->node[i].line == RUN_NONE ? NULL : &p->kind[p->node[i].line];

		for (uint32_t k = 0; kind && k < kind->need_count; k++) {
			const struct run_need *need = &p->need[kind->first_need + k];
			const char *id = bpr_flow_node(m->of->flow, i)->id;

			if (need->count > whoever(p, need->pool))
				return bpr_i_fail(err, BPR_EINVAL, BPR_I_V021, id, 0, id, bpr_flow_pool(m->of->flow, need->pool)->name);
		}
	}
	return BPR_OK;
}

/* ---- the whole ---- */

static bool make(struct making *m)
{
	struct staff_plan *p = m->plan;
	const struct run_plan *of = m->of;
	size_t needs = 0, counters = of->counter_count;
	uint32_t *door_of, *up;

	for (size_t i = 0; i < of->node_count; i++)
		needs += of->node[i].need_count;
	/* find_line() writes the needs of one node behind those that are kept. */
	if (!size_people(m) || !(p->node = take(m, of->node_count, sizeof(*p->node))) || !(p->door = take(m, counters, sizeof(uint32_t))) ||
	    !(p->kind = take(m, of->node_count + 1, sizeof(*p->kind))) || !(p->need = take(m, needs, sizeof(*p->need))) ||
	    !(p->pool_line = take(m, needs, sizeof(uint32_t))) || !(p->part = take(m, of->pool_count, sizeof(*p->part))) ||
	    !(p->part_pool = take(m, of->pool_count, sizeof(uint32_t))) || !(p->seats = take(m, counters, sizeof(uint32_t))) ||
	    !(door_of = take(m, counters, sizeof(uint32_t))) || !(up = take(m, of->pool_count, sizeof(uint32_t))))
		return false;
	add_people(m);
	add_doors(m, door_of);
	add_lines(m, door_of);
	add_parts(m, up);
	tie_lines(m);
	find_fast(m);
	return true;
}

bpr_status bpr_i_staff_plan(struct run_plan *plan, bpr_problems *problems, struct bpr_error *err)
{
	struct making m = { .run = plan, .of = plan };
	bpr_status status;

	(void)problems;
	if (!count_people(&m, &status, err))
		return status;
	plan->staff_plan = m.plan = bpr_i_calloc(1, sizeof(*m.plan));
	if (!m.plan || !(m.plan->arena = bpr_i_calloc(1, sizeof(struct bpr_arena))) || !make(&m))
		return bpr_i_nomem(err);
	return check_needs(&m, err);
}

void bpr_i_staff_plan_free(struct run_plan *plan)
{
	struct staff_plan *p = plan->staff_plan;

	if (!p)
		return;
	if (p->arena)
		bpr_i_arena_release(p->arena);
	bpr_i_free(p->arena);
	bpr_i_free(p);
	plan->staff_plan = NULL;
}
