/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "base/buf_i.h"
#include "csv/csv_i.h"
#include <stdlib.h>
#include <string.h>

/* Rows as text: "LINE|cell|cell@LINE\n", the line of a cell where it is not that of the row. */
static enum bpr_csv_next take(void *data, const struct bpr_csv_row *row)
{
	struct bpr_buf *out = data;

	bpr_i_buf_printf(out, "%zu", row->line);
	for (size_t i = 0; i < row->count; i++) {
		bpr_i_buf_putc(out, '|');
		bpr_i_buf_add(out, row->cells[i].text, row->cells[i].length);
		if (row->cells[i].line != row->line)
			bpr_i_buf_printf(out, "@%zu", row->cells[i].line);
	}
	bpr_i_buf_putc(out, '\n');
	return row->index < 100 ? BPR_CSV_KEEP : BPR_CSV_STOP;
}

static const struct bpr_csv_options comma = { ',', 100, 10 };

static void check_rows(const char *text, const char *expected)
{
	struct bpr_buf out = BPR_BUF_INIT;
	struct bpr_fault fault;

	assert_int_equal(bpr_i_csv_parse(text, strlen(text), &comma, take, &out, &fault), BPR_OK);
	assert_string_equal(out.data ? out.data : "", expected);
	bpr_i_buf_release(&out);
}

static void check_fault(const char *text, const char *expected)
{
	struct bpr_buf out = BPR_BUF_INIT;
	struct bpr_fault fault;
	struct bpr_error err;
	char message[300];
	bpr_status status = bpr_i_csv_parse(text, strlen(text), &comma, take, &out, &fault);

	assert_int_not_equal(status, BPR_OK);
	(void)bpr_i_fail(&err, status, fault.id, NULL, fault.line, fault.args[0], NULL);
	(void)snprintf(message, sizeof(message), "%zu: %s [%s]", fault.line, err.message, err.code);
	assert_string_equal(message, expected);
	bpr_i_buf_release(&out);
}

static void lines_are_those_of_an_editor(void **state)
{
	(void)state;
	check_rows("a,b\nc,d\n", "1|a|b\n2|c|d\n");
	check_rows("a,b\r\nc,d", "1|a|b\n2|c|d\n");
	check_rows("a,b\rc,d\r", "1|a|b\n2|c|d\n");
	check_rows("\n\n a , b \n \n\r\n\rc,,\n", "3|a|b\n7|c||\n");
	check_rows("a,\"x\ny\",b\nc\n", "1|a|x\ny|b@2\n3|c\n");
	check_rows("\"x\r\ny\",\"p\rq\n\",b\n,\n", "1|x\r\ny|p\rq\n@2|b@4\n5||\n");
	check_rows("\"\n\",a\n\"\",\"\"\"\"\n", "1|\n|a@2\n3||\"\n");
	check_rows("", "");
	check_rows("\n\r\n\r", "");
	check_rows("\"a\",\"b;c\", \"d\" \n", "1|a|b;c|d\n");
}

static void faults_name_the_line(void **state)
{
	(void)state;
	check_fault("a,b\nc,d\"e\n", "2: a quotation mark stands where none may stand [T001]");
	check_fault("a\n\"b\"c\n", "2: a quotation mark stands where none may stand [T001]");
	check_fault("a,b\n\n1,\"open\nx,y\n", "3: the quotation mark opened in line 3 is never closed [T002]");
	check_fault("\"", "1: the quotation mark opened in line 1 is never closed [T002]");
	check_fault("a\nb,\"lost\nc\nd,\"e\"\n", "4: a quotation mark stands where none may stand, in a cell that began in line 2 [T005]");
	check_fault("1,2,3,4,5,6,7,8,9,10,11\n", "1: a row has more than 10 cells [T004]");
}

static void a_cell_that_never_ends_is_stopped(void **state)
{
	enum { LENGTH = 1 << 20 };
	char *text = malloc(LENGTH + 1);

	(void)state;
	assert_non_null(text);
	memset(text, 'x', LENGTH);
	text[LENGTH] = '\0';
	memcpy(text, "a\n\"b\n", 5);
	check_fault(text, "2: a cell is longer than 100 bytes (--max-field) [T003]");
	memcpy(text, "a\nb\nc", 5);
	check_fault(text, "3: a cell is longer than 100 bytes (--max-field) [T003]");
	memset(text, ',', LENGTH);
	check_fault(text, "1: a row has more than 10 cells [T004]");
	free(text);
}

static void a_function_can_stop(void **state)
{
	char text[1001];
	struct bpr_buf out = BPR_BUF_INIT;
	struct bpr_fault fault;

	(void)state;
	for (size_t i = 0; i < 1000; i += 2)
		memcpy(text + i, "a\n", 2);
	assert_int_equal(bpr_i_csv_parse(text, 1000, &comma, take, &out, &fault), BPR_ECANCELLED);
	text[1000] = '\0';
	assert_non_null(strstr(out.data, "101|a\n"));
	assert_null(strstr(out.data, "102|a\n"));
	bpr_i_buf_release(&out);
}

