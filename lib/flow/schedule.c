/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules: hours, closed days, factors, windows of arrivals; see schedule_i.h. What is not understood is a problem, never guessed. */
#include "config.h"
#include "flow/schedule_i.h"
#include "base/utf8_i.h"
#include "flow/calendar_i.h"
#include <math.h>
#include <string.h>

/* With these bounds no day has more stretches than BPR_SPANS_MAX and BPR_RATES_MAX. */
enum { MOST_RULES = 64, MOST_SPANS = 10, MOST_FACTOR_SPANS = 48, MOST_SLOTS = 10, DAY = BPR_I_DAY, TWO_DAYS = 2 * DAY };

struct parse {
	struct bpr_builder *b;
	enum bpr_i_schedule_kind kind;
	const char *text;              /* of the rule, as written */
	size_t length;
	const struct bpr_place *place;
	struct bpr_schedule_rule rules[MOST_RULES];
	size_t count, spans;           /* spans: of all rules */
};

static bool wrong(struct parse *p, enum bpr_code_id id, const char *a3)
{
	const char *where = p->place && p->place->where ? p->place->where : "-";

	bpr_i_build_note(p->b, id, p->place, bpr_i_short(p->text, p->length).text, where, a3, NULL);
	return false;
}

static bool not_understood(struct parse *p)
{
	static const enum bpr_code_id codes[] = { BPR_I_D017, BPR_I_D019, BPR_I_D021, BPR_I_D022 };

	return wrong(p, codes[p->kind], NULL);
}

static bool too_many(struct parse *p, size_t most)
{
	char limit[32];
	struct bpr_buf buf = BPR_BUF_ON(limit);

	bpr_i_buf_printf(&buf, "%zu", most);
	return wrong(p, BPR_I_D023, limit);
}

/* ---- times of day ---- */

bool bpr_i_scan_clock(struct bpr_scan *s, bool with_seconds, double *out)
{
	struct bpr_scan t = *s;
	double hours, minutes = 0, seconds = 0;

	bpr_i_scan_blanks(&t);
	if (bpr_i_scan_number(&t, false, &hours) != 1 || fabs(hours - floor(hours)) > 0)
		return false;
	if (bpr_i_scan_word(&t, ":")) {
		if (bpr_i_scan_number(&t, false, &minutes) != 1)
			return false;
		if (with_seconds && bpr_i_scan_word(&t, ":") && bpr_i_scan_number(&t, false, &seconds) != 1)
			return false;
	} else if (!bpr_i_scan_word(&t, "時")) {
		return false;
	} else if (bpr_i_scan_word(&t, "半")) {
		minutes = 30;
	} else if (bpr_i_scan_number(&t, false, &minutes) == 1 && !bpr_i_scan_word(&t, "分")) {
		return false;
	}
	*out = hours * 60 + (seconds > 0 ? (minutes * 60 + seconds) / 60 : minutes);
	if (!(minutes < 60) || !(seconds < 60) || !(*out <= TWO_DAYS))
		return false;
	*s = t;
	return true;
}

bool bpr_i_scan_span(struct bpr_scan *s, struct bpr_span *span)
{
	struct bpr_scan t = *s;

	if (bpr_i_scan_word(s, "24時間") || bpr_i_scan_word(s, "終日") || bpr_i_scan_word(s, "all day")) {
		*span = (struct bpr_span){ 0, DAY };
		return true;
	}
	if (!bpr_i_scan_clock(&t, false, &span->from))
		return false;
	bpr_i_scan_blanks(&t);
	if ((!bpr_i_scan_word(&t, "-") && !bpr_i_scan_word(&t, "~") && !bpr_i_scan_word(&t, "から")) ||
	    !bpr_i_scan_clock(&t, false, &span->to))
		return false;
	(void)bpr_i_scan_word(&t, "まで");
	if (span->to < span->from) /* 22:00-6:00 */
		span->to += DAY;
	if (!(span->from < span->to) || span->from >= DAY || span->to > TWO_DAYS)
		return false;
	*s = t;
	return true;
}

