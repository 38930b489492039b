/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ERROR_H
#define BPR_ERROR_H
/**
 * @file error.h
 * How a call says that it failed: a status, and the details in a struct of the caller's.
 *
 * A status answers "could you compute it"; what is wrong with an input or a process, as its owner
 * must read it, is a list of problems (problem.h).
 */
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define BPR_API __attribute__((visibility("default")))
#define BPR_MUST_CHECK __attribute__((warn_unused_result))
#define BPR_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define BPR_API
#define BPR_MUST_CHECK
#define BPR_PRINTF(f, a)
#endif

/** "no such index": no unit, no counter, no form. */
#define BPR_NONE ((size_t)-1)

/** Each value is a different reaction of the caller. */
typedef enum bpr_status {
	BPR_OK = 0,
	BPR_ENOMEM,       /**< out of memory */
	BPR_EINVAL,       /**< an argument is out of its range */
	BPR_ESYNTAX,      /**< the input cannot be read as what it should be; see the problems */
	BPR_EUNSUPPORTED, /**< understood, but this version cannot do it */
	BPR_ENOEXIT,      /**< a case can get to where it never ends */
	BPR_ENOCONV,      /**< a computation did not converge */
	BPR_ELIMIT,       /**< a limit (size, depth, states, memory) was reached */
	BPR_EIO,          /**< reading or writing failed */
	BPR_ECANCELLED    /**< a callback asked to stop */
} bpr_status;

/** Why a call failed. Owned by the caller, of fixed size: nothing to free, safe to copy. */
struct bpr_error {
	bpr_status status;
	char code[8];      /**< "F012"; empty where there is none; bpr_code_find() knows more */
	size_t line;       /**< 0 where there is none */
	char element[96];  /**< id of the node, name of the column; empty where there is none */
	char message[256]; /**< English, lower case, no full stop */
};

/** Short stable English name of a status, "out-of-memory"; static. */
BPR_API const char *bpr_status_name(bpr_status status);

#ifdef __cplusplus
}
#endif
#endif
