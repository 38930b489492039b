/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problems and errors as lines for a terminal. */
#include "config.h"
#include "test.h"
#include "base/problem_i.h"
#include <bpr/text.h>
#include <string.h>

static void terminals_obey_nothing(void **state)
{
	char buf[200];

	(void)state;
	assert_int_equal(bpr_text_safe("窓口 1\t2", buf, sizeof(buf)), strlen("窓口 1 2"));
	assert_string_equal(buf, "窓口 1 2");
	(void)bpr_text_safe("a\x1b[31mb\xc2\x9b" "c\xe2\x80\xae" "d\xff" "e\nf", buf, sizeof(buf));
	assert_null(strchr(buf, 0x1b));
	assert_null(strstr(buf, "\xc2\x9b"));
	assert_null(strstr(buf, "\xe2\x80\xae"));
	assert_null(strchr(buf, '\xff'));
	assert_null(strchr(buf, '\n'));
}

static void cutting_leaves_whole_characters(void **state)
{
	char buf[8];

	(void)state;
	assert_int_equal(bpr_text_safe("窓口窓口", buf, sizeof(buf)), 12);
	assert_string_equal(buf, "窓口");
	assert_int_equal(bpr_text_safe("窓口", NULL, 0), 6);
	assert_int_equal(bpr_text_safe("窓口", buf, 1), 6);
	assert_string_equal(buf, "");
}

static void problems_of_known_codes_are_added(void **state)
{
	static const char *const args[4] = { "5", NULL, NULL, NULL };
	bpr_problems *problems = NULL;
	struct bpr_problem p;
	char line[300];

	(void)state;
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_problems_add(problems, "Z999", "f", 1, NULL, args), BPR_EINVAL);
	assert_int_equal(bpr_problems_add(problems, "I005", "a\x1b.csv", 7, "T1", args), BPR_OK);
	assert_int_equal(bpr_problems_count(problems), 1);
	p = bpr_problems_get(problems, 0);
	(void)bpr_problem_line(&p, BPR_SEVERITY_ERROR, BPR_LANG_EN, line, sizeof(line));
	assert_non_null(strstr(line, ".csv:7: the file is larger than 5 bytes (--max-bytes) (T1) [I005]"));
	assert_null(strchr(line, 0x1b));
	(void)bpr_problem_line(&p, BPR_SEVERITY_WARNING, BPR_LANG_EN, line, sizeof(line));
	assert_non_null(strstr(line, ".csv:7: warning: the file"));
	(void)bpr_problem_line(&p, BPR_SEVERITY_WARNING, BPR_LANG_JA, line, sizeof(line));
	assert_non_null(strstr(line, "警告: "));
	bpr_problems_free(problems);
}

/* An element that the message names already is not named again. */
static void elements_are_named_once(void **state)
{
	static const char *const args[4] = { "T1", NULL, NULL, NULL };
	bpr_problems *problems = NULL;
	struct bpr_problem p;
	char line[300];

	(void)state;
	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	assert_int_equal(bpr_problems_add(problems, "U107", NULL, 0, "T1", args), BPR_OK);
	p = bpr_problems_get(problems, 0);
	(void)bpr_problem_line(&p, BPR_SEVERITY_ERROR, BPR_LANG_EN, line, sizeof(line));
	assert_string_equal(line, "T1 is missing [U107]");
	bpr_problems_free(problems);
}

/* An error carries English alone; its code and text give the arguments back for the other language. */
static void errors_speak_japanese(void **state)
{
	struct bpr_error err;
	char line[600];

	(void)state;
	assert_int_equal(bpr_i_fail(&err, BPR_ELIMIT, BPR_I_I005, "T1", 4, "1024", NULL), BPR_ELIMIT);
	(void)bpr_error_line(&err, "a.csv", BPR_LANG_EN, line, sizeof(line));
	assert_string_equal(line, "a.csv:4: the file is larger than 1024 bytes (--max-bytes) (T1) [I005]");
	(void)bpr_error_line(&err, "a.csv", BPR_LANG_JA, line, sizeof(line));
	assert_non_null(strstr(line, "1024"));
	assert_null(strstr(line, "larger"));
	assert_true(bpr_error_hint(&err, BPR_LANG_JA, line, sizeof(line)) > 0);
	assert_null(strstr(line, "raise"));
	/* Two arguments, one of them with the text that stands between them. */
	assert_int_equal(bpr_i_fail(&err, BPR_EINVAL, BPR_I_U114, NULL, 0, "a<=1", "b"), BPR_EINVAL);
	(void)bpr_error_line(&err, NULL, BPR_LANG_JA, line, sizeof(line));
	assert_non_null(strstr(line, "「a<=1」の「b」"));
	/* A text that is none of the code's is shown as it is. */
	(void)snprintf(err.message, sizeof(err.message), "%s", "something else");
	(void)bpr_error_line(&err, NULL, BPR_LANG_JA, line, sizeof(line));
	assert_string_equal(line, "something else [U114]");
	(void)memset(&err, 0, sizeof(err));
	(void)bpr_error_line(&err, NULL, BPR_LANG_EN, line, sizeof(line));
	assert_string_equal(line, "");
	assert_int_equal(bpr_error_hint(&err, BPR_LANG_EN, line, sizeof(line)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminals_obey_nothing),
		cmocka_unit_test(cutting_leaves_whole_characters),
		cmocka_unit_test(problems_of_known_codes_are_added),
		cmocka_unit_test(elements_are_named_once),
		cmocka_unit_test(errors_speak_japanese),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
