/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nothing that a flow knows is lost between flow tables, JSON and BPMN: random flows with everything in them, and names as
 * nobody should give them, go through chains of conversions. Every member is compared, not only the hash, and what is written
 * again is the same bytes.
 */
#include "config.h"
#include "test.h"
#include "property/edit_any.h"
#include "property/random_flow.h"
#include "base/buf_i.h"
#include "flow/build_i.h"
#include <bpr/analysis.h>
#include <bpr/write.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FLOWS = 1500, LONG = 5000 };

static const char *const odd[] = {
	"受付", "a\"b", "\"quoted\"", "x\"", "a;b", "a:0.5", "a：b", "a；b", "a、b", "=1+1", "+x", "-x", "@x", "'apos", "''", "'", "〃", "同上", "々",
	"a\nb", "a\r\nb", "a\tb", "a,b", "a\\b", "<b>&amp;</b>", "]]>", "yes", "いいえ", "id", "name", "kind", "next", "1", "0.5", "50%", "1e5", "-", "—",
	"全角　空白", "😀", "é", "#N/A", "NaN", "true", "null", "{", "[1]", "a: b; c", "\"", "\"\"", "\";\"", "x:1;y:2", "form", "field", "scope", "unit",
	"１２", "T1.", "(start)", "(end)", "emp([1 2])", "５分", "～", "〜", "￥", "ﾊﾝｶｸ",
};
#define ODD (sizeof(odd) / sizeof(odd[0]))

static char long_text[LONG + 1];

static const char *some(struct draft *d)
{
	size_t pick = draft_below(d, ODD + 1);

	return pick == ODD ? long_text : odd[pick];
}

static const char *sometimes(struct draft *d)
{
	return draft_below(d, 3) ? NULL : some(d);
}

/* Numbers of every kind: whole, with all their digits, very small, very large. */
static double odd_number(struct draft *d, double most)
{
	double x = draft_random(d);

	switch (draft_below(d, 6)) {
	case 0: return floor(x * 20);
	case 1: return 1.0 / 3;
	case 2: return x * most;
	case 3: return x * 1e-9;
	case 4: return floor(x * 100) / 10;
	default: return x * 60;
	}
}

static void odd_dist(bpr_builder *b, struct draft *d, size_t node, bool work)
{
	double values[6], low = odd_number(d, 1e6), middle = low + odd_number(d, 1e6), high = middle + odd_number(d, 1e6);
	struct bpr_dist dist = { .kind = (enum bpr_dist_kind)draft_below(d, BPR_DIST_EMP + 1), .a = low, .b = middle, .c = high };

	switch (dist.kind) {
	case BPR_DIST_CONSTANT: case BPR_DIST_EXP: dist.b = dist.c = 0; break;
	case BPR_DIST_UNIF: dist.c = 0; break;
	case BPR_DIST_NORM: case BPR_DIST_LOGNORM: case BPR_DIST_GAMMA: dist.a += 0.1; dist.c = 0; break;
	case BPR_DIST_ERLANG: dist.a = (double)(1 + draft_below(d, 9)); dist.c = 0; break;
	case BPR_DIST_WEIBULL: dist.a = 0.5 + 3 * draft_random(d); dist.c = 0; break;
	case BPR_DIST_TRI: case BPR_DIST_PERT: break;
	case BPR_DIST_EMP:
		dist.a = dist.b = dist.c = 0;
		dist.value_count = 1 + draft_below(d, 6);
		values[0] = low;
		for (size_t i = 1; i < dist.value_count; i++)
			values[i] = values[i - 1] + odd_number(d, 100);
		dist.values = values;
		break;
	}
	assert_int_equal(bpr_i_builder_duration(b, node, work, &dist), BPR_OK);
}

static const char *kept(bpr_builder *b, const char *text)
{
	return text ? bpr_i_builder_text(b, text, strlen(text)) : NULL;
}

