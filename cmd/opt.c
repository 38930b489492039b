/* SPDX-License-Identifier: GPL-3.0-or-later */
/* getopt_long() driven by the table, with messages of our own and no abbreviations. */
#include "config.h"
#include "opt.h"
#include "cmd.h"
#include "nearest.h"
#include "say.h"
#include "text.h"
#include <ctype.h>
#include <getopt.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Codes of getopt_long() for the flattened table begin behind all letters. */
enum { FIRST_VALUE = 256 };

struct parser {
	const char *command;
	const struct opt_group *groups;
	void *args;
	const struct opt **flat; /* every option and operand */
	size_t count;
	struct option *longs;
	char *shorts;
};

const struct opt *opt_next(const struct opt_group *groups, struct opt_iter *iter)
{
	while (groups[iter->group].opts) {
		const struct opt *o = &groups[iter->group].opts[iter->index];

		if (o->kind != OPT_END) {
			iter->index++;
			return o;
		}
		iter->group++;
		iter->index = 0;
	}
	return NULL;
}

bool opt_is_operand(const struct opt *opt)
{
	return opt->kind == OPT_OPERAND || opt->kind == OPT_OPERANDS;
}

bool opt_takes_value(const struct opt *opt)
{
	return opt->arg != NULL;
}

/* One spelling against what was typed: case, '-' and '_' do not matter. */
static bool spelled(const char *spelling, size_t length, const char *typed)
{
	size_t i = 0;

	for (;; typed++) {
		while (i < length && (spelling[i] == '-' || spelling[i] == '_'))
			i++;
		while (*typed == '-' || *typed == '_')
			typed++;
		if (i == length || !*typed)
			return i == length && !*typed;
		if (tolower((unsigned char)spelling[i]) != tolower((unsigned char)*typed))
			return false;
		i++;
	}
}

size_t opt_choice_find(const struct opt *opt, const char *text)
{
	const char *s;

	for (size_t i = 0; (s = opt->choice(i)) != NULL; i++)
		while (*s) {
			size_t n = strcspn(s, "|");

			if (spelled(s, n, text))
				return i;
			s += n + (s[n] == '|');
		}
	return BPR_NONE;
}

void opt_choice_name(const struct opt *opt, size_t index, char *buf, size_t size)
{
	const char *s = opt->choice(index);

	(void)snprintf(buf, size, "%.*s", (int)strcspn(s, "|"), s);
}

void opt_choice_names(const struct opt *opt, char *buf, size_t size)
{
	size_t n = 0;

	buf[0] = '\0';
	for (size_t i = 0; opt->choice(i) && n < size; i++) {
		char name[64];
		int more;

		opt_choice_name(opt, i, name, sizeof(name));
		more = snprintf(buf + n, size - n, "%s%s", i ? ", " : "", name);
		n += more > 0 ? (size_t)more : 0;
	}
}

