/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prosimos: a JSON file for a model. Durations are seconds. Distributions have the parameters of scipy (shape, loc, scale) and then
 * a minimum and a maximum outside of which it draws again; newer files have mean, deviation or variance and the bounds. Their number
 * tells which: see `kinds`.
 */
#include "config.h"
#include "base/buf_i.h"
#include "json/json_i.h"
#include "read/sim_i.h"
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SECOND (1.0 / 60)
/* Bounds that cut off no more than this are not seen. */
#define UNSEEN 1e-4
enum { MOST_PARAMS = 8 };

/* Where what is read stands. */
struct prosimos {
	struct bpmn_file *file;
	struct bpr_json_doc json;
	struct bpr_names calendars;   /* ids, in step with weeks */
	struct bpr_week *weeks;
	size_t week_capacity;
	struct bpr_names resources;   /* ids of single resources, in step with pool_of */
	struct { size_t pool; double amount; } *pool_of;
	size_t pool_capacity;
};

static const char *const keys[] = {
	"task_resource_distribution", "gateway_branching_probabilities", "arrival_time_distribution", "resource_profiles",
};

static bool contains(const char *text, size_t length, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= length; i++) {
		const char *at = memchr(text + i, word[0], length - i - n + 1);

		if (!at)
			return false;
		i = (size_t)(at - text);
		if (!memcmp(at, word, n))
			return true;
	}
	return false;
}

bool bpr_i_prosimos_may_be(const char *text, size_t length)
{
	return contains(text, length, "\"task_resource_distribution\"") || contains(text, length, "\"gateway_branching_probabilities\"");
}

static struct bpr_xml_node at(const struct prosimos *p, const json_t *value, const char *name)
{
	return (struct bpr_xml_node){ .name = name, .line = (uint32_t)bpr_i_json_line(&p->json, value) };
}

static size_t line(const struct prosimos *p, const json_t *value)
{
	return bpr_i_json_line(&p->json, value);
}

static void wrong(const struct prosimos *p, const json_t *value, const char *what, const char *written)
{
	const struct bpr_xml_node place = at(p, value, what);

	bpr_i_sim_wrong(p->file, &place, "Prosimos", what, written);
}

/* A number, or one in quotes (some have "10"). NaN else. */
static double number(const json_t *value)
{
	const char *text = json_string_value(value);
	char *end;
	double x;

	if (json_is_number(value))
		return json_number_value(value);
	x = text && *text >= '0' && *text <= '9' ? (double)strtoul(text, &end, 10) : (double)NAN;
	return text && !isnan(x) && !*end && x < 1e15 ? x : (double)NAN;
}

