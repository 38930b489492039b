/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenario to use, what it inherits, and its parameters by item. */
#include "config.h"
#include "read/bpsim_i.h"
#include <math.h>
#include <string.h>

struct scenarios {
	const struct bpr_xml_node **items;
	size_t count, capacity;
};

static const char *scenario_id(const struct bpr_xml_node *xml)
{
	const struct bpr_xml_attr *id = bpr_i_xml_attr(xml, "id");

	return id ? id->value : "";
}

static bpr_status gather(struct bpmn_file *file, struct scenarios *all)
{
	BPR_I_XML_EACH(relationship, file->xml.root) {
		const struct bpr_xml_node *extensions = bpr_i_xml_is(relationship, BPMN_NS, "relationship") ?
			bpr_i_xml_child(relationship, BPMN_NS, "extensionElements") : NULL;

		if (!extensions)
			continue;
		BPR_I_XML_EACH(data, extensions) {
			if (!bpr_i_bpsim_is(data, "BPSimData"))
				continue;
			BPR_I_XML_EACH(xml, data) {
				if (!bpr_i_bpsim_is(xml, "Scenario"))
					continue;
				if (!bpr_i_grow(&all->items, &all->capacity, all->count + 1, sizeof(*all->items)))
					return BPR_ENOMEM;
				all->items[all->count++] = xml;
			}
		}
	}
	return BPR_OK;
}

static size_t find(const struct scenarios *all, const char *id)
{
	for (size_t i = 0; i < all->count; i++)
		if (!strcmp(scenario_id(all->items[i]), id))
			return i;
	return BPR_NONE;
}

/* "S1, S2, S3" */
static void list(const struct scenarios *all, struct bpr_buf *buf)
{
	for (size_t i = 0; i < all->count; i++) {
		bpr_i_buf_puts(buf, i ? ", " : "");
		bpr_i_buf_puts(buf, scenario_id(all->items[i]));
	}
}

static size_t choose(struct bpmn_file *file, const struct scenarios *all)
{
	const char *wanted = file->reader->options->scenario;
	size_t chosen = wanted ? find(all, wanted) : 0;
	struct bpr_buf ids = BPR_BUF_INIT;

	list(all, &ids);
	if (ids.failed)
		file->nomem = true;
	else if (chosen == BPR_NONE)
		bpr_i_bpmn_note(file, BPR_I_X071, all->count ? all->items[0] : NULL, NULL, wanted, all->count ? ids.data : "-", NULL);
	else if (!wanted)
		bpr_i_bpmn_note(file, BPR_I_X070, all->items[0], NULL, scenario_id(all->items[0]), ids.data, NULL);
	bpr_i_buf_release(&ids);
	return chosen;
}

/* The parameters of an item, made where new; NULL out of memory. */
static struct bpsim_params *params(struct bpmn_file *file, size_t item)
{
	struct bpsim *s = file->bpsim;

	if (s->of_item[item] == BPR_NONE) {
		if (!bpr_i_grow(&s->params, &s->capacity, s->count + 1, sizeof(*s->params))) {
			file->nomem = true;
			return NULL;
		}
		s->params[s->count] = (struct bpsim_params){ .item = item, .prob = (double)NAN, .triggers = (double)NAN, .quantity = (double)NAN };
		s->of_item[item] = s->count++;
	}
	return &s->params[s->of_item[item]];
}

static void read_times(struct bpmn_file *file, const struct bpr_xml_node *group, struct bpsim_params *p)
{
	static const char *const names[BPSIM_TIME_COUNT] = {
		"ProcessingTime", "SetUpTime", "ValidationTime", "ReworkTime", "WaitTime", "QueueTime", "TransferTime",
	};

	BPR_I_XML_EACH(xml, group)
		for (size_t i = 0; i < BPSIM_TIME_COUNT; i++)
			if (bpr_i_bpsim_is(xml, names[i]) && bpr_i_bpsim_time(file, xml, file->bpsim->unit_min, &p->time[i]))
				p->times |= 1u << i;
}

static void read_control(struct bpmn_file *file, const struct bpr_xml_node *group, struct bpsim_params *p)
{
	BPR_I_XML_EACH(xml, group) {
		if (bpr_i_bpsim_is(xml, "Probability"))
			(void)bpr_i_bpsim_number(file, xml, &p->prob);
		else if (bpr_i_bpsim_is(xml, "InterTriggerTimer"))
			p->has_arrivals |= bpr_i_bpsim_time(file, xml, file->bpsim->unit_min, &p->arrivals);
		else if (bpr_i_bpsim_is(xml, "TriggerCount"))
			(void)bpr_i_bpsim_number(file, xml, &p->triggers);
		else if (bpr_i_bpsim_value(file, xml))
			bpr_i_bpmn_note(file, BPR_I_X076, xml, NULL, xml->name, NULL, NULL);
	}
}

