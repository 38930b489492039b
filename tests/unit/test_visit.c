/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit from door to door: against visits worked out by hand, against the figures of analysis and simulation. */
#include "config.h"
#include "pages_made.h"
#include "fail_alloc.h"
#include "flow_build.h"
#include "study/ribbon_i.h"
#include "property/random_flow.h"
#include <stdlib.h>

/* The allocator of everything linked in: the n-th call from now on fails, and all after it. */
static long allowed = -1;

static bool fails(void)
{
	return allowed >= 0 && (allowed == 0 || allowed-- == 0);
}

/* ---- flows by hand ---- */

struct small { struct test_flow t; struct made m; struct bpr_arena arena; struct bpr_visit visit; };

static void begin(struct small *s, const char *const rows[], const char *const counters[], const char *const staff[], const char *const demand[])
{
	struct bpr_visit_source source;

	*s = (struct small){ .visit = { 0 } };
	test_begin(&s->t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&s->t, rows[i], i + 2);
	for (size_t i = 0; counters && counters[i]; i++)
		test_companion(&s->t, BPR_TABLE_COUNTERS, counters[i], i + 2);
	for (size_t i = 0; staff && staff[i]; i++)
		test_companion(&s->t, BPR_TABLE_STAFF, staff[i], i + 2);
	for (size_t i = 0; demand && demand[i]; i++)
		test_companion(&s->t, BPR_TABLE_DEMAND, demand[i], i + 2);
	test_finish(&s->t);
	assert_int_equal(s->t.status, BPR_OK);
	made_of(&s->m, s->t.flow, NULL, 0, 0);
	source = (struct bpr_visit_source){ s->t.flow, s->m.subject.analysis, s->m.subject.queueing, NULL };
	assert_true(bpr_i_visit(&s->arena, &source, &s->visit));
}

static void end(struct small *s)
{
	bpr_i_arena_release(&s->arena);
	made_release(&s->m);
	test_end(&s->t);
}

static const char *const two_counters[] = { "counter=A|walk_minutes=1", "counter=B|walk_minutes=2", NULL };

struct expected { enum bpr_visit_kind kind; const char *node; double minutes; };

static void check_parts(const struct small *s, const struct expected expected[], size_t count)
{
	double total = 0;

	assert_int_equal(s->visit.part_count, count);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_visit_part *p = &s->visit.parts[i];

		assert_int_equal(p->kind, expected[i].kind);
		assert_string_equal(bpr_flow_node(s->t.flow, p->node)->id, expected[i].node);
		assert_rel(p->minutes, expected[i].minutes, 1e-12);
		total += expected[i].minutes;
	}
	assert_rel(s->visit.total, total, 1e-12);
}

static double lead(const struct small *s)
{
	return bpr_analysis_figure(s->m.subject.analysis, BPR_METRIC_LEAD_MINUTES)->mean;
}

static void a_straight_visit_is_told_in_order(void **state)
{
	static const char *const rows[] = {
		"s|start|w", "w|task|a|actor=citizen|writes=F|work=4", "a|task|b|actor=staff|counter=A|work=3|wait=5",
		"b|task|c|actor=staff|work=2", "c|task|o|actor=staff|counter=B|work=6", "o|task|e|actor=citizen|counter=B|work=0.5", "e|end|", NULL };
	static const struct expected parts[] = {
		{ BPR_VISIT_WRITE, "w", 4 }, { BPR_VISIT_WALK, "a", 1 }, { BPR_VISIT_WAIT, "a", 5 }, { BPR_VISIT_SERVICE, "a", 3 },
		{ BPR_VISIT_WAIT, "b", 2 }, { BPR_VISIT_WALK, "c", 2 }, { BPR_VISIT_SERVICE, "c", 6 }, { BPR_VISIT_OWN, "o", 0.5 } };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, NULL, NULL);
	assert_true(s.visit.citizens && s.visit.known);
	assert_int_equal(s.visit.basis, BPR_VISIT_NO_QUEUES);
	check_parts(&s, parts, sizeof(parts) / sizeof(parts[0]));
	assert_rel(s.visit.total, lead(&s) + 3, 1e-12);
	assert_rel(s.visit.of[BPR_VISIT_WAIT], 7, 1e-12);
	assert_rel(s.visit.of_time[BPR_VISIT_OF_WALK], 3, 1e-12);
	end(&s);
}

