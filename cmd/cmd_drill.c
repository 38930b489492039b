/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr drill: exercises with hints and grading, for one who learns and for a class. */
#include "config.h"
#include "cmd.h"
#include "drill.h"
#include "output.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WIDTH = 79 };

static const char *format_choice(size_t i)
{
	static const char *const names[] = { "text", "md", "json", "csv", "html", NULL };

	return names[i];
}

static const struct opt drill_opts[] = {
	{ .kind = OPT_OPERAND, .name = "PACK", .at = OPT_AT(drill_args, pack), .complete = OPT_COMPLETE_FILES,
	  .help = N_("folder of the exercises, as `bpr new drill` writes one; default: this folder") },
	{ .kind = OPT_OPERAND, .name = "N", .at = OPT_AT(drill_args, exercise), .help = N_("the exercise: its text, or what the options below ask for; none: the list") },
	{ .kind = OPT_TEXT, .letter = 'a', .name = "answer", .at = OPT_AT(drill_args, answer), .arg = "ANSWER", .complete = OPT_COMPLETE_FILES,
	  .help = N_("grade it: a number, a name, or a file, as the exercise says; exit status 1 where it does not pass") },
	{ .kind = OPT_FLAG, .name = "hint", .at = OPT_AT(drill_args, hint), .help = N_("the next hint; there are up to three, each says more") },
	{ .kind = OPT_FLAG, .name = "watch", .at = OPT_AT(drill_args, watch), .help = N_("grade the file anew each time it is saved, until it passes") },
	{ .kind = OPT_TEXT, .name = "team", .at = OPT_AT(drill_args, team), .arg = "NAME", .help = N_("who learns: kept with the progress, for the scoreboard") },
	{ .kind = OPT_TEXT, .name = "record", .at = OPT_AT(drill_args, record), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("keep the progress there; default: progress.json in the folder of the exercises") },
	{ .kind = OPT_TEXT, .name = "class", .at = OPT_AT(drill_args, class), .arg = "DIR", .complete = OPT_COMPLETE_FILES,
	  .help = N_("the scoreboard of a class: the progress of every team, from the .json files in that folder and in the folders in it") },
	{ .kind = OPT_CHOICE, .letter = 'f', .name = "format", .at = OPT_AT(drill_args, format), .arg = "FORMAT", .choice = format_choice,
	  .help = N_("of what is printed; md, csv and html for a scoreboard only") },
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = OPT_AT(drill_args, common.output), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write it there, whole or not at all") },
	{ .kind = OPT_END },
};

/* ---- texts ---- */

const char *drill_text(const char *const texts[BPR_LANG_COUNT])
{
	return texts[lang()][0] ? texts[lang()] : texts[lang() == BPR_LANG_EN ? BPR_LANG_JA : BPR_LANG_EN];
}

/* Each line of the pack's text a paragraph; what a terminal would obey is shown as text. */
static void add_paragraphs(struct text *out, const char *text)
{
	while (*text) {
		const size_t n = strcspn(text, "\n");
		char *line = xstrndup(text, n);
		const size_t size = bpr_text_safe(line, NULL, 0) + 1;
		char *safe = xcalloc(size, 1);

		(void)bpr_text_safe(line, safe, size);
		text_puts(out, "  ");
		text_wrap(out, safe, 2, 2, WIDTH);
		free(safe);
		free(line);
		text += n + (text[n] == '\n');
	}
}

static void add_line(struct text *out, const char *id, const char *a1, const char *a2)
{
	struct text line = { 0 };

	text_fill(&line, id, a1, a2, NULL);
	add_paragraphs(out, line.data ? line.data : "");
	text_release(&line);
}

static void add_safe(struct text *out, const char *text)
{
	char safe[1024];

	(void)bpr_text_safe(text, safe, sizeof(safe));
	text_puts(out, safe);
}

/* How the answer is given. */
static void add_how(struct text *out, const struct drill *d, const struct bpr_exercise *x)
{
	static const char *const how[BPR_TASK_COUNT] = {
		N_("Answer with a number: bpr drill {1} --answer NUMBER"),
		N_("Answer with a name: bpr drill {1} --answer NAME"),
		N_("Answer with your own flow: bpr drill {1} --answer FILE"),
		N_("Answer with a table of the levers that you choose: bpr drill {1} --answer FILE"),
		N_("Answer with a list of procedures, one a line: bpr drill {1} --answer FILE"),
		N_("Answer with your own flow and its staff: bpr drill {1} --answer FILE"),
	};
	struct text where = { 0 };

	if (strcmp(bpr_pack_folder(d->pack), ".") != 0) {
		add_safe(&where, bpr_pack_folder(d->pack));
		text_puts(&where, " ");
	}
	add_safe(&where, x->id);
	text_puts(out, "\n");
	add_line(out, how[x->task], where.data, NULL);
	if (x->hint_count)
		add_line(out, N_("Stuck: bpr drill {1} --hint"), where.data, NULL);
	text_release(&where);
}

