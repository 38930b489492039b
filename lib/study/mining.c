/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of a report on a log: which sections it has, in which order. */
#include "config.h"
#include "study/mining_i.h"
#include "base/text_i.h"
#include <string.h>

const char *bpr_i_say_log(struct bpr_document *doc, const bpr_log *log)
{
	const char *name = bpr_log_info(log).name;
	const char *slash = strrchr(name, '/');

	if (!strcmp(name, "-"))
		return bpr_i_doc_text(doc, N_("standard input"));
	return slash ? slash + 1 : name;
}

size_t bpr_i_mining_k(const struct bpr_study_options *options)
{
	enum { USUAL = 5 };

	return options->k ? options->k : USUAL;
}

void bpr_i_study_mining(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	(void)options;
	bpr_i_doc_heading(doc, 1, bpr_i_doc_fill(doc, N_("What happened, by a log: {1}"), bpr_i_say_log(doc, subject->log), NULL, NULL, NULL));
	/* sections: waits (bpr_i_study_mining_waits), conformance (bpr_i_study_mining_conformance) add their call here */
}
