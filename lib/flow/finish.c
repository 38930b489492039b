/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of building: overrides, targets of arcs, implied starts and ends, arrays by source and target; frozen. */
#include "config.h"
#include "flow/builder_i.h"
#include "base/utf8_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Ids as a machine reads them, so that `Ｔ２` finds T2. The first of two that fold alike wins: exact ids went before. */
static bool make_folded(struct bpr_builder *b)
{
	size_t capacity = 0;
	struct bpr_buf buf = BPR_BUF_INIT;

	if (b->folded_made)
		return true;
	for (size_t i = 0; i < b->flow->ids.count; i++) {
		const char *kept;
		bool added;

		if (b->flow->id_nodes[i] == BPR_NONE)
			continue;
		bpr_i_buf_clear(&buf);
		bpr_i_utf8_fold(&buf, b->flow->ids.items[i].key, b->flow->ids.items[i].length);
		kept = buf.failed ? NULL : bpr_i_builder_text(b, buf.data ? buf.data : "", buf.length);
		if (!kept || !bpr_i_grow(&b->folded_nodes, &capacity, b->folded.count + 1, sizeof(size_t)) ||
		    bpr_i_names_add(&b->folded, kept, buf.length, &added) == BPR_NONE) {
			b->nomem = true;
			break;
		}
		if (added)
			b->folded_nodes[b->folded.count - 1] = b->flow->id_nodes[i];
	}
	bpr_i_buf_release(&buf);
	b->folded_made = true;
	return !b->nomem;
}

static size_t find_folded(struct bpr_builder *b, const char *id, size_t length)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t at = BPR_NONE;

	if (make_folded(b)) {
		bpr_i_utf8_fold(&buf, id, length);
		at = buf.failed ? BPR_NONE : bpr_i_names_find(&b->folded, buf.data ? buf.data : "", buf.length);
		b->nomem |= buf.failed == BPR_ENOMEM;
	}
	bpr_i_buf_release(&buf);
	return at == BPR_NONE ? BPR_NONE : b->folded_nodes[at];
}

size_t bpr_i_build_find(struct bpr_builder *b, size_t id)
{
	size_t node = b->flow->id_nodes[id];

	return node == BPR_NONE ? find_folded(b, b->flow->ids.items[id].key, b->flow->ids.items[id].length) : node;
}

/* No row has this id. `B:often` is a share that is none, if there is a B. */
static void dangling(struct bpr_builder *b, const struct bpr_draft_arc *arc)
{
	const char *id = b->flow->ids.items[arc->to].key;
	size_t length = b->flow->ids.items[arc->to].length;
	struct bpr_place place = bpr_i_build_place(b, arc->from);
	const char *tail;
	size_t name_length;
	size_t tail_length;
	size_t at;

	if (arc->line)
		place.line = arc->line;
	bpr_i_split_colon(id, length, &name_length, &tail, &tail_length);
	at = tail ? bpr_i_names_find(&b->flow->ids, id, name_length) : BPR_NONE;
	if (at != BPR_NONE && b->flow->id_nodes[at] != BPR_NONE)
		bpr_i_build_note(b, BPR_I_D008, &place, bpr_i_short(tail, tail_length).text, "next", NULL, NULL);
	else
		bpr_i_build_note(b, BPR_I_F007, &place, place.where, bpr_i_short(id, length).text, NULL, NULL);
}

void bpr_i_build_resolve(struct bpr_builder *b)
{
	for (size_t i = 0; i < b->flow->node_count; i++)
		b->flow->nodes[i].out_count = 0;
	for (size_t i = 0; i < b->arc_count && !b->nomem; i++) {
		struct bpr_draft_arc *arc = &b->arcs[i];
		size_t to;

		if (arc->flags & BPR_ARC_DROPPED)
			continue;
		if (arc->flags & BPR_ARC_NAMED) {
			to = bpr_i_build_find(b, arc->to);
			if (to == BPR_NONE) {
				dangling(b, arc);
				arc->flags |= BPR_ARC_DROPPED;
				b->flags[arc->from] |= BPR_DRAFT_BROKEN;
				continue;
			}
			arc->to = to;
			arc->flags &= ~(uint32_t)BPR_ARC_NAMED;
		}
		b->flow->nodes[arc->from].out_count++;
	}
}

