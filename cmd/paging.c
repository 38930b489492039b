/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "paging.h"
#include "say.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) OPT_AT(common_args, page.member)

/* Name of the i-th part that this kind of report has; its place in the list of all parts. */
static const char *part_of(enum bpr_report_kind kind, size_t i, size_t *at)
{
	for (*at = 0; bpr_part_get(*at); ++*at)
		if (bpr_part_serves(*at, kind) && !i--)
			return bpr_part_get(*at);
	return NULL;
}

static const char *analysis_part(size_t i)
{
	size_t at;

	return part_of(BPR_REPORT_ANALYSIS, i, &at);
}

static const char *comparison_part(size_t i)
{
	size_t at;

	return part_of(BPR_REPORT_COMPARISON, i, &at);
}

static const char *simulation_part(size_t i)
{
	size_t at;

	return part_of(BPR_REPORT_SIMULATION, i, &at);
}

static const char *check_part(size_t i)
{
	size_t at;

	return part_of(BPR_REPORT_CHECK, i, &at);
}

static const char *mining_part(size_t i)
{
	size_t at;

	return part_of(BPR_REPORT_MINING, i, &at);
}

static const char *suggestion_part(size_t i)
{
	size_t at;

	return part_of(BPR_REPORT_SUGGESTION, i, &at);
}

#define PAGE_OPTS(part) \
	{ .kind = OPT_TEXT, .name = "title", .at = AT(title), .arg = "TEXT", \
	  .help = N_("title of the pages of an HTML report; default: what the flows are called") }, \
	{ .kind = OPT_TEXT, .name = "office", .at = AT(office), .arg = "TEXT", .help = N_("who reports, on top of every page") }, \
	{ .kind = OPT_TEXT, .name = "date", .at = AT(date), .arg = "DATE", \
	  .help = N_("date of the report, such as 2026-12-01 or 令和8年12月1日; other texts stand as they are; default: SOURCE_DATE_EPOCH, else none") }, \
	{ .kind = OPT_TEXT, .name = "stamp", .at = AT(stamp), .arg = "TEXT", \
	  .help = N_("a stamp on every page, such as 'sample: all figures are assumed'") }, \
	{ .kind = OPT_CHOICES, .name = "parts", .at = AT(parts), .arg = "PART[,PART]...", .choice = (part), \
	  .help = N_("only these parts of the pages") }

const struct opt page_analysis_opts[] = { PAGE_OPTS(analysis_part), { .kind = OPT_END } };
const struct opt page_comparison_opts[] = {
	PAGE_OPTS(comparison_part),
	{ .kind = OPT_TEXT, .name = "initial-cost", .at = AT(initial_cost), .arg = "YEN",
	  .help = N_("what the reform costs at the beginning, such as 4200000 or 420万: when it is paid back") },
	{ .kind = OPT_TEXT, .name = "yearly-cost", .at = AT(yearly_cost), .arg = "YEN", .help = N_("what it costs every year") },
	{ .kind = OPT_END },
};
const struct opt page_simulation_opts[] = { PAGE_OPTS(simulation_part), { .kind = OPT_END } };
const struct opt page_check_opts[] = { PAGE_OPTS(check_part), { .kind = OPT_END } };
const struct opt page_mining_opts[] = { PAGE_OPTS(mining_part), { .kind = OPT_END } };
const struct opt page_suggestion_opts[] = { PAGE_OPTS(suggestion_part), { .kind = OPT_END } };

/* ---- the command line that makes the report again ---- */

/* As a shell reads it back. */
static void add_quoted(struct text *out, const char *word)
{
	bool plain = *word != '\0', control = false;

	for (const char *c = word; *c; c++) {
		control = control || (unsigned char)*c < ' ' || *c == 0x7f;
		plain = plain && ((unsigned char)*c >= 0x80 || strchr("_./,:=@%+-", *c) || (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') ||
				  (*c >= 'a' && *c <= 'z'));
	}
	if (plain) {
		text_puts(out, word);
		return;
	}
	text_puts(out, control ? "$'" : "'");
	for (; *word; word++)
		if (control && ((unsigned char)*word < ' ' || *word == 0x7f))
			text_printf(out, "\\%03o", (unsigned)*word);
		else if (control && (*word == '\'' || *word == '\\'))
			text_printf(out, "\\%c", *word);
		else if (*word == '\'')
			text_puts(out, "'\\''");
		else
			text_add(out, word, 1);
	text_puts(out, "'");
}

static void add_word(struct text *out, const char *word)
{
	text_puts(out, " ");
	add_quoted(out, word);
}

/* The option of a name or a letter; `length` of the name, or 0. */
static const struct opt *find_option(const struct cmd *cmd, const char *name, size_t length, char letter)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;

	while ((o = opt_next(cmd->groups, &iter)) != NULL)
		if (!opt_is_operand(o) && (length ? !strncmp(o->name, name, length) && !o->name[length] : o->letter == letter))
			return o;
	return NULL;
}

/* What makes no difference to the report, or is said anew. */
static bool is_left_out(const struct opt *o)
{
	static const char *const names[] = { "jobs", "progress", "quiet", "color", "output", "format", "lang", "date", "watch", "watch-step", "log",
					     "log-replications" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(o->name, names[i]))
			return true;
	return false;
}

static void add_option(struct text *out, const struct opt *o, const char *value)
{
	if (is_left_out(o))
		return;
	text_printf(out, " --%s", o->name);
	if (value)
		add_word(out, value);
}

