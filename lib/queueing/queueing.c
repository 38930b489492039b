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

bool bpr_queueing_in_process(const bpr_queueing *queueing, double *cases, bool *by_clock)
{
	if (by_clock)
		*by_clock = queueing->by_clock;
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
	{ "arrivals", N_("Cases do not reach a pool purely by chance, one by one.") },
	{ "service", N_("The time that the work takes does not follow the exponential distribution.") },
	{ "classes", N_("Steps of the same pool take different times.") },
	{ "together", N_("A step needs several people or pools at once.") },
	{ "parallel", N_("Branches of a case run side by side.") },
	{ "hours", N_("The office closes, or staff or demand change over the day; each hour is taken by itself.") },
	{ "discipline", N_("Not everybody is served in the order of coming.") },
	{ "leaving", N_("People give up waiting, or find no seat; the formula keeps them in the queue.") },
	{ "batch", N_("Cases are put together and done in batches.") },
	{ "skills", N_("People help out in other pools; the formula leaves them in their own.") },
	{ "routing", N_("Which way a case goes depends on how long it waited.") },
	{ "downstream", N_("A busy pool stands far down the line, where these formulas can be wrong by a factor of three: simulate it (bpr simulate).") },
};

const char *bpr_queue_reason_name(size_t bit)
{
	return bit < BPR_QUEUE_REASON_COUNT ? reasons[bit].name : "";
}

const char *bpr_queue_reason_text(size_t bit)
{
	return bit < BPR_QUEUE_REASON_COUNT ? reasons[bit].text : "";
}
