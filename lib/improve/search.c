/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a staffing that may keep too little to one that keeps the targets and of which nobody can be spared: people are added where
 * waiting presses most, then taken away one by one, then exchanged. Each step is judged by simulation with the same streams.
 */
#include "config.h"
#include "improve/search_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

enum {
	MEND_TRIES = 4,      /* cells that one step of mending compares */
	UP_TRIES = 5,        /* of an exchange: cells that get one more */
	DOWN_TRIES = 8       /* … and cells that give one */
};
/* Lacking more than this, every cell that presses gets one more without a comparison. */
#define FAR 0.2

/* ---- trying ---- */

static void copy_people(const struct search *s, size_t *to, const size_t *from)
{
	memcpy(to, from, s->roster.cells * sizeof(*to));
}

static bool known_to_fail(const struct search *s, const size_t *people)
{
	size_t cells = s->roster.cells;

	for (size_t i = 0; i < s->failed_count; i++) {
		const size_t *failed = s->failed + i * cells;
		size_t c = 0;

		while (c < cells && people[c] <= failed[c])
			c++;
		if (c == cells)
			return true;
	}
	return false;
}

static bool remember_failed(struct search *s, const size_t *people)
{
	size_t cells = s->roster.cells;

	if (!bpr_i_grow(&s->failed, &s->failed_capacity, (s->failed_count + 1) * cells, sizeof(*s->failed)))
		return false;
	copy_people(s, s->failed + s->failed_count * cells, people);
	s->failed_count++;
	return true;
}

bool bpr_i_search_refuse(struct search *s, const size_t *people)
{
	return remember_failed(s, people);
}

bpr_status bpr_i_search_try(struct search *s, bool *kept, double *lack)
{
	struct verdict verdict;
	bpr_status status;

	*kept = false;
	*lack = HUGE_VAL;
	if (known_to_fail(s, s->trial))
		return BPR_OK;
	if (s->runs >= s->options.most_runs) {
		s->spent = true;
		return BPR_OK;
	}
	status = bpr_i_search_evaluate(s, s->trial, false, &verdict);
	if (status)
		return status;
	*lack = verdict.lack;
	*kept = !(verdict.lack > 0);
	if (!*kept && !remember_failed(s, s->trial))
		return bpr_i_nomem(s->err);
	return BPR_OK;
}

/* ---- orders ---- */

/* Cells by `ranked`, the greatest first where `most`; insertion sort: there are few, and equal ones keep their order. */
static void rank_cells(const struct search *s, bool most)
{
	for (size_t i = 0; i < s->roster.cells; i++) {
		size_t at = i;

		for (; at > 0; at--) {
			double before = s->ranked[s->order[at - 1]];

			if (most ? before >= s->ranked[i] : before <= s->ranked[i])
				break;
			s->order[at] = s->order[at - 1];
		}
		s->order[at] = i;
	}
}

static void keep_pressure(const struct search *s, double *to, const double *from)
{
	memcpy(to, from, s->roster.cells * sizeof(*to));
}

/* Where one more may be planned: while the office is open, or where there are people now. */
static bool has_room(const struct search *s, size_t cell)
{
	return s->people[cell] < s->options.most_people && s->ample[cell] > 0;
}

/* ---- mending ---- */

/* One more in every cell that presses. */
static bool add_everywhere(struct search *s)
{
	size_t added = 0;

	for (size_t i = 0; i < s->roster.cells && added < MEND_TRIES; i++) {
		size_t cell = s->order[i];

		if (has_room(s, cell) && s->ranked[cell] > 0) {
			s->people[cell]++;
			added++;
		}
	}
	return added > 0;
}

/* One more where it brings most an hour, among the cells that press most. *added: there was one. */
static bpr_status add_best(struct search *s, double *lack, bool *kept, bool *added)
{
	size_t best = BPR_NONE, tried = 0;
	double best_gain = -HUGE_VAL, best_lack = *lack;
	bool best_kept = false;

	for (size_t i = 0; i < s->roster.cells && tried < MEND_TRIES && !s->spent; i++) {
		size_t cell = s->order[i];
		double now, gain;
		bool fine;
		bpr_status status;

		if (!has_room(s, cell))
			continue;
		tried++;
		copy_people(s, s->trial, s->people);
		s->trial[cell]++;
		status = bpr_i_search_try(s, &fine, &now);
		if (status)
			return status;
		gain = now < HUGE_VAL ? (*lack - now) / bpr_i_roster_hours(&s->roster, cell) : 0;
		if (best == BPR_NONE || gain > best_gain) {
			best = cell;
			best_gain = gain;
			best_lack = now < HUGE_VAL ? now : *lack;
			best_kept = fine;
			keep_pressure(s, s->kept_pressure, s->pressure);
		}
	}
	*added = best != BPR_NONE;
	if (*added) {
		s->people[best]++;
		*lack = best_lack;
		*kept = best_kept;
		keep_pressure(s, s->ranked, s->kept_pressure);
	}
	return BPR_OK;
}

