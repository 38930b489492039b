/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr explain: what a code, a metric, a column or a word means. */
#include "config.h"
#include "cmd.h"
#include "glossary.h"
#include "help.h"
#include "nearest.h"
#include "say.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { WIDTH = 79 };

struct explain_args {
	struct common_args common;
	struct opt_list words;
};

static const struct opt explain_opts[] = {
	{ .kind = OPT_OPERANDS, .name = "WORD", .at = OPT_AT(explain_args, words), .complete = OPT_COMPLETE_WORDS,
	  .help = N_("a code such as F012, the key of a metric, a column, a word of the glossary; none: all of them") },
	{ .kind = OPT_END },
};

/* Is `word` one of the spellings, '|' between? */
static bool one_of(const char *spellings, const char *word)
{
	while (*spellings) {
		size_t n = strcspn(spellings, "|");

		if (strlen(word) == n && !strncasecmp(spellings, word, n))
			return true;
		spellings += n + (spellings[n] == '|');
	}
	return false;
}

static void paragraph(struct text *out, const char *text)
{
	text_puts(out, "  ");
	text_wrap(out, text, 2, 2, WIDTH);
}

/* The spellings as a list. */
static void add_spellings(struct text *out, const char *spellings)
{
	for (; *spellings; spellings += *spellings == '|') {
		size_t n = strcspn(spellings, "|");

		text_add(out, spellings, n);
		spellings += n;
		if (*spellings)
			text_puts(out, lang() == BPR_LANG_JA ? "、" : ", ");
	}
}

/* "label: text" as a paragraph; '|' in the text are commas. */
static void labelled(struct text *out, const char *label, const char *text)
{
	struct text line = { 0 };

	text_puts(&line, label);
	add_spellings(&line, text);
	paragraph(out, line.data);
	text_release(&line);
}

/* Placeholders of a message are shown as …. */
static void without_arguments(const char *text, char *buf, size_t size)
{
	static const char *const dots[4] = { "…", "…", "…", "…" };

	(void)bpr_text_fill(buf, size, text, dots);
}

static bool explain_code(struct text *out, const char *word)
{
	static const char *const severities[] = { N_("note"), N_("warning"), N_("error") };

	for (size_t i = 0; i < bpr_code_count(); i++) {
		const struct bpr_code *code = bpr_code_at(i);
		char line[1024];

		if (strcasecmp(code->code, word) != 0)
			continue;
		without_arguments(tr(code->message), line, sizeof(line));
		text_printf(out, "%s (%s): %s\n", code->code, tr(severities[code->severity]), line);
		paragraph(out, tr(code->explain));
		if (code->hint) {
			without_arguments(tr(code->hint), line, sizeof(line));
			labelled(out, tr(N_("hint: ")), line);
		}
		return true;
	}
	return false;
}

static bool explain_metric(struct text *out, const char *word)
{
	size_t key = bpr_sim_key_find(word);
	const struct bpr_metric_info *info;

	if (key == BPR_SIM_KEY_COUNT)
		return false;
	info = bpr_sim_key_get(key);
	text_printf(out, "%s: %s", info->key, tr(info->label));
	if (*info->unit)
		text_printf(out, " (%s)", tr(info->unit));
	text_puts(out, "\n");
	paragraph(out, tr(info->explain));
	if (info->better)
		paragraph(out, tr(info->better < 0 ? N_("Less is better.") : N_("More is better.")));
	return true;
}

static bool explain_columns(struct text *out, const char *word)
{
	bool found = false;

	for (size_t table = 0; table < bpr_column_table_count(); table++) {
		struct bpr_column_info info;

		for (size_t i = 0; bpr_column_get(table, i, &info); i++) {
			if (strcasecmp(info.key, word) != 0 && !one_of(info.headings, word))
				continue;
			text_fill(out, table ? N_("{1}: column of NAME.{2}.csv") : N_("{1}: column of the flow table"), info.key,
				  bpr_column_table_name(table), NULL);
			text_puts(out, "\n");
			paragraph(out, tr(info.explain));
			labelled(out, tr(N_("values: ")), tr(info.values));
			labelled(out, tr(N_("Japanese headings: ")), info.headings);
			found = true;
		}
	}
	return found;
}

static bool explain_word(struct text *out, const char *word)
{
	for (size_t i = 0; i < glossary_count; i++) {
		const struct word *w = &glossary[i];

		if (!one_of(w->ja, word) && !one_of(w->en, word))
			continue;
		add_spellings(out, w->ja);
		text_puts(out, " = ");
		add_spellings(out, w->en);
		text_puts(out, "\n");
		if (w->see)
			labelled(out, tr(N_("see: ")), w->see);
		return true;
	}
	return false;
}

