/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A simulation as one flat table, a row for each value: source, flow, section (run, case, step, pool, counter, hour, weekday, pool_hour,
 * counter_hour, warning), id, name, measure, value, ci95_low, ci95_high, exact, method, in_ci95. The id of an hour is its weekday
 * (1 Monday) and its beginning.
 */
#include "config.h"
#include "report/csv_parts_i.h"
#include "study/simulation_i.h"
#include <math.h>
#include <stdio.h>

enum { HOURS = 24 };

static const struct bpr_beside nothing;

static void row_end(struct bpr_csv_out *csv, const struct bpr_sim_mean *m, const struct bpr_beside *b)
{
	bpr_i_csv_number(csv, m->mean);
	bpr_i_csv_number(csv, m->ci_known ? m->ci95_low : (double)NAN);
	bpr_i_csv_number(csv, m->ci_known ? m->ci95_high : (double)NAN);
	bpr_i_csv_number(csv, b->known ? b->value : (double)NAN);
	bpr_i_csv_text(csv, b->known ? bpr_queue_method_name(b->method) : "");
	bpr_i_csv_text(csv, !b->known ? "" : b->within ? "yes" : "no");
	bpr_i_csv_end_row(csv);
}

/* What a row is about. */
struct about { const char *section, *id, *name; };

static void plain(struct bpr_csv_out *csv, const char *section, const char *id, const char *name, const char *measure, double value)
{
	struct bpr_sim_mean m = { .known = true, .mean = value };

	bpr_i_csv_begin_row(csv, section, id, name, measure);
	row_end(csv, &m, &nothing);
}

/* Nothing where it is not known. */
static void mean_beside(struct bpr_csv_out *csv, const struct about *about, const char *measure, const struct bpr_sim_mean *m, const struct bpr_beside *b)
{
	if (!m->known)
		return;
	bpr_i_csv_begin_row(csv, about->section, about->id, about->name, measure);
	row_end(csv, m, b);
}

static void mean(struct bpr_csv_out *csv, const struct about *about, const char *measure, const struct bpr_sim_mean *m)
{
	mean_beside(csv, about, measure, m, &nothing);
}

static void value(struct bpr_csv_out *csv, const struct about *about, const char *measure, bool known, double x)
{
	if (known)
		plain(csv, about->section, about->id, about->name, measure, x);
}

static void run_rows(struct bpr_csv_out *csv, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	const bpr_simulation *sim = s->simulation;

	plain(csv, "run", "", "", "seed", (double)options->seed);
	plain(csv, "run", "", "", "replications", (double)bpr_simulation_replications(sim));
	plain(csv, "run", "", "", "cases", (double)bpr_simulation_cases(sim));
	plain(csv, "run", "", "", "events", (double)bpr_simulation_events(sim));
	plain(csv, "run", "", "", "days", bpr_simulation_days(sim));
	plain(csv, "run", "", "", "warmup_minutes", bpr_simulation_warmup(sim));
	plain(csv, "run", "", "", "unfinished", bpr_simulation_unfinished(sim));
}

static void case_rows(struct bpr_csv_out *csv, const struct bpr_subject *s, enum bpr_lang lang)
{
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_metric_info *info = bpr_sim_key_get(key);
		const struct bpr_sim_figure *f = bpr_simulation_figure(s->simulation, key);
		const char *label = bpr_text(lang, info->label);
		const struct { const char *name; double value; } values[] = {
			{ "sd", f->sd }, { "min", f->min }, { "p10", f->p10 }, { "p50", f->p50 }, { "p90", f->p90 }, { "p95", f->p95 },
			{ "p99", f->p99 }, { "max", f->max }, { "quantile_error", f->quantile_error },
		};
		struct bpr_beside b = bpr_i_beside_figure(s, key);

		if (!f->known)
			continue;
		bpr_i_csv_begin_row(csv, "case", info->key, label, "mean");
		row_end(csv, &(struct bpr_sim_mean){ true, f->mean, f->ci_known, f->ci95_low, f->ci95_high }, &b);
		for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
			plain(csv, "case", info->key, label, values[i].name, values[i].value);
	}
}

static void step_rows(struct bpr_csv_out *csv, const struct bpr_subject *s)
{
	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(s->flow, i);
		const struct bpr_sim_node *r = &bpr_simulation_nodes(s->simulation)[i];
		const struct about about = { "step", n->id, n->name };
		struct bpr_beside visits = bpr_i_beside_visits(s, i);
		struct bpr_beside wait = bpr_i_beside_node_wait(s, i);

		if (!bpr_node_is_step(n))
			continue;
		mean_beside(csv, &about, "visits", &r->visits, &visits);
		mean_beside(csv, &about, "wait_minutes", &r->wait, &wait);
		value(csv, &about, "wait_p90", r->wait.known, r->wait_p90);
		mean(csv, &about, "work_minutes", &r->work);
		mean(csv, &about, "queue", &r->queue);
		value(csv, &about, "queue_max", r->queue.known, r->longest_queue);
		mean(csv, &about, "abandoned", &r->abandoned);
	}
}

