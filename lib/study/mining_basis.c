/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the figures of a log rest on: what was read, what was not understood, how far the figures can be trusted. */
#include "config.h"
#include "study/mining_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <math.h>

static void item(const struct bpr_mining_study *s, const char *id, const char *a1, const char *a2, const char *a3, const char *a4)
{
	bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN, bpr_i_doc_fill(s->doc, id, a1, a2, a3, a4));
}

static const char *number(const struct bpr_mining_study *s, uint64_t n)
{
	return bpr_i_say_count(s->doc, (double)n);
}

static const char *format_name(enum bpr_log_format format)
{
	switch (format) {
	case BPR_LOG_XES: return "XES";
	case BPR_LOG_OCEL: return "OCEL 2.0";
	case BPR_LOG_CSV: case BPR_LOG_AUTO: break;
	}
	return "CSV";
}

static void read_items(const struct bpr_mining_study *s, const struct bpr_log_info *info)
{
	const bool rows = info->format == BPR_LOG_CSV;

	item(s, rows ? N_("Log: {1} ({2}), {3} rows read.") : N_("Log: {1} ({2}), {3} events read."), bpr_i_say_log(s->doc, s->log),
	     format_name(info->format), number(s, info->rows), NULL);
	if (info->rejected)
		item(s, rows ? N_("{1} of the rows were not understood and are left out of every figure.")
			     : N_("{1} of the events were not understood and are left out of every figure."), number(s, info->rejected), NULL, NULL, NULL);
	else
		item(s, rows ? N_("Every row was understood.") : N_("Every event was understood."), NULL, NULL, NULL, NULL);
	if (info->dates_only)
		item(s, N_("The log has days without a time of day: nothing is said of hours, and what is done on one day takes no time."), NULL, NULL, NULL, NULL);
	else
		item(s, info->offsets ? N_("Times are instants: the log writes offsets from UTC. Hours and days are those of the clock on the wall.")
				      : N_("The log writes no offsets from UTC: times are taken as those of the office's clock. Where that clock is changed twice a year, a case that lasts over the change is an hour off."),
		     NULL, NULL, NULL, NULL);
	if (info->out_of_order)
		item(s, N_("{1} events stood behind a later one of their case and were put into order."), number(s, info->out_of_order), NULL, NULL, NULL);
}

static const char *end_text(enum bpr_mine_end_method method)
{
	switch (method) {
	case BPR_MINE_END_RESULT: return N_("Finished: the log says how a case ended.");
	case BPR_MINE_END_NAMED: return N_("Finished: a case that reached one of the activities named with --ends.");
	case BPR_MINE_END_JUDGED: break;
	}
	return N_("Finished: judged. A case is taken as done if its last activity is one that ends a case at least every second time, or if nothing has happened for longer than nearly ever before something still did; --ends names them for certain.");
}

static void trust_items(const struct bpr_mining_study *s, const struct bpr_log_info *info)
{
	const struct bpr_mine_totals *t = s->totals;
	double error = fmax(t->finished_minutes.quantile_error, t->minutes.quantile_error);

	item(s, end_text(t->end_method), NULL, NULL, NULL, NULL);
	if (t->cancelled)
		item(s, N_("{1} cases were given up (cancelled, or nobody was there)."), number(s, t->cancelled), NULL, NULL, NULL);
	if (t->headless)
		item(s, N_("{1} cases do not begin with one of the activities named with --starts: they are counted, but their length is not."), number(s, t->headless), NULL, NULL, NULL);
	if (t->variants_rest)
		item(s, N_("{1} cases of further variants are counted together."), number(s, t->variants_rest), NULL, NULL, NULL);
	if (!info->with_start)
		item(s, N_("No event has both begin and end: how long work takes is not measured."), NULL, NULL, NULL, NULL);
	else if (info->with_start < info->events)
		item(s, N_("{1} of {2} events have both begin and end; work and waiting are told by those."), number(s, info->with_start), number(s, info->events), NULL, NULL);
	if (t->with_estimate)
		item(s, N_("Work is estimated for {1} events, from the later of what came before in the case and what the same person did before on that day: rather too long."),
		     number(s, t->with_estimate), NULL, NULL, NULL);
	if (t->without_resource && t->without_resource < t->events)
		item(s, N_("{1} of {2} events do not say who did it: handovers between people are at least those shown."), number(s, t->without_resource), number(s, t->events), NULL,
		     NULL);
	else if (t->without_resource)
		item(s, N_("The log does not say who did what: nothing is said of people."), NULL, NULL, NULL, NULL);
	if (t->without_unit && t->without_unit < t->events)
		item(s, N_("{1} of {2} events do not say which unit did it."), number(s, t->without_unit), number(s, t->events), NULL, NULL);
	if (error > 0)
		item(s, N_("Medians and shares of times may be off by {1}: not every value was kept (--samples). Counts are exact."), bpr_i_say_prob(s->doc, error), NULL, NULL, NULL);
	else
		item(s, N_("Counts, medians and '9 in 10 at most' are exact: every value was kept."), NULL, NULL, NULL, NULL);
}

void bpr_i_mining_basis(const struct bpr_mining_study *s)
{
	struct bpr_log_info info = bpr_log_info(s->log);

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("What the figures rest on")));
	read_items(s, &info);
	trust_items(s, &info);
	if (s->k > 1)
		item(s, N_("No single case is named, and what fewer than {1} cases have in common is put together (--k)."), number(s, s->k), NULL, NULL, NULL);
	else
		item(s, N_("Rare ways and persons are shown one by one (--k 1): handle this report as personal data."), NULL, NULL, NULL, NULL);
	item(s, N_("Made by bpr {1}."), bpr_version(), NULL, NULL, NULL);
}
