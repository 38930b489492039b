/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets of paper: where lines break, what stays together, that nothing leaves its page, and that no text becomes markup. */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include "paper_sheet.h"
#include "base/utf8_i.h"
#include "report/paper_line_i.h"
#include "study/figure_i.h"
#include "xml/xml_i.h"
#include <bpr/init.h>
#include <stdint.h>
#include <string.h>

static size_t left = SIZE_MAX;

static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	return left ? !left-- : true;
}

/* ---- lines ---- */

static uint64_t seed = 1;

static size_t below(size_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(seed >> 33) % n;
}

static const char *const signs[] = {
	"市", "民", "課", "の", "で", "す", "っ", "ー", "ァ", "ョ", "ア", "、", "。", "」", "）", "！", "？", "・", "「", "（", "a", "b", "Z", "1", "2", "9", "分", " ", " ",
	"　", ",", ".", "%", "-", "→", "①", "é", "\n", "word", "窓口", "手続き", "々", "…"
};

static void random_text(struct bpr_buf *out, size_t length)
{
	for (size_t i = 0; i < length; i++)
		bpr_i_buf_puts(out, signs[below(sizeof(signs) / sizeof(signs[0]))]);
	bpr_i_buf_puts(out, "終");
}

static unsigned first_of(const char *text, size_t length)
{
	size_t pos = 0;

	return length ? bpr_i_utf8_next(text, length, &pos) : 0;
}

static unsigned last_of(const char *text, size_t length)
{
	size_t pos = 0;
	unsigned c = 0;

	while (pos < length)
		c = bpr_i_utf8_next(text, length, &pos);
	return c;
}

static bool is_one_of(unsigned c, const char *list)
{
	size_t pos = 0, n = strlen(list);

	while (c && pos < n)
		if (bpr_i_utf8_next(list, n, &pos) == c)
			return true;
	return false;
}

/* Written out here, so that it is not the list of the code. */
static const char *const never_first = "、。，．・：；？！）」』】〉》ーっゃゅょッャュョァィゥェォ々…,.:;!?)]%";
static const char *const never_last = "（「『【〈《([";

/* Any text: all of it is there, and no line is wider than it may be. */
static void test_lines(void **state)
{
	(void)state;
	for (size_t round = 0; round < 4000; round++) {
		struct bpr_paper_font font = { .size = 1 + (double)below(40) / 10, .bold = below(2) };
		double width = font.size * (double)(8 + below(60));
		struct bpr_buf text = BPR_BUF_INIT, want = BPR_BUF_INIT, got = BPR_BUF_INIT;
		struct paper_lines lines;
		struct paper_line line;
		size_t n = 0;

		random_text(&text, 1 + below(120));
		bpr_i_paper_lines(&lines, width, &font, text.data);
		while (bpr_i_paper_lines_next(&lines, &line)) {
			assert_true(line.width <= width * (1 + 1e-9));
			bpr_i_buf_add(&got, line.text, line.length);
			n++;
		}
		assert_int_equal(n, bpr_i_paper_lines_count(width, &font, text.data));
		sheet_squeeze(&want, text.data);
		text.length = 0;
		sheet_squeeze(&text, got.data);
		assert_int_equal(text.length, want.length);
		assert_memory_equal(text.data, want.data, want.length);
		bpr_i_buf_release(&text);
		bpr_i_buf_release(&want);
		bpr_i_buf_release(&got);
	}
}

/* Texts with a place to break every few characters: no line begins or ends with what may not stand there. */
static void test_kinsoku(void **state)
{
	static const char *const pieces[] = {
		"転入届を", "出し、", "窓口で", "「本人確認」を", "受けます。", "（代理人は", "委任状）が", "必要です！", "ちょっと", "待って", "センターへ", "１２分",
		"45分", "キャッシュレス", "で", "支払う。", "佐々木さんの", "『様式』", "・", "第3号様式", "100%", "A4（2枚）"
	};
	size_t lines_seen = 0;

	(void)state;
	for (size_t round = 0; round < 3000; round++) {
		struct bpr_paper_font font = { .size = 3.7, .bold = below(2) };
		double width = 3.7 * (double)(12 + below(50));
		struct bpr_buf text = BPR_BUF_INIT;
		struct paper_lines lines;
		struct paper_line line, before = { 0 };

		for (size_t i = 0, n = 5 + below(40); i < n; i++)
			bpr_i_buf_puts(&text, pieces[below(sizeof(pieces) / sizeof(pieces[0]))]);
		bpr_i_paper_lines(&lines, width, &font, text.data);
		while (bpr_i_paper_lines_next(&lines, &line)) {
			unsigned first = first_of(line.text, line.length), last = last_of(before.text, before.length);

			if (before.length && (is_one_of(first, never_first) || is_one_of(last, never_last) || (last >= '0' && last <= '9' && first >= 0x80))) {
				print_error("'%.*s' / '%.*s'\n", (int)before.length, before.text, (int)line.length, line.text);
				fail();
			}
			/* A line is not left half empty where one word more would have fitted: pieces have 8 em at most. */
			if (before.length)
				assert_true(before.width > fmin(width * 0.49, width - 12 * 3.7));
			before = line;
			lines_seen++;
		}
		bpr_i_buf_release(&text);
	}
	assert_true(lines_seen > 10000);
}

