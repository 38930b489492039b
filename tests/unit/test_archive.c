/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed logs: each packing, written by libarchive; cut at every offset, with every byte changed; what is refused. */
#include "config.h"
#include "lib/test.h"
#include "archive/archive_i.h"
#include "base/buf_i.h"
#include <bpr/bpr.h>
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct packed { char data[400000]; size_t used; };
static struct packed packed;
static struct bpr_fault fault;

/* ---- packing ---- */

static struct archive *begin(const char *filter, bool zip, const char *options)
{
	struct archive *a = archive_write_new();

	assert_int_equal(zip ? archive_write_set_format_zip(a) : archive_write_set_format_raw(a), ARCHIVE_OK);
	if (filter)
		assert_int_equal(archive_write_add_filter_by_name(a, filter), ARCHIVE_OK);
	assert_int_equal(archive_write_set_bytes_in_last_block(a, 1), ARCHIVE_OK);
	if (options) {
		assert_int_equal(archive_write_set_options(a, options), ARCHIVE_OK);
		assert_int_equal(archive_write_set_passphrase(a, "secret"), ARCHIVE_OK);
	}
	packed.used = 0;
	assert_int_equal(archive_write_open_memory(a, packed.data, sizeof(packed.data), &packed.used), ARCHIVE_OK);
	return a;
}

static void add(struct archive *a, const char *name, unsigned type, const char *text, size_t length)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, type);
	archive_entry_set_perm(entry, 0644);
	if (type == AE_IFREG)
		archive_entry_set_size(entry, (la_int64_t)length);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	if (length)
		assert_int_equal(archive_write_data(a, text, length), length);
	archive_entry_free(entry);
}

static void end(struct archive *a)
{
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
}

static void pack(const char *filter, const char *text, size_t length)
{
	const bool zip = !strcmp(filter, "zip");
	struct archive *a = begin(zip ? NULL : filter, zip, NULL);

	add(a, "a.csv", AE_IFREG, text, length);
	end(a);
}

/* ---- unpacking ---- */

static bool wanted(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && !strcasecmp(name + length - 4, ".csv");
}

/* From memory where path is NULL. */
static bpr_status unpack(const char *path, const char *data, size_t length, unsigned long long max, struct bpr_buf *out)
{
	const struct bpr_archive_options options = { max, wanted };
	bpr_archive *a;
	bpr_status status;
	const char *text;
	size_t got = 1;

	bpr_i_buf_clear(out);
	fault = (struct bpr_fault){ .status = BPR_OK };
	status = bpr_i_archive_open(path, data, length, &options, &a, &fault);
	while (!status && got) {
		status = bpr_i_archive_read(a, &text, &got, &fault);
		if (!status)
			bpr_i_buf_add(out, text, got);
	}
	if (status)
		assert_true(fault.status == status && fault.id < BPR_I_CODE_COUNT);
	bpr_i_archive_free(status && !a ? NULL : a);
	return status;
}

static const char *const filters[] = { "gzip", "zstd", "xz", "bzip2", "zip" };
enum { FILTERS = sizeof(filters) / sizeof(filters[0]), LARGE = 300000 };

static void test_whole(void **unused)
{
	struct bpr_buf out = BPR_BUF_INIT;
	char *text = malloc(LARGE);
	char path[] = "archive-XXXXXX";
	unsigned x = 1;

	(void)unused;
	assert_non_null(text);
	for (size_t i = 0; i < LARGE; i++)
		text[i] = (char)((x = x * 1103515245u + 12345u) >> 20);
	for (size_t i = 0; i < FILTERS; i++) {
		int fd;

		pack(filters[i], text, LARGE);
		assert_int_equal(unpack(NULL, packed.data, packed.used, 1 << 30, &out), BPR_OK);
		assert_true(out.length == LARGE && !memcmp(out.data, text, LARGE));
		/* From a file. */
		fd = mkstemp(path);
		assert_true(fd >= 0);
		{
			FILE *f = fdopen(fd, "wb");

			assert_non_null(f);
			assert_int_equal(fwrite(packed.data, 1, packed.used, f), packed.used);
			assert_int_equal(fclose(f), 0);
		}
		assert_int_equal(unpack(path, NULL, 0, 1 << 30, &out), BPR_OK);
		assert_true(out.length == LARGE && !memcmp(out.data, text, LARGE));
		assert_int_equal(remove(path), 0);
		memcpy(path, "archive-XXXXXX", sizeof(path));
		/* A limit holds for what comes out, to the byte. */
		assert_int_equal(unpack(NULL, packed.data, packed.used, LARGE, &out), BPR_OK);
		assert_int_equal(unpack(NULL, packed.data, packed.used, LARGE - 1, &out), BPR_ELIMIT);
		assert_int_equal(fault.id, BPR_I_I005);
	}
	assert_int_equal(unpack(NULL, text, LARGE, 1 << 30, &out), BPR_OK);
	assert_true(out.length == LARGE && !memcmp(out.data, text, LARGE));
	assert_int_equal(unpack(NULL, "", 0, 1 << 30, &out), BPR_ESYNTAX);
	assert_int_equal(fault.id, BPR_I_I004);
	free(text);
	bpr_i_buf_release(&out);
}

