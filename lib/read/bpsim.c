/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BPSim: the scenario to use, what it inherits, and its parameters by item. */
#include "config.h"
#include "read/bpsim_i.h"
#include <math.h>
#include <string.h>

static const char *attr_text(const struct bpr_xml_node *xml, const char *name)
{
	const struct bpr_xml_attr *attr = bpr_i_xml_attr(xml, name);

	return attr ? attr->value : "";
}

static const char *scenario_id(const struct bpr_xml_node *xml)
{
	return attr_text(xml, "id");
}

/* <BPSimData> and, of older jBPM, <ProcessAnalysisData>. */
void bpr_i_bpsim_take(struct bpmn_file *file, size_t item, const struct bpr_xml_node *xml)
{
	struct bpsim *s = file->sim->bpsim;

	(void)item;
	if (!bpr_i_bpsim_is(xml, "BPSimData") && !bpr_i_bpsim_is(xml, "ProcessAnalysisData"))
		return;
	if (!s) {
		s = bpr_i_calloc(1, sizeof(*s));
		file->nomem |= !s;
		file->sim->bpsim = s;
	}
	for (const struct bpr_xml_node *child = s ? bpr_i_xml_element(xml->first) : NULL; child; child = bpr_i_xml_element(child->next)) {
		if (!bpr_i_bpsim_is(child, "Scenario"))
			continue;
		if (!bpr_i_grow(&s->items, &s->capacity, s->count + 1, sizeof(*s->items))) {
			file->nomem = true;
			return;
		}
		s->items[s->count++] = (struct bpsim_scenario){ child, file->sim->now };
	}
}

static size_t find(const struct bpsim *all, const char *id)
{
	for (size_t i = 0; i < all->count; i++)
		if (!strcmp(scenario_id(all->items[i].xml), id))
			return i;
	return BPR_NONE;
}

static size_t find_named(const struct bpsim *all, const char *name)
{
	for (size_t i = 0; i < all->count; i++)
		if (!strcmp(attr_text(all->items[i].xml, "name"), name))
			return i;
	return BPR_NONE;
}

/* "S1, S2, S3" */
static void list(const struct bpsim *all, struct bpr_buf *buf)
{
	for (size_t i = 0; i < all->count; i++) {
		bpr_i_buf_puts(buf, i ? ", " : "");
		bpr_i_buf_puts(buf, scenario_id(all->items[i].xml));
	}
}

/* The one asked for, by id or name; else the first of the file that ranks highest. */
static size_t choose(struct bpmn_file *file, const struct bpsim *all)
{
	const char *wanted = file->reader->options->scenario;
	size_t chosen = wanted ? find(all, wanted) : 0;
	struct bpr_buf ids = BPR_BUF_INIT;

	if (wanted && chosen == BPR_NONE)
		chosen = find_named(all, wanted);
	for (size_t i = 1; i < all->count && !wanted; i++)
		if (all->items[i].from.rank > all->items[chosen].from.rank)
			chosen = i;
	list(all, &ids);
	if (ids.failed)
		file->nomem = true;
	else if (chosen == BPR_NONE)
		bpr_i_bpmn_note(file, BPR_I_X071, all->count ? all->items[0].xml : NULL, NULL, wanted, all->count ? ids.data : "-", NULL);
	else if (!wanted)
		bpr_i_bpmn_note(file, BPR_I_X070, all->items[chosen].xml, NULL, scenario_id(all->items[chosen].xml), ids.data, NULL);
	bpr_i_buf_release(&ids);
	return chosen;
}

static void read_times(struct bpmn_file *file, const struct bpr_xml_node *group, size_t item)
{
	static const char *const names[SIM_TIME_COUNT] = {
		"ProcessingTime", "SetUpTime", "ValidationTime", "ReworkTime", "WaitTime", "QueueTime", "TransferTime",
	};

	const struct bpr_xml_node *unit_xml = NULL;
	double unit = file->sim->bpsim->unit_min;
	struct bpr_dist time;

	/* jBPM's older form says the unit beside the times. */
	BPR_I_XML_EACH(xml, group)
		if (bpr_i_bpsim_is(xml, "TimeUnit"))
			unit_xml = bpr_i_bpsim_value(file, xml) ? bpr_i_bpsim_value(file, xml) : xml;
	unit = bpr_i_bpsim_unit(group, "TimeUnit", unit_xml ? bpr_i_bpsim_unit(unit_xml, "value", unit) : unit);
	BPR_I_XML_EACH(xml, group)
		for (size_t i = 0; i < SIM_TIME_COUNT; i++)
			if (bpr_i_bpsim_is(xml, names[i]) && bpr_i_bpsim_time(file, xml, unit, &time))
				bpr_i_sim_time(file, item, (enum sim_time)i, &time, xml->line);
}

