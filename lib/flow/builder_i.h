/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_BUILDER_I_H
#define BPR_FLOW_BUILDER_I_H
/* Inside of the builder and of a frozen flow; for the files of lib/flow/ only. */
#include "base/buf_i.h"
#include "flow/build_i.h"
#include <stdint.h>

/* Where a column's value is stored. */
enum bpr_store {
	BPR_STORE_ID = 0, BPR_STORE_NAME, BPR_STORE_KIND, BPR_STORE_NEXT, BPR_STORE_UNIT, BPR_STORE_COUNTER, BPR_STORE_ACTOR,
	BPR_STORE_WORK, BPR_STORE_WAIT, BPR_STORE_STAFF, BPR_STORE_WRITES, BPR_STORE_READS, BPR_STORE_ISSUES, BPR_STORE_SEALS,
	BPR_STORE_ID_CHECKS, BPR_STORE_COPIES, BPR_STORE_RULES, BPR_STORE_SYSTEM, BPR_STORE_AWAY, BPR_STORE_COST, BPR_STORE_PROB,
	BPR_STORE_OUTCOME, BPR_STORE_NOTE, BPR_STORE_PRIORITY, BPR_STORE_PATIENCE, BPR_STORE_BATCH,
	BPR_STORE_CONDITIONS, BPR_STORE_LOOP_PROB, BPR_STORE_REPEAT, BPR_STORE_PARALLEL, BPR_STORE_ON, BPR_STORE_INTERRUPTING,
	BPR_STORE_TERMINATE, BPR_STORE_TYPE, BPR_STORE_TRIGGER, BPR_STORE_SCOPE, BPR_STORE_SILENT, BPR_STORE_SPLIT, BPR_STORE_JOIN,
	BPR_STORE_FLOWS,
	BPR_STORE_FORM, BPR_STORE_FORM_NAME, BPR_STORE_FIELD, BPR_STORE_TIMES, BPR_STORE_GROUP, BPR_STORE_PREFILLED,
	BPR_STORE_COUNTER_NAME, BPR_STORE_BUILDING, BPR_STORE_FLOOR, BPR_STORE_COUNTER_WALK, BPR_STORE_COUNTER_OPEN, BPR_STORE_SEATS,
	BPR_STORE_POOL, BPR_STORE_COUNT, BPR_STORE_RATE, BPR_STORE_HOURS, BPR_STORE_POOL_UNIT, BPR_STORE_SHIFT, BPR_STORE_BREAKS,
	BPR_STORE_ALSO, BPR_STORE_DISCIPLINE,
	BPR_STORE_PER_DAY, BPR_STORE_PER_YEAR, BPR_STORE_OPEN, BPR_STORE_CLOSED, BPR_STORE_OPEN_DAYS, BPR_STORE_ARRIVALS,
	BPR_STORE_WALK, BPR_STORE_WRITE_SECONDS, BPR_STORE_PEAKS, BPR_STORE_FLOW_ID, BPR_STORE_WEEKDAYS, BPR_STORE_PROFILE,
	BPR_STORE_GROUP_SIZE, BPR_STORE_FIRST, BPR_STORE_TIMES_OF_ARRIVAL,
	BPR_STORE_SCOPE_KEY, BPR_STORE_SCOPE_NAME, BPR_STORE_SCOPE_TYPE, BPR_STORE_SCOPE_PARENT, BPR_STORE_SCOPE_ENTRY,
	BPR_STORE_SCOPE_EXIT, BPR_STORE_SCOPE_REPEAT, BPR_STORE_SCOPE_PARALLEL,
	BPR_STORE_UNIT_NAME, BPR_STORE_UNIT_PARENT,
	BPR_STORE_LAST
};

/* Bounds that keep every sum and square finite. */
#define BPR_I_MAX_MINUTES 1e9
#define BPR_I_MAX_NUMBER 1e15
/* Shares sum to 1 within this (contract, section 3). */
#define BPR_I_SHARE_TOLERANCE 1e-6

