/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulation parameters into shares, nodes, pools and demand. */
#include "config.h"
#include "base/num_i.h"
#include "read/sim_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define TOLERANCE 1e-6 /* as for shares in tables */

static const struct sim_params *find(const struct bpmn_file *file, size_t item)
{
	size_t at = file->sim ? file->sim->of_item[item] : BPR_NONE;

	return at == BPR_NONE ? NULL : &file->sim->params[at];
}

bool bpr_i_sim_has(const struct bpmn_file *file, size_t item)
{
	const struct sim_params *p = find(file, item);

	return p && (p->times || p->need_count || p->fixed_cost > 0 || p->unit_cost > 0);
}

static struct bpr_place place_of(const struct bpmn_file *file, const struct sim_from *from)
{
	return (struct bpr_place){ from->file ? from->file : file->reader->name, from->line, 0, NULL };
}

/* ---- shares ---- */

struct choice {
	double sum, most;
	unsigned given;
	bool said; /* the bpr extension gives a share: it alone counts */
};

static const struct sim_params *of_arc(const struct bpmn_file *file, const struct bpmn_arc *arc)
{
	size_t item = arc->id ? bpr_i_bpmn_find(file, arc->id, strlen(arc->id)) : BPR_NONE;
	const struct sim_params *p = item == BPR_NONE ? NULL : find(file, item);

	return p && !isnan(p->prob) ? p : NULL;
}

/* What to divide the probabilities of a node by: their sum, or 100 where only some are given or each stands alone. */
static double divisor(struct bpmn_file *file, size_t item, const struct choice *c)
{
	const struct bpmn_item *it = &file->items[item];
	bool alone = it->element->kind == BPR_NODE_OR;
	double by = alone || c->given < it->out ? (c->most > 1 + TOLERANCE ? 100 : 1) : c->sum;
	char sum[32];

	if (fabs(by - 1) <= TOLERANCE && !(by > 1 || by < 1))
		return 1;
	if (!(by > 0)) {
		bpr_i_bpmn_note(file, BPR_I_X126, it->xml, it->id, bpr_i_bpmn_label(file, item), NULL, NULL);
		return 0;
	}
	(void)bpr_i_num_format(sum, sizeof(sum), round(by * 1e9) / 1e9);
	if (fabs(by - 1) > TOLERANCE)
		bpr_i_bpmn_note(file, BPR_I_X074, it->xml, NULL, it->id, sum, NULL);
	return by;
}

bpr_status bpr_i_sim_shares(struct bpmn_file *file)
{
	struct choice *choices = bpr_i_calloc(file->item_count, sizeof(*choices));

	if (!choices)
		return BPR_ENOMEM;
	for (size_t i = 0; i < file->arc_count; i++) {
		struct choice *c = &choices[file->arcs[i].from];
		const struct sim_params *p = of_arc(file, &file->arcs[i]);

		c->said |= !isnan(file->arcs[i].share);
		if (!p)
			continue;
		c->given++;
		c->sum += p->prob;
		c->most = p->prob > c->most ? p->prob : c->most;
	}
	for (size_t i = 0; i < file->item_count; i++)
		if (choices[i].given && !choices[i].said && file->items[i].out > 1 && file->items[i].element->kind != BPR_NODE_AND)
			choices[i].most = divisor(file, i, &choices[i]);
		else
			choices[i].most = 0;
	for (size_t i = 0; i < file->arc_count; i++) {
		double by = choices[file->arcs[i].from].most;
		const struct sim_params *p = by > 0 ? of_arc(file, &file->arcs[i]) : NULL;

		if (!p)
			continue;
		file->arcs[i].share = p->prob / by;
		file->arcs[i].from_sim = &p->prob_from;
	}
	bpr_i_free(choices);
	return BPR_OK;
}

/* ---- nodes ---- */

/* Under the source of a value: what it was before is given back. */
static const char *from(bpr_builder *b, const struct sim_from *by)
{
	return bpr_i_builder_from(b, by->source);
}

