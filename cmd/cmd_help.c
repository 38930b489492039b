/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr help: the list of commands, the help of one; parts of the manual. */
#include "config.h"
#include "cmd.h"
#include "help.h"
#include "nearest.h"
#include "say.h"
#include <string.h>

struct help_args {
	struct common_args common;
	bool mdoc, words;
	const char *topic;
};

static const struct opt help_opts[] = {
	{ .kind = OPT_OPERAND, .name = "COMMAND", .at = OPT_AT(help_args, topic), .complete = OPT_COMPLETE_COMMANDS,
	  .help = N_("the command to explain; none: the list of commands") },
	{ .kind = OPT_FLAG, .name = "mdoc", .at = OPT_AT(help_args, mdoc), .hidden = true,
	  .help = N_("print a part of the manual") },
	{ .kind = OPT_FLAG, .name = "words", .at = OPT_AT(help_args, words), .hidden = true,
	  .help = N_("print the commands, or the options of one") },
	{ .kind = OPT_END },
};

static void add_words(struct text *out, const struct cmd *cmd)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;

	for (size_t i = 0; !cmd && commands[i]; i++)
		text_printf(out, "%s\n", commands[i]->name);
	while (cmd && (o = opt_next(cmd->groups, &iter)) != NULL)
		if (!opt_is_operand(o) && !o->hidden)
			text_printf(out, "--%s%s\n", o->name, o->arg ? "=" : "");
}

static int unknown(const char *topic)
{
	struct nearest near;

	say("U100", NULL, topic, NULL, NULL);
	nearest_begin(&near, topic, strlen(topic));
	for (size_t i = 0; commands[i]; i++)
		nearest_offer(&near, commands[i]->name, strlen(commands[i]->name));
	if (near.best[0])
		say_hint(N_("did you mean 'bpr {1}'?"), near.best);
	else
		say_hint(N_("'bpr help' lists the commands"), NULL);
	return STATUS_USAGE;
}

static int show(const struct help_args *args)
{
	const struct cmd *topic = args->topic && !args->mdoc ? cmd_find(args->topic) : NULL;
	struct text out = { 0 };

	if (args->topic && !args->mdoc && !topic)
		return unknown(args->topic);
	if (args->mdoc && !(args->topic && mdoc_part(&out, args->topic)))
		return unknown(args->topic ? args->topic : "");
	if (args->words)
		add_words(&out, topic);
	else if (topic)
		help_text(&out, topic);
	else if (!args->mdoc)
		help_overview(&out);
	return print_text(&out);
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct help_args args = { .common = COMMON_ARGS_INIT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status))
		status = show(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Help"), help_opts }, { N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr help compare", N_("the options of a command"),
	"bpr help --lang ja", N_("the list of commands in Japanese"),
	NULL,
};

const struct cmd cmd_help = {
	"help", N_("the commands, or the options of one"),
	N_("Which commands are there, and which options does one take?"), examples, groups, false, run,
};
