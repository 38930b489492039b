/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a walk adds up, a row each; and which fields are names. */
#include "config.h"
#include <bpr/walk.h>
#include "base/text_i.h"
#include <string.h>

static const struct row { const char *key, *label; bool minutes; } rows[BPR_WALK_TOTAL_COUNT] = {
	[BPR_WALK_COUNTER_VISITS] = { "counter_visits", N_("Visits to counters"), false },
	[BPR_WALK_DISTINCT_COUNTERS] = { "distinct_counters", N_("Different counters"), false },
	[BPR_WALK_BUILDING_MOVES] = { "building_moves", N_("Moves between buildings"), false },
	[BPR_WALK_TRIPS] = { "trips", N_("Trips to the office"), false },
	[BPR_WALK_FORMS] = { "forms_written", N_("Forms to fill in"), false },
	[BPR_WALK_FIELDS] = { "fields_written", N_("Fields to write by hand"), false },
	[BPR_WALK_NAMES] = { "names_written", N_("Times the name is written"), false },
	[BPR_WALK_SEALS] = { "seals", N_("Seals"), false },
	[BPR_WALK_ID_CHECKS] = { "id_checks", N_("Identity checks"), false },
	[BPR_WALK_STEPS] = { "steps", N_("Steps"), false },
	[BPR_WALK_REVISITS] = { "revisits", N_("Steps done again"), false },
	[BPR_WALK_CITIZEN_MINUTES] = { "citizen_minutes", N_("Citizen's time, without queues"), true },
	[BPR_WALK_WORK_MINUTES] = { "work_minutes", N_("Staff work for one case"), true },
	[BPR_WALK_WAIT_MINUTES] = { "wait_minutes", N_("Waiting for the process"), true },
	[BPR_WALK_WALK_MINUTES] = { "walk_minutes", N_("Walking"), true },
	[BPR_WALK_MINUTES] = { "minutes", N_("All steps one after the other"), true },
};

const char *bpr_walk_total_key(enum bpr_walk_total total)
{
	return (size_t)total < BPR_WALK_TOTAL_COUNT ? rows[total].key : "";
}

const char *bpr_walk_total_label(enum bpr_walk_total total)
{
	return (size_t)total < BPR_WALK_TOTAL_COUNT ? rows[total].label : "";
}

bool bpr_walk_total_is_minutes(enum bpr_walk_total total)
{
	return (size_t)total < BPR_WALK_TOTAL_COUNT && rows[total].minutes;
}

bool bpr_field_is_name(const struct bpr_field *field)
{
	static const char *const words[] = { "氏名", "名前", "お名前", "name", "Name", "names" };
	const char *said = *field->group ? field->group : field->name;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(said, words[i]))
			return true;
	return false;
}
