/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When cases come: counts that are known in advance, closed-form means, times of day by chi-square at fixed seeds. */
#include "config.h"
#include "tests/lib/test.h"
#include <bpr/calendar.h>
#include <bpr/read.h>
#include <bpr/simulate.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 4000000 };

/* Times of arrival, replication after replication. */
struct seen { double *times; size_t count; unsigned replications; size_t of[4096]; };

static bool log_event(void *data, const struct bpr_sim_event *events, size_t count)
{
	struct seen *s = data;

	for (size_t i = 0; i < count; i++) {
		assert_true(s->count < MOST && events[i].replication < 4096);
		s->times[s->count++] = events[i].arrived;
		s->of[events[i].replication]++;
	}
	return true;
}

/* Simulates one step that takes no time under this demand (members of a JSON object). */
static void run(struct seen *s, const char *demand, struct bpr_sim_options *o)
{
	struct bpr_read_options read = BPR_READ_OPTIONS_INIT;
	struct bpr_flows flows;
	bpr_simulation *simulation;
	struct bpr_error err = { 0 };
	char text[2048];

	(void)snprintf(text, sizeof(text), "{\"schema\": \"bpr.flow/1\", \"flows\": [{\"id\": \"f\", \"nodes\": [{\"id\": \"A\"}], \"demand\": {%s}}]}", demand);
	if (bpr_read_memory("t.json", text, strlen(text), &read, &flows, NULL, &err))
		fail_msg("%s: %s", demand, err.message);
	s->count = 0;
	memset(s->of, 0, sizeof(s->of));
	o->log = log_event;
	o->log_data = s;
	if (!o->replications)
		o->replications = 2;
	o->log_replications = o->replications;
	if (bpr_simulate(flows.items[0], o, &simulation, NULL, &err))
		fail_msg("%s: %s", demand, err.message);
	bpr_simulation_free(simulation);
	bpr_flows_release(&flows);
}

static struct bpr_sim_options days(double days, size_t replications)
{
	struct bpr_sim_options o = BPR_SIM_OPTIONS_INIT;

	o.days = days;
	o.replications = replications;
	return o;
}

/* ---- counts known in advance ---- */

static void known_counts(void **state)
{
	static const struct { const char *demand; double days; size_t count; } known[] = {
		/* F17: Technical Support, scenario S3 (BusinessProcessSimulation/BPSim, WfMC): 23 days of 2206 arrivals. */
		{ "\"arrivals\": \"6:00-9:00=0.35; 9:00-12:00=0.86; 12:00-15:00=0.55; 15:00-18:00=1; 18:00-22:00=0.43; 22:00-25:00=0.67; 1:00-6:00=2\"", 23, 50738 },
		/* F20: Car Repair: every 24 minutes over 60 hours, the first at 0, the last at the horizon. */
		{ "\"arrivals\": 24, \"first\": 0", 2.5, 151 },
		{ "\"arrivals\": 24", 2.5, 150 },
		/* An interval of seven minutes in two halves of a day: 210 and 255 minutes. */
		{ "\"arrivals\": 7, \"open\": \"8:30-12:00 13:00-17:15\"", 3, 3 * (30 + 36) },
		{ "\"arrivals\": 7, \"open\": \"8:30-12:00 13:00-17:15\", \"first\": 0", 3, 3 * (31 + 37) },
		/* Exactly at the end counts: 60 of 0.1 minutes in six. */
		{ "\"arrivals\": 0.1, \"open\": \"9:00-9:06\"", 1, 60 },
		/* Over midnight in one piece, from the evening before day 0 on: 480 minutes a night. */
		{ "\"arrivals\": 7, \"open\": \"22:00-6:00\", \"closed\": \"none\"", 1, 68 + 51 },
		/* Round the clock but for Sundays: 6 days in one piece. */
		{ "\"arrivals\": 7, \"closed\": \"日\"", 6, 1234 },
		{ "\"arrival_times\": \"8:30 8:31 9:00\", \"open\": \"8:30-17:15\"", 4, 12 },
		{ "\"arrival_times\": \"8:30 8:31 9:00\", \"open\": \"8:30-17:15\", \"group\": 3", 4, 36 },
		{ "\"arrival_times\": \"2027-03-29 8:30 9:00 2027-03-30 8:30 2027-04-09 8:30\", \"open\": \"8:30-17:15\"", 10, 4 },
		{ "\"arrival_times\": \"2027-03-29 8:30 9:00 2027-03-30 8:30 2027-04-09 8:30\", \"open\": \"8:30-17:15\"", 9, 3 },
		/* Saturday by itself, and by its own window. */
		{ "\"arrivals\": 10, \"open\": \"8:30-12:30; 土 9:00-10:00\"", 6, 5 * 24 + 6 },
		{ "\"arrivals\": \"9:00-10:00=10; 土=5\", \"open\": \"8:30-12:30; 土 9:00-10:00\"", 6, 5 * 6 + 6 + 12 },
	};
	struct seen *s = *state;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct bpr_sim_options o = days(known[i].days, 2);

		run(s, known[i].demand, &o);
		if (s->of[0] != known[i].count)
			print_error("%s\n", known[i].demand);
		assert_int_equal(s->of[0], known[i].count);
		assert_int_equal(s->of[1], known[i].count);
	}
}

