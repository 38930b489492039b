/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of the headings of logs, and the row in which they stand. A new heading is a name here. */
#include "config.h"
#include "mine/log_csv_i.h"
#include "base/buf_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <bpr/column.h>
#include <string.h>

enum { ROWS = 30, WIDEST = 1000, LONGEST = 300 };

static const struct bpr_log_heading headings[] = {
	{ BPR_LOG_ROLE_CASE, "--case", "case:concept:name|case_id|case|case key|trace_id|visitor|participant|team",
	  "案件番号|案件ID|案件|案件名|ケースID|ケース|整理番号|申請番号|申請ID|受理番号|文書番号|起案番号|稟議番号|伝票番号|受付番号|体験者|体験者名|参加者|班|氏名",
	  N_("Case that the event belongs to.") },
	{ BPR_LOG_ROLE_ACTIVITY, "--activity", "concept:name|activity|activity name|event|event name|task|task name|step|action",
	  "作業|作業名|作業内容|アクティビティ|活動|工程|工程名|手続|手続き|手続名|行ったこと|したこと|処理|処理内容|手順|イベント|ステップ",
	  N_("What was done.") },
	{ BPR_LOG_ROLE_TIME, "--time",
	  "time:timestamp|complete timestamp|end timestamp|complete|completed|complete time|completion time|end time|end|end date|finish|finish time|"
	  "timestamp|date time|event time|time",
	  "完了日時|終了日時|完了時刻|終了時刻|完了|終了|処理日時|実施日時|発生日時|登録日時|更新日時|日時|時刻",
	  N_("When it was completed, or the only time that is known.") },
	{ BPR_LOG_ROLE_START, "--start", "start_timestamp|start time|start|started|begin|begin time|start date", "開始日時|開始時刻|開始|着手日時|着手",
	  N_("When it began.") },
	{ BPR_LOG_ROLE_RESOURCE, "--resource", "org:resource|resource|resource name|user|user name|person|staff|employee|operator",
	  "担当者|担当者名|担当者氏名|担当者ID|職員|職員名|職員氏名|職員番号|処理者|実施者|対応者|操作者|ユーザー|ユーザ", N_("Who did it.") },
	{ BPR_LOG_ROLE_UNIT, "--unit", "org:group|unit|department|section|group", "担当課|課|課名|部署|部署名|係|担当係|担当|所属|所管課|所管",
	  N_("Section that did it.") },
	{ BPR_LOG_ROLE_COUNTER, "--counter", "counter|counter name|window|desk", "窓口|窓口番号|窓口名|場所|ブース", N_("Counter at which it was done.") },
	{ BPR_LOG_ROLE_RESULT, "--result", "result|outcome", "結果|結末", N_("How the case ended: 完了, 不在, 取消 …") },
	{ BPR_LOG_ROLE_DATE, NULL, "date|day", "日付|年月日|発券日|来庁日|実施日|処理日|受付日",
	  N_("Day of the times of day in the same row; alone, the time of the event.") },
	{ BPR_LOG_ROLE_LIFECYCLE, NULL, "lifecycle:transition|lifecycle|transition", "状態遷移",
	  N_("start or complete: rows of one activity of a case that belong together.") },
	{ BPR_LOG_ROLE_TICKET, NULL, "ticket|ticket number|ticket no|number", "番号|発券番号|番号札|整理券番号|整理券",
	  N_("Number of a ticket; with its day it is the case.") },
	{ BPR_LOG_ROLE_ISSUED, NULL, "issued|issued at|issue time|ticket issued", "発券時刻|発券日時|発券時間|発券", N_("Ticket: when it was drawn.") },
	{ BPR_LOG_ROLE_CALLED, NULL, "called|called at|call time", "呼出時刻|呼出日時|呼出時間|呼出|呼出し|呼び出し時刻|呼ばれた時刻|呼ばれた",
	  N_("Ticket or walk: when its number was called.") },
	{ BPR_LOG_ROLE_BEGUN, NULL, "service start|served from", "受付開始|受付開始時刻|受付開始日時|対応開始|対応開始時刻|応対開始|応対開始時刻",
	  N_("Ticket: when the service at the counter began.") },
	{ BPR_LOG_ROLE_DONE, NULL, "service end|served to", "受付終了|受付終了時刻|受付終了日時|対応終了|対応終了時刻|応対終了|応対終了時刻",
	  N_("Ticket: when the service at the counter ended.") },
	{ BPR_LOG_ROLE_HANDED, NULL, "handed over|handed over at|delivered", "交付時刻|会計時刻|交付/会計時刻|交付・会計時刻|交付日時|会計日時|交付|会計",
	  N_("Ticket: when the document was handed over or the fee was paid.") },
	{ BPR_LOG_ROLE_ARRIVED, NULL, "arrived at|arrived", "着いた時刻|着いた|到着時刻|到着", N_("Walk: when the counter was reached.") },
	{ BPR_LOG_ROLE_FINISHED, NULL, "finished at|left at", "終わった時刻|終わった", N_("Walk: when it was over.") },
	{ BPR_LOG_ROLE_WRITES, NULL, "writes|forms", "書いた様式|記入様式|様式|様式名", N_("Walk: forms filled in, ';' between.") },
	{ BPR_LOG_ROLE_NAMES, NULL, "names", "名前を書いた回数|氏名を書いた回数|氏名記入回数", N_("Walk: how often the name was written.") },
	{ BPR_LOG_ROLE_FIELDS, NULL, "fields", "記入項目数|記入項目|書いた項目数|項目数", N_("Walk: fields filled in.") },
	{ BPR_LOG_ROLE_SEALS, NULL, "seals", "押印|押印数|押印回数", N_("Walk: seals put; ○ counts as one.") },
	{ BPR_LOG_ROLE_ID_CHECKS, NULL, "id_checks", "本人確認|本人確認回数", N_("Walk: identity checks; ○ counts as one.") },
	{ BPR_LOG_ROLE_NOTE, NULL, "note", "気づき|気付き|気づいたこと|感想|備考|メモ", N_("Walk: what was noticed.") },
};

