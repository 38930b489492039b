/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gzip (RFC 1952), one member behind the other. Length and check sum of each are held against what came out, which libarchive 3.6
 * leaves out: a byte that changed on its way would be a wrong figure.
 */
#include "config.h"
#include "archive/inside_i.h"
#include "base/alloc_i.h"
#include <limits.h>
#include <zlib.h>

struct bpr_gzip {
	z_stream z;
	bool within;             /* a member: its end must come */
	bool end;
};

static void *get(void *data, unsigned count, unsigned size)
{
	(void)data;
	return bpr_i_calloc(count, size);
}

static void give_back(void *data, void *p)
{
	(void)data;
	bpr_i_free(p);
}

bpr_status bpr_i_gzip_open(bpr_archive *a, struct bpr_fault *fault)
{
	a->gzip = bpr_i_calloc(1, sizeof(*a->gzip));
	a->out = bpr_i_realloc(NULL, BPR_ARCHIVE_PIECE, 1);
	if (!a->gzip || !a->out)
		return bpr_i_archive_nomem(fault);
	a->gzip->z.zalloc = get;
	a->gzip->z.zfree = give_back;
	a->gzip->within = true;
	if (inflateInit2(&a->gzip->z, MAX_WBITS + 16) != Z_OK) {
		bpr_i_free(a->gzip);
		a->gzip = NULL;
		return bpr_i_archive_nomem(fault);
	}
	return BPR_OK;
}

void bpr_i_gzip_close(bpr_archive *a)
{
	if (!a->gzip)
		return;
	(void)inflateEnd(&a->gzip->z);
	bpr_i_free(a->gzip);
}

/* More of the packed bytes, where none are left. */
static bpr_status fill(bpr_archive *a, struct bpr_fault *fault)
{
	struct bpr_gzip *g = a->gzip;
	union { const char *given; Bytef *zlib; } in; /* zlib forgot the const */
	const char *text;
	size_t length;
	bpr_status status;

	if (g->z.avail_in || g->end)
		return BPR_OK;
	status = bpr_i_archive_raw(a, &text, &length, fault);
	if (status)
		return status;
	g->end = !length;
	in.given = text;
	g->z.next_in = in.zlib;
	g->z.avail_in = (uInt)length; /* pieces are short; see bpr_i_archive_raw() */
	return BPR_OK;
}

/* Behind a member: another one, or blocks filled up with zeros, as tapes have them; nothing else. */
static bpr_status behind(bpr_archive *a, struct bpr_fault *fault)
{
	struct bpr_gzip *g = a->gzip;

	for (;;) {
		bpr_status status = fill(a, fault);

		if (status || g->end)
			return status;
		if (*g->z.next_in) {
			g->within = true;
			return inflateReset(&g->z) == Z_OK ? BPR_OK : bpr_i_archive_nomem(fault);
		}
		g->z.next_in++;
		g->z.avail_in--;
	}
}

bpr_status bpr_i_gzip_next(bpr_archive *a, const char **text, size_t *length, struct bpr_fault *fault)
{
	struct bpr_gzip *g = a->gzip;

	g->z.next_out = (Bytef *)a->out;
	g->z.avail_out = BPR_ARCHIVE_PIECE;
	while (g->z.avail_out) {
		bpr_status status = g->within ? fill(a, fault) : behind(a, fault);
		int result;

		if (status)
			return status;
		if (!g->within)
			break;
		if (!g->z.avail_in)
			return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_L004, 0, "gzip", NULL, NULL);
		result = inflate(&g->z, Z_NO_FLUSH);
		if (result == Z_STREAM_END)
			g->within = false;
		else if (result == Z_MEM_ERROR)
			return bpr_i_archive_nomem(fault);
		else if (result != Z_OK && result != Z_BUF_ERROR)
			return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_L005, 0, "gzip", NULL, NULL);
	}
	*text = a->out;
	*length = BPR_ARCHIVE_PIECE - g->z.avail_out;
	return BPR_OK;
}
