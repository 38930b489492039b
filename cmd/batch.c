/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "batch.h"
#include "output.h"
#include "say.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WAITING_PER_JOB = 8, MOST_JOBS = 1024 };

/* What workers and the printing thread share. */
struct pool {
	const struct batch *batch;
	pthread_mutex_t lock;
	pthread_cond_t ready;    /* a result stands in its slot */
	pthread_cond_t room;     /* a slot is free */
	size_t next, printed;    /* inputs taken, inputs printed */
	bool stop;
	struct slot { struct result result; bool done; } *slots;
	size_t slot_count;
};

/* What is printed so far. */
struct printer {
	enum bpr_format format;
	bool array, opened;
	size_t reports;
	int status;
	bool failed;             /* the output */
	struct page page;        /* HTML of several reports */
};

/* Name of a flow, else its id, else the file it stands in. */
static char *title_of(const struct result *result, const bpr_flow *flow)
{
	const char *slash = strrchr(result->path, '/');
	const char *title = flow ? bpr_flow_name(flow) : "";

	if (flow && !*title)
		title = bpr_flow_id(flow);
	return xstrdup(*title ? title : slash ? slash + 1 : result->path);
}

struct bpr_output *result_add(struct result *result, const struct reporting *run, bool several, const bpr_flow *flow,
			      struct bpr_report_options *report)
{
	struct report *added;

	result->reports = xgrow(result->reports, &result->capacity, result->count + 1, sizeof(*result->reports));
	added = &result->reports[result->count++];
	*added = (struct report){ 0 };
	if (run->format == BPR_FORMAT_HTML && (several || run->input_count > 1)) {
		(void)snprintf(added->entry.anchor, sizeof(added->entry.anchor), "f%zu-%zu", result->input + 1, result->count);
		added->entry.title = title_of(result, flow);
		added->entry.source = xstrdup(result->path);
		report->anchor = added->entry.anchor;
	}
	return &added->output;
}

static void result_release(struct result *result)
{
	for (size_t i = 0; i < result->count; i++) {
		bpr_output_release(&result->reports[i].output);
		free(result->reports[i].entry.title);
		free(result->reports[i].entry.source);
	}
	free(result->reports);
	text_release(&result->notes);
	*result = (struct result){ 0 };
}

static void put(struct printer *p, const char *data, size_t length)
{
	p->failed = p->failed || !output_write(data, length);
}

static void print_report(struct printer *p, struct report *report)
{
	const char *data = report->output.data;
	size_t length = report->output.length;

	if (*report->entry.anchor) {
		page_add(&p->page, &report->entry, &report->output);
		report->entry = (struct page_entry){ { 0 }, NULL, NULL };
		p->reports++;
		return;
	}
	if (p->array) {
		while (length && data[length - 1] == '\n')
			length--;
		put(p, p->opened ? ",\n" : "[\n", 2);
		p->opened = true;
	} else if (p->reports && p->format == BPR_FORMAT_CSV) {
		/* Which report comes first is known only here: the header of each later one is cut off. */
		size_t header = strcspn(data, "\n");

		header += data[header] == '\n';
		data += header;
		length -= header;
	} else if (p->reports && p->format != BPR_FORMAT_SHORT) {
		put(p, "\n", 1);
	}
	put(p, data, length);
	p->reports++;
}

static void print_result(struct printer *p, struct result *result)
{
	if (p->format == BPR_FORMAT_JSON && result->count > 1)
		p->array = true;
	if (!common_fits_book(p->format, result->count)) {
		p->status = p->status > STATUS_USAGE ? p->status : STATUS_USAGE;
		result_release(result);
		return;
	}
	for (size_t i = 0; i < result->count && !p->failed; i++)
		if (result->reports[i].output.data) /* else it failed: nothing is written, not even an empty file */
			print_report(p, &result->reports[i]);
	if (result->notes.data)
		fputs(result->notes.data, stderr);
	if (result->status > p->status)
		p->status = result->status;
	result_release(result);
}

