/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_LOG_H
#define BPR_LOG_H
/**
 * @file log.h
 * Event logs: what happened to which case, when, by whom. Read from CSV, ticket tables, XES (IEEE 1849) and OCEL 2.0, also
 * compressed; formats in bpr-log(5).
 *
 * Times are milliseconds. Where the log writes offsets from UTC they are instants (since 1970-01-01T00:00Z), and the offset of
 * each event is kept for its local clock; where it writes none they are the office's own clock, as if it were UTC. Memory
 * grows with cases and distinct names, not with events: beyond a limit events go to a temporary file that has no name.
 */
#include <bpr/problem.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct bpr_log bpr_log;

/** "no such name": an event without resource, unit … */
#define BPR_LOG_NONE UINT32_MAX
/** No time is known. */
#define BPR_LOG_NO_TIME INT64_MIN

/** What names stand for. */
enum bpr_log_names {
	BPR_LOG_ACTIVITY = 0,
	BPR_LOG_CASE,
	BPR_LOG_RESOURCE,      /**< who did it: person, desk, machine */
	BPR_LOG_UNIT,          /**< section */
	BPR_LOG_COUNTER,
	BPR_LOG_RESULT,        /**< how a case ended where the log says it (完了, 不在, 取消) */
	BPR_LOG_DETAIL,        /**< what else a step did, as written: see struct bpr_log_event */
	BPR_LOG_BY,            /**< values of the attributes asked for with `by`: the first; BPR_LOG_BY + i is attribute i */
};
#define BPR_LOG_BY_MAX 8

enum bpr_log_format { BPR_LOG_AUTO = 0, BPR_LOG_CSV, BPR_LOG_XES, BPR_LOG_OCEL };

struct bpr_log_options {
	size_t size;
	enum bpr_log_format format;  /**< AUTO: by content */
	const char *encoding;        /**< of CSV; NULL: detected */
	const char *case_column, *activity, *time, *start, *resource, *unit, *counter; /**< columns or attributes; NULL: found by name */
	const char *result;
	const char *const *by; size_t by_count; /**< attributes of cases (or of their first event) that are kept; at most BPR_LOG_BY_MAX */
	const char *classifier;      /**< XES: its name; NULL: concept:name */
	const char *object_type;     /**< OCEL: whose objects are the cases; NULL: an error names the types, unless there is one */
	bool strict;                 /**< the first bad row is an error; else bad rows are counted and told */
	const char *key; size_t key_length; /**< names of cases and resources are replaced by keyed hashes (HMAC-SHA-256); NULL: as they are */
	size_t memory;               /**< bytes of events kept before they go to a temporary file; default 64 MiB */
	const char *temp;            /**< folder of temporary files; NULL: /tmp (bpr itself says TMPDIR) */
	unsigned long long max_bytes; /**< of the input, after decompression; default 64 GiB */
	size_t max_field;            /**< bytes of one value; default 1 MiB */
	size_t max_names;            /**< distinct activities, resources, units, counters each; default 1,000,000 */
	bool (*progress)(void *data, unsigned long long events); void *progress_data; /**< false: stop (BPR_ECANCELLED) */
};
#define BPR_LOG_OPTIONS_INIT \
	{ sizeof(struct bpr_log_options), BPR_LOG_AUTO, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, false, \
	  NULL, 0, (size_t)64 << 20, NULL, 64ull << 30, (size_t)1 << 20, 1000000, NULL, NULL }

