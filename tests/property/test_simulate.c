/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The simulator against a plain, slow one (slow_sim.c): on random flows with people, hours and demand both must tell the same
 * story, event by event. BPR_TEST_FLOWS=N in the environment plays N flows of each kind instead of a few.
 */
#include "config.h"
#include "property/random_office.h"
#include "property/sim_case.h"
#include "property/slow_sim.h"

struct heard { struct bpr_sim_event *event; size_t count, capacity; };

static bool hear(void *data, const struct bpr_sim_event *events, size_t count)
{
	struct heard *h = data;

	while (h->count + count > h->capacity) {
		h->capacity = 2 * h->capacity + 256;
		h->event = realloc(h->event, h->capacity * sizeof(*h->event));
		assert_non_null(h->event);
	}
	memcpy(h->event + h->count, events, count * sizeof(*events));
	h->count += count;
	return true;
}

static void show(const char *who, const bpr_flow *flow, const struct bpr_sim_event *event, size_t count, size_t at)
{
	for (size_t i = at < 3 ? 0 : at - 3; i < at + 3 && i < count; i++)
		print_error("%s %zu: case %llu %s %.9g %.9g %.9g\n", who, i, event[i].case_number, bpr_flow_node(flow, event[i].node)->id,
			    event[i].arrived, event[i].started, event[i].finished);
}

static void describe(const struct draft *d, const struct office *o)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct draft_node *n = &d->node[i];

		print_error("%s %s", n->id, bpr_node_kind_name(n->kind));
		for (size_t k = 0; k < n->out_count; k++)
			print_error(" ->%s:%g", d->node[n->to[k]].id, n->share[k]);
		print_error("%s%s counter %d repeat %zu loop %g", n->citizen ? " citizen" : "", n->host != BPR_NONE ? " edge" : "", n->counter,
			    n->repeat, n->loop_prob);
		for (size_t k = 0; k < OFFICE_CELLS && *o->cell[i][k]; k++)
			print_error(" | %s", o->cell[i][k]);
		print_error("\n");
	}
	for (size_t i = 0; i < o->staff_count; i++)
		print_error("%s\n", o->staff[i]);
	for (size_t i = 0; i < o->counter_count; i++)
		print_error("%s\n", o->counters[i]);
	for (size_t i = 0; i < o->demand_count; i++)
		print_error("%s\n", o->demand[i]);
}

static bool same_event(const struct bpr_sim_event *a, const struct bpr_sim_event *b)
{
	double slack = 1e-9 * (1 + a->finished);

	return a->case_number == b->case_number && a->node == b->node && fabs(a->arrived - b->arrived) <= slack
		&& fabs(a->started - b->started) <= slack && fabs(a->finished - b->finished) <= slack;
}

/* What is done at the very same moment has no order that anybody sees. */
static int by_time(const void *a, const void *b)
{
	const struct bpr_sim_event *x = a, *y = b;

	if (fabs(x->finished - y->finished) > 1e-9 * (1 + x->finished))
		return x->finished < y->finished ? -1 : 1;
	if (x->case_number != y->case_number)
		return x->case_number < y->case_number ? -1 : 1;
	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	return (x->started > y->started) - (x->started < y->started);
}

static bool same_story(const bpr_flow *flow, const struct heard *fast, const struct slow_result *slow)
{
	size_t n = fast->count < slow->count ? fast->count : slow->count;

	qsort(fast->event, fast->count, sizeof(*fast->event), by_time);
	qsort(slow->event, slow->count, sizeof(*slow->event), by_time);
	for (size_t i = 0; i < n; i++)
		if (!same_event(&fast->event[i], &slow->event[i])) {
			show("fast", flow, fast->event, fast->count, i);
			show("slow", flow, slow->event, slow->count, i);
			return false;
		}
	if (fast->count == slow->count)
		return true;
	print_error("fast tells %zu events, slow %zu\n", fast->count, slow->count);
	show("fast", flow, fast->event, fast->count, n);
	show("slow", flow, slow->event, slow->count, n);
	return false;
}

