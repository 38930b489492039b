/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of codes, by what they begin with, and what a word of a user stands for among them. */
#include "config.h"
#include <bpr/problem.h>
#include <string.h>
#include <strings.h>

/* The longest beginning that fits decides, so it stands before a shorter one of the same letter. */
static const struct group {
	const char *start;
	const char *name;
} groups[] = {
	{ "A", "analysis" }, { "D", "numbers" }, { "E", "improvements" }, { "F", "flow" }, { "G", "drawing" }, { "I", "files" }, { "J", "json" }, { "L", "logs" }, { "M", "model" },
	{ "O", "output" }, { "P05", "rules" }, { "P06", "rules" }, { "P07", "figures" }, { "P08", "figures" },
	{ "B", "lists" }, { "H", "procedures" }, { "K", "levers" }, { "N1", "drill" }, { "N", "workshop" }, { "Y", "walk" }, { "Z", "sharing" },
	{ "P", "smells" }, { "Q", "queues" }, { "R", "report" }, { "S", "soundness" }, { "T1", "sheet" }, { "T", "table" },
	{ "U", "usage" }, { "V", "simulation" }, { "W", "writing" }, { "X", "bpmn" },
};

const char *bpr_code_group_at(size_t index)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (i && !strcmp(groups[i].name, groups[i - 1].name))
			continue;
		if (!index--)
			return groups[i].name;
	}
	return NULL;
}

const char *bpr_code_group(const struct bpr_code *code)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (!strncmp(code->code, groups[i].start, strlen(groups[i].start)))
			return groups[i].name;
	return "other";
}

bool bpr_code_matches(const struct bpr_code *code, const char *what)
{
	return *what && (!strncasecmp(code->code, what, strlen(what)) || !strcasecmp(bpr_code_group(code), what));
}
