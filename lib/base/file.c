/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole file into memory. What it is, is asked before it is opened (a named pipe would be taken from its reader, a
 * tape would rewind) and again on the open file (it may have been swapped).
 */
#include "config.h"
#include "base/file_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_ROOM = 1 << 16 };

/* In words that can be translated; strerror() speaks the locale of the process. */
static const char *reason(int error)
{
	switch (error) {
	case ENOENT: return BPR_I_ARG N_("no such file");
	case ENOTDIR: return BPR_I_ARG N_("a part of the path is not a directory");
	case EACCES: case EPERM: return BPR_I_ARG N_("permission denied");
	case ELOOP: return BPR_I_ARG N_("the symbolic links go round in a circle");
	case ENAMETOOLONG: return BPR_I_ARG N_("the name is too long");
	case EMFILE: case ENFILE: return BPR_I_ARG N_("too many files are open");
	case EISDIR: return BPR_I_ARG N_("it is a directory");
	case EIO: return BPR_I_ARG N_("the disk or the network reported an error");
	case EOVERFLOW: case EFBIG: return BPR_I_ARG N_("it is too large for this system");
	default: return BPR_I_ARG N_("the system refused");
	}
}

/* NULL for a regular file; what else it is. */
static const char *odd_kind(mode_t mode)
{
	if (S_ISREG(mode))
		return NULL;
	if (S_ISDIR(mode))
		return BPR_I_ARG N_("directory");
	if (S_ISFIFO(mode))
		return BPR_I_ARG N_("named pipe");
	if (S_ISSOCK(mode))
		return BPR_I_ARG N_("socket");
	return BPR_I_ARG N_("device");
}

static bpr_status system_fault(struct bpr_fault *fault, enum bpr_code_id id)
{
	if (errno == ENOMEM)
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	return bpr_i_fault(fault, BPR_EIO, id, 0, reason(errno), NULL, NULL);
}

static bpr_status too_large(struct bpr_fault *fault, size_t max_bytes)
{
	char limit[32];

	(void)bpr_i_num_format(limit, sizeof(limit), (double)max_bytes);
	return bpr_i_fault(fault, BPR_ELIMIT, BPR_I_I005, 0, limit, NULL, NULL);
}

/* An open file descriptor that is a regular file, or standard input. */
static bpr_status open_regular(const char *path, bool standard, int *fd, struct stat *st, struct bpr_fault *fault)
{
	const char *kind;

	if (standard) {
		if (fstat(STDIN_FILENO, st))
			return system_fault(fault, BPR_I_I006);
		if (S_ISDIR(st->st_mode))
			return bpr_i_fault(fault, BPR_EIO, BPR_I_I003, 0, odd_kind(st->st_mode), NULL, NULL);
		*fd = STDIN_FILENO;
		return BPR_OK;
	}
	if (stat(path, st))
		return system_fault(fault, BPR_I_I002);
	kind = odd_kind(st->st_mode);
	if (kind)
		return bpr_i_fault(fault, BPR_EIO, BPR_I_I003, 0, kind, NULL, NULL);
	*fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (*fd < 0)
		return system_fault(fault, BPR_I_I002);
	if (fstat(*fd, st))
		return system_fault(fault, BPR_I_I006);
	kind = odd_kind(st->st_mode);
	return kind ? bpr_i_fault(fault, BPR_EIO, BPR_I_I003, 0, kind, NULL, NULL) : BPR_OK;
}

/* Bytes read into the room, 0 at the end, -1: errno. */
static ssize_t read_some(int fd, char *at, size_t room)
{
	for (;;) {
		ssize_t n = read(fd, at, room < SSIZE_MAX ? room : SSIZE_MAX);

		if (n >= 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK))
			return n;
		if (errno != EINTR) {
			/* Standard input that somebody made non-blocking. */
			struct pollfd p = { .fd = fd, .events = POLLIN };

			(void)poll(&p, 1, -1);
		}
	}
}

