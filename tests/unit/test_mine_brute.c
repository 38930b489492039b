/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of random logs against the slowest way to count them. */
#include "mine_plain.h"
#include "mine/evidence_stat_i.h"

static struct plain plain;

static void assert_stat(const struct bpr_mine_stat *s, double *x, size_t n)
{
	double mean = 0, squares = 0;

	assert_int_equal(s->count, n);
	if (!n)
		return;
	for (size_t i = 0; i < n; i++)
		mean += x[i] / (double)n;
	for (size_t i = 0; i < n; i++)
		squares += (x[i] - mean) * (x[i] - mean);
	assert_true(fabs(s->mean - mean) <= 1e-11 * (fabs(mean) + 1));
	assert_true(fabs(s->sd - (n > 1 ? sqrt(squares / (double)(n - 1)) : 0)) <= 1e-9 * (fabs(mean) + 1));
	assert_true(fabs(s->p10 - plain_quantile(x, n, 0.1)) <= 1e-11 * (s->p10 + 1));
	assert_true(fabs(s->p50 - plain_quantile(x, n, 0.5)) <= 1e-11 * (s->p50 + 1));
	assert_true(fabs(s->p75 - plain_quantile(x, n, 0.75)) <= 1e-11 * (s->p75 + 1));
	assert_true(fabs(s->p99 - plain_quantile(x, n, 0.99)) <= 1e-11 * (s->p99 + 1));
	assert_true(fabs(s->min - x[0]) <= 0 && fabs(s->max - x[n - 1]) <= 0);
	assert_true(s->quantile_error <= 0);
}

/* ---- arcs, activities, loops ---- */

struct arc_seen { size_t count, cases, loops, loop_cases, n; double way, round, minutes[MOST_EVENTS]; };

/* One case: the arcs between these two, and what comes back along them. The round so far is looked through from its begin. */
static void see_arc(const struct plain_case *c, uint32_t from, uint32_t to, struct arc_seen *a)
{
	const struct plain_event *e = &plain.events[c->first];
	size_t round = 0;
	bool seen = false, looped = false;

	for (size_t k = 1; k < c->count; k++) {
		const bool here = e[k - 1].activity == from && e[k].activity == to;
		const double way = plain_minutes(e[k - 1].end, plain_begin(&e[k]));
		size_t back = round;

		while (back < k && e[back].activity != e[k].activity)
			back++;
		if (here) {
			a->count++;
			a->minutes[a->n++] = way;
			a->cases += !seen;
			seen = true;
		}
		if (back == k)
			continue;
		if (here) {
			a->loops++;
			a->loop_cases += !looped;
			a->way += way;
			a->round += plain_minutes(plain_begin(&e[back]), plain_begin(&e[k]));
			looped = true;
		}
		round = k;
	}
}

static void assert_loop(const bpr_mining *m, uint32_t from, uint32_t to, const struct arc_seen *a)
{
	size_t count, found = 0;
	const struct bpr_mine_loop *loops = bpr_mining_loops(m, &count);

	for (size_t i = 0; i < count; i++) {
		if (loops[i].from != from || loops[i].to != to)
			continue;
		found++;
		assert_int_equal(loops[i].count, a->loops);
		assert_int_equal(loops[i].cases, a->loop_cases);
		assert_true(fabs(loops[i].mean_minutes - a->way / (double)a->loops) <= 1e-9 * (loops[i].mean_minutes + 1));
		assert_true(fabs(loops[i].mean_round_minutes - a->round / (double)a->loops) <= 1e-9 * (loops[i].mean_round_minutes + 1));
	}
	assert_int_equal(found, a->loops > 0);
}