/**
 * Reads a log; "-" is standard input. Bad rows and what was taken as what are told in @p problems.
 * @retval BPR_ESYNTAX       no log, or with `strict` a bad row
 * @retval BPR_EUNSUPPORTED  a format that is known and not read
 * @retval BPR_ELIMIT, BPR_EIO, BPR_ENOMEM, BPR_ECANCELLED
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_log_read(const char *path, const struct bpr_log_options *options, bpr_log **out,
	bpr_problems *problems, struct bpr_error *err);
/** The same from memory; @p name stands for the file in messages. */
BPR_API BPR_MUST_CHECK bpr_status bpr_log_read_memory(const char *name, const void *data, size_t length,
	const struct bpr_log_options *options, bpr_log **out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_log_free(bpr_log *log);
/**
 * Whether a file is an event log rather than a flow: XES or OCEL by content, CSV by its headings. False too where it cannot be
 * read: who reads it next will say why.
 */
BPR_API bool bpr_log_looks(const char *path, const struct bpr_log_options *options);

/** A row of the table of headings by which the columns of a log in a table are found. All texts are static. */
struct bpr_log_column {
	const char *option;   /**< that maps it: "--case", or NULL */
	const char *english;  /**< headings, '|' between; of several that a log has, the one that stands first here counts */
	const char *japanese;
	const char *explain;  /**< English message id: what it means */
};
/** False behind the last. */
BPR_API bool bpr_log_column_get(size_t index, struct bpr_log_column *out);

/** What a log holds as a whole. */
struct bpr_log_info {
	const char *name;        /**< of the file, as given */
	enum bpr_log_format format;
	uint64_t events, cases;
	uint64_t rows;           /**< rows or event elements read */
	uint64_t rejected;       /**< of them not understood: told, and left out */
	int64_t first, last;     /**< instants of the first and the last event; BPR_LOG_NO_TIME in an empty log */
	int32_t first_offset, last_offset; /**< minutes east of UTC, for their local clock */
	bool offsets;            /**< times are instants: offsets were written */
	uint64_t with_start;     /**< events whose start is known beside their end */
	uint64_t out_of_order;   /**< events that stood behind a later one of their case, and were put into order */
	bool dates_only;         /**< no time of day is written anywhere */
};
BPR_API struct bpr_log_info bpr_log_info(const bpr_log *log);

/** Number of distinct names of a kind; names in order of first occurrence, index below it; "" of BPR_LOG_NONE. Borrowed. */
BPR_API uint32_t bpr_log_name_count(const bpr_log *log, unsigned names);
BPR_API const char *bpr_log_name(const bpr_log *log, unsigned names, uint32_t index);
/** Index of a name, or BPR_LOG_NONE. */
BPR_API uint32_t bpr_log_find(const bpr_log *log, unsigned names, const char *name);
/** Heading of attribute @p i that was asked for with `by`. */
BPR_API const char *bpr_log_by(const bpr_log *log, size_t i);

/** One event: an activity that took place, with its start where that is known. Indices are those of bpr_log_name(). */
struct bpr_log_event {
	int64_t start;       /**< BPR_LOG_NO_TIME: not known */
	int64_t end;         /**< when it was completed (or the only time that is known) */
	uint32_t activity, resource, unit, counter;
	uint32_t detail;     /**< BPR_LOG_DETAIL: "writes=A;B fields=12 seals=1 …", see bpr-log(5), or BPR_LOG_NONE */
	int16_t offset;      /**< minutes east of UTC at its end; 0 where none is written */
	uint16_t flags;      /**< BPR_LOG_OPEN and so on */
};
/** It has begun and was not seen to end: `end` is its start. */
#define BPR_LOG_OPEN 1u
/** It was given up: nobody was there, it was cancelled. */
#define BPR_LOG_BROKEN 2u
/** A ticket that was drawn, of which nothing else is known: who drew it waits, or is gone. */
#define BPR_LOG_DRAWN 8u

struct bpr_log_case {
	uint32_t index;          /**< of BPR_LOG_CASE */
	const struct bpr_log_event *events; size_t count; /**< >= 1, in order of start (else end), then as in the log */
	uint32_t result;         /**< BPR_LOG_RESULT or BPR_LOG_NONE */
	const uint32_t *by;      /**< [by_count] values of the attributes asked for, or BPR_LOG_NONE */
};

/** A walk over all cases, in order of first occurrence. Any number at once, each in one thread. */
typedef struct bpr_log_walk bpr_log_walk;
BPR_API BPR_MUST_CHECK bpr_status bpr_log_walk_new(const bpr_log *log, bpr_log_walk **out, struct bpr_error *err);
/** The next case, valid until the next call; *out is NULL behind the last. */
BPR_API BPR_MUST_CHECK bpr_status bpr_log_walk_next(bpr_log_walk *walk, const struct bpr_log_case **out, struct bpr_error *err);
BPR_API void bpr_log_walk_free(bpr_log_walk *walk);

#ifdef __cplusplus
}
#endif
#endif
