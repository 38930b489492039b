/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting in working time and why, hours as seen, who was there, batches. */
#include "config.h"
#include "study/mining_waits_i.h"
#include "base/text_i.h"
#include <math.h>

#define LONG 120.0

/* Of the causes, in their order. */
static const char *const causes[BPR_WAIT_CAUSE_COUNT] = {
	N_("The office is closed"), N_("Another step of the case is running"), N_("Collected for a batch"), N_("Staff work on other cases"),
	N_("Those who do it are not there"), N_("Other: staff are free, the citizen, the mail …"),
};
static const char *const weekdays[7] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };

const char *bpr_i_name_cause(const struct bpr_document *doc, enum bpr_wait_cause cause)
{
	return bpr_i_doc_text(doc, causes[cause]);
}

static const char *text(const struct bpr_waits_study *s, const char *id)
{
	return bpr_i_doc_text(s->doc, id);
}

static double sum(const struct bpr_worktime_wait *w)
{
	return w->clock.mean * (double)w->clock.count;
}

static struct bpr_doc_cell minutes(double x)
{
	return bpr_i_cell_number(BPR_DOC_MINUTES, x);
}

/* Hours, never days: a day of working time would be taken for a day of the office. */
static struct bpr_doc_cell working(double x)
{
	struct bpr_doc_cell cell = minutes(x);

	cell.year = x >= LONG;
	return cell;
}

static const char *say_working(const struct bpr_waits_study *s, double x)
{
	return x >= LONG ? bpr_i_say_year_minutes(s->doc, x) : bpr_i_say_minutes(s->doc, x);
}

static size_t rows(const struct bpr_waits_study *s, size_t count)
{
	return s->options->full || count <= BPR_STUDY_ROWS ? count : BPR_STUDY_ROWS;
}

/* ---- why ---- */

static void what_hours(const struct bpr_waits_study *s)
{
	const struct bpr_worktime_basis *b = bpr_worktime_basis(s->worktime);

	if (b->clock)
		bpr_i_doc_note(s->doc, text(s, N_("Without a calendar: the office never closes, so clock time and working time are the same.")));
	else if (b->given)
		bpr_i_doc_note(s->doc, text(s, N_("Working time is that of the opening hours as given, public holidays taken out.")));
	else
		bpr_i_doc_note(s->doc, text(s, b->holidays
			? N_("Opening hours as seen in the log: of each unit and weekday from the 2.5% to the 97.5% quantile of its events, to quarters of an hour; days with hardly any events and public holidays are closed.")
			: N_("Opening hours as seen in the log: of each unit and weekday from the 2.5% to the 97.5% quantile of its events, to quarters of an hour; days with hardly any events are closed.")));
	if (b->dates_only)
		bpr_i_doc_note(s->doc, text(s, N_("The log has dates without times of day: working time is that of whole days on which the office works.")));
	if (b->without_start)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("Of {1} waits the start of the next step is not known for {2}: the work itself is in them, and nobody can tell whether staff were busy."),
						      bpr_i_say_count(s->doc, (double)b->waits), bpr_i_say_count(s->doc, (double)b->without_start), NULL, NULL));
	if (b->crowded)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("{1} waits are for a unit or a system with too many events to be looked at one by one: busy and absent are not told for them."),
						      bpr_i_say_count(s->doc, (double)b->crowded), NULL, NULL, NULL));
}

