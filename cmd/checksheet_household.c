/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Households of bpr checksheet: from JSON files, from options, from answers; written as JSON. */
#include "config.h"
#include "checksheet.h"
#include "output.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- answers ---- */

void answers_add(struct answers *answers, enum answer_kind kind, size_t member, const char *name, const char *value)
{
	answers->items = xgrow(answers->items, &answers->capacity, answers->count + 1, sizeof(*answers->items));
	answers->items[answers->count++] = (struct answer){ kind, member, name ? xstrdup(name) : NULL, value ? xstrdup(value) : NULL };
}

void answers_drop(struct answers *answers)
{
	struct answer *last = &answers->items[--answers->count];

	free(last->name);
	free(last->value);
}

void answers_release(struct answers *answers)
{
	while (answers->count)
		answers_drop(answers);
	free(answers->items);
	*answers = (struct answers){ 0 };
}

static bpr_status tell(const struct answer *a, bpr_household *household, struct bpr_error *err)
{
	long day;

	switch (a->kind) {
	case ANSWER_EVENT:
		return bpr_household_event(household, a->value, err);
	case ANSWER_DATE:
		if (a->value && bpr_date_parse(a->value, &day))
			bpr_household_date(household, day);
		return BPR_OK;
	case ANSWER_MEMBER:
		return bpr_household_member(household, a->value) == BPR_NONE ? BPR_ENOMEM : BPR_OK;
	case ANSWER_MEMBERS_DONE:
		return BPR_OK;
	case ANSWER_FACT:
		break;
	}
	return a->value ? bpr_household_fact(household, a->member, a->name, a->value, err) : BPR_OK;
}

bpr_status answers_tell(const struct answers *answers, bpr_household *household, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < answers->count && !status; i++)
		status = tell(&answers->items[i], household, err);
	return status;
}

/* ---- options ---- */

/* "KEY=VALUE", or "KEY" for yes; false: neither (told). */
static bool fact_of(const char *text, size_t length, bpr_household *household, size_t member, bpr_status *status, struct bpr_error *err)
{
	const char *equals = memchr(text, '=', length);
	char *name, *value;

	if (!length || text == equals)
		return false;
	name = xstrndup(text, equals ? (size_t)(equals - text) : length);
	value = equals ? xstrndup(equals + 1, length - (size_t)(equals + 1 - text)) : xstrdup("yes");
	*status = bpr_household_fact(household, member, name, value, err);
	free(name);
	free(value);
	return true;
}

static size_t member_named(const bpr_household *household, const char *name)
{
	for (size_t i = 0; *name && i < bpr_household_member_count(household); i++)
		if (!strcmp(bpr_household_member_name(household, i), name))
			return i;
	return BPR_NONE;
}

/* "NAME:KEY=VALUE,KEY=VALUE", the name may be missing. A member who is there already is told more. */
static bpr_status say_member(const char *text, bpr_household *household, struct bpr_error *err)
{
	const char *colon = strchr(text, ':'), *wide = strstr(text, "："), *at;
	char *name;
	size_t member;
	bpr_status status = BPR_OK;

	if (wide && (!colon || wide < colon)) {
		name = xstrndup(text, (size_t)(wide - text));
		at = wide + strlen("：");
	} else {
		name = colon ? xstrndup(text, (size_t)(colon - text)) : xstrdup(strchr(text, '=') ? "" : text);
		at = colon ? colon + 1 : strchr(text, '=') ? text : text + strlen(text);
	}
	member = member_named(household, name);
	if (member == BPR_NONE)
		member = bpr_household_member(household, name);
	free(name);
	if (member == BPR_NONE)
		return BPR_ENOMEM;
	while (*at && !status) {
		size_t length = strcspn(at, ",");

		if (length && !fact_of(at, length, household, member, &status, err)) {
			say("U226", NULL, text, NULL, NULL);
			return BPR_EINVAL;
		}
		at += length + (at[length] == ',');
	}
	return status;
}

bpr_status household_say_options(const struct checksheet_args *args, bpr_household *household, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	if (args->event)
		status = bpr_household_event(household, args->event, err);
	if (!status && args->name)
		status = bpr_household_name_set(household, args->name, err);
	if (args->date)
		bpr_household_date(household, args->day);
	for (size_t i = 0; i < args->facts.count && !status; i++)
		if (!fact_of(args->facts.items[i], strlen(args->facts.items[i]), household, BPR_NONE, &status, err)) {
			say("U226", NULL, args->facts.items[i], NULL, NULL);
			status = BPR_EINVAL;
		}
	for (size_t i = 0; i < args->members.count && !status; i++)
		status = say_member(args->members.items[i], household, err);
	return status;
}

/* ---- households ---- */

static void add(struct households *h, bpr_household *household)
{
	h->items = xgrow(h->items, &h->capacity, h->count + 1, sizeof(bpr_household *));
	h->items[h->count++] = household;
}

/* Wrong options are told above, with a code of their own; the library's errors here. */
static int told(bpr_status status, const struct bpr_error *err, const char *file, const bpr_problems *problems)
{
	struct text notes = { 0 };

	if (err->status) {
		say_failure(&notes, err, file, problems, 0);
		if (notes.data)
			fputs(notes.data, stderr);
		text_release(&notes);
	}
	return status == BPR_EINVAL ? STATUS_USAGE : common_status(status);
}

