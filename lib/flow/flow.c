/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frozen flow: getters, names, content hash. */
#include "config.h"
#include "flow/builder_i.h"
#include <string.h>

void bpr_flow_free(bpr_flow *flow)
{
	bpr_flow *kept;

	if (!flow)
		return;
	bpr_i_free(flow->nodes);
	bpr_i_free(flow->arcs);
	if (flow->derived) {
		bpr_i_free(flow->pools);
		bpr_i_free(flow->origins);
		bpr_i_arena_release(&flow->arena);
		kept = flow->kept; /* was built, not derived: its own is not looked at */
		bpr_i_free(flow);
		flow = kept;
		if (!flow)
			return;
		bpr_i_free(flow->nodes);
		bpr_i_free(flow->arcs);
	}
	bpr_i_free(flow->in_first);
	bpr_i_free(flow->in_arcs);
	bpr_i_free(flow->boundary_first);
	bpr_i_free(flow->boundary);
	bpr_i_free(flow->scopes);
	bpr_i_free(flow->units);
	bpr_i_free(flow->counters);
	bpr_i_free(flow->fields);
	bpr_i_free(flow->forms);
	bpr_i_free(flow->pools);
	bpr_i_free(flow->systems);
	bpr_i_names_release(&flow->ids);
	bpr_i_free(flow->id_nodes);
	bpr_i_free(flow->origins);
	bpr_i_flow_unshare(flow->shared);
	bpr_i_arena_release(&flow->arena);
	bpr_i_free(flow);
}

const char *bpr_flow_id(const bpr_flow *flow)
{
	return flow->id;
}

const char *bpr_flow_name(const bpr_flow *flow)
{
	return flow->name;
}

const char *bpr_flow_source(const bpr_flow *flow)
{
	return flow->source;
}

const char *bpr_flow_first_source(const bpr_flow *flow)
{
	return flow->first_source ? flow->first_source : flow->source;
}

unsigned long long bpr_flow_hash(const bpr_flow *flow)
{
	return flow->hash;
}

size_t bpr_flow_origin_count(const bpr_flow *flow)
{
	return flow->origin_count;
}

const struct bpr_origin *bpr_flow_origin(const bpr_flow *flow, size_t index)
{
	return &flow->origins[index];
}

size_t bpr_flow_node_count(const bpr_flow *flow)
{
	return flow->node_count;
}

size_t bpr_flow_arc_count(const bpr_flow *flow)
{
	return flow->arc_count;
}

size_t bpr_flow_scope_count(const bpr_flow *flow)
{
	return flow->scope_count;
}

size_t bpr_flow_unit_count(const bpr_flow *flow)
{
	return flow->unit_count;
}

size_t bpr_flow_counter_count(const bpr_flow *flow)
{
	return flow->counter_count;
}

size_t bpr_flow_field_count(const bpr_flow *flow)
{
	return flow->field_count;
}

size_t bpr_flow_form_count(const bpr_flow *flow)
{
	return flow->form_count;
}

size_t bpr_flow_pool_count(const bpr_flow *flow)
{
	return flow->pool_count;
}

size_t bpr_flow_system_count(const bpr_flow *flow)
{
	return flow->system_count;
}

const struct bpr_node *bpr_flow_node(const bpr_flow *flow, size_t index)
{
	return &flow->nodes[index];
}

const struct bpr_arc *bpr_flow_arc(const bpr_flow *flow, size_t index)
{
	return &flow->arcs[index];
}

const struct bpr_scope *bpr_flow_scope(const bpr_flow *flow, size_t index)
{
	return &flow->scopes[index];
}

const struct bpr_unit *bpr_flow_unit(const bpr_flow *flow, size_t index)
{
	return &flow->units[index];
}

const struct bpr_counter *bpr_flow_counter(const bpr_flow *flow, size_t index)
{
	return &flow->counters[index];
}

const struct bpr_field *bpr_flow_field(const bpr_flow *flow, size_t index)
{
	return &flow->fields[index];
}

const struct bpr_form *bpr_flow_form(const bpr_flow *flow, size_t index)
{
	return &flow->forms[index];
}

const struct bpr_pool *bpr_flow_pool(const bpr_flow *flow, size_t index)
{
	return &flow->pools[index];
}

const struct bpr_system *bpr_flow_system(const bpr_flow *flow, size_t index)
{
	return &flow->systems[index];
}

const struct bpr_demand *bpr_flow_demand(const bpr_flow *flow)
{
	return &flow->demand;
}

const size_t *bpr_flow_arcs_in(const bpr_flow *flow, size_t node, size_t *count)
{
	*count = flow->in_first[node + 1] - flow->in_first[node];
	return flow->in_arcs + flow->in_first[node];
}

const size_t *bpr_flow_boundary(const bpr_flow *flow, size_t node, size_t *count)
{
	if (!flow->boundary_first) {
		*count = 0;
		return NULL;
	}
	*count = flow->boundary_first[node + 1] - flow->boundary_first[node];
	return flow->boundary + flow->boundary_first[node];
}

