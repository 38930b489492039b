/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_MINE_LOG_H
#define BPR_CMD_MINE_LOG_H
/* Reading event logs: options that mine and compare share. */
#include "cmd.h"

struct log_args {
	const char *case_column, *activity, *time, *start, *resource, *unit, *counter, *result, *classifier, *object_type, *pseudonymise;
	struct opt_list by;
	size_t format;
	size_t max_bytes, max_names; /* 0: the library's default */
	bool strict;
	/* what they say */
	char *key; size_t key_length;
};

/* Choices of --log-format. */
const char *mine_log_format(size_t i);

/* Rows of an option table, for args at `member` of the command's struct. */
#define LOG_OPTS(type, member) \
	{ .kind = OPT_TEXT, .name = "case", .at = OPT_AT(type, member.case_column), .arg = "COLUMN", \
	  .help = N_("column (or attribute) that names the case; columns that are not named are found by their headings") }, \
	{ .kind = OPT_TEXT, .name = "activity", .at = OPT_AT(type, member.activity), .arg = "COLUMN", \
	  .help = N_("column that says what was done") }, \
	{ .kind = OPT_TEXT, .name = "time", .at = OPT_AT(type, member.time), .arg = "COLUMN", \
	  .help = N_("column that says when it was done") }, \
	{ .kind = OPT_TEXT, .name = "start", .at = OPT_AT(type, member.start), .arg = "COLUMN", \
	  .help = N_("column that says when it was begun") }, \
	{ .kind = OPT_TEXT, .name = "resource", .at = OPT_AT(type, member.resource), .arg = "COLUMN", \
	  .help = N_("column that says who did it") }, \
	{ .kind = OPT_TEXT, .name = "unit", .at = OPT_AT(type, member.unit), .arg = "COLUMN", \
	  .help = N_("column that names the section") }, \
	{ .kind = OPT_TEXT, .name = "counter", .at = OPT_AT(type, member.counter), .arg = "COLUMN", \
	  .help = N_("column that names the counter") }, \
	{ .kind = OPT_TEXT, .name = "result", .at = OPT_AT(type, member.result), .arg = "COLUMN", \
	  .help = N_("column that says how the case ended") }, \
	{ .kind = OPT_LIST, .name = "by", .at = OPT_AT(type, member.by), .arg = "COLUMN", \
	  .help = N_("attribute of cases to tell them apart by; may be repeated, up to 8 times") }, \
	{ .kind = OPT_CHOICE, .name = "log-format", .at = OPT_AT(type, member.format), .arg = "FORMAT", .choice = mine_log_format, \
	  .help = N_("format of the log; auto: by its content") }, \
	{ .kind = OPT_TEXT, .name = "classifier", .at = OPT_AT(type, member.classifier), .arg = "NAME", \
	  .help = N_("XES: the classifier whose attributes together name the activity; default: concept:name alone") }, \
	{ .kind = OPT_TEXT, .name = "object-type", .at = OPT_AT(type, member.object_type), .arg = "TYPE", \
	  .help = N_("OCEL: the type of object whose objects are the cases") }, \
	{ .kind = OPT_FLAG, .name = "strict", .at = OPT_AT(type, member.strict), \
	  .help = N_("stop at the first row or event that is not understood, instead of counting and telling them") }, \
	{ .kind = OPT_TEXT, .name = "pseudonymise", .at = OPT_AT(type, member.pseudonymise), .arg = "KEYFILE", .complete = OPT_COMPLETE_FILES, \
	  .help = N_("replace the names of cases and people by hashes with the key in this file (16 bytes at least); the same key gives the same names") }, \
	{ .kind = OPT_SIZE, .name = "max-names", .at = OPT_AT(type, member.max_names), .arg = "N", .min = 1, .max = 4e9, \
	  .help = N_("different activities, people, units and counters of a log, each; default 1000000") }

/* The table of mine, in whose args they stand as `log`. */
extern const struct opt mine_log_opts[];

/* Refuses what cannot be read: false, *status. Reads the key. */
bool mine_log_understood(struct log_args *args, int *status);
/* Borrows from args. */
void mine_log_options(const struct log_args *args, const struct common_args *common, struct bpr_log_options *options);
/* Forgets the key. */
void mine_log_release(struct log_args *args);
#endif
