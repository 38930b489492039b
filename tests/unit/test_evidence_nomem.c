/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that runs out while two logs are compared and told of, at every call: an error, nothing leaks, nothing half. */
#include "lib/log.h"
#include "fail_alloc.h"
#include <bpr/bpr.h>

#define MINUTE INT64_C(60000)
#define DAY INT64_C(86400000)

static size_t left = SIZE_MAX;
static bool once;

/* The n-th, alone or with all behind it. */
static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	if (left) {
		left--;
		return false;
	}
	if (once)
		left = SIZE_MAX;
	return true;
}

static bpr_log *make(int64_t minutes)
{
	static const char *const heading[] = { "type" };
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;
	bpr_log *log;
	char name[16];

	options.by = heading;
	options.by_count = 1;
	log = bpr_i_log_new("made", BPR_LOG_CSV, &options);
	assert_non_null(log);
	for (int64_t i = 0; i < 90; i++) {
		const int64_t begin = i / 3 * DAY + i % 3 * 60 * MINUTE;

		(void)snprintf(name, sizeof(name), "c%d", (int)i);
		log_event(log, name, "a", BPR_LOG_NO_TIME, begin, "p", "u");
		log_event(log, name, "b", begin + MINUTE, begin + (minutes + i * 7 % 5) * MINUTE, "q", "v");
		assert_true(bpr_i_log_set_by(log, log_named(log, BPR_LOG_CASE, name), 0, log_named(log, BPR_LOG_BY, i % 2 ? "x" : "y")));
	}
	return log_end(log);
}

/* All of it: compared, and told in the format. */
static bpr_status tell(const bpr_log *before, const bpr_log *after, enum bpr_format format, bpr_problems *problems)
{
	struct bpr_evidence_options options = BPR_EVIDENCE_OPTIONS_INIT;
	struct bpr_worktime_options worktime = BPR_WORKTIME_OPTIONS_INIT;
	struct bpr_report_options report = BPR_REPORT_OPTIONS_INIT;
	struct bpr_output output = { 0 };
	struct bpr_error err = { 0 };
	bpr_evidence *evidence;
	bpr_status status;

	worktime.standard_days = 1;
	options.worktime = &worktime;
	options.bootstrap = 100;
	options.dated = true;
	options.change = 15;
	report.full = true;
	status = bpr_evidence_compare(before, after, &options, &evidence, problems, &err);
	assert_true(!status == (evidence != NULL));
	if (status)
		return status;
	status = bpr_report(BPR_REPORT_EVIDENCE, format, &(struct bpr_subject){ .log = before, .after_log = after, .evidence = evidence, .problems = problems },
			    &report, true, &output, &err);
	assert_true(!status == (output.data != NULL));
	bpr_output_release(&output);
	bpr_evidence_free(evidence);
	return status;
}

static void every_call_in_turn(void **state)
{
	static const enum bpr_format formats[] = { BPR_FORMAT_TEXT, BPR_FORMAT_JSON, BPR_FORMAT_CSV, BPR_FORMAT_HTML };
	bpr_log *before = make(20), *after = make(14);

	(void)state;
	bpr_init();
	for (size_t k = 0; k < sizeof(formats) / sizeof(formats[0]); k++) {
		for (int alone = 0; alone < 2; alone++) {
			/* Every call of the first thousands, then ever fewer of them: what grows is asked for again and again. */
			for (size_t n = 0;; n += 1 + n / 40) {
				bpr_problems *problems;
				bpr_status status;

				assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
				once = alone;
				left = n;
				status = tell(before, after, formats[k], problems);
				n = left == SIZE_MAX || left == 0 ? n : SIZE_MAX / 2; /* not reached: all is over */
				left = SIZE_MAX;
				bpr_problems_free(problems);
				if (n == SIZE_MAX / 2) {
					assert_int_equal(status, BPR_OK);
					break;
				}
				assert_true(status == BPR_ENOMEM || status == BPR_OK);
			}
		}
	}
	bpr_log_free(before);
	bpr_log_free(after);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_call_in_turn) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
