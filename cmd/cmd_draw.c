/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr draw: the flow as a swimlane picture. */
#include "config.h"
#include "cmd.h"
#include "load.h"
#include "output.h"
#include "picture.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_SVG = 0, FORMAT_HTML };

struct draw_args {
	struct common_args common;
	const char *input, *after, *output, *run;
	size_t format, fault, heat;
	struct picture_args picture;
	bool map, follows;
};

/* What is marked in the picture. */
struct marks {
	struct bpr_sound_step *run; size_t run_count, run_capacity;
	struct bpr_sound_step faulty[1]; size_t faulty_count;
};

static const char *draw_format_choice(size_t i)
{
	static const char *const names[] = { "svg", "html", "png", "pdf", NULL };

	return names[i];
}

/* All but "none". */
static const char *heat_choice(size_t i)
{
	return bpr_heat_name((enum bpr_heat)(i + 1));
}

static const struct opt input_only[] = {
	{ .kind = OPT_OPERAND, .name = "FLOW", .at = OPT_AT(draw_args, input), .required = true, .complete = OPT_COMPLETE_FILES,
	  .help = N_("a flow table (CSV or .xlsx), a BPMN file or JSON of a flow; - is standard input") },
	{ .kind = OPT_OPERAND, .name = "AFTER", .at = OPT_AT(draw_args, after), .complete = OPT_COMPLETE_FILES,
	  .help = N_("the flow as it is to be: both are drawn, one below the other, and what changes is marked") },
	{ .kind = OPT_END },
};

static const struct opt heat_opts[] = {
	{ .kind = OPT_CHOICE, .name = "heat", .at = OPT_AT(draw_args, heat), .arg = "WHAT", .choice = heat_choice,
	  .help = N_("colour each step by a figure of a case, and write it in the box: visits, waiting, staff work, cost, how often it is done again, items written by hand") },
	{ .kind = OPT_FLAG, .name = "follows", .at = OPT_AT(draw_args, follows),
	  .help = N_("instead of the flow, which step follows which, gateways left out, with how often of a case") },
	{ .kind = OPT_FLAG, .name = "map", .at = OPT_AT(draw_args, map),
	  .help = N_("instead of the flow, the citizen's way between counters, buildings and floors, with how often of a case") },
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
	PICTURE_OPTS(draw_args),
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = OPT_AT(draw_args, output), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write the picture there, whole or not at all; default: standard output") },
	{ .kind = OPT_END },
};

/* By -f, else the ending of -o, else svg; BPR_NONE: the ending is that of no picture (told). */
static size_t format_of(const struct draw_args *args)
{
	const char *slash = args->output ? strrchr(args->output, '/') : NULL;
	const char *dot = args->output ? strrchr(slash ? slash : args->output, '.') : NULL;

	if (args->format != BPR_NONE || !dot || !dot[1] || !strcmp(args->output, "-"))
		return args->format != BPR_NONE ? args->format : 0;
	for (size_t i = 0; draw_format_choice(i); i++)
		if (!strcmp(dot + 1, draw_format_choice(i)))
			return i;
	if (!strcmp(dot, ".htm"))
		return FORMAT_HTML;
	say("U108", NULL, args->output, "svg, html, png, pdf", NULL);
	return BPR_NONE;
}

/* HTML is a page around SVG: as pictures go, the same. */
static enum bpr_picture_format picture_format(const struct draw_args *args)
{
	enum bpr_picture_format format = BPR_PICTURE_SVG;

	for (size_t i = 0; i < BPR_PICTURE_FORMAT_COUNT; i++)
		if (!strcmp(bpr_picture_format_name((enum bpr_picture_format)i), draw_format_choice(format_of(args))))
			format = (enum bpr_picture_format)i;
	return format;
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
	const char *const inputs[] = { args->input, args->after };
	enum bpr_picture_format format = picture_format(args);
	int status = STATUS_OUTPUT;

	if (!output_open(args->output, inputs, args->after ? 2 : 1, &status))
		return status;
	if (format != BPR_PICTURE_SVG && !common_fits_terminal(bpr_picture_format_name(format)))
		return STATUS_USAGE;
	(void)output_write(picture->data, picture->length);
	return output_commit() ? STATUS_OK : STATUS_OUTPUT;
}

/* What is drawn: the processes of one input, or one of each of two. */
struct subject {
	const struct bpr_flows *flows;
	size_t *chosen, count;
	const char *path;                /* that failures are about */
	bpr_problems *problems;
	bpr_analysis **analyses;         /* [flows->count], NULL where not drawn */
	bpr_queueing **queueings;
	bpr_comparison *comparison;
};

