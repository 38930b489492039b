/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_JSON_JSON_I_H
#define BPR_JSON_JSON_I_H
/*
 * JSON texts, by jansson. Loaded through here only: its loader has no limits but depth, keeps no lines, and a failed
 * allocation may look like wrong syntax. What is loaded is read with jansson's own getters (json_object_get …), all of
 * which take NULL; objects give their members in the order of the text; every number is a real.
 */
#include "base/fault_i.h"
#include <jansson.h>

struct bpr_json_options {
	size_t max_depth;    /* nested arrays and objects; never more than 2000 */
	size_t max_text;     /* bytes of one string */
	size_t max_values;   /* of all kinds together */
};

struct bpr_json_doc {
	json_t *root;
	struct bpr_json_place *places; /* of arrays and objects, by address */
	size_t place_count;
};

/*
 * Takes UTF-8, with or without a byte order mark; nothing but white space may follow the value. A key that an object has
 * twice is wrong. BPR_ESYNTAX, BPR_ELIMIT, BPR_ENOMEM: the fault has line and column, *json holds nothing.
 */
bpr_status bpr_i_json_load(struct bpr_json_doc *json, const char *text, size_t length, const struct bpr_json_options *options,
			   struct bpr_fault *fault);
void bpr_i_json_release(struct bpr_json_doc *json);
/* Line on which an array or object begins; 0 for anything else. */
size_t bpr_i_json_line(const struct bpr_json_doc *json, const json_t *value);

/* Gives jansson our allocator; once, by bpr_init(). */
void bpr_i_json_setup(void);
#endif
