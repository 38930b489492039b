/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_XLSX_READING_I_H
#define BPR_XLSX_READING_I_H
/* Inside the reader of workbooks: parts, shared texts, number formats. */
#include "xlsx/read_i.h"
#include "xlsx/zip_i.h"
#include "xml/stream_i.h"

enum { BPR_XLSX_ROWS = 1048576, BPR_XLSX_COLUMNS = 16384, BPR_XLSX_SHEETS = 1000 };

/* What a number format makes of a number; `width`: least digits, filled with zeros. */
enum bpr_xlsx_shows { BPR_XLSX_AS_NUMBER = 0, BPR_XLSX_AS_DATE, BPR_XLSX_AS_TIME, BPR_XLSX_AS_MOMENT };
struct bpr_xlsx_format { unsigned char shows, width; };

struct bpr_xlsx_sheet { const char *name; size_t part; bool hidden; };

/* Texts that cells name by their number. */
struct bpr_xlsx_strings {
	struct bpr_buf text;
	size_t *ends; size_t count, capacity;
};

struct bpr_xlsx {
	struct bpr_zip zip;
	struct bpr_arena arena;
	struct bpr_xlsx_options options;
	struct bpr_xlsx_sheet *sheets; size_t count, capacity;
	struct bpr_xlsx_strings strings;
	struct bpr_xlsx_format *formats; size_t format_count, format_capacity; /* by the number of the cell's style */
	bool from_1904;      /* days are counted from 1904 */
};

bpr_status bpr_i_xlsx_nomem(struct bpr_fault *fault);
bpr_status bpr_i_xlsx_damaged(struct bpr_fault *fault, const char *why);
/* The part's XML into the handler. A handler that stops the stream has the failure in *stopped (BPR_OK: it just had enough). */
bpr_status bpr_i_xlsx_parse(struct bpr_xlsx *book, size_t part, bpr_xml_stream **stream, const struct bpr_xml_handler *handler,
			    const bpr_status *stopped, struct bpr_fault *fault);

/* Namespaces: of 2006 or the strict ones of ISO 29500. */
bool bpr_i_xlsx_is_main(const char *ns);
const char *bpr_i_xlsx_relation_id(const struct bpr_xml_tag *tag, size_t *length);

/* Relations of a part: its target by id, or by the end of its type ("/styles"). Texts live in the book's arena. */
struct bpr_xlsx_relation { const char *id, *type, *target; };
struct bpr_xlsx_relations { struct bpr_xlsx_relation *items; size_t count, capacity; };
bpr_status bpr_i_xlsx_relations(struct bpr_xlsx *book, const char *part, struct bpr_xlsx_relations *out, struct bpr_fault *fault);

/* sharedStrings.xml, styles.xml */
bpr_status bpr_i_xlsx_read_strings(struct bpr_xlsx *book, size_t part, struct bpr_fault *fault);
bpr_status bpr_i_xlsx_read_styles(struct bpr_xlsx *book, size_t part, struct bpr_fault *fault);
/* Appends a text of the file: _x000D_ and the like resolved, what is no text left out. */
void bpr_i_xlsx_add_text(struct bpr_buf *buf, const char *text, size_t length);

/* What a format code of the file, or the number of a built-in one, makes of numbers. */
struct bpr_xlsx_format bpr_i_xlsx_format(const char *code, size_t length);
struct bpr_xlsx_format bpr_i_xlsx_built_in(size_t id);
/* Appends the number as it is read; text: as the file has it. False: it is no number. */
bool bpr_i_xlsx_number(struct bpr_buf *buf, const char *text, size_t length, struct bpr_xlsx_format format, bool from_1904);
#endif
