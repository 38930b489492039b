/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scoreboard of a class. */
#include "config.h"
#include "drill/pack_i.h"
#include "base/json_i.h"
#include "base/options_i.h"
#include "base/text_i.h"
#include "report/csv_parts_i.h"
#include "report/render_i.h"
#include "study/study_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rank { const bpr_progress *progress; size_t place; /* in the order given */ size_t passed, hints, attempts, rank; };

struct board {
	const bpr_pack *pack;
	struct rank *ranks; size_t count;
	size_t measured;         /* the last exercise that some team's answer was measured in, or BPR_NONE */
	enum bpr_metric metric;  /* what it is about */
};

static int by_merit(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->passed != y->passed)
		return x->passed > y->passed ? -1 : 1;
	if (x->hints != y->hints)
		return x->hints < y->hints ? -1 : 1;
	if (x->attempts != y->attempts)
		return x->attempts < y->attempts ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

/* The first metric that the exercise asks for. */
static enum bpr_metric metric_of(const struct bpr_exercise *x)
{
	for (size_t i = 0; i < x->check_count; i++) {
		const char *key = x->checks[i].text, *dot = strchr(key, '.');
		char name[64];
		size_t n;

		if (dot && strcspn(key, "<>=") > (size_t)(dot - key))
			key = dot + 1;
		n = strcspn(key, "<>= ");
		if (n >= sizeof(name))
			continue;
		memcpy(name, key, n);
		name[n] = '\0';
		if (bpr_metric_find(name) != BPR_METRIC_COUNT)
			return bpr_metric_find(name);
	}
	return BPR_METRIC_WORK_MINUTES;
}

static bool make_board(struct board *b, const bpr_pack *pack, const struct bpr_class_team *teams, size_t count)
{
	*b = (struct board){ .pack = pack, .count = count, .measured = BPR_NONE };
	b->ranks = bpr_i_calloc(count, sizeof(*b->ranks));
	if (!b->ranks)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct rank *r = &b->ranks[i];

		*r = (struct rank){ .progress = teams[i].progress, .place = i };
		for (size_t k = 0; k < pack->count; k++) {
			const struct bpr_progress_item *item = bpr_progress_get(r->progress, k);

			r->passed += item->passed;
			r->hints += item->hints;
			r->attempts += item->attempts;
			if (item->measured && (b->measured == BPR_NONE || k > b->measured))
				b->measured = k;
		}
	}
	qsort(b->ranks, count, sizeof(*b->ranks), by_merit);
	for (size_t i = 0; i < count; i++) {
		const struct rank *above = i ? &b->ranks[i - 1] : NULL, *r = &b->ranks[i];

		/* Teams that did as well share a rank. */
		b->ranks[i].rank = above && above->passed == r->passed && above->hints == r->hints && above->attempts == r->attempts ? above->rank : i + 1;
	}
	if (b->measured != BPR_NONE)
		b->metric = metric_of(&pack->items[b->measured]);
	return true;
}

/* ---- for people ---- */

static const char *team_name(struct bpr_document *doc, const struct rank *r)
{
	char number[32];
	struct bpr_buf buf = BPR_BUF_ON(number);

	if (*bpr_progress_team(r->progress))
		return bpr_progress_team(r->progress);
	bpr_i_buf_printf(&buf, "%zu", r->place + 1);
	return bpr_i_doc_fill(doc, N_("Team {1}"), number, NULL, NULL, NULL);
}

static void add_table(struct bpr_document *doc, const struct board *b)
{
	struct bpr_doc_table *table = bpr_i_doc_table(doc);

	bpr_i_doc_column(doc, table, N_("Rank"), true, 0);
	bpr_i_doc_column(doc, table, N_("Team"), false, 12);
	bpr_i_doc_column(doc, table, N_("Passed"), true, 0);
	bpr_i_doc_column(doc, table, N_("Exercises passed"), false, 8);
	bpr_i_doc_column(doc, table, N_("Hints"), true, 0);
	bpr_i_doc_column(doc, table, N_("Attempts"), true, 0);
	for (size_t i = 0; i < b->count; i++) {
		const struct rank *r = &b->ranks[i];
		struct bpr_doc_cell *cells = bpr_i_doc_row(doc, table);
		struct bpr_buf list = BPR_BUF_INIT;

		for (size_t k = 0; k < b->pack->count; k++)
			if (bpr_progress_get(r->progress, k)->passed)
				bpr_i_buf_printf(&list, "%s%s", list.length ? " " : "", b->pack->items[k].id);
		if (cells) {
			cells[0] = bpr_i_cell_number(BPR_DOC_COUNT, (double)r->rank);
			cells[1] = bpr_i_cell_text(team_name(doc, r));
			cells[2] = bpr_i_cell_number(BPR_DOC_COUNT, (double)r->passed);
			cells[3] = bpr_i_cell_text(bpr_i_doc_keep(doc, &list));
			cells[4] = bpr_i_cell_number(BPR_DOC_COUNT, (double)r->hints);
			cells[5] = bpr_i_cell_number(BPR_DOC_COUNT, (double)r->attempts);
		} else {
			bpr_i_buf_release(&list);
		}
	}
}

