/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_LOG_XES_I_H
#define BPR_MINE_LOG_XES_I_H
/* XES: what the parser's side (log_xes.c) gives to the log's side (log_xes_event.c), and what is told of it (log_xes_tell.c). */
#include "base/alloc_i.h"
#include "mine/log_i.h"
#include "mine/log_time_i.h"
#include "xml/stream_i.h"

/* What attributes are looked for. */
enum xes_field {
	XES_ACTIVITY = 0, XES_TIME, XES_START, XES_RESOURCE, XES_UNIT, XES_COUNTER, XES_TRANSITION, XES_INSTANCE,
	XES_CASE, XES_RESULT,    /* of traces */
	XES_BY,                  /* and the ones behind it */
	XES_PART = XES_BY + BPR_LOG_BY_MAX, /* of the classifier's keys, and the ones behind it */
};
enum { XES_PARTS = 8, XES_FIELDS = XES_PART + XES_PARTS, XES_SAMPLES = 5, XES_CLASSIFIERS = 100 };

/* The attributes of the trace or event that is open: texts one behind the other. */
struct xes_values {
	struct bpr_buf text;
	uint32_t seen;           /* bit i: field i */
	struct { uint32_t at, length; } field[XES_FIELDS];
};

struct xes_key { const char *text; size_t length; uint32_t fields; };
struct xes_keys { struct xes_key items[XES_FIELDS]; size_t count; uint64_t lengths; bool longer; /* what lengths they have */ };

/* What is counted, and told at the end with the lines of the first. */
enum xes_odd {
	XES_NO_ACTIVITY = 0, XES_NO_TIME, XES_BAD_TIME, XES_OUTSIDE,      /* left out: rejected */
	XES_PASSED, XES_OTHER, XES_UNNAMED, XES_TWICE, XES_LATE_NAME, XES_EMPTY, XES_BACKWARDS, XES_DEFAULT, XES_OPEN,
	XES_ODDS
};
struct xes_count { uint64_t count; size_t lines[XES_SAMPLES]; char sample[64]; };

/* Steps of the trace that have begun: queues by activity and instance, first in, first out. */
struct xes_opened { struct bpr_log_event event; uint32_t next; bool done; };
struct xes_queue { uint32_t activity, instance, first, last; };
struct xes_open {
	struct xes_opened *items; size_t capacity; uint32_t count, left;
	struct xes_queue *queues; size_t queue_capacity; uint32_t queue_count;
	uint32_t *slots; size_t slot_count;
	struct bpr_dict instances;
};

struct xes_classifier { char *name, *keys; };

struct xes {
	struct bpr_log_reading *reading;
	bpr_log *log;
	bpr_xml_stream *stream;
	bpr_status status;       /* why the stream was stopped; reading->fault says it */
	unsigned depth, skip;    /* elements open; inside one that does not matter */
	unsigned char where;
	size_t line;             /* of the event that is open */
	struct xes_keys event_keys, trace_keys;
	struct xes_values event, trace, defaults;
	struct bpr_buf joined;   /* of a classifier */
	size_t part_count;
	struct xes_classifier *classifiers; size_t classifier_count, classifier_capacity;
	char *part_keys;         /* those of the classifier asked for, each with a NUL behind */
	bool begun;              /* a trace was seen: classifiers and defaults are complete */
	uint32_t case_index;     /* BPR_LOG_NONE: no event of the trace yet */
	uint64_t traces, twice;
	uint32_t by_seen;        /* of the trace */
	bool late;               /* its name came, or was told to be late */
	struct bpr_log_clock clock;
	bool zoned, unzoned, timed;
	int16_t offset;          /* the last one written */
	struct xes_open open;
	struct xes_count odd[XES_ODDS];
};

/* ---- log_xes.c ---- */
/* Stops the parse. */
void bpr_i_xes_stop(struct xes *x, bpr_status status);
static inline const char *xes_value(const struct xes_values *values, unsigned field, size_t *length)
{
	*length = values->seen >> field & 1 ? values->field[field].length : 0;
	return *length ? values->text.data + values->field[field].at : "";
}

/* ---- log_xes_event.c ---- */
void bpr_i_xes_event_end(struct xes *x);
void bpr_i_xes_trace_end(struct xes *x);
void bpr_i_xes_open_release(struct xes_open *open);
/* The step that has begun longest among those of the activity (and the instance, or none), or NULL. */
struct xes_opened *bpr_i_xes_open_take(struct xes_open *open, uint32_t activity, const char *instance, size_t length);
bool bpr_i_xes_open_add(struct xes_open *open, const struct bpr_log_event *event, const char *instance, size_t length);
void bpr_i_xes_open_clear(struct xes_open *open);

/* ---- log_xes_tell.c ---- */
/* Counts it; `sample` may be NULL. With --strict what is left out stops the parse. */
void bpr_i_xes_odd(struct xes *x, enum xes_odd odd, const char *sample, size_t length);
/* Tells what was counted. False: out of memory. */
bool bpr_i_xes_tell(const struct xes *x);
/* Reads the keys of the classifier that was asked for. */
bpr_status bpr_i_xes_classify(struct xes *x);
#endif