static void check_arcs(const bpr_mining *m)
{
	static struct arc_seen seen;
	size_t count, found = 0, pairs = 0;
	const struct bpr_mine_arc *arcs = bpr_mining_arcs(m, &count);

	for (uint32_t from = 0; from < plain.activities; from++)
		for (uint32_t to = 0; to < plain.activities; to++) {
			memset(&seen, 0, sizeof(seen));
			for (size_t i = 0; i < plain.case_count; i++)
				see_arc(&plain.cases[i], from, to, &seen);
			for (size_t i = 0; i < count; i++) {
				if (arcs[i].from != from || arcs[i].to != to)
					continue;
				assert_int_equal(arcs[i].count, seen.count);
				assert_int_equal(arcs[i].cases, seen.cases);
				assert_stat(&arcs[i].minutes, seen.minutes, seen.n);
			}
			found += seen.count > 0;
			pairs += seen.count;
			assert_loop(m, from, to, &seen);
		}
	assert_int_equal(count, found);
	assert_int_equal(bpr_mining_totals(m)->pairs, pairs);
	for (size_t i = 1; i < count; i++)
		assert_true(arcs[i - 1].count > arcs[i].count || (arcs[i - 1].count == arcs[i].count &&
			    (arcs[i - 1].from < arcs[i].from || (arcs[i - 1].from == arcs[i].from && arcs[i - 1].to < arcs[i].to))));
}

/* What the event before of the same resource, or of the case, leaves of the day. -1: nothing is known. */
static double estimated(const struct plain_case *c, size_t k)
{
	const struct plain_event *e = &plain.events[c->first + k];
	const long day = plain_day(plain_local(e));
	int64_t latest = INT64_MIN;

	if (e->start != BPR_LOG_NO_TIME || e->flags || e->resource == BPR_LOG_NONE)
		return -1;
	if (k && plain_day(plain_local(e - 1)) == day)
		latest = plain_local(e) - (e[-1].end < e->end ? e->end - e[-1].end : 0);
	for (size_t i = 0; i < plain.event_count; i++) {
		const struct plain_event *other = &plain.events[i];

		if (other != e && other->resource == e->resource && other->flags != BPR_LOG_OPEN && plain_day(plain_local(other)) == day &&
		    (plain_local(other) < plain_local(e) || (plain_local(other) == plain_local(e) && other < e)))
			latest = plain_local(other) > latest ? plain_local(other) : latest;
	}
	return latest == INT64_MIN ? -1 : plain_minutes(latest, plain_local(e));
}

static void check_activity(const struct bpr_mine_activity *a, uint32_t activity, struct bpr_mine_totals *sum)
{
	static double service[MOST_EVENTS], before[MOST_EVENTS], guess[MOST_EVENTS];
	size_t count = 0, cases = 0, starts = 0, ends = 0, repeated = 0, self = 0, n = 0, b = 0, g = 0;
	unsigned resources = 0, units = 0;

	for (size_t i = 0; i < plain.case_count; i++) {
		const struct plain_case *c = &plain.cases[i];
		size_t here = 0;

		for (size_t k = 0; k < c->count; k++) {
			const struct plain_event *e = &plain.events[c->first + k];
			const double guessed = estimated(c, k);

			if (e->activity != activity)
				continue;
			here++;
			resources |= e->resource == BPR_LOG_NONE ? 0 : 1u << e->resource;
			units |= e->unit == BPR_LOG_NONE ? 0 : 1u << e->unit;
			starts += k == 0;
			ends += k + 1 == c->count;
			self += k && e[-1].activity == activity;
			if (k)
				before[b++] = plain_minutes(e[-1].end, plain_begin(e));
			if (e->start != BPR_LOG_NO_TIME && !e->flags)
				service[n++] = plain_minutes(e->start, e->end);
			if (guessed >= 0)
				guess[g++] = guessed;
		}
		count += here;
		cases += here > 0;
		repeated += here > 1;
	}
	assert_true(a->activity == activity && a->count == count && a->cases == cases && a->starts == starts && a->ends == ends);
	assert_true(a->repeated == repeated && a->self_loops == self);
	assert_int_equal(a->resources, __builtin_popcount(resources));
	assert_int_equal(a->units, __builtin_popcount(units));
	assert_stat(&a->service, service, n);
	assert_stat(&a->before, before, b);
	assert_stat(&a->estimated, guess, g);
	sum->with_service += n;
	sum->with_estimate += g;
}

