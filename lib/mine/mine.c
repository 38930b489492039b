/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of a log: the walk over its cases, and the result. */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <stdio.h>

enum { TELL_EVERY = 4096 /* cases */ };

static void release_cases(struct bpr_mine_cases *c)
{
	bpr_i_free(c->begin);
	bpr_i_free(c->end);
	bpr_i_free(c->begin_offset);
	bpr_i_free(c->end_offset);
	bpr_i_free(c->variant);
	bpr_i_free(c->last);
	bpr_i_free(c->index);
	bpr_i_free(c->flags);
}

static bool begin_cases(struct bpr_mine_cases *c, size_t count)
{
	c->begin = bpr_i_calloc(count, sizeof(*c->begin));
	c->end = bpr_i_calloc(count, sizeof(*c->end));
	c->begin_offset = bpr_i_calloc(count, sizeof(*c->begin_offset));
	c->end_offset = bpr_i_calloc(count, sizeof(*c->end_offset));
	c->variant = bpr_i_calloc(count, sizeof(*c->variant));
	c->last = bpr_i_calloc(count, sizeof(*c->last));
	c->index = bpr_i_calloc(count, sizeof(*c->index));
	c->flags = bpr_i_calloc(count, sizeof(*c->flags));
	return c->begin && c->end && c->begin_offset && c->end_offset && c->variant && c->last && c->index && c->flags;
}

static void release(struct bpr_mine_work *w)
{
	struct bpr_mine_arc_item *arcs = (struct bpr_mine_arc_item *)(void *)w->arcs.items;

	for (size_t i = 0; w->activities && i < w->out->activity_count; i++) {
		bpr_i_sketch_release(&w->activities[i].service.values);
		bpr_i_sketch_release(&w->activities[i].estimated.values);
	}
	for (uint32_t i = 0; i < w->arcs.count; i++)
		bpr_i_sketch_release(&arcs[i].minutes.values);
	bpr_i_mine_pairs_release(&w->arcs);
	bpr_i_mine_pairs_release(&w->resources);
	bpr_i_mine_pairs_release(&w->units);
	bpr_i_sketch_release(&w->length.values);
	bpr_i_sketch_release(&w->work.values);
	release_cases(&w->cases);
	bpr_i_free(w->role);
	bpr_i_free(w->result_state);
	bpr_i_free(w->activities);
	bpr_i_free(w->steps);
	bpr_i_free(w->day_events);
	bpr_i_spill_free(w->done);
}

static bool begin(struct bpr_mine_work *w)
{
	const size_t activities = w->out->activity_count;

	w->activities = bpr_i_calloc(activities, sizeof(*w->activities));
	w->out->activities = bpr_i_calloc(activities, sizeof(*w->out->activities));
	w->out->sequences.most = w->options->max_variants;
	bpr_i_mine_figure_begin(&w->length, w->options->samples);
	bpr_i_mine_figure_begin(&w->work, w->options->samples);
	for (size_t i = 0; w->activities && i < activities; i++) {
		bpr_i_mine_figure_begin(&w->activities[i].service, w->options->samples / 4);
		bpr_i_mine_figure_begin(&w->activities[i].estimated, w->options->samples / 4);
	}
	return w->activities && w->out->activities && begin_cases(&w->cases, (size_t)bpr_log_info(w->log).cases) && bpr_i_mine_results(w) &&
	       bpr_i_mine_pairs_begin(&w->arcs, (uint32_t)activities, sizeof(struct bpr_mine_arc_item)) &&
	       bpr_i_mine_pairs_begin(&w->resources, bpr_log_name_count(w->log, BPR_LOG_RESOURCE), sizeof(struct bpr_mine_pair)) &&
	       bpr_i_mine_pairs_begin(&w->units, bpr_log_name_count(w->log, BPR_LOG_UNIT), sizeof(struct bpr_mine_pair)) &&
	       bpr_i_mine_days_begin(w) && bpr_i_mine_estimate_begin(w);
}

static bpr_status tell(const struct bpr_mine_work *w, double done, struct bpr_error *err)
{
	if (w->options->progress && !w->options->progress(w->options->progress_data, done))
		return bpr_i_fail(err, BPR_ECANCELLED, BPR_I_L304, NULL, 0, NULL, NULL);
	return BPR_OK;
}

/* Out of memory, or a temporary file that failed. */
static bpr_status failed(bpr_status status, struct bpr_error *err)
{
	return status == BPR_EIO ? bpr_i_fail(err, BPR_EIO, BPR_I_L001, NULL, 0, NULL, NULL) : bpr_i_nomem(err);
}

