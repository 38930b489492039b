/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a command and prints its seconds of clock and of processors, and its peak memory: "seconds cpu_seconds mebibytes status". */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
	struct timespec from, to;
	struct rusage use;
	int status;

	if (argc < 2)
		return 2;
	if (clock_gettime(CLOCK_MONOTONIC, &from))
		return 1;
	pid_t child = fork();

	if (child < 0)
		return 1;
	if (!child) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (wait4(child, &status, 0, &use) != child || clock_gettime(CLOCK_MONOTONIC, &to))
		return 1;
	return printf("%.4f %.4f %.1f %d\n", (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9,
		      seconds(use.ru_utime) + seconds(use.ru_stime), (double)use.ru_maxrss / 1024,
		      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)) < 0;
}
