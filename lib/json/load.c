/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look over the text for what jansson does not do (limits, lines), then jansson. */
#include "config.h"
#include "base/alloc_i.h"
#include "json/json_i.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 2000 }; /* jansson refuses 2048 (JSON_PARSER_MAX_DEPTH) */

struct bpr_json_place {
	const json_t *value;
	size_t line;
};

/* As in lib/xml/memory.c: that an allocation failed is known by the thread, whatever the parser makes of it. */
static _Thread_local bool failed;

static void *noting_malloc(size_t size)
{
	void *p = bpr_i_realloc(NULL, size, 1);

	failed = failed || !p;
	return p;
}

void bpr_i_json_setup(void)
{
	json_set_alloc_funcs(noting_malloc, bpr_i_free);
}

/* ---- before ---- */

struct look {
	const char *text;
	size_t length, at, line, line_from;
	size_t depth, values;
	size_t *lines;       /* of each array and object, in order */
	size_t count, capacity;
};

static bpr_status over(const struct look *l, enum bpr_code_id id, size_t limit, struct bpr_fault *fault)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%zu", limit);
	(void)bpr_i_fault(fault, BPR_ELIMIT, id, l->line, number, NULL, NULL);
	fault->column = l->at - l->line_from + 1;
	return BPR_ELIMIT;
}

/* Over a string, from its first quote to its last; one that does not end is left to jansson. */
static bpr_status look_string(struct look *l, size_t most, struct bpr_fault *fault)
{
	size_t from = ++l->at;

	for (; l->at < l->length && l->text[l->at] != '"' && l->text[l->at] != '\n'; l->at++)
		if (l->text[l->at] == '\\' && l->at + 1 < l->length && l->text[l->at + 1] != '\n')
			l->at++;
	return (l->at < l->length ? l->at : l->length) - from > most ? over(l, BPR_I_I022, most, fault) : BPR_OK;
}

static bpr_status open_value(struct look *l, size_t deepest, struct bpr_fault *fault)
{
	if (++l->depth > deepest)
		return over(l, BPR_I_I021, deepest, fault);
	if (!bpr_i_grow(&l->lines, &l->capacity, l->count + 1, sizeof(*l->lines)))
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	l->lines[l->count++] = l->line;
	return BPR_OK;
}

/* Values are counted by what stands between them, which is never less. */
static bpr_status look_over(struct look *l, const struct bpr_json_options *options, struct bpr_fault *fault)
{
	size_t deepest = options->max_depth < DEEPEST ? options->max_depth : DEEPEST;
	bpr_status status = BPR_OK;

	for (; l->at < l->length && !status; l->at++) {
		switch (l->text[l->at]) {
		case '"': status = look_string(l, options->max_text, fault); break;
		case '{':
		case '[': status = open_value(l, deepest, fault); break;
		case '}':
		case ']': l->depth -= l->depth > 0; break;
		default: break;
		}
		if (l->at >= l->length)
			break;
		if (l->text[l->at] == '\n') {
			l->line++;
			l->line_from = l->at + 1;
		}
		if (!status && strchr("{[,", l->text[l->at]) && l->text[l->at] && ++l->values > options->max_values)
			status = over(l, BPR_I_I023, options->max_values, fault);
	}
	return status;
}

/* ---- after ---- */

static void place(struct bpr_json_doc *json, const struct look *l, json_t *value)
{
	if (!json_is_array(value) && !json_is_object(value))
		return;
	if (json->place_count < l->count) {
		json->places[json->place_count] = (struct bpr_json_place){ value, l->lines[json->place_count] };
		json->place_count++;
	}
	for (size_t i = 0; i < json_array_size(value); i++)
		place(json, l, json_array_get(value, i));
	for (void *member = json_object_iter(value); member; member = json_object_iter_next(value, member))
		place(json, l, json_object_iter_value(member));
}

static int by_address(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t)((const struct bpr_json_place *)a)->value;
	uintptr_t y = (uintptr_t)((const struct bpr_json_place *)b)->value;

	return (x > y) - (x < y);
}

static bpr_status keep_places(struct bpr_json_doc *json, const struct look *l, struct bpr_fault *fault)
{
	json->places = bpr_i_calloc(l->count, sizeof(*json->places));
	if (!json->places)
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	place(json, l, json->root);
	if (json->place_count)
		qsort(json->places, json->place_count, sizeof(*json->places), by_address);
	return BPR_OK;
}

size_t bpr_i_json_line(const struct bpr_json_doc *json, const json_t *value)
{
	struct bpr_json_place wanted = { value, 0 };
	const struct bpr_json_place *found = json->place_count && value ?
		bsearch(&wanted, json->places, json->place_count, sizeof(*json->places), by_address) : NULL;

	return found ? found->line : 0;
}

static bpr_status parse(struct bpr_json_doc *json, const char *text, size_t length, struct bpr_fault *fault)
{
	json_error_t error;

	failed = false;
	json->root = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &error);
	if (json->root && !failed)
		return BPR_OK;
	if (failed)
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	(void)bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_I020, error.line > 0 ? (size_t)error.line : 0, error.text, NULL, NULL);
	fault->column = error.column > 0 ? (size_t)error.column : 0;
	return BPR_ESYNTAX;
}

bpr_status bpr_i_json_load(struct bpr_json_doc *json, const char *text, size_t length, const struct bpr_json_options *options,
			   struct bpr_fault *fault)
{
	struct look l = { .text = text, .length = length, .line = 1 };
	bpr_status status;

	*json = (struct bpr_json_doc){ 0 };
	if (length >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) {
		l.text += 3;
		l.length -= 3;
	}
	status = look_over(&l, options, fault);
	if (!status)
		status = parse(json, l.text, l.length, fault);
	if (!status)
		status = keep_places(json, &l, fault);
	bpr_i_free(l.lines);
	if (status)
		bpr_i_json_release(json);
	return status;
}

void bpr_i_json_release(struct bpr_json_doc *json)
{
	json_decref(json->root);
	bpr_i_free(json->places);
	*json = (struct bpr_json_doc){ 0 };
}
