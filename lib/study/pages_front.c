/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page about one flow: what a case costs, where it sticks. */
#include "config.h"
#include "study/pages_i.h"

void bpr_i_page_front(struct bpr_pages *pages)
{
	(void)pages;
}
