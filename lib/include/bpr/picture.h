/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_PICTURE_H
#define BPR_PICTURE_H
/**
 * @file picture.h
 * Pictures that were made as SVG, as PNG and PDF too.
 */
#include <bpr/problem.h>
#include <bpr/report.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_picture_format { BPR_PICTURE_SVG = 0, BPR_PICTURE_PNG, BPR_PICTURE_PDF, BPR_PICTURE_FORMAT_COUNT };
/** "svg", "png", "pdf", or NULL; static. */
BPR_API const char *bpr_picture_format_name(enum bpr_picture_format format);

enum bpr_picture_paper { BPR_PAPER_NONE = 0, BPR_PAPER_A4, BPR_PAPER_A3, BPR_PAPER_COUNT };

struct bpr_picture_options {
	size_t size;              /**< sizeof(struct bpr_picture_options) */
	enum bpr_picture_format format;
	double dpi;               /**< PNG: dots per inch; 96 makes a pixel of each unit of the picture */
	size_t width;             /**< PNG: pixels, whatever dpi says; 0: by dpi */
	enum bpr_picture_paper paper;     /**< PDF: a sheet on which the picture is fitted, turned as it fits; NONE: as large as the picture */
	const char *title;        /**< PDF, or NULL */
	const char *date;         /**< PDF: when it was made, "2026-04-01T09:00:00Z", or NULL: it does not say */
};
#define BPR_PICTURE_OPTIONS_INIT { sizeof(struct bpr_picture_options), BPR_PICTURE_SVG, 144, 0, BPR_PAPER_NONE, NULL, NULL }

/**
 * The SVG picture @p svg of bpr_draw() as another format; as SVG it is copied.
 *
 * librsvg, cairo and pango are loaded at the first call and stay loaded. What they draw depends on the fonts of the machine:
 * same bytes for the same picture, options, fonts and versions. Texts stay texts in a PDF.
 *
 * @param problems  a warning (G022) where no font has a character of the picture; may be NULL
 * @param out   filled on success, release with bpr_output_release(); empty on failure
 * @retval BPR_EINVAL        an option is out of range
 * @retval BPR_EUNSUPPORTED  librsvg is not installed (G020), or cannot draw it (G023)
 * @retval BPR_ELIMIT        more than 32,767 pixels on a side or 100 million in all (G021)
 * @retval BPR_ENOMEM
 * Thread safety: safe for different pictures.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_picture(const struct bpr_output *svg, const struct bpr_picture_options *options,
	struct bpr_output *out, bpr_problems *problems, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif
