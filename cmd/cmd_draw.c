/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr draw: the flow as a swimlane picture. */
#include "config.h"
#include "cmd.h"
#include "load.h"
#include "output.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct draw_args {
	struct common_args common;
	const char *input, *output, *run;
	size_t format, fault;
};

/* What is marked in the picture. */
struct marks {
	struct bpr_sound_step *run; size_t run_count, run_capacity;
	struct bpr_sound_step faulty[1]; size_t faulty_count;
};

static const char *draw_format_choice(size_t i)
{
	static const char *const names[] = { "svg", NULL };

	return names[i];
}

static const struct opt input_only[] = {
	{ .kind = OPT_OPERAND, .name = "FLOW", .at = OPT_AT(draw_args, input), .required = true, .complete = OPT_COMPLETE_FILES,
	  .help = N_("a flow table (CSV), a BPMN file or JSON of a flow; - is standard input") },
	{ .kind = OPT_END },
};

static const struct opt draw_opts[] = {
	{ .kind = OPT_TEXT, .name = "run", .at = OPT_AT(draw_args, run), .arg = "ID,ID,...",
	  .help = N_("mark and number a run: ids of steps, events and gateways in the order in which a case gets to them") },
	{ .kind = OPT_SIZE, .name = "fault", .at = OPT_AT(draw_args, fault), .arg = "N", .min = 1, .max = 1e6,
	  .help = N_("mark the fault N of soundness, as bpr check counts them, and the shortest run into it") },
	{ .kind = OPT_END },
};

static const struct opt picture_opts[] = {
	{ .kind = OPT_CHOICE, .letter = 'f', .name = "format", .at = OPT_AT(draw_args, format), .arg = "FORMAT", .choice = draw_format_choice,
	  .help = N_("format of the picture; default: by the ending of -o, else svg") },
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = OPT_AT(draw_args, output), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write the picture there, whole or not at all; default: standard output") },
	{ .kind = OPT_END },
};

/* The ending of -o must be that of a picture, unless -f says what it is. */
static bool is_format_clear(const struct draw_args *args)
{
	const char *slash = args->output ? strrchr(args->output, '/') : NULL;
	const char *dot = args->output ? strrchr(slash ? slash : args->output, '.') : NULL;

	if (args->format != BPR_NONE || !dot || !dot[1] || !strcmp(args->output, "-"))
		return true;
	if (!strcmp(dot, ".svg"))
		return true;
	say("U108", NULL, args->output, "svg", NULL);
	return false;
}

/* ---- marks ---- */

static struct bpr_sound_step *add_step(struct marks *marks)
{
	marks->run = xgrow(marks->run, &marks->run_capacity, marks->run_count + 1, sizeof(*marks->run));
	return &marks->run[marks->run_count++];
}

static size_t index_of(const struct loaded *loaded, size_t chosen)
{
	size_t i = 0;

	while (loaded->flows.items[i] != loaded->chosen[chosen])
		i++;
	return i;
}

static int take_run(const struct draw_args *args, const struct loaded *loaded, struct marks *marks)
{
	const char *id = args->run;

	while (*id) {
		size_t length = strcspn(id, ",");
		char *name = xstrndup(id, length);
		struct bpr_sound_step found = { BPR_NONE, BPR_NONE };

		for (size_t i = 0; i < loaded->count && found.node == BPR_NONE; i++)
			found = (struct bpr_sound_step){ index_of(loaded, i), bpr_flow_find(loaded->chosen[i], name) };
		if (found.node == BPR_NONE)
			say("G001", args->input, name, NULL, NULL);
		else
			*add_step(marks) = found;
		free(name);
		if (found.node == BPR_NONE)
			return STATUS_USAGE;
		id += length + (id[length] == ',');
	}
	return STATUS_OK;
}

/* One process (or the collaboration, flow BPR_NONE): counts *left down to the fault that is asked for. */
static bpr_status take_faults(const struct bpr_flows *flows, size_t flow, size_t *left, struct marks *marks, size_t *count,
			      struct bpr_error *err)
{
	struct bpr_soundness *sound = NULL;
	bpr_status status = bpr_soundness_check(flows, flow, NULL, &sound, err);

	for (size_t i = 0; sound && i < sound->fault_count; i++) {
		const struct bpr_sound_fault *fault = &sound->faults[i];

		(*count)++;
		if (!*left || --*left)
			continue;
		marks->faulty[0] = fault->at;
		marks->faulty_count = 1;
		for (size_t k = 0; k < fault->run_count; k++)
			*add_step(marks) = fault->run[k];
	}
	bpr_soundness_free(sound);
	return status;
}

