/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of a BPSim scenario into shares, nodes, pools and demand. */
#include "config.h"
#include "base/num_i.h"
#include "read/bpsim_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define TOLERANCE 1e-6 /* as for shares in tables */

static const struct bpsim_params *find(const struct bpmn_file *file, size_t item)
{
	size_t at = file->bpsim ? file->bpsim->of_item[item] : BPR_NONE;

	return at == BPR_NONE ? NULL : &file->bpsim->params[at];
}

bool bpr_i_bpsim_has(const struct bpmn_file *file, size_t item)
{
	const struct bpsim_params *p = find(file, item);

	return p && (p->times || p->need_count || p->fixed_cost > 0 || p->unit_cost > 0);
}

/* ---- shares ---- */

struct choice {
	double sum, most;
	unsigned given;
	bool said; /* the bpr extension gives a share: it alone counts */
};

static double arc_prob(const struct bpmn_file *file, const struct bpmn_arc *arc)
{
	size_t item = arc->id ? bpr_i_bpmn_find(file, arc->id, strlen(arc->id)) : BPR_NONE;
	const struct bpsim_params *p = item == BPR_NONE ? NULL : find(file, item);

	return p ? p->prob : (double)NAN;
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
		bpr_i_bpmn_note(file, BPR_I_X077, it->xml, "Probability", bpr_i_bpmn_label(file, item), "Probability", "0");
		return 1;
	}
	(void)bpr_i_num_format(sum, sizeof(sum), round(by * 1e9) / 1e9);
	if (fabs(by - 1) > TOLERANCE)
		bpr_i_bpmn_note(file, BPR_I_X074, it->xml, NULL, it->id, sum, NULL);
	return by;
}

bpr_status bpr_i_bpsim_shares(struct bpmn_file *file)
{
	struct choice *choices = bpr_i_calloc(file->item_count, sizeof(*choices));

	if (!choices)
		return BPR_ENOMEM;
	for (size_t i = 0; i < file->arc_count; i++) {
		struct choice *c = &choices[file->arcs[i].from];
		double prob = arc_prob(file, &file->arcs[i]);

		c->said |= !isnan(file->arcs[i].share);
		if (isnan(prob))
			continue;
		c->given++;
		c->sum += prob;
		c->most = prob > c->most ? prob : c->most;
	}
	for (size_t i = 0; i < file->item_count; i++)
		if (choices[i].given && !choices[i].said && file->items[i].out > 1 && file->items[i].element->kind != BPR_NODE_AND)
			choices[i].most = divisor(file, i, &choices[i]);
		else
			choices[i].most = 0;
	for (size_t i = 0; i < file->arc_count; i++) {
		double by = choices[file->arcs[i].from].most;

		if (by > 0)
			file->arcs[i].share = arc_prob(file, &file->arcs[i]) / by;
	}
	bpr_i_free(choices);
	return BPR_OK;
}

/* ---- nodes ---- */

static bpr_status apply_times(struct bpmn_frame *frame, const struct bpsim_params *p, size_t node, size_t from, size_t to, bool work)
{
	struct bpr_dist sum = { .kind = BPR_DIST_CONSTANT };
	bool exact = true, any = false;

	for (size_t i = from; i < to; i++) {
		bool same;

		if (!(p->times & 1u << i))
			continue;
		sum = bpr_i_bpsim_sum(&sum, &p->time[i], &same);
		exact = exact && same;
		any = true;
	}
	if (!any)
		return BPR_OK;
	if (!exact)
		bpr_i_bpmn_note(frame->file, BPR_I_X081, frame->file->items[p->item].xml, NULL, bpr_i_bpmn_label(frame->file, p->item), NULL, NULL);
	return bpr_i_builder_duration(frame->b, node, work, &sum);
}

static bpr_status need(struct bpmn_frame *frame, size_t node, size_t resource, size_t count)
{
	const char *name = bpr_i_bpmn_label(frame->file, resource);
	size_t pool = bpr_i_builder_pool(frame->b, name, strlen(name));

	if (pool == BPR_NONE)
		return BPR_ENOMEM;
	if (frame->file->bpsim)
		frame->file->bpsim->used[resource] = true;
	return bpr_i_builder_need(frame->b, node, pool, count);
}

/* <performer><resourceRef>: who does it, where no scenario selects anybody. */
static bpr_status performers(struct bpmn_frame *frame, size_t item, size_t node)
{
	static const char *const names[] = { "performer", "humanPerformer", "potentialOwner" };
	struct bpmn_file *file = frame->file;

	BPR_I_XML_EACH(xml, file->items[item].xml) {
		const struct bpr_xml_node *ref = NULL;
		const char *text;
		size_t length, at;

		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !ref; i++)
			ref = bpr_i_xml_is(xml, BPMN_NS, names[i]) ? bpr_i_xml_child(xml, BPMN_NS, "resourceRef") : NULL;
		text = ref ? bpr_i_xml_simple_text(ref, &length) : NULL;
		at = text ? bpr_i_bpmn_find(file, text, length) : BPR_NONE;
		if (at == BPR_NONE || file->items[at].element->role != BPMN_RESOURCE)
			continue;
		return need(frame, node, at, 1);
	}
	return BPR_OK;
}

static bpr_status boundary_prob(struct bpmn_frame *frame, const struct bpsim_params *p, size_t node)
{
	double prob = p->prob > 1 ? p->prob / 100 : p->prob;

	if (isnan(prob) || frame->file->items[p->item].target == BPR_NONE)
		return BPR_OK;
	if (p->prob > 1)
		bpr_i_bpmn_note(frame->file, BPR_I_X074, frame->file->items[p->item].xml, NULL, frame->file->items[p->item].id, "100", NULL);
	bpr_i_builder_draft(frame->b, node)->prob = prob;
	return BPR_OK;
}

