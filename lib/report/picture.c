/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From SVG to other formats; see bpr/picture.h. */
#include "config.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "raster/raster_i.h"
#include <bpr/picture.h>

static const char *const names[BPR_PICTURE_FORMAT_COUNT] = { "svg", "png", "pdf" };

const char *bpr_picture_format_name(enum bpr_picture_format format)
{
	return (size_t)format < BPR_PICTURE_FORMAT_COUNT ? names[format] : NULL;
}

bpr_status bpr_picture(const struct bpr_output *svg, const struct bpr_picture_options *options, struct bpr_output *out,
		       bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_picture_options o = BPR_PICTURE_OPTIONS_INIT;
	struct bpr_buf buf = BPR_BUF_INIT;
	bpr_status status = BPR_OK;

	*out = (struct bpr_output){ 0 };
	if (!bpr_i_options(&o, options) || (size_t)o.format >= BPR_PICTURE_FORMAT_COUNT || (size_t)o.paper >= BPR_PAPER_COUNT ||
	    !(o.dpi > 0 && o.dpi <= 1e6))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_G024, NULL, 0, NULL, NULL);
	if (o.format == BPR_PICTURE_SVG) {
		bpr_i_buf_add(&buf, svg->data, svg->length);
		status = buf.failed;
	} else {
		const struct bpr_raster how = { o.format == BPR_PICTURE_PDF, o.dpi, o.width, (enum bpr_raster_paper)o.paper, o.title, o.date };

		status = bpr_i_raster(svg->data, svg->length, &how, &buf, problems, err);
	}
	if (status) {
		bpr_i_buf_release(&buf);
		return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
	}
	out->length = buf.length;
	out->data = bpr_i_buf_take(&buf);
	return out->data ? BPR_OK : bpr_i_nomem(err);
}
