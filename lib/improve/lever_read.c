/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a table of levers: rows of one id are the actions of one lever; then what levers say of each other. */
#include "config.h"
#include "base/options_i.h"
#include "base/text_i.h"
#include "improve/lever_column_i.h"
#include "improve/lever_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define YEN N_("yen: 4200000, 420万, 4,200,000円")
#define IDS N_("ids of levers, ';' between")
#define TEXT N_("text")

const struct bpr_table_column bpr_i_lever_columns[LEVER_COLUMNS] = {
	[LEVER_ID] = { "id", "番号|No|ID|施策番号", false, TEXT, N_("Key of the lever; rows with the same one are one lever. Without any, rows are numbered from 1.") },
	[LEVER_NAME] = { "name", "施策名|名称|見直し案", false, TEXT, N_("What the lever is called in reports; made of what it does where nothing is said.") },
	[LEVER_KIND] = { "lever", "施策|手法|見直し方法|施策種別", true, N_("a kind of lever, in either language"), N_("What is done.") },
	[LEVER_TARGET] = { "target", "対象|対象工程|対象様式", false, N_("depends on the kind"), N_("What it is done to.") },
	[LEVER_VALUE] = { "value", "値|内容|変更後", false, N_("depends on the kind"), N_("How, or how much.") },
	[LEVER_COST] = { "cost", "費用|初期費用|導入費", false, YEN, N_("Yen, once; 0 or more.") },
	[LEVER_YEARLY] = { "yearly_cost", "年間費用|運用費|年額", false, YEN, N_("Yen a year; 0 or more.") },
	[LEVER_DAYS] = { "effort_days", "工数|人日", false, N_("a number, 0 or more: 5, 5人日"), N_("Person-days of work until it is in place.") },
	[LEVER_EASE] = { "ease", "容易さ|実施容易性", false, N_("1 hard 難 to 5 easy 易"), N_("How easy it is to do.") },
	[LEVER_NEEDS] = { "needs", "前提|前提施策", false, IDS, N_("Levers that must be done too, and not later.") },
	[LEVER_EXCLUDES] = { "excludes", "排他|排他施策", false, IDS, N_("Levers that cannot be done too.") },
	[LEVER_YEAR] = { "year", "年度|開始年度", false, N_("a fiscal year: 2026, 令和8年度"), N_("Fiscal year, from April, in which it can start at the earliest.") },
	[LEVER_FINDING] = { "finding", "所見|指摘", false, N_("a code: P004"), N_("Finding that led to it.") },
	[LEVER_WHERE] = { "where", "箇所|指摘箇所", false, N_("an element of the flow"), N_("Where the finding is.") },
	[LEVER_NOTE] = { "note", "備考|メモ", false, TEXT, N_("Free text.") },
};

bool bpr_lever_column_get(size_t index, struct bpr_column_info *out)
{
	const struct bpr_table_column *c = &bpr_i_lever_columns[index < LEVER_COLUMNS ? index : 0];

	if (index >= LEVER_COLUMNS)
		return false;
	*out = (struct bpr_column_info){ c->key, c->headings, c->values, c->explain };
	return true;
}

/* A lever while rows add to it. */
struct draft {
	struct bpr_lever lever;
	struct bpr_lever_action *actions; size_t action_room;
	const char *needs, *excludes; /* as written */
};

struct reading {
	bpr_levers *levers;           /* for its arena; filled in the end */
	struct bpr_arena scratch;
	struct draft *drafts; size_t count, room, max;
	struct bpr_names ids;
	bpr_problems *problems;
	const char *file;             /* of the rows, kept */
	size_t errors;
	bool nomem;
};

static void note(struct reading *r, enum bpr_code_id id, size_t line, enum lever_column column, const char *a1, const char *a2)
{
	const struct bpr_place place = { .file = r->file, .line = line, .where = bpr_i_lever_columns[column].key };

	if (!bpr_i_problem(r->problems, id, &place, false, a1, a2, NULL, NULL) && r->problems)
		r->nomem = true;
	r->errors++;
}

static const char *kept(struct reading *r, const char *text)
{
	const char *copy = *text ? bpr_i_arena_strdup(&r->scratch, text) : "";

	r->nomem |= !copy;
	return copy ? copy : "";
}

/* ---- cells ---- */

/* What a lever says twice must be the same. */
static bool is_new(struct reading *r, const struct bpr_table_row *row, enum lever_column column, double before, double now)
{
	if (isnan(before) || fabs(before - now) <= 1e-9 * fabs(now))
		return true;
	note(r, BPR_I_K009, row->line, column, row->cells[LEVER_ID], row->cells[column]);
	return false;
}