/* A silent node whose id no row has: "(end)", "(end 2)" … */
static size_t silent_node(struct bpr_builder *b, enum bpr_node_kind kind, const char *word)
{
	char id[48];
	size_t node = BPR_NONE;
	int n = snprintf(id, sizeof(id), "(%s)", word);

	for (size_t i = 2; n > 0 && bpr_i_names_find(&b->flow->ids, id, (size_t)n) != BPR_NONE; i++)
		n = snprintf(id, sizeof(id), "(%s %zu)", word, i);
	b->options.max_nodes = (size_t)-1; /* what is implied does not count */
	if (n > 0 && bpr_i_builder_node(b, kind, id, (size_t)n, NULL, &node) == BPR_OK)
		b->flow->nodes[node].silent = true;
	return node;
}

static void silent_arc(struct bpr_builder *b, size_t from, size_t to)
{
	if (from == BPR_NONE || to == BPR_NONE || bpr_i_builder_arc(b, from, to, (double)NAN, NULL, NULL, NULL) != BPR_OK)
		return;
	b->flow->nodes[from].out_count++;
}

static void imply_start(struct bpr_builder *b)
{
	struct bpr_place place;

	for (size_t i = 0; i < b->flow->node_count; i++)
		if (b->flow->nodes[i].kind == BPR_NODE_START)
			return;
	place = bpr_i_build_place(b, 0);
	bpr_i_build_note(b, BPR_I_F014, &place, place.where, NULL, NULL, NULL);
	silent_arc(b, silent_node(b, BPR_NODE_START, "start"), 0);
}

static void imply_ends(struct bpr_builder *b)
{
	size_t ends[3] = { BPR_NONE, BPR_NONE, BPR_NONE };
	size_t count = b->flow->node_count;
	bool has_end = false;

	for (size_t i = 0; i < count; i++)
		has_end |= b->flow->nodes[i].kind == BPR_NODE_END;
	for (size_t i = 0; i < count && !b->nomem; i++) {
		struct bpr_node *node = &b->flow->nodes[i];
		enum bpr_outcome outcome = node->outcome;

		if (node->out_count || node->kind == BPR_NODE_END || b->flags[i] & BPR_DRAFT_BROKEN)
			continue;
		if (has_end) {
			struct bpr_place place = bpr_i_build_place(b, i);

			bpr_i_build_note(b, BPR_I_F011, &place, place.where, NULL, NULL, NULL);
		}
		if (ends[outcome] == BPR_NONE) {
			ends[outcome] = silent_node(b, BPR_NODE_END, "end");
			if (ends[outcome] != BPR_NONE)
				b->flow->nodes[ends[outcome]].outcome = outcome;
		}
		silent_arc(b, i, ends[outcome]);
	}
}

void bpr_i_build_edges(struct bpr_builder *b)
{
	if (!b->flow->node_count) {
		bpr_i_build_note(b, BPR_I_F024, NULL, NULL, NULL, NULL, NULL);
		return;
	}
	imply_start(b);
	imply_ends(b);
}

/* Counts in first[1 + key] become starts in first[key]; then each item goes to its place in the order given. */
static void prefix_sums(size_t *first, size_t count)
{
	for (size_t i = 0; i < count; i++)
		first[i + 1] += first[i];
}

static bool arcs_out(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	size_t at = 0;

	flow->arc_count = 0;
	for (size_t i = 0; i < flow->node_count; i++) {
		flow->nodes[i].first_out = at;
		at += flow->nodes[i].out_count;
		flow->nodes[i].out_count = 0;
	}
	flow->arcs = bpr_i_calloc(at, sizeof(*flow->arcs));
	if (!flow->arcs)
		return false;
	for (size_t i = 0; i < b->arc_count; i++) {
		const struct bpr_draft_arc *arc = &b->arcs[i];
		struct bpr_node *from = &flow->nodes[arc->from];

		if (arc->flags & BPR_ARC_DROPPED)
			continue;
		flow->arcs[from->first_out + from->out_count++] = (struct bpr_arc){
			arc->from, arc->to, arc->share, arc->id, arc->name, arc->flags & BPR_ARC_PERCENT,
		};
		flow->arc_count++;
	}
	return true;
}