static void check_activities(const bpr_mining *m)
{
	struct bpr_mine_totals sum = { 0 };
	size_t count;
	const struct bpr_mine_activity *a = bpr_mining_activities(m, &count);

	assert_int_equal(count, plain.activities);
	for (uint32_t i = 0; i < count; i++)
		check_activity(&a[i], i, &sum);
	assert_int_equal(bpr_mining_totals(m)->with_service, sum.with_service);
	assert_int_equal(bpr_mining_totals(m)->with_estimate, sum.with_estimate);
}

/* ---- handovers, variants ---- */

static uint32_t doer(const struct plain_event *e, bool units)
{
	return units ? e->unit : e->resource;
}

static void check_handovers(const bpr_mining *m, bool units)
{
	size_t count, found = 0, different = 0;
	const struct bpr_mine_handover *h = bpr_mining_handovers(m, units, &count);

	for (uint32_t from = 0; from < MOST_NAMES; from++)
		for (uint32_t to = 0; to < MOST_NAMES; to++) {
			size_t times = 0, cases = 0;

			for (size_t i = 0; i < plain.case_count; i++) {
				const struct plain_event *e = &plain.events[plain.cases[i].first];
				const size_t had = times;

				for (size_t k = 1; k < plain.cases[i].count; k++)
					times += doer(&e[k - 1], units) == from && doer(&e[k], units) == to;
				cases += times > had;
			}
			for (size_t i = 0; i < count; i++)
				if (h[i].from == from && h[i].to == to)
					assert_true(h[i].count == times && h[i].cases == cases);
			found += times > 0;
			different += from != to ? times : 0;
		}
	assert_int_equal(count, found);
	assert_int_equal(units ? bpr_mining_totals(m)->handovers_unit : bpr_mining_totals(m)->handovers_resource, different);
}

static bool same_variant(const struct plain_case *a, const struct plain_case *b)
{
	for (size_t k = 0; a->count == b->count && k < a->count; k++)
		if (plain.events[a->first + k].activity != plain.events[b->first + k].activity)
			return false;
	return a->count == b->count;
}

static void check_variants(const bpr_mining *m)
{
	static double length[MOST_CASES];
	size_t count, found = 0, once = 0;
	const struct bpr_mine_variant *v = bpr_mining_variants(m, &count);

	for (size_t i = 0; i < plain.case_count; i++) {
		const struct plain_case *c = &plain.cases[i];
		double mean = 0;
		size_t n = 0, k;

		for (k = 0; k < i && !same_variant(&plain.cases[k], c); k++)
			;
		if (k < i)
			continue;
		for (k = i; k < plain.case_count; k++)
			if (same_variant(&plain.cases[k], c)) {
				length[n++] = plain_minutes(plain.cases[k].begin, plain.cases[k].end);
				mean += length[n - 1];
			}
		for (k = 0; k < count && v[k].example != plain.events[c->first].case_index; k++)
			;
		assert_true(k < count && v[k].count == n && v[k].length == c->count);
		for (size_t step = 0; step < c->count; step++)
			assert_int_equal(v[k].activities[step], plain.events[c->first + step].activity);
		assert_true(fabs(v[k].mean_minutes - mean / (double)n) <= 1e-9 * (v[k].mean_minutes + 1));
		assert_true(fabs(v[k].median_minutes - plain_quantile(length, n, 0.5)) <= 1e-11 * (v[k].median_minutes + 1));
		found++;
		once += n == 1;
	}
	assert_int_equal(count, found);
	assert_int_equal(bpr_mining_totals(m)->variants, found);
	assert_int_equal(bpr_mining_totals(m)->variants_once, once);
	for (size_t i = 1; i < count; i++)
		assert_true(v[i - 1].count > v[i].count || (v[i - 1].count == v[i].count && v[i - 1].example < v[i].example));
}

