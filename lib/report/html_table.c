/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a page: titles of columns and rows that a screen reader tells, bars, numbers at the right. */
#include "config.h"
#include "report/html_i.h"
#include "base/text_i.h"
#include "study/words_i.h"

/* The word that says what a colour says, for those who do not see it. */
static void put_tone_word(struct html *h, enum bpr_doc_tone tone)
{
	if (tone == BPR_DOC_WORSE)
		bpr_i_html_in(h->out, " <span class=\"away\">(", bpr_text(h->doc->lang, N_("worse")), ")</span>");
}

static void put_bar(struct html *h, double length)
{
	double width = length > 0 ? length < 1 ? length * 100 : 100 : 0;

	bpr_i_buf_puts(h->out, "<td class=\"b\"><svg class=\"b\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
	bpr_i_buf_printf(h->out, "<rect width=\"%.1f\" height=\"10\"/></svg></td>", width);
}

/* The column that says what a row is about: the first one, behind boxes to be ticked. */
static size_t name_column(const struct bpr_doc_table *table)
{
	return table->row_count && table->column_count > 1 && table->cells[0].value == BPR_DOC_TICK ? 1 : 0;
}

static void put_cell(struct html *h, const struct bpr_doc_table *table, size_t column, const struct bpr_doc_cell *cell,
		     struct bpr_buf *words)
{
	bool names = column == name_column(table) && cell->value == BPR_DOC_TEXT && table->column_count > 1;
	const char *tag = names ? "th" : "td";
	const char *tone = bpr_i_html_tone(cell->tone);
	bool right = table->columns[column].right;

	if (cell->value == BPR_DOC_BAR) {
		put_bar(h, cell->number);
		return;
	}
	if (cell->value == BPR_DOC_TICK) {
		bpr_i_html_in(h->out, "<td class=\"tick\"><input type=\"checkbox\" aria-label=\"", cell->text ? cell->text : "", "\"/></td>");
		return;
	}
	bpr_i_buf_clear(words);
	bpr_i_words_cell(words, h->doc->lang, cell);
	bpr_i_buf_printf(h->out, "<%s%s", tag, names ? " scope=\"row\"" : "");
	if (right || *tone)
		bpr_i_buf_printf(h->out, " class=\"%s%s%s\"", right ? "n" : "", right && *tone ? " " : "", tone);
	bpr_i_html_in(h->out, ">", words->data ? words->data : "", "");
	put_tone_word(h, cell->tone);
	bpr_i_buf_printf(h->out, "</%s>", tag);
}

static bool has_titles(const struct bpr_doc_table *table)
{
	for (size_t c = 0; c < table->column_count; c++)
		if (table->columns[c].title && *table->columns[c].title)
			return true;
	return false;
}

static void put_titles(struct html *h, const struct bpr_doc_table *table)
{
	if (!has_titles(table))
		return;
	bpr_i_buf_puts(h->out, "<thead><tr>");
	for (size_t c = 0; c < table->column_count; c++) {
		const char *title = table->columns[c].title ? table->columns[c].title : "";
		const char *class = table->columns[c].right ? " class=\"n\"" : "";

		if (*title)
			bpr_i_buf_printf(h->out, "<th scope=\"col\"%s>", class);
		else
			bpr_i_buf_printf(h->out, "<td%s>", class);
		bpr_i_html_in(h->out, "", title, *title ? "</th>" : "</td>");
	}
	bpr_i_buf_puts(h->out, "</tr></thead>\n");
}

void bpr_i_html_table(struct html *h, const struct bpr_doc_table *table)
{
	struct bpr_buf words = BPR_BUF_INIT;
	const char *about = h->heading ? h->heading : "";

	bpr_i_html_fit_table(&h->fit, table, h->doc->lang);
	bpr_i_html_in(h->out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"", about, "\">\n");
	if (name_column(table))
		bpr_i_buf_printf(h->out, "<table class=\"ticks-%zu\">\n", table->column_count);
	else
		bpr_i_buf_puts(h->out, "<table>\n");
	bpr_i_html_in(h->out, "<caption class=\"away\">", about, "</caption>\n");
	put_titles(h, table);
	bpr_i_buf_puts(h->out, "<tbody>\n");
	for (size_t r = 0; r < table->row_count && !h->out->failed; r++) {
		bpr_i_buf_puts(h->out, "<tr>");
		for (size_t c = 0; c < table->column_count; c++)
			put_cell(h, table, c, &table->cells[r * table->column_count + c], &words);
		bpr_i_buf_puts(h->out, "</tr>\n");
	}
	bpr_i_buf_puts(h->out, "</tbody>\n</table>\n</div>\n");
	if (words.failed)
		h->out->failed = words.failed;
	bpr_i_buf_release(&words);
}
