/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SHARE_H
#define BPR_SHARE_H
/**
 * @file share.h
 * What one municipality gives to another: a pack of flows, parameters, measured results and levers with their provenance; read with
 * limits, rescaled to another population, and several of them set side by side.
 *
 * A pack is a zip archive of plain files (bpr-share(1)): manifest.json (schema bpr.share/1) with a SHA-256 of each of the others, the
 * flows as JSON and as tables, levers.csv, measured.json. It holds sums, never single cases. The same content is the same bytes.
 */
#include <bpr/analysis.h>
#include <bpr/lever.h>
#include <bpr/problem.h>
#ifdef __cplusplus
extern "C" {
#endif

/** Who gives it, and on what terms. Texts may be NULL or "" but for licence and municipality. */
struct bpr_share_about {
	const char *municipality, *licence; /**< licence: an SPDX id such as CC-BY-4.0, or words */
	const char *title, *note, *date;    /**< date: ISO, of the pack */
	const char *const *sources; size_t source_count; /**< where it comes from: reports, addresses, files */
	double population;                  /**< residents, > 0 */
	double area_km2, households;        /**< 0: not said */
};

struct bpr_share_content {
	const bpr_flow *before, *after;     /**< after: or NULL */
	const bpr_levers *levers;           /**< or NULL */
	const char *measured; size_t measured_length; /**< JSON of `bpr mine` (bpr.mining/1), or NULL; only its sums are kept */
};

struct bpr_share_options {
	size_t size;
	const char *const *allow; size_t allow_count; /**< codes of personal data (Z02x) that are let through; told, and written into the manifest */
	bool japanese;                      /**< tables with Japanese headings */
};
#define BPR_SHARE_OPTIONS_INIT { sizeof(struct bpr_share_options), NULL, 0, false }

/**
 * Makes a pack.
 *
 * Every text is looked through for what could be personal: names of persons in notes, people as resources, addresses of e-mail,
 * numbers of telephones, numbers of twelve digits. What is found is told in @p problems with its place (Z020 to Z025).
 *
 * @param out       the caller's, bpr_share_text_free(); NULL on failure
 * @param problems  findings; warnings of writing
 * @retval BPR_EINVAL   no licence, municipality or population; measured is no result of mining
 * @retval BPR_ESYNTAX  something personal was found that is not allowed
 * @retval BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_share_pack(const struct bpr_share_content *content, const struct bpr_share_about *about,
	const struct bpr_share_options *options, char **out, size_t *length, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_share_text_free(char *text);

struct bpr_share_limits {
	size_t size;
	size_t max_bytes;                   /**< of the pack; default 64 MiB */
	size_t max_files;                   /**< default 64 */
	unsigned long long max_unpacked;    /**< default 256 MiB */
	unsigned long long max_ratio;       /**< default 200 */
};
#define BPR_SHARE_LIMITS_INIT { sizeof(struct bpr_share_limits), (size_t)64 << 20, 64, 256ull << 20, 200 }

typedef struct bpr_share bpr_share;
/** A file of a pack. role: "before", "after", "levers", "measured", "manifest"; text is NUL-terminated behind its length. */
struct bpr_share_file { const char *name, *role, *sha256, *text; size_t length; };

/** Whether the bytes begin as a pack does: a zip archive with manifest.json among its first names. Reads nothing else. */
BPR_API bool bpr_share_is_pack(const char *path);
/**
 * Opens a pack: limits, names, sums and the manifest are looked at before anything else.
 * @param sets  overrides of both flows (KEY=VALUE as bpr_read_options.sets), or NULL
 * @param out   the caller's, bpr_share_free()
 * @retval BPR_ESYNTAX, BPR_EUNSUPPORTED, BPR_ELIMIT, BPR_EIO, BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_share_open(const char *path, const struct bpr_share_limits *limits, const char *const *sets, size_t set_count,
	bpr_share **out, bpr_problems *problems, struct bpr_error *err);
BPR_API BPR_MUST_CHECK bpr_status bpr_share_open_memory(const char *name, const char *data, size_t length, const struct bpr_share_limits *limits,
	const char *const *sets, size_t set_count, bpr_share **out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_share_free(bpr_share *share);
BPR_API const char *bpr_share_name(const bpr_share *share);                 /**< file as named */
BPR_API const struct bpr_share_about *bpr_share_about(const bpr_share *share);
BPR_API const char *bpr_share_version(const bpr_share *share);              /**< of bpr that made it */
BPR_API size_t bpr_share_file_count(const bpr_share *share);
BPR_API struct bpr_share_file bpr_share_file(const bpr_share *share, size_t index); /**< by name */
BPR_API size_t bpr_share_allowed_count(const bpr_share *share);             /**< codes that were let through */
BPR_API const char *bpr_share_allowed(const bpr_share *share, size_t index);
BPR_API const bpr_flow *bpr_share_before(const bpr_share *share);
BPR_API const bpr_flow *bpr_share_after(const bpr_share *share);            /**< or NULL: neither a flow nor levers */
BPR_API bool bpr_share_after_by_levers(const bpr_share *share);             /**< the after is the before with all levers */
BPR_API const bpr_levers *bpr_share_levers(const bpr_share *share);         /**< or NULL */

