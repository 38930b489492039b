/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_PICTURE_H
#define BPR_CMD_PICTURE_H
/* Options of pictures as PNG and PDF, and the way from SVG to them. */
#include "cmd.h"
#include "opt.h"
#include "text.h"

struct picture_args {
	struct opt_real dpi;
	size_t width, paper;
};
#define PICTURE_ARGS_INIT { { 0 }, 0, BPR_NONE }
/* "a4", "a3". */
const char *picture_paper_choice(size_t i);
#define PICTURE_OPTS(args) \
	{ .kind = OPT_REAL, .name = "dpi", .at = OPT_AT(args, picture.dpi), .arg = "N", .min = 10, .max = 2400, \
	  .help = N_("PNG: dots per inch; 96 is the size at which the picture was laid out") }, \
	{ .kind = OPT_SIZE, .name = "width", .at = OPT_AT(args, picture.width), .arg = "PIXELS", .min = 16, .max = 32767, \
	  .help = N_("PNG: pixels from side to side, whatever the dots per inch") }, \
	{ .kind = OPT_CHOICE, .name = "paper", .at = OPT_AT(args, picture.paper), .arg = "SIZE", .choice = picture_paper_choice, \
	  .help = N_("PDF: fit the picture on a sheet, upright or not as it fits better; default: a page as large as the picture") }
/* False: an option does not belong to the format (said so). */
bool picture_combines(const struct picture_args *args, enum bpr_picture_format format);
/* The picture in the format, in place of the SVG. False: said why, *status. */
bool picture_convert(const struct picture_args *args, enum bpr_picture_format format, const char *title, bool quiet,
		     struct bpr_output *picture, int *status);
/* SOURCE_DATE_EPOCH as PDF dates it, in an array of 32: the same whenever it is made; NULL: not said. */
const char *picture_date(char *date, size_t size);
#endif