struct pair { const char *above; size_t length; size_t seen; };

static enum bpr_csv_next take_pair(void *data, const struct bpr_csv_row *row)
{
	struct pair *p = data;
	size_t above = row->index % 3 ? row->index - row->index % 3 : row->index - 3; /* every third row is kept */

	if (row->index) {
		assert_int_equal(p->length, above + 1000);
		assert_int_equal(p->above[0], 'a' + (char)(above % 26));
		assert_int_equal(p->above[p->length - 1], 'a' + (char)(above % 26));
	}
	p->seen++;
	if (row->index % 3)
		return BPR_CSV_DROP;
	p->above = row->cells[0].text;
	p->length = row->cells[0].length;
	return BPR_CSV_KEEP;
}

static void the_row_above_is_still_there(void **state)
{
	const struct bpr_csv_options options = { ';', 1 << 20, 10 };
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_fault fault;
	struct pair p = { NULL, 0, 0 };

	(void)state;
	for (size_t i = 0; i < 300; i++) {
		bpr_i_buf_pad(&text, (char)('a' + i % 26), 1000 + i);
		bpr_i_buf_puts(&text, ";x\n");
	}
	assert_int_equal(bpr_i_csv_parse(text.data, text.length, &options, take_pair, &p, &fault), BPR_OK);
	assert_int_equal(p.seen, 300);
	bpr_i_buf_release(&text);
}

/* Any cells, written with quotes where needed and with any line end, come back. */
static unsigned next(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void put_cell(struct bpr_buf *text, const char *cell, bool quote)
{
	if (!quote) {
		bpr_i_buf_puts(text, cell);
		return;
	}
	bpr_i_buf_putc(text, '"');
	for (; *cell; cell++) {
		if (*cell == '"')
			bpr_i_buf_putc(text, '"');
		bpr_i_buf_putc(text, *cell);
	}
	bpr_i_buf_putc(text, '"');
}

static void what_is_written_is_read(void **state)
{
	static const char *const pieces[] = { "a", "窓口", ",", "\"", "\n", "\r\n", ";", " ", "①", "x y", "\t", "'", "\r" };
	static const char *const ends[] = { "\n", "\r\n", "\r" };
	static const char delimiters[] = ",;\t";
	unsigned seed = 7;

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		const struct bpr_csv_options options = { delimiters[round % 3], 1000, 10 };
		struct bpr_buf text = BPR_BUF_INIT;
		struct bpr_buf expected = BPR_BUF_INIT;
		struct bpr_buf out = BPR_BUF_INIT;
		struct bpr_fault fault;
		size_t line = 1;

		for (unsigned row = next(&seed) % 5; row; row--) {
			size_t first = line;

			bpr_i_buf_printf(&expected, "%zu", line);
			for (unsigned cells = 1 + next(&seed) % 4, i = 0; i < cells; i++) {
				char cell[64] = "";

				for (unsigned k = next(&seed) % 4; k; k--) {
					(void)strncat(cell, pieces[next(&seed) % (sizeof(pieces) / sizeof(pieces[0]))], 8);
				}
				if (i)
					bpr_i_buf_putc(&text, options.delimiter);
				/* Blanks at the ends survive in quotes only; a row of one bare empty cell is a blank line. */
				put_cell(&text, cell, strpbrk(cell, ",;\t\"\n\r ") || !i);
				bpr_i_buf_putc(&expected, '|');
				bpr_i_buf_puts(&expected, cell);
				if (line != first)
					bpr_i_buf_printf(&expected, "@%zu", line);
				for (const char *c = cell; *c; c++)
					line += (*c == '\r') || (*c == '\n' && (c == cell || c[-1] != '\r'));
			}
			bpr_i_buf_puts(&text, ends[round / 3 % 3]);
			bpr_i_buf_putc(&expected, '\n');
			line++;
		}
		assert_int_equal(bpr_i_csv_parse(text.data ? text.data : "", text.length, &options, take, &out, &fault), BPR_OK);
		assert_string_equal(out.data ? out.data : "", expected.data ? expected.data : "");
		bpr_i_buf_release(&text);
		bpr_i_buf_release(&expected);
		bpr_i_buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_those_of_an_editor), cmocka_unit_test(faults_name_the_line),
		cmocka_unit_test(a_cell_that_never_ends_is_stopped), cmocka_unit_test(a_function_can_stop),
		cmocka_unit_test(the_row_above_is_still_there), cmocka_unit_test(what_is_written_is_read),
	};

	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