/* ---- cases over time ---- */

/* Cases at a moment of the instants or of the local clock: those that arrive at it, those that leave at it only if they arrived then. */
static size_t cases_at(int64_t t, bool local)
{
	size_t n = 0;

	for (size_t i = 0; i < plain.case_count; i++) {
		const struct plain_case *c = &plain.cases[i];
		const int64_t begin = local ? c->local_begin : c->begin, end = local ? c->local_end : c->end;

		n += begin <= t && (c->open || end > t || (begin == end && begin == t));
	}
	return n;
}

static void check_peak(const bpr_mining *m)
{
	size_t most = 0;

	for (size_t i = 0; i < plain.case_count; i++) {
		const size_t here = cases_at(plain.cases[i].begin, false);

		most = here > most ? here : most;
	}
	assert_rel(bpr_mining_totals(m)->peak_in_process, (double)most, 0);
}

static void check_days(const bpr_mining *m, int64_t first, int64_t last)
{
	size_t count;
	const struct bpr_mine_day *days = bpr_mining_days(m, &count);

	assert_int_equal(count, plain_day(last) - plain_day(first) + 1);
	for (size_t d = 0; d < count; d++) {
		const long date = plain_day(first) + (long)d;
		const int64_t end = (int64_t)(date + 1) * DAY;
		size_t arrived = 0, finished = 0, events = 0, here = 0;

		for (size_t i = 0; i < plain.event_count; i++)
			events += plain_day(plain_local(&plain.events[i])) == date;
		for (size_t i = 0; i < plain.case_count; i++) {
			const struct plain_case *c = &plain.cases[i];

			arrived += plain_day(c->local_begin) == date;
			finished += !c->open && !c->cancelled && plain_day(c->local_end) == date;
			here += c->local_begin < end && (c->open || c->local_end >= end);
		}
		assert_true(days[d].date == date && days[d].arrived == arrived && days[d].finished == finished);
		assert_true(days[d].events == events && days[d].in_process == here);
	}
}

static void see_hour(int64_t from, struct bpr_mine_hour *sum)
{
	const int64_t to = from + HOUR;
	size_t most = cases_at(from, true);

	for (size_t i = 0; i < plain.case_count; i++) {
		const struct plain_case *c = &plain.cases[i];
		const int64_t begin = c->local_begin > from ? c->local_begin : from;
		const int64_t end = c->open || c->local_end > to ? to : c->local_end;
		size_t here = begin < to ? cases_at(begin, true) : 0;

		sum->arrivals += c->local_begin >= from && c->local_begin < to;
		sum->finished += !c->open && !c->cancelled && c->local_end >= from && c->local_end < to;
		sum->in_process += end > begin ? (double)(end - begin) / HOUR : 0;
		most = c->local_begin >= from && here > most ? here : most;
	}
	sum->most_in_process = (double)most > sum->most_in_process ? (double)most : sum->most_in_process;
}

static void check_week(const bpr_mining *m, int64_t first, int64_t last)
{
	const struct bpr_mine_hour *week = bpr_mining_week(m);
	const int64_t base = (int64_t)plain_day(first) * DAY;

	for (int k = 0; k < 7 * 24; k++) {
		struct bpr_mine_hour sum = { 0 };
		double hours = 0;

		for (int64_t h = base; h <= last; h += HOUR) {
			const long day = plain_day(h);

			/* 2024-01-01, day 19,723, was a Monday. */
			if (h + HOUR <= first || ((day - 19723) % 7 + 7) % 7 * 24 + (h - (int64_t)day * DAY) / HOUR != k)
				continue;
			hours++;
			see_hour(h, &sum);
		}
		hours = hours > 0 ? hours : 1;
		assert_rel(week[k].arrivals, sum.arrivals / hours, 1e-14);
		assert_rel(week[k].finished, sum.finished / hours, 1e-14);
		assert_true(fabs(week[k].in_process - sum.in_process / hours) <= 1e-9);
		assert_rel(week[k].most_in_process, sum.most_in_process, 0);
	}
}

