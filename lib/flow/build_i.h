/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_BUILD_I_H
#define BPR_FLOW_BUILD_I_H
/*
 * Building a flow. Readers add nodes, cells and arcs in any order, each with its place in the source;
 * whatever is wrong goes to the list of problems and building goes on, so that one run names up to
 * BPR_I_MAX_ERRORS of them. finish() resolves names, checks shares and references, assumes what the
 * contract says may be assumed (each with a warning), freezes.
 */
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "flow/column_i.h"
#include <bpr/flow.h>

typedef struct bpr_builder bpr_builder;

/*
 * Reads the measured values of emp(SOURCE): SOURCE is "FILE" or "FILE,COLUMN" as written. Values into the arena, in any
 * order; the builder checks and sorts them. A failure is noted by the callback, at `place`; BPR_ESYNTAX then.
 */
typedef bpr_status bpr_load_emp(void *data, const char *source, struct bpr_arena *arena, double **values, size_t *count,
				bpr_problems *problems, const struct bpr_place *place);

/*
 * Reads the times of list(SOURCE) and log(SOURCE), SOURCE being "FILE" or "FILE,COLUMN": minutes of the day, or (dated) minutes since
 * midnight of 1970-01-01; of a log the first one of each case. In any order; failures as above.
 */
typedef bpr_status bpr_load_times(void *data, const char *source, bool log, struct bpr_arena *arena, double **values, size_t *count,
				  bool *dated, bpr_problems *problems, const struct bpr_place *place);

struct bpr_build_options {
	size_t max_nodes;
	size_t max_field;
	const char *const *sets;
	size_t set_count;
	/*
	 * [set_count] or NULL. Given: an override that fits nothing in this flow is no problem here; those that fit are
	 * marked, so that a reader of several flows reports what fits none of them, by bpr_i_set_unused().
	 */
	unsigned char *set_used;
	bool origins;           /* keep where values come from */
	/*
	 * What is in error is noted and not used, and the flow is built all the same: drawings that were made for another
	 * program (BPMN). bpr_i_builder_strict() for the parts of an input that are written for us.
	 */
	bool lenient;
	bpr_load_emp *load_emp; /* NULL: measured values cannot be read (standard input) */
	bpr_load_times *load_times; /* NULL as above */
	void *load_data;
};

/* Notes every override that is not marked as used, with the names in these flows that would fit. */
void bpr_i_set_unused(const struct bpr_build_options *options, bpr_flow *const *flows, size_t count, bpr_problems *problems);

/* `file` and `id` are copied; problems may be NULL and must outlive the builder. */
bpr_status bpr_i_builder_new(bpr_builder **out, const char *file, const char *id, const char *name,
			     const struct bpr_build_options *options, bpr_problems *problems, struct bpr_error *err);
void bpr_i_builder_free(bpr_builder *b);

/*
 * Every call below returns BPR_OK also where it only noted a problem; another status (ENOMEM, ELIMIT) means: stop.
 * Texts are UTF-8, are copied and need no NUL. `node` out parameters may be NULL.
 */

/* A new node. A duplicate or empty id is a problem (the node is added all the same, under no id, so that its cells are checked). */
bpr_status bpr_i_builder_node(bpr_builder *b, enum bpr_node_kind kind, const char *id, size_t id_length,
			      const struct bpr_place *place, size_t *node);
/*
 * One cell of a node's row: parsed by its column's kind, stored. An empty cell is no value.
 * BPR_TABLE_FLOW columns only; `id` and `next` too (`next` adds unresolved arcs). `kind` replaces the kind.
 */
bpr_status bpr_i_builder_cell(bpr_builder *b, size_t node, const struct bpr_column *column, const char *text,
			      size_t length, const struct bpr_place *place);
/*
 * The node as drafted so far, to be changed in place by a reader that knows (type, host, scope, loops, terminate, silent, unit…).
 * prob is NaN until something is given. Valid until the next node is added.
 */
struct bpr_node *bpr_i_builder_draft(bpr_builder *b, size_t node);
/* Several ways out of this node are an exclusive choice though no share is written (conditional flows of BPMN). */
void bpr_i_builder_exclusive(bpr_builder *b, size_t node);
/* Kept text: lives as long as the flow. NULL when out of memory. */
char *bpr_i_builder_text(bpr_builder *b, const char *text, size_t length);
/* An arc between nodes known by index. share: NaN where none is written. ids and names may be NULL. */
bpr_status bpr_i_builder_arc(bpr_builder *b, size_t from, size_t to, double share, const char *id, const char *name,
			     const struct bpr_place *place);
