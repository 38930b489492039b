/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Durations and distributions as offices and tools write them (contract, section 3), in minutes. */
#include "config.h"
#include "flow/value_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "flow/dist_i.h"
#include <math.h>
#include <string.h>

struct unit {
	const char *words; /* '|' between, the longest first where one begins another */
	double seconds;    /* whole, so that 90s and 30秒 are rounded once */
	bool working;
};

static const struct unit units[] = {
	{ "営業日|開庁日|稼働日|実働日|wd|workdays|workday", 86400, true },
	{ "秒間|秒|seconds|second|secs|sec|s", 1, false },
	{ "分間|分|minutes|minute|mins|min|m", 60, false },
	{ "時間|hours|hour|hrs|hr|h", 3600, false },
	{ "日間|日|days|day|d", 86400, false },
	{ "週間|weeks|week|w", 604800, false },
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || ((unsigned char)c & 0x80);
}

static const struct unit *scan_unit(struct bpr_scan *s)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		for (const char *w = units[i].words; *w;) {
			size_t n = strcspn(w, "|");
			bool ascii = *w >= 'a' && *w <= 'z';

			if ((size_t)(s->end - s->at) >= n && !memcmp(s->at, w, n) &&
			    !(ascii && (size_t)(s->end - s->at) > n && is_letter(s->at[n]))) {
				s->at += n;
				return &units[i];
			}
			w += n + (w[n] == '|');
		}
	return NULL;
}

/* What stands where a unit should: up to a digit or blank, for the message. */
static bool unknown_unit(const struct bpr_value *v, struct bpr_scan s)
{
	const char *from = s.at;
	struct bpr_short word;

	while (s.at < s.end && is_letter(*s.at))
		s.at++;
	if (s.at == from)
		return bpr_i_value_wrong(v, BPR_I_D002, NULL);
	word = bpr_i_short(from, (size_t)(s.at - from));
	return bpr_i_value_wrong(v, BPR_I_D010, word.text);
}

static bool in_bounds(const struct bpr_value *v, double minutes)
{
	return minutes <= BPR_I_MAX_MINUTES || bpr_i_value_wrong(v, BPR_I_D004, "1e9");
}

/* ISO 8601 behind its P: [nW] or [nD][T[nH][nM][nS]]; years and months have no length. */
static bool scan_iso(const struct bpr_value *v, struct bpr_scan s, double *out)
{
	static const struct { char letter; bool time; double seconds; } parts[] = {
		{ 'w', false, 604800 }, { 'd', false, 86400 }, { 'h', true, 3600 }, { 'm', true, 60 }, { 's', true, 1 },
	};
	double seconds = 0;
	size_t from = 0;
	bool time = false;
	bool any = false;

	while (s.at < s.end) {
		double x;
		size_t i = from;

		if (!time && bpr_i_scan_word(&s, "t")) {
			time = true;
			any = false;
			continue;
		}
		if (bpr_i_scan_number(&s, false, &x) != 1 || s.at == s.end)
			return bpr_i_value_wrong(v, BPR_I_D002, NULL);
		if (!time && (*s.at == 'y' || *s.at == 'm'))
			return bpr_i_value_wrong(v, BPR_I_D010, *s.at == 'y' ? "Y" : "M");
		while (i < sizeof(parts) / sizeof(parts[0]) && (parts[i].letter != *s.at || parts[i].time != time))
			i++;
		if (i == sizeof(parts) / sizeof(parts[0]))
			return bpr_i_value_wrong(v, BPR_I_D002, NULL);
		s.at++;
		seconds += x * parts[i].seconds;
		from = i + 1;
		any = true;
	}
	*out = seconds / 60;
	return (any && in_bounds(v, *out)) || (!any && bpr_i_value_wrong(v, BPR_I_D002, NULL));
}

/* Numbers with units, the largest first: 1時間30分, 4分30秒, 1h 30min, 1時間半. A lone number is minutes. */
static bool scan_parts(struct bpr_value *v, struct bpr_scan s, bool commas, double *out, bool *bare, double *first_unit)
{
	double seconds = 0;
	double last = (double)INFINITY;

	while (s.at < s.end) {
		const struct unit *unit;
		double x;
		int read = bpr_i_scan_number(&s, commas, &x);

		if (read < 0)
			return bpr_i_value_wrong(v, BPR_I_D004, "1e9");
		if (!read)
			return bpr_i_value_wrong(v, BPR_I_D002, NULL);
		bpr_i_scan_blanks(&s);
		if (s.at == s.end && isinf(last)) {
			*out = x;
			*bare = true;
			return in_bounds(v, x);
		}
		unit = scan_unit(&s);
		if (!unit)
			return unknown_unit(v, s);
		if (!(unit->seconds < last))
			return bpr_i_value_wrong(v, BPR_I_D002, NULL);
		if (isinf(last))
			*first_unit = unit->seconds / 60;
		last = unit->seconds;
		v->wd |= unit->working;
		seconds += x * unit->seconds;
		if (bpr_i_scan_word(&s, "半"))
			seconds += unit->seconds / 2;
		bpr_i_scan_blanks(&s);
	}
	*out = seconds / 60;
	return in_bounds(v, *out);
}

