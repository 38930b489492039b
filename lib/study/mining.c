/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of a report on a log: which sections it has, in which order; and what they share. */
#include "config.h"
#include "study/mining_i.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *bpr_i_say_log(struct bpr_document *doc, const bpr_log *log)
{
	const char *name = bpr_log_info(log).name;
	const char *slash = strrchr(name, '/');

	if (!strcmp(name, "-"))
		return bpr_i_doc_text(doc, N_("standard input"));
	return slash ? slash + 1 : name;
}

size_t bpr_i_mining_k(const struct bpr_study_options *options)
{
	enum { USUAL = 5 };

	return options->k ? options->k : USUAL;
}

struct bpr_mining_study bpr_i_mining_study(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	return (struct bpr_mining_study){ .doc = doc, .subject = subject, .options = options, .log = subject->log, .mining = subject->mining,
					  .totals = bpr_mining_totals(subject->mining), .k = bpr_i_mining_k(options) };
}

/* ---- what the sections share ---- */

size_t bpr_i_mining_rows(const struct bpr_mining_study *s, size_t count)
{
	return s->options->full || count <= BPR_STUDY_ROWS ? count : BPR_STUDY_ROWS;
}

struct bpr_doc_cell bpr_i_mining_minutes(const struct bpr_mining_study *s, const struct bpr_mine_stat *stat, double value)
{
	return stat->count >= s->k ? bpr_i_cell_number(BPR_DOC_MINUTES, value) : (struct bpr_doc_cell){ 0 };
}

struct bpr_doc_cell bpr_i_mining_count(const struct bpr_mining_study *s, uint64_t n)
{
	(void)s;
	return bpr_i_cell_number(BPR_DOC_COUNT, (double)n);
}

const char *bpr_i_say_activity(const bpr_log *log, uint32_t activity)
{
	return bpr_log_name(log, BPR_LOG_ACTIVITY, activity);
}

const char *bpr_i_say_way(struct bpr_document *doc, const bpr_log *log, const uint32_t *activities, size_t length, size_t most)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t shown = 0;

	for (size_t i = 0, next; i < length; i = next) {
		for (next = i + 1; next < length && activities[next] == activities[i]; next++)
			;
		bpr_i_buf_puts(&buf, i ? " → " : "");
		if (shown++ == most) {
			bpr_i_buf_puts(&buf, "…");
			break;
		}
		bpr_i_buf_puts(&buf, bpr_i_say_activity(log, activities[i]));
		if (next > i + 1)
			bpr_i_buf_printf(&buf, " ×%zu", next - i);
	}
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_say_day(struct bpr_document *doc, int64_t instant, int offset)
{
	const int64_t minute = 60000, day = 1440 * minute;
	int64_t local = instant + offset * minute;

	return bpr_i_say_date(doc, (long)(local >= 0 ? local / day : -((-local + day - 1) / day)));
}

void bpr_i_mining_together(const struct bpr_mining_study *s, const char *id, uint64_t rest, uint64_t cases)
{
	if (rest)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, id, bpr_i_say_count(s->doc, (double)rest), bpr_i_say_count(s->doc, (double)cases),
						      bpr_i_say_count(s->doc, (double)s->k), NULL));
}

void bpr_i_mining_arrivals(const bpr_mining *mining, double hours[24], double weekdays[7])
{
	const struct bpr_mine_hour *week = bpr_mining_week(mining);

	for (size_t h = 0; h < 24; h++)
		hours[h] = 0;
	for (size_t w = 0; w < 7; w++) {
		weekdays[w] = 0;
		for (size_t h = 0; h < 24; h++) {
			weekdays[w] += week[w * 24 + h].arrivals;
			hours[h] += week[w * 24 + h].arrivals;
		}
	}
}

void bpr_i_instant_text(char *buf, size_t size, int64_t at, int offset, bool offsets)
{
	const int64_t minute = 60000, day = 1440 * minute;
	int year, month, of_month, shown = offset < 0 ? -offset : offset;
	int64_t local = at + offset * minute, in_day = (local % day + day) % day;
	char zone[16] = "", part[8] = "";

	bpr_date_parts((long)((local - in_day) / day), &year, &month, &of_month);
	if (offsets)
		(void)snprintf(zone, sizeof(zone), "%c%02d:%02d", offset < 0 ? '-' : '+', shown / 60 % 100, shown % 60);
	if (in_day % 1000)
		(void)snprintf(part, sizeof(part), ".%03d", (int)(in_day % 1000));
	(void)snprintf(buf, size, "%04d-%02d-%02dT%02d:%02d:%02d%s%s", year, month, of_month, (int)(in_day / 3600000), (int)(in_day / minute % 60),
		       (int)(in_day / 1000 % 60), part, zone);
}

/* ---- what is said first ---- */

