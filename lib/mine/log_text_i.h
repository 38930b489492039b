/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_LOG_TEXT_I_H
#define BPR_MINE_LOG_TEXT_I_H
/* The text of a table as UTF-8, piece by piece, out of a source of bytes in any encoding that the house reads. */
#include "base/encoding_i.h"
#include "mine/log_i.h"

struct bpr_log_text {
	const struct bpr_log_stream *source;
	struct bpr_fault *fault;
	const char *head; size_t head_length;  /* what was taken from the source before */
	enum bpr_encoding encoding; bool decided;
	void *converter;                       /* iconv_t, or NULL */
	const char *rest; size_t rest_length;  /* of the piece, not given out yet */
	char kept[8]; size_t kept_length;      /* the beginning of a character whose end has not come */
	char whole[8];                         /* such a character, put together */
	char *out;                             /* converted */
	char *held;                            /* pieces put together to see what they are */
	unsigned long long offset;             /* of `rest` in the input */
	bool any, ended;
};

/* encoding: a name, or NULL: detected. BPR_EINVAL: no such encoding (I015 in the fault). */
bpr_status bpr_i_log_text_init(struct bpr_log_text *text, const char *encoding, const struct bpr_log_stream *source, const char *head,
			       size_t head_length, struct bpr_fault *fault);
/* The next piece without byte order mark and NUL, borrowed until the next call; length 0 behind the last. The line of a fault is counted from the piece's. */
bpr_status bpr_i_log_text_next(struct bpr_log_text *text, const char **piece, size_t *length);
void bpr_i_log_text_release(struct bpr_log_text *text);
#endif
