/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "property/random_office.h"
#include "flow/build_i.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

#define POOLS 3

static const char *pick(struct draft *d, const char *const *of, size_t count)
{
	return of[draft_below(d, count)];
}

static void minutes(const struct office *o, struct draft *d, char *text, size_t size)
{
	double mean = 1 + (double)draft_below(d, 60) / 8;

	if (o->traits & OFFICE_TIES) {
		(void)snprintf(text, size, "%d", 1 + (int)draft_below(d, 6));
		return;
	}
	switch (draft_below(d, 5)) {
	case 0: (void)snprintf(text, size, "unif(%g,%g)", mean / 2, mean * 1.5); break;
	case 1: (void)snprintf(text, size, "tri(%g,%g,%g)", mean / 4, mean, mean * 2); break;
	case 2: (void)snprintf(text, size, "gamma(%g,%g)", mean, mean / 2); break;
	default: (void)snprintf(text, size, "exp(%g)", mean); break;
	}
}

static void add_cell(struct office *o, size_t node, size_t *at, const char *column, const char *value)
{
	int length;

	assert(*at < OFFICE_CELLS);
	length = snprintf(o->cell[node][*at], OFFICE_TEXT, "%s=%s", column, value);
	assert(length > 0 && length < (int)OFFICE_TEXT);
	++*at;
}

static void need_staff(struct office *o, struct draft *d, size_t node, size_t *at)
{
	char text[OFFICE_TEXT];
	size_t first = draft_below(d, POOLS), second = draft_below(d, POOLS);

	if (!(o->traits & OFFICE_NEEDS) || draft_below(d, 3))
		(void)snprintf(text, sizeof(text), "K%zu", first);
	else if (first == second)
		(void)snprintf(text, sizeof(text), "K%zu:2", first);
	else
		(void)snprintf(text, sizeof(text), "K%zu:%zu;K%zu", first, 1 + draft_below(d, 2), second);
	add_cell(o, node, at, "staff", text);
}

static void draft_step(struct office *o, struct draft *d, size_t node)
{
	static const char *const priorities[] = { "1", "2", "5" };
	char text[OFFICE_TEXT];
	size_t at = 0;
	bool staffed = draft_below(d, 4) != 0 && !d->node[node].citizen;

	d->node[node].work = d->node[node].wait = 0;
	if (draft_below(d, 8)) {
		minutes(o, d, text, sizeof(text));
		add_cell(o, node, &at, "work", text);
	}
	if (draft_below(d, 4) == 0) {
		minutes(o, d, text, sizeof(text));
		add_cell(o, node, &at, "wait", text);
	}
	if (!staffed)
		return;
	need_staff(o, d, node, &at);
	if (o->traits & OFFICE_PRIORITY && draft_below(d, 2))
		add_cell(o, node, &at, "priority", pick(d, priorities, 3));
	if (o->traits & OFFICE_PATIENCE && draft_below(d, 3) == 0)
		add_cell(o, node, &at, "patience", draft_below(d, 2) ? "exp(30)" : "unif(5,40)");
	if (o->traits & OFFICE_BATCH && draft_below(d, 4) == 0)
		add_cell(o, node, &at, "batch", draft_below(d, 2) ? "3/20min" : "2/45min");
}

static void add_staff(struct office *o, const char *text)
{
	assert(o->staff_count < OFFICE_ROWS);
	(void)snprintf(o->staff[o->staff_count++], sizeof(o->staff[0]), "%s", text);
}

static void draft_staff(struct office *o, struct draft *d)
{
	static const char *const disciplines[] = { "fifo", "priority", "shortest", "lifo" };
	static const char *const hours[] = { "8:30-17:15", "8:30-12:00 13:00-17:15", "9:00-16:00", "月-水 8:30-17:15; 木金 10:00-19:00" };
	static const char *const breaks[] = { "12:00-13:00", "60min@11:30-13:30", "30min@11:00-14:00" };
	const char *discipline = pick(d, disciplines, 4);

	for (size_t p = 0; p < POOLS; p++) {
		size_t shifts = o->traits & OFFICE_SHIFTS ? 1 + draft_below(d, 2) : 1;

		for (size_t i = 0; i < shifts; i++) {
			char text[OFFICE_TEXT * 2];
			size_t n = (size_t)snprintf(text, sizeof(text), "pool=K%zu|count=%zu", p, 2 + draft_below(d, 2));

			if (o->traits & OFFICE_PRIORITY)
				n += (size_t)snprintf(text + n, sizeof(text) - n, "|discipline=%s",
						      o->traits & OFFICE_MIXED ? disciplines[(p + draft_below(d, 2)) % 4] : discipline);
			if (shifts > 1)
				n += (size_t)snprintf(text + n, sizeof(text) - n, "|shift=%zu", i + 1);
			if (o->traits & OFFICE_HOURS && o->traits & OFFICE_SHIFTS && draft_below(d, 3))
				n += (size_t)snprintf(text + n, sizeof(text) - n, "|hours=%s", pick(d, hours, 4));
			if (o->traits & OFFICE_BREAKS && draft_below(d, 2))
				n += (size_t)snprintf(text + n, sizeof(text) - n, "|breaks=%s", pick(d, breaks, 3));
			if (o->traits & OFFICE_SKILLS && draft_below(d, 2))
				(void)snprintf(text + n, sizeof(text) - n, "|also=K%zu", (p + 1 + draft_below(d, POOLS - 1)) % POOLS);
			add_staff(o, text);
		}
	}
}

