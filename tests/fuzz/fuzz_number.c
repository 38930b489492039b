/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cells as values: durations, distributions, numbers, shares. Whatever the bytes, what is accepted is finite and in
 * range, what is refused has left a problem, and a distribution written out is read back as itself.
 */
#include "flow/build_i.h"
#include <bpr/init.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static void check_dist(const char *text, size_t length, bpr_problems *problems, const struct bpr_place *place)
{
	struct bpr_arena arena = { 0 };
	struct bpr_dist dist, again;
	char written[256];
	size_t before = bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR);

	if (!bpr_i_parse_dist(text, length, &arena, &dist, problems, place)) {
		must(bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > before);
	} else if (dist.kind != BPR_DIST_EMP) {
		double mean = bpr_dist_mean(&dist), var = bpr_dist_var(&dist);

		must(isfinite(mean) && mean >= 0 && isfinite(var) && var >= 0);
		must(bpr_dist_format(&dist, written, sizeof(written)) < sizeof(written));
		must(bpr_i_parse_dist(written, strlen(written), &arena, &again, problems, place));
		must(again.kind == dist.kind && !(again.a < dist.a) && !(again.a > dist.a) && !(again.b < dist.b) && !(again.b > dist.b) &&
		     !(again.c < dist.c) && !(again.c > dist.c));
	}
	bpr_i_arena_release(&arena);
}

static void check_plain(const char *text, size_t length, const struct bpr_place *place)
{
	double value = 0;
	bool percent;

	if (bpr_i_parse_minutes(text, length, &value, NULL, place))
		must(isfinite(value) && value >= 0);
	if (bpr_i_parse_number(text, length, &value, NULL, place))
		must(isfinite(value));
	if (bpr_i_parse_share(text, length, &value, &percent, NULL, place))
		must(value >= 0 && value <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bpr_place place = { .file = "fuzz", .line = 1, .column = 1, .where = "work" };
	bpr_problems *problems = NULL;
	char text[512];

	/* Cells are bounded by the reader; measured values would open a file. */
	if (size >= sizeof(text))
		return 0;
	bpr_init();
	memcpy(text, data, size);
	text[size] = '\0';
	if (bpr_problems_new(&problems, NULL))
		return 0;
	check_dist(text, size, problems, &place);
	check_plain(text, size, &place);
	bpr_problems_free(problems);
	return 0;
}
