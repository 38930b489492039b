/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_HELP_H
#define BPR_CMD_HELP_H
/* The same tables in words: the help of a command, parts of the manual, completion scripts. */
#include "cmd.h"
#include "text.h"

void help_text(struct text *out, const struct cmd *cmd);
void help_overview(struct text *out);
/* Prints and releases a text on standard output; exit status. */
int print_text(struct text *text);

/* Part of a manual page in mdoc: "options-COMMAND", "commands", "metrics", …; false: no such part. */
bool mdoc_part(struct text *out, const char *part);

void completion_bash(struct text *out);
void completion_zsh(struct text *out);
void completion_fish(struct text *out);
#endif