static void dress(bpr_builder *b, struct draft *d, size_t index, const struct draft_node *from)
{
	static const char *const types[] = { NULL, "userTask", "manualTask", "serviceTask", "callActivity" };
	struct bpr_node *n = bpr_i_builder_draft(b, index);
	bool step = from->kind == BPR_NODE_TASK || from->kind == BPR_NODE_EVENT;
	const char *unit = odd[draft_below(d, 9)];
	const char *counter = odd[draft_below(d, 20)];

	n->name = draft_below(d, 4) ? kept(b, some(d)) : "";
	n->note = kept(b, sometimes(d));
	n->unit = draft_below(d, 3) ? bpr_i_builder_unit(b, unit, strlen(unit), BPR_NONE) : BPR_NONE;
	n->outcome = (enum bpr_outcome)(from->kind == BPR_NODE_END ? draft_below(d, 3) : 0);
	n->terminate = from->kind == BPR_NODE_END && draft_below(d, 5) == 0;
	if (from->host != BPR_NONE)
		n->trigger = "timer";
	if (!step)
		return;
	n->actor = (enum bpr_actor)draft_below(d, 3);
	n->away = from->away;
	n->rules = from->rules;
	n->seals = odd_number(d, 10);
	n->id_checks = from->id_checks;
	n->copies = from->copies;
	n->cost = odd_number(d, 1e9);
	if (draft_below(d, 2))
		n->counter = bpr_i_builder_counter(b, counter, strlen(counter));
	if (from->kind == BPR_NODE_TASK) {
		n->type = types[draft_below(d, 5)];
		n->repeat = from->repeat;
		n->loop_prob = from->loop_prob;
		n->repeat_parallel = from->repeat > 1 && draft_below(d, 2);
	}
	for (int use = BPR_FORM_WRITES; use <= BPR_FORM_ISSUES; use++)
		for (size_t i = draft_below(d, 3); i-- > 0;) {
			const char *form = some(d);

			(void)bpr_i_builder_use_form(b, index, (enum bpr_form_use)use, bpr_i_builder_form(b, form, strlen(form)));
		}
	for (size_t i = draft_below(d, 3); i-- > 0;) {
		const char *pool = some(d);

		(void)bpr_i_builder_need(b, index, bpr_i_builder_pool(b, pool, strlen(pool)), 1 + draft_below(d, 3));
	}
	if (draft_below(d, 2))
		odd_dist(b, d, index, true);
	if (draft_below(d, 3) == 0)
		odd_dist(b, d, index, false);
	if (draft_below(d, 3) == 0) {
		static const char *const texts[][2] = { { "priority", "2.1" }, { "patience", "tri(0.1,20,30)" }, { "patience", "emp([0.1 7])" }, { "batch", "10" }, { "batch", "7/0.1" },
			{ "wait", "0.7wd" }, { "wait", "tri(1営業日,1.1営業日,3営業日)" }, { "work", "erlang(3,0.1wd)" } };
		const char *const *cell = texts[draft_below(d, 8)];

		assert_int_equal(bpr_i_builder_cell(b, index, bpr_i_column_find(BPR_TABLE_FLOW, cell[0], strlen(cell[0])), cell[1], strlen(cell[1]), NULL), BPR_OK);
	}
}

static void row(bpr_builder *b, enum bpr_table table, const char *const *pairs)
{
	struct bpr_cell cells[12];
	size_t count = 0;

	for (; pairs[2 * count]; count++) {
		const char *text = pairs[2 * count + 1] ? pairs[2 * count + 1] : "";

		cells[count] = (struct bpr_cell){ bpr_i_column_find(table, pairs[2 * count], strlen(pairs[2 * count])), text, strlen(text) };
		assert_non_null(cells[count].column);
	}
	assert_int_equal(bpr_i_builder_companion(b, table, cells, count, NULL), BPR_OK);
}

static const char *digits(struct draft *d, char *room, double most)
{
	struct bpr_buf buf = { room, 0, 40, 39, BPR_OK };

	bpr_i_buf_number(&buf, odd_number(d, most));
	return room;
}

/* One of them, or none. */
static const char *one_of(struct draft *d, const char *const *texts, size_t count)
{
	size_t i = draft_below(d, count + 1);

	return i < count ? texts[i] : NULL;
}
#define ONE_OF(d, ...) one_of((d), (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static const char *hours(struct draft *d)
{
	return ONE_OF(d, "8:30-17:15", "8:30.125-12:00 13:00-17:15", "月-金 9:00-16:00; 土 9:00-12:00", "8:30-17:15; 第2日曜 9:00-12:00; 2027-03-28 9:00-15:00",
		      "Mon-Fri 22:00-6:00; holidays closed", "3月下旬 8:00-20:00；８：００～９：００ 日");
}

