/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cases of a log as they are looked at. */
#include "config.h"
#include "mine/discover_case_i.h"
#include "base/alloc_i.h"

bpr_status bpr_i_selected_begin(struct bpr_selected *cases, const bpr_log *log, const struct bpr_mine_options *options, bpr_problems *problems,
			     struct bpr_error *err)
{
	static const struct bpr_mine_options defaults = BPR_MINE_OPTIONS_INIT;
	bpr_status status;

	*cases = (struct bpr_selected){ .names = { .log = log, .options = options ? options : &defaults, .problems = problems } };
	status = bpr_i_mine_roles(&cases->names, err);
	if (status == BPR_OK && !bpr_i_mine_results(&cases->names))
		status = bpr_i_nomem(err);
	return status == BPR_OK ? bpr_i_selected_rewind(cases, err) : status;
}

bpr_status bpr_i_selected_rewind(struct bpr_selected *cases, struct bpr_error *err)
{
	bpr_log_walk_free(cases->walk);
	cases->walk = NULL;
	cases->unfinished = 0;
	return bpr_log_walk_new(cases->names.log, &cases->walk, err);
}

static bool over(const struct bpr_selected *cases, const struct bpr_log_case *c)
{
	const struct bpr_mine_work *names = &cases->names;

	if (!names->options->end_count)
		return c->result == BPR_LOG_NONE || names->result_state[c->result] != BPR_I_MINE_OPEN;
	for (size_t i = 0; i < c->count; i++)
		if (names->role[c->events[i].activity] & BPR_I_MINE_END && !(c->events[i].flags & (BPR_LOG_OPEN | BPR_LOG_BROKEN)))
			return true;
	return false;
}

/* Events that are asked for, from the first start on. False: out of memory. */
static bool take(struct bpr_selected *cases, const struct bpr_log_case *c)
{
	const uint8_t *role = cases->names.role;
	size_t from = 0, n = 0;

	if (!bpr_i_grow(&cases->events, &cases->capacity, c->count, sizeof(*cases->events)))
		return false;
	while (cases->names.options->start_count && from < c->count && !(role[c->events[from].activity] & BPR_I_MINE_START))
		from++;
	for (size_t i = from; i < c->count; i++)
		if (role[c->events[i].activity] & BPR_I_MINE_ONLY)
			cases->events[n++] = c->events[i];
	cases->current = *c;
	cases->current.events = cases->events;
	cases->current.count = n;
	return true;
}

bpr_status bpr_i_selected_next(struct bpr_selected *cases, const struct bpr_log_case **out, struct bpr_error *err)
{
	const struct bpr_log_case *c;
	bpr_status status;

	*out = NULL;
	while ((status = bpr_log_walk_next(cases->walk, &c, err)) == BPR_OK && c) {
		if (!over(cases, c)) {
			cases->unfinished++;
			continue;
		}
		if (!cases->names.options->only_count && !cases->names.options->start_count) {
			*out = c;
			return BPR_OK;
		}
		if (!take(cases, c))
			return bpr_i_nomem(err);
		if (cases->current.count) {
			*out = &cases->current;
			return BPR_OK;
		}
	}
	return status;
}

void bpr_i_selected_release(struct bpr_selected *cases)
{
	bpr_log_walk_free(cases->walk);
	bpr_i_free(cases->events);
	bpr_i_free(cases->names.role);
	bpr_i_free(cases->names.result_state);
	*cases = (struct bpr_selected){ .walk = NULL };
}