static int read_file(const struct checksheet_args *args, const char *path, struct households *out)
{
	bpr_problems *problems = NULL;
	bpr_household **items = NULL;
	struct bpr_error err = { 0 };
	struct text notes = { 0 };
	size_t count = 0;
	bpr_status status = bpr_problems_new(&problems, &err);
	int result = STATUS_OK;

	if (!status)
		status = bpr_households_read(path, &items, &count, problems, &err);
	if (status)
		result = told(status, &err, path, problems);
	else if (!args->common.quiet)
		say_problems(&notes, problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	for (size_t i = 0; i < count; i++)
		add(out, items[i]);
	if (items)
		bpr_households_free(items, 0); /* the list; the households are ours now */
	bpr_problems_free(problems);
	return result;
}

static int new_household(struct households *out)
{
	bpr_household *household = NULL;
	struct bpr_error err = { 0 };
	bpr_status status = bpr_household_new(&household, &err);

	if (status)
		return told(status, &err, NULL, NULL);
	add(out, household);
	return STATUS_OK;
}

/* A blank sheet for each event of the table. */
static int for_each_event(const bpr_procedures *procedures, struct households *out)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < bpr_procedures_event_count(procedures) && !status; i++) {
		struct bpr_error err = { 0 };
		bpr_status failed = BPR_OK;

		status = new_household(out);
		if (!status)
			failed = bpr_household_event(out->items[out->count - 1], bpr_procedures_event(procedures, i), &err);
		if (failed)
			status = told(failed, &err, NULL, NULL);
	}
	return status;
}

int households_make(const struct checksheet_args *args, const bpr_procedures *procedures, struct households *out)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < args->households.count && !status; i++)
		status = read_file(args, args->households.items[i], out);
	if (!status && !args->households.count)
		status = args->view.blank && !args->event && bpr_procedures_event_count(procedures) ? for_each_event(procedures, out) : new_household(out);
	for (size_t i = 0; i < out->count && !status; i++) {
		struct bpr_error err = { 0 };
		bpr_status failed = household_say_options(args, out->items[i], &err);

		if (failed)
			status = told(failed, &err, NULL, NULL);
	}
	return status;
}

void households_release(struct households *h)
{
	for (size_t i = 0; i < h->count; i++)
		bpr_household_free(h->items[i]);
	free(h->items);
	*h = (struct households){ 0 };
}

/* ---- as JSON ---- */

static void put_string(struct text *out, const char *text)
{
	text_puts(out, "\"");
	for (; *text; text++)
		if (*text == '"' || *text == '\\')
			text_printf(out, "\\%c", *text);
		else if ((unsigned char)*text < ' ' || *text == 0x7f)
			text_printf(out, "\\u%04x", (unsigned)(unsigned char)*text);
		else
			text_add(out, text, 1);
	text_puts(out, "\"");
}

/* Facts of the household or of a member that the table knows, as they were said. */
static void put_facts(struct text *out, const bpr_procedures *procedures, const bpr_household *household, size_t member, const char *indent)
{
	bool any = false;

	text_puts(out, "\"facts\": {");
	for (size_t i = 0; i < bpr_procedures_fact_count(procedures); i++) {
		const char *name = bpr_procedures_fact(procedures, i)->name;
		const char *value = bpr_household_get(household, member, name);

		if (!value)
			continue;
		text_printf(out, "%s\n%s\t", any ? "," : "", indent);
		put_string(out, name);
		text_puts(out, ": ");
		put_string(out, value);
		any = true;
	}
	if (any)
		text_printf(out, "\n%s", indent);
	text_puts(out, "}");
}

static void put_household(struct text *out, const bpr_procedures *procedures, const bpr_household *household, const struct bpr_checksheet *sheet)
{
	int year, month, day;

	text_puts(out, "{\n");
	if (*bpr_household_name(household)) {
		text_puts(out, "\t\"name\": ");
		put_string(out, bpr_household_name(household));
		text_puts(out, ",\n");
	}
	text_puts(out, "\t\"event\": ");
	put_string(out, sheet->event);
	if (sheet->date_known) {
		bpr_date_parts(sheet->date, &year, &month, &day);
		text_printf(out, ",\n\t\"date\": \"%04d-%02d-%02d\"", year, month, day);
	}
	text_puts(out, ",\n\t");
	put_facts(out, procedures, household, BPR_NONE, "\t");
	text_puts(out, ",\n\t\"members\": [");
	for (size_t i = 0; i < bpr_household_member_count(household); i++) {
		text_puts(out, i ? ",\n\t\t{ \"name\": " : "\n\t\t{ \"name\": ");
		put_string(out, bpr_household_member_name(household, i));
		text_puts(out, ", ");
		put_facts(out, procedures, household, i, "\t\t");
		text_puts(out, " }");
	}
	text_puts(out, bpr_household_member_count(household) ? "\n\t]\n}\n" : "]\n}\n");
}

int household_save(const char *path, const bpr_procedures *procedures, const bpr_household *household)
{
	struct bpr_checksheet sheet = { 0 };
	struct bpr_error err = { 0 };
	struct text out = { 0 };
	int status = STATUS_OK;
	bpr_status failed = bpr_checksheet_make(procedures, household, &sheet, NULL, &err);

	if (failed)
		return told(failed, &err, NULL, NULL);
	put_household(&out, procedures, household, &sheet);
	if (output_side_open(path, NULL, 0, &status)) {
		(void)output_side_write(out.data, out.length);
		status = output_side_commit() ? STATUS_OK : STATUS_OUTPUT;
	}
	text_release(&out);
	bpr_checksheet_release(&sheet);
	return status;
}
