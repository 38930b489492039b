/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a flow can change of a case: only that is counted. */
#include "config.h"
#include "simulate/recorder_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <math.h>

struct draft {
	const struct run_plan *plan;
	const bpr_flow *flow;
	struct record_plan *r;
	size_t add_count, add_capacity, class_count, class_capacity, place_count, place_capacity;
	uint64_t (*sign)[2];            /* [field_count] on which forms it stands, and how often */
	uint32_t *class_of;             /* [field_count] */
	unsigned char *class_done;      /* [class] listed at the node at hand */
	double *fields;                 /* [form_count] written on one copy */
	unsigned char *again;           /* [node_count] can be entered more than once by a case */
	size_t step_bits;
	bool any_again;
	size_t column[BPR_SIM_KEY_COUNT];
	bool any[BPR_SIM_KEY_COUNT], fraction[BPR_SIM_KEY_COUNT];
};

/* ---- fields, by classes: what stands equally often on the same forms is written together, as in the exact analysis ---- */

static void sign_fields(struct draft *d)
{
	for (size_t f = 0; f < bpr_flow_form_count(d->flow); f++) {
		const struct bpr_form *form = bpr_flow_form(d->flow, f);

		for (size_t i = 0; i < form->field_count; i++) {
			uint64_t *sign = d->sign[form->fields[i].field];
			uint64_t line[2] = { f, 0 };

			if (form->fields[i].prefilled)
				continue;
			memcpy(&line[1], &form->fields[i].times, sizeof(line[1]));
			/* 128 bits from two starts: equal signs are equal lines. */
			sign[0] = bpr_i_hash(sign[0] ? sign[0] : BPR_I_HASH_START, line, sizeof(line));
			sign[1] = bpr_i_hash(sign[1] ? sign[1] : ~BPR_I_HASH_START, line, sizeof(line));
			d->fields[f] += form->fields[i].times;
		}
	}
}

static bool classify(struct draft *d)
{
	size_t fields = bpr_flow_field_count(d->flow);
	struct bpr_names names = { 0 };
	bool ok;

	d->class_of = bpr_i_calloc(fields, sizeof(*d->class_of));
	d->class_done = bpr_i_calloc(fields, 1);
	d->sign = bpr_i_calloc(fields, sizeof(*d->sign));
	d->fields = bpr_i_calloc(bpr_flow_form_count(d->flow), sizeof(*d->fields));
	d->r->weight = bpr_i_calloc(fields, sizeof(*d->r->weight));
	ok = d->class_of && d->class_done && d->sign && d->fields && d->r->weight;
	if (ok)
		sign_fields(d);
	for (size_t i = 0; ok && i < fields; i++) {
		size_t class;

		d->class_of[i] = RUN_NONE;
		if (!d->sign[i][0])
			continue;
		class = bpr_i_names_add(&names, (const char *)d->sign[i], sizeof(d->sign[i]), NULL);
		ok = class != BPR_NONE;
		if (ok) {
			d->class_of[i] = (uint32_t)class;
			d->r->weight[class] += 1;
		}
	}
	d->r->class_count = names.count;
	bpr_i_names_release(&names);
	return ok;
}

static bool add_class(struct draft *d, struct record_node *n, uint32_t class, double times)
{
	for (uint32_t i = 0; i < n->class_count; i++)
		if (d->r->class[n->first_class + i].class == class) {
			d->r->class[n->first_class + i].times += times;
			return true;
		}
	if (!bpr_i_grow(&d->r->class, &d->class_capacity, d->class_count + 1, sizeof(*d->r->class)))
		return false;
	d->r->class[d->class_count++] = (struct record_class){ class, times };
	n->class_count++;
	return true;
}

static bool add_writing(struct draft *d, struct record_node *n, const struct bpr_node *node)
{
	n->first_class = (uint32_t)d->class_count;
	for (size_t w = 0; w < node->write_count; w++) {
		const struct bpr_form *form = bpr_flow_form(d->flow, node->writes[w]);

		memset(d->class_done, 0, d->r->class_count);
		for (size_t i = 0; i < form->field_count; i++) {
			uint32_t class = form->fields[i].prefilled ? RUN_NONE : d->class_of[form->fields[i].field];

			if (class == RUN_NONE || d->class_done[class])
				continue;
			d->class_done[class] = 1;
			if (!add_class(d, n, class, form->fields[i].times * (double)n->repeat))
				return false;
		}
	}
	if (n->class_count)
		n->flags |= RECORD_FIELDS;
	return true;
}

