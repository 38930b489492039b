/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "procedure/procedure_i.h"

bpr_status bpr_i_procedures_dmn(struct bpr_procedure_reading *r, const char *data, size_t length, struct bpr_error *err)
{
	(void)r;
	(void)data;
	(void)length;
	return bpr_i_fail(err, BPR_EUNSUPPORTED, BPR_I_H001, NULL, 0, NULL, NULL);
}