/* A row for each team: before = 100. */
static void add_figure(struct bpr_document *doc, const struct board *b)
{
	const struct bpr_exercise *x = &b->pack->items[b->measured];
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_DUMBBELL, .id = "class" };
	struct bpr_dumbbell_row *rows = doc->failed ? NULL : bpr_i_arena_alloc(&doc->arena, b->count, sizeof(*rows));
	const int better = bpr_metric_get(b->metric)->better;

	if (!rows) {
		doc->failed = true;
		return;
	}
	for (size_t i = 0; i < b->count; i++) {
		const struct bpr_progress_item *item = bpr_progress_get(b->ranks[i].progress, b->measured);
		const double before = item->before[b->metric], after = item->after[b->metric];
		struct bpr_dumbbell_row *row = &rows[figure.row_count];
		struct bpr_said_pair said;

		if (!item->measured || isnan(before) || isnan(after))
			continue;
		said = bpr_i_say_metric_pair(doc, b->metric, before, after);
		*row = (struct bpr_dumbbell_row){ .label = team_name(doc, &b->ranks[i]), .scaled = before > 0, .after = before > 0 ? 100 * after / before : 0,
						  .said_before = said.before, .said_after = said.after, .unit = "" };
		row->better = fabs(after - before) < 1e-9 ? 0 : (after < before) == (better < 0) ? 1 : -1;
		figure.row_count++;
	}
	figure.rows = rows;
	figure.title = bpr_i_doc_fill(doc, N_("Exercise {1}: {2}"), x->id, bpr_i_say_label(doc, b->metric), NULL, NULL);
	figure.description = bpr_i_doc_text(doc, N_("What the best answer of each team makes of it; the figures stand at the right."));
	figure.unit = bpr_i_doc_text(doc, N_("(before = 100)"));
	if (!figure.row_count)
		return;
	bpr_i_doc_heading(doc, 2, figure.title);
	bpr_i_doc_figure(doc, &figure);
}

static const char *exercise_title(const struct bpr_exercise *x, enum bpr_lang lang)
{
	return x->title[lang][0] ? x->title[lang] : x->title[lang == BPR_LANG_EN ? BPR_LANG_JA : BPR_LANG_EN];
}

static void add_exercises(struct bpr_document *doc, const struct board *b)
{
	struct bpr_doc_table *table = bpr_i_doc_table(doc);

	bpr_i_doc_column(doc, table, N_("Exercise"), false, 20);
	bpr_i_doc_column(doc, table, N_("Teams that passed"), true, 0);
	for (size_t k = 0; k < b->pack->count; k++) {
		struct bpr_doc_cell *cells = bpr_i_doc_row(doc, table);
		size_t passed = 0;

		for (size_t i = 0; i < b->count; i++)
			passed += bpr_progress_get(b->ranks[i].progress, k)->passed;
		if (!cells)
			return;
		cells[0] = bpr_i_cell_text(bpr_i_doc_fill(doc, N_("{1}. {2}"), b->pack->items[k].id, exercise_title(&b->pack->items[k], doc->lang), NULL, NULL));
		cells[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)passed);
	}
}

static void write_board(struct bpr_document *doc, const struct board *b, bool pictures)
{
	char count[32], all[32];
	struct bpr_buf n = BPR_BUF_ON(count), m = BPR_BUF_ON(all);

	bpr_i_buf_printf(&n, "%zu", b->count);
	bpr_i_buf_printf(&m, "%zu", b->pack->count);
	bpr_i_doc_heading(doc, 1, bpr_i_doc_fill(doc, N_("Scoreboard: {1}"), bpr_pack_title(b->pack, doc->lang), NULL, NULL, NULL));
	bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, N_("Teams: {1}. Exercises: {2}. Ranked by exercises passed, then by fewest hints, then by fewest attempts."), count, all,
					   NULL, NULL));
	add_table(doc, b);
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("By exercise")));
	add_exercises(doc, b);
	if (pictures && b->measured != BPR_NONE)
		add_figure(doc, b);
	doc->frame.title = doc->block_count ? doc->blocks[0].text : "";
}

