/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the studies share: numbers and names as texts of the document, blocks that more than one has. */
#include "config.h"
#include "study/study_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef void words_fn(struct bpr_buf *buf, struct bpr_words how, double x);

static const char *say(struct bpr_document *doc, words_fn *words, bool year, double x)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	words(&buf, (struct bpr_words){ .lang = doc->lang, .year = year }, x);
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_say_count(struct bpr_document *doc, double x)
{
	return say(doc, bpr_i_words_count, false, x);
}

const char *bpr_i_say_minutes(struct bpr_document *doc, double x)
{
	return say(doc, bpr_i_words_minutes, false, x);
}

static bool is_whole(double x)
{
	return fabs(x - nearbyint(x)) < 1e-9;
}

static const char *say_fixed(struct bpr_document *doc, const char *unit, double x, int decimals)
{
	char number[420];

	(void)bpr_i_num_fixed(number, sizeof(number), x, decimals, true);
	return bpr_i_doc_fill(doc, unit, number, NULL, NULL, NULL);
}

struct bpr_said_pair bpr_i_say_minutes_pair(struct bpr_document *doc, double before, double after)
{
	/* First with more digits: 4.1 days stays in days; a whole day is not one of 1.000. */
	static const struct { double from, per_minute; int decimals; const char *unit; } finer[] = {
		{ 1440, 1.0 / 1440, 2, N_("{1} days") }, { 1440, 1.0 / 1440, 3, N_("{1} days") },
		{ 1, 1, 0, N_("{1} min") }, { 1, 1, 1, N_("{1} min") }, { 1, 1, 2, N_("{1} min") }, { 0, 60, 0, N_("{1} s") }, { 0, 60, 1, N_("{1} s") }, { 0, 60, 3, N_("{1} s") },
	};
	struct bpr_said_pair said = { bpr_i_say_minutes(doc, before), bpr_i_say_minutes(doc, after) };
	double least = fmin(fabs(before), fabs(after));

	if (fabs(after - before) <= 1e-9 * fmax(fabs(after), fabs(before)))
		return said;
	for (size_t i = 0; i < sizeof(finer) / sizeof(finer[0]) && !strcmp(said.before, said.after); i++) {
		if (least < finer[i].from || (finer[i].per_minute < 1 && is_whole(least * finer[i].per_minute)))
			continue;
		said.before = say_fixed(doc, finer[i].unit, before * finer[i].per_minute, finer[i].decimals);
		said.after = say_fixed(doc, finer[i].unit, after * finer[i].per_minute, finer[i].decimals);
	}
	return said;
}

struct bpr_said_pair bpr_i_say_metric_pair(struct bpr_document *doc, enum bpr_metric metric, double before, double after)
{
	if (bpr_metric_get(metric)->quantity == BPR_QUANTITY_MINUTES)
		return bpr_i_say_minutes_pair(doc, before, after);
	return (struct bpr_said_pair){ bpr_i_say_metric(doc, metric, before, false), bpr_i_say_metric(doc, metric, after, false) };
}

const char *bpr_i_say_year_minutes(struct bpr_document *doc, double x)
{
	return say(doc, bpr_i_words_minutes, true, x);
}

const char *bpr_i_say_year_yen(struct bpr_document *doc, double x)
{
	return say(doc, bpr_i_words_yen, true, x);
}

const char *bpr_i_say_prob(struct bpr_document *doc, double x)
{
	return say(doc, bpr_i_words_prob, false, x);
}

const char *bpr_i_say_share(struct bpr_document *doc, double x)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_words_share(&buf, doc->lang, x);
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_say_metric(struct bpr_document *doc, enum bpr_metric metric, double x, bool year)
{
	const struct bpr_metric_info *info = bpr_metric_get(metric);
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_words_quantity(&buf, (struct bpr_words){ .lang = doc->lang, .year = year }, info->quantity,
			     bpr_text(doc->lang, info->unit), x);
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_say_times(struct bpr_document *doc, double x)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_words_quantity(&buf, (struct bpr_words){ .lang = doc->lang }, BPR_QUANTITY_COUNT, bpr_text(doc->lang, N_("times")), x);
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_say_plural(struct bpr_document *doc, double x, const char *one, const char *many)
{
	const char *number = bpr_i_say_count(doc, x);

	return bpr_i_doc_fill(doc, !strcmp(number, "1") ? one : many, number, NULL, NULL, NULL);
}

const char *bpr_i_say_label(struct bpr_document *doc, enum bpr_metric metric)
{
	const char *label = bpr_text(doc->lang, bpr_metric_get(metric)->label);
	bool lower = label[0] >= 'A' && label[0] <= 'Z' && label[1] >= 'a' && label[1] <= 'z';
	struct bpr_buf buf = BPR_BUF_INIT;

	if (!lower)
		return label;
	bpr_i_buf_putc(&buf, (char)(label[0] - 'A' + 'a'));
	bpr_i_buf_puts(&buf, label + 1);
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_say_list(struct bpr_document *doc, const char *const items[], size_t count)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		if (i) {
			/* TRANSLATORS: between the items of a list, and before the last one */
			bpr_i_buf_puts(&buf, bpr_text(doc->lang, i + 1 < count ? N_(", ") : N_(" and ")));
		}
		bpr_i_buf_puts(&buf, items[i]);
	}
	return bpr_i_doc_keep(doc, &buf);
}

