/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The blank sheet of a walk-through survey (窓口利用体験調査). The stations of the likeliest way through the flow are filled in, so
 * that who walks finds the counters; what happens there is to be written down. As CSV it is the table that bpr-log(5) calls the sheet
 * of a walk: filled in, `mine` reads it.
 */
#include "config.h"
#include "base/alloc_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "report/render_i.h"
#include "report/walk_sheet_i.h"
#include <string.h>

static const struct bpr_survey_heading headings[BPR_SURVEY_COLUMNS] = {
	[BPR_SURVEY_NUMBER] = { N_("No."), 8 },
	[BPR_SURVEY_COUNTER] = { N_("Counter"), 30 },
	[BPR_SURVEY_PLACE] = { N_("Building, floor"), 22 },
	[BPR_SURVEY_ACTION] = { N_("What was done"), 40 },
	[BPR_SURVEY_ARRIVED] = { N_("Arrived"), 17 },
	[BPR_SURVEY_CALLED] = { N_("Called"), 17 },
	[BPR_SURVEY_FINISHED] = { N_("Over"), 17 },
	[BPR_SURVEY_WRITES] = { N_("Forms written"), 34 },
	[BPR_SURVEY_NAMES] = { N_("Name (times)"), 13 },
	[BPR_SURVEY_ADDRESSES] = { N_("Address (times)"), 15 },
	[BPR_SURVEY_FIELDS] = { N_("Fields"), 13 },
	[BPR_SURVEY_SEALS] = { N_("Seals"), 11 },
	[BPR_SURVEY_ID_CHECKS] = { N_("Identity checks"), 13 },
	[BPR_SURVEY_NOTE] = { N_("Remarks"), 23 },
};

/* Headings that bpr-log(5) knows, each with the columns above; what it does not know is for people. */
static const char *const csv_heads[BPR_LANG_COUNT] = {
	[BPR_LANG_EN] = "participant,order,counter,place,action,arrived at,called at,finished at,writes,names,addresses,fields,seals,id_checks,way there,note\n",
	[BPR_LANG_JA] = "体験者,順番,窓口,庁舎・階,行ったこと,着いた時刻,呼ばれた時刻,終わった時刻,書いた様式,名前を書いた回数,住所を書いた回数,記入項目数,押印,本人確認,道順,気づき\n",
};
enum { CSV_BEHIND = 11 }; /* columns behind the action */

const struct bpr_survey_heading *bpr_i_survey_heading(enum bpr_survey_column column)
{
	return &headings[column];
}

const char *bpr_i_survey_place(struct bpr_buf *buf, const struct bpr_survey_row *s)
{
	bpr_i_buf_clear(buf);
	bpr_i_buf_puts(buf, s->building ? s->building : "");
	if (s->floor && *s->floor) {
		bpr_i_buf_puts(buf, buf->length ? " " : "");
		bpr_i_buf_puts(buf, s->floor);
	}
	return buf->length && !buf->failed ? buf->data : "";
}

/* ---- the stations ---- */

static bool add_station(struct bpr_survey_rows *list, const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);
	const struct bpr_counter *c = bpr_flow_counter(flow, n->counter);

	if (!bpr_i_grow(&list->items, &list->capacity, list->count + 1, sizeof(*list->items)))
		return false;
	list->items[list->count++] = (struct bpr_survey_row){ c->name, c->building, c->floor, *n->name ? n->name : n->id };
	return true;
}

static size_t likeliest(const struct bpr_walk_event *e)
{
	size_t best = 0;

	for (size_t i = 1; i < e->way_count; i++)
		if (e->ways[i].share > e->ways[best].share)
			best = i;
	return best;
}

/* The likeliest way at each choice; where that never ends, as far as it goes. A station that comes again is one row. */
static bpr_status find_stations(const bpr_flow *flow, struct bpr_survey_rows *list, struct bpr_error *err)
{
	bpr_walk *walk = NULL;
	struct bpr_walk_event e = { .what = BPR_WALK_STEP };
	bpr_status status = bpr_walk_new(flow, NULL, &walk, err);

	while (!status && e.what != BPR_WALK_END) {
		status = bpr_walk_next(walk, &e, err);
		if (status == BPR_ELIMIT) {
			status = BPR_OK;
			break;
		}
		if (!status && e.what == BPR_WALK_CHOICE)
			status = bpr_walk_choose(walk, likeliest(&e), NULL, err);
		else if (!status && e.what == BPR_WALK_STEP && !e.back && bpr_flow_node(flow, e.node)->counter != BPR_NONE
			 && !add_station(list, flow, e.node))
			status = bpr_i_nomem(err);
		if (status == BPR_ELIMIT)
			status = BPR_OK;
	}
	bpr_walk_free(walk);
	return status;
}

/* ---- as a table ---- */

