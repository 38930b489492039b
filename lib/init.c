/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Set-up of the process, once. */
#include "config.h"
#include "graph/guard_i.h"
#include "json/json_i.h"
#include "xml/xml_i.h"
#include <bpr/init.h>
#include <bpr/version.h>
#include <gsl/gsl_errno.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void setup(void)
{
	(void)gsl_set_error_handler_off(); /* process-wide: so once, never swapped around a call */
	bpr_i_graph_guard_install();
	bpr_i_xml_setup();
	bpr_i_json_setup();
}

void bpr_init(void)
{
	(void)pthread_once(&once, setup);
}

const char *bpr_version(void)
{
	return BPR_VERSION;
}