static void show_list(struct text *out, const struct drill *d)
{
	size_t passed = 0, next = BPR_NONE;
	char count[32], all[32];

	add_safe(out, bpr_pack_title(d->pack, lang()));
	text_puts(out, "\n");
	add_paragraphs(out, bpr_pack_text(d->pack, lang()));
	text_puts(out, "\n");
	for (size_t i = 0; i < bpr_pack_count(d->pack); i++) {
		const struct bpr_exercise *x = bpr_pack_get(d->pack, i);
		const struct bpr_progress_item *item = bpr_progress_get(d->progress, i);

		text_puts(out, item->passed ? "  [x] " : "  [ ] ");
		add_safe(out, x->id);
		text_puts(out, "  ");
		add_safe(out, drill_text(x->title));
		text_puts(out, "\n");
		passed += item->passed;
		if (!item->passed && next == BPR_NONE)
			next = i;
	}
	(void)snprintf(count, sizeof(count), "%zu", passed);
	(void)snprintf(all, sizeof(all), "%zu", bpr_pack_count(d->pack));
	text_puts(out, "\n");
	add_line(out, N_("{1} of {2} passed."), count, all);
	if (next != BPR_NONE) {
		struct text where = { 0 };

		if (strcmp(bpr_pack_folder(d->pack), ".") != 0) {
			add_safe(&where, bpr_pack_folder(d->pack));
			text_puts(&where, " ");
		}
		add_safe(&where, bpr_pack_get(d->pack, next)->id);
		add_line(out, N_("Go on with: bpr drill {1}"), where.data, NULL);
		text_release(&where);
	}
}

static void show_exercise(struct text *out, const struct drill *d)
{
	const struct bpr_exercise *x = bpr_pack_get(d->pack, d->index);
	const char *const files[] = { x->input, x->levers, x->procedures, x->household };
	struct text list = { 0 };

	add_safe(out, x->id);
	text_puts(out, ". ");
	add_safe(out, drill_text(x->title));
	text_puts(out, "\n");
	add_paragraphs(out, drill_text(x->text));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (*files[i]) {
			text_puts(&list, list.length ? lang() == BPR_LANG_JA ? "、" : ", " : "");
			if (strcmp(bpr_pack_folder(d->pack), ".") != 0) {
				text_puts(&list, bpr_pack_folder(d->pack));
				text_puts(&list, "/");
			}
			text_puts(&list, files[i]);
		}
	if (list.length) {
		text_puts(out, "\n");
		add_line(out, N_("Files: {1}"), list.data, NULL);
	}
	text_release(&list);
	add_how(out, d, x);
}

/* ---- grading ---- */

