/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workbooks between writer and reader: what our own writer (libxlsxwriter) puts into cells is what the reader finds there;
 * and every allocation of a read made to fail.
 */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include "base/num_i.h"
#include "workbook_test.h"
#include "xlsx/book_i.h"
#include "xlsx/read_i.h"
#include <bpr/bpr.h>
#include <stdlib.h>

/* How many allocations still succeed. */
static size_t left = SIZE_MAX;
static bool failed;

static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	if (left) {
		left--;
		return false;
	}
	failed = true;
	return true;
}

static unsigned long long seed = 1;

/* Knuth, The Art of Computer Programming 2, 3.3.4, line 26. */
static unsigned draw(unsigned below)
{
	seed = seed * 6364136223846793005ull + 1442695040888963407ull;
	return (unsigned)(seed >> 33) % below;
}

enum { ROWS = 60, COLUMNS = 12 };
struct grid { char cells[ROWS][COLUMNS][160]; };

static void draw_text(char *to, size_t size)
{
	static const char *const pieces[] = { "a", "住民票", " ", "&", "<b>", "\"", "'", "=1+1", "\n", "髙", "①", "𠮷", "か\xe3\x82\x99", "_x0041_", "]]>", ",", "\t", "0", "é" };
	struct bpr_buf buf = { to, 0, size, size - 1, BPR_OK };
	unsigned n = draw(8) + 1;

	to[0] = '\0';
	for (unsigned i = 0; i < n; i++)
		bpr_i_buf_puts(&buf, pieces[draw(sizeof(pieces) / sizeof(pieces[0]))]);
}

static struct bpr_buf write_random(struct grid *grid)
{
	struct bpr_book *book = bpr_i_book_new(&(struct bpr_book_options){ .lang = BPR_LANG_JA });
	struct bpr_buf out = BPR_BUF_INIT;
	size_t sheet = bpr_i_book_sheet(book, "表");

	memset(grid, 0, sizeof(*grid));
	for (size_t row = 0; row < ROWS; row++)
		for (size_t column = 0; column < COLUMNS; column++) {
			char *cell = grid->cells[row][column];
			unsigned kind = draw(4);

			if (kind == 0)
				continue;
			if (kind == 1) {
				/* At most 15 digits: what a spreadsheet keeps. */
				double x = ((double)draw(2000000) - 1000000) / (draw(2) ? 1000 : 1);

				(void)bpr_i_num_format(cell, sizeof(grid->cells[0][0]), x);
				bpr_i_book_number(book, sheet, row, column, 0, x);
			} else {
				draw_text(cell, sizeof(grid->cells[0][0]));
				bpr_i_book_text(book, sheet, row, column, 0, cell);
			}
		}
	assert_int_equal(bpr_i_book_finish(book, &out), BPR_OK);
	bpr_i_book_free(book);
	return out;
}

struct seen { struct grid *grid; size_t cells; };

static bpr_status see_row(void *data, size_t row, const struct bpr_xlsx_cell *cells, size_t count)
{
	struct seen *seen = data;

	assert_in_range(row, 1, ROWS);
	for (size_t i = 0; i < count; i++) {
		char text[160] = "";
		const char *expected;

		assert_in_range(cells[i].column, 1, COLUMNS);
		expected = seen->grid->cells[row - 1][cells[i].column - 1];
		assert_in_range(cells[i].length, 1, sizeof(text) - 1);
		memcpy(text, cells[i].text, cells[i].length);
		assert_string_equal(text, expected);
		seen->cells++;
	}
	return BPR_OK;
}

