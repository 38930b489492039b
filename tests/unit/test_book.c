/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer of workbooks: what it makes of names and texts, what fails and how. What other programs read is in tests/cli/xlsx.bats. */
#include "config.h"
#include "test.h"
#include "xlsx/book_i.h"
#include "xlsx/read_i.h"
#include <string.h>

static const struct bpr_book_options english = { .lang = BPR_LANG_EN, .title = "T", .office = "O" };

/* The first sheet's cells, row by row: "text|text\n". */
static bpr_status take(void *data, size_t row, const struct bpr_xlsx_cell *cells, size_t count)
{
	(void)row;
	for (size_t i = 0; i < count; i++) {
		if (i)
			bpr_i_buf_putc(data, '|');
		bpr_i_buf_add(data, cells[i].text, cells[i].length);
	}
	bpr_i_buf_putc(data, '\n');
	return BPR_OK;
}

static void read_back(struct bpr_book *book, struct bpr_buf *cells, struct bpr_buf *names)
{
	const struct bpr_xlsx_options options = { (size_t)1 << 30, 1 << 20 };
	struct bpr_buf file = BPR_BUF_INIT;
	struct bpr_fault fault;
	bpr_xlsx *read;
	bool hidden;

	assert_int_equal(bpr_i_book_finish(book, &file), BPR_OK);
	assert_int_equal(bpr_i_xlsx_open(&read, file.data, file.length, &options, &fault), BPR_OK);
	assert_int_equal(bpr_i_xlsx_rows(read, 0, take, cells, NULL, &fault), BPR_OK);
	for (size_t i = 0; names && i < bpr_i_xlsx_count(read); i++) {
		bpr_i_buf_puts(names, bpr_i_xlsx_name(read, i, &hidden));
		bpr_i_buf_putc(names, '\n');
	}
	bpr_i_xlsx_close(read);
	bpr_i_buf_release(&file);
	bpr_i_book_free(book);
}

static void texts_and_numbers_come_back(void **state)
{
	struct bpr_book *book = bpr_i_book_new(&english);
	struct bpr_buf cells = BPR_BUF_INIT;
	size_t sheet = bpr_i_book_sheet(book, "S");

	(void)state;
	bpr_i_book_text(book, sheet, 0, 0, 0, "=1+1");
	bpr_i_book_number(book, sheet, 0, 1, 0, 0.1);
	bpr_i_book_number(book, sheet, 0, 2, 0, -1234567.5);
	bpr_i_book_text(book, sheet, 1, 0, 0, "<&>\"' 𠮷 _x0041_");
	bpr_i_book_text(book, sheet, 1, 1, 0, "a\nb");
	bpr_i_book_number(book, sheet, 2, 0, 0, NAN);
	bpr_i_book_wide(book, sheet, 3, 0, 2, 0, "wide");
	read_back(book, &cells, NULL);
	assert_string_equal(cells.data, "=1+1|0.1|-1234567.5\n<&>\"' 𠮷 _x0041_|a\nb\nwide\n");
	bpr_i_buf_release(&cells);
}

static void names_of_sheets_are_made_fit(void **state)
{
	struct bpr_book *book = bpr_i_book_new(&english);
	struct bpr_buf cells = BPR_BUF_INIT, names = BPR_BUF_INIT;

	(void)state;
	(void)bpr_i_book_sheet(book, "a[b]:c*d?e/f\\g'h");
	(void)bpr_i_book_sheet(book, "A[b]:c*d?e/f\\g'h");
	(void)bpr_i_book_sheet(book, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三");
	(void)bpr_i_book_sheet(book, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二四");
	(void)bpr_i_book_sheet(book, "History");
	(void)bpr_i_book_sheet(book, "");
	read_back(book, &cells, &names);
	assert_string_equal(names.data, "a_b__c_d_e_f_g_h\nA_b__c_d_e_f_g_h(2)\n一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一\n"
					"一二三四五六七八九十一二三四五六七八九十一二三四五六七八(2)\nHistory_\n_\n");
	bpr_i_buf_release(&cells);
	bpr_i_buf_release(&names);
}

static void a_long_text_is_cut_at_a_character(void **state)
{
	struct bpr_book *book = bpr_i_book_new(&english);
	struct bpr_buf text = BPR_BUF_INIT, cells = BPR_BUF_INIT;
	size_t sheet = bpr_i_book_sheet(book, "S");

	(void)state;
	for (size_t i = 0; i < 20000; i++)
		bpr_i_buf_puts(&text, "𠮷"); /* two units each */
	bpr_i_book_text(book, sheet, 0, 0, 0, text.data);
	assert_int_equal(bpr_i_book_cut(book), 1);
	read_back(book, &cells, NULL);
	assert_int_equal(cells.length, 16383 * 4 + 3 + 1);
	assert_memory_equal(cells.data + 16383 * 4, "…\n", 4);
	bpr_i_buf_release(&cells);
	bpr_i_buf_release(&text);
}

static void a_sheet_has_an_end(void **state)
{
	struct bpr_book *book = bpr_i_book_new(&english);
	struct bpr_buf out = BPR_BUF_INIT;
	size_t sheet = bpr_i_book_sheet(book, "S");

	(void)state;
	bpr_i_book_number(book, sheet, BPR_BOOK_ROWS, 0, 0, 1);
	assert_int_equal(bpr_i_book_failed(book), BPR_ELIMIT);
	assert_int_equal(bpr_i_book_finish(book, &out), BPR_ELIMIT);
	assert_int_equal(out.length, 0);
	bpr_i_book_free(book);
	book = bpr_i_book_new(&english);
	bpr_i_book_number(book, 3, 0, 0, 0, 1);
	assert_int_equal(bpr_i_book_failed(book), BPR_EINVAL);
	bpr_i_book_free(book);
}

static void rows_go_downwards(void **state)
{
	struct bpr_book *book = bpr_i_book_new(&english);
	size_t sheet = bpr_i_book_sheet(book, "S");

	(void)state;
	bpr_i_book_number(book, sheet, 5, 0, 0, 1);
	bpr_i_book_number(book, sheet, 5, 3, 0, 1);
	assert_int_equal(bpr_i_book_failed(book), BPR_OK);
	bpr_i_book_number(book, sheet, 4, 0, 0, 1);
	assert_int_equal(bpr_i_book_failed(book), BPR_EINVAL);
	bpr_i_book_free(book);
}

static void the_same_looks_are_one_style(void **state)
{
	struct bpr_book *book = bpr_i_book_new(&english);
	const struct bpr_book_style a = { .bold = true, .number = "0.0" }, b = { .bold = true, .number = "0.00" };
	char copy[] = "0.0";
	const struct bpr_book_style c = { .bold = true, .number = copy };

	(void)state;
	assert_int_equal(bpr_i_book_style(book, &a), bpr_i_book_style(book, &c));
	assert_int_not_equal(bpr_i_book_style(book, &a), bpr_i_book_style(book, &b));
	assert_int_not_equal(bpr_i_book_style(book, &a), 0);
	bpr_i_book_free(book);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_and_numbers_come_back),
		cmocka_unit_test(names_of_sheets_are_made_fit),
		cmocka_unit_test(a_long_text_is_cut_at_a_character),
		cmocka_unit_test(a_sheet_has_an_end),
		cmocka_unit_test(rows_go_downwards),
		cmocka_unit_test(the_same_looks_are_one_style),
	};

	return cmocka_run_group_tests_name("book", tests, NULL, NULL);
}
