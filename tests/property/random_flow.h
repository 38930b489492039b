/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_RANDOM_FLOW_H
#define BPR_TESTS_PROPERTY_RANDOM_FLOW_H
/* Small flows by a seed: drafts that can be changed before they are built. */
#include <bpr/flow.h>
#include <stdint.h>

#define DRAFT_NODES 46
#define DRAFT_OUT 4

struct draft_node {
	enum bpr_node_kind kind;
	size_t to[DRAFT_OUT]; double share[DRAFT_OUT]; size_t out_count;
	int unit, counter;            /* -1 none */
	bool away, citizen, incomplete, writes[3], terminate;
	double work, wait, cost; bool random;
	int seals, id_checks, copies;
	unsigned rules;
	double loop_prob; size_t repeat;
	size_t host; bool interrupting; double prob;
	char id[16];
};

struct draft { struct draft_node node[DRAFT_NODES]; size_t count; uint64_t rng; unsigned shape; };

/* What may occur; sequential flows have none of the parallel parts. */
enum { SHAPE_AND = 1, SHAPE_OR = 2, SHAPE_LOOPS = 4, SHAPE_EDGES = 8, SHAPE_REPEAT = 16, SHAPE_LOOSE_AND = 32, SHAPE_RANDOM_TIMES = 64 };

double draft_random(struct draft *d);
size_t draft_below(struct draft *d, size_t n);
/* Blocks in each other, about `size` nodes. */
void draft_blocks(struct draft *d, uint64_t seed, unsigned shape, size_t size);
/* Any arcs between exclusive nodes, loops included. */
void draft_tangle(struct draft *d, uint64_t seed, size_t size);
/* Any arcs forward between gateways of all kinds: most have faults. */
void draft_gateways(struct draft *d, uint64_t seed, size_t size);
/* order: place of each node in the flow, or NULL as drafted. NULL where the flow cannot be built. */
bpr_flow *draft_build(const struct draft *d, const size_t *order);
/* What a builder is told of each node (its number in the draft, its place in the flow) and of the flow as a whole, beyond the draft. */
struct bpr_builder;
struct draft_extra {
	void (*node)(struct bpr_builder *b, size_t index, size_t at, void *data);
	void (*flow)(struct bpr_builder *b, void *data);
	void *data;
	bpr_problems *problems;
};
bpr_flow *draft_build_with(const struct draft *d, const size_t *order, const struct draft_extra *extra);
/* With everything but its start and end inside a scope of so many rounds, from `entry` to `exit`. */
bpr_flow *draft_build_scope(const struct draft *d, size_t entry, size_t exit, size_t repeat, bool parallel);
size_t draft_plain(struct draft *d, enum bpr_node_kind kind, const char *id);
void draft_link(struct draft *d, size_t from, size_t to);
#endif
