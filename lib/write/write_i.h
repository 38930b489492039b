/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_WRITE_I_H
#define BPR_WRITE_WRITE_I_H
/* What the writers of all formats share. A new format is one row in write.c and its file. */
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include <bpr/write.h>

/* One call of bpr_write(). */
struct bpr_writing {
	const struct bpr_flows *flows;   /* with the source, where it was kept */
	const size_t *chosen; size_t count; /* indices into flows->items, at least one, each in range */
	const struct bpr_write_options *options; /* complete */
	bpr_problems *problems;
	struct bpr_error *err;
	struct bpr_files *out;
	bool nomem;
};

/* The i-th flow to be written, i < count. */
const bpr_flow *bpr_i_writing_flow(const struct bpr_writing *w, size_t i);
/* Names what is not carried: a problem with the flow's source as its file. */
void bpr_i_writing_note(struct bpr_writing *w, enum bpr_code_id id, const bpr_flow *flow, const char *where, const char *a1,
			const char *a2, const char *a3);
/* Adds a file; takes what buf holds. BPR_ENOMEM, or what made buf fail. */
bpr_status bpr_i_writing_add(struct bpr_writing *w, const char *suffix, struct bpr_buf *buf);

/*
 * Warns of what stands in the input and not in a file of this format ("CSV"): the diagram and what other programs put into a BPMN
 * file; message flows, unless the format has them.
 */
void bpr_i_writing_lost(struct bpr_writing *w, const char *format, bool messages);

bpr_status bpr_i_write_csv(struct bpr_writing *w);
bpr_status bpr_i_write_xlsx(struct bpr_writing *w);
bpr_status bpr_i_write_json(struct bpr_writing *w);
bpr_status bpr_i_write_dot(struct bpr_writing *w);
/* BPMN: all chosen flows into one file. */
bpr_status bpr_i_write_bpmn(struct bpr_writing *w, struct bpr_buf *out);
#endif