static void unused(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	bpr_i_bpmn_note(file, BPR_I_X076, xml, NULL, bpr_i_sim_label(file->sim->now.source), xml->name, NULL);
}

/* The hours of a calendar by its id; false where there is none that is understood (noted). */
static bool calendar_week(struct bpmn_file *file, const struct bpr_xml_node *at, const char *id, size_t length, struct bpr_week *week)
{
	const struct bpsim *s = file->sim->bpsim;
	size_t found = bpr_i_names_find(&s->calendar_ids, id, length);

	if (found == BPR_NONE) {
		bpr_i_bpmn_note(file, BPR_I_X128, at, NULL, bpr_i_xml_attr(at, "validFor")->value, NULL, NULL);
		return false;
	}
	*week = s->calendars[found].week;
	return s->calendars[found].read;
}

static void keep_calendar(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	struct bpsim *s = file->sim->bpsim;
	struct bpr_buf text = BPR_BUF_INIT;
	size_t length;
	const char *id = bpr_i_xml_value(xml, "id", &length);
	struct bpsim_calendar *calendar;
	bool added;

	if (!id)
		return;
	if (!bpr_i_grow(&s->calendars, &s->calendar_capacity, s->calendar_ids.count + 1, sizeof(*s->calendars)) ||
	    bpr_i_names_add(&s->calendar_ids, id, length, &added) == BPR_NONE) {
		file->nomem = true;
		return;
	}
	if (!added)
		return;
	calendar = &s->calendars[s->calendar_ids.count - 1];
	bpr_i_xml_text(&text, xml);
	file->nomem |= text.failed != BPR_OK;
	calendar->read = !text.failed && text.data && bpr_i_ical_read(text.data, text.length, &calendar->week);
	bpr_i_buf_release(&text);
	if (!calendar->read)
		bpr_i_bpmn_note(file, BPR_I_X122, xml, NULL, bpr_i_xml_attr(xml, "id")->value, NULL, NULL);
}

/* The first resource that goes by a name, or by a role. */
static void name_resource(struct bpmn_file *file, const char *name, size_t length, size_t item)
{
	struct bpsim *s = file->sim->bpsim;
	bool added;
	size_t at = bpr_i_names_add(&s->resource_names, name, length, &added);

	if (at == BPR_NONE || !bpr_i_grow(&s->resources, &s->resource_capacity, s->resource_names.count, sizeof(*s->resources)))
		file->nomem = true;
	else if (added)
		s->resources[at] = item;
}

/* <ResourceParameters><Role><StringParameter value="…"/> of a resource. */
static void name_roles(struct bpmn_file *file, const struct bpr_xml_node *element)
{
	bool written;
	size_t item = bpr_i_bpmn_find_attr(file, element, bpr_i_xml_attr(element, "elementRef") ? "elementRef" : "elementId", &written);

	if (item == BPR_NONE || file->items[item].element->role != BPMN_RESOURCE)
		return;
	BPR_I_XML_EACH(group, element)
		BPR_I_XML_EACH(role, group)
			BPR_I_XML_EACH(value, role) {
				size_t length;
				const char *name = bpr_i_bpsim_is(role, "Role") ? bpr_i_xml_value(value, "value", &length) : NULL;

				if (name)
					name_resource(file, name, length, item);
			}
}

/* Calendars of all scenarios, and resources by their names and roles. */
static void prepare(struct bpmn_file *file)
{
	const struct bpsim *s = file->sim->bpsim;

	for (size_t i = 0; i < file->item_count; i++)
		if (file->items[i].element->role == BPMN_RESOURCE)
			name_resource(file, bpr_i_bpmn_label(file, i), strlen(bpr_i_bpmn_label(file, i)), i);
	for (size_t i = 0; i < s->count; i++)
		BPR_I_XML_EACH(xml, s->items[i].xml)
			if (bpr_i_bpsim_is(xml, "Calendar"))
				keep_calendar(file, xml);
			else if (bpr_i_bpsim_is(xml, "ElementParameters"))
				name_roles(file, xml);
}