static bpr_status apply_times(struct bpmn_frame *frame, const struct sim_params *p, size_t node, bool work)
{
	const struct sim_from *by = work ? &p->work_from : &p->wait_from;
	const struct bpr_place place = place_of(frame->file, by);
	struct bpr_dist sum = { .kind = BPR_DIST_CONSTANT };
	bool exact = true, any = false;
	const char *before;
	char text[96];
	bpr_status status;

	for (size_t i = work ? 0 : SIM_WAIT; i < (size_t)(work ? SIM_WAIT : SIM_TIME_COUNT); i++) {
		bool same;

		if (!(p->times & 1u << i))
			continue;
		sum = bpr_i_delay_sum(&sum, &p->time[i], &same);
		exact = exact && same;
		any = true;
	}
	if (!any)
		return BPR_OK;
	if (!exact)
		bpr_i_bpmn_note(frame->file, BPR_I_X081, frame->file->items[p->item].xml, NULL, bpr_i_bpmn_label(frame->file, p->item), NULL, NULL);
	before = from(frame->b, by);
	status = bpr_i_builder_duration(frame->b, node, work, &sum);
	(void)bpr_dist_format(&sum, text, sizeof(text));
	bpr_i_builder_origin(frame->b, node, work ? "work" : "wait", text, &place);
	(void)bpr_i_builder_from(frame->b, before);
	return status;
}

static bpr_status apply_cost(struct bpmn_frame *frame, const struct sim_params *p, size_t node)
{
	struct bpr_node *draft = bpr_i_builder_draft(frame->b, node);
	const struct bpr_place place = place_of(frame->file, &p->cost_from);
	const char *before;
	char text[32];

	if (!p->cost_from.source)
		return BPR_OK;
	draft->cost = p->fixed_cost + p->unit_cost * bpr_dist_mean(draft->work);
	(void)bpr_i_num_format(text, sizeof(text), draft->cost);
	before = from(frame->b, &p->cost_from);
	bpr_i_builder_origin(frame->b, node, "cost", text, &place);
	(void)bpr_i_builder_from(frame->b, before);
	return BPR_OK;
}

static bpr_status need(struct bpmn_frame *frame, size_t node, const char *name, size_t count, struct bpr_buf *text)
{
	size_t pool = bpr_i_builder_pool(frame->b, name, strlen(name));
	char number[32];

	if (pool == BPR_NONE)
		return BPR_ENOMEM;
	bpr_i_buf_puts(text, text->length ? ";" : "");
	bpr_i_buf_puts(text, name);
	if (count > 1) {
		(void)snprintf(number, sizeof(number), ":%zu", count);
		bpr_i_buf_puts(text, number);
	}
	return bpr_i_builder_need(frame->b, node, pool, count);
}

static bpr_status apply_needs(struct bpmn_frame *frame, const struct sim_params *p, size_t node)
{
	const struct bpr_place place = place_of(frame->file, &p->need_from);
	struct bpr_buf text = BPR_BUF_INIT;
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < p->need_count && !status; i++) {
		struct sim_pool *pool = &frame->file->sim->pools[p->needs[i].pool];

		pool->used = true;
		status = need(frame, node, pool->name, p->needs[i].count, &text);
	}
	if (!status && text.data && !text.failed) {
		const char *before = from(frame->b, &p->need_from);

		bpr_i_builder_origin(frame->b, node, "staff", text.data, &place);
		(void)bpr_i_builder_from(frame->b, before);
	}
	bpr_i_buf_release(&text);
	return status;
}

/* <performer><resourceRef>: who does it, where no scenario selects anybody. */
static bpr_status performers(struct bpmn_frame *frame, size_t item, size_t node)
{
	static const char *const names[] = { "performer", "humanPerformer", "potentialOwner" };
	struct bpmn_file *file = frame->file;

	BPR_I_XML_EACH(xml, file->items[item].xml) {
		const struct bpr_place place = { file->reader->name, xml->line, xml->column, NULL };
		const struct bpr_xml_node *ref = NULL;
		struct bpr_buf said = BPR_BUF_INIT;
		const char *text;
		size_t length, at, pool;
		bpr_status status;

		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !ref; i++)
			ref = bpr_i_xml_is(xml, BPMN_NS, names[i]) ? bpr_i_xml_child(xml, BPMN_NS, "resourceRef") : NULL;
		text = ref ? bpr_i_xml_simple_text(ref, &length) : NULL;
		at = text ? bpr_i_bpmn_find(file, text, length) : BPR_NONE;
		if (at == BPR_NONE || file->items[at].element->role != BPMN_RESOURCE)
			continue;
		pool = file->sim ? bpr_i_names_find(&file->sim->pool_ids, file->items[at].id, strlen(file->items[at].id)) : BPR_NONE;
		if (pool != BPR_NONE)
			file->sim->pools[pool].used = true;
		status = need(frame, node, pool == BPR_NONE ? bpr_i_bpmn_label(file, at) : file->sim->pools[pool].name, 1, &said);
		if (!status && said.data && !said.failed)
			bpr_i_builder_origin(frame->b, node, "staff", said.data, &place);
		bpr_i_buf_release(&said);
		return status;
	}
	return BPR_OK;
}

