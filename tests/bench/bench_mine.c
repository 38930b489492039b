/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast a log in memory is looked at: `bench-mine [MILLIONS]`. Seconds of the processor for everything that bpr_mine() says,
 * beside a bare walk from case to case. The log is drawn: 27 steps, 48 people, 10 units, up to 20,000 variants of six events.
 */
#include "config.h"
#include "mine/log_i.h"
#include <bpr/mining.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { STEPS = 27, PEOPLE = 48, UNITS = 10, VARIANTS = 20000 };

/* Of the processor: what else runs on the machine does not count. */
static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void ok(bpr_status status)
{
	if (status) {
		(void)printf("failed: %s\n", bpr_status_name(status));
		exit(1);
	}
}

static uint64_t seed = 1;
static uint32_t draw(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 33) % below);
}

static void name(bpr_log *log, unsigned names, uint32_t count)
{
	char text[32];

	for (uint32_t i = 0; i < count; i++) {
		int length = snprintf(text, sizeof(text), "%u", i);

		if (bpr_i_log_name(log, names, text, (size_t)length) != i)
			ok(BPR_ENOMEM);
	}
}

static bpr_log *make(uint64_t events)
{
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;
	bpr_log *log = bpr_i_log_new("bench", BPR_LOG_CSV, &options);
	int64_t begin = 1711929600000;

	if (!log)
		ok(BPR_ENOMEM);
	name(log, BPR_LOG_ACTIVITY, STEPS);
	name(log, BPR_LOG_RESOURCE, PEOPLE);
	name(log, BPR_LOG_UNIT, UNITS);
	for (uint64_t i = 0; i < events;) {
		uint64_t variant = draw(draw(draw(VARIANTS) + 1) + 1); /* few of them make up most cases */
		const uint64_t length = 2 + variant % 9;
		struct bpr_log_event e = { BPR_LOG_NO_TIME, begin += draw(20000), 0, 0, 0, BPR_LOG_NONE, BPR_LOG_NONE, 540, 0 };
		char text[32];
		int n = snprintf(text, sizeof(text), "case-%llu", (unsigned long long)i);
		uint32_t index = bpr_i_log_name(log, BPR_LOG_CASE, text, (size_t)n);

		for (uint64_t k = 0; k < length && i < events; k++, i++) {
			variant = variant * 0x9e3779b97f4a7c15u + 1;
			e.activity = (uint32_t)(k * 3 + (variant >> 60) * (variant >> 60) / 64) % STEPS;
			e.resource = draw(PEOPLE);
			e.unit = e.resource % UNITS;
			e.end += draw(4) ? draw(600000) : draw(200000000);
			if (!bpr_i_log_add(log, index, &e))
				ok(log->failed);
		}
	}
	ok(bpr_i_log_finish(log));
	return log;
}

static double walk(const bpr_log *log)
{
	const double from = now();
	const struct bpr_log_case *one;
	bpr_log_walk *w;

	ok(bpr_log_walk_new(log, &w, NULL));
	do {
		ok(bpr_log_walk_next(w, &one, NULL));
	} while (one);
	bpr_log_walk_free(w);
	return now() - from;
}

int main(int count, char **args)
{
	const uint64_t events = 1000000 * (count > 1 ? (uint64_t)strtoul(args[1], NULL, 10) : 10);
	bpr_log *log = make(events);
	const double bare = walk(log), from = now();
	bpr_mining *m = NULL;
	struct rusage usage;
	double all;

	ok(bpr_mine(log, NULL, &m, NULL, NULL));
	all = now() - from;
	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("facts of a log: %llu events of %llu cases in %.2f s, %.0f ns an event (a bare walk %.0f), most memory %ld MB\n",
		     (unsigned long long)events, (unsigned long long)bpr_mining_totals(m)->cases, all, all * 1e9 / (double)events,
		     bare * 1e9 / (double)events, usage.ru_maxrss / 1024);
	bpr_mining_free(m);
	bpr_log_free(log);
	return 0;
}
