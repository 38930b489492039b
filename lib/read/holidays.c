/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Public holidays from a CSV file, as the Cabinet Office publishes them: 国民の祝日・休日月日,国民の祝日・休日名称. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "base/utf8_i.h"
#include "flow/builder_i.h"
#include "read/heading_i.h"
#include <bpr/read.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 24 };

struct holidays {
	const char *file;
	bpr_problems *problems;
	struct bpr_holiday *items;
	size_t *names_at;          /* [count] where their names stand in `names` */
	size_t count, capacity, name_capacity;
	struct bpr_buf names;
	size_t from;
	bool failed, nomem;
};

static void note(struct holidays *h, enum bpr_code_id id, const struct bpr_place *place, const char *a1, const char *a2, const char *a3)
{
	h->failed = true;
	h->nomem |= !bpr_i_problem(h->problems, id, place, true, a1, a2, a3, NULL);
}

static void keep(struct holidays *h, long date, const char *name, size_t length)
{
	if (!bpr_i_grow(&h->items, &h->capacity, h->count + 1, sizeof(*h->items)) ||
	    !bpr_i_grow(&h->names_at, &h->name_capacity, h->count + 1, sizeof(*h->names_at))) {
		h->nomem = true;
		return;
	}
	h->items[h->count] = (struct bpr_holiday){ date, NULL };
	h->names_at[h->count++] = h->names.length;
	bpr_i_buf_add(&h->names, name, length);
	bpr_i_buf_putc(&h->names, '\0');
	h->nomem |= h->names.failed != BPR_OK;
}

/* Rows: date, name. The first row may be a heading; what stands behind is passed over. */
static enum bpr_csv_next take_row(void *data, const struct bpr_csv_row *row)
{
	struct holidays *h = data;
	const struct bpr_place place = { h->file, row->line, 1, NULL };
	const char *text = row->count ? row->cells[0].text : "";
	size_t length = row->count ? bpr_i_utf8_trim(&text, row->cells[0].length) : 0;
	const char *name = row->count > 1 ? row->cells[1].text : "";
	size_t name_length = row->count > 1 ? bpr_i_utf8_trim(&name, row->cells[1].length) : 0;
	long date;

	if (!length && !name_length)
		return BPR_CSV_DROP;
	if (bpr_date_parse(bpr_i_short(text, length).text, &date))
		keep(h, date, name, name_length);
	else if (row->index)
		note(h, BPR_I_T030, &place, bpr_i_short(text, length).text, NULL, NULL);
	return h->nomem || bpr_i_problems_full(h->problems, h->from) ? BPR_CSV_STOP : BPR_CSV_DROP;
}

struct entry { struct bpr_holiday holiday; size_t order; };

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	long later = x->holiday.date - y->holiday.date;

	return later ? (later > 0) - (later < 0) : (x->order > y->order) - (x->order < y->order);
}

/* One block: the list, then the names; by date, each day once (the last row of it counts). */
static struct bpr_holiday *pack(const struct holidays *h, size_t *count)
{
	struct entry *sorted = bpr_i_calloc(h->count, sizeof(*sorted));
	struct bpr_holiday *block = NULL;
	char *names;

	*count = 0;
	block = sorted ? bpr_i_calloc(h->count + h->names.length / sizeof(*block) + 1, sizeof(*block)) : NULL;
	if (!block)
		goto out;
	names = (char *)(block + h->count);
	memcpy(names, h->names.data, h->names.length);
	for (size_t i = 0; i < h->count; i++)
		sorted[i] = (struct entry){ { h->items[i].date, names + h->names_at[i] }, i };
	qsort(sorted, h->count, sizeof(*sorted), compare);
	for (size_t i = 0; i < h->count; i++)
		if (i + 1 == h->count || sorted[i].holiday.date < sorted[i + 1].holiday.date)
			block[(*count)++] = sorted[i].holiday;
out:
	bpr_i_free(sorted);
	return block;
}

static void read_rows(struct holidays *h, const char *text, size_t length)
{
	const struct bpr_csv_options options = { ',', (size_t)1 << 16, BPR_I_MAX_CELLS };
	const struct bpr_place place = { .file = h->file };
	struct bpr_fault fault;
	bpr_status status = bpr_i_csv_parse(text, length, &options, take_row, h, &fault);

	if (status && status != BPR_ECANCELLED)
		note(h, fault.id, &(struct bpr_place){ .file = h->file, .line = fault.line }, fault.args[0], fault.args[1], fault.args[2]);
	else if (!h->count && !h->failed && !h->nomem)
		note(h, BPR_I_T031, &place, h->file, NULL, NULL);
}

bpr_status bpr_read_holidays(const char *path, const char *encoding, struct bpr_holiday **out, size_t *count, bpr_problems *problems,
			     struct bpr_error *err)
{
	struct holidays h = { .file = path, .problems = problems, .names = BPR_BUF_INIT, .from = bpr_problems_count(problems) };
	struct bpr_decoded text = { NULL, 0, NULL };
	enum bpr_encoding code = BPR_ENCODING_AUTO;
	struct bpr_fault fault;
	char *data = NULL;
	size_t length;
	bpr_status status;

	*out = NULL;
	*count = 0;
	if (encoding && !bpr_i_encoding_find(encoding, &code))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I015, NULL, 0, encoding, NULL);
	status = bpr_i_file_read(path, MOST_BYTES, &data, &length, &fault);
	if (!status)
		status = bpr_i_decode(data, length, code, &text, &fault);
	if (status) {
		note(&h, fault.id, &(struct bpr_place){ .file = path, .line = fault.line }, fault.args[0], fault.args[1], fault.args[2]);
		goto out;
	}
	read_rows(&h, text.text, text.length);
	if (h.count && !h.failed && !h.nomem) {
		*out = pack(&h, count);
		h.nomem = !*out;
	}
out:
	bpr_i_free(text.owned);
	bpr_i_free(data);
	bpr_i_free(h.items);
	bpr_i_free(h.names_at);
	bpr_i_buf_release(&h.names);
	if (h.nomem)
		return bpr_i_nomem(err);
	return h.failed ? bpr_i_fail(err, status ? status : BPR_ESYNTAX, BPR_I_F035, NULL, 0, path, NULL) : BPR_OK;
}

void bpr_holidays_free(struct bpr_holiday *holidays)
{
	bpr_i_free(holidays);
}
