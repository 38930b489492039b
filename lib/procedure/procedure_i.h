/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_PROCEDURE_PROCEDURE_I_H
#define BPR_PROCEDURE_PROCEDURE_I_H
/*
 * Inside lib/procedure: facts and their values, conditions as trees, deadlines, the table as it is read.
 *
 * Truth has three values, Kleene's: what is not known is "maybe", so that a procedure is never left out for lack of an answer.
 */
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "table/table_i.h"
#include <bpr/procedure.h>

enum { BPR_I_NO = 0, BPR_I_MAYBE = 1, BPR_I_YES = 2 };

/* Nested parentheses, "not", quantifiers; names and conditions in bytes; facts of a table; members of a household. */
enum { BPR_I_COND_DEPTH = 64, BPR_I_NAME_BYTES = 200, BPR_I_COND_BYTES = 20000, BPR_I_FACTS = 1000, BPR_I_MEMBERS = 200 };

/* ---- what everyone knows: vocabulary.c ---- */

/* How a fact follows from others where nobody said it. */
enum bpr_derive {
	BPR_DERIVE_NONE = 0,
	BPR_DERIVE_AGE,       /* whole years on the day, from the date of birth: changes at the first moment of the birthday */
	BPR_DERIVE_ATTAINED,  /* age that is reached on the day at the latest: changes on the day before the birthday */
	BPR_DERIVE_SCHOOL,    /* age on 1 April of the fiscal year */
	BPR_DERIVE_BELOW,     /* age below `limit` */
	BPR_DERIVE_FROM,      /* age from `limit` */
	BPR_DERIVE_SIZE,      /* number of members */
	BPR_DERIVE_EVENT      /* the household's event */
};
struct bpr_known_fact {
	const char *names;    /* '|' between; the first one is the key */
	enum bpr_fact_kind kind;
	bool person;
	enum bpr_derive derive;
	double limit;
	const char *words;    /* values: synonyms by '=', values by '|'; the first of the synonyms is the key; NULL none */
	const char *question; /* English message id */
};
extern const struct bpr_known_fact bpr_i_known_facts[];
extern const size_t bpr_i_known_fact_count;
/* By a folded lower-case name; NULL: not known. */
const struct bpr_known_fact *bpr_i_known_fact(const char *folded, size_t length);
/* Key of a word of the fact, from its folded lower-case text; NULL: none of its words. */
const char *bpr_i_known_word(const struct bpr_known_fact *known, const char *folded, size_t length, size_t *key_length);
/* The fact that has a word among its values, or NULL. */
const struct bpr_known_fact *bpr_i_known_by_word(const char *folded, size_t length);
/* Length of the longest known name with which the text begins; 0 none. */
size_t bpr_i_known_prefix(const char *text, size_t length);

/* The text folded, in lower case, blanks inside words gone; kept by the arena. NULL: out of memory. */
char *bpr_i_key_fold(struct bpr_arena *arena, const char *text, size_t length);
/* Name under which a fact is kept: the vocabulary's, or the folded name. NULL: out of memory. */
const char *bpr_i_fact_key(struct bpr_arena *arena, const char *name, size_t length);
/* 1 yes, 0 no, -1 neither, of a folded lower-case text. */
int bpr_i_yes_key(const char *key);
/* Nearest of the words (edit distance of characters, at most a third of them), or NULL. */
struct bpr_near { const char *text; size_t length; const char *best; size_t distance; };
void bpr_i_near(struct bpr_near *near, const char *word, size_t length);
/* Integer age of someone born that day. */
int bpr_i_age(long birth, long day);
int bpr_i_age_attained(long birth, long day);
int bpr_i_age_school(long birth, long day);

/* ---- facts of a table: fact.c ---- */

