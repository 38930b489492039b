/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XES (IEEE Std 1849-2016) as it comes: elements and their attributes. Only the attributes of a trace or an event itself count;
 * what is nested in them is passed over, as are those of the log.
 */
#include "config.h"
#include "base/num_i.h"
#include "mine/log_xes_i.h"
#include <string.h>

enum where { NOWHERE = 0, LOG, GLOBAL_TRACE, GLOBAL_EVENT, TRACE, EVENT };

void bpr_i_xes_stop(struct xes *x, bpr_status status)
{
	if (!x->status)
		x->status = status;
	bpr_i_xml_stream_stop(x->stream);
}

static void out_of_memory(struct xes *x)
{
	bpr_i_xes_stop(x, bpr_i_fault(x->reading->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL));
}

/* ---- which attributes ---- */

static void want(struct xes_keys *keys, const char *text, unsigned field)
{
	size_t i = 0;

	while (i < keys->count && strcmp(keys->items[i].text, text) != 0)
		i++;
	if (i == keys->count)
		keys->items[keys->count++] = (struct xes_key){ text, strlen(text), 0 };
	keys->items[i].fields |= 1u << field;
	if (keys->items[i].length > 63)
		keys->longer = true;
	else
		keys->lengths |= UINT64_C(1) << keys->items[i].length;
}

static void want_all(struct xes *x)
{
	const struct bpr_log_options *o = x->reading->options;
	struct xes_keys *event = &x->event_keys, *trace = &x->trace_keys;

	want(event, o->activity ? o->activity : "concept:name", XES_ACTIVITY);
	want(event, o->time ? o->time : "time:timestamp", XES_TIME);
	want(event, o->start ? o->start : "start_timestamp", XES_START);
	want(event, o->resource ? o->resource : "org:resource", XES_RESOURCE);
	want(event, o->unit ? o->unit : "org:group", XES_UNIT);
	want(event, o->counter ? o->counter : "counter", XES_COUNTER);
	want(event, "lifecycle:transition", XES_TRANSITION);
	want(event, "concept:instance", XES_INSTANCE);
	want(trace, o->case_column ? o->case_column : "concept:name", XES_CASE);
	want(trace, o->result ? o->result : "result", XES_RESULT);
	for (size_t i = 0; i < o->by_count && i < BPR_LOG_BY_MAX; i++) {
		want(trace, o->by[i], XES_BY + (unsigned)i);
		want(event, o->by[i], XES_BY + (unsigned)i);
	}
}

static uint32_t fields_of(const struct xes_keys *keys, const char *text, size_t length)
{
	if (!length || (length > 63 ? !keys->longer : !(keys->lengths >> length & 1)))
		return 0;
	for (size_t i = 0; i < keys->count; i++)
		if (keys->items[i].length == length && keys->items[i].text[length - 1] == text[length - 1] && !memcmp(keys->items[i].text, text, length))
			return keys->items[i].fields;
	return 0;
}

/* ---- attributes ---- */

/* The first of a key counts: a key that stands there twice is against the standard. */
static void keep(struct xes *x, struct xes_values *values, uint32_t fields, const char *text, size_t length)
{
	const size_t at = values->text.length;

	fields &= ~values->seen;
	if (!fields)
		return;
	if (length > x->reading->options->max_field) {
		char limit[32];

		(void)bpr_i_num_format(limit, sizeof(limit), (double)x->reading->options->max_field);
		bpr_i_xes_stop(x, bpr_i_fault(x->reading->fault, BPR_ELIMIT, BPR_I_L208, bpr_i_xml_stream_line(x->stream), limit, NULL, NULL));
		return;
	}
	bpr_i_buf_add(&values->text, text, length);
	if (memchr(text, '&', length) && !values->text.failed) {
		length = bpr_i_xml_undo_ampersands(values->text.data + at, length);
		values->text.length = at + length;
	}
	if (values->text.failed || values->text.length > UINT32_MAX) {
		out_of_memory(x);
		return;
	}
	while (length && values->text.data[at + length - 1] == ' ')
		length--;
	for (unsigned i = 0; fields >> i; i++)
		if (fields >> i & 1) {
			values->field[i].at = (uint32_t)at;
			values->field[i].length = (uint32_t)length;
		}
	values->seen |= fields;
}