bool bpr_log_column_get(size_t index, struct bpr_log_column *out)
{
	if (index >= sizeof(headings) / sizeof(headings[0]))
		return false;
	*out = (struct bpr_log_column){ headings[index].option, headings[index].english, headings[index].japanese, headings[index].explain };
	return true;
}

void bpr_i_log_heading_plain(struct bpr_buf *out, const char *text, size_t length)
{
	char room[LONGEST * 3 + 1] = "";
	struct bpr_buf folded = BPR_BUF_ON(room);

	if (length && *text == '\'') { /* the mark against formulas, see bpr-flow(5) */
		text++;
		length--;
	}
	if (length <= LONGEST)
		bpr_i_utf8_fold(&folded, text, length);
	for (const char *s = room; *s && !folded.failed; s++) {
		if (strchr(" _:-./\r\n\t", *s))
			continue;
		if (!strncmp(s, "・", 3)) {
			s += 2;
			continue;
		}
		bpr_i_buf_putc(out, *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s);
	}
}

/* All names of the table as they are compared, made once a search: index to role and place. */
struct known { struct bpr_arena arena; struct bpr_names names; struct { enum bpr_log_role role; size_t place; } *items; size_t count; };

static bool add_names(struct known *k, enum bpr_log_role role, const char *names)
{
	for (size_t place = 0; *names; place++) {
		const size_t n = strcspn(names, "|");
		char room[LONGEST] = "";
		struct bpr_buf name = BPR_BUF_ON(room);
		const char *text;
		bool added;
		size_t index;

		bpr_i_log_heading_plain(&name, names, n);
		text = bpr_i_arena_strndup(&k->arena, room, name.length);
		if (!text || (index = bpr_i_names_add(&k->names, text, name.length, &added)) == BPR_NONE)
			return false;
		if (added)
			k->items[index].role = role;
		if (added)
			k->items[index].place = place;
		names += n + (names[n] == '|');
	}
	return true;
}

