/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one case adds: events, what follows what, rounds, who hands over, its length. */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"

/* The case so far. */
struct walk {
	struct bpr_mine_work *work;
	const struct bpr_log_event *last; /* NULL: at the first event */
	uint32_t stamp;                   /* number of the case + 1 */
	size_t length;
	int64_t begin, end;
	int16_t end_offset;
	uint64_t service;                 /* milliseconds */
	bool any_service, has_end, repeated;
};

static void count_day(struct bpr_mine_work *w, const struct bpr_log_event *e)
{
	long day;

	if (!w->day_events)
		return;
	day = bpr_i_mine_day(e->end + (int64_t)e->offset * 60000) - w->first_day;
	if (day >= 0 && (size_t)day < w->day_count)
		w->day_events[day]++;
}

static void count_activity(struct walk *s, const struct bpr_log_event *e)
{
	struct bpr_mine_activity_item *a = &s->work->activities[e->activity];

	a->count++;
	if (a->stamp != s->stamp) {
		a->stamp = s->stamp;
		a->cases++;
		a->again = false;
	} else if (!a->again) {
		a->again = s->repeated = true;
		a->repeated++;
	}
	if (e->start != BPR_LOG_NO_TIME && !(e->flags & (BPR_LOG_OPEN | BPR_LOG_BROKEN))) {
		const uint64_t service = bpr_i_mine_span(e->start, e->end);

		bpr_i_mine_figure_add_later(&s->work->later, &a->service, service);
		s->service += service;
		s->any_service = true;
		s->work->out->totals.with_service++;
	}
}

/* A round ends where an activity comes that it has already. */
static void count_round(struct walk *s, const struct bpr_log_event *e, struct bpr_mine_arc_item *arc, uint64_t way)
{
	struct bpr_mine_activity_item *a = &s->work->activities[e->activity];
	const int64_t begin = bpr_i_mine_begin(e);

	if (a->round == s->work->round && arc) {
		arc->loops++;
		arc->loop_cases += arc->loop_stamp != s->stamp;
		arc->loop_stamp = s->stamp;
		bpr_i_mine_wide_add(&arc->loop_way, way);
		bpr_i_mine_wide_add(&arc->loop_round, bpr_i_mine_span(a->begin, begin));
		s->work->round++;
	}
	a->round = s->work->round;
	a->begin = begin;
}

static bool count_handover(struct walk *s, struct bpr_mine_pairs *pairs, uint32_t from, uint32_t to)
{
	struct bpr_mine_pair *pair;

	if (from == BPR_LOG_NONE || to == BPR_LOG_NONE)
		return true;
	pair = bpr_i_mine_pairs_at(pairs, from, to);
	if (!pair)
		return false;
	bpr_i_mine_pair_count(pair, s->stamp);
	return true;
}

static bool count_arc(struct walk *s, const struct bpr_log_event *e)
{
	struct bpr_mine_work *w = s->work;
	const struct bpr_log_event *last = s->last;
	struct bpr_mine_arc_item *arc;
	uint64_t way;

	arc = bpr_i_mine_pairs_at(&w->arcs, last->activity, e->activity);
	if (!arc)
		return false;
	if (!arc->pair.count)
		bpr_i_mine_figure_begin(&arc->minutes, w->options->samples / 4);
	bpr_i_mine_pair_count(&arc->pair, s->stamp);
	way = bpr_i_mine_span(last->end, bpr_i_mine_begin(e));
	bpr_i_mine_figure_add_later(&w->later, &arc->minutes, way);
	w->activities[e->activity].self_loops += last->activity == e->activity;
	count_round(s, e, arc, way);
	return count_handover(s, &w->resources, last->resource, e->resource) && count_handover(s, &w->units, last->unit, e->unit);
}

static bool take_event(struct walk *s, const struct bpr_log_event *e)
{
	struct bpr_mine_work *w = s->work;
	const int64_t begin = bpr_i_mine_begin(e);

	w->out->totals.without_resource += e->resource == BPR_LOG_NONE;
	w->out->totals.without_unit += e->unit == BPR_LOG_NONE;
	s->has_end |= (w->role[e->activity] & BPR_I_MINE_END) && !(e->flags & (BPR_LOG_OPEN | BPR_LOG_BROKEN));
	w->steps[s->length++] = e->activity;
	count_day(w, e);
	if (w->done && !bpr_i_mine_estimate_add(w, e, s->last))
		return false;
	count_activity(s, e);
	if (!s->last) {
		s->begin = begin;
		s->end = e->end;
		s->end_offset = e->offset;
		count_round(s, e, NULL, 0);
	} else {
		s->begin = begin < s->begin ? begin : s->begin;
		if (e->end >= s->end) {
			s->end = e->end;
			s->end_offset = e->offset;
		}
		if (!count_arc(s, e))
			return false;
	}
	s->last = e;
	return true;
}

/* The record of the case. */
static bool keep_case(struct walk *s, const struct bpr_log_case *one, const struct bpr_log_event *first)
{
	struct bpr_mine_work *w = s->work;
	struct bpr_mine_cases *c = &w->cases;
	const size_t i = c->count++;
	uint8_t flags = one->result == BPR_LOG_NONE ? BPR_I_MINE_OPEN : w->result_state[one->result] | BPR_I_MINE_HAS_RESULT;

	flags |= s->has_end ? BPR_I_MINE_HAS_END : 0;
	flags |= s->last->flags & BPR_LOG_BROKEN ? BPR_I_MINE_GIVEN_UP : 0;
	flags |= one->count == 1 && s->last->flags & BPR_LOG_DRAWN ? BPR_I_MINE_WAITING : 0;
	flags |= w->options->start_count && !(w->role[first->activity] & BPR_I_MINE_START) ? BPR_I_MINE_HEADLESS : 0;
	c->flags[i] = flags;
	c->index[i] = one->index;
	c->begin[i] = s->begin;
	c->end[i] = s->end;
	c->begin_offset[i] = first->offset;
	c->end_offset[i] = s->end_offset;
	c->last[i] = s->last->activity;
	w->out->totals.cases_repeated += s->repeated;
	w->activities[first->activity].starts++;
	w->activities[s->last->activity].ends++;
	bpr_i_mine_figure_add(&w->length, s->length);
	if (s->any_service)
		bpr_i_mine_figure_add(&w->work, s->service);
	return bpr_i_mine_variants_add(&w->out->sequences, w->steps, s->length, one->index, &c->variant[i]);
}

bool bpr_i_mine_case(struct bpr_mine_work *w, const struct bpr_log_case *one)
{
	struct walk s = { .work = w, .stamp = (uint32_t)w->cases.count + 1 };
	const struct bpr_log_event *first = NULL;

	if (!bpr_i_grow(&w->steps, &w->step_capacity, one->count, sizeof(*w->steps)))
		return false;
	w->round++;
	for (size_t i = 0; i < one->count; i++) {
		const struct bpr_log_event *e = &one->events[i];

		if (!(w->role[e->activity] & BPR_I_MINE_ONLY))
			continue;
		first = first ? first : e;
		if (!take_event(&s, e))
			return false;
	}
	w->out->totals.events += s.length;
	return !first || keep_case(&s, one, first);
}
