/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_OUTPUT_H
#define BPR_CMD_OUTPUT_H
/*
 * Where a report goes: standard output, or a file that is whole or absent (written beside its name, synced, renamed).
 * One a process, and one log beside it, because an interrupt must remove what is unfinished.
 */
#include <stdbool.h>
#include <stddef.h>

/* `path` NULL or "-": standard output. `inputs` are never overwritten, nor the tables beside them. False: said why; *status. */
/* Inputs beside those of output_open(), such as tables of levers; borrowed to the end. */
void output_protect(const char *const *inputs, size_t count);
bool output_open(const char *path, const char *const *inputs, size_t input_count, int *status);
bool output_write(const char *data, size_t length);
/* Ends the report; false: said why (quietly where the reader has gone). An earlier failure counts too. */
bool output_commit(void);
/* Removes what is unfinished; safe at any time. */
void output_give_up(void);
/* Is it a terminal? */
bool output_is_terminal(void);
/* The same for the log. Giving up the report gives up the log too. */
bool output_side_open(const char *path, const char *const *inputs, size_t input_count, int *status);
bool output_side_write(const char *data, size_t length);
bool output_side_commit(void);
bool output_side_failed(void); /* a write did */
void output_side_give_up(void);
/* What a signal that ends the program does first; only calls that are safe in a handler. NULL: nothing any more. */
void output_guard_terminal(void (*give_back)(void));
/* Removes the unfinished file when a signal ends the program. Call once, before threads. */
void output_guard_signals(void);
#endif
