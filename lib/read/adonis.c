/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ADONIS: times and costs of an activity as attributes of an <instance>. A time is YY:DDD:HH:MM:SS or a number of seconds; 0 is
 * what stands there where nobody said anything. The key figures of itp commerce have no unit: they are named and left out.
 */
#include "config.h"
#include "base/num_i.h"
#include "read/sim_i.h"
#include <math.h>
#include <string.h>

enum { MOST_DEEP = 4 };

static const struct { const char *name; int part; } times[] = {
	{ "A_EXECUTION_TIME", SIM_PROCESSING }, { "A_WAITING_TIME", SIM_WAIT }, { "A_RESTING_TIME", SIM_QUEUE },
	{ "A_TRANSPORT_TIME", SIM_TRANSFER },
};
static const char *const figures[] = { "KPIDuration", "KPICost", "KPIActiveTime", "KPIWaitTime" };

/* "00:001:02:30:00", "9000": minutes; -1 else. A year is 365 days, a day 24 hours. */
static double minutes_of(const char *text, size_t length)
{
	static const double factors[] = { 525600, 1440, 60, 1, 1.0 / 60 };
	double sum = 0, x;
	size_t part = 0;

	if (!memchr(text, ':', length))
		return bpr_i_num_parse(text, length, &x) && isfinite(x) && x >= 0 ? x / 60 : -1;
	while (part < 5) {
		size_t n = 0;

		while (n < length && text[n] != ':')
			n++;
		if (!bpr_i_num_parse(text, n, &x) || !isfinite(x) || x < 0)
			return -1;
		sum += x * factors[part++];
		if (n == length)
			return part == 5 ? sum : -1;
		text += n + 1;
		length -= n + 1;
	}
	return -1;
}

/* The value of an attribute: its <value>, or an attribute `value`. */
static const char *value_of(const struct bpr_xml_node *xml, size_t *length)
{
	BPR_I_XML_EACH(child, xml)
		if (!strcmp(child->name, "value"))
			return bpr_i_xml_simple_text(child, length);
	return bpr_i_xml_value(xml, "value", length);
}

static bool zero(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] >= '1' && text[i] <= '9')
			return false;
	return true;
}

static void read_time(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml, size_t at, const char *text, size_t length)
{
	struct bpr_dist time = bpr_i_delay_constant(minutes_of(text, length));

	if (!(time.a >= 0) || time.a > 1e9)
		bpr_i_sim_wrong(file, xml, "ADONIS", times[at].name, text);
	else if (time.a > 0)
		bpr_i_sim_time(file, item, (enum sim_time)times[at].part, &time, xml->line);
}

static void read_attribute(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml)
{
	size_t name_length, length;
	const char *name = bpr_i_xml_value(xml, "name", &name_length);
	const char *text = name ? value_of(xml, &length) : NULL;
	double cost;

	if (!text || zero(text, length))
		return;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if (bpr_i_bpmn_is_node(&file->items[item]) && strlen(times[i].name) == name_length && !memcmp(times[i].name, name, name_length))
			read_time(file, item, xml, i, text, length);
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
		if (strlen(figures[i]) == name_length && !memcmp(figures[i], name, name_length))
			bpr_i_bpmn_note(file, BPR_I_X125, xml, NULL, bpr_i_sim_label(file->sim->now.source), figures[i], NULL);
	if (name_length == 5 && !memcmp(name, "COSTS", 5) && bpr_i_bpmn_is_node(&file->items[item])) {
		if (bpr_i_num_parse(text, length, &cost) && isfinite(cost) && cost >= 0 && cost <= 1e12)
			bpr_i_sim_cost(file, item, cost, (double)NAN, xml->line);
		else
			bpr_i_sim_wrong(file, xml, "ADONIS", "COSTS", text);
	}
}

static void read_inside(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml, size_t depth)
{
	if (!strcmp(xml->name, "attribute"))
		read_attribute(file, item, xml);
	if (depth < MOST_DEEP)
		BPR_I_XML_EACH(child, xml)
			read_inside(file, item, child, depth + 1);
}

void bpr_i_adonis_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml)
{
	if (item != BPR_NONE)
		read_inside(file, item, xml, 0);
}
