/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_NEW_H
#define BPR_CMD_NEW_H
/* bpr new: what was asked for, and the files that come of it before they are written. */
#include "cmd.h"
#include "text.h"

struct new_args {
	struct common_args common;
	const char *kind, *flow, *after;
	const char *procedures, *households, *office;
	size_t families;
	bool example, force;
};

/* A file to be: its path, and what will stand in it. */
struct new_file { char *path; struct bpr_output data; };
struct new_files {
	struct new_file *items; size_t count, capacity;
	bool folder;              /* the path of -o is a folder, to be made where it is not there */
	const char *binary;       /* a format that no terminal shows, or NULL */
};
/* Takes the path and the data. */
void new_files_add(struct new_files *files, char *path, struct bpr_output data);
void new_files_release(struct new_files *files);

/* new_handout.c: exit status, said why. */
int new_handout(const struct new_args *args, struct new_files *out);
#endif
