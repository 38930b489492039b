/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of bpr mine about a drawn flow: how well the log follows it, and filling it in. */
#include "config.h"
#include "mine_conform.h"
#include "mine.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) OPT_AT(mine_args, conform.member)

const struct opt mine_conform_opts[] = {
	{ .kind = OPT_TEXT, .name = "conform", .at = AT(flow), .arg = "FLOW", .complete = OPT_COMPLETE_FILES,
	  .help = N_("hold this drawn flow against the log: how many cases follow it, where they leave it, what is left out and what comes in") },
	{ .kind = OPT_REAL, .name = "min-fitness", .at = AT(min_fitness), .arg = "N", .min = 0, .max = 1,
	  .help = N_("exit with 1 unless fitness (0 to 1) is N at least") },
	{ .kind = OPT_TEXT, .name = "onto", .at = AT(onto), .arg = "FLOW", .complete = OPT_COMPLETE_FILES,
	  .help = N_("with -o out.bpmn or out.csv: keep this drawn flow and fill in shares, durations, people and demand as the log shows them") },
	{ .kind = OPT_LIST, .name = "map", .at = AT(map), .arg = "ACTIVITY=STEP",
	  .help = N_("the activity of the log is this step (name or id) of the flow; may be repeated; FILE.csv names a table of two columns; default: same names") },
	{ .kind = OPT_LIST, .name = "process", .at = OPT_AT(mine_args, common.processes), .arg = "ID",
	  .help = N_("the process with this id (or name) of a BPMN file with several") },
	{ .kind = OPT_SIZE, .name = "max-states", .at = AT(max_states), .arg = "N", .min = 1, .max = 1e8,
	  .help = N_("states looked at for the best alignment of one way; default 100000; beyond it fitness is given from-to") },
	{ .kind = OPT_END },
};

static bool usage(const char *code, const char *a1, const char *a2, int *status)
{
	say(code, NULL, a1, a2, NULL);
	*status = STATUS_USAGE;
	return false;
}

static void flush(struct text *notes)
{
	if (notes->data)
		fputs(notes->data, stderr);
	text_release(notes);
}

/* A table of names: no '=' in it, and a file. */
static bool read_table(struct conform_args *c, const char *path, int *status)
{
	struct bpr_error err = { 0 };
	struct text notes = { 0 };
	bpr_problems *problems = NULL;
	const char **table = NULL, **more;
	size_t count = 0;
	bpr_status read = bpr_problems_new(&problems, &err);

	if (!read)
		read = bpr_conform_map_read(path, NULL, &table, &count, problems, &err);
	if (read) {
		say_failure(&notes, &err, path, problems, 0);
		*status = common_status(read);
	} else {
		c->tables[c->table_count++] = table;
		more = xcalloc(c->name_count + count + c->map.count, sizeof(*more));
		if (c->name_count)
			memcpy(more, c->names, c->name_count * sizeof(*more));
		memcpy(more + c->name_count, table, count * sizeof(*more));
		free(c->names);
		c->names = more;
		c->name_count += count;
	}
	flush(&notes);
	bpr_problems_free(problems);
	return !read;
}

static bool read_names(struct conform_args *c, int *status)
{
	c->names = xcalloc(c->map.count + 1, sizeof(*c->names));
	c->tables = xcalloc(c->map.count + 1, sizeof(*c->tables));
	for (size_t i = 0; i < c->map.count; i++) {
		const char *item = c->map.items[i];
		size_t n = strlen(item);

		if (!strchr(item, '=') && n > 4 && !strcmp(item + n - 4, ".csv")) {
			if (!read_table(c, item, status))
				return false;
		} else {
			c->names[c->name_count++] = item;
		}
	}
	return true;
}

/* With the file itself, so that it can be written again; one flow of it. */
static int load_whole(const char *path, struct mine_args *args, struct text *notes)
{
	struct loaded *loaded = &args->conform.loaded;
	const struct opt_list *processes = &args->common.processes;
	struct bpr_error err = { 0 };
	char ids[600], count[32];

	if (load_quietly(path, &args->common, true, loaded, &err)) {
		load_told(path, loaded, &err, notes);
		return load_status(loaded, &err);
	}
	if (loaded->flows.count == 1 || processes->count == 1)
		return load_choose(path, processes->items, processes->count, loaded, notes);
	load_ids(loaded, ids, sizeof(ids));
	(void)snprintf(count, sizeof(count), "%zu", loaded->flows.count);
	say_to(notes, "U111", path, count, ids, NULL);
	return STATUS_USAGE;
}

