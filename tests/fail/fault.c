/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preloaded into a program under test: makes one call of the C library fail, and tells that it did.
 *
 *   FAULT=alloc:N      the N-th allocation after main() began fails, once
 *   FAULT=alloc:N+     ... and every one after it
 *   FAULT=write:N      the N-th write() fails with ENOSPC; open, fsync, close, rename likewise (EIO)
 *   FAULT=write:N!     ... kills the program instead
 *   FAULT_MARK=FILE    gets a byte when the fault strikes
 *
 * Only files that are written count, so that libraries loaded late do not shift the numbers. GNU C library only.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static bool armed;
static char what[16];
static unsigned long at, seen;
static bool onwards, kills;

static void mark(void)
{
	const char *file = getenv("FAULT_MARK");

	if (file) {
		long fd = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT, 0600);

		if (fd >= 0) {
			syscall(SYS_write, fd, "!", 1);
			syscall(SYS_close, fd);
		}
	}
}

/* True where this call is to fail. */
static bool strikes(const char *call)
{
	if (!armed || strcmp(call, what) != 0)
		return false;
	seen++;
	if (seen != at && !(onwards && seen > at))
		return false;
	if (seen == at)
		mark();
	if (kills)
		kill(getpid(), SIGKILL);
	return true;
}

void *malloc(size_t size)
{
	if (strikes("alloc")) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	if (strikes("alloc")) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	if (strikes("alloc")) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_realloc(old, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
	if (strikes("alloc"))
		return ENOMEM;
	*out = __libc_memalign(alignment, size);
	return *out ? 0 : ENOMEM;
}

static int fault(int error)
{
	errno = error;
	return -1;
}

ssize_t write(int fd, const void *data, size_t size)
{
	if (strikes("write"))
		return fault(ENOSPC);
	return syscall(SYS_write, fd, data, size);
}

int fsync(int fd)
{
	return strikes("fsync") ? fault(EIO) : (int)syscall(SYS_fsync, fd);
}

static bool is_output(int fd)
{
	long flags = syscall(SYS_fcntl, fd, F_GETFL);

	return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

int close(int fd)
{
	if (is_output(fd) && strikes("close")) {
		syscall(SYS_close, fd);
		return fault(EIO);
	}
	return (int)syscall(SYS_close, fd);
}

int rename(const char *old, const char *new)
{
	return strikes("rename") ? fault(EIO) : (int)syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0);
}

int renameat(int old_folder, const char *old, int new_folder, const char *new)
{
	return strikes("rename") ? fault(EIO) : (int)syscall(SYS_renameat2, old_folder, old, new_folder, new, 0);
}

int openat(int folder, const char *path, int flags, ...)
{
	va_list list;
	mode_t mode;

	va_start(list, flags);
	mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(list, mode_t) : 0;
	va_end(list);
	if ((flags & O_ACCMODE) != O_RDONLY && strikes("open"))
		return fault(EIO);
	return (int)syscall(SYS_openat, folder, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list list;
	mode_t mode;

	va_start(list, flags);
	mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(list, mode_t) : 0;
	va_end(list);
	return openat(AT_FDCWD, path, flags, mode);
}

int mkstemp(char *template)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	size_t length = strlen(template);

	for (unsigned attempt = 0; attempt < 1000; attempt++) {
		unsigned number = (unsigned)getpid() * 1000u + attempt;

		for (size_t i = 1; i <= 6; i++, number /= 26)
			template[length - i] = letters[number % 26];
		int fd = openat(AT_FDCWD, template, O_RDWR | O_CREAT | O_EXCL, 0600);

		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return fault(EEXIST);
}

static int (*real_main)(int, char **, char **);

static int counted_main(int argc, char **argv, char **env)
{
	const char *plan = getenv("FAULT");
	const char *colon = plan ? strchr(plan, ':') : NULL;

	if (colon && (size_t)(colon - plan) < sizeof(what)) {
		char *end;

		memcpy(what, plan, (size_t)(colon - plan));
		at = strtoul(colon + 1, &end, 10);
		onwards = *end == '+';
		kills = *end == '!';
		armed = at > 0;
	}
	return real_main(argc, argv, env);
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void), void (*fini)(void),
		      void (*rtld_fini)(void), void *stack_end);
int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void), void (*fini)(void),
		      void (*rtld_fini)(void), void *stack_end)
{
	typedef int start(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void), void *);
	start *next = NULL;
	void *symbol = dlsym(RTLD_NEXT, "__libc_start_main");

	memcpy(&next, &symbol, sizeof(next));
	real_main = main;
	return next(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}