/* The hours in which values of a parameter hold, where every one names a calendar. False: always, or not known. */
static bool valid_hours(struct bpmn_file *file, const struct bpr_xml_node *parameter, struct bpr_week *week)
{
	bool any = false;

	*week = (struct bpr_week){ 0 };
	BPR_I_XML_EACH(xml, parameter) {
		size_t length;
		const char *id = bpr_i_xml_value(xml, "validFor", &length);
		const struct bpr_xml_attr *value = bpr_i_xml_attr(xml, "value");
		struct bpr_week one;

		if (bpr_i_bpsim_is(xml, "ResultRequest"))
			continue;
		if (!id || !calendar_week(file, xml, id, length, &one))
			return false;
		if (value && (!strcmp(value->value, "false") || !strcmp(value->value, "0")))
			continue; /* away at these times */
		bpr_i_week_merge(week, &one);
		any = true;
	}
	return any;
}

/* The value of one child alone, with what its parameter is called. */
static bool child_time(struct bpmn_file *file, const struct bpr_xml_node *parameter, const struct bpr_xml_node *child, struct bpr_dist *out)
{
	struct bpr_xml_node alone = *parameter;
	struct bpr_xml_node copy = *child;

	copy.next = NULL;
	alone.first = &copy;
	return bpr_i_bpsim_time(file, &alone, file->sim->bpsim->unit_min, out) && bpr_dist_mean(out) > 0;
}

static bool put_window(const struct bpr_week *week, const struct bpr_dist *between, struct bpr_buf *out)
{
	char room[256];
	size_t days;

	if (!(bpr_i_week_minutes(week, &days) > 0) || bpr_dist_format(between, room, sizeof(room)) >= sizeof(room))
		return true;
	if (out->length)
		bpr_i_buf_puts(out, "; ");
	return bpr_i_week_windows(week, room, out);
}

/*
 * A timer whose values hold by calendars: each its windows, the one without a calendar in the rest of the week. False: no value or
 * one only names a calendar, or a calendar is not understood.
 */
static bool read_windows(struct bpmn_file *file, const struct bpr_xml_node *timer, size_t item)
{
	const struct bpr_xml_node *otherwise = NULL;
	struct bpr_week all = { 0 }, one;
	struct bpr_buf text = BPR_BUF_INIT;
	struct bpr_dist between = { 0 }, first = { 0 };
	size_t windows = 0, values = 0, days, length;
	bool exact = true;

	BPR_I_XML_EACH(xml, timer) {
		const char *id = bpr_i_xml_value(xml, "validFor", &length);

		if (bpr_i_bpsim_is(xml, "ResultRequest"))
			continue;
		values++;
		if (!id) {
			otherwise = xml;
		} else if (calendar_week(file, xml, id, length, &one) && child_time(file, timer, xml, &between)) {
			exact &= put_window(&one, &between, &text);
			bpr_i_week_merge(&all, &one);
			first = windows++ ? first : between;
		}
	}
	if (!windows || values < 2) {
		bpr_i_buf_release(&text);
		return false;
	}
	bpr_i_week_rest(&all, &one);
	if (otherwise && bpr_i_week_minutes(&one, &days) > 0 && child_time(file, timer, otherwise, &between))
		exact &= put_window(&one, &between, &text);
	if (!exact)
		bpr_i_bpmn_note(file, BPR_I_X123, timer, NULL, bpr_i_sim_label(file->sim->now.source), bpr_i_bpmn_label(file, item), text.data);
	bpr_i_sim_windows(file, item, &first, &text, timer->line);
	return true;
}

static void read_trigger_count(struct bpmn_file *file, const struct bpr_xml_node *xml, size_t item)
{
	double run = file->sim->bpsim->duration_min;
	struct bpr_dist between;
	double count;

	if (!bpr_i_bpsim_value(file, xml) || !bpr_i_bpsim_number(file, xml, &count) || !(count > 0))
		return;
	if (isnan(run)) {
		bpr_i_bpmn_note(file, BPR_I_X127, xml, NULL, xml->name, NULL, NULL);
		return;
	}
	between = bpr_i_delay_constant(run / count);
	if (file->sim->of_item[item] == BPR_NONE || !file->sim->params[file->sim->of_item[item]].arrivals_from.source)
		bpr_i_sim_arrivals(file, item, &between, xml->line);
}