/* What simulation and queueing know of people, counters and demand. */
static void schedules(bpr_builder *b, struct draft *d)
{
	for (size_t i = draft_below(d, 5); i-- > 0;)
		row(b, BPR_TABLE_STAFF, (const char *[]){ "pool", odd[draft_below(d, 6)], "shift", sometimes(d), "count", ONE_OF(d, "1", "12"), "hours", hours(d), "breaks",
			ONE_OF(d, "12:00-13:00", "60分@11:30-13:30", "月 12:00-12:45; 火-金 12:15-13:00"), "also", sometimes(d), "discipline",
			ONE_OF(d, "priority", "短時間順", "lifo", "先着順"), NULL });
	for (size_t i = draft_below(d, 3); i-- > 0;)
		row(b, BPR_TABLE_COUNTERS, (const char *[]){ "counter", odd[draft_below(d, 20)], "open", hours(d), "seats", ONE_OF(d, "1", "20"), NULL });
	row(b, BPR_TABLE_DEMAND, (const char *[]){ "open", hours(d), "closed", ONE_OF(d, "土日祝", "なし", "土日祝、12/29-1/3", "月(12/1-3/31) 2027-05-06"), "weekdays",
		ONE_OF(d, "月:1.4; 金:0.1", "Mon-Wed x 2"), "profile", ONE_OF(d, "10:00-12:00:2", "10:00-12:00:2 12:00-13:00:0.3; 土 9:00-10:00=3"), "peaks",
		ONE_OF(d, "3/20-4/5:3", "3月下旬～4月上旬:3.1；2027-12-28:0.5"), NULL });
	row(b, BPR_TABLE_DEMAND, (const char *[]){ "arrivals", ONE_OF(d, "emp([1 0.1 3])", "exp(0.1)", "8:30-10:00=exp(2); 10:00-17:15=tri(1,2,3)", "月-金=emp([0.1 3])"),
		"first", ONE_OF(d, "0", "0.1"), "arrival_times", ONE_OF(d, "8:30 8:31:10 9:00", "2027-03-29T8:30:07 2027-03-30 23:59:59.9 8:00"), "group",
		ONE_OF(d, "2", "1~3", "emp([1 1 2 4])"), NULL });
}

static void tables(bpr_builder *b, struct draft *d)
{
	static const char *const keys[] = { "per_day", "per_year", "walk_minutes", "write_seconds_per_field" };
	char a[40], c[40];

	for (size_t i = draft_below(d, 6); i-- > 0;)
		row(b, BPR_TABLE_FORMS, (const char *[]){ "form", some(d), "name", sometimes(d), "field", sometimes(d), "group", sometimes(d), "times",
			draft_below(d, 2) ? "2.5" : NULL, "prefilled", draft_below(d, 3) ? NULL : "yes", NULL });
	for (size_t i = draft_below(d, 4); i-- > 0;)
		row(b, BPR_TABLE_COUNTERS, (const char *[]){ "counter", odd[draft_below(d, 20)], "building", sometimes(d), "floor", sometimes(d), "walk_minutes",
			digits(d, a, 100), NULL });
	for (size_t i = draft_below(d, 4); i-- > 0;)
		row(b, BPR_TABLE_STAFF, (const char *[]){ "pool", some(d), "count", draft_below(d, 2) ? "3" : NULL, "yen_per_hour", digits(d, c, 9000), "hours",
			hours(d), "unit", sometimes(d), NULL });
	for (size_t i = draft_below(d, 4); i-- > 0;) {
		const struct bpr_column *column = bpr_i_column_find(BPR_TABLE_DEMAND, keys[i], strlen(keys[i]));
		struct bpr_cell cell = { column, digits(d, a, 1000), strlen(a) };

		assert_int_equal(bpr_i_builder_companion(b, BPR_TABLE_DEMAND, &cell, 1, NULL), BPR_OK);
	}
	if (draft_below(d, 2))
		row(b, BPR_TABLE_DEMAND, (const char *[]){ "open", "8:30.125-17:15", "arrivals", "emp([1 0.1 3])", NULL });
	if (draft_below(d, 3))
		schedules(b, d);
	for (size_t i = draft_below(d, 3); i-- > 0;) {
		size_t child = draft_below(d, 9);

		row(b, BPR_TABLE_UNITS, (const char *[]){ "unit", odd[child], "parent", odd[child + 1 + draft_below(d, 3)], NULL });
	}
}

/* A range of nodes inside, perhaps another one inside that. */
static void scopes(bpr_builder *b, struct draft *d, const size_t *at, const char (*ids)[64])
{
	size_t parent = BPR_NONE, from = 1, to = d->count - 1, depth = 0;

	while (draft_below(d, 3) == 0 && from + 3 < to) {
		struct bpr_scope scope = { .name = kept(b, some(d)), .parent = parent, .repeat = 1 + draft_below(d, 3) };
		size_t index;

		from += draft_below(d, to - from - 2);
		to -= draft_below(d, to - from - 1);
		scope.type = draft_below(d, 2) ? "subProcess" : "transaction";
		scope.repeat_parallel = scope.repeat > 1 && draft_below(d, 2);
		scope.entry = at[from];
		scope.exit = at[to - 1];
		/* Names of its own where they are deep: no two are the same. */
		scope.id = draft_below(d, 2) || depth++ > 0 ? kept(b, ids[from]) : kept(b, parent == BPR_NONE ? "scope;1" : "'inner");
		index = bpr_i_builder_scope(b, &scope);
		for (size_t i = from; i < to; i++)
			bpr_i_builder_draft(b, at[i])->scope = index;
		parent = index;
		if (++from >= --to)
			break;
	}
}

