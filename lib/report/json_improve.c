/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would help, as JSON: members of the object bpr.simulation/1 where it was asked for. */
#include "config.h"
#include "report/json_parts_i.h"
#include <stdio.h>

typedef struct bpr_json json;

static void put_clock(json *j, const char *name, double minutes)
{
	char text[16];
	unsigned at = (unsigned)(minutes + 0.5);

	(void)snprintf(text, sizeof(text), "%u:%02u", at / 60, at % 60);
	bpr_i_json_string(j, name, text);
}

static void put_interval(json *j, bool known, double low, double high)
{
	if (!known) {
		bpr_i_json_null(j, "ci95");
		return;
	}
	bpr_i_json_array(j, "ci95");
	bpr_i_json_number(j, NULL, low);
	bpr_i_json_number(j, NULL, high);
	bpr_i_json_end_array(j);
}

static void put_sticking(json *j, const struct bpr_subject *s)
{
	bpr_i_json_array(j, "sticking");
	for (size_t i = 0; i < s->sticking_count; i++) {
		const struct bpr_sticking *p = &s->sticking[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_whole(j, "rank", i + 1);
		bpr_i_json_string(j, "pool", bpr_flow_pool(s->flow, p->pool)->name);
		bpr_i_json_array(j, "weekdays");
		for (unsigned d = 0; d < 7; d++)
			if (p->weekdays >> d & 1u)
				bpr_i_json_whole(j, NULL, d + 1);
		bpr_i_json_end_array(j);
		put_clock(j, "from", p->from);
		put_clock(j, "to", p->to);
		bpr_i_json_number(j, "hours_a_week", p->hours_a_week);
		bpr_i_json_number(j, "wait_before", p->wait_before);
		bpr_i_json_number(j, "wait_after", p->wait_after);
		bpr_i_json_number(j, "change", p->change);
		put_interval(j, p->ci_known, p->ci95_low, p->ci95_high);
		bpr_i_json_bool(j, "shown", p->shown);
		bpr_i_json_number(j, "cycle_change", p->cycle_change);
		bpr_i_json_number(j, "wait_p90_before", p->wait_p90_before);
		bpr_i_json_number(j, "wait_p90_after", p->wait_p90_after);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "sensitivity");
	for (size_t i = 0; i < s->sensitivity_count; i++) {
		const struct bpr_sensitivity *f = &s->sensitivity[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_whole(j, "rank", i + 1);
		bpr_i_json_string(j, "node", bpr_flow_node(s->flow, f->node)->id);
		bpr_i_json_number(j, "change", f->change);
		put_interval(j, f->ci_known, f->ci95_low, f->ci95_high);
		bpr_i_json_bool(j, "shown", f->shown);
		bpr_i_json_number(j, "wait_change", f->wait_change);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_targets(json *j, const struct bpr_subject *s)
{
	bpr_i_json_array(j, "targets");
	for (size_t i = 0; i < s->staffing->share_count; i++) {
		const struct bpr_staffing_share *t = &s->staffing->shares[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "key", bpr_sim_key_get(t->target.key)->key);
		bpr_i_json_string(j, "pool", t->target.pool == BPR_NONE ? NULL : bpr_flow_pool(s->flow, t->target.pool)->name);
		bpr_i_json_number(j, "limit_minutes", t->target.limit);
		bpr_i_json_number(j, "asked", t->target.share);
		bpr_i_json_number(j, "now", t->now);
		bpr_i_json_number(j, "share", t->share);
		bpr_i_json_number(j, "low", t->low);
		bpr_i_json_number(j, "best", t->best);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_blocks(json *j, const struct bpr_subject *s, enum bpr_lang lang)
{
	const struct bpr_staffing *p = s->staffing;

	bpr_i_json_array(j, "blocks");
	for (size_t i = 0; i < p->block_count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "pool", bpr_flow_pool(s->flow, p->blocks[i].pool)->name);
		bpr_i_json_whole(j, "weekday", p->blocks[i].weekday + 1);
		put_clock(j, "from", p->blocks[i].from);
		put_clock(j, "to", p->blocks[i].to);
		bpr_i_json_whole(j, "now", p->blocks[i].now);
		bpr_i_json_whole(j, "people", p->blocks[i].people);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "rows");
	for (size_t i = 0; i < p->row_count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "pool", bpr_flow_pool(s->flow, p->rows[i].pool)->name);
		bpr_i_json_whole(j, "count", p->rows[i].count);
		bpr_i_json_string(j, "hours", p->rows[i].hours[lang]);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

void bpr_i_put_improvement(json *j, const struct bpr_subject *s, enum bpr_lang lang)
{
	const struct bpr_staffing *p = s->staffing;

	if (s->sticking)
		put_sticking(j, s);
	if (!p)
		return;
	bpr_i_json_object(j, "staffing");
	bpr_i_json_bool(j, "reached", p->reached);
	bpr_i_json_bool(j, "least", p->least);
	bpr_i_json_number(j, "hours_now", p->hours_now);
	bpr_i_json_number(j, "hours", p->hours);
	bpr_i_json_number(j, "hours_formula", p->hours_formula);
	bpr_i_json_whole(j, "simulations", p->simulations);
	bpr_i_json_whole(j, "replications", p->replications);
	bpr_i_json_whole(j, "verified_replications", p->verified_replications);
	put_targets(j, s);
	put_blocks(j, s, lang);
	bpr_i_json_end_object(j);
}