static const char *string(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static size_t item_of(const struct prosimos *p, const json_t *object, const char *key)
{
	const struct bpr_xml_node place = at(p, object, key);
	const char *id = string(object, key);

	return bpr_i_sim_find(p->file, &place, id, strlen(id));
}

/* ---- distributions, in seconds until the end ---- */

/* A continuous distribution before its bounds: shift is added to it, low and high are of the sum. */
struct drawn {
	enum drawn_kind { D_FIXED, D_EXP, D_NORM, D_UNIF, D_GAMMA, D_LOGNORM, D_TRI, D_EXPONNORM } kind;
	double shape, shift, scale; /* of scipy */
	double low, high;
};

static double normal_below(double x)
{
	return erfc(-x / sqrt(2.0)) / 2;
}

/* E[X^k; X < x] of the distribution without its shift. k is 0, 1 or 2. */
static double partial(const struct drawn *d, int k, double x)
{
	double y = x / d->scale, mu, z;

	if (!(x > 0))
		return 0;
	switch ((int)d->kind) {
	case D_EXP:
		z = isinf(x) || y > 700 ? 0 : exp(-y);
		y = z > 0 ? y : 0;
		return pow(d->scale, k) * (k == 0 ? 1 - z : k == 1 ? 1 - (1 + y) * z : 2 - (2 + 2 * y + y * y) * z);
	case D_GAMMA:
		z = k == 0 ? 1 : k == 1 ? d->shape : d->shape * (d->shape + 1);
		return z * pow(d->scale, k) * (isinf(x) || y > 1e8 ? 1 : gsl_sf_gamma_inc_P(d->shape + k, y));
	case D_LOGNORM:
		mu = log(d->scale);
		z = exp(k * mu + k * k * d->shape * d->shape / 2);
		return z * (isinf(x) ? 1 : normal_below((log(x) - mu - k * d->shape * d->shape) / d->shape));
	default: return 0;
	}
}

/* Mean and sd between the bounds. False where nothing lies there. */
static bool bounded(const struct drawn *d, double *mean, double *sd, double *cut)
{
	double low = d->low - d->shift, high = d->high - d->shift;
	double mass = partial(d, 0, high) - partial(d, 0, low);
	double first = (partial(d, 1, high) - partial(d, 1, low)) / mass;
	double second = (partial(d, 2, high) - partial(d, 2, low)) / mass;

	*cut = 1 - mass;
	*mean = d->shift + first;
	*sd = sqrt(fmax(second - first * first, 0));
	return mass > 1e-9 && isfinite(*mean) && isfinite(*sd);
}

/* The kind of ours that it is without bounds, where there is one: only without a shift. */
static bool unbounded(const struct drawn *d, struct bpr_dist *out)
{
	double spread = exp(d->shape * d->shape);

	if (fabs(d->shift) > 0)
		return false;
	if (d->kind == D_EXP)
		*out = (struct bpr_dist){ .kind = BPR_DIST_EXP, .a = d->scale };
	else if (d->kind == D_GAMMA)
		*out = bpr_i_delay_like(d->shape * d->scale, sqrt(d->shape) * d->scale);
	else
		*out = (struct bpr_dist){ .kind = BPR_DIST_LOGNORM, .a = d->scale * sqrt(spread), .b = d->scale * sqrt(spread * (spread - 1)) };
	return true;
}

static bool normal(const struct drawn *d, struct bpr_dist *out, bool *alike)
{
	double mean, sd;

	*out = (struct bpr_dist){ .kind = BPR_DIST_NORM, .a = d->shift, .b = d->scale };
	if (!(d->scale > 0)) {
		*out = bpr_i_delay_constant(d->shift);
		return true;
	}
	if (normal_below((d->low - d->shift) / d->scale) + normal_below((d->shift - d->high) / d->scale) <= UNSEEN)
		return true;
	*alike = true;
	if (!bpr_i_delay_truncated_normal(d->shift, d->scale, d->low, d->high, &mean, &sd))
		return false;
	*out = bpr_i_delay_like(mean, sd);
	return true;
}

static bool shaped(const struct drawn *d, struct bpr_dist *out, bool *alike)
{
	double mean, sd, cut, mode;

	*alike = false;
	switch (d->kind) {
	case D_FIXED:
		*out = bpr_i_delay_constant(d->shift);
		return true;
	case D_NORM: return normal(d, out, alike);
	case D_UNIF:
		*out = (struct bpr_dist){ .kind = BPR_DIST_UNIF, .a = fmax(d->shift, d->low), .b = fmin(d->shift + d->scale, d->high) };
		return true;
	case D_TRI: /* its peak as a part of the width, or (older files) as a time */
		mode = d->shape <= 1 ? d->shift + d->shape * d->scale : d->shape;
		*out = (struct bpr_dist){ .kind = BPR_DIST_TRI, .a = d->shift, .b = mode, .c = d->shift + d->scale };
		return true;
	case D_EXPONNORM: /* a normal plus an exponential of mean K scale */
		*alike = true;
		*out = bpr_i_delay_like(d->shift + d->shape * d->scale, d->scale * sqrt(1 + d->shape * d->shape));
		return true;
	case D_EXP:
	case D_GAMMA:
	case D_LOGNORM: break;
	}
	if (!(d->scale > 0)) {
		*out = bpr_i_delay_constant(d->shift);
		return d->kind == D_EXP;
	}
	if ((d->kind != D_EXP && !(d->shape > 0)) || !bounded(d, &mean, &sd, &cut))
		return false;
	if (cut <= UNSEEN && unbounded(d, out))
		return true;
	*alike = true;
	*out = bpr_i_delay_like(mean, sd);
	return true;
}

/* Mean and variance into scipy's shape and scale. */
static void by_moments(struct drawn *d, double mean, double var)
{
	double sigma2 = log(1 + var / (mean * mean));

	if (d->kind == D_GAMMA) {
		d->shape = mean * mean / var;
		d->scale = var / mean;
	} else {
		d->shape = sqrt(sigma2);
		d->scale = mean / exp(sigma2 / 2);
	}
}

/* Parameters by their number. False: none of the forms that are known. */
static bool take_params(struct drawn *d, const double *x, size_t count)
{
	bool three = d->kind == D_GAMMA || d->kind == D_LOGNORM || d->kind == D_TRI || d->kind == D_EXPONNORM; /* shape, loc, scale */
	size_t own = three ? 3 : 2;

	d->low = 0;
	d->high = (double)INFINITY;
	if (d->kind == D_FIXED) {
		d->shift = count ? x[0] : -1;
		return count > 0;
	}
	if (count == own + 2) {
		d->low = x[own];
		d->high = x[own + 1];
	} else if (count == own + 1 && d->kind != D_TRI && d->kind != D_EXPONNORM) { /* the newer form: moments, minimum, maximum */
		d->low = x[own - 1];
		d->high = x[own];
		if (d->kind == D_EXP)
			d->scale = x[0];
		else if (three && x[0] > 0 && x[1] > 0)
			by_moments(d, x[0], x[1]);
		return d->kind == D_EXP || three;
	} else if (count != own) {
		return false;
	}
	d->shape = three ? x[0] : 0;
	d->shift = x[own - 2];
	d->scale = x[own - 1];
	if (d->kind == D_UNIF && count == 2) /* minimum and maximum */
		d->scale -= d->shift;
	return d->high >= d->low;
}

static bool read_dist(const struct prosimos *p, const json_t *object, struct bpr_dist *out)
{
	static const struct { const char *name; enum drawn_kind kind; } kinds[] = {
		{ "fix", D_FIXED }, { "fixed", D_FIXED }, { "expon", D_EXP }, { "norm", D_NORM }, { "uniform", D_UNIF }, { "default", D_UNIF },
		{ "gamma", D_GAMMA }, { "lognorm", D_LOGNORM }, { "triang", D_TRI }, { "exponnorm", D_EXPONNORM },
	};
	const json_t *list = json_object_get(object, "distribution_params");
	const struct bpr_xml_node place = at(p, object, "distribution");
	const char *name = string(object, "distribution_name");
	double x[MOST_PARAMS];
	struct drawn d = { 0 };
	size_t count = 0, kind = 0;
	bool alike = false;

	for (size_t i = 0; i < json_array_size(list) && count < MOST_PARAMS; i++) {
		const json_t *one = json_array_get(list, i);

		x[count] = json_is_object(one) ? number(json_object_get(one, "value")) : number(one);
		if (!isfinite(x[count])) {
			wrong(p, object, name, "distribution_params");
			return false;
		}
		count++;
	}
	while (kind < sizeof(kinds) / sizeof(kinds[0]) && strcmp(kinds[kind].name, name) != 0)
		kind++;
	if (kind < sizeof(kinds) / sizeof(kinds[0])) {
		d.kind = kinds[kind].kind;
		if (take_params(&d, x, count) && shaped(&d, out, &alike)) {
			if (alike)
				bpr_i_sim_replaced(p->file, &place, name);
			return bpr_i_sim_dist(p->file, &place, name, SECOND, out);
		}
	}
	wrong(p, object, *name ? name : "distribution_name", "distribution_params");
	return false;
}

/* ---- calendars and people ---- */

static void read_periods(const struct prosimos *p, const json_t *list, struct bpr_week *week)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *period = json_array_get(list, i);
		const char *from = string(period, "from"), *to = string(period, "to");
		const char *begin = string(period, "beginTime"), *end = string(period, "endTime");
		int first = bpr_i_week_day(from, strlen(from)), last = bpr_i_week_day(to, strlen(to));
		double from_min = bpr_i_week_time(begin, strlen(begin)), to_min = bpr_i_week_time(end, strlen(end));

		if (first < 0 || last < 0 || from_min < 0 || to_min < 0)
			wrong(p, period, "time_periods", begin);
		else
			bpr_i_week_add(week, first, last, from_min, to_min);
	}
}

