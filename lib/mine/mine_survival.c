/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long cases stay open where some are not over yet: Kaplan & Meier, JASA 53 (1958), with Greenwood's variance on the scale
 * log(-log S). Of very many cases only so many times are kept that the curve is known within 1/1000.
 */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include <math.h>

enum { MOST_STEPS = 1000 };

static const double z95 = 1.959963984540054;

/* Lengths with a bit that stands behind those that ended: who is seen until then was there. */
static bool gather(const struct bpr_mine_work *w, uint64_t **out, size_t *count)
{
	const struct bpr_mine_cases *c = &w->cases;
	const int64_t last = bpr_log_info(w->log).last;
	uint64_t *keys = bpr_i_calloc(c->count, sizeof(*keys));
	size_t n = 0;

	*out = keys;
	if (!keys)
		return false;
	for (size_t i = 0; i < c->count; i++) {
		const bool open = (c->flags[i] & BPR_I_MINE_STATE) == BPR_I_MINE_OPEN;

		if (!(c->flags[i] & BPR_I_MINE_HEADLESS))
			keys[n++] = bpr_i_mine_span(c->begin[i], open ? last : c->end[i]) << 1 | !bpr_i_mine_finished(c, i);
	}
	*count = n;
	return bpr_i_mine_sort(keys, n, 0);
}

/* How many end at the length of keys[i]; *next: where another length begins. */
static size_t ends_at(const uint64_t *keys, size_t count, size_t i, size_t *next)
{
	size_t ended = 0, k = i;

	for (; k < count && keys[k] >> 1 == keys[i] >> 1; k++)
		ended += !(keys[k] & 1);
	*next = k;
	return ended;
}

static struct bpr_mine_survival step_of(double minutes, double open, double variance)
{
	struct bpr_mine_survival step = { .minutes = minutes, .open = open, .low = open, .high = open };

	if (open > 0 && open < 1) {
		const double half = z95 * sqrt(variance) / fabs(log(open));

		step.low = pow(open, exp(half));
		step.high = pow(open, exp(-half));
	}
	return step;
}

static void follow(bpr_mining *m, const uint64_t *keys, size_t count, size_t times)
{
	const double least = times > MOST_STEPS ? 1.0 / MOST_STEPS : 0;
	double open = 1, sum = 0, told = 1;
	bool halved = false;
	size_t since = 0; /* ended behind the step that was told last */

	for (size_t i = 0, next; i < count; i = next) {
		const size_t ended = ends_at(keys, count, i, &next), risk = count - i;
		const double minutes = (double)(keys[i] >> 1) / BPR_I_MINE_MINUTE;

		if (!ended)
			continue;
		open = ended == risk ? 0 : open * (1 - (double)ended / (double)risk);
		sum += ended == risk ? 0 : (double)ended / ((double)risk * (double)(risk - ended));
		if (!halved && open <= 0.5 + 1e-12) { /* a half that was multiplied together */
			m->totals.km_median = minutes;
			halved = true;
		}
		times--;
		since += ended;
		if (told - open >= least || !times) {
			m->survival[m->survival_count] = step_of(minutes, open, sum);
			m->survival[m->survival_count].at_risk = risk;
			m->survival[m->survival_count++].ended = since;
			told = open;
			since = 0;
		}
	}
}

bool bpr_i_mine_survival(struct bpr_mine_work *w)
{
	uint64_t *keys;
	size_t count = 0, times = 0;
	bool ok = gather(w, &keys, &count);

	w->out->totals.km_median = (double)NAN;
	for (size_t i = 0, next; ok && i < count; i = next)
		times += ends_at(keys, count, i, &next) > 0;
	if (ok) {
		w->out->survival = bpr_i_calloc(times < MOST_STEPS ? times : MOST_STEPS + 1, sizeof(*w->out->survival));
		ok = w->out->survival != NULL;
	}
	if (ok)
		follow(w->out, keys, count, times);
	bpr_i_free(keys);
	return ok;
}
