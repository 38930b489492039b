/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "base/alloc_i.h"
#include "base/encoding_i.h"
#include "base/utf8_i.h"
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/* What a municipal table has that Shift_JIS and careless converters break. */
static const char table[] = "番号,作業名,担当課\r\nA1,①住民票㈱髙﨑～－∥,市民課ｶﾅ\r\n";

static size_t encode(const char *to, const char *text, char *out, size_t room)
{
	iconv_t cd = iconv_open(to, "UTF-8");
	char *copy = strdup(text);
	char *from = copy;
	char *at = out;
	size_t left = strlen(text);
	size_t all = room;

	assert_true(cd != (iconv_t)-1);
	assert_non_null(copy);
	assert_int_equal(iconv(cd, &from, &left, &at, &room), 0);
	assert_int_equal(iconv(cd, NULL, NULL, &at, &room), 0);
	(void)iconv_close(cd);
	free(copy);
	return all - room;
}

static void check_text(const char *data, size_t length, const char *encoding, const char *expected)
{
	enum bpr_encoding id = BPR_ENCODING_AUTO;
	struct bpr_decoded out;
	struct bpr_fault fault;

	if (encoding)
		assert_true(bpr_i_encoding_find(encoding, &id));
	assert_int_equal(bpr_i_decode(data, length, id, &out, &fault), BPR_OK);
	assert_int_equal(out.length, strlen(expected));
	assert_memory_equal(out.text, expected, out.length);
	bpr_i_free(out.owned);
}

static void check_fault(const char *data, size_t length, const char *encoding, const char *expected)
{
	enum bpr_encoding id = BPR_ENCODING_AUTO;
	struct bpr_decoded out;
	struct bpr_fault fault;
	struct bpr_error err;
	char message[300];
	const char *args[4] = { fault.args[0], fault.args[1], fault.args[2], NULL };
	char text[250];

	if (encoding)
		assert_true(bpr_i_encoding_find(encoding, &id));
	assert_int_not_equal(bpr_i_decode(data, length, id, &out, &fault), BPR_OK);
	assert_null(out.owned);
	(void)bpr_i_fail(&err, fault.status, fault.id, NULL, fault.line, NULL, NULL);
	(void)bpr_i_text_fill(text, sizeof(text), bpr_code_find(err.code)->message, args);
	(void)snprintf(message, sizeof(message), "%zu: %s [%s]", fault.line, text, err.code);
	assert_string_equal(message, expected);
}

static void every_encoding_gives_the_same_text(void **state)
{
	char data[1000];
	size_t n;

	(void)state;
	check_text(table, strlen(table), NULL, table);
	n = (size_t)snprintf(data, sizeof(data), "\xef\xbb\xbf%s", table);
	check_text(data, n, NULL, table);
	check_text(data, n, "utf-8-bom", table);
	n = encode("CP932", table, data, sizeof(data));
	check_text(data, n, NULL, table);
	check_text(data, n, "Shift_JIS", table);
	check_text(data, n, "windows-31j", table);
	memcpy(data, "\xff\xfe", 2);
	n = 2 + encode("UTF-16LE", table, data + 2, sizeof(data) - 2);
	check_text(data, n, NULL, table);
	check_text(data, n, "utf-16", table);
	check_text(data + 2, n - 2, "utf-16", table); /* as Windows writes it without a mark */
	check_text(data + 2, n - 2, "UTF-16LE", table);
	memcpy(data, "\xfe\xff", 2);
	n = 2 + encode("UTF-16BE", table, data + 2, sizeof(data) - 2);
	check_text(data, n, NULL, table);
	check_text(data, n, "utf-16", table);
	check_text(data + 2, n - 2, "utf_16be", table);
}

static void utf8_is_not_copied(void **state)
{
	struct bpr_decoded out;
	struct bpr_fault fault;

	(void)state;
	assert_int_equal(bpr_i_decode(table, strlen(table), BPR_ENCODING_AUTO, &out, &fault), BPR_OK);
	assert_ptr_equal(out.text, table);
	assert_null(out.owned);
}