static void read_control(struct bpmn_file *file, const struct bpr_xml_node *group, size_t item)
{
	struct bpr_dist between;
	struct bpr_week week;
	double prob;

	BPR_I_XML_EACH(xml, group) {
		if (bpr_i_bpsim_is(xml, "Probability")) {
			if (bpr_i_bpsim_number(file, xml, &prob))
				bpr_i_sim_prob(file, item, prob, xml->line);
		} else if (bpr_i_bpsim_is(xml, "InterTriggerTimer")) {
			if (read_windows(file, xml, item))
				continue;
			if (bpr_i_bpsim_time(file, xml, file->sim->bpsim->unit_min, &between))
				bpr_i_sim_arrivals(file, item, &between, xml->line);
			if (valid_hours(file, xml, &week))
				bpr_i_sim_open(file, item, &week, xml->line);
		} else if (bpr_i_bpsim_is(xml, "TriggerCount")) {
			continue; /* behind the timer, which says it better */
		} else if (bpr_i_bpsim_value(file, xml)) {
			unused(file, xml);
		}
	}
	BPR_I_XML_EACH(xml, group)
		if (bpr_i_bpsim_is(xml, "TriggerCount"))
			read_trigger_count(file, xml, item);
}

static void read_cost(struct bpmn_file *file, const struct bpr_xml_node *group, size_t item)
{
	const struct bpr_xml_node *value;
	double x, unit;

	BPR_I_XML_EACH(xml, group) {
		if (bpr_i_bpsim_is(xml, "FixedCost") && bpr_i_bpsim_number(file, xml, &x)) {
			bpr_i_sim_cost(file, item, x, (double)NAN, xml->line);
		} else if (bpr_i_bpsim_is(xml, "UnitCost") && bpr_i_bpsim_number(file, xml, &x)) {
			value = bpr_i_bpsim_value(file, xml);
			unit = bpr_i_bpsim_unit(value ? value : xml, "timeUnit", file->sim->bpsim->unit_min);
			bpr_i_sim_cost(file, item, (double)NAN, x / unit, xml->line);
			if (file->items[item].element->role == BPMN_RESOURCE)
				bpr_i_sim_pool_rate(file, bpr_i_bpsim_pool(file, item), x / unit * 60, xml->line);
		}
	}
}

static const char *skip_blank(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\n'))
		at++;
	return at;
}

/* Resource by id, by name; BPR_NONE. */
static size_t find_resource(struct bpmn_file *file, const char *name, size_t length)
{
	size_t at = bpr_i_bpmn_find(file, name, length);

	if (at != BPR_NONE && file->items[at].element->role == BPMN_RESOURCE)
		return at;
	at = bpr_i_names_find(&file->sim->bpsim->resource_names, name, length);
	return at == BPR_NONE ? BPR_NONE : file->sim->bpsim->resources[at];
}

/* getResource('role', 2): one call, from its bracket on. */
static const char *read_call(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *at, const char *end, size_t item)
{
	const char *name, *close;
	size_t count = 0;
	size_t resource;

	at = skip_blank(at, end);
	if (at >= end || (*at != '\'' && *at != '"'))
		return NULL;
	name = at + 1;
	close = memchr(name, *at, (size_t)(end - name));
	if (!close)
		return NULL;
	at = skip_blank(close + 1, end);
	if (at < end && *at == ',')
		for (at = skip_blank(at + 1, end); at < end && *at >= '0' && *at <= '9' && count < 100000; at++)
			count = count * 10 + (size_t)(*at - '0');
	resource = find_resource(file, name, (size_t)(close - name));
	if (resource == BPR_NONE)
		(void)bpr_i_sim_find(file, xml, name, (size_t)(close - name));
	else
		bpr_i_sim_need(file, item, bpr_i_bpsim_pool(file, resource), count ? (double)count : 1, xml->line);
	return at;
}

/* bpsim:getResource('a', 1), joined by "and"; of alternatives ("or", orResource) the first one. */
/* Behind the bracket of a call that begins there: getResource(, getResourceByRoles(; NULL else. */
static const char *call_at(const char *at, const char *end)
{
	static const char *const calls[] = { "getResource(", "getResourceByRoles(" };

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if ((size_t)(end - at) > strlen(calls[i]) && !memcmp(at, calls[i], strlen(calls[i])))
			return at + strlen(calls[i]);
	return NULL;
}

