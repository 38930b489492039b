/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion scripts from the option tables. */
#include "config.h"
#include "help.h"
#include <string.h>

static void add_commands(struct text *out, const char *separator)
{
	bool first = true;

	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		text_printf(out, "%s%s", first ? "" : separator, commands[i]->name);
		first = false;
	}
}

static void add_choices(struct text *out, const struct opt *o)
{
	for (size_t i = 0; o->choice(i); i++) {
		char name[64];

		opt_choice_name(o, i, name, sizeof(name));
		text_printf(out, "%s%s", i ? " " : "", name);
	}
}

/* Text within single quotes of any shell: a quote becomes a typographic one. */
static void add_quoted(struct text *out, const char *text)
{
	for (; *text; text++)
		if (*text == '\'')
			text_puts(out, "’");
		else
			text_add(out, text, 1);
}

/* What the operands of a command may be. */
static enum opt_complete operand_kind(const struct cmd *cmd, const struct opt **operand)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;

	*operand = NULL;
	while ((o = opt_next(cmd->groups, &iter)) != NULL)
		if (opt_is_operand(o)) {
			*operand = o;
			return o->complete;
		}
	return OPT_COMPLETE_NONE;
}

/* The words that `bpr explain` knows: codes and metrics. */
static void add_words(struct text *out)
{
	for (size_t i = 0; i < BPR_SIM_KEY_COUNT; i++)
		text_printf(out, "%s%s", i ? " " : "", bpr_sim_key_get(i)->key);
	for (size_t i = 0; i < bpr_code_count(); i++)
		text_printf(out, " %s", bpr_code_at(i)->code);
}

static void add_operand_words(struct text *out, const struct cmd *cmd)
{
	const struct opt *o;
	enum opt_complete kind = operand_kind(cmd, &o);

	if (o && o->choice)
		add_choices(out, o);
	else if (kind == OPT_COMPLETE_COMMANDS)
		add_commands(out, " ");
	else if (kind == OPT_COMPLETE_WORDS)
		add_words(out);
}

/* ---- bash ---- */

static void bash_options(struct text *out, const struct cmd *cmd)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;
	bool first = true;

	text_printf(out, "\t%s)\n\t\toptions='", cmd->name);
	while ((o = opt_next(cmd->groups, &iter)) != NULL) {
		if (opt_is_operand(o) || o->hidden)
			continue;
		text_printf(out, "%s--%s%s", first ? "" : " ", o->name, o->arg ? "=" : "");
		first = false;
	}
	text_puts(out, "'\n\t\twords='");
	add_operand_words(out, cmd);
	text_puts(out, "'\n\t\tcase $name in\n");
	iter = (struct opt_iter){ 0, 0 };
	while ((o = opt_next(cmd->groups, &iter)) != NULL) {
		if (!o->arg || opt_is_operand(o) || o->hidden)
			continue;
		text_printf(out, o->letter ? "\t\t--%s | -%c) " : "\t\t--%s) ", o->name, o->letter);
		if (o->choice) {
			text_puts(out, "values='");
			add_choices(out, o);
			text_puts(out, "' ;;\n");
		} else {
			text_printf(out, "values=%s ;;\n", o->complete == OPT_COMPLETE_FILES ? "@files" : "@none");
		}
	}
	text_puts(out, "\t\tesac\n\t\t;;\n");
}

void completion_bash(struct text *out)
{
	text_puts(out,
		"# bash completion for bpr\n"
		"_bpr() {\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= name= options= words= values= i\n"
		"\tCOMPREPLY=()\n"
		"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		"\t\tcase ${COMP_WORDS[i]} in\n"
		"\t\t-* | =) ;;\n"
		"\t\t*) command=${COMP_WORDS[i]}; break ;;\n"
		"\t\tesac\n"
		"\tdone\n"
		"\t# '=' is a word of its own for bash\n"
		"\tif [[ $cur == = ]]; then\n"
		"\t\tname=$prev cur=\n"
		"\telif [[ $prev == = && $COMP_CWORD -gt 2 ]]; then\n"
		"\t\tname=${COMP_WORDS[COMP_CWORD-2]}\n"
		"\telif [[ $prev == -* ]]; then\n"
		"\t\tname=$prev\n"
		"\tfi\n"
		"\tcase $command in\n"
		"\t'')\n"
		"\t\tCOMPREPLY=($(compgen -W '");
	add_commands(out, " ");
	text_puts(out, " --help --version' -- \"$cur\"))\n\t\treturn\n\t\t;;\n");
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			bash_options(out, commands[i]);
	text_puts(out,
		"\tesac\n"
		"\tif [[ $values == @none ]]; then\n"
		"\t\treturn\n"
		"\telif [[ $values == @files ]]; then\n"
		"\t\tcompopt -o filenames 2>/dev/null\n"
		"\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n"
		"\telif [[ -n $values ]]; then\n"
		"\t\tCOMPREPLY=($(compgen -W \"$values\" -- \"$cur\"))\n"
		"\telif [[ $cur == -* ]]; then\n"
		"\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
		"\t\t[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null\n"
		"\telif [[ -n $words ]]; then\n"
		"\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
		"\telse\n"
		"\t\tcompopt -o filenames 2>/dev/null\n"
		"\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n"
		"\tfi\n"
		"}\n"
		"complete -F _bpr bpr\n");
}

