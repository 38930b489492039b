/* SPDX-License-Identifier: GPL-3.0-or-later */
/* igraph's error handler is process-wide: installed once, it records instead of aborting. */
#include "config.h"
#include "graph/guard_i.h"
#include "base/problem_i.h"
#include <igraph.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
	igraph_error_t code;
	char text[192];
} first; /* under the lock */

static void record(const char *reason, const char *file, int line, igraph_error_t code)
{
	if (first.code == IGRAPH_SUCCESS) {
		first.code = code;
		(void)snprintf(first.text, sizeof(first.text), "%s (%s:%d)", reason, file, line);
	}
	IGRAPH_FINALLY_FREE(); /* may free reason: copy before, never after */
}

static void hush(const char *reason, const char *file, int line)
{
	(void)reason;
	(void)file;
	(void)line;
}

void bpr_i_graph_guard_install(void)
{
	(void)igraph_set_error_handler(record);
	(void)igraph_set_warning_handler(hush);
}

void bpr_i_graph_begin(void)
{
	(void)pthread_mutex_lock(&lock);
	first.code = IGRAPH_SUCCESS;
	first.text[0] = '\0';
}

bpr_status bpr_i_graph_end(bool failed, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	if (failed) {
		/* We hand igraph valid graphs only; what is left is memory. */
		status = bpr_i_nomem(err);
		if (err && first.code != IGRAPH_ENOMEM && first.text[0])
			(void)snprintf(err->message, sizeof(err->message), "%s", first.text);
	}
	(void)pthread_mutex_unlock(&lock);
	return status;
}
