/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_LIB_FAIL_ALLOC_H
#define BPR_TESTS_LIB_FAIL_ALLOC_H
/*
 * The allocator of everything linked in, under the test's command: the program is linked with --wrap for the three of them, and
 * its own fails() says which call gets nothing. Included by one file of a program. One thread only.
 */
#include <stdbool.h>
#include <stdlib.h>

/* Does this call fail? The test's. */
static bool fails(void);

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}
#endif