/* Everything up to the end, into a buffer that has room for one byte more than `expect`. */
static bpr_status read_all(int fd, size_t expect, size_t max_bytes, char **data, size_t *length, struct bpr_fault *fault)
{
	size_t capacity = (expect ? expect : FIRST_ROOM) + 1;
	size_t used = 0;
	char *buf = bpr_i_realloc(NULL, capacity, 1);

	if (!buf)
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	for (;;) {
		ssize_t n;

		/* One byte stays free for the NUL; it is also how a file that grows, or one over the limit, shows. */
		if (!bpr_i_grow(&buf, &capacity, used + 2, 1)) {
			bpr_i_free(buf);
			return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
		}
		n = read_some(fd, buf + used, capacity - used - 1);
		if (n <= 0) {
			*data = buf;
			*length = used;
			buf[used] = '\0';
			return n ? system_fault(fault, BPR_I_I006) : BPR_OK;
		}
		used += (size_t)n;
		if (used > max_bytes) {
			bpr_i_free(buf);
			return too_large(fault, max_bytes);
		}
	}
}

bpr_status bpr_i_file_read(const char *path, size_t max_bytes, char **data, size_t *length, struct bpr_fault *fault)
{
	bool standard = !strcmp(path, "-");
	struct stat st;
	int fd = -1;
	size_t expect = 0;
	bpr_status status;

	*data = NULL;
	*length = 0;
	if (max_bytes > SIZE_MAX / 4)
		max_bytes = SIZE_MAX / 4;
	status = open_regular(path, standard, &fd, &st, fault);
	if (status)
		goto out;
	if (S_ISREG(st.st_mode) && st.st_size > 0) {
		if ((uintmax_t)st.st_size > max_bytes) {
			status = too_large(fault, max_bytes);
			goto out;
		}
		expect = (size_t)st.st_size;
	}
	/* Room for one byte more than the file has, so that its end is seen without growing. */
	status = read_all(fd, expect ? expect + 1 : 0, max_bytes, data, length, fault);
	if (!status && !standard && expect && *length != expect)
		status = bpr_i_fault(fault, BPR_EIO, BPR_I_I007, 0, NULL, NULL, NULL);
	else if (!status && !*length)
		status = bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_I004, 0, NULL, NULL, NULL);
out:
	if (!standard && fd >= 0)
		(void)close(fd);
	if (status) {
		bpr_i_free(*data);
		*data = NULL;
		*length = 0;
	}
	return status;
}

bpr_status bpr_i_file_open(const char *path, int *fd, unsigned long long *size, struct bpr_fault *fault)
{
	const bool standard = !strcmp(path, "-");
	struct stat st;
	bpr_status status;

	*fd = -1;
	*size = 0;
	status = open_regular(path, standard, fd, &st, fault);
	if (!status && S_ISREG(st.st_mode) && st.st_size > 0)
		*size = (unsigned long long)st.st_size;
	if (status && *fd >= 0) {
		bpr_i_file_close(*fd);
		*fd = -1;
	}
	return status;
}

bpr_status bpr_i_file_next(int fd, char *at, size_t room, size_t *got, struct bpr_fault *fault)
{
	ssize_t n = read_some(fd, at, room);

	*got = n > 0 ? (size_t)n : 0;
	return n < 0 ? system_fault(fault, BPR_I_I006) : BPR_OK;
}

bool bpr_i_file_seek(int fd, long long offset, int whence, long long *place)
{
	off_t at = lseek(fd, (off_t)offset, whence);

	*place = (long long)at;
	return at >= 0;
}

void bpr_i_file_close(int fd)
{
	if (fd >= 0 && fd != STDIN_FILENO)
		(void)close(fd);
}

bool bpr_i_file_exists(const char *path)
{
	struct stat st;

	return !lstat(path, &st) || (errno != ENOENT && errno != ENOTDIR && errno != ENAMETOOLONG);
}
