/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_JSON_QUEUEING_I_H
#define BPR_REPORT_JSON_QUEUEING_I_H
/* Waiting by formula as JSON. */
#include "base/json_i.h"
#include <bpr/queueing.h>

/* Of the whole flow: the member "queueing". */
void bpr_i_put_queueing(struct bpr_json *j, const bpr_queueing *q);
/* More members of the object of a pool. */
void bpr_i_put_queue_pool(struct bpr_json *j, const bpr_queueing *q, size_t pool);
#endif