/* Sent back once in four: everything 4/3 times, but one walks to the counter once, for the desk is no counter. */
static void what_is_sent_back_is_done_again(void **state)
{
	static const char *const rows[] = {
		"s|start|w", "w|task|a|actor=citizen|writes=F|work=4", "a|task|x|actor=staff|counter=A|work=3", "x|xor|w:25%;q:75%",
		"q|xor|b:40%;e:60%", "b|task|e|actor=staff|counter=B|work=10", "e|end|", NULL };
	static const struct expected parts[] = {
		{ BPR_VISIT_WRITE, "w", 16. / 3 }, { BPR_VISIT_WALK, "a", 1 }, { BPR_VISIT_SERVICE, "a", 4 }, { BPR_VISIT_WALK, "b", 0.8 },
		{ BPR_VISIT_SERVICE, "b", 4 } };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, NULL, NULL);
	check_parts(&s, parts, sizeof(parts) / sizeof(parts[0]));
	end(&s);
}

/* One in five goes home for a paper, a day, and comes again: the day is left out, the second way is not. */
static void time_at_home_is_left_out(void **state)
{
	static const char *const rows[] = {
		"s|start|a", "a|task|x|actor=staff|counter=A|work=5", "x|xor|h:20%;b:80%", "h|task|a|actor=citizen|away=yes|wait=1d",
		"b|task|e|actor=staff|work=3", "e|end|", NULL };
	static const struct expected parts[] = {
		{ BPR_VISIT_WALK, "a", 1.25 }, { BPR_VISIT_SERVICE, "a", 6.25 }, { BPR_VISIT_WAIT, "b", 3 } };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, NULL, NULL);
	check_parts(&s, parts, sizeof(parts) / sizeof(parts[0]));
	assert_rel(s.visit.away, 360, 1e-12);
	assert_rel(s.visit.total + s.visit.away, lead(&s) + 1.25, 1e-12);
	end(&s);
}

/* What is done once the citizen has gone home is no part of the visit. */
static void what_happens_after_leaving_is_left_out(void **state)
{
	static const char *const rows[] = {
		"s|start|a", "a|task|h|actor=staff|counter=A|work=5", "h|task|b|actor=citizen|away=yes", "b|task|e|actor=staff|work=30", "e|end|", NULL };
	static const struct expected parts[] = { { BPR_VISIT_WALK, "a", 1 }, { BPR_VISIT_SERVICE, "a", 5 } };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, NULL, NULL);
	check_parts(&s, parts, sizeof(parts) / sizeof(parts[0]));
	assert_rel(s.visit.away, 30, 1e-12);
	end(&s);
}

/* Three days of deciding: nobody waits for that in the building, nor for the letter written then; the paper is fetched. */
static void nobody_waits_for_days_at_a_counter(void **state)
{
	static const char *const rows[] = {
		"s|start|a", "a|task|d|actor=staff|counter=A|work=5", "d|task|l|actor=staff|work=20|wait=3d", "l|task|g|actor=staff|work=10",
		"g|task|e|actor=staff|counter=A|work=2|wait=4", "e|end|", NULL };
	static const struct expected parts[] = {
		{ BPR_VISIT_WALK, "a", 1 }, { BPR_VISIT_SERVICE, "a", 5 }, { BPR_VISIT_WALK, "g", 1 }, { BPR_VISIT_WAIT, "g", 4 },
		{ BPR_VISIT_SERVICE, "g", 2 } };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, NULL, NULL);
	check_parts(&s, parts, sizeof(parts) / sizeof(parts[0]));
	assert_rel(s.visit.away, 3 * 1440 + 30, 1e-12);
	end(&s);
}