static bool explain_term(struct text *out, const char *word)
{
	for (size_t i = 0; i < term_count; i++) {
		if (!one_of(terms[i].ja, word) && !one_of(terms[i].en, word))
			continue;
		add_spellings(out, terms[i].ja);
		text_puts(out, " = ");
		add_spellings(out, terms[i].en);
		text_puts(out, "\n");
		paragraph(out, tr(terms[i].explain));
		return true;
	}
	return false;
}

static void list_all(struct text *out)
{
	text_printf(out, "%s:\n", tr(N_("Metrics")));
	for (size_t i = 0; i < BPR_SIM_KEY_COUNT; i++) {
		const struct bpr_metric_info *info = bpr_sim_key_get(i);

		text_printf(out, "  %-20s %s\n", info->key, tr(info->label));
	}
	text_printf(out, "\n%s:\n", tr(N_("Columns")));
	for (size_t table = 0; table < bpr_column_table_count(); table++) {
		struct bpr_column_info info;

		for (size_t i = 0; bpr_column_get(table, i, &info); i++) {
			text_printf(out, "  %-8s %-24s ", bpr_column_table_name(table), info.key);
			add_spellings(out, info.headings);
			text_puts(out, "\n");
		}
	}
	text_printf(out, "\n%s:\n", tr(N_("Codes")));
	for (size_t i = 0; i < bpr_code_count(); i++) {
		char line[1024];

		without_arguments(tr(bpr_code_at(i)->message), line, sizeof(line));
		text_printf(out, "  %-5s ", bpr_code_at(i)->code);
		text_wrap(out, line, 8, 8, WIDTH);
	}
	text_printf(out, "\n%s:\n", tr(N_("Words")));
	for (size_t i = 0; i < glossary_count; i++) {
		text_puts(out, "  ");
		add_spellings(out, glossary[i].ja);
		text_puts(out, " = ");
		add_spellings(out, glossary[i].en);
		text_puts(out, "\n");
	}
}

static void list_terms(struct text *out)
{
	for (size_t i = 0; i < term_count; i++) {
		text_puts(out, "  ");
		add_spellings(out, terms[i].ja);
		text_puts(out, " = ");
		add_spellings(out, terms[i].en);
		text_puts(out, "\n");
	}
}

static void offer_all(struct nearest *near)
{
	for (size_t i = 0; i < BPR_SIM_KEY_COUNT; i++) {
		const char *key = bpr_sim_key_get(i)->key;

		nearest_offer(near, key, strlen(key));
	}
	for (size_t table = 0; table < bpr_column_table_count(); table++) {
		struct bpr_column_info info;

		for (size_t i = 0; bpr_column_get(table, i, &info); i++)
			nearest_offer(near, info.key, strlen(info.key));
	}
	for (size_t i = 0; i < glossary_count; i++)
		nearest_offer(near, glossary[i].en, strcspn(glossary[i].en, "|"));
	for (size_t i = 0; i < term_count; i++)
		nearest_offer(near, terms[i].en, strcspn(terms[i].en, "|"));
}

static int unknown(const char *word)
{
	struct nearest near;

	say("U116", NULL, word, NULL, NULL);
	nearest_begin(&near, word, strlen(word));
	offer_all(&near);
	if (near.best[0])
		say_hint(N_("did you mean '{1}'?"), near.best);
	else
		say_hint(N_("'bpr explain' lists what there is"), NULL);
	return STATUS_USAGE;
}

static int explain(const struct explain_args *args)
{
	struct text out = { 0 };
	int status = STATUS_OK;
	int written;

	if (!args->words.count) {
		list_all(&out);
		list_terms(&out);
	}
	for (size_t i = 0; i < args->words.count; i++) {
		const char *word = args->words.items[i];
		size_t before = out.length;
		bool known;

		if (before)
			text_puts(&out, "\n");
		known = explain_code(&out, word);
		known = explain_metric(&out, word) || known;
		known = explain_columns(&out, word) || known;
		known = explain_word(&out, word) || known;
		known = explain_term(&out, word) || known;
		if (!known) {
			out.length = before;
			status = unknown(word);
		}
	}
	if (!out.length) {
		text_release(&out);
		return status;
	}
	written = print_text(&out);
	return written ? written : status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct explain_args args = { .common = COMMON_ARGS_INIT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status))
		status = explain(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Words"), explain_opts }, { N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr explain F012", N_("what the message with this code means and what to do"),
	"bpr explain counter_visits", N_("how a metric is defined"),
	"bpr explain 手戻り --lang ja", N_("a word of the glossary, in Japanese"),
	"bpr explain", N_("all codes, metrics, columns and words"),
	NULL,
};

const struct cmd cmd_explain = {
	"explain", N_("what a code, a metric, a column or a word means"),
	N_("What does this code, metric, column or word mean?"), examples, groups, false, run,
};