static bool arcs_in(struct bpr_flow *flow)
{
	size_t *at;

	flow->in_first = bpr_i_calloc(flow->node_count + 2, sizeof(size_t));
	flow->in_arcs = bpr_i_calloc(flow->arc_count, sizeof(size_t));
	if (!flow->in_first || !flow->in_arcs)
		return false;
	at = flow->in_first + 1; /* filled one place ahead, so that it ends up right */
	for (size_t i = 0; i < flow->arc_count; i++)
		at[flow->arcs[i].to + 1]++;
	prefix_sums(at, flow->node_count);
	for (size_t i = 0; i < flow->arc_count; i++)
		flow->in_arcs[at[flow->arcs[i].to]++] = i;
	return true;
}

static bool boundary_events(struct bpr_flow *flow)
{
	size_t count = 0;
	size_t *at;

	for (size_t i = 0; i < flow->node_count; i++)
		count += flow->nodes[i].host != BPR_NONE;
	if (!count)
		return true;
	flow->boundary_first = bpr_i_calloc(flow->node_count + 2, sizeof(size_t));
	flow->boundary = bpr_i_calloc(count, sizeof(size_t));
	if (!flow->boundary_first || !flow->boundary)
		return false;
	at = flow->boundary_first + 1;
	for (size_t i = 0; i < flow->node_count; i++)
		if (flow->nodes[i].host != BPR_NONE)
			at[flow->nodes[i].host + 1]++;
	prefix_sums(at, flow->node_count);
	for (size_t i = 0; i < flow->node_count; i++)
		if (flow->nodes[i].host != BPR_NONE)
			flow->boundary[at[flow->nodes[i].host]++] = i;
	return true;
}

bool bpr_i_flow_index(struct bpr_flow *flow)
{
	return arcs_in(flow) && boundary_events(flow);
}

void bpr_i_build_arcs(struct bpr_builder *b)
{
	if (!arcs_out(b) || !bpr_i_flow_index(b->flow))
		b->nomem = true;
	bpr_i_free(b->arcs);
	b->arcs = NULL;
	b->arc_count = b->arc_capacity = 0;
}

static void count_tables(struct bpr_builder *b)
{
	b->flow->unit_count = b->unit_names.count;
	b->flow->counter_count = b->counter_names.count;
	b->flow->field_count = b->field_names.count;
	b->flow->pool_count = b->pool_names.count;
	b->flow->system_count = b->system_names.count;
	b->flow->form_count = b->form_names.count;
}

static bool freeze(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	void *p;

	count_tables(b);
	if (!bpr_i_build_texts(b) || !bpr_i_build_order_fields(b))
		return false;
	flow->forms = bpr_i_calloc(flow->form_count, sizeof(*flow->forms));
	if (!flow->forms)
		return false;
	for (size_t i = 0; i < flow->form_count; i++) {
		flow->forms[i] = b->forms[i].form;
		flow->forms[i].fields = b->forms[i].fields;
	}
	p = bpr_i_realloc(flow->nodes, flow->node_count, sizeof(*flow->nodes));
	if (p)
		flow->nodes = p;
	flow->hash = bpr_i_flow_hash(flow);
	return true;
}

bpr_status bpr_i_builder_finish(bpr_builder *b, bpr_flow **out, struct bpr_error *err)
{
	static void (*const parts[])(struct bpr_builder *) = {
		count_tables, bpr_i_build_sets, bpr_i_build_staffing, bpr_i_build_resolve, bpr_i_build_hosts, bpr_i_build_scopes, bpr_i_build_edges, bpr_i_build_arcs,
		bpr_i_build_labels, bpr_i_build_splits, bpr_i_build_merges, bpr_i_build_shares, bpr_i_build_origins, bpr_i_build_order, bpr_i_build_forms,
		bpr_i_build_check,
	};

	*out = NULL;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && !b->nomem; i++) {
		bool before = bpr_i_builder_strict(b, parts[i] == bpr_i_build_sets); /* overrides are the user's own */

		parts[i](b);
		(void)bpr_i_builder_strict(b, before);
		if (!b->flow->node_count && parts[i] == bpr_i_build_edges)
			break;
	}
	if (b->nomem)
		return bpr_i_nomem(err);
	if (b->error_count > bpr_i_builder_forgiven(b))
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_F035, NULL, 0, b->flow->source, NULL);
	if (!freeze(b))
		return bpr_i_nomem(err);
	*out = b->flow;
	b->flow = NULL;
	return BPR_OK;
}
