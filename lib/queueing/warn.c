/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the owner of a flow must know of its queues: who cannot keep up, and which figure is not to be trusted. */
#include "config.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "queueing/queueing_i.h"
#include <math.h>
#include <stdio.h>

/* "Tuesday, 10:00" to be translated with the message, or "2027-03-30 10:00". */
static void say_moment(const bpr_calendar *calendar, long day, double minute, char text[64])
{
	static const char *const weekdays[] = { BPR_I_ARG N_("Monday, {1}"), BPR_I_ARG N_("Tuesday, {1}"), BPR_I_ARG N_("Wednesday, {1}"),
						BPR_I_ARG N_("Thursday, {1}"), BPR_I_ARG N_("Friday, {1}"), BPR_I_ARG N_("Saturday, {1}"),
						BPR_I_ARG N_("Sunday, {1}") };
	int year, month, of_month, clock = (int)floor(minute + 0.5);

	if (bpr_calendar_dated(calendar)) {
		bpr_date_parts(bpr_calendar_date(calendar, day), &year, &month, &of_month);
		(void)snprintf(text, 64, "%04d-%02d-%02d %d:%02d", year, month, of_month, clock / 60, clock % 60);
	} else {
		(void)snprintf(text, 64, "%s" BPR_I_ARG_NEXT "%d:%02d", weekdays[bpr_calendar_weekday(calendar, day)], clock / 60, clock % 60);
	}
}

static bool warn_pool(const struct bpr_i_net *net, const bpr_calendar *calendar, size_t p, bpr_problems *problems)
{
	const struct bpr_queue_pool *r = &net->out->pools[p];
	const char *name = bpr_flow_pool(net->flow, p)->name;
	struct bpr_place place = { bpr_flow_source(net->flow), 0, 0, name };
	char share[400], moment[64], needed[400];

	if (!r->known)
		return true;
	(void)bpr_i_num_fixed(share, sizeof(share), 100 * r->utilisation, 0, true);
	if (!r->stable) {
		(void)bpr_i_num_fixed(needed, sizeof(needed), (double)r->people_needed, 0, true);
		return bpr_i_problem(problems, BPR_I_Q001, &place, false, name, share, needed, NULL);
	}
	say_moment(calendar, r->overload_day, r->overload_at, moment);
	(void)bpr_i_num_fixed(share, sizeof(share), r->backlog_minutes, r->backlog_minutes < 10 ? 1 : 0, true);
	if (r->overloaded && !bpr_i_problem(problems, BPR_I_Q002, &place, false, name, moment, share, NULL))
		return false;
	if (r->reasons & BPR_REASON_DOWNSTREAM && !bpr_i_problem(problems, BPR_I_Q004, &place, false, name, NULL, NULL, NULL))
		return false;
	return true;
}

/* Is any pool counted that a case needs? */
static bool any_counted(const struct bpr_i_net *net)
{
	for (size_t p = 0; p < net->pool_count; p++)
		if (net->centers[p].people > 0 && net->centers[p].work > 0)
			return true;
	return false;
}

bool bpr_i_queue_warn(const struct bpr_i_net *net, const bpr_calendar *calendar, bpr_problems *problems)
{
	struct bpr_place place = { bpr_flow_source(net->flow), 0, 0, NULL };

	if (!problems)
		return true;
	if (!net->hours_known && net->rate > 0 && any_counted(net) &&
	    !bpr_i_problem(problems, BPR_I_Q003, &place, false, NULL, NULL, NULL, NULL))
		return false;
	for (size_t p = 0; p < net->pool_count; p++)
		if (!warn_pool(net, calendar, p, problems))
			return false;
	return true;
}
