/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_ENCODING_I_H
#define BPR_BASE_ENCODING_I_H
/* What offices save as CSV, as UTF-8: UTF-8 and UTF-16 with or without BOM, CP932 (Windows' Shift_JIS). */
#include "base/buf_i.h"
#include "base/fault_i.h"

enum bpr_encoding {
	BPR_ENCODING_AUTO = 0,
	BPR_ENCODING_UTF8,
	BPR_ENCODING_UTF16,      /* by its BOM; without one little-endian, as Windows writes it */
	BPR_ENCODING_UTF16LE,
	BPR_ENCODING_UTF16BE,
	BPR_ENCODING_CP932,
	BPR_ENCODING_EUC_JP,     /* recognised only so that the message can say so */
	BPR_ENCODING_ISO_2022_JP
};

/* By name: "utf-8", "utf-8-bom", "utf-16", "utf-16le", "utf-16be", "cp932", "shift_jis", "sjis", "windows-31j"; false: not known. */
bool bpr_i_encoding_find(const char *name, enum bpr_encoding *out);
/* Never AUTO. BOM, then escapes, then well-formed UTF-8, then what the bytes look like most. */
enum bpr_encoding bpr_i_encoding_detect(const char *data, size_t length);
/* True for bytes that hold UTF-16 by its BOM. */
bool bpr_i_encoding_has_utf16_bom(const char *data, size_t length);

/*
 * *text is the input as UTF-8 without BOM and without NUL: within data where it is UTF-8 already (nothing is copied),
 * else *owned, the caller's to free with bpr_i_free(). BPR_ESYNTAX: a byte is wrong; the fault has its offset and line.
 */
struct bpr_decoded {
	const char *text;
	size_t length;
	char *owned;         /* or NULL */
};
bpr_status bpr_i_decode(const char *data, size_t length, enum bpr_encoding encoding, struct bpr_decoded *out,
			struct bpr_fault *fault);
/*
 * UTF-8 into UTF-8 (with a byte order mark in front, where asked) or CP932. BPR_ESYNTAX, with W013 in the fault: a character that CP932 does
 * not have, or that would come back as another one.
 */
bpr_status bpr_i_encode(const char *text, size_t length, enum bpr_encoding encoding, bool bom, struct bpr_buf *out, struct bpr_fault *fault);
#endif
