/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SVG as PNG and PDF, see raster_i.h. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include "raster/library_i.h"
#include "raster/raster_i.h"
#include <bpr/error.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
	MOST_SIDE = 32767,      /* pixels, of cairo */
	MOST_MILLIONS = 100,    /* of pixels: 400 MB while it is drawn */
	MOST_PAGE = 14400,      /* points, of PDF 1.x */
	MOST_CHARACTERS = 5000  /* different ones that are looked for in fonts */
};
static const double POINT = 72.0 / 96, MM = 72 / 25.4;
static const double MARGIN = 28;  /* of paper, in points: 10 mm */

struct raster {
	struct raster_library_functions f;
	const struct bpr_raster *how;
	struct bpr_buf *out;
	struct bpr_error *err;
	RsvgHandle *handle;
	double width, height;   /* of the picture */
};

static bpr_status fail(struct bpr_error *err, bpr_status status, enum bpr_code_id code, const char *a, const char *b)
{
	return bpr_i_fail(err, status, code, NULL, 0, a, b);
}

/* ---- fonts ---- */

/* The characters beyond ASCII that stand between tags, each once and on a line of its own: what shapes of several join differs. */
static void gather(const char *svg, size_t length, struct bpr_buf *out)
{
	unsigned char *seen = bpr_i_calloc(0x110000 / 8, 1);
	size_t pos = 0, count = 0;
	bool in_tag = false;

	if (!seen) {
		out->failed = BPR_ENOMEM;
		return;
	}

	while (pos < length && count < MOST_CHARACTERS) {
		unsigned c = bpr_i_utf8_next(svg, length, &pos);

		if (c == '<' || c == '>')
			in_tag = c == '<';
		if (c < 0xa0 || in_tag || c >= 0x110000 || seen[c / 8] >> c % 8 & 1)
			continue;
		seen[c / 8] |= (unsigned char)(1u << c % 8);
		bpr_i_utf8_put(out, c);
		bpr_i_buf_putc(out, '\n');
		count++;
	}
	bpr_i_free(seen);
}

static int unknown(const struct raster *r, PangoLayout *layout, const char *text, size_t length)
{
	r->f.pango_layout_set_text(layout, text, (int)length);
	return r->f.pango_layout_get_unknown_glyphs_count(layout);
}

/* The first few that no font has. */
static void name_missing(const struct raster *r, PangoLayout *layout, const struct bpr_buf *text, struct bpr_buf *out)
{
	size_t shown = 0, pos = 0;

	while (pos < text->length && shown < 5) {
		size_t start = pos;

		(void)bpr_i_utf8_next(text->data, text->length, &pos);
		if (text->data[start] == '\n' || !unknown(r, layout, text->data + start, pos - start))
			continue;
		bpr_i_buf_add(out, text->data + start, pos - start);
		shown++;
	}
}

static bpr_status check_fonts(const struct raster *r, const char *svg, size_t length, bpr_problems *problems)
{
	PangoContext *context = r->f.pango_font_map_create_context(r->f.pango_cairo_font_map_get_default());
	PangoLayout *layout = r->f.pango_layout_new(context);
	PangoFontDescription *font = r->f.pango_font_description_from_string("sans-serif 12");
	struct bpr_buf text = BPR_BUF_INIT, missing = BPR_BUF_INIT;
	bpr_status status = BPR_OK;
	int count;

	r->f.pango_layout_set_font_description(layout, font);
	gather(svg, length, &text);
	count = text.length ? unknown(r, layout, text.data, text.length) : 0;
	if (count > 0) {
		char number[16];

		(void)snprintf(number, sizeof(number), "%d", count);
		name_missing(r, layout, &text, &missing);
		if (!bpr_i_problem(problems, BPR_I_G022, NULL, false, number, missing.data ? missing.data : "", NULL, NULL))
			status = BPR_ENOMEM;
	}
	if (text.failed || missing.failed)
		status = BPR_ENOMEM;
	r->f.pango_font_description_free(font);
	r->f.g_object_unref(layout);
	r->f.g_object_unref(context);
	bpr_i_buf_release(&text);
	bpr_i_buf_release(&missing);
	return status;
}

/* ---- pictures ---- */