static void say_size(const struct bpr_mining_study *s)
{
	struct bpr_log_info info = bpr_log_info(s->log);
	const char *cases = bpr_i_say_plural(s->doc, (double)s->totals->cases, N_("1 case"), N_("{1} cases"));
	const char *first, *last;

	if (info.first == BPR_LOG_NO_TIME) {
		bpr_i_doc_lead(s->doc, bpr_i_doc_text(s->doc, N_("The log is empty: nothing can be said.")));
		return;
	}
	first = bpr_i_say_day(s->doc, info.first, info.first_offset);
	last = bpr_i_say_day(s->doc, info.last, info.last_offset);
	if (!strcmp(first, last))
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("{1} on {2}, {3} events in all."), cases, first, bpr_i_say_count(s->doc, (double)s->totals->events), NULL));
	else
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("{1} from {2} to {3}, {4} events in all."), cases, first, last,
						      bpr_i_say_count(s->doc, (double)s->totals->events)));
}

/* The mean hides who waits long: half and one in ten come first. */
static void say_length(const struct bpr_mining_study *s)
{
	const struct bpr_mine_stat *done = &s->totals->finished_minutes;

	if (bpr_log_info(s->log).first == BPR_LOG_NO_TIME)
		return;
	if (!done->count)
		bpr_i_doc_lead(s->doc, bpr_i_doc_text(s->doc, N_("No case is done, by what the log says: how long they take is not known.")));
	else if (done->count < s->k)
		bpr_i_doc_lead(s->doc, bpr_i_doc_text(s->doc, N_("Too few cases are done to say how long they take without telling of single ones (--k).")));
	else
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("Half of the finished ones take {1} at most, one in ten takes longer than {2}; the mean is {3}."),
						      bpr_i_say_minutes(s->doc, done->p50), bpr_i_say_minutes(s->doc, done->p90),
						      bpr_i_say_minutes(s->doc, done->mean), NULL));
}

static void say_unfinished(const struct bpr_mining_study *s)
{
	const struct bpr_mine_totals *t = s->totals;

	if (!t->unfinished)
		return;
	bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("{1} of the cases ({2}) are not finished at the end of the log. They are not dropped: they count as under way for as long as was seen."),
						   bpr_i_say_prob(s->doc, (double)t->unfinished / (double)t->cases), bpr_i_say_count(s->doc, (double)t->unfinished), NULL, NULL));
	if (isfinite(t->km_median) && t->cases >= s->k)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("With them counted that way (Kaplan-Meier), half of all cases are done within {1}."),
							   bpr_i_say_minutes(s->doc, t->km_median), NULL, NULL, NULL));
	else if (t->cases >= s->k)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_text(s->doc, N_("With them counted that way (Kaplan-Meier), when half of all cases are done is not known yet.")));
}

static void say_ways(const struct bpr_mining_study *s)
{
	const struct bpr_mine_variant *list;
	uint64_t rest, rest_cases;
	size_t count = bpr_i_mining_variants(s, &list, &rest, &rest_cases);

	if (count && s->totals->variants > 1)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("They go {1} different ways; {2} of them go the most frequent one."),
							   bpr_i_say_count(s->doc, (double)s->totals->variants),
							   bpr_i_say_prob(s->doc, (double)list[0].count / (double)s->totals->cases), NULL, NULL));
	else if (s->totals->variants > 1)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("They go {1} different ways, none of them taken by {2} cases or more."),
							   bpr_i_say_count(s->doc, (double)s->totals->variants), bpr_i_say_count(s->doc, (double)s->k), NULL, NULL));
	else if (count)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_text(s->doc, N_("They all go the same way.")));
	if (s->totals->cases_repeated)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("In {1} of them something is done again ({2} cases)."),
							   bpr_i_say_prob(s->doc, (double)s->totals->cases_repeated / (double)s->totals->cases),
							   bpr_i_say_count(s->doc, (double)s->totals->cases_repeated), NULL, NULL));
}

void bpr_i_mining_lead(const struct bpr_mining_study *s)
{
	say_size(s);
	say_length(s);
	say_unfinished(s);
	say_ways(s);
}

void bpr_i_study_mining(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	struct bpr_mining_study s = bpr_i_mining_study(doc, subject, options);

	bpr_i_doc_heading(doc, 1, bpr_i_doc_fill(doc, N_("What happened, by a log: {1}"), bpr_i_say_log(doc, subject->log), NULL, NULL, NULL));
	bpr_i_mining_lead(&s);
	bpr_i_mining_times(&s);
	bpr_i_study_mining_waits(doc, subject, options);
	bpr_i_mining_ways(&s);
	bpr_i_study_mining_conformance(doc, subject, options);
	bpr_i_mining_activities(&s);
	bpr_i_mining_follows(&s);
	bpr_i_mining_loops(&s);
	bpr_i_mining_people(&s);
	bpr_i_mining_when(&s);
	bpr_i_study_warnings(doc, subject->problems, options->full);
	bpr_i_mining_basis(&s);
}