static void attribute(struct xes *x, const struct xes_keys *keys, struct xes_values *values, const struct bpr_xml_tag *tag)
{
	size_t key_length, length;
	const char *key = bpr_i_xml_tag_value(tag, NULL, "key", &key_length);
	const uint32_t fields = key ? fields_of(keys, key, key_length) : 0;
	const char *value = fields ? bpr_i_xml_tag_value(tag, NULL, "value", &length) : NULL;

	if (value)
		keep(x, values, fields, value, length);
}

static void forget(struct xes_values *values)
{
	bpr_i_buf_clear(&values->text);
	values->seen = 0;
}

/* ---- elements ---- */

static char *copy_of(struct xes *x, const struct bpr_xml_tag *tag, const char *name)
{
	size_t length;
	const char *value = bpr_i_xml_tag_value(tag, NULL, name, &length);
	char *copy = bpr_i_calloc(length + 1, 1);

	if (!copy) {
		out_of_memory(x);
		return NULL;
	}
	if (length)
		memcpy(copy, value, length);
	(void)bpr_i_xml_undo_ampersands(copy, length);
	return copy;
}

static void classifier(struct xes *x, const struct bpr_xml_tag *tag)
{
	struct xes_classifier c;

	if (x->classifier_count >= XES_CLASSIFIERS)
		return;
	if (!bpr_i_grow(&x->classifiers, &x->classifier_capacity, x->classifier_count + 1, sizeof(*x->classifiers))) {
		out_of_memory(x);
		return;
	}
	c.name = copy_of(x, tag, "name");
	c.keys = c.name ? copy_of(x, tag, "keys") : NULL;
	x->classifiers[x->classifier_count++] = c;
}

static bool is(const struct bpr_xml_tag *tag, const char *attribute_name, const char *text)
{
	size_t length;
	const char *value = bpr_i_xml_tag_value(tag, NULL, attribute_name, &length);

	return value && length == strlen(text) && !memcmp(value, text, length);
}

/* Everything that events are read by is known: the standard puts it in front of the traces. */
static void first_trace(struct xes *x)
{
	bpr_status status = x->begun ? BPR_OK : bpr_i_xes_classify(x);

	x->begun = true;
	for (size_t i = 0, at = 0; !status && i < x->part_count; i++) {
		want(&x->event_keys, x->part_keys + at, XES_PART + (unsigned)i);
		at += strlen(x->part_keys + at) + 1;
	}
	if (status)
		bpr_i_xes_stop(x, status);
}

static void in_log(struct xes *x, const struct bpr_xml_tag *tag)
{
	if (!strcmp(tag->name, "trace")) {
		x->where = TRACE;
		if (!x->begun)
			first_trace(x);
		forget(&x->trace);
		x->case_index = BPR_LOG_NONE;
		x->by_seen = 0;
		x->late = false;
		x->traces++;
		x->line = bpr_i_xml_stream_line(x->stream);
	} else if (!strcmp(tag->name, "global")) {
		x->where = is(tag, "scope", "event") ? GLOBAL_EVENT : GLOBAL_TRACE;
	} else if (!strcmp(tag->name, "event")) {
		x->line = bpr_i_xml_stream_line(x->stream);
		x->log->info.rows++;
		bpr_i_xes_odd(x, XES_OUTSIDE, NULL, 0);
		x->skip = 1;
	} else {
		if (!strcmp(tag->name, "classifier") && !x->begun)
			classifier(x, tag);
		x->skip = 1;
	}
}

static void wrong_root(struct xes *x, const char *name)
{
	bpr_i_xes_stop(x, bpr_i_fault(x->reading->fault, BPR_ESYNTAX, BPR_I_L015, 0, name, NULL, NULL));
}

