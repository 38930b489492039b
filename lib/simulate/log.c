/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Event logs: blocks of events on their way from the simulation to whoever writes them. */
#include "config.h"
#include "simulate/log_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include <math.h>

static const char two_digits[] =
	"0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
	"50515253545556575859606162636465666768697071727374757677787980818283848586878889909192939495969798" "99";

static char *put_two(char *at, unsigned number)
{
	memcpy(at, two_digits + (size_t)number * 2, 2);
	return at + 2;
}

char *bpr_i_log_number(char *at, unsigned long long number)
{
	char digits[LOG_NUMBER], *from = digits + sizeof(digits);

	for (; number >= 100; number /= 100)
		memcpy(from -= 2, two_digits + number % 100 * 2, 2);
	if (number >= 10)
		memcpy(from -= 2, two_digits + number * 2, 2);
	else
		*--from = (char)('0' + number);
	memcpy(at, from, (size_t)(digits + sizeof(digits) - from));
	return at + (digits + sizeof(digits) - from);
}

/* The date in front of time_text. */
static void set_day(struct bpr_sim_log *log, long day)
{
	int year, month, of_month;
	char *at = log->time_text;

	bpr_date_parts(log->date + day, &year, &month, &of_month);
	at = put_two(at, (unsigned)year / 100 % 100);
	at = put_two(at, (unsigned)year % 100);
	*at++ = '-';
	at = put_two(at, (unsigned)month);
	*at++ = '-';
	at = put_two(at, (unsigned)of_month);
	*at = 'T';
	log->day = day;
}

char *bpr_i_log_when(struct bpr_sim_log *log, char *at, double time)
{
	if (!(time >= log->time && time <= log->time)) { /* another one than the last */
		uint64_t ms = time > 0 ? (uint64_t)(time * 60000 + 0.5) : 0;
		long day = (long)(ms / 86400000);
		unsigned rest = (unsigned)(ms % 86400000), second = rest / 1000, minute = second / 60;
		char *to = log->time_text + 11;

		if (day != log->day)
			set_day(log, day);
		rest %= 1000;
		to = put_two(to, minute / 60);
		*to++ = ':';
		to = put_two(to, minute % 60);
		*to++ = ':';
		to = put_two(to, second % 60);
		*to++ = '.';
		*to++ = (char)('0' + rest / 100);
		(void)put_two(to, rest % 100);
		log->time = time;
	}
	memcpy(at, log->time_text, LOG_TIME);
	return at + LOG_TIME;
}

char *bpr_i_log_resource(const struct bpr_sim_log *log, char *at, const struct bpr_sim_event *event)
{
	const struct log_pool *pool;

	if (event->pool == BPR_NONE)
		return at;
	pool = &log->pool[event->pool];
	at = log_put(at, pool->head);
	if (event->person) {
		*at++ = ' ';
		at = bpr_i_log_number(at, event->person);
	}
	return log_put(at, pool->tail);
}

bool bpr_i_log_flush(struct bpr_sim_log *log)
{
	bool ok = !log->used || log->write(log->write_data, log->out, log->used);

	log->used = 0;
	return ok;
}

static bool write_block(struct bpr_sim_log *log, const struct log_block *block)
{
	return log->format == BPR_SIM_LOG_XES ? bpr_i_log_xes_keep(log, block->event, block->count)
		: bpr_i_log_csv_rows(log, block->event, block->count);
}

/* Takes blocks as they are filled. */
static void *writer(void *data)
{
	struct bpr_sim_log *log = data;

	(void)pthread_mutex_lock(&log->lock);
	for (;;) {
		bool ok;

		while (!log->closing && log->written == log->filled)
			(void)pthread_cond_wait(&log->moved, &log->lock);
		if (log->written == log->filled)
			break;
		(void)pthread_mutex_unlock(&log->lock);
		ok = log->failed || write_block(log, &log->block[log->written % LOG_BLOCKS]);
		(void)pthread_mutex_lock(&log->lock);
		log->failed |= !ok;
		log->written++;
		(void)pthread_cond_broadcast(&log->moved);
	}
	(void)pthread_mutex_unlock(&log->lock);
	return NULL;
}

static bool hand_over(struct bpr_sim_log *log)
{
	bool failed;

	if (!log->threaded) {
		struct log_block *block = &log->block[log->filled % LOG_BLOCKS];

		log->failed |= !write_block(log, block);
		block->count = 0;
		return !log->failed;
	}
	(void)pthread_mutex_lock(&log->lock);
	log->filled++;
	(void)pthread_cond_broadcast(&log->moved);
	while (log->filled - log->written == LOG_BLOCKS)
		(void)pthread_cond_wait(&log->moved, &log->lock);
	log->block[log->filled % LOG_BLOCKS].count = 0;
	failed = log->failed;
	(void)pthread_mutex_unlock(&log->lock);
	return !failed;
}