/* Options as they were parsed: long with '=' or with the next word, letters in clusters. */
static void add_options(struct text *out, const struct cmd *cmd, const struct common_args *args)
{
	for (int i = 1; i < args->operands; i++) {
		const char *word = args->argv[i];
		const char *equals = strchr(word, '=');
		const struct opt *o;

		if (!strcmp(word, "--"))
			return;
		if (!strncmp(word, "--", 2)) {
			o = find_option(cmd, word + 2, strcspn(word + 2, "="), 0);
			if (o)
				add_option(out, o, !opt_takes_value(o) ? NULL : equals ? equals + 1 : args->argv[++i]);
			continue;
		}
		for (const char *c = word + 1; *c; c++) {
			o = find_option(cmd, NULL, 0, *c);
			if (!o)
				break;
			if (opt_takes_value(o)) {
				add_option(out, o, c[1] ? c + 1 : args->argv[++i]);
				break;
			}
			add_option(out, o, NULL);
		}
	}
}

static char *command_line(const struct cmd *cmd, const struct common_args *args, enum bpr_format format, const char *date)
{
	struct text out = { 0 };
	bool dashes = false;

	for (int i = args->operands; i < args->argc; i++)
		dashes = dashes || (args->argv[i][0] == '-' && args->argv[i][1]);
	text_printf(&out, "bpr %s", cmd->name);
	for (int i = args->operands; i < args->argc && !dashes; i++)
		add_word(&out, args->argv[i]);
	add_options(&out, cmd, args);
	text_puts(&out, " --lang ");
	for (size_t i = 0; i < args->langs.count; i++)
		text_printf(&out, "%s%s", i ? "," : "", args->lang_list[i] == BPR_LANG_JA ? "ja" : "en");
	if (!args->langs.count)
		text_puts(&out, lang() == BPR_LANG_JA ? "ja" : "en");
	if (date) {
		text_puts(&out, " --date");
		add_word(&out, date);
	}
	text_printf(&out, " -o report.%s%s", bpr_format_pages(format) ? bpr_format_name(format) : "html", dashes ? " --" : "");
	for (int i = args->operands; i < args->argc && dashes; i++)
		add_word(&out, args->argv[i]);
	return out.data;
}

/* ---- from args to options of the library ---- */

/* The name of the first option that is only about pages, or NULL. */
static const char *given(const struct common_args *args)
{
	const struct { bool given; const char *name; } options[] = {
		{ args->page.title, "title" }, { args->page.office, "office" }, { args->page.date, "date" }, { args->page.stamp, "stamp" },
		{ args->page.parts.count > 0, "parts" }, { args->page.initial_cost, "initial-cost" }, { args->page.yearly_cost, "yearly-cost" },
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (options[i].given)
			return options[i].name;
	return NULL;
}

/* The formats that say what the option says. */
static void formats_with(bool (*has)(enum bpr_format), char *buf, size_t size)
{
	size_t n = 0;

	*buf = '\0';
	for (size_t i = 0; i < BPR_FORMAT_COUNT && n < size; i++)
		if (has((enum bpr_format)i)) {
			int more = snprintf(buf + n, size - n, "%s%s", n ? ", " : "", bpr_format_name((enum bpr_format)i));

			n += more > 0 ? (size_t)more : 0;
		}
}

static bool fits(const struct common_args *args, enum bpr_format format)
{
	const char *option = given(args);
	char formats[128];

	if (option && !bpr_format_pages(format)) {
		formats_with(bpr_format_pages, formats, sizeof(formats));
		say("U123", NULL, option, formats, NULL);
		return false;
	}
	if (args->langs.count > 1 && !bpr_format_languages(format)) {
		formats_with(bpr_format_languages, formats, sizeof(formats));
		say("U124", NULL, formats, NULL, NULL);
		return false;
	}
	return true;
}

/* The day of SOURCE_DATE_EPOCH, in UTC: the report is the same whenever it is made. */
static const char *date_of_source(struct page_args *page)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	double seconds;
	int year, month, day;

	if (!text || !bpr_text_number(text, &seconds) || !(seconds >= 0 && seconds < 253402300800.0))
		return NULL;
	bpr_date_parts((long)(seconds / 86400), &year, &month, &day);
	(void)snprintf(page->date_text, sizeof(page->date_text), "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
	return page->date_text;
}

/* An amount of yen where one is given. */
static bool amount(const char *option, const char *text, double *out)
{
	if (!text || bpr_amount_parse(text, out))
		return true;
	say("U125", NULL, option, text, NULL);
	return false;
}

bool paging_understood(const struct cmd *cmd, struct common_args *args, enum bpr_report_kind kind, int *status)
{
	struct page_args *page = &args->page;
	enum bpr_format format = common_format(args, kind);

	page->options = (struct bpr_page_options)BPR_PAGE_OPTIONS_INIT;
	if (format == BPR_FORMAT_COUNT || !fits(args, format)) {
		*status = STATUS_USAGE;
		return false;
	}
	if (!amount("initial-cost", page->initial_cost, &page->options.initial_cost) ||
	    !amount("yearly-cost", page->yearly_cost, &page->options.yearly_cost)) {
		*status = STATUS_USAGE;
		return false;
	}
	page->options.title = page->title;
	page->options.office = page->office;
	page->options.date = page->date ? page->date : date_of_source(page);
	page->options.stamp = page->stamp;
	page->options.command = page->command = command_line(cmd, args, format, page->options.date);
	for (size_t i = 0; i < page->parts.count; i++) {
		size_t at;

		(void)part_of(kind, page->parts.items[i], &at);
		page->options.parts |= 1ull << at;
	}
	return true;
}

void paging_release(struct common_args *args)
{
	free(args->page.command);
	args->page.command = NULL;
}
