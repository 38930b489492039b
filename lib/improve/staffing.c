/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fewest staff that keep a promise: formulas, search, verification with other seeds, the result as blocks and as rows. */
#include "config.h"
#include "improve/search_i.h"
#include "base/num_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <bpr/queueing.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Searches, each of which goes on from what the verification of the one before refused. */
enum { ROUNDS = 12, MARGIN_FROM = 4 };
/* More replications where a figure is not only compared but promised; more yet where it is near. */
enum { VERIFY = 4, VERIFY_LONGER = 16 };

struct memory { struct bpr_arena arena; };

/* ---- what is planned ---- */

static bpr_status choose_pools(struct search *s, const bpr_flow *flow)
{
	size_t count = bpr_flow_pool_count(flow);
	bool *planned = bpr_i_calloc(count, sizeof(*planned));
	bpr_status status;

	if (!planned)
		return bpr_i_nomem(s->err);
	for (size_t t = 0; t < s->target_count; t++)
		for (size_t p = 0; p < count; p++)
			planned[p] |= s->targets[t].pool == BPR_NONE || s->targets[t].pool == p;
	status = bpr_i_roster_new(flow, planned, s->options.block, &s->roster, s->err);
	bpr_i_free(planned);
	if (!status && !s->roster.cells)
		status = bpr_i_fail(s->err, BPR_EINVAL, BPR_I_E003, NULL, 0, NULL, NULL);
	return status;
}

/* Shortest time from closing to the next opening of an ordinary week. */
static double shortest_night(const struct roster *r)
{
	double night = 0;

	for (size_t b = 0; b < r->block_count; b++) {
		double from = r->blocks[b].from, to = r->blocks[b].to;

		for (size_t k = 0; k < r->block_count; k++)
			if (r->blocks[k].weekdays == r->blocks[b].weekdays) {
				from = fmin(from, r->blocks[k].from);
				to = fmax(to, r->blocks[k].to);
			}
		night = b ? fmin(night, 1440 - (to - from)) : 1440 - (to - from);
	}
	return r->flat ? 0 : fmax(night, 0);
}

static bool make_room(struct search *s)
{
	size_t cells = s->roster.cells;
	size_t **counts[] = { &s->now, &s->ample, &s->start, &s->people, &s->trial, &s->order };
	double **numbers[] = { &s->pressure, &s->ranked, &s->kept_pressure };

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		*counts[i] = bpr_i_arena_alloc(&s->arena, cells, sizeof(size_t));
		if (!*counts[i])
			return false;
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		*numbers[i] = bpr_i_arena_alloc(&s->arena, cells, sizeof(double));
		if (!*numbers[i])
			return false;
	}
	return true;
}

/* ---- the search ---- */

static bool lacks(const struct search *s, const struct verdict *v, bool low)
{
	for (size_t t = 0; t < s->target_count; t++)
		if ((low ? v->low[t] : v->share[t]) < s->targets[t].share - 1e-12)
			return true;
	return false;
}

/* The people of today, where they keep the targets with fewer hours than the formulas ask for. */
static bpr_status begin_with(struct search *s)
{
	bool kept;
	double lack;
	bpr_status status = BPR_OK;

	memcpy(s->people, s->start, s->roster.cells * sizeof(*s->people));
	if (bpr_i_search_hours(s, s->now) < bpr_i_search_hours(s, s->start)) {
		for (size_t i = 0; i < s->roster.cells; i++)
			s->trial[i] = s->now[i] > s->roster.floor[i] ? s->now[i] : s->roster.floor[i];
		status = bpr_i_search_try(s, &kept, &lack);
		if (!status && kept)
			memcpy(s->people, s->trial, s->roster.cells * sizeof(*s->people));
	}
	return status;
}

/* With other seeds. A share that is kept, but not for sure, is looked at for longer. */
static bpr_status verify(struct search *s, struct verdict *ample, struct verdict *out)
{
	bpr_status status = BPR_OK;

	for (s->verify_factor = VERIFY; !status; s->verify_factor = VERIFY_LONGER) {
		status = bpr_i_search_ample(s, true, ample);
		if (!status)
			status = bpr_i_search_evaluate(s, s->people, true, out);
		if (status || s->verify_factor == VERIFY_LONGER || !lacks(s, out, true) || lacks(s, out, false))
			break;
	}
	return status;
}

