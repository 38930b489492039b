/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A log as CSV, one row an execution of a step. Cases of the first replication have their number as their name, those of later
 * ones have the replication's in front of it, so that a tool that knows no replications keeps them apart.
 */
#include "config.h"
#include "simulate/log_i.h"
#include "base/alloc_i.h"
#include "base/utf8_i.h"

/* The text as it stands in a cell: what a spreadsheet would take for a formula has a mark in front, as in all CSV of bpr. */
static void add_cell(struct bpr_buf *out, const char *text, struct log_text *tail)
{
	struct bpr_buf safe = BPR_BUF_INIT;
	bool quote;

	if (bpr_i_utf8_formula(text, strlen(text)))
		bpr_i_buf_putc(&safe, '\'');
	bpr_i_utf8_safe(&safe, text, strlen(text));
	if (safe.failed)
		out->failed = safe.failed;
	quote = safe.length && (strpbrk(safe.data, ",\"") || safe.data[0] == ' ' || (!tail && safe.data[safe.length - 1] == ' '));
	if (quote)
		bpr_i_buf_putc(out, '"');
	for (size_t i = 0; i < safe.length; i++) {
		if (safe.data[i] == '"')
			bpr_i_buf_putc(out, '"');
		bpr_i_buf_putc(out, safe.data[i]);
	}
	if (tail)
		*tail = (struct log_text){ "\"", quote };
	else if (quote)
		bpr_i_buf_putc(out, '"');
	bpr_i_buf_release(&safe);
}

/* Texts are offsets while the buffer grows. */
static struct log_text text_from(const struct bpr_buf *buf, size_t from)
{
	return (struct log_text){ NULL, buf->length - from };
}

bool bpr_i_log_csv_texts(struct bpr_sim_log *log, const bpr_flow *flow)
{
	struct bpr_buf *b = &log->texts;
	size_t longest = 0, pool = 0, at = 0;

	for (size_t i = 0; i < log->node_count; i++) {
		const struct bpr_node *node = bpr_flow_node(flow, i);
		size_t from = b->length;

		bpr_i_buf_putc(b, ',');
		add_cell(b, *node->name ? node->name : node->id, NULL);
		bpr_i_buf_putc(b, ',');
		add_cell(b, node->id, NULL);
		bpr_i_buf_putc(b, ',');
		log->node[i].head = text_from(b, from);
		from = b->length;
		bpr_i_buf_putc(b, ',');
		if (node->unit != BPR_NONE)
			add_cell(b, bpr_flow_unit(flow, node->unit)->name, NULL);
		bpr_i_buf_putc(b, ',');
		if (node->counter != BPR_NONE)
			add_cell(b, bpr_flow_counter(flow, node->counter)->name, NULL);
		bpr_i_buf_putc(b, ',');
		log->node[i].tail = text_from(b, from);
		from = log->node[i].head.length + log->node[i].tail.length;
		longest = from > longest ? from : longest;
	}
	for (size_t p = 0; p < log->pool_count; p++) {
		size_t from = b->length;

		add_cell(b, bpr_flow_pool(flow, p)->name, &log->pool[p].tail);
		log->pool[p].head = text_from(b, from);
		pool = log->pool[p].head.length > pool ? log->pool[p].head.length : pool;
	}
	if (b->failed)
		return false;
	for (size_t i = 0; i < log->node_count; i++) {
		log->node[i].head.text = b->data + at;
		log->node[i].tail.text = b->data + at + log->node[i].head.length;
		at += log->node[i].head.length + log->node[i].tail.length;
	}
	for (size_t p = 0; p < log->pool_count; p++) {
		log->pool[p].head.text = b->data + at;
		at += log->pool[p].head.length;
	}
	log->row = longest + pool + 3 * (LOG_TIME + 1) + 6 * (LOG_NUMBER + 1);
	return true;
}

bool bpr_i_log_csv_head(struct bpr_sim_log *log)
{
	static const char head[] = "case,activity,id,arrive,start,complete,resource,unit,counter,ticket,replication\n";

	return log->write(log->write_data, head, sizeof(head) - 1);
}

static char *put_row(struct bpr_sim_log *log, char *at, const struct bpr_sim_event *e)
{
	const struct log_node *node = &log->node[e->node];

	if (e->replication) {
		at = bpr_i_log_number(at, (unsigned long long)e->replication + 1);
		*at++ = '-';
	}
	at = bpr_i_log_number(at, e->case_number);
	at = log_put(at, node->head);
	at = bpr_i_log_when(log, at, e->arrived);
	*at++ = ',';
	at = bpr_i_log_when(log, at, e->started);
	*at++ = ',';
	at = bpr_i_log_when(log, at, e->finished);
	*at++ = ',';
	at = bpr_i_log_resource(log, at, e);
	at = log_put(at, node->tail);
	if (e->ticket)
		at = bpr_i_log_number(at, e->ticket);
	*at++ = ',';
	at = bpr_i_log_number(at, (unsigned long long)e->replication + 1);
	*at++ = '\n';
	return at;
}

bool bpr_i_log_csv_rows(struct bpr_sim_log *log, const struct bpr_sim_event *events, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (log->room - log->used < log->row && !bpr_i_log_flush(log))
			return false;
		log->used = (size_t)(put_row(log, log->out + log->used, &events[i]) - log->out);
	}
	return true;
}
