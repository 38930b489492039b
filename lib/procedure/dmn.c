/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decision tables of DMN 1.1 to 1.5 (Object Management Group, Decision Model and Notation) as tables of procedures: a rule is a row,
 * its input entries are the condition, its outputs are columns by their names. What is not a decision table over names and literals
 * is refused with its element and line.
 */
#include "config.h"
#include "procedure/dmn_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include "table/key_i.h"
#include <string.h>

enum { MOST_FIRST = 2000, MOST_COLUMNS = 500 };

static const char *const namespaces[] = {
	"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/", "https://www.omg.org/spec/DMN/20191111/MODEL/",
	"https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20230324/MODEL/",
};

/* One decision table while its rules are read. */
struct table {
	struct bpr_dmn *d;
	const char *ns, *name;
	enum bpr_hit hit;
	size_t *facts; size_t input_count;
	size_t *columns; size_t output_count;  /* BPR_NONE: passed over */
	size_t first;
};

void bpr_i_dmn_wrong(struct bpr_dmn *d, const struct bpr_xml_node *node, enum bpr_code_id id, const char *a1, const char *a2)
{
	const struct bpr_place place = { .file = d->reading->path, .line = node->line, .column = node->column, .where = node->name };

	bpr_i_problem(d->reading->problems, id, &place, false, a1, a2, NULL, NULL);
}

static bool full(const struct bpr_dmn *d)
{
	return d->nomem || bpr_i_problems_full(d->reading->problems, d->reading->errors);
}

static const char *attribute(const struct bpr_xml_node *node, const char *name)
{
	const struct bpr_xml_attr *attr = bpr_i_xml_attr(node, name);

	return attr ? attr->value : "";
}

/* Text of a child element, kept by the arena; "" where there is none. NULL: out of memory. */
static const char *child_text(struct bpr_dmn *d, const struct bpr_xml_node *node, const char *ns, const char *name)
{
	const struct bpr_xml_node *child = bpr_i_xml_child(node, ns, name);
	struct bpr_buf text = BPR_BUF_INIT;
	const char *out = NULL;

	if (!child)
		return "";
	bpr_i_xml_text(&text, child);
	if (!text.failed)
		out = bpr_i_arena_strndup(&d->reading->procedures->arena, text.length ? text.data : "", text.length);
	d->nomem = d->nomem || !out;
	bpr_i_buf_release(&text);
	return out;
}

static size_t count_children(const struct bpr_xml_node *node, const char *ns, const char *name)
{
	size_t count = 0;

	BPR_I_XML_EACH(child, node)
		count += bpr_i_xml_is(child, ns, name);
	return count;
}

/* ---- inputs ---- */

/* A name of FEEL without signs of an expression. */
static bool plain_name(const char *text)
{
	return *text && strlen(text) <= BPR_I_NAME_BYTES && !strpbrk(text, "()[]{}<>=+*/,.\"'!?@:;|&") && !strstr(text, " - ");
}

static void learn_type(struct bpr_procedure_fact *fact, const char *type)
{
	const char *colon = strchr(type, ':');

	type = colon ? colon + 1 : type;
	fact->sees_number = fact->sees_number || !strcmp(type, "number") || !strcmp(type, "integer") || !strcmp(type, "long") || !strcmp(type, "double");
	fact->sees_date = fact->sees_date || !strcmp(type, "date");
	fact->sees_word = fact->sees_word || !strcmp(type, "string");
}

/* "国保","社保": all values that there are. */
static void learn_values(struct table *t, const struct bpr_xml_node *node, size_t index)
{
	struct bpr_procedure_fact *fact = &t->d->reading->procedures->facts[index];
	const char *text = child_text(t->d, node, t->ns, "text");
	struct bpr_buf written = BPR_BUF_INIT;
	struct bpr_cond *test;
	bool words = true;

	if (!text || !*text)
		return;
	test = bpr_i_feel_unary(t->d, node, text, index, &written);
	bpr_i_buf_release(&written);
	for (size_t i = 0; test && i < test->piece_count; i++)
		words = words && test->pieces[i].word && test->pieces[i].yes < 0;
	if (!test || !test->piece_count || !words || test->negate)
		return;
	fact->closed = true;
	for (size_t i = 0; i < test->piece_count; i++)
		t->d->nomem = t->d->nomem || !bpr_i_fact_add_word(&t->d->reading->procedures->arena, fact, test->pieces[i].text, strlen(test->pieces[i].text));
}

