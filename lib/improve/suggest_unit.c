/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who has to take part in a change: the units of the steps that are different afterwards, of those that have to do with a form that is
 * different, and of those whose counter or staff is. A step without a unit belongs to its counter.
 */
#include "config.h"
#include "improve/suggest_i.h"
#include <math.h>
#include <string.h>

struct change {
	const bpr_flow *before, *after;
	bool *forms;             /* [forms of the before] different or gone */
	bool *pools, *counters;
	bool *owners;            /* [units, then counters] */
};

static bool is_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool is_number(double a, double b)
{
	return fabs(a - b) <= 1e-12 * fmax(fabs(a), fabs(b));
}

static bool is_time(const struct bpr_dist *a, const struct bpr_dist *b)
{
	return a == b || (is_number(a ? bpr_dist_mean(a) : 0, b ? bpr_dist_mean(b) : 0) && is_number(a ? bpr_dist_var(a) : 0, b ? bpr_dist_var(b) : 0));
}

static bool is_schedule(const struct bpr_schedule *a, const struct bpr_schedule *b)
{
	return a->rule_count == b->rule_count && (a->rules == b->rules || !a->rule_count || is_text(a->text, b->text));
}

/* ---- forms, pools, counters: by name, for their numbers may have moved ---- */

static bool is_form(const struct change *c, const struct bpr_form *a, const struct bpr_form *b)
{
	if (a->field_count != b->field_count || a->assumed != b->assumed)
		return false;
	for (size_t i = 0; i < a->field_count; i++) {
		const struct bpr_form_field *x = &a->fields[i], *y = &b->fields[i];

		if (x->prefilled != y->prefilled || !is_number(x->times, y->times) ||
		    !is_text(bpr_flow_field(c->before, x->field)->name, bpr_flow_field(c->after, y->field)->name))
			return false;
	}
	return true;
}

static void look_at_forms(struct change *c)
{
	for (size_t i = 0; i < bpr_flow_form_count(c->before); i++) {
		const struct bpr_form *form = bpr_flow_form(c->before, i);

		c->forms[i] = true;
		for (size_t k = 0; k < bpr_flow_form_count(c->after) && c->forms[i]; k++)
			c->forms[i] = !is_text(form->id, bpr_flow_form(c->after, k)->id) || !is_form(c, form, bpr_flow_form(c->after, k));
	}
}

static void look_at_pools(struct change *c)
{
	for (size_t i = 0; i < bpr_flow_pool_count(c->before); i++)
		for (size_t k = 0; k < bpr_flow_pool_count(c->after); k++) {
			const struct bpr_pool *a = bpr_flow_pool(c->before, i), *b = bpr_flow_pool(c->after, k);

			if (is_text(a->name, b->name))
				c->pools[i] = a->count != b->count || a->shift_count != b->shift_count ||
					(a->shifts != b->shifts && a->shift_count && !is_schedule(&a->shifts[0].hours, &b->shifts[0].hours));
		}
}

static void look_at_counters(struct change *c)
{
	for (size_t i = 0; i < bpr_flow_counter_count(c->before); i++)
		for (size_t k = 0; k < bpr_flow_counter_count(c->after); k++) {
			const struct bpr_counter *a = bpr_flow_counter(c->before, i), *b = bpr_flow_counter(c->after, k);

			if (is_text(a->name, b->name))
				c->counters[i] = !is_number(a->walk_minutes, b->walk_minutes) || !is_schedule(&a->open, &b->open) || a->seats != b->seats;
		}
}

/* ---- steps ---- */

/* A list of forms of both flows, by id. */
static bool is_list(const struct change *c, const size_t *a, size_t a_count, const size_t *b, size_t b_count)
{
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (c->forms[a[i]] || !is_text(bpr_flow_form(c->before, a[i])->id, bpr_flow_form(c->after, b[i])->id))
			return false;
	return true;
}

static bool is_place(const struct change *c, const struct bpr_node *a, const struct bpr_node *b)
{
	const char *unit[2] = { a->unit == BPR_NONE ? "" : bpr_flow_unit(c->before, a->unit)->name, b->unit == BPR_NONE ? "" : bpr_flow_unit(c->after, b->unit)->name };
	const char *counter[2] = { a->counter == BPR_NONE ? "" : bpr_flow_counter(c->before, a->counter)->name,
				   b->counter == BPR_NONE ? "" : bpr_flow_counter(c->after, b->counter)->name };
	const char *system[2] = { a->system == BPR_NONE ? "" : bpr_flow_system(c->before, a->system)->name,
				  b->system == BPR_NONE ? "" : bpr_flow_system(c->after, b->system)->name };

	return is_text(unit[0], unit[1]) && is_text(counter[0], counter[1]) && is_text(system[0], system[1]) &&
		(a->counter == BPR_NONE || !c->counters[a->counter]);
}

static bool is_staff(const struct change *c, const struct bpr_node *a, const struct bpr_node *b)
{
	if (a->need_count != b->need_count)
		return false;
	for (size_t i = 0; i < a->need_count; i++)
		if (a->needs[i].count != b->needs[i].count || c->pools[a->needs[i].pool] ||
		    !is_text(bpr_flow_pool(c->before, a->needs[i].pool)->name, bpr_flow_pool(c->after, b->needs[i].pool)->name))
			return false;
	return true;
}

