/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "watch.h"
#include "cmd.h"
#include "output.h"
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { NAME_COLUMNS = 20, NUMBER_COLUMNS = 18, MOST_ROWS = 200 };

/* What the terminal was like; read by the signal handler. */
static struct termios before;

static void give_back(void)
{
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

/* Keys come at once and are not shown; Ctrl-C stays what it is. */
static bool take_keys(void)
{
	struct termios now;

	if (isatty(STDIN_FILENO) != 1 || tcgetattr(STDIN_FILENO, &before))
		return false;
	output_guard_terminal(give_back);
	now = before;
	now.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	now.c_cc[VMIN] = 0;
	now.c_cc[VTIME] = 0;
	return !tcsetattr(STDIN_FILENO, TCSANOW, &now);
}

double watch_step(void)
{
	return isatty(STDERR_FILENO) == 1 ? 10 : 60;
}

void watch_begin(struct watch *w, const bpr_flow *flow, const struct bpr_calendar_options *calendar)
{
	struct winsize size;

	*w = (struct watch){ .flow = flow, .dated = calendar->dated, .start = calendar->start, .width = 80, .delay = 0.1 };
	w->terminal = isatty(STDERR_FILENO) == 1;
	w->longest = xcalloc(bpr_flow_counter_count(flow) + bpr_flow_pool_count(flow), sizeof(*w->longest));
	if (w->terminal && !ioctl(STDERR_FILENO, TIOCGWINSZ, &size) && size.ws_col >= 40)
		w->width = size.ws_col < 1000 ? size.ws_col : 1000;
	w->keys = w->terminal && take_keys();
}

void watch_end(struct watch *w)
{
	if (w->keys) {
		give_back();
		output_guard_terminal(NULL);
	}
	text_release(&w->picture);
	free(w->longest);
	*w = (struct watch){ 0 };
}

/* ---- words ---- */

/* A name as a terminal may have it, cut to so many columns; returns the columns it takes. */
static size_t add_name(struct text *out, const char *name, size_t columns)
{
	char safe[400];
	size_t n;

	(void)bpr_text_safe(name, safe, sizeof(safe));
	n = bpr_text_cut(safe, strlen(safe), columns, lang());
	text_add(out, safe, n);
	return bpr_text_width(safe, n, lang());
}

/* "2027-03-22 Mon", "day 3, Wed", and the time. */
static void add_time(struct text *out, const struct watch *w, double time)
{
	static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
	long day = (long)(time / 1440);
	long minute = (long)(time - (double)day * 1440 + 0.5);
	char when[64];

	if (w->dated) {
		int y, m, d;

		bpr_date_parts(w->start + day, &y, &m, &d);
		(void)snprintf(when, sizeof(when), "%04d-%02d-%02d", y, m, d);
		text_puts(out, when);
	} else {
		(void)snprintf(when, sizeof(when), "%ld", day + 1);
		text_fill(out, N_("day {1}"), when, NULL, NULL);
	}
	/* Day 0 of an ordinary week is a Monday; 1970-01-01 was a Thursday. */
	text_printf(out, " %s %2ld:%02ld", tr(names[w->dated ? ((w->start + day + 3) % 7 + 7) % 7 : day % 7]), minute / 60, minute % 60);
}

static void add_count(struct text *out, const char *id, unsigned long long n)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%llu", n);
	text_fill(out, id, number, NULL, NULL);
}

/* ---- off a terminal: one line ---- */

static void add_listed(struct text *out, const char *name, bool *first)
{
	if (!*first)
		text_puts(out, tr(N_(", ")));
	*first = false;
	(void)add_name(out, name, NAME_COLUMNS);
}

static void print_line(const struct watch *w, const struct bpr_sim_moment *m)
{
	size_t counters = bpr_flow_counter_count(w->flow);
	size_t pools = bpr_flow_pool_count(w->flow);
	struct text line = { 0 };
	bool first = true;

	add_time(&line, w, m->time);
	add_count(&line, N_("  in process {1}"), m->in_process);
	text_puts(&line, tr(N_("; waiting: ")));
	for (size_t i = 0; i < (counters ? counters : pools); i++) {
		add_listed(&line, counters ? bpr_flow_counter(w->flow, i)->name : bpr_flow_pool(w->flow, i)->name, &first);
		text_printf(&line, " %zu", counters ? m->counter_queue[i] : m->pool_queue[i]);
	}
	if (pools)
		text_puts(&line, tr(N_("; busy: ")));
	first = true;
	for (size_t i = 0; i < pools; i++) {
		add_listed(&line, bpr_flow_pool(w->flow, i)->name, &first);
		text_printf(&line, " %zu/%zu", m->pool_busy[i], m->pool_on_duty[i]);
	}
	text_puts(&line, "\n");
	fputs(line.data, stderr);
	text_release(&line);
}

/* ---- on a terminal: a picture ---- */

static void end_line(struct watch *w)
{
	text_puts(&w->picture, "\033[K\n");
	w->lines++;
}

