/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "chart_shapes.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "layout/layout_i.h"
#include <libxml/parser.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a turn of a group takes its shapes. */
struct turn { double degrees, x, y; };

static bool name_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && !strcmp((const char *)node->name, name);
}

static double number_at(const char **at, struct chart_shapes *s)
{
	size_t length;
	double x = 0;

	while (**at == ' ' || **at == ',')
		(*at)++;
	length = strspn(*at, "0123456789.-+e");
	if (!length || !bpr_i_num_parse(*at, length, &x))
		s->not_numbers++;
	*at += length;
	return x;
}

static double attribute(struct chart_shapes *s, xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
	const char *at = (const char *)value;
	double x = 0;

	if (value)
		x = number_at(&at, s);
	if (!value || *at)
		s->not_numbers++;
	xmlFree(value);
	return x;
}

static void class_of(xmlNode *node, struct chart_shape *out)
{
	xmlChar *class = xmlGetProp(node, (const xmlChar *)"class"), *fill = xmlGetProp(node, (const xmlChar *)"fill");

	(void)snprintf(out->class, sizeof(out->class), "%s", class ? (const char *)class : "");
	out->filled = fill && strcmp((const char *)fill, "none") != 0;
	xmlFree(class);
	xmlFree(fill);
}

/* Around points. */
static void around(struct chart_shape *out, const double (*points)[2], size_t count)
{
	double lo[2] = { INFINITY, INFINITY }, hi[2] = { -INFINITY, -INFINITY };

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < 2; k++) {
			lo[k] = fmin(lo[k], points[i][k]);
			hi[k] = fmax(hi[k], points[i][k]);
		}
	}
	out->x = lo[0];
	out->y = lo[1];
	out->width = hi[0] - lo[0];
	out->height = hi[1] - lo[1];
}

static void apply(struct chart_shape *shape, const struct turn *turn)
{
	double a = turn->degrees * acos(-1) / 180, corners[4][2];

	for (size_t i = 0; i < 4; i++) {
		double x = shape->x + (i & 1 ? shape->width : 0) - turn->x, y = shape->y + (i & 2 ? shape->height : 0) - turn->y;

		corners[i][0] = turn->x + x * cos(a) - y * sin(a);
		corners[i][1] = turn->y + x * sin(a) + y * cos(a);
	}
	around(shape, (const double (*)[2])corners, 4);
}

static void collect_text(const xmlNode *node, struct bpr_buf *buf, double *wide, double size, bool bold)
{
	for (xmlNode *child = node->children; child; child = child->next) {
		if (child->type == XML_TEXT_NODE) {
			size_t length = strlen((const char *)child->content);

			*wide += bpr_i_layout_text_width((const char *)child->content, length, bold ? size * 1.04 : size);
			bpr_i_buf_add(buf, child->content, length);
		} else if (name_is(child, "tspan")) {
			xmlChar *weight = xmlGetProp(child, (const xmlChar *)"font-weight");

			collect_text(child, buf, wide, size, weight && !strcmp((const char *)weight, "700"));
			xmlFree(weight);
		}
	}
}

static void read_text(struct chart_shapes *s, xmlNode *node, struct chart_shape *out)
{
	xmlChar *anchor = xmlGetProp(node, (const xmlChar *)"text-anchor"), *weight = xmlGetProp(node, (const xmlChar *)"font-weight");
	double size = attribute(s, node, "font-size"), wide = 0;
	struct bpr_buf buf = BPR_BUF_INIT;

	collect_text(node, &buf, &wide, size, weight && !strcmp((const char *)weight, "700"));
	out->x = attribute(s, node, "x");
	out->y = attribute(s, node, "y") - size * 0.86;
	if (anchor)
		out->x -= !strcmp((const char *)anchor, "end") ? wide : wide / 2;
	out->width = wide;
	out->height = size * 1.08;
	if (size < 11)
		s->not_numbers++;
	out->text = bpr_i_buf_take(&buf);
	xmlFree(anchor);
	xmlFree(weight);
}

static void read_polygon(struct chart_shapes *s, xmlNode *node, struct chart_shape *out)
{
	xmlChar *value = xmlGetProp(node, (const xmlChar *)"points");
	const char *at = (const char *)value;
	double points[8][2];
	size_t count = 0;

	for (; at && *at && count < 8; count++) {
		points[count][0] = number_at(&at, s);
		points[count][1] = number_at(&at, s);
	}
	if (count < 3)
		s->not_numbers++;
	else
		around(out, (const double (*)[2])points, count);
	xmlFree(value);
}

/* A scrawl: where it begins, then waves to the right. */
static void read_path(struct chart_shapes *s, xmlNode *node, struct chart_shape *out)
{
	xmlChar *value = xmlGetProp(node, (const xmlChar *)"d");
	const char *at = (const char *)value;

	if (!value || *at++ != 'M') {
		s->not_numbers++;
	} else {
		out->x = number_at(&at, s);
		out->y = number_at(&at, s) - 6;
		out->height = 12;
		while (*at == 'q') {
			at++;
			(void)number_at(&at, s);
			(void)number_at(&at, s);
			out->width += number_at(&at, s);
			(void)number_at(&at, s);
		}
		if (*at)
			s->not_numbers++;
	}
	xmlFree(value);
}