bpr_status bpr_i_search_mend(struct search *s, bool *kept)
{
	double lack;
	bpr_status status;

	copy_people(s, s->trial, s->people);
	status = bpr_i_search_try(s, kept, &lack);
	keep_pressure(s, s->ranked, s->pressure);
	while (!status && !*kept && !s->spent) {
		bool added = false;

		rank_cells(s, true);
		if (lack > FAR && lack < HUGE_VAL && add_everywhere(s)) {
			copy_people(s, s->trial, s->people);
			status = bpr_i_search_try(s, kept, &lack);
			keep_pressure(s, s->ranked, s->pressure);
			continue;
		}
		status = add_best(s, &lack, kept, &added);
		if (!added)
			break;
	}
	return status;
}

/* ---- paring down ---- */

/* One less in each cell in turn, round after round, those with the least pressure first, until none can be spared. */
static bpr_status take_away(struct search *s)
{
	bool again = true;

	keep_pressure(s, s->ranked, s->pressure);
	rank_cells(s, false);
	while (again && !s->spent) {
		again = false;
		for (size_t i = 0; i < s->roster.cells && !s->spent; i++) {
			size_t cell = s->order[i];
			double lack;
			bool kept;
			bpr_status status;

			if (s->people[cell] <= s->roster.floor[cell])
				continue;
			copy_people(s, s->trial, s->people);
			s->trial[cell]--;
			status = bpr_i_search_try(s, &kept, &lack);
			if (status)
				return status;
			if (kept) {
				copy_people(s, s->people, s->trial);
				keep_pressure(s, s->kept_pressure, s->pressure);
				again = true;
			}
		}
	}
	return BPR_OK;
}

/* s->trial: one more in `up`, one less in `a` and in `b` (BPR_NONE: only in a). False: not possible, or no hour is saved. */
static bool make_exchange(const struct search *s, size_t up, size_t a, size_t b)
{
	double saved = bpr_i_roster_hours(&s->roster, a) - bpr_i_roster_hours(&s->roster, up);

	if (b != BPR_NONE)
		saved += bpr_i_roster_hours(&s->roster, b);
	if (!(saved > 1e-9) || up == a || up == b || !has_room(s, up))
		return false;
	copy_people(s, s->trial, s->people);
	s->trial[up]++;
	if (s->trial[a]-- <= s->roster.floor[a])
		return false;
	return b == BPR_NONE || s->trial[b]-- > s->roster.floor[b];
}

/* Tries exchanges until one keeps the targets. */
static bpr_status exchange(struct search *s, bool *found)
{
	size_t cells = s->roster.cells;
	size_t ups = cells < UP_TRIES ? cells : UP_TRIES, downs = cells < DOWN_TRIES ? cells : DOWN_TRIES;

	*found = false;
	keep_pressure(s, s->ranked, s->kept_pressure);
	rank_cells(s, false);
	for (size_t u = 0; u < ups; u++)
		for (size_t i = 0; i < downs; i++)
			for (size_t k = i; k <= downs && !s->spent; k++) {
				double lack;
				bpr_status status;

				if (!make_exchange(s, s->order[cells - 1 - u], s->order[i], k < downs ? s->order[k] : BPR_NONE))
					continue;
				status = bpr_i_search_try(s, found, &lack);
				if (status || *found)
					return status;
			}
	return BPR_OK;
}

bpr_status bpr_i_search_pare(struct search *s)
{
	bool found = true;
	bpr_status status = BPR_OK;

	keep_pressure(s, s->kept_pressure, s->pressure);
	while (!status && found && !s->spent) {
		status = take_away(s);
		if (!status)
			status = exchange(s, &found);
		if (!status && found) {
			copy_people(s, s->people, s->trial);
			keep_pressure(s, s->kept_pressure, s->pressure);
		}
	}
	return status;
}
