/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_FILE_I_H
#define BPR_BASE_FILE_I_H
/* A whole file into memory: regular files and standard input only, never more than asked for. */
#include "base/fault_i.h"

/*
 * Reads `path` ("-": standard input, which may be a pipe). *data gets a NUL behind its *length bytes and is the
 * caller's to free with bpr_i_free(); NULL on failure. Nothing but a regular file is opened: a named pipe is not
 * waited for, a device not touched. BPR_EIO, BPR_ELIMIT (more than max_bytes), BPR_ESYNTAX (empty), BPR_ENOMEM.
 */
bpr_status bpr_i_file_read(const char *path, size_t max_bytes, char **data, size_t *length, struct bpr_fault *fault);
/*
 * The same piece by piece, for what memory need not hold. *size: of a regular file, else 0. Close with bpr_i_file_close().
 * BPR_EIO, BPR_ENOMEM.
 */
bpr_status bpr_i_file_open(const char *path, int *fd, unsigned long long *size, struct bpr_fault *fault);
/* *got is 0 at the end. */
bpr_status bpr_i_file_next(int fd, char *at, size_t room, size_t *got, struct bpr_fault *fault);
/* From a place on: false where that cannot be (a pipe). */
bool bpr_i_file_seek(int fd, long long offset, int whence, long long *place);
void bpr_i_file_close(int fd);
/* Whether anything of that name is there (also what cannot be read). */
bool bpr_i_file_exists(const char *path);
#endif
