/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_RASTER_LIBRARY_I_H
#define BPR_RASTER_LIBRARY_I_H
/* The functions of librsvg, cairo, pango and GLib that are used, found at run time with the types of their headers. */
#include <cairo-pdf.h>
#include <librsvg/rsvg.h>
#include <pango/pangocairo.h>
#include <stdbool.h>

#define RASTER_FUNCTIONS(X) \
	X(RSVG, rsvg_handle_new_from_data) X(RSVG, rsvg_handle_set_dpi) X(RSVG, rsvg_handle_get_intrinsic_dimensions) \
	X(RSVG, rsvg_handle_render_document) \
	X(CAIRO, cairo_image_surface_create) X(CAIRO, cairo_surface_write_to_png_stream) X(CAIRO, cairo_pdf_surface_create_for_stream) \
	X(CAIRO, cairo_pdf_surface_set_metadata) X(CAIRO, cairo_pdf_surface_set_size) X(CAIRO, cairo_pdf_surface_add_outline) \
	X(CAIRO, cairo_surface_show_page) X(CAIRO, cairo_create) X(CAIRO, cairo_destroy) X(CAIRO, cairo_status) \
	X(CAIRO, cairo_surface_status) X(CAIRO, cairo_surface_finish) X(CAIRO, cairo_surface_destroy) X(CAIRO, cairo_set_source_rgb) \
	X(CAIRO, cairo_paint) X(CAIRO, cairo_status_to_string) \
	X(PANGOCAIRO, pango_cairo_font_map_get_default) X(PANGO, pango_font_map_create_context) X(PANGO, pango_layout_new) \
	X(PANGO, pango_layout_set_text) X(PANGO, pango_layout_get_unknown_glyphs_count) X(PANGO, pango_layout_set_font_description) \
	X(PANGO, pango_font_description_from_string) X(PANGO, pango_font_description_free) \
	X(GOBJECT, g_object_unref) X(GLIB, g_error_free)

enum raster_library { RASTER_RSVG = 0, RASTER_CAIRO, RASTER_PANGOCAIRO, RASTER_PANGO, RASTER_GOBJECT, RASTER_GLIB, RASTER_LIBRARIES };

struct raster_library_functions {
#define X(library, name) __typeof__(name) *name;
	RASTER_FUNCTIONS(X)
#undef X
};

/* False: *missing is the name of the library, or of the function in it, that is not there. */
bool raster_load(struct raster_library_functions *f, const char **missing);
#endif
