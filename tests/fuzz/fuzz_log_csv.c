/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A log in a table as it comes from outside, in any encoding, read from memory, and in small pieces, spilling early. A refused one
 * has left its fault; of an accepted one every event has an activity and a time, cases are in order, the walk agrees with the counts,
 * and pieces of any size give the same log.
 */
#include "base/utf8_i.h"
#include "mine/log_i.h"
#include <bpr/bpr.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

struct pieces { const char *text; size_t length, size; };

static bpr_status next_piece(void *data, const char **text, size_t *length, struct bpr_fault *fault)
{
	struct pieces *p = data;

	(void)fault;
	*text = p->text;
	*length = p->length < p->size ? p->length : p->size;
	p->text += *length;
	p->length -= *length;
	return BPR_OK;
}

static void check_case(const bpr_log *log, const struct bpr_log_case *one, uint64_t *hash)
{
	const struct bpr_log_event *last = NULL;

	must(one->count && one->index < bpr_log_name_count(log, BPR_LOG_CASE));
	for (size_t i = 0; i < one->count; i++) {
		const struct bpr_log_event *e = &one->events[i];
		const char *name = bpr_log_name(log, BPR_LOG_ACTIVITY, e->activity), *detail = bpr_log_name(log, BPR_LOG_DETAIL, e->detail);
		struct bpr_log_detail parts;

		must(e->activity < bpr_log_name_count(log, BPR_LOG_ACTIVITY) && *name && bpr_i_utf8_invalid(name, strlen(name)) == BPR_NONE);
		must(e->end != BPR_LOG_NO_TIME && (e->start == BPR_LOG_NO_TIME || e->start <= e->end) && !(e->flags & BPR_LOG_STARTED));
		must(!last || (last->start != BPR_LOG_NO_TIME ? last->start : last->end) <= (e->start != BPR_LOG_NO_TIME ? e->start : e->end));
		must(!*detail || bpr_i_log_detail(detail, &parts));
		*hash = *hash * 31 + (uint64_t)e->end + (uint64_t)e->start * 7 + e->activity + e->resource + one->index;
		last = e;
	}
}

static uint64_t check_log(const bpr_log *log)
{
	const struct bpr_log_info info = bpr_log_info(log);
	const struct bpr_log_case *one;
	uint64_t events = 0, cases = 0, hash = 1;
	bpr_log_walk *walk;

	must(!bpr_log_walk_new(log, &walk, NULL));
	while (!bpr_log_walk_next(walk, &one, NULL) && one) {
		check_case(log, one, &hash);
		events += one->count;
		cases++;
	}
	bpr_log_walk_free(walk);
	must(events == info.events && cases == info.cases && info.events && info.rejected <= info.rows && info.first <= info.last);
	return hash;
}

static bpr_status read_in_pieces(const uint8_t *data, size_t size, size_t piece, const struct bpr_log_options *options, uint64_t *hash)
{
	struct pieces pieces = { (const char *)data, size, piece };
	const struct bpr_log_stream source = { next_piece, &pieces };
	struct bpr_fault fault = { .status = BPR_OK };
	struct bpr_log_reading reading = { .options = options, .source = &source, .name = "log.csv", .fault = &fault };
	bpr_status status;

	reading.log = bpr_i_log_new("log.csv", BPR_LOG_CSV, options);
	must(reading.log);
	status = bpr_i_log_read_csv(&reading);
	if (!status)
		status = bpr_i_log_finish(reading.log);
	if (!status)
		*hash = check_log(reading.log);
	else
		must(fault.status == status || reading.log->failed == status);
	bpr_log_free(reading.log);
	return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;
	uint64_t whole = 0, parts = 0;
	bpr_status status;

	options.max_field = 1 << 12;
	options.memory = 1;
	options.strict = size && data[size - 1] == '!';
	(void)bpr_i_log_csv_looks((const char *)data, size, &options);
	status = read_in_pieces(data, size, size ? size : 1, &options, &whole);
	/* What an encoding is, and whether a limit or a quotation mark is met first, may depend on where a text is cut. */
	if (read_in_pieces(data, size, 100 + size % 977, &options, &parts) == BPR_OK && !status && bpr_i_utf8_invalid((const char *)data, size) == BPR_NONE)
		must(whole == parts);
	return 0;
}
