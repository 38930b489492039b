/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Until the reader of BPMN is there, whose definition replaces this weak one. */
#include "config.h"
#include "base/text_i.h"
#include "read/read_i.h"

__attribute__((weak)) bpr_status bpr_i_read_bpmn(struct bpr_reader *reader, const char *data, size_t length, struct bpr_flows *out)
{
	(void)data;
	(void)length;
	(void)out;
	return bpr_i_reader_fail(reader, BPR_EUNSUPPORTED, BPR_I_I016, 0, "BPMN", NULL);
}
