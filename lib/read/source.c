/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "read/source_i.h"
#include <string.h>

struct bpr_source *bpr_i_source_new(enum bpr_input input, const char *name, char *data, const char *text, size_t length)
{
	struct bpr_source *source = bpr_i_calloc(1, sizeof(*source));
	size_t size = strlen(name) + 1;
	char *copy = bpr_i_realloc(NULL, size, 1);

	if (!source || !copy) {
		bpr_i_free(source);
		bpr_i_free(copy);
		return NULL;
	}
	memcpy(copy, name, size);
	*source = (struct bpr_source){ .input = input, .name = copy, 
				       .data = data, .text = text, .length = length };
	return source;
}

void bpr_i_source_free(struct bpr_source *source)
{
	if (!source)
		return;
	bpr_i_bpmn_file_free(source->bpmn);
	for (size_t i = 0; i < BPR_TABLE_COUNT; i++) {
		bpr_i_free(source->companions[i].name);
		bpr_i_free(source->companions[i].data);
	}
	for (size_t i = 0; i < source->sheet_count; i++) {
		bpr_i_free(source->sheets[i].name);
		bpr_i_buf_release(&source->sheets[i].text);
	}
	bpr_i_free(source->sheets);
	bpr_i_free(source->inventory);
	bpr_i_free(source->data);
	bpr_i_free(source->name);
	bpr_i_free(source);
}