static bpr_flow *rich_flow(uint64_t seed, bool with_scopes)
{
	static const struct bpr_build_options options = { .max_nodes = 1000, .max_field = 1 << 20 };
	struct draft d;
	char ids[DRAFT_NODES][64];
	size_t at[DRAFT_NODES];
	bpr_builder *b = NULL;
	bpr_flow *flow = NULL;

	if (seed % 3)
		draft_blocks(&d, seed, SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT | SHAPE_LOOSE_AND, 4 + seed % 24);
	else
		draft_tangle(&d, seed, 4 + seed % 20);
	assert_int_equal(bpr_i_builder_new(&b, "r.csv", "r", seed % 2 ? some(&d) : "", &options, NULL, NULL), BPR_OK);
	for (size_t i = 0; i < d.count; i++) {
		const char *text = seed % 4 ? odd[draft_below(&d, ODD)] : "T";

		(void)snprintf(ids[i], sizeof(ids[i]), "%s%zu", text, i);
		assert_int_equal(bpr_i_builder_node(b, d.node[i].kind, ids[i], strlen(ids[i]), NULL, &at[i]), BPR_OK);
		dress(b, &d, at[i], &d.node[i]);
	}
	for (size_t i = 0; i < d.count; i++) {
		struct bpr_node *n = bpr_i_builder_draft(b, at[i]);

		if (d.node[i].host != BPR_NONE) {
			n->host = at[d.node[i].host];
			n->interrupting = d.node[i].interrupting;
			n->prob = d.node[i].prob;
			n->type = "boundaryEvent";
		}
		for (size_t k = 0; k < d.node[i].out_count; k++)
			assert_int_equal(bpr_i_builder_arc(b, at[i], at[d.node[i].to[k]], d.node[i].share[k], sometimes(&d), sometimes(&d), NULL), BPR_OK);
	}
	tables(b, &d);
	if (with_scopes)
		scopes(b, &d, at, (const char (*)[64])ids);
	(void)bpr_i_builder_finish(b, &flow, NULL);
	bpr_i_builder_free(b);
	return flow;
}

/* ---- every member of two flows ---- */

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_number(double a, double b)
{
	return memcmp(&a, &b, sizeof(a)) == 0 || (!(a < 0) && !(a > 0) && !(b < 0) && !(b > 0));
}

static bool same_dist(const struct bpr_dist *a, const struct bpr_dist *b)
{
	if (!a || !b)
		return a == b;
	for (size_t i = 0; a->value_count == b->value_count && i < a->value_count; i++)
		if (!same_number(a->values[i], b->values[i]))
			return false;
	return a->kind == b->kind && same_number(a->a, b->a) && same_number(a->b, b->b) && same_number(a->c, b->c) && a->value_count == b->value_count &&
	       a->working_days == b->working_days;
}

static bool same_list(const size_t *a, size_t n, const size_t *b, size_t m)
{
	return n == m && (!n || !memcmp(a, b, n * sizeof(*a)));
}

static bool same_days(const struct bpr_days *a, const struct bpr_days *b)
{
	return a->weekdays == b->weekdays && a->dated == b->dated && a->yearly == b->yearly && a->first == b->first && a->last == b->last && a->nth == b->nth;
}

static bool same_schedule(const struct bpr_schedule *a, const struct bpr_schedule *b)
{
	if (a->rule_count != b->rule_count || !same_text(a->text, b->text))
		return false;
	for (size_t i = 0; i < a->rule_count; i++) {
		const struct bpr_schedule_rule *x = &a->rules[i], *y = &b->rules[i];

		if (!same_days(&x->days, &y->days) || x->span_count != y->span_count || !same_number(x->value, y->value) || !same_dist(x->dist, y->dist))
			return false;
		for (size_t k = 0; k < x->span_count; k++)
			if (!same_number(x->spans[k].from, y->spans[k].from) || !same_number(x->spans[k].to, y->spans[k].to))
				return false;
	}
	return true;
}