/* A whole count, with a unit of bytes where the option takes one. False: none, or too large. */
static bool read_size(const struct opt *o, const char *text, size_t *out)
{
	static const char units[] = "KMGT";
	size_t value = 0;
	const char *unit;

	if (!isdigit((unsigned char)*text))
		return false;
	for (; isdigit((unsigned char)*text); text++) {
		size_t digit = (size_t)(*text - '0');

		if (value > (SIZE_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (o->bytes && *text) {
		unit = strchr(units, toupper((unsigned char)*text));
		if (!unit || !*unit || value > SIZE_MAX >> (10 * (unit - units + 1)))
			return false;
		value <<= 10 * (unit - units + 1);
		text++;
	}
	if (*text || (double)value < o->min || (double)value > o->max)
		return false;
	*out = value;
	return true;
}

static void append(struct opt_list *list, const char *text)
{
	list->items = xgrow(list->items, &list->capacity, list->count + 1, sizeof(*list->items));
	list->items[list->count++] = text;
}

/* Spelling of a choice without its others, to keep; choices with others are never put in lists. */
static bool append_choice(const struct opt *o, struct opt_list *list, const char *text)
{
	size_t found = opt_choice_find(o, text);

	if (found == BPR_NONE)
		return false;
	append(list, o->choice(found));
	return true;
}

/* Choices with ',' between. False: one of them is none, which `wrong` then holds. */
static bool read_choices(const struct opt *o, const char *text, struct opt_choices *out, char *wrong, size_t size)
{
	*out = (struct opt_choices){ .count = 0 };
	do {
		size_t length = strcspn(text, ","), found, at = 0;

		(void)snprintf(wrong, size, "%.*s", (int)(length < size ? length : size - 1), text);
		found = opt_choice_find(o, wrong);
		if (found == BPR_NONE)
			return false;
		while (at < out->count && out->items[at] != found)
			at++;
		if (at == out->count && at < OPT_CHOICES_MAX)
			out->items[out->count++] = found;
		text += length;
	} while (*text++);
	return true;
}

/* False: the value is none of this option's. */
static bool store(const struct opt *o, const char *text, void *args)
{
	void *at = (char *)args + o->at;
	char wrong[64];
	double x;

	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)at = true;
		return true;
	case OPT_COUNT:
		++*(unsigned *)at;
		return true;
	case OPT_SIZE:
		return read_size(o, text, at);
	case OPT_REAL:
		if (!bpr_text_number(text, &x) || !(x >= o->min && x <= o->max))
			return false;
		*(struct opt_real *)at = (struct opt_real){ x, true };
		return true;
	case OPT_CHOICE:
		*(size_t *)at = opt_choice_find(o, text);
		return *(size_t *)at != BPR_NONE;
	case OPT_CHOICES:
		return read_choices(o, text, at, wrong, sizeof(wrong));
	case OPT_TEXT:
	case OPT_OPERAND:
		*(const char **)at = text;
		return true;
	case OPT_LIST:
		if (o->choice)
			return append_choice(o, at, text);
		append(at, text);
		return true;
	case OPT_OPERANDS:
		append(at, text);
		return true;
	case OPT_END:
	case OPT_HELP:
	case OPT_VERSION:
		break;
	}
	return true;
}

static void suggest_choice(const struct opt *o, const char *text)
{
	struct nearest near;

	nearest_begin(&near, text, strlen(text));
	for (size_t i = 0; o->choice(i); i++) {
		char name[64];

		opt_choice_name(o, i, name, sizeof(name));
		nearest_offer(&near, name, strlen(name));
	}
	if (near.best[0])
		say_hint(N_("did you mean '{1}'?"), near.best);
}

static void refuse_value(const struct parser *p, const struct opt *o, const char *text)
{
	char what[512];
	char shown[300], wrong[64];
	struct opt_choices choices;

	if (o->kind == OPT_CHOICES && !read_choices(o, text, &choices, wrong, sizeof(wrong)))
		text = wrong;
	(void)bpr_text_safe(text, shown, sizeof(shown));
	if (o->choice) {
		opt_choice_names(o, what, sizeof(what));
		say(o->kind == OPT_OPERAND ? "U119" : "U104", p->command, o->name, shown, what);
		suggest_choice(o, text);
		return;
	}
	if (o->kind == OPT_REAL && !isfinite(o->max))
		(void)snprintf(what, sizeof(what), "%s", tr(N_("a number such as 12 or 0.5")));
	else
		(void)snprintf(what, sizeof(what), "%.0f - %.0f", o->min, o->max);
	say("U105", p->command, o->name, shown, what);
}

static void refuse_long(const struct parser *p, const char *word)
{
	struct nearest near;
	char shown[300];
	size_t length = strcspn(word, "=");

	(void)snprintf(shown, sizeof(shown), "%.*s", (int)(length < 200 ? length : 200), word);
	say("U101", p->command, shown, NULL, NULL);
	nearest_begin(&near, word + 2, length - 2);
	for (size_t i = 0; i < p->count; i++)
		if (!opt_is_operand(p->flat[i]) && !p->flat[i]->hidden)
			nearest_offer(&near, p->flat[i]->name, strlen(p->flat[i]->name));
	if (near.best[0])
		say_hint(N_("did you mean '--{1}'?"), near.best);
	else
		say_hint(N_("see 'bpr {1} --help'"), p->command);
}

/* getopt_long() said '?' or ':'. */
static void refuse_option(const struct parser *p, char **argv, int answer)
{
	char letter[3] = { '-', (char)optopt, '\0' };
	const char *word = argv[optind - 1];

	if (optopt >= FIRST_VALUE) {
		const struct opt *o = p->flat[optopt - FIRST_VALUE];

		say(answer == ':' ? "U102" : "U103", p->command, o->name, o->arg, NULL);
	} else if (optopt && answer == ':') {
		const struct opt *o = NULL;

		for (size_t i = 0; i < p->count && !o; i++)
			if (p->flat[i]->letter == optopt)
				o = p->flat[i];
		say("U102", p->command, o ? o->name : letter, o ? o->arg : NULL, NULL);
	} else if (optopt) {
		say("U101", p->command, letter, NULL, NULL);
		say_hint(N_("see 'bpr {1} --help'"), p->command);
	} else {
		refuse_long(p, word);
	}
}

/* Was the long name typed in full? getopt_long() takes any beginning of it. */
static bool typed_in_full(const struct opt *o, char **argv)
{
	const char *word = argv[optind - 1];

	if (optarg && optarg == word)
		word = argv[optind - 2];
	return strcspn(word + 2, "=") == strlen(o->name);
}

static const struct opt *by_letter(const struct parser *p, int letter)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->flat[i]->letter == letter)
			return p->flat[i];
	return NULL;
}

