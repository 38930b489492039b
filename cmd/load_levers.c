/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --with: flows that were read become what tables of levers make of them. */
#include "config.h"
#include "load.h"
#include "nearest.h"
#include "output.h"
#include "say.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of the next id of --levers, without blanks around it; *text goes on behind it. */
static size_t next_id(const char **text, const char **id)
{
	static const char *const marks[] = { ",", ";", "、", "，", "；" };
	const char *s = *text;
	size_t n = 0, width = 0;

	while (s[n] && !width) {
		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]) && !width; i++)
			width = strncmp(s + n, marks[i], strlen(marks[i])) ? 0 : strlen(marks[i]);
		n += !width;
	}
	*text = s + n + width;
	while (n && *s == ' ') {
		s++;
		n--;
	}
	while (n && s[n - 1] == ' ')
		n--;
	*id = s;
	return n;
}

bool levers_understood(const struct common_args *args, int *status)
{
	output_protect(args->with.items, args->with.count);
	if (!args->levers || args->with.count)
		return true;
	say("U120", NULL, "levers", "with", NULL);
	*status = STATUS_USAGE;
	return false;
}

static bool is_called(const struct bpr_lever *lever, const char *id, size_t length)
{
	return (strlen(lever->id) == length && !memcmp(lever->id, id, length)) ||
	       (strlen(lever->name) == length && length && !memcmp(lever->name, id, length));
}

/* Marks the levers that --levers names, of all tables. */
static int choose(const struct common_args *args, const struct loaded *loaded, bool *const *chosen, struct text *notes)
{
	const char *text = args->levers, *id;

	while (*text) {
		const size_t length = next_id(&text, &id);
		struct nearest near;
		char name[200];
		bool found = false;

		if (!length)
			continue;
		nearest_begin(&near, id, length);
		for (size_t i = 0; i < loaded->applied_count; i++)
			for (size_t k = 0; k < bpr_levers_count(loaded->applied[i].levers); k++) {
				const struct bpr_lever *lever = bpr_levers_get(loaded->applied[i].levers, k);

				nearest_offer(&near, lever->id, strlen(lever->id));
				if (!is_called(lever, id, length))
					continue;
				chosen[i][k] = true;
				found = true;
			}
		if (found)
			continue;
		(void)snprintf(name, sizeof(name), "%.*s", length < sizeof(name) ? (int)length : 0, id);
		say_to(notes, near.best[0] ? "U201" : "U200", NULL, name, near.best, NULL);
		return STATUS_USAGE;
	}
	return STATUS_OK;
}

