/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study as a page for a browser, and for A4: one file, nothing from outside (a policy in it forbids that), no script. Several
 * languages stand in it beside each other; radio buttons and the style sheet show one.
 */
#include "config.h"
#include "report/draw_i.h"
#include "report/html_i.h"
#include "report/render_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <stdio.h>
#include <string.h>

const char *bpr_i_html_lang(enum bpr_lang lang)
{
	return lang == BPR_LANG_JA ? "ja" : "en";
}

void bpr_i_html_text(struct bpr_buf *out, const char *text)
{
	bpr_i_escape_svg(out, text, strlen(text));
}

void bpr_i_html_in(struct bpr_buf *out, const char *open, const char *text, const char *close)
{
	bpr_i_buf_puts(out, open);
	bpr_i_html_text(out, text);
	bpr_i_buf_puts(out, close);
}

/* ---- the frame ---- */

static void put_head(struct bpr_buf *out, const char *title, enum bpr_lang lang, bool large)
{
	bpr_i_html_in(out, "<!DOCTYPE html>\n<html lang=\"", bpr_i_html_lang(lang), large ? "\" class=\"large\">\n" : "\">\n");
	bpr_i_buf_puts(out, "<head>\n<meta charset=\"utf-8\"/>\n");
	bpr_i_buf_puts(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
			    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
			    "<meta name=\"color-scheme\" content=\"light dark\"/>\n");
	bpr_i_html_in(out, "<meta name=\"generator\" content=\"bpr ", bpr_version(), "\"/>\n");
	bpr_i_html_in(out, "<title>", title, "</title>\n<style>\n");
	for (size_t i = 0; bpr_i_page_css[i]; i++)
		bpr_i_buf_puts(out, bpr_i_page_css[i]);
	bpr_i_buf_puts(out, "</style>\n</head>\n<body>\n<main>\n");
}

/* Buttons between languages: before everything that they show and hide. */
static void put_switch(struct bpr_buf *out, const enum bpr_lang *langs, size_t count)
{
	static const char *const names[BPR_LANG_COUNT] = { [BPR_LANG_EN] = "English", [BPR_LANG_JA] = "日本語" };

	if (count < 2)
		return;
	for (size_t i = 0; i < count; i++)
		bpr_i_buf_printf(out, "<input class=\"lang\" type=\"radio\" name=\"lang\" id=\"lang-%s\"%s/>\n", bpr_i_html_lang(langs[i]),
				 i ? "" : " checked=\"checked\"");
	bpr_i_buf_puts(out, "<div class=\"bar\">");
	for (size_t i = 0; i < count; i++)
		bpr_i_buf_printf(out, "<label for=\"lang-%s\" lang=\"%s\">%s</label>", bpr_i_html_lang(langs[i]), bpr_i_html_lang(langs[i]),
				 names[langs[i]]);
	bpr_i_buf_puts(out, "</div>\n");
}

static void put_tail(struct bpr_buf *out)
{
	bpr_i_buf_puts(out, "</main>\n</body>\n</html>\n");
}

/* ---- a document ---- */

static size_t part_count(const struct bpr_document *doc)
{
	size_t count = 0;

	for (size_t i = 0; i < doc->block_count; i++)
		count += doc->blocks[i].kind == BPR_DOC_PAGE;
	return count;
}

/* Ways to the parts. */
static void put_contents(struct html *h)
{
	if (part_count(h->doc) < 2)
		return;
	/* Of several reports each has one: only the list of all of them is a landmark. */
	if (h->base)
		bpr_i_buf_puts(h->out, "<div class=\"contents\">\n<ul>\n");
	else
		bpr_i_html_in(h->out, "<nav class=\"contents\" aria-label=\"", bpr_text(h->doc->lang, N_("Contents")), "\">\n<ul>\n");
	for (size_t i = 0; i < h->doc->block_count; i++) {
		const struct bpr_doc_block *b = &h->doc->blocks[i];

		if (b->kind != BPR_DOC_PAGE)
			continue;
		bpr_i_buf_printf(h->out, "<li><a href=\"#%s%s\">", h->prefix, b->name);
		bpr_i_html_in(h->out, "", b->text, "</a></li>\n");
	}
	bpr_i_buf_puts(h->out, h->base ? "</ul>\n</div>\n" : "</ul>\n</nav>\n");
}

