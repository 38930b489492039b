/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_LOG_I_H
#define BPR_MINE_LOG_I_H
/*
 * Building a log: what readers do. What events share (activity, resource, offset …) is kept once and numbered, so that an event
 * is 24 bytes. A log is frozen by bpr_i_log_finish() and from then on read by any number of threads.
 */
#include "mine/dict_i.h"
#include "mine/spill_i.h"
#include <bpr/log.h>

/* What events have in common. Compared byte by byte: no padding. */
struct bpr_log_kind { uint32_t activity, resource, unit, counter, detail; int16_t offset; uint16_t flags; };

struct bpr_log_record { uint32_t case_index, kind; int64_t start, end; };

struct bpr_log {
	struct bpr_log_info info;
	char *name;
	struct bpr_dict names[BPR_LOG_BY + BPR_LOG_BY_MAX];
	char *by_name[BPR_LOG_BY_MAX]; size_t by_count;
	struct bpr_log_kind *kinds; size_t kind_capacity; uint32_t kind_count;
	uint32_t *kind_slots; size_t kind_slot_count;
	uint32_t *results; size_t result_capacity;   /* [cases] or NULL: none seen */
	uint32_t *by; size_t by_capacity;            /* [cases * by_count] */
	bpr_spill *spill;
	struct bpr_log_hash *hash; /* NULL: names are as they are */
	size_t max_names;
	bool joins;              /* beginnings stand as events of their own (BPR_LOG_STARTED) */
	bool keep_order;         /* XES: traces are in the order that they mean (IEEE 1849): kept, unless times contradict it */
	bool (*progress)(void *data, unsigned long long events); void *progress_data;
	bpr_status failed;       /* BPR_ENOMEM, BPR_EIO, BPR_ELIMIT, BPR_ECANCELLED */
};

/* NULL out of memory. */
bpr_log *bpr_i_log_new(const char *name, enum bpr_log_format format, const struct bpr_log_options *options);
/* Number of a name; BPR_LOG_NONE: log->failed says why. Keyed hashes are the log's own business. */
uint32_t bpr_i_log_name(bpr_log *log, unsigned names, const char *text, size_t length);
/* Flag of an event that is no more than the beginning of another of its activity, to be joined with it when the case is whole. */
#define BPR_LOG_STARTED 0x8000u
/* Adds an event of the case. False: log->failed says why. */
bool bpr_i_log_add(bpr_log *log, uint32_t case_index, const struct bpr_log_event *event);
/* Of a case: how it ended; value of attribute i (the first one said counts). */
bool bpr_i_log_result(bpr_log *log, uint32_t case_index, uint32_t result);
bool bpr_i_log_set_by(bpr_log *log, uint32_t case_index, size_t i, uint32_t value);
/* Freezes it. BPR_ENOMEM, BPR_EIO. */
bpr_status bpr_i_log_finish(bpr_log *log);

/* ---- keyed hashes of cases and people ---- */
enum { BPR_LOG_HASHED = 16 }; /* hexadecimal digits */
struct bpr_log_hash *bpr_i_log_hash_new(const char *key, size_t length); /* NULL out of memory */
void bpr_i_log_hash_free(struct bpr_log_hash *hash);
/* Number in `names` of the hash; BPR_DICT_NONE out of memory. */
uint32_t bpr_i_log_hash_case(struct bpr_log_hash *hash, struct bpr_dict *names, const char *text, size_t length);
uint32_t bpr_i_log_hash_person(struct bpr_log_hash *hash, struct bpr_dict *names, const char *text, size_t length);

/* ---- readers (archive and standard input are theirs) ---- */
#include "base/fault_i.h"
/* A source of decompressed bytes, piece by piece. */
struct bpr_log_stream {
	/* The next piece, borrowed until the next call; length 0 behind the last. */
	bpr_status (*read)(void *data, const char **text, size_t *length, struct bpr_fault *fault);
	void *data;
};
struct bpr_log_reading {
	const struct bpr_log_options *options;
	const struct bpr_log_stream *source;
	const char *name;        /* of the file, for messages */
	const char *head; size_t head_length; /* the first bytes, already taken from the source: they come first */
	bpr_problems *problems;
	struct bpr_fault *fault;
	bpr_log *log;            /* being built */
};
bpr_status bpr_i_log_read_csv(struct bpr_log_reading *reading);  /* log_csv.c */
/* Whether the first bytes are those of a log in a table: its headings say so. */
bool bpr_i_log_csv_looks(const char *head, size_t length, const struct bpr_log_options *options);
bpr_status bpr_i_log_read_xes(struct bpr_log_reading *reading);  /* log_xes.c */
bpr_status bpr_i_log_read_ocel(struct bpr_log_reading *reading); /* log_ocel.c */

/* A time as logs write it: ISO 8601 with or without offset, 2024/4/1 9:05, 令和6年4月1日 午後1時, R6.4.1 13:05, Excel's serial days …
 * ms: instant, or local clock where *zoned is false. *timed: a time of day was written. False: it is none. */
struct bpr_log_time { int64_t ms; int16_t offset; bool zoned, timed; };
/* Whether it says a time of day: where every one is midnight, a program has written days that way. */
static inline bool bpr_i_log_timed(const struct bpr_log_time *time)
{
	return time->timed && (time->ms + time->offset * INT64_C(60000)) % INT64_C(86400000) != 0;
}
bool bpr_i_log_time(const char *text, size_t length, struct bpr_log_time *out); /* log_time.c */

/*
 * What a step did beside taking time, as BPR_LOG_DETAIL writes it (bpr-log(5)):
 * writes="住民異動届;国保届" fields=12 names=3 seals=1 id_checks=1 wait=5 note=any text up to the end
 */
enum bpr_log_detail_count { BPR_LOG_FIELDS = 0, BPR_LOG_NAMES_WRITTEN, BPR_LOG_SEALS, BPR_LOG_ID_CHECKS, BPR_LOG_WAIT_MIN, BPR_LOG_DETAIL_COUNTS };
struct bpr_log_detail {
	const char *writes; size_t writes_length; /* forms, ';' between; NULL none. Within the text. */
	double counts[BPR_LOG_DETAIL_COUNTS];     /* 0 where not said; wait: minutes from arrival to the call */
	const char *note;                         /* or NULL */
};
/* False: it is no detail. */
bool bpr_i_log_detail(const char *text, struct bpr_log_detail *out); /* log_walk.c */
#endif