/* Paying (2) beside making (6): one pays and then waits 4 more. */
static void beside_something_longer_one_waits_less(void **state)
{
	static const char *const rows[] = {
		"s|start|f", "f|and|p;m", "p|task|j|actor=staff|counter=A|work=2", "m|task|j|actor=staff|work=6", "j|and|g",
		"g|task|e|actor=staff|counter=A|work=1", "e|end|", NULL };
	static const struct expected parts[] = {
		{ BPR_VISIT_WALK, "p", 1 }, { BPR_VISIT_SERVICE, "p", 2 }, { BPR_VISIT_WAIT, "m", 4 }, { BPR_VISIT_SERVICE, "g", 1 } };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, NULL, NULL);
	assert_rel(lead(&s), 7, 1e-12);
	check_parts(&s, parts, sizeof(parts) / sizeof(parts[0]));
	assert_rel(s.visit.aside, 2, 1e-12);
	assert_true(!(s.visit.twice > 0));
	end(&s);
}

/* At two counters at once, by the flow: nobody can, so it is more than the lead time, and said. */
static void nobody_is_at_two_counters_at_once(void **state)
{
	static const char *const rows[] = {
		"s|start|f", "f|and|p;m", "p|task|j|actor=staff|counter=A|work=2", "m|task|j|actor=staff|counter=B|work=6", "j|and|e", "e|end|", NULL };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, NULL, NULL);
	assert_rel(s.visit.total, 2 + 6 + 3, 1e-12);
	assert_rel(s.visit.twice, 2, 1e-12);
	end(&s);
}

/* A step that is the way itself: no other walking is added for it. */
static void a_way_that_is_a_step_is_walked_once(void **state)
{
	static const char *const rows[] = {
		"s|start|a", "a|task|g|actor=staff|counter=A|work=5", "g|task|b|name=別庁舎へ移動する|actor=citizen|work=6", "b|task|e|actor=staff|counter=B|work=4",
		"e|end|", NULL };
	static const struct expected parts[] = {
		{ BPR_VISIT_WALK, "a", 1 }, { BPR_VISIT_SERVICE, "a", 5 }, { BPR_VISIT_WALK, "g", 6 }, { BPR_VISIT_SERVICE, "b", 4 } };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, NULL, NULL);
	check_parts(&s, parts, sizeof(parts) / sizeof(parts[0]));
	assert_true(s.visit.way_named);
	end(&s);
}

/* Without counters it is a case from start to end: work and waiting; three read at the same time. */
static void without_citizens_it_is_a_case(void **state)
{
	static const char *const rows[] = {
		"s|start|a", "a|task|f|unit=X|work=2|wait=60", "f|and|p;q;r", "p|task|j|unit=X|work=3", "q|task|j|unit=Y|work=3", "r|task|j|unit=Z|work=3",
		"j|and|e", "e|end|", NULL };
	struct small s;

	(void)state;
	begin(&s, rows, NULL, NULL, NULL);
	assert_false(s.visit.citizens);
	assert_rel(lead(&s), 65, 1e-12);
	assert_rel(s.visit.total, 65, 1e-12);
	assert_rel(s.visit.of[BPR_VISIT_SERVICE], 5, 1e-12);
	assert_rel(s.visit.of[BPR_VISIT_WAIT], 60, 1e-12);
	assert_rel(s.visit.aside, 6, 1e-12);
	end(&s);
}

/* M/M/1 at 80 %: Wq = rho / (mu - lambda) = 0.8 * 2 / 0.2 = 8 minutes. */
static void a_queue_by_formula_is_waiting(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|e|actor=staff|counter=A|work=exp(2)|staff=P", "e|end|", NULL };
	static const char *const staff[] = { "pool=P|count=1", NULL };
	static const char *const demand[] = { "arrivals=exp(2.5)", NULL };
	static const struct expected parts[] = { { BPR_VISIT_WALK, "a", 1 }, { BPR_VISIT_WAIT, "a", 8 }, { BPR_VISIT_SERVICE, "a", 2 } };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, staff, demand);
	assert_int_equal(s.visit.basis, BPR_VISIT_FORMULA);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(s.visit.parts[i].kind, parts[i].kind);
		assert_rel(s.visit.parts[i].minutes, parts[i].minutes, 1e-9);
	}
	end(&s);
}

