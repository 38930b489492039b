/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_LOAD_H
#define BPR_CMD_LOAD_H
/* Reading an input and choosing its flows. */
#include "cmd.h"
#include "text.h"

/* The flows of a file that --process asks for; owned by the caller, release with loaded_release(). */
struct loaded {
	struct bpr_flows flows;
	bpr_problems *problems;  /* of reading */
	const bpr_flow **chosen;
	size_t count;
	/* of --with: flows in `flows` that were changed borrow from these, the later ones from the earlier ones */
	bpr_flow **kept; size_t kept_count, kept_room;
	struct bpr_applied *applied; size_t applied_count;
};
/*
 * `processes`: ids or names; none: all flows. What is wrong is written to `notes`.
 * STATUS_OK, or the exit status; `loaded` is to be released in any case.
 */
int load(const char *path, const struct common_args *args, const char *const *processes, size_t process_count,
	 struct loaded *loaded, struct text *notes);
/* Reads only: nothing is said yet, nothing chosen. `source`: the file itself is kept too. `err` holds the status too. */
bpr_status load_quietly(const char *path, const struct common_args *args, bool source, struct loaded *loaded, struct bpr_error *err);
/* Exit status of a read that failed: --set with what can be no override is wrong usage. */
int load_status(const struct loaded *loaded, const struct bpr_error *err);
/* Says why it failed. */
void load_told(const char *path, const struct loaded *loaded, const struct bpr_error *err, struct text *notes);
/* Chooses anew, in the order of the file, each flow once. */
int load_choose(const char *path, const char *const *processes, size_t process_count, struct loaded *loaded, struct text *notes);
/*
 * Exactly one flow, of the first (which 0) or second of two inputs: --process once is for each that has several, twice for one each.
 * STATUS_OK, or the exit status, told.
 */
int load_side(const char *path, const struct common_args *args, size_t which, struct loaded *loaded, struct text *notes);
/* Whether --set was given what can be no override of any flow. */
bool load_misused(const struct loaded *loaded);
/*
 * --with: the flows chosen become what the levers make of them. STATUS_OK, also where none were given, or the exit status, told: a lever
 * that does not fit leaves nothing.
 */
int load_levers(const struct common_args *args, struct loaded *loaded, struct text *notes);
/* The same as a side of its own: `after` holds what the flow chosen in `before` becomes, and is to be released first. */
int load_after(const struct common_args *args, const struct loaded *before, struct loaded *after, struct text *notes);
/* Whether --levers names levers of --with at all. False: told, *status. */
bool levers_understood(const struct common_args *args, int *status);
void loaded_release(struct loaded *loaded);

/* Ids of the flows, "a, b, c", for messages. */
void load_ids(const struct loaded *loaded, char *buf, size_t size);
#endif
