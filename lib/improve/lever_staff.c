/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers on people and hours: more staff, other hours, appointments. */
#include "config.h"
#include "base/num_i.h"
#include "flow/edit_set_i.h"
#include "improve/lever_i.h"
#include "table/table_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Things of a list, each perhaps with a key in front of '='. */
struct item { size_t key; const char *name; };

static bool read_items(struct lever_work *work, const char *const *keys, size_t key_count, struct item **items, size_t *count)
{
	const char *const *texts;

	if (!bpr_i_table_list(&work->scratch, work->action->target, &texts, count))
		return bpr_i_lever_nomem(work);
	*items = bpr_i_arena_alloc(&work->scratch, *count + 1, sizeof(**items));
	if (!*items)
		return bpr_i_lever_nomem(work);
	for (size_t i = 0; i < *count; i++) {
		const char *values[4] = { NULL, NULL, NULL, NULL }, *bare;

		(*items)[i] = (struct item){ BPR_NONE, texts[i] };
		if (!strchr(texts[i], '=') && !strstr(texts[i], "＝"))
			continue;
		if (!bpr_i_lever_values(work, texts[i], keys, key_count, values, &bare))
			return false;
		for (size_t k = 0; k < key_count; k++)
			if (values[k])
				(*items)[i] = (struct item){ k, values[k] };
	}
	return true;
}

static bool no_pool(struct lever_work *work, const char *name)
{
	struct lever_names names;

	bpr_i_lever_names_begin(&names, name);
	for (size_t i = 0; i < bpr_i_edit_pool_count(work->edit); i++)
		bpr_i_lever_names_offer(&names, bpr_i_edit_pool_at(work->edit, i)->name);
	return bpr_i_lever_refuse(work, BPR_I_K049, name, bpr_i_lever_names_text(&names), NULL);
}

/* ---- more staff ---- */

/* A name that no shift of the pool has. */
static const char *shift_name(struct lever_work *work, const struct bpr_pool *pool)
{
	char name[48] = "増員";

	for (size_t n = 2;; n++) {
		size_t i = 0;

		while (i < pool->shift_count && strcmp(pool->shifts[i].name, name) != 0)
			i++;
		if (i == pool->shift_count)
			return bpr_i_arena_strdup(bpr_i_edit_arena(work->edit), name);
		(void)snprintf(name, sizeof(name), "増員%zu", n);
	}
}

static bool add_people(struct lever_work *work, size_t at, size_t people, const struct bpr_schedule *hours)
{
	const struct bpr_pool *pool = bpr_i_edit_pool_at(work->edit, at);
	const size_t count = pool->shift_count;
	struct bpr_shift *shifts = bpr_i_arena_alloc(&work->scratch, count + 1, sizeof(*shifts));
	char number[32];

	if (!pool->count || !count)
		return bpr_i_lever_refuse(work, BPR_I_K081, pool->name, NULL, NULL);
	if (!shifts)
		return bpr_i_lever_nomem(work);
	memcpy(shifts, pool->shifts, count * sizeof(*shifts));
	if (hours) {
		shifts[count] = (struct bpr_shift){ .name = shift_name(work, pool), .count = people, .hours = *hours, .breaks.text = "" };
		if (!shifts[count].name)
			return bpr_i_lever_nomem(work);
	} else {
		shifts[0].count += people;
	}
	if (!bpr_i_edit_pool_shifts(work->edit, at, shifts, count + (hours != NULL)))
		return bpr_i_lever_nomem(work);
	pool = bpr_i_edit_pool_at(work->edit, at);
	(void)bpr_i_num_format(number, sizeof(number), (double)pool->count);
	return bpr_i_lever_origin(work, BPR_ORIGIN_STAFF, pool->name, "count", number);
}

/* +1, 1人, +1@9:00-12:00 */
static bool read_people(struct lever_work *work, size_t *people, struct bpr_schedule *hours, bool *has_hours)
{
	const char *value = work->action->value, *at = strchr(value, '@'), *wide = strstr(value, "＠"), *tail;
	struct bpr_edit_set set = { .problems = work->problems, .lever = work->lever->id,
				    .place = { .file = *work->file ? work->file : NULL, .line = work->action->line, .where = work->lever->id } };
	char number[32];
	size_t n;
	double x = 0, whole;

	at = !at || (wide && wide < at) ? wide : at;
	n = at ? (size_t)(at - value) : strlen(value);
	while (n >= 3 && (!memcmp(value + n - 3, "人", 3) || !memcmp(value + n - 3, "名", 3)))
		n -= 3;
	(void)snprintf(number, sizeof(number), "%.*s", n < 31 ? (int)n : 0, value);
	if (!bpr_i_table_number(number, &x) || !(x >= 1 && x <= 1e6) || modf(x, &whole) > 0)
		return bpr_i_lever_refuse(work, BPR_I_K082, value, NULL, NULL);
	*people = (size_t)x;
	*has_hours = at != NULL;
	if (!at)
		return true;
	tail = at + (*at == '@' ? 1 : 3);
	if (!bpr_i_edit_hours(work->edit, tail, hours, &set))
		return bpr_i_lever_nomem(work);
	return set.fits || bpr_i_lever_refuse(work, BPR_I_K082, value, NULL, NULL);
}

