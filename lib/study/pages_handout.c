/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page that can be given out alone: one sentence, four figures, the forms, for whom what changes, what is to be decided. */
#include "config.h"
#include "study/pages_i.h"

void bpr_i_page_handout(struct bpr_pages *pages)
{
	(void)pages;
}