/* By the code points of Windows-31J as Microsoft publishes them, not by iconv both ways. */
static void cp932_is_windows_own(void **state)
{
	(void)state;
	check_text("\x87\x40\x87\x8a\xfb\xfc\x81\x60\xb6\xde", 10, "cp932", "①㈱髙～ｶﾞ"); /* U+2460 U+3231 U+9AD9 U+FF5E */
	check_text("\x81\x61\x81\x7c\x81\x91\x81\xca\\|", 10, "cp932", "∥－￠￢\\|");
	check_text("\xf0\x40", 2, "cp932", "\xee\x80\x80"); /* 外字: private use U+E000 */
}

static void short_headings_are_recognised(void **state)
{
	static const char *const texts[] = {
		"番号,作業名\n", "工程番号,工程名,種別\n", "ID,名称,窓口\n", "No,手順\n", "id,name\nA,受付\n", "項目,値\n", "様式,項目\n",
		"職種,人数\n", "窓口,庁舎,階\n", "備考\n", "次工程,処理時間（分）\n", "①\n", "住民票の写しの交付\n", "印\n",
	};
	char data[200];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		size_t n = encode("CP932", texts[i], data, sizeof(data));

		assert_int_equal(bpr_i_encoding_detect(data, n), BPR_ENCODING_CP932);
		assert_int_equal(bpr_i_encoding_detect(texts[i], strlen(texts[i])), BPR_ENCODING_UTF8);
		if (strchr(texts[i], ',')) {
			n = encode("EUC-JP", texts[i], data, sizeof(data));
			assert_int_equal(bpr_i_encoding_detect(data, n), BPR_ENCODING_EUC_JP);
			n = encode("ISO-2022-JP", texts[i], data, sizeof(data));
			assert_int_equal(bpr_i_encoding_detect(data, n), BPR_ENCODING_ISO_2022_JP);
		}
	}
}

static void other_japanese_encodings_are_named(void **state)
{
	char data[200];
	size_t n = encode("EUC-JP", "番号,作業名\n", data, sizeof(data));

	(void)state;
	check_fault(data, n, NULL, "0: the text is encoded in EUC-JP, which is not read [I013]");
	n = encode("ISO-2022-JP", "番号,作業名\n", data, sizeof(data));
	check_fault(data, n, NULL, "0: the text is encoded in ISO-2022-JP, which is not read [I013]");
}

static void a_wrong_byte_has_its_place(void **state)
{
	char data[500];
	size_t n;

	(void)state;
	/* One damaged byte does not make CP932 of a UTF-8 text. */
	check_fault("番号\n受付\r\n窓\xffx", 20, NULL, "3: byte 0xFF at offset 18 is not valid UTF-8 [I010]");
	check_fault("\xef\xbb\xbf" "a\r番\xc0", 9, NULL, "2: byte 0xC0 at offset 8 is not valid UTF-8 [I010]");
	check_fault("a\xed\xa0\x80", 4, "utf-8", "1: byte 0xED at offset 1 is not valid UTF-8 [I010]"); /* a surrogate */
	check_fault("a\nb\xf4\x90\x80\x80", 7, "utf-8", "2: byte 0xF4 at offset 3 is not valid UTF-8 [I010]"); /* past U+10FFFF */
	n = encode("CP932", "番号\n受付\n", data, sizeof(data));
	memcpy(data + n, "\xa0z", 2);
	check_fault(data, n + 2, NULL, "3: byte 0xA0 at offset 10 is not valid CP932 [I010]");
	check_fault("\n\n\x85\x40z", 5, "cp932", "3: byte 0x85 at offset 2 is not valid CP932 [I010]"); /* not assigned */
	check_fault("\xff\xfe\n\0\x00\xdc" "a\0", 8, NULL, "2: byte 0x00 at offset 4 is not valid UTF-16LE [I010]"); /* lone low surrogate */
	check_fault("\xfe\xff\0\r\0\n\xd8\x00\0a", 10, NULL, "2: byte 0xD8 at offset 6 is not valid UTF-16BE [I010]");
}

