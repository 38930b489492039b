/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events of XES into events of the log: the transitions of the lifecycle extension's standard model that begin a step and those that
 * end it become one event. What does neither is passed over, and told.
 */
#include "config.h"
#include "mine/log_xes_i.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum transition { COMPLETE = 0, START, ABORT, PASS, OTHER };

static enum transition transition_of(const char *text, size_t length)
{
	static const struct { const char *name; enum transition transition; } model[] = {
		{ "complete", COMPLETE }, { "start", START }, { "ate_abort", ABORT }, { "pi_abort", ABORT }, { "schedule", PASS }, { "assign", PASS },
		{ "reassign", PASS }, { "suspend", PASS }, { "resume", PASS }, { "autoskip", PASS }, { "manualskip", PASS }, { "withdraw", PASS },
		{ "unknown", COMPLETE },
	};

	if (!length)
		return COMPLETE;
	for (size_t i = 0; i < sizeof(model) / sizeof(model[0]); i++)
		if (strlen(model[i].name) == length && !strncasecmp(model[i].name, text, length))
			return model[i].transition;
	return OTHER;
}

/* ---- the case ---- */

static uint32_t unique(struct xes *x, const char *name, size_t length)
{
	const struct bpr_dict *cases = &x->log->names[BPR_LOG_CASE];
	const uint32_t before = cases->count;
	uint32_t index = bpr_i_log_name(x->log, BPR_LOG_CASE, name, length);
	struct bpr_buf other = BPR_BUF_INIT;

	if (cases->count > before || x->log->failed)
		return index;
	bpr_i_xes_odd(x, XES_TWICE, x->log->hash ? "…" : name, x->log->hash ? strlen("…") : length);
	while (!x->log->failed && cases->count == before) {
		bpr_i_buf_clear(&other);
		bpr_i_buf_add(&other, name, length);
		bpr_i_buf_printf(&other, " (%llu)", (unsigned long long)++x->twice + 1);
		if (other.failed)
			x->log->failed = BPR_ENOMEM;
		else
			index = bpr_i_log_name(x->log, BPR_LOG_CASE, other.data, other.length);
	}
	bpr_i_buf_release(&other);
	return index;
}

/* A trace is a case when its first event comes. */
static uint32_t case_of(struct xes *x)
{
	size_t length;
	const char *name = xes_value(&x->trace, XES_CASE, &length);
	char number[32];

	if (x->case_index != BPR_LOG_NONE)
		return x->case_index;
	x->late = length > 0;
	if (!length) {
		bpr_i_xes_odd(x, XES_UNNAMED, NULL, 0);
		(void)snprintf(number, sizeof(number), "#%llu", (unsigned long long)x->traces);
		name = number;
		length = strlen(number);
	}
	x->case_index = unique(x, name, length);
	return x->case_index;
}

/* Attributes asked for with `by`: of the trace, else of the first event that has them. */
static void set_by(struct xes *x, const struct xes_values *values, uint32_t case_index)
{
	for (unsigned i = 0; i < x->log->by_count && !x->log->failed; i++) {
		size_t length;
		const char *text = xes_value(values, XES_BY + i, &length);
		uint32_t value = length && !(x->by_seen >> i & 1) ? bpr_i_log_name(x->log, BPR_LOG_BY + i, text, length) : BPR_LOG_NONE;

		if (value == BPR_LOG_NONE)
			continue;
		x->by_seen |= 1u << i;
		(void)bpr_i_log_set_by(x->log, case_index, i, value);
	}
}

/* ---- an event ---- */

/* A value of the event, or what the log declares for events that lack it. */
static const char *given(struct xes *x, unsigned field, size_t *length)
{
	const char *text = xes_value(&x->event, field, length);

	if (*length || x->event.seen >> field & 1)
		return text;
	text = xes_value(&x->defaults, field, length);
	if (*length == 7 && !memcmp(text, "UNKNOWN", 7)) /* as OpenXES fills in what nobody said */
		*length = 0;
	if (*length && field != XES_TRANSITION)
		bpr_i_xes_odd(x, XES_DEFAULT, text, *length);
	return text;
}

static const char *activity_of(struct xes *x, size_t *length)
{
	bool any = false;

	if (!x->part_count)
		return given(x, XES_ACTIVITY, length);
	bpr_i_buf_clear(&x->joined);
	for (unsigned i = 0; i < x->part_count; i++) {
		size_t n;
		const char *part = given(x, XES_PART + i, &n);

		if (i)
			bpr_i_buf_putc(&x->joined, '+');
		bpr_i_buf_add(&x->joined, part, n);
		any |= n > 0;
	}
	if (x->joined.failed)
		x->log->failed = BPR_ENOMEM;
	*length = any && !x->joined.failed ? x->joined.length : 0;
	return x->joined.data;
}

static uint32_t name_of(struct xes *x, unsigned names, unsigned field)
{
	size_t length;
	const char *text = given(x, field, &length);

	return length ? bpr_i_log_name(x->log, names, text, length) : BPR_LOG_NONE;
}

