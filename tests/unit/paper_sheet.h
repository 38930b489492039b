/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_PAPER_SHEET_H
#define BPR_TESTS_UNIT_PAPER_SHEET_H
/* A sheet as an XML parser reads it back: its texts and boxes, where they stand, and whether all of it is on the paper. */
#include "report/paper_i.h"

struct sheet_text { double x, y, width, size; bool bold; char text[1000]; };
struct sheet { struct sheet_text *texts; size_t count, boxes; };

/* Fails the test where the page is no XML, or anything stands outside of it. Release with sheet_release(). */
void sheet_read(const struct bpr_paper *paper, size_t page, struct sheet *sheet);
void sheet_release(struct sheet *sheet);
/* The texts of all pages behind each other without blanks, those of the frame left out; to be freed by bpr_i_buf_release(). */
struct bpr_buf sheets_words(const struct bpr_paper *paper);
/* Appends the text without blanks, as a sheet writes it. */
void sheet_squeeze(struct bpr_buf *out, const char *text);
#endif