static bpr_status boundary_prob(struct bpmn_frame *frame, const struct sim_params *p, size_t node)
{
	const struct bpr_place place = place_of(frame->file, &p->prob_from);
	double prob = p->prob > 1 ? p->prob / 100 : p->prob;
	const char *before;
	char text[32];

	if (isnan(prob) || frame->file->items[p->item].target == BPR_NONE)
		return BPR_OK;
	if (prob > 1) {
		(void)bpr_i_num_format(text, sizeof(text), p->prob);
		bpr_i_sim_wrong(frame->file, frame->file->items[p->item].xml, bpr_i_sim_label(p->prob_from.source), "prob", text);
		return BPR_OK;
	}
	if (p->prob > 1)
		bpr_i_bpmn_note(frame->file, BPR_I_X074, frame->file->items[p->item].xml, NULL, frame->file->items[p->item].id, "100", NULL);
	bpr_i_builder_draft(frame->b, node)->prob = prob;
	(void)bpr_i_num_format(text, sizeof(text), prob);
	before = from(frame->b, &p->prob_from);
	bpr_i_builder_origin(frame->b, node, "prob", text, &place);
	(void)bpr_i_builder_from(frame->b, before);
	return BPR_OK;
}

bpr_status bpr_i_sim_node(struct bpmn_frame *frame, size_t item, size_t node)
{
	const struct sim_params *p = find(frame->file, item);
	const struct bpmn_item *it = &frame->file->items[item];
	bool task = it->element->role == BPMN_TASK || it->element->role == BPMN_CALL || it->element->role == BPMN_SUBPROCESS;
	bool step = task || (it->element->role == BPMN_EVENT && !(it->element->flags & (BPMN_IS_START | BPMN_IS_END)));
	bpr_status status = BPR_OK;

	if (p && step) {
		status = apply_times(frame, p, node, true);
		if (!status)
			status = apply_times(frame, p, node, false);
		if (!status)
			status = apply_cost(frame, p, node);
	}
	if (p && !status && it->element->flags & BPMN_IS_BOUNDARY)
		status = boundary_prob(frame, p, node);
	if (p && task && !status)
		status = apply_needs(frame, p, node);
	return status || !task || (p && p->need_from.source && p->need_count) ? status : performers(frame, item, node);
}

/* ---- the flow as a whole ---- */

/* One column of a pool or of the demand. */
static bpr_status one_cell(struct bpmn_file *file, bpr_builder *b, enum bpr_table table, const char *pool, const char *key,
			   const char *text, const struct sim_from *by)
{
	struct bpr_place place = place_of(file, by);
	struct bpr_cell cells[2];
	size_t count = 0;

	place.where = key;
	if (pool)
		cells[count++] = (struct bpr_cell){ bpr_i_column_find(table, "pool", 4), pool, strlen(pool) };
	cells[count++] = (struct bpr_cell){ bpr_i_column_find(table, key, strlen(key)), text, strlen(text) };
	(void)from(b, by);
	return bpr_i_builder_companion(b, table, cells, count, &place);
}

/* People with hours of their own: a row a shift, called by its number. */
static bpr_status shift_rows(struct bpmn_file *file, bpr_builder *b, const struct sim_pool *p)
{
	static const char *const keys[] = { "pool", "shift", "count", "hours" };
	struct bpr_place place = place_of(file, &p->hours_from);
	bpr_status status = BPR_OK;

	place.where = "hours";
	(void)from(b, &p->hours_from);
	for (size_t i = 0; i < p->shift_count && !status; i++) {
		char number[32], people[32];
		const char *const texts[] = { p->name, number, people, p->shifts[i].hours ? p->shifts[i].hours : "daily 0:00-24:00" };
		struct bpr_cell cells[4];

		(void)bpr_i_num_format(number, sizeof(number), (double)(i + 1));
		(void)bpr_i_num_format(people, sizeof(people), (double)p->shifts[i].count);
		for (size_t k = 0; k < 4; k++)
			cells[k] = (struct bpr_cell){ bpr_i_column_find(BPR_TABLE_STAFF, keys[k], strlen(keys[k])), texts[k], strlen(texts[k]) };
		status = bpr_i_builder_companion(b, BPR_TABLE_STAFF, cells, 4, &place);
	}
	return status;
}

static size_t people(const struct sim_pool *p)
{
	size_t sum = 0;

	for (size_t i = 0; i < p->shift_count; i++)
		sum += p->shifts[i].count;
	return sum;
}

