/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People by block as shifts: the first person's hours, the second's … People of one level whose blocks touch are one shift: were each
 * block a shift of its own, those who finish their work past its end and those of the next would both be there.
 */
#include "config.h"
#include "improve/improve_i.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include "flow/view_i.h"
#include <stdio.h>
#include <string.h>

/* All weekdays on which anybody is planned. */
static unsigned working_weekdays(const struct roster *r)
{
	unsigned all = 0;

	for (size_t b = 0; b < r->block_count; b++)
		all |= r->blocks[b].weekdays;
	return all;
}

static bool has_level(const size_t *people, size_t b, size_t level)
{
	return people[b] >= level;
}

/* The rule of one kind of day for a level; blocks from `first` on with the same weekdays. False: nobody, or out of memory (*nomem). */
static bool make_rule(const struct roster *r, const size_t *people, size_t first, size_t level, struct bpr_arena *arena,
		      struct bpr_schedule_rule *out, bool *nomem)
{
	unsigned weekdays = r->blocks[first].weekdays;
	struct bpr_span *spans = bpr_i_arena_alloc(arena, BPR_SPANS_MAX, sizeof(*spans));
	size_t count = 0;

	if (!spans) {
		*nomem = true;
		return false;
	}
	for (size_t b = first; b < r->block_count && r->blocks[b].weekdays == weekdays; b++) {
		if (!has_level(people, b, level))
			continue;
		if (count && !(spans[count - 1].to < r->blocks[b].from))
			spans[count - 1].to = r->blocks[b].to;
		else if (count < BPR_SPANS_MAX)
			spans[count++] = (struct bpr_span){ r->blocks[b].from, r->blocks[b].to };
		else
			spans[count - 1].to = r->blocks[b].to; /* finer than a schedule can say */
	}
	*out = (struct bpr_schedule_rule){ .spans = spans, .span_count = count, .value = 1 };
	out->days.weekdays = weekdays == working_weekdays(r) ? 0 : weekdays;
	return count > 0;
}

/* Hours of a level; rule_count 0 where nobody has it. */
static bool make_hours(const struct roster *r, const size_t *people, size_t level, struct bpr_arena *arena, struct bpr_schedule *out)
{
	struct bpr_schedule_rule *rules = bpr_i_arena_alloc(arena, 7, sizeof(*rules));
	bool nomem = !rules;

	*out = (struct bpr_schedule){ .rules = rules, .text = "" };
	for (size_t b = 0; b < r->block_count && !nomem; b++)
		if ((!b || r->blocks[b].weekdays != r->blocks[b - 1].weekdays) &&
		    make_rule(r, people, b, level, arena, &rules[out->rule_count], &nomem))
			out->rule_count++;
	return !nomem;
}

static bool same_level(const struct roster *r, const size_t *people, size_t a, size_t b)
{
	for (size_t i = 0; i < r->block_count; i++)
		if (has_level(people, i, a) != has_level(people, i, b))
			return false;
	return true;
}

/* Shifts of one pool; `people` by block. */
static bool make_shifts(const struct roster *r, const size_t *people, struct bpr_arena *arena, struct bpr_shift **out, size_t *count)
{
	size_t most = 0;

	*count = 0;
	for (size_t b = 0; b < r->block_count; b++)
		most = people[b] > most ? people[b] : most;
	*out = bpr_i_arena_alloc(arena, most, sizeof(**out));
	if (!*out)
		return false;
	for (size_t level = 1; level <= most;) {
		struct bpr_shift *shift = &(*out)[*count];
		size_t next = level + 1;

		while (next <= most && same_level(r, people, level, next))
			next++;
		*shift = (struct bpr_shift){ .name = "", .count = next - level };
		if (!make_hours(r, people, level, arena, &shift->hours))
			return false;
		++*count;
		level = next;
	}
	return true;
}

/* ---- as text ---- */

