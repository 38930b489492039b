/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_FLOW_OUTPUT_H
#define BPR_CMD_FLOW_OUTPUT_H
/* Where a flow is written: its file and the tables beside it, or a stream that takes one file. */
#include "text.h"
#include <bpr/write.h>

struct flow_output {
	const char *path;        /* as given with -o; NULL: standard output */
	enum bpr_write_format format;
	bool folder;             /* the path is one: each flow has a file of its own there */
	const char *const *inputs; size_t input_count; /* which are never overwritten */
	struct text notes;
	char **written; size_t written_count, written_capacity;
};

/* Name without its folder; length of a path without its ending; whether a path is a folder. */
const char *flow_output_base(const char *path);
size_t flow_output_stem(const char *path);
bool flow_output_is_folder(const char *path);
/* A device or standard output: takes one file only. */
bool flow_output_is_stream(const struct flow_output *out);
/* Exit status, said why. The tables stand at the stem of the path; input is whom a message is about. */
int flow_output_files(struct flow_output *out, const struct bpr_files *files, const char *stem);
int flow_output_stream(struct flow_output *out, const struct bpr_files *files, const char *input);
/* Messages so far go out. */
void flow_output_flush(struct flow_output *out);
void flow_output_release(struct flow_output *out);
#endif
