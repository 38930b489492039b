/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_H
#define BPR_WRITE_H
/**
 * @file write.h
 * Flows into files: flow tables (CSV, or the sheets of a workbook), JSON (bpr.flow/1), BPMN 2.0 and DOT.
 *
 * All but DOT hold all that a flow knows: read again they give the same flow (equal bpr_flow_hash()), written again
 * the same bytes. DOT is a picture for Graphviz.
 */
#include <bpr/read.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_write_format { BPR_WRITE_CSV = 0, BPR_WRITE_JSON, BPR_WRITE_BPMN, BPR_WRITE_DOT, BPR_WRITE_XLSX, BPR_WRITE_COUNT };
/** "csv", "json", "bpmn", "dot", "xlsx"; static; NULL for no such format. */
BPR_API const char *bpr_write_format_name(enum bpr_write_format format);
/** Ending of its files with the dot: ".csv"; static; NULL for no such format. */
BPR_API const char *bpr_write_format_ending(enum bpr_write_format format);
/** Format of a name or of a file ending (".bpmn", ".gv"), or BPR_WRITE_COUNT. */
BPR_API enum bpr_write_format bpr_write_format_find(const char *name_or_ending);
/** Whether a file of the format holds several flows; a flow table holds one. */
BPR_API bool bpr_write_format_holds_several(enum bpr_write_format format);

struct bpr_write_options {
	size_t size;             /**< sizeof(struct bpr_write_options) */
	const char *stem;        /**< name of the file to be without its ending; NULL: not known. A table whose flow goes by it need not say its id */
	const char *encoding;    /**< of CSV: "utf-8", "utf-8-bom", "cp932"; NULL: "utf-8" */
	bool japanese;           /**< CSV: Japanese headings and words */
};
#define BPR_WRITE_OPTIONS_INIT { sizeof(struct bpr_write_options), NULL, NULL, false }

/** One file of an output. */
struct bpr_file {
	char *suffix;            /**< "": the file itself; ".forms.csv": stands beside it instead of its ending */
	char *data;              /**< NUL-terminated */
	size_t length;
};
/** All of them, the file itself first. */
struct bpr_files { struct bpr_file *items; size_t count; };
BPR_API void bpr_files_release(struct bpr_files *files);

/**
 * Writes @p count flows of @p flows, those at the indices @p chosen (NULL: all, then @p count does not matter).
 *
 * What the format cannot carry is named in @p problems as warnings W0xx; nothing is lost silently. From BPMN to BPMN
 * the file itself is kept, with vendor extensions and diagram, where flows->source holds it.
 *
 * @param out   filled on success, release with bpr_files_release(); empty on failure
 * @retval BPR_EINVAL   no flow, an index out of range, several flows for a format that holds one, an unknown encoding
 * @retval BPR_ESYNTAX  something that the format or its encoding cannot hold at all; told in @p problems
 * @retval BPR_ENOMEM
 * Same flows, options and version: same bytes. Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_write(const struct bpr_flows *flows, const size_t *chosen, size_t count,
	enum bpr_write_format format, const struct bpr_write_options *options, struct bpr_files *out,
	bpr_problems *problems, struct bpr_error *err);

struct bpr_workbook_options {
	size_t size;             /**< sizeof(struct bpr_workbook_options) */
	enum bpr_lang lang;      /**< of sheets, headings, notes and the example */
	bool example;            /**< the example stands in the sheets that are read; else in grey ones beside empty ones */
};
#define BPR_WORKBOOK_OPTIONS_INIT { sizeof(struct bpr_workbook_options), BPR_LANG_EN, false }

/**
 * A workbook (.xlsx) to be filled in by hand: a sheet each for the flow and the tables beside it, with headings as bpr_read()
 * takes them, drop-downs, and notes that say what each column means.
 *
 * @param options  NULL: the defaults
 * @param out      one file; release with bpr_files_release(); empty on failure
 * @retval BPR_EINVAL   options of an unknown size or language
 * @retval BPR_EIO      no room for temporary files
 * @retval BPR_ENOMEM
 * Same options and version: same bytes. Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_workbook_new(const struct bpr_workbook_options *options, struct bpr_files *out,
	struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif
