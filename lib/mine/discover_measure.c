/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a log says of steps: counted event by event, then the most frequent unit and counter of each, its durations fitted. */
#include "config.h"
#include "mine/discover_measure_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* All samples together: 64 MiB. */
#define SAMPLES ((size_t)8 << 20)

bool bpr_i_kept_add(struct bpr_kept *kept, size_t most, struct bpr_rng *rng, double value)
{
	size_t at;

	kept->seen++;
	if (kept->count < most) {
		if (!bpr_i_grow(&kept->values, &kept->capacity, kept->count + 1, sizeof(*kept->values)))
			return false;
		kept->values[kept->count++] = value;
		return true;
	}
	at = (size_t)(bpr_i_rng_uniform(rng) * (double)kept->seen);
	if (at < kept->count)
		kept->values[at] = value;
	return true;
}

static uint32_t side(const bpr_log *log, size_t keys, unsigned names)
{
	uint32_t count = bpr_log_name_count(log, names);

	return count > keys ? count : (uint32_t)keys;
}

bpr_measure *bpr_i_measure_new(const bpr_log *log, size_t keys, const struct bpr_discovery_options *options)
{
	struct bpr_measure *m = bpr_i_calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	*m = (struct bpr_measure){ .log = log, .options = *options, .keys = keys };
	m->sample = SAMPLES / (keys ? keys : 1) < BPR_I_SAMPLE ? SAMPLES / keys : BPR_I_SAMPLE;
	m->sample = m->sample < 1000 ? 1000 : m->sample;
	bpr_i_rng_seed(&m->rng, options->seed, 0, 0, 0x6d656173); /* "meas" */
	m->tallies = bpr_i_calloc(keys, sizeof(*m->tallies));
	m->steps = bpr_i_calloc(keys, sizeof(*m->steps));
	if (m->tallies && m->steps && bpr_i_comings_begin(m) &&
	    bpr_i_mine_pairs_begin(&m->units, side(log, keys, BPR_LOG_UNIT), sizeof(struct bpr_mine_pair)) &&
	    bpr_i_mine_pairs_begin(&m->counters, side(log, keys, BPR_LOG_COUNTER), sizeof(struct bpr_mine_pair)) &&
	    bpr_i_mine_pairs_begin(&m->resources, side(log, keys, BPR_LOG_RESOURCE), sizeof(struct bpr_mine_pair)) &&
	    bpr_i_mine_pairs_begin(&m->details, side(log, keys, BPR_LOG_DETAIL), sizeof(struct bpr_mine_pair)))
		return m;
	bpr_i_measure_free(m);
	return NULL;
}

void bpr_i_measure_free(bpr_measure *m)
{
	if (!m)
		return;
	for (size_t i = 0; m->tallies && i < m->keys; i++) {
		bpr_i_free(m->tallies[i].work.values);
		bpr_i_free(m->tallies[i].wait.values);
		bpr_i_free(m->tallies[i].open.values);
	}
	bpr_i_free(m->tallies);
	bpr_i_free(m->steps);
	bpr_i_free(m->rows);
	bpr_i_free(m->comings.arrived);
	bpr_i_free(m->comings.events);
	bpr_i_free(m->comings.moments.values);
	bpr_i_free(m->comings.open_before);
	bpr_i_mine_pairs_release(&m->units);
	bpr_i_mine_pairs_release(&m->counters);
	bpr_i_mine_pairs_release(&m->resources);
	bpr_i_mine_pairs_release(&m->details);
	bpr_i_spill_free(m->busy);
	bpr_i_arena_release(&m->arena);
	bpr_i_free(m);
}

/* ---- counting ---- */

static bool count_pair(struct bpr_mine_pairs *pairs, size_t key, uint32_t name)
{
	struct bpr_mine_pair *pair;

	if (name == BPR_LOG_NONE)
		return true;
	pair = bpr_i_mine_pairs_at(pairs, (uint32_t)key, name);
	if (!pair)
		return false;
	pair->count++;
	return true;
}

static bool count_detail(struct bpr_measure *m, size_t key, const struct bpr_log_event *event)
{
	struct bpr_tally *t = &m->tallies[key];
	struct bpr_log_detail detail;

	if (event->detail == BPR_LOG_NONE)
		return true;
	if (!bpr_i_log_detail(bpr_log_name(m->log, BPR_LOG_DETAIL, event->detail), &detail))
		return true;
	t->detailed = true;
	t->seals += detail.counts[BPR_LOG_SEALS];
	t->id_checks += detail.counts[BPR_LOG_ID_CHECKS];
	t->fields += detail.counts[BPR_LOG_FIELDS];
	t->names += detail.counts[BPR_LOG_NAMES_WRITTEN];
	return !detail.writes || count_pair(&m->details, key, event->detail);
}

