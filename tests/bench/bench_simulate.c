/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast is the simulation of case N11 (five pools, 1,000,000 cases, 6.16 million events)? CPU seconds of `bpr simulate`, told the
 * model as a CSV and with all its statistics, against a fixed loop that knows nothing else: the model as arrays, exponential
 * only, one heap, and mean, deviation and a histogram of the time in the system, waiting and load by pool. Both in turn, the best of
 * several, on one core.
 *
 *   bench-simulate BPR N11.csv [CASES]
 */
#include "config.h"
#include "simulate/draw_i.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STATIONS = 5, RING = 4096, BINS = 4096, ROUNDS = 5 };

struct way { double until; int to; };
static const struct { int servers; double mean; struct way way[2]; } model[STATIONS] = {
	{ 2, 1.2, { { 0.3, 1 }, { 2, 2 } } },
	{ 1, 1.8, { { 2, 2 }, { 2, 2 } } },
	{ 3, 1.8, { { 0.8, 3 }, { 2, 0 } } },
	{ 1, 0.72, { { 0.9, 4 }, { 2, 2 } } },
	{ 1, 0.6, { { 2, -1 }, { 2, -1 } } },
};

struct job { double arrived, joined, waited; };
struct event { double time; int station; struct job job; };
struct station { struct job ring[RING]; unsigned head, tail; int free; double waited, area, changed; unsigned long long begun; };

static struct event heap[16];
static int pending;
static struct station station[STATIONS];
static struct bpr_rng work[STATIONS], route[STATIONS], between;
static double cycle_sum, cycle_square, wait_sum;
static unsigned long long histogram[BINS], done, steps;

static void plan(double time, int at, struct job job)
{
	int i = pending++;

	for (; i && heap[(i - 1) / 4].time > time; i = (i - 1) / 4)
		heap[i] = heap[(i - 1) / 4];
	heap[i] = (struct event){ time, at, job };
}

static struct event next(void)
{
	struct event first = heap[0], last = heap[--pending];
	int i = 0, child;

	while ((child = 4 * i + 1) < pending) {
		int end = child + 4 < pending ? child + 4 : pending;

		for (int k = child + 1; k < end; k++)
			if (heap[k].time < heap[child].time)
				child = k;
		if (heap[child].time >= last.time)
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = last;
	return first;
}

static void begin(double now, int at, struct job job)
{
	double wait = now - job.joined;

	station[at].waited += wait;
	station[at].begun++;
	job.waited += wait;
	plan(now + model[at].mean * bpr_i_draw_exp(&work[at]), at, job);
}

static void busy(double now, int at, int change)
{
	struct station *s = &station[at];

	s->area += (now - s->changed) * (model[at].servers - s->free);
	s->changed = now;
	s->free -= change;
}

static void come(double now, int at, struct job job)
{
	struct station *s = &station[at];

	job.joined = now;
	if (s->free) {
		busy(now, at, 1);
		begin(now, at, job);
	} else {
		s->ring[s->tail++ % RING] = job;
	}
}

static void leave(double now, const struct job *job)
{
	double cycle = now - job->arrived;
	int bin = (int)(cycle * 8);

	done++;
	cycle_sum += cycle;
	cycle_square += cycle * cycle;
	wait_sum += job->waited;
	histogram[bin < BINS ? bin : BINS - 1]++;
}

static void finish(double now, const struct event *e)
{
	struct station *s = &station[e->station];
	int to;

	steps++;
	if (s->head != s->tail)
		begin(now, e->station, s->ring[s->head++ % RING]);
	else
		busy(now, e->station, -1);
	to = model[e->station].way[0].until > 1 ? model[e->station].way[0].to :
	     model[e->station].way[bpr_i_draw_uniform(&route[e->station]) >= model[e->station].way[0].until].to;
	if (to < 0)
		leave(now, &e->job);
	else
		come(now, to, e->job);
}

static void prototype(unsigned long long cases)
{
	for (int i = 0; i < STATIONS; i++) {
		station[i].free = model[i].servers;
		bpr_i_rng_seed(&work[i], 1, 0, (uint64_t)i, 0);
		bpr_i_rng_seed(&route[i], 1, 0, (uint64_t)i, 1);
	}
	bpr_i_rng_seed(&between, 1, 0, 99, 0);
	plan(bpr_i_draw_exp(&between), -1, (struct job){ 0 });
	while (done < cases) {
		struct event e = next();

		if (e.station >= 0) {
			finish(e.time, &e);
			continue;
		}
		plan(e.time + bpr_i_draw_exp(&between), -1, (struct job){ 0 });
		steps++;
		come(e.time, 0, (struct job){ e.time, e.time, 0 });
	}
	/* Said, so that nothing of it is left out by the compiler; a clean run shows 17.46 and 11.33. */
	fprintf(stderr, "fixed loop: %llu events, cycle %.3f (sd %.3f), waits %.3f\n", steps, cycle_sum / (double)done,
		sqrt(cycle_square / (double)done - cycle_sum / (double)done * (cycle_sum / (double)done)), wait_sum / (double)done);
}

/* CPU seconds of a child that runs bpr, or the fixed loop where there is none; its largest memory in MiB. */
static double child(const char *bpr, const char *flow, const char *cases, double *mib)
{
	struct rusage usage;
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		if (!bpr) {
			prototype(strtoull(cases, NULL, 10));
			_exit(0);
		}
		if (!freopen("/dev/null", "w", stdout))
			_exit(1);
		execl(bpr, bpr, "simulate", "--cases", cases, "--replications", "1", "--jobs", "1", "--warmup", "0", flow, (char *)NULL);
		_exit(1);
	}
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid || status) {
		fprintf(stderr, "bench-simulate: a run has failed\n");
		exit(1);
	}
	*mib = (double)usage.ru_maxrss / 1024;
	return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec * 1e-6 + (double)usage.ru_stime.tv_sec +
	       (double)usage.ru_stime.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
	const char *cases = argc > 3 ? argv[3] : "1000000";
	double events = strtod(cases, NULL) * 6.161111111, loop = (double)INFINITY, all = (double)INFINITY, mib = 0, unused;

	if (argc < 3) {
		fprintf(stderr, "usage: bench-simulate BPR N11.csv [CASES]\n");
		return 2;
	}
	for (int i = 0; i < ROUNDS; i++) {
		loop = fmin(loop, child(NULL, NULL, cases, &unused));
		all = fmin(all, child(argv[1], argv[2], cases, &mib));
	}
	printf("N11, %s cases: fixed loop %.3f s (%.1f M events/s), bpr simulate %.3f s (%.1f M events/s), ratio %.2f, %.1f MiB\n", cases, loop,
	       events / loop / 1e6, all, events / all / 1e6, all / loop, mib);
	return 0;
}
