/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A log as XES (IEEE Std 1849-2016): a trace a case, an event for the start and one for the completion of each step, with the standard
 * extensions Concept, Lifecycle, Organizational, Time. `arrive` and `counter` are attributes of our own, without an extension.
 */
#include "config.h"
#include "simulate/log_i.h"
#include "base/alloc_i.h"
#include "base/utf8_i.h"
#include <stdlib.h>

static void add_text(struct bpr_buf *out, const char *text)
{
	struct bpr_buf safe = BPR_BUF_INIT;

	bpr_i_utf8_safe(&safe, text, strlen(text));
	if (safe.failed)
		out->failed = safe.failed;
	for (size_t i = 0; i < safe.length; i++)
		switch (safe.data[i]) {
		case '&': bpr_i_buf_puts(out, "&amp;"); break;
		case '<': bpr_i_buf_puts(out, "&lt;"); break;
		case '>': bpr_i_buf_puts(out, "&gt;"); break;
		case '"': bpr_i_buf_puts(out, "&quot;"); break;
		default: bpr_i_buf_putc(out, safe.data[i]);
		}
	bpr_i_buf_release(&safe);
}

static void add_string(struct bpr_buf *out, const char *key, const char *value)
{
	bpr_i_buf_puts(out, "\t\t\t<string key=\"");
	bpr_i_buf_puts(out, key);
	bpr_i_buf_puts(out, "\" value=\"");
	add_text(out, value);
	bpr_i_buf_puts(out, "\"/>\n");
}

bool bpr_i_log_xes_texts(struct bpr_sim_log *log, const bpr_flow *flow)
{
	struct bpr_buf *b = &log->texts;
	size_t longest = 0, pool = 0, at = 0;

	for (size_t i = 0; i < log->node_count; i++) {
		const struct bpr_node *node = bpr_flow_node(flow, i);
		size_t from = b->length;

		add_string(b, "concept:name", *node->name ? node->name : node->id);
		add_string(b, "id", node->id);
		if (node->unit != BPR_NONE)
			add_string(b, "org:group", bpr_flow_unit(flow, node->unit)->name);
		if (node->counter != BPR_NONE)
			add_string(b, "counter", bpr_flow_counter(flow, node->counter)->name);
		log->node[i].head.length = b->length - from;
		longest = log->node[i].head.length > longest ? log->node[i].head.length : longest;
	}
	for (size_t p = 0; p < log->pool_count; p++) {
		size_t from = b->length;

		add_text(b, bpr_flow_pool(flow, p)->name);
		log->pool[p].head.length = b->length - from;
		log->pool[p].tail.text = "";
		pool = log->pool[p].head.length > pool ? log->pool[p].head.length : pool;
	}
	if (b->failed)
		return false;
	for (size_t i = 0; i < log->node_count; i++) {
		log->node[i].head.text = b->data + at;
		at += log->node[i].head.length;
	}
	for (size_t p = 0; p < log->pool_count; p++) {
		log->pool[p].head.text = b->data + at;
		at += log->pool[p].head.length;
	}
	log->row = longest + pool + 1024;
	return true;
}

static bool put(struct bpr_sim_log *log, const char *text)
{
	size_t length = strlen(text);

	if (log->room - log->used < length && !bpr_i_log_flush(log))
		return false;
	if (length > log->room)
		return log->write(log->write_data, text, length);
	memcpy(log->out + log->used, text, length);
	log->used += length;
	return true;
}

bool bpr_i_log_xes_head(struct bpr_sim_log *log)
{
	struct bpr_buf title = BPR_BUF_INIT;
	bool ok;

	add_string(&title, "concept:name", log->title);
	ok = !title.failed && put(log, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<log xes.version=\"1849.2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n"
		"\t<extension name=\"Concept\" prefix=\"concept\" uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
		"\t<extension name=\"Lifecycle\" prefix=\"lifecycle\" uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n"
		"\t<extension name=\"Organizational\" prefix=\"org\" uri=\"http://www.xes-standard.org/org.xesext\"/>\n"
		"\t<extension name=\"Time\" prefix=\"time\" uri=\"http://www.xes-standard.org/time.xesext\"/>\n"
		"\t<global scope=\"trace\">\n\t\t<string key=\"concept:name\" value=\"\"/>\n\t</global>\n"
		"\t<global scope=\"event\">\n\t\t<string key=\"concept:name\" value=\"\"/>\n"
		"\t\t<string key=\"lifecycle:transition\" value=\"complete\"/>\n"
		"\t\t<date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000\"/>\n\t</global>\n"
		"\t<classifier name=\"Activity\" keys=\"concept:name\"/>\n"
		"\t<classifier name=\"Activity and transition\" keys=\"concept:name lifecycle:transition\"/>\n") && put(log, title.data + 2);
	bpr_i_buf_release(&title);
	return ok && put(log, "\t<string key=\"lifecycle:model\" value=\"standard\"/>\n");
}