static enum opt_result parse_options(struct parser *p, int argc, char **argv)
{
	int answer;

	opterr = 0;
	optind = 0; /* glibc: start anew, so that a program may parse twice */
	while ((answer = getopt_long(argc, argv, p->shorts, p->longs, NULL)) != -1) {
		const struct opt *o;

		if (answer == '?' || answer == ':') {
			refuse_option(p, argv, answer);
			return OPT_BAD;
		}
		o = answer >= FIRST_VALUE ? p->flat[answer - FIRST_VALUE] : by_letter(p, answer);
		if (!o)
			return OPT_BAD;
		if (answer >= FIRST_VALUE && !typed_in_full(o, argv)) {
			refuse_long(p, argv[optind - (optarg && optarg == argv[optind - 1] ? 2 : 1)]);
			return OPT_BAD;
		}
		if (o->kind == OPT_HELP)
			return OPT_SHOW_HELP;
		if (o->kind == OPT_VERSION)
			return OPT_SHOW_VERSION;
		if (!store(o, optarg, p->args)) {
			refuse_value(p, o, optarg);
			return OPT_BAD;
		}
	}
	return OPT_OK;
}

static enum opt_result parse_operands(const struct parser *p, int argc, char **argv)
{
	size_t at = 0;

	for (int i = optind; i < argc; i++) {
		while (at < p->count && !opt_is_operand(p->flat[at]))
			at++;
		if (at == p->count) {
			char shown[300];

			(void)bpr_text_safe(argv[i], shown, sizeof(shown));
			say("U106", p->command, shown, NULL, NULL);
			return OPT_BAD;
		}
		if (p->flat[at]->kind == OPT_OPERAND && p->flat[at]->choice && opt_choice_find(p->flat[at], argv[i]) == BPR_NONE) {
			refuse_value(p, p->flat[at], argv[i]);
			return OPT_BAD;
		}
		(void)store(p->flat[at], argv[i], p->args);
		at += p->flat[at]->kind == OPT_OPERAND;
	}
	for (; at < p->count; at++)
		if (p->flat[at]->kind == OPT_OPERAND && p->flat[at]->required) {
			say("U107", p->command, p->flat[at]->name, NULL, NULL);
			say_hint(N_("see 'bpr {1} --help'"), p->command);
			return OPT_BAD;
		}
	return OPT_OK;
}

/* The table as getopt_long() wants it. */
static void flatten(struct parser *p)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;
	size_t letters = 0;
	size_t longs = 0;
	size_t n = 0;

	while (opt_next(p->groups, &iter))
		n++;
	p->flat = xcalloc(n, sizeof(*p->flat));
	p->longs = xcalloc(n + 1, sizeof(*p->longs));
	p->shorts = xcalloc(2 * n + 2, 1);
	p->shorts[letters++] = ':'; /* tell a missing value from an unknown option */
	iter = (struct opt_iter){ 0, 0 };
	while ((o = opt_next(p->groups, &iter)) != NULL) {
		int argument = opt_takes_value(o) ? required_argument : no_argument;

		if (!opt_is_operand(o)) {
			p->longs[longs++] = (struct option){ o->name, argument, NULL, FIRST_VALUE + (int)p->count };
			if (o->letter)
				p->shorts[letters++] = o->letter;
			if (o->letter && argument)
				p->shorts[letters++] = ':';
		}
		p->flat[p->count++] = o;
	}
}

enum opt_result opt_parse(const char *command, const struct opt_group *groups, int argc, char **argv, void *args)
{
	struct parser p = { .command = command, .groups = groups, .args = args };
	enum opt_result result;

	flatten(&p);
	result = parse_options(&p, argc, argv);
	if (result == OPT_OK)
		result = parse_operands(&p, argc, argv);
	free(p.flat);
	free(p.longs);
	free(p.shorts);
	return result;
}

void opt_release(const struct opt_group *groups, void *args)
{
	struct opt_iter iter = { 0, 0 };
	const struct opt *o;

	while ((o = opt_next(groups, &iter)) != NULL)
		if (o->kind == OPT_LIST || o->kind == OPT_OPERANDS) {
			struct opt_list *list = (void *)((char *)args + o->at);

			free(list->items);
			*list = (struct opt_list){ 0 };
		}
}