static cairo_status_t append(void *out, const unsigned char *data, unsigned length)
{
	struct bpr_buf *buf = out;

	bpr_i_buf_add(buf, data, length);
	return buf->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static bpr_status drawn(const struct raster *r, cairo_status_t status)
{
	if (status == CAIRO_STATUS_SUCCESS)
		return BPR_OK;
	return status == CAIRO_STATUS_NO_MEMORY ? BPR_ENOMEM : fail(r->err, BPR_EUNSUPPORTED, BPR_I_G023, r->f.cairo_status_to_string(status), NULL);
}

/* The picture in a rectangle of the surface. */
static bpr_status render(const struct raster *r, cairo_surface_t *surface, const RsvgRectangle *where)
{
	cairo_t *cairo = r->f.cairo_create(surface);
	GError *error = NULL;
	bpr_status status = BPR_OK;

	r->f.cairo_set_source_rgb(cairo, 1, 1, 1);
	r->f.cairo_paint(cairo);
	if (!r->f.rsvg_handle_render_document(r->handle, cairo, where, &error))
		status = fail(r->err, BPR_EUNSUPPORTED, BPR_I_G023, error ? error->message : "?", NULL);
	else
		status = drawn(r, r->f.cairo_status(cairo));
	if (error)
		r->f.g_error_free(error);
	r->f.cairo_destroy(cairo);
	return status;
}

static void put_big_endian(unsigned char *at, unsigned long x)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(x >> (24 - 8 * i));
}

static unsigned long crc(const unsigned char *data, size_t length)
{
	unsigned long c = 0xffffffffu;

	for (size_t i = 0; i < length; i++) {
		c ^= data[i];
		for (int k = 0; k < 8; k++)
			c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1;
	}
	return c ^ 0xffffffffu;
}

/* cairo does not write how many pixels a metre has; without it a text processor makes pictures far too large. */
static void put_density(struct bpr_buf *out, const struct bpr_buf *png, double dpi)
{
	enum { HEAD = 8 + 25 }; /* signature and IHDR */
	unsigned char chunk[21] = { 0, 0, 0, 9, 'p', 'H', 'Y', 's' };
	unsigned long per_metre = (unsigned long)nearbyint(dpi / 0.0254);

	put_big_endian(chunk + 8, per_metre);
	put_big_endian(chunk + 12, per_metre);
	chunk[16] = 1;
	put_big_endian(chunk + 17, crc(chunk + 4, 13));
	bpr_i_buf_add(out, png->data, HEAD);
	bpr_i_buf_add(out, chunk, sizeof(chunk));
	bpr_i_buf_add(out, png->data + HEAD, png->length - HEAD);
}

static bpr_status draw_png(const struct raster *r)
{
	double scale = r->how->width ? (double)r->how->width / r->width : r->how->dpi / 96;
	double width = ceil(r->width * scale - 1e-6), height = ceil(r->height * scale - 1e-6);
	const RsvgRectangle where = { 0, 0, r->width * scale, r->height * scale };
	struct bpr_buf png = BPR_BUF_INIT;
	cairo_surface_t *surface;
	bpr_status status;

	if (!(width >= 1 && height >= 1 && width <= MOST_SIDE && height <= MOST_SIDE && width * height <= MOST_MILLIONS * 1e6)) {
		char size[2][32];

		(void)snprintf(size[0], sizeof(size[0]), "%.0f", width);
		(void)snprintf(size[1], sizeof(size[1]), "%.0f", height);
		return fail(r->err, BPR_ELIMIT, BPR_I_G021, size[0], size[1]);
	}
	surface = r->f.cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
	status = drawn(r, r->f.cairo_surface_status(surface));
	if (!status)
		status = render(r, surface, &where);
	if (!status)
		status = drawn(r, r->f.cairo_surface_write_to_png_stream(surface, append, &png));
	if (!status)
		put_density(r->out, &png, 96 * scale);
	r->f.cairo_surface_destroy(surface);
	bpr_i_buf_release(&png);
	return status;
}

/* The page in points, and where on it the picture is. */
static void lay_out(const struct raster *r, double page[2], RsvgRectangle *where)
{
	static const double papers[][2] = { { 0, 0 }, { 595.276, 841.89 }, { 841.89, 1190.551 } };
	const double *paper = papers[r->how->paper];
	double width = r->width * POINT, height = r->height * POINT, scale;

	if (r->how->paper == BPR_RASTER_AS_LARGE) {
		scale = fmin(1, MOST_PAGE / fmax(width, height));
		page[0] = width * scale;
		page[1] = height * scale;
		*where = (RsvgRectangle){ 0, 0, page[0], page[1] };
		return;
	}
	page[0] = width > height ? paper[1] : paper[0];
	page[1] = width > height ? paper[0] : paper[1];
	scale = fmin(1.5, fmin((page[0] - 2 * MARGIN) / width, (page[1] - 2 * MARGIN) / height));
	*where = (RsvgRectangle){ (page[0] - width * scale) / 2, MARGIN, width * scale, height * scale };
}

/* An empty date: cairo writes none instead of today's. */
static void put_metadata(const struct raster *r, cairo_surface_t *surface, const char *title, const char *date)
{
	r->f.cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date ? date : "");
	if (title)
		r->f.cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
}

/* The last pages are written; whether all of them are. */
static bpr_status finish_pdf(const struct raster *r, cairo_surface_t *surface, bpr_status status)
{
	r->f.cairo_surface_finish(surface);
	if (!status)
		status = drawn(r, r->f.cairo_surface_status(surface));
	r->f.cairo_surface_destroy(surface);
	return status;
}