/* NAME #### 12: one sign a person, fewer where the queue is longer than the line. */
static void add_bar(struct watch *w, const char *name, size_t queue, size_t *longest, const char *behind)
{
	size_t room = w->width > NAME_COLUMNS + NUMBER_COLUMNS + 2 ? w->width - NAME_COLUMNS - NUMBER_COLUMNS - 2 : 1;
	size_t used = add_name(&w->picture, name, NAME_COLUMNS);
	size_t length;

	*longest = queue > *longest ? queue : *longest;
	length = *longest > room ? (queue * room + *longest - 1) / *longest : queue;
	text_printf(&w->picture, "%*s ", (int)(NAME_COLUMNS - used), "");
	for (size_t i = 0; i < length; i++)
		text_puts(&w->picture, "#");
	text_printf(&w->picture, "%s%zu%s", length ? " " : "", queue, behind);
	end_line(w);
}

static void draw_head(struct watch *w, const struct bpr_sim_moment *m)
{
	add_time(&w->picture, w, m->time);
	add_count(&w->picture, N_("  in process {1}"), m->in_process);
	add_count(&w->picture, N_("  came {1}"), m->arrived);
	add_count(&w->picture, N_("  done {1}"), m->finished);
	if (m->abandoned)
		add_count(&w->picture, N_("  gave up {1}"), m->abandoned);
	end_line(w);
}

static void draw(struct watch *w, const struct bpr_sim_moment *m)
{
	size_t counters = bpr_flow_counter_count(w->flow);
	size_t pools = bpr_flow_pool_count(w->flow);
	char behind[80];

	w->picture.length = 0;
	if (w->lines)
		text_printf(&w->picture, "\033[%zuA\r", w->lines);
	w->lines = 0;
	draw_head(w, m);
	for (size_t i = 0; i < counters && i < MOST_ROWS; i++)
		add_bar(w, bpr_flow_counter(w->flow, i)->name, m->counter_queue[i], &w->longest[i], "");
	for (size_t i = 0; i < pools && i < MOST_ROWS; i++) {
		struct text busy = { 0 };
		char b[32], d[32];

		(void)snprintf(b, sizeof(b), "%zu", m->pool_busy[i]);
		(void)snprintf(d, sizeof(d), "%zu", m->pool_on_duty[i]);
		text_fill(&busy, N_(", busy {1}/{2}"), b, d, NULL);
		(void)snprintf(behind, sizeof(behind), "%s", busy.data);
		add_bar(w, bpr_flow_pool(w->flow, i)->name, m->pool_queue[i], &w->longest[counters + i], behind);
		text_release(&busy);
	}
	if (w->keys) {
		text_puts(&w->picture, tr(w->paused ? N_("[space] go on  [n] next  [q] to the end") : N_("[space] pause  [n] next  [+] faster  [-] slower  [q] to the end")));
		end_line(w);
	}
	text_puts(&w->picture, "\033[J");
	(void)fwrite(w->picture.data, 1, w->picture.length, stderr);
	(void)fflush(stderr);
}

/* A key within the time that the picture stands, or for as long as it takes where it is paused. */
static bool next_key(struct watch *w, char *key)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };

	if (!w->keys) {
		(void)poll(NULL, 0, (int)(w->delay * 1000));
		return false;
	}
	if (poll(&in, 1, w->paused ? -1 : (int)(w->delay * 1000)) <= 0)
		return false;
	if (read(STDIN_FILENO, key, 1) == 1)
		return true;
	w->keys = w->paused = false; /* the keyboard has gone */
	give_back();
	return false;
}

/* True: on to the next picture. */
static bool obey(struct watch *w, char key)
{
	switch (key) {
	case ' ':
		w->paused = !w->paused;
		return !w->paused;
	case 'n':
		w->paused = true;
		return true;
	case 'q':
		w->off = true;
		return true;
	case '+':
		w->delay = w->delay > 0.01 ? w->delay / 2 : w->delay;
		return true;
	case '-':
		w->delay = w->delay < 2 ? w->delay * 2 : w->delay;
		return true;
	default:
		return false;
	}
}

/* Nights and Sundays: nobody on duty; the first such moment still shows who is left. */
static bool is_night(struct watch *w, const struct bpr_sim_moment *m)
{
	size_t pools = bpr_flow_pool_count(w->flow);
	bool was = w->night;

	w->night = pools ? true : !m->in_process;
	for (size_t i = 0; i < pools; i++)
		if (m->pool_on_duty[i] || m->pool_busy[i])
			w->night = false;
	return w->night && (was || !m->in_process);
}

bool watch_moment(void *data, const struct bpr_sim_moment *m)
{
	struct watch *w = data;
	char key = 0;

	if (w->off || is_night(w, m))
		return true;
	if (!w->terminal) {
		print_line(w, m);
		return true;
	}
	for (;;) {
		draw(w, m);
		if (next_key(w, &key) ? obey(w, key) : !w->paused)
			return true;
	}
}
