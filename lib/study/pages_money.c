/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours and yen of a year: what they are made of, how far they move, when the cost comes back. */
#include "config.h"
#include "study/pages_i.h"

void bpr_i_page_money(struct bpr_pages *pages)
{
	(void)pages;
}