bool bpr_sim_log_add(void *data, const struct bpr_sim_event *events, size_t count)
{
	struct bpr_sim_log *log = data;

	while (count) {
		struct log_block *block = &log->block[log->filled % LOG_BLOCKS];
		size_t part = LOG_BLOCK - block->count < count ? LOG_BLOCK - block->count : count;

		memcpy(block->event + block->count, events, part * sizeof(*events));
		block->count += part;
		events += part;
		count -= part;
		if (block->count == LOG_BLOCK && !hand_over(log))
			return false;
	}
	return true;
}

static void stop_thread(struct bpr_sim_log *log)
{
	if (!log->threaded)
		return;
	(void)pthread_mutex_lock(&log->lock);
	log->closing = true;
	(void)pthread_cond_broadcast(&log->moved);
	(void)pthread_mutex_unlock(&log->lock);
	(void)pthread_join(log->thread, NULL);
	log->threaded = false;
}

bool bpr_sim_log_finish(bpr_sim_log *log)
{
	if (log->finished)
		return !log->failed;
	if (log->block[log->filled % LOG_BLOCKS].count)
		(void)hand_over(log);
	stop_thread(log);
	if (!log->failed && log->format == BPR_SIM_LOG_XES)
		log->failed = !bpr_i_log_xes_end(log);
	if (!log->failed)
		log->failed = !bpr_i_log_flush(log);
	log->finished = true;
	return !log->failed;
}

void bpr_sim_log_free(bpr_sim_log *log)
{
	if (!log)
		return;
	stop_thread(log);
	(void)pthread_cond_destroy(&log->moved);
	(void)pthread_mutex_destroy(&log->lock);
	for (size_t i = 0; i < LOG_BLOCKS; i++)
		bpr_i_free(log->block[i].event);
	bpr_i_buf_release(&log->texts);
	bpr_i_free(log->node);
	bpr_i_free(log->pool);
	bpr_i_free(log->kept);
	bpr_i_free(log->out);
	bpr_i_free(log->title);
	bpr_i_free(log);
}

static bool prepare(struct bpr_sim_log *log, const bpr_flow *flow)
{
	bool xes = log->format == BPR_SIM_LOG_XES;
	const char *title = *bpr_flow_name(flow) ? bpr_flow_name(flow) : bpr_flow_id(flow);
	struct bpr_buf safe = BPR_BUF_INIT;

	bpr_i_utf8_safe(&safe, title, strlen(title));
	log->title = bpr_i_buf_take(&safe);
	log->node_count = bpr_flow_node_count(flow);
	log->pool_count = bpr_flow_pool_count(flow);
	log->node = bpr_i_calloc(log->node_count, sizeof(*log->node));
	log->pool = bpr_i_calloc(log->pool_count, sizeof(*log->pool));
	for (size_t i = 0; i < LOG_BLOCKS; i++)
		if (!(log->block[i].event = bpr_i_calloc(LOG_BLOCK, sizeof(*log->block[i].event))))
			return false;
	if (!log->title || !log->node || !log->pool || !(xes ? bpr_i_log_xes_texts(log, flow) : bpr_i_log_csv_texts(log, flow)))
		return false;
	log->room = LOG_ROOM + log->row;
	log->out = bpr_i_calloc(log->room, 1);
	return log->out != NULL;
}

bpr_status bpr_sim_log_new(const bpr_flow *flow, const struct bpr_calendar_options *calendar, enum bpr_sim_log_format format,
	bool (*write)(void *data, const char *text, size_t length), void *data, bpr_sim_log **out, struct bpr_error *err)
{
	struct bpr_sim_log *log = bpr_i_calloc(1, sizeof(*log));

	*out = NULL;
	if (!log)
		return bpr_i_nomem(err);
	log->format = format;
	log->write = write;
	log->write_data = data;
	log->texts = (struct bpr_buf)BPR_BUF_INIT;
	log->date = calendar && calendar->dated ? calendar->start : bpr_date(2001, 1, 1);
	log->time = -1;
	log->day = -1;
	if (pthread_mutex_init(&log->lock, NULL) || pthread_cond_init(&log->moved, NULL) || !prepare(log, flow)) {
		bpr_sim_log_free(log);
		return bpr_i_nomem(err);
	}
	if (!(format == BPR_SIM_LOG_XES ? bpr_i_log_xes_head(log) : bpr_i_log_csv_head(log)))
		log->failed = true;
	log->threaded = pthread_create(&log->thread, NULL, writer, log) == 0;
	*out = log;
	return BPR_OK;
}
