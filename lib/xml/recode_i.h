/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_XML_RECODE_I_H
#define BPR_XML_RECODE_I_H
/* A document that comes in pieces, as UTF-8. */
#include "base/buf_i.h"
#include "base/fault_i.h"

struct bpr_xml_recode {
	void *converter;         /* iconv's; NULL: it is UTF-8 as it stands */
	bool latin;              /* bytes that Windows does not have are controls, as in every browser */
	const char *name;        /* of the encoding */
	size_t offset;           /* bytes converted */
	char rest[8]; size_t rest_count; /* a character that is cut */
	struct bpr_buf out;
};
#define BPR_XML_RECODE_INIT { .out = BPR_BUF_INIT }

/* Looks at the beginning, moves *text behind a byte order mark. BPR_EUNSUPPORTED, BPR_ENOMEM. */
bpr_status bpr_i_xml_recode_begin(struct bpr_xml_recode *recode, const char **text, size_t *length, struct bpr_fault *fault);
/* *text becomes UTF-8, valid until the next call. BPR_ESYNTAX, BPR_ENOMEM. */
bpr_status bpr_i_xml_recode(struct bpr_xml_recode *recode, const char **text, size_t *length, struct bpr_fault *fault);
/* Behind the last piece: no character is cut. */
bpr_status bpr_i_xml_recode_finish(const struct bpr_xml_recode *recode, struct bpr_fault *fault);
void bpr_i_xml_recode_release(struct bpr_xml_recode *recode);

/* By byte order mark and declaration, as bpr_i_xml_decode(): iconv's name, or NULL for UTF-8; *skip bytes of a mark. */
bpr_status bpr_i_xml_encoding(const char *data, size_t length, const char **name, bool *latin, size_t *skip, struct bpr_fault *fault);
#endif