/* One search, then its verification. *done: kept, or nothing more can be done. */
static bpr_status search_once(struct search *s, struct bpr_staffing *out, struct verdict *verified, bool *done)
{
	bool kept = false;
	struct verdict ample;
	bpr_status status = bpr_i_search_ample(s, false, &ample);

	if (!status)
		status = bpr_i_search_mend(s, &kept);
	if (!status && kept)
		status = bpr_i_search_pare(s);
	if (!status && kept)
		status = bpr_i_search_exact(s, &out->least);
	if (!status)
		status = verify(s, &ample, verified);
	if (status)
		return status;
	out->reached = !lacks(s, verified, true);
	*done = out->reached || s->spent || !kept;
	/* First the staffing alone is refused, so that nothing is asked for in vain; where that does not help, more is asked of all. */
	for (size_t t = 0; t < s->target_count && !*done && s->round >= MARGIN_FROM; t++)
		s->margin[t] += fmax(0, s->targets[t].share - verified->low[t]);
	if (!*done && !bpr_i_search_refuse(s, s->people))
		return bpr_i_nomem(s->err);
	for (size_t t = 0; t < s->target_count; t++)
		out->shares[t].best = ample.share[t];
	return BPR_OK;
}

static bpr_status search(struct search *s, struct bpr_staffing *out, bpr_problems *problems)
{
	struct verdict verified = { .lack = 0 }, now;
	char runs[32];
	bool done = false;
	bpr_status status = begin_with(s);

	for (; s->round < ROUNDS && !status && !done; s->round++)
		status = search_once(s, out, &verified, &done);
	if (!status)
		status = bpr_i_search_evaluate(s, s->now, true, &now);
	if (status)
		return status;
	for (size_t t = 0; t < s->target_count; t++) {
		out->shares[t].now = now.share[t];
		out->shares[t].share = verified.share[t];
		out->shares[t].low = verified.low[t];
	}
	(void)snprintf(runs, sizeof(runs), "%zu", s->runs);
	if (out->reached && s->spent && !bpr_i_problem(problems, BPR_I_E005, NULL, false, runs, NULL, NULL, NULL))
		return bpr_i_nomem(s->err);
	return BPR_OK;
}

/* ---- targets that no staff reaches ---- */

static bool note_target(const struct search *s, enum bpr_code_id code, size_t t, double share, bpr_problems *problems)
{
	const struct bpr_target *target = &s->targets[t];
	char text[200], limit[32], asked[32], percent[400], shown[404];

	(void)bpr_i_num_format(limit, sizeof(limit), target->limit);
	(void)bpr_i_num_format(asked, sizeof(asked), 100 * target->share);
	(void)snprintf(text, sizeof(text), "%s%s%s<=%smin@%s%%", target->key == BPR_SIM_CYCLE ? "cycle" : "wait",
		       target->pool == BPR_NONE ? "" : "@", target->pool == BPR_NONE ? "" : bpr_flow_pool(s->roster.flow, target->pool)->name,
		       limit, asked);
	(void)bpr_i_num_fixed(percent, sizeof(percent), 100 * share, 1, false);
	if (code == BPR_I_E004)
		(void)snprintf(shown, sizeof(shown), "%s%%", percent);
	else
		(void)snprintf(shown, sizeof(shown), "%zu", s->runs);
	return bpr_i_problem(problems, code, NULL, false, text, shown, NULL, NULL);
}

/* *reachable: with ample staff every target is kept. Else what there is now is reported. */
static bpr_status look_ahead(struct search *s, struct bpr_staffing *out, bpr_problems *problems, bool *reachable)
{
	struct verdict ample, now;
	bpr_status status = bpr_i_search_ample(s, false, &ample);

	if (status)
		return status;
	*reachable = !lacks(s, &ample, false);
	if (*reachable)
		return BPR_OK;
	memcpy(s->people, s->now, s->roster.cells * sizeof(*s->people));
	status = bpr_i_search_evaluate(s, s->now, false, &now);
	for (size_t t = 0; t < s->target_count && !status; t++) {
		out->shares[t].best = ample.share[t];
		out->shares[t].now = out->shares[t].share = now.share[t];
		out->shares[t].low = now.low[t];
		if (ample.share[t] < s->targets[t].share && !note_target(s, s->capped ? BPR_I_E006 : BPR_I_E004, t, ample.share[t], problems))
			status = bpr_i_nomem(s->err);
	}
	return status;
}

