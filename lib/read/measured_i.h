/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_MEASURED_I_H
#define BPR_READ_MEASURED_I_H
/* Files that a cell names: emp(FILE[,COLUMN]), list(FILE[,COLUMN]), log(FILE[,COLUMN]). In the folder of the flow or below it. */
#include "base/encoding_i.h"
#include "read/heading_i.h"

struct bpr_beside {
	char *file, *data;          /* as opened; its bytes */
	struct bpr_decoded text;
	char column[4096];          /* folded, "" none */
};
/* FILE[,COLUMN] read as text; a failure is noted at `place`. Release in any case. */
bpr_status bpr_i_beside_open(struct bpr_reader *reader, const char *source, struct bpr_beside *out, bpr_problems *problems,
			     const struct bpr_place *place);
void bpr_i_beside_release(struct bpr_beside *beside);
/* Whether a heading is the column, both folded. */
bool bpr_i_beside_is(const struct bpr_csv_cell *cell, const char *column);
#endif
