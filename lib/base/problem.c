/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of codes, lists of problems, and their texts. */
#include "config.h"
#include "base/problem_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARG_COUNT = 4, LONGEST_ARG = 200 };

#define ERROR BPR_SEVERITY_ERROR
#define WARNING BPR_SEVERITY_WARNING
#define INFO BPR_SEVERITY_INFO
static const struct bpr_code codes[] = {
#define X(code, severity, message, hint, explain) { #code, severity, message, hint, explain },
#include "base/codes/all.def"
#undef X
};

struct bpr_problems {
	bool nomem;           /* one could not be added, or says that memory was out */
	struct bpr_arena arena;
	struct bpr_problem *items;
	size_t count, capacity;
	struct bpr_names groups; /* "CODE file where" of grouped problems, in step with group_items */
	size_t *group_items;
	size_t group_capacity;
};

const char *bpr_status_name(bpr_status status)
{
	switch (status) {
	case BPR_OK: return "ok";
	case BPR_ENOMEM: return "out-of-memory";
	case BPR_EINVAL: return "invalid-argument";
	case BPR_ESYNTAX: return "invalid-input";
	case BPR_EUNSUPPORTED: return "unsupported";
	case BPR_ENOEXIT: return "never-ends";
	case BPR_ENOCONV: return "no-convergence";
	case BPR_ELIMIT: return "limit";
	case BPR_EIO: return "input-output";
	case BPR_ECANCELLED: return "cancelled";
	}
	return "unknown";
}

size_t bpr_code_count(void)
{
	return sizeof(codes) / sizeof(codes[0]);
}

const struct bpr_code *bpr_code_at(size_t index)
{
	return index < bpr_code_count() ? &codes[index] : NULL;
}

const struct bpr_code *bpr_code_find(const char *code)
{
	for (size_t i = 0; i < bpr_code_count(); i++)
		if (!strcmp(codes[i].code, code))
			return &codes[i];
	return NULL;
}

bpr_status bpr_problems_new(bpr_problems **out, struct bpr_error *err)
{
	bpr_init();
	*out = bpr_i_calloc(1, sizeof(**out));
	return *out ? BPR_OK : bpr_i_nomem(err);
}

void bpr_problems_free(bpr_problems *problems)
{
	if (!problems)
		return;
	bpr_i_names_release(&problems->groups);
	bpr_i_free(problems->group_items);
	bpr_i_free(problems->items);
	bpr_i_arena_release(&problems->arena);
	bpr_i_free(problems);
}

size_t bpr_problems_count(const bpr_problems *problems)
{
	return problems ? problems->count : 0;
}

void bpr_problems_truncate(bpr_problems *problems, size_t count)
{
	if (problems && count < problems->count)
		problems->count = count;
}

size_t bpr_problems_count_severity(const bpr_problems *problems, enum bpr_severity severity)
{
	size_t n = 0;

	for (size_t i = 0; i < bpr_problems_count(problems); i++)
		n += problems->items[i].severity >= severity;
	return n;
}

struct bpr_problem bpr_problems_get(const bpr_problems *problems, size_t index)
{
	return problems->items[index];
}

/* ---- arranging ---- */

struct placed {
	struct bpr_problem problem;
	size_t index; /* where it stood: the last to decide */
};

