/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_READ_I_H
#define BPR_READ_READ_I_H
/*
 * One read of one input, from its bytes to frozen flows. read.c opens and decides what it is; table.c and bpmn.c
 * fill builders; companion.c adds the tables beside the file; every reader goes
 *
 *	struct bpr_build_options build = bpr_i_reader_build_options(reader);
 *	bpr_i_builder_new(&b, reader->name, id, name, &build, reader->problems, reader->err);
 *	… nodes, cells, arcs …
 *	bpr_i_reader_companions(reader, b);     companions win over what the file says
 *	bpr_i_reader_finish(reader, b, out);    finish, append to *out
 *	bpr_i_builder_free(b);
 */
#include "base/fault_i.h"
#include "flow/build_i.h"
#include <bpr/read.h>

/* A companion file as text, loaded once for all flows of the input. */
struct bpr_companion {
	char *name;          /* as in messages; NULL where not looked for yet or not there */
	char *data;          /* owned: the bytes, or the text they were converted to */
	const char *text;    /* UTF-8, within data */
	size_t length;
	bool told;           /* what is wrong with its rows was said */
};

struct bpr_reader {
	const char *name;    /* the input as the user named it, "stdin" for "-" */
	const char *path;    /* NULL: standard input or memory, so nothing stands beside it */
	const struct bpr_read_options *options; /* complete */
	bpr_problems *problems;
	size_t from;         /* bpr_problems_count() when the read began */
	struct bpr_error *err;
	bool nomem;          /* a problem could not be noted */
	bool lenient;        /* the input may hold errors: what is wrong is left out and noted (BPMN) */
	bool table;          /* the input is a flow table: it has sub-processes and its id in tables beside it, too */
	bool workbook;       /* tables are its sheets: nothing is looked for beside it */
	const char *id;      /* of the flow being read; NULL: the stem of the name */
	const char *title;   /* its name where the table has no title; NULL: none */
	bool looked;         /* for companions */
	struct bpr_companion companions[BPR_TABLE_COUNT];
	size_t measured_bytes; /* read so far for emp(FILE) */
	size_t expanded_bytes; /* put in for 〃 and as headings in notes: what a small file could make large */
	unsigned char *set_used; /* [options->set_count] */
};

struct bpr_build_options bpr_i_reader_build_options(struct bpr_reader *reader);
/* The name's stem: "samples/move in.v2.csv" gives "move in.v2"; its length. Borrowed from the name. */
size_t bpr_i_reader_stem(const struct bpr_reader *reader, const char **stem);
/* True when the input has as many errors as are listed: stop with BPR_ESYNTAX. */
bool bpr_i_reader_full(const struct bpr_reader *reader);
/* Adds the rows of NAME.forms.csv and its like, where they are and options want them. */
bpr_status bpr_i_reader_companions(struct bpr_reader *reader, bpr_builder *b);
/* bpr_i_builder_finish() into *out. The builder stays the caller's to free. */
bpr_status bpr_i_reader_finish(struct bpr_reader *reader, bpr_builder *b, struct bpr_flows *out);
/* A failure of the whole input: noted as a problem at a line (0: none), and in reader->err. Returns the status. */
bpr_status bpr_i_reader_fail(struct bpr_reader *reader, bpr_status status, enum bpr_code_id id, size_t line,
			     const char *a1, const char *a2);

/* Frees what the reader holds (companions, marks of overrides). */
void bpr_i_reader_release(struct bpr_reader *reader);
/* Adds a problem; the same one at the same file and `where` again is counted. Running out of memory shows in finish. */
void bpr_i_reader_note(struct bpr_reader *reader, enum bpr_code_id id, const struct bpr_place *place, const char *a1,
		       const char *a2, const char *a3);
/* What a lower layer said about a file, noted and in reader->err. Returns its status. */
bpr_status bpr_i_reader_fault(struct bpr_reader *reader, const char *file, const struct bpr_fault *fault);
/* Errors noted since the read began: BPR_ESYNTAX with the first of them in reader->err, else (and where they are forgiven) BPR_OK. */
bpr_status bpr_i_reader_status(struct bpr_reader *reader);
/* BPR_ESYNTAX, and the first error of the code in reader->err. */
bpr_status bpr_i_reader_refuse(struct bpr_reader *reader, enum bpr_code_id id);
/* Counts bytes that the input does not have itself; BPR_ELIMIT, noted at the place, once they are more than --max-bytes. */
bpr_status bpr_i_reader_expand(struct bpr_reader *reader, size_t bytes, const struct bpr_place *place);
/* At the end of a failed read: reader->err has the status and a code, and the list an error. ENOMEM wins: returned. */
bpr_status bpr_i_reader_complete(struct bpr_reader *reader, bpr_status status);
/* "FOLDER/name", in the folder of the input; for bpr_i_free(); NULL out of memory. Only where reader->path is given. */
char *bpr_i_reader_beside(const struct bpr_reader *reader, const char *name, size_t length);
/* bpr_load_emp of the build options: measured values from a file beside the input. */
bpr_status bpr_i_reader_load_emp(void *data, const char *source, struct bpr_arena *arena, double **values, size_t *count,
				 bpr_problems *problems, const struct bpr_place *place);
/* The same for times of arrival; data is a struct bpr_reader. moments.c */
bpr_status bpr_i_reader_load_times(void *data, const char *source, bool log, struct bpr_arena *arena, double **values, size_t *count,
				   bool *dated, bpr_problems *problems, const struct bpr_place *place);

/* Decoded text (UTF-8, no BOM) of a flow table. */
bpr_status bpr_i_read_table(struct bpr_reader *reader, const char *text, size_t length, struct bpr_flows *out);
/* A workbook, not encrypted: flow tables, and the tables beside them, as its sheets. */
bpr_status bpr_i_read_workbook(struct bpr_reader *reader, const char *data, size_t length, struct bpr_flows *out);
/* The same of JSON, bpr.flow/1. */
bpr_status bpr_i_read_json(struct bpr_reader *reader, const char *text, size_t length, struct bpr_flows *out);
/*
 * The bytes of an XML file as they are (lib/xml decodes). One flow per process. Errors: noted in reader->problems, and err
 * filled. *data is NULL afterwards where out->source took it.
 */
bpr_status bpr_i_read_bpmn(struct bpr_reader *reader, char **data, size_t length, struct bpr_flows *out);
#endif
