/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How waiting spreads, who is busy, what gets worse and what is not known. */
#include "config.h"
#include "study/pages_i.h"

void bpr_i_page_waiting(struct bpr_pages *pages)
{
	(void)pages;
}