static void read_calendars(struct prosimos *p, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *calendar = json_array_get(list, i);
		const char *id = string(calendar, "id");
		bool added;

		if (!bpr_i_grow(&p->weeks, &p->week_capacity, p->calendars.count + 1, sizeof(*p->weeks)) ||
		    bpr_i_names_add(&p->calendars, id, strlen(id), &added) == BPR_NONE) {
			p->file->nomem = true;
			return;
		}
		if (!added)
			continue;
		p->weeks[p->calendars.count - 1] = (struct bpr_week){ 0 };
		read_periods(p, json_object_get(calendar, "time_periods"), &p->weeks[p->calendars.count - 1]);
	}
}

static void keep_resource(struct prosimos *p, const char *id, size_t pool, double amount)
{
	bool added;

	if (!bpr_i_grow(&p->pool_of, &p->pool_capacity, p->resources.count + 1, sizeof(*p->pool_of)) ||
	    bpr_i_names_add(&p->resources, id, strlen(id), &added) == BPR_NONE) {
		p->file->nomem = true;
	} else if (added) {
		p->pool_of[p->resources.count - 1].pool = pool;
		p->pool_of[p->resources.count - 1].amount = amount;
	}
}

/* A profile is a pool: as many people as its resources are together, paid as they are on average. */
static void read_profile(struct prosimos *p, const json_t *profile)
{
	enum { MOST = 1000 };
	const json_t *list = json_object_get(profile, "resource_list");
	const char *id = string(profile, "id"), *name = string(profile, "name");
	size_t pool = bpr_i_sim_pool(p->file, id, strlen(id)), size = json_array_size(list), count = 0;
	const struct bpr_week **weeks = bpr_i_calloc(MOST, sizeof(*weeks));
	double people = 0, cost = 0;

	if (!weeks) {
		p->file->nomem = true;
		return;
	}
	for (size_t i = 0; i < size && pool != BPR_NONE; i++) {
		const json_t *one = json_array_get(list, i);
		const json_t *said = json_object_get(one, "amount");
		const char *calendar = string(one, "calendar");
		size_t found = bpr_i_names_find(&p->calendars, calendar, strlen(calendar));
		double amount = said ? number(said) : 1, rate = number(json_object_get(one, "cost_per_hour"));

		if (!(amount >= 0 && amount <= 1e9)) {
			wrong(p, one, "amount", string(one, "amount"));
			continue;
		}
		people += amount;
		cost += rate > 0 && rate <= 1e9 ? amount * rate : 0;
		keep_resource(p, string(one, "id"), pool, amount);
		for (double left = amount; left > 0 && count < MOST; left--)
			weeks[count++] = found == BPR_NONE ? NULL : &p->weeks[found];
	}
	bpr_i_sim_pool_name(p->file, pool, name, strlen(name));
	bpr_i_sim_pool_count(p->file, pool, people, line(p, profile));
	bpr_i_sim_pool_rate(p->file, pool, people > 0 ? cost / people : (double)NAN, line(p, profile));
	bpr_i_sim_pool_hours(p->file, pool, weeks, count, line(p, profile));
	bpr_i_free(weeks);
}

