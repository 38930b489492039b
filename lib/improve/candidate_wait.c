/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates against waiting: shorter waits, no batches, steps at the same time, people where cases queue. */
#include "config.h"
#include "improve/candidate_i.h"
#include <bpr/queueing.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_PAIRS = 6 /* pairs of steps that are put side by side */, LONG_STRETCH = 300 /* minutes: more is the whole day */ };

/* ---- long waits, batches ---- */

static void shorten(struct maker *m, size_t finding)
{
	size_t node = bpr_i_candidate_node(m, finding);
	const struct bpr_node *n = node == BPR_NONE ? NULL : bpr_flow_node(m->flow, node);
	struct candidate *c;

	/* What waits for a bundle goes on by itself when there is no bundle. */
	if (!n || n->batch > 1)
		return;
	c = bpr_i_candidate_add(m, "P014", n->id, N_("find what is waited for, and halve the wait: {1}"), bpr_i_candidate_step(m, node));
	bpr_i_candidate_act(m, c, BPR_LEVER_SPEED_UP, n->id, bpr_i_candidate_word(m, "wait=" BPR_ASSUMED_WAIT, "待ち時間=" BPR_ASSUMED_WAIT));
	bpr_i_candidate_note(m, c, N_("Assumed: half of the wait goes once its reason is known."));
	/* Where the step itself goes, there is nothing to shorten. */
	for (size_t i = 0; i + 1 < m->count; i++)
		if (m->items[i].actions[0].kind == BPR_LEVER_REMOVE && strstr(m->items[i].actions[0].target, n->id))
			bpr_i_candidate_exclude(c, i);
}

static void do_at_once(struct maker *m)
{
	for (size_t i = 0; i < m->n && !m->nomem; i++) {
		const struct bpr_node *n = bpr_flow_node(m->flow, i);
		struct candidate *c;

		if (n->batch <= 1 || !bpr_i_candidate_happens(m, i))
			continue;
		c = bpr_i_candidate_add(m, "K221", n->id, N_("do it as it comes, not in bundles: {1}"), bpr_i_candidate_step(m, i));
		bpr_i_candidate_act(m, c, BPR_LEVER_UNBATCH, n->id, "");
	}
}

/* ---- at the same time ---- */

static bool is_back_office(const struct maker *m, size_t i)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, i);

	return n->kind == BPR_NODE_TASK && n->actor != BPR_ACTOR_CITIZEN && n->counter == BPR_NONE && n->out_count == 1 && n->host == BPR_NONE &&
		bpr_i_candidate_happens(m, i) && (n->work || n->wait) && (n->work ? bpr_dist_mean(n->work) : 0) + (n->wait ? bpr_dist_mean(n->wait) : 0) > 0;
}

static bool has(const size_t *list, size_t count, const size_t *other, size_t other_count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < other_count; k++)
			if (list[i] == other[k])
				return true;
	return false;
}

/* By different people, and neither a row of decisions nor one that makes what the other reads. */
static bool is_independent(const struct maker *m, size_t a, size_t b)
{
	const struct bpr_node *x = bpr_flow_node(m->flow, a), *y = bpr_flow_node(m->flow, b);

	if (x->seals > 0 && y->seals > 0)
		return false;
	if (has(x->issues, x->issue_count, y->reads, y->read_count) || has(x->writes, x->write_count, y->reads, y->read_count))
		return false;
	return x->unit != y->unit || (x->need_count && y->need_count && x->needs[0].pool != y->needs[0].pool);
}

static void do_side_by_side(struct maker *m)
{
	static const char *const codes[] = { "P015", "P014", "P021", NULL };
	const char *code;
	size_t finding = bpr_i_candidate_any(m, codes, &code), made = 0;

	for (size_t i = 0; i < m->n && finding != BPR_NONE && made < MOST_PAIRS && !m->nomem; i++) {
		size_t next = is_back_office(m, i) ? bpr_flow_arc(m->flow, bpr_flow_node(m->flow, i)->first_out)->to : BPR_NONE, in_count = 0;
		struct bpr_buf list = BPR_BUF_INIT;
		struct candidate *c;

		if (next == BPR_NONE || !is_back_office(m, next) || !is_independent(m, i, next))
			continue;
		(void)bpr_flow_arcs_in(m->flow, next, &in_count);
		if (in_count != 1)
			continue;
		(void)bpr_i_candidate_join(bpr_i_candidate_join(&list, bpr_flow_node(m->flow, i)->id), bpr_flow_node(m->flow, next)->id);
		m->nomem |= list.failed != BPR_OK;
		if (!m->nomem) {
			c = bpr_i_candidate_add(m, code, bpr_flow_node(m->flow, i)->id, N_("at the same time as what follows it: {1}"), bpr_i_candidate_step(m, i));
			bpr_i_candidate_act(m, c, BPR_LEVER_PARALLEL, list.data, "");
			made++;
		}
		bpr_i_buf_release(&list);
	}
}

/* ---- people ---- */

static const double *visits_of(struct maker *m)
{
	double *visits = bpr_i_arena_raw(&m->arena, m->n + 1, sizeof(*visits));

	m->nomem |= !visits;
	for (size_t i = 0; visits && i < m->n; i++)
		visits[i] = bpr_analysis_nodes(m->analysis)[i].visits;
	return visits;
}

/* A stretch of the day; to 0: all of it. */
struct stretch { double from, to; };

/* Yen a year of one more person of the pool; NAN where rate or hours are not said. */
static double pay(const struct maker *m, const struct bpr_pool *pool, const struct stretch *when)
{
	const struct bpr_demand *d = bpr_flow_demand(m->flow);
	double hours = (when->to > 0 ? when->to - when->from : d->open_to - d->open_from) / 60;

	return pool->rate_given && hours > 0 ? pool->yen_per_hour * hours * d->open_days : (double)NAN;
}

