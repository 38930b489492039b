/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <bpr/init.h>
#include <stdio.h>

int main(void)
{
	printf("bpr %s\n", bpr_version());
	return 0;
}
