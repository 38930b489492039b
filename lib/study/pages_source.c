/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the figures come from, what they assume, and how to make them again. */
#include "config.h"
#include "study/pages_i.h"

void bpr_i_page_source(struct bpr_pages *pages)
{
	(void)pages;
}
