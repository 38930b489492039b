/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_INIT_H
#define BPR_INIT_H
/** @file init.h Set-up of the process, and the version in use. */
#include <bpr/error.h>
#ifdef __cplusplus
extern "C" {
#endif

/**
 * Sets up GSL, igraph and libxml2 for the process: their errors come back as return codes.
 *
 * Called by every constructor and reader; call it first in a program that starts threads. Idempotent,
 * thread-safe. A host must not install handlers of its own for GSL or igraph afterwards.
 */
BPR_API void bpr_init(void);

/** Version of the library, "0.1.0"; static. */
BPR_API const char *bpr_version(void);

#ifdef __cplusplus
}
#endif
#endif
