/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_MINE_WAITS_H
#define BPR_CMD_MINE_WAITS_H
/* Opening hours, waits in working time, the standard processing period: options that mine and compare share. */
#include "cmd.h"

struct waits_args {
	struct opt_list open, closed;
	const char *holidays, *hours, *standard, *standard_from, *standard_to;
	bool clock, none;
	/* what they say */
	struct bpr_worktime_unit *units, *table; /* the list; what of it comes from the file */
	char **texts; size_t text_count;
	size_t unit_count;
	struct bpr_holiday *holiday_list; size_t holiday_count;
	double days;
};

/* Rows of an option table, for args at `member` of the command's struct. */
#define WAITS_OPTS(type, member) \
	{ .kind = OPT_LIST, .name = "open", .at = OPT_AT(type, member.open), .arg = "[UNIT=]HOURS", \
	  .help = N_("opening hours of the office, or of one unit, as in a flow: '8:30-17:15', '8:30-12:00 13:00-17:15; 土 9:00-12:00'; may be repeated; default: hours as seen in the log") }, \
	{ .kind = OPT_LIST, .name = "closed", .at = OPT_AT(type, member.closed), .arg = "[UNIT=]DAYS", \
	  .help = N_("days on which the office, or one unit, is closed: '土日祝、12/29-1/3'; may be repeated; default with --open: weekends, public holidays, the turn of the year") }, \
	{ .kind = OPT_TEXT, .name = "hours", .at = OPT_AT(type, member.hours), .arg = "FILE", .complete = OPT_COMPLETE_FILES, \
	  .help = N_("hours of many units: a CSV file with columns unit, open and closed (担当課, 開庁時間, 閉庁日); a row without unit is the office") }, \
	{ .kind = OPT_TEXT, .name = "standard", .at = OPT_AT(type, member.standard), .arg = "DAYS", \
	  .help = N_("standard processing period in office days, such as 14wd or 14営業日, counted from the day after the case came in: how many cases keep it") }, \
	{ .kind = OPT_TEXT, .name = "standard-from", .at = OPT_AT(type, member.standard_from), .arg = "ACTIVITY", \
	  .help = N_("the activity with which the period begins; default: the first of the case") }, \
	{ .kind = OPT_TEXT, .name = "standard-to", .at = OPT_AT(type, member.standard_to), .arg = "ACTIVITY", \
	  .help = N_("the activity with which it ends; default: the last of a case that is done") }

/* Refuses what contradicts itself, reads files: false, *status. */
bool waits_understood(struct waits_args *args, int *status);
/* Borrows from args and ends. */
void waits_options(const struct waits_args *args, const struct opt_list *ends, struct bpr_worktime_options *options);
/* Frees what waits_understood() made. */
void waits_forget(struct waits_args *args);

struct mine_args;
struct mine_found;
extern const struct opt mine_waits_opts[];
bool mine_waits_understood(struct mine_args *args, int *status);
bpr_status mine_waits_find(const struct mine_args *args, struct mine_found *found, struct bpr_error *err);
void mine_waits_release(struct mine_found *found);
void mine_waits_forget(struct mine_args *args);
#endif
