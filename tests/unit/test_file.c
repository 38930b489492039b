/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "base/alloc_i.h"
#include "base/file_i.h"
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { LIMIT = 1000 };

/* A scratch folder that is the current one during a test. */
static int enter(void **state)
{
	char *dir = strdup("test-file.XXXXXX");

	if (!dir || !mkdtemp(dir) || chdir(dir))
		return -1;
	*state = dir;
	return 0;
}

static int leave(void **state)
{
	static const char *const made[] = { "full", "empty", "pipe", "socket", "a", "b", "sparse", "secret", "sub" };
	char *dir = *state;

	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		(void)remove(made[i]);
	if (chdir("..") || rmdir(dir))
		return -1;
	free(dir);
	return 0;
}

static void put(const char *name, const char *text, size_t length)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, length, f), length);
	assert_int_equal(fclose(f), 0);
}

/* The whole message of a failed read, or "" with the text in *data. */
static const char *read_message(const char *path, char **data, size_t *length)
{
	static char message[300];
	struct bpr_fault fault;
	bpr_status status = bpr_i_file_read(path, LIMIT, data, length, &fault);
	struct bpr_error err;

	message[0] = '\0';
	if (!status)
		return message;
	assert_null(*data);
	assert_int_equal(status, fault.status);
	(void)bpr_i_fail(&err, status, fault.id, NULL, 0, fault.args[0], fault.args[1]);
	(void)snprintf(message, sizeof(message), "%s: %s [%s]", bpr_status_name(status), err.message, err.code);
	return message;
}

static void check_refused(const char *path, const char *expected)
{
	char *data;
	size_t length;

	assert_string_equal(read_message(path, &data, &length), expected);
}

static void a_file_is_read_whole(void **state)
{
	char text[LIMIT];
	char *data;
	size_t length;

	(void)state;
	memset(text, 'x', sizeof(text));
	for (size_t n = 1; n <= sizeof(text); n += 333) {
		put("full", text, n);
		assert_string_equal(read_message("full", &data, &length), "");
		assert_int_equal(length, n);
		assert_memory_equal(data, text, n);
		assert_int_equal(data[n], 0);
		bpr_i_free(data);
	}
}

static void the_limit_is_exact_and_named(void **state)
{
	char text[LIMIT + 1] = "";

	(void)state;
	put("full", text, sizeof(text));
	check_refused("full", "limit: the file is larger than 1000 bytes (--max-bytes) [I005]");
}

static void a_sparse_giant_is_refused_by_its_size(void **state)
{
	int fd = open("sparse", O_CREAT | O_WRONLY, 0600);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)5 << 30), 0);
	(void)close(fd);
	check_refused("sparse", "limit: the file is larger than 1000 bytes (--max-bytes) [I005]");
}

static void what_is_no_file_is_named(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "socket" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	check_refused(".", "input-output: is a directory, not a file [I003]");
	check_refused("pipe", "input-output: is a named pipe, not a file [I003]"); /* and nobody waited for a writer */
	check_refused("socket", "input-output: is a socket, not a file [I003]");
	check_refused("/dev/zero", "input-output: is a device, not a file [I003]");
	(void)close(fd);
}

static void what_is_not_there_is_named(void **state)
{
	char name[PATH_MAX + 10];

	(void)state;
	put("full", "x", 1);
	check_refused("nothing", "input-output: cannot open the file: no such file [I002]");
	check_refused("full/x", "input-output: cannot open the file: a part of the path is not a directory [I002]");
	assert_int_equal(symlink("b", "a"), 0);
	assert_int_equal(symlink("a", "b"), 0);
	check_refused("a", "input-output: cannot open the file: the symbolic links go round in a circle [I002]");
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	check_refused(name, "input-output: cannot open the file: the name is too long [I002]");
	assert_true(bpr_i_file_exists("a"));
	assert_false(bpr_i_file_exists("nothing"));
	assert_false(bpr_i_file_exists(name));
}

static void an_unreadable_file_is_named(void **state)
{
	bool root = !geteuid(); /* who may read everything */

	(void)state;
	put("secret", "x", 1);
	assert_int_equal(chmod("secret", 0), 0);
	assert_int_equal(chmod(".", 0755), 0);
	assert_true(!root || !seteuid(65534));
	check_refused("secret", "input-output: cannot open the file: permission denied [I002]");
	assert_true(!root || !seteuid(0));
}

static void an_empty_file_is_named(void **state)
{
	(void)state;
	put("empty", "", 0);
	check_refused("empty", "invalid-input: the file is empty [I004]");
	check_refused("/dev/null", "input-output: is a device, not a file [I003]");
}

/* Standard input, for one read, is the reading end of a pipe that holds `length` bytes. */
static const char *read_standard_input(const char *text, size_t length, char **data, size_t *got)
{
	int ends[2];
	int saved = dup(STDIN_FILENO);
	const char *message;

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, length), length);
	(void)close(ends[1]);
	assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
	(void)close(ends[0]);
	message = read_message("-", data, got);
	assert_true(dup2(saved, STDIN_FILENO) >= 0);
	(void)close(saved);
	return message;
}

static void standard_input_may_be_a_pipe(void **state)
{
	char text[LIMIT + 1];
	char *data;
	size_t length;

	(void)state;
	memset(text, 'y', sizeof(text));
	assert_string_equal(read_standard_input(text, LIMIT, &data, &length), "");
	assert_int_equal(length, LIMIT);
	assert_memory_equal(data, text, LIMIT);
	bpr_i_free(data);
	assert_string_equal(read_standard_input(text, LIMIT + 1, &data, &length),
			    "limit: the file is larger than 1000 bytes (--max-bytes) [I005]");
	assert_string_equal(read_standard_input(text, 0, &data, &length), "invalid-input: the file is empty [I004]");
}

static void a_file_of_unknown_size_is_read(void **state)
{
	char *data;
	size_t length;

	(void)state;
	if (access("/proc/self/stat", R_OK)) {
		print_message("# not tried: there is no /proc here\n");
		return;
	}
	assert_string_equal(read_message("/proc/self/stat", &data, &length), "");
	assert_true(length > 10);
	bpr_i_free(data);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, enter, leave)
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_read_whole), TEST(the_limit_is_exact_and_named), TEST(a_sparse_giant_is_refused_by_its_size),
		TEST(what_is_no_file_is_named), TEST(what_is_not_there_is_named), TEST(an_unreadable_file_is_named),
		TEST(an_empty_file_is_named), TEST(standard_input_may_be_a_pipe), TEST(a_file_of_unknown_size_is_read),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
