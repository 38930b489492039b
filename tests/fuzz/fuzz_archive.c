/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed logs, and whatever else a file may be: its kind is found by its bytes. As fuzz_log_xes.c. */
#include "fuzz_log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_log(BPR_LOG_AUTO, data, size);
}
