/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People: the steps of a unit have one pool; where no units are written, steps that the same people do. How many there are: the
 * most that were at work at the same moment, on a day of which 5 % of the days have more.
 */
#include "config.h"
#include "mine/discover_measure_i.h"
#include <stdlib.h>
#include <string.h>

enum { PEAKS = 4096, MAX_KEYS = 4096 };
/* Steps are done by the same people where that much of their work is. */
#define SAME_PEOPLE 0.5
/* Pairs of steps that share people, at most looked at. */
#define MAX_PAIRS 5e7

struct stretch { size_t pool; uint32_t resource; int64_t start, end; };
struct change { int64_t at; int step; };

struct pooling {
	struct bpr_measure *m;
	size_t *root;            /* [keys] of the first key of its pool */
	size_t *pool_of;         /* [keys] or BPR_NONE */
	struct stretch *stretches; size_t count, capacity;
	struct change *changes; size_t change_capacity;
	uint32_t *peaks;         /* [pools * (PEAKS + 1)] days with such a peak */
};

static size_t root(struct pooling *p, size_t key)
{
	while (p->root[key] != key)
		key = p->root[key] = p->root[p->root[key]];
	return key;
}

static size_t root_of(const struct pooling *p, size_t key)
{
	while (p->root[key] != key)
		key = p->root[key];
	return key;
}

static void join(struct pooling *p, size_t a, size_t b)
{
	a = root(p, a);
	b = root(p, b);
	p->root[a > b ? a : b] = a > b ? b : a;
}

/* ---- which steps share people ---- */

static bool has_work(const struct bpr_measure *m, size_t key)
{
	return m->steps[key].work_known && m->steps[key].work != NULL;
}

static int by_name(const void *a, const void *b)
{
	const struct bpr_mine_pair *const *x = a, *const *y = b;

	if ((*x)->to != (*y)->to)
		return (*x)->to < (*y)->to ? -1 : 1;
	return ((*x)->from > (*y)->from) - ((*x)->from < (*y)->from);
}

/* Sum over people of the smaller share of either step's work. */
static bool join_by_people(struct pooling *p)
{
	struct bpr_measure *m = p->m;
	size_t n = m->keys > MAX_KEYS ? 0 : m->resources.count;
	const struct bpr_mine_pair **pairs = bpr_i_calloc(n, sizeof(const struct bpr_mine_pair *));
	double *total = bpr_i_calloc(m->keys, sizeof(*total)), *shared = bpr_i_calloc(n ? m->keys * m->keys : 0, sizeof(*shared)), work = 0;
	bool done = pairs && total && shared;

	for (size_t i = 0; done && i < n; i++) {
		pairs[i] = (const void *)(m->resources.items + i * m->resources.item);
		total[pairs[i]->from] += (double)pairs[i]->count;
	}
	if (done && n)
		qsort(pairs, n, sizeof(pairs[0]), by_name);
	for (size_t i = 0, end; done && i < n && work < MAX_PAIRS; i = end) {
		for (end = i + 1; end < n && pairs[end]->to == pairs[i]->to; end++)
			;
		work += (double)(end - i) * (double)(end - i);
		for (size_t a = i; a < end; a++)
			for (size_t b = i; b < a; b++) {
				double x = (double)pairs[a]->count / total[pairs[a]->from], y = (double)pairs[b]->count / total[pairs[b]->from];

				shared[pairs[b]->from * m->keys + pairs[a]->from] += x < y ? x : y;
			}
	}
	for (size_t a = 0; done && n && a < m->keys; a++)
		for (size_t b = 0; b < a; b++)
			if (shared[b * m->keys + a] >= SAME_PEOPLE)
				join(p, a, b);
	bpr_i_free(pairs);
	bpr_i_free(total);
	bpr_i_free(shared);
	return done;
}

/* Length of a name without the number behind it. */
static size_t numbered(const char *name, size_t length)
{
	while (length && strchr("0123456789-_#. /:(", name[length - 1]))
		length--;
	return length;
}

/* What both begin with, in whole characters and without the numbers behind it. */
static size_t alike(const char *a, const char *b, size_t length)
{
	size_t same = 0;

	while (same < length && a[same] == b[same])
		same++;
	if (same == length && !b[same])
		return same;
	while (same && ((unsigned char)a[same] & 0xc0) == 0x80)
		same--;
	return numbered(a, same);
}

struct called { const char *name; size_t length; uint32_t who; uint64_t most; };

/* What the people of each pool are called: what their names begin with, and who does most. [keys], of the first step of each. */
static void call_people(struct pooling *p, struct called *called)
{
	struct bpr_measure *m = p->m;

	memset(called, 0, m->keys * sizeof(*called));
	for (uint32_t i = 0; i < m->resources.count; i++) {
		const struct bpr_mine_pair *pair = (const void *)(m->resources.items + i * m->resources.item);
		struct called *c = &called[root_of(p, pair->from)];
		const char *name = bpr_log_name(m->log, BPR_LOG_RESOURCE, pair->to);

		if (!has_work(m, pair->from))
			continue;
		c->length = c->name ? alike(c->name, name, c->length) : strlen(name);
		c->name = c->name ? c->name : name;
		if (pair->count > c->most) {
			c->most = pair->count;
			c->who = pair->to;
		}
	}
}

