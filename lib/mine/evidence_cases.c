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
	uint32_t *seen; uint32_t stamp; /* [activities]: the last case that had it */
	bpr_mining *mining;      /* which cases are over */
	bpr_worktime *worktime;  /* or NULL: times by the clock */
	struct bpr_office_days office;
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

struct running { int64_t end; int16_t offset; uint32_t unit, resource, counter; double wait, work; bool timed; };

/* Minutes from the end of what came before to the start: by the clock, or those in which the unit that goes on is open. */
static double waited(const struct walk *w, const struct bpr_log_event *e, const struct running *r)
{
	const struct wt_days *days = w->worktime ? &w->worktime->days : NULL;
	const unsigned calendar = days ? wt_calendar_of(days, e->unit) : 0;

	if (e->start <= r->end)
		return 0;
	if (!days)
		return (double)(e->start - r->end) / MINUTE;
	return (double)(bpr_i_wt_open(days, calendar, e->start + (int64_t)e->offset * MINUTE) -
			bpr_i_wt_open(days, calendar, r->end + (int64_t)r->offset * MINUTE)) / MINUTE;
}

static void take_event(struct walk *w, const struct bpr_log_event *e, struct running *r, bool first)
{
	double *row = w->row;
	const uint32_t who = w->units ? e->unit : e->resource;
	uint32_t *last = w->units ? &r->unit : &r->resource;

	if (e->start != BPR_LOG_NO_TIME && !(e->flags & (BPR_LOG_OPEN | BPR_LOG_BROKEN))) {
		r->timed = true;
		r->wait += first ? 0 : waited(w, e, r);
		r->work += e->end > e->start ? (double)(e->end - e->start) / MINUTE : 0;
	}
	if (first || e->end > r->end) {
		r->end = e->end;
		r->offset = e->offset;
	}
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

static void take_case(struct walk *w, const struct bpr_log_case *c, enum bpr_mine_state state, int64_t *begin, int64_t *end)
{
	struct running r = { 0, 0, BPR_LOG_NONE, BPR_LOG_NONE, BPR_LOG_NONE, 0, 0, false };
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
	if (!(w->units ? known->units : known->resources))
		row[BPR_EVIDENCE_HANDOFFS] = (double)NAN;
	if (!known->counters)
		row[BPR_EVIDENCE_COUNTERS] = (double)NAN;
	for (size_t i = 0; i < DETAILS; i++)
		if (!known->detail[i])
			row[BPR_EVIDENCE_FORMS + i] = (double)NAN;
	for (size_t i = 0; i < BPR_EVIDENCE_KEY_COUNT && state != BPR_MINE_FINISHED; i++)
		row[i] = (double)NAN;
	row[BPR_EVIDENCE_CANCELLED] = state == BPR_MINE_OPEN ? (double)NAN : state == BPR_MINE_CANCELLED;
	row[BPR_EVIDENCE_STANDARD] = w->office.works && state != BPR_MINE_CANCELLED
					     ? bpr_i_office_days_kept(&w->office, c, state == BPR_MINE_FINISHED) : (double)NAN;
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

static bool keep_case(struct walk *w, const struct bpr_log_case *c, enum bpr_mine_state state)
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
	cases->side.finished += state == BPR_MINE_FINISHED;
	cases->side.unfinished += state == BPR_MINE_OPEN;
	cases->side.cancelled += state == BPR_MINE_CANCELLED;
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
	cases->lives[at] = (struct bpr_life){ (double)((state == BPR_MINE_OPEN && over > end ? over : end) - begin) / MINUTE, state == BPR_MINE_FINISHED };
	for (size_t k = 0; k < BPR_EVIDENCE_KEY_COUNT; k++)
		cases->values[k][at] = w->row[k];
	return true;
}

/* ---- the walks ---- */

typedef bool per_case(struct walk *w, const struct bpr_log_case *c);

static bool count_case(struct walk *w, const struct bpr_log_case *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct bpr_log_event *e = &c->events[i];

		w->known.units |= e->unit != BPR_LOG_NONE;
		w->known.resources |= e->resource != BPR_LOG_NONE;
		w->known.counters |= e->counter != BPR_LOG_NONE;
	}
	return true;
}

static bool value_case(struct walk *w, const struct bpr_log_case *c)
{
	return keep_case(w, c, bpr_mining_case_state(w->mining, c->index));
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

static bpr_status begin(struct walk *w, bpr_evidence *e, size_t side, bpr_problems *problems, struct bpr_error *err)
{
	const bpr_log *log = e->logs[side];
	const uint32_t activities = bpr_log_name_count(log, BPR_LOG_ACTIVITY);
	bpr_status failed;

	w->evidence = e;
	w->log = log;
	w->side = side;
	w->seen = bpr_i_calloc(activities, sizeof(*w->seen));
	bpr_i_rng_seed(&w->rng, e->options.seed, 0, 0, 0x63617365);
	if (!w->seen || !read_details(log, &w->known))
		return bpr_i_nomem(err);
	failed = walk_all(w, count_case, err);
	if (!failed)
		failed = bpr_mine(log, e->options.mine, &w->mining, problems, err);
	if (!failed && e->options.worktime) {
		failed = bpr_worktime_new(log, e->options.worktime, &w->worktime, problems, err);
		if (!failed && e->options.worktime->standard_days > 0 && !bpr_i_office_days_new(&w->office, log, w->worktime, e->options.worktime))
			failed = bpr_i_nomem(err);
	}
	return failed;
}

static void end(struct walk *w)
{
	for (size_t i = 0; i < BPR_LOG_BY_MAX; i++)
		bpr_i_free((void *)(uintptr_t)w->by[i]);
	bpr_i_free(w->known.details);
	bpr_i_free(w->seen);
	bpr_i_free(w->office.works);
	bpr_worktime_free(w->worktime);
	bpr_mining_free(w->mining);
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

	for (size_t i = 0; i < count && !failed; i++)
		failed = begin(&walks[i], e, e->single ? 1 : i, problems, err);
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
