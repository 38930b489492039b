/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_CMD_H
#define BPR_CMD_CMD_H
/* What every command shares: the list of commands, exit statuses, options that mean the same everywhere. */
#include "opt.h"
#include <bpr/bpr.h>

/* Marks a message id; bpr_text() translates it where it is used. */
#define N_(text) text

enum status {
	STATUS_OK = 0,
	STATUS_FINDINGS = 1,     /* done, and a check that was asked for fell short */
	STATUS_USAGE = 2,
	STATUS_INPUT = 3,        /* cannot be read, or is not valid */
	STATUS_OUTPUT = 4,       /* cannot be written */
	STATUS_LIMIT = 5,        /* size, states or memory */
	STATUS_FAULT = 70,       /* of bpr itself */
	STATUS_INTERRUPTED = 130
};

struct cmd {
	const char *name;
	const char *summary;     /* N_(): a line in the list of commands, no full stop */
	const char *answer;      /* N_(): what it answers, the first paragraph of its help */
	const char *const *examples; /* command lines, each followed by what it does (N_()); NULL behind the last */
	const struct opt_group *groups;
	bool hidden;
	int (*run)(const struct cmd *cmd, int argc, char **argv);
};

extern const struct cmd cmd_analyze, cmd_compare, cmd_simulate, cmd_suggest, cmd_mine, cmd_checksheet, cmd_check, cmd_convert, cmd_draw, cmd_drill, cmd_new, cmd_walk, cmd_share, cmd_help, cmd_explain, cmd_completion;
extern const struct cmd *const commands[]; /* NULL behind the last */
const struct cmd *cmd_find(const char *name);

/* Options of a simulation: simulation.h. */
struct simulation_args {
	struct opt_real days;
	size_t cases, replications;
	const char *precision, *warmup, *from, *holidays;
	size_t closing;
	struct opt_list keys;
	/* what they say */
	double precision_value, warmup_minutes;
	enum bpr_warmup warmup_kind;
	struct bpr_calendar_options calendar;
	struct bpr_holiday *holiday_list;
	size_t *key_list;
};

/* What pages for people say: paging.h. */
struct page_args {
	const char *title, *office, *date, *stamp;
	const char *initial_cost, *yearly_cost; /* of comparisons */
	struct opt_choices parts;
	/* what they say */
	struct bpr_page_options options;
	char *command, date_text[16];
};

/* Options that mean the same in every command; first member of every command's args. */
struct common_args {
	size_t lang;
	struct opt_choices langs; /* of commands whose reports can hold several; the first is also that of messages */
	enum bpr_lang lang_list[BPR_LANG_COUNT];
	char **argv; int argc, operands; /* as parsed: options, then operands from there on */
	bool quiet;
	unsigned verbose;
	/* commands with inputs and a report */
	size_t format;
	const char *output;
	size_t color, progress;
	size_t encoding;
	struct opt_list sets, processes, simulations, inputs, with;
	const char *levers;
	const char *scenario, *files_from;
	size_t seed, samples, jobs;
	size_t max_bytes; /* 0: the default of what is read */
	size_t max_nodes, max_depth, max_field, max_states, max_fine_states;
	struct simulation_args sim; /* commands that simulate */
	struct page_args page; /* commands that make pages */
};
#define COMMON_ARGS_INIT \
	{ .format = BPR_FORMAT_COUNT, .seed = 1, .samples = 20000, .max_nodes = 5000000, \
	  .max_depth = 200, .max_field = (size_t)1 << 20, .max_states = 0, .max_fine_states = 100000 }

extern const struct opt general_opts[], report_general_opts[], input_opts[], inputs_opts[], output_opts[], check_output_opts[], mine_output_opts[], suggest_output_opts[], lever_opts[], sampling_opts[], limit_opts[], simulation_opts[];

/*
 * Parses and does what every command does first: --help, --version. True: go on. False: *status is the command's
 * exit status. Lists in args are released by opt_release().
 */
bool common_begin(const struct cmd *cmd, int argc, char **argv, struct common_args *args, int *status);

/* Whether so many reports can be written in the format, and to where the output goes (once it is open). False: said why. */
bool common_fits_book(enum bpr_format format, size_t reports);
bool common_fits_output(enum bpr_format format);
/* False: what is no text and goes to a terminal, said so; what was opened is given up. */
bool common_fits_terminal(const char *format);
/* Format of the report: -f, or the ending of -o, or text. BPR_FORMAT_COUNT: the ending says nothing (told). */
enum bpr_format common_format(const struct common_args *args, enum bpr_report_kind kind);
/* Choices of --encoding, and the library's name of the one that was chosen, or NULL: to be detected. */
const char *common_encoding_choice(size_t i);
const char *common_encoding(const struct common_args *args);
void common_read_options(const struct common_args *args, struct bpr_read_options *options);
void common_analysis_options(const struct common_args *args, struct bpr_analysis_options *options);
/* Waiting by formula; knows nothing where no demand or no staff is given. */
bpr_status common_queueing(const bpr_flow *flow, const bpr_analysis *analysis, bpr_problems *problems, bpr_queueing **out,
			   struct bpr_error *err);
/* Terminal width and colours, where the report goes to a terminal; languages and pages. */
void common_report_options(const struct common_args *args, struct bpr_report_options *options);

/* The help of a command on standard output; the version; exit statuses. */
int help_print(const struct cmd *cmd);
int help_version(void);

/* Exit status for a failed call of the library. */
int common_status(bpr_status status);

/* Language of the process: set once at the start, before any thread. */
enum bpr_lang lang(void);
void lang_set(enum bpr_lang lang);
/* From BPR_LANG, LC_ALL, LC_MESSAGES, LANG; --lang anywhere on the command line wins. */
void lang_guess(int argc, char **argv);
/* Text of a message id in that language. */
const char *tr(const char *id);
#endif
