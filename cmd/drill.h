/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_DRILL_H
#define BPR_CMD_DRILL_H
/* A pack of exercises and the progress of who learns. */
#include "cmd.h"
#include "text.h"

enum { DRILL_TEXT = 0, DRILL_MD, DRILL_JSON, DRILL_CSV, DRILL_HTML };
struct drill_args {
	struct common_args common;
	const char *pack, *exercise, *answer, *team, *record, *class;
	bool hint, watch;
	size_t format;
};
struct drill {
	const struct drill_args *args;
	bpr_pack *pack;
	bpr_progress *progress;
	size_t index;            /* of the exercise, or BPR_NONE */
	char *record;            /* file of the progress */
};
/* Reads the pack and the progress. Exit status, told. drill_close() in any case. */
int drill_open(struct drill *d);
void drill_close(struct drill *d);
/* Writes the progress: 0, or an exit status, told. */
int drill_save(const struct drill *d);
/* Prints to -o or standard output. */
int drill_print(const struct drill *d, const char *data, size_t length);
/* The scoreboard. */
int drill_class(struct drill *d);
/* Text of a pack in the language of messages, or in the other one where it has none. */
const char *drill_text(const char *const texts[BPR_LANG_COUNT]);
#endif
