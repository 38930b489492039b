/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the layers below the readers. */
#include "config.h"
#include "base/fault_i.h"
#include <string.h>

static void keep(char *to, size_t size, const char *text)
{
	size_t length = text ? strlen(text) : 0;

	if (length >= size)
		for (length = size - 1; length && ((unsigned char)text[length] & 0xc0) == 0x80;)
			length--;
	if (length)
		memcpy(to, text, length);
	to[length] = '\0';
}

bpr_status bpr_i_fault(struct bpr_fault *fault, bpr_status status, enum bpr_code_id id, size_t line, const char *a1,
		       const char *a2, const char *a3)
{
	*fault = (struct bpr_fault){ .status = status, .id = id, .line = line };
	keep(fault->args[0], sizeof(fault->args[0]), a1);
	keep(fault->args[1], sizeof(fault->args[1]), a2);
	keep(fault->args[2], sizeof(fault->args[2]), a3);
	return status;
}
