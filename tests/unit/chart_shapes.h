/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_CHART_SHAPES_H
#define BPR_TESTS_UNIT_CHART_SHAPES_H
/* An SVG picture read back with libxml2: its shapes and texts in the order in which they are drawn, with the room they take. */
#include <stdbool.h>
#include <stddef.h>

enum chart_shape_kind { SHAPE_RECT = 0, SHAPE_LINE, SHAPE_CIRCLE, SHAPE_POLYGON, SHAPE_PATH, SHAPE_TEXT };

struct chart_shape {
	enum chart_shape_kind kind;
	char class[24];
	double x, y, width, height; /* around it, as turned as it is */
	bool filled;                /* not only its edge */
	char *text;                 /* of a text */
};

struct chart_shapes {
	struct chart_shape *items; size_t count, capacity;
	double width, height;       /* of the picture */
	size_t not_numbers;         /* attributes that should be numbers, references that lead nowhere */
	size_t outside, overlaps;   /* shapes that leave the picture, pairs of texts on each other */
	char first[300];            /* the first of them in words */
};

/* False where it is not well-formed, or not an SVG picture. */
bool chart_shapes_read(struct chart_shapes *out, const char *svg, size_t length);
void chart_shapes_release(struct chart_shapes *shapes);
/* The n-th shape of a kind and class (NULL: any) that is filled, or NULL. */
const struct chart_shape *chart_shapes_find(const struct chart_shapes *shapes, enum chart_shape_kind kind, const char *class, size_t n);
size_t chart_shapes_count(const struct chart_shapes *shapes, enum chart_shape_kind kind, const char *class);
/* The text that says this, or NULL. */
const struct chart_shape *chart_shapes_text(const struct chart_shapes *shapes, const char *text);
#endif
