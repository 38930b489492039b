/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_RASTER_RASTER_I_H
#define BPR_RASTER_RASTER_I_H
/*
 * SVG pictures of our own as PNG and PDF, by librsvg, cairo and pango. They are loaded when first needed: linked, they would take
 * longer to load at each start of the program than all the rest of it. They stay loaded (GObject cannot be unloaded).
 */
#include "base/buf_i.h"
#include <bpr/problem.h>

enum bpr_raster_paper { BPR_RASTER_AS_LARGE = 0, BPR_RASTER_A4, BPR_RASTER_A3 };

struct bpr_raster {
	bool pdf;              /* else PNG */
	double dpi;            /* PNG: 96 is a pixel for each unit of the picture */
	size_t width;          /* PNG: pixels instead of dpi; 0: dpi holds */
	enum bpr_raster_paper paper; /* PDF: turned as it fits best, the picture never more than half as large again */
	const char *title;     /* PDF, or NULL */
	const char *date;      /* PDF: "2026-04-01T09:00:00Z", or NULL: none */
};

/*
 * Appends the picture. Problems get a warning where no font has a character of it. G020 (librsvg is not there), G021 (too
 * large), G023 (librsvg cannot draw it), ENOMEM.
 */
BPR_MUST_CHECK bpr_status bpr_i_raster(const char *svg, size_t length, const struct bpr_raster *how, struct bpr_buf *out,
				       bpr_problems *problems, struct bpr_error *err);

/* Sheets of one PDF: each picture fills its page, whose size is in millimetres. Titles become its outline. */
struct bpr_raster_page { const char *svg; size_t length; double width, height; const char *title; };
struct bpr_raster_book {
	const struct bpr_raster_page *pages; size_t count; /* at least one */
	const char *title, *date; /* as in bpr_raster */
	const char *creator;      /* the program, or NULL */
};
/* Same errors; a page of our own is never too large. */
BPR_MUST_CHECK bpr_status bpr_i_raster_book(const struct bpr_raster_book *book, struct bpr_buf *out, bpr_problems *problems,
					    struct bpr_error *err);
#endif
