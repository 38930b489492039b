/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * QBP, BIMP, Apromore: <processSimulationInfo> inside a process or beside all of them. Every duration is in seconds, whatever its
 * timeUnit says: that is how it was shown. What is not used is NaN or 0.
 */
#include "config.h"
#include "base/num_i.h"
#include "read/sim_i.h"
#include <math.h>
#include <string.h>

#define SECOND (1.0 / 60)
enum { MOST_BINS_DEEP = 4 };

static bool is(const struct bpr_xml_node *xml, const char *name)
{
	return !strncmp(xml->ns, "http://www.qbp-simulator.com/", 29) && !strcmp(xml->name, name);
}

static const struct bpr_xml_node *child(const struct bpr_xml_node *xml, const char *name)
{
	BPR_I_XML_EACH(c, xml)
		if (is(c, name))
			return c;
	return NULL;
}

/* A parameter; 0 where it is absent, NaN or not a number. */
static double arg(const struct bpr_xml_node *xml, const char *name)
{
	size_t length;
	const char *text = bpr_i_xml_value(xml, name, &length);
	double x;

	return text && bpr_i_num_parse(text, length, &x) && isfinite(x) ? x : 0;
}

static bool read_dist(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t depth, struct bpr_dist *out);

/* Bins of a histogram: <histogramData probability="30"><distribution type="UNIFORM" …/></histogramData>, with or without a collection. */
static void add_bins(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t depth, struct bpr_mixture *mix)
{
	BPR_I_XML_EACH(bin, xml) {
		const struct bpr_xml_node *inner = NULL;
		struct bpr_dist one;

		BPR_I_XML_EACH(c, bin)
			inner = bpr_i_xml_attr(c, "type") ? c : inner;
		if (inner && bpr_i_xml_attr(bin, "probability")) {
			if (read_dist(file, inner, depth + 1, &one))
				bpr_i_mixture_add(mix, arg(bin, "probability"), &one);
		} else if (depth < MOST_BINS_DEEP && !is(bin, "timeUnit")) {
			add_bins(file, bin, depth + 1, mix);
		}
	}
}

static bool histogram(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t depth, struct bpr_dist *out)
{
	struct bpr_mixture mix = { .arena = &file->xml.arena };
	bool exact, any;

	add_bins(file, xml, depth, &mix);
	any = bpr_i_mixture_end(&mix, out, &exact);
	file->nomem |= mix.nomem;
	if (any && !exact)
		bpr_i_sim_replaced(file, xml, "HISTOGRAM");
	return any;
}

/* In minutes. */
static bool read_dist(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t depth, struct bpr_dist *out)
{
	static const struct { const char *type; enum bpr_dist_kind kind; } types[] = {
		{ "FIXED", BPR_DIST_CONSTANT }, { "NORMAL", BPR_DIST_NORM }, { "EXPONENTIAL", BPR_DIST_EXP }, { "UNIFORM", BPR_DIST_UNIF },
		{ "TRIANGULAR", BPR_DIST_TRI }, { "LOGNORMAL", BPR_DIST_LOGNORM }, { "GAMMA", BPR_DIST_GAMMA },
	};
	double mean = arg(xml, "mean"), arg1 = arg(xml, "arg1"), arg2 = arg(xml, "arg2");
	size_t length;
	const char *type = bpr_i_xml_value(xml, "type", &length);
	size_t at = 0;

	if (!type)
		return false;
	if (length == 9 && !memcmp(type, "HISTOGRAM", 9))
		return depth < MOST_BINS_DEEP && histogram(file, xml, depth, out);
	while (at < sizeof(types) / sizeof(types[0]) && (strlen(types[at].type) != length || memcmp(types[at].type, type, length) != 0))
		at++;
	if (at == sizeof(types) / sizeof(types[0])) {
		bpr_i_sim_wrong(file, xml, "QBP", "type", bpr_i_xml_attr(xml, "type")->value);
		return false;
	}
	*out = (struct bpr_dist){ .kind = types[at].kind, .a = mean, .b = arg1 };
	if (out->kind == BPR_DIST_EXP)
		out->a = arg1 > 0 ? arg1 : mean;
	else if (out->kind == BPR_DIST_UNIF)
		*out = (struct bpr_dist){ .kind = BPR_DIST_UNIF, .a = arg1, .b = arg2 };
	else if (out->kind == BPR_DIST_TRI)
		*out = (struct bpr_dist){ .kind = BPR_DIST_TRI, .a = arg1, .b = mean, .c = arg2 };
	else if (out->kind == BPR_DIST_LOGNORM || out->kind == BPR_DIST_GAMMA)
		out->b = arg1 > 0 ? sqrt(arg1) : 0; /* arg1 is the variance */
	else if (out->kind == BPR_DIST_CONSTANT)
		out->b = 0;
	if ((out->kind == BPR_DIST_NORM || out->kind == BPR_DIST_LOGNORM || out->kind == BPR_DIST_GAMMA) && !(out->b > 0) && out->b >= 0)
		*out = bpr_i_delay_constant(mean);
	return bpr_i_sim_dist(file, xml, types[at].type, SECOND, out);
}