static const char small[] = "case,activity,time\n1,a,2024-04-01 09:00\n1,b,2024-04-01 09:05\n2,a,2024-04-01 09:10\n";

/* A stream that ends early is an error wherever it ends; the magic itself must be whole for it to be known as packed. */
static void test_cut(void **unused)
{
	struct bpr_buf out = BPR_BUF_INIT;

	(void)unused;
	for (size_t i = 0; i < FILTERS; i++) {
		pack(filters[i], small, strlen(small));
		for (size_t n = 6; n < packed.used; n++) {
			if (!unpack(NULL, packed.data, n, 1 << 20, &out))
				print_error("%s cut at %zu of %zu is read\n", filters[i], n, packed.used);
			assert_true(fault.id == BPR_I_L004 || fault.id == BPR_I_L005);
		}
	}
	bpr_i_buf_release(&out);
}

/* A byte that changed is found, or changes nothing: names and dates in headers. */
static void test_changed(void **unused)
{
	struct bpr_buf out = BPR_BUF_INIT;

	(void)unused;
	for (size_t i = 0; i < FILTERS; i++) {
		pack(filters[i], small, strlen(small));
		for (size_t n = 6; n < packed.used; n++) {
			const char was = packed.data[n];

			packed.data[n] = (char)(was ^ 0x15);
			if (unpack(NULL, packed.data, packed.used, 1 << 20, &out)) {
				packed.data[n] = was;
				continue;
			}
			if (!strcmp(filters[i], "zstd")) { /* has check sums only where it was asked for them */
				packed.data[n] = was;
				continue;
			}
			if (out.length != strlen(small) || memcmp(out.data, small, out.length) != 0)
				print_error("%s: byte %zu of %zu\n", filters[i], n, packed.used);
			assert_true(out.length == strlen(small) && !memcmp(out.data, small, out.length));
			packed.data[n] = was;
		}
	}
	bpr_i_buf_release(&out);
}

/* gzip: several members, zeros behind the last, something else behind it. */
static void test_members(void **unused)
{
	struct bpr_buf all = BPR_BUF_INIT, out = BPR_BUF_INIT;

	(void)unused;
	for (unsigned i = 0; i < 3; i++) {
		pack("gzip", "abc", 3);
		bpr_i_buf_add(&all, packed.data, packed.used);
	}
	assert_int_equal(unpack(NULL, all.data, all.length, 100, &out), BPR_OK);
	assert_true(out.length == 9 && !memcmp(out.data, "abcabcabc", 9));
	bpr_i_buf_pad(&all, '\0', 1000);
	assert_int_equal(unpack(NULL, all.data, all.length, 100, &out), BPR_OK);
	assert_int_equal(out.length, 9);
	bpr_i_buf_putc(&all, 'x');
	assert_int_equal(unpack(NULL, all.data, all.length, 100, &out), BPR_ESYNTAX);
	bpr_i_buf_release(&all);
	bpr_i_buf_release(&out);
}

static void refused(bpr_status status, enum bpr_code_id id, struct bpr_buf *out)
{
	assert_int_equal(unpack(NULL, packed.data, packed.used, 1 << 20, out), status);
	assert_int_equal(fault.id, id);
}

static void test_zip(void **unused)
{
	struct bpr_buf out = BPR_BUF_INIT;
	struct archive *a;

	(void)unused;
	/* The only log among others, in a folder, with what systems add. */
	a = begin(NULL, true, NULL);
	add(a, "out/", AE_IFDIR, NULL, 0);
	add(a, "out/README", AE_IFREG, "hello", 5);
	add(a, "out/log.CSV", AE_IFREG, small, strlen(small));
	add(a, "__MACOSX/out/._log.csv", AE_IFREG, "junk", 4);
	end(a);
	assert_int_equal(unpack(NULL, packed.data, packed.used, 1 << 20, &out), BPR_OK);
	assert_true(out.length == strlen(small) && !memcmp(out.data, small, out.length));
	/* One file, whatever it is called. */
	a = begin(NULL, true, NULL);
	add(a, "LOG", AE_IFREG, "abc", 3);
	add(a, ".DS_Store", AE_IFREG, "junk", 4);
	end(a);
	assert_int_equal(unpack(NULL, packed.data, packed.used, 1 << 20, &out), BPR_OK);
	assert_int_equal(out.length, 3);
	/* Two logs; none; a workbook; a password. */
	a = begin(NULL, true, NULL);
	add(a, "a.csv", AE_IFREG, "abc", 3);
	add(a, "b.csv", AE_IFREG, "abc", 3);
	end(a);
	refused(BPR_ESYNTAX, BPR_I_L002, &out);
	assert_string_equal(fault.args[0], "2");
	assert_string_equal(fault.args[1], "a.csv, b.csv");
	a = begin(NULL, true, NULL);
	add(a, "out/", AE_IFDIR, NULL, 0);
	end(a);
	refused(BPR_ESYNTAX, BPR_I_L003, &out);
	a = begin(NULL, true, NULL);
	add(a, "[Content_Types].xml", AE_IFREG, "abc", 3);
	end(a);
	refused(BPR_EUNSUPPORTED, BPR_I_L010, &out);
	a = begin(NULL, true, "zip:encryption=traditional");
	add(a, "a.csv", AE_IFREG, "abc", 3);
	end(a);
	refused(BPR_EUNSUPPORTED, BPR_I_L006, &out);
	bpr_i_buf_release(&out);
}

