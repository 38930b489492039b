/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_PAGE_H
#define BPR_CMD_PAGE_H
/*
 * One HTML page of several reports: its list of contents stands first but is known last, so the reports wait, the small ones in
 * memory, what is more than that in a file without a name.
 */
#include "cmd.h"
#include <stdio.h>

struct page_entry { char anchor[40]; char *title, *source; };
struct page {
	struct page_entry *entries; size_t count, capacity;
	char *data; size_t length, room;
	FILE *file; size_t filed; /* what goes before `data`: so many bytes; NULL: nothing does */
	bool full;  /* the file takes no more */
};
/* Takes the entry's texts over. */
void page_add(struct page *page, const struct page_entry *entry, const struct bpr_output *report);
/* Everything, through put, which keeps its own failures. False: what waited could not be read again (said why). */
bool page_write(struct page *page, const struct bpr_report_options *report, bool (*put)(const char *data, size_t length));
void page_release(struct page *page);
#endif