static void read_selection(struct bpmn_file *file, const struct bpr_xml_node *parameter, size_t item)
{
	const struct bpr_xml_node *value = bpr_i_bpsim_value(file, parameter);
	size_t length;
	const char *at = value ? bpr_i_xml_value(value, "value", &length) : NULL;
	const char *end = at ? at + length : NULL;
	bool understood = false;

	if (!at)
		return;
	bpr_i_sim_need_none(file, item, parameter->line);
	while (at < end) {
		const char *call = call_at(at, end);

		if (understood && ((end - at > 4 && !memcmp(at, " or ", 4)) || *at == '|')) {
			bpr_i_bpmn_note(file, BPR_I_X080, value, NULL, bpr_i_xml_attr(value, "value")->value, NULL, NULL);
			return;
		}
		if (!call) {
			at++;
			continue;
		}
		at = read_call(file, value, call, end, item);
		if (!at)
			break;
		understood = true;
	}
	if (!understood)
		bpr_i_bpmn_note(file, BPR_I_X079, value, NULL, bpr_i_xml_attr(value, "value")->value, NULL, NULL);
}

/* Numbers of people that hold by calendars: each a shift, where nobody is there otherwise. False: something else. */
static bool read_shifts(struct bpmn_file *file, const struct bpr_xml_node *parameter, size_t item)
{
	size_t values = 0;

	BPR_I_XML_EACH(xml, parameter)
		values += bpr_i_xml_attr(xml, "value") != NULL;
	for (int put = 0; put < 2 && values > 1; put++)
		BPR_I_XML_EACH(xml, parameter) {
			struct bpr_xml_node alone = *parameter;
			struct bpr_xml_node copy = *xml;
			struct bpr_week week;
			double people;
			size_t length;
			const char *id = bpr_i_xml_value(xml, "validFor", &length);

			copy.next = NULL;
			alone.first = &copy;
			if (!bpr_i_xml_attr(xml, "value"))
				continue;
			if (!bpr_i_bpsim_number(file, &alone, &people) || (!id && people > 0))
				return false;
			if (id && (!calendar_week(file, xml, id, length, &week) || fabs(people - floor(people)) > 0))
				return false;
			if (put && id && people > 0)
				bpr_i_sim_pool_shift(file, bpr_i_bpsim_pool(file, item), people, &week, xml->line);
		}
	return values > 1;
}

/* People: the one number, or by calendars; else the largest of the day. */
static void read_quantity(struct bpmn_file *file, const struct bpr_xml_node *parameter, size_t item)
{
	double most = (double)NAN;
	size_t count = 0;

	BPR_I_XML_EACH(xml, parameter) {
		struct bpr_xml_node alone = *parameter;
		struct bpr_xml_node copy = *xml;
		double x;

		copy.next = NULL;
		alone.first = &copy;
		if (!bpr_i_xml_attr(xml, "value") || !bpr_i_bpsim_number(file, &alone, &x))
			continue;
		most = most >= x ? most : x;
		count++;
	}
	if (count > 1)
		bpr_i_bpmn_note(file, BPR_I_X078, parameter, NULL, parameter->name, NULL, NULL);
	bpr_i_sim_pool_count(file, bpr_i_bpsim_pool(file, item), most, parameter->line);
}

/* When people of a resource are there. */
static void read_hours(struct bpmn_file *file, const struct bpr_xml_node *parameter, size_t item)
{
	const struct bpr_week *weeks[1];
	struct bpr_week week;

	if (!valid_hours(file, parameter, &week))
		return;
	weeks[0] = &week;
	bpr_i_sim_pool_hours(file, bpr_i_bpsim_pool(file, item), weeks, 1, parameter->line);
}

static void read_resources(struct bpmn_file *file, const struct bpr_xml_node *group, size_t item)
{
	bool resource = file->items[item].element->role == BPMN_RESOURCE;

	BPR_I_XML_EACH(xml, group) {
		if (bpr_i_bpsim_is(xml, "Selection")) {
			read_selection(file, xml, item);
		} else if (resource && bpr_i_bpsim_is(xml, "Quantity")) {
			if (read_shifts(file, xml, item))
				continue;
			read_quantity(file, xml, item);
			read_hours(file, xml, item);
		} else if (resource && bpr_i_bpsim_is(xml, "Availability")) {
			read_hours(file, xml, item);
		} else if (resource && bpr_i_bpsim_is(xml, "Role")) {
			continue; /* known already: selections may have come before */
		} else if (bpr_i_bpsim_value(file, xml)) {
			unused(file, xml);
		}
	}
}

