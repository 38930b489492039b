/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_PROBLEM_H
#define BPR_PROBLEM_H
/**
 * @file problem.h
 * What is wrong with an input or a process, as data: stable codes, places, arguments.
 *
 * Readers and analyses fill a list; `bpr check` prints it as findings, `bpr analyze` as warnings, a
 * failed read as errors. Each code has a text, a hint and an explanation in the table of codes
 * (lib/base/codes/), the only place where a message stands; they are rendered in either language.
 */
#include <bpr/error.h>
#include <stdbool.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_lang { BPR_LANG_EN = 0, BPR_LANG_JA };
#define BPR_LANG_COUNT 2

enum bpr_severity { BPR_SEVERITY_INFO = 0, BPR_SEVERITY_WARNING, BPR_SEVERITY_ERROR };

/** A row of the table of codes. All texts are English message ids; {1} to {4} are arguments. */
struct bpr_code {
	const char *code;     /**< "F012" */
	enum bpr_severity severity;
	const char *message;
	const char *hint;     /**< what to do about it, or NULL */
	const char *explain;  /**< paragraphs for `bpr explain` */
};

/** Borrowed view of one problem; valid until the list changes. */
struct bpr_problem {
	const struct bpr_code *code;
	enum bpr_severity severity; /**< the code's own, unless bpr_problems_arrange() changed it */
	const char *file;     /**< as the user named it */
	size_t line;          /**< 1-based; 0 where there is none */
	size_t column;        /**< 1-based byte or cell column; 0 where there is none */
	const char *where;    /**< id of the element or name of the column; "" where there is none */
	const char *args[4];  /**< "" where unused */
	size_t count;         /**< how often it occurs (the place is the first one); >= 1 */
};

typedef struct bpr_problems bpr_problems;

BPR_API BPR_MUST_CHECK bpr_status bpr_problems_new(bpr_problems **out, struct bpr_error *err);
BPR_API void bpr_problems_free(bpr_problems *problems);
BPR_API size_t bpr_problems_count(const bpr_problems *problems);
/** Forgets all entries but the first @p count: the next flow of an input starts with the problems of reading it alone. */
BPR_API void bpr_problems_truncate(bpr_problems *problems, size_t count);
/** Number of entries at least as severe as @p severity. */
BPR_API size_t bpr_problems_count_severity(const bpr_problems *problems, enum bpr_severity severity);
/** @p index < bpr_problems_count(); in order of first occurrence. */
BPR_API struct bpr_problem bpr_problems_get(const bpr_problems *problems, size_t index);

/** Row of a code, or NULL; thread-safe. */
BPR_API const struct bpr_code *bpr_code_find(const char *code);
BPR_API size_t bpr_code_count(void);
BPR_API const struct bpr_code *bpr_code_at(size_t index);

/** Area of a code: "model", "soundness", "smells", "table" …; static. */
BPR_API const char *bpr_code_group(const struct bpr_code *code);
/** The groups, each once; NULL behind the last. */
BPR_API const char *bpr_code_group_at(size_t index);
/** Whether @p what stands for the code: the code itself, the letters it begins with, or its group; case does not matter. */
BPR_API bool bpr_code_matches(const struct bpr_code *code, const char *what);

/** What becomes of the problems of some codes. */
struct bpr_override {
	const char *what;     /**< as bpr_code_matches() takes it */
	bool off;             /**< they are left out */
	enum bpr_severity severity; /**< else: how grave they are */
};

/**
 * The list as a report wants it: overrides applied, later ones winning; the gravest first, then by file, line and column.
 * @param out  borrows the texts of @p problems; free it before them
 * @retval BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_problems_arrange(const bpr_problems *problems, const struct bpr_override *overrides,
	size_t override_count, bpr_problems **out, struct bpr_error *err);

/**
 * One line of text without line end: the message with its arguments and, where count > 1, how often.
 * @param buf   out, always terminated, cut at a character boundary
 * @return      length the whole text has, as snprintf
 */
BPR_API size_t bpr_problem_message(const struct bpr_problem *problem, enum bpr_lang lang, char *buf, size_t size);
/** The hint with its arguments; 0 and "" where the code has none. */
BPR_API size_t bpr_problem_hint(const struct bpr_problem *problem, enum bpr_lang lang, char *buf, size_t size);

/**
 * Adds a problem of a known code, as readers do.
 * @param where  id of the element or name of the column, or NULL
 * @param args   {1} to {4} of the code's texts, or NULL; all texts are copied, cut at 200 bytes
 * @retval BPR_EINVAL  no such code
 * @retval BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_problems_add(bpr_problems *problems, const char *code, const char *file, size_t line,
	const char *where, const char *const args[4]);

/**
 * The whole line for a terminal: `FILE:LINE: warning: message (where) [CODE]`, safe to print (see bpr_text_safe()).
 * @param shown  WARNING and INFO are said so in the line; ERROR is not
 * @return       length the whole text has, as snprintf
 */
BPR_API size_t bpr_problem_line(const struct bpr_problem *problem, enum bpr_severity shown, enum bpr_lang lang,
	char *buf, size_t size);
/** The same for an error that stands in no list; @p file may be NULL. */
BPR_API size_t bpr_error_line(const struct bpr_error *err, const char *file, enum bpr_lang lang, char *buf, size_t size);
/** Hint of the error's code with its arguments; 0 and "" where there is none. */
BPR_API size_t bpr_error_hint(const struct bpr_error *err, enum bpr_lang lang, char *buf, size_t size);

/** Text of message id @p english in @p lang; the id itself where no translation is known; static. */
BPR_API const char *bpr_text(enum bpr_lang lang, const char *english);

#ifdef __cplusplus
}
#endif
#endif