/* By hand: 10 em, so ten characters a line. */
static void test_by_hand(void **state)
{
	static const struct { const char *text, *lines; } cases[] = {
		{ "市民課の窓口へ行きます", "市民課の窓口へ|行きます" },
		{ "ああああああああああ。", "あああああああああ|あ。" },
		{ "", "" },
		{ "一行\n\n三行", "一行||三行" },
		{ "待ち時間は平均して12分です", "待ち時間は平均して|12分です" },
		{ "  a b  ", "a b" },
	};
	struct bpr_paper_font font = { .size = 2 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bpr_buf got = BPR_BUF_INIT;
		struct paper_lines lines;
		struct paper_line line;
		size_t n = 0;

		bpr_i_paper_lines(&lines, 20, &font, cases[i].text);
		while (bpr_i_paper_lines_next(&lines, &line)) {
			bpr_i_buf_puts(&got, n++ ? "|" : "");
			bpr_i_buf_add(&got, line.text, line.length);
		}
		assert_string_equal(got.data ? got.data : "", cases[i].lines);
		bpr_i_buf_release(&got);
	}
	assert_rel(bpr_i_paper_text_width(&font, "市民課"), 6, 1e-12);
	assert_rel(bpr_i_paper_text(NULL, 0, 0, 20, &font, "一行\n二行"), 2 * bpr_i_paper_line_height(&font), 1e-12);
}

/* ---- documents ---- */

static const char *const hostile = "</text><script>alert(1)</script>&amp;]]>\"'\x01\x1b[31m\xff\xe2\x80\xae" "a<b";

static void add_everything(struct bpr_document *doc, bool japanese, const char *extra)
{
	static const struct bpr_doc_tile tiles[] = {
		{ "窓口を回る回数", "6", "1", "か所", "-5", BPR_DOC_BETTER }, { "氏名を書く回数", "11", "0", "回", "-100%", BPR_DOC_BETTER },
		{ "待ち時間", NULL, "12", "分", NULL, BPR_DOC_PLAIN }, { "費用", "1,000万円", "1,200万円", NULL, "+20%", BPR_DOC_WORSE },
	};
	static const char *const lines[] = { "☐ 本人確認書類を持っていく", "マイナンバーカード（世帯全員分）を窓口で提示し、暗証番号を入力する", "印鑑は不要" };
	static const struct bpr_doc_card cards[] = { { "持ち物", lines, 3 }, { "窓口", lines + 1, 2 }, { "期限", lines, 1 } };
	static const struct bpr_bar bars[] = { { BPR_SIDE_BEFORE, "1番窓口", "92%", 0.92, BPR_DOC_WORSE, false } };
	const char *long_text = japanese ? "窓口では、住所や氏名を何度も書くことのないように、職員が聞き取って申請書を作成します。来庁した方は内容を確かめて署名するだけです。"
					 : "At the counter nobody writes name and address again: staff ask, print the form, and the citizen checks and signs it.";
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_BARS, .id = "load", .title = "負荷", .description = "92%", .bars = bars, .bar_count = 1 };
	struct bpr_doc_table *table;

	doc->frame = (struct bpr_doc_frame){ .title = "見出し", .head = japanese ? "みほん市 DX推進課" : "Mihon City, Digital Office", .stamp = "見本", .foot = "bpr 0.1.0" };
	bpr_i_doc_heading(doc, 1, japanese ? "転入の手続き" : "Moving in");
	bpr_i_doc_lead(doc, long_text);
	bpr_i_doc_tiles(doc, tiles, 4);
	bpr_i_doc_heading_aside(doc, "要点", extra);
	bpr_i_doc_columns(doc, true);
	bpr_i_doc_heading(doc, 2, "左");
	bpr_i_doc_paragraph(doc, long_text);
	bpr_i_doc_heading(doc, 2, "右");
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, "一つ目");
	bpr_i_doc_columns(doc, false);
	for (size_t i = 0; i < 12; i++) {
		bpr_i_doc_heading(doc, 3, "小見出し");
		bpr_i_doc_paragraph(doc, long_text);
		bpr_i_doc_item(doc, 1, BPR_DOC_WORSE, extra);
		bpr_i_doc_item(doc, 2, BPR_DOC_PLAIN, "☐ 確認した");
		bpr_i_doc_note(doc, long_text);
	}
	bpr_i_doc_cards(doc, cards, 3);
	bpr_i_doc_box(doc, "決めること", lines, 3);
	bpr_i_doc_page(doc, "visit", "来庁");
	bpr_i_doc_figure(doc, &figure);
	bpr_i_doc_reading(doc, long_text);
	bpr_i_doc_command(doc, "bpr compare before.csv after.csv -o report.pdf");
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, "Step", false, 0);
	bpr_i_doc_column(doc, table, "per case", true, 0);
	bpr_i_doc_column(doc, table, "", false, 0);
	for (size_t i = 0; i < 60; i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

		if (!row)
			break;
		row[0] = bpr_i_cell_text(i % 7 ? "受付・本人確認" : extra);
		row[1] = bpr_i_cell_number(BPR_DOC_MINUTES, (double)i);
		row[2] = bpr_i_cell_text(i % 3 ? "☐" : long_text);
	}
}