static void a_cut_text_is_named(void **state)
{
	char data[500];
	size_t n = encode("CP932", "番号", data, sizeof(data));

	(void)state;
	check_fault("番号", 5, NULL, "1: the text breaks off within a character (byte 0xE5 at offset 3, UTF-8) [I011]");
	check_fault(data, n - 1, "cp932", "1: the text breaks off within a character (byte 0x8D at offset 2, CP932) [I011]");
	check_fault("\xff\xfe" "a\0b", 5, NULL, "1: the text breaks off within a character (byte 0x62 at offset 4, UTF-16LE) [I011]");
}

static void nul_is_refused(void **state)
{
	(void)state;
	check_fault("a\nb\0c", 5, NULL, "2: a NUL character stands at offset 3: this is not a text, or UTF-16 without a byte order mark [I012]");
	check_fault("a\0,\0", 4, NULL, "1: a NUL character stands at offset 1: this is not a text, or UTF-16 without a byte order mark [I012]");
	check_fault("a\0b", 3, "cp932", "1: a NUL character stands at offset 1: this is not a text, or UTF-16 without a byte order mark [I012]");
	check_fault("\xff\xfe" "a\0\n\0\0\0", 8, NULL,
		    "2: a NUL character stands at offset 6: this is not a text, or UTF-16 without a byte order mark [I012]");
}

static void names_of_encodings(void **state)
{
	enum bpr_encoding id;

	(void)state;
	assert_true(bpr_i_encoding_find("UTF8", &id));
	assert_int_equal(id, BPR_ENCODING_UTF8);
	assert_true(bpr_i_encoding_find("SJIS", &id));
	assert_int_equal(id, BPR_ENCODING_CP932);
	assert_false(bpr_i_encoding_find("latin1", &id));
	assert_false(bpr_i_encoding_find("", &id));
	assert_false(bpr_i_encoding_find("utf-8-and-a-very-long-name", &id));
}

/* Cut anywhere and with any byte changed: a text or a fault, never more than there is. */
static void every_damage_is_survived(void **state)
{
	static const char *const encodings[] = { "UTF-8", "CP932", "UTF-16LE", "UTF-16BE", "EUC-JP", "ISO-2022-JP" };
	char data[500];

	(void)state;
	for (size_t e = 0; e < sizeof(encodings) / sizeof(encodings[0]); e++) {
		size_t bom = e == 2 || e == 3 ? 2 : 0;
		size_t n;

		memcpy(data, e == 2 ? "\xff\xfe" : "\xfe\xff", 2);
		n = bom + encode(encodings[e], e < 4 ? table : "番号,作業名\n", data + bom, sizeof(data) - bom);
		for (size_t cut = 0; cut <= n; cut++) {
			for (unsigned flip = 0; flip < 256; flip += 51) {
				char *copy = malloc(cut ? cut : 1); /* exact, so that a sanitizer sees one byte too many */
				struct bpr_decoded out;
				struct bpr_fault fault;

				assert_non_null(copy);
				if (cut)
					memcpy(copy, data, cut);
				if (cut)
					copy[cut / 2] = (char)(copy[cut / 2] ^ (char)flip);
				if (!bpr_i_decode(copy, cut, BPR_ENCODING_AUTO, &out, &fault)) {
					assert_true(bpr_i_utf8_invalid(out.text, out.length) == BPR_NONE);
					assert_null(memchr(out.text, 0, out.length));
				}
				bpr_i_free(out.owned);
				free(copy);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_encoding_gives_the_same_text), cmocka_unit_test(utf8_is_not_copied),
		cmocka_unit_test(cp932_is_windows_own), cmocka_unit_test(short_headings_are_recognised),
		cmocka_unit_test(other_japanese_encodings_are_named), cmocka_unit_test(a_wrong_byte_has_its_place),
		cmocka_unit_test(a_cut_text_is_named), cmocka_unit_test(nul_is_refused), cmocka_unit_test(names_of_encodings),
		cmocka_unit_test(every_damage_is_survived),
	};

	return cmocka_run_group_tests_name("encoding", tests, NULL, NULL);
}