/* ---- what can come again ---- */

/* Nodes on a circle (Tarjan, SIAM J. Comput. 1, 1972, with a stack of our own): those of strong components of two or more. */
struct search { const struct run_plan *plan; uint32_t *low, *number, *stack, *at, *path; uint32_t next; size_t depth, stacked; };

static void close_component(struct search *s, uint32_t root, unsigned char *again)
{
	bool circle = s->stack[s->stacked - 1] != root;
	uint32_t node;

	do {
		node = s->stack[--s->stacked];
		s->low[node] = RUN_NONE;
		again[node] |= circle;
	} while (node != root);
}

static void enter_node(struct search *s, uint32_t node)
{
	s->low[node] = s->number[node] = ++s->next;
	s->stack[s->stacked++] = node;
	s->path[s->depth++] = node;
	s->at[node] = 0;
}

static void search_from(struct search *s, uint32_t start, unsigned char *again)
{
	const struct run_plan *plan = s->plan;

	enter_node(s, start);
	while (s->depth) {
		uint32_t node = s->path[s->depth - 1], i = s->at[node]++, out = plan->node[node].out_count;
		uint32_t events = plan->host_first[node + 1] - plan->host_first[node], to;

		if (i < out + events) {
			to = i < out ? plan->arc_to[plan->node[node].first_out + i] : plan->host_event[plan->host_first[node] + i - out];
			if (!s->number[to])
				enter_node(s, to);
			else if (to == node)
				again[node] = 1;
			else if (s->low[to] != RUN_NONE && s->number[to] < s->low[node])
				s->low[node] = s->number[to];
			continue;
		}
		s->depth--;
		if (s->depth && s->low[node] < s->low[s->path[s->depth - 1]])
			s->low[s->path[s->depth - 1]] = s->low[node];
		if (s->low[node] == s->number[node])
			close_component(s, node, again);
	}
}

static bool find_again(struct draft *d)
{
	const struct run_plan *plan = d->plan;
	size_t n = plan->node_count;
	uint32_t *memory = bpr_i_calloc(n, 5 * sizeof(*memory));
	struct search s = { plan, memory, memory + n, memory + 2 * n, memory + 3 * n, memory + 4 * n, 0, 0, 0 };

	d->again = bpr_i_calloc(n, 1);
	if (!memory || !d->again) {
		bpr_i_free(memory);
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		if (!s.number[i])
			search_from(&s, (uint32_t)i, d->again);
		/* Tokens of one case can follow each other, and rounds come back. */
		d->again[i] |= !plan->single || plan->node[i].repeat > 1 || plan->node[i].traits & (RUN_LOOP | RUN_REPEAT);
	}
	for (size_t i = 0; i < plan->scope_count; i++)
		if (plan->scope[i].repeat > 1)
			memset(d->again, 1, n);
	bpr_i_free(memory);
	for (size_t i = 0; i < n; i++)
		d->any_again |= d->again[i] && bpr_node_is_step(bpr_flow_node(d->flow, i));
	return true;
}

/* ---- columns ---- */

static size_t column_of(struct draft *d, size_t key)
{
	struct columns *c = &d->r->columns;

	if (d->column[key] == BPR_NONE) {
		d->column[key] = c->count;
		c->key[c->count++] = key;
	}
	return d->column[key];
}

static bool add_to(struct draft *d, struct record_node *n, size_t key, double value)
{
	if (!(value > 0))
		return true;
	if (!bpr_i_grow(&d->r->add, &d->add_capacity, d->add_count + 1, sizeof(*d->r->add)))
		return false;
	d->any[key] = true;
	d->fraction[key] |= value > floor(value);
	d->r->add[d->add_count++] = (struct record_add){ (uint32_t)column_of(d, key), value };
	n->add_count++;
	return true;
}