static void number_cell(struct reading *r, const struct bpr_table_row *row, enum lever_column column, enum bpr_code_id wrong, double low, double high,
			double *out)
{
	static const char *const tails[] = { "人日", "日", "days", "day" };
	const char *text = row->cells[column];
	char plain[64];
	size_t n = strlen(text);
	double x = 0;

	if (!n)
		return;
	for (size_t i = 0; column == LEVER_DAYS && i < sizeof(tails) / sizeof(tails[0]); i++)
		if (n > strlen(tails[i]) && !strcmp(text + n - strlen(tails[i]), tails[i])) {
			n -= strlen(tails[i]);
			break;
		}
	(void)snprintf(plain, sizeof(plain), "%.*s", n < sizeof(plain) ? (int)n : 0, text);
	if (!bpr_i_table_number(plain, &x) || !isfinite(x) || !(x >= low && x <= high))
		note(r, wrong, row->line, column, text, bpr_i_lever_columns[column].key);
	else if (is_new(r, row, column, *out, x))
		*out = x;
}

static void year_cell(struct reading *r, const struct bpr_table_row *row, int *out)
{
	const char *text = row->cells[LEVER_YEAR];
	int year = 0;

	if (!*text)
		return;
	if (!bpr_fiscal_year_parse(text, &year))
		note(r, BPR_I_K008, row->line, LEVER_YEAR, text, NULL);
	else if (is_new(r, row, LEVER_YEAR, *out ? (double)*out : (double)NAN, (double)year))
		*out = year;
}

static void text_cell(struct reading *r, const struct bpr_table_row *row, enum lever_column column, const char **out)
{
	const char *text = row->cells[column];

	if (!*text || !strcmp(*out, text))
		return;
	if (**out && column != LEVER_NOTE)
		note(r, BPR_I_K009, row->line, column, row->cells[LEVER_ID], text);
	else if (!**out)
		*out = kept(r, text);
}

/* Lists of several rows add up. */
static void list_cell(struct reading *r, const struct bpr_table_row *row, enum lever_column column, const char **out)
{
	const char *text = row->cells[column];
	struct bpr_buf both = BPR_BUF_MAX(1 << 20);

	if (!*text || !strcmp(*out, text))
		return;
	bpr_i_buf_puts(&both, *out);
	bpr_i_buf_puts(&both, **out ? ";" : "");
	bpr_i_buf_puts(&both, text);
	r->nomem |= both.failed != BPR_OK;
	*out = both.failed ? "" : kept(r, both.data);
	bpr_i_buf_release(&both);
}

static void unknown_kind(struct reading *r, const struct bpr_table_row *row)
{
	struct lever_names names;
	char words[BPR_LEVER_KIND_COUNT][64];

	bpr_i_lever_names_begin(&names, row->cells[LEVER_KIND]);
	for (size_t i = 0; i < BPR_LEVER_KIND_COUNT; i++) {
		const struct bpr_lever_kind_info *info = bpr_lever_kind_get((enum bpr_lever_kind)i);

		(void)snprintf(words[i], sizeof(words[i]), "%.*s", (int)strcspn(info->words, "|"), info->words);
		bpr_i_near_offer(&names.near, words[i]);
		bpr_i_lever_names_offer(&names, info->key);
	}
	note(r, BPR_I_K001, row->line, LEVER_KIND, row->cells[LEVER_KIND], bpr_i_lever_names_text(&names));
}

/* ---- rows ---- */

/* The lever of the row, made where it is new; NULL out of memory or over the limit. */
static struct draft *draft_of(struct reading *r, const struct bpr_table_row *row)
{
	const char *id = row->cells[LEVER_ID];
	char number[32];
	size_t at;

	for (size_t n = r->count + 1; !*id || !strcmp(id, "-"); n++) {
		(void)snprintf(number, sizeof(number), "%zu", n);
		if (bpr_i_names_find(&r->ids, number, strlen(number)) == BPR_NONE)
			id = number;
	}
	at = bpr_i_names_find(&r->ids, id, strlen(id));
	if (at != BPR_NONE)
		return &r->drafts[at];
	if (r->count >= r->max) {
		(void)snprintf(number, sizeof(number), "%zu", r->max);
		note(r, BPR_I_K010, row->line, LEVER_ID, number, NULL);
		return NULL;
	}
	id = kept(r, id);
	if (r->nomem || !bpr_i_grow(&r->drafts, &r->room, r->count + 1, sizeof(*r->drafts)) ||
	    bpr_i_names_add(&r->ids, id, strlen(id), NULL) == BPR_NONE) {
		r->nomem = true;
		return NULL;
	}
	r->drafts[r->count] = (struct draft){ .needs = "", .excludes = "", .lever = { .id = id, .name = "", .note = "", .finding = "", .where = "",
		.cost = (double)NAN, .yearly_cost = (double)NAN, .effort_days = (double)NAN, .ease = (double)NAN, .line = row->line } };
	return &r->drafts[r->count++];
}