static void read_cost(struct bpmn_file *file, const struct bpr_xml_node *group, struct bpsim_params *p)
{
	double x;

	BPR_I_XML_EACH(xml, group) {
		if (bpr_i_bpsim_is(xml, "FixedCost") && bpr_i_bpsim_number(file, xml, &x))
			p->fixed_cost = x;
		else if (bpr_i_bpsim_is(xml, "UnitCost") && bpr_i_bpsim_number(file, xml, &x)) {
			const struct bpr_xml_node *value = bpr_i_bpsim_value(file, xml);

			p->unit_cost = x / bpr_i_bpsim_unit(value ? value : xml, "timeUnit", file->bpsim->unit_min);
		}
	}
}

static const char *skip_blank(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\n'))
		at++;
	return at;
}

/* Resources by their names, in step with resources. */
static bpr_status name_resources(struct bpmn_file *file)
{
	struct bpsim *s = file->bpsim;
	size_t capacity = 0;

	for (size_t i = 0; i < file->item_count; i++) {
		const char *label;
		bool added;
		size_t at;

		if (file->items[i].element->role != BPMN_RESOURCE)
			continue;
		label = bpr_i_bpmn_label(file, i);
		at = bpr_i_names_add(&s->resource_names, label, strlen(label), &added);
		if (at == BPR_NONE || !bpr_i_grow(&s->resources, &capacity, s->resource_names.count, sizeof(*s->resources)))
			return BPR_ENOMEM;
		if (added)
			s->resources[at] = i;
	}
	return BPR_OK;
}

/* Resource by id, by name; BPR_NONE. */
static size_t find_resource(struct bpmn_file *file, const char *name, size_t length)
{
	size_t at = bpr_i_bpmn_find(file, name, length);

	if (at != BPR_NONE && file->items[at].element->role == BPMN_RESOURCE)
		return at;
	at = bpr_i_names_find(&file->bpsim->resource_names, name, length);
	return at == BPR_NONE ? BPR_NONE : file->bpsim->resources[at];
}

/* getResource('role', 2): one call, from its bracket on. */
static const char *read_call(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *at, const char *end, struct bpsim_params *p)
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
	if (resource == BPR_NONE) {
		bpr_i_bpmn_note(file, BPR_I_X073, xml, NULL, name, NULL, NULL);
		return at;
	}
	if (p->need_count < BPSIM_MOST_NEEDS)
		p->needs[p->need_count++] = (struct bpsim_need){ resource, count ? count : 1 };
	return at;
}

/* bpsim:getResource('a', 1), joined by "and"; of alternatives ("or", orResource) the first one. */
static void read_selection(struct bpmn_file *file, const struct bpr_xml_node *parameter, struct bpsim_params *p)
{
	static const char call[] = "getResource";
	const struct bpr_xml_node *value = bpr_i_bpsim_value(file, parameter);
	size_t length;
	const char *at = value ? bpr_i_xml_value(value, "value", &length) : NULL;
	const char *end = at ? at + length : NULL;
	bool understood = false;

	if (!at)
		return;
	p->need_count = 0;
	while (end - at >= (ptrdiff_t)sizeof(call)) {
		if (understood && ((end - at > 4 && !memcmp(at, " or ", 4)) || *at == '|')) {
			bpr_i_bpmn_note(file, BPR_I_X080, value, NULL, bpr_i_xml_attr(value, "value")->value, NULL, NULL);
			return;
		}
		if (memcmp(at, call, sizeof(call) - 1) != 0 || at[sizeof(call) - 1] != '(') {
			at++;
			continue;
		}
		at = read_call(file, value, at + sizeof(call), end, p);
		if (!at)
			break;
		understood = true;
	}
	if (!understood)
		bpr_i_bpmn_note(file, BPR_I_X079, value, NULL, bpr_i_xml_attr(value, "value")->value, NULL, NULL);
}

/* People: the one number, or the largest of the day where calendars change it. */
static void read_quantity(struct bpmn_file *file, const struct bpr_xml_node *parameter, struct bpsim_params *p)
{
	double most = (double)NAN;

	BPR_I_XML_EACH(xml, parameter) {
		struct bpr_xml_node alone = *parameter;
		struct bpr_xml_node copy = *xml;
		double x;

		copy.next = NULL;
		alone.first = &copy;
		if (bpr_i_xml_attr(xml, "value") && bpr_i_bpsim_number(file, &alone, &x) && !(most >= x))
			most = x;
	}
	if (!isnan(most))
		p->quantity = most;
}

static void read_resources(struct bpmn_file *file, const struct bpr_xml_node *group, struct bpsim_params *p)
{
	BPR_I_XML_EACH(xml, group) {
		if (bpr_i_bpsim_is(xml, "Selection"))
			read_selection(file, xml, p);
		else if (bpr_i_bpsim_is(xml, "Quantity"))
			read_quantity(file, xml, p);
		else if (bpr_i_bpsim_value(file, xml))
			bpr_i_bpmn_note(file, BPR_I_X076, xml, NULL, xml->name, NULL, NULL);
	}
}