static void *worker(void *data)
{
	struct pool *pool = data;
	const struct batch *batch = pool->batch;

	(void)pthread_mutex_lock(&pool->lock);
	for (;;) {
		struct result result = { 0 };
		struct slot *slot;
		size_t i;

		while (!pool->stop && pool->next < batch->inputs->count && pool->next >= pool->printed + pool->slot_count)
			(void)pthread_cond_wait(&pool->room, &pool->lock);
		if (pool->stop || pool->next == batch->inputs->count)
			break;
		i = pool->next++;
		(void)pthread_mutex_unlock(&pool->lock);
		result.path = batch->inputs->items[i];
		result.input = i;
		batch->work(batch->data, batch->inputs->items[i], &result);
		(void)pthread_mutex_lock(&pool->lock);
		slot = &pool->slots[i % pool->slot_count];
		slot->result = result;
		slot->done = true;
		if (i == pool->printed)
			(void)pthread_cond_signal(&pool->ready);
	}
	(void)pthread_mutex_unlock(&pool->lock);
	return NULL;
}

/* ---- how far it is ---- */

struct progress {
	bool on, terminal, shown;
	double started, last;
};

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void progress_begin(struct progress *g, const struct batch *batch)
{
	g->terminal = isatty(STDERR_FILENO) == 1;
	g->on = batch->progress == 1 || (batch->progress == 0 && g->terminal && batch->inputs->count > 1);
	g->started = g->last = g->on ? now() : 0;
}

static void progress_clear(struct progress *g)
{
	if (g->shown && g->terminal)
		fputs("\r\033[K", stderr);
	g->shown = false;
}

/* A line that is drawn anew ten times a second; off a terminal a line every ten seconds. */
static void progress_step(struct progress *g, size_t done, size_t all)
{
	double t;

	if (!g->on)
		return;
	t = now();
	if (t - g->started < 0.5 || t - g->last < (g->terminal ? 0.1 : 10))
		return;
	g->last = t;
	fprintf(stderr, g->terminal ? "\r\033[Kbpr: %zu / %zu" : "bpr: %zu / %zu\n", done, all);
	g->shown = true;
}

/* ---- running ---- */

static size_t job_count(const struct batch *batch)
{
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	size_t jobs = batch->jobs ? batch->jobs : online > 0 ? (size_t)online : 1;

	if (jobs > batch->inputs->count)
		jobs = batch->inputs->count;
	return jobs < MOST_JOBS ? jobs : MOST_JOBS;
}

static void run_alone(const struct batch *batch, struct printer *p, struct progress *g)
{
	for (size_t i = 0; i < batch->inputs->count && !p->failed; i++) {
		struct result result = { .path = batch->inputs->items[i], .input = i };

		batch->work(batch->data, batch->inputs->items[i], &result);
		progress_clear(g);
		print_result(p, &result);
		progress_step(g, i + 1, batch->inputs->count);
	}
}

/* Takes results in the order of the inputs. */
static void print_all(struct pool *pool, struct printer *p, struct progress *g)
{
	size_t all = pool->batch->inputs->count;

	for (size_t i = 0; i < all && !p->failed; i++) {
		struct slot *slot = &pool->slots[i % pool->slot_count];
		struct result result;

		(void)pthread_mutex_lock(&pool->lock);
		while (!slot->done)
			(void)pthread_cond_wait(&pool->ready, &pool->lock);
		result = slot->result;
		*slot = (struct slot){ 0 };
		pool->printed = i + 1;
		(void)pthread_cond_broadcast(&pool->room);
		(void)pthread_mutex_unlock(&pool->lock);
		progress_clear(g);
		print_result(p, &result);
		progress_step(g, i + 1, all);
	}
}

