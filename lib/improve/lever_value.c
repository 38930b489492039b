/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers that change values of steps: who does it, how long it takes, whether it waits for others; any value at all. */
#include "config.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "flow/edit_set_i.h"
#include "improve/lever_i.h"
#include "table/table_i.h"
#include <math.h>
#include <string.h>

bool bpr_i_lever_origin(struct lever_work *work, enum bpr_origin_of of, const char *element, const char *key, const char *value)
{
	return bpr_i_edit_origin(work->edit, of, element, key, value, work->lever->id) || bpr_i_lever_nomem(work);
}

bool bpr_i_lever_duration_origin(struct lever_work *work, size_t step, bool hands_on)
{
	const struct bpr_node *node = bpr_i_edit_node(work->edit, step);
	const struct bpr_dist *dist = hands_on ? node->work : node->wait;
	char text[200];

	(void)bpr_dist_format(dist ? dist : &(struct bpr_dist){ 0 }, text, sizeof(text));
	return bpr_i_lever_origin(work, BPR_ORIGIN_STEP, node->id, hands_on ? "work" : "wait", text);
}

/* ---- reassign ---- */

static bool is_none(const char *text)
{
	return !strcmp(text, "-") || !strcmp(text, "－") || !strcmp(text, "なし") || !strcmp(text, "none");
}

/* POOL, POOL:COUNT, '+' between several. */
static bool read_needs(struct lever_work *work, const char *text, struct bpr_need **needs, size_t *count)
{
	const size_t most = strlen(text) + 1;

	*count = 0;
	*needs = bpr_i_arena_alloc(&work->scratch, most, sizeof(**needs));
	if (!*needs)
		return bpr_i_lever_nomem(work);
	for (size_t width = 0; *text && !is_none(text); text += width) {
		const char *name = text, *colon, *number;
		size_t n = 0, length, people = 1;
		char *kept;

		for (; text[n] && text[n] != '+' && strncmp(text + n, "＋", 3) != 0; n++)
			;
		width = n + (text[n] == '+' ? 1 : text[n] ? 3 : 0);
		length = bpr_i_utf8_trim(&name, n);
		kept = bpr_i_arena_strndup(&work->scratch, name, length);
		if (!kept)
			return bpr_i_lever_nomem(work);
		colon = strrchr(kept, ':');
		number = colon ? colon + 1 : strstr(kept, "：") ? (colon = strstr(kept, "："), colon + 3) : NULL;
		if (number) {
			double x = 0, whole;

			if (!bpr_i_table_number(number, &x) || !(x >= 1 && x <= 1e6) || modf(x, &whole) > 0)
				return bpr_i_lever_refuse(work, BPR_I_K075, number, NULL, NULL);
			people = (size_t)x;
			kept[colon - kept] = '\0';
		}
		if (!*kept)
			return bpr_i_lever_refuse(work, BPR_I_K075, text, NULL, NULL);
		(*needs)[*count] = (struct bpr_need){ bpr_i_edit_pool(work->edit, kept), people };
		if ((*needs)[(*count)++].pool == BPR_NONE)
			return bpr_i_lever_nomem(work);
	}
	return true;
}

struct post { const char *unit, *counter, *actor; size_t unit_at, counter_at, actor_at, need_count; struct bpr_need *needs; const char *staff; };

static bool read_post(struct lever_work *work, struct post *post)
{
	static const char *const keys[] = { "unit|担当|担当課|部署|係", "counter|窓口|場所", "staff|pool|職種|要員", "actor|実施者|主体" };
	static const char *const actors[] = { "staff|職員|担当者", "citizen|住民|市民|申請者", "system|システム" };
	const char *values[4];

	if (!bpr_i_lever_values(work, work->action->value, keys, 4, values, NULL))
		return false;
	*post = (struct post){ .unit = values[0], .counter = values[1], .staff = values[2], .actor = values[3] };
	if (!post->unit && !post->counter && !post->staff && !post->actor)
		return bpr_i_lever_refuse(work, BPR_I_K076, NULL, NULL, NULL);
	if (post->unit && !*post->unit)
		return bpr_i_lever_refuse(work, BPR_I_K076, NULL, NULL, NULL);
	if (post->actor) {
		post->actor_at = bpr_i_table_word(actors, 3, post->actor);
		if (post->actor_at == BPR_NONE)
			return bpr_i_lever_refuse(work, BPR_I_K077, post->actor, NULL, NULL);
	}
	if (post->staff && !read_needs(work, post->staff, &post->needs, &post->need_count))
		return false;
	post->unit_at = post->unit ? bpr_i_edit_unit(work->edit, post->unit) : 0;
	post->counter_at = post->counter && *post->counter && !is_none(post->counter) ? bpr_i_edit_counter(work->edit, post->counter) : 0;
	return (post->unit_at != BPR_NONE && post->counter_at != BPR_NONE) || bpr_i_lever_nomem(work);
}

