/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_REWRITE_I_H
#define BPR_WRITE_REWRITE_I_H
/* A BPMN file with the values of its flows that it does not say by itself: from companions, overrides, side files. */
#include "write/write_i.h"
#include "xml/edit_i.h"

struct bpr_source;
/* Notes the changes. source: the file, mended or as it was read; the edit's tree is its. BPR_ENOMEM. */
bpr_status bpr_i_rewrite_values(struct bpr_writing *w, const struct bpr_source *source, struct bpr_xml_edit *edit);
#endif