/* 0:04:30, as spreadsheets show a time: hours, minutes, seconds. Two parts alone could be either, so they are not read. */
static bool is_clock(struct bpr_scan s)
{
	size_t colons = 0;

	for (; s.at < s.end && ((*s.at >= '0' && *s.at <= '9') || *s.at == ':' || *s.at == '.'); s.at++)
		colons += *s.at == ':';
	return colons == 2 && s.at == s.end;
}

static bool scan_clock(const struct bpr_value *v, struct bpr_scan s, double *out)
{
	double part[3] = { 0, 0, 0 };

	for (size_t i = 0; i < 3; i++)
		if (bpr_i_scan_number(&s, false, &part[i]) != 1 || (i < 2 && !bpr_i_scan_word(&s, ":")) || (i && !(part[i] < 60)) ||
		    (i < 2 && part[i] > floor(part[i])))
			return bpr_i_value_wrong(v, BPR_I_D002, NULL);
	if (s.at != s.end)
		return bpr_i_value_wrong(v, BPR_I_D002, NULL);
	*out = (part[0] * 3600 + part[1] * 60 + part[2]) / 60;
	return in_bounds(v, *out);
}

bool bpr_i_scan_minutes(struct bpr_value *v, struct bpr_scan s, bool commas, double *out, bool *bare, double *first_unit)
{
	bool no_unit = false;
	double unit = 1;
	bool negative;
	bool ok;

	bpr_i_scan_about(&s);
	negative = bpr_i_scan_word(&s, "-");
	if (!negative)
		(void)bpr_i_scan_word(&s, "+");
	bpr_i_scan_blanks(&s);
	if (bpr_i_scan_infinite(s))
		return bpr_i_value_wrong(v, BPR_I_D004, "1e9");
	if (s.at == s.end)
		return bpr_i_value_wrong(v, BPR_I_D002, NULL);
	if (is_clock(s))
		ok = scan_clock(v, s, out);
	else
		ok = bpr_i_scan_word(&s, "p") ? scan_iso(v, s, out) : scan_parts(v, s, commas, out, &no_unit, &unit);
	if (!ok)
		return false;
	if (negative && *out > 0)
		return bpr_i_value_wrong(v, BPR_I_D003, NULL);
	if (bare)
		*bare = no_unit;
	if (first_unit)
		*first_unit = unit;
	return true;
}

/* Where a range is cut: '~', から, or '-' behind a digit or unit and in front of a digit. NULL: no range. */
static const char *range_cut(struct bpr_scan s, size_t *width)
{
	for (const char *p = s.at; p < s.end; p++) {
		bool exponent = *p == '-' && p - s.at >= 2 && p[-1] == 'e' && p[-2] >= '0' && p[-2] <= '9';

		*width = 1;
		if (*p == '~' || (*p == '-' && p > s.at && !exponent))
			return p;
		*width = strlen("から");
		if ((size_t)(s.end - p) >= *width && !memcmp(p, "から", *width))
			return p;
	}
	return NULL;
}

/* 10~15分: anywhere between. An end without unit in front takes the unit behind. */
static bool scan_range(struct bpr_value *v, struct bpr_scan s, const char *cut, size_t width, struct bpr_dist *out)
{
	struct bpr_scan left = { s.at, cut };
	struct bpr_scan right = { cut + width, s.end };
	bool bare_left = false;
	bool bare_right = false;
	double unit_left = 1;
	double unit_right = 1;

	if (!bpr_i_scan_minutes(v, left, true, &out->a, &bare_left, &unit_left) ||
	    !bpr_i_scan_minutes(v, right, true, &out->b, &bare_right, &unit_right))
		return false;
	if (bare_right && !bare_left)
		return bpr_i_value_wrong(v, BPR_I_D002, NULL);
	if (bare_left && !bare_right)
		out->a *= unit_right;
	if (out->a > out->b)
		return bpr_i_value_wrong(v, BPR_I_D012, NULL);
	out->kind = BPR_DIST_UNIF;
	return true;
}

struct form {
	const char *words;
	const char *form;
	size_t count;
	enum bpr_dist_kind kind;
	bool number_first; /* the first parameter is a plain number: a shape, a count of stages */
};