static int compare_placed(const void *a, const void *b)
{
	const struct placed *x = a;
	const struct placed *y = b;
	int order = strcmp(x->problem.file, y->problem.file);

	if (x->problem.severity != y->problem.severity)
		return x->problem.severity > y->problem.severity ? -1 : 1;
	if (order)
		return order;
	if (x->problem.line != y->problem.line)
		return x->problem.line < y->problem.line ? -1 : 1;
	if (x->problem.column != y->problem.column)
		return x->problem.column < y->problem.column ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

/* False: it is left out. */
static bool override(struct bpr_problem *problem, const struct bpr_override *overrides, size_t count)
{
	for (size_t i = count; i > 0; i--) {
		if (!bpr_code_matches(problem->code, overrides[i - 1].what))
			continue;
		problem->severity = overrides[i - 1].severity;
		return !overrides[i - 1].off;
	}
	return true;
}

bpr_status bpr_i_problems_arrange(const bpr_problems *problems, bpr_problem_wanted *wanted, void *context,
				  const struct bpr_override *overrides, size_t override_count, bpr_problems **out,
				  struct bpr_error *err)
{
	size_t count = bpr_problems_count(problems);
	struct placed *placed = bpr_i_calloc(count, sizeof(*placed));
	struct bpr_problem *items = bpr_i_calloc(count, sizeof(*items));
	size_t kept = 0;
	bpr_status status = placed && items ? bpr_problems_new(out, err) : bpr_i_nomem(err);

	if (status) {
		bpr_i_free(placed);
		bpr_i_free(items);
		return status;
	}
	for (size_t i = 0; i < count; i++) {
		placed[kept] = (struct placed){ problems->items[i], i };
		kept += (!wanted || wanted(context, &placed[kept].problem, i)) && override(&placed[kept].problem, overrides, override_count);
	}
	if (kept)
		qsort(placed, kept, sizeof(*placed), compare_placed);
	for (size_t i = 0; i < kept; i++)
		items[i] = placed[i].problem;
	bpr_i_free(placed);
	(*out)->items = items;
	(*out)->count = (*out)->capacity = kept;
	return BPR_OK;
}

bpr_status bpr_problems_arrange(const bpr_problems *problems, const struct bpr_override *overrides, size_t override_count,
				bpr_problems **out, struct bpr_error *err)
{
	return bpr_i_problems_arrange(problems, NULL, NULL, overrides, override_count, out, err);
}

/* ---- adding ---- */

/* Length of text cut to at most `max` bytes without splitting a character. */
static size_t cut(const char *text, size_t length, size_t max)
{
	if (length <= max)
		return length;
	while (max && ((unsigned char)text[max] & 0xc0) == 0x80)
		max--;
	return max;
}

static const char *keep(bpr_problems *problems, const char *text)
{
	size_t length = text ? strlen(text) : 0;

	return length ? bpr_i_arena_strndup(&problems->arena, text, cut(text, length, LONGEST_ARG)) : "";
}

/* Whether the entry still is of that code and place: the list may have been cut since it was noted. */
static bool repeats(const bpr_problems *problems, size_t item, enum bpr_code_id id, const struct bpr_place *place)
{
	const struct bpr_problem *p = item < problems->count ? &problems->items[item] : NULL;
	const char *where = place->where ? place->where : "";

	return p && p->code == &codes[id] && !strncmp(p->where, where, strlen(p->where)) && (*p->where || !*where);
}

/* Index of the problem that this one only repeats; BPR_NONE if new. False: out of memory. */
static bool find_group(bpr_problems *problems, enum bpr_code_id id, const struct bpr_place *place, size_t *found)
{
	char key[3 * LONGEST_ARG];
	int n = snprintf(key, sizeof(key), "%s %s %s", codes[id].code, place->file ? place->file : "", place->where ? place->where : "");
	size_t length = n < 0 ? 0 : (size_t)n < sizeof(key) ? (size_t)n : sizeof(key) - 1;
	size_t group = bpr_i_names_find(&problems->groups, key, length);
	const char *kept;

	*found = BPR_NONE;
	if (group != BPR_NONE) {
		*found = problems->group_items[group];
		if (!repeats(problems, *found, id, place)) {
			*found = BPR_NONE;
			problems->group_items[group] = problems->count;
		}
		return true;
	}
	kept = bpr_i_arena_strndup(&problems->arena, key, length);
	if (!kept || !bpr_i_grow(&problems->group_items, &problems->group_capacity, problems->groups.count + 1, sizeof(size_t)))
		return false;
	group = bpr_i_names_add(&problems->groups, kept, length, NULL);
	if (group == BPR_NONE)
		return false;
	problems->group_items[group] = problems->count;
	return true;
}

static bool add(bpr_problems *problems, enum bpr_code_id id, const struct bpr_place *place, bool group,
		const char *const args[ARG_COUNT])
{
	struct bpr_problem p = { .code = &codes[id], .severity = codes[id].severity, .count = 1 };
	size_t found = BPR_NONE;

	if (group && !find_group(problems, id, place, &found))
		return false;
	if (found < problems->count) { /* else its entry did not fit into memory */
		problems->items[found].count++;
		return true;
	}
	p.file = keep(problems, place->file);
	p.line = place->line;
	p.column = place->column;
	p.where = keep(problems, place->where);
	for (size_t i = 0; i < ARG_COUNT; i++) {
		p.args[i] = keep(problems, args[i]);
		if (!p.args[i])
			return false;
	}
	if (!p.file || !p.where || !bpr_i_grow(&problems->items, &problems->capacity, problems->count + 1, sizeof(p)))
		return false;
	problems->items[problems->count++] = p;
	return true;
}

bool bpr_i_problem(bpr_problems *problems, enum bpr_code_id id, const struct bpr_place *place, bool group,
		   const char *a1, const char *a2, const char *a3, const char *a4)
{
	static const struct bpr_place nowhere = { 0 };
	const char *args[ARG_COUNT] = { a1, a2, a3, a4 };
	bool added;

	if (!problems)
		return true;
	added = add(problems, id, place ? place : &nowhere, group, args);
	problems->nomem |= !added || id == BPR_I_I001;
	return added;
}

bool bpr_i_problems_nomem(const bpr_problems *problems)
{
	return problems && problems->nomem;
}

bool bpr_i_problems_full(const bpr_problems *problems, size_t from)
{
	size_t errors = 0;

	for (size_t i = from; i < bpr_problems_count(problems); i++)
		errors += problems->items[i].severity == BPR_SEVERITY_ERROR;
	return errors >= BPR_I_MAX_ERRORS;
}

void bpr_i_problems_drop(bpr_problems *problems, enum bpr_code_id id)
{
	size_t kept = 0;

	for (size_t i = 0; i < bpr_problems_count(problems); i++)
		if (problems->items[i].code != &codes[id])
			problems->items[kept++] = problems->items[i];
	if (problems)
		problems->count = kept;
}

size_t bpr_i_text_fill(char *buf, size_t size, const char *text, const char *const args[4])
{
	size_t n = 0;

	for (const char *s = text; *s;) {
		const char *piece = s;
		size_t length = 1;

		if (s[0] == '{' && s[1] >= '1' && s[1] <= '4' && s[2] == '}') {
			piece = args[s[1] - '1'] ? args[s[1] - '1'] : "";
			piece += *piece == *BPR_I_ARG;
			length = strlen(piece);
			s += 3;
		} else {
			s++;
		}
		if (n < size)
			memcpy(buf + n, piece, length < size - n ? length : size - n);
		n += length;
	}
	if (size)
		buf[n < size ? n : cut(buf, n, size - 1)] = '\0';
	return n;
}

/* Texts of arguments that are messages with arguments of their own; translations are longer than their ids. */
struct filled { char text[ARG_COUNT][4 * LONGEST_ARG]; };

/* "id SEP a SEP b" in the language, filled in. */
static const char *fill_arg(const char *arg, enum bpr_lang lang, char *text, size_t size)
{
	char parts[LONGEST_ARG + 1] = "";
	const char *args[ARG_COUNT] = { NULL };
	char *at = parts;

	memcpy(parts, arg, strlen(arg) < LONGEST_ARG ? strlen(arg) : LONGEST_ARG);
	for (size_t i = 0; i < ARG_COUNT && (at = strchr(at, *BPR_I_ARG_NEXT)); i++) {
		*at++ = '\0';
		args[i] = at;
	}
	(void)bpr_i_text_fill(text, size, bpr_text(lang, parts), args);
	return text;
}

/* The arguments of a problem, those that are message ids themselves translated. */
static void translate_args(const struct bpr_problem *problem, enum bpr_lang lang, const char *args[ARG_COUNT], struct filled *filled)
{
	for (size_t i = 0; i < ARG_COUNT; i++) {
		args[i] = problem->args[i];
		if (*args[i] == *BPR_I_ARG)
			args[i] = strchr(args[i], *BPR_I_ARG_NEXT) ? fill_arg(args[i] + 1, lang, filled->text[i], sizeof(filled->text[i]))
								   : bpr_text(lang, args[i] + 1);
	}
}

size_t bpr_problem_message(const struct bpr_problem *problem, enum bpr_lang lang, char *buf, size_t size)
{
	const char *texts[ARG_COUNT];
	struct filled filled;
	size_t n;

	translate_args(problem, lang, texts, &filled);
	n = bpr_i_text_fill(buf, size, bpr_text(lang, problem->code->message), texts);
	if (problem->count > 1) {
		char more[32];
		const char *args[ARG_COUNT] = { more, NULL, NULL, NULL };

		(void)bpr_i_num_format(more, sizeof(more), (double)(problem->count - 1));
		n += bpr_i_text_fill(n < size ? buf + n : NULL, n < size ? size - n : 0,
				     bpr_text(lang, N_(" (and {1} more like it)")), args);
	}
	return n;
}

size_t bpr_problem_hint(const struct bpr_problem *problem, enum bpr_lang lang, char *buf, size_t size)
{
	const char *texts[ARG_COUNT];
	struct filled filled;

	if (size)
		buf[0] = '\0';
	translate_args(problem, lang, texts, &filled);
	return problem->code->hint ? bpr_i_text_fill(buf, size, bpr_text(lang, problem->code->hint), texts) : 0;
}

bpr_status bpr_i_fail(struct bpr_error *err, bpr_status status, enum bpr_code_id id, const char *element, size_t line,
		      const char *a1, const char *a2)
{
	const char *args[ARG_COUNT] = { a1, a2, NULL, NULL };

	if (!err)
		return status;
	*err = (struct bpr_error){ .status = status, .line = line };
	(void)snprintf(err->code, sizeof(err->code), "%s", codes[id].code);
	if (element) {
		size_t length = cut(element, strlen(element), sizeof(err->element) - 1);

		memcpy(err->element, element, length);
		err->element[length] = '\0';
	}
	(void)bpr_i_text_fill(err->message, sizeof(err->message), codes[id].message, args);
	return status;
}
