/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells and rows of the CSV reports. */
#include "config.h"
#include "report/csv_parts_i.h"
#include "report/render_i.h"
#include <math.h>
#include <string.h>

void bpr_i_csv_text(struct bpr_csv_out *csv, const char *text)
{
	if (csv->started)
		bpr_i_buf_putc(csv->out, ',');
	csv->started = true;
	bpr_i_escape_csv(csv->out, text, strlen(text));
}

void bpr_i_csv_number(struct bpr_csv_out *csv, double x)
{
	if (csv->started)
		bpr_i_buf_putc(csv->out, ',');
	csv->started = true;
	if (isfinite(x))
		bpr_i_buf_number(csv->out, x < 0 || x > 0 ? x : 0);
}

void bpr_i_csv_end_row(struct bpr_csv_out *csv)
{
	bpr_i_buf_putc(csv->out, '\n');
	csv->started = false;
}

void bpr_i_csv_begin_row(struct bpr_csv_out *csv, const char *section, const char *id, const char *name, const char *measure)
{
	bpr_i_csv_text(csv, csv->first);
	bpr_i_csv_text(csv, csv->second);
	bpr_i_csv_text(csv, section);
	bpr_i_csv_text(csv, id);
	bpr_i_csv_text(csv, name);
	bpr_i_csv_text(csv, measure);
}