static bool time_of(struct xes *x, unsigned field, struct bpr_log_time *out)
{
	size_t length;
	const char *text = xes_value(&x->event, field, &length);
	bool dated;

	if (!length)
		return false;
	if (!bpr_i_log_clock_read(&x->clock, text, length, out, &dated) || !dated) {
		bpr_i_xes_odd(x, XES_BAD_TIME, text, length);
		return false;
	}
	x->zoned |= out->zoned;
	x->unzoned |= !out->zoned;
	x->timed |= bpr_i_log_timed(out);
	return true;
}

/* False: left out, counted. */
static bool fill(struct xes *x, struct bpr_log_event *event)
{
	const uint64_t bad = x->odd[XES_BAD_TIME].count;
	struct bpr_log_time end, start;
	const char *activity;
	size_t length;

	if (!time_of(x, XES_TIME, &end)) {
		if (bad == x->odd[XES_BAD_TIME].count)
			bpr_i_xes_odd(x, XES_NO_TIME, NULL, 0);
		return false;
	}
	activity = activity_of(x, &length);
	if (!length) {
		bpr_i_xes_odd(x, XES_NO_ACTIVITY, NULL, 0);
		return false;
	}
	*event = (struct bpr_log_event){ .start = BPR_LOG_NO_TIME, .end = end.ms, .offset = end.offset, .detail = BPR_LOG_NONE,
					 .activity = bpr_i_log_name(x->log, BPR_LOG_ACTIVITY, activity, length) };
	event->resource = name_of(x, BPR_LOG_RESOURCE, XES_RESOURCE);
	event->unit = name_of(x, BPR_LOG_UNIT, XES_UNIT);
	event->counter = name_of(x, BPR_LOG_COUNTER, XES_COUNTER);
	if ((x->event.seen >> XES_START & 1) && time_of(x, XES_START, &start)) {
		if (start.ms <= end.ms)
			event->start = start.ms;
		else
			bpr_i_xes_odd(x, XES_BACKWARDS, NULL, 0);
	}
	return bad == x->odd[XES_BAD_TIME].count; /* of the start, too */
}

static void opens(struct xes *x, const struct bpr_log_event *event)
{
	size_t length;
	const char *instance = xes_value(&x->event, XES_INSTANCE, &length);

	if (!bpr_i_xes_open_add(&x->open, event, instance, length))
		x->log->failed = BPR_ENOMEM;
}

/* Who ends a step did it; what its end does not say, its beginning does. */
static void closes(struct xes *x, struct bpr_log_event *event)
{
	size_t length;
	const char *instance = xes_value(&x->event, XES_INSTANCE, &length);
	const struct xes_opened *begun = bpr_i_xes_open_take(&x->open, event->activity, instance, length);

	if (!begun)
		return;
	if (begun->event.end <= event->end)
		event->start = begun->event.end;
	else
		bpr_i_xes_odd(x, XES_BACKWARDS, NULL, 0);
	if (event->resource == BPR_LOG_NONE)
		event->resource = begun->event.resource;
	if (event->unit == BPR_LOG_NONE)
		event->unit = begun->event.unit;
	if (event->counter == BPR_LOG_NONE)
		event->counter = begun->event.counter;
}

static void put(struct xes *x, struct bpr_log_event *event)
{
	size_t length;
	const char *name = given(x, XES_TRANSITION, &length);
	const enum transition transition = transition_of(name, length);
	const uint32_t case_index = case_of(x);

	set_by(x, &x->trace, case_index);
	set_by(x, &x->event, case_index);
	if (transition == PASS) {
		bpr_i_xes_odd(x, XES_PASSED, name, length);
		return;
	}
	if (transition == START) {
		opens(x, event);
		return;
	}
	if (transition == OTHER)
		bpr_i_xes_odd(x, XES_OTHER, name, length);
	if (event->start == BPR_LOG_NO_TIME && x->open.left)
		closes(x, event);
	event->flags = transition == ABORT ? BPR_LOG_BROKEN : 0;
	if (!x->log->failed)
		(void)bpr_i_log_add(x->log, case_index, event);
}

void bpr_i_xes_event_end(struct xes *x)
{
	struct bpr_log_event event;

	x->log->info.rows++;
	if (fill(x, &event) && !x->log->failed)
		put(x, &event);
	if (x->log->failed)
		bpr_i_xes_stop(x, x->log->failed);
}

/* What was begun and never ended stays open. */
void bpr_i_xes_trace_end(struct xes *x)
{
	size_t length;
	const char *result = xes_value(&x->trace, XES_RESULT, &length);

	x->line = bpr_i_xml_stream_line(x->stream);
	for (uint32_t i = 0; i < x->open.count && !x->log->failed; i++) {
		struct xes_opened *item = &x->open.items[i];

		if (item->done)
			continue;
		item->event.start = item->event.end;
		item->event.flags = BPR_LOG_OPEN;
		bpr_i_xes_odd(x, XES_OPEN, NULL, 0);
		(void)bpr_i_log_add(x->log, x->case_index, &item->event);
	}
	bpr_i_xes_open_clear(&x->open);
	if (x->case_index == BPR_LOG_NONE) {
		bpr_i_xes_odd(x, XES_EMPTY, NULL, 0);
	} else if (length && !x->log->failed) {
		const uint32_t value = bpr_i_log_name(x->log, BPR_LOG_RESULT, result, length);

		if (!x->log->failed)
			(void)bpr_i_log_result(x->log, x->case_index, value);
	}
	if (x->log->failed)
		bpr_i_xes_stop(x, x->log->failed);
}