static void add_action(struct reading *r, struct draft *d, const struct bpr_table_row *row, enum bpr_lever_kind kind)
{
	const struct bpr_lever_action action = { kind, kept(r, row->cells[LEVER_TARGET]), kept(r, row->cells[LEVER_VALUE]), row->line };

	if (!bpr_i_grow(&d->actions, &d->action_room, d->lever.action_count + 1, sizeof(*d->actions)))
		r->nomem = true;
	else
		d->actions[d->lever.action_count++] = action;
}

static bpr_status take_row(void *data, const struct bpr_table_row *row)
{
	struct reading *r = data;
	enum bpr_lever_kind kind;
	struct draft *d;
	size_t before = r->errors;

	if (!r->file || strcmp(r->file, row->file) != 0)
		r->file = bpr_i_arena_strdup(&r->scratch, row->file);
	d = r->file ? draft_of(r, row) : NULL;
	if (!d)
		return r->errors > before ? BPR_ELIMIT : BPR_ENOMEM;
	kind = bpr_lever_kind_find(row->cells[LEVER_KIND]);
	if (!*row->cells[LEVER_KIND])
		note(r, BPR_I_K011, row->line, LEVER_KIND, NULL, NULL);
	else if (kind == BPR_LEVER_KIND_COUNT)
		unknown_kind(r, row);
	else
		add_action(r, d, row, kind);
	text_cell(r, row, LEVER_NAME, &d->lever.name);
	text_cell(r, row, LEVER_NOTE, &d->lever.note);
	text_cell(r, row, LEVER_FINDING, &d->lever.finding);
	text_cell(r, row, LEVER_WHERE, &d->lever.where);
	list_cell(r, row, LEVER_NEEDS, &d->needs);
	list_cell(r, row, LEVER_EXCLUDES, &d->excludes);
	number_cell(r, row, LEVER_COST, BPR_I_K006, 0, 1e15, &d->lever.cost);
	number_cell(r, row, LEVER_YEARLY, BPR_I_K006, 0, 1e15, &d->lever.yearly_cost);
	number_cell(r, row, LEVER_DAYS, BPR_I_K006, 0, 1e9, &d->lever.effort_days);
	number_cell(r, row, LEVER_EASE, BPR_I_K007, 1, 5, &d->lever.ease);
	year_cell(r, row, &d->lever.year);
	if (r->nomem)
		return BPR_ENOMEM;
	return bpr_i_problems_full(r->problems, 0) ? BPR_ESYNTAX : BPR_OK;
}

/* ---- what levers say of each other ---- */

static size_t find_other(struct reading *r, const struct draft *d, const char *text, enum lever_column column)
{
	struct lever_names names;
	size_t at = bpr_i_names_find(&r->ids, text, strlen(text));

	for (size_t i = 0; i < r->count && at == BPR_NONE; i++)
		if (*r->drafts[i].lever.name && !strcmp(r->drafts[i].lever.name, text))
			at = i;
	if (at != BPR_NONE)
		return at;
	bpr_i_lever_names_begin(&names, text);
	for (size_t i = 0; i < r->count; i++)
		bpr_i_lever_names_offer(&names, r->drafts[i].lever.id);
	note(r, BPR_I_K002, d->lever.line, column, text, bpr_i_lever_names_text(&names));
	return BPR_NONE;
}

static bool is_listed(const size_t *list, size_t count, size_t item)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == item)
			return true;
	return false;
}

static void others(struct reading *r, const struct draft *d, const char *text, enum lever_column column, const size_t **out, size_t *count)
{
	const char *const *items;
	size_t item_count, *list;

	*count = 0;
	if (!bpr_i_table_list(&r->scratch, text, &items, &item_count)) {
		r->nomem = true;
		return;
	}
	list = bpr_i_arena_raw(&r->scratch, item_count + 1, sizeof(*list));
	r->nomem |= !list;
	for (size_t i = 0; list && i < item_count; i++) {
		const size_t at = find_other(r, d, items[i], column);

		if (at != BPR_NONE && !is_listed(list, *count, at))
			list[(*count)++] = at;
	}
	*out = list;
}

/* Everything that the lever needs, itself included, is marked with its number + 1. False: it needs itself. */
static bool mark_needs(const struct reading *r, size_t lever, size_t *marks, size_t *stack)
{
	size_t depth = 0;

	stack[depth++] = lever;
	marks[lever] = lever + 1;
	while (depth) {
		const struct bpr_lever *l = &r->drafts[stack[--depth]].lever;

		for (size_t i = 0; i < l->need_count; i++) {
			if (l->needs[i] == lever)
				return false;
			if (marks[l->needs[i]] == lever + 1)
				continue;
			marks[l->needs[i]] = lever + 1;
			stack[depth++] = l->needs[i];
		}
	}
	return true;
}