static double fields_at(const struct draft *d, const struct bpr_node *node)
{
	double fields = 0;

	for (size_t i = 0; i < node->write_count; i++)
		fields += d->fields[node->writes[i]];
	return fields;
}

static bool add_counts(struct draft *d, struct record_node *n, const struct bpr_node *node)
{
	bool step = bpr_node_is_step(node), incomplete = node->kind == BPR_NODE_END && node->outcome == BPR_OUTCOME_INCOMPLETE;

	n->first_add = (uint32_t)d->add_count;
	if (incomplete) {
		d->any[BPR_METRIC_INCOMPLETE] = true;
		(void)column_of(d, BPR_METRIC_INCOMPLETE);
	}
	return add_to(d, n, BPR_METRIC_STEPS, (double)n->repeat * step)
		&& add_to(d, n, BPR_METRIC_FORMS_WRITTEN, (double)n->repeat * (double)node->write_count)
		&& add_to(d, n, BPR_METRIC_FIELDS_WRITTEN, (double)n->repeat * fields_at(d, node))
		&& add_to(d, n, BPR_METRIC_SEALS, (double)n->repeat * node->seals)
		&& add_to(d, n, BPR_METRIC_ID_CHECKS, (double)n->repeat * node->id_checks)
		&& add_to(d, n, BPR_METRIC_COPIES, (double)n->repeat * node->copies)
		&& add_to(d, n, BPR_METRIC_ANALOGUE_STEPS, (double)n->repeat * (step && node->rules))
		&& add_to(d, n, BPR_METRIC_COST_YEN, (double)n->repeat * node->cost);
}

static bool add_place(struct draft *d, struct record_node *n, size_t place)
{
	if (!bpr_i_grow(&d->r->place, &d->place_capacity, d->place_count + 1, sizeof(*d->r->place)))
		return false;
	d->r->place[d->place_count++] = (uint32_t)place;
	n->place_count++;
	return true;
}

static bool add_node(struct draft *d, size_t index)
{
	const struct bpr_node *node = bpr_flow_node(d->flow, index);
	const struct run_node *run_node = &d->plan->node[index];
	struct record_node *n = &d->r->node[index];
	bool gateway = node->kind == BPR_NODE_XOR || node->kind == BPR_NODE_AND || node->kind == BPR_NODE_OR;
	bool step = bpr_node_is_step(node), staff = node->actor == BPR_ACTOR_STAFF, ok = true;

	n->repeat = run_node->repeat;
	n->counter = node->counter == BPR_NONE || gateway ? RUN_NONE : (uint32_t)node->counter;
	n->away = node->away;
	if (!gateway && (node->away || n->counter != RUN_NONE))
		n->flags |= RECORD_PLACE;
	if (step && node->unit != BPR_NONE && bpr_flow_unit_count(d->flow) > 1) {
		n->flags |= RECORD_UNIT;
		n->unit = (uint32_t)node->unit;
	}
	if (step && d->any_again) {
		n->flags |= RECORD_STEP;
		n->bit = (uint32_t)d->step_bits++;
	}
	if (step && d->plan->options.log && !(run_node->traits & (RUN_WORK | RUN_ASKS | RUN_WAIT | RUN_TIMED)))
		n->flags |= RECORD_LOG;
	n->flags |= staff ? RECORD_STAFF : 0;
	n->flags |= node->actor == BPR_ACTOR_CITIZEN || (staff && n->counter != RUN_NONE) ? RECORD_CITIZEN : 0;
	for (size_t i = 0; i < node->need_count; i++)
		n->rate += (double)node->needs[i].count * bpr_flow_pool(d->flow, node->needs[i].pool)->yen_per_hour / 60;
	if (node->work) {
		d->any[BPR_METRIC_LEAD_MINUTES] = true;
		d->any[BPR_METRIC_WORK_MINUTES] |= (n->flags & RECORD_STAFF) != 0;
		d->any[BPR_METRIC_CITIZEN_MINUTES] |= (n->flags & RECORD_CITIZEN) != 0;
		n->flags |= n->rate > 0 ? RECORD_COST : 0;
		d->any[BPR_METRIC_COST_YEN] |= n->rate > 0;
		d->fraction[BPR_METRIC_COST_YEN] |= n->rate > 0;
	}
	d->any[BPR_METRIC_LEAD_MINUTES] |= node->wait != NULL;
	d->any[BPR_SIM_CYCLE_WORK] |= node->work != NULL;
	d->any[BPR_SIM_CYCLE_PROCESS] |= node->wait != NULL || node->batch > 1;
	n->first_place = (uint32_t)d->place_count;
	if (run_node->traits & RUN_ASKS) {
		d->r->waits = true;
		for (uint32_t i = 0; ok && i < run_node->need_count; i++)
			ok = add_place(d, n, d->plan->need[run_node->first_need + i].pool);
		if (n->counter != RUN_NONE)
			ok = ok && add_place(d, n, d->plan->pool_count + n->counter);
	}
	return ok && add_counts(d, n, node) && add_writing(d, n, node);
}

