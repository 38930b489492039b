/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each case shows: one walk over each log, one entry a case. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "flow/dist_i.h"
#include "mine/evidence_i.h"
#include <math.h>
#include <string.h>

enum { MINUTE = 60000, DAY = 86400000 };
enum { DETAILS = BPR_EVIDENCE_COPIES - BPR_EVIDENCE_FORMS + 1 };

/* What one log knows at all, prepared before its cases are walked. */
struct known {
	double *details;         /* [details * DETAILS] */
	bool detail[DETAILS];
	bool starts, units, resources, counters, cancelled;
};

struct walk {
	bpr_evidence *evidence;
	const bpr_log *log;
	size_t side;             /* where its cases go, unless they are split at a date */
	struct known known;
	bool units;              /* of both logs: handoffs are between units; else people */
	const uint32_t *by[BPR_LOG_BY_MAX]; /* numbers of this log's values that both logs share */
	uint64_t *ends, *counts; /* [activities] */
	uint32_t *seen; uint32_t stamp; /* [activities]: the last case that had it */
	bool results;
	struct bpr_rng rng;
	double row[BPR_EVIDENCE_KEY_COUNT];
};

static int64_t begin_of(const struct bpr_log_event *event)
{
	return event->start != BPR_LOG_NO_TIME ? event->start : event->end;
}

static long day_of(int64_t local)
{
	return (long)(local >= 0 ? local / DAY : -((-local + DAY - 1) / DAY));
}

/* ---- details: "writes=A;B fields=12 seals=1" ---- */

static void take_word(const char *word, size_t length, double *row, bool *known)
{
	static const char *const names[DETAILS] = { "writes=", "fields=", "seals=", "id_checks=", "copies=" };

	for (size_t i = 0; i < DETAILS; i++) {
		const size_t name = strlen(names[i]);
		double value = 0;

		if (length <= name || strncmp(word, names[i], name))
			continue;
		if (!i) {
			value = 1;
			for (size_t k = name; k < length; k++)
				value += word[k] == ';' && k + 1 < length;
		} else if (!bpr_i_num_parse(word + name, length - name, &value) || !(value >= 0)) {
			continue;
		}
		row[i] += value;
		known[i] = true;
	}
}

static bool read_details(const bpr_log *log, struct known *known)
{
	const uint32_t count = bpr_log_name_count(log, BPR_LOG_DETAIL);

	known->details = bpr_i_calloc((size_t)count * DETAILS, sizeof(double));
	if (!known->details)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		const char *text = bpr_log_name(log, BPR_LOG_DETAIL, i);

		while (*text) {
			const size_t length = strcspn(text, " ");

			take_word(text, length, known->details + (size_t)i * DETAILS, known->detail);
			text += length + strspn(text + length, " ");
		}
	}
	return true;
}

/* ---- one case ---- */

struct running { int64_t end; uint32_t unit, resource, counter; double wait, work; bool timed; };

static void take_event(struct walk *w, const struct bpr_log_event *e, struct running *r, bool first)
{
	double *row = w->row;
	const uint32_t who = w->units ? e->unit : e->resource;
	uint32_t *last = w->units ? &r->unit : &r->resource;

	if (e->start != BPR_LOG_NO_TIME && !(e->flags & (BPR_LOG_OPEN | BPR_LOG_BROKEN))) {
		r->timed = true;
		r->wait += !first && e->start > r->end ? (double)(e->start - r->end) / MINUTE : 0;
		r->work += e->end > e->start ? (double)(e->end - e->start) / MINUTE : 0;
	}
	r->end = first || e->end > r->end ? e->end : r->end;
	row[BPR_EVIDENCE_STEPS]++;
	row[BPR_EVIDENCE_REVISITS] += w->seen[e->activity] == w->stamp;
	w->seen[e->activity] = w->stamp;
	if (who != BPR_LOG_NONE) {
		row[BPR_EVIDENCE_HANDOFFS] += *last != BPR_LOG_NONE && *last != who;
		*last = who;
	}
	if (e->counter != BPR_LOG_NONE) {
		row[BPR_EVIDENCE_COUNTERS] += r->counter != e->counter;
		r->counter = e->counter;
	}
	for (size_t i = 0; i < DETAILS && e->detail != BPR_LOG_NONE; i++)
		row[BPR_EVIDENCE_FORMS + i] += w->known.details[(size_t)e->detail * DETAILS + i];
}

/* Finished where the log says so, or where it ends with what mostly comes last. */
static enum bpr_case_state state_of(const struct walk *w, const struct bpr_log_case *c)
{
	const struct bpr_log_event *last = &c->events[c->count - 1];

	if (last->flags & BPR_LOG_BROKEN)
		return BPR_CASE_CANCELLED;
	if (last->flags & BPR_LOG_OPEN)
		return BPR_CASE_OPEN;
	if (w->results)
		return c->result == BPR_LOG_NONE ? BPR_CASE_OPEN : BPR_CASE_FINISHED;
	return w->ends[last->activity] * 2 >= w->counts[last->activity] ? BPR_CASE_FINISHED : BPR_CASE_OPEN;
}

