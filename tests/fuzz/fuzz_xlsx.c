/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workbook as it comes from outside. Bytes that begin as an archive are taken as they are; any others are parts to be
 * packed: records (0x1e), each a name, a unit separator (0x1f) and the text, so that what is inside is reached, too. Whatever
 * the bytes: a refused workbook has left an error, and the text of a sheet is text.
 */
#include "../unit/workbook_test.h"
#include "base/record_i.h"
#include "base/utf8_i.h"
#include "xlsx/read_i.h"
#include <bpr/bpr.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

/* The parts as an archive. */
static struct bpr_buf pack(const char *text, size_t length)
{
	struct archive a = ARCHIVE_INIT;
	const char *const end = text + length;

	while (text < end) {
		const char *stop = memchr(text, BPR_I_RECORD, (size_t)(end - text));
		const char *mark;
		char name[100];

		stop = stop ? stop : end;
		mark = memchr(text, BPR_I_UNIT, (size_t)(stop - text));
		if (mark && mark - text < (ptrdiff_t)sizeof(name) && !memchr(text, 0, (size_t)(mark - text))) {
			memcpy(name, text, (size_t)(mark - text));
			name[mark - text] = '\0';
			archive_add(&a, name, mark + 1, (size_t)(stop - mark) - 1);
		}
		text = stop + (stop < end);
	}
	archive_end(&a);
	return a.out;
}

static void check_sheets(const char *data, size_t size)
{
	const struct bpr_xlsx_options options = { 1 << 20, 1 << 12 };
	struct bpr_fault fault = { .status = BPR_OK };
	bpr_xlsx *book;
	bpr_status status = bpr_i_xlsx_open(&book, data, size, &options, &fault);

	must(status == fault.status && !status == !!book);
	for (size_t i = 0; book && i < bpr_i_xlsx_count(book); i++) {
		struct bpr_xlsx_text text;
		struct bpr_buf out = BPR_BUF_INIT;
		struct bpr_xlsx_merge filled;
		bool hidden;

		must(bpr_i_xlsx_name(book, i, &hidden) != NULL);
		fault.status = BPR_OK;
		status = bpr_i_xlsx_text(&text, book, i, 1 << 20, &fault);
		must(status == fault.status);
		must(text.text.length <= 1 << 20);
		if (!status && text.text.length) {
			must(text.text.data[0] == BPR_I_RECORD);
			must(bpr_i_utf8_invalid(text.text.data, text.text.length) == BPR_NONE);
			must(bpr_i_xlsx_fill(&text, 30, &out, &filled) == BPR_OK);
			must(out.length >= text.text.length && out.data[0] == BPR_I_RECORD);
		}
		bpr_i_buf_release(&out);
		bpr_i_xlsx_text_release(&text);
	}
	bpr_i_xlsx_close(book);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	struct bpr_buf packed = BPR_BUF_INIT;
	struct bpr_flows flows = { 0 };
	struct bpr_error err = { .status = BPR_OK };
	const char *bytes = (const char *)data;
	bpr_problems *problems;
	bpr_status status;
	char line[1000];

	bpr_init();
	if (bpr_problems_new(&problems, NULL))
		return 0;
	if (!bpr_i_xlsx_likely(bytes, size)) {
		packed = pack(bytes, size);
		bytes = packed.data;
		size = packed.length;
	}
	check_sheets(bytes, size);
	options.max_bytes = 1 << 20;
	options.max_nodes = 5000;
	options.max_field = 1 << 12;
	options.source = true;
	status = bpr_read_memory("t.xlsx", bytes, size, &options, &flows, problems, &err);
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		must(bpr_problem_line(&p, p.code->severity, BPR_LANG_JA, line, sizeof(line)) < 8192);
		must(bpr_i_utf8_invalid(line, strlen(line)) == BPR_NONE && !strchr(line, '\n'));
	}
	if (status)
		must(!flows.count && err.status == status && *err.code && bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0);
	else
		must(flows.count && !bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR));
	bpr_flows_release(&flows);
	bpr_problems_free(problems);
	bpr_i_buf_release(&packed);
	return 0;
}