static struct draft draft;
static struct office office;

struct kind { const char *name; unsigned shape, traits; size_t size; };

static bool play(const struct kind *kind, unsigned long long seed, size_t *events)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct slow_options slow_options = { .seed = seed, .max_events = 100000 };
	struct slow_result slow;
	struct heard fast = { 0 };
	struct bpr_error err = { 0 };
	bpr_simulation *sim = NULL;
	bpr_flow *flow;
	bool same;

	draft_blocks(&draft, seed, kind->shape, kind->size);
	office_draft(&office, &draft, seed, kind->traits);
	flow = office_build(&office, &draft, NULL, NULL);
	if (!flow) {
		describe(&draft, &office);
		print_error("seed %llu: cannot be built\n", seed);
		return false;
	}
	if (kind->traits & OFFICE_HOURS)
		slow_options.days = options.days = 3;
	else
		slow_options.cases = options.cases = 60;
	slow_options.closing = options.closing = (enum bpr_closing)(seed % 3);
	options.seed = seed;
	options.replications = 1;
	options.jobs = 1;
	options.warmup = BPR_WARMUP_NONE;
	options.max_in_process = 2000; /* what is overloaded is no example */
	options.log = hear;
	options.log_data = &fast;
	if (bpr_simulate(flow, &options, &sim, NULL, &err) == BPR_ELIMIT && strcmp(err.code, "V014") == 0) {
		free(fast.event);
		bpr_flow_free(flow);
		return true;
	}
	if (!sim) {
		print_error("seed %llu: %s %s\n", seed, err.code, err.message);
		free(fast.event);
		bpr_flow_free(flow);
		return false;
	}
	slow_simulate(flow, &slow_options, &slow);
	same = same_story(flow, &fast, &slow) && !slow.stuck;
	if (!same) {
		describe(&draft, &office);
		print_error("%s, seed %llu\n", kind->name, seed);
	}
	*events += slow.count;
	free(slow.event);
	free(fast.event);
	bpr_simulation_free(sim);
	bpr_flow_free(flow);
	return same;
}

static const unsigned all_shapes = SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT | SHAPE_LOOSE_AND;