static void read_element(struct bpmn_file *file, const struct bpr_xml_node *element)
{
	const struct bpr_xml_attr *ref = bpr_i_xml_attr(element, "elementRef");
	bool written;
	size_t item = bpr_i_bpmn_find_attr(file, element, "elementRef", &written);
	struct bpsim_params *p = item == BPR_NONE ? NULL : params(file, item);

	if (item == BPR_NONE)
		bpr_i_bpmn_note(file, BPR_I_X073, element, NULL, ref ? ref->value : "", NULL, NULL);
	if (!p)
		return;
	BPR_I_XML_EACH(group, element) {
		if (bpr_i_bpsim_is(group, "TimeParameters"))
			read_times(file, group, p);
		else if (bpr_i_bpsim_is(group, "ControlParameters"))
			read_control(file, group, p);
		else if (bpr_i_bpsim_is(group, "CostParameters"))
			read_cost(file, group, p);
		else if (bpr_i_bpsim_is(group, "ResourceParameters"))
			read_resources(file, group, p);
		else if (bpr_i_bpsim_is(group, "PriorityParameters") || bpr_i_bpsim_is(group, "PropertyParameters"))
			bpr_i_bpmn_note(file, BPR_I_X076, group, NULL, group->name, NULL, NULL);
	}
}

static void read_scenario(struct bpmn_file *file, const struct bpr_xml_node *scenario)
{
	BPR_I_XML_EACH(xml, scenario) {
		if (bpr_i_bpsim_is(xml, "ScenarioParameters")) {
			file->bpsim->unit_min = bpr_i_bpsim_unit(xml, "baseTimeUnit", file->bpsim->unit_min);
			BPR_I_XML_EACH(child, xml) {
				struct bpr_dist run;

				if (bpr_i_bpsim_is(child, "Duration") && bpr_i_bpsim_time(file, child, file->bpsim->unit_min, &run))
					file->bpsim->duration_min = bpr_dist_mean(&run);
			}
		} else if (bpr_i_bpsim_is(xml, "ElementParameters")) {
			read_element(file, xml);
		}
	}
}

/* From the scenario that all others build on to the chosen one. */
static void read_chain(struct bpmn_file *file, const struct scenarios *all, size_t chosen, size_t depth)
{
	const struct bpr_xml_attr *base = bpr_i_xml_attr(all->items[chosen], "inherits");
	size_t at = base && base->length ? find(all, base->value) : BPR_NONE;

	if (base && base->length && (at == BPR_NONE || depth >= all->count || depth >= file->reader->options->max_depth))
		bpr_i_bpmn_note(file, BPR_I_X072, all->items[chosen], NULL, scenario_id(all->items[chosen]), base->value, NULL);
	else if (at != BPR_NONE)
		read_chain(file, all, at, depth + 1);
	if (depth < all->count)
		read_scenario(file, all->items[chosen]);
}

static bpr_status open_bpsim(struct bpmn_file *file)
{
	struct bpsim *s = bpr_i_calloc(1, sizeof(*s));

	file->bpsim = s;
	if (!s)
		return BPR_ENOMEM;
	s->unit_min = 1;
	s->duration_min = (double)NAN;
	s->of_item = bpr_i_calloc(file->item_count, sizeof(*s->of_item));
	s->used = bpr_i_calloc(file->item_count, sizeof(*s->used));
	if (!s->of_item || !s->used)
		return BPR_ENOMEM;
	for (size_t i = 0; i < file->item_count; i++)
		s->of_item[i] = BPR_NONE;
	return name_resources(file);
}

bpr_status bpr_i_bpsim_read(struct bpmn_file *file)
{
	struct scenarios all = { 0 };
	bpr_status status = gather(file, &all);
	size_t chosen = BPR_NONE;

	if (!status && (all.count || file->reader->options->scenario))
		chosen = choose(file, &all);
	if (chosen != BPR_NONE) {
		status = open_bpsim(file);
		if (!status) {
			read_chain(file, &all, chosen, 0);
			status = bpr_i_bpsim_shares(file);
		}
	}
	bpr_i_free(all.items);
	return status ? status : file->nomem ? BPR_ENOMEM : BPR_OK;
}

void bpr_i_bpsim_free(struct bpsim *bpsim)
{
	if (!bpsim)
		return;
	bpr_i_free(bpsim->params);
	bpr_i_free(bpsim->of_item);
	bpr_i_free(bpsim->used);
	bpr_i_free(bpsim->resources);
	bpr_i_names_release(&bpsim->resource_names);
	bpr_i_free(bpsim);
}