/* Reads the tables; what is wrong with them is told. */
static int read_tables(const struct common_args *args, struct loaded *loaded, struct text *notes)
{
	struct bpr_lever_options options = BPR_LEVER_OPTIONS_INIT;

	options.encoding = common_encoding(args);
	if (args->max_bytes && args->max_bytes < options.max_bytes)
		options.max_bytes = args->max_bytes;
	loaded->applied = xcalloc(args->with.count, sizeof(*loaded->applied));
	for (size_t i = 0; i < args->with.count; i++) {
		struct bpr_error err = { 0 };
		bpr_problems *problems = NULL;
		bpr_levers *levers = NULL;
		bpr_status status = bpr_problems_new(&problems, &err);

		if (!status)
			status = bpr_levers_read(args->with.items[i], &options, &levers, problems, &err);
		if (status)
			say_failure(notes, &err, args->with.items[i], problems, 0);
		else if (!args->quiet)
			say_problems(notes, problems, 0, BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		bpr_problems_free(problems);
		if (status)
			return status == BPR_EINVAL ? STATUS_USAGE : common_status(status);
		loaded->applied[loaded->applied_count++] = (struct bpr_applied){ levers, xcalloc(bpr_levers_count(levers), sizeof(bool)) };
	}
	return STATUS_OK;
}

static int begin(const struct common_args *args, struct loaded *loaded, struct text *notes)
{
	int status = read_tables(args, loaded, notes);
	bool **chosen = xcalloc(loaded->applied_count, sizeof(*chosen));

	for (size_t i = 0; i < loaded->applied_count; i++) {
		chosen[i] = xcalloc(bpr_levers_count(loaded->applied[i].levers), sizeof(bool));
		for (size_t k = 0; k < bpr_levers_count(loaded->applied[i].levers); k++)
			chosen[i][k] = !args->levers;
	}
	if (!status && args->levers)
		status = choose(args, loaded, chosen, notes);
	for (size_t i = 0; i < loaded->applied_count; i++) {
		free((bool *)(uintptr_t)loaded->applied[i].done);
		loaded->applied[i].done = chosen[i];
	}
	free(chosen);
	return status;
}

/* What the flow becomes by all tables; what it borrows from goes to `kept`. NULL: *status, told. */
static bpr_flow *change(struct loaded *loaded, const bpr_flow *flow, bool own, int *status, struct text *notes)
{
	bpr_flow *now = (bpr_flow *)(uintptr_t)flow;

	for (size_t i = 0; i < loaded->applied_count; i++) {
		struct bpr_error err = { 0 };
		bpr_problems *problems = NULL;
		bpr_flow *next = NULL;
		bpr_status failed = bpr_problems_new(&problems, &err);

		if (!failed)
			failed = bpr_levers_apply(now, loaded->applied[i].levers, loaded->applied[i].done, NULL, &next, problems, &err);
		if (failed) {
			say_failure(notes, &err, bpr_levers_source(loaded->applied[i].levers), problems, 0);
			*status = failed == BPR_EINVAL ? STATUS_INPUT : common_status(failed);
		} else {
			say_problems(notes, problems, 0, BPR_SEVERITY_WARNING, BPR_SEVERITY_ERROR);
			if (bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR))
				*status = STATUS_INPUT;
		}
		bpr_problems_free(problems);
		if (next && (own || i)) {
			loaded->kept = xgrow(loaded->kept, &loaded->kept_room, loaded->kept_count + 1, sizeof(*loaded->kept));
			loaded->kept[loaded->kept_count++] = now;
		}
		if (next)
			now = next;
		if (*status)
			break;
	}
	return now;
}

/* Nodes that messages come from and go to, in the flow as it is now; the process as a whole where a node is gone. */
static void follow_messages(struct bpr_flows *flows, size_t at, const bpr_flow *before)
{
	for (size_t i = 0; i < flows->message_count; i++) {
		struct bpr_message *m = &flows->messages[i];

		if (m->from_flow == at && m->from_node != BPR_NONE)
			m->from_node = bpr_flow_find(flows->items[at], bpr_flow_node(before, m->from_node)->id);
		if (m->to_flow == at && m->to_node != BPR_NONE)
			m->to_node = bpr_flow_find(flows->items[at], bpr_flow_node(before, m->to_node)->id);
	}
}

int load_levers(const struct common_args *args, struct loaded *loaded, struct text *notes)
{
	int status = args->with.count ? begin(args, loaded, notes) : STATUS_OK;

	for (size_t i = 0; i < loaded->count && args->with.count && !status; i++) {
		size_t at = 0;

		while (loaded->flows.items[at] != loaded->chosen[i])
			at++;
		loaded->flows.items[at] = change(loaded, loaded->chosen[i], true, &status, notes);
		follow_messages(&loaded->flows, at, loaded->chosen[i]);
		loaded->chosen[i] = loaded->flows.items[at];
	}
	return status;
}

int load_after(const struct common_args *args, const struct loaded *before, struct loaded *after, struct text *notes)
{
	struct bpr_error err = { 0 };
	int status;
	bpr_flow *flow;

	*after = (struct loaded){ 0 };
	if (bpr_problems_new(&after->problems, &err)) {
		say_failure(notes, &err, NULL, NULL, 0);
		return STATUS_LIMIT;
	}
	status = begin(args, after, notes);
	if (status)
		return status;
	flow = change(after, before->chosen[0], false, &status, notes);
	if (flow == before->chosen[0])
		return status;
	after->kept = xgrow(after->kept, &after->kept_room, after->kept_count + 1, sizeof(*after->kept));
	after->kept[after->kept_count++] = flow;
	after->chosen = xcalloc(1, sizeof(*after->chosen));
	after->chosen[after->count++] = flow;
	return status;
}
