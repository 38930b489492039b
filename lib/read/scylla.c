/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scylla (BSIM): the simulation file of a process, and the global configuration with people and timetables. Both stand in files
 * of their own; the elements are the same wherever they stand, so any may be in either.
 */
#include "config.h"
#include "base/num_i.h"
#include "read/sim_i.h"
#include <math.h>
#include <string.h>

static bool is(const struct bpr_xml_node *xml, const char *name)
{
	return !strncmp(xml->ns, "http://bsim.hpi.uni-potsdam.de/", 31) && !strcmp(xml->name, name);
}

static const struct bpr_xml_node *child(const struct bpr_xml_node *xml, const char *name)
{
	BPR_I_XML_EACH(c, xml)
		if (is(c, name))
			return c;
	return NULL;
}

/* Minutes of SECONDS, MINUTES …; what is absent is seconds, as in Scylla. */
static double unit_of(const struct bpr_xml_node *xml, const char *attr)
{
	static const struct { const char *name; double minutes; } units[] = {
		{ "NANOSECONDS", 1.0 / 60e9 }, { "MICROSECONDS", 1.0 / 60e6 }, { "MILLISECONDS", 1.0 / 60e3 }, { "SECONDS", 1.0 / 60 },
		{ "MINUTES", 1 }, { "HOURS", 60 }, { "DAYS", 1440 },
	};
	size_t length;
	const char *text = bpr_i_xml_value(xml, attr, &length);

	for (size_t i = 0; text && i < sizeof(units) / sizeof(units[0]); i++)
		if (strlen(units[i].name) == length && !memcmp(units[i].name, text, length))
			return units[i].minutes;
	return 1.0 / 60;
}

/* ---- distributions ---- */

static double value(struct bpmn_file *file, const struct bpr_xml_node *dist, const char *name)
{
	const struct bpr_xml_node *xml = child(dist, name);
	double x;

	return xml && bpr_i_sim_text_number(file, xml, &x) ? x : (double)NAN;
}

/* Points and how often each occurs. */
static bool finite_values(struct bpmn_file *file, const struct bpr_xml_node *xml, double unit, struct bpr_dist *out)
{
	struct bpr_mixture mix = { .arena = &file->xml.arena };
	bool exact, any;

	BPR_I_XML_EACH(entry, xml) {
		struct bpr_dist one;
		double x, frequency;

		if (!is(entry, "entry") || !bpr_i_sim_number(file, entry, "value", &x) || !bpr_i_sim_number(file, entry, "frequency", &frequency))
			continue;
		one = bpr_i_delay_constant(x * unit);
		bpr_i_mixture_add(&mix, frequency, &one);
	}
	any = bpr_i_mixture_end(&mix, out, &exact);
	file->nomem |= mix.nomem;
	if (any && !exact)
		bpr_i_sim_replaced(file, xml, xml->name);
	return any;
}

enum shape { CONSTANT, EXPONENTIAL, NORMAL, UNIFORM, TRIANGULAR, ERLANG, BINOMIAL, POISSON, FINITE };
static const struct { const char *name; enum shape shape; } shapes[] = {
	{ "constantDistribution", CONSTANT }, { "exponentialDistribution", EXPONENTIAL }, { "normalDistribution", NORMAL },
	{ "uniformDistribution", UNIFORM }, { "unifomDistribution", UNIFORM }, { "triangularDistribution", TRIANGULAR },
	{ "erlangDistribution", ERLANG }, { "binomialDistribution", BINOMIAL }, { "poissonDistribution", POISSON },
	{ "arbitraryFiniteProbabilityDistribution", FINITE },
};