static void an_endless_queue_is_left_out(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|e|actor=staff|counter=A|work=exp(3)|staff=P", "e|end|", NULL };
	static const char *const staff[] = { "pool=P|count=1", NULL };
	static const char *const demand[] = { "arrivals=exp(2.5)", NULL };
	struct small s;

	(void)state;
	begin(&s, rows, two_counters, staff, demand);
	assert_int_equal(s.visit.basis, BPR_VISIT_ENDLESS);
	assert_rel(s.visit.total, 4, 1e-12);
	end(&s);
}

static void a_flow_without_times_is_not_known(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|e|actor=staff", "e|end|", NULL };
	struct small s;

	(void)state;
	begin(&s, rows, NULL, NULL, NULL);
	assert_false(s.visit.known);
	assert_int_equal(s.visit.part_count, 0);
	end(&s);
}

/* ---- samples ---- */

static const char *const samples[] = {
	"samples/kitami/before.csv", "samples/kitami/after.csv", "samples/kitami/before.bpmn", "samples/minamisoma/before.csv", "samples/minamisoma/after.csv",
	"samples/chiba/before.csv", "samples/chiba/after.csv", "samples/internal/before.csv", "samples/internal/after.csv",
	"samples/life-events/konin-before.csv", "samples/life-events/konin-after.csv", "samples/life-events/rikon-before.csv",
	"samples/life-events/shibo-before.csv", "samples/life-events/shibo-after.csv", "samples/life-events/shussei-before.csv",
	"samples/life-events/tenkyo-before.csv", "samples/life-events/tennyu-before.csv", "samples/life-events/tennyu-after.csv",
	"samples/life-events/tenshutsu-before.csv", "samples/table/flow.csv", "samples/peak/flow.csv", "samples/morning/flow.csv" };

static double sum_of(const struct bpr_visit *v)
{
	double sum = 0;

	for (size_t i = 0; i < v->part_count; i++) {
		assert_true(v->parts[i].minutes > 0 && isfinite(v->parts[i].minutes));
		sum += v->parts[i].minutes;
	}
	return sum;
}

/* The whole is the lead time, the queues and the ways, less what is left out. */
static void every_sample_adds_up(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct bpr_flows flows;
		struct made m;
		struct bpr_arena arena = { 0 };
		struct bpr_visit v;
		struct bpr_visit_source source;
		const struct bpr_figure *figure;
		double queue = 0;

		made_read(samples[i], &flows);
		made_of(&m, flows.items[0], NULL, 0, 0);
		source = (struct bpr_visit_source){ flows.items[0], m.subject.analysis, m.subject.queueing, NULL };
		assert_true(bpr_i_visit(&arena, &source, &v));
		figure = bpr_analysis_figure(m.subject.analysis, BPR_METRIC_LEAD_MINUTES);
		if (v.basis == BPR_VISIT_FORMULA) {
			enum bpr_queue_method method;

			queue = bpr_queueing_wait(m.subject.queueing, &method);
		}
		assert_rel(v.total, sum_of(&v), 1e-12);
		assert_rel(v.total + v.away, figure->mean + queue + v.of_time[BPR_VISIT_OF_WALK] + v.twice, 1e-9);
		bpr_i_arena_release(&arena);
		made_release(&m);
		bpr_flows_release(&flows);
	}
}

