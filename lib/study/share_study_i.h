/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_SHARE_STUDY_I_H
#define BPR_STUDY_SHARE_STUDY_I_H
/* Several municipalities on the same measures, as a document; the table must outlive it. */
#include "study/document_i.h"
#include <bpr/share.h>

void bpr_i_study_share(struct bpr_document *doc, const bpr_share_table *table);
/* What is in one pack. */
void bpr_i_study_pack(struct bpr_document *doc, const bpr_share *share);
#endif