static void lay_out(struct bpr_paper *paper, enum bpr_paper_size size, double scale, const char *extra)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(paper->lang);

	add_everything(&doc, paper->lang == BPR_LANG_JA, extra);
	bpr_i_paper_document(paper, &doc, size, scale);
	bpr_i_doc_release(&doc);
}

static size_t count_of(const struct bpr_buf *all, const char *what)
{
	struct bpr_buf squeezed = BPR_BUF_INIT;
	size_t n = 0;

	sheet_squeeze(&squeezed, what);
	for (const char *at = all->data; (at = strstr(at, squeezed.data)) != NULL; at += squeezed.length)
		n++;
	bpr_i_buf_release(&squeezed);
	return n;
}

static void count_texts(const struct bpr_buf *all, bool japanese)
{
	assert_int_equal(count_of(all, "小見出し"), 12);
	assert_int_equal(count_of(all, "住民異動届・国民健康保険の届出"), 1 + 12 + 9);
	assert_int_equal(count_of(all, "受付・本人確認"), 51);
	assert_int_equal(count_of(all, "マイナンバーカード（世帯全員分）を窓口で提示し、暗証番号を入力する"), 3);
	assert_int_equal(count_of(all, japanese ? "職員が聞き取って申請書を作成します" : "staff ask, print the form"), 1 + 1 + 24 + 1 + 20);
}

/* Every text is there, on its page, in every size. */
static void test_document(void **state)
{
	static const double scales[] = { 0.6, 1, 1.6, 2.2 };

	(void)state;
	for (int l = 0; l < BPR_LANG_COUNT; l++)
		for (int size = 0; size < BPR_PAGE_SIZE_COUNT; size++)
			for (size_t i = 0; i < 4; i++) {
				struct bpr_paper paper = BPR_PAPER_INIT((enum bpr_lang)l);
				struct bpr_buf all;

				lay_out(&paper, (enum bpr_paper_size)size, scales[i], "住民異動届・国民健康保険の届出");
				assert_false(paper.failed);
				assert_true(paper.count >= 2);
				all = sheets_words(&paper);
				/* Rows and items are whole but where a page has no room for a few lines. */
				if (bpr_i_paper_width((enum bpr_paper_size)size) / scales[i] > 90)
					count_texts(&all, l == BPR_LANG_JA);
				bpr_i_buf_release(&all);
				bpr_i_paper_release(&paper);
			}
}

