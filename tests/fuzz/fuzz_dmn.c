/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A DMN file, or the cell of a rule alone (first byte '?'). What is refused has left an error; what is taken can be checked and asked. */
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char head[] = "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"><decision><decisionTable><input label=\"x\"/><output name=\"procedure\"/><rule><inputEntry><text><![CDATA[";
	static const char tail[] = "]]></text></inputEntry><outputEntry><text>\"a\"</text></outputEntry></rule></decisionTable></decision></definitions>";
	static char text[20000];
	size_t n = 0;
	bpr_problems *problems = NULL;
	bpr_procedures *p = NULL;
	bpr_household *h = NULL;
	struct bpr_checksheet sheet;
	bpr_status status;

	if (!size || size > 16000)
		return 0;
	if (data[0] == '?') {
		memcpy(text, head, sizeof(head) - 1);
		memcpy(text + sizeof(head) - 1, data + 1, size - 1);
		memcpy(text + sizeof(head) + size - 2, tail, sizeof(tail) - 1);
		n = sizeof(head) + size + sizeof(tail) - 3;
	} else {
		text[0] = '<'; /* read as XML whatever follows */
		memcpy(text + 1, data + (data[0] == '<'), size - (data[0] == '<'));
		n = size + 1 - (data[0] == '<');
	}
	bpr_init();
	if (bpr_problems_new(&problems, NULL) || bpr_household_new(&h, NULL))
		return 0;
	status = bpr_procedures_read_memory("f.dmn", text, n, NULL, &p, problems, NULL);
	must(!status == (p != NULL) && (!status || bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR) > 0));
	if (p) {
		for (size_t i = 0; i < bpr_procedures_count(p); i++) {
			const char *condition = bpr_procedures_get(p, i)->condition;

			must(bpr_i_utf8_invalid(condition, strlen(condition)) == BPR_NONE);
		}
		must(!bpr_household_facts(h, BPR_NONE, "x=5", NULL));
		if (!bpr_checksheet_make(p, h, &sheet, NULL, NULL))
			bpr_checksheet_release(&sheet);
		if (bpr_procedures_count(p) <= 50)
			must(!bpr_procedures_check(p, 2000, problems, NULL));
	}
	bpr_procedures_free(p);
	bpr_household_free(h);
	bpr_problems_free(problems);
	return 0;
}