static const struct form forms[] = {
	{ "exp|exponential", "exp(MEAN)", 1, BPR_DIST_EXP, false },
	{ "unif|uniform", "unif(MIN,MAX)", 2, BPR_DIST_UNIF, false },
	{ "tri|triangular", "tri(MIN,MODE,MAX)", 3, BPR_DIST_TRI, false },
	{ "norm|normal", "norm(MEAN,SD)", 2, BPR_DIST_NORM, false },
	{ "lognorm|lognormal", "lognorm(MEAN,SD)", 2, BPR_DIST_LOGNORM, false },
	{ "gamma", "gamma(MEAN,SD)", 2, BPR_DIST_GAMMA, false },
	{ "erlang", "erlang(K,MEAN)", 2, BPR_DIST_ERLANG, true },
	{ "weibull", "weibull(SHAPE,SCALE)", 2, BPR_DIST_WEIBULL, true },
	{ "pert", "pert(MIN,MODE,MAX)", 3, BPR_DIST_PERT, false },
	{ "emp", "emp(FILE,COLUMN)", 0, BPR_DIST_EMP, false },
};

/* One parameter: a duration, or a plain number. */
static bool parameter(struct bpr_value *v, struct bpr_scan s, bool number, double *out)
{
	if (!number)
		return bpr_i_scan_minutes(v, s, false, out, NULL, NULL);
	bpr_i_scan_blanks(&s);
	if (bpr_i_scan_number(&s, false, out) != 1)
		return bpr_i_value_wrong(v, BPR_I_D001, NULL);
	bpr_i_scan_blanks(&s);
	return s.at == s.end || bpr_i_value_wrong(v, BPR_I_D001, NULL);
}

static const char *separator(struct bpr_scan s, size_t *width)
{
	for (const char *p = s.at; p < s.end; p++) {
		*width = strlen("、");
		if ((size_t)(s.end - p) >= *width && !memcmp(p, "、", *width))
			return p;
		*width = 1;
		if (*p == ',' || *p == ';')
			return p;
	}
	*width = 0;
	return s.end;
}

static bool scan_parameters(struct bpr_value *v, const struct form *form, struct bpr_scan s, struct bpr_dist *out)
{
	double x[3] = { 0, 0, 0 };
	size_t count = 0;
	const char *wanted;
	size_t width;

	do {
		const char *end = separator(s, &width);

		if (count == form->count)
			return bpr_i_value_wrong(v, BPR_I_D006, form->form);
		if (!parameter(v, (struct bpr_scan){ s.at, end }, form->number_first && !count, &x[count]))
			return false;
		count++;
		s.at = end + width;
	} while (width);
	if (count != form->count)
		return bpr_i_value_wrong(v, BPR_I_D006, form->form);
	*out = (struct bpr_dist){ .kind = form->kind, .a = x[0], .b = x[1], .c = x[2] };
	wanted = bpr_i_dist_check(out);
	return !wanted || bpr_i_value_wrong(v, BPR_I_D007, wanted);
}

/* The text between the brackets as the user wrote it: file names are not folded. */
static bool measured(const struct bpr_value *v, struct bpr_arena *arena, struct bpr_dist *out)
{
	static const char wide_open[] = "（";
	static const char wide_close[] = "）";
	const char *s = v->text;
	size_t n = v->length;
	size_t from = 0;
	size_t to = n;

	while (from < n && s[from] != '(' && (n - from < 3 || memcmp(s + from, wide_open, 3) != 0))
		from++;
	while (to && s[to - 1] != ')' && (to < 3 || memcmp(s + to - 3, wide_close, 3) != 0))
		to--;
	from += from < n && s[from] == '(' ? 1 : 3;
	to -= to && s[to - 1] == ')' ? 1 : 3;
	if (from >= n || to > n || from >= to)
		return bpr_i_value_wrong(v, BPR_I_D006, "emp(FILE,COLUMN)");
	s += from;
	n = bpr_i_utf8_trim(&s, to - from);
	if (!n)
		return bpr_i_value_wrong(v, BPR_I_D006, "emp(FILE,COLUMN)");
	*out = (struct bpr_dist){ .kind = BPR_DIST_EMP };
	out->source = bpr_i_arena_strndup(arena, s, n);
	if (out->source)
		return true;
	(void)bpr_i_problem(v->problems, BPR_I_I001, v->place, true, NULL, NULL, NULL, NULL);
	return false;
}

