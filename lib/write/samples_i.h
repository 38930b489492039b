/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_SAMPLES_I_H
#define BPR_WRITE_SAMPLES_I_H
/* Files of samples/ that the program carries with it (local.mk lists them): the name of a file, then its lines. */
struct bpr_sample_line { const char *file, *line; };
extern const struct bpr_sample_line bpr_i_sample_lines[]; /* both NULL behind the last */
#endif
