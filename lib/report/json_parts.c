/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members that the JSON objects of several reports share. */
#include "config.h"
#include "report/json_parts_i.h"
#include "report/render_i.h"
#include <bpr/init.h>
#include <math.h>

void bpr_i_put_begin(struct bpr_json *j, const char *schema)
{
	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "schema", schema);
	bpr_i_json_string(j, "bpr", bpr_version());
}

void bpr_i_put_known(struct bpr_json *j, const char *name, double x, bool known)
{
	bpr_i_json_number(j, name, known ? x : (double)NAN);
}

const char *bpr_i_name_or_null(const char *name)
{
	return *name ? name : NULL;
}

void bpr_i_put_flow(struct bpr_json *j, const bpr_flow *flow)
{
	bpr_i_json_object(j, "flow");
	bpr_i_json_string(j, "id", bpr_flow_id(flow));
	bpr_i_json_string(j, "name", bpr_flow_name(flow));
	bpr_i_json_string(j, "source", bpr_flow_source(flow));
	bpr_i_json_whole(j, "nodes", bpr_flow_node_count(flow));
	bpr_i_json_whole(j, "arcs", bpr_flow_arc_count(flow));
	bpr_i_json_end_object(j);
}

/* One problem; findings of a check tell their severity and what to do too. */
void bpr_i_put_problem(struct bpr_json *j, const struct bpr_problem *p, enum bpr_lang lang, bool finding)
{
	char text[2048];

	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "code", p->code->code);
	if (finding)
		bpr_i_json_string(j, "severity", bpr_i_severity_name(p->severity));
	bpr_i_json_string(j, "where", bpr_i_name_or_null(p->where));
	bpr_i_json_string(j, "file", bpr_i_name_or_null(p->file));
	bpr_i_put_known(j, "line", (double)p->line, p->line > 0);
	if (finding)
		bpr_i_put_known(j, "column", (double)p->column, p->column > 0);
	bpr_i_json_whole(j, "count", p->count);
	(void)bpr_problem_message(p, lang, text, sizeof(text));
	bpr_i_json_string(j, "message", text);
	if (finding)
		bpr_i_json_string(j, "hint", bpr_problem_hint(p, lang, text, sizeof(text)) ? text : NULL);
	bpr_i_json_end_object(j);
}

void bpr_i_put_warnings(struct bpr_json *j, const bpr_problems *problems, enum bpr_lang lang)
{
	bpr_i_json_array(j, "warnings");
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);

		if (p.severity > BPR_SEVERITY_INFO)
			bpr_i_put_problem(j, &p, lang, false);
	}
	bpr_i_json_end_array(j);
}

static void put_lever(struct bpr_json *j, const bpr_levers *levers, const struct bpr_lever *lever, enum bpr_lang lang)
{
	char name[400];

	(void)bpr_lever_name(lever, lang, name, sizeof(name));
	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "id", lever->id);
	bpr_i_json_string(j, "name", name);
	bpr_i_json_string(j, "file", bpr_levers_source(levers));
	bpr_i_put_known(j, "line", (double)lever->line, lever->line > 0);
	bpr_i_json_array(j, "actions");
	for (size_t i = 0; i < lever->action_count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "lever", bpr_lever_kind_get(lever->actions[i].kind)->key);
		bpr_i_json_string(j, "target", lever->actions[i].target);
		bpr_i_json_string(j, "value", lever->actions[i].value);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_end_object(j);
}

void bpr_i_put_levers(struct bpr_json *j, const struct bpr_subject *subject, enum bpr_lang lang)
{
	if (!subject->applied_count)
		return;
	bpr_i_json_array(j, "levers");
	for (size_t i = 0; i < subject->applied_count; i++) {
		const struct bpr_applied *applied = &subject->applied[i];

		for (size_t k = 0; k < bpr_levers_count(applied->levers); k++)
			if (applied->done[k])
				put_lever(j, applied->levers, bpr_levers_get(applied->levers, k), lang);
	}
	bpr_i_json_end_array(j);
}
