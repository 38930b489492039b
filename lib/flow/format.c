/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a node from what the flow knows of it; see format_i.h. */
#include "config.h"
#include "flow/builder_i.h"
#include "flow/format_i.h"
#include "base/num_i.h"
#include <string.h>

/* ---- values ---- */

static bool needs_quotes(const char *text, bool colon, bool place)
{
	if (*text == '"')
		return true;
	for (const char *s = text; *s; s++) {
		if (*s == ';' || (*s == '\n' && !place) || (*s == ':' && colon))
			return true;
		if ((unsigned char)*s < 0xe3)
			continue;
		if (!strncmp(s, "；", 3) || (!place && !strncmp(s, "、", 3)) || (colon && !strncmp(s, "：", 3)))
			return true;
	}
	return false;
}

void bpr_i_format_item(struct bpr_buf *out, const char *text, bool colon, bool place)
{
	if (!needs_quotes(text, colon, place)) {
		bpr_i_buf_puts(out, text);
		return;
	}
	bpr_i_buf_putc(out, '"');
	for (const char *s = text; *s; s++) {
		if (*s == '"')
			bpr_i_buf_putc(out, '"');
		bpr_i_buf_putc(out, *s);
	}
	bpr_i_buf_putc(out, '"');
}

void bpr_i_format_dist(struct bpr_buf *out, const struct bpr_dist *dist)
{
	char text[128];
	size_t length;

	if (dist->kind != BPR_DIST_EMP) {
		length = bpr_dist_format(dist, text, sizeof(text));
		bpr_i_buf_add(out, text, length);
		return;
	}
	bpr_i_buf_puts(out, "emp([");
	for (size_t i = 0; i < dist->value_count; i++) {
		if (i)
			bpr_i_buf_putc(out, ' ');
		bpr_i_buf_number(out, dist->values[i]);
	}
	bpr_i_buf_puts(out, "])");
}

static bool number(struct bpr_buf *out, double x)
{
	bpr_i_buf_number(out, x);
	return true;
}

static bool count(struct bpr_buf *out, size_t n)
{
	bpr_i_buf_printf(out, "%zu", n);
	return true;
}

static bool text(struct bpr_buf *out, const char *s)
{
	if (!s || !*s)
		return false;
	bpr_i_buf_puts(out, s);
	return true;
}

static bool yes(const struct bpr_formatting *f, struct bpr_buf *out, bool is)
{
	bpr_i_buf_puts(out, is ? f->japanese ? "はい" : "yes" : f->japanese ? "いいえ" : "no");
	return true;
}

static const char *word(const struct bpr_formatting *f, const char *english, const char *japanese)
{
	return f->japanese ? japanese : english;
}

static const char *kind_word(const struct bpr_formatting *f, enum bpr_node_kind kind)
{
	static const char *const words[] = { "作業", "開始", "終了", "分岐", "並行", "包含", "イベント" };

	return word(f, bpr_node_kind_name(kind), words[kind]);
}

/* ---- what is implied ---- */

const char *bpr_i_plain_type(const struct bpr_node *node)
{
	static const char *const plain[] = {
		"task", "startEvent", "endEvent", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "intermediateThrowEvent",
	};

	return node->host == BPR_NONE ? plain[node->kind] : "boundaryEvent";
}

enum bpr_split bpr_i_format_plain_split(const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	if (n->kind == BPR_NODE_AND || n->kind == BPR_NODE_OR)
		return n->kind == BPR_NODE_AND ? BPR_SPLIT_AND : BPR_SPLIT_OR;
	if (n->kind == BPR_NODE_XOR || n->out_count < 2)
		return BPR_SPLIT_XOR;
	for (size_t i = 0; i < n->out_count; i++)
		if (bpr_flow_arc(flow, n->first_out + i)->given)
			return BPR_SPLIT_XOR;
	return BPR_SPLIT_AND;
}

enum bpr_join bpr_i_format_plain_join(const struct bpr_node *node)
{
	return node->kind == BPR_NODE_AND ? BPR_JOIN_AND : node->kind == BPR_NODE_OR ? BPR_JOIN_OR : BPR_JOIN_XOR;
}