static void take_case(struct walk *w, const struct bpr_log_case *c, enum bpr_case_state state, int64_t *begin, int64_t *end)
{
	struct running r = { 0, BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE, 0, 0, false };
	const struct known *known = &w->known;
	double *row = w->row;

	memset(row, 0, sizeof(w->row));
	w->stamp++;
	*begin = begin_of(&c->events[0]);
	for (size_t i = 0; i < c->count; i++) {
		const int64_t start = begin_of(&c->events[i]);

		*begin = start < *begin ? start : *begin;
		take_event(w, &c->events[i], &r, !i);
	}
	*end = r.end;
	row[BPR_EVIDENCE_CYCLE] = (double)(*end - *begin) / MINUTE;
	row[BPR_EVIDENCE_WAIT] = r.timed ? r.wait : (double)NAN;
	row[BPR_EVIDENCE_WORK] = r.timed ? r.work : (double)NAN;
	row[BPR_EVIDENCE_REWORK] = row[BPR_EVIDENCE_REVISITS] > 0;
	row[BPR_EVIDENCE_STANDARD] = NAN;
	if (!(w->units ? known->units : known->resources))
		row[BPR_EVIDENCE_HANDOFFS] = NAN;
	if (!known->counters)
		row[BPR_EVIDENCE_COUNTERS] = NAN;
	for (size_t i = 0; i < DETAILS; i++)
		if (!known->detail[i])
			row[BPR_EVIDENCE_FORMS + i] = NAN;
	for (size_t i = 0; i < BPR_EVIDENCE_KEY_COUNT && state != BPR_CASE_FINISHED; i++)
		row[i] = NAN;
	row[BPR_EVIDENCE_CANCELLED] = state == BPR_CASE_OPEN ? (double)NAN : state == BPR_CASE_CANCELLED;
}

/* ---- keeping ---- */

/* Where the values of the next case go: all of the first so many, then at random instead of another. BPR_NONE: nowhere. */
static size_t place_for(struct walk *w, struct bpr_cases *cases)
{
	const uint64_t seen = ++cases->side.cases;
	const size_t most = w->evidence->options.samples;
	uint64_t at;

	if (cases->count < most)
		return cases->count++;
	at = (uint64_t)(bpr_i_rng_uniform(&w->rng) * (double)seen);
	return at < most ? (size_t)at : BPR_NONE;
}

static bool grow(struct bpr_cases *cases, size_t by_count)
{
	const size_t old = cases->capacity, need = old < 256 ? 512 : old * 2;
	struct { void *items; size_t size; } arrays[] = { { &cases->days, sizeof(*cases->days) }, { &cases->strata, sizeof(*cases->strata) },
		{ &cases->by, by_count * sizeof(*cases->by) }, { &cases->lives, sizeof(*cases->lives) } };

	for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++) {
		void **items = arrays[i].items;
		void *more = arrays[i].size ? bpr_i_realloc(*items, need, arrays[i].size) : NULL;

		if (arrays[i].size && !more)
			return false;
		*items = more;
	}
	for (size_t k = 0; k < BPR_EVIDENCE_KEY_COUNT; k++) {
		double *more = bpr_i_realloc(cases->values[k], need, sizeof(*more));

		if (!more)
			return false;
		cases->values[k] = more;
	}
	cases->capacity = need;
	return true;
}

static bool keep_case(struct walk *w, const struct bpr_log_case *c, enum bpr_case_state state)
{
	const size_t by_count = w->evidence->strata.by_count;
	const int64_t over = bpr_log_info(w->log).last;
	struct bpr_cases *cases;
	int64_t begin, end;
	long day;
	size_t at;

	take_case(w, c, state, &begin, &end);
	day = day_of(begin + (int64_t)c->events[0].offset * MINUTE);
	cases = &w->evidence->cases[w->evidence->split ? (size_t)(day >= w->evidence->options.change) : w->side];
	cases->side.straddling += w->evidence->split && day < w->evidence->options.change &&
				  day_of(end + (int64_t)c->events[c->count - 1].offset * MINUTE) >= w->evidence->options.change;
	cases->side.finished += state == BPR_CASE_FINISHED;
	cases->side.unfinished += state == BPR_CASE_OPEN;
	cases->side.cancelled += state == BPR_CASE_CANCELLED;
	at = place_for(w, cases);
	if (at == BPR_NONE)
		return true;
	if (at >= cases->capacity && !grow(cases, by_count))
		return false;
	cases->days[at] = (int32_t)day;
	cases->strata[at] = BPR_LOG_NONE;
	for (size_t i = 0; i < by_count; i++)
		cases->by[at * by_count + i] = c->by[i] == BPR_LOG_NONE ? BPR_LOG_NONE : w->by[i][c->by[i]];
	/* Who is not over yet was seen until the log ends; who gave up until then. */
	cases->lives[at] = (struct bpr_life){ (double)((state == BPR_CASE_OPEN && over > end ? over : end) - begin) / MINUTE, state == BPR_CASE_FINISHED };
	for (size_t k = 0; k < BPR_EVIDENCE_KEY_COUNT; k++)
		cases->values[k][at] = w->row[k];
	return true;
}

