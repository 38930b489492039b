/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr completion: what a shell offers, from the option tables. */
#include "config.h"
#include "cmd.h"
#include "help.h"

struct completion_args {
	struct common_args common;
	const char *shell;
};

static const char *shell_choice(size_t i)
{
	static const char *const names[] = { "bash", "zsh", "fish", NULL };

	return names[i];
}

static const struct opt completion_opts[] = {
	{ .kind = OPT_OPERAND, .name = "SHELL", .at = OPT_AT(completion_args, shell), .required = true, .choice = shell_choice,
	  .help = N_("the shell whose script to print") },
	{ .kind = OPT_END },
};

static int run(const struct cmd *cmd, int argc, char **argv)
{
	static void (*const writers[])(struct text *) = { completion_bash, completion_zsh, completion_fish };
	struct completion_args args = { .common = COMMON_ARGS_INIT };
	struct text out = { 0 };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status)) {
		writers[opt_choice_find(&completion_opts[0], args.shell)](&out);
		status = print_text(&out);
	}
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Completion"), completion_opts }, { N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"source <(bpr completion bash)", N_("in this bash, at once"),
	"bpr completion zsh >\"${fpath[1]}/_bpr\"", N_("in zsh, from the next start"),
	"bpr completion fish >~/.config/fish/completions/bpr.fish", N_("in fish"),
	NULL,
};

const struct cmd cmd_completion = {
	"completion", N_("completion of commands and options in a shell"),
	N_("How does my shell complete commands, options and their values? Prints a script for bash, zsh or fish."),
	examples, groups, false, run,
};