/* 2027-03-26 is a Friday, 29 April a holiday. Days that do not let cases in are none of the days asked for. */
static void dated_days(void **state)
{
	struct seen *s = *state;
	struct bpr_sim_options o = days(3, 1);

	o.calendar.dated = true;
	o.calendar.start = bpr_date(2027, 4, 28);
	run(s, "\"arrivals\": 60, \"open\": \"9:00-12:00\"", &o);
	assert_int_equal(s->count, 9); /* Wednesday, Friday, Thursday 6 May: Golden Week between */
	for (size_t i = 0; i < 9; i++) {
		static const long day[] = { 0, 2, 8 };

		assert_rel(s->times[i], (double)day[i / 3] * 1440 + 600 + 60 * (double)(i % 3), 0);
	}
	o.calendar.start = bpr_date(2027, 3, 26);
	run(s, "\"arrivals\": 60, \"open\": \"9:00-12:00\", \"closed\": \"土日\"", &o);
	assert_rel(s->times[3], 3 * 1440 + 600, 0);
	o.days = 4;
	/* A list with dates comes on its dates, whatever day 0 is. */
	run(s, "\"arrival_times\": \"2027-03-25 9:00 2027-03-29 9:30\"", &o);
	assert_int_equal(s->count, 1);
	assert_rel(s->times[0], 3 * 1440 + 570, 0);
}

/* ---- means and spreads ---- */

static double mean_count(const struct seen *s, size_t replications, double *variance)
{
	double sum = 0, squares = 0, mean;

	for (size_t i = 0; i < replications; i++)
		sum += (double)s->of[i];
	mean = sum / (double)replications;
	for (size_t i = 0; i < replications; i++)
		squares += ((double)s->of[i] - mean) * ((double)s->of[i] - mean);
	*variance = squares / (double)(replications - 1);
	return mean;
}

/*
 * F15: triangular(0.35, 2, 2.5) over 30 days: T / m + (sd^2 - m^2) / (2 m^2) = 26721.6 + …, variance T sd^2 / m^3 (Cox, Renewal
 * Theory, 1962, 4.2 and 4.5).
 */
static void renewal(void **state)
{
	enum { R = 40 };
	const double m = (0.35 + 2 + 2.5) / 3, square = (1.65 * 1.65 + 0.5 * 0.5 + 2.15 * 2.15) / 36, horizon = 43200;
	const double mean = horizon / m + (square - m * m) / (2 * m * m), sd = sqrt(horizon * square / (m * m * m));
	struct seen *s = *state;
	struct bpr_sim_options o = days(30, R);
	double variance, got;

	run(s, "\"arrivals\": \"tri(0.35,2,2.5)\"", &o);
	got = mean_count(s, R, &variance);
	assert_rel(mean, 26721.6, 5e-5);
	assert_true(fabs(got - mean) < 4 * sd / sqrt(R));
	assert_true(variance > sd * sd * 0.3 && variance < sd * sd * 2.3); /* chi-square of 39 degrees, beyond 1e-6 */
}

/* Poisson: mean and variance of the cases of a day are the demand, and the hours share them as the profile says. */
static void poisson(void **state)
{
	enum { R = 400 };
	static const char demand[] = "\"per_day\": 80, \"open\": \"9:00-12:00 13:00-17:00\", \"profile\": \"10:00-12:00:2; 16:00-17:00:0\", "
				     "\"weekdays\": \"月:1.5; 金:0.5\"";
	/* Weights of the hours from 9 to 16: 1 2 2 (closed) 1 1 1 0, of 8 in all. */
	static const double share[8] = { 0.125, 0.25, 0.25, 0, 0.125, 0.125, 0.125, 0 };
	static const double factor[5] = { 1.5, 1, 1, 1, 0.5 };
	double hours[8] = { 0 }, by_day[5] = { 0 }, variance, mean, square = 0;
	struct seen *s = *state;
	struct bpr_sim_options o = days(5, R);

	run(s, demand, &o);
	mean = mean_count(s, R, &variance);
	assert_true(fabs(mean - 400) < 4 * sqrt(400.0 / R));
	assert_true(variance > 400 * 0.7 && variance < 400 * 1.35);
	for (size_t i = 0; i < s->count; i++) {
		double day = floor(s->times[i] / 1440), hour = floor((s->times[i] - day * 1440) / 60) - 9;

		assert_true(day < 5 && hour >= 0 && hour < 8);
		hours[(size_t)hour]++;
		by_day[(size_t)day]++;
	}
	for (size_t i = 0; i < 8; i++) {
		double expected = share[i] * 400 * R;

		if (expected > 0)
			square += (hours[i] - expected) * (hours[i] - expected) / expected;
		else
			assert_true(!(hours[i] > 0));
	}
	assert_true(square < 35); /* six degrees and the total: beyond 1e-5 */
	square = 0;
	for (size_t i = 0; i < 5; i++)
		square += (by_day[i] - factor[i] * 80 * R) * (by_day[i] - factor[i] * 80 * R) / (factor[i] * 80 * R);
	assert_true(square < 31);
}