static bool shaped(struct bpmn_file *file, const struct bpr_xml_node *xml, enum shape shape, struct bpr_dist *out)
{
	double mean = (double)NAN, p, n;

	switch (shape) {
	case CONSTANT: *out = bpr_i_delay_constant(value(file, xml, "constantValue")); break;
	case EXPONENTIAL: *out = (struct bpr_dist){ .kind = BPR_DIST_EXP, .a = value(file, xml, "mean") }; break;
	case NORMAL:
		*out = (struct bpr_dist){ .kind = BPR_DIST_NORM, .a = value(file, xml, "mean"), .b = value(file, xml, "standardDeviation") };
		break;
	case UNIFORM: *out = (struct bpr_dist){ .kind = BPR_DIST_UNIF, .a = value(file, xml, "lower"), .b = value(file, xml, "upper") }; break;
	case TRIANGULAR:
		*out = (struct bpr_dist){
			.kind = BPR_DIST_TRI, .a = value(file, xml, "lower"), .b = value(file, xml, "peak"), .c = value(file, xml, "upper"),
		};
		break;
	case ERLANG: *out = (struct bpr_dist){ .kind = BPR_DIST_ERLANG, .a = value(file, xml, "order"), .b = value(file, xml, "mean") }; break;
	case BINOMIAL:
		p = value(file, xml, "probability");
		n = value(file, xml, "amount");
		if (!(p <= 1) || isnan(n))
			return false;
		*out = bpr_i_delay_like(n * p, sqrt(n * p * (1 - p)));
		bpr_i_sim_replaced(file, xml, xml->name);
		break;
	case POISSON:
		mean = value(file, xml, "mean");
		if (isnan(mean))
			return false;
		*out = bpr_i_delay_like(mean, sqrt(mean));
		bpr_i_sim_replaced(file, xml, xml->name);
		break;
	case FINITE: break;
	}
	return !isnan(out->a) && !isnan(out->b) && !isnan(out->c);
}

/* The one distribution inside a <duration> or <arrivalRate>, in minutes. */
static bool read_dist(struct bpmn_file *file, const struct bpr_xml_node *holder, struct bpr_dist *out)
{
	double unit = unit_of(holder, "timeUnit");

	BPR_I_XML_EACH(xml, holder) {
		size_t at = 0;

		while (at < sizeof(shapes) / sizeof(shapes[0]) && !is(xml, shapes[at].name))
			at++;
		if (at == sizeof(shapes) / sizeof(shapes[0]))
			continue;
		if (shapes[at].shape == FINITE)
			return finite_values(file, xml, unit, out);
		if (shaped(file, xml, shapes[at].shape, out))
			return bpr_i_sim_dist(file, xml, xml->name, unit, out);
		bpr_i_sim_wrong(file, xml, "Scylla", xml->name, "");
		return false;
	}
	bpr_i_sim_wrong(file, holder, "Scylla", holder->name, "");
	return false;
}

/* ---- the process ---- */

static void read_resources(struct bpmn_file *file, const struct bpr_xml_node *all, size_t item)
{
	BPR_I_XML_EACH(xml, all) {
		size_t length;
		const char *id = is(xml, "resource") ? bpr_i_xml_value(xml, "id", &length) : NULL;
		double amount;

		if (!id)
			continue;
		if (!bpr_i_xml_attr(xml, "amount"))
			amount = 1;
		else if (!bpr_i_sim_number(file, xml, "amount", &amount))
			continue;
		bpr_i_sim_need(file, item, bpr_i_sim_pool(file, id, length), amount, xml->line);
	}
}

static void read_boundary(struct bpmn_file *file, const struct bpr_xml_node *all)
{
	BPR_I_XML_EACH(xml, all) {
		const struct bpr_xml_node *prob = is(xml, "boundaryEvent") ? child(xml, "eventProbability") : NULL;
		size_t item = prob ? bpr_i_sim_item(file, xml, "id") : BPR_NONE;
		double x;

		if (item != BPR_NONE && bpr_i_sim_text_number(file, prob, &x))
			bpr_i_sim_prob(file, item, x, xml->line);
	}
}

