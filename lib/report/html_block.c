/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of a page, one function each. */
#include "config.h"
#include "report/html_i.h"
#include "report/render_i.h"
#include "base/text_i.h"
#include <stdio.h>
#include <string.h>

const char *bpr_i_html_tone(enum bpr_doc_tone tone)
{
	switch (tone) {
	case BPR_DOC_BETTER: return "better";
	case BPR_DOC_WORSE: return "worse";
	case BPR_DOC_STRONG: return "strong";
	case BPR_DOC_FAINT: return "faint";
	case BPR_DOC_PLAIN: break;
	}
	return "";
}

static void put_class(struct bpr_buf *out, const char *one, const char *two)
{
	if (*one || *two)
		bpr_i_buf_printf(out, " class=\"%s%s%s\"", one, *one && *two ? " " : "", two);
}

void bpr_i_html_mark(struct html *h, enum bpr_doc_tone tone)
{
	if (tone != BPR_DOC_BETTER && tone != BPR_DOC_WORSE)
		return;
	bpr_i_buf_printf(h->out, "<span class=\"mark %s\" aria-hidden=\"true\">%s</span>", bpr_i_html_tone(tone), tone == BPR_DOC_WORSE ? "▲" : "○");
	bpr_i_html_in(h->out, "<span class=\"away\">", bpr_text(h->doc->lang, tone == BPR_DOC_WORSE ? N_("Worse:") : N_("Better:")), " </span>");
}

/* The pieces of a text, or the text. */
static void put_runs(struct html *h, const struct bpr_doc_block *b)
{
	if (!b->run_count)
		bpr_i_html_text(h->out, b->text ? b->text : "");
	for (size_t i = 0; i < b->run_count; i++)
		bpr_i_html_in(h->out, b->runs[i].strong ? "<b>" : "", b->runs[i].text, b->runs[i].strong ? "</b>" : "");
}

/* As page.css prints them; see html_fit.c. */
static const struct html_fit_style fit_top = { 0.82, 1.5, 13, 140 }, fit_foot = { 0.74, 1.5, 26, 0 },
	fit_t1 = { 1.95, 1.35, 6, 0 }, fit_t2 = { 1.24, 1.35, 18, 16 }, fit_t3 = { 1.07, 1.35, 13, 0 }, fit_lead = { 1.16, 1.6, 0, 36 },
	fit_p = { 1, 1.5, 4, 0 }, fit_note = { 0.86, 1.5, 5, 0 }, fit_reading = { 0.9, 1.5, 14, 30 }, fit_item = { 1, 1.5, 0, 36 },
	fit_command = { 0.86, 1.6, 22, 12 };

/* ---- what is open ---- */

static void close_lists(struct html *h, unsigned down_to)
{
	for (; h->list > down_to; h->list--)
		bpr_i_buf_puts(h->out, "</li>\n</ul>\n");
}

static void close_column(struct html *h)
{
	if (h->in_column)
		bpr_i_buf_puts(h->out, "</div>\n");
	h->in_column = false;
}

static void close_part(struct html *h)
{
	const struct bpr_doc_frame *frame = &h->doc->frame;

	close_lists(h, 0);
	close_column(h);
	if (h->in_columns)
		bpr_i_buf_puts(h->out, "</div>\n");
	h->in_columns = false;
	if (!h->in_part)
		return;
	if (frame->foot)
		bpr_i_html_in(h->out, "<footer class=\"foot\">", frame->foot, "</footer>\n");
	bpr_i_buf_puts(h->out, "</section>\n");
	bpr_i_html_fit_text(&h->fit, &fit_foot, frame->foot);
	if (!h->out->failed)
		h->out->data[h->fit_at] = (char)('0' + bpr_i_html_fit_end(&h->fit));
	h->in_part = false;
}

/* Parts that are read on one sheet; the others go on as long as they are. */
static bool is_sheet(const char *name)
{
	return name && strcmp(name, "details") != 0 && strcmp(name, "source") != 0;
}