bool bpr_i_lever_reassign(struct lever_work *work)
{
	struct post post;
	size_t *steps, count;

	if (!bpr_i_lever_steps(work, work->action->target, &steps, &count) || !read_post(work, &post))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct bpr_node *node = bpr_i_edit_node(work->edit, steps[i]);

		if (post.unit)
			node->unit = post.unit_at;
		if (post.counter)
			node->counter = *post.counter && !is_none(post.counter) ? post.counter_at : BPR_NONE;
		if (post.actor)
			node->actor = (enum bpr_actor)post.actor_at;
		if (post.staff && !bpr_i_edit_needs_set(work->edit, steps[i], post.needs, post.need_count))
			return bpr_i_lever_nomem(work);
	}
	return true;
}

/* ---- speed up ---- */

/* -20%: 0.8. A sign must stand there, so that 20% is not taken for what is left. */
static bool read_factor(const char *text, double *factor)
{
	struct bpr_buf folded = BPR_BUF_INIT;
	double x = 0;
	bool ok;

	bpr_i_utf8_fold(&folded, text, strlen(text));
	ok = !folded.failed && folded.length > 2 && (folded.data[0] == '-' || folded.data[0] == '+') && folded.data[folded.length - 1] == '%' &&
	     bpr_i_num_parse(folded.data, folded.length - 1, &x) && x >= -100 && x <= 900;
	bpr_i_buf_release(&folded);
	*factor = 1 + x / 100;
	return ok;
}

/* One of the two durations of the steps; how many changed is added to *changed. */
static bool speed(struct lever_work *work, const size_t *steps, size_t count, bool hands_on, const char *text, size_t *changed)
{
	struct bpr_dist dist = { 0 };
	double factor;
	const bool scaled = read_factor(text, &factor);

	if (!scaled && !bpr_i_lever_duration(work, text, &dist))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(work->edit, steps[i]);
		const struct bpr_dist *old = hands_on ? node->work : node->wait;

		if (!bpr_node_is_step(node) || (scaled && !(bpr_dist_mean(old) > 0)))
			continue;
		if (scaled ? !bpr_i_edit_duration_scale(work->edit, steps[i], hands_on, factor) :
			     !bpr_i_edit_duration(work->edit, steps[i], hands_on, bpr_dist_mean(&dist) > 0 ? &dist : NULL))
			return bpr_i_lever_nomem(work);
		if (!bpr_i_lever_duration_origin(work, steps[i], hands_on))
			return false;
		++*changed;
	}
	return true;
}

bool bpr_i_lever_speed_up(struct lever_work *work)
{
	static const char *const keys[] = { "work|作業|処理時間|作業時間|所要時間", "wait|待ち時間|待ち" };
	const char *values[2], *bare;
	size_t *steps, count, changed = 0;

	if (!bpr_i_lever_steps(work, work->action->target, &steps, &count) ||
	    !bpr_i_lever_values(work, work->action->value, keys, 2, values, &bare))
		return false;
	values[0] = values[0] ? values[0] : bare;
	if (!values[0] && !values[1])
		return bpr_i_lever_refuse(work, BPR_I_K058, "", NULL, NULL);
	if ((values[0] && !speed(work, steps, count, true, values[0], &changed)) ||
	    (values[1] && !speed(work, steps, count, false, values[1], &changed)))
		return false;
	return changed > 0 || bpr_i_lever_refuse(work, BPR_I_K078, work->action->target, NULL, NULL);
}

/* ---- batches, any value ---- */

bool bpr_i_lever_unbatch(struct lever_work *work)
{
	size_t *steps, count, changed = 0;

	if (!bpr_i_lever_no_value(work) || !bpr_i_lever_steps(work, work->action->target, &steps, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct bpr_node *node = bpr_i_edit_node(work->edit, steps[i]);

		if (node->batch <= 1)
			continue;
		node->batch = 1;
		node->batch_wait = 0;
		changed++;
		if (!bpr_i_lever_origin(work, BPR_ORIGIN_STEP, node->id, "batch", "1"))
			return false;
	}
	return changed > 0 || bpr_i_lever_refuse(work, BPR_I_K079, work->action->target, NULL, NULL);
}

bool bpr_i_lever_put(struct lever_work *work, const char *key, const char *value)
{
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_place place = { .file = *work->file ? work->file : NULL, .line = work->action->line, .where = work->lever->id };
	struct bpr_edit_set set = { .problems = work->problems, .place = place, .lever = work->lever->id };
	bool ok;

	bpr_i_buf_puts(&text, key);
	if (*key)
		bpr_i_buf_puts(&text, "=");
	bpr_i_buf_puts(&text, value);
	ok = !text.failed && bpr_i_edit_set(work->edit, text.data ? text.data : "", &set);
	bpr_i_buf_release(&text);
	if (!ok)
		return bpr_i_lever_nomem(work);
	return set.fits || bpr_i_lever_refuse(work, BPR_I_K080, key, value, NULL);
}

bool bpr_i_lever_set(struct lever_work *work)
{
	return bpr_i_lever_put(work, work->action->target, work->action->value);
}
