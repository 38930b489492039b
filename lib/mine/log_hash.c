/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of cases and people as keyed hashes: the first 16 hexadecimal digits of HMAC-SHA-256 (RFC 2104, FIPS 180-4) over the name. 64
 * bits tell millions of names apart: among 10 million, two share a hash with a probability of 3e-6.
 */
#include "config.h"
#include "mine/log_i.h"
#include "base/alloc_i.h"
#include <nettle/hmac.h>
#include <string.h>

enum { BYTES = BPR_LOG_HASHED / 2 };

struct bpr_log_hash {
	struct hmac_sha256_ctx keyed;
	struct bpr_dict people;  /* as the log names them, numbered as their hashes are: most events are somebody's whom one knows */
	uint32_t *hashed; size_t capacity;
	char last[256]; size_t length; uint32_t index; /* the last case: the next event often is of the same */
};

struct bpr_log_hash *bpr_i_log_hash_new(const char *key, size_t length)
{
	struct bpr_log_hash *h = bpr_i_calloc(1, sizeof(*h));

	if (h)
		hmac_sha256_set_key(&h->keyed, length, (const uint8_t *)key);
	return h;
}

void bpr_i_log_hash_free(struct bpr_log_hash *h)
{
	if (!h)
		return;
	bpr_i_dict_release(&h->people);
	bpr_i_free(h->hashed);
	explicit_bzero(h, sizeof(*h));
	bpr_i_free(h);
}

static void hash(struct bpr_log_hash *h, const char *text, size_t length, char hashed[BPR_LOG_HASHED])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t digest[BYTES];

	hmac_sha256_update(&h->keyed, length, (const uint8_t *)text);
	hmac_sha256_digest(&h->keyed, sizeof(digest), digest); /* and is ready for the next */
	for (size_t i = 0; i < sizeof(digest); i++) {
		hashed[2 * i] = digits[digest[i] >> 4];
		hashed[2 * i + 1] = digits[digest[i] & 15];
	}
}

uint32_t bpr_i_log_hash_case(struct bpr_log_hash *h, struct bpr_dict *names, const char *text, size_t length)
{
	char hashed[BPR_LOG_HASHED];

	if (length && length == h->length && !memcmp(h->last, text, length))
		return h->index;
	hash(h, text, length, hashed);
	h->index = bpr_i_dict_add(names, hashed, sizeof(hashed));
	h->length = length <= sizeof(h->last) && h->index != BPR_DICT_NONE ? length : 0;
	memcpy(h->last, text, h->length);
	return h->index;
}

uint32_t bpr_i_log_hash_person(struct bpr_log_hash *h, struct bpr_dict *names, const char *text, size_t length)
{
	const uint32_t before = h->people.count;
	const uint32_t person = bpr_i_dict_add(&h->people, text, length);
	char hashed[BPR_LOG_HASHED];

	if (person == BPR_DICT_NONE || !bpr_i_grow(&h->hashed, &h->capacity, h->people.count, sizeof(*h->hashed)))
		return BPR_DICT_NONE;
	if (person == before) {
		hash(h, text, length, hashed);
		h->hashed[person] = bpr_i_dict_add(names, hashed, sizeof(hashed));
	}
	return h->hashed[person];
}
