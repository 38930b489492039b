/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_H
#define BPR_FLOW_H
/**
 * @file flow.h
 * The model: a directed graph of nodes with what each step costs the citizen and the staff.
 *
 * A reader fills a builder; bpr_flow_builder_finish() checks, resolves and freezes it. A frozen flow
 * never changes: any number of threads may analyse it. Everything that a getter returns is borrowed
 * and lives as long as the flow. Durations are minutes, probabilities are in [0, 1], money is yen.
 * Formats, columns and their Japanese headings: bpr-flow(5). Definitions: bpr-metrics(7).
 */
#include <bpr/calendar.h>
#include <bpr/dist.h>
#include <bpr/error.h>
#include <bpr/problem.h>
#include <stdbool.h>
#ifdef __cplusplus
extern "C" {
#endif


enum bpr_node_kind {
	BPR_NODE_TASK = 0,
	BPR_NODE_START,
	BPR_NODE_END,
	BPR_NODE_XOR,   /**< one way out, by share; every arriving token passes */
	BPR_NODE_AND,   /**< all ways out; waits for a token on every way in */
	BPR_NODE_OR,    /**< each way out by its own probability, at least one; waits for all tokens that can still arrive */
	BPR_NODE_EVENT  /**< intermediate or boundary event */
};

enum bpr_actor { BPR_ACTOR_STAFF = 0, BPR_ACTOR_CITIZEN, BPR_ACTOR_SYSTEM };

enum bpr_outcome { BPR_OUTCOME_DONE = 0, BPR_OUTCOME_INCOMPLETE, BPR_OUTCOME_REJECTED };

/** Analogue rules, a set of bits. */
enum bpr_rule {
	BPR_RULE_VISUAL = 1,        /**< 目視 */
	BPR_RULE_PAPER = 2,         /**< 書面 */
	BPR_RULE_FACE_TO_FACE = 4,  /**< 対面 */
	BPR_RULE_RESIDENT = 8,      /**< 常駐 */
	BPR_RULE_SEAL = 16          /**< 押印 */
};
#define BPR_RULE_COUNT 5

/** How a node hands its token on; every node has one, so that no analysis asks for kinds. */
enum bpr_split { BPR_SPLIT_XOR = 0, BPR_SPLIT_AND, BPR_SPLIT_OR };
/** How a node takes tokens: each one alone, when every way in has one, or when no more can come. */
enum bpr_join { BPR_JOIN_XOR = 0, BPR_JOIN_AND, BPR_JOIN_OR };

/** So many people of a pool at once. */
struct bpr_need {
	size_t pool;
	size_t count;           /**< >= 1 */
};

struct bpr_node {
	const char *id;         /**< unique in the flow, never empty */
	const char *name;       /**< "" where there is none */
	const char *type;       /**< BPMN local name ("userTask"), or NULL */
	const char *trigger;    /**< event: what it waits for or throws ("message", "timer", "error", …, "multiple"), or NULL */
	const char *note;       /**< or NULL */
	size_t line;            /**< in the source; 0 unknown */
	enum bpr_node_kind kind;
	enum bpr_split split;
	enum bpr_join join;
	bool silent;            /**< put in by a reader (edge of a sub-process): not listed in reports */
	bool away;              /**< the citizen has left the building */
	bool terminate;         /**< an end that ends the whole case, or its sub-process */
	bool interrupting;      /**< boundary event: takes the case away from its host */
	bool repeat_parallel;   /**< the executions of `repeat` run at the same time */
	enum bpr_actor actor;
	enum bpr_outcome outcome;
	unsigned rules;         /**< bits of enum bpr_rule */
	double prob;            /**< start: share among starts; boundary event: probability per execution of its host; else 1 */
	double loop_prob;       /**< standard loop: probability of one more round; 0 none */
	size_t repeat;          /**< executions at each entry (loop or multi-instance count); >= 1 */
	size_t host;            /**< boundary event: the node it sits on; else BPR_NONE */
	size_t scope;           /**< innermost sub-process, or BPR_NONE */
	size_t unit;            /**< or BPR_NONE */
	size_t counter;         /**< or BPR_NONE: back office */
	size_t system;          /**< or BPR_NONE */
	const struct bpr_dist *work; /**< hands-on minutes; NULL: 0 */
	const struct bpr_dist *wait; /**< minutes that hold no staff; NULL: 0 */
	const struct bpr_need *needs; size_t need_count;
	const size_t *writes;  size_t write_count;  /**< forms the citizen fills in */
	const size_t *reads;   size_t read_count;   /**< forms read */
	const size_t *issues;  size_t issue_count;  /**< documents handed out */
	double seals, id_checks, copies;            /**< >= 0 */
	double cost;            /**< yen per execution */
	double priority;        /**< in the queue of a pool whose discipline asks for it: the greater first; 0 where not said */
	const struct bpr_dist *patience; /**< minutes that a citizen waits in the queue before giving up; NULL: for ever */
	size_t batch;           /**< executions that are done together; 1: each alone */
	double batch_wait;      /**< minutes after which a batch starts though it is not full; 0: never */
	size_t first_out, out_count; /**< arcs out: bpr_flow_arc(flow, first_out + i), as written */
};

struct bpr_arc {
	size_t from, to;
	double prob;            /**< XOR: share, they sum to 1; OR: own probability; AND: 1 */
	const char *id;         /**< BPMN id, or NULL */
	const char *name;       /**< BPMN name (the condition in words), or NULL */
	bool given;             /**< the share was written; false: divided equally */
};

/**
 * A sub-process, or a process that was called, put in place (inlined).
 *
 * Its entry (which has its id) and its exit are silent nodes inside it; start and end events inside are silent passes.
 * A pass with terminate ends everything else in the scope and goes on by its one arc: to the exit, or (an error that is
 * thrown) to a boundary event outside, ending every scope that the arc leaves. Boundary events of the scope sit on the
 * silent node behind its exit.
 */
struct bpr_scope {
	const char *id, *name, *type;
	size_t parent;          /**< scope around it, or BPR_NONE */
	size_t entry, exit;     /**< silent nodes at its edges */
	size_t repeat;          /**< rounds at each entry; >= 1 */
	bool repeat_parallel;
};

struct bpr_unit { const char *name; size_t parent; /**< lane around it, or BPR_NONE */ };

struct bpr_counter {
	const char *name;
	const char *building;   /**< "" where not said: all such counters are in one building */
	const char *floor;      /**< "" where not said */
	double walk_minutes;    /**< to reach it; >= 0 */
	bool walk_given;
	struct bpr_schedule open; /**< its own hours; without rules those of the office */
	size_t seats;           /**< citizens that may wait there; who finds them taken goes away; 0: no limit */
};

struct bpr_field {          /**< an item that citizens write; the same name is the same field on every form */
	const char *name;
	const char *group;      /**< "" none */
};

struct bpr_form_field {
	size_t field;
	double times;           /**< how often the form asks for it, > 0 */
	bool prefilled;         /**< printed already: not written */
};

struct bpr_form {
	const char *id, *name;
	const struct bpr_form_field *fields; size_t field_count; /**< at least one; see assumed */
	bool assumed;           /**< no field was listed: counts as one field */
};

enum bpr_discipline {
	BPR_DISCIPLINE_FIFO = 0, /**< first come, first served */
	BPR_DISCIPLINE_PRIORITY, /**< greater priority first, then as they came */
	BPR_DISCIPLINE_SHORTEST, /**< shortest work first */
	BPR_DISCIPLINE_LIFO
};
BPR_API const char *bpr_discipline_name(enum bpr_discipline discipline); /**< "fifo", "priority", "shortest", "lifo"; static */

/** People of a pool that work the same hours. */
struct bpr_shift {
	const char *name;       /**< "" none */
	size_t count;
	struct bpr_schedule hours; /**< without rules: the office's hours */
	struct bpr_schedule breaks; /**< everybody at once, by rule; none */
	double turn_minutes;    /**< breaks in turn: so long each … 0 none */
	struct bpr_span turn;   /**< … within this span: the people are spread over the slots that it holds */
	const size_t *also; size_t also_count; /**< other pools in which these people help where their own has nothing to do, in this order */
};

struct bpr_pool {
	const char *name;
	size_t count;           /**< people of all shifts; 0: not said, no limit */
	const struct bpr_shift *shifts; size_t shift_count; /**< at least one where count > 0 */
	enum bpr_discipline discipline;
	double yen_per_hour;    /**< >= 0 */
	bool rate_given;
	const char *hours;      /**< working hours of the first shift as written, "" none */
	size_t unit;            /**< or BPR_NONE */
};

struct bpr_system { const char *name; };

/** What comes in. A figure that was not given is 0, its flag false. */
struct bpr_demand {
	double per_day;         /**< cases a working day */
	double per_year;        /**< cases a year */
	double open_days;       /**< working days a year; 243 where not given */
	const struct bpr_dist *arrivals; /**< minutes between two cases, or NULL; the clock starts again when the office opens */
	double first;           /**< minutes from opening to the first case of `arrivals`; negative: one time between arrivals */
	double open_from, open_to; /**< of an ordinary day, minutes after midnight; equal: never closes */
	struct bpr_schedule open;  /**< without rules: never closes */
	struct bpr_schedule closed_days; /**< rules whose days are closed; without any, an office with hours closes 土日祝 and 29 December to 3 January */
	bool closed_given;
	const char *closed;     /**< as written, "" none */
	struct bpr_schedule weekdays; /**< factors by weekday */
	struct bpr_schedule profile;  /**< factors by time of day */
	struct bpr_schedule seasons;  /**< factors by date: the peaks */
	struct bpr_schedule windows;  /**< times between arrivals by window; the clock starts again at each */
	const struct bpr_dist *group; /**< people of one arrival, each a case of its own; NULL: 1 */
	const double *times; size_t time_count; /**< fixed arrivals, minutes from midnight of day 0, sorted; times_daily: of every working day */
	bool times_daily;
	bool times_dated; long times_date; /**< the day of times[0] = 0 is known: days since 1970-01-01, a Monday */
	double walk_minutes;    /**< to reach a counter that says nothing itself */
	double write_seconds_per_field;
	bool per_day_given, per_year_given, open_days_given, walk_given, write_given;
	const char *peaks;      /**< times of heavy demand, as written; "" none */
	const char *times_source; /**< file and column of `times` as written, NULL where they stood there themselves */
};

enum bpr_origin_of {
	BPR_ORIGIN_STEP = 0,    /**< a node, by its id */
	BPR_ORIGIN_ARC,         /**< an arc, by its id or, without one, "FROM -> TO" */
	BPR_ORIGIN_STAFF,       /**< a pool, by its name */
	BPR_ORIGIN_COUNTER,     /**< a counter, by its name */
	BPR_ORIGIN_FORM,        /**< a form, by its id */
	BPR_ORIGIN_DEMAND,      /**< what comes in; the element is "demand" */
	BPR_ORIGIN_SCOPE,       /**< a sub-process put in place, by its id */
	BPR_ORIGIN_UNIT         /**< a unit, by its name */
};

/** Where a value comes from: kept where bpr_read_options.origins asked for it. */
struct bpr_origin {
	enum bpr_origin_of of;
	const char *element;
	const char *key;        /**< English name of the column: "work", "share", "count", "per_day" */
	const char *value;      /**< as written there; what was computed from it is in minutes; long ones are cut */
	const char *source;     /**< "table", "companion", "bpmn", "bpr", "bpsim", "qbp", "scylla", "prosimos", "adonis", "igrafx", "set", "assumed" */
	const char *file;       /**< "" none */
	size_t line;            /**< 0 none */
};

BPR_API void bpr_flow_free(bpr_flow *flow);

BPR_API const char *bpr_flow_id(const bpr_flow *flow);     /**< process id, or the file's stem */
BPR_API const char *bpr_flow_name(const bpr_flow *flow);   /**< "" none */
BPR_API const char *bpr_flow_source(const bpr_flow *flow); /**< file as the user named it */
BPR_API const char *bpr_flow_first_source(const bpr_flow *flow); /**< file that it was converted from, as JSON tells; else the source */
/** 64-bit content hash: equal flows, equal hash; independent of machine and run. */
BPR_API unsigned long long bpr_flow_hash(const bpr_flow *flow);

BPR_API size_t bpr_flow_node_count(const bpr_flow *flow);
BPR_API size_t bpr_flow_arc_count(const bpr_flow *flow);
BPR_API size_t bpr_flow_scope_count(const bpr_flow *flow);
BPR_API size_t bpr_flow_unit_count(const bpr_flow *flow);
BPR_API size_t bpr_flow_counter_count(const bpr_flow *flow);
BPR_API size_t bpr_flow_field_count(const bpr_flow *flow);
BPR_API size_t bpr_flow_form_count(const bpr_flow *flow);
BPR_API size_t bpr_flow_pool_count(const bpr_flow *flow);
BPR_API size_t bpr_flow_system_count(const bpr_flow *flow);

/* @p index < the count; arcs are grouped by their source, in the order written. */
BPR_API const struct bpr_node *bpr_flow_node(const bpr_flow *flow, size_t index);
BPR_API const struct bpr_arc *bpr_flow_arc(const bpr_flow *flow, size_t index);
BPR_API const struct bpr_scope *bpr_flow_scope(const bpr_flow *flow, size_t index);
BPR_API const struct bpr_unit *bpr_flow_unit(const bpr_flow *flow, size_t index);
BPR_API const struct bpr_counter *bpr_flow_counter(const bpr_flow *flow, size_t index);
BPR_API const struct bpr_field *bpr_flow_field(const bpr_flow *flow, size_t index);
BPR_API const struct bpr_form *bpr_flow_form(const bpr_flow *flow, size_t index);
BPR_API const struct bpr_pool *bpr_flow_pool(const bpr_flow *flow, size_t index);
BPR_API const struct bpr_system *bpr_flow_system(const bpr_flow *flow, size_t index);
BPR_API const struct bpr_demand *bpr_flow_demand(const bpr_flow *flow);

/** Arcs into @p node: indices of arcs, in order of their source. */
BPR_API const size_t *bpr_flow_arcs_in(const bpr_flow *flow, size_t node, size_t *count);
/** Boundary events that sit on @p node: node indices, as written. */
BPR_API const size_t *bpr_flow_boundary(const bpr_flow *flow, size_t node, size_t *count);
/** Node by id, or BPR_NONE. O(1). */
BPR_API size_t bpr_flow_find(const bpr_flow *flow, const char *id);

/** Origins of values, each value once: what an override replaced is not told. 0 unless they were asked for. */
BPR_API size_t bpr_flow_origin_count(const bpr_flow *flow);
BPR_API const struct bpr_origin *bpr_flow_origin(const bpr_flow *flow, size_t index);

/** True for what counts as a step: a task or an intermediate event that is not silent. */
BPR_API bool bpr_node_is_step(const struct bpr_node *node);
/** A plain amount as in a table: 4200000, 4,200,000, 420万, 約420万円; yen, finite, >= 0. False: it is none. */
BPR_API bool bpr_amount_parse(const char *text, double *yen);
/**
 * Cases a year: per_year, or per_day times open_days (times the mean factor of weekday and season on working days, where any
 * are said), or what arrivals and opening hours make of it.
 * @return 0 where nothing was given
 */
BPR_API double bpr_flow_cases_per_year(const bpr_flow *flow);

/* Names as written in tables and JSON, static: "task", "staff", "done", "visual". */
BPR_API const char *bpr_node_kind_name(enum bpr_node_kind kind);
BPR_API const char *bpr_actor_name(enum bpr_actor actor);
BPR_API const char *bpr_outcome_name(enum bpr_outcome outcome);
BPR_API const char *bpr_origin_of_name(enum bpr_origin_of of); /**< "step", "arc", "staff", "counter", "form", "demand" */
BPR_API const char *bpr_rule_name(size_t bit); /**< bit 0 to BPR_RULE_COUNT - 1 */

#ifdef __cplusplus
}
#endif
#endif
