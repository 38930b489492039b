/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of procedures as an object: reading, conditions once all rows are there, what it tells of itself. */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/file_i.h"
#include "base/options_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <string.h>

/* ---- conditions, once all rows and declarations are known ---- */

static bpr_status parse_conditions(struct bpr_procedure_reading *r, struct bpr_error *err)
{
	bpr_procedures *p = r->procedures;

	for (size_t i = 0; i < p->count; i++) {
		struct bpr_procedure_row *row = &p->rows[i];
		const struct bpr_row_place place = { row->file, row->pub.line, r->problems };
		const size_t facts = p->fact_count;
		bool wrong = false;

		if (row->own) /* of a decision table */
			continue;
		if (!bpr_i_condition_parse(p, row->pub.condition, &place, &row->own, &wrong)) {
			if (p->fact_count < BPR_I_FACTS || facts == p->fact_count)
				return bpr_i_nomem(err);
			bpr_i_problem(r->problems, BPR_I_H031, &(struct bpr_place){ .file = row->file, .line = row->pub.line }, false, "1000", NULL, NULL, NULL);
			return bpr_i_fail(err, BPR_ELIMIT, BPR_I_H031, NULL, row->pub.line, "1000", NULL);
		}
		if (wrong && bpr_i_problems_full(r->problems, r->errors))
			break;
	}
	return BPR_OK;
}

/* A bare name that is a value elsewhere in the table: 区分 = A または B. */
static void stray_words(const struct bpr_procedure_reading *r)
{
	const bpr_procedures *p = r->procedures;

	for (size_t i = 0; i < p->fact_count; i++) {
		const struct bpr_procedure_fact *fact = &p->facts[i];

		if (fact->known || fact->declared || fact->pub.kind != BPR_FACT_YES)
			continue;
		for (size_t k = 0; k < p->fact_count; k++)
			for (size_t w = 0; w < p->facts[k].word_count; w++)
				if (!strcmp(p->facts[k].word_keys[w], fact->key))
					bpr_i_problem(r->problems, BPR_I_H032, &(struct bpr_place){ .file = r->file, .line = fact->line, .where = "condition" }, false,
						      fact->pub.name, p->facts[k].pub.name, NULL, NULL);
	}
}

/* Rules of a FIRST table leave what the rules before them take. */
static bool first_rules(bpr_procedures *p, const struct bpr_rule_group *group)
{
	struct bpr_cond **own = bpr_i_arena_raw(&p->arena, group->count ? group->count : 1, sizeof(struct bpr_cond *));

	if (!own)
		return false;
	for (size_t i = 0; i < group->count; i++) {
		struct bpr_procedure_row *row = &p->rows[group->first + i];
		struct bpr_cond *parts[2], *before;

		own[i] = row->own;
		if (!own[i]) {
			own[i] = bpr_i_cond_new(&p->arena, BPR_COND_CONST, 0, 0);
			if (!own[i])
				return false;
			own[i]->value = BPR_I_YES;
		}
		row->cond = own[i];
		row->shadowed = i > 0;
		if (!i)
			continue;
		/* The list of children is shared: the first i of it. */
		before = bpr_i_cond_new(&p->arena, BPR_COND_OR, 0, 0);
		if (!before)
			return false;
		before->children = own;
		before->count = i;
		parts[0] = own[i];
		parts[1] = bpr_i_cond_join(&p->arena, BPR_COND_NOT, &before, 1);
		row->cond = parts[1] ? bpr_i_cond_join(&p->arena, BPR_COND_AND, parts, 2) : NULL;
		if (!row->cond)
			return false;
		row->cond->begin = own[i]->begin;
		row->cond->end = own[i]->end;
	}
	return true;
}

/* A decision table that asks for facts of members decides for each member: the rule holds where it does for one of them. */
static bool quantify(bpr_procedures *p, struct bpr_procedure_row *row)
{
	if (!row->cond)
		return true;
	(void)bpr_i_cond_settle(p, row->cond, true);
	if (!row->cond->person)
		return true;
	row->cond = bpr_i_cond_any(p, row->cond);
	return row->cond != NULL;
}

/* Events that conditions ask for are events of the table. */
static bool events_of_tests(bpr_procedures *p)
{
	for (size_t i = 0; i < p->fact_count; i++)
		if (p->facts[i].known && p->facts[i].known->derive == BPR_DERIVE_EVENT)
			for (size_t k = 0; k < p->facts[i].word_count; k++)
				if (bpr_i_procedures_event(p, p->facts[i].words[k], strlen(p->facts[i].words[k])) == BPR_NONE)
					return false;
	return true;
}

