/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Object-centric logs in JSON: as fuzz_log_xes.c. */
#include "fuzz_log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_log(BPR_LOG_OCEL, data, size);
}
