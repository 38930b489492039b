/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A simulation as JSON: the object bpr.simulation/1 of lib/schema/. */
#include "config.h"
#include "report/json_parts_i.h"
#include "study/simulation_i.h"
#include <math.h>
#include <stdio.h>

typedef struct bpr_json json;

enum { HOURS = 24 };

static void put_interval(json *j, const char *name, bool known, double low, double high)
{
	if (!known || !isfinite(low) || !isfinite(high)) {
		bpr_i_json_null(j, name);
		return;
	}
	bpr_i_json_array(j, name);
	bpr_i_json_number(j, NULL, low);
	bpr_i_json_number(j, NULL, high);
	bpr_i_json_end_array(j);
}

static void put_beside(json *j, const char *name, const struct bpr_beside *b)
{
	if (!b->known)
		return;
	bpr_i_json_object(j, name);
	bpr_i_json_number(j, "value", b->value);
	bpr_i_json_string(j, "method", bpr_queue_method_name(b->method));
	bpr_i_json_bool(j, "in_ci95", b->within);
	bpr_i_json_end_object(j);
}

static void put_mean_members(json *j, const struct bpr_sim_mean *m)
{
	bpr_i_put_known(j, "mean", m->mean, m->known);
	put_interval(j, "ci95", m->known && m->ci_known, m->ci95_low, m->ci95_high);
}

/* Mean and interval beside each other in the object that is open: NAME and NAME_ci95. */
static void put_flat(json *j, const char *name, const struct bpr_sim_mean *m)
{
	char key[64];

	bpr_i_put_known(j, name, m->mean, m->known);
	(void)snprintf(key, sizeof(key), "%s_ci95", name);
	put_interval(j, key, m->known && m->ci_known, m->ci95_low, m->ci95_high);
}

static void put_figure(json *j, const struct bpr_subject *s, size_t key)
{
	const struct bpr_sim_figure *f = bpr_simulation_figure(s->simulation, key);
	const struct { const char *name; double value; } values[] = {
		{ "sd", f->sd }, { "min", f->min }, { "p10", f->p10 }, { "p50", f->p50 }, { "p90", f->p90 }, { "p95", f->p95 }, { "p99", f->p99 },
		{ "max", f->max }, { "quantile_error", f->quantile_error },
	};
	struct bpr_beside beside = bpr_i_beside_figure(s, key);

	bpr_i_json_object(j, bpr_sim_key_get(key)->key);
	bpr_i_put_known(j, "mean", f->mean, f->known);
	put_interval(j, "ci95", f->known && f->ci_known, f->ci95_low, f->ci95_high);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		bpr_i_put_known(j, values[i].name, values[i].value, f->known);
	put_beside(j, "exact", &beside);
	bpr_i_json_end_object(j);
}

static void put_nodes(json *j, const struct bpr_subject *s)
{
	bpr_i_json_array(j, "nodes");
	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(s->flow, i);
		const struct bpr_sim_node *r = &bpr_simulation_nodes(s->simulation)[i];
		struct bpr_beside visits = bpr_i_beside_visits(s, i);
		struct bpr_beside wait = bpr_i_beside_node_wait(s, i);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "id", n->id);
		bpr_i_json_string(j, "name", n->name);
		bpr_i_json_string(j, "kind", bpr_node_kind_name(n->kind));
		put_flat(j, "visits", &r->visits);
		put_beside(j, "visits_exact", &visits);
		bpr_i_json_object(j, "wait_minutes");
		put_mean_members(j, &r->wait);
		bpr_i_put_known(j, "p90", r->wait_p90, r->wait.known);
		put_beside(j, "exact", &wait);
		bpr_i_json_end_object(j);
		put_flat(j, "work_minutes", &r->work);
		put_flat(j, "queue", &r->queue);
		bpr_i_put_known(j, "queue_max", r->longest_queue, r->queue.known);
		put_flat(j, "abandoned", &r->abandoned);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void begin_hour(json *j, size_t hour)
{
	bpr_i_json_object(j, NULL);
	bpr_i_json_whole(j, "weekday", hour / HOURS + 1);
	bpr_i_json_whole(j, "hour", hour % HOURS);
}

static void put_place_hour(json *j, const struct bpr_sim_place_hour *h)
{
	bpr_i_json_number(j, "waits", h->waits);
	bpr_i_put_known(j, "wait_minutes", h->wait, h->waits > 0);
	bpr_i_put_known(j, "wait_max", h->wait_max, h->waits > 0);
	bpr_i_json_number(j, "queue", h->queue);
}