static void why(const struct bpr_waits_study *s)
{
	const struct bpr_worktime_wait *w = bpr_worktime_total(s->worktime);
	struct bpr_doc_table *table;
	const double all = sum(w);

	bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc,
		N_("Between two steps a case waits {1} by the clock on average, half of the waits are {2} at most. In working time it is {3} on average, half of them {4} at most."),
		bpr_i_say_minutes(s->doc, w->clock.mean), bpr_i_say_minutes(s->doc, w->clock.p50), say_working(s, w->working.mean),
		say_working(s, w->working.p50)));
	if (!(all > 0))
		return;
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Why a case waits"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Share"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Mean a wait"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Share of working time"), true, 0);
	for (size_t i = 0; i < BPR_WAIT_CAUSE_COUNT; i++) {
		const double open = all - w->cause[BPR_WAIT_CLOSED];
		struct bpr_doc_cell *cells = w->cause[i] > 0 ? bpr_i_doc_row(s->doc, table) : NULL;

		if (!cells)
			continue;
		cells[0] = bpr_i_cell_text(bpr_i_name_cause(s->doc, (enum bpr_wait_cause)i));
		cells[1] = bpr_i_cell_number(BPR_DOC_PROB, w->cause[i] / all);
		cells[2] = minutes(w->cause[i] / (double)w->clock.count);
		if (i != BPR_WAIT_CLOSED && open > 0)
			cells[3] = bpr_i_cell_number(BPR_DOC_PROB, w->cause[i] / open);
	}
}

/* The cause that takes most of the working time, with its share of that. */
static const char *main_cause(const struct bpr_waits_study *s, const struct bpr_worktime_wait *w)
{
	const double open = sum(w) - w->cause[BPR_WAIT_CLOSED];
	size_t most = BPR_WAIT_CLOSED + 1;

	for (size_t i = most; i < BPR_WAIT_CAUSE_COUNT; i++)
		most = w->cause[i] > w->cause[most] ? i : most;
	if (!(open > 0) || !(w->cause[most] > 0))
		return "";
	return bpr_i_doc_fill(s->doc, N_("{1} ({2})"), bpr_i_name_cause(s->doc, (enum bpr_wait_cause)most), bpr_i_say_prob(s->doc, w->cause[most] / open), NULL, NULL);
}

static void where(const struct bpr_waits_study *s, const struct bpr_worktime_wait *list, size_t count, bool arcs)
{
	struct bpr_doc_table *table;
	size_t shown = 0, left = 0;

	for (size_t i = 0; i < count; i++)
		left += list[i].clock.count >= s->k && sum(&list[i]) > 0;
	if (!left)
		return;
	table = bpr_i_doc_table(s->doc);
	if (arcs)
		bpr_i_doc_column(s->doc, table, N_("After"), false, 8);
	bpr_i_doc_column(s->doc, table, N_("Before the step"), false, 8);
	bpr_i_doc_column(s->doc, table, N_("Waits"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Median by the clock"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Mean by the clock"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Median in working time"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Mean in working time"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Mostly because of (of working time)"), false, 12);
	for (size_t i = 0; i < count && shown < rows(s, left); i++) {
		struct bpr_doc_cell *cells = list[i].clock.count >= s->k && sum(&list[i]) > 0 ? bpr_i_doc_row(s->doc, table) : NULL;

		if (!cells)
			continue;
		shown++;
		if (arcs)
			*cells++ = bpr_i_cell_text(bpr_log_name(s->log, BPR_LOG_ACTIVITY, list[i].from));
		cells[0] = bpr_i_cell_text(bpr_log_name(s->log, BPR_LOG_ACTIVITY, list[i].to));
		cells[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].clock.count);
		cells[2] = minutes(list[i].clock.p50);
		cells[3] = minutes(list[i].clock.mean);
		cells[4] = working(list[i].working.p50);
		cells[5] = working(list[i].working.mean);
		cells[6] = bpr_i_cell_text(main_cause(s, &list[i]));
	}
	bpr_i_study_more(s->doc, left - shown);
}

static void waits(const struct bpr_waits_study *s)
{
	const struct bpr_worktime_wait *list;
	size_t count;

	bpr_i_doc_heading(s->doc, 2, text(s, N_("Waiting in working time, and why")));
	why(s);
	list = bpr_worktime_waits(s->worktime, &count);
	where(s, list, count, false);
	if (s->options->full) {
		list = bpr_worktime_arcs(s->worktime, &count);
		where(s, list, count, true);
	}
	what_hours(s);
}

/* ---- hours ---- */

static const char *unit_name(const struct bpr_waits_study *s, uint32_t unit)
{
	return unit == BPR_LOG_NONE ? text(s, N_("The office as a whole")) : bpr_log_name(s->log, BPR_LOG_UNIT, unit);
}

static const char *span(const struct bpr_waits_study *s, struct bpr_span hours)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	const unsigned from = (unsigned)hours.from, to = (unsigned)hours.to;

	if (!(hours.to > hours.from))
		return "";
	bpr_i_buf_printf(&buf, "%u:%02u–%u:%02u", from / 60, from % 60, to / 60, to % 60);
	return bpr_i_doc_keep(s->doc, &buf);
}

