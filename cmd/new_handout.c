/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr new handout: the sheets of a training from the town's own flow, as one file or a folder with a file for each part. */
#include "config.h"
#include "new.h"
#include "flow_output.h"
#include "load.h"
#include "picture.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What was read for it. */
struct handout {
	const struct new_args *args;
	struct loaded sides[2];
	bpr_procedures *procedures;
	bpr_household **households; size_t household_count;
	bpr_problems *problems;
	struct bpr_workshop_options options;
	enum bpr_lang lang;
	char made[32];
	struct text notes;
};

static bool ends_in(const char *path, const char *ending)
{
	size_t n = strlen(path), m = strlen(ending);

	return n > m && !strcasecmp(path + n - m, ending);
}

static int failed(struct handout *h, const char *path, const struct bpr_error *err)
{
	say_failure(&h->notes, err, path, h->problems, 0);
	return common_status(err->status);
}

static int read_households(struct handout *h)
{
	const struct new_args *args = h->args;
	struct bpr_error err = { 0 };

	err.status = args->procedures ? bpr_procedures_read(args->procedures, NULL, &h->procedures, h->problems, &err) : BPR_OK;
	if (err.status)
		return failed(h, args->procedures, &err);
	err.status = args->households ? bpr_households_read(args->households, &h->households, &h->household_count, h->problems, &err) : BPR_OK;
	return err.status ? failed(h, args->households, &err) : STATUS_OK;
}

static int read_all(struct handout *h)
{
	const char *const paths[2] = { h->args->flow, h->args->after };
	int status = STATUS_OK;

	for (size_t i = 0; i < 2 && paths[i]; i++) {
		int side = load_side(paths[i], &h->args->common, i, &h->sides[i], &h->notes);

		if (!side && !h->args->common.quiet)
			say_problems(&h->notes, h->sides[i].problems, 0, h->args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		status = side > status ? side : status;
	}
	return status ? status : read_households(h);
}

static int draw(struct handout *h, unsigned parts, enum bpr_workshop_format format, char *path, struct new_files *out)
{
	struct bpr_error err = { 0 };
	struct bpr_output data = { 0 };
	size_t known = bpr_problems_count(h->problems);

	err.status = bpr_workshop_write(h->sides[0].chosen[0], h->args->after ? h->sides[1].chosen[0] : NULL, parts, format, &h->options, &data,
					h->problems, &err);
	if (err.status) {
		free(path);
		say_failure(&h->notes, &err, h->args->flow, h->problems, known);
		return err.status == BPR_EUNSUPPORTED ? STATUS_OUTPUT : common_status(err.status);
	}
	if (data.length) {
		new_files_add(out, path, data);
	} else { /* nothing to show: no lots are drawn */
		free(path);
		bpr_output_release(&data);
	}
	return STATUS_OK;
}

/* Folder: a PDF for each part, to be printed as often as the trainer's notes say, and all of it as a page. */
static int draw_folder(struct handout *h, struct new_files *out)
{
	const char *folder = h->args->common.output;
	size_t n = strlen(folder);
	struct text path = { 0 };
	int status = STATUS_OK;

	text_printf(&path, "%s%shandout.html", folder, n && folder[n - 1] == '/' ? "" : "/");
	status = draw(h, 0, BPR_WORKSHOP_HTML, xstrdup(path.data), out);
	text_release(&path);
	for (size_t i = 0; bpr_workshop_part_name((enum bpr_workshop_part)i) && !status; i++) {
		text_printf(&path, "%s%s%02zu-%s.pdf", folder, n && folder[n - 1] == '/' ? "" : "/", i + 1, bpr_workshop_part_name((enum bpr_workshop_part)i));
		status = draw(h, 1u << i, BPR_WORKSHOP_PDF, xstrdup(path.data), out);
		text_release(&path);
	}
	out->folder = true;
	return status;
}

static void complete(struct handout *h)
{
	const struct new_args *args = h->args;

	h->options = (struct bpr_workshop_options)BPR_WORKSHOP_OPTIONS_INIT;
	h->lang = lang();
	h->options.langs = args->common.langs.count ? args->common.lang_list : &h->lang;
	h->options.lang_count = args->common.langs.count ? args->common.langs.count : 1;
	h->options.families = args->families;
	h->options.households = (bpr_household *const *)h->households;
	h->options.household_count = h->household_count;
	h->options.procedures = h->procedures;
	h->options.office = args->office;
	h->options.made = picture_date(h->made, sizeof(h->made));
}

int new_handout(const struct new_args *args, struct new_files *out)
{
	const char *path = args->common.output ? args->common.output : "-";
	struct handout h = { .args = args };
	struct bpr_error err = { 0 };
	int status = STATUS_LIMIT;

	if (bpr_problems_new(&h.problems, &err))
		say_failure(&h.notes, &err, NULL, NULL, 0);
	else
		status = read_all(&h);
	complete(&h);
	if (!status && h.household_count > 24) {
		char count[32];

		(void)snprintf(count, sizeof(count), "%zu", h.household_count);
		say_to(&h.notes, "U244", args->households, count, NULL, NULL);
		status = STATUS_LIMIT;
	}
	if (!status && strcmp(path, "-") != 0 && !ends_in(path, ".pdf") && !ends_in(path, ".html")) {
		status = draw_folder(&h, out);
	} else if (!status) {
		bool html = ends_in(path, ".html");

		out->binary = html ? NULL : "pdf";
		status = draw(&h, 0, html ? BPR_WORKSHOP_HTML : BPR_WORKSHOP_PDF, xstrdup(path), out);
	}
	if (!status && !args->common.quiet)
		say_problems(&h.notes, h.problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	if (h.notes.data)
		fputs(h.notes.data, stderr);
	text_release(&h.notes);
	bpr_households_free(h.households, h.household_count);
	bpr_procedures_free(h.procedures);
	loaded_release(&h.sides[0]);
	loaded_release(&h.sides[1]);
	bpr_problems_free(h.problems);
	return status;
}