static const struct kind kinds[] = {
	{ "one queue after the other", SHAPE_LOOPS, 0, 8 },
	{ "branches", all_shapes, 0, 16 },
	{ "several people at once", all_shapes, OFFICE_NEEDS, 12 },
	{ "hours", SHAPE_LOOPS, OFFICE_HOURS, 8 },
	{ "hours and branches", all_shapes, OFFICE_HOURS | OFFICE_NEEDS, 12 },
	{ "priorities", SHAPE_AND | SHAPE_LOOPS, OFFICE_PRIORITY, 10 },
	{ "giving up", all_shapes, OFFICE_PATIENCE | OFFICE_PRIORITY, 12 },
	{ "seats", all_shapes, OFFICE_SEATS, 12 },
	{ "hours and patience", all_shapes, OFFICE_HOURS | OFFICE_NEEDS | OFFICE_PATIENCE, 12 },
	{ "shifts and breaks", SHAPE_AND | SHAPE_LOOPS, OFFICE_HOURS | OFFICE_SHIFTS | OFFICE_BREAKS, 8 },
	{ "hours of counters", all_shapes, OFFICE_HOURS | OFFICE_COUNTER_HOURS | OFFICE_SEATS, 12 },
	{ "batches", all_shapes, OFFICE_BATCH | OFFICE_PRIORITY, 12 },
	{ "much at once", all_shapes, OFFICE_TIES | OFFICE_NEEDS | OFFICE_PRIORITY, 12 },
	{ "much at once in hours", all_shapes, OFFICE_TIES | OFFICE_NEEDS | OFFICE_HOURS | OFFICE_SHIFTS | OFFICE_BREAKS, 12 },
	{ "several disciplines", all_shapes, OFFICE_MIXED | OFFICE_NEEDS | OFFICE_PRIORITY, 12 },
	{ "batches and hours", all_shapes, OFFICE_BATCH | OFFICE_HOURS | OFFICE_PATIENCE | OFFICE_SHIFTS, 12 },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static void tell_the_same_story(void **state)
{
	const struct kind *kind = *state;
	const char *wanted = getenv("BPR_TEST_FLOWS");
	unsigned long long flows = wanted ? strtoull(wanted, NULL, 10) : 12, bad = 0, seed;
	size_t events = 0;

	for (seed = 1; seed <= flows && bad < 3; seed++)
		bad += !play(kind, seed, &events);
	print_message("# %llu flows, %zu events\n", seed - 1, events);
	assert_int_equal(bad, 0);
	assert_true(events > 50 * flows); /* hardly any was overloaded */
}

/* ---- Little's law, and conservation ---- */

static void close_to(const char *what, double a, double b, unsigned long long seed)
{
	if (fabs(a - b) <= 1e-7 * (1 + fabs(b)))
		return;
	print_error("%s: %.12g, not %.12g, seed %llu\n", what, a, b, seed);
	fail();
}

/*
 * Two days of an office that never closes, until the last case has left: the areas under the curves that the slow one draws are
 * the sums of all waits and cycles that the fast one has, to the last digit; and who came in has gone out.
 */
static void littles_law(void **state)
{
	(void)state;
	for (unsigned long long seed = 1; seed <= 30; seed++) {
		struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
		struct slow_options slow_options = { .seed = seed, .days = 2, .max_events = 1000000 };
		unsigned traits = OFFICE_NEEDS | OFFICE_PRIORITY | (seed % 2 ? OFFICE_PATIENCE | OFFICE_SEATS : 0);
		struct slow_result slow;
		bpr_simulation *sim;
		bpr_flow *flow;
		double cases;

		draft_blocks(&draft, seed, all_shapes, 10);
		office_draft(&office, &draft, seed, traits);
		flow = office_build(&office, &draft, NULL, NULL);
		assert_non_null(flow);
		options.seed = seed;
		options.days = 2;
		options.replications = 1;
		options.warmup = BPR_WARMUP_NONE;
		sim = sim_run(flow, &options);
		slow_simulate(flow, &slow_options, &slow);
		cases = (double)bpr_simulation_cases(sim);
		assert_true(cases > 50);
		close_to("cases", cases, (double)slow.arrived, seed);
		close_to("unfinished", bpr_simulation_unfinished(sim), 0, seed);
		close_to("gave up", bpr_simulation_figure(sim, BPR_SIM_ABANDONED)->mean * cases, (double)slow.abandoned, seed);
		close_to("cases in process", bpr_simulation_figure(sim, BPR_SIM_CYCLE)->mean * cases, slow.present_area, seed);
		for (size_t p = 0; p < bpr_flow_pool_count(flow); p++) {
			const struct bpr_sim_pool *pool = &bpr_simulation_pools(sim)[p];

			close_to("queue", pool->queue.known ? pool->queue.mean * slow.now : 0, slow.queue_area[p], seed);
			close_to("busy", pool->utilisation.mean * slow.now * (double)bpr_flow_pool(flow, p)->count, slow.busy_area[p], seed);
		}
		free(slow.event);
		bpr_simulation_free(sim);
		bpr_flow_free(flow);
	}
}

int main(void)
{
	struct CMUnitTest tests[KINDS + 1];

	for (size_t k = 0; k < KINDS; k++)
		tests[k] = (struct CMUnitTest){ kinds[k].name, tell_the_same_story, NULL, NULL, (void *)(uintptr_t)&kinds[k] };
	tests[KINDS] = (struct CMUnitTest)cmocka_unit_test(littles_law);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