/* HOST: node.host is an index into `ids`; INTERRUPTING, SPLIT, JOIN: the cell was written. */
enum {
	BPR_DRAFT_MERGE = 1, BPR_DRAFT_EXCLUSIVE = 2, BPR_DRAFT_NAMELESS = 4, BPR_DRAFT_BROKEN = 8,
	BPR_DRAFT_HOST = 16, BPR_DRAFT_INTERRUPTING = 32, BPR_DRAFT_SPLIT = 64, BPR_DRAFT_JOIN = 128
};

/* An arc as read. Without NAMED, `to` is a node; with it, an index into `ids`. */
enum { BPR_ARC_NAMED = 1, BPR_ARC_PERCENT = 2, BPR_ARC_DROPPED = 4 };
struct bpr_draft_arc {
	size_t from, to;
	double share; /* NaN: none written */
	const char *id, *name;
	uint32_t line, flags;
};

/* A cell whose texts belong to the ways out of its node, in their order: known once `next` is. */
struct bpr_draft_places {
	size_t node;
	const char *text;
	size_t length;
	uint32_t line;
	bool ids;    /* of arcs; else their names */
};

/* What a sub-process lacks until all nodes are known: indices into `ids`, or BPR_NONE. */
struct bpr_draft_scope { size_t entry, exit; bool named, listed; };

struct bpr_draft_form {
	struct bpr_form form;             /* fields: `capacity` of them */
	struct bpr_form_field *fields;
	size_t capacity;
	const char *file;                 /* whose rows listed them; NULL none */
};

/* Shifts as rows list them: of one pool in a chain, in their order. */
struct bpr_draft_shift { struct bpr_shift shift; size_t next; };
struct bpr_draft_pool {
	size_t first, last, count;        /* of its shifts; BPR_NONE */
	const char *source, *file;        /* whose rows listed them; NULL none */
};

/* Durations read already, by their text: most cells of a column repeat a few values. */
enum { BPR_DIST_CACHE = 4096, BPR_DIST_CACHE_TEXT = 22 };
struct bpr_dist_cached {
	const struct bpr_dist *dist;
	unsigned char length;
	char text[BPR_DIST_CACHE_TEXT];
};

struct bpr_flow {
	struct bpr_arena arena; /* texts, durations, lists, everything that is small */
	const char *id, *name, *source, *first_source;
	unsigned long long hash;
	struct bpr_node *nodes; size_t node_count;
	struct bpr_arc *arcs; size_t arc_count;
	size_t *in_first, *in_arcs;             /* [node_count + 1], [arc_count] */
	size_t *boundary_first, *boundary;      /* [node_count + 1] or NULL where there is none */
	struct bpr_scope *scopes; size_t scope_count;
	struct bpr_unit *units; size_t unit_count;
	struct bpr_counter *counters; size_t counter_count;
	struct bpr_field *fields; size_t field_count;
	struct bpr_form *forms; size_t form_count;
	struct bpr_pool *pools; size_t pool_count;
	struct bpr_system *systems; size_t system_count;
	struct bpr_demand demand;
	struct bpr_origin *origins; size_t origin_count;
	struct bpr_names ids; /* ids and names that `next` mentions */
	size_t *id_nodes;     /* node of each of them, or BPR_NONE */
	bool derived;         /* only nodes, arcs, pools, origins and the arena are its own; derive.c */
	size_t origin_room;
	bpr_flow *kept;       /* freed with it */
	struct bpr_flow_shared *shared; /* memory of the edit that it was made of, held until it is freed; or NULL (edit.c) */
};