/* Times between two arrivals at a constant rate are exponential: their mean, and how many are longer than two means. */
static void exponential(void **state)
{
	struct seen *s = *state;
	struct bpr_sim_options o = days(100, 1);
	double longer = 0, before = 0, squares = 0;

	run(s, "\"per_day\": 1440", &o);
	for (size_t i = 0; i < s->count; i++) {
		double between = s->times[i] - before;

		longer += between > 2;
		squares += between * between;
		before = s->times[i];
	}
	assert_true(fabs((double)s->count - 144000) < 4 * sqrt(144000));
	assert_true(fabs(longer / (double)s->count - exp(-2)) < 4 * sqrt(exp(-2) / 144000));
	assert_true(fabs(squares / (double)s->count - 2) < 4 * sqrt(20.0 / 144000)); /* Var X^2 = 24 - 4 */
}

/* A year: its working days add up to what was asked for, and the peak has its share. */
static void a_year(void **state)
{
	struct seen *s = *state;
	struct bpr_sim_options o = days(244, 4);
	double variance, mean;

	o.calendar.dated = true;
	o.calendar.start = bpr_date(2027, 1, 1);
	run(s, "\"per_year\": 20000, \"open\": \"8:30-17:15\", \"peaks\": \"3/20-4/5:4\", \"weekdays\": \"月:1.4\"", &o);
	mean = mean_count(s, 4, &variance);
	/* 244 working days in 2027: 365 - 104 at weekends - 15 holidays on weekdays, - 29, 30, 31 December … counted by the calendar itself. */
	assert_true(fabs(mean - 20000) < 600);
}

/* People who come together are so many at one moment. */
static void groups(void **state)
{
	struct seen *s = *state;
	struct bpr_sim_options o = days(200, 1);
	double sizes[5] = { 0 }, arrivals = 0;

	run(s, "\"arrivals\": \"exp(10)\", \"group\": \"1~4\"", &o);
	for (size_t i = 0; i < s->count;) {
		size_t n = i;

		while (n < s->count && !(s->times[n] > s->times[i]))
			n++;
		assert_true(n - i <= 4);
		sizes[n - i]++;
		arrivals++;
		i = n;
	}
	assert_true(fabs(arrivals - 28800) < 4 * sqrt(28800));
	for (size_t k = 1; k <= 4; k++)
		assert_true(fabs(sizes[k] / arrivals - 0.25) < 4 * sqrt(0.1875 / arrivals));
	/* Cases a day are people: groups are fewer. */
	run(s, "\"per_day\": 100, \"group\": \"emp([1 1 4])\"", &o);
	assert_true(fabs((double)s->count - 20000) < 4 * sqrt(20000.0 / 2 * 6)); /* compound Poisson: 10000 groups, E N^2 = 6 */
}

/* Two runs of one seed are the same; the streams are those of the element, so another work time changes nothing. */
static void same_seed(void **state)
{
	struct seen *s = *state;
	struct bpr_sim_options o = days(2, 2);
	double first[64];
	size_t count;

	run(s, "\"per_day\": 20, \"open\": \"9:00-17:00\"", &o);
	count = s->count;
	assert_true(count > 20 && count < 160);
	memcpy(first, s->times, sizeof(first));
	o = days(2, 2);
	o.jobs = 4;
	run(s, "\"per_day\": 20, \"open\": \"9:00-17:00\"", &o);
	assert_int_equal(s->count, count);
	assert_memory_equal(first, s->times, (count < 64 ? count : 64) * sizeof(double));
}

static int make(void **state)
{
	struct seen *s = calloc(1, sizeof(*s));

	if (!s)
		return -1;
	s->times = calloc(MOST, sizeof(*s->times));
	*state = s;
	return s->times ? 0 : -1;
}

static int drop(void **state)
{
	struct seen *s = *state;

	free(s->times);
	free(s);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_counts), cmocka_unit_test(dated_days), cmocka_unit_test(renewal), cmocka_unit_test(poisson),
		cmocka_unit_test(exponential), cmocka_unit_test(a_year), cmocka_unit_test(groups), cmocka_unit_test(same_seed),
	};

	return cmocka_run_group_tests_name("arrive", tests, make, drop);
}
