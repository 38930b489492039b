/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers: typed at a terminal, or given beforehand; then each question is shown with the answer that was taken. */
#include "config.h"
#include "say.h"
#include "stroll.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST = 4096, MOST_BYTES = 1 << 24 };

/* ---- given beforehand ---- */

/* The whole file; false with errno. */
static bool read_all(int fd, struct text *out)
{
	char buf[1 << 12];
	struct stat st;
	ssize_t n;

	if (!fstat(fd, &st) && fd != STDIN_FILENO && !S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		return false;
	}
	while ((n = read(fd, buf, sizeof(buf))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text_add(out, buf, (size_t)n);
		if (out->length > MOST_BYTES) {
			errno = EFBIG;
			return false;
		}
	}
	return true;
}

static bool take_file(struct stroll *s, int fd, const char *shown, int *status)
{
	struct text text = { 0 };
	bool ok = fd >= 0 && read_all(fd, &text);
	int error = errno;

	if (fd > STDIN_FILENO)
		(void)close(fd);
	if (!ok) {
		say("U230", shown, say_errno(error), NULL, NULL);
		text_release(&text);
		*status = STATUS_INPUT;
		return false;
	}
	text_add(&text, "", 0);
	s->answers = text.data ? text.data : xstrdup("");
	for (size_t i = 0; i < text.length; i++) /* what stands behind would be lost in silence */
		if (!s->answers[i])
			s->answers[i] = '?';
	if (!strncmp(s->answers, "\xef\xbb\xbf", 3))
		s->at = 3;
	s->source = shown;
	return true;
}

static bool is_file(const char *name)
{
	struct stat st;

	return !stat(name, &st);
}

bool stroll_answers(struct stroll *s, const char *given, int *status)
{
	if (!given && s->terminal)
		return true;
	if (!given || !strcmp(given, "-"))
		return take_file(s, STDIN_FILENO, "stdin", status);
	if (is_file(given))
		return take_file(s, open(given, O_RDONLY | O_NONBLOCK | O_CLOEXEC), given, status);
	s->answers = xstrdup(given);
	for (char *c = s->answers; *c; c++)
		if (*c == ',')
			*c = '\n';
	return true;
}

void stroll_release(struct stroll *s)
{
	free(s->answers);
	free(s->asked_name);
	s->answers = s->asked_name = NULL;
}

static char *next_answer(struct stroll *s)
{
	const char *from = s->answers + s->at;
	size_t n = strcspn(from, "\n");

	if (!*from)
		return NULL;
	s->at += n + (from[n] == '\n');
	return xstrndup(from, n);
}

/* ---- typed ---- */

static char *typed_line(void)
{
	struct text line = { 0 };
	char *out;
	int c;

	while ((c = getchar()) != EOF && c != '\n')
		if (line.length < LONGEST && c)
			text_add(&line, (const char[]){ (char)c }, 1);
	if (c == EOF && !line.length)
		return NULL;
	out = line.data ? xstrndup(line.data, line.length) : xstrdup("");
	text_release(&line);
	return out;
}

/* Blanks of both widths at both ends. */
static void trim(char *text)
{
	static const char wide[] = "\xe3\x80\x80";
	size_t n = strlen(text), from = 0;

	for (bool more = true; more;) {
		size_t skip = strspn(text + from, " \t\r");

		skip = skip ? skip : !strncmp(text + from, wide, 3) ? 3 : 0;
		from += skip;
		more = skip > 0;
	}
	while (n > from && (strchr(" \t\r", text[n - 1]) || (n >= from + 3 && !memcmp(text + n - 3, wide, 3))))
		n -= strchr(" \t\r", text[n - 1]) ? 1 : 3;
	memmove(text, text + from, n - from);
	text[n - from] = '\0';
}

char *stroll_ask(struct stroll *s, const char *prompt)
{
	struct stroll_words shown;
	char *line;

	(void)fputs(prompt, stderr);
	(void)fflush(stderr);
	line = s->answers ? next_answer(s) : typed_line();
	s->taken++;
	if (line) {
		trim(line);
		if (s->answers) /* a terminal has shown it already */
			(void)fprintf(stderr, "%s\n", stroll_safe(&shown, line));
		return line;
	}
	(void)fputs("\n", stderr);
	say(s->answers ? "U231" : "U232", s->answers ? s->source : NULL, s->where.text, NULL, NULL);
	s->failed = true;
	return NULL;
}

/* ---- ways ---- */

/* A number from 1, the words of a way, or nothing: drawn. False: it is none of them. */
static bool understand(const struct stroll *s, const struct bpr_walk_event *e, const char *answer, size_t *index)
{
	struct stroll_words room;
	double number;

	*index = BPR_NONE;
	if (!*answer || !strcmp(answer, "d") || !strcmp(answer, "D") || !strcmp(answer, tr(N_("draw"))))
		return true;
	if (bpr_text_number(answer, &number)) {
		if (!(number >= 1 && number <= (double)e->way_count && number <= (double)(size_t)number))
			return false;
		*index = (size_t)number - 1;
		return true;
	}
	for (size_t i = 0; i < e->way_count && *index == BPR_NONE; i++)
		if (!strcmp(stroll_way(&room, s->flow, &e->ways[i]), answer))
			*index = i;
	return *index != BPR_NONE;
}

static void show_ways(const struct stroll *s, const struct bpr_walk_event *e)
{
	struct stroll_words where, share;
	const char *name = e->node == BPR_NONE ? "" : stroll_node(&where, s->flow, e->node);

	(void)fputs("\n", stderr);
	if (*name)
		stroll_head(s, name);
	stroll_say(s, 0, tr(N_("How does it go on?")));
	for (size_t i = 0; i < e->way_count; i++) {
		struct stroll_words way;
		struct text line = { 0 };

		text_printf(&line, "%zu  ", i + 1);
		text_fill(&line, N_("{1} ({2} of cases)"), stroll_way(&way, s->flow, &e->ways[i]), stroll_percent(&share, e->ways[i].share), NULL);
		stroll_say(s, 2, line.data);
		text_release(&line);
	}
}

size_t stroll_choose(struct stroll *s, const struct bpr_walk_event *e)
{
	char most[32];
	size_t index = BPR_NONE;

	if (s->draw)
		return BPR_NONE;
	show_ways(s, e);
	(void)snprintf(most, sizeof(most), "%zu", e->way_count);
	for (;;) {
		char *answer = stroll_ask(s, tr(N_("Number (Enter: drawn by lot) > ")));
		bool fits = answer && understand(s, e, answer, &index);

		if (answer && !fits && s->answers) {
			char number[32];

			(void)snprintf(number, sizeof(number), "%zu", s->taken);
			say("U233", s->source, answer, number, most);
			s->failed = true;
		} else if (answer && !fits) {
			stroll_fill(s, 2, N_("Please choose a number from 1 to {1}, or press Enter."), most, NULL, NULL);
		}
		free(answer);
		if (fits || s->failed)
			return index;
	}
}

/* ---- the name ---- */

/* Without blanks of either width: 北見 太郎 and 北見　太郎 are one name. */
static bool same_name(const char *a, const char *b)
{
	for (;;) {
		while (*a == ' ' || !strncmp(a, "\xe3\x80\x80", 3))
			a += *a == ' ' ? 1 : 3;
		while (*b == ' ' || !strncmp(b, "\xe3\x80\x80", 3))
			b += *b == ' ' ? 1 : 3;
		if (*a != *b)
			return false;
		if (!*a)
			return true;
		a++;
		b++;
	}
}

bool stroll_ask_name(struct stroll *s)
{
	while (!s->name && !s->failed) {
		char *line = stroll_ask(s, tr(N_("Your name (a made-up one will do) > ")));

		if (!line)
			return false;
		if (*line) {
			s->name = s->asked_name = line;
			break;
		}
		free(line);
		stroll_say(s, 2, tr(N_("We need a name to call you by. Please write one.")));
	}
	return !s->failed;
}

/* From answers with --name the forms are written without asking: scripts count, they need not type. */
bool stroll_write_names(struct stroll *s, size_t times)
{
	for (size_t done = 0; done < times && !s->failed;) {
		struct stroll_words room;
		struct text prompt = { 0 };
		char *line;

		text_puts(&prompt, "    ");
		text_puts(&prompt, tr(N_("Name > ")));
		if (!s->terminal && !s->asked_name) {
			(void)fprintf(stderr, "%s%s\n", prompt.data, stroll_safe(&room, s->name));
			line = xstrdup(s->name);
		} else {
			line = stroll_ask(s, prompt.data);
		}
		text_release(&prompt);
		if (line && same_name(line, s->name))
			done++;
		else if (line && !*line)
			stroll_say(s, 4, tr(N_("The box for the name is still empty. We are sorry to trouble you: please write it again.")));
		else if (line)
			stroll_fill(s, 4, N_("This is not the name that we have here, {1}. We are sorry to trouble you: please write it again."),
				    stroll_safe(&room, s->name), NULL, NULL);
		free(line);
	}
	return !s->failed;
}
