/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Logs in tables: CPU seconds a million events and memory of reading, of walking case by case with what follows what and its times,
 * and of bpr_mine(), beside a bare pass of libcsv over the same file. Every step is a process of its own, so that memory is its own.
 * Part of make bench; usage: bench-log FOLDER [MILLIONS].
 */
#include "config.h"
#include <bpr/bpr.h>
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STEPS = 6, BLOCK = 5000, ACTIVITIES = 27, PEOPLE = 48 };

/* ---- the log ---- */

/* The k-th event of a case, in the manner of a permit office: about 110 bytes. */
static void put_event(FILE *out, unsigned long of_case, unsigned step)
{
	const unsigned long minute = of_case / 4 + step * 700ul, day = minute / 1440 % 28, month = minute / 40320 % 12, year = minute / 483840;

	fprintf(out, "case-%lu,T%02lu Confirmation of receipt and check,%04lu-%02lu-%02luT%02lu:%02lu:%02lu.%03lu+09:00,Resource%02lu,Group %lu,General,Internet\n",
		of_case, (step + of_case * of_case % 5) % ACTIVITIES, 2011 + year, month + 1, day + 1, minute / 60 % 24, minute % 60, of_case % 60,
		of_case * 7 % 1000, (of_case + step * 5) % PEOPLE, (of_case + step) % 10);
}

static int generate(const char *path, unsigned long events, bool by_time)
{
	FILE *out = fopen(path, "w");
	const unsigned long cases = events / STEPS;

	if (!out)
		return 1;
	fprintf(out, "case:concept:name,concept:name,time:timestamp,org:resource,org:group,department,channel\n");
	for (unsigned long first = 0; first < cases; first += BLOCK) {
		const unsigned long last = first + BLOCK < cases ? first + BLOCK : cases;

		if (by_time) {
			for (unsigned step = 0; step < STEPS; step++)
				for (unsigned long i = first; i < last; i++)
					put_event(out, i, step);
		} else {
			for (unsigned long i = first; i < last; i++)
				for (unsigned step = 0; step < STEPS; step++)
					put_event(out, i, step);
		}
	}
	return fclose(out) != 0;
}

/* ---- steps ---- */

static size_t cells, rows;

static void take_cell(void *text, size_t length, void *data)
{
	(void)text;
	(void)data;
	cells += length > 0;
}

static void take_row(int end, void *data)
{
	(void)end;
	(void)data;
	rows++;
}

static int bare(const char *path)
{
	static char piece[1 << 16];
	FILE *in = fopen(path, "r");
	struct csv_parser csv;
	size_t n;

	if (!in || csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI))
		return 1;
	while ((n = fread(piece, 1, sizeof(piece), in)))
		if (csv_parse(&csv, piece, n, take_cell, take_row, NULL) != n)
			return 1;
	(void)csv_fini(&csv, take_cell, take_row, NULL);
	csv_free(&csv);
	return fclose(in) != 0 || rows < 2;
}

static int read_log(const char *path, bpr_log **log)
{
	struct bpr_error err;
	bpr_problems *problems;

	if (bpr_problems_new(&problems, NULL) || bpr_log_read(path, NULL, log, problems, &err)) {
		printf("%s\n", err.message);
		return 1;
	}
	bpr_problems_free(problems);
	return 0;
}

static int only_read(const char *path)
{
	bpr_log *log;

	if (read_log(path, &log))
		return 1;
	bpr_log_free(log);
	return 0;
}

/* What follows what, how often and how long after: the least that a table of arcs needs. */
static int follow(const char *path)
{
	static struct { unsigned long count; double sum; } arcs[ACTIVITIES][ACTIVITIES];
	const struct bpr_log_case *one;
	bpr_log_walk *walk;
	bpr_log *log;

	if (read_log(path, &log) || bpr_log_walk_new(log, &walk, NULL))
		return 1;
	while (!bpr_log_walk_next(walk, &one, NULL) && one)
		for (size_t i = 1; i < one->count; i++) {
			const struct bpr_log_event *a = &one->events[i - 1], *b = &one->events[i];

			arcs[a->activity][b->activity].count++;
			arcs[a->activity][b->activity].sum += (double)(b->end - a->end);
		}
	bpr_log_walk_free(walk);
	bpr_log_free(log);
	return 0;
}

static int mine(const char *path)
{
	struct bpr_mine_options options = BPR_MINE_OPTIONS_INIT;
	bpr_mining *mining;
	bpr_log *log;
	struct bpr_error err;

	options.jobs = 1;
	if (read_log(path, &log) || bpr_mine(log, &options, &mining, NULL, &err))
		return 1;
	bpr_mining_free(mining);
	bpr_log_free(log);
	return 0;
}

/* ---- measuring ---- */

struct used { double cpu, memory; int status; };

static struct used run(int (*step)(const char *path), const char *path)
{
	struct used used = { 0, 0, 1 };
	struct rusage usage;
	int status;
	pid_t child;

	(void)fflush(stdout);
	child = fork();
	if (!child) {
		status = step(path);
		(void)fflush(stdout);
		_exit(status);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return used;
	used.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
	used.cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
	used.memory = (double)usage.ru_maxrss / 1024;
	return used;
}

/* The best of several runs: a busy machine only ever adds. */
static void row(const char *what, const char *promise, int (*step)(const char *path), const char *path, unsigned long events, unsigned runs)
{
	struct used best = run(step, path);

	for (unsigned i = 1; i < runs; i++) {
		struct used next = run(step, path);

		best = next.cpu < best.cpu ? next : best;
	}
	if (best.status)
		printf("%-44s failed\n", what);
	else
		printf("%10.2f %10.2f %10.1f  %-24s %s\n", best.cpu, (double)events / best.cpu / 1e6, best.memory, promise, what);
}

static void measure(const char *folder, unsigned long events, bool by_time, unsigned runs)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/log-%lu-%s.csv", folder, events, by_time ? "time" : "case");
	if (generate(path, events, by_time)) {
		printf("cannot write %s\n", path);
		return;
	}
	printf("log of %lu events, %s\n%10s %10s %10s  %-24s %s\n", events, by_time ? "in order of time" : "case by case", "cpu s", "M events/s", "MiB", "promised", "what");
	row("a bare pass of libcsv", "", bare, path, events, runs);
	row("reading", "", only_read, path, events, runs);
	row("reading, what follows what with times", "> 2 M/s, < 300 MiB", follow, path, events, runs);
	row("reading and bpr_mine", "", mine, path, events, runs);
	(void)unlink(path);
}

int main(int argc, char **argv)
{
	const unsigned long millions = argc > 2 ? strtoul(argv[2], NULL, 10) : 10;

	if (argc < 2)
		return 2;
	bpr_init();
	measure(argv[1], 1000000, false, 3);
	measure(argv[1], 1000000, true, 3);
	if (millions > 1) {
		measure(argv[1], millions * 1000000, false, 1);
		measure(argv[1], millions * 1000000, true, 1);
	}
	return 0;
}