/* Among a lever and all that it needs, none excludes another. */
static void check_excludes(struct reading *r, size_t lever, const size_t *marks)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct bpr_lever *l = &r->drafts[i].lever;

		if (marks[i] != lever + 1)
			continue;
		for (size_t k = 0; k < l->exclude_count; k++) {
			if (marks[l->excludes[k]] != lever + 1)
				continue;
			note(r, BPR_I_K004, r->drafts[lever].lever.line, LEVER_EXCLUDES, l->id, r->drafts[l->excludes[k]].lever.id);
			return;
		}
	}
}

static void check_others(struct reading *r)
{
	size_t *marks = bpr_i_arena_alloc(&r->scratch, r->count + 1, sizeof(*marks));
	size_t *stack = bpr_i_arena_alloc(&r->scratch, r->count + 1, sizeof(*stack));

	for (size_t i = 0; i < r->count && !r->nomem; i++) {
		struct draft *d = &r->drafts[i];

		others(r, d, d->needs, LEVER_NEEDS, &d->lever.needs, &d->lever.need_count);
		others(r, d, d->excludes, LEVER_EXCLUDES, &d->lever.excludes, &d->lever.exclude_count);
	}
	r->nomem |= !marks || !stack;
	for (size_t i = 0; i < r->count && !r->nomem && !bpr_i_problems_full(r->problems, 0); i++) {
		if (!r->drafts[i].lever.need_count && !r->drafts[i].lever.exclude_count)
			continue;
		if (mark_needs(r, i, marks, stack))
			check_excludes(r, i, marks);
		else
			note(r, BPR_I_K003, r->drafts[i].lever.line, LEVER_NEEDS, r->drafts[i].lever.id, NULL);
	}
}

/* ---- */

static bpr_status finish(struct reading *r, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	if (!r->count && !r->errors)
		note(r, BPR_I_K012, 0, LEVER_KIND, NULL, NULL);
	check_others(r);
	if (r->nomem)
		return bpr_i_nomem(err);
	if (r->errors)
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_K013, NULL, 0, r->levers->source, NULL);
	for (size_t i = 0; i < r->count && !status; i++) {
		r->drafts[i].lever.actions = r->drafts[i].actions;
		status = bpr_levers_add(r->levers, &r->drafts[i].lever, err);
	}
	return status;
}

static bpr_status read_table(const struct bpr_table_source *source, size_t max_levers, bpr_levers **out, bpr_problems *problems, struct bpr_error *err)
{
	struct reading r = { .problems = problems, .max = max_levers };
	bpr_status status = bpr_levers_new(source->path, &r.levers, err);

	*out = NULL;
	if (!status)
		status = bpr_i_table_read(source, bpr_i_lever_columns, LEVER_COLUMNS, take_row, &r, NULL, problems, err);
	if (!status || (status == BPR_ESYNTAX && r.errors))
		status = finish(&r, err);
	for (size_t i = 0; i < r.count; i++)
		bpr_i_free(r.drafts[i].actions);
	bpr_i_free(r.drafts);
	bpr_i_names_release(&r.ids);
	bpr_i_arena_release(&r.scratch);
	if (status) {
		bpr_levers_free(r.levers);
		return status;
	}
	*out = r.levers;
	return BPR_OK;
}

static bpr_status read_from(const char *path, const void *data, size_t length, const struct bpr_lever_options *options, bpr_levers **out,
			    bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_lever_options o = BPR_LEVER_OPTIONS_INIT;
	struct bpr_table_source source = { .path = path, .data = data, .length = length, .sheets = BPR_LEVER_SHEETS };

	if (!bpr_i_options(&o, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_K013, NULL, 0, path, NULL);
	source.encoding = o.encoding;
	source.max_bytes = o.max_bytes;
	source.max_rows = o.max_levers < ((size_t)-1) / 16 ? 16 * o.max_levers : o.max_levers;
	return read_table(&source, o.max_levers, out, problems, err);
}

bpr_status bpr_levers_read(const char *path, const struct bpr_lever_options *options, bpr_levers **out, bpr_problems *problems, struct bpr_error *err)
{
	return read_from(path, NULL, 0, options, out, problems, err);
}

bpr_status bpr_levers_read_memory(const char *name, const void *data, size_t length, const struct bpr_lever_options *options, bpr_levers **out,
				  bpr_problems *problems, struct bpr_error *err)
{
	return read_from(name, data ? data : "", length, options, out, problems, err);
}
