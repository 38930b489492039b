/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the manual, in mdoc, from the same tables as everything else. */
#include "config.h"
#include "help.h"
#include "glossary.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Text of a line: nothing in it is a request or an escape. */
static void add_escaped(struct text *out, const char *text, size_t length)
{
	if (length && (*text == '.' || *text == '\''))
		text_puts(out, "\\&");
	for (size_t i = 0; i < length; i++)
		if (text[i] == '\\')
			text_puts(out, "\\e");
		else if (text[i] == '-')
			text_puts(out, "\\-");
		else
			text_add(out, text + i, 1);
}

/* A paragraph, a sentence a line, as mdoc wants it. */
static void add_prose(struct text *out, const char *text)
{
	while (*text) {
		size_t n = 0;

		while (text[n] && !(text[n] == ' ' && n && strchr(".:;?!", text[n - 1]) && isupper((unsigned char)text[n + 1])))
			n++;
		add_escaped(out, text, n);
		text_puts(out, "\n");
		text += n;
		text += strspn(text, " ");
	}
}

/* One argument of a macro. */
static void add_word(struct text *out, const char *word)
{
	bool quote = strchr(word, ' ') != NULL;

	/* The zero-width mark keeps a word from being read as a macro. */
	text_puts(out, quote ? " \"" : " \\&");
	for (; *word; word++)
		if (*word == '"')
			text_puts(out, "\\(dq");
		else if (*word == '\\')
			text_puts(out, "\\e");
		else if (*word == '-')
			text_puts(out, "\\-");
		else
			text_add(out, word, 1);
	if (quote)
		text_puts(out, "\"");
}

static void sentence(struct text *out, const char *text)
{
	size_t n = strlen(text);

	if (lang() == BPR_LANG_EN && *text >= 'a' && *text <= 'z') {
		text_printf(out, "%c", toupper((unsigned char)*text));
		text++;
		n--;
	}
	add_escaped(out, text, n);
	if (n && text[n - 1] == '?')
		text_puts(out, "\n");
	else
		text_puts(out, lang() == BPR_LANG_JA ? "。\n" : ".\n");
}

static void add_option(struct text *out, const struct opt *o)
{
	if (opt_is_operand(o)) {
		text_printf(out, ".It Ar %s\n", o->name);
	} else {
		text_puts(out, ".It");
		if (o->letter && o->arg)
			text_printf(out, " Fl %c Ar %s , Fl \\-%s Ns = Ns Ar %s\n", o->letter, o->arg, o->name, o->arg);
		else if (o->letter)
			text_printf(out, " Fl %c , Fl \\-%s\n", o->letter, o->name);
		else if (o->arg)
			text_printf(out, " Fl \\-%s Ns = Ns Ar %s\n", o->name, o->arg);
		else
			text_printf(out, " Fl \\-%s\n", o->name);
	}
	sentence(out, tr(o->help));
	if (o->choice) {
		char names[512];

		opt_choice_names(o, names, sizeof(names));
		text_puts(out, tr(N_("One of ")));
		add_escaped(out, names, strlen(names));
		text_puts(out, lang() == BPR_LANG_JA ? "。\n" : ".\n");
	}
}

static void add_options(struct text *out, const struct cmd *cmd)
{
	for (const struct opt_group *g = cmd->groups; g->opts; g++) {
		text_puts(out, ".Ss ");
		add_escaped(out, tr(g->title), strlen(tr(g->title)));
		text_puts(out, "\n.Bl -tag -width Ds\n");
		for (const struct opt *o = g->opts; o->kind != OPT_END; o++)
			if (!o->hidden)
				add_option(out, o);
		text_puts(out, ".El\n");
	}
}

static void add_synopsis(struct text *out, const struct cmd *cmd)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;

	text_printf(out, ".Nm bpr %s\n.Op Ar %s ...\n", cmd->name, tr(N_("OPTION")));
	while ((o = opt_next(cmd->groups, &iter)) != NULL)
		if (opt_is_operand(o)) {
			const char *more = o->kind == OPT_OPERANDS ? " ..." : "";

			text_printf(out, o->required ? ".Ar %s%s\n" : ".Op Ar %s%s\n", o->name, more);
		}
}

static void add_examples(struct text *out, const struct cmd *cmd)
{
	for (size_t i = 0; cmd->examples && cmd->examples[i]; i += 2) {
		if (i)
			text_puts(out, ".Pp\n");
		sentence(out, tr(cmd->examples[i + 1]));
		text_puts(out, ".Dl ");
		add_escaped(out, cmd->examples[i], strlen(cmd->examples[i]));
		text_puts(out, "\n");
	}
}

static void add_os(struct text *out)
{
	text_printf(out, ".Os bpr %s\n", bpr_version());
}

static void add_commands(struct text *out)
{
	text_puts(out, ".Bl -tag -width completion\n");
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		text_printf(out, ".It Ic %s\n", commands[i]->name);
		sentence(out, tr(commands[i]->summary));
		text_printf(out, "%s\n.Xr bpr-%s 1 .\n", tr(N_("See")), commands[i]->name);
	}
	text_puts(out, ".El\n");
}

