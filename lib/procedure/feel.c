/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The part of FEEL (DMN 1.3, chapter 10) that cells of a decision table need: unary tests over literals. Function calls, names,
 * arithmetic and everything else are refused by name, not guessed.
 */
#include "config.h"
#include "procedure/dmn_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <string.h>

enum { LONGEST_CELL = 20000 };

struct feel {
	struct bpr_dmn *d;
	const struct bpr_xml_node *node;
	const char *text, *at;
	bool wrong;
};

static struct bpr_arena *arena_of(struct feel *f)
{
	return &f->d->reading->procedures->arena;
}

static bool refuse(struct feel *f, enum bpr_code_id id, const char *what)
{
	if (!f->wrong)
		bpr_i_dmn_wrong(f->d, f->node, id, what ? what : "", f->text);
	f->wrong = true;
	return false;
}

static void blanks(struct feel *f)
{
	while (*f->at == ' ' || *f->at == '\t' || *f->at == '\n' || *f->at == '\r')
		f->at++;
}

static bool take(struct feel *f, const char *sign)
{
	blanks(f);
	if (strncmp(f->at, sign, strlen(sign)) != 0)
		return false;
	f->at += strlen(sign);
	return true;
}

static bool name_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

/* A word that ends there. */
static bool word(struct feel *f, const char *wanted)
{
	const size_t n = strlen(wanted);

	blanks(f);
	if (strncmp(f->at, wanted, n) != 0 || name_character(f->at[n]))
		return false;
	f->at += n;
	return true;
}

/* ---- literals ---- */

/* "…" with \" and \\ in it; the text is the arena's. */
static bool string(struct feel *f, const char **out)
{
	const char *end = f->at + 1;
	char *copy;
	size_t n = 0;

	while (*end && *end != '"')
		end += end[0] == '\\' && end[1] ? 2 : 1;
	if (!*end)
		return refuse(f, BPR_I_H220, BPR_I_ARG N_("a string without its end"));
	copy = bpr_i_arena_alloc(arena_of(f), (size_t)(end - f->at), 1);
	if (!copy) {
		f->d->nomem = true;
		return false;
	}
	for (const char *s = f->at + 1; s < end; s++) {
		if (*s == '\\' && (s[1] == '"' || s[1] == '\\'))
			s++;
		copy[n++] = *s;
	}
	f->at = end + 1;
	*out = copy;
	return true;
}

/* date("2020-04-02"), @"2020-04-02". The word was read. */
static bool date(struct feel *f, struct bpr_cond_piece *piece, bool bracket)
{
	long day;

	if (bracket && !take(f, "("))
		return refuse(f, BPR_I_H221, "date");
	blanks(f);
	if (*f->at != '"' || !string(f, &piece->text))
		return f->d->nomem ? false : refuse(f, BPR_I_H220, BPR_I_ARG N_("a date that is no string"));
	if (!bpr_date_parse(piece->text, &day))
		return refuse(f, BPR_I_H220, BPR_I_ARG N_("a date that is none"));
	if (bracket && !take(f, ")"))
		return refuse(f, BPR_I_H220, BPR_I_ARG N_("a missing ')'"));
	piece->number = piece->date = true;
	piece->lo = piece->hi = (double)day;
	return true;
}

static bool number(struct feel *f, struct bpr_cond_piece *piece)
{
	const char *end = f->at + (*f->at == '-');
	double x;

	while ((*end >= '0' && *end <= '9') || (*end == '.' && end[1] != '.'))
		end++;
	if (!bpr_i_num_parse(f->at, (size_t)(end - f->at), &x) || name_character(*end))
		return refuse(f, BPR_I_H220, BPR_I_ARG N_("a number that is none"));
	piece->text = bpr_i_arena_strndup(arena_of(f), f->at, (size_t)(end - f->at));
	f->d->nomem = f->d->nomem || !piece->text;
	f->at = end;
	piece->number = true;
	piece->lo = piece->hi = x;
	return !f->d->nomem;
}

/* A name stands where a literal should: a call, another input, a word of FEEL. */
static bool no_literal(struct feel *f)
{
	const char *end = f->at;
	char found[80];
	size_t n;

	while (name_character(*end))
		end++;
	n = (size_t)(end - f->at);
	if (!n || n >= sizeof(found))
		return refuse(f, BPR_I_H220, BPR_I_ARG N_("something that is no literal"));
	memcpy(found, f->at, n);
	found[n] = '\0';
	while (*end == ' ')
		end++;
	return refuse(f, *end == '(' ? BPR_I_H221 : BPR_I_H222, found);
}