size_t bpr_flow_find(const bpr_flow *flow, const char *id)
{
	size_t at = bpr_i_names_find(&flow->ids, id, strlen(id));

	return at == BPR_NONE ? BPR_NONE : flow->id_nodes[at];
}

bool bpr_node_is_step(const struct bpr_node *node)
{
	return !node->silent && (node->kind == BPR_NODE_TASK || node->kind == BPR_NODE_EVENT);
}

const char *bpr_node_kind_name(enum bpr_node_kind kind)
{
	static const char *const names[] = { "task", "start", "end", "xor", "and", "or", "event" };

	return (size_t)kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "";
}

const char *bpr_actor_name(enum bpr_actor actor)
{
	static const char *const names[] = { "staff", "citizen", "system" };

	return (size_t)actor < sizeof(names) / sizeof(names[0]) ? names[actor] : "";
}

const char *bpr_outcome_name(enum bpr_outcome outcome)
{
	static const char *const names[] = { "done", "incomplete", "rejected" };

	return (size_t)outcome < sizeof(names) / sizeof(names[0]) ? names[outcome] : "";
}

const char *bpr_discipline_name(enum bpr_discipline discipline)
{
	static const char *const names[] = { "fifo", "priority", "shortest", "lifo" };

	return (size_t)discipline < sizeof(names) / sizeof(names[0]) ? names[discipline] : "";
}

const char *bpr_origin_of_name(enum bpr_origin_of of)
{
	static const char *const names[] = { "step", "arc", "staff", "counter", "form", "demand", "scope", "unit" };

	return names[of];
}

const char *bpr_rule_name(size_t bit)
{
	static const char *const names[BPR_RULE_COUNT] = { "visual", "paper", "face_to_face", "resident", "seal" };

	return bit < BPR_RULE_COUNT ? names[bit] : "";
}

/* ---- content hash: 64-bit words mixed one after another, the same on every machine ---- */

