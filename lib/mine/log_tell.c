/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader of logs in tables says of them: what was taken as what, and which rows it could not take. */
#include "config.h"
#include "mine/log_csv_i.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <string.h>

enum { LONGEST_LIST = 180, LINES = 20 };

static struct bpr_place place_of(const struct bpr_log_csv *c, size_t line, const char *where)
{
	return (struct bpr_place){ .file = c->reading->name, .line = line, .where = where };
}

static void note(struct bpr_log_csv *c, enum bpr_code_id id, size_t line, const char *where, const char *const args[4])
{
	const struct bpr_place place = place_of(c, line, where);

	if (!bpr_i_problem(c->reading->problems, id, &place, false, args[0], args[1], args[2], args[3]))
		c->log->failed = BPR_ENOMEM;
}

/* ---- columns ---- */

static void add(struct bpr_buf *out, const char *text)
{
	const size_t length = bpr_i_utf8_cut(text, strlen(text), 24, BPR_LANG_EN);

	if (out->length + length > LONGEST_LIST)
		return;
	if (out->length)
		bpr_i_buf_puts(out, ", ");
	bpr_i_buf_add(out, text, length);
}

static bool used(const struct bpr_log_columns *c, size_t column)
{
	for (size_t i = 0; i < BPR_LOG_ROLE_COUNT; i++)
		if (c->of[i] == column)
			return true;
	for (size_t i = 0; i < BPR_LOG_BY_MAX; i++)
		if (c->by[i] == column)
			return true;
	for (size_t i = 0; i < c->stage_count; i++)
		if (c->stages[i].start == column || c->stages[i].end == column)
			return true;
	return false;
}

static const char *heading(const struct bpr_log_columns *c, enum bpr_log_role role)
{
	return c->of[role] == BPR_NONE ? "" : c->headings[c->of[role]];
}

/* Every column but those that have been named. */
static void tell_rest(struct bpr_log_csv *c)
{
	const struct bpr_log_columns *columns = &c->columns;
	char room[2][512] = { "", "" };
	struct bpr_buf also = BPR_BUF_ON(room[0]), unknown = BPR_BUF_ON(room[1]);

	for (size_t i = 0; i < columns->count; i++) {
		const bool said = i == columns->of[BPR_LOG_ROLE_CASE] || i == columns->of[BPR_LOG_ROLE_ACTIVITY] || i == columns->of[BPR_LOG_ROLE_TIME] ||
				  i == columns->of[BPR_LOG_ROLE_START];

		if (!said && *columns->headings[i])
			add(used(columns, i) ? &also : &unknown, columns->headings[i]);
	}
	if (also.length)
		note(c, BPR_I_L111, columns->line, NULL, (const char *[4]){ room[0] });
	if (unknown.length)
		note(c, BPR_I_L112, columns->line, NULL, (const char *[4]){ room[1] });
}

void bpr_i_log_columns_tell(struct bpr_log_csv *c)
{
	const struct bpr_log_columns *columns = &c->columns;
	const char *of_case = heading(columns, BPR_LOG_ROLE_CASE), *end = heading(columns, BPR_LOG_ROLE_TIME), *start = heading(columns, BPR_LOG_ROLE_START);
	char room[512] = "";
	struct bpr_buf stages = BPR_BUF_ON(room);

	for (size_t i = 0; i < columns->stage_count; i++)
		add(&stages, columns->stages[i].name);
	if (columns->form == BPR_LOG_FORM_STAGES)
		note(c, BPR_I_L114, columns->line, NULL, (const char *[4]){ of_case, room });
	else if (columns->form == BPR_LOG_FORM_TICKETS)
		note(c, BPR_I_L115, columns->line, NULL, (const char *[4]){ of_case });
	else if (columns->form == BPR_LOG_FORM_WALK)
		note(c, BPR_I_L116, columns->line, NULL, (const char *[4]){ of_case });
	else if (*start && *end)
		note(c, BPR_I_L113, columns->line, NULL, (const char *[4]){ of_case, heading(columns, BPR_LOG_ROLE_ACTIVITY), start, end });
	else
		note(c, BPR_I_L110, columns->line, NULL, (const char *[4]){ of_case, heading(columns, BPR_LOG_ROLE_ACTIVITY), *end ? end : start });
	tell_rest(c);
	if (columns->order != BPR_LOG_ORDER_UNKNOWN)
		note(c, columns->order == BPR_LOG_DAY_FIRST ? BPR_I_L117 : BPR_I_L118, columns->line, NULL, (const char *[4]){ NULL });
	else if (columns->ambiguous)
		note(c, BPR_I_L119, columns->line, columns->headings[columns->ambiguous_column], (const char *[4]){ columns->headings[columns->ambiguous_column] });
}

/* ---- rows ---- */

static const enum bpr_code_id codes[BPR_LOG_BAD_COUNT] = {
	[BPR_LOG_BAD_CASE] = BPR_I_L130, [BPR_LOG_BAD_ACTIVITY] = BPR_I_L131, [BPR_LOG_BAD_NO_TIME] = BPR_I_L132, [BPR_LOG_BAD_TIME] = BPR_I_L133,
	[BPR_LOG_BAD_NO_DATE] = BPR_I_L134, [BPR_LOG_BAD_END] = BPR_I_L135, [BPR_LOG_BAD_STAGES] = BPR_I_L136, [BPR_LOG_BAD_CELLS] = BPR_I_L137,
	[BPR_LOG_BAD_TRANSITION] = BPR_I_L123,
};
/* The same as an error, where the first bad row, or all, are one. */
static const enum bpr_code_id errors[BPR_LOG_BAD_COUNT] = {
	[BPR_LOG_BAD_CASE] = BPR_I_L140, [BPR_LOG_BAD_ACTIVITY] = BPR_I_L141, [BPR_LOG_BAD_NO_TIME] = BPR_I_L142, [BPR_LOG_BAD_TIME] = BPR_I_L143,
	[BPR_LOG_BAD_NO_DATE] = BPR_I_L144, [BPR_LOG_BAD_END] = BPR_I_L145, [BPR_LOG_BAD_STAGES] = BPR_I_L146, [BPR_LOG_BAD_CELLS] = BPR_I_L147,
	[BPR_LOG_BAD_TRANSITION] = BPR_I_L148,
};

static void keep(char *to, size_t size, const char *text, size_t length)
{
	struct bpr_buf out = { to, 0, size, size - 1, BPR_OK };

	to[0] = '\0';
	bpr_i_buf_add(&out, text, bpr_i_utf8_cut(text, length, 30, BPR_LANG_EN));
}

void bpr_i_log_reject(struct bpr_log_csv *c)
{
	struct bpr_log_rejects *r = &c->rejects;
	size_t told = r->told;

	c->log->info.rejected += c->bad != BPR_LOG_BAD_TRANSITION;
	if (!r->kinds[c->bad].count++) {
		const char *name = c->bad_column < c->columns.count ? c->columns.headings[c->bad_column] : "";

		keep(r->kinds[c->bad].sample, sizeof(r->kinds[c->bad].sample), c->bad_text, c->bad_length);
		keep(r->kinds[c->bad].heading, sizeof(r->kinds[c->bad].heading), name, strlen(name));
		told = 0; /* the first of a kind is always told */
	}
	if (told < LINES && r->kinds[c->bad].told < LINES) {
		r->kinds[c->bad].lines[r->kinds[c->bad].told++] = c->row->line;
		r->told++;
	}
}

static void lines_of(const struct bpr_log_rejects *r, enum bpr_log_bad bad, struct bpr_buf *out)
{
	for (size_t i = 0; i < r->kinds[bad].told && out->length < LONGEST_LIST; i++)
		bpr_i_buf_printf(out, "%s%zu", i ? ", " : "", r->kinds[bad].lines[i]);
	if (r->kinds[bad].count > r->kinds[bad].told)
		bpr_i_buf_puts(out, " …");
}

void bpr_i_log_rejects_tell(struct bpr_log_csv *c)
{
	const struct bpr_log_rejects *r = &c->rejects;

	for (unsigned bad = 1; bad < BPR_LOG_BAD_COUNT && c->log->info.events; bad++) {
		char lines[300] = "", count[32];
		struct bpr_buf out = BPR_BUF_ON(lines);

		if (!r->kinds[bad].count)
			continue;
		lines_of(r, (enum bpr_log_bad)bad, &out);
		(void)bpr_i_num_format(count, sizeof(count), (double)r->kinds[bad].count);
		note(c, codes[bad], r->kinds[bad].lines[0], NULL, (const char *[4]){ count, lines, r->kinds[bad].sample, r->kinds[bad].heading });
	}
	if (c->faked)
		note(c, BPR_I_L120, 0, NULL, (const char *[4]){ NULL });
	if (c->zoned && c->unzoned)
		note(c, BPR_I_L121, 0, NULL, (const char *[4]){ NULL });
	if (c->log->info.dates_only)
		note(c, BPR_I_L122, 0, NULL, (const char *[4]){ NULL });
}

bpr_status bpr_i_log_reject_fault(struct bpr_log_csv *c)
{
	const struct bpr_log_rejects *r = &c->rejects;
	unsigned worst = 1;

	for (unsigned bad = 1; bad < BPR_LOG_BAD_COUNT; bad++)
		if (r->kinds[bad].count > r->kinds[worst].count)
			worst = bad;
	return bpr_i_fault(c->reading->fault, BPR_ESYNTAX, errors[worst], r->kinds[worst].lines[0], r->kinds[worst].sample, r->kinds[worst].heading, NULL);
}