/* Comings to counters, found here node by node, are those that the analysis counts on its own chain. */
static void comings_are_those_of_the_analysis(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct bpr_flows flows;
		struct made m;
		struct bpr_arena arena = { 0 };
		struct bpr_visit_order order;
		struct bpr_visit_beside beside;
		struct bpr_visit_places places;
		double *visits, *sums;
		size_t n;

		made_read(samples[i], &flows);
		made_of(&m, flows.items[0], NULL, 0, 0);
		n = bpr_flow_node_count(flows.items[0]);
		visits = calloc(n + 1, sizeof(*visits));
		sums = calloc(bpr_flow_counter_count(flows.items[0]) + 1, sizeof(*sums));
		assert_true(visits && sums);
		for (size_t k = 0; k < n; k++)
			visits[k] = bpr_analysis_nodes(m.subject.analysis)[k].visits;
		assert_true(bpr_i_visit_order(&arena, flows.items[0], &order));
		assert_int_equal(order.count, n);
		assert_true(bpr_i_visit_beside(&arena, flows.items[0], &beside));
		assert_true(bpr_i_visit_places(&arena, flows.items[0], visits, bpr_analysis_arcs(m.subject.analysis), &order, &beside, &places));
		for (size_t k = 0; k < n; k++)
			if (bpr_flow_node(flows.items[0], k)->counter != BPR_NONE)
				sums[bpr_flow_node(flows.items[0], k)->counter] += places.comings[k];
		for (size_t c = 0; c < bpr_flow_counter_count(flows.items[0]); c++)
			assert_rel(sums[c], bpr_analysis_counters(m.subject.analysis)[c].visits, 1e-9);
		free(visits);
		free(sums);
		bpr_i_arena_release(&arena);
		made_release(&m);
		bpr_flows_release(&flows);
	}
}

/* Half of those who would have to wait longer than 4 minutes are never served: no work of theirs, but the time they stood there. */
static void who_gives_up_is_not_served(void **state)
{
	static const char *const rows[] = { "s|start|a", "a|task|e|actor=staff|counter=A|work=exp(4.5)|staff=P|patience=4", "e|end|", NULL };
	struct test_flow t;
	struct made m;
	struct bpr_arena arena = { 0 };
	struct bpr_visit v;
	struct bpr_visit_source source;
	const struct bpr_sim_figure *work, *queue;

	(void)state;
	test_begin(&t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&t, rows[i], i + 2);
	test_companion(&t, BPR_TABLE_STAFF, "pool=P|count=1", 2);
	test_companion(&t, BPR_TABLE_DEMAND, "arrivals=exp(3)", 2);
	test_finish(&t);
	made_of(&m, t.flow, NULL, 10, 4);
	source = (struct bpr_visit_source){ t.flow, NULL, NULL, m.simulation };
	assert_true(bpr_i_visit(&arena, &source, &v));
	work = bpr_simulation_figure(m.simulation, BPR_SIM_CYCLE_WORK);
	queue = bpr_simulation_figure(m.simulation, BPR_SIM_CYCLE_QUEUE);
	assert_true(bpr_simulation_figure(m.simulation, BPR_SIM_ABANDONED)->mean > 0.1);
	assert_rel(v.of[BPR_VISIT_SERVICE], work->mean, 1e-9);
	assert_rel(v.of[BPR_VISIT_WAIT], queue->mean, 1e-9);
	assert_true(!(v.twice > 0) && !(v.aside > 0));
	bpr_i_arena_release(&arena);
	made_release(&m);
	test_end(&t);
}

/* With queues as simulated: arrival to end, less closed hours and what is away, and the ways. */
static void simulated_visits_add_up(void **state)
{
	static const char *const names[] = { "samples/morning/flow.csv", "samples/kitami/before.csv", "samples/kitami/after.csv", "samples/peak/flow.csv" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct bpr_flows flows;
		struct made m;
		struct bpr_arena arena = { 0 };
		struct bpr_visit v;
		struct bpr_visit_source source;
		double cycle;

		made_read(names[i], &flows);
		made_of(&m, flows.items[0], NULL, 5, 5);
		source = (struct bpr_visit_source){ flows.items[0], m.subject.analysis, m.subject.queueing, m.simulation };
		assert_true(bpr_i_visit(&arena, &source, &v));
		cycle = bpr_simulation_figure(m.simulation, BPR_SIM_CYCLE)->mean - bpr_simulation_figure(m.simulation, BPR_SIM_CYCLE_CLOSED)->mean;
		assert_int_equal(v.basis, BPR_VISIT_SIMULATED);
		assert_rel(v.total, sum_of(&v), 1e-12);
		assert_rel(v.total + v.away, cycle + v.of_time[BPR_VISIT_OF_WALK] + v.twice, 1e-9);
		assert_rel(v.of_time[BPR_VISIT_OF_QUEUE], bpr_simulation_figure(m.simulation, BPR_SIM_CYCLE_QUEUE)->mean, 1e-9);
		bpr_i_arena_release(&arena);
		made_release(&m);
		bpr_flows_release(&flows);
	}
}