static bool same_bits(double a, double b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

bool bpr_i_format_starts_equal(const bpr_flow *flow)
{
	size_t starts = 0;

	for (size_t i = 0; i < flow->node_count; i++)
		starts += flow->nodes[i].kind == BPR_NODE_START;
	for (size_t i = 0; i < flow->node_count; i++)
		if (flow->nodes[i].kind == BPR_NODE_START && !same_bits(flow->nodes[i].prob, (1 - 0.0) / (double)starts))
			return false;
	return true;
}

/* A node that says nothing but what it is. */
static bool is_bare(const struct bpr_node *n)
{
	return n->silent && !*n->name && !n->note && !n->trigger && n->scope == BPR_NONE && n->host == BPR_NONE && !n->terminate &&
	       !strcmp(n->type, bpr_i_plain_type(n)) && n->unit == BPR_NONE && n->actor == BPR_ACTOR_STAFF && n->repeat == 1 &&
	       !(n->loop_prob > 0) && !n->interrupting && !n->repeat_parallel;
}

/* "(end)", "(end 2)" … */
static bool is_called(const struct bpr_node *n, const char *word, size_t index)
{
	char id[48];
	struct bpr_buf buf = BPR_BUF_ON(id);

	bpr_i_buf_printf(&buf, "(%s", word);
	if (index)
		bpr_i_buf_printf(&buf, " %zu", index + 1);
	bpr_i_buf_putc(&buf, ')');
	return !buf.failed && !strcmp(n->id, id);
}

static bool plain_arc(const bpr_flow *flow, const struct bpr_node *n)
{
	const struct bpr_arc *arc = &flow->arcs[n->first_out];

	return n->out_count == 1 && !arc->given && !arc->id && !arc->name;
}

/* The node, last but for implied ends, is the start that the builder puts in front of the first row. */
static bool implied_start(const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = &flow->nodes[node];

	if (!node || n->kind != BPR_NODE_START || !is_bare(n) || !is_called(n, "start", 0) || !plain_arc(flow, n) || flow->arcs[n->first_out].to)
		return false;
	for (size_t i = 0; i < node; i++)
		if (flow->nodes[i].kind == BPR_NODE_START)
			return false;
	return true;
}

/* The ends from `from` on are those that the builder puts behind rows without a way out, in this order. */
static bool implied_ends(const bpr_flow *flow, size_t from)
{
	size_t seen[3] = { BPR_NONE, BPR_NONE, BPR_NONE };
	size_t ends = 0;

	for (size_t i = 0; i < from; i++) {
		const struct bpr_node *n = &flow->nodes[i];

		if (n->kind == BPR_NODE_END || !n->out_count)
			return false;
		for (size_t k = 0; k < n->out_count; k++) {
			size_t to = flow->arcs[n->first_out + k].to;

			if (to < from)
				continue;
			if (!plain_arc(flow, n) || flow->nodes[to].outcome != n->outcome)
				return false;
			if (seen[n->outcome] == BPR_NONE) {
				if (to != from + ends || !is_called(&flow->nodes[to], "end", ends))
					return false;
				ends++;
				seen[n->outcome] = to;
			} else if (seen[n->outcome] != to) {
				return false;
			}
		}
	}
	return from + ends == flow->node_count;
}

size_t bpr_i_format_implied(const bpr_flow *flow)
{
	size_t from = flow->node_count;

	while (from && flow->node_count - from < 3 && flow->nodes[from - 1].kind == BPR_NODE_END && is_bare(&flow->nodes[from - 1]) &&
	       !flow->nodes[from - 1].out_count)
		from--;
	if (from < flow->node_count && !implied_ends(flow, from))
		return flow->node_count;
	if (from && implied_start(flow, from - 1))
		from--;
	return from;
}

/* ---- cells ---- */

static bool format_next(const struct bpr_formatting *f, const struct bpr_node *n, struct bpr_buf *out)
{
	bool any = false;

	for (size_t i = 0; i < n->out_count; i++) {
		const struct bpr_arc *arc = &f->flow->arcs[n->first_out + i];

		if (arc->to >= f->implied)
			continue;
		if (any)
			bpr_i_buf_putc(out, ';');
		any = true;
		bpr_i_format_item(out, f->flow->nodes[arc->to].id, true, false);
		if (arc->given) {
			bpr_i_buf_putc(out, ':');
			bpr_i_buf_number(out, arc->prob);
		}
	}
	return any;
}

/* Names or ids of the ways out, by place; nothing where none has one. */
static bool format_places(const struct bpr_formatting *f, const struct bpr_node *n, bool ids, struct bpr_buf *out)
{
	size_t last = n->out_count;

	while (last) {
		const struct bpr_arc *arc = &f->flow->arcs[n->first_out + last - 1];

		if (ids ? arc->id : arc->name)
			break;
		last--;
	}
	for (size_t i = 0; i < last; i++) {
		const struct bpr_arc *arc = &f->flow->arcs[n->first_out + i];
		const char *s = ids ? arc->id : arc->name;

		if (i)
			bpr_i_buf_putc(out, ';');
		if (s)
			bpr_i_format_item(out, s, false, true);
	}
	return last > 0;
}

static bool format_forms(const struct bpr_formatting *f, const size_t *list, size_t n, struct bpr_buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			bpr_i_buf_putc(out, ';');
		bpr_i_format_item(out, f->flow->forms[list[i]].id, false, false);
	}
	return n > 0;
}

