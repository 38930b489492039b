/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_DRILL_H
#define BPR_DRILL_H
/**
 * @file drill.h
 * Exercises: packs (a folder with pack.ini and inputs), answers graded by what they measure. Format: bpr-drill(5).
 */
#include <bpr/report.h>
#include <bpr/simulate.h>
#ifdef __cplusplus
extern "C" {
#endif

/** What an answer is, and so how it is graded. */
enum bpr_task {
	BPR_TASK_VALUE = 0, /**< a number: a metric of the flow, within a tolerance */
	BPR_TASK_WORD,      /**< a name: the first bottleneck through a lens */
	BPR_TASK_FLOW,      /**< a flow: compared with the one given, by requirements */
	BPR_TASK_LEVERS,    /**< some of the levers given, as a table: what they make of the flow given, what they cost */
	BPR_TASK_SHEET,     /**< a list of procedures: those that a household needs, no more and no less */
	BPR_TASK_SIMULATION,/**< a flow: simulated beside the one given, requirements on waits and staff too */
	BPR_TASK_COUNT
};
/** "value", "word", "flow", "levers", "sheet", "simulation"; static. */
BPR_API const char *bpr_task_name(enum bpr_task task);

enum { BPR_DRILL_HINTS = 3, BPR_DRILL_CHECKS = 16 };
/** One check of an answer: KEY OP VALUE as bpr_comparison_require() takes it, or a word of bpr-drill(5). Texts by enum bpr_lang, "" where the pack has none. */
struct bpr_drill_check { const char *text; const char *unmet[BPR_LANG_COUNT]; size_t line; };
struct bpr_exercise {
	const char *id;                     /**< of its section: "1" */
	enum bpr_task task;
	const char *title[BPR_LANG_COUNT], *text[BPR_LANG_COUNT], *done[BPR_LANG_COUNT];
	const char *hints[BPR_DRILL_HINTS][BPR_LANG_COUNT]; size_t hint_count;
	const char *input;                  /**< file of the pack: the flow given; "" none */
	const char *procedures, *household; /**< SHEET: files of the pack */
	const char *levers;                 /**< LEVERS: table of the pack, of which some are to be chosen */
	const char *measure;                /**< VALUE: key of a metric; WORD: a lens */
	double tolerance; bool tolerance_relative; /**< VALUE */
	struct bpr_drill_check checks[BPR_DRILL_CHECKS]; size_t check_count;
	double budget, days;                /**< LEVERS: limits; INFINITY none */
	const char *gain;                   /**< LEVERS: what `best` is about, as bpr_gain_name() */
	size_t line;
};
/** Opaque; read-only once it is read. */
typedef struct bpr_pack bpr_pack;

/**
 * Reads FOLDER/pack.ini (or the file itself, where @p path is one). Files of the pack are named relative to its folder and stand in it.
 * @param out  the caller's, bpr_pack_free(); NULL on failure
 * @retval BPR_ESYNTAX  errors stand in @p problems (N1xx)
 * @retval BPR_EIO, BPR_ELIMIT (1 MiB, 100 exercises), BPR_ENOMEM
 * Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_pack_read(const char *path, bpr_pack **out, bpr_problems *problems, struct bpr_error *err);
/** The same of a text; files are looked for in @p folder. */
BPR_API BPR_MUST_CHECK bpr_status bpr_pack_read_memory(const char *name, const char *folder, const void *data, size_t length, bpr_pack **out,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_pack_free(bpr_pack *pack);
BPR_API const char *bpr_pack_id(const bpr_pack *pack);
BPR_API const char *bpr_pack_folder(const bpr_pack *pack);
BPR_API const char *bpr_pack_title(const bpr_pack *pack, enum bpr_lang lang);
BPR_API const char *bpr_pack_text(const bpr_pack *pack, enum bpr_lang lang); /**< what it is about; "" none */
BPR_API size_t bpr_pack_count(const bpr_pack *pack);
BPR_API const struct bpr_exercise *bpr_pack_get(const bpr_pack *pack, size_t index);
BPR_API size_t bpr_pack_find(const bpr_pack *pack, const char *id); /**< or BPR_NONE */
BPR_API unsigned long long bpr_pack_hash(const bpr_pack *pack); /**< of pack.ini: progress belongs to it */

/** What came of one check. */
struct bpr_graded {
	const char *what;          /**< as the pack has it, or the key of the measure */
	bool met, known;
	double actual, limit;      /**< where known */
	const char *unmet[BPR_LANG_COUNT]; /**< what the pack says where it is not met; "" nothing */
};
struct bpr_grade {
	bool passed;
	struct bpr_graded *items; size_t count;
	const char **missing, **extra; size_t missing_count, extra_count; /**< SHEET: procedures */
	const char *wanted;        /**< WORD, VALUE: nothing is told of the right answer; direction only: "more", "less", "other" or "" */
	double before[BPR_METRIC_COUNT], after[BPR_METRIC_COUNT]; bool measured; /**< FLOW, LEVERS, SIMULATION: for a scoreboard */
	unsigned long long answer; /**< hash of the answer: progress holds that, not the answer */
	void *memory;
};
struct bpr_grade_options {
	size_t size;
	enum bpr_lang lang;
	struct bpr_sim_options simulation; /**< of simulated exercises; the same seed for every team, so that luck is equal */
};
#define BPR_GRADE_OPTIONS_INIT { sizeof(struct bpr_grade_options), BPR_LANG_EN, BPR_SIM_OPTIONS_INIT }
/**
 * Grades an answer by measuring it: nothing is compared with a file, so any good answer passes.
 * @param answer  VALUE, WORD: the text itself; else a file
 * @param out     bpr_grade_release(); borrows from the pack
 * @retval BPR_ESYNTAX  the answer cannot be read (problems); not graded
 * @retval BPR_EIO, BPR_ELIMIT, BPR_ENOMEM, BPR_EINVAL (a file of the pack is missing or wrong: N110 …)
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_pack_grade(const bpr_pack *pack, size_t index, const char *answer, const struct bpr_grade_options *options,
	struct bpr_grade *out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_grade_release(struct bpr_grade *grade);

/* ---- progress of a team ---- */

struct bpr_progress_item {
	bool passed;
	size_t attempts, hints;            /**< graded so often; hints looked at */
	unsigned long long answer;         /**< hash of the last answer */
	bool measured; double before[BPR_METRIC_COUNT], after[BPR_METRIC_COUNT]; /**< of the best answer: the last one that passed, else the last one */
};
/** What a team has done of a pack; texts are its own. */
typedef struct bpr_progress bpr_progress;
/** Nothing done yet. @p out the caller's, bpr_progress_free(). */
BPR_API BPR_MUST_CHECK bpr_status bpr_progress_new(const bpr_pack *pack, const char *team, bpr_progress **out, struct bpr_error *err);
/**
 * Reads a file of progress (bpr.progress/1). Exercises that the pack does not have are left out; another pack: N120; another kind of file: N121.
 * @retval BPR_ESYNTAX, BPR_EIO, BPR_ELIMIT (1 MiB), BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_progress_read(const bpr_pack *pack, const char *path, bpr_progress **out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_progress_free(bpr_progress *progress);
BPR_API const char *bpr_progress_team(const bpr_progress *progress);
BPR_API BPR_MUST_CHECK bpr_status bpr_progress_set_team(bpr_progress *progress, const char *team, struct bpr_error *err);
/** Of exercise @p index of the pack. */
BPR_API const struct bpr_progress_item *bpr_progress_get(const bpr_progress *progress, size_t index);
/** An answer was graded; the same answer again is no new attempt. */
BPR_API void bpr_progress_graded(bpr_progress *progress, size_t index, const struct bpr_grade *grade);
/** The next hint was looked at: how many now, at most as many as there are. */
BPR_API size_t bpr_progress_hint(bpr_progress *progress, size_t index, size_t most);
/** As JSON, NUL-terminated; free with bpr_progress_text_free(). Same progress, same bytes. */
BPR_API BPR_MUST_CHECK bpr_status bpr_progress_write(const bpr_progress *progress, const bpr_pack *pack, char **out, size_t *length, struct bpr_error *err);
BPR_API void bpr_progress_text_free(char *text);
/** The exercises and what was done of them, or a grade, as JSON (bpr.drill/1); free with bpr_progress_text_free(). */
BPR_API BPR_MUST_CHECK bpr_status bpr_pack_write(const bpr_pack *pack, const bpr_progress *progress, enum bpr_lang lang, char **out, size_t *length,
	struct bpr_error *err);
BPR_API BPR_MUST_CHECK bpr_status bpr_grade_write(const bpr_pack *pack, size_t index, const struct bpr_grade *grade, const bpr_progress *progress,
	char **out, size_t *length, struct bpr_error *err);

/* ---- a class ---- */

/** One team of a class, as bpr_progress has it. */
struct bpr_class_team { const bpr_progress *progress; const char *file; };
/**
 * The scoreboard of a class: teams by exercises passed, then fewest hints, then fewest attempts; what the last measured exercise
 * brought each of them, drawn in HTML.
 * @param format  BPR_FORMAT_TEXT, MD, HTML, JSON or CSV
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_class_report(const bpr_pack *pack, const struct bpr_class_team *teams, size_t count, enum bpr_format format,
	const struct bpr_report_options *options, struct bpr_output *out, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif
