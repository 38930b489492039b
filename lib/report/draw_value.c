/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a box below the name: the number of its heat, and what differs between before and after. */
#include "config.h"
#include "base/text_i.h"
#include "report/draw_i.h"
#include <bpr/text.h>
#include <math.h>
#include <string.h>

enum { DIFFERENCES = 3, WIDEST = 168 };

static const bpr_flow *flow_at(const struct picture *p, size_t index)
{
	return p->flows->items[p->chosen ? p->chosen[index] : index];
}

static void find_limits(struct picture *p)
{
	double *all = NULL;
	size_t sum = 0, n = 0;

	if (!p->heat_values || p->limits[0] > 0)
		return;
	for (size_t i = 0; i < p->count; i++)
		sum += p->heat_values[i] ? bpr_flow_node_count(flow_at(p, i)) : 0;
	all = bpr_i_arena_alloc(&p->arena, sum + 1, sizeof(*all));
	if (!all) {
		p->failed = true;
		return;
	}
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; p->heat_values[i] && k < bpr_flow_node_count(flow_at(p, i)); k++)
			all[n++] = p->heat_values[i][k];
	bpr_i_study_heat_limits(p->heat, all, n, NULL, 0, p->limits);
}

void bpr_i_picture_pairs(struct picture *p)
{
	size_t count = 0;
	const struct bpr_step_pair *pairs;
	const bpr_flow *flows[2] = { p->subject.flow, p->subject.after_flow };

	find_limits(p);
	p->words.lang = p->options->lang;
	if (!p->comparison)
		return;
	pairs = bpr_comparison_steps(p->comparison, &count);
	for (size_t side = 0; side < 2; side++) {
		p->pair_of[side] = bpr_i_arena_alloc(&p->arena, bpr_flow_node_count(flows[side]) + 1, sizeof(*p->pair_of[side]));
		p->failed |= !p->pair_of[side];
	}
	for (size_t i = 0; !p->failed && i < count; i++) {
		if (pairs[i].before != BPR_NONE)
			p->pair_of[0][pairs[i].before] = &pairs[i];
		if (pairs[i].after != BPR_NONE)
			p->pair_of[1][pairs[i].after] = &pairs[i];
	}
}

const char *bpr_i_picture_name(struct picture *p, size_t index, const char *name)
{
	if (!p->comparison || p->compact)
		return name;
	name = bpr_i_doc_fill(&p->words, index + p->first_side ? N_("After: {1}") : N_("Before: {1}"), name, NULL, NULL, NULL);
	p->failed |= p->words.failed;
	return name;
}

/* ---- heat ---- */

static const char *heat_words(struct picture *p, const char *before, double heat)
{
	struct bpr_buf words = BPR_BUF_INIT;
	const char *kept;

	if (*before)
		bpr_i_buf_printf(&words, "%s ", before);
	bpr_i_study_heat_words(&words, p->options->lang, p->heat, heat);
	kept = words.data ? bpr_i_arena_strndup(&p->arena, words.data, words.length) : NULL;
	p->failed |= !kept || words.failed;
	bpr_i_buf_release(&words);
	return kept ? kept : "";
}

const char *bpr_i_picture_passages(struct picture *p, const char *text, double passages)
{
	char said[80];
	struct bpr_buf words = BPR_BUF_ON(said);

	if (!(passages >= 0))
		return text;
	bpr_i_words_count(&words, (struct bpr_words){ .lang = p->options->lang }, passages);
	text = bpr_i_doc_fill(&p->words, N_("{1} ({2} times)"), text, said, NULL, NULL);
	p->failed |= p->words.failed;
	return text;
}

const char *bpr_i_picture_times(struct picture *p, double count)
{
	const char *text = bpr_i_doc_fill(&p->words, N_("{1} times"), bpr_i_say_count(&p->words, count), NULL, NULL, NULL);

	p->failed |= p->words.failed;
	return text;
}

/* ---- differences ---- */

/* A line of at most the width, the rest is in the title. */
static const char *fitted(struct picture *p, const char *text)
{
	size_t count = 0;
	const char *const *lines = bpr_i_layout_wrap(&p->arena, text, WIDEST, bpr_i_layout_usual.label_font, 1, &count);

	p->failed |= !lines;
	return lines && count ? lines[0] : "";
}

/* Lines of a step that changed; returns how many. */
static size_t add_differences(struct picture *p, const struct bpr_step_pair *pair, struct drawn *d, const char **lines)
{
	size_t most = p->compact ? 0 : DIFFERENCES, count = 0, more = 0; /* on a page a mark is enough */
	bool visits = p->subject.analysis && p->subject.after_analysis;
	struct bpr_buf told = BPR_BUF_INIT;

	for (unsigned bit = 0; bit < BPR_DIFFERS_COUNT; bit++) {
		const char *text;

		if (!(pair->differs >> bit & 1u) || (1u << bit == BPR_DIFFERS_VISITS && !visits))
			continue;
		text = bpr_i_say_difference(&p->words, &p->subject, pair, 1u << bit);
		bpr_i_buf_puts(&told, told.length ? " / " : "");
		bpr_i_buf_puts(&told, text);
		if (count < most)
			lines[count++] = fitted(p, text);
		else
			more++;
	}
	if (more && !p->compact)
		lines[count++] = bpr_i_doc_fill(&p->words, N_("and {1} more"), bpr_i_say_count(&p->words, (double)more), NULL, NULL, NULL);
	d->told = told.data ? bpr_i_doc_keep(&p->words, &told) : NULL;
	p->failed |= p->words.failed;
	return count;
}

void bpr_i_picture_value(struct picture *p, size_t index, size_t at, size_t node)
{
	size_t side = index + p->first_side;
	const struct bpr_step_pair *pair = p->comparison && side < 2 && !p->failed ? p->pair_of[side][node] : NULL;
	struct bpr_layout_node *to = &p->graph.nodes[at];
	struct drawn *d = &p->drawn[at];
	const char **lines = bpr_i_arena_alloc(&p->arena, DIFFERENCES + 2, sizeof(*lines));

	d->heat = p->heat_values && p->heat_values[index] ? p->heat_values[index][node] : (double)NAN;
	d->change = pair ? pair->change : BPR_STEP_SAME;
	if (!lines) {
		p->failed = true;
		return;
	}
	to->values = lines;
	if (!bpr_i_study_heat_shown(p->heat, d->heat))
		d->heat = isnan(d->heat) ? d->heat : 0;
	else if (to->shape == BPR_SHAPE_TASK)
		lines[to->value_count++] = heat_words(p, "", d->heat);
	else
		to->text = heat_words(p, to->text, d->heat);
	if (d->change == BPR_STEP_CHANGED && side == 1 && to->shape == BPR_SHAPE_TASK)
		to->value_count += add_differences(p, pair, d, lines + to->value_count);
}