static bool make_known(struct known *k)
{
	*k = (struct known){ .count = 0 };
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
		for (const char *s = headings[i].english; s; s = s == headings[i].english ? headings[i].japanese : NULL) {
			k->count++;
			for (const char *c = s; *c; c++)
				k->count += *c == '|';
		}
	k->items = bpr_i_arena_alloc(&k->arena, k->count, sizeof(*k->items));
	for (size_t i = 0; k->items && i < sizeof(headings) / sizeof(headings[0]); i++)
		if (!add_names(k, headings[i].role, headings[i].english) || !add_names(k, headings[i].role, headings[i].japanese))
			return false;
	return k->items != NULL;
}

static void release_known(struct known *k)
{
	bpr_i_names_release(&k->names);
	bpr_i_arena_release(&k->arena);
}

/* Role of a heading; *place: the smaller, the likelier. BPR_LOG_ROLE_COUNT: none. */
static enum bpr_log_role role_of(const struct known *known, const struct bpr_buf *plain, size_t *place)
{
	const size_t index = bpr_i_names_find(&known->names, plain->data, plain->length);

	if (index == BPR_NONE)
		return BPR_LOG_ROLE_COUNT;
	*place = known->items[index].place;
	return known->items[index].role;
}

/* Whether the text, as names are compared, is among these. */
static bool is_among(const char *names, const char *plain)
{
	while (*names) {
		const size_t n = strcspn(names, "|");
		char room[LONGEST] = "";
		struct bpr_buf name = BPR_BUF_ON(room);

		bpr_i_log_heading_plain(&name, names, n);
		if (!strcmp(room, plain))
			return true;
		names += n + (names[n] == '|');
	}
	return false;
}

enum bpr_log_role bpr_i_log_heading_role(const char *text, size_t length)
{
	char room[LONGEST * 3 + 1] = "";
	struct bpr_buf plain = BPR_BUF_ON(room);

	bpr_i_log_heading_plain(&plain, text, length);
	for (size_t i = 0; *room && i < sizeof(headings) / sizeof(headings[0]); i++)
		if (is_among(headings[i].english, room) || is_among(headings[i].japanese, room))
			return headings[i].role;
	return BPR_LOG_ROLE_COUNT;
}

/* ---- the row of headings ---- */

static const char *mapped(const struct bpr_log_options *o, enum bpr_log_role role)
{
	const char *const names[BPR_LOG_ROLE_MAPPED] = { o->case_column, o->activity, o->time, o->start, o->resource, o->unit, o->counter, o->result };

	return role < BPR_LOG_ROLE_MAPPED ? names[role] : NULL;
}

struct search {
	struct known known;
	char asked[BPR_LOG_ROLE_MAPPED][LONGEST]; /* names that options give, as they are compared; "" none */
	struct bpr_log_columns *best;
	const struct bpr_log_options *options;
	char delimiter;
	size_t rank;
	bool nomem;
};

/* How much the row looks like headings: names that options give, then names known, then cells with text in them. */
static size_t rank_of(const struct search *s, const struct bpr_csv_row *row)
{
	bool seen[BPR_LOG_ROLE_COUNT] = { false };
	size_t asked = 0, known = 0, texts = 0, place;

	for (size_t i = 0; i < row->count && i < WIDEST; i++) {
		char room[LONGEST * 3] = "";
		struct bpr_buf plain = BPR_BUF_ON(room);
		struct bpr_log_time time;
		enum bpr_log_role role;

		bpr_i_log_heading_plain(&plain, row->cells[i].text, row->cells[i].length);
		if (!plain.length || plain.failed)
			continue;
		texts += (room[0] < '0' || room[0] > '9') && !bpr_i_log_time(row->cells[i].text, row->cells[i].length, &time);
		role = role_of(&s->known, &plain, &place);
		if (role < BPR_LOG_ROLE_COUNT && !seen[role])
			known += seen[role] = true;
		for (unsigned r = 0; r < BPR_LOG_ROLE_MAPPED; r++)
			asked += *s->asked[r] && !strcmp(s->asked[r], room);
	}
	return asked * 1000000 + (known > 1 || row->count == 1 ? known * 10000 : known) + (row->count > 1 ? texts : 0);
}