static void run_threads(const struct batch *batch, size_t jobs, struct printer *p, struct progress *g)
{
	struct pool pool = { .batch = batch, .slot_count = jobs * WAITING_PER_JOB };
	pthread_t *threads = xcalloc(jobs, sizeof(*threads));
	size_t started = 0;

	(void)pthread_mutex_init(&pool.lock, NULL);
	(void)pthread_cond_init(&pool.ready, NULL);
	(void)pthread_cond_init(&pool.room, NULL);
	pool.slots = xcalloc(pool.slot_count, sizeof(*pool.slots));
	while (started < jobs && !pthread_create(&threads[started], NULL, worker, &pool))
		started++;
	if (started)
		print_all(&pool, p, g);
	else
		run_alone(batch, p, g); /* the system gives no thread: one by one then */
	(void)pthread_mutex_lock(&pool.lock);
	pool.stop = true;
	(void)pthread_cond_broadcast(&pool.room);
	(void)pthread_mutex_unlock(&pool.lock);
	for (size_t i = 0; i < started; i++)
		(void)pthread_join(threads[i], NULL);
	for (size_t i = 0; i < pool.slot_count; i++)
		result_release(&pool.slots[i].result);
	free(pool.slots);
	free(threads);
	(void)pthread_cond_destroy(&pool.room);
	(void)pthread_cond_destroy(&pool.ready);
	(void)pthread_mutex_destroy(&pool.lock);
}

int batch_run(const struct batch *batch)
{
	struct printer p = { .format = batch->format };
	struct progress g = { 0 };
	size_t jobs = job_count(batch);

	p.array = p.format == BPR_FORMAT_JSON && batch->inputs->count > 1;
	progress_begin(&g, batch);
	if (jobs > 1)
		run_threads(batch, jobs, &p, &g);
	else
		run_alone(batch, &p, &g);
	progress_clear(&g);
	if (p.opened)
		put(&p, "\n]\n", 3);
	if (p.page.count && !p.failed && !page_write(&p.page, batch->report, output_write)) {
		p.reports = 0;
		p.status = STATUS_OUTPUT;
	}
	page_release(&p.page);
	if (!p.reports) {
		output_give_up();
		return p.status;
	}
	if (!output_commit() && p.status < STATUS_OUTPUT)
		p.status = STATUS_OUTPUT;
	return p.status;
}

/* Either inputs side by side, each in one thread, or one after the other with all threads. */
static void share_threads(struct reporting *reporting, struct batch *batch)
{
	size_t jobs = job_count(&(struct batch){ .inputs = &(struct inputs){ .count = MOST_JOBS }, .jobs = batch->jobs });
	bool beside = !reporting->one_by_one && jobs > 1 && batch->inputs->count >= jobs;

	reporting->inner_jobs = beside ? 1 : batch->jobs;
	batch->jobs = beside ? jobs : 1;
}

static bool fits_book(const struct reporting *reporting, const struct inputs *inputs, int *status)
{
	if (common_fits_book(reporting->format, inputs->count))
		return true;
	*status = STATUS_USAGE;
	return false;
}

static bool fits_output(const struct reporting *reporting, int *status)
{
	if (common_fits_output(reporting->format))
		return true;
	*status = STATUS_USAGE;
	return false;
}

int batch_reports(struct reporting *reporting, enum bpr_report_kind kind,
		  void (*work)(const void *data, const char *path, struct result *result))
{
	const struct common_args *common = reporting->common;
	struct inputs inputs = { 0 };
	struct batch batch = { .inputs = &inputs, .jobs = common->jobs, .progress = common->progress, .work = work, .data = reporting };
	int status = STATUS_USAGE;

	reporting->format = batch.format = common_format(common, kind);
	if (reporting->format == BPR_FORMAT_COUNT)
		return status;
	if (inputs_collect(common, &inputs, &status) && fits_book(reporting, &inputs, &status) && (!reporting->ready || reporting->ready(reporting, &inputs, &status)) &&
	    output_open(common->output, inputs.items, inputs.count, &status) && fits_output(reporting, &status)) {
		common_report_options(common, &reporting->report);
		batch.report = &reporting->report;
		reporting->input_count = inputs.count;
		if (reporting->threads)
			share_threads(reporting, &batch);
		status = batch_run(&batch);
	}
	inputs_release(&inputs);
	return status;
}
