/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ministry's rules for tables: for each a table that does not keep it, with row, column and count, and one that nearly does not. */
#include "config.h"
#include "test.h"
#include "base/buf_i.h"
#include "check/sheet_i.h"
#include <bpr/bpr.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "FILE:LINE:COLUMN where message", one line each, of the T1 findings of a table (all, or of one code). */
static void list(struct bpr_buf *out, const struct bpr_flows *flows, const char *code)
{
	const struct bpr_check_input input = { .flows = flows, .flow = BPR_NONE };
	bpr_problems *found;
	struct bpr_error err;

	assert_int_equal(bpr_problems_new(&found, NULL), BPR_OK);
	assert_int_equal(bpr_check(&input, NULL, found, &err), BPR_OK);
	for (size_t i = 0; i < bpr_problems_count(found); i++) {
		const struct bpr_problem p = bpr_problems_get(found, i);
		char message[1024];

		if (code ? strcmp(p.code->code, code) != 0 : strncmp(p.code->code, "T1", 2) != 0)
			continue;
		(void)bpr_problem_message(&p, BPR_LANG_EN, message, sizeof(message));
		bpr_i_buf_printf(out, "%s%s:%zu:%zu %s| %s", out->length ? "\n" : "", p.file, p.line, p.column, p.where, message);
	}
	bpr_i_buf_putc(out, '\0');
	bpr_problems_free(found);
}

static void expect(const char *code, const char *expected, const char *text)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_buf out = BPR_BUF_INIT;
	struct bpr_flows flows;
	struct bpr_error err;

	options.source = true;
	if (bpr_read_memory("t.csv", text, strlen(text), &options, &flows, NULL, &err)) {
		print_error("%s: %s\n", text, err.message);
		fail();
	}
	list(&out, &flows, code);
	assert_string_equal(out.data, expected);
	bpr_i_buf_release(&out);
	bpr_flows_release(&flows);
}

static void one_datum_in_a_cell(void **state)
{
	(void)state;
	expect("T101", "t.csv:3:3 担当| cells with several data: 2, such as '市民課、税務課' (担当 / 窓口)",
	       "番号,次,担当,窓口\na,b,市民課,1番\nb,c,市民課、税務課,1番\nc,,税務課,\"1番;2番\"\n");
	/* Lists of bpr have several by design, and a middle dot is part of a name. */
	expect("T101", "", "番号,次,担当,記入\na,b:50%;c:50%,市民・税務課,A;B\nb,,市民課,\nc,,市民課,\n");
	expect("T102", "t.csv:2:2 作業名| cells with a line break: 1, such as '受付 審査' (作業名)", "番号,作業名\na,\"受付\n審査\"\nb,交付\n");
	/* A line end behind the text is cut by everyone. */
	expect("T102", "", "番号,作業名\na,\"受付\n\"\nb,交付\n");
}

static void numbers_as_numbers(void **state)
{
	(void)state;
	expect("T103", "t.csv:2:2 処理時間(分)| cells of numbers that hold text: 8, such as '５' (処理時間(分) / 押印)",
	       "番号,処理時間(分),押印\na,５,\"1,200\"\nb,3分,○\nc,約5,２\nd,10~15,3件\ne,2.5,4\n");
	expect("T103", "", "番号,処理時間(分),転記\na,5,1200\nb,\"tri(3,5,9)\",0\nc,PT5M,1e3\nd,,\n");
	expect("T109", "t.csv:2:2 処理時間| numbers without a unit in the cell or in the heading: 2 (処理時間)", "番号,処理時間,転記\na,5,2\nb,2.5,3\n");
	expect("T109", "", "番号,処理時間（分）,待ち時間,転記\na,5,3分,2\nb,\"tri(3,5,9)\",,1\n");
}

/* A number in hours that is read as minutes makes figures wrong, so this one is a warning. */
static void units_in_headings(void **state)
{
	(void)state;
	expect("T117", "t.csv:2:2 費用（千円）| the heading '費用（千円）' says another unit than the one in which its bare numbers are read: 2 cells",
	       "番号,費用（千円）,待ち時間(秒)\na,5,30\nb,2.5,1分\n");
	expect("T117", "", "番号,処理時間（分）,待ち時間(時間・分)\na,5,3\nb,2時間,\n");
	assert_int_equal(bpr_code_find("T117")->severity, BPR_SEVERITY_WARNING);
}