static void add_keys(struct text *out, size_t from, size_t to)
{
	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = from; i < to; i++) {
		const struct bpr_metric_info *info = bpr_sim_key_get(i);

		text_printf(out, ".It Cm %s\n", info->key);
		add_escaped(out, tr(info->label), strlen(tr(info->label)));
		if (*info->unit) {
			text_puts(out, " (");
			add_escaped(out, tr(info->unit), strlen(tr(info->unit)));
			text_puts(out, ")");
		}
		text_puts(out, lang() == BPR_LANG_JA ? "。\n" : ".\n");
		add_prose(out, tr(info->explain));
	}
	text_puts(out, ".El\n");
}

static void add_metrics(struct text *out)
{
	add_keys(out, 0, BPR_METRIC_COUNT);
}

/* Those that only a simulation has. */
static void add_queue_metrics(struct text *out)
{
	add_keys(out, BPR_METRIC_COUNT, BPR_SIM_KEY_COUNT);
}

static void add_spellings(struct text *out, const char *spellings)
{
	for (; *spellings; spellings += *spellings == '|') {
		size_t n = strcspn(spellings, "|");

		add_escaped(out, spellings, n);
		spellings += n;
		text_puts(out, *spellings ? ", " : "\n");
	}
}

static void add_column(struct text *out, const struct bpr_column_info *info)
{
	text_puts(out, ".It Cm");
	add_word(out, info->key);
	text_puts(out, "\n");
	if (*info->headings) {
		add_spellings(out, info->headings);
		text_puts(out, ".br\n");
	}
	add_prose(out, tr(info->explain));
	text_puts(out, tr(N_("Values: ")));
	add_escaped(out, tr(info->values), strlen(tr(info->values)));
	text_puts(out, lang() == BPR_LANG_JA ? "。\n" : ".\n");
}

/* "columns-flow" */
static bool add_columns(struct text *out, const char *table_name)
{
	struct bpr_column_info info;
	size_t table = 0;

	while (table < bpr_column_table_count() && strcmp(bpr_column_table_name(table), table_name) != 0)
		table++;
	if (table == bpr_column_table_count())
		return false;
	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; bpr_column_get(table, i, &info); i++)
		add_column(out, &info);
	text_puts(out, ".El\n");
	return true;
}

static void add_procedure_table(struct text *out, size_t table)
{
	struct bpr_column_info info;

	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; bpr_procedure_column_get(table, i, &info); i++)
		add_column(out, &info);
	text_puts(out, ".El\n");
}

static void add_procedure_columns(struct text *out)
{
	add_procedure_table(out, 0);
}

static void add_household_columns(struct text *out)
{
	add_procedure_table(out, 1);
}

/* Facts that every table of procedures may use. */
static void add_known_facts(struct text *out)
{
	struct bpr_known_fact_info fact;

	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; bpr_known_fact_get(i, &fact); i++) {
		const size_t n = strcspn(fact.names, "|");

		text_puts(out, ".It Cm ");
		add_escaped(out, fact.names, n);
		text_puts(out, "\n");
		if (fact.names[n]) {
			add_spellings(out, fact.names + n + 1);
			text_puts(out, ".br\n");
		}
		add_prose(out, tr(fact.question));
		if (*fact.words) {
			text_puts(out, ".br\n");
			add_spellings(out, fact.words);
		}
	}
	text_puts(out, ".El\n");
}

/* Headings of logs in tables. */
static void add_log_columns(struct text *out)
{
	struct bpr_log_column column;

	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; bpr_log_column_get(i, &column); i++) {
		const size_t n = strcspn(column.english, "|");
		char key[64];

		(void)snprintf(key, sizeof(key), "%.*s", (int)(n < sizeof(key) ? n : sizeof(key) - 1), column.english);
		text_puts(out, ".It Cm");
		add_word(out, key);
		text_puts(out, "\n");
		if (column.english[n]) {
			add_spellings(out, column.english + n + 1);
			text_puts(out, ".br\n");
		}
		add_spellings(out, column.japanese);
		text_puts(out, ".br\n");
		add_prose(out, tr(column.explain));
		if (column.option)
			text_printf(out, ".Pq Fl \\-%s\n", column.option + 2);
	}
	text_puts(out, ".El\n");
}

static void add_labelled(struct text *out, const char *label, const char *text)
{
	if (!*text)
		return;
	text_puts(out, label);
	add_escaped(out, text, strlen(text));
	text_puts(out, lang() == BPR_LANG_JA ? "。\n" : ".\n");
}

static void add_lever_columns(struct text *out)
{
	struct bpr_column_info info;

	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; bpr_lever_column_get(i, &info); i++) {
		text_puts(out, ".It Cm");
		add_word(out, info.key);
		text_puts(out, "\n");
		add_spellings(out, info.headings);
		text_puts(out, ".br\n");
		add_prose(out, tr(info.explain));
		add_labelled(out, tr(N_("Values: ")), tr(info.values));
	}
	text_puts(out, ".El\n");
}