/* Into its place; what overlaps or touches becomes one. */
static size_t add_span(struct bpr_span *spans, size_t count, struct bpr_span one)
{
	size_t at = 0, end;

	while (at < count && spans[at].to < one.from)
		at++;
	for (end = at; end < count && spans[end].from <= one.to; end++) {
		one.from = fmin(one.from, spans[end].from);
		one.to = fmax(one.to, spans[end].to);
	}
	memmove(&spans[at + 1], &spans[end], (count - end) * sizeof(*spans));
	spans[at] = one;
	return count - (end - at) + 1;
}

static void scan_gap(struct bpr_scan *s)
{
	do
		bpr_i_scan_blanks(s);
	while (bpr_i_scan_word(s, ",") || bpr_i_scan_word(s, "、") || bpr_i_scan_word(s, "・"));
}

/* Spans at the front; false where there are too many. */
static bool scan_spans(struct parse *p, struct bpr_scan *s, struct bpr_span *spans, size_t *count)
{
	struct bpr_span one;
	struct bpr_scan t = *s;

	while (bpr_i_scan_span(&t, &one)) {
		if (*count == MOST_SPANS)
			return too_many(p, MOST_SPANS);
		*count = add_span(spans, *count, one);
		*s = t;
		scan_gap(&t);
	}
	bpr_i_scan_blanks(s);
	return true;
}

/* ---- rules ---- */

static bool keep_rule(struct parse *p, const struct bpr_days *days, const struct bpr_span *spans, size_t count, double value,
		      const struct bpr_dist *dist)
{
	struct bpr_schedule_rule *rule = &p->rules[p->count];
	struct bpr_span *kept = NULL;

	p->spans += count ? count : p->kind == BPR_I_WINDOWS ? MOST_SPANS : 0; /* those of the office */
	if (p->count == MOST_RULES)
		return too_many(p, MOST_RULES);
	if (p->kind >= BPR_I_FACTORS && p->spans > MOST_FACTOR_SPANS)
		return too_many(p, MOST_FACTOR_SPANS);
	if (count) {
		kept = bpr_i_arena_raw(&p->b->flow->arena, count, sizeof(*kept));
		if (!kept) {
			p->b->nomem = true;
			return false;
		}
		memcpy(kept, spans, count * sizeof(*kept));
	}
	*rule = (struct bpr_schedule_rule){ *days, kept, count, value, dist };
	p->count++;
	return true;
}

static bool no_days(const struct bpr_days *days)
{
	return !days->weekdays && !days->dated;
}