static bool format_staff(const struct bpr_formatting *f, const struct bpr_node *n, struct bpr_buf *out)
{
	for (size_t i = 0; i < n->need_count; i++) {
		if (i)
			bpr_i_buf_putc(out, ';');
		bpr_i_format_item(out, f->flow->pools[n->needs[i].pool].name, true, false);
		if (n->needs[i].count != 1)
			bpr_i_buf_printf(out, ":%zu", n->needs[i].count);
	}
	return n->need_count > 0;
}

static bool format_rules(const struct bpr_formatting *f, unsigned rules, struct bpr_buf *out)
{
	static const char *const words[BPR_RULE_COUNT] = { "目視", "書面", "対面", "常駐", "押印" };
	bool any = false;

	for (size_t i = 0; i < BPR_RULE_COUNT; i++) {
		if (!(rules & 1u << i))
			continue;
		if (any)
			bpr_i_buf_putc(out, ';');
		any = true;
		bpr_i_buf_puts(out, word(f, bpr_rule_name(i), words[i]));
	}
	return any;
}

/* Shares of starts, where they are not equal; of boundary events, where they ever happen or are reached otherwise. */
static bool format_prob(const struct bpr_formatting *f, size_t node, struct bpr_buf *out)
{
	const struct bpr_node *n = &f->flow->nodes[node];
	size_t in;

	if (n->kind == BPR_NODE_START)
		return !f->starts_equal && number(out, n->prob);
	if (n->host == BPR_NONE)
		return false;
	(void)bpr_flow_arcs_in(f->flow, node, &in);
	return (n->prob > 0 || in) && number(out, n->prob);
}

static bool format_actor(const struct bpr_formatting *f, enum bpr_actor actor, struct bpr_buf *out)
{
	static const char *const words[] = { "職員", "住民", "システム" };

	return actor != BPR_ACTOR_STAFF && text(out, word(f, bpr_actor_name(actor), words[actor]));
}

static bool format_outcome(const struct bpr_formatting *f, enum bpr_outcome outcome, struct bpr_buf *out)
{
	static const char *const words[] = { "完了", "不備", "却下" };

	return outcome != BPR_OUTCOME_DONE && text(out, word(f, bpr_outcome_name(outcome), words[outcome]));
}

static bool format_way(const struct bpr_formatting *f, int way, int plain, struct bpr_buf *out)
{
	static const char *const english[] = { "xor", "and", "or" };
	static const char *const japanese[] = { "排他", "並行", "包含" };

	return way != plain && text(out, word(f, english[way], japanese[way]));
}

static bool dist_cell(const struct bpr_dist *dist, struct bpr_buf *out)
{
	if (dist)
		bpr_i_format_dist(out, dist);
	return dist != NULL;
}

static bool format_batch(const struct bpr_node *n, struct bpr_buf *out)
{
	if (n->batch < 2)
		return false;
	bpr_i_buf_printf(out, "%zu", n->batch);
	if (n->batch_wait > 0) {
		bpr_i_buf_putc(out, '/');
		bpr_i_buf_number(out, n->batch_wait);
	}
	return true;
}