bpr_status bpr_i_bpsim_apply(struct bpmn_frame *frame, size_t item, size_t node)
{
	const struct bpsim_params *p = find(frame->file, item);
	const struct bpmn_item *it = &frame->file->items[item];
	bool task = it->element->role == BPMN_TASK || it->element->role == BPMN_CALL || it->element->role == BPMN_SUBPROCESS;
	bool step = task || (it->element->role == BPMN_EVENT && !(it->element->flags & (BPMN_IS_START | BPMN_IS_END)));
	struct bpr_node *draft = bpr_i_builder_draft(frame->b, node);
	bpr_status status = BPR_OK;

	if (p && step) {
		status = apply_times(frame, p, node, BPSIM_PROCESSING, BPSIM_WAIT, true);
		if (!status)
			status = apply_times(frame, p, node, BPSIM_WAIT, BPSIM_TIME_COUNT, false);
		draft->cost = p->fixed_cost + p->unit_cost * bpr_dist_mean(draft->work);
	}
	if (p && !status && it->element->flags & BPMN_IS_BOUNDARY)
		status = boundary_prob(frame, p, node);
	for (size_t i = 0; p && task && i < p->need_count && !status; i++)
		status = need(frame, node, p->needs[i].resource, p->needs[i].count);
	return status || !task || (p && p->need_count) ? status : performers(frame, item, node);
}

/* ---- the flow as a whole ---- */

static bpr_status staff_row(struct bpmn_file *file, bpr_builder *b, size_t resource, const struct bpsim_params *p)
{
	static const char *const keys[] = { "pool", "count", "yen_per_hour" };
	const char *name = bpr_i_bpmn_label(file, resource);
	char count[32] = "", rate[32] = "";
	const char *texts[] = { name, count, rate };
	const struct bpr_place place = { file->reader->name, file->items[resource].xml->line, 0, "staff" };
	struct bpr_cell cells[3];

	if (p->quantity > 0)
		(void)bpr_i_num_format(count, sizeof(count), p->quantity);
	if (p->unit_cost > 0)
		(void)bpr_i_num_format(rate, sizeof(rate), p->unit_cost * 60);
	for (size_t i = 0; i < 3; i++)
		cells[i] = (struct bpr_cell){ bpr_i_column_find(BPR_TABLE_STAFF, keys[i], strlen(keys[i])), texts[i], strlen(texts[i]) };
	return bpr_i_builder_companion(b, BPR_TABLE_STAFF, cells, 3, &place);
}

/* Time between two cases at a start: as given, or the run's length over the number of cases in it. */
static bool start_arrivals(const struct bpmn_file *file, size_t item, struct bpr_dist *out)
{
	const struct bpsim_params *p = find(file, item);

	if (p && p->has_arrivals) {
		*out = p->arrivals;
		return bpr_dist_mean(out) > 0;
	}
	if (!p || !(p->triggers > 0) || isnan(file->bpsim->duration_min))
		return false;
	*out = (struct bpr_dist){ .kind = BPR_DIST_CONSTANT, .a = file->bpsim->duration_min / p->triggers };
	return out->a > 0;
}

/* Several starts with times of their own: together they are as frequent as all of them, taken as a Poisson stream. */
static bpr_status arrivals(struct bpmn_file *file, size_t process, bpr_builder *b)
{
	const struct bpr_place place = { file->reader->name, file->items[file->processes[process].item].xml->line, 0, "arrivals" };
	struct bpr_dist one = { 0 };
	struct bpr_cell cell;
	char text[128];
	double rate = 0;
	size_t count = 0;

	for (size_t i = bpr_i_bpmn_first(file, process, BPR_NONE); i != BPR_NONE; i = bpr_i_bpmn_next(file, process, BPR_NONE, i)) {
		struct bpr_dist here;

		if (!(file->items[i].element->flags & BPMN_IS_START) || !start_arrivals(file, i, &here))
			continue;
		one = here;
		rate += 1 / bpr_dist_mean(&here);
		count++;
	}
	if (!count)
		return BPR_OK;
	if (count > 1) {
		one = (struct bpr_dist){ .kind = BPR_DIST_EXP, .a = 1 / rate };
		bpr_i_bpmn_note(file, BPR_I_X082, file->items[file->processes[process].item].xml, NULL,
				bpr_i_bpmn_label(file, file->processes[process].item), NULL, NULL);
	}
	(void)bpr_dist_format(&one, text, sizeof(text));
	cell = (struct bpr_cell){ bpr_i_column_find(BPR_TABLE_DEMAND, "arrivals", 8), text, strlen(text) };
	return bpr_i_builder_companion(b, BPR_TABLE_DEMAND, &cell, 1, &place);
}

bpr_status bpr_i_bpsim_flow(struct bpmn_file *file, size_t process, bpr_builder *b)
{
	bpr_status status = BPR_OK;

	if (!file->bpsim)
		return BPR_OK;
	for (size_t i = 0; i < file->item_count && !status; i++) {
		const struct bpsim_params *p = file->bpsim->used[i] ? find(file, i) : NULL;

		file->bpsim->used[i] = false;
		if (p && (p->quantity > 0 || p->unit_cost > 0))
			status = staff_row(file, b, i, p);
	}
	return status ? status : arrivals(file, process, b);
}
