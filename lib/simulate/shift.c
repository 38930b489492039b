/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hours: people come and go, doors open and shut. Changes are planned day by day as the clock gets there, one RUN_CLOCK at a time;
 * a replication in which nobody's hours change has none at all.
 */
#include "config.h"
#include "simulate/staff_i.h"
#include <math.h>

enum { DAY = 1440, AHEAD = 400 };

/* ---- the changes of a day ---- */

static bool change_before(const struct staff_change *a, const struct staff_change *b)
{
	return a->at < b->at || (!(b->at < a->at) && a->what < b->what);
}

/* Few, mostly in order already; each thing changes at most once at a moment. */
static void add_change(struct staff *s, struct staff_change change)
{
	size_t i = s->change_count++;

	for (; i && change_before(&change, &s->change[i - 1]); i--)
		s->change[i] = s->change[i - 1];
	s->change[i] = change;
}

/* From the value at the end of the day before, only what differs. `planned` becomes the value at the end of this day. */
static void add_spans(struct staff *s, uint32_t what, uint32_t *planned, const struct bpr_span *spans, const size_t *people, size_t count)
{
	double start = (double)s->day * DAY, at = 0;
	uint32_t value = *planned;

	for (size_t i = 0; i <= count; i++) {
		double from = i < count ? spans[i].from : DAY;
		uint32_t next = i < count ? people ? (uint32_t)people[i] : 1 : value;

		/* Nothing between the spans, and behind the last one unless it goes on to midnight. */
		if (from > at && value) {
			add_change(s, (struct staff_change){ start + at, what, 0, i == count && !(start + at < s->closes_at) });
			value = 0;
		}
		if (i == count)
			break;
		if (next != value)
			add_change(s, (struct staff_change){ start + from, what, next, false });
		value = next;
		at = spans[i].to;
	}
	*planned = value;
}

/* INFINITY: the office does not open on this day, or people never stay. */
static double closing_time(const struct run *run)
{
	struct bpr_span spans[BPR_SPANS_MAX];
	size_t count;

	if (run->plan->options.closing != BPR_CLOSING_SERVE || !run->plan->closes)
		return (double)INFINITY;
	count = bpr_calendar_office(run->plan->calendar, run->staff->day, spans);
	return count ? (double)run->staff->day * DAY + spans[count - 1].to : (double)INFINITY;
}

static void list_day(struct run *run)
{
	struct staff *s = run->staff;
	const struct staff_plan *p = s->plan;
	struct bpr_span spans[BPR_SPANS_MAX];
	size_t people[BPR_SPANS_MAX], count;

	s->change_count = s->change_at = 0;
	s->closes_at = closing_time(run);
	for (uint32_t c = 0; c < p->crew_count; c++) {
		if (!p->crew[c].changes)
			continue;
		count = bpr_calendar_shift(run->plan->calendar, p->crew[c].pool, p->crew[c].shift, s->day, spans, people);
		add_spans(s, c, &s->duty[c].next_on, spans, people, count);
	}
	for (uint32_t d = 0; d < p->door_count; d++)
		add_spans(s, p->crew_count + d, &s->next_open[d], spans, NULL, bpr_calendar_counter(run->plan->calendar, p->door[d], s->day, spans));
}

/* Plans the next change. Where nothing changes for long, looks again then. */
static void plan_next(struct run *run)
{
	struct staff *s = run->staff;
	double at;

	for (int days = 0; s->change_at == s->change_count && days < AHEAD; days++) {
		s->day++;
		list_day(run);
	}
	at = s->change_at < s->change_count ? s->change[s->change_at].at : (double)s->day * DAY;
	(void)bpr_i_run_plan_event(run, at, RUN_CLOCK, 0, 0);
}

/* ---- what they mean ---- */

/* So many are there; `stay` of them past their hours. */
static void set_duty(struct staff *s, uint32_t crew, uint32_t on, uint32_t stay)
{
	const struct staff_crew *c = &s->plan->crew[crew];
	struct staff_people *own = &s->people[c->pool];
	uint32_t free = bpr_i_crew_free(s, crew), over = bpr_i_crew_over(s, crew);

	own->on += on - stay - (s->duty[crew].on - s->duty[crew].stay);
	own->reach += on - s->duty[crew].on;
	for (uint32_t k = 0; k < c->also_count; k++)
		s->people[s->plan->also[c->first_also + k]].reach += on - s->duty[crew].on;
	s->duty[crew].on = on;
	s->duty[crew].stay = stay;
	own->free += bpr_i_crew_free(s, crew) - free;
	own->over += bpr_i_crew_over(s, crew) - over;
	s->touched[s->plan->pool[c->pool].part] = true;
}

static void set_door(struct staff *s, uint32_t door, bool open)
{
	s->open[door] = open;
	s->kept[door] = false;
	for (uint32_t l = 0; l < s->plan->line_count; l++)
		if (s->plan->kind[l].door == door && s->plan->kind[l].part != RUN_NONE)
			s->touched[s->plan->kind[l].part] = true;
}

double bpr_i_line_shut(const struct run *run, uint32_t line)
{
	const struct staff_line *l = &run->staff->line[line];

	return l->shut ? l->shut_total + (run->now - l->shut_since) : l->shut_total;
}