static bool bpmn_cell(const struct bpr_formatting *f, size_t node, enum bpr_store store, struct bpr_buf *out)
{
	const bpr_flow *flow = f->flow;
	const struct bpr_node *n = &flow->nodes[node];
	bool plain = n->host != BPR_NONE;

	switch ((int)store) {
	case BPR_STORE_CONDITIONS: return format_places(f, n, false, out);
	case BPR_STORE_FLOWS: return format_places(f, n, true, out);
	case BPR_STORE_LOOP_PROB: return n->loop_prob > 0 && number(out, n->loop_prob);
	case BPR_STORE_REPEAT: return n->repeat > 1 && count(out, n->repeat);
	case BPR_STORE_PARALLEL: return n->repeat_parallel && yes(f, out, true);
	case BPR_STORE_ON: return n->host != BPR_NONE && text(out, flow->nodes[n->host].id);
	case BPR_STORE_INTERRUPTING: return n->interrupting != plain && yes(f, out, n->interrupting);
	case BPR_STORE_TERMINATE: return n->terminate && yes(f, out, true);
	case BPR_STORE_TYPE: return strcmp(n->type, bpr_i_plain_type(n)) != 0 && text(out, n->type);
	case BPR_STORE_TRIGGER: return text(out, n->trigger);
	case BPR_STORE_SCOPE: return n->scope != BPR_NONE && text(out, flow->scopes[n->scope].id);
	case BPR_STORE_SILENT: return n->silent && yes(f, out, true);
	case BPR_STORE_SPLIT: return format_way(f, (int)n->split, (int)bpr_i_format_plain_split(flow, node), out);
	case BPR_STORE_JOIN: return format_way(f, (int)n->join, (int)bpr_i_format_plain_join(n), out);
	default: return false;
	}
}

static bool name_cell(const struct bpr_formatting *f, size_t node, enum bpr_store store, struct bpr_buf *out)
{
	const bpr_flow *flow = f->flow;
	const struct bpr_node *n = &flow->nodes[node];

	switch ((int)store) {
	case BPR_STORE_ID: return text(out, n->id);
	case BPR_STORE_NAME: return text(out, n->name);
	case BPR_STORE_KIND: return text(out, kind_word(f, n->kind));
	case BPR_STORE_NEXT: return format_next(f, n, out);
	case BPR_STORE_UNIT: return n->unit != BPR_NONE && text(out, flow->units[n->unit].name);
	case BPR_STORE_COUNTER: return n->counter != BPR_NONE && text(out, flow->counters[n->counter].name);
	case BPR_STORE_SYSTEM: return n->system != BPR_NONE && text(out, flow->systems[n->system].name);
	case BPR_STORE_ACTOR: return format_actor(f, n->actor, out);
	case BPR_STORE_STAFF: return format_staff(f, n, out);
	case BPR_STORE_WRITES: return format_forms(f, n->writes, n->write_count, out);
	case BPR_STORE_READS: return format_forms(f, n->reads, n->read_count, out);
	case BPR_STORE_ISSUES: return format_forms(f, n->issues, n->issue_count, out);
	case BPR_STORE_RULES: return format_rules(f, n->rules, out);
	case BPR_STORE_OUTCOME: return format_outcome(f, n->outcome, out);
	case BPR_STORE_NOTE: return text(out, n->note);
	default: return bpmn_cell(f, node, store, out);
	}
}

bool bpr_i_format_cell(const struct bpr_formatting *f, size_t node, const struct bpr_column *column, struct bpr_buf *out)
{
	const struct bpr_node *n = &f->flow->nodes[node];

	switch (column->store) {
	case BPR_STORE_WORK: return dist_cell(n->work, out);
	case BPR_STORE_WAIT: return dist_cell(n->wait, out);
	case BPR_STORE_SEALS: return n->seals > 0 && number(out, n->seals);
	case BPR_STORE_ID_CHECKS: return n->id_checks > 0 && number(out, n->id_checks);
	case BPR_STORE_COPIES: return n->copies > 0 && number(out, n->copies);
	case BPR_STORE_COST: return n->cost > 0 && number(out, n->cost);
	case BPR_STORE_AWAY: return n->away && yes(f, out, true);
	case BPR_STORE_PROB: return format_prob(f, node, out);
	case BPR_STORE_PRIORITY: return n->priority > 0 && number(out, n->priority);
	case BPR_STORE_PATIENCE: return dist_cell(n->patience, out);
	case BPR_STORE_BATCH: return format_batch(n, out);
	default: return name_cell(f, node, (enum bpr_store)column->store, out);
	}
}

bool bpr_i_format_has(const struct bpr_formatting *f, size_t node, const struct bpr_column *column)
{
	char room[1];
	struct bpr_buf nothing = BPR_BUF_ON(room);

	return bpr_i_format_cell(f, node, column, &nothing);
}
