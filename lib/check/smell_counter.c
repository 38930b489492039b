/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters: those that the citizen is sent back to, those that only hand something over, and coming again. */
#include "config.h"
#include "check/smell_i.h"
#include <stdint.h>

/* More than so many times 64 counters are not looked at: 20 findings are listed at most anyway. */
enum { MOST_PASSES = 64 };

/* What can be at a node, as sets of the 64 counters of one pass. */
struct place {
	uint64_t at;             /* where the citizen is when coming here */
	uint64_t left;           /* where he was before, in this trip */
	uint64_t next;           /* where he goes to from here */
	bool elsewhere;          /* he was at some counter before, whichever pass it belongs to */
	bool home;               /* he has been at a counter, and went home */
	bool wrote;              /* he has written something for the next counter */
};

struct counters {
	struct bpr_smell *s;
	struct place *places;
	size_t pass;
};

static uint64_t bit_of(const struct counters *c, const struct bpr_node *node)
{
	return node->counter != BPR_NONE && node->counter / 64 == c->pass ? (uint64_t)1 << node->counter % 64 : 0;
}

/* ---- findings ---- */

static void find_again(const struct counters *c, size_t i)
{
	struct bpr_smell *s = c->s;
	struct bpr_smell_text effect = { "" };

	if (s->nodes)
		effect = bpr_i_smell_effect(s, N_(": {1} trips a case"), N_(": {1} trips a case, {2} a year"),
					    bpr_analysis_figure(s->check->analysis, BPR_METRIC_TRIPS)->mean);
	bpr_i_smell_note(s, BPR_I_P018, i, (const char *[]){ bpr_i_smell_name(s->flow, i), effect.text, NULL, NULL });
}

static void find_return(const struct counters *c, size_t i)
{
	struct bpr_smell *s = c->s;
	size_t counter = bpr_flow_node(s->flow, i)->counter;
	const struct bpr_counter_result *r = s->nodes ? &bpr_analysis_counters(s->check->analysis)[counter] : NULL;
	struct bpr_smell_text effect;

	if (s->returned[counter] || (r && !(r->visits - r->reach >= BPR_SMELL_RETURNS)))
		return;
	s->returned[counter] = 1;
	effect = bpr_i_smell_effect(s, N_(": {1} extra visits a case"), N_(": {1} extra visits a case, {2} a year"),
				    r ? r->visits - r->reach : 0);
	bpr_i_smell_note(s, BPR_I_P008, i, (const char *[]){ bpr_flow_counter(s->flow, counter)->name, bpr_i_smell_name(s->flow, i),
							     effect.text, NULL });
}

/* Nothing but handing out or taking a paper, and neither the step before nor the one behind is at the same counter. */
static void find_courier(const struct counters *c, size_t i)
{
	struct bpr_smell *s = c->s;
	const struct bpr_node *node = bpr_flow_node(s->flow, i);
	struct bpr_smell_text effect;
	const char *paper;

	if (node->write_count || node->id_checks > 0 || node->seals > 0 || node->copies > 0 || !(node->issue_count || node->read_count))
		return;
	paper = bpr_i_smell_form_name(s->flow, node->issue_count ? node->issues[0] : node->reads[0]);
	effect = bpr_i_smell_effect(s, N_(": {1} times a case"), N_(": {1} times a case, {2} a year"), bpr_i_smell_visits(s, i));
	bpr_i_smell_note(s, BPR_I_P017, i,
			 (const char *[]){ bpr_flow_counter(s->flow, node->counter)->name, paper, effect.text, NULL });
}

/* ---- along the flow ---- */

/* Backwards first: which counters come next. */
static void look_ahead(const struct counters *c)
{
	const struct bpr_smell *s = c->s;

	for (size_t at = s->order_count; at > 0; at--) {
		size_t i = s->order[at - 1];

		for (size_t a = s->row[i]; a < s->row[i + 1]; a++) {
			const struct bpr_node *to = bpr_flow_node(s->flow, s->col[a]);

			if (!bpr_i_smell_back(s, i, s->col[a]) && !to->away)
				c->places[i].next |= to->counter == BPR_NONE ? c->places[s->col[a]].next : bit_of(c, to);
		}
	}
}

static void pass_node(const struct counters *c, size_t i)
{
	const struct bpr_smell *s = c->s;
	const struct bpr_node *node = bpr_flow_node(s->flow, i);
	struct place p = c->places[i];
	uint64_t here = bit_of(c, node);

	if (node->away) {
		p.home |= p.elsewhere;
		p.at = p.left = 0;
	}
	if (here && bpr_i_smell_happens(s, i)) {
		if (p.home)
			find_again(c, i);
		if (p.left & here)
			find_return(c, i);
		if (p.elsewhere && !p.wrote && !(p.at & here) && !(p.next & here))
			find_courier(c, i);
	}
	if (node->counter != BPR_NONE) {
		p.left |= p.at & ~here;
		p.at = here;
		p.elsewhere = true;
		p.home = p.wrote = false;
	}
	p.wrote |= node->write_count > 0;
	for (size_t a = s->row[i]; a < s->row[i + 1]; a++) {
		struct place *to = &c->places[s->col[a]];

		if (bpr_i_smell_back(s, i, s->col[a]))
			continue;
		to->at |= p.at;
		to->left |= p.left;
		to->elsewhere |= p.elsewhere;
		to->home |= p.home;
		to->wrote |= p.wrote;
	}
}

bool bpr_i_smell_counters(struct bpr_smell *s)
{
	struct counters c = { .s = s };
	size_t count = bpr_flow_counter_count(s->flow);

	s->returned = bpr_i_calloc(count, 1);
	c.places = bpr_i_calloc(s->n, sizeof(*c.places));
	if (!s->returned || !c.places) {
		bpr_i_free(c.places);
		return false;
	}
	for (; c.pass * 64 < count && c.pass < MOST_PASSES; c.pass++) {
		for (size_t i = 0; i < s->n; i++)
			c.places[i] = (struct place){ 0 };
		look_ahead(&c);
		for (size_t at = 0; at < s->order_count; at++)
			pass_node(&c, s->order[at]);
	}
	bpr_i_free(c.places);
	return true;
}
