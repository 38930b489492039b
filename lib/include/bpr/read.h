/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_H
#define BPR_READ_H
/**
 * @file read.h
 * Files into flows: flow tables (CSV) and BPMN 2.0, each with the companion tables beside it, and JSON (bpr.flow/1).
 */
#include <bpr/flow.h>
#include <bpr/problem.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_input { BPR_INPUT_AUTO = 0, BPR_INPUT_TABLE, BPR_INPUT_BPMN, BPR_INPUT_JSON };

struct bpr_read_options {
	size_t size;             /**< sizeof(struct bpr_read_options) */
	enum bpr_input input;    /**< AUTO: by content, then by ending */
	const char *encoding;    /**< of CSV: "utf-8", "utf-16", "cp932"; NULL: detected. JSON is UTF-8 */
	const char *const *sets; /**< overrides KEY=VALUE, in order; each must fit somewhere */
	size_t set_count;
	const char *scenario;    /**< BPSim scenario id; NULL: the only one or the first */
	size_t max_bytes;        /**< a file; default 1 GiB */
	size_t max_nodes;        /**< a flow; default 5,000,000 */
	size_t max_depth;        /**< nested sub-processes and XML elements; default 200 */
	size_t max_field;        /**< bytes of one cell or attribute; default 1 MiB */
	bool companions;         /**< read NAME.forms.csv and its like beside the file; default true */
	bool source;             /**< keep what the file holds beyond its flows (bpr_flows.source); default false */
	bool origins;            /**< keep where each value comes from (bpr_flow_origin()); default false */
	const char *const *simulations; /**< files with simulation data of a BPMN file; the later one wins */
	size_t simulation_count;
};
#define BPR_READ_OPTIONS_INIT \
	{ sizeof(struct bpr_read_options), BPR_INPUT_AUTO, NULL, NULL, 0, NULL, \
	  (size_t)1 << 30, 5000000, 200, (size_t)1 << 20, true, false, false, NULL, 0 }

/** What a file holds beyond its flows: for checks and conversions of the file itself. Opaque. */
typedef struct bpr_source bpr_source;

/**
 * A message flow between two processes, or between a process and a pool that is not drawn (black box).
 * Flows are indices into bpr_flows.items, nodes indices into their flow.
 */
struct bpr_message {
	const char *id, *name;       /**< "" where there is none */
	size_t from_flow, from_node; /**< BPR_NONE: a pool without contents; the node alone: the pool as a whole */
	size_t to_flow, to_node;
	size_t line;
	const char *from_pool, *to_pool; /**< name of the pool where the flow is BPR_NONE; else "" */
};

/** The flows of one input: one of a table, one per process of a BPMN file (in the order of the file). */
struct bpr_flows {
	bpr_flow **items;
	size_t count;
	struct bpr_message *messages; size_t message_count;
	bpr_source *source;          /**< NULL unless options.source asked for it */
};

/**
 * Reads @p path ("-": standard input, named "stdin").
 *
 * Problems (errors, warnings, what was assumed) are added to @p problems, with file and line; a failed
 * read has at least one of severity error there. At most 20 errors are collected.
 *
 * @param out   filled on success; without flows on failure, yet with the source, where it was asked for, of BPMN that holds no
 *              process with steps. Release with bpr_flows_release() in any case
 * @retval BPR_ESYNTAX  the input is not valid
 * @retval BPR_EIO      it cannot be opened or read
 * @retval BPR_ELIMIT   a limit was reached
 * @retval BPR_ENOMEM
 * Thread safety: safe; no shared state.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_read(const char *path, const struct bpr_read_options *options,
	struct bpr_flows *out, bpr_problems *problems, struct bpr_error *err);
/** The same from memory; @p name stands for the file in messages; companions are not read. */
BPR_API BPR_MUST_CHECK bpr_status bpr_read_memory(const char *name, const void *data, size_t length,
	const struct bpr_read_options *options, struct bpr_flows *out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_flows_release(struct bpr_flows *flows);

/**
 * How many element names a BPMN file holds: those of the BPMN and BPMNDI namespaces by local name ("userTask", "sequenceFlow",
 * "BPMNShape", …), sorted by bytes, to be held against another reader. What stands inside extensionElements is not counted.
 * 0 for a table, and for NULL.
 */
BPR_API size_t bpr_source_inventory_count(const bpr_source *source);
/** Name of entry @p index (below the count), borrowed; @p count: how many such elements there are, >= 1. */
BPR_API const char *bpr_source_inventory_get(const bpr_source *source, size_t index, size_t *count);

/**
 * Public holidays of a CSV file as the Cabinet Office publishes it (syukujitsu.csv): a date and a name in each row, perhaps with a
 * heading above. For struct bpr_calendar_options, where they count instead of the rules in the years that the list covers.
 *
 * @param encoding  "utf-8", "cp932" …; NULL: detected
 * @param out       by date, each day once; free with bpr_holidays_free(). NULL on failure
 * @param problems  what is wrong with the file, with its line; may be NULL
 * @retval BPR_ESYNTAX  a row has no date, or there is no row
 * @retval BPR_EINVAL   no such encoding
 * @retval BPR_EIO, BPR_ELIMIT (16 MiB), BPR_ENOMEM
 * Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_read_holidays(const char *path, const char *encoding, struct bpr_holiday **out, size_t *count,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_holidays_free(struct bpr_holiday *holidays);

#ifdef __cplusplus
}
#endif
#endif