static bool count_busy(struct bpr_measure *m, size_t key, const struct bpr_log_event *event)
{
	struct bpr_busy *busy;

	if (!m->options.pools || event->end <= event->start || (event->resource == BPR_LOG_NONE && event->unit == BPR_LOG_NONE))
		return true;
	if (!m->busy)
		m->busy = bpr_i_spill_new(sizeof(*busy), (size_t)16 << 20, NULL);
	busy = m->busy ? bpr_i_spill_add(m->busy) : NULL;
	if (!busy)
		return false;
	*busy = (struct bpr_busy){ (uint32_t)(bpr_i_day_of(bpr_i_local(event->start, event->offset)) - m->comings.first_day), (uint32_t)key,
				   event->resource, 0, event->start, event->end };
	m->busy_count++;
	return true;
}

/* Work over a night, by the clock and in the hours of the office. The same draws choose from both. */
static bool count_work(struct bpr_measure *m, struct bpr_tally *t, const struct bpr_log_event *event)
{
	double clock = event->end > event->start ? (double)(event->end - event->start) / 60000 : 0, open = clock;
	int64_t from = bpr_i_local(event->start, event->offset), to = bpr_i_local(event->end, event->offset);
	struct bpr_rng same = m->rng;
	bool outside = false;

	if (m->comings.open_before && bpr_i_day_of(from) != bpr_i_day_of(to)) {
		open = bpr_i_open_minutes(m, from, to, &outside);
		t->nights++;
		t->outside += outside;
	}
	return bpr_i_kept_add(&t->open, m->sample, &same, open) && bpr_i_kept_add(&t->work, m->sample, &m->rng, clock);
}

bool bpr_i_measure_event(bpr_measure *m, size_t key, const struct bpr_log_event *event, int64_t before)
{
	struct bpr_tally *t = &m->tallies[key];
	int64_t begin = event->start != BPR_LOG_NO_TIME ? event->start : event->end;

	t->events++;
	t->manned += event->resource != BPR_LOG_NONE;
	if (!count_pair(&m->units, key, event->unit) || !count_pair(&m->counters, key, event->counter) ||
	    !count_pair(&m->resources, key, event->resource) || !count_detail(m, key, event))
		return false;
	if (event->flags & BPR_LOG_OPEN)
		return true; /* it was not seen to end: no duration is known */
	if (before != BPR_LOG_NO_TIME) {
		t->followed++;
		t->days_after += bpr_i_day_of(bpr_i_local(begin, event->offset)) != bpr_i_day_of(bpr_i_local(before, event->offset));
	}
	if (event->start != BPR_LOG_NO_TIME) {
		t->timed++;
		return count_work(m, t, event) && count_busy(m, key, event);
	}
	return before == BPR_LOG_NO_TIME ||
	       bpr_i_kept_add(&t->wait, m->sample, &m->rng, event->end > before ? (double)(event->end - before) / 60000 : 0);
}

bool bpr_i_measure_case(bpr_measure *m, const struct bpr_log_case *c)
{
	return !m->options.demand || bpr_i_comings_case(m, c);
}

/* ---- results ---- */

/* The most frequent name of each key; of equal ones the first. */
static void most_frequent(const struct bpr_measure *m, const struct bpr_mine_pairs *pairs, uint64_t *counts, uint32_t *names)
{
	for (size_t i = 0; i < m->keys; i++) {
		counts[i] = 0;
		names[i] = BPR_LOG_NONE;
	}
	for (uint32_t i = 0; i < pairs->count; i++) {
		const struct bpr_mine_pair *pair = (const void *)(pairs->items + i * pairs->item);

		if (pair->from < m->keys &&
		    (pair->count > counts[pair->from] || (pair->count == counts[pair->from] && pair->to < names[pair->from]))) {
			counts[pair->from] = pair->count;
			names[pair->from] = pair->to;
		}
	}
}

static bool name_steps(struct bpr_measure *m)
{
	uint64_t *counts = bpr_i_calloc(m->keys, sizeof(*counts));
	uint32_t *names = bpr_i_calloc(m->keys, sizeof(*names));
	bool done = counts && names;

	if (done) {
		most_frequent(m, &m->units, counts, names);
		for (size_t i = 0; i < m->keys; i++)
			m->steps[i].unit = names[i];
		most_frequent(m, &m->counters, counts, names);
		for (size_t i = 0; i < m->keys; i++)
			m->steps[i].counter = names[i];
		most_frequent(m, &m->details, counts, names);
		for (size_t i = 0; i < m->keys; i++)
			m->steps[i].detail = names[i] == BPR_LOG_NONE ? NULL : bpr_log_name(m->log, BPR_LOG_DETAIL, names[i]);
	}
	bpr_i_free(counts);
	bpr_i_free(names);
	return done;
}

