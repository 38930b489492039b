/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Soundness as a person reads it: four answers, and for each fault the shortest way into it, step by step. */
#include "config.h"
#include "study/study_i.h"
#include "base/text_i.h"
#include <stdio.h>
#include <string.h>

/* Steps of a way: the first and the last ones where there are more. */
enum { MOST_STEPS = 14, FIRST_STEPS = 3, LAST_STEPS = 10 };

static const char *verdict(enum bpr_verdict v)
{
	static const char *const words[] = { N_("not decided"), N_("yes"), N_("no") };

	return words[v];
}

static const char *question(enum bpr_sound_property property)
{
	static const char *const words[] = {
		N_("Safe (no step is started again while it is under way): {1}"),
		N_("Option to complete (every case can be brought to its end): {1}"),
		N_("Proper completion (no case reaches the same end twice): {1}"),
		N_("No dead activities (every element is reached by some case): {1}"),
	};

	return words[property];
}

static const struct bpr_node *node_of(const struct bpr_flows *flows, const struct bpr_sound_step *step)
{
	return bpr_flow_node(flows->items[step->flow], step->node);
}

bool bpr_i_sound_shown(const struct bpr_flows *flows, const struct bpr_sound_step *step)
{
	const bpr_flow *flow = flows->items[step->flow];
	const struct bpr_node *n = bpr_flow_node(flow, step->node);
	size_t length = n->type ? strlen(n->type) : 0;

	if (!n->silent || (length > 5 && !strcmp(n->type + length - 5, "Event")))
		return true;
	return n->scope != BPR_NONE && bpr_flow_scope(flow, n->scope)->entry == step->node;
}

static const char *name_of(const struct bpr_flows *flows, const struct bpr_sound_step *step)
{
	const bpr_flow *flow = flows->items[step->flow];
	const struct bpr_node *n = node_of(flows, step);

	if (n->silent && n->scope != BPR_NONE && bpr_flow_scope(flow, n->scope)->entry == step->node && *bpr_flow_scope(flow, n->scope)->name)
		return bpr_flow_scope(flow, n->scope)->name;
	return bpr_i_name_node(flow, step->node);
}

static const char *numbered(struct bpr_document *doc, size_t number, const char *name)
{
	struct bpr_buf text = BPR_BUF_INIT;
	char digits[32];

	(void)snprintf(digits, sizeof(digits), "%zu. ", number);
	bpr_i_buf_puts(&text, digits);
	bpr_i_buf_puts(&text, name);
	return bpr_i_doc_keep(doc, &text);
}

static void add_run(struct bpr_document *doc, const struct bpr_flows *flows, const struct bpr_sound_fault *f)
{
	size_t count = 0, number = 0;

	for (size_t i = 0; i < f->run_count; i++)
		count += bpr_i_sound_shown(flows, &f->run[i]);
	for (size_t i = 0; i < f->run_count; i++) {
		if (!bpr_i_sound_shown(flows, &f->run[i]))
			continue;
		number++;
		if (count > MOST_STEPS && number == FIRST_STEPS + 1)
			bpr_i_doc_item(doc, 2, BPR_DOC_FAINT, bpr_i_doc_fill(doc, N_("… {1} more steps …"),
									      bpr_i_say_count(doc, (double)(count - FIRST_STEPS - LAST_STEPS)), NULL, NULL, NULL));
		if (count <= MOST_STEPS || number <= FIRST_STEPS || number > count - LAST_STEPS)
			bpr_i_doc_item(doc, 2, BPR_DOC_PLAIN, numbered(doc, number, name_of(flows, &f->run[i])));
	}
}

static const char *lead_of(enum bpr_sound_kind kind)
{
	static const char *const words[] = {
		[BPR_SOUND_SECOND_TOKEN] = N_("A shortest way to a second token behind '{1}':"),
		[BPR_SOUND_DEADLOCK] = N_("A shortest way to where '{1}' waits for ever:"),
		[BPR_SOUND_LIVELOCK] = N_("A shortest way to where the case can only go round, among them '{1}':"),
		[BPR_SOUND_SECOND_END] = N_("A shortest way to the end '{1}' twice:"),
		[BPR_SOUND_DEAD] = NULL,
	};

	return words[kind];
}

void bpr_i_study_soundness(struct bpr_document *doc, const struct bpr_soundness *s, const struct bpr_flows *flows, bool together)
{
	if (!s || !flows)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, together ? N_("Soundness of the processes together, with their messages") : N_("Soundness")));
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++)
		bpr_i_doc_item(doc, 1, s->verdict[p] == BPR_VERDICT_NO ? BPR_DOC_STRONG : BPR_DOC_PLAIN,
			       bpr_i_doc_fill(doc, question((enum bpr_sound_property)p), bpr_i_doc_text(doc, verdict(s->verdict[p])), NULL, NULL, NULL));
	for (size_t i = 0; i < s->fault_count; i++) {
		const struct bpr_sound_fault *f = &s->faults[i];

		if (!f->run_count)
			continue;
		bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_doc_fill(doc, lead_of(f->kind), name_of(flows, &f->at), NULL, NULL, NULL));
		add_run(doc, flows, f);
	}
}
