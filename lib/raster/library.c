/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads what draws, see library_i.h. */
#include "config.h"
#include "raster/library_i.h"
#include <dlfcn.h>
#include <string.h>

static const char *const sonames[RASTER_LIBRARIES] = {
	[RASTER_RSVG] = "librsvg-2.so.2", [RASTER_CAIRO] = "libcairo.so.2", [RASTER_PANGOCAIRO] = "libpangocairo-1.0.so.0",
	[RASTER_PANGO] = "libpango-1.0.so.0", [RASTER_GOBJECT] = "libgobject-2.0.so.0", [RASTER_GLIB] = "libglib-2.0.so.0",
};

/* A pointer to data is no pointer to a function in C; POSIX says that they are of one size and form. */
static bool find(void *library, const char *name, void *out, size_t size)
{
	void *found = dlsym(library, name);

	if (size != sizeof(found))
		return false;
	memcpy(out, &found, sizeof(found));
	return found;
}

bool raster_load(struct raster_library_functions *f, const char **missing)
{
	void *libraries[RASTER_LIBRARIES];

	for (size_t i = 0; i < RASTER_LIBRARIES; i++) {
		libraries[i] = dlopen(sonames[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
		if (!libraries[i]) {
			*missing = sonames[i];
			return false;
		}
	}
#define X(library, name) \
	if (!find(libraries[RASTER_##library], #name, &f->name, sizeof(f->name))) { \
		*missing = #name; \
		return false; \
	}
	RASTER_FUNCTIONS(X)
#undef X
	return true;
}