/* `name`: of the part, or NULL. */
static void open_part(struct html *h, const char *name)
{
	const struct bpr_doc_frame *frame = &h->doc->frame;

	bpr_i_buf_puts(h->out, "<section class=\"page fit-0\"");
	h->fit_at = h->out->length - 2;
	/* Flows are drawn with smaller words than charts. */
	bpr_i_html_fit_begin(&h->fit, is_sheet(name) && !frame->large, name && !strcmp(name, "visit") ? 2 : HTML_FITS - 1);
	bpr_i_html_fit_text(&h->fit, &fit_top, frame->head);
	if (name) {
		bpr_i_buf_printf(h->out, " id=\"%s%s\"", h->prefix, name);
		if (!h->base)
			bpr_i_buf_printf(h->out, " aria-labelledby=\"%s%s-title\"", h->prefix, name);
	}
	bpr_i_buf_puts(h->out, ">\n");
	if (frame->head || frame->stamp) {
		bpr_i_html_in(h->out, "<header class=\"top\"><span>", frame->head ? frame->head : "", "</span>");
		if (frame->stamp)
			bpr_i_html_in(h->out, "<span class=\"stamp\">", frame->stamp, "</span>");
		bpr_i_buf_puts(h->out, "</header>\n");
	}
	h->in_part = true;
}

/* ---- headings ---- */

/* Level in the part decides how it looks, level in the page what it is. */
static void put_heading(struct html *h, unsigned level, const char *id, const struct bpr_doc_block *b)
{
	unsigned tag = level + h->shift;

	bpr_i_html_fit_text(&h->fit, level < 2 ? &fit_t1 : level == 2 ? &fit_t2 : &fit_t3, b->text);
	h->heading = b->text;
	bpr_i_buf_printf(h->out, "<h%u class=\"t%u\"", tag, level);
	if (id)
		bpr_i_buf_printf(h->out, " id=\"%s%s\"", h->prefix, id);
	bpr_i_html_in(h->out, ">", b->text, "");
	if (b->aside)
		bpr_i_html_in(h->out, " <small class=\"aside\">", b->aside, "</small>");
	bpr_i_buf_printf(h->out, "</h%u>\n", tag);
}

static void page(struct html *h, const struct bpr_doc_block *b)
{
	char id[64];
	bool first = true;

	close_part(h);
	for (const struct bpr_doc_block *before = h->doc->blocks; before < b; before++)
		first = first && before->kind != BPR_DOC_PAGE && before->kind != BPR_DOC_HEADING;
	open_part(h, b->name);
	h->shift = h->base + !first;
	(void)snprintf(id, sizeof(id), "%s-title", b->name);
	put_heading(h, 1, id, b);
}

static void heading(struct html *h, const struct bpr_doc_block *b)
{
	unsigned level = b->level < 2 && h->heading ? 2 : b->level > 4 ? 4 : b->level;

	if (h->in_columns && level == 2) {
		close_column(h);
		bpr_i_buf_puts(h->out, "<div>\n");
		bpr_i_html_fit_column(&h->fit);
		h->in_column = true;
	}
	put_heading(h, level, b->name, b);
}

/* ---- blocks ---- */

/* Lead sentences that follow each other share a frame. */
static void lead(struct html *h, const struct bpr_doc_block *b)
{
	const struct bpr_doc_block *first = h->doc->blocks, *end = first + h->doc->block_count;

	if (b == first || b[-1].kind != BPR_DOC_LEAD)
		bpr_i_buf_puts(h->out, "<div class=\"lead\">\n");
	bpr_i_html_fit_text(&h->fit, &fit_lead, b->text);
	bpr_i_buf_puts(h->out, "<p>");
	put_runs(h, b);
	bpr_i_buf_puts(h->out, "</p>\n");
	if (b + 1 == end || b[1].kind != BPR_DOC_LEAD)
		bpr_i_buf_puts(h->out, "</div>\n");
	if (b + 1 == end || b[1].kind != BPR_DOC_LEAD)
		bpr_i_html_fit_space(&h->fit, 30);
}