static int take_fault(const struct draw_args *args, const struct loaded *loaded, struct marks *marks)
{
	size_t left = args->fault, count = 0;
	struct bpr_error err = { 0 };
	bpr_status failed = BPR_OK;
	char asked[24], there[24];

	for (size_t i = 0; !failed && i < loaded->count; i++)
		failed = take_faults(&loaded->flows, index_of(loaded, i), &left, marks, &count, &err);
	if (!failed && loaded->flows.count > 1)
		failed = take_faults(&loaded->flows, BPR_NONE, &left, marks, &count, &err);
	if (failed) {
		struct text notes = { 0 };

		say_failure(&notes, &err, args->input, loaded->problems, bpr_problems_count(loaded->problems));
		if (notes.data)
			fputs(notes.data, stderr);
		text_release(&notes);
		return common_status(failed);
	}
	if (marks->faulty_count)
		return STATUS_OK;
	(void)snprintf(asked, sizeof(asked), "%zu", args->fault);
	(void)snprintf(there, sizeof(there), "%zu", count);
	say("G002", args->input, asked, there, NULL);
	return STATUS_USAGE;
}

/* ---- the picture ---- */

static int write_picture(const struct draw_args *args, const struct bpr_output *picture)
{
	int status = STATUS_OUTPUT;

	if (!output_open(args->output, &args->input, 1, &status))
		return status;
	(void)output_write(picture->data, picture->length);
	return output_commit() ? STATUS_OK : STATUS_OUTPUT;
}

static int draw_loaded(const struct draw_args *args, const struct loaded *loaded, struct text *notes)
{
	struct bpr_draw_options options = BPR_DRAW_OPTIONS_INIT;
	struct bpr_output picture = { 0 };
	struct bpr_error err = { 0 };
	struct marks marks = { 0 };
	size_t *chosen = xcalloc(loaded->count, sizeof(*chosen));
	int status = args->run ? take_run(args, loaded, &marks) : args->fault ? take_fault(args, loaded, &marks) : STATUS_OK;

	for (size_t i = 0; i < loaded->count; i++)
		chosen[i] = index_of(loaded, i);
	options.lang = lang();
	options.run = marks.run;
	options.run_count = marks.run_count;
	options.faulty = marks.faulty;
	options.faulty_count = marks.faulty_count;
	if (!status) {
		bpr_status failed = bpr_draw(&loaded->flows, chosen, loaded->count, &options, &picture, &err);

		if (failed)
			say_failure(notes, &err, args->input, loaded->problems, bpr_problems_count(loaded->problems));
		status = failed ? common_status(failed) : write_picture(args, &picture);
	}
	bpr_output_release(&picture);
	free(marks.run);
	free(chosen);
	return status;
}

static int draw(const struct draw_args *args)
{
	const struct common_args *common = &args->common;
	struct bpr_error err = { 0 };
	struct loaded loaded;
	struct text notes = { 0 };
	bpr_status failed;
	int status;

	if (!is_format_clear(args))
		return STATUS_USAGE;
	if (args->run && args->fault) {
		say("G003", NULL, NULL, NULL, NULL);
		return STATUS_USAGE;
	}
	failed = load_quietly(args->input, common, false, &loaded, &err);
	if (failed) {
		load_told(args->input, &loaded, &err, &notes);
		status = load_status(&loaded, &err);
	} else {
		status = load_choose(args->input, common->processes.items, common->processes.count, &loaded, &notes);
		if (!status && !common->quiet)
			say_problems(&notes, loaded.problems, 0, common->verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_ERROR,
				     BPR_SEVERITY_WARNING);
		if (!status)
			status = draw_loaded(args, &loaded, &notes);
	}
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	loaded_release(&loaded);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct draw_args args = { .common = COMMON_ARGS_INIT, .format = BPR_NONE };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status))
		status = draw(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Inputs"), input_only }, { N_("Marks"), draw_opts }, { N_("Input"), input_opts }, { N_("Output"), picture_opts },
	{ N_("Limits"), limit_opts }, { N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr draw flow.csv -o flow.svg", N_("a swimlane picture for a browser, a document or a printer"),
	"bpr draw --process p1 flow.bpmn -o p1.svg", N_("one process of several"),
	"bpr draw --run start,J1,J2 flow.csv -o run.svg", N_("the way of one case, marked and numbered"),
	"bpr draw --fault 1 flow.bpmn -o fault.svg", N_("where a case gets stuck, and how it gets there"),
	NULL,
};

const struct cmd cmd_draw = {
	"draw", N_("the flow as a swimlane picture"),
	N_("What does this flow look like? Draws it anew as a picture in BPMN notation: a lane for each unit, from left to right, lines that pass no step, loops that lead back visibly. The picture is SVG, stands alone and is searched as text."),
	examples, groups, false, run,
};