/* ---- zsh ---- */

/* Brackets and colons end parts of a specification. */
static void zsh_text(struct text *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("[]:\\", *text))
			text_puts(out, "\\");
		if (*text == '\'')
			text_puts(out, "’");
		else
			text_add(out, text, 1);
	}
}

static void zsh_action(struct text *out, const struct cmd *cmd, const struct opt *o)
{
	text_printf(out, ":%s:", o->arg ? o->arg : o->name);
	if (o->choice) {
		text_puts(out, "(");
		add_choices(out, o);
		text_puts(out, ")");
	} else if (o->complete == OPT_COMPLETE_FILES) {
		text_puts(out, "_files");
	} else if (opt_is_operand(o)) {
		text_puts(out, "(");
		add_operand_words(out, cmd);
		text_puts(out, ")");
	}
}

static void zsh_option(struct text *out, const struct cmd *cmd, const struct opt *o)
{
	bool again = o->kind == OPT_LIST || o->kind == OPT_COUNT;

	text_puts(out, " \\\n\t\t\t");
	if (opt_is_operand(o)) {
		text_printf(out, "'%s", o->kind == OPT_OPERANDS ? "*" : "");
	} else {
		if (o->letter)
			text_printf(out, again ? "'*'{-%c,--%s%s}'[" : "{-%c,--%s%s}'[", o->letter, o->name, o->arg ? "=" : "");
		else
			text_printf(out, again ? "'*--%s%s[" : "'--%s%s[", o->name, o->arg ? "=" : "");
		zsh_text(out, tr(o->help));
		text_puts(out, "]");
	}
	if (o->arg || opt_is_operand(o))
		zsh_action(out, cmd, o);
	text_puts(out, "'");
}

static void zsh_options(struct text *out, const struct cmd *cmd)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;

	text_printf(out, "\t%s)\n\t\t_arguments -s -S", cmd->name);
	while ((o = opt_next(cmd->groups, &iter)) != NULL) {
		if (!o->hidden)
			zsh_option(out, cmd, o);
	}
	text_puts(out, "\n\t\t;;\n");
}

void completion_zsh(struct text *out)
{
	text_puts(out,
		"#compdef bpr\n"
		"_bpr() {\n"
		"\tlocal -a bpr_commands\n"
		"\tif ((CURRENT == 2)); then\n"
		"\t\tbpr_commands=(\n");
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		text_printf(out, "\t\t\t'%s:", commands[i]->name);
		zsh_text(out, tr(commands[i]->summary));
		text_puts(out, "'\n");
	}
	text_puts(out,
		"\t\t)\n"
		"\t\t_describe command bpr_commands\n"
		"\t\treturn\n"
		"\tfi\n"
		"\tlocal command=$words[2]\n"
		"\tshift words\n"
		"\t((CURRENT--))\n"
		"\tcase $command in\n");
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			zsh_options(out, commands[i]);
	text_puts(out,
		"\tesac\n"
		"}\n"
		"if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
		"\t_bpr \"$@\"\n"
		"else\n"
		"\tcompdef _bpr bpr\n"
		"fi\n");
}

/* ---- fish ---- */

static void fish_options(struct text *out, const struct cmd *cmd)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;

	while ((o = opt_next(cmd->groups, &iter)) != NULL) {
		if (o->hidden)
			continue;
		if (opt_is_operand(o) && o->complete == OPT_COMPLETE_FILES)
			continue; /* files are fish's own default */
		text_printf(out, "complete -c bpr -n '__fish_seen_subcommand_from %s'", cmd->name);
		if (opt_is_operand(o)) {
			text_puts(out, " -f -a '");
			add_operand_words(out, cmd);
			text_puts(out, "'\n");
			continue;
		}
		if (o->letter)
			text_printf(out, " -s %c", o->letter);
		text_printf(out, " -l %s", o->name);
		if (o->choice) {
			text_puts(out, " -x -a '");
			add_choices(out, o);
			text_puts(out, "'");
		} else if (o->arg) {
			text_puts(out, o->complete == OPT_COMPLETE_FILES ? " -r -F" : " -x");
		}
		text_puts(out, " -d '");
		add_quoted(out, tr(o->help));
		text_puts(out, "'\n");
	}
}

void completion_fish(struct text *out)
{
	text_puts(out, "# fish completion for bpr\n");
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		text_printf(out, "complete -c bpr -f -n '__fish_use_subcommand' -a %s -d '", commands[i]->name);
		add_quoted(out, tr(commands[i]->summary));
		text_puts(out, "'\n");
	}
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			fish_options(out, commands[i]);
}
