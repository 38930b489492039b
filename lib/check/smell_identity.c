/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identity that is checked again in one visit, and cases that need another visit. */
#include "config.h"
#include "check/smell_i.h"

/* The step that checked last: while the citizen has not left the counter, and not the building. */
struct checked { size_t here, visit; };

static void find_again(struct bpr_smell *s, size_t i, const struct checked *c)
{
	bool same = c->here != BPR_NONE;
	size_t before = same ? c->here : c->visit;
	struct bpr_smell_text effect, name, other;

	if (before == BPR_NONE)
		return;
	name = bpr_i_smell_step(s->flow, i, before);
	other = bpr_i_smell_step(s->flow, before, i);
	effect = bpr_i_smell_effect(s, N_(": {1} checks a case here"), N_(": {1} checks a case here, {2} a year"),
				    bpr_i_smell_visits(s, i) * bpr_flow_node(s->flow, i)->id_checks);
	bpr_i_smell_note(s, same ? BPR_I_P004 : BPR_I_P005, i,
			 (const char *[]){ name.text, other.text, effect.text, NULL });
}

static void pass(struct bpr_smell *s, struct checked *before, size_t i)
{
	const struct bpr_node *node = bpr_flow_node(s->flow, i);
	struct checked c = before[i];

	if (node->away)
		c = (struct checked){ BPR_NONE, BPR_NONE };
	if (c.here != BPR_NONE && node->counter != BPR_NONE && bpr_flow_node(s->flow, c.here)->counter != node->counter)
		c.here = BPR_NONE;
	if (node->id_checks > 0 && bpr_i_smell_happens(s, i)) {
		find_again(s, i, &c);
		c = (struct checked){ i, i };
	}
	for (size_t a = s->row[i]; a < s->row[i + 1]; a++) {
		struct checked *to = &before[s->col[a]];

		if (bpr_i_smell_back(s, i, s->col[a]))
			continue;
		to->here = to->here == BPR_NONE ? c.here : to->here;
		to->visit = to->visit == BPR_NONE ? c.visit : to->visit;
	}
}

/* Ends at which the citizen goes home with nothing done. */
static void find_ends(struct bpr_smell *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);
		struct bpr_smell_text effect;

		if (node->outcome != BPR_OUTCOME_INCOMPLETE || node->kind != BPR_NODE_END || !bpr_i_smell_happens(s, i))
			continue;
		effect = bpr_i_smell_share(s, N_(": {1} of all cases"), N_(": {1} of all cases, {2} a year"), s->nodes ? s->nodes[i].reach : 0);
		bpr_i_smell_note(s, BPR_I_P019, i, (const char *[]){ bpr_i_smell_name(s->flow, i), effect.text, NULL, NULL });
	}
}

bool bpr_i_smell_identity(struct bpr_smell *s)
{
	struct checked *before = bpr_i_calloc(s->n, sizeof(*before));

	if (!before)
		return false;
	for (size_t i = 0; i < s->n; i++)
		before[i] = (struct checked){ BPR_NONE, BPR_NONE };
	for (size_t at = 0; at < s->order_count; at++)
		pass(s, before, s->order[at]);
	bpr_i_free(before);
	find_ends(s);
	return true;
}
