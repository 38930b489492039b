/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rules.h"
#include "nearest.h"
#include "say.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { WIDTH = 79 };

static const char *const levels[] = { [BPR_SEVERITY_INFO] = "info", [BPR_SEVERITY_WARNING] = "warning", [BPR_SEVERITY_ERROR] = "error" };

static bool read_level(const char *text, struct bpr_override *out)
{
	if (!strcasecmp(text, "off")) {
		out->off = true;
		return true;
	}
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (!strcasecmp(text, levels[i])) {
			out->severity = (enum bpr_severity)i;
			return true;
		}
	return false;
}

/* Codes of using bpr and of writing reports are no findings. */
static bool is_finding(const struct bpr_code *code)
{
	return !strchr("EOQRUV", code->code[0]);
}

static bool is_known(const char *what)
{
	for (size_t i = 0; i < bpr_code_count(); i++)
		if (is_finding(bpr_code_at(i)) && bpr_code_matches(bpr_code_at(i), what))
			return true;
	return false;
}

static void unknown(const char *rule, const char *what)
{
	struct nearest near;

	say("U122", NULL, rule, what, NULL);
	nearest_begin(&near, what, strlen(what));
	for (size_t i = 0; bpr_code_group_at(i); i++)
		nearest_offer(&near, bpr_code_group_at(i), strlen(bpr_code_group_at(i)));
	for (size_t i = 0; i < bpr_code_count(); i++)
		if (is_finding(bpr_code_at(i)))
			nearest_offer(&near, bpr_code_at(i)->code, strlen(bpr_code_at(i)->code));
	if (near.best[0])
		say_hint(N_("did you mean '{1}'?"), near.best);
}

bool rules_parse(const struct opt_list *list, struct rules *rules)
{
	*rules = (struct rules){ .overrides = xcalloc(list->count, sizeof(*rules->overrides)),
				 .names = xcalloc(list->count, sizeof(*rules->names)), .count = list->count };
	for (size_t i = 0; i < list->count; i++) {
		const char *rule = list->items[i];
		size_t length = strcspn(rule, "=");

		if (!length || !rule[length] || !read_level(rule + length + 1, &rules->overrides[i])) {
			say("U121", NULL, rule, NULL, NULL);
			return false;
		}
		rules->overrides[i].what = rules->names[i] = xstrndup(rule, length);
		if (!is_known(rules->names[i])) {
			unknown(rule, rules->names[i]);
			return false;
		}
	}
	return true;
}

void rules_release(struct rules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		free(rules->names[i]);
	free(rules->names);
	free(rules->overrides);
	*rules = (struct rules){ 0 };
}

void rules_list(struct text *out)
{
	static const char *const dots[4] = { "…", "…", "…", "…" };

	for (size_t g = 0; bpr_code_group_at(g); g++) {
		bool titled = false;

		for (size_t i = 0; i < bpr_code_count(); i++) {
			const struct bpr_code *code = bpr_code_at(i);
			char line[1024];

			if (!is_finding(code) || strcmp(bpr_code_group(code), bpr_code_group_at(g)) != 0)
				continue;
			if (!titled)
				text_printf(out, "%s%s:\n", out->length ? "\n" : "", bpr_code_group_at(g));
			titled = true;
			(void)bpr_text_fill(line, sizeof(line), tr(code->message), dots);
			text_printf(out, "  %-4s  %-7s  ", code->code, levels[code->severity]);
			text_wrap(out, line, 17, 17, WIDTH);
		}
	}
}
