# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-chain
test_chain_SOURCES = %D%/test_chain.c %D%/../lib/chains.h
test_chain_CPPFLAGS = $(unit_cppflags)
test_chain_LDADD = $(unit_ldadd)