/* ---- the result ---- */

static bpr_status fill_blocks(const struct search *s, struct bpr_staffing *out, struct bpr_arena *arena)
{
	const struct roster *r = &s->roster;

	out->blocks = bpr_i_arena_alloc(arena, 7 * r->cells, sizeof(*out->blocks));
	if (!out->blocks)
		return bpr_i_nomem(s->err);
	for (size_t p = 0; p < r->planned; p++)
		for (unsigned day = 0; day < 7; day++)
			for (size_t b = 0; b < r->block_count; b++) {
				size_t cell = p * r->block_count + b;

				if (r->blocks[b].weekdays >> day & 1u)
					out->blocks[out->block_count++] = (struct bpr_staffing_block){
						r->pools[p], day, r->blocks[b].from, r->blocks[b].to, s->now[cell], s->people[cell] };
			}
	for (size_t i = 0; i < r->cells; i++)
		out->hours_now += r->duty[i] * bpr_i_roster_hours(r, i);
	out->hours = bpr_i_search_hours(s, s->people);
	out->hours_formula = bpr_i_search_hours(s, s->start);
	out->simulations = s->runs;
	out->replications = s->replications;
	out->verified_replications = s->verify_factor * s->replications;
	return bpr_i_roster_rows(r, s->people, arena, &out->rows, &out->row_count, s->err);
}

static bpr_status plan(struct search *s, const bpr_flow *flow, struct bpr_staffing *out, struct bpr_arena *arena, bpr_problems *problems)
{
	bool reachable = false;
	bpr_status status = choose_pools(s, flow);

	out->shares = bpr_i_arena_alloc(arena, s->target_count, sizeof(*out->shares));
	if (!status && (!out->shares || !make_room(s)))
		status = bpr_i_nomem(s->err);
	if (status)
		return status;
	out->share_count = s->target_count;
	for (size_t t = 0; t < s->target_count; t++) {
		out->shares[t].target = s->targets[t];
		s->limits[t] = (struct bpr_sim_limit){ s->targets[t].key, s->targets[t].pool, s->targets[t].limit };
	}
	s->night = shortest_night(&s->roster);
	status = bpr_i_search_start(s);
	if (!status)
		status = look_ahead(s, out, problems, &reachable);
	if (!status && reachable)
		status = search(s, out, problems);
	for (size_t t = 0; t < s->target_count && !status && reachable && !out->reached; t++)
		if (out->shares[t].low < s->targets[t].share && !note_target(s, BPR_I_E006, t, 0, problems))
			status = bpr_i_nomem(s->err);
	return status ? status : fill_blocks(s, out, arena);
}

bpr_status bpr_improve_staffing(const bpr_flow *flow, const struct bpr_target *targets, size_t target_count,
				const struct bpr_staffing_options *options, struct bpr_staffing *out, bpr_problems *problems,
				struct bpr_error *err)
{
	struct search s = { .targets = targets, .target_count = target_count, .options = BPR_STAFFING_OPTIONS_INIT, .err = err };
	struct memory *memory;
	bpr_status status;

	*out = (struct bpr_staffing){ 0 };
	if (!bpr_i_options(&s.options, options) || !target_count || target_count > BPR_SIM_LIMITS || !(s.options.block >= 1) ||
	    !s.options.most_people || !s.options.most_runs)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	memory = bpr_i_calloc(1, sizeof(*memory));
	if (!memory)
		return bpr_i_nomem(err);
	out->memory = memory;
	status = plan(&s, flow, out, &memory->arena, problems);
	bpr_i_free(s.closed);
	bpr_i_free(s.failed);
	bpr_i_arena_release(&s.arena);
	bpr_i_roster_release(&s.roster);
	if (status)
		bpr_staffing_release(out);
	return status;
}

void bpr_staffing_release(struct bpr_staffing *staffing)
{
	struct memory *memory = staffing->memory;

	if (memory) {
		bpr_i_arena_release(&memory->arena);
		bpr_i_free(memory);
	}
	*staffing = (struct bpr_staffing){ 0 };
}