static unsigned long long mix(unsigned long long hash, unsigned long long word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

static unsigned long long mix_number(unsigned long long hash, double x)
{
	unsigned long long bits;

	x += 0.0; /* -0 is 0 */
	memcpy(&bits, &x, sizeof(bits));
	return mix(hash, bits);
}

static unsigned long long mix_text(unsigned long long hash, const char *text)
{
	unsigned long long word = 0;
	size_t n = 0;

	if (!text)
		return mix(hash, 1);
	for (; text[n]; n++) {
		word = word << 8 | (unsigned char)text[n];
		if (n % 8 == 7)
			hash = mix(hash, word);
	}
	return mix(mix(hash, word), n + 2);
}

static unsigned long long mix_dist(unsigned long long hash, const struct bpr_dist *dist)
{
	if (!dist)
		return mix(hash, 0);
	hash = mix(hash, ((unsigned long long)dist->kind + 1) | (unsigned long long)dist->working_days << 8);
	hash = mix_number(mix_number(mix_number(hash, dist->a), dist->b), dist->c);
	hash = mix(hash, dist->value_count);
	for (size_t i = 0; i < dist->value_count; i++)
		hash = mix_number(hash, dist->values[i]);
	return hash;
}

static unsigned long long mix_list(unsigned long long hash, const size_t *list, size_t count)
{
	hash = mix(hash, count);
	for (size_t i = 0; i < count; i++)
		hash = mix(hash, list[i]);
	return hash;
}

static unsigned long long mix_schedule(unsigned long long h, const struct bpr_schedule *s)
{
	h = mix(h, s->rule_count);
	for (size_t i = 0; i < s->rule_count; i++) {
		const struct bpr_schedule_rule *r = &s->rules[i];

		h = mix(mix(mix(h, r->days.weekdays), r->days.dated), r->days.yearly);
		h = mix(mix(mix(h, (unsigned long long)r->days.first), (unsigned long long)r->days.last), r->days.nth);
		h = mix_dist(mix_number(mix(h, r->span_count), r->value), r->dist);
		for (size_t k = 0; k < r->span_count; k++)
			h = mix_number(mix_number(h, r->spans[k].from), r->spans[k].to);
	}
	return h;
}

static unsigned long long mix_pool(unsigned long long h, const struct bpr_pool *p)
{
	h = mix(mix(mix_number(mix(mix_text(h, p->name), p->count), p->yen_per_hour), p->unit), (unsigned long long)p->discipline);
	h = mix(h, p->shift_count);
	for (size_t i = 0; i < p->shift_count; i++) {
		const struct bpr_shift *s = &p->shifts[i];

		h = mix_schedule(mix_schedule(mix(mix_text(h, s->name), s->count), &s->hours), &s->breaks);
		h = mix_number(mix_number(mix_number(h, s->turn_minutes), s->turn.from), s->turn.to);
		h = mix_list(h, s->also, s->also_count);
	}
	return h;
}

static unsigned long long mix_demand(unsigned long long h, const struct bpr_demand *d)
{
	h = mix_number(mix_number(mix_number(h, d->per_day), d->per_year), d->open_days);
	h = mix_number(mix_dist(mix_dist(h, d->arrivals), d->group), d->first);
	h = mix_schedule(mix_schedule(mix_schedule(h, &d->open), &d->closed_days), &d->weekdays);
	h = mix_schedule(mix_schedule(mix_schedule(h, &d->profile), &d->seasons), &d->windows);
	h = mix(mix(h, d->time_count), (unsigned long long)d->times_date);
	for (size_t i = 0; i < d->time_count; i++)
		h = mix_number(h, d->times[i]);
	h = mix_number(mix_number(h, d->walk_minutes), d->write_seconds_per_field);
	return mix(h, (unsigned long long)d->per_day_given | (unsigned long long)d->per_year_given << 1 | (unsigned long long)d->walk_given << 2 |
			      (unsigned long long)d->write_given << 3 | (unsigned long long)d->closed_given << 4 |
			      (unsigned long long)d->times_daily << 5);
}

static unsigned long long mix_node(unsigned long long h, const struct bpr_node *n)
{
	h = mix_text(mix_text(mix_text(mix_text(mix_text(h, n->id), n->name), n->type), n->trigger), n->note);
	h = mix(h, (unsigned long long)n->kind | (unsigned long long)n->split << 4 | (unsigned long long)n->join << 8 |
			   (unsigned long long)n->silent << 12 | (unsigned long long)n->away << 13 | (unsigned long long)n->terminate << 14 |
			   (unsigned long long)n->interrupting << 15 | (unsigned long long)n->repeat_parallel << 16 |
			   (unsigned long long)n->actor << 20 | (unsigned long long)n->outcome << 24 | (unsigned long long)n->rules << 32);
	h = mix_number(mix_number(h, n->prob), n->loop_prob);
	h = mix(mix(mix(h, n->repeat), n->host), n->scope);
	h = mix(mix(mix(h, n->unit), n->counter), n->system);
	h = mix_dist(mix_dist(mix_dist(h, n->work), n->wait), n->patience);
	h = mix_number(mix(mix_number(h, n->priority), n->batch), n->batch_wait);
	h = mix(h, n->need_count);
	for (size_t i = 0; i < n->need_count; i++)
		h = mix(mix(h, n->needs[i].pool), n->needs[i].count);
	h = mix_list(mix_list(mix_list(h, n->writes, n->write_count), n->reads, n->read_count), n->issues, n->issue_count);
	h = mix_number(mix_number(mix_number(mix_number(h, n->seals), n->id_checks), n->copies), n->cost);
	return mix(h, n->out_count);
}

static unsigned long long mix_form(unsigned long long h, const struct bpr_form *form)
{
	h = mix(mix_text(mix_text(h, form->id), form->name), form->field_count);
	for (size_t i = 0; i < form->field_count; i++)
		h = mix(mix_number(mix(h, form->fields[i].field), form->fields[i].times), form->fields[i].prefilled);
	return h;
}

static unsigned long long mix_tables(unsigned long long h, const struct bpr_flow *flow)
{
	for (size_t i = 0; i < flow->scope_count; i++) {
		const struct bpr_scope *s = &flow->scopes[i];

		h = mix(mix(mix(mix_text(mix_text(h, s->id), s->name), s->parent), s->entry), s->exit);
		h = mix(mix(h, s->repeat), s->repeat_parallel);
	}
	for (size_t i = 0; i < flow->unit_count; i++)
		h = mix(mix_text(h, flow->units[i].name), flow->units[i].parent);
	for (size_t i = 0; i < flow->counter_count; i++) {
		const struct bpr_counter *c = &flow->counters[i];

		h = mix(mix_number(mix_text(mix_text(mix_text(h, c->name), c->building), c->floor), c->walk_minutes), c->walk_given);
		h = mix(mix_schedule(h, &c->open), c->seats);
	}
	for (size_t i = 0; i < flow->field_count; i++)
		h = mix_text(mix_text(h, flow->fields[i].name), flow->fields[i].group);
	for (size_t i = 0; i < flow->form_count; i++)
		h = mix_form(h, &flow->forms[i]);
	for (size_t i = 0; i < flow->pool_count; i++)
		h = mix_pool(h, &flow->pools[i]);
	for (size_t i = 0; i < flow->system_count; i++)
		h = mix_text(h, flow->systems[i].name);
	return mix_demand(h, &flow->demand);
}

unsigned long long bpr_i_flow_hash(const struct bpr_flow *flow)
{
	unsigned long long h = mix(mix(BPR_I_HASH_START, flow->node_count), flow->arc_count);

	for (size_t i = 0; i < flow->node_count; i++)
		h = mix_node(h, &flow->nodes[i]);
	for (size_t i = 0; i < flow->arc_count; i++) {
		const struct bpr_arc *arc = &flow->arcs[i];

		h = mix_text(mix_number(mix(mix(h, arc->from), arc->to), arc->prob), arc->name);
	}
	return mix_tables(h, flow);
}