static bpr_status staff_row(struct bpmn_file *file, bpr_builder *b, const struct sim_pool *p)
{
	/* Where another source says how many they are, nobody knows who has which hours. */
	bool shifts = p->shift_count && (!(p->count > 0) || !(fabs(p->count - (double)people(p)) > 0));
	bpr_status status = shifts ? shift_rows(file, b, p) : BPR_OK;
	char text[32];

	if (p->count > 0 && !shifts && !status) {
		(void)bpr_i_num_format(text, sizeof(text), p->count);
		status = one_cell(file, b, BPR_TABLE_STAFF, p->name, "count", text, &p->count_from);
	}
	if (p->yen_per_hour > 0 && !status) {
		(void)bpr_i_num_format(text, sizeof(text), p->yen_per_hour);
		status = one_cell(file, b, BPR_TABLE_STAFF, p->name, "yen_per_hour", text, &p->rate_from);
	}
	if (p->hours && !shifts && !status)
		status = one_cell(file, b, BPR_TABLE_STAFF, p->name, "hours", p->hours, &p->hours_from);
	return status;
}

static bpr_status put_arrivals(struct bpmn_file *file, bpr_builder *b, const struct bpr_dist *between, const struct sim_from *by)
{
	size_t length = bpr_dist_format(between, NULL, 0);
	char *room = bpr_i_realloc(NULL, length + 1, 1);
	bpr_status status = BPR_ENOMEM;

	if (room) {
		(void)bpr_dist_format(between, room, length + 1);
		status = one_cell(file, b, BPR_TABLE_DEMAND, NULL, "arrivals", room, by);
	}
	bpr_i_free(room);
	return status;
}

static bpr_status put_open(struct bpmn_file *file, bpr_builder *b, const struct sim_params *p)
{
	bpr_status status = one_cell(file, b, BPR_TABLE_DEMAND, NULL, "open", p->open, &p->open_from);
	char text[32];

	if (status || !(p->open_days > 0))
		return status;
	(void)bpr_i_num_format(text, sizeof(text), p->open_days);
	status = one_cell(file, b, BPR_TABLE_DEMAND, NULL, "closed", "none", &p->open_from);
	return status ? status : one_cell(file, b, BPR_TABLE_DEMAND, NULL, "open_days", text, &p->open_from);
}

/* Several starts with times of their own: together they are as frequent as all of them, taken as a Poisson stream. */
static bpr_status arrivals(struct bpmn_file *file, size_t process, bpr_builder *b)
{
	size_t self = file->processes[process].item;
	const struct sim_params *last = NULL, *open = NULL, *own = find(file, self);
	struct bpr_dist one = { 0 };
	double rate = 0;
	size_t count = 0;
	bpr_status status = BPR_OK;

	for (size_t i = bpr_i_bpmn_first(file, process, BPR_NONE); i != BPR_NONE; i = bpr_i_bpmn_next(file, process, BPR_NONE, i)) {
		const struct sim_params *p = file->items[i].element->flags & BPMN_IS_START ? find(file, i) : NULL;

		open = p && p->open ? p : open;
		if (!p || !p->arrivals_from.source)
			continue;
		last = p;
		one = p->arrivals;
		rate += 1 / bpr_dist_mean(&one);
		count++;
	}
	if (!count && own && own->arrivals_from.source) {
		last = own;
		one = own->arrivals;
	}
	if (count > 1) {
		one = (struct bpr_dist){ .kind = BPR_DIST_EXP, .a = 1 / rate };
		bpr_i_bpmn_note(file, BPR_I_X082, file->items[self].xml, NULL, bpr_i_bpmn_label(file, self), NULL, NULL);
	}
	if (last && last->windows && count <= 1)
		return one_cell(file, b, BPR_TABLE_DEMAND, NULL, "arrivals", last->windows, &last->arrivals_from);
	if (last)
		status = put_arrivals(file, b, &one, &last->arrivals_from);
	open = open ? open : own && own->open ? own : NULL;
	return status || !open ? status : put_open(file, b, open);
}

bpr_status bpr_i_sim_flow(struct bpmn_file *file, size_t process, bpr_builder *b)
{
	bpr_status status = BPR_OK;

	if (!file->sim)
		return BPR_OK;
	for (size_t i = 0; i < file->sim->pool_ids.count && !status; i++) {
		struct sim_pool *pool = &file->sim->pools[i];

		if (pool->used)
			status = staff_row(file, b, pool);
		pool->used = false;
	}
	return status ? status : arrivals(file, process, b);
}
