/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_DRILL_INI_I_H
#define BPR_DRILL_INI_I_H
/*
 * Files of sections and keys: [section], key = value; a line that begins with a blank goes on with the value above (a line end
 * between); # and ; begin a remark at the beginning of a line. UTF-8 or CP932.
 */
#include "base/alloc_i.h"
#include "base/problem_i.h"

struct bpr_ini_entry { const char *section, *key, *value; size_t line; };
struct bpr_ini {
	struct bpr_arena arena;
	struct bpr_ini_entry *items; size_t count, capacity; /* in the order of the file; a section without keys is not there */
};
/* Problems: N100 (no key), N101 (before the first section). Release in any case. */
bpr_status bpr_i_ini_read(struct bpr_ini *out, const char *file, const char *text, size_t length, bpr_problems *problems);
void bpr_i_ini_release(struct bpr_ini *ini);
#endif