bool mine_conform_understood(struct mine_args *args, int *status)
{
	struct conform_args *c = &args->conform;
	const char *path = c->flow ? c->flow : c->onto;
	struct text notes = { 0 };

	if (!path) {
		const char *lonely = c->min_fitness.given ? "min-fitness" : c->map.count ? "map" : args->common.processes.count ? "process" : NULL;

		return lonely ? usage("U120", lonely, "conform", status) : true;
	}
	if (c->flow && c->onto && strcmp(c->flow, c->onto) != 0)
		return usage("U160", "conform", "onto", status);
	if (c->min_fitness.given && !c->flow)
		return usage("U120", "min-fitness", "conform", status);
	if (!read_names(c, status))
		return false;
	*status = c->onto ? load_whole(path, args, &notes) : load_side(path, &args->common, 0, &c->loaded, &notes);
	flush(&notes);
	return *status == STATUS_OK;
}

void mine_conform_forget(struct mine_args *args)
{
	struct conform_args *c = &args->conform;

	for (size_t i = 0; i < c->table_count; i++)
		bpr_conform_map_free(c->tables[i]);
	free(c->tables);
	free(c->names);
	if (c->flow || c->onto)
		loaded_release(&c->loaded);
}

bpr_status mine_conform_onto(const struct mine_args *args, const bpr_log *log, const struct bpr_discovery_options *options, bpr_flow **flow,
			     bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_conform_options conform = BPR_CONFORM_OPTIONS_INIT;
	const struct conform_args *c = &args->conform;
	bpr_conformance *conformance = NULL;
	bpr_mining *mining = NULL;
	bpr_status status = bpr_mine(log, options->mine, &mining, problems, err);

	conform.map = c->names;
	conform.map_count = c->name_count;
	conform.max_states = c->max_states;
	conform.jobs = args->common.jobs;
	conform.mining = mining;
	if (!status)
		status = bpr_conform(log, c->loaded.chosen[0], &conform, &conformance, problems, err);
	if (!status)
		status = bpr_calibrate(log, c->loaded.chosen[0], conformance, options, flow, problems, err);
	bpr_conformance_free(conformance);
	bpr_mining_free(mining);
	return status;
}

bpr_source *mine_conform_source(const struct mine_args *args)
{
	const struct conform_args *c = &args->conform;

	return c->onto && c->loaded.flows.count == 1 ? c->loaded.flows.source : NULL;
}

bpr_status mine_conform_find(const struct mine_args *args, struct mine_found *found, struct bpr_error *err)
{
	struct bpr_conform_options options = BPR_CONFORM_OPTIONS_INIT;
	const struct conform_args *c = &args->conform;
	bpr_conformance *conformance;
	bpr_status status;

	if (!c->flow && !c->onto)
		return BPR_OK;
	options.map = c->names;
	options.map_count = c->name_count;
	options.max_states = c->max_states;
	options.jobs = found->jobs;
	options.mining = found->mining;
	status = bpr_conform(found->log, c->loaded.chosen[0], &options, &conformance, found->problems, err);
	if (status)
		return status;
	found->subject.flow = c->loaded.chosen[0];
	found->subject.conformance = conformance;
	if (c->min_fitness.given && bpr_conformance_totals(conformance)->fitness_low < c->min_fitness.value)
		found->status = STATUS_FINDINGS;
	return BPR_OK;
}

void mine_conform_tell(const struct mine_args *args, struct mine_found *found, struct text *notes)
{
	const struct conform_args *c = &args->conform;
	char fitness[32], wanted[32];

	if (!c->min_fitness.given || !found->subject.conformance)
		return;
	if (bpr_conformance_totals(found->subject.conformance)->fitness_low >= c->min_fitness.value)
		return;
	(void)snprintf(fitness, sizeof(fitness), "%.4g", bpr_conformance_totals(found->subject.conformance)->fitness_low);
	(void)snprintf(wanted, sizeof(wanted), "%.4g", c->min_fitness.value);
	say_to(notes, "U182", bpr_log_info(found->log).name, fitness, wanted, NULL);
}

void mine_conform_release(struct mine_found *found)
{
	bpr_conformance *mine;

	memcpy(&mine, &found->subject.conformance, sizeof(mine));
	bpr_conformance_free(mine);
	found->subject.conformance = NULL;
}
