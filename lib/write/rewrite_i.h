/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_REWRITE_I_H
#define BPR_WRITE_REWRITE_I_H
/* A BPMN file with the values of its flows that it does not say by itself: from companions, overrides, side files. */
#include "write/write_i.h"
#include "xml/edit_i.h"

/* Notes the changes. The edit's tree is that of w->flows->source. BPR_ENOMEM. */
bpr_status bpr_i_rewrite_values(struct bpr_writing *w, struct bpr_xml_edit *edit);
#endif