static void hours(const struct bpr_waits_study *s)
{
	size_t count, shown = 0, left = 0;
	const struct bpr_worktime_hours *list = bpr_worktime_hours(s->worktime, &count);
	struct bpr_doc_table *table;

	if (bpr_worktime_basis(s->worktime)->dates_only)
		return;
	bpr_i_doc_heading(s->doc, 2, text(s, N_("Hours in which work was seen")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Unit"), false, 8);
	for (size_t day = 0; day < 7; day++)
		if (list[0].days_seen[day])
			bpr_i_doc_column(s->doc, table, weekdays[day], true, 0);
	bpr_i_doc_column(s->doc, table, N_("Outside the hours"), true, 0);
	for (size_t i = 0; i < count; i++)
		left += list[i].events >= s->k;
	for (size_t i = 0; i < count && shown < rows(s, left); i++) {
		struct bpr_doc_cell *cells = list[i].events >= s->k ? bpr_i_doc_row(s->doc, table) : NULL;

		if (!cells)
			continue;
		shown++;
		*cells++ = bpr_i_cell_text(unit_name(s, list[i].unit));
		for (size_t day = 0; day < 7; day++)
			if (list[0].days_seen[day])
				*cells++ = bpr_i_cell_text(list[i].days_seen[day] ? span(s, list[i].seen[day]) : "");
		*cells = bpr_i_cell_number(BPR_DOC_PROB, (double)list[i].outside / (double)list[i].events);
	}
	bpr_i_study_more(s->doc, left - shown);
	bpr_i_doc_note(s->doc, text(s, N_("From the 2.5% to the 97.5% quantile of the events of a weekday. Outside the hours: events on closed days or before and after the opening hours.")));
}

/* ---- people ---- */

static struct bpr_doc_cell known(enum bpr_doc_value value, double x)
{
	return isfinite(x) ? bpr_i_cell_number(value, x) : (struct bpr_doc_cell){ 0 };
}

static void staff(const struct bpr_waits_study *s)
{
	size_t count, shown = 0, left = 0;
	const struct bpr_worktime_staff *list = bpr_worktime_staff(s->worktime, &count);
	struct bpr_doc_table *table;

	for (size_t i = 0; i < count; i++)
		left += list[i].people >= s->k;
	if (!left)
		return;
	bpr_i_doc_heading(s->doc, 2, text(s, N_("People beside each other")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Unit"), false, 8);
	bpr_i_doc_column(s->doc, table, N_("People"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Present on average"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Most on one day"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("At work on average"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Most at work at once"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Utilisation"), true, 0);
	for (size_t i = 0; i < count && shown < rows(s, left); i++) {
		struct bpr_doc_cell *cells = list[i].people >= s->k ? bpr_i_doc_row(s->doc, table) : NULL;

		if (!cells)
			continue;
		shown++;
		cells[0] = bpr_i_cell_text(unit_name(s, list[i].unit));
		cells[1] = bpr_i_cell_number(BPR_DOC_COUNT, list[i].people);
		cells[2] = known(BPR_DOC_COUNT, list[i].mean_present);
		cells[3] = known(BPR_DOC_COUNT, list[i].most_present);
		cells[4] = known(BPR_DOC_COUNT, list[i].mean_busy);
		cells[5] = known(BPR_DOC_COUNT, list[i].most_busy);
		cells[6] = known(BPR_DOC_PROB, list[i].utilisation);
	}
	bpr_i_study_more(s->doc, left - shown);
	bpr_i_doc_note(s->doc, text(s, N_("In opening hours. Somebody is present from the first to the last event of a day, at work while a step runs; utilisation is the one over the other.")));
	for (size_t i = 0; i < count; i++)
		if (list[i].people && list[i].people < s->k) {
			bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("Units with fewer than {1} people are left out."), bpr_i_say_count(s->doc, (double)s->k), NULL, NULL, NULL));
			break;
		}
}

/* ---- batches: of an activity, whoever does it ---- */

struct together { uint32_t activity; uint64_t batches, events, of; double wait, every; };

static size_t gather(const struct bpr_worktime_batch *list, size_t count, struct together *out)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		size_t at = 0;

		while (at < n && out[at].activity != list[i].activity)
			at++;
		if (at == n)
			out[n++] = (struct together){ .activity = list[i].activity };
		out[at].batches += list[i].batches;
		out[at].events += list[i].events;
		out[at].of += list[i].of;
		out[at].wait += list[i].mean_wait_minutes * (double)list[i].events;
		out[at].every += list[i].every_minutes * (double)(list[i].batches - 1);
	}
	return n;
}

static void batches(const struct bpr_waits_study *s)
{
	size_t count, n, shown = 0, left = 0;
	const struct bpr_worktime_batch *list = bpr_worktime_batches(s->worktime, &count);
	struct together *of = count ? bpr_i_arena_alloc(&s->doc->arena, count, sizeof(*of)) : NULL;
	struct bpr_doc_table *table;

	if (count && !of)
		s->doc->failed = true;
	n = of ? gather(list, count, of) : 0;
	for (size_t i = 0; i < n; i++)
		left += of[i].events >= s->k;
	if (!left)
		return;
	bpr_i_doc_heading(s->doc, 2, text(s, N_("Done in batches")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Step"), false, 8);
	bpr_i_doc_column(s->doc, table, N_("Batches"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Cases a batch"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Of all such steps"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Collected for (working time, mean)"), true, 0);
	for (size_t i = 0; i < n && shown < rows(s, left); i++) {
		struct bpr_doc_cell *cells = of[i].events >= s->k ? bpr_i_doc_row(s->doc, table) : NULL;

		if (!cells)
			continue;
		shown++;
		cells[0] = bpr_i_cell_text(bpr_log_name(s->log, BPR_LOG_ACTIVITY, of[i].activity));
		cells[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)of[i].batches);
		cells[2] = bpr_i_cell_number(BPR_DOC_COUNT, (double)of[i].events / (double)of[i].batches);
		cells[3] = bpr_i_cell_number(BPR_DOC_PROB, (double)of[i].events / (double)of[i].of);
		cells[4] = working(of[i].wait / (double)of[i].events);
	}
	bpr_i_study_more(s->doc, left - shown);
	bpr_i_doc_note(s->doc, text(s, N_("A batch: one person begins several cases together or one right behind the other, all of which had come before, though there was time free to begin earlier. Of all such steps: those of the people who do it in batches.")));
}

void bpr_i_study_mining_waits(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	const struct bpr_waits_study s = { doc, options, subject->worktime, subject->worktime ? bpr_worktime_log(subject->worktime) : NULL,
					   bpr_i_mining_k(options) };

	if (!s.worktime)
		return;
	bpr_i_study_mining_standard(&s);
	if (bpr_worktime_total(s.worktime)->clock.count < s.k)
		return;
	waits(&s);
	hours(&s);
	staff(&s);
	batches(&s);
}