/* ---- timetables ---- */

struct timetables {
	struct bpr_names ids;
	struct timetable { struct bpr_week week; bool is_default; } *items;
	size_t capacity;
};

static void read_rule(struct bpmn_file *file, const struct bpr_xml_node *rule, struct bpr_week *week)
{
	static const char *const names[] = { "fromWeekDay", "toWeekDay", "fromTime", "toTime" };
	const char *text[4];
	size_t length[4];
	int from, to;
	double begin, end;

	for (size_t i = 0; i < 4; i++)
		text[i] = bpr_i_xml_value(rule, names[i], &length[i]);
	from = text[0] ? bpr_i_week_day(text[0], length[0]) : -1;
	to = text[1] ? bpr_i_week_day(text[1], length[1]) : from;
	begin = text[2] ? bpr_i_week_time(text[2], length[2]) : -1;
	end = text[3] ? bpr_i_week_time(text[3], length[3]) : -1;
	if (from < 0 || to < 0 || begin < 0 || end < 0)
		bpr_i_sim_wrong(file, rule, "QBP", "rule", text[2] ? bpr_i_xml_attr(rule, "fromTime")->value : "");
	else
		bpr_i_week_add(week, from, to, begin, end);
}

static void read_timetables(struct bpmn_file *file, const struct bpr_xml_node *all, struct timetables *t)
{
	for (const struct bpr_xml_node *xml = all ? bpr_i_xml_element(all->first) : NULL; xml; xml = bpr_i_xml_element(xml->next)) {
		const struct bpr_xml_node *rules = is(xml, "timetable") ? child(xml, "rules") : NULL;
		size_t length;
		const char *id = bpr_i_xml_value(xml, "id", &length);
		bool added;

		if (!rules || !id)
			continue;
		if (!bpr_i_grow(&t->items, &t->capacity, t->ids.count + 1, sizeof(*t->items)) ||
		    bpr_i_names_add(&t->ids, id, length, &added) == BPR_NONE) {
			file->nomem = true;
			return;
		}
		if (!added)
			continue;
		t->items[t->ids.count - 1] = (struct timetable){ .is_default = bpr_i_xml_bool(xml, "default", false) };
		BPR_I_XML_EACH(rule, rules)
			if (is(rule, "rule"))
				read_rule(file, rule, &t->items[t->ids.count - 1].week);
	}
}

/* ---- the rest ---- */

static void read_resources(struct bpmn_file *file, const struct bpr_xml_node *all, const struct timetables *t)
{
	for (const struct bpr_xml_node *xml = all ? bpr_i_xml_element(all->first) : NULL; xml; xml = bpr_i_xml_element(xml->next)) {
		size_t length, name_length, table_length;
		const char *id = is(xml, "resource") ? bpr_i_xml_value(xml, "id", &length) : NULL;
		const char *name, *table;
		size_t pool, at;
		double x;

		if (!id)
			continue;
		pool = bpr_i_sim_pool(file, id, length);
		name = bpr_i_xml_value(xml, "name", &name_length);
		bpr_i_sim_pool_name(file, pool, name, name ? name_length : 0);
		if (bpr_i_sim_number(file, xml, "totalAmount", &x))
			bpr_i_sim_pool_count(file, pool, x, xml->line);
		bpr_i_sim_pool_rate(file, pool, arg(xml, "costPerHour"), xml->line);
		table = bpr_i_xml_value(xml, "timetableId", &table_length);
		at = table ? bpr_i_names_find(&t->ids, table, table_length) : BPR_NONE;
		if (at != BPR_NONE) {
			const struct bpr_week *weeks[1] = { &t->items[at].week };

			bpr_i_sim_pool_hours(file, pool, weeks, 1, xml->line);
		}
	}
}

