/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "progress.h"
#include "cmd.h"
#include "text.h"
#include <math.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

double progress_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void progress_line_begin(struct progress_line *line, size_t choice)
{
	*line = (struct progress_line){ .terminal = isatty(STDERR_FILENO) == 1 };
	line->on = choice == 1 || (choice == 0 && line->terminal);
	line->started = line->last = line->on ? progress_now() : 0;
}

/* "12 s", "3 min": as exact as a guess can be. */
static void add_left(struct text *text, double seconds)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%.0f", seconds < 100 ? ceil(seconds) : ceil(seconds / 60));
	text_fill(text, seconds < 100 ? N_("{1} s left") : N_("{1} min left"), number, NULL, NULL);
}

static void draw(struct progress_line *line, double share, double now)
{
	struct text text = { 0 };
	double taken = now - line->started;
	char percent[32], speed[32];

	(void)snprintf(percent, sizeof(percent), "%.0f", floor(100 * share));
	(void)snprintf(speed, sizeof(speed), "%.*f", share / taken < 0.1 ? 1 : 0, 100 * share / taken);
	text_fill(&text, N_("bpr: simulating, {1} % done ({2} % a second), "), percent, speed, NULL);
	add_left(&text, share > 0 ? taken * (1 - share) / share : 0);
	fprintf(stderr, line->terminal ? "\r\033[K%s" : "%s\n", text.data);
	line->shown = true;
	text_release(&text);
}

bool progress_line_step(void *data, double done, double estimate)
{
	struct progress_line *line = data;
	double now;

	(void)estimate;
	if (!line->on || !(done > 0))
		return true;
	now = progress_now();
	if (now - line->started >= 0.5 && now - line->last >= (line->terminal ? 0.1 : 10)) {
		line->last = now;
		draw(line, done, now);
	}
	return true;
}

void progress_line_end(struct progress_line *line)
{
	if (line->shown && line->terminal)
		fputs("\r\033[K", stderr);
	line->shown = line->on = false;
}
