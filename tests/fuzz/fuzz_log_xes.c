/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Logs in XML. Whatever the bytes: a refused one has left an error with a code; an accepted one has as many events as its cases
 * together, each with names that are there and a start that is no later than its end.
 */
#include "fuzz_log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_log(BPR_LOG_XES, data, size);
}
