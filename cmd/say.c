/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "say.h"
#include "cmd.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_LINE = 3900 };

static void add_line(struct text *notes, const char *line)
{
	text_printf(notes, "bpr: %s\n", line);
}

static void add_hint(struct text *notes, const char *hint)
{
	char safe[LONGEST_LINE];

	if (!*hint)
		return;
	(void)bpr_text_safe(hint, safe, sizeof(safe));
	text_printf(notes, "  %s%s\n", tr(N_("hint: ")), safe);
}

static void add_problem(struct text *notes, const struct bpr_problem *problem, enum bpr_severity shown)
{
	char line[LONGEST_LINE];

	(void)bpr_problem_line(problem, shown, lang(), line, sizeof(line));
	add_line(notes, line);
	if (shown == BPR_SEVERITY_ERROR) {
		(void)bpr_problem_hint(problem, lang(), line, sizeof(line));
		add_hint(notes, line);
	}
}

void say_to(struct text *notes, const char *code, const char *file, const char *a1, const char *a2, const char *a3)
{
	const struct bpr_code *row = bpr_code_find(code);
	struct bpr_problem problem = { .code = row, .file = file ? file : "", .where = "", .count = 1,
				       .args = { a1 ? a1 : "", a2 ? a2 : "", a3 ? a3 : "", "" } };

	if (row)
		add_problem(notes, &problem, row->severity);
}

static void flush_notes(struct text *notes)
{
	if (notes->data)
		fputs(notes->data, stderr);
	text_release(notes);
}

void say(const char *code, const char *file, const char *a1, const char *a2, const char *a3)
{
	struct text notes = { 0 };

	say_to(&notes, code, file, a1, a2, a3);
	flush_notes(&notes);
}

void say_hint(const char *id, const char *a1)
{
	struct text notes = { 0 };
	struct text hint = { 0 };

	text_fill(&hint, id, a1, NULL, NULL);
	add_hint(&notes, hint.data);
	text_release(&hint);
	flush_notes(&notes);
}

const char *say_errno(int error)
{
	switch (error) {
	case ENOENT: return tr(N_("no such file or folder"));
	case EACCES:
	case EPERM: return tr(N_("permission denied"));
	case EISDIR: return tr(N_("it is a folder"));
	case ENOTDIR: return tr(N_("a part of the path is no folder"));
	case ENOSPC: return tr(N_("no space left on the device"));
	case EROFS: return tr(N_("the file system is read-only"));
	case EDQUOT: return tr(N_("the disk quota is used up"));
	case EFBIG: return tr(N_("the file would be too large"));
	case EIO: return tr(N_("the device reported an error"));
	case ENAMETOOLONG: return tr(N_("the name is too long"));
	case ELOOP: return tr(N_("too many symbolic links"));
	case EBADF: return tr(N_("it is closed"));
	default: return strerror(error); /* no locale was set: English */
	}
}

/* Whether a problem of the same code and file was said already. */
static bool is_repeated(const bpr_problems *problems, size_t from, size_t at, enum bpr_severity least)
{
	const struct bpr_problem p = bpr_problems_get(problems, at);

	for (size_t i = from; i < at; i++) {
		const struct bpr_problem q = bpr_problems_get(problems, i);

		if (q.severity >= least && q.code == p.code && !strcmp(q.file, p.file))
			return true;
	}
	return false;
}

/* So many of the same code and file as the one at `at`, it and its own count included. */
static size_t alike(const bpr_problems *problems, size_t at)
{
	const struct bpr_problem p = bpr_problems_get(problems, at);
	size_t count = 0;

	for (size_t i = at; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem q = bpr_problems_get(problems, i);

		if (q.code == p.code && !strcmp(q.file, p.file))
			count += q.count;
	}
	return count;
}

void say_problems(struct text *notes, const bpr_problems *problems, size_t from, enum bpr_severity least, enum bpr_severity most)
{
	size_t said = 0;
	size_t more = 0;

	for (size_t i = from; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);
		bool error = p.severity == BPR_SEVERITY_ERROR; /* each is listed: each must be mended */

		if (p.severity < least)
			continue;
		if (said == SAY_MOST) {
			more++;
			continue;
		}
		if (!error && is_repeated(problems, from, i, least))
			continue;
		if (!error)
			p.count = alike(problems, i);
		add_problem(notes, &p, p.severity < most ? p.severity : most);
		said++;
	}
	if (more) {
		struct text line = { 0 };
		char count[32];

		(void)snprintf(count, sizeof(count), "%zu", more);
		text_fill(&line, N_("… and {1} more"), count, NULL, NULL);
		add_line(notes, line.data);
		text_release(&line);
	}
}

void say_failure(struct text *notes, const struct bpr_error *err, const char *file, const bpr_problems *problems, size_t from)
{
	char line[LONGEST_LINE];
	bool told = false;

	for (size_t i = from; i < bpr_problems_count(problems) && !told; i++)
		told = bpr_problems_get(problems, i).severity == BPR_SEVERITY_ERROR;
	if (told) {
		say_problems(notes, problems, from, BPR_SEVERITY_ERROR, BPR_SEVERITY_ERROR);
		return;
	}
	(void)bpr_error_line(err, file, lang(), line, sizeof(line));
	add_line(notes, line);
	(void)bpr_error_hint(err, lang(), line, sizeof(line));
	add_hint(notes, line);
}