static bool keep_row(struct search *s, const struct bpr_csv_row *row)
{
	struct bpr_log_columns *c = s->best;

	bpr_i_arena_release(&c->arena);
	c->delimiter = s->delimiter;
	c->row = row->index;
	c->line = row->line;
	c->count = row->count;
	c->headings = bpr_i_arena_alloc(&c->arena, row->count, sizeof(*c->headings));
	for (size_t i = 0; c->headings && i < row->count; i++) {
		const char *text = row->cells[i].text;
		size_t length = bpr_i_utf8_trim(&text, row->cells[i].length);

		c->headings[i] = bpr_i_arena_strndup(&c->arena, text, length);
		if (!c->headings[i])
			return false;
	}
	return c->headings != NULL;
}

static enum bpr_csv_next consider(void *data, const struct bpr_csv_row *row)
{
	struct search *s = data;
	const size_t rank = rank_of(s, row);

	if (rank > s->rank) {
		s->rank = rank;
		if (!keep_row(s, row)) {
			s->nomem = true;
			return BPR_CSV_STOP;
		}
	}
	return row->index + 1 < ROWS ? BPR_CSV_DROP : BPR_CSV_STOP;
}

/* ---- columns ---- */

/* Names found, for messages. */
static void list(struct bpr_buf *out, const struct bpr_log_columns *c)
{
	for (size_t i = 0; i < c->count && out->length < 150; i++) {
		if (!*c->headings[i])
			continue;
		if (out->length)
			bpr_i_buf_puts(out, ", ");
		bpr_i_buf_add(out, c->headings[i], bpr_i_utf8_cut(c->headings[i], strlen(c->headings[i]), 24, BPR_LANG_EN));
		if (out->length >= 150)
			bpr_i_buf_puts(out, " …");
	}
}

static bpr_status missing(struct bpr_log_reading *r, const struct bpr_log_columns *c, enum bpr_code_id id, const char *what)
{
	char room[400] = "";
	struct bpr_buf found = BPR_BUF_ON(room);

	list(&found, c);
	return bpr_i_fault(r->fault, BPR_ESYNTAX, id, c->line, what, room, NULL);
}

static size_t column_named(const struct bpr_log_columns *c, const char *name)
{
	char want[LONGEST * 3] = "", have[LONGEST * 3];
	struct bpr_buf plain = BPR_BUF_ON(want);

	for (size_t i = 0; i < c->count; i++)
		if (!strcmp(c->headings[i], name))
			return i;
	bpr_i_log_heading_plain(&plain, name, strlen(name));
	for (size_t i = 0; i < c->count; i++) {
		struct bpr_buf other = BPR_BUF_ON(have);

		have[0] = '\0';
		bpr_i_log_heading_plain(&other, c->headings[i], strlen(c->headings[i]));
		if (*want && !strcmp(want, have))
			return i;
	}
	return BPR_NONE;
}

static bpr_status map_asked(struct bpr_log_columns *c, struct bpr_log_reading *r, bool *taken)
{
	const struct bpr_log_options *o = r->options;

	for (unsigned role = 0; role < BPR_LOG_ROLE_MAPPED; role++) {
		const char *name = mapped(o, (enum bpr_log_role)role);

		if (!name)
			continue;
		c->of[role] = column_named(c, name);
		if (c->of[role] == BPR_NONE)
			return missing(r, c, BPR_I_L101, name);
		taken[c->of[role]] = true;
	}
	for (size_t i = 0; i < o->by_count && i < BPR_LOG_BY_MAX; i++) {
		c->by[i] = column_named(c, o->by[i]);
		if (c->by[i] == BPR_NONE)
			return missing(r, c, BPR_I_L101, o->by[i]);
	}
	return BPR_OK;
}