static void what_is_written_is_read(void **state)
{
	static const struct bpr_xlsx_options options = { 1 << 24, 1 << 16 };
	static struct grid grid;

	(void)state;
	for (int round = 0; round < 12; round++) {
		struct bpr_buf bytes = write_random(&grid);
		struct seen seen = { &grid, 0 };
		struct bpr_fault fault;
		size_t expected = 0;
		bpr_xlsx *book;
		bool hidden;

		assert_int_equal(bpr_i_xlsx_open(&book, bytes.data, bytes.length, &options, &fault), BPR_OK);
		assert_int_equal(bpr_i_xlsx_count(book), 1);
		assert_string_equal(bpr_i_xlsx_name(book, 0, &hidden), "表");
		assert_false(hidden);
		assert_int_equal(bpr_i_xlsx_rows(book, 0, see_row, &seen, NULL, &fault), BPR_OK);
		for (size_t i = 0; i < ROWS * COLUMNS; i++)
			expected += grid.cells[i / COLUMNS][i % COLUMNS][0] != '\0';
		assert_int_equal(seen.cells, expected);
		bpr_i_xlsx_close(book);
		bpr_i_buf_release(&bytes);
	}
}

/* ---- out of memory ---- */

#define ROW(n, cells) "<row r=\"" #n "\">" cells "</row>"
#define T(ref, text) "<c r=\"" ref "\" t=\"str\"><v>" text "</v></c>"

static const struct book whole = {
	.names = { "転入", "転出", "様式", "転入.職員", "x", "hidden" }, .states = { NULL, NULL, NULL, NULL, NULL, "hidden" },
	.sheets = {
		"<sheetData>" ROW(1, T("A1", "番号") T("B1", "次") T("C1", "処理時間") T("D1", "記入") T("E1", "色")) ROW(2, T("A2", "a") T("B2", "b") "<c r=\"C2\"><v>0.1e1</v></c>" T("D2", "F"))
		ROW(3, T("A3", "b") T("E3", "赤")) "</sheetData><mergeCells><mergeCell ref=\"A1:A1\"/><mergeCell ref=\"E1:F1\"/><mergeCell ref=\"A2:A3\"/></mergeCells>",
		"<sheetData>" ROW(1, T("A1", "番号") T("B1", "次")) ROW(2, T("A2", "a") T("B2", "b")) ROW(3, "<c r=\"B3\"/><c r=\"A3\" t=\"s\"><v>0</v></c>") "</sheetData>",
		"<sheetData>" ROW(1, T("A1", "様式") T("B1", "項目")) ROW(2, T("A2", "F") T("B2", "氏名")) "</sheetData>",
		"<sheetData>" ROW(1, T("A1", "職種") T("B1", "人数")) ROW(2, T("A2", "p") T("B2", "2")) "</sheetData>",
		"<sheetData/>", "<sheetData/>",
	},
	.strings = "<si><t>b</t></si>", .styles = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"0\"/></numFmts><cellXfs><xf numFmtId=\"170\"/></cellXfs>",
};

static bool read_failing(const struct bpr_buf *bytes, size_t n, size_t *problems)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_flows flows;
	bpr_problems *list;
	struct bpr_error err;
	bpr_status status;

	options.source = true;
	assert_int_equal(bpr_problems_new(&list, NULL), BPR_OK);
	failed = false;
	left = n;
	status = bpr_read_memory("t.xlsx", bytes->data, bytes->length, &options, &flows, list, &err);
	left = SIZE_MAX;
	if (status != (failed ? BPR_ENOMEM : BPR_OK))
		print_error("allocation %zu: %s, %s\n", n, bpr_status_name(status), err.message);
	assert_int_equal(status, failed ? BPR_ENOMEM : BPR_OK);
	if (!failed) {
		assert_int_equal(flows.count, 2);
		assert_string_equal(bpr_flow_id(flows.items[1]), "転出");
		*problems = bpr_problems_count(list);
	}
	bpr_flows_release(&flows);
	bpr_problems_free(list);
	return failed;
}

static void every_allocation_may_fail(void **state)
{
	struct bpr_buf bytes = book_make(&whole);
	size_t n = 0, problems = 0;

	(void)state;
	while (read_failing(&bytes, n, &problems))
		n++;
	assert_in_range(n, 50, 100000);
	assert_in_range(problems, 3, 40);
	bpr_i_buf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(every_allocation_may_fail),
	};

	bpr_init();
	return cmocka_run_group_tests_name("workbook", tests, NULL, NULL);
}