struct bpr_procedure_fact {
	struct bpr_fact pub;      /* first: what the public sees */
	const char *key;
	const struct bpr_known_fact *known;
	bool declared, closed;    /* closed: no other words than those */
	bool fraction;            /* a threshold is no whole number */
	bool quantified;          /* stands inside any(), all(), count() */
	bool sees_number, sees_word, sees_date;
	double from, to;          /* of a declared number; NAN not said */
	const char **words; size_t word_count, word_capacity; /* as conditions write them, each once by its key */
	const char **word_keys;
	size_t line;              /* of the condition where it was first needed */
};

/* What a fact is for one household or member. */
struct bpr_fact_value {
	bool known;
	bool numeric;         /* `number` holds: a number or a date */
	signed char yes;      /* 1, 0, -1: neither */
	double number;
	const char *word;     /* its key */
};

/* ---- conditions: condition.c parses, evaluate.c evaluates ---- */

enum bpr_cond_kind { BPR_COND_CONST = 0, BPR_COND_TEST, BPR_COND_NOT, BPR_COND_AND, BPR_COND_OR, BPR_COND_COUNT };
/* A value or a range that a fact is compared with. */
struct bpr_cond_piece {
	const char *text;     /* as written */
	const char *word;     /* its key; NULL: a number, a date or a range of them */
	signed char yes;      /* 1, 0, -1: the word is neither yes nor no */
	bool number, date;    /* lo and hi hold */
	bool lo_open, hi_open;
	double lo, hi;        /* infinite: no end */
};
struct bpr_cond {
	enum bpr_cond_kind kind;
	size_t begin, end;    /* of the text as written, bytes */
	struct bpr_cond **children; size_t count;
	/* TEST: no pieces: it holds. COUNT: how many members for whom the only child holds; any(x) is count(x) >= 1. */
	size_t fact;
	bool negate;
	struct bpr_cond_piece *pieces; size_t piece_count;
	int value;            /* CONST */
	bool person;          /* says something of one member */
	size_t quantifier;    /* COUNT: its number within the table */
};

enum bpr_deadline_kind { BPR_DEADLINE_NONE = 0, BPR_DEADLINE_DAYS, BPR_DEADLINE_MONTHS, BPR_DEADLINE_BEFORE, BPR_DEADLINE_MONTH_END, BPR_DEADLINE_MONTH_DAY,
	BPR_DEADLINE_DATE };
struct bpr_procedure_deadline {
	enum bpr_deadline_kind kind;
	bool understood;      /* also where it says that there is none */
	bool inclusive;       /* the first day counts */
	bool stays;           /* not moved by holidays */
	long count;           /* days, months, day of the month; months ahead in `months` */
	long months;
	long date;
	size_t fact;          /* the day from which it runs; BPR_NONE the event's */
};

/* ---- the table: procedures.c, rows.c, dmn.c ---- */

/* How rules of one decision table go together. */
enum bpr_hit { BPR_HIT_ALL = 0, BPR_HIT_FIRST, BPR_HIT_UNIQUE, BPR_HIT_ANY };
struct bpr_rule_group {
	const char *name;
	enum bpr_hit hit;
	bool rules;           /* of a decision table: facts of members are those of one member */
	size_t first, count;  /* procedures */
	size_t line;
};

struct bpr_procedure_row {
	struct bpr_procedure pub; /* first */
	const char *file;
	const char *event_list;
	const size_t *events; size_t event_count; /* none: every event */
	struct bpr_cond *own;     /* as written; NULL always */
	struct bpr_cond *cond;    /* with what the rules before it leave (FIRST) */
	struct bpr_procedure_deadline when;
	const char *name_key;
	size_t stop;              /* BPR_NONE: no counter is said */
	const char *one_stop_at;  /* name of the one-stop counter; "" not said */
	size_t group;             /* BPR_NONE none */
	bool shadowed;            /* of a FIRST table, behind other rules */
};

/* A counter of the table: where it, its building and its floor come first, as rows. */
struct bpr_procedure_stop { const char *counter, *building, *floor, *key; size_t row, building_row, floor_row; };