static bool is_closed(struct bpr_scan *s)
{
	static const char *const words[] = { "休業日", "休業", "休み", "休庁", "休館", "休", "閉庁", "閉館", "なし", "closed", "none" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (bpr_i_scan_word(s, words[i]))
			return true;
	return false;
}

/* [DAYS] SPANS, DAYS closed. Times without days in several pieces, `8:30-12:00; 13:00-17:15`, are one rule. */
static bool hours_rule(struct parse *p, struct bpr_scan s)
{
	struct bpr_schedule_rule *before = p->count ? &p->rules[p->count - 1] : NULL;
	struct bpr_span spans[MOST_SPANS + 1];
	struct bpr_days days;
	size_t count = 0;

	(void)bpr_i_scan_days(&s, &days);
	if (no_days(&days) && before) {
		if (!no_days(&before->days))
			return wrong(p, BPR_I_D020, NULL);
		count = before->span_count;
		if (count)
			memcpy(spans, before->spans, count * sizeof(*spans));
		p->count--;
	}
	if (!scan_spans(p, &s, spans, &count))
		return false;
	if (!count && (no_days(&days) || !is_closed(&s)))
		return not_understood(p);
	bpr_i_scan_blanks(&s);
	return s.at == s.end ? keep_rule(p, &days, spans, count, 1, NULL) : not_understood(p);
}

/* 土日祝、12/29-1/3: any of these days. */
static bool closed_rule(struct parse *p, struct bpr_scan s)
{
	struct bpr_days days, weekdays = { 0 };
	bool any = false;

	while (bpr_i_scan_day_in(&s, &days)) {
		any = true;
		if (!days.dated && !days.nth)
			weekdays.weekdays |= days.weekdays;
		else if (!keep_rule(p, &days, NULL, 0, 1, NULL))
			return false;
		(void)bpr_i_scan_word(&s, "は");
		(void)is_closed(&s);
		scan_gap(&s);
		(void)(bpr_i_scan_word(&s, "及び") || bpr_i_scan_word(&s, "および") || bpr_i_scan_word(&s, "と") || bpr_i_scan_word(&s, "and"));
		scan_gap(&s);
	}
	if (s.at < s.end || !any)
		return not_understood(p);
	return !weekdays.weekdays || keep_rule(p, &weekdays, NULL, 0, 1, NULL);
}

/* :2 =2 ×2 x2, 140%, 1.4倍 */
static bool scan_factor(struct bpr_scan *s, double *value)
{
	struct bpr_scan t = *s;

	bpr_i_scan_blanks(&t);
	if (!bpr_i_scan_word(&t, ":") && !bpr_i_scan_word(&t, "=") && !bpr_i_scan_word(&t, "×") && !bpr_i_scan_word(&t, "x") &&
	    !bpr_i_scan_word(&t, "*"))
		return false;
	bpr_i_scan_blanks(&t);
	if (bpr_i_scan_number(&t, false, value) != 1)
		return false;
	if (bpr_i_scan_word(&t, "%"))
		*value /= 100;
	else
		(void)bpr_i_scan_word(&t, "倍");
	*s = t;
	return *value <= 1e6;
}

/* [DAYS] [SPANS]:FACTOR, more spans with factors of their own behind. */
static bool factor_rule(struct parse *p, struct bpr_scan s)
{
	struct bpr_days days;
	bool any = bpr_i_scan_days(&s, &days);

	do {
		struct bpr_span spans[MOST_SPANS + 1];
		size_t count = 0;
		double value;

		if (!scan_spans(p, &s, spans, &count))
			return false;
		if ((!count && !any) || !scan_factor(&s, &value))
			return not_understood(p);
		if (!keep_rule(p, &days, spans, count, value, NULL))
			return false;
		scan_gap(&s);
		any = false;
	} while (s.at < s.end);
	return true;
}

/* [DAYS] [SPANS]=DISTRIBUTION; the distribution as written, since it may name a file. */
static bool window_rule(struct parse *p, struct bpr_scan s, const char *tail, size_t tail_length)
{
	struct bpr_span spans[MOST_SPANS + 1];
	struct bpr_days days;
	const struct bpr_dist *dist;
	size_t count = 0;

	(void)bpr_i_scan_days(&s, &days);
	if (!scan_spans(p, &s, spans, &count))
		return false;
	if (s.at < s.end || !tail)
		return not_understood(p);
	dist = bpr_i_build_dist(p->b, tail, tail_length, p->place);
	if (!dist)
		return false;
	if (!(bpr_dist_mean(dist) > 0)) {
		bpr_i_build_note(p->b, BPR_I_D007, p->place, bpr_i_short(tail, tail_length).text, p->place->where, "MEAN > 0", NULL);
		return false;
	}
	return keep_rule(p, &days, spans, count, 1, dist);
}

/* The first '=' or '＝'; NULL none. */
static const char *equals(const char *text, size_t length, size_t *width)
{
	for (size_t i = 0; i < length; i++) {
		*width = text[i] == '=' ? 1 : length - i >= 3 && !memcmp(text + i, "＝", 3) ? 3 : 0;
		if (*width)
			return text + i;
	}
	return NULL;
}

static bool one_rule(struct parse *p)
{
	struct bpr_folded folded;
	size_t width = 0, length = p->length;
	const char *sign = p->kind == BPR_I_WINDOWS ? equals(p->text, p->length, &width) : NULL;
	const char *tail = NULL;
	size_t tail_length = 0;
	struct bpr_scan s;

	if (sign) {
		tail = sign + width;
		length = (size_t)(sign - p->text);
		tail_length = bpr_i_utf8_trim(&tail, p->length - length - width);
	}
	if (!bpr_i_fold_lower(&folded, p->text, length))
		return not_understood(p);
	s = (struct bpr_scan){ folded.text, folded.text + folded.length };
	bpr_i_scan_blanks(&s);
	switch (p->kind) {
	case BPR_I_HOURS: return hours_rule(p, s);
	case BPR_I_CLOSED: return closed_rule(p, s);
	case BPR_I_FACTORS: return factor_rule(p, s);
	case BPR_I_WINDOWS: return window_rule(p, s, tail, tail_length);
	}
	return false;
}

/* Up to the next ';', '；' or line end outside brackets. */
static size_t rule_length(const char *text, size_t length, size_t *width)
{
	int depth = 0;

	for (size_t i = 0; i < length; i++) {
		bool wide = length - i >= 3 && !memcmp(text + i, "；", 3);

		depth += (text[i] == '(') - (text[i] == ')' && depth > 0);
		*width = wide ? 3 : 1;
		if (!depth && (wide || text[i] == ';' || text[i] == '\n'))
			return i;
	}
	*width = 0;
	return length;
}

/* 無休, なし: an office that closes on no day. */
static bool never_closed(const char *text, size_t length)
{
	static const char *const words[] = { "なし|無し|無休|年中無休|none|never|no" };
	struct bpr_folded folded;

	return bpr_i_fold_lower(&folded, text, length) && bpr_i_word_find(words, 1, folded.text, folded.length) != BPR_NONE;
}

bool bpr_i_build_schedule(struct bpr_builder *b, enum bpr_i_schedule_kind kind, const char *text, size_t length, const struct bpr_place *place,
			  struct bpr_schedule *out)
{
	struct parse p = { .b = b, .kind = kind, .place = place };
	struct bpr_schedule_rule *rules = NULL;
	const char *whole = bpr_i_builder_text(b, text, length);

	if (!whole)
		return false;
	for (size_t width = 0; length && !(kind == BPR_I_CLOSED && never_closed(text, length)); text += width, length -= width) {
		size_t n = rule_length(text, length, &width);

		p.text = text;
		p.length = bpr_i_utf8_trim(&p.text, n);
		if (p.length && !one_rule(&p))
			return false;
		text += n;
		length -= n;
	}
	if (p.count) {
		rules = bpr_i_arena_raw(&b->flow->arena, p.count, sizeof(*rules));
		if (!rules) {
			b->nomem = true;
			return false;
		}
		memcpy(rules, p.rules, p.count * sizeof(*rules));
	} else if (kind != BPR_I_CLOSED) {
		p.text = whole;
		p.length = strlen(whole);
		return not_understood(&p);
	}
	*out = (struct bpr_schedule){ rules, p.count, whole };
	return true;
}

/* ---- breaks ---- */

/* 60分@11:30-13:30 */
static bool in_turn(struct parse *p, const char *at, size_t width, struct bpr_shift *shift)
{
	struct bpr_folded folded;
	const char *tail = at + width;
	struct bpr_span turn;
	double minutes;
	struct bpr_scan s;

	if (!bpr_i_fold_lower(&folded, tail, (size_t)(p->text + p->length - tail)) ||
	    !bpr_i_parse_minutes(p->text, (size_t)(at - p->text), &minutes, NULL, NULL))
		return wrong(p, BPR_I_D024, NULL);
	s = (struct bpr_scan){ folded.text, folded.text + folded.length };
	bpr_i_scan_blanks(&s);
	if (!bpr_i_scan_span(&s, &turn) || s.at < s.end || !(minutes > 0) || !(minutes <= turn.to - turn.from) ||
	    (turn.to - turn.from) / minutes > MOST_SLOTS)
		return wrong(p, BPR_I_D024, NULL);
	shift->turn_minutes = minutes;
	shift->turn = turn;
	shift->breaks = (struct bpr_schedule){ NULL, 0, bpr_i_builder_text(p->b, p->text, p->length) };
	return shift->breaks.text != NULL;
}

bool bpr_i_build_breaks(struct bpr_builder *b, const char *text, size_t length, const struct bpr_place *place, struct bpr_shift *shift)
{
	struct parse p = { .b = b, .kind = BPR_I_HOURS, .text = text, .length = length, .place = place };
	struct bpr_schedule breaks;

	for (size_t i = 0; i < length; i++) {
		size_t width = text[i] == '@' ? 1 : length - i >= 3 && !memcmp(text + i, "＠", 3) ? 3 : 0;

		if (width)
			return in_turn(&p, text + i, width, shift);
	}
	if (!bpr_i_build_schedule(b, BPR_I_HOURS, text, length, place, &breaks))
		return false;
	shift->breaks = breaks;
	shift->turn_minutes = 0;
	shift->turn = (struct bpr_span){ 0, 0 };
	return true;
}