static void paragraph(struct html *h, const struct bpr_doc_block *b, const char *class)
{
	bpr_i_html_fit_text(&h->fit, b->kind == BPR_DOC_NOTE ? &fit_note : b->kind == BPR_DOC_READING ? &fit_reading : &fit_p, b->text);
	bpr_i_buf_puts(h->out, "<p");
	put_class(h->out, class, bpr_i_html_tone(b->tone));
	bpr_i_buf_putc(h->out, '>');
	bpr_i_html_mark(h, b->tone);
	put_runs(h, b);
	bpr_i_buf_puts(h->out, "</p>\n");
}

static void command(struct html *h, const struct bpr_doc_block *b)
{
	bpr_i_html_fit_text(&h->fit, &fit_command, b->text);
	bpr_i_html_in(h->out, "<p class=\"command\"><code>", b->text, "</code></p>\n");
}

/* An item that begins so is to be ticked. */
#define TICK "☐ "

static void item(struct html *h, const struct bpr_doc_block *b)
{
	unsigned level = b->level > 1 && h->list ? 2 : 1;

	if (h->list >= level) {
		close_lists(h, level);
		bpr_i_buf_puts(h->out, "</li>\n");
	} else {
		bpr_i_html_fit_space(&h->fit, level > 1 ? 0 : 8);
		bpr_i_buf_puts(h->out, level > 1 ? "\n<ul class=\"list\">\n" : "<ul class=\"list\">\n");
		h->list = level;
	}
	bpr_i_html_fit_text(&h->fit, &fit_item, b->text);
	bpr_i_buf_puts(h->out, "<li");
	put_class(h->out, b->tone == BPR_DOC_WORSE || b->tone == BPR_DOC_BETTER ? "" : bpr_i_html_tone(b->tone), "");
	if (level == 1 && b->text && !strncmp(b->text, TICK, strlen(TICK))) {
		bpr_i_html_in(h->out, "><label class=\"tick\"><input type=\"checkbox\"/> ", b->text + strlen(TICK), "</label>");
		return;
	}
	bpr_i_buf_putc(h->out, '>');
	bpr_i_html_mark(h, b->tone);
	put_runs(h, b);
}

static void figure(struct html *h, const struct bpr_doc_figure *f)
{
	char prefix[96];
	size_t start;

	(void)snprintf(prefix, sizeof(prefix), "%s%s-%zu-", h->prefix, f->id ? f->id : "figure", h->next_id++);
	bpr_i_html_in(h->out, "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"", f->title ? f->title : "", "\">\n");
	start = h->out->length;
	bpr_i_chart_svg(f, h->doc->lang, prefix, h->out);
	if (h->out->length > start)
		bpr_i_html_fit_figure(&h->fit, h->out->data + start);
	bpr_i_buf_puts(h->out, "</div>\n</figure>\n");
}

static void tile(struct html *h, const struct bpr_doc_tile *t)
{
	bpr_i_html_in(h->out, "<dl class=\"tile\"><dt>", t->label ? t->label : "", "</dt>\n<dd class=\"figure\">");
	if (t->before) {
		bpr_i_html_in(h->out, "<span class=\"was\">", t->before, "</span> <span class=\"to\">→</span> ");
	}
	bpr_i_html_text(h->out, t->after ? t->after : "");
	if (t->unit)
		bpr_i_html_in(h->out, " <span class=\"unit\">", t->unit, "</span>");
	bpr_i_buf_puts(h->out, "</dd>\n");
	if (t->change) {
		bpr_i_buf_puts(h->out, "<dd");
		put_class(h->out, "change", bpr_i_html_tone(t->tone));
		bpr_i_html_in(h->out, ">", t->change, "</dd>");
	}
	bpr_i_buf_puts(h->out, "</dl>\n");
}