static void subject_release(struct subject *s)
{
	for (size_t i = 0; s->analyses && i < s->flows->count; i++) {
		bpr_queueing_free(s->queueings[i]);
		bpr_analysis_free(s->analyses[i]);
	}
	bpr_comparison_free(s->comparison);
	free(s->analyses);
	free(s->queueings);
	free(s->chosen);
}

/* Figures of a flow, for heat and what differs. */
static bpr_status analyse(const struct draw_args *args, struct subject *s, size_t flow, struct bpr_error *err)
{
	struct bpr_analysis_options options;
	bpr_status failed;

	common_analysis_options(&args->common, &options);
	failed = bpr_analyse(s->flows->items[flow], &options, &s->analyses[flow], s->problems, err);
	if (!failed && args->heat != BPR_NONE && (enum bpr_heat)(args->heat + 1) == BPR_HEAT_WAIT)
		failed = common_queueing(s->flows->items[flow], s->analyses[flow], s->problems, &s->queueings[flow], err);
	return failed;
}

static bpr_status take_figures(const struct draw_args *args, struct subject *s, struct bpr_error *err)
{
	bpr_status failed = BPR_OK;

	s->analyses = xcalloc(s->flows->count, sizeof(*s->analyses));
	s->queueings = xcalloc(s->flows->count, sizeof(*s->queueings));
	for (size_t i = 0; !failed && i < s->count && (args->heat != BPR_NONE || args->after || args->map || args->follows); i++)
		failed = analyse(args, s, s->chosen[i], err);
	if (!failed && args->after)
		failed = bpr_compare(s->flows->items[0], s->analyses[0], s->flows->items[1], s->analyses[1], &s->comparison, err);
	return failed;
}

static int draw_subject(const struct draw_args *args, struct subject *s, const struct marks *marks, struct text *notes)
{
	struct bpr_draw_options options = BPR_DRAW_OPTIONS_INIT;
	struct bpr_output picture = { 0 };
	struct bpr_error err = { 0 };
	size_t known = bpr_problems_count(s->problems);
	bpr_status failed = take_figures(args, s, &err);
	int status;

	options.lang = lang();
	options.run = marks->run;
	options.run_count = marks->run_count;
	options.faulty = marks->faulty;
	options.faulty_count = marks->faulty_count;
	options.heat = args->heat == BPR_NONE ? BPR_HEAT_NONE : (enum bpr_heat)(args->heat + 1);
	options.analyses = (const bpr_analysis *const *)s->analyses;
	options.queueings = (const bpr_queueing *const *)s->queueings;
	options.comparison = s->comparison;
	options.picture = args->map ? BPR_PICTURE_MAP : args->follows ? BPR_PICTURE_FOLLOWS : BPR_PICTURE_FLOW;
	options.page = format_of(args) == FORMAT_HTML;
	if (!failed)
		failed = bpr_draw(s->flows, s->chosen, s->count, &options, &picture, &err);
	if (failed)
		say_failure(notes, &err, s->path, s->problems, known);
	status = common_status(failed);
	if (!failed && picture_convert(&args->picture, picture_format(args), bpr_flow_name(s->flows->items[s->chosen[0]]), args->common.quiet, &picture, &status))
		status = write_picture(args, &picture);
	bpr_output_release(&picture);
	return status;
}

static int draw_loaded(const struct draw_args *args, const struct loaded *loaded, struct text *notes)
{
	struct subject s = { .flows = &loaded->flows, .count = loaded->count, .path = args->input, .problems = loaded->problems };
	struct marks marks = { 0 };
	int status = args->run ? take_run(args, loaded, &marks) : args->fault ? take_fault(args, loaded, &marks) : STATUS_OK;

	s.chosen = xcalloc(loaded->count, sizeof(*s.chosen));
	for (size_t i = 0; i < loaded->count; i++)
		s.chosen[i] = index_of(loaded, i);
	if (!status)
		status = draw_subject(args, &s, &marks, notes);
	subject_release(&s);
	free(marks.run);
	return status;
}

static void tell(const struct draw_args *args, const struct loaded *loaded, struct text *notes)
{
	if (!args->common.quiet)
		say_problems(notes, loaded->problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_ERROR, BPR_SEVERITY_WARNING);
}

