/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates against writing: one form of several, items printed that are known, forms that nobody reads. */
#include "config.h"
#include "improve/candidate_i.h"
#include <math.h>
#include <string.h>

/* ---- how the time of writing follows ---- */

/* Entries by hand of one execution. */
static double entries(const bpr_flow *flow, const struct bpr_node *node)
{
	double sum = 0;

	for (size_t i = 0; i < node->write_count; i++) {
		const struct bpr_form *form = bpr_flow_form(flow, node->writes[i]);

		for (size_t k = 0; k < form->field_count; k++)
			sum += form->fields[k].prefilled ? 0 : form->fields[k].times;
	}
	return sum;
}

/* A step of the citizen that is nothing but writing, and sealing what was written. */
static bool only_writes(const struct bpr_node *node)
{
	return node->actor == BPR_ACTOR_CITIZEN && node->kind == BPR_NODE_TASK && node->write_count && node->out_count == 1 && !node->read_count &&
		!node->issue_count && !(node->id_checks > 0) && !(node->copies > 0) && node->host == BPR_NONE;
}

/* Entries of a citizen's step before and after; false: they are the same, or take no time. */
struct writing { double before, left, minutes; };

static bool compare(const struct maker *m, const bpr_flow *after, size_t i, struct writing *w)
{
	const struct bpr_node *node = bpr_flow_node(m->flow, i);
	size_t at = bpr_flow_find(after, node->id);

	*w = (struct writing){ entries(m->flow, node), at == BPR_NONE ? 0 : entries(after, bpr_flow_node(after, at)), node->work ? bpr_dist_mean(node->work) : 0 };
	return at != BPR_NONE && node->actor == BPR_ACTOR_CITIZEN && w->before > 0 && fabs(w->before - w->left) > 1e-9;
}

/* Minutes for each entry at the steps where entries fall away: what moves to another step takes as long there. */
static double pace(const struct maker *m, const bpr_flow *after)
{
	double minutes = 0, count = 0;
	struct writing w;

	for (size_t i = 0; i < m->n; i++)
		if (compare(m, after, i, &w) && w.left < w.before) {
			minutes += w.minutes;
			count += w.before;
		}
	return count > 0 ? minutes / count : 0;
}

/* Steps of citizens take as long as they have entries; those that have none left are not done. */
static void follow(struct maker *m, size_t index)
{
	struct bpr_buf gone = BPR_BUF_INIT;
	bpr_flow *after = bpr_i_candidate_apply(m, &m->items[index]);
	struct candidate *c = &m->items[index];
	bool *touched = bpr_i_arena_alloc(&m->arena, m->n + 1, 1);
	struct writing w;
	bool timed = false;

	m->nomem |= !touched;
	c->touched = touched;
	if (!after)
		c->keep = false;
	for (size_t i = 0; after && i < m->n && !m->nomem; i++) {
		const struct bpr_node *node = bpr_flow_node(m->flow, i);

		if (!compare(m, after, i, &w))
			continue;
		touched[i] = true;
		if (!(w.left > 0) && only_writes(node)) {
			(void)bpr_i_candidate_join(&gone, node->id);
		} else if (w.minutes > 0) {
			double minutes = w.left < w.before ? w.minutes * w.left / w.before : w.minutes + (w.left - w.before) * pace(m, after);

			/* Durations grow at most tenfold by one lever. */
			bpr_i_candidate_scale(m, c, node->id, fmin(minutes / w.minutes, 10));
			timed = true;
		}
	}
	m->nomem |= gone.failed != BPR_OK;
	if (gone.length && !m->nomem)
		bpr_i_candidate_act(m, c, BPR_LEVER_REMOVE, gone.data, "");
	if (timed)
		bpr_i_candidate_note(m, c, N_("Assumed: writing takes time in proportion to the entries."));
	bpr_i_buf_release(&gone);
	bpr_flow_free(after);
}

/* ---- forms that ask for the same ---- */

static size_t root(size_t *group, size_t form)
{
	while (group[form] != form)
		form = group[form] = group[group[form]];
	return form;
}

static bool asks(const struct bpr_form *form, size_t field)
{
	for (size_t i = 0; i < form->field_count && !form->assumed; i++)
		if (form->fields[i].field == field && !form->fields[i].prefilled)
			return true;
	return false;
}

/* Where each form is first written on the way; BPR_NONE: nowhere. */
static void find_writers(const struct maker *m, size_t *writers)
{
	for (size_t f = 0; f < bpr_flow_form_count(m->flow); f++)
		writers[f] = BPR_NONE;
	for (size_t i = 0; i < m->n; i++) {
		const struct bpr_node *node = bpr_flow_node(m->flow, i);

		for (size_t k = 0; k < node->write_count && bpr_i_candidate_happens(m, i); k++)
			if (writers[node->writes[k]] == BPR_NONE || m->order[i] < m->order[writers[node->writes[k]]])
				writers[node->writes[k]] = i;
	}
}

