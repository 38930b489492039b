/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_NET_MAKE_I_H
#define BPR_MINE_NET_MAKE_I_H
/* Making a net: net.c has nodes and ways, net_scope.c what hangs on steps and sub-processes. Nobody else includes this. */
#include "mine/net_i.h"

struct bpr_mnet_links { struct bpr_mnet_link *item; size_t count, capacity; };

/* On what an event hangs that happens by itself. */
enum bpr_mnet_around { BPR_MNET_NOWHERE = 0, BPR_MNET_STEP, BPR_MNET_SCOPE, BPR_MNET_INNER };

/* Places of a sub-process that is not plain, in the instance around it. */
struct bpr_mnet_edge { uint32_t outer, gather, active, left, used; };
struct bpr_mnet_can { size_t event; uint32_t place; };
/* Places of a step on which events hang; its events that can happen once are m->can from `first` on. */
struct bpr_mnet_hosted { uint32_t active, todo, done; size_t first; };

struct bpr_mnet_make {
	struct bpr_mnet *net;
	const bpr_flow *flow;
	const bool *visible;
	size_t max, node_count, arc_count, scope_count;
	bool nomem, limit;
	uint32_t *scope_row, *scope_list;    /* [scope_count + 2]: instances of the process (0) and of scope s (s + 1), rising */
	uint32_t *node_base, *arc_base;      /* first of a node's, of an arc's (by its target) place in each instance */
	uint32_t *node_place, *arc_place;    /* BPR_MNET_NONE: not made yet */
	uint32_t *inner_can;                 /* as node_place */
	uint8_t *around;                     /* [nodes] enum bpr_mnet_around of events */
	size_t *around_scope;                /* [nodes] of SCOPE */
	bool *hosts;                         /* [nodes] events hang on it */
	bool *plain;                         /* [scopes] its edges mean nothing */
	uint32_t *edge_base;                 /* [scopes] */
	struct bpr_mnet_edge *edge;
	size_t *inner; size_t inner_count;   /* events of INNER */
	size_t *scoped; size_t scoped_count; /* events of SCOPE */
	/* The transition that is being made. */
	struct bpr_mnet_fire fire;
	struct bpr_mnet_links in, out, clear;
	struct { struct bpr_mnet_can *item; size_t count, capacity; } can;
};

static inline uint32_t bpr_i_make_scope(size_t scope)
{
	return scope == BPR_NONE ? BPR_MNET_NONE : (uint32_t)scope;
}

/* net.c */
uint32_t bpr_i_make_place(struct bpr_mnet_make *m, uint32_t instance, bool passive);
void bpr_i_make_begin(struct bpr_mnet_make *m);
void bpr_i_make_in(struct bpr_mnet_make *m, uint32_t place, size_t weight);
void bpr_i_make_out(struct bpr_mnet_make *m, uint32_t place, size_t weight);
void bpr_i_make_clear(struct bpr_mnet_make *m, uint32_t place);
/* Adds the transition, which stays as it is for a like one. */
void bpr_i_make_commit(struct bpr_mnet_make *m);
/* Adds it with the ways out of the node: several transitions where it chooses. */
void bpr_i_make_ways(struct bpr_mnet_make *m, size_t node, uint32_t instance);
/* Place of a token that has come to the node, by no arc that has to be told from others. */
uint32_t bpr_i_make_at(struct bpr_mnet_make *m, size_t node, uint32_t instance);
/* Place to which an arc leads from an instance. */
uint32_t bpr_i_make_to(struct bpr_mnet_make *m, size_t arc, uint32_t from);
uint32_t bpr_i_make_instance(const struct bpr_mnet_make *m, uint32_t from, size_t scope);
/* First instance of a scope inside an instance of its parent; others of it follow one another. */
uint32_t bpr_i_make_child(const struct bpr_mnet_make *m, size_t scope, uint32_t parent);
bool bpr_i_make_is_exit(const struct bpr_mnet_make *m, size_t node);
bool bpr_i_make_is_complex(const struct bpr_mnet_make *m, size_t node);

/* net_scope.c */
bool bpr_i_make_prepare(struct bpr_mnet_make *m);
void bpr_i_make_release(struct bpr_mnet_make *m);
void bpr_i_make_edges(struct bpr_mnet_make *m);
void bpr_i_make_scopes(struct bpr_mnet_make *m);
void bpr_i_make_terminate(struct bpr_mnet_make *m, size_t node, uint32_t instance);
void bpr_i_make_cans(struct bpr_mnet_make *m, size_t node, uint32_t instance, struct bpr_mnet_hosted *h);
void bpr_i_make_events(struct bpr_mnet_make *m, size_t node, uint32_t instance, const struct bpr_mnet_hosted *h);
#endif