static void add_lever_kinds(struct text *out)
{
	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < BPR_LEVER_KIND_COUNT; i++) {
		const struct bpr_lever_kind_info *info = bpr_lever_kind_get((enum bpr_lever_kind)i);

		text_puts(out, ".It Cm");
		add_word(out, info->key);
		text_puts(out, "\n");
		add_spellings(out, info->words);
		text_puts(out, ".br\n");
		add_prose(out, tr(info->explain));
		add_labelled(out, tr(N_("Target: ")), tr(info->target));
		add_labelled(out, tr(N_("Value: ")), tr(info->value));
	}
	text_puts(out, ".El\n");
}

/* What a lever is taken to cost where its table does not say. */
static void add_lever_assumptions(struct text *out)
{
	text_puts(out, ".Bl -tag -width Ds -compact\n");
	for (size_t i = 0; i < BPR_LEVER_KIND_COUNT; i++) {
		const struct bpr_lever_kind_info *info = bpr_lever_kind_get((enum bpr_lever_kind)i);
		const struct bpr_lever_assumption *a = bpr_lever_assumption_get((enum bpr_lever_kind)i);
		char figures[4][32], line[400];
		const char *const args[4] = { figures[0], figures[1], figures[2], figures[3] };

		(void)snprintf(figures[0], sizeof(figures[0]), "%.0f", a->cost);
		(void)snprintf(figures[1], sizeof(figures[1]), "%.0f", a->yearly_cost);
		(void)snprintf(figures[2], sizeof(figures[2]), "%g", a->effort_days);
		(void)snprintf(figures[3], sizeof(figures[3]), "%g", a->ease);
		text_puts(out, ".It Cm");
		add_word(out, info->key);
		text_puts(out, "\n");
		(void)bpr_text_fill(line, sizeof(line), tr(N_("{1} yen, {2} yen a year, {3} days, ease {4}: ")), args);
		add_escaped(out, line, strlen(line));
		text_puts(out, lang() == BPR_LANG_JA ? "" : "\n");
		add_escaped(out, tr(a->reason), strlen(tr(a->reason)));
		text_puts(out, lang() == BPR_LANG_JA ? "。\n" : ".\n");
	}
	text_puts(out, ".El\n");
}

/* Names that sheets of a workbook may have. */
static void add_sheets(struct text *out)
{
	text_puts(out, ".Bl -tag -width scopes -compact\n");
	for (size_t table = 0; table < bpr_column_table_count(); table++) {
		text_puts(out, ".It Cm");
		add_word(out, bpr_column_table_name(table));
		text_puts(out, "\n");
		add_spellings(out, bpr_column_table_sheets(table));
	}
	text_puts(out, ".El\n");
}

static void add_codes(struct text *out)
{
	static const char *const dots[4] = { "…", "…", "…", "…" };

	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < bpr_code_count(); i++) {
		const struct bpr_code *code = bpr_code_at(i);
		char line[1024];

		(void)bpr_text_fill(line, sizeof(line), tr(code->message), dots);
		text_printf(out, ".It Er %s\n", code->code);
		add_escaped(out, line, strlen(line));
		text_puts(out, "\n.br\n");
		add_prose(out, tr(code->explain));
	}
	text_puts(out, ".El\n");
}

static void add_glossary(struct text *out)
{
	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < glossary_count; i++) {
		text_puts(out, ".It ");
		add_spellings(out, glossary[i].ja);
		add_spellings(out, glossary[i].en);
	}
	for (size_t i = 0; i < term_count; i++) {
		text_puts(out, ".It ");
		add_spellings(out, terms[i].ja);
		add_spellings(out, terms[i].en);
		add_prose(out, tr(terms[i].explain));
	}
	text_puts(out, ".El\n");
}

/* Parts of one command: "options-analyze". */
static bool add_command_part(struct text *out, const char *part)
{
	static const struct {
		const char *prefix;
		void (*add)(struct text *, const struct cmd *);
	} parts[] = { { "options-", add_options }, { "synopsis-", add_synopsis }, { "examples-", add_examples } };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t n = strlen(parts[i].prefix);
		const struct cmd *cmd = strncmp(part, parts[i].prefix, n) ? NULL : cmd_find(part + n);

		if (cmd) {
			parts[i].add(out, cmd);
			return true;
		}
	}
	return false;
}

bool mdoc_part(struct text *out, const char *part)
{
	static const struct {
		const char *name;
		void (*add)(struct text *);
	} parts[] = { { "os", add_os }, { "commands", add_commands }, { "metrics", add_metrics }, { "queue-metrics", add_queue_metrics }, { "codes", add_codes }, { "glossary", add_glossary }, { "sheets", add_sheets }, { "log-columns", add_log_columns },
		{ "procedure-columns", add_procedure_columns }, { "household-columns", add_household_columns }, { "known-facts", add_known_facts },
		    { "lever-columns", add_lever_columns }, { "lever-kinds", add_lever_kinds },
		    { "lever-assumptions", add_lever_assumptions } };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!strcmp(part, parts[i].name)) {
			parts[i].add(out);
			return true;
		}
	if (!strncmp(part, "columns-", 8))
		return add_columns(out, part + 8);
	return add_command_part(out, part);
}
