/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_EDIT_I_H
#define BPR_FLOW_EDIT_I_H
/*
 * A flow whose shape may be changed: nodes and ways put in and taken out, forms, counters, pools changed. Made from a frozen flow,
 * which must outlive the edit and every flow made of it (texts, durations and lists that nobody changed are borrowed), and frozen
 * again. Indices of nodes, units, counters, forms, pools … stay those of the first flow until it is frozen; new ones come behind.
 *
 * Functions that make something return its index, BPR_NONE when out of memory; functions that return bool: false is out of memory.
 * Everything is O(1) or O(ways of the node) but for begin and freeze, which are O(flow).
 */
#include "base/alloc_i.h"
#include <bpr/flow.h>

typedef struct bpr_edit bpr_edit;

bpr_status bpr_i_edit_begin(const bpr_flow *flow, bpr_edit **out, struct bpr_error *err);
void bpr_i_edit_free(bpr_edit *edit);
/* Memory that the frozen flow takes over. */
struct bpr_arena *bpr_i_edit_arena(bpr_edit *edit);
/* Undo: everything done since the mark is taken back. A mark is dropped by the next one or by freezing. */
bool bpr_i_edit_mark(bpr_edit *edit);
bool bpr_i_edit_rollback(bpr_edit *edit);

/* ---- nodes ---- */
size_t bpr_i_edit_node_count(const bpr_edit *edit);
/* To be changed in place, but for first_out, out_count and the lists (use the calls below). NULL: taken out. Valid until the next is added. */
struct bpr_node *bpr_i_edit_node(bpr_edit *edit, size_t node);
/* By id, of those that are there; or BPR_NONE. */
size_t bpr_i_edit_find(const bpr_edit *edit, const char *id);
/* A new node without ways; the id gets a number behind it where it is taken. Split and join are those of the kind. */
size_t bpr_i_edit_node_add(bpr_edit *edit, enum bpr_node_kind kind, const char *id, const char *name);
/* A copy of a node, without ways and boundary events, under its id with `suffix`. */
size_t bpr_i_edit_node_copy(bpr_edit *edit, size_t node, const char *suffix);
/* Taken out: ways in lead to where its way out leads (over a gateway, where they may not come together there). False without a change: several ways out, or it is a start or end (*fits false). */
bool bpr_i_edit_node_remove(bpr_edit *edit, size_t node, bool *fits);
/* The node will stand behind `at` in the frozen flow (BPR_NONE: first); new ones stand last, or beside what they were put to. */
void bpr_i_edit_stand(bpr_edit *edit, size_t node, size_t at);
/* Taken out with its ways and boundary events, nothing mended. */
void bpr_i_edit_node_drop(bpr_edit *edit, size_t node);

/* ---- ways ---- */
struct bpr_edit_arc { size_t from, to; double prob; const char *name, *id; bool given, gone; };
size_t bpr_i_edit_arc_count(const bpr_edit *edit);
/* To be changed in place but for from and to. */
struct bpr_edit_arc *bpr_i_edit_arc(bpr_edit *edit, size_t arc);
size_t bpr_i_edit_arc_add(bpr_edit *edit, size_t from, size_t to, double prob);
void bpr_i_edit_arc_drop(bpr_edit *edit, size_t arc);
bool bpr_i_edit_arc_to(bpr_edit *edit, size_t arc, size_t to);
bool bpr_i_edit_arc_from(bpr_edit *edit, size_t arc, size_t from);
/* Ways of a node as they are now, in their order; borrowed until the next change. */
const size_t *bpr_i_edit_out(const bpr_edit *edit, size_t node, size_t *count);
const size_t *bpr_i_edit_in(const bpr_edit *edit, size_t node, size_t *count);
/* `node` put before (its ways in lead to the new one) or behind. */
bool bpr_i_edit_before(bpr_edit *edit, size_t at, size_t node);
bool bpr_i_edit_behind(bpr_edit *edit, size_t at, size_t node);

