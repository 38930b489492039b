/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table of procedures, or a condition alone (first byte '?'). What is refused has left an error; what is taken gives a sheet and a
 * check without a crash, whose texts are valid, and the same text is taken in the same way again.
 */
#include "base/utf8_i.h"
#include <bpr/bpr.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static void look_at(const bpr_procedures *p, bpr_problems *problems)
{
	bpr_household *h = NULL;
	struct bpr_checksheet sheet;

	if (bpr_household_new(&h, NULL))
		return;
	if (bpr_procedures_event_count(p))
		must(!bpr_household_event(h, bpr_procedures_event(p, 0), NULL));
	bpr_household_date(h, bpr_date(2027, 3, 29));
	must(bpr_household_member(h, "x") == 0 && bpr_household_member(h, "y") == 1);
	for (size_t i = 0; i < bpr_procedures_fact_count(p); i++) {
		const struct bpr_fact *fact = bpr_procedures_fact(p, i);

		must(bpr_i_utf8_invalid(fact->name, strlen(fact->name)) == BPR_NONE && bpr_procedures_fact_find(p, fact->name) == i);
		if (i % 3)
			(void)!bpr_household_fact(h, fact->person ? i % 2 : BPR_NONE, fact->name, i % 2 ? "はい" : "7", NULL);
	}
	if (!bpr_checksheet_make(p, h, &sheet, problems, NULL)) {
		size_t stopped = 0;

		for (size_t i = 0; i < sheet.item_count; i++)
			must(sheet.items[i].procedure < bpr_procedures_count(p) && bpr_i_utf8_invalid(sheet.items[i].why, strlen(sheet.items[i].why)) == BPR_NONE);
		for (size_t i = 0; i < sheet.stop_count; i++)
			stopped += sheet.stops[i].item_count;
		must(stopped <= sheet.item_count && sheet.stops_one_stop <= sheet.stop_count + 1);
		bpr_checksheet_release(&sheet);
	}
	if (bpr_procedures_count(p) <= 50)
		must(!bpr_procedures_check(p, 2000, problems, NULL));
	bpr_household_free(h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char text[9000];
	size_t n = 0;
	bpr_problems *problems = NULL;
	bpr_procedures *p = NULL, *again = NULL;
	struct bpr_error err = { .status = BPR_OK };
	bpr_status status;

	if (!size || size > 8000)
		return 0;
	if (data[0] == '?') {
		n = (size_t)snprintf(text, sizeof(text), "procedure,condition\nx,\"");
		memcpy(text + n, data + 1, size - 1);
		n += size - 1;
		memcpy(text + n, "\"\n", 2);
		n += 2;
	} else {
		memcpy(text, data, size);
		n = size;
	}
	bpr_init();
	if (bpr_problems_new(&problems, NULL))
		return 0;
	status = bpr_procedures_read_memory("f.csv", text, n, NULL, &p, problems, &err);
	must(!status == (p != NULL) && (!status || bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0));
	if (p)
		look_at(p, problems);
	must(bpr_procedures_read_memory("f.csv", text, n, NULL, &again, NULL, NULL) == status);
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem one = bpr_problems_get(problems, i);
		char line[2000];

		(void)bpr_problem_line(&one, one.severity, BPR_LANG_JA, line, sizeof(line));
		must(bpr_i_utf8_invalid(line, strlen(line)) == BPR_NONE);
	}
	bpr_procedures_free(again);
	bpr_procedures_free(p);
	bpr_problems_free(problems);
	return 0;
}