static void draft_counters(struct office *o, struct draft *d)
{
	static const char *const names[] = { "P", "Q", "R" }, *const hours[] = { "9:00-12:00 13:00-16:00", "8:30-17:15", "月水金 9:00-15:00" };

	for (size_t i = 0; i < 3; i++) {
		char *text = o->counters[o->counter_count++];
		size_t n = (size_t)snprintf(text, OFFICE_TEXT, "counter=%s", names[i]);

		if (o->traits & OFFICE_SEATS && draft_below(d, 2))
			n += (size_t)snprintf(text + n, OFFICE_TEXT - n, "|seats=%zu", 1 + draft_below(d, 4));
		if (o->traits & OFFICE_COUNTER_HOURS && draft_below(d, 2))
			(void)snprintf(text + n, OFFICE_TEXT - n, "|open=%s", pick(d, hours, 3));
	}
}

static void draft_demand(struct office *o, struct draft *d)
{
	static const char *const open[] = { "8:30-17:15", "8:30-12:00 13:00-17:15", "月-金 9:00-16:30; 木 9:00-19:00" };
	double gap = (o->traits & OFFICE_NEEDS ? 12 : 4) + (double)draft_below(d, 80) / 8;

	if (o->traits & OFFICE_HOURS)
		(void)snprintf(o->demand[o->demand_count++], OFFICE_TEXT, "open=%s", pick(d, open, 3));
	if (o->traits & OFFICE_DEMAND && o->traits & OFFICE_HOURS)
		(void)snprintf(o->demand[o->demand_count++], OFFICE_TEXT, "per_day=%g", 400 / gap);
	else if (o->traits & OFFICE_TIES)
		(void)snprintf(o->demand[o->demand_count++], OFFICE_TEXT, "arrivals=%d", (o->traits & OFFICE_NEEDS ? 20 : 8) + (int)draft_below(d, 8));
	else
		(void)snprintf(o->demand[o->demand_count++], OFFICE_TEXT, "arrivals=exp(%g)", gap);
}

void office_draft(struct office *o, struct draft *d, uint64_t seed, unsigned traits)
{
	uint64_t kept = d->rng;

	memset(o, 0, sizeof(*o));
	o->traits = traits;
	d->rng = seed ^ 0x0ff1ce;
	for (size_t i = 0; i < d->count; i++) {
		d->node[i].work = d->node[i].wait = 0;
		if (d->node[i].kind == BPR_NODE_TASK)
			draft_step(o, d, i);
	}
	draft_staff(o, d);
	draft_counters(o, d);
	draft_demand(o, d);
	d->rng = kept;
}

/* ---- building ---- */

static void tell_node(struct bpr_builder *b, size_t index, size_t at, void *data)
{
	struct office *o = data;

	for (size_t i = 0; i < OFFICE_CELLS && *o->cell[index][i]; i++) {
		const char *text = o->cell[index][i], *equals = strchr(text, '=');
		const struct bpr_column *c = bpr_i_column_find(BPR_TABLE_FLOW, text, (size_t)(equals - text));

		assert(c);
		(void)bpr_i_builder_cell(b, at, c, equals + 1, strlen(equals + 1), NULL);
	}
}

static void tell_row(struct bpr_builder *b, enum bpr_table table, const char *row)
{
	struct bpr_cell cells[8];
	size_t count = 0;

	for (const char *s = row; s; count++) {
		const char *end = strchr(s, '|'), *equals = strchr(s, '=');
		size_t n = end ? (size_t)(end - s) : strlen(s);

		cells[count] = (struct bpr_cell){ bpr_i_column_find(table, s, (size_t)(equals - s)), equals + 1, n - (size_t)(equals + 1 - s) };
		assert(cells[count].column);
		s = end ? end + 1 : NULL;
	}
	(void)bpr_i_builder_companion(b, table, cells, count, NULL);
}

static size_t place(const struct office *o, size_t i, size_t count)
{
	return o->reversed ? count - 1 - i : i;
}

static void tell_flow(struct bpr_builder *b, void *data)
{
	struct office *o = data;

	for (size_t i = 0; i < o->staff_count; i++)
		tell_row(b, BPR_TABLE_STAFF, o->staff[place(o, i, o->staff_count)]);
	if (o->more) { /* everywhere, in a shift of their own */
		char row[OFFICE_TEXT];

		for (size_t p = 0; p < POOLS; p++) {
			(void)snprintf(row, sizeof(row), "pool=K%zu|shift=more|count=%zu", p, o->more);
			tell_row(b, BPR_TABLE_STAFF, row);
		}
	}
	for (size_t i = 0; i < o->counter_count; i++)
		tell_row(b, BPR_TABLE_COUNTERS, o->counters[place(o, i, o->counter_count)]);
	for (size_t i = 0; i < o->demand_count; i++)
		tell_row(b, BPR_TABLE_DEMAND, o->demand[place(o, i, o->demand_count)]);
}

bpr_flow *office_build(struct office *o, const struct draft *d, const size_t *order, bpr_problems *problems)
{
	struct draft_extra extra = { tell_node, tell_flow, o, problems };

	return draft_build_with(d, order, &extra);
}
