/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers that are not there: how many, the first places, and which figures suffer. What reading and analysing the flow
 * have said (A006 to A008, F009, F016, F018, F032, X037) is not said again.
 */
#include "config.h"
#include "check/smell_i.h"

/* So many of so many, with the first names. */
struct missing { size_t count, all, first; struct bpr_smell_list names; };

static void add_missing(struct missing *m, bool is_missing, size_t index, const char *name)
{
	m->all++;
	if (!is_missing)
		return;
	m->first = m->count++ ? m->first : index;
	bpr_i_smell_list_add(&m->names, name);
}

static void say(struct bpr_smell *s, enum bpr_code_id id, size_t node, const struct missing *m)
{
	struct bpr_smell_text count = bpr_i_smell_number((double)m->count);
	struct bpr_smell_text all = bpr_i_smell_number((double)m->all);

	bpr_i_smell_note(s, id, node, (const char *[]){ count.text, all.text, m->names.text, NULL });
}

/* Some are missing, or all of them: another sentence. */
static void say_some_or_all(struct bpr_smell *s, enum bpr_code_id some, enum bpr_code_id all, const struct missing *m)
{
	if (m->count && m->count == m->all)
		say(s, all, BPR_NONE, m);
	else if (m->count)
		say(s, some, m->first, m);
}

static void find_in_steps(struct bpr_smell *s)
{
	struct missing times = { 0 }, units = { 0 }, counters = { 0 }, pools = { 0 };
	bool citizens = false;

	for (size_t i = 0; i < s->n; i++) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);
		const char *name = bpr_i_smell_name(s->flow, i);
		bool staff = node->actor == BPR_ACTOR_STAFF;

		if (!bpr_node_is_step(node) || node->host != BPR_NONE)
			continue;
		add_missing(&times, !node->work && !node->wait, i, name);
		if (node->kind == BPR_NODE_TASK && node->actor != BPR_ACTOR_SYSTEM)
			add_missing(&units, node->unit == BPR_NONE, i, name);
		if (staff && (node->id_checks > 0 || node->rules & BPR_RULE_FACE_TO_FACE))
			add_missing(&counters, node->counter == BPR_NONE, i, name);
		if (staff && node->work)
			add_missing(&pools, !node->need_count, i, name);
		citizens |= node->actor == BPR_ACTOR_CITIZEN || node->write_count;
	}
	if (times.count == times.all && times.all)
		say(s, BPR_I_P071, BPR_NONE, &times);
	say_some_or_all(s, BPR_I_P072, BPR_I_P073, &units);
	if (bpr_flow_counter_count(s->flow) && counters.count)
		say(s, BPR_I_P074, counters.first, &counters);
	else if (citizens && !bpr_flow_counter_count(s->flow))
		bpr_i_smell_note(s, BPR_I_P075, BPR_NONE, (const char *[]){ NULL, NULL, NULL, NULL });
	say_some_or_all(s, BPR_I_P076, BPR_I_P077, &pools);
}

static void find_in_pools(struct bpr_smell *s)
{
	const struct bpr_demand *demand = bpr_flow_demand(s->flow);
	size_t count = bpr_flow_pool_count(s->flow), rates = 0, people = 0;

	for (size_t p = 0; p < count; p++) {
		rates += bpr_flow_pool(s->flow, p)->rate_given;
		people += bpr_flow_pool(s->flow, p)->count > 0;
	}
	if (count && !rates)
		bpr_i_smell_note(s, BPR_I_P078, BPR_NONE, (const char *[]){ bpr_i_smell_number((double)count).text, NULL, NULL, NULL });
	if (count && !people)
		bpr_i_smell_note(s, BPR_I_P079, BPR_NONE, (const char *[]){ bpr_i_smell_number((double)count).text, NULL, NULL, NULL });
	if (people && s->cases > 0 && !(demand->open_to > demand->open_from))
		bpr_i_smell_note(s, BPR_I_P080, BPR_NONE, (const char *[]){ NULL, NULL, NULL, NULL });
}

static bool find_in_counters(struct bpr_smell *s)
{
	size_t count = bpr_flow_counter_count(s->flow);
	unsigned char *used = bpr_i_calloc(count, 1);
	struct missing walks = { 0 }, buildings = { 0 };

	if (!used)
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (bpr_flow_node(s->flow, i)->counter != BPR_NONE)
			used[bpr_flow_node(s->flow, i)->counter] = 1;
	for (size_t c = 0; c < count; c++) {
		const struct bpr_counter *counter = bpr_flow_counter(s->flow, c);

		if (!used[c])
			continue;
		add_missing(&walks, !counter->walk_given && !bpr_flow_demand(s->flow)->walk_given, c, counter->name);
		add_missing(&buildings, !*counter->building, c, counter->name);
	}
	if (walks.count && walks.all > 1)
		say(s, BPR_I_P081, BPR_NONE, &walks);
	if (buildings.count && buildings.count < buildings.all)
		say(s, BPR_I_P082, BPR_NONE, &buildings);
	bpr_i_free(used);
	return true;
}

static void find_in_fields(struct bpr_smell *s)
{
	struct missing groups = { 0 };

	for (size_t f = 0; f < bpr_flow_form_count(s->flow); f++)
		if (bpr_flow_form(s->flow, f)->assumed)
			return; /* the field that stands for the form has no group either: F018 */
	for (size_t f = 0; f < bpr_flow_field_count(s->flow); f++)
		add_missing(&groups, !*bpr_flow_field(s->flow, f)->group, f, bpr_flow_field(s->flow, f)->name);
	if (groups.count && groups.count < groups.all)
		say(s, BPR_I_P083, BPR_NONE, &groups);
}

bool bpr_i_smell_weak(struct bpr_smell *s)
{
	find_in_steps(s);
	find_in_pools(s);
	find_in_fields(s);
	return find_in_counters(s);
}