/* Hours of anybody are said, so that somebody may have to wait for them. */
static bool anything_closes(const struct draft *d)
{
	bool closes = d->plan->closes;

	for (size_t i = 0; i < bpr_flow_counter_count(d->flow); i++)
		closes |= bpr_flow_counter(d->flow, i)->open.rule_count > 0;
	for (size_t i = 0; i < bpr_flow_pool_count(d->flow); i++)
		for (size_t k = 0; k < bpr_flow_pool(d->flow, i)->shift_count; k++) {
			const struct bpr_shift *shift = &bpr_flow_pool(d->flow, i)->shifts[k];

			closes |= shift->hours.rule_count || shift->breaks.rule_count || shift->turn_minutes > 0;
		}
	return closes;
}

static bool can_give_up(const struct draft *d)
{
	bool can = false;

	for (size_t i = 0; i < d->plan->node_count; i++)
		can |= bpr_flow_node(d->flow, i)->patience != NULL;
	for (size_t i = 0; i < bpr_flow_counter_count(d->flow); i++)
		can |= bpr_flow_counter(d->flow, i)->seats > 0;
	return can;
}

static void decide(struct draft *d)
{
	size_t counters = bpr_flow_counter_count(d->flow);
	bool *any = d->any;

	for (size_t i = 0; i < d->plan->node_count; i++)
		any[BPR_METRIC_COUNTER_VISITS] |= (d->r->node[i].flags & RECORD_PLACE) && d->r->node[i].counter != RUN_NONE;
	any[BPR_METRIC_DISTINCT_COUNTERS] = any[BPR_METRIC_TRIPS] = any[BPR_METRIC_COUNTER_VISITS];
	any[BPR_METRIC_BUILDING_MOVES] = any[BPR_METRIC_COUNTER_VISITS] && counters > 1;
	any[BPR_METRIC_REPEATED_FIELDS] = d->class_count > 0;
	for (size_t i = 0; i < d->class_count; i++)
		d->fraction[BPR_METRIC_REPEATED_FIELDS] |= d->r->class[i].times > floor(d->r->class[i].times);
	any[BPR_METRIC_HANDOFFS] = bpr_flow_unit_count(d->flow) > 1;
	any[BPR_METRIC_REVISITS] = d->any_again;
	any[BPR_SIM_CYCLE] = true;
	any[BPR_SIM_WAIT] = any[BPR_SIM_CYCLE_QUEUE] = d->r->waits;
	any[BPR_SIM_CYCLE_PROCESS] |= !d->plan->single;
	any[BPR_SIM_CYCLE_CLOSED] = anything_closes(d);
	any[BPR_SIM_ABANDONED] = can_give_up(d);
}

/* Figures that are the same number in every case share a column. */
static void give_columns(struct draft *d)
{
	struct columns *c = &d->r->columns;
	bool same_work = true, waits = d->any[BPR_SIM_CYCLE_PROCESS];

	for (size_t i = 0; i < d->plan->node_count; i++)
		same_work &= (d->r->node[i].flags & RECORD_STAFF) || !bpr_flow_node(d->flow, i)->work;
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
		size_t twin = key;

		if (d->plan->single && key == BPR_SIM_CYCLE_QUEUE)
			twin = BPR_SIM_WAIT;
		if (d->plan->single && !waits && (key == BPR_SIM_CYCLE_WORK || (key == BPR_METRIC_WORK_MINUTES && same_work)))
			twin = BPR_METRIC_LEAD_MINUTES;
		c->of_key[key] = d->any[key] ? column_of(d, twin) : COLUMN_ZERO;
		if (d->any[key] && key < BPR_METRIC_COUNT)
			c->whole[c->of_key[key]] = bpr_metric_get((enum bpr_metric)key)->quantity == BPR_QUANTITY_COUNT && !d->fraction[key];
	}
}

