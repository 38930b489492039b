/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_SCHEDULE_I_H
#define BPR_FLOW_SCHEDULE_I_H
/*
 * The grammar of schedules (bpr-flow(5)): RULE; RULE; …, a rule being [DAYS] SPANS, DAYS closed, [DAYS] [SPANS]:FACTOR or
 * [DAYS] [SPANS]=DISTRIBUTION. days.c reads what is said of days, schedule.c the rest.
 */
#include "flow/value_i.h"

/* ---- days.c: from folded lower-case text, taken off its front ---- */

/* year 0: of any year; day 0: the whole month; last: of ten days, 3月下旬. */
struct bpr_i_date { int year, month, day, last; };
bool bpr_i_scan_date(struct bpr_scan *s, struct bpr_i_date *out);
/* One thing: 月-金, 祝, 第2日曜, 3/20-4/5. */
bool bpr_i_scan_day(struct bpr_scan *s, struct bpr_days *days);
/* The same for lists of closed days, where brackets say in which time: 月(12/1-3/31). */
bool bpr_i_scan_day_in(struct bpr_scan *s, struct bpr_days *days);
/* All that stand at the front, which must all fit: 土 日 4/1-4/30. */
bool bpr_i_scan_days(struct bpr_scan *s, struct bpr_days *days);

/* ---- schedule.c ---- */

enum bpr_i_schedule_kind { BPR_I_HOURS = 0, BPR_I_CLOSED, BPR_I_FACTORS, BPR_I_WINDOWS };
/* Reads a cell; false with a problem noted. *out is filled on success only. */
bool bpr_i_build_schedule(struct bpr_builder *b, enum bpr_i_schedule_kind kind, const char *text, size_t length, const struct bpr_place *place,
			  struct bpr_schedule *out);
/* Breaks: a schedule, or 60分@11:30-13:30 in turn. */
bool bpr_i_build_breaks(struct bpr_builder *b, const char *text, size_t length, const struct bpr_place *place, struct bpr_shift *shift);
/* 8:30, 8時30分, 8時半, with_seconds 8:30:15 (else what stands there is a factor), up to 48:00; and 8:30-17:15, past midnight where it ends before it begins. */
bool bpr_i_scan_clock(struct bpr_scan *s, bool with_seconds, double *minutes);
bool bpr_i_scan_span(struct bpr_scan *s, struct bpr_span *span);
#endif