static void tiles(struct html *h, const struct bpr_doc_block *b)
{
	bpr_i_html_fit_tiles(&h->fit, b->tiles, b->tile_count);
	bpr_i_buf_puts(h->out, "<div class=\"tiles\">\n");
	for (size_t i = 0; i < b->tile_count; i++)
		tile(h, &b->tiles[i]);
	bpr_i_buf_puts(h->out, "</div>\n");
}

static void card(struct html *h, const struct bpr_doc_card *c, const char *class, const char *list)
{
	unsigned tag = 2 + h->shift;

	bpr_i_buf_printf(h->out, "<div class=\"%s\">\n", class);
	if (c->title) {
		bpr_i_buf_printf(h->out, "<h%u>", tag);
		bpr_i_html_text(h->out, c->title);
		bpr_i_buf_printf(h->out, "</h%u>\n", tag);
	}
	if (c->line_count)
		bpr_i_buf_printf(h->out, "<%s>\n", list);
	for (size_t i = 0; i < c->line_count; i++)
		bpr_i_html_in(h->out, "<li>", c->lines[i], "</li>\n");
	if (c->line_count)
		bpr_i_buf_printf(h->out, "</%s>\n", list);
	bpr_i_buf_puts(h->out, "</div>\n");
}

static void cards(struct html *h, const struct bpr_doc_block *b)
{
	bpr_i_html_fit_cards(&h->fit, b->cards, b->card_count);
	bpr_i_buf_puts(h->out, "<div class=\"cards\">\n");
	for (size_t i = 0; i < b->card_count; i++)
		card(h, &b->cards[i], "card", "ul");
	bpr_i_buf_puts(h->out, "</div>\n");
}

static void box(struct html *h, const struct bpr_doc_block *b)
{
	bpr_i_html_fit_cards(&h->fit, b->cards, 1);
	card(h, b->cards, "box", "ol");
}

static void columns(struct html *h, bool begin)
{
	close_column(h);
	if (!begin && h->in_columns)
		bpr_i_html_fit_together(&h->fit);
	if (begin != h->in_columns)
		bpr_i_buf_puts(h->out, begin ? "<div class=\"columns\">\n" : "</div>\n");
	h->in_columns = begin;
}

static void block(struct html *h, const struct bpr_doc_block *b)
{
	switch (b->kind) {
	case BPR_DOC_PAGE: page(h, b); break;
	case BPR_DOC_HEADING: heading(h, b); break;
	case BPR_DOC_LEAD: lead(h, b); break;
	case BPR_DOC_PARAGRAPH: paragraph(h, b, "p"); break;
	case BPR_DOC_NOTE: paragraph(h, b, "note"); break;
	case BPR_DOC_READING: paragraph(h, b, "reading"); break;
	case BPR_DOC_COMMAND: command(h, b); break;
	case BPR_DOC_ITEM: item(h, b); break;
	case BPR_DOC_TABLE: bpr_i_html_table(h, b->table); break;
	case BPR_DOC_FIGURE: figure(h, b->figure); break;
	case BPR_DOC_TILES: tiles(h, b); break;
	case BPR_DOC_CARDS: cards(h, b); break;
	case BPR_DOC_BOX: box(h, b); break;
	case BPR_DOC_COLUMNS: columns(h, true); break;
	case BPR_DOC_COLUMNS_END: columns(h, false); break;
	}
}

void bpr_i_html_blocks(struct html *h)
{
	h->shift = h->base;
	for (size_t i = 0; i < h->doc->block_count && !h->out->failed; i++) {
		const struct bpr_doc_block *b = &h->doc->blocks[i];

		if (b->kind != BPR_DOC_ITEM)
			close_lists(h, 0);
		if (!h->in_part && b->kind != BPR_DOC_PAGE)
			open_part(h, NULL);
		block(h, b);
	}
	close_part(h);
}
