/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which cases are over: by the result that the log gives, by named ends, or judged by what usually comes last. */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include <string.h>
#include <strings.h>

/* Japanese words wherever they stand in the result; English ones as the whole of it. */
static const struct word { const char *text; uint8_t state; bool whole; } words[] = {
	{ "取消", BPR_I_MINE_CANCELLED, false }, { "取り消", BPR_I_MINE_CANCELLED, false }, { "取下", BPR_I_MINE_CANCELLED, false },
	{ "取り下", BPR_I_MINE_CANCELLED, false }, { "キャンセル", BPR_I_MINE_CANCELLED, false }, { "不在", BPR_I_MINE_CANCELLED, false },
	{ "辞退", BPR_I_MINE_CANCELLED, false }, { "中止", BPR_I_MINE_CANCELLED, false }, { "欠番", BPR_I_MINE_CANCELLED, false },
	{ "離脱", BPR_I_MINE_CANCELLED, false },
	{ "cancel", BPR_I_MINE_CANCELLED, true }, { "canceled", BPR_I_MINE_CANCELLED, true }, { "cancelled", BPR_I_MINE_CANCELLED, true },
	{ "withdrawn", BPR_I_MINE_CANCELLED, true }, { "abandoned", BPR_I_MINE_CANCELLED, true }, { "aborted", BPR_I_MINE_CANCELLED, true },
	{ "absent", BPR_I_MINE_CANCELLED, true }, { "no show", BPR_I_MINE_CANCELLED, true }, { "no-show", BPR_I_MINE_CANCELLED, true },
	{ "未完了", BPR_I_MINE_OPEN, false }, { "未了", BPR_I_MINE_OPEN, false }, { "未処理", BPR_I_MINE_OPEN, false },
	{ "処理中", BPR_I_MINE_OPEN, false }, { "受付中", BPR_I_MINE_OPEN, false }, { "対応中", BPR_I_MINE_OPEN, false },
	{ "審査中", BPR_I_MINE_OPEN, false }, { "継続", BPR_I_MINE_OPEN, false }, { "保留", BPR_I_MINE_OPEN, false },
	{ "open", BPR_I_MINE_OPEN, true }, { "pending", BPR_I_MINE_OPEN, true }, { "in progress", BPR_I_MINE_OPEN, true },
	{ "ongoing", BPR_I_MINE_OPEN, true }, { "running", BPR_I_MINE_OPEN, true }, { "waiting", BPR_I_MINE_OPEN, true },
	{ "on hold", BPR_I_MINE_OPEN, true }, { "incomplete", BPR_I_MINE_OPEN, true },
};

static uint8_t state_of(const char *result)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].whole ? !strcasecmp(result, words[i].text) : strstr(result, words[i].text) != NULL)
			return words[i].state;
	return BPR_I_MINE_FINISHED;
}

bool bpr_i_mine_results(struct bpr_mine_work *w)
{
	const uint32_t count = bpr_log_name_count(w->log, BPR_LOG_RESULT);

	w->result_state = bpr_i_calloc(count, sizeof(*w->result_state));
	for (uint32_t i = 0; w->result_state && i < count; i++)
		w->result_state[i] = state_of(bpr_log_name(w->log, BPR_LOG_RESULT, i));
	return w->result_state != NULL;
}

/* Nothing has happened for longer than nearly ever before something still did. */
static bool is_silent(const struct bpr_mine_work *w, size_t i, const struct bpr_mine_stat *after)
{
	return (double)bpr_i_mine_span(w->cases.end[i], bpr_log_info(w->log).last) / BPR_I_MINE_MINUTE > after[w->cases.last[i]].p99;
}

/* By what usually comes last, or by silence. */
static bool is_over(const struct bpr_mine_work *w, size_t i, const struct bpr_mine_stat *after)
{
	const struct bpr_mine_activity_item *a = &w->activities[w->cases.last[i]];

	return a->ends * 2 >= a->count || is_silent(w, i, after);
}

/* after: minutes behind each activity; NULL: nothing is judged. */
static uint8_t judge(const struct bpr_mine_work *w, size_t i, enum bpr_mine_end_method method, const struct bpr_mine_stat *after)
{
	const uint8_t flags = w->cases.flags[i], said = flags & BPR_I_MINE_STATE;
	const bool cancelled = flags & BPR_I_MINE_HAS_RESULT ? said == BPR_I_MINE_CANCELLED : (flags & BPR_I_MINE_GIVEN_UP) != 0;

	if (method == BPR_MINE_END_NAMED && flags & BPR_I_MINE_HAS_END)
		return BPR_I_MINE_FINISHED;
	if (cancelled)
		return BPR_I_MINE_CANCELLED;
	if (method == BPR_MINE_END_NAMED)
		return BPR_I_MINE_OPEN;
	if (method == BPR_MINE_END_RESULT || flags & BPR_I_MINE_HAS_RESULT)
		return said;
	if (flags & BPR_I_MINE_WAITING) /* nobody came when the number was called */
		return is_silent(w, i, after) ? BPR_I_MINE_CANCELLED : BPR_I_MINE_OPEN;
	return is_over(w, i, after) ? BPR_I_MINE_FINISHED : BPR_I_MINE_OPEN;
}

static enum bpr_mine_end_method method_of(const struct bpr_mine_work *w)
{
	const struct bpr_mine_cases *c = &w->cases;

	if (w->options->end_count)
		return BPR_MINE_END_NAMED;
	/* A column that only says what was cancelled does not say which of the others are over. */
	for (size_t i = 0; i < c->count; i++)
		if (c->flags[i] & BPR_I_MINE_HAS_RESULT && bpr_i_mine_finished(c, i))
			return BPR_MINE_END_RESULT;
	return BPR_MINE_END_JUDGED;
}

bool bpr_i_mine_judge(struct bpr_mine_work *w)
{
	struct bpr_mine_cases *c = &w->cases;
	struct bpr_mine_totals *t = &w->out->totals;
	struct bpr_mine_stat *after = NULL;

	t->end_method = method_of(w);
	if (t->end_method == BPR_MINE_END_JUDGED) {
		after = bpr_i_calloc(w->out->activity_count, sizeof(*after));
		if (!after || !bpr_i_mine_arc_stats(w, true, after)) {
			bpr_i_free(after);
			return false;
		}
	}
	w->out->case_count = bpr_log_name_count(w->log, BPR_LOG_CASE);
	w->out->case_state = bpr_i_calloc(w->out->case_count, sizeof(*w->out->case_state));
	if (!w->out->case_state) {
		bpr_i_free(after);
		return false;
	}
	memset(w->out->case_state, BPR_MINE_FINISHED, w->out->case_count);
	for (size_t i = 0; i < c->count; i++) {
		const uint8_t state = judge(w, i, t->end_method, after);

		w->out->case_state[c->index[i]] = state;
		c->flags[i] = (uint8_t)((c->flags[i] & ~BPR_I_MINE_STATE) | state);
		t->finished += state == BPR_I_MINE_FINISHED;
		t->unfinished += state == BPR_I_MINE_OPEN;
		t->cancelled += state == BPR_I_MINE_CANCELLED;
		t->headless += (c->flags[i] & BPR_I_MINE_HEADLESS) != 0;
	}
	bpr_i_free(after);
	return true;
}
