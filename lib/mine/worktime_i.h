/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_WORKTIME_I_H
#define BPR_MINE_WORKTIME_I_H
/*
 * Inside of working time. All times here are milliseconds of the office's local clock (instant plus the offset of the event), so
 * that hours, days and holidays are what people mean; where the clock was put forward or back during a wait, its length stays that
 * of the instants, and the hour more or less counts as closed.
 */
#include "mine/log_i.h"
#include "mine/mine_i.h"
#include <bpr/worktime.h>

enum { WT_DAY = 86400000, WT_MINUTE = 60000, WT_BIN = 5, WT_BINS = 1440 / WT_BIN };
enum { WT_CALENDARS = 256, WT_OFFICE = 0 };
enum { WT_MANY = 65536, WT_SOME = 4096, WT_FEW = 4096 }; /* values that are kept for exact quantiles: of all, an activity, an arc */

/* Opening of a day, in milliseconds of it; many days share one. */
struct wt_pattern { struct { int32_t from, to; } at[BPR_SPANS_MAX]; unsigned count; int32_t total; };
struct wt_day { int64_t before; uint32_t pattern; bool works; }; /* open time before it */

/* Day by day from the first to the last of the log; outside of them everything is closed. */
struct wt_days {
	long first;              /* days since 1970-01-01 */
	size_t count;
	struct wt_pattern *patterns; size_t pattern_count, pattern_capacity;
	struct wt_day *calendar[WT_CALENDARS]; size_t calendar_count; /* [count + 1]; the first is the office's */
	bool always[WT_CALENDARS];
	uint16_t *of_unit; size_t unit_count; /* calendar of a unit */
};
static inline long wt_day_of(int64_t local)
{
	return (long)(local >= 0 ? local / WT_DAY : -((-local + WT_DAY - 1) / WT_DAY));
}
/* 0 Monday. */
static inline unsigned wt_weekday(long date)
{
	return (unsigned)(((date + 3) % 7 + 7) % 7);
}
/* Open time of a calendar before the moment. */
int64_t bpr_i_wt_open(const struct wt_days *days, unsigned calendar, int64_t local);
static inline unsigned wt_calendar_of(const struct wt_days *days, uint32_t unit)
{
	return unit < days->unit_count ? days->of_unit[unit] : WT_OFFICE;
}
/* Adds a calendar whose spans of each day a function says; BPR_NONE out of memory. */
typedef size_t wt_spans_of(void *data, long date, struct bpr_span spans[BPR_SPANS_MAX], bool *works);
size_t bpr_i_wt_add_calendar(struct wt_days *days, wt_spans_of *spans_of, void *data);
void bpr_i_wt_days_release(struct wt_days *days);

/* What was seen of a unit: traces (starts and ends of events) by weekday and time of day, and day by day. */
struct wt_seen {
	uint32_t unit;           /* BPR_LOG_NONE: the office */
	uint64_t events, outside;
	uint32_t bins[7][WT_BINS];
	uint32_t *days;          /* [days.count] */
};

/* A step of a case, on its way from the cases to those who do it. */
struct wt_record {
	uint32_t group;          /* resource; else behind them the unit, behind these the office */
	uint32_t activity, from; /* from: of the event before it in its case, or BPR_LOG_NONE */
	uint32_t unit;
	uint32_t calendar;
	uint32_t flags;
	int64_t ready;           /* end of the event before it */
	int64_t elsewhere;       /* until then another step of the case runs; >= ready */
	int64_t begin, end;      /* begin: start, or end where that is not known */
	int64_t clock;           /* length of the wait by instants */
};
enum { WT_WAITS = 1, WT_STARTED = 2, WT_ENDED = 4 }; /* there is one before it; its start is known; it was seen to end */

/* Of the people of a unit; open time in milliseconds. */
struct wt_people { uint32_t people; double busy, present, cases; uint32_t most_busy, most_present, most_cases; bool started; };

struct wt_sum { uint32_t from, to; struct bpr_mine_figure clock, working; double cause[BPR_WAIT_CAUSE_COUNT]; uint64_t without_start; };

struct wt_case { int64_t from, to; uint32_t index, last, unit; uint32_t flags; };
enum { WT_CASE_FROM = 1, WT_CASE_TO = 2, WT_CASE_RESULT = 4, WT_CASE_BROKEN = 8 };

struct bpr_worktime {
	const bpr_log *log;
	struct bpr_worktime_options options; /* texts are borrowed during bpr_worktime_new() only */
	struct wt_days days;
	int64_t first, last;     /* local, of the whole log */
	bool given;              /* hours were said; else as seen */
	struct wt_seen *seen; size_t seen_count; /* the office first */
	uint32_t *seen_of_unit;
	uint64_t *unit_events;   /* [units] */
	uint64_t *group_events;  /* [groups] */
	size_t unit_count, group_count, resource_count;
	bpr_spill *by_group, *by_day;
	struct wt_sum *sums; size_t sum_count, sum_capacity; /* [activities], then arcs */
	size_t activity_count;
	uint32_t *arc_slots; size_t arc_slot_count;
	struct wt_sum all;
	struct wt_case *cases; size_t case_count, case_capacity;
	struct { uint64_t count, ends; } *occurred; /* [activities] */
	bool has_results;        /* the log says how cases ended */
	uint64_t crowd;          /* a group with more events is not held at once */
	struct bpr_mine_figure case_stat;
	struct wt_people *people; /* [units + 1] */
	/* results */
	struct bpr_worktime_hours *hours; size_t hours_count;
	struct bpr_worktime_wait *waits; size_t wait_count, activity_waits;
	struct bpr_worktime_wait total;
	struct bpr_worktime_batch *batches; size_t batch_count, batch_capacity;
	struct bpr_worktime_staff *staff; size_t staff_count;
	struct bpr_worktime_standard standard;
	bool has_standard;
	struct bpr_worktime_group *groups; size_t group_list_count, group_list_capacity;
	struct bpr_mine_stat case_minutes;
	struct bpr_worktime_basis basis;
};