static void put_pools(json *j, const struct bpr_subject *s)
{
	bpr_i_json_array(j, "pools");
	for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++) {
		const struct bpr_pool *pool = bpr_flow_pool(s->flow, i);
		const struct bpr_sim_pool *p = &bpr_simulation_pools(s->simulation)[i];
		const struct bpr_sim_pool_hour *hours = bpr_simulation_pool_hours(s->simulation, i);
		const struct bpr_sim_place_hour *waits = bpr_simulation_pool_waits(s->simulation, i);
		struct bpr_beside busy = bpr_i_beside_utilisation(s, i);
		struct bpr_beside wait = bpr_i_beside_pool_wait(s, i);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", pool->name);
		bpr_i_put_known(j, "count", (double)pool->count, pool->count > 0);
		bpr_i_json_object(j, "utilisation");
		put_mean_members(j, &p->utilisation);
		put_beside(j, "exact", &busy);
		bpr_i_json_end_object(j);
		put_flat(j, "wait_minutes", &p->wait);
		bpr_i_put_known(j, "wait_p90", p->wait_p90, p->wait.known);
		put_beside(j, "wait_exact", &wait);
		put_flat(j, "queue", &p->queue);
		bpr_i_put_known(j, "queue_max", p->longest_queue, p->queue.known);
		put_flat(j, "overtime_minutes", &p->overtime);
		bpr_i_json_array(j, "hours");
		for (size_t h = 0; h < BPR_SIM_HOURS; h++) {
			if (!(hours[h].on_duty > 0) && !(hours[h].busy > 0) && !(waits[h].waits > 0))
				continue;
			begin_hour(j, h);
			bpr_i_json_number(j, "on_duty", hours[h].on_duty);
			bpr_i_json_number(j, "busy", hours[h].busy);
			put_place_hour(j, &waits[h]);
			bpr_i_json_end_object(j);
		}
		bpr_i_json_end_array(j);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_counters(json *j, const struct bpr_subject *s)
{
	bpr_i_json_array(j, "counters");
	for (size_t i = 0; i < bpr_flow_counter_count(s->flow); i++) {
		const struct bpr_sim_counter *c = &bpr_simulation_counters(s->simulation)[i];
		const struct bpr_sim_place_hour *hours = bpr_simulation_counter_hours(s->simulation, i);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", bpr_flow_counter(s->flow, i)->name);
		put_flat(j, "visits", &c->visits);
		bpr_i_json_object(j, "wait_minutes");
		put_mean_members(j, &c->wait);
		bpr_i_put_known(j, "p50", c->wait_p50, c->wait.known);
		bpr_i_put_known(j, "p90", c->wait_p90, c->wait.known);
		bpr_i_put_known(j, "max", c->wait_max, c->wait.known);
		bpr_i_json_end_object(j);
		put_flat(j, "queue", &c->queue);
		bpr_i_put_known(j, "queue_max", c->longest_queue, c->queue.known);
		bpr_i_json_array(j, "hours");
		for (size_t h = 0; h < BPR_SIM_HOURS; h++) {
			if (!(hours[h].waits > 0))
				continue;
			begin_hour(j, h);
			put_place_hour(j, &hours[h]);
			bpr_i_json_end_object(j);
		}
		bpr_i_json_end_array(j);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_hours(json *j, const struct bpr_subject *s)
{
	const struct bpr_sim_hour *hours = bpr_simulation_hours(s->simulation);

	bpr_i_json_array(j, "hours");
	for (size_t h = 0; h < BPR_SIM_HOURS; h++) {
		if (!(hours[h].arrivals > 0) && !(hours[h].in_process > 0))
			continue;
		begin_hour(j, h);
		bpr_i_json_number(j, "arrivals", hours[h].arrivals);
		bpr_i_json_number(j, "in_process", hours[h].in_process);
		bpr_i_json_whole(j, "days", hours[h].days);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "weekdays");
	for (size_t w = 0; w < 7; w++) {
		struct bpr_hour_sum week[7];

		bpr_i_hours_of_week(s, BPR_HOURS_ALL, 0, week);
		if (!week[w].any)
			continue;
		bpr_i_json_object(j, NULL);
		bpr_i_json_whole(j, "weekday", w + 1);
		bpr_i_json_number(j, "arrivals", week[w].arrivals);
		bpr_i_put_known(j, "wait_minutes", week[w].wait, week[w].waits > 0);
		bpr_i_put_known(j, "wait_max", week[w].wait_max, week[w].waits > 0);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static const char *closing_name(enum bpr_closing closing)
{
	return closing == BPR_CLOSING_INTERRUPT ? "interrupt" : closing == BPR_CLOSING_SERVE ? "serve" : "finish";
}

static void put_run(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	bpr_i_json_whole(j, "seed", options->seed);
	bpr_i_json_whole(j, "replications", bpr_simulation_replications(s->simulation));
	bpr_i_json_whole(j, "cases", bpr_simulation_cases(s->simulation));
	bpr_i_json_whole(j, "events", bpr_simulation_events(s->simulation));
	bpr_i_json_number(j, "days", bpr_simulation_days(s->simulation));
	bpr_i_json_number(j, "warmup_minutes", bpr_simulation_warmup(s->simulation));
	bpr_i_json_number(j, "unfinished", bpr_simulation_unfinished(s->simulation));
	bpr_i_json_string(j, "closing", closing_name(options->closing));
	if (s->calendar && s->calendar->dated) {
		int year, month, day;
		char date[40];

		bpr_date_parts(s->calendar->start, &year, &month, &day);
		(void)snprintf(date, sizeof(date), "%04d-%02d-%02d", year, month, day);
		bpr_i_json_string(j, "from", date);
	} else {
		bpr_i_json_null(j, "from");
	}
}

void bpr_i_put_simulation(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	bpr_i_put_begin(j, "bpr.simulation/1");
	bpr_i_put_flow(j, s->flow);
	bpr_i_put_levers(j, s, options->lang);
	put_run(j, s, options);
	bpr_i_json_object(j, "case");
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++)
		put_figure(j, s, key);
	bpr_i_json_end_object(j);
	put_nodes(j, s);
	put_pools(j, s);
	put_counters(j, s);
	put_hours(j, s);
	bpr_i_put_improvement(j, s, options->lang);
	bpr_i_put_warnings(j, s->problems, options->lang);
	bpr_i_json_end_object(j);
}