/* Names as Japanese Windows writes them. */
static void test_names(void **unused)
{
	struct bpr_buf out = BPR_BUF_INIT;
	struct archive *a = begin(NULL, true, NULL);

	(void)unused;
	add(a, "\x96\x6b\x8c\xa9.csv", AE_IFREG, "abc", 3);
	add(a, "b.csv", AE_IFREG, "abc", 3);
	end(a);
	refused(BPR_ESYNTAX, BPR_I_L002, &out);
	assert_string_equal(fault.args[1], "北見.csv, b.csv");
	bpr_i_buf_release(&out);
}

/* 80 MiB of zeros in 80 kB, and packing within packing. */
static void test_trap(void **unused)
{
	enum { MANY = 80 };
	struct bpr_buf out = BPR_BUF_INIT;
	char *zeros = calloc(1 << 20, 1);
	struct archive *a;
	struct archive_entry *entry;
	struct bpr_error err;
	bpr_log *log;

	(void)unused;
	assert_non_null(zeros);
	a = begin("gzip", false, NULL);
	entry = archive_entry_new();
	archive_entry_set_filetype(entry, AE_IFREG);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	archive_entry_free(entry);
	for (unsigned i = 0; i < MANY; i++)
		assert_int_equal(archive_write_data(a, zeros, 1 << 20), 1 << 20);
	end(a);
	free(zeros);
	assert_int_equal(unpack(NULL, packed.data, packed.used, 1 << 30, &out), BPR_ELIMIT);
	assert_int_equal(fault.id, BPR_I_L007);
	pack("bzip2", small, strlen(small));
	bpr_i_buf_clear(&out);
	bpr_i_buf_add(&out, packed.data, packed.used);
	pack("gzip", out.data, out.length);
	assert_int_equal(bpr_log_read_memory("a.csv.gz", packed.data, packed.used, NULL, &log, NULL, &err), BPR_EUNSUPPORTED);
	assert_string_equal(err.code, "L008");
	pack("bzip2", out.data, out.length);
	assert_int_equal(bpr_log_read_memory("a.csv.gz", packed.data, packed.used, NULL, &log, NULL, &err), BPR_EUNSUPPORTED);
	assert_string_equal(err.code, "L008");
	pack("gzip", small, strlen(small));
	assert_int_equal(bpr_log_read_memory("a.csv.gz", packed.data, packed.used, NULL, &log, NULL, &err), BPR_OK);
	assert_int_equal(bpr_log_info(log).events, 3);
	bpr_log_free(log);
	bpr_i_buf_release(&out);
}

/* Nothing that is no file, and no other format. */
static void test_refused(void **unused)
{
	static const struct { const char *text; size_t length; const char *code; } other[] = {
		{ "7z\xbc\xaf\x27\x1c", 6, "L009" }, { "Rar!\x1a\x07", 6, "L009" }, { "\xd0\xcf\x11\xe0\xa1\xb1", 6, "L010" }, { "%PDF-1.4", 8, "L009" },
	};
	struct bpr_error err;
	bpr_log *log;

	(void)unused;
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		assert_int_equal(bpr_log_read_memory("a", other[i].text, other[i].length, NULL, &log, NULL, &err), BPR_EUNSUPPORTED);
		assert_string_equal(err.code, other[i].code);
	}
	assert_int_equal(bpr_log_read(".", NULL, &log, NULL, &err), BPR_EIO);
	assert_string_equal(err.code, "I003");
	assert_int_equal(bpr_log_read("/dev/zero", NULL, &log, NULL, &err), BPR_EIO);
	assert_string_equal(err.code, "I003");
	assert_int_equal(bpr_log_read("no-such-file", NULL, &log, NULL, &err), BPR_EIO);
	assert_string_equal(err.code, "I002");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole), cmocka_unit_test(test_cut), cmocka_unit_test(test_changed), cmocka_unit_test(test_members),
		cmocka_unit_test(test_zip), cmocka_unit_test(test_names), cmocka_unit_test(test_trap), cmocka_unit_test(test_refused),
	};

	bpr_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