static void put_days(struct bpr_buf *buf, unsigned weekdays, enum bpr_lang lang)
{
	static const char *const names[2][7] = { { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
						 { "月", "火", "水", "木", "金", "土", "日" } };

	for (unsigned d = 0; d < 7; d++) {
		unsigned last = d;

		if (!(weekdays >> d & 1u))
			continue;
		while (last < 6 && weekdays >> (last + 1) & 1u)
			last++;
		bpr_i_buf_puts(buf, names[lang][d]);
		if (last > d) {
			bpr_i_buf_putc(buf, '-');
			bpr_i_buf_puts(buf, names[lang][last]);
		}
		bpr_i_buf_putc(buf, ' ');
		d = last;
	}
}

static void put_clock(struct bpr_buf *buf, double minutes)
{
	char text[16];
	unsigned at = (unsigned)(minutes + 0.5);

	(void)snprintf(text, sizeof(text), "%u:%02u", at / 60, at % 60);
	bpr_i_buf_puts(buf, text);
}

static const char *hours_text(const struct bpr_schedule *hours, enum bpr_lang lang, struct bpr_arena *arena)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *text;

	for (size_t i = 0; i < hours->rule_count; i++) {
		const struct bpr_schedule_rule *rule = &hours->rules[i];

		if (i)
			bpr_i_buf_puts(&buf, "; ");
		put_days(&buf, rule->days.weekdays, lang);
		for (size_t k = 0; k < rule->span_count; k++) {
			if (k)
				bpr_i_buf_putc(&buf, ' ');
			put_clock(&buf, rule->spans[k].from);
			bpr_i_buf_putc(&buf, '-');
			put_clock(&buf, rule->spans[k].to);
		}
	}
	text = buf.failed ? NULL : bpr_i_arena_strndup(arena, buf.data ? buf.data : "", buf.length);
	bpr_i_buf_release(&buf);
	return text;
}

bpr_status bpr_i_roster_rows(const struct roster *r, const size_t *people, struct bpr_arena *arena, struct bpr_staffing_row **rows,
			     size_t *count, struct bpr_error *err)
{
	size_t capacity = 0;

	*count = 0;
	for (size_t i = 0; i < r->cells; i++)
		capacity += people[i];
	*rows = bpr_i_arena_alloc(arena, capacity, sizeof(**rows));
	if (!*rows)
		return bpr_i_nomem(err);
	for (size_t p = 0; p < r->planned; p++) {
		struct bpr_shift *shifts;
		size_t shift_count;

		if (!make_shifts(r, people + p * r->block_count, arena, &shifts, &shift_count))
			return bpr_i_nomem(err);
		for (size_t s = 0; s < shift_count; s++) {
			struct bpr_staffing_row *row = &(*rows)[(*count)++];

			*row = (struct bpr_staffing_row){ .pool = r->pools[p], .count = shifts[s].count };
			for (size_t lang = 0; lang < 2; lang++) {
				row->hours[lang] = hours_text(&shifts[s].hours, (enum bpr_lang)lang, arena);
				if (!row->hours[lang])
					return bpr_i_nomem(err);
			}
		}
	}
	return BPR_OK;
}

/* ---- as a flow ---- */

static bool change_pool(const struct roster *r, size_t p, const size_t *people, struct bpr_arena *arena, struct bpr_pool *pool)
{
	const struct bpr_shift *helps = NULL;
	struct bpr_shift *shifts;

	for (size_t s = 0; s < pool->shift_count && !helps; s++)
		if (pool->shifts[s].also_count)
			helps = &pool->shifts[s];
	if (!make_shifts(r, people + p * r->block_count, arena, &shifts, &pool->shift_count))
		return false;
	pool->count = 0;
	for (size_t s = 0; s < pool->shift_count; s++) {
		pool->count += shifts[s].count;
		if (helps) {
			shifts[s].also = helps->also;
			shifts[s].also_count = helps->also_count;
		}
	}
	pool->shifts = shifts;
	return true;
}

bpr_status bpr_i_roster_flow(const struct roster *r, const size_t *people, struct roster_flow *out, struct bpr_error *err)
{
	struct bpr_pool *pools;
	bpr_status status;

	*out = (struct roster_flow){ 0 };
	pools = bpr_i_arena_alloc(&out->arena, bpr_flow_pool_count(r->flow), sizeof(*pools));
	for (size_t i = 0; pools && i < bpr_flow_pool_count(r->flow); i++)
		pools[i] = *bpr_flow_pool(r->flow, i);
	for (size_t p = 0; pools && p < r->planned; p++)
		if (!change_pool(r, p, people, &out->arena, &pools[r->pools[p]]))
			pools = NULL;
	status = pools ? bpr_i_flow_view(r->flow, &(struct bpr_flow_change){ .pools = pools }, &out->view, err) : bpr_i_nomem(err);
	if (status)
		bpr_i_roster_flow_free(out);
	return status;
}

void bpr_i_roster_flow_free(struct roster_flow *flow)
{
	bpr_i_flow_view_free(flow->view);
	bpr_i_arena_release(&flow->arena);
	*flow = (struct roster_flow){ 0 };
}