static bool keep_dist(struct bpr_measure *m, const struct bpr_chosen *chosen, const struct bpr_dist **out)
{
	struct bpr_dist *dist = bpr_i_arena_alloc(&m->arena, 1, sizeof(*dist));
	double *values = NULL;

	if (!dist)
		return false;
	*dist = chosen->dist;
	if (dist->value_count) {
		values = bpr_i_arena_alloc(&m->arena, dist->value_count, sizeof(*values));
		if (!values)
			return false;
		memcpy(values, chosen->values, dist->value_count * sizeof(*values));
		dist->values = values;
	}
	*out = dist->kind == BPR_DIST_CONSTANT && !(dist->a > 0) ? NULL : dist;
	return true;
}

/* What nobody does, in a log that names people, holds nobody: mail, drying ink. */
static bool holds_people(const struct bpr_measure *m, const struct bpr_tally *t)
{
	return !bpr_log_name_count(m->log, BPR_LOG_RESOURCE) || 10 * t->manned >= t->events;
}

static bpr_status measure_step(struct bpr_measure *m, size_t key, struct bpr_chosen *chosen)
{
	struct bpr_tally *t = &m->tallies[key];
	struct bpr_measured_step *step = &m->steps[key];
	struct bpr_kept *kept;
	bpr_status status;

	step->events = t->events;
	step->pool = BPR_NONE;
	step->people = 1;
	step->work_known = t->timed > 0 && 2 * t->timed >= t->events;
	step->work_count = t->work.seen;
	step->wait_count = t->wait.seen;
	step->away = 2 * t->days_after > t->followed;
	if (t->detailed) {
		step->seals = t->seals / (double)t->events;
		step->id_checks = t->id_checks / (double)t->events;
		step->fields = t->fields / (double)t->events;
		step->names = t->names / (double)t->events;
	}
	/* What goes on at night, or ends there, does not keep the hours of the office. */
	kept = !step->work_known ? &t->wait : t->nights && 20 * t->outside <= t->nights && holds_people(m, t) ? &t->open : &t->work;
	if (!kept->count)
		return BPR_OK;
	status = bpr_i_fit_choose(kept->values, kept->count, m->options.durations, m->options.values, m->options.seed + key, chosen);
	if (status != BPR_OK)
		return status;
	step->fitted = chosen->fitted;
	step->ks = chosen->ks;
	step->ks_p = chosen->ks_p;
	m->unfitted += m->options.durations == BPR_DURATIONS_FIT && chosen->dist.kind == BPR_DIST_EMP && kept->count >= 10;
	return keep_dist(m, chosen, step->work_known && holds_people(m, t) ? &step->work : &step->wait) ? BPR_OK : BPR_ENOMEM;
}

static void tell(struct bpr_measure *m, enum bpr_code_id id, uint64_t some, uint64_t all)
{
	struct bpr_place place = { .file = bpr_log_info(m->log).name };
	char count[32], total[32];

	(void)snprintf(count, sizeof(count), "%llu", (unsigned long long)some);
	(void)snprintf(total, sizeof(total), "%llu", (unsigned long long)all);
	(void)bpr_i_problem(m->problems, id, &place, false, count, total, NULL, NULL);
}

static void tell_durations(struct bpr_measure *m)
{
	uint64_t steps = 0, waits = 0, unknown = 0;

	for (size_t i = 0; i < m->keys; i++) {
		const struct bpr_measured_step *step = &m->steps[i];

		steps += step->events > 0;
		waits += step->events > 0 && !step->work_known && step->wait_count > 0;
		unknown += step->events > 0 && !step->work_count && !step->wait_count;
	}
	if (waits)
		tell(m, BPR_I_L510, waits, steps);
	if (unknown)
		tell(m, BPR_I_L511, unknown, steps);
	if (m->unfitted)
		tell(m, BPR_I_L512, m->unfitted, steps);
}

bpr_status bpr_i_measure_finish(bpr_measure *m, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_chosen *chosen = bpr_i_calloc(1, sizeof(*chosen));
	bpr_status status = chosen && name_steps(m) ? BPR_OK : BPR_ENOMEM;

	m->problems = problems;
	for (size_t i = 0; status == BPR_OK && i < m->keys; i++)
		status = measure_step(m, i, chosen);
	bpr_i_free(chosen);
	if (status == BPR_OK && m->options.demand)
		status = bpr_i_measure_demand(m);
	if (status != BPR_OK)
		return bpr_i_nomem(err);
	tell_durations(m);
	return m->options.pools && m->busy ? bpr_i_measure_pools(m, err) : BPR_OK;
}

const struct bpr_measured_step *bpr_i_measured_step(const bpr_measure *m, size_t key)
{
	return &m->steps[key];
}

const struct bpr_measured_pool *bpr_i_measured_pools(const bpr_measure *m, size_t *count)
{
	*count = m->pool_count;
	return m->pools;
}

const struct bpr_measured_row *bpr_i_measured_demand(const bpr_measure *m, size_t *count)
{
	*count = m->row_count;
	return m->rows;
}