static void place_rows(struct bpr_csv_out *csv, const struct bpr_subject *s)
{
	for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++) {
		const struct bpr_sim_pool *p = &bpr_simulation_pools(s->simulation)[i];
		const struct about about = { "pool", "", bpr_flow_pool(s->flow, i)->name };
		struct bpr_beside busy = bpr_i_beside_utilisation(s, i);
		struct bpr_beside wait = bpr_i_beside_pool_wait(s, i);

		mean_beside(csv, &about, "utilisation", &p->utilisation, &busy);
		mean_beside(csv, &about, "wait_minutes", &p->wait, &wait);
		value(csv, &about, "wait_p90", p->wait.known, p->wait_p90);
		mean(csv, &about, "queue", &p->queue);
		value(csv, &about, "queue_max", p->queue.known, p->longest_queue);
		mean(csv, &about, "overtime_minutes", &p->overtime);
	}
	for (size_t i = 0; i < bpr_flow_counter_count(s->flow); i++) {
		const struct bpr_sim_counter *c = &bpr_simulation_counters(s->simulation)[i];
		const struct about about = { "counter", "", bpr_flow_counter(s->flow, i)->name };

		mean(csv, &about, "visits", &c->visits);
		mean(csv, &about, "wait_minutes", &c->wait);
		value(csv, &about, "wait_p50", c->wait.known, c->wait_p50);
		value(csv, &about, "wait_p90", c->wait.known, c->wait_p90);
		value(csv, &about, "wait_max", c->wait.known, c->wait_max);
		mean(csv, &about, "queue", &c->queue);
		value(csv, &about, "queue_max", c->queue.known, c->longest_queue);
	}
}

/* ---- hours ---- */

static const char *hour_id(char *buf, size_t size, size_t hour)
{
	(void)snprintf(buf, size, "%zu %02zu:00", hour / HOURS + 1, hour % HOURS);
	return buf;
}

static void place_hour(struct bpr_csv_out *csv, const struct about *about, const struct bpr_sim_place_hour *h)
{
	value(csv, about, "waits", h->waits > 0, h->waits);
	value(csv, about, "wait_minutes", h->waits > 0, h->wait);
	value(csv, about, "wait_max", h->waits > 0, h->wait_max);
	value(csv, about, "queue", h->waits > 0, h->queue);
}

static void hour_rows(struct bpr_csv_out *csv, const struct bpr_subject *s)
{
	char id[48];

	for (size_t h = 0; h < BPR_SIM_HOURS; h++) {
		const struct bpr_sim_hour *hour = &bpr_simulation_hours(s->simulation)[h];

		(void)hour_id(id, sizeof(id), h);
		if (hour->arrivals > 0 || hour->in_process > 0) {
			plain(csv, "hour", id, "", "arrivals", hour->arrivals);
			plain(csv, "hour", id, "", "in_process", hour->in_process);
		}
		for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++) {
			const struct bpr_sim_pool_hour *p = &bpr_simulation_pool_hours(s->simulation, i)[h];
			const struct about about = { "pool_hour", id, bpr_flow_pool(s->flow, i)->name };

			value(csv, &about, "on_duty", p->on_duty > 0 || p->busy > 0, p->on_duty);
			value(csv, &about, "busy", p->on_duty > 0 || p->busy > 0, p->busy);
			place_hour(csv, &about, &bpr_simulation_pool_waits(s->simulation, i)[h]);
		}
		for (size_t i = 0; i < bpr_flow_counter_count(s->flow); i++) {
			const struct about about = { "counter_hour", id, bpr_flow_counter(s->flow, i)->name };

			place_hour(csv, &about, &bpr_simulation_counter_hours(s->simulation, i)[h]);
		}
	}
}

static void weekday_rows(struct bpr_csv_out *csv, const struct bpr_subject *s)
{
	struct bpr_hour_sum week[7];
	char id[24];

	bpr_i_hours_of_week(s, BPR_HOURS_ALL, 0, week);
	for (size_t w = 0; w < 7; w++) {
		if (!week[w].any)
			continue;
		(void)snprintf(id, sizeof(id), "%zu", w + 1);
		plain(csv, "weekday", id, "", "arrivals", week[w].arrivals);
		if (week[w].waits > 0)
			plain(csv, "weekday", id, "", "wait_minutes", week[w].wait);
	}
}

static void warning_rows(struct bpr_csv_out *csv, const bpr_problems *problems, enum bpr_lang lang)
{
	char text[2048];

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);

		if (p.severity == BPR_SEVERITY_INFO)
			continue;
		(void)bpr_problem_message(&p, lang, text, sizeof(text));
		plain(csv, "warning", p.code->code, text, "count", (double)p.count);
	}
}

void bpr_i_csv_simulation(struct bpr_buf *out, const struct bpr_subject *s, const struct bpr_report_options *options, bool first)
{
	struct bpr_csv_out csv = { out, bpr_flow_source(s->flow), bpr_i_name_flow(s->flow), false };

	if (first)
		bpr_i_buf_puts(out, "source,flow,section,id,name,measure,value,ci95_low,ci95_high,exact,method,in_ci95\n");
	run_rows(&csv, s, options);
	case_rows(&csv, s, options->lang);
	step_rows(&csv, s);
	place_rows(&csv, s);
	hour_rows(&csv, s);
	weekday_rows(&csv, s);
	bpr_i_csv_improvement(&csv, s);
	warning_rows(&csv, s->problems, options->lang);
}
