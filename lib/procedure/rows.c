/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a table of procedures: texts, numbers, events; declarations of facts among them. */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <math.h>
#include <string.h>

struct bpr_procedure_row *bpr_i_procedures_row(bpr_procedures *p)
{
	struct bpr_procedure_row *row;

	if (!bpr_i_grow(&p->rows, &p->capacity, p->count + 1, sizeof(*p->rows)))
		return NULL;
	row = &p->rows[p->count++];
	*row = (struct bpr_procedure_row){ .group = BPR_NONE };
	return row;
}

/* ---- events ---- */

static const struct { enum bpr_life_event event; const char *key, *words; } life_events[] = {
	{ BPR_EVENT_MOVE_IN, "move_in", "movein|move-in|転入|転入届|movedin" },
	{ BPR_EVENT_MOVE_WITHIN, "move_within", "movewithin|move-within|転居|転居届" },
	{ BPR_EVENT_MOVE_OUT, "move_out", "moveout|move-out|転出|転出届" },
	{ BPR_EVENT_MARRIAGE, "marriage", "婚姻|結婚|婚姻届" },
	{ BPR_EVENT_BIRTH, "birth", "出生|出産|誕生|出生届" },
	{ BPR_EVENT_DIVORCE, "divorce", "離婚|離婚届" },
	{ BPR_EVENT_DEATH, "death", "死亡|おくやみ|お悔やみ|ご不幸|死亡届" },
};

const char *bpr_life_event_name(enum bpr_life_event event)
{
	return event >= BPR_EVENT_MOVE_IN && event < BPR_EVENT_COUNT ? life_events[event].key : "";
}

static bool among(const char *words, const char *key, size_t length)
{
	while (*words) {
		const size_t n = strcspn(words, "|");

		if (n == length && !memcmp(words, key, n))
			return true;
		words += n + (words[n] == '|');
	}
	return false;
}

static enum bpr_life_event life_event(const char *key)
{
	for (size_t i = 0; i < BPR_EVENT_COUNT; i++)
		if (!strcmp(life_events[i].key, key) || among(life_events[i].words, key, strlen(key)))
			return life_events[i].event;
	return BPR_EVENT_COUNT;
}

enum bpr_life_event bpr_life_event_find(const char *word)
{
	struct bpr_arena arena = { 0 };
	const char *key = word ? bpr_i_key_fold(&arena, word, strlen(word)) : NULL;
	const enum bpr_life_event event = key ? life_event(key) : BPR_EVENT_COUNT;

	bpr_i_arena_release(&arena);
	return event;
}

const char *bpr_i_event_key(struct bpr_arena *arena, const char *text, size_t length)
{
	const char *key = bpr_i_key_fold(arena, text, length);
	const enum bpr_life_event event = key ? life_event(key) : BPR_EVENT_COUNT;

	return event == BPR_EVENT_COUNT ? key : life_events[event].key;
}

size_t bpr_i_procedures_event(bpr_procedures *p, const char *text, size_t length)
{
	const char *key = bpr_i_event_key(&p->arena, text, length);
	size_t keys = p->event_capacity;

	if (!key)
		return BPR_NONE;
	for (size_t i = 0; i < p->event_count; i++)
		if (!strcmp(p->event_keys[i], key))
			return i;
	if (!bpr_i_grow(&p->event_keys, &keys, p->event_count + 1, sizeof(*p->event_keys)) ||
	    !bpr_i_grow(&p->events, &p->event_capacity, p->event_count + 1, sizeof(*p->events)))
		return BPR_NONE;
	p->events[p->event_count] = bpr_i_arena_strndup(&p->arena, text, length);
	p->event_keys[p->event_count] = key;
	return p->events[p->event_count] ? p->event_count++ : BPR_NONE;
}

bool bpr_i_procedures_event_find(const bpr_procedures *p, const char *word, size_t *out)
{
	struct bpr_arena arena = { 0 };
	const char *key = bpr_i_event_key(&arena, word, strlen(word));
	const bool ok = key != NULL;

	*out = BPR_NONE;
	for (size_t i = 0; key && i < p->event_count && *out == BPR_NONE; i++)
		if (!strcmp(p->event_keys[i], key))
			*out = i;
	bpr_i_arena_release(&arena);
	return ok;
}