/* NAME(…) */
static bool scan_dist(struct bpr_value *v, struct bpr_scan s, const char *open, struct bpr_arena *arena, struct bpr_dist *out)
{
	size_t n = (size_t)(open - s.at);
	struct bpr_scan inside = { open + 1, s.end };

	while (n && s.at[n - 1] == ' ')
		n--;
	while (inside.end > inside.at && inside.end[-1] == ' ')
		inside.end--;
	if (inside.end == inside.at || inside.end[-1] != ')')
		return bpr_i_value_wrong(v, BPR_I_D002, NULL);
	inside.end--;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (bpr_i_word_find(&forms[i].words, 1, s.at, n) == BPR_NONE)
			continue;
		if (forms[i].kind == BPR_DIST_EMP)
			return measured(v, arena, out);
		return scan_parameters(v, &forms[i], inside, out);
	}
	return bpr_i_value_wrong(v, BPR_I_D005, bpr_i_short(s.at, n).text);
}

static bool scan_any(struct bpr_value *v, struct bpr_scan s, struct bpr_arena *arena, struct bpr_dist *out)
{
	const char *open = memchr(s.at, '(', (size_t)(s.end - s.at));
	const char *cut;
	size_t width;

	if (open && open > s.at && is_letter(*s.at))
		return scan_dist(v, s, open, arena, out);
	bpr_i_scan_about(&s);
	cut = range_cut(s, &width);
	if (cut && cut > s.at)
		return scan_range(v, s, cut, width, out);
	return bpr_i_scan_minutes(v, s, true, &out->a, NULL, NULL);
}

/* `emp([` in front, blanks between allowed: the text behind it up to `])`, or NULL. */
static const char *inline_values(const char *text, size_t length, size_t *inside)
{
	static const char *const parts[] = { "emp", "(", "[" };
	const char *end = text + length;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t n = strlen(parts[i]);

		while (text < end && *text == ' ')
			text++;
		if ((size_t)(end - text) < n || memcmp(text, parts[i], n) != 0)
			return NULL;
		text += n;
	}
	for (const char *p = ")]"; *p; p++) {
		while (end > text && end[-1] == ' ')
			end--;
		if (end == text || *--end != *p)
			return NULL;
	}
	*inside = (size_t)(end - text);
	return text;
}

static bool is_gap(char c)
{
	return c == ' ' || c == ',' || c == ';' || c == '\n' || c == '\r' || c == '\t';
}

/* emp([3 4.5 7]): durations with blanks or commas between, as many as there are. */
static bool scan_values(const struct bpr_value *v, const char *text, size_t length, struct bpr_arena *arena, struct bpr_dist *out)
{
	const char *end = text + length;
	double *values;
	size_t count = 0;

	for (const char *p = text; p < end; p++)
		count += !is_gap(*p) && (p + 1 == end || is_gap(p[1]));
	if (!count)
		return bpr_i_value_wrong(v, BPR_I_D006, "emp([3 4.5 7])");
	values = bpr_i_arena_raw(arena, count, sizeof(*values));
	if (!values) {
		(void)bpr_i_problem(v->problems, BPR_I_I001, v->place, true, NULL, NULL, NULL, NULL);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		const char *from;

		while (is_gap(*text))
			text++;
		for (from = text; text < end && !is_gap(*text);)
			text++;
		if (!bpr_i_parse_minutes(from, (size_t)(text - from), &values[i], v->problems, v->place))
			return false;
		values[i] += 0.0; /* -0 is 0 */
	}
	*out = (struct bpr_dist){ .kind = BPR_DIST_EMP, .values = values, .value_count = count };
	return true;
}

bool bpr_i_value_dist(struct bpr_value *v, struct bpr_arena *arena, struct bpr_dist *out)
{
	struct bpr_folded folded;
	const char *inside;
	size_t inside_length;
	bool ok;

	*out = (struct bpr_dist){ .kind = BPR_DIST_CONSTANT };
	if (bpr_i_num_parse(v->text, v->length, &out->a) && out->a >= 0 && out->a <= BPR_I_MAX_MINUTES) {
		out->a += 0.0; /* -0 is 0 */
		return true;
	}
	inside = inline_values(v->text, v->length, &inside_length);
	if (inside)
		return scan_values(v, inside, inside_length, arena, out);
	(void)bpr_i_fold_lower(&folded, v->text, v->length);
	ok = scan_any(v, (struct bpr_scan){ folded.text, folded.text + folded.length }, arena, out);
	out->working_days = ok && v->wd;
	if (out->working_days)
		(void)bpr_i_value_wrong(v, BPR_I_D011, NULL);
	return ok;
}

bool bpr_i_parse_dist(const char *text, size_t length, struct bpr_arena *arena, struct bpr_dist *out,
		      bpr_problems *problems, const struct bpr_place *place)
{
	struct bpr_value v = { text, length, problems, place, false };

	return bpr_i_value_dist(&v, arena, out);
}