/* As many digits as one compares by. */
static void number_text(double x, char buf[40])
{
	const double size = x < 0 ? -x : x;

	(void)snprintf(buf, 40, size >= 1000 || size == (double)(long)size ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", x);
}

/* "{1}" what it is, "{2}" what it should be, in what the pack says of an unmet requirement. */
static void show_unmet(struct text *out, const struct bpr_exercise *x, const struct bpr_grade *grade, const struct bpr_graded *item)
{
	const char *said = drill_text(item->unmet);
	char actual[40], limit[40], line[1024];
	const char *const args[4] = { actual, limit, item->what, NULL };

	number_text(item->actual, actual);
	number_text(item->limit, limit);
	if (!item->known)
		(void)snprintf(actual, sizeof(actual), "%s", tr(N_("not known")));
	if (*said) {
		(void)bpr_text_fill(line, sizeof(line), said, args);
		add_paragraphs(out, line);
	} else if (x->task == BPR_TASK_VALUE) {
		add_line(out, !strcmp(grade->wanted, "more") ? N_("It is more than {1}.") : N_("It is less than {1}."), actual, NULL);
	} else if (x->task == BPR_TASK_WORD) {
		add_line(out, N_("It is another one."), NULL, NULL);
	} else if (x->task == BPR_TASK_SHEET) {
		add_line(out, !strncmp(item->what, "missing", 7) ? N_("Procedures that this household needs and the list lacks: {1}.") :
			 !strncmp(item->what, "extra", 5)	? N_("Procedures on the list that this household does not need: {1}.") :
								  N_("Lines that name no procedure of the table: {1}."), actual, NULL);
	} else {
		add_line(out, N_("Not met: {1}; it is {2}."), item->what, actual);
	}
}

static void show_grade(struct text *out, const struct drill *d, const struct bpr_grade *grade)
{
	const struct bpr_exercise *x = bpr_pack_get(d->pack, d->index);
	const struct bpr_progress_item *item = bpr_progress_get(d->progress, d->index);
	char met[32], all[32];
	size_t n = 0;

	if (grade->passed) {
		add_line(out, N_("Passed: exercise {1}."), x->id, NULL);
		add_paragraphs(out, drill_text(x->done));
		return;
	}
	for (size_t i = 0; i < grade->count; i++)
		n += grade->items[i].met;
	(void)snprintf(met, sizeof(met), "%zu", n);
	(void)snprintf(all, sizeof(all), "%zu", grade->count);
	if (grade->count > 1)
		add_line(out, N_("Not yet: {1} of {2} requirements are met."), met, all);
	else
		add_line(out, N_("Not yet."), NULL, NULL);
	for (size_t i = 0; i < grade->count; i++)
		if (!grade->items[i].met)
			show_unmet(out, x, grade, &grade->items[i]);
	if (item->hints < x->hint_count)
		add_how(out, d, x);
}

static int failed_status(bpr_status status)
{
	return status == BPR_EINVAL || status == BPR_ESYNTAX ? STATUS_INPUT : common_status(status);
}

/* Grades once: STATUS_OK passed, STATUS_FINDINGS not. */
static int grade_once(struct drill *d, struct text *out, struct text *notes)
{
	struct bpr_grade_options options = BPR_GRADE_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	struct bpr_grade grade;
	bpr_problems *problems = NULL;
	char *json = NULL;
	size_t length;
	int status = STATUS_OK;
	bpr_status failed = bpr_problems_new(&problems, &err);

	options.lang = lang();
	options.simulation.jobs = d->args->common.jobs;
	if (!failed)
		failed = bpr_pack_grade(d->pack, d->index, d->args->answer, &options, &grade, problems, &err);
	if (failed) {
		say_failure(notes, &err, d->args->answer, problems, 0);
		bpr_problems_free(problems);
		return failed_status(failed);
	}
	bpr_progress_graded(d->progress, d->index, &grade);
	if (d->args->format == DRILL_JSON) {
		failed = bpr_grade_write(d->pack, d->index, &grade, d->progress, &json, &length, &err);
		if (!failed)
			text_add(out, json, length);
		bpr_progress_text_free(json);
	} else {
		show_grade(out, d, &grade);
	}
	status = failed ? common_status(failed) : grade.passed ? STATUS_OK : STATUS_FINDINGS;
	bpr_grade_release(&grade);
	bpr_problems_free(problems);
	return status;
}

static int print(const struct text *out)
{
	if (out->data && fwrite(out->data, 1, out->length, stdout) != out->length)
		return STATUS_OUTPUT;
	return fflush(stdout) ? STATUS_OUTPUT : STATUS_OK;
}

static void flush_notes(struct text *notes)
{
	if (notes->data)
		fputs(notes->data, stderr);
	text_release(notes);
}

/* When the file was saved last; what is not there counts as never. */
static struct timespec saved(const char *path)
{
	struct stat st;

	return stat(path, &st) ? (struct timespec){ 0, 0 } : st.st_mtim;
}

/* Grades anew each time the answer is saved. */
static int watch(struct drill *d)
{
	struct timespec seen = { 0, 0 };
	int status = STATUS_FINDINGS;

	while (status) {
		const struct timespec now = saved(d->args->answer);

		if (now.tv_sec != seen.tv_sec || now.tv_nsec != seen.tv_nsec) {
			struct text out = { 0 }, notes = { 0 };

			seen = now;
			status = grade_once(d, &out, &notes);
			flush_notes(&notes);
			if (print(&out))
				status = STATUS_OUTPUT;
			text_release(&out);
			if (status == STATUS_OUTPUT || drill_save(d))
				return STATUS_OUTPUT;
			if (status)
				fprintf(stderr, "%s\n", tr(N_("waiting until the file is saved; Ctrl-C ends")));
		}
		if (status)
			(void)usleep(200000);
	}
	return status;
}

/* ---- the command ---- */

static int hint(struct drill *d, struct text *out)
{
	const struct bpr_exercise *x = bpr_pack_get(d->pack, d->index);
	size_t n;

	if (!x->hint_count) {
		add_line(out, N_("This exercise has no hints."), NULL, NULL);
		return STATUS_OK;
	}
	n = bpr_progress_hint(d->progress, d->index, x->hint_count);
	for (size_t i = 0; i < n; i++)
		add_paragraphs(out, drill_text(x->hints[i]));
	if (n == x->hint_count)
		add_line(out, N_("There are no more hints."), NULL, NULL);
	return STATUS_OK;
}

static int list_json(const struct drill *d, struct text *out)
{
	struct bpr_error err = { 0 };
	char *json = NULL;
	size_t length = 0;
	bpr_status failed = bpr_pack_write(d->pack, d->progress, lang(), &json, &length, &err);

	if (!failed)
		text_add(out, json, length);
	bpr_progress_text_free(json);
	return failed ? common_status(failed) : STATUS_OK;
}

static int act(struct drill *d)
{
	struct text out = { 0 }, notes = { 0 };
	const bool changes = d->args->answer || d->args->hint;
	int status = STATUS_OK;

	if (d->args->watch)
		return watch(d);
	if (d->args->answer)
		status = grade_once(d, &out, &notes);
	else if (d->args->hint)
		status = hint(d, &out);
	else if (d->index != BPR_NONE)
		show_exercise(&out, d);
	else if (d->args->format == DRILL_JSON)
		status = list_json(d, &out);
	else
		show_list(&out, d);
	flush_notes(&notes);
	if (status <= STATUS_FINDINGS) {
		if (changes && drill_save(d))
			status = STATUS_OUTPUT;
		else if (drill_print(d, out.data, out.length))
			status = STATUS_OUTPUT;
	}
	text_release(&out);
	return status;
}

static bool only_digits(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

static bool combines(struct drill_args *args)
{
	/* `bpr drill 3` is exercise 3 of this folder. */
	if (args->pack && !args->exercise && only_digits(args->pack)) {
		args->exercise = args->pack;
		args->pack = NULL;
	}
	if (!args->pack)
		args->pack = ".";
	if ((args->answer || args->hint || args->watch) && !args->exercise) {
		say("U250", NULL, args->answer ? "answer" : args->hint ? "hint" : "watch", NULL, NULL);
		return false;
	}
	if (args->watch && !args->answer) {
		say("U251", NULL, NULL, NULL, NULL);
		return false;
	}
	if (args->hint && args->answer) {
		say("U160", NULL, "hint", "answer", NULL);
		return false;
	}
	if (args->class && (args->exercise || args->answer)) {
		say("U160", NULL, "class", args->answer ? "answer" : "hint", NULL);
		return false;
	}
	if (!args->class && args->format != DRILL_TEXT && args->format != DRILL_JSON) {
		say("U252", NULL, format_choice(args->format), NULL, NULL);
		return false;
	}
	return true;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct drill_args args = { .common = COMMON_ARGS_INIT };
	struct drill d = { .args = &args, .index = BPR_NONE };
	int status = STATUS_USAGE;

	if (common_begin(cmd, argc, argv, &args.common, &status)) {
		status = combines(&args) ? drill_open(&d) : STATUS_USAGE;
		if (!status)
			status = args.class ? drill_class(&d) : act(&d);
	}
	drill_close(&d);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Exercise"), drill_opts }, { N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr new drill -o enshu", N_("the exercises that come with bpr, with their files, into a folder of your own"),
	"bpr drill enshu", N_("the list, and what was passed"),
	"bpr drill enshu 1", N_("the text of the first exercise"),
	"bpr drill enshu 1 --answer 3.2", N_("grade an answer"),
	"bpr drill enshu 3 --answer my-flow.csv --watch", N_("grade the file each time it is saved"),
	"bpr drill enshu --class teams -f html -o board.html", N_("the scoreboard of a class"),
	NULL,
};

const struct cmd cmd_drill = {
	"drill", N_("exercises with hints and grading, for a class"),
	N_("How do I learn it? Exercises from reading a flow to staying inside a budget. Answers are measured, not compared with a file, so any good answer passes; hints come one by one; a class has a scoreboard."),
	examples, groups, false, run,
};
