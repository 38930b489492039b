/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_LEVER_H
#define BPR_LEVER_H
/**
 * @file lever.h
 * Levers (施策): named changes to a flow, read from a table, each with a precise effect on the model. See bpr-levers(5).
 */
#include <bpr/column.h>
#include <bpr/flow.h>
#include <bpr/problem.h>
#ifdef __cplusplus
extern "C" {
#endif

/** What is done; names in both languages, what target and value mean: bpr_lever_kind_get(). */
enum bpr_lever_kind {
	BPR_LEVER_MERGE_FORMS = 0, /**< 様式統合: union of fields, each written once */
	BPR_LEVER_PREFILL,         /**< 印字: fields are printed already */
	BPR_LEVER_DROP_FIELDS,     /**< 項目削減 */
	BPR_LEVER_DROP_SEALS,      /**< 押印廃止 */
	BPR_LEVER_SIGN,            /**< 署名への変更: a signature instead of a seal */
	BPR_LEVER_MERGE_COUNTERS,  /**< 窓口統合: the citizen stays, staff or data move */
	BPR_LEVER_UNIFY_ID_CHECKS, /**< 本人確認の統一 */
	BPR_LEVER_CHECK_SHEET,     /**< チェックシート: fewer returns and omissions */
	BPR_LEVER_ONLINE,          /**< オンライン化: no visit */
	BPR_LEVER_AUTOMATE,        /**< 自動化: RPA, AI-OCR, with error rate and rework */
	BPR_LEVER_PARALLEL,        /**< 並行化 */
	BPR_LEVER_REMOVE,          /**< 廃止: a step */
	BPR_LEVER_MERGE_STEPS,     /**< 工程統合: several steps become one */
	BPR_LEVER_REORDER,         /**< 順序変更 */
	BPR_LEVER_REASSIGN,        /**< 担当変更: unit, counter or staff of steps */
	BPR_LEVER_SPEED_UP,        /**< 時間短縮: work or wait of steps */
	BPR_LEVER_ADD_STAFF,       /**< 増員: so many at these hours */
	BPR_LEVER_HOURS,           /**< 開庁時間変更 */
	BPR_LEVER_APPOINTMENTS,    /**< 予約制 */
	BPR_LEVER_UNBATCH,         /**< 都度処理: batch to flow */
	BPR_LEVER_CHANNEL,         /**< 窓口以外へ: another way for a share of citizens */
	BPR_LEVER_SET,             /**< 値変更: any value that --set knows */
	BPR_LEVER_KIND_COUNT
};
/** A row of the table of kinds. */
struct bpr_lever_kind_info {
	const char *key;      /**< "merge_forms" */
	const char *words;    /**< Japanese words, '|' between; the first one is used when writing */
	const char *label;    /**< English message id: "merge forms" */
	const char *target;   /**< English message id: what may stand as target */
	const char *value;    /**< English message id: what may stand as value; "" nothing */
	const char *explain;  /**< English message id: the precise effect on the model */
};
BPR_API const struct bpr_lever_kind_info *bpr_lever_kind_get(enum bpr_lever_kind kind);
/** Kind of a word in either language, or BPR_LEVER_KIND_COUNT. */
BPR_API enum bpr_lever_kind bpr_lever_kind_find(const char *word);

/** Column of the table of levers. False behind the last. */
BPR_API bool bpr_lever_column_get(size_t index, struct bpr_column_info *out);

/** One change. */
struct bpr_lever_action {
	enum bpr_lever_kind kind;
	const char *target, *value; /**< as written; "" none */
	size_t line;
};
/** A lever: what one decides on. Rows of the table with the same id are the actions of one lever. Texts are borrowed from the list. */
struct bpr_lever {
	const char *id;             /**< "1", "2" … (row) where the table has none */
	const char *name;           /**< in words; "" none: bpr_lever_name() makes one */
	const char *note;           /**< "" none */
	const struct bpr_lever_action *actions; size_t action_count; /**< >= 1, in order */
	double cost;                /**< yen once; NAN not said */
	double yearly_cost;         /**< yen a year; NAN not said */
	double effort_days;         /**< person-days of work; NAN not said */
	double ease;                /**< 1 hard to 5 easy; NAN not said */
	int year;                   /**< fiscal year (from April) in which it starts at the earliest; 0 not said */
	const size_t *needs; size_t need_count;       /**< levers that must be done too (not later) */
	const size_t *excludes; size_t exclude_count; /**< levers that must not be done too */
	const char *finding;        /**< code of the finding that led to it ("P004"), "" none */
	const char *where;          /**< element of the finding, "" none */
	size_t line;
};
typedef struct bpr_levers bpr_levers;

struct bpr_lever_options {
	size_t size;
	const char *encoding;       /**< of CSV; NULL: detected */
	size_t max_bytes;           /**< default 16 MiB */
	size_t max_levers;          /**< default 10,000 */
};
#define BPR_LEVER_OPTIONS_INIT { sizeof(struct bpr_lever_options), NULL, (size_t)1 << 24, 10000 }
/**
 * Reads a table of levers: CSV, or the sheet 施策 (levers) of a workbook; "-" is standard input.
 * @param out  the caller's, bpr_levers_free(); NULL on failure
 * @retval BPR_ESYNTAX, BPR_EIO, BPR_ELIMIT, BPR_ENOMEM
 * Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_levers_read(const char *path, const struct bpr_lever_options *options, bpr_levers **out,
	bpr_problems *problems, struct bpr_error *err);
BPR_API BPR_MUST_CHECK bpr_status bpr_levers_read_memory(const char *name, const void *data, size_t length,
	const struct bpr_lever_options *options, bpr_levers **out, bpr_problems *problems, struct bpr_error *err);
/** An empty list, to be filled by bpr_levers_add(). */
BPR_API BPR_MUST_CHECK bpr_status bpr_levers_new(const char *source, bpr_levers **out, struct bpr_error *err);
/** Copies the lever to the end; needs and excludes are indices of levers that are there, or will be when it is applied. An id that is taken: BPR_EINVAL. */
BPR_API BPR_MUST_CHECK bpr_status bpr_levers_add(bpr_levers *levers, const struct bpr_lever *lever, struct bpr_error *err);
BPR_API void bpr_levers_free(bpr_levers *levers);
BPR_API size_t bpr_levers_count(const bpr_levers *levers);
BPR_API const struct bpr_lever *bpr_levers_get(const bpr_levers *levers, size_t index);
BPR_API size_t bpr_levers_find(const bpr_levers *levers, const char *id); /**< or BPR_NONE */
BPR_API const char *bpr_levers_source(const bpr_levers *levers); /**< file as named */
/** Name in words: its own, or one made of its first action: "merge forms: A, B". @return length as snprintf */
BPR_API size_t bpr_lever_name(const struct bpr_lever *lever, enum bpr_lang lang, char *buf, size_t size);
/** The list as a CSV table that bpr_levers_read() takes, headings in the language; NUL-terminated, free with bpr_levers_text_free(). */
BPR_API BPR_MUST_CHECK bpr_status bpr_levers_write(const bpr_levers *levers, const bool *chosen, enum bpr_lang lang, char **out, size_t *length,
	struct bpr_error *err);
BPR_API void bpr_levers_text_free(char *text);

/**
 * Applies levers to a flow, in the order of the table.
 *
 * A lever that does not fit (no such form, not one after the other, a lever that it needs is not chosen, one that it excludes is)
 * is refused with a reason (K1xx in problems, `where` is its id); nothing of it is applied, the others are.
 *
 * @param chosen   [bpr_levers_count()], or NULL: all
 * @param refused  [bpr_levers_count()] out, or NULL
 * @param out      the caller's, bpr_flow_free(); borrows from @p flow, which must outlive it; never freed levers matter not
 * @param problems may be NULL: then reasons are not told (valuing many sets)
 * @retval BPR_ENOMEM; BPR_EINVAL: what is left is no flow
 * O(flow + what changes) for each lever. Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_levers_apply(const bpr_flow *flow, const bpr_levers *levers, const bool *chosen, bool *refused,
	bpr_flow **out, bpr_problems *problems, struct bpr_error *err);

/** The levers of a table that a flow was made with. */
struct bpr_applied { const bpr_levers *levers; const bool *done; /**< [bpr_levers_count()] */ };

#ifdef __cplusplus
}
#endif
#endif