static void put_csv(struct bpr_buf *out, const struct bpr_survey_rows *list, const char *title, enum bpr_lang lang)
{
	struct bpr_buf place = BPR_BUF_INIT;

	bpr_i_buf_puts(out, "\xef\xbb\xbf"); /* spreadsheet programs of Windows know UTF-8 by it */
	bpr_i_escape_csv(out, bpr_text(lang, N_("Walk-through survey of the counters: record sheet")),
			 strlen(bpr_text(lang, N_("Walk-through survey of the counters: record sheet"))));
	bpr_i_buf_putc(out, ',');
	bpr_i_escape_csv(out, title, strlen(title));
	bpr_i_buf_printf(out, "\n%s\n%s\n%s\n", bpr_text(lang, N_("Date:")), bpr_text(lang, N_("Household to be played:")),
			 bpr_text(lang, N_("Observer:")));
	bpr_i_buf_puts(out, csv_heads[lang]);
	for (size_t i = 0; i < list->count; i++) {
		const struct bpr_survey_row *s = &list->items[i];
		const char *cells[] = { s->counter, bpr_i_survey_place(&place, s), s->action };

		bpr_i_buf_printf(out, ",%zu", i + 1);
		for (size_t k = 0; k < sizeof(cells) / sizeof(cells[0]); k++) {
			bpr_i_buf_putc(out, ',');
			if (cells[k])
				bpr_i_escape_csv(out, cells[k], strlen(cells[k]));
		}
		bpr_i_buf_pad(out, ',', CSV_BEHIND);
		bpr_i_buf_putc(out, '\n');
	}
	bpr_i_buf_release(&place);
}

static void put_blank(struct bpr_buf *out, enum bpr_lang lang, const char *label, const char *line)
{
	bpr_i_buf_printf(out, "  %s %s", bpr_text(lang, label), line);
}

static void put_text(struct bpr_buf *out, const struct bpr_survey_rows *list, const char *title, enum bpr_lang lang)
{
	struct bpr_buf place = BPR_BUF_INIT;

	bpr_i_buf_printf(out, "%s\n", bpr_text(lang, N_("Walk-through survey of the counters: record sheet")));
	bpr_i_utf8_safe(out, title, strlen(title));
	bpr_i_buf_printf(out, "\n\n%s ____________  %s ____________\n%s ________________________________\n", bpr_text(lang, N_("Date:")),
			 bpr_text(lang, N_("Observer:")), bpr_text(lang, N_("Household to be played:")));
	for (size_t i = 0; i < list->count; i++) {
		const struct bpr_survey_row *s = &list->items[i];
		const char *where = bpr_i_survey_place(&place, s), *const texts[] = { s->counter, where, s->action };

		bpr_i_buf_printf(out, "\n%zu.", i + 1);
		for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++) {
			if (!texts[k] || (k == 1 && !*where))
				continue;
			bpr_i_buf_puts(out, k == 1 ? " (" : " ");
			bpr_i_utf8_safe(out, texts[k], strlen(texts[k]));
			bpr_i_buf_puts(out, k == 1 ? ")" : "");
		}
		bpr_i_buf_puts(out, s->counter ? "\n" : " ____________________  ____________________\n");
		put_blank(out, lang, headings[BPR_SURVEY_ARRIVED].label, "__:__");
		put_blank(out, lang, headings[BPR_SURVEY_CALLED].label, "__:__");
		put_blank(out, lang, headings[BPR_SURVEY_FINISHED].label, "__:__");
		bpr_i_buf_putc(out, '\n');
		put_blank(out, lang, headings[BPR_SURVEY_WRITES].label, "____________________");
		bpr_i_buf_putc(out, '\n');
		for (int c = BPR_SURVEY_NAMES; c < BPR_SURVEY_NOTE; c++)
			put_blank(out, lang, headings[c].label, "___");
		bpr_i_buf_putc(out, '\n');
		put_blank(out, lang, headings[BPR_SURVEY_NOTE].label, "________________________________");
		bpr_i_buf_putc(out, '\n');
	}
	bpr_i_buf_release(&place);
}

bpr_status bpr_i_survey_rows(const bpr_flow *flow, size_t empty, struct bpr_survey_rows *out, struct bpr_error *err)
{
	bpr_status status = find_stations(flow, out, err);

	if (!status && !bpr_i_grow(&out->items, &out->capacity, out->count + empty, sizeof(*out->items)))
		status = bpr_i_nomem(err);
	for (size_t i = 0; !status && i < empty; i++)
		out->items[out->count++] = (struct bpr_survey_row){ NULL, NULL, NULL, NULL };
	return status;
}

bpr_status bpr_walk_write_sheet(const bpr_flow *flow, const struct bpr_walk_sheet_options *options, char **out, size_t *length,
				bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_walk_sheet_options o = BPR_WALK_SHEET_OPTIONS_INIT;
	const char *title = *bpr_flow_name(flow) ? bpr_flow_name(flow) : bpr_flow_id(flow);
	struct bpr_survey_rows list = { NULL, 0, 0 };
	struct bpr_buf buf = BPR_BUF_INIT;
	bpr_status status;

	*out = NULL;
	(void)bpr_i_options(&o, options);
	status = bpr_i_survey_rows(flow, o.rows, &list, err);
	if (!status && o.format == BPR_WALK_SHEET_CSV)
		put_csv(&buf, &list, title, o.lang);
	else if (!status && o.format == BPR_WALK_SHEET_TEXT)
		put_text(&buf, &list, title, o.lang);
	else if (!status)
		status = bpr_i_walk_pages(&list, title, &o, &buf, problems, err);
	bpr_i_free(list.items);
	if (!status && buf.failed)
		status = bpr_i_nomem(err);
	if (!status) {
		*length = buf.length;
		*out = bpr_i_buf_take(&buf);
	}
	bpr_i_buf_release(&buf);
	return status;
}