bool bpr_i_lever_add_staff(struct lever_work *work)
{
	static const char *const keys[] = { "pool|staff|職種|要員" };
	struct bpr_schedule hours = { 0 };
	struct item *items;
	size_t count, people = 0;
	bool has_hours = false;

	if (!read_items(work, keys, 1, &items, &count) || !read_people(work, &people, &hours, &has_hours))
		return false;
	if (!count)
		return bpr_i_lever_refuse(work, BPR_I_K050, NULL, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		const size_t pool = bpr_i_edit_pool_find(work->edit, items[i].name);

		if (pool == BPR_NONE)
			return no_pool(work, items[i].name);
		if (!add_people(work, pool, people, has_hours ? &hours : NULL))
			return false;
	}
	return true;
}

/* ---- hours ---- */

/* All shifts of the pool. */
static bool pool_hours(struct lever_work *work, const char *name)
{
	const size_t at = bpr_i_edit_pool_find(work->edit, name);
	struct bpr_edit_set set = { .problems = work->problems, .lever = work->lever->id,
				    .place = { .file = *work->file ? work->file : NULL, .line = work->action->line, .where = work->lever->id } };
	struct bpr_schedule hours;
	struct bpr_shift *shifts;
	struct bpr_pool *pool;

	if (at == BPR_NONE)
		return no_pool(work, name);
	pool = bpr_i_edit_pool_at(work->edit, at);
	if (!pool->shift_count)
		return bpr_i_lever_refuse(work, BPR_I_K081, name, NULL, NULL);
	if (!bpr_i_edit_hours(work->edit, work->action->value, &hours, &set))
		return bpr_i_lever_nomem(work);
	if (!set.fits)
		return bpr_i_lever_refuse(work, BPR_I_K083, work->action->value, NULL, NULL);
	shifts = bpr_i_arena_alloc(&work->scratch, pool->shift_count, sizeof(*shifts));
	if (!shifts)
		return bpr_i_lever_nomem(work);
	memcpy(shifts, pool->shifts, pool->shift_count * sizeof(*shifts));
	for (size_t i = 0; i < pool->shift_count; i++)
		shifts[i].hours = hours;
	pool->hours = hours.text;
	return bpr_i_edit_pool_shifts(work->edit, at, shifts, pool->shift_count) || bpr_i_lever_nomem(work);
}

static bool counter_hours(struct lever_work *work, const char *name)
{
	struct bpr_edit_set set = { .problems = work->problems, .lever = work->lever->id,
				    .place = { .file = *work->file ? work->file : NULL, .line = work->action->line, .where = work->lever->id } };
	struct bpr_schedule hours;
	size_t *counters, count;

	if (!bpr_i_lever_counters(work, name, &counters, &count))
		return false;
	if (!bpr_i_edit_hours(work->edit, work->action->value, &hours, &set))
		return bpr_i_lever_nomem(work);
	if (!set.fits)
		return bpr_i_lever_refuse(work, BPR_I_K083, work->action->value, NULL, NULL);
	for (size_t i = 0; i < count; i++)
		bpr_i_edit_counter_at(work->edit, counters[i])->open = hours;
	return true;
}

bool bpr_i_lever_hours(struct lever_work *work)
{
	static const char *const keys[] = { "counter|窓口|場所", "pool|staff|職種|要員" };
	static const char *const offices[] = { "office|開庁|開庁時間|庁舎|役所|demand" };
	struct item *items;
	size_t count;

	if (!read_items(work, keys, 2, &items, &count))
		return false;
	if (!*work->action->value)
		return bpr_i_lever_refuse(work, BPR_I_K083, "", NULL, NULL);
	if (!count)
		return bpr_i_lever_put(work, "demand.open", work->action->value);
	for (size_t i = 0; i < count; i++) {
		const char *name = items[i].name;
		bool ok;

		if (items[i].key == 1)
			ok = pool_hours(work, name);
		else if (items[i].key == BPR_NONE && bpr_i_table_word(offices, 1, name) == 0)
			ok = bpr_i_lever_put(work, "demand.open", work->action->value);
		else
			ok = counter_hours(work, name);
		if (!ok)
			return false;
	}
	return true;
}

/* ---- appointments ---- */

/* Factor of an ordinary Monday at that minute: the last rule that fits. */
static double factor_at(const struct bpr_schedule *profile, double minute)
{
	for (size_t i = profile->rule_count; i-- > 0;) {
		const struct bpr_schedule_rule *rule = &profile->rules[i];

		if (rule->days.dated || rule->days.nth || (rule->days.weekdays && !(rule->days.weekdays & 1)))
			continue;
		if (!rule->span_count)
			return rule->value;
		for (size_t k = 0; k < rule->span_count; k++)
			if (minute >= rule->spans[k].from && minute < rule->spans[k].to)
				return rule->value;
	}
	return 1;
}

