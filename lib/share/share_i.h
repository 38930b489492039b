/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SHARE_SHARE_I_H
#define BPR_SHARE_SHARE_I_H
/* What the parts of lib/share know of each other. */
#include "archive/pack_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <bpr/read.h>
#include <bpr/share.h>

#define BPR_SHARE_MANIFEST "manifest.json"
enum { BPR_SHARE_SHA = 65, BPR_SHARE_ROLE = 16, BPR_SHARE_CODES = 8 };

/* A file as the manifest has it. */
struct bpr_share_entry { const char *name, *role; char sha256[BPR_SHARE_SHA]; size_t length; };
struct bpr_share_manifest {
	struct bpr_share_about about;  /* texts in the arena */
	const char *version;
	struct bpr_share_entry *entries; size_t entry_count;
	const char *allowed[BPR_SHARE_CODES]; size_t allowed_count;
	struct bpr_arena arena;
};
void bpr_i_share_manifest_release(struct bpr_share_manifest *manifest);
/* manifest.c. What is wrong with a text that is read: Z008. */
void bpr_i_share_manifest_write(const struct bpr_share_manifest *manifest, struct bpr_buf *out);
bpr_status bpr_i_share_manifest_read(const char *text, size_t length, struct bpr_share_manifest *manifest, struct bpr_fault *fault);
/* Lower-case hexadecimal. */
void bpr_i_share_sha256(const char *data, size_t length, char out[BPR_SHARE_SHA]);

/* personal.c: looks a text through; what is found is told, with where it stands. */
struct bpr_share_watch {
	const char *const *allow; size_t allow_count;
	bpr_problems *problems;
	bool refused, nomem;
	const char *used[BPR_SHARE_CODES]; size_t used_count; /* codes that let something through */
	char place[200];               /* where the first of what was refused stands */
	enum bpr_code_id first;
};
void bpr_i_share_look(struct bpr_share_watch *watch, const char *place, const char *text);
void bpr_i_share_found(struct bpr_share_watch *watch, enum bpr_code_id id, const char *place, const char *what);
/* surname.c: length of a frequent family name at the beginning, the longest; 0: none. */
size_t bpr_i_share_surname(const char *text);

/* measured.c: the sums of a mining; people are told to the watch. Z013. */
bpr_status bpr_i_share_measured(const char *text, size_t length, struct bpr_share_watch *watch, struct bpr_buf *out, struct bpr_error *err);

struct bpr_share {
	char *name;
	struct bpr_share_manifest manifest;
	struct bpr_packed_list files;
	struct bpr_flows before, after; /* as read */
	bpr_flow *now[2];               /* rescaled, or made by levers; NULL: as read */
	bpr_levers *levers;
	bool by_levers;
	double population;              /* of the flows as they are now */
	struct bpr_share_change *changes; size_t change_count, change_capacity;
	struct bpr_arena arena;         /* of the changes */
};
/* apply.c: the after by all levers, where there is none of its own. */
bpr_status bpr_i_share_apply(bpr_share *share, bpr_problems *problems, struct bpr_error *err);
#endif