/**
 * Rescales demand and staff of both flows to @p population, in proportion to the pack's own; each pool so that its utilisation is at
 * most what it was (rounded up). What was changed: bpr_share_change().
 * @retval BPR_EINVAL  population not positive and finite, or more than 1e9
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_share_rescale(bpr_share *share, double population, bpr_problems *problems, struct bpr_error *err);
BPR_API double bpr_share_population(const bpr_share *share);                /**< of the flows as they are now */
/** A change of rescaling, as an override: "staff.窓口職員=3", what it was, whether of the after. */
struct bpr_share_change { const char *key; double was, is; bool after; };
BPR_API size_t bpr_share_change_count(const bpr_share *share);
BPR_API struct bpr_share_change bpr_share_change(const bpr_share *share, size_t index);

/* ---- several municipalities ---- */

/** What is compared. Per case, and for 10,000 residents and a year (times cases a year). */
struct bpr_share_figure {
	bool known, after_known, per_known;
	double before, after, change;       /**< of a case */
	double per_before, per_after, per_change; /**< of 10,000 residents in a year; minutes as hours */
};
/** A kind of lever: what it brings alone, on each before. */
struct bpr_share_lever_effect { bool used, fits; double minutes_citizen, minutes_staff, fields, visits, seals; /**< saved a case, > 0 better */ double hours_per_10000; /**< citizens' and staff's, saved a year for 10,000 residents */ };

#define BPR_SHARE_METRIC_COUNT 8
BPR_API enum bpr_metric bpr_share_metric(size_t i); /**< i < BPR_SHARE_METRIC_COUNT */

typedef struct bpr_share_table bpr_share_table;
/** Quartiles over the municipalities by definition 7 of Hyndman & Fan (1996), as R, Excel and GSL have it; known: of two or more. */
struct bpr_share_quartiles { bool known; double min, q1, median, q3, max; size_t count; };
enum bpr_share_view { BPR_SHARE_BEFORE = 0, BPR_SHARE_AFTER, BPR_SHARE_CHANGE, BPR_SHARE_CHANGE_PER, BPR_SHARE_VIEW_COUNT };

/** Analyses all packs; they are borrowed and must outlive it. BPR_ENOEXIT and the like: err->element names the pack. */
BPR_API BPR_MUST_CHECK bpr_status bpr_share_table_new(const bpr_share *const *shares, size_t count, bpr_share_table **out, bpr_problems *problems,
	struct bpr_error *err);
BPR_API void bpr_share_table_free(bpr_share_table *table);
BPR_API size_t bpr_share_table_count(const bpr_share_table *table);
BPR_API const bpr_share *bpr_share_table_share(const bpr_share_table *table, size_t town);
BPR_API const struct bpr_share_figure *bpr_share_table_figure(const bpr_share_table *table, size_t town, size_t metric);
BPR_API double bpr_share_table_cases(const bpr_share_table *table, size_t town); /**< a year; 0 not known */
BPR_API struct bpr_share_quartiles bpr_share_table_quartiles(const bpr_share_table *table, size_t metric, enum bpr_share_view view);
/** Kinds of levers that any pack has, in the order of the kinds. */
BPR_API size_t bpr_share_table_lever_count(const bpr_share_table *table);
BPR_API enum bpr_lever_kind bpr_share_table_lever(const bpr_share_table *table, size_t lever);
BPR_API const struct bpr_share_lever_effect *bpr_share_table_effect(const bpr_share_table *table, size_t lever, size_t town);


#ifdef __cplusplus
}
#endif
#endif
