/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts, problems and errors as one line for a person; the public face of base/. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <bpr/text.h>
#include <string.h>
#include <strings.h>

enum { ARG_COUNT = 4 };

/* What a line is made in: cut rather than refused where memory is out. */
struct line {
	char *buf;
	size_t size, length;
};

static void line_add(struct line *line, const char *text, size_t length)
{
	if (line->length < line->size) {
		size_t room = line->size - line->length;

		memcpy(line->buf + line->length, text, length < room ? length : room);
	}
	line->length += length;
}

static void line_puts(struct line *line, const char *text)
{
	line_add(line, text, strlen(text));
}

static void line_safe(struct line *line, const char *text)
{
	struct bpr_buf safe = BPR_BUF_INIT;

	bpr_i_utf8_safe(&safe, text, strlen(text));
	if (safe.failed)
		line_puts(line, "?");
	else if (safe.data)
		line_add(line, safe.data, safe.length);
	bpr_i_buf_release(&safe);
}

/* Terminates the text, at the boundary of a character where it was cut. */
static size_t line_end(struct line *line)
{
	size_t end = line->length;

	if (!line->size)
		return line->length;
	if (end >= line->size) {
		end = line->size - 1;
		while (end && ((unsigned char)line->buf[end] & 0xc0) == 0x80)
			end--;
	}
	line->buf[end] = '\0';
	return line->length;
}

size_t bpr_text_safe(const char *text, char *buf, size_t size)
{
	struct line line = { buf, size, 0 };

	line_safe(&line, text);
	return line_end(&line);
}

size_t bpr_text_width(const char *text, size_t length, enum bpr_lang lang)
{
	return bpr_i_utf8_width(text, length, lang);
}

size_t bpr_text_cut(const char *text, size_t length, size_t columns, enum bpr_lang lang)
{
	return bpr_i_utf8_cut(text, length, columns, lang);
}

size_t bpr_text_fill(char *buf, size_t size, const char *text, const char *const args[4])
{
	return bpr_i_text_fill(buf, size, text, args);
}

bool bpr_text_number(const char *text, double *out)
{
	return bpr_i_num_parse(text, strlen(text), out);
}

bpr_status bpr_problems_add(bpr_problems *problems, const char *code, const char *file, size_t line, const char *where,
			    const char *const args[4])
{
	static const char *const none[ARG_COUNT] = { NULL, NULL, NULL, NULL };
	const struct bpr_place place = { file, line, 0, where };
	size_t id = 0;

	while (id < bpr_code_count() && strcmp(bpr_code_at(id)->code, code) != 0)
		id++;
	if (id == bpr_code_count())
		return BPR_EINVAL;
	if (!args)
		args = none;
	return bpr_i_problem(problems, (enum bpr_code_id)id, &place, false, args[0], args[1], args[2], args[3]) ? BPR_OK : BPR_ENOMEM;
}

bool bpr_i_place_sheet(const char *file)
{
	static const char *const endings[] = { ".xlsx", ".xlsm", ".xltx", ".ods", "stdin" };
	const char *mark = file ? strrchr(file, '/') : NULL;

	mark = file ? strchr(mark ? mark : file, '!') : NULL;
	for (size_t i = 0; mark && i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i]);

		if ((size_t)(mark - file) >= n && !strncasecmp(mark - n, endings[i], n))
			return true;
	}
	return false;
}

void bpr_i_place_text(struct bpr_buf *buf, const char *file, size_t line, size_t column)
{
	bool sheet = bpr_i_place_sheet(file);
	char digits[40];

	bpr_i_buf_puts(buf, file ? file : "");
	if (!line)
		return;
	(void)bpr_i_num_cell(digits, sizeof(digits), line, sheet ? column : 0);
	bpr_i_buf_putc(buf, sheet ? '!' : ':');
	bpr_i_buf_puts(buf, digits);
}

/* "FILE:LINE: " as far as there is one. */
static void add_place(struct line *line, const char *file, size_t number, size_t column)
{
	struct bpr_buf text = BPR_BUF_INIT;

	if (!file || !*file)
		return;
	bpr_i_place_text(&text, file, number, column);
	line_safe(line, text.failed || !text.data ? file : text.data);
	bpr_i_buf_release(&text);
	line_puts(line, ": ");
}

static void add_message(struct line *line, const char *message, const char *where, const char *code, enum bpr_lang lang)
{
	line_safe(line, message);
	if (where && *where && !strstr(message, where)) {
		line_puts(line, lang == BPR_LANG_JA ? "（" : " (");
		line_safe(line, where);
		line_puts(line, lang == BPR_LANG_JA ? "）" : ")");
	}
	if (code && *code) {
		line_puts(line, " [");
		line_puts(line, code);
		line_puts(line, "]");
	}
}

size_t bpr_problem_line(const struct bpr_problem *problem, enum bpr_severity shown, enum bpr_lang lang, char *buf, size_t size)
{
	struct line line = { buf, size, 0 };
	char message[2048];

	(void)bpr_problem_message(problem, lang, message, sizeof(message));
	add_place(&line, problem->file, problem->line, problem->column);
	if (shown == BPR_SEVERITY_WARNING)
		line_puts(&line, bpr_text(lang, N_("warning: ")));
	else if (shown == BPR_SEVERITY_INFO)
		line_puts(&line, bpr_text(lang, N_("note: ")));
	add_message(&line, message, problem->where, problem->code->code, lang);
	return line_end(&line);
}

/*
 * The arguments that made `text` out of `pattern`: an error carries its English text alone, and its code tells
 * the pattern. Each argument ends where the literal text behind it stands next. False: it is not made of it.
 */
static bool match_args(const char *pattern, const char *text, char copy[], char *args[ARG_COUNT])
{
	while (*pattern) {
		char *arg;
		size_t literal;
		const char *next;

		if (!(pattern[0] == '{' && pattern[1] >= '1' && pattern[1] <= '4' && pattern[2] == '}')) {
			if (*pattern++ != *text++)
				return false;
			continue;
		}
		arg = copy;
		args[pattern[1] - '1'] = arg;
		pattern += 3;
		literal = strcspn(pattern, "{");
		for (next = text; *next && (literal ? strncmp(next, pattern, literal) != 0 : true); next++)
			;
		if (literal && !*next)
			return false;
		memcpy(arg, text, (size_t)(next - text));
		arg[next - text] = '\0';
		copy = arg + (next - text) + 1;
		text = next;
	}
	return !*text;
}

/* One text of the code's row in the reader's language; `pattern` NULL: what the error itself says. */
static size_t error_text(const struct bpr_error *err, const char *pattern, enum bpr_lang lang, char *buf, size_t size)
{
	const struct bpr_code *code = bpr_code_find(err->code);
	char copy[sizeof(err->message) + ARG_COUNT + 1];
	char *args[ARG_COUNT] = { NULL, NULL, NULL, NULL };
	struct line line = { buf, size, 0 };

	if (code && match_args(code->message, err->message, copy, args))
		return bpr_i_text_fill(buf, size, bpr_text(lang, pattern ? pattern : code->message), (const char *const *)args);
	line_puts(&line, pattern ? "" : bpr_text(lang, err->message));
	return line_end(&line);
}

size_t bpr_error_line(const struct bpr_error *err, const char *file, enum bpr_lang lang, char *buf, size_t size)
{
	struct line line = { buf, size, 0 };
	char message[1024];

	(void)error_text(err, NULL, lang, message, sizeof(message));
	add_place(&line, file, err->line, 0);
	add_message(&line, message, err->element, err->code, lang);
	return line_end(&line);
}

size_t bpr_error_hint(const struct bpr_error *err, enum bpr_lang lang, char *buf, size_t size)
{
	const struct bpr_code *code = bpr_code_find(err->code);

	if (size)
		buf[0] = '\0';
	return code && code->hint ? error_text(err, code->hint, lang, buf, size) : 0;
}
