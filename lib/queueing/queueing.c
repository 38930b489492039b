/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found, for who asks; names and sentences of methods and reasons. */
#include "config.h"
#include "base/text_i.h"
#include "queueing/queueing_i.h"

void bpr_queueing_free(bpr_queueing *queueing)
{
	if (!queueing)
		return;
	bpr_i_arena_release(&queueing->arena);
	bpr_i_free(queueing);
}

unsigned long long bpr_queueing_flow_hash(const bpr_queueing *queueing)
{
	return queueing->hash;
}

bool bpr_queueing_known(const bpr_queueing *queueing)
{
	return queueing->known;
}

const struct bpr_queue_pool *bpr_queueing_pools(const bpr_queueing *queueing)
{
	return queueing->pools;
}

const struct bpr_queue_node *bpr_queueing_nodes(const bpr_queueing *queueing)
{
	return queueing->nodes;
}

double bpr_queueing_wait(const bpr_queueing *queueing, enum bpr_queue_method *method)
{
	if (method)
		*method = queueing->method;
	return queueing->wait_known ? queueing->wait : 0;
}

bool bpr_queueing_cycle(const bpr_queueing *queueing, double *minutes)
{
	*minutes = queueing->cycle_known ? queueing->cycle : 0;
	return queueing->cycle_known;
}

bool bpr_queueing_in_process(const bpr_queueing *queueing, double *cases)
{
	*cases = queueing->in_process_known ? queueing->in_process : 0;
	return queueing->in_process_known;
}

const struct bpr_queue_hour *bpr_queueing_hours(const bpr_queueing *queueing, size_t *count)
{
	*count = queueing->hour_count;
	return queueing->hours;
}

const struct bpr_queue_pool_hour *bpr_queueing_pool_hours(const bpr_queueing *queueing, size_t pool)
{
	return queueing->hour_count ? &queueing->pool_hours[pool * queueing->hour_count] : NULL;
}

const char *bpr_queue_method_name(enum bpr_queue_method method)
{
	static const char *const names[] = { "none", "exact", "approximate" };

	return (size_t)method < sizeof(names) / sizeof(names[0]) ? names[method] : "";
}

static const struct { const char *name, *text; } reasons[BPR_QUEUE_REASON_COUNT] = {
	{ "arrivals", N_("cases do not come purely by chance, one by one") },
	{ "service", N_("the time that the work takes does not follow the exponential distribution") },
	{ "classes", N_("steps of the same pool take different times") },
	{ "together", N_("a step needs several people or pools at once") },
	{ "parallel", N_("branches run side by side") },
	{ "hours", N_("opening hours, staff or demand change over the day") },
	{ "discipline", N_("not everybody is served in the order of coming") },
	{ "leaving", N_("people give up waiting, or find no seat") },
	{ "batch", N_("cases are put together and done in batches") },
	{ "skills", N_("people help out in other pools") },
	{ "routing", N_("which way a case goes depends on how long it waited") },
	{ "downstream", N_("it is busy and stands far down the line, where this formula can be wrong by a factor of three") },
};

const char *bpr_queue_reason_name(size_t bit)
{
	return bit < BPR_QUEUE_REASON_COUNT ? reasons[bit].name : "";
}

const char *bpr_queue_reason_text(size_t bit)
{
	return bit < BPR_QUEUE_REASON_COUNT ? reasons[bit].text : "";
}
