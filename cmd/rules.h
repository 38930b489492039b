/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_RULES_H
#define BPR_CMD_RULES_H
/* --rule CODE=LEVEL, and the list of all codes. */
#include "cmd.h"
#include "text.h"

struct rules {
	struct bpr_override *overrides; size_t count;
	char **names;            /* what overrides[i].what is */
};
/* False: said why. Release in any case. */
bool rules_parse(const struct opt_list *list, struct rules *rules);
void rules_release(struct rules *rules);
/* Every code that a check can find: severity, group, what it says. */
void rules_list(struct text *out);
#endif
