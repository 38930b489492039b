/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a sheet of a workbook, which a text of records holds (base/record_i.h): no quotes, and the line is the row. */
#include "config.h"
#include "csv/csv_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/record_i.h"
#include <string.h>

struct cells { struct bpr_csv_cell *items; size_t capacity; };

struct parse {
	const struct bpr_csv_options *options;
	struct cells rooms[2];  /* the row that comes, and the last one kept */
	unsigned now;
	struct bpr_fault *fault;
};

static bpr_status limit(const struct parse *p, enum bpr_code_id id, size_t line, size_t number)
{
	char text[32];

	(void)bpr_i_num_format(text, sizeof(text), (double)number);
	return bpr_i_fault(p->fault, BPR_ELIMIT, id, line, text, NULL, NULL);
}

/* One record, behind its mark. */
static bpr_status take_cells(struct parse *p, const char *at, const char *end, size_t line, size_t *count)
{
	struct cells *room = &p->rooms[p->now];
	const char *mark;

	*count = 0;
	do {
		mark = memchr(at, BPR_I_UNIT, (size_t)(end - at));
		mark = mark ? mark : end;
		if ((size_t)(mark - at) > p->options->max_field)
			return limit(p, BPR_I_T003, line, p->options->max_field);
		if (*count >= p->options->max_cells)
			return limit(p, BPR_I_T004, line, p->options->max_cells);
		if (*count >= room->capacity && !bpr_i_grow(&room->items, &room->capacity, *count + 1, sizeof(*room->items)))
			return bpr_i_fault(p->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
		room->items[(*count)++] = (struct bpr_csv_cell){ at, (size_t)(mark - at), line };
		at = mark + 1;
	} while (mark < end);
	return BPR_OK;
}

bpr_status bpr_i_csv_records(const char *text, size_t length, const struct bpr_csv_options *options, bpr_csv_row_fn *take,
			     void *data, struct bpr_fault *fault)
{
	struct parse p = { .options = options, .fault = fault };
	const char *const end = text + length;
	size_t line = 0, rows = 0, count;
	bpr_status status = BPR_OK;

	for (const char *at = text, *stop; at < end && !status; at = stop) {
		line++;
		at++;
		stop = memchr(at, BPR_I_RECORD, (size_t)(end - at));
		stop = stop ? stop : end;
		if (at == stop)
			continue;
		status = take_cells(&p, at, stop, line, &count);
		if (!status) {
			const struct bpr_csv_row row = { p.rooms[p.now].items, count, line, rows++ };
			const enum bpr_csv_next next = take(data, &row);

			status = next == BPR_CSV_STOP ? BPR_ECANCELLED : BPR_OK;
			p.now ^= next == BPR_CSV_KEEP ? 1u : 0u;
		}
	}
	bpr_i_free(p.rooms[0].items);
	bpr_i_free(p.rooms[1].items);
	return status;
}