struct bpr_procedures {
	struct bpr_arena arena;
	struct bpr_procedure_stop *stops; size_t stop_count, stop_capacity;
	const char *source;
	struct bpr_procedure_row *rows; size_t count, capacity;
	struct bpr_procedure_fact *facts; size_t fact_count, fact_capacity;
	struct bpr_procedure_fact *declared; size_t declared_count, declared_capacity;
	const char **events; const char **event_keys; size_t event_count, event_capacity;
	struct bpr_rule_group *groups; size_t group_count, group_capacity;
	bool has_person;
	size_t quantifier_count;
};

/* Where problems of a row go. */
struct bpr_row_place { const char *file; size_t line; bpr_problems *problems; };

/* Index of the fact, made where it is not there yet; BPR_NONE: out of memory, or too many. */
size_t bpr_i_procedures_fact(bpr_procedures *p, const char *name, size_t length, size_t line);
/* Declaration of the name, or NULL. */
const struct bpr_procedure_fact *bpr_i_procedures_declared(const bpr_procedures *p, const char *key);
/* Key of a word of the fact; NULL: out of memory. */
const char *bpr_i_fact_word_key(struct bpr_arena *arena, const struct bpr_procedure_fact *fact, const char *text, size_t length);
/* Adds a word to its values, if it is not there yet. False: out of memory. */
bool bpr_i_fact_add_word(struct bpr_arena *arena, struct bpr_procedure_fact *fact, const char *text, size_t length);
/* A declaration: a row whose event is "fact". */
bpr_status bpr_i_fact_declare(bpr_procedures *p, const char *name, const char *kind, const char *question, const struct bpr_row_place *place,
			      struct bpr_error *err);
/* Kinds of all facts from how they are used; words; tests of members. False: out of memory. Problems are noted. */
bool bpr_i_facts_settle(bpr_procedures *p, const char *file, bpr_problems *problems);

/*
 * The condition of a text; *out NULL for an empty one. False: out of memory. What is wrong is a problem, and *wrong is set.
 */
bool bpr_i_condition_parse(bpr_procedures *p, const char *text, const struct bpr_row_place *place, struct bpr_cond **out, bool *wrong);
/* A node in the arena. */
struct bpr_cond *bpr_i_cond_new(struct bpr_arena *arena, enum bpr_cond_kind kind, size_t begin, size_t end);
struct bpr_cond *bpr_i_cond_join(struct bpr_arena *arena, enum bpr_cond_kind kind, struct bpr_cond **children, size_t count);
/* Tests of members that stand alone become "any member", once kinds are known; inside: they are left alone. NULL: out of memory. */
struct bpr_cond *bpr_i_cond_settle(bpr_procedures *p, struct bpr_cond *cond, bool inside);
/* any(cond). NULL: out of memory. */
struct bpr_cond *bpr_i_cond_any(bpr_procedures *p, struct bpr_cond *cond);

/* A household as values: [(members + 1) * facts], the household first. */
struct bpr_scene { const struct bpr_fact_value *values; size_t facts, members; };
/* BPR_I_NO, MAYBE, YES. Outside of quantifiers member is BPR_NONE. */
int bpr_i_cond_holds(const struct bpr_cond *cond, const struct bpr_scene *scene, size_t member);
int bpr_i_test_holds(const struct bpr_cond *test, const struct bpr_fact_value *value);
/* Whether so many (between min and max) members fit the pieces. */
int bpr_i_count_holds(const struct bpr_cond *count, double min, double max);

/* ---- deadlines: deadline.c ---- */
/* False: out of memory. */
bool bpr_i_deadline_parse(bpr_procedures *p, const char *text, size_t line, struct bpr_procedure_deadline *out);
/* From the day; false: there is none. */
bool bpr_i_deadline_day(const struct bpr_procedure_deadline *deadline, long day, long *out);

