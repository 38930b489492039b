/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pages have beyond sentences and tables: see document_i.h and figure_i.h. */
#include "config.h"
#include "study/figure_i.h"
#include "base/text_i.h"
#include <string.h>

/* Kept by the document; NULL (and failed) when out of memory. */
static void *keep(struct bpr_document *doc, const void *items, size_t count, size_t size)
{
	void *out = doc->failed ? NULL : bpr_i_arena_alloc(&doc->arena, count ? count : 1, size);

	if (!out)
		doc->failed = true;
	else if (count)
		memcpy(out, items, count * size);
	return out;
}

void bpr_i_doc_page(struct bpr_document *doc, const char *part, const char *title)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_PAGE, .name = part, .text = title });
}

void bpr_i_doc_heading_aside(struct bpr_document *doc, const char *text, const char *aside)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_HEADING, .level = 2, .text = text, .aside = aside });
}

void bpr_i_doc_tiles(struct bpr_document *doc, const struct bpr_doc_tile *tiles, size_t count)
{
	struct bpr_doc_block block = { .kind = BPR_DOC_TILES, .text = "", .tile_count = count };

	block.tiles = keep(doc, tiles, count, sizeof(*tiles));
	bpr_i_doc_add(doc, block);
}

void bpr_i_doc_cards(struct bpr_document *doc, const struct bpr_doc_card *cards, size_t count)
{
	struct bpr_doc_block block = { .kind = BPR_DOC_CARDS, .text = "", .card_count = count };
	struct bpr_doc_card *kept = keep(doc, cards, count, sizeof(*cards));

	for (size_t i = 0; kept && i < count; i++)
		kept[i].lines = keep(doc, cards[i].lines, cards[i].line_count, sizeof(*cards[i].lines));
	block.cards = kept;
	bpr_i_doc_add(doc, block);
}

void bpr_i_doc_box(struct bpr_document *doc, const char *title, const char *const *lines, size_t count)
{
	struct bpr_doc_card card = { .title = title, .lines = lines, .line_count = count };
	struct bpr_doc_block block = { .kind = BPR_DOC_BOX, .text = title, .card_count = 1 };
	struct bpr_doc_card *kept = keep(doc, &card, 1, sizeof(card));

	if (kept)
		kept->lines = keep(doc, lines, count, sizeof(*lines));
	block.cards = kept;
	bpr_i_doc_add(doc, block);
}

void bpr_i_doc_reading(struct bpr_document *doc, const char *text)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_READING, .text = text });
}

void bpr_i_doc_command(struct bpr_document *doc, const char *text)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_COMMAND, .text = text });
}

void bpr_i_doc_columns(struct bpr_document *doc, bool begin)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = begin ? BPR_DOC_COLUMNS : BPR_DOC_COLUMNS_END, .text = "" });
}

void bpr_i_doc_figure(struct bpr_document *doc, const struct bpr_doc_figure *figure)
{
	struct bpr_doc_block block = { .kind = BPR_DOC_FIGURE, .text = figure->title };

	block.figure = keep(doc, figure, 1, sizeof(*figure));
	bpr_i_doc_add(doc, block);
}

/* ---- texts in pieces ---- */

struct bpr_doc_rich bpr_i_rich(struct bpr_document *doc, const char *text, bool strong)
{
	struct bpr_doc_run run = { text, strong };
	const struct bpr_doc_run *kept = keep(doc, &run, 1, sizeof(run));

	return (struct bpr_doc_rich){ kept, kept ? 1 : 0 };
}

/* Pieces of a template: its own words, and the arguments. */
static size_t pieces(struct bpr_document *doc, const char *text, const struct bpr_doc_rich args[4], struct bpr_doc_run *out)
{
	size_t count = 0;

	while (*text) {
		const char *brace = text;
		bool is_arg;

		while (*brace && !(brace[0] == '{' && brace[1] >= '1' && brace[1] <= '4' && brace[2] == '}'))
			brace++;
		if (brace > text) {
			if (out)
				out[count].text = bpr_i_arena_strndup(&doc->arena, text, (size_t)(brace - text));
			count++;
		}
		is_arg = *brace != '\0';
		for (size_t i = 0; is_arg && i < args[brace[1] - '1'].count; i++, count++)
			if (out)
				out[count] = args[brace[1] - '1'].runs[i];
		text = is_arg ? brace + 3 : brace;
	}
	return count;
}

struct bpr_doc_rich bpr_i_rich_fill(struct bpr_document *doc, const char *id, const struct bpr_doc_rich args[4])
{
	const char *text = bpr_text(doc->lang, id);
	size_t count = pieces(doc, text, args, NULL);
	struct bpr_doc_run *runs = doc->failed ? NULL : bpr_i_arena_alloc(&doc->arena, count ? count : 1, sizeof(*runs));

	if (!runs) {
		doc->failed = true;
		return (struct bpr_doc_rich){ NULL, 0 };
	}
	(void)pieces(doc, text, args, runs);
	for (size_t i = 0; i < count; i++)
		if (!runs[i].text) {
			doc->failed = true;
			return (struct bpr_doc_rich){ NULL, 0 };
		}
	return (struct bpr_doc_rich){ runs, count };
}

struct bpr_doc_rich bpr_i_rich_list(struct bpr_document *doc, const struct bpr_doc_rich items[], size_t count)
{
	return bpr_i_rich_join(doc, items, count, bpr_text(doc->lang, N_(", ")), bpr_text(doc->lang, N_(" and ")));
}

struct bpr_doc_rich bpr_i_rich_join(struct bpr_document *doc, const struct bpr_doc_rich items[], size_t count, const char *between,
				    const char *last)
{
	struct bpr_doc_rich all = { NULL, 0 };
	struct bpr_doc_run *runs;
	size_t most = 2 * count;

	for (size_t i = 0; i < count; i++)
		most += items[i].count;
	runs = doc->failed ? NULL : bpr_i_arena_alloc(&doc->arena, most ? most : 1, sizeof(*runs));
	if (!runs) {
		doc->failed = true;
		return all;
	}
	for (size_t i = 0; i < count; i++) {
		if (i && *between)
			runs[all.count++] = (struct bpr_doc_run){ i + 1 < count ? between : last, false };
		for (size_t k = 0; k < items[i].count; k++)
			runs[all.count++] = items[i].runs[k];
	}
	all.runs = runs;
	return all;
}

void bpr_i_doc_say(struct bpr_document *doc, enum bpr_doc_kind kind, struct bpr_doc_rich text)
{
	struct bpr_doc_block block = { .kind = kind, .runs = text.runs, .run_count = text.count };
	struct bpr_buf plain = BPR_BUF_INIT;

	for (size_t i = 0; i < text.count; i++)
		bpr_i_buf_puts(&plain, text.runs[i].text);
	block.text = bpr_i_doc_keep(doc, &plain);
	bpr_i_doc_add(doc, block);
}