static void check_months(const bpr_mining *m)
{
	static double length[MOST_CASES];
	size_t count, arrived = 0, finished = 0;
	const struct bpr_mine_month *months = bpr_mining_months(m, &count);

	for (size_t k = 0; k < count; k++) {
		const long from = bpr_date(months[k].year, months[k].month, 1);
		const long to = bpr_date(months[k].year + months[k].month / 12, months[k].month % 12 + 1, 1);
		size_t n = 0;

		for (size_t i = 0; i < plain.case_count; i++) {
			const struct plain_case *c = &plain.cases[i];
			const bool done = !c->open && !c->cancelled && plain_day(c->local_end) >= from && plain_day(c->local_end) < to;

			arrived += plain_day(c->local_begin) >= from && plain_day(c->local_begin) < to;
			finished += done;
			if (done && !c->headless)
				length[n++] = plain_minutes(c->begin, c->end);
		}
		assert_stat(&months[k].minutes, length, n);
		arrived -= months[k].arrived;
		finished -= months[k].finished;
		assert_true(!arrived && !finished);
	}
}

static void check_times(const bpr_mining *m)
{
	int64_t first = INT64_MAX, last = INT64_MIN;

	for (size_t i = 0; i < plain.case_count; i++) {
		first = plain.cases[i].local_begin < first ? plain.cases[i].local_begin : first;
		last = plain.cases[i].local_end > last ? plain.cases[i].local_end : last;
	}
	check_peak(m);
	check_days(m, first, last);
	check_week(m, first, last);
	check_months(m);
}

/* ---- lengths, survival ---- */

static void check_totals(const bpr_mining *m, enum bpr_mine_end_method method)
{
	static double all[MOST_CASES], done[MOST_CASES], length[MOST_CASES];
	const struct bpr_mine_totals *t = bpr_mining_totals(m);
	size_t n = 0, open = 0, cancelled = 0, headless = 0, repeated = 0;

	for (size_t i = 0; i < plain.case_count; i++) {
		const struct plain_case *c = &plain.cases[i];
		bool again = false;

		all[i] = plain_minutes(c->begin, c->end);
		length[i] = (double)c->count;
		if (!c->open && !c->cancelled && !c->headless)
			done[n++] = all[i];
		open += c->open;
		cancelled += c->cancelled;
		headless += c->headless;
		for (size_t k = 0; k < c->count; k++)
			for (size_t j = 0; j < k; j++)
				again |= plain.events[c->first + k].activity == plain.events[c->first + j].activity;
		repeated += again;
	}
	assert_int_equal(t->end_method, method);
	assert_true(t->cases == plain.case_count && t->events == plain.event_count && t->unfinished == open && t->cancelled == cancelled);
	assert_true(t->finished == plain.case_count - open - cancelled && t->headless == headless && t->cases_repeated == repeated);
	assert_stat(&t->minutes, all, plain.case_count);
	assert_stat(&t->finished_minutes, done, n);
	assert_stat(&t->length, length, plain.case_count);
}

static void check_survival(const bpr_mining *m)
{
	static struct bpr_life lives[MOST_CASES];
	static struct bpr_life_step steps[MOST_CASES];
	size_t n = 0, count, want;
	const struct bpr_mine_survival *s = bpr_mining_survival(m, &count);
	const double median = bpr_mining_totals(m)->km_median;

	for (size_t i = 0; i < plain.case_count; i++) {
		const struct plain_case *c = &plain.cases[i];

		if (!c->headless)
			lives[n++] = (struct bpr_life){ plain_minutes(c->begin, c->open ? plain.last : c->end), !c->open && !c->cancelled };
	}
	bpr_i_life_sort(lives, n);
	want = bpr_i_kaplan_meier(lives, n, 1.959963984540054, steps);
	assert_int_equal(count, want);
	for (size_t i = 0; i < count; i++) {
		assert_rel(s[i].minutes, steps[i].minutes, 1e-15);
		assert_true(fabs(s[i].open - steps[i].open) <= 1e-12);
		assert_true(fabs(s[i].low - steps[i].low) <= 1e-10 && fabs(s[i].high - steps[i].high) <= 1e-10);
		assert_true(s[i].at_risk == steps[i].at_risk && s[i].ended == steps[i].ended);
	}
	if (want && steps[want - 1].open <= 0.5)
		assert_rel(median, bpr_i_life_quantile(steps, want, 0.5).at, 1e-15);
	else
		assert_true(isnan(median));
}