static void map_found(struct bpr_log_columns *c, const struct known *known, const struct bpr_log_options *o, const bool *taken)
{
	size_t best[BPR_LOG_ROLE_COUNT], place;

	for (size_t i = 0; i < BPR_LOG_ROLE_COUNT; i++)
		best[i] = BPR_NONE;
	for (size_t i = 0; i < c->count; i++) {
		char room[LONGEST * 3] = "";
		struct bpr_buf plain = BPR_BUF_ON(room);
		enum bpr_log_role role;

		bpr_i_log_heading_plain(&plain, c->headings[i], strlen(c->headings[i]));
		role = taken[i] || !plain.length || plain.failed ? BPR_LOG_ROLE_COUNT : role_of(known, &plain, &place);
		if (role == BPR_LOG_ROLE_COUNT || mapped(o, role) || place >= best[role])
			continue;
		best[role] = place;
		c->of[role] = i;
	}
}

void bpr_i_log_columns_release(struct bpr_log_columns *c)
{
	bpr_i_arena_release(&c->arena);
}

/* The row and the delimiter of the headings. */
static bpr_status find_row(struct search *s, struct bpr_log_reading *r, const char *text, size_t length)
{
	for (unsigned role = 0; role < BPR_LOG_ROLE_MAPPED; role++) {
		const char *name = mapped(r->options, (enum bpr_log_role)role);
		struct bpr_buf plain = BPR_BUF_ON(s->asked[role]);

		if (name)
			bpr_i_log_heading_plain(&plain, name, strlen(name));
	}
	for (const char *d = ",\t;|"; *d; d++) {
		/* Faults of the rows are found again, and told, when the table is read with the delimiter chosen. */
		const struct bpr_csv_options options = { *d, r->options->max_field, BPR_LOG_CSV_CELLS };
		struct bpr_fault ignored;

		s->delimiter = *d;
		if (bpr_i_csv_parse(text, length, &options, consider, s, &ignored) == BPR_ENOMEM || s->nomem)
			return bpr_i_fault(r->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	}
	return s->rank ? BPR_OK : bpr_i_fault(r->fault, BPR_ESYNTAX, BPR_I_L100, 0, NULL, NULL, NULL);
}

static bpr_status find_columns(struct search *s, struct bpr_log_reading *r, const char *text, size_t length)
{
	struct bpr_log_columns *out = s->best;
	bpr_status status = find_row(s, r, text, length);
	bool *taken;

	if (status)
		return status;
	taken = bpr_i_arena_alloc(&out->arena, out->count, sizeof(*taken));
	if (!taken)
		return bpr_i_fault(r->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	status = map_asked(out, r, taken);
	if (status)
		return status;
	map_found(out, &s->known, r->options, taken);
	status = bpr_i_log_columns_form(out, r, text, length);
	return status == BPR_ESYNTAX ? missing(r, out, r->fault->id, "") : status;
}

bpr_status bpr_i_log_columns_find(struct bpr_log_columns *out, struct bpr_log_reading *r, const char *text, size_t length)
{
	struct search s = { .best = out, .options = r->options };
	bpr_status status;

	*out = (struct bpr_log_columns){ .title_day = BPR_LOG_NO_TIME };
	for (size_t i = 0; i < BPR_LOG_ROLE_COUNT; i++)
		out->of[i] = BPR_NONE;
	for (size_t i = 0; i < BPR_LOG_BY_MAX; i++)
		out->by[i] = BPR_NONE;
	status = make_known(&s.known) ? find_columns(&s, r, text, length) : bpr_i_fault(r->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	release_known(&s.known);
	return status;
}