/* ---- random flows ---- */

/* What comes to a counter is what the analysis counts, and all of it goes on. */
static void check_ways(const bpr_flow *flow, const struct bpr_visit *v, const bpr_analysis *analysis, bool alone)
{
	size_t n = bpr_flow_counter_count(flow);

	for (size_t c = 0; v->moves && c < n; c++) {
		double in = 0, out = 0, known = bpr_analysis_counters(analysis)[c].visits;

		for (size_t i = 0; i <= n; i++) {
			in += v->moves[i * (n + 1) + c];
			out += v->moves[c * (n + 1) + i];
		}
		assert_true(fabs(in - known) <= 1e-7 * known + 1e-9);
		if (alone)
			assert_true(fabs(in - out) <= 1e-7 * in + 1e-9);
	}
}

/* Blocks, loops, boundary events and parallel parts, and tangles: the whole is that of the analysis. */
static void random_flows_add_up(void **state)
{
	static const unsigned shapes[] = { 0, SHAPE_LOOPS, SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT, SHAPE_AND | SHAPE_LOOPS, SHAPE_AND | SHAPE_OR | SHAPE_LOOPS };
	size_t checked = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 400; seed++) {
		static struct draft d;
		struct bpr_arena arena = { 0 };
		struct bpr_visit v;
		bpr_analysis *analysis = NULL;
		bpr_flow *flow;
		bool tangle = seed % 6 == 5;

		if (tangle)
			draft_tangle(&d, seed, 6 + seed % 20);
		else
			draft_blocks(&d, seed, shapes[seed % 6], 8 + seed % 20);
		flow = draft_build(&d, NULL);
		assert_non_null(flow);
		if (bpr_analyse(flow, NULL, &analysis, NULL, NULL) == BPR_OK) {
			struct bpr_visit_source source = { flow, analysis, NULL, NULL };
			const struct bpr_figure *figure = bpr_analysis_figure(analysis, BPR_METRIC_LEAD_MINUTES);

			assert_true(bpr_i_visit(&arena, &source, &v));
			assert_rel(v.total, sum_of(&v), 1e-9);
			if (figure->method == BPR_METHOD_EXACT) {
				assert_true(fabs(v.total + v.away - (figure->mean + v.of_time[BPR_VISIT_OF_WALK] + v.twice)) <= 1e-7 * (figure->mean + 1));
				checked++;
			}
			if (bpr_analysis_figure(analysis, BPR_METRIC_COUNTER_VISITS)->method == BPR_METHOD_EXACT)
				check_ways(flow, &v, analysis, tangle || seed % 6 < 2);
		}
		bpr_analysis_free(analysis);
		bpr_i_arena_release(&arena);
		bpr_flow_free(flow);
	}
	assert_true(checked > 200);
}

/* ---- pages ---- */

static const struct bpr_doc_figure *figure_of(const struct bpr_document *doc, enum bpr_figure_kind kind, size_t which)
{
	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].kind == BPR_DOC_FIGURE && doc->blocks[i].figure->kind == kind && !which--)
			return doc->blocks[i].figure;
	return NULL;
}