static void add_person(struct maker *m, size_t pool, const char *code, const struct stretch *when)
{
	const struct bpr_pool *p = bpr_flow_pool(m->flow, pool);
	char value[64] = "+1";
	struct candidate *c;

	for (size_t k = 0; k < m->count; k++)
		if (m->items[k].actions[0].kind == BPR_LEVER_ADD_STAFF && !strcmp(m->items[k].actions[0].target, p->name))
			return;
	c = bpr_i_candidate_add(m, code, p->name, N_("one more who can do it: {1}"), p->name);
	if (when->to > 0)
		(void)snprintf(value, sizeof(value), "+1@%d:%02d-%d:%02d", (int)when->from / 60, (int)when->from % 60, (int)when->to / 60, (int)when->to % 60);
	bpr_i_candidate_act(m, c, BPR_LEVER_ADD_STAFF, p->name, value);
	if (c)
		c->yearly_cost = pay(m, p, when);
}

/* Counters of the steps that need the pool. */
static void come_by_appointment(struct maker *m, size_t pool)
{
	struct bpr_buf names = BPR_BUF_INIT;

	for (size_t counter = 0; counter < bpr_flow_counter_count(m->flow); counter++) {
		bool needs = false;

		for (size_t i = 0; i < m->n && !needs; i++) {
			const struct bpr_node *n = bpr_flow_node(m->flow, i);

			for (size_t k = 0; k < n->need_count && n->counter == counter && bpr_i_candidate_happens(m, i); k++)
				needs |= n->needs[k].pool == pool;
		}
		if (needs)
			(void)bpr_i_candidate_join(&names, bpr_flow_counter(m->flow, counter)->name);
	}
	m->nomem |= names.failed != BPR_OK;
	if (names.length && !m->nomem) {
		struct candidate *c = bpr_i_candidate_add(m, "K220", bpr_flow_pool(m->flow, pool)->name, N_("citizens come by appointment: {1}"), names.data);

		bpr_i_candidate_act(m, c, BPR_LEVER_APPOINTMENTS, names.data, BPR_ASSUMED_BOOKED);
		bpr_i_candidate_note(m, c, N_("Assumed: half of the citizens make an appointment."));
	}
	bpr_i_buf_release(&names);
}

/* The hours around the busiest one in which the pool is busy; none where they are most of the day. */
static struct stretch busy_hours(const bpr_queueing *queueing, size_t pool)
{
	const struct bpr_queue_pool_hour *busy = bpr_queueing_pool_hours(queueing, pool);
	size_t count, top = 0, first, last;
	const struct bpr_queue_hour *hours = bpr_queueing_hours(queueing, &count);

	for (size_t i = 1; i < count; i++)
		if (busy[i].utilisation > busy[top].utilisation)
			top = i;
	if (!count || !(busy[top].utilisation > 0))
		return (struct stretch){ 0, 0 };
	first = last = top;
	while (first > 0 && hours[first - 1].day == hours[top].day && busy[first - 1].utilisation >= BPR_BUSY)
		first--;
	while (last + 1 < count && hours[last + 1].day == hours[top].day && busy[last + 1].utilisation >= BPR_BUSY)
		last++;
	if (hours[last].to - hours[first].from > LONG_STRETCH)
		return (struct stretch){ 0, 0 };
	return (struct stretch){ hours[first].from, hours[last].to };
}

/* Whether cases queue at the pool, and when; by formula, over the hours of the week. */
static bool is_busy(const struct maker *m, const bpr_queueing *queueing, size_t pool, struct stretch *when)
{
	const struct bpr_pool_result *r = &bpr_analysis_pools(m->analysis)[pool];
	const struct bpr_queue_pool *q = bpr_queueing_known(queueing) ? &bpr_queueing_pools(queueing)[pool] : NULL;

	*when = (struct stretch){ 0, 0 };
	if (!q || !q->known)
		return r->utilisation_known && r->utilisation >= BPR_BUSY;
	if (q->peak_utilisation < BPR_BUSY && !q->overloaded)
		return false;
	if (!q->overloaded)
		*when = busy_hours(queueing, pool);
	return true;
}

static void find_people(struct maker *m)
{
	const struct stretch always = { 0, 0 };
	bpr_queueing *queueing = NULL;
	const double *visits = visits_of(m);
	bpr_status status = !visits ? BPR_ENOMEM : bpr_queueing_solve(m->flow, visits, bpr_analysis_arcs(m->analysis), NULL, &queueing, NULL, NULL);

	m->nomem |= status == BPR_ENOMEM;
	for (size_t i = 0; !status && i < bpr_flow_pool_count(m->flow) && !m->nomem; i++) {
		const struct bpr_pool *pool = bpr_flow_pool(m->flow, i);
		struct stretch when;
		bool alone = false;

		if (!pool->count)
			continue;
		for (size_t at = bpr_i_candidate_find(m, "P022", 0); at != BPR_NONE; at = bpr_i_candidate_find(m, "P022", at + 1))
			alone |= !strcmp(bpr_problems_get(m->findings, at).args[0], pool->name);
		if (is_busy(m, queueing, i, &when)) {
			add_person(m, i, "K220", &when);
			come_by_appointment(m, i);
		} else if (alone) {
			add_person(m, i, "P022", &always);
		}
	}
	bpr_queueing_free(queueing);
}

void bpr_i_candidates_waits(struct maker *m)
{
	for (size_t at = bpr_i_candidate_find(m, "P014", 0); at != BPR_NONE && !m->nomem; at = bpr_i_candidate_find(m, "P014", at + 1))
		shorten(m, at);
	do_at_once(m);
	do_side_by_side(m);
	find_people(m);
}
