/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook from its beginning to its bytes: what is opened, what failed, what is read back and closed. */
#include "config.h"
#include "base/utf8_i.h"
#include "xlsx/inside_i.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* 2000-01-01: what is not said is the same every time. */
enum { SOME_DAY = 946684800, CHUNK = 1 << 16 };

/* Bytes that must be free before libxlsxwriter is let at a sheet, and at the whole. */
enum { ROOM_SHEET = 8 << 20, ROOM_ALL = 24 << 20 };

/*
 * A temporary file has its name for a moment before it is taken away; an interrupt must not come in between and leave
 * it there. Other threads' signals are their own.
 */
static void hold_signals(sigset_t *old)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGHUP);
	(void)pthread_sigmask(SIG_BLOCK, &set, old);
}

static void let_signals(const sigset_t *old)
{
	(void)pthread_sigmask(SIG_SETMASK, old, NULL);
}

bool bpr_i_book_enter(struct bpr_book *book)
{
	if (!book || book->failed || !book->own)
		return false;
	book->outside = uselocale(book->c);
	return true;
}

void bpr_i_book_leave(struct bpr_book *book)
{
	(void)uselocale(book->outside);
}

void bpr_i_book_fail(struct bpr_book *book, bpr_status status)
{
	if (!book->failed)
		book->failed = status;
}

