/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_JSON_FLOW_I_H
#define BPR_READ_JSON_FLOW_I_H
/* Reading bpr.flow/1: what its two files share. */
#include "base/buf_i.h"
#include "base/text_i.h"
#include "json/json_i.h"
#include "read/read_i.h"

struct json_read {
	struct bpr_reader *reader;
	struct bpr_json_doc doc;
	size_t line;             /* of the object being read */
	char at[160];            /* its path: "flows[0].nodes[3]"; "" the document */
	char path[256];          /* of the value that a problem is about */
	size_t first_flow;       /* of the document being read */
	struct bpr_buf cell;     /* a value as the text of a cell */
};

enum json_kind { JSON_KIND_OBJECT, JSON_KIND_ARRAY, JSON_KIND_TEXT, JSON_KIND_NUMBER, JSON_KIND_YES, JSON_KIND_DURATION };

struct bpr_place bpr_i_json_place(const struct json_read *r);
/* True for a value of the kind; absent and null are none, silently; another type is an error that names its path. */
bool bpr_i_json_want(struct json_read *r, const json_t *value, const char *key, enum json_kind kind);
void bpr_i_json_unknown(struct json_read *r, const char *key);
void bpr_i_json_missing(struct json_read *r, const char *key);
/* The object being read is `list[a]`, or `list[a].name[b]` (b BPR_NONE: `list[a].name`). */
void bpr_i_json_at(struct json_read *r, const json_t *value, const char *list, size_t a, const char *name, size_t b);

/* One flow of the document, appended to *out. */
bpr_status bpr_i_json_flow(struct json_read *r, const json_t *flow, size_t index, struct bpr_flows *out);
#endif
