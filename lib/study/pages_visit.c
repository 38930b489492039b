/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit from door to door, and the flow with its heat. */
#include "config.h"
#include "study/pages_i.h"

void bpr_i_page_visit(struct bpr_pages *pages)
{
	(void)pages;
}