void bpr_i_book_took(struct bpr_book *book, lxw_error error)
{
	if (error == LXW_NO_ERROR)
		return;
	if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
		bpr_i_book_fail(book, BPR_ENOMEM);
	else if (error >= LXW_ERROR_CREATING_XLSX_FILE && error <= LXW_ERROR_ZIP_CLOSE)
		bpr_i_book_fail(book, BPR_EIO);
	else if (error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE || error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		bpr_i_book_fail(book, BPR_ELIMIT);
	else
		bpr_i_book_fail(book, BPR_EINVAL);
}

bpr_status bpr_i_book_failed(const struct bpr_book *book)
{
	return book ? book->failed : BPR_ENOMEM;
}

/*
 * libxlsxwriter does not look at all of its allocations: where one fails it writes less, or crashes. So what it needs (rows
 * are not kept) is asked for before. An allocation that fails by itself, with room left, is not seen.
 */
static void ask_for_room(struct bpr_book *book, size_t size)
{
	void *room = bpr_i_realloc(NULL, size, 1);

	if (!room)
		bpr_i_book_fail(book, BPR_ENOMEM);
	bpr_i_free(room);
}

/* Titles are kept by libxlsxwriter until the end. */
static void set_properties(struct bpr_book *book, const struct bpr_book_options *options)
{
	lxw_doc_properties properties = { .created = (time_t)(options->created ? options->created : SOME_DAY) };
	struct bpr_buf title = BPR_BUF_INIT, office = BPR_BUF_INIT;

	(void)bpr_i_book_clean(book, &title, options->title ? options->title : "", options->title ? strlen(options->title) : 0, 255);
	(void)bpr_i_book_clean(book, &office, options->office ? options->office : "", options->office ? strlen(options->office) : 0, 255);
	properties.title = title.length ? title.data : NULL;
	properties.author = office.length ? office.data : NULL;
	if (title.failed || office.failed)
		bpr_i_book_fail(book, BPR_ENOMEM);
	else
		bpr_i_book_took(book, workbook_set_properties(book->own, &properties));
	bpr_i_buf_release(&title);
	bpr_i_buf_release(&office);
}

struct bpr_book *bpr_i_book_new(const struct bpr_book_options *options)
{
	lxw_workbook_options own = { .constant_memory = LXW_TRUE };
	struct bpr_book *book = bpr_i_calloc(1, sizeof(*book));
	const struct bpr_book_style plain = { 0 };

	if (!book)
		return NULL;
	book->lang = options->lang;
	book->shown = options->shown;
	book->text = book->more = (struct bpr_buf)BPR_BUF_INIT;
	ask_for_room(book, ROOM_ALL);
	book->c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	book->own = book->c && !book->failed ? workbook_new_opt("", &own) : NULL;
	if (!book->own) {
		bpr_i_book_free(book);
		return NULL;
	}
	set_properties(book, options);
	(void)bpr_i_book_style(book, &plain);
	return book;
}

void bpr_i_book_free(struct bpr_book *book)
{
	if (!book)
		return;
	if (book->own)
		lxw_workbook_free(book->own);
	if (book->c)
		freelocale(book->c);
	bpr_i_buf_release(&book->text);
	bpr_i_buf_release(&book->more);
	bpr_i_free(book->sheets);
	bpr_i_free(book->looks);
	bpr_i_arena_release(&book->arena);
	bpr_i_free(book);
}

/* ---- sheets ---- */

lxw_worksheet *bpr_i_book_at(struct bpr_book *book, size_t sheet)
{
	if (sheet < book->sheet_count)
		return book->sheets[sheet].own;
	bpr_i_book_fail(book, BPR_EINVAL);
	return NULL;
}

static bool name_taken(const struct bpr_book *book, const char *name)
{
	return workbook_get_worksheet_by_name(book->own, name) != NULL;
}

/* `name` without the signs that a sheet's name cannot have, at most `most` UTF-16 units, and `behind` it. */
static const char *fit_name(struct bpr_book *book, const char *name, size_t most, const char *behind)
{
	struct bpr_buf *out = &book->more;
	size_t length = strlen(name), units = 0;

	bpr_i_buf_clear(out);
	for (size_t at = 0; at < length;) {
		unsigned code = bpr_i_utf8_next(name, length, &at);

		units += code > 0xffff ? 2 : 1;
		if (units > most)
			break;
		bpr_i_utf8_put(out, code < 0x20 || code == 0x7f || (code < 0x80 && strchr("[]:*?/\\'", (int)code)) || code == 0xfffe ||
				    code == 0xffff ? '_' : code);
	}
	if (!out->length)
		bpr_i_buf_puts(out, "_");
	/* A name that Excel keeps to itself. */
	if (out->data && !*behind && out->length == 7 && !strncasecmp(out->data, "history", 7))
		bpr_i_buf_putc(out, '_');
	bpr_i_buf_puts(out, behind);
	if (out->failed) {
		bpr_i_book_fail(book, BPR_ENOMEM);
		return NULL;
	}
	return out->data;
}

static const char *free_name(struct bpr_book *book, const char *name)
{
	const char *fit = fit_name(book, name, BPR_BOOK_SHEET_NAME, "");
	char behind[24];

	for (size_t i = 2; fit && name_taken(book, fit); i++) {
		(void)snprintf(behind, sizeof(behind), "(%zu)", i);
		fit = fit_name(book, name, BPR_BOOK_SHEET_NAME - strlen(behind), behind);
	}
	return fit;
}

size_t bpr_i_book_sheet(struct bpr_book *book, const char *name)
{
	struct bpr_book_sheet sheet = { 0 };
	const char *fit;
	sigset_t old;

	if (!bpr_i_book_enter(book))
		return 0;
	ask_for_room(book, ROOM_SHEET);
	fit = book->failed ? NULL : free_name(book, name);
	if (!fit || !bpr_i_grow(&book->sheets, &book->sheet_capacity, book->sheet_count + 1, sizeof(*book->sheets))) {
		bpr_i_book_fail(book, BPR_ENOMEM);
	} else {
		hold_signals(&old);
		sheet.own = workbook_add_worksheet(book->own, fit);
		let_signals(&old);
		/* Its rows stand in a temporary file. */
		if (sheet.own && sheet.own->optimize_tmpfile)
			book->sheets[book->sheet_count++] = sheet;
		else
			bpr_i_book_fail(book, BPR_EIO);
	}
	bpr_i_book_leave(book);
	return book->sheet_count ? book->sheet_count - 1 : 0;
}

const char *bpr_i_book_sheet_name(const struct bpr_book *book, size_t sheet)
{
	return book && book->own && sheet < book->sheet_count ? book->sheets[sheet].own->name : "";
}

/* ---- the end ---- */

/* libxlsxwriter does not look whether its temporary files took what it wrote. */
static void check_rows(struct bpr_book *book)
{
	for (size_t i = 0; i < book->sheet_count; i++) {
		FILE *file = book->sheets[i].own->optimize_tmpfile;

		if (fflush(file) || ferror(file))
			bpr_i_book_fail(book, BPR_EIO);
	}
}

static bool read_back(FILE *file, struct bpr_buf *out)
{
	char *chunk = bpr_i_realloc(NULL, CHUNK, 1);
	bool whole = chunk && !fseek(file, 0, SEEK_SET);
	size_t n;

	if (!chunk)
		out->failed = BPR_ENOMEM;
	while (whole && (n = fread(chunk, 1, CHUNK, file)) > 0)
		bpr_i_buf_add(out, chunk, n);
	whole = whole && !ferror(file) && !out->failed;
	bpr_i_free(chunk);
	return whole;
}

/* The file has no name of its own: it goes by its descriptor. */
static void write_file(struct bpr_book *book, struct bpr_buf *out)
{
	FILE *file = lxw_tmpfile(NULL);
	char path[64];
	lxw_error error;

	if (!file) {
		bpr_i_book_fail(book, BPR_EIO);
		return;
	}
	(void)snprintf(path, sizeof(path), "/dev/fd/%d", fileno(file));
	bpr_i_free(book->own->filename);
	book->own->filename = lxw_strdup(path);
	if (!book->own->filename) {
		bpr_i_book_fail(book, BPR_ENOMEM);
	} else {
		error = workbook_close(book->own);
		book->own = NULL;
		bpr_i_book_took(book, error);
		if (!book->failed && !read_back(file, out))
			bpr_i_book_fail(book, out->failed ? out->failed : BPR_EIO);
	}
	(void)fclose(file);
}

bpr_status bpr_i_book_finish(struct bpr_book *book, struct bpr_buf *out)
{
	sigset_t old;

	if (bpr_i_book_enter(book)) {
		check_rows(book);
		ask_for_room(book, ROOM_ALL);
		hold_signals(&old);
		if (!book->failed)
			write_file(book, out);
		let_signals(&old);
		bpr_i_book_leave(book);
	}
	return bpr_i_book_failed(book);
}