struct bpr_builder {
	struct bpr_flow *flow;  /* arena, ids, units … are filled in place */
	char *text_at;          /* room for short texts, packed */
	size_t text_left;
	struct bpr_build_options options;
	bpr_problems *problems;
	size_t problems_from;   /* where this input's problems start */
	size_t error_count;     /* whether listed or not */
	bool strict;            /* errors refuse the flow */
	size_t forgiven;        /* errors that do not; while not strict, error_count where that began is in lenient_from */
	size_t lenient_from;
	bool nomem;
	size_t node_capacity, flag_capacity, arc_capacity, id_capacity;
	unsigned char *flags;   /* [node_count] BPR_DRAFT_… */
	struct bpr_draft_arc *arcs; size_t arc_count;
	struct bpr_draft_places *places; size_t place_count, place_capacity;
	struct bpr_names scope_names;  /* of those that cells and rows name; in step with named_scopes */
	size_t *named_scopes; size_t named_scope_capacity;
	struct bpr_draft_scope *scope_drafts; size_t scope_draft_capacity; /* in step with flow->scopes */
	size_t scope_capacity, unit_capacity, counter_capacity, field_capacity, form_capacity, pool_capacity, system_capacity;
	struct bpr_names unit_names, counter_names, field_names, form_names, pool_names, system_names;
	struct bpr_names form_aliases; /* other ids and names of forms */
	size_t *alias_forms; size_t alias_capacity;
	struct bpr_draft_form *forms;
	struct bpr_draft_shift *shifts; size_t shift_count, shift_capacity;
	struct bpr_draft_pool *pool_drafts; size_t pool_draft_count, pool_draft_capacity; /* in step with flow->pools, perhaps fewer */
	const char *demand_source;    /* who said how many cases come; NULL nobody */
	struct bpr_names folded; /* ids as a machine reads them, made when first needed */
	size_t *folded_nodes;
	bool folded_made;
	struct bpr_dist_cached *cache;
	const char *source;     /* of what is put in now, for origins; static */
	size_t origin_capacity;
	const char *origin_file; /* as kept last */
	uint32_t noted[BPR_I_CODE_COUNT];
};

/* Notes a problem of the input; past a score of one code they are counted together. */
void bpr_i_build_note(struct bpr_builder *b, enum bpr_code_id id, const struct bpr_place *place, const char *a1,
		      const char *a2, const char *a3, const char *a4);
/* True where what is in error is only left out. */
bool bpr_i_build_forgives(const struct bpr_builder *b);
/* Place of a node. */
struct bpr_place bpr_i_build_place(const struct bpr_builder *b, size_t node);
/* BPR_ENOMEM once anything failed, else BPR_OK. */
bpr_status bpr_i_build_status(const struct bpr_builder *b);
/* `text` as a NUL-terminated copy for a message, cut. */
struct bpr_short { char text[208]; };
struct bpr_short bpr_i_short(const char *text, size_t length);

/* ---- lists (flow/list.c) ---- */

/*
 * One thing of a list: `a;b；c、d`. Moves on; false at the end. Empty things are left out. What stands in quotes, "a;b", holds
 * what would else separate; a quote inside is written twice. The item still has its quotes: bpr_i_unquote() takes them off.
 */
bool bpr_i_next_item(const char **text, size_t *length, const char **item, size_t *item_length);
/* The same where the place counts: empty things too, separated by ';' and '；' only. */
bool bpr_i_next_place(const char **text, size_t *length, const char **item, size_t *item_length);
/* Name (perhaps in quotes) and what stands behind its last colon (half or full width); tail NULL where there is none. */
void bpr_i_split_colon(const char *item, size_t length, size_t *name_length, const char **tail, size_t *tail_length);
/* The item without its quotes: in place, or a text kept by the builder. Returns the length; 0 out of memory too. */
size_t bpr_i_unquote(struct bpr_builder *b, const char **item, size_t length);

/* Words of cells: index into the table, or BPR_NONE. `words`: '|' between synonyms, folded and lower case. */
size_t bpr_i_word_find(const char *const *words, size_t count, const char *text, size_t length);
/* Yes: 1, no: 0, neither: -1. */
int bpr_i_parse_yes(const char *text, size_t length);
/*
 * A short text as a machine reads it: folded, ASCII in lower case. No value is longer than the room, and folding never
 * makes a text longer, so nothing is allocated and nothing can fail but for the length: then false, and the text is "".
 */
enum { BPR_LONGEST_VALUE = 4096 };
struct bpr_folded {
	size_t length;
	char text[BPR_LONGEST_VALUE + 2];
};
bool bpr_i_fold_lower(struct bpr_folded *out, const char *text, size_t length);

