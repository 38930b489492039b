/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fewest staff for a promise: whether it can be kept, by how many hours, who is needed when, and how sure that is. */
#include "config.h"
#include "study/improve_i.h"
#include "base/text_i.h"
#include <stdio.h>

/* "90% of cases wait 15 min at most" */
static const char *promise(const struct sim_study *s, const struct bpr_target *t)
{
	const char *share = bpr_i_say_prob(s->doc, t->share), *limit = bpr_i_say_minutes(s->doc, t->limit);

	if (t->key == BPR_SIM_CYCLE)
		return bpr_i_doc_fill(s->doc, N_("{1} of cases are done within {2}"), share, limit, NULL, NULL);
	if (t->pool == BPR_NONE)
		return bpr_i_doc_fill(s->doc, N_("{1} of cases wait {2} at most"), share, limit, NULL, NULL);
	return bpr_i_doc_fill(s->doc, N_("{1} of the waits for '{3}' last {2} at most"), share, limit, bpr_flow_pool(s->flow, t->pool)->name, NULL);
}

void bpr_i_sim_staffing_lead(const struct sim_study *s)
{
	const struct bpr_staffing *p = s->subject->staffing;
	const char *promises[BPR_SIM_LIMITS];

	if (!p)
		return;
	for (size_t i = 0; i < p->share_count && i < BPR_SIM_LIMITS; i++)
		promises[i] = promise(s, &p->shares[i].target);
	bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, p->reached ? N_("So that {1}, {2} staff hours a week are needed; today there are {3}.")
								: N_("That {1} was not reached with {2} staff hours a week; today there are {3}."),
					      bpr_i_say_list(s->doc, promises, p->share_count), bpr_i_say_count(s->doc, p->hours),
					      bpr_i_say_count(s->doc, p->hours_now), NULL));
}

/* ---- how it is kept ---- */

