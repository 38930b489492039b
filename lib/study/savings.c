/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the change of staff time is made of: see savings_i.h. */
#include "config.h"
#include "study/savings_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *bpr_i_saving_name(enum bpr_saving kind)
{
	static const char *const names[BPR_SAVING_KINDS] = {
		N_("counters no longer visited"), N_("copying and sealing given up"), N_("identity checks given up"),
		N_("receiving forms given up"), N_("other steps given up"), N_("steps that get faster"), N_("less done again"),
		N_("needed in fewer cases"), N_("steps that take longer"), N_("more done again"), N_("needed in more cases"),
		N_("new steps at counters"), N_("new steps behind counters"), N_("other"),
	};

	return names[kind];
}

/* A step of one side: its staff minutes and how often a case executes it. */
struct share { const struct bpr_node *node; double minutes, visits, again; };

static struct share share_of(const bpr_flow *flow, const bpr_analysis *analysis, size_t index)
{
	const struct bpr_node *node = bpr_flow_node(flow, index);
	const struct bpr_node_result *r = &bpr_analysis_nodes(analysis)[index];
	struct share s = { node, node->actor == BPR_ACTOR_STAFF ? bpr_dist_mean(node->work) : 0, r->visits, 0 };

	s.again = r->visits - r->reach * (double)node->repeat;
	if (!(s.again > 1e-12 * r->visits))
		s.again = 0;
	return s;
}

/* Does any case of the after go to a counter of that name? */
static bool visited_after(const struct bpr_subject *subject, const char *name)
{
	for (size_t i = 0; i < bpr_flow_counter_count(subject->after_flow); i++)
		if (!strcmp(bpr_flow_counter(subject->after_flow, i)->name, name) &&
		    bpr_analysis_counters(subject->after_analysis)[i].visits > 0)
			return true;
	return false;
}

static enum bpr_saving given_up(const struct bpr_subject *subject, const struct bpr_node *n)
{
	if (n->counter != BPR_NONE && !visited_after(subject, bpr_flow_counter(subject->flow, n->counter)->name))
		return BPR_SAVING_COUNTERS;
	if (n->copies > 0 || n->seals > 0)
		return BPR_SAVING_COPYING;
	if (n->id_checks > 0)
		return BPR_SAVING_CHECKS;
	return n->read_count || n->write_count ? BPR_SAVING_PAPERS : BPR_SAVING_STEPS;
}

static void add(double minutes[], enum bpr_saving better, enum bpr_saving worse, double saved)
{
	minutes[saved >= 0 ? better : worse] += saved;
}

static double add_changed(const struct bpr_subject *subject, const struct bpr_step_pair *pair, double minutes[])
{
	struct share b = share_of(subject->flow, subject->analysis, pair->before);
	struct share a = share_of(subject->after_flow, subject->after_analysis, pair->after);
	double per = (b.minutes + a.minutes) / 2;

	if (b.node->actor != a.node->actor && !(a.minutes > 0)) { /* somebody else does it now */
		minutes[given_up(subject, b.node)] += b.minutes * b.visits;
	} else {
		add(minutes, BPR_SAVING_FASTER, BPR_SAVING_SLOWER, (b.minutes - a.minutes) * (b.visits + a.visits) / 2);
		add(minutes, BPR_SAVING_AGAIN, BPR_SAVING_MORE_AGAIN, (b.again - a.again) * per);
		add(minutes, BPR_SAVING_FEWER, BPR_SAVING_MORE, (b.visits - b.again - (a.visits - a.again)) * per);
	}
	return b.minutes * b.visits - a.minutes * a.visits;
}

/* The part of a pair in each kind; what it saves in all. */
static double add_pair(const struct bpr_subject *subject, const struct bpr_step_pair *pair, double minutes[])
{
	struct share s;

	if (pair->before != BPR_NONE && pair->after != BPR_NONE)
		return add_changed(subject, pair, minutes);
	if (pair->before != BPR_NONE) {
		s = share_of(subject->flow, subject->analysis, pair->before);
		minutes[given_up(subject, s.node)] += s.minutes * s.visits;
		return s.minutes * s.visits;
	}
	s = share_of(subject->after_flow, subject->after_analysis, pair->after);
	minutes[s.node->counter != BPR_NONE ? BPR_SAVING_NEW_DESK : BPR_SAVING_NEW] -= s.minutes * s.visits;
	return -s.minutes * s.visits;
}

static int most_first(const void *a, const void *b)
{
	const struct bpr_saving_step *x = a, *y = b;

	if (x->minutes < y->minutes || x->minutes > y->minutes)
		return x->minutes > y->minutes ? -1 : 1;
	if (x->before != y->before)
		return x->before < y->before ? -1 : 1;
	return (x->after > y->after) - (x->after < y->after);
}

bool bpr_i_savings(struct bpr_arena *arena, const struct bpr_subject *subject, struct bpr_savings *out)
{
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(subject->comparison, &count);
	double said = 0, least;

	*out = (struct bpr_savings){ .total = bpr_analysis_figure(subject->analysis, BPR_METRIC_WORK_MINUTES)->mean -
					      bpr_analysis_figure(subject->after_analysis, BPR_METRIC_WORK_MINUTES)->mean };
	out->steps = bpr_i_arena_alloc(arena, count + 1, sizeof(*out->steps));
	if (!out->steps)
		return false;
	least = 1e-9 * bpr_analysis_figure(subject->analysis, BPR_METRIC_WORK_MINUTES)->mean;
	for (size_t i = 0; i < count; i++) {
		double saved = add_pair(subject, &pairs[i], out->minutes);

		if (fabs(saved) > least)
			out->steps[out->step_count++] = (struct bpr_saving_step){ pairs[i].before, pairs[i].after, saved };
	}
	if (out->step_count)
		qsort(out->steps, out->step_count, sizeof(*out->steps), most_first);
	/* Work outside steps (gateways, silent parts) and what sampled visits leave over; rounding is not a part. */
	for (size_t i = 0; i < BPR_SAVING_KINDS; i++)
		said += out->minutes[i];
	if (fabs(out->total - said) > least)
		out->minutes[BPR_SAVING_OTHER] = out->total - said;
	return true;
}
