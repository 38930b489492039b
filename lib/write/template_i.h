/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_TEMPLATE_I_H
#define BPR_WRITE_TEMPLATE_I_H
/* Files that are compiled in, so that a single program has them everywhere: by their name without folders; { NULL } ends them. */
struct bpr_template_file { const char *name; const char *const *lines; /* NULL ends them */ };
extern const struct bpr_template_file bpr_i_template_files[];
#endif