static bpr_status walk(struct bpr_mine_work *w, struct bpr_error *err)
{
	const double all = (double)bpr_log_info(w->log).cases;
	const struct bpr_log_case *one = NULL;
	bpr_log_walk *cases = NULL;
	bpr_status status = bpr_log_walk_new(w->log, &cases, err);

	for (size_t i = 0; !status; i++) {
		if (i % TELL_EVERY == 0)
			status = tell(w, 0.9 * (double)i / (all > 0 ? all : 1), err);
		if (!status)
			status = bpr_log_walk_next(cases, &one, err);
		if (status || !one)
			break;
		if (!bpr_i_mine_case(w, one))
			status = failed(w->done ? bpr_i_spill_failed(w->done) : BPR_ENOMEM, err);
	}
	bpr_log_walk_free(cases);
	bpr_i_mine_later_end(&w->later);
	return status;
}

static bool tell_rest(const struct bpr_mine_work *w)
{
	const struct bpr_place place = { .file = bpr_log_info(w->log).name };
	char text[32];

	(void)snprintf(text, sizeof(text), "%llu", (unsigned long long)w->out->totals.variants_rest);
	return !w->out->totals.variants_rest || bpr_i_problem(w->problems, BPR_I_L303, &place, false, text, NULL, NULL, NULL);
}

static bpr_status finish(struct bpr_mine_work *w, struct bpr_error *err)
{
	bpr_status status = bpr_i_mine_estimate(w);

	if (status)
		return failed(status, err);
	if (!bpr_i_mine_judge(w) || !bpr_i_mine_lists(w) || !bpr_i_mine_lengths(w) || !bpr_i_mine_times(w) || !bpr_i_mine_survival(w) ||
	    !tell_rest(w))
		return bpr_i_nomem(err);
	return tell(w, 1, err);
}

bpr_status bpr_mine(const bpr_log *log, const struct bpr_mine_options *options, bpr_mining **out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_mine_options o = BPR_MINE_OPTIONS_INIT;
	struct bpr_mine_work w = { .log = log, .options = &o, .problems = problems };
	bpr_status status;

	*out = NULL;
	if (!bpr_i_options(&o, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	w.out = bpr_i_calloc(1, sizeof(*w.out));
	if (!w.out)
		return bpr_i_nomem(err);
	w.out->log = log;
	w.out->activity_count = bpr_log_name_count(log, BPR_LOG_ACTIVITY);
	status = bpr_i_mine_roles(&w, err);
	if (!status && !begin(&w))
		status = bpr_i_nomem(err);
	if (!status)
		status = walk(&w, err);
	if (!status)
		status = finish(&w, err);
	release(&w);
	if (status)
		bpr_mining_free(w.out);
	else
		*out = w.out;
	return status;
}

void bpr_mining_free(bpr_mining *m)
{
	if (!m)
		return;
	bpr_i_mine_variants_release(&m->sequences);
	bpr_i_free(m->activities);
	bpr_i_free(m->arcs);
	bpr_i_free(m->variants);
	bpr_i_free(m->handovers[0]);
	bpr_i_free(m->handovers[1]);
	bpr_i_free(m->loops);
	bpr_i_free(m->days);
	bpr_i_free(m->months);
	bpr_i_free(m->survival);
	bpr_i_free(m->case_state);
	bpr_i_free(m);
}

enum bpr_mine_state bpr_mining_case_state(const bpr_mining *m, uint32_t case_index)
{
	return case_index < m->case_count ? (enum bpr_mine_state)m->case_state[case_index] : BPR_MINE_FINISHED;
}

const bpr_log *bpr_mining_log(const bpr_mining *m)
{
	return m->log;
}

const struct bpr_mine_totals *bpr_mining_totals(const bpr_mining *m)
{
	return &m->totals;
}

const struct bpr_mine_activity *bpr_mining_activities(const bpr_mining *m, size_t *count)
{
	*count = m->activity_count;
	return m->activities;
}

const struct bpr_mine_arc *bpr_mining_arcs(const bpr_mining *m, size_t *count)
{
	*count = m->arc_count;
	return m->arcs;
}

const struct bpr_mine_variant *bpr_mining_variants(const bpr_mining *m, size_t *count)
{
	*count = m->variant_count;
	return m->variants;
}

const struct bpr_mine_handover *bpr_mining_handovers(const bpr_mining *m, bool units, size_t *count)
{
	*count = m->handover_count[units];
	return m->handovers[units];
}

const struct bpr_mine_loop *bpr_mining_loops(const bpr_mining *m, size_t *count)
{
	*count = m->loop_count;
	return m->loops;
}

const struct bpr_mine_day *bpr_mining_days(const bpr_mining *m, size_t *count)
{
	*count = m->day_count;
	return m->days;
}

const struct bpr_mine_hour *bpr_mining_week(const bpr_mining *m)
{
	return m->week;
}

const struct bpr_mine_month *bpr_mining_months(const bpr_mining *m, size_t *count)
{
	*count = m->month_count;
	return m->months;
}

const struct bpr_mine_survival *bpr_mining_survival(const bpr_mining *m, size_t *count)
{
	*count = m->survival_count;
	return m->survival;
}