static bool same_shifts(const struct bpr_pool *a, const struct bpr_pool *b)
{
	if (a->shift_count != b->shift_count)
		return false;
	for (size_t i = 0; i < a->shift_count; i++) {
		const struct bpr_shift *x = &a->shifts[i], *y = &b->shifts[i];

		if (!same_text(x->name, y->name) || x->count != y->count || !same_schedule(&x->hours, &y->hours) || !same_schedule(&x->breaks, &y->breaks) ||
		    !same_number(x->turn_minutes, y->turn_minutes) || !same_number(x->turn.from, y->turn.from) || !same_number(x->turn.to, y->turn.to) ||
		    !same_list(x->also, x->also_count, y->also, y->also_count))
			return false;
	}
	return true;
}

#define SAME(what) \
	do { \
		if (!(what)) { \
			(void)snprintf(difference, sizeof(difference), "%s of %.60s: %.80s", #what, id, detail ? detail : ""); \
			return false; \
		} \
	} while (0)

static char difference[400];

static bool same_node(const struct bpr_node *a, const struct bpr_node *b)
{
	const char *id = a->id;
	const char *detail = b->id;

	SAME(same_text(a->id, b->id));
	SAME(same_text(a->name, b->name));
	detail = b->type;
	SAME(same_text(a->type, b->type));
	detail = b->trigger;
	SAME(same_text(a->trigger, b->trigger));
	detail = b->note;
	SAME(same_text(a->note, b->note));
	detail = NULL;
	SAME(a->kind == b->kind);
	SAME(a->split == b->split);
	SAME(a->join == b->join);
	SAME(a->silent == b->silent);
	SAME(a->away == b->away);
	SAME(a->terminate == b->terminate);
	SAME(a->interrupting == b->interrupting);
	SAME(a->repeat_parallel == b->repeat_parallel);
	SAME(a->actor == b->actor);
	SAME(a->outcome == b->outcome);
	SAME(a->rules == b->rules);
	SAME(same_number(a->prob, b->prob));
	SAME(same_number(a->loop_prob, b->loop_prob));
	SAME(a->repeat == b->repeat);
	SAME(a->host == b->host);
	SAME(a->scope == b->scope);
	SAME(a->unit == b->unit);
	SAME(a->counter == b->counter);
	SAME(a->system == b->system);
	SAME(same_dist(a->work, b->work));
	SAME(same_dist(a->wait, b->wait));
	SAME(same_dist(a->patience, b->patience));
	SAME(same_number(a->priority, b->priority));
	SAME(a->batch == b->batch && same_number(a->batch_wait, b->batch_wait));
	SAME(a->need_count == b->need_count && (!a->need_count || !memcmp(a->needs, b->needs, a->need_count * sizeof(*a->needs))));
	SAME(same_list(a->writes, a->write_count, b->writes, b->write_count));
	SAME(same_list(a->reads, a->read_count, b->reads, b->read_count));
	SAME(same_list(a->issues, a->issue_count, b->issues, b->issue_count));
	SAME(same_number(a->seals, b->seals));
	SAME(same_number(a->id_checks, b->id_checks));
	SAME(same_number(a->copies, b->copies));
	SAME(same_number(a->cost, b->cost));
	SAME(a->first_out == b->first_out && a->out_count == b->out_count);
	return true;
}

static bool same_things(const bpr_flow *a, const bpr_flow *b)
{
	const char *id = "-";
	const char *detail = NULL;

	for (size_t i = 0; i < bpr_flow_unit_count(a); i++) {
		id = bpr_flow_unit(a, i)->name;
		detail = bpr_flow_unit(b, i)->name;
		SAME(same_text(id, detail));
		SAME(bpr_flow_unit(a, i)->parent == bpr_flow_unit(b, i)->parent);
	}
	for (size_t i = 0; i < bpr_flow_system_count(a); i++)
		SAME(same_text(bpr_flow_system(a, i)->name, bpr_flow_system(b, i)->name));
	for (size_t i = 0; i < bpr_flow_counter_count(a); i++) {
		const struct bpr_counter *x = bpr_flow_counter(a, i), *y = bpr_flow_counter(b, i);

		id = x->name;
		detail = y->name;
		SAME(same_text(x->name, y->name));
		SAME(same_text(x->building, y->building) && same_text(x->floor, y->floor));
		SAME(x->walk_given == y->walk_given && same_number(x->walk_minutes, y->walk_minutes));
		SAME(same_schedule(&x->open, &y->open) && x->seats == y->seats);
	}
	for (size_t i = 0; i < bpr_flow_field_count(a); i++) {
		const struct bpr_field *x = bpr_flow_field(a, i), *y = bpr_flow_field(b, i);

		id = x->name;
		detail = y->name;
		SAME(same_text(x->name, y->name));
		SAME(same_text(x->group, y->group));
	}
	for (size_t i = 0; i < bpr_flow_form_count(a); i++) {
		const struct bpr_form *x = bpr_flow_form(a, i), *y = bpr_flow_form(b, i);

		id = x->id;
		detail = y->id;
		SAME(same_text(x->id, y->id));
		detail = y->name;
		SAME(same_text(x->name, y->name));
		SAME(x->assumed == y->assumed && x->field_count == y->field_count);
		for (size_t k = 0; k < x->field_count; k++) {
			SAME(x->fields[k].field == y->fields[k].field);
			SAME(same_number(x->fields[k].times, y->fields[k].times));
			SAME(x->fields[k].prefilled == y->fields[k].prefilled);
		}
	}
	for (size_t i = 0; i < bpr_flow_pool_count(a); i++) {
		const struct bpr_pool *x = bpr_flow_pool(a, i), *y = bpr_flow_pool(b, i);

		id = x->name;
		detail = y->name;
		SAME(same_text(x->name, y->name));
		SAME(x->count == y->count && x->rate_given == y->rate_given && same_number(x->yen_per_hour, y->yen_per_hour));
		SAME(same_text(x->hours, y->hours));
		SAME(x->discipline == y->discipline);
		SAME(same_shifts(x, y));
		SAME(x->unit == y->unit);
	}
	for (size_t i = 0; i < bpr_flow_scope_count(a); i++) {
		const struct bpr_scope *x = bpr_flow_scope(a, i), *y = bpr_flow_scope(b, i);

		id = x->id;
		detail = y->id;
		SAME(same_text(x->id, y->id));
		SAME(same_text(x->name, y->name));
		SAME(same_text(x->type, y->type));
		SAME(x->parent == y->parent && x->entry == y->entry && x->exit == y->exit);
		SAME(x->repeat == y->repeat && x->repeat_parallel == y->repeat_parallel);
	}
	return true;
}

static bool same_demand(const struct bpr_demand *a, const struct bpr_demand *b)
{
	const char *id = "demand";
	const char *detail = NULL;

	SAME(same_number(a->per_day, b->per_day) && a->per_day_given == b->per_day_given);
	SAME(same_number(a->per_year, b->per_year) && a->per_year_given == b->per_year_given);
	SAME(same_number(a->open_days, b->open_days) && a->open_days_given == b->open_days_given);
	SAME(same_dist(a->arrivals, b->arrivals));
	SAME(same_number(a->open_from, b->open_from) && same_number(a->open_to, b->open_to));
	SAME(same_text(a->closed, b->closed) && a->closed_given == b->closed_given);
	SAME(same_schedule(&a->open, &b->open) && same_schedule(&a->closed_days, &b->closed_days));
	SAME(same_schedule(&a->weekdays, &b->weekdays) && same_schedule(&a->profile, &b->profile) && same_schedule(&a->seasons, &b->seasons));
	SAME(same_schedule(&a->windows, &b->windows));
	SAME(same_dist(a->group, b->group) && same_number(a->first, b->first));
	SAME(a->time_count == b->time_count && a->times_daily == b->times_daily && a->times_date == b->times_date);
	for (size_t i = 0; i < a->time_count; i++)
		SAME(same_number(a->times[i], b->times[i]));
	SAME(same_text(a->peaks, b->peaks));
	SAME(same_number(a->walk_minutes, b->walk_minutes) && a->walk_given == b->walk_given);
	SAME(same_number(a->write_seconds_per_field, b->write_seconds_per_field) && a->write_given == b->write_given);
	return true;
}

static bool same_flow(const bpr_flow *a, const bpr_flow *b)
{
	const char *id = bpr_flow_id(a);
	const char *detail = bpr_flow_id(b);

	difference[0] = '\0';
	SAME(same_text(bpr_flow_id(a), bpr_flow_id(b)));
	detail = bpr_flow_name(b);
	SAME(same_text(bpr_flow_name(a), bpr_flow_name(b)));
	detail = NULL;
	SAME(bpr_flow_node_count(a) == bpr_flow_node_count(b));
	SAME(bpr_flow_arc_count(a) == bpr_flow_arc_count(b));
	for (size_t i = 0; i < bpr_flow_node_count(a); i++)
		if (!same_node(bpr_flow_node(a, i), bpr_flow_node(b, i)))
			return false;
	for (size_t i = 0; i < bpr_flow_arc_count(a); i++) {
		const struct bpr_arc *x = bpr_flow_arc(a, i), *y = bpr_flow_arc(b, i);

		id = bpr_flow_node(a, x->from)->id;
		SAME(x->from == y->from && x->to == y->to);
		SAME(same_number(x->prob, y->prob));
		SAME(x->given == y->given);
		detail = y->id;
		SAME(same_text(x->id, y->id));
		detail = y->name;
		SAME(same_text(x->name, y->name));
	}
	SAME(bpr_flow_unit_count(a) == bpr_flow_unit_count(b));
	SAME(bpr_flow_counter_count(a) == bpr_flow_counter_count(b));
	SAME(bpr_flow_field_count(a) == bpr_flow_field_count(b));
	SAME(bpr_flow_form_count(a) == bpr_flow_form_count(b));
	SAME(bpr_flow_pool_count(a) == bpr_flow_pool_count(b));
	SAME(bpr_flow_system_count(a) == bpr_flow_system_count(b));
	SAME(bpr_flow_scope_count(a) == bpr_flow_scope_count(b));
	SAME(same_things(a, b));
	SAME(same_demand(bpr_flow_demand(a), bpr_flow_demand(b)));
	SAME(bpr_flow_hash(a) == bpr_flow_hash(b));
	return true;
}

/* ---- chains ---- */

static char folder[] = "lossless-XXXXXX";

static void path_of(char *path, size_t size, const char *suffix, enum bpr_write_format format)
{
	(void)snprintf(path, size, "%s/r%s", folder, *suffix ? suffix : bpr_write_format_ending(format));
}

static void clear_folder(const struct bpr_files *files, enum bpr_write_format format)
{
	char path[128];

	for (size_t i = 0; i < files->count; i++) {
		path_of(path, sizeof(path), files->items[i].suffix, format);
		assert_int_equal(unlink(path), 0);
	}
}

static void save(const struct bpr_files *files, enum bpr_write_format format)
{
	char path[128];

	for (size_t i = 0; i < files->count; i++) {
		FILE *f;

		path_of(path, sizeof(path), files->items[i].suffix, format);
		f = fopen(path, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(files->items[i].data, 1, files->items[i].length, f), files->items[i].length);
		assert_int_equal(fclose(f), 0);
	}
}

static void tell(const bpr_problems *problems, const struct bpr_files *files, uint64_t seed)
{
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);
		char line[600];

		(void)bpr_problem_line(&p, BPR_SEVERITY_ERROR, BPR_LANG_EN, line, sizeof(line));
		if (p.code->severity == BPR_SEVERITY_ERROR)
			print_error("%s\n", line);
	}
	print_error("seed %llu\n", (unsigned long long)seed);
	for (size_t i = 0; i < files->count; i++)
		print_error("-- %s\n%.3000s\n", files->items[i].suffix, files->items[i].data);
}