/* No heading is the last thing on its page, and none but the last page is nearly empty. */
static void test_headings(void **state)
{
	(void)state;
	for (size_t n = 0; n < 40; n++) {
		struct bpr_paper paper = BPR_PAPER_INIT(BPR_LANG_JA);
		struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);

		for (size_t i = 0; i < 60; i++) {
			if (i % 3 == n % 3)
				bpr_i_doc_heading(&doc, 2, "見出し");
			else
				bpr_i_doc_paragraph(&doc, "本文です。\n本文です。\n本文です。\n本文です。\n本文です。");
			for (size_t k = 0; k < n % 5; k++)
				bpr_i_doc_item(&doc, 1, BPR_DOC_PLAIN, "項目");
		}
		bpr_i_doc_paragraph(&doc, "終わり");
		bpr_i_paper_document(&paper, &doc, BPR_PAGE_A5, 1);
		assert_false(paper.failed);
		for (size_t i = 0; i < paper.count; i++) {
			double lowest = 0, of_heading = 0;
			struct sheet sheet;

			sheet_read(&paper, i, &sheet);
			for (size_t k = 0; k < sheet.count; k++) {
				if (!strcmp(sheet.texts[k].text, "見出し"))
					of_heading = sheet.texts[k].y;
				else if (!strchr(sheet.texts[k].text, '/') && sheet.texts[k].y > lowest)
					lowest = sheet.texts[k].y;
			}
			assert_true(of_heading < lowest);
			assert_true(i + 1 == paper.count || lowest > 210 * 0.6);
			sheet_release(&sheet);
		}
		bpr_i_doc_release(&doc);
		bpr_i_paper_release(&paper);
	}
}

/* Rows in their order, none twice, titles on each page; one that is longer than a page goes on. */
static void test_table(void **state)
{
	struct bpr_paper paper = BPR_PAPER_INIT(BPR_LANG_EN);
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);
	struct bpr_doc_table *table = bpr_i_doc_table(&doc);
	struct bpr_buf huge = BPR_BUF_INIT;
	size_t next = 0, titles = 0, words = 0;

	(void)state;
	for (size_t i = 0; i < 900; i++)
		bpr_i_buf_puts(&huge, "wort ");
	bpr_i_doc_column(&doc, table, "Step", false, 0);
	bpr_i_doc_column(&doc, table, "Note", false, 0);
	for (size_t i = 0; i < 120; i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(&doc, table);

		row[0] = bpr_i_cell_text(bpr_i_doc_fill(&doc, "row-{1}", bpr_i_arena_strdup(&doc.arena, (char[]){ (char)('a' + i / 26), (char)('a' + i % 26), 0 }), NULL, NULL, NULL));
		row[1] = bpr_i_cell_text(i == 50 ? huge.data : "-");
	}
	bpr_i_paper_document(&paper, &doc, BPR_PAGE_A5, 1);
	assert_false(paper.failed);
	assert_true(paper.count > 4);
	for (size_t i = 0; i < paper.count; i++) {
		struct sheet sheet;

		sheet_read(&paper, i, &sheet);
		for (size_t k = 0; k < sheet.count; k++) {
			const char *text = sheet.texts[k].text;

			titles += !strcmp(text, "Step");
			for (const char *at = text; (at = strstr(at, "wort")) != NULL; at++)
				words++;
			if (strncmp(text, "row-", 4) != 0)
				continue;
			assert_int_equal(text[4], 'a' + (int)(next / 26));
			assert_int_equal(text[5], 'a' + (int)(next % 26));
			next++;
		}
		sheet_release(&sheet);
	}
	assert_int_equal(next, 120);
	assert_int_equal(words, 900);
	assert_int_equal(titles, paper.count);
	bpr_i_buf_release(&huge);
	bpr_i_doc_release(&doc);
	bpr_i_paper_release(&paper);
}

/* What is hostile in a text is a text: on sheets, in titles, in the page for a browser. */
static void test_hostile(void **state)
{
	static const struct bpr_xml_options options = { .max_depth = 64, .max_nodes = 1000000 };
	struct bpr_paper paper = BPR_PAPER_INIT(BPR_LANG_JA);
	struct bpr_buf html = BPR_BUF_INIT, all;
	struct bpr_paper_page *page;
	struct bpr_xml xml;

	(void)state;
	lay_out(&paper, BPR_PAGE_A4, 1, hostile);
	paper.title = hostile;
	page = bpr_i_paper_page(&paper, BPR_PAGE_A6, hostile);
	(void)bpr_i_paper_text(page, 5, 30, 90, &(struct bpr_paper_font){ .size = 3 }, hostile);
	(void)bpr_i_paper_fit(page, (double[]){ 5, 60, 90, 8 }, &(struct bpr_paper_font){ .size = 30 }, hostile);
	all = sheets_words(&paper);
	assert_int_equal(count_of(&all, "<script>alert(1)</script>"), 1 + 12 + 9 + 2);
	bpr_i_buf_release(&all);
	bpr_i_paper_html(&paper, 1, &html);
	assert_int_equal(html.failed, BPR_OK);
	assert_null(strstr(html.data, "<script"));
	assert_null(strchr(html.data, '\x1b'));
	assert_null(strstr(html.data, "\xe2\x80\xae"));
	/* An XML parser reads it, but for the line that says it is HTML. */
	assert_int_equal(bpr_i_xml_parse(&xml, "page", strchr(html.data, '\n'), html.length - (size_t)(strchr(html.data, '\n') - html.data), &options, NULL, NULL), BPR_OK);
	bpr_i_xml_release(&xml);
	bpr_i_buf_release(&html);
	bpr_i_paper_release(&paper);
}