static void read_branch(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	const struct bpr_xml_node *prob = child(xml, "branchingProbability");
	size_t item = prob ? bpr_i_sim_item(file, xml, "id") : BPR_NONE;
	double x;

	if (item != BPR_NONE && bpr_i_sim_text_number(file, prob, &x))
		bpr_i_sim_prob(file, item, x, xml->line);
}

/* One part of what is said about an element. */
static void read_part(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t item)
{
	struct bpr_dist time;

	if (is(xml, "duration")) {
		if (read_dist(file, xml, &time))
			bpr_i_sim_time(file, item, file->items[item].element->role == BPMN_EVENT ? SIM_WAIT : SIM_PROCESSING, &time, xml->line);
	} else if (is(xml, "arrivalRate")) {
		if (read_dist(file, xml, &time))
			bpr_i_sim_arrivals(file, item, &time, xml->line);
	} else if (is(xml, "resources")) {
		read_resources(file, xml, item);
	} else if (is(xml, "boundaryEvents")) {
		read_boundary(file, xml);
	} else if (is(xml, "outgoingSequenceFlow")) {
		read_branch(file, xml);
	}
}

/* Elements of the process by their id, those of sub-processes inside them. The depth is that of the XML, which is limited. */
static void read_elements(struct bpmn_file *file, const struct bpr_xml_node *all)
{
	BPR_I_XML_EACH(xml, all) {
		size_t item;

		if (!bpr_i_xml_attr(xml, "id") || is(xml, "resource") || is(xml, "outgoingSequenceFlow") || is(xml, "boundaryEvent"))
			continue;
		item = bpr_i_sim_item(file, xml, "id");
		for (const struct bpr_xml_node *part = item == BPR_NONE ? NULL : bpr_i_xml_element(xml->first); part; part = bpr_i_xml_element(part->next))
			read_part(file, part, item);
		read_elements(file, xml);
	}
}

/* ---- people ---- */

static void read_item(struct bpmn_file *file, const struct bpr_xml_node *xml, struct bpr_week *week)
{
	static const char *const names[] = { "from", "to", "beginTime", "endTime" };
	const char *text[4];
	size_t length[4];
	int from, to;
	double begin, end;

	for (size_t i = 0; i < 4; i++)
		text[i] = bpr_i_xml_value(xml, names[i], &length[i]);
	from = text[0] ? bpr_i_week_day(text[0], length[0]) : -1;
	to = text[1] ? bpr_i_week_day(text[1], length[1]) : -1;
	begin = text[2] ? bpr_i_week_time(text[2], length[2]) : -1;
	end = text[3] ? bpr_i_week_time(text[3], length[3]) : -1;
	if (from < 0 || to < 0 || begin < 0 || end < 0)
		bpr_i_sim_wrong(file, xml, "Scylla", "timetableItem", text[2] ? bpr_i_xml_attr(xml, "beginTime")->value : "");
	else
		bpr_i_week_add(week, from, to, begin, end);
}

struct timetables {
	struct bpr_names ids;
	struct bpr_week *weeks;
	size_t capacity;
};

static void read_timetables(struct bpmn_file *file, const struct bpr_xml_node *all, struct timetables *t)
{
	BPR_I_XML_EACH(xml, all) {
		size_t length;
		const char *id = is(xml, "timetable") ? bpr_i_xml_value(xml, "id", &length) : NULL;
		bool added;

		if (!id)
			continue;
		if (!bpr_i_grow(&t->weeks, &t->capacity, t->ids.count + 1, sizeof(*t->weeks)) ||
		    bpr_i_names_add(&t->ids, id, length, &added) == BPR_NONE) {
			file->nomem = true;
			return;
		}
		if (!added)
			continue;
		t->weeks[t->ids.count - 1] = (struct bpr_week){ 0 };
		BPR_I_XML_EACH(item, xml)
			if (is(item, "timetableItem"))
				read_item(file, item, &t->weeks[t->ids.count - 1]);
	}
}