static bool literal(struct feel *f, struct bpr_cond_piece *piece)
{
	*piece = (struct bpr_cond_piece){ .yes = -1 };
	blanks(f);
	if (*f->at == '"') {
		if (!string(f, &piece->text))
			return false;
		piece->word = piece->text;
		return true;
	}
	if (*f->at == '@') {
		f->at++;
		return date(f, piece, false);
	}
	if ((*f->at >= '0' && *f->at <= '9') || (*f->at == '-' && f->at[1] >= '0' && f->at[1] <= '9') || (*f->at == '.' && f->at[1] >= '0' && f->at[1] <= '9'))
		return number(f, piece);
	if (word(f, "date"))
		return date(f, piece, true);
	if (word(f, "true") || word(f, "false")) {
		piece->yes = f->at[-2] == 'u';
		piece->text = piece->word = piece->yes ? "はい" : "いいえ";
		return true;
	}
	return no_literal(f);
}

/* ---- unary tests ---- */

/* [a..b], (a..b], ]a..b[ … The bracket was read. */
static bool interval(struct feel *f, struct bpr_cond_piece *piece, bool open)
{
	struct bpr_cond_piece end;

	if (!literal(f, piece))
		return false;
	if (!take(f, ".."))
		return refuse(f, BPR_I_H220, BPR_I_ARG N_("an interval without '..'"));
	if (!literal(f, &end))
		return false;
	if (!piece->number || !end.number || piece->date != end.date)
		return refuse(f, BPR_I_H220, BPR_I_ARG N_("an interval of something else than numbers or dates"));
	piece->hi = end.hi;
	piece->lo_open = open;
	if (take(f, ")") || take(f, "["))
		piece->hi_open = true;
	else if (!take(f, "]"))
		return refuse(f, BPR_I_H220, BPR_I_ARG N_("an interval without its end"));
	return true;
}

static bool compare(struct feel *f, struct bpr_cond_piece *piece, bool less, bool open)
{
	if (!literal(f, piece))
		return false;
	if (!piece->number)
		return refuse(f, BPR_I_H220, BPR_I_ARG N_("an order of something else than numbers or dates"));
	if (less) {
		piece->lo = -(double)INFINITY;
		piece->hi_open = open;
	} else {
		piece->hi = (double)INFINITY;
		piece->lo_open = open;
	}
	return true;
}

static bool one_test(struct feel *f, struct bpr_cond_piece *piece)
{
	if (take(f, "<="))
		return compare(f, piece, true, false);
	if (take(f, "<"))
		return compare(f, piece, true, true);
	if (take(f, ">="))
		return compare(f, piece, false, false);
	if (take(f, ">"))
		return compare(f, piece, false, true);
	if (take(f, "["))
		return interval(f, piece, false);
	if (take(f, "(") || take(f, "]"))
		return interval(f, piece, true);
	(void)take(f, "=");
	return literal(f, piece);
}

/* Tests between commas, in *pieces of the arena; count 0 where it failed. */
static size_t tests(struct feel *f, struct bpr_cond_piece **pieces)
{
	size_t most = 1, count = 0;

	for (const char *s = f->at; *s; s++)
		most += *s == ',';
	*pieces = bpr_i_arena_alloc(arena_of(f), most, sizeof(**pieces));
	if (!*pieces) {
		f->d->nomem = true;
		return 0;
	}
	do {
		if (!one_test(f, &(*pieces)[count++]))
			return 0;
	} while (take(f, ","));
	return count;
}

/* ---- as a condition of the table, for people ---- */

static void write_bound(const struct bpr_cond_piece *piece, double x, struct bpr_buf *out)
{
	int y, m, d;

	if (!piece->date) {
		bpr_i_buf_number(out, x);
		return;
	}
	bpr_date_parts((long)x, &y, &m, &d);
	bpr_i_buf_printf(out, "%04d-%02d-%02d", y, m, d);
}