static void the_ribbon_shows_the_visit(void **state)
{
	struct bpr_flows before, after;
	struct made m;

	(void)state;
	made_read("samples/minamisoma/before.csv", &before);
	made_read("samples/minamisoma/after.csv", &after);
	made_of(&m, before.items[0], after.items[0], 0, 0);
	for (int lang = 0; lang < BPR_LANG_COUNT; lang++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT((enum bpr_lang)lang);
		const struct bpr_doc_figure *f;
		double sums[2] = { 0, 0 };

		made_pages(&doc, &m, "visit");
		f = figure_of(&doc, BPR_FIGURE_RIBBON, 0);
		assert_non_null(f);
		assert_int_equal(f->ribbon_count, 2);
		for (size_t r = 0; r < 2; r++)
			for (size_t i = 0; i < f->ribbons[r].piece_count; i++) {
				const struct bpr_visit_piece *p = &f->ribbons[r].pieces[i];

				sums[r] += p->minutes;
				assert_true(p->minutes > 0 && p->counter <= f->ribbons[r].counter_count);
				assert_non_null(f->legend[p->kind]);
				assert_true((p->kind == BPR_VISIT_SERVICE) == (p->counter > 0));
			}
		/* 82 minutes as published, with the ways that are steps; one more to the first counter where that is said */
		assert_rel(sums[0], 82 + bpr_flow_counter(before.items[0], 0)->walk_minutes, 1e-12);
		assert_rel(sums[1], 32 + bpr_flow_counter(after.items[0], 0)->walk_minutes, 1e-12);
		assert_int_equal(f->ribbons[0].counter_count, 2);
		assert_string_equal(f->ribbons[0].counters[0], "市民課窓口");
		assert_non_null(figure_of(&doc, BPR_FIGURE_FLOW, 0));
		assert_non_null(figure_of(&doc, BPR_FIGURE_FLOW, 1));
		f = figure_of(&doc, BPR_FIGURE_MAP, 0);
		assert_non_null(f);
		assert_int_equal(f->place_count, 2);
		assert_int_equal(f->move_count, 4);
		assert_null(figure_of(&doc, BPR_FIGURE_MAP, 1)); /* one counter: no way to draw */
		bpr_i_doc_release(&doc);
	}
	made_release(&m);
	bpr_flows_release(&before);
	bpr_flows_release(&after);
}

/* Whichever allocation fails, the document says so and nothing else happens. */
static void allocations_may_fail(void **state)
{
	static const struct bpr_study_options options = { .seed = 1 };
	struct bpr_page_options page = BPR_PAGE_OPTIONS_INIT;
	struct bpr_flows before, after;
	struct made m;
	bool done = false;

	(void)state;
	for (size_t i = 0; bpr_part_get(i); i++)
		if (!strcmp(bpr_part_get(i), "visit") || !strcmp(bpr_part_get(i), "waiting"))
			page.parts |= 1ull << i;
	made_read("samples/kitami/before.csv", &before);
	made_read("samples/kitami/after.csv", &after);
	made_of(&m, before.items[0], after.items[0], 2, 2);
	for (long n = 0; n < 100000 && !done; n += 1 + n / 50) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);

		allowed = n;
		bpr_i_study_pages(&doc, m.kind, &m.subject, &options, &page);
		done = allowed > 0;
		allowed = -1;
		assert_true(doc.failed != done);
		bpr_i_doc_release(&doc);
	}
	assert_true(done);
	made_release(&m);
	bpr_flows_release(&before);
	bpr_flows_release(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_straight_visit_is_told_in_order),
		cmocka_unit_test(what_is_sent_back_is_done_again),
		cmocka_unit_test(time_at_home_is_left_out),
		cmocka_unit_test(what_happens_after_leaving_is_left_out),
		cmocka_unit_test(nobody_waits_for_days_at_a_counter),
		cmocka_unit_test(beside_something_longer_one_waits_less),
		cmocka_unit_test(nobody_is_at_two_counters_at_once),
		cmocka_unit_test(a_way_that_is_a_step_is_walked_once),
		cmocka_unit_test(without_citizens_it_is_a_case),
		cmocka_unit_test(a_queue_by_formula_is_waiting),
		cmocka_unit_test(an_endless_queue_is_left_out),
		cmocka_unit_test(a_flow_without_times_is_not_known),
		cmocka_unit_test(every_sample_adds_up),
		cmocka_unit_test(comings_are_those_of_the_analysis),
		cmocka_unit_test(who_gives_up_is_not_served),
		cmocka_unit_test(simulated_visits_add_up),
		cmocka_unit_test(random_flows_add_up),
		cmocka_unit_test(the_ribbon_shows_the_visit),
		cmocka_unit_test(allocations_may_fail),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
