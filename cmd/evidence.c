/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr compare with event logs: reading them, comparing them, requirements on what they say. */
#include "config.h"
#include "compare.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

const struct opt evidence_opts[] = {
	{ .kind = OPT_TEXT, .name = "measured", .at = OPT_AT(compare_args, evidence.measured), .arg = "LOG", .complete = OPT_COMPLETE_FILES,
	  .help = N_("an event log of the after: what came stands beside what the two flows promised") },
	{ .kind = OPT_TEXT, .name = "measured-before", .at = OPT_AT(compare_args, evidence.measured_before), .arg = "LOG", .complete = OPT_COMPLETE_FILES,
	  .help = N_("an event log of the before: the change itself is measured, with its interval") },
	{ .kind = OPT_TEXT, .name = "change-date", .at = OPT_AT(compare_args, evidence.change_date), .arg = "DATE",
	  .help = N_("the day of the change: was the trend of weeks broken there? One log alone is split at it") },
	{ .kind = OPT_FLAG, .name = "unadjusted", .at = OPT_AT(compare_args, evidence.unadjusted),
	  .help = N_("compare all cases with all, not within weekdays (and months where both logs have the same)") },
	{ .kind = OPT_LIST, .name = "ends", .at = OPT_AT(compare_args, evidence.ends), .arg = "ACTIVITY",
	  .help = N_("a case is done once this activity took place; may be repeated; default: the log's own results, else judged by how cases end") },
	{ .kind = OPT_SIZE, .name = "resamples", .at = OPT_AT(compare_args, evidence.resamples), .arg = "N", .min = 100, .max = 1e6,
	  .help = N_("resamples of the bootstrap behind intervals of medians; default 2000") },
	{ .kind = OPT_END },
};

const struct opt evidence_waits_opts[] = {
	WAITS_OPTS(compare_args, evidence.waits),
	{ .kind = OPT_END },
};

const struct opt evidence_log_opts[] = {
	LOG_OPTS(compare_args, evidence.log),
	{ .kind = OPT_END },
};

bool evidence_understood(struct evidence_args *args, int *status)
{
	if (args->change_date && !bpr_date_parse(args->change_date, &args->change)) {
		say("U186", NULL, args->change_date, NULL, NULL);
		*status = STATUS_USAGE;
		return false;
	}
	return mine_log_understood(&args->log, status) && waits_understood(&args->waits, status);
}

void evidence_forget(struct evidence_args *args)
{
	mine_log_release(&args->log);
	waits_forget(&args->waits);
}

/* Whether working time was asked for; else times are by the clock. */
static bool in_working_time(const struct waits_args *w)
{
	return w->open.count || w->closed.count || w->hours || w->standard;
}

const char *evidence_given(const struct evidence_args *args)
{
	return args->measured_before ? "measured-before" : args->change_date ? "change-date" : args->unadjusted ? "unadjusted" :
	       args->ends.count ? "ends" : args->log.by.count ? "by" : args->waits.standard ? "standard" : args->waits.open.count ? "open" :
	       args->waits.closed.count ? "closed" : args->waits.hours ? "hours" : NULL;
}

bool evidence_is_log(const struct evidence_args *args, const struct common_args *common, const char *path)
{
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;

	if (args->log.format != BPR_LOG_AUTO)
		return true;
	mine_log_options(&args->log, common, &options);
	return bpr_log_looks(path, &options);
}

/* ---- reading and comparing ---- */

static int read_one(const struct evidence_args *args, const struct common_args *common, const char *path, bpr_log **out,
		    bpr_problems *problems, struct text *notes)
{
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;
	const size_t known = bpr_problems_count(problems);
	struct bpr_error err = { 0 };
	bpr_status failed;

	mine_log_options(&args->log, common, &options);
	failed = bpr_log_read(path, &options, out, problems, &err);
	if (!failed)
		return STATUS_OK;
	say_failure(notes, &err, strcmp(path, "-") != 0 ? path : "stdin", problems, known);
	return failed == BPR_EINVAL ? STATUS_USAGE : common_status(failed);
}

