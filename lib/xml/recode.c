/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of a document in another encoding than UTF-8, by iconv; a character may be cut between two of them. */
#include "config.h"
#include "xml/recode_i.h"
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

static bpr_status nomem(struct bpr_fault *fault)
{
	return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
}

bpr_status bpr_i_xml_recode_begin(struct bpr_xml_recode *r, const char **text, size_t *length, struct bpr_fault *fault)
{
	size_t skip = 0;
	bpr_status status = bpr_i_xml_encoding(*text, *length, &r->name, &r->latin, &skip, fault);
	iconv_t cd;

	if (status)
		return status;
	*text += skip;
	*length -= skip;
	r->offset = skip;
	if (!r->name)
		return BPR_OK;
	cd = iconv_open("UTF-8", r->name);
	if (cd == (iconv_t)-1)
		return errno == ENOMEM ? nomem(fault) : bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_X008, 1, r->name, NULL, NULL);
	r->converter = cd;
	return BPR_OK;
}

static bpr_status wrong(const struct bpr_xml_recode *r, char byte, struct bpr_fault *fault)
{
	char place[48];

	(void)snprintf(place, sizeof(place), "%zu (0x%02X)", r->offset + 1, (unsigned)(unsigned char)byte);
	return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_L218, 0, place, r->name, NULL);
}

/* Converts what is whole; *left bytes are not, and stand at *from. */
static bpr_status convert(struct bpr_xml_recode *r, const char **from, size_t *left, struct bpr_fault *fault)
{
	union { const char *read_only; char *iconv; } in = { .read_only = *from }; /* POSIX forgot the const */

	while (*left) {
		char chunk[8192];
		char *to = chunk;
		size_t room = sizeof(chunk);
		const size_t before = *left;
		const bool failed = iconv(r->converter, &in.iconv, left, &to, &room) == (size_t)-1;
		const int error = errno;

		r->offset += before - *left;
		bpr_i_buf_add(&r->out, chunk, (size_t)(to - chunk));
		if (!failed || error == E2BIG)
			continue;
		if (error == EINVAL)
			break;
		if (!r->latin)
			return wrong(r, *in.iconv, fault);
		bpr_i_buf_putc(&r->out, (char)0xc2);
		bpr_i_buf_putc(&r->out, *in.iconv++);
		(*left)--;
		r->offset++;
	}
	*from = in.read_only;
	return r->out.failed ? nomem(fault) : BPR_OK;
}

/* The character that was cut, byte by byte until it is whole. */
static bpr_status mend(struct bpr_xml_recode *r, const char **text, size_t *length, struct bpr_fault *fault)
{
	bpr_status status = BPR_OK;

	while (!status && r->rest_count && *length) {
		const char *from = r->rest;
		size_t left = r->rest_count + 1;

		if (r->rest_count == sizeof(r->rest) - 1)
			return wrong(r, r->rest[0], fault);
		r->rest[r->rest_count] = *(*text)++;
		(*length)--;
		status = convert(r, &from, &left, fault);
		memmove(r->rest, from, left);
		r->rest_count = left;
	}
	return status;
}

bpr_status bpr_i_xml_recode(struct bpr_xml_recode *r, const char **text, size_t *length, struct bpr_fault *fault)
{
	bpr_status status;

	if (!r->converter)
		return BPR_OK;
	bpr_i_buf_clear(&r->out);
	status = mend(r, text, length, fault);
	if (!status)
		status = convert(r, text, length, fault);
	if (status)
		return status;
	if (*length > sizeof(r->rest) - 1)
		return wrong(r, **text, fault);
	if (*length) {
		memcpy(r->rest, *text, *length);
		r->rest_count = *length;
	}
	*text = r->out.data ? r->out.data : "";
	*length = r->out.length;
	return BPR_OK;
}

bpr_status bpr_i_xml_recode_finish(const struct bpr_xml_recode *r, struct bpr_fault *fault)
{
	return r->rest_count ? wrong(r, r->rest[0], fault) : BPR_OK;
}

void bpr_i_xml_recode_release(struct bpr_xml_recode *r)
{
	if (r->converter)
		(void)iconv_close(r->converter);
	bpr_i_buf_release(&r->out);
}
