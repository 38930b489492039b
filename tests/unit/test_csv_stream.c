/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV in pieces: however a text is cut, its rows, lines and faults are those of libcsv reading it as a whole. */
#include "lib/test.h"
#include "base/buf_i.h"
#include "csv/csv_i.h"
#include <stdlib.h>
#include <string.h>

static uint64_t state;
static uint32_t draw(uint32_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % below);
}

/* Rows as a text: "LINE@LINE[cell][cell]". */
static enum bpr_csv_next take(void *data, const struct bpr_csv_row *row)
{
	struct bpr_buf *out = data;

	bpr_i_buf_printf(out, "%zu:%zu", row->index, row->line);
	for (size_t i = 0; i < row->count; i++) {
		bpr_i_buf_printf(out, "@%zu[", row->cells[i].line);
		bpr_i_buf_add(out, row->cells[i].text, row->cells[i].length);
		bpr_i_buf_putc(out, ']');
	}
	bpr_i_buf_putc(out, '\n');
	return BPR_CSV_DROP;
}

struct outcome { struct bpr_buf rows; bpr_status status; struct bpr_fault fault; };

static void in_pieces(const char *text, size_t length, const struct bpr_csv_options *options, size_t most, struct outcome *out)
{
	bpr_csv_stream *s = bpr_i_csv_stream_new(options, 1 << 20, take, &out->rows, &out->fault);
	bpr_status status = BPR_OK;

	assert_non_null(s);
	while (length && !status) {
		size_t n = 1 + draw((uint32_t)most);
		char *piece;

		n = n < length ? n : length;
		piece = malloc(n); /* of its exact size, so that a read past its end is seen */
		assert_non_null(piece);
		memcpy(piece, text, n);
		status = bpr_i_csv_stream_feed(s, piece, n);
		free(piece);
		text += n;
		length -= n;
	}
	out->status = status ? status : bpr_i_csv_stream_end(s);
	bpr_i_csv_stream_free(s);
}

static void same(const char *text, size_t length, const struct bpr_csv_options *options, size_t most)
{
	struct outcome whole = { .rows = BPR_BUF_INIT }, pieces = { .rows = BPR_BUF_INIT };

	whole.status = bpr_i_csv_parse(text, length, options, take, &whole.rows, &whole.fault);
	in_pieces(text, length, options, most, &pieces);
	assert_int_equal(whole.status, pieces.status);
	assert_int_equal(whole.rows.length, pieces.rows.length);
	if (whole.rows.length)
		assert_string_equal(whole.rows.data, pieces.rows.data);
	if (whole.status) {
		assert_int_equal(whole.fault.id, pieces.fault.id);
		assert_int_equal(whole.fault.line, pieces.fault.line);
	}
	bpr_i_buf_release(&whole.rows);
	bpr_i_buf_release(&pieces.rows);
}

static void test_random(void **unused)
{
	static const char signs[] = "aab,,,;\t  \n\n\r\"\"";
	const struct bpr_csv_options options[] = { { ',', 200, 12 }, { '\t', 200, 12 }, { ';', 200, 5 } };
	char text[200];

	(void)unused;
	state = 11;
	for (unsigned round = 0; round < 60000; round++) {
		const size_t length = draw(sizeof(text));
		const uint32_t kinds = round % 3 ? sizeof(signs) - 1 : sizeof(signs) - 3; /* some without any quotation mark */

		for (size_t i = 0; i < length; i++)
			text[i] = signs[draw(kinds)];
		same(text, length, &options[draw(3)], 1 + draw(60));
	}
}

/* Quotes where they may stand, so that rows go on over many pieces. */
static void test_quoted(void **unused)
{
	static const char *const parts[] = { "a", "\"b\"", "\"c,\n\"\"d\r\n\"", "", " e ", "\"\"", "\r\n", "\n", "\r", ",", ",", "," };
	const struct bpr_csv_options options = { ',', 500, 500 };
	struct bpr_buf text = BPR_BUF_INIT;

	(void)unused;
	state = 12;
	for (unsigned round = 0; round < 4000; round++) {
		bpr_i_buf_clear(&text);
		for (unsigned i = draw(60); i; i--)
			bpr_i_buf_puts(&text, parts[draw(sizeof(parts) / sizeof(parts[0]))]);
		if (text.length)
			same(text.data, text.length, &options, 1 + draw(20));
	}
	bpr_i_buf_release(&text);
}

/* A line longer than what is carried goes to libcsv, to the same cells; one without an end is refused. */
static void test_long(void **unused)
{
	const struct bpr_csv_options options = { ',', 1 << 20, 1 << 20 };
	const size_t length = 300000;
	char *text = malloc(length);
	struct outcome out = { .rows = BPR_BUF_INIT };

	(void)unused;
	assert_non_null(text);
	state = 13;
	for (size_t i = 0; i < length; i++)
		text[i] = draw(5) ? 'x' : ",\n "[draw(100) ? 0 : draw(3)];
	same(text, length, &options, 40000);
	same(text, length, &options, length);
	memset(text, 'x', length);
	same(text, length, &(struct bpr_csv_options){ ',', 1000, 10 }, 5000);
	for (size_t i = 0; i < length; i += 2)
		text[i] = ',';
	{
		bpr_csv_stream *s = bpr_i_csv_stream_new(&options, 50000, take, &out.rows, &out.fault);
		bpr_status status = BPR_OK;

		for (size_t i = 0; i < 100 && !status; i++)
			status = bpr_i_csv_stream_feed(s, text, length);
		assert_int_equal(status, BPR_ELIMIT);
		assert_int_equal(out.fault.id, BPR_I_T006);
		bpr_i_csv_stream_free(s);
	}
	bpr_i_buf_release(&out.rows);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_random), cmocka_unit_test(test_quoted), cmocka_unit_test(test_long) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