static bool read_shape(struct chart_shapes *s, xmlNode *node, struct chart_shape *out)
{
	*out = (struct chart_shape){ .kind = SHAPE_RECT };
	class_of(node, out);
	if (name_is(node, "rect")) {
		out->x = attribute(s, node, "x");
		out->y = attribute(s, node, "y");
		out->width = attribute(s, node, "width");
		out->height = attribute(s, node, "height");
	} else if (name_is(node, "line")) {
		const double ends[2][2] = { { attribute(s, node, "x1"), attribute(s, node, "y1") },
					    { attribute(s, node, "x2"), attribute(s, node, "y2") } };

		out->kind = SHAPE_LINE;
		around(out, ends, 2);
	} else if (name_is(node, "circle")) {
		double r = attribute(s, node, "r");

		out->kind = SHAPE_CIRCLE;
		out->x = attribute(s, node, "cx") - r;
		out->y = attribute(s, node, "cy") - r;
		out->width = out->height = 2 * r;
	} else if (name_is(node, "polygon")) {
		out->kind = SHAPE_POLYGON;
		read_polygon(s, node, out);
	} else if (name_is(node, "path")) {
		out->kind = SHAPE_PATH;
		read_path(s, node, out);
	} else if (name_is(node, "text")) {
		out->kind = SHAPE_TEXT;
		read_text(s, node, out);
	} else {
		return false;
	}
	return true;
}

static void read_children(struct chart_shapes *s, xmlNode *parent, const struct turn *turn)
{
	for (xmlNode *node = parent->children; node; node = node->next) {
		struct chart_shape shape;
		struct turn own = *turn;
		xmlChar *transform;

		if (node->type != XML_ELEMENT_NODE || name_is(node, "defs") || name_is(node, "title") || name_is(node, "desc"))
			continue;
		transform = name_is(node, "g") ? xmlGetProp(node, (const xmlChar *)"transform") : NULL;
		if (transform) {
			const char *at = (const char *)transform + strlen("rotate(");

			own.degrees = number_at(&at, s);
			own.x = number_at(&at, s);
			own.y = number_at(&at, s);
		}
		xmlFree(transform);
		if (name_is(node, "g")) {
			read_children(s, node, &own);
		} else if (read_shape(s, node, &shape)) {
			apply(&shape, turn);
			if (bpr_i_grow(&s->items, &s->capacity, s->count + 1, sizeof(shape)))
				s->items[s->count++] = shape;
		} else {
			s->not_numbers++; /* nothing else is drawn */
		}
	}
}

static void note(struct chart_shapes *s, const char *what, const struct chart_shape *a, const struct chart_shape *b)
{
	if (s->first[0])
		return;
	(void)snprintf(s->first, sizeof(s->first), "%s: %s '%.60s' %g,%g %gx%g / '%.60s' %g,%g %gx%g", what, a->class, a->text ? a->text : "", a->x,
		       a->y, a->width, a->height, b && b->text ? b->text : "", b ? b->x : 0, b ? b->y : 0, b ? b->width : 0, b ? b->height : 0);
}

static void find_faults(struct chart_shapes *s)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct chart_shape *a = &s->items[i];

		if (a->x < -0.5 || a->y < -0.5 || a->x + a->width > s->width + 0.5 || a->y + a->height > s->height + 0.5) {
			s->outside++;
			note(s, "outside", a, NULL);
		}
		for (size_t k = i + 1; a->kind == SHAPE_TEXT && k < s->count; k++) {
			const struct chart_shape *b = &s->items[k];

			if (b->kind != SHAPE_TEXT || a->x + a->width <= b->x + 0.5 || b->x + b->width <= a->x + 0.5 ||
			    a->y + a->height <= b->y + 1.5 || b->y + b->height <= a->y + 1.5)
				continue;
			s->overlaps++;
			note(s, "overlap", a, b);
		}
	}
}

bool chart_shapes_read(struct chart_shapes *out, const char *svg, size_t length)
{
	xmlDoc *doc = xmlReadMemory(svg, (int)length, "a.svg", NULL, XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_HUGE);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	xmlChar *box;
	const char *at;

	*out = (struct chart_shapes){ 0 };
	if (!root || !name_is(root, "svg") || !root->ns || strcmp((const char *)root->ns->href, "http://www.w3.org/2000/svg") != 0) {
		xmlFreeDoc(doc);
		return false;
	}
	box = xmlGetProp(root, (const xmlChar *)"viewBox");
	at = box ? (const char *)box : "";
	(void)number_at(&at, out);
	(void)number_at(&at, out);
	out->width = number_at(&at, out);
	out->height = number_at(&at, out);
	xmlFree(box);
	read_children(out, root, &(struct turn){ 0, 0, 0 });
	find_faults(out);
	xmlFreeDoc(doc);
	return true;
}

void chart_shapes_release(struct chart_shapes *s)
{
	for (size_t i = 0; i < s->count; i++)
		bpr_i_free(s->items[i].text);
	bpr_i_free(s->items);
	*s = (struct chart_shapes){ 0 };
}

static bool is_like(const struct chart_shape *s, enum chart_shape_kind kind, const char *class)
{
	return s->kind == kind && (!class || !strcmp(s->class, class)) && (s->filled || kind == SHAPE_LINE || kind == SHAPE_PATH);
}

const struct chart_shape *chart_shapes_find(const struct chart_shapes *s, enum chart_shape_kind kind, const char *class, size_t n)
{
	for (size_t i = 0; i < s->count; i++)
		if (is_like(&s->items[i], kind, class) && !n--)
			return &s->items[i];
	return NULL;
}

size_t chart_shapes_count(const struct chart_shapes *s, enum chart_shape_kind kind, const char *class)
{
	size_t n = 0;

	while (chart_shapes_find(s, kind, class, n))
		n++;
	return n;
}

const struct chart_shape *chart_shapes_text(const struct chart_shapes *s, const char *text)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->items[i].text && !strcmp(s->items[i].text, text))
			return &s->items[i];
	return NULL;
}