static void on_start(void *data, const struct bpr_xml_tag *tag)
{
	struct xes *x = data;

	if (x->skip) {
		x->skip++;
		return;
	}
	switch ((enum where)x->where) {
	case NOWHERE:
		if (strcmp(tag->name, "log") != 0)
			wrong_root(x, tag->name);
		x->where = LOG;
		break;
	case LOG:
		in_log(x, tag);
		break;
	case TRACE:
		if (!strcmp(tag->name, "event")) {
			x->where = EVENT;
			x->line = bpr_i_xml_stream_line(x->stream);
			forget(&x->event);
			break;
		}
		attribute(x, &x->trace_keys, &x->trace, tag);
		if (x->case_index != BPR_LOG_NONE && (x->trace.seen >> XES_CASE & 1) && !x->late) {
			x->late = true;
			bpr_i_xes_odd(x, XES_LATE_NAME, NULL, 0);
		}
		x->skip = 1;
		break;
	case EVENT:
		attribute(x, &x->event_keys, &x->event, tag);
		x->skip = 1;
		break;
	case GLOBAL_EVENT:
		attribute(x, &x->event_keys, &x->defaults, tag);
		x->skip = 1;
		break;
	case GLOBAL_TRACE:
		x->skip = 1;
		break;
	}
}

static void on_end(void *data, const char *ns, const char *name)
{
	struct xes *x = data;

	(void)ns;
	(void)name;
	if (x->skip) {
		x->skip--;
		return;
	}
	switch ((enum where)x->where) {
	case EVENT:
		x->where = TRACE;
		bpr_i_xes_event_end(x);
		break;
	case TRACE:
		x->where = LOG;
		bpr_i_xes_trace_end(x);
		break;
	case GLOBAL_EVENT:
	case GLOBAL_TRACE:
		x->where = LOG;
		break;
	case LOG:
	case NOWHERE:
		x->where = NOWHERE;
		break;
	}
}

/* ---- the whole ---- */

static bpr_status parse(struct xes *x)
{
	struct bpr_log_reading *r = x->reading;
	const char *text = r->head;
	size_t length = r->head_length;
	bpr_status status = BPR_OK;

	bpr_i_xml_stream_any_encoding(x->stream);
	while (!status && length) {
		status = bpr_i_xml_stream_feed(x->stream, text, length, r->fault);
		if (!status)
			status = r->source->read(r->source->data, &text, &length, r->fault);
	}
	if (!status)
		status = bpr_i_xml_stream_finish(x->stream, r->fault);
	return x->status ? x->status : status;
}

static void release(struct xes *x)
{
	bpr_i_xml_stream_free(x->stream);
	bpr_i_buf_release(&x->event.text);
	bpr_i_buf_release(&x->trace.text);
	bpr_i_buf_release(&x->defaults.text);
	bpr_i_buf_release(&x->joined);
	for (size_t i = 0; i < x->classifier_count; i++) {
		bpr_i_free(x->classifiers[i].name);
		bpr_i_free(x->classifiers[i].keys);
	}
	bpr_i_free(x->classifiers);
	bpr_i_free(x->part_keys);
	bpr_i_xes_open_release(&x->open);
}

bpr_status bpr_i_log_read_xes(struct bpr_log_reading *reading)
{
	struct xes x = { .reading = reading, .log = reading->log, .case_index = BPR_LOG_NONE,
			 .event = { .text = BPR_BUF_INIT }, .trace = { .text = BPR_BUF_INIT }, .defaults = { .text = BPR_BUF_INIT }, .joined = BPR_BUF_INIT };
	const struct bpr_xml_handler handler = { on_start, on_end, NULL, &x };
	bpr_status status;

	want_all(&x);
	x.stream = bpr_i_xml_stream_new(&handler);
	status = x.stream ? parse(&x) : bpr_i_fault(reading->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	x.log->info.offsets = x.zoned;
	x.log->info.dates_only = !x.timed;
	if (!status && !bpr_i_xes_tell(&x))
		status = bpr_i_fault(reading->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	release(&x);
	return status;
}
