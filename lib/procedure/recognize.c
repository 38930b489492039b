/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a file is a table of procedures; its columns and the facts that everyone knows, for manuals. */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/file_i.h"
#include <bpr/column.h>
#include <bpr/init.h>
#include <string.h>

enum { MOST_BYTES = 1 << 24, SEARCHED = 4096 };

/* Columns that tables of flows do not have: beside the procedure one of them makes a table of procedures. */
static const enum bpr_procedure_column tells[] = { BPR_PCOL_EVENT, BPR_PCOL_BRING, BPR_PCOL_DEADLINE, BPR_PCOL_PROXY, BPR_PCOL_OMISSION };

static bpr_status first_row(void *data, const struct bpr_table_row *row)
{
	(void)row;
	*(bool *)data = true;
	return BPR_ECANCELLED;
}

static bool has_headings(const struct bpr_table_source *source)
{
	bool found = false;

	for (size_t i = 0; i < sizeof(tells) / sizeof(tells[0]) && !found; i++) {
		struct bpr_table_column columns[2] = { bpr_i_procedure_columns[BPR_PCOL_PROCEDURE], bpr_i_procedure_columns[tells[i]] };

		columns[1].required = true;
		if (bpr_i_table_read(source, columns, 2, first_row, &found, NULL, NULL, NULL) == BPR_ENOMEM)
			return false;
	}
	return found;
}

/* A workbook of a flow may hold procedures too: then it is a flow. */
static bool procedures_book(const char *data, size_t length, const char *sheets)
{
	return bpr_i_table_has_sheet(data, length, sheets) && !bpr_i_table_has_sheet(data, length, bpr_column_table_name(0)) &&
	       !bpr_i_table_has_sheet(data, length, bpr_column_table_sheets(0));
}

/* The namespace of DMN near the beginning of an XML text in UTF-8. */
static bool is_dmn(const char *data, size_t length)
{
	static const char name[] = "www.omg.org/spec/DMN/", definitions[] = "definitions";
	const size_t searched = length < SEARCHED ? length : SEARCHED;
	bool ns = false, root = false;

	for (size_t i = 0; i < searched; i++) {
		ns = ns || (searched - i >= sizeof(name) - 1 && !memcmp(data + i, name, sizeof(name) - 1));
		root = root || (searched - i >= sizeof(definitions) - 1 && !memcmp(data + i, definitions, sizeof(definitions) - 1));
	}
	/* BPMN of some modelers names DMN as one of its namespaces. */
	for (size_t i = 0; ns && i < searched; i++)
		if (searched - i >= 26 && !memcmp(data + i, "/spec/BPMN/20100524/MODEL\"", 26))
			return false;
	return ns && root;
}

bool bpr_procedures_recognize(const char *path, const char *encoding)
{
	struct bpr_table_source source = { .path = path, .encoding = encoding, .sheets = "手続き|手続|procedures|手続き一覧" };
	struct bpr_fault fault = { 0 };
	char *data = NULL;
	size_t length = 0;
	bool found;

	bpr_init();
	if (!strcmp(path, "-") || bpr_i_file_read(path, MOST_BYTES, &data, &length, &fault))
		return false;
	source.data = data;
	source.length = length;
	found = is_dmn(data, length) || procedures_book(data, length, source.sheets);
	if (!found && !(length > 3 && !memcmp(data, "PK\3\4", 4)) && memchr("<{[", data[0], 3) == NULL)
		found = has_headings(&source);
	bpr_i_free(data);
	return found;
}

bool bpr_procedure_column_get(size_t table, size_t index, struct bpr_column_info *out)
{
	const struct bpr_table_column *columns = table ? bpr_i_mix_columns : bpr_i_procedure_columns;

	if (table > 1 || index >= (table ? (size_t)BPR_MCOL_COUNT : (size_t)BPR_PCOL_COUNT))
		return false;
	*out = (struct bpr_column_info){ columns[index].key, columns[index].headings, columns[index].values, columns[index].explain };
	return true;
}

bool bpr_known_fact_get(size_t index, struct bpr_known_fact_info *out)
{
	const struct bpr_known_fact *known = &bpr_i_known_facts[index];

	if (index >= bpr_i_known_fact_count)
		return false;
	*out = (struct bpr_known_fact_info){ known->names, known->words ? known->words : "", known->question, known->kind, known->person };
	return true;
}
