/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_OPTIONS_I_H
#define BPR_BASE_OPTIONS_I_H
/* Structs of options, whose first member is their size: callers built against an older header know fewer of them. */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * Takes what the caller knows over the defaults in `to`, whose size is set. `from` may be NULL: the defaults. False: its
 * size was never set.
 */
static inline bool bpr_i_options(void *to, const void *from)
{
	size_t known, given;

	if (!from)
		return true;
	memcpy(&known, to, sizeof(known));
	memcpy(&given, from, sizeof(given));
	if (given < sizeof(given))
		return false;
	memcpy(to, from, given < known ? given : known);
	memcpy(to, &known, sizeof(known));
	return true;
}
#endif
