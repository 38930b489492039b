/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The object bpr.walk/1 of lib/schema/. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "report/json_parts_i.h"
#include <bpr/walk.h>

static const char *const happenings[] = { "step", "move", "choice", "end" };
static const char *const way_kinds[] = { "out", "not", "happens", "happens_not", "again", "on", "start" };
static const char *const oddity_kinds[] = { "rare_way", "many", "few", "ended" };

static const char *node_id(const bpr_flow *flow, size_t node)
{
	return node == BPR_NONE ? NULL : bpr_flow_node(flow, node)->id;
}

static const char *counter_name(const bpr_flow *flow, size_t counter)
{
	return counter == BPR_NONE ? NULL : bpr_flow_counter(flow, counter)->name;
}

static void put_way(struct bpr_json *j, const bpr_flow *flow, const struct bpr_walk_way *way)
{
	const struct bpr_arc *arc = way->arc == BPR_NONE ? NULL : bpr_flow_arc(flow, way->arc);

	bpr_i_json_object(j, "way");
	bpr_i_json_string(j, "kind", way_kinds[way->kind]);
	bpr_i_json_string(j, "to", node_id(flow, arc ? arc->to : way->node));
	if (arc && arc->name && *arc->name)
		bpr_i_json_string(j, "condition", arc->name);
	bpr_i_json_number(j, "share", way->share);
	bpr_i_json_end_object(j);
}

static void put_step(struct bpr_json *j, const bpr_flow *flow, const struct bpr_walk_event *e)
{
	bpr_i_json_string(j, "name", bpr_flow_node(flow, e->node)->name);
	bpr_i_json_string(j, "counter", counter_name(flow, e->counter));
	bpr_i_json_bool(j, "back", e->back);
	bpr_i_json_bool(j, "citizen", e->citizen);
	bpr_i_json_whole(j, "times", e->times);
	bpr_i_json_number(j, "wait_minutes", e->wait_minutes);
	bpr_i_json_number(j, "work_minutes", e->work_minutes);
	bpr_i_json_number(j, "fields", e->fields);
}

static void put_move(struct bpr_json *j, const bpr_flow *flow, const struct bpr_walk_event *e)
{
	bpr_i_json_string(j, "from", counter_name(flow, e->from));
	bpr_i_json_string(j, "counter", counter_name(flow, e->counter));
	bpr_i_json_bool(j, "trip", e->trip);
	bpr_i_json_bool(j, "building", e->building);
	bpr_i_json_number(j, "walk_minutes", e->walk_minutes);
}

static void put_story(struct bpr_json *j, const struct bpr_walk_told *told)
{
	size_t count;
	const struct bpr_walk_event *story = bpr_walk_story(told->walk, &count);

	bpr_i_json_array(j, "events");
	for (size_t i = 0; i < count; i++) {
		const struct bpr_walk_event *e = &story[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "what", happenings[e->what]);
		if (e->what != BPR_WALK_END)
			bpr_i_json_string(j, "node", node_id(told->flow, e->node));
		if (e->what == BPR_WALK_STEP)
			put_step(j, told->flow, e);
		if (e->what == BPR_WALK_MOVE)
			put_move(j, told->flow, e);
		if (e->what == BPR_WALK_CHOICE && e->taken.share > 0)
			put_way(j, told->flow, &e->taken);
		if (e->what == BPR_WALK_END)
			bpr_i_json_string(j, "outcome", bpr_outcome_name(e->outcome));
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_totals(struct bpr_json *j, const struct bpr_walk_told *told)
{
	struct bpr_walk_totals own = bpr_walk_totals_get(told->walk), expected;
	bool known[BPR_WALK_TOTAL_COUNT];

	expected = bpr_walk_expected(told->flow, told->analysis, known);
	bpr_i_json_object(j, "totals");
	for (size_t i = 0; i < BPR_WALK_TOTAL_COUNT; i++)
		bpr_i_json_number(j, bpr_walk_total_key((enum bpr_walk_total)i), own.at[i]);
	bpr_i_json_end_object(j);
	bpr_i_json_object(j, "expected");
	for (size_t i = 0; i < BPR_WALK_TOTAL_COUNT; i++)
		bpr_i_put_known(j, bpr_walk_total_key((enum bpr_walk_total)i), expected.at[i], known[i]);
	bpr_i_json_end_object(j);
}

static bpr_status put_unusual(struct bpr_json *j, const struct bpr_walk_told *told, struct bpr_error *err)
{
	struct bpr_walk_oddity list[BPR_WALK_ODDITY_MAX];
	size_t count;
	bpr_status status = bpr_walk_oddities(told, list, &count, err);

	bpr_i_json_array(j, "unusual");
	for (size_t i = 0; i < count; i++) {
		const struct bpr_walk_oddity *o = &list[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "kind", oddity_kinds[o->kind]);
		if (o->kind == BPR_WALK_RARE_WAY) {
			bpr_i_json_string(j, "node", node_id(told->flow, o->node));
			put_way(j, told->flow, &o->way);
		} else if (o->kind == BPR_WALK_ENDED_SO) {
			bpr_i_json_string(j, "outcome", bpr_outcome_name(o->outcome));
		} else {
			bpr_i_json_string(j, "total", bpr_walk_total_key(o->total));
			bpr_i_json_number(j, "value", o->value);
		}
		bpr_i_put_known(j, "share", o->share, o->share > 0);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	return status;
}

static void put_outcome(struct bpr_json *j, const bpr_walk *walk)
{
	size_t count;
	const struct bpr_walk_event *story = bpr_walk_story(walk, &count);
	bool over = count && story[count - 1].what == BPR_WALK_END;

	bpr_i_json_string(j, "outcome", over ? bpr_outcome_name(story[count - 1].outcome) : NULL);
}

bpr_status bpr_walk_write_json(const struct bpr_walk_told *walks, size_t count, unsigned long long seed, char **out, size_t *length,
			       struct bpr_error *err)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	struct bpr_json j = { .out = &buf, .lines = 3 };
	bpr_status status = BPR_OK;

	*out = NULL;
	bpr_i_put_begin(&j, "bpr.walk/1");
	bpr_i_json_whole(&j, "seed", seed);
	bpr_i_json_array(&j, "walks");
	for (size_t i = 0; i < count && !status; i++) {
		bpr_i_json_object(&j, NULL);
		bpr_i_put_flow(&j, walks[i].flow);
		put_outcome(&j, walks[i].walk);
		put_totals(&j, &walks[i]);
		status = put_unusual(&j, &walks[i], err);
		put_story(&j, &walks[i]);
		bpr_i_json_end_object(&j);
	}
	bpr_i_json_end_array(&j);
	bpr_i_json_end_object(&j);
	bpr_i_buf_putc(&buf, '\n');
	if (!status && buf.failed)
		status = bpr_i_nomem(err);
	if (!status) {
		*length = buf.length;
		*out = bpr_i_buf_take(&buf);
	}
	bpr_i_buf_release(&buf);
	return status;
}

void bpr_walk_text_free(char *text)
{
	bpr_i_free(text);
}