static void shares(const struct sim_study *s, const struct bpr_staffing *p)
{
	struct bpr_doc_table *table = bpr_i_doc_table(s->doc);

	bpr_i_doc_column(s->doc, table, N_("Promise"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Kept today by"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("with these people"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("at least (95%)"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("if nobody had to wait for staff"), true, 0);
	for (size_t i = 0; i < p->share_count; i++) {
		const char *name = promise(s, &p->shares[i].target);
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(name);
		row[1] = bpr_i_cell_number(BPR_DOC_PROB, p->shares[i].now);
		row[2] = bpr_i_cell_number(BPR_DOC_PROB, p->shares[i].share);
		row[3] = bpr_i_cell_number(BPR_DOC_PROB, p->shares[i].low > 0 ? p->shares[i].low : 0);
		row[4] = bpr_i_cell_number(BPR_DOC_PROB, p->shares[i].best);
		row[2].tone = p->shares[i].low >= p->shares[i].target.share - 1e-12 ? BPR_DOC_BETTER : BPR_DOC_WORSE;
	}
}

/* ---- who is needed when ---- */

/* Blocks of a pool on one weekday: the first of them and how many follow. */
struct day { size_t first, count; };

static struct day find_day(const struct bpr_staffing *p, size_t pool, unsigned weekday)
{
	struct day day = { 0, 0 };

	for (size_t i = 0; i < p->block_count; i++)
		if (p->blocks[i].pool == pool && p->blocks[i].weekday == weekday) {
			if (!day.count)
				day.first = i;
			day.count++;
		}
	return day;
}

static bool same_day(const struct bpr_staffing *p, struct day a, struct day b)
{
	if (a.count != b.count)
		return false;
	for (size_t i = 0; i < a.count; i++) {
		const struct bpr_staffing_block *x = &p->blocks[a.first + i], *y = &p->blocks[b.first + i];

		if (x->now != y->now || x->people != y->people || x->from < y->from || x->from > y->from || x->to < y->to || x->to > y->to)
			return false;
	}
	return true;
}

/* "Monday to Friday", "Monday, Wednesday" */
static const char *weekdays(const struct sim_study *s, unsigned mask)
{
	const char *names[7];
	size_t count = 0;

	for (unsigned d = 0; d < 7; d++) {
		unsigned last = d;

		if (!(mask >> d & 1u))
			continue;
		while (last < 6 && mask >> (last + 1) & 1u)
			last++;
		names[count] = bpr_i_doc_text(s->doc, bpr_i_weekday_name(d));
		if (last > d)
			names[count] = bpr_i_doc_fill(s->doc, N_("{1} to {2}"), names[count], bpr_i_doc_text(s->doc, bpr_i_weekday_name(last)), NULL,
						      NULL);
		count++;
		d = last;
	}
	return bpr_i_say_list(s->doc, names, count);
}

static void block_row(const struct sim_study *s, struct bpr_doc_table *table, const struct bpr_staffing_block *b, const char *days)
{
	const char *hours = bpr_i_doc_fill(s->doc, N_("{1} to {2}"), bpr_i_say_clock(s->doc, b->from), bpr_i_say_clock(s->doc, b->to), NULL, NULL);
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_flow_pool(s->flow, b->pool)->name);
	row[1] = bpr_i_cell_text(days);
	row[2] = bpr_i_cell_text(hours);
	row[3] = bpr_i_cell_number(BPR_DOC_COUNT, (double)b->now);
	row[4] = bpr_i_cell_number(BPR_DOC_COUNT, (double)b->people);
	row[4].tone = b->people < b->now ? BPR_DOC_BETTER : b->people > b->now ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
}

static void pool_rows(const struct sim_study *s, struct bpr_doc_table *table, const struct bpr_staffing *p, size_t pool)
{
	unsigned done = 0;

	for (unsigned d = 0; d < 7; d++) {
		struct day day = find_day(p, pool, d);
		unsigned mask = 0;
		const char *days;

		if (done >> d & 1u || !day.count)
			continue;
		for (unsigned other = d; other < 7; other++)
			if (same_day(p, day, find_day(p, pool, other)))
				mask |= 1u << other;
		done |= mask;
		days = weekdays(s, mask);
		for (size_t i = 0; i < day.count; i++)
			block_row(s, table, &p->blocks[day.first + i], days);
	}
}

static void blocks(const struct sim_study *s, const struct bpr_staffing *p)
{
	struct bpr_doc_table *table;

	bpr_i_doc_heading(s->doc, 3, bpr_i_doc_text(s->doc, N_("Who is needed when")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Pool"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("Days"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("Hours"), false, 0);
	bpr_i_doc_column(s->doc, table, N_("Today"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Needed"), true, 0);
	for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++)
		pool_rows(s, table, p, i);
}

static void rows(const struct sim_study *s, const struct bpr_staffing *p)
{
	struct bpr_doc_table *table;

	bpr_i_doc_heading(s->doc, 3, bpr_i_doc_text(s->doc, N_("The same for the staff table (columns pool, count, hours)")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Pool"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("People"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Hours"), false, 20);
	for (size_t i = 0; i < p->row_count; i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_flow_pool(s->flow, p->rows[i].pool)->name);
		row[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)p->rows[i].count);
		row[2] = bpr_i_cell_text(p->rows[i].hours[s->doc->lang]);
	}
}

void bpr_i_sim_staffing(const struct sim_study *s)
{
	const struct bpr_staffing *p = s->subject->staffing;
	char runs[32], verified[32];

	if (!p)
		return;
	(void)snprintf(runs, sizeof(runs), "%zu", p->simulations);
	(void)snprintf(verified, sizeof(verified), "%zu", p->verified_replications);
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("The fewest staff for the promise")));
	shares(s, p);
	blocks(s, p);
	rows(s, p);
	if (p->reached)
		bpr_i_doc_note(s->doc, bpr_i_doc_text(s->doc, p->least ?
						      N_("No staffing with fewer hours keeps it: every one that could was tried or ruled out.") :
						      N_("Nobody can be spared in any of these hours, and no exchange that was tried saves hours; not every smaller staffing was tried.")));
	bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("Found by {1} simulations, then checked by {2} runs with other random numbers. The people are those on duty: breaks come on top. Who is put off to another day counts as not kept."),
					      runs, verified, NULL, NULL));
}
