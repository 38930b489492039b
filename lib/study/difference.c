/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs in a step before and after, in words. */
#include "config.h"
#include "study/study_i.h"
#include "base/text_i.h"

static const char *or_none(struct bpr_document *doc, const char *name)
{
	return *name ? name : bpr_i_doc_text(doc, N_("none"));
}

static const char *from_to(struct bpr_document *doc, const char *id, const char *before, const char *after)
{
	return bpr_i_doc_fill(doc, id, before, after, NULL, NULL);
}

/* A side that says nothing is not one that takes no time. */
static const char *durations(struct bpr_document *doc, const char *id, const struct bpr_dist *before, const struct bpr_dist *after)
{
	struct bpr_said_pair said = bpr_i_say_minutes_pair(doc, bpr_dist_mean(before), bpr_dist_mean(after));

	return from_to(doc, id, before ? said.before : bpr_i_doc_text(doc, N_("not given")),
		       after ? said.after : bpr_i_doc_text(doc, N_("not given")));
}

static const char *actor_text(struct bpr_document *doc, enum bpr_actor actor)
{
	static const char *const names[] = { [BPR_ACTOR_STAFF] = N_("staff"), [BPR_ACTOR_CITIZEN] = N_("citizen"),
					     [BPR_ACTOR_SYSTEM] = N_("system") };

	return bpr_i_doc_text(doc, names[actor]);
}

static const char *counts(struct bpr_document *doc, const char *id, double before, double after)
{
	return from_to(doc, id, bpr_i_say_count(doc, before), bpr_i_say_count(doc, after));
}

const char *bpr_i_say_difference(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_step_pair *pair, unsigned bit)
{
	const bpr_flow *bf = subject->flow;
	const bpr_flow *af = subject->after_flow;
	const struct bpr_node *b = bpr_flow_node(bf, pair->before);
	const struct bpr_node *a = bpr_flow_node(af, pair->after);

	switch ((enum bpr_step_difference)bit) {
	case BPR_DIFFERS_NAME:
		return bpr_i_doc_fill(doc, N_("was called '{1}'"), b->name, NULL, NULL, NULL);
	case BPR_DIFFERS_UNIT:
		return from_to(doc, N_("unit: {1} to {2}"), or_none(doc, bpr_i_name_unit(bf, b->unit)), or_none(doc, bpr_i_name_unit(af, a->unit)));
	case BPR_DIFFERS_COUNTER:
		return from_to(doc, N_("counter: {1} to {2}"), or_none(doc, b->counter == BPR_NONE ? "" : bpr_flow_counter(bf, b->counter)->name),
			       or_none(doc, a->counter == BPR_NONE ? "" : bpr_flow_counter(af, a->counter)->name));
	case BPR_DIFFERS_ACTOR:
		return from_to(doc, N_("done by: {1} to {2}"), actor_text(doc, b->actor), actor_text(doc, a->actor));
	case BPR_DIFFERS_WORK:
		return durations(doc, N_("work: {1} to {2}"), b->work, a->work);
	case BPR_DIFFERS_WAIT:
		return durations(doc, N_("wait: {1} to {2}"), b->wait, a->wait);
	case BPR_DIFFERS_WRITES:
		return counts(doc, N_("items to write: {1} to {2}"), bpr_i_items_written(bf, b), bpr_i_items_written(af, a));
	case BPR_DIFFERS_SEALS:
		return counts(doc, N_("seals: {1} to {2}"), b->seals, a->seals);
	case BPR_DIFFERS_ID_CHECKS:
		return counts(doc, N_("identity checks: {1} to {2}"), b->id_checks, a->id_checks);
	case BPR_DIFFERS_COPIES:
		return counts(doc, N_("items copied: {1} to {2}"), b->copies, a->copies);
	case BPR_DIFFERS_VISITS:
		return counts(doc, N_("times per case: {1} to {2}"), bpr_analysis_nodes(subject->analysis)[pair->before].visits,
			      bpr_analysis_nodes(subject->after_analysis)[pair->after].visits);
	case BPR_DIFFERS_COST:
		return counts(doc, N_("cost in yen: {1} to {2}"), b->cost, a->cost);
	case BPR_DIFFERS_RULES:
		return bpr_i_doc_text(doc, N_("analogue rules"));
	case BPR_DIFFERS_STAFF:
		return bpr_i_doc_text(doc, N_("staff needed"));
	case BPR_DIFFERS_SYSTEM:
		return from_to(doc, N_("system: {1} to {2}"), or_none(doc, b->system == BPR_NONE ? "" : bpr_flow_system(bf, b->system)->name),
			       or_none(doc, a->system == BPR_NONE ? "" : bpr_flow_system(af, a->system)->name));
	}
	return "";
}
