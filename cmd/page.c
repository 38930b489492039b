/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "page.h"
#include "output.h"
#include "say.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { IN_MEMORY = 16 << 20, COPIED = 1 << 16 };

/* Moves what is in memory to the file; where there is none to be had, it stays. */
static void spill(struct page *page)
{
	if (!page->file)
		page->file = tmpfile();
	if (!page->file || fwrite(page->data, 1, page->length, page->file) != page->length || fflush(page->file)) {
		page->full = true;
		return;
	}
	page->filed += page->length;
	page->length = 0;
}

void page_add(struct page *page, const struct page_entry *entry, const struct bpr_output *report)
{
	page->entries = xgrow(page->entries, &page->capacity, page->count + 1, sizeof(*page->entries));
	page->entries[page->count++] = *entry;
	page->data = xgrow(page->data, &page->room, page->length + report->length, 1);
	memcpy(page->data + page->length, report->data, report->length);
	page->length += report->length;
	if (page->length > IN_MEMORY && !page->full)
		spill(page);
}

/* False: the file does not give back what went into it. */
static bool put_file(struct page *page, bool (*put)(const char *data, size_t length))
{
	size_t left = page->filed, n = 1;
	char *part;

	if (!left)
		return true;
	part = xcalloc(COPIED, 1);
	clearerr(page->file);
	if (fseek(page->file, 0, SEEK_SET))
		n = 0;
	for (; left && n; left -= n) {
		n = fread(part, 1, left < COPIED ? left : COPIED, page->file);
		if (!put(part, n))
			left = n = 0;
	}
	free(part);
	return !left;
}

static bool put_frame(const struct page *page, const struct bpr_report_options *report, bool end, bool (*put)(const char *, size_t))
{
	struct bpr_report_entry *entries = xcalloc(page->count, sizeof(*entries));
	struct bpr_output output = { 0 };
	struct bpr_error err = { 0 };
	bpr_status status;

	for (size_t i = 0; i < page->count; i++)
		entries[i] = (struct bpr_report_entry){ page->entries[i].anchor, page->entries[i].title, page->entries[i].source };
	status = end ? bpr_report_end(report, &output, &err) : bpr_report_begin(report, entries, page->count, &output, &err);
	if (!status)
		(void)put(output.data, output.length);
	bpr_output_release(&output);
	free(entries);
	return !status;
}

bool page_write(struct page *page, const struct bpr_report_options *report, bool (*put)(const char *data, size_t length))
{
	bool whole = put_frame(page, report, false, put) && put_file(page, put);

	if (whole)
		(void)put(page->data, page->length);
	whole = whole && put_frame(page, report, true, put);
	if (!whole)
		say("O101", NULL, say_errno(errno), NULL, NULL);
	return whole;
}

void page_release(struct page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		free(page->entries[i].title);
		free(page->entries[i].source);
	}
	free(page->entries);
	free(page->data);
	if (page->file)
		(void)fclose(page->file);
	*page = (struct page){ 0 };
}