/* ---- all of it ---- */

/* The same whatever the memory and the number of threads. */
static void check_same(const bpr_mining *m, const struct bpr_mine_options *options, const bpr_log *spilled)
{
	for (size_t jobs = 1; jobs <= 8; jobs *= 2) {
		struct bpr_mine_options o = *options;
		bpr_mining *other = NULL;
		size_t n, k;
		const struct bpr_mine_arc *a = bpr_mining_arcs(m, &n), *b;

		o.jobs = jobs;
		o.memory = 1;
		assert_int_equal(bpr_mine(spilled, &o, &other, NULL, NULL), BPR_OK);
		assert_non_null(other);
		assert_memory_equal(bpr_mining_totals(m), bpr_mining_totals(other), sizeof(struct bpr_mine_totals));
		b = bpr_mining_arcs(other, &k);
		assert_int_equal(n, k);
		assert_memory_equal(a, b, n * sizeof(*a));
		assert_memory_equal(bpr_mining_activities(m, &n), bpr_mining_activities(other, &k), plain.activities * sizeof(struct bpr_mine_activity));
		assert_memory_equal(bpr_mining_week(m), bpr_mining_week(other), 7 * 24 * sizeof(struct bpr_mine_hour));
		bpr_mining_free(other);
	}
}

static void one_log(unsigned events, unsigned cases)
{
	static const char *const some[] = { "n0", "n2", "n3" }, *const two[] = { "n1", "n2" };
	struct bpr_mine_options o = BPR_MINE_OPTIONS_INIT;
	enum bpr_mine_end_method method;
	bpr_mining *m = NULL;
	bpr_log *spilled;

	memset(&plain, 0, sizeof(plain));
	plain.activities = 4 + draw(5);
	plain.resources = 1 + draw(MOST_NAMES);
	plain.results = draw(3) == 0;
	plain.starts = draw(2);
	plain_fill(&plain, events, cases);
	plain.log = plain_log(&plain, cases, 0);
	spilled = plain_log(&plain, cases, 1);
	o.ends = draw(3) ? NULL : two;
	o.end_count = o.ends ? 1 + draw(2) : 0;
	o.starts = draw(3) ? NULL : some;
	o.start_count = o.starts ? 2 : 0;
	o.only = draw(4) ? NULL : some;
	o.only_count = o.only ? 3 : 0;
	if (o.only)
		o.ends = NULL, o.end_count = 0;
	assert_int_equal(bpr_mine(plain.log, &o, &m, NULL, NULL), BPR_OK);
	assert_non_null(m);
	plain_cases(&plain, &o);
	plain_judge(&plain, &o, &method);
	check_totals(m, method);
	check_arcs(m);
	check_activities(m);
	check_handovers(m, false);
	check_handovers(m, true);
	check_variants(m);
	if (plain.case_count)
		check_times(m);
	check_survival(m);
	check_same(m, &o, spilled);
	bpr_mining_free(m);
	bpr_log_free(plain.log);
	bpr_log_free(spilled);
}

static void test_random_logs(void **state)
{
	(void)state;
	plain_state = 20240401;
	for (unsigned i = 0; i < 60; i++)
		one_log(1 + draw(i % 10 ? 300 : 30), 1 + draw(60));
	one_log(MOST_EVENTS, MOST_CASES);
	one_log(MOST_EVENTS, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_logs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
