/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flow held against a log: each variant is aligned once, as many at once as there are threads. */
#include "config.h"
#include "mine/conform_i.h"
#include "base/options_i.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

/* Places of a net. */
#define MOST_PLACES ((size_t)500000)
enum { MOST_JOBS = 256 };

struct crew {
	bpr_conformance *c;
	const struct bpr_align_model *model;
	const struct bpr_conform_options *options;
	pthread_mutex_t lock;
	size_t next, done;
	bpr_status status;
};
struct worker { struct crew *crew; pthread_t thread; bool started; };

static bool go_on(struct crew *crew)
{
	const struct bpr_conform_options *o = crew->options;

	if (crew->status == BPR_OK && o->progress && !o->progress(o->progress_data, (double)crew->done / (double)crew->c->variant_count))
		crew->status = BPR_ECANCELLED;
	return crew->status == BPR_OK;
}

static void *work(void *data)
{
	struct worker *w = data;
	struct crew *crew = w->crew;
	bpr_conformance *c = crew->c;
	bpr_aligner *aligner = bpr_i_aligner_new(crew->model, crew->options->max_states);

	(void)pthread_mutex_lock(&crew->lock);
	if (!aligner)
		crew->status = BPR_ENOMEM;
	while (crew->status == BPR_OK && crew->next < c->variant_count) {
		size_t i = crew->next++;

		(void)pthread_mutex_unlock(&crew->lock);
		bpr_i_align(aligner, &(struct bpr_trace){ c->variant[i].activities, c->variant[i].length, c->variant[i].open }, &c->shortest,
			    &c->alignment[i]);
		(void)pthread_mutex_lock(&crew->lock);
		if (c->alignment[i].status != BPR_OK && crew->status == BPR_OK)
			crew->status = c->alignment[i].status;
		crew->done++;
		(void)go_on(crew);
	}
	(void)pthread_mutex_unlock(&crew->lock);
	bpr_i_aligner_free(aligner);
	return NULL;
}

static bpr_status align_all(bpr_conformance *c, const struct bpr_align_model *model, const struct bpr_conform_options *options)
{
	struct crew crew = { .c = c, .model = model, .options = options, .lock = PTHREAD_MUTEX_INITIALIZER };
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t count = options->jobs ? options->jobs : processors > 0 ? (size_t)processors : 1;
	struct worker *worker;

	count = count < MOST_JOBS ? count : MOST_JOBS;
	count = count < c->variant_count ? count : c->variant_count;
	worker = bpr_i_calloc(count + 1, sizeof(*worker));
	if (!worker)
		return BPR_ENOMEM;
	for (size_t i = 0; i < count; i++)
		worker[i].crew = &crew;
	for (size_t i = 1; i < count; i++) /* where a thread cannot be had, the others do its work */
		worker[i].started = pthread_create(&worker[i].thread, NULL, work, &worker[i]) == 0;
	if (count)
		(void)work(&worker[0]);
	for (size_t i = 1; i < count; i++)
		if (worker[i].started)
			(void)pthread_join(worker[i].thread, NULL);
	bpr_i_free(worker);
	(void)pthread_mutex_destroy(&crew.lock);
	return crew.status;
}

/* The shortest run: what every case is measured by, and what an alignment can always fall back on. */
static bpr_status find_shortest(bpr_conformance *c, const struct bpr_align_model *model, const struct bpr_conform_options *options,
				struct bpr_error *err)
{
	bpr_aligner *aligner = bpr_i_aligner_new(model, options->max_states);
	char most[32];
	bpr_status status;

	if (!aligner)
		return bpr_i_nomem(err);
	bpr_i_align(aligner, &(struct bpr_trace){ 0 }, NULL, &c->shortest);
	bpr_i_aligner_free(aligner);
	status = c->shortest.status;
	(void)snprintf(most, sizeof(most), "%zu", options->max_states);
	if (status == BPR_ENOEXIT)
		return bpr_i_fail(err, status, BPR_I_L609, bpr_flow_id(c->flow), 0, NULL, NULL);
	if (status == BPR_ELIMIT)
		return bpr_i_fail(err, status, BPR_I_L610, bpr_flow_id(c->flow), 0, most, NULL);
	return status == BPR_OK ? BPR_OK : bpr_i_nomem(err);
}

static bpr_status make_net(bpr_conformance *c, struct bpr_error *err)
{
	char most[32];
	bpr_status status = bpr_i_mnet_new(c->flow, c->match.visible, MOST_PLACES, &c->net);

	(void)snprintf(most, sizeof(most), "%zu", MOST_PLACES);
	if (status == BPR_ELIMIT)
		return bpr_i_fail(err, status, BPR_I_L611, bpr_flow_id(c->flow), 0, most, NULL);
	return status == BPR_OK ? BPR_OK : bpr_i_nomem(err);
}

