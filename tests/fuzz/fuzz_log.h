/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_FUZZ_LOG_H
#define BPR_TESTS_FUZZ_LOG_H
#include <bpr/bpr.h>
#include <bpr/log.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static inline void named(const bpr_log *log, unsigned names, uint32_t index)
{
	must(index == BPR_LOG_NONE || index < bpr_log_name_count(log, names));
}

static inline void fuzz_cases(const bpr_log *log)
{
	const struct bpr_log_case *one;
	uint64_t events = 0, cases = 0;
	bpr_log_walk *walk;

	must(!bpr_log_walk_new(log, &walk, NULL));
	while (!bpr_log_walk_next(walk, &one, NULL) && one) {
		must(one->count > 0 && one->index < bpr_log_name_count(log, BPR_LOG_CASE));
		named(log, BPR_LOG_RESULT, one->result);
		for (size_t i = 0; i < one->count; i++) {
			const struct bpr_log_event *e = &one->events[i];

			must(e->activity < bpr_log_name_count(log, BPR_LOG_ACTIVITY));
			must(e->start == BPR_LOG_NO_TIME || e->start <= e->end);
			named(log, BPR_LOG_RESOURCE, e->resource);
			named(log, BPR_LOG_UNIT, e->unit);
			named(log, BPR_LOG_COUNTER, e->counter);
		}
		events += one->count;
		cases++;
	}
	bpr_log_walk_free(walk);
	must(events == bpr_log_info(log).events && cases == bpr_log_info(log).cases && events > 0);
}

static inline int fuzz_log(enum bpr_log_format format, const uint8_t *data, size_t size)
{
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;
	struct bpr_error err = { .status = BPR_OK };
	bpr_problems *problems;
	bpr_status status;
	bpr_log *log;

	options.format = format;
	options.max_bytes = 1 << 22;
	options.object_type = size && format == BPR_LOG_OCEL && data[size - 1] == '\n' ? "t" : NULL;
	options.classifier = size && format == BPR_LOG_XES && data[size - 1] == '\n' ? "c" : NULL;
	if (bpr_problems_new(&problems, NULL))
		return 0;
	status = bpr_log_read_memory("log", data, size, &options, &log, problems, &err);
	if (status) {
		must(!log && err.status == status && *err.code && *err.message);
		must(bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0);
	} else {
		fuzz_cases(log);
		bpr_log_free(log);
	}
	bpr_problems_free(problems);
	return 0;
}
#endif