static bool add_buildings(struct draft *d)
{
	size_t count = bpr_flow_counter_count(d->flow);
	struct bpr_names names = { 0 };
	bool ok;

	d->r->building = bpr_i_calloc(count, sizeof(*d->r->building));
	ok = d->r->building != NULL;
	for (size_t i = 0; ok && i < count; i++) {
		const char *name = bpr_flow_counter(d->flow, i)->building;
		size_t index = bpr_i_names_add(&names, name ? name : "", name ? strlen(name) : 0, NULL);

		ok = index != BPR_NONE;
		d->r->building[i] = (uint32_t)index;
	}
	bpr_i_names_release(&names);
	return ok;
}

static void lay_out(struct draft *d, struct run_plan *plan)
{
	struct record_plan *r = d->r;

	r->value_at = (sizeof(struct tally) + 7) / 8 * 8;
	r->class_at = r->value_at + r->columns.count * sizeof(double);
	r->bit_at = r->class_at + r->class_count * sizeof(double);
	r->step_words = (d->step_bits + 63) / 64;
	r->counter_at = r->step_words * 64;
	r->word_count = (r->counter_at + bpr_flow_counter_count(d->flow) + 63) / 64;
	r->staff = (uint32_t)r->columns.of_key[BPR_METRIC_WORK_MINUTES];
	r->citizen = (uint32_t)r->columns.of_key[BPR_METRIC_CITIZEN_MINUTES];
	r->cost = (uint32_t)r->columns.of_key[BPR_METRIC_COST_YEN];
	/* Where all work is done by staff, one after the other, its minutes are those of the way. */
	for (size_t i = 0; i < plan->node_count && r->staff == r->columns.of_key[BPR_METRIC_LEAD_MINUTES]; i++)
		r->node[i].flags &= ~(uint32_t)RECORD_STAFF;
	plan->case_size = r->bit_at + r->word_count * sizeof(uint64_t);
}

bpr_status bpr_i_record_plan(struct run_plan *plan, struct bpr_error *err)
{
	struct draft d = { .plan = plan, .flow = plan->flow };
	struct record_plan *r = d.r = plan->record_plan = bpr_i_calloc(1, sizeof(*r));
	bool ok = r != NULL;

	for (size_t i = 0; i < BPR_SIM_KEY_COUNT; i++)
		d.column[i] = BPR_NONE;
	if (ok)
		r->node = bpr_i_calloc(plan->node_count, sizeof(*r->node));
	ok = ok && r->node && classify(&d) && find_again(&d) && add_buildings(&d);
	for (size_t i = 0; ok && i < plan->node_count; i++)
		ok = add_node(&d, i);
	if (ok) {
		decide(&d);
		give_columns(&d);
		lay_out(&d, plan);
		for (size_t i = 0; i < plan->node_count; i++)
			plan->node[i].traits |= RUN_COUNTED; /* how often it is entered is a figure of every node */
	}
	bpr_i_free(d.class_of);
	bpr_i_free(d.class_done);
	bpr_i_free(d.sign);
	bpr_i_free(d.fields);
	bpr_i_free(d.again);
	return ok ? BPR_OK : bpr_i_nomem(err);
}

void bpr_i_record_plan_free(struct run_plan *plan)
{
	struct record_plan *r = plan->record_plan;

	if (!r)
		return;
	bpr_i_free(r->node);
	bpr_i_free(r->add);
	bpr_i_free(r->class);
	bpr_i_free(r->place);
	bpr_i_free(r->building);
	bpr_i_free(r->weight);
	bpr_i_free(r);
	plan->record_plan = NULL;
}

const struct columns *bpr_i_record_columns(const struct run_plan *plan)
{
	return &((const struct record_plan *)plan->record_plan)->columns;
}