static int compare_logs(const struct evidence_args *args, const struct common_args *common, struct measured *m, struct text *notes)
{
	struct bpr_evidence_options options = BPR_EVIDENCE_OPTIONS_INIT;
	struct bpr_mine_options mine = BPR_MINE_OPTIONS_INIT;
	struct bpr_worktime_options worktime = BPR_WORKTIME_OPTIONS_INIT;
	const size_t known = bpr_problems_count(m->problems);
	struct bpr_error err = { 0 };
	bpr_status failed;

	mine.ends = args->ends.items;
	mine.end_count = args->ends.count;
	options.mine = &mine;
	waits_options(&args->waits, &args->ends, &worktime);
	options.worktime = in_working_time(&args->waits) ? &worktime : NULL;
	options.seed = common->seed;
	options.jobs = common->jobs;
	options.bootstrap = args->resamples;
	options.season = !args->unadjusted;
	options.stratify = !args->unadjusted;
	options.dated = args->change_date != NULL;
	options.change = args->change;
	failed = bpr_evidence_compare(m->before, m->after, &options, &m->evidence, m->problems, &err);
	if (!failed)
		return STATUS_OK;
	say_failure(notes, &err, NULL, m->problems, known);
	return failed == BPR_EINVAL ? STATUS_INPUT : common_status(failed);
}

int evidence_find(const struct evidence_args *args, const struct common_args *common, const char *before, const char *after,
		  struct measured *out, struct text *notes)
{
	struct bpr_error err = { 0 };
	int status = STATUS_OK, second;

	*out = (struct measured){ 0 };
	if (bpr_problems_new(&out->problems, &err)) {
		say_failure(notes, &err, NULL, NULL, 0);
		return common_status(err.status);
	}
	if (before)
		status = read_one(args, common, before, &out->before, out->problems, notes);
	/* Both are read, so that both are told. */
	if (before && args->change_date && !strcmp(before, after))
		out->after = out->before;
	else if ((second = read_one(args, common, after, &out->after, out->problems, notes)) > status)
		status = second;
	if (!status)
		status = compare_logs(args, common, out, notes);
	if (!status && !common->quiet)
		say_problems(notes, out->problems, 0, common->verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	return status;
}

void evidence_release(struct measured *measured)
{
	bpr_evidence_free(measured->evidence);
	if (measured->after != measured->before)
		bpr_log_free(measured->after);
	bpr_log_free(measured->before);
	bpr_problems_free(measured->problems);
	*measured = (struct measured){ 0 };
}

/* ---- requirements ---- */

bool evidence_requirement(const char *text)
{
	struct bpr_requirement result;
	struct bpr_error err = { 0 };
	struct text notes = { 0 };

	if (!bpr_evidence_require(NULL, text, &result, &err))
		return true;
	say_failure(&notes, &err, NULL, NULL, 0);
	fputs(notes.data, stderr);
	text_release(&notes);
	return false;
}

int evidence_judge(const bpr_evidence *evidence, const struct opt_list *requirements, const char *prefix, struct text *notes)
{
	const size_t skip = strlen(prefix);
	int status = STATUS_OK;

	for (size_t i = 0; i < requirements->count; i++) {
		struct bpr_requirement result;
		struct bpr_error err = { 0 };
		char actual[40];

		if (strncmp(requirements->items[i], prefix, skip) != 0)
			continue;
		if (bpr_evidence_require(evidence, requirements->items[i] + skip, &result, &err)) {
			say_failure(notes, &err, NULL, NULL, 0);
			return STATUS_USAGE;
		}
		if (result.met)
			continue;
		(void)snprintf(actual, sizeof(actual), "%.6g", result.actual);
		if (!result.known)
			(void)snprintf(actual, sizeof(actual), "%s", tr(N_("not known")));
		say_to(notes, "U115", NULL, requirements->items[i], actual, NULL);
		status = STATUS_FINDINGS;
	}
	return status;
}
