/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_LIB_LOG_H
#define BPR_TESTS_LIB_LOG_H
/*
 * Logs for tests, built without any reader. log_of("3*abc|ad"): three cases a, b, c and one a, d; each letter is an activity, events
 * of a case are a minute apart, cases begin an hour apart.
 */
#include "lib/test.h"
#include "mine/log_i.h"
#include <stdlib.h>
#include <string.h>

static inline bpr_log *log_begin(size_t memory)
{
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;
	bpr_log *log;

	options.memory = memory ? memory : options.memory;
	log = bpr_i_log_new("test", BPR_LOG_CSV, &options);
	assert_non_null(log);
	return log;
}

static inline uint32_t log_named(bpr_log *log, unsigned names, const char *text)
{
	return text && *text ? bpr_i_log_name(log, names, text, strlen(text)) : BPR_LOG_NONE;
}

/* Times in milliseconds; start BPR_LOG_NO_TIME where it is not known; resource and unit NULL for none. */
static inline void log_event(bpr_log *log, const char *case_name, const char *activity, int64_t start, int64_t end, const char *resource,
			     const char *unit)
{
	const struct bpr_log_event event = { start, end, log_named(log, BPR_LOG_ACTIVITY, activity), log_named(log, BPR_LOG_RESOURCE, resource),
					     log_named(log, BPR_LOG_UNIT, unit), BPR_LOG_NONE, BPR_LOG_NONE, 0, 0 };

	assert_true(bpr_i_log_add(log, log_named(log, BPR_LOG_CASE, case_name), &event));
}

static inline bpr_log *log_end(bpr_log *log)
{
	assert_int_equal(bpr_i_log_finish(log), BPR_OK);
	return log;
}

static inline bpr_log *log_of(const char *traces)
{
	bpr_log *log = log_begin(0);
	unsigned cases = 0;

	for (const char *at = traces; *at; at += *at == '|') {
		char *end;
		unsigned long times = strtoul(at, &end, 10);

		times = end == at ? 1 : times;
		at = end == at ? at : end + 1; /* behind '*' */
		for (unsigned long i = 0; i < times; i++, cases++) {
			for (size_t k = 0; k < strcspn(at, "|"); k++) {
				char name[16], activity[2] = { at[k], '\0' };

				(void)snprintf(name, sizeof(name), "%u", cases + 1);
				log_event(log, name, activity, BPR_LOG_NO_TIME, (int64_t)cases * 3600000 + (int64_t)k * 60000, NULL, NULL);
			}
		}
		at += strcspn(at, "|");
	}
	return log_end(log);
}
#endif