/* ---- steps, branches, arrivals ---- */

/* Who of several does it is not followed: the time is that of any of them, the pool the one with most of them. */
static void read_task(struct prosimos *p, const json_t *task)
{
	const json_t *list = json_object_get(task, "resources");
	const struct bpr_xml_node place = at(p, task, "resources");
	struct bpr_mixture mix = { .arena = &p->file->xml.arena };
	size_t item = item_of(p, task, "task_id"), pool = BPR_NONE;
	double most = 0;
	struct bpr_dist time;
	bool exact, several = false;

	for (size_t i = 0; i < json_array_size(list) && item != BPR_NONE; i++) {
		const json_t *one = json_array_get(list, i);
		const char *id = string(one, "resource_id");
		size_t found = bpr_i_names_find(&p->resources, id, strlen(id));
		double amount = found == BPR_NONE ? 1 : p->pool_of[found].amount;

		if (read_dist(p, one, &time))
			bpr_i_mixture_add(&mix, amount > 0 ? amount : 1, &time);
		if (found == BPR_NONE)
			continue;
		several |= pool != BPR_NONE && pool != p->pool_of[found].pool;
		if (amount > most) {
			most = amount;
			pool = p->pool_of[found].pool;
		}
	}
	if (bpr_i_mixture_end(&mix, &time, &exact)) {
		bpr_i_sim_time(p->file, item, SIM_PROCESSING, &time, line(p, task));
		if (!exact)
			bpr_i_sim_replaced(p->file, &place, "resources");
	}
	p->file->nomem |= mix.nomem;
	if (several)
		bpr_i_bpmn_note(p->file, BPR_I_X129, &place, NULL, bpr_i_bpmn_label(p->file, item), p->file->sim->pools[pool].name, NULL);
	if (item != BPR_NONE && pool != BPR_NONE)
		bpr_i_sim_need(p->file, item, pool, 1, line(p, task));
}

