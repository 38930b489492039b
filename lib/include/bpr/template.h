/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TEMPLATE_H
#define BPR_TEMPLATE_H
/**
 * @file template.h
 * Files to begin with: tables with their headings and examples, a small BPMN file, a whole sample. Workbooks: write.h.
 */
#include <bpr/write.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_template {
	BPR_TEMPLATE_FLOW = 0,   /**< a flow table and the tables beside it: headings, or (example) an application at one counter */
	BPR_TEMPLATE_BPMN,       /**< that example as BPMN with a diagram */
	BPR_TEMPLATE_LEVERS,     /**< a table of levers, one of each kind (bpr/lever.h) */
	BPR_TEMPLATE_PROCEDURES, /**< a table of procedures with rows of the seven life events (bpr/procedure.h) */
	BPR_TEMPLATE_SAMPLE,     /**< a folder: before, after, levers, procedures, and what to do with them */
	BPR_TEMPLATE_DRILL,      /**< a folder: exercises (bpr/drill.h) and the files that they need */
	BPR_TEMPLATE_COUNT
};
/** "flow", "bpmn", "levers", "procedures", "sample", "drill"; static; NULL for no such template. */
BPR_API const char *bpr_template_name(enum bpr_template what);
/** Whether it is several files in a folder of their own: suffixes are their names then. */
BPR_API bool bpr_template_is_folder(enum bpr_template what);

struct bpr_template_options {
	size_t size;             /**< sizeof(struct bpr_template_options) */
	enum bpr_lang lang;      /**< of headings and examples; the flows of the sample are in Japanese */
	bool example;            /**< FLOW: filled in */
};
#define BPR_TEMPLATE_OPTIONS_INIT { sizeof(struct bpr_template_options), BPR_LANG_EN, false }

/**
 * The files, CSV as UTF-8 with a byte order mark, as spreadsheet programs want it.
 *
 * @param out  release with bpr_files_release(); empty on failure
 * @retval BPR_EINVAL  options (N002)
 * @retval BPR_ENOMEM
 * Same arguments and version: same bytes. Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_template_new(enum bpr_template what, const struct bpr_template_options *options, struct bpr_files *out,
	struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif
