/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs that others made: any bytes, and any bytes as the manifest and flow of a pack whose sums are right. */
#include "config.h"
#include "share/share_i.h"
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void open_pack(const char *data, size_t length)
{
	struct bpr_share_limits limits = BPR_SHARE_LIMITS_INIT;
	bpr_problems *problems = NULL;
	bpr_share *share = NULL;

	limits.max_unpacked = 1 << 20;
	if (bpr_problems_new(&problems, NULL))
		return;
	if (!bpr_share_open_memory("f.zip", data, length, &limits, NULL, 0, &share, problems, NULL)) {
		const bpr_share *one = share;
		bpr_share_table *table = NULL;

		(void)!bpr_share_rescale(share, 1000, problems, NULL);
		(void)!bpr_share_table_new(&one, 1, &table, problems, NULL);
		bpr_share_table_free(table);
	}
	bpr_share_free(share);
	bpr_problems_free(problems);
}

/* The first line is the manifest's beginning, the rest the flow: sums and names are made right. */
static void wrap(const char *data, size_t length)
{
	static const char flow[] = "{\"schema\":\"bpr.flow/1\",\"flows\":[]}";
	struct bpr_packed_list list = { NULL, 0, 0 };
	struct bpr_buf zip = BPR_BUF_INIT, manifest = BPR_BUF_INIT;
	const char *end = memchr(data, '\n', length);
	const char *body = end ? end + 1 : flow;
	size_t n = end ? length - (size_t)(body - data) : sizeof(flow) - 1;
	char sum[BPR_SHARE_SHA];

	bpr_i_share_sha256(body, n, sum);
	bpr_i_buf_puts(&manifest, "{\"schema\":\"bpr.share/1\",\"bpr\":\"0.1.0\",\"municipality\":\"A\",\"licence\":\"B\",\"population\":10,");
	bpr_i_buf_add(&manifest, data, end ? (size_t)(end - data) : 0);
	bpr_i_buf_printf(&manifest, "\"files\":[{\"name\":\"before.json\",\"role\":\"before\",\"bytes\":%zu,\"sha256\":\"%s\"}]}", n, sum);
	if (!manifest.failed && bpr_i_packed_add(&list, "manifest.json", manifest.data, manifest.length) && bpr_i_packed_add(&list, "before.json", body, n)
	    && !bpr_i_pack(&list, &zip))
		open_pack(zip.data, zip.length);
	bpr_i_packed_release(&list);
	bpr_i_buf_release(&manifest);
	bpr_i_buf_release(&zip);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	open_pack((const char *)data, size);
	wrap((const char *)data, size);
	return 0;
}