/* "転入;転居", "すべて". */
static bool take_events(bpr_procedures *p, struct bpr_procedure_row *row, const char *text)
{
	static const char all[] = "all|any|*|すべて|全て|全部|共通|すべてのイベント";
	const char *const *items;
	size_t count, *events;

	if (!bpr_i_table_list(&p->arena, text, &items, &count))
		return false;
	events = bpr_i_arena_raw(&p->arena, count ? count : 1, sizeof(*events));
	if (!events)
		return false;
	row->event_count = 0;
	for (size_t i = 0; i < count; i++) {
		const char *key = bpr_i_key_fold(&p->arena, items[i], strlen(items[i]));
		size_t event;

		if (!key)
			return false;
		if (among(all, key, strlen(key))) {
			row->event_count = 0;
			return true;
		}
		event = bpr_i_procedures_event(p, items[i], strlen(items[i]));
		if (event == BPR_NONE)
			return false;
		for (size_t k = 0; k < row->event_count && event != BPR_NONE; k++)
			if (events[k] == event)
				event = BPR_NONE;
		if (event != BPR_NONE)
			events[row->event_count++] = event;
	}
	row->events = events;
	return true;
}

/* ---- cells ---- */

static bool take_texts(struct bpr_arena *arena, struct bpr_procedure *out, const char *const *cells)
{
	const struct { const char **to; enum bpr_procedure_column from; } texts[] = {
		{ &out->id, BPR_PCOL_ID }, { &out->name, BPR_PCOL_PROCEDURE }, { &out->plain, BPR_PCOL_PLAIN }, { &out->events, BPR_PCOL_EVENT },
		{ &out->condition, BPR_PCOL_CONDITION }, { &out->counter, BPR_PCOL_COUNTER }, { &out->building, BPR_PCOL_BUILDING }, { &out->floor, BPR_PCOL_FLOOR },
		{ &out->unit, BPR_PCOL_UNIT }, { &out->form, BPR_PCOL_FORM }, { &out->deadline, BPR_PCOL_DEADLINE }, { &out->law, BPR_PCOL_LAW },
		{ &out->proxy, BPR_PCOL_PROXY }, { &out->online, BPR_PCOL_ONLINE }, { &out->note, BPR_PCOL_NOTE }, { &out->url, BPR_PCOL_URL },
	};
	bool ok = true;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && ok; i++) {
		*texts[i].to = bpr_i_arena_strdup(arena, cells[texts[i].from]);
		ok = *texts[i].to != NULL;
	}
	return ok && bpr_i_table_list(arena, cells[BPR_PCOL_BRING], &out->bring, &out->bring_count);
}

static void wrong_cell(const struct bpr_procedure_reading *r, size_t line, enum bpr_procedure_column column, enum bpr_code_id id, const char *text)
{
	const struct bpr_place place = { .file = r->file, .line = line, .where = bpr_i_procedure_columns[column].key };

	bpr_i_problem(r->problems, id, &place, false, text, NULL, NULL, NULL);
}

/* A number of a cell, from `least`; NAN where there is none. "15分" is 15. Percent is understood where asked. */
static double number(const struct bpr_procedure_reading *r, const char *const *cells, enum bpr_procedure_column column, size_t line, double least, double most)
{
	const char *text = cells[column];
	struct bpr_buf folded = BPR_BUF_INIT;
	size_t n;
	double x = (double)NAN, factor = 1;
	bool ok;

	if (!*text)
		return (double)NAN;
	bpr_i_utf8_fold(&folded, text, strlen(text));
	n = folded.length;
	if (column == BPR_PCOL_OMISSION && n > 1 && folded.data[n - 1] == '%') {
		n--;
		factor = 100;
	} else if (column == BPR_PCOL_MINUTES && n > strlen("分") && !memcmp(folded.data + n - strlen("分"), "分", strlen("分"))) {
		n -= strlen("分");
	}
	while (n && folded.data[n - 1] == ' ')
		n--;
	ok = n && bpr_i_num_parse(folded.data, n, &x);
	x /= factor;
	if (!folded.failed && (!ok || !(x >= least) || !(x <= most))) {
		wrong_cell(r, line, column, column == BPR_PCOL_OMISSION ? BPR_I_H006 : column == BPR_PCOL_ORDER ? BPR_I_H008 : BPR_I_H005, text);
		ok = false;
	}
	ok = ok && !folded.failed;
	bpr_i_buf_release(&folded);
	return ok ? x : (double)NAN;
}

/* yes, no, or something else, which is as much as "under a condition". -2: out of memory. */
static int answer(struct bpr_arena *arena, const char *text)
{
	const char *key = bpr_i_key_fold(arena, text, strlen(text));

	return key ? bpr_i_yes_key(key) : -2;
}