static void read_gateway(const struct prosimos *p, const json_t *gateway)
{
	const json_t *list = json_object_get(gateway, "probabilities");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		double prob = number(json_object_get(one, "value"));
		size_t item;

		if (!(prob >= 0 && prob <= 1e9)) {
			wrong(p, one, "value", "");
			continue;
		}
		item = item_of(p, one, "path_id");
		if (item != BPR_NONE)
			bpr_i_sim_prob(p->file, item, prob, line(p, one));
	}
}

static void read_event(const struct prosimos *p, const json_t *event)
{
	size_t item = item_of(p, event, "event_id");
	struct bpr_dist time;

	if (item != BPR_NONE && read_dist(p, event, &time))
		bpr_i_sim_time(p->file, item, SIM_WAIT, &time, line(p, event));
}

/* Cases of the first process that has anything in it. */
static void read_arrivals(const struct prosimos *p)
{
	const json_t *distribution = json_object_get(p->json.root, "arrival_time_distribution");
	const json_t *periods = json_object_get(p->json.root, "arrival_time_calendar");
	struct bpr_week week = { 0 };
	struct bpr_dist between;
	size_t process = 0;

	while (process < p->file->process_count && !p->file->processes[process].node_count)
		process++;
	if (process == p->file->process_count)
		return;
	if (json_is_object(distribution) && read_dist(p, distribution, &between))
		bpr_i_sim_arrivals(p->file, p->file->processes[process].item, &between, line(p, distribution));
	read_periods(p, periods, &week);
	bpr_i_sim_open(p->file, p->file->processes[process].item, &week, line(p, periods));
}

static void read_all(struct prosimos *p)
{
	const json_t *root = p->json.root;
	const json_t *list = json_object_get(root, "resource_profiles");

	read_calendars(p, json_object_get(root, "resource_calendars"));
	for (size_t i = 0; i < json_array_size(list); i++)
		read_profile(p, json_array_get(list, i));
	list = json_object_get(root, "task_resource_distribution");
	for (size_t i = 0; i < json_array_size(list); i++)
		read_task(p, json_array_get(list, i));
	list = json_object_get(root, "gateway_branching_probabilities");
	for (size_t i = 0; i < json_array_size(list); i++)
		read_gateway(p, json_array_get(list, i));
	list = json_object_get(root, "event_distribution");
	for (size_t i = 0; i < json_array_size(list); i++)
		read_event(p, json_array_get(list, i));
	read_arrivals(p);
}

bpr_status bpr_i_prosimos_read(struct bpmn_file *file, const char *name, const char *text, size_t length)
{
	const struct bpr_read_options *options = file->reader->options;
	const struct bpr_json_options limits = { options->max_depth, options->max_field, options->max_nodes };
	struct prosimos p = { .file = file };
	struct bpr_fault fault;
	bpr_status status = bpr_i_json_load(&p.json, text, length, &limits, &fault);
	bool known = false;

	if (status)
		return bpr_i_reader_fault(file->reader, name, &fault);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		known |= json_object_get(p.json.root, keys[i]) != NULL;
	if (known)
		read_all(&p);
	else
		bpr_i_bpmn_note(file, BPR_I_X130, NULL, NULL, "JSON", NULL, NULL);
	bpr_i_json_release(&p.json);
	bpr_i_names_release(&p.calendars);
	bpr_i_names_release(&p.resources);
	bpr_i_free(p.weeks);
	bpr_i_free(p.pool_of);
	return file->nomem ? BPR_ENOMEM : BPR_OK;
}
