/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of packing, opening, rescaling and comparing made to fail, once and from then on: it is said, and nothing is lost. */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include <bpr/bpr.h>
#include <string.h>

static size_t left = SIZE_MAX;
static bool again, failed;

static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	if (left) {
		left--;
		return false;
	}
	if (failed && again)
		return false;
	failed = true;
	return true;
}

static const char table[] = "id,kind,next,counter,work,staff,note\nS,start,A,,,,\nA,task,E,1,10,P,a note\nE,end,,,,,\n";

static char *whole;
static size_t whole_length;
static struct bpr_flows flows;

static bpr_status pack(char **zip, size_t *length)
{
	const struct bpr_share_about about = { .municipality = "A", .licence = "B", .population = 100, .note = "n" };
	const struct bpr_share_content content = { .before = flows.items[0] };

	return bpr_share_pack(&content, &about, NULL, zip, length, NULL, NULL);
}

static bpr_status packing(void)
{
	size_t length = 0;
	char *zip = NULL;
	bpr_status status = pack(&zip, &length);

	if (!status) {
		assert_int_equal(length, whole_length);
		assert_memory_equal(zip, whole, length);
	}
	bpr_share_text_free(zip);
	return status;
}

static bpr_status opening(void)
{
	bpr_share *share = NULL;
	bpr_share_table *towns = NULL;
	bpr_status status = bpr_share_open_memory("p.zip", whole, whole_length, NULL, NULL, 0, &share, NULL, NULL);
	const bpr_share *one = share;

	if (!status)
		status = bpr_share_rescale(share, 250, NULL, NULL);
	if (!status)
		status = bpr_share_table_new(&one, 1, &towns, NULL, NULL);
	bpr_share_table_free(towns);
	bpr_share_free(share);
	return status;
}

static void each(bpr_status (*work)(void), size_t least)
{
	for (int once = 0; once < 2; once++) {
		size_t n = 0;

		for (bool all = false; !all; n++) {
			bpr_status status;

			failed = false;
			again = once;
			left = n;
			status = work();
			left = SIZE_MAX;
			all = !failed;
			/* libarchive, zlib and jansson may go on without what they asked for; then nothing may be missing. */
			if (status != BPR_OK)
				assert_true(failed);
			if (all)
				assert_int_equal(status, BPR_OK);
		}
		assert_true(n > least);
	}
}

static void every_allocation_may_fail(void **state)
{
	static const char *const sets[] = { "demand.per_year=100", "staff.P=2" };
	struct bpr_read_options options = BPR_READ_OPTIONS_INIT;

	(void)state;
	options.sets = sets;
	options.set_count = 2;
	assert_int_equal(bpr_read_memory("f.csv", table, strlen(table), &options, &flows, NULL, NULL), BPR_OK);
	assert_int_equal(pack(&whole, &whole_length), BPR_OK);
	each(packing, 30);
	each(opening, 60);
	bpr_share_text_free(whole);
	bpr_flows_release(&flows);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_allocation_may_fail) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
