/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program: finds the command, runs it. No locale is ever set: numbers are written with '.', output is UTF-8, and
 * the language of texts is chosen by --lang or the environment without needing the locale to be installed.
 */
#include "config.h"
#include "cmd.h"
#include "help.h"
#include "nearest.h"
#include "output.h"
#include "say.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const struct cmd *const commands[] = { &cmd_analyze, &cmd_compare, &cmd_simulate, &cmd_suggest, &cmd_mine, &cmd_checksheet, &cmd_check, &cmd_convert, &cmd_draw, &cmd_new, &cmd_drill, &cmd_walk, &cmd_share, &cmd_explain, &cmd_completion, &cmd_help, NULL };

const struct cmd *cmd_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

/* A closed standard descriptor must not be taken by a file: the input would be overwritten by the output. */
static void occupy_descriptors(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDONLY);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		(void)close(fd);
}

static int unknown_command(const char *word)
{
	struct nearest near;
	bool option = word[0] == '-';

	say(option ? "U101" : "U100", NULL, word, NULL, NULL);
	nearest_begin(&near, word, strlen(word));
	for (size_t i = 0; commands[i]; i++)
		nearest_offer(&near, commands[i]->name, strlen(commands[i]->name));
	if (option)
		say_hint(N_("options stand behind the command: bpr COMMAND [OPTION]... INPUT..."), NULL);
	else if (near.best[0])
		say_hint(N_("did you mean 'bpr {1}'?"), near.best);
	else
		say_hint(N_("'bpr help' lists the commands"), NULL);
	return STATUS_USAGE;
}

static int overview(void)
{
	struct text out = { 0 };

	help_overview(&out);
	return print_text(&out);
}

int main(int argc, char **argv)
{
	const struct cmd *cmd;
	int at = 1;

	occupy_descriptors();
	output_guard_signals();
	lang_guess(argc, argv);
	/* The language may stand before the command. */
	while (at < argc && !strncmp(argv[at], "--lang", 6) && (argv[at][6] == '=' || (!argv[at][6] && at + 1 < argc)))
		at += argv[at][6] ? 1 : 2;
	if (at >= argc) {
		say("U107", NULL, tr(N_("COMMAND")), NULL, NULL);
		say_hint(N_("'bpr help' lists the commands"), NULL);
		return STATUS_USAGE;
	}
	if (!strcmp(argv[at], "--help") || !strcmp(argv[at], "-h"))
		return overview();
	if (!strcmp(argv[at], "--version"))
		return help_version();
	cmd = cmd_find(argv[at]);
	if (!cmd)
		return unknown_command(argv[at]);
	return cmd->run(cmd, argc - at, argv + at);
}