static void put_document(struct bpr_buf *out, const struct bpr_document *doc, const char *prefix, bool piece)
{
	struct html h = { .out = out, .doc = doc, .prefix = prefix, .base = piece };
	const char *lang = bpr_i_html_lang(doc->lang);

	bpr_i_buf_printf(out, "<div class=\"in-%s%s\" lang=\"%s\">\n", lang, doc->frame.plain ? " words" : "", lang);
	bpr_i_buf_printf(out, "<a class=\"skip\" href=\"#%stop\">", prefix);
	bpr_i_html_in(out, "", bpr_text(doc->lang, N_("To the report")), "</a>\n");
	put_contents(&h);
	bpr_i_buf_printf(out, "<div id=\"%stop\" tabindex=\"-1\">\n", prefix);
	bpr_i_html_blocks(&h);
	bpr_i_buf_puts(out, "</div>\n</div>\n");
}

static void put_documents(struct bpr_buf *out, const struct bpr_document *docs, size_t count, const char *anchor)
{
	for (size_t i = 0; i < count; i++) {
		char prefix[64];

		(void)snprintf(prefix, sizeof(prefix), "%s%s%s%s", anchor, *anchor ? "-" : "", i ? bpr_i_html_lang(docs[i].lang) : "",
			       i ? "-" : "");
		put_document(out, &docs[i], prefix, *anchor);
	}
}

/* ---- a page of several reports ---- */

static void put_entries(struct bpr_buf *out, enum bpr_lang lang, const char *title, const struct bpr_report_entry *entries, size_t count,
			bool first)
{
	const char *name = bpr_i_html_lang(lang);

	bpr_i_buf_printf(out, "<div class=\"flows in-%s\" lang=\"%s\">\n", name, name);
	bpr_i_html_in(out, "<h1 class=\"t1\">", title, "</h1>\n");
	bpr_i_html_in(out, "<nav aria-label=\"", bpr_text(lang, N_("Contents")), "\">\n<ol>\n");
	for (size_t i = 0; i < count; i++) {
		bpr_i_html_in(out, "<li><a href=\"#", entries[i].anchor, "");
		bpr_i_buf_printf(out, "-%s%stop\">", first ? "" : name, first ? "" : "-");
		bpr_i_html_in(out, "", entries[i].title, "</a>");
		if (*entries[i].source)
			bpr_i_html_in(out, " <small class=\"faint\">", entries[i].source, "</small>");
		bpr_i_buf_puts(out, "</li>\n");
	}
	bpr_i_buf_puts(out, "</ol>\n</nav>\n</div>\n");
}

void bpr_i_html_begin(const struct bpr_report_options *options, const struct bpr_report_entry *entries, size_t count, struct bpr_buf *out)
{
	const enum bpr_lang *langs = options->lang_count ? options->langs : &options->lang;
	size_t lang_count = options->lang_count ? options->lang_count : 1;
	const char *given = options->page ? options->page->title : NULL;
	struct bpr_buf title[BPR_LANG_COUNT] = { BPR_BUF_INIT, BPR_BUF_INIT };
	char number[24];

	lang_count = lang_count < BPR_LANG_COUNT ? lang_count : BPR_LANG_COUNT;
	(void)snprintf(number, sizeof(number), "%zu", count);
	for (size_t i = 0; i < lang_count; i++) {
		char words[96];
		const char *args[4] = { number, NULL, NULL, NULL };

		(void)bpr_i_text_fill(words, sizeof(words), bpr_text(langs[i], count == 1 ? N_("A flow") : N_("{1} flows")), args);
		bpr_i_buf_puts(&title[i], given ? given : words);
	}
	put_head(out, title[0].data ? title[0].data : "", langs[0], false);
	put_switch(out, langs, lang_count);
	for (size_t i = 0; i < lang_count; i++) {
		put_entries(out, langs[i], title[i].data ? title[i].data : "", entries, count, !i);
		if (title[i].failed)
			out->failed = title[i].failed;
		bpr_i_buf_release(&title[i]);
	}
}

void bpr_i_html_end(struct bpr_buf *out)
{
	put_tail(out);
}

void bpr_i_render_html(const struct bpr_document *docs, size_t count, const struct bpr_report_options *options, struct bpr_buf *out)
{
	enum bpr_lang langs[BPR_LANG_COUNT] = { BPR_LANG_EN };

	if (options->anchor) {
		put_documents(out, docs, count, options->anchor);
		return;
	}
	for (size_t i = 0; i < count; i++)
		langs[i] = docs[i].lang;
	put_head(out, docs[0].frame.title ? docs[0].frame.title : "bpr", docs[0].lang, docs[0].frame.large);
	put_switch(out, langs, count);
	put_documents(out, docs, count, "");
	put_tail(out);
}