/* Clerk-01 here, Clerk-02 there: names that are numbered say themselves who is of one kind. */
static bool join_by_name(struct pooling *p)
{
	struct bpr_measure *m = p->m;
	struct called *called = bpr_i_calloc(m->keys, sizeof(*called));
	struct bpr_names names = { 0 };
	size_t *first = bpr_i_calloc(m->keys, sizeof(*first));
	bool done = called && first;

	if (done)
		call_people(p, called);
	for (size_t key = 0; done && key < m->keys; key++) {
		bool added;
		size_t at;

		if (root_of(p, key) != key || called[key].length < 2)
			continue;
		at = bpr_i_names_add(&names, called[key].name, numbered(called[key].name, called[key].length), &added);
		done = at != BPR_NONE;
		if (done && added)
			first[at] = key;
		else if (done)
			join(p, key, first[at]);
	}
	bpr_i_names_release(&names);
	bpr_i_free(called);
	bpr_i_free(first);
	return done;
}

/* The one person that does these steps; several: what their names begin with, else who does most, with dots. */
static char *people_name(struct pooling *p, const struct called *called)
{
	struct bpr_measure *m = p->m;
	struct bpr_buf text = BPR_BUF_INIT;
	const size_t kind = called->length ? numbered(called->name, called->length) : 0;
	char *kept;

	/* Appraiser-000001 alone is the appraiser. */
	if (called->length >= 2)
		return bpr_i_arena_strndup(&m->arena, called->name, kind >= 2 ? kind : called->length);
	bpr_i_buf_printf(&text, "%s …", bpr_log_name(m->log, BPR_LOG_RESOURCE, called->who));
	kept = text.failed ? NULL : bpr_i_arena_strdup(&m->arena, text.data);
	bpr_i_buf_release(&text);
	return kept;
}

/* Two pools of people may begin alike: then they are numbered. */
static bool name_apart(struct bpr_measure *m, size_t pool)
{
	size_t same = 1;
	struct bpr_buf text = BPR_BUF_INIT;

	for (size_t i = 0; i < pool; i++)
		same += !strcmp(m->pools[i].name, m->pools[pool].name);
	if (same == 1)
		return true;
	bpr_i_buf_printf(&text, "%s %zu", m->pools[pool].name, same);
	m->pools[pool].name = text.failed ? NULL : bpr_i_arena_strdup(&m->arena, text.data);
	bpr_i_buf_release(&text);
	return m->pools[pool].name != NULL;
}

/* Steps of the same unit. */
static bool join_by_unit(struct pooling *p)
{
	const struct bpr_measure *m = p->m;
	size_t count = bpr_log_name_count(m->log, BPR_LOG_UNIT);
	size_t *first = bpr_i_calloc(count, sizeof(*first)); /* key + 1 */
	bool done;

	for (size_t key = 0; first && key < m->keys; key++) {
		uint32_t unit = m->steps[key].unit;

		if (unit == BPR_LOG_NONE)
			continue;
		if (first[unit])
			join(p, key, first[unit] - 1);
		else
			first[unit] = key + 1;
	}
	done = first != NULL;
	bpr_i_free(first);
	return done;
}

static bool add_pool(struct pooling *p, size_t key, const struct called *called, bool units)
{
	struct bpr_measure *m = p->m;
	struct bpr_measured_pool *pool = &m->pools[m->pool_count];

	pool->unit = m->steps[key].unit;
	pool->name = units ? bpr_i_arena_strdup(&m->arena, bpr_log_name(m->log, BPR_LOG_UNIT, pool->unit)) : people_name(p, &called[root(p, key)]);
	if (!pool->name || !(units || name_apart(m, m->pool_count)))
		return false;
	m->pool_count++;
	return true;
}

static bool form_pools(struct pooling *p)
{
	struct bpr_measure *m = p->m;
	bool units = bpr_log_name_count(m->log, BPR_LOG_UNIT) > 0, done;
	size_t *of_root = bpr_i_calloc(m->keys, sizeof(*of_root)); /* pool + 1 */
	struct called *called = bpr_i_calloc(m->keys, sizeof(*called));

	for (size_t key = 0; key < m->keys; key++) {
		p->root[key] = key;
		p->pool_of[key] = BPR_NONE;
	}
	done = of_root && called && (units ? join_by_unit(p) : join_by_people(p) && join_by_name(p));
	if (done)
		call_people(p, called);
	for (size_t key = 0; key < m->keys; key++)
		if (has_work(m, key) && (!units || m->steps[key].unit != BPR_LOG_NONE))
			p->pool_of[key] = 0; /* will have one */
	m->pools = bpr_i_arena_alloc(&m->arena, m->keys, sizeof(*m->pools));
	done = done && m->pools;
	for (size_t key = 0; done && key < m->keys; key++) {
		size_t at = root(p, key);

		if (p->pool_of[key] == BPR_NONE)
			continue;
		if (!of_root[at]) {
			done = add_pool(p, key, called, units);
			of_root[at] = m->pool_count;
		}
		p->pool_of[key] = m->steps[key].pool = of_root[at] - 1;
	}
	bpr_i_free(of_root);
	bpr_i_free(called);
	return done;
}

