/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_JSON_I_H
#define BPR_BASE_JSON_I_H
/*
 * JSON, written as it comes: the writer keeps the commas and the indentation, the caller the order. The members of the outer levels (two,
 * unless `lines` says otherwise) stand on lines of their own, what is deeper on one line, so that files can be read and compared.
 */
#include "base/buf_i.h"

enum { BPR_JSON_DEPTH = 16 };

struct bpr_json {
	struct bpr_buf *out;
	unsigned depth;
	unsigned lines;      /* outer levels whose members stand on lines of their own; 0: two */
	bool used[BPR_JSON_DEPTH]; /* something stands in the object or array of this depth */
};

/* Objects and arrays nest; a name where the value is a member of an object, NULL in an array. */
void bpr_i_json_object(struct bpr_json *json, const char *name);
void bpr_i_json_end_object(struct bpr_json *json);
void bpr_i_json_array(struct bpr_json *json, const char *name);
void bpr_i_json_end_array(struct bpr_json *json);
/* text NULL: null. */
void bpr_i_json_string(struct bpr_json *json, const char *name, const char *text);
/* Shortest digits that read back; null where not finite. */
void bpr_i_json_number(struct bpr_json *json, const char *name, double x);
/* Digits that were formatted before. */
void bpr_i_json_raw(struct bpr_json *json, const char *name, const char *digits, size_t length);
void bpr_i_json_whole(struct bpr_json *json, const char *name, unsigned long long n);
void bpr_i_json_bool(struct bpr_json *json, const char *name, bool yes);
void bpr_i_json_null(struct bpr_json *json, const char *name);

/* A JSON string with its quotes; controls and invisible format characters as \uNNNN, bad UTF-8 as U+FFFD. */
void bpr_i_escape_json(struct bpr_buf *out, const char *text, size_t length);
#endif