static void no_layout(void **state)
{
	(void)state;
	expect("T105", "t.csv:1:2 担　当| cells with blanks for looks: 4, such as '担　当' (担　当 / 作業名)", "番号,担　当,作業名\na,市　民　課,　受付\nb,市民課,受付  審査\n");
	/* Words may stand apart. */
	expect("T105", "", "番号,担当,作業名\na,市民課 窓口,受付 審査\nb,市民課,A B\n");
	expect("T106", "t.csv:3:2 担当| cells that only point to another cell: 3, such as '〃' (担当)", "番号,担当,備考\na,市民課,同上の件\nb,〃,\nc,同上,x\nd,〃,\n");
	expect("T108", "t.csv:2:3 備考| cells with a formula or its error: 3, such as '=SUM(A1:A3)' (備考)", "番号,作業名,備考\na,x,=SUM(A1:A3)\nb,y,#REF!\nc,z,####\nd,w,a=b\n");
}

static void characters_and_dates(void **state)
{
	(void)state;
	expect("T110", "t.csv:2:2 作業名| cells with characters that depend on the machine: 4, such as '①' (作業名 / 備考)",
	       "番号,作業名,備考\na,①受付,\nb,受付,㈱例\nc,高橋,髙橋\nd,Ⅱ期,(1)\ne,II,株式会社\n");
	expect("T110", "", "番号,作業名\na,（１）～【受付】※―〒→★\nb,ｶﾅ\n");
	expect("T111", "t.csv:2:3 備考| cells with a year of an era alone: 4, such as '令和６年４月から' (備考)",
	       "番号,作業名,備考\na,x,令和６年４月から\nb,x,R6.4.1\nc,x,平成元年\nd,x,昭和50年\ne,x,2024年（令和6年）\nf,x,ver. 3.2.1 / R 6\n");
	/* An id is an id. */
	expect("T111", "", "番号,次\nR6.4.1,H1.2.3\nH1.2.3,\n");
}

static void one_table_in_a_piece(void **state)
{
	(void)state;
	expect("T104", "t.csv:1:2 | columns with data, but without a heading: 1", "番号,,作業名\na,x,受付\nb,,交付\n");
	expect("T112", "t.csv:1:2 | blank rows or columns that divide the table: 1", "番号,,作業名\na,,受付\nb,,交付\n");
	expect("T112", "t.csv:3:0 | blank rows or columns that divide the table: 1", "番号,作業名\na,受付\n,\n\nb,交付\n\n,\n");
	expect("T112", "", "題\n\n番号,作業名\n\na,受付\nb,交付\n,,\n");
	expect("T113", "t.csv:3:0 | rows of headings within the table: 1; several tables in one sheet, or one that was printed page by page",
	       "番号,作業名,担当\na,受付,市民課\n番号,作業名,担当\nb,交付,市民課\n");
	expect("T113", "", "番号,作業名,担当\na,受付,係\n担当,交付,市民課\n");
	expect("T107", "t.csv:1:2 担当| the column '担当' is empty below its texts, as merged cells leave it", "番号,担当\na,市民課\nb,\nc,\nd,税務課\ne,\n");
	/* Gateways have no unit, and a column that is filled in by and by begins empty. */
	expect("T107", "", "番号,種別,担当\na,作業,市民課\nb,分岐,\nc,分岐,\nd,,税務課\n");
	expect("T107", "", "番号,担当\na,\nb,市民課\nc,\nd,\n");
}

