/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at a tree: names by namespace, attributes, texts. */
#include "config.h"
#include "xml/xml_i.h"
#include <string.h>

bool bpr_i_xml_is(const struct bpr_xml_node *node, const char *ns, const char *name)
{
	return node->name && !strcmp(node->name, name) && !strcmp(node->ns, ns);
}

const struct bpr_xml_node *bpr_i_xml_element(const struct bpr_xml_node *node)
{
	while (node && !node->name)
		node = node->next;
	return node;
}

const struct bpr_xml_node *bpr_i_xml_child(const struct bpr_xml_node *node, const char *ns, const char *name)
{
	BPR_I_XML_EACH(child, node)
		if (bpr_i_xml_is(child, ns, name))
			return child;
	return NULL;
}

const struct bpr_xml_attr *bpr_i_xml_attr_ns(const struct bpr_xml_node *node, const char *ns, const char *name)
{
	for (size_t i = 0; i < node->count; i++)
		if (!strcmp(node->attrs[i].name, name) && !strcmp(node->attrs[i].ns, ns))
			return &node->attrs[i];
	return NULL;
}

const struct bpr_xml_attr *bpr_i_xml_attr(const struct bpr_xml_node *node, const char *name)
{
	return bpr_i_xml_attr_ns(node, "", name);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

size_t bpr_i_xml_trim(const char **text, size_t length)
{
	while (length && is_space(**text)) {
		(*text)++;
		length--;
	}
	while (length && is_space((*text)[length - 1]))
		length--;
	return length;
}

const char *bpr_i_xml_value(const struct bpr_xml_node *node, const char *name, size_t *length)
{
	const struct bpr_xml_attr *attr = bpr_i_xml_attr(node, name);
	const char *value = attr ? attr->value : NULL;

	*length = attr ? bpr_i_xml_trim(&value, attr->length) : 0;
	return *length ? value : NULL;
}

static void add_texts(struct bpr_buf *buf, const struct bpr_xml_node *top)
{
	const struct bpr_xml_node *node = top->first;

	while (node) {
		if (!node->name)
			bpr_i_buf_add(buf, node->text, node->count);
		if (node->name && node->first) {
			node = node->first;
			continue;
		}
		while (node != top && !node->next)
			node = node->parent;
		node = node == top ? NULL : node->next;
	}
}

void bpr_i_xml_text(struct bpr_buf *buf, const struct bpr_xml_node *node)
{
	size_t from = buf->length;
	const char *text;
	size_t length;

	add_texts(buf, node);
	if (buf->failed || buf->length == from)
		return;
	text = buf->data + from;
	length = bpr_i_xml_trim(&text, buf->length - from);
	memmove(buf->data + from, text, length);
	buf->length = from + length;
	buf->data[buf->length] = '\0';
}

const char *bpr_i_xml_simple_text(const struct bpr_xml_node *node, size_t *length)
{
	const struct bpr_xml_node *only = node->first;
	const char *text;

	*length = 0;
	if (!only || only->name || only->next)
		return NULL;
	text = only->text;
	*length = bpr_i_xml_trim(&text, only->count);
	return text;
}

bool bpr_i_xml_bool(const struct bpr_xml_node *node, const char *name, bool otherwise)
{
	size_t length;
	const char *value = bpr_i_xml_value(node, name, &length);

	if (value && ((length == 4 && !memcmp(value, "true", 4)) || (length == 1 && *value == '1')))
		return true;
	if (value && ((length == 5 && !memcmp(value, "false", 5)) || (length == 1 && *value == '0')))
		return false;
	return otherwise;
}

size_t bpr_i_xml_strip_prefix(const char **text, size_t length)
{
	const char *colon = length ? memchr(*text, ':', length) : NULL;

	if (!colon)
		return length;
	length -= (size_t)(colon + 1 - *text);
	*text = colon + 1;
	return length;
}

void bpr_i_xml_release(struct bpr_xml *xml)
{
	bpr_i_arena_release(&xml->arena);
	*xml = (struct bpr_xml){ 0 };
}

void bpr_i_xml_locate(const char *data, size_t offset, size_t *line, size_t *column)
{
	size_t start = 0;

	*line = 1;
	for (const char *p = data; offset && (p = memchr(p, '\n', (size_t)(data + offset - p))) != NULL; p++) {
		start = (size_t)(p - data) + 1;
		++*line;
	}
	*column = offset - start + 1;
}

bpr_status bpr_i_xml_fail3(const struct bpr_xml_report *report, bpr_status status, enum bpr_code_id id, size_t line,
			   size_t column, const char *a1, const char *a2, const char *a3)
{
	const struct bpr_place place = { report->file, line, column, NULL };

	if (!bpr_i_problem(report->problems, id, &place, false, a1, a2, a3, NULL))
		return bpr_i_nomem(report->err);
	return bpr_i_fail(report->err, status, id, NULL, line, a1, a2);
}

bpr_status bpr_i_xml_fail(const struct bpr_xml_report *report, bpr_status status, enum bpr_code_id id, size_t line,
			  size_t column, const char *a1, const char *a2)
{
	return bpr_i_xml_fail3(report, status, id, line, column, a1, a2, NULL);
}