static bool take_input(struct table *t, const struct bpr_xml_node *input)
{
	struct bpr_dmn *d = t->d;
	const struct bpr_xml_node *expression = bpr_i_xml_child(input, t->ns, "inputExpression"), *values = bpr_i_xml_child(input, t->ns, "inputValues");
	const char *text = expression ? child_text(d, expression, t->ns, "text") : "";
	size_t fact;

	if (text && !*text)
		text = attribute(input, "label");
	if (!text)
		return false;
	if (!plain_name(text)) {
		bpr_i_dmn_wrong(d, expression ? expression : input, BPR_I_H208, text, NULL);
		return false;
	}
	fact = bpr_i_procedures_fact(d->reading->procedures, text, strlen(text), input->line);
	if (fact == BPR_NONE) {
		d->nomem = true;
		return false;
	}
	t->facts[t->input_count++] = fact;
	if (expression)
		learn_type(&d->reading->procedures->facts[fact], attribute(expression, "typeRef"));
	if (values)
		learn_values(t, values, fact);
	return !d->nomem;
}

/* ---- outputs ---- */

/* Column of a name in either language; BPR_NONE none. False: out of memory. */
static bool find_column(const char *name, size_t *out)
{
	struct bpr_table_key key;
	bool found = false;

	*out = BPR_NONE;
	if (!bpr_i_table_key(&key, name, strlen(name)))
		return false;
	for (size_t i = 0; i < BPR_PCOL_COUNT && key.length && !found; i++) {
		if (!bpr_i_table_key_among(&key, bpr_i_procedure_columns[i].key, &found) ||
		    (!found && !bpr_i_table_key_among(&key, bpr_i_procedure_columns[i].headings, &found)))
			return false;
		if (found)
			*out = i;
	}
	return true;
}

static bool take_output(struct table *t, const struct bpr_xml_node *output, size_t count)
{
	const char *const names[] = { attribute(output, "name"), attribute(output, "label") };
	size_t column = BPR_NONE;

	for (size_t i = 0; i < 2 && column == BPR_NONE; i++)
		if (!find_column(names[i], &column)) {
			t->d->nomem = true;
			return false;
		}
	if (column == BPR_NONE && count == 1)
		column = BPR_PCOL_PROCEDURE;
	if (column == BPR_PCOL_CONDITION || (column == BPR_PCOL_EVENT && t->hit == BPR_HIT_FIRST))
		column = BPR_NONE;
	if (column == BPR_NONE)
		bpr_i_dmn_wrong(t->d, output, BPR_I_H205, *names[0] ? names[0] : names[1], NULL);
	t->columns[t->output_count++] = column;
	return true;
}

static bool take_head(struct table *t, const struct bpr_xml_node *node)
{
	const size_t inputs = count_children(node, t->ns, "input"), outputs = count_children(node, t->ns, "output");
	struct bpr_arena *arena = &t->d->reading->procedures->arena;
	bool ok = true, procedure = false;

	if (inputs > MOST_COLUMNS || outputs > MOST_COLUMNS || !outputs) {
		bpr_i_dmn_wrong(t->d, node, outputs ? BPR_I_H212 : BPR_I_H206, outputs ? "500" : t->name, NULL);
		return false;
	}
	t->facts = bpr_i_arena_raw(arena, inputs + 1, sizeof(*t->facts));
	t->columns = bpr_i_arena_raw(arena, outputs + 1, sizeof(*t->columns));
	if (!t->facts || !t->columns) {
		t->d->nomem = true;
		return false;
	}
	BPR_I_XML_EACH(child, node) {
		if (bpr_i_xml_is(child, t->ns, "input"))
			ok = take_input(t, child) && ok;
		else if (bpr_i_xml_is(child, t->ns, "output"))
			ok = take_output(t, child, outputs) && ok;
		if (bpr_i_xml_is(child, t->ns, "output") && bpr_i_xml_child(child, t->ns, "defaultOutputEntry")) {
			bpr_i_dmn_wrong(t->d, child, BPR_I_H204, BPR_I_ARG N_("a default output"), NULL);
			ok = false;
		}
	}
	for (size_t i = 0; i < t->output_count; i++)
		procedure = procedure || t->columns[i] == BPR_PCOL_PROCEDURE;
	if (ok && !procedure)
		bpr_i_dmn_wrong(t->d, node, BPR_I_H206, t->name, NULL);
	return ok && procedure && !full(t->d);
}

/* ---- rules ---- */

