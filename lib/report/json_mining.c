/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log and what it says happened, for machines: the object bpr.mining/1. */
#include "config.h"
#include "report/json_parts_i.h"
#include "base/json_i.h"
#include <bpr/calendar.h>
#include <stdio.h>

typedef struct bpr_json json;

/* ISO 8601, with the offset where the log writes any; null without a time. */
static void put_instant(json *j, const char *name, int64_t at, int offset, bool offsets)
{
	enum { MINUTE = 60000 };
	const int64_t day = 86400000;
	int year, month, of_month, shown = offset < 0 ? -offset : offset;
	int64_t local = at + (int64_t)offset * MINUTE, in_day;
	char text[64], zone[16] = "", part[8] = "";

	if (at == BPR_LOG_NO_TIME) {
		bpr_i_json_null(j, name);
		return;
	}
	in_day = (local % day + day) % day;
	bpr_date_parts((long)((local - in_day) / day), &year, &month, &of_month);
	if (offsets)
		(void)snprintf(zone, sizeof(zone), "%c%02d:%02d", offset < 0 ? '-' : '+', shown / 60 % 100, shown % 60);
	if (in_day % 1000)
		(void)snprintf(part, sizeof(part), ".%03d", (int)(in_day % 1000));
	(void)snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d%s%s", year, month, of_month, (int)(in_day / 3600000),
		       (int)(in_day / MINUTE % 60), (int)(in_day / 1000 % 60), part, zone);
	bpr_i_json_string(j, name, text);
}

static void put_log(json *j, const bpr_log *log)
{
	struct bpr_log_info info = bpr_log_info(log);

	bpr_i_json_object(j, "log");
	bpr_i_json_string(j, "name", info.name);
	bpr_i_json_whole(j, "cases", info.cases);
	bpr_i_json_whole(j, "events", info.events);
	bpr_i_json_whole(j, "activities", bpr_log_name_count(log, BPR_LOG_ACTIVITY));
	put_instant(j, "first", info.first, info.first_offset, info.offsets);
	put_instant(j, "last", info.last, info.last_offset, info.offsets);
	bpr_i_json_whole(j, "rejected", info.rejected);
	bpr_i_json_end_object(j);
}

void bpr_i_put_mining(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	bpr_i_put_begin(j, "bpr.mining/1");
	put_log(j, s->log);
	/* members of other features: worktime (bpr_i_put_worktime), conformance (bpr_i_put_conformance) add their call here */
	bpr_i_put_warnings(j, s->problems, options->lang);
	bpr_i_json_end_object(j);
}
