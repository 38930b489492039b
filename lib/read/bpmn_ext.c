/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bpr extension, urn:bpr:flow:1: every column of the flow table as an attribute of a node, rows of the companion tables as
 * elements inside extensionElements, and what tables say otherwise: share of a sequence flow, loop_prob and repeat of an activity.
 */
#include "config.h"
#include "base/num_i.h"
#include "read/bpmn_i.h"
#include <math.h>
#include <string.h>

enum { MOST_ROUNDS = 1000000 };

static bool own_column(const char *name)
{
	return !strcmp(name, "id") || !strcmp(name, "loop_prob") || !strcmp(name, "repeat");
}

/* BPMN says these itself. */
static bool refused_column(const char *name)
{
	static const char *const names[] = { "id", "next", "kind", "conditions", "flows", "on", "interrupting", "parallel" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static const struct bpr_column *column_of(const char *name)
{
	const struct bpr_column *column = refused_column(name) ? NULL : bpr_i_column_find(BPR_TABLE_FLOW, name, strlen(name));

	return column && !refused_column(column->key) ? column : NULL;
}

static struct bpr_place place_of(const struct bpmn_file *file, const struct bpr_xml_node *xml, const char *where)
{
	return (struct bpr_place){ file->reader->name, xml->line, xml->column, where };
}

/* bpr:unit="": none, though the node stands in a lane; bpr:trigger="": none, though it has a definition. */
static bool says_none(struct bpr_node *draft, const char *key)
{
	if (!strcmp(key, "unit"))
		draft->unit = BPR_NONE;
	else if (!strcmp(key, "trigger"))
		draft->trigger = NULL;
	else
		return false;
	return true;
}

bpr_status bpr_i_bpmn_cells(struct bpmn_frame *frame, size_t item, size_t node)
{
	const struct bpr_xml_node *xml = frame->file->items[item].xml;

	for (size_t i = 0; i < xml->count; i++) {
		const struct bpr_xml_attr *attr = &xml->attrs[i];
		const struct bpr_column *column;
		struct bpr_place place;
		const char *before;
		bpr_status status;

		if (strcmp(attr->ns, BPMN_BPR_NS) != 0 || own_column(attr->name))
			continue;
		column = column_of(attr->name);
		if (!column && !strcmp(attr->name, "kind") && bpr_i_xml_attr_ns(xml, BPMN_BPR_NS, "silent"))
			column = bpr_i_column_find(BPR_TABLE_FLOW, "kind", 4); /* the element only stands for it */
		if (!column) {
			bpr_i_bpmn_note(frame->file, BPR_I_X048, xml, NULL, attr->name, frame->file->items[item].id, NULL);
			continue;
		}
		if (!attr->length && says_none(bpr_i_builder_draft(frame->b, node), column->key))
			continue;
		if (!strcmp(column->key, "staff")) /* said here, so not there: BPSim or performers */
			bpr_i_builder_draft(frame->b, node)->need_count = 0;
		place = place_of(frame->file, xml, column->key);
		before = bpr_i_builder_from(frame->b, "bpr");
		status = bpr_i_builder_cell(frame->b, node, column, attr->value, attr->length, &place);
		(void)bpr_i_builder_from(frame->b, before);
		if (status)
			return status;
	}
	return BPR_OK;
}

/* What a sub-process may say too. */
static bool of_scope(const char *name, bool prob)
{
	return own_column(name) || !strcmp(name, "note") || !strcmp(name, "unit") || !strcmp(name, "id") || !strcmp(name, "type") ||
	       (prob && !strcmp(name, "prob"));
}

bool bpr_i_bpmn_has_cells(const struct bpr_xml_node *xml, bool prob)
{
	for (size_t i = 0; i < xml->count; i++)
		if (!strcmp(xml->attrs[i].ns, BPMN_BPR_NS) && !of_scope(xml->attrs[i].name, prob))
			return true;
	return false;
}

double bpr_i_bpmn_share(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *name, bool *percent)
{
	const struct bpr_xml_attr *attr = bpr_i_xml_attr_ns(xml, BPMN_BPR_NS, name);
	const struct bpr_place place = place_of(file, xml, name);
	double share;

	*percent = false;
	if (!attr || !attr->length)
		return (double)NAN;
	if (bpr_i_parse_share(attr->value, attr->length, &share, percent, file->reader->problems, &place))
		return share;
	file->error_count++;
	return (double)NAN;
}

size_t bpr_i_bpmn_repeat(struct bpmn_file *file, const struct bpr_xml_node *xml)
{
	const struct bpr_xml_attr *attr = bpr_i_xml_attr_ns(xml, BPMN_BPR_NS, "repeat");
	const char *value = attr ? attr->value : NULL;
	size_t length = attr ? bpr_i_xml_trim(&value, attr->length) : 0;
	size_t count;

	if (!length)
		return 0;
	if (bpr_i_num_parse_size(value, length, MOST_ROUNDS, &count) && count)
		return count;
	bpr_i_bpmn_note(file, BPR_I_X050, xml, "repeat", attr->value, NULL, NULL);
	return 0;
}

/* One row of forms, counters or staff: attributes are columns. */
static bpr_status row(struct bpmn_file *file, const struct bpr_xml_node *xml, enum bpr_table table, bpr_builder *b)
{
	enum { MOST = 32 };
	struct bpr_cell cells[MOST];
	size_t count = 0;
	const struct bpr_place place = place_of(file, xml, bpr_i_table_name(table));

	for (size_t i = 0; i < xml->count && count < MOST; i++) {
		const struct bpr_xml_attr *attr = &xml->attrs[i];
		const struct bpr_column *column = *attr->ns && strcmp(attr->ns, BPMN_BPR_NS) != 0 ? NULL :
			bpr_i_column_find(table, attr->name, strlen(attr->name));

		if (column)
			cells[count++] = (struct bpr_cell){ column, attr->value, attr->length };
		else if (!*attr->ns)
			bpr_i_bpmn_note(file, BPR_I_X048, xml, NULL, attr->name, bpr_i_table_name(table), NULL);
	}
	return bpr_i_builder_companion(b, table, cells, count, &place);
}

/* <bpr:demand key="per_day" value="80"/>: the key is the column. */
static bpr_status demand(struct bpmn_file *file, const struct bpr_xml_node *xml, bpr_builder *b)
{
	const struct bpr_xml_attr *key = bpr_i_xml_attr(xml, "key");
	const struct bpr_xml_attr *value = bpr_i_xml_attr(xml, "value");
	const struct bpr_column *column = key ? bpr_i_column_find(BPR_TABLE_DEMAND, key->value, key->length) : NULL;
	struct bpr_cell cell = { column, value ? value->value : "", value ? value->length : 0 };
	const struct bpr_place place = place_of(file, xml, column ? column->key : "demand");

	if (!column) {
		bpr_i_bpmn_note(file, BPR_I_X048, xml, NULL, key ? key->value : "key", "demand", NULL);
		return BPR_OK;
	}
	return bpr_i_builder_companion(b, BPR_TABLE_DEMAND, &cell, 1, &place);
}

bpr_status bpr_i_bpmn_companions(struct bpmn_file *file, const struct bpr_xml_node *holder, bpr_builder *b)
{
	const struct bpr_xml_node *extensions = bpr_i_xml_child(holder, BPMN_NS, "extensionElements");
	bpr_status status = BPR_OK;

	if (!extensions)
		return BPR_OK;
	(void)bpr_i_builder_from(b, "bpr");
	BPR_I_XML_EACH(xml, extensions) {
		enum bpr_table table = BPR_TABLE_FORMS;

		if (strcmp(xml->ns, BPMN_BPR_NS) != 0)
			continue;
		while (table < BPR_TABLE_COUNT && strcmp(xml->name, bpr_i_table_name(table)) != 0)
			table++;
		if (table == BPR_TABLE_COUNT)
			bpr_i_bpmn_note(file, BPR_I_X049, xml, NULL, xml->name, NULL, NULL);
		else
			status = table == BPR_TABLE_DEMAND ? demand(file, xml, b) : row(file, xml, table, b);
		if (status)
			return status;
	}
	return BPR_OK;
}