static bool same_files(const struct bpr_files *a, const struct bpr_files *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->items[i].suffix, b->items[i].suffix) != 0 || a->items[i].length != b->items[i].length ||
		    memcmp(a->items[i].data, b->items[i].data, a->items[i].length) != 0)
			return false;
	return true;
}

/* Writes, reads, compares with `first`; the flow read is the next one of the chain. What was written is kept in *files. */
static struct bpr_flows step(const struct bpr_flows *from, const bpr_flow *first, enum bpr_write_format format, bool japanese, uint64_t seed,
			     struct bpr_files *files)
{
	struct bpr_write_options options = BPR_WRITE_OPTIONS_INIT;
	struct bpr_flows to = { 0 };
	bpr_problems *problems = NULL;
	struct bpr_error err = { 0 };
	char path[128];
	bpr_status status;

	options.stem = "r";
	options.japanese = japanese;
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_write(from, NULL, 0, format, &options, files, problems, &err), BPR_OK);
	save(files, format);
	path_of(path, sizeof(path), "", format);
	status = bpr_read(path, NULL, &to, problems, &err);
	clear_folder(files, format);
	if (status) {
		tell(problems, files, seed);
		fail_msg("%s is not read: %s", bpr_write_format_name(format), err.message);
	}
	if (to.count != 1 || !same_flow(first, to.items[0])) {
		tell(problems, files, seed);
		fail_msg("%s: %s", bpr_write_format_name(format), difference);
	}
	bpr_problems_free(problems);
	return to;
}