static bool take_answers(bpr_procedures *p, struct bpr_procedure_row *row, const char *const *cells)
{
	struct bpr_procedure *out = &row->pub;
	const int proxy = answer(&p->arena, cells[BPR_PCOL_PROXY]), online = answer(&p->arena, cells[BPR_PCOL_ONLINE]);
	const int one_stop = answer(&p->arena, cells[BPR_PCOL_ONE_STOP]);

	if (proxy < -1 || online < -1 || one_stop < -1)
		return false;
	out->proxy_known = proxy >= 0;
	out->proxy_yes = proxy > 0;
	out->online_known = online >= 0;
	out->online_yes = online > 0;
	out->one_stop = one_stop > 0 || (one_stop < 0 && *cells[BPR_PCOL_ONE_STOP]);
	row->one_stop_at = bpr_i_arena_strdup(&p->arena, one_stop < 0 ? cells[BPR_PCOL_ONE_STOP] : "");
	return row->one_stop_at != NULL;
}

bpr_status bpr_i_procedure_fill(struct bpr_procedure_reading *r, struct bpr_procedure_row *row, const char *const *cells, size_t line,
				struct bpr_error *err)
{
	bpr_procedures *p = r->procedures;

	row->file = bpr_i_arena_strdup(&p->arena, r->file);
	row->pub.line = line;
	row->pub.order = number(r, cells, BPR_PCOL_ORDER, line, -(double)INFINITY, (double)INFINITY);
	row->pub.minutes = number(r, cells, BPR_PCOL_MINUTES, line, 0, 1e6);
	row->pub.omission = number(r, cells, BPR_PCOL_OMISSION, line, 0, 1);
	row->name_key = bpr_i_key_fold(&p->arena, cells[BPR_PCOL_PROCEDURE], strlen(cells[BPR_PCOL_PROCEDURE]));
	if (!row->file || !row->name_key || !take_texts(&p->arena, &row->pub, cells) || !take_answers(p, row, cells) ||
	    !take_events(p, row, cells[BPR_PCOL_EVENT]) || !bpr_i_deadline_parse(p, cells[BPR_PCOL_DEADLINE], line, &row->when) ||
	    bpr_i_problems_nomem(r->problems))
		return bpr_i_nomem(err);
	if (!row->when.understood)
		wrong_cell(r, line, BPR_PCOL_DEADLINE, BPR_I_H007, cells[BPR_PCOL_DEADLINE]);
	return BPR_OK;
}

/* ---- the table ---- */

static bool is_fact(bpr_procedures *p, const char *event, bool *fact)
{
	const char *key = bpr_i_key_fold(&p->arena, event, strlen(event));

	*fact = key && among("fact|question|質問|項目|事実", key, strlen(key));
	return key != NULL;
}

static bpr_status take_row(void *data, const struct bpr_table_row *table_row, struct bpr_error *err)
{
	struct bpr_procedure_reading *r = data;
	const struct bpr_row_place place = { table_row->file, table_row->line, r->problems };
	const char *const *cells = table_row->cells;
	struct bpr_procedure_row *row;
	bool fact;

	r->file = table_row->file;
	if (bpr_i_problems_full(r->problems, r->errors))
		return BPR_ESYNTAX;
	if (!is_fact(r->procedures, cells[BPR_PCOL_EVENT], &fact))
		return bpr_i_nomem(err);
	if (fact)
		return bpr_i_fact_declare(r->procedures, cells[BPR_PCOL_PROCEDURE], cells[BPR_PCOL_CONDITION], cells[BPR_PCOL_PLAIN], &place, err);
	if (!*cells[BPR_PCOL_PROCEDURE]) {
		wrong_cell(r, table_row->line, BPR_PCOL_PROCEDURE, BPR_I_H002, cells[BPR_PCOL_ID]);
		return BPR_OK;
	}
	if (r->procedures->count >= r->max_procedures) {
		char most[32];

		(void)bpr_i_num_format(most, sizeof(most), (double)r->max_procedures);
		bpr_i_problem(r->problems, BPR_I_H004, &(struct bpr_place){ .file = r->file, .line = table_row->line }, false, most, NULL, NULL, NULL);
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_H004, NULL, table_row->line, most, NULL);
	}
	row = bpr_i_procedures_row(r->procedures);
	return row ? bpr_i_procedure_fill(r, row, cells, table_row->line, err) : bpr_i_nomem(err);
}

struct taking { struct bpr_procedure_reading *reading; struct bpr_error *err; };

static bpr_status take(void *data, const struct bpr_table_row *row)
{
	struct taking *t = data;

	return take_row(t->reading, row, t->err);
}

bpr_status bpr_i_procedures_table(struct bpr_procedure_reading *r, const struct bpr_table_source *source, struct bpr_error *err)
{
	struct taking t = { r, err };

	return bpr_i_table_read(source, bpr_i_procedure_columns, BPR_PCOL_COUNT, take, &t, NULL, r->problems, err);
}