static const struct bpr_week *week_of(const struct timetables *t, const struct bpr_xml_node *xml, const char *attr)
{
	size_t length;
	const char *id = bpr_i_xml_value(xml, attr, &length);
	size_t at = id ? bpr_i_names_find(&t->ids, id, length) : BPR_NONE;

	return at == BPR_NONE ? NULL : &t->weeks[at];
}

/* So many people as the default quantity says; instances say of some of them what differs. */
static void read_people(struct bpmn_file *file, const struct bpr_xml_node *xml, const struct timetables *t, size_t pool)
{
	enum { MOST = 1000 };
	double quantity = 0, cost = 0, unit = unit_of(xml, "defaultTimeUnit"), sum = 0, x;
	const struct bpr_week *usual = week_of(t, xml, "defaultTimetableId");
	const struct bpr_week **weeks;
	size_t count = 0, people;

	(void)bpr_i_sim_number(file, xml, "defaultQuantity", &quantity);
	(void)bpr_i_sim_number(file, xml, "defaultCost", &cost);
	BPR_I_XML_EACH(instance, xml)
		count += is(instance, "instance");
	quantity = fmax(quantity, (double)count);
	people = quantity < MOST ? (size_t)quantity : MOST;
	if (!people)
		return;
	weeks = bpr_i_calloc(people, sizeof(*weeks));
	if (!weeks) {
		file->nomem = true;
		return;
	}
	count = 0;
	BPR_I_XML_EACH(instance, xml) {
		const struct bpr_week *own = week_of(t, instance, "timetableId");

		if (!is(instance, "instance") || count == people)
			continue;
		sum += bpr_i_sim_number(file, instance, "cost", &x) ? x : cost;
		weeks[count++] = own ? own : usual;
	}
	sum += cost * (quantity - (double)count);
	for (; count < people; count++)
		weeks[count] = usual;
	bpr_i_sim_pool_count(file, pool, quantity, xml->line);
	bpr_i_sim_pool_rate(file, pool, sum / quantity / unit * 60, xml->line);
	bpr_i_sim_pool_hours(file, pool, weeks, people, xml->line);
	bpr_i_free(weeks);
}

static void read_global(struct bpmn_file *file, const struct bpr_xml_node *root)
{
	const struct bpr_xml_node *tables = child(root, "timetables");
	const struct bpr_xml_node *people = child(root, "resourceData");
	struct timetables t = { 0 };

	if (tables)
		read_timetables(file, tables, &t);
	for (const struct bpr_xml_node *xml = people ? bpr_i_xml_element(people->first) : NULL; xml; xml = bpr_i_xml_element(xml->next)) {
		size_t length, name_length;
		const char *id = is(xml, "dynamicResource") ? bpr_i_xml_value(xml, "id", &length) : NULL;
		const char *name = bpr_i_xml_value(xml, "name", &name_length);
		size_t pool;

		if (!id)
			continue;
		pool = bpr_i_sim_pool(file, id, length);
		if (pool == BPR_NONE)
			break;
		bpr_i_sim_pool_name(file, pool, name, name ? name_length : 0);
		read_people(file, xml, &t, pool);
	}
	bpr_i_free(t.weeks);
	bpr_i_names_release(&t.ids);
}

void bpr_i_scylla_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml)
{
	(void)item;
	if (is(xml, "globalConfiguration")) {
		read_global(file, xml);
	} else if (is(xml, "simulationConfiguration")) {
		if (bpr_i_xml_attr(xml, "processRef"))
			(void)bpr_i_sim_item(file, xml, "processRef");
		read_elements(file, xml);
	} else if (is(xml, "definitions")) {
		BPR_I_XML_EACH(child_xml, xml)
			if (is(child_xml, "simulationConfiguration") || is(child_xml, "globalConfiguration"))
				bpr_i_scylla_take(file, item, child_xml);
	}
}