/* Notes where a value comes from, under the source of the moment; does nothing where origins are not asked for. */
void bpr_i_build_origin(struct bpr_builder *b, enum bpr_origin_of of, const char *element, const struct bpr_cell *cell,
			const struct bpr_place *place);
/* The same for a value of an arc; to: id of its target, not NUL-terminated. */
void bpr_i_build_origin_arc(struct bpr_builder *b, const struct bpr_draft_arc *arc, const char *to, size_t to_length,
			    const struct bpr_place *place);
/* The ways out of a node were replaced: nothing of them comes from anywhere any more. */
void bpr_i_build_origin_forget(struct bpr_builder *b, size_t node);

/* Parts of a build. */
bpr_status bpr_i_build_next(struct bpr_builder *b, size_t node, const char *text, size_t length, const struct bpr_place *place);
const struct bpr_dist *bpr_i_build_dist(struct bpr_builder *b, const char *text, size_t length, const struct bpr_place *place);
size_t bpr_i_build_field(struct bpr_builder *b, const char *name, size_t length);
size_t bpr_i_build_system(struct bpr_builder *b, const char *name, size_t length);
/* Sub-process by its key, made where new. */
size_t bpr_i_build_scope(struct bpr_builder *b, const char *key, size_t length);
bpr_status bpr_i_build_places(struct bpr_builder *b, size_t node, bool ids, const char *text, size_t length, const struct bpr_place *place);
/* Index into `ids`: an id that a row has or that something mentions. */
size_t bpr_i_build_id(struct bpr_builder *b, const char *id, size_t length);
/* Node with the id at this index into `ids`, read as a machine does if need be; or BPR_NONE. */
size_t bpr_i_build_find(struct bpr_builder *b, size_t id);
size_t bpr_i_build_parse_count(struct bpr_builder *b, const char *text, size_t length, size_t most, const struct bpr_place *place);
void bpr_i_build_sets(struct bpr_builder *b);
/* One override that stands in a table, not on the command line. */
void bpr_i_build_set(struct bpr_builder *b, const char *text, const struct bpr_place *place);
void bpr_i_build_resolve(struct bpr_builder *b);     /* targets of arcs */
void bpr_i_build_hosts(struct bpr_builder *b);       /* tasks on which boundary events sit, where they are named */
void bpr_i_build_scopes(struct bpr_builder *b);      /* entries and exits of sub-processes; what is wrong with them */
void bpr_i_build_edges(struct bpr_builder *b);       /* starts and ends that are only implied */
void bpr_i_build_arcs(struct bpr_builder *b);        /* arcs by source, by target, boundary events by host */
void bpr_i_build_labels(struct bpr_builder *b);      /* names and ids of arcs that cells give */
void bpr_i_build_splits(struct bpr_builder *b);      /* how each node hands on and takes tokens, but for merges */
void bpr_i_build_merges(struct bpr_builder *b);      /* merges take the kind of the split that they close */
void bpr_i_build_shares(struct bpr_builder *b);      /* probabilities of arcs, starts, boundary events */
void bpr_i_build_origins(struct bpr_builder *b);     /* what was assumed; each value once */
void bpr_i_build_forms(struct bpr_builder *b);       /* lists without repeats; forms without fields */
void bpr_i_build_staffing(struct bpr_builder *b);    /* shifts into their pools */
void bpr_i_build_demand(struct bpr_builder *b);      /* what is said twice of the demand */
void bpr_i_build_check(struct bpr_builder *b);       /* what is left to find */
/* Units, counters, forms, pools, systems, scopes in the order of first use, so that the same flow is the same from any format. */
void bpr_i_build_order(struct bpr_builder *b);
bool bpr_i_build_order_fields(struct bpr_builder *b); /* once forms have all of theirs */
bool bpr_i_build_texts(struct bpr_builder *b);       /* blanks at the ends of texts; empty ones are none */
/* In-arcs and boundary events of a flow whose nodes and arcs are complete. False: out of memory. */
bool bpr_i_flow_index(struct bpr_flow *flow);
void bpr_i_flow_unshare(struct bpr_flow_shared *shared);
unsigned long long bpr_i_flow_hash(const struct bpr_flow *flow);
#endif