/* Mean factor over the opening hours of an ordinary Monday; factors change on whole minutes. */
static double mean_factor(const struct bpr_demand *demand)
{
	const bool always = !(demand->open_to > demand->open_from);
	const double from = always ? 0 : demand->open_from, to = always ? 1440 : demand->open_to;
	double sum = 0, count = 0;

	for (double minute = ceil(from); minute < to; minute++) {
		sum += factor_at(&demand->profile, minute < 1440 ? minute : minute - 1440);
		count++;
	}
	return count > 0 ? sum / count : 1;
}

/* Bytes of the rule at the front of a profile; *sign: where the factor's sign stands, the last one. */
static size_t factor_rule(const char *text, size_t *sign)
{
	static const char *const signs[] = { ":", "：", "=", "＝", "×", "x", "*" };
	size_t n = 0;

	while (text[n] && text[n] != ';' && text[n] != '\n' && strncmp(text + n, "；", 3) != 0) {
		for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
			if (!strncmp(text + n, signs[i], strlen(signs[i])))
				*sign = n;
		n++;
	}
	return n;
}

/*
 * Cases with an appointment come evenly: a share of them at the mean factor, the others as before. Factors are told relative to moments
 * of which nothing is said, whose factor is 1.
 */
static bool smooth_profile(struct lever_work *work, double share, bool *changed)
{
	const struct bpr_schedule *profile = &bpr_i_edit_demand(work->edit)->profile;
	const char *text = profile->text;
	const double even = share * mean_factor(bpr_i_edit_demand(work->edit)), base = 1 - share + even;
	struct bpr_buf out = BPR_BUF_INIT;
	size_t rules = 0;
	bool ok;

	if (!profile->rule_count)
		return true;
	for (; *text; rules++) {
		size_t sign = 0;
		const size_t n = factor_rule(text, &sign);

		if (!n || rules == profile->rule_count)
			break;
		bpr_i_buf_puts(&out, rules ? ";" : "");
		bpr_i_buf_add(&out, text, sign);
		bpr_i_buf_puts(&out, ":");
		bpr_i_buf_number(&out, ((1 - share) * profile->rules[rules].value + even) / base);
		text += n;
		text += *text == ';' || *text == '\n' ? 1 : *text ? 3 : 0;
	}
	if (*text || rules != profile->rule_count) {
		bpr_i_buf_release(&out);
		return bpr_i_lever_refuse(work, BPR_I_K085, NULL, NULL, NULL);
	}
	if (out.failed)
		(void)bpr_i_lever_nomem(work);
	ok = !out.failed && bpr_i_lever_put(work, "demand.profile", out.data ? out.data : "");
	bpr_i_buf_release(&out);
	*changed = true;
	return ok;
}

/* Times between arrivals: the mean stays, the variance falls by the share. */
static bool smooth_arrivals(struct lever_work *work, double share, bool *changed)
{
	struct bpr_demand *demand = bpr_i_edit_demand(work->edit);
	const double mean = bpr_dist_mean(demand->arrivals), var = bpr_dist_var(demand->arrivals) * (1 - share);
	struct bpr_dist *dist;

	if (!demand->arrivals || !(bpr_dist_var(demand->arrivals) > 0))
		return true;
	dist = bpr_i_arena_alloc(bpr_i_edit_arena(work->edit), 1, sizeof(*dist));
	if (!dist)
		return bpr_i_lever_nomem(work);
	dist->kind = var > 0 ? BPR_DIST_GAMMA : BPR_DIST_CONSTANT;
	dist->a = mean;
	dist->b = var > 0 ? sqrt(var) : 0;
	demand->arrivals = dist;
	*changed = true;
	return true;
}

bool bpr_i_lever_appointments(struct lever_work *work)
{
	static const char *const keys[] = { "wait|待ち|待ち時間" };
	const char *value, *bare;
	double share, left = 0;
	size_t *counters, count;
	const size_t nodes = bpr_i_edit_node_count(work->edit);
	bool changed = false;

	if (!bpr_i_lever_values(work, work->action->value, keys, 1, &value, &bare) || !bpr_i_lever_share(work, bare, &share) ||
	    (value && !bpr_i_lever_share(work, value, &left)) ||
	    !bpr_i_lever_counters(work, *work->action->target ? work->action->target : "*", &counters, &count))
		return false;
	if (!smooth_profile(work, share, &changed) || !smooth_arrivals(work, share, &changed))
		return false;
	for (size_t i = 0; i < nodes; i++) {
		const struct bpr_node *node = bpr_i_edit_node(work->edit, i);
		bool at = false;

		for (size_t k = 0; node && k < count; k++)
			at |= node->counter == counters[k];
		if (!at || !(bpr_dist_mean(node->wait) > 0))
			continue;
		if (!bpr_i_edit_duration_scale(work->edit, i, false, 1 - share + share * left))
			return bpr_i_lever_nomem(work);
		if (!bpr_i_lever_duration_origin(work, i, false))
			return false;
		changed = true;
	}
	return changed || bpr_i_lever_refuse(work, BPR_I_K084, work->action->target, NULL, NULL);
}