/* As large as the box allows, and inside of it. */
static void test_fit(void **state)
{
	static const char *const texts[] = { "窓口", "引っ越してきた方はこちらへどうぞ", "a", "Moving in: registration, health insurance, schools and everything else that belongs to it" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct bpr_paper paper = BPR_PAPER_INIT(BPR_LANG_JA);
		struct bpr_paper_page *page = bpr_i_paper_page(&paper, BPR_PAGE_A4_LANDSCAPE, "fit");
		double size = bpr_i_paper_fit(page, (double[]){ 20, 20, 200, 60 }, &(struct bpr_paper_font){ .size = 40, .bold = true }, texts[i]);
		struct bpr_paper_font more = { .size = size / 0.96, .bold = true };
		struct sheet sheet;

		sheet_read(&paper, 0, &sheet);
		for (size_t k = 0; k < sheet.count; k++) {
			assert_true(sheet.texts[k].x > 19.9 && sheet.texts[k].x + sheet.texts[k].width < 220.1);
			assert_true(sheet.texts[k].y - 0.9 * size > 19.9 && sheet.texts[k].y + 0.3 * size < 80.1);
		}
		assert_true(size > 39.9 || bpr_i_paper_text(NULL, 0, 0, 200, &more, texts[i]) > 60);
		sheet_release(&sheet);
		bpr_i_paper_release(&paper);
	}
}

static void test_pdf(void **state)
{
	struct bpr_paper papers[2] = { BPR_PAPER_INIT(BPR_LANG_JA), BPR_PAPER_INIT(BPR_LANG_EN) };
	struct bpr_buf a = BPR_BUF_INIT, b = BPR_BUF_INIT;
	struct bpr_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		lay_out(&papers[i], i ? BPR_PAGE_A5 : BPR_PAGE_A4, 1, "ab");
	if (bpr_i_paper_pdf(papers, 2, NULL, &a, NULL, &err)) {
		assert_string_equal(err.code, "G020"); /* librsvg is not installed */
		print_message("# no librsvg: %s\n", err.message);
	} else {
		assert_int_equal(bpr_i_paper_pdf(papers, 2, NULL, &b, NULL, &err), BPR_OK);
		assert_int_equal(a.length, b.length);
		assert_memory_equal(a.data, b.data, a.length);
		assert_memory_equal(a.data, "%PDF-1", 6);
	}
	for (size_t i = 0; i < 2; i++)
		bpr_i_paper_release(&papers[i]);
	bpr_i_buf_release(&a);
	bpr_i_buf_release(&b);
}

/* Every allocation fails once: it is said so, and nothing is lost. */
static void test_nomem(void **state)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
	size_t n = 0;

	(void)state;
	add_everything(&doc, true, "ab");
	assert_false(doc.failed);
	for (;; n++) {
		struct bpr_paper paper = BPR_PAPER_INIT(BPR_LANG_JA);
		struct bpr_buf html = BPR_BUF_INIT;
		bool failed;

		left = n;
		bpr_i_paper_document(&paper, &doc, BPR_PAGE_A4, 1);
		bpr_i_paper_html(&paper, 1, &html);
		left = SIZE_MAX;
		failed = html.failed != BPR_OK;
		bpr_i_buf_release(&html);
		bpr_i_paper_release(&paper);
		if (!failed)
			break;
		assert_true(n < 20000);
	}
	assert_true(n > 20);
	bpr_i_doc_release(&doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_hand), cmocka_unit_test(test_lines), cmocka_unit_test(test_kinsoku), cmocka_unit_test(test_document),
		cmocka_unit_test(test_headings), cmocka_unit_test(test_table), cmocka_unit_test(test_hostile), cmocka_unit_test(test_fit),
		cmocka_unit_test(test_pdf), cmocka_unit_test(test_nomem),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
