# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by every .bats file.
bats_require_minimum_version 1.5.0
: "${BPR:?run through make check}"