/* The files of the same format along the chain are the same bytes; JSON names its source. */
static void chain_of(bpr_flow *flow, uint64_t seed, const enum bpr_write_format *formats, size_t count)
{
	struct bpr_files files[BPR_WRITE_COUNT] = { { 0 } };
	bool written[BPR_WRITE_COUNT] = { false };
	bpr_flow *items[1] = { flow };
	struct bpr_flows from = { .items = items, .count = 1 };
	struct bpr_flows last = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct bpr_files now = { 0 };
		struct bpr_flows next = step(&from, flow, formats[i], seed % 2, seed, &now);

		if (written[formats[i]] && formats[i] != BPR_WRITE_JSON)
			assert_true(same_files(&files[formats[i]], &now));
		bpr_files_release(&files[formats[i]]);
		files[formats[i]] = now;
		written[formats[i]] = true;
		bpr_flows_release(&last);
		last = next;
		from = next;
	}
	bpr_flows_release(&last);
	for (size_t i = 0; i < BPR_WRITE_COUNT; i++)
		bpr_files_release(&files[i]);
}

static void chain(uint64_t seed, bool with_scopes, const enum bpr_write_format *formats, size_t count)
{
	bpr_flow *flow = rich_flow(seed, with_scopes);

	if (!flow)
		return; /* shares or ids that no flow may have */
	chain_of(flow, seed, formats, count);
	bpr_flow_free(flow);
}

