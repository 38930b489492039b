/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tree as a flow. Choices and concurrency have a gateway at each end, a loop has one in front of its body and one behind it, from
 * where its ways back go; what is silent is an arc. So the flow is sound: each block is entered and left by one token.
 */
#include "config.h"
#include "mine/discover_build_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

struct drawer {
	const bpr_log *log;
	const bpr_measure *m;
	bpr_builder *b;
	size_t tasks, choices, blocks, loops;   /* so far: ids count them */
	bpr_status status;
};
/* An arc that has no head yet. */
struct loose { size_t node; double share; };

static size_t draw_node(struct drawer *d, enum bpr_node_kind kind, const char *prefix, size_t number, const char *suffix)
{
	char id[48];
	size_t node = 0;

	if (d->status != BPR_OK)
		return 0;
	if (number)
		(void)snprintf(id, sizeof(id), "%s%zu%s", prefix, number, suffix);
	else
		(void)snprintf(id, sizeof(id), "%s", prefix);
	d->status = bpr_i_builder_node(d->b, kind, id, strlen(id), NULL, &node);
	return node;
}

static void draw_arc(struct drawer *d, struct loose from, size_t to)
{
	if (d->status == BPR_OK)
		d->status = bpr_i_builder_arc(d->b, from.node, to, from.share, NULL, NULL, NULL);
}

static struct loose draw(struct drawer *d, const struct bpr_tree *tree, struct loose in);

static struct loose draw_leaf(struct drawer *d, const struct bpr_tree *tree, struct loose in)
{
	const char *name = bpr_log_name(d->log, BPR_LOG_ACTIVITY, tree->activity);
	size_t node = draw_node(d, BPR_NODE_TASK, "T", ++d->tasks, "");

	draw_arc(d, in, node);
	if (d->status == BPR_OK) {
		const char *kept = bpr_i_builder_text(d->b, name, strlen(name));

		if (kept)
			bpr_i_builder_draft(d->b, node)->name = kept;
		else
			d->status = BPR_ENOMEM;
	}
	if (d->status == BPR_OK && d->m)
		d->status = bpr_i_discover_fill(d->b, node, d->log, d->m, tree->activity);
	return (struct loose){ node, (double)NAN };
}

static struct loose draw_xor(struct drawer *d, const struct bpr_tree *tree, struct loose in)
{
	size_t number = ++d->choices;
	size_t split = draw_node(d, BPR_NODE_XOR, "X", number, "");
	struct loose *ends = bpr_i_calloc(tree->child_count, sizeof(*ends));
	uint64_t sum = 0;
	size_t merge;

	if (!ends)
		d->status = BPR_ENOMEM;
	draw_arc(d, in, split);
	for (size_t i = 0; i < tree->child_count; i++)
		sum += tree->children[i]->count;
	for (size_t i = 0; ends && i < tree->child_count; i++)
		ends[i] = draw(d, tree->children[i], (struct loose){ split, (double)tree->children[i]->count / (double)sum });
	merge = draw_node(d, BPR_NODE_XOR, "X", number, "/end");
	for (size_t i = 0; ends && i < tree->child_count; i++)
		draw_arc(d, ends[i], merge);
	bpr_i_free(ends);
	return (struct loose){ merge, (double)NAN };
}

static struct loose draw_and(struct drawer *d, const struct bpr_tree *tree, struct loose in)
{
	size_t number = ++d->blocks;
	size_t split = draw_node(d, BPR_NODE_AND, "P", number, "");
	struct loose *ends = bpr_i_calloc(tree->child_count, sizeof(*ends));
	size_t join;

	if (!ends)
		d->status = BPR_ENOMEM;
	draw_arc(d, in, split);
	for (size_t i = 0; ends && i < tree->child_count; i++)
		ends[i] = draw(d, tree->children[i], (struct loose){ split, (double)NAN });
	join = draw_node(d, BPR_NODE_AND, "P", number, "/end");
	for (size_t i = 0; ends && i < tree->child_count; i++)
		draw_arc(d, ends[i], join);
	bpr_i_free(ends);
	return (struct loose){ join, (double)NAN };
}

/* The body was executed once more than the ways back: the rest of its executions went on. */
static struct loose draw_loop(struct drawer *d, const struct bpr_tree *tree, struct loose in)
{
	size_t number = ++d->loops;
	size_t begin = draw_node(d, BPR_NODE_XOR, "L", number, "");
	double body = (double)tree->children[0]->count;
	uint64_t back = 0;
	struct loose end;
	size_t split;

	draw_arc(d, in, begin);
	end = draw(d, tree->children[0], (struct loose){ begin, (double)NAN });
	split = draw_node(d, BPR_NODE_XOR, "L", number, "/end");
	draw_arc(d, end, split);
	for (size_t i = 1; i < tree->child_count; i++) {
		back += tree->children[i]->count;
		end = draw(d, tree->children[i], (struct loose){ split, (double)tree->children[i]->count / body });
		draw_arc(d, end, begin);
	}
	return (struct loose){ split, (body - (double)back) / body };
}

static struct loose draw(struct drawer *d, const struct bpr_tree *tree, struct loose in)
{
	if (d->status != BPR_OK)
		return in;
	switch (tree->kind) {
	case BPR_TREE_TAU: break;
	case BPR_TREE_LEAF: return draw_leaf(d, tree, in);
	case BPR_TREE_XOR: return draw_xor(d, tree, in);
	case BPR_TREE_AND: return draw_and(d, tree, in);
	case BPR_TREE_LOOP: return draw_loop(d, tree, in);
	case BPR_TREE_SEQUENCE:
		for (size_t i = 0; i < tree->child_count; i++)
			in = draw(d, tree->children[i], in);
		break;
	}
	return in;
}

/* "receipt" of "/data/receipt.xes.gz". */
static void file_stem(const char *path, char stem[256])
{
	const char *base = strrchr(path, '/');
	size_t length;

	base = base ? base + 1 : path;
	length = strcspn(base, ".");
	if (!length || !strcmp(path, "-"))
		base = "log";
	length = base[0] == 'l' && !strcmp(base, "log") ? 3 : length;
	(void)snprintf(stem, 256, "%.*s", (int)(length < 200 ? length : 200), base);
}

bpr_status bpr_i_discover_build(const bpr_log *log, const struct bpr_tree *tree, const bpr_measure *m,
				const struct bpr_discovery_options *options, bpr_flow **out, bpr_problems *problems, struct bpr_error *err)
{
	const struct bpr_build_options building = { .max_nodes = (size_t)64 * BPR_I_TREE_ACTIVITIES, .max_field = (size_t)1 << 30 };
	const char *source = bpr_log_info(log).name;
	struct drawer d = { .log = log, .m = m };
	struct loose at = { 0, (double)NAN };
	char stem[256];
	size_t end;

	*out = NULL;
	file_stem(source ? source : "-", stem);
	d.status = bpr_i_builder_new(&d.b, source, options->id ? options->id : stem, options->name, &building, problems, err);
	if (d.status != BPR_OK)
		return d.status;
	at.node = draw_node(&d, BPR_NODE_START, "start", 0, "");
	at = draw(&d, tree, at);
	end = draw_node(&d, BPR_NODE_END, "end", 0, "");
	draw_arc(&d, at, end);
	if (d.status == BPR_OK && m)
		d.status = bpr_i_discover_tables(d.b, log, m);
	if (d.status == BPR_OK)
		d.status = bpr_i_builder_finish(d.b, out, err);
	else if (d.status == BPR_ENOMEM)
		(void)bpr_i_nomem(err);
	bpr_i_builder_free(d.b);
	return d.status;
}
