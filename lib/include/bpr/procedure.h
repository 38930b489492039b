/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_PROCEDURE_H
#define BPR_PROCEDURE_H
/**
 * @file procedure.h
 * Which procedures a household needs (手続きチェックシート): a table of procedures with conditions over household facts, or DMN decision
 * tables; the sheet for one household; what is wrong with the table. Format: bpr-procedures(5).
 */
#include <bpr/column.h>
#include <bpr/problem.h>
#include <stdbool.h>
#ifdef __cplusplus
extern "C" {
#endif

/** Life events that every table may use; others are texts of the table. */
enum bpr_life_event { BPR_EVENT_MOVE_IN = 0 /**< 転入 */, BPR_EVENT_MOVE_WITHIN /**< 転居 */, BPR_EVENT_MOVE_OUT /**< 転出 */, BPR_EVENT_MARRIAGE /**< 婚姻 */,
	BPR_EVENT_BIRTH /**< 出生 */, BPR_EVENT_DIVORCE /**< 離婚 */, BPR_EVENT_DEATH /**< 死亡 */, BPR_EVENT_COUNT };
BPR_API const char *bpr_life_event_name(enum bpr_life_event event); /**< "move_in" …; static */
/** Event of a word in either language, or BPR_EVENT_COUNT. */
BPR_API enum bpr_life_event bpr_life_event_find(const char *word);

/** One procedure, a row of the table. Texts are borrowed; "" where nothing is said. */
struct bpr_procedure {
	const char *id, *name;
	const char *plain;          /**< name in plain Japanese (やさしい日本語) */
	const char *events;         /**< as written */
	const char *condition;      /**< as written; "" always */
	const char *counter, *building, *floor, *unit;
	double order;               /**< of the counter on the walk; NAN not said: as the counters come in the table */
	const char *form;
	const char *const *bring; size_t bring_count; /**< things to bring */
	const char *deadline;       /**< as written: "14日", "14 days", "1か月", "前日まで" */
	const char *law;            /**< legal basis */
	const char *proxy, *online; /**< yes, no, or under which condition */
	bool proxy_known, proxy_yes, online_known, online_yes;
	bool one_stop;              /**< done at the one-stop counter: its own counter falls away there */
	double minutes;             /**< at the counter; NAN not said */
	double omission;            /**< share of households that forget it without a sheet; NAN not said */
	const char *note;
	const char *url;            /**< of the online application */
	size_t line;
};
typedef struct bpr_procedures bpr_procedures;

/** What kind of value a fact has. */
enum bpr_fact_kind { BPR_FACT_YES = 0, BPR_FACT_NUMBER, BPR_FACT_WORD, BPR_FACT_DATE };
/** A fact that conditions ask for. */
struct bpr_fact {
	const char *name;           /**< as conditions use it: "車", "age" */
	enum bpr_fact_kind kind;
	bool person;                /**< of each member of the household, not of the household */
	const char *const *words; size_t word_count; /**< values that conditions compare it with */
	const char *question;       /**< to ask it in the terminal; made from the name where the table has none */
};

struct bpr_procedure_options {
	size_t size;
	const char *encoding;
	size_t max_bytes, max_procedures;
};
#define BPR_PROCEDURE_OPTIONS_INIT { sizeof(struct bpr_procedure_options), NULL, (size_t)1 << 24, 10000 }
/** CSV, the sheet 手続き (procedures) of a workbook, or DMN (.dmn); "-" is standard input. @p out the caller's, bpr_procedures_free(). */
BPR_API BPR_MUST_CHECK bpr_status bpr_procedures_read(const char *path, const struct bpr_procedure_options *options, bpr_procedures **out,
	bpr_problems *problems, struct bpr_error *err);
BPR_API BPR_MUST_CHECK bpr_status bpr_procedures_read_memory(const char *name, const void *data, size_t length,
	const struct bpr_procedure_options *options, bpr_procedures **out, bpr_problems *problems, struct bpr_error *err);
/**
 * Whether a file is a table of procedures by its headings (手続き beside ライフイベント, 持ち物, 期限 …), a workbook with such a sheet and
 * none of a flow, or DMN. False for standard input, which can be read but once, and where it cannot be told.
 */
BPR_API bool bpr_procedures_recognize(const char *path, const char *encoding);
/** Columns of the table of procedures (table 0) and of that of households (1); false behind the last. */
BPR_API bool bpr_procedure_column_get(size_t table, size_t index, struct bpr_column_info *out);
/** A fact that every table may use. */
struct bpr_known_fact_info {
	const char *names;          /**< '|' between, the first is the key */
	const char *words;          /**< usual values, '|' between, synonyms by '='; "" none */
	const char *question;       /**< English message id */
	enum bpr_fact_kind kind;
	bool person;
};
BPR_API bool bpr_known_fact_get(size_t index, struct bpr_known_fact_info *out);
BPR_API void bpr_procedures_free(bpr_procedures *procedures);
BPR_API size_t bpr_procedures_count(const bpr_procedures *procedures);
BPR_API const struct bpr_procedure *bpr_procedures_get(const bpr_procedures *procedures, size_t index);
BPR_API const char *bpr_procedures_source(const bpr_procedures *procedures);
/** Facts that the conditions ask for, in the order in which they are first needed. */
BPR_API size_t bpr_procedures_fact_count(const bpr_procedures *procedures);
BPR_API const struct bpr_fact *bpr_procedures_fact(const bpr_procedures *procedures, size_t index);
BPR_API size_t bpr_procedures_fact_find(const bpr_procedures *procedures, const char *name); /**< folded; or BPR_NONE */
/** Events that the table has: the text of each. */
BPR_API size_t bpr_procedures_event_count(const bpr_procedures *procedures);
BPR_API const char *bpr_procedures_event(const bpr_procedures *procedures, size_t index);

/** A household: an event, its day, facts, members with facts of their own. */
typedef struct bpr_household bpr_household;
BPR_API BPR_MUST_CHECK bpr_status bpr_household_new(bpr_household **out, struct bpr_error *err);
BPR_API void bpr_household_free(bpr_household *household);
BPR_API BPR_MUST_CHECK bpr_status bpr_household_event(bpr_household *household, const char *event, struct bpr_error *err);
/** What it is called ("佐藤さんの世帯"); "" nothing. */
BPR_API BPR_MUST_CHECK bpr_status bpr_household_name_set(bpr_household *household, const char *name, struct bpr_error *err);
BPR_API const char *bpr_household_name(const bpr_household *household);
/** Day of the event, days since 1970-01-01 (bpr/calendar.h). */
BPR_API void bpr_household_date(bpr_household *household, long day);
/** The event as set, "" none; its day, false where it was not set. */
BPR_API const char *bpr_household_event_name(const bpr_household *household);
BPR_API bool bpr_household_day(const bpr_household *household, long *day);
/** A member; @return its index, BPR_NONE out of memory. name: "母", "" none. */
BPR_API size_t bpr_household_member(bpr_household *household, const char *name);
BPR_API size_t bpr_household_member_count(const bpr_household *household);
BPR_API const char *bpr_household_member_name(const bpr_household *household, size_t member);
/** Sets a fact from its text (of the household: member BPR_NONE): yes/no/はい/いいえ, 42, a word, a date. */
BPR_API BPR_MUST_CHECK bpr_status bpr_household_fact(bpr_household *household, size_t member, const char *name, const char *value, struct bpr_error *err);
/** Facts of the household (member BPR_NONE) or of a member from a line: "車; 犬=いいえ; 42歳". @retval BPR_EINVAL not understood */
BPR_API BPR_MUST_CHECK bpr_status bpr_household_facts(bpr_household *household, size_t member, const char *text, struct bpr_error *err);
/** Members with their facts from a line: "父(42歳、保険=国保); 子(8歳)". @retval BPR_EINVAL not understood */
BPR_API BPR_MUST_CHECK bpr_status bpr_household_people(bpr_household *household, const char *text, struct bpr_error *err);
/** Text of a fact as set, or NULL. */
BPR_API const char *bpr_household_get(const bpr_household *household, size_t member, const char *name);
/** From JSON: {"name":"佐藤さん","event":"転入","date":"2027-03-29","facts":{"車":true},"members":[{"name":"母","facts":{"年齢":42}}]}; an array: several (@p out, @p count; each the caller's; the array: bpr_households_free()). */
BPR_API BPR_MUST_CHECK bpr_status bpr_households_read(const char *path, bpr_household ***out, size_t *count, bpr_problems *problems, struct bpr_error *err);
BPR_API BPR_MUST_CHECK bpr_status bpr_households_read_memory(const char *name, const void *data, size_t length, bpr_household ***out, size_t *count,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_households_free(bpr_household **households, size_t count);

/** One procedure that the household needs. */
struct bpr_sheet_item {
	size_t procedure;
	const size_t *members; size_t member_count; /**< whom it concerns; none: the household */
	bool deadline_known; long deadline;         /**< day; holidays move it where the table says so */
	bool maybe;             /**< a fact that the condition asks for is not known: cannot be ruled out */
	const char *why;        /**< the part of the condition that held, as written; "" always */
};
/** A counter on the walk. */
struct bpr_sheet_stop { const char *counter, *building, *floor; const size_t *items; size_t item_count; bool falls_away; /**< with one-stop */ };
/** Something to bring, once, and what for. */
struct bpr_sheet_thing { const char *name; const size_t *items; size_t item_count; };
struct bpr_checksheet {
	const char *event; bool date_known; long date;
	struct bpr_sheet_item *items; size_t item_count;   /**< in walking order */
	struct bpr_sheet_stop *stops; size_t stop_count;   /**< in walking order */
	struct bpr_sheet_thing *things; size_t thing_count;
	size_t stops_one_stop;  /**< counters left with one-stop */
	/** Facts that were needed and are not known, in the order of the table, each pair of fact and member once: as long as one is here, its value can still change the sheet. */
	size_t *unknown;
	size_t *unknown_member;                            /**< [unknown_count] whose; BPR_NONE of the household */
	size_t unknown_count;
	double minutes; bool minutes_known;
	void *memory;
};
/**
 * The sheet of a household: three-valued logic, so that what is not known is not left out.
 * @param out  bpr_checksheet_release(); borrows texts of the procedures and the household
 * @retval BPR_EINVAL  no event, or one that the table does not have (H0xx)
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_checksheet_make(const bpr_procedures *procedures, const bpr_household *household, struct bpr_checksheet *out,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_checksheet_release(struct bpr_checksheet *sheet);

/**
 * What is wrong with a table: conditions that contradict themselves, procedures that no household can reach, the same procedure twice
 * for the same households, households that match nothing (a gap, with such a household as example), rules of a FIRST table that are
 * never reached. Exact over the cells into which the thresholds of the conditions cut the facts, within a limit that is told.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_procedures_check(const bpr_procedures *procedures, size_t max_cells, bpr_problems *problems, struct bpr_error *err);

/** Households as they come: a table (event, count or share, facts) in bpr-procedures(5). What they need on average. */
struct bpr_household_mix {
	size_t households;      /**< rows */
	double weight;          /**< sum of counts */
	double procedures, counters, counters_one_stop, things; /**< mean of a household */
	double omitted, omitted_sheet;       /**< procedures forgotten, mean, without and with the sheet */
	double any_omitted, any_omitted_sheet; /**< share of households that forget at least one */
	struct bpr_mix_event { const char *event; double weight, procedures, counters, counters_one_stop, omitted, any_omitted, omitted_sheet, any_omitted_sheet; } *events; size_t event_count;
	struct bpr_mix_procedure { size_t procedure; double share; } *needed; size_t needed_count; /**< share of households, largest first */
	void *memory;
};
struct bpr_mix_options { size_t size; double omission; /**< of a procedure whose row says none; default 0.05 */ double sheet_effect; /**< share of omissions that the sheet prevents; default 0.8 */ const char *encoding; };
#define BPR_MIX_OPTIONS_INIT { sizeof(struct bpr_mix_options), 0.05, 0.8, NULL }
BPR_API BPR_MUST_CHECK bpr_status bpr_households_mix(const bpr_procedures *procedures, const char *path, const struct bpr_mix_options *options,
	struct bpr_household_mix *out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_household_mix_release(struct bpr_household_mix *mix);

#ifdef __cplusplus
}
#endif
#endif
