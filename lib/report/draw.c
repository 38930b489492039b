/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From flows to a picture: boxes and arrows, their places, SVG. */
#include "config.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "report/draw_i.h"

static bool are_nodes(const struct bpr_flows *flows, const struct bpr_sound_step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (steps[i].flow >= flows->count || steps[i].node >= bpr_flow_node_count(flows->items[steps[i].flow]))
			return false;
	return true;
}

static bool is_possible(const struct bpr_flows *flows, const size_t *chosen, size_t count, const struct bpr_draw_options *o)
{
	for (size_t i = 0; chosen && i < count; i++)
		if (chosen[i] >= flows->count)
			return false;
	return count && are_nodes(flows, o->run, o->run_count) && are_nodes(flows, o->faulty, o->faulty_count);
}

/* Heat and comparisons need the figures of each flow that is drawn. */
static bool is_known(const struct picture *p)
{
	const struct bpr_draw_options *o = p->options;
	bool needed = o->heat != BPR_HEAT_NONE || o->comparison || o->picture != BPR_PICTURE_FLOW;

	if ((size_t)o->heat >= BPR_HEAT_COUNT || (o->comparison && p->count != 2) || (needed && !o->analyses))
		return false;
	for (size_t i = 0; needed && i < p->count; i++) {
		size_t at = p->chosen ? p->chosen[i] : i;

		if (!o->analyses[at] || bpr_analysis_flow_hash(o->analyses[at]) != bpr_flow_hash(p->flows->items[at]) ||
		    (o->queueings && o->queueings[at] && bpr_queueing_flow_hash(o->queueings[at]) != bpr_flow_hash(p->flows->items[at])))
			return false;
	}
	return true;
}

static bool take_follows(struct picture *p)
{
	struct bpr_follows *all = bpr_i_arena_alloc(&p->arena, p->count, sizeof(*all));

	p->follows = all;
	for (size_t i = 0; all && i < p->count; i++) {
		size_t at = p->chosen ? p->chosen[i] : i;

		if (!bpr_i_follows(p->flows->items[at], p->options->analyses[at], &all[i]))
			return false;
	}
	return all;
}

/* What the options say about figures, by the flows that are drawn. */
static bool take_figures(struct picture *p)
{
	const struct bpr_draw_options *o = p->options;
	const double **heat = bpr_i_arena_alloc(&p->arena, p->count, sizeof(*heat));
	const double **passages = bpr_i_arena_alloc(&p->arena, p->count, sizeof(*passages));
	size_t after = p->chosen && p->count > 1 ? p->chosen[1] : 1, before = p->chosen ? p->chosen[0] : 0;

	if (!heat || !passages)
		return false;
	p->heat = o->heat;
	for (size_t i = 0; o->heat != BPR_HEAT_NONE && i < p->count; i++) {
		size_t at = p->chosen ? p->chosen[i] : i;

		passages[i] = bpr_analysis_arcs(o->analyses[at]);
		heat[i] = bpr_i_study_heat(&p->arena, o->heat, p->flows->items[at], o->analyses[at], o->queueings ? o->queueings[at] : NULL, NULL);
		if (!heat[i])
			return false;
	}
	p->heat_values = heat;
	p->passages = passages;
	if (o->picture == BPR_PICTURE_FOLLOWS && !take_follows(p))
		return false;
	if (o->comparison) {
		p->comparison = o->comparison;
		p->subject = (struct bpr_subject){ .flow = p->flows->items[before], .analysis = o->analyses[before],
						   .after_flow = p->flows->items[after], .after_analysis = o->analyses[after] };
	}
	return true;
}

void bpr_i_picture_release(struct picture *p)
{
	for (size_t i = 0; p->drawn && i < p->graph.node_count; i++)
		bpr_i_buf_release(&p->drawn[i].steps);
	for (size_t i = 0; p->follows && i < p->count; i++)
		bpr_i_free(p->follows[i].items);
	bpr_i_free(p->graph.edges);
	bpr_i_free(p->drawn_edges);
	bpr_i_doc_release(&p->words);
	bpr_i_layout_release(&p->layout);
	bpr_i_arena_release(&p->arena);
}

static bpr_status draw_flows(struct picture *p, struct bpr_buf *out, struct bpr_error *err)
{
	bpr_status status = bpr_i_picture_fill(p, err);

	if (!status)
		status = bpr_i_layout(&p->graph, &p->layout, err);
	if (status)
		return status;
	bpr_i_picture_run(p);
	if (p->options->page)
		bpr_i_picture_html(p, bpr_i_picture_svg, out);
	else
		bpr_i_picture_svg(p, true, out);
	return BPR_OK;
}

bpr_status bpr_draw(const struct bpr_flows *flows, const size_t *chosen, size_t count, const struct bpr_draw_options *options,
		    struct bpr_output *out, struct bpr_error *err)
{
	struct bpr_draw_options complete = BPR_DRAW_OPTIONS_INIT;
	struct picture p = { .flows = flows, .chosen = chosen, .count = chosen ? count : flows->count,
			     .options = &complete };
	struct bpr_buf buf = BPR_BUF_INIT;
	bpr_status status;

	*out = (struct bpr_output){ 0 };
	if (!bpr_i_options(&complete, options) || !is_possible(flows, chosen, p.count, p.options) || !is_known(&p))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	status = take_figures(&p) ? BPR_OK : bpr_i_nomem(err);
	if (!status && p.options->picture == BPR_PICTURE_MAP)
		status = bpr_i_draw_map(&p, &buf, err);
	else if (!status)
		status = draw_flows(&p, &buf, err);
	if (!status) {
		status = p.failed || buf.failed ? bpr_i_nomem(err) : BPR_OK;
	}
	bpr_i_picture_release(&p);
	out->length = buf.length;
	out->data = bpr_i_buf_take(&buf);
	if (status || !out->data) {
		bpr_output_release(out);
		return status ? status : bpr_i_nomem(err);
	}
	return BPR_OK;
}