static bpr_status draw_pdf(const struct raster *r)
{
	cairo_surface_t *surface;
	RsvgRectangle where;
	double page[2];
	bpr_status status;

	lay_out(r, page, &where);
	surface = r->f.cairo_pdf_surface_create_for_stream(append, r->out, page[0], page[1]);
	put_metadata(r, surface, r->how->title, r->how->date);
	status = drawn(r, r->f.cairo_surface_status(surface));
	if (!status)
		status = render(r, surface, &where);
	return finish_pdf(r, surface, status);
}

static bpr_status open_picture(struct raster *r, const char *svg, size_t length)
{
	gboolean has_width, has_height, has_box;
	RsvgLength width, height;
	RsvgRectangle box;
	GError *error = NULL;
	bpr_status status = BPR_OK;

	r->handle = r->f.rsvg_handle_new_from_data((const guint8 *)svg, length, &error);
	if (!r->handle) {
		status = fail(r->err, BPR_EUNSUPPORTED, BPR_I_G023, error ? error->message : "?", NULL);
		if (error)
			r->f.g_error_free(error);
		return status;
	}
	r->f.rsvg_handle_set_dpi(r->handle, 96);
	r->f.rsvg_handle_get_intrinsic_dimensions(r->handle, &has_width, &width, &has_height, &height, &has_box, &box);
	if (has_box && box.width > 0 && box.height > 0) {
		r->width = box.width;
		r->height = box.height;
		return BPR_OK;
	}
	return fail(r->err, BPR_EUNSUPPORTED, BPR_I_G023, "no viewBox", NULL);
}

bpr_status bpr_i_raster(const char *svg, size_t length, const struct bpr_raster *how, struct bpr_buf *out, bpr_problems *problems,
			struct bpr_error *err)
{
	struct raster r = { .how = how, .out = out, .err = err };
	const char *missing = NULL;
	bpr_status status;

	if (!raster_load(&r.f, &missing))
		return fail(err, BPR_EUNSUPPORTED, BPR_I_G020, missing, NULL);
	status = open_picture(&r, svg, length);
	if (!status && problems)
		status = check_fonts(&r, svg, length, problems);
	if (!status)
		status = how->pdf ? draw_pdf(&r) : draw_png(&r);
	if (!status)
		status = out->failed;
	if (r.handle)
		r.f.g_object_unref(r.handle);
	return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
}

/* ---- sheets ---- */

static bpr_status draw_sheet(struct raster *r, cairo_surface_t *surface, const struct bpr_raster_page *page, size_t number)
{
	const RsvgRectangle where = { 0, 0, page->width * MM, page->height * MM };
	char link[32];
	bpr_status status = open_picture(r, page->svg, page->length);

	(void)snprintf(link, sizeof(link), "page=%zu", number);
	r->f.cairo_pdf_surface_set_size(surface, where.width, where.height);
	if (!status)
		status = render(r, surface, &where);
	if (!status && page->title && *page->title)
		(void)r->f.cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT, page->title, link, (cairo_pdf_outline_flags_t)0);
	r->f.cairo_surface_show_page(surface);
	if (r->handle)
		r->f.g_object_unref(r->handle);
	r->handle = NULL;
	return status;
}

/* All characters of all pages: one warning. */
static bpr_status check_sheets(const struct raster *r, const struct bpr_raster_book *book, bpr_problems *problems)
{
	struct bpr_buf all = BPR_BUF_INIT;
	bpr_status status;

	for (size_t i = 0; i < book->count; i++)
		bpr_i_buf_add(&all, book->pages[i].svg, book->pages[i].length);
	status = all.failed ? all.failed : check_fonts(r, all.data, all.length, problems);
	bpr_i_buf_release(&all);
	return status;
}

bpr_status bpr_i_raster_book(const struct bpr_raster_book *book, struct bpr_buf *out, bpr_problems *problems, struct bpr_error *err)
{
	struct raster r = { .out = out, .err = err };
	const char *missing = NULL;
	cairo_surface_t *surface;
	bpr_status status = BPR_OK;

	if (!raster_load(&r.f, &missing))
		return fail(err, BPR_EUNSUPPORTED, BPR_I_G020, missing, NULL);
	if (problems)
		status = check_sheets(&r, book, problems);
	if (status)
		return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
	surface = r.f.cairo_pdf_surface_create_for_stream(append, out, book->pages[0].width * MM, book->pages[0].height * MM);
	put_metadata(&r, surface, book->title, book->date);
	if (book->creator)
		r.f.cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, book->creator);
	status = drawn(&r, r.f.cairo_surface_status(surface));
	for (size_t i = 0; i < book->count && !status; i++)
		status = draw_sheet(&r, surface, &book->pages[i], i + 1);
	status = finish_pdf(&r, surface, status);
	if (!status)
		status = out->failed;
	return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
}