/* One flow of each. */
static int draw_pair(const struct draw_args *args, struct text *notes)
{
	struct loaded sides[2] = { 0 };
	const char *const paths[2] = { args->input, args->after };
	bpr_flow *items[2] = { NULL, NULL };
	struct bpr_flows flows = { .items = items, .count = 2 };
	struct subject s = { .flows = &flows, .count = 2, .path = args->after };
	const struct marks none = { 0 };
	int status = STATUS_OK;

	for (size_t i = 0; i < 2; i++) { /* both are read, so that both are told */
		int side = load_side(paths[i], &args->common, i, &sides[i], notes);

		if (!side && i)
			side = load_levers(&args->common, &sides[i], notes);
		if (!side)
			tell(args, &sides[i], notes);
		status = side > status ? side : status;
	}
	s.chosen = xcalloc(2, sizeof(*s.chosen));
	s.chosen[1] = 1;
	s.problems = sides[1].problems;
	for (size_t i = 0; !status && i < 2; i++)
		items[i] = sides[i].flows.items[index_of(&sides[i], 0)];
	if (!status)
		status = draw_subject(args, &s, &none, notes);
	subject_release(&s);
	loaded_release(&sides[0]);
	loaded_release(&sides[1]);
	return status;
}

static int draw_one(const struct draw_args *args, struct text *notes)
{
	const struct common_args *common = &args->common;
	struct bpr_error err = { 0 };
	struct loaded loaded;
	bpr_status failed = load_quietly(args->input, common, false, &loaded, &err);
	int status;

	if (failed) {
		load_told(args->input, &loaded, &err, notes);
		status = load_status(&loaded, &err);
	} else {
		status = load_choose(args->input, common->processes.items, common->processes.count, &loaded, notes);
		if (!status)
			tell(args, &loaded, notes);
		if (!status)
			status = load_levers(common, &loaded, notes);
		if (!status)
			status = draw_loaded(args, &loaded, notes);
	}
	loaded_release(&loaded);
	return status;
}

/* What cannot be asked for together. */
static bool combines(const struct draw_args *args)
{
	if (args->run && args->fault)
		say("G003", NULL, NULL, NULL, NULL);
	else if (args->after && (args->run || args->fault))
		say("G004", NULL, args->run ? "run" : "fault", NULL, NULL);
	else if ((args->map || args->follows) && (args->run || args->fault || (args->map && (args->follows || args->heat != BPR_NONE))))
		say("G006", NULL, args->map ? "map" : "follows",
		    args->run ? "run" : args->fault ? "fault" : args->heat != BPR_NONE ? "heat" : "follows", NULL);
	else if (args->after && args->common.processes.count > 2)
		say("U106", NULL, args->common.processes.items[2], NULL, NULL);
	else if (args->after && !strcmp(args->input, "-") && !strcmp(args->after, "-"))
		say("U109", NULL, NULL, NULL, NULL);
	else
		return true;
	return false;
}

static int draw(const struct draw_args *args)
{
	struct text notes = { 0 };
	int status;

	if (format_of(args) == BPR_NONE || !combines(args) || !picture_combines(&args->picture, picture_format(args)))
		return STATUS_USAGE;
	status = args->after ? draw_pair(args, &notes) : draw_one(args, &notes);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct draw_args args = { .common = COMMON_ARGS_INIT, .format = BPR_NONE, .heat = BPR_NONE, .picture = PICTURE_ARGS_INIT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status) && levers_understood(&args.common, &status))
		status = draw(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Inputs"), input_only }, { N_("Figures in the picture"), heat_opts }, { N_("Marks"), draw_opts }, { N_("Input"), input_opts }, { N_("Levers"), lever_opts },
	{ N_("Output"), picture_opts }, { N_("Where no exact way is known"), sampling_opts }, { N_("Limits"), limit_opts }, { N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr draw flow.csv -o flow.svg", N_("a swimlane picture for a browser, a document or a printer"),
	"bpr draw --process p1 flow.bpmn -o p1.svg", N_("one process of several"),
	"bpr draw --heat wait flow.csv -o wait.svg", N_("where a case waits: the darker, the longer, with the minutes in each box"),
	"bpr draw --heat work flow.csv -o flow.html", N_("a page in which one can zoom and move about"),
	"bpr draw --width 1920 flow.csv -o flow.png", N_("the picture for a slide or a text processor"),
	"bpr draw --paper a3 flow.csv -o flow.pdf", N_("on one sheet of paper, with text that can be searched"),
	"bpr draw --map flow.csv -o map.svg", N_("how citizens go from counter to counter"),
	"bpr draw before.csv after.csv -o pair.svg", N_("before and after in one picture: what goes, what is new, what changes"),
	"bpr draw --run start,J1,J2 flow.csv -o run.svg", N_("the way of one case, marked and numbered"),
	"bpr draw --fault 1 flow.bpmn -o fault.svg", N_("where a case gets stuck, and how it gets there"),
	NULL,
};

const struct cmd cmd_draw = {
	"draw", N_("the flow as a swimlane picture"),
	N_("What does this flow look like? Draws it anew as a picture in BPMN notation: a lane for each unit, from left to right, lines that pass no step, loops that lead back visibly. With two inputs, before and after stand one below the other and what differs is marked. The picture is SVG, stands alone and is searched as text."),
	examples, groups, false, run,
};
