/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Schedules: hours, closed days, factors, windows, breaks, times of arrival. The first byte says which cell the text is for. Whatever
 * it is, what is refused has left a problem; what is accepted gives spans in order within the day and finite rates, with and
 * without dates; and it is read back as itself.
 */
#include "flow/build_i.h"
#include "flow/format_i.h"
#include <bpr/calendar.h>
#include <bpr/init.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static const struct { enum bpr_table table; const char *key; } cells[] = {
	{ BPR_TABLE_DEMAND, "open" }, { BPR_TABLE_DEMAND, "closed" }, { BPR_TABLE_DEMAND, "weekdays" }, { BPR_TABLE_DEMAND, "profile" },
	{ BPR_TABLE_DEMAND, "peaks" }, { BPR_TABLE_DEMAND, "arrivals" }, { BPR_TABLE_DEMAND, "arrival_times" }, { BPR_TABLE_DEMAND, "group" },
	{ BPR_TABLE_STAFF, "hours" }, { BPR_TABLE_STAFF, "breaks" }, { BPR_TABLE_STAFF, "also" }, { BPR_TABLE_COUNTERS, "open" },
};
enum { CELLS = sizeof(cells) / sizeof(cells[0]) };

static void add(bpr_builder *b, enum bpr_table table, const char *key, const char *text, size_t length)
{
	const struct bpr_place place = { .file = "fuzz", .line = 2 };
	struct bpr_cell row[3] = { { bpr_i_column_find(table, key, strlen(key)), text, length } };

	row[1].column = table == BPR_TABLE_DEMAND ? NULL : bpr_i_column_find(table, table == BPR_TABLE_STAFF ? "pool" : "counter", table == BPR_TABLE_STAFF ? 4 : 7);
	row[1].text = "p";
	row[1].length = 1;
	row[2].column = table == BPR_TABLE_STAFF ? bpr_i_column_find(table, "count", 5) : NULL;
	row[2].text = "3";
	row[2].length = 1;
	(void)bpr_i_builder_companion(b, table, row, 3, &place);
}

static bpr_flow *flow_of(size_t which, const char *text, size_t length, bpr_problems *problems)
{
	static const struct bpr_build_options options = { .max_nodes = 10, .max_field = 1 << 20 };
	bpr_builder *b = NULL;
	bpr_flow *flow = NULL;

	if (bpr_i_builder_new(&b, "fuzz", "f", "", &options, problems, NULL))
		return NULL;
	(void)bpr_i_builder_node(b, BPR_NODE_TASK, "A", 1, NULL, NULL);
	if (cells[which].table != BPR_TABLE_DEMAND || which >= 2)
		add(b, BPR_TABLE_DEMAND, "open", "8:30-17:15; 22:00-24:00", 23);
	if (which != 5 && which != 6)
		add(b, BPR_TABLE_DEMAND, "per_day", "80", 2);
	add(b, cells[which].table, cells[which].key, text, length);
	(void)bpr_i_builder_finish(b, &flow, NULL);
	bpr_i_builder_free(b);
	return flow;
}

static void in_order(const struct bpr_span *spans, size_t count)
{
	must(count <= BPR_SPANS_MAX);
	for (size_t i = 0; i < count; i++)
		must(spans[i].from >= 0 && spans[i].from < spans[i].to && spans[i].to <= 1440 && (!i || spans[i].from >= spans[i - 1].to));
}

static void look_at(const bpr_flow *flow, bool dated)
{
	struct bpr_calendar_options o = BPR_CALENDAR_OPTIONS_INIT;
	struct bpr_span spans[BPR_SPANS_MAX];
	size_t people[BPR_SPANS_MAX];
	struct bpr_rate rates[BPR_RATES_MAX];
	bpr_calendar *c;

	o.dated = dated;
	o.start = bpr_date(2027, 3, 18);
	if (bpr_calendar_new(flow, &o, &c, NULL))
		return;
	for (long day = 0; day < 9; day++) {
		size_t count = bpr_calendar_rates(c, day, rates);
		double to = 0;

		must(count <= BPR_RATES_MAX);
		for (size_t i = 0; i < count; i++) {
			must(rates[i].from >= to && rates[i].to > rates[i].from && rates[i].to <= 1440 && rates[i].per_minute > 0 && isfinite(rates[i].per_minute));
			to = rates[i].to;
		}
		in_order(spans, bpr_calendar_office(c, day, spans));
		for (size_t i = 0; i < bpr_flow_counter_count(flow); i++)
			in_order(spans, bpr_calendar_counter(c, i, day, spans));
		for (size_t i = 0; i < bpr_flow_pool_count(flow); i++)
			for (size_t k = 0; k < bpr_flow_pool(flow, i)->shift_count; k++)
				in_order(spans, bpr_calendar_shift(c, i, k, day, spans, people));
	}
	must(isfinite(bpr_flow_cases_per_year(flow)));
	bpr_calendar_free(c);
}

/* The cell as it is written gives the same flow. */
static void again(const bpr_flow *flow, size_t which)
{
	struct bpr_formatting f;
	struct bpr_format_row row = { 0 };
	struct bpr_buf text = BPR_BUF_INIT;
	const struct bpr_column *column = bpr_i_column_find(cells[which].table, cells[which].key, strlen(cells[which].key));
	bpr_flow *same;
	bool found = false;

	if (!bpr_i_format_begin(&f, flow, false))
		return;
	while (!found && bpr_i_format_next_row(&f, cells[which].table, &row))
		found = bpr_i_format_row_cell(&f, cells[which].table, &row, column, &text) && text.length;
	bpr_i_format_end(&f);
	same = found ? flow_of(which, text.data, text.length, NULL) : NULL;
	must(!found || (same && bpr_flow_hash(same) == bpr_flow_hash(flow)));
	bpr_flow_free(same);
	bpr_i_buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bpr_problems *problems = NULL;
	bpr_flow *flow;
	size_t which;

	/* Readers refuse a NUL in a text. */
	if (!size || size > 6000 || memchr(data + 1, '\0', size - 1))
		return 0;
	which = (size_t)(data[0] >= 'a' ? data[0] - 'a' : data[0]) % CELLS;
	bpr_init();
	if (bpr_problems_new(&problems, NULL))
		return 0;
	flow = flow_of(which, (const char *)data + 1, size - 1, problems);
	must(flow || bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0);
	if (flow) {
		look_at(flow, false);
		look_at(flow, true);
		again(flow, which);
	}
	bpr_flow_free(flow);
	bpr_problems_free(problems);
	return 0;
}