static void find_groups(const struct maker *m, const size_t *writers, size_t *group)
{
	size_t forms = bpr_flow_form_count(m->flow);

	for (size_t f = 0; f < forms; f++)
		group[f] = f;
	for (size_t field = 0; field < bpr_flow_field_count(m->flow); field++) {
		size_t first = BPR_NONE;

		if (!(bpr_analysis_fields(m->analysis)[field].repeated > 1e-9))
			continue;
		for (size_t f = 0; f < forms; f++) {
			if (writers[f] == BPR_NONE || !asks(bpr_flow_form(m->flow, f), field))
				continue;
			if (first != BPR_NONE)
				group[root(group, f)] = root(group, first);
			first = first == BPR_NONE ? f : first;
		}
	}
}

/* The finding P001 or P002 that is about a form of the group. */
static size_t finding_of(const struct maker *m, size_t *group, size_t of, const char **code)
{
	static const char *const codes[] = { "P002", "P001" };

	for (size_t c = 0; c < 2; c++)
		for (size_t at = bpr_i_candidate_find(m, codes[c], 0); at != BPR_NONE; at = bpr_i_candidate_find(m, codes[c], at + 1)) {
			size_t node = bpr_i_candidate_node(m, at);

			for (size_t k = 0; node != BPR_NONE && k < bpr_flow_node(m->flow, node)->write_count; k++)
				if (root(group, bpr_flow_node(m->flow, node)->writes[k]) == of) {
					*code = codes[c];
					return at;
				}
		}
	return BPR_NONE;
}

static const char *form_name(const struct bpr_form *form)
{
	return form->name && *form->name ? form->name : form->id;
}

static void unite(struct maker *m, size_t *group, size_t of)
{
	struct bpr_buf ids = BPR_BUF_INIT, names = BPR_BUF_INIT;
	const char *code = "";
	size_t finding = finding_of(m, group, of, &code), count = 0;
	struct candidate *c;

	for (size_t f = 0; f < bpr_flow_form_count(m->flow); f++) {
		if (root(group, f) != of)
			continue;
		(void)bpr_i_candidate_join(&ids, bpr_flow_form(m->flow, f)->id);
		if (count++ < 3)
			bpr_i_buf_printf(&names, "%s%s", names.length ? bpr_i_candidate_word(m, ", ", "、") : "", form_name(bpr_flow_form(m->flow, f)));
	}
	if (count > 3)
		bpr_i_buf_puts(&names, " …");
	m->nomem |= ids.failed || names.failed;
	if (count > 1 && finding != BPR_NONE && !m->nomem) {
		c = bpr_i_candidate_add(m, code, bpr_problems_get(m->findings, finding).where, N_("one form instead of several: {1}"), names.data);
		bpr_i_candidate_act(m, c, BPR_LEVER_MERGE_FORMS, ids.data, "");
		if (c)
			follow(m, m->count - 1);
	}
	bpr_i_buf_release(&names);
	bpr_i_buf_release(&ids);
}

/* ---- items that are known already ---- */

/* FORM.FIELD of every repeated item on every form but the first, where every case has written the first. */
static bool list_known(const struct maker *m, const size_t *writers, struct bpr_buf *list)
{
	const struct bpr_node_result *nodes = bpr_analysis_nodes(m->analysis);
	size_t forms = bpr_flow_form_count(m->flow);

	for (size_t field = 0; field < bpr_flow_field_count(m->flow); field++) {
		size_t first = BPR_NONE;

		for (size_t f = 0; f < forms; f++)
			if (writers[f] != BPR_NONE && asks(bpr_flow_form(m->flow, f), field) &&
			    (first == BPR_NONE || m->order[writers[f]] < m->order[writers[first]]))
				first = f;
		if (first == BPR_NONE || !(bpr_analysis_fields(m->analysis)[field].repeated > 1e-9))
			continue;
		for (size_t f = 0; f < forms; f++)
			if (f != first && writers[f] != BPR_NONE && writers[f] != writers[first] && asks(bpr_flow_form(m->flow, f), field) &&
			    nodes[writers[first]].reach >= 1 - 1e-9) {
				(void)bpr_i_candidate_join(list, bpr_flow_form(m->flow, f)->id);
				bpr_i_buf_printf(list, ".%s", bpr_flow_field(m->flow, field)->name);
			}
	}
	return !list->failed;
}

static void print_known(struct maker *m, const size_t *writers)
{
	struct bpr_buf list = BPR_BUF_INIT;
	size_t finding = bpr_i_candidate_find(m, "P001", 0);
	struct candidate *c;

	m->nomem |= finding != BPR_NONE && !list_known(m, writers, &list);
	if (list.length && !m->nomem) {
		c = bpr_i_candidate_add(m, "P001", bpr_problems_get(m->findings, finding).where,
					N_("print what was written before on the later forms"), "");
		bpr_i_candidate_act(m, c, BPR_LEVER_PREFILL, list.data, "");
		if (c)
			follow(m, m->count - 1);
	}
	bpr_i_buf_release(&list);
}