/* Those who do the steps: resources, behind them the units for events without one, behind these the office. */
static inline size_t bpr_i_wt_group_of(const struct bpr_worktime *w, uint32_t resource, uint32_t unit)
{
	if (resource < w->resource_count)
		return resource;
	return w->resource_count + (unit < w->unit_count ? unit : w->unit_count);
}

/* worktime_seen.c: counts events by unit and group, traces by weekday and day; calendars as seen, of units with enough events. */
bpr_status bpr_i_wt_count(struct bpr_worktime *w);
bpr_status bpr_i_wt_calendars_seen(struct bpr_worktime *w);
bool bpr_i_wt_holiday(const struct bpr_worktime *w, long date);
struct bpr_span bpr_i_wt_seen_span(const uint32_t *bins);
/* worktime_hours.c: calendars as given, or as seen; the list of hours. */
bpr_status bpr_i_wt_calendars(struct bpr_worktime *w, bpr_problems *problems, struct bpr_error *err);
bpr_status bpr_i_wt_hours(struct bpr_worktime *w);

/* ---- those who do it, one by one: worktime_group.c ---- */

/* Stretches of time in order and apart from each other, and the open time of a calendar in those before each. */
struct wt_cover { struct wt_stretch { int64_t from, to; } *at; size_t count, capacity; int64_t *before; size_t before_capacity; };
/* Open time in the stretches before the moment. */
int64_t bpr_i_wt_covered(const struct wt_cover *cover, const struct wt_days *days, unsigned calendar, int64_t local);

struct wt_group {
	const struct bpr_worktime *w;
	const struct wt_record *records; size_t count;
	unsigned calendar;       /* of the covers */
	uint32_t *order; size_t order_capacity;   /* by begin */
	uint32_t *later; size_t later_capacity;   /* by the moment behind which busy counts */
	uint32_t *beside; size_t beside_capacity; /* [count] cases at work when this one began */
	int64_t *from; size_t from_capacity;      /* [count] that moment */
	int64_t *batch; size_t batch_capacity;    /* [count] when the last of its batch had come, or INT64_MIN */
	int64_t *busy; size_t busy_capacity;      /* [count] open time since `from` with more cases than `beside` at work */
	uint32_t *next; size_t next_capacity;     /* [count] of its batch */
	int64_t *starts, *ends; size_t start_capacity, end_capacity, running; /* of work with a length, sorted */
	int64_t *levels; size_t level_capacity;   /* Fenwick tree over how many are at work */
	struct wt_cover busy_cover, present;
	struct wt_run *runs;     /* [activities] of worktime_batch.c */
	struct wt_shift *shifts; /* [units + 1] of worktime_staff.c */
	uint32_t *touched; size_t touched_count;
	uint32_t epoch;
	void *sort; size_t sort_capacity;
};
extern const size_t bpr_i_wt_run_size, bpr_i_wt_shift_size, bpr_i_wt_piece_size;
bpr_status bpr_i_wt_group(struct bpr_worktime *w, struct wt_group *g, const struct wt_record *records, size_t count);
void bpr_i_wt_group_release(struct wt_group *g);
/* worktime_busy.c: g->busy of all records that wait for known work. False: out of memory. */
bool bpr_i_wt_busy(struct wt_group *g);
/* worktime_batch.c: g->batch, and adds to the batches. */
bool bpr_i_wt_batch(struct bpr_worktime *w, struct wt_group *g);
bpr_status bpr_i_wt_batches(struct bpr_worktime *w);
/* worktime_staff.c: who was there and at work, by unit; then the list. */
bool bpr_i_wt_staff_group(struct bpr_worktime *w, struct wt_group *g);
bpr_status bpr_i_wt_staff(struct bpr_worktime *w);
/* worktime_sum.c: a wait with its parts. False: out of memory. */
struct wt_sum bpr_i_wt_sum(uint32_t from, uint32_t to, size_t keep);
void bpr_i_wt_sum_release(struct wt_sum *sum);
bool bpr_i_wt_add(struct bpr_worktime *w, const struct wt_record *record, const int64_t cause[BPR_WAIT_CAUSE_COUNT]);
bpr_status bpr_i_wt_sums(struct bpr_worktime *w);
/* worktime_standard.c */
struct wt_taken { double days; uint32_t value; bool finished; };
void bpr_i_wt_wilson(double k, double n, double *low, double *high);
/* worktime_grouped.c: the same by attribute and by unit; taken: [cases] in their order. */
bool bpr_i_wt_grouped(struct bpr_worktime *w, const struct wt_taken *taken);
bool bpr_i_wt_case(struct bpr_worktime *w, const struct bpr_log_case *one);
bpr_status bpr_i_wt_standard(struct bpr_worktime *w);
#endif
