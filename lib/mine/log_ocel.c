/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "mine/log_i.h"

bpr_status bpr_i_log_read_ocel(struct bpr_log_reading *reading)
{
	return bpr_i_fault(reading->fault, BPR_EUNSUPPORTED, BPR_I_L009, 0, "ocel", NULL, NULL);
}