/* Shares of a choice; where its ways lead is no matter of the step itself. */
static bool is_choice(const struct change *c, const struct bpr_node *a, const struct bpr_node *b)
{
	if (a->out_count != b->out_count)
		return false;
	for (size_t i = 0; i < a->out_count; i++)
		if (!is_number(bpr_flow_arc(c->before, a->first_out + i)->prob, bpr_flow_arc(c->after, b->first_out + i)->prob))
			return false;
	return true;
}

static bool is_step(const struct change *c, const struct bpr_node *a, const struct bpr_node *b)
{
	return a->actor == b->actor && a->rules == b->rules && a->repeat == b->repeat && a->batch == b->batch && a->away == b->away &&
		is_number(a->prob, b->prob) && is_number(a->loop_prob, b->loop_prob) && is_number(a->seals, b->seals) &&
		is_number(a->id_checks, b->id_checks) && is_number(a->copies, b->copies) && is_number(a->cost, b->cost) && is_time(a->work, b->work) &&
		is_time(a->wait, b->wait) && is_place(c, a, b) && is_staff(c, a, b) && is_choice(c, a, b) &&
		is_list(c, a->writes, a->write_count, b->writes, b->write_count) && is_list(c, a->reads, a->read_count, b->reads, b->read_count) &&
		is_list(c, a->issues, a->issue_count, b->issues, b->issue_count);
}

static void own(struct change *c, const struct bpr_node *node)
{
	if (node->unit != BPR_NONE)
		c->owners[node->unit] = true;
	else if (node->counter != BPR_NONE)
		c->owners[bpr_flow_unit_count(c->before) + node->counter] = true;
}

/* A lane of citizens is no unit of the office. */
static void leave_citizens_out(struct change *c)
{
	for (size_t unit = 0; unit < bpr_flow_unit_count(c->before); unit++) {
		bool office = false, used = false;

		for (size_t i = 0; i < bpr_flow_node_count(c->before) && !office; i++) {
			const struct bpr_node *node = bpr_flow_node(c->before, i);

			if (node->unit != unit || !bpr_node_is_step(node))
				continue;
			used = true;
			office = node->actor != BPR_ACTOR_CITIZEN || node->counter != BPR_NONE || node->write_count;
		}
		if (used && !office)
			c->owners[unit] = false;
	}
}

static void look_at_steps(struct change *c)
{
	for (size_t i = 0; i < bpr_flow_node_count(c->before); i++) {
		const struct bpr_node *node = bpr_flow_node(c->before, i);
		size_t other = bpr_flow_find(c->after, node->id);

		/* Gateways that are not needed any more go by themselves. */
		if (other == BPR_NONE ? bpr_node_is_step(node) : !is_step(c, node, bpr_flow_node(c->after, other)))
			own(c, node);
	}
	for (size_t i = 0; i < bpr_flow_node_count(c->after); i++) {
		const struct bpr_node *node = bpr_flow_node(c->after, i);

		if (!bpr_node_is_step(node) || bpr_flow_find(c->before, node->id) != BPR_NONE || node->unit == BPR_NONE)
			continue;
		for (size_t unit = 0; unit < bpr_flow_unit_count(c->before); unit++)
			if (is_text(bpr_flow_unit(c->before, unit)->name, bpr_flow_unit(c->after, node->unit)->name))
				c->owners[unit] = true;
	}
}

/* Steps that change places are the same as before; they stand in the target by their ids. */
static void look_at_places(struct change *c, const struct bpr_lever_action *action)
{
	if (action->kind != BPR_LEVER_PARALLEL && action->kind != BPR_LEVER_REORDER && action->kind != BPR_LEVER_MERGE_STEPS)
		return;
	for (size_t i = 0; i < bpr_flow_node_count(c->before); i++) {
		const struct bpr_node *node = bpr_flow_node(c->before, i);
		size_t length = strlen(node->id);

		for (const char *at = strstr(action->target, node->id); at; at = strstr(at + 1, node->id)) {
			bool begins = at == action->target || strchr("; ,", at[-1]), ends = !at[length] || strchr("; ,", at[length]);

			if (begins && ends)
				own(c, node);
		}
	}
}

size_t bpr_i_changed_units(const bpr_flow *before, const bpr_flow *after, const struct bpr_lever *lever, size_t *first)
{
	size_t units = bpr_flow_unit_count(before), counters = bpr_flow_counter_count(before);
	size_t count = BPR_NONE;
	struct change c = { .before = before, .after = after };

	*first = BPR_NONE;
	c.forms = bpr_i_calloc(bpr_flow_form_count(before), 1);
	c.pools = bpr_i_calloc(bpr_flow_pool_count(before), 1);
	c.counters = bpr_i_calloc(counters, 1);
	c.owners = bpr_i_calloc(units + counters, 1);
	if (c.forms && c.pools && c.counters && c.owners) {
		look_at_forms(&c);
		look_at_pools(&c);
		look_at_counters(&c);
		look_at_steps(&c);
		for (size_t i = 0; i < lever->action_count; i++)
			look_at_places(&c, &lever->actions[i]);
		leave_citizens_out(&c);
		count = 0;
		for (size_t i = 0; i < units + counters; i++)
			if (c.owners[i]) {
				if (i < units && *first == BPR_NONE)
					*first = i;
				count++;
			}
	}
	bpr_i_free(c.owners);
	bpr_i_free(c.counters);
	bpr_i_free(c.pools);
	bpr_i_free(c.forms);
	return count;
}
