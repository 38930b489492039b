/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_FOLDER_H
#define BPR_CMD_FOLDER_H
/* Several files as a folder that is whole or absent. */
#include "cmd.h"

/*
 * Writes the files (their `suffix` is the whole name, without folders) into a new folder, made beside its place and then put there.
 * A folder that stands there and is not empty is refused; with `force` the files are put into it one by one, each whole.
 * Exit status, told.
 */
int folder_write(const char *path, const struct bpr_files *files, bool force);
#endif