/* ---- the walks ---- */

typedef bool per_case(struct walk *w, const struct bpr_log_case *c);

static bool count_case(struct walk *w, const struct bpr_log_case *c)
{
	w->results |= c->result != BPR_LOG_NONE;
	w->ends[c->events[c->count - 1].activity]++;
	for (size_t i = 0; i < c->count; i++) {
		const struct bpr_log_event *e = &c->events[i];

		w->counts[e->activity]++;
		w->known.units |= e->unit != BPR_LOG_NONE;
		w->known.resources |= e->resource != BPR_LOG_NONE;
		w->known.counters |= e->counter != BPR_LOG_NONE;
	}
	return true;
}

static bool value_case(struct walk *w, const struct bpr_log_case *c)
{
	return keep_case(w, c, state_of(w, c));
}

static bpr_status walk_all(struct walk *w, per_case *visit, struct bpr_error *err)
{
	const struct bpr_log_case *c = NULL;
	bpr_log_walk *walk;
	bpr_status failed = bpr_log_walk_new(w->log, &walk, err);

	while (!failed && !(failed = bpr_log_walk_next(walk, &c, err)) && c)
		if (!visit(w, c))
			failed = bpr_i_nomem(err);
	bpr_log_walk_free(walk);
	return failed;
}

static bpr_status begin(struct walk *w, bpr_evidence *e, size_t side, struct bpr_error *err)
{
	const bpr_log *log = e->logs[side];
	const uint32_t activities = bpr_log_name_count(log, BPR_LOG_ACTIVITY);

	w->evidence = e;
	w->log = log;
	w->side = side;
	w->ends = bpr_i_calloc(activities, sizeof(*w->ends));
	w->counts = bpr_i_calloc(activities, sizeof(*w->counts));
	w->seen = bpr_i_calloc(activities, sizeof(*w->seen));
	bpr_i_rng_seed(&w->rng, e->options.seed, 0, 0, 0x63617365);
	if (!w->ends || !w->counts || !w->seen || !read_details(log, &w->known))
		return bpr_i_nomem(err);
	return walk_all(w, count_case, err);
}

static void end(struct walk *w)
{
	for (size_t i = 0; i < BPR_LOG_BY_MAX; i++)
		bpr_i_free((void *)(uintptr_t)w->by[i]);
	bpr_i_free(w->known.details);
	bpr_i_free(w->seen);
	bpr_i_free(w->counts);
	bpr_i_free(w->ends);
}

/* Attributes that both logs were read with: their values get numbers that both share. */
static bool share_names(bpr_evidence *e, struct walk *walks, size_t count)
{
	e->strata.by_count = 0;
	for (size_t i = 0; e->options.stratify && i < walks[0].log->by_count && i < walks[count - 1].log->by_count; i++) {
		struct bpr_dict dict = { 0 };
		bool good = true;

		for (size_t side = 0; side < count && good; side++) {
			const uint32_t values = bpr_log_name_count(walks[side].log, BPR_LOG_BY + (unsigned)i);
			uint32_t *numbers = bpr_i_calloc(values, sizeof(*numbers));

			walks[side].by[i] = numbers;
			good = numbers != NULL;
			for (uint32_t k = 0; good && k < values; k++) {
				const char *name = bpr_log_name(walks[side].log, BPR_LOG_BY + (unsigned)i, k);

				numbers[k] = bpr_i_dict_add(&dict, name, strlen(name));
				good = numbers[k] != BPR_DICT_NONE;
			}
		}
		bpr_i_dict_release(&dict);
		if (!good)
			return false;
		e->by[e->strata.by_count++] = bpr_log_by(walks[0].log, i);
	}
	return true;
}

bpr_status bpr_i_evidence_gather(bpr_evidence *e, bpr_problems *problems, struct bpr_error *err)
{
	const size_t count = e->split || e->single ? 1 : 2;
	struct walk walks[2] = { 0 };
	bpr_status failed = BPR_OK;

	(void)problems;
	for (size_t i = 0; i < count && !failed; i++)
		failed = begin(&walks[i], e, e->single ? 1 : i, err);
	if (!failed && !share_names(e, walks, count))
		failed = bpr_i_nomem(err);
	for (size_t i = 0; i < count && !failed; i++) {
		walks[i].units = walks[0].known.units && (count < 2 || walks[1].known.units);
		failed = walk_all(&walks[i], value_case, err);
	}
	for (size_t i = 0; i < count; i++)
		end(&walks[i]);
	return failed;
}

void bpr_i_cases_release(struct bpr_cases *cases)
{
	for (size_t k = 0; k < BPR_EVIDENCE_KEY_COUNT; k++) {
		bpr_i_free(cases->values[k]);
		bpr_i_free(cases->sorted[k]);
	}
	bpr_i_free(cases->lives);
	bpr_i_free(cases->by);
	bpr_i_free(cases->strata);
	bpr_i_free(cases->days);
}