static void number_quantifiers(bpr_procedures *p, struct bpr_cond *cond)
{
	if (cond->kind == BPR_COND_COUNT) {
		if (cond->quantifier == BPR_NONE)
			cond->quantifier = p->quantifier_count++;
		return;
	}
	for (size_t i = 0; i < cond->count; i++)
		number_quantifiers(p, cond->children[i]);
}

static bpr_status settle(struct bpr_procedure_reading *r, struct bpr_error *err)
{
	bpr_procedures *p = r->procedures;

	if (!bpr_i_facts_settle(p, r->file, r->problems))
		return bpr_i_nomem(err);
	stray_words(r);
	if (!bpr_i_procedures_stops(p) || !events_of_tests(p))
		return bpr_i_nomem(err);
	for (size_t i = 0; i < p->count; i++)
		p->rows[i].cond = p->rows[i].own;
	for (size_t i = 0; i < p->group_count; i++)
		if (p->groups[i].hit == BPR_HIT_FIRST && !first_rules(p, &p->groups[i]))
			return bpr_i_nomem(err);
	for (size_t i = 0; i < p->count; i++) {
		struct bpr_procedure_row *row = &p->rows[i];

		if (row->group != BPR_NONE && p->groups[row->group].rules) {
			if (!quantify(p, row))
				return bpr_i_nomem(err);
		} else if (row->cond) {
			row->cond = bpr_i_cond_settle(p, row->cond, false);
			if (!row->cond)
				return bpr_i_nomem(err);
			row->own = row->cond;
		}
		if (row->cond)
			number_quantifiers(p, row->cond);
	}
	return BPR_OK;
}

/* The first error of the list from there on, as the error of the call. */
static bpr_status first_error(const struct bpr_procedure_reading *r, struct bpr_error *err)
{
	for (size_t i = r->errors; i < bpr_problems_count(r->problems); i++) {
		const struct bpr_problem problem = bpr_problems_get(r->problems, i);

		if (problem.severity != BPR_SEVERITY_ERROR)
			continue;
		for (size_t id = 0; id < BPR_I_CODE_COUNT; id++)
			if (bpr_code_at(id) == problem.code)
				return bpr_i_fail(err, BPR_ESYNTAX, (enum bpr_code_id)id, problem.where, problem.line, problem.args[0], problem.args[1]);
	}
	return BPR_OK;
}

static bpr_status finish(struct bpr_procedure_reading *r, struct bpr_error *err)
{
	bpr_status status = parse_conditions(r, err);

	if (!status)
		status = settle(r, err);
	if (!status && bpr_i_problems_nomem(r->problems))
		return bpr_i_nomem(err);
	if (!status)
		status = first_error(r, err);
	if (!status && !r->procedures->count) {
		bpr_i_problem(r->problems, BPR_I_H001, &(struct bpr_place){ .file = r->path }, false, NULL, NULL, NULL, NULL);
		status = bpr_i_fail(err, BPR_ESYNTAX, BPR_I_H001, NULL, 0, NULL, NULL);
	}
	return status;
}

/* ---- reading ---- */

/* XML by its first sign: no table of procedures begins with '<'. UTF-16 has a mark in front. */
static bool looks_like_xml(const char *data, size_t length)
{
	size_t i = 0;

	while (i < length && i < 8 && ((unsigned char)data[i] >= 0x80 || data[i] == '\0' || strchr(" \t\r\n", data[i])))
		i++;
	while (i < length && (data[i] == '\0' || strchr(" \t\r\n", data[i])))
		i++;
	return i < length && data[i] == '<';
}

static bpr_status read_all(struct bpr_procedure_reading *r, const char *data, size_t length, const struct bpr_procedure_options *options,
			   struct bpr_error *err)
{
	const struct bpr_table_source source = { .path = r->path, .data = data, .length = length, .encoding = options->encoding,
						 .sheets = "手続き|手続|procedures|手続き一覧", .max_bytes = options->max_bytes };
	bpr_status status = looks_like_xml(data, length) ? bpr_i_procedures_dmn(r, data, length, err) : bpr_i_procedures_table(r, &source, err);

