/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "picture.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>

const char *picture_paper_choice(size_t i)
{
	static const char *const papers[] = { "a4", "a3", NULL };

	return papers[i];
}

bool picture_combines(const struct picture_args *args, enum bpr_picture_format format)
{
	if ((args->dpi.given || args->width) && format != BPR_PICTURE_PNG)
		say("G025", NULL, args->dpi.given ? "dpi" : "width", "png", NULL);
	else if (args->paper != BPR_NONE && format != BPR_PICTURE_PDF)
		say("G025", NULL, "paper", "pdf", NULL);
	else
		return true;
	return false;
}

const char *picture_date(char *date, size_t size)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	double seconds;
	int year, month, day, rest;

	if (!text || !bpr_text_number(text, &seconds) || !(seconds >= 0 && seconds < 253402300800.0))
		return NULL;
	bpr_date_parts((long)(seconds / 86400), &year, &month, &day);
	rest = (int)(seconds - (double)(long)(seconds / 86400) * 86400);
	(void)snprintf(date, size, "%04d-%02d-%02dT%02d:%02d:%02dZ", year % 10000, month % 100, day % 100, rest / 3600, rest / 60 % 60, rest % 60);
	return date;
}

bool picture_convert(const struct picture_args *args, enum bpr_picture_format format, const char *title, bool quiet,
		     struct bpr_output *picture, int *status)
{
	struct bpr_picture_options options = BPR_PICTURE_OPTIONS_INIT;
	bpr_problems *problems = NULL;
	struct bpr_output out = { 0 };
	struct bpr_error err = { 0 };
	struct text notes = { 0 };
	char date[32];
	bpr_status failed;

	options.format = format;
	options.width = args->width;
	options.paper = args->paper == BPR_NONE ? BPR_PAPER_NONE : (enum bpr_picture_paper)(args->paper + 1);
	options.title = title;
	options.date = picture_date(date, sizeof(date));
	if (args->dpi.given)
		options.dpi = args->dpi.value;
	failed = bpr_problems_new(&problems, &err);
	if (!failed)
		failed = bpr_picture(picture, &options, &out, problems, &err);
	if (failed)
		say_failure(&notes, &err, NULL, NULL, 0);
	else if (!quiet)
		say_problems(&notes, problems, 0, BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	bpr_problems_free(problems);
	bpr_output_release(picture);
	*picture = out;
	*status = !failed ? STATUS_OK : failed == BPR_ELIMIT || failed == BPR_ENOMEM ? STATUS_LIMIT : STATUS_OUTPUT;
	return !failed;
}
