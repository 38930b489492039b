/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_LOG_OCEL_I_H
#define BPR_MINE_LOG_OCEL_I_H
/* OCEL 2.0: what the parts of its reader share. */
#include "base/alloc_i.h"
#include "json/json_i.h"
#include "mine/log_csv_i.h"
#include "mine/log_i.h"

/* What is counted, and told at the end. */
enum ocel_odd { OCEL_NO_TYPE = 0, OCEL_NO_TIME, OCEL_BAD_TIME, /* left out: rejected */ OCEL_DANGLING, OCEL_ODDS };
enum { OCEL_SAMPLES = 5 };

struct ocel {
	struct bpr_log_reading *reading;
	bpr_log *log;
	struct bpr_json_doc json;
	json_t *events, *objects; /* arrays */
	struct bpr_dict ids;      /* of objects, in the order of the file */
	uint32_t *type_of; size_t type_of_capacity; /* [objects] */
	uint32_t *case_of;        /* [objects] number of the case; BPR_LOG_NONE: none yet, or of another type */
	struct bpr_dict types;
	uint64_t *type_objects; size_t type_capacity; /* [types] how many objects */
	uint32_t chosen;          /* type whose objects are the cases */
	struct bpr_dict attributes; /* names of attributes and types, and what they are taken for */
	enum bpr_log_role *roles; size_t role_capacity;
	/* figures */
	uint64_t apart;           /* events of no object of the type */
	uint64_t shared, copies;  /* events of several, and how often they count */
	uint64_t cases, divergent; /* cases in which events of one activity differ in their other objects */
	struct bpr_dict pairs;    /* case and activity: what other objects its first event had */
	uint64_t *others; size_t other_capacity;
	uint8_t *is_divergent; size_t divergent_capacity;
	uint32_t *seen; size_t seen_capacity; size_t seen_count; /* objects of the event at hand */
	struct { uint64_t count; size_t lines[OCEL_SAMPLES]; char sample[64]; } odd[OCEL_ODDS];
	struct bpr_log_clock clock;
	bool zoned, unzoned, timed;
};

bpr_status bpr_i_ocel_nomem(struct ocel *o);
/* Counts it; under --strict an error where it is left out. */
bpr_status bpr_i_ocel_odd(struct ocel *o, enum ocel_odd odd, const json_t *where, const char *sample);
/* Text of a member; NULL where it has none (or not as text). */
const char *bpr_i_ocel_text(const json_t *object, const char *member);
/* What an attribute or a type of that name is taken for; BPR_LOG_ROLE_COUNT: nothing (or out of memory: log->failed). */
enum bpr_log_role bpr_i_ocel_role(struct ocel *o, const char *name);
/* Every event into the cases of its objects (log_ocel_event.c). */
bpr_status bpr_i_ocel_events(struct ocel *o);
/* Attributes of the objects that are cases. */
bpr_status bpr_i_ocel_object(struct ocel *o, const json_t *object, uint32_t case_index);
/* Number of a value as text; BPR_LOG_NONE where it is none. */
uint32_t bpr_i_ocel_value(struct ocel *o, unsigned names, const json_t *value);
#endif