/* The share of the arc added last was written as a percentage: such shares may sum to 99 to 101 %. */
void bpr_i_builder_percent(bpr_builder *b);
/* Names to indices, made where new; BPR_NONE only when out of memory. */
size_t bpr_i_builder_unit(bpr_builder *b, const char *name, size_t length, size_t parent);
size_t bpr_i_builder_counter(bpr_builder *b, const char *name, size_t length);
size_t bpr_i_builder_form(bpr_builder *b, const char *id, size_t length);
/*
 * A form that has an id and a name (data objects of BPMN): both mean it from now on, whichever cells and companions use.
 * It goes by the one that they use, else by its name.
 */
size_t bpr_i_builder_form_named(bpr_builder *b, const char *id, size_t id_length, const char *name, size_t name_length);
size_t bpr_i_builder_pool(bpr_builder *b, const char *name, size_t length);
size_t bpr_i_builder_scope(bpr_builder *b, const struct bpr_scope *scope);
struct bpr_scope *bpr_i_builder_scope_draft(bpr_builder *b, size_t scope);
/* Adds a form to a node's list (where it counts once). Of several needs of one pool the last one counts. */
enum bpr_form_use { BPR_FORM_WRITES, BPR_FORM_READS, BPR_FORM_ISSUES };
bpr_status bpr_i_builder_use_form(bpr_builder *b, size_t node, enum bpr_form_use use, size_t form);
bpr_status bpr_i_builder_need(bpr_builder *b, size_t node, size_t pool, size_t count);
/* A duration that a reader computed itself (BPSim); copied. work: true, wait: false. */
bpr_status bpr_i_builder_duration(bpr_builder *b, size_t node, bool work, const struct bpr_dist *dist);

/*
 * One row of a companion (not BPR_TABLE_FLOW): cells[i] belongs to columns[i]; NULL columns are skipped. Used for CSV companions
 * and for the bpr:… elements of BPMN alike. Later rows win over earlier ones for the same key (same form and field, counter, pool, key).
 */
struct bpr_cell { const struct bpr_column *column; const char *text; size_t length; };
bpr_status bpr_i_builder_companion(bpr_builder *b, enum bpr_table table, const struct bpr_cell *cells, size_t count,
				   const struct bpr_place *place);
/*
 * What is put in from now on comes from there: "table" (at the beginning), "companion", "bpr", "bpsim" …; static. Cells, rows and
 * arcs then tell it of themselves; a reader that changes drafts tells it with bpr_i_builder_origin(). Gives what was set before.
 */
const char *bpr_i_builder_from(bpr_builder *b, const char *source);
/* A value of a node that a reader put in itself, by the name of its column. */
void bpr_i_builder_origin(bpr_builder *b, size_t node, const char *key, const char *value, const struct bpr_place *place);
/* Errors refuse the flow from now on, although options.lenient (which does not change); or no longer. Returns what held before. */
bool bpr_i_builder_strict(bpr_builder *b, bool strict);
/* Errors that were noted while lenient. */
size_t bpr_i_builder_forgiven(const bpr_builder *b);
/* The file that the flow was converted from, where the input tells. */
void bpr_i_builder_first_source(bpr_builder *b, const char *text, size_t length);
/* Demand that a reader computed itself. */
struct bpr_demand *bpr_i_builder_demand(bpr_builder *b);

/*
 * Applies --set, resolves `next`, gives every node its split and join (kind; implicit: shares at a task or event mean an exclusive
 * choice, none mean all), divides shares that are missing, checks sums, makes the first row a start and rows without a way out ends
 * of their own where the contract says so (a task without `next` gets a silent end behind it where the flow has no end at all…), freezes.
 * On success *out is the caller's and the builder is empty; the builder is freed by the caller in any case.
 * BPR_ESYNTAX: errors stand in the list.
 */
bpr_status bpr_i_builder_finish(bpr_builder *b, bpr_flow **out, struct bpr_error *err);

/* ---- cells as values (flow/value.c); text is folded inside ---- */

/* A duration or a distribution (contract, section 3). On failure a problem is noted (code D…) and false returned. */
bool bpr_i_parse_dist(const char *text, size_t length, struct bpr_arena *arena, struct bpr_dist *out,
		      bpr_problems *problems, const struct bpr_place *place);
/* A plain duration in minutes, >= 0. */
bool bpr_i_parse_minutes(const char *text, size_t length, double *out, bpr_problems *problems, const struct bpr_place *place);
/* A number as offices write it: １，２３４ ▲5 約5 5件 5円. */
bool bpr_i_parse_number(const char *text, size_t length, double *out, bpr_problems *problems, const struct bpr_place *place);
/* A share: 0.3, 30%, ３０％, 3割. *percent tells that it was written as a percentage. */
bool bpr_i_parse_share(const char *text, size_t length, double *out, bool *percent, bpr_problems *problems, const struct bpr_place *place);
/* A time of day, perhaps with its date (days since 1970-01-01): 8:30, 2027-03-29 8:30:15, 令和9年3月29日8時30分. */
struct bpr_moment { long day; bool dated; double minutes; };
bool bpr_i_parse_moment(const char *text, size_t length, struct bpr_moment *out);

#endif