static void write_piece(const struct bpr_cond_piece *piece, const char *name, struct bpr_buf *out)
{
	bpr_i_buf_puts(out, name);
	if (!piece->number) {
		bpr_i_buf_puts(out, " = ");
		bpr_i_buf_puts(out, piece->text);
		return;
	}
	if (isinf(piece->lo) || isinf(piece->hi)) {
		bpr_i_buf_puts(out, isinf(piece->lo) ? piece->hi_open ? " < " : " <= " : piece->lo_open ? " > " : " >= ");
		bpr_i_buf_puts(out, piece->text);
		return;
	}
	if (piece->lo < piece->hi || piece->lo_open || piece->hi_open) {
		bpr_i_buf_puts(out, piece->lo_open ? " > " : " >= ");
		write_bound(piece, piece->lo, out);
		bpr_i_buf_puts(out, " かつ ");
		bpr_i_buf_puts(out, name);
		bpr_i_buf_puts(out, piece->hi_open ? " < " : " <= ");
		write_bound(piece, piece->hi, out);
		return;
	}
	bpr_i_buf_puts(out, " = ");
	bpr_i_buf_puts(out, piece->text);
}

static void write_all(const struct bpr_cond *test, const char *name, struct bpr_buf *out)
{
	const bool brackets = test->negate || test->piece_count > 1;

	bpr_i_buf_puts(out, test->negate ? "not (" : brackets ? "(" : "");
	for (size_t i = 0; i < test->piece_count; i++) {
		bpr_i_buf_puts(out, i ? " または " : "");
		write_piece(&test->pieces[i], name, out);
	}
	bpr_i_buf_puts(out, brackets ? ")" : "");
}

static void learn(struct bpr_procedure_fact *fact, const struct bpr_cond *test)
{
	for (size_t i = 0; i < test->piece_count; i++) {
		fact->sees_date = fact->sees_date || test->pieces[i].date;
		fact->sees_number = fact->sees_number || (test->pieces[i].number && !test->pieces[i].date);
		fact->sees_word = fact->sees_word || (!test->pieces[i].number && test->pieces[i].yes < 0);
	}
}

struct bpr_cond *bpr_i_feel_unary(struct bpr_dmn *d, const struct bpr_xml_node *node, const char *text, size_t fact, struct bpr_buf *written)
{
	struct feel f = { .d = d, .node = node, .text = text, .at = text };
	struct bpr_arena *arena = arena_of(&f);
	struct bpr_cond *test;

	if (strlen(text) > LONGEST_CELL) {
		(void)refuse(&f, BPR_I_H220, BPR_I_ARG N_("a cell of more than 20000 bytes"));
		return NULL;
	}
	blanks(&f);
	test = bpr_i_cond_new(arena, BPR_COND_TEST, 0, 0);
	if (!test) {
		d->nomem = true;
		return NULL;
	}
	if (!*f.at || (*f.at == '-' && !f.at[1])) {
		test->kind = BPR_COND_CONST;
		test->value = BPR_I_YES;
		return test;
	}
	test->fact = fact;
	test->negate = word(&f, "not");
	if (test->negate && !take(&f, "("))
		(void)refuse(&f, BPR_I_H220, BPR_I_ARG N_("'not' without '('"));
	test->piece_count = f.wrong ? 0 : tests(&f, &test->pieces);
	if (test->piece_count && test->negate && !take(&f, ")"))
		(void)refuse(&f, BPR_I_H220, BPR_I_ARG N_("a missing ')'"));
	blanks(&f);
	if (test->piece_count && *f.at)
		(void)refuse(&f, BPR_I_H220, BPR_I_ARG N_("something behind the end of the test"));
	if (f.wrong || d->nomem || !test->piece_count)
		return NULL;
	learn(&d->reading->procedures->facts[fact], test);
	write_all(test, d->reading->procedures->facts[fact].pub.name, written);
	return test;
}

const char *bpr_i_feel_literal(struct bpr_dmn *d, const struct bpr_xml_node *node, const char *text)
{
	struct feel f = { .d = d, .node = node, .text = text, .at = text };
	struct bpr_cond_piece piece;

	blanks(&f);
	if (!*f.at || (*f.at == '-' && !f.at[1]))
		return "";
	if (!literal(&f, &piece))
		return NULL;
	blanks(&f);
	if (*f.at) {
		(void)refuse(&f, BPR_I_H223, NULL);
		return NULL;
	}
	return piece.text;
}