bool bpr_i_log_xes_keep(struct bpr_sim_log *log, const struct bpr_sim_event *events, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (events[i].replication != log->replication && !bpr_i_log_xes_traces(log))
			return false;
		log->replication = events[i].replication;
		if (!bpr_i_grow(&log->kept, &log->kept_capacity, log->kept_count + 1, sizeof(*log->kept)))
			return false;
		log->kept[log->kept_count++] = events[i];
	}
	return true;
}

/* By case; executions stay in the order in which they were finished. */
static int by_case(const void *x, const void *y)
{
	const struct bpr_sim_event *a = x, *b = y;

	if (a->case_number != b->case_number)
		return a->case_number > b->case_number ? 1 : -1;
	if (a->finished > b->finished || a->finished < b->finished)
		return a->finished > b->finished ? 1 : -1;
	if (a->started > b->started || a->started < b->started)
		return a->started > b->started ? 1 : -1;
	return (a->node > b->node) - (a->node < b->node);
}

static char *put_literal(char *at, const char *text)
{
	size_t length = strlen(text);

	memcpy(at, text, length);
	return at + length;
}

static bool put_event(struct bpr_sim_log *log, const struct bpr_sim_event *e, bool start)
{
	char *at;

	if (log->room - log->used < log->row && !bpr_i_log_flush(log))
		return false;
	at = put_literal(log->out + log->used, "\t\t<event>\n");
	at = log_put(at, log->node[e->node].head);
	if (e->pool != BPR_NONE) {
		at = put_literal(at, "\t\t\t<string key=\"org:resource\" value=\"");
		at = put_literal(bpr_i_log_resource(log, at, e), "\"/>\n");
	}
	at = put_literal(at, "\t\t\t<string key=\"lifecycle:transition\" value=\"");
	at = put_literal(at, start ? "start\"/>\n" : "complete\"/>\n");
	if (start) {
		at = put_literal(at, "\t\t\t<date key=\"arrive\" value=\"");
		at = put_literal(bpr_i_log_when(log, at, e->arrived), "\"/>\n");
	} else if (e->ticket) {
		at = put_literal(at, "\t\t\t<int key=\"ticket\" value=\"");
		at = put_literal(bpr_i_log_number(at, e->ticket), "\"/>\n");
	}
	at = put_literal(at, "\t\t\t<date key=\"time:timestamp\" value=\"");
	at = put_literal(bpr_i_log_when(log, at, start ? e->started : e->finished), "\"/>\n\t\t</event>\n");
	log->used = (size_t)(at - log->out);
	return true;
}

static int by_start(const void *x, const void *y)
{
	const struct bpr_sim_event *const *a = x, *const *b = y;

	if ((*a)->started > (*b)->started || (*a)->started < (*b)->started)
		return (*a)->started > (*b)->started ? 1 : -1;
	return (*a > *b) - (*a < *b);
}

/* Events of a trace stand in the order of time: starts and completions of steps side by side are mixed. */
static bool put_trace(struct bpr_sim_log *log, const struct bpr_sim_event *events, size_t count)
{
	const struct bpr_sim_event **start = bpr_i_calloc(count, sizeof(*start));
	char name[2 * LOG_NUMBER + 2], *end = name;
	size_t s = 0;
	bool ok = start != NULL;

	if (events->replication) {
		end = bpr_i_log_number(end, (unsigned long long)events->replication + 1);
		*end++ = '-';
	}
	*bpr_i_log_number(end, events->case_number) = '\0';
	ok = ok && put(log, "\t<trace>\n\t\t<string key=\"concept:name\" value=\"") && put(log, name) && put(log, "\"/>\n");
	for (size_t i = 0; ok && i < count; i++)
		start[i] = &events[i];
	if (ok)
		qsort(start, count, sizeof(*start), by_start);
	for (size_t i = 0; ok && i < count; i++) {
		/* What ends first comes first, but nothing ends before it has started. */
		while (ok && s < count && (start[s]->started < events[i].finished || start[s] <= &events[i]))
			ok = put_event(log, start[s++], true);
		ok = ok && put_event(log, &events[i], false);
	}
	bpr_i_free(start);
	return ok && put(log, "\t</trace>\n");
}

bool bpr_i_log_xes_traces(struct bpr_sim_log *log)
{
	size_t next;
	bool ok = true;

	if (log->kept_count)
		qsort(log->kept, log->kept_count, sizeof(*log->kept), by_case);
	for (size_t i = 0; ok && i < log->kept_count; i = next) {
		for (next = i + 1; next < log->kept_count && log->kept[next].case_number == log->kept[i].case_number;)
			next++;
		ok = put_trace(log, &log->kept[i], next - i);
	}
	log->kept_count = 0;
	return ok;
}

bool bpr_i_log_xes_end(struct bpr_sim_log *log)
{
	return bpr_i_log_xes_traces(log) && put(log, "</log>\n");
}