/* ---- what a step carries ---- */
enum bpr_edit_list { BPR_EDIT_WRITES = 0, BPR_EDIT_READS, BPR_EDIT_ISSUES };
bool bpr_i_edit_list_set(bpr_edit *edit, size_t node, enum bpr_edit_list list, const size_t *forms, size_t count);
bool bpr_i_edit_list_has(const bpr_edit *edit, size_t node, enum bpr_edit_list list, size_t form);
bool bpr_i_edit_list_add(bpr_edit *edit, size_t node, enum bpr_edit_list list, size_t form);
void bpr_i_edit_list_drop(bpr_edit *edit, size_t node, enum bpr_edit_list list, size_t form);
bool bpr_i_edit_needs_set(bpr_edit *edit, size_t node, const struct bpr_need *needs, size_t count);
/* dist NULL: none. Copied. */
bool bpr_i_edit_duration(bpr_edit *edit, size_t node, bool work, const struct bpr_dist *dist);
/* All draws times `factor` (>= 0): exact for every kind of distribution. */
bool bpr_i_edit_duration_scale(bpr_edit *edit, size_t node, bool work, double factor);

/* ---- names: found, or made where new ---- */
size_t bpr_i_edit_unit(bpr_edit *edit, const char *name);
size_t bpr_i_edit_counter(bpr_edit *edit, const char *name);
size_t bpr_i_edit_pool(bpr_edit *edit, const char *name);
size_t bpr_i_edit_system(bpr_edit *edit, const char *name);
size_t bpr_i_edit_field(bpr_edit *edit, const char *name, const char *group);
/* A form by id or name, or a new one without fields. */
size_t bpr_i_edit_form(bpr_edit *edit, const char *id, const char *name);
/* By name, without making one; or BPR_NONE. */
size_t bpr_i_edit_counter_find(const bpr_edit *edit, const char *name);
size_t bpr_i_edit_unit_find(const bpr_edit *edit, const char *name);
size_t bpr_i_edit_pool_find(const bpr_edit *edit, const char *name);
size_t bpr_i_edit_field_find(const bpr_edit *edit, const char *name);
size_t bpr_i_edit_form_find(const bpr_edit *edit, const char *id_or_name);
/* As they are now, to be changed in place but for lists and shifts; valid until one is added. */
struct bpr_counter *bpr_i_edit_counter_at(bpr_edit *edit, size_t counter);
struct bpr_pool *bpr_i_edit_pool_at(bpr_edit *edit, size_t pool);
struct bpr_demand *bpr_i_edit_demand(bpr_edit *edit);
const struct bpr_form *bpr_i_edit_form_at(const bpr_edit *edit, size_t form);
const struct bpr_field *bpr_i_edit_field_at(const bpr_edit *edit, size_t field);
size_t bpr_i_edit_form_count(const bpr_edit *edit);
size_t bpr_i_edit_counter_count(const bpr_edit *edit);
size_t bpr_i_edit_pool_count(const bpr_edit *edit);
size_t bpr_i_edit_field_count(const bpr_edit *edit);
bool bpr_i_edit_form_fields(bpr_edit *edit, size_t form, const struct bpr_form_field *fields, size_t count);
bool bpr_i_edit_pool_shifts(bpr_edit *edit, size_t pool, const struct bpr_shift *shifts, size_t count); /* the pool's count is their sum */

/* ---- told: where values come from, for reports that list assumptions ---- */
bool bpr_i_edit_origin(bpr_edit *edit, enum bpr_origin_of of, const char *element, const char *key, const char *value, const char *lever);

/*
 * What freezing does to the shape, done now: what no start reaches goes, gateways with one way in and one out, ways from the same choice to
 * the same place become one, shares of what is left are divided anew. *starts, *ends: there are some (that a start reaches).
 */
bool bpr_i_edit_tidy(bpr_edit *edit, bool *starts, bool *ends);
/*
 * A flow of its own, freed by bpr_flow_free(). What no start reaches any more is taken out, gateways with one way in and one out too
 * (not those of the first flow that were so before); shares of a choice whose way was taken out are divided anew; splits and joins
 * follow the ways. The edit may go on and be frozen again. BPR_EINVAL with a code: the change left something that is no flow (no end
 * can be reached, no start).
 */
bpr_status bpr_i_edit_freeze(bpr_edit *edit, bpr_flow **out, struct bpr_error *err);
#endif