const char *bpr_i_name_node(const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	return *n->name ? n->name : n->id;
}

const char *bpr_i_say_step(struct bpr_document *doc, const bpr_flow *flow, size_t node)
{
	const char *place = bpr_i_name_place(flow, node);

	if (!*place)
		return bpr_i_name_node(flow, node);
	return bpr_i_doc_fill(doc, N_("{1} ({2})"), bpr_i_name_node(flow, node), place, NULL, NULL);
}

const char *bpr_i_name_unit(const bpr_flow *flow, size_t unit)
{
	return unit == BPR_NONE ? "" : bpr_flow_unit(flow, unit)->name;
}

const char *bpr_i_name_place(const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	return n->counter != BPR_NONE ? bpr_flow_counter(flow, n->counter)->name : bpr_i_name_unit(flow, n->unit);
}

const char *bpr_i_name_flow(const bpr_flow *flow)
{
	return *bpr_flow_name(flow) ? bpr_flow_name(flow) : bpr_flow_id(flow);
}

const char *bpr_i_say_flow(struct bpr_document *doc, const bpr_flow *flow)
{
	const char *source = bpr_flow_source(flow);
	const char *id = bpr_flow_id(flow);
	const char *slash = strrchr(source, '/');
	const char *dot;
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *stem;

	if (*bpr_flow_name(flow) || !*source)
		return bpr_i_name_flow(flow);
	source = slash ? slash + 1 : source;
	dot = strrchr(source, '.');
	bpr_i_buf_add(&buf, source, dot && dot > source ? (size_t)(dot - source) : strlen(source));
	stem = bpr_i_doc_keep(doc, &buf);
	return !*id || !strcmp(id, stem) ? stem : bpr_i_doc_fill(doc, N_("{1} ({2})"), stem, id, NULL, NULL);
}

bool bpr_i_name_is_rest(const char *name)
{
	static const char *const names[] = { "その他", "他", "other", "others", "Other", "Others" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

const char *bpr_i_name_rule(const struct bpr_document *doc, size_t bit)
{
	static const char *const names[BPR_RULE_COUNT] = { N_("visual inspection"), N_("paper required"), N_("face to face"),
							   N_("resident staff"), N_("seal") };

	return bpr_text(doc->lang, names[bit]);
}

void bpr_i_study_more(struct bpr_document *doc, size_t left_out)
{
	if (left_out)
		bpr_i_doc_note(doc, bpr_i_doc_fill(doc, N_("And {1} more; --full shows all."),
						   bpr_i_say_count(doc, (double)left_out), NULL, NULL, NULL));
}

void bpr_i_study_source(struct bpr_document *doc, const char *id, const bpr_flow *flow)
{
	char hash[24];
	double cases = bpr_flow_cases_per_year(flow);
	const char *demand = cases > 0 ? bpr_i_say_count(doc, cases >= 10 ? (double)(long long)(cases + 0.5) : cases)
				       : bpr_i_doc_text(doc, N_("not given"));

	(void)snprintf(hash, sizeof(hash), "%016llx", bpr_flow_hash(flow));
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_doc_fill(doc, id, bpr_flow_source(flow), hash, demand, NULL));
}

bool bpr_i_study_sampled(const bpr_analysis *analysis)
{
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_figure *f = bpr_analysis_figure(analysis, (enum bpr_metric)i);

		if (f->method == BPR_METHOD_SIMULATED || f->sd_method == BPR_METHOD_SIMULATED)
			return true;
	}
	return false;
}

struct bpr_doc_cell bpr_i_cell_metric(const struct bpr_document *doc, enum bpr_metric metric, double x)
{
	const struct bpr_metric_info *info = bpr_metric_get(metric);
	struct bpr_doc_cell cell = bpr_i_cell_number(bpr_i_cell_value(info->quantity), x);

	cell.text = bpr_text(doc->lang, info->unit);
	return cell;
}

struct bpr_doc_cell bpr_i_cell_times(const struct bpr_document *doc, double x)
{
	struct bpr_doc_cell cell = bpr_i_cell_number(BPR_DOC_COUNT, x);

	cell.text = bpr_text(doc->lang, N_("times"));
	return cell;
}

double bpr_i_items_written(const bpr_flow *flow, const struct bpr_node *node)
{
	double items = 0;

	for (size_t i = 0; i < node->write_count; i++) {
		const struct bpr_form *form = bpr_flow_form(flow, node->writes[i]);

		for (size_t k = 0; k < form->field_count; k++)
			items += form->fields[k].prefilled ? 0 : form->fields[k].times;
	}
	return items;
}