static bpr_status tell(const bpr_conformance *c, const struct bpr_conform_options *options, bpr_problems *problems, struct bpr_error *err)
{
	char text[3][32];
	uint64_t cases = 0;

	for (size_t i = 0; i < c->variant_count; i++)
		cases += c->alignment[i].low < c->alignment[i].high ? c->variant[i].count : 0;
	if (!cases)
		return BPR_OK;
	(void)snprintf(text[0], sizeof(text[0]), "%llu", (unsigned long long)c->totals.bounded);
	(void)snprintf(text[1], sizeof(text[1]), "%llu", (unsigned long long)cases);
	(void)snprintf(text[2], sizeof(text[2]), "%zu", options->max_states);
	return bpr_i_problem(problems, BPR_I_L608, NULL, false, text[0], text[1], text[2], NULL) ? BPR_OK : bpr_i_nomem(err);
}

static bpr_status conform(bpr_conformance *c, const struct bpr_conform_options *options, uint64_t *events, bpr_problems *problems,
			  struct bpr_error *err)
{
	struct bpr_align_model model = { .match = &c->match };
	bpr_status status = bpr_i_conform_variants(c, options->mining, events, err);

	if (status == BPR_OK && !c->variant_count)
		status = bpr_i_fail(err, BPR_EINVAL, BPR_I_L612, NULL, 0, NULL, NULL);
	if (status == BPR_OK && !bpr_i_match_tell(&c->match, c->log, c->flow, events, problems))
		status = bpr_i_nomem(err);
	if (status == BPR_OK)
		status = make_net(c, err);
	model.net = c->net;
	if (status == BPR_OK && bpr_i_align_bounds(&model.bounds, c->net, &c->match) != BPR_OK)
		status = bpr_i_nomem(err);
	if (status == BPR_OK)
		status = find_shortest(c, &model, options, err);
	if (status == BPR_OK) {
		status = align_all(c, &model, options);
		if (status == BPR_ENOMEM)
			(void)bpr_i_nomem(err);
		else if (status != BPR_OK && err)
			*err = (struct bpr_error){ .status = status };
	}
	bpr_i_align_bounds_release(&model.bounds);
	if (status == BPR_OK && (!bpr_i_conform_fold(c) || !bpr_i_conform_precision(c)))
		status = bpr_i_nomem(err);
	return status == BPR_OK ? tell(c, options, problems, err) : status;
}

bpr_status bpr_conform(const bpr_log *log, const bpr_flow *flow, const struct bpr_conform_options *options, bpr_conformance **out,
		       bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_conform_options o = BPR_CONFORM_OPTIONS_INIT;
	bpr_conformance *c = bpr_i_calloc(1, sizeof(*c));
	uint64_t *events = bpr_i_calloc((size_t)bpr_log_name_count(log, BPR_LOG_ACTIVITY) + 1, sizeof(*events));
	bpr_status status;

	*out = NULL;
	if (!c || !events || !bpr_i_options(&o, options)) {
		status = c && events ? BPR_EINVAL : bpr_i_nomem(err);
		bpr_i_free(c);
		bpr_i_free(events);
		return status;
	}
	o.max_states = o.max_states ? o.max_states : 1;
	c->log = log;
	c->flow = flow;
	status = bpr_i_match_new(&c->match, log, flow, &o, err);
	if (status == BPR_OK)
		status = conform(c, &o, events, problems, err);
	bpr_i_free(events);
	if (status != BPR_OK) {
		bpr_conformance_free(c);
		return status;
	}
	*out = c;
	return BPR_OK;
}

void bpr_conformance_free(bpr_conformance *c)
{
	if (!c)
		return;
	bpr_i_match_release(&c->match);
	bpr_i_mnet_free(c->net);
	for (size_t i = 0; i < c->variant_count; i++) {
		bpr_i_free(c->alignment[i].step);
		bpr_i_free((void *)(uintptr_t)c->variant[i].moves);
	}
	bpr_i_free(c->shortest.step);
	bpr_i_free(c->alignment);
	bpr_i_free(c->variant);
	bpr_i_free(c->of_case);
	bpr_i_free(c->sequence);
	bpr_i_free(c->deviation);
	bpr_i_free(c->step);
	bpr_i_free(c);
}

const struct bpr_conform_totals *bpr_conformance_totals(const bpr_conformance *c)
{
	return &c->totals;
}

const struct bpr_deviation *bpr_conformance_deviations(const bpr_conformance *c, size_t *count)
{
	*count = c->deviation_count;
	return c->deviation;
}

const struct bpr_conform_step *bpr_conformance_steps(const bpr_conformance *c, size_t *count)
{
	*count = c->step_count;
	return c->step;
}

const struct bpr_conform_variant *bpr_conformance_variants(const bpr_conformance *c, size_t *count)
{
	*count = c->variant_count;
	return c->variant;
}

size_t bpr_conformance_of_case(const bpr_conformance *c, uint32_t case_index)
{
	return case_index < c->case_count && c->of_case[case_index] != UINT32_MAX ? c->of_case[case_index] : BPR_NONE;
}