/* ---- for programs ---- */

static void write_json(struct bpr_buf *out, const struct board *b)
{
	struct bpr_json json = { .out = out, .lines = 3 };

	bpr_i_json_object(&json, NULL);
	bpr_i_json_string(&json, "schema", "bpr.class/1");
	bpr_i_json_string(&json, "pack", b->pack->id);
	bpr_i_json_array(&json, "teams");
	for (size_t i = 0; i < b->count; i++) {
		const struct rank *r = &b->ranks[i];

		bpr_i_json_object(&json, NULL);
		bpr_i_json_whole(&json, "rank", r->rank);
		bpr_i_json_string(&json, "team", bpr_progress_team(r->progress));
		bpr_i_json_whole(&json, "passed", r->passed);
		bpr_i_json_whole(&json, "hints", r->hints);
		bpr_i_json_whole(&json, "attempts", r->attempts);
		bpr_i_json_array(&json, "exercises");
		for (size_t k = 0; k < b->pack->count; k++)
			if (bpr_progress_get(r->progress, k)->passed)
				bpr_i_json_string(&json, NULL, b->pack->items[k].id);
		bpr_i_json_end_array(&json);
		bpr_i_json_end_object(&json);
	}
	bpr_i_json_end_array(&json);
	bpr_i_json_end_object(&json);
	bpr_i_buf_putc(out, '\n');
}

static void write_csv(struct bpr_buf *out, const struct board *b)
{
	struct bpr_csv_out csv = { .out = out };

	bpr_i_buf_puts(out, "rank,team,exercise,passed,attempts,hints\n");
	for (size_t i = 0; i < b->count; i++)
		for (size_t k = 0; k < b->pack->count; k++) {
			const struct bpr_progress_item *item = bpr_progress_get(b->ranks[i].progress, k);

			bpr_i_csv_number(&csv, (double)b->ranks[i].rank);
			bpr_i_csv_text(&csv, bpr_progress_team(b->ranks[i].progress));
			bpr_i_csv_text(&csv, b->pack->items[k].id);
			bpr_i_csv_text(&csv, item->passed ? "yes" : "no");
			bpr_i_csv_number(&csv, (double)item->attempts);
			bpr_i_csv_number(&csv, (double)item->hints);
			bpr_i_csv_end_row(&csv);
		}
}

bpr_status bpr_class_report(const bpr_pack *pack, const struct bpr_class_team *teams, size_t count, enum bpr_format format,
			    const struct bpr_report_options *options, struct bpr_output *out, struct bpr_error *err)
{
	struct bpr_report_options complete = BPR_REPORT_OPTIONS_INIT;
	struct bpr_document doc;
	struct bpr_buf buf = BPR_BUF_INIT;
	struct board board;

	*out = (struct bpr_output){ 0 };
	if (!bpr_i_options(&complete, options) || !count)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	if (!make_board(&board, pack, teams, count))
		return bpr_i_nomem(err);
	doc = (struct bpr_document)BPR_DOCUMENT_INIT(complete.lang);
	if (format == BPR_FORMAT_JSON) {
		write_json(&buf, &board);
	} else if (format == BPR_FORMAT_CSV) {
		write_csv(&buf, &board);
	} else {
		write_board(&doc, &board, format == BPR_FORMAT_HTML);
		if (doc.failed)
			buf.failed = BPR_ENOMEM;
		else if (format == BPR_FORMAT_HTML)
			bpr_i_render_html(&doc, 1, &complete, &buf);
		else if (format == BPR_FORMAT_MD)
			bpr_i_render_md(&doc, &complete, &buf);
		else
			bpr_i_render_text(&doc, &complete, &buf);
	}
	bpr_i_doc_release(&doc);
	bpr_i_free(board.ranks);
	if (buf.failed) {
		bpr_i_buf_release(&buf);
		return bpr_i_nomem(err);
	}
	out->length = buf.length;
	out->data = bpr_i_buf_take(&buf);
	return out->data ? BPR_OK : bpr_i_nomem(err);
}