/* ---- how many at once ---- */

static int by_person(const void *a, const void *b)
{
	const struct stretch *x = a, *y = b;

	if (x->pool != y->pool)
		return x->pool < y->pool ? -1 : 1;
	if (x->resource != y->resource)
		return x->resource < y->resource ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end > y->end) - (x->end < y->end);
}

static int by_time(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->step - y->step; /* who ends makes room for who begins */
}

/* Most people of one pool at work at once; a person with several cases at once is one. */
static bool count_day(struct pooling *p, size_t from, size_t to)
{
	size_t n = 0, now = 0, most = 0;

	if (!bpr_i_grow(&p->changes, &p->change_capacity, 2 * (to - from), sizeof(*p->changes)))
		return false;
	for (size_t i = from; i < to;) {
		struct stretch s = p->stretches[i++];

		while (i < to && s.resource != BPR_LOG_NONE && p->stretches[i].resource == s.resource && p->stretches[i].start <= s.end) {
			s.end = p->stretches[i].end > s.end ? p->stretches[i].end : s.end;
			i++;
		}
		p->changes[n++] = (struct change){ s.start, 1 };
		p->changes[n++] = (struct change){ s.end, -1 };
	}
	qsort(p->changes, n, sizeof(p->changes[0]), by_time);
	for (size_t i = 0; i < n; i++) {
		now = p->changes[i].step > 0 ? now + 1 : now - 1;
		most = now > most ? now : most;
	}
	p->peaks[p->stretches[from].pool * (PEAKS + 1) + (most < PEAKS ? most : PEAKS)]++;
	return true;
}

static bool take_day(struct pooling *p, const struct bpr_busy *busy, size_t count)
{
	p->count = 0;
	if (!bpr_i_grow(&p->stretches, &p->capacity, count, sizeof(*p->stretches)))
		return false;
	for (size_t i = 0; i < count; i++)
		if (p->pool_of[busy[i].key] != BPR_NONE)
			p->stretches[p->count++] = (struct stretch){ p->pool_of[busy[i].key], busy[i].resource, busy[i].start, busy[i].end };
	if (!p->count)
		return true;
	qsort(p->stretches, p->count, sizeof(p->stretches[0]), by_person);
	for (size_t i = 0, end; i < p->count; i = end) {
		for (end = i + 1; end < p->count && p->stretches[end].pool == p->stretches[i].pool; end++)
			;
		if (!count_day(p, i, end))
			return false;
	}
	return true;
}

/* The smallest number that is enough on 95 % of the days. */
static size_t enough(const uint32_t *peaks)
{
	uint64_t days = 0, seen = 0;
	size_t count = 0;

	for (size_t i = 1; i <= PEAKS; i++)
		days += peaks[i];
	while (count < PEAKS && 20 * seen < 19 * days)
		seen += peaks[++count];
	return count ? count : 1;
}

static bpr_status count_people(struct pooling *p)
{
	struct bpr_measure *m = p->m;
	bpr_spill_walk *walk;
	bpr_status status = bpr_i_spill_finish(m->busy);
	const void *records;
	uint32_t day;
	size_t count;

	walk = status == BPR_OK ? bpr_i_spill_walk_new(m->busy) : NULL;
	p->peaks = bpr_i_calloc(m->pool_count * (PEAKS + 1), sizeof(*p->peaks));
	if (status == BPR_OK && (!walk || !p->peaks))
		status = BPR_ENOMEM;
	while (status == BPR_OK && (status = bpr_i_spill_walk_next(walk, &day, &records, &count)) == BPR_OK && records)
		if (!take_day(p, records, count))
			status = BPR_ENOMEM;
	for (size_t i = 0; status == BPR_OK && i < m->pool_count; i++)
		m->pools[i].count = enough(p->peaks + i * (PEAKS + 1));
	bpr_i_spill_walk_free(walk);
	return status;
}

bpr_status bpr_i_measure_pools(struct bpr_measure *m, struct bpr_error *err)
{
	struct pooling p = { .m = m };
	bpr_status status = BPR_OK;

	p.root = bpr_i_calloc(m->keys, sizeof(*p.root));
	p.pool_of = bpr_i_calloc(m->keys, sizeof(*p.pool_of));
	if (!p.root || !p.pool_of || !form_pools(&p))
		status = BPR_ENOMEM;
	else if (m->pool_count)
		status = count_people(&p);
	bpr_i_free(p.root);
	bpr_i_free(p.pool_of);
	bpr_i_free(p.stretches);
	bpr_i_free(p.changes);
	bpr_i_free(p.peaks);
	if (status == BPR_ENOMEM)
		return bpr_i_nomem(err);
	return status == BPR_OK ? status : bpr_i_fail(err, status, BPR_I_L001, NULL, 0, NULL, NULL);
}