/* What stands on the card or in the register of residents. */
static void print_register(struct maker *m)
{
	static const char *const groups[] = { "氏名", "住所", "生年月日", "name", "address", "birth" };
	static const char *const codes[] = { "P028", "P001", "P002", NULL };
	struct bpr_buf list = BPR_BUF_INIT;
	const char *code;
	size_t finding = bpr_i_candidate_any(m, codes, &code);
	struct candidate *c;

	for (size_t g = 0; g < sizeof(groups) / sizeof(*groups); g++)
		for (size_t field = 0; field < bpr_flow_field_count(m->flow); field++) {
			if (strcmp(bpr_flow_field(m->flow, field)->group, groups[g]) != 0)
				continue;
			(void)bpr_i_candidate_join(&list, "group=");
			bpr_i_buf_puts(&list, groups[g]);
			break;
		}
	m->nomem |= list.failed != BPR_OK;
	if (finding != BPR_NONE && list.length && !m->nomem) {
		c = bpr_i_candidate_add(m, code, bpr_problems_get(m->findings, finding).where,
					N_("counter without writing: print names, addresses and birth dates from the register"), "");
		bpr_i_candidate_act(m, c, BPR_LEVER_PREFILL, list.data, "");
		if (c)
			follow(m, m->count - 1);
	}
	bpr_i_buf_release(&list);
}

/* ---- forms ---- */

/* The form of a finding at a step: the first argument is its name. */
static size_t form_of(const struct maker *m, size_t finding)
{
	struct bpr_problem p = bpr_problems_get(m->findings, finding);

	for (size_t f = 0; f < bpr_flow_form_count(m->flow); f++)
		if (!strcmp(form_name(bpr_flow_form(m->flow, f)), p.args[0]))
			return f;
	return BPR_NONE;
}

static void write_once(struct maker *m, size_t finding)
{
	size_t f = form_of(m, finding);
	struct candidate *c;

	if (f == BPR_NONE)
		return;
	c = bpr_i_candidate_add(m, "P003", bpr_problems_get(m->findings, finding).where, N_("write the form '{1}' once only"), form_name(bpr_flow_form(m->flow, f)));
	bpr_i_candidate_act(m, c, BPR_LEVER_MERGE_FORMS, bpr_flow_form(m->flow, f)->id, bpr_flow_form(m->flow, f)->id);
	if (c)
		follow(m, m->count - 1);
}

static void drop_form(struct maker *m, size_t finding)
{
	size_t f = form_of(m, finding);
	struct bpr_buf list = BPR_BUF_INIT;
	const struct bpr_form *form = f == BPR_NONE ? NULL : bpr_flow_form(m->flow, f);
	struct candidate *c;

	for (size_t k = 0; form && !form->assumed && k < form->field_count; k++) {
		(void)bpr_i_candidate_join(&list, form->id);
		bpr_i_buf_printf(&list, ".%s", bpr_flow_field(m->flow, form->fields[k].field)->name);
	}
	m->nomem |= list.failed != BPR_OK;
	if (form && list.length && !m->nomem) {
		c = bpr_i_candidate_add(m, "P024", bpr_problems_get(m->findings, finding).where, N_("give up the form '{1}', which nobody reads"), form_name(form));
		bpr_i_candidate_act(m, c, BPR_LEVER_DROP_FIELDS, list.data, "");
		if (c)
			follow(m, m->count - 1);
	}
	bpr_i_buf_release(&list);
}

/* Each is reckoned from the writing as it is: of two that change the same step only one can be right. */
static void exclude_each_other(struct maker *m)
{
	for (size_t a = 0; a < m->count; a++)
		for (size_t b = 0; b < a && m->items[a].touched; b++) {
			bool both = false;

			for (size_t i = 0; i < m->n && m->items[b].touched; i++)
				both |= m->items[a].touched[i] && m->items[b].touched[i];
			if (both)
				bpr_i_candidate_exclude(&m->items[a], b);
		}
}

void bpr_i_candidates_writing(struct maker *m)
{
	size_t forms = bpr_flow_form_count(m->flow);
	size_t *writers = bpr_i_arena_alloc(&m->arena, forms + 1, sizeof(*writers)), *group = bpr_i_arena_alloc(&m->arena, forms + 1, sizeof(*group));

	if (!writers || !group) {
		m->nomem = true;
		return;
	}
	find_writers(m, writers);
	find_groups(m, writers, group);
	for (size_t f = 0; f < forms && !m->nomem; f++)
		if (root(group, f) == f)
			unite(m, group, f);
	print_known(m, writers);
	print_register(m);
	for (size_t at = bpr_i_candidate_find(m, "P003", 0); at != BPR_NONE && !m->nomem; at = bpr_i_candidate_find(m, "P003", at + 1))
		write_once(m, at);
	for (size_t at = bpr_i_candidate_find(m, "P024", 0); at != BPR_NONE && !m->nomem; at = bpr_i_candidate_find(m, "P024", at + 1))
		drop_form(m, at);
	if (!m->nomem)
		exclude_each_other(m);
}
