/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a workbook: CPU seconds and memory by their number. Part of make bench. */
#include "config.h"
#include "xlsx/book_i.h"
#include <stdio.h>
#include <sys/resource.h>

enum { COLUMNS = 5 };

static double cpu(void)
{
	struct rusage used;

	(void)getrusage(RUSAGE_SELF, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
}

static long memory(void)
{
	struct rusage used;

	(void)getrusage(RUSAGE_SELF, &used);
	return used.ru_maxrss;
}

static void write_rows(size_t rows)
{
	const struct bpr_book_options options = { .lang = BPR_LANG_JA };
	struct bpr_book *book = bpr_i_book_new(&options);
	struct bpr_buf out = BPR_BUF_INIT;
	double begun = cpu();
	size_t sheet = bpr_i_book_sheet(book, "rows");
	bpr_status status;

	for (size_t r = 0; r < rows; r++)
		for (size_t c = 0; c < COLUMNS; c++) {
			if (c % 2)
				bpr_i_book_number(book, sheet, r, c, 0, (double)r * 0.5 + (double)c);
			else
				bpr_i_book_text(book, sheet, r, c, 0, "住民課 窓口で受付");
		}
	status = bpr_i_book_finish(book, &out);
	printf("%8zu rows of %d cells: %6.2f s of CPU, %6.1f MiB at most, file %6.1f MiB, status %d\n", rows, COLUMNS, cpu() - begun,
	       (double)memory() / 1024, (double)out.length / 1048576, (int)status);
	bpr_i_buf_release(&out);
	bpr_i_book_free(book);
}

int main(void)
{
	write_rows(30000);
	write_rows(300000);
	return 0;
}
