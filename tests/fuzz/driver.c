/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for libFuzzer: runs a fuzz target once over each file named. What faults ends the program; the last line names the file. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	size_t size = 0, room = 0;
	int bad = 1;

	if (!f) {
		perror(path);
		return 1;
	}
	for (;;) {
		if (size == room) {
			uint8_t *more = realloc(data, room = room ? 2 * room : 4096);

			if (!more)
				goto out;
			data = more;
		}
		size_t n = fread(data + size, 1, room - size, f);

		size += n;
		if (!n)
			break;
	}
	if (!ferror(f)) {
		/* In a block of its exact size, so that a read past its end is seen. */
		uint8_t *exact = realloc(data, size ? size : 1);

		if (exact)
			data = exact;
		LLVMFuzzerTestOneInput(data, size);
		bad = 0;
	}
out:
	free(data);
	(void)fclose(f);
	return bad;
}

int main(int argc, char **argv)
{
	int bad = 0;

	for (int i = 1; i < argc; i++) {
		if (printf("%s\n", argv[i]) < 0 || fflush(stdout))
			return 1;
		bad |= run(argv[i]);
	}
	return bad;
}