static void around_the_table(void **state)
{
	(void)state;
	expect("T114", "t.csv:1:0 | titles or remarks above or below the table: 2 rows", "業務フロー\n※例示\n番号,作業名\na,受付\nb,交付\n");
	expect("T114", "t.csv:4:1 番号| titles or remarks above or below the table: 1 rows", "番号,作業名\na,受付\nb,交付\n※所要時間は例示,\n");
	expect("T114", "", "番号,作業名\na,受付\nb,※交付\n");
	expect("T115", "t.csv:2:0 | the headings stand in several rows", "題\n,工程,,時間,\n番号,作業名,担当,処理時間(分),待ち時間(分)\na,受付,係,1,2\n");
	expect("T115", "", "題,作成日\n\n番号,作業名,担当\na,受付,係\n");
	expect("T116", "t.csv:1:0 | the delimiter is no comma", "番号\t作業名\na\t受付\n");
	expect("T116", "", "番号,作業名\na,受付\n");
}

static void a_clean_table_is_silent(void **state)
{
	(void)state;
	expect(NULL, "", "番号,作業名,種別,次,担当,窓口,処理時間(分),待ち時間(分),要員,記入,備考\n"
	       "1,来庁,開始,2,市民課,,,,,,\n2,受付・本人確認,作業,3:0.9;1:0.1,市民課,1番窓口,5,3.5,窓口職員:2,申請書;届出書,2024年4月から\n3,完了,終了,,市民課,,,,,,\n");
}

/* The tables beside a flow, with their own names; those beside BPMN too. */
static void companions_are_tables(void **state)
{
	char folder[] = "test-sheet.XXXXXX";
	char path[64], companion[64], expected[256];
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_buf out = BPR_BUF_INIT;
	struct bpr_flows flows;
	struct bpr_error err;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/t.csv", folder);
	(void)snprintf(companion, sizeof(companion), "%s/t.staff.csv", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs("番号,要員\na,係員\n", file) >= 0);
	assert_int_equal(fclose(file), 0);
	file = fopen(companion, "w");
	assert_non_null(file);
	assert_true(fputs("職種,人数,時間単価\n係員,３,2500円\n", file) >= 0);
	assert_int_equal(fclose(file), 0);
	options.source = true;
	assert_int_equal(bpr_read(path, &options, &flows, NULL, &err), BPR_OK);
	list(&out, &flows, NULL);
	(void)snprintf(expected, sizeof(expected), "%s:2:2 人数| cells of numbers that hold text: 2, such as '３' (人数 / 時間単価)", companion);
	assert_string_equal(out.data, expected);
	bpr_i_buf_release(&out);
	bpr_flows_release(&flows);
	assert_int_equal(unlink(companion), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

/* Any bytes between quotes and delimiters: the scanner and libcsv see the same lines. */
static void lines_are_those_of_an_editor(void **state)
{
	static const char text[] = "id,note\r\n\"a\",\"x\r\ny\"\"\"\r\n\r\nb , \"z\"\rc,w\n\n\n\"d\",";
	struct bpr_sheet sheet = { text, sizeof(text) - 1, 0, 1, ',', false };
	struct bpr_sheet_row row = { .count = 0 };
	struct bpr_buf out = BPR_BUF_INIT;
	bool nomem = false;

	(void)state;
	while (bpr_i_sheet_row(&sheet, &row, &nomem))
		for (size_t i = 0; i < row.count; i++)
			bpr_i_buf_printf(&out, "%zu[%.*s]%s", row.cells[i].line, (int)row.cells[i].length, row.cells[i].text, row.blank ? "-" : "");
	assert_false(nomem);
	bpr_i_buf_putc(&out, '\0');
	assert_string_equal(out.data, "1[id]1[note]2[a]2[x\r\ny\"\"]4[]-5[b ]5[z]6[c]6[w]7[]-8[]-9[d]9[]");
	bpr_i_buf_release(&out);
	bpr_i_free(row.cells);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_datum_in_a_cell), cmocka_unit_test(numbers_as_numbers), cmocka_unit_test(units_in_headings), cmocka_unit_test(no_layout),
		cmocka_unit_test(characters_and_dates), cmocka_unit_test(one_table_in_a_piece), cmocka_unit_test(around_the_table),
		cmocka_unit_test(a_clean_table_is_silent), cmocka_unit_test(companions_are_tables), cmocka_unit_test(lines_are_those_of_an_editor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
