/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "xlsx/reading_i.h"
#include "base/text_i.h"

bpr_status bpr_i_ods_open(struct bpr_xlsx *book, struct bpr_fault *fault)
{
	(void)book;
	return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_T040, 0, BPR_I_ARG N_("an OpenDocument spreadsheet (.ods)"), NULL, NULL);
}

bpr_status bpr_i_ods_rows(struct bpr_xlsx *book, size_t sheet, bpr_xlsx_row_fn *take, void *data, struct bpr_xlsx_merges *merges,
			  struct bpr_fault *fault)
{
	(void)sheet;
	(void)take;
	(void)data;
	(void)merges;
	return bpr_i_ods_open(book, fault);
}