/* The input entries as one condition. */
static bool take_condition(struct table *t, const struct bpr_xml_node *rule, struct bpr_cond **own, struct bpr_buf *written)
{
	struct bpr_arena *arena = &t->d->reading->procedures->arena;
	struct bpr_cond **tests = bpr_i_arena_raw(arena, t->input_count + 1, sizeof(struct bpr_cond *));
	size_t at = 0, count = 0;

	*own = NULL;
	t->d->nomem = t->d->nomem || !tests;
	BPR_I_XML_EACH(entry, rule) {
		const char *text;
		struct bpr_cond *test;
		struct bpr_buf one = BPR_BUF_INIT;

		if (!tests || !bpr_i_xml_is(entry, t->ns, "inputEntry"))
			continue;
		text = child_text(t->d, entry, t->ns, "text");
		test = text ? bpr_i_feel_unary(t->d, entry, text, t->facts[at], &one) : NULL;
		at++;
		if (test && test->kind != BPR_COND_CONST) {
			tests[count++] = test;
			bpr_i_buf_puts(written, written->length ? " かつ " : "");
			bpr_i_buf_add(written, one.data, one.length);
		}
		t->d->nomem = t->d->nomem || one.failed || written->failed;
		bpr_i_buf_release(&one);
		if (!test)
			return false;
	}
	if (!count || t->d->nomem)
		return !t->d->nomem;
	*own = bpr_i_cond_join(arena, BPR_COND_AND, tests, count);
	t->d->nomem = !*own;
	if (*own)
		(*own)->end = written->length;
	return *own != NULL;
}

static bool take_outputs(struct table *t, const struct bpr_xml_node *rule, const char **cells)
{
	size_t at = 0;

	BPR_I_XML_EACH(entry, rule) {
		const char *text, *value;

		if (!bpr_i_xml_is(entry, t->ns, "outputEntry"))
			continue;
		text = child_text(t->d, entry, t->ns, "text");
		value = text ? bpr_i_feel_literal(t->d, entry, text) : NULL;
		if (!value)
			return false;
		if (t->columns[at] != BPR_NONE)
			cells[t->columns[at]] = value;
		at++;
	}
	return true;
}

static bpr_status take_rule(struct table *t, const struct bpr_xml_node *rule, struct bpr_error *err)
{
	const char *cells[BPR_PCOL_COUNT], *description = child_text(t->d, rule, t->ns, "description");
	struct bpr_buf written = BPR_BUF_INIT;
	struct bpr_procedure_row *row;
	struct bpr_cond *own = NULL;
	bpr_status status = BPR_OK;
	bool ok;

	for (size_t i = 0; i < BPR_PCOL_COUNT; i++)
		cells[i] = "";
	if (count_children(rule, t->ns, "inputEntry") != t->input_count || count_children(rule, t->ns, "outputEntry") != t->output_count) {
		bpr_i_dmn_wrong(t->d, rule, BPR_I_H209, t->name, NULL);
		return BPR_OK;
	}
	ok = take_condition(t, rule, &own, &written);
	ok = take_outputs(t, rule, cells) && ok;
	if (ok && !*cells[BPR_PCOL_PROCEDURE]) {
		bpr_i_dmn_wrong(t->d, rule, BPR_I_H210, t->name, NULL);
		ok = false;
	}
	if (ok) {
		cells[BPR_PCOL_CONDITION] = written.length ? written.data : "";
		if (!*cells[BPR_PCOL_NOTE] && description)
			cells[BPR_PCOL_NOTE] = description;
		row = bpr_i_procedures_row(t->d->reading->procedures);
		status = row ? bpr_i_procedure_fill(t->d->reading, row, cells, rule->line, err) : bpr_i_nomem(err);
		if (row) {
			row->own = own;
			row->group = t->d->reading->procedures->group_count - 1;
		}
	}
	bpr_i_buf_release(&written);
	return t->d->nomem ? bpr_i_nomem(err) : status;
}

static bpr_status too_many(struct table *t, const struct bpr_xml_node *rule, size_t most, struct bpr_error *err)
{
	char text[32];

	(void)bpr_i_num_format(text, sizeof(text), (double)most);
	bpr_i_dmn_wrong(t->d, rule, BPR_I_H212, text, NULL);
	return bpr_i_fail(err, BPR_ELIMIT, BPR_I_H212, rule->name, rule->line, text, NULL);
}

static bpr_status take_rules(struct table *t, const struct bpr_xml_node *node, struct bpr_error *err)
{
	bpr_procedures *p = t->d->reading->procedures;
	struct bpr_rule_group *group;
	bpr_status status = BPR_OK;

	if (!bpr_i_grow(&p->groups, &p->group_capacity, p->group_count + 1, sizeof(*p->groups)))
		return bpr_i_nomem(err);
	group = &p->groups[p->group_count++];
	*group = (struct bpr_rule_group){ .name = t->name, .hit = t->hit, .rules = true, .first = p->count, .line = node->line };
	BPR_I_XML_EACH(rule, node) {
		if (!bpr_i_xml_is(rule, t->ns, "rule") || full(t->d))
			continue;
		if (p->count >= t->d->reading->max_procedures)
			return too_many(t, rule, t->d->reading->max_procedures, err);
		if (t->hit == BPR_HIT_FIRST && p->count - group->first >= MOST_FIRST)
			return too_many(t, rule, MOST_FIRST, err);
		status = take_rule(t, rule, err);
		if (status)
			return status;
	}
	group->count = p->count - group->first;
	return BPR_OK;
}

