/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_OPT_H
#define BPR_CMD_OPT_H
/*
 * One table describes the options and operands of a command. Parsing, --help, the manual's OPTIONS section and
 * shell completion all read it; nothing else lists an option.
 */
#include <bpr/problem.h>
#include <stdbool.h>
#include <stddef.h>

enum opt_kind {
	OPT_END = 0,
	OPT_FLAG,     /* bool */
	OPT_COUNT,    /* unsigned: how often it was given */
	OPT_SIZE,     /* size_t, min to max; with .bytes also 64K, 2M, 1G */
	OPT_REAL,     /* struct opt_real, min to max */
	OPT_TEXT,     /* const char * */
	OPT_CHOICE,   /* size_t: index of the choice */
	OPT_CHOICES,  /* struct opt_choices: one or more choices, ',' between; given again, the last counts */
	OPT_LIST,     /* struct opt_list: may be given again; with .choice each one is checked, the choice's own spelling kept */
	OPT_OPERAND,  /* const char * */
	OPT_OPERANDS, /* struct opt_list: all that are left */
	OPT_HELP,     /* show the help instead */
	OPT_VERSION   /* show the version instead */
};

/* What a shell offers for the value. */
enum opt_complete { OPT_COMPLETE_NONE = 0, OPT_COMPLETE_FILES, OPT_COMPLETE_COMMANDS, OPT_COMPLETE_WORDS };

struct opt {
	enum opt_kind kind;
	char letter;         /* 0: no short form */
	const char *name;    /* long name, or what the operand is called */
	size_t at;           /* offsetof() the member of the command's args */
	const char *arg;     /* what the value is called: "FILE"; NULL where there is none */
	const char *help;    /* N_(): one sentence without full stop */
	/*
	 * The choices, one an index; NULL behind the last. Other spellings follow a '|'; case, '-' and '_' do not
	 * matter.
	 */
	const char *(*choice)(size_t index);
	double min, max;     /* OPT_SIZE, OPT_REAL; inclusive */
	bool bytes, required, hidden;
	enum opt_complete complete;
};

struct opt_list {
	const char **items;
	size_t count, capacity;
};

enum { OPT_CHOICES_MAX = 16 };
struct opt_choices {
	size_t items[OPT_CHOICES_MAX]; /* indices, each once, as given */
	size_t count;
};

struct opt_real {
	double value;
	bool given;
};

/* Options that belong together, with their heading in the help. A command has several; the last one has no title. */
struct opt_group {
	const char *title;   /* N_() */
	const struct opt *opts;
};

#define OPT_AT(type, member) offsetof(struct type, member)

enum opt_result { OPT_OK = 0, OPT_SHOW_HELP, OPT_SHOW_VERSION, OPT_BAD };

/*
 * Fills args, which already hold the defaults. Long names are never abbreviated. What is wrong is said on standard
 * error. Lists in args are released by opt_release(), in any case.
 */
enum opt_result opt_parse(const char *command, const struct opt_group *groups, int argc, char **argv, void *args);
void opt_release(const struct opt_group *groups, void *args);

/* Every option and operand in turn: start with { 0 }. NULL behind the last. */
struct opt_iter {
	size_t group, index;
};
const struct opt *opt_next(const struct opt_group *groups, struct opt_iter *iter);
bool opt_is_operand(const struct opt *opt);
bool opt_takes_value(const struct opt *opt);

/* Index of the choice that `text` means, or BPR_NONE. */
size_t opt_choice_find(const struct opt *opt, const char *text);
/* The choice's own spelling. */
void opt_choice_name(const struct opt *opt, size_t index, char *buf, size_t size);
/* "text, md, json": all of them. */
void opt_choice_names(const struct opt *opt, char *buf, size_t size);
#endif
