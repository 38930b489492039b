/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "load.h"
#include "say.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void load_ids(const struct loaded *loaded, char *buf, size_t size)
{
	size_t n = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < loaded->flows.count && n < size; i++) {
		int more = snprintf(buf + n, size - n, "%s%s", i ? ", " : "", bpr_flow_id(loaded->flows.items[i]));

		n += more > 0 ? (size_t)more : 0;
	}
}

static bool is_called(const bpr_flow *flow, const char *name)
{
	return !strcmp(bpr_flow_id(flow), name) || !strcmp(bpr_flow_name(flow), name);
}

int load_choose(const char *path, const char *const *processes, size_t process_count, struct loaded *loaded, struct text *notes)
{
	free(loaded->chosen);
	loaded->count = 0;
	loaded->chosen = xcalloc(loaded->flows.count, sizeof(*loaded->chosen));
	for (size_t i = 0; i < loaded->flows.count; i++) {
		bool wanted = !process_count;

		for (size_t k = 0; k < process_count && !wanted; k++)
			wanted = is_called(loaded->flows.items[i], processes[k]);
		if (wanted)
			loaded->chosen[loaded->count++] = loaded->flows.items[i];
	}
	for (size_t k = 0; k < process_count; k++) {
		bool found = false;

		for (size_t i = 0; i < loaded->count && !found; i++)
			found = is_called(loaded->chosen[i], processes[k]);
		if (!found) {
			char ids[600];

			load_ids(loaded, ids, sizeof(ids));
			say_to(notes, "U112", path, processes[k], ids, NULL);
			return STATUS_USAGE;
		}
	}
	return STATUS_OK;
}

bool load_misused(const struct loaded *loaded)
{
	const bpr_problems *problems = loaded->problems;

	static const char *const codes[] = { "U001", "U003", "U004" };

	for (size_t i = 0; i < bpr_problems_count(problems); i++)
		for (size_t k = 0; k < sizeof(codes) / sizeof(codes[0]); k++)
			if (bpr_problems_get(problems, i).code == bpr_code_find(codes[k]))
				return true;
	return false;
}

bpr_status load_quietly(const char *path, const struct common_args *args, bool source, struct loaded *loaded, struct bpr_error *err)
{
	struct bpr_read_options options;
	bpr_status status;

	*loaded = (struct loaded){ 0 };
	common_read_options(args, &options);
	options.source = source;
	options.origins = source && args->verbose;
	status = bpr_problems_new(&loaded->problems, err);
	if (!status)
		status = bpr_read(path, &options, &loaded->flows, loaded->problems, err);
	if (status)
		err->status = status;
	return status;
}

int load_status(const struct loaded *loaded, const struct bpr_error *err)
{
	return load_misused(loaded) ? STATUS_USAGE : common_status(err->status);
}

void load_told(const char *path, const struct loaded *loaded, const struct bpr_error *err, struct text *notes)
{
	say_failure(notes, err, strcmp(path, "-") ? path : "stdin", loaded->problems, 0);
}

static int read_flows(const char *path, const struct common_args *args, const char *const *processes, size_t process_count,
		      struct loaded *loaded, struct text *notes)
{
	struct bpr_error err = { 0 };
	bpr_status status = load_quietly(path, args, false, loaded, &err);

	if (status) {
		load_told(path, loaded, &err, notes);
		return load_status(loaded, &err);
	}
	return load_choose(path, processes, process_count, loaded, notes);
}

int load(const char *path, const struct common_args *args, const char *const *processes, size_t process_count,
	 struct loaded *loaded, struct text *notes)
{
	int status = read_flows(path, args, processes, process_count, loaded, notes);

	return status ? status : load_levers(args, loaded, notes);
}

void loaded_release(struct loaded *loaded)
{
	free(loaded->chosen);
	bpr_flows_release(&loaded->flows);
	while (loaded->kept_count)
		bpr_flow_free(loaded->kept[--loaded->kept_count]);
	free(loaded->kept);
	for (size_t i = 0; i < loaded->applied_count; i++) {
		bpr_levers_free((bpr_levers *)(uintptr_t)loaded->applied[i].levers);
		free((bool *)(uintptr_t)loaded->applied[i].done);
	}
	free(loaded->applied);
	bpr_problems_free(loaded->problems);
	*loaded = (struct loaded){ 0 };
}

int load_side(const char *path, const struct common_args *args, size_t which, struct loaded *loaded, struct text *notes)
{
	const struct opt_list *processes = &args->processes;
	int status = read_flows(path, args, NULL, 0, loaded, notes);
	char ids[600], count[32];

	if (status)
		return status;
	if (processes->count == 2)
		return load_choose(path, &processes->items[which], 1, loaded, notes);
	if (loaded->flows.count == 1)
		return STATUS_OK;
	if (processes->count == 1)
		return load_choose(path, processes->items, 1, loaded, notes);
	load_ids(loaded, ids, sizeof(ids));
	(void)snprintf(count, sizeof(count), "%zu", loaded->flows.count);
	say_to(notes, "U111", path, count, ids, NULL);
	return STATUS_USAGE;
}