static void read_element(struct bpmn_file *file, const struct bpr_xml_node *element)
{
	const char *attr = bpr_i_xml_attr(element, "elementRef") ? "elementRef" : "elementId";
	size_t item = bpr_i_sim_item(file, element, attr);

	if (item == BPR_NONE && !bpr_i_xml_attr(element, attr))
		(void)bpr_i_sim_find(file, element, "", 0);
	if (item == BPR_NONE)
		return;
	BPR_I_XML_EACH(group, element) {
		if (bpr_i_bpsim_is(group, "TimeParameters"))
			read_times(file, group, item);
		else if (bpr_i_bpsim_is(group, "ControlParameters"))
			read_control(file, group, item);
		else if (bpr_i_bpsim_is(group, "CostParameters"))
			read_cost(file, group, item);
		else if (bpr_i_bpsim_is(group, "ResourceParameters"))
			read_resources(file, group, item);
		else if (bpr_i_bpsim_is(group, "PriorityParameters") || bpr_i_bpsim_is(group, "PropertyParameters"))
			unused(file, group);
	}
}

static void read_scenario(struct bpmn_file *file, const struct bpr_xml_node *scenario)
{
	struct bpsim *s = file->sim->bpsim;

	BPR_I_XML_EACH(xml, scenario) {
		if (bpr_i_bpsim_is(xml, "ScenarioParameters")) {
			s->unit_min = bpr_i_bpsim_unit(xml, "baseTimeUnit", s->unit_min);
			bpr_i_sim_currency(file, xml, attr_text(xml, "baseCurrencyUnit"));
			BPR_I_XML_EACH(child, xml) {
				struct bpr_dist run;

				if (bpr_i_bpsim_is(child, "Duration") && bpr_i_bpsim_time(file, child, s->unit_min, &run))
					s->duration_min = bpr_dist_mean(&run);
			}
		} else if (bpr_i_bpsim_is(xml, "ElementParameters")) {
			read_element(file, xml);
		}
	}
}

/* From the scenario that all others build on to the chosen one. */
static void read_chain(struct bpmn_file *file, size_t chosen, size_t depth)
{
	const struct bpsim *all = file->sim->bpsim;
	const struct bpsim_scenario *own = &all->items[chosen];
	const char *base = attr_text(own->xml, "inherits");
	size_t at = *base ? find(all, base) : BPR_NONE;
	unsigned rank = file->sim->now.rank;

	if (*base && (at == BPR_NONE || depth >= all->count || depth >= file->reader->options->max_depth))
		bpr_i_bpmn_note(file, BPR_I_X072, own->xml, NULL, scenario_id(own->xml), base, NULL);
	else if (at != BPR_NONE)
		read_chain(file, at, depth + 1);
	if (depth >= all->count)
		return;
	file->sim->now = own->from;
	file->sim->now.rank = rank;
	file->side = own->from.file;
	read_scenario(file, own->xml);
}

bpr_status bpr_i_bpsim_finish(struct bpmn_file *file)
{
	static const struct bpsim none = { 0 };
	const struct bpsim *all = file->sim->bpsim ? file->sim->bpsim : &none;
	size_t chosen = all->count || file->reader->options->scenario ? choose(file, all) : BPR_NONE;

	if (chosen == BPR_NONE)
		return file->nomem ? BPR_ENOMEM : BPR_OK;
	file->sim->bpsim->unit_min = 1;
	file->sim->bpsim->duration_min = (double)NAN;
	file->sim->now = all->items[chosen].from;
	prepare(file);
	if (!file->nomem)
		read_chain(file, chosen, 0);
	file->side = NULL;
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}

size_t bpr_i_bpsim_pool(struct bpmn_file *file, size_t resource)
{
	size_t pool = bpr_i_sim_pool(file, file->items[resource].id, strlen(file->items[resource].id));
	const char *label = bpr_i_bpmn_label(file, resource);

	bpr_i_sim_pool_name(file, pool, label, strlen(label));
	return pool;
}

void bpr_i_bpsim_free(struct bpsim *bpsim)
{
	if (!bpsim)
		return;
	bpr_i_free(bpsim->items);
	bpr_i_free(bpsim->calendars);
	bpr_i_free(bpsim->resources);
	bpr_i_names_release(&bpsim->calendar_ids);
	bpr_i_names_release(&bpsim->resource_names);
	bpr_i_free(bpsim);
}