static void read_element(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	size_t item = bpr_i_sim_item(file, xml, "elementId");
	const struct bpr_xml_node *dist = child(xml, "durationDistribution");
	const struct bpr_xml_node *ids = child(xml, "resourceIds");
	struct bpr_dist time;
	double cost;

	if (item == BPR_NONE)
		return;
	if (dist && read_dist(file, dist, 0, &time) && (bpr_dist_mean(&time) > 0 || time.kind != BPR_DIST_CONSTANT))
		bpr_i_sim_time(file, item, file->items[item].element->role == BPMN_EVENT ? SIM_WAIT : SIM_PROCESSING, &time, dist->line);
	cost = arg(xml, "fixedCost");
	if (cost > 0)
		bpr_i_sim_cost(file, item, cost, (double)NAN, xml->line);
	for (const struct bpr_xml_node *id = ids ? bpr_i_xml_element(ids->first) : NULL; id; id = bpr_i_xml_element(id->next)) {
		size_t length;
		const char *text = is(id, "resourceId") ? bpr_i_xml_simple_text(id, &length) : NULL;

		if (text)
			bpr_i_sim_need(file, item, bpr_i_sim_pool(file, text, length), 1, id->line);
	}
}

static void read_flow(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	size_t item = bpr_i_sim_item(file, xml, "elementId");
	double prob;

	if (item != BPR_NONE && bpr_i_sim_number(file, xml, "executionProbability", &prob))
		bpr_i_sim_prob(file, item, prob, xml->line);
}

/* The process that the data is of: the one it stands in, or the first one. */
static size_t process_of(const struct bpmn_file *file, size_t item)
{
	if (item != BPR_NONE && file->items[item].element->role == BPMN_PROCESS)
		return item;
	for (size_t i = 0; i < file->process_count; i++)
		if (file->processes[i].node_count)
			return file->processes[i].item;
	return BPR_NONE;
}

static void read_arrivals(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t process, const struct timetables *t)
{
	struct bpr_dist between;

	if (process == BPR_NONE)
		return;
	if (xml && read_dist(file, xml, 0, &between))
		bpr_i_sim_arrivals(file, process, &between, xml->line);
	for (size_t i = 0; i < t->ids.count; i++)
		if (t->items[i].is_default)
			bpr_i_sim_open(file, process, &t->items[i].week, xml ? xml->line : 0);
}

void bpr_i_qbp_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml)
{
	const struct bpr_xml_node *elements = child(xml, "elements");
	const struct bpr_xml_node *flows = child(xml, "sequenceFlows");
	const struct bpr_xml_attr *currency = bpr_i_xml_attr(xml, "currency");
	struct timetables tables = { 0 };

	if (!is(xml, "processSimulationInfo"))
		return;
	read_timetables(file, child(xml, "timetables"), &tables);
	read_resources(file, child(xml, "resources"), &tables);
	for (const struct bpr_xml_node *e = elements ? bpr_i_xml_element(elements->first) : NULL; e; e = bpr_i_xml_element(e->next))
		if (is(e, "element"))
			read_element(file, e);
	for (const struct bpr_xml_node *f = flows ? bpr_i_xml_element(flows->first) : NULL; f; f = bpr_i_xml_element(f->next))
		if (is(f, "sequenceFlow"))
			read_flow(file, f);
	read_arrivals(file, child(xml, "arrivalRateDistribution"), process_of(file, item), &tables);
	if (currency)
		bpr_i_sim_currency(file, xml, currency->value);
	bpr_i_free(tables.items);
	bpr_i_names_release(&tables.ids);
}