static void tables_and_json(void **state)
{
	static const enum bpr_write_format formats[] = { BPR_WRITE_CSV, BPR_WRITE_CSV, BPR_WRITE_JSON, BPR_WRITE_JSON, BPR_WRITE_CSV };

	(void)state;
	for (uint64_t seed = 0; seed < FLOWS; seed++)
		chain(seed, seed % 2, formats, sizeof(formats) / sizeof(formats[0]));
}

static void through_bpmn(void **state)
{
	static const enum bpr_write_format formats[] = { BPR_WRITE_JSON, BPR_WRITE_BPMN, BPR_WRITE_CSV, BPR_WRITE_JSON, BPR_WRITE_BPMN };

	(void)state;
	for (uint64_t seed = 0; seed < FLOWS; seed++)
		chain(seed, false, formats, sizeof(formats) / sizeof(formats[0]));
}

static void from_bpmn(void **state)
{
	static const enum bpr_write_format formats[] = { BPR_WRITE_BPMN, BPR_WRITE_JSON, BPR_WRITE_BPMN };

	(void)state;
	for (uint64_t seed = FLOWS; seed < FLOWS + FLOWS / 2; seed++)
		chain(seed, false, formats, sizeof(formats) / sizeof(formats[0]));
}

/* An edit that changes nothing, or takes everything back, gives the flow; one that changes it gives one as good as any. */
static void edits(void **state)
{
	static const enum bpr_write_format formats[] = { BPR_WRITE_CSV, BPR_WRITE_JSON, BPR_WRITE_BPMN, BPR_WRITE_CSV };
	size_t changed = 0;

	(void)state;
	for (uint64_t seed = 0; seed < FLOWS; seed++) {
		bpr_flow *flow = rich_flow(seed, seed % 2), *same = flow ? edit_nothing(flow, seed / 2) : NULL, *other = flow ? edit_any(flow, seed) : NULL;

		if (flow && !same)
			fail_msg("seed %llu: nothing changed, nothing made", (unsigned long long)seed);
		if (flow && !same_flow(flow, same))
			fail_msg("seed %llu: %s", (unsigned long long)seed, difference);
		if (other) {
			changed += bpr_flow_hash(other) != bpr_flow_hash(flow);
			chain_of(other, seed, formats, seed % 2 ? 2 : sizeof(formats) / sizeof(formats[0])); /* scopes are nothing of BPMN's */
		}
		bpr_flow_free(other);
		bpr_flow_free(same);
		bpr_flow_free(flow);
	}
	assert_true(changed > FLOWS / 2);
}

/* The comparison can fail: one that sees nothing would prove nothing. */
static void differences_are_seen(void **state)
{
	size_t same = 0;

	(void)state;
	for (uint64_t seed = 1; seed < 50; seed++) {
		bpr_flow *a = rich_flow(seed, false);
		bpr_flow *b = rich_flow(seed + 3000, false);
		bpr_flow *c = rich_flow(seed, false);

		if (a && b && c) {
			assert_true(same_flow(a, c));
			same += same_flow(a, b);
		}
		bpr_flow_free(a);
		bpr_flow_free(b);
		bpr_flow_free(c);
	}
	assert_int_equal(same, 0);
}

static int set_up(void **state)
{
	(void)state;
	for (size_t i = 0; i < LONG; i++)
		long_text[i] = (char)('a' + i % 26);
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(differences_are_seen),
		cmocka_unit_test(tables_and_json),
		cmocka_unit_test(through_bpmn),
		cmocka_unit_test(from_bpmn),
		cmocka_unit_test(edits),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
