/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What dialects say, kept by item and pool until the flow is built. */
#include "config.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "flow/dist_i.h"
#include "read/sim_i.h"
#include <math.h>
#include <string.h>

const char *bpr_i_sim_label(const char *source)
{
	static const char *const labels[][2] = {
		{ "bpsim", "BPSim" }, { "qbp", "QBP" }, { "scylla", "Scylla" }, { "prosimos", "Prosimos" }, { "adonis", "ADONIS" },
		{ "igrafx", "iGrafx" }, { "camunda", "Camunda" },
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (!strcmp(labels[i][0], source))
			return labels[i][1];
	return source;
}

static const char *now(const struct bpmn_file *file)
{
	return bpr_i_sim_label(file->sim->now.source);
}

/* Whether what is read now counts against what was said before; of two sources the better one counts, and that is said. */
static bool wins(struct bpmn_file *file, struct sim_from *have, size_t line, bool *replaces)
{
	const struct sim_from *by = &file->sim->now;
	bool two = have->source && have->rank != by->rank;
	bool win = !have->source || by->rank >= have->rank;

	*replaces = two && win;
	if (two)
		bpr_i_bpmn_note(file, BPR_I_X120, NULL, NULL, bpr_i_sim_label(have->source), now(file),
				bpr_i_sim_label(win ? by->source : have->source));
	if (win) {
		*have = *by;
		have->line = line;
	}
	return win;
}

/* The parameters of an item, made where new; NULL out of memory. */
static struct sim_params *params(struct bpmn_file *file, size_t item)
{
	struct sim *s = file->sim;

	if (s->of_item[item] == BPR_NONE) {
		if (!bpr_i_grow(&s->params, &s->capacity, s->count + 1, sizeof(*s->params))) {
			file->nomem = true;
			return NULL;
		}
		s->params[s->count] = (struct sim_params){ .item = item, .prob = (double)NAN };
		s->of_item[item] = s->count++;
	}
	return &s->params[s->of_item[item]];
}

size_t bpr_i_sim_find(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *id, size_t length)
{
	size_t at = bpr_i_bpmn_find(file, id, length);
	char text[96];
	size_t n = length < sizeof(text) - 1 ? length : sizeof(text) - 1;

	if (at != BPR_NONE)
		return at;
	while (n && n < length && ((unsigned char)id[n] & 0xc0) == 0x80)
		n--;
	memcpy(text, id, n);
	text[n] = '\0';
	bpr_i_bpmn_note(file, BPR_I_X073, xml, NULL, now(file), text, NULL);
	return BPR_NONE;
}

size_t bpr_i_sim_item(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr)
{
	size_t length;
	const char *id = bpr_i_xml_value(xml, attr, &length);

	return id ? bpr_i_sim_find(file, xml, id, length) : BPR_NONE;
}

void bpr_i_sim_time(struct bpmn_file *file, size_t item, enum sim_time part, const struct bpr_dist *dist, size_t line)
{
	const unsigned work = (1u << SIM_WAIT) - 1;
	struct sim_params *p = params(file, item);
	bool is_work = part < SIM_WAIT;
	bool replaces;

	if (!p || !wins(file, is_work ? &p->work_from : &p->wait_from, line, &replaces))
		return;
	if (replaces)
		p->times &= is_work ? ~work : work;
	p->time[part] = *dist;
	p->times |= 1u << part;
}

void bpr_i_sim_cost(struct bpmn_file *file, size_t item, double fixed, double per_minute, size_t line)
{
	struct sim_params *p = params(file, item);
	bool replaces;

	if (!p || !wins(file, &p->cost_from, line, &replaces))
		return;
	p->fixed_cost = isnan(fixed) ? (replaces ? 0 : p->fixed_cost) : fixed;
	p->unit_cost = isnan(per_minute) ? (replaces ? 0 : p->unit_cost) : per_minute;
}

void bpr_i_sim_prob(struct bpmn_file *file, size_t item, double prob, size_t line)
{
	struct sim_params *p = params(file, item);
	bool replaces;

	if (p && wins(file, &p->prob_from, line, &replaces))
		p->prob = prob;
}

void bpr_i_sim_arrivals(struct bpmn_file *file, size_t item, const struct bpr_dist *between, size_t line)
{
	struct sim_params *p = params(file, item);
	bool replaces;

	if (p && bpr_dist_mean(between) > 0 && wins(file, &p->arrivals_from, line, &replaces)) {
		p->arrivals = *between;
		p->windows = NULL;
	}
}

static const char *keep(struct bpmn_file *file, struct bpr_buf *text)
{
	const char *kept = text->failed ? NULL : bpr_i_arena_strndup(&file->xml.arena, text->data ? text->data : "", text->length);

	file->nomem |= !kept;
	bpr_i_buf_release(text);
	return kept;
}

static void note_week(struct bpmn_file *file, size_t line, const char *of, const char *text)
{
	const struct bpr_xml_node at = { .name = "", .line = (uint32_t)line };

	bpr_i_bpmn_note(file, BPR_I_X123, &at, of, now(file), of, *text ? text : "-");
}

void bpr_i_sim_windows(struct bpmn_file *file, size_t item, const struct bpr_dist *between, struct bpr_buf *text, size_t line)
{
	struct sim_params *p;

	bpr_i_sim_arrivals(file, item, between, line);
	p = params(file, item);
	if (p && p->arrivals_from.source && p->arrivals_from.rank == file->sim->now.rank)
		p->windows = keep(file, text);
	else
		bpr_i_buf_release(text);
}

void bpr_i_sim_open(struct bpmn_file *file, size_t item, const struct bpr_week *week, size_t line)
{
	struct sim_params *p = params(file, item);
	struct bpr_buf text = BPR_BUF_INIT;
	const char *open;
	bool replaces, exact;
	size_t days;

	if (!p || !(bpr_i_week_minutes(week, &days) > 0) || bpr_i_week_always(week) || !wins(file, &p->open_from, line, &replaces))
		return;
	exact = bpr_i_week_schedule(week, 31, &text);
	open = keep(file, &text);
	if (!open)
		return;
	if (!exact)
		note_week(file, line, "open", open);
	p->open = open;
	p->open_days = days == 5 ? 0 : floor((double)days * 365 / 7 + 0.5); /* five days: holidays are off too, as where nothing is said */
}

void bpr_i_sim_need_none(struct bpmn_file *file, size_t item, size_t line)
{
	struct sim_params *p = params(file, item);
	bool replaces;

	if (p && wins(file, &p->need_from, line, &replaces))
		p->need_count = 0;
}

/* 1, 2, 3 …; 0 else. */
static size_t whole(double x)
{
	return x >= 1 && x <= 1e9 && !(fabs(x - round(x)) > 0) ? (size_t)x : 0;
}

static void not_whole(struct bpmn_file *file, size_t line, const char *of, double x)
{
	const struct bpr_xml_node at = { .name = "", .line = (uint32_t)line };
	char number[32];

	(void)bpr_i_num_format(number, sizeof(number), x);
	bpr_i_sim_wrong(file, &at, now(file), of, number);
}

void bpr_i_sim_need(struct bpmn_file *file, size_t item, size_t pool, double count, size_t line)
{
	struct sim_params *p = params(file, item);
	bool replaces;

	if (!p || pool == BPR_NONE || !wins(file, &p->need_from, line, &replaces))
		return;
	if (replaces)
		p->need_count = 0;
	if (!whole(count)) {
		not_whole(file, line, file->sim->pools[pool].name, count);
		return;
	}
	if (p->need_count < SIM_MOST_NEEDS)
		p->needs[p->need_count++] = (struct sim_need){ pool, whole(count) };
}

size_t bpr_i_sim_pool(struct bpmn_file *file, const char *id, size_t length)
{
	struct sim *s = file->sim;
	size_t at;
	char *kept;

	length = bpr_i_utf8_trim(&id, length);
	at = bpr_i_names_find(&s->pool_ids, id, length);
	if (at != BPR_NONE || !length)
		return at;
	kept = bpr_i_arena_strndup(&file->xml.arena, id, length);
	if (kept && bpr_i_grow(&s->pools, &s->pool_capacity, s->pool_ids.count + 1, sizeof(*s->pools)))
		at = bpr_i_names_add(&s->pool_ids, kept, length, NULL);
	if (at == BPR_NONE)
		file->nomem = true;
	else
		s->pools[at] = (struct sim_pool){ .name = kept, .count = (double)NAN, .yen_per_hour = (double)NAN };
	return at;
}

void bpr_i_sim_pool_name(struct bpmn_file *file, size_t pool, const char *name, size_t length)
{
	char *kept;

	length = name ? bpr_i_utf8_trim(&name, length) : 0;
	if (!length || pool == BPR_NONE)
		return;
	kept = bpr_i_arena_strndup(&file->xml.arena, name, length);
	if (kept)
		file->sim->pools[pool].name = kept;
	else
		file->nomem = true;
}

void bpr_i_sim_pool_count(struct bpmn_file *file, size_t pool, double count, size_t line)
{
	struct sim_pool *p = pool == BPR_NONE ? NULL : &file->sim->pools[pool];
	bool replaces;

	if (!p || isnan(count) || !(count > 0))
		return;
	if (!whole(count))
		not_whole(file, line, p->name, count);
	else if (wins(file, &p->count_from, line, &replaces))
		p->count = count;
}

void bpr_i_sim_pool_rate(struct bpmn_file *file, size_t pool, double per_hour, size_t line)
{
	struct sim_pool *p = pool == BPR_NONE ? NULL : &file->sim->pools[pool];
	bool replaces;

	if (p && per_hour > 0 && per_hour <= 1e9 && wins(file, &p->rate_from, line, &replaces))
		p->yen_per_hour = per_hour;
}

static bool same_week(const struct bpr_week *a, const struct bpr_week *b)
{
	return a && b ? bpr_i_week_equal(a, b) : a == b;
}

/* A schedule as text kept by the file; NULL where it is round the clock, or out of memory. */
static const char *week_text(struct bpmn_file *file, const struct bpr_week *week, bool *exact)
{
	struct bpr_buf text = BPR_BUF_INIT;

	if (!week || bpr_i_week_always(week))
		return NULL;
	*exact &= bpr_i_week_schedule(week, 127, &text);
	return keep(file, &text);
}

/* People with the same hours are a shift. False: not exactly what is said. */
static bool make_shifts(struct bpmn_file *file, struct sim_pool *p, const struct bpr_week *const *weeks, size_t count)
{
	const struct bpr_week *of[SIM_MOST_SHIFTS];
	bool exact = true;

	p->shifts = bpr_i_arena_alloc(&file->xml.arena, SIM_MOST_SHIFTS, sizeof(*p->shifts));
	if (!p->shifts) {
		file->nomem = true;
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		size_t at = 0;

		while (at < p->shift_count && !same_week(of[at], weeks[i]))
			at++;
		if (at == SIM_MOST_SHIFTS) {
			at--; /* the rest works with the last of them */
			exact = false;
		} else if (at == p->shift_count) {
			of[p->shift_count++] = weeks[i];
			p->shifts[at] = (struct sim_shift){ week_text(file, weeks[i], &exact), 0 };
		}
		p->shifts[at].count++;
	}
	return exact;
}

void bpr_i_sim_pool_shift(struct bpmn_file *file, size_t pool, double count, const struct bpr_week *week, size_t line)
{
	struct sim_pool *p = pool == BPR_NONE ? NULL : &file->sim->pools[pool];
	bool replaces, exact = true;

	if (!p || !whole(count) || !wins(file, &p->hours_from, line, &replaces))
		return;
	if (!p->shifts)
		p->shifts = bpr_i_arena_alloc(&file->xml.arena, SIM_MOST_SHIFTS, sizeof(*p->shifts));
	if (!p->shifts) {
		file->nomem = true;
		return;
	}
	if (replaces)
		p->shift_count = 0;
	p->hours = NULL;
	if (p->shift_count == SIM_MOST_SHIFTS)
		return;
	p->shifts[p->shift_count] = (struct sim_shift){ week_text(file, week, &exact), whole(count) };
	if (!exact)
		note_week(file, line, p->name, p->shifts[p->shift_count].hours ? p->shifts[p->shift_count].hours : "-");
	p->shift_count++;
}

void bpr_i_sim_pool_hours(struct bpmn_file *file, size_t pool, const struct bpr_week *const *weeks, size_t count, size_t line)
{
	struct sim_pool *p = pool == BPR_NONE ? NULL : &file->sim->pools[pool];
	bool same = true, exact = true, any = false, replaces;
	size_t days;

	for (size_t i = 0; i < count; i++) {
		same = same && same_week(weeks[i], weeks[0]);
		any |= weeks[i] && !bpr_i_week_always(weeks[i]) && bpr_i_week_minutes(weeks[i], &days) > 0;
	}
	if (!p || !any || !wins(file, &p->hours_from, line, &replaces))
		return;
	p->shift_count = 0;
	p->hours = same ? week_text(file, weeks[0], &exact) : NULL;
	if (!same)
		exact = make_shifts(file, p, weeks, count);
	if (!exact)
		note_week(file, line, p->name, p->hours ? p->hours : p->shift_count && p->shifts[0].hours ? p->shifts[0].hours : "-");
}

/* ---- values ---- */

void bpr_i_sim_wrong(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *of, const char *what, const char *value)
{
	file->sim->wrong++;
	bpr_i_bpmn_note(file, BPR_I_X077, xml, what, of, what, value);
}

void bpr_i_sim_replaced(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *name)
{
	bpr_i_bpmn_note(file, BPR_I_X075, xml, NULL, now(file), name, NULL);
}

static bool number(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *what, const char *text, size_t length, double *out)
{
	char shown[64];
	size_t n = length < sizeof(shown) - 1 ? length : sizeof(shown) - 1;

	if (bpr_i_num_parse(text, length, out) && isfinite(*out) && *out >= 0)
		return true;
	memcpy(shown, text, n);
	shown[n] = '\0';
	bpr_i_sim_wrong(file, xml, xml->name, what, shown);
	return false;
}

bool bpr_i_sim_number(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *attr, double *out)
{
	size_t length;
	const char *text = bpr_i_xml_value(xml, attr, &length);

	return text && number(file, xml, attr, text, length, out);
}

bool bpr_i_sim_text_number(struct bpmn_file *file, const struct bpr_xml_node *xml, double *out)
{
	size_t length;
	const char *text = xml ? bpr_i_xml_simple_text(xml, &length) : NULL;

	return text && number(file, xml, xml->name, text, length, out);
}

void bpr_i_sim_currency(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *currency)
{
	if (*currency && strcmp(currency, "JPY") != 0 && strcmp(currency, "YEN") != 0)
		bpr_i_bpmn_note(file, BPR_I_X124, xml, NULL, now(file), currency, NULL);
}

bool bpr_i_sim_dist(struct bpmn_file *file, const struct bpr_xml_node *xml, const char *name, double unit, struct bpr_dist *dist)
{
	const char *right = NULL;

	bpr_i_delay_scale(dist, unit);
	if (dist->kind != BPR_DIST_EMP)
		right = bpr_i_dist_check(dist);
	if (!right && isfinite(bpr_dist_mean(dist)) && isfinite(bpr_dist_var(dist)) && bpr_dist_mean(dist) <= 1e9)
		return true;
	bpr_i_sim_wrong(file, xml, now(file), name, right ? right : "");
	return false;
}
