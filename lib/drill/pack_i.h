/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_DRILL_PACK_I_H
#define BPR_DRILL_PACK_I_H
/* Inside of a pack. */
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include "drill/ini_i.h"
#include <bpr/drill.h>

struct bpr_pack {
	struct bpr_ini ini;     /* texts live here */
	const char *id, *folder, *file;
	const char *title[BPR_LANG_COUNT], *text[BPR_LANG_COUNT];
	struct bpr_exercise *items; size_t count, capacity;
	unsigned long long hash;
};
/* "FOLDER/name", for bpr_i_free(); NULL out of memory. */
char *bpr_i_pack_path(const bpr_pack *pack, const char *name);
/* Words of checks beyond those of a comparison: index, or BPR_NONE. */
enum bpr_drill_word { BPR_DRILL_SOUND = 0, BPR_DRILL_KEEPS_ISSUES, BPR_DRILL_KEEPS_DEMAND, BPR_DRILL_STAFF, BPR_DRILL_COST, BPR_DRILL_DAYS, BPR_DRILL_BEST, BPR_DRILL_WORDS };
/* Splits "staff<=8": word, operator, number. False: it is of another kind (left to the comparison). */
bool bpr_i_drill_word(const char *text, enum bpr_drill_word *word, char operator[3], double *limit);
bool bpr_i_drill_holds(double actual, const char *operator, double limit);
#endif
