/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --help, from the option table. */
#include "config.h"
#include "help.h"
#include "output.h"
#include <stdio.h>
#include <string.h>

enum { WIDTH = 79, DESCRIPTION_AT = 28, SUMMARY_AT = 14 };

int print_text(struct text *text)
{
	int status = STATUS_OK;

	if (!output_open(NULL, NULL, 0, &status))
		return status;
	(void)output_write(text->data ? text->data : "", text->length);
	text_release(text);
	return output_commit() ? STATUS_OK : STATUS_OUTPUT;
}

static void add_usage(struct text *out, const struct cmd *cmd)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;

	text_printf(out, "%s bpr %s [%s]...", tr(N_("Usage:")), cmd->name, tr(N_("OPTION")));
	while ((o = opt_next(cmd->groups, &iter)) != NULL)
		if (opt_is_operand(o))
			text_printf(out, o->required ? " %s%s" : " [%s]%s", o->name, o->kind == OPT_OPERANDS ? "..." : "");
	text_puts(out, "\n");
}

static void add_option(struct text *out, const struct opt *o)
{
	struct text description = { 0 };
	size_t start = out->length;
	size_t columns;

	if (opt_is_operand(o))
		text_printf(out, "  %s", o->name);
	else if (o->letter)
		text_printf(out, "  -%c, --%s", o->letter, o->name);
	else
		text_printf(out, "      --%s", o->name);
	if (o->arg)
		text_printf(out, "=%s", o->arg);
	columns = out->length - start;
	if (columns + 2 > DESCRIPTION_AT)
		text_printf(out, "\n%*s", DESCRIPTION_AT, "");
	else
		text_printf(out, "%*s", (int)(DESCRIPTION_AT - columns), "");
	text_puts(&description, tr(o->help));
	if (o->choice) {
		char names[512];

		opt_choice_names(o, names, sizeof(names));
		text_fill(&description, N_(" ({1})"), names, NULL, NULL);
	}
	text_wrap(out, description.data, DESCRIPTION_AT, DESCRIPTION_AT, WIDTH);
	text_release(&description);
}

static void add_group(struct text *out, const struct opt_group *group)
{
	text_printf(out, "\n%s:\n", tr(group->title));
	for (const struct opt *o = group->opts; o->kind != OPT_END; o++)
		if (!o->hidden)
			add_option(out, o);
}

static void add_examples(struct text *out, const struct cmd *cmd)
{
	if (!cmd->examples)
		return;
	text_printf(out, "\n%s:\n", tr(N_("Examples")));
	for (size_t i = 0; cmd->examples[i]; i += 2) {
		text_printf(out, "  %s\n      ", cmd->examples[i]);
		text_wrap(out, tr(cmd->examples[i + 1]), 6, 6, WIDTH);
	}
}

void help_text(struct text *out, const struct cmd *cmd)
{
	text_wrap(out, tr(cmd->answer), 0, 0, WIDTH);
	text_puts(out, "\n");
	add_usage(out, cmd);
	add_examples(out, cmd);
	for (const struct opt_group *g = cmd->groups; g->opts; g++)
		add_group(out, g);
	text_puts(out, "\n");
	text_wrap(out, tr(N_("Exit status: 0 done; 1 done, and a check fell short; 2 wrong usage; 3 an input is not valid; 4 the output cannot be written; 5 a limit was reached.")), 0, 0, WIDTH);
	text_printf(out, "%s man bpr-%s\n", tr(N_("Manual:")), cmd->name);
}

void help_overview(struct text *out)
{
	text_wrap(out, tr(N_("bpr measures the flow of a procedure: what a case costs the citizen and the staff, where it sticks, and what changes from before to after. It reads flow tables (CSV) and BPMN 2.0.")), 0, 0, WIDTH);
	text_printf(out, "\n%s bpr %s [%s]... %s...\n\n%s:\n", tr(N_("Usage:")), tr(N_("COMMAND")), tr(N_("OPTION")), tr(N_("INPUT")), tr(N_("Commands")));
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		text_printf(out, "  %-*s", SUMMARY_AT - 2, commands[i]->name);
		text_wrap(out, tr(commands[i]->summary), SUMMARY_AT, SUMMARY_AT, WIDTH);
	}
	text_printf(out, "\n%s:\n", tr(N_("Examples")));
	text_printf(out, "  bpr analyze flow.csv\n  bpr compare before.bpmn after.bpmn\n  bpr explain counter_visits\n\n");
	text_wrap(out, tr(N_("'bpr help COMMAND' shows the options of a command; 'man bpr' the manual. --lang ja or en chooses the language.")), 0, 0, WIDTH);
}

int help_print(const struct cmd *cmd)
{
	struct text out = { 0 };

	help_text(&out, cmd);
	return print_text(&out);
}

int help_version(void)
{
	struct text out = { 0 };

	text_printf(&out, "bpr %s\n", bpr_version());
	text_puts(&out, tr(N_("License GPL-3.0-or-later; there is no warranty, to the extent permitted by law.\n")));
	return print_text(&out);
}