	r->file = r->path;
	if (status == BPR_ESYNTAX && !first_error(r, err) && !bpr_i_problems_nomem(r->problems))
		(void)bpr_i_fail(err, status, BPR_I_H001, NULL, 0, NULL, NULL);
	return status ? status : finish(r, err);
}

bpr_status bpr_procedures_read_memory(const char *name, const void *data, size_t length, const struct bpr_procedure_options *options,
				      bpr_procedures **out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_procedure_options o = BPR_PROCEDURE_OPTIONS_INIT;
	struct bpr_procedure_reading r = { .problems = problems, .path = name, .file = name };
	bpr_problems *own = NULL;
	bpr_status status;

	*out = NULL;
	bpr_init();
	if (!bpr_i_options(&o, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	r.procedures = bpr_i_calloc(1, sizeof(*r.procedures));
	if (!r.procedures)
		return bpr_i_nomem(err);
	r.max_procedures = o.max_procedures;
	status = problems ? BPR_OK : bpr_problems_new(&own, err);
	if (own)
		r.problems = own;
	r.errors = bpr_problems_count(r.problems);
	r.procedures->source = status ? NULL : bpr_i_arena_strdup(&r.procedures->arena, name);
	if (!status && !r.procedures->source)
		status = bpr_i_nomem(err);
	if (!status && length > o.max_bytes) {
		bpr_i_problem(r.problems, BPR_I_I005, &(struct bpr_place){ .file = name }, false, "", NULL, NULL, NULL);
		status = bpr_i_fail(err, BPR_ELIMIT, BPR_I_I005, NULL, 0, "", NULL);
	}
	if (!status)
		status = read_all(&r, data, length, &o, err);
	bpr_problems_free(own);
	if (status)
		bpr_procedures_free(r.procedures);
	else
		*out = r.procedures;
	return status;
}

bpr_status bpr_procedures_read(const char *path, const struct bpr_procedure_options *options, bpr_procedures **out, bpr_problems *problems,
			       struct bpr_error *err)
{
	struct bpr_procedure_options o = BPR_PROCEDURE_OPTIONS_INIT;
	struct bpr_fault fault = { 0 };
	char *data = NULL;
	size_t length = 0;
	bpr_status status;

	*out = NULL;
	bpr_init();
	if (!bpr_i_options(&o, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	status = bpr_i_file_read(path, o.max_bytes, &data, &length, &fault);
	if (status) {
		bpr_i_problem(problems, fault.id, &(struct bpr_place){ .file = path, .line = fault.line }, false, fault.args[0], fault.args[1], fault.args[2], NULL);
		return bpr_i_fail(err, status, fault.id, NULL, fault.line, fault.args[0], fault.args[1]);
	}
	status = bpr_procedures_read_memory(path, data, length, &o, out, problems, err);
	bpr_i_free(data);
	return status;
}

void bpr_procedures_free(bpr_procedures *p)
{
	if (!p)
		return;
	bpr_i_free(p->stops);
	bpr_i_free(p->rows);
	bpr_i_free(p->facts);
	bpr_i_free(p->declared);
	bpr_i_free(p->events);
	bpr_i_free(p->event_keys);
	bpr_i_free(p->groups);
	bpr_i_arena_release(&p->arena);
	bpr_i_free(p);
}

/* ---- what it tells ---- */

size_t bpr_procedures_count(const bpr_procedures *p)
{
	return p->count;
}

const struct bpr_procedure *bpr_procedures_get(const bpr_procedures *p, size_t index)
{
	return &p->rows[index].pub;
}

const char *bpr_procedures_source(const bpr_procedures *p)
{
	return p->source;
}

size_t bpr_procedures_fact_count(const bpr_procedures *p)
{
	return p->fact_count;
}

const struct bpr_fact *bpr_procedures_fact(const bpr_procedures *p, size_t index)
{
	return &p->facts[index].pub;
}

size_t bpr_procedures_fact_find(const bpr_procedures *p, const char *name)
{
	struct bpr_arena arena = { 0 };
	const char *key = bpr_i_fact_key(&arena, name, strlen(name));
	size_t found = BPR_NONE;

	for (size_t i = 0; key && i < p->fact_count && found == BPR_NONE; i++)
		if (!strcmp(p->facts[i].key, key))
			found = i;
	bpr_i_arena_release(&arena);
	return found;
}

size_t bpr_procedures_event_count(const bpr_procedures *p)
{
	return p->event_count;
}

const char *bpr_procedures_event(const bpr_procedures *p, size_t index)
{
	return p->events[index];
}