static void set_shut(struct run *run)
{
	struct staff *s = run->staff;

	for (uint32_t i = 0; i < s->plan->line_count; i++) {
		const struct staff_kind *kind = &s->plan->kind[i];
		struct staff_line *l = &s->line[i];
		bool shut = kind->door != RUN_NONE && !s->open[kind->door];

		for (uint32_t k = 0; k < kind->need_count; k++)
			shut |= !s->people[s->plan->need[kind->first_need + k].pool].reach;
		if (shut == l->shut)
			continue;
		if (l->shut)
			l->shut_total += run->now - l->shut_since;
		l->shut_since = run->now;
		l->shut = shut;
	}
}

/* ---- people go ---- */

static uint32_t served_by(const struct staff *s, const struct staff_crew *crew, uint32_t n)
{
	return s->idle[crew->first_word + n / 64] >> n % 64 & 1 ? RUN_NONE : s->serves[crew->first_person + n];
}

/* Less than a ten-millionth of a minute is left of its work, sums of hours being rounded: it is done at this moment. */
static bool ends_now(const struct run *run, uint32_t token)
{
	return !(bpr_i_batch_left(run, token) > 1e-7);
}

static void interrupt(struct run *run, uint32_t crew)
{
	struct staff *s = run->staff;
	const struct staff_crew *c = &s->plan->crew[crew];
	const struct staff_duty *d = &s->duty[crew];
	uint32_t stay = d->on;

	for (uint32_t n = 0; d->busy > d->on && n < c->count; n++)
		stay += served_by(s, c, n) != RUN_NONE && ends_now(run, served_by(s, c, n));
	for (uint32_t n = c->count; n-- > 0 && d->busy > stay;) {
		uint32_t token = served_by(s, c, n);

		if (token == RUN_NONE || ends_now(run, token))
			continue;
		bpr_i_batch_interrupt(run, token);
		bpr_i_people_release(run, token);
		if (!bpr_i_line_add(run, s->plan->node[run->token[token].node].line, token))
			return;
	}
}

/* ---- events ---- */

/* As if nothing had changed; but from now on it is overtime. Midnight ends it. */
static void put_off(struct run *run, uint32_t what)
{
	struct staff *s = run->staff;

	if (what < s->plan->crew_count)
		set_duty(s, what, s->duty[what].on, s->duty[what].on);
	else
		s->kept[what - s->plan->crew_count] = true;
	if (!run->staying)
		(void)bpr_i_run_plan_event(run, (floor(run->now / DAY) + 1) * DAY, RUN_CLOCK, CLOCK_LEAVE, 0);
	run->staying = true;
}

static void apply(struct run *run)
{
	struct staff *s = run->staff;
	const struct staff_plan *p = s->plan;

	for (; s->change_at < s->change_count && !(s->change[s->change_at].at > run->now); s->change_at++) {
		const struct staff_change *change = &s->change[s->change_at];

		if (change->last && bpr_i_stay_needed(run))
			put_off(run, change->what);
		else if (change->what < p->crew_count)
			set_duty(s, change->what, change->value, 0);
		else
			set_door(s, change->what - p->crew_count, change->value != 0);
	}
	if (run->plan->options.closing == BPR_CLOSING_INTERRUPT)
		for (uint32_t c = 0; c < p->crew_count && !run->stop; c++)
			interrupt(run, c);
	set_shut(run);
}

static void settle_touched(struct run *run)
{
	struct staff *s = run->staff;

	for (uint32_t i = 0; i < s->plan->part_count; i++) {
		if (!s->touched[i])
			continue;
		s->touched[i] = false;
		bpr_i_staff_settle(run, i);
	}
	for (uint32_t l = 0; l < s->plan->line_count; l++)
		if (s->plan->kind[l].part == RUN_NONE)
			bpr_i_staff_settle_line(run, l);
}

void bpr_i_shift_change(struct run *run)
{
	apply(run);
	settle_touched(run);
	(void)bpr_i_staff_flush(run);
	plan_next(run);
}

void bpr_i_shift_leave(struct run *run)
{
	struct staff *s = run->staff;

	run->staying = false;
	for (uint32_t c = 0; c < s->plan->crew_count; c++)
		if (s->duty[c].stay)
			set_duty(s, c, s->duty[c].on - s->duty[c].stay, 0);
	for (uint32_t d = 0; d < s->plan->door_count; d++)
		if (s->kept[d])
			set_door(s, d, false);
	set_shut(run);
	settle_touched(run);
}

void bpr_i_shift_clear(struct run *run)
{
	struct staff *s = run->staff;
	const struct staff_plan *p = s->plan;

	for (uint32_t c = 0; c < p->crew_count; c++)
		if (!p->crew[c].changes && !p->pool[p->crew[c].pool].fast)
			set_duty(s, c, p->crew[c].count, 0);
	for (size_t i = 0; i < run->plan->pool_count; i++)
		if (p->pool[i].fast)
			bpr_i_record_duty(run, (uint32_t)i, p->pool[i].count);
	for (uint32_t d = 0; d < p->door_count; d++)
		s->next_open[d] = s->open[d] = s->kept[d] = 0;
	run->staying = false;
	s->witness = 0;
	s->day = 0;
	s->change_at = s->change_count = 0;
	if (p->clock)
		list_day(run);
	apply(run);
	settle_touched(run);
	if (p->clock)
		plan_next(run);
}