/* ---- tables ---- */

static bool take_policy(struct table *t, const struct bpr_xml_node *node)
{
	static const struct { const char *name; enum bpr_hit hit; } policies[] = {
		{ "UNIQUE", BPR_HIT_UNIQUE }, { "FIRST", BPR_HIT_FIRST }, { "ANY", BPR_HIT_ANY }, { "COLLECT", BPR_HIT_ALL },
	};
	const char *policy = attribute(node, "hitPolicy");

	if (*attribute(node, "aggregation")) {
		bpr_i_dmn_wrong(t->d, node, BPR_I_H201, attribute(node, "aggregation"), t->name);
		return false;
	}
	if (!*policy)
		policy = "UNIQUE";
	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++)
		if (!strcmp(policies[i].name, policy)) {
			t->hit = policies[i].hit;
			return true;
		}
	bpr_i_dmn_wrong(t->d, node, BPR_I_H202, policy, t->name);
	return false;
}

static bpr_status take_table(struct bpr_dmn *d, const struct bpr_xml_node *node, const char *ns, const char *name, struct bpr_error *err)
{
	struct table t = { .d = d, .ns = ns, .name = bpr_i_arena_strdup(&d->reading->procedures->arena, name) };

	if (!t.name)
		return bpr_i_nomem(err);
	if (!take_policy(&t, node) || !take_head(&t, node))
		return d->nomem ? bpr_i_nomem(err) : BPR_OK;
	return take_rules(&t, node, err);
}

static bpr_status take_decision(struct bpr_dmn *d, const struct bpr_xml_node *decision, const char *ns, struct bpr_error *err)
{
	static const char *const boxed[] = { "literalExpression", "context", "invocation", "functionDefinition", "relation", "list", "conditional", "for", "every", "some", "filter" };
	const char *name = *attribute(decision, "name") ? attribute(decision, "name") : attribute(decision, "id");
	const struct bpr_xml_node *table = bpr_i_xml_child(decision, ns, "decisionTable");

	BPR_I_XML_EACH(child, decision) {
		for (size_t i = 0; i < sizeof(boxed) / sizeof(boxed[0]); i++)
			if (bpr_i_xml_is(child, ns, boxed[i])) {
				bpr_i_dmn_wrong(d, child, BPR_I_H203, child->name, name);
				return BPR_OK;
			}
		if (bpr_i_xml_is(child, ns, "informationRequirement") && bpr_i_xml_child(child, ns, "requiredDecision")) {
			bpr_i_dmn_wrong(d, child, BPR_I_H204, BPR_I_ARG N_("a decision that builds on another"), NULL);
			return BPR_OK;
		}
	}
	if (!table) {
		bpr_i_dmn_wrong(d, decision, BPR_I_H213, name, NULL);
		return BPR_OK;
	}
	return take_table(d, table, ns, name, err);
}

static bpr_status take_all(struct bpr_dmn *d, const struct bpr_xml_node *root, struct bpr_error *err)
{
	const char *ns = NULL;
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < sizeof(namespaces) / sizeof(namespaces[0]); i++)
		if (bpr_i_xml_is(root, namespaces[i], "definitions"))
			ns = namespaces[i];
	if (!ns) {
		bpr_i_dmn_wrong(d, root, BPR_I_H200, root->name, root->ns);
		return bpr_i_fail(err, BPR_ESYNTAX, BPR_I_H200, root->name, root->line, root->name, root->ns);
	}
	BPR_I_XML_EACH(child, root) {
		if (full(d) || status)
			break;
		if (bpr_i_xml_is(child, ns, "decision"))
			status = take_decision(d, child, ns, err);
		else if (bpr_i_xml_is(child, ns, "businessKnowledgeModel") || bpr_i_xml_is(child, ns, "decisionService"))
			bpr_i_dmn_wrong(d, child, BPR_I_H203, child->name, attribute(child, "name"));
	}
	return d->nomem && !status ? bpr_i_nomem(err) : status;
}

bpr_status bpr_i_procedures_dmn(struct bpr_procedure_reading *r, const char *data, size_t length, struct bpr_error *err)
{
	static const struct bpr_xml_options options = { .max_depth = 100, .max_nodes = 2000000 };
	struct bpr_dmn d = { .reading = r };
	struct bpr_xml xml = { 0 };
	bpr_status status = bpr_i_xml_parse(&xml, r->path, data, length, &options, r->problems, err);

	if (!status)
		status = take_all(&d, xml.root, err);
	bpr_i_xml_release(&xml);
	return status;
}