/* ---- reading: rows.c, dmn.c ---- */
struct bpr_procedure_reading {
	bpr_procedures *procedures;
	bpr_problems *problems;
	const char *path;
	size_t max_procedures;
	const char *file;     /* of the rows, for messages */
	size_t errors;        /* in the list before */
};
bpr_status bpr_i_procedures_table(struct bpr_procedure_reading *r, const struct bpr_table_source *source, struct bpr_error *err);
bpr_status bpr_i_procedures_dmn(struct bpr_procedure_reading *r, const char *data, size_t length, struct bpr_error *err);
/* Room for one more row. NULL: out of memory. */
struct bpr_procedure_row *bpr_i_procedures_row(bpr_procedures *p);
/* Texts of a row from the cells of its columns ("" where there is none), kept by the arena. */
enum bpr_procedure_column {
	BPR_PCOL_ID = 0, BPR_PCOL_EVENT, BPR_PCOL_CONDITION, BPR_PCOL_PROCEDURE, BPR_PCOL_PLAIN, BPR_PCOL_COUNTER, BPR_PCOL_BUILDING,
	BPR_PCOL_FLOOR, BPR_PCOL_ORDER, BPR_PCOL_UNIT, BPR_PCOL_FORM, BPR_PCOL_BRING, BPR_PCOL_DEADLINE, BPR_PCOL_LAW, BPR_PCOL_PROXY,
	BPR_PCOL_ONLINE, BPR_PCOL_ONE_STOP, BPR_PCOL_MINUTES, BPR_PCOL_OMISSION, BPR_PCOL_NOTE, BPR_PCOL_URL, BPR_PCOL_COUNT
};
extern const struct bpr_table_column bpr_i_procedure_columns[BPR_PCOL_COUNT];
bpr_status bpr_i_procedure_fill(struct bpr_procedure_reading *r, struct bpr_procedure_row *row, const char *const *cells, size_t line,
				struct bpr_error *err);
/* Index of the event's text, made where it is not there yet; BPR_NONE: out of memory. */
size_t bpr_i_procedures_event(bpr_procedures *p, const char *text, size_t length);
/* Key of an event: that of a life event, or the folded text. NULL: out of memory. */
const char *bpr_i_event_key(struct bpr_arena *arena, const char *text, size_t length);
/* Event of the table by a word, synonyms of life events understood; BPR_NONE none. False: out of memory. */
bool bpr_i_procedures_event_find(const bpr_procedures *p, const char *word, size_t *out);

/* ---- sheets: sheet.c, stops.c ---- */
/* Counters of all rows, once they are there. False: out of memory. */
bool bpr_i_procedures_stops(bpr_procedures *p);
/* Whether the row is for the event (BPR_NONE: none is said). */
bool bpr_i_row_for(const struct bpr_procedure_row *row, size_t event);
/* Puts items in walking order, makes stops and things. False: out of memory. */
bool bpr_i_sheet_walk(const bpr_procedures *p, struct bpr_checksheet *sheet, struct bpr_arena *arena);

/* ---- households: household.c ---- */
struct bpr_household_entry { size_t member; const char *key, *text; };
struct bpr_household {
	struct bpr_arena arena;
	const char *name, *event;
	bool dated; long day;
	const char **members; size_t member_count, member_capacity;
	struct bpr_household_entry *entries; size_t entry_count, entry_capacity;
};
/*
 * Values of the table's facts for the household, [(members + 1) * facts] in the arena. A household without members
 * is taken for one person, whose facts are those of the household. Values that do not fit their fact are problems (may be NULL).
 */
bpr_status bpr_i_household_values(const bpr_procedures *p, const bpr_household *household, struct bpr_arena *arena, struct bpr_scene *scene,
				  bpr_problems *problems, struct bpr_error *err);
/* Text of a fact by its key, or NULL. */
const char *bpr_i_household_entry(const bpr_household *household, size_t member, const char *key);

/* ---- mix.c ---- */
enum bpr_mix_column { BPR_MCOL_NAME = 0, BPR_MCOL_EVENT, BPR_MCOL_COUNT_OF, BPR_MCOL_DATE, BPR_MCOL_FACTS, BPR_MCOL_MEMBERS, BPR_MCOL_COUNT };
extern const struct bpr_table_column bpr_i_mix_columns[BPR_MCOL_COUNT];
#endif
